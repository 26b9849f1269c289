//! A flow as a row of a table: everything a firewall administrator must know about a connection.

use std::borrow::Cow;

use serde::Serialize;

use super::hosts::{HostLink, folded};
use super::{Link, link_to, say};
use crate::model::{
    Address, ComponentId, FlowId, Hosts, HostsKind, Model, NoteId, NoteTarget, PageRoute, PortRange, SelectedFlow,
};
use crate::parse::port::Port;
use crate::parse::product::NoteKind;
use crate::render::marks::{Mark, MarkView, marks_of};
use crate::render::prose::{Place, TextView};
use crate::site::Join;

/// What a row says, wherever it stands.
#[derive(Serialize)]
pub(super) struct Row {
    anchor: String,
    permalink: String,
    /// Other anchors that lead here.
    former_anchors: Vec<String>,
    from: Vec<Link>,
    to: Vec<Link>,
    lines: Vec<LineView>,
    condition: Option<String>,
    hosts: HostsView,
    /// `None` where the source says nothing of it, which is the rule.
    from_hosts: Option<HostsView>,
    /// Cautions are missing: they stand among the notes.
    marks: Vec<MarkView>,
    purpose: Option<TextView>,
    notes: Vec<NoteView>,
    /// The rows of the source, in words.
    cited: Option<Link>,
}

/// A flow as a page shows it.
pub(super) enum Shown {
    /// With everything the source says.
    Whole(FlowId),
    /// As a selection needs it: only its parties, only its addresses.
    Part(SelectedFlow),
}

impl Shown {
    /// Most flows lose nothing to a selection and are the same as everywhere.
    pub(super) fn of_selection(model: &Model, selected: SelectedFlow) -> Self {
        let flow = &model[selected.flow];
        let is_whole =
            selected.from == flow.from && selected.to == flow.to && selected.hosts.len() == flow.hosts.list.len();
        if is_whole { Self::Whole(selected.flow) } else { Self::Part(selected) }
    }

    pub(super) fn flow(&self) -> FlowId {
        match self {
            Self::Whole(flow) => *flow,
            Self::Part(selected) => selected.flow,
        }
    }

    pub(super) fn from<'m>(&'m self, model: &'m Model) -> &'m [ComponentId] {
        match self {
            Self::Whole(flow) => &model[*flow].from,
            Self::Part(selected) => &selected.from,
        }
    }

    pub(super) fn to<'m>(&'m self, model: &'m Model) -> &'m [ComponentId] {
        match self {
            Self::Whole(flow) => &model[*flow].to,
            Self::Part(selected) => &selected.to,
        }
    }

    /// Where `to` is reached; `None`: the choices of the selection leave no address.
    pub(super) fn hosts<'m>(&'m self, model: &'m Model) -> Option<Cow<'m, Hosts>> {
        let hosts = &model[self.flow()].hosts;
        let Self::Part(selected) = self else { return Some(Cow::Borrowed(hosts)) };
        let list: Vec<_> = selected.hosts.iter().map(|(address, _)| address.clone()).collect();
        let is_some_left = !list.is_empty() || hosts.list.is_empty();
        is_some_left.then_some(Cow::Owned(Hosts { kind: hosts.kind, list, source: hosts.source }))
    }
}

/// A line of `ports:`.
#[derive(Serialize)]
pub(super) struct LineView {
    port: String,
    /// The page of the port, where it has one.
    href: Option<String>,
    protocol: String,
}

#[derive(Serialize)]
struct HostsView {
    word: Option<String>,
    source: Option<Link>,
    groups: Vec<HostGroup>,
}

#[derive(Serialize)]
struct HostGroup {
    condition: Option<String>,
    /// As published.
    addresses: Vec<Link>,
    /// The same with the paths behind their hosts, which is all that a firewall knows.
    hosts: Vec<HostLink>,
}

/// A note, or a link to it.
#[derive(Serialize)]
pub(super) struct NoteView {
    pub(super) anchor: Option<String>,
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) condition: Option<String>,
    pub(super) text: TextView,
}

