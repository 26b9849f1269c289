//! New text in place of ranges of a file's text.

use std::ops::Range;

/// One range and what stands there instead.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Splice {
    start: usize,
    end: usize,
    text: String,
}

impl Splice {
    /// An empty range inserts.
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { start: range.start, end: range.end, text: text.into() }
    }
}

/// The text with all splices made. Those at one place keep their order; the same one twice is made
/// once.
pub(super) fn apply(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| (splice.start, splice.end));
    splices.dedup();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for splice in &splices {
        let Some(before) = text.get(at..splice.start) else {
            unreachable!("the splices of a file come from one parse of it and do not overlap")
        };
        out.push_str(before);
        out.push_str(&splice.text);
        at = splice.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The line break a file uses.
pub(super) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Where the line begins that holds a byte.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line| line + 1)
}

/// Behind the line break of the line that holds a byte, or the end of the text.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |line| at + line + 1)
}
