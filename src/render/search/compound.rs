//! German writes compounds as one word: whoever looks for "Port" means "Zielport" too. A compound
//! that splits fully into words the site itself uses is found by its parts.

use std::collections::HashSet;

/// Shorter parts are more often accidents than words.
const SHORTEST_PART: usize = 4;
const LONGEST_COMPOUND: usize = 48;
/// What may stand between two parts.
const LINKS: [&str; 7] = ["", "s", "es", "n", "en", "er", "e"];

/// The parts of a compound, or none if it does not split fully. Of several ways the one with the
/// fewest parts wins, then the one with the longest first part.
pub(super) fn split<'a>(word: &'a str, words: &HashSet<&str>) -> Option<Vec<&'a str>> {
    let may_split = word.len() >= 2 * SHORTEST_PART
        && word.len() <= LONGEST_COMPOUND
        && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !may_split {
        return None;
    }
    // From the end: the best way to read what begins at each place.
    let mut best: Vec<Option<Vec<&str>>> = vec![None; word.len() + 1];
    for start in (0..=word.len() - SHORTEST_PART).rev() {
        for end in (start + SHORTEST_PART..=word.len()).rev() {
            let part = &word[start..end];
            // The word itself is no part of itself.
            if part.len() == word.len() || !words.contains(part) {
                continue;
            }
            if end == word.len() {
                best[start] = Some(vec![part]);
                continue;
            }
            for link in LINKS.iter().filter(|link| word[end..].starts_with(**link)) {
                let Some(after) = &best[(end + link.len()).min(word.len())] else { continue };
                if best[start].as_ref().is_none_or(|known| after.len() + 1 < known.len()) {
                    best[start] = Some(std::iter::once(part).chain(after.iter().copied()).collect());
                }
            }
        }
    }
    best.swap_remove(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compound_splits_into_words_of_the_site_or_not_at_all() {
        let words =
            HashSet::from(["ziel", "port", "verbindung", "richtung", "server", "server", "verwaltung", "ports"]);
        let parts = |word| split(word, &words);
        assert_eq!(parts("zielport"), Some(vec!["ziel", "port"]));
        assert_eq!(parts("verbindungsrichtung"), Some(vec!["verbindung", "richtung"]));
        assert_eq!(parts("serverports"), Some(vec!["server", "ports"]));
        assert_eq!(parts("serververwaltungsport"), Some(vec!["server", "verwaltung", "port"]));
        assert_eq!(parts("zielhafen"), None);
        assert_eq!(parts("verbindung"), None);
        assert_eq!(parts("zielports1"), None);
    }
}
