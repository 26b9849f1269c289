//! Rows, rendered once. The pages of a product show the same rows over and over: each is rendered
//! once per bundle and form, with holes where the way to the product's page belongs, and copied into
//! the pages that show it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use minijinja::value::Serde;
use minijinja::{Captured, Value};

use super::said::{Repeated, Said};
use super::shown::Shown;
use super::table::{self, Listed};
use crate::locale::LocaleId;
use crate::model::{FlowId, PageRoute, ProductId};
use crate::render::prose::{Form, Place};
use crate::render::{Hrefs, RenderError, Renderer, templates};

/// The rows of one bundle. It stays in one thread; bundles don't share it.
pub(in crate::render) struct Rows<'a> {
    renderer: &'a Renderer<'a>,
    locale: LocaleId,
    /// Links for rows that several pages show, in HTML and in Markdown; pages of no product show each
    /// row once.
    shared: Option<[Hrefs<'a>; 2]>,
    t: Value,
    html: RefCell<Written<'a>>,
    markdown: RefCell<Written<'a>>,
    records: RefCell<BTreeMap<FlowId, Vec<u8>>>,
    error: RefCell<Option<RenderError>>,
}

/// What was written in one form, and the template that writes it.
#[derive(Default)]
struct Written<'a> {
    fragments: BTreeMap<FlowId, Fragment>,
    template: Option<Captured<'a>>,
}

/// A rendered row. `holes` are the places where each page writes its way to the product's page.
struct Fragment {
    text: String,
    holes: Vec<usize>,
}

impl Fragment {
    fn parse(rendered: &str) -> Self {
        let mut fragment = Self { text: String::with_capacity(rendered.len()), holes: Vec::new() };
        for (position, part) in rendered.split(Hrefs::HOLE).enumerate() {
            if position > 0 {
                fragment.holes.push(fragment.text.len());
            }
            fragment.text.push_str(part);
        }
        fragment
    }

    fn push_to(&self, out: &mut String, way: &str) {
        let mut from = 0;
        for hole in &self.holes {
            out.push_str(&self.text[from..*hole]);
            out.push_str(way);
            from = *hole;
            // From the product's own page a link to it begins with `./`, which no way goes on with.
            if !way.is_empty() && self.text[from..].starts_with("./") {
                from += "./".len();
            }
        }
        out.push_str(&self.text[from..]);
    }
}

impl<'a> Rows<'a> {
    pub(in crate::render) fn new(renderer: &'a Renderer<'a>, locale: LocaleId, product: Option<ProductId>) -> Self {
        let shared = |product| {
            let hrefs = Hrefs::with_holes(renderer.site, renderer.options.links, locale, product);
            [hrefs.clone(), hrefs.in_twin()]
        };
        Self {
            renderer,
            locale,
            shared: product.map(shared),
            t: renderer.words(locale),
            html: RefCell::default(),
            markdown: RefCell::default(),
            records: RefCell::default(),
            error: RefCell::default(),
        }
    }

    pub(super) fn locale(&self) -> LocaleId {
        self.locale
    }

    /// The rows of a page, one after the other, in the form of the page.
    pub(super) fn render(&self, place: Place<'_>, page: PageRoute, shown: &[Shown], said: &mut Said) -> Value {
        let way = place.hrefs.way_to_product();
        let mut written = match place.form {
            Form::Html => self.html.borrow_mut(),
            Form::Markdown => self.markdown.borrow_mut(),
        };
        let Written { fragments, template } = &mut *written;
        let mut out = String::new();
        for shown in shown {
            let repeated = said.row(&self.renderer.site.model, shown);
            match (shown, &self.shared) {
                (Shown::Whole(flow), Some([html, twin])) if Self::is_same_everywhere(&repeated) => {
                    let hrefs = if place.form == Form::Html { html } else { twin };
                    let mut write = || self.row(template, Place { hrefs, ..place }, page, shown, &repeated);
                    let fragment = fragments.entry(*flow).or_insert_with(|| Fragment::parse(&write()));
                    fragment.push_to(&mut out, &way);
                }
                _ => out.push_str(&self.row(template, place, page, shown, &repeated)),
            }
        }
        Value::from_safe_string(out)
    }

    /// What a row repeats, each page has elsewhere.
    fn is_same_everywhere(repeated: &Repeated) -> bool {
        repeated.is_nothing()
    }

    /// Writes a row. Its template is made ready once for all of them.
    fn row(
        &self,
        template: &mut Option<Captured<'a>>,
        place: Place<'_>,
        page: PageRoute,
        shown: &Shown,
        repeated: &Repeated,
    ) -> String {
        let row = Value::from(Serde(&place.row(page, shown, repeated)));
        let mut write = || {
            if template.as_ref().is_none_or(|template| !templates::has_fuel(template.state())) {
                let name = if place.form == Form::Html { "row.html" } else { "row.md" };
                *template = Some(self.renderer.templates.get_template(name)?.render_captured(())?);
            }
            let Some(template) = template else { unreachable!("it was made ready just before") };
            template.with_state_mut(|state| state.call_macro("row", &[self.t.clone(), row.clone()]))
        };
        write().unwrap_or_else(|error: minijinja::Error| {
            self.error.borrow_mut().get_or_insert(templates::error(self.renderer.site, &error));
            String::new()
        })
    }

    /// The records of a row for the page's CSV.
    pub(super) fn push_records(&self, place: Place<'_>, listed: &Listed, out: &mut Vec<u8>) {
        match listed {
            Listed::Whole(flow) => out.extend_from_slice(
                self.records.borrow_mut().entry(*flow).or_insert_with(|| table::records(place, listed)),
            ),
            Listed::Sole(_) | Listed::Selected(_) => out.extend(table::records(place, listed)),
        }
    }

    /// What went wrong, if anything did.
    pub(super) fn take_error(&self) -> Option<RenderError> {
        self.error.borrow_mut().take()
    }
}
