//! The same numbers, each in the place of another: "after 2 hours … after 4 hours", "3 of 5", and a day
//! of the week that the date beside it does not fall on. All of it is a doubt.

use std::ops::Range;

use super::pair::{Mark, Pair};
use super::reading::Reading;
use super::roles::clause_ends;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::words::language::Meaning;
use crate::words::numerals::value;
use crate::words::quantities::{Quantity, Said};
use crate::words::unit::Dimension;

/// Characters between a date and its weekday, at most: „Dienstag, dem 3. November“.
const BESIDE: usize = 8;

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    if found.iter().any(|one| one.code == Code::NumberMismatch && one.locale.as_deref() == Some(pair.tag())) {
        return;
    }
    found.extend(exchanged_shares(pair).or_else(|| reordered(pair)).or_else(|| wrong_weekday(pair)));
}

fn finding(pair: &Pair<'_>, headline: String, on: &Range<usize>, from: &Range<usize>) -> Diagnostic {
    let (on, from) = (Mark::Words(on.clone()), Mark::Words(from.clone()));
    pair.finding(Severity::Warning, Code::NumberMismatch, headline, &on, &from)
        .help("check that each number stands where the source text has it; if both say the same, accept the translation as it is")
}

fn written<'r>(reading: &'r Reading<'_>, range: &Range<usize>) -> &'r str {
    &reading.words.text[range.clone()]
}

/// A part and its whole, where both texts have one of them.
fn exchanged_shares(pair: &Pair<'_>) -> Option<Diagnostic> {
    let (source, target) = (shares(pair.source), shares(pair.target));
    let ([source], [target]) = (source.as_slice(), target.as_slice()) else { return None };
    let is_exchanged = source.part != source.whole && source.part == target.whole && source.whole == target.part;
    let headline = || {
        format!(
            "`{}` has {} of {} where the source text has {} of {}",
            pair.tag(),
            target.part,
            target.whole,
            source.part,
            source.whole
        )
    };
    is_exchanged.then(|| finding(pair, headline(), &target.range, &source.range))
}

struct Share {
    part: String,
    whole: String,
    range: Range<usize>,
}

/// `3 of 5`, `3 von 5`, 5台中3台.
fn shares(reading: &Reading<'_>) -> Vec<Share> {
    let text = &reading.words.text;
    let is_gap = |c: char| matches!(c, ' ' | '\u{a0}' | '、');
    let behind = |at: usize| text.len() - text[at..].trim_start_matches(is_gap).len();
    let ends = |at: usize, pick: &dyn Fn(&Meaning) -> bool| {
        let here = reading.signs.iter().filter(|sign| sign.range.start == at && pick(&sign.meaning));
        here.map(|sign| sign.range.end).max()
    };
    let numbers = counts(reading);
    let pairs = numbers.iter().zip(numbers.iter().skip(1));
    pairs
        .filter_map(|((first, one), (second, two))| {
            let (one, two) = (one.clone(), two.clone());
            let counted = ends(behind(first.end), &|meaning| *meaning == Meaning::Counted);
            let at = |meaning: Meaning| {
                [Some(first.end), counted]
                    .into_iter()
                    .flatten()
                    .find_map(|at| ends(behind(at), &|known| *known == meaning))
            };
            let is_next = |end: Option<usize>| end.is_some_and(|end| behind(end) == second.start);
            let range = first.start..second.end;
            if is_next(at(Meaning::PartOf)) {
                Some(Share { part: one, whole: two, range })
            } else if is_next(at(Meaning::WholeOf)) {
                Some(Share { part: two, whole: one, range })
            } else {
                None
            }
        })
        .collect()
}

/// Numbers in digits and in words, in order.
fn counts(reading: &Reading<'_>) -> Vec<(Range<usize>, String)> {
    let in_digits = reading.quantities.iter().filter_map(|one| Some((one.range.clone(), number(one)?)));
    let is_free = |range: &Range<usize>| {
        !reading.quantities.iter().any(|known| known.range.start < range.end && range.start < known.range.end)
    };
    let in_words = reading.signs.iter().filter_map(|sign| match sign.meaning {
        Meaning::Numeral(halves) if is_free(&sign.range) => Some((sign.range.clone(), value(halves))),
        _ => None,
    });
    let mut numbers: Vec<_> = in_digits.chain(in_words).collect();
    numbers.sort_by_key(|(range, _)| range.start);
    numbers
}

fn number(quantity: &Quantity) -> Option<String> {
    match &quantity.said {
        Said::Number(value) | Said::Measure { value, .. } => Some(value.clone()),
        _ => None,
    }
}

