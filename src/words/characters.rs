//! Which characters no text may hold: those that readers can't see and that change what they read,
//! copy or search for, and those that no format of the site can carry.
//!
//! Invisible characters stay where a script or a picture needs them: joiners in Persian, in the
//! scripts of India and within emoji, variation selectors behind the sign they vary. Spaces that
//! don't break are spaces and stay.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The characters of a text that it may not hold, and where they stand. Line breaks, tabs and
/// The sign that lengthens a vowel in katakana, which belongs to its word.
pub const PROLONGED: char = 'ー';

/// carriage returns are left to those who know what the text is written in.
pub fn forbidden(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices().filter(|(at, c)| is_forbidden(text, *at, *c))
}

/// A character as messages name it: `U+202E (it turns the direction of the text around it)`.
pub fn describe(c: char) -> String {
    format!("U+{:04X} ({})", u32::from(c), kind(c))
}

/// A text with letters and their accents as one character each (NFC): what looks the same is the
/// same, whichever keyboard it was typed on.
pub fn compose(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

fn is_forbidden(text: &str, at: usize, c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        c if c.is_ascii() => c.is_control(),
        // Most of a Japanese text; U+3164 is drawn as nothing.
        '\u{3001}'..='\u{3163}' | '\u{3165}'..='\u{9fff}' => false,
        '\u{200C}' => !joins_script(text, at),
        '\u{200D}' => !joins_script(text, at) && !joins_emoji(text, at),
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' => !has_base(text, at),
        '\u{E0020}'..='\u{E007F}' => !is_flag(text, at),
        _ => !matches!(kind(c), Kind::Visible),
    }
}

/// Why a character is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Visible,
    Control,
    Direction,
    Invisible,
    LineBreak,
    Replacement,
    NoCharacter,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Visible => "a character",
            Self::Control => "a control character",
            Self::Direction => "it turns the direction of the text around it",
            Self::Invisible => "readers can't see it",
            Self::LineBreak => "a line break that most programs don't know",
            Self::Replacement => "it stands for what could not be read",
            Self::NoCharacter => "it is no character",
        })
    }
}

/// The format characters of Unicode 16 and what else is drawn as nothing, by what they do.
fn kind(c: char) -> Kind {
    match u32::from(c) {
        0x00..=0x1F | 0x7F..=0x9F => Kind::Control,
        0x61C | 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x206F => Kind::Direction,
        0x2028..=0x2029 => Kind::LineBreak,
        0xFFFC..=0xFFFD => Kind::Replacement,
        0xFDD0..=0xFDEF => Kind::NoCharacter,
        code if code & 0xFFFE == 0xFFFE => Kind::NoCharacter,
        0x34F
        | 0x115F..=0x1160
        | 0x17B4..=0x17B5
        | 0x180B..=0x180F
        | 0x200B..=0x200D
        | 0x2060..=0x2065
        | 0x3164
        | 0xFE00..=0xFE0F
        | 0xFEFF
        | 0xFFA0
        | 0xFFF0..=0xFFFB
        | 0x1_BCA0..=0x1_BCA3
        | 0x1_D173..=0x1_D17A
        | 0xE_0000..=0xE_0FFF => Kind::Invisible,
        _ => Kind::Visible,
    }
}

fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn behind(text: &str, at: usize) -> Option<char> {
    text[at..].chars().nth(1)
}

/// Scripts in which a joiner decides how letters are drawn: Arabic and its neighbors, the scripts of
/// India, of Myanmar, the Khmer and Mongolian ones.
fn joins_script(text: &str, at: usize) -> bool {
    let is_joining = |c: char| {
        c.is_alphanumeric() | matches!(u32::from(c), 0x900..=0xDFF)
            && matches!(u32::from(c), 0x600..=0x7BF | 0x840..=0x85F | 0x8A0..=0x8FF | 0x900..=0xDFF | 0x1000..=0x109F
                | 0x1780..=0x17FF | 0x1800..=0x18AF | 0xA840..=0xA8FF | 0xFB50..=0xFDCF | 0xFE70..=0xFEFE)
    };
    before(text, at).is_some_and(is_joining)
}

