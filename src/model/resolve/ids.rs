//! All ids of the content and what they stand for; collisions and reserved words are found here.
//! References in texts are resolved against the same tables later.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Report, Vocabulary, suggest};
use crate::item::{Home, ItemKind};
use crate::parse::RawContent;
use crate::parse::common::RawMeta;
use crate::span::{Span, Spanned};
use crate::value::words::NOBODY;

use super::super::link::reserved_anchors;
use super::super::route::{DEVICES, RESERVED_COMPONENTS, RESERVED_PAGES, RESERVED_SCENARIOS};
use super::super::{
    CitedId, ComponentId, FlowId, Id, Item, NoteId, OptionId, PageId, ProductId, ScenarioId, ServiceId, TermId, ZoneId,
};

/// Ids of one kind, by the product they belong to (`None`: common).
#[derive(Debug)]
pub struct IdTable<I> {
    entries: BTreeMap<Option<ProductId>, BTreeMap<String, (I, Span)>>,
    count: usize,
}

impl<I> Default for IdTable<I> {
    fn default() -> Self {
        Self { entries: BTreeMap::new(), count: 0 }
    }
}

impl<I: Id> IdTable<I> {
    /// Gives the next dense id to a name. A name that is taken is reported; its item is resolved
    /// like any other, and references go to the first.
    fn register(&mut self, kind: ItemKind, product: Option<ProductId>, name: &Spanned<String>, report: &mut Report) {
        let id = I::from_index(self.count);
        self.count += 1;
        let names = self.entries.entry(product).or_default();
        if let Some((_, first)) = names.get(&name.value) {
            report.add(
                Diagnostic::error(
                    Code::DuplicateId,
                    format!("the {} `{}` is defined twice", kind.as_str(), name.value),
                )
                .at(name.span)
                .label(*first, "first defined here")
                .help("rename one of the two, or remove it"),
            );
            return;
        }
        names.insert(name.value.clone(), (id, name.span));
    }

    /// Looks a name up in a product, then in common.
    pub fn find(&self, product: Option<ProductId>, name: &str) -> Option<I> {
        let scopes = [product, None];
        scopes.iter().find_map(|scope| self.entries.get(scope)?.get(name)).map(|(id, _)| *id)
    }

    /// Where a name is defined in exactly this scope.
    fn span_in(&self, product: Option<ProductId>, name: &str) -> Option<Span> {
        self.entries.get(&product)?.get(name).map(|(_, span)| *span)
    }

    /// Whether any product has an item of this name.
    pub(super) fn is_of_any_product(&self, name: &str) -> bool {
        self.entries.iter().any(|(product, names)| product.is_some() && names.contains_key(name))
    }

    /// Ids of a product and of common.
    fn names(&self, product: Option<ProductId>) -> Vec<String> {
        let mut scopes = vec![product, None];
        scopes.dedup();
        scopes.iter().filter_map(|scope| self.entries.get(scope)).flat_map(BTreeMap::keys).cloned().collect()
    }

    /// The diagnostic for a name that stands for nothing.
    pub(super) fn unknown(
        &self,
        code: Code,
        kind: ItemKind,
        product: Option<ProductId>,
        name: &Spanned<String>,
    ) -> Diagnostic {
        let known = self.names(product);
        let what = kind.as_str();
        let whereabouts = match kind.home() {
            Home::Common => "of common",
            Home::Product => "of the product",
            Home::ProductOrCommon if product.is_none() => "of common",
            Home::ProductOrCommon | Home::File | Home::Page => "of the product or of common",
        };
        let mut diagnostic = Diagnostic::error(code, format!("`{}` is no {what} {whereabouts}", name.value))
            .at(name.span)
            .mark("not defined");
        if let Some(help) = suggest(&name.value, known.iter().map(String::as_str), Vocabulary::Site) {
            return diagnostic.help(help);
        }
        if known.is_empty() {
            return diagnostic.help(format!("no {what} is defined yet"));
        }
        if known.len() <= 12 {
            diagnostic = diagnostic.help(format!("known: {}", known.join(", ")));
        }
        match kind.home() {
            Home::Common => {
                let key = what.replace(' ', "-");
                diagnostic.help(format!("correct the id, or define it under `{key}s:` in a file of `content/common/`"))
            }
            Home::Product | Home::ProductOrCommon | Home::File | Home::Page => {
                diagnostic.help(format!("define the {what}, or correct the id"))
            }
        }
    }
}

