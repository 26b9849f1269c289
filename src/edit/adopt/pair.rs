//! The same table in several languages → one row each, and where the languages disagree.

use std::collections::BTreeSet;

use crate::locale::LocaleId;

use super::row::{Parties, Reading, Row};

/// Rows that are compared with one another: more are paired by their places alone.
const MOST_COMPARED: usize = 3_000;

/// A row in all languages that have it.
pub(super) struct Paired {
    /// As the first page has it.
    pub(super) row: Row,
    /// As the others have it.
    pub(super) others: Vec<(LocaleId, Row)>,
}

/// What came of pairing.
pub(super) struct Pairs {
    pub(super) rows: Vec<Paired>,
    /// Rows that the first page lacks.
    pub(super) alone: Vec<(LocaleId, Row)>,
}

/// Pairs pages of one table, the first of them with each of the others.
pub(super) fn pair(first: Reading, others: Vec<(LocaleId, Reading)>) -> Pairs {
    let mut rows: Vec<Paired> = first.rows.into_iter().map(|row| Paired { row, others: Vec::new() }).collect();
    let mut alone = Vec::new();
    for (locale, reading) in others {
        let partners = partners(&rows, &reading.rows);
        for (partner, row) in partners.into_iter().zip(reading.rows) {
            match partner {
                Some(partner) => rows[partner].others.push((locale, row)),
                None => alone.push((locale, row)),
            }
        }
    }
    Pairs { rows, alone }
}

/// For each row of another page, its partner. As many rows on both are partners by their places, whatever
/// their ports; else the longest run of equal ports decides, and what stands between is told.
fn partners(rows: &[Paired], others: &[Row]) -> Vec<Option<usize>> {
    if rows.len() == others.len() || rows.len().max(others.len()) > MOST_COMPARED {
        return (0..others.len()).map(|at| Some(at).filter(|at| *at < rows.len())).collect();
    }
    let own: Vec<_> = rows.iter().map(|paired| key(&paired.row)).collect();
    let other: Vec<_> = others.iter().map(key).collect();
    let mut lengths = vec![vec![0_u16; other.len() + 1]; own.len() + 1];
    for at in (0..own.len()).rev() {
        for on in (0..other.len()).rev() {
            lengths[at][on] = if own[at] == other[on] {
                lengths[at + 1][on + 1] + 1
            } else {
                lengths[at + 1][on].max(lengths[at][on + 1])
            };
        }
    }
    let mut found = vec![None; other.len()];
    let (mut at, mut on) = (0, 0);
    while at < own.len() && on < other.len() {
        if own[at] == other[on] {
            found[on] = Some(at);
            at += 1;
            on += 1;
        } else if lengths[at + 1][on] >= lengths[at][on + 1] {
            at += 1;
        } else {
            on += 1;
        }
    }
    found
}

fn key(row: &Row) -> BTreeSet<&str> {
    row.lines.iter().map(|line| line.traffic.as_str()).collect()
}

/// What the pages say differently of one row: what it is about, and the values, the first page's first.
pub(super) fn disagreements(row: &Row, other: &Row) -> Vec<(&'static str, String, String)> {
    let mut found = Vec::new();
    let lines = |row: &Row| row.lines.iter().map(super::row::RowLine::written).collect::<BTreeSet<_>>();
    let list = |set: &BTreeSet<String>| {
        if set.is_empty() { "nothing".to_owned() } else { set.iter().cloned().collect::<Vec<_>>().join(", ") }
    };
    if lines(row) != lines(other) {
        found.push(("ports", list(&lines(row)), list(&lines(other))));
    }
    let need = |row: &Row| if row.marks.needs_one { "one" } else { "all" }.to_owned();
    if row.marks.needs_one != other.marks.needs_one {
        found.push(("need", need(row), need(other)));
    }
    let verdict = |row: &Row| if row.marks.is_blocked { "block" } else { "allow" }.to_owned();
    if row.marks.is_blocked != other.marks.is_blocked {
        found.push(("verdict", verdict(row), verdict(other)));
    }
    for (what, own, others) in
        [("hosts", &row.to.hosts, &other.to.hosts), ("from-hosts", &row.from.hosts, &other.from.hosts)]
    {
        if own != others {
            found.push((what, list(own), list(others)));
        }
    }
    for (what, own, others) in [("from", &row.from, &other.from), ("to", &row.to, &other.to)] {
        if count(&own.parties) != count(&others.parties) {
            found.push((what, own.said(), others.said()));
        }
    }
    found
}

fn count(parties: &Parties) -> Option<usize> {
    match parties {
        Parties::Any => None,
        Parties::Unstated => Some(0),
        Parties::Named(names) => Some(names.len()),
        Parties::Addressed(_) => Some(1),
    }
}
