//! A text as the rules read it: its words and what they mean.

use std::ops::Range;

use super::prose::Prose;
use crate::l10n::{State, Text, Unit};
use crate::locale::LocaleId;
use crate::model::{Id, Item, ProductId, UnitKind};
use crate::parse::text::locate;
use crate::site::Site;
use crate::source::Sources;
use crate::span::Span;
use crate::words::language::{Language, Sign};
use crate::words::quantities::{Quantity, quantities};

/// Whether a person has accepted a translation as it stands.
pub(super) fn is_settled(site: &Site, position: usize, locale: LocaleId) -> bool {
    *site.state(Id::from_index(position), locale) == State::Current
}

/// A text and its words.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) text: &'a Text,
    pub(super) kind: UnitKind,
    pub(super) prose: Prose,
    /// Words of its language that mean something to the rules.
    pub(super) signs: Vec<Sign>,
    /// What its numbers say.
    pub(super) quantities: Vec<Quantity>,
}

impl<'a> Reading<'a> {
    /// Reads a text; without a language what its words mean is left out.
    pub(super) fn of(text: &'a Text, kind: UnitKind, language: Option<&Language>) -> Self {
        let prose = Prose::of(&text.written, kind);
        let signs = language.map(|language| language.signs(&prose.text)).unwrap_or_default();
        let quantities = language.map(|language| quantities(&prose.text, language, &signs)).unwrap_or_default();
        Self { text, kind, prose, signs, quantities }
    }

    /// Where a range of the text as written stands in its file.
    pub(super) fn place(&self, sources: &Sources, written: Range<usize>) -> Span {
        locate(sources.file(self.text.span.file), self.text.span, self.text.style, &self.text.written, written)
    }
}

/// Whose texts they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    /// The unit's id.
    pub(super) key: &'a str,
    pub(super) kind: UnitKind,
    /// `None`: a Fluent message.
    pub(super) item: Option<Item>,
    pub(super) product: Option<ProductId>,
}

impl<'a> From<&'a Unit> for Subject<'a> {
    fn from(unit: &'a Unit) -> Self {
        Self { key: &unit.key, kind: unit.kind, item: Some(unit.item), product: unit.product }
    }
}
