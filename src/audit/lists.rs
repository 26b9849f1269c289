//! Lists that a page announces and does not show: a cell that ends in a colon with nothing behind it.

use crate::diagnostic::{Code, Diagnostic};

use super::Comparison;
use crate::published::rows::Piece;

/// A list that is not there.
pub(super) struct EmptyList {
    pub(super) piece: Piece,
    /// The page row it stands in.
    pub(super) row: usize,
}

/// All of them, each once.
pub(super) fn empty_lists(comparison: &Comparison<'_>) -> Vec<EmptyList> {
    let page = &comparison.page;
    let mut lists = Vec::new();
    for (row, own) in page.rows.iter().enumerate() {
        for (position, piece) in own.before.iter().enumerate() {
            let is_announced = page.text(piece).trim_end().ends_with([':', '：']);
            // With borders the cell is the list's place; without, the next line is.
            let next = own.before.get(position + 1).filter(|_| !own.is_exact);
            let is_empty = if own.is_exact {
                page.cells[piece.cell].0.inner.is_empty()
            } else {
                page.cells[piece.cell].0.ends
                    || next.is_none_or(|next| {
                        let is_below = page.cells[next.cell].0.indent > page.cells[piece.cell].0.indent;
                        is_item(page.text(piece)) && is_item(page.text(next)) && !is_below
                    })
            };
            if is_announced && is_empty && !piece.is_carried {
                lists.push(EmptyList { piece: piece.clone(), row });
            }
        }
    }
    lists
}

/// "• Australia:" announces an item of its own.
fn is_item(text: &str) -> bool {
    text.trim_start().starts_with(['•', '・', '-', '*', '–', '◦', '▪'])
}

/// A list of which the source knows nothing either.
pub(super) fn unknown_list(comparison: &Comparison<'_>, list: &EmptyList) -> Option<Diagnostic> {
    let span = comparison.page.piece_span(&list.piece)?;
    Some(
        Diagnostic::warning(Code::EmptyListOnPage, "the page announces a list here and shows none")
            .at(span)
            .mark("nothing follows")
            .help("look at the page as it was published: a list may have been lost when it was saved as text")
            .help("if it names addresses, add them to the page and to the source"),
    )
}
