//! Texts as written: per locale, or one for all. What YAML would change in silence on the way from
//! the file to the reader is refused or mended here.

use crate::diagnostic::{Code, Diagnostic, Report, closest, did_you_mean};
use crate::locale::{LocaleId, Locales};
use crate::source::SourceFile;
use crate::span::Span;
use crate::words::is_wide;

use super::fields::{CommentRule, cut_by_comment, wrong_type};
use super::yaml::{Entry, Node, Scalar, ScalarStyle, Value, is_null};

/// One text as written, in one locale.
#[derive(Clone, Debug)]
pub struct RawString {
    /// After unescaping and folding.
    pub text: String,
    /// The scalar.
    pub span: Span,
    /// How it was written; edits keep it.
    pub style: ScalarStyle,
}

/// A text in all locales.
#[derive(Clone, Debug)]
pub struct RawText {
    /// The key it stands under, where diagnostics on a missing locale point.
    pub key: Span,
    /// What was written.
    pub strings: RawStrings,
}

/// The two ways of writing a text.
#[derive(Clone, Debug)]
pub enum RawStrings {
    /// The same in every locale, on purpose (names only).
    Same(RawString),
    /// One per locale.
    PerLocale(Vec<(LocaleId, LocaleString)>),
}

/// A locale's text.
#[derive(Clone, Debug)]
pub enum LocaleString {
    /// Its own.
    Own(RawString),
    /// `=TAG`: the same as in the source locale, on purpose.
    SameAs(Span),
    /// Written and refused: it is not missing too.
    Refused,
}

/// Which of the two ways a key takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextKind {
    /// Names, titles, labels: plain text, or per locale.
    Name,
    /// Prose: always per locale.
    Prose,
}

/// Reads a text under a key.
pub fn parse_text(
    what: &str,
    entry: &Entry,
    kind: TextKind,
    locales: &Locales,
    report: &mut Report,
) -> Option<RawText> {
    let key = entry.key.span;
    match &entry.value.value {
        Value::Map(entries) => {
            let strings = parse_locales(what, key, entries, locales, report);
            Some(RawText { key, strings: RawStrings::PerLocale(strings) })
        }
        Value::Scalar(scalar) if kind == TextKind::Name && same_as(scalar).is_some() => {
            report.add(
                Diagnostic::error(
                    Code::SameAsUnknown,
                    format!("`{}` stands for the text of a locale, and this text has none", scalar.text),
                )
                .at(entry.value.span)
                .help("a plain text is the same in every locale already; write it, or quote it if it begins with `=`"),
            );
            Some(RawText { key, strings: RawStrings::PerLocale(Vec::new()) })
        }
        Value::Scalar(scalar) if kind == TextKind::Name => {
            // A text that was refused is still one that was written: it is not missing too.
            let string = parse_string(what, &entry.value, scalar, CommentRule::Spaced, report);
            let strings = string.map_or_else(|| RawStrings::PerLocale(Vec::new()), RawStrings::Same);
            Some(RawText { key, strings })
        }
        Value::Scalar(_) | Value::List(_) => {
            let expected = if kind == TextKind::Name { "a text or a map of locales" } else { "a map of locales" };
            report.add(
                wrong_type(what, expected, &entry.value)
                    .help(format!("write one text per locale, for example `{}: …`", locales.tag(locales.source()))),
            );
            None
        }
    }
}

fn parse_locales(
    what: &str,
    key: Span,
    entries: &[Entry],
    locales: &Locales,
    report: &mut Report,
) -> Vec<(LocaleId, LocaleString)> {
    let mut strings: Vec<(LocaleId, LocaleString)> = Vec::new();
    let mut has_stray_key = false;
    let mut strays = Vec::new();
    for entry in entries {
        let Some(locale) = locales.find(&entry.key.value) else {
            let diagnostic = unknown_locale(entry, locales);
            strays.extend(Some(entry.key.value.as_str()).filter(|_| diagnostic.code == Code::UnknownLocale));
            report.add(diagnostic);
            has_stray_key = true;
            continue;
        };
        let Value::Scalar(scalar) = &entry.value.value else {
            report.add(
                wrong_type(&format!("{what} in `{}`", entry.key.value), "a text", &entry.value)
                    .help("quote a text that begins with `[` or `{`"),
            );
            has_stray_key = true;
            strings.push((locale, LocaleString::Refused));
            continue;
        };
        if let Some(other) = same_as(scalar) {
            let string = parse_same_as(other, locale, entry, locales, report);
            has_stray_key |= string.is_none();
            strings.push((locale, string.unwrap_or(LocaleString::Refused)));
            continue;
        }
        let string = parse_string(what, &entry.value, scalar, CommentRule::Never, report);
        has_stray_key |= string.is_none();
        strings.push((locale, string.map_or(LocaleString::Refused, LocaleString::Own)));
    }
    strings.extend(misnamed(&strays, &strings, locales).into_iter().map(|locale| (locale, LocaleString::Refused)));
    refuse_leading_nowhere(&mut strings, locales, report);
    // Without a text in the source locale nothing can be shown anywhere.
    let has_source = strings.iter().any(|(locale, _)| *locale == locales.source());
    if !has_source && !has_stray_key {
        let tag = locales.tag(locales.source());
        report.add(
            Diagnostic::error(Code::MissingText, format!("{what} has no text in the source locale `{tag}`"))
                .at(key)
                .help(format!("add `{tag}:`")),
        );
    }
    strings
}

