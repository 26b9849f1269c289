//! What of a product's flows two selections need in common, and what not: decided without a word. In a
//! browser `theme/assets/compare/differ.mjs` decides the same, and the tests hold both together.

use std::collections::BTreeMap;

use crate::model::{
    Address, Flow, FlowId, HostsKind, Model, Necessity, Party, ProductId, SelectedFlow, SelectedHosts, Selection,
    State, Who,
};

/// What of a flow may differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Facet {
    Openers,
    Listeners,
    Lines,
    Hosts,
    FromHosts,
}

impl Facet {
    pub(super) const ALL: [Self; 5] = [Self::Openers, Self::Listeners, Self::Lines, Self::Hosts, Self::FromHosts];

    /// Whether the name of a row tells it as it is written.
    fn is_in_name(self) -> bool {
        matches!(self, Self::Openers | Self::Listeners | Self::Lines)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum What {
    Party(Party),
    /// Its position among the lines of the flow.
    Line(usize),
    Address(Address),
    /// In place of parts of which none is left.
    Nothing,
}

/// An opener, a line, an address, with its state where it has one of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    pub(super) what: What,
    pub(super) state: Option<State>,
}

/// A flow as a selection needs it.
#[derive(PartialEq, Eq)]
struct Needed {
    state: State,
    /// In the order of [`Facet::ALL`].
    facets: Vec<Vec<Part>>,
}

/// What a selection needs.
pub(super) struct Side(BTreeMap<FlowId, Needed>);

/// A row of a side.
pub(super) struct Told {
    pub(super) flow: FlowId,
    /// Where it is not simply needed, or not as under the other selection, with whether it is that.
    pub(super) state: Option<(State, bool)>,
    /// What is to be said of it, each part with whether the other selection lacks it.
    pub(super) facets: Vec<(Facet, Vec<(Part, bool)>)>,
}

/// What is needed otherwise stands on both sides.
pub(super) struct Difference {
    pub(super) sides: [Vec<Told>; 2],
    pub(super) both: Vec<FlowId>,
}

impl Side {
    pub(super) fn of(model: &Model, product: ProductId, selection: &Selection) -> Self {
        let selected = model.select(product, selection);
        Self(selected.iter().map(|flow| (flow.flow, Needed::of(flow))).collect())
    }
}

impl Needed {
    fn of(selected: &SelectedFlow) -> Self {
        let left = || selected.openers.iter().filter(|opener| opener.state != State::Out);
        let state = left().map(|opener| opener.state).max().unwrap_or(State::Out);
        let opener = |(party, own): (Party, State)| Part::of(What::Party(party), own, state);
        let weighed = |what: What, necessity: Necessity| Part::of(what, necessity.into(), State::In);
        let addresses = |hosts: &SelectedHosts| -> Vec<Part> {
            let list = hosts.list.iter().filter(|_| hosts.kind == HostsKind::List);
            list.map(|(address, necessity)| weighed(What::Address(address.clone()), *necessity)).collect()
        };
        let facet = |facet: Facet| match facet {
            Facet::Openers => left().map(|one| opener((one.party, one.state))).collect(),
            Facet::Listeners => parties(&selected.to),
            Facet::Lines => selected.lines.iter().map(|(at, necessity)| weighed(What::Line(*at), *necessity)).collect(),
            Facet::Hosts => addresses(&selected.hosts),
            Facet::FromHosts => addresses(&selected.from_hosts),
        };
        Self { state, facets: Facet::ALL.into_iter().map(facet).collect() }
    }

    /// What is to be said of it beside another; `None`: the other has nothing of it.
    fn told(&self, flow: (FlowId, &Flow), other: Option<&Self>) -> Told {
        let differs = other.is_some_and(|other| other.state != self.state);
        let facet = |(position, facet): (usize, Facet)| -> Option<(Facet, Vec<(Part, bool)>)> {
            let own = &self.facets[position];
            let others = other.map_or(own, |other| &other.facets[position]);
            let is_told = own != others || (facet.is_in_name() && *own != written(flow.1, facet));
            if !is_told {
                return None;
            }
            let nothing = [Part { what: What::Nothing, state: None }];
            let parts = if own.is_empty() { nothing.as_slice() } else { own.as_slice() };
            Some((facet, parts.iter().map(|part| (part.clone(), !others.contains(part))).collect()))
        };
        Told {
            flow: flow.0,
            state: (differs || self.state != State::In).then_some((self.state, differs)),
            facets: Facet::ALL.into_iter().enumerate().filter_map(facet).collect(),
        }
    }
}

impl Part {
    fn of(what: What, state: State, usual: State) -> Self {
        Self { what, state: (state != usual).then_some(state) }
    }
}

fn parties(who: &Who) -> Vec<Part> {
    who.each().map(|party| Part { what: What::Party(party), state: None }).collect()
}

/// What the name of a row tells.
fn written(flow: &Flow, facet: Facet) -> Vec<Part> {
    match facet {
        Facet::Openers => parties(&flow.from.who),
        Facet::Listeners => parties(&flow.to.who),
        Facet::Lines => (0..flow.lines.len()).map(|at| Part { what: What::Line(at), state: None }).collect(),
        Facet::Hosts | Facet::FromHosts => Vec::new(),
    }
}

/// Two selections of a product side by side, in the product's order.
pub(super) fn differ(model: &Model, product: ProductId, [a, b]: [&Side; 2]) -> Difference {
    let mut difference = Difference { sides: [Vec::new(), Vec::new()], both: Vec::new() };
    for id in &model[product].flows {
        let (ours, theirs) = (a.0.get(id), b.0.get(id));
        if ours.is_some() && ours == theirs {
            difference.both.push(*id);
            continue;
        }
        for (rows, own, other) in [(0, ours, theirs), (1, theirs, ours)] {
            let told = own.map(|own| own.told((*id, &model[*id]), other));
            difference.sides[rows].extend(told);
        }
    }
    difference
}
