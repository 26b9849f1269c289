//! Ports among the numbers of a text: one beside a word that says so (`port 443`, `443/TCP`,
//! `HTTPS (443)`), or one of four digits and more that nothing makes a count, a measure, a date or the
//! number of something else (`1024 seconds`, `RFC 5432`, `up to 8080 users`).

use std::ops::Range;

use crate::check::translation::pair::Pair;
use crate::words::language::Meaning;
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
    let text = &pair.target.prose.text[range.clone()];
    let start = text.find(char::is_numeric).unwrap_or(0);
    let end =
        text.rfind(char::is_numeric).map_or(text.len(), |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    range.start + start..range.start + end
}

/// Whether the words beside a number, or its form, say that something is counted or numbered by it.
fn is_count(pair: &Pair<'_>, number: &Range<usize>) -> bool {
    let text = &pair.target.prose.text;
    // Nobody groups the digits of a port.
    let is_grouped = text[number.clone()].chars().any(|c| !c.is_numeric());
    let starts = |at: usize, meaning: &Meaning| signs_at(pair, |range| range.start == at, meaning);
    let ends = |at: usize, meaning: &Meaning| signs_at(pair, |range| range.end == at, meaning);
    let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-');
    let before = text[..number.start].trim_end_matches(blank).len();
    let behind = text.len() - text[number.end..].trim_start_matches(blank).len();
    // Connections on 4118 go through a port; up to 4118 connections don't.
    let is_amount = ends(before, &Meaning::Amount);
    let goes_through = starts(behind, &Meaning::Carried) && !is_amount && is_behind_word(pair, before);
    is_grouped
        || is_amount
        || ends(before, &Meaning::Label)
        || (starts(behind, &Meaning::Counted) || is_noun(pair, number, behind)) && !goes_through
}

fn signs_at(pair: &Pair<'_>, is_there: impl Fn(&Range<usize>) -> bool, meaning: &Meaning) -> bool {
    pair.target.signs.iter().any(|sign| is_there(&sign.range) && sign.meaning == *meaning)
}

/// Whether a number follows a word with a small letter that leads to a place: "on 4118".
fn is_behind_word(pair: &Pair<'_>, before: usize) -> bool {
    let word = last_word(&pair.target.prose.text[..before]);
    (1..=7).contains(&word.len()) && word.chars().all(char::is_lowercase)
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// Whether a noun that the lists don't know follows: in German a word with a capital; and a word with a
/// capital before the number names a product (`Windows Server 2019`). Not beside "on", "über".
fn is_noun(pair: &Pair<'_>, number: &Range<usize>, behind: usize) -> bool {
    let text = &pair.target.prose.text;
    let before = text[..number.start].trim_end();
    let previous = last_word(before);
    let is_name = before.len() < number.start
        && before.ends_with(char::is_alphabetic)
        && previous.chars().next().is_some_and(char::is_uppercase)
        && previous.len() < before.trim_start().len()
        && !before[..before.len() - previous.len()].trim_end().ends_with(['.', ':', '\n'])
        && text[number.clone()].len() == 4
        && ("1990"..="2039").contains(&&text[number.clone()]);
    let next = text[behind..].chars().next();
    let follows = next.is_some_and(char::is_uppercase)
        && behind > number.end
        && text[number.end..].starts_with([' ', '\u{a0}', '\u{202f}']);
    is_name || follows && !is_behind_word(pair, before.len())
}

/// Whether the word before or behind a number, other numbers of a list aside, makes it a port.
fn is_beside_port(pair: &Pair<'_>, range: &Range<usize>) -> bool {
    let lower = &pair.target.prose.lower;
    let before = neighbor(lower[..range.start].chars().rev(), true);
    let behind = neighbor(lower[range.end..].chars(), false);
    [before, behind].iter().any(|word| says_port(pair, word))
}

/// The nearest word in one direction, across numbers and what joins them.
fn neighbor(chars: impl Iterator<Item = char>, is_backwards: bool) -> String {
    let mut word = String::new();
    let mut is_wide_word = None;
    for c in chars {
        let is_joint = !c.is_alphanumeric() && c != 'ー' && !matches!(c, '.' | '。' | '\n') || c.is_numeric();
        let is_kana = crate::words::is_wide(c);
        if is_joint || is_wide_word.is_some_and(|wide| wide != is_kana) {
            if word.is_empty() || is_joiner(&word, is_backwards) {
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
fn is_joiner(word: &str, is_backwards: bool) -> bool {
    const JOINERS: &[&str] = &[
        "and",
        "or",
        "und",
        "oder",
        "bis",
        "to",
        "no",
        "nr",
        "number",
        "nummer",
        "the",
        "と",
        "または",
        "および",
        "や",
        "か",
        "番",
    ];
    let word: String = if is_backwards { word.chars().rev().collect() } else { word.to_owned() };
    JOINERS.contains(&word.as_str())
}

fn says_port(pair: &Pair<'_>, word: &str) -> bool {
    let is_word = word.starts_with("port")
        || word.ends_with("port")
        || word.ends_with("ports")
        || word.starts_with("tcp")
        || word.starts_with("udp");
    let is_japanese = ["ポート", "番ポート"].iter().any(|port| word.starts_with(port) || word.ends_with(port))
        || word.ends_with("ポート番号");
    let is_counted = word.starts_with('番') && !word.starts_with("番目");
    let model = &pair.context.site.model;
    let is_service = || word.len() > 2 && model.services.iter().any(|service| service.id == word);
    is_word || is_japanese || is_counted || is_service()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_beside_a_number_is_found_across_lists() {
        let before = |text: &str| neighbor(text.chars().rev(), true);
        assert_eq!(before("on the ports 80 and "), "ports");
        assert_eq!(before("über TCP/"), "TCP");
        assert_eq!(before("ポート番号"), "ポート番号");
        assert_eq!(before("Ports (80, 443) oder "), "Ports");
        assert_eq!(before("the end. "), "");
        let behind = |text: &str| neighbor(text.chars(), false);
        assert_eq!(behind("/TCP"), "TCP");
        assert_eq!(behind("番ポート"), "番ポート");
        assert_eq!(behind(" and 8080 ports"), "ports");
        assert_eq!(behind(" computers"), "computers");
    }
}
