//! `{{#rutter PRODUCT scenario=ID locale=TAG heading-level=N}}`, on a line of its own.

use super::super::{Failure, unknown};

const OPEN: &str = "{{#rutter";
const CLOSE: &str = "}}";

/// A chapter, in order.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    /// What stands between the braces, and on which line, counted from 1.
    Directive {
        line: usize,
        words: &'t str,
    },
    /// A directive among other words.
    Misplaced {
        line: usize,
    },
}

/// Parts a chapter. Code is left as it is, and so is `\{{#rutter`, as mdBook's own directives are; but mdBook takes
/// the sign away from any directive before it calls us.
pub(super) fn pieces(content: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut fence: Option<&str> = None;
    for (line, text) in (1..).zip(content.split_inclusive('\n')) {
        let trimmed = text.trim();
        let mark = fence_of(trimmed);
        match (fence, mark) {
            (Some(open), Some(mark)) if mark.starts_with(open) && mark == trimmed => fence = None,
            (None, Some(mark)) => fence = Some(mark),
            (None, None) if is_directive_in(trimmed) => {
                let words = trimmed.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix(CLOSE));
                pieces.push(match words.filter(|words| !words.contains(CLOSE)) {
                    Some(words) => Piece::Directive { line, words },
                    None => Piece::Misplaced { line },
                });
                continue;
            }
            _ => {}
        }
        pieces.push(Piece::Text(text));
    }
    pieces
}

/// The signs that open or close a block of code.
fn fence_of(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let mark = &line[..line.len() - line.trim_start_matches(sign).len()];
    (mark.len() >= 3 && !line[mark.len()..].contains('`')).then_some(mark)
}

fn is_directive_in(line: &str) -> bool {
    let ends = |at: usize| line[at + OPEN.len()..].starts_with(|c: char| c.is_whitespace() || c == '}');
    let is_code = |at: usize| line[..at].matches('`').count() % 2 == 1;
    line.match_indices(OPEN).any(|(at, _)| !line[..at].ends_with('\\') && !is_code(at) && ends(at))
}

pub(super) fn misplaced() -> Failure {
    Failure::usage(
        format!("`{OPEN} …{CLOSE}` does not stand on a line of its own"),
        "move it; where the words themselves are meant, write them as code",
    )
}

/// What is asked for, as it was written.
pub(super) struct Directive<'t> {
    pub(super) product: &'t str,
    pub(super) scenario: Option<&'t str>,
    pub(super) locale: Option<&'t str>,
    pub(super) heading_level: Option<u8>,
}

impl<'t> Directive<'t> {
    pub(super) fn read(words: &'t str) -> Result<Self, Failure> {
        let mut words = words.split_whitespace();
        let form = || {
            format!("write `{OPEN} PRODUCT scenario=ID locale=TAG heading-level=N{CLOSE}`, all but PRODUCT optional")
        };
        let Some(product) = words.next().filter(|word| !word.contains('=')) else {
            return Err(Failure::usage("no product is named", form()));
        };
        let mut directive = Self { product, scenario: None, locale: None, heading_level: None };
        for word in words {
            let Some((key, value)) = word.split_once('=') else {
                return Err(Failure::usage(format!("`{word}` has no `=`"), form()));
            };
            match key {
                "scenario" => directive.scenario = Some(value),
                "locale" => directive.locale = Some(value),
                "heading-level" => directive.heading_level = Some(level(value)?),
                _ => return Err(unknown("key", key, &["scenario", "locale", "heading-level"])),
            }
        }
        Ok(directive)
    }
}

fn level(text: &str) -> Result<u8, Failure> {
    let level = text.parse().ok().filter(|level| (1..=6).contains(level));
    level.ok_or_else(|| Failure::usage(format!("`{text}` is no level of headings"), "write a number from 1 to 6"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_stands_on_a_line_of_its_own() {
        let text = "a\n  {{#rutter x y=z}}  \nb {{#rutter x}}\n{{#rutterx}}\n{{#rutter}} {{#rutter}}\n";
        let expected = [
            Piece::Text("a\n"),
            Piece::Directive { line: 2, words: " x y=z" },
            Piece::Misplaced { line: 3 },
            Piece::Text("{{#rutterx}}\n"),
            Piece::Misplaced { line: 5 },
        ];
        assert_eq!(pieces(text), expected);
    }

    #[test]
    fn code_and_what_is_escaped_stay_as_they_are() {
        for text in [
            "\\{{#rutter x}}\n",
            "say `{{#rutter x}}`\n",
            "```\n{{#rutter x}}\n```\n",
            "~~~~md\n```\n{{#rutter x}}\n~~~\n{{#rutter x}}\n",
        ] {
            let pieces = pieces(text);
            assert!(pieces.iter().all(|piece| matches!(piece, Piece::Text(_))), "{pieces:?}");
        }
        let behind = pieces("```\n```\n{{#rutter x}}");
        assert_eq!(behind.last(), Some(&Piece::Directive { line: 3, words: " x" }));
    }
}
