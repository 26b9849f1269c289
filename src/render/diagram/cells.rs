//! The table of a picture in the words of one page and locale: names of parties and, in the cells, links
//! to the rows of the page.

use serde::Serialize;

use super::graph::Carried;
use super::matrix::{Ends, Matrix, Row, scope};
use super::view::View;
use super::words::Connection;
use crate::render::holes::Hole;
use crate::render::marks::RowMark;

/// With more columns than these, a table slides in its frame on a screen of 1280 pixels.
const MOST_IN_SIGHT: usize = 9;

/// A table in the words of one page and locale.
#[derive(Serialize)]
pub(super) struct MatrixView {
    /// Whether it has more columns than a screen can show.
    is_wide: bool,
    sources: Vec<Vec<NameView>>,
    zones: Vec<ZoneView>,
}

#[derive(Serialize)]
struct ZoneView {
    title: String,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    names: Vec<NameView>,
    /// Links to rows of the page, with what stands before and behind them.
    cells: Vec<Connection>,
}

#[derive(Serialize)]
struct NameView {
    text: String,
    end: String,
    /// The anchors of what leads there, where its row has others too.
    flows: Option<String>,
}

impl View<'_> {
    /// The picture as a table; `None`: a list says it better.
    pub(super) fn matrix(&self) -> Option<MatrixView> {
        if self.selected.is_none() {
            return self.drawn.matrix.as_ref().map(|matrix| self.say(matrix));
        }
        // A scenario has flows and signs of its own.
        self.drawn.matrix.as_ref()?;
        let said = (self.workshop.phrases, &self.marks);
        Matrix::of(&self.site.model, &self.drawn.graph, said, |one| self.is_shown(one)).map(|matrix| self.say(&matrix))
    }

    fn say(&self, matrix: &Matrix) -> MatrixView {
        let row = |row: &Row| RowView {
            names: self.names(&row.destinations),
            cells: row.cells.iter().map(|cell| self.cell(cell)).collect(),
        };
        let zone = |(area, rows): &(usize, Vec<Row>)| ZoneView {
            title: self.workshop.area_title(self.drawn.graph.areas[*area], self.locale),
            rows: rows.iter().map(row).collect(),
        };
        MatrixView {
            is_wide: matrix.sources.len() > MOST_IN_SIGHT,
            sources: matrix.sources.iter().map(|ends| self.names(ends)).collect(),
            zones: matrix.zones.iter().map(zone).collect(),
        }
    }

    fn names(&self, ends: &Ends) -> Vec<NameView> {
        let flows: Vec<String> = ends.iter().map(|(_, flows)| self.anchors(flows.iter().map(|one| one.flow))).collect();
        // A selection may need one of them and not another; where all have the same flows, the cells tell.
        let is_split = flows.windows(2).any(|pair| pair[0] != pair[1]);
        let mut names: Vec<_> = ends
            .iter()
            .zip(flows)
            .map(|((party, _), flows)| NameView {
                text: self.party_name(*party).into_owned(),
                end: self.workshop.phrases.separator(self.locale).to_owned(),
                flows: is_split.then_some(flows),
            })
            .collect();
        if let Some(last) = names.last_mut() {
            last.end.clear();
        }
        names
    }

    fn cell(&self, cell: &[Carried]) -> Connection {
        let remark = scope(&self.site.model, &self.marks, cell).map(|scope| RowMark::Scope(scope).words(self.voice));
        let said = remark
            .map_or_else(|| Hole::Ports.marker().to_owned(), |remark| self.remarked(Hole::Ports.marker(), &remark));
        self.linked(&said, self.workshop.phrases.cell_label(cell, &self.marks, self.locale))
    }
}
