//! Dates: `2026-11-29`, `29.11.2026`, `11/29/2026`, `Nov 29, 2026`, `29. November 2026`, 2026年11月29日,
//! 令和8年11月29日, and what leaves a part out: `29.11.`, `November 2026`, 11月.

use std::ops::Range;

use super::{Reader, Said, before_blank, behind_blank};
use crate::words::language::Meaning;
use crate::words::numbers::{Number, YEARS, digit};

/// What Han characters make of the number before them, the same in Japanese and Chinese.
const YEAR: char = '年';
const MONTH: char = '月';
const DAY: char = '日';

type Parts = (Option<u16>, Option<u8>, Option<u8>);

impl Reader<'_> {
    pub(super) fn dates(&mut self) {
        for number in self.numbers.clone() {
            if !self.is_free(&number.range) {
                continue;
            }
            let start = number.range.start;
            let found =
                self.in_digits(start).or_else(|| self.in_digits_apart(&number)).or_else(|| self.in_han(&number));
            if let Some((range, (year, month, day))) = found {
                self.take(range, Said::Date { year, month, day });
            }
        }
        for sign in self.signs {
            if let Meaning::Month(month) = sign.meaning
                && self.is_free(&sign.range)
            {
                let (range, year, day) = self.around_month(&sign.range);
                self.take(range, Said::Date { year, month: Some(month), day });
            }
        }
    }

    /// Digits and what parts them: the whole of `29.11.2026`, and `29.11.` with its last full stop.
    fn in_digits(&self, start: usize) -> Option<(Range<usize>, Parts)> {
        let is_sign = |c: char| digit(c).is_some() || matches!(c, '.' | '/' | '-');
        let era = self.era_before(start);
        let begins = era.is_some() || !self.text[..start].ends_with(|c: char| is_sign(c) || c.is_ascii_alphabetic());
        let run = self.text[start..].split(|c: char| !is_sign(c)).next().filter(|_| begins)?;
        let written = run.trim_end_matches(['.', '/', '-']);
        let separator = written.chars().find(|c| digit(*c).is_none())?;
        let parts: Vec<String> =
            written.split(separator).map(|part| part.chars().filter_map(digit).collect()).collect();
        if let (Some((era, before)), [year, month, day]) = (era, parts.as_slice()) {
            let date = (before.checked_add(year.parse().ok()?), Some(month_of(month)?), Some(day_of(day)?));
            return Some((era.start..start + written.len(), date));
        }
        let is_one_kind = written.chars().all(|c| digit(c).is_some() || c == separator);
        let ends_with_stop = run[written.len()..].starts_with('.');
        let before = before_blank(self.text, start);
        let is_day = self.sign_before(before, |meaning| (*meaning == Meaning::BeforeDate).then_some(())).is_some();
        let ends_with_stop = ends_with_stop && is_day;
        let date = self.read_digits(separator, &parts, ends_with_stop).filter(|_| is_one_kind)?;
        let stop = usize::from(parts.len() == 2 && separator == '.');
        Some((start..start + written.len() + stop, date))
    }

    /// `29. 11. 2026`, as German typography has it.
    fn in_digits_apart(&self, first: &Number) -> Option<(Range<usize>, Parts)> {
        let next = |number: &Number| {
            let rest = self.text[number.range.end..].strip_prefix('.')?;
            let blank = rest.chars().next().filter(|c| super::is_blank(*c))?;
            let start = number.range.end + 1 + blank.len_utf8();
            self.numbers.iter().find(|number| number.range.start == start)
        };
        let second = next(first).filter(|_| self.language.is_day_first)?;
        let year = next(second)?;
        let date = (
            Some(year_of(&year.value).filter(|_| year.value.len() == 4)?),
            Some(month_of(&second.value)?),
            Some(day_of(&first.value)?),
        );
        Some((first.range.start..year.range.end, date))
    }

    /// The era that ends at a place, and the year before its first.
    fn era_before(&self, at: usize) -> Option<(Range<usize>, u16)> {
        let era = |meaning: &Meaning| if let Meaning::Era(before) = meaning { Some(*before) } else { None };
        self.sign_before(before_blank(self.text, at), era)
    }

    fn read_digits(&self, separator: char, parts: &[String], ends_with_stop: bool) -> Option<Parts> {
        let is_first = |day: &str, month: &str| self.is_day_first(day, month);
        match parts {
            [year, month, day] if year.len() == 4 => {
                Some((Some(year_of(year)?), Some(month_of(month)?), Some(day_of(day)?)))
            }
            [first, second, year] if separator != '-' && (year.len() == 4 || self.is_short_year(separator, year)) => {
                let day_first = separator == '.' || is_first(first, second);
                let (day, month) = if day_first { (first, second) } else { (second, first) };
                Some((Some(year_of(year)?), Some(month_of(month)?), Some(day_of(day)?)))
            }
            [year, month] if year.len() == 4 && month.len() == 2 && separator != '.' => {
                Some((Some(year_of(year)?), Some(month_of(month)?), None))
            }
            [month, year] if year.len() == 4 && month.len() <= 2 && separator == '/' => {
                Some((Some(year_of(year)?), Some(month_of(month)?), None))
            }
            [day, month] if separator == '.' && ends_with_stop && self.language.is_day_first => {
                Some((None, Some(month_of(month)?), Some(day_of(day)?)))
            }
            _ => None,
        }
    }

    /// `29.11.26` is a date where days come first, `10.1.26` elsewhere a version.
    fn is_short_year(&self, separator: char, year: &str) -> bool {
        year.len() == 2 && (separator == '/' || self.language.is_day_first)
    }

    fn is_day_first(&self, first: &str, second: &str) -> bool {
        let above = |part: &str| part.parse::<u8>().is_ok_and(|part| part > 12);
        above(first) || self.language.is_day_first && !above(second)
    }

    /// 2026年11月29日 and its parts; an era stands before the year. 3年 and 3日 alone are measures.
    fn in_han(&self, number: &Number) -> Option<(Range<usize>, Parts)> {
        let mut at = number.range.start;
        let (mut start, mut year, mut month, mut day) = (at, None, None, None);
        if let Some((value, end)) = self.number_with(at, YEAR) {
            let value: u16 = value.parse().ok()?;
            year = match self.era_before(at) {
                Some((range, before)) => {
                    start = range.start;
                    before.checked_add(value)
                }
                None => Some(value).filter(|year| YEARS.contains(year)),
            };
            year?;
            at = end;
        }
        if let Some((value, end)) = self.number_with(at, MONTH) {
            month = Some(month_of(&value)?);
            at = end;
        }
        // 毎月1日
        let is_of_month = month.is_some() || self.text[..at].ends_with(MONTH);
        if let Some((value, end)) = self.number_with(at, DAY).filter(|_| is_of_month) {
            day = Some(day_of(&value)?);
            at = end;
        }
        let is_date = year.is_some() || month.is_some() || day.is_some();
        is_date.then_some((start..at, (year, month, day)))
    }

    /// The number that begins at a place, if a sign follows it, and the end of both.
    fn number_with(&self, at: usize, sign: char) -> Option<(String, usize)> {
        let number = self.numbers.iter().find(|number| number.range.start == at)?;
        let end = number.range.end;
        self.text[end..].starts_with(sign).then(|| (number.value.clone(), end + sign.len_utf8()))
    }

    /// Day and year beside the name of a month.
    fn around_month(&self, name: &Range<usize>) -> (Range<usize>, Option<u16>, Option<u8>) {
        let mut range = name.clone();
        let mut day = None;
        if let Some((start, value)) = self.day_before(name.start) {
            range.start = start;
            day = Some(value);
        }
        let dot = usize::from(self.text[range.end..].starts_with(['.', '-', '/']));
        let mut at = behind_blank(self.text, range.end + dot);
        if day.is_none()
            && let Some((value, end)) = self.number_at(at).and_then(|(value, end)| Some((day_of(value)?, end)))
        {
            day = Some(value);
            range.end = end + ordinal(&self.text[end..]);
            at = range.end;
        }
        let comma = self.text[at..].chars().next().filter(|c| matches!(c, ',' | '-' | '/')).map_or(0, char::len_utf8);
        at = behind_blank(self.text, at + comma);
        let year = self.number_at(at).and_then(|(value, end)| Some((year_of(value)?, end)));
        match year.filter(|(year, _)| YEARS.contains(year)) {
            Some((year, end)) => (range.start..end, Some(year), day),
            None => (range, None, day),
        }
    }

    fn number_at(&self, at: usize) -> Option<(&str, usize)> {
        let number = self.numbers.iter().find(|number| number.range.start == at)?;
        Some((&number.value, number.range.end))
    }

    /// `29 November`, `29. November`, `29th of November`.
    fn day_before(&self, month: usize) -> Option<(usize, u8)> {
        let number = self.numbers.iter().rev().find(|number| number.range.end <= month)?;
        let between = &self.text[number.range.end..month];
        let rest = between[ordinal(between)..].trim_start_matches(['.', '-', '/']).trim();
        let is_near =
            !between.contains(',') && (rest.is_empty() || rest.chars().all(char::is_alphabetic) && rest.len() <= 2);
        let day = day_of(&number.value).filter(|_| is_near && between.len() <= 8 && !between.is_empty())?;
        Some((number.range.start, day))
    }
}

