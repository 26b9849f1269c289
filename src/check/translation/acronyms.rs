//! Names in capitals (HTTPS, LDAP, NSX) are the same in every language: another one names another
//! protocol or product.
//!
//! A translation may spell one out or bring one of its own; what it must not do is to put another in
//! its place. Only names that the site's protocols, components and products bear are missed where
//! nothing stands in their place.

use std::collections::BTreeSet;
use std::ops::Range;

use super::pair::{Mark, Pair, Reading};
use crate::diagnostic::{Code, Diagnostic, Severity};

/// What every port table speaks of, whatever its services are called.
const PROTOCOLS: &[&str] = &["tcp", "udp", "tls", "ssl", "http", "https", "dns", "icmp"];

/// Names in capitals, in lower case.
pub(super) fn learn<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let words = names.flat_map(|name| name.split(|c: char| !c.is_alphanumeric() || crate::words::is_wide(c)));
    let known = words.filter(|word| is_acronym(word)).map(|word| singular(word).to_ascii_lowercase());
    known.chain(PROTOCOLS.iter().map(|name| (*name).to_owned())).collect()
}

/// Errors where a name the site knows is taken for another; doubts if `with_doubts`.
pub(super) fn check(pair: &Pair<'_>, with_doubts: bool, found: &mut Vec<Diagnostic>) {
    let missing = without(pair.source, pair.target);
    let extra = without(pair.target, pair.source);
    let Some(first) = missing.first().cloned() else { return };
    let known = |reading: &Reading<'_>, list: &[Range<usize>]| {
        list.iter().any(|word| pair.context.acronyms.contains(&key(reading, word)))
    };
    let is_known = known(pair.source, &missing) || known(pair.target, &extra);
    let severity = if is_known && !extra.is_empty() { Severity::Error } else { Severity::Warning };
    let is_doubt = severity == Severity::Warning;
    if is_doubt && !(with_doubts && (is_known || !extra.is_empty())) {
        return;
    }
    let (tag, lacks) = (pair.tag(), list(pair.source, &missing));
    let headline = match list(pair.target, &extra) {
        brings if brings.is_empty() => format!("`{tag}` does not name {lacks} of the source text"),
        brings => format!("`{tag}` names {brings} where the source text names {lacks}"),
    };
    let mark = extra.first().cloned();
    found.push(
        pair.finding(severity, Code::LiteralMismatch, headline, &Mark::words(mark), &Mark::Words(first))
            .help("protocols and names in capitals are not translated: write them as the source text does"),
    );
}

/// Two capitals or more: HTTPS, DNS, `VMware`, but no word at the start of a sentence.
fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// URLs are a URL.
fn singular(word: &str) -> &str {
    // Japanese writes a unit right behind its number: 1.5GB.
    let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.strip_suffix('s').filter(|rest| rest.len() > 1 && rest.chars().all(char::is_uppercase)).unwrap_or(word)
}

fn key(reading: &Reading<'_>, word: &Range<usize>) -> String {
    singular(&reading.prose.text[word.clone()]).to_lowercase()
}

/// Names in capitals that the other text has in no form.
fn without(reading: &Reading<'_>, other: &Reading<'_>) -> Vec<Range<usize>> {
    let prose = &reading.prose;
    let is_own = |word: &Range<usize>| {
        is_acronym(&prose.text[word.clone()])
            && !prose.is_code(word.start)
            && !prose.links.iter().any(|link| link.contains(&word.start))
    };
    let words: Vec<_> = prose.words.iter().filter(|word| is_own(word)).cloned().collect();
    if words.is_empty() {
        return words;
    }
    let has = |word: &Range<usize>| {
        let key = key(reading, word);
        other.prose.words.iter().any(|known| self::key(other, known) == key)
    };
    words.into_iter().filter(|word| !has(word)).collect()
}

fn list(reading: &Reading<'_>, words: &[Range<usize>]) -> String {
    let names: BTreeSet<_> = words.iter().map(|word| singular(&reading.prose.text[word.clone()])).collect();
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_the_plural_and_behind_a_number() {
        for (word, expected) in
            [("URLs", "URL"), ("5GB", "GB"), ("Whois", "Whois"), ("HTTPS", "HTTPS"), ("LDAP", "LDAP")]
        {
            assert_eq!(singular(word), expected);
        }
        assert!(is_acronym("VMware") && !is_acronym("Server"));
    }
}
