//! What a site that can be built may still have wrong: facts that contradict each other, texts that
//! are missing, messages that differ between locales. One rule family per file; nothing is rendered.
//!
//! A finding names the items it speaks of; `allow` on one of them, or on their product, excepts it.

mod accepted;
mod conditions;
mod flows;
mod languages;
mod machines;
mod messages;
mod rows;
mod services;
mod texts;
mod translation;
mod unused;

use std::collections::BTreeSet;

pub use languages::{Blind, blind};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Item, Model, ProductId};
use crate::site::Site;
use crate::source::Sources;
use crate::span::FileId;

/// Files of which something could not be read. What is unused, uncovered or excepted for nothing
/// is not known of their items, and of common ones while there is any.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Broken {
    files: BTreeSet<FileId>,
    /// Whether one of them is of common, on whose items those of products may depend.
    has_common: bool,
}

impl Broken {
    /// The files that errors point into. A slip of prose leaves the facts whole.
    pub fn from_diagnostics(diagnostics: &[Diagnostic], sources: &Sources) -> Self {
        let breaks =
            |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error && !diagnostic.code.is_about_prose();
        let spans = diagnostics.iter().filter(breaks).filter_map(|diagnostic| diagnostic.span);
        let files: BTreeSet<_> = spans.map(|span| span.file).collect();
        let has_common = files.iter().any(|file| sources.file(*file).path.starts_with("content/common"));
        Self { files, has_common }
    }

    fn contains(&self, file: FileId) -> bool {
        self.files.contains(&file)
    }

    /// Whether all of a product could be read, and all that it may name: what two of its flows have in
    /// common is known only then.
    fn is_comparable(&self, model: &Model, product: ProductId) -> bool {
        !self.has_common && self.is_whole(model, Some(product))
    }

    /// Whether all items of a scope (`None`: common) could be read.
    fn is_whole(&self, model: &Model, product: Option<ProductId>) -> bool {
        product.map_or(self.files.is_empty(), |product| !self.contains(model[product].span.file))
    }
}

/// Runs all checks.
pub fn check(site: &Site, sources: &Sources, broken: &Broken) -> Vec<Diagnostic> {
    let mut findings = Findings::new(&site.model);
    flows::check(site, broken, &mut findings);
    conditions::check(site, &mut findings);
    services::check(site, &mut findings);
    machines::check(site, broken, &mut findings);
    texts::check(site, &mut findings);
    accepted::check(site, &mut findings);
    translation::check(site, sources, &mut findings);
    messages::check(site, broken, &mut findings);
    rows::check(site, broken, &mut findings);
    unused::check(site, broken, &mut findings);
    if broken.files.is_empty() {
        findings.check_allows();
    }
    findings.list
}

/// What the checks found, less what is excepted.
struct Findings<'a> {
    model: &'a Model,
    list: Vec<Diagnostic>,
    used: BTreeSet<(Item, Code)>,
}

impl<'a> Findings<'a> {
    fn new(model: &'a Model) -> Self {
        Self { model, list: Vec::new(), used: BTreeSet::new() }
    }

    /// Adds a finding about some items, unless one of them or its product excepts it.
    fn add(&mut self, items: &[Item], diagnostic: Diagnostic) {
        if !self.is_excepted(items, diagnostic.code) {
            self.list.push(diagnostic);
        }
    }

    /// Whether one of some items or its product excepts a check; what does is used from then on.
    fn is_excepted(&mut self, items: &[Item], code: Code) -> bool {
        let mut holders: Vec<Item> = items.to_vec();
        // A choice belongs to its option, a table to its source, a section to its page.
        holders.extend(items.iter().filter_map(|item| match item {
            Item::Choice(option, _) => Some(Item::Option(*option)),
            Item::Table(source, _) => Some(Item::Source(*source)),
            Item::Section(page, _) => Some(Item::Page(*page)),
            _ => None,
        }));
        holders.extend(items.iter().filter_map(|item| self.product_of(*item)));
        let allows =
            |item: &&Item| self.model.allows.get(item).is_some_and(|list| list.iter().any(|allow| allow.code == code));
        let excepting: Vec<_> = holders.iter().filter(allows).copied().collect();
        let is_excepted = !excepting.is_empty();
        self.used.extend(excepting.into_iter().map(|item| (item, code)));
        is_excepted
    }

    fn product_of(&self, item: Item) -> Option<Item> {
        let product = match item {
            Item::Flow(id) => Some(self.model[id].product),
            Item::Note(id) => Some(self.model[id].product),
            Item::Scenario(id) => Some(self.model[id].product),
            Item::Member(product, _) => Some(product),
            Item::Source(id) | Item::Table(id, _) => Some(self.model[id].product),
            Item::Component(id) => self.model[id].product,
            Item::Option(id) | Item::Choice(id, _) => self.model[id].product,
            Item::List(position) => self.model.lists[position as usize].product,
            Item::Product(_)
            | Item::Service(_)
            | Item::Zone(_)
            | Item::Term(_)
            | Item::Page(_)
            | Item::Section(..)
            | Item::Range(_) => None,
        };
        product.map(Item::Product)
    }

    /// An exception that excepts nothing hides the next mistake of its kind.
    fn check_allows(&mut self) {
        for (item, allows) in &self.model.allows {
            for allow in allows.iter().filter(|allow| !self.used.contains(&(*item, allow.code))) {
                self.list.push(
                    Diagnostic::error(
                        Code::UnusedAllow,
                        format!("no check of the code `{}` is excepted here", allow.code),
                    )
                    .at(allow.span)
                    .help("remove this `allow`: it excepts nothing, or only what can't be excepted"),
                );
            }
        }
    }
}
