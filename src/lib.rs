//! A compiler for port tables: one multilingual YAML source in, one localized, cross-linked site
//! and machine-readable facts out.
//!
//! # Bird's-eye view
//! ```text
//!   source/config ─► parse ─► model ─► l10n ─► rules ─► site ─┬► check ─► edit
//!                                                             ├► published ─► audit, edit
//!                                                             └► render ─► output, serve
//!                                                   check, edit ─► lsp
//!   for all: span  item  value  words  locale  diagnostic
//! ```
//! A stage knows the stages on its left, never one on its right. What is for all knows no stage;
//! `report` shows diagnostics with the lines of `source` that they are about.
//!
//! | stage | in → out |
//! |---|---|
//! | `span`, `item`, `value` | where something was written; kinds of items and ids of texts; what facts are made of (ports, dates, one of a few words) |
//! | `source` | a folder → [`Sources`], every input in memory |
//! | `config` | `site.toml` → `Config` |
//! | `parse` | YAML → `Raw…` items: as written, every value with its span; Markdown → what is shown, piece by piece with its place; for editors, the same tables of keys → JSON Schemas |
//! | `model` | `Raw…` items → [`Model`](model::Model): facts whose references are ids that exist |
//! | `l10n` | Fluent and the content's texts → `Catalogs`, `Texts`, and who says what there is to say in a locale: `Voice`; with `i18n/<locale>/accepted/` → how true each translation is known to be: `States` |
//! | `rules` | what a selection decides → what a firewall could allow → files in its language; the languages are data, `theme/rules/` |
//! | `site` | all of these → [`Site`]; `Site::assemble` calls the stages before it in this order |
//! | `check()` | `Site` → diagnostics; renders nothing |
//! | `edit` | `Sources` and a wish (accept, import, rename, one item more, a product begun from published pages) → changed texts of files, worth what the check says of them; or a PO file |
//! | `published` | a page written elsewhere, and a `Site`'s words for what it says → rows of facts |
//! | `audit` | `Site` and such rows → diagnostics: what the page lacks, has too much, says otherwise; knows no `check` |
//! | `render` | `Site` → bytes, route by route |
//! | `output` | bytes → a folder, replaced in one step |
//! | `serve` | a folder that is worked on → answers to a browser, each page when it is asked for; no build |
//! | `lsp` | a folder that is worked on, with texts that no file has yet → answers to an editor: mistakes, ids, names, changes; renders nothing |
//! | `build` | all of these in a row, for programs; `cli` tells what it reports |
//! | `report` | diagnostics → the terminal, JSON, GitHub annotations, SARIF |
//!
//! # Invariants
//! - Only `source` reads files, only `output` writes them, only `cli` and `main` print.
//! - A site is a pure function from permalink to bytes: no clock, no hash order, no absolute path.
//! - `model` knows no words: a text is a [`UnitId`](model::UnitId); what else a language may have of its
//!   own, the forms of a term and the address of a source, it keeps and does not read. Routes and
//!   anchors come from the model alone, so every locale has the same.
//! - A template gets links between pages only from `Hrefs`, which takes routes: such a
//!   link can't name a page that is not there. By name it links only to the files beside its own page,
//!   and the tests follow every link.
//! - Visible words stand in `content/` and `i18n/`, never in Rust or in templates.
//! - What the writer did wrong is a [`Diagnostic`], what the machine did wrong an I/O error with its
//!   path; a panic is our bug.
//! - Nothing is remembered but in a [`RenderCache`] and in the `Memory` of `site`, which their callers own,
//!   and which decide nothing: a route gives the same bytes alone, behind others and again. From one build
//!   to the next only the marker of the output folder keeps something: from what the site in it was made, so
//!   that it may be left alone.
//!
//! # The main job
//! `build` is what `rutter build` calls; what it has to say it returns.
//! ```no_run
//! # fn main() -> Result<(), rutter::Error> {
//! let mut options = rutter::Options::new("ports");
//! options.output = Some("public/ports".into());
//! let report = rutter::build(&options)?;
//! println!("{} files in {}", report.files, report.locales.join(", "));
//! # Ok(()) }
//! ```
//! Step by step, and without a folder:
//! ```no_run
//! use rutter::{RenderCache, RenderOptions, Renderer, Sources, load, render};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sources = Sources::read(".".into())?;
//! let loaded = load(&sources);
//! let site = loaded.value.ok_or("the content has errors")?;
//! let diagnostics = rutter::check(&site, &sources);
//! let renderer = Renderer::new(&site, RenderOptions::default())?;
//! for bundle in renderer.bundles() {
//!     let mut cache = RenderCache::default();
//!     for route in bundle.routes(&renderer) {
//!         println!("{}: {}", renderer.file(route), render(&renderer, &mut cache, route)?.len());
//!     }
//! }
//! # Ok(()) }
//! ```

