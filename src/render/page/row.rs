//! A flow as a row of a table in a browser: what stands in its line, and what opens behind it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::footnotes::{NoteRef, is_footnote};
use super::grid::Addresses;
use super::note::NoteView;
use super::outline::{Entry, Side};
use super::shown::is_worth_saying;
use super::taken::joint;
use super::{Link, word};
use crate::l10n::args;
use crate::model::{Anchored, Line, NoteId, PageRoute, Reached, Who};
use crate::render::marks::{MarkView, RowMark, marks};
use crate::render::prose::{Place, TextView};
use crate::value::{NoteKind, Port, Traffic};

/// What a row says, wherever it stands.
#[derive(Serialize)]
pub(super) struct Row {
    /// Absent where the page has the row above: an anchor leads to one place.
    anchor: Option<String>,
    /// Other anchors that lead here.
    former_anchors: Vec<String>,
    permalink: String,
    /// The end that its table is about, which has no column.
    side: Option<&'static str>,
    from: Vec<Link>,
    to: Vec<Link>,
    ports: Vec<PortGroup>,
    /// What parts ports: all of them are needed, or one.
    joint: String,
    /// The ports as numbers: `443 11000-11999`.
    numbers: String,
    purpose: Option<TextView>,
    condition: Option<String>,
    /// What must be seen before the row is opened.
    tags: Vec<MarkView>,
    /// Kind of proxy, or that nothing is stated: what is not said would be read as "no".
    proxy: String,
    hosts: Addresses,
    /// `None` where the source says nothing of it, which is the rule.
    from_hosts: Option<Addresses>,
    /// The lines in full, where they say more than the ports.
    lines: Vec<String>,
    marks: Vec<MarkView>,
    cautions: Vec<NoteView>,
    notes: Vec<NoteRef>,
    /// The rows of its sources, in words.
    cited: Vec<Link>,
    /// Whether this is less than what the product's row says.
    is_short: bool,
}

/// Ports over one transport.
#[derive(Serialize)]
struct PortGroup {
    ports: Vec<PortLink>,
    carrier: String,
}

#[derive(Serialize)]
struct PortLink {
    text: String,
    href: Option<String>,
    /// When it is this port, where that hangs on a choice.
    condition: Option<String>,
}

