//! What a filter could allow of what a selection leaves: flow by flow, in the product's order.
//!
//! The theme does the same (`theme/assets/rules/lower.mjs`), and the tests hold both to each other.

use std::collections::{BTreeMap, BTreeSet};

use super::endpoint::{self, Endpoint, EndpointKind, published};
use super::{Atom, Direction, Left, Ports, Reason, Side};
use crate::model::{
    ComponentId, Condition, DecidedFlow, Flow, FlowId, Hosts, HostsKind, Model, Necessity, OptionId, Party, ProductId,
    Selection, State,
};
use crate::value::{Entry, Need, Port, Protocol, Scope};

/// What a reader wants of the rules of a product.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is chosen.
    pub selection: Selection,
    /// Where the rules will be.
    pub side: Side,
    /// Whether every way and every port is written where one is enough.
    pub open_all: bool,
    /// Ports that the reader has set, of flows that have such.
    pub values: BTreeMap<FlowId, Vec<(u16, u16)>>,
    /// The reader's own addresses.
    pub addresses: BTreeMap<ComponentId, Vec<Endpoint>>,
    /// Whether published addresses stay beside the reader's own.
    pub keep_published: bool,
}

impl Request {
    /// Rules for a place, and nothing else said.
    pub fn new(selection: Selection, side: Side) -> Self {
        let (values, addresses) = (BTreeMap::new(), BTreeMap::new());
        Self { selection, side, open_all: false, values, addresses, keep_published: false }
    }
}

/// What can be allowed, and what is left.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lowered {
    /// In the order of the product's flows.
    pub atoms: Vec<Atom>,
    /// In the order in which it was found, each once.
    pub left: Vec<Left>,
}

/// Atoms of the flows that a request needs, and what is left of them.
pub fn lower(model: &Model, product: ProductId, request: &Request) -> Lowered {
    let decided = model.decide(product, &request.selection);
    let zones = model[product].members.iter().map(|member| (member.component, member.zone));
    let zones = zones.filter_map(|(component, zone)| Some((component, &*model[zone?].id))).collect();
    let options = model.options_of(product);
    let mut lowering =
        Lowering { model, product, request, zones, options, lowered: Lowered::default(), seen: BTreeSet::new() };
    for flow in &decided {
        lowering.flow(flow);
    }
    let gone = model.gone_with(&request.selection.without);
    for flow in &model[product].blocked {
        lowering.blocked(*flow, &gone);
    }
    lowering.lowered
}

struct Lowering<'a> {
    model: &'a Model,
    product: ProductId,
    request: &'a Request,
    zones: BTreeMap<ComponentId, &'a str>,
    /// In the order in which they are told.
    options: Vec<OptionId>,
    lowered: Lowered,
    seen: BTreeSet<Left>,
}

/// Openers and those that they connect to: all of the one with all of the other.
type Group = (Vec<Party>, Vec<Party>);

/// What tells entries apart that join otherwise.
type Carrier = (String, Option<u8>, Option<(u16, u16)>, bool);

