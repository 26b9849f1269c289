//! The home page: products, guides, and the ways in by port and host.

use serde::Serialize;

use super::{Link, link_to, say, texts};
use crate::l10n::Join;
use crate::model::{PageId, PageRoute, ProductId, ids};
use crate::render::prose::{Place, TextView};

#[derive(Serialize)]
pub(super) struct Home {
    products: Vec<ProductCard>,
    pages: Vec<Card>,
    ports: Link,
    hosts: Link,
}

#[derive(Serialize)]
struct ProductCard {
    link: Link,
    versions: Option<String>,
    summary: TextView,
    scenarios: Vec<Link>,
}

#[derive(Serialize)]
struct Card {
    link: Link,
    summary: Option<TextView>,
}

pub(super) fn home(place: Place<'_>) -> Home {
    let model = &place.site.model;
    let products = ids::<ProductId>(model.products.len()).map(|id| ProductCard {
        link: link_to(place, place.voice.name(model[id].name), PageRoute::Product(id)),
        versions: versions(place, id),
        summary: place.text(model[id].summary),
        scenarios: scenario_links(place, id),
    });
    let pages = ids::<PageId>(model.pages.len()).map(|id| Card {
        link: link_to(place, place.voice.name(model[id].title), PageRoute::Prose(id)),
        summary: texts(place, model[id].summary),
    });
    Home {
        products: products.collect(),
        pages: pages.collect(),
        ports: link_to(place, super::word(place, "ports-intro"), PageRoute::Ports),
        hosts: link_to(place, super::word(place, "hosts-intro"), PageRoute::Hosts),
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
    let title = |id: crate::model::ScenarioId| place.voice.name(model[id].title);
    model[id]
        .scenarios
        .iter()
        .map(|scenario| link_to(place, title(*scenario), PageRoute::Scenario(*scenario)))
        .collect()
}
