//! What the source says, row by row, in the order of the page it was read from.

use std::collections::BTreeMap;

use crate::model::{CitedId, ComponentId, Flow, FlowId, Line, Model, ProductId, ServiceId};
use crate::published::core::PagePort;
use crate::span::Span;
use crate::value::{Inferred, Traffic, Transport};

/// One row of the source page, or one flow where the source has no rows.
#[derive(Debug)]
pub(super) struct SourceRow {
    /// Its number, counted through all tables, if it has one.
    pub(super) number: Option<u32>,
    /// As flows name it: `3`, `inbound/3`.
    pub(super) name: Option<String>,
    pub(super) flows: Vec<FlowId>,
    /// Whether a page must have it: a flow that no row of the page covers is no part of it.
    pub(super) is_required: bool,
}

/// One port or protocol of a row.
#[derive(Debug)]
pub(super) struct SourceItem {
    /// Position of its row.
    pub(super) row: usize,
    pub(super) port: PagePort,
    pub(super) transports: Vec<Transport>,
    pub(super) services: Vec<ServiceId>,
    pub(super) flow: FlowId,
    /// Where the line of ports is written.
    pub(super) span: Span,
    pub(super) is_transport_inferred: bool,
}

/// All rows of one source.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// Whether the facts were read from a table; from prose they may be in prose again.
    pub(super) has_table: bool,
    pub(super) rows: Vec<SourceRow>,
    pub(super) items: Vec<SourceItem>,
    /// Numbers of rows that the source skips.
    pub(super) skipped: Vec<u32>,
    /// The first and the last number of each table that has a name.
    pub(super) tables: Vec<(u32, u32)>,
}

impl Expected {
    /// What a page may be: a copy of one of the sources, row by row, or a list of the flows as they are
    /// written, each once.
    pub(super) fn all(model: &Model, product: ProductId, only: Option<CitedId>) -> Vec<Self> {
        let product = &model[product];
        // A page lists what must not be possible as it lists everything else.
        let flows: Vec<FlowId> = product.flows.iter().chain(&product.blocked).copied().collect();
        let with_rows: Vec<_> = product.sources.iter().copied().filter(|source| model[*source].rows > 0).collect();
        let is_wanted = |source: &&CitedId| only.is_none_or(|only| only == **source);
        let mut all: Vec<_> =
            with_rows.iter().filter(is_wanted).map(|source| Self::of_source(model, &flows, *source)).collect();
        if only.is_some() && !all.is_empty() {
            return all;
        }
        let rows = flows.iter().map(|flow| (None, vec![*flow], true)).collect();
        all.push(Self { has_table: !with_rows.is_empty(), ..Self::from_rows(model, rows) });
        all
    }

    fn of_source(model: &Model, flows: &[FlowId], source: CitedId) -> Self {
        let mut rows: BTreeMap<u32, Vec<FlowId>> = BTreeMap::new();
        let mut others = Vec::new();
        for id in flows {
            let flow = &model[*id];
            let cited = flow.cites.iter().filter(|cite| cite.source == source);
            let cited: Vec<u32> = cited.flat_map(|cite| model[source].covered(cite)).collect();
            if cited.is_empty() {
                others.push((None, vec![*id], false));
            }
            for row in cited {
                rows.entry(row).or_default().push(*id);
            }
        }
        let rows = rows.into_iter().map(|(number, flows)| (Some(number), flows, true)).chain(others).collect();
        let cited = &model[source];
        let mut expected = Self::from_rows(model, rows);
        for row in &mut expected.rows {
            row.name = row.number.map(|number| {
                let (table, number) = cited.in_table(number);
                cited.written(table, number)
            });
        }
        Self { has_table: true, skipped: cited.skipped().collect(), tables: cited.spans(), ..expected }
    }

    fn from_rows(model: &Model, rows: Vec<(Option<u32>, Vec<FlowId>, bool)>) -> Self {
        let mut expected = Self::default();
        for (number, flows, is_required) in rows {
            let row = expected.rows.len();
            let first = expected.items.len();
            for id in &flows {
                for line in &model[*id].lines {
                    expected.add_line(first, row, *id, &model[*id], line);
                }
            }
            // Flows of one row stand in the source in any order; a page counts upwards.
            if flows.len() > 1 {
                expected.items[first..].sort_by_key(|item| item.port);
            }
            expected.rows.push(SourceRow { number, name: None, flows, is_required });
        }
        expected
    }

    /// Flows of one row may share a port: it stands on the page once.
    fn add_line(&mut self, first: usize, row: usize, id: FlowId, flow: &Flow, line: &Line) {
        let (transports, port) = match line.traffic {
            Traffic::Ports { over, port } => (over.transports(), PagePort::Stated(port)),
            Traffic::Bare(protocol) => (&[][..], PagePort::Bare(protocol)),
        };
        let known = self.items[first..].iter_mut().find(|item| item.port == port);
        if let Some(item) = known {
            let new = transports.iter().filter(|transport| !item.transports.contains(transport));
            item.transports.extend(new.copied().collect::<Vec<_>>());
            let new = line.services.iter().filter(|service| !item.services.contains(service));
            item.services.extend(new.copied().collect::<Vec<_>>());
            return;
        }
        self.items.push(SourceItem {
            row,
            port,
            transports: transports.to_vec(),
            services: line.services.clone(),
            flow: id,
            span: line.span,
            is_transport_inferred: flow.inferred.contains(&Inferred::Transport),
        });
    }

    /// Both ends of a row's flows, and the machines by which a page may name them.
    pub(super) fn ends(&self, model: &Model, row: usize) -> Vec<ComponentId> {
        let flows = self.rows[row].flows.iter().map(|flow| &model[*flow]);
        let ends = flows.flat_map(|flow| flow.parties().collect::<Vec<_>>());
        ends.flat_map(|end| [vec![end], model.machines_of(end)].concat()).collect()
    }
}
