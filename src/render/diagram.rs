//! Pictures of connections, drawn from the flows: of a product, of a component, of a scenario.
//!
//! A plan says whether a page has one: which boxes and which lines (graph, groups). It is drawn when
//! the first page asks for it, once for all locales (sizes, layout); a page then fills in the words of
//! its locale. The geometry knows no words, the graph no geometry, and neither knows SVG, which is a
//! template of the theme.
//!
//! ```text
//!   graph, group → picture: matrix, shape (measure, breaking by kinsoku, label) → layout: place (columns, order, spread) | star → view → figure (drawing, words, cells), mermaid
//! ```

pub mod breaking;
mod cells;
mod columns;
mod drawing;
mod figure;
mod graph;
mod group;
pub mod kinsoku;
mod label;
pub mod layout;
mod matrix;
pub mod measure;
mod mermaid;
mod order;
mod picture;
mod place;
mod shape;
mod signs;
mod spread;
mod star;
mod view;
mod words;

pub(super) use figure::{Figure, StandAlone};
pub(super) use mermaid::Mermaid;
pub(super) use picture::{Pictures, Plan};
pub use place::Layered;
pub use star::Star;
