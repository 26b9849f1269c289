//! The index of hosts and addresses, and the page of a registrable domain: who uses them, and when.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use serde::Serialize;

use super::addressed::{Addressed, Listed};
use super::uses::{MOST_USES, row_href};
use super::{Link, link_to, numbered, word};
use crate::model::{Address, Anchor, Host, PageRoute, ProductId, host_of};
use crate::render::prose::Place;
use crate::value::AddressKind;

#[derive(Serialize)]
pub(super) struct Hosts {
    domains: Vec<DomainEntry>,
    /// Subnets, single addresses and templates, those that there are.
    sections: Vec<AddressSection>,
}

#[derive(Serialize)]
struct DomainEntry {
    link: Link,
    hosts: Vec<HostLink>,
    /// How many there are, where they are too many to list beside those of other domains.
    counted: Option<String>,
}

/// With more names than this in all, the index lists domains and leaves their hosts to the pages of these.
const MOST_LISTED: usize = 1_000;

/// A host, and the paths below it that are published. A firewall knows no paths.
#[derive(Serialize)]
pub(super) struct HostLink {
    name: Link,
    /// A template is none yet: it is shown, never copied.
    is_address: bool,
    paths: Vec<Link>,
}

/// Addresses of one kind.
#[derive(Serialize)]
struct AddressSection {
    anchor: &'static str,
    title: String,
    uses: AddressUses,
}

pub(super) fn hosts(place: Place<'_>) -> Hosts {
    let views = &place.site.model.views;
    let is_cut = views.domains.iter().map(|domain| domain.hosts.len()).sum::<usize>() > MOST_LISTED;
    let domains = views.domains.iter().enumerate().map(|(position, domain)| {
        let page = PageRoute::Domain(position as u32);
        let link = link_to(place, domain.name.clone(), page);
        if is_cut {
            let counted = Some(numbered(place, "hosts-named", domain.hosts.len(), []));
            return DomainEntry { link, hosts: Vec::new(), counted };
        }
        let texts = domain.hosts.iter().flat_map(|(name, host)| {
            std::iter::once(name).chain(host.addresses.keys().filter(move |text| *text != name))
        });
        let links = texts.map(|text| (text.as_str(), place.hrefs.to(place.locale, page.at(Anchor::Host(text)))));
        DomainEntry { link, hosts: folded(place, links), counted: None }
    });
    Hosts { domains: domains.collect(), sections: sections(place) }
}

/// Addresses as published and where they lead, with the paths on one host behind its name. The name
/// leads where its first address does.
pub(super) fn folded<'t>(place: Place<'_>, links: impl IntoIterator<Item = (&'t str, String)>) -> Vec<HostLink> {
    let mut hosts: Vec<HostLink> = Vec::new();
    for (text, href) in links {
        let (name, path) = split(text);
        let name = place.voice.address(name);
        let position = hosts.iter().position(|host| host.name.text == name).unwrap_or_else(|| {
            let is_address = !text.contains('{');
            let name = Link { text: name, href: href.clone(), ..Link::default() };
            hosts.push(HostLink { name, is_address, paths: Vec::new() });
            hosts.len() - 1
        });
        if !path.is_empty() {
            hosts[position].paths.push(Link { text: path.to_owned(), href, ..Link::default() });
        }
    }
    hosts
}

/// Addresses under one condition stand together, where the first of them stands; each with its place in the list.
pub(super) fn by_condition(list: &[Address]) -> Vec<Vec<(usize, &Address)>> {
    let mut groups: Vec<Vec<(usize, &Address)>> = Vec::new();
    for (at, address) in list.iter().enumerate() {
        match groups.iter_mut().find(|group| group[0].1.when == address.when) {
            Some(group) => group.push((at, address)),
            None => groups.push(vec![(at, address)]),
        }
    }
    groups
}

/// An address as the name of its host and what stands behind it. What has no name (an address, a
/// block, a template) stays whole.
pub(super) fn split(text: &str) -> (&str, &str) {
    let name = host_of(text);
    if text.contains('{') || name.parse::<IpAddr>().is_ok() {
        return (text, "");
    }
    let rest = text.find("://").map_or(text, |at| &text[at + 3..]);
    (name, &rest[name.len()..])
}

