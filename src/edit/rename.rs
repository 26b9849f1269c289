//! An id, changed everywhere: where it is defined and used, in the references of texts in all locales,
//! in file names and in the record of accepted translations. The old id goes under `former-ids`, so
//! that old links lead on.
//!
//! What the result is worth is not predicted: the changed site is checked, and unless the check says the
//! same as before, nothing comes of it.

mod index;
mod record;
mod references;
mod uses;

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use crate::diagnostic::{Report, did_you_mean, has_errors};
use crate::item::{Home, ItemKind};
use crate::parse::fields::is_id;
use crate::parse::yaml::Value;
use crate::parse::{RawContent, parse_content};
use crate::site::Site;
use crate::source::Sources;
use crate::span::{FileId, Span};

use super::Changes;
use super::places::Places;
use super::proof::prove;
use super::refused::{Refused, Usage};
use super::splice::{Splice, apply};
use index::Index;
use references::Scope;
use uses::{Use, for_each_text, for_each_use};

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
    ItemKind::Term,
    ItemKind::Page,
    ItemKind::Zone,
    ItemKind::Service,
    ItemKind::AddressList,
];

/// Whether items of a kind stand in a product or in common, and not beside them.
fn is_scoped(kind: ItemKind) -> bool {
    matches!(kind.home(), Home::Product | Home::ProductOrCommon)
}

/// One item that gets another id.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Target {
    kind: ItemKind,
    /// `None`: of common, or of no product.
    product: Option<String>,
    /// Of a choice: its option.
    option: Option<String>,
    old: String,
    new: String,
}

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
    let content = parse_content(sources, &site.config.locales, &mut Report::default());
    let index = Index::of(&content);
    let target = find_target(&index, kind, old, new)?;
    let Some(mut renamed) = (Rename { sources, content: &content, index: &index, target: &target }).run() else {
        unreachable!("a definition stands where the parser saw it")
    };
    let after = sources.changed(&renamed.changes);
    let Some(new_site) = Site::assemble(&after, &mut Report::default()) else {
        unreachable!("no rename touches site.toml")
    };
    record::rename_records(sources, (&site, &new_site), &index, &target, &mut renamed);
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

fn find_target(index: &Index<'_>, kind: ItemKind, old: &str, new: &str) -> Result<Target, Usage> {
    if !is_id(new) || new.len() > 80 {
        return Err(Usage::NoId { new: new.to_owned() });
    }
    let parts: Vec<_> = old.split('/').collect();
    let (product, option, id) = match (kind, parts.as_slice()) {
        (ItemKind::Choice, [product, option, id]) => (Some(*product), Some(*option), *id),
        (ItemKind::Choice, [option, id]) => (None, Some(*option), *id),
        (ItemKind::Choice, _) => return Err(Usage::NoPath { kind, old: old.to_owned() }),
        (_, [id]) => (None, None, *id),
        (_, [product, id]) => (Some(*product), None, *id),
        (_, _) => return Err(Usage::NoPath { kind, old: old.to_owned() }),
    };
    let product = product.filter(|product| *product != "common");
    if let Some(product) = product.filter(|product| !index.has(ItemKind::Product, None, product)) {
        let close = did_you_mean(product, index.ids(ItemKind::Product, None));
        return Err(Usage::NoProduct { product: product.to_owned(), close });
    }
    let target = Target {
        kind,
        product: product.map(str::to_owned),
        option: option.map(str::to_owned),
        old: id.to_owned(),
        new: new.to_owned(),
    };
    if !index.defines(&target, id) {
        return Err(Usage::NoItem { kind, old: old.to_owned(), help: elsewhere(index, &target) });
    }
    if let Some(holder) = index.taken(&target) {
        return Err(Usage::Taken { new: new.to_owned(), holder });
    }
    Ok(target)
}

