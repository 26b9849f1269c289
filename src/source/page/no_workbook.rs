//! In place of the reader of workbooks, where it was left out of the program.

use camino::Utf8Path;

use super::{Page, PageError, refuse};

/// Refuses a workbook and says what would read it.
pub(super) fn read(path: &Utf8Path, _bytes: &[u8]) -> Result<Page, PageError> {
    Err(refuse(
        format!("{path} is a workbook, and this rutter was built without the feature `xlsx`"),
        "save the sheet as CSV in UTF-8, or build rutter with `--features xlsx`",
    ))
}
