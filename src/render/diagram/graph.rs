//! What a picture shows: boxes for parties, and between two of them one bundle of flows per
//! direction. No words and no geometry.

use std::collections::BTreeMap;

use crate::model::{ComponentId, FlowId, Model, Party, ProductId, ZoneId, ids};
use crate::value::Side;

/// A graph of connections.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) bundles: Vec<Strand>,
    /// What occurs, from the reader's own zones to the outside; between them what states none. A machine
    /// stands before the zone that it is in.
    pub(super) areas: Vec<Area>,
}

/// What boxes stand in together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Area {
    /// A zone; `None`: nobody says which.
    Zone(Option<ZoneId>),
    /// A machine with what runs on it, and its zone.
    Machine(ComponentId, Option<ZoneId>),
}

impl Area {
    /// The zone in which its boxes stand.
    pub(super) fn zone(self) -> Option<ZoneId> {
        match self {
            Self::Zone(zone) | Self::Machine(_, zone) => zone,
        }
    }
}

/// A box: one party, or several that are drawn as a list.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) parties: Vec<Party>,
    /// Its position among the areas.
    pub(super) area: usize,
    /// Whether its parties stand in a list, with their ports; its lines then carry none.
    pub(super) is_list: bool,
    /// Whether the ports on which it listens stand in it, the same for everyone; lines to it then carry none.
    pub(super) tells_ports: bool,
}

/// The flows from one box to another.
#[derive(Clone, Debug)]
pub(super) struct Strand {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) flows: Vec<Carried>,
    /// Whether it is no line: none of it leaves its box.
    pub(super) is_within: bool,
}

/// A flow between two of its ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Carried {
    pub(super) flow: FlowId,
    pub(super) from: Party,
    pub(super) to: Party,
}

impl Graph {
    /// Everything a product needs, and what must be blocked.
    pub(super) fn of_product(model: &Model, product: ProductId) -> Self {
        let flows = model[product].flows.iter().chain(&model[product].blocked);
        let carried = flows.flat_map(|flow| pairs(model, *flow)).collect();
        Self::build(model, None, carried)
    }

    /// What a component opens and listens for; it is the first box.
    pub(super) fn of_component(model: &Model, component: ComponentId, flows: &[FlowId]) -> Self {
        let own = Party::Component(component);
        let touches = |carried: &Carried| carried.from == own || carried.to == own;
        let carried = flows.iter().flat_map(|flow| pairs(model, *flow)).filter(touches).collect();
        Self::build(model, Some(own), carried)
    }

    /// What a machine and all that runs on it open and listen for; these stand in an area of their own.
    pub(super) fn of_machine(model: &Model, machine: ComponentId, flows: &[FlowId]) -> Self {
        let is_own = |party: Party| party.component().is_some_and(|id| model.is_on(id, machine));
        let touches = |carried: &Carried| is_own(carried.from) || is_own(carried.to);
        let carried: Vec<_> = flows.iter().flat_map(|flow| pairs(model, *flow)).filter(touches).collect();
        let members = carried.iter().map(|carried| model.member(model[carried.flow].product, machine));
        let stated = members.flatten().find_map(|member| member.zone);
        let mut graph = Self::build(model, None, carried);
        let mut parts = graph.nodes.iter().filter(|node| is_own(node.parties[0]));
        // Of a machine of which nobody says where it is, its parts tell.
        let zone = stated.or_else(|| parts.find_map(|part| graph.areas[part.area].zone()));
        let before: Vec<_> = all_areas(model).take_while(|area| *area != zone).collect();
        let at = graph.areas.iter().filter(|area| before.contains(&area.zone())).count();
        graph.areas.insert(at, Area::Machine(machine, zone));
        for node in &mut graph.nodes {
            if is_own(node.parties[0]) {
                node.area = at;
            } else if node.area >= at {
                node.area += 1;
            }
        }
        graph.drop_empty_areas();
        graph
    }