fn sections(place: Place<'_>) -> Vec<AddressSection> {
    let section = |(anchor, title, kind): (&'static str, &str, AddressKind)| {
        let of_kind = place.site.model.views.addresses.iter().filter(|(_, uses)| uses.kind == kind);
        let mut addresses: Vec<_> = of_kind.collect();
        addresses.sort_by_key(|(address, _)| numbers_of(address));
        let listed: Vec<_> =
            addresses.into_iter().map(|(text, uses)| Listed { text, name: text, path: "", uses }).collect();
        let is_some = !listed.is_empty();
        let uses = || AddressUses::of(place, PageRoute::Hosts, listed);
        is_some.then(|| AddressSection { anchor, title: word(place, title), uses: uses() })
    };
    let kinds = [
        ("_subnets", "hosts-subnets", AddressKind::Cidr),
        ("_addresses", "hosts-addresses", AddressKind::Ip),
        ("_templates", "hosts-templates", AddressKind::Template),
    ];
    kinds.into_iter().filter_map(section).collect()
}

/// Addresses and blocks are listed by their numbers, templates as they are written.
fn numbers_of(address: &str) -> (Option<IpAddr>, Option<u8>) {
    let (base, length) = address.split_once('/').unwrap_or((address, ""));
    (base.parse().ok(), length.parse().ok())
}

#[derive(Serialize)]
pub(super) struct Domain {
    uses: AddressUses,
}

/// Addresses of a page, and what uses them.
#[derive(Serialize)]
struct AddressUses {
    /// What connects to each; absent where that is more than anybody reads.
    table: Option<Addressed>,
    /// Then by product, each leading to the row that uses it.
    products: Vec<ProductAddresses>,
}

#[derive(Serialize)]
struct ProductAddresses {
    link: Link,
    hosts: Vec<AnchoredLink>,
}

#[derive(Serialize)]
struct AnchoredLink {
    anchors: Vec<String>,
    name: String,
    path: String,
    href: String,
}

pub(super) fn domain(place: Place<'_>, position: u32) -> Domain {
    let hosts = place.site.model.views.domains[position as usize].hosts.iter();
    let addresses = hosts.flat_map(|(name, host)| listed(name, host)).collect();
    Domain { uses: AddressUses::of(place, PageRoute::Domain(position), addresses) }
}

impl AddressUses {
    fn of(place: Place<'_>, page: PageRoute, addresses: Vec<Listed<'_>>) -> Self {
        let count = |address: &Listed<'_>| address.uses.to.len() + address.uses.from.len();
        if addresses.iter().map(count).sum::<usize>() <= MOST_USES {
            return Self { table: Some(Addressed::of(place, page, addresses)), products: Vec::new() };
        }
        Self { table: None, products: by_product(place, page, addresses) }
    }
}

/// Addresses of many connections: below each product those that it uses, once.
fn by_product(place: Place<'_>, page: PageRoute, addresses: Vec<Listed<'_>>) -> Vec<ProductAddresses> {
    let model = &place.site.model;
    let mut products: BTreeMap<ProductId, Vec<AnchoredLink>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for address in addresses {
        let mut anchors: Vec<String> = [address.text, address.name]
            .into_iter()
            .filter(|text| seen.insert((*text).to_owned()))
            .map(|text| model.anchor(page, Anchor::Host(text)))
            .collect();
        let mut known = BTreeSet::new();
        for one in address.uses.to.iter().chain(&address.uses.from) {
            let product = model[one.flow].product;
            if known.insert(product) {
                products.entry(product).or_default().push(AnchoredLink {
                    anchors: std::mem::take(&mut anchors),
                    name: place.voice.address(address.name),
                    path: address.path.to_owned(),
                    href: row_href(place, one.flow),
                });
            }
        }
    }
    let named = |(product, hosts): (ProductId, Vec<AnchoredLink>)| ProductAddresses {
        link: link_to(place, place.voice.name(model[product].name), PageRoute::Product(product)),
        hosts,
    };
    products.into_iter().map(named).collect()
}

/// The name alone first, then its paths.
fn listed<'m>(name: &'m str, host: &'m Host) -> impl Iterator<Item = Listed<'m>> {
    let own = host.addresses.get(name).map(|uses| Listed { text: name, name, path: "", uses });
    let urls = host.addresses.iter().filter(move |(text, _)| *text != name);
    own.into_iter().chain(urls.map(move |(text, uses)| Listed { text, name, path: split(text).1, uses }))
}
