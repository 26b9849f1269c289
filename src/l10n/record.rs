//! The record of accepted translations: which pairs of source text and translation a person has
//! found to say the same. One file per locale and scope, `i18n/<locale>/accepted/<scope>.lock`;
//! only `accept` writes it.
//!
//! ```text
//! # rutter accepted 2 source=en
//!
//! guard/flow/reports/purpose⇥"Reports to the [service](component:service)."⇥"Meldet [dem Dienst](component:service)."⇥["Dienst"]⇥despite=length-ratio
//! ```
//! A line is a unit's id, its source text and its translation as JSON strings; then, where the
//! translation has references with words of their own, the names behind them (an inflected name is
//! stale when the name changes); then the doubts of `check` despite which it was accepted.
//!
//! A pair is accepted when any line holds exactly it; the unit id in front only serves to find the
//! previous texts. So renamed ids, lines that a merge has doubled and lines of other branches do no
//! harm, and no history is needed.
//!
//! In format 1 the texts had no blocks, and in place of the translation and the names stood their hash:
//! 64 hex digits. Such a line counts as before, in a file of either format.

mod fold;
mod read;
mod write;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::value::UnitKind;
use crate::words;

pub use fold::fold_blocks;
pub use read::read_record;
pub use write::write_record;

/// The first line of a file, less the source locale.
const HEAD: &str = "# rutter accepted 2 source=";

/// The same in format 1.
const FLAT_HEAD: &str = "# rutter accepted 1 source=";

/// A source text and what says it in a locale, as they stand.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    written: (&'a str, &'a str),
    /// The source text, folded.
    pub source: String,
    /// The translation, folded.
    pub text: String,
    /// The localized names of the targets of references with words of their own, in order.
    pub names: Vec<String>,
    flat: OnceCell<(String, blake3::Hash)>,
}

impl<'a> Pair<'a> {
    /// Folds both texts.
    pub fn new((source, text): (&'a str, &'a str), kind: UnitKind, names: Vec<String>) -> Self {
        Self {
            written: (source, text),
            source: fold_blocks(source, kind),
            text: fold_blocks(text, kind),
            names,
            flat: OnceCell::new(),
        }
    }

    /// What format 1 holds of it: the source text without its blocks, and the hash (BLAKE3) of the
    /// translation and, behind a NUL each, of the names.
    pub(crate) fn flat(&self) -> (&str, blake3::Hash) {
        let (source, hash) = self.flat.get_or_init(|| {
            let mut hasher = blake3::Hasher::new();
            hasher.update(words::fold(self.written.1).as_bytes());
            for name in &self.names {
                hasher.update(&[0]);
                hasher.update(name.as_bytes());
            }
            (words::fold(self.written.0), hasher.finalize())
        });
        (source, *hash)
    }
}

/// One accepted pair.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AcceptedPair {
    /// The unit it was accepted for.
    pub unit: String,
    /// The folded source text; without its blocks in format 1.
    pub source: String,
    /// The translation.
    pub translation: Recorded,
}

/// What is recorded of a translation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Recorded {
    /// All of it.
    Text {
        /// Folded.
        text: String,
        /// The names behind references with words of their own.
        names: Vec<String>,
        /// The codes of the doubts despite which it was accepted, sorted.
        despite: Vec<String>,
    },
    /// Its hash: format 1.
    Hash(blake3::Hash),
}

impl AcceptedPair {
    /// What accepting a pair records.
    pub fn of(unit: String, pair: Pair<'_>, despite: Vec<String>) -> Self {
        let Pair { source, text, names, .. } = pair;
        Self { unit, source, translation: Recorded::Text { text, names, despite } }
    }

    /// Whether it is exactly this pair.
    pub fn is(&self, pair: &Pair<'_>) -> bool {
        self.has_text(pair) && self.has_source(pair)
    }

