//! The files of a locale's record → its entries, and what is wrong with them.

use super::{AcceptedPair, FLAT_HEAD, HEAD, Record, Recorded};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Sources, embedded_records};
use crate::span::{FileId, Span};

/// Before the codes of the doubts despite which a pair was accepted.
pub(super) const DESPITE: &str = "despite=";

/// Reads all files of a locale's record, and what the compiler brings for its own messages.
pub fn read_record(sources: &Sources, locale: &str, source: &str, mistakes: &mut Vec<Diagnostic>) -> Record {
    let mut entries = Vec::new();
    for (path, text) in embedded_records(locale) {
        // A site whose source locale is another one has no use for it.
        match text.lines().next().and_then(source_of) {
            Some(tag) if tag == source => entries.extend(text.lines().filter_map(parse_line)),
            Some(_) => {}
            None => unreachable!("{path} was written by `accept`"),
        }
    }
    let folder = format!("i18n/{locale}/accepted/");
    for (id, file) in sources.texts_below(&folder).filter(|(_, file)| !file.is_embedded) {
        read_file(id, &file.text, source, &mut entries, mistakes);
    }
    Record::new(entries)
}

/// The source locale that a first line names.
fn source_of(line: &str) -> Option<&str> {
    line.strip_prefix(HEAD).or_else(|| line.strip_prefix(FLAT_HEAD))
}

fn read_file(id: FileId, text: &str, source: &str, entries: &mut Vec<AcceptedPair>, mistakes: &mut Vec<Diagnostic>) {
    let text_at = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let mut has_head = false;
    for raw in text.lines() {
        let start = text_at(raw);
        let span = Span::new(id, start..start + raw.len());
        // Some checkouts end lines in CR LF; the next `accept` writes LF.
        let line = raw.trim_end_matches('\r');
        if line.trim().is_empty() {
        } else if let Some(tag) = source_of(line) {
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

fn parse_line(line: &str) -> Option<AcceptedPair> {
    let mut fields = line.split('\t');
    let (unit, source, translation) = (fields.next()?, fields.next()?, fields.next()?);
    if !unit.contains('/') {
        return None;
    }
    let source = serde_json::from_str(source).ok()?;
    let translation = if translation.starts_with('"') {
        parse_text(translation, fields)?
    } else {
        // The form is fixed, so that a line can't differ and mean the same.
        let is_hash =
            translation.len() == 64 && translation.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash || fields.next().is_some() {
            return None;
        }
        Recorded::Hash(blake3::Hash::from_hex(translation).ok()?)
    };
    Some(AcceptedPair { unit: unit.to_owned(), source, translation })
}

fn parse_text<'a>(text: &str, fields: impl Iterator<Item = &'a str>) -> Option<Recorded> {
    let mut fields = fields.peekable();
    let text = serde_json::from_str(text).ok()?;
    let names = fields.next_if(|field| field.starts_with('['));
    let names = names.map_or(Some(Vec::new()), |names| serde_json::from_str(names).ok())?;
    let despite: Vec<String> = match fields.next() {
        Some(field) => field.strip_prefix(DESPITE)?.split(',').map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let is_code = |code: &String| {
        !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let is_whole = despite.iter().all(is_code) && fields.next().is_none();
    is_whole.then_some(Recorded::Text { text, names, despite })
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
        .help("a line is the unit's id, its source text and its translation as JSON strings, parted by tabs")
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

#[cfg(test)]
mod tests {
    use super::super::write_record;
    use super::*;

    fn entry(unit: &str, source: &str, text: &str, names: &[&str], despite: &[&str]) -> AcceptedPair {
        let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
        let translation = Recorded::Text { text: text.to_owned(), names: owned(names), despite: owned(despite) };
        AcceptedPair { unit: unit.to_owned(), source: source.to_owned(), translation }
    }

    fn read(text: &str) -> (Vec<AcceptedPair>, Vec<Diagnostic>) {
        let (mut entries, mut mistakes) = (Vec::new(), Vec::new());
        read_file(FileId(0), text, "en", &mut entries, &mut mistakes);
        (entries, mistakes)
    }

    #[test]
    fn what_is_written_is_read() {
        let hash = Recorded::Hash(blake3::hash(b"x"));
        let entries = [
            entry("a/flow/x/purpose", "tab\t\"quote\" ä ポート", "b\n\n- c", &[], &[]),
            entry("a/flow/y/purpose", "s", "t", &["N\tame", "[x]"], &[]),
            entry("a/flow/z/purpose", "s", "t", &["Name"], &["length-ratio", "typography"]),
            entry("a/product/name", "s", "t", &[], &["typography"]),
            AcceptedPair { unit: "a/product/summary".to_owned(), source: "s".to_owned(), translation: hash },
        ];
        let text = write_record("en", &entries);
        assert_eq!(read(&text), (entries.to_vec(), Vec::new()));
        assert_eq!(read(&text.replace('\n', "\r\n")), (entries.to_vec(), Vec::new()));
        assert_eq!(write_record("en", &read(&text).0), text);
        assert_eq!(read(&text.replace(HEAD, FLAT_HEAD)), (entries.to_vec(), Vec::new()));
    }

    #[test]
    fn doubled_lines_are_written_once_and_broken_ones_are_told() {
        let pair = entry("a/product/summary", "s", "t", &[], &[]);
        let text = write_record("en", [&pair, &pair]);
        assert_eq!(text.matches("a/product").count(), 1);
        for broken in [
            "nonsense",
            "a/b\t\"s\"\tabc",
            "a/b\ts\t",
            "<<<<<<< HEAD",
            "a/b\t\"s\"\t\u{0}",
            "a/b\t\"s\"\t\"t",
            "a/b\t\"s\"\t\"t\"\tmore",
            "a/b\t\"s\"\t\"t\"\t[\"n\"",
            "a/b\t\"s\"\t\"t\"\tdespite=",
            "a/b\t\"s\"\t\"t\"\tdespite=x\t[\"n\"]",
        ] {
            let (entries, mistakes) = read(&format!("{text}{broken}\n"));
            assert_eq!((entries.len(), mistakes.len()), (1, 1), "{broken}");
        }
        assert_eq!(read("# rutter accepted 1 source=ja\n").1.len(), 1);
        assert_eq!(read("# rutter accepted 2 source=ja\n").1.len(), 1);
        assert_eq!(read("# rutter accepted 3 source=en\n").1.len(), 2);
        assert_eq!(read("").1.len(), 1);
    }
}
