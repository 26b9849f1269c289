//! The only room that writes. [`replace_tree`] puts a finished site in place of the old one in one
//! step: readers and servers see the old site or the new one, never half of each.
//!
//! The new tree grows in a sibling folder; on Linux and macOS the two then change names atomically
//! (`renameat2(RENAME_EXCHANGE)`, `renamex_np(RENAME_SWAP)`). Elsewhere, and on file systems that
//! can't exchange, two renames do it, and the next start finishes what a crash left between them.
//!
//! The marker of the folder says from what the site was made. While that and the files are as it says,
//! [`standing`] spares a build.

mod lock;
mod marker;
mod target;

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::{fmt, process};

use camino::{Utf8Path, Utf8PathBuf};

use lock::Lock;
use marker::{Census, FIRST_LINE};
pub use marker::{MARKER, Seal, Tally};
pub use target::Refusal;
use target::{refuse_foreign, refuse_sources, resolve};

/// Why nothing was written.
#[derive(Debug)]
pub enum OutputError {
    /// The folder must not be replaced.
    Refused {
        /// The folder.
        path: Utf8PathBuf,
        /// Why.
        why: Refusal,
    },
    /// Somebody else is writing the same folder.
    Busy {
        /// The folder.
        path: Utf8PathBuf,
    },
    /// The disk said no.
    Io {
        /// What was being written.
        path: Utf8PathBuf,
        /// Why it failed.
        cause: io::Error,
    },
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { path, why } => write!(f, "{path} is not replaced: {}", why.why()),
            Self::Busy { path } => write!(f, "{path} is being written by another build"),
            Self::Io { path, cause } => write!(f, "can't write {path}: {cause}"),
        }
    }
}

impl OutputError {
    /// The next action of whoever wanted to replace a tree.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Refused { why, .. } => why.help(),
            Self::Busy { .. } => "wait for it, or name another folder with --output",
            Self::Io { cause, .. } => match cause.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                    "the new site needs room beside the old one until it takes its place: free some, or name a folder on another disk with --output"
                }
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    "a site is replaced as a whole, so the folder that holds it must be writable: make it so, or name another one with --output"
                }
                _ => "name another folder with --output",
            },
        }
    }
}

impl std::error::Error for OutputError {}

fn at(path: &Utf8Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    move |cause| OutputError::Io { path, cause }
}

/// A site on its way to the disk. Dropped without [`Tree::commit`] it leaves no trace.
#[derive(Debug)]
pub struct Tree {
    /// The folder to replace, links resolved.
    target: Utf8PathBuf,
    /// The sibling that grows.
    staging: Utf8PathBuf,
    /// Held as long as the staging folder is ours; what nobody holds is swept.
    _lock: Lock,
    is_committed: bool,
}

/// Begins to replace a folder. `sources` is the site's root: it, its ancestors and what is read
/// from it are never replaced.
pub fn replace_tree(output: &Utf8Path, sources: &Utf8Path) -> Result<Tree, OutputError> {
    let target = resolve(output)?;
    let parent = target
        .parent()
        .filter(|parent| !parent.as_str().is_empty())
        .ok_or(OutputError::Refused { path: target.clone(), why: Refusal::Root })?
        .to_owned();
    refuse_sources(&target, sources)?;
    make_folder(&parent)?;
    let name = target.file_name().unwrap_or("site").to_owned();
    let lock_path = parent.join(format!(".{name}.rutter-lock"));
    refuse_foreign(&target)?;
    let lock = Lock::take(&lock_path, &target)?;
    finish_interrupted(&parent, &name, &target)?;
    refuse_foreign(&target)?;
    sweep(&parent, &name);
    let staging = parent.join(format!(".{name}.rutter-new-{}", process::id()));
    // Not there yet: a link that somebody else left by this name would lead us out of here.
    std::fs::create_dir(&staging).map_err(at(&staging))?;
    Ok(Tree { target, staging, _lock: lock, is_committed: false })
}

