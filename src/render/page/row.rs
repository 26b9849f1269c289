//! A flow as a row of a table: everything a firewall administrator must know about a connection.

use serde::Serialize;

use super::{Link, link_to};
use crate::model::{Address, ComponentId, FlowId, Hosts, HostsKind, NoteId, PageRoute};
use crate::parse::product::{Configurable, Inferred, Need, NoteKind, Proxy, Scope};
use crate::render::prose::{Place, TextView};
use crate::site::Join;

/// One row.
#[derive(Serialize)]
pub(super) struct Row {
    anchor: String,
    /// Whether this page is where links to the flow lead.
    permalink: String,
    /// Ids under which links may still name it.
    former_anchors: Vec<String>,
    from: Vec<Link>,
    to: Vec<Link>,
    lines: Vec<LineView>,
    is_one_enough: bool,
    conditions: Vec<String>,
    hosts: HostsView,
    /// `None` where the source says nothing of it, which is the rule.
    from_hosts: Option<HostsView>,
    marks: Vec<Mark>,
    purpose: TextView,
    notes: Vec<NoteView>,
}

#[derive(Serialize)]
struct LineView {
    port: String,
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
    conditions: Vec<String>,
    addresses: Vec<String>,
}

#[derive(Serialize)]
struct Mark {
    kind: &'static str,
    text: String,
}

/// A note, or a link to it.
#[derive(Serialize)]
pub(super) struct NoteView {
    pub(super) anchor: String,
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) conditions: Vec<String>,
    pub(super) text: TextView,
}

impl Place<'_> {
    /// The row of a flow on a page.
    pub(super) fn row(self, page: PageRoute, id: FlowId) -> Row {
        let Place { site, locale, .. } = self;
        let flow = &site.model[id];
        let (home, anchor) = site.model.place_of_flow(id);
        let lines = flow
            .lines
            .iter()
            .map(|line| LineView { port: site.port(line.port, locale), protocol: site.protocol(line, locale) });
        Row {
            anchor: site.model.row_anchor(page, id).as_str().to_owned(),
            permalink: self.hrefs.page(locale, home, Some(&anchor)),
            former_anchors: if page == home { flow.former_ids.clone() } else { Vec::new() },
            from: self.ends(&flow.from),
            to: self.ends(&flow.to),
            lines: lines.collect(),
            is_one_enough: flow.need == Need::One,
            conditions: site.condition(&flow.when, locale),
            hosts: self.hosts(&flow.hosts),
            from_hosts: has_something_to_say(&flow.from_hosts).then(|| self.hosts(&flow.from_hosts)),
            marks: self.marks(id),
            purpose: self.text(flow.purpose),
            notes: site.model.notes_on_flow(id).map(|note| self.note(note)).collect(),
        }
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
            if let Some((_, group)) = groups.iter_mut().find(|(first, _)| first.when == address.when) {
                group.addresses.push(address.text.clone());
            } else {
                let conditions = self.site.condition(&address.when, self.locale);
                groups.push((address, HostGroup { conditions, addresses: vec![address.text.clone()] }));
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn marks(self, id: FlowId) -> Vec<Mark> {
        let flow = &self.site.model[id];
        let word = |kind, id: &str| Mark { kind, text: self.site.catalogs.word(self.locale, id) };
        let mut marks = Vec::new();
        match flow.scope {
            Scope::Network => {}
            Scope::Internal => marks.push(word("scope", "scope-internal")),
            Scope::Loopback => marks.push(word("scope", "scope-loopback")),
        }
        marks.extend(flow.configurable.map(|configurable| {
            word(
                "configurable",
                match configurable {
                    Configurable::Changeable => "configurable-changeable",
                    Configurable::Fixed => "configurable-fixed",
                    Configurable::InOs => "configurable-in-os",
                    Configurable::InUrl => "configurable-in-url",
                },
            )
        }));
        marks.extend(flow.proxy.map(|proxy| {
            word(
                "proxy",
                match proxy {
                    Proxy::Allowed => "proxy-allowed",
                    Proxy::Http => "proxy-http",
                    Proxy::Socks => "proxy-socks",
                    Proxy::HttpAndSocks => "proxy-http-socks",
                    Proxy::None => "proxy-none",
                    Proxy::InOs => "proxy-in-os",
                },
            )
        }));
        if !flow.inferred.is_empty() {
            marks.push(Mark { kind: "inferred", text: self.inferred(&flow.inferred) });
        }
        marks
    }

    fn inferred(self, fields: &[Inferred]) -> String {
        let words = fields.iter().map(|field| {
            self.site.catalogs.word(
                self.locale,
                match field {
                    Inferred::From => "inferred-from",
                    Inferred::To => "inferred-to",
                    Inferred::Transport => "inferred-transport",
                    Inferred::Service => "inferred-service",
                    Inferred::Hosts => "inferred-hosts",
                    Inferred::HostsWhen => "inferred-hosts-when",
                    Inferred::When => "inferred-when",
                },
            )
        });
        let fields = self.site.list(&words.collect::<Vec<_>>(), Join::And, self.locale);
        self.site.catalogs.say(self.locale, "inferred", &crate::l10n::args([("fields", &fields)]))
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
            anchor: format!("note-{}", note.id),
            kind,
            label: self.site.catalogs.word(self.locale, label),
            conditions: self.site.condition(&note.when, self.locale),
            text: self.text(note.text),
        }
    }
}

/// Nobody asks where the reader's own machine connects from, nor repeats that nothing is known.
fn has_something_to_say(hosts: &Hosts) -> bool {
    matches!(hosts.kind, HostsKind::Any | HostsKind::See | HostsKind::List | HostsKind::Unpublished)
}
