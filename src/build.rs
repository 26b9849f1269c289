//! Sources → a finished site in its folder, in one step or not at all: what `rutter build` does, and what
//! other programs do with it. Prints nothing.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::config::{BaseUrl, Config, parse_config};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::l10n::SayError;
use crate::output::{OutputError, Replaced, Tally, Tree, replace_tree, standing};
use crate::render::{Bundle, Links, Part, RenderCache, RenderError, RenderOptions, Renderer, render};
use crate::site::Site;
use crate::source::{Files, ReadError, Sources, program};

/// What to build, and how.
#[non_exhaustive]
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the site, where `site.toml` lies.
    pub root: Utf8PathBuf,
    /// Folder to write; `None`: `output` of `site.toml`, below the root.
    pub output: Option<Utf8PathBuf>,
    /// Where the site will stand; `None`: `base_url` of `site.toml`.
    pub base_url: Option<BaseUrl>,
    /// How links to pages are written.
    pub links: Links,
    /// One of several parts only; `None`: all of the site.
    pub part: Option<Part>,
    /// Whether a site is written that stands there already.
    pub force: bool,
}

impl Options {
    /// The site in a folder, written to where it says itself.
    pub fn new(root: impl Into<Utf8PathBuf>) -> Self {
        Self { root: root.into(), output: None, base_url: None, links: Links::Folders, part: None, force: false }
    }
}

/// What was built.
#[non_exhaustive]
#[derive(Debug)]
pub struct Report {
    /// The folder that holds the site.
    pub output: Utf8PathBuf,
    /// How many files it has.
    pub files: u64,
    /// How many of them are pages; `None` of a site that stood there already.
    pub pages: Option<u64>,
    /// Their sizes together.
    pub bytes: u64,
    /// The tags of its languages, that of the sources first.
    pub locales: Vec<String>,
    /// Whether it says where it stands, which canonical links and the sitemap need.
    pub has_base_url: bool,
    /// Whether it stood there already: nothing was parsed then, and nothing written.
    pub is_unchanged: bool,
    /// What was to be said while the sources were read.
    pub notices: Vec<Diagnostic>,
    /// What the checks find in the content. Of a site that stood there already only the counts are known.
    pub diagnostics: Vec<Diagnostic>,
    /// How many errors the checks found.
    pub errors: u64,
    /// How many warnings the checks found.
    pub warnings: u64,
    /// What the places of diagnostics are in; `None` if nothing was parsed.
    pub sources: Option<Sources>,
    /// How long it took.
    pub time: Duration,
}

/// Why nothing was written. The old site, if there was one, is untouched.
#[non_exhaustive]
#[derive(Debug)]
pub enum Error {
    /// The sources can't be read.
    Read(ReadError),
    /// Their structure does not hold, such as an id that does not exist.
    Content {
        /// Everything that is wrong with them.
        diagnostics: Vec<Diagnostic>,
        /// What the places of the diagnostics are in.
        sources: Box<Sources>,
    },
    /// A template or a message can't be used.
    Render {
        /// Why.
        cause: RenderError,
        /// What the place of a template's mistake is in.
        sources: Box<Sources>,
    },
    /// The folder can't be written.
    Output(OutputError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::Content { diagnostics, .. } => {
                let headlines: Vec<_> = diagnostics.iter().map(|found| found.headline.as_str()).collect();
                f.write_str(&headlines.join("\n"))
            }
            Self::Render { cause, .. } => cause.fmt(f),
            Self::Output(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Content { .. } => None,
            Self::Render { cause, .. } => Some(cause),
            Self::Output(error) => Some(error),
        }
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// How far a build is.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// The sources are read and resolved.
    Reading,
    /// Pages and files are written.
    Writing {
        /// How many shares of the work are done.
        done: u64,
        /// Of how many, all about as large.
        of: u64,
    },
    /// Facts and texts are checked.
    Checking,
}

/// Builds a site. One that stands in its folder as it would be written is left alone, unless it is forced.
pub fn build(options: &Options) -> Result<Report, Error> {
    build_watched(options, &|_| {})
}

/// Builds a site, and tells how far it is, from whichever thread does the work.
pub fn build_watched(options: &Options, watch: &(dyn Fn(Step) + Sync)) -> Result<Report, Error> {
    let start = Instant::now();
    let (files, program) = rayon::join(|| Files::read(&options.root), program);
    let files = files?;
    let inputs = program.map(|program| fingerprint(&files, program, options));
    // A program that can't be read may be any: what it wrote is written again.
    let known = inputs.as_ref().filter(|_| !options.force);
    if let Some(report) = known.and_then(|inputs| unchanged(options, &files, inputs)) {
        return Ok(Report { time: start.elapsed(), ..report });
    }
    watch(Step::Reading);
    let sources = Sources::from(files);
    let loaded = crate::load(&sources);
    let Some(site) = loaded.value else {
        // What the checks find stands beside the structural mistakes, so that one run shows all.
        let diagnostics = crate::check_sources(&sources);
        return Err(Error::Content { diagnostics, sources: Box::new(sources) });
    };
    let (report, replaced) = match write_site(options, &site, watch) {
        Ok(written) => written,
        Err(Stop::Content(cause)) => return Err(Error::Render { cause, sources: Box::new(sources) }),
        Err(Stop::Output(error)) => return Err(Error::Output(error)),
    };
    // Every part reads all of the content; one of them says what is wrong with it.
    watch(Step::Checking);
    let is_checked = options.part.is_none_or(Part::is_first);
    let diagnostics = if is_checked { crate::check(&site, &sources) } else { Vec::new() };
    let found = tally(&diagnostics);
    // What was said while the site was read must be said by the next build too, and that takes reading it.
    if let Some(inputs) = inputs.filter(|_| loaded.diagnostics.is_empty()) {
        replaced.seal(&inputs, found);
    }
    Ok(Report {
        notices: loaded.diagnostics,
        diagnostics,
        errors: found.errors,
        warnings: found.warnings,
        sources: Some(sources),
        time: start.elapsed(),
        ..report
    })
}

/// A site that stands as a build would write it. Looks, and parses nothing but `site.toml`.
fn unchanged(options: &Options, files: &Files, inputs: &str) -> Option<Report> {
    let config = parse_config(&files.config(), &mut diagnostic::Report::default())?;
    let report = Report::of(options, &config);
    let seal = standing(&report.output, &options.root, inputs)?;
    Some(Report {
        files: seal.census.files,
        bytes: seal.census.bytes,
        errors: seal.found.errors,
        warnings: seal.found.warnings,
        is_unchanged: true,
        ..report
    })
}

impl Report {
    /// What can be said before anything is written.
    fn of(options: &Options, config: &Config) -> Self {
        let locales = &config.locales;
        Self {
            output: options.output.clone().unwrap_or_else(|| below(&options.root, &config.output)),
            files: 0,
            pages: None,
            bytes: 0,
            locales: locales.ids().map(|locale| locales.tag(locale).to_owned()).collect(),
            has_base_url: options.base_url.is_some() || config.base_url.is_some(),
            is_unchanged: false,
            notices: Vec::new(),
            diagnostics: Vec::new(),
            errors: 0,
            warnings: 0,
            sources: None,
            time: Duration::ZERO,
        }
    }
}

/// A path below the root as people write it: without `./` in front.
pub(crate) fn below(root: &Utf8Path, path: &str) -> Utf8PathBuf {
    if root == "." { Utf8PathBuf::from(path) } else { root.join(path) }
}

/// How many of each kind.
pub(crate) fn tally(diagnostics: &[Diagnostic]) -> Tally {
    let number = |severity: Severity| diagnostics.iter().filter(|found| found.severity == severity).count() as u64;
    Tally { errors: number(Severity::Error), warnings: number(Severity::Warning) }
}

/// One hash of all that decides the bytes of a site: sources, options, and the program, whose theme,
/// interface text and code they come from. Of the program its version does not tell enough: a compiler
/// that is worked on keeps it; nor do size and time: a package manager may set one time for all it
/// installs. Twenty megabytes are read in a few milliseconds.
fn fingerprint(files: &Files, program: blake3::Hash, Options { base_url, links, part, .. }: &Options) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let sources = files.fingerprint();
    blake3::hash(format!("{version} {program} {sources} {links:?} {base_url:?} {part:?}").as_bytes())
        .to_hex()
        .to_string()
}

