//! A flow as a row of a table: everything a firewall administrator must know about a connection.

use std::borrow::Cow;

use serde::Serialize;

use super::hosts::{HostLink, folded};
use super::note::NoteView;
use super::said::Repeated;
use super::{Link, link_to, say};
use crate::model::{
    Address, ComponentId, FlowId, Hosts, HostsKind, Model, NoteId, PageRoute, PortRange, SelectedFlow, SelectedHosts,
};
use crate::render::marks::{MarkView, marks};
use crate::render::prose::{Form, Place, TextView};
use crate::site::Join;
use crate::value::Port;

/// What a row says, wherever it stands.
#[derive(Serialize)]
pub(super) struct Row {
    anchor: String,
    permalink: String,
    /// The connection in its words, which only Markdown says in one.
    name: Option<String>,
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
    /// As one of its openers needs it, which has no other connection to use instead.
    Sole(FlowId),
    /// As a selection needs it: only its parties, only its addresses.
    Part(SelectedFlow),
}

impl Shown {
    /// On the page of a component.
    pub(super) fn of_component(model: &Model, flow: FlowId, component: ComponentId) -> Self {
        if model.needs_this_one(flow, component) { Self::Sole(flow) } else { Self::Whole(flow) }
    }

    /// Most flows lose nothing to a selection and are the same as everywhere.
    pub(super) fn of_selection(model: &Model, selected: SelectedFlow) -> Self {
        let flow = &model[selected.flow];
        let is_whole = selected.from == flow.from
            && selected.to == flow.to
            && selected.hosts.list.len() == flow.hosts.list.len()
            && selected.from_hosts.list.len() == flow.from_hosts.list.len()
            && selected.notes.len() == model.notes_on_flow(selected.flow).count()
            && selected.has_alternative == model.has_alternative(selected.flow, |id| &model[id].from);
        if is_whole { Self::Whole(selected.flow) } else { Self::Part(selected) }
    }

    pub(super) fn flow(&self) -> FlowId {
        match self {
            Self::Whole(flow) | Self::Sole(flow) => *flow,
            Self::Part(selected) => selected.flow,
        }
    }

    pub(super) fn from<'m>(&'m self, model: &'m Model) -> &'m [ComponentId] {
        match self {
            Self::Whole(flow) | Self::Sole(flow) => &model[*flow].from,
            Self::Part(selected) => &selected.from,
        }
    }

    pub(super) fn to<'m>(&'m self, model: &'m Model) -> &'m [ComponentId] {
        match self {
            Self::Whole(flow) | Self::Sole(flow) => &model[*flow].to,
            Self::Part(selected) => &selected.to,
        }
    }

    /// Where `to` is reached; `None`: the choices of the selection leave no address.
    pub(super) fn hosts<'m>(&'m self, model: &'m Model) -> Option<Cow<'m, Hosts>> {
        let hosts = &model[self.flow()].hosts;
        let Self::Part(selected) = self else { return Some(Cow::Borrowed(hosts)) };
        left_of(hosts, &selected.hosts)
    }

    /// Where `from` connects from, likewise.
    #[expect(clippy::wrong_self_convention, reason = "it is the key's name, no conversion")]
    pub(super) fn from_hosts<'m>(&'m self, model: &'m Model) -> Option<Cow<'m, Hosts>> {
        let hosts = &model[self.flow()].from_hosts;
        let Self::Part(selected) = self else { return Some(Cow::Borrowed(hosts)) };
        left_of(hosts, &selected.from_hosts)
    }

    /// The notes on it.
    pub(super) fn notes(&self, model: &Model) -> Vec<NoteId> {
        match self {
            Self::Whole(flow) | Self::Sole(flow) => model.notes_on_flow(*flow).collect(),
            Self::Part(selected) => selected.notes.clone(),
        }
    }

    /// Whether one of its openers may use another connection in its place.
    fn has_alternative(&self, model: &Model) -> bool {
        match self {
            Self::Whole(flow) => model.has_alternative(*flow, |id| &model[id].from),
            Self::Sole(_) => false,
            Self::Part(selected) => selected.has_alternative,
        }
    }
}

