//! Which translations are current: every text and message against the record of its locale.

mod memory;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::catalog::Failed;
use super::fluent::{Message, Messages};
use super::record::{AcceptedPair, Pair, Record, fold_blocks, path_of, write_record};
use super::state::{State, state_of};
use super::text::{Part, Text, Unit};
use super::voice::Speech;
use crate::diagnostic::Diagnostic;
use crate::item::{UnitKey, scope_name};
use crate::locale::{LocaleId, Locales};
use crate::model::{Id, UnitId};
use crate::source::Sources;
use crate::span::Span;
use crate::value::UnitKind;
pub use memory::Memory;
use memory::{Known, OfLocale};

/// The states of all translations, and the records they come from.
#[derive(Debug, Default)]
pub struct States {
    records: Vec<Arc<Record>>,
    /// By locale and unit.
    units: Vec<Vec<State>>,
    /// By locale and message.
    messages: Vec<BTreeMap<String, State>>,
    /// By locale and unit: the doubts despite which a pair was accepted.
    despite: Vec<BTreeMap<String, Vec<String>>>,
    mistakes: Vec<Diagnostic>,
}

/// Everything that is translated, with how true it is known to be.
#[derive(Clone, Copy, Debug)]
pub struct Translations<'a> {
    /// What is said.
    pub speech: Speech<'a>,
    /// The messages of the interface, by locale.
    pub messages: &'a [Messages],
    /// How true it is known to be.
    pub states: &'a States,
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
    /// The translation as written; `None`: missing, or one text for all locales.
    pub text: Option<&'a str>,
    /// Where the translation is written.
    pub span: Option<Span>,
    /// Whether the source text is the translation, on purpose.
    pub is_same: bool,
    /// How true it is known to be.
    pub state: &'a State,
    kind: UnitKind,
    what: What,
}

/// What a translation belongs to.
#[derive(Clone, Copy, Debug)]
enum What {
    Unit(UnitId),
    Message,
}

impl Translation<'_> {
    /// The source text as the record keeps it.
    pub fn folded_source(&self) -> String {
        fold_blocks(self.source, self.kind)
    }

    /// The translation as the record keeps it.
    pub fn folded_text(&self) -> Option<String> {
        self.text.map(|text| fold_blocks(text, self.kind))
    }
}

