//! What a page has said: a note on several rows and a long list of addresses are written out once per
//! page, where its reader meets them first; every later place leads there.

use std::collections::{BTreeMap, BTreeSet};

use super::shown::{ShownFlow, has_something_to_say};
use super::{Link, say};
use crate::model::{Anchored, FlowId, Hosts, Model, NoteId, OptionId, PageRoute};
use crate::render::prose::Place;

/// Lists of fewer addresses are repeated: shorter to read than a way to them.
const LONG_LIST: usize = 5;

/// Where on a page something is written out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spot {
    /// Above the tables.
    Top,
    /// In a row.
    Row(FlowId),
    /// At an option.
    Option(OptionId),
}

/// What has been written out on a page so far.
#[derive(Default)]
pub(super) struct Said {
    rows: BTreeSet<FlowId>,
    notes: BTreeMap<NoteId, Spot>,
    /// By end and addresses. What two lists share but for their conditions tells them apart.
    lists: BTreeMap<(End, String), Vec<(Hosts, FlowId)>>,
}

/// Whose addresses a list holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum End {
    To,
    From,
}

/// What a row need not write out, since its page has: most rows repeat nothing.
#[derive(Default)]
pub(super) struct Repeated {
    /// Whether the row itself stands above: what runs between two parts of one machine goes in and out.
    pub(super) row: bool,
    pub(super) notes: BTreeMap<NoteId, Spot>,
    /// The row that has the same addresses of its destination.
    pub(super) hosts: Option<FlowId>,
    /// The same for its source.
    pub(super) from_hosts: Option<FlowId>,
}

impl Repeated {
    pub(super) fn is_nothing(&self) -> bool {
        !self.row && self.notes.is_empty() && self.hosts.is_none() && self.from_hosts.is_none()
    }
}

impl Said {
    /// Where a note is written out already; if nowhere, it now is at this place.
    pub(super) fn note(&mut self, note: NoteId, spot: Spot) -> Option<Spot> {
        let known = self.notes.get(&note).copied();
        self.notes.entry(note).or_insert(spot);
        known
    }

    /// What a row repeats; what it says first is from now on said.
    pub(super) fn row(&mut self, model: &Model, shown: &ShownFlow) -> Repeated {
        let flow = shown.flow();
        let row = !self.rows.insert(flow);
        let repeats = |note: NoteId| Some((note, self.note(note, Spot::Row(flow))?));
        let notes = shown.notes(model).into_iter().filter_map(repeats).collect();
        let hosts = shown.hosts(model).and_then(|hosts| self.list(End::To, &hosts, flow));
        let from_hosts = shown.from_hosts(model).and_then(|hosts| self.list(End::From, &hosts, flow));
        Repeated { row, notes, hosts, from_hosts }
    }

    fn list(&mut self, end: End, hosts: &Hosts, flow: FlowId) -> Option<FlowId> {
        if hosts.list.len() < LONG_LIST || !has_something_to_say(hosts) {
            return None;
        }
        let texts: Vec<_> = hosts.list.iter().map(|address| address.text.as_str()).collect();
        let known = self.lists.entry((end, texts.join("\n"))).or_default();
        let is_same = |other: &Hosts| {
            let conditions = |hosts: &Hosts| hosts.list.iter().map(|address| address.when.clone()).collect::<Vec<_>>();
            other.source == hosts.source && conditions(other) == conditions(hosts)
        };
        if let Some((_, first)) = known.iter().find(|(other, _)| is_same(other)) {
            return Some(*first);
        }
        known.push((hosts.clone(), flow));
        None
    }
}

impl Place<'_> {
    /// A link to the row of a page that has the same addresses.
    pub(super) fn hosts_elsewhere(self, page: PageRoute, flow: FlowId) -> Link {
        let text = say(self, "hosts-as-in", [("row", &self.voice.flow_name(flow))]);
        Link { text, href: self.hrefs.to(self.locale, page.at(Anchored::Flow(flow))), ..Link::default() }
    }
}
