//! `rutter build`: sources → a finished site in its folder.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::{Failure, Outcome, base_url, below, count, number_of, print, print_text, style_for, tally, tell, words};
use crate::config::parse_config;
use crate::diagnostic::{Diagnostic, Report};
use crate::l10n::SayError;
use crate::output::{OutputError, Tally, Tree, replace_tree, standing};
use crate::render::{Bundle, Links, Part, RenderCache, RenderError, RenderOptions, Renderer, render};
use crate::source::{Files, Sources, program};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder to write [default: `output` of site.toml].
    #[arg(long, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// Address at which the site will stand [default: `base_url` of site.toml].
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Link to files instead of folders, for a copy that is read without a server.
    #[arg(long)]
    file_links: bool,
    /// Write one of N parts only, such as 2/4: the parts, copied into one folder, are the site. What the
    /// checks find is counted by part 1.
    #[arg(long, value_name = "I/N")]
    part: Option<String>,
    /// Write the site although nothing has changed since it was written.
    #[arg(long)]
    force: bool,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let base_url = base_url(arguments.base_url.as_deref())?;
    let part = arguments.part.as_deref().map(read_part).transpose()?;
    let links = if arguments.file_links { Links::Files } else { Links::Folders };
    let (files, program) = rayon::join(|| Files::read(root), program);
    let files = files?;
    let options = RenderOptions { links, base_url };
    // A program that can't be read may be any: what it wrote is written again.
    let inputs = program.map(|program| fingerprint(&files, program, &options, part));
    if let Some(inputs) = inputs.as_ref().filter(|_| !arguments.force)
        && tell_unchanged(root, arguments, &files, &options, part, inputs)?
    {
        return Ok(Outcome::Done);
    }
    let sources = Sources::from(files);
    let loaded = crate::load(&sources);
    let Some(site) = loaded.value else {
        // What the checks find stands beside the structural mistakes, so that one run shows all.
        let all = crate::check_sources(&sources);
        report(&sources, &all);
        tell(&format!("error: {}; nothing was written", count(&all).unwrap_or_default()));
        return Ok(Outcome::ContentErrors);
    };
    report(&sources, &loaded.diagnostics);
    let output = arguments.output.clone().unwrap_or_else(|| below(root, &site.config.output));
    let renderer = match Renderer::new(&site, options) {
        Ok(renderer) => renderer,
        Err(error) => return Ok(stop_at_content(&sources, error)),
    };
    let mut written = match write(&renderer, part, root, &output) {
        Ok(written) => written,
        Err(Stop::Content(error)) => return Ok(stop_at_content(&sources, error)),
        Err(Stop::Machine(failure)) => return Err(failure),
    };
    let about = about(renderer.base_url().is_some(), part);
    let files = number_of(written.files, "file");
    let told = print(&format!("{output}: {files}, {}{about}\n", size(written.bytes)));
    written.replaced.clean_up();
    told?;
    // Every part reads all of the content; one of them says what is wrong with it.
    let is_checked = part.is_none_or(Part::is_first);
    let found = if is_checked { tally(&crate::check(&site, &sources)) } else { Tally::default() };
    tell_found(found);
    // What was said while the site was read must be said by the next build too, and that takes reading it.
    if let Some(inputs) = inputs.filter(|_| loaded.diagnostics.is_empty()) {
        written.replaced.seal(&inputs, found);
    }
    Ok(Outcome::Done)
}

/// Says that a site stands as a build would write it. Looks, and parses nothing but `site.toml`.
fn tell_unchanged(
    root: &Utf8Path,
    arguments: &Arguments,
    files: &Files,
    options: &RenderOptions,
    part: Option<Part>,
    inputs: &str,
) -> Result<bool, Failure> {
    let Some(config) = parse_config(&files.config(), &mut Report::default()) else { return Ok(false) };
    let output = arguments.output.clone().unwrap_or_else(|| below(root, &config.output));
    let Some(seal) = standing(&output, root, inputs) else { return Ok(false) };
    let about = about(options.base_url.is_some() || config.base_url.is_some(), part);
    let files = number_of(seal.census.files, "file");
    print(&format!("{output}: unchanged, {files}, {}{about}\n", size(seal.census.bytes)))?;
    tell_found(seal.found);
    Ok(true)
}

/// What there is to say of a site beside its size.
fn about(has_base_url: bool, part: Option<Part>) -> String {
    // Nothing is wrong with a site that is read at home or whose publisher says where it will stand.
    let without = if has_base_url { "" } else { ", without absolute links (no base_url)" };
    let part = part.map_or_else(String::new, |part| format!(", part {} of {}", part.number(), part.of()));
    format!("{without}{part}")
}

