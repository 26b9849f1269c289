//! A text as the rules read it: its words and what they mean.

use crate::l10n::Words;
use crate::l10n::{State, Text, Unit};
use crate::locale::LocaleId;
use crate::model::{Id, Item, ProductId};
use crate::site::Site;
use crate::value::UnitKind;
use crate::words::language::{Language, Sign};
use crate::words::quantities::{Quantity, quantities};

/// Whether a person has accepted a translation as it stands.
pub(super) fn is_settled(site: &Site, position: usize, locale: LocaleId) -> bool {
    *site.translations().state(Id::from_index(position), locale) == State::Current
}

/// A text and its words.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) text: &'a Text,
    pub(super) kind: UnitKind,
    pub(super) words: Words,
    /// Words of its language that mean something to the rules.
    pub(super) signs: Vec<Sign>,
    /// What its numbers say.
    pub(super) quantities: Vec<Quantity>,
}

impl<'a> Reading<'a> {
    /// Reads a text; without a language what its words mean is left out.
    pub(super) fn of(text: &'a Text, kind: UnitKind, language: Option<&Language>) -> Self {
        let words = Words::of(&text.prose);
        let signs = language.map(|language| language.signs(&words.text)).unwrap_or_default();
        let quantities = language.map(|language| quantities(&words.text, language, &signs)).unwrap_or_default();
        Self { text, kind, words, signs, quantities }
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
