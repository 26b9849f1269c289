//! Ranges of which a page writes one end: ">1023", "1024+", "above 1023", 1024以上.

use std::ops::Range;

use super::lexicon::Lexicon;

/// Signs before a number, and whether the number itself is one of those meant. Longer ones first.
const BEFORE: &[(&str, Meant)] = &[
    (">=", Meant::From),
    ("≥", Meant::From),
    ("≧", Meant::From),
    (">", Meant::Above),
    ("＞", Meant::Above),
    ("<=", Meant::UpTo),
    ("≤", Meant::UpTo),
    ("≦", Meant::UpTo),
    ("<", Meant::Below),
    ("＜", Meant::Below),
];

/// More is not looked at, in bytes.
const LONGEST_WORDS: usize = 60;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    From,
    Above,
    UpTo,
    Below,
}

/// A number at some place of a text, bounded on one side; the first and the last port, and the place of all.
pub(super) fn bounded(
    text: &str,
    at: Range<usize>,
    number: u16,
    lexicon: &Lexicon,
) -> Option<((u16, u16), Range<usize>)> {
    let first = text.ceil_char_boundary(at.start.saturating_sub(LONGEST_WORDS));
    let behind = &text[at.end..text.floor_char_boundary(at.end + LONGEST_WORDS)];
    let before = text[first..at.start].trim_end_matches(' ');
    let sign = BEFORE.iter().find(|(sign, _)| before.ends_with(sign));
    // "<80>" is a placeholder, "->80" an arrow.
    let sign = sign.filter(|_| !behind.starts_with('>') && !before.ends_with("->") && !before.ends_with("=>"));
    let lower = before.to_lowercase();
    let word = lexicon.above_words.iter().filter(|word| ends_with_word(&lower, word)).max_by_key(|word| word.len());
    let (meant, start) = match (sign, word) {
        (Some((sign, meant)), _) => (*meant, first + before.len() - sign.len()),
        // A word in lower case has as many bytes but in few scripts, whose words are looked for in none.
        (None, Some(word))
            if lower.len() == before.len() && is_cell(text, &lower[..lower.len() - word.len()], behind, lexicon) =>
        {
            (Meant::Above, first + before.len() - word.len())
        }
        (None, _) => {
            let end = at.end + and_above(behind, lexicon)?;
            return Some(((number, u16::MAX), at.start..end));
        }
    };
    let range = match meant {
        Meant::From => (number, u16::MAX),
        Meant::Above => (number.checked_add(1)?, u16::MAX),
        Meant::UpTo => (1, number),
        Meant::Below => (1, number.checked_sub(1).filter(|last| *last > 0)?),
    };
    (range.0 < range.1).then_some((range, start..at.end))
}

/// „über 1023" is a bound in a cell that says no more; in a sentence it is the way: „über 443/TCP".
fn is_cell(text: &str, before: &str, behind: &str, lexicon: &Lexicon) -> bool {
    let before = before.trim_end();
    let is_begun = before.is_empty()
        || before.ends_with([',', ';', '(', '\n'])
        || lexicon.port_words.iter().any(|word| ends_with_word(before, word));
    let behind = behind.trim_start_matches(' ');
    text.len() <= LONGEST_WORDS && is_begun && (behind.is_empty() || behind.starts_with([',', ';', ')', '\n']))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// What stands behind a number and makes it the first of all greater ones: its length.
fn and_above(behind: &str, lexicon: &Lexicon) -> Option<usize> {
    if let Some(rest) = behind.strip_prefix(['+', '＋']) {
        // "80+443" joins two.
        let goes_on = rest.trim_start().starts_with(char::is_alphanumeric);
        return (!goes_on).then_some(behind.len() - rest.len());
    }
    let trimmed = behind.trim_start_matches(' ');
    let lower = trimmed.to_lowercase();
    let is_there = |word: &&String| {
        let is_whole = |rest: &str| word.contains(crate::words::is_wide) || !rest.starts_with(char::is_alphanumeric);
        lower.strip_prefix(word.as_str()).is_some_and(is_whole)
    };
    let word = lexicon.and_above_words.iter().filter(is_there).max_by_key(|word| word.len())?;
    // "443 and above 8000" are two.
    let goes_on = trimmed.get(word.len()..)?.trim_start().starts_with(|c: char| c.is_numeric());
    (!goes_on && trimmed.get(..word.len())?.to_lowercase() == *word)
        .then_some(behind.len() - trimmed.len() + word.len())
}
