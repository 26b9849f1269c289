//! The home page: a question, the products, the guides.

use serde::Serialize;

use super::examples::{Example, examples};
use super::{Link, link_to, say, word};
use crate::l10n::Join;
use crate::model::{FlowId, PageId, PageRoute, ProductId, ScenarioId, ids};
use crate::render::prose::Place;
use crate::value::{Scope, Verdict};

#[derive(Serialize)]
pub(super) struct Home {
    examples: Vec<Example>,
    products: Vec<ProductRow>,
    /// Where a product has any.
    has_versions: bool,
    has_scenarios: bool,
    guides: Vec<Link>,
}

#[derive(Serialize)]
struct ProductRow {
    link: Link,
    versions: String,
    /// How many connections run across the network.
    connections: usize,
    ports: usize,
    /// When the oldest of its sources was read.
    read: String,
    scenarios: Vec<Link>,
}

pub(super) fn home(place: Place<'_>) -> Home {
    let model = &place.site.model;
    let products: Vec<_> = ids::<ProductId>(model.products.len()).map(|id| product(place, id)).collect();
    let pages = ids::<PageId>(model.pages.len())
        .map(|id| link_to(place, place.voice.name(model[id].title), PageRoute::Prose(id)));
    Home {
        examples: examples(place),
        has_versions: products.iter().any(|product| !product.versions.is_empty()),
        has_scenarios: products.iter().any(|product| !product.scenarios.is_empty()),
        products,
        guides: pages.chain([link_to(place, word(place, "glossary"), PageRoute::Glossary)]).collect(),
    }
}

fn product(place: Place<'_>, id: ProductId) -> ProductRow {
    let model = &place.site.model;
    let product = &model[id];
    let runs_across = |flow: &&FlowId| model[**flow].scope == Scope::Network && model[**flow].verdict == Verdict::Allow;
    let read = product.sources.iter().filter_map(|source| model[*source].read).min();
    ProductRow {
        link: link_to(place, place.voice.name(product.name), PageRoute::Product(id)),
        versions: place.voice.list(&product.versions, Join::And),
        connections: product.flows.iter().filter(runs_across).count(),
        ports: model.ports_of_product(id).len(),
        read: read.map(|date| place.voice.date(date)).unwrap_or_default(),
        scenarios: scenario_links(place, id),
    }
}

/// "Versions: 10.0 and 11.0".
pub(super) fn versions(place: Place<'_>, id: ProductId) -> Option<String> {
    let versions = &place.site.model[id].versions;
    let list = place.voice.list(versions, Join::And);
    (!versions.is_empty()).then(|| say(place, "versions", [("versions", &list)]))
}

fn scenario_links(place: Place<'_>, id: ProductId) -> Vec<Link> {
    let model = &place.site.model;
    let title = |id: ScenarioId| place.voice.name(model[id].title);
    model[id]
        .scenarios
        .iter()
        .map(|scenario| link_to(place, title(*scenario), PageRoute::Scenario(*scenario)))
        .collect()
}
