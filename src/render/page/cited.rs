//! Where facts come from, as pages say it: rows of sources, their tables, and what of them is skipped.

use std::borrow::Cow;

use super::{Link, say, word};
use crate::l10n::{Join, args};
use crate::model::{Anchored, Cite, CitedId, CitedSource, FlowId, SourceTable};
use crate::render::prose::Place;

impl Place<'_> {
    /// The rows that a flow covers: a link for each source, and for each of its tables.
    pub(super) fn cited(self, id: FlowId) -> Vec<Link> {
        let cites: Vec<&Cite> = self.site.model[id].cites.iter().filter(|cite| !cite.rows.is_empty()).collect();
        let has_several = cites.len() > 1;
        cites.into_iter().flat_map(|cite| self.rows_of(cite, has_several)).collect()
    }

    fn rows_of(self, cite: &Cite, is_one_of_several: bool) -> Vec<Link> {
        let href = self.hrefs.to(self.locale, self.site.model.link_to(Anchored::Source(cite.source)));
        let link = |(table, rows): (Option<usize>, Vec<u32>)| {
            let place = self.cited_place(cite.source, table, is_one_of_several);
            Link { text: self.rows_in(place.as_deref(), &rows), href: href.clone(), ..Link::default() }
        };
        cite.by_table().into_iter().map(link).collect()
    }

    /// "Inbound", "Manual, Inbound"; `None`: the one source of the row, whose rows are counted through.
    fn cited_place(self, id: CitedId, table: Option<usize>, is_one_of_several: bool) -> Option<String> {
        let source = &self.site.model[id];
        let title = self.voice.name(source.title);
        let table = table.map(|table| self.table_name(&source.tables[table]));
        match (table, is_one_of_several) {
            (None, false) => None,
            (None, true) => Some(say(self, "cited-source", [("source", title)])),
            (Some(table), false) => Some(say(self, "cited-table", [("table", &table)])),
            (Some(table), true) => {
                Some(self.voice.say("cited-table-of", &args([("source", title), ("table", &table)])))
            }
        }
    }

    fn rows_in(self, place: Option<&str>, rows: &[u32]) -> String {
        let is_one = rows.len() == 1;
        let rows: Vec<_> = rows.iter().map(u32::to_string).collect();
        let rows = self.voice.list(&rows, Join::And);
        let Some(place) = place else {
            return say(self, if is_one { "row-cited" } else { "rows-cited" }, [("rows", &rows)]);
        };
        let message = if is_one { "row-cited-in" } else { "rows-cited-in" };
        self.voice.say(message, &args([("place", place), ("rows", &rows)]))
    }

    /// What a table is called: by its page, or by its id.
    fn table_name(self, table: &SourceTable) -> Cow<'_, str> {
        table.title.map_or_else(|| name_of_id(&table.id).into(), |title| self.voice.name(title).to_owned().into())
    }

    /// The tables of a source, where they have names, and how many rows each has.
    pub(super) fn tables_of(self, source: &CitedSource) -> Vec<String> {
        let counted = |table: &SourceTable| {
            let name = self.table_name(table);
            let mut words = args([("table", &*name)]);
            words.set("count", i64::from(table.rows));
            self.voice.say("source-table", &words)
        };
        source.tables.iter().map(counted).collect()
    }

    /// The rows of a source that are nowhere on the page, table by table.
    pub(super) fn skipped_of(self, source: &CitedSource) -> Vec<String> {
        let runs = source.runs(&source.skipped().collect::<Vec<_>>());
        let by_table = runs.chunk_by(|a, b| a.0 == b.0);
        by_table.map(|runs| self.skipped_in(source, runs)).collect()
    }

    fn skipped_in(self, source: &CitedSource, runs: &[(Option<usize>, u32, u32)]) -> String {
        let run = |(_, first, last): &(Option<usize>, u32, u32)| {
            let (first_row, last_row) = (first.to_string(), last.to_string());
            if first == last {
                return first_row;
            }
            self.voice.say("row-range", &args([("first", &first_row), ("last", &last_row)]))
        };
        let rows = runs.iter().map(run).collect::<Vec<_>>().join(&word(self, "list-separator"));
        match runs.first().and_then(|(table, ..)| *table) {
            None => say(self, "source-skipped", [("rows", &rows)]),
            Some(table) => {
                let table = self.table_name(&source.tables[table]);
                self.voice.say("source-skipped-in", &args([("table", &*table), ("rows", &rows)]))
            }
        }
    }
}

/// `inbound-tcp` as a heading: "Inbound tcp".
fn name_of_id(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