/// All ids of the content.
#[derive(Debug, Default)]
pub struct Ids {
    /// Products, in the order of their files.
    pub products: IdTable<ProductId>,
    /// Services; they exist only in common.
    pub services: IdTable<ServiceId>,
    /// Components.
    pub components: IdTable<ComponentId>,
    /// Zones; they exist only in common.
    pub zones: IdTable<ZoneId>,
    /// Options.
    pub options: IdTable<OptionId>,
    /// Flows.
    pub flows: IdTable<FlowId>,
    /// Scenarios.
    pub scenarios: IdTable<ScenarioId>,
    /// Sources.
    pub sources: IdTable<CitedId>,
    /// Terms; they exist only in common.
    pub terms: IdTable<TermId>,
    /// Prose pages.
    pub pages: IdTable<PageId>,
    lists: IdTable<ListId>,
    ranges: IdTable<ListId>,
    notes: IdTable<NoteId>,
}

/// Position of an address list or of a named range in the model.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListId(usize);

impl Id for ListId {
    fn from_index(index: usize) -> Self {
        Self(index)
    }
    fn index(self) -> usize {
        self.0
    }
}

/// The flow that a text belongs to, as references name it.
pub const THIS: &str = "this";
/// Ids that no flow may have: words of references.
pub const RESERVED_FLOWS: &[&str] = &[THIS];
/// Ids that no component may have: what `from` and `to` say where none stands there.
pub const RESERVED_ENDS: &[&str] = &[NOBODY[0].0, NOBODY[1].0];
const _: () = assert!(NOBODY.len() == RESERVED_ENDS.len());

impl Ids {
    /// Registers every id, in the order in which items are resolved.
    pub(super) fn register(content: &RawContent, report: &mut Report) -> Self {
        let mut ids = Self::default();
        for file in &content.common {
            file.services.iter().for_each(|item| ids.services.register(ItemKind::Service, None, &item.id, report));
            file.zones.iter().for_each(|item| ids.zones.register(ItemKind::Zone, None, &item.id, report));
            file.components.iter().for_each(|item| {
                refuse_reserved(ItemKind::Component, &item.id, report);
                ids.components.register(ItemKind::Component, None, &item.id, report);
            });
            file.options.iter().for_each(|item| ids.options.register(ItemKind::Option, None, &item.id, report));
            file.terms.iter().for_each(|item| ids.terms.register(ItemKind::Term, None, &item.id, report));
            file.lists.iter().for_each(|item| ids.lists.register(ItemKind::AddressList, None, &item.id, report));
            file.ranges.iter().for_each(|item| ids.ranges.register(ItemKind::PortRange, None, &item.id, report));
        }
        for (position, product) in content.products.iter().enumerate() {
            ids.register_product(ProductId::from_index(position), product, report);
        }
        Self::refuse_former_ids(content, report);
        for page in &content.pages {
            refuse_reserved(ItemKind::Page, &page.id, report);
            refuse_former_reserved(ItemKind::Page, &page.meta, report);
            ids.pages.register(ItemKind::Page, None, &page.id, report);
        }
        ids
    }

    fn register_product(&mut self, id: ProductId, product: &crate::parse::product::RawProduct, report: &mut Report) {
        let scope = Some(id);
        self.products.register(ItemKind::Product, None, &product.id, report);
        refuse_reserved(ItemKind::Product, &product.id, report);
        refuse_former_reserved(ItemKind::Product, &product.meta, report);
        for item in &product.components {
            // An entry with the id of a common component adds to it and is no component of its own.
            if self.components.span_in(None, &item.id.value).is_none() {
                refuse_reserved(ItemKind::Component, &item.id, report);
                self.components.register(ItemKind::Component, scope, &item.id, report);
            }
        }
        for item in &product.options {
            if let Some(common) = self.options.span_in(None, &item.id.value) {
                report.add(
                    Diagnostic::error(
                        Code::CommonOverride,
                        format!("`{}` is an option of common, which a product can't change", item.id.value),
                    )
                    .at(item.id.span)
                    .label(common, "defined here")
                    .help("use it as it is, give it a default under `defaults`, or choose another id"),
                );
            }
            self.options.register(ItemKind::Option, scope, &item.id, report);
        }
        for item in &product.flows {
            refuse_reserved(ItemKind::Flow, &item.id, report);
            self.flows.register(ItemKind::Flow, scope, &item.id, report);
        }
        for item in &product.scenarios {
            refuse_reserved(ItemKind::Scenario, &item.id, report);
            self.scenarios.register(ItemKind::Scenario, scope, &item.id, report);
        }
        product.sources.iter().for_each(|item| self.sources.register(ItemKind::Source, scope, &item.id, report));
        product.notes.iter().for_each(|item| self.notes.register(ItemKind::Note, scope, &item.id, report));
        for item in &product.lists {
            if let Some(common) = self.lists.span_in(None, &item.id.value) {
                report.add(
                    Diagnostic::error(
                        Code::DuplicateId,
                        format!("the address list `{}` is defined in common too", item.id.value),
                    )
                    .at(item.id.span)
                    .label(common, "defined here")
                    .help("rename one of the two"),
                );
            }
            self.lists.register(ItemKind::AddressList, scope, &item.id, report);
        }
    }

