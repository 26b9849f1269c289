//! Ports among the numbers of a text: one beside a word that says so (`port 443`, `443/TCP`,
//! `HTTPS (443)`), or one of four digits and more that nothing makes a count, a measure, a date or the
//! number of something else (`1024 seconds`, `RFC 5432`, `up to 8080 users`).

use std::ops::Range;

use crate::check::translation::pair::Pair;
use crate::words::characters::PROLONGED;
use crate::words::is_wide;
use crate::words::language::{List, Meaning, Sign};
use crate::words::quantities::{Quantity, Said};

/// Where a text names a port of its product by its number.
pub(super) fn ports(pair: &Pair<'_>) -> Vec<Range<usize>> {
    let facts = pair.context.facts(pair.unit);
    let is_port = |quantity: &&Quantity| {
        let (value, is_bare) = match &quantity.said {
            Said::Number(value) => (value, true),
            Said::Measure { value, .. } => (value, false),
            _ => return false,
        };
        if !facts.ports.contains(value) {
            return false;
        }
        let number = number_in(pair, &quantity.range);
        if is_bare && is_beside_port(pair, &number) {
            return true;
        }
        is_bare && value.len() >= 4 && !is_count(pair, &number)
    };
    pair.target.quantities.iter().filter(is_port).map(|quantity| number_in(pair, &quantity.range)).collect()
}

/// The digits of a quantity.
fn number_in(pair: &Pair<'_>, range: &Range<usize>) -> Range<usize> {
    let text = &pair.target.words.text[range.clone()];
    let start = text.find(char::is_numeric).unwrap_or(0);
    let end =
        text.rfind(char::is_numeric).map_or(text.len(), |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    range.start + start..range.start + end
}

/// Whether the words beside a number, or its form, say that something is counted or numbered by it.
fn is_count(pair: &Pair<'_>, number: &Range<usize>) -> bool {
    let text = &pair.target.words.text;
    // Nobody groups the digits of a port.
    let is_grouped = text[number.clone()].chars().any(|c| !c.is_numeric());
    let starts = |at: usize, meaning: &Meaning| signs_at(pair, |range| range.start == at, meaning);
    let ends = |at: usize, meaning: &Meaning| signs_at(pair, |range| range.end == at, meaning);
    let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-');
    let before = text[..number.start].trim_end_matches(blank).len();
    let behind = text.len() - text[number.end..].trim_start_matches(blank).len();
    // Connections on 4118 go through a port; up to 4118 connections don't.
    let is_amount = ends(before, &Meaning::Amount);
    let goes_through = starts(behind, &Meaning::Carried) && !is_amount && leads_to(pair, before);
    let is_of_many = ends(before, &Meaning::Of) && is_plural(pair, behind);
    is_grouped
        || is_amount
        || is_of_many
        || is_in_name(text, number)
        || is_factor(text, number)
        || is_of_phone(&text[..number.start])
        || is_year(pair, number, before)
        || ends(before, &Meaning::Label)
        || (starts(behind, &Meaning::Counted) || is_noun(pair, number, behind)) && !goes_through
}

fn signs_at(pair: &Pair<'_>, is_there: impl Fn(&Range<usize>) -> bool, meaning: &Meaning) -> bool {
    pair.target.signs.iter().any(|sign| is_there(&sign.range) && sign.meaning == *meaning)
}

/// Whether a word that ends in the plural begins at a place: "a batch of 8080 samples".
fn is_plural(pair: &Pair<'_>, at: usize) -> bool {
    let word = pair.target.words.text[at..].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let language = pair.languages().1;
    word.chars().count() > 3 && language.words(&Meaning::Plural).any(|ending| word.ends_with(ending))
}

/// Whether a number is a part of a longer name, or of a word: `CVE-2021-4118`, `10.0-4118`, `8080-12`,
/// `#4118`, "4118-page". A range of ports goes up.
fn is_in_name(text: &str, number: &Range<usize>) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let (front, rest) = (&text[..number.start], &text[number.end..]);
    let before = &front[front.trim_end_matches(is_part).len()..];
    let behind = rest[..rest.len() - rest.trim_start_matches(is_part).len()].trim_end_matches(['.', '-']);
    let value = |text: &str| text.parse::<u32>().ok();
    let own = value(&text[number.clone()]);
    let (low, high) = (value(before.trim_end_matches('-')), value(behind.trim_start_matches('-')));
    let is_range = |is_up: bool, text: &str| is_up || text.is_empty();
    let goes_up = is_range(low.is_some() && low < own, before) && is_range(own < high, behind);
    let is_word = rest.strip_prefix(['-', '‑']).is_some_and(|rest| rest.starts_with(char::is_lowercase));
    front.ends_with(['#', '＃', '№']) || is_word || !goes_up
}

