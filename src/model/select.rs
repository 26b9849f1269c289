//! Which flows a reader needs: a selection of choices against the conditions of a product.
//!
//! A selection holds a *set* of choices per option, since a site may well have Linux and Windows
//! agents. What is not chosen takes the product's or the option's default; an option without one
//! leaves its flows open, which are listed apart and never dropped.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Address, Alternative, Alternatives, Case, ChoiceSet, ComponentId, Condition, FlowId, Hosts, HostsKind, Model,
    NoteId, OptionId, ProductId, ScenarioId, Who, ids,
};

/// What a reader has chosen.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The chosen choices; an option that is absent takes its default.
    pub choose: BTreeMap<OptionId, ChoiceSet>,
    /// Parties the deployment does not have.
    pub without: BTreeSet<ComponentId>,
    /// The machine whose connections are asked for, with those of all that runs on it.
    pub machine: Option<ComponentId>,
}

/// Whether something is needed under a selection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Necessity {
    /// No choice needs it.
    Never,
    /// It hangs on an option for which nothing is chosen and which has no default.
    Depends,
    /// It is needed.
    Needed,
}

/// A flow that a selection needs or may need.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SelectedFlow {
    /// The flow.
    pub flow: FlowId,
    /// `Needed` or `Depends`.
    pub necessity: Necessity,
    /// Its openers that the deployment has.
    pub from: Who,
    /// Its destinations that the deployment has.
    pub to: Who,
    /// Positions of the lines that may hold under this selection, each with whether it does.
    pub lines: Vec<(usize, Necessity)>,
    /// Where `to` is reached under this selection.
    pub hosts: SelectedHosts,
    /// Where `from` connects from under this selection.
    pub from_hosts: SelectedHosts,
    /// What those of `from` may do in its place, among what is selected.
    pub alternatives: Vec<Alternative>,
    /// The notes on it that may hold under this selection.
    pub notes: Vec<NoteId>,
}

/// The addresses of one end that a selection leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SelectedHosts {
    /// How the source answers.
    pub kind: HostsKind,
    /// The addresses; none with kind `List`: none is published for this choice.
    pub list: Vec<(Address, Necessity)>,
}

/// Why a choice of an option holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// The selection chooses it.
    Chosen,
    /// The content gives it as the default, of the product or of the option.
    Default,
    /// Nobody says so: a switch that is not mentioned counts as disabled.
    Assumed,
}

/// Those at an end that a deployment has; `None`: nobody.
fn present(who: &Who, selection: &Selection) -> Option<Who> {
    match who {
        Who::Parties(parties) => {
            let present = parties.iter().copied().filter(|party| !selection.without.contains(party));
            let present: Vec<_> = present.collect();
            (!present.is_empty()).then_some(Who::Parties(present))
        }
        Who::Any | Who::Unstated => Some(who.clone()),
    }
}

/// Everybody who takes part in selected flows.
pub fn parties(selected: &[SelectedFlow]) -> Vec<ComponentId> {
    let parties: BTreeSet<_> =
        selected.iter().flat_map(|flow| flow.from.parties().iter().chain(flow.to.parties())).copied().collect();
    parties.into_iter().collect()
}

impl Model {
    /// A scenario as a selection.
    pub fn selection_of(&self, scenario: ScenarioId) -> Selection {
        let scenario = &self[scenario];
        let mut without: BTreeSet<_> = scenario.without.iter().copied().collect();
        // What runs nowhere else is gone with its machines.
        let is_gone = |id: ComponentId, without: &BTreeSet<ComponentId>| {
            let machines = &self[id].runs_on;
            !machines.is_empty() && machines.iter().all(|machine| without.contains(machine))
        };
        while let Some(part) = ids(self.components.len()).find(|id| !without.contains(id) && is_gone(*id, &without)) {
            without.insert(part);
        }
        let machine = scenario.machine.as_ref().map(|machine| machine.value);
        Selection { choose: scenario.choose.clone(), without, machine }
    }