impl<'a> Translations<'a> {
    /// How true a unit's text in a locale is known to be. The source text itself is always current.
    pub fn state(self, unit: UnitId, locale: LocaleId) -> &'a State {
        &self.states.units[locale.index()][unit.index()]
    }

    /// The same of a message; one that the source locale has not is current.
    pub fn message_state(self, id: &str, locale: LocaleId) -> &'a State {
        self.states.messages[locale.index()].get(id).unwrap_or(&State::Current)
    }

    /// What was accepted in a locale.
    pub fn record(self, locale: LocaleId) -> &'a Record {
        &self.states.records[locale.index()]
    }

    /// What is wrong with the files of the record.
    pub fn mistakes(self) -> &'a [Diagnostic] {
        &self.states.mistakes
    }

    /// Everything that is translated, in one locale: the units in the order of the content, then the
    /// messages by id.
    pub fn of(self, locale: LocaleId) -> impl Iterator<Item = Translation<'a>> {
        let units = self.speech.texts.units().enumerate().filter_map(move |(position, unit)| {
            let id = UnitId::from_index(position);
            let source = unit.text(self.speech.locales.source_locale())?;
            let translation = unit.translation(locale);
            let same = unit.same_as_source(locale);
            Some(Translation {
                key: unit.key.to_string(),
                source: &source.written,
                source_span: Some(source.span),
                text: translation.map(|text| text.written.as_str()),
                span: same.or(translation.map(|text| text.span)).or(unit.span),
                is_same: same.is_some(),
                state: self.state(id, locale),
                kind: unit.kind,
                what: What::Unit(id),
            })
        });
        let source = &self.messages[self.speech.locales.source_locale().index()];
        let messages = source.iter().map(move |(id, message)| {
            let own = self.messages[locale.index()].get(id);
            Translation {
                key: UnitKey::message(id).to_string(),
                source: &message.text,
                source_span: (!message.is_built_in).then_some(message.span),
                text: own.map(|own| own.text.as_str()),
                span: own.filter(|own| !own.is_built_in).map(|own| own.span),
                is_same: false,
                state: self.message_state(id, locale),
                // Its white space is the serializer's.
                kind: UnitKind::Name,
                what: What::Message,
            }
        });
        units.chain(messages)
    }

    /// The doubts despite which a current translation was accepted.
    pub fn despite(self, key: &str, locale: LocaleId) -> &'a [String] {
        self.states.despite[locale.index()].get(key).map_or(&[], Vec::as_slice)
    }

    /// The files of a locale's record once some more translations are accepted, despite these doubts:
    /// path → text. Lines that no unit stands behind any more are left out, renamed units take their
    /// lines along; what is not current keeps its lines, since they say what the texts were.
    pub fn record_files(
        &self,
        locale: LocaleId,
        accepted: &BTreeMap<(LocaleId, String), Vec<String>>,
    ) -> BTreeMap<String, String> {
        let record = self.record(locale);
        let mut scopes: BTreeMap<String, Vec<AcceptedPair>> = BTreeMap::new();
        for translation in self.of(locale) {
            // The compiler brings the record of its own messages.
            if translation.span.is_none() && translation.text.is_some() {
                continue;
            }
            let lines = match accepted.get(&(locale, translation.key.clone())) {
                Some(despite) => self.entry(&translation, locale, despite).into_iter().collect(),
                None => self.kept_lines(record, &translation, locale),
            };
            if !lines.is_empty() {
                scopes.entry(scope_name(&translation.key).to_owned()).or_default().extend(lines);
            }
        }
        let locales = &self.speech.locales;
        let file = |(scope, entries): (String, Vec<AcceptedPair>)| {
            (path_of(locales.tag(locale), &scope), write_record(locales.tag(locales.source_locale()), &entries))
        };
        scopes.into_iter().map(file).collect()
    }

    /// What the record goes on saying of a unit. A pair that is current is written as it stands.
    fn kept_lines(self, record: &Record, translation: &Translation<'_>, locale: LocaleId) -> Vec<AcceptedPair> {
        let current = (*translation.state == State::Current)
            .then(|| self.entry(translation, locale, self.despite(&translation.key, locale)));
        current.flatten().map_or_else(|| record.of_unit(&translation.key).to_vec(), |entry| vec![entry])
    }

    /// What accepting a translation records; `None` if there is none to accept.
    pub fn entry(self, translation: &Translation<'_>, locale: LocaleId, despite: &[String]) -> Option<AcceptedPair> {
        let pair = self.pair(translation, locale)?;
        Some(AcceptedPair::of(translation.key.clone(), pair, despite.to_vec()))
    }

    /// A translation and its source text as the record compares them.
    pub fn pair<'t>(self, translation: &Translation<'t>, locale: LocaleId) -> Option<Pair<'t>> {
        let names = match translation.what {
            What::Unit(id) => names_behind(self.speech, self.speech.texts.unit(id).translation(locale)?, locale),
            What::Message => Vec::new(),
        };
        Some(Pair::new((translation.source, translation.text?), translation.kind, names))
    }
}

