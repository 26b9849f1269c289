//! `rutter check --fix`.

use std::fmt::Write as _;

use camino::Utf8Path;
use similar::TextDiff;

use super::super::{Failure, Outcome, number_of, print, tell, write_changes};
use super::only::Only;
use crate::edit::fix::{Fixed, Mended, fix};
use crate::source::Sources;

/// Mends the files, and says what. Returns what they are now.
pub(super) fn write(root: &Utf8Path, sources: Sources, only: &Only) -> Result<Sources, Failure> {
    let Fixed { changes, mended: list } = fix(&sources, |path| only.contains(path));
    write_changes(root, &changes)?;
    for mended in &list {
        tell(&line(mended));
    }
    if !list.is_empty() {
        tell(&format!("{} mended\n", number_of(list.len() as u64, "mistake")));
    }
    Ok(if changes.is_empty() { sources } else { sources.changed(&changes) })
}

/// Prints the change as a patch, which `patch -p1` and `git apply` take.
pub(super) fn show(sources: &Sources, only: &Only) -> Result<Outcome, Failure> {
    let Fixed { changes, mended: list } = fix(sources, |path| only.contains(path));
    let mut patch = String::new();
    for (path, text) in &changes {
        let old = sources.find(path.as_str()).map_or("", |id| sources.file(id).text.as_str());
        let diff = TextDiff::from_lines(old, text.as_deref().unwrap_or_default());
        let (from, to) = (format!("a/{path}"), format!("b/{path}"));
        let _ = write!(patch, "{}", diff.unified_diff().header(&from, &to));
    }
    print(&patch)?;
    match list.len() {
        0 => tell("nothing to mend"),
        count => tell(&format!("{} would be mended; nothing was written", number_of(count as u64, "mistake"))),
    }
    Ok(Outcome::Done)
}

fn line(mended: &Mended) -> String {
    let Mended { path, place, code, fix } = mended;
    let (line, column) = (place.line, place.column);
    let meant = if fix.meant.is_empty() { "removed".to_owned() } else { format!("`{}`", fix.meant) };
    let written = fix.written.escape_debug();
    format!("{path}:{line}:{column}: `{written}` → {meant} ({code})")
}
