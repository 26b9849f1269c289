//! What is wrong with the writer's input, as a value: [`Diagnostic`], collected in a [`Report`].
//!
//! It knows no check and no stage; each stage makes its own, and [`report`](crate::report) writes them.

mod advice;
mod code;
mod lost;

pub use advice::{Advice, Fix, Vocabulary, closest, did_you_mean, suggest};
pub use code::Code;
pub use lost::Lost;

use crate::span::Span;

/// How much a mistake weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// `check` fails.
    Error,
    /// `check` fails only with `--deny warnings`.
    Warning,
}

impl Severity {
    /// The word users see.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A second place that belongs to a diagnostic, and what it has to do with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// A few words, lowercase.
    pub text: String,
}

/// One mistake of the writer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The defect's name, which `allow` takes and `explain` describes.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong and what was expected; lowercase, no full stop.
    pub headline: String,
    /// Where, unless it concerns the site as a whole.
    pub span: Option<Span>,
    /// A few words under the mark.
    pub mark: Option<String>,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// What to do next.
    pub help: Vec<String>,
    /// What to write instead, where one answer only is right.
    pub fix: Option<Fix>,
    /// The locale of the translation concerned.
    pub locale: Option<String>,
    /// The id of the unit concerned.
    pub unit: Option<String>,
}

impl Diagnostic {
    fn new(severity: Severity, code: Code, headline: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            headline: headline.into(),
            span: None,
            mark: None,
            labels: Vec::new(),
            help: Vec::new(),
            fix: None,
            locale: None,
            unit: None,
        }
    }

    /// A mistake that makes `check` fail.
    pub fn error(code: Code, headline: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, headline)
    }

    /// A doubt that makes `check` fail only when asked to.
    pub fn warning(code: Code, headline: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, headline)
    }

    /// Points at a place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Writes a few words under the mark.
    #[must_use]
    pub fn mark(mut self, mark: impl Into<String>) -> Self {
        self.mark = Some(mark.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a next step, with the fix that it may bring.
    #[must_use]
    pub fn help(mut self, help: impl Into<Advice>) -> Self {
        let advice: Advice = help.into();
        self.help.push(advice.text);
        self.fix = self.fix.or(advice.fix);
        self
    }

    /// Adds a next step where there is one.
    #[must_use]
    pub fn maybe_help(self, help: Option<impl Into<Advice>>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }

    /// Names the translation concerned.
    #[must_use]
    pub fn translation(mut self, locale: &str, unit: &str) -> Self {
        self.locale = Some(locale.to_owned());
        self.unit = Some(unit.to_owned());
        self
    }
}

/// Diagnostics in the making: what every stage writes into.
#[derive(Clone, Debug, Default)]
pub struct Report {
    list: Vec<Diagnostic>,
    lost: Lost,
}

impl Report {
    /// Adds one.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Remembers an item that is written and could not be read: whoever names it is not wrong for that.
    pub fn lose(&mut self, id: &str) {
        self.lost.add_item(id);
    }

    /// Remembers that items of common could not be read, and nobody knows which.
    pub fn lose_common(&mut self) {
        self.lost.add_common();
    }

    /// Remembers that an address could not be read.
    pub fn lose_address(&mut self) {
        self.lost.add_address();
    }

    /// Remembers a value of which nothing more is to be said than that YAML has a use of its own for it.
    pub fn lose_value(&mut self, span: Span) {
        self.lost.add_value(span);
    }

    /// What is written and could not be read.
    pub fn lost(&self) -> &Lost {
        &self.lost
    }

    /// Adds all of another report, less what is said of values that were refused already.
    pub fn append(&mut self, other: Self) {
        self.lost.append(other.lost);
        self.list.extend(other.list.into_iter().filter(|diagnostic| !self.lost.is_refused(diagnostic)));
    }

    /// Adds all of another report that does not follow from what was lost, here or there.
    /// `written` gives what stands at a place.
    pub fn append_causes<'a>(&mut self, other: Self, written: impl Fn(Span) -> &'a str) {
        self.lost.append(other.lost);
        self.list.extend(other.list.into_iter().filter(|diagnostic| !self.lost.explains(diagnostic, &written)));
    }

    /// Adds all of another stage.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(diagnostics);
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.list)
    }

    /// What was collected.
    pub fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }
}

/// Whether one of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Sorts by file and position, the order in which people mend; equal ones are said once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| diagnostic.span.map(|span| (span.file, span.start, span.end));
        (key(a), a.severity, a.code, &a.headline, &a.locale).cmp(&(key(b), b.severity, b.code, &b.headline, &b.locale))
    });
    diagnostics.dedup();
}
