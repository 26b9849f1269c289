//! Characters and words of text, the same for checks and search.

pub mod acronyms;
pub mod characters;
pub mod diff;
mod fold;
pub mod language;
pub mod numbers;
pub mod numerals;
mod order;
pub mod quantities;
pub mod scripts;
pub mod sentences;
mod signs;
mod tokens;
pub mod unit;

pub use fold::{fold_for_search, without_umlauts};
pub use order::sort_key;
pub use tokens::{LONGEST_TOKEN, Run, pairs, parts, runs, tokens};

/// What stands for a reference where only the words of a text count (U+FFFC, object replacement).
pub const REFERENCE: char = '\u{fffc}';

/// Whether a character belongs to a script written without spaces between words: kana, Han, and the
/// punctuation and full-width forms that go with them (Unicode blocks, version 16).
pub fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x303F // radicals, CJK symbols and punctuation
        | 0x3040..=0x30FF // kana
        | 0x31F0..=0x31FF | 0x3200..=0x4DBF | 0x4E00..=0x9FFF // Han and enclosed forms
        | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF // compatibility and full-width forms
        | 0x2_0000..=0x3_FFFF)
}

/// A text as the record of accepted translations compares it: NFC, runs of white space as one
/// space, trimmed.
pub fn fold(text: &str) -> String {
    let normal = characters::compose(text);
    let mut folded = String::with_capacity(normal.len());
    for word in normal.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}
