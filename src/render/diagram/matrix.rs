//! A picture as a table, for who looks up what connects to what: a row for each destination, by zone, a
//! column for each source. Destinations of a zone that are reached in the same way share a row, sources
//! of a zone that reach the same in the same way a column.
//!
//! A picture of one party around which all others stand has none: a single row crossing a single column
//! says less than the list.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Carried, Graph};
use super::label::{CellFact, Phrases};
use super::signs::ConditionMarks;
use crate::locale::LocaleId;
use crate::model::{FlowId, Model, Party};
use crate::value::Scope;

/// Who reaches whom. It holds no words.
#[derive(Clone, Debug)]
pub(super) struct Matrix {
    /// The columns, by zone.
    pub(super) sources: Vec<Ends>,
    /// Rows that stand together, with their area.
    pub(super) zones: Vec<(usize, Vec<Row>)>,
}

/// Parties of one zone that have the same cells, each with its flows.
pub(super) type Ends = Vec<(Party, Vec<Carried>)>;

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) destinations: Ends,
    /// A cell for each column.
    pub(super) cells: Vec<Vec<Carried>>,
}

/// By what two cells are equal: what they say, and whether all of it stays off the network.
type Sameness = (BTreeSet<CellFact>, Option<Scope>);

impl Matrix {
    /// Of the flows that are shown; `None`: a list says it better.
    pub(super) fn of(
        model: &Model,
        graph: &Graph,
        (phrases, marks): (&Phrases, &ConditionMarks),
        is_shown: impl Fn(&Carried) -> bool,
    ) -> Option<Self> {
        let mut cells: BTreeMap<(Party, Party), Vec<Carried>> = BTreeMap::new();
        for one in graph.bundles.iter().flat_map(|bundle| &bundle.flows).filter(|one| is_shown(one)) {
            cells.entry((one.from, one.to)).or_default().push(*one);
        }
        let said = cells.iter().map(|(pair, cell)| (*pair, sameness(model, phrases, marks, cell)));
        let said: &BTreeMap<(Party, Party), Sameness> = &said.collect();
        let carried = |from: &[Party], to: &[Party]| {
            let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)));
            pairs.filter_map(|pair| cells.get(&pair)).flatten().copied().collect::<Vec<_>>()
        };
        // Zone by zone as the picture has them, within one as its boxes are met.
        let in_area =
            |area: usize| graph.nodes.iter().filter(move |node| node.area == area).flat_map(|node| &node.parties);
        let areas = 0..graph.areas.len();
        let all: &Vec<Party> = &areas.clone().flat_map(in_area).copied().collect();
        let cell = |from: &[Party], to: Party| (said.get(&(from[0], to)), flows(&carried(from, &[to])));
        let columns = |area| equals(in_area(area), |from| all.iter().map(|to| cell(&[from], *to)).collect());
        let columns: Vec<Vec<Party>> = areas.clone().flat_map(columns).collect();
        let rows_in = |area| equals(in_area(area), |to| columns.iter().map(|from| cell(from, to)).collect());
        let row = |to: Vec<Party>| Row {
            cells: columns.iter().map(|from| carried(from, &to)).collect(),
            destinations: to.iter().map(|to| (*to, carried(all, &[*to]))).collect(),
        };
        let zones = areas.map(|area| (area, rows_in(area).into_iter().map(row).collect::<Vec<_>>()));
        let zones: Vec<_> = zones.filter(|(_, rows)| !rows.is_empty()).collect();
        let sources = columns.iter().map(|column| column.iter().map(|from| (*from, carried(&[*from], all))).collect());
        let matrix = Self { sources: sources.collect(), zones };
        matrix.says_more_than_a_list().then_some(matrix)
    }

    /// Whether several parties open connections and several wait for them.
    fn says_more_than_a_list(&self) -> bool {
        let destinations = self.zones.iter().flat_map(|(_, rows)| rows).map(|row| row.destinations.len());
        self.sources.iter().map(Vec::len).sum::<usize>() > 1 && destinations.sum::<usize>() > 1
    }
}

/// A cell of one party: what it says, and which flows say so.
type Crossing<'s> = (Option<&'s Sameness>, BTreeSet<FlowId>);

/// Parties that have the same cells, together; those that have none are left out. Those that have several
/// flows must have the same: a selection may do without some, and the table could not say of whom.
fn equals<'p, 's>(
    parties: impl Iterator<Item = &'p Party>,
    cells: impl Fn(Party) -> Vec<Crossing<'s>>,
) -> Vec<Vec<Party>> {
    let mut equals: Vec<Vec<Party>> = Vec::new();
    let mut known: BTreeMap<Vec<Crossing<'s>>, usize> = BTreeMap::new();
    for party in parties {
        let mut cells = cells(*party);
        if cells.iter().all(|(said, _)| said.is_none()) {
            continue;
        }
        let has_one_flow = cells.iter().flat_map(|(_, flows)| flows).collect::<BTreeSet<_>>().len() == 1;
        if has_one_flow {
            for (_, flows) in &mut cells {
                flows.clear();
            }
        }
        let position = *known.entry(cells).or_insert(equals.len());
        match equals.get_mut(position) {
            Some(others) => others.push(*party),
            None => equals.push(vec![*party]),
        }
    }
    equals
}

fn flows(carried: &[Carried]) -> BTreeSet<FlowId> {
    carried.iter().map(|one| one.flow).collect()
}

fn sameness(model: &Model, phrases: &Phrases, marks: &ConditionMarks, cell: &[Carried]) -> Sameness {
    // Ports that are said alike in one locale are in all of them.
    (phrases.cell_facts(cell, marks, LocaleId(0)).collect(), scope(model, marks, cell))
}

/// What keeps all of a cell off the network, unless letters say it.
pub(super) fn scope(model: &Model, marks: &ConditionMarks, cell: &[Carried]) -> Option<Scope> {
    let first = model[cell.first()?.flow].scope;
    let is_said = |one: &Carried| marks.has_scope(one.flow);
    let is_all = cell.iter().all(|one| model[one.flow].scope == first && !is_said(one));
    Some(first).filter(|first| *first != Scope::Network && is_all)
}
