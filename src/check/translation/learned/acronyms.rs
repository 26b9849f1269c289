//! Names in capitals, as the site and its texts write them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::reading::Reading;
use crate::words::acronyms::{is_acronym, singular};

/// What every port table speaks of, whatever its services are called.
const PROTOCOLS: &[&str] = &["tcp", "udp", "tls", "ssl", "http", "https", "dns", "icmp"];

/// Names in capitals, in lower case.
pub(in super::super) fn learn<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let words = names.flat_map(|name| name.split(|c: char| !c.is_alphanumeric() || crate::words::is_wide(c)));
    let known = words.filter(|word| is_acronym(word)).map(|word| singular(word).to_ascii_lowercase());
    known.chain(PROTOCOLS.iter().map(|name| (*name).to_owned())).collect()
}

pub(in super::super) fn key(reading: &Reading<'_>, word: &Range<usize>) -> String {
    singular(&reading.words.text[word.clone()]).to_lowercase()
}

/// Names in capitals that a text says itself, outside code and references.
pub(in super::super) fn own_names(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let prose = &reading.words;
    let is_own = |word: &Range<usize>| {
        is_acronym(&prose.text[word.clone()])
            && !prose.is_code(word.start)
            && !prose.links.iter().any(|link| link.contains(&word.start))
    };
    prose.spaced.iter().filter(|word| is_own(word)).cloned().collect()
}
