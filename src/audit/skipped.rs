//! Rows that the source skips: a page may have them, and nobody asks what they say.
//!
//! The source knows their places and not their ports, so a row of the page is taken for one of them by
//! what stands around it: between the rows before and behind it the source must skip at least as many.

use std::collections::{BTreeMap, BTreeSet};

use super::Comparison;
use super::expected::Expected;
use crate::diagnostic::{Code, Diagnostic};

/// The rows of the page that stand where the source skips rows.
pub(super) fn rows(comparison: &Comparison<'_>) -> BTreeSet<usize> {
    let Comparison { page, expected, .. } = comparison;
    if expected.skipped.is_empty() {
        return BTreeSet::new();
    }
    let numbers = numbers(comparison);
    let tables = tables(comparison);
    let mut left: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut skipped = BTreeSet::new();
    let alone: BTreeSet<usize> =
        page.items.iter().map(|item| item.row).filter(|row| !numbers.contains_key(row)).collect();
    for row in alone {
        let (first, last) = tables.get(&page.rows[row].table).copied().unwrap_or((1, u32::MAX));
        let before = numbers.range(..row).next_back().map_or(0, |(_, number)| *number).max(first - 1);
        let behind = numbers.range(row..).next().map_or(u32::MAX, |(_, number)| *number).min(last.saturating_add(1));
        let between = |number: &&u32| before < **number && **number < behind;
        let free = left.entry((before, behind)).or_insert_with(|| expected.skipped.iter().filter(between).count());
        if *free > 0 {
            *free -= 1;
            skipped.insert(row);
        }
    }
    skipped
}

/// By row of the page: the number of the row of the source that it stands for.
fn numbers(comparison: &Comparison<'_>) -> BTreeMap<usize, u32> {
    let Comparison { page, expected, alignment, .. } = comparison;
    let pairs = page.items.iter().zip(&alignment.source_of);
    let number = |source: &usize| expected.rows[expected.items[*source].row].number;
    pairs.filter_map(|(item, source)| Some((item.row, source.as_ref().and_then(number)?))).collect()
}

/// By table of the page: the rows of the table of the source that it is. Tables with names stand in the
/// order of the page; where a page has more or fewer, nobody knows which are which.
fn tables(comparison: &Comparison<'_>) -> BTreeMap<usize, (u32, u32)> {
    let Expected { tables, .. } = &comparison.expected;
    let on_page: BTreeSet<usize> = comparison.page.rows.iter().map(|row| row.table).collect();
    if on_page.len() != tables.len() {
        return BTreeMap::new();
    }
    on_page.into_iter().zip(tables.iter().copied()).collect()
}

/// Says once what was not compared.
pub(super) fn left_out(comparison: &Comparison<'_>, rows: &BTreeSet<usize>) -> Option<Diagnostic> {
    let first = rows.first()?;
    let item = comparison.page.items.iter().find(|item| item.row == *first)?;
    let what = if rows.len() == 1 { "1 row".to_owned() } else { format!("{} rows", rows.len()) };
    Some(
        Diagnostic::warning(Code::NotComparable, format!("not compared: {what} where the source skips rows"))
            .at(comparison.page.span_of(&item.at)?)
            .mark("the first of them")
            .help("look whether these are the rows under `skip` of the source"),
    )
}
