//! How far the translations are: counts by scope and state, and everything that is open.

use std::collections::BTreeMap;

use super::state::State;
use super::states::Translations;
use super::versions::Versions;
use crate::item::scope_name;
use crate::locale::LocaleId;
use crate::source::Sources;

/// The translations of one locale.
#[derive(Clone, Default, Debug)]
pub struct Status {
    /// By scope (a product, `common`, `pages`, `i18n`), sorted.
    pub scopes: BTreeMap<String, Counts>,
    /// What is missing or not accepted, in the order of the content.
    pub open: Vec<Open>,
    /// Units that were accepted despite a doubt, and the codes of the doubts.
    pub despite: Vec<(String, Vec<String>)>,
}

/// Numbers of translations by state.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Counts {
    /// Accepted, or a name that is the same everywhere.
    pub current: usize,
    /// Those of them that were accepted despite a doubt.
    pub despite: usize,
    /// Not accepted.
    pub not_accepted: usize,
    /// Not there.
    pub missing: usize,
}

/// A translation that waits for somebody.
#[derive(Clone, Debug)]
pub struct Open {
    /// The unit's id.
    pub key: String,
    /// Why.
    pub state: State,
    /// Both texts, with what has changed in them.
    pub versions: Versions,
    /// Where to write: the translation, or the unit's key where there is none yet. `None` for messages
    /// of the compiler's own files.
    pub place: Option<(String, u32)>,
}

impl Status {
    /// All scopes together.
    pub fn total(&self) -> Counts {
        let add = |sum: Counts, counts: &Counts| Counts {
            current: sum.current + counts.current,
            despite: sum.despite + counts.despite,
            not_accepted: sum.not_accepted + counts.not_accepted,
            missing: sum.missing + counts.missing,
        };
        self.scopes.values().fold(Counts::default(), add)
    }
}

impl Status {
    /// How far the translations into a locale are; of the source locale nothing is ever open.
    pub fn of(translations: Translations<'_>, sources: &Sources, locale: LocaleId) -> Self {
        let mut status = Self::default();
        if locale == translations.speech.locales.source_locale() {
            return status;
        }
        for translation in translations.of(locale) {
            let counts = status.scopes.entry(scope_name(&translation.key).to_owned()).or_default();
            match translation.state {
                State::Current => counts.current += 1,
                State::NotAccepted(_) => counts.not_accepted += 1,
                State::Missing => counts.missing += 1,
            }
            let despite = translations.despite(&translation.key, locale);
            if !despite.is_empty() {
                counts.despite += 1;
                status.despite.push((translation.key.clone(), despite.to_vec()));
            }
            if *translation.state != State::Current {
                let place = translation.span.map(|span| {
                    let file = sources.file(span.file);
                    (file.path.as_str().to_owned(), file.place(span.start).line)
                });
                status.open.push(Open {
                    state: translation.state.clone(),
                    versions: translations.versions(&translation, locale),
                    key: translation.key,
                    place,
                });
            }
        }
        status
    }
}
