//! Numbers in running text, in the form in which every locale writes the same value: `1,000`,
//! `1.000`, `１０００` and `1000` are one number, `1.5` and `1,5` another.
//!
//! Numbers in words are read by [`numerals`](super::numerals).

use std::ops::Range;

/// Years that a number is taken for.
pub(super) const YEARS: Range<u16> = 1900..2100;

/// A number and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    /// Byte range in the text, separators included.
    pub range: Range<usize>,
    /// Digits without grouping; `.` before decimals and between the parts of a version.
    pub value: String,
}

/// Every number of a text, in order: each begins where the one before it has ended, or later.
pub fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if digit(c).is_none() {
            continue;
        }
        let end = start + length(&text[start..]);
        while chars.peek().is_some_and(|(at, _)| *at < end) {
            chars.next();
        }
        found.extend(read(text, start..end));
    }
    join_myriads(text, &mut found);
    found
}

/// 123万4567 is one number: what follows a word for zeros and is smaller than it belongs to it.
fn join_myriads(text: &str, found: &mut Vec<Number>) {
    let zeros_behind = |number: &Number| {
        let sign = text[number.range.end..].chars().next().filter(|c| super::is_wide(*c))?;
        let zeros = scale(&text[number.range.end..]);
        (zeros > 0).then_some((number.range.end + sign.len_utf8(), zeros))
    };
    let mut at = 0;
    while at + 1 < found.len() {
        let joined =
            zeros_behind(&found[at]).filter(|(end, _)| *end == found[at + 1].range.start).and_then(|(_, zeros)| {
                let (above, below): (u64, u64) = (found[at].value.parse().ok()?, found[at + 1].value.parse().ok()?);
                (below < 10_u64.pow(u32::try_from(zeros).ok()?)).then(|| above + below)
            });
        match joined {
            Some(sum) => {
                let next = found.remove(at + 1);
                found[at] = Number { range: found[at].range.start..next.range.end, value: sum.to_string() };
            }
            None => at += 1,
        }
    }
}

/// A digit of any width.
pub(super) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

/// What groups digits or begins decimals: full stops and commas of any width.
fn is_point(c: char) -> bool {
    matches!(c, '.' | ',' | '．' | '，')
}

/// What only groups digits, always by three.
fn is_gap(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Bytes of the number a text begins with.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut rest = text;
    loop {
        let digits: usize = rest.chars().take_while(|c| digit(*c).is_some()).map(char::len_utf8).sum();
        end += digits;
        rest = &text[end..];
        let Some(separator) = rest.chars().next().filter(|c| is_point(*c) || is_gap(*c)) else { return end };
        let behind = &rest[separator.len_utf8()..];
        let count = behind.chars().take_while(|c| digit(*c).is_some()).count();
        if count == 0 || (is_gap(separator) && count != 3) {
            return end;
        }
        end += separator.len_utf8();
        rest = &text[end..];
    }
}

/// A number as its value; a day as a locale writes it (`23.11.2020`) is three, each in its place.
fn read(text: &str, range: Range<usize>) -> Vec<Number> {
    let written = &text[range.clone()];
    let groups: Vec<String> =
        written.split(|c: char| digit(c).is_none()).map(|group| group.chars().filter_map(digit).collect()).collect();
    let points: Vec<char> = written.chars().filter(|c| digit(*c).is_none()).collect();
    if is_day(&groups) {
        return groups_in(written, range.start)
            .map(|range| Number { value: plain(&text[range.clone()]), range })
            .collect();
    }
    let value = match (scale(&text[range.end..]), join(&groups, &points)) {
        (0, value) => value,
        (zeros, value) => scaled(&value, zeros),
    };
    vec![Number { range, value }]
}

/// Day, month and year, the first two in either order. 10.0.4118 is a version, as are all the others
/// that no calendar has.
fn is_day(groups: &[String]) -> bool {
    let [first, second, year] = groups else { return false };
    let is_in = |group: &String, last: u16| {
        group.len() <= 2 && group.parse::<u16>().is_ok_and(|value| (1..=last).contains(&value))
    };
    let is_year = year.len() == 4 && year.parse::<u16>().is_ok_and(|year| YEARS.contains(&year));
    is_year && (is_in(first, 31) && is_in(second, 12) || is_in(first, 12) && is_in(second, 31))
}

/// Where the runs of digits of a number stand in the text.
fn groups_in(written: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, c) in written.char_indices().filter(|(_, c)| digit(*c).is_some()) {
        let here = start + at..start + at + c.len_utf8();
        match ranges.last_mut() {
            Some(last) if last.end == here.start => last.end = here.end,
            _ => ranges.push(here),
        }
    }
    ranges.into_iter()
}

