//! All ids of the content and what they stand for; collisions and reserved words are found here.
//! References in texts are resolved against the same tables later.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Report, did_you_mean};
use crate::item::ItemKind;
use crate::parse::RawContent;
use crate::parse::common::RawMeta;
use crate::span::{Span, Spanned};

use super::super::route::{HOST_ANCHOR, PORT_ANCHOR};
use super::super::{
    ComponentId, FlowId, Id, NoteId, OptionId, PageId, ProductId, ScenarioId, ServiceId, SourceId, TermId, ZoneId,
};

/// Ids of one kind, by the product they belong to (`None`: common).
#[derive(Debug)]
pub struct Table<I> {
    entries: BTreeMap<Option<ProductId>, BTreeMap<String, (I, Span)>>,
    count: usize,
}

impl<I> Default for Table<I> {
    fn default() -> Self {
        Self { entries: BTreeMap::new(), count: 0 }
    }
}

impl<I: Id> Table<I> {
    /// Gives the next dense id to a name. A name that is taken is reported; its item is resolved
    /// like any other, and references go to the first.
    fn register(&mut self, what: &str, product: Option<ProductId>, name: &Spanned<String>, report: &mut Report) {
        let id = I::from_index(self.count);
        self.count += 1;
        let names = self.entries.entry(product).or_default();
        if let Some((_, first)) = names.get(&name.value) {
            report.add(
                Diagnostic::error(Code::DuplicateId, format!("the {what} `{}` is defined twice", name.value))
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

    /// Names of a product and of common.
    fn names(&self, product: Option<ProductId>) -> Vec<String> {
        let mut scopes = vec![product, None];
        scopes.dedup();
        scopes.iter().filter_map(|scope| self.entries.get(scope)).flat_map(BTreeMap::keys).cloned().collect()
    }

    /// The diagnostic for a name that stands for nothing.
    pub(super) fn unknown(
        &self,
        code: Code,
        what: &str,
        product: Option<ProductId>,
        name: &Spanned<String>,
    ) -> Diagnostic {
        let known = self.names(product);
        let whereabouts = match what {
            "service" | "zone" => "of common",
            "flow" | "source" => "of the product",
            _ => "of the product or of common",
        };
        let mut diagnostic = Diagnostic::error(code, format!("`{}` is no {what} {whereabouts}", name.value))
            .at(name.span)
            .mark("not defined");
        if let Some(help) = did_you_mean(&name.value, known.iter().map(String::as_str)) {
            return diagnostic.help(help);
        }
        if known.is_empty() {
            return diagnostic.help(format!("no {what} is defined yet"));
        }
        if known.len() <= 12 {
            diagnostic = diagnostic.help(format!("known: {}", known.join(", ")));
        }
        match what {
            "service" | "zone" => {
                diagnostic.help(format!("correct the id, or define it under `{what}s:` in a file of `content/common/`"))
            }
            _ => diagnostic.help(format!("define the {what}, or correct the id")),
        }
    }
}

/// All ids of the content.
#[derive(Debug, Default)]
pub struct Names {
    /// Products, in the order of their files.
    pub products: Table<ProductId>,
    /// Services; they exist only in common.
    pub services: Table<ServiceId>,
    /// Components.
    pub components: Table<ComponentId>,
    /// Zones; they exist only in common.
    pub zones: Table<ZoneId>,
    /// Options.
    pub options: Table<OptionId>,
    /// Flows.
    pub flows: Table<FlowId>,
    /// Scenarios.
    pub scenarios: Table<ScenarioId>,
    /// Sources.
    pub sources: Table<SourceId>,
    /// Terms; they exist only in common.
    pub terms: Table<TermId>,
    /// Prose pages.
    pub pages: Table<PageId>,
    lists: Table<ListId>,
    notes: Table<NoteId>,
}

/// Position of an address list in the model.
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

/// Ids that no product and no page may have: folders of the site itself.
pub const RESERVED_PAGES: &[&str] = &[
    "components",
    "ports",
    "hosts",
    "glossary",
    "search",
    "status",
    "api",
    "assets",
    "schema",
    "changes",
    "lookup",
    "common",
    "pages",
    "i18n",
];

/// Ids that no component may have: folders of a product.
pub const RESERVED_COMPONENTS: &[&str] = &["scenarios"];
/// Ids that no flow may have: words of references.
pub const RESERVED_FLOWS: &[&str] = &["this"];
/// Ids that become folders and may not be names of devices on Windows, where a checkout or a copy of
/// the site would fail.
pub const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

impl Names {
    /// Registers every id, in the order in which items are resolved.
    pub(super) fn register(content: &RawContent, report: &mut Report) -> Self {
        let mut names = Self::default();
        for file in &content.common {
            file.services.iter().for_each(|item| names.services.register("service", None, &item.id, report));
            file.zones.iter().for_each(|item| names.zones.register("zone", None, &item.id, report));
            file.components.iter().for_each(|item| {
                refuse_folder("component", &item.id, RESERVED_COMPONENTS, report);
                names.components.register("component", None, &item.id, report);
            });
            file.options.iter().for_each(|item| names.options.register("option", None, &item.id, report));
            file.terms.iter().for_each(|item| names.terms.register("term", None, &item.id, report));
            file.lists.iter().for_each(|item| names.lists.register("address list", None, &item.id, report));
        }
        for (position, product) in content.products.iter().enumerate() {
            names.register_product(ProductId::from_index(position), product, report);
        }
        Self::refuse_former_ids(content, report);
        for page in &content.pages {
            refuse_folder("page", &page.id, RESERVED_PAGES, report);
            refuse_former_folders("page", &page.meta, RESERVED_PAGES, report);
            names.pages.register("page", None, &page.id, report);
        }
        names
    }

    fn register_product(&mut self, id: ProductId, product: &crate::parse::product::RawProduct, report: &mut Report) {
        let scope = Some(id);
        self.products.register("product", None, &product.id, report);
        refuse_folder("product", &product.id, RESERVED_PAGES, report);
        refuse_former_folders("product", &product.meta, RESERVED_PAGES, report);
        for item in &product.components {
            // An entry with the id of a common component adds to it and is no component of its own.
            if self.components.span_in(None, &item.id.value).is_none() {
                refuse_folder("component", &item.id, RESERVED_COMPONENTS, report);
                self.components.register("component", scope, &item.id, report);
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
            self.options.register("option", scope, &item.id, report);
        }
        for item in &product.flows {
            refuse_anchor(&item.id, report);
            if RESERVED_FLOWS.contains(&item.id.value.as_str()) {
                let headline = format!("`{}` can't be the id of a flow", item.id.value);
                report.add(
                    Diagnostic::error(Code::ReservedId, headline)
                        .at(item.id.span)
                        .help("references mean the flow of their own text by it; choose another id"),
                );
            }
            self.flows.register("flow", scope, &item.id, report);
        }
        for item in &product.scenarios {
            refuse_folder("scenario", &item.id, &[], report);
            self.scenarios.register("scenario", scope, &item.id, report);
        }
        product.sources.iter().for_each(|item| self.sources.register("source", scope, &item.id, report));
        product.notes.iter().for_each(|item| self.notes.register("note", scope, &item.id, report));
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
            self.lists.register("address list", scope, &item.id, report);
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
            flows.clone().for_each(|(_, meta)| refuse_former_anchors(meta, report));
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

    /// Names of one kind that a text of a product may use.
    pub fn candidates(&self, what: &str, product: Option<ProductId>) -> Vec<String> {
        match what {
            "component" => self.components.names(product),
            "flow" => self.flows.names(product),
            "option" => self.options.names(product),
            "product" => self.products.names(None),
            "scenario" => self.scenarios.names(product),
            "source" => self.sources.names(product),
            "term" => self.terms.names(None),
            "page" => self.pages.names(None),
            _ => Vec::new(),
        }
    }

    /// The address list a name stands for.
    pub(super) fn find_list(&self, product: Option<ProductId>, name: &str) -> Option<usize> {
        self.lists.find(product, name).map(Id::index)
    }

    /// The diagnostic for a list nobody defines.
    pub(super) fn unknown_list(&self, product: Option<ProductId>, name: &Spanned<String>) -> Diagnostic {
        self.lists.unknown(Code::UnknownList, "address list", product, name)
    }
}

/// An id that becomes a folder must not be one of the site's own or a device of Windows.
fn refuse_folder(what: &str, id: &Spanned<String>, reserved: &[&str], report: &mut Report) {
    let is_device = DEVICES.contains(&id.value.as_str());
    let why = if is_device {
        "is the name of a device on Windows"
    } else if reserved.contains(&id.value.as_str()) {
        "is a folder of the site itself"
    } else {
        return;
    };
    report.add(
        Diagnostic::error(Code::ReservedId, format!("`{}` {why} and can't be the id of a {what}", id.value))
            .at(id.span)
            .help("choose another id"),
    );
}

/// An address that was never given away, since no item may have had it, can't be an old one.
fn refuse_former_folders(what: &str, meta: &RawMeta, reserved: &[&str], report: &mut Report) {
    meta.former_ids.iter().for_each(|id| refuse_folder(what, id, reserved, report));
}

fn refuse_former_anchors(meta: &RawMeta, report: &mut Report) {
    meta.former_ids.iter().for_each(|id| refuse_anchor(id, report));
}

/// How no id of a flow may begin: anchors of other items do.
pub fn reserved_anchors() -> impl Iterator<Item = &'static str> {
    ItemKind::ALL.iter().filter_map(|kind| kind.anchor_prefix()).chain([HOST_ANCHOR, PORT_ANCHOR])
}

fn refuse_anchor(id: &Spanned<String>, report: &mut Report) {
    if let Some(prefix) = reserved_anchors().find(|prefix| id.value.starts_with(prefix)) {
        report.add(
            Diagnostic::error(Code::ReservedId, format!("the id of a flow can't begin with `{prefix}`"))
                .at(id.span)
                .help("anchors of other items begin so; choose another id"),
        );
    }
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
