//! What the numbers of a text say: dates, times of day, measures, parts, counts. `5 p.m.` and 17時 are
//! one time, `Nov 3, 2025` and `3.11.2025` one date, `half an hour` and 30分 one measure.
//!
//! Numbers in words are read only beside a unit or in a date or time; elsewhere they have other uses too.

mod date;
mod measure;
mod time;

use std::ops::Range;

use super::is_wide;
use super::language::{Language, Meaning, Sign};
use super::numbers::{Number, numbers};
use super::numerals::value;
use super::unit::Unit;

/// Between denominator and numerator in Japanese.
const PARTS_OF: &str = "分の";

/// What a number says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// A number of anything: digits without grouping, as [`numbers`] writes them.
    Number(String),
    /// A day, or what is told of one.
    Date {
        /// In four digits.
        year: Option<u16>,
        /// 1–12.
        month: Option<u8>,
        /// 1–31.
        day: Option<u8>,
    },
    /// Minutes since midnight.
    Time(u16),
    /// So much of a unit.
    Measure {
        /// As of a bare number.
        value: String,
        /// Of what.
        unit: Unit,
    },
    /// Numerator and denominator.
    Part(u8, u8),
    /// Of a year: 1–4.
    Quarter(u8),
    /// Of a year: 1–2.
    Half(u8),
    /// From Monday: 1–7.
    Weekday(u8),
    /// 24 hours a day; `true`: on every day of the year, and nothing less.
    Always(bool),
}

/// A number, or a word that says one, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// With its unit and what else belongs to it.
    pub range: Range<usize>,
    /// What it says.
    pub said: Said,
    /// Whether there is no digit in it: another text may well go without.
    pub is_in_words: bool,
}

/// Everything of a text that says a number, in order. `signs` are the language's in that text.
pub fn quantities(text: &str, language: &Language, signs: &[Sign]) -> Vec<Quantity> {
    let mut reader = Reader { text, language, signs, numbers: numbers(text), found: Vec::new() };
    reader.numerals();
    reader.phrases();
    reader.dates();
    reader.times();
    reader.measures();
    reader.rest();
    let mut found = reader.found;
    found.sort_by_key(|quantity| (quantity.range.start, quantity.range.end));
    found
}

struct Reader<'a> {
    text: &'a str,
    language: &'a Language,
    signs: &'a [Sign],
    /// Those that nothing has taken yet, in the order of the text, none within another.
    numbers: Vec<Number>,
    found: Vec<Quantity>,
}

