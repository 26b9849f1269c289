//! Rows of the sources: each is covered by a flow or skipped, none is invented.

use std::collections::BTreeSet;

use super::{Broken, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{CitedId, CitedRow, CitedSource, Item, Skip, ids};
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
        for row in cites.flat_map(|cite| &cite.rows) {
            if let Some(counted) = source.counted(row.table, row.number) {
                covered.insert(counted);
                let skip = source.skips.iter().find(|skip| skip.rows.contains(&counted));
                if let Some(skip) = skip {
                    findings.add(&[Item::Flow(*flow), Item::Source(id)], skipped(source, row, skip));
                }
                continue;
            }
            let ((counted, label), help) = source.where_counted(row.table);
            findings.add(
                &[Item::Flow(*flow), Item::Source(id)],
                Diagnostic::error(Code::UnknownRow, source.no_such_row(row.table, row.number))
                    .at(row.span)
                    .label(counted, label)
                    .help(help),
            );
        }
    }
    covered.extend(source.skipped());
    let is_open = |row: &u32| !covered.contains(row);
    let missing: Vec<_> = (1..=source.rows).filter(is_open).collect();
    if !missing.is_empty() {
        let (noun, verb) = if missing.len() == 1 { ("row", "is") } else { ("rows", "are") };
        findings.add(
            &[Item::Source(id)],
            Diagnostic::error(
                Code::UncoveredRow,
                format!("{noun} {} of the source `{}` {verb} covered by no flow", in_runs(source, &missing), source.id),
            )
            .at(source.span)
            .help("add the missing flow, or name the row under `rows` of the flow that covers it")
            .help("if a row states no connection, name it under `skip` of the source, with the reason"),
        );
    }
}

fn skipped(source: &CitedSource, row: &CitedRow, skip: &Skip) -> Diagnostic {
    let name = source.written(row.table, row.number);
    Diagnostic::error(Code::SkippedRow, format!("a flow covers row {name}, which the source `{}` skips", source.id))
        .at(row.span)
        .label(skip.span, "skipped here")
        .help("take the row out of `skip`, or out of `rows` of the flow")
}

/// `1, 3–5, 9`; `inbound/1, inbound/3–5`.
fn in_runs(source: &CitedSource, rows: &[u32]) -> String {
    let run = |(table, first, last): (Option<usize>, u32, u32)| {
        let first_name = source.written(table, first);
        if first == last { first_name } else { format!("{first_name}–{last}") }
    };
    source.runs(rows).into_iter().map(run).collect::<Vec<_>>().join(", ")
}
