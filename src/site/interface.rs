//! What of a site is made of `i18n/` and `theme/rules/` alone, whatever the content says.

use std::sync::Arc;

use crate::diagnostic::Report;
use crate::l10n::Catalogs;
use crate::l10n::fluent::{Messages, read_messages, refuse_strays};
use crate::l10n::languages::read_languages;
use crate::locale::Locales;
use crate::rules::{Formats, read_formats};
use crate::source::Sources;
use crate::words::language::Language;

/// The words that stand around the content, and what its texts are read by.
#[derive(Clone, Debug)]
pub(super) struct Interface {
    pub(super) messages: Arc<Vec<Messages>>,
    pub(super) catalogs: Arc<Catalogs>,
    pub(super) languages: Arc<Vec<Language>>,
    pub(super) rules: Arc<Formats>,
    /// What is wrong in them.
    pub(super) report: Report,
}

impl Interface {
    pub(super) fn read(sources: &Sources, locales: &Locales) -> Self {
        let mut report = Report::default();
        let messages =
            locales.ids().map(|locale| read_messages(sources, locales.tag(locale), &mut report)).collect::<Vec<_>>();
        refuse_strays(sources, locales, &mut report);
        let catalogs = Arc::new(Catalogs::load(sources, locales));
        let languages = Arc::new(read_languages(sources, locales, &catalogs, &mut report));
        let rules = Arc::new(read_formats(sources, &mut report));
        Self { messages: Arc::new(messages), catalogs, languages, rules, report }
    }
}
