//! Ways of which one is enough. They hold per opener: one that opens flows of several ways needs all
//! its flows of one, and one that opens flows of a single way needs these.

use std::collections::BTreeMap;

use super::{ComponentId, FlowId, Model, Party, Who};

/// A group of ways of which each opener needs one.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Alternatives {
    /// The flows of each way, which come together; no flow stands in two.
    pub ways: Vec<Vec<FlowId>>,
    /// The position of the way that the source prefers.
    pub preferred: Option<usize>,
}

/// What an opener of a flow may do in its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Alternative {
    /// Use another connection.
    Flow,
    /// Go another way.
    Way(Way),
}

/// A way as those see it who open one of its flows and may go another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Way {
    /// What else belongs to it.
    pub with: Vec<FlowId>,
    /// What each of the other ways asks for.
    pub others: Vec<Vec<FlowId>>,
    /// Whether the source prefers it.
    pub is_preferred: bool,
}

impl Alternatives {
    /// Every flow of the group.
    pub fn flows(&self) -> impl Iterator<Item = FlowId> {
        self.ways.iter().flatten().copied()
    }

    /// Whether each way is one flow: then there is nothing to tell of what belongs together.
    pub fn is_of_single_flows(&self) -> bool {
        self.ways.iter().all(|way| way.len() == 1)
    }

    /// The position of the way to which a flow belongs.
    pub fn way_of(&self, flow: FlowId) -> Option<usize> {
        self.ways.iter().position(|way| way.contains(&flow))
    }

    /// Whether somebody who opens such flows may choose between ways.
    pub fn leave_choice(&self, opens: impl Fn(FlowId) -> bool) -> bool {
        self.ways.iter().filter(|way| way.iter().any(|flow| opens(*flow))).count() > 1
    }

    /// What those who may choose may do in place of a flow.
    pub(super) fn alternative_to(
        &self,
        id: FlowId,
        choosing: &[Party],
        opens: impl Fn(FlowId, Party) -> bool,
    ) -> Option<Alternative> {
        let own = self.way_of(id)?;
        if choosing.is_empty() {
            return None;
        }
        if self.is_of_single_flows() && self.preferred.is_none() {
            return Some(Alternative::Flow);
        }
        let asks_for = |(position, way): (usize, &Vec<FlowId>)| {
            let is_opened = |flow: &FlowId| *flow != id && choosing.iter().any(|party| opens(*flow, *party));
            (position, way.iter().copied().filter(is_opened).collect::<Vec<_>>())
        };
        let ways = self.ways.iter().enumerate().map(asks_for);
        let (with, others): (Vec<_>, Vec<_>) = ways.partition(|(position, _)| *position == own);
        let flows = |(_, flows): (usize, Vec<FlowId>)| flows;
        Some(Alternative::Way(Way {
            with: with.into_iter().flat_map(flows).collect(),
            others: others.into_iter().map(flows).filter(|flows| !flows.is_empty()).collect(),
            is_preferred: self.preferred == Some(own),
        }))
    }
}

impl Model {
    /// What the openers of a flow may do in its place, each said once; `openers` gives those of a flow that
    /// count, none for a flow that does not.
    pub fn alternatives_to<'w>(&self, id: FlowId, openers: impl Fn(FlowId) -> Option<&'w Who>) -> Vec<Alternative> {
        let mut alternatives = Vec::new();
        for group in &self[self[id].product].alternatives {
            let opens = |flow: FlowId, party: Party| openers(flow).is_some_and(|who| who.has(party));
            let can_choose = |party: &Party| group.leave_choice(|flow| opens(flow, *party));
            let choosing: Vec<_> = openers(id).into_iter().flat_map(Who::each).filter(can_choose).collect();
            let alternative = group.alternative_to(id, &choosing, opens);
            alternatives.extend(alternative.filter(|alternative| !alternatives.contains(alternative)));
        }
        alternatives
    }

    /// The same of a flow as its product tells it.
    pub fn alternatives_of(&self, id: FlowId) -> Vec<Alternative> {
        self.alternatives_to(id, |flow| Some(&self[flow].from.who))
    }

    /// What its openers on one machine may do, where that is not the same; a component is a machine of its
    /// own.
    pub fn own_alternatives(&self, id: FlowId, machine: ComponentId) -> Option<Vec<Alternative>> {
        let groups = self[self[id].product].alternatives.iter().filter(|group| group.way_of(id).is_some());
        let on_machine = |flow: FlowId| {
            let openers = self[flow].from.parties().iter().copied().filter(|opener| self.is_on(*opener, machine));
            (flow, openers.collect::<Vec<_>>())
        };
        let openers = groups.flat_map(Alternatives::flows).map(on_machine).filter(|(_, openers)| !openers.is_empty());
        let openers: BTreeMap<FlowId, Who> = openers.map(|(flow, openers)| (flow, Who::Parties(openers))).collect();
        openers.get(&id)?;
        let own = self.alternatives_to(id, |flow| openers.get(&flow));
        (own != self.alternatives_of(id)).then_some(own)
    }

    /// Whether an opener of a flow may choose between the ways of a group of its product, whatever is selected.
    pub fn leaves_choice(&self, id: FlowId, group: usize, opener: Party) -> bool {
        self[self[id].product].alternatives[group].leave_choice(|flow| self[flow].from.who.has(opener))
    }
}