impl Tree {
    /// Writes one file; its folders are made as needed. May be called from several threads.
    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.staging.join(path);
        match write_file(&file, bytes) {
            // Looking for the folder first would cost a look at each of its parents for every file.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create_dir_all(file.parent().unwrap_or(&self.staging))?;
                write_file(&file, bytes)
            }
            written => written,
        }
    }

    /// Puts the new tree in place of the old one and returns where it stands. The old tree is
    /// removed by [`Replaced::clean_up`], after the result was told.
    pub fn commit(mut self) -> Result<Replaced, OutputError> {
        // Counted before anybody else gets to see it.
        let census = Census::of(&self.staging).map_err(at(&self.target))?;
        self.write(MARKER, FIRST_LINE.as_bytes()).map_err(at(&self.target))?;
        // Somebody may have put work of theirs in its place while the site was written.
        refuse_foreign(&self.target)?;
        let old = if self.target.exists() {
            exchange(&self.staging, &self.target).map_err(at(&self.target))?;
            Some(self.staging.clone())
        } else {
            rename(&self.staging, &self.target).map_err(at(&self.target))?;
            None
        };
        self.is_committed = true;
        Ok(Replaced { target: self.target.clone(), old, census, tree: self })
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if !self.is_committed {
            let _ = remove_dir_all(&self.staging);
        }
    }
}

/// A site that stands in its place. Dropped, it lets other builds at the folder.
#[derive(Debug)]
pub struct Replaced {
    /// Where.
    pub target: Utf8PathBuf,
    old: Option<Utf8PathBuf>,
    census: Census,
    tree: Tree,
}

impl Replaced {
    /// Removes the old site.
    pub fn clean_up(&mut self) {
        if let Some(old) = self.old.take() {
            let _ = remove_dir_all(&old);
        }
    }

    /// Notes in the marker from what the site was made and what was found in it. Where that fails, the next
    /// build has nothing to go by and writes the site.
    pub fn seal(mut self, inputs: &str, found: Tally) {
        self.clean_up();
        // It grows where the site has grown, so that what a killed build leaves of it is swept too.
        let staging = &self.tree.staging;
        let seal = Seal { inputs: inputs.to_owned(), census: self.census, found };
        let sealed = std::fs::create_dir(staging)
            .and_then(|()| self.tree.write(MARKER, seal.to_text().as_bytes()))
            .and_then(|()| rename(&staging.join(MARKER), &self.target.join(MARKER)));
        if sealed.is_err() {
            let _ = remove_file(&staging.join(MARKER));
        }
        let _ = std::fs::remove_dir(staging);
    }
}

/// What the marker of a folder says, if a build from these inputs would leave the folder as it is: they
/// are those it was made from, its files are those that were written, and no build is at work on it or
/// has died there.
pub fn standing(output: &Utf8Path, sources: &Utf8Path, inputs: &str) -> Option<Seal> {
    let target = resolve(output).ok()?;
    refuse_sources(&target, sources).ok()?;
    refuse_foreign(&target).ok()?;
    let seal = Seal::read(&target).filter(|seal| seal.inputs == inputs)?;
    if has_traces(&target) {
        return None;
    }
    let census = Census::of(&target).ok()?;
    (census == seal.census).then_some(seal)
}

/// Whether something of another build lies beside a folder: its lock, a site that grows, an old one.
fn has_traces(target: &Utf8Path) -> bool {
    let Some((parent, name)) = target.parent().zip(target.file_name()) else { return true };
    let Ok(entries) = read_dir(parent) else { return true };
    let prefix = format!(".{name}.rutter-");
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with(prefix.as_str()))
}

/// Replaces one file in one step: the new text is written beside it and renamed over it.
pub fn replace_file(path: &Utf8Path, text: &str) -> Result<(), OutputError> {
    let staging = path.with_file_name(staging_name(path));
    let written = write_file(&staging, text.as_bytes()).and_then(|()| keep_mode(path, &staging));
    written.and_then(|()| rename(&staging, path)).map_err(|cause| {
        let _ = remove_file(&staging);
        OutputError::Io { path: path.to_owned(), cause }
    })
}

/// A file that is replaced stays as private as it was, and one that may not be written stays what it is.
fn keep_mode(path: &Utf8Path, staging: &Utf8Path) -> io::Result<()> {
    let Ok(metadata) = path.metadata() else { return Ok(()) };
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only; make it writable first"));
    }
    std::fs::set_permissions(staging, metadata.permissions())
}

/// Writes several files below a folder that must not be there yet. All are written beside their places first;
/// a file that appears in the meantime is somebody's work, and none is replaced.
pub fn create_files<'a>(
    root: &Utf8Path,
    files: impl IntoIterator<Item = (&'a Utf8Path, &'a str)>,
) -> Result<(), OutputError> {
    let mut staged: Vec<(Utf8PathBuf, Utf8PathBuf)> = Vec::new();
    for (path, text) in files {
        stage(root.join(path), text.as_bytes(), &mut staged)?;
    }
    for (position, (staging, path)) in staged.iter().enumerate() {
        if let Err(cause) = rename_to_free(staging, path) {
            remove_staged(&staged[position..]);
            return Err(half_done(path, &cause, staged[..position].iter().map(|(_, path)| path)));
        }
    }
    Ok(())
}

