//! Interface text held against the source locale's, by the rules for names, in each case of its
//! selections; and what only messages have: forms for numbers, exceptions in comments, `# =TAG`.
//! Variables are compared elsewhere.

use std::collections::BTreeSet;

use super::context::Context;
use super::pair::{Mark, Pair};
use super::reading::{Reading, Subject};
use super::{check_alone, check_pair, terms, untranslated};
use crate::check::Findings;
use crate::diagnostic::{Code, Diagnostic, Severity, Vocabulary, suggest};
use crate::item::{UnitKey, message_of};
use crate::l10n::fluent::{Case, Message, cases};
use crate::l10n::{State, Text};
use crate::locale::{Locale, LocaleId};
use crate::span::Span;
use crate::value::UnitKind;

pub(super) fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let site = context.site;
    let source = site.config.locales.source_locale();
    for locale in site.config.locales.ids() {
        for (id, message) in &site.messages[locale.index()] {
            let Some(expected) = site.messages[source.index()].get(id) else { continue };
            // What the compiler brings is held against itself by its own tests.
            if message.is_built_in && expected.is_built_in {
                continue;
            }
            let key = UnitKey::message(id);
            let mut found = Vec::new();
            if locale == source {
                check_source(context, &key, message, &mut found);
            } else {
                let is_settled = *site.translations().message_state(id, locale) == State::Current;
                let read = Read { context, key: &key, locale, source: expected, target: message };
                read.check(is_settled, &mut found);
            }
            check_same_as(context, &key, (message, expected), locale, &mut found);
            except(message, found, site.config.locales.get(locale), findings);
        }
    }
}

fn check_source(context: &Context<'_>, key: &str, message: &Message, found: &mut Vec<Diagnostic>) {
    let site = context.site;
    let id = message_of(key).unwrap_or(key);
    let locales = &site.config.locales;
    let is_open = locales.ids().any(|locale| *site.translations().message_state(id, locale) != State::Current);
    let mut all = Vec::new();
    for case in cases(&message.text, &message.text).iter().filter(|case| says_something(&case.source)) {
        let text = text_of(&case.source, message.span);
        let locale = locales.source_locale();
        let reading = Reading::of(&text, UnitKind::Name, Some(&site.languages[locale.index()]));
        let pair = Pair { context, unit: subject(key), locale, source: &reading, target: &reading };
        check_alone(&pair, is_open, &mut all);
    }
    add_once(all, found);
}

/// `# =TAG` stands above signs, which say the same in both locales. A word that happens to be the same
/// is a translation like any other.
fn check_same_as(
    context: &Context<'_>,
    key: &str,
    (message, expected): (&Message, &Message),
    locale: LocaleId,
    found: &mut Vec<Diagnostic>,
) {
    let Some(same_as) = &message.same_as else { return };
    let locales = &context.site.config.locales;
    let (tag, source) = (locales.tag(locale), locales.tag(locales.source_locale()));
    let error = |code: Code, headline: String, help: String| {
        Diagnostic::error(code, headline).at(message.span).help(help).translation(tag, key)
    };
    let id = message_of(key).unwrap_or(key);
    let has_letters =
        cases(&message.text, &message.text).iter().any(|case| case.source.chars().any(char::is_alphabetic));
    let remove = || "remove the comment".to_owned();
    found.extend(if *same_as != source || tag == source {
        let why = if *same_as == tag { "names its own locale" } else { "does not name the source locale" };
        Some(error(Code::SameAsUnknown, format!("`# ={same_as}` above `{id}` {why}"), remove()))
    } else if message.text != expected.text {
        let headline = format!("`# ={same_as}` stands above `{id}`, which is not the same as in `{source}`");
        Some(error(Code::SameAsUnknown, headline, remove()))
    } else if has_letters {
        let headline = format!("`# ={same_as}` stands above `{id}`, which has words");
        let help = format!(
            "translate it; if `{tag}` has the same word, write `# allow untranslated: REASON` in place of the comment"
        );
        Some(error(Code::SameAsInProse, headline, help))
    } else {
        None
    });
}

/// A message in two locales.
struct Read<'a> {
    context: &'a Context<'a>,
    key: &'a str,
    locale: LocaleId,
    source: &'a Message,
    target: &'a Message,
}

impl Read<'_> {
    fn check(&self, is_settled: bool, found: &mut Vec<Diagnostic>) {
        let mut all = Vec::new();
        for case in cases(&self.source.text, &self.target.text) {
            // Signs between the members of a list are no language.
            if says_something(&case.source) && says_something(&case.target) {
                self.check_case(&case, is_settled, &mut all);
            }
        }
        add_once(all, found);
    }

    fn check_case(&self, case: &Case, is_settled: bool, found: &mut Vec<Diagnostic>) {
        let (source, target) = (text_of(&case.source, self.source.span), text_of(&case.target, self.target.span));
        let site = self.context.site;
        let languages =
            (&site.languages[site.config.locales.source_locale().index()], &site.languages[self.locale.index()]);
        let source = Reading::of(&source, UnitKind::Name, Some(languages.0));
        let target = Reading::of(&target, UnitKind::Name, Some(languages.1));
        let unit = subject(self.key);
        let pair = Pair { context: self.context, unit, locale: self.locale, source: &source, target: &target };
        let forms = (self.source.text.as_str(), self.target.text.as_str());
        // November is called so in more than one language.
        let is_same_word = case.source == case.target && !case.source.contains(' ');
        if !case.is_numbered {
            check_pair(&pair, is_settled, found);
        } else if is_same_word || !untranslated::check(&pair, found) {
            terms::check_forbidden(&pair, found);
        }
        check_forms(&pair, forms.0, forms.1, found);
    }
}

fn subject(key: &str) -> Subject<'_> {
    Subject { key, kind: UnitKind::Name, item: None, product: None }
}

fn says_something(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}

/// A form has no place of its own: what is wrong in several is told once.
fn add_once(all: Vec<Diagnostic>, found: &mut Vec<Diagnostic>) {
    for diagnostic in all {
        let is_known = |known: &Diagnostic| known.code == diagnostic.code && known.headline == diagnostic.headline;
        if !found.iter().any(is_known) {
            found.push(diagnostic);
        }
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
fn except(message: &Message, found: Vec<Diagnostic>, locale: &Locale, findings: &mut Findings<'_>) {
    let tag = &locale.tag;
    // What the compiler brings was excepted for its own texts; a draft is not told everything.
    let is_told = !message.is_built_in && !locale.is_draft;
    for allow in &message.allows {
        let is_used = found.iter().any(|diagnostic| diagnostic.code.as_str() == allow.code);
        let diagnostic = match Code::find(&allow.code) {
            None => {
                let names = Code::ALL.iter().map(|code| code.as_str());
                Diagnostic::error(Code::UnknownCode, format!("`{}` is the code of no check", allow.code))
                    .maybe_help(suggest(&allow.code, names, Vocabulary::Language))
            }
            Some(_) if is_used || !is_told => continue,
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

fn text_of(words: &str, span: Span) -> Text {
    Text::of_message(words, span)
}
