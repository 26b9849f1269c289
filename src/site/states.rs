//! Which translations are current: every text and message against the record of its locale.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Site;
use crate::diagnostic::Diagnostic;
use crate::l10n::record::{
    Entry, Record, TranslationHash, hash_translation, path_of, read_record, scope_of, write_record,
};
use crate::l10n::{Piece, State, Text, Unit, state_of};
use crate::locale::LocaleId;
use crate::model::{Id, UnitId};
use crate::source::{Sources, Span};
use crate::words::fold;

/// The states of all translations, and the records they come from.
#[derive(Debug, Default)]
pub(super) struct States {
    records: Vec<Record>,
    /// By locale and unit.
    units: Vec<Vec<State>>,
    /// By locale and message.
    messages: Vec<BTreeMap<String, State>>,
    mistakes: Vec<Diagnostic>,
}

/// A source text and what says it in a locale: a unit of the content, or a message.
#[derive(Clone, Debug)]
pub struct Translation<'a> {
    /// The unit's id.
    pub key: String,
    /// The source text as written; of a message, its normal form.
    pub source: &'a str,
    /// Where the source text is written.
    pub source_span: Option<Span>,
    /// The translation as written; `None`: missing, or the same on purpose.
    pub text: Option<&'a str>,
    /// Where the translation is written.
    pub span: Option<Span>,
    /// How true it is known to be.
    pub state: &'a State,
    what: What,
}

/// What a translation belongs to.
#[derive(Clone, Copy, Debug)]
enum What {
    Unit(UnitId),
    Message,
}

impl Site {
    /// How true a unit's text in a locale is known to be. The source text itself is always current.
    pub fn state(&self, unit: UnitId, locale: LocaleId) -> &State {
        &self.states.units[locale.index()][unit.index()]
    }

    /// The same of a message; one that the source locale has not is current.
    pub fn message_state(&self, id: &str, locale: LocaleId) -> &State {
        self.states.messages[locale.index()].get(id).unwrap_or(&State::Current)
    }

    /// What was accepted in a locale.
    pub fn record(&self, locale: LocaleId) -> &Record {
        &self.states.records[locale.index()]
    }

    /// What is wrong with the files of the record.
    pub(crate) fn record_mistakes(&self) -> &[Diagnostic] {
        &self.states.mistakes
    }

