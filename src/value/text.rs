//! What texts may hold.

/// What Markdown a text takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnitKind {
    /// Plain text: diagrams and menus can't show more.
    Name,
    /// One paragraph.
    Paragraph,
    /// Paragraphs and lists.
    Blocks,
}
