//! Places in a text: bytes here, lines and columns in the protocol.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What columns count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Halves of what Unicode calls surrogate pairs, and all other characters.
    Utf16,
}

impl Encoding {
    /// As the protocol names it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
        }
    }

    fn columns(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

/// A place as the protocol tells it, both from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub(super) struct Position {
    pub(super) line: u32,
    pub(super) character: u32,
}

/// From a place to another, end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct PositionRange {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// A text by its lines, which end with `\n`, `\r\n` or `\r`.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let is_end = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(is_end).map(|at| at + 1)).collect();
        Self { text, starts, encoding }
    }

    /// The line of a byte.
    fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// A line without its end.
    fn line(&self, line: usize) -> Range<usize> {
        let start = self.starts[line];
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        start..start + self.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_of(offset);
        // Between the two signs of one line end nothing stands.
        let end = offset.min(self.line(line).end);
        let character = self.encoding.columns(&self.text[self.starts[line]..end]);
        Position { line: line as u32, character: character as u32 }
    }

    pub(super) fn range(&self, range: Range<usize>) -> PositionRange {
        PositionRange { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The byte of a place. Behind the end of a line stands its end, behind the last line that of the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        if line >= self.starts.len() {
            return self.text.len();
        }
        let range = self.line(line);
        let mut left = position.character as usize;
        let mut offset = range.start;
        for c in self.text[range].chars() {
            let width = match self.encoding {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
            };
            if left < width {
                break;
            }
            left -= width;
            offset += c.len_utf8();
        }
        offset
    }

    pub(super) fn bytes(&self, range: PositionRange) -> Range<usize> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_was_agreed() {
        let text = "名: 🙂x\r\ny\rz\n";
        let utf16 = Lines::of(text, Encoding::Utf16);
        let utf8 = Lines::of(text, Encoding::Utf8);
        let at = |lines: &Lines<'_>, sign: char| lines.position(text.find(sign).unwrap());
        assert_eq!(at(&utf16, 'x'), Position { line: 0, character: 5 });
        assert_eq!(at(&utf8, 'x'), Position { line: 0, character: 9 });
        assert_eq!(at(&utf16, 'y'), Position { line: 1, character: 0 });
        assert_eq!(at(&utf16, 'z'), Position { line: 2, character: 0 });
        assert_eq!(utf16.position(text.len()), Position { line: 3, character: 0 });
        for (offset, _) in text.char_indices().filter(|(_, c)| *c != '\n') {
            assert_eq!((utf8.offset(utf8.position(offset)), utf16.offset(utf16.position(offset))), (offset, offset));
        }
    }

    #[test]
    fn a_place_that_is_not_there_is_the_nearest_one() {
        let lines = Lines::of("🙂a\nb", Encoding::Utf16);
        for (line, character, offset) in [(0, 1, 0), (0, 99, 5), (1, 99, 7), (7, 0, 7), (u32::MAX, u32::MAX, 7)] {
            assert_eq!(lines.offset(Position { line, character }), offset, "{line}:{character}");
        }
        let backwards = PositionRange { start: Position { line: 1, character: 0 }, end: Position::default() };
        assert_eq!(lines.bytes(backwards), 6..6);
        assert_eq!(Lines::of("", Encoding::Utf8).position(9), Position::default());
    }
}
