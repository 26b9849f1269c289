//! Translations that nobody has accepted: new ones, and those whose source text or own text has
//! changed since. And what is wrong with the record itself.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::l10n::{Part, Reason, State, Translation, Version};
use crate::locale::LocaleId;
use crate::site::Site;

pub(super) fn check(site: &Site, findings: &mut Findings<'_>) {
    for mistake in site.translations().mistakes() {
        findings.add(&[], mistake.clone());
    }
    let locales = &site.config.locales;
    for locale in locales.ids().filter(|locale| !locales.get(*locale).is_draft) {
        let open: Vec<_> = site
            .translations()
            .of(locale)
            .filter_map(|translation| Some((reason(&translation)?, translation)))
            .collect();
        // What `accept --changed` takes.
        let takeable = open.iter().filter(|(reason, _)| reason.old_source().is_none()).count();
        for (reason, translation) in open {
            let diagnostic = not_accepted(site, locale, &translation, reason);
            let is_one_of_many = takeable > 1 && reason.old_source().is_none();
            let all = is_one_of_many.then(|| {
                let tag = locales.tag(locale);
                format!(
                    "all {takeable} such texts at once, after reading them: `rutter accept --locale {tag} --changed`"
                )
            });
            // No item excepts it: accepting a text is how one says that it is right.
            findings.add(&[], diagnostic.maybe_help(all));
        }
    }
}

fn reason<'a>(translation: &Translation<'a>) -> Option<&'a Reason> {
    match translation.state {
        State::NotAccepted(reason) => Some(reason),
        State::Current | State::Missing => None,
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
        Reason::TranslationChanged(_) => format!("the `{tag}` text of `{key}` has changed since it was accepted"),
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
    for change in changes(site, locale, translation, reason) {
        diagnostic = diagnostic.help(change);
    }
    diagnostic.help(format!("if both texts say the same: `rutter accept --locale {tag} {key}`"))
}

/// What has changed in both texts, as far as the record holds what they were.
fn changes(site: &Site, locale: LocaleId, translation: &Translation<'_>, reason: &Reason) -> Vec<String> {
    let versions = site.translations().versions(translation, locale);
    let marked_if_changed =
        |version: Option<&Version>| version.filter(|version| version.old.is_some()).map(Version::marked);
    let mut changes = Vec::new();
    changes.extend(
        marked_if_changed(Some(&versions.source))
            .map(|marked| format!("what has changed in the source text: {marked}")),
    );
    changes.extend(
        marked_if_changed(versions.text.as_ref())
            .map(|marked| format!("what has changed in the translation: {marked}")),
    );
    changes.extend(marked_if_changed(versions.names.as_ref()).map(|marked| {
        format!("names that it writes in words of its own, as in `[…](component:…)`, have changed: {marked}")
    }));
    let text = site.texts.find(&translation.key).and_then(|unit| unit.translation(locale));
    let has_own_words = text.is_some_and(|text| text.parts().any(|part| matches!(part, Part::Open(_))));
    if matches!(reason, Reason::TranslationChanged(_)) && reason.is_flat() && has_own_words {
        changes.push(
            "words of its own for a name, as in `[…](component:…)`, count as changed when that name changes".to_owned(),
        );
    }
    changes
}