/// Writes a file beside its place; where that fails, all that was staged before goes.
fn stage(path: Utf8PathBuf, bytes: &[u8], staged: &mut Vec<(Utf8PathBuf, Utf8PathBuf)>) -> Result<(), OutputError> {
    let staging = path.with_file_name(staging_name(&path));
    let folder = path.parent().map_or(Ok(()), create_dir_all);
    let written = folder.and_then(|()| write_file(&staging, bytes));
    let written = written.and_then(|()| keep_mode(&path, &staging));
    staged.push((staging, path.clone()));
    written.map_err(|cause| {
        remove_staged(staged);
        OutputError::Io { path, cause }
    })
}

fn staging_name(path: &Utf8Path) -> String {
    format!(".{}.rutter-new-{}", path.file_name().unwrap_or("file"), process::id())
}

/// A second name, unlike a rename, is refused where one is taken. Some file systems have none.
fn rename_to_free(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    match std::fs::hard_link(from, to) {
        Ok(()) => remove_file(from),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Err(cause),
        Err(_) => {
            drop(File::options().write(true).create_new(true).open(to)?);
            rename(from, to)
        }
    }
}

/// Replaces several files below a folder: their new text; `None`: the file goes. All new texts are
/// written beside their files first, so that a full disk or a missing permission changes nothing;
/// then they are renamed one by one. Where that fails in between, the error names what was done.
pub fn replace_files<'a>(
    root: &Utf8Path,
    files: impl IntoIterator<Item = (&'a Utf8Path, Option<&'a str>)>,
) -> Result<(), OutputError> {
    replace_all(root, files.into_iter().map(|(path, text)| (path, text.map(str::as_bytes))))
}

/// Writes results into a folder where their user asked for them, all or none.
pub fn write_files<'a>(
    folder: &Utf8Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<(), OutputError> {
    replace_all(folder, files.into_iter().map(|(name, bytes)| (Utf8Path::new(name), Some(bytes))))
}

fn replace_all<'a>(
    root: &Utf8Path,
    files: impl Iterator<Item = (&'a Utf8Path, Option<&'a [u8]>)>,
) -> Result<(), OutputError> {
    let mut staged: Vec<(Utf8PathBuf, Utf8PathBuf)> = Vec::new();
    let mut removed = Vec::new();
    for (path, bytes) in files {
        let path = root.join(path);
        let Some(bytes) = bytes else {
            removed.push(path);
            continue;
        };
        // A link stays one: its target is replaced.
        let path = path.canonicalize_utf8().unwrap_or(path);
        stage(path, bytes, &mut staged)?;
    }
    for (position, (staging, path)) in staged.iter().enumerate() {
        if let Err(cause) = rename(staging, path) {
            remove_staged(&staged[position..]);
            return Err(half_done(path, &cause, staged[..position].iter().map(|(_, path)| path)));
        }
    }
    for path in &removed {
        remove_file(path).map_err(|cause| half_done(path, &cause, staged.iter().map(|(_, path)| path)))?;
    }
    Ok(())
}

fn remove_staged(staged: &[(Utf8PathBuf, Utf8PathBuf)]) {
    for (staging, _) in staged {
        let _ = remove_file(staging);
    }
}

fn half_done<'a>(path: &Utf8Path, cause: &io::Error, done: impl Iterator<Item = &'a Utf8PathBuf>) -> OutputError {
    let done: Vec<_> = done.map(|path| path.as_str()).collect();
    let told = if done.is_empty() {
        "nothing was changed".to_owned()
    } else {
        format!("already written: {}", done.join(", "))
    };
    OutputError::Io { path: path.to_owned(), cause: io::Error::new(cause.kind(), format!("{cause}; {told}")) }
}

/// Writes a file that must not be there yet.
pub fn create_file(path: &Utf8Path, text: &str) -> Result<(), OutputError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_str().is_empty()) {
        make_folder(folder)?;
    }
    let mut file = File::options().write(true).create_new(true).open(path).map_err(at(path))?;
    file.write_all(text.as_bytes()).map_err(|cause| {
        // Half a file would say "exists" to the next try.
        let _ = remove_file(path);
        OutputError::Io { path: path.to_owned(), cause }
    })
}

/// Writes a result where its user asked for it: a file is replaced in one step, a device is written to.
pub fn write_result(path: &Utf8Path, text: &str) -> Result<(), OutputError> {
    let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file());
    if is_special { write_file(path, text.as_bytes()).map_err(at(path)) } else { replace_file(path, text) }
}

