//! Pages: one typed context per template. What a template shows is decided here, how it looks there.

mod cells;
mod component;
mod home;
mod product;
mod prose;
mod root;
mod row;
mod scenario;
mod shell;
mod table;
mod uses;

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::diagram::Figure;
use super::prose::{Form, Place, TextView};
use super::{Hrefs, RenderError, Renderer};
use crate::locale::LocaleId;
use crate::model::{PageRoute, UnitId};

pub(super) use cells::Cells;
pub(super) use root::{chooser, crawler, moved, not_found};

/// A link with its text.
#[derive(Clone, Debug, Serialize)]
struct Link {
    text: String,
    href: String,
}

/// One page in one locale, for browsers.
pub(super) fn html(
    renderer: &Renderer<'_>,
    locale: LocaleId,
    page: PageRoute,
    cells: &Cells<'_>,
) -> Result<Vec<u8>, RenderError> {
    let written = write(renderer, locale, page, Form::Html, Some(cells))?;
    cells.take_error().map_or(Ok(written), Err)
}

/// The same page as Markdown, for programs that read text.
pub(super) fn twin(renderer: &Renderer<'_>, locale: LocaleId, page: PageRoute) -> Result<Vec<u8>, RenderError> {
    write(renderer, locale, page, Form::Markdown, None)
}

/// The table of a page as CSV.
pub(super) fn csv(renderer: &Renderer<'_>, locale: LocaleId, page: PageRoute) -> Vec<u8> {
    let hrefs = Hrefs::from_page(renderer.site, renderer.links, locale, page);
    let place = Place { site: renderer.site, hrefs: &hrefs, locale, form: Form::Html, cells: None };
    table::csv(place, &flows_of(place, page))
}

/// Pages that programs read as Markdown too.
pub(super) fn has_twin(page: PageRoute) -> bool {
    matches!(page, PageRoute::Product(_) | PageRoute::Component(_) | PageRoute::Scenario(_) | PageRoute::Prose(_))
}

/// Pages with a table of flows.
pub(super) fn has_table(page: PageRoute) -> bool {
    matches!(page, PageRoute::Product(_) | PageRoute::Component(_) | PageRoute::Scenario(_))
}

fn flows_of(place: Place<'_>, page: PageRoute) -> Vec<crate::model::FlowId> {
    let model = &place.site.model;
    match page {
        PageRoute::Product(id) => model[id].flows.clone(),
        PageRoute::Component(id) => model.flows_of_component(id),
        PageRoute::Scenario(id) => model.flows_of_scenario(id),
        _ => Vec::new(),
    }
}

fn write(
    renderer: &Renderer<'_>,
    locale: LocaleId,
    page: PageRoute,
    form: Form,
    cells: Option<&Cells<'_>>,
) -> Result<Vec<u8>, RenderError> {
    let hrefs = Hrefs::from_page(renderer.site, renderer.links, locale, page);
    let place = Place { site: renderer.site, hrefs: &hrefs, locale, form, cells };
    let (template, body) = body(place, page);
    let extension = if form == Form::Html { "html" } else { "md" };
    let diagram = if form == Form::Html { Figure::of(renderer, locale, page)? } else { None };
    renderer.template(&format!("{template}.{extension}"), &shell::page(renderer, place, page, diagram, body))
}

/// The template of a page, without its ending, and what it shows.
fn body(place: Place<'_>, page: PageRoute) -> (&'static str, Value) {
    match page {
        PageRoute::Home => ("home", value(home::home(place))),
        PageRoute::Product(id) => ("product", value(product::product(place, id))),
        PageRoute::Component(id) => ("component", value(component::component(place, id))),
        PageRoute::Scenario(id) => ("scenario", value(scenario::scenario(place, id))),
        PageRoute::Ports => ("ports", value(uses::ports(place))),
        PageRoute::Port(number) => ("port", value(uses::port(place, number))),
        PageRoute::Hosts => ("hosts", value(uses::hosts(place))),
        PageRoute::Domain(position) => ("domain", value(uses::domain(place, position))),
        PageRoute::Glossary => ("glossary", value(prose::glossary(place))),
        PageRoute::Prose(id) => ("prose", value(prose::prose(place, id))),
    }
}

fn value<T: Serialize>(body: T) -> Value {
    Value::from(Serde(body))
}

fn link_to(place: Place<'_>, text: impl Into<String>, page: PageRoute) -> Link {
    Link { text: text.into(), href: place.hrefs.page(place.locale, page, None) }
}

fn texts(place: Place<'_>, unit: Option<UnitId>) -> Option<TextView> {
    unit.map(|unit| place.text(unit))
}

fn word(place: Place<'_>, id: &str) -> String {
    place.site.catalogs.word(place.locale, id)
}

fn say<const N: usize>(place: Place<'_>, id: &str, values: [(&'static str, &str); N]) -> String {
    place.site.catalogs.say(place.locale, id, &crate::l10n::args(values))
}
