//! The facts from the other side: which connections use a port, which an address. One compact line
//! per use, linking to its row; the full row stands on the pages of products and components.

use std::collections::BTreeMap;

use serde::Serialize;

use super::row::LineView;
use super::{Link, link_to};
use crate::model::{ComponentId, FlowId, HostUses, PageRoute, ProductId, host_anchor};
use crate::render::prose::Place;
use crate::site::Join;

/// A page with more uses than this lists products with counts.
pub(super) const MOST_USES: usize = 500;

/// Everything that uses something.
#[derive(Serialize)]
pub(super) struct Uses {
    lines: Vec<UseLine>,
    /// Whether any of them has one: an empty column says nothing.
    has_conditions: bool,
    folded: Vec<ProductCount>,
}

#[derive(Serialize)]
struct UseLine {
    product: Link,
    href: String,
    from: String,
    to: String,
    lines: Vec<LineView>,
    condition: Option<String>,
}

/// A product and how often it uses something.
#[derive(Serialize)]
pub(super) struct ProductCount {
    link: Link,
    count: usize,
}

/// `anchor` is where the uses begin on each product's page.
fn uses(place: Place<'_>, flows: &[FlowId], anchor: &str) -> Uses {
    if flows.len() > MOST_USES {
        return Uses { lines: Vec::new(), has_conditions: false, folded: counts(place, flows, anchor) };
    }
    let lines: Vec<_> = flows.iter().map(|flow| use_line(place, *flow)).collect();
    Uses { has_conditions: lines.iter().any(|line| line.condition.is_some()), lines, folded: Vec::new() }
}

/// Products with the number of flows of each.
pub(super) fn counts(place: Place<'_>, flows: &[FlowId], anchor: &str) -> Vec<ProductCount> {
    let model = &place.site.model;
    let mut counts: BTreeMap<ProductId, usize> = BTreeMap::new();
    for flow in flows {
        *counts.entry(model[*flow].product).or_default() += 1;
    }
    let count = |(product, count): (ProductId, usize)| {
        let mut link = link_to(place, place.site.name(model[product].name, place.locale), PageRoute::Product(product));
        link.href.push('#');
        link.href.push_str(anchor);
        ProductCount { link, count }
    };
    counts.into_iter().map(count).collect()
}

fn use_line(place: Place<'_>, id: FlowId) -> UseLine {
    let Place { site, locale, .. } = place;
    let flow = &site.model[id];
    let (page, anchor) = site.model.place_of_flow(id);
    let ends = |ends: &[ComponentId]| {
        let names: Vec<_> = ends.iter().map(|end| site.component_name(*end, locale).to_owned()).collect();
        site.list(&names, Join::And, locale)
    };
    UseLine {
        product: link_to(place, site.name(site.model[flow.product].name, locale), PageRoute::Product(flow.product)),
        href: place.hrefs.page(locale, page, Some(&anchor)),
        from: ends(&flow.from),
        to: ends(&flow.to),
        lines: place.lines(id),
        condition: site.condition(&flow.when, locale),
    }
}

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
    Ports {
        ports: views.ports.iter().map(|(number, uses)| port_entry(place, *number, &uses.exact)).collect(),
        random: uses(place, &views.random, "_flows"),
        any: uses(place, &views.any, "_flows"),
        configured: uses(place, &views.configured, "_flows"),
    }
}

fn port_entry(place: Place<'_>, number: u16, flows: &[FlowId]) -> PortEntry {
    let Place { site, locale, .. } = place;
    let names_it =
        |line: &&crate::model::Line| line.port.numbers().is_some_and(|(first, last)| first == number || last == number);
    let lines = flows.iter().flat_map(|flow| &site.model[*flow].lines).filter(names_it);
    let mut protocols: Vec<String> = Vec::new();
    for protocol in lines.map(|line| site.protocol(line, locale)) {
        if !protocols.contains(&protocol) {
            protocols.push(protocol);
        }
    }
    let mut products: Vec<_> = flows.iter().map(|flow| site.model[*flow].product).collect();
    products.dedup();
    PortEntry {
        link: link_to(place, number.to_string(), PageRoute::Port(number)),
        protocols,
        products: products.into_iter().map(|product| site.name(site.model[product].name, locale).to_owned()).collect(),
    }
}

#[derive(Serialize)]
pub(super) struct Port {
    exact: Uses,
    in_range: Uses,
    any: Uses,
}

pub(super) fn port(place: Place<'_>, number: u16) -> Port {
    let views = &place.site.model.views;
    let Some(of_port) = views.ports.get(&number) else {
        unreachable!("a port has a page because a flow names it");
    };
    let anchor = format!("port-{number}");
    Port {
        exact: uses(place, &of_port.exact, &anchor),
        in_range: uses(place, &of_port.in_range, "_flows"),
        any: uses(place, &views.any, "_flows"),
    }
}

#[derive(Serialize)]
pub(super) struct Hosts {
    domains: Vec<DomainEntry>,
    addresses: Vec<HostEntry>,
}

#[derive(Serialize)]
struct DomainEntry {
    link: Link,
    hosts: Vec<Link>,
}

#[derive(Serialize)]
struct HostEntry {
    anchor: String,
    address: String,
    to: Uses,
    from: Uses,
}

pub(super) fn hosts(place: Place<'_>) -> Hosts {
    let views = &place.site.model.views;
    let domains = views.domains.iter().enumerate().map(|(position, domain)| {
        let page = PageRoute::Domain(position as u32);
        let host = |host: &String| Link {
            text: host.clone(),
            href: place.hrefs.page(place.locale, page, Some(&host_anchor(host))),
            ..Link::default()
        };
        DomainEntry { link: link_to(place, domain.name.clone(), page), hosts: domain.hosts.keys().map(host).collect() }
    });
    Hosts {
        domains: domains.collect(),
        addresses: views.addresses.iter().map(|(address, uses)| host_entry(place, address, uses)).collect(),
    }
}

fn host_entry(place: Place<'_>, address: &str, of_host: &HostUses) -> HostEntry {
    HostEntry {
        anchor: host_anchor(address).as_str().to_owned(),
        address: place.site.address(address, place.locale),
        to: uses(place, &of_host.to, "_flows"),
        from: uses(place, &of_host.from, "_flows"),
    }
}

#[derive(Serialize)]
pub(super) struct Domain {
    hosts: Vec<HostEntry>,
}

pub(super) fn domain(place: Place<'_>, position: u32) -> Domain {
    let domain = &place.site.model.views.domains[position as usize];
    Domain { hosts: domain.hosts.iter().map(|(host, uses)| host_entry(place, host, uses)).collect() }
}