mod audit;
mod build;
mod check;
mod cli;
mod config;
mod diagnostic;
pub mod edit;
mod item;
mod l10n;
mod locale;
#[cfg(feature = "lsp")]
mod lsp;
pub mod model;
mod output;
mod parse;
mod published;
mod render;
pub mod report;
mod rules;
#[cfg(feature = "serve")]
mod serve;
mod site;
mod source;
mod span;
pub mod value;
mod words;

pub use build::{Error, Options, Report, Step, build, build_watched};
pub use config::BaseUrl;
pub use diagnostic::{Code, Diagnostic, Severity};
pub use locale::LocaleId;
pub use output::{OutputError, replace_tree};
pub use render::{Bundle, Links, Part, RenderCache, RenderError, RenderOptions, Renderer, Route, render};
pub use site::{Site, Warned};
pub use source::{ReadError, Sources};
pub use span::Span;

/// What the program, the tests and the benchmarks of this crate reach into. Nothing here is promised.
#[doc(hidden)]
pub mod inside {
    macro_rules! rooms {
        ($($room:ident)*) => { $( pub mod $room { pub use crate::$room::*; } )* };
    }
    rooms! { check cli config diagnostic item l10n locale output parse render rules site source span words }
}

/// Reads a site. `None`: its structure does not hold; the diagnostics say why.
pub fn load(sources: &Sources) -> Warned<Option<Site>> {
    let mut report = diagnostic::Report::default();
    let site = Site::assemble(sources, &mut report);
    settle(site, report)
}

/// The same for whoever reads a site again and again, and keeps what its files said.
#[cfg(feature = "serve")]
pub(crate) fn load_again(sources: &Sources, memory: &mut site::Memory) -> Warned<Option<Site>> {
    let mut report = diagnostic::Report::default();
    let site = Site::assemble_with(sources, Some(memory), &mut report);
    settle(site, report)
}

fn settle(site: Option<Site>, report: diagnostic::Report) -> Warned<Option<Site>> {
    let holds = !report.has_errors();
    let mut diagnostics = report.into_list();
    diagnostic::sort(&mut diagnostics);
    Warned { value: site.filter(|_| holds), diagnostics }
}

/// Everything that is wrong with the facts, texts and messages of a site whose structure holds.
pub fn check(site: &Site, sources: &Sources) -> Vec<Diagnostic> {
    let mut diagnostics = check::check(site, sources, &check::Broken::default());
    diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// All mistakes of a site in one list, structural ones included: a mistake in one item hides none
/// in another. What would only follow from a structural mistake (a row that seems uncovered because
/// its flow could not be read) is left out until that is mended.
pub fn check_sources(sources: &Sources) -> Vec<Diagnostic> {
    let mut report = diagnostic::Report::default();
    let site = Site::assemble(sources, &mut report);
    all_mistakes(site.as_ref(), report, sources)
}

/// The mistakes of a site that was read, with those that were noticed on the way.
pub(crate) fn all_mistakes(site: Option<&Site>, report: diagnostic::Report, sources: &Sources) -> Vec<Diagnostic> {
    let lost = report.lost().clone();
    let mut diagnostics = report.into_list();
    if let Some(site) = site {
        let broken = check::Broken::from_diagnostics(&diagnostics, sources);
        let found = check::check(site, sources, &broken).into_iter();
        diagnostics.extend(found.filter(|found| !lost.explains(found, |span| sources.slice(span))));
    }
    diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// A site as far as it could be read, and what was noticed; [`all_mistakes`] looks for the rest.
#[cfg(feature = "lsp")]
pub(crate) fn read_again(sources: &Sources, memory: &mut site::Memory) -> (Option<Site>, diagnostic::Report) {
    let mut report = diagnostic::Report::default();
    let site = Site::assemble_with(sources, Some(memory), &mut report);
    (site, report)
}
