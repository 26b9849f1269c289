//! Interface text held against the source locale's, as far as the rules for names go: language, end
//! punctuation, numbers, forbidden forms, slips of typing. Variables are compared elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::pair::{Mark, Pair, Reading, Subject};
use super::{numbers, punctuation, terms, typography, untranslated};
use crate::check::Findings;
use crate::diagnostic::{Code, Diagnostic, Severity, did_you_mean};
use crate::l10n::fluent::Message;
use crate::l10n::{Fragment, State, Text};
use crate::locale::LocaleId;
use crate::model::UnitKind;
use crate::parse::yaml::ScalarStyle;
use crate::words::REFERENCE;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let site = context.site;
    let source = site.config.locales.source();
    let sources: BTreeMap<&String, Text> =
        site.messages[source.index()].iter().map(|(id, message)| (id, text_of(message))).collect();
    for locale in site.config.locales.ids() {
        for (id, message) in &site.messages[locale.index()] {
            let Some(text) = sources.get(id) else { continue };
            // What the compiler brings is held against itself by its own tests.
            if message.is_built_in && site.messages[source.index()][id].is_built_in {
                continue;
            }
            let mut found = Vec::new();
            if locale == source {
                check_source(context, id, text, &mut found);
            } else if message.same_as.is_none() {
                check_message(context, id, (text, message), locale, &mut found);
            }
            except(message, found, site.config.locales.tag(locale), findings);
        }
    }
}

fn check_source(context: &Context<'_>, id: &str, text: &Text, found: &mut Vec<Diagnostic>) {
    let key = format!("i18n/{id}");
    let unit = Subject { key: &key, kind: UnitKind::Name, item: None, product: None };
    let locale = context.site.config.locales.source();
    let reading = Reading::of(text, UnitKind::Name, &context.site.languages[locale.index()]);
    terms::check_forbidden(&Pair { context, unit, locale, source: &reading, target: &reading }, found);
}

fn check_message(
    context: &Context<'_>,
    id: &str,
    (source, message): (&Text, &Message),
    locale: LocaleId,
    found: &mut Vec<Diagnostic>,
) {
    let key = format!("i18n/{id}");
    let unit = Subject { key: &key, kind: UnitKind::Name, item: None, product: None };
    let target = text_of(message);
    let languages = &context.site.languages;
    let source_language = &languages[context.site.config.locales.source().index()];
    let source = Reading::of(source, UnitKind::Name, source_language);
    let target = Reading::of(&target, UnitKind::Name, &languages[locale.index()]);
    let pair = Pair { context, unit, locale, source: &source, target: &target };
    // Signs between the members of a list are no language.
    let is_sign = |reading: &Reading<'_>| !reading.prose.text.chars().any(char::is_alphanumeric);
    if is_sign(&source) || is_sign(&target) || untranslated::check(&pair, found) {
        return;
    }
    terms::check_forbidden(&pair, found);
    check_forms(
        &pair,
        &context.site.messages[context.site.config.locales.source().index()][id].text,
        &message.text,
        found,
    );
    // The forms of a plural are said one by one, in as many forms as a language has.
    let has_forms = |reading: &Reading<'_>| reading.prose.text.contains('\n');
    if !has_forms(&source) && !has_forms(&target) {
        punctuation::check_pair(&pair, found);
        numbers::check(&pair, found);
    }
    if *context.site.message_state(id, locale) != State::Current {
        typography::check(&pair, found);
    }
}

/// A form for one number must not be lost, nor the number in the form for all others.
fn check_forms(pair: &Pair<'_>, source: &str, target: &str, found: &mut Vec<Diagnostic>) {
    let default = |text: &str| default_form(text).map(|form| form.contains("{ $") || form.contains("{$"));
    let says_number = default(target).unwrap_or_else(|| target.contains('$'));
    let numbers = numbered_forms(target);
    let lost = numbered_forms(source).into_iter().find(|number| !numbers.contains(number)).filter(|_| !says_number);
    let mut add = |headline: String, help: &str| {
        found.push(pair.finding(Severity::Error, Code::MessageVariables, headline, &Mark::All, &Mark::All).help(help));
    };
    if let Some(number) = lost {
        let headline = format!("`{}` lacks the form for `{number}`, and its other forms do not say it", pair.tag());
        add(headline, "add the form as the source text has it, `[NUMBER] …`");
    } else if default(source) == Some(true) && !says_number {
        let headline = format!("the form for all other cases says no variable in `{}`", pair.tag());
        add(headline, "say the variable in the form behind `*`, as the source text does");
    }
}