    /// Items that share a folder or a page must not share an id, be it a present or a former one.
    fn refuse_former_ids(content: &RawContent, report: &mut Report) {
        // Products and pages stand side by side below the locale.
        let products = content.products.iter().map(|item| (&item.id, &item.meta));
        let pages = content.pages.iter().map(|item| (&item.id, &item.meta));
        refuse_former_ids("product or page", products.chain(pages), report);
        let common = || content.common.iter();
        refuse_former_ids("term", common().flat_map(|file| &file.terms).map(|item| (&item.id, &item.meta)), report);
        refuse_former_ids(
            "component",
            common().flat_map(|file| &file.components).map(|item| (&item.id, &item.meta)),
            report,
        );
        refuse_former_ids("option", common().flat_map(|file| &file.options).map(|item| (&item.id, &item.meta)), report);
        for product in &content.products {
            let flows = product.flows.iter().map(|item| (&item.id, &item.meta));
            flows.clone().for_each(|(_, meta)| refuse_former_reserved(ItemKind::Flow, meta, report));
            refuse_former_ids("flow", flows, report);
            refuse_former_ids("option", product.options.iter().map(|item| (&item.id, &item.meta)), report);
            refuse_former_ids("source", product.sources.iter().map(|item| (&item.id, &item.meta)), report);
            refuse_former_ids("component", product.components.iter().map(|item| (&item.id, &item.meta)), report);
            refuse_former_ids("scenario", product.scenarios.iter().map(|item| (&item.id, &item.meta)), report);
            refuse_former_ids("note", product.notes.iter().map(|item| (&item.id, &item.meta)), report);
        }
        for page in &content.pages {
            refuse_former_ids("section", page.sections.iter().map(|item| (&item.id, &item.meta)), report);
        }
    }

    /// Ids of one kind that a text of a product may use.
    pub fn candidates(&self, kind: ItemKind, product: Option<ProductId>) -> Vec<String> {
        match kind {
            ItemKind::Component => self.components.names(product),
            ItemKind::Flow => self.flows.names(product),
            ItemKind::Option => self.options.names(product),
            ItemKind::Product => self.products.names(None),
            ItemKind::Scenario => self.scenarios.names(product),
            ItemKind::Source => self.sources.names(product),
            ItemKind::Term => self.terms.names(None),
            ItemKind::Page => self.pages.names(None),
            ItemKind::Choice
            | ItemKind::Table
            | ItemKind::Note
            | ItemKind::Section
            | ItemKind::Zone
            | ItemKind::Service
            | ItemKind::AddressList
            | ItemKind::PortRange => Vec::new(),
        }
    }

    /// The item an id stands for in a product, or in common; choices, tables and sections have no ids alone.
    pub fn find(&self, kind: ItemKind, product: Option<ProductId>, id: &str) -> Option<Item> {
        match kind {
            ItemKind::Product => self.products.find(None, id).map(Item::Product),
            ItemKind::Component => self.components.find(product, id).map(Item::Component),
            ItemKind::Flow => self.flows.find(product, id).map(Item::Flow),
            ItemKind::Option => self.options.find(product, id).map(Item::Option),
            ItemKind::Scenario => self.scenarios.find(product, id).map(Item::Scenario),
            ItemKind::Note => self.notes.find(product, id).map(Item::Note),
            ItemKind::Source => self.sources.find(product, id).map(Item::Source),
            ItemKind::Term => self.terms.find(None, id).map(Item::Term),
            ItemKind::Page => self.pages.find(None, id).map(Item::Page),
            ItemKind::Zone => self.zones.find(None, id).map(Item::Zone),
            ItemKind::Service => self.services.find(None, id).map(Item::Service),
            ItemKind::AddressList => self.lists.find(product, id).map(|list| Item::List(list.index() as u32)),
            ItemKind::PortRange => self.ranges.find(None, id).map(|range| Item::Range(range.index() as u32)),
            ItemKind::Choice | ItemKind::Table | ItemKind::Section => None,
        }
    }