/// A joiner between two pictures: behind the first one's color and selector.
fn joins_emoji(text: &str, at: usize) -> bool {
    let first =
        text[..at].trim_end_matches(['\u{FE0F}', '\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}']);
    let is_behind_color = first.len() < at && text[..at].ends_with(|c| is_picture(c) || c == '\u{FE0F}');
    (first.ends_with(is_picture) || is_behind_color) && behind(text, at).is_some_and(is_picture)
}

/// Unicode's `Extended_Pictographic`, by its blocks.
fn is_picture(c: char) -> bool {
    matches!(u32::from(c),
        0xA9 | 0xAE | 0x203C | 0x2049 | 0x2122 | 0x2139 | 0x2190..=0x21FF | 0x2300..=0x23FF | 0x24C2
        | 0x25A0..=0x27BF | 0x2900..=0x297F | 0x2B00..=0x2BFF | 0x3030 | 0x303D | 0x3297 | 0x3299
        | 0x1_F000..=0x1_FAFF)
}

/// A selector varies the sign before it.
fn has_base(text: &str, at: usize) -> bool {
    before(text, at).is_some_and(|c| !c.is_whitespace() && matches!(kind(c), Kind::Visible))
}

/// The tags of a flag: `🏴` and letters behind it.
fn is_flag(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches(|c| matches!(c, '\u{E0020}'..='\u{E007E}')).ends_with('\u{1F3F4}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_need_stays() {
        for text in [
            "Größe\u{A0}1\u{202F}000\u{2007}km",
            "👨\u{200D}👩\u{200D}👧 👩🏽\u{200D}💻 ❤\u{FE0F}\u{200D}🔥 🏳\u{FE0F}\u{200D}🌈 1\u{FE0F}\u{20E3} ©\u{FE0F}",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "می\u{200C}خواهم",
            "क\u{94D}\u{200D}ष",
            "葛\u{E0100}飾区",
            "Do\u{AD}nau",
            "e\u{301} 한글 ｶﾞ ﷺ",
            "line\nand\tcell\r\n",
        ] {
            assert_eq!(forbidden(text).next(), None, "{text}");
        }
    }

    #[test]
    fn what_no_reader_can_see_is_named() {
        for (text, kind) in [
            ("a\u{8}", "a control character"),
            ("a\u{7F}", "a control character"),
            ("a\u{85}", "a control character"),
            ("a\u{202E}b", "it turns the direction of the text around it"),
            ("a\u{2066}b", "it turns the direction of the text around it"),
            ("\u{200F}", "it turns the direction of the text around it"),
            ("\u{61C}", "it turns the direction of the text around it"),
            ("a\u{200B}b", "readers can't see it"),
            ("a\u{200C}b", "readers can't see it"),
            ("a\u{200D}b", "readers can't see it"),
            ("👩\u{200D}", "readers can't see it"),
            ("a\u{2060}b", "readers can't see it"),
            ("a\u{FEFF}b", "readers can't see it"),
            ("a\u{3164}b", "readers can't see it"),
            (" \u{FE0F}", "readers can't see it"),
            ("x\u{E0041}", "readers can't see it"),
            ("a\u{2028}b", "a line break that most programs don't know"),
            ("a\u{FFFD}b", "it stands for what could not be read"),
            ("a\u{FFFF}b", "it is no character"),
            ("a\u{FDD0}b", "it is no character"),
            ("a\u{1FFFE}b", "it is no character"),
        ] {
            let found: Vec<_> = forbidden(text).map(|(_, c)| describe(c)).collect();
            assert!(found.len() == 1 && found[0].ends_with(&format!("({kind})")), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn accents_become_part_of_their_letters() {
        assert_eq!(compose("Gro\u{308}ße"), "Größe");
        assert_eq!(compose("カ\u{3099}ード"), "ガード");
        assert!(matches!(compose("ガード 443"), Cow::Borrowed(_)));
    }
}
