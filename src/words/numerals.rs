//! Numbers in words: `twenty-five`, `fünfundzwanzig`, 二十五, `one and a half million`, `anderthalb`.
//!
//! Their words stand in `language.toml`; how they are put together is much the same in all languages:
//! what is larger comes first, hundreds and more multiply what stands before them. Scripts without
//! spaces also count by ten (三十) and write digits in a row (二〇二六).

use std::ops::Range;

use super::is_wide;
use super::language::{Halves, Language, Meaning, Sign};

/// As a number in digits is compared: without grouping.
pub fn value(halves: Halves) -> String {
    if halves.is_multiple_of(2) { (halves / 2).to_string() } else { format!("{}.5", halves / 2) }
}

/// What is known of the numeral that a text begins with.
#[derive(Default)]
struct Sum {
    /// Thousands and more; in scripts without spaces, what is above ten thousand.
    above: Halves,
    /// Hundreds; in scripts without spaces, tens to thousands.
    section: Halves,
    /// What is still to be multiplied.
    last: Halves,
    /// The smallest number that multiplied, of the section and of all.
    smallest: Option<Halves>,
    smallest_above: Option<Halves>,
}

impl Sum {
    fn value(&self) -> Option<Halves> {
        self.above.checked_add(self.section)?.checked_add(self.last)
    }

    /// Adds a word; `None`: it begins another number.
    fn add(&mut self, word: Halves, is_wide: bool, is_joined: bool) -> Option<()> {
        let is_small = word == 200 || is_wide && matches!(word, 20 | 200 | 2000);
        if is_small && self.smallest.is_none_or(|smallest| word < smallest) && self.last < 200 {
            self.section += self.last.max(2) / 2 * word + self.last.max(2) % 2 * word / 2;
            (self.last, self.smallest) = (0, Some(word));
            return Some(());
        }
        if word >= 200 && is_power_of_ten(word / 2) && !is_small {
            let counted = match self.section + self.last {
                0 if is_wide => return None,
                0 => 2,
                some => some,
            };
            self.smallest_above.is_none_or(|smallest| word < smallest).then_some(())?;
            self.above = self.above.checked_add(counted.checked_mul(word)? / 2)?;
            (self.section, self.last, self.smallest, self.smallest_above) = (0, 0, None, Some(word));
            return Some(());
        }
        // Twenty-five, and fünf-und-zwanzig.
        let follows = self.last == 0
            || !is_wide && is_tens(self.last) && word < 20
            || is_joined && self.last < 20 && is_tens(word);
        (follows && word > 0 && !is_small).then(|| self.last += word)
    }
}

/// 20 to 90.
fn is_tens(halves: Halves) -> bool {
    (40..200).contains(&halves) && halves.is_multiple_of(20)
}

fn is_power_of_ten(mut value: u64) -> bool {
    while value >= 10 && value.is_multiple_of(10) {
        value /= 10;
    }
    value == 1
}

/// Every number in words of a text, in order.
pub(super) fn numerals(text: &str, language: &Language) -> Vec<Sign> {
    let mut found: Vec<Sign> = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let is_start = is_wide(c) || !before.is_alphanumeric() || is_wide(before);
        let is_free = found.last().is_none_or(|last| last.range.end <= at);
        let is_multiplied = follows_digit(&text[..at]);
        before = c;
        if !is_start || !is_free {
            continue;
        }
        let Some((range, halves)) = numeral(text, at, language) else { continue };
        // 1.5 million and 3万 are read by their digits.
        let is_bare = language.numeral_at(&text[at..]).is_some_and(|(_, first)| first >= 200 || is_wide(c));
        if !(is_multiplied && is_bare) {
            found.push(Sign { range, meaning: Meaning::Numeral(halves) });
        }
    }
    found
}

fn follows_digit(before: &str) -> bool {
    before.trim_end_matches([' ', '\u{a0}', '\u{202f}', '-']).ends_with(|c: char| super::numbers::digit(c).is_some())
}

/// The numeral that begins at a place, and its value.
fn numeral(text: &str, start: usize, language: &Language) -> Option<(Range<usize>, Halves)> {
    let is_wide = text[start..].starts_with(is_wide);
    if is_wide && let Some(found) = row_of_digits(text, start, language) {
        return Some(found);
    }
    let (mut sum, mut at, mut is_joined, mut found) = (Sum::default(), start, false, None);
    loop {
        let half = language.half_at(&text[at..]).filter(|_| at > start && sum.last > 0 && sum.last % 2 == 0);
        if let Some(length) = half {
            sum.last += 1;
            at += length;
        } else if let Some((length, word)) = language.numeral_at(&text[at..])
            && sum.add(word, is_wide, is_joined).is_some()
        {
            at += length;
        } else {
            break;
        }
        if is_wide || ends_word(&text[at..], language) {
            found = sum.value().map(|value| (start..at, value));
        }
        if !is_wide {
            (at, is_joined) = behind_joint(text, at, language, sum.section > 0 || sum.above > 0);
        }
    }
    found.filter(|(_, value)| *value > 0)
}

