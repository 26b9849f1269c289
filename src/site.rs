//! The finished site: configuration, facts, texts, interface text and theme, joined. Complete and
//! immutable; everything after it only reads.

mod module;
mod script;
mod sentences;
mod states;
mod status;
mod theme;
mod versions;

pub use sentences::Join;
pub use states::Translation;
pub use status::{Counts, Open, Status};
pub use theme::{Asset, AssetId, Theme};
pub use versions::{Version, Versions};

use std::sync::Arc;

use crate::config::{Config, parse_config};
use crate::diagnostic::{Diagnostic, Report};
use crate::l10n::fluent::{Messages, read_messages, refuse_strays};
use crate::l10n::languages::read_languages;
use crate::l10n::{Catalogs, Texts, read_texts};
use crate::locale::LocaleId;
use crate::model::{Id, Ids, Model, ProductId, SelectedFlow, Selection, Uses, resolve};
use crate::parse::parse_content;
use crate::source::Sources;
use crate::value::UnitKind;
use crate::words::language::Language;

/// A site, ready to be checked and rendered.
#[derive(Debug)]
pub struct Site {
    /// What `site.toml` says.
    pub config: Config,
    /// What is true.
    pub model: Model,
    /// What each id stands for.
    pub ids: Ids,
    /// Where each item is named.
    pub uses: Uses,
    /// What is said about it.
    pub texts: Texts,
    /// Interface text.
    pub catalogs: Arc<Catalogs>,
    /// Interface text as data, by locale, for the checks.
    pub messages: Vec<Messages>,
    /// Words of each locale that the checks read texts by.
    pub languages: Vec<Language>,
    /// How it looks.
    pub theme: Theme,
    /// Plain text of every name, by locale and unit; empty for units that are no names.
    names: Vec<Vec<String>>,
    states: states::States,
    statuses: Vec<Status>,
}

impl Site {
    /// Reads everything. The site is there as soon as `site.toml` holds, also if the content has
    /// mistakes, so that the checks can go on; only one without structural errors may be rendered.
    pub(crate) fn assemble(sources: &Sources, report: &mut Report) -> Option<Self> {
        report.extend(sources.mistakes().iter().cloned());
        let config = parse_config(sources, report)?;
        let content = parse_content(sources, &config.locales, report);
        let mut found = Report::default();
        let (mut facts, units) = resolve(content, &mut found);
        let texts = read_texts(sources, &config.locales, &mut facts, units, &mut found);
        report.append_causes(found, |span| sources.slice(span));
        let messages =
            config.locales.ids().map(|locale| read_messages(sources, config.locales.tag(locale), report)).collect();
        refuse_strays(sources, &config.locales, report);
        let catalogs = Arc::new(Catalogs::load(sources, &config.locales));
        let languages = read_languages(sources, &config.locales, &catalogs, report);
        let theme = Theme::load(sources);
        let states = states::States::default();
        let (names, statuses) = (Vec::new(), Vec::new());
        let mut site = Self {
            config,
            model: facts.model,
            ids: facts.ids,
            uses: facts.uses,
            texts,
            catalogs,
            messages,
            languages,
            theme,
            names,
            states,
            statuses,
        };
        site.names = site.config.locales.ids().map(|locale| site.plain_names(locale)).collect();
        site.states = site.find_states(sources);
        site.statuses = site.config.locales.ids().map(|locale| site.find_status(sources, locale)).collect();
        Some(site)
    }

    fn plain_names(&self, locale: LocaleId) -> Vec<String> {
        let name = |(position, unit): (usize, &crate::l10n::Unit)| match unit.kind {
            UnitKind::Name => self.plain_text(Id::from_index(position), locale),
            UnitKind::Paragraph | UnitKind::Blocks => String::new(),
        };
        self.texts.units().enumerate().map(name).collect()
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
