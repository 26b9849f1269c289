//! The files of a site while people work on them: what has changed since they were last read, and that
//! alone read again.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};

use super::{CONFIG_FILE, FOLDERS, Files, ReadError, Sources, is_backup, list_paths, read_file};

/// A file written so shortly before it was read may be written again without looking any different.
const COARSEST_CLOCK: Duration = Duration::from_millis(50);

/// A file that vanishes while it is read is about to be another one.
const BEFORE_RETRY: Duration = Duration::from_millis(25);
const MOST_RETRIES: usize = 8;

/// The byte order mark.
#[cfg(feature = "lsp")]
const MARK: char = '\u{feff}';

/// What a file system says of a file without opening it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

#[derive(Debug)]
struct Known {
    stamp: Stamp,
    hash: blake3::Hash,
    /// Whether the stamp tells this content from any other.
    is_settled: bool,
}

/// A site that is read again and again.
#[derive(Debug)]
pub struct Kept {
    root: Utf8PathBuf,
    /// What stands in place of files: texts that an editor has open and has not saved.
    unsaved: BTreeMap<Utf8PathBuf, Vec<u8>>,
    known: BTreeMap<Utf8PathBuf, Known>,
    sources: Sources,
    astray: BTreeSet<Utf8PathBuf>,
}

impl Kept {
    /// Nothing is read yet.
    pub fn new(root: &Utf8Path) -> Self {
        let (unsaved, known, astray) = Default::default();
        Self { root: root.to_owned(), unsaved, known, sources: Sources::default(), astray }
    }

    /// Lets a text stand in place of a file, which need not be there; `None`: the file counts again.
    #[cfg(feature = "lsp")]
    pub fn put(&mut self, path: &Utf8Path, text: Option<&str>) {
        let Some(text) = text else {
            self.unsaved.remove(path);
            return;
        };
        // An editor keeps the mark to itself and writes it back: it is wrong all the same.
        let known = self.sources.find(path.as_str()).map(|id| self.sources.file(id).text.as_str());
        let has_mark = known.is_some_and(|known| known.starts_with(MARK)) && !text.starts_with(MARK);
        let mark = if has_mark { "\u{feff}" } else { "" };
        self.unsaved.insert(path.to_owned(), format!("{mark}{text}").into_bytes());
    }

    /// The files as they were last read.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Files for readers that a link brings in from outside the site: a server leaves them out, because
    /// whoever wrote the link need not be who owns the file.
    pub fn astray(&self) -> impl Iterator<Item = &Utf8Path> {
        self.astray.iter().map(Utf8PathBuf::as_path)
    }

    /// Reads what has changed: files that look different, and those that are said to be. Returns the files
    /// whose content is another one, or that have come or gone. After an error nothing has changed.
    pub fn refresh(&mut self, touched: &BTreeSet<Utf8PathBuf>) -> Result<BTreeSet<Utf8PathBuf>, ReadError> {
        for _ in 0..MOST_RETRIES {
            match self.refresh_once(touched) {
                Err(error) if error.cause.kind() == io::ErrorKind::NotFound => std::thread::sleep(BEFORE_RETRY),
                read => return read,
            }
        }
        self.refresh_once(touched)
    }

    fn refresh_once(&mut self, touched: &BTreeSet<Utf8PathBuf>) -> Result<BTreeSet<Utf8PathBuf>, ReadError> {
        let (paths, astray) = self.list()?;
        let is_same_set = paths.len() == self.known.len() && paths.iter().all(|path| self.known.contains_key(path));
        if !is_same_set {
            return self.read_all(paths, astray);
        }
        let mut changed = Vec::new();
        for path in paths {
            let known = &self.known[&path];
            let stamp = self.stamp(&path)?;
            if known.stamp == stamp && known.is_settled && !touched.contains(&path) {
                continue;
            }
            let (path, bytes) = self.read(path)?;
            let hash = blake3::hash(&bytes);
            let is_other = known.hash != hash;
            changed.push((path, Known { is_settled: is_settled(stamp), stamp, hash }, is_other.then_some(bytes)));
        }
        let mut others = BTreeSet::new();
        for (path, known, bytes) in changed {
            if let Some(bytes) = bytes {
                self.sources.replace(&path, bytes);
                others.insert(path.clone());
            }
            self.known.insert(path, known);
        }
        Ok(others)
    }

