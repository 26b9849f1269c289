//! Entries → the text of a file of the record.

use std::fmt::Write as _;

use super::read::DESPITE;
use super::{AcceptedPair, HEAD, Recorded};

/// The text of one file. Lines are sorted and parted by empty ones, so that branches that accept
/// neighbouring units merge without a conflict.
pub fn write_record<'a>(source: &str, entries: impl IntoIterator<Item = &'a AcceptedPair>) -> String {
    let mut lines: Vec<_> = entries.into_iter().map(line).collect();
    lines.sort();
    lines.dedup();
    let mut text = format!("{HEAD}{source}\n");
    for line in lines {
        let _ = write!(text, "\n{line}\n");
    }
    text
}

fn line(entry: &AcceptedPair) -> String {
    let mut line = format!("{}\t{}\t", entry.unit, json(&entry.source));
    match &entry.translation {
        Recorded::Hash(hash) => line.push_str(&hash.to_hex()),
        Recorded::Text { text, names, despite } => {
            line.push_str(&json(text));
            if !names.is_empty() {
                let _ = write!(line, "\t{}", json(names));
            }
            if !despite.is_empty() {
                let _ = write!(line, "\t{DESPITE}{}", despite.join(","));
            }
        }
    }
    line
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| unreachable!("texts are always JSON: {error}"))
}
