//! Translations that say what their source texts say → the record of them. No text changes, so there is
//! nothing to prove: what the checks find in a pair speaks against accepting it.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use crate::diagnostic::{Code, Diagnostic, Severity, did_you_mean};
use crate::l10n::{State, Translation};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::Sources;

use super::Changes;
use super::proof::Objections;
use super::refused::{Refused, Usage};

/// What to accept.
#[derive(Debug)]
pub struct Wish<'a> {
    /// Which texts.
    pub which: Which<'a>,
    /// In which locales.
    pub locales: Vec<LocaleId>,
    /// The doubts that the caller has weighed.
    pub despite: BTreeSet<Code>,
}

/// Which texts to accept.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// These units.
    Units(&'a [String]),
    /// Whatever is not accepted, unless its source text has changed.
    Changed,
}

impl Which<'_> {
    fn names(self, unit: &str) -> bool {
        matches!(self, Self::Units(units) if units.iter().any(|named| named == unit))
    }
}

/// What comes of it.
#[derive(Debug)]
pub struct Accepted<'a> {
    /// The files of the record.
    pub changes: Changes,
    /// What became of each text that was meant, locale by locale in the order of the content.
    pub decisions: Vec<Decision<'a>>,
    /// What speaks against accepting some of them.
    pub refused: Vec<Diagnostic>,
}

/// What became of one text.
#[derive(Debug)]
pub struct Decision<'a> {
    /// In which locale.
    pub locale: LocaleId,
    /// The text, in the state before.
    pub translation: Translation<'a>,
    /// What became of it.
    pub verdict: Verdict,
}

/// What becomes of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is accepted.
    Accepted,
    /// It was accepted before.
    Current,
    /// There is no text yet.
    Missing,
    /// Its source text has changed, and it was not named.
    Left,
}

/// Accepts what is wished for. `found` is what the checks find in the site.
pub fn accept<'a>(
    site: &'a Site,
    sources: &Sources,
    found: &[Diagnostic],
    wish: &Wish<'_>,
) -> Result<Accepted<'a>, Refused> {
    // What such a record says would be lost.
    let broken: Vec<_> = found.iter().filter(|found| found.code == Code::RecordSyntax).cloned().collect();
    if !broken.is_empty() {
        let told = vec![Objections { sources: sources.clone(), diagnostics: broken }];
        return Err(Refused::Findings { told, more: 0 });
    }
    check_names(site, wish)?;
    let mut by_unit: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for found in found.iter().filter(|found| found.code != Code::NotAccepted) {
        if let Some(unit) = &found.unit {
            by_unit.entry(unit).or_default().push(found);
        }
    }
    let (taken, decisions, refused) = Default::default();
    let mut acceptance = Acceptance { site, wish, found: by_unit, taken, decisions, refused };
    wish.locales.iter().for_each(|locale| acceptance.choose(*locale));
    let mut changes = Changes::new();
    for locale in &wish.locales {
        add_changes(sources, site, *locale, &acceptance.taken, &mut changes);
    }
    Ok(Accepted { changes, decisions: acceptance.decisions, refused: acceptance.refused })
}

/// A name that is misspelled accepts nothing, not half of what was meant.
fn check_names(site: &Site, wish: &Wish<'_>) -> Result<(), Usage> {
    let Which::Units(units) = wish.which else { return Ok(()) };
    // A site of one language has no translations, and no unit has any.
    let first = wish.locales.first().copied().unwrap_or(site.config.locales.source_locale());
    let known: BTreeSet<String> = site.translations().of(first).map(|translation| translation.key).collect();
    units.iter().find(|unit| !known.contains(*unit)).map_or(Ok(()), |unit| {
        Err(Usage::NoUnit { unit: unit.clone(), close: did_you_mean(unit, known.iter().map(String::as_str)) })
    })
}

/// What is to be accepted, and what is not.
struct Acceptance<'s, 'w> {
    site: &'s Site,
    wish: &'w Wish<'w>,
    /// What the checks say of each unit, beside that it is not accepted.
    found: BTreeMap<&'w str, Vec<&'w Diagnostic>>,
    /// What is accepted, and despite which doubts.
    taken: BTreeMap<(LocaleId, String), Vec<String>>,
    decisions: Vec<Decision<'s>>,
    refused: Vec<Diagnostic>,
}

impl<'w> Acceptance<'_, 'w> {
    fn choose(&mut self, locale: LocaleId) {
        let tag = self.site.config.locales.tag(locale);
        for translation in self.site.translations().of(locale) {
            let is_named = self.wish.which.names(&translation.key);
            let verdict = match translation.state {
                State::Missing if is_named => Verdict::Missing,
                State::Current if is_named => Verdict::Current,
                State::NotAccepted(_) if is_named => Verdict::Accepted,
                State::NotAccepted(reason) if matches!(self.wish.which, Which::Changed) => {
                    if reason.old_source().is_some() { Verdict::Left } else { Verdict::Accepted }
                }
                State::Missing | State::Current | State::NotAccepted(_) => continue,
            };
            if verdict == Verdict::Accepted {
                let concerning = self.concerning(&translation.key, tag);
                let (weighed, wrong): (Vec<_>, Vec<_>) =
                    concerning.into_iter().partition(|found| self.is_weighed(found));
                if !wrong.is_empty() {
                    self.refused.extend(wrong.into_iter().cloned());
                    continue;
                }
                let despite: BTreeSet<_> = weighed.iter().map(|found| found.code.to_string()).collect();
                self.taken.insert((locale, translation.key.clone()), despite.into_iter().collect());
            }
            self.decisions.push(Decision { locale, translation, verdict });
        }
    }

    /// What the checks say of a pair: of its translation, or of its source text, which nobody looks at
    /// again once all its translations are accepted.
    fn concerning(&self, key: &str, tag: &str) -> Vec<&'w Diagnostic> {
        let locales = &self.site.config.locales;
        let source = locales.tag(locales.source_locale());
        let found = self.found.get(key).into_iter().flatten().copied();
        found.filter(|found| found.locale.as_deref().is_none_or(|locale| locale == tag || locale == source)).collect()
    }

    fn is_weighed(&self, found: &Diagnostic) -> bool {
        found.severity == Severity::Warning && self.wish.despite.contains(&found.code)
    }
}

/// Adds the files of a locale's record that change.
fn add_changes(
    sources: &Sources,
    site: &Site,
    locale: LocaleId,
    taken: &BTreeMap<(LocaleId, String), Vec<String>>,
    changes: &mut Changes,
) {
    let folder = format!("i18n/{}/accepted/", site.config.locales.tag(locale));
    let own = sources.texts_below(&folder).filter(|(_, file)| !file.is_embedded);
    let mut old: BTreeMap<&Utf8Path, &str> = own.map(|(_, file)| (file.path.as_path(), file.text.as_str())).collect();
    for (path, text) in site.translations().record_files(locale, taken) {
        if old.remove(Utf8Path::new(&path)) != Some(&text) {
            changes.insert(path.into(), Some(text));
        }
    }
    // A scope that has gone takes its file along.
    changes.extend(old.into_keys().map(|path| (path.to_owned(), None)));
}
