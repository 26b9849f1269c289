//! Flows that say the same thing twice, or not what they are for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Broken, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    CitedId, Flow, FlowId, Id, Item, Line, Model, Party, ProductId, UnitId, lines_overlap, lines_share, lines_within,
    same_facts,
};
use crate::site::Site;
use crate::value::{Traffic, Verdict};
use crate::words::fold;

pub(super) fn check(site: &Site, broken: &Broken, findings: &mut Findings<'_>) {
    let model = &site.model;
    for (position, product) in model.products.iter().enumerate() {
        let is_comparable = broken.is_comparable(model, ProductId::from_index(position));
        // Only flows between the same two ends can be the same, overlap or forbid each other.
        let mut by_ends: BTreeMap<(Party, Party), Vec<FlowId>> = BTreeMap::new();
        for second in product.flows.iter().chain(&product.blocked) {
            check_purpose(site, *second, findings);
            check_lines(site, *second, findings);
            let mut before = BTreeSet::new();
            for ends in model[*second].pairs() {
                let known = by_ends.entry(ends).or_default();
                before.extend(known.iter().copied());
                known.push(*second);
            }
            for first in before.iter().filter(|first| is_comparable && *first != second) {
                if let Some(found) = compare(site, *first, *second) {
                    findings.add(&[Item::Flow(*first), Item::Flow(*second)], found);
                }
            }
        }
    }
}

/// What is wrong with two flows beside each other, of which the first stands before.
fn compare(site: &Site, first: FlowId, second: FlowId) -> Option<Diagnostic> {
    let (a, b) = (&site.model[first], &site.model[second]);
    if a.verdict != b.verdict {
        let (x, y) = lines_share(a, b)?;
        let (allowed, blocked) = if a.verdict == Verdict::Block { (b, a) } else { (a, b) };
        return Some(
            Diagnostic::error(
                Code::BlockedAndNeeded,
                format!("`{}` needs what `{}` must not let through", allowed.id, blocked.id),
            )
            .at(y.span)
            .label(x.span, "the other one, between the same ends")
            .help("add a condition that parts the two, narrow the ports, or remove the wrong one"),
        );
    }
    if same_facts(a, b) && same_purpose(site, a.purpose, b.purpose) {
        let headline = format!("`{}` and `{}` are the same in every fact", a.id, b.id);
        let found = Diagnostic::error(Code::DuplicateFlow, headline).at(b.span).label(a.span, "the same connection");
        return Some(found.help(how_to_join(&site.model, a, b)));
    }
    let (x, y) = lines_overlap(a, b)?;
    Some(
        Diagnostic::error(Code::OverlappingPorts, overlap(y, &b.id, x, &a.id))
            .at(y.span)
            .label(x.span, "the other one, between the same ends")
            .help("narrow the range, add a condition that parts the two, or `allow` it with the reason"),
    )
}

/// A range beside a port that it holds: one of the two says more than is meant.
fn check_lines(site: &Site, id: FlowId, findings: &mut Findings<'_>) {
    let flow = &site.model[id];
    let Some((x, y)) = lines_within(flow) else { return };
    findings.add(
        &[Item::Flow(id)],
        Diagnostic::error(Code::OverlappingPorts, overlap(y, &flow.id, x, &flow.id))
            .at(y.span)
            .label(x.span, "the other one, in the same flow")
            .help("leave out what the other line holds, or narrow the range"),
    );
}

fn overlap(y: &Line, of_y: &str, x: &Line, of_x: &str) -> String {
    match (y.traffic, x.traffic) {
        (Traffic::Ports { port: y, .. }, Traffic::Ports { port: x, .. }) => {
            format!("port {y} of `{of_y}` and {x} of `{of_x}` overlap")
        }
        (Traffic::Bare(_), Traffic::Bare(_) | Traffic::Ports { .. }) | (Traffic::Ports { .. }, Traffic::Bare(_)) => {
            format!("`{}` of `{of_y}` and `{}` of `{of_x}` overlap", y.traffic.written(), x.traffic.written())
        }
    }
}

/// The rows of both as one flow states them.
fn how_to_join(model: &Model, a: &Flow, b: &Flow) -> String {
    let mut rows: BTreeMap<CitedId, Vec<String>> = BTreeMap::new();
    for cite in a.cites.iter().chain(&b.cites) {
        let names = cite.rows.iter().map(|row| model[cite.source].written(row.table, row.number));
        let known = rows.entry(cite.source).or_default();
        for name in names {
            if !known.contains(&name) {
                known.push(name);
            }
        }
    }
    rows.retain(|_, names| !names.is_empty());
    if rows.len() < 2 {
        return "write it once, with the rows of both".to_owned();
    }
    let each = rows.iter().map(|(source, names)| format!("{}: [{}]", model[*source].id, names.join(", ")));
    format!("write it once, with the rows of each source: `rows: {{ {} }}`", each.collect::<Vec<_>>().join(", "))
}

/// An administrator who has to justify an open port needs the reason. Where no source gives one, a
/// sentence that repeats the row is worse than none: the writer says so with `allow`.
fn check_purpose(site: &Site, id: FlowId, findings: &mut Findings<'_>) {
    let flow = &site.model[id];
    if flow.purpose.is_some() {
        return;
    }
    findings.add(
        &[Item::Flow(id)],
        Diagnostic::error(Code::MissingPurpose, format!("the flow `{}` does not say what it is for", flow.id))
            .at(flow.span)
            .help("add `purpose:`; it may be absent where all lines name one service that has a purpose of its own")
            .help("if the source says no more than the row, `allow` it with the reason, on the flow or on the product"),
    );
}

/// One connection may be listed for two purposes; the source text tells them apart.
fn same_purpose(site: &Site, a: Option<UnitId>, b: Option<UnitId>) -> bool {
    let source = site.config.locales.source_locale();
    let text = |unit: Option<UnitId>| {
        unit.and_then(|unit| site.texts.shown(unit, source)).map(|shown| fold(&shown.text.written))
    };
    a == b || text(a) == text(b)
}
