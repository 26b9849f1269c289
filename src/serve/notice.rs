//! What is wrong, as an open page shows it.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{Style, write_text};
use crate::source::Sources;

/// More are counted and not listed.
const MOST_LISTED: usize = 100;

/// A diagnostic as a page shows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Notice {
    severity: &'static str,
    /// As the terminal has it.
    text: String,
    /// `content/products/guard.yaml:3`
    place: Option<String>,
    /// Where the place can be edited.
    href: Option<String>,
}

impl Notice {
    /// Something that no diagnostic tells, such as a file that can't be read.
    pub(super) fn error(text: impl Into<String>) -> Self {
        Self { severity: Severity::Error.as_str(), text: text.into(), place: None, href: None }
    }
}

/// How a place in a source is reached from a page.
#[derive(Clone, Debug)]
pub(super) enum Editor {
    /// The reader sits where the files are: below this folder.
    Local(Utf8PathBuf),
    /// `edit_url` of the site, if it has one.
    Web,
}

impl Editor {
    fn href(&self, edit_url: Option<&str>, path: &Utf8Path, line: u32, column: u32) -> Option<String> {
        match self {
            Self::Local(root) => Some(format!("vscode://file{}:{line}:{column}", encode(root.join(path).as_str()))),
            Self::Web => {
                let url = edit_url?.replace("{path}", &encode(path.as_str()));
                Some(url.replace("{line}", &line.to_string()))
            }
        }
    }
}

/// A path as it stands in an address.
fn encode(path: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(path.len() + 1);
    let path = path.replace('\\', "/");
    if !path.starts_with('/') && path.contains(':') {
        encoded.push('/');
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// What pages are told is wrong.
#[derive(Clone, Default, Debug)]
pub(super) struct Tellings {
    listed: Vec<Notice>,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

impl Tellings {
    pub(super) fn of(sources: &Sources, editor: &Editor, edit_url: Option<&str>, diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
        let mut ordered: Vec<_> = diagnostics.iter().collect();
        ordered.sort_by_key(|diagnostic| diagnostic.severity);
        let listed = ordered.into_iter().take(MOST_LISTED);
        Self {
            listed: listed.map(|diagnostic| notice(sources, editor, edit_url, diagnostic)).collect(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
        }
    }

    pub(super) fn one(notice: Notice) -> Self {
        Self { listed: vec![notice], errors: 1, warnings: 0 }
    }

    pub(super) fn listed(&self) -> &[Notice] {
        &self.listed
    }

    /// Adds what is not among them; whether anything was.
    pub(super) fn add(&mut self, notices: Vec<Notice>) {
        for notice in notices {
            if self.listed.len() < MOST_LISTED && !self.listed.contains(&notice) {
                self.listed.push(notice);
                self.errors += 1;
            }
        }
    }
}

fn notice(sources: &Sources, editor: &Editor, edit_url: Option<&str>, diagnostic: &Diagnostic) -> Notice {
    let mut text = Vec::new();
    // A vector takes what is written to it.
    let _ = write_text(&mut text, sources, std::slice::from_ref(diagnostic), Style::Plain);
    let text = String::from_utf8_lossy(&text).trim_end().to_owned();
    let at = diagnostic.span.map(|span| (sources.file(span.file), span));
    let at = at.map(|(file, span)| (file, file.place(span.start)));
    let place = at.map(|(file, at)| format!("{}:{}", file.path, at.line));
    let at = at.filter(|(file, _)| !file.is_embedded);
    let href = at.and_then(|(file, at)| editor.href(edit_url, &file.path, at.line, at.column));
    Notice { severity: diagnostic.severity.as_str(), text, place, href }
}