    /// A file more or less moves the place of all others, by which they are known.
    fn read_all(
        &mut self,
        paths: Vec<Utf8PathBuf>,
        astray: BTreeSet<Utf8PathBuf>,
    ) -> Result<BTreeSet<Utf8PathBuf>, ReadError> {
        let stamps = paths.iter().map(|path| self.stamp(path)).collect::<Result<Vec<_>, _>>()?;
        let stamps: BTreeMap<_, _> = paths.iter().cloned().zip(stamps).collect();
        let (unsaved, saved): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| self.unsaved.contains_key(path));
        let mut files = Files::of(&self.root, saved)?;
        let texts = unsaved.into_iter().map(|path| self.read(path)).collect::<Result<Vec<_>, _>>()?;
        files.add(texts);
        let mut known = BTreeMap::new();
        for (path, bytes) in files.iter() {
            let stamp = stamps[path];
            known.insert(path.to_owned(), Known { is_settled: is_settled(stamp), stamp, hash: blake3::hash(bytes) });
        }
        let is_other = |path: &Utf8PathBuf| {
            self.known.get(path).map(|known| known.hash) != known.get(path).map(|known| known.hash)
        };
        let others: BTreeSet<_> =
            known.keys().chain(self.known.keys()).filter(|path| is_other(path)).cloned().collect();
        self.known = known;
        self.astray = astray;
        self.sources = files.into();
        Ok(others)
    }

    fn list(&self) -> Result<(Vec<Utf8PathBuf>, BTreeSet<Utf8PathBuf>), ReadError> {
        let mut paths = list_paths(&self.root)?;
        let listed: BTreeSet<_> = paths.iter().cloned().collect();
        paths.extend(self.unsaved.keys().filter(|path| !listed.contains(*path)).cloned());
        let home = self.root.canonicalize_utf8().unwrap_or_else(|_| self.root.clone());
        let is_astray = |path: &Utf8PathBuf| {
            is_for_readers(path)
                && self.root.join(path).canonicalize_utf8().is_ok_and(|target| !target.starts_with(&home))
        };
        let (astray, paths) = paths.into_iter().partition::<Vec<_>, _>(is_astray);
        Ok((paths, astray.into_iter().collect()))
    }

    fn read(&self, path: Utf8PathBuf) -> Result<(Utf8PathBuf, Vec<u8>), ReadError> {
        match self.unsaved.get(&path) {
            Some(bytes) => Ok((path, bytes.clone())),
            None => read_file(&self.root, path),
        }
    }

    fn stamp(&self, path: &Utf8Path) -> Result<Stamp, ReadError> {
        if let Some(bytes) = self.unsaved.get(path) {
            // It is never settled, so its bytes are looked at each time.
            return Ok(Stamp { length: bytes.len() as u64, modified: None });
        }
        let metadata = self.root.join(path).metadata();
        let metadata = metadata.map_err(|cause| ReadError { path: path.to_owned(), cause })?;
        Ok(Stamp { length: metadata.len(), modified: metadata.modified().ok() })
    }
}

/// Whether a stamp is old enough that another content would have another one.
fn is_settled(stamp: Stamp) -> bool {
    let age = stamp.modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
    age.is_some_and(|age| age > COARSEST_CLOCK)
}

/// Whether a file is given to readers as it is.
fn is_for_readers(path: &Utf8Path) -> bool {
    path.starts_with("static") || path.starts_with("theme/assets")
}

/// Whether a site is read from a path below its root, or from what is in there.
pub fn is_of_site(path: &Utf8Path) -> bool {
    let is_read = path == CONFIG_FILE || FOLDERS.iter().any(|folder| path.starts_with(folder));
    is_read && !path.components().any(|part| is_backup(part.as_str().as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::try_from(folder.path().to_owned()).unwrap();
        crate::output::create_file(&root.join("site.toml"), "title = \"A\"\n").unwrap();
        crate::output::create_file(&root.join("content/products/a.yaml"), "name: A\n").unwrap();
        (folder, root)
    }

    fn names(paths: &BTreeSet<Utf8PathBuf>) -> Vec<&str> {
        paths.iter().map(|path| path.as_str()).collect()
    }

    #[test]
    fn only_what_is_another_content_has_changed() {
        let (_folder, root) = site();
        let mut kept = Kept::new(&root);
        let nothing = BTreeSet::new();
        assert_eq!(names(&kept.refresh(&nothing).unwrap()), ["content/products/a.yaml", "site.toml"]);
        assert!(kept.refresh(&nothing).unwrap().is_empty());
        // The same bytes, written again.
        crate::output::replace_file(&root.join("site.toml"), "title = \"A\"\n").unwrap();
        assert!(kept.refresh(&BTreeSet::from(["site.toml".into()])).unwrap().is_empty());
        // As many other bytes, within the same tick of a coarse clock.
        crate::output::replace_file(&root.join("site.toml"), "title = \"B\"\n").unwrap();
        assert_eq!(names(&kept.refresh(&nothing).unwrap()), ["site.toml"]);
        crate::output::create_file(&root.join("content/products/b.yaml"), "name: B\n").unwrap();
        assert_eq!(names(&kept.refresh(&nothing).unwrap()), ["content/products/b.yaml"]);
        let text = kept.sources().find("site.toml").map(|id| kept.sources().file(id).text.clone());
        assert_eq!(text.as_deref(), Some("title = \"B\"\n"));
    }
}