/// A crash between two renames leaves the old site beside an empty place: it goes back.
fn finish_interrupted(parent: &Utf8Path, name: &str, target: &Utf8Path) -> Result<(), OutputError> {
    let old = parent.join(format!(".{name}.rutter-old"));
    if old.exists() && !target.exists() {
        rename(&old, target).map_err(at(target))?;
    }
    Ok(())
}

/// Removes what builds that died left behind; the lock says that nobody holds it.
fn sweep(parent: &Utf8Path, name: &str) {
    let Ok(entries) = read_dir(parent) else { return };
    let prefixes = [format!(".{name}.rutter-new-"), format!(".{name}.rutter-old")];
    for entry in entries.flatten() {
        let file_name = entry.file_name();
        let is_ours = prefixes.iter().any(|prefix| file_name.to_string_lossy().starts_with(prefix.as_str()));
        if let Some(path) = is_ours.then(|| entry.path()).and_then(|path| Utf8PathBuf::from_path_buf(path).ok()) {
            let _ = remove_dir_all(&path);
        }
    }
}

/// Two folders change names.
fn exchange(new: &Utf8Path, old: &Utf8Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, new.as_std_path(), CWD, old.as_std_path(), RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            // The file system can't exchange; two renames can.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            Err(error) => return Err(error.into()),
        }
    }
    exchange_in_two(new, old)
}

fn exchange_in_two(new: &Utf8Path, old: &Utf8Path) -> io::Result<()> {
    let name = old.file_name().unwrap_or("site");
    let aside = old.with_file_name(format!(".{name}.rutter-old"));
    rename(old, &aside)?;
    rename(new, old).inspect_err(|_| {
        let _ = rename(&aside, old);
    })?;
    // The new site stands; if the old one can't move on, the next start sweeps it.
    let _ = rename(&aside, new);
    Ok(())
}

fn make_folder(path: &Utf8Path) -> Result<(), OutputError> {
    create_dir_all(path).map_err(at(path))
}

#[expect(clippy::disallowed_methods, reason = "this is the room that writes")]
fn create_dir_all(path: &Utf8Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

#[expect(clippy::disallowed_methods, reason = "this is the room that writes")]
fn write_file(path: &Utf8Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::write(path, bytes)
}

#[expect(clippy::disallowed_methods, reason = "this is the room that writes")]
fn rename(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    std::fs::rename(from, to)
}

#[expect(clippy::disallowed_methods, reason = "this is the room that writes")]
fn remove_dir_all(path: &Utf8Path) -> io::Result<()> {
    std::fs::remove_dir_all(path)
}

#[expect(clippy::disallowed_methods, reason = "this is the room that writes")]
fn remove_file(path: &Utf8Path) -> io::Result<()> {
    std::fs::remove_file(path)
}

#[expect(clippy::disallowed_methods, reason = "looks at what it is about to replace")]
fn read_dir(path: impl AsRef<Path>) -> io::Result<std::fs::ReadDir> {
    std::fs::read_dir(path)
}

fn open_lock(path: &Utf8Path) -> io::Result<File> {
    File::options().write(true).create(true).truncate(false).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_renames_exchange_too_and_undo_what_they_can_not_finish() {
        let folder = tempfile::tempdir().unwrap();
        let below = |name: &str| Utf8PathBuf::try_from(folder.path().join(name)).unwrap();
        for name in ["new", "site"] {
            make_folder(&below(name)).unwrap();
            write_file(&below(name).join("is"), name.as_bytes()).unwrap();
        }
        exchange_in_two(&below("new"), &below("site")).unwrap();
        let is =
            |name: &str| io::read_to_string(File::options().read(true).open(below(name).join("is")).unwrap()).unwrap();
        assert_eq!((is("site"), is("new")), ("new".to_owned(), "site".to_owned()));
        assert!(exchange_in_two(&below("gone"), &below("site")).is_err());
        assert_eq!(is("site"), "new", "the site that stood there is back");
    }

    #[test]
    fn a_file_that_appears_in_the_meantime_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::try_from(folder.path().to_owned()).unwrap();
        write_file(&root.join("b"), b"precious").unwrap();
        let error = create_files(&root, ["a", "b", "c"].map(|name| (Utf8Path::new(name), "new"))).unwrap_err();
        assert!(error.to_string().contains("already written"), "{error}");
        let text = io::read_to_string(File::options().read(true).open(root.join("b")).unwrap()).unwrap();
        assert_eq!(text, "precious");
        let mut left: Vec<_> = read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["a", "b"], "nothing else is left behind");
    }
}
