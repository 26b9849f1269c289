//! What changed between two versions of a text, word by word. A word is a run of letters and digits;
//! in scripts without spaces each character is one.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::is_wide;

/// A stretch of a text and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// It stands in both.
    Same(String),
    /// It stood in the old text only.
    Removed(String),
    /// It stands in the new text only.
    Added(String),
}

/// The way from the old text to the new one, in reading order.
pub fn changes(old: &str, new: &str) -> Vec<Change> {
    let (old, new) = (words(old), words(new));
    let join = |words: &[&str]| words.concat();
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match op {
            DiffOp::Equal { old_index, len, .. } => changes.push(Change::Same(join(&old[old_index..old_index + len]))),
            DiffOp::Delete { old_index, old_len, .. } => {
                changes.push(Change::Removed(join(&old[old_index..old_index + old_len])));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                changes.push(Change::Added(join(&new[new_index..new_index + new_len])));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                changes.push(Change::Removed(join(&old[old_index..old_index + old_len])));
                changes.push(Change::Added(join(&new[new_index..new_index + new_len])));
            }
        }
    }
    changes
}

/// What stands for the empty line between two blocks where a text is shown in one line.
pub const BREAK: &str = " ¶ ";

/// The same as one line of text, with the marks of `wdiff`: `[-old-]{+new+}`.
pub fn marked(old: &str, new: &str) -> String {
    let mut text = String::new();
    for change in changes(old, new) {
        let (before, words, after) = match &change {
            Change::Same(words) => ("", words, ""),
            Change::Removed(words) => ("[-", words, "-]"),
            Change::Added(words) => ("{+", words, "+}"),
        };
        text.extend([before, &words.replace("\n\n", BREAK), after]);
    }
    text
}

fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let joins = |a: char, b: char| {
        a.is_alphanumeric() && b.is_alphanumeric() && !is_wide(a) && !is_wide(b) || (a, b) == ('\n', '\n')
    };
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        if last.is_some_and(|last| !joins(last, c)) {
            words.push(&text[start..at]);
            start = at;
        }
        last = Some(c);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_marked() {
        for (old, new, expected) in [
            ("opens port 80", "opens port 443", "opens port [-80-]{+443+}"),
            ("メールを送信します", "メールを受信します", "メールを[-送-]{+受+}信します"),
            ("same", "same", "same"),
            ("", "new", "{+new+}"),
            ("one\n\ntwo\n\n- three", "one\n\ntwo - three", "one ¶ two[- ¶ -]{+ +}- three"),
            ("Der Agent", "Die Agenten", "[-Der-]{+Die+} [-Agent-]{+Agenten+}"),
        ] {
            assert_eq!(marked(old, new), expected);
        }
    }
}
