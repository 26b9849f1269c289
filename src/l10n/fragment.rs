//! A parsed text: Markdown events without markup of any output, references as ids.

use pulldown_cmark::Event;

use super::Reference;

/// One piece of a parsed text.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Markdown as it stands.
    Markdown(Event<'static>),
    /// A reference whose text is generated from the facts.
    Generated(Reference),
    /// A reference with a text of its own begins.
    Open(Reference),
    /// It ends.
    Close,
}

/// A parsed text in one locale.
#[derive(Clone, Debug, Default)]
pub struct Fragment {
    /// In reading order.
    pub pieces: Vec<Piece>,
}

impl Fragment {
    /// Every reference, in order.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Generated(reference) | Piece::Open(reference) => Some(reference),
            Piece::Markdown(_) | Piece::Close => None,
        })
    }
}
