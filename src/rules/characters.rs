//! Sets of characters that names and settings are made of.

use std::collections::BTreeSet;

/// The characters of a set as regular expressions write it, without its brackets: `A-Za-z0-9._-`.
pub(super) fn set_of(set: &str) -> BTreeSet<char> {
    let chars: Vec<char> = set.chars().collect();
    let (mut found, mut at) = (BTreeSet::new(), 0);
    while at < chars.len() {
        if at + 2 < chars.len() && chars[at + 1] == '-' {
            found.extend(chars[at]..=chars[at + 2]);
            at += 3;
        } else {
            found.insert(chars[at]);
            at += 1;
        }
    }
    found
}

/// Whether a word has only characters of a set, `[a-z0-9 _-]`.
pub(super) fn is_made_of(word: &str, set: &str) -> bool {
    let set = set_of(set.strip_prefix('[').and_then(|set| set.strip_suffix(']')).unwrap_or_default());
    !word.is_empty() && word.chars().all(|c| set.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_made_of_sets() {
        assert!(is_made_of("inet filter", "[a-z0-9 _-]"));
        assert!(!is_made_of("a;b", "[a-z0-9 _-]") && !is_made_of("", "[a-z]"));
    }
}