impl Place<'_> {
    /// The row of a flow on a page.
    pub(super) fn row(self, page: PageRoute, entry: &Entry, side: Option<Side>) -> Row {
        let Entry { shown, near, repeated } = entry;
        let model = &self.site.model;
        let id = shown.flow();
        let flow = &model[id];
        let anchored = Anchored::Flow(id);
        let lines: Vec<_> = shown.lines(model).into_iter().map(|(line, _)| line).collect();
        let is_caution = |note: &NoteId| model[*note].kind == NoteKind::Caution;
        let (cautions, notes): (Vec<_>, Vec<_>) = shown.notes(model).into_iter().partition(is_caution);
        let is_short = matches!(page, PageRoute::Component(_));
        // What is said of a component holds for its rows; what hangs on a choice stands below them.
        let parties: Vec<_> =
            [shown.from(model), shown.to(model)].into_iter().flat_map(Who::parties).copied().collect();
        let of_parties = model.notes_about(flow.product, &parties).into_iter();
        let of_parties = of_parties.filter(|note| model[*note].when.is_always());
        let notes: Vec<_> = notes.into_iter().chain(of_parties).collect::<BTreeSet<_>>().into_iter().collect();
        // A number, whose text stands on the product's page, and an anchor, which leads to one place.
        let is_first = |note: NoteId| !repeated.notes.contains_key(&note) && !is_footnote(model, note);
        let caution = |note: NoteId| self.caution(page, note, !is_short && is_first(note));
        let alternatives = shown.alternatives(model);
        let marks = marks(model, id, &alternatives, &[]).into_iter();
        let marks = marks.filter(|mark| !matches!(mark, RowMark::Proxy(_)));
        let (tags, mut marks): (Vec<_>, Vec<_>) = marks.partition(|mark| mark.is_urgent());
        let view = |mark: RowMark<'_>| self.mark(mark);
        let tag = |mark: &RowMark<'_>| {
            let view = self.mark(*mark);
            match mark.short_words() {
                Some(short) => MarkView { text: word(self, short), ..view },
                None => view,
            }
        };
        // What a short word can't tell: which connections another way asks for, and where they stand.
        let is_alternative = |mark: &RowMark<'_>| matches!(mark, RowMark::Alternative(..));
        marks.splice(0..0, tags.iter().copied().filter(is_alternative));
        Row {
            anchor: (!repeated.row).then(|| self.hrefs.anchor(page, anchored)),
            former_anchors: self.other_anchors(page, entry, is_short),
            permalink: self.hrefs.to(self.locale, model.link_to(anchored)),
            side: side.map(Side::as_str),
            from: self.ends(near.from, shown.from(model)),
            to: self.ends(near.to, shown.to(model)),
            ports: self.port_groups(&lines),
            joint: joint(self, flow.need),
            numbers: lines.iter().map(|line| numbers(line)).collect::<Vec<_>>().join(" "),
            purpose: flow.purpose.map(|purpose| self.text(purpose)),
            condition: self.voice.condition(&flow.when),
            tags: tags.iter().map(tag).collect(),
            proxy: self.proxy(flow.proxy),
            hosts: self.addresses(shown.hosts(model).as_deref()),
            from_hosts: is_worth_saying(&flow.from).then(|| self.addresses(shown.from_hosts(model).as_deref())),
            lines: self.full_lines(&lines),
            marks: marks.into_iter().map(view).collect(),
            cautions: cautions.into_iter().map(caution).collect(),
            notes: if is_short { Vec::new() } else { self.note_refs(page, flow.product, &notes) },
            cited: if is_short { Vec::new() } else { self.cited(id) },
            is_short,
        }
    }

    /// Old anchors of a row, and where it has no footnotes those of its notes, which lead to the row instead.
    fn other_anchors(self, page: PageRoute, Entry { shown, repeated, .. }: &Entry, is_short: bool) -> Vec<String> {
        let model = &self.site.model;
        let mut anchors =
            if repeated.row { Vec::new() } else { self.hrefs.former_anchors(page, Anchored::Flow(shown.flow())) };
        let notes = shown.notes(model).into_iter().filter(|note| is_short && !repeated.notes.contains_key(note));
        for note in notes {
            anchors.push(model.anchor(page, Anchored::Note(note)));
            anchors.extend(model.former_anchors(page, Anchored::Note(note)));
        }
        anchors
    }

    /// Ports that follow each other over the same transport.
    fn port_groups(self, lines: &[&Line]) -> Vec<PortGroup> {
        let mut groups: Vec<PortGroup> = Vec::new();
        for line in lines {
            let carrier = match line.traffic {
                Traffic::Ports { over, .. } => self.voice.over(over),
                Traffic::Bare(_) => String::new(),
            };
            let port = PortLink {
                text: self.voice.traffic(line.traffic),
                href: self.reached_href(line.reached()),
                condition: self.voice.condition(&line.when),
            };
            match groups.last_mut() {
                Some(last) if last.carrier == carrier => last.ports.push(port),
                _ => groups.push(PortGroup { ports: vec![port], carrier }),
            }
        }
        groups
    }

    fn full_lines(self, lines: &[&Line]) -> Vec<String> {
        let says_more = |line: &&&Line| !line.services.is_empty() || matches!(line.traffic, Traffic::Bare(_));
        let in_full = |line: &&Line| {
            let (port, protocol) = (self.voice.traffic(line.traffic), self.voice.protocol(line));
            self.voice.say("port-line", &args([("port", &*port), ("protocol", &protocol)]))
        };
        lines.iter().filter(says_more).map(in_full).collect()
    }
}

/// A port as a firewall writes it; what is no number by its word.
fn numbers(line: &Line) -> String {
    match line.reached() {
        Reached::Port(Port::Any) => "any".to_owned(),
        Reached::Port(port) => match port.numbers() {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first}-{last}"),
            None => "-".to_owned(),
        },
        Reached::Protocol(protocol) => protocol.to_string(),
    }
}
