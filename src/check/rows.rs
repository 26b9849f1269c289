//! Rows of the sources: each is covered by a flow, none is invented.

use std::collections::BTreeSet;

use super::{Broken, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{CitedId, Item, ids};
use crate::site::Site;

pub(super) fn check(site: &Site, broken: &Broken, findings: &mut Findings<'_>) {
    let is_whole = |id: &CitedId| broken.is_whole(&site.model, Some(site.model[*id].product));
    for id in ids::<CitedId>(site.model.sources.len()).filter(is_whole) {
        check_source(site, id, findings);
    }
}

fn check_source(site: &Site, id: CitedId, findings: &mut Findings<'_>) {
    let model = &site.model;
    let source = &model[id];
    let mut covered = BTreeSet::new();
    for flow in model[source.product].flows.iter().chain(&model[source.product].blocked) {
        let cites = model[*flow].cites.iter().filter(|cite| cite.source == id);
        for (row, span) in cites.flat_map(|cite| cite.rows.iter().zip(&cite.spans)) {
            if (1..=source.rows).contains(row) {
                covered.insert(*row);
                continue;
            }
            let expected =
                if source.rows == 0 { "it has none".to_owned() } else { format!("expected 1 to {}", source.rows) };
            findings.add(
                &[Item::Flow(*flow), Item::Source(id)],
                Diagnostic::error(Code::UnknownRow, format!("the source `{}` has no row {row}: {expected}", source.id))
                    .at(*span)
                    .label(source.span, "the source")
                    .help("correct the number, or `rows` of the source"),
            );
        }
    }
    let missing: Vec<_> = (1..=source.rows).filter(|row| !covered.contains(row)).collect();
    if !missing.is_empty() {
        let (noun, verb) = if missing.len() == 1 { ("row", "is") } else { ("rows", "are") };
        findings.add(
            &[Item::Source(id)],
            Diagnostic::error(
                Code::UncoveredRow,
                format!("{noun} {} of the source `{}` {verb} covered by no flow", in_runs(&missing), source.id),
            )
            .at(source.span)
            .help("add the missing flow, or name the row under `rows` of the flow that covers it"),
        );
    }
}

/// `1, 3–5, 9`.
fn in_runs(rows: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    let run = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}
