//! What YAML does to a text over several lines, undone or told.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::prose::is_list;
use crate::parse::yaml::{Scalar, ScalarStyle};
use crate::source::SourceFile;
use crate::span::Span;
use crate::words::is_wide;

/// A text over several lines, joined: between two wide characters, where a line break is no word
/// break, the space that YAML puts there is dropped.
///
/// Literal blocks keep their line breaks (Markdown joins those). The other styles were folded by
/// YAML, so their lines are folded again from the source; what only YAML can unescape stays as it is.
pub fn refold(file: &SourceFile, scalar: &Scalar, span: Span) -> String {
    let raw = file.text.get(span.range()).unwrap_or_default();
    let lines = match scalar.style {
        ScalarStyle::Literal => return scalar.text.clone(),
        // The span begins behind the indentation of the first line.
        ScalarStyle::Folded => {
            let start = file.text[..span.range().start].rfind('\n').map_or(0, |line| line + 1);
            file.text.get(start..span.range().end).unwrap_or_default().to_owned()
        }
        ScalarStyle::SingleQuoted => raw.trim_matches('\'').replace("''", "'"),
        ScalarStyle::DoubleQuoted if raw.contains('\\') => return scalar.text.clone(),
        ScalarStyle::DoubleQuoted => raw.trim_matches('"').to_owned(),
        ScalarStyle::Plain => raw.to_owned(),
    };
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut written = lines.lines().filter(|line| !line.trim().is_empty());
    let base = written.clone().map(indent).min().unwrap_or(0);
    // More indented lines of a folded block keep their breaks: that is the writer's own layout.
    let is_laid_out = scalar.style == ScalarStyle::Folded && written.any(|line| indent(line) > base);
    if is_laid_out || lines.trim_end().lines().count() < 2 {
        return scalar.text.clone();
    }
    let mut text = String::new();
    for line in lines.trim_end().lines().map(str::trim) {
        if line.is_empty() {
            text.push('\n');
            continue;
        }
        if !text.is_empty() && !text.ends_with('\n') && !is_seamless(&text, line) {
            text.push(' ');
        }
        text.push_str(line);
    }
    text
}

/// Whether two lines meet without a space. Marks of emphasis and code are looked through; beside a
/// reference the other side decides, since its own text differs by locale.
fn is_seamless(above: &str, below: &str) -> bool {
    let side = |c: Option<char>, reference: char| c.filter(|c| *c != reference);
    let last = side(above.trim_end_matches(['*', '`']).chars().last(), '>');
    let first = side(below.trim_start_matches(['*', '`']).chars().next(), '<');
    match (last, first) {
        (Some(last), Some(first)) => is_wide(last) && is_wide(first),
        (Some(only), None) | (None, Some(only)) => is_wide(only),
        (None, None) => false,
    }
}

/// What YAML joins on the way from the file to the reader and the writer kept apart. Only a literal
/// block keeps its lines.
pub(super) fn joined_by_yaml(file: &SourceFile, scalar: &Scalar, span: Span, written: &str) -> Option<Diagnostic> {
    if scalar.style == ScalarStyle::Literal {
        return None;
    }
    let raw = file.text.get(span.range()).unwrap_or_default();
    let headline = if has_folded_list(raw) {
        "a text that is no literal block (`|`) joins the items of its list into one line"
    } else if gaps(raw) > gaps(written) {
        "a text that is no literal block (`|`) joins the paragraphs beside a blank line into one"
    } else {
        return None;
    };
    let blank = raw.find("\n\n").map_or(0, |at| at + 1);
    let start = span.start as usize + raw[..blank].trim_end().rfind('\n').map_or(0, |line| line + 1);
    let first_line = raw[start - span.start as usize..].lines().next().unwrap_or_default();
    let first = start + first_line.len() - first_line.trim_start().len();
    let line = Span::new(span.file, first..start + first_line.trim_end().len());
    Some(
        Diagnostic::error(Code::AccidentalMarkup, headline)
            .at(if gaps(raw) > 0 { line } else { span })
            .help("write the text as a literal block: `|` behind the key, the text on the lines below"),
    )
}

/// Whether several lines look like items.
fn has_folded_list(raw: &str) -> bool {
    let is_item = |line: &&str| {
        line.starts_with("- ")
            || line.starts_with("* ")
            || line.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok())
    };
    let is_known =
        raw.lines().map(|line| line.trim_start().trim_start_matches(['"', '\''])).filter(is_item).count() > 1;
    is_known || is_list(raw.trim_start_matches(['"', '\'']))
}

/// How many times blank lines part two lines with words.
fn gaps(text: &str) -> usize {
    let lines: Vec<_> = text.trim().lines().map(|line| line.trim().is_empty()).collect();
    lines.windows(2).filter(|pair| pair[0] && !pair[1]).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::parse::yaml::Value;
    use crate::parse::yaml::parse_yaml;
    use crate::span::FileId;

    fn refolded(text: &str) -> String {
        let file = SourceFile::new("", text.to_owned());
        let Some(root) = parse_yaml(FileId(0), &file, &mut Report::default()) else { panic!("{text} is no YAML") };
        let Value::Map(entries) = &root.value else { panic!("{text} is no map") };
        let node = &entries[0].value;
        let Some(scalar) = node.as_scalar() else { panic!("{text} is no text") };
        refold(&file, scalar, node.span).trim_end().to_owned()
    }

    #[test]
    fn a_folded_text_keeps_all_its_lines() {
        for (written, text) in [
            ("k: >\n  one\n  two\n  three\n", "one two three"),
            ("k: >\n    一行目\n    二行目\n    三行目\n", "一行目二行目三行目"),
            ("k: >-\n  one\n\n  two\n", "one\ntwo"),
            ("k: one\n  two\n  three\n", "one two three"),
            ("k: >\n  one\n    laid out\n  three\n", "one\n  laid out\nthree"),
        ] {
            assert_eq!(refolded(written), text, "{written}");
        }
    }
}