/// The locales whose texts may stand under keys that name none.
fn misnamed(strays: &[&str], strings: &[(LocaleId, LocaleString)], locales: &Locales) -> Vec<LocaleId> {
    let is_absent = |locale: &LocaleId| strings.iter().all(|(written, _)| written != locale);
    let absent: Vec<_> = locales.ids().filter(is_absent).collect();
    if strays.len() >= absent.len() {
        return absent;
    }
    let tags = || absent.iter().map(|locale| locales.tag(*locale));
    let meant = strays.iter().filter_map(|stray| closest(stray, tags()));
    meant.filter_map(|tag| locales.find(tag)).collect()
}

fn same_as(scalar: &Scalar) -> Option<&str> {
    let tag = scalar.text.strip_prefix('=')?;
    let is_tag = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (scalar.style == ScalarStyle::Plain && is_tag).then_some(tag)
}

fn parse_same_as(
    tag: &str,
    locale: LocaleId,
    entry: &Entry,
    locales: &Locales,
    report: &mut Report,
) -> Option<LocaleString> {
    let source = locales.tag(locales.source());
    let why = match locales.find(tag) {
        Some(other) if other == locale => "names its own locale",
        Some(other) if other == locales.source() => return Some(LocaleString::SameAs(entry.value.span)),
        Some(_) => "does not name the source locale",
        None => "names no locale of the site",
    };
    report.add(Diagnostic::error(Code::SameAsUnknown, format!("`={tag}` {why}")).at(entry.value.span).help(format!(
        "write `={source}` if it is the same as the source text, else the text itself, quoted if it begins with `=`"
    )));
    None
}

/// `=TAG` must lead to a text.
fn refuse_leading_nowhere(strings: &mut Vec<(LocaleId, LocaleString)>, locales: &Locales, report: &mut Report) {
    if strings.iter().any(|(locale, _)| *locale == locales.source()) {
        return;
    }
    let source = locales.tag(locales.source());
    strings.retain(|(_, string)| {
        let LocaleString::SameAs(span) = string else { return true };
        report.add(
            Diagnostic::error(Code::SameAsUnknown, format!("`={source}` leads to no text"))
                .at(*span)
                .help(format!("write the text in `{source}` first")),
        );
        false
    });
}

fn unknown_locale(entry: &Entry, locales: &Locales) -> Diagnostic {
    let key = &entry.key.value;
    if entry.value.is_null() || key.contains(' ') || !super::fields::is_id(&key.to_ascii_lowercase()) {
        return Diagnostic::error(Code::UnknownKey, format!("`{key}` is read as a key, but looks like part of a text"))
            .at(entry.key.span)
            .help("quote this text: a comma in `{ … }` and a `: ` anywhere end it");
    }
    Diagnostic::error(Code::UnknownLocale, format!("`{key}` is not a locale of the site"))
        .at(entry.key.span)
        .maybe_help(did_you_mean(key, locales.ids().map(|id| locales.tag(id))))
        .help(format!("`site.toml` lists {}", tags(locales)))
}

fn tags(locales: &Locales) -> String {
    locales.ids().map(|id| format!("`{}`", locales.tag(id))).collect::<Vec<_>>().join(", ")
}

fn parse_string(what: &str, node: &Node, scalar: &Scalar, rule: CommentRule, report: &mut Report) -> Option<RawString> {
    if node.is_null() || is_blank(&scalar.text) {
        report.add(Diagnostic::error(Code::EmptyText, format!("{what} is empty")).at(node.span).help("write the text"));
        return None;
    }
    if let Some(diagnostic) = cut_by_comment(what, node, scalar, rule) {
        report.add(diagnostic);
        return None;
    }
    let ends_quoted = scalar.text.ends_with('"') && scalar.text.matches('"').count() == 1;
    if scalar.style == ScalarStyle::Plain && ends_quoted {
        let end = node.span.end as usize;
        report.add(
            Diagnostic::error(Code::YamlSyntax, format!("{what} ends with a quotation mark that nothing opens"))
                .at(Span::new(node.span.file, end.saturating_sub(1)..end))
                .help("write one before the text too, or remove it; a sign for inches goes into quotes: `'19\"'`"),
        );
        return None;
    }
    if scalar.style == ScalarStyle::Plain && is_literal(&scalar.text) {
        report.add(
            Diagnostic::error(
                Code::UnquotedLiteral,
                format!("{what} is `{}`, which YAML takes for a number, a date or a truth value", scalar.text),
            )
            .at(node.span)
            .help(format!("quote it: \"{}\"", scalar.text)),
        );
        return None;
    }
    Some(RawString { text: scalar.text.clone(), span: node.span, style: scalar.style })
}

