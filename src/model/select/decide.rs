//! What a selection decides of each flow of a product: of its ends, its lines and its addresses, and,
//! opener by opener, of the ways of which one is enough.
//!
//! The theme decides the same in the reader's browser (`theme/assets/weigh/weigh.mjs`), and the tests
//! hold both to a third reading.

use std::collections::BTreeSet;

use super::super::{ComponentId, Flow, FlowId, Hosts, Line, Model, Party, ProductId, Who, ids};
use super::{Necessity, Selection, Ways};
use crate::value::Need;

/// What a selection decides of a flow, or of a part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// It is not needed.
    Out,
    /// It hangs on a choice nobody has made.
    Open,
    /// It is needed, or one of those is that may stand in its place.
    Alternative,
    /// It is needed.
    In,
}

impl State {
    /// As the data of pages says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::Open => "open",
            Self::Alternative => "alternative",
            Self::In => "in",
        }
    }
}

impl From<Necessity> for State {
    fn from(necessity: Necessity) -> Self {
        match necessity {
            Necessity::Never => Self::Out,
            Necessity::Depends => Self::Open,
            Necessity::Needed => Self::In,
        }
    }
}

/// A flow under a selection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecidedFlow {
    /// The flow.
    pub flow: FlowId,
    /// The strongest state among its openers.
    pub state: State,
    /// Its openers that count: the deployment has them, and they have chosen no other way.
    pub from: Who,
    /// Its destinations that the deployment has.
    pub to: Who,
    /// Everybody who opens it, as written.
    pub openers: Vec<DecidedOpener>,
    /// Its lines, as written.
    pub lines: Vec<Necessity>,
    /// The addresses of `to`, as written.
    pub hosts: Vec<Necessity>,
    /// The addresses of `from`, as written.
    pub from_hosts: Vec<Necessity>,
}

/// An opener of a flow under a selection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecidedOpener {
    /// Who it is.
    pub party: Party,
    /// What is decided.
    pub state: State,
    /// Positions of the groups in which it may go another way: of a flow that is `Open`, if it came to be
    /// needed.
    pub groups: Vec<usize>,
}

const NOBODY: Who = Who::Parties(Vec::new());

impl Model {
    /// What a selection decides of each flow of a product, in the product's order.
    pub fn decide(&self, product: ProductId, selection: &Selection) -> Vec<DecidedFlow> {
        let (_, mut decided) = self.decide_everywhere(product, selection);
        for flow in &mut decided {
            self.keep_to_machine(flow, selection.machine);
        }
        decided
    }

