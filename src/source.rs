//! The only room that reads files. In: a folder with `site.toml`. Out: [`Sources`], every input of a
//! site in memory, sorted by path, so that the order of a directory never reaches the output.
//!
//! It does not parse; it only refuses what is no text (bytes that are not UTF-8, characters that no
//! text may hold) and composes accents with their letters (NFC), so that no later stage meets two
//! spellings of one word.

mod characters;
#[cfg(any(feature = "serve", feature = "lsp"))]
mod kept;
mod page;
pub use characters::{forbidden_character, refuse_decoded, refused};
#[cfg(any(feature = "serve", feature = "lsp"))]
pub use kept::{Kept, is_of_site};
pub use page::{Page, PageError, Sheet, SheetCell, read_page};

use std::sync::Arc;
use std::{fmt, io};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::diagnostic::{Advice, Code, Diagnostic};
use crate::span::{FileId, LineColumn, Span};
use crate::words::characters::compose;

/// One text file of the site.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the site's root, with `/`.
    pub path: Utf8PathBuf,
    /// The whole text; where bytes were not UTF-8, with U+FFFD and a diagnostic.
    pub text: String,
    /// Whether it is compiled into the binary instead of lying in the site.
    pub is_embedded: bool,
    /// The text as the file has it, where that writes accents apart from their letters.
    original: Option<Box<str>>,
    line_starts: Vec<u32>,
}

impl SourceFile {
    /// Wraps a text that was read or made.
    pub fn new(path: impl Into<Utf8PathBuf>, text: String) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        let line_starts = std::iter::once(0).chain(starts).collect();
        Self { path: path.into(), text, is_embedded: false, original: None, line_starts }
    }

    /// What the file has in place of `text`; `None`: the same.
    pub fn original(&self) -> Option<&str> {
        self.original.as_deref()
    }

    /// Line and column of a byte offset.
    pub fn place(&self, offset: u32) -> LineColumn {
        let line = self.line_starts.partition_point(|start| *start <= offset) - 1;
        let start = self.line_starts[line] as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self.text.get(start..end).map_or(0, |before| before.chars().count());
        LineColumn { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// Byte range of the lines a range touches, without the last line break.
    pub fn lines_around(&self, range: std::ops::Range<usize>) -> (u32, std::ops::Range<usize>) {
        let first = self.line_starts.partition_point(|start| *start as usize <= range.start) - 1;
        let from = self.line_starts[first] as usize;
        let to = self.text[range.end..].find('\n').map_or(self.text.len(), |at| range.end + at);
        (first as u32 + 1, from..to)
    }
}

/// A file that is copied as it is or fingerprinted: a theme's asset, a file of `static/`.
#[derive(Clone, Debug)]
pub struct BinaryFile {
    /// Relative to the site's root, with `/`.
    pub path: Utf8PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Every input of a site.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Shared with the same site a moment later, which has most of them in common.
    files: Vec<Arc<SourceFile>>,
    binaries: Vec<Arc<BinaryFile>>,
    /// Pages that are no part of the site; their ids follow those of the files.
    pages: Vec<SourceFile>,
    mistakes: Vec<Diagnostic>,
}

/// A file or folder that could not be read: the machine's fault, not the writer's.
#[derive(Debug)]
pub struct ReadError {
    /// What was being read.
    pub path: Utf8PathBuf,
    /// Why it failed.
    pub cause: io::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "can't read {}: {}", self.path, self.cause)
    }
}

impl std::error::Error for ReadError {}

/// The crate's own `theme/` and `i18n/`, sorted by path.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The embedded texts below a folder, without the record of accepted translations.
pub fn embedded_below(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let below = EMBEDDED.iter().filter(move |(path, _)| path.starts_with(folder) && !path.contains("/accepted/"));
    below.filter_map(|(path, bytes)| Some((*path, std::str::from_utf8(bytes).ok()?)))
}

/// The embedded files of a locale's record of accepted translations.
pub fn embedded_records(locale: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let folder = format!("i18n/{locale}/accepted/");
    let below = EMBEDDED.iter().filter(move |(path, _)| path.starts_with(&folder));
    below.filter_map(|(path, bytes)| Some((*path, std::str::from_utf8(bytes).ok()?)))
}

/// The file that marks the root of a site.
pub const CONFIG_FILE: &str = "site.toml";

/// The folders that a site is read from.
pub const FOLDERS: [&str; 4] = ["content", "i18n", "theme", "static"];

