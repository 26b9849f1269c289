//! Sources: their tables and rows, and which of them a flow covers or nobody needs to.
//!
//! A row is named as its source counts: through all tables, or within one of them that has a name. Both
//! have one number, counted through.

use std::ops::RangeInclusive;

use super::{CitedId, ProductId, UnitId};
use crate::span::Span;
use crate::value::Date;

/// Where facts come from.
#[non_exhaustive]
#[derive(Debug)]
pub struct CitedSource {
    /// Its product.
    pub product: ProductId,
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// Its title.
    pub title: UnitId,
    /// Its address, one for all or by locale tag.
    pub urls: Vec<(Option<String>, String)>,
    /// When it was read; `None`: it is only pointed at.
    pub read: Option<Date>,
    /// What date it gives for itself.
    pub as_of: Option<Date>,
    /// How many rows its tables have, all together.
    pub rows: u32,
    /// Its tables, in the order of the page; none where its rows are counted through.
    pub tables: Vec<SourceTable>,
    /// Rows that no flow needs to cover.
    pub skips: Vec<Skip>,
}

/// A table of a source that has a name.
#[non_exhaustive]
#[derive(Debug)]
pub struct SourceTable {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// What the page calls it; `None`: its id says it.
    pub title: Option<UnitId>,
    /// How many rows it has.
    pub rows: u32,
}

/// Rows of a source that a flow covers.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cite {
    /// The source.
    pub source: CitedId,
    /// Its rows.
    pub rows: Vec<CitedRow>,
}

/// A row of a source, as its source counts.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CitedRow {
    /// The position of its table, where they have names.
    pub table: Option<usize>,
    /// Its number, counted from 1 in its table or through all of them.
    pub number: u32,
    /// Where it is written.
    pub span: Span,
}

/// Rows of a source that no flow needs to cover. They exist.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skip {
    /// The rows, counted through.
    pub rows: RangeInclusive<u32>,
    /// Where they are written.
    pub span: Span,
}

impl CitedSource {
    /// How many rows there are where a row is counted: in its table, or through all of them.
    pub fn rows_of(&self, table: Option<usize>) -> u32 {
        table.map_or(self.rows, |table| self.tables[table].rows)
    }

    /// The number of a row counted through all tables; `None`: there is no such row.
    pub fn counted(&self, table: Option<usize>, number: u32) -> Option<u32> {
        let before = self.tables[..table.unwrap_or(0)].iter().fold(0, |sum: u32, table| sum.saturating_add(table.rows));
        (1..=self.rows_of(table)).contains(&number).then(|| before.saturating_add(number))
    }

    /// The table of a row that is counted through, where tables have names, and its number there.
    pub fn in_table(&self, counted: u32) -> (Option<usize>, u32) {
        let mut number = counted;
        for (position, table) in self.tables.iter().enumerate() {
            if number <= table.rows {
                return (Some(position), number);
            }
            number -= table.rows;
        }
        (None, counted)
    }

    /// The first and the last row of each table that has a name, counted through.
    pub fn spans(&self) -> Vec<(u32, u32)> {
        let mut before = 0;
        let span = |table: &SourceTable| {
            let first = before + 1;
            before += table.rows;
            (first, before)
        };
        self.tables.iter().map(span).collect()
    }

    /// The name of a row as flows write it: `3`, `inbound/3`.
    pub fn written(&self, table: Option<usize>, number: u32) -> String {
        table.map_or_else(|| number.to_string(), |table| format!("{}/{number}", self.tables[table].id))
    }

    /// Rows counted through, in ascending order, as runs within their tables.
    pub fn runs(&self, counted: &[u32]) -> Vec<(Option<usize>, u32, u32)> {
        let mut runs: Vec<(Option<usize>, u32, u32)> = Vec::new();
        for row in counted {
            let (table, number) = self.in_table(*row);
            match runs.last_mut() {
                Some((of, _, last)) if *of == table && *last + 1 == number => *last = number,
                _ => runs.push((table, number, number)),
            }
        }
        runs
    }

    /// What to say of a row that is not there.
    pub fn no_such_row(&self, table: Option<usize>, number: u32) -> String {
        let rows = self.rows_of(table);
        let of = table.map(|table| format!("the table `{}` of ", self.tables[table].id)).unwrap_or_default();
        let expected = if rows == 0 { "it has none".to_owned() } else { format!("expected 1 to {rows}") };
        format!("{of}the source `{}` has no row {number}: {expected}", self.id)
    }

    /// Where rows are counted, as a label, and what to do about a number that is not among them.
    pub fn where_counted(&self, table: Option<usize>) -> ((Span, &'static str), &'static str) {
        match table {
            Some(table) => {
                ((self.tables[table].span, "the table"), "correct the number, or how many rows the table has")
            }
            None => ((self.span, "the source"), "correct the number, or `rows` of the source"),
        }
    }

    /// The numbers, counted through, of rows that a flow covers.
    pub fn covered<'a>(&'a self, cite: &'a Cite) -> impl Iterator<Item = u32> + 'a {
        cite.rows.iter().filter_map(|row| self.counted(row.table, row.number))
    }

    /// The rows that no flow needs to cover, counted through, in the order of the page.
    pub fn skipped(&self) -> impl Iterator<Item = u32> {
        let mut ranges: Vec<_> = self.skips.iter().map(|skip| skip.rows.clone()).collect();
        ranges.sort_by_key(|rows| *rows.start());
        ranges.into_iter().flatten()
    }
}

impl Cite {
    /// The rows, table by table: the rows of each as they are written.
    pub fn by_table(&self) -> Vec<(Option<usize>, Vec<u32>)> {
        let mut tables: Vec<(Option<usize>, Vec<u32>)> = Vec::new();
        for row in &self.rows {
            match tables.iter_mut().find(|(table, _)| *table == row.table) {
                Some((_, rows)) => rows.push(row.number),
                None => tables.push((row.table, vec![row.number])),
            }
        }
        tables
    }
}
