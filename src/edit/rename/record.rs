//! The record of accepted translations after a rename: what was accepted stays accepted, although
//! unit ids and the references in both texts are others now.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use crate::l10n::record::{Entry, path_of, scope_of, write_record};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::Sources;

use super::index::Index;
use super::references::Scope;
use super::{Kind, Renamed, Target};

/// Adds the files of the record to what a rename changes.
pub(super) fn rename_records(
    sources: &Sources,
    (before, after): (&Site, &Site),
    index: &Index<'_>,
    target: &Target,
    renamed: &mut Renamed,
) {
    let locales = &before.config.locales;
    for locale in locales.ids().filter(|locale| *locale != locales.source()) {
        let mut files: BTreeMap<&str, Vec<(&Entry, Entry)>> = BTreeMap::new();
        let accepted = Accepted::of((before, after), locale, Scope { index, target, product: None });
        for entry in before.record(locale).entries() {
            let scope = scope_of(&entry.unit);
            let product = Some(scope).filter(|scope| index.has(Kind::Product, None, scope));
            let next = accepted.renamed(entry, Scope { index, target, product });
            files.entry(scope).or_default().push((entry, next));
        }
        for (scope, pairs) in files {
            write_scope((sources, locales.tag(locale), locales.tag(locales.source())), scope, &pairs, target, renamed);
        }
    }
}

/// The pairs that were current before, and what they are now.
struct Accepted {
    pairs: BTreeMap<(String, [u8; 32]), Entry>,
}

impl Accepted {
    /// Both sites have the same units, under other ids and, where a file is renamed, in another order.
    fn of((before, after): (&Site, &Site), locale: LocaleId, scope: Scope<'_>) -> Self {
        let entries = |site: &Site| -> Vec<Entry> {
            site.translations(locale).filter_map(|translation| site.entry(&translation, locale)).collect()
        };
        let mut now: BTreeMap<String, Entry> =
            entries(after).into_iter().map(|entry| (entry.unit.clone(), entry)).collect();
        let pair = |entry: Entry| {
            let now = now.remove(&renamed_unit(&entry.unit, scope))?;
            Some(((entry.source, *entry.hash.as_bytes()), now))
        };
        Self { pairs: entries(before).into_iter().filter_map(pair).collect() }
    }

    fn renamed(&self, entry: &Entry, scope: Scope<'_>) -> Entry {
        let unit = renamed_unit(&entry.unit, scope);
        match self.pairs.get(&(entry.source.clone(), *entry.hash.as_bytes())) {
            Some(now) => Entry { unit, ..now.clone() },
            // A pair of former texts: its source is kept for the difference it shows.
            None => Entry { unit, source: scope.rewritten(&entry.source), hash: entry.hash },
        }
    }
}

/// A unit's id after the rename: `product/kind/id/…`, `pages/page/…`.
fn renamed_unit(unit: &str, scope: Scope<'_>) -> String {
    let target = scope.target;
    let mut parts: Vec<&str> = unit.split('/').collect();
    let kind = parts.get(1).copied();
    let is_own = |product: &str, kind: Kind, id: &str| {
        let product = Some(product).filter(|product| *product != "common");
        scope.index.owner(kind, product, id) == Some(target.product.as_deref())
    };
    let position = match target.kind {
        Kind::Product => 0,
        Kind::Page if parts[0] == "pages" => 1,
        Kind::Choice if kind == Some("option") && parts.len() > 4 => 3,
        other if other != Kind::Page && other != Kind::Choice && kind == Some(other.as_str()) && parts.len() > 3 => 2,
        _ => return unit.to_owned(),
    };
    let is_meant = parts[position] == target.old
        && match target.kind {
            Kind::Product | Kind::Page => true,
            Kind::Choice => target.option.as_deref() == Some(parts[2]) && is_own(parts[0], Kind::Option, parts[2]),
            kind => is_own(parts[0], kind, &target.old),
        };
    if is_meant {
        parts[position] = &target.new;
    }
    parts.join("/")
}

fn write_scope(
    (sources, tag, source): (&Sources, &str, &str),
    scope: &str,
    pairs: &[(&Entry, Entry)],
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
    if target.kind == Kind::Product && scope == target.old {
        let moved = Utf8PathBuf::from(path_of(tag, &target.new));
        renamed.changes.insert(path.clone(), None);
        renamed.changes.insert(moved.clone(), Some(text));
        renamed.moved.insert(path, moved);
    } else {
        renamed.changes.insert(path, Some(text));
    }
}
