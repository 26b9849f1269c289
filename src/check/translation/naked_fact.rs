//! A fact of the product typed into a text: it stays as it is when the fact changes.
//!
//! A port is one beside a word that says so (`port 443`, `443/TCP`, `HTTPS (443)`), or one of four
//! digits and more; smaller numbers alone are counts. Names of items can't refer to versions, so that
//! they may hold them.

use std::ops::Range;

use super::pair::{Mark, Pair, Reading};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::UnitKind;
use crate::words::numbers::numbers;

/// What is found: its place, what it is, and how to refer to it.
type Found = (Range<usize>, &'static str, String);

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let text = &pair.target.prose.text;
    if !text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'.' || byte == 0xEF) {
        return;
    }
    let mut naked = Vec::new();
    dates(pair, &mut naked);
    hosts(pair, &mut naked);
    versions(pair, &mut naked);
    ports(pair, &mut naked);
    for (range, what, help) in naked {
        let literal = &text[range.clone()];
        let headline = format!("{what} `{literal}` is typed into a text, where it stays when the fact changes");
        found.push(pair.finding_alone(Severity::Error, Code::NakedFact, headline, &Mark::Words(range)).help(help));
    }
}

fn dates(pair: &Pair<'_>, naked: &mut Vec<Found>) {
    let text = &pair.target.prose.text;
    for (form, reference) in &pair.context.facts(pair.unit).dates {
        for (at, _) in text.match_indices(form.as_str()) {
            let range = at..at + form.len();
            // 2023-08 is a part of 2023-08-15, which is another date.
            let goes_on = text[range.end..].starts_with(|c: char| c.is_ascii_digit() || c == '-')
                || text[..at].ends_with(|c: char| c.is_ascii_digit());
            if !goes_on && is_free(naked, &range) {
                naked.push((
                    range,
                    "the date",
                    format!("write `<date:{reference}>`, which each locale shows in its own form"),
                ));
            }
        }
    }
}

fn is_free(naked: &[Found], range: &Range<usize>) -> bool {
    naked.iter().all(|(taken, ..)| taken.end <= range.start || range.end <= taken.start)
}

fn hosts(pair: &Pair<'_>, naked: &mut Vec<Found>) {
    let facts = pair.context.facts(pair.unit);
    for range in addresses(pair.target) {
        let host = &pair.target.prose.lower[range.clone()];
        let name = host.split('/').next().unwrap_or(host);
        let is_below = || psl::domain_str(name).is_some_and(|domain| domain != name && facts.domains.contains(domain));
        if facts.hosts.contains(host) || facts.hosts.contains(name) || is_below() {
            let known = if facts.hosts.contains(host) { host } else { name };
            naked.push((range, "the address", format!("write `<host:{known}>`, or leave it to the row")));
        }
    }
}

/// Host names, IP addresses and blocks of them in the words of a text.
pub(super) fn addresses(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let text = &reading.prose.lower;
    let mut list = Vec::new();
    if !text.contains(['.', ':']) {
        return list;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | ':');
    let mut at = 0;
    for piece in text.split(|c: char| !is_part(c)) {
        let word = piece.trim_end_matches(['.', ':', '/', '-', ',']);
        let start = at + (word.len() - word.trim_start_matches(['.', ':', '/', '-']).len());
        let word = word.trim_start_matches(['.', ':', '/', '-']);
        if is_address(word) {
            list.push(start..start + word.len());
        }
        at += piece.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    list
}

fn is_address(word: &str) -> bool {
    let name = word.split('/').next().unwrap_or(word);
    if name.parse::<std::net::IpAddr>().is_ok() {
        // `::` alone is a sign, not an address.
        return name.len() > 2;
    }
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let Some((labels, last)) = name.rsplit_once('.') else { return false };
    last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && labels.split('.').all(is_label)
        && psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

fn versions(pair: &Pair<'_>, naked: &mut Vec<Found>) {
    let facts = pair.context.facts(pair.unit);
    if pair.unit.kind == UnitKind::Name || facts.versions.is_empty() {
        return;
    }
    let text = &pair.target.prose.text;
    for version in facts.versions.iter().filter(|version| version.contains('.')) {
        for (at, _) in text.match_indices(version.as_str()) {
            let range = at..at + version.len();
            let goes_on = text[range.end..].starts_with(|c: char| c.is_ascii_digit())
                || text[range.end..]
                    .strip_prefix('.')
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
                || text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
            if !goes_on && is_free(naked, &range) {
                let help = "write `<product:ID/versions>` for all, `<option:version/CHOICE>` for one of them";
                naked.push((range, "the version", help.to_owned()));
            }
        }
    }
}

fn ports(pair: &Pair<'_>, naked: &mut Vec<Found>) {
    let facts = pair.context.facts(pair.unit);
    let text = &pair.target.prose.text;
    for number in numbers(text).into_iter().filter(|number| facts.ports.contains(&number.value)) {
        let is_told = number.value.len() >= 4 || is_beside_port(pair, &number.range);
        if is_told && is_free(naked, &number.range) {
            naked.push((
                number.range,
                "the port",
                "write `<ports:FLOW>`, or `<ports:this>` in the texts of the flow itself".to_owned(),
            ));
        }
    }
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

    #[test]
    fn addresses_are_told_from_sentences() {
        for text in ["a.example.com", "10.0.0.1", "10.0.0.0/8", "2001:db8::1", "www.example.co.jp/path"] {
            assert!(is_address(text), "{text}");
        }
        for text in ["z.b", "end.start", "10.0", "1.2.3", "e.g", "a/b", "::", "12:30"] {
            assert!(!is_address(text), "{text}");
        }
    }
}
