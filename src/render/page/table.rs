//! The table of a page as CSV (RFC 4180), with a byte order mark, so that spreadsheets read it as
//! UTF-8. One record per port and transport.

use std::borrow::Cow;

use super::row::{Shown, has_something_to_say};
use super::{Rows, word};
use crate::model::{Address, FlowId, Hosts, HostsKind};
use crate::parse::port::{Port, Transport};
use crate::render::prose::Place;
use crate::site::Join;

const COLUMNS: &[&str] = &[
    "column-product",
    "column-from",
    "column-to",
    "column-ports",
    "column-transport",
    "column-service",
    "column-purpose-only",
    "column-condition",
    "column-addresses",
    "addresses-from",
    "column-remarks",
    "column-rows",
    "permalink",
];

/// Writes the flows of a page.
pub(super) fn csv(place: Place<'_>, rows: &Rows<'_>, shown: &[Shown]) -> Vec<u8> {
    let head: Vec<_> = COLUMNS.iter().map(|column| word(place, column)).collect();
    let mut out = "\u{feff}".as_bytes().to_vec();
    out.extend(written(vec![head]));
    for shown in shown {
        rows.push_records(place, shown, &mut out);
    }
    out
}

fn written(records: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        let record: Vec<_> = record.into_iter().map(inert).collect();
        if let Err(error) = writer.write_record(&record) {
            unreachable!("a record has as many fields as the head, and memory takes them: {error}");
        }
    }
    match writer.into_inner() {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("memory takes what is flushed: {error}"),
    }
}

/// The records of one row.
pub(super) fn records(place: Place<'_>, shown: &Shown) -> Vec<u8> {
    let Place { site, locale, .. } = place;
    let (model, id) = (&site.model, shown.flow());
    let flow = &model[id];
    let names = |ends: &[crate::model::ComponentId]| {
        let names: Vec<_> = ends.iter().map(|end| site.component_name(*end, locale).to_owned()).collect();
        site.list(&names, Join::And, locale)
    };
    let addresses = |left: Option<Cow<'_, Hosts>>| {
        left.map_or_else(|| word(place, "hosts-none-for-choice"), |left| hosts(place, &left))
    };
    let shared = [
        flow.purpose.map(|purpose| site.plain_text(purpose, locale)).unwrap_or_default(),
        site.condition(&flow.when, locale).unwrap_or_default(),
        addresses(shown.hosts(model)),
        has_something_to_say(&flow.from_hosts).then(|| addresses(shown.from_hosts(model))).unwrap_or_default(),
        place.marks(shown).into_iter().map(|mark| mark.text).collect::<Vec<_>>().join("\n"),
        flow.rows.iter().map(u32::to_string).collect::<Vec<_>>().join(" "),
        permalink(place, id),
    ];
    let (from, to) = (names(shown.from(model)), names(shown.to(model)));
    let record = |(port, transport, service): (Port, Transport, Option<crate::model::ServiceId>)| {
        let own = [
            site.name(model[flow.product].name, locale).to_owned(),
            from.clone(),
            to.clone(),
            site.port(port, locale),
            site.transports(&[transport], locale),
            service.map(|service| site.name(model[service].name, locale).to_owned()).unwrap_or_default(),
        ];
        own.into_iter().chain(shared.iter().cloned()).collect()
    };
    let entries = flow
        .lines
        .iter()
        .flat_map(|line| line.transports.iter().map(move |transport| (line.port, *transport, line.service)));
    written(entries.map(record).collect())
}

/// Absolute where the site knows its address: a CSV is read far from its page.
fn permalink(place: Place<'_>, id: FlowId) -> String {
    let (page, anchor) = place.site.model.place_of_flow(id);
    let base = place.site.config.base_url.as_deref().unwrap_or_default();
    format!("{base}{}#{}", crate::render::href::page_permalink(place.site, place.locale, page), anchor.as_str())
}

fn hosts(place: Place<'_>, hosts: &Hosts) -> String {
    let Place { site, locale, .. } = place;
    let source = || hosts.source.map(|source| site.name(site.model[source].title, locale)).unwrap_or_default();
    let address = |address: &Address| match site.condition(&address.when, locale) {
        Some(condition) => {
            format!(
                "{} {}",
                site.address(&address.text, locale),
                super::say(place, "condition-group", [("case", &condition)])
            )
        }
        None => site.address(&address.text, locale),
    };
    match hosts.kind {
        HostsKind::Own => word(place, "hosts-own"),
        HostsKind::Any => word(place, "hosts-any"),
        HostsKind::Unpublished => word(place, "hosts-unpublished"),
        HostsKind::Unknown => word(place, "hosts-unknown"),
        HostsKind::See => super::say(place, "hosts-see", [("source", source())]),
        HostsKind::List => hosts.list.iter().map(address).collect::<Vec<_>>().join("\n"),
    }
}

/// A cell that a spreadsheet takes for text: never for a formula (a leading `=`, `+`, `-`, `@`, tab
/// or carriage return; OWASP, CSV Injection).
fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
