//! Diagnostics as marks in an editor: by file, with their places in the texts that were read.

use std::collections::BTreeMap;
use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::client::{Ability, Client};
use super::reader::Reading;
use super::root::Root;
use super::shift::Shift;
use super::text::{Lines, PositionRange};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::CONFIG_FILE;
use crate::span::{FileId, Span};

/// What is published of each file that has marks: the params of the notification.
pub(super) fn marks(reading: &Reading, root: &Root, client: &Client) -> BTreeMap<Utf8PathBuf, Value> {
    let mut pages = Pages { reading, root, client, files: BTreeMap::new() };
    let mut files: BTreeMap<Utf8PathBuf, Vec<Value>> = BTreeMap::new();
    for diagnostic in reading.found.iter() {
        let (path, mark) = pages.mark(diagnostic);
        files.entry(path).or_default().push(mark);
    }
    let page = |(path, marks): (Utf8PathBuf, Vec<Value>)| {
        let params = published(reading, root, &path, &marks);
        (path, params)
    };
    files.into_iter().map(page).collect()
}

/// The params of the notification about one file.
pub(super) fn published(reading: &Reading, root: &Root, path: &Utf8Path, marks: &[Value]) -> Value {
    match reading.documents.get(path) {
        Some(document) => json!({ "uri": document.uri, "version": document.version, "diagnostics": marks }),
        None => json!({ "uri": root.uri(path), "diagnostics": marks }),
    }
}

/// A diagnostic, and where it stands in a text as it is now.
pub(super) struct Found<'a> {
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) range: Range<usize>,
}

/// The diagnostics that touch a range of a text, as far as they still mean the same words.
pub(super) fn at_place<'a>(reading: &'a Reading, path: &Utf8Path, text: &str, range: Range<usize>) -> Vec<Found<'a>> {
    let Some(file) = reading.sources.find(path.as_str()) else { return Vec::new() };
    let shift = Shift::between(&reading.sources.file(file).text, text);
    let of_file = reading.found.iter().filter_map(|diagnostic| {
        let span = diagnostic.span.filter(|span| span.file == file)?;
        Some(Found { diagnostic, range: shift.same(span.range())? })
    });
    of_file.filter(|found| found.range.start <= range.end && range.start <= found.range.end).collect()
}

/// The texts in which marks stand, each looked at once.
struct Pages<'a> {
    reading: &'a Reading,
    root: &'a Root,
    client: &'a Client,
    files: BTreeMap<FileId, (Shift<'a>, Lines<'a>)>,
}

impl<'a> Pages<'a> {
    fn mark(&mut self, diagnostic: &'a Diagnostic) -> (Utf8PathBuf, Value) {
        let sources = &self.reading.sources;
        // What lies in no file of the site, and what concerns all of them, stands where the site begins.
        let span = diagnostic.span.filter(|span| !sources.file(span.file).is_embedded);
        let path = span.map_or_else(|| CONFIG_FILE.into(), |span| sources.file(span.file).path.clone());
        let mut message = diagnostic.headline.clone();
        for help in &diagnostic.help {
            message.push_str("\nhelp: ");
            message.push_str(help);
        }
        let mut mark = json!({
            "range": span.map_or_else(PositionRange::default, |span| self.range(span)),
            "severity": match diagnostic.severity { Severity::Error => 1, Severity::Warning => 2 },
            "code": diagnostic.code.as_str(),
            "source": "rutter",
            "message": message,
        });
        if self.client.can(Ability::ShowRelated) {
            let labels = diagnostic.labels.iter().filter(|label| !sources.file(label.span.file).is_embedded);
            let related: Vec<_> = labels
                .map(|label| {
                    let uri = self.uri(&sources.file(label.span.file).path);
                    json!({ "location": { "uri": uri, "range": self.range(label.span) }, "message": label.text })
                })
                .collect();
            mark["relatedInformation"] = json!(related);
        }
        (path, mark)
    }

    fn uri(&self, path: &Utf8Path) -> String {
        self.reading.documents.get(path).map_or_else(|| self.root.uri(path), |document| document.uri.clone())
    }

    fn range(&mut self, span: Span) -> PositionRange {
        let (reading, encoding) = (self.reading, self.client.encoding);
        let (shift, lines) = self.files.entry(span.file).or_insert_with(|| {
            let file = reading.sources.file(span.file);
            let text = reading.documents.get(&file.path).map_or(file.text.as_str(), |document| &*document.text);
            (Shift::between(&file.text, text), Lines::of(text, encoding))
        });
        lines.range(shift.range(span.range()))
    }
}