    /// Takes out the areas in which no box stands.
    fn drop_empty_areas(&mut self) {
        for area in (0..self.areas.len()).rev().collect::<Vec<_>>() {
            if self.nodes.iter().all(|node| node.area != area) {
                self.areas.remove(area);
                self.nodes.iter_mut().filter(|node| node.area > area).for_each(|node| node.area -= 1);
            }
        }
    }

    fn build(model: &Model, first: Option<Party>, carried: Vec<Carried>) -> Self {
        let mut zones: BTreeMap<Party, Option<ZoneId>> = BTreeMap::new();
        let mut parties: Vec<Party> = Vec::new();
        let ends = carried.iter().flat_map(|carried| [(carried.from, carried.flow), (carried.to, carried.flow)]);
        let hub = first.and_then(|first| Some((first, carried.first()?.flow)));
        for (party, flow) in hub.into_iter().chain(ends) {
            zones.entry(party).or_insert_with(|| {
                parties.push(party);
                let member = party.component().and_then(|id| model.member(model[flow].product, id));
                member.and_then(|member| member.zone)
            });
        }
        let areas = all_areas(model).filter(|area| zones.values().any(|zone| zone == area)).map(Area::Zone);
        let areas: Vec<Area> = areas.collect();
        let area = |party: &Party| areas.iter().position(|area| area.zone() == zones[party]).unwrap_or_default();
        let nodes = parties.iter().map(|party| Node {
            parties: vec![*party],
            area: area(party),
            is_list: false,
            tells_ports: false,
        });
        let nodes: Vec<Node> = nodes.collect();
        let positions: BTreeMap<_, _> =
            parties.iter().enumerate().map(|(position, party)| (*party, position)).collect();
        let mut graph = Self { nodes, bundles: Vec::new(), areas };
        graph.bundle(carried.into_iter().map(|carried| (positions[&carried.from], positions[&carried.to], carried)));
        graph
    }

    /// Whether the ports of a bundle stand in a box instead of on its line.
    pub(super) fn is_bare(&self, bundle: &Strand) -> bool {
        self.nodes[bundle.from].is_list || bundle.is_within || self.stands_at_end(bundle)
    }

    /// Whether the ports of a bundle stand in the box that listens.
    fn stands_at_end(&self, bundle: &Strand) -> bool {
        let to = &self.nodes[bundle.to];
        to.is_list || to.tells_ports
    }

    /// The flows of lines whose ports stand in a box, beside one of its parties.
    pub(super) fn told_within(&self, node: usize, party: Party) -> impl Iterator<Item = &Carried> {
        let Node { is_list, tells_ports, .. } = self.nodes[node];
        let tells = move |line: &&Strand| {
            !line.is_within && (line.to == node && (is_list || tells_ports) || line.from == node && is_list)
        };
        let flows = self.bundles.iter().filter(tells).flat_map(|line| &line.flows);
        flows.filter(move |carried| carried.from == party || carried.to == party)
    }

    /// The flows that never leave a box.
    pub(super) fn kept_within(&self, node: usize) -> impl Iterator<Item = &Carried> {
        self.bundles.iter().filter(move |line| line.is_within && line.to == node).flat_map(|line| &line.flows)
    }

    /// Puts flows between the same two boxes together, in the order of their first.
    pub(super) fn bundle(&mut self, flows: impl IntoIterator<Item = (usize, usize, Carried)>) {
        let mut found: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (from, to, carried) in flows {
            let position = *found.entry((from, to)).or_insert_with(|| {
                self.bundles.push(Strand { from, to, flows: Vec::new(), is_within: false });
                self.bundles.len() - 1
            });
            self.bundles[position].flows.push(carried);
        }
    }
}

/// A flow once for each pair of its ends.
fn pairs(model: &Model, flow: FlowId) -> impl Iterator<Item = Carried> {
    model[flow].pairs().map(move |(from, to)| Carried { flow, from, to })
}

/// The reader's own zones, then what states none, then the outside.
fn all_areas(model: &Model) -> impl Iterator<Item = Option<ZoneId>> {
    let on = |side: Side| ids::<ZoneId>(model.zones.len()).filter(move |zone| model[*zone].side == side).map(Some);
    on(Side::Inside).chain([None]).chain(on(Side::Outside))
}
