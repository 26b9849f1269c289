//! Pages: one typed context per template. What a template shows is decided here, how it looks there.

mod addressed;
mod cited;
mod compare;
mod component;
mod differ;
mod environment;
mod examples;
mod footnotes;
mod fragment;
mod grid;
mod groups;
mod home;
mod hosts;
mod line;
mod listed;
mod local;
mod machine;
mod note;
mod outline;
mod ports;
mod product;
mod prose;
mod request;
mod root;
mod row;
mod row_text;
mod rows;
mod said;
mod scenario;
mod shell;
mod shown;
mod status;
mod table;
mod taken;
mod uses;

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::diagram::Figure;
use super::prose::{Form, Place, TextView};
use super::{Hrefs, RenderCache, RenderError, Task, href, markdown};
use crate::l10n::Args;
use crate::locale::{Direction, LocaleId};
use crate::model::{Anchored, FlowId, Id, Model, PageRoute, ProductId, UnitId};

use outline::{Outline, Tables};

pub(super) use fragment::{fragment, fragment_style};
pub(super) use root::{chooser, crawler, moved, not_found};
pub(super) use rows::Rows;
pub(super) use shell::index_messages;
pub(super) use taken::Taken;

/// A link with its text.
#[derive(Clone, Debug, Default, Serialize)]
struct Link {
    text: String,
    href: String,
    /// Set where the text is a name in another language than the page.
    lang: Option<String>,
    /// Set where that language is written in the other direction.
    dir: Option<Direction>,
}

/// One page in one locale, for browsers or, as its twin, for programs that read text.
pub(super) fn page(
    task: Task<'_>,
    cache: &mut RenderCache,
    locale: LocaleId,
    page: PageRoute,
    form: Form,
) -> Result<String, RenderError> {
    let hrefs = Hrefs::from_page(task.site(), task.options.links, locale, page);
    let hrefs = if form == Form::Markdown { hrefs.in_twin() } else { hrefs };
    linked_by(task, cache, Place::of(task, &hrefs, locale, form), page)
}

/// A page whose links are those of a place.
fn linked_by(
    task: Task<'_>,
    cache: &mut RenderCache,
    place: Place<'_>,
    page: PageRoute,
) -> Result<String, RenderError> {
    let Place { locale, form, .. } = place;
    let outline = Outline::of(&task.site().model, page);
    let rows = cache.rows.write(task, place, page, &outline)?;
    let (template, body) = body(place, page, outline.with(rows));
    let extension = if form == Form::Html { "html" } else { "md" };
    let diagram = match form {
        Form::Html => Figure::of(task, &mut cache.pictures, locale, page)?,
        Form::Markdown => Figure::of_twin(task, &mut cache.pictures, locale, page),
    };
    let scripts = if form == Form::Html { table_scripts(task, place, cache, page) } else { Vec::new() };
    let take = if form == Form::Html { take(task, place, cache, page) } else { None };
    let shell = shell::page(task, place, page, Figured { diagram, scripts, take }, body);
    let written = task.template(&format!("{template}.{extension}"), &shell)?;
    Ok(if form == Form::Markdown { markdown::tidy(&written) } else { written })
}

/// What stands around the rows of a page.
struct Figured {
    diagram: Option<Figure>,
    scripts: Vec<String>,
    take: Option<Take>,
}

/// The scripts that make a file or a sheet of the rows, once that is asked for.
#[derive(Serialize)]
struct Take {
    /// Of each product on the page, what its rows say.
    words: String,
    csv: String,
    request: String,
    /// What writes rules of the product of the page, and what it reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<String>,
}

fn take(task: Task<'_>, place: Place<'_>, cache: &mut RenderCache, page: PageRoute) -> Option<Take> {
    if !has_table(page) || matches!(page, PageRoute::Scenario(_)) {
        return None;
    }
    let Place { site, hrefs, locale, .. } = place;
    let script = |name: &str| Some(hrefs.asset(site.theme.find_asset(name)?));
    let words =
        |product: &ProductId| hrefs.taken(locale, *product, &cache.taken.script(task, locale, *product).version());
    let products = products_on(&site.model, page);
    let words: Vec<_> = products.iter().map(words).collect();
    let rules = match products.as_slice() {
        [product] => rule_scripts(task, place, cache, *product),
        _ => None,
    };
    Some(Take { words: words.join(" "), csv: script("csv.js")?, request: script("request.js")?, rules })
}

/// What writes rules of a product, and what it reads: loaded when it is asked for.
fn rule_scripts(task: Task<'_>, place: Place<'_>, cache: &mut RenderCache, product: ProductId) -> Option<String> {
    let Place { site, hrefs, locale, .. } = place;
    let facts = cache.rules.facts_script(site, product).version();
    let words = cache.rules.words_script(task, locale).version();
    let asset = |name: &str| Some(hrefs.asset(site.theme.find_asset(name)?));
    let scripts = [
        asset("rules.js")?,
        asset("typed.js")?,
        asset("zip.js")?,
        asset("rule-view.js")?,
        asset("rule-view.css")?,
        hrefs.file(&href::rule_formats(&task.renderer.rule_formats)),
        hrefs.rule_words(locale, &words),
        hrefs.rule_facts(&super::rules::facts_path(site, product), &facts),
    ];
    Some(scripts.join(" "))
}

/// The products whose rows stand on a page.
fn products_on(model: &Model, page: PageRoute) -> Vec<ProductId> {
    match page {
        PageRoute::Component(id) => model.views.products_of(id).to_vec(),
        _ => page.product(model).into_iter().collect(),
    }
}

