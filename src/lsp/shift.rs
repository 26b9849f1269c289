//! Two versions of a text: where a place of one stands in the other. A file and the text that an editor has
//! of it may differ by a byte order mark and by accents apart from their letters, a site that held and the text
//! of now by what was typed in between.

use std::ops::Range;

use crate::words::characters::compose;

/// From an old text to a new one, or back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shift<'a> {
    old: &'a str,
    new: &'a str,
    /// How many bytes at the beginning and at the end are the same.
    before: usize,
    behind: usize,
}

impl<'a> Shift<'a> {
    pub(super) fn between(old: &'a str, new: &'a str) -> Self {
        let same = |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(a, b)| a == b).count();
        let before = same(&mut old.bytes().zip(new.bytes()));
        let before = old.floor_char_boundary(before);
        let behind = same(&mut old[before..].bytes().rev().zip(new[before..].bytes().rev()));
        let behind = old.len() - old.ceil_char_boundary(old.len() - behind);
        Self { old, new, before, behind }
    }

    /// The other way round.
    pub(super) fn back(self) -> Self {
        Self { old: self.new, new: self.old, ..self }
    }

    /// Where a byte of the old text stands in the new one; of what was changed, near it.
    pub(super) fn offset(self, offset: usize) -> usize {
        let offset = self.old.floor_char_boundary(offset);
        if offset <= self.before {
            return offset;
        }
        if offset >= self.old.len() - self.behind {
            return self.new.len() - (self.old.len() - offset);
        }
        self.before + self.within(offset - self.before)
    }

    /// The same of a range, if it says the same in both.
    pub(super) fn same(self, range: Range<usize>) -> Option<Range<usize>> {
        let moved = self.range(range.clone());
        (compose(self.old.get(range)?) == compose(self.new.get(moved.clone())?)).then_some(moved)
    }

    pub(super) fn range(self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }

    /// Within the changed part: as far as both are the same but for how accents are written.
    fn within(self, offset: usize) -> usize {
        let old = &self.old[self.before..self.old.len() - self.behind];
        let new = &self.new[self.before..self.new.len() - self.behind];
        let (mut at, mut there) = (0, 0);
        for (a, b) in chunks(old).zip(chunks(new)) {
            let is_here = offset < at + a.len();
            if is_here || compose(a) != compose(b) {
                let room = b.len().min(offset - at);
                return new.floor_char_boundary(there + room);
            }
            at += a.len();
            there += b.len();
        }
        there
    }
}

/// Pieces of a text that are composed alike alone and together: each begins with an ASCII character.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?.len_utf8();
        let end = rest[first..].find(|c: char| c.is_ascii()).map_or(rest.len(), |at| first + at);
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
