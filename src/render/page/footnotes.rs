//! Notes as footnotes: a number in the row, the text once below the tables with the way back. A caution on
//! a row is no footnote: its text stays in the row, since a row that is followed alone would break something.

use std::collections::BTreeMap;

use serde::Serialize;

use super::note::NoteView;
use super::said::{Said, Spot};
use crate::l10n::args;
use crate::model::{Anchored, Model, NoteId, NoteTarget, PageRoute, ProductId};
use crate::render::prose::Place;
use crate::value::NoteKind;

/// A note below the tables.
#[derive(Serialize)]
pub(super) struct Footnote {
    number: usize,
    note: NoteView,
}

/// The sign of a note.
#[derive(Serialize)]
pub(super) struct NoteRef {
    number: usize,
    anchor: String,
    /// "Caution 3".
    text: String,
    is_caution: bool,
}

/// The numbers of a product's footnotes, the same on each of its pages.
pub(super) fn numbers(model: &Model, product: ProductId) -> BTreeMap<NoteId, usize> {
    let notes = model[product].notes.iter().copied();
    notes.filter(|note| !stands_elsewhere(model, *note)).zip(1..).collect()
}

/// Whether it stands below the tables, and its anchor with it.
pub(super) fn is_footnote(model: &Model, id: NoteId) -> bool {
    !stands_elsewhere(model, id)
}

/// A caution about nothing but rows stands in them, and what is about options beside these.
fn stands_elsewhere(model: &Model, id: NoteId) -> bool {
    let note = &model[id];
    let is_flow = |target: &NoteTarget| matches!(target, NoteTarget::Flow(_));
    let is_option = |target: &NoteTarget| matches!(target, NoteTarget::Option(_));
    let is_in_rows = note.kind == NoteKind::Caution && note.on.iter().all(is_flow);
    !note.on.is_empty() && (is_in_rows || note.on.iter().all(is_option))
}

impl Place<'_> {
    /// The footnotes of a page, those of the whole product included.
    pub(super) fn footnotes(
        self,
        page: PageRoute,
        product: ProductId,
        is_shown: impl Fn(NoteId) -> bool,
        said: &mut Said,
    ) -> Vec<Footnote> {
        let numbers = numbers(&self.site.model, product);
        let shown = numbers.into_iter().filter(|(note, _)| is_shown(*note));
        let footnote = |(note, number): (NoteId, usize)| {
            said.note(note, Spot::Top);
            Footnote { number, note: self.note_above(page, note, None) }
        };
        shown.map(footnote).collect()
    }

    /// The signs of notes in a row or above the tables, whose texts stand below on the same page.
    pub(super) fn note_refs(self, page: PageRoute, product: ProductId, notes: &[NoteId]) -> Vec<NoteRef> {
        let numbers = numbers(&self.site.model, product);
        let view = |note: &NoteId| {
            let number = *numbers.get(note)?;
            let anchor = self.hrefs.anchor(page, Anchored::Note(*note));
            let kind = self.note_kind(*note).1;
            let text = self.voice.say("note-ref", &args([("kind", &*kind), ("n", &number.to_string())]));
            Some(NoteRef { number, anchor, text, is_caution: self.site.model[*note].kind == NoteKind::Caution })
        };
        notes.iter().filter_map(view).collect()
    }
}