impl Reader<'_> {
    /// Takes a part of the text, and the numbers in it, as one quantity.
    fn take(&mut self, range: Range<usize>, said: Said) {
        // No text goes without a day, or a month of a year, that the other has.
        let is_whole = matches!(&said, Said::Date { year: Some(_), month: Some(_), .. });
        let is_in_words = is_in_words(&self.text[range.clone()]) && !is_whole;
        self.numbers.retain(|number| number.range.end <= range.start || range.end <= number.range.start);
        self.found.push(Quantity { range, said, is_in_words });
    }

    fn is_free(&self, range: &Range<usize>) -> bool {
        self.found.iter().all(|known| known.range.end <= range.start || range.end <= known.range.start)
    }

    /// The sign of a kind that begins at a place.
    fn sign_at<T>(&self, at: usize, pick: impl Fn(&Meaning) -> Option<T>) -> Option<(Range<usize>, T)> {
        let begin = self.signs.iter().filter(|sign| sign.range.start == at);
        begin.filter_map(|sign| Some((sign.range.clone(), pick(&sign.meaning)?))).max_by_key(|(range, _)| range.end)
    }

    /// The sign of a kind that ends at a place.
    fn sign_before<T>(&self, at: usize, pick: impl Fn(&Meaning) -> Option<T>) -> Option<(Range<usize>, T)> {
        let end = self.signs.iter().filter(|sign| sign.range.end == at);
        end.filter_map(|sign| Some((sign.range.clone(), pick(&sign.meaning)?))).min_by_key(|(range, _)| range.start)
    }

    /// Numbers in words that stand where those of digits do: 十一月, 二時間, "five o'clock".
    fn numerals(&mut self) {
        for sign in self.signs {
            let halves = match sign.meaning {
                Meaning::Numeral(halves) => halves,
                // "Acht" is a number before „Uhr“; „eine Uhr“ is a clock.
                Meaning::Mention(halves) if halves > 2 && !self.text[sign.range.start..].starts_with(is_wide) => halves,
                _ => continue,
            };
            let (start, end) = (sign.range.start, sign.range.end);
            let is_wide = self.text[start..].starts_with(is_wide);
            let is_hour = self.hour_sign(end).is_some();
            let is_beside_han = || {
                self.text[end..].starts_with(['年', '月', '日'])
                    || self.text[end..].starts_with(PARTS_OF)
                    || self.text[..start].ends_with(PARTS_OF)
                    || self.unit_at(end).is_some()
            };
            if is_hour || is_wide && is_beside_han() {
                self.numbers.push(Number { range: sign.range.clone(), value: value(halves) });
            }
        }
        self.numbers.sort_by_key(|number| number.range.start);
    }

    /// Whether the words between two numbers make a range of them: a dash, "to", から.
    fn is_range(&self, between: Range<usize>) -> bool {
        let word = self.text[between.clone()].trim_matches(is_blank);
        if matches!(word, "-" | "–" | "—" | "~" | "～" | "〜") {
            return true;
        }
        let start = between.start + self.text[between.clone()].find(word).unwrap_or(0);
        let joins = |meaning: &Meaning| (*meaning == Meaning::Range).then_some(());
        if self.language.knows(&Meaning::Range) {
            return self.sign_at(start, joins).is_some_and(|(sign, ())| sign.end == start + word.len());
        }
        !word.is_empty() && word.chars().all(char::is_alphabetic) && word.chars().count() <= 4
    }

    /// Phrases that say a number whatever stands beside them.
    fn phrases(&mut self) {
        for sign in self.signs {
            let said = match sign.meaning {
                Meaning::Always => Said::Always(true),
                Meaning::AroundTheClock => Said::Always(false),
                Meaning::Quarter(number) => Said::Quarter(number),
                Meaning::Half(number) => Said::Half(number),
                Meaning::Weekday(number) => Said::Weekday(number),
                Meaning::ShortWeekday(number) if self.is_beside_weekday(&sign.range) => Said::Weekday(number),
                Meaning::Repeat(times) => Said::Measure { value: times.to_string(), unit: Unit::Times },
                _ => continue,
            };
            if self.is_free(&sign.range) {
                self.take(sign.range.clone(), said);
            }
        }
    }

    /// 月～金, 土・日: one character stands for a weekday beside another that does.
    fn is_beside_weekday(&self, range: &Range<usize>) -> bool {
        const JOINTS: [char; 9] = ['～', '〜', '~', '–', '-', '－', '・', '、', '，'];
        let is_short = |meaning: &Meaning| matches!(meaning, Meaning::ShortWeekday(_)).then_some(());
        let first = |text: &str| text.chars().next().filter(|c| JOINTS.contains(c)).map(char::len_utf8);
        let last = |text: &str| text.chars().next_back().filter(|c| JOINTS.contains(c)).map(char::len_utf8);
        let is_behind = || {
            let joint = first(&self.text[range.end..])?;
            let (next, ()) = self.sign_at(range.end + joint, is_short)?;
            // 3日、月曜日 and 月・日数 are other words.
            (!self.is_han(next.end)).then_some(())
        };
        let is_before = || {
            let joint = last(&self.text[..range.start])?;
            let (other, ()) = self.sign_before(range.start - joint, is_short)?;
            (!self.text[..other.start].ends_with(|c: char| c.is_numeric() || is_han(c))).then_some(())
        };
        let is_alone = !self.text[..range.start].ends_with(|c: char| c.is_numeric() || is_han(c));
        is_alone && is_behind().is_some() || !self.is_han(range.end) && is_before().is_some()
    }

    /// Whether a word goes on in Han characters.
    fn is_han(&self, at: usize) -> bool {
        self.text[at..].starts_with(is_han)
    }

    /// Numbers that are nothing more.
    fn rest(&mut self) {
        for number in std::mem::take(&mut self.numbers) {
            if is_in_words(&self.text[number.range.clone()]) {
                continue;
            }
            let said = Said::Number(number.value);
            self.found.push(Quantity { range: number.range, said, is_in_words: false });
        }
    }
}

/// Whether there is no digit in a text.
fn is_in_words(text: &str) -> bool {
    text.chars().all(|c| super::numbers::digit(c).is_none() && !(c.is_numeric() && c != '〇'))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '々')
}

/// A place behind blanks, of which no more than one is skipped.
fn behind_blank(text: &str, at: usize) -> usize {
    let blank = text[at..].chars().next().filter(|c| is_blank(*c));
    at + blank.map_or(0, char::len_utf8)
}

/// The place before one blank.
fn before_blank(text: &str, at: usize) -> usize {
    let blank = text[..at].chars().next_back().filter(|c| is_blank(*c));
    at - blank.map_or(0, char::len_utf8)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}
