//! Holds an edited file against the one before it: only what was meant may be otherwise.

use std::collections::BTreeMap;

use crate::diagnostic::Report;
use crate::parse::yaml::{Entry, Node, Value, parse_yaml};
use crate::source::SourceFile;
use crate::span::FileId;

/// Every scalar of a file by its path of keys and positions.
type Scalars = BTreeMap<Vec<String>, String>;

/// Whether `after` is `before` with some scalars set: the path of their map, the key, the text.
pub(super) fn is_as_wanted<'a>(
    before: &str,
    after: &str,
    wanted: impl IntoIterator<Item = (Vec<String>, &'a str)>,
) -> bool {
    let (Some(mut expected), Some(mut actual)) = (scalars(before), scalars(after)) else { return false };
    for (path, text) in wanted {
        // How many line breaks end a block is a matter of its sign.
        let is_set = actual.remove(&path).is_some_and(|actual| actual.trim_end_matches('\n') == text);
        if !is_set {
            return false;
        }
        expected.remove(&path);
    }
    expected == actual
}

/// How many scalars and keys of two files differ; `None` where one of them can't be read, or has another
/// form: then nothing is known.
pub(super) fn differences(before: &str, after: &str) -> Option<usize> {
    let read = |text: &str| {
        let file = SourceFile::new("", text.to_owned());
        parse_yaml(FileId(0), &file, &mut Report::default())
    };
    let (before, after) = (read(before)?, read(after)?);
    Some(between(&before, &after).unwrap_or(usize::MAX))
}

/// `None`: the two have other forms.
fn between(before: &Node, after: &Node) -> Option<usize> {
    match (&before.value, &after.value) {
        (Value::Scalar(before), Value::Scalar(after)) => Some(usize::from(before.text != after.text)),
        (Value::List(before), Value::List(after)) if before.len() == after.len() => {
            before.iter().zip(after).map(|(before, after)| between(before, after)).sum()
        }
        (Value::Map(before), Value::Map(after)) if before.len() == after.len() => {
            let entry = |(before, after): (&Entry, &Entry)| {
                Some(usize::from(before.key.value != after.key.value) + between(&before.value, &after.value)?)
            };
            before.iter().zip(after).map(entry).sum()
        }
        _ => None,
    }
}

fn scalars(text: &str) -> Option<Scalars> {
    let mut report = Report::default();
    let file = SourceFile::new("", text.to_owned());
    let root = parse_yaml(FileId(0), &file, &mut report)?;
    let mut scalars = Scalars::new();
    collect(&root, &mut Vec::new(), &mut scalars);
    Some(scalars)
}

fn collect(node: &Node, path: &mut Vec<String>, scalars: &mut Scalars) {
    match &node.value {
        Value::Scalar(scalar) => {
            scalars.insert(path.clone(), scalar.text.clone());
        }
        Value::List(items) => {
            for (position, item) in items.iter().enumerate() {
                path.push(position.to_string());
                collect(item, path, scalars);
                path.pop();
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                path.push(entry.key.value.clone());
                collect(&entry.value, path, scalars);
                path.pop();
            }
        }
    }
}

/// The path of keys that leads to the entry whose key begins at a byte.
pub(super) fn path_to(root: &Node, key: u32) -> Option<Vec<String>> {
    match &root.value {
        Value::Scalar(_) => None,
        Value::List(items) => {
            let (position, path) =
                items.iter().enumerate().find_map(|(position, item)| Some((position, path_to(item, key)?)))?;
            Some(std::iter::once(position.to_string()).chain(path).collect())
        }
        Value::Map(entries) => {
            // Keys come in the order of the file: the last one that begins before it holds it.
            let at = entries.partition_point(|entry| entry.key.span.start <= key).checked_sub(1)?;
            let entry = &entries[at];
            let name = entry.key.value.clone();
            if entry.key.span.start == key {
                return Some(vec![name]);
            }
            Some(std::iter::once(name).chain(path_to(&entry.value, key)?).collect())
        }
    }
}