/// 二〇二六: a digit beside a digit.
fn row_of_digits(text: &str, start: usize, language: &Language) -> Option<(Range<usize>, Halves)> {
    let (mut at, mut value, mut count) = (start, 0_u64, 0);
    while let Some((length, digit)) = language.numeral_at(&text[at..]).filter(|(_, digit)| *digit < 20) {
        value = value.checked_mul(10)?.checked_add(digit / 2)?;
        at += length;
        count += 1;
    }
    let is_multiplied = language.numeral_at(&text[at..]).is_some();
    if count > 1 && !is_multiplied { Some((start..at, value.checked_mul(2)?)) } else { None }
}

/// Whether a word ends here, or goes on as a unit: zweimal, sechsmonatig.
fn ends_word(rest: &str, language: &Language) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() && !is_wide(c)) || language.is_unit(rest)
}

/// Behind a hyphen, a blank, an "and" of the language, or nothing; `true` behind an "and" within a word.
fn behind_joint(text: &str, at: usize, language: &Language, is_large: bool) -> (usize, bool) {
    if let Some(length) = language.numeral_join_at(&text[at..]) {
        return (at + length, true);
    }
    let blank = |at: usize| {
        let c = text[at..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '-' | '‑'));
        at + c.map_or(0, char::len_utf8)
    };
    let next = blank(at);
    match language.numeral_join_at(&text[next..]) {
        Some(length) if is_large && next > at => (blank(next + length), false),
        _ => (next, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        let mut language = Language::default();
        let words: &[(&str, &str)] = match tag {
            "de" => &[
                ("1", "ein"),
                ("2", "zwei"),
                ("3", "drei"),
                ("5", "fünf"),
                ("10", "zehn"),
                ("12", "zwölf"),
                ("16", "sechzehn"),
                ("20", "zwanzig"),
                ("100", "hundert"),
                ("1000", "tausend"),
                ("1000000", "millionen"),
                ("1.5", "anderthalb"),
                ("joins", "und"),
                ("and-half", "einhalb"),
            ],
            "ja" => &[
                ("0", "〇"),
                ("1", "一"),
                ("2", "二"),
                ("5", "五"),
                ("6", "六"),
                ("10", "十"),
                ("100", "百"),
                ("1000", "千"),
                ("10000", "万"),
            ],
            _ => &[
                ("1", "one"),
                ("2", "two"),
                ("5", "five"),
                ("10", "ten"),
                ("20", "twenty"),
                ("100", "hundred"),
                ("1000", "thousand"),
                ("1000000", "million"),
                ("joins", "and"),
                ("and-half", "and a half"),
            ],
        };
        for (name, word) in words {
            language.add(word, super::super::language::meaning(&format!("numerals.{name}"), 0).unwrap());
        }
        language
    }

    fn said(tag: &str, text: &str) -> Vec<String> {
        let language = language(tag);
        let values = numerals(text, &language).into_iter().map(|sign| match sign.meaning {
            Meaning::Numeral(halves) => value(halves),
            other => format!("{other:?}"),
        });
        values.collect()
    }

    #[test]
    fn compounds_are_one_number() {
        for (tag, text, expected) in [
            ("en", "Twenty-five agents", "25"),
            ("en", "a thousand", "1000"),
            ("en", "two hundred and five thousand one hundred", "205100"),
            ("en", "one and a half million", "1500000"),
            ("de", "Fünfundzwanzig", "25"),
            ("de", "zehntausend", "10000"),
            ("de", "dreihundertzwölf", "312"),
            ("de", "zweitausendfünfhundertsechzehn", "2516"),
            ("de", "fünfhunderttausend", "500000"),
            ("de", "einundzwanzig", "21"),
            ("de", "anderthalb", "1.5"),
            ("de", "zweieinhalb Millionen", "2500000"),
            ("ja", "二十五台", "25"),
            ("ja", "一万二千五百", "12500"),
            ("ja", "二〇二六年", "2026"),
            ("ja", "十一月", "11"),
        ] {
            assert_eq!(said(tag, text), [expected], "{text}");
        }
    }

    #[test]
    fn other_words_and_other_numbers_stay_apart() {
        assert_eq!(said("en", "two or five, twenty and ten; often, tension"), ["2", "5", "20", "10"]);
        assert_eq!(said("de", "Einbau, dreist, zwei und zwanzig"), ["2", "20"]);
        assert_eq!(said("en", "1.5 million, 3 thousand"), Vec::<String>::new());
        assert_eq!(said("ja", "3万、万一"), ["1"]);
        // No integer holds them all.
        assert!(!said("ja", &"六".repeat(40)).is_empty());
    }
}
