//! `rutter build`: what the library builds, told.

use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};

use super::{Failure, Outcome, Progress, base_url, count, number_of, print_done, print_text, style_for, tell, words};
use crate::build::{Error, Options, Report, Step, build_watched};
use crate::diagnostic::Diagnostic;
use crate::output::{OutputError, Tally};
use crate::render::{Links, Part, RenderError};
use crate::source::Sources;

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
    let part = arguments.part.as_deref().map(read_part).transpose()?;
    let options = Options {
        output: arguments.output.clone(),
        base_url: base_url("--base-url", arguments.base_url.as_deref())?,
        links: if arguments.file_links { Links::Files } else { Links::Folders },
        part,
        force: arguments.force,
        ..Options::new(root)
    };
    let progress = Mutex::new(None);
    let watch = |step| show(step, &mut progress.lock().unwrap_or_else(PoisonError::into_inner));
    let built = build_watched(&options, &watch);
    drop(progress);
    let report = match built {
        Ok(report) => report,
        Err(error) => return stop(error),
    };
    if let Some(sources) = &report.sources {
        tell_all(sources, &report.notices);
    }
    print_done(&line(&report, part))?;
    tell_found(Tally { errors: report.errors, warnings: report.warnings });
    Ok(Outcome::Done)
}

/// One bar or spinner after the other.
fn show(step: Step, progress: &mut Option<Progress>) {
    match (step, &progress) {
        (Step::Writing { done: 1.., .. }, Some(bar)) => bar.step(),
        // The last has to be gone before the next is there.
        (Step::Writing { of, .. }, _) => replace(progress, || Progress::of("writing", of)),
        (Step::Reading, _) => replace(progress, || Progress::unknown("reading")),
        (Step::Checking, _) => replace(progress, || Progress::unknown("checking")),
    }
}

fn replace(progress: &mut Option<Progress>, next: impl Fn() -> Progress) {
    *progress = None;
    *progress = Some(next());
}

/// Where the site is, and what there is to say of it beside its size.
fn line(report: &Report, part: Option<Part>) -> String {
    let unchanged = if report.is_unchanged { "unchanged, " } else { "" };
    // Nothing is wrong with a site that is read at home or whose publisher says where it will stand.
    let without = if report.has_base_url { "" } else { ", without absolute links (no base_url)" };
    let part = part.map_or_else(String::new, |part| format!(", part {} of {}", part.number(), part.of()));
    let languages = number_of(report.locales.len() as u64, "language");
    let pages = report.pages.map_or_else(String::new, |pages| format!("{} in {languages}, ", number_of(pages, "page")));
    let files = number_of(report.files, "file");
    format!("{}: {unchanged}{pages}{files}, {}{without}{part}", report.output, size(report.bytes))
}

fn tell_found(found: Tally) {
    if let Some(count) = words(found) {
        let them = if found.errors + found.warnings == 1 { "it" } else { "them" };
        tell(&format!("warning: the site is written, but its content has {count}; `rutter check` shows {them}"));
    }
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

fn tell_all(sources: &Sources, diagnostics: &[Diagnostic]) {
    let mut stderr = anstream::stderr();
    let style = style_for(&std::io::stderr());
    // The exit status and the last line still say it to who closed standard error.
    let _ = print_text(&mut stderr, sources, diagnostics, style);
}

fn stop(error: Error) -> Result<Outcome, Failure> {
    match error {
        Error::Read(error) => return Err(error.into()),
        Error::Output(error) => {
            let mut help = vec![error.help()];
            if matches!(error, OutputError::Io { .. }) {
                help.push("the old site, if there was one, is untouched");
            }
            return Err(Failure::Machine { cause: error.to_string(), help });
        }
        Error::Content { diagnostics, sources } => {
            tell_all(&sources, &diagnostics);
            tell(&format!("error: {}; nothing was written", count(&diagnostics).unwrap_or_default()));
        }
        Error::Render { cause, sources } => tell_unrendered(&sources, &cause, "nothing was written"),
    }
    Ok(Outcome::ContentErrors)
}

/// Tells what of the content or of the theme can't be written.
pub(super) fn tell_unrendered(sources: &Sources, error: &RenderError, consequence: &str) {
    match error {
        RenderError::Content(diagnostic) => tell_all(sources, std::slice::from_ref(&**diagnostic)),
        RenderError::Messages(list) => list.iter().for_each(|message| {
            tell(&format!("error: {message}\nhelp: `rutter check` compares the messages of all locales"));
        }),
    }
    tell(&format!("error: {consequence}"));
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => number_of(bytes, "byte"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => format!("{}.{} MiB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
