//! Ids of resolved items: dense numbers, one type per kind, so that no flow is taken for a note.

use super::{
    CitedSource, Component, ConfigOption, Flow, Model, Note, Product, ProsePage, Scenario, Service, Term, Zone,
};

/// A dense number that stands for an item.
pub trait Id: Copy {
    /// From its position.
    fn from_index(index: usize) -> Self;
    /// Its position.
    fn index(self) -> usize;
}

/// The first `count` ids.
pub fn ids<I: Id>(count: usize) -> impl DoubleEndedIterator<Item = I> {
    (0..count).map(I::from_index)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $field:ident: $item:ty),* $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
            pub struct $name(u32);

            impl Id for $name {
                fn from_index(index: usize) -> Self { Self(index as u32) }
                fn index(self) -> usize { self.0 as usize }
            }

            impl std::ops::Index<$name> for Model {
                type Output = $item;
                fn index(&self, id: $name) -> &$item { &self.$field[id.0 as usize] }
            }
        )*
    };
}

ids! {
    /// A product.
    ProductId => products: Product,
    /// A component.
    ComponentId => components: Component,
    /// An option.
    OptionId => options: ConfigOption,
    /// A flow.
    FlowId => flows: Flow,
    /// A service.
    ServiceId => services: Service,
    /// A zone.
    ZoneId => zones: Zone,
    /// A term.
    TermId => terms: Term,
    /// A note.
    NoteId => notes: Note,
    /// A scenario.
    ScenarioId => scenarios: Scenario,
    /// A source.
    CitedId => sources: CitedSource,
    /// A prose page.
    PageId => pages: ProsePage,
}

/// A translatable text; its words live in `l10n`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnitId(u32);

impl Id for UnitId {
    fn from_index(index: usize) -> Self {
        Self(index as u32)
    }
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Any item of the model: what `allow` is written on and what a check speaks of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "the variants are the ids above")]
pub enum Item {
    Product(ProductId),
    Component(ComponentId),
    /// A component of common as one product knows it, which may have been the product's own.
    Member(ProductId, ComponentId),
    Option(OptionId),
    Choice(OptionId, u8),
    Flow(FlowId),
    Service(ServiceId),
    Zone(ZoneId),
    Term(TermId),
    Note(NoteId),
    Scenario(ScenarioId),
    Source(CitedId),
    Table(CitedId, u32),
    Page(PageId),
    Section(PageId, u32),
    List(u32),
    Range(u32),
}
