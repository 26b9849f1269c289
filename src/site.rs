//! The finished site: configuration, facts, texts, interface text and theme, joined. Complete and
//! immutable; everything after it only reads.

mod interface;
mod memory;
mod module;
mod script;
mod style;
mod theme;

pub use memory::Memory;
#[cfg(feature = "serve")]
pub(crate) use module::{Modules, join};
pub use theme::{Asset, AssetId, Theme};

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use interface::Interface;

use crate::config::{Config, parse_config};
use crate::diagnostic::{Diagnostic, Report};
use crate::l10n::fluent::Messages;
use crate::l10n::{Catalogs, Names, Speech, States, Status, Texts, Translations, read_texts};
use crate::locale::LocaleId;
use crate::model::{Facts, Ids, Item, Model, ProductId, SelectedFlow, Selection, UnitId, Uses, resolve};
use crate::parse::parse_content;
use crate::rules::Formats;
use crate::source::Sources;
#[cfg(feature = "lsp")]
use crate::span::FileId;
use crate::span::Span;
use crate::words::language::Language;

/// A site, ready to be checked and rendered.
#[derive(Debug)]
pub struct Site {
    /// What `site.toml` says.
    pub(crate) config: Config,
    /// What is true.
    pub(crate) model: Model,
    /// What each id stands for.
    pub(crate) ids: Ids,
    /// Where each item is named.
    pub(crate) uses: Uses,
    /// What is said about it.
    pub(crate) texts: Texts,
    /// Interface text.
    pub(crate) catalogs: Arc<Catalogs>,
    /// Interface text as data, by locale, for the checks.
    pub(crate) messages: Arc<Vec<Messages>>,
    /// Words of each locale that the checks read texts by.
    pub(crate) languages: Arc<Vec<Language>>,
    /// The languages of firewalls, by their names.
    pub(crate) rules: Arc<Formats>,
    /// How it looks.
    pub(crate) theme: Arc<Theme>,
    names: Names,
    states: States,
    statuses: Vec<Status>,
}

impl Site {
    /// Reads everything. The site is there as soon as `site.toml` holds, also if the content has
    /// mistakes, so that the checks can go on; only one without structural errors may be rendered.
    pub(crate) fn assemble(sources: &Sources, report: &mut Report) -> Option<Self> {
        Self::assemble_with(sources, None, report)
    }

    /// The same; what is remembered is not read again.
    pub(crate) fn assemble_with(
        sources: &Sources,
        mut memory: Option<&mut Memory>,
        report: &mut Report,
    ) -> Option<Self> {
        report.extend(sources.mistakes().iter().cloned());
        let config = parse_config(sources, report)?;
        let locales = &config.locales;
        let content = match &mut memory {
            Some(memory) => memory.content.parse(sources, locales, report),
            None => parse_content(sources, locales, report),
        };
        let mut found = Report::default();
        let (facts, units) = resolve(content, &mut found);
        let texts = read_texts(sources, locales, &facts, units, &mut found);
        report.append_causes(found, |span| sources.slice(span));
        let Facts { model, ids, uses } = facts;
        let interface = match &mut memory {
            Some(memory) => memory.interface(sources, locales),
            None => Interface::read(sources, locales),
        };
        let Interface { messages, catalogs, languages, rules, report: found } = interface;
        report.append(found);
        let theme = memory.as_mut().map_or_else(|| Arc::new(Theme::load(sources)), |memory| memory.theme(sources));
        let names = Names::of(&texts, &catalogs, locales);
        let speech = Speech { model: &model, texts: &texts, names: &names, catalogs: &catalogs, locales };
        let states = States::read(sources, speech, &messages, memory.map(|memory| &mut memory.states));
        let translations = Translations { speech, messages: &messages, states: &states };
        let statuses = locales.ids().collect::<Vec<_>>().into_par_iter();
        let statuses = statuses.map(|locale| Status::of(translations, sources, locale)).collect();
        Some(Self {
            config,
            model,
            ids,
            uses,
            texts,
            catalogs,
            messages,
            languages,
            rules,
            theme,
            names,
            states,
            statuses,
        })
    }

    /// What `site.toml` says.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What is true.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What each id stands for.
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// What is said about it.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Interface text.
    pub fn catalogs(&self) -> &Catalogs {
        &self.catalogs
    }

    /// Interface text as data, by locale.
    pub fn messages(&self) -> &[Messages] {
        &self.messages
    }

    /// Words of each locale that the checks read texts by.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The languages of firewalls, by their names.
    pub fn rules(&self) -> &Formats {
        &self.rules
    }

    /// How it looks.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// What there is to say.
    pub fn speech(&self) -> Speech<'_> {
        Speech {
            model: &self.model,
            texts: &self.texts,
            names: &self.names,
            catalogs: &self.catalogs,
            locales: &self.config.locales,
        }
    }

    /// Everything that is translated.
    pub fn translations(&self) -> Translations<'_> {
        Translations { speech: self.speech(), messages: &self.messages, states: &self.states }
    }

    /// A name, title or label in a locale.
    pub fn name(&self, unit: UnitId, locale: LocaleId) -> &str {
        self.names.get(unit, locale)
    }

    /// Every place in which an item's id stands, in YAML and in texts, in the order of files and places.
    pub fn uses_of(&self, item: Item, sources: &Sources) -> BTreeSet<Span> {
        let in_texts = self.texts.uses_of(item, (&self.model, &self.ids), sources);
        self.uses.of(item).chain(in_texts).collect()
    }

    /// What is named at a byte of a file, in YAML and in texts, with the place of its name; the closest first.
    #[cfg(feature = "lsp")]
    pub(crate) fn named_at(&self, (file, offset): (FileId, u32), sources: &Sources) -> Vec<(Item, Span)> {
        let in_texts = self.texts.named_at((file, offset), (&self.model, &self.ids), sources);
        let mut named: Vec<_> = self.uses.at(file, offset).chain(in_texts).collect();
        named.sort_by_key(|(_, span)| span.end - span.start);
        named
    }

    /// How far the translations into a locale are.
    pub fn status(&self, locale: LocaleId) -> &Status {
        &self.statuses[locale.index()]
    }

    /// The flows of a product that a selection needs or may need.
    pub fn select(&self, product: ProductId, selection: &Selection) -> Vec<SelectedFlow> {
        self.model.select(product, selection)
    }
}

/// A result and what was noticed on the way.
#[derive(Clone, Debug)]
pub struct Warned<T> {
    /// The result.
    pub value: T,
    /// What was noticed, sorted by file and position.
    pub diagnostics: Vec<Diagnostic>,
}
