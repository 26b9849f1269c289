//! What every reader of an item takes along.

use crate::diagnostic::Report;
use crate::locale::Locales;
use crate::source::SourceFile;

/// One file being read: what it says is a function of its text and the locales of the site.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The file, whose text tells how a value was written.
    pub file: &'a SourceFile,
    /// The locales that texts may be in.
    pub locales: &'a Locales,
    /// What is wrong in it.
    pub report: Report,
}
