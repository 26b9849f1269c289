//! How translations were found when they were last compared with the record: whoever reads a site again and
//! again compares only those that have changed. It spares work and decides nothing.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::record::{Record, read_record};
use super::super::state::State;
use crate::diagnostic::Diagnostic;
use crate::item::UnitKey;
use crate::locale::{LocaleId, Locales};
use crate::parse::prose::Prose;
use crate::source::{CONFIG_FILE, SourceFile, Sources};
use crate::span::FileId;

/// Files as they were, at their places.
type Files = Vec<(FileId, Arc<SourceFile>)>;

fn is_same(old: &Files, new: &Files) -> bool {
    let is_same = |((a, old), (b, new)): (&(FileId, _), &(FileId, _))| a == b && Arc::ptr_eq(old, new);
    old.len() == new.len() && old.iter().zip(new).all(is_same)
}

/// What was found of all translations.
#[derive(Default, Debug)]
pub struct Memory {
    config: Files,
    locales: Vec<OfLocale>,
}

/// What was found of those into a locale.
#[derive(Default, Debug)]
pub(super) struct OfLocale {
    files: Files,
    record: Arc<Record>,
    mistakes: Vec<Diagnostic>,
    units: HashMap<UnitKey, Known>,
}

/// Two texts that were compared with the record. Each text is read once, so that the same reading is the
/// same text.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) source: Arc<Prose>,
    pub(super) text: Arc<Prose>,
    pub(super) names: Vec<String>,
    pub(super) found: (State, Vec<String>),
}

impl Memory {
    /// Forgets what another `site.toml` has made of the files.
    pub(super) fn prepare(&mut self, sources: &Sources, locales: &Locales) {
        let config = sources.find(CONFIG_FILE).map(|id| (id, Arc::clone(sources.shared(id)))).into_iter().collect();
        if !is_same(&self.config, &config) {
            self.locales.clear();
        }
        self.config = config;
        self.locales.resize_with(locales.ids().count(), OfLocale::default);
    }

    pub(super) fn of(&mut self, locale: LocaleId) -> &mut OfLocale {
        &mut self.locales[locale.index()]
    }
}

impl OfLocale {
    /// The record of the locale, read again if one of its files is another one.
    pub(super) fn record(&mut self, sources: &Sources, tag: &str, source: &str) -> (Arc<Record>, &[Diagnostic]) {
        let folder = format!("i18n/{tag}/accepted/");
        let files = sources.texts_below(&folder).map(|(id, _)| (id, Arc::clone(sources.shared(id)))).collect();
        if self.files.is_empty() || !is_same(&self.files, &files) {
            self.mistakes.clear();
            self.record = Arc::new(read_record(sources, tag, source, &mut self.mistakes));
            self.units.clear();
        }
        self.files = files;
        (Arc::clone(&self.record), &self.mistakes)
    }

    /// What was found of the same two texts with the same names behind their references.
    pub(super) fn find(
        &self,
        key: &UnitKey,
        (source, text): (&Arc<Prose>, &Arc<Prose>),
        names: &[String],
    ) -> Option<&Known> {
        let is_same = |known: &&Known| {
            Arc::ptr_eq(&known.source, source) && Arc::ptr_eq(&known.text, text) && known.names == names
        };
        self.units.get(key).filter(is_same)
    }

    pub(super) fn keep(&mut self, key: UnitKey, known: Known) {
        self.units.insert(key, known);
    }

    /// Forgets everything once units that are no more outnumber those that are.
    pub(super) fn limit(&mut self, count: usize) {
        if self.units.len() > 2 * count {
            self.units.clear();
        }
    }
}
