//! The words of a language's lists in a text.

use std::ops::Range;

use super::is_wide;
use super::language::{Language, Meaning, Sign};
use super::numerals::numerals;

impl Language {
    /// Every word of the lists in a text, in order; of one list the longest at each place.
    pub fn signs(&self, text: &str) -> Vec<Sign> {
        let mut numerals = numerals(text, self);
        let mut signs = self.listed(text, &numerals);
        let is_none = |range: &Range<usize>| {
            // „mehrere tausend“ is no thousand, „acht“ alone may be attention, „achthundert“ is a number.
            signs.iter().filter(|sign| sign.meaning == Meaning::NoNumeral).any(|Sign { range: none, .. }| {
                let is_longer = none.start < range.start || range.end <= none.end;
                none.start <= range.start && range.start < none.end && is_longer
            })
        };
        numerals.retain(|numeral| !is_none(&numeral.range));
        signs.append(&mut numerals);
        signs.sort_by_key(|sign| sign.range.start);
        signs
    }

    /// The words as they stand in the lists, numbers aside.
    fn listed(&self, text: &str, numerals: &[Sign]) -> Vec<Sign> {
        let mut signs: Vec<Sign> = Vec::new();
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            // Words begin where letters do; scripts without spaces let them begin anywhere.
            let is_start = is_wide(c)
                || !c.is_alphanumeric()
                || !before.is_alphanumeric()
                || is_wide(before)
                || before.is_ascii_digit() && !c.is_ascii_digit()
                || numerals.iter().any(|numeral| numeral.range.end == at);
            before = c;
            if !is_start {
                continue;
            }
            for form in self.words_near(&text[at..]).filter(|form| form.stands_at(&text[at..])) {
                let kind = std::mem::discriminant(&form.meaning);
                let is_part = signs.iter().rev().take(8).any(|sign| {
                    std::mem::discriminant(&sign.meaning) == kind && sign.range.start <= at && at < sign.range.end
                });
                if !is_part {
                    let range = at..at + form.text.len();
                    signs.push(Sign { range, meaning: form.meaning.clone() });
                }
            }
        }
        signs
    }
}
