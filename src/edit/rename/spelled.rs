//! The places of an item's id, down to the letter.

use std::ops::Range;

use crate::item::ItemKind;
use crate::l10n::{Prose, RefKind, TextScope};
use crate::site::Site;
use crate::value::UnitKind;

use super::super::splice::{Splice, apply};
use super::target::Target;

/// Where in a place of [`Site::uses_of`], as it is written, the id stands: a place may be
/// the id alone, a word in quotes or behind its kind, or a whole text.
pub(super) fn ids_in(written: &str, target: &Target) -> Vec<Range<usize>> {
    let in_references = references(written, target);
    if !in_references.is_empty() {
        return in_references;
    }
    written.rfind(&target.old).into_iter().map(|at| at..at + target.old.len()).collect()
}

/// The same in a text whose escapes keep the reader from telling more: behind `<kind:` or `](kind:`, as
/// one of the ids that slashes part.
fn references(written: &str, target: &Target) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in written.match_indices(':') {
        let before = &written[..at];
        let Some(kind) = RefKind::ALL.iter().find(|kind| before.ends_with(kind.as_str())) else { continue };
        let opening = &before[..before.len() - kind.as_str().len()];
        if !opening.ends_with('<') && !opening.ends_with("](") {
            continue;
        }
        let rest = &written[at + 1..];
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '/').unwrap_or(rest.len());
        let words: Vec<&str> = rest[..length].split('/').collect();
        let Some(word) = place(*kind, &words, target) else { continue };
        let start = at + 1 + words[..word].iter().map(|word| word.len() + 1).sum::<usize>();
        found.push(start..start + target.old.len());
    }
    found
}

/// Which of the ids of a reference is one of the target's kind and spelled like it.
fn place(kind: RefKind, words: &[&str], target: &Target) -> Option<usize> {
    let is_same = match kind {
        RefKind::Component => target.kind == ItemKind::Component,
        RefKind::Flow | RefKind::Ports => target.kind == ItemKind::Flow,
        RefKind::Option => matches!(target.kind, ItemKind::Option | ItemKind::Choice),
        RefKind::Scenario => target.kind == ItemKind::Scenario,
        RefKind::Source => target.kind == ItemKind::Source,
        RefKind::Term => target.kind == ItemKind::Term,
        RefKind::Page => target.kind == ItemKind::Page,
        RefKind::Product => target.kind == ItemKind::Product,
        RefKind::Host | RefKind::Date => return None,
    };
    let position =
        if target.kind == ItemKind::Product { 0 } else { words.iter().rposition(|word| *word == target.old)? };
    let is_prefix = target.kind == ItemKind::Product && (is_same || words.len() > 1);
    ((is_same || is_prefix) && words[position] == target.old).then_some(position)
}

/// A text of the record after the rename. It may be one that stood in the content once; a reference in
/// it that leads nowhere any more stays as it is.
pub(super) fn rewritten(site: &Site, unit: &str, text: &str, target: &Target) -> String {
    let product = crate::item::Scope::of(unit).product().and_then(|id| site.ids.products.find(None, id));
    let scope = TextScope { model: &site.model, ids: &site.ids, product, flow: None };
    let prose = Prose::read(text, UnitKind::Blocks);
    let mut splices = Vec::new();
    for found in &prose.targets {
        let Some(place) = &found.place else { continue };
        let named = scope.named(found.kind, &found.id).into_iter();
        splices.extend(named.filter(|(item, _)| *item == target.item).map(|(_, word)| {
            let start = place.start as usize;
            Splice::new(start + word.start..start + word.end, target.new.clone())
        }));
    }
    apply(text, splices)
}
