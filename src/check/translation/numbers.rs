//! A translation says the numbers of its source text, in whatever form its language has: `5 p.m.` is
//! 17時, `Nov 3, 2025` is 3.11.2025, half an hour 30分, `1,234,567` 123万4567.
//!
//! What is said in words alone need not be said by the other text; where both say one of a kind (two
//! times of day, two months), it must be the same.

use super::naked_fact::addresses;
use super::pair::{Mark, Pair};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::words::is_wide;
use crate::words::language::{Meaning, Sign};
use crate::words::numbers::{Number, numbers};
use crate::words::numerals::value;
use crate::words::quantities::{Quantity, Said, quantities};
use crate::words::unit::Dimension;

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (of_reading(pair.source), of_reading(pair.target));
    if source.iter().chain(&target).all(|part| part.is_in_words) {
        return;
    }
    let (missing, extra) = compare(pair, source, target);
    let is_doubt = missing.iter().chain(&extra).all(|part| part.is_in_words);
    if is_doubt || is_alike_with_gaps(pair) {
        return;
    }
    let mark = |parts: &[Part], reading: &Reading<'_>| {
        let digits = parts.iter().find(|part| !part.is_in_words).or(parts.first());
        Mark::words(
            digits.map(|part| part.quantity.range.clone()).filter(|range| range.end <= reading.words.text.len()),
        )
    };
    found.push(
        pair.finding(
            Severity::Error,
            Code::NumberMismatch,
            headline(pair, &missing, &extra),
            &mark(&extra, pair.target),
            &mark(&missing, pair.source),
        )
        .help("say the same number in both, in digits where it matters; facts belong in references"),
    );
}

/// Numbers in words that differ: a doubt, since words have other uses too.
pub(super) fn check_words(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let (missing, extra) = compare(pair, of_reading(pair.source), of_reading(pair.target));
    let in_words = missing.iter().chain(&extra).all(|part| part.is_in_words) && !missing.is_empty();
    let help = "say the same number in both; if the words mean the same, accept the translation as it is";
    if in_words {
        let mark = |parts: &[Part]| Mark::words(parts.first().map(|part| part.quantity.range.clone()));
        let headline = headline(pair, &missing, &extra);
        let finding = pair.finding(Severity::Warning, Code::NumberMismatch, headline, &mark(&extra), &mark(&missing));
        found.push(finding.help(help));
        return;
    }
    let lost = unsaid(pair.source, pair.target).into_iter().find(|number| number.value != "2");
    let new = unsaid(pair.target, pair.source).into_iter().next();
    let tag = pair.tag();
    let headline = match (&lost, &new) {
        (None, None) => return,
        (Some(lost), None) => format!("`{tag}` does not say the number {} of the source text", lost.value),
        (None, Some(new)) => format!("`{tag}` says the number {}, which the source text does not", new.value),
        (Some(lost), Some(new)) => {
            format!("`{tag}` says the number {} where the source text says {}", new.value, lost.value)
        }
    };
    let mark = |number: Option<Number>| Mark::words(number.map(|number| number.range));
    found.push(pair.finding(Severity::Warning, Code::NumberMismatch, headline, &mark(new), &mark(lost)).help(help));
}

fn headline(pair: &Pair<'_>, missing: &[Part], extra: &[Part]) -> String {
    let tag = pair.tag();
    match (list(missing, pair.source), list(extra, pair.target)) {
        (lacks, brings) if brings.is_empty() => format!("`{tag}` lacks the number {lacks} of the source text"),
        (lacks, brings) if lacks.is_empty() => {
            format!("`{tag}` has the number {brings}, which the source text has not")
        }
        (lacks, brings) => format!("`{tag}` has the number {brings} where the source text has {lacks}"),
    }
}

