//! `rutter check`: the gate.

use camino::Utf8Path;

use super::{Failure, Format, Outcome, count, print, print_found, read_sources, tell};
use crate::diagnostic::has_errors;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Also fail on warnings.
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Check again whenever a file is saved, and tell what is new and what is mended.
    #[arg(long, conflicts_with_all = ["format", "deny"])]
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
    let found = crate::check_sources(&sources);
    print_found(arguments.format, &sources, &found)?;
    if arguments.format == Format::Text {
        match count(&found) {
            Some(count) => tell(&format!("{count}; `rutter explain CODE` says more about one")),
            None => tell("no errors, no warnings"),
        }
    }
    let is_denied = arguments.deny == Some(Deny::Warnings) && !found.is_empty();
    Ok(if has_errors(&found) || is_denied { Outcome::ContentErrors } else { Outcome::Done })
}
