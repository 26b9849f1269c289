//! The right to write one folder: a locked file beside it, which the system unlocks when its holder
//! dies. The file goes with the lock.

use std::fs::{File, TryLockError};

use camino::{Utf8Path, Utf8PathBuf};

use super::{OutputError, at, open_lock, remove_file};

/// The right to write one folder.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: Utf8PathBuf,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The file goes while the lock is held, so that nobody takes a lock on a removed file
        // without noticing.
        let _ = remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

impl Lock {
    /// Takes the lock, or says that somebody else holds it.
    pub(super) fn take(path: &Utf8Path, target: &Utf8Path) -> Result<Self, OutputError> {
        loop {
            let file = open_lock(path).map_err(at(path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(OutputError::Busy { path: target.to_owned() }),
                Err(TryLockError::Error(cause)) => return Err(OutputError::Io { path: path.to_owned(), cause }),
            }
            // Its last holder removed it between our opening and our lock: then ours guards nothing.
            if is_same_file(&file, path) {
                return Ok(Self { file, path: path.to_owned() });
            }
        }
    }
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(ours), Ok(there)) = (file.metadata(), path.metadata()) else { return false };
    (ours.dev(), ours.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn is_same_file(_file: &File, path: &Utf8Path) -> bool {
    path.exists()
}
