//! A text as the record keeps and compares it: NFC, white space inside a block as one space, blocks
//! parted by an empty line. What a line break within a paragraph is to a reader, nothing, it is here;
//! two paragraphs that became one, or a list that became a sentence, are another text.
//!
//! A block begins with `# ` (a heading), `- ` or `1. ` (an item) or with its words, two spaces deeper
//! for each level; so it does not matter how the file writes it (`*` or `-`, `2.` or `1.`).

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::value::UnitKind;
use crate::words::fold;

/// Folds a text. Names are one line, whatever signs they hold.
pub fn fold_blocks(text: &str, kind: UnitKind) -> String {
    match kind {
        UnitKind::Name => fold(text),
        UnitKind::Paragraph | UnitKind::Blocks if is_one_paragraph(text) => fold(text),
        UnitKind::Paragraph | UnitKind::Blocks => Folder::new(text).fold(),
    }
}

/// Whether a text surely is one: most are, and need not be parsed for it.
fn is_one_paragraph(text: &str) -> bool {
    let text = text.trim();
    !text.contains('\n') && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '<' | '[' | '「' | '“' | '„'))
}

struct Folder<'a> {
    text: &'a str,
    folded: String,
    /// The marks of the lists around the place.
    lists: Vec<&'static str>,
    /// The mark of the block that comes next.
    mark: Option<String>,
    /// The bytes of the open block.
    open: Option<Range<usize>>,
}

impl<'a> Folder<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, folded: String::with_capacity(text.len()), lists: Vec::new(), mark: None, open: None }
    }

    fn fold(mut self) -> String {
        for (event, range) in Parser::new_ext(self.text, Options::empty()).into_offset_iter() {
            match event {
                Event::Start(Tag::List(first)) => {
                    self.close();
                    self.lists.push(if first.is_some() { "1." } else { "-" });
                }
                Event::End(TagEnd::List(_)) => {
                    self.close();
                    self.lists.pop();
                }
                Event::Start(Tag::Item) => {
                    self.close();
                    self.mark = self.lists.last().map(|mark| (*mark).to_owned());
                }
                Event::End(TagEnd::Item) => {
                    // An item without words is one too.
                    self.open = self.open.take().or_else(|| self.mark.is_some().then_some(range.end..range.end));
                    self.close();
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    self.close();
                    self.mark = Some("  ".repeat(level as usize - 1) + "#");
                }
                Event::Start(Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock)
                | Event::End(
                    TagEnd::Paragraph
                    | TagEnd::BlockQuote(_)
                    | TagEnd::CodeBlock
                    | TagEnd::HtmlBlock
                    | TagEnd::Heading(_),
                ) => self.close(),
                Event::Rule => {
                    self.close();
                    self.open = Some(range);
                    self.close();
                }
                _ => self.extend(range),
            }
        }
        self.close();
        self.folded
    }

    /// Takes a part of a line into the open block.
    fn extend(&mut self, range: Range<usize>) {
        // The backslash that makes a sign an ordinary one is no event.
        let start = if self.text[..range.start].ends_with('\\') { range.start - 1 } else { range.start };
        let open = self.open.get_or_insert(start..range.end);
        open.end = open.end.max(range.end);
    }

    fn close(&mut self) {
        let Some(range) = self.open.take() else { return };
        if !self.folded.is_empty() {
            self.folded.push_str("\n\n");
        }
        let depth = self.lists.len().saturating_sub(usize::from(self.mark.is_some()));
        self.folded.extend(std::iter::repeat_n("  ", depth));
        let words = fold(&self.text[range]);
        if let Some(mark) = self.mark.take() {
            self.folded.push_str(&mark);
            self.folded.push_str(if words.is_empty() { "" } else { " " });
        }
        self.folded.push_str(&words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_kept_and_lines_are_not() {
        for (written, folded) in [
            ("one\ntwo   three", "one two three"),
            ("one\n\n\ntwo", "one\n\ntwo"),
            ("Ports:\n\n* **one**\n  more\n* `two`\n", "Ports:\n\n- **one** more\n\n- `two`"),
            (
                "1. one\n2. two\n   - deeper\n   - <component:a> too\n",
                "1. one\n\n1. two\n\n  - deeper\n\n  - <component:a> too",
            ),
            ("- one\n\n  its second\n- two", "- one\n\n  its second\n\n- two"),
            ("- loose\n\n- items\n", "- loose\n\n- items"),
            ("## Two\nwords", "  # Two\n\nwords"),
            ("a\n- b", "a\n\n- b"),
            ("- \\* sign\n-\n- c", "- \\* sign\n\n-\n\n- c"),
            ("U\u{308}ber", "Über"),
            ("  ", ""),
            ("443 and 80", "443 and 80"),
        ] {
            assert_eq!(fold_blocks(written, UnitKind::Blocks), folded, "{written:?}");
        }
        assert_eq!(fold_blocks("- a\n- b", UnitKind::Name), "- a - b");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["one\n\n- a\n  - b\n\n  c\n- d\n\ntwo\n\n1. x\n2. y", "# a\n\nb", "- a\n\n\n- b"] {
            let once = fold_blocks(text, UnitKind::Blocks);
            assert_eq!(fold_blocks(&once, UnitKind::Blocks), once, "{text:?}");
        }
    }
}
