//! Formats from the files of a theme and of a site, and what is wrong with them.

use super::format::{Format, Formats};
use super::lint;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Sources;
use crate::span::{FileId, Span};

/// Where formats lie.
const FOLDER: &str = "theme/rules/";

/// The formats of a site. What is wrong with one is an error: rules that a tool would read otherwise are worse than
/// none.
pub fn read_formats(sources: &Sources, report: &mut Report) -> Formats {
    let mut formats = Formats::new();
    for (id, file) in sources.texts_below(FOLDER) {
        let Some(name) = file.path.as_str()[FOLDER.len()..].strip_suffix(".toml") else {
            report.add(
                Diagnostic::error(Code::UnexpectedFile, format!("`{}` is no format of rules", file.path))
                    .at(Span::new(id, 0..0))
                    .help("formats are files `theme/rules/NAME.toml`"),
            );
            continue;
        };
        match read(id, &file.text) {
            Ok(format) => {
                let mistakes = lint::mistakes(&format);
                for mistake in &mistakes {
                    report.add(
                        Diagnostic::error(Code::RuleFormat, format!("`{name}` {mistake}"))
                            .at(Span::new(id, 0..0))
                            .help("docs/rules.md says what a format needs"),
                    );
                }
                formats.insert(name.to_owned(), format);
            }
            Err(diagnostic) => report.add(*diagnostic),
        }
    }
    formats
}

fn read(id: FileId, text: &str) -> Result<Format, Box<Diagnostic>> {
    toml::from_str::<Format>(text).map_err(|error| {
        let span = Span::within(id, text, error.span().unwrap_or(0..0));
        Box::new(
            Diagnostic::error(Code::RuleFormat, error.message().to_owned())
                .at(span)
                .help("docs/rules.md says what a format needs"),
        )
    })
}
