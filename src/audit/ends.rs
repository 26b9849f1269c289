//! Who connects to whom, as far as the page says it in names the source knows.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::ComponentId;

use super::Comparison;
use crate::published::lexicon::Lexicon;
use crate::published::rows::{Side, ends_sentence};

/// Separators of names within a cell.
const SEPARATORS: &[char] = &[',', '、', '/', ';'];

pub(super) fn compare(comparison: &Comparison<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let source_rows = source_rows(comparison);
    let mut others = BTreeSet::new();
    for page_row in 0..comparison.page.rows.len() {
        if let Some(diagnostic) = other_end(comparison, page_row, &source_rows) {
            diagnostics.push(diagnostic);
            others.insert(page_row);
        }
    }
    diagnostics.extend(unreadable(comparison, &others));
}

/// By page row: the rows of the source it stands for.
fn source_rows(comparison: &Comparison<'_>) -> Vec<BTreeSet<usize>> {
    let mut rows = vec![BTreeSet::new(); comparison.page.rows.len()];
    for (item, source) in comparison.page.items.iter().zip(&comparison.alignment.source_of) {
        rows[item.row].extend(source.map(|source| comparison.expected.items[source].row));
    }
    rows
}

/// A cell that is nothing but the name of a component that the row does not have.
fn other_end(comparison: &Comparison<'_>, page_row: usize, source_rows: &[BTreeSet<usize>]) -> Option<Diagnostic> {
    let own = &comparison.page.rows[page_row];
    // Without borders a name may belong to the row above.
    let above = if own.is_exact { page_row } else { page_row.saturating_sub(1) };
    if (above..=page_row).any(|row| source_rows[row].is_empty()) {
        return None;
    }
    let rows: BTreeSet<usize> = source_rows[above..=page_row].iter().flatten().copied().collect();
    let known: BTreeSet<ComponentId> =
        rows.iter().flat_map(|row| comparison.expected.ends(&comparison.site.model, *row)).collect();
    let source_row = *source_rows[page_row].first()?;
    let flow = comparison.expected.rows[source_row].flows[0];
    for piece in own.before.iter().filter(|piece| !piece.is_inner) {
        for (named, range) in named_alone(comparison.page.text(piece), &comparison.lexicon) {
            if known.contains(&named) {
                continue;
            }
            let range = piece.range.start + range.start..piece.range.start + range.end;
            let name = comparison.site.name(comparison.site.model[named].name, comparison.locale);
            let headline = format!("the page names `{name}` in this row, the source does not");
            return Some(
                Diagnostic::error(Code::DiffersOnPage, headline)
                    .at(comparison.page.cells[piece.cell].0.span_of(range)?)
                    .mark(format!("the page: {name}"))
                    .label(
                        comparison.flow_span(flow),
                        format!("the source{}: {}", comparison.row_name(source_row), comparison.flow_name(flow)),
                    )
                    .help(comparison.mend(flow)),
            );
        }
    }
    None
}

/// Components that a cell names and says nothing else of, and where.
pub(super) fn named_alone(text: &str, lexicon: &Lexicon) -> Vec<(ComponentId, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        // A sentence names whom it likes, and so does an aside.
        let is_name = !ends_sentence(line) && !line.trim_end().ends_with([')', '）']);
        let mut at = start;
        let mut names = Vec::new();
        for part in line.split_inclusive(SEPARATORS).filter(|_| is_name) {
            let name = part.trim_matches(|c: char| !c.is_alphanumeric());
            let offset = at + part.find(name).unwrap_or(0);
            names.push(lexicon.component_named(name).map(|named| (named, offset..offset + name.len())));
            at += part.len();
        }
        // A list with another word in it may be a part of a sentence.
        if names.iter().all(Option::is_some) {
            found.extend(names.into_iter().flatten());
        }
        start += line.len();
    }
    found
}

/// Rows in which an end is named in no way the source knows: flattening loses cells.
fn unreadable(comparison: &Comparison<'_>, others: &BTreeSet<usize>) -> Option<Diagnostic> {
    let (page, model) = (&comparison.page, &comparison.site.model);
    let mut lost = Vec::new();
    let mut seen: BTreeSet<ComponentId> = BTreeSet::new();
    for row in 0..comparison.expected.rows.len() {
        let page_rows = comparison.alignment.page_rows(page, &comparison.expected, row);
        let Some(first) = page_rows.first().copied() else { continue };
        let context: String = page_rows.iter().map(|row| page.folded_context(*row, Side::Both)).collect();
        let flows = comparison.expected.rows[row].flows.iter().map(|flow| &model[*flow]);
        let carried = if page.rows[first].is_exact { BTreeSet::new() } else { std::mem::take(&mut seen) };
        let is_named = |end: ComponentId| comparison.lexicon.mentions(&context, end) > 0;
        let is_seen = |end: &ComponentId| {
            carried.contains(end) || is_named(*end) || model.machines_of(*end).into_iter().any(is_named)
        };
        let mut is_lost = false;
        for flow in flows {
            let ends = [flow.from.parties(), flow.to.parties()];
            // Anyone, or nobody whom the source names, has no name to look for.
            is_lost |= ends.iter().any(|ends| !ends.is_empty() && !ends.iter().any(is_seen));
            seen.extend(ends.into_iter().flatten().filter(|end| is_seen(end)).copied());
        }
        if is_lost && !others.contains(&first) {
            lost.extend(page.items.iter().find(|item| item.row == first).and_then(|item| page.span_of(&item.at)));
        }
    }
    let first = *lost.first()?;
    let headline = match lost.len() {
        1 => "not compared: an end of the connection in 1 row".to_owned(),
        count => format!("not compared: an end of the connection in {count} rows"),
    };
    Some(
        Diagnostic::warning(Code::NotComparable, headline)
            .at(first)
            .mark("the first of them: the page has no name here that the source knows")
            .help(if page.rows.iter().any(|row| row.is_exact) {
                "compare them by hand; a name that the page uses for a component can stand in its `examples`"
            } else {
                "flattened text loses cells that span rows; compare them by hand, or audit the page as HTML"
            }),
    )
}