/// `1024 × 768`
fn is_factor(text: &str, number: &Range<usize>) -> bool {
    let is_sign = |c: char| matches!(c, '×' | 'x' | 'X' | '*' | '✕' | '✖' | 'ｘ');
    let before = text[..number.start].trim_end();
    let behind = text[number.end..].trim_start();
    before.strip_suffix(is_sign).is_some_and(|rest| rest.trim_end().ends_with(char::is_numeric))
        || behind.strip_prefix(is_sign).is_some_and(|rest| rest.trim_start().starts_with(char::is_numeric))
}

/// Whether a number goes on where this text ends: `+49 30 `.
fn is_of_phone(before: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '/' | '(' | ')' | '.');
    let rest = before.trim_end_matches(is_part);
    rest.ends_with('+') && before[rest.len()..].starts_with(|c: char| c.is_ascii_digit())
}

/// "In 2049 the license ends": four digits behind a word that leads to a year, unless they end a range.
fn is_year(pair: &Pair<'_>, number: &Range<usize>, before: usize) -> bool {
    let text = &pair.target.words.text;
    let is_leading = |sign: &&Sign| sign.range.end == before && sign.meaning == Meaning::BeforeYear;
    let is_alone = |sign: &Sign| !text[..sign.range.start].trim_end().ends_with(|c: char| c.is_ascii_digit());
    is_in_this_age(&text[number.clone()]) && pair.target.signs.iter().find(is_leading).is_some_and(is_alone)
}

/// Years that a text may speak of.
fn is_in_this_age(digits: &str) -> bool {
    digits.len() == 4 && ("1990"..="2099").contains(&digits)
}

