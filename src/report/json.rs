//! Diagnostics for programs: one array, empty if nothing was found. Every key is always there, `null`
//! where it does not apply; lines and columns count from 1, columns in Unicode scalar values, ends
//! exclusive. `docs/commands.md` lists the keys for those who read the array.

use std::io::{self, Write};

use serde::Serialize;

use super::extent;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'a str,
    severity: &'a str,
    headline: &'a str,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    locale: Option<&'a str>,
    unit: Option<&'a str>,
    labels: Vec<JsonLabel<'a>>,
    help: &'a [String],
    fix: Option<JsonFix<'a>>,
}

/// Bytes of the same file, and what comes there.
#[derive(Serialize)]
struct JsonFix<'a> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    file: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: &'a str,
}

/// Writes the array and a line break.
pub fn write_json(out: &mut dyn Write, sources: &Sources, diagnostics: &[Diagnostic]) -> io::Result<()> {
    let entries: Vec<_> = diagnostics.iter().map(|diagnostic| entry(sources, diagnostic)).collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}

fn entry<'a>(sources: &Sources, diagnostic: &'a Diagnostic) -> JsonDiagnostic<'a> {
    let extent = diagnostic.span.map(|span| extent(sources, span));
    let labels = diagnostic.labels.iter().map(|label| {
        let extent = super::extent(sources, label.span);
        JsonLabel {
            file: extent.file,
            line: extent.start.line,
            column: extent.start.column,
            end_line: extent.end.line,
            end_column: extent.end.column,
            text: &label.text,
        }
    });
    JsonDiagnostic {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity.as_str(),
        headline: &diagnostic.headline,
        line: extent.as_ref().map(|extent| extent.start.line),
        column: extent.as_ref().map(|extent| extent.start.column),
        end_line: extent.as_ref().map(|extent| extent.end.line),
        end_column: extent.as_ref().map(|extent| extent.end.column),
        file: extent.map(|extent| extent.file),
        locale: diagnostic.locale.as_deref(),
        unit: diagnostic.unit.as_deref(),
        labels: labels.collect(),
        help: &diagnostic.help,
        fix: super::change(sources, diagnostic).map(|(extent, text)| JsonFix {
            line: extent.start.line,
            column: extent.start.column,
            end_line: extent.end.line,
            end_column: extent.end.column,
            text,
        }),
    }
}