/// Times and measures of one kind, each in a clause of its own, in another order. Not where a clause may
/// stand before or behind another: with a condition, a denial, "instead".
fn reordered(pair: &Pair<'_>) -> Option<Diagnostic> {
    let limits = [Meaning::If, Meaning::Not, Meaning::Instead];
    let is_free = [pair.source, pair.target]
        .iter()
        .all(|reading| !reading.signs.iter().any(|sign| limits.contains(&sign.meaning)));
    let (source, target) = (in_clauses(pair.source)?, in_clauses(pair.target)?);
    let keys = |list: &[(Key, Range<usize>)]| list.iter().map(|(key, _)| *key).collect::<Vec<_>>();
    let (in_source, in_target) = (keys(&source), keys(&target));
    let sorted = |mut keys: Vec<Key>| {
        keys.sort_by(|a, b| a.1.total_cmp(&b.1));
        keys
    };
    if !is_free || in_source == in_target || sorted(in_source) != sorted(in_target) {
        return None;
    }
    let ((_, from), (_, on)) = source.iter().zip(&target).find(|(one, other)| one.0 != other.0)?;
    let said = (written(pair.target, on), written(pair.source, from));
    let headline = format!("`{}` has `{}` where the source text has `{}`", pair.tag(), said.0, said.1);
    Some(finding(pair, headline, on, from))
}

/// What is measured, and how much of it.
type Key = (Option<Dimension>, f64);

/// The measures and times of a text, if they are of one kind and each stands in a clause of its own.
fn in_clauses(reading: &Reading<'_>) -> Option<Vec<(Key, Range<usize>)>> {
    let ends = clause_ends(reading);
    let mut list: Vec<(Key, Range<usize>)> = Vec::new();
    let mut clauses = Vec::new();
    for quantity in &reading.quantities {
        let key = match &quantity.said {
            Said::Time(minutes) => (None, f64::from(*minutes)),
            Said::Measure { value, unit } => {
                let (dimension, factor) = unit.measure();
                (Some(dimension), value.parse::<f64>().ok()? * factor)
            }
            _ => continue,
        };
        clauses.push(ends.partition_point(|end| *end <= quantity.range.start));
        list.push((key, quantity.range.clone()));
    }
    let is_apart = clauses.windows(2).all(|two| two[0] != two[1]);
    let is_one_kind = list.windows(2).all(|two| two[0].0.0 == two[1].0.0);
    // A clause says more than its number: those of a list do not.
    let says_more = clauses.iter().zip(&list).all(|(clause, (_, range))| {
        let start = clause.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        let end = ends.get(*clause).copied().unwrap_or(reading.words.text.len());
        let letters = |range: Range<usize>| reading.words.text[range].chars().filter(|c| c.is_alphabetic()).count();
        letters(start..end) >= letters(range.clone()) + 3
    });
    (list.len() > 1 && is_apart && is_one_kind && says_more).then_some(list)
}

/// A weekday beside a date that falls on another, and that the source text does not say.
fn wrong_weekday(pair: &Pair<'_>) -> Option<Diagnostic> {
    let is_weekday = |quantity: &Quantity| matches!(quantity.said, Said::Weekday(_));
    if pair.source.quantities.iter().any(is_weekday) {
        return None;
    }
    let text = &pair.target.words.text;
    let quantities = &pair.target.quantities;
    quantities.iter().zip(quantities.iter().skip(1)).find_map(|(first, second)| {
        let (day, said, place) = match (&first.said, &second.said) {
            (Said::Weekday(said), date) => (weekday(date)?, *said, &first.range),
            (date, Said::Weekday(said)) => (weekday(date)?, *said, &second.range),
            _ => return None,
        };
        let is_beside = text.get(first.range.end..second.range.start)?.chars().count() <= BESIDE;
        let headline = || {
            format!(
                "`{}` has `{}` beside a date that falls on another day of the week",
                pair.tag(),
                written(pair.target, place)
            )
        };
        (day != said && is_beside)
            .then(|| {
                pair.finding_alone(Severity::Warning, Code::NumberMismatch, headline(), &Mark::Words(place.clone()))
            })
            .map(|diagnostic| diagnostic.help("write the day of the week on which the date falls, or leave it out"))
    })
}

/// 1–7 from Monday, by the day that is one more each year and two more after 29 February (Sakamoto).
fn weekday(date: &Said) -> Option<u8> {
    const MONTHS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let Said::Date { year: Some(year), month: Some(month), day: Some(day) } = date else { return None };
    // An era may have any number of years.
    let year = u32::from(*year).saturating_sub(u32::from(*month < 3));
    let shift = MONTHS.get(usize::from(*month).checked_sub(1)?)?;
    let from_sunday = (year + year / 4 - year / 100 + year / 400 + shift + u32::from(*day)) % 7;
    u8::try_from((from_sunday + 6) % 7 + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_falls_on_its_weekday() {
        for (year, month, day, expected) in [(2025, 11, 3, 1), (2026, 11, 29, 7), (2024, 2, 29, 4), (2000, 1, 1, 6)] {
            let date = Said::Date { year: Some(year), month: Some(month), day: Some(day) };
            assert_eq!(weekday(&date), Some(expected), "{year}-{month}-{day}");
        }
    }
}
