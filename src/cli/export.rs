//! `rutter export`: a file for translators, or a part of a page for another site.

mod fragment;

pub(super) use fragment::{find_page, fragment_id, no_base_url};

use camino::{Utf8Path, Utf8PathBuf};
use clap::builder::PossibleValue;

use super::build::tell_unrendered;
use super::offered::locales;
use super::{Failure, Outcome, below, conclude, load, number_of, print, read_sources, translated_locale};
use crate::edit::export::{Only, export};
use crate::output::write_result;
use crate::render::{Form, RenderError};
use crate::site::Site;
use crate::source::Sources;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The file format.
    format: Format,
    /// The language: of a file for translators the one to translate into.
    #[arg(
        long,
        value_name = "TAG",
        required_if_eq_any([("format", "po"), ("format", "html"), ("format", "md")]),
        add = locales()
    )]
    locale: Option<String>,
    /// Leave out texts that are translated and accepted: take those that nobody has accepted
    /// (`changed`), those that are not there (`missing`), or both, parted by a comma.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHICH")]
    only: Vec<Only>,
    #[command(flatten)]
    fragment: fragment::FragmentArguments,
    /// Write to a file [default: standard output].
    #[arg(long, value_name = "FILE")]
    output: Option<Utf8PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// What Poedit, Weblate and gettext read.
    Po,
    /// A part of a page for another site, with its style sheet.
    Html,
    /// The same as Markdown.
    Md,
    /// The style sheet of such parts alone.
    Css,
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
    match arguments.format {
        Format::Po => arguments.fragment.refuse("a PO file holds all texts of a language")?,
        Format::Css => arguments.fragment.refuse("the style sheet is the same for all of them")?,
        Format::Html | Format::Md => {}
    }
    if arguments.format != Format::Po && !arguments.only.is_empty() {
        return Err(Failure::usage("`--only` is for `po`", "leave it out"));
    }
    let sources = read_sources(root)?;
    let Some(site) = load(&sources, "nothing was exported")? else { return Ok(Outcome::ContentErrors) };
    let locale = arguments.locale.as_deref().unwrap_or_default();
    let form = match arguments.format {
        Format::Po => return export_po(&site, &sources, locale, arguments),
        Format::Html => Some(Form::Html),
        Format::Md => Some(Form::Markdown),
        Format::Css => None,
    };
    let text = match fragment::write(&site, &arguments.fragment, locale, form) {
        Ok(text) => text,
        Err(Refused::Failure(failure)) => return Err(failure),
        Err(Refused::Render(error)) => {
            tell_unrendered(&sources, &error, "nothing was exported");
            return Ok(Outcome::ContentErrors);
        }
    };
    match &arguments.output {
        None => print(&text)?,
        Some(output) => write_result(output, &text)?,
    }
    Ok(Outcome::Done)
}

/// What keeps a part of a page from being written.
enum Refused {
    Failure(Failure),
    Render(RenderError),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

fn export_po(site: &Site, sources: &Sources, locale: &str, arguments: &Arguments) -> Result<Outcome, Failure> {
    let locale = translated_locale(site, locale)?;
    let text = export(site, sources, locale, &arguments.only);
    let Some(output) = &arguments.output else {
        print(&text)?;
        return Ok(Outcome::Done);
    };
    write_result(output, &text)?;
    let entries = text.matches("\nmsgctxt ").count();
    conclude(&format!("{}: {}", below(Utf8Path::new("."), output.as_str()), number_of(entries as u64, "text")));
    Ok(Outcome::Done)
}
