//! The table of a page as CSV (RFC 4180), with a byte order mark, so that spreadsheets read it as
//! UTF-8. One record per port, transport and address, which is what a firewall takes. Columns have
//! the names of the data files in every language; texts are those of the reader.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;

use super::machine::Near;
use super::shown::{ShownFlow, is_worth_saying};
use super::{say, word};
use crate::l10n::Join;
use crate::model::{Address, Cite, Condition, FlowId, Hosts, HostsKind, Line, Model, Necessity, SelectedHosts};
use crate::render::marks::marks;
use crate::render::prose::Place;
use crate::value::words::{NEED, PROXY, SCOPE, word_of};
use crate::value::{Entry, Port};

/// The head. Spreadsheets and scripts find a column by its name: new ones come last.
pub(super) const COLUMNS: [&str; 20] = [
    "row",
    "from",
    "to",
    "protocol",
    "port_first",
    "port_last",
    "source_port_first",
    "source_port_last",
    "address",
    "condition",
    "state",
    "need",
    "scope",
    "marks",
    "proxy",
    "purpose",
    "source",
    "source_rows",
    "service",
    "from_address",
];

/// The byte order mark and the names of the columns.
pub(super) fn head(place: Place<'_>) -> Vec<u8> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    out.extend(written(place, [COLUMNS.map(str::to_owned)]));
    out
}

fn written(place: Place<'_>, records: impl IntoIterator<Item = [String; COLUMNS.len()]>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().delimiter(separator(place)).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        if let Err(error) = writer.write_record(record.map(inert)) {
            unreachable!("a record has as many fields as the head, and memory takes them: {error}");
        }
    }
    match writer.into_inner() {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("memory takes what is flushed: {error}"),
    }
}

/// Spreadsheets part columns by what their language does not use within numbers.
pub(super) fn separator(place: Place<'_>) -> u8 {
    match word(place, "csv-separator").as_bytes() {
        [one] if !one.is_ascii_alphanumeric() && !b"\"\r\n".contains(one) => *one,
        _ => b',',
    }
}

/// An address of one end as a record names it, and when it is used.
pub(super) struct End {
    pub(super) text: String,
    when: Condition,
    necessity: Necessity,
}

/// The records of one flow.
pub(super) fn records(place: Place<'_>, near: Near, shown: &ShownFlow) -> Vec<u8> {
    let flow = &place.site.model[shown.flow()];
    let necessity = shown.selected().map(|selected| selected.necessity);
    let shared = Shared::of(place, near, shown);
    let (hosts, from_hosts) = ends(place, shown);
    let mut records = Vec::new();
    for (line, of_line) in shown.lines(&place.site.model) {
        for entry in line.traffic.entries() {
            for (to, from) in hosts.iter().flat_map(|to| from_hosts.iter().map(move |from| (to, from))) {
                let when = flow.when.and(&line.when).and(&to.when).and(&from.when);
                let least = necessity.map(|own| own.min(of_line).min(to.necessity).min(from.necessity));
                let cells = Cells::of(place, (line, entry, flow.from_port(entry)), (to, from), &when);
                records.push(shared.record(cells, least));
            }
        }
    }
    written(place, records)
}

/// One record of a flow that nothing is left out of, as far as it is not the same in all of them.
#[derive(Serialize)]
pub(super) struct Record {
    /// Positions of the line, of the address of `to` and of that of `from`; -1: no address is left.
    at: (usize, isize, isize),
    cells: Cells,
}

/// All records of a flow that some selection may leave.
pub(super) fn all_records(place: Place<'_>, id: FlowId) -> Vec<Record> {
    let flow = &place.site.model[id];
    let hosts = numbered(place, &flow.to.hosts);
    let from_hosts = if is_worth_saying(&flow.from) { numbered(place, &flow.from.hosts) } else { vec![(0, silent())] };
    let mut records = Vec::new();
    for (at, line) in flow.lines.iter().enumerate() {
        for entry in line.traffic.entries() {
            for ((to_at, to), (from_at, from)) in
                hosts.iter().flat_map(|to| from_hosts.iter().map(move |from| (to, from)))
            {
                let when = flow.when.and(&line.when).and(&to.when).and(&from.when);
                let mut cells = Cells::of(place, (line, entry, flow.from_port(entry)), (to, from), &when);
                // A port that is no range ends where it begins.
                if cells.port_last == cells.port_first {
                    cells.port_last.clear();
                }
                records.push(Record { at: (at, *to_at, *from_at), cells });
            }
        }
    }
    records
}

