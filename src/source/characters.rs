//! Characters that no text may hold, refused in every file: raw here, and for those who read escapes
//! with the same words.

use camino::Utf8Path;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::span::{FileId, Span};
use crate::words::characters::{describe, forbidden};

/// Refuses what stands in a file as it is, once per character: a file pasted from elsewhere has one
/// mistake, not a thousand.
pub(super) fn refuse_raw(id: FileId, path: &Utf8Path, text: &str) -> Vec<Diagnostic> {
    let mut seen = Vec::new();
    let mut told = Vec::new();
    for (at, c) in refused(path, text) {
        if !seen.contains(&c) {
            seen.push(c);
            told.push(forbidden_character("the file", c).at(Span::new(id, at..at + c.len_utf8())));
        }
    }
    told
}

/// The characters that are refused with the file itself, and where they stand.
pub fn refused<'a>(path: &'a Utf8Path, text: &'a str) -> impl Iterator<Item = (usize, char)> + 'a {
    // U+FEFF at the start is a byte order mark and a mistake of its own.
    let is_mark = |at: usize, c: char| at == 0 && c == '\u{feff}';
    forbidden(text).filter(move |(at, c)| !is_mark(*at, *c) && !is_in_comment(path, text, *at, *c))
}

/// A comment of YAML, TOML or Fluent is not published; but what turns its direction may make text of
/// it for the eye, and the other way round.
fn is_in_comment(path: &Utf8Path, text: &str, at: usize, c: char) -> bool {
    let has_comments = matches!(path.extension(), Some("yaml" | "toml" | "ftl"));
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let turns = matches!(u32::from(c), 0x61C | 0x200E..=0x200F | 0x2028..=0x202E | 0x2066..=0x2069);
    has_comments && !turns && text[start..at].trim_start_matches([' ', '\t']).starts_with('#')
}

/// The diagnostic for a character that something holds and must not.
pub fn forbidden_character(what: &str, c: char) -> Diagnostic {
    let help = match c {
        '\u{fffd}' => "write the character that was lost here",
        '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => "write an ordinary line break, or remove it",
        _ => "remove it, and type the text around it anew if it was pasted",
    };
    Diagnostic::error(Code::ForbiddenCharacter, format!("{what} contains {}", describe(c))).help(help)
}

/// Refuses what an escape brings into a text: `decoded` is what the file's `raw` says.
pub fn refuse_decoded(what: &str, span: Span, raw: &str, decoded: &str, report: &mut Report) {
    // Escapes begin with a backslash in YAML, TOML and Fluent.
    if !raw.contains('\\') {
        return;
    }
    // What stands there raw has been refused with the file.
    let is_escaped = |c: &char| !raw.contains(*c);
    let control = decoded.chars().find(|c| matches!(c, '\t' | '\r') && is_escaped(c));
    if let Some(c) = forbidden(decoded).map(|(_, c)| c).find(is_escaped).or(control) {
        report.add(forbidden_character(what, c).at(span).help("it is written as an escape: remove that"));
    }
}
