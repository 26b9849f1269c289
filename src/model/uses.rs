//! Where items are named.

use super::Item;
#[cfg(feature = "lsp")]
use crate::span::FileId;
use crate::span::Span;

/// Every place of YAML in which an id stands: where its item is defined, and wherever it was looked up.
#[derive(Clone, Debug, Default)]
pub struct Uses(Vec<(Item, Span)>);

impl Uses {
    pub(super) fn add(&mut self, item: Item, span: Span) {
        self.0.push((item, span));
    }

    /// What is named at a byte of a file, and where its name begins and ends.
    #[cfg(feature = "lsp")]
    pub fn at(&self, file: FileId, offset: u32) -> impl Iterator<Item = (Item, Span)> {
        let is_at = move |span: &Span| span.file == file && span.start <= offset && offset <= span.end;
        self.0.iter().filter(move |(_, span)| is_at(span)).copied()
    }

    /// Where an item is named; one place may stand there several times.
    pub fn of(&self, item: Item) -> impl Iterator<Item = Span> {
        self.0.iter().filter(move |(used, _)| *used == item).map(|(_, span)| *span)
    }
}
