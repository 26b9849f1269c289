//! What stands beside ports in a picture: signs of groups of alternatives, and letters for conditions and for what a
//! line alone does not say. Which there are comes from the model; no words.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Carried, Graph};
use crate::model::{FlowId, Model, Party, ProductId};
use crate::value::{Scope, Verdict};

/// What is named beside ports: the group of alternatives, then by letters the condition and what else must be
/// known of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Signs {
    condition: Option<usize>,
    pub(super) group: Option<GroupSign>,
    remarks: [Option<usize>; 3],
}

impl Signs {
    /// The letters, by their position.
    pub(super) fn letters(self) -> impl Iterator<Item = usize> {
        self.condition.into_iter().chain(self.remarks.into_iter().flatten())
    }
}

/// What a letter says of a flow that its line does not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Remark {
    /// It must not be possible.
    Block,
    /// Either end may open it.
    Between,
    /// What keeps it off the network, where its line also stands for flows that cross it.
    Scope(Scope),
}

/// What stands for a group of alternatives, and for the way of it to which a flow belongs where a way is
/// several flows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct GroupSign {
    pub(super) number: usize,
    pub(super) way: Option<usize>,
}

/// What has a mark in a picture.
#[derive(Clone, Debug, Default)]
pub(super) struct ConditionMarks {
    /// The conditions in the order of their marks, by their place among the phrases.
    pub(super) conditions: Vec<usize>,
    /// The sign of the group in which an opener may use another flow instead.
    pub(super) groups: BTreeMap<(FlowId, Party), GroupSign>,
    /// What letters say besides, in the order of these.
    pub(super) remarks: Vec<Remark>,
    remarks_of: BTreeMap<FlowId, BTreeSet<Remark>>,
}

impl ConditionMarks {
    /// Of conditions in the order of their flows, each once.
    pub(super) fn of(all: impl IntoIterator<Item = usize>) -> Self {
        let mut conditions = Vec::new();
        for condition in all {
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        Self { conditions, ..Self::default() }
    }

    /// Numbers the groups of alternatives of flows in their order. They hold per opener: one that opens
    /// flows of a single way needs these. `can_choose` says who may choose between the ways of which group.
    pub(super) fn with_groups(
        mut self,
        model: &Model,
        flows: impl IntoIterator<Item = FlowId>,
        can_choose: impl Fn(FlowId, usize, Party) -> bool,
    ) -> Self {
        let mut numbers: Vec<(ProductId, usize)> = Vec::new();
        for flow in flows {
            let product = model[flow].product;
            let groups = model[product].alternatives.iter().enumerate();
            for (position, group) in groups {
                let Some(way) = group.way_of(flow) else { continue };
                for opener in model[flow].from.who.each().filter(|opener| can_choose(flow, position, *opener)) {
                    let known = numbers.iter().position(|known| *known == (product, position));
                    let number = known.unwrap_or_else(|| {
                        numbers.push((product, position));
                        numbers.len() - 1
                    });
                    let way = (!group.is_of_single_flows()).then_some(way);
                    self.groups.entry((flow, opener)).or_insert(GroupSign { number, way });
                }
            }
        }
        self
    }

    /// Finds what lines alone do not say of the flows for which they stand.
    pub(super) fn with_remarks(mut self, model: &Model, graph: &Graph, is_shown: impl Fn(&Carried) -> bool) -> Self {
        for bundle in &graph.bundles {
            let shown: Vec<_> = bundle.flows.iter().filter(|carried| is_shown(carried)).collect();
            let scope = |carried: &Carried| model[carried.flow].scope;
            let is_mixed = shown.iter().any(|one| scope(one) != scope(shown[0]));
            for one in shown {
                let flow = &model[one.flow];
                let is_off = flow.scope != Scope::Network && (is_mixed || graph.is_bare(bundle));
                let remarks = [
                    (flow.verdict == Verdict::Block).then_some(Remark::Block),
                    flow.between.then_some(Remark::Between),
                    is_off.then_some(Remark::Scope(flow.scope)),
                ];
                for remark in remarks.into_iter().flatten() {
                    self.remarks_of.entry(one.flow).or_default().insert(remark);
                }
            }
        }
        self.remarks = self.remarks_of.values().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        self
    }

    /// The sign of the group in which the opener has a choice.
    pub(super) fn group(&self, carried: &Carried) -> Option<GroupSign> {
        self.groups.get(&(carried.flow, carried.from)).copied()
    }

    /// Whether a letter says what keeps a flow off the network.
    pub(super) fn has_scope(&self, flow: FlowId) -> bool {
        let remarks = self.remarks_of.get(&flow).into_iter().flatten();
        remarks.into_iter().any(|remark| matches!(remark, Remark::Scope(_)))
    }

    /// What stands beside a flow's ports, given its condition.
    pub(super) fn signs(&self, carried: &Carried, when: Option<usize>) -> Signs {
        let mut remarks = [None; 3];
        let all = self.remarks_of.get(&carried.flow).into_iter().flatten();
        for (letter, remark) in remarks.iter_mut().zip(all) {
            let place = self.remarks.iter().position(|known| known == remark);
            *letter = place.map(|place| self.conditions.len() + place);
        }
        Signs {
            condition: self.conditions.iter().position(|condition| Some(*condition) == when),
            group: self.group(carried),
            remarks,
        }
    }
}

/// `a` to `z`, then `aa` and so on.
pub(super) fn letters(position: usize) -> String {
    let letter = char::from(b'a' + (position % 26) as u8).to_string();
    if position < 26 { letter } else { format!("{}{letter}", letters(position / 26 - 1)) }
}
