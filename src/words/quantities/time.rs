//! Times of day: `17:30`, `5:30 p.m.`, `17.30 Uhr`, `17 Uhr 30`, 午後5時半, noon.

use std::ops::Range;

use super::{Reader, Said, before_blank, behind_blank};
use crate::words::language::Meaning;
use crate::words::numbers::{Number, digit};

/// Which half of the day is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HalfOfDay {
    Am,
    Pm,
}

/// What is known of a time: its hour and minute, its range and whether its form says that it is one.
struct Clock {
    hour: u16,
    minute: u16,
    range: Range<usize>,
    is_marked: bool,
}

impl Reader<'_> {
    pub(super) fn times(&mut self) {
        self.times_by_the_hour();
        let mut at = 0;
        while at < self.numbers.len() {
            let Some(clock) = self.clock(at) else {
                at += 1;
                continue;
            };
            let (half, range) = self.half_of_day(clock.range.clone());
            if !clock.is_marked && half.is_none() {
                at += 1;
                continue;
            }
            self.open_range(clock.range.start, half);
            self.take(range, Said::Time(minutes(&clock, half)));
            at = 0;
        }
        self.times_in_words();
    }

    /// What a number and its neighbors say, if that can be a time.
    fn clock(&self, at: usize) -> Option<Clock> {
        let number = &self.numbers[at];
        let start = number.range.start;
        if let Some((hour, minute)) = number.value.split_once('.') {
            // 17.30 Uhr
            let (hour, minute) = (hour_of(hour)?, minute_of(minute)?);
            let end = self.hour_sign(number.range.end)?;
            return Some(Clock { hour, minute, range: start..end, is_marked: true });
        }
        let hour = hour_of(&number.value)?;
        let next = self.numbers.get(at + 1);
        if let Some(next) = next.filter(|next| is_colon(&self.text[number.range.end..next.range.start])) {
            let minute = self.minute(next)?;
            let mut end = next.range.end;
            if let Some(second) =
                self.numbers.get(at + 2).filter(|second| is_colon(&self.text[end..second.range.start]))
            {
                self.minute(second)?;
                end = second.range.end;
            }
            let end = self.hour_sign(end).unwrap_or(end);
            return Some(Clock { hour, minute, range: start..end, is_marked: true });
        }
        let Some(end) = self.hour_sign(number.range.end) else {
            return Some(Clock { hour, minute: 0, range: number.range.clone(), is_marked: false });
        };
        let (minute, end) = self.minutes_behind(end, next);
        Some(Clock { hour, minute, range: start..end, is_marked: true })
    }

    /// Of a number in digits two, of one in words any below 60.
    fn minute(&self, number: &Number) -> Option<u16> {
        let written = &self.text[number.range.clone()];
        if written.contains(|c| digit(c).is_some()) {
            return minute_of(written);
        }
        number.value.parse().ok().filter(|minute| *minute < 60)
    }

    /// `half past five`, „Viertel vor acht“: minutes that are told before the hour.
    fn times_by_the_hour(&mut self) {
        for sign in self.signs {
            let Meaning::Clock(offset) = sign.meaning else { continue };
            let next = behind_blank(self.text, sign.range.end);
            let in_words = |meaning: &Meaning| match meaning {
                Meaning::Numeral(halves) | Meaning::Mention(halves) if halves.is_multiple_of(2) => {
                    u16::try_from(halves / 2).ok()
                }
                _ => None,
            };
            let in_digits = || {
                let number = self.numbers.iter().find(|number| number.range.start == next)?;
                Some((number.range.clone(), number.value.parse().ok()?))
            };
            let Some((hour, value)) = self.sign_at(next, in_words).or_else(in_digits) else { continue };
            if !(1..=24).contains(&value) || !self.is_free(&sign.range) {
                continue;
            }
            let (half, range) = self.half_of_day(sign.range.start..hour.end);
            let minutes = (value * 60).saturating_add_signed(offset);
            let clock = Clock { hour: minutes / 60, minute: minutes % 60, range: range.clone(), is_marked: true };
            self.take(range, Said::Time(self::minutes(&clock, half)));
        }
    }

    /// End of the word that makes the number before it an hour: not that of 17時間.
    pub(super) fn hour_sign(&self, at: usize) -> Option<usize> {
        let at = behind_blank(self.text, at);
        let (range, ()) = self.sign_at(at, |meaning| (*meaning == Meaning::Hour).then_some(()))?;
        let is_unit = |meaning: &Meaning| matches!(meaning, Meaning::Unit(_)).then_some(());
        let is_longer = self.sign_at(at, is_unit).is_some_and(|(unit, ())| unit.end > range.end);
        (!is_longer).then_some(range.end)
    }

    /// 30分, 半 or a bare number behind the hour.
    fn minutes_behind(&self, end: usize, next: Option<&Number>) -> (u16, usize) {
        if let Some((half, ())) = self.sign_at(end, |meaning| matches!(meaning, Meaning::Part(1, 2)).then_some(())) {
            return (30, half.end);
        }
        let Some(next) = next.filter(|next| behind_blank(self.text, end) == next.range.start) else { return (0, end) };
        let Some(minute) = self.minute(next) else { return (0, end) };
        // 17 Uhr 30 is a time, the 30 of "ab 17 Uhr 30 Sekunden lang" is none.
        if self.unit_at(next.range.end).is_some_and(|(_, unit)| unit != super::Unit::Minute) {
            return (0, end);
        }
        let unit =
            self.sign_at(next.range.end, |meaning| matches!(meaning, Meaning::Unit(super::Unit::Minute)).then_some(()));
        (minute, unit.map_or(next.range.end, |(range, ())| range.end))
    }

    /// Words beside a time that say which half of the day, and the range with them.
    fn half_of_day(&self, range: Range<usize>) -> (Option<HalfOfDay>, Range<usize>) {
        let pick = |meaning: &Meaning| match meaning {
            Meaning::Am => Some(HalfOfDay::Am),
            Meaning::Pm => Some(HalfOfDay::Pm),
            _ => None,
        };
        if let Some((sign, half)) = self.sign_at(behind_blank(self.text, range.end), pick) {
            return (Some(half), range.start..sign.end);
        }
        let before = before_blank(self.text, range.start);
        // „abends um halb sechs“
        let short = self.text[..before].chars().rev().take_while(char::is_ascii_lowercase).count();
        let start = if (1..=3).contains(&short) { before_blank(self.text, before - short) } else { before };
        match self.sign_before(before, pick).or_else(|| self.sign_before(start, pick)) {
            Some((sign, half)) if self.is_free(&sign) => (Some(half), sign.start..range.end),
            _ => (None, range),
        }
    }

    /// The first hour of `9–17 Uhr`, `9 bis 17 Uhr`, `2 to 5 p.m.`: a number just before a time.
    fn open_range(&mut self, start: usize, half: Option<HalfOfDay>) {
        let Some(number) = self.numbers.iter().rev().find(|number| number.range.end <= start).cloned() else { return };
        let is_range = self.is_range(number.range.end..start);
        let Some(hour) = hour_of(&number.value).filter(|_| is_range) else { return };
        let clock = Clock { hour, minute: 0, range: number.range.clone(), is_marked: true };
        self.take(number.range, Said::Time(minutes(&clock, half)));
    }

    fn times_in_words(&mut self) {
        for sign in self.signs {
            let minutes = match sign.meaning {
                Meaning::Noon => 12 * 60,
                Meaning::Midnight => 0,
                _ => continue,
            };
            if self.is_free(&sign.range) {
                self.take(sign.range.clone(), Said::Time(minutes));
            }
        }
    }
}

fn minutes(clock: &Clock, half: Option<HalfOfDay>) -> u16 {
    let hour = match half {
        Some(HalfOfDay::Pm) if clock.hour < 12 => clock.hour + 12,
        Some(HalfOfDay::Am) if clock.hour == 12 => 0,
        _ => clock.hour % 24,
    };
    hour * 60 + clock.minute
}

fn is_colon(between: &str) -> bool {
    matches!(between, ":" | "：")
}

fn hour_of(text: &str) -> Option<u16> {
    text.parse().ok().filter(|hour| *hour <= 24)
}

/// Two digits below 60.
fn minute_of(text: &str) -> Option<u16> {
    let digits: String = text.chars().filter_map(super::super::numbers::digit).collect();
    digits.parse().ok().filter(|minute| *minute < 60 && digits.len() == 2)
}
