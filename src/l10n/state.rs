//! How true a translation is known to be.

use super::record::{Record, TranslationHash};

/// How true a translation is known to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// A person has found that it says what the source text says; or it is the source text itself,
    /// or the same on purpose.
    Current,
    /// Nobody has.
    NotAccepted(Reason),
    /// There is none; the source text is shown in its place.
    Missing,
}

/// Why a translation is not accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// It never was.
    New,
    /// The source text has changed since, from this one.
    SourceChanged(String),
    /// The translation has changed since, or a name that it writes in words of its own.
    TranslationChanged,
    /// Both have; the source text from this one.
    BothChanged(String),
}

impl Reason {
    /// The source text for which a translation was last accepted, if it was another one.
    pub fn old_source(&self) -> Option<&str> {
        match self {
            Self::SourceChanged(old) | Self::BothChanged(old) => Some(old),
            Self::New | Self::TranslationChanged => None,
        }
    }
}

/// The state of a translation that is there.
pub fn state_of(record: &Record, unit: &str, source: &str, hash: TranslationHash) -> State {
    if record.holds(source, hash) {
        return State::Current;
    }
    let known = record.of_unit(unit);
    let same_source = known.iter().any(|entry| entry.source == source);
    let same_translation = known.iter().rfind(|entry| entry.hash == hash);
    State::NotAccepted(match (same_source, same_translation, known.last()) {
        (true, _, _) => Reason::TranslationChanged,
        (false, Some(entry), _) => Reason::SourceChanged(entry.source.clone()),
        (false, None, Some(entry)) => Reason::BothChanged(entry.source.clone()),
        (false, None, None) => Reason::New,
    })
}

#[cfg(test)]
mod tests {
    use super::super::record::{Entry, hash_translation};
    use super::*;

    #[test]
    fn the_reason_says_which_side_has_changed() {
        let hash = |text: &str| hash_translation(text, []);
        let entry = Entry { unit: "a/x".to_owned(), source: "old".to_owned(), hash: hash("alt") };
        let record = Record::new(vec![entry]);
        let state = |unit: &str, source: &str, text: &str| state_of(&record, unit, source, hash(text));
        assert_eq!(state("a/x", "old", "alt"), State::Current);
        assert_eq!(state("a/renamed", "old", "alt"), State::Current);
        let old = || "old".to_owned();
        for (source, text, reason) in [
            ("old", "neu", Reason::TranslationChanged),
            ("new", "alt", Reason::SourceChanged(old())),
            ("new", "neu", Reason::BothChanged(old())),
        ] {
            assert_eq!(state("a/x", source, text), State::NotAccepted(reason), "{source} {text}");
        }
        assert_eq!(state("a/other", "new", "neu"), State::NotAccepted(Reason::New));
    }
}
