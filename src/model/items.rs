//! Everything that has an id of its own, in one list.

use super::{CitedId, ComponentId, Id, Item, Model, OptionId, ProductId, ids};
use crate::item::ItemKind;
use crate::span::Span;

/// An item where it is defined.
#[derive(Clone, Copy, Debug)]
pub struct Defined<'a> {
    /// The item.
    pub item: Item,
    /// What it is.
    pub kind: ItemKind,
    /// The product it stands in; `None`: common, or beside products.
    pub product: Option<ProductId>,
    /// Of a choice its option, of a table its source.
    pub whole: Option<Item>,
    /// Its id.
    pub id: &'a str,
    /// Where its id is written; of a product or a page, where its file begins.
    pub span: Span,
}

impl Defined<'_> {
    /// Its id as commands take it, with its product: `guard/agent`, `guard/version/v11-0`.
    pub fn path(&self, model: &Model) -> String {
        let product = self.product.map(|product| model[product].id.as_str());
        let whole = match self.whole {
            Some(Item::Option(option)) => Some(model[option].id.as_str()),
            Some(Item::Source(source)) => Some(model[source].id.as_str()),
            _ => None,
        };
        [product, whole, Some(self.id)].into_iter().flatten().collect::<Vec<_>>().join("/")
    }
}

impl Model {
    /// Every item but sections, kind by kind. The choices of a switch are nobody's words and no items.
    pub fn items(&self) -> impl Iterator<Item = Defined<'_>> {
        let of = |kind, item, product, id, span| Defined { item, kind, product, whole: None, id, span };
        let products = ids::<ProductId>(self.products.len())
            .map(move |id| of(ItemKind::Product, Item::Product(id), None, self[id].id.as_str(), self[id].span));
        let components = ids::<ComponentId>(self.components.len()).map(move |id| {
            of(ItemKind::Component, Item::Component(id), self[id].product, self[id].id.as_str(), self[id].span)
        });
        let options = ids::<OptionId>(self.options.len()).map(move |id| {
            of(ItemKind::Option, Item::Option(id), self[id].product, self[id].id.as_str(), self[id].span)
        });
        let flows = ids(self.flows.len())
            .map(move |id| of(ItemKind::Flow, Item::Flow(id), Some(self[id].product), &self[id].id, self[id].span));
        let scenarios = ids(self.scenarios.len()).map(move |id| {
            of(ItemKind::Scenario, Item::Scenario(id), Some(self[id].product), &self[id].id, self[id].span)
        });
        let notes = ids(self.notes.len())
            .map(move |id| of(ItemKind::Note, Item::Note(id), Some(self[id].product), &self[id].id, self[id].span));
        let sources = ids(self.sources.len())
            .map(move |id| of(ItemKind::Source, Item::Source(id), Some(self[id].product), &self[id].id, self[id].span));
        let terms =
            ids(self.terms.len()).map(move |id| of(ItemKind::Term, Item::Term(id), None, &self[id].id, self[id].span));
        let pages =
            ids(self.pages.len()).map(move |id| of(ItemKind::Page, Item::Page(id), None, &self[id].id, self[id].span));
        let zones =
            ids(self.zones.len()).map(move |id| of(ItemKind::Zone, Item::Zone(id), None, &self[id].id, self[id].span));
        let services = ids(self.services.len())
            .map(move |id| of(ItemKind::Service, Item::Service(id), None, &self[id].id, self[id].span));
        let lists = self.lists.iter().enumerate().map(move |(position, list)| {
            of(ItemKind::AddressList, Item::List(position as u32), list.product, list.id.as_str(), list.span)
        });
        let ranges = self.ranges.iter().enumerate().map(move |(position, range)| {
            of(ItemKind::PortRange, Item::Range(position as u32), None, range.id.as_str(), range.span)
        });
        let all = products.chain(components).chain(flows).chain(options).chain(self.choices());
        let all = all.chain(scenarios).chain(notes).chain(sources).chain(self.tables()).chain(terms);
        all.chain(pages).chain(zones).chain(services).chain(lists).chain(ranges)
    }

    fn tables(&self) -> impl Iterator<Item = Defined<'_>> {
        ids::<CitedId>(self.sources.len()).flat_map(move |id| {
            let source = &self[id];
            source.tables.iter().enumerate().map(move |(position, table)| Defined {
                item: Item::Table(id, position as u32),
                kind: ItemKind::Table,
                product: Some(source.product),
                whole: Some(Item::Source(id)),
                id: table.id.as_str(),
                span: table.span,
            })
        })
    }

    fn choices(&self) -> impl Iterator<Item = Defined<'_>> {
        let written = self.options.iter().enumerate().filter(|(_, option)| !option.is_switch);
        written.flat_map(|(position, option)| {
            let id = OptionId::from_index(position);
            option.choices.iter().enumerate().map(move |(position, choice)| Defined {
                item: Item::Choice(id, position as u8),
                kind: ItemKind::Choice,
                product: option.product,
                whole: Some(Item::Option(id)),
                id: choice.id.as_str(),
                span: choice.span,
            })
        })
    }
}
