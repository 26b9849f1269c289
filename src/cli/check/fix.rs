//! `rutter check --fix`.

use std::fmt::Write as _;

use camino::Utf8Path;
use similar::TextDiff;

use super::super::{Failure, Outcome, number_of, print, tell, write_changes};
use super::only::Only;
use crate::edit::as_written;
use crate::edit::fix::{Fixed, Mended, fix};
use crate::source::Sources;

/// Mends the files, and says what. Returns what they are now.
pub(super) fn write(root: &Utf8Path, sources: Sources, only: &Only) -> Result<Sources, Failure> {
    let Fixed { changes, mended: list, left } = fix(&sources, |path| only.contains(path));
    write_changes(root, &sources, &changes)?;
    for mended in &list {
        tell(&line(mended));
    }
    tell_left(&left);
    if !list.is_empty() {
        tell(&format!("{} mended\n", number_of(list.len() as u64, "mistake")));
    }
    Ok(if changes.is_empty() { sources } else { sources.changed(&changes) })
}

/// Prints the change as a patch, which `patch -p1` and `git apply` take.
pub(super) fn show(sources: &Sources, only: &Only) -> Result<Outcome, Failure> {
    let Fixed { changes, mended: list, left } = fix(sources, |path| only.contains(path));
    let mut patch = String::new();
    for (path, text) in &as_written(sources, &changes) {
        let file = sources.find(path.as_str()).map(|id| sources.file(id));
        let old = file.map_or("", |file| file.original().unwrap_or(&file.text));
        // Not by `from_lines`, which takes a lone carriage return for the end of a line; `patch` does not.
        let old: Vec<&str> = old.split_inclusive('\n').collect();
        let new: Vec<&str> = text.as_deref().unwrap_or_default().split_inclusive('\n').collect();
        let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
        let (from, to) = (format!("a/{path}"), format!("b/{path}"));
        let _ = write!(patch, "{}", diff.unified_diff().header(&from, &to));
    }
    print(&patch)?;
    tell_left(&left);
    match list.len() {
        0 => tell("nothing to mend"),
        count => tell(&format!("{} would be mended; nothing was written", number_of(count as u64, "mistake"))),
    }
    Ok(Outcome::Done)
}

fn tell_left(left: &[Mended]) {
    for mended in left {
        tell(&format!("{}, left as it is: it leads to another mistake", line(mended)));
    }
}

fn line(mended: &Mended) -> String {
    let Mended { path, place, code, fix } = mended;
    let (line, column) = (place.line, place.column);
    let meant = if fix.meant.is_empty() { "removed".to_owned() } else { format!("`{}`", fix.meant) };
    let written = fix.written.escape_debug();
    format!("{path}:{line}:{column}: `{written}` → {meant} ({code})")
}