/// As they are written, each once.
fn list(parts: &[Part], reading: &Reading<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for part in parts {
        let written = reading.words.text.get(part.quantity.range.clone()).unwrap_or(&part.number);
        let name = match &part.quantity.said {
            Said::Number(value) => format!("`{value}`"),
            _ => format!("`{written}`"),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// Numbers one text says in words and the other neither in words nor in digits. Only those that can mean
/// nothing else: in scripts without spaces before what is counted or measured, and from 2.
fn unsaid(reading: &Reading<'_>, other: &Reading<'_>) -> Vec<Number> {
    let text = &reading.words.text;
    let is_counted = |sign: &Sign| {
        !text[sign.range.clone()].chars().next_back().is_some_and(is_han)
            || reading.signs.iter().any(|next| {
                next.range.start == sign.range.end && matches!(next.meaning, Meaning::Counted | Meaning::Unit(_))
            })
    };
    let is_taken = |sign: &Sign| {
        let covers = |range: &std::ops::Range<usize>| range.start <= sign.range.start && sign.range.end <= range.end;
        reading.quantities.iter().any(|quantity| covers(&quantity.range))
    };
    let mut said = Vec::new();
    for sign in &reading.signs {
        let Meaning::Numeral(halves) = sign.meaning else { continue };
        let number = Number { range: sign.range.clone(), value: value(halves) };
        let is_known = || numbers(&other.words.text).iter().any(|known| known.value == number.value);
        if halves >= 4 && is_counted(sign) && !is_taken(sign) && !says(other, &number.value) && !is_known() {
            said.push(number);
        }
    }
    said
}

/// Of a script without spaces, and no kana: ふたつ is a word of its own.
fn is_han(c: char) -> bool {
    is_wide(c) && !matches!(c, '\u{3040}'..='\u{30ff}')
}

/// Kinds of numbers that can stand for each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Plain,
    Year,
    Month,
    Day,
    Time,
    Measure(Dimension),
    Part,
    Quarter,
    Half,
    Weekday,
    Always,
}

/// One number of a quantity: a date has up to three.
#[derive(Clone, Debug)]
struct Part {
    quantity: Quantity,
    class: Class,
    /// What is compared within a class.
    value: f64,
    /// What is compared with a bare number: its digits; empty where none can be meant.
    number: String,
    is_in_words: bool,
}

fn of_reading(reading: &Reading<'_>) -> Vec<Part> {
    if reading.quantities.is_empty() {
        return Vec::new();
    }
    // Numbers within addresses are compared as addresses.
    let addresses = addresses(reading);
    let own = reading.quantities.iter().filter(|quantity| {
        let range = &quantity.range;
        !addresses.iter().any(|address| address.start <= range.start && range.end <= address.end)
    });
    own.flat_map(parts).collect()
}

fn parts(quantity: &Quantity) -> Vec<Part> {
    let part = |class: Class, value: f64, number: String| Part {
        quantity: quantity.clone(),
        class,
        value,
        number,
        is_in_words: quantity.is_in_words,
    };
    match &quantity.said {
        Said::Number(value) => vec![part(Class::Plain, value.parse().unwrap_or(f64::NAN), value.clone())],
        Said::Date { year, month, day } => [
            year.map(|year| part(Class::Year, f64::from(year), year.to_string())),
            month.map(|month| part(Class::Month, f64::from(month), month.to_string())),
            day.map(|day| part(Class::Day, f64::from(day), day.to_string())),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Said::Time(minutes) => {
            let hour = if minutes % 60 == 0 { (minutes / 60).to_string() } else { String::new() };
            vec![part(Class::Time, f64::from(*minutes), hour)]
        }
        Said::Measure { value, unit } => {
            let (dimension, factor) = unit.measure();
            let amount: f64 = value.parse().unwrap_or(f64::NAN);
            vec![part(Class::Measure(dimension), amount * factor, value.clone())]
        }
        Said::Part(one, of) => vec![part(Class::Part, f64::from(*one) / f64::from(*of), String::new())],
        Said::Quarter(number) => vec![part(Class::Quarter, f64::from(*number), String::new())],
        Said::Half(number) => vec![part(Class::Half, f64::from(*number), String::new())],
        Said::Weekday(number) => vec![part(Class::Weekday, f64::from(*number), String::new())],
        Said::Always(is_every_day) => vec![part(Class::Always, f64::from(u8::from(*is_every_day)), String::new())],
    }
}

/// What each text says and the other does not.
fn compare(pair: &Pair<'_>, mut source: Vec<Part>, mut target: Vec<Part>) -> (Vec<Part>, Vec<Part>) {
    let (all_source, all_target) = (source.clone(), target.clone());
    cancel(&mut source, &mut target, is_same);
    cancel(&mut source, &mut target, |one, other| stands_for(pair, one, other));
    // "From Jan 5 to Jan 9" names a month twice that another language names once.
    source.retain(|part| !is_repeated(part, &all_target));
    target.retain(|part| !is_repeated(part, &all_source));
    let classes = |parts: &[Part]| parts.iter().map(|part| part.class).collect::<Vec<_>>();
    let (in_source, in_target) = (classes(&source), classes(&target));
    source.retain(|part| is_contradicted(part, &in_target) || !part.is_in_words && !is_said(part, pair.target));
    target.retain(|part| is_contradicted(part, &in_source) || !part.is_in_words && !is_said(part, pair.source));
    (source, target)
}

/// Takes away what matches, one for one.
fn cancel(source: &mut Vec<Part>, target: &mut Vec<Part>, matches: impl Fn(&Part, &Part) -> bool) {
    source.retain(|part| match target.iter().position(|other| matches(part, other)) {
        Some(position) => {
            target.remove(position);
            false
        }
        None => true,
    });
}

fn is_repeated(part: &Part, others: &[Part]) -> bool {
    matches!(part.class, Class::Month | Class::Year) && others.iter().any(|other| is_same(part, other))
}

/// Two of a kind, of which each says another number.
fn is_contradicted(part: &Part, others: &[Class]) -> bool {
    // Six weeks are no six months, though one is no whole number of the other.
    let is_duration = |class: Class| matches!(class, Class::Measure(Dimension::Time | Dimension::Calendar));
    let is_one_kind = |other: &Class| *other == part.class || is_duration(*other) && is_duration(part.class);
    part.class != Class::Plain && others.iter().any(is_one_kind)
}

/// Whether a text says a number in words, wherever.
fn says(reading: &Reading<'_>, number: &str) -> bool {
    reading.signs.iter().any(|sign| match sign.meaning {
        Meaning::Numeral(halves) | Meaning::Mention(halves) => value(halves) == number,
        _ => false,
    })
}

fn is_said(part: &Part, other: &Reading<'_>) -> bool {
    !part.number.is_empty() && says(other, &part.number)
        // An hour, a day or another single one may go without its number.
        || matches!(part.class, Class::Always) && part.value < 1.0
}

fn is_same(one: &Part, other: &Part) -> bool {
    if one.class == Class::Plain && other.class == Class::Plain {
        return one.number == other.number;
    }
    let is_always = matches!(one.class, Class::Always);
    one.class == other.class && (is_always || is_close(one, other))
}

/// A kilobyte is 1000 bytes to some and 1024 to others.
fn is_close(one: &Part, other: &Part) -> bool {
    let tolerance = match one.class {
        Class::Measure(Dimension::Data) if one.number != other.number => 0.03,
        _ => 1e-9,
    };
    (one.value - other.value).abs() <= tolerance * one.value.abs().max(other.value.abs())
}

/// The same digits where only one of the texts says of what, or one says it in another way.
fn stands_for(pair: &Pair<'_>, one: &Part, other: &Part) -> bool {
    let in_common = !one.number.is_empty() && one.number == other.number;
    match (one.class, other.class) {
        (Class::Plain, class) | (class, Class::Plain) => in_common && !must_be_told(pair, class),
        // The fourth in 3日と4日, which could be days as well.
        (Class::Day, Class::Measure(Dimension::Time)) | (Class::Measure(Dimension::Time), Class::Day) => in_common,
        (Class::Year, Class::Measure(Dimension::Calendar)) | (Class::Measure(Dimension::Calendar), Class::Year) => {
            in_common
        }
        (Class::Always, Class::Measure(Dimension::Time)) => one.value < 1.0 && is_a_day(other),
        (Class::Measure(Dimension::Time), Class::Always) => other.value < 1.0 && is_a_day(one),
        _ => false,
    }
}

/// 24 hours, in seconds.
fn is_a_day(part: &Part) -> bool {
    (part.value - 86_400.0).abs() < 1.0
}

/// Whether both languages have the words for a unit, so that a number without is another thing.
fn must_be_told(pair: &Pair<'_>, class: Class) -> bool {
    let is_percent = matches!(class, Class::Measure(Dimension::Percent | Dimension::Degree));
    let (source, target) = pair.languages();
    is_percent && source.has_units && target.has_units
}

/// Whether the numbers are the same if `12 000` with a plain blank is one: in a list it is two.
fn is_alike_with_gaps(pair: &Pair<'_>) -> bool {
    let (source, target) = pair.languages();
    let joined = |reading: &Reading<'_>| with_gaps_closed(&reading.words.text);
    let read = |text: &str, language: &crate::words::language::Language| -> Vec<Part> {
        quantities(text, language, &language.signs(text)).iter().flat_map(parts).collect()
    };
    let (in_source, in_target) = (joined(pair.source), joined(pair.target));
    if in_source.is_none() && in_target.is_none() {
        return false;
    }
    let sources = in_source.map_or_else(|| of_reading(pair.source), |text| read(&text, source));
    let targets = in_target.map_or_else(|| of_reading(pair.target), |text| read(&text, target));
    let (missing, extra) = compare(pair, sources, targets);
    missing.iter().chain(&extra).all(|part| part.is_in_words)
}

/// The text without the blanks that may group digits: between one to three and three.
fn with_gaps_closed(text: &str) -> Option<String> {
    let mut closed = String::with_capacity(text.len());
    let mut is_changed = false;
    for (at, c) in text.char_indices() {
        let before = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let behind = text[at + c.len_utf8()..].bytes().take_while(u8::is_ascii_digit).count();
        if c == ' ' && (1..=3).contains(&before) && behind == 3 {
            is_changed = true;
        } else {
            closed.push(c);
        }
    }
    is_changed.then_some(closed)
}
