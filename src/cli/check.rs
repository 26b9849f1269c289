//! `rutter check`: the gate.

use std::io::Write;

use camino::Utf8Path;

use super::{Failure, Outcome, cannot_print, count, print, print_text, read_sources, style_for, tell};
use crate::diagnostic::{has_errors, write_github, write_json, write_sarif};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Also fail on warnings.
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One array, for programs.
    Json,
    /// Workflow commands, which GitHub shows beside the changed lines.
    Github,
    /// SARIF 2.1.0, for code scanning services and editors.
    Sarif,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Warnings fail the check; their severity stays.
    Warnings,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let sources = match read_sources(root) {
        // Programs read an array in every case; the exit status says that it is no clean one.
        Err(failure) if arguments.format == Format::Json => {
            print("[]\n")?;
            return Err(failure);
        }
        sources => sources?,
    };
    let found = crate::check_sources(&sources);
    let mut out = anstream::stdout();
    let printed = match arguments.format {
        Format::Text => print_text(&mut out, &sources, &found, style_for(&std::io::stdout())),
        Format::Json => write_json(&mut out, &sources, &found).map_err(|error| cannot_print(&error)),
        Format::Github => write_github(&mut out, &sources, &found).map_err(|error| cannot_print(&error)),
        Format::Sarif => write_sarif(&mut out, &sources, &found).map_err(|error| cannot_print(&error)),
    };
    printed?;
    let _ = out.flush();
    if arguments.format == Format::Text {
        match count(&found) {
            Some(count) => tell(&format!("{count}; `rutter explain CODE` says more about one")),
            None => tell("no errors, no warnings"),
        }
    }
    let is_denied = arguments.deny == Some(Deny::Warnings) && !found.is_empty();
    Ok(if has_errors(&found) || is_denied { Outcome::ContentErrors } else { Outcome::Done })
}
