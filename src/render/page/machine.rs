//! What runs on what, on a page: machines and parts as links, and ends of rows by what the page is about.

use super::{Link, link_to, say};
use crate::l10n::Join;
use crate::model::{ComponentId, PageRoute, Party, Who};
use crate::render::prose::Place;

impl Place<'_> {
    /// Links to components that have a page.
    pub(super) fn components(self, components: &[ComponentId]) -> Vec<Link> {
        let known = components.iter().filter(|id| self.site.model.has_page(**id));
        known.map(|id| link_to(self, self.voice.component_name(*id), PageRoute::Component(*id))).collect()
    }

    /// Everyone at one end, as a row of a page links them.
    pub(super) fn ends(self, page: PageRoute, who: &Who) -> Vec<Link> {
        let link = |party: Party| match (party, self.on_machine(page, party)) {
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
    pub(super) fn who_on(self, page: PageRoute, who: &Who) -> String {
        let name = |party| self.on_machine(page, party).unwrap_or_else(|| self.voice.party_name(party).into_owned());
        self.voice.list(&who.each().map(name).collect::<Vec<_>>(), Join::And)
    }

    /// A part of the machine that a page sums up, as such.
    fn on_machine(self, page: PageRoute, party: Party) -> Option<String> {
        let model = &self.site.model;
        let (machine, part) = (model.machine_of_page(page)?, party.component()?);
        let is_part = part != machine && model.is_on(part, machine);
        is_part.then(|| say(self, "end-on-machine", [("component", self.voice.component_name(part))]))
    }
}