    /// The address list a name stands for.
    pub(super) fn find_list(&self, product: Option<ProductId>, name: &str) -> Option<usize> {
        self.lists.find(product, name).map(Id::index)
    }

    /// The diagnostic for a named range nobody defines.
    pub(super) fn unknown_range(&self, name: &Spanned<String>) -> Diagnostic {
        self.ranges.unknown(Code::UnknownRange, ItemKind::PortRange, None, name)
    }

    /// The diagnostic for a list nobody defines.
    pub(super) fn unknown_list(&self, product: Option<ProductId>, name: &Spanned<String>) -> Diagnostic {
        self.lists.unknown(Code::UnknownList, ItemKind::AddressList, product, name)
    }
}

/// Why no item of a kind may have an id, and the next step: ids become folders, anchors and words of
/// references.
pub fn why_reserved(kind: ItemKind, id: &str) -> Option<(String, &'static str)> {
    let folders: &[&str] = match kind {
        ItemKind::Product | ItemKind::Page => RESERVED_PAGES,
        ItemKind::Component => RESERVED_COMPONENTS,
        ItemKind::Scenario => RESERVED_SCENARIOS,
        ItemKind::Flow => return why_no_flow(id),
        ItemKind::Option
        | ItemKind::Choice
        | ItemKind::Note
        | ItemKind::Source
        | ItemKind::Table
        | ItemKind::Term
        | ItemKind::Section
        | ItemKind::Zone
        | ItemKind::Service
        | ItemKind::AddressList
        | ItemKind::PortRange => return None,
    };
    let why = if DEVICES.contains(&id) {
        "is the name of a device on Windows"
    } else if folders.contains(&id) {
        "is a folder of the site itself"
    } else if kind == ItemKind::Component && RESERVED_ENDS.contains(&id) {
        let help = "in `from` and `to` this word stands for no component; choose another id";
        return Some((format!("`{id}` can't be the id of a component"), help));
    } else {
        return None;
    };
    Some((format!("`{id}` {why} and can't be the id of a {}", kind.as_str()), "choose another id"))
}

fn why_no_flow(id: &str) -> Option<(String, &'static str)> {
    if let Some(prefix) = reserved_anchors().find(|prefix| id.starts_with(prefix)) {
        let help = "anchors of other items begin so; choose another id";
        return Some((format!("the id of a flow can't begin with `{prefix}`"), help));
    }
    let help = "references mean the flow of their own text by it; choose another id";
    RESERVED_FLOWS.contains(&id).then(|| (format!("`{id}` can't be the id of a flow"), help))
}

fn refuse_reserved(kind: ItemKind, id: &Spanned<String>, report: &mut Report) {
    if let Some((headline, help)) = why_reserved(kind, &id.value) {
        report.add(Diagnostic::error(Code::ReservedId, headline).at(id.span).help(help));
    }
}

/// An address that was never given away, since no item may have had it, can't be an old one.
fn refuse_former_reserved(kind: ItemKind, meta: &RawMeta, report: &mut Report) {
    meta.former_ids.iter().for_each(|id| refuse_reserved(kind, id, report));
}

/// A former id leads to its item; one that is in use again would lead two ways.
fn refuse_former_ids<'a>(
    what: &str,
    items: impl Iterator<Item = (&'a Spanned<String>, &'a RawMeta)> + Clone,
    report: &mut Report,
) {
    let mut taken: BTreeMap<&str, Span> = items.clone().map(|(id, _)| (id.value.as_str(), id.span)).collect();
    for (id, former) in items.flat_map(|(id, meta)| meta.former_ids.iter().map(move |former| (id, former))) {
        let Some(first) = taken.insert(&former.value, former.span) else { continue };
        let headline = if id.value == former.value {
            format!("`{}` is the id the {what} has, not a former one", former.value)
        } else {
            format!("the former id `{}` is in use by another {what}", former.value)
        };
        report.add(
            Diagnostic::error(Code::DuplicateId, headline)
                .at(former.span)
                .label(first, "used here")
                .help("old links can lead to one item only; remove the former id"),
        );
    }
}
