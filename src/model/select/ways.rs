//! Ways of which one is enough, under a selection and opener by opener.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Alternative, Alternatives, FlowId, Model, Party, ProductId};
use super::{DecidedFlow, DecidedOpener, Selection, State};

/// The groups of a product under a selection.
pub(super) struct Ways<'m> {
    groups: &'m [Alternatives],
    picks: &'m BTreeSet<FlowId>,
    /// Who needs a flow.
    needed: BTreeMap<FlowId, BTreeSet<Party>>,
    /// Who needs it or may come to.
    possible: BTreeMap<FlowId, BTreeSet<Party>>,
}

impl<'m> Ways<'m> {
    pub(super) fn of(model: &'m Model, product: ProductId, selection: &'m Selection, flows: &[DecidedFlow]) -> Self {
        let openers = |least: State| {
            let openers = |flow: &DecidedFlow| {
                let openers = flow.openers.iter().filter(|opener| opener.state >= least);
                (flow.flow, openers.map(|opener| opener.party).collect())
            };
            flows.iter().map(openers).collect()
        };
        Self {
            groups: &model[product].alternatives,
            picks: &selection.picks.ways,
            needed: openers(State::In),
            possible: openers(State::Open),
        }
    }

    fn is_picked(&self, way: &[FlowId]) -> bool {
        way.first().is_some_and(|first| self.picks.contains(first))
    }

    /// Everybody who opens a flow of a group.
    fn openers(&self, group: &Alternatives) -> BTreeSet<Party> {
        group.flows().filter_map(|flow| self.possible.get(&flow)).flatten().copied().collect()
    }

    /// What a pick in any group rules out for those who go that way. All groups are asked before anything
    /// goes, so that their order decides nothing.
    fn ruled_out(&self) -> Vec<(FlowId, Party)> {
        let mut gone = Vec::new();
        for group in self.groups {
            for party in self.openers(group) {
                let (picked, others): (Vec<_>, Vec<_>) =
                    left(group, &self.needed, party).into_iter().partition(|way| self.is_picked(way));
                if !picked.is_empty() {
                    gone.extend(others.into_iter().flatten().map(|flow| (*flow, party)));
                }
            }
        }
        gone
    }

    /// Decides, opener by opener, what the groups leave of flows that are decided by themselves.
    pub(super) fn decide(&mut self, flows: &mut [DecidedFlow]) {
        for (flow, party) in self.ruled_out() {
            let is_needed = self.needed.get_mut(&flow).is_some_and(|openers| openers.remove(&party));
            if is_needed {
                self.possible.entry(flow).or_default().remove(&party);
                set(flows, flow, party, |opener| opener.state = State::Out);
            }
        }
        for (position, group) in self.groups.iter().enumerate() {
            for party in self.openers(group) {
                let is_undecided = |ways: &[&[FlowId]]| ways.len() > 1 && !ways.iter().any(|way| self.is_picked(way));
                for (opened, is_open) in [(&self.needed, false), (&self.possible, true)] {
                    let ways = left(group, opened, party);
                    if !is_undecided(&ways) {
                        continue;
                    }
                    for flow in ways.into_iter().flatten() {
                        set(flows, *flow, party, |opener| match (opener.state, is_open) {
                            (State::In | State::Alternative, false) => {
                                opener.state = State::Alternative;
                                opener.groups.push(position);
                            }
                            (State::Open, true) => opener.groups.push(position),
                            _ => {}
                        });
                    }
                }
            }
        }
    }
}

impl Ways<'_> {
    /// What those may do in place of a flow who are left to open it.
    pub(super) fn alternatives_to(&self, id: FlowId, decided: &DecidedFlow) -> Vec<Alternative> {
        let opened = if decided.state == State::Open { &self.possible } else { &self.needed };
        let mut alternatives = Vec::new();
        for (position, group) in self.groups.iter().enumerate() {
            let choosing = decided.openers.iter().filter(|opener| opener.groups.contains(&position));
            let choosing: Vec<Party> = choosing.map(|opener| opener.party).collect();
            let opens = |flow: FlowId, party: Party| opened.get(&flow).is_some_and(|openers| openers.contains(&party));
            let alternative = group.alternative_to(id, &choosing, opens);
            alternatives.extend(alternative.filter(|alternative| !alternatives.contains(alternative)));
        }
        alternatives
    }
}

/// The ways of a group that are left to somebody.
fn left<'g>(group: &'g Alternatives, opened: &BTreeMap<FlowId, BTreeSet<Party>>, party: Party) -> Vec<&'g [FlowId]> {
    let opens = |flow: &FlowId| opened.get(flow).is_some_and(|openers| openers.contains(&party));
    group.ways.iter().map(Vec::as_slice).filter(|way| way.iter().any(opens)).collect()
}

/// Changes what is decided of an opener of a flow.
fn set(flows: &mut [DecidedFlow], flow: FlowId, party: Party, change: impl FnOnce(&mut DecidedOpener)) {
    let decided = flows.iter_mut().find(|decided| decided.flow == flow);
    if let Some(opener) = decided.and_then(|flow| flow.openers.iter_mut().find(|opener| opener.party == party)) {
        change(opener);
    }
}
