//! Lists of words that a language lacks: without them a check says nothing, which looks like a clean
//! text.

use super::{Broken, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::l10n::languages::{LANGUAGE_FILE, language_file};
use crate::site::Site;
use crate::source::Sources;
use crate::span::Span;

/// Checks, and the lists or sections without which they can't see what they look for.
const NEEDS: &[(Code, &[&str])] = &[
    (Code::NegationMismatch, &["sense.not"]),
    (Code::ConditionMismatch, &["sense.if"]),
    (Code::NakedCondition, &["conditions.words"]),
    (Code::NakedFact, &["ports.words"]),
    (Code::NumberMismatch, &["numerals", "units"]),
    (Code::Untranslated, &["words.small"]),
    (Code::Typography, &["compounds.links"]),
];

pub(super) fn check(site: &Site, sources: &Sources, broken: &Broken, findings: &mut Findings<'_>) {
    let locales = &site.config.locales;
    for locale in locales.ids().filter(|locale| !locales.get(*locale).is_draft) {
        let (tag, language) = (locales.tag(locale), &site.languages[locale.index()]);
        let file = language_file(sources, tag);
        // Of a file that does not parse nobody knows what it lacks.
        if file.is_some_and(|file| broken.contains(file)) {
            continue;
        }
        for (code, lists) in NEEDS {
            let lacking: Vec<_> =
                lists.iter().filter(|list| !language.tells(list)).map(|list| format!("`{list}`")).collect();
            if lacking.is_empty() {
                continue;
            }
            let lacking = lacking.join(" and ");
            let mut found = Diagnostic::warning(
                Code::MissingLanguageRules,
                format!("texts in `{tag}` can't be checked for all of `{code}`: the language has no {lacking}"),
            )
            .at(Span::new(file.unwrap_or(site.config.span.file), 0..0))
            .help(format!(
                "write {lacking} into `i18n/{tag}/{LANGUAGE_FILE}`, or an empty list if the language has no such words"
            ))
            .help("docs/languages.md says what each list holds");
            found.locale = Some(tag.to_owned());
            findings.add(&[], found);
        }
    }
}
