//! Interface text: every locale has the messages of the source locale, with the same variables, and
//! the source locale has those the compiler says.

use std::collections::BTreeSet;

use super::{Broken, Findings};
use crate::diagnostic::{Code, Diagnostic, Vocabulary, closest, suggest};
use crate::item::UnitKey;
use crate::l10n::fluent::{Message, Messages, built_in_messages};
use crate::site::Site;
use crate::span::Span;

pub(super) fn check(site: &Site, broken: &Broken, findings: &mut Findings<'_>) {
    let locales = &site.config.locales;
    let source = &site.messages[locales.source_locale().index()];
    let compiler = built_in_messages();
    let place = Span::new(site.config.span.file, 0..0);
    for locale in locales.ids() {
        let tag = locales.tag(locale);
        let messages = &site.messages[locale.index()];
        check_references(tag, messages, findings);
        // Of a file that does not parse nobody knows what it lacks.
        if messages.values().any(|message| broken.contains(message.span.file)) {
            continue;
        }
        let (name, model) = if locale == locales.source_locale() {
            ("the compiler".to_owned(), &compiler)
        } else {
            (format!("`{}`", locales.tag(locales.source_locale())), source)
        };
        let meant = compare(tag, messages, (&name, model), findings);
        // A draft lacks what it lacks; what it says is held to the same.
        if !locales.get(locale).is_draft {
            lacking(tag, messages, (&name, model), &meant, place, findings);
        }
    }
}

/// What a message refers to must be there, and must not lead back to it.
fn check_references(tag: &str, messages: &Messages, findings: &mut Findings<'_>) {
    for (id, message) in messages {
        for reference in &message.references {
            let is_known = matches!(reference.as_str(), "NUMBER()") || messages.contains_key(reference);
            if !is_known {
                findings.add(
                    &[],
                    Diagnostic::error(
                        Code::UnknownReference,
                        format!("the message `{id}` refers to `{reference}`, which `{tag}` has not"),
                    )
                    .at(message.span)
                    .maybe_help(suggest(reference, messages.keys().map(String::as_str), Vocabulary::Site))
                    .help("define it in the same locale, or write the text out")
                    .translation(tag, &UnitKey::message(id)),
                );
            }
        }
        if leads_back(id, messages) {
            findings.add(
                &[],
                Diagnostic::error(Code::FluentSyntax, format!("the message `{id}` refers to itself"))
                    .at(message.span)
                    .help("one message of the circle must be written out")
                    .translation(tag, &UnitKey::message(id)),
            );
        }
    }
}

fn leads_back(id: &str, messages: &Messages) -> bool {
    let mut open: Vec<&str> = vec![id];
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        let references = messages.get(next).into_iter().flat_map(|message| &message.references);
        for reference in references {
            if reference == id {
                return true;
            }
            if seen.insert(reference.as_str()) {
                open.push(reference);
            }
        }
    }
    false
}

/// Whether an id is one of a message, and not of a term, which every locale has as it likes.
fn is_message(id: &str) -> bool {
    !id.starts_with('-')
}

/// Holds what a locale says against another's. The messages that its misspelled ids were meant to be.
fn compare(
    tag: &str,
    messages: &Messages,
    (model_name, model): (&str, &Messages),
    findings: &mut Findings<'_>,
) -> BTreeSet<String> {
    let extra: Vec<_> = messages.keys().filter(|id| is_message(id)).filter(|id| !model.contains_key(*id)).collect();
    // A misspelled message is both extra and missing: it is said once, where it is written.
    let mut meant = BTreeSet::new();
    for id in extra {
        let lacking = || model.keys().filter(|known| !messages.contains_key(*known)).map(String::as_str);
        meant.extend(closest(id, lacking()).map(str::to_owned));
        findings.add(
            &[],
            Diagnostic::error(
                Code::ExtraMessage,
                format!("`{tag}` has the message `{id}`, which {model_name} has not"),
            )
            .at(messages[id].span)
            .maybe_help(suggest(id, lacking(), Vocabulary::Site))
            .help("correct its id, or remove it: nobody says it")
            .translation(tag, &UnitKey::message(id)),
        );
    }
    for (id, expected) in model.iter().filter(|(id, _)| is_message(id) && !meant.contains(*id)) {
        if let Some(message) = messages.get(id).filter(|message| message.variables != expected.variables) {
            findings.add(&[], variables(tag, id, message, expected, model_name));
        }
    }
    meant
}

/// What a locale does not say.
fn lacking(
    tag: &str,
    messages: &Messages,
    (model_name, model): (&str, &Messages),
    meant: &BTreeSet<String>,
    site: Span,
    findings: &mut Findings<'_>,
) {
    // A missing message stands nowhere: it is told at the first file the site has of the locale.
    let own = messages.values().filter(|message| !message.is_built_in).map(|message| message.span).min();
    let place = own.map_or(site, |span| Span::new(span.file, 0..0));
    let is_missing = |id: &String| is_message(id) && !meant.contains(id) && !messages.contains_key(id);
    for (id, expected) in model.iter().filter(|(id, _)| is_missing(id)) {
        findings.add(&[], missing(tag, id, model_name, expected, place));
    }
}

fn missing(tag: &str, id: &str, model_name: &str, expected: &Message, place: Span) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Code::MissingMessage, format!("`{tag}` lacks the message `{id}`, which {model_name} has"))
            .at(place);
    let diagnostic = if expected.is_built_in { diagnostic } else { diagnostic.label(expected.span, "said here") };
    diagnostic.help(format!("add `{id} = …` to a file of `i18n/{tag}/`")).translation(tag, &UnitKey::message(id))
}

fn variables(tag: &str, id: &str, message: &Message, expected: &Message, model_name: &str) -> Diagnostic {
    let names = |set: &BTreeSet<String>| {
        if set.is_empty() {
            "none".to_owned()
        } else {
            set.iter().map(|name| format!("${name}")).collect::<Vec<_>>().join(", ")
        }
    };
    Diagnostic::error(
        Code::MessageVariables,
        format!(
            "`{id}` uses other variables than {model_name}: {}, expected {}",
            names(&message.variables),
            names(&expected.variables)
        ),
    )
    .at(message.span)
    .help("a variable that is left out hides a fact; one that is not given can't be shown")
    .translation(tag, &UnitKey::message(id))
}
