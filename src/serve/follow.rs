//! A site that is read whenever it changes: for a preview, and for checks that go on.

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use super::watch::Watch;
use crate::source::{Kept, ReadError};

/// A file that vanishes while it is read is about to be another one.
const BEFORE_RETRY: Duration = Duration::from_millis(25);
const MOST_RETRIES: usize = 8;

/// Reads a site now and after each change, as long as this process lives. What can't be read at first is an
/// error; later it is told, and waited for.
pub(crate) fn follow(root: &Utf8Path, mut hear: impl FnMut(Result<&Kept, &ReadError>)) -> Result<(), ReadError> {
    // Before anything is read: what changes in between is seen twice rather than never.
    let mut watch = Watch::of(root);
    let mut kept = Kept::new(root);
    refresh(&mut kept, &BTreeSet::new())?;
    hear(Ok(&kept));
    let mut is_readable = true;
    loop {
        let touched = watch.next();
        match refresh(&mut kept, &touched) {
            Ok(changed) if changed.is_empty() && is_readable => {}
            Ok(_) => {
                is_readable = true;
                hear(Ok(&kept));
            }
            Err(error) => {
                is_readable = false;
                hear(Err(&error));
            }
        }
    }
}

/// Reads what has changed; what vanishes meanwhile is looked for again.
fn refresh(kept: &mut Kept, touched: &BTreeSet<Utf8PathBuf>) -> Result<BTreeSet<Utf8PathBuf>, ReadError> {
    for _ in 0..MOST_RETRIES {
        match kept.refresh(touched) {
            Err(error) if error.cause.kind() == io::ErrorKind::NotFound => std::thread::sleep(BEFORE_RETRY),
            read => return read,
        }
    }
    kept.refresh(touched)
}