/// What a page needs that decides by the facts of its products: these, and who reads them.
fn table_scripts(task: Task<'_>, place: Place<'_>, cache: &mut RenderCache, page: PageRoute) -> Vec<String> {
    let Place { site, hrefs, locale, .. } = place;
    if !has_table(page) && !matches!(page, PageRoute::Compare(_)) {
        return Vec::new();
    }
    let asset = |name: &str| site.theme.find_asset(name).map(|id| hrefs.asset(id));
    let mut scripts: Vec<_> = products_on(&site.model, page)
        .iter()
        .map(|product| hrefs.file(&task.renderer.facts[product.index()].path))
        .collect();
    if has_table(page) {
        scripts.push(hrefs.words(locale, &cache.taken.rows_script(task, locale).version()));
        scripts.extend(asset("rows.js"));
        let choosing = ["weigh.js", "select.js"].into_iter().filter(|_| environment::is_on(&site.model, page));
        scripts.extend(choosing.filter_map(asset));
    } else {
        scripts.extend(asset("compare.js"));
    }
    scripts
}

/// The table of a page as CSV.
pub(super) fn csv(task: Task<'_>, rows: &mut Rows, locale: LocaleId, page: PageRoute) -> Vec<u8> {
    let hrefs = Hrefs::from_page(task.site(), task.options.links, locale, page);
    rows.csv(Place::of(task, &hrefs, locale, Form::Html), page)
}

/// Pages that programs read as Markdown too.
pub(super) fn has_twin(page: PageRoute) -> bool {
    matches!(page, PageRoute::Product(_) | PageRoute::Scenario(_) | PageRoute::Prose(_))
}

/// Pages with files beside them: their table, their picture. What a component shows is in those of its products;
/// beside each component they would be a third of a large site, and its script makes them of the page.
pub(super) fn has_files(page: PageRoute) -> bool {
    matches!(page, PageRoute::Product(_) | PageRoute::Scenario(_))
}

/// The page beside which the files stand to which a page leads; a component of several products has none.
pub(super) fn page_of_files(model: &Model, page: PageRoute) -> Option<PageRoute> {
    match page {
        PageRoute::Component(id) => match model.views.products_of(id) {
            [product] => Some(PageRoute::Product(*product)),
            _ => None,
        },
        _ => has_files(page).then_some(page),
    }
}

/// Pages with a table of flows.
pub(super) fn has_table(page: PageRoute) -> bool {
    matches!(page, PageRoute::Product(_) | PageRoute::Component(_) | PageRoute::Scenario(_))
}

/// The template of a page, without its ending, and what it shows.
fn body(place: Place<'_>, page: PageRoute, tables: Tables) -> (&'static str, Value) {
    match page {
        PageRoute::Home => ("home", value(home::home(place))),
        PageRoute::Product(id) => ("product", value(product::product(place, tables, id))),
        PageRoute::Component(id) => ("component", value(component::component(place, &tables, id))),
        PageRoute::Scenario(id) => ("scenario", value(scenario::scenario(place, &tables, id))),
        PageRoute::Compare(id) => ("compare", value(compare::compare(place, id))),
        PageRoute::Ports => ("ports", value(ports::ports(place))),
        PageRoute::Port(range) => ("port", value(ports::port(place, range))),
        PageRoute::Protocol(protocol) => ("protocol", value(ports::protocol(place, protocol))),
        PageRoute::Hosts => ("hosts", value(hosts::hosts(place))),
        PageRoute::Domain(position) => ("domain", value(hosts::domain(place, position))),
        PageRoute::Glossary => ("glossary", value(prose::glossary(place))),
        PageRoute::Status => ("status", value(status::status(place))),
        PageRoute::Search => ("search", value(())),
        PageRoute::Prose(id) => ("prose", value(prose::prose(place, id))),
    }
}

fn value<T: Serialize>(body: T) -> Value {
    Value::from(Serde(body))
}

fn link_to(place: Place<'_>, text: impl Into<String>, page: PageRoute) -> Link {
    let (lang, dir) = name_of(&place.site.model, page).map_or((None, None), |name| place.tongue(name));
    Link { text: text.into(), href: place.hrefs.to(place.locale, page), lang, dir }
}

/// A link to a flow's row, in its words.
fn flow_link(place: Place<'_>, id: FlowId) -> Link {
    let text = place.voice.flow_name(id);
    Link { text, href: place.hrefs.to(place.locale, place.site.model.link_to(Anchored::Flow(id))), ..Link::default() }
}

/// The name a page has from the content.
fn name_of(model: &Model, page: PageRoute) -> Option<UnitId> {
    match page {
        PageRoute::Product(id) => Some(model[id].name),
        PageRoute::Component(id) => Some(model[id].name),
        PageRoute::Scenario(id) => Some(model[id].title),
        PageRoute::Prose(id) => Some(model[id].title),
        _ => None,
    }
}

fn texts(place: Place<'_>, unit: Option<UnitId>) -> Option<TextView> {
    unit.map(|unit| place.text(unit))
}

fn word(place: Place<'_>, id: &str) -> String {
    place.voice.word(id)
}

fn say<const N: usize>(place: Place<'_>, id: &str, values: [(&'static str, &str); N]) -> String {
    place.voice.say(id, &crate::l10n::args(values))
}

/// A message that counts.
fn counted(place: Place<'_>, message: &str, count: usize) -> String {
    let mut args = Args::new();
    args.set("count", i64::try_from(count).unwrap_or(i64::MAX));
    place.voice.say(message, &args)
}

/// A message with a number `n` among other values.
fn numbered<const N: usize>(place: Place<'_>, message: &str, n: usize, values: [(&'static str, &str); N]) -> String {
    let mut args = crate::l10n::args(values);
    args.set("n", i64::try_from(n).unwrap_or(i64::MAX));
    place.voice.say(message, &args)
}