fn plain(digits: &str) -> String {
    let digits: String = digits.chars().filter_map(digit).collect();
    let value = digits.trim_start_matches('0');
    if value.is_empty() { "0".to_owned() } else { value.to_owned() }
}

fn join(groups: &[String], points: &[char]) -> String {
    let [first, rest @ ..] = groups else { return String::new() };
    let Some((last_point, earlier)) = points.split_last() else { return plain(first) };
    let is_grouped = |groups: &[String]| groups.iter().all(|group| group.len() == 3);
    let fits = first.len() <= 3 && !first.starts_with('0');
    let kind = |c: char| matches!(c, ',' | '，') || is_gap(c);
    if fits && is_grouped(rest) && earlier.iter().all(|point| kind(*point) == kind(*last_point)) {
        return groups.concat();
    }
    // `1.000,5`: the last sign differs from the others and begins the decimals.
    let (decimals, whole) = match groups.split_last() {
        Some((decimals, whole))
            if !earlier.is_empty() && earlier.iter().all(|point| kind(*point) != kind(*last_point)) =>
        {
            (decimals, whole)
        }
        _ => return groups.join("."),
    };
    if fits && is_grouped(&whole[1..]) { format!("{}.{decimals}", whole.concat()) } else { groups.join(".") }
}

/// Zeros that a word behind the digits adds.
fn scale(behind: &str) -> usize {
    match behind.chars().next() {
        Some('百') => 2,
        Some('千') => 3,
        Some('万') => 4,
        Some('億') => 8,
        _ => {
            let word = behind.trim_start_matches([' ', '\u{a0}', '\u{202f}', '-']);
            let word = word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            match word {
                "thousand" | "Tausend" => 3,
                "million" | "Million" | "Millionen" | "Mio" => 6,
                "billion" | "Milliarde" | "Milliarden" | "Mrd" => 9,
                _ => 0,
            }
        }
    }
}

fn scaled(value: &str, zeros: usize) -> String {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    if decimals.len() > zeros {
        return value.to_owned();
    }
    format!("{whole}{decimals}{}", "0".repeat(zeros - decimals.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        numbers(text).into_iter().map(|number| number.value).collect()
    }

    #[test]
    fn one_value_is_read_alike_in_every_form() {
        for text in ["1000", "1,000", "1.000", "1\u{a0}000", "1\u{202f}000", "1'000", "1’000", "１，０００", "１０００"]
        {
            assert_eq!(values(text), ["1000"], "{text}");
        }
        for text in ["1.5", "1,5", "１．５"] {
            assert_eq!(values(text), ["1.5"], "{text}");
        }
        assert_eq!(values("1.000.000,5 and 1,000,000.5"), ["1000000.5", "1000000.5"]);
        assert_eq!(values("10万、1.5億"), ["100000", "150000000"]);
        assert_eq!(values("123万4567件、1億2345万6789、1万2000、3千5百"), ["1234567", "123456789", "12000", "3500"]);
        assert_eq!(
            values("2 million, 200万, 2 Millionen, 2 Mio., 3 thousand, 3 Ports, 4"),
            ["2000000", "2000000", "2000000", "2000000", "3000", "3", "4"]
        );
    }

    #[test]
    fn what_is_no_grouping_stays_apart() {
        assert_eq!(values("10.0.0.1, 11.0 and 10.1.2"), ["10.0.0.1", "11.0", "10.1.2"]);
        assert_eq!(values("11000–11999, 80 443."), ["11000", "11999", "80", "443"]);
        assert_eq!(
            values("23.11.2020 2020-11-23 2020年11月23日"),
            ["23", "11", "2020", "2020", "11", "23", "2020", "11", "23"]
        );
        assert_eq!(
            values("10.0.4118 1.2.3456 30.30.2026 0.1.2026"),
            ["10.0.4118", "1.2.3456", "30.30.2026", "0.1.2026"]
        );
        assert_eq!(values("08 007 0"), ["8", "7", "0"]);
        assert_eq!(values("no digit"), Vec::<String>::new());
    }

    #[test]
    fn each_number_stands_behind_the_one_before() {
        for text in ["23.11.2020", "２３．１１．２０２０", "1.000, 3.11.2026 und 10.0.4118", "123万4567"] {
            let mut end = 0;
            for number in numbers(text) {
                assert!(end <= number.range.start && number.range.start < number.range.end, "{text}: {number:?}");
                end = number.range.end;
            }
        }
    }
}
