//! `products.json`: what is documented, from which sources, with which scenarios.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{SCHEMA, Texts, choice_ids, maybe_texts, permalinks, texts};
use crate::model::{CitedId, PageRoute, ProductId, ScenarioId, SourceTable, ids};
use crate::render::Task;

/// Documented products.
#[derive(Serialize, JsonSchema)]
pub(super) struct Products {
    /// Version of this format.
    schema: u32,
    /// Every product.
    products: Vec<ProductEntry>,
}

/// A documented product.
#[derive(Serialize, JsonSchema)]
struct ProductEntry {
    /// Its id.
    id: String,
    /// Its name.
    name: Texts,
    /// Versions the facts hold for.
    versions: Vec<String>,
    /// Choices that hold for it if nothing is chosen, of options of common for which it gives a default of its own.
    defaults: BTreeMap<String, Vec<String>>,
    /// What it is.
    summary: Texts,
    /// Where the facts come from.
    sources: Vec<SourceEntry>,
    /// Named selections.
    scenarios: Vec<ScenarioEntry>,
    /// Its page, by locale, relative to the site's root.
    permalinks: Texts,
}

/// Where facts come from.
#[derive(Serialize, JsonSchema)]
struct SourceEntry {
    /// Its id within the product.
    id: String,
    /// Its title.
    title: Texts,
    /// Its address by locale, null where none is known.
    url: Option<Texts>,
    /// The day it was read; null for a page that is only pointed at.
    read: Option<String>,
    /// The day or month it gives for itself, null where it gives none.
    as_of: Option<String>,
    /// How many rows its tables have, all together.
    rows: u32,
    /// Its tables, in the order of the page; empty where their rows are counted through.
    tables: Vec<TableEntry>,
    /// Rows that no flow needs to cover, counted from 1 through all tables.
    skipped: Vec<u32>,
}

/// A table of a source.
#[derive(Serialize, JsonSchema)]
struct TableEntry {
    /// Its id within the source.
    id: String,
    /// What the page calls it, null where its id says it.
    title: Option<Texts>,
    /// How many rows it has.
    rows: u32,
}

/// A named selection.
#[derive(Serialize, JsonSchema)]
struct ScenarioEntry {
    /// Its id within the product.
    id: String,
    /// Its title.
    title: Texts,
    /// Id of the component whose connections it shows, with those of what runs on it; null for all.
    machine: Option<String>,
    /// The chosen choices, by option.
    choose: BTreeMap<String, Vec<String>>,
    /// Ids of the components this deployment does not have.
    without: Vec<String>,
    /// What it is, null where nothing is said.
    summary: Option<Texts>,
    /// What speaks for it, null where nothing is said.
    benefits: Option<Texts>,
    /// What speaks against it, null where nothing is said.
    drawbacks: Option<Texts>,
}

pub(super) fn products(task: Task<'_>) -> Products {
    Products { schema: SCHEMA, products: ids(task.site().model.products.len()).map(|id| product(task, id)).collect() }
}

fn product(task: Task<'_>, id: ProductId) -> ProductEntry {
    let product = &task.site().model[id];
    ProductEntry {
        id: product.id.clone(),
        name: texts(task, product.name),
        versions: product.versions.clone(),
        defaults: product
            .defaults
            .iter()
            .map(|(option, choices)| (task.site().model.option_key(*option), choice_ids(task, *option, *choices)))
            .collect(),
        summary: texts(task, product.summary),
        sources: product.sources.iter().map(|source| source_entry(task, *source)).collect(),
        scenarios: product.scenarios.iter().map(|scenario| scenario_entry(task, *scenario)).collect(),
        permalinks: permalinks(task, PageRoute::Product(id)),
    }
}

fn source_entry(task: Task<'_>, id: CitedId) -> SourceEntry {
    let source = &task.site().model[id];
    let locales = &task.site().config.locales;
    let url =
        |locale| Some((locales.tag(locale).to_owned(), task.site().speech().source_url_exact(id, locale)?.to_owned()));
    SourceEntry {
        id: source.id.clone(),
        title: texts(task, source.title),
        url: (!source.urls.is_empty()).then(|| locales.ids().filter_map(url).collect()),
        read: source.read.map(|date| date.to_string()),
        as_of: source.as_of.map(|date| date.to_string()),
        rows: source.rows,
        tables: source.tables.iter().map(|table| table_entry(task, table)).collect(),
        skipped: source.skipped().collect(),
    }
}

fn table_entry(task: Task<'_>, table: &SourceTable) -> TableEntry {
    TableEntry { id: table.id.clone(), title: maybe_texts(task, table.title), rows: table.rows }
}

fn scenario_entry(task: Task<'_>, id: ScenarioId) -> ScenarioEntry {
    let scenario = &task.site().model[id];
    ScenarioEntry {
        id: scenario.id.clone(),
        title: texts(task, scenario.title),
        machine: scenario.machine.as_ref().map(|machine| task.site().model.component_key(machine.value)),
        choose: scenario
            .choose
            .iter()
            .map(|(option, choices)| (task.site().model.option_key(*option), choice_ids(task, *option, *choices)))
            .collect(),
        without: scenario.without.iter().map(|component| task.site().model.component_key(*component)).collect(),
        summary: maybe_texts(task, scenario.summary),
        benefits: maybe_texts(task, scenario.benefits),
        drawbacks: maybe_texts(task, scenario.drawbacks),
    }
}
