//! A mistake of ours costs an editor one answer, not the server with all it knows of unsaved texts.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// It was ours; where, standard error says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Panicked;

/// Does something that must not end the server. Whoever calls it throws away what may be half done.
pub(super) fn fence<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Panicked)
}
