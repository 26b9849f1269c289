//! `rutter lsp` as a process: an editor opens, types, asks, and makes the changes it is told.

mod changes;
mod editor;
mod hostile;
mod ids;
mod marks;

/// The file in which most is typed.
const GUARD: &str = "content/products/guard.yaml";
const VOCABULARY: &str = "content/common/vocabulary.yaml";
const READING: &str = "content/pages/reading.yaml";
