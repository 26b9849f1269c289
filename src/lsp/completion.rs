//! Ids that may stand at a place, with what they are called.

use std::ops::Range;

use serde_json::{Value, json};

use super::card::card_of_names;
use super::known::Known;
use super::reference::{Mention, mention_at};
use super::view::{Spot, View};
use super::wanted::Wanted;
use crate::diagnostic::Code;
use crate::item::ItemKind;
use crate::l10n::RefKind;
use crate::model::{Item, OptionId, ProductId, THIS};

/// More than anybody reads; whoever types on gets others.
const MOST_ITEMS: usize = 400;

/// Numbers of the protocol for what is offered.
const ENUM: u8 = 13;
const KEYWORD: u8 = 14;
const FILE: u8 = 17;
const REFERENCE: u8 = 18;
const ENUM_MEMBER: u8 = 20;
const CONSTANT: u8 = 21;

/// Something that may be typed.
struct Offer {
    label: String,
    item: Option<Item>,
    kind: u8,
}

impl Offer {
    fn word(label: impl Into<String>) -> Self {
        Self { label: label.into(), item: None, kind: KEYWORD }
    }

    fn item(known: &Known<'_>, label: String) -> Self {
        let kind = match known.kind {
            ItemKind::Product | ItemKind::Page => FILE,
            ItemKind::Option => ENUM,
            ItemKind::Choice | ItemKind::Table => ENUM_MEMBER,
            ItemKind::PortRange | ItemKind::AddressList => CONSTANT,
            ItemKind::Component
            | ItemKind::Flow
            | ItemKind::Scenario
            | ItemKind::Note
            | ItemKind::Source
            | ItemKind::Term
            | ItemKind::Section
            | ItemKind::Zone
            | ItemKind::Service => REFERENCE,
        };
        Self { label, item: Some(known.item), kind }
    }
}

/// What may stand at a place.
pub(super) fn complete(view: View<'_>, spot: &Spot<'_>) -> Value {
    let finder = Finder { view, product: view.product(&spot.path) };
    let (offers, range) = match mention_at(spot.text, spot.offset) {
        Some(mention) => (finder.mentioned(&mention), mention.word),
        None => match spot.wanted() {
            Some((context, wanted)) => (wanted.iter().flat_map(|wanted| finder.offers(wanted)).collect(), context.word),
            None => return Value::Null,
        },
    };
    list(view, spot, offers, range)
}

fn list(view: View<'_>, spot: &Spot<'_>, mut offers: Vec<Offer>, range: Range<usize>) -> Value {
    let typed = spot.text.get(range.start..spot.offset).unwrap_or_default();
    let is_long = offers.len() > MOST_ITEMS;
    if is_long {
        offers.retain(|offer| offer.label.contains(typed));
    }
    let is_incomplete = offers.len() > MOST_ITEMS || is_long;
    offers.truncate(MOST_ITEMS);
    let range = view.lines(spot.text).range(range);
    let item = |offer: Offer| {
        let mut item = json!({
            "label": offer.label,
            "kind": offer.kind,
            "textEdit": { "range": range, "newText": offer.label },
        });
        if let Some(known) = offer.item.map(|item| Known::of(&view.site().model, item)) {
            let names = known.names(view.site());
            let names: Vec<_> = names.into_iter().map(|(_, name)| name).collect();
            item["detail"] = json!(names.join(" · "));
            item["documentation"] = json!({ "kind": "markdown", "value": card_of_names(view, &known) });
        }
        item
    };
    json!({ "isIncomplete": is_incomplete, "items": offers.into_iter().map(item).collect::<Vec<_>>() })
}

/// Looks for what may be offered.
#[derive(Clone, Copy)]
struct Finder<'a> {
    view: View<'a>,
    /// The product whose file it is.
    product: Option<ProductId>,
}

