//! A text → a YAML scalar that means exactly it, in the style asked for where that style can say it.
//!
//! YAML's rules on what a plain scalar may hold are long, and ours add to them (no numbers, no `=TAG`).
//! So nothing is predicted here: the styles are tried in order, and each attempt is parsed as the
//! compiler would parse it.

use std::fmt::Write as _;

use crate::diagnostic::Report;
use crate::parse::text::{is_plain_text, refold};
use crate::parse::yaml::{ScalarStyle, Value, parse_yaml};
use crate::source::SourceFile;
use crate::span::FileId;

/// Where a scalar shall stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Whether inside `{ … }`, where it must stay on its line.
    pub(super) is_inline: bool,
    /// Columns before the lines of a block.
    pub(super) indent: usize,
}

/// Writes a text, without line breaks at its end, as a scalar. A block ends without a line break.
pub(super) fn write_scalar(text: &str, style: ScalarStyle, header: &str, room: Room) -> String {
    let styles = match style {
        ScalarStyle::Literal => [ScalarStyle::Literal, ScalarStyle::DoubleQuoted, ScalarStyle::DoubleQuoted],
        ScalarStyle::Folded => [ScalarStyle::Folded, ScalarStyle::Literal, ScalarStyle::DoubleQuoted],
        other if text.contains('\n') && !room.is_inline => [ScalarStyle::Literal, other, ScalarStyle::DoubleQuoted],
        other => [other, ScalarStyle::DoubleQuoted, ScalarStyle::DoubleQuoted],
    };
    let attempts = styles.into_iter().filter_map(|style| write_in(text, style, header, room));
    let mut fitting = attempts.filter(|scalar| means(scalar, text, room));
    match fitting.next() {
        Some(scalar) => scalar,
        // What no text may hold, a tab among it, is refused before anything is written.
        None => unreachable!("every text can be said between double quotation marks: {text:?}"),
    }
}

fn write_in(text: &str, style: ScalarStyle, header: &str, room: Room) -> Option<String> {
    let can_be_block = !room.is_inline && !text.is_empty();
    // What stands behind the sign of another style means nothing here.
    let rest = |sign: char| header.strip_prefix(sign).unwrap_or_default();
    match style {
        ScalarStyle::Literal if can_be_block => Some(block(&format!("|{}", rest('|')), text.split('\n'), room)),
        ScalarStyle::Folded if can_be_block => {
            // Folding makes a space of a line break, and a line break of an empty line.
            let lines = text.split('\n').enumerate().flat_map(|(position, line)| {
                let broken = (position > 0).then_some("");
                broken.into_iter().chain(Some(line).filter(|line| !line.is_empty()))
            });
            Some(block(&format!(">{}", rest('>')), lines, room))
        }
        ScalarStyle::Plain if !text.contains('\n') => Some(text.to_owned()),
        ScalarStyle::SingleQuoted if !text.contains('\n') => Some(format!("'{}'", text.replace('\'', "''"))),
        ScalarStyle::DoubleQuoted => Some(double_quoted(text)),
        _ => None,
    }
}

fn block<'a>(header: &str, lines: impl Iterator<Item = &'a str>, room: Room) -> String {
    let mut scalar = header.to_owned();
    for line in lines {
        scalar.push('\n');
        if !line.is_empty() {
            scalar.push_str(&" ".repeat(room.indent));
            scalar.push_str(line);
        }
    }
    scalar
}

fn double_quoted(text: &str) -> String {
    let mut scalar = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => scalar.push_str("\\\""),
            '\\' => scalar.push_str("\\\\"),
            '\n' => scalar.push_str("\\n"),
            '\t' => scalar.push_str("\\t"),
            // What is no printable character of YAML, is a line break to some of its versions, or is
            // refused where it stands bare.
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{3000}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                let _ = write!(scalar, "\\u{:04X}", u32::from(c));
            }
            c => scalar.push(c),
        }
    }
    scalar.push('"');
    scalar
}

/// Whether the compiler would read this scalar as this text.
fn means(scalar: &str, text: &str, room: Room) -> bool {
    let document = if room.is_inline { format!("{{ k: {scalar}, l: x }}") } else { format!("k: {scalar}\nl: x\n") };
    let file = SourceFile::new("", document);
    let mut report = Report::default();
    let Some(node) = parse_yaml(FileId(0), &file, &mut report).filter(|_| !report.has_errors()) else { return false };
    let Value::Map(entries) = &node.value else { return false };
    let [first, last] = entries.as_slice() else { return false };
    let Some(read) = first.value.as_scalar() else { return false };
    let is_text = |read: &str| read.trim_end_matches('\n') == text;
    last.key.value == "l"
        && read.comment.is_none()
        && (read.style != ScalarStyle::Plain || is_plain_text(&read.text))
        && is_text(&read.text)
        && is_text(&refold(&file, read, first.value.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_style_while_that_can_say_it() {
        use ScalarStyle::{DoubleQuoted, Folded, Literal, Plain, SingleQuoted};
        for (text, style, is_inline, written) in [
            ("Agent", Plain, true, "Agent"),
            ("a, b", Plain, true, "\"a, b\""),
            ("a, b", Plain, false, "a, b"),
            ("a: b", Plain, false, "\"a: b\""),
            ("a #b", Plain, false, "\"a #b\""),
            ("a: #b", SingleQuoted, true, "'a: #b'"),
            ("it's", SingleQuoted, true, "'it''s'"),
            ("- a", Plain, false, "\"- a\""),
            ("10.0", Plain, false, "\"10.0\""),
            ("yes", Plain, false, "\"yes\""),
            ("=en", Plain, false, "\"=en\""),
            ("~", Plain, false, "\"~\""),
            (" lead", Plain, false, "\" lead\""),
            ("%x", Plain, false, "\"%x\""),
            ("say \"a\\b\"", DoubleQuoted, false, "\"say \\\"a\\\\b\\\"\""),
            ("one\n\ntwo", Literal, false, "|\n    one\n\n    two"),
            ("one\ntwo", Plain, false, "|\n    one\n    two"),
            ("one\ntwo", Plain, true, "\"one\\ntwo\""),
            ("one", Folded, false, ">\n    one"),
            ("one\n\ntwo", Folded, false, ">\n    one\n\n\n    two"),
            ("  lead\nx", Literal, false, "\"  lead\\nx\""),
            ("# a\n- b: c", Literal, false, "|\n    # a\n    - b: c"),
        ] {
            let room = Room { is_inline, indent: 4 };
            assert_eq!(write_scalar(text, style, "", room), written, "{text:?} as {style:?}");
        }
    }
}