/// Where an id that is not in its place may be meant.
fn elsewhere(index: &Index<'_>, target: &Target) -> String {
    let elsewhere = index.owners(target.kind, &target.old);
    let shown: Vec<_> = elsewhere.iter().map(|owner| format!("`{owner}/{}`", target.old)).collect();
    let known = index.siblings(target);
    if !shown.is_empty() && target.option.is_none() {
        format!("did you mean {}?", shown.join(" or "))
    } else if let Some(help) = did_you_mean(&target.old, known.iter().copied()) {
        help
    } else if is_scoped(target.kind) && target.product.is_none() {
        "write it with its product, `PRODUCT/ID`, unless it is of common".to_owned()
    } else {
        "it must be defined in this place, not only used".to_owned()
    }
}

struct Rename<'a> {
    sources: &'a Sources,
    content: &'a RawContent,
    index: &'a Index<'a>,
    target: &'a Target,
}

impl Rename<'_> {
    /// The changed content, without the record. `None`: a definition is not where the parser saw it.
    fn run(&self) -> Option<Renamed> {
        let mut splices: BTreeMap<FileId, Vec<Splice>> = BTreeMap::new();
        for_each_use(self.content, &mut |found| {
            if self.is_meant(found) {
                splices.entry(found.word.span.file).or_default().push(self.replace_word(found));
            }
        });
        for_each_text(self.content, &mut |product, string| {
            let scope = Scope { index: self.index, target: self.target, product };
            let start = string.span.range().start;
            for (range, id) in scope.rewrite(self.sources.slice(string.span)) {
                let splice = Splice::new(start + range.start..start + range.end, id);
                splices.entry(string.span.file).or_default().push(splice);
            }
        });
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

    fn is_meant(&self, found: &Use<'_>) -> bool {
        let target = self.target;
        if found.kind != target.kind || found.id() != target.old {
            return false;
        }
        match (&target.option, found.option) {
            (Some(option), Some(of)) => {
                of == option && self.index.owner(ItemKind::Option, found.product, of) == Some(target.product.as_deref())
            }
            (None, None) => self.index.owner(target.kind, found.product, found.id()) == Some(target.product.as_deref()),
            _ => false,
        }
    }

    /// The id inside a word that may be quoted, or follow `component:`.
    fn replace_word(&self, found: &Use<'_>) -> Splice {
        let written = self.sources.slice(found.word.span);
        let start = found.word.span.range().start;
        match written.rfind(&self.target.old) {
            Some(at) => Splice::new(start + at..start + at + self.target.old.len(), self.target.new.clone()),
            None => Splice::new(found.word.span.range(), found.word.value.replace(&self.target.old, &self.target.new)),
        }
    }

    /// Files whose name is the id, and the records of a product.
    fn moved(&self) -> BTreeMap<Utf8PathBuf, Utf8PathBuf> {
        let folder = match self.target.kind {
            ItemKind::Product => "products",
            ItemKind::Page => "pages",
            _ => return BTreeMap::new(),
        };
        let path = |id: &str| Utf8PathBuf::from(format!("content/{folder}/{id}.yaml"));
        BTreeMap::from([(path(&self.target.old), path(&self.target.new))])
    }

    /// Puts the old id under `former-ids`. `Some(false)`: a choice written as its label has no place
    /// for it.
    fn remember(&self, splices: &mut BTreeMap<FileId, Vec<Splice>>) -> Option<bool> {
        let definition = self.index.definition(self.target)?;
        let file = self.sources.file(definition.span.file);
        let places = Places::of(definition.span.file, file)?;
        let entries = places.entries();
        let item = if definition.is_file { places.root() } else { &entries.get(&definition.span.start)?.value };
        let Value::Map(keys) = &item.value else { return Some(false) };
        if self.target.kind == ItemKind::Choice && !keys.iter().any(|key| key.key.value == "label") {
            return Some(false);
        }
        let list = splices.entry(definition.span.file).or_default();
        let Some(former) = keys.iter().find(|key| key.key.value == "former-ids") else {
            let value = format!("[{}]", self.target.old);
            let added = if definition.is_file {
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
