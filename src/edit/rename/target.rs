//! Which item is meant, and whether it may have the new id.

use crate::diagnostic::did_you_mean;
use crate::edit::refused::Usage;
use crate::item::{COMMON, Home, ItemKind};
use crate::model::{Defined, Id, Item, Model, ProductId};
use crate::parse::fields::is_id;
use crate::span::Span;

/// Ids become file names; the parser refuses longer ones.
const LONGEST_ID: usize = 80;

/// One item that gets another id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Target {
    pub(super) item: Item,
    pub(super) kind: ItemKind,
    /// Of a choice the id of its option, of a table that of its source.
    pub(super) whole: Option<String>,
    pub(super) old: String,
    pub(super) new: String,
    /// Where it is defined; of a product or a page, where its file begins.
    pub(super) span: Span,
}

/// An id as it is asked for.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    kind: ItemKind,
    product: Option<ProductId>,
    whole: Option<&'a str>,
    id: &'a str,
}

/// Finds what is meant by an id, written with its product (`guard/agent`) or bare where it has none.
pub(super) fn find_target(model: &Model, kind: ItemKind, old: &str, new: &str) -> Result<Target, Usage> {
    if !is_id(new) || new.len() > LONGEST_ID {
        return Err(Usage::NoId { new: new.to_owned() });
    }
    let parts: Vec<_> = old.split('/').collect();
    let (product, whole, id) = match (kind, parts.as_slice()) {
        (ItemKind::Choice | ItemKind::Table, [product, whole, id]) => (Some(*product), Some(*whole), *id),
        (ItemKind::Choice, [option, id]) => (None, Some(*option), *id),
        (ItemKind::Choice | ItemKind::Table, _) => return Err(Usage::NoPath { kind, old: old.to_owned() }),
        (_, [id]) => (None, None, *id),
        (_, [product, id]) => (Some(*product), None, *id),
        (_, _) => return Err(Usage::NoPath { kind, old: old.to_owned() }),
    };
    let product = match product.filter(|product| *product != COMMON) {
        None => None,
        Some(product) => {
            let known = || model.products.iter().map(|known| known.id.as_str());
            let Some(position) = known().position(|known| known == product) else {
                return Err(Usage::NoProduct { product: product.to_owned(), close: did_you_mean(product, known()) });
            };
            Some(ProductId::from_index(position))
        }
    };
    let wanted = Wanted { kind, product, whole, id };
    let Some(found) = wanted.siblings(model).find(|sibling| sibling.id == id) else {
        return Err(Usage::NoItem { kind, old: old.to_owned(), help: wanted.elsewhere(model) });
    };
    let target = Target {
        item: found.item,
        kind,
        whole: whole.map(str::to_owned),
        old: id.to_owned(),
        new: new.to_owned(),
        span: found.span,
    };
    if let Some(holder) = taken(model, found, new) {
        return Err(Usage::Taken { new: new.to_owned(), holder });
    }
    Ok(target)
}

impl<'a> Wanted<'a> {
    /// The items of its kind in its place.
    fn siblings(self, model: &'a Model) -> impl Iterator<Item = Defined<'a>> {
        model.items().filter(move |defined| {
            let whole = match defined.whole {
                Some(Item::Option(option)) => Some(model[option].id.as_str()),
                Some(Item::Source(source)) => Some(model[source].id.as_str()),
                _ => None,
            };
            defined.kind == self.kind && defined.product == self.product && whole == self.whole
        })
    }

    /// Where an id that is not in its place may be meant.
    fn elsewhere(self, model: &Model) -> String {
        let namesakes = model.items().filter(|defined| defined.kind == self.kind && defined.id == self.id);
        let mut owners: Vec<_> =
            namesakes.map(|found| found.product.map_or(COMMON, |product| model[product].id.as_str())).collect();
        // Common comes first, then the products by their names.
        owners.sort_unstable_by_key(|owner| (*owner != COMMON, *owner));
        let shown: Vec<_> = owners.iter().map(|owner| format!("`{owner}/{}`", self.id)).collect();
        if !shown.is_empty() && self.whole.is_none() {
            format!("did you mean {}?", shown.join(" or "))
        } else if let Some(help) = did_you_mean(self.id, self.siblings(model).map(|sibling| sibling.id)) {
            help
        } else if is_scoped(self.kind) && self.product.is_none() {
            "write it with its product, `PRODUCT/ID`, unless it is of common".to_owned()
        } else {
            "it must be defined in this place, not only used".to_owned()
        }
    }
}

/// Whether items of a kind stand in a product or in common, and not beside them.
fn is_scoped(kind: ItemKind) -> bool {
    matches!(kind.home(), Home::Product | Home::ProductOrCommon)
}

/// Who has the new id already, or had it: an id of common and one of a product must differ too, and a
/// product and a page share the folder of the site.
fn taken(model: &Model, target: Defined<'_>, new: &str) -> Option<String> {
    if target.id == new {
        return Some("it is the id it has".to_owned());
    }
    let shares = |other: &Defined<'_>| {
        let is_near = target.product.is_none() || other.product.is_none() || other.product == target.product;
        let is_file = target.kind.home() == Home::File && other.kind.home() == Home::File;
        is_file || other.kind == target.kind && other.whole == target.whole && is_near
    };
    model.items().filter(|other| other.item != target.item && shares(other)).find_map(|other| {
        let scope = other.product.map_or(String::new(), |product| format!(" of `{}`", model[product].id));
        let (kind, id) = (other.kind.as_str(), other.id);
        if id == new {
            return Some(format!("a {kind}{scope} has it"));
        }
        let had = model.former_ids_of(other.item).iter().any(|former| former == new);
        had.then(|| format!("the {kind} `{id}`{scope} had it, and old links lead there"))
    })
}
