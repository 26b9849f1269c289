//! Links: a page, and a place on it. They are values until they are written: what can be linked to is
//! what exists, and how anchors are spelled stands here alone.

use super::{
    Address, CitedId, ComponentId, FlowId, Model, NoteId, OptionId, PageId, PageRoute, PortRange, ProductId,
    ScenarioId, TermId,
};
use crate::item::ItemKind;
use crate::value::Protocol;

/// A link.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Link<'m> {
    /// Where it leads.
    pub page: PageRoute,
    /// To which place there; `None`: to its top.
    pub anchor: Option<Anchor<'m>>,
}

/// A place on a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Anchor<'m> {
    /// An item.
    Item(Anchored),
    /// A number or range among the ports of a product.
    Port(PortRange),
    /// A protocol without ports among the ports of a product.
    Protocol(Protocol),
    /// An address, as the data files have it.
    Host(&'m str),
    /// A part of the page itself, which begins with `_`.
    Theme(&'static str),
}

/// An item with an anchor on a page. Of what products share, the product on whose page it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "the kinds of items")]
pub enum Anchored {
    Flow(FlowId),
    Member(ProductId, ComponentId),
    Option(ProductId, OptionId),
    Scenario(ScenarioId),
    Source(CitedId),
    Note(NoteId),
    Term(TermId),
    Section(PageId, u32),
}

impl From<PageRoute> for Link<'_> {
    fn from(page: PageRoute) -> Self {
        Self { page, anchor: None }
    }
}

impl From<Anchored> for Anchor<'_> {
    fn from(item: Anchored) -> Self {
        Self::Item(item)
    }
}

impl<'m> PageRoute {
    /// A link to a place on the page.
    pub fn at(self, anchor: impl Into<Anchor<'m>>) -> Link<'m> {
        Link { page: self, anchor: Some(anchor.into()) }
    }
}

/// What the anchors of addresses begin with.
const HOST_ANCHOR: &str = "host-";
/// The same for ports.
const PORT_ANCHOR: &str = "port-";
/// The same for protocols without ports.
const PROTOCOL_ANCHOR: &str = "protocol-";

/// How no id of a flow may begin: anchors of other items do.
pub fn reserved_anchors() -> impl Iterator<Item = &'static str> {
    ItemKind::ALL.iter().filter_map(|kind| kind.anchor_prefix()).chain([HOST_ANCHOR, PORT_ANCHOR, PROTOCOL_ANCHOR])
}

impl Model {
    /// Where an item is told in full for the readers of its product.
    pub fn link_to(&self, item: Anchored) -> Link<'static> {
        let page = match item {
            Anchored::Flow(id) => PageRoute::Product(self[id].product),
            Anchored::Member(product, _) | Anchored::Option(product, _) => PageRoute::Product(product),
            Anchored::Scenario(id) => PageRoute::Product(self[id].product),
            Anchored::Source(id) => PageRoute::Product(self[id].product),
            Anchored::Note(id) => PageRoute::Product(self[id].product),
            Anchored::Term(_) => PageRoute::Glossary,
            Anchored::Section(page, _) => PageRoute::Prose(page),
        };
        page.at(item)
    }

    /// Where an address is listed with everything that uses it.
    pub fn link_to_address<'m>(&self, address: &'m Address) -> Link<'m> {
        let domain = self.views.domain_of(address).map(|position| PageRoute::Domain(position as u32));
        domain.unwrap_or(PageRoute::Hosts).at(Anchor::Host(&address.text))
    }

    /// The same for an address that is known by its text only; `None` where no flow uses it.
    pub fn link_to_host<'m>(&self, text: &'m str) -> Option<Link<'m>> {
        let page = match self.views.domain_with(text) {
            Some(position) => PageRoute::Domain(position as u32),
            None => self.views.addresses.contains_key(text).then_some(PageRoute::Hosts)?,
        };
        Some(page.at(Anchor::Host(text)))
    }

    /// An anchor as it stands behind `#` on a page.
    pub fn anchor<'m>(&self, page: PageRoute, anchor: impl Into<Anchor<'m>>) -> String {
        let mut text = String::new();
        self.push_anchor(&mut text, page, anchor.into());
        text
    }

    /// Appends an anchor as it stands behind `#` on a page.
    pub fn push_anchor(&self, out: &mut String, page: PageRoute, anchor: Anchor<'_>) {
        match anchor {
            Anchor::Item(item) => self.push_anchor_of(out, page, item),
            Anchor::Port(range) => {
                out.push_str(PORT_ANCHOR);
                out.push_str(&range.to_string());
            }
            Anchor::Protocol(protocol) => {
                out.push_str(PROTOCOL_ANCHOR);
                out.push_str(&protocol.to_string());
            }
            Anchor::Host(address) => push_host(out, address),
            Anchor::Theme(part) => out.push_str(part),
        }
    }

    fn push_anchor_of(&self, out: &mut String, page: PageRoute, item: Anchored) {
        // On the page of a common component items of several products stand together, and two of them
        // may have one id.
        if let Some(product) = self.told_apart_by(page, item) {
            out.push_str(&self[product].id);
            out.push_str(APART);
        }
        let (kind, id) = self.kind_and_id(item);
        out.push_str(kind.anchor_prefix().unwrap_or_default());
        out.push_str(id);
    }

    /// The product that an anchor names before its item, where the item's id alone is not enough.
    pub(super) fn told_apart_by(&self, page: PageRoute, item: Anchored) -> Option<ProductId> {
        match (page, item) {
            (PageRoute::Component(id), Anchored::Flow(flow)) if self[id].product.is_none() => Some(self[flow].product),
            (PageRoute::Component(id), Anchored::Note(note)) if self[id].product.is_none() => Some(self[note].product),
            _ => None,
        }
    }

    /// What an item is, and its id.
    pub(super) fn kind_and_id(&self, item: Anchored) -> (ItemKind, &str) {
        match item {
            Anchored::Flow(id) => (ItemKind::Flow, &self[id].id),
            Anchored::Member(_, id) => (ItemKind::Component, &self[id].id),
            Anchored::Option(_, id) => (ItemKind::Option, &self[id].id),
            Anchored::Scenario(id) => (ItemKind::Scenario, &self[id].id),
            Anchored::Source(id) => (ItemKind::Source, &self[id].id),
            Anchored::Note(id) => (ItemKind::Note, &self[id].id),
            Anchored::Term(id) => (ItemKind::Term, &self[id].id),
            Anchored::Section(page, at) => (ItemKind::Section, &self[page].sections[at as usize].id),
        }
    }
}

/// Between a product and its item.
pub(super) const APART: &str = "--";

/// The anchor of an address: what is not a letter or digit becomes a hyphen, which keeps apart
/// what any vendor publishes; two that would collide are told apart by their hash.
fn push_host(out: &mut String, address: &str) {
    out.push_str(HOST_ANCHOR);
    let slug: String = address.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
    if slug == address {
        out.push_str(&slug);
        return;
    }
    let hash = blake3::hash(address.as_bytes()).to_hex();
    out.push_str(slug.trim_matches('-'));
    out.push('-');
    out.push_str(&hash[..6]);
}
