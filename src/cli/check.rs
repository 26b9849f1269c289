//! `rutter check`: the gate.

use std::io::Write;

use camino::Utf8Path;

use super::{Failure, Outcome, count, print_text, read_sources, style_for};
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
    let sources = read_sources(root)?;
    let found = crate::check_sources(&sources);
    let mut out = anstream::stdout();
    let printed = match arguments.format {
        Format::Text => print_text(&mut out, &sources, &found, style_for(&std::io::stdout())),
        Format::Json => write_json(&mut out, &sources, &found).map_err(|error| format!("can't print: {error}")),
        Format::Github => write_github(&mut out, &sources, &found).map_err(|error| format!("can't print: {error}")),
        Format::Sarif => write_sarif(&mut out, &sources, &found).map_err(|error| format!("can't print: {error}")),
    };
    printed?;
    let _ = out.flush();
    if arguments.format == Format::Text {
        match count(&found) {
            Some(count) => eprintln!("{count}; `rutter explain CODE` says more about one"),
            None => eprintln!("no errors, no warnings"),
        }
    }
    let is_denied = arguments.deny == Some(Deny::Warnings) && !found.is_empty();
    Ok(if has_errors(&found) || is_denied { Outcome::ContentErrors } else { Outcome::Done })
}
