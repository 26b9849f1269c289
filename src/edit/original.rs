//! Changes of files that write accents apart from their letters. They are read as composed text; what is
//! written back is what stood there, byte by byte, but for what was changed.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::source::Sources;
use crate::words::characters::compose;

use super::Changes;

/// The changes as they are written: of what they leave alone, the bytes of the files.
pub fn as_written(sources: &Sources, changes: &Changes) -> Changes {
    let written = changes.iter().map(|(path, text)| {
        let file = sources.find(path.as_str()).map(|id| sources.file(id));
        let original = file.and_then(|file| Some((file.text.as_str(), file.original()?)));
        let text = match (original, text) {
            (Some((old, original)), Some(new)) => Some(merged(original, old, new)),
            _ => text.clone(),
        };
        (path.clone(), text)
    });
    written.collect()
}

/// Composing neither makes nor removes lines: line by line, and in a changed line up to the change and behind it.
fn merged(original: &str, old: &str, new: &str) -> String {
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    let (original, old, new) = (lines(original), lines(old), lines(new));
    let mut text = String::new();
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        match operation {
            DiffOp::Equal { old_index, len, .. } => text.extend(original[old_index..old_index + len].iter().cloned()),
            DiffOp::Delete { .. } => {}
            DiffOp::Replace { old_index, old_len, new_index, new_len } if old_len == new_len => {
                for line in 0..old_len {
                    text.push_str(&merged_line(
                        &original[old_index + line],
                        &old[old_index + line],
                        &new[new_index + line],
                    ));
                }
            }
            DiffOp::Insert { new_index, new_len, .. } | DiffOp::Replace { new_index, new_len, .. } => {
                text.extend(new[new_index..new_index + new_len].iter().cloned());
            }
        }
    }
    text
}

fn merged_line(original: &str, old: &str, new: &str) -> String {
    if original == old {
        return new.to_owned();
    }
    let before: usize =
        old.chars().zip(new.chars()).take_while(|(old, new)| old == new).map(|(c, _)| c.len_utf8()).sum();
    let rest = old[before..].chars().rev().zip(new[before..].chars().rev());
    let behind: usize = rest.take_while(|(old, new)| old == new).map(|(c, _)| c.len_utf8()).sum();
    let start = place(original, old, before);
    let end = place(original, old, old.len() - behind);
    match (start, end) {
        (Some(start), Some(end)) => {
            format!("{}{}{}", &original[..start], &new[before..new.len() - behind], &original[end..])
        }
        // The change cuts a letter from its accent.
        _ => new.to_owned(),
    }
}

/// Where a byte of the composed line stands in the line as it is written.
fn place(original: &str, composed: &str, at: usize) -> Option<usize> {
    let is_here = |place: &usize| {
        compose(&original[..*place]) == composed[..at] && compose(&original[*place..]) == composed[at..]
    };
    original.char_indices().map(|(place, _)| place).chain([original.len()]).find(is_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_changed_is_written_otherwise() {
        let original = "a: Schu\u{308}tzt\nfrom: agnet # Pru\u{308}fung\nto: カ\u{3099}\n";
        let old = compose(original).into_owned();
        let new = old.replace("agnet", "agent");
        assert_ne!(old, original);
        assert_eq!(merged(original, &old, &new), original.replace("agnet", "agent"));
        let longer = old.replace("to: ", "via: x\nto: ");
        assert_eq!(merged(original, &old, &longer), original.replace("to: ", "via: x\nto: "));
    }
}
