//! The order of rows: `rows:` counts the rows of the page, so a page whose rows stand in another order
//! than their numbers shows that numbers were exchanged, or that rows were moved.

use std::collections::BTreeMap;

use super::Comparison;
use crate::diagnostic::{Code, Diagnostic};

/// A page that sorts its rows in a way of its own has no numbers to compare.
const MOST_MOVED: usize = 5;
/// Of a few rows nobody can say which one was moved.
const FEWEST: usize = 4;

/// Names the first row that stands elsewhere than its number says, if only few do.
pub(super) fn compare(comparison: &Comparison<'_>) -> Option<Diagnostic> {
    let page = &comparison.page;
    let mut rows: Vec<(usize, u32, usize)> = Vec::new();
    for (row, own) in comparison.expected.rows.iter().enumerate() {
        let Some(number) = own.number else { continue };
        let on_page = comparison.alignment.page_rows(page, &comparison.expected, row);
        // Only rows with borders are surely one row.
        if let Some(first) = on_page.first().filter(|first| page.rows[**first].is_exact) {
            rows.push((*first, number, row));
        }
    }
    rows.sort_unstable();
    let moved = moved(&rows, |on_page| page.rows[on_page].section);
    let is_own_order =
        moved.len() > MOST_MOVED.max(rows.len() / 10) || moved.len() * 3 > rows.len() || rows.len() < FEWEST;
    let (on_page, _, row) = *rows.get(*moved.first()?)?;
    if is_own_order {
        return None;
    }
    let flow = *comparison.expected.rows[row].flows.first()?;
    let span = page.items.iter().find(|item| item.row == on_page).and_then(|item| page.span_of(&item.at))?;
    let before = rows.iter().filter(|(place, ..)| *place < on_page).count() + 1;
    let name = comparison.expected.rows[row].name.as_deref()?;
    let headline = format!("row {name} of the source stands {} on the page", nth(before));
    Some(
        Diagnostic::error(Code::DiffersOnPage, headline)
            .at(span)
            .label(comparison.flow_span(flow), format!("`rows` says {name} here"))
            .help("rows count from 1 in page order: correct `rows` where numbers were exchanged, or the order on the page"),
    )
}

/// The positions of rows that stand out of order. A page that puts rows below heads decides what stands below
/// which of them: order counts among the rows of one.
fn moved(rows: &[(usize, u32, usize)], section: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let mut sections: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (position, (on_page, ..)) in rows.iter().enumerate() {
        sections.entry(section(*on_page)).or_default().push(position);
    }
    let of_section = |positions: &Vec<usize>| {
        let numbers: Vec<_> = positions.iter().map(|position| rows[*position].1).collect();
        let kept = longest_ascending(&numbers);
        let moved = positions.iter().enumerate().filter(|(at, _)| !kept.contains(at));
        moved.map(|(_, position)| *position).collect::<Vec<_>>()
    };
    let mut moved: Vec<_> = sections.values().flat_map(of_section).collect();
    moved.sort_unstable();
    moved
}

fn nth(place: usize) -> String {
    let ending = match (place % 10, place % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

/// The positions of a longest subsequence that never descends.
fn longest_ascending(numbers: &[u32]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (position, number) in numbers.iter().enumerate() {
        let length = tails.partition_point(|tail| numbers[*tail] <= *number);
        before.push(length.checked_sub(1).map(|last| tails[last]));
        if length == tails.len() { tails.push(position) } else { tails[length] = position }
    }
    let mut kept = Vec::new();
    let mut next = tails.last().copied();
    while let Some(position) = next {
        kept.push(position);
        next = before[position];
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_out_of_order_is_left_out() {
        for (numbers, kept) in [
            (&[1, 2, 3][..], &[0, 1, 2][..]),
            (&[1, 3, 2, 4], &[0, 2, 3]),
            (&[2, 2, 3], &[0, 1, 2]),
            (&[5, 1, 2, 3], &[1, 2, 3]),
            (&[], &[]),
        ] {
            assert_eq!(longest_ascending(numbers), kept, "{numbers:?}");
        }
    }
}
