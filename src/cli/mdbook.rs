//! `rutter mdbook`: what mdBook calls before it writes a book. The context and the book come on standard
//! input, the book goes to standard output with port tables in place of `{{#rutter PRODUCT}}`
//! (<https://rust-lang.github.io/mdBook/for_developers/preprocessors.html>).

mod directive;
mod fill;
mod settings;

use std::io::{IsTerminal, Read};

use camino::Utf8PathBuf;
use serde_json::Value;

use super::build::tell_unrendered;
use super::{Failure, Outcome, find_root, load, nearest_root, print, read_sources};
use crate::render::{RenderOptions, Renderer};

use fill::{Filler, Refused};
use settings::Settings;

#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    question: Option<Question>,
}

#[derive(clap::Subcommand)]
enum Question {
    /// Tell by the exit status whether books for a renderer can be filled: `html` gets HTML, any other Markdown.
    Supports {
        /// The renderer.
        renderer: String,
    },
}

pub(super) fn run(root: Option<Utf8PathBuf>, arguments: &Arguments) -> Result<Outcome, Failure> {
    if let Some(Question::Supports { .. }) = arguments.question {
        return Ok(Outcome::Done);
    }
    let (context, mut book) = read_input()?;
    let settings = Settings::of(&context)?;
    let root = match settings.site.clone().or(root) {
        Some(folder) => find_root(Some(folder))?,
        None => nearest_root(&settings.book)?,
    };
    let sources = read_sources(&root)?;
    let Some(site) = load(&sources, "the book was not filled")? else { return Ok(Outcome::ContentErrors) };
    let options = RenderOptions { base_url: settings.base_url.clone(), ..RenderOptions::default() };
    let filled = Renderer::new(&site, options)
        .map_err(Refused::Render)
        .and_then(|renderer| Filler::new(&site, &renderer, &settings).fill(&mut book));
    match filled {
        Ok(()) => print(&book.to_string())?,
        Err(Refused::Failure(failure)) => return Err(failure),
        Err(Refused::Render(error)) => {
            tell_unrendered(&sources, &error, "the book was not filled");
            return Ok(Outcome::ContentErrors);
        }
    }
    Ok(Outcome::Done)
}

fn read_input() -> Result<(Value, Value), Failure> {
    let help = "say `command = \"rutter mdbook\"` under `[preprocessor.rutter]` in book.toml, and run `mdbook build`";
    let mut stdin = std::io::stdin().lock();
    if stdin.is_terminal() {
        return Err(Failure::usage("it is mdBook that calls `rutter mdbook`", help));
    }
    let mut input = String::new();
    stdin
        .read_to_string(&mut input)
        .map_err(|error| Failure::machine(format!("standard input can't be read: {error}")))?;
    serde_json::from_str(&input)
        .map_err(|error| Failure::usage(format!("standard input is no book of mdBook: {error}"), help))
}
