//! The index of ports, and the page of a number or range: who uses it.

use serde::Serialize;

use super::uses::{FLOWS, Uses};
use super::{Link, link_to, say};
use crate::model::{Anchor, FlowId, PageRoute, PortRange};
use crate::render::prose::Place;

#[expect(clippy::struct_field_names, reason = "it is the name the template knows")]
#[derive(Serialize)]
pub(super) struct Ports {
    ports: Vec<PortEntry>,
    random: Uses,
    any: Uses,
    configured: Uses,
}

#[derive(Serialize)]
struct PortEntry {
    link: Link,
    protocols: Vec<String>,
    products: Vec<String>,
}

pub(super) fn ports(place: Place<'_>) -> Ports {
    let views = &place.site.model.views;
    // A number that only ends several ranges is in the list with them.
    let named = views.ports.iter().filter(|(_, uses)| !uses.exact.is_empty());
    Ports {
        ports: named.map(|(range, uses)| port_entry(place, *range, &uses.exact)).collect(),
        random: Uses::of(place, &views.random, FLOWS),
        any: Uses::of(place, &views.any, FLOWS),
        configured: Uses::of(place, &views.configured, FLOWS),
    }
}

fn port_entry(place: Place<'_>, range: PortRange, flows: &[FlowId]) -> PortEntry {
    let site = place.site;
    let mut products: Vec<_> = flows.iter().map(|flow| site.model[*flow].product).collect();
    products.dedup();
    PortEntry {
        link: link_to(place, place.voice.port(range.as_port()), PageRoute::Port(range)),
        protocols: place.voice.protocols_of(&site.speech().lines_on(range, flows)),
        products: products.into_iter().map(|product| place.voice.name(site.model[product].name).to_owned()).collect(),
    }
}

/// What a number or range is called, and what its page says of itself.
pub(super) fn headline(place: Place<'_>, range: PortRange) -> (String, String) {
    let port = place.voice.port(range.as_port());
    let [title, intro] =
        if range.is_one() { ["port-title", "port-intro"] } else { ["port-range-title", "port-range-intro"] };
    (say(place, title, [("port", &port)]), say(place, intro, [("port", &port)]))
}

#[derive(Serialize)]
pub(super) struct Port {
    is_range: bool,
    exact: Uses,
    overlapping: Uses,
    any: Uses,
}

pub(super) fn port(place: Place<'_>, range: PortRange) -> Port {
    let views = &place.site.model.views;
    let Some(of_port) = views.ports.get(&range) else {
        unreachable!("a port has a page because a flow names it");
    };
    Port {
        is_range: !range.is_one(),
        exact: Uses::of(place, &of_port.exact, Anchor::Port(range)),
        overlapping: Uses::of(place, &of_port.overlapping, FLOWS),
        any: Uses::of(place, &views.any, FLOWS),
    }
}