impl Lowering<'_> {
    fn leave(&mut self, reason: Reason, flow: FlowId, what: impl Into<String>) {
        let left = Left { reason, flow: self.model.flow_key(flow), what: what.into() };
        if self.seen.insert(left.clone()) {
            self.lowered.left.push(left);
        }
    }

    fn flow(&mut self, decided: &DecidedFlow) {
        let (id, flow) = (decided.flow, &self.model[decided.flow]);
        let listeners: Vec<Party> = decided.to.each().collect();
        let of = |is_wanted: &dyn Fn(State) -> bool| -> Vec<Party> {
            let openers = decided.openers.iter().filter(|opener| is_wanted(opener.state)).map(|opener| opener.party);
            openers.filter(|opener| self.is_asked(id, *opener, &listeners)).collect()
        };
        let is_open_all = self.request.open_all;
        let open = of(&|state| state == State::Open);
        let undecided = of(&|state| state == State::Alternative && !is_open_all);
        let openers = of(&|state| state == State::In || (state == State::Alternative && is_open_all));
        if !open.is_empty() {
            self.leave(Reason::Depends, id, self.undecided(&flow.when));
        }
        if !undecided.is_empty() {
            self.leave(Reason::OneOf, id, self.ways(id));
        }
        if openers.is_empty() {
            return;
        }
        let is_host = matches!(self.request.side, Side::Host(_));
        match flow.scope {
            Scope::Loopback => return self.leave(Reason::Loopback, id, ""),
            Scope::Internal if !is_host => return self.leave(Reason::Internal, id, ""),
            Scope::Internal | Scope::Network => {}
        }
        let is_unstated = |ends: &[Party]| ends.contains(&Party::Unstated);
        for (ends, end) in [(&openers, "from"), (&listeners, "to")] {
            if is_unstated(ends) {
                self.leave(Reason::Unstated, id, end);
            }
        }
        if is_unstated(&openers) || is_unstated(&listeners) {
            return;
        }
        let groups = self.groups(id, &openers, &listeners);
        if groups.is_empty() {
            return;
        }
        let entries = self.entries(decided);
        for (direction, (from, to)) in groups {
            let end = |is_matched: bool, parties: &[Party], hosts: &Hosts, states: &[Necessity], own: &mut Self| {
                if is_matched { own.endpoints(id, parties, hosts, states) } else { vec![Endpoint::any()] }
            };
            let src = end(direction.has_sources(), &from, &flow.from.hosts, &decided.from_hosts, self);
            let dst = end(direction.has_destinations(), &to, &flow.to.hosts, &decided.hosts, self);
            if src.is_empty() || dst.is_empty() {
                continue;
            }
            for ((protocol, icmp_type, source_ports, _), ports) in &entries {
                self.lowered.atoms.push(Atom {
                    flow: id,
                    direction,
                    protocol: protocol.clone(),
                    icmp_type: *icmp_type,
                    ports: ports.clone(),
                    source_ports: *source_ports,
                    from: self.keys(&from),
                    to: self.keys(&to),
                    src: src.clone(),
                    dst: dst.clone(),
                });
            }
        }
    }

    /// Whether the place of the rules has a part in what an opener opens: of other machines' connections nothing is
    /// told to a machine.
    fn is_asked(&self, id: FlowId, opener: Party, listeners: &[Party]) -> bool {
        let Side::Host(machine) = self.request.side else { return true };
        let is_here = |party: Party| party.component().is_some_and(|component| self.model.is_on(component, machine));
        let mut others = listeners.iter().filter(|listener| !self.model[id].between || **listener != opener);
        others.any(|listener| is_here(opener) || is_here(*listener))
    }

    /// A connection that must not be possible is told, and no rule allows it.
    fn blocked(&mut self, id: FlowId, gone: &BTreeSet<ComponentId>) {
        let flow = &self.model[id];
        let is_here = |party: Party| party.component().is_none_or(|component| !gone.contains(&component));
        let listeners: Vec<Party> = flow.to.who.each().filter(|party| is_here(*party)).collect();
        let mut openers = flow.from.who.each().filter(|party| is_here(*party));
        let is_met = !listeners.is_empty() && openers.any(|opener| self.is_asked(id, opener, &listeners));
        if is_met && self.model.weigh(self.product, &flow.when, &self.request.selection) != Necessity::Never {
            self.leave(Reason::Block, id, "");
        }
    }

    /// The options of a condition for which nothing is chosen.
    fn undecided(&self, condition: &Condition) -> String {
        let used: BTreeSet<OptionId> = condition.options().collect();
        let is_open = |option: &&OptionId| {
            used.contains(option) && self.model.chosen(self.product, **option, &self.request.selection).is_none()
        };
        join(self.options.iter().filter(is_open).map(|option| self.model[*option].id.as_str()))
    }

    /// The first flows of the ways of the first group that a flow is in: what can be picked.
    fn ways(&self, id: FlowId) -> String {
        let group = self.model[self.product].alternatives.iter().find(|group| group.flows().any(|flow| flow == id));
        let first = group.into_iter().flat_map(|group| &group.ways).filter_map(|way| way.first());
        join(first.map(|flow| self.model[*flow].id.as_str()))
    }

    fn keys(&self, parties: &[Party]) -> Vec<String> {
        let key = |party: &Party| party.component().map_or_else(|| "any".to_owned(), |id| self.model.component_key(id));
        parties.iter().map(key).collect()
    }

    /// Whom the place of the rules sees connecting to whom.
    fn groups(&mut self, id: FlowId, openers: &[Party], listeners: &[Party]) -> Vec<(Direction, Group)> {
        let is_between = self.model[id].between;
        let pairs = openers.iter().flat_map(|from| listeners.iter().map(move |to| (*from, *to)));
        let pairs: Vec<(Party, Party)> = pairs.filter(|(from, to)| !is_between || from != to).collect();
        match self.request.side {
            Side::Host(machine) => {
                let is_here =
                    |party: Party| party.component().is_some_and(|component| self.model.is_on(component, machine));
                let group = |direction, is_in: &dyn Fn(&(Party, Party)) -> bool| {
                    let pairs = pairs.iter().filter(|pair| is_in(pair));
                    let (mut from, mut to) = (Vec::new(), Vec::new());
                    for (opener, listener) in pairs {
                        add(&mut from, *opener);
                        add(&mut to, *listener);
                    }
                    (!from.is_empty()).then_some((direction, (from, to)))
                };
                let own =
                    [group(Direction::In, &|(_, to)| is_here(*to)), group(Direction::Out, &|(from, _)| is_here(*from))];
                own.into_iter().flatten().collect()
            }
            Side::Gateway | Side::GatewayAll => {
                let mut reached: Vec<(Party, Vec<Party>)> = Vec::new();
                for (from, to) in pairs {
                    let zone =
                        |party: Party| party.component().and_then(|component| self.zones.get(&component).copied());
                    let shared = zone(from).filter(|zone_of_from| zone(to) == Some(zone_of_from));
                    if let Some(zone) = shared.filter(|_| self.request.side == Side::Gateway) {
                        self.leave(Reason::SameZone, id, zone);
                    } else if let Some((_, listeners)) = reached.iter_mut().find(|(opener, _)| *opener == from) {
                        add(listeners, to);
                    } else {
                        reached.push((from, vec![to]));
                    }
                }
                let mut groups: Vec<Group> = Vec::new();
                for (from, to) in reached {
                    match groups.iter_mut().find(|(_, listeners)| *listeners == to) {
                        Some((openers, _)) => add(openers, from),
                        None => groups.push((vec![from], to)),
                    }
                }
                groups.into_iter().map(|group| (Direction::Forward, group)).collect()
            }
        }
    }

    /// What is opened, joined by what carries it.
    fn entries(&mut self, decided: &DecidedFlow) -> Vec<(Carrier, Ports)> {
        let (id, flow) = (decided.flow, &self.model[decided.flow]);
        let left = || flow.lines.iter().zip(&decided.lines).filter(|(_, state)| **state != Necessity::Never);
        if flow.need == Need::One && left().count() > 1 && !self.request.open_all {
            let keys: Vec<String> = left().map(|(line, _)| line.key()).collect();
            self.leave(Reason::OneLine, id, keys.join(","));
            return Vec::new();
        }
        let lines: Vec<_> = left().collect();
        let mut joined: Vec<(Carrier, Ports)> = Vec::new();
        for (line, state) in lines {
            if *state == Necessity::Depends {
                self.leave(Reason::Depends, id, self.undecided(&line.when));
                continue;
            }
            for entry in line.traffic.entries() {
                if let Some((carrier, ports)) = self.entry(id, flow, entry) {
                    match joined.iter_mut().find(|(known, _)| *known == carrier) {
                        Some((_, known)) => merge(known, ports),
                        None => joined.push((carrier, ports)),
                    }
                }
            }
        }
        joined
    }

    /// One transport of a line; nothing where it is left.
    fn entry(&mut self, id: FlowId, flow: &Flow, entry: Entry) -> Option<(Carrier, Ports)> {
        let protocol = entry.carrier();
        let ports = match entry.port() {
            None => Ports::None,
            Some(Port::Number(port)) => Ports::Ranges(vec![(port, port)]),
            Some(Port::Range(first, last)) => Ports::Ranges(vec![(first, last)]),
            Some(Port::Any) => Ports::Any,
            Some(Port::Random(first, last)) => {
                self.leave(Reason::Random, id, format!("{first}-{last}/{protocol}"));
                return None;
            }
            Some(Port::Configured) => {
                let Some(values) = self.request.values.get(&id).filter(|values| !values.is_empty()) else {
                    self.leave(Reason::Configured, id, protocol);
                    return None;
                };
                let mut ports = Ports::Ranges(Vec::new());
                for range in values {
                    merge(&mut ports, Ports::Ranges(vec![*range]));
                }
                ports
            }
        };
        let source_ports = match flow.from_port(entry) {
            None | Some(Port::Any) => None,
            Some(Port::Number(port)) => Some((port, port)),
            Some(Port::Range(first, last)) => Some((first, last)),
            Some(port @ (Port::Random(..) | Port::Configured)) => {
                self.leave(Reason::SourcePort, id, format!("{port}/{protocol}"));
                return None;
            }
        };
        let is_any = ports == Ports::Any;
        Some(((protocol, entry.icmp_type(), source_ports, is_any), ports))
    }

    /// The addresses of an end, in the order of its parties: the reader's own before published ones.
    fn endpoints(&mut self, id: FlowId, parties: &[Party], hosts: &Hosts, states: &[Necessity]) -> Vec<Endpoint> {
        let Some(components) = parties.iter().map(|party| party.component()).collect::<Option<Vec<_>>>() else {
            return vec![Endpoint::any()];
        };
        let typed = |id: &ComponentId| self.request.addresses.get(id).filter(|typed| !typed.is_empty());
        let mut list: Vec<Endpoint> = components.iter().filter_map(typed).flatten().cloned().collect();
        let untyped: Vec<ComponentId> = components.iter().filter(|id| typed(id).is_none()).copied().collect();
        let names = || join(untyped.iter().map(|id| self.model[*id].id.as_str()));
        match hosts.kind {
            HostsKind::List => {
                if !untyped.is_empty() || self.request.keep_published {
                    list.extend(self.listed(id, &untyped, hosts, states));
                }
            }
            HostsKind::Own | HostsKind::Any | HostsKind::Unpublished | HostsKind::Unknown | HostsKind::See
                if untyped.is_empty() => {}
            HostsKind::Own => list.extend(untyped.iter().map(|id| self.named(*id))),
            HostsKind::Any => list.push(Endpoint::any()),
            HostsKind::Unpublished => self.leave(Reason::Unpublished, id, names()),
            HostsKind::Unknown => self.leave(Reason::Unknown, id, names()),
            HostsKind::See => {
                let source = hosts.source.map(|source| self.model[source].id.clone());
                self.leave(Reason::See, id, source.unwrap_or_default());
            }
        }
        endpoint::without_doubles(list)
    }

    fn named(&self, component: ComponentId) -> Endpoint {
        Endpoint::of(EndpointKind::Named, self.model.component_key(component))
    }

    fn listed(&mut self, id: FlowId, untyped: &[ComponentId], hosts: &Hosts, states: &[Necessity]) -> Vec<Endpoint> {
        let mut list = Vec::new();
        for (address, state) in hosts.list.iter().zip(states) {
            match (state, published(address)) {
                (Necessity::Never, _) => {}
                (Necessity::Depends, _) => self.leave(Reason::Depends, id, self.undecided(&address.when)),
                (Necessity::Needed, Ok(endpoint)) => list.push(endpoint),
                (Necessity::Needed, Err(template)) => {
                    list.extend(untyped.iter().map(|id| self.named(*id)));
                    self.leave(Reason::Path, id, template);
                }
            }
        }
        // Where all have an address of the reader's, that one is in the rule.
        if !untyped.is_empty() && states.iter().all(|state| *state == Necessity::Never) {
            let names = join(untyped.iter().map(|id| self.model[*id].id.as_str()));
            self.leave(Reason::NoneForChoice, id, names);
        }
        list
    }
}

