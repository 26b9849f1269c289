//! The record of accepted translations: which pairs of source text and translation a person has
//! found to say the same. One file per locale and scope, `i18n/<locale>/accepted/<scope>.lock`;
//! only `accept` writes it.
//!
//! ```text
//! # rutter accepted 1 source=en
//!
//! guard/flow/reports/purpose⇥"Reports to the <component:service>."⇥<64 hex digits>
//! ```
//! A pair is accepted when any line holds exactly it; the unit id in front only serves to find the
//! previous source. So renamed ids, lines that a merge has doubled and lines of other branches do no
//! harm, and no history is needed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span, embedded_records};

const HEAD: &str = "# rutter accepted 1 source=";

/// The hash of a translation: BLAKE3 of its folded text and of the localized names its own words
/// stand for.
pub type TranslationHash = blake3::Hash;

/// Hashes a folded translation. `names` are those of the targets of references with words of their
/// own, in order: an inflected name is stale when the name changes.
pub fn hash_translation<'a>(folded: &str, names: impl IntoIterator<Item = &'a str>) -> TranslationHash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(folded.as_bytes());
    for name in names {
        hasher.update(&[0]);
        hasher.update(name.as_bytes());
    }
    hasher.finalize()
}

/// One accepted pair.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The unit it was accepted for.
    pub unit: String,
    /// The folded source text.
    pub source: String,
    /// The translation.
    pub hash: TranslationHash,
}

/// What was accepted in one locale.
#[derive(Clone, Default, Debug)]
pub struct Record {
    /// Sorted by unit.
    entries: Vec<Entry>,
    /// Positions in `entries`, by translation.
    by_hash: BTreeMap<[u8; 32], Vec<u32>>,
}

impl Record {
    /// From entries in any order.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| a.unit.cmp(&b.unit));
        let mut by_hash: BTreeMap<[u8; 32], Vec<u32>> = BTreeMap::new();
        for (position, entry) in entries.iter().enumerate() {
            by_hash.entry(*entry.hash.as_bytes()).or_default().push(position as u32);
        }
        Self { entries, by_hash }
    }

    /// Whether a pair was accepted, for whichever unit.
    pub fn holds(&self, source: &str, hash: TranslationHash) -> bool {
        let lines = self.by_hash.get(hash.as_bytes());
        lines.is_some_and(|lines| lines.iter().any(|line| self.entries[*line as usize].source == source))
    }

    /// The pairs accepted for a unit.
    pub fn of_unit(&self, unit: &str) -> &[Entry] {
        let first = self.entries.partition_point(|entry| entry.unit.as_str() < unit);
        let count = self.entries[first..].partition_point(|entry| entry.unit == unit);
        &self.entries[first..first + count]
    }

    /// Every entry, by unit.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// The part of a record's path that names its file: `deep-security`, `common`, `pages`, `i18n`.
pub fn scope_of(unit: &str) -> &str {
    unit.split('/').next().unwrap_or(unit)
}

/// Where the record of a scope lies.
pub fn path_of(locale: &str, scope: &str) -> String {
    format!("i18n/{locale}/accepted/{scope}.lock")
}

/// Reads all files of a locale's record, and what the compiler brings for its own messages.
pub fn read_record(sources: &Sources, locale: &str, source: &str, mistakes: &mut Vec<Diagnostic>) -> Record {
    let mut entries = Vec::new();
    for (path, text) in embedded_records(locale) {
        // A site whose source locale is another one has no use for it.
        if text.starts_with(&format!("{HEAD}{source}\n")) {
            entries.extend(text.lines().filter_map(parse_line));
        } else if !text.starts_with(HEAD) {
            unreachable!("{path} was written by `accept`");
        }
    }
    let folder = format!("i18n/{locale}/accepted/");
    for (id, file) in sources.texts_below(&folder).filter(|(_, file)| !file.is_embedded) {
        read_file(id, &file.text, source, &mut entries, mistakes);
    }
    Record::new(entries)
}

fn read_file(id: FileId, text: &str, source: &str, entries: &mut Vec<Entry>, mistakes: &mut Vec<Diagnostic>) {
    let text_at = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let mut has_head = false;
    for raw in text.lines() {
        let start = text_at(raw);
        let span = Span::new(id, start..start + raw.len());
        // Some checkouts end lines in CR LF; the next `accept` writes LF.
        let line = raw.trim_end_matches('\r');
        if line.trim().is_empty() {
        } else if let Some(tag) = line.strip_prefix(HEAD) {
            has_head = true;
            if tag != source {
                mistakes.push(other_source(span, tag, source));
                return;
            }
        } else if is_conflict_marker(line) {
            mistakes.push(conflict(span));
        } else if let Some(entry) = parse_line(line) {
            entries.push(entry);
        } else {
            mistakes.push(broken_line(span));
        }
    }
    if !has_head {
        mistakes.push(
            Diagnostic::error(Code::RecordSyntax, "the first line does not say what this file is")
                .at(Span::new(id, 0..text.lines().next().map_or(0, str::len)))
                .help(format!("put back the first line: `{HEAD}{source}`")),
        );
    }
}

