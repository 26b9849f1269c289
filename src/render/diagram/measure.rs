//! How wide a text is, from a table: no font is needed, so that the same bytes come out on every
//! machine. The table is an upper bound over the usual sans-serif fonts (Arial, Segoe UI, Roboto,
//! Noto Sans, and for Japanese the full em of every CJK font); a text that is narrower in the
//! reader's font only leaves some air.

use std::iter::once;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Width in pixels at a font size in pixels.
pub fn width(text: &str, size: i32) -> i32 {
    (thousandths(text) * size + 999) / 1000
}

pub(super) fn thousandths(text: &str) -> i32 {
    // Taken apart is only what the table does not hold whole: doing so takes longer than all the rest.
    let of = |c: char| if c.is_ascii() || is_full_width(c) { advance(c) } else { once(c).nfd().map(advance).sum() };
    text.chars().map(of).sum()
}

/// Thousandths of an em that a character takes.
fn advance(c: char) -> i32 {
    match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' => 0,
        _ if is_combining_mark(c) => 0,
        'i' | 'j' | 'l' | '\'' | '|' | '’' | '‘' => 290,
        ' ' | '.' | ',' | ':' | ';' | '!' | '·' | 'I' => 320,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '-' | '"' | '`' | '‐' => 420,
        'c' | 's' | 'z' | 'J' | '“' | '”' | '*' => 540,
        '0'..='9' | 'a' | 'e' | 'k' | 'v' | 'x' | 'y' | 'L' | 'F' | '?' | '_' | '–' | '$' => 600,
        'w' | 'C' | 'D' | 'G' | 'H' | 'N' | 'U' => 800,
        'm' | 'M' | 'W' | '%' | '@' | '—' | '…' => 1000,
        'O' | 'Q' | '&' => 820,
        '!'..='~' => 660,
        '\u{ff61}'..='\u{ffdc}' => 550,
        _ if is_full_width(c) => 1000,
        // Emoji are drawn by fonts of their own, some of which are wider than an em.
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' => 1400,
        // Other scripts: as wide as their widest common letters.
        _ => 900,
    }
}

/// Characters that take a full em in a CJK font, and between which a line may end (UAX 11, wide and
/// full-width). Not those of [`is_wide`](crate::words::is_wide), which are written without spaces: Hangul
/// is as wide and has spaces, katakana of half width has none and is as narrow as Latin.
pub(super) fn is_full_width(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{a000}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_takes_an_em_and_latin_about_half() {
        assert_eq!(width("社内ネットワーク", 10), 80);
        assert!((50..75).contains(&width("443/TCP 4118", 10)), "{}", width("443/TCP 4118", 10));
        assert_eq!(width("ガ", 10), 10, "a mark that combines takes no room of its own");
    }
}