impl Finder<'_> {
    fn offers(self, wanted: &Wanted) -> Vec<Offer> {
        match wanted {
            Wanted::Item(kind) => self.of_kind(*kind, self.product),
            Wanted::ChoiceOf(option) => self.option(self.product, option).map_or_else(Vec::new, |id| self.choices(id)),
            Wanted::TableOf(source) => self.tables(source),
            Wanted::Word(word) => vec![Offer::word(*word)],
            Wanted::Code => Code::ALL.iter().map(|code| Offer::word(code.as_str())).collect(),
        }
    }

    /// The items of a kind that a product may name: its own and those of common.
    fn of_kind(self, kind: ItemKind, product: Option<ProductId>) -> Vec<Offer> {
        let model = &self.view.site().model;
        let is_near = |own: Option<ProductId>| own.is_none() || own == product;
        let found = model.items().filter(|defined| defined.kind == kind && is_near(defined.product));
        found.map(|defined| Offer::item(&Known::of(model, defined.item), defined.id.to_owned())).collect()
    }

    fn option(self, product: Option<ProductId>, id: &str) -> Option<OptionId> {
        self.view.site().ids.options.find(product, id)
    }

    fn choices(self, option: OptionId) -> Vec<Offer> {
        let model = &self.view.site().model;
        let known = (0..model[option].choices.len()).map(|at| Known::of(model, Item::Choice(option, at as u8)));
        known.map(|known| Offer::item(&known, known.id.to_owned())).collect()
    }

    /// Rows of a table are written behind its id.
    fn tables(self, source: &str) -> Vec<Offer> {
        let site = self.view.site();
        let Some(source) = site.ids.sources.find(self.product, source) else { return Vec::new() };
        let known =
            (0..site.model[source].tables.len()).map(|at| Known::of(&site.model, Item::Table(source, at as u32)));
        known.map(|known| Offer::item(&known, format!("{}/", known.id))).collect()
    }

    /// What may be mentioned in a text.
    fn mentioned(self, mention: &Mention<'_>) -> Vec<Offer> {
        let Some(kind) = mention.kind else {
            return RefKind::ALL.iter().map(|kind| Offer::word(format!("{}:", kind.as_str()))).collect();
        };
        let ids = &self.view.site().ids;
        let product_of = |id: &str| ids.products.find(None, id);
        match (kind.item(), mention.before.as_slice()) {
            (None, []) if kind == RefKind::Host => self.hosts(),
            (Some(ItemKind::Product), [product]) if product_of(product).is_some() => vec![Offer::word("versions")],
            (Some(kind @ (ItemKind::Product | ItemKind::Term | ItemKind::Page)), []) => self.of_kind(kind, None),
            (Some(kind), []) => self.scoped(kind),
            (Some(ItemKind::Option), [option]) if self.option(self.product, option).is_some() => {
                self.option(self.product, option).map_or_else(Vec::new, |option| self.choices(option))
            }
            (Some(ItemKind::Option), [product, option]) => {
                let option = product_of(product).and_then(|product| self.option(Some(product), option));
                option.map_or_else(Vec::new, |option| self.choices(option))
            }
            (Some(kind), [product]) => {
                let Some(product) = product_of(product) else { return Vec::new() };
                let model = &self.view.site().model;
                let own = model.items().filter(|defined| defined.kind == kind && defined.product == Some(product));
                own.map(|own| Offer::item(&Known::of(model, own.item), own.id.to_owned())).collect()
            }
            (_, _) => Vec::new(),
        }
    }

    /// Items by the ids that a text has for them; outside products with the id of their product.
    fn scoped(self, kind: ItemKind) -> Vec<Offer> {
        let mut offers = self.of_kind(kind, self.product);
        if self.product.is_some() {
            offers.extend((kind == ItemKind::Flow).then(|| Offer::word(THIS)));
            return offers;
        }
        let model = &self.view.site().model;
        let of_products = model.items().filter(|defined| defined.kind == kind && defined.product.is_some());
        let known = of_products.map(|defined| Known::of(model, defined.item));
        offers.extend(known.map(|known| Offer::item(&known, known.path(model))));
        offers
    }

    /// Addresses that some flow names.
    fn hosts(self) -> Vec<Offer> {
        let model = &self.view.site().model;
        let flows = model.flows.iter().filter(|flow| self.product.is_none_or(|product| flow.product == product));
        let addresses = flows.flat_map(|flow| flow.to.hosts.list.iter().chain(&flow.from.hosts.list));
        let texts: std::collections::BTreeSet<_> = addresses.map(|address| address.text.as_str()).collect();
        texts.into_iter().map(Offer::word).collect()
    }
}
