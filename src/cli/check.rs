//! `rutter check`: the gate.

mod fix;
mod only;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Failure, Format, Outcome, Progress, conclude, count, print, print_found, read_sources, remark};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::report;
use crate::source::Sources;
use only::Only;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Files or folders of the site to report on; all of it is read [default: everything].
    #[arg(value_name = "PATH")]
    paths: Vec<Utf8PathBuf>,
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Also fail on warnings.
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Mend what has one right answer, then report on the rest.
    #[arg(long)]
    fix: bool,
    /// With `--fix`: write nothing, and print what would be mended as a patch.
    #[arg(long, requires = "fix", conflicts_with_all = ["format", "deny"])]
    dry_run: bool,
    /// Check again whenever a file is saved, and tell what is new and what is mended.
    #[arg(long, conflicts_with_all = ["paths", "format", "deny", "fix"])]
    watch: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Warnings fail the check; their severity stays.
    Warnings,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    if arguments.watch {
        return super::serve::watch(root);
    }
    let sources = match read_sources(root) {
        // Programs read an array in every case; the exit status says that it is no clean one.
        Err(failure) if arguments.format == Format::Json => {
            print("[]\n")?;
            return Err(failure);
        }
        sources => sources?,
    };
    let only = Only::find(root, &arguments.paths, &sources)?;
    if arguments.dry_run {
        return fix::show(&sources, &only);
    }
    let sources = if arguments.fix { fix::write(root, sources, &only)? } else { sources };
    let checking = Progress::unknown("checking");
    let (found, elsewhere) = only.part(&sources, crate::check_sources(&sources));
    drop(checking);
    print_found(arguments.format, &sources, &found)?;
    if arguments.format == Format::Text {
        // What is left of it behind a fix leads to another mistake.
        if !arguments.fix {
            say_fixable(&sources, &found);
        }
        if super::schema::is_stale(root, &sources) {
            remark(
                "the schemas in `schema/` are not those of this rutter; `rutter schema --write` brings them up to date",
            );
        }
        say_counts(&found, &elsewhere);
    }
    let is_denied = arguments.deny == Some(Deny::Warnings) && !found.is_empty();
    Ok(if has_errors(&found) || is_denied { Outcome::ContentErrors } else { Outcome::Done })
}

/// What can be done at once.
fn say_fixable(sources: &Sources, found: &[Diagnostic]) {
    let is_fixable = |found: &&Diagnostic| report::change(sources, found).is_some();
    match found.iter().filter(is_fixable).count() {
        0 => {}
        fixable => remark(&format!("{} mended by `rutter check --fix`", can_be(fixable, found.len()))),
    }
}

/// The last line.
fn say_counts(found: &[Diagnostic], elsewhere: &[Diagnostic]) {
    let elsewhere = count(elsewhere).map_or_else(String::new, |count| format!("; {count} elsewhere"));
    match count(found) {
        Some(count) => conclude(&format!("{count}{elsewhere}; `rutter explain CODE` says more about one")),
        None => conclude(&format!("no errors, no warnings{elsewhere}")),
    }
}

fn can_be(fixable: usize, all: usize) -> String {
    match (fixable, all) {
        (1, 1) => "it can be".to_owned(),
        _ if fixable == all => "they can be".to_owned(),
        _ => format!("{fixable} of them can be"),
    }
}