/// The addresses of an end with their positions, and what is said if none of them is left.
fn numbered(place: Place<'_>, hosts: &Hosts) -> Vec<(isize, End)> {
    let mut ends: Vec<_> = (0..).zip(whole(place, hosts)).collect();
    if !hosts.list.is_empty() && hosts.list.iter().all(|address| !address.when.is_always()) {
        ends.extend(left_of(place, hosts, &[]).into_iter().map(|end| (-1, end)));
    }
    ends
}

/// Where nothing is to be said of an end.
fn silent() -> End {
    End { text: String::new(), when: Condition::always(), necessity: Necessity::Needed }
}

/// Where both ends are reached; an end of which nothing is to be said has one empty address.
pub(super) fn ends(place: Place<'_>, shown: &ShownFlow) -> (Vec<End>, Vec<End>) {
    let flow = &place.site.model[shown.flow()];
    let of = |hosts, left: Option<&SelectedHosts>| match left {
        None => whole(place, hosts),
        Some(selected) => left_of(place, hosts, &selected.list),
    };
    let selected = shown.selected();
    let from = if is_worth_saying(&flow.from) {
        of(&flow.from.hosts, selected.map(|selected| &selected.from_hosts))
    } else {
        vec![silent()]
    };
    (of(&flow.to.hosts, selected.map(|selected| &selected.hosts)), from)
}

fn whole(place: Place<'_>, hosts: &Hosts) -> Vec<End> {
    let list: Vec<_> = hosts.list.iter().map(|address| (address.clone(), Necessity::Needed)).collect();
    left_of(place, hosts, &list)
}

/// What a selection leaves of an end's addresses, or what is said where none are listed.
fn left_of(place: Place<'_>, hosts: &Hosts, list: &[(Address, Necessity)]) -> Vec<End> {
    let end = |(address, necessity): &(Address, Necessity)| End {
        text: place.voice.address(&address.text),
        when: address.when.clone(),
        necessity: *necessity,
    };
    if !list.is_empty() {
        return list.iter().map(end).collect();
    }
    let source = || hosts.source.map(|source| place.voice.name(place.site.model[source].title));
    let text = place.hosts_word(hosts.kind).unwrap_or_else(|| {
        if hosts.kind == HostsKind::See {
            say(place, "hosts-see", [("source", source().unwrap_or_default())])
        } else {
            word(place, "hosts-none-for-choice")
        }
    });
    vec![End { text, when: Condition::always(), necessity: Necessity::Needed }]
}

/// What all records of a flow have in common.
#[derive(Serialize)]
pub(super) struct Shared {
    row: String,
    #[serde(skip)]
    from: String,
    #[serde(skip)]
    to: String,
    need: &'static str,
    scope: &'static str,
    proxy: &'static str,
    #[serde(skip)]
    marks: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    purpose: String,
    source: String,
    source_rows: String,
}

/// What tells records of a flow from each other. A script is not told what is empty.
#[derive(Serialize)]
struct Cells {
    #[serde(skip_serializing_if = "String::is_empty")]
    protocol: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    port_first: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    port_last: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    source_port_first: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    source_port_last: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    address: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    condition: String,
    /// A port that is not fixed is no number: what it is stands among the marks, and so does the type of
    /// a protocol that has no ports.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    service: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    from_address: String,
}

