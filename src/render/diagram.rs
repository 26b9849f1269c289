//! Pictures of connections, drawn from the flows: of a product, of a component, of a scenario.
//!
//! [`Diagrams::draw`] decides once, for all locales, what each picture shows and where it stands
//! (graph → groups → sizes → layout); a page then fills in the words of its locale. The geometry
//! knows no words, the graph no geometry, and neither knows SVG, which is a template of the theme.
//!
//! ```text
//!   graph, group → shape (measure, label) → layout: place (columns, order, spread) | star → view → figure (drawing), mermaid
//! ```

mod columns;
mod drawing;
mod figure;
mod graph;
mod group;
mod label;
pub mod layout;
pub mod measure;
mod mermaid;
mod order;
mod place;
mod shape;
mod spread;
mod star;
mod view;

use rayon::prelude::*;

pub(super) use figure::{Figure, StandAlone};
pub(super) use mermaid::Mermaid;
pub use place::Layered;
pub use star::Star;

use super::Links;
use crate::model::{ComponentId, Id, PageRoute, ProductId, ids};
use crate::site::Site;
use graph::{Graph, flows_by_component};
use label::Marks;
use layout::{Layout, Placed};
use shape::{Rows, Workshop};

/// All pictures of a site.
pub struct Diagrams<'a> {
    workshop: Workshop<'a>,
    /// By product; a scenario restyles that of its product.
    products: Vec<Picture>,
    /// By component.
    components: Vec<Picture>,
    /// How links to pages are written.
    links: Links,
    kept: figure::Kept,
}

/// What there is to see.
enum Picture {
    /// No flow.
    Nothing,
    /// More than anybody could read.
    TooLarge,
    /// A picture.
    Drawn(Box<Drawn>),
}

/// A picture without words.
struct Drawn {
    graph: Graph,
    placed: Placed,
    /// Rows of lists, by box.
    rows: Vec<Rows>,
    marks: Marks,
    /// Whether parties of several products stand in it.
    shows_products: bool,
}

impl<'a> Diagrams<'a> {
    /// Draws all pictures.
    pub fn draw(site: &'a Site, links: Links) -> Self {
        let workshop = Workshop::of(site);
        let flows = flows_by_component(&site.model);
        let products: Vec<ProductId> = ids(site.model.products.len()).collect();
        let components: Vec<ComponentId> = ids(site.model.components.len()).collect();
        let product = |id: ProductId| {
            let graph = Graph::of_product(&site.model, id);
            let is_empty = graph.nodes.is_empty();
            draw_picture(&workshop, is_empty, graph.for_overview(&site.model), false, &Layered)
        };
        let component = |id: ComponentId| {
            let flows = &flows[id.index()];
            let of = |flow: &crate::model::FlowId| site.model[*flow].product;
            let has_several = flows.windows(2).any(|pair| of(&pair[0]) != of(&pair[1]));
            let graph = Graph::of_component(&site.model, id, flows);
            draw_picture(&workshop, flows.is_empty(), graph.for_star(), has_several, &Star)
        };
        let products = products.into_par_iter().map(product).collect();
        let components = components.into_par_iter().map(component).collect();
        Self { workshop, products, components, links, kept: figure::Kept::default() }
    }

    /// Whether a page shows a picture.
    pub fn has(&self, page: PageRoute) -> bool {
        matches!(self.picture(page), Some(Picture::Drawn(_)))
    }

    /// How many pictures were drawn.
    pub fn count(&self) -> usize {
        let all = self.products.iter().chain(&self.components);
        all.filter(|picture| matches!(picture, Picture::Drawn(_))).count()
    }

    fn picture(&self, page: PageRoute) -> Option<&Picture> {
        match page {
            PageRoute::Product(id) => self.products.get(id.index()),
            PageRoute::Component(id) => self.components.get(id.index()),
            PageRoute::Scenario(id) => self.products.get(self.workshop.site.model[id].product.index()),
            PageRoute::Home
            | PageRoute::Ports
            | PageRoute::Port(_)
            | PageRoute::Hosts
            | PageRoute::Domain(_)
            | PageRoute::Glossary
            | PageRoute::Status
            | PageRoute::Search
            | PageRoute::Prose(_) => None,
        }
    }
}

fn draw_picture(
    workshop: &Workshop<'_>,
    is_empty: bool,
    graph: Option<Graph>,
    shows_products: bool,
    layout: &dyn Layout,
) -> Picture {
    if is_empty {
        return Picture::Nothing;
    }
    let Some(graph) = graph else { return Picture::TooLarge };
    let flows = graph.bundles.iter().flat_map(|bundle| bundle.flows.iter().map(|carried| carried.flow));
    let mut flows: Vec<_> = flows.collect();
    flows.sort_unstable();
    flows.dedup();
    let model = &workshop.site.model;
    let marks = Marks::of(&workshop.phrases, flows.iter().copied()).with_groups(model, flows, |_, _| true);
    let marks = marks.with_scopes(model, &graph, |_| true);
    let (request, rows) = workshop.request(&graph, &marks, shows_products);
    let placed = layout.place(&request);
    Picture::Drawn(Box::new(Drawn { graph, placed, rows, marks, shows_products }))
}
