//! A text as written → its words alone, with the way back to their places: Markdown and references
//! are taken out, lines are joined as a reader sees them.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::model::UnitKind;
use crate::words::{REFERENCE, is_wide};

/// A paragraph or an item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Block {
    /// In the words.
    pub(super) range: Range<usize>,
    pub(super) is_item: bool,
    /// Of an item with a number.
    pub(super) is_numbered: bool,
    /// How many items it stands within.
    pub(super) depth: usize,
}

/// The words of a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Prose {
    /// A reference that brings no text of its own is [`REFERENCE`]; blocks are parted by line breaks.
    pub(super) text: String,
    /// The same without case, byte by byte in the same place.
    pub(super) lower: String,
    /// Where runs of `text` begin, and where they stand in the text as written.
    runs: Vec<(usize, usize)>,
    /// Code spans, in `text`.
    pub(super) code: Vec<Range<usize>>,
    /// The words that references bring of their own, in `text`.
    pub(super) links: Vec<Range<usize>>,
    /// References in the text as written, in order.
    pub(super) references: Vec<Range<usize>>,
    /// Runs of Latin letters and digits, in `text`.
    pub(super) words: Vec<Range<usize>>,
    /// Opening marks of emphasis.
    pub(super) emphases: usize,
    /// Paragraphs and items of lists.
    pub(super) blocks: Vec<Block>,
}

impl Prose {
    /// Reads a text. What is no Markdown that texts may have is an error of its own and taken as it
    /// stands.
    pub(super) fn of(written: &str, kind: UnitKind) -> Self {
        let mut reader = Reader { written, prose: Self::default(), marks: 0, indents: Vec::new() };
        match kind {
            UnitKind::Name => {
                reader.open(None);
                reader.inline(0..written.len(), true);
            }
            UnitKind::Paragraph | UnitKind::Blocks => reader.blocks(),
        }
        let mut prose = reader.prose;
        prose.emphases = reader.marks / 2;
        close(&mut prose);
        prose.lower = lower(&prose.text);
        prose.words = words(&prose.text);
        prose
    }

    /// Where a range of `text` stands in the text as written.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let run = self.runs.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            self.runs.get(run).map_or(at, |(start, written)| written + (at - start))
        };
        let last = range.end.max(range.start + 1) - 1;
        place(range.start)..place(last) + 1
    }

    /// Whether a place of `text` is code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.code.iter().any(|range| range.contains(&at))
    }

    /// Letters and digits, without what references say in the one text and bring in the other: the
    /// length that translations share.
    pub(super) fn length(&self, range: &Range<usize>) -> usize {
        let letters = |range: &Range<usize>| self.text[range.clone()].chars().filter(|c| c.is_alphanumeric()).count();
        let links = self.links.iter().filter(|link| range.start <= link.start && link.end <= range.end);
        letters(range) - links.map(letters).sum::<usize>()
    }
}

