//! `30 seconds`, 1.5GB, `€5`, `half an hour`, `3分の2`, `30–60 s`.

use std::ops::Range;

use super::{PARTS_OF, Quantity, Reader, Said, before_blank, behind_blank, is_blank};
use crate::words::language::Meaning;
use crate::words::numbers::{Number, YEARS};
use crate::words::numerals::value;
use crate::words::unit::Unit;

impl Reader<'_> {
    pub(super) fn measures(&mut self) {
        self.parts();
        let mut at = 0;
        while let Some(number) = self.numbers.get(at).cloned() {
            if let Some(year) = self.decade(&number) {
                self.take(number.range, Said::Date { year: Some(year), month: None, day: None });
                continue;
            }
            match self.measure(&number) {
                Some((range, value, unit)) => {
                    self.range_before(number.range.start, unit);
                    self.take(range, Said::Measure { value, unit });
                    at = 0;
                }
                None => at += 1,
            }
        }
        self.measures_in_words();
    }

    /// The unit that belongs to a number, behind it or before it, and the range of both.
    fn measure(&self, number: &Number) -> Option<(Range<usize>, String, Unit)> {
        if let Some((end, unit)) = self.unit_at(number.range.end) {
            if let Some((end, value)) = self.days_apart(end, &number.value, unit) {
                return Some((number.range.start..end, value, unit));
            }
            if let Some(end) = self.half_behind(end) {
                return Some((number.range.start..end, plus_half(&number.value), unit));
            }
            return Some(match self.sign_at(end, half) {
                // 1時間半
                Some((half, ())) if crate::words::is_wide(first_char(&self.text[half.clone()])) => {
                    (number.range.start..half.end, plus_half(&number.value), unit)
                }
                _ => (number.range.start..end, number.value.clone(), unit),
            });
        }
        let before = before_blank(self.text, number.range.start);
        let (start, unit) = [Unit::Euro, Unit::Dollar, Unit::Yen, Unit::Pound]
            .into_iter()
            .find_map(|unit| {
                let start = before.checked_sub(unit.as_str().len())?;
                self.text[..before].ends_with(unit.as_str()).then_some((start, unit))
            })
            .or_else(|| {
                let sign = self.text[..before].chars().next_back().filter(|c| is_currency(*c))?;
                let start = before - sign.len_utf8();
                Some((start, Unit::symbol(&self.text[start..before])?.1))
            })?;
        Some((start..number.range.end, number.value.clone(), unit))
    }

    /// The "1990s" are years and no seconds.
    fn decade(&self, number: &Number) -> Option<u16> {
        let year: u16 = number.value.parse().ok().filter(|year| YEARS.contains(year) && year % 10 == 0)?;
        let rest = self.text[number.range.end..].strip_prefix('s')?;
        (!rest.starts_with(char::is_alphanumeric)).then_some(year)
    }

    /// With one day between them (1日おき) is every second day; of hours and minutes the word says no
    /// more than every one.
    fn days_apart(&self, end: usize, value: &str, unit: Unit) -> Option<(usize, String)> {
        let (sign, ()) = self.sign_at(end, |meaning| (*meaning == Meaning::Between).then_some(()))?;
        let is_whole = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year);
        let between: u32 = value.parse().ok().filter(|_| is_whole)?;
        Some((sign.end, between.checked_add(1)?.to_string()))
    }

    /// The unit at a place, behind a blank or a hyphen, and its end.
    pub(super) fn unit_at(&self, at: usize) -> Option<(usize, Unit)> {
        let hyphen = self.text[at..].chars().next().filter(|c| matches!(c, '-' | '‑')).map_or(0, char::len_utf8);
        let at = if hyphen > 0 { at + hyphen } else { behind_blank(self.text, at) };
        if let Some((length, unit)) = Unit::symbol(&self.text[at..]) {
            return Some((at + length, unit));
        }
        let unit = |meaning: &Meaning| if let Meaning::Unit(unit) = meaning { Some(*unit) } else { None };
        self.sign_at(at, unit).map(|(range, unit)| (range.end, unit))
    }

    /// The first number of `10–20 s`, `10 bis 20 Sekunden`, `10～20秒` has the unit of the second.
    fn range_before(&mut self, start: usize, unit: Unit) {
        let Some(number) = self.numbers.iter().rev().find(|number| number.range.end <= start).cloned() else { return };
        let between = number.range.end..start;
        if &self.text[between.clone()] == "/" || self.is_range(between) {
            self.take(number.range, Said::Measure { value: number.value, unit });
        }
    }

    /// `3分の2`, `2/3`, `½`.
    fn parts(&mut self) {
        let pairs: Vec<_> = self.numbers.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        for (first, second) in pairs {
            let small = |number: &Number| number.value.parse::<u8>().ok().filter(|value| (1..=12).contains(value));
            let (Some(one), Some(two)) = (small(&first), small(&second)) else { continue };
            let range = first.range.start..second.range.end;
            match &self.text[first.range.end..second.range.start] {
                PARTS_OF if two < one => self.take(range, Said::Part(two, one)),
                "/" if one < two && two <= 5 => self.take(range, Said::Part(one, two)),
                _ => {}
            }
        }
    }

    /// `half an hour`, `eine Minute`, 半日, and parts in words alone.
    fn measures_in_words(&mut self) {
        let mut found: Vec<Quantity> = Vec::new();
        for sign in self.signs {
            match &sign.meaning {
                Meaning::Part(part, whole) if self.is_free(&sign.range) && !self.is_in_numeral(&sign.range) => {
                    found.push(self.part_in_words(sign.range.clone(), *part, *whole));
                }
                // "A second" is an ordinal more often than a unit.
                Meaning::Unit(unit) if self.is_free(&sign.range) && !self.is_ordinal(&sign.range) => {
                    let Some((start, value)) = self.numeral_before(sign.range.start) else { continue };
                    let (end, value) = match self.half_behind(sign.range.end) {
                        Some(end) => (end, plus_half(&value)),
                        None => (sign.range.end, value),
                    };
                    let said = Said::Measure { value, unit: *unit };
                    found.push(Quantity { range: start..end, said, is_in_words: true });
                }
                _ => {}
            }
        }
        for quantity in found {
            if self.is_free(&quantity.range) {
                self.found.push(quantity);
            }
        }
    }

    /// A part, or half of a unit that stands at most a word behind it.
    fn part_in_words(&self, range: Range<usize>, part: u8, whole: u8) -> Quantity {
        let is_half = (part, whole) == (1, 2);
        let next = behind_blank(self.text, range.end);
        let after_word = self.text[next..].find(is_blank).map(|length| next + length);
        let places = [Some(next), after_word.map(|at| behind_blank(self.text, at))];
        let unit = |at: usize| {
            let pick = |meaning: &Meaning| if let Meaning::Unit(unit) = meaning { Some(*unit) } else { None };
            self.sign_at(at, pick)
        };
        match places.into_iter().flatten().find_map(unit).filter(|_| is_half) {
            Some((unit_range, unit)) => Quantity {
                range: range.start..unit_range.end,
                said: Said::Measure { value: "0.5".to_owned(), unit },
                is_in_words: true,
            },
            None => Quantity { range, said: Said::Part(part, whole), is_in_words: true },
        }
    }

    /// The half of "two and a half" is told with the two.
    fn is_in_numeral(&self, range: &Range<usize>) -> bool {
        let numerals = self.signs.iter().filter(|sign| matches!(sign.meaning, Meaning::Numeral(_)));
        numerals.into_iter().any(|sign| sign.range.start <= range.start && range.end <= sign.range.end)
    }

    /// End of the "and a half" that follows a unit.
    fn half_behind(&self, unit: usize) -> Option<usize> {
        let at = behind_blank(self.text, unit);
        Some(at + self.language.half_at(&self.text[at..]).filter(|_| at > unit)?)
    }

    fn is_ordinal(&self, range: &Range<usize>) -> bool {
        let mut here = self.signs.iter().filter(|sign| sign.range == *range);
        here.any(|sign| matches!(sign.meaning, Meaning::Mention(_)))
    }

    /// A number in words before a unit, and where it begins: `six weeks`, `six-week`, `zweiwöchig`, 隔日.
    fn numeral_before(&self, unit: usize) -> Option<(usize, String)> {
        let said = |meaning: &Meaning| match meaning {
            Meaning::Numeral(halves) | Meaning::Mention(halves) if *halves > 0 => Some(*halves),
            _ => None,
        };
        let before = self.text[..unit].trim_end_matches('-').len();
        let before = if before < unit { before } else { before_blank(self.text, unit) };
        let (range, halves) = self.sign_before(before, said)?;
        Some((range.start, value(halves)))
    }
}

fn half(meaning: &Meaning) -> Option<()> {
    matches!(meaning, Meaning::Part(1, 2)).then_some(())
}

fn plus_half(value: &str) -> String {
    if value.contains('.') { value.to_owned() } else { format!("{value}.5") }
}

fn is_currency(c: char) -> bool {
    matches!(c, '€' | '$' | '¥' | '￥' | '£')
}

fn first_char(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}