    /// The same on all machines.
    pub(super) fn decide_everywhere<'m>(
        &'m self,
        product: ProductId,
        selection: &'m Selection,
    ) -> (Ways<'m>, Vec<DecidedFlow>) {
        let without = self.gone_with(&selection.without);
        let flows = self[product].flows.iter();
        let mut decided: Vec<_> = flows.map(|flow| self.weigh_flow(product, *flow, selection, &without)).collect();
        let mut ways = Ways::of(self, product, selection, &decided);
        ways.decide(&mut decided);
        (ways, decided)
    }

    /// Components with what runs on them alone: it is gone with its machines.
    pub fn gone_with(&self, without: &BTreeSet<ComponentId>) -> BTreeSet<ComponentId> {
        let mut gone = without.clone();
        if gone.is_empty() {
            return gone;
        }
        let is_part = |id: &ComponentId| !self[*id].runs_on.is_empty();
        let parts: Vec<ComponentId> = ids(self.components.len()).filter(is_part).collect();
        let is_going = |id: &&ComponentId, gone: &BTreeSet<ComponentId>| {
            !gone.contains(id) && self[**id].runs_on.iter().all(|machine| gone.contains(machine))
        };
        while let Some(part) = parts.iter().find(|id| is_going(id, &gone)) {
            gone.insert(*part);
        }
        gone
    }

    /// A flow by itself: as if no other could stand in its place, and on all machines.
    fn weigh_flow(
        &self,
        product: ProductId,
        id: FlowId,
        selection: &Selection,
        without: &BTreeSet<ComponentId>,
    ) -> DecidedFlow {
        let flow = &self[id];
        let (from, to) = (present(&flow.from.who, without), present(&flow.to.who, without));
        // Of two of which either may open, one alone has nobody to connect to.
        let is_half = flow.between && from.parties().len() < flow.from.parties().len();
        let lines = self.weigh_lines(product, id, selection);
        let is_gone = from == NOBODY || to == NOBODY || is_half || lines.iter().all(|line| *line == Necessity::Never);
        let necessity = if is_gone { Necessity::Never } else { self.weigh(product, &flow.when, selection) };
        let state_of = |party: Party| if from.has(party) { necessity.into() } else { State::Out };
        let openers =
            flow.from.who.each().map(|party| DecidedOpener { party, state: state_of(party), groups: Vec::new() });
        let addresses = |hosts: &Hosts| {
            hosts.list.iter().map(|address| self.weigh(product, &address.when, selection)).collect::<Vec<_>>()
        };
        DecidedFlow {
            flow: id,
            state: necessity.into(),
            openers: openers.collect(),
            lines,
            hosts: addresses(&flow.to.hosts),
            from_hosts: addresses(&flow.from.hosts),
            from,
            to,
        }
    }

    /// Of lines of which one is enough, those that are picked stay alone. A pick that can't hold counts for
    /// nothing.
    fn weigh_lines(&self, product: ProductId, id: FlowId, selection: &Selection) -> Vec<Necessity> {
        let flow = &self[id];
        let mut lines: Vec<_> = flow.lines.iter().map(|line| self.weigh(product, &line.when, selection)).collect();
        let picked = selection.picks.lines.get(&id).filter(|_| flow.need == Need::One);
        let Some(picked) = picked else { return lines };
        if picked.iter().any(|at| lines.get(*at).is_some_and(|line| *line != Necessity::Never)) {
            let others = lines.iter_mut().enumerate().filter(|(at, _)| !picked.contains(at));
            others.for_each(|(_, line)| *line = Necessity::Never);
        }
        lines
    }

    /// Leaves the ends that a machine has a part in. What others open to it stays what it is for them: they
    /// choose their ways elsewhere.
    pub(super) fn keep_to_machine(&self, flow: &mut DecidedFlow, machine: Option<ComponentId>) {
        let alive = |flow: &DecidedFlow| {
            let parties = flow.openers.iter().filter(|opener| opener.state != State::Out).map(|opener| opener.party);
            parties.collect::<Vec<_>>()
        };
        let from = who(&self[flow.flow], &alive(flow));
        let (from, to) = self.at_machine((from, flow.to.clone()), machine).unwrap_or((NOBODY, NOBODY));
        for opener in flow.openers.iter_mut().filter(|opener| !from.has(opener.party)) {
            (opener.state, opener.groups) = (State::Out, Vec::new());
        }
        flow.state = flow.openers.iter().map(|opener| opener.state).max().unwrap_or(State::Out);
        (flow.from, flow.to) = if flow.state == State::Out { (NOBODY, NOBODY) } else { (from, to) };
    }

    /// Of two ends, those whose connections a machine has; `None`: it has no part in them.
    fn at_machine(&self, (from, to): (Who, Who), machine: Option<ComponentId>) -> Option<(Who, Who)> {
        let Some(machine) = machine else { return Some((from, to)) };
        let own = |who: &Who| -> Vec<ComponentId> {
            who.parties().iter().copied().filter(|party| self.is_on(*party, machine)).collect()
        };
        let (openers, listeners) = (own(&from), own(&to));
        match (openers.is_empty(), listeners.is_empty()) {
            (true, true) => None,
            (false, true) => Some((Who::Parties(openers), to)),
            (true, false) => Some((from, Who::Parties(listeners))),
            (false, false) => Some((from, to)),
        }
    }
}

/// Those at an end that a deployment has.
fn present(who: &Who, without: &BTreeSet<ComponentId>) -> Who {
    match who {
        Who::Parties(parties) => {
            Who::Parties(parties.iter().copied().filter(|party| !without.contains(party)).collect())
        }
        Who::Any | Who::Unstated => who.clone(),
    }
}

/// Some of the openers of a flow.
fn who(flow: &Flow, openers: &[Party]) -> Who {
    match &flow.from.who {
        Who::Any | Who::Unstated if openers.is_empty() => NOBODY,
        Who::Any | Who::Unstated => flow.from.who.clone(),
        Who::Parties(_) => Who::Parties(openers.iter().filter_map(|party| party.component()).collect()),
    }
}

impl Line {
    /// As a pick names it: as the source writes it, of a named range each of its values.
    pub fn key(&self) -> String {
        self.traffic.written()
    }
}
