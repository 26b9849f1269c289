//! One row of a table as it was read, before it becomes a flow.

use std::collections::BTreeSet;

use crate::span::Span;

/// Who stands at an end, as far as the row says it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) enum Parties {
    /// The row says nothing.
    #[default]
    Unstated,
    /// Everyone.
    Any,
    /// These, by the names the page has for them.
    Named(Vec<String>),
    /// Who has this address.
    Addressed(String),
}

/// One end.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct RowEnd {
    pub(super) parties: Parties,
    /// Addresses that the row has for it, in the form of the content.
    pub(super) hosts: BTreeSet<String>,
}

impl RowEnd {
    /// For a comment.
    pub(super) fn said(&self) -> String {
        match &self.parties {
            Parties::Unstated => "unstated".to_owned(),
            Parties::Any => "any".to_owned(),
            Parties::Named(names) => names.join(", "),
            Parties::Addressed(host) => host.clone(),
        }
    }
}

/// One line of ports.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct RowLine {
    /// `443/tcp`, `esp`.
    pub(super) traffic: String,
    /// Ids of services.
    pub(super) services: Vec<String>,
}

impl RowLine {
    pub(super) fn written(&self) -> String {
        let services = self.services.iter().map(|service| format!(" {service}"));
        std::iter::once(self.traffic.clone()).chain(services).collect()
    }
}

/// What else a row says of its flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Marks {
    /// It must not be possible.
    pub(super) is_blocked: bool,
    /// One of the lines is enough.
    pub(super) needs_one: bool,
    /// Either end may open.
    pub(super) is_both_ways: bool,
}

/// What one row says.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Counted through all tables of the page, heads not counted.
    pub(super) number: u32,
    /// Where it stands.
    pub(super) span: Option<Span>,
    pub(super) from: RowEnd,
    pub(super) to: RowEnd,
    pub(super) lines: Vec<RowLine>,
    pub(super) is_transport_inferred: bool,
    pub(super) marks: Marks,
    /// From which ports it is opened.
    pub(super) from_ports: Vec<String>,
    pub(super) purpose: String,
    /// It stays a comment, with all of its cells.
    pub(super) is_left: bool,
    /// Cells that became no fact, each behind its head.
    pub(super) remarks: Vec<String>,
    /// What was guessed, for the summary.
    pub(super) guessed: Vec<String>,
    /// What a person must settle, for a comment and the summary.
    pub(super) open: Vec<String>,
}

impl Row {
    /// Leaves the row to a person: what it says in part would pass for all of it.
    pub(super) fn leave(&mut self, why: String) {
        self.lines.clear();
        if !self.open.contains(&why) {
            self.open.push(why);
        }
        self.is_left = true;
    }
}

/// A page as it was read.
pub(super) struct Reading {
    pub(super) rows: Vec<Row>,
    /// The heading of the page, if it has one.
    pub(super) title: Option<String>,
    /// Guesses that are about no row.
    pub(super) guessed: Vec<(Option<Span>, String)>,
    /// What the columns of each table were taken for.
    pub(super) columns: Vec<String>,
    /// What was not read, and where it begins.
    pub(super) left: Vec<(Span, String)>,
}