    /// Everything that is translated, in one locale: the units in the order of the content, then the
    /// messages by id.
    pub fn translations(&self, locale: LocaleId) -> impl Iterator<Item = Translation<'_>> {
        let units = self.texts.units().enumerate().filter_map(move |(position, unit)| {
            let id = UnitId::from_index(position);
            let source = unit.text(self.config.locales.source())?;
            let own = unit.own_text(locale);
            Some(Translation {
                key: unit.key.clone(),
                source: &source.written,
                source_span: Some(source.span),
                text: own.map(|text| text.written.as_str()),
                span: own.map(|text| text.span).or(unit.span),
                state: self.state(id, locale),
                what: What::Unit(id),
            })
        });
        let source = &self.messages[self.config.locales.source().index()];
        let messages = source.iter().map(move |(id, message)| {
            let own = self.messages[locale.index()].get(id);
            Translation {
                key: format!("i18n/{id}"),
                source: &message.text,
                source_span: (!message.is_built_in).then_some(message.span),
                text: own.map(|own| own.text.as_str()),
                span: own.filter(|own| !own.is_built_in).map(|own| own.span),
                state: self.message_state(id, locale),
                what: What::Message,
            }
        });
        units.chain(messages)
    }

    /// The files of a locale's record once some more translations are accepted: path → text. Lines that
    /// no unit stands behind any more are left out, renamed units take their lines along; what is not
    /// current keeps its lines, since they say what the source text was.
    pub fn record_files(
        &self,
        locale: LocaleId,
        is_accepted: &dyn Fn(&Translation<'_>) -> bool,
    ) -> BTreeMap<String, String> {
        let record = self.record(locale);
        let mut scopes: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for translation in self.translations(locale) {
            let is_held =
                |entry: &Entry| *translation.state == State::Current && record.holds(&entry.source, entry.hash);
            let entry = self.entry(&translation, locale);
            let lines = match &entry {
                Some(entry) if is_accepted(&translation) || is_held(entry) => std::slice::from_ref(entry),
                _ => record.of_unit(&translation.key),
            };
            // The compiler brings the record of its own messages.
            if !lines.is_empty() && (translation.span.is_some() || translation.text.is_none()) {
                scopes.entry(scope_of(&translation.key).to_owned()).or_default().extend_from_slice(lines);
            }
        }
        let locales = &self.config.locales;
        let file = |(scope, entries): (String, Vec<Entry>)| {
            (path_of(locales.tag(locale), &scope), write_record(locales.tag(locales.source()), &entries))
        };
        scopes.into_iter().map(file).collect()
    }

    /// What accepting a translation records; `None` if there is none to accept.
    pub fn entry(&self, translation: &Translation<'_>, locale: LocaleId) -> Option<Entry> {
        let hash = match translation.what {
            What::Unit(id) => self.hash(self.texts.unit(id).own_text(locale)?, locale),
            What::Message => hash_translation(&fold(translation.text?), []),
        };
        Some(Entry { unit: translation.key.clone(), source: fold(translation.source), hash })
    }

    fn hash(&self, text: &Text, locale: LocaleId) -> TranslationHash {
        let names: Vec<String> = text
            .fragment
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Open(reference) => Some(self.reference_text(reference, locale)),
                Piece::Markdown(_) | Piece::Generated(_) | Piece::Close => None,
            })
            .collect();
        hash_translation(&fold(&text.written), names.iter().map(String::as_str))
    }

    /// Reads the record and compares everything with it; the names must have been said before.
    pub(super) fn find_states(&self, sources: &Sources) -> States {
        let locales = &self.config.locales;
        let mut states = States::default();
        for locale in locales.ids() {
            let record = if locale == locales.source() {
                Record::default()
            } else {
                read_record(sources, locales.tag(locale), locales.tag(locales.source()), &mut states.mistakes)
            };
            let units: Vec<&Unit> = self.texts.units().collect();
            states.units.push(units.into_par_iter().map(|unit| self.unit_state(unit, locale, &record)).collect());
            states.messages.push(self.message_states(locale, &record));
            states.records.push(record);
        }
        states
    }

    fn unit_state(&self, unit: &Unit, locale: LocaleId, record: &Record) -> State {
        let locales = &self.config.locales;
        if let Some(other) = unit.same_as(locale).filter(|other| *other != locales.source()) {
            // It is as true as the text it repeats, which has a pair of its own.
            return if unit.own_text(other).is_some() { State::Current } else { State::Missing };
        }
        let Some(source) = unit.text(locales.source()).filter(|_| locale != locales.source()) else {
            return State::Current;
        };
        match unit.own_text(locale) {
            Some(text) => state_of(record, &unit.key, &fold(&source.written), self.hash(text, locale)),
            None if unit.text(locale).is_some() => State::Current,
            None => State::Missing,
        }
    }

    fn message_states(&self, locale: LocaleId, record: &Record) -> BTreeMap<String, State> {
        let locales = &self.config.locales;
        if locale == locales.source() {
            return BTreeMap::new();
        }
        let own = &self.messages[locale.index()];
        let state = |(id, source): (&String, &crate::l10n::fluent::Message)| {
            let state = match own.get(id) {
                None => State::Missing,
                // The compiler's own messages were accepted before it was released.
                Some(own) if own.is_built_in && source.is_built_in => State::Current,
                Some(own) if own.same_as.is_some() && fold(&own.text) == fold(&source.text) => State::Current,
                Some(own) => {
                    let hash = hash_translation(&fold(&own.text), []);
                    state_of(record, &format!("i18n/{id}"), &fold(&source.text), hash)
                }
            };
            (id.clone(), state)
        };
        self.messages[locales.source().index()].iter().map(state).collect()
    }
}
