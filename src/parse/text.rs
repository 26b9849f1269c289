//! Texts as written: per locale, or one for all. What YAML would change in silence on the way from
//! the file to the reader is refused or mended here.

mod folding;

use std::sync::Arc;

use crate::diagnostic::{Advice, Code, Diagnostic, Report, Vocabulary, closest, suggest};
use crate::locale::{LocaleId, Locales};
use crate::source::SourceFile;
use crate::span::Span;
use crate::value::UnitKind;

use super::fields::{CommentRule, Fields, cut_by_comment, wrong_type};
use super::keys::Key;
use super::prose::Prose;
use super::reading::Reading;
use super::yaml::{Entry, Node, Scalar, ScalarStyle, Value, is_null};

use folding::joined_by_yaml;
pub use folding::refold;

/// One text as written, in one locale.
#[derive(Clone, Debug)]
pub struct RawString {
    /// After unescaping and folding.
    pub text: String,
    /// The scalar.
    pub span: Span,
    /// How it was written; edits keep it.
    pub style: ScalarStyle,
    /// What of it is shown.
    pub prose: Arc<Prose>,
    /// What is wrong where YAML joined what the writer kept apart.
    pub joined: Option<Box<Diagnostic>>,
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

/// Whether one text may stand for all locales.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sharing {
    /// Names, titles, labels: plain text, or per locale.
    Allowed,
    /// Always per locale.
    Refused,
}

/// Reads the name, title or label under a key, which may be the same in all locales.
pub fn parse_name(fields: &Fields<'_>, key: Key, reading: &mut Reading<'_>) -> Option<RawText> {
    parse_entry(&key.shown(), fields.entry(key)?, UnitKind::Name, Sharing::Allowed, reading)
}

/// Reads the text under a key, one per locale.
pub fn parse_text(fields: &Fields<'_>, key: Key, kind: UnitKind, reading: &mut Reading<'_>) -> Option<RawText> {
    parse_entry(&key.shown(), fields.entry(key)?, kind, Sharing::Refused, reading)
}

/// Reads a text. `what` names it in messages.
pub fn parse_entry(
    what: &str,
    entry: &Entry,
    kind: UnitKind,
    sharing: Sharing,
    reading: &mut Reading<'_>,
) -> Option<RawText> {
    let key = entry.key.span;
    match &entry.value.value {
        Value::Map(entries) => {
            let strings = parse_locales(what, key, entries, kind, reading);
            Some(RawText { key, strings: RawStrings::PerLocale(strings) })
        }
        Value::Scalar(scalar) if sharing == Sharing::Allowed && same_as(scalar).is_some() => {
            reading.report.add(
                Diagnostic::error(
                    Code::SameAsUnknown,
                    format!("`{}` stands for the text of a locale, and this text has none", scalar.text),
                )
                .at(entry.value.span)
                .help("a plain text is the same in every locale already; write it, or quote it if it begins with `=`"),
            );
            Some(RawText { key, strings: RawStrings::PerLocale(Vec::new()) })
        }
        Value::Scalar(scalar) if sharing == Sharing::Allowed => {
            // A text that was refused is still one that was written: it is not missing too.
            let string = parse_string(what, &entry.value, scalar, CommentRule::Spaced, kind, reading);
            let strings = string.map_or_else(|| RawStrings::PerLocale(Vec::new()), RawStrings::Same);
            Some(RawText { key, strings })
        }
        Value::Scalar(_) | Value::List(_) => {
            let expected = match sharing {
                Sharing::Allowed => "a text or a map of locales",
                Sharing::Refused => "a map of locales",
            };
            let tag = reading.locales.tag(reading.locales.source_locale());
            reading.report.add(
                wrong_type(what, expected, &entry.value)
                    .help(format!("write one text per locale, for example `{tag}: …`")),
            );
            None
        }
    }
}

fn parse_locales(
    what: &str,
    key: Span,
    entries: &[Entry],
    kind: UnitKind,
    reading: &mut Reading<'_>,
) -> Vec<(LocaleId, LocaleString)> {
    let locales = reading.locales;
    let mut strings: Vec<(LocaleId, LocaleString)> = Vec::new();
    let mut has_stray_key = false;
    let mut strays = Vec::new();
    for entry in entries {
        let Some(locale) = locales.find(&entry.key.value) else {
            let diagnostic = unknown_locale(entry, locales);
            strays.extend(Some(entry.key.value.as_str()).filter(|_| diagnostic.code == Code::UnknownLocale));
            reading.report.add(diagnostic);
            has_stray_key = true;
            continue;
        };
        let Value::Scalar(scalar) = &entry.value.value else {
            reading.report.add(
                wrong_type(&format!("{what} in `{}`", entry.key.value), "a text", &entry.value)
                    .help("quote a text that begins with `[` or `{`"),
            );
            has_stray_key = true;
            strings.push((locale, LocaleString::Refused));
            continue;
        };
        if let Some(other) = same_as(scalar) {
            let string = parse_same_as(other, locale, entry, locales, &mut reading.report);
            has_stray_key |= string.is_none();
            strings.push((locale, string.unwrap_or(LocaleString::Refused)));
            continue;
        }
        let string = parse_string(what, &entry.value, scalar, CommentRule::Never, kind, reading);
        has_stray_key |= string.is_none();
        strings.push((locale, string.map_or(LocaleString::Refused, LocaleString::Own)));
    }
    strings.extend(misnamed(&strays, &strings, locales).into_iter().map(|locale| (locale, LocaleString::Refused)));
    refuse_leading_nowhere(&mut strings, locales, &mut reading.report);
    // Without a text in the source locale nothing can be shown anywhere.
    let has_source = strings.iter().any(|(locale, _)| *locale == locales.source_locale());
    if !has_source && !has_stray_key {
        let tag = locales.tag(locales.source_locale());
        reading.report.add(
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
    let source = locales.tag(locales.source_locale());
    let why = match locales.find(tag) {
        Some(other) if other == locale => "names its own locale",
        Some(other) if other == locales.source_locale() => return Some(LocaleString::SameAs(entry.value.span)),
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
    if strings.iter().any(|(locale, _)| *locale == locales.source_locale()) {
        return;
    }
    let source = locales.tag(locales.source_locale());
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
        .maybe_help(suggest(key, locales.ids().map(|id| locales.tag(id)), Vocabulary::Site))
        .help(format!("`site.toml` lists {}", tags(locales)))
}

fn tags(locales: &Locales) -> String {
    locales.ids().map(|id| format!("`{}`", locales.tag(id))).collect::<Vec<_>>().join(", ")
}

fn parse_string(
    what: &str,
    node: &Node,
    scalar: &Scalar,
    rule: CommentRule,
    kind: UnitKind,
    reading: &mut Reading<'_>,
) -> Option<RawString> {
    let Reading { file, report, .. } = reading;
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
            .help(Advice::fixed_by(
                format!("quote it: \"{}\"", scalar.text),
                &scalar.text,
                format!("\"{}\"", scalar.text),
            )),
        );
        return None;
    }
    let text = refold(file, scalar, node.span);
    // A name is one line however it is written.
    let joined =
        if kind == UnitKind::Name { None } else { joined_by_yaml(file, scalar, node.span, &text).map(Box::new) };
    let prose = Arc::new(Prose::read(&text, kind));
    Some(RawString { text, span: node.span, style: scalar.style, prose, joined })
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