impl Cells {
    fn of(
        place: Place<'_>,
        (line, entry, from_port): (&Line, Entry, Option<Port>),
        (to, from): (&End, &End),
        when: &Condition,
    ) -> Self {
        let (first, last) = entry.port().and_then(Port::numbers).unzip();
        let (source_first, source_last) = from_port.and_then(Port::numbers).unzip();
        let digits = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
        let open = match entry {
            Entry::Port { port, .. } => first.is_none().then(|| place.voice.port(port)),
            Entry::Bare(protocol) => protocol.icmp_type().map(|_| place.voice.bare(protocol)),
        };
        Self {
            protocol: entry.carrier(),
            port_first: digits(first),
            port_last: digits(last),
            source_port_first: digits(source_first),
            source_port_last: digits(source_last),
            address: to.text.clone(),
            condition: place.voice.condition(when).unwrap_or_default(),
            open,
            service: services(place, line),
            from_address: from.text.clone(),
        }
    }
}

/// The rows of one source as its writer names them: `1 2`, `inbound/3 inbound/4`.
fn rows_of(model: &Model, cite: &Cite) -> String {
    let source = &model[cite.source];
    cite.rows.iter().map(|row| source.written(row.table, row.number)).collect::<Vec<_>>().join(" ")
}

impl Shared {
    pub(super) fn of(place: Place<'_>, near: Near, shown: &ShownFlow) -> Self {
        let site = place.site;
        let model = &site.model;
        let id = shown.flow();
        let flow = &model[id];
        let alternatives = shown.alternatives(model);
        let marks = marks(model, id, &alternatives, &shown.notes(model));
        Self {
            row: model.flow_key(id),
            from: place.who_on(near.from, shown.from(model)),
            to: place.who_on(near.to, shown.to(model)),
            need: word_of(NEED, &flow.need),
            scope: word_of(SCOPE, &flow.scope),
            proxy: flow.proxy.map_or("unknown", |proxy| word_of(PROXY, &proxy)),
            marks: marks.into_iter().map(|mark| mark.words(place.voice)).collect(),
            purpose: flow.purpose.map(|purpose| place.voice.plain_text(purpose)).unwrap_or_default(),
            source: flow
                .cites
                .iter()
                .map(|cite| place.voice.name(model[cite.source].title))
                .collect::<Vec<_>>()
                .join("; "),
            source_rows: flow.cites.iter().map(|cite| rows_of(model, cite)).collect::<Vec<_>>().join("; "),
        }
    }

    fn record(&self, cells: Cells, state: Option<Necessity>) -> [String; COLUMNS.len()] {
        let remarks: Vec<_> = cells.open.iter().chain(&self.marks).cloned().collect();
        [
            self.row.clone(),
            self.from.clone(),
            self.to.clone(),
            cells.protocol,
            cells.port_first,
            cells.port_last,
            cells.source_port_first,
            cells.source_port_last,
            cells.address,
            cells.condition,
            state.map(state_word).unwrap_or_default().to_owned(),
            self.need.to_owned(),
            self.scope.to_owned(),
            remarks.join("\n"),
            self.proxy.to_owned(),
            self.purpose.clone(),
            self.source.clone(),
            self.source_rows.clone(),
            cells.service,
            cells.from_address,
        ]
    }
}

fn services(place: Place<'_>, line: &Line) -> String {
    let names = line.services.iter().map(|id| place.voice.name(place.site.model[*id].name).to_owned());
    place.voice.list(&names.collect::<Vec<_>>(), Join::And)
}

fn state_word(necessity: Necessity) -> &'static str {
    match necessity {
        Necessity::Never => "never",
        Necessity::Depends => "depends",
        Necessity::Needed => "needed",
    }
}

/// A cell that a spreadsheet takes for text, never for a formula: none begins with `=`, `+`, `-`, `@`
/// in any width, with a tab or the end of a line (OWASP, CSV Injection).
fn inert(cell: String) -> String {
    let starts_formula = |c: char| std::iter::once(c).nfkc().any(|c| "=+-@\t\r\n".contains(c)) || c == '\u{2212}';
    if cell.starts_with(starts_formula) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for cell in ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a", "﹦1", "−1"] {
            assert_eq!(inert(cell.to_owned()), format!("'{cell}"));
        }
        for cell in ["", "443", "a=1", "ＡＢ", "ー"] {
            assert_eq!(inert(cell.to_owned()), cell);
        }
    }
}
