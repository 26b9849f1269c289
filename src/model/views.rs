//! The facts seen from the other side: which flows use a port, which an address. Computed once.

use std::collections::BTreeMap;

use super::ports::{PortPages, add_once};
use super::{Address, ComponentId, Condition, FlowId, Id, Model, PortRange, PortUses, ProductId, ids};
use crate::value::{AddressKind, Port, Protocol, Traffic, Verdict};

/// Flows by what they use.
#[derive(Debug, Default)]
pub struct Views {
    /// Who uses the numbers and ranges that have a page, in order.
    pub ports: BTreeMap<PortRange, PortUses>,
    /// Numbers that are nothing but the end of one range, and that range.
    pub range_ends: BTreeMap<u16, PortRange>,
    /// Who uses the protocols without ports; nobody, where they are only to be blocked.
    pub protocols: BTreeMap<Protocol, Vec<FlowId>>,
    /// Connections to every port that must not be possible.
    pub blocked: Vec<FlowId>,
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
    blocked: Vec<FlowId>,
    parts: Vec<ComponentId>,
}

/// A registrable domain (Public Suffix List) and the hosts below it.
#[derive(Debug)]
pub struct Domain {
    /// Its name.
    pub name: String,
    /// Its hosts by name.
    pub hosts: BTreeMap<String, Host>,
}

/// A host, which is what a firewall knows of a URL.
#[derive(Debug, Default)]
pub struct Host {
    /// Its name and the URLs on it, those that are published.
    pub addresses: BTreeMap<String, HostUses>,
}

/// Who uses an address.
#[derive(Debug)]
pub struct HostUses {
    /// What it is.
    pub kind: AddressKind,
    /// Flows that lead to it.
    pub to: Vec<AddressUse>,
    /// Flows that come from it.
    pub from: Vec<AddressUse>,
}

/// A flow that uses an address.
#[derive(Clone, Debug)]
pub struct AddressUse {
    /// The flow.
    pub flow: FlowId,
    /// When it uses it: its own condition and that of the address.
    pub when: Condition,
}

impl Views {
    /// Looks at every flow once.
    pub(super) fn of(model: &Model) -> Self {
        let mut views = Self::default();
        let mut domains: BTreeMap<String, BTreeMap<String, Host>> = BTreeMap::new();
        for (position, flow) in model.flows.iter().enumerate() {
            let id = FlowId::from_index(position);
            let is_blocked = flow.verdict == Verdict::Block;
            for line in &flow.lines {
                match (line.traffic, is_blocked) {
                    (Traffic::Ports { port, .. }, false) => views.add_open_port(port, id),
                    (Traffic::Ports { port: Port::Any, .. }, true) => add_once(&mut views.blocked, id),
                    (Traffic::Ports { .. }, true) => {}
                    (Traffic::Bare(protocol), false) => {
                        add_once(views.protocols.entry(protocol.kind()).or_default(), id);
                    }
                    // It needs a page to lead to.
                    (Traffic::Bare(protocol), true) => drop(views.protocols.entry(protocol.kind()).or_default()),
                }
            }
            // Its addresses are not those that a rule lets through.
            if is_blocked {
                continue;
            }
            let to = flow.to.hosts.list.iter().map(|address| (address, true));
            let from = flow.from.hosts.list.iter().map(|address| (address, false));
            for (address, is_destination) in to.chain(from) {
                let known = match domain_of(address) {
                    Some(domain) => {
                        let hosts = domains.entry(domain).or_default();
                        &mut hosts.entry(host_of(&address.text).to_ascii_lowercase()).or_default().addresses
                    }
                    None => &mut views.addresses,
                };
                let uses = known.entry(address.text.clone()).or_insert_with(|| HostUses {
                    kind: address.kind,
                    to: Vec::new(),
                    from: Vec::new(),
                });
                add_use(if is_destination { &mut uses.to } else { &mut uses.from }, id, address, &flow.when);
            }
        }
        views.domains = domains.into_iter().map(|(name, hosts)| Domain { name, hosts }).collect();
        let PortPages { pages, ends } = PortPages::of(model);
        (views.ports, views.range_ends) = (pages, ends);
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
            // What a component does, each of its machines does.
            for component in flow.parties().flat_map(|part| [vec![part], model.machines_of(part)].concat()) {
                let uses = &mut self.components[component.index()];
                let list = match flow.verdict {
                    Verdict::Allow => &mut uses.flows,
                    Verdict::Block => &mut uses.blocked,
                };
                add_once(list, FlowId::from_index(position));
            }
        }
        for part in ids::<ComponentId>(model.components.len()) {
            for machine in model.machines_of(part) {
                self.components[machine.index()].parts.push(part);
            }
        }
    }

    /// Products in which a component takes part.
    pub fn products_of(&self, component: ComponentId) -> &[ProductId] {
        &self.components[component.index()].products
    }

    /// Everything that runs on a component, near and far.
    pub fn parts_of(&self, component: ComponentId) -> &[ComponentId] {
        &self.components[component.index()].parts
    }

    /// Every flow that a component or what runs on it opens or listens for, in the order of products.
    pub fn flows_of(&self, component: ComponentId) -> &[FlowId] {
        &self.components[component.index()].flows
    }

    /// Connections of a component or of what runs on it that must not be possible.
    pub fn blocked_of(&self, component: ComponentId) -> &[FlowId] {
        &self.components[component.index()].blocked
    }

    fn add_open_port(&mut self, port: Port, flow: FlowId) {
        match port {
            Port::Number(_) | Port::Range(..) => {}
            Port::Random(..) => add_once(&mut self.random, flow),
            Port::Any => add_once(&mut self.any, flow),
            Port::Configured => add_once(&mut self.configured, flow),
        }
    }

    /// Position of a domain by name.
    pub fn find_domain(&self, name: &str) -> Option<usize> {
        self.domains.binary_search_by(|domain| domain.name.as_str().cmp(name)).ok()
    }

    /// Position of the domain under which an address with this text is listed.
    pub fn domain_with(&self, address: &str) -> Option<usize> {
        let position = self.find_domain(&domain_of_text(address))?;
        let host = self.domains[position].hosts.get(&host_of(address).to_ascii_lowercase())?;
        (host.addresses.contains_key(address) || host_of(address) == address).then_some(position)
    }

    /// Who uses the address with a text.
    pub fn uses_of(&self, address: &str) -> Option<&HostUses> {
        let named = || {
            let domain = &self.domains[self.find_domain(&domain_of_text(address))?];
            domain.hosts.get(&host_of(address).to_ascii_lowercase())?.addresses.get(address)
        };
        self.addresses.get(address).or_else(named)
    }

    /// Position of the domain an address stands under.
    pub fn domain_of(&self, address: &Address) -> Option<usize> {
        domain_of(address).and_then(|name| self.find_domain(&name))
    }
}

/// An address that a flow lists under several conditions is used under any of them.
fn add_use(list: &mut Vec<AddressUse>, flow: FlowId, address: &Address, when: &Condition) {
    let both = when.and(&address.when);
    // Conditions that exclude each other are a mistake of the content, which `check` reports.
    let when = if both.is_never() { address.when.clone() } else { both };
    match list.last_mut() {
        Some(known) if known.flow == flow => known.when = known.when.or(&when),
        _ => list.push(AddressUse { flow, when }),
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
    let host = host_of(text).trim_start_matches("*.").to_ascii_lowercase();
    psl::domain_str(&host).unwrap_or(&host).to_owned()
}

/// The name in an address that has one: of a URL what stands between its scheme and its path.
pub fn host_of(text: &str) -> &str {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    text.split('/').next().unwrap_or(text)
}
