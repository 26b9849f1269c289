//! The marker of an output folder. Its first line says that the folder is ours; the second one, once the
//! build is done, from what the site was made and what its files are, so that a build that would change
//! nothing writes nothing. Of two folders with the same site the second lines differ.

use std::io::{self, Read};
use std::path::Path;
use std::time::UNIX_EPOCH;

use camino::Utf8Path;
use rayon::prelude::*;

use super::read_dir;

/// The file that says "this folder was written by us and may be replaced".
pub const MARKER: &str = ".rutter";
pub(super) const FIRST_LINE: &str = "rutter site 1\n";

/// Errors and warnings.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    /// How many errors.
    pub errors: u64,
    /// How many warnings.
    pub warnings: u64,
}

/// The second line of a marker.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seal {
    /// A fingerprint of all that decides the bytes of the site.
    pub inputs: String,
    /// Its files.
    pub census: Census,
    /// What the checks found in its content.
    pub found: Tally,
}

impl Seal {
    /// The whole marker.
    pub(super) fn to_text(&self) -> String {
        let Self { inputs, census: Census { files, bytes, sum }, found: Tally { errors, warnings } } = self;
        format!(
            "{FIRST_LINE}inputs={inputs} files={files} bytes={bytes} sum={sum:032x} errors={errors} warnings={warnings}\n"
        )
    }

    /// What the marker of a folder says, if it is one that we write, to the letter.
    pub(super) fn read(folder: &Utf8Path) -> Option<Self> {
        let mut text = String::new();
        let file = std::fs::File::options().read(true).open(folder.join(MARKER)).ok()?;
        file.take(512).read_to_string(&mut text).ok()?;
        let mut fields = text.strip_prefix(FIRST_LINE)?.split_whitespace();
        let mut field = |name: &str| fields.next()?.strip_prefix(name)?.strip_prefix('=');
        let seal = Self {
            inputs: field("inputs")?.to_owned(),
            census: Census {
                files: field("files")?.parse().ok()?,
                bytes: field("bytes")?.parse().ok()?,
                sum: u128::from_str_radix(field("sum")?, 16).ok()?,
            },
            found: Tally { errors: field("errors")?.parse().ok()?, warnings: field("warnings")?.parse().ok()? },
        };
        (seal.to_text() == text).then_some(seal)
    }
}

/// The files below a folder, without its marker: how many, how large, and which.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Census {
    /// How many.
    pub files: u64,
    /// Their sizes, in bytes.
    pub bytes: u64,
    /// Sum of a hash of each: its path, its size, when it was written. What is edited to the same size is
    /// seen by the time; reading all files again would take as long as `cp -r`.
    sum: u128,
}

impl Census {
    /// Looks at every file below a folder and reads none.
    pub(super) fn of(folder: &Utf8Path) -> io::Result<Self> {
        Self::below(folder.as_std_path(), "")
    }

    fn below(folder: &Path, path: &str) -> io::Result<Self> {
        let mut census = Self::default();
        let mut folders = Vec::new();
        for entry in read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if path.is_empty() && name == MARKER {
                continue;
            }
            let path = format!("{path}/{}", name.to_string_lossy());
            // Of a link, not of what it leads to: we write none.
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), path));
            } else {
                census = census.and(Self::file(&path, &entry.metadata()?));
            }
        }
        let below = folders.into_par_iter().map(|(folder, path)| Self::below(&folder, &path));
        Ok(census.and(below.try_reduce(Self::default, |one, other| Ok(one.and(other)))?))
    }

    fn file(path: &str, metadata: &std::fs::Metadata) -> Self {
        let written = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let written = written.map_or(0, |since| since.as_nanos());
        let mut hasher = blake3::Hasher::new();
        hasher.update(path.as_bytes()).update(&metadata.len().to_le_bytes()).update(&written.to_le_bytes());
        let mut hash = [0; 16];
        hasher.finalize_xof().fill(&mut hash);
        Self { files: 1, bytes: metadata.len(), sum: u128::from_le_bytes(hash) }
    }

    /// In any order the same: folders are walked on all cores.
    fn and(self, other: Self) -> Self {
        Self { files: self.files + other.files, bytes: self.bytes + other.bytes, sum: self.sum.wrapping_add(other.sum) }
    }
}
