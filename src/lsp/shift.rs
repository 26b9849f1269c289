//! Two versions of a text: where a place of one stands in the other. A file and the text that an editor has
//! of it may differ by a byte order mark and by accents apart from their letters, a site that held and the text
//! of now by what was typed in between.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use crate::words::characters::compose;

/// Two texts that have little in common are not compared for longer: of a place between, nobody knows more.
const PATIENCE: Duration = Duration::from_millis(100);

/// A piece that both texts have, but for how its accents are written.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Piece {
    old: Range<usize>,
    new: Range<usize>,
}

/// From an old text to a new one.
#[derive(Clone, Debug)]
pub(super) struct Shift<'a> {
    old: &'a str,
    new: &'a str,
    /// In order; the first begins both texts, the last ends them.
    pieces: Vec<Piece>,
}

impl<'a> Shift<'a> {
    pub(super) fn between(old: &'a str, new: &'a str) -> Self {
        let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
        let (at, there) = begins(old, new);
        let before = same(&mut old[at..].bytes().zip(new[there..].bytes()));
        let before = old.floor_char_boundary(at + before) - at;
        let (old_start, new_start) = (at + before, there + before);
        let behind = same(&mut old[old_start..].bytes().rev().zip(new[new_start..].bytes().rev()));
        let old_end = old.ceil_char_boundary(old.len() - behind);
        let new_end = new.len() - (old.len() - old_end);
        let mut pieces = vec![Piece { old: 0..at, new: 0..there }, Piece { old: at..old_start, new: there..new_start }];
        add_lines(&mut pieces, (old, old_start..old_end), (new, new_start..new_end));
        pieces.push(Piece { old: old_end..old.len(), new: new_end..new.len() });
        Self { old, new, pieces }
    }

    /// The other way round.
    pub(super) fn back(&self) -> Self {
        let pieces = self.pieces.iter().map(|Piece { old, new }| Piece { old: new.clone(), new: old.clone() });
        Self { old: self.new, new: self.old, pieces: pieces.collect() }
    }

    /// Where a byte of the old text stands in the new one; of what was changed, near it.
    pub(super) fn offset(&self, offset: usize) -> usize {
        self.moved(offset, |start, offset| start < offset)
    }

    /// By the last piece that begins before it, or at it.
    fn moved(&self, offset: usize, is_before: impl Fn(usize, usize) -> bool) -> usize {
        let offset = self.old.floor_char_boundary(offset);
        let at = self.pieces.partition_point(|piece| is_before(piece.old.start, offset)).saturating_sub(1);
        let piece = &self.pieces[at];
        let moved = if offset < piece.old.end {
            (piece.new.start + offset - piece.old.start).min(piece.new.end)
        } else {
            let next = self.pieces.get(at + 1).map_or(self.new.len(), |next| next.new.start);
            (piece.new.end + offset - piece.old.end).min(next)
        };
        self.new.floor_char_boundary(moved)
    }

    /// The same of a range, if it says the same in both.
    pub(super) fn same(&self, range: Range<usize>) -> Option<Range<usize>> {
        let moved = self.range(range.clone());
        (compose(self.old.get(range)?) == compose(self.new.get(moved.clone())?)).then_some(moved)
    }

    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        // What was typed before a range or behind it is none of it.
        let start = self.moved(range.start, |start, offset| start <= offset);
        start..self.offset(range.end).max(start)
    }
}

/// Where two texts begin: behind a byte order mark that only one of them has.
fn begins(old: &str, new: &str) -> (usize, usize) {
    const MARK: char = '\u{feff}';
    match (old.starts_with(MARK), new.starts_with(MARK)) {
        (true, false) => (MARK.len_utf8(), 0),
        (false, true) => (0, MARK.len_utf8()),
        (true, true) | (false, false) => (0, 0),
    }
}

