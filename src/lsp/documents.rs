//! The texts that an editor has open, as they are there, saved or not.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;

use super::text::{Encoding, Lines, PositionRange};

/// A text that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Document {
    /// As its editor names it.
    pub(super) uri: String,
    pub(super) version: i64,
    pub(super) text: Arc<str>,
}

/// A change of a text; without a range the whole of it.
#[derive(Deserialize, Debug)]
pub(super) struct Change {
    range: Option<PositionRange>,
    text: String,
}

/// The open texts by their paths below the root of the site.
#[derive(Clone, Default, Debug)]
pub(super) struct Documents(BTreeMap<Utf8PathBuf, Document>);

impl Documents {
    pub(super) fn open(&mut self, path: Utf8PathBuf, document: Document) {
        self.0.insert(path, document);
    }

    /// Makes changes, one behind the other.
    pub(super) fn change(&mut self, path: &Utf8Path, version: i64, changes: Vec<Change>, encoding: Encoding) {
        let Some(document) = self.0.get_mut(path) else { return };
        let mut text = document.text.to_string();
        for change in changes {
            match change.range {
                None => text = change.text,
                Some(range) => {
                    let bytes = Lines::of(&text, encoding).bytes(range);
                    text.replace_range(bytes, &change.text);
                }
            }
        }
        document.version = version;
        document.text = text.into();
    }

    pub(super) fn close(&mut self, path: &Utf8Path) {
        self.0.remove(path);
    }

    pub(super) fn get(&self, path: &Utf8Path) -> Option<&Document> {
        self.0.get(path)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &Document)> {
        self.0.iter().map(|(path, document)| (path.as_path(), document))
    }
}
