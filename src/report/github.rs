//! Diagnostics as workflow commands, which GitHub shows beside the changed lines.
//! Format: "Workflow commands for GitHub Actions", setting an error message.

use std::io::{self, Write};

use super::extent;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// Writes one line per diagnostic.
pub fn write_github(out: &mut dyn Write, sources: &Sources, diagnostics: &[Diagnostic]) -> io::Result<()> {
    for diagnostic in diagnostics {
        write!(out, "::{} ", diagnostic.severity.as_str())?;
        if let Some(span) = diagnostic.span {
            let extent = extent(sources, span);
            write!(out, "file={},line={},col={},", property(&extent.file), extent.start.line, extent.start.column)?;
            // GitHub takes an end column only for a mark within one line, and counts it inclusively.
            if extent.start.line == extent.end.line && extent.end.column > extent.start.column {
                write!(out, "endLine={},endColumn={},", extent.end.line, extent.end.column - 1)?;
            }
        }
        let mut body = diagnostic.headline.clone();
        for help in &diagnostic.help {
            body.push_str("\nhelp: ");
            body.push_str(help);
        }
        writeln!(out, "title={}::{}", property(diagnostic.code.as_str()), message(&body))?;
    }
    Ok(())
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
