//! The folder of the site, as its editor names it.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::uri::{path_of, uri_of};
use crate::source::{CONFIG_FILE, is_of_site};

/// A folder with a site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Root {
    path: Utf8PathBuf,
    /// The same without links: an editor may name it either way.
    real: Utf8PathBuf,
}

impl Root {
    /// A folder that is known to hold a site.
    pub(super) fn of(path: &Utf8Path) -> Self {
        let path = absolute(path);
        let real = path.canonicalize_utf8().unwrap_or_else(|_| path.clone());
        Self { path, real }
    }

    /// The nearest folder with a site, at a path or above it.
    pub(super) fn near(path: &Utf8Path) -> Option<Self> {
        path.ancestors().find(|folder| folder.join(CONFIG_FILE).is_file()).map(Self::of)
    }

    pub(super) fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// A file of the site by its address, relative to the root; `None`: it is none.
    pub(super) fn relative(&self, uri: &str) -> Option<Utf8PathBuf> {
        let path = path_of(uri)?;
        let below = path.strip_prefix(&self.path).or_else(|_| path.strip_prefix(&self.real)).ok()?;
        let is_plain = below.components().all(|part| matches!(part, Utf8Component::Normal(_)));
        (is_plain && is_of_site(below)).then(|| below.as_str().replace('\\', "/").into())
    }

    /// The address of a file by its path below the root.
    pub(super) fn uri(&self, path: &Utf8Path) -> String {
        uri_of(&self.path.join(path))
    }
}

fn absolute(path: &Utf8Path) -> Utf8PathBuf {
    let absolute = std::path::absolute(path).ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    absolute.unwrap_or_else(|| path.to_owned())
}
