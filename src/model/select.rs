//! Which flows a reader needs: a selection of choices against the conditions of a product.
//!
//! A selection holds a *set* of choices per option, since a site may well have Linux and Windows
//! agents. What is not chosen takes the product's or the option's default; an option without one
//! leaves its flows open, which are listed apart and never dropped.
//!
//! `weigh` says whether a condition holds, `decide` what becomes of each flow.

mod decide;
mod ways;
mod weigh;

pub use decide::{DecidedFlow, DecidedOpener, State};

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Address, Alternative, ChoiceSet, ComponentId, FlowId, Hosts, HostsKind, Model, NoteId, OptionId, ProductId,
    ScenarioId, Who,
};
use ways::Ways;

/// What a reader has chosen.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The chosen choices; an option that is absent takes its default.
    pub choose: BTreeMap<OptionId, ChoiceSet>,
    /// Parties the deployment does not have.
    pub without: BTreeSet<ComponentId>,
    /// The machine whose connections are asked for, with those of all that runs on it.
    pub machine: Option<ComponentId>,
    /// Of several of which one is enough, what is taken.
    pub picks: Picks,
}

/// What a reader takes where one of several is enough.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Picks {
    /// Ways, each by its first flow.
    pub ways: BTreeSet<FlowId>,
    /// Positions of lines, of flows that need one of theirs.
    pub lines: BTreeMap<FlowId, BTreeSet<usize>>,
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
    /// Everybody who opens it, as written, each with what is decided for it.
    pub openers: Vec<DecidedOpener>,
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
        Selection {
            choose: scenario.choose.clone(),
            without: scenario.without.iter().copied().collect(),
            machine: scenario.machine.as_ref().map(|machine| machine.value),
            picks: Picks::default(),
        }
    }

    /// The flows of a product that a selection needs or may need, in the product's order.
    pub fn select(&self, product: ProductId, selection: &Selection) -> Vec<SelectedFlow> {
        let (ways, mut decided) = self.decide_everywhere(product, selection);
        for flow in &mut decided {
            self.keep_to_machine(flow, selection.machine);
        }
        let left = decided.into_iter().filter(|flow| flow.state != State::Out);
        left.map(|flow| self.select_flow(flow, &ways, selection)).collect()
    }

    fn select_flow(&self, decided: DecidedFlow, ways: &Ways<'_>, selection: &Selection) -> SelectedFlow {
        let flow = &self[decided.flow];
        let alternatives = ways.alternatives_to(decided.flow, &decided);
        let may_hold = |list: &[Necessity]| {
            let weighed = list.iter().copied().enumerate();
            weighed.filter(|(_, necessity)| *necessity != Necessity::Never).collect::<Vec<_>>()
        };
        let addresses = |hosts: &Hosts, weighed: &[Necessity]| {
            let list = may_hold(weighed).into_iter().map(|(at, necessity)| (hosts.list[at].clone(), necessity));
            SelectedHosts { kind: hosts.kind, list: list.collect() }
        };
        SelectedFlow {
            flow: decided.flow,
            necessity: if decided.state == State::Open { Necessity::Depends } else { Necessity::Needed },
            lines: may_hold(&decided.lines),
            hosts: addresses(&flow.to.hosts, &decided.hosts),
            from_hosts: addresses(&flow.from.hosts, &decided.from_hosts),
            alternatives,
            notes: self.notes_on_flow(decided.flow).filter(|note| self.may_hold(*note, selection)).collect(),
            from: decided.from,
            to: decided.to,
            openers: decided.openers,
        }
    }

    /// The notes of a product that stand on one of these components and may hold under a selection.
    pub fn selected_notes(&self, product: ProductId, parties: &[ComponentId], selection: &Selection) -> Vec<NoteId> {
        let mut notes = self.notes_about(product, parties);
        notes.retain(|note| self.may_hold(*note, selection));
        notes
    }

    /// Whether a note may hold under a selection.
    pub fn may_hold(&self, note: NoteId, selection: &Selection) -> bool {
        self.weigh(self[note].product, &self[note].when, selection) != Necessity::Never
    }
}
