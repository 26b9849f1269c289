//! A picture with what stands around it: on its page, and in a file of its own. The picture itself is
//! drawn once for both.

use minijinja::Value;
use serde::Serialize;

use super::cells::MatrixView;
use super::drawing::{Drawing, Text};
use super::label::LINE;
use super::layout::Size;
use super::picture::{Inked, Picture, Pictures};
use super::view::{Key, Marked, View, title};
use super::words::Source;
use crate::l10n::args;
use crate::locale::LocaleId;
use crate::model::PageRoute;
use crate::render::holes::{Hole, Stencil};
use crate::render::href::page_permalink;
use crate::render::page::{has_files, page_of_files};
use crate::render::route::{DIAGRAM, MERMAID};
use crate::render::{Hrefs, Links, RenderError, Task};

/// What A4 and Letter take, upright and across, with words of 7 pt: at print a picture is as wide as the
/// sheet and 17 cm high at most.
const PAPER: Size = Size { width: 870, height: 820 };

/// A picture on its page.
#[derive(Serialize)]
pub(in crate::render) struct Figure {
    title: String,
    /// `None`: there is more than anybody could read in a picture.
    drawing: Option<Sheet>,
    /// How to read it.
    keys: Vec<Key>,
    conditions: Vec<Marked>,
    /// The same as a table, where that says more than the list.
    matrix: Option<MatrixView>,
    /// The same in words, by source.
    words: Vec<Source>,
    /// The picture as files.
    files: Option<Files>,
}

/// The files of a picture: of the page's own, or of its product, whose name they then have.
#[derive(Serialize)]
struct Files {
    svg: String,
    mermaid: String,
    product: Option<String>,
}

/// What is drawn, as SVG without its frame.
#[derive(Clone, Debug, Serialize)]
struct Sheet {
    width: i32,
    height: i32,
    /// Whether its words can be read on a sheet of paper.
    fits_paper: bool,
    svg: Value,
}

/// A picture in a file of its own.
#[derive(Serialize)]
pub(in crate::render) struct StandAlone {
    lang: String,
    title: String,
    description: String,
    drawing: Sheet,
    /// Conditions, broken into lines, below the picture.
    notes: Vec<Text>,
    height: i32,
}

/// The context of the template of a picture.
#[derive(Serialize)]
struct Context {
    d: Drawing,
}

impl Inked {
    fn draw(task: Task<'_>, view: &View<'_>) -> Result<Self, RenderError> {
        let d = view.drawing();
        let (width, height) = (d.width, d.height);
        let svg = Stencil::cut(&task.template("drawing.svg", &Context { d })?, &[Hole::Page, Hole::Root]);
        Ok(Self { width, height, svg })
    }

    /// Leads its links to the page and to the site.
    fn sheet(&self, page: &str, site: &str) -> Sheet {
        let svg = Value::from_safe_string(self.svg.filled(|hole| if hole == Hole::Page { page } else { site }));
        let fits_paper = self.width <= PAPER.width && self.height <= PAPER.height;
        Sheet { width: self.width, height: self.height, fits_paper, svg }
    }
}

impl Figure {
    /// The picture of a page; `None`: there is nothing to draw.
    pub(in crate::render) fn of(
        task: Task<'_>,
        pictures: &mut Pictures,
        locale: LocaleId,
        page: PageRoute,
    ) -> Result<Option<Self>, RenderError> {
        let files = files(task, pictures, locale, page);
        let site = task.site();
        let Some((workshop, picture)) = pictures.find(task, page) else { return Ok(None) };
        let drawn = match picture {
            Picture::TooLarge => {
                let keys = vec![Key { sample: None, text: task.voice(locale).word("diagram-too-large") }];
                let title = title(task, locale, page);
                let conditions = Vec::new();
                return Ok(Some(Self {
                    title,
                    drawing: None,
                    keys,
                    conditions,
                    matrix: None,
                    words: Vec::new(),
                    files: None,
                }));
            }
            Picture::Drawn(drawn) => drawn,
        };
        let view = View::of(workshop, drawn, task.options.links, (locale, page));
        let inked = Inked::draw(task, &view)?;
        let way = "../".repeat(page_permalink(site, locale, page).matches('/').count());
        let figure = Self {
            title: title(task, locale, page),
            drawing: Some(inked.sheet("", &way)),
            keys: view.keys(),
            conditions: view.conditions(),
            matrix: view.matrix(),
            words: view.words(),
            files,
        };
        pictures.inked = has_files(page).then_some(((locale, page), inked));
        Ok(Some(figure))
    }

