//! `rutter export po --locale TAG`: a file for translators.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Failure, Outcome, below, count, print, print_text, read_sources, style_for, tell, translated_locale};
use crate::edit::export::{Only, export};
use crate::output::write_result;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The file format.
    format: Format,
    /// The language to translate into.
    #[arg(long, value_name = "TAG")]
    locale: String,
    /// Leave out texts that are translated and accepted: take those that nobody has accepted
    /// (`changed`), those that are not there (`missing`), or both, parted by a comma.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHICH")]
    only: Vec<Which>,
    /// Write to a file [default: standard output].
    #[arg(long, value_name = "FILE")]
    output: Option<Utf8PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// What Poedit, Weblate and gettext read.
    Po,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Which {
    /// New, or its source text or its own text has changed since it was accepted.
    Changed,
    /// Without a text.
    Missing,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let Format::Po = arguments.format;
    let sources = read_sources(root)?;
    let loaded = crate::load(&sources);
    let Some(site) = loaded.value else {
        print_text(&mut anstream::stderr(), &sources, &loaded.diagnostics, style_for(&std::io::stderr()))?;
        tell(&format!("error: {}; nothing was exported", count(&loaded.diagnostics).unwrap_or_default()));
        return Ok(Outcome::ContentErrors);
    };
    let locale = translated_locale(&site, &arguments.locale)?;
    let only: Vec<_> = arguments
        .only
        .iter()
        .map(|which| match which {
            Which::Changed => Only::Changed,
            Which::Missing => Only::Missing,
        })
        .collect();
    let text = export(&site, &sources, locale, &only);
    let Some(output) = &arguments.output else {
        print(&text)?;
        return Ok(Outcome::Done);
    };
    write_result(output, &text).map_err(|error| error.to_string())?;
    let entries = text.matches("\nmsgctxt ").count();
    let noun = if entries == 1 { "text" } else { "texts" };
    tell(&format!("{}: {entries} {noun}", below(Utf8Path::new("."), output.as_str())));
    Ok(Outcome::Done)
}
