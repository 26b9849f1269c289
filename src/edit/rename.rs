//! An id, changed everywhere: where it is defined and used, in the references of texts in all locales,
//! in file names and in the record of accepted translations. The old id goes under `former-ids`, so
//! that old links lead on.
//!
//! What the result is worth is not predicted: the changed site is checked, and unless the check says the
//! same as before, nothing comes of it.

mod record;
mod spelled;
mod target;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use crate::diagnostic::{Report, has_errors};
use crate::item::{Home, ItemKind};
use crate::parse::fields::is_id;
use crate::parse::yaml::Value;
use crate::site::Site;
use crate::source::Sources;
use crate::span::{FileId, Span};

use super::Changes;
use super::places::Places;
use super::proof::prove;
use super::refused::Refused;
use super::splice::{Splice, apply};
use target::{Target, find_target};

/// What can be renamed. A section is only ever named together with its page.
pub const KINDS: &[ItemKind] = &[
    ItemKind::Product,
    ItemKind::Component,
    ItemKind::Flow,
    ItemKind::Option,
    ItemKind::Choice,
    ItemKind::Scenario,
    ItemKind::Note,
    ItemKind::Source,
    ItemKind::Table,
    ItemKind::Term,
    ItemKind::Page,
    ItemKind::Zone,
    ItemKind::Service,
    ItemKind::AddressList,
    ItemKind::PortRange,
];

/// What a rename comes to.
#[derive(Debug)]
pub struct Renamed {
    /// The files.
    pub changes: Changes,
    /// Old path → new path of files that are renamed.
    pub moved: BTreeMap<Utf8PathBuf, Utf8PathBuf>,
    /// Places changed, by file (its old path).
    pub counts: BTreeMap<Utf8PathBuf, usize>,
    /// Whether the old id could be kept under `former-ids`.
    pub is_remembered: bool,
}

/// Changes an id. `old` is written with its product (`guard/agent`), or bare where it has none.
pub fn rename(sources: &Sources, kind: ItemKind, old: &str, new: &str) -> Result<Renamed, Refused> {
    let mut report = Report::default();
    let Some(site) = Site::assemble(sources, &mut report).filter(|_| !report.has_errors()) else {
        return Err(Refused::Structure);
    };
    let target = find_target(&site.model, kind, old, new)?;
    let Some(mut renamed) = (Rename { sources, site: &site, target: &target }).run() else {
        unreachable!("a definition stands where the parser saw it")
    };
    let after = sources.changed(&renamed.changes);
    let Some(new_site) = Site::assemble(&after, &mut Report::default()) else {
        unreachable!("no rename touches site.toml")
    };
    record::rename_records(sources, (&site, &new_site), &target, &mut renamed);
    let former = |text: &str| replaced_word(text, &target.new, &target.old);
    let found = prove(&crate::check_sources(sources), sources.changed(&renamed.changes), former);
    if has_errors(&found.diagnostics) {
        return Err(Refused::Findings { told: vec![found], more: 0 });
    }
    Ok(renamed)
}

/// A text in which one id stands for another.
fn replaced_word(text: &str, id: &str, by: &str) -> String {
    let is_edge = |c: char| !c.is_ascii_alphanumeric() && c != '-';
    let parts = text.split_inclusive(is_edge).map(|part| {
        let word = part.trim_end_matches(is_edge);
        if word == id { format!("{by}{}", &part[word.len()..]) } else { part.to_owned() }
    });
    parts.collect()
}

struct Rename<'a> {
    sources: &'a Sources,
    site: &'a Site,
    target: &'a Target,
}

