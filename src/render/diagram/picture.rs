//! Pictures without words: planned from the model, drawn when they are asked for first, and kept as long
//! as their bundle is rendered.

use std::collections::BTreeMap;

use super::graph::Graph;
use super::label::Phrases;
use super::layout::{Layout, Placed};
use super::matrix::Matrix;
use super::place::Layered;
use super::shape::{BoxNames, RowHeights, Workshop};
use super::signs::ConditionMarks;
use super::star::Star;
use crate::locale::LocaleId;
use crate::model::{ComponentId, FlowId, Model, PageRoute, ProductId};
use crate::render::Task;
use crate::render::holes::Stencil;

/// Whose connections a picture shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum PictureId {
    Product(ProductId),
    Component(ComponentId),
    /// A component with all that runs on it.
    Machine(ComponentId),
}

impl PictureId {
    /// Of a page; a scenario restyles the picture of its product.
    fn of(model: &Model, page: PageRoute) -> Option<Self> {
        match page {
            PageRoute::Product(id) => Some(Self::Product(id)),
            PageRoute::Component(id) if model.machine_of_page(page).is_some() => Some(Self::Machine(id)),
            PageRoute::Component(id) => Some(Self::Component(id)),
            PageRoute::Scenario(id) => Some(Self::Product(model[id].product)),
            PageRoute::Home
            | PageRoute::Compare(_)
            | PageRoute::Ports
            | PageRoute::Port(_)
            | PageRoute::Protocol(_)
            | PageRoute::Hosts
            | PageRoute::Domain(_)
            | PageRoute::Glossary
            | PageRoute::Status
            | PageRoute::Search
            | PageRoute::Prose(_) => None,
        }
    }
}

/// What there is to see on a page.
pub(in crate::render) struct Plan {
    id: PictureId,
    /// `None`: more than anybody could read.
    graph: Option<Graph>,
}

impl Plan {
    /// `None`: no flow.
    pub(in crate::render) fn of(model: &Model, page: PageRoute) -> Option<Self> {
        Self::of_id(model, PictureId::of(model, page)?)
    }

    fn of_id(model: &Model, id: PictureId) -> Option<Self> {
        let graph = match id {
            PictureId::Product(id) => {
                let graph = Graph::of_product(model, id);
                (!graph.nodes.is_empty()).then(|| graph.for_overview(model))?
            }
            PictureId::Component(id) => {
                let flows = flows_of(model, id);
                (!flows.is_empty()).then(|| Graph::of_component(model, id, &flows).for_star(model))?
            }
            PictureId::Machine(id) => {
                let flows = flows_of(model, id);
                (!flows.is_empty()).then(|| Graph::of_machine(model, id, &flows).for_overview(model))?
            }
        };
        Some(Self { id, graph })
    }

    /// Whether a page has a picture.
    pub(in crate::render) fn is_drawn(model: &Model, page: PageRoute) -> bool {
        Self::of(model, page).is_some_and(|plan| plan.graph.is_some())
    }

    fn draw(self, task: Task<'_>, names: &mut BoxNames, phrases: &mut Phrases) -> Picture {
        let Some(graph) = self.graph else { return Picture::TooLarge };
        let model = &task.site().model;
        names.learn(task, graph.nodes.iter().flat_map(|node| &node.parties).copied());
        let flows = graph.bundles.iter().flat_map(|bundle| bundle.flows.iter().map(|carried| carried.flow));
        let mut flows: Vec<FlowId> = flows.collect();
        flows.sort_unstable();
        flows.dedup();
        phrases.learn(task, &flows);
        let product = |flow: &FlowId| model[*flow].product;
        let is_of_one = matches!(self.id, PictureId::Product(_));
        let shows_products = !is_of_one && flows.iter().any(|flow| product(flow) != product(&flows[0]));
        let can_choose = |flow, group, opener| model.leaves_choice(flow, group, opener);
        let marks = ConditionMarks::of(flows.iter().filter_map(|flow| phrases.condition_of(*flow)))
            .with_groups(model, flows, can_choose);
        let marks = marks.with_remarks(model, &graph, |_| true);
        let (request, rows) = Workshop { task, names, phrases }.request(&graph, &marks, shows_products);
        let placed = match self.id {
            PictureId::Product(_) | PictureId::Machine(_) => Layered.place(&request),
            PictureId::Component(_) => Star.place(&request),
        };
        let matrix = match self.id {
            PictureId::Product(_) | PictureId::Machine(_) => Matrix::of(model, &graph, (phrases, &marks), |_| true),
            PictureId::Component(_) => None,
        };
        Picture::Drawn(Box::new(Drawn { graph, placed, rows, marks, matrix, shows_products }))
    }
}

/// What stands on the page of a component: what is needed, and what must be blocked.
fn flows_of(model: &Model, id: ComponentId) -> Vec<FlowId> {
    [model.views.flows_of(id), model.views.blocked_of(id)].concat()
}

/// What became of a plan.
pub(super) enum Picture {
    /// More than anybody could read.
    TooLarge,
    /// A picture.
    Drawn(Box<Drawn>),
}

/// A picture without words.
pub(super) struct Drawn {
    pub(super) graph: Graph,
    pub(super) placed: Placed,
    /// Heights of rows of lists, by box.
    pub(super) rows: Vec<RowHeights>,
    pub(super) marks: ConditionMarks,
    /// The same as a table, where that says more than a list.
    pub(super) matrix: Option<Matrix>,
    /// Whether parties of several products stand in it.
    pub(super) shows_products: bool,
}

/// A picture with links that still have to be led somewhere.
#[derive(Debug)]
pub(super) struct Inked {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) svg: Stencil,
}

/// The pictures that were drawn so far, and the words that they are made with.
#[derive(Default)]
pub(in crate::render) struct Pictures {
    names: BoxNames,
    phrases: Phrases,
    drawn: BTreeMap<PictureId, Picture>,
    /// What was written last: a page is followed by the file of its picture.
    pub(super) inked: Option<((LocaleId, PageRoute), Inked)>,
}

impl Pictures {
    /// Whether a page has a picture; none is drawn to say so.
    pub(super) fn is_drawn(&self, model: &Model, page: PageRoute) -> bool {
        match PictureId::of(model, page).and_then(|id| self.drawn.get(&id)) {
            Some(picture) => matches!(picture, Picture::Drawn(_)),
            None => Plan::is_drawn(model, page),
        }
    }

    /// The picture of a page, drawn if it is not there yet; `None`: there is nothing to see.
    pub(super) fn find<'a>(&'a mut self, task: Task<'a>, page: PageRoute) -> Option<(Workshop<'a>, &'a Picture)> {
        let model = &task.site().model;
        let id = PictureId::of(model, page)?;
        if !self.drawn.contains_key(&id) {
            let plan = Plan::of_id(model, id)?;
            self.drawn.insert(id, plan.draw(task, &mut self.names, &mut self.phrases));
        }
        let picture = &self.drawn[&id];
        if let Picture::Drawn(drawn) = picture {
            // What it is made of may have been said for another file.
            let flows = drawn.graph.bundles.iter().flat_map(|bundle| &bundle.flows);
            self.phrases.tell_unsaid(task.failed, flows.map(|carried| carried.flow));
            let parties = drawn.graph.nodes.iter().flat_map(|node| &node.parties);
            for (party, locale) in
                parties.flat_map(|party| task.site().config.locales.ids().map(|locale| (*party, locale)))
            {
                task.voice(locale).party_name(party);
            }
        }
        Some((Workshop { task, names: &self.names, phrases: &self.phrases }, picture))
    }
}
