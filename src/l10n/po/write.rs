//! Entries → the text of a PO file. Strings are broken at their line breaks only, so that a change of
//! one word changes one line.

use std::fmt::Write as _;

use super::{PoEntry, PoFile};

/// The whole file.
pub fn write_po(file: &PoFile) -> String {
    let mut out = String::new();
    let mut header = String::new();
    for (name, value) in &file.header {
        let _ = writeln!(header, "{name}: {value}");
    }
    push_string(&mut out, "msgid", "");
    push_string(&mut out, "msgstr", &header);
    for entry in &file.entries {
        out.push('\n');
        push_entry(&mut out, entry);
    }
    out
}

fn push_entry(out: &mut String, entry: &PoEntry) {
    for note in entry.notes.iter().flat_map(|note| note.lines()) {
        let _ = writeln!(out, "#. {note}");
    }
    if let Some(file) = &entry.file {
        // A name with a space in it stands between U+2068 and U+2069 (gettext 0.22).
        let is_spaced = file.contains(char::is_whitespace);
        let _ = if is_spaced { writeln!(out, "#: \u{2068}{file}\u{2069}") } else { writeln!(out, "#: {file}") };
    }
    if entry.is_fuzzy {
        out.push_str("#, fuzzy\n");
    }
    if let Some(previous) = &entry.previous {
        push_string(out, "#| msgid", previous);
    }
    if let Some(context) = &entry.context {
        push_string(out, "msgctxt", &context.value);
    }
    push_string(out, "msgid", &entry.source.value);
    push_string(out, "msgstr", &entry.text.value);
}

fn push_string(out: &mut String, keyword: &str, value: &str) {
    let prefix = if keyword.starts_with("#|") { "#| " } else { "" };
    let _ = write!(out, "{keyword} ");
    // A string of several lines begins on the line below its keyword.
    if value.trim_end_matches('\n').contains('\n') {
        let _ = write!(out, "\"\"\n{prefix}");
    }
    let mut lines = value.split_inclusive('\n').peekable();
    if lines.peek().is_none() {
        out.push_str("\"\"\n");
    }
    while let Some(line) = lines.next() {
        out.push('"');
        line.chars().for_each(|c| push_escaped(out, c));
        out.push_str("\"\n");
        if lines.peek().is_some() {
            out.push_str(prefix);
        }
    }
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        c if c.is_ascii_control() => {
            // Three octal digits: a hexadecimal escape would take the digits behind it along.
            let _ = write!(out, "\\{:03o}", u32::from(c));
        }
        c => out.push(c),
    }
}
