//! A text → its words alone, with the way back to their places: a projection of its [`Prose`].

use std::ops::Range;

use crate::parse::prose::{Block, Piece, Prose, What};
use crate::words::{REFERENCE, is_wide};

/// A paragraph or an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    /// In the words.
    pub range: Range<usize>,
    /// An item of a list, and no paragraph.
    pub is_item: bool,
    /// Of an item with a number.
    pub is_numbered: bool,
    /// How many items it stands within.
    pub depth: usize,
}

/// The words of a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// A reference that brings no text of its own is [`REFERENCE`]; blocks are parted by line breaks.
    pub text: String,
    /// The same without case, byte by byte in the same place.
    pub lower: String,
    /// Where runs of `text` begin, and where they stand in the text as written.
    runs: Vec<(usize, usize)>,
    /// Code spans, in `text`.
    pub code: Vec<Range<usize>>,
    /// The words that references bring of their own, in `text`.
    pub links: Vec<Range<usize>>,
    /// References in the text as written, in order.
    pub references: Vec<Range<usize>>,
    /// Words that spaces part, in `text`: runs of letters and digits.
    pub spaced: Vec<Range<usize>>,
    /// Opening marks of emphasis.
    pub emphases: usize,
    /// Paragraphs and items of lists.
    pub blocks: Vec<Segment>,
}

impl Words {
    /// The words of a text.
    pub fn of(prose: &Prose) -> Self {
        let mut writer = Writer::default();
        prose.pieces.iter().for_each(|piece| writer.piece(prose, piece));
        writer.finish()
    }

    /// A text that is nothing but words: a name, a form of a term.
    pub fn plain(text: &str) -> Self {
        let mut writer = Writer::default();
        writer.words(text, 0);
        writer.finish()
    }

    /// Where a range of `text` stands in the text as written.
    pub fn written(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let run = self.runs.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            self.runs.get(run).map_or(at, |(start, written)| written + (at - start))
        };
        let last = range.end.max(range.start + 1) - 1;
        place(range.start)..place(last) + 1
    }

    /// Whether a place of `text` is code.
    pub fn is_code(&self, at: usize) -> bool {
        self.code.iter().any(|range| range.contains(&at))
    }

    /// Letters and digits, without what references say in the one text and bring in the other: the
    /// length that translations share.
    pub fn length(&self, range: &Range<usize>) -> usize {
        let letters = |range: &Range<usize>| self.text[range.clone()].chars().filter(|c| c.is_alphanumeric()).count();
        let links = self.links.iter().filter(|link| range.start <= link.start && link.end <= range.end);
        letters(range) - links.map(letters).sum::<usize>()
    }
}

/// The last block ends where the words do, less the line break that parts it from the next.
fn close(prose: &mut Words) {
    let end = prose.text.trim_end().len();
    if let Some(last) = prose.blocks.last_mut() {
        last.range.end = end.max(last.range.start);
    }
}

/// Lower case where that takes as many bytes, so that places stay the same.
fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .map(|c| {
            let mut small = c.to_lowercase();
            match (small.next(), small.next()) {
                (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
                _ => c,
            }
        })
        .collect()
}

/// Runs of letters and digits of scripts that part words by spaces.
fn spaced(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if !c.is_alphanumeric() || is_wide(c) {
            continue;
        }
        match words.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => words.push(at..at + c.len_utf8()),
        }
    }
    words
}

/// Puts words together, piece by piece.
#[derive(Default)]
struct Writer {
    found: Words,
    /// Where references begin that are not yet ended, in the words.
    links: Vec<usize>,
    /// Of each list that is not yet ended, whether it has numbers.
    lists: Vec<bool>,
    /// Whether an item begins, whose first paragraph is no block of its own.
    is_item_new: bool,
}

