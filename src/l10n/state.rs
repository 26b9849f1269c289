//! How true a translation is known to be.

use super::record::{AcceptedPair, Pair, Record};

/// How true a translation is known to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// A person has found that it says what the source text says; or it is the source text itself,
    /// or a name that is the same everywhere.
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
    /// The source text has changed since.
    SourceChanged(Former),
    /// The translation has changed since, or a name that it writes in words of its own.
    TranslationChanged(Former),
    /// Both have.
    BothChanged(Former),
}

/// The pair that was accepted last, as far as the record holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Former {
    /// The source text, folded.
    source: String,
    /// The translation and the names behind its references; `None` in format 1.
    text: Option<(String, Vec<String>)>,
}

impl Former {
    fn of(entry: &AcceptedPair) -> Self {
        let text = entry.text().map(|(text, names)| (text.to_owned(), names.to_vec()));
        Self { source: entry.source.clone(), text }
    }
}

impl Reason {
    /// The source text for which a translation was last accepted, if it was another one.
    pub fn old_source(&self) -> Option<&str> {
        match self {
            Self::SourceChanged(former) | Self::BothChanged(former) => Some(&former.source),
            Self::New | Self::TranslationChanged(_) => None,
        }
    }

    /// The translation that was last accepted, if it was another one and the record holds it.
    pub fn old_text(&self) -> Option<&str> {
        match self {
            Self::TranslationChanged(former) | Self::BothChanged(former) => Some(&former.text.as_ref()?.0),
            Self::New | Self::SourceChanged(_) => None,
        }
    }

    /// The names behind references of the translation that was last accepted, if the record holds them.
    pub fn old_names(&self) -> Option<&[String]> {
        match self {
            Self::TranslationChanged(former) | Self::BothChanged(former) => Some(&former.text.as_ref()?.1),
            Self::New | Self::SourceChanged(_) => None,
        }
    }

    /// Whether the record holds a former pair in format 1: its source text without blocks, and nothing
    /// of its translation.
    pub fn is_flat(&self) -> bool {
        match self {
            Self::SourceChanged(former) | Self::TranslationChanged(former) | Self::BothChanged(former) => {
                former.text.is_none()
            }
            Self::New => false,
        }
    }
}

/// The state of a translation that is there, and the doubts despite which it was accepted.
pub fn state_of(record: &Record, unit: &str, pair: &Pair<'_>) -> (State, Vec<String>) {
    if let Some(despite) = record.find(unit, pair) {
        return (State::Current, despite);
    }
    let known = record.of_unit(unit);
    let with_source = known.iter().rfind(|entry| entry.has_source(pair));
    let with_text = known.iter().rfind(|entry| entry.has_text(pair));
    let reason = match (with_source, with_text, known.last()) {
        (Some(entry), _, _) => Reason::TranslationChanged(Former::of(entry)),
        (None, Some(entry), _) => Reason::SourceChanged(Former::of(entry)),
        (None, None, Some(entry)) => Reason::BothChanged(Former::of(entry)),
        (None, None, None) => Reason::New,
    };
    (State::NotAccepted(reason), Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::UnitKind;

    #[test]
    fn the_reason_says_which_side_has_changed() {
        let pair = |source: &'static str, text: &'static str| Pair::new((source, text), UnitKind::Blocks, Vec::new());
        let record = Record::new(vec![AcceptedPair::of("a/x".to_owned(), pair("old", "alt"), Vec::new())]);
        let state =
            |unit: &str, source: &'static str, text: &'static str| state_of(&record, unit, &pair(source, text)).0;
        assert_eq!(state("a/x", "old", "alt"), State::Current);
        assert_eq!(state("a/renamed", "old", "alt"), State::Current);
        for (source, text, old_source, old_text) in [
            ("old", "neu", None, Some("alt")),
            ("new", "alt", Some("old"), None),
            ("new", "neu", Some("old"), Some("alt")),
        ] {
            let State::NotAccepted(reason) = state("a/x", source, text) else { panic!("{source} {text}") };
            assert_eq!((reason.old_source(), reason.old_text()), (old_source, old_text), "{source} {text}");
        }
        assert_eq!(state("a/other", "new", "neu"), State::NotAccepted(Reason::New));
    }

    #[test]
    fn a_pair_without_its_former_blocks_is_not_accepted() {
        let pair = |source: &'static str, text: &'static str| Pair::new((source, text), UnitKind::Blocks, Vec::new());
        let record = Record::new(vec![AcceptedPair::of("a/x".to_owned(), pair("a\n\nb", "x\n\n- y"), Vec::new())]);
        assert_eq!(state_of(&record, "a/x", &pair("a\n\n\nb", "x\n\n* y")).0, State::Current);
        for (source, text) in [("a b", "x\n\n- y"), ("a\n\nb", "x - y"), ("a\n\nb", "x\n\ny")] {
            assert_ne!(state_of(&record, "a/x", &pair(source, text)).0, State::Current, "{text}");
        }
    }
}