/// Adds what the changed parts have in common, line by line.
fn add_lines(pieces: &mut Vec<Piece>, (old, old_part): (&str, Range<usize>), (new, new_part): (&str, Range<usize>)) {
    if old_part.is_empty() || new_part.is_empty() {
        return;
    }
    let old_lines: Vec<&str> = old[old_part.clone()].split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new[new_part.clone()].split_inclusive('\n').collect();
    let deadline = Instant::now() + PATIENCE;
    let (mut at, mut there) = (old_part.start, new_part.start);
    for op in capture_diff_slices_deadline(Algorithm::Myers, &old_lines, &new_lines, Some(deadline)) {
        let [was, is] = [&old_lines[op.old_range()], &new_lines[op.new_range()]];
        let [was, is] = [was, is].map(|lines| lines.iter().map(|line| line.len()).sum::<usize>());
        let piece = Piece { old: at..at + was, new: there..there + is };
        (at, there) = (piece.old.end, piece.new.end);
        match op {
            DiffOp::Equal { .. } => pieces.push(piece),
            DiffOp::Replace { .. } => add_chunks(pieces, (old, &piece.old), (new, &piece.new)),
            DiffOp::Insert { .. } | DiffOp::Delete { .. } => {}
        }
    }
}

/// Adds what two changed parts have in common from their beginning on, but for how accents are written.
fn add_chunks(pieces: &mut Vec<Piece>, (old, old_part): (&str, &Range<usize>), (new, new_part): (&str, &Range<usize>)) {
    let (mut at, mut there) = (old_part.start, new_part.start);
    for (a, b) in chunks(&old[old_part.clone()]).zip(chunks(&new[new_part.clone()])) {
        if compose(a) != compose(b) {
            return;
        }
        pieces.push(Piece { old: at..at + a.len(), new: there..there + b.len() });
        (at, there) = (at + a.len(), there + b.len());
    }
}

/// Pieces of a text, each of which begins with a sign that is no letter: a letter and its accent are in one.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?.len_utf8();
        let is_sign = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
        let end = rest[first..].find(is_sign).map_or(rest.len(), |at| first + at);
        let (chunk, after) = rest.split_at(end);
        rest = after;
        Some(chunk)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_before_and_behind_a_change_are_found_again() {
        let (old, new) = ("a: 名\nb: x\nc: y\n", "a: 名\nb: longer\nc: y\n");
        let shift = Shift::between(old, new);
        for word in ["a", "名", "b", "c", "y"] {
            let (was, is) = (old.find(word).unwrap(), new.find(word).unwrap());
            assert_eq!((shift.offset(was), shift.back().offset(is)), (is, was), "{word}");
        }
        let changed = old.find('x').unwrap();
        assert_eq!(shift.same(changed..changed + 1), None);
        assert_eq!(shift.same(0..6), Some(0..6));
        // Two changes, and something between them.
        let (old, new) = ("name: A\nb: x\nc: y\n", "name: [A\nb: x\nc: longer\n");
        let (was, is) = (old.find('x').unwrap(), new.find('x').unwrap());
        assert_eq!(Shift::between(old, new).same(was..was + 1), Some(is..is + 1));
        // What is typed beside a word is none of it.
        assert_eq!(Shift::between("a b", "xa b").same(0..1), Some(1..2));
        assert_eq!(Shift::between("a b", "a bx").same(2..3), Some(2..3));
        // Half of a character is the same.
        let shift = Shift::between("か", "が");
        assert_eq!((shift.offset(0), shift.offset(3), shift.offset(1)), (0, 3, 0));
    }

    #[test]
    fn accents_apart_from_their_letters_move_nothing() {
        let (file, editor) = ("\u{feff}über: é, ä\nx: é\n", "u\u{308}ber: e\u{301}, a\u{308}\nx: e\u{301}\n");
        let shift = Shift::between(file, editor);
        for (word, there) in [("ä", "a\u{308}"), (", ", ", "), ("x", "x")] {
            let (was, is) = (file.find(word).unwrap(), editor.find(there).unwrap());
            assert_eq!(shift.same(was..was + word.len()), Some(is..is + there.len()), "{word}");
            assert_eq!(shift.back().offset(is), was, "{word}");
        }
    }
}