/// Whether a word that leads to a port ends at a place: "on 4118". In a language without a list of
/// them, any short word with a small letter.
fn leads_to(pair: &Pair<'_>, before: usize) -> bool {
    if pair.languages().1.knows(&Meaning::Through) {
        return signs_at(pair, |range| range.end == before, &Meaning::Through);
    }
    let word = last_word(&pair.target.words.text[..before]);
    (1..=7).contains(&word.len()) && word.chars().all(char::is_lowercase)
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// Whether a noun that the lists don't know follows: in German a word with a capital; and a word with a
/// capital before the number names a product (`Windows Server 2019`). Not beside "on", "über".
fn is_noun(pair: &Pair<'_>, number: &Range<usize>, behind: usize) -> bool {
    let text = &pair.target.words.text;
    let before = text[..number.start].trim_end();
    let previous = last_word(before);
    let is_name = before.len() < number.start
        && before.ends_with(char::is_alphabetic)
        && previous.chars().next().is_some_and(char::is_uppercase)
        && previous.len() < before.trim_start().len()
        && !before[..before.len() - previous.len()].trim_end().ends_with(['.', ':', '\n'])
        && is_in_this_age(&text[number.clone()]);
    let next = text[behind..].chars().next();
    let follows = next.is_some_and(char::is_uppercase)
        && behind > number.end
        && text[number.end..].starts_with([' ', '\u{a0}', '\u{202f}']);
    is_name || follows && !leads_to(pair, before.len())
}

/// Whether the word before or behind a number, other numbers of a list aside, makes it a port.
fn is_beside_port(pair: &Pair<'_>, range: &Range<usize>) -> bool {
    let lower = &pair.target.words.lower;
    let fillers: Vec<&str> = pair.languages().1.words(&Meaning::PortFiller).collect();
    let before = neighbor(lower[..range.start].chars().rev(), true, &fillers);
    let behind = neighbor(lower[range.end..].chars(), false, &fillers);
    // "The limit per port is 22 rules": the number is that of what follows.
    let is_near = lower[..range.start].trim_end_matches([' ', '\u{a0}']).ends_with(before.as_str());
    let counts = || {
        let next = lower.len() - lower[range.end..].trim_start_matches([' ', '\u{a0}']).len();
        signs_at(pair, |sign| sign.start == next, &Meaning::Counted)
    };
    says_port(pair, &fillers, &before) && (is_near || !counts()) || says_port(pair, &[], &behind)
}

/// The nearest word in one direction, across numbers and what joins them.
fn neighbor(chars: impl Iterator<Item = char>, is_backwards: bool, fillers: &[&str]) -> String {
    let mut word = String::new();
    let mut is_wide_word = None;
    for c in chars {
        let is_joint = !c.is_alphanumeric() && c != PROLONGED && !matches!(c, '.' | '。' | '\n') || c.is_numeric();
        let is_kana = crate::words::is_wide(c);
        if is_joint || is_wide_word.is_some_and(|wide| wide != is_kana) {
            if word.is_empty() || is_filler(&word, is_backwards, fillers) {
                word.clear();
                is_wide_word = None;
                if is_joint {
                    continue;
                }
            } else {
                break;
            }
        }
        if matches!(c, '.' | '。' | '\n') {
            break;
        }
        is_wide_word = Some(is_kana);
        word.push(c);
        if word.chars().count() > 24 {
            break;
        }
    }
    if is_backwards { word.chars().rev().collect() } else { word }
}

/// Words that join the numbers of a list or stand between one and what it counts.
fn is_filler(word: &str, is_backwards: bool, fillers: &[&str]) -> bool {
    let word: String = if is_backwards { word.chars().rev().collect() } else { word.to_owned() };
    fillers.contains(&word.as_str())
}

/// Whether a word calls the number beside it a port: in scripts without spaces with what binds the two
/// (ポートの番号は), in others alone.
fn says_port(pair: &Pair<'_>, fillers: &[&str], word: &str) -> bool {
    let mut bare = word;
    while let Some(rest) = fillers.iter().find_map(|filler| bare.strip_suffix(filler)).filter(|rest| !rest.is_empty()) {
        bare = rest;
    }
    let language = pair.languages().1;
    let is_port = |port: &str| {
        let is_other = || language.words(&Meaning::NoPort).any(|other| bare.ends_with(other));
        if port.chars().any(is_wide) {
            bare.ends_with(port) && !is_other() || word.starts_with(port) && fillers.is_empty()
        } else {
            word == port.to_lowercase()
        }
    };
    let is_protocol = word.starts_with("tcp") || word.starts_with("udp");
    let begins = |list: List| language.list(list).iter().any(|counter| word.starts_with(counter.as_str()));
    let is_counted = begins(List::PortCounter) && !begins(List::PortOrdinal);
    let model = &pair.context.site.model;
    let is_service = || word.len() > 2 && model.services.iter().any(|service| service.id == word);
    is_protocol || is_counted || language.words(&Meaning::Port).any(is_port) || is_service()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_beside_a_number_is_found_across_lists() {
        let fillers = ["and", "oder"];
        let before = |text: &str| neighbor(text.chars().rev(), true, &fillers);
        assert_eq!(before("on the ports 80 and "), "ports");
        assert_eq!(before("über TCP/"), "TCP");
        assert_eq!(before("ポート番号"), "ポート番号");
        assert_eq!(before("Ports (80, 443) oder "), "Ports");
        assert_eq!(before("the end. "), "");
        let behind = |text: &str| neighbor(text.chars(), false, &fillers);
        assert_eq!(behind("/TCP"), "TCP");
        assert_eq!(behind("番ポート"), "番ポート");
        assert_eq!(behind(" and 8080 ports"), "ports");
        assert_eq!(behind(" computers"), "computers");
    }
}
