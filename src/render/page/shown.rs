//! Which part of a flow a page shows: all of it, or what a component or a selection needs.

use std::borrow::Cow;

use crate::model::{
    Alternative, End, FlowId, Hosts, HostsKind, Line, Model, Necessity, NoteId, PageRoute, SelectedFlow, SelectedHosts,
    Who,
};

/// A flow as a page shows it.
pub(super) enum ShownFlow {
    /// With everything the source says.
    Whole(FlowId),
    /// As its openers on one machine need it, which may do something else in its place than others, or nothing.
    Own(FlowId, Vec<Alternative>),
    /// As a selection needs it: only its parties, only its addresses.
    Part(SelectedFlow),
}

impl ShownFlow {
    /// Every flow of a page.
    pub(super) fn on(model: &Model, page: PageRoute) -> Vec<Self> {
        match page {
            PageRoute::Product(id) => model[id].flows.iter().copied().map(Self::Whole).collect(),
            PageRoute::Component(id) => {
                let shown = |flow| match model.own_alternatives(flow, id) {
                    Some(alternatives) => Self::Own(flow, alternatives),
                    None => Self::Whole(flow),
                };
                model.views.flows_of(id).iter().copied().map(shown).collect()
            }
            PageRoute::Scenario(id) => {
                let selected = model.select(model[id].product, &model.selection_of(id));
                selected.into_iter().map(Self::Part).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What must not be possible between those of a page.
    pub(super) fn blocked_on(model: &Model, page: PageRoute) -> Vec<Self> {
        let flows = match page {
            PageRoute::Product(id) => model[id].blocked.as_slice(),
            PageRoute::Component(id) => model.views.blocked_of(id),
            _ => &[],
        };
        flows.iter().copied().map(Self::Whole).collect()
    }

    /// Most flows lose nothing to a selection: their rows are the same as everywhere.
    pub(super) fn or_whole(self, model: &Model) -> Self {
        let Self::Part(selected) = self else { return self };
        let flow = &model[selected.flow];
        let is_whole = selected.from == flow.from.who
            && selected.to == flow.to.who
            && selected.lines.len() == flow.lines.len()
            && selected.hosts.list.len() == flow.to.hosts.list.len()
            && selected.from_hosts.list.len() == flow.from.hosts.list.len()
            && selected.notes.len() == model.notes_on_flow(selected.flow).count()
            && selected.alternatives == model.alternatives_of(selected.flow);
        if is_whole { Self::Whole(selected.flow) } else { Self::Part(selected) }
    }

    /// What a selection needs of it.
    pub(super) fn selected(&self) -> Option<&SelectedFlow> {
        match self {
            Self::Whole(_) | Self::Own(..) => None,
            Self::Part(selected) => Some(selected),
        }
    }

    pub(super) fn flow(&self) -> FlowId {
        match self {
            Self::Whole(flow) | Self::Own(flow, _) => *flow,
            Self::Part(selected) => selected.flow,
        }
    }

    pub(super) fn from<'m>(&'m self, model: &'m Model) -> &'m Who {
        match self {
            Self::Whole(flow) | Self::Own(flow, _) => &model[*flow].from.who,
            Self::Part(selected) => &selected.from,
        }
    }

    pub(super) fn to<'m>(&'m self, model: &'m Model) -> &'m Who {
        match self {
            Self::Whole(flow) | Self::Own(flow, _) => &model[*flow].to.who,
            Self::Part(selected) => &selected.to,
        }
    }

    /// The lines of `ports:`, each with whether it is needed; a line that hangs on a choice nobody made is not
    /// known to be.
    pub(super) fn lines<'m>(&'m self, model: &'m Model) -> Vec<(&'m Line, Necessity)> {
        let lines = &model[self.flow()].lines;
        match self {
            Self::Whole(_) | Self::Own(..) => lines.iter().map(|line| (line, Necessity::Needed)).collect(),
            Self::Part(selected) => selected.lines.iter().map(|(at, necessity)| (&lines[*at], *necessity)).collect(),
        }
    }

    /// Where `to` is reached; `None`: the choices of the selection leave no address.
    pub(super) fn hosts<'m>(&'m self, model: &'m Model) -> Option<Cow<'m, Hosts>> {
        let hosts = &model[self.flow()].to.hosts;
        let Self::Part(selected) = self else { return Some(Cow::Borrowed(hosts)) };
        left_of(hosts, &selected.hosts)
    }

    /// Where `from` connects from, likewise.
    #[expect(clippy::wrong_self_convention, reason = "it is the key's name, no conversion")]
    pub(super) fn from_hosts<'m>(&'m self, model: &'m Model) -> Option<Cow<'m, Hosts>> {
        let hosts = &model[self.flow()].from.hosts;
        let Self::Part(selected) = self else { return Some(Cow::Borrowed(hosts)) };
        left_of(hosts, &selected.from_hosts)
    }

    /// The notes on it.
    pub(super) fn notes(&self, model: &Model) -> Vec<NoteId> {
        match self {
            Self::Whole(flow) | Self::Own(flow, _) => model.notes_on_flow(*flow).collect(),
            Self::Part(selected) => selected.notes.clone(),
        }
    }

    /// What its openers may do in its place.
    pub(super) fn alternatives<'m>(&'m self, model: &Model) -> Cow<'m, [Alternative]> {
        match self {
            Self::Whole(flow) => Cow::Owned(model.alternatives_of(*flow)),
            Self::Own(_, alternatives) => Cow::Borrowed(alternatives),
            Self::Part(selected) => Cow::Borrowed(&selected.alternatives),
        }
    }
}

fn left_of<'m>(hosts: &Hosts, selected: &SelectedHosts) -> Option<Cow<'m, Hosts>> {
    let list: Vec<_> = selected.list.iter().map(|(address, _)| address.clone()).collect();
    let is_some_left = !list.is_empty() || hosts.list.is_empty();
    is_some_left.then_some(Cow::Owned(Hosts { kind: hosts.kind, list, source: hosts.source }))
}

/// Whether it is to be said where an opener connects from. Where anyone does, that is said already.
pub(super) fn is_worth_saying(opener: &End) -> bool {
    match opener.who {
        Who::Parties(_) => has_something_to_say(&opener.hosts),
        Who::Any | Who::Unstated => false,
    }
}

/// Nobody asks where the reader's own machine connects from, nor repeats that nothing is known.
pub(super) fn has_something_to_say(hosts: &Hosts) -> bool {
    matches!(hosts.kind, HostsKind::Any | HostsKind::See | HostsKind::List | HostsKind::Unpublished)
}