/// Nothing a reader would see: white space, also of no width.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

/// Whether an unquoted text is one to us: no number, no truth value, nothing, no `=TAG`.
pub fn is_plain_text(text: &str) -> bool {
    !is_blank(text) && !is_literal(text) && !text.starts_with('=') && !is_null(text)
}

/// What other tools that read YAML turn into something that is no text.
fn is_literal(text: &str) -> bool {
    let is_number =
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')) && text.parse::<f64>().is_ok();
    is_number || crate::value::date::is_date(text) || is_truth_value(text)
}

/// YAML 1.2 has two truth values, YAML 1.1, which many tools still read, has more.
fn is_truth_value(text: &str) -> bool {
    ["true", "false", "yes", "no", "on", "off"].iter().any(|word| {
        let (first, rest) = word.split_at(1);
        text == *word || text == word.to_uppercase() || text == format!("{}{rest}", first.to_uppercase())
    })
}

/// A text over several lines, joined: between two wide characters, where a line break is no word
/// break, the space that YAML puts there is dropped.
///
/// Literal blocks keep their line breaks (Markdown joins those). The other styles were folded by
/// YAML, so their lines are folded again from the source; what only YAML can unescape stays as it is.
pub fn refold(file: &SourceFile, string: &RawString) -> String {
    let raw = file.text.get(string.span.range()).unwrap_or_default();
    let lines = match string.style {
        ScalarStyle::Literal => return string.text.clone(),
        // The span begins behind the indentation of the first line.
        ScalarStyle::Folded => {
            let start = file.text[..string.span.range().start].rfind('\n').map_or(0, |line| line + 1);
            file.text.get(start..string.span.range().end).unwrap_or_default().to_owned()
        }
        ScalarStyle::SingleQuoted => raw.trim_matches('\'').replace("''", "'"),
        ScalarStyle::DoubleQuoted if raw.contains('\\') => return string.text.clone(),
        ScalarStyle::DoubleQuoted => raw.trim_matches('"').to_owned(),
        ScalarStyle::Plain => raw.to_owned(),
    };
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut written = lines.lines().filter(|line| !line.trim().is_empty());
    let base = written.clone().map(indent).min().unwrap_or(0);
    // More indented lines of a folded block keep their breaks: that is the writer's own layout.
    let is_laid_out = string.style == ScalarStyle::Folded && written.any(|line| indent(line) > base);
    if is_laid_out || lines.trim_end().lines().count() < 2 {
        return string.text.clone();
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

/// Where a byte range of a text lies in its file. Exact for block and single-line scalars without
/// escapes, the whole scalar otherwise.
pub fn locate(file: &SourceFile, span: Span, style: ScalarStyle, text: &str, range: std::ops::Range<usize>) -> Span {
    let raw = file.text.get(span.range()).unwrap_or_default();
    // Of a range over several lines the first is marked.
    let needle = text.get(range.clone()).and_then(|needle| needle.lines().next());
    let Some(needle) = needle.filter(|needle| !needle.trim().is_empty()) else { return span };
    // The n-th occurrence in the text is the n-th in the source, as long as nothing was escaped.
    let nth = text[..range.start].matches(needle).count();
    let found = raw.match_indices(needle).nth(nth);
    match found {
        Some((at, _)) if style != ScalarStyle::DoubleQuoted || !raw.contains('\\') => {
            let start = span.start as usize + at;
            Span::new(span.file, start..start + needle.len())
        }
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::yaml::parse_yaml;
    use crate::span::FileId;

    fn refolded(text: &str) -> String {
        let file = SourceFile::new("", text.to_owned());
        let Some(root) = parse_yaml(FileId(0), &file, &mut Report::default()) else { panic!("{text} is no YAML") };
        let Value::Map(entries) = &root.value else { panic!("{text} is no map") };
        let node = &entries[0].value;
        let Some(scalar) = node.as_scalar() else { panic!("{text} is no text") };
        let string = RawString { text: scalar.text.clone(), span: node.span, style: scalar.style };
        refold(&file, &string).trim_end().to_owned()
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
