//! A fact of the product typed into a text: it stays as it is when the fact changes.
//!
//! Names of items can't refer to versions, so that they may hold them.

mod ports;

use std::ops::Range;

use super::pair::{Mark, Pair};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::value::Date;
use crate::value::UnitKind;
use crate::words::quantities::Said;
use ports::ports;

/// What is found: its place, what it is, and how to refer to it.
type Found = (Range<usize>, &'static str, String);

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let text = &pair.target.words.text;
    let says_date = pair.target.quantities.iter().any(|quantity| matches!(quantity.said, Said::Date { .. }));
    if !says_date && !text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'.' || byte == 0xEF) {
        return;
    }
    let mut naked = Vec::new();
    dates(pair, &mut naked);
    hosts(pair, &mut naked);
    versions(pair, &mut naked);
    for range in ports(pair) {
        if is_free(&naked, &range) {
            let help = "write `<ports:FLOW>`, or `<ports:this>` in the texts of the flow itself".to_owned();
            naked.push((range, "the port", help));
        }
    }
    for (range, what, help) in naked {
        let literal = &text[range.clone()];
        let headline = format!("{what} `{literal}` is typed into a text, where it stays when the fact changes");
        found.push(pair.finding_alone(Severity::Error, Code::NakedFact, headline, &Mark::Words(range)).help(help));
    }
}

/// Dates of the product's sources, in whatever form.
fn dates(pair: &Pair<'_>, naked: &mut Vec<Found>) {
    let facts = pair.context.facts(pair.unit);
    for quantity in &pair.target.quantities {
        let Said::Date { year, month: Some(month), day } = quantity.said else { continue };
        // A month is no part of a day's date, while `29.11.` is that day.
        let is_it = |date: &&Date| {
            date.month == month && date.day == day && (year == Some(date.year) || year.is_none() && day.is_some())
        };
        if quantity.is_in_words {
            continue;
        }
        if let Some(date) = facts.dates.iter().find(is_it) {
            let help = format!("write `<date:{date}>`, which each locale shows in its own form");
            naked.push((quantity.range.clone(), "the date", help));
        }
    }
}

fn is_free(naked: &[Found], range: &Range<usize>) -> bool {
    naked.iter().all(|(taken, ..)| taken.end <= range.start || range.end <= taken.start)
}

fn hosts(pair: &Pair<'_>, naked: &mut Vec<Found>) {
    let facts = pair.context.facts(pair.unit);
    for range in addresses(pair.target) {
        let host = &pair.target.words.lower[range.clone()];
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
    let text = &reading.words.lower;
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
    let text = &pair.target.words.text;
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

#[cfg(test)]
mod tests {
    use super::*;

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
