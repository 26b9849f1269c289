//! Draws large graphs smaller: parties of one zone that are met in the same way become one box with
//! a list. First those that only one other party meets, then, if that is not enough, those that the
//! same several parties meet.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Carried, Graph, Node, Strand};
use crate::model::{Condition, Model};
use crate::value::{Need, Scope, Traffic, Verdict};

/// How many ways a party may be met in to join a list, and above how many boxes and lines it does. A
/// picture that is grouped at all is grouped until it is calm.
const STEPS: [Step; 2] = [Step { ways: 1, nodes: 15, bundles: 30 }, Step { ways: usize::MAX, nodes: 12, bundles: 24 }];
/// Above this, after grouping, there is none.
const MOST_NODES: usize = 26;
const MOST_BUNDLES: usize = 52;
const MOST_IN_LIST: usize = 40;
/// Above this a component has no picture of its own.
const MOST_PARTIES: usize = 45;

/// In which ways a box is met: by which other one, and whether it opens the connection.
type Ways = BTreeSet<(usize, bool)>;

/// One step of grouping.
struct Step {
    ways: usize,
    nodes: usize,
    bundles: usize,
}

impl Graph {
    /// The graph as it is drawn; `None`: nobody could read it.
    pub(super) fn for_overview(mut self, model: &Model) -> Option<Self> {
        for step in STEPS {
            if self.nodes.len() <= step.nodes && self.bundles.len() <= step.bundles {
                break;
            }
            self = self.grouped(model, step.ways);
        }
        self.move_ports_within(model);
        let longest = self.nodes.iter().map(|node| node.parties.len()).max().unwrap_or_default();
        let fits = self.nodes.len() <= MOST_NODES && self.bundles.len() <= MOST_BUNDLES && longest <= MOST_IN_LIST;
        fits.then_some(self)
    }

    /// The graph of a component as it is drawn; `None`: nobody could read it.
    pub(super) fn for_star(mut self, model: &Model) -> Option<Self> {
        self.keep_within(model);
        (self.nodes.len() <= MOST_PARTIES).then_some(self)
    }

    /// Takes the lines from what never leaves its box.
    fn keep_within(&mut self, model: &Model) {
        for line in &mut self.bundles {
            let crosses = |carried: &Carried| model[carried.flow].scope == Scope::Network;
            line.is_within = line.from == line.to && !line.flows.iter().any(crosses);
        }
    }

    /// Writes the ports of a party that listens on the same ones for everyone into its box, once.
    fn move_ports_within(&mut self, model: &Model) {
        self.keep_within(model);
        for node in 0..self.nodes.len() {
            let arriving: Vec<&Strand> =
                self.bundles.iter().filter(|line| line.to == node && !line.is_within).collect();
            let is_plain = |line: &&Strand| line.from != node && !self.nodes[line.from].is_list;
            let tells = !self.nodes[node].is_list
                && !arriving.is_empty()
                && arriving.iter().all(is_plain)
                && arriving.windows(2).all(|pair| facts_of(model, pair[0]) == facts_of(model, pair[1]));
            self.nodes[node].tells_ports = tells;
        }
    }

    /// Puts boxes together that are met in the same way, over at most so many ways.
    fn grouped(self, model: &Model, most_ways: usize) -> Self {
        let mut ways: Vec<Ways> = vec![Ways::new(); self.nodes.len()];
        for bundle in &self.bundles {
            ways[bundle.from].insert((bundle.to, true));
            ways[bundle.to].insert((bundle.from, false));
        }
        let may_join = |node: usize| ways[node].len() <= most_ways && self.has_one_meaning(model, node);
        let mut groups: BTreeMap<(usize, &Ways), usize> = BTreeMap::new();
        let mut nodes: Vec<Node> = Vec::new();
        let mut positions = Vec::new();
        for (old, node) in self.nodes.iter().enumerate() {
            let position =
                if may_join(old) { *groups.entry((node.area, &ways[old])).or_insert(nodes.len()) } else { nodes.len() };
            match nodes.get_mut(position) {
                Some(group) => group.parties.extend(&node.parties),
                None => nodes.push(node.clone()),
            }
            positions.push(position);
        }
        let mut graph = Self { nodes, bundles: Vec::new(), areas: self.areas };
        let flows = self.bundles.iter().flat_map(|bundle| {
            let ends = (positions[bundle.from], positions[bundle.to]);
            bundle.flows.iter().map(move |carried| (ends.0, ends.1, *carried))
        });
        graph.bundle(flows);
        graph.nodes.iter_mut().for_each(|node| node.is_list = node.parties.len() > 1);
        graph
    }

    /// Whether a party is met on the same ports by everyone, and in one direction, so that they can
    /// stand beside its name.
    fn has_one_meaning(&self, model: &Model, node: usize) -> bool {
        let lines: Vec<&Strand> = self.bundles.iter().filter(|line| line.from == node || line.to == node).collect();
        let is_one_way = lines.iter().all(|line| line.from != node) || lines.iter().all(|line| line.to != node);
        let is_single = self.nodes[node].parties.len() == 1;
        is_single && is_one_way && lines.windows(2).all(|pair| facts_of(model, pair[0]) == facts_of(model, pair[1]))
    }
}

/// What a label says of a flow: ports, whether one is enough, when, how far, whether it is let through and by whom
/// it is opened, and instead of what.
type Facts<'m> = (Vec<Traffic>, bool, &'m Condition, Scope, (Verdict, bool), Vec<usize>);

fn facts_of<'m>(model: &'m Model, line: &Strand) -> Vec<Facts<'m>> {
    let facts = |carried: &Carried| {
        let flow = &model[carried.flow];
        let groups = model[flow.product].alternatives.iter().enumerate();
        let groups = groups.filter(|(_, group)| group.way_of(carried.flow).is_some());
        let groups = groups.map(|(position, _)| position);
        let groups = groups.filter(|group| model.leaves_choice(carried.flow, *group, carried.from)).collect();
        (
            super::label::ports_of(&flow.lines),
            flow.need == Need::One,
            &flow.when,
            flow.scope,
            (flow.verdict, flow.between),
            groups,
        )
    };
    line.flows.iter().map(facts).collect()
}
