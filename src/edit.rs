//! Changes to the sources themselves: a site and what shall be otherwise in, new texts of files out.
//! Everything that was not meant stays as it is, byte by byte: a change is a splice into the text of
//! the file, which is then parsed again and compared with what was wanted.
//!
//! It stands beside `check`: it needs the finished site and renders nothing. It writes nothing either;
//! the command hands the [`Changes`] to `output`.

pub mod export;
pub mod import;
mod message;
mod places;
pub mod rename;
mod scalar;
mod splice;
mod verify;

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use crate::diagnostic::{Code, Diagnostic, Severity};

/// What becomes of some files: their new text; `None`: the file goes.
pub type Changes = BTreeMap<Utf8PathBuf, Option<String>>;

/// What a check finds after a change and did not find before. Ids and places in the findings may
/// differ by what was meant, so they are counted by code.
pub fn new_findings(before: &[Diagnostic], after: &[Diagnostic]) -> Vec<Diagnostic> {
    let (before, now) = (count(before), count(after));
    let key = |diagnostic: &Diagnostic| (diagnostic.severity, diagnostic.code);
    let is_new = |diagnostic: &&Diagnostic| now.get(&key(diagnostic)) > before.get(&key(diagnostic));
    after.iter().filter(is_new).cloned().collect()
}

fn count(diagnostics: &[Diagnostic]) -> BTreeMap<(Severity, Code), usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry((diagnostic.severity, diagnostic.code)).or_default() += 1;
    }
    counts
}