impl Place<'_> {
    /// The row of a flow on a page.
    pub(super) fn row(self, page: PageRoute, shown: &Shown) -> Row {
        let Place { site, locale, .. } = self;
        let model = &site.model;
        let id = shown.flow();
        let flow = &model[id];
        let (home, anchor) = model.place_of_flow(id);
        Row {
            anchor: model.row_anchor(page, id).as_str().to_owned(),
            permalink: self.hrefs.page(locale, home, Some(&anchor)),
            former_anchors: if page == home { model.former_anchors(id) } else { Vec::new() },
            from: self.ends(shown.from(model)),
            to: self.ends(shown.to(model)),
            lines: self.lines(id),
            condition: site.condition(&flow.when, locale),
            hosts: shown.hosts(model).map_or_else(|| self.no_hosts(), |hosts| self.hosts(&hosts)),
            from_hosts: has_something_to_say(&flow.from_hosts).then(|| self.hosts(&flow.from_hosts)),
            marks: self.row_marks(id),
            purpose: flow.purpose.map(|purpose| self.text(purpose)),
            notes: model.notes_on_flow(id).map(|note| self.note(note)).collect(),
            cited: self.cited(id),
        }
    }

    fn no_hosts(self) -> HostsView {
        let word = self.site.catalogs.word(self.locale, "hosts-none-for-choice");
        HostsView { word: Some(word), source: None, groups: Vec::new() }
    }

    /// The marks of a row, which shows its cautions as notes.
    fn row_marks(self, id: FlowId) -> Vec<MarkView> {
        let marks = marks_of(&self.site.model, id).into_iter();
        marks.filter(|mark| !matches!(mark, Mark::Caution(_))).map(|mark| self.mark(mark)).collect()
    }

    /// All marks of a flow, where its notes don't stand.
    pub(super) fn marks(self, id: FlowId) -> Vec<MarkView> {
        marks_of(&self.site.model, id).into_iter().map(|mark| self.mark(mark)).collect()
    }

    /// The lines of `ports:`.
    pub(super) fn lines(self, id: FlowId) -> Vec<LineView> {
        let lines = self.site.model[id].lines.iter();
        let view = |line: &crate::model::Line| LineView {
            port: self.site.port(line.port, self.locale),
            href: self.port_href(line.port),
            protocol: self.site.protocol(line, self.locale),
        };
        lines.map(view).collect()
    }

    /// The page of a port or range.
    pub(super) fn port_href(self, port: Port) -> Option<String> {
        Some(self.hrefs.page(self.locale, PageRoute::Port(PortRange::of(port)?), None))
    }

    fn cited(self, id: FlowId) -> Option<Link> {
        let flow = &self.site.model[id];
        let source = flow.source.filter(|_| !flow.rows.is_empty())?;
        let rows: Vec<_> = flow.rows.iter().map(u32::to_string).collect();
        let rows = self.site.list(&rows, Join::And, self.locale);
        let message = if flow.rows.len() == 1 { "row-cited" } else { "rows-cited" };
        let (page, anchor) = self.site.model.place_of_source(source);
        Some(Link {
            text: say(self, message, [("rows", &rows)]),
            href: self.hrefs.page(self.locale, page, Some(&anchor)),
        })
    }

    fn ends(self, ends: &[ComponentId]) -> Vec<Link> {
        ends.iter()
            .map(|end| link_to(self, self.site.component_name(*end, self.locale), PageRoute::Component(*end)))
            .collect()
    }

    fn hosts(self, hosts: &Hosts) -> HostsView {
        let word = |id: &str| Some(self.site.catalogs.word(self.locale, id));
        let word = match hosts.kind {
            HostsKind::Own => word("hosts-own"),
            HostsKind::Any => word("hosts-any"),
            HostsKind::Unpublished => word("hosts-unpublished"),
            HostsKind::Unknown => word("hosts-unknown"),
            HostsKind::See | HostsKind::List => None,
        };
        let source = hosts.source.map(|id| {
            let (page, anchor) = self.site.model.place_of_source(id);
            Link {
                text: self.site.name(self.site.model[id].title, self.locale).to_owned(),
                href: self.hrefs.page(self.locale, page, Some(&anchor)),
            }
        });
        HostsView { word, source, groups: self.host_groups(&hosts.list) }
    }

    /// Addresses under one condition stand together.
    fn host_groups(self, list: &[Address]) -> Vec<HostGroup> {
        let mut groups: Vec<(&Address, HostGroup)> = Vec::new();
        for address in list {
            let (page, anchor) = self.site.model.place_of_address(address);
            let text = self.site.address(&address.text, self.locale);
            let link = Link { text, href: self.hrefs.page(self.locale, page, Some(&anchor)) };
            if let Some((_, group)) = groups.iter_mut().find(|(first, _)| first.when == address.when) {
                group.addresses.push(link);
            } else {
                let condition = self.site.condition(&address.when, self.locale);
                groups.push((address, HostGroup { condition, addresses: vec![link], hosts: Vec::new() }));
            }
        }
        groups
            .into_iter()
            .map(|(first, group)| {
                let texts = list.iter().filter(|address| address.when == first.when).map(|one| one.text.as_str());
                let hrefs = group.addresses.iter().map(|link| link.href.clone());
                HostGroup { hosts: folded(self, texts.zip(hrefs)), ..group }
            })
            .collect()
    }

    /// A note on the page of its product, where it stands on `target` or on the whole product: the
    /// first of its places carries its anchor.
    pub(super) fn note_at(self, id: NoteId, target: Option<NoteTarget>) -> NoteView {
        let note = &self.site.model[id];
        let is_first = note.on.first().copied() == target;
        NoteView { anchor: is_first.then(|| format!("note-{}", note.id)), ..self.note(id) }
    }

    /// A note with its text.
    pub(super) fn note(self, id: NoteId) -> NoteView {
        let note = &self.site.model[id];
        let (kind, label) = match note.kind {
            NoteKind::Note => ("note", "note-note"),
            NoteKind::Tip => ("tip", "note-tip"),
            NoteKind::Caution => ("caution", "note-caution"),
        };
        NoteView {
            anchor: None,
            kind,
            label: self.site.catalogs.word(self.locale, label),
            condition: self.site.condition(&note.when, self.locale),
            text: self.text(note.text),
        }
    }
}

/// Nobody asks where the reader's own machine connects from, nor repeats that nothing is known.
pub(super) fn has_something_to_say(hosts: &Hosts) -> bool {
    matches!(hosts.kind, HostsKind::Any | HostsKind::See | HostsKind::List | HostsKind::Unpublished)
}