fn left_of<'m>(hosts: &Hosts, selected: &SelectedHosts) -> Option<Cow<'m, Hosts>> {
    let list: Vec<_> = selected.list.iter().map(|(address, _)| address.clone()).collect();
    let is_some_left = !list.is_empty() || hosts.list.is_empty();
    is_some_left.then_some(Cow::Owned(Hosts { kind: hosts.kind, list, source: hosts.source }))
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
    /// The row of the page that lists the same addresses, in place of these.
    same: Option<Link>,
}

#[derive(Serialize)]
struct HostGroup {
    condition: Option<String>,
    /// As published.
    addresses: Vec<Link>,
    /// The same with the paths behind their hosts, which is all that a firewall knows.
    hosts: Vec<HostLink>,
}

impl Place<'_> {
    /// The row of a flow on a page that has said already what it repeats.
    pub(super) fn row(self, page: PageRoute, shown: &Shown, repeated: &Repeated) -> Row {
        let Place { site, locale, .. } = self;
        let model = &site.model;
        let id = shown.flow();
        let flow = &model[id];
        let (home, anchor) = model.place_of_flow(id);
        let note = |note| match repeated.notes.get(&note) {
            None => self.note_in_full(page, note),
            Some(spot) => self.note_elsewhere(page, note, *spot),
        };
        Row {
            anchor: model.row_anchor(page, id).as_str().to_owned(),
            permalink: self.hrefs.page(locale, home, Some(&anchor)),
            name: (self.form == Form::Markdown)
                .then(|| site.flow_name_between(id, (shown.from(model), shown.to(model)), locale)),
            former_anchors: model.former_row_anchors(page, id),
            from: self.ends(shown.from(model)),
            to: self.ends(shown.to(model)),
            lines: self.lines(id),
            condition: site.condition(&flow.when, locale),
            hosts: self.hosts_once(page, shown.hosts(model), repeated.hosts),
            from_hosts: has_something_to_say(&flow.from_hosts)
                .then(|| self.hosts_once(page, shown.from_hosts(model), repeated.from_hosts)),
            marks: self.row_marks(shown),
            purpose: flow.purpose.map(|purpose| self.text(purpose)),
            notes: shown.notes(model).into_iter().map(note).collect(),
            cited: self.cited(id),
        }
    }

    /// The addresses of an end, or the way to the row that has the same ones.
    fn hosts_once(self, page: PageRoute, hosts: Option<Cow<'_, Hosts>>, same: Option<FlowId>) -> HostsView {
        let nothing = HostsView { word: None, source: None, groups: Vec::new(), same: None };
        match (hosts, same) {
            (None, _) => {
                let word = self.site.catalogs.word(self.locale, "hosts-none-for-choice");
                HostsView { word: Some(word), ..nothing }
            }
            (_, Some(row)) => HostsView { same: Some(self.hosts_elsewhere(page, row)), ..nothing },
            (Some(hosts), None) => self.hosts(&hosts),
        }
    }

    /// The marks of a row, which shows its cautions as notes; what a selection takes away is gone.
    fn row_marks(self, shown: &Shown) -> Vec<MarkView> {
        let model = &self.site.model;
        let marks = marks(model, shown.flow(), shown.has_alternative(model), &[]).into_iter();
        marks.map(|mark| self.mark(mark)).collect()
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
            ..Link::default()
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
                ..Link::default()
            }
        });
        HostsView { word, source, groups: self.host_groups(&hosts.list), same: None }
    }

    /// Addresses under one condition stand together.
    fn host_groups(self, list: &[Address]) -> Vec<HostGroup> {
        let mut groups: Vec<(&Address, HostGroup)> = Vec::new();
        for address in list {
            let (page, anchor) = self.site.model.place_of_address(address);
            let text = self.site.address(&address.text, self.locale);
            let href = self.hrefs.page(self.locale, page, Some(&anchor));
            let link = Link { text, href, ..Link::default() };
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
}

/// Nobody asks where the reader's own machine connects from, nor repeats that nothing is known.
pub(super) fn has_something_to_say(hosts: &Hosts) -> bool {
    matches!(hosts.kind, HostsKind::Any | HostsKind::See | HostsKind::List | HostsKind::Unpublished)
}
