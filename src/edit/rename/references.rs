//! References in texts, `<kind:id>` and `[words](kind:id)`, that lead to the renamed item.

use std::ops::Range;

use crate::item::ItemKind;
use crate::l10n::RefKind;

use super::Target;
use super::index::Index;

/// Whose ids a text names first.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) index: &'a Index<'a>,
    pub(super) target: &'a Target,
    pub(super) product: Option<&'a str>,
}

impl<'a> Scope<'a> {
    /// The ids to replace in a text as it is written, and what becomes of them.
    pub(super) fn rewrite(self, text: &str) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        for (at, _) in text.match_indices(':') {
            let before = &text[..at];
            let kinds = || RefKind::ALL.iter().map(|kind| kind.as_str());
            let Some(kind) = kinds().find(|kind| before.ends_with(kind)) else { continue };
            let opening = &before[..before.len() - kind.len()];
            if !opening.ends_with('<') && !opening.ends_with("](") {
                continue;
            }
            let rest = &text[at + 1..];
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '/').unwrap_or(rest.len());
            if let Some(id) = self.renamed(kind, &rest[..length]) {
                found.push((at + 1..at + 1 + length, id));
            }
        }
        found
    }

    /// A whole text with its references rewritten.
    pub(super) fn rewritten(self, text: &str) -> String {
        let splices = self.rewrite(text).into_iter().map(|(range, id)| super::Splice::new(range, id)).collect();
        super::apply(text, splices)
    }

    /// What becomes of the id of a reference; `None`: it leads elsewhere.
    fn renamed(self, kind: &str, id: &str) -> Option<String> {
        let kind = match kind {
            "component" => ItemKind::Component,
            "flow" | "ports" => ItemKind::Flow,
            "option" => return self.renamed_option(id),
            "scenario" => ItemKind::Scenario,
            "source" => ItemKind::Source,
            "term" => return self.renamed_bare(ItemKind::Term, id),
            "page" => return self.renamed_bare(ItemKind::Page, id),
            "product" => {
                let (name, rest) = id.split_once('/').map_or((id, ""), |(name, _)| (name, &id[name.len()..]));
                return Some(self.renamed_bare(ItemKind::Product, name)? + rest);
            }
            _ => return None,
        };
        let (prefix, product, bare) = self.split(kind, id)?;
        let is_target = self.is_item(kind, product, bare);
        let renamed = if is_target { &self.target.new } else { bare };
        let prefix = self.prefix(prefix);
        (is_target || prefix.is_some_and(|(_, is_renamed)| is_renamed))
            .then(|| prefix.map_or(String::new(), |(prefix, _)| format!("{prefix}/")) + renamed)
    }

    fn renamed_bare(self, kind: ItemKind, id: &str) -> Option<String> {
        (self.target.kind == kind && self.target.old == id).then(|| self.target.new.clone())
    }

    /// `option`, `option/choice`, `product/option` or `product/option/choice`, in the order in which
    /// the compiler tries them.
    fn renamed_option(self, id: &str) -> Option<String> {
        let (option, choice) = match self.split(ItemKind::Option, id) {
            Some(option) => (Some(option), None),
            None => id.rsplit_once('/').map(|(rest, choice)| (self.split(ItemKind::Option, rest), Some(choice)))?,
        };
        let (prefix, product, option) = option?;
        let target = self.target;
        let is_option = self.is_item(ItemKind::Option, product, option);
        let is_choice = target.kind == ItemKind::Choice
            && choice == Some(target.old.as_str())
            && target.option.as_deref() == Some(option)
            && product == target.product.as_deref();
        let prefix = self.prefix(prefix);
        if !is_option && !is_choice && !prefix.is_some_and(|(_, is_renamed)| is_renamed) {
            return None;
        }
        let mut parts: Vec<&str> = prefix.iter().map(|(prefix, _)| *prefix).collect();
        parts.push(if is_option { &target.new } else { option });
        parts.extend(choice.map(|choice| if is_choice { target.new.as_str() } else { choice }));
        Some(parts.join("/"))
    }

    /// An id as written → the product in front of it, whose it is, and the id alone.
    fn split<'b>(self, kind: ItemKind, id: &'b str) -> Option<(Option<&'b str>, Option<&'b str>, &'b str)>
    where
        'a: 'b,
    {
        if let Some(owner) = self.index.owner(kind, self.product, id) {
            return Some((None, owner, id));
        }
        let (product, bare) = id.split_once('/')?;
        self.index.has(ItemKind::Product, None, product).then_some(())?;
        let owner = self.index.owner(kind, Some(product), bare)?;
        Some((Some(product), owner, bare))
    }

    fn is_item(self, kind: ItemKind, product: Option<&str>, id: &str) -> bool {
        let target = self.target;
        target.kind == kind && target.old == id && target.product.as_deref() == product
    }

    /// The product in front of an id, and whether it is the one that is renamed.
    fn prefix<'b>(self, product: Option<&'b str>) -> Option<(&'b str, bool)>
    where
        'a: 'b,
    {
        let product = product?;
        let is_renamed = self.target.kind == ItemKind::Product && self.target.old == product;
        Some((if is_renamed { &self.target.new } else { product }, is_renamed))
    }
}