/// Joins ranges that overlap; those side by side stay two.
fn merge(known: &mut Ports, more: Ports) {
    let (Ports::Ranges(known), Ports::Ranges(more)) = (known, more) else { return };
    known.extend(more);
    known.sort_unstable();
    let mut merged: Vec<(u16, u16)> = Vec::new();
    for (first, last) in known.drain(..) {
        match merged.last_mut() {
            Some((_, end)) if first <= *end => *end = last.max(*end),
            _ => merged.push((first, last)),
        }
    }
    *known = merged;
}

fn add(list: &mut Vec<Party>, party: Party) {
    if !list.contains(&party) {
        list.push(party);
    }
}

fn join<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.collect::<Vec<_>>().join(",")
}

// A type alone would not say which protocols of a flow are bound to a family.
pub(super) fn family_of_protocol(protocol: &str) -> Option<EndpointKind> {
    match Protocol::parse(protocol)? {
        Protocol::Icmp(_) => Some(EndpointKind::V4),
        Protocol::Icmpv6(_) => Some(EndpointKind::V6),
        Protocol::Igmp
        | Protocol::Ipip
        | Protocol::Gre
        | Protocol::Esp
        | Protocol::Ah
        | Protocol::Ospf
        | Protocol::Vrrp
        | Protocol::L2tp
        | Protocol::Numbered(_) => None,
    }
}
