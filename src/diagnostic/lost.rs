//! What is written and could not be read. It seems to be missing wherever it is named; the one mistake
//! is told, its consequences are not.

use super::{Code, Diagnostic};
use crate::span::Span;

/// Items and values that were lost on the way from the files.
#[derive(Clone, Debug, Default)]
pub struct Lost {
    ids: Vec<String>,
    has_common: bool,
    has_address: bool,
    values: Vec<Span>,
}

impl Lost {
    /// An item, or all items of a product or a page, by the word that names it.
    pub(super) fn add_item(&mut self, id: &str) {
        self.ids.push(id.to_owned());
    }

    /// Items of common, and nobody knows which.
    pub(super) fn add_common(&mut self) {
        self.has_common = true;
    }

    /// An address.
    pub(super) fn add_address(&mut self) {
        self.has_address = true;
    }

    /// A value that YAML itself takes for something else.
    pub(super) fn add_value(&mut self, span: Span) {
        self.values.push(span);
    }

    pub(super) fn append(&mut self, other: Self) {
        self.ids.extend(other.ids);
        self.has_common |= other.has_common;
        self.has_address |= other.has_address;
        self.values.extend(other.values);
    }

    /// Whether a value was refused already: what it would mean is no mistake of its own.
    pub fn is_refused(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.code != Code::YamlFeature && diagnostic.span.is_some_and(|span| self.values.contains(&span))
    }

    /// Whether a diagnostic says no more than that something was lost. `written` gives what stands at a
    /// place.
    pub fn explains<'a>(&self, diagnostic: &Diagnostic, written: impl Fn(Span) -> &'a str) -> bool {
        if self.is_refused(diagnostic) {
            return true;
        }
        let Some(span) = diagnostic.span.filter(|_| diagnostic.code.may_follow_from_a_lost_item()) else {
            return false;
        };
        let written = written(span);
        let mut words = written.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        if words.any(|word| self.ids.iter().any(|id| id == word)) {
            return true;
        }
        // Whoever comes close to an item that could be read has mistyped its name.
        let is_mistyped = diagnostic.help.iter().any(|help| help.starts_with("did you mean"));
        // Which addresses a lost flow names nobody knows.
        let may_be_host = (self.has_address || !self.ids.is_empty()) && written.contains("host:");
        !is_mistyped && (self.has_common || may_be_host)
    }
}
