//! Notes on a page: written out once, where a reader meets them first, and from then on a link.

use serde::Serialize;

use super::said::{Said, Spot};
use super::{Link, say, word};
use crate::model::{Anchored, NoteId, PageRoute};
use crate::render::prose::{Place, TextView};
use crate::value::NoteKind;

/// A note, or the way to it.
#[derive(Clone, Serialize)]
pub(super) struct NoteView {
    /// Where it is written out; a link has none.
    anchor: Option<String>,
    former_anchors: Vec<String>,
    kind: &'static str,
    pub(super) label: String,
    condition: Option<String>,
    /// What it says; absent where it stands elsewhere on the page.
    text: Option<TextView>,
    /// The way to where it is written out.
    elsewhere: Option<Link>,
}

impl Place<'_> {
    /// A note at a place of a page: in full, or the link to where the page has it in full.
    pub(super) fn note(self, page: PageRoute, note: NoteId, spot: Spot, said: &mut Said) -> NoteView {
        self.note_once(page, note, said.note(note, spot))
    }

    /// A note, in full unless its page has it elsewhere.
    pub(super) fn note_once(self, page: PageRoute, note: NoteId, known: Option<Spot>) -> NoteView {
        match known {
            None => self.note_in_full(page, note),
            Some(known) => self.note_elsewhere(page, note, known),
        }
    }

    /// A note above the tables of a page, with what it is about.
    pub(super) fn note_above(self, page: PageRoute, note: NoteId, known: Option<Spot>) -> NoteView {
        let mut view = self.note_once(page, note, known);
        if let Some(subject) = self.voice.note_subject(note) {
            view.label = say(self, "note-about", [("label", &view.label), ("subject", &subject)]);
        }
        view
    }

    /// A caution in its row; its anchor stands in the first of them.
    pub(super) fn caution(self, page: PageRoute, note: NoteId, has_anchor: bool) -> NoteView {
        let view = self.note_in_full(page, note);
        if has_anchor { view } else { NoteView { anchor: None, former_anchors: Vec::new(), ..view } }
    }

    /// A caution as a text: what it is, when it holds and what it says.
    pub(super) fn caution_text(self, id: NoteId) -> String {
        let note = &self.site.model[id];
        let condition = self.voice.condition(&note.when);
        let when = condition.map(|phrase| say(self, "only-when", [("condition", &phrase)]));
        let text = self.voice.plain_text(note.text);
        let parts: Vec<_> = when.into_iter().chain([text.split_whitespace().collect::<Vec<_>>().join(" ")]).collect();
        say(self, "labeled", [("label", &word(self, "note-caution"))]) + &parts.join(" · ")
    }

    /// A note with its text.
    fn note_in_full(self, page: PageRoute, id: NoteId) -> NoteView {
        let note = &self.site.model[id];
        let (kind, label) = self.note_kind(id);
        NoteView {
            anchor: Some(self.hrefs.anchor(page, Anchored::Note(id))),
            former_anchors: self.hrefs.former_anchors(page, Anchored::Note(id)),
            kind,
            label,
            condition: self.voice.condition(&note.when),
            text: Some(self.text(note.text)),
            elsewhere: None,
        }
    }

    /// The way to a note that its page has written out.
    fn note_elsewhere(self, page: PageRoute, id: NoteId, spot: Spot) -> NoteView {
        let (kind, label) = self.note_kind(id);
        let text = match spot {
            Spot::Top => say(self, "note-above", [("label", &label)]),
            Spot::Row(flow) => say(self, "note-elsewhere", [("label", &label), ("place", &self.voice.flow_name(flow))]),
            Spot::Option(option) => {
                let option = self.voice.name(self.site.model[option].label);
                say(self, "note-elsewhere", [("label", &label), ("place", option)])
            }
        };
        let href = self.hrefs.to(self.locale, page.at(Anchored::Note(id)));
        let elsewhere = Some(Link { text, href, ..Link::default() });
        NoteView { anchor: None, former_anchors: Vec::new(), kind, label, condition: None, text: None, elsewhere }
    }

    pub(super) fn note_kind(self, id: NoteId) -> (&'static str, String) {
        let (kind, label) = match self.site.model[id].kind {
            NoteKind::Note => ("note", "note-note"),
            NoteKind::Tip => ("tip", "note-tip"),
            NoteKind::Caution => ("caution", "note-caution"),
        };
        (kind, word(self, label))
    }
}
