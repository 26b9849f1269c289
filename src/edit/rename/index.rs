//! Which ids are defined where, and whose an id is that stands in some place.

use std::collections::BTreeMap;

use crate::item::ItemKind;
use crate::parse::RawContent;
use crate::parse::common::{RawAddressList, RawComponent, RawMeta, RawOption};
use crate::span::Span;

use super::Target;

/// Where an item is defined.
#[derive(Clone, Copy, Debug)]
pub(super) struct Definition<'a> {
    /// Its key, or the beginning of its file.
    pub(super) span: Span,
    /// Whether the file's name is its id.
    pub(super) is_file: bool,
    meta: &'a RawMeta,
}

/// The product, if any, and of a choice its option.
type Owner = (Option<String>, Option<String>);

/// All definitions, by kind and owner.
#[derive(Default)]
pub(super) struct Index<'a> {
    items: BTreeMap<(ItemKind, Owner), BTreeMap<&'a str, Definition<'a>>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(content: &'a RawContent) -> Self {
        let mut index = Self::default();
        for file in &content.common {
            file.services.iter().for_each(|item| index.add(ItemKind::Service, None, &item.id, &item.meta));
            file.zones.iter().for_each(|item| index.add(ItemKind::Zone, None, &item.id, &item.meta));
            file.terms.iter().for_each(|item| index.add(ItemKind::Term, None, &item.id, &item.meta));
            index.shared(None, &file.components, &file.options, &file.lists);
        }
        for product in &content.products {
            let scope = Some(product.id.value.as_str());
            index.add_file(ItemKind::Product, &product.id, &product.meta);
            product.sources.iter().for_each(|item| index.add(ItemKind::Source, scope, &item.id, &item.meta));
            product.flows.iter().for_each(|item| index.add(ItemKind::Flow, scope, &item.id, &item.meta));
            product.scenarios.iter().for_each(|item| index.add(ItemKind::Scenario, scope, &item.id, &item.meta));
            product.notes.iter().for_each(|item| index.add(ItemKind::Note, scope, &item.id, &item.meta));
            index.shared(scope, &product.components, &product.options, &product.lists);
        }
        content.pages.iter().for_each(|page| index.add_file(ItemKind::Page, &page.id, &page.meta));
        index
    }

    fn shared(
        &mut self,
        scope: Option<&'a str>,
        components: &'a [RawComponent],
        options: &'a [RawOption],
        lists: &'a [RawAddressList],
    ) {
        for item in components {
            // An entry with an id of common adds to that component.
            if scope.is_none() || !self.has(ItemKind::Component, None, &item.id.value) {
                self.add(ItemKind::Component, scope, &item.id, &item.meta);
            }
        }
        for item in options {
            self.add(ItemKind::Option, scope, &item.id, &item.meta);
            for choice in item.choices.iter().flatten() {
                let definition = Definition { span: choice.id.span, is_file: false, meta: &choice.meta };
                let owner = (scope.map(str::to_owned), Some(item.id.value.clone()));
                self.items.entry((ItemKind::Choice, owner)).or_default().insert(&choice.id.value, definition);
            }
        }
        for item in lists {
            self.add(ItemKind::AddressList, scope, &item.id, &item.meta);
        }
    }

    fn add(&mut self, kind: ItemKind, scope: Option<&'a str>, id: &'a crate::span::Spanned<String>, meta: &'a RawMeta) {
        let definition = Definition { span: id.span, is_file: false, meta };
        self.items.entry((kind, (scope.map(str::to_owned), None))).or_default().insert(&id.value, definition);
    }

    fn add_file(&mut self, kind: ItemKind, id: &'a crate::span::Spanned<String>, meta: &'a RawMeta) {
        let definition = Definition { span: id.span, is_file: true, meta };
        self.items.entry((kind, (None, None))).or_default().insert(&id.value, definition);
    }

    fn list(&self, kind: ItemKind, owner: (Option<&str>, Option<&str>)) -> Option<&BTreeMap<&'a str, Definition<'a>>> {
        self.items.get(&(kind, (owner.0.map(str::to_owned), owner.1.map(str::to_owned))))
    }

    /// Whether exactly this scope defines an id.
    pub(super) fn has(&self, kind: ItemKind, product: Option<&str>, id: &str) -> bool {
        self.list(kind, (product, None)).is_some_and(|list| list.contains_key(id))
    }

    /// All ids of a scope.
    pub(super) fn ids(&self, kind: ItemKind, product: Option<&str>) -> Vec<&'a str> {
        self.list(kind, (product, None)).into_iter().flat_map(BTreeMap::keys).copied().collect()
    }

    /// Whose an id is that stands in a product's file or in common: `Some(None)` is common.
    #[expect(clippy::option_option, reason = "nobody's, common's, or a product's")]
    pub(super) fn owner<'b>(&self, kind: ItemKind, product: Option<&'b str>, id: &str) -> Option<Option<&'b str>> {
        let scopes = [product, None];
        scopes.into_iter().find(|scope| self.has(kind, *scope, id))
    }

    /// Every scope that defines an id, as it is written before the slash.
    pub(super) fn owners(&self, kind: ItemKind, id: &str) -> Vec<&str> {
        let kinds = self.items.iter().filter(|((found, _), list)| *found == kind && list.contains_key(id));
        kinds.map(|((_, (product, _)), _)| product.as_deref().unwrap_or("common")).collect()
    }

    /// Whether the target's scope defines an id.
    pub(super) fn defines(&self, target: &Target, id: &str) -> bool {
        self.siblings(target).contains(&id)
    }

    /// The ids beside the target's.
    pub(super) fn siblings(&self, target: &Target) -> Vec<&'a str> {
        let owner = (target.product.as_deref(), target.option.as_deref());
        self.list(target.kind, owner).into_iter().flat_map(BTreeMap::keys).copied().collect()
    }

    /// Where the target is defined.
    pub(super) fn definition(&self, target: &Target) -> Option<Definition<'a>> {
        let owner = (target.product.as_deref(), target.option.as_deref());
        self.list(target.kind, owner)?.get(target.old.as_str()).copied()
    }

    /// Who has the new id already, or had it: an id of common and one of a product must differ too,
    /// and a product and a page share the folder of the site.
    pub(super) fn taken(&self, target: &Target) -> Option<String> {
        if target.old == target.new {
            return Some("it is the id it has".to_owned());
        }
        let kinds: &[ItemKind] = match &target.kind {
            ItemKind::Product | ItemKind::Page => &[ItemKind::Product, ItemKind::Page],
            kind => std::slice::from_ref(kind),
        };
        for ((kind, (product, option)), list) in self.items.iter().filter(|((kind, _), _)| kinds.contains(kind)) {
            let is_near = target.product.is_none() || product.is_none() || *product == target.product;
            if !is_near || *option != target.option || (option.is_some() && *product != target.product) {
                continue;
            }
            let scope = product.as_ref().map_or(String::new(), |product| format!(" of `{product}`"));
            let kind = kind.as_str();
            if list.contains_key(target.new.as_str()) {
                return Some(format!("a {kind}{scope} has it"));
            }
            let had = list.iter().find(|(id, item)| {
                **id != target.old && item.meta.former_ids.iter().any(|former| former.value == target.new)
            });
            if let Some((id, _)) = had {
                return Some(format!("the {kind} `{id}`{scope} had it, and old links lead there"));
            }
        }
        None
    }
}
