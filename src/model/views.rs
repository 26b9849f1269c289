//! The facts seen from the other side: which flows use a port, which an address. Computed once.

use std::collections::BTreeMap;

use super::{Address, ComponentId, FlowId, Id, Model, ProductId};
use crate::parse::address::AddressKind;
use crate::parse::port::Port;

/// Flows by what they use.
#[derive(Debug, Default)]
pub struct Views {
    /// Flows whose lines name a number, alone or as the end of a range, by number.
    pub ports: BTreeMap<u16, PortUses>,
    /// Flows of ports that are chosen at random.
    pub random: Vec<FlowId>,
    /// Flows to every port.
    pub any: Vec<FlowId>,
    /// Flows to ports the reader sets.
    pub configured: Vec<FlowId>,
    /// Registrable domains, by name.
    pub domains: Vec<Domain>,
    /// IP addresses, blocks and templates, which belong to no domain.
    pub addresses: BTreeMap<String, HostUses>,
    components: Vec<ComponentUses>,
}

/// Where a component takes part.
#[derive(Clone, Debug, Default)]
struct ComponentUses {
    products: Vec<ProductId>,
    flows: Vec<FlowId>,
}

/// Who uses a port.
#[derive(Debug, Default)]
pub struct PortUses {
    /// Flows that name the number.
    pub exact: Vec<FlowId>,
    /// Flows of a range that contains it and does not end with it.
    pub in_range: Vec<FlowId>,
}

/// A registrable domain (Public Suffix List) and the hosts below it.
#[derive(Debug)]
pub struct Domain {
    /// Its name.
    pub name: String,
    /// Its hosts and URLs as published.
    pub hosts: BTreeMap<String, HostUses>,
}

/// Who uses an address.
#[derive(Debug)]
pub struct HostUses {
    /// What it is.
    pub kind: AddressKind,
    /// Flows that lead to it.
    pub to: Vec<FlowId>,
    /// Flows that come from it.
    pub from: Vec<FlowId>,
}

impl Views {
    /// Looks at every flow once.
    pub(super) fn of(model: &Model) -> Self {
        let mut views = Self::default();
        let mut domains: BTreeMap<String, BTreeMap<String, HostUses>> = BTreeMap::new();
        for (position, flow) in model.flows.iter().enumerate() {
            let id = FlowId::from_index(position);
            flow.lines.iter().for_each(|line| views.add_port(line.port, id));
            let to = flow.hosts.list.iter().map(|address| (address, true));
            let from = flow.from_hosts.list.iter().map(|address| (address, false));
            for (address, is_destination) in to.chain(from) {
                let hosts = match domain_of(address) {
                    Some(domain) => domains.entry(domain).or_default(),
                    None => &mut views.addresses,
                };
                let uses = hosts.entry(address.text.clone()).or_insert_with(|| HostUses {
                    kind: address.kind,
                    to: Vec::new(),
                    from: Vec::new(),
                });
                add_once(if is_destination { &mut uses.to } else { &mut uses.from }, id);
            }
        }
        views.domains = domains.into_iter().map(|(name, hosts)| Domain { name, hosts }).collect();
        views.add_ranges(model);
        views.add_components(model);
        views
    }

    fn add_components(&mut self, model: &Model) {
        self.components.resize_with(model.components.len(), ComponentUses::default);
        for (position, product) in model.products.iter().enumerate() {
            for member in &product.members {
                self.components[member.component.index()].products.push(ProductId::from_index(position));
            }
        }
        for (position, flow) in model.flows.iter().enumerate() {
            for component in flow.from.iter().chain(&flow.to) {
                add_once(&mut self.components[component.index()].flows, FlowId::from_index(position));
            }
        }
    }

    /// Products in which a component takes part.
    pub fn products_of(&self, component: ComponentId) -> &[ProductId] {
        &self.components[component.index()].products
    }

    /// Every flow that a component opens or listens for, in the order of products.
    pub fn flows_of(&self, component: ComponentId) -> &[FlowId] {
        &self.components[component.index()].flows
    }

    fn add_port(&mut self, port: Port, flow: FlowId) {
        match port {
            Port::Number(number) => add_once(&mut self.ports.entry(number).or_default().exact, flow),
            Port::Range(first, last) => {
                add_once(&mut self.ports.entry(first).or_default().exact, flow);
                add_once(&mut self.ports.entry(last).or_default().exact, flow);
            }
            Port::Random(..) => add_once(&mut self.random, flow),
            Port::Any => add_once(&mut self.any, flow),
            Port::Configured => add_once(&mut self.configured, flow),
        }
    }

    fn add_ranges(&mut self, model: &Model) {
        for (position, flow) in model.flows.iter().enumerate() {
            for line in &flow.lines {
                let Port::Range(first, last) = line.port else { continue };
                for uses in self.ports.range_mut(first..=last).map(|(_, uses)| uses) {
                    let id = FlowId::from_index(position);
                    if !uses.exact.contains(&id) {
                        add_once(&mut uses.in_range, id);
                    }
                }
            }
        }
    }

    /// Position of a domain by name.
    pub fn find_domain(&self, name: &str) -> Option<usize> {
        self.domains.binary_search_by(|domain| domain.name.as_str().cmp(name)).ok()
    }

    /// Position of the domain under which an address with this text is listed.
    pub fn domain_with(&self, address: &str) -> Option<usize> {
        let position = self.find_domain(&domain_of_text(address))?;
        self.domains[position].hosts.contains_key(address).then_some(position)
    }

    /// Position of the domain an address stands under.
    pub fn domain_of(&self, address: &Address) -> Option<usize> {
        domain_of(address).and_then(|name| self.find_domain(&name))
    }
}

fn add_once(list: &mut Vec<FlowId>, flow: FlowId) {
    if list.last() != Some(&flow) {
        list.push(flow);
    }
}

/// The registrable domain of a host or URL; a name without one (`localhost`) stands for itself.
fn domain_of(address: &Address) -> Option<String> {
    if !matches!(address.kind, AddressKind::Host | AddressKind::Url) {
        return None;
    }
    Some(domain_of_text(&address.text))
}

fn domain_of_text(text: &str) -> String {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = text.split('/').next().unwrap_or(text).trim_start_matches("*.").to_ascii_lowercase();
    psl::domain_str(&host).unwrap_or(&host).to_owned()
}