/// The files of a site as they lie in its folder: read, and nothing read out of them yet.
#[derive(Debug)]
pub struct Files(Vec<(Utf8PathBuf, Vec<u8>)>);

impl Files {
    /// Reads the files of a site, all in parallel.
    pub fn read(root: &Utf8Path) -> Result<Self, ReadError> {
        Self::of(root, list_paths(root)?)
    }

    fn of(root: &Utf8Path, paths: Vec<Utf8PathBuf>) -> Result<Self, ReadError> {
        let mut read = paths.into_par_iter().map(|path| read_file(root, path)).collect::<Result<Vec<_>, _>>()?;
        read.sort();
        Ok(Self(read))
    }

    /// Each file with its path.
    #[cfg(any(feature = "serve", feature = "lsp"))]
    fn iter(&self) -> impl Iterator<Item = (&Utf8Path, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice()))
    }

    /// Adds files that lie elsewhere.
    #[cfg(any(feature = "serve", feature = "lsp"))]
    fn add(&mut self, files: Vec<(Utf8PathBuf, Vec<u8>)>) {
        if !files.is_empty() {
            self.0.extend(files);
            self.0.sort();
        }
    }

    /// A hash of all paths and bytes.
    pub fn fingerprint(&self) -> blake3::Hash {
        let of_file = |(path, bytes): &(Utf8PathBuf, Vec<u8>)| {
            let mut hasher = blake3::Hasher::new();
            hasher.update(blake3::hash(path.as_str().as_bytes()).as_bytes()).update(bytes);
            hasher.finalize()
        };
        let files: Vec<_> = self.0.par_iter().map(of_file).collect();
        let mut all = blake3::Hasher::new();
        for file in &files {
            all.update(file.as_bytes());
        }
        all.finalize()
    }

    /// `site.toml` alone: where the output stands can be asked before anything else is read.
    pub fn config(&self) -> Sources {
        let mut sources = Sources::default();
        if let Some((path, bytes)) = self.0.iter().find(|(path, _)| path == CONFIG_FILE) {
            sources.add_text(path.clone(), bytes.clone(), false);
        }
        sources
    }
}

impl From<Files> for Sources {
    fn from(files: Files) -> Self {
        Self::from_files(files.0)
    }
}

/// A hash of this program itself. `None`: its file is out of reach, or another one has taken its place.
pub fn program() -> Option<blake3::Hash> {
    let path = std::env::current_exe().ok()?;
    #[expect(clippy::disallowed_methods, reason = "this is the room that reads")]
    let file = std::fs::File::open(path).ok()?;
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file).ok()?;
    Some(hasher.finalize())
}

impl Sources {
    /// Reads a site, all files in parallel. The site's own files win over embedded ones of the same
    /// path. Files that are no text come back as diagnostics in [`Sources::mistakes`].
    pub fn read(root: &Utf8Path) -> Result<Self, ReadError> {
        Ok(Files::read(root)?.into())
    }

    /// A site from memory: tests and generators need no disk.
    pub fn from_files(files: Vec<(Utf8PathBuf, Vec<u8>)>) -> Self {
        let own: std::collections::BTreeSet<_> = files.iter().map(|(path, _)| path.clone()).collect();
        let embedded = EMBEDDED
            .iter()
            .filter(|(path, _)| !own.contains(Utf8Path::new(path)))
            .map(|(path, bytes)| (Utf8PathBuf::from(*path), bytes.to_vec(), true));
        let mut all: Vec<_> = files.into_iter().map(|(path, bytes)| (path, bytes, false)).chain(embedded).collect();
        all.sort();

        let mut sources = Self::default();
        for (path, bytes, is_embedded) in all {
            if is_text(&path) {
                sources.add_text(path, bytes, is_embedded);
            } else {
                sources.binaries.push(Arc::new(BinaryFile { path, bytes }));
            }
        }
        sources
    }

    fn add_text(&mut self, path: Utf8PathBuf, bytes: Vec<u8>, is_embedded: bool) {
        let id = FileId(self.files.len() as u32);
        let file = self.take_text(id, path, bytes, is_embedded);
        self.files.push(Arc::new(file));
    }