impl States {
    /// Reads the record and compares everything with it, or what is not remembered.
    pub fn read(sources: &Sources, speech: Speech<'_>, messages: &[Messages], memory: Option<&mut Memory>) -> Self {
        let locales = speech.locales;
        let mut states = Self::default();
        let (is_kept, mut own) = (memory.is_some(), Memory::default());
        let memory = memory.unwrap_or(&mut own);
        memory.prepare(sources, locales);
        let units: Vec<&Unit> = speech.texts.units().collect();
        for locale in locales.ids() {
            let known = memory.of(locale);
            let record = if locale == locales.source_locale() {
                Arc::default()
            } else {
                let source = locales.tag(locales.source_locale());
                let (record, mistakes) = known.record(sources, locales.tag(locale), source);
                states.mistakes.extend(mistakes.iter().cloned());
                record
            };
            known.limit(units.len());
            let seen = is_kept.then_some(&*known);
            let found: Vec<_> = units.par_iter().map(|unit| unit_state(speech, unit, locale, &record, seen)).collect();
            let by_message = message_states(locales, messages, locale, &record);
            let mut despite = BTreeMap::new();
            let mut keep = |key: &dyn Fn() -> String, (state, codes): (State, Vec<String>)| {
                if !codes.is_empty() {
                    despite.insert(key(), codes);
                }
                state
            };
            let mut by_unit = Vec::with_capacity(units.len());
            for (unit, (found, fresh)) in units.iter().zip(found) {
                if let Some(fresh) = fresh {
                    known.keep(unit.key.clone(), fresh);
                }
                by_unit.push(keep(&|| unit.key.to_string(), found));
            }
            let by_message =
                by_message.map(|(id, found)| (id.clone(), keep(&|| UnitKey::message(id).to_string(), found))).collect();
            states.units.push(by_unit);
            states.messages.push(by_message);
            states.despite.push(despite);
            states.records.push(record);
        }
        states
    }
}

/// The localized names of the targets of references with words of their own.
fn names_behind(speech: Speech<'_>, text: &Text, locale: LocaleId) -> Vec<String> {
    // What can't be said is told where it is shown.
    let failed = Failed::default();
    let voice = speech.in_locale(locale, &failed);
    let names = text
        .parts()
        .filter_map(|part| if let Part::Open(reference) = part { Some(voice.reference_text(reference)) } else { None });
    names.collect()
}

/// A state with the doubts despite which it was accepted; what is worth keeping of it, if it was not known.
fn unit_state(
    speech: Speech<'_>,
    unit: &Unit,
    locale: LocaleId,
    record: &Record,
    seen: Option<&OfLocale>,
) -> ((State, Vec<String>), Option<Known>) {
    let locales = speech.locales;
    let Some(source) = unit.text(locales.source_locale()).filter(|_| locale != locales.source_locale()) else {
        return ((State::Current, Vec::new()), None);
    };
    match unit.translation(locale) {
        Some(text) => {
            let names = names_behind(speech, text, locale);
            let known = seen.and_then(|seen| seen.find(&unit.key, (&source.prose, &text.prose), &names));
            if let Some(known) = known {
                return (known.found.clone(), None);
            }
            let pair = Pair::new((&source.written, &text.written), unit.kind, names);
            let found = state_of(record, &unit.key, &pair);
            let fresh = seen.map(|_| {
                let (source, text) = (Arc::clone(&source.prose), Arc::clone(&text.prose));
                Known { source, text, names: pair.names, found: found.clone() }
            });
            (found, fresh)
        }
        // A name that is the same everywhere is no translation.
        None if unit.text(locale).is_some() => ((State::Current, Vec::new()), None),
        None => ((State::Missing, Vec::new()), None),
    }
}

fn message_states<'a>(
    locales: &Locales,
    messages: &'a [Messages],
    locale: LocaleId,
    record: &'a Record,
) -> impl Iterator<Item = (&'a String, (State, Vec<String>))> {
    let own = &messages[locale.index()];
    let state = move |(id, source): (&'a String, &'a Message)| {
        let state = match own.get(id) {
            None => (State::Missing, Vec::new()),
            // The compiler's own messages were accepted before it was released.
            Some(own) if own.is_built_in && source.is_built_in => (State::Current, Vec::new()),
            Some(own) => {
                let pair = Pair::new((&source.text, &own.text), UnitKind::Name, Vec::new());
                state_of(record, &UnitKey::message(id), &pair)
            }
        };
        (id, state)
    };
    let is_source = locale == locales.source_locale();
    messages[locales.source_locale().index()].iter().filter(move |_| !is_source).map(state)
}