/// The last block ends where the words do, less the line break that parts it from the next.
fn close(prose: &mut Prose) {
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
fn words(text: &str) -> Vec<Range<usize>> {
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

struct Reader<'a> {
    written: &'a str,
    prose: Prose,
    /// Marks of emphasis, opening and closing.
    marks: usize,
    /// Indents of the items that the next may stand within.
    indents: Vec<usize>,
}

impl Reader<'_> {
    fn blocks(&mut self) {
        let mut at = 0;
        let mut is_new = true;
        for line in self.written.split_inclusive('\n') {
            let end = at + line.trim_end().len();
            let start = at + line.len() - line.trim_start().len();
            let indent = start - at;
            at += line.len();
            if start >= end {
                is_new = true;
                continue;
            }
            let content = start + marker(&self.written[start..end]);
            let is_item = content > start;
            if is_new || is_item {
                if !self.prose.text.is_empty() {
                    self.push('\n', start);
                }
                self.open(is_item.then_some(indent));
                let is_numbered = self.written[start..].starts_with(|c: char| c.is_ascii_digit());
                if let Some(block) = self.prose.blocks.last_mut().filter(|block| block.is_item) {
                    block.is_numbered = is_numbered;
                }
            } else if !self.is_seamless(&self.written[content..end]) {
                self.push(' ', start);
            }
            self.inline(content..end, false);
            is_new = false;
        }
    }

    /// Begins a paragraph, or an item by its indent.
    fn open(&mut self, item: Option<usize>) {
        close(&mut self.prose);
        let start = self.prose.text.len();
        let mut block = Block { range: start..start, is_item: item.is_some(), is_numbered: false, depth: 0 };
        if let Some(indent) = item {
            self.indents.retain(|outer| *outer < indent);
            block.depth = self.indents.len();
            self.indents.push(indent);
        }
        self.prose.blocks.push(block);
    }

    /// Whether the next line goes on without a space, as a browser shows it. Beside a reference the
    /// other side decides.
    fn is_seamless(&self, below: &str) -> bool {
        let side = |c: Option<char>, reference: char| c.filter(|c| *c != reference);
        let last = side(self.prose.text.chars().last(), REFERENCE);
        let first = side(below.trim_start_matches(['*', '`', '[']).chars().next(), '<');
        match (last, first) {
            (Some(last), Some(first)) => is_wide(last) && is_wide(first),
            (Some(only), None) | (None, Some(only)) => is_wide(only),
            (None, None) => false,
        }
    }

    /// One line. Names take no markup but references.
    fn inline(&mut self, range: Range<usize>, is_name: bool) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.written[at..range.end];
            let Some(c) = rest.chars().next() else { return };
            at += match c {
                '<' if reference(rest).is_some() => self.autolink(rest, at),
                _ if is_name => self.push(c, at),
                '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                    let escaped = rest[1..].chars().next().unwrap_or('\\');
                    1 + self.push(escaped, at + 1)
                }
                '&' => match entity(rest) {
                    Some((said, length)) => {
                        said.chars().for_each(|c| {
                            self.push(c, at);
                        });
                        length
                    }
                    None => self.push(c, at),
                },
                '`' => self.code(rest, at),
                '[' => match link(rest) {
                    Some((text, length)) => {
                        self.prose.references.push(at..at + length);
                        let start = self.prose.text.len();
                        self.inline(at + 1..at + text, false);
                        self.prose.links.push(start..self.prose.text.len());
                        length
                    }
                    None => self.push(c, at),
                },
                '*' | '_' => self.emphasis(rest, at, c),
                _ => self.push(c, at),
            };
        }
    }

    fn autolink(&mut self, rest: &str, at: usize) -> usize {
        let length = reference(rest).unwrap_or(1);
        self.prose.references.push(at..at + length);
        self.push(REFERENCE, at);
        length
    }

    fn code(&mut self, rest: &str, at: usize) -> usize {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let Some(end) = rest[ticks..].find(&rest[..ticks]).map(|end| ticks + end) else { return self.push('`', at) };
        let start = self.prose.text.len();
        rest[ticks..end].char_indices().for_each(|(offset, c)| {
            self.push(c, at + ticks + offset);
        });
        self.prose.code.push(start..self.prose.text.len());
        end + ticks
    }

    /// Marks are dropped; one between spaces, or between letters, is a sign like any other.
    fn emphasis(&mut self, rest: &str, at: usize, mark: char) -> usize {
        let run = rest.len() - rest.trim_start_matches(mark).len();
        let before = self.written[..at].chars().next_back().unwrap_or(' ');
        let after = rest[run..].chars().next().unwrap_or(' ');
        let is_sign = before.is_whitespace() && after.is_whitespace()
            || mark == '_' && before.is_alphanumeric() && after.is_alphanumeric();
        if is_sign {
            return self.push(mark, at);
        }
        self.marks += 1;
        run
    }

    fn push(&mut self, c: char, at: usize) -> usize {
        let place = self.prose.text.len();
        let is_next = self.prose.runs.last().is_some_and(|(start, written)| written + (place - start) == at);
        if !is_next {
            self.prose.runs.push((place, at));
        }
        self.prose.text.push(c);
        c.len_utf8()
    }
}

/// Bytes of the marker of a list's item, or none.
fn marker(line: &str) -> usize {
    if line.starts_with(['-', '*', '+']) && line[1..].starts_with(' ') {
        return 2;
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_item =
        (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) && line[digits + 1..].starts_with(' ');
    if is_item { digits + 2 } else { 0 }
}

/// What the reference to a character at the start of a text shows (`&#233;`, `&eacute;`), and its bytes.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.find(';').filter(|end| *end < 40)?;
    let name = &text[1..end];
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') && !name.is_empty();
    let written = &text[..=end];
    let shown: String = Parser::new(written)
        .filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
        .collect();
    (is_name && shown != written && !shown.is_empty()).then_some((shown, written.len()))
}

/// Bytes of `<kind:id>` at the start of a text.
fn reference(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    let (kind, id) = text[1..end].split_once(':')?;
    let is_one =
        kind.bytes().all(|byte| byte.is_ascii_lowercase()) && !kind.is_empty() && !id.contains(char::is_whitespace);
    is_one.then_some(end + 1)
}

/// End of the text and of the whole of `[text](kind:id)` at the start of a text.
fn link(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let target = text[at + 1..].strip_prefix('(')?;
            let end = target.find(')')?;
            return target[..end].contains(':').then_some((at, at + 2 + end + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_every_word_knows_its_place() {
        let written = "The **[big agents](component:agent)** of\n<component:x> use `a_b` at 2 * 3.\n\n- one\n- two \\*";
        let prose = Prose::of(written, UnitKind::Blocks);
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
            assert_eq!(Prose::of(written, UnitKind::Blocks).text, expected);
        }
    }

    #[test]
    fn a_name_keeps_its_signs() {
        let prose = Prose::of("a *b* [c](d:e) <date:2020-01>", UnitKind::Name);
        assert_eq!(prose.text, "a *b* [c](d:e) \u{fffc}");
        assert_eq!(prose.references.len(), 1);
    }
}