fn parse_line(line: &str) -> Option<Entry> {
    let mut fields = line.split('\t');
    let (unit, source, hash) = (fields.next()?, fields.next()?, fields.next()?);
    if fields.next().is_some() || !unit.contains('/') {
        return None;
    }
    let source = serde_json::from_str(source).ok()?;
    // The form is fixed, so that a line can't differ and mean the same.
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let hash = is_hash.then(|| blake3::Hash::from_hex(hash).ok())??;
    Some(Entry { unit: unit.to_owned(), source, hash })
}

fn is_conflict_marker(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|marker| line.starts_with(marker))
}

fn conflict(span: Span) -> Diagnostic {
    Diagnostic::error(Code::RecordConflict, "a merge has left its conflict in the record")
        .at(span)
        .help("keep the lines of both sides and delete the lines with the markers: a pair that stands there twice does no harm")
}

fn broken_line(span: Span) -> Diagnostic {
    Diagnostic::error(Code::RecordSyntax, "this line records no accepted pair")
        .at(span)
        .help("a line is the unit's id, its source text as a JSON string and 64 hex digits, parted by tabs")
        .help("remove the line; if a unit is not accepted then, `rutter accept` it again")
}

fn other_source(span: Span, tag: &str, source: &str) -> Diagnostic {
    Diagnostic::error(
        Code::RecordSyntax,
        format!("this record was made from `{tag}`, and the site's source locale is `{source}`"),
    )
    .at(span)
    .help("remove the file: what was accepted against another source says nothing about this one")
}

/// The text of one file. Lines are sorted and parted by empty ones, so that branches that accept
/// neighbouring units merge without a conflict.
pub fn write_record<'a>(source: &str, entries: impl IntoIterator<Item = &'a Entry>) -> String {
    let line = |entry: &Entry| {
        let Ok(source) = serde_json::to_string(&entry.source) else { unreachable!("every string is JSON") };
        format!("{}\t{source}\t{}", entry.unit, entry.hash.to_hex())
    };
    let mut lines: Vec<_> = entries.into_iter().map(line).collect();
    lines.sort();
    lines.dedup();
    let mut text = format!("{HEAD}{source}\n");
    for line in lines {
        let _ = write!(text, "\n{line}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(unit: &str, source: &str, translation: &str) -> Entry {
        Entry { unit: unit.to_owned(), source: source.to_owned(), hash: hash_translation(translation, []) }
    }

    fn read(text: &str) -> (Vec<Entry>, Vec<Diagnostic>) {
        let (mut entries, mut mistakes) = (Vec::new(), Vec::new());
        read_file(FileId(0), text, "en", &mut entries, &mut mistakes);
        (entries, mistakes)
    }

    #[test]
    fn what_is_written_is_read() {
        let entries = [entry("a/flow/x/purpose", "tab\t\"quote\" ä ポート", "b"), entry("a/product/summary", "s", "t")];
        let text = write_record("en", &entries);
        assert_eq!(read(&text), (entries.to_vec(), Vec::new()));
        assert_eq!(read(&text.replace('\n', "\r\n")), (entries.to_vec(), Vec::new()));
    }

    #[test]
    fn a_pair_is_accepted_whichever_unit_it_was_accepted_for() {
        let record = Record::new(vec![entry("b/x/y", "source", "old"), entry("a/x/y", "source", "new")]);
        assert!(record.holds("source", hash_translation("new", [])));
        assert!(!record.holds("source", hash_translation("newer", [])));
        assert!(!record.holds("another source", hash_translation("new", [])));
        assert_eq!(record.of_unit("b/x/y").len(), 1);
        assert!(record.of_unit("c").is_empty());
    }

    #[test]
    fn names_behind_words_of_their_own_are_part_of_the_translation() {
        assert_ne!(hash_translation("a", []), hash_translation("a", ["Agent"]));
        assert_ne!(hash_translation("a", ["Agent", "x"]), hash_translation("a", ["Agentx"]));
    }

    #[test]
    fn doubled_lines_are_written_once_and_broken_ones_are_told() {
        let pair = entry("a/product/summary", "s", "t");
        let text = write_record("en", [&pair, &pair]);
        assert_eq!(text.matches("a/product").count(), 1);
        for broken in ["nonsense", "a/b\t\"s\"\tabc", "a/b\ts\t", "<<<<<<< HEAD", "a/b\t\"s\"\t\u{0}"] {
            let (entries, mistakes) = read(&format!("{text}{broken}\n"));
            assert_eq!((entries.len(), mistakes.len()), (1, 1), "{broken}");
        }
        assert_eq!(read("# rutter accepted 1 source=ja\n").1.len(), 1);
        assert_eq!(read("").1.len(), 1);
    }
}
