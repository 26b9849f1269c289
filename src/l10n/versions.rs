//! What has changed since a translation was accepted: of both texts, and of the names that it writes in
//! words of its own, the former version beside the present one.

use super::record::flattened;
use super::state::{Reason, State};
use super::states::{Translation, Translations};
use crate::locale::LocaleId;
use crate::words::diff::{Change, changes, marked};

/// A text and, where it has changed, what it was when its pair was accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    /// Folded; `None`: it has not changed, or nobody knows what it was.
    pub old: Option<String>,
    /// Folded.
    pub new: String,
}

impl Version {
    /// The way from the old one to the new one.
    pub fn changes(&self) -> Vec<Change> {
        changes(self.old.as_ref().unwrap_or(&self.new), &self.new)
    }

    /// The same in one line, with the marks of `wdiff`.
    pub fn marked(&self) -> String {
        marked(self.old.as_ref().unwrap_or(&self.new), &self.new)
    }
}

/// A pair of texts, each with its former version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Versions {
    /// The source text.
    pub source: Version,
    /// The translation; `None`: missing.
    pub text: Option<Version>,
    /// The names behind references with words of their own, if they have changed.
    pub names: Option<Version>,
}

impl Translations<'_> {
    /// Both texts of a translation, with what has changed in them since they were accepted.
    pub fn versions(self, translation: &Translation<'_>, locale: LocaleId) -> Versions {
        let source = translation.folded_source();
        let text = translation.folded_text().map(|new| Version { old: None, new });
        let State::NotAccepted(reason) = translation.state else {
            return Versions { source: Version { old: None, new: source }, text, names: None };
        };
        let old_source = reason.old_source().map(str::to_owned);
        // A former source of format 1 has no blocks to compare.
        let source = if reason.is_flat() { flattened(&source).into_owned() } else { source };
        let old = reason.old_text();
        let text = text.map(|text| Version { old: old.filter(|old| *old != text.new).map(str::to_owned), ..text });
        let names = self.changed_names(translation, reason, locale);
        Versions { source: Version { old: old_source, new: source }, text, names }
    }

    fn changed_names(self, translation: &Translation<'_>, reason: &Reason, locale: LocaleId) -> Option<Version> {
        let (old, new) = (reason.old_names()?, self.pair(translation, locale)?.names);
        (old != new).then(|| Version { old: Some(old.join(", ")), new: new.join(", ") })
    }
}
