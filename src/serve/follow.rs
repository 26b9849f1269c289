//! A site that is read whenever it changes: for a preview, and for checks that go on.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::watch::Watch;
use crate::source::{Kept, ReadError};

/// Reads a site now and after each change, as long as this process lives. What can't be read at first is an
/// error; later it is told, and waited for.
pub(crate) fn follow(root: &Utf8Path, mut hear: impl FnMut(Result<&Kept, &ReadError>)) -> Result<(), ReadError> {
    // Before anything is read: what changes in between is seen twice rather than never.
    let mut watch = Watch::of(root);
    let mut kept = Kept::new(root);
    kept.refresh(&BTreeSet::new())?;
    hear(Ok(&kept));
    let mut is_readable = true;
    loop {
        let touched = watch.next();
        match kept.refresh(&touched) {
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
