//! A fragment: of the page of a product or a scenario what a page elsewhere includes. No shell and no
//! scripts; one element around it, whose class every selector of its style sheet begins with.

use minijinja::Value;
use serde::Serialize;

use super::outline::Outline;
use super::product::{SourceView, sources};
use super::{Link, body, link_to, linked_by, name_of};
use crate::locale::Direction;
use crate::model::PageRoute;
use crate::render::prose::{Form, Place};
use crate::render::{Fragment, Hrefs, RenderCache, RenderError, Renderer, Task, markdown};

/// The context of its template.
#[derive(Serialize)]
struct View<'a> {
    t: Value,
    lang: &'a str,
    dir: Direction,
    style: Option<Value>,
    id: &'a str,
    /// The levels of its headings, from the first one down.
    levels: [u8; 3],
    /// Its page on the site.
    title: Link,
    /// Of a scenario its product.
    product: Option<Link>,
    sources: Vec<SourceView>,
    body: Value,
}

/// Of a page that is one of a product or a scenario.
pub(in crate::render) fn fragment(
    task: Task<'_>,
    cache: &mut RenderCache,
    fragment: &Fragment<'_>,
) -> Result<String, RenderError> {
    let Fragment { page, locale, form, base, id, heading_level, has_style } = *fragment;
    let prefix = format!("{id}-");
    let hrefs = Hrefs::from_outside(task.site(), base, locale, page, &prefix);
    if form == Form::Markdown {
        let hrefs = hrefs.in_twin();
        let text = linked_by(task, cache, Place::of(task, &hrefs, locale, form), page)?;
        return Ok(markdown::with_headings_from(&text, heading_level));
    }
    let place = Place::of(task, &hrefs, locale, form);
    let model = &place.site.model;
    let outline = Outline::of(model, page);
    let rows = cache.rows.write(task, place, page, &outline)?;
    let (_, body) = body(place, page, outline.with(rows));
    let link = |page: PageRoute| {
        let name = name_of(model, page).map(|name| place.voice.name(name)).unwrap_or_default();
        link_to(place, name, page)
    };
    let product = page.product(model);
    let locales = &place.site.config.locales;
    let view = View {
        t: task.words(locale),
        lang: locales.tag(locale),
        dir: locales.get(locale).direction(),
        style: has_style.then(|| fragment_style(task.renderer).map(Value::from_safe_string)).transpose()?,
        id,
        levels: [0, 1, 2].map(|below| (heading_level + below).min(6)),
        title: link(page),
        product: product.map(PageRoute::Product).filter(|product| *product != page).map(link),
        sources: product.map(|product| sources(place, product)).unwrap_or_default(),
        body,
    };
    Ok(without_empty_lines(&task.template("fragment.html", &view)?))
}

/// The style sheet of fragments.
pub(in crate::render) fn fragment_style(renderer: &Renderer<'_>) -> Result<String, RenderError> {
    Ok(without_empty_lines(&renderer.template("fragment.css", &())?))
}

/// In Markdown an empty line ends a block of HTML, and what follows it would be a text.
fn without_empty_lines(text: &str) -> String {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}
