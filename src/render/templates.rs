//! The template environment: strict, always escaping, with one function for interface text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::{RenderError, markdown, template_diagnostic};
use crate::l10n::{Args, SayError};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::span::Span;

/// How templates of Markdown escape.
const MARKDOWN: &str = "markdown";

/// Steps one page may take; a template that loops ends with an error instead of a hung build.
const FUEL: u64 = 50_000_000;

/// An environment with all templates of the theme.
pub(super) fn environment(site: &Site) -> Result<Environment<'_>, RenderError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| match name.rsplit('.').next() {
        Some("md") => AutoEscape::Custom(MARKDOWN.into()),
        // The list for language models is Markdown by its own rules (llmstxt.org).
        Some("txt") if name == "llms.txt" => AutoEscape::Custom(MARKDOWN.into()),
        Some("txt" | "mmd") => AutoEscape::None,
        _ => AutoEscape::Html,
    });
    environment.set_formatter(write_escaped);
    // For Markdown: blocks within an item or a quotation, a code span, the destination of a link.
    environment
        .add_filter("prefixed", |text: &str, prefix: &str| Value::from_safe_string(markdown::prefixed(text, prefix)));
    // A script ends where its end tag stands, even within a text.
    environment.add_filter("json", |text: &str| Value::from_safe_string(text.replace('<', "\\u003c")));
    environment.add_filter("code", |text: &str| safe(|out| markdown::push_code(out, text)));
    environment.add_filter("destination", |href: &str| safe(|out| markdown::push_destination(out, href)));
    match SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        Ok(syntax) => environment.set_syntax(syntax),
        Err(error) => unreachable!("white space control is part of every syntax: {error}"),
    }
    environment.set_fuel(Some(FUEL));
    for (name, (_, text)) in &site.theme.templates {
        environment.add_template(name, text).map_err(|error| self::error(site, &error))?;
    }
    Ok(environment)
}

fn safe(write: impl FnOnce(&mut String)) -> Value {
    let mut text = String::new();
    write(&mut text);
    Value::from_safe_string(text)
}

/// Whether a template that is called again and again has enough left for one more call.
pub(super) fn has_fuel(state: &State<'_, '_>) -> bool {
    state.fuel_levels().is_none_or(|(_, left)| left > FUEL / 2)
}

/// Interface text for the templates of a locale: `t("message", name=value)`. What a message without
/// variables says is needed on every page, and said once.
pub(super) fn say_function(site: &Site, locale: LocaleId) -> Value {
    // Template values outlive any borrow, so the catalogs are shared.
    let catalogs = Arc::clone(&site.catalogs);
    let ids = site.messages[site.config.locales.source_locale().index()].keys();
    let words = ids.filter_map(|id| Some((id.clone(), Value::from(catalogs.constant(locale, id)?))));
    let words: BTreeMap<String, Value> = words.collect();
    Value::from_function(move |id: &str, kwargs: Kwargs| -> Result<Value, Error> {
        if let Some(word) = words.get(id) {
            return Ok(word.clone());
        }
        let mut args = Args::new();
        for name in kwargs.args() {
            let value: Value = kwargs.get(name)?;
            args.set(name.to_owned(), value.to_string());
        }
        let said = catalogs.say(locale, id, &args);
        said.map(Value::from)
            .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()).with_source(error))
    })
}

/// Escapes what HTML and SVG text and attributes need. The library's own formatter also writes `/` as
/// `&#x2f;`, which makes every link longer and protects nothing.
pub(super) fn write_escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::new(ErrorKind::UndefinedError, "the value is undefined"));
    }
    if let (true, Some(text)) = (value.is_safe(), value.as_str()) {
        return out.write_str(text).map_err(Error::from);
    }
    if value.is_safe() || matches!(state.auto_escape(), AutoEscape::None) || value.kind() == ValueKind::Number {
        return write!(out, "{value}").map_err(Error::from);
    }
    let text = value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed);
    if matches!(state.auto_escape(), AutoEscape::Custom(name) if name == MARKDOWN) {
        let mut escaped = String::with_capacity(text.len());
        markdown::push_escaped(&mut escaped, &text);
        return out.write_str(&escaped).map_err(Error::from);
    }
    let mut rest = text.as_ref();
    let is_special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || !is_character(c);
    while let Some(at) = rest.find(is_special) {
        out.write_str(&rest[..at])?;
        let Some(c) = rest[at..].chars().next() else { break };
        out.write_str(match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            _ => "\u{fffd}",
        })?;
        rest = &rest[at + c.len_utf8()..];
    }
    out.write_str(rest)?;
    Ok(())
}

/// Whether a character may stand in XML (XML 1.0, `Char`), not even written as a reference. One that
/// may not makes an SVG no picture; it becomes U+FFFD.
pub(super) fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

/// A template's mistake with its file and line; the library's own report would print the whole
/// context of the page.
pub(super) fn error(site: &Site, error: &Error) -> RenderError {
    if let Some(unsaid) = causes(error).find_map(|cause| cause.downcast_ref::<SayError>()) {
        return RenderError::Messages(vec![unsaid.clone()]);
    }
    let mut innermost = error;
    while let Some(inner) = std::error::Error::source(innermost).and_then(|inner| inner.downcast_ref::<Error>()) {
        innermost = inner;
    }
    let name = innermost.name().or(error.name()).unwrap_or_default();
    let what = innermost
        .detail()
        .map_or_else(|| innermost.kind().to_string(), |detail| format!("{}: {detail}", innermost.kind()));
    let span = site.theme.templates.get(name).and_then(|(file, text)| {
        let range = innermost.range().or_else(|| line_range(text, innermost.line()?))?;
        Some(Span::within(*file, text, range))
    });
    template_diagnostic(format!("the template `{name}` can't be used: {what}"), span)
}

/// What led to an error, the error first.
fn causes<'e>(
    error: &'e (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'e (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

fn line_range(text: &str, line: usize) -> Option<std::ops::Range<usize>> {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let length = text.get(start..)?.lines().next().map_or(0, str::len);
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_xml_forbids_is_replaced() {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(write_escaped);
        let written =
            environment.render_str("{{ text }}", minijinja::context! { text => "<a\u{8}b\u{ffff}c\u{fffe}\u{1f9f1}>" });
        assert_eq!(written.ok().as_deref(), Some("&lt;a\u{fffd}b\u{fffd}c\u{fffd}\u{1f9f1}&gt;"));
    }
}