impl Rename<'_> {
    /// The changed content, without the record. `None`: a definition is not where the parser saw it.
    fn run(&self) -> Option<Renamed> {
        // A text with escapes is one place for all its references.
        let mut places: BTreeMap<FileId, BTreeSet<(usize, usize)>> = BTreeMap::new();
        for span in self.site.uses_of(self.target.item, self.sources) {
            let start = span.range().start;
            let ids = spelled::ids_in(self.sources.slice(span), self.target);
            // A product stands in its own file by its name alone.
            if !ids.is_empty() {
                let ids = ids.into_iter().map(|id| (start + id.start, start + id.end));
                places.entry(span.file).or_default().extend(ids);
            }
        }
        let splice = |(start, end)| Splice::new(start..end, self.target.new.clone());
        let mut splices: BTreeMap<FileId, Vec<Splice>> =
            places.into_iter().map(|(file, places)| (file, places.into_iter().map(splice).collect())).collect();
        let moved = self.moved();
        let mut counts: BTreeMap<_, _> =
            splices.iter().map(|(file, list)| (self.sources.file(*file).path.clone(), list.len())).collect();
        let is_remembered = self.remember(&mut splices)?;
        let mut changes = Changes::new();
        for (file, list) in splices {
            let file = self.sources.file(file);
            changes.insert(file.path.clone(), Some(apply(&file.text, list)));
        }
        for (old, new) in &moved {
            let text = changes
                .remove(old)
                .unwrap_or_else(|| self.sources.find(old.as_str()).map(|id| self.sources.file(id).text.clone()));
            changes.insert(new.clone(), text);
            changes.insert(old.clone(), None);
            counts.entry(old.clone()).or_insert(0);
        }
        Some(Renamed { changes, moved, counts, is_remembered })
    }

    /// Files whose name is the id, and the records of a product.
    fn moved(&self) -> BTreeMap<Utf8PathBuf, Utf8PathBuf> {
        if self.target.kind.home() != Home::File {
            return BTreeMap::new();
        }
        let folder = if self.target.kind == ItemKind::Product { "products" } else { "pages" };
        let path = |id: &str| Utf8PathBuf::from(format!("content/{folder}/{id}.yaml"));
        BTreeMap::from([(path(&self.target.old), path(&self.target.new))])
    }

    /// Puts the old id under `former-ids`. `Some(false)`: a choice written as its label has no place
    /// for it, and to a table no link leads.
    fn remember(&self, splices: &mut BTreeMap<FileId, Vec<Splice>>) -> Option<bool> {
        if self.target.kind == ItemKind::Table {
            return Some(false);
        }
        let span = self.target.span;
        let file = self.sources.file(span.file);
        let places = Places::of(span.file, file)?;
        let entries = places.entries();
        let is_file = self.target.kind.home() == Home::File;
        let item = if is_file { places.root() } else { &entries.get(&span.start)?.value };
        let Value::Map(keys) = &item.value else { return Some(false) };
        if self.target.kind == ItemKind::Choice && !keys.iter().any(|key| key.key.value == "label") {
            return Some(false);
        }
        let list = splices.entry(span.file).or_default();
        let Some(former) = keys.iter().find(|key| key.key.value == "former-ids") else {
            let value = format!("[{}]", self.target.old);
            let added = if is_file {
                places.add_first_key("former-ids", &value)
            } else {
                places.add_key(item, "former-ids", &value)
            };
            list.extend(added);
            return Some(true);
        };
        list.push(self.former_ids(file.text.get(former.value.span.range())?, former.value.span));
        Some(true)
    }

    /// The list with the old id in it and without the new one, which is in use again.
    fn former_ids(&self, written: &str, span: Span) -> Splice {
        let Target { old, new, .. } = self.target;
        let at = |id: &str| {
            let is_edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
            let whole = |at: &usize| {
                is_edge(written[..*at].chars().next_back()) && is_edge(written[*at + id.len()..].chars().next())
            };
            written.match_indices(id).map(|(at, _)| at).find(whole)
        };
        if let Some(at) = at(new) {
            let start = span.range().start + at;
            return Splice::new(start..start + new.len(), old.clone());
        }
        let end = span.range().start + written.trim_end().len();
        if written.trim_end().ends_with(']') {
            return Splice::new(end - 1..end - 1, format!(", {old}"));
        }
        // A block list or a single word becomes a list in brackets.
        let words = written.split(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let words: Vec<_> = words.filter(|word| is_id(word)).chain([old.as_str()]).collect();
        Splice::new(span.range().start..end, format!("[{}]", words.join(", ")))
    }
}
