//! Changed texts of files → a change that an editor makes, in as few places as were meant: the rest of an open
//! text keeps its marks, its cursor and its history.

use std::collections::BTreeMap;
use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::client::{Ability, Client};
use super::documents::Documents;
use super::root::Root;
use super::shift::Shift;
use super::text::Lines;
use super::wire::{ErrorCode, RpcError};
use crate::edit::Changes;
use crate::source::Sources;

/// What the changes begin from.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) sources: &'a Sources,
    /// The texts that were open then.
    pub(super) documents: &'a Documents,
    pub(super) root: &'a Root,
    pub(super) client: &'a Client,
}

impl Before<'_> {
    /// A `WorkspaceEdit`; `moved` are the files that get another path, by the old one. `otherwise` says what to do
    /// where the editor can't make it.
    pub(super) fn workspace_edit(
        self,
        changes: &Changes,
        moved: &BTreeMap<Utf8PathBuf, Utf8PathBuf>,
        otherwise: &str,
    ) -> Result<Value, RpcError> {
        let Self { client, root, .. } = self;
        let lacking =
            |what: &str| RpcError::new(ErrorCode::RequestFailed, format!("this editor can't {what}; {otherwise}"));
        let (mut operations, mut edits) = (Vec::new(), Vec::new());
        for (old, new) in moved {
            if !client.can(Ability::RenameFiles) {
                return Err(lacking("rename files"));
            }
            operations.push(json!({ "kind": "rename", "oldUri": self.uri(old), "newUri": root.uri(new) }));
        }
        for (path, text) in changes {
            let origin = moved.iter().find(|(_, new)| *new == path).map(|(old, _)| old);
            let Some(text) = text else {
                if moved.contains_key(path) {
                    continue;
                }
                if !client.can(Ability::DeleteFiles) {
                    return Err(lacking("delete files"));
                }
                operations.push(json!({ "kind": "delete", "uri": self.uri(path) }));
                continue;
            };
            let (version, found) = match self.file(origin.unwrap_or(path)) {
                Some((version, file, shown)) => (version, self.edits(file, text, shown)),
                None if !client.can(Ability::CreateFiles) => return Err(lacking("create files")),
                None => {
                    operations.push(json!({ "kind": "create", "uri": root.uri(path) }));
                    (None, vec![json!({ "range": super::text::PositionRange::default(), "newText": text })])
                }
            };
            let (uri, version) = if origin.is_some() { (root.uri(path), None) } else { (self.uri(path), version) };
            edits.push((uri, version, found));
        }
        if client.can(Ability::ChangeDocuments) {
            let edits = edits.into_iter().map(
                |(uri, version, edits)| json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits }),
            );
            return Ok(json!({ "documentChanges": operations.into_iter().chain(edits).collect::<Vec<_>>() }));
        }
        if !operations.is_empty() {
            return Err(lacking("rename, create or delete files"));
        }
        let edits: serde_json::Map<_, _> = edits.into_iter().map(|(uri, _, edits)| (uri, json!(edits))).collect();
        Ok(json!({ "changes": edits }))
    }

    /// A file of the site itself: its version, its text as it was read, and as it is shown.
    fn file(&self, path: &Utf8Path) -> Option<(Option<i64>, &str, &str)> {
        let file = self.sources.file(self.sources.find(path.as_str())?);
        let document = self.documents.get(path);
        let shown = document.map_or(file.text.as_str(), |document| &*document.text);
        (!file.is_embedded).then_some((document.map(|document| document.version), &file.text, shown))
    }

    fn uri(&self, path: &Utf8Path) -> String {
        self.documents.get(path).map_or_else(|| self.root.uri(path), |document| document.uri.clone())
    }

    fn edits(&self, old: &str, new: &str, shown: &str) -> Vec<Value> {
        let shift = Shift::between(old, shown);
        let lines = Lines::of(shown, self.client.encoding);
        let edit =
            |(range, text): (Range<usize>, &str)| json!({ "range": lines.range(shift.range(range)), "newText": text });
        differences(old, new).into_iter().map(edit).collect()
    }
}

/// Where two texts differ: ranges of the old one, and what stands there in the new one.
fn differences<'a>(old: &str, new: &'a str) -> Vec<(Range<usize>, &'a str)> {
    let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    let starts = |lines: &[&str]| -> Vec<usize> {
        let ends = lines.iter().scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old_starts, new_starts) = (starts(&old_lines), starts(&new_lines));
    let ops = capture_diff_slices(Algorithm::Myers, &old_lines, &new_lines);
    let changed = ops.into_iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let changed = changed.map(|op| {
        let (was, is) = (op.old_range(), op.new_range());
        let was = old_starts[was.start]..old_starts[was.end];
        let is = &new[new_starts[is.start]..new_starts[is.end]];
        narrowed(old, was, is)
    });
    changed.collect()
}

/// The same difference without what both have at their beginning and end.
fn narrowed<'a>(old: &str, range: Range<usize>, new: &'a str) -> (Range<usize>, &'a str) {
    let was = &old[range.clone()];
    let before = was.char_indices().zip(new.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    let before = before.unwrap_or(was.len().min(new.len()));
    let (rest, new_rest) = (&was[before..], &new[before..]);
    let same = rest.chars().rev().zip(new_rest.chars().rev()).take_while(|(a, b)| a == b);
    let behind: usize = same.map(|(c, _)| c.len_utf8()).sum();
    (range.start + before..range.end - behind, &new_rest[..new_rest.len() - behind])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_changed() {
        for (old, new, count) in [
            ("a: 名x\nb: y\nc: z\n", "a: 名w\nb: y\nc: z\n", 1),
            ("a\nb\nc\nd\n", "a\nB\nc\nx\nd\n", 2),
            ("", "a\n", 1),
            ("a\n", "", 1),
            ("aa\n", "aaa\n", 1),
            ("a\n", "a\n", 0),
            ("から\n", "がら\n", 1),
        ] {
            let found = differences(old, new);
            assert_eq!(found.len(), count, "{old:?} {new:?}");
            let mut text = old.to_owned();
            for (range, with) in found.into_iter().rev() {
                text.replace_range(range, with);
            }
            assert_eq!(text, new);
        }
        assert_eq!(differences("a: 名x y\n", "a: 名w y\n"), [(6..7, "w")]);
    }
}