/// Files and bytes that were written, and what could not be said in those that were not.
#[derive(Default)]
struct Amount {
    files: u64,
    pages: u64,
    bytes: u64,
    unsaid: BTreeSet<SayError>,
}

impl Amount {
    fn and(mut self, other: Self) -> Self {
        self.unsaid.extend(other.unsaid);
        Self {
            files: self.files + other.files,
            pages: self.pages + other.pages,
            bytes: self.bytes + other.bytes,
            unsaid: self.unsaid,
        }
    }
}

/// What stops a build after the sources were read.
enum Stop {
    Content(RenderError),
    Output(OutputError),
}

fn write_site(options: &Options, site: &Site, watch: &(dyn Fn(Step) + Sync)) -> Result<(Report, Replaced), Stop> {
    let report = Report::of(options, &site.config);
    let render_options = RenderOptions { links: options.links, base_url: options.base_url.clone() };
    let renderer = Renderer::new(site, render_options).map_err(Stop::Content)?;
    let tree = replace_tree(&report.output, &options.root).map_err(Stop::Output)?;
    let bundles = options.part.map_or_else(|| renderer.bundles(), |part| renderer.bundles_of(part));
    let (done, of) = (AtomicU64::new(0), bundles.len() as u64);
    watch(Step::Writing { done: 0, of });
    let bundles = bundles.into_par_iter().map(|bundle| {
        let written = write_bundle(&renderer, bundle, &tree, &report.output);
        watch(Step::Writing { done: done.fetch_add(1, Ordering::Relaxed) + 1, of });
        written
    });
    let amount = bundles.try_reduce(Amount::default, |one, other| Ok(one.and(other)))?;
    if !amount.unsaid.is_empty() {
        return Err(Stop::Content(RenderError::Messages(amount.unsaid.into_iter().collect())));
    }
    let mut replaced = tree.commit().map_err(Stop::Output)?;
    replaced.clean_up();
    Ok((Report { files: amount.files, pages: Some(amount.pages), bytes: amount.bytes, ..report }, replaced))
}

fn write_bundle(renderer: &Renderer<'_>, bundle: Bundle, tree: &Tree, output: &Utf8Path) -> Result<Amount, Stop> {
    let failed = |cause| Stop::Output(OutputError::Io { path: output.to_owned(), cause });
    let mut cache = RenderCache::default();
    let mut amount = Amount::default();
    for route in bundle.routes(renderer) {
        match render(renderer, &mut cache, route) {
            Ok(content) => {
                let file = renderer.file(route);
                tree.write(file.as_str(), &content).map_err(failed)?;
                amount.pages += u64::from(file.as_str().ends_with(".html"));
                amount.files += 1;
                amount.bytes += content.len() as u64;
            }
            // Told at the end, with those of all other files.
            Err(RenderError::Messages(unsaid)) => amount.unsaid.extend(unsaid),
            Err(error) => return Err(Stop::Content(error)),
        }
    }
    Ok(amount)
}
