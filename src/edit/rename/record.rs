//! The record of accepted translations after a rename: what was accepted stays accepted, although
//! unit ids and the references in both texts are others now.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use crate::item::{self, ItemKind, scope_name};
use crate::l10n::record::{AcceptedPair, Pair, Recorded, path_of, write_record};
use crate::locale::LocaleId;
use crate::model::Item;
use crate::site::Site;
use crate::source::Sources;

use super::target::Target;
use super::{Renamed, spelled};

/// Adds the files of the record to what a rename changes.
pub(super) fn rename_records(
    sources: &Sources,
    (before, after): (&Site, &Site),
    target: &Target,
    renamed: &mut Renamed,
) {
    let locales = &before.config.locales;
    for locale in locales.ids().filter(|locale| *locale != locales.source_locale()) {
        let mut files: BTreeMap<&str, Vec<(&AcceptedPair, AcceptedPair)>> = BTreeMap::new();
        let accepted = Accepted::of((before, after), locale, target);
        for entry in before.translations().record(locale).entries() {
            let scope = scope_name(&entry.unit);
            let next = accepted.renamed(entry, before, target);
            files.entry(scope).or_default().push((entry, next));
        }
        for (scope, pairs) in files {
            write_scope(
                (sources, locales.tag(locale), locales.tag(locales.source_locale())),
                scope,
                &pairs,
                target,
                renamed,
            );
        }
    }
}

/// The pairs that stood before, and what they are now.
#[expect(clippy::struct_field_names, reason = "each says by what it is looked up")]
struct Accepted<'a> {
    by_unit: BTreeMap<String, (Pair<'a>, AcceptedPair)>,
    /// Units by their folded source text and translation, and by what format 1 holds of them.
    by_text: BTreeMap<(String, String), Vec<String>>,
    by_hash: BTreeMap<[u8; 32], Vec<String>>,
}

impl<'a> Accepted<'a> {
    /// Both sites have the same units, under other ids and, where a file is renamed, in another order.
    fn of((before, after): (&'a Site, &Site), locale: LocaleId, target: &Target) -> Self {
        let now = after
            .translations()
            .of(locale)
            .filter_map(|translation| after.translations().entry(&translation, locale, &[]));
        let mut now: BTreeMap<String, AcceptedPair> = now.map(|entry| (entry.unit.clone(), entry)).collect();
        let mut accepted = Self { by_unit: BTreeMap::new(), by_text: BTreeMap::new(), by_hash: BTreeMap::new() };
        for translation in before.translations().of(locale) {
            let Some(pair) = before.translations().pair(&translation, locale) else { continue };
            let Some(entry) = now.remove(&renamed_unit(before, &translation.key, target)) else { continue };
            let texts = (pair.source.clone(), pair.text.clone());
            accepted.by_text.entry(texts).or_default().push(translation.key.clone());
            accepted.by_hash.entry(*pair.flat().1.as_bytes()).or_default().push(translation.key.clone());
            accepted.by_unit.insert(translation.key, (pair, entry));
        }
        accepted
    }

    /// What a pair of the record is now, if it stands anywhere.
    fn find(&self, entry: &AcceptedPair) -> Option<&AcceptedPair> {
        let units = match &entry.translation {
            Recorded::Text { text, .. } => self.by_text.get(&(entry.source.clone(), text.clone())),
            Recorded::Hash(hash) => self.by_hash.get(hash.as_bytes()),
        };
        // Namesakes of other products may say the same of items that keep their ids.
        let (own, others): (Vec<_>, Vec<_>) = units?.iter().partition(|unit| **unit == entry.unit);
        let mut pairs = own.into_iter().chain(others).filter_map(|unit| self.by_unit.get(unit));
        pairs.find(|(pair, _)| entry.is(pair)).map(|(_, now)| now)
    }

    fn renamed(&self, entry: &AcceptedPair, before: &Site, target: &Target) -> AcceptedPair {
        let unit = renamed_unit(before, &entry.unit, target);
        let mut renamed = match self.find(entry) {
            Some(now) => AcceptedPair { unit, ..now.clone() },
            None => former(unit, entry, before, target),
        };
        if let Recorded::Text { despite, .. } = &mut renamed.translation {
            *despite = entry.despite().to_vec();
        }
        renamed
    }
}

/// A pair of former texts: they are kept for the difference they show.
fn former(unit: String, entry: &AcceptedPair, before: &Site, target: &Target) -> AcceptedPair {
    let rewritten = |text: &str| spelled::rewritten(before, &entry.unit, text, target);
    let mut translation = entry.translation.clone();
    if let Recorded::Text { text, .. } = &mut translation {
        *text = rewritten(text);
    }
    AcceptedPair { unit, source: rewritten(&entry.source), translation }
}

/// A unit's id after the rename, if it is of the renamed item and not of a namesake.
fn renamed_unit(before: &Site, unit: &str, target: &Target) -> String {
    let product = item::Scope::of(unit).product().and_then(|id| before.ids.products.find(None, id));
    let is_meant = match (target.item, &target.whole) {
        (Item::Choice(option, _), Some(id)) => {
            before.ids.find(ItemKind::Option, product, id) == Some(Item::Option(option))
        }
        (Item::Table(source, _), Some(id)) => {
            before.ids.find(ItemKind::Source, product, id) == Some(Item::Source(source))
        }
        (found, _) => before.ids.find(target.kind, product, &target.old) == Some(found),
    };
    if !is_meant {
        return unit.to_owned();
    }
    item::renamed(unit, target.kind, target.whole.as_deref(), (&target.old, &target.new))
}

fn write_scope(
    (sources, tag, source): (&Sources, &str, &str),
    scope: &str,
    pairs: &[(&AcceptedPair, AcceptedPair)],
    target: &Target,
    renamed: &mut Renamed,
) {
    let path = Utf8PathBuf::from(path_of(tag, scope));
    let changed = pairs.iter().filter(|(before, after)| *before != after).count();
    let is_own = sources.find(path.as_str()).is_some_and(|id| !sources.file(id).is_embedded);
    if changed == 0 || !is_own {
        return;
    }
    let text = write_record(source, pairs.iter().map(|(_, after)| after));
    renamed.counts.insert(path.clone(), changed);
    if target.kind == ItemKind::Product && scope == target.old {
        let moved = Utf8PathBuf::from(path_of(tag, &target.new));
        renamed.changes.insert(path.clone(), None);
        renamed.changes.insert(moved.clone(), Some(text));
        renamed.moved.insert(path, moved);
    } else {
        renamed.changes.insert(path, Some(text));
    }
}