    /// Whether it was accepted for this source text.
    pub fn has_source(&self, pair: &Pair<'_>) -> bool {
        match self.translation {
            Recorded::Text { .. } => self.source == pair.source,
            Recorded::Hash(_) => self.source == pair.flat().0,
        }
    }

    /// Whether it was accepted with this translation.
    pub fn has_text(&self, pair: &Pair<'_>) -> bool {
        match &self.translation {
            Recorded::Text { text, names, .. } => *text == pair.text && *names == pair.names,
            Recorded::Hash(hash) => *hash == pair.flat().1,
        }
    }

    /// The doubts despite which it was accepted.
    pub fn despite(&self) -> &[String] {
        match &self.translation {
            Recorded::Text { despite, .. } => despite,
            Recorded::Hash(_) => &[],
        }
    }

    /// The translation and its names, if they are known.
    pub fn text(&self) -> Option<(&str, &[String])> {
        match &self.translation {
            Recorded::Text { text, names, .. } => Some((text, names)),
            Recorded::Hash(_) => None,
        }
    }
}

/// What was accepted in one locale.
#[derive(Clone, Default, Debug)]
pub struct Record {
    /// Sorted by unit.
    entries: Vec<AcceptedPair>,
    /// Made when a pair is not found under its own unit, which is seldom.
    elsewhere: OnceLock<Elsewhere>,
}

/// Positions of entries, by what they hold.
#[derive(Clone, Default, Debug)]
struct Elsewhere {
    /// Sorted by source, text and names.
    texts: Vec<u32>,
    hashes: BTreeMap<[u8; 32], Vec<u32>>,
}

impl Record {
    /// From entries in any order.
    pub fn new(mut entries: Vec<AcceptedPair>) -> Self {
        entries.sort_by(|a, b| a.unit.cmp(&b.unit));
        Self { entries, elsewhere: OnceLock::new() }
    }

    /// Whether a pair was accepted, for whichever unit, and despite what; its own unit is looked at
    /// first.
    pub fn find(&self, unit: &str, pair: &Pair<'_>) -> Option<Vec<String>> {
        let own = self.of_unit(unit).iter().filter(|entry| entry.is(pair));
        despite(own).or_else(|| despite(self.elsewhere(pair).filter(|entry| entry.is(pair))))
    }

    /// Entries of other units that may hold a pair.
    fn elsewhere(&self, pair: &Pair<'_>) -> impl Iterator<Item = &AcceptedPair> {
        let index = self.elsewhere.get_or_init(|| Elsewhere::of(&self.entries));
        let wanted = (pair.source.as_str(), pair.text.as_str());
        let key = |position: &u32| key(&self.entries[*position as usize]);
        let first = index.texts.partition_point(|position| key(position) < wanted);
        let texts = index.texts[first..].iter().take_while(move |position| key(position) == wanted);
        let hashes = if index.hashes.is_empty() { None } else { index.hashes.get(pair.flat().1.as_bytes()) };
        texts.chain(hashes.into_iter().flatten()).map(|position| &self.entries[*position as usize])
    }

    /// The pairs accepted for a unit.
    pub fn of_unit(&self, unit: &str) -> &[AcceptedPair] {
        let first = self.entries.partition_point(|entry| entry.unit.as_str() < unit);
        let count = self.entries[first..].partition_point(|entry| entry.unit == unit);
        &self.entries[first..first + count]
    }

    /// Every entry, by unit.
    pub fn entries(&self) -> &[AcceptedPair] {
        &self.entries
    }
}

impl Elsewhere {
    fn of(entries: &[AcceptedPair]) -> Self {
        let mut index = Self::default();
        for (position, entry) in (0..).zip(entries) {
            match &entry.translation {
                Recorded::Text { .. } => index.texts.push(position),
                Recorded::Hash(hash) => index.hashes.entry(*hash.as_bytes()).or_default().push(position),
            }
        }
        index.texts.sort_by_key(|position| key(&entries[*position as usize]));
        index
    }
}

