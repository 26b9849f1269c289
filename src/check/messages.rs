//! Interface text: every locale has the messages of the source locale, with the same variables, and
//! the source locale has those the compiler says.

use std::collections::BTreeSet;

use super::Findings;
use crate::diagnostic::{Code, Diagnostic, closest, did_you_mean};
use crate::l10n::fluent::{Message, Messages, built_in_messages};
use crate::site::Site;
use crate::source::{FileId, Span};

pub(super) fn check(site: &Site, findings: &mut Findings<'_>) {
    let locales = &site.config.locales;
    let source = &site.messages[locales.source().index()];
    let compiler = built_in_messages();
    let place = Span::new(site.config.span.file, 0..0);
    compare(locales.tag(locales.source()), source, "the compiler", &compiler, place, findings);
    for locale in locales.ids().filter(|locale| *locale != locales.source() && !locales.get(*locale).is_draft) {
        let tag = locales.tag(locale);
        compare(
            tag,
            &site.messages[locale.index()],
            &format!("`{}`", locales.tag(locales.source())),
            source,
            place,
            findings,
        );
    }
}

fn compare(
    tag: &str,
    messages: &Messages,
    model_name: &str,
    model: &Messages,
    site: Span,
    findings: &mut Findings<'_>,
) {
    // A missing message stands nowhere; its place is the first file of the locale.
    let place = messages.values().map(|message| message.span).min().map_or(site, |span| Span::new(span.file, 0..0));
    for (id, expected) in model.iter().filter(|(id, _)| !id.starts_with('-')) {
        let Some(message) = messages.get(id) else {
            findings.add(&[], missing(tag, id, model_name, expected, place, messages));
            continue;
        };
        let differing: Vec<_> = message.variables.symmetric_difference(&expected.variables).collect();
        if !differing.is_empty() {
            findings.add(&[], variables(tag, id, message, expected, model_name));
        }
    }
    for (id, message) in messages.iter().filter(|(id, _)| !id.starts_with('-') && !model.contains_key(*id)) {
        findings.add(
            &[],
            Diagnostic::error(
                Code::ExtraMessage,
                format!("`{tag}` has the message `{id}`, which {model_name} has not"),
            )
            .at(message.span)
            .maybe_help(did_you_mean(
                id,
                model.keys().filter(|known| !messages.contains_key(*known)).map(String::as_str),
            ))
            .help("remove it: nobody says it")
            .translation(tag, &format!("i18n/{id}")),
        );
    }
}

fn missing(tag: &str, id: &str, model_name: &str, expected: &Message, place: Span, messages: &Messages) -> Diagnostic {
    let near = closest(id, messages.keys().map(String::as_str)).and_then(|near| messages.get(near));
    let diagnostic =
        Diagnostic::error(Code::MissingMessage, format!("`{tag}` lacks the message `{id}`, which {model_name} has"))
            .at(near.map_or(place, |message| message.span));
    let diagnostic =
        if expected.span.file == FileId(u32::MAX) { diagnostic } else { diagnostic.label(expected.span, "said here") };
    diagnostic.help(format!("add `{id} = …` to a file of `i18n/{tag}/`")).translation(tag, &format!("i18n/{id}"))
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
    .translation(tag, &format!("i18n/{id}"))
}