    /// The text of a file; what is wrong with it is noted.
    fn take_text(&mut self, id: FileId, path: Utf8PathBuf, bytes: Vec<u8>, is_embedded: bool) -> SourceFile {
        let mut is_utf8 = true;
        let text = String::from_utf8(bytes).unwrap_or_else(|error| {
            is_utf8 = false;
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let end = text[at..].chars().next().map_or(at, |bad| at + bad.len_utf8());
            self.mistakes.push(
                Diagnostic::error(Code::InvalidUtf8, format!("byte {at} is not UTF-8"))
                    .at(Span::new(id, at..end))
                    .help("save the file as UTF-8 without a byte order mark"),
            );
            text
        });
        if text.starts_with('\u{feff}') {
            self.mistakes.push(
                Diagnostic::error(Code::ByteOrderMark, "the file begins with a byte order mark")
                    .at(Span::new(id, 0..'\u{feff}'.len_utf8()))
                    .help(Advice::fixed_by("save it as UTF-8 without BOM", "\u{feff}", "")),
            );
        }
        let (text, original) = match compose(&text) {
            std::borrow::Cow::Owned(composed) if composed != text => (composed, Some(text.into_boxed_str())),
            _ => (text, None),
        };
        // A record is written by the compiler from texts that were refused already.
        if is_utf8 && !is_embedded && path.extension() != Some("lock") {
            self.mistakes.extend(characters::refuse_raw(id, &path, &text));
        }
        let mut file = SourceFile::new(path, text);
        file.is_embedded = is_embedded;
        file.original = original;
        file
    }

    /// The same file with other bytes; `false`: the site has none by this path.
    pub fn replace(&mut self, path: &Utf8Path, bytes: Vec<u8>) -> bool {
        if is_text(path) {
            let Some(id) = self.find(path.as_str()) else { return false };
            self.mistakes.retain(|mistake| mistake.span.is_none_or(|span| span.file != id));
            let file = self.take_text(id, path.to_owned(), bytes, false);
            self.files[id.0 as usize] = Arc::new(file);
            return true;
        }
        let Ok(position) = self.binaries.binary_search_by(|file| file.path.as_path().cmp(path)) else { return false };
        self.binaries[position] = Arc::new(BinaryFile { path: path.to_owned(), bytes });
        true
    }

    /// The same site with some files otherwise: their new text, or `None` where a file goes.
    #[must_use]
    pub fn changed(&self, changes: &std::collections::BTreeMap<Utf8PathBuf, Option<String>>) -> Self {
        let texts = self.files.iter().filter(|file| !file.is_embedded);
        let texts = texts.map(|file| (file.path.clone(), file.text.clone().into_bytes()));
        let binaries = self.binaries.iter().map(|file| (file.path.clone(), file.bytes.clone()));
        let kept = texts.chain(binaries).filter(|(path, _)| !changes.contains_key(path));
        let new = changes.iter().filter_map(|(path, text)| Some((path.clone(), text.clone()?.into_bytes())));
        Self::from_files(kept.chain(new).collect())
    }

    /// The same site with one more text to point at, which is no part of it.
    #[must_use]
    pub fn with_text(&self, path: impl Into<Utf8PathBuf>, text: String) -> (Self, FileId) {
        let mut sources = self.clone();
        sources.files.push(Arc::new(SourceFile::new(path, text)));
        let id = FileId(sources.files.len() as u32 - 1);
        (sources, id)
    }

    /// What is wrong with the files themselves.
    pub fn mistakes(&self) -> &[Diagnostic] {
        &self.mistakes
    }

    /// The file behind an id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        let position = id.0 as usize;
        match self.files.get(position) {
            Some(file) => file,
            None => &self.pages[position - self.files.len()],
        }
    }

    /// The file behind an id of the site, to be kept.
    pub(crate) fn shared(&self, id: FileId) -> &Arc<SourceFile> {
        &self.files[id.0 as usize]
    }

    /// All files that are no texts, to be kept.
    pub(crate) fn shared_binaries(&self) -> &[Arc<BinaryFile>] {
        &self.binaries
    }

    /// Adds a page that is no part of the site, so that diagnostics can point into it.
    pub fn add_page(&mut self, page: SourceFile) -> FileId {
        self.pages.push(page);
        FileId((self.files.len() + self.pages.len() - 1) as u32)
    }

    /// The source text behind a span.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// The text file at a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let found = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(FileId(found as u32))
    }

    /// All text files below a folder (`"content/products/"`), sorted by path.
    pub fn texts_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (FileId, &'a SourceFile)> {
        let ids = (0..self.files.len() as u32).map(FileId);
        let files = self.files.iter().map(|file| &**file);
        ids.zip(files).filter(move |(_, file)| file.path.as_str().starts_with(folder))
    }

    /// All other files below a folder, sorted by path.
    pub fn binaries_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a BinaryFile> {
        self.binaries.iter().map(|file| &**file).filter(move |file| file.path.as_str().starts_with(folder))
    }
}

