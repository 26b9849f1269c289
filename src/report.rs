//! Diagnostics with their source lines → what people and programs read: the terminal, JSON, GitHub
//! annotations, SARIF.

mod github;
mod json;
mod sarif;
mod text;

pub use github::write_github;
pub use json::write_json;
pub use sarif::write_sarif;
pub use text::{Style, write_text};

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::span::{FileId, LineColumn, Span};

/// Where a span begins and ends, for the writers that name places in numbers.
pub(crate) struct Extent {
    file: String,
    start: LineColumn,
    end: LineColumn,
}

fn extent(sources: &Sources, span: Span) -> Extent {
    let file = sources.file(span.file);
    Extent { file: display_path(sources, span.file), start: file.place(span.start), end: file.place(span.end) }
}

/// What can be written in a file of the site in place of something, unasked.
pub(crate) fn change<'a>(sources: &Sources, diagnostic: &'a Diagnostic) -> Option<(Extent, &'a str)> {
    let span = diagnostic.span?;
    let file = Some(sources.file(span.file)).filter(|file| !file.is_embedded)?;
    let (range, text) = diagnostic.change(&file.text)?;
    Some((extent(sources, Span::new(span.file, range)), text))
}

fn display_path(sources: &Sources, file: FileId) -> String {
    let file = sources.file(file);
    if file.is_embedded { format!("(built in)/{}", file.path) } else { file.path.to_string() }
}
