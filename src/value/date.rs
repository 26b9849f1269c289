//! Dates as ISO 8601 writes them, to the day or to the month.

use std::fmt;

use serde::Serialize;

/// A day or a whole month of the Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    /// Four digits.
    pub year: u16,
    /// 1–12.
    pub month: u8,
    /// 1–31; `None`: the whole month.
    pub day: Option<u8>,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// `2026-11-21` or `2023-08`; `None` for another form or a day that does not exist.
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)? as u8;
    let day = match parts.next() {
        Some(day) => Some(digits(day, 2)? as u8),
        None => None,
    };
    let is_month = (1..=12).contains(&month) && year >= 1;
    let is_day = day.is_none_or(|day| (1..=days_in(year, month)).contains(&day));
    (is_month && is_day && parts.next().is_none()).then_some(Date { year, month, day })
}

/// Whether a text has the form of a date, also of one that does not exist.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
    matches!(lengths.as_slice(), [4, 2] | [4, 2, 2])
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn digits(text: &str, length: usize) -> Option<u16> {
    let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

fn days_in(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for good in ["2026-11-21", "2023-08", "2024-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(parse_date(good).map(|date| date.to_string()).as_deref(), Some(good));
        }
        for bad in [
            "2023-02-29",
            "1900-02-29",
            "2023-13",
            "2023-00",
            "2023-04-31",
            "23-04-01",
            "2023-4-1",
            "2023",
            "2023-04-01-01",
            "２０２３-04",
            "2023-04-",
            "0000-01",
        ] {
            assert_eq!(parse_date(bad), None, "{bad}");
        }
    }
}