fn key(entry: &AcceptedPair) -> (&str, &str) {
    (&entry.source, entry.text().map_or("", |(text, _)| text))
}

/// `None` if there is no entry; the doubts of all, if there are several.
fn despite<'a>(entries: impl Iterator<Item = &'a AcceptedPair>) -> Option<Vec<String>> {
    let mut found = None;
    for entry in entries {
        let codes: &mut BTreeSet<&String> = found.get_or_insert_default();
        codes.extend(entry.despite());
    }
    Some(found?.into_iter().cloned().collect())
}

/// Where the record of a scope lies.
pub fn path_of(locale: &str, scope: &str) -> String {
    format!("i18n/{locale}/accepted/{scope}.lock")
}

/// A folded text as format 1 compares it: without its blocks.
pub(crate) fn flattened(text: &str) -> Cow<'_, str> {
    if text.contains('\n') { Cow::Owned(words::fold(text)) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair<'a>(source: &'a str, text: &'a str, names: &[&str]) -> Pair<'a> {
        Pair::new((source, text), UnitKind::Blocks, names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn entry(unit: &str, source: &str, text: &str, despite: &[&str]) -> AcceptedPair {
        AcceptedPair::of(
            unit.to_owned(),
            pair(source, text, &[]),
            despite.iter().map(|code| (*code).to_owned()).collect(),
        )
    }

    #[test]
    fn a_pair_is_accepted_whichever_unit_it_was_accepted_for() {
        let record = Record::new(vec![
            entry("b/x/y", "source", "old", &[]),
            entry("a/x/y", "source", "new", &["typography"]),
            entry("c/x/y", "source", "new", &["length-ratio", "typography"]),
        ]);
        assert_eq!(record.find("b/x/y", &pair("source", "old", &[])), Some(Vec::new()));
        assert_eq!(record.find("a/x/y", &pair("source", "new", &[])), Some(vec!["typography".to_owned()]));
        let both = vec!["length-ratio".to_owned(), "typography".to_owned()];
        assert_eq!(record.find("d/x/y", &pair("source", "new", &[])), Some(both));
        assert_eq!(record.find("b/x/y", &pair("source", "newer", &[])), None);
        assert_eq!(record.find("b/x/y", &pair("another source", "new", &[])), None);
        assert_eq!(record.of_unit("b/x/y").len(), 1);
        assert!(record.of_unit("d").is_empty());
    }

    #[test]
    fn a_pair_of_format_1_counts_whatever_its_blocks() {
        let flat = pair("one - two", "eins - zwei", &["Agent"]);
        let line = AcceptedPair {
            unit: "a/x/y".to_owned(),
            source: "one - two".to_owned(),
            translation: Recorded::Hash(flat.flat().1),
        };
        let record = Record::new(vec![line]);
        for unit in ["a/x/y", "b/x/y"] {
            assert!(record.find(unit, &pair("one\n\n- two", "eins\n\n- zwei", &["Agent"])).is_some());
            assert!(record.find(unit, &pair("one\n\n- two", "eins\n\n- zwei", &[])).is_none());
            assert!(record.find(unit, &pair("one\n\n- three", "eins\n\n- zwei", &["Agent"])).is_none());
        }
    }

    #[test]
    fn names_behind_words_of_their_own_are_part_of_the_translation() {
        let flat = |names: &[&str]| pair("s", "a", names).flat().1;
        assert_ne!(flat(&[]), flat(&["Agent"]));
        assert_ne!(flat(&["Agent", "x"]), flat(&["Agentx"]));
        let record = Record::new(vec![AcceptedPair::of("a/x".to_owned(), pair("s", "a", &["Agent", "x"]), Vec::new())]);
        assert!(record.find("a/x", &pair("s", "a", &["Agent", "x"])).is_some());
        assert!(record.find("a/x", &pair("s", "a", &["Agentx"])).is_none());
    }
}
