//! The index of ports, and the page of a number or range: who uses it.

use serde::Serialize;

use super::uses::{FLOWS, Uses};
use super::{Link, link_to, say};
use crate::l10n::Args;
use crate::model::{Anchor, FlowId, PageRoute, PortRange, Reached};
use crate::render::prose::Place;
use crate::value::Protocol;

#[expect(clippy::struct_field_names, reason = "it is the name the template knows")]
#[derive(Serialize)]
pub(super) struct Ports {
    /// The script that looks for the rows of a number.
    finder: Option<String>,
    /// What it has looked through, for a number that it finds nowhere.
    checked: String,
    ports: Vec<PortEntry>,
    protocols: Vec<PortEntry>,
    random: Uses,
    any: Uses,
    configured: Uses,
    /// Connections to every port that must not be possible.
    blocked: Uses,
}

#[derive(Serialize)]
struct PortEntry {
    link: Link,
    /// As the data files write it; `None` for a protocol, which no number is in.
    number: Option<String>,
    protocols: Vec<String>,
    products: Vec<String>,
}

pub(super) fn ports(place: Place<'_>) -> Ports {
    let views = &place.site.model.views;
    // A number that only ends several ranges is in the list with them.
    let named = views.ports.iter().filter(|(_, uses)| !uses.exact.is_empty());
    let finder = place.site.theme.find_asset("ports.js");
    Ports {
        finder: finder.map(|id| place.hrefs.asset(id)),
        checked: checked(place),
        ports: named.map(|(range, uses)| port_entry(place, *range, &uses.exact)).collect(),
        protocols: views
            .protocols
            .iter()
            .filter(|(_, flows)| !flows.is_empty())
            .map(|(protocol, flows)| protocol_entry(place, *protocol, flows))
            .collect(),
        random: Uses::of(place, &views.random, FLOWS),
        any: Uses::of(place, &views.any, FLOWS),
        configured: Uses::of(place, &views.configured, FLOWS),
        blocked: Uses::of(place, &views.blocked, FLOWS),
    }
}

/// How much there is to look through.
fn checked(place: Place<'_>) -> String {
    let model = &place.site.model;
    let mut args = Args::new();
    for (name, count) in [("flows", model.flows.len()), ("products", model.products.len())] {
        args.set(name, i64::try_from(count).unwrap_or(i64::MAX));
    }
    place.voice.say("port-checked", &args)
}

fn port_entry(place: Place<'_>, range: PortRange, flows: &[FlowId]) -> PortEntry {
    let site = place.site;
    PortEntry {
        link: link_to(place, place.voice.port(range.as_port()), PageRoute::Port(range)),
        number: Some(range.to_string()),
        protocols: place.voice.protocols_of(&site.speech().lines_on(range, flows)),
        products: products_of(place, flows),
    }
}

fn protocol_entry(place: Place<'_>, protocol: Protocol, flows: &[FlowId]) -> PortEntry {
    let lines = flows.iter().flat_map(|flow| &place.site.model[*flow].lines);
    let lines: Vec<_> = lines.filter(|line| line.reached() == Reached::Protocol(protocol)).collect();
    let link = link_to(place, place.voice.bare(protocol), PageRoute::Protocol(protocol));
    PortEntry { link, number: None, protocols: place.voice.protocols_of(&lines), products: products_of(place, flows) }
}

fn products_of(place: Place<'_>, flows: &[FlowId]) -> Vec<String> {
    let model = &place.site.model;
    let mut products: Vec<_> = flows.iter().map(|flow| model[*flow].product).collect();
    products.dedup();
    products.into_iter().map(|product| place.voice.name(model[product].name).to_owned()).collect()
}

/// What a protocol without ports is called, and what its page says of itself.
pub(super) fn protocol_headline(place: Place<'_>, protocol: Protocol) -> (String, String) {
    let name = place.voice.bare(protocol);
    let number = protocol.number().to_string();
    let intro = say(place, "protocol-intro", [("protocol", &name), ("number", &number)]);
    (name, intro)
}

/// The page of a protocol without ports.
#[derive(Serialize)]
pub(super) struct ProtocolPage {
    uses: Uses,
    blocked: Uses,
}

pub(super) fn protocol(place: Place<'_>, protocol: Protocol) -> ProtocolPage {
    let model = &place.site.model;
    let Some(flows) = model.views.protocols.get(&protocol) else {
        unreachable!("a protocol has a page because a flow names it");
    };
    let names = |id: &FlowId| model[*id].lines.iter().any(|line| line.reached() == Reached::Protocol(protocol));
    let blocked = model.products.iter().flat_map(|product| product.blocked.iter().copied());
    let blocked: Vec<_> = blocked.filter(names).collect();
    ProtocolPage { uses: Uses::of(place, flows, Anchor::Protocol(protocol)), blocked: Uses::of(place, &blocked, FLOWS) }
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
    blocked: Uses,
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
        blocked: Uses::of(place, &[of_port.blocked.as_slice(), &views.blocked].concat(), FLOWS),
    }
}
