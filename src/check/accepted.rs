//! Translations that nobody has accepted: new ones, and those whose source text or own text has
//! changed since. And what is wrong with the record itself.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::l10n::{Reason, State};
use crate::locale::LocaleId;
use crate::site::{Site, Translation};
use crate::words::diff::marked;
use crate::words::fold;

pub(super) fn check(site: &Site, findings: &mut Findings<'_>) {
    for mistake in site.record_mistakes() {
        findings.add(&[], mistake.clone());
    }
    let locales = &site.config.locales;
    for locale in locales.ids().filter(|locale| !locales.get(*locale).is_draft) {
        for translation in site.translations(locale) {
            // No item excepts it: accepting a text is how one says that it is right.
            if let State::NotAccepted(reason) = translation.state {
                findings.add(&[], not_accepted(site, locale, &translation, reason));
            }
        }
    }
}

fn not_accepted(site: &Site, locale: LocaleId, translation: &Translation<'_>, reason: &Reason) -> Diagnostic {
    let tag = site.config.locales.tag(locale);
    let key = &translation.key;
    let headline = match reason {
        Reason::New => format!("nobody has accepted the `{tag}` text of `{key}`"),
        Reason::SourceChanged(_) => {
            format!("the source text of `{key}` has changed since its `{tag}` text was accepted")
        }
        Reason::TranslationChanged => format!("the `{tag}` text of `{key}` has changed since it was accepted"),
        Reason::BothChanged(_) => {
            format!("the source text and the `{tag}` text of `{key}` have changed since they were accepted")
        }
    };
    let mut diagnostic = Diagnostic::error(Code::NotAccepted, headline).translation(tag, key);
    if let Some(span) = translation.span {
        diagnostic = diagnostic.at(span);
    }
    if let Some(span) = translation.source_span {
        diagnostic = diagnostic.label(span, "source text");
    }
    if let Some(old) = reason.old_source() {
        diagnostic = diagnostic.help(format!("what has changed: {}", marked(old, &fold(translation.source))));
    }
    let has_own_words = translation.text.is_some_and(|text| text.contains("]("));
    if *reason == Reason::TranslationChanged && has_own_words {
        diagnostic = diagnostic
            .help("words of its own for a name, as in `[…](component:…)`, count as changed when that name changes");
    }
    diagnostic.help(format!("if both texts say the same: `rutter accept --locale {tag} {key}`"))
}