/// What stands behind `*[other]`.
fn default_form(text: &str) -> Option<&str> {
    let (_, form) = text.split_once("*[")?.1.split_once(']')?;
    Some(form.split('\n').next().unwrap_or(form))
}

/// Keys of forms that are numbers: `[11] November`.
fn numbered_forms(text: &str) -> BTreeSet<&str> {
    let keys = text.split('[').skip(1).filter_map(|rest| Some(rest.split_once(']')?.0.trim()));
    keys.filter(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())).collect()
}

/// Adds what a comment above the message does not except.
fn except(message: &Message, found: Vec<Diagnostic>, tag: &str, findings: &mut Findings<'_>) {
    for allow in &message.allows {
        let is_used = found.iter().any(|diagnostic| diagnostic.code.as_str() == allow.code);
        let diagnostic = match Code::find(&allow.code) {
            None => {
                let names = Code::ALL.iter().map(|code| code.as_str());
                Diagnostic::error(Code::UnknownCode, format!("`{}` is the code of no check", allow.code))
                    .maybe_help(did_you_mean(&allow.code, names))
            }
            Some(_) if is_used => continue,
            Some(code) => {
                Diagnostic::error(Code::UnusedAllow, format!("no check of the code `{code}` is excepted in `{tag}`"))
                    .help("remove the comment: it excepts nothing, or only what can't be excepted")
            }
        };
        findings.add(&[], diagnostic.at(message.span));
    }
    let is_excepted =
        |diagnostic: &Diagnostic| message.allows.iter().any(|allow| allow.code == diagnostic.code.as_str());
    found
        .into_iter()
        .filter(|diagnostic| !is_excepted(diagnostic))
        .for_each(|diagnostic| findings.add(&[], diagnostic));
}

/// A message's words as a text: placeables stand for what is said at another time, the forms of a
/// plural are lines.
fn text_of(message: &Message) -> Text {
    Text { written: words(&message.text), span: message.span, style: ScalarStyle::Plain, fragment: Fragment::default() }
}

fn words(fluent: &str) -> String {
    let mut words = String::new();
    let mut rest = fluent;
    while let Some(at) = rest.find(['{', '}', '[', '*', '\n']) {
        words.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        rest = match rest.as_bytes()[at] {
            b'{' => placeable(behind, &mut words),
            b'\n' => {
                let line = behind.trim_start();
                // A variant of a selection: `[one] …`, `*[other] …`.
                let key = line.strip_prefix('*').unwrap_or(line);
                if let Some((_, form)) = key.strip_prefix('[').and_then(|key| key.split_once(']')) {
                    words.push('\n');
                    form.trim_start()
                } else {
                    words.push(' ');
                    line
                }
            }
            b'}' => behind,
            _ => {
                words.push_str(&rest[at..=at]);
                behind
            }
        };
    }
    words.push_str(rest);
    words.trim().to_owned()
}

/// A variable or a function is a reference, a literal itself; of a selection the forms follow.
fn placeable<'a>(inside: &'a str, words: &mut String) -> &'a str {
    let trimmed = inside.trim_start();
    if let Some((literal, rest)) = trimmed.strip_prefix('"').and_then(|literal| literal.split_once('"')) {
        words.push_str(literal);
        return rest.trim_start().strip_prefix('}').unwrap_or(rest);
    }
    if let Some((_, forms)) = inside.split_once("->").filter(|(head, _)| !head.contains('}')) {
        return forms;
    }
    words.push(REFERENCE);
    inside.split_once('}').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_words_of_a_message_are_read_without_its_variables() {
        for (fluent, expected) in [
            ("Port { $port }", "Port \u{fffc}"),
            ("{ \", \" }", ","),
            ("{ $a } und { $b }.", "\u{fffc} und \u{fffc}."),
            (
                "{ $count ->\n    [one] { $count } page\n   *[other] { $count } pages\n}",
                "\u{fffc} page\n\u{fffc} pages",
            ),
        ] {
            assert_eq!(words(fluent), expected, "{fluent}");
        }
    }
}
