//! Diagnostics as SARIF 2.1.0 (OASIS), which code scanning services and editors read.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Extent, extent};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Sources;
use crate::span::Span;

/// Writes one run with all results and a line break.
pub fn write_sarif(out: &mut dyn Write, sources: &Sources, diagnostics: &[Diagnostic]) -> io::Result<()> {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let rules: Vec<_> = codes.into_iter().map(rule).collect();
    let results: Vec<_> = diagnostics.iter().map(|diagnostic| result(sources, diagnostic)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "rutter", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(code: Code) -> Value {
    json!({ "id": code.as_str(), "fullDescription": { "text": code.explanation() } })
}

fn result(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let mut text = diagnostic.headline.clone();
    for help in &diagnostic.help {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    let locations: Vec<_> = diagnostic.span.iter().map(|span| location(sources, *span, None)).collect();
    let related: Vec<_> =
        diagnostic.labels.iter().map(|label| location(sources, label.span, Some(&label.text))).collect();
    let mut result = json!({
        "ruleId": diagnostic.code.as_str(),
        "level": diagnostic.severity.as_str(),
        "message": { "text": text },
        "locations": locations,
        "relatedLocations": related,
    });
    if let Some((extent, text)) = super::change(sources, diagnostic) {
        result["fixes"] = json!([{
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(&extent.file) },
                "replacements": [{ "deletedRegion": region(&extent), "insertedContent": { "text": text } }],
            }],
        }]);
    }
    result
}

fn region(extent: &Extent) -> Value {
    json!({
        "startLine": extent.start.line,
        "startColumn": extent.start.column,
        "endLine": extent.end.line,
        "endColumn": extent.end.column,
    })
}

fn location(sources: &Sources, span: Span, message: Option<&str>) -> Value {
    let extent = extent(sources, span);
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&extent.file) },
            "region": region(&extent),
        },
    });
    if let Some(message) = message {
        location["message"] = json!({ "text": message });
    }
    location
}

/// A relative path as a URI reference (RFC 3986): what is not unreserved or `/` is escaped.
fn uri(path: &str) -> String {
    use std::fmt::Write as _;
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