fn tell_found(found: Tally) {
    if let Some(count) = words(found) {
        let them = if found.errors + found.warnings == 1 { "it" } else { "them" };
        tell(&format!("warning: the site is written, but its content has {count}; `rutter check` shows {them}"));
    }
}

/// One hash of all that decides the bytes of a site: sources, options, and the program, whose theme,
/// interface text and code they come from. Of the program its version does not tell enough: a compiler
/// that is worked on keeps it; nor do size and time: a package manager may set one time for all it
/// installs. Twenty megabytes are read in a few milliseconds.
fn fingerprint(files: &Files, program: blake3::Hash, options: &RenderOptions, part: Option<Part>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let sources = files.fingerprint();
    blake3::hash(format!("{version} {program} {sources} {options:?} {part:?}").as_bytes()).to_hex().to_string()
}

/// A part as it is asked for: `2/4`.
fn read_part(text: &str) -> Result<Part, Failure> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let read = text.split_once('/').and_then(|(part, of)| Some((number(part)?, number(of)?)));
    let (why, of) = match read {
        None => ("is not of the form I/N".to_owned(), 4),
        Some((_, 0)) => ("has no parts".to_owned(), 4),
        Some((number, of)) => match Part::new(number, of) {
            Some(part) => return Ok(part),
            None => (format!("is none of {of}, which are counted from 1"), of),
        },
    };
    let help =
        format!("I/N is part I of N parts: the first of {of} is `--part 1/{of}`, the last is `--part {of}/{of}`");
    Err(Failure::usage(format!("--part {text} {why}"), help))
}

fn report(sources: &Sources, diagnostics: &[Diagnostic]) {
    let mut stderr = anstream::stderr();
    let style = style_for(&std::io::stderr());
    // The exit status and the last line still say it to who closed standard error.
    let _ = print_text(&mut stderr, sources, diagnostics, style);
}

struct Written {
    files: u64,
    bytes: u64,
    replaced: crate::output::Replaced,
}

/// Files and bytes that were written, and what could not be said in those that were not.
#[derive(Default)]
struct Amount {
    files: u64,
    bytes: u64,
    unsaid: BTreeSet<SayError>,
}

impl Amount {
    fn and(mut self, other: Self) -> Self {
        self.unsaid.extend(other.unsaid);
        Self { files: self.files + other.files, bytes: self.bytes + other.bytes, unsaid: self.unsaid }
    }
}

/// What stops a build after the sources were read.
enum Stop {
    Content(RenderError),
    Machine(Failure),
}

fn write(renderer: &Renderer<'_>, part: Option<Part>, root: &Utf8Path, output: &Utf8Path) -> Result<Written, Stop> {
    let tree = replace_tree(output, root).map_err(|error| failure(&error))?;
    let bundles = part.map_or_else(|| renderer.bundles(), |part| renderer.bundles_of(part));
    let bundles = bundles.into_par_iter().map(|bundle| write_bundle(renderer, bundle, &tree, output));
    let amount = bundles.try_reduce(Amount::default, |one, other| Ok(one.and(other)))?;
    if !amount.unsaid.is_empty() {
        return Err(Stop::Content(RenderError::Messages(amount.unsaid.into_iter().collect())));
    }
    let replaced = tree.commit().map_err(|error| failure(&error))?;
    Ok(Written { files: amount.files, bytes: amount.bytes, replaced })
}

fn write_bundle(renderer: &Renderer<'_>, bundle: Bundle, tree: &Tree, output: &Utf8Path) -> Result<Amount, Stop> {
    let failed = |cause| failure(&OutputError::Io { path: output.to_owned(), cause });
    let mut cache = RenderCache::default();
    let mut amount = Amount::default();
    for route in bundle.routes(renderer) {
        match render(renderer, &mut cache, route) {
            Ok(content) => {
                tree.write(renderer.file(route).as_str(), &content).map_err(failed)?;
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

fn failure(error: &OutputError) -> Stop {
    let mut help = vec![error.help()];
    if matches!(error, OutputError::Io { .. }) {
        help.push("the old site, if there was one, is untouched");
    }
    Stop::Machine(Failure::Machine { cause: error.to_string(), help })
}

fn stop_at_content(sources: &Sources, error: RenderError) -> Outcome {
    match error {
        RenderError::Content(diagnostic) => report(sources, &[*diagnostic]),
        RenderError::Messages(list) => list.iter().for_each(|message| {
            tell(&format!("error: {message}\nhelp: `rutter check` compares the messages of all locales"));
        }),
    }
    tell("error: nothing was written");
    Outcome::ContentErrors
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => number_of(bytes, "byte"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{}.{} MiB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