/// Length of `st`, `nd`, `rd`, `th`.
fn ordinal(text: &str) -> usize {
    let length = text.chars().take_while(char::is_ascii_lowercase).count();
    if length == 2 { 2 } else { 0 }
}

fn year_of(text: &str) -> Option<u16> {
    let year: u16 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        _ => Some(year).filter(|year| YEARS.contains(year)),
    }
}

fn month_of(text: &str) -> Option<u8> {
    text.parse().ok().filter(|month| (1..=12).contains(month) && text.len() <= 2)
}

fn day_of(text: &str) -> Option<u8> {
    text.parse().ok().filter(|day| (1..=31).contains(day) && text.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::super::quantities;
    use super::*;
    use crate::words::language::Language;

    fn language(tag: &str) -> Language {
        let mut language = Language::default();
        language.add(if tag == "de" { "day-month" } else { "month-day" }, Meaning::DayFirst);
        for name in ["November", "Nov"] {
            language.add(name, Meaning::Month(11));
        }
        for era in ["令和", "R"] {
            language.add(era, Meaning::Era(2018));
        }
        for (halves, word) in [(0, "〇"), (2, "一"), (4, "二"), (12, "六"), (16, "八"), (18, "九"), (20, "十")] {
            language.add(word, Meaning::Numeral(halves));
        }
        language.add("am", Meaning::BeforeDate);
        language
    }

    #[test]
    fn a_day_is_read_in_every_usual_form() {
        for (tag, text) in [
            ("en", "2026-11-29"),
            ("de", "29.11.2026"),
            ("de", "29.11.26"),
            ("de", "29. November 2026"),
            ("de", "29. Nov. 2026"),
            ("en", "November 29, 2026"),
            ("en", "Nov 29, 2026"),
            ("en", "Nov. 29th, 2026"),
            ("en", "29 November 2026"),
            ("en", "29th of November 2026"),
            ("en", "29-Nov-2026"),
            ("en", "29/Nov/2026"),
            ("en", "Nov-29-2026"),
            ("de", "29. 11. 2026"),
            ("ja", "R8.11.29"),
            ("ja", "二〇二六年十一月二十九日"),
            ("ja", "令和八年一一月二九日"),
            ("en", "11/29/2026"),
            ("de", "29/11/2026"),
            ("ja", "2026年11月29日"),
            ("ja", "２０２６年１１月２９日"),
            ("ja", "2026/11/29"),
            ("ja", "令和8年11月29日"),
        ] {
            let language = language(tag);
            let written = format!("({text})");
            let found = quantities(&written, &language, &language.signs(&written));
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            let expected = Said::Date { year: Some(2026), month: Some(11), day: Some(29) };
            assert_eq!(found[0].said, expected, "{text}");
            assert_eq!(&written[found[0].range.clone()], text);
        }
    }

    #[test]
    fn parts_of_a_date_are_read_and_versions_are_none() {
        let said = |tag: &str, text: &str| {
            let language = language(tag);
            quantities(text, &language, &language.signs(text)).into_iter().map(|one| one.said).collect::<Vec<_>>()
        };
        let date = |year, month, day| vec![Said::Date { year, month, day }];
        assert_eq!(said("de", "am 29.11. um"), date(None, Some(11), Some(29)));
        assert_eq!(said("en", "in November 2026"), date(Some(2026), Some(11), None));
        assert_eq!(said("ja", "2026年"), date(Some(2026), None, None));
        assert_eq!(said("en", "10.1.26"), [Said::Number("10.1.26".into())]);
        assert_eq!(said("en", "version 11.5."), [Said::Number("11.5".into())]);
        assert_eq!(said("de", "ab Version 3.7."), [Said::Number("3.7".into())]);
        assert_eq!(said("en", "3 of 4"), [Said::Number("3".into()), Said::Number("4".into())]);
    }
}
