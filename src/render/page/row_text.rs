//! A flow as a text: everything a firewall administrator must know about a connection, line by line.

use std::borrow::Cow;

use serde::Serialize;

use super::Link;
use super::hosts::{HostLink, by_condition, folded};
use super::line::LineView;
use super::note::NoteView;
use super::outline::Entry;
use super::shown::{ShownFlow, is_worth_saying};
use crate::model::{Address, Anchored, FlowId, Hosts, PageRoute};
use crate::render::marks::{MarkView, RowMark, marks};
use crate::render::prose::{Place, TextView};

/// What a row says, wherever it stands.
#[derive(Serialize)]
pub(super) struct RowText {
    permalink: String,
    /// The connection in one phrase.
    name: String,
    from: Vec<Link>,
    to: Vec<Link>,
    lines: Vec<LineView>,
    condition: Option<String>,
    hosts: HostsView,
    /// `None` where the source says nothing of it, which is the rule.
    from_hosts: Option<HostsView>,
    /// Cautions are missing: they stand among the notes.
    marks: Vec<MarkView>,
    /// Kind of proxy, or that nothing is stated: what is not said would be read as "no".
    proxy: String,
    purpose: Option<TextView>,
    notes: Vec<NoteView>,
    /// The rows of its sources, in words.
    cited: Vec<Link>,
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
    pub(super) fn row_text(self, page: PageRoute, Entry { shown, near, repeated }: &Entry) -> RowText {
        let Place { site, locale, .. } = self;
        let model = &site.model;
        let id = shown.flow();
        let flow = &model[id];
        let anchored = Anchored::Flow(id);
        let lines: Vec<_> = shown.lines(model).into_iter().map(|(line, _)| line).collect();
        RowText {
            permalink: self.hrefs.to(locale, model.link_to(anchored)),
            name: self.voice.flow_name_of(id, (shown.from(model), shown.to(model)), &lines),
            proxy: self.proxy(flow.proxy),
            from: self.ends(near.from, shown.from(model)),
            to: self.ends(near.to, shown.to(model)),
            lines: self.lines(lines),
            condition: self.voice.condition(&flow.when),
            hosts: self.hosts_once(page, shown.hosts(model), repeated.hosts),
            from_hosts: is_worth_saying(&flow.from)
                .then(|| self.hosts_once(page, shown.from_hosts(model), repeated.from_hosts)),
            marks: self.row_marks(shown),
            purpose: flow.purpose.map(|purpose| self.text(purpose)),
            notes: shown
                .notes(model)
                .into_iter()
                .map(|note| self.note_once(page, note, repeated.notes.get(&note).copied()))
                .collect(),
            cited: self.cited(id),
        }
    }

    /// The addresses of an end, or the way to the row that has the same ones.
    fn hosts_once(self, page: PageRoute, hosts: Option<Cow<'_, Hosts>>, same: Option<FlowId>) -> HostsView {
        let nothing = HostsView { word: None, source: None, groups: Vec::new(), same: None };
        match (hosts, same) {
            (None, _) => {
                let word = self.voice.word("hosts-none-for-choice");
                HostsView { word: Some(word), ..nothing }
            }
            (_, Some(row)) => HostsView { same: Some(self.hosts_elsewhere(page, row)), ..nothing },
            (Some(hosts), None) => self.hosts(&hosts),
        }
    }

    /// The marks of a row, which shows its cautions as notes; what a selection takes away is gone.
    fn row_marks(self, shown: &ShownFlow) -> Vec<MarkView> {
        let model = &self.site.model;
        let alternatives = shown.alternatives(model);
        let marks = marks(model, shown.flow(), &alternatives, &[]).into_iter();
        marks.filter(|mark| !matches!(mark, RowMark::Proxy(_))).map(|mark| self.mark(mark)).collect()
    }

    fn hosts(self, hosts: &Hosts) -> HostsView {
        let source = hosts.source.map(|id| Link {
            text: self.voice.name(self.site.model[id].title).to_owned(),
            href: self.hrefs.to(self.locale, self.site.model.link_to(Anchored::Source(id))),
            ..Link::default()
        });
        HostsView { word: self.hosts_word(hosts.kind), source, groups: self.host_groups(&hosts.list), same: None }
    }

    fn host_groups(self, list: &[Address]) -> Vec<HostGroup> {
        let group = |addresses: Vec<(usize, &Address)>| {
            let link = |(_, address): &(usize, &Address)| {
                let href = self.hrefs.to(self.locale, self.site.model.link_to_address(address));
                Link { text: self.voice.address(&address.text), href, ..Link::default() }
            };
            let links: Vec<_> = addresses.iter().map(link).collect();
            let texts = addresses.iter().map(|(_, address)| address.text.as_str());
            let hosts = folded(self, texts.zip(links.iter().map(|link| link.href.clone())));
            HostGroup { condition: self.voice.condition(&addresses[0].1.when), addresses: links, hosts }
        };
        by_condition(list).into_iter().map(group).collect()
    }
}
