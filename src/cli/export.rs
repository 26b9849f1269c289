//! `rutter export po --locale TAG`: a file for translators.

use camino::{Utf8Path, Utf8PathBuf};
use clap::builder::PossibleValue;

use super::offered::locales;
use super::{Failure, Outcome, below, conclude, load, number_of, print, read_sources, translated_locale};
use crate::edit::export::{Only, export};
use crate::output::write_result;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The file format.
    format: Format,
    /// The language to translate into.
    #[arg(long, value_name = "TAG", add = locales())]
    locale: String,
    /// Leave out texts that are translated and accepted: take those that nobody has accepted
    /// (`changed`), those that are not there (`missing`), or both, parted by a comma.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHICH")]
    only: Vec<Only>,
    /// Write to a file [default: standard output].
    #[arg(long, value_name = "FILE")]
    output: Option<Utf8PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// What Poedit, Weblate and gettext read.
    Po,
}

impl clap::ValueEnum for Only {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Changed, Self::Missing]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Changed => PossibleValue::new("changed")
                .help("New, or its source text or its own text has changed since it was accepted"),
            Self::Missing => PossibleValue::new("missing").help("Without a text"),
        })
    }
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let Format::Po = arguments.format;
    let sources = read_sources(root)?;
    let Some(site) = load(&sources, "nothing was exported")? else { return Ok(Outcome::ContentErrors) };
    let locale = translated_locale(&site, &arguments.locale)?;
    let text = export(&site, &sources, locale, &arguments.only);
    let Some(output) = &arguments.output else {
        print(&text)?;
        return Ok(Outcome::Done);
    };
    write_result(output, &text)?;
    let entries = text.matches("\nmsgctxt ").count();
    conclude(&format!("{}: {}", below(Utf8Path::new("."), output.as_str()), number_of(entries as u64, "text")));
    Ok(Outcome::Done)
}