impl Writer {
    fn piece(&mut self, prose: &Prose, piece: &Piece) {
        let at = piece.at.start as usize;
        let written = |target: u32| {
            let at = &prose.targets[target as usize].at;
            at.start as usize..at.end as usize
        };
        match piece.what {
            What::Text => self.shown(prose, piece),
            What::Code => {
                let start = self.found.text.len();
                self.shown(prose, piece);
                self.found.code.push(start..self.found.text.len());
            }
            What::Generated(target) => {
                self.found.references.push(written(target));
                self.push(REFERENCE, at);
            }
            What::Open(target) => {
                self.found.references.push(written(target));
                self.links.push(self.found.text.len());
            }
            What::Close => {
                let start = self.links.pop();
                self.found.links.extend(start.map(|start| start..self.found.text.len()));
            }
            What::Break => self.push(' ', at),
            What::Start(Block::Emphasis | Block::Strong) => self.found.emphases += 1,
            What::Start(Block::Paragraph) if self.is_item_new => self.is_item_new = false,
            What::Start(Block::Paragraph) => self.open(false, at),
            What::Start(Block::List(first)) => self.lists.push(first.is_some()),
            What::Start(Block::Item) => {
                self.open(true, at);
                self.is_item_new = true;
            }
            What::End(Block::List(_)) => {
                self.lists.pop();
            }
            What::End(_) => {}
        }
    }

    /// Begins a paragraph or an item.
    fn open(&mut self, is_item: bool, at: usize) {
        if !self.found.text.is_empty() {
            self.push('\n', at);
        }
        close(&mut self.found);
        let start = self.found.text.len();
        let is_numbered = is_item && self.lists.last() == Some(&true);
        let depth = if is_item { self.lists.len().saturating_sub(1) } else { 0 };
        self.found.blocks.push(Segment { range: start..start, is_item, is_numbered, depth });
    }

    /// What a piece shows. An entity is one place, whatever it shows.
    fn shown(&mut self, prose: &Prose, piece: &Piece) {
        let (shown, at) = (prose.shown(piece), piece.at.start as usize);
        if piece.shown.len() == piece.at.len() {
            self.words(shown, at);
        } else {
            shown.chars().for_each(|c| self.push(c, at));
        }
    }

    fn push(&mut self, c: char, at: usize) {
        self.words(c.encode_utf8(&mut [0; 4]), at);
    }

    fn words(&mut self, words: &str, at: usize) {
        if self.found.blocks.is_empty() {
            self.open(false, at);
        }
        self.is_item_new = false;
        let place = self.found.text.len();
        let is_next = self.found.runs.last().is_some_and(|(start, written)| written + (place - start) == at);
        if !is_next {
            self.found.runs.push((place, at));
        }
        self.found.text.push_str(words);
    }

    fn finish(self) -> Words {
        let mut found = self.found;
        close(&mut found);
        found.lower = lower(&found.text);
        found.spaced = spaced(&found.text);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::UnitKind;

    #[test]
    fn markup_goes_and_every_word_knows_its_place() {
        let written = "The **[big agents](component:agent)** of\n<component:x> use `a_b` at 2 * 3.\n\n- one\n- two \\*";
        let prose = Words::of(&Prose::read(written, UnitKind::Blocks));
        assert_eq!(prose.text, "The big agents of \u{fffc} use a_b at 2 * 3.\none\ntwo *");
        let at = prose.text.find("agents").unwrap();
        assert_eq!(&written[prose.written(at..at + 6)], "agents");
        let at = prose.text.find("two").unwrap();
        assert_eq!(&written[prose.written(at..at + 3)], "two");
        assert_eq!(
            prose.references.iter().map(|range| &written[range.clone()]).collect::<Vec<_>>(),
            ["[big agents](component:agent)", "<component:x>"]
        );
        assert_eq!(&prose.text[prose.code[0].clone()], "a_b");
        let blocks: Vec<_> =
            prose.blocks.iter().map(|block| (&prose.text[block.range.clone()], block.is_item)).collect();
        assert_eq!(blocks[1..], [("one", true), ("two *", true)]);
        assert_eq!((prose.emphases, blocks.len()), (1, 3));
    }

    #[test]
    fn lines_join_as_a_reader_sees_them() {
        for (written, expected) in [
            ("接続を\n開始", "接続を開始"),
            ("one\ntwo", "one two"),
            ("接続は<component:a>\nから", "接続は\u{fffc}から"),
            ("一\n\n二", "一\n二"),
        ] {
            assert_eq!(Words::of(&Prose::read(written, UnitKind::Blocks)).text, expected);
        }
    }

    #[test]
    fn a_name_keeps_its_signs() {
        let prose = Words::of(&Prose::read("a *b* [c](d:e) <date:2020-01>", UnitKind::Name));
        assert_eq!(prose.text, "a *b* [c](d:e) \u{fffc}");
        assert_eq!(prose.references.len(), 1);
    }
}
