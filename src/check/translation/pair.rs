//! A translation beside its source text, and the diagnostics that show both.

use std::ops::Range;

use super::context::Context;
use super::reading::{Reading, Subject};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::locale::LocaleId;
use crate::model::TermId;
use crate::span::Span;
use crate::words::language::Language;
use crate::words::scripts::Script;

/// A place in one of the two texts.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// The whole text, which is shown by its first line.
    All,
    /// A range of its words.
    Words(Range<usize>),
    /// A range of the text as written.
    Written(Range<usize>),
}

impl Mark {
    /// The mark of what was found, or of the whole text.
    pub(super) fn words(range: Option<Range<usize>>) -> Self {
        range.map_or(Self::All, Self::Words)
    }
}

/// A unit in the source locale and in another; for what holds for every text, twice the same.
pub(super) struct Pair<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) unit: Subject<'a>,
    pub(super) locale: LocaleId,
    pub(super) source: &'a Reading<'a>,
    pub(super) target: &'a Reading<'a>,
}

impl Pair<'_> {
    pub(super) fn tag(&self) -> &str {
        self.context.site.config.locales.tag(self.locale)
    }

    pub(super) fn source_tag(&self) -> &str {
        let locales = &self.context.site.config.locales;
        locales.tag(locales.source_locale())
    }

    pub(super) fn source_locale(&self) -> LocaleId {
        self.context.site.config.locales.source_locale()
    }

    /// Whether the translation is the source text itself, by `=TAG`.
    pub(super) fn is_same_on_purpose(&self) -> bool {
        self.locale != self.source_locale() && std::ptr::eq(self.source.text, self.target.text)
    }

    pub(super) fn languages(&self) -> (&Language, &Language) {
        let languages = &self.context.site.languages;
        (&languages[self.source_locale().index()], &languages[self.locale.index()])
    }

    pub(super) fn script(&self) -> Script {
        Script::of_locale(self.tag())
    }

    /// A finding about the translation, beside its source text.
    pub(super) fn finding(
        &self,
        severity: Severity,
        code: Code,
        headline: String,
        target: &Mark,
        source: &Mark,
    ) -> Diagnostic {
        let label = format!("the source text (`{}`)", self.source_tag());
        let span = self.span(self.source, source);
        self.finding_alone(severity, code, headline, target).label(span, label)
    }

    /// A finding about one text.
    pub(super) fn finding_alone(&self, severity: Severity, code: Code, headline: String, target: &Mark) -> Diagnostic {
        let diagnostic = match severity {
            Severity::Error => Diagnostic::error(code, headline),
            Severity::Warning => Diagnostic::warning(code, headline),
        };
        let span = self.same_as_span().unwrap_or_else(|| self.span(self.target, target));
        diagnostic.at(span).translation(self.tag(), self.unit.key)
    }

    /// Where `=TAG` stands in place of a translation.
    fn same_as_span(&self) -> Option<Span> {
        let is_same = self.is_same_on_purpose() && self.unit.item.is_some();
        is_same.then(|| self.context.site.texts.find(self.unit.key)?.same_as_source(self.locale))?
    }

    fn span(&self, reading: &Reading<'_>, mark: &Mark) -> Span {
        let written = match mark {
            Mark::All => 0..reading.text.written.len(),
            Mark::Words(range) => reading.words.written(range.clone()),
            Mark::Written(range) => range.clone(),
        };
        reading.text.place(self.context.sources, written)
    }
}

impl Pair<'_> {
    pub(super) fn term_name(&self, term: TermId, locale: LocaleId) -> &str {
        self.context.site.name(self.context.site.model[term].name, locale)
    }
}