    /// The flows of a product that a selection needs or may need, in the product's order.
    pub fn select(&self, product: ProductId, selection: &Selection) -> Vec<SelectedFlow> {
        let flows = self[product].flows.iter();
        let mut selected: Vec<_> = flows.filter_map(|flow| self.select_flow(product, *flow, selection)).collect();
        let grouped: BTreeSet<FlowId> = self[product].alternatives.iter().flat_map(Alternatives::flows).collect();
        let left = selected.iter().filter(|flow| grouped.contains(&flow.flow));
        let left: BTreeMap<FlowId, Who> = left.map(|flow| (flow.flow, flow.from.clone())).collect();
        for flow in &mut selected {
            flow.alternatives = self.alternatives_to(flow.flow, |id| left.get(&id));
        }
        selected
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

    fn select_flow(&self, product: ProductId, id: FlowId, selection: &Selection) -> Option<SelectedFlow> {
        let flow = &self[id];
        let ends = (present(&flow.from.who, selection)?, present(&flow.to.who, selection)?);
        let (from, to) = self.at_machine(ends, selection.machine)?;
        let necessity = self.weigh(product, &flow.when, selection);
        // Of two of which either may open, one alone has nobody to connect to.
        let is_half = flow.between && from.parties().len() < flow.from.parties().len();
        let weighed = flow.lines.iter().map(|line| self.weigh(product, &line.when, selection)).enumerate();
        let lines: Vec<_> = weighed.filter(|(_, necessity)| *necessity != Necessity::Never).collect();
        if necessity == Necessity::Never || is_half || lines.is_empty() {
            return None;
        }
        let [hosts, from_hosts] =
            [&flow.to.hosts, &flow.from.hosts].map(|hosts| self.select_hosts(product, hosts, selection));
        let notes = self.notes_on_flow(id).filter(|note| self.may_hold(*note, selection)).collect();
        Some(SelectedFlow { flow: id, necessity, from, to, lines, hosts, from_hosts, alternatives: Vec::new(), notes })
    }

    fn select_hosts(&self, product: ProductId, hosts: &Hosts, selection: &Selection) -> SelectedHosts {
        let weighed = hosts.list.iter().map(|address| (address.clone(), self.weigh(product, &address.when, selection)));
        let list = weighed.filter(|(_, necessity)| *necessity != Necessity::Never).collect();
        SelectedHosts { kind: hosts.kind, list }
    }

    /// The notes of a product that stand on one of these components and may hold under a selection.
    pub fn selected_notes(&self, product: ProductId, parties: &[ComponentId], selection: &Selection) -> Vec<NoteId> {
        let mut notes = self.notes_about(product, parties);
        notes.retain(|note| self.may_hold(*note, selection));
        notes
    }

    fn may_hold(&self, note: NoteId, selection: &Selection) -> bool {
        self.weigh(self[note].product, &self[note].when, selection) != Necessity::Never
    }

    /// Whether a condition holds under a selection.
    pub fn weigh(&self, product: ProductId, condition: &Condition, selection: &Selection) -> Necessity {
        if condition.is_always() {
            return Necessity::Needed;
        }
        let cases = condition.cases().iter().map(|case| self.weigh_case(product, case, selection));
        cases.max().unwrap_or(Necessity::Never)
    }

    fn weigh_case(&self, product: ProductId, case: &Case, selection: &Selection) -> Necessity {
        let weigh = |(option, needed): (&OptionId, &ChoiceSet)| match self.chosen(product, *option, selection) {
            None => Necessity::Depends,
            Some(chosen) if chosen.and(*needed).is_empty() => Necessity::Never,
            Some(_) => Necessity::Needed,
        };
        case.iter().map(weigh).min().unwrap_or(Necessity::Needed)
    }

    /// The choices that hold for an option; `None`: nothing is chosen and there is no default.
    pub fn chosen(&self, product: ProductId, option: OptionId, selection: &Selection) -> Option<ChoiceSet> {
        let chosen = selection.choose.get(&option).copied().filter(|chosen| !chosen.is_empty());
        let product_default = || self[product].defaults.get(&option).copied();
        let default = || Some(self[option].default).filter(|default| !default.is_empty());
        chosen.or_else(product_default).or_else(default)
    }

    /// Why the choices hold that [`chosen`](Self::chosen) gives.
    pub fn basis(&self, product: ProductId, option: OptionId, selection: &Selection) -> Basis {
        if selection.choose.get(&option).is_some_and(|chosen| !chosen.is_empty()) {
            return Basis::Chosen;
        }
        let is_assumed = self[option].is_default_assumed && !self[product].defaults.contains_key(&option);
        if is_assumed { Basis::Assumed } else { Basis::Default }
    }
}