/// Texts are what the compiler reads; everything else is copied or fingerprinted as bytes.
fn is_text(path: &Utf8Path) -> bool {
    let path = path.as_str();
    path == CONFIG_FILE
        || path.starts_with("content/")
        || path.starts_with("i18n/")
        || path.starts_with("theme/templates/")
        || path.starts_with("theme/rules/")
}

fn read_file(root: &Utf8Path, path: Utf8PathBuf) -> Result<(Utf8PathBuf, Vec<u8>), ReadError> {
    // A pipe would wait for its writer, a device might never end.
    let is_special = root.join(&path).metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
    if is_special {
        let cause = io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file");
        return Err(ReadError { path, cause });
    }
    #[expect(clippy::disallowed_methods, reason = "this is the room that reads")]
    match std::fs::read(root.join(&path)) {
        Ok(bytes) => Ok((path, bytes)),
        Err(cause) => Err(ReadError { path, cause }),
    }
}

/// A text that is no part of the site and that the caller has named, such as a translator's file.
pub fn read_text(path: &Utf8Path, most_bytes: u64) -> Result<Vec<u8>, ReadError> {
    use std::io::Read;
    let failed = |cause| ReadError { path: path.to_owned(), cause };
    #[expect(clippy::disallowed_methods, reason = "this is the room that reads")]
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(most_bytes + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most_bytes {
        let cause = io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MiB", most_bytes >> 20));
        return Err(failed(cause));
    }
    Ok(bytes)
}

/// All files of a site, in no order.
fn list_paths(root: &Utf8Path) -> Result<Vec<Utf8PathBuf>, ReadError> {
    let mut paths = vec![Utf8PathBuf::from(CONFIG_FILE)];
    for folder in FOLDERS {
        list_files(root, folder, &mut paths)?;
    }
    if !root.join("content").is_dir() {
        let cause = io::Error::new(io::ErrorKind::NotFound, "a site has its products in this folder");
        return Err(ReadError { path: "content".into(), cause });
    }
    Ok(paths)
}

fn list_files(root: &Utf8Path, folder: &str, paths: &mut Vec<Utf8PathBuf>) -> Result<(), ReadError> {
    let start = root.join(folder);
    // A link that leads nowhere is there, and is no folder.
    if start.symlink_metadata().is_err() {
        return Ok(());
    }
    if !start.is_dir() {
        let cause = io::Error::new(
            io::ErrorKind::NotADirectory,
            "expected a folder, found a file or a link that leads nowhere",
        );
        return Err(ReadError { path: folder.into(), cause });
    }
    let walk = WalkDir::new(&start).follow_links(true).into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_backup(entry.file_name())) {
        let entry = entry.map_err(|error| walk_error(root, &start, error))?;
        // Whatever is no folder is read, so that a socket or a dangling link is an error with a
        // name and never a page that silently lacks a product.
        if entry.file_type().is_dir() && !is_source_name(entry.path()) {
            continue;
        }
        if entry.depth() == 0 && entry.file_type().is_dir() {
            continue;
        }
        let absolute = Utf8PathBuf::from_path_buf(entry.into_path()).map_err(|path| ReadError {
            path: Utf8PathBuf::from(path.to_string_lossy().into_owned()),
            cause: io::Error::new(io::ErrorKind::InvalidData, "the file name is not UTF-8"),
        })?;
        let relative = absolute.strip_prefix(root).unwrap_or(&absolute);
        paths.push(Utf8PathBuf::from(relative.as_str().replace('\\', "/")));
    }
    Ok(())
}

/// A folder named like a source file stands in its place; reading it fails with its name.
fn is_source_name(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "ftl" || extension == "lock")
}

/// What editors and file managers leave beside a file.
fn is_backup(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    // `static/` may hold `.well-known`; other names with a leading dot are never part of a site.
    (name.starts_with('.') && name != ".well-known" && name != ".nojekyll")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
}

fn walk_error(root: &Utf8Path, start: &Utf8Path, error: walkdir::Error) -> ReadError {
    let path =
        error.path().map_or_else(|| start.to_owned(), |path| Utf8PathBuf::from(path.to_string_lossy().into_owned()));
    let path = path.strip_prefix(root).map_or_else(|_| path.clone(), Utf8Path::to_owned);
    let cause = if error.loop_ancestor().is_some() {
        io::Error::other("the link leads back to a folder above it")
    } else {
        error.into_io_error().unwrap_or_else(|| io::Error::other("the folder can't be listed"))
    };
    ReadError { path, cause }
}
