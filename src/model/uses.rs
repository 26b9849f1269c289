//! Where items are named.

use super::Item;
use crate::span::Span;

/// Every place of YAML in which an id stands: where its item is defined, and wherever it was looked up.
#[derive(Clone, Debug, Default)]
pub struct Uses(Vec<(Item, Span)>);

impl Uses {
    pub(super) fn add(&mut self, item: Item, span: Span) {
        self.0.push((item, span));
    }

    /// Where an item is named; one place may stand there several times.
    pub fn of(&self, item: Item) -> impl Iterator<Item = Span> {
        self.0.iter().filter(move |(used, _)| *used == item).map(|(_, span)| *span)
    }
}
