//! What runs on what, on a page: machines and parts as links, and which ends of a row stand on the machine
//! that its page sums up.

use super::shown::ShownFlow;
use super::{Link, link_to, say};
use crate::l10n::Join;
use crate::model::{ComponentId, Model, PageRoute, Party, Who};
use crate::render::prose::Place;
use crate::value::Scope;

/// The machine at each end of a row, where the row is about what that machine lets in or out there. The
/// other end may well be a part of it too; but that one is met on whatever machine it runs.
#[derive(Clone, Copy, Default)]
pub(super) struct Near {
    pub(super) from: Option<ComponentId>,
    pub(super) to: Option<ComponentId>,
}

impl Near {
    /// What a machine lets in.
    pub(super) fn inbound(machine: Option<ComponentId>) -> Self {
        Self { to: machine, ..Self::default() }
    }

    /// What a machine lets out.
    pub(super) fn outbound(machine: Option<ComponentId>) -> Self {
        Self { from: machine, ..Self::default() }
    }

    /// In a table that tells neither from the other.
    pub(super) fn of(model: &Model, machine: Option<ComponentId>, shown: &ShownFlow) -> Self {
        let Some(id) = machine else { return Self::default() };
        let is_near = |who: &Who| who.parties().iter().any(|party| model.is_on(*party, id));
        match (is_near(shown.from(model)), is_near(shown.to(model))) {
            (false, false) => Self::default(),
            (true, false) => Self::outbound(machine),
            (false, true) => Self::inbound(machine),
            (true, true) => match model[shown.flow()].scope {
                Scope::Network => Self::default(),
                Scope::Internal | Scope::Loopback => Self { from: machine, to: machine },
            },
        }
    }

    /// Each way in which a flow stands in the tables of a page: what runs across the network between two
    /// parts of a machine is let in and let out.
    pub(super) fn each(model: &Model, page: PageRoute, shown: &ShownFlow) -> Vec<Self> {
        let machine = model.machine_of_page(page);
        let once = Self::of(model, machine, shown);
        let is_told = once.from.is_some() || once.to.is_some();
        match page {
            PageRoute::Component(_) if machine.is_some() && !is_told => {
                vec![Self::inbound(machine), Self::outbound(machine)]
            }
            _ => vec![once],
        }
    }
}

impl Place<'_> {
    /// Links to components that have a page.
    pub(super) fn components(self, components: &[ComponentId]) -> Vec<Link> {
        let known = components.iter().filter(|id| self.site.model.has_page(**id));
        known.map(|id| link_to(self, self.voice.component_name(*id), PageRoute::Component(*id))).collect()
    }

    /// Everyone at one end of a row, and what of it stands on a machine.
    pub(super) fn ends(self, machine: Option<ComponentId>, who: &Who) -> Vec<Link> {
        let link = |party: Party| match (party, self.on_machine(machine, party)) {
            // A name in another language is part of a phrase in this one.
            (Party::Component(id), Some(text)) => {
                Link { lang: None, dir: None, ..link_to(self, text, PageRoute::Component(id)) }
            }
            (Party::Component(id), None) => link_to(self, self.voice.component_name(id), PageRoute::Component(id)),
            (Party::Any | Party::Unstated, _) => {
                Link { text: self.voice.party_name(party).into_owned(), ..Link::default() }
            }
        };
        who.each().map(link).collect()
    }

    /// The same in one phrase.
    pub(super) fn who_on(self, machine: Option<ComponentId>, who: &Who) -> String {
        let name = |party| self.on_machine(machine, party).unwrap_or_else(|| self.voice.party_name(party).into_owned());
        self.voice.list(&who.each().map(name).collect::<Vec<_>>(), Join::And)
    }

    /// A part of a machine, as such.
    fn on_machine(self, machine: Option<ComponentId>, party: Party) -> Option<String> {
        let (machine, part) = (machine?, party.component()?);
        let is_part = part != machine && self.site.model.is_on(part, machine);
        is_part.then(|| say(self, "end-on-machine", [("component", self.voice.component_name(part))]))
    }
}