    /// What the twin of a page has in place of the picture: the table, or the list where that says more.
    pub(in crate::render) fn of_twin(
        task: Task<'_>,
        pictures: &mut Pictures,
        locale: LocaleId,
        page: PageRoute,
    ) -> Option<Self> {
        let (workshop, Picture::Drawn(drawn)) = pictures.find(task, page)? else { return None };
        let view = View::of(workshop, drawn, task.options.links, (locale, page));
        let matrix = view.matrix();
        let words = if matrix.is_none() { view.words() } else { Vec::new() };
        if matrix.is_none() && words.is_empty() {
            return None;
        }
        let keys = view.sign_keys();
        Some(Self {
            title: title(task, locale, page),
            drawing: None,
            keys,
            conditions: view.conditions(),
            matrix,
            words,
            files: None,
        })
    }
}

fn files(task: Task<'_>, pictures: &Pictures, locale: LocaleId, page: PageRoute) -> Option<Files> {
    let site = task.site();
    let of = page_of_files(&site.model, page)?;
    let hrefs = Hrefs::from_page(site, task.options.links, locale, page);
    let href = |name: &str| hrefs.file(&(page_permalink(site, locale, of) + name));
    pictures.is_drawn(&site.model, of).then(|| Files {
        svg: href(DIAGRAM),
        mermaid: href(MERMAID),
        product: of.product(&site.model).filter(|_| of != page).map(|product| {
            let voice = task.voice(locale);
            voice.say("labeled", &args([("label", voice.name(site.model[product].name))]))
        }),
    })
}

impl StandAlone {
    /// The picture of a page as a file beside it.
    pub(in crate::render) fn of(
        task: Task<'_>,
        pictures: &mut Pictures,
        locale: LocaleId,
        page: PageRoute,
    ) -> Result<Option<Self>, RenderError> {
        let site = task.site();
        let inked = pictures.inked.take().filter(|(of, _)| *of == (locale, page));
        let Some((workshop, Picture::Drawn(drawn))) = pictures.find(task, page) else { return Ok(None) };
        let view = View::of(workshop, drawn, task.options.links, (locale, page));
        let inked = match inked {
            Some((_, inked)) => inked,
            None => Inked::draw(task, &view)?,
        };
        // It is read far from its page: its links are absolute where the site knows its address.
        let permalink = page_permalink(site, locale, page);
        let file = if task.options.links == Links::Files { "index.html" } else { "" };
        let drawing = match task.base_url() {
            Some(base) => inked.sheet(&format!("{base}{permalink}{file}"), base),
            None => inked.sheet(&format!("./{file}"), &"../".repeat(permalink.matches('/').count())),
        };
        let (notes, end) = notes(&view, &drawing);
        Ok(Some(Self {
            lang: site.config.locales.tag(locale).to_owned(),
            title: title(task, locale, page),
            description: task.voice(locale).word("diagram-arrows"),
            height: end,
            drawing,
            notes,
        }))
    }
}

/// How to read a picture, in lines below it, and where they end.
fn notes(view: &View<'_>, drawing: &Sheet) -> (Vec<Text>, i32) {
    let conditions = view.conditions().into_iter().map(|marked| format!("[{}] {}", marked.mark, marked.text));
    let mut notes = Vec::new();
    let mut y = drawing.height + 22;
    for note in view.keys().into_iter().map(|key| key.text).chain(conditions) {
        for words in view.workshop.task.breaker(view.locale).wrap(&note, drawing.width, super::label::SIZE) {
            notes.push(Text { x: 0, y, words });
            y += LINE;
        }
    }
    (notes, y - LINE + 8)
}
