//! Where items are named: the one list that `rename` and editors go by.

use super::Item;
use crate::span::Span;

/// Every place of the content in which an id stands, where its item is defined and wherever it was
/// looked up, in YAML and in texts alike. In a text whose letters are written with escapes the place is
/// the whole of it.
#[derive(Clone, Debug, Default)]
pub struct Uses(Vec<(Item, Span)>);

impl Uses {
    pub(super) fn add(&mut self, item: Item, span: Span) {
        self.0.push((item, span));
    }

    /// Adds what was found elsewhere.
    pub(crate) fn extend(&mut self, others: impl IntoIterator<Item = (Item, Span)>) {
        self.0.extend(others);
    }

    /// Where an item is named, in the order of files and places, each once.
    pub fn of(&self, item: Item) -> Vec<Span> {
        let mut spans: Vec<_> = self.0.iter().filter(|(used, _)| *used == item).map(|(_, span)| *span).collect();
        spans.sort_unstable_by_key(|span| (span.file, span.start, span.end));
        spans.dedup();
        spans
    }
}
