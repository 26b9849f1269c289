//! Sources and their tables → [`CitedSource`], and the rows that flows name → [`Cite`].

use crate::diagnostic::{Code, Diagnostic, Vocabulary, suggest};
use crate::item::ItemKind;
use crate::parse::cited::RawSource;
use crate::parse::flow::RawFlow;
use crate::parse::rows::{RawCites, RawRow, RawSkip};
use crate::span::{Span, Spanned};

use super::super::{Cite, CitedId, CitedRow, CitedSource, Id, Item, ProductId, Skip, SourceTable};
use super::{Owner, Resolver};
use crate::value::UnitKind;

impl Resolver<'_> {
    pub(super) fn source_item(&mut self, product: ProductId, raw: RawSource) -> CitedId {
        let prefix = self.prefix(Some(product), ItemKind::Source, &raw.id.value);
        let id = CitedId::from_index(self.model.sources.len());
        let owner = Owner { product: Some(product), flow: None, item: Item::Source(id), prefix: &prefix };
        let title = self.unit(owner, "title", UnitKind::Name, raw.title);
        self.meta(Item::Source(id), &raw.meta);
        let urls = raw.urls.into_iter().map(|(tag, url)| (tag, url.value)).collect();
        let mut tables = Vec::new();
        for (position, table) in raw.tables.into_iter().enumerate() {
            let prefix = prefix.part(&table.id.value);
            let owner = Owner { item: Item::Table(id, position as u32), prefix: &prefix, ..owner };
            let title = self.maybe_unit(owner, "title", UnitKind::Name, table.title);
            tables.push(SourceTable { id: table.id.value, span: table.id.span, title, rows: table.rows });
        }
        let all = tables.iter().fold(0, |sum: u32, table| sum.saturating_add(table.rows));
        self.model.sources.push(CitedSource {
            product,
            id: raw.id.value,
            span: raw.id.span,
            title,
            urls,
            read: raw.read,
            as_of: raw.as_of,
            rows: if tables.is_empty() { raw.rows } else { all },
            tables,
            skips: Vec::new(),
        });
        for skip in &raw.skips {
            self.skip(id, skip);
        }
        id
    }

    /// Rows that a source skips: they exist, and each is skipped once.
    fn skip(&mut self, id: CitedId, raw: &RawSkip) {
        let Some(table) = self.table(id, raw.table.as_ref(), (raw.first, raw.span)) else { return };
        let source = &self.model[id];
        let counted = |number| source.counted(table, number);
        let (Some(first), Some(last)) = (counted(raw.first), counted(raw.last)) else {
            let missing = if counted(raw.first).is_none() { raw.first } else { raw.last };
            let diagnostic = no_such_row(source, table, missing).at(raw.span);
            self.report.add(diagnostic);
            return;
        };
        let rows = first..=last;
        if let Some(other) = source.skips.iter().find(|skip| *skip.rows.start() <= last && first <= *skip.rows.end()) {
            let (table, number) = source.in_table(first.max(*other.rows.start()));
            let headline =
                format!("row {} of the source `{}` is skipped twice", source.written(table, number), source.id);
            let diagnostic = Diagnostic::error(Code::DuplicateId, headline)
                .at(raw.span)
                .label(other.span, "skipped here already")
                .help("name each row once, with one reason");
            self.report.add(diagnostic);
            return;
        }
        self.model.sources[id.index()].skips.push(Skip { rows, span: raw.span });
    }

    /// The rows that a flow covers, source by source.
    pub(super) fn cites(&mut self, product: ProductId, flow: &RawFlow) -> Vec<Cite> {
        match &flow.cites {
            RawCites::One { source, rows } => {
                let needs_source = !rows.is_empty() && !flow.lacks_source && !self.lacks_sources;
                let source = self.flow_source(product, &flow.id, source.as_ref(), needs_source);
                source.into_iter().map(|source| self.cite(source, rows)).collect()
            }
            RawCites::Each(each) => {
                let found = each.iter().filter_map(|(name, rows)| Some((self.source(product, name)?, rows)));
                let found: Vec<_> = found.collect();
                found.into_iter().map(|(source, rows)| self.cite(source, rows)).collect()
            }
        }
    }

    fn cite(&mut self, source: CitedId, rows: &[RawRow]) -> Cite {
        let names: Vec<_> = rows.iter().map(|row| Spanned::new(written(row), row.span)).collect();
        self.refuse_repetitions(&names);
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let table = self.table(source, row.table.as_ref(), (row.number, row.span));
            found.extend(table.map(|table| CitedRow { table, number: row.number, span: row.span }));
        }
        Cite { source, rows: found }
    }

    /// The position of a row's table: `Some(None)` where the source counts through. `None`: the row
    /// names no table that there is, or lacks one.
    #[expect(clippy::option_option, reason = "a source may have no tables, which is no mistake")]
    fn table(
        &mut self,
        id: CitedId,
        name: Option<&Spanned<String>>,
        (number, span): (u32, Span),
    ) -> Option<Option<usize>> {
        let source = &self.model[id];
        let known = || source.tables.iter().map(|table| table.id.as_str());
        let diagnostic = match (name, source.tables.as_slice()) {
            (None, []) => return Some(None),
            (Some(name), []) => {
                let headline = format!("`{}` is no table of the source `{}`, which has none", name.value, source.id);
                Diagnostic::error(Code::UnknownTable, headline)
                    .at(name.span)
                    .help(format!("write `{number}`, or give the source `tables`"))
            }
            (None, [first, ..]) => {
                let headline = format!("row {number} names no table of the source `{}`", source.id);
                Diagnostic::error(Code::UnknownTable, headline)
                    .at(span)
                    .help(format!("write the table before it, `{}/{number}`", first.id))
                    .help(format!("its tables: {}", known().collect::<Vec<_>>().join(", ")))
            }
            (Some(name), _) => {
                if let Some(position) = known().position(|table| table == name.value) {
                    self.note_use(Some(Item::Table(id, position as u32)), name);
                    return Some(Some(position));
                }
                let help = suggest(&name.value, known(), Vocabulary::Site);
                Diagnostic::error(
                    Code::UnknownTable,
                    format!("`{}` is no table of the source `{}`", name.value, source.id),
                )
                .at(name.span)
                .mark("not defined")
                .help(help.unwrap_or_else(|| format!("its tables: {}", known().collect::<Vec<_>>().join(", ")).into()))
            }
        };
        let diagnostic = diagnostic.label(source.span, "the source");
        self.report.add(diagnostic);
        None
    }

    fn flow_source(
        &mut self,
        product: ProductId,
        id: &Spanned<String>,
        name: Option<&Spanned<String>>,
        needs_source: bool,
    ) -> Option<CitedId> {
        if let Some(name) = name {
            return self.source(product, name);
        }
        let sources = self.model[product].sources.clone();
        // Pages without rows are only pointed at; the one with rows is meant.
        let with_rows: Vec<_> = sources.iter().copied().filter(|source| self.model[*source].rows > 0).collect();
        if let ([only], _) | (_, [only]) = (sources.as_slice(), with_rows.as_slice()) {
            return Some(*only);
        }
        if needs_source {
            let headline = format!("the flow `{}` does not say which source its rows are of", id.value);
            let why = if sources.is_empty() { "the product has none yet" } else { "the product has several" };
            self.report
                .add(Diagnostic::error(Code::MissingKey, headline).at(id.span).help(format!("add `source:`: {why}")));
        }
        None
    }
}

fn written(row: &RawRow) -> String {
    let table = row.table.as_ref().map(|table| format!("{}/", table.value)).unwrap_or_default();
    format!("{table}{}", row.number)
}

fn no_such_row(source: &CitedSource, table: Option<usize>, number: u32) -> Diagnostic {
    let ((counted, label), help) = source.where_counted(table);
    Diagnostic::error(Code::UnknownRow, source.no_such_row(table, number)).label(counted, label).help(help)
}
