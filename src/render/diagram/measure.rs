//! How wide a text is, from a table: no font is needed, so that the same bytes come out on every
//! machine. The table is an upper bound over the usual sans-serif fonts (Arial, Segoe UI, Roboto,
//! Noto Sans, and for Japanese the full em of every CJK font); a text that is narrower in the
//! reader's font only leaves some air.

use std::iter::once;

use hypher::Lang;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::locale::LocaleId;
use crate::site::Site;

/// How the words of a language are parted; by default not at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hyphens(Option<Lang>);

impl Hyphens {
    /// Of a locale.
    pub fn of(site: &Site, locale: LocaleId) -> Self {
        Self::of_tag(site.config.locales.tag(locale))
    }

    fn of_tag(tag: &str) -> Self {
        let language: Option<[u8; 2]> = tag.split('-').next().and_then(|tag| tag.as_bytes().try_into().ok());
        Self(language.and_then(Lang::from_iso))
    }

    /// The syllables of a word, all of it.
    fn syllables(self, word: &str) -> Vec<&str> {
        match self.0 {
            Some(language) if word.chars().all(char::is_alphabetic) => hypher::hyphenate(word, language).collect(),
            _ => vec![word],
        }
    }
}

/// Width in pixels at a font size in pixels.
pub fn width(text: &str, size: i32) -> i32 {
    (thousandths(text) * size + 999) / 1000
}

fn thousandths(text: &str) -> i32 {
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
fn is_full_width(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{a000}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

/// Characters that no line begins with (JIS X 4051, the common ones).
fn never_begins(c: char) -> bool {
    "、。，．・：；？！ー）」』】〕〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョ々".contains(c)
}

/// Breaks a text into lines of at most `most` pixels, all about equally long. A word that is longer
/// widens them by up to three quarters before it is parted: with a hyphen between syllables where the
/// language has them, else anywhere.
pub fn wrap(text: &str, most: i32, size: i32, hyphens: Hyphens) -> Vec<String> {
    if width(text, size) <= most {
        return vec![text.to_owned()];
    }
    let most = most * 1000 / size;
    let parts = parts(text);
    let longest = parts.iter().map(|part| thousandths(part.trim_end())).max().unwrap_or_default();
    let most = longest.clamp(most, most * 7 / 4);
    let mut measured = Vec::new();
    for part in parts {
        if thousandths(part.trim_end()) <= most {
            measured.push(Stretch::new(part));
        } else {
            push_parted(&mut measured, part, most, hyphens);
        }
    }
    let least = fill(&measured, most);
    // The narrowest block of as many lines.
    let (mut low, mut high) = (most / 3, most);
    while low + 300 < high {
        let middle = i32::midpoint(low, high);
        let fits = measured.iter().all(|part| part.trimmed <= middle) && fill(&measured, middle).len() <= least.len();
        if fits { high = middle } else { low = middle }
    }
    let text = |parts: &[Stretch<'_>]| {
        let text = parts.iter().map(|part| part.text).collect::<String>();
        let hyphen = if parts.last().is_some_and(|part| part.is_syllable) { HYPHEN } else { "" };
        format!("{}{hyphen}", text.trim_end())
    };
    fill(&measured, high).into_iter().map(|line| text(&measured[line])).collect()
}

/// A part that is too long for a line, in syllables, or in characters where those too are too long. What
/// is no letter stays with the syllable beside it.
fn push_parted<'a>(measured: &mut Vec<Stretch<'a>>, part: &'a str, most: i32, hyphens: Hyphens) {
    let is_letter = |c: char| c.is_alphabetic();
    let start = part.find(is_letter).unwrap_or_default();
    let end = part.char_indices().rfind(|(_, c)| is_letter(*c)).map_or(part.len(), |(at, c)| at + c.len_utf8());
    let syllables = hyphens.syllables(&part[start..end]);
    let mut from = 0;
    let mut to = start;
    let mut parts = Vec::new();
    for (position, syllable) in syllables.iter().enumerate() {
        let is_last = position + 1 == syllables.len();
        to = if is_last { part.len() } else { to + syllable.len() };
        parts.push(Stretch::syllable(&part[from..to], !is_last));
        from = to;
    }
    if parts.iter().all(|part| part.trimmed <= most) {
        measured.extend(parts);
    } else {
        measured.extend(characters(part).into_iter().map(Stretch::new));
    }
}

/// What a reader takes for characters, with those behind them that begin no line.
fn characters(text: &str) -> Vec<&str> {
    let mut characters = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let belongs = never_begins(c) || is_combining_mark(c) || is_joiner(c) || last == Some(ZERO_WIDTH_JOINER);
        if at > start && !belongs {
            characters.push(&text[start..at]);
            start = at;
        }
        last = Some(c);
    }
    characters.push(&text[start..]);
    characters
}

const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// Ties emoji into one, or chooses how one is shown.
fn is_joiner(c: char) -> bool {
    c == ZERO_WIDTH_JOINER || matches!(c, '\u{fe00}'..='\u{fe0f}')
}

const HYPHEN: &str = "-";

/// A piece of a text and its width, with and without the space behind it.
struct Stretch<'a> {
    text: &'a str,
    whole: i32,
    trimmed: i32,
    /// Whether a line that ends with it ends with a hyphen.
    is_syllable: bool,
}

impl<'a> Stretch<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, whole: thousandths(text), trimmed: thousandths(text.trim_end()), is_syllable: false }
    }

    fn syllable(text: &'a str, is_syllable: bool) -> Self {
        let part = Self::new(text);
        let hyphen = if is_syllable { thousandths(HYPHEN) } else { 0 };
        Self { trimmed: part.trimmed + hyphen, is_syllable, ..part }
    }
}

/// Puts as many pieces on each line as fit.
fn fill(parts: &[Stretch<'_>], most: i32) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (position, part) in parts.iter().enumerate() {
        if position > start && used + part.trimmed > most {
            lines.push(start..position);
            (start, used) = (position, 0);
        }
        used += part.whole;
    }
    lines.push(start..parts.len());
    lines
}

/// Pieces between which a line may end; a piece keeps the space behind it.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let may_break = last.is_some_and(|last| {
            (last == ' ' || last == '-' || ((is_full_width(last) || is_full_width(c)) && !"（「『【".contains(last)))
                && c != ' '
                && !never_begins(c)
        });
        // A run of katakana is one word, and so is one of Latin letters: neither is torn.
        let is_word = last.is_some_and(|last| is_katakana(last) && is_katakana(c));
        if may_break && !is_word {
            parts.push(&text[start..at]);
            start = at;
        }
        last = Some(c);
    }
    parts.push(&text[start..]);
    parts
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a0}'..='\u{30ff}')
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

    #[test]
    fn lines_end_between_words_and_are_about_equally_long() {
        assert_eq!(wrap("Deep Security Manager", 100, 13, Hyphens::default()), ["Deep Security", "Manager"]);
        assert_eq!(
            wrap("トレンドマイクロのアップデートサーバー", 160, 13, Hyphens::of_tag("ja")),
            ["トレンドマイクロの", "アップデートサーバー"]
        );
        assert_eq!(wrap("DNS-Server", 200, 13, Hyphens::default()), ["DNS-Server"]);
    }

    #[test]
    fn a_long_german_word_is_parted_between_syllables_with_a_hyphen() {
        let word = "Donaudampfschifffahrtsgesellschaftsverwaltung";
        let lines = wrap(&format!("({word})"), 100, 13, Hyphens::of_tag("de-AT"));
        assert!(lines.len() > 1, "{lines:?}");
        assert!(lines.iter().all(|line| width(line, 13) <= 175), "{lines:?}");
        let (last, rest) = lines.split_last().map(|(last, rest)| (last.clone(), rest)).unwrap_or_default();
        assert!(rest.iter().all(|line| line.ends_with('-')) && !last.ends_with('-'), "{lines:?}");
        assert_eq!(lines.concat().replace('-', ""), format!("({word})"));
        let parted: Vec<_> = hypher::hyphenate(word, Lang::German).collect();
        let mut whole = String::new();
        let ends: Vec<String> = parted
            .iter()
            .map(|part| {
                whole.push_str(part);
                whole.clone()
            })
            .collect();
        let mut so_far = String::new();
        for line in rest {
            so_far.push_str(line.trim_start_matches('(').trim_end_matches('-'));
            assert!(ends.contains(&so_far), "{lines:?}");
        }
    }

    #[test]
    fn no_line_begins_in_the_middle_of_a_sound() {
        let lines = wrap("ファイルレピュテーションサービス", 98, 13, Hyphens::of_tag("ja"));
        assert!(lines.len() > 1 && lines.iter().all(|line| !line.starts_with(never_begins)), "{lines:?}");
        assert_eq!(characters("e\u{301}a👩\u{200d}👧！"), ["e\u{301}", "a", "👩\u{200d}👧！"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken_and_nothing_is_lost() {
        let word = "x".repeat(200);
        let lines = wrap(&word, 100, 13, Hyphens::of_tag("de"));
        assert_eq!(lines.concat(), word);
        assert!(lines.iter().all(|line| width(line, 13) <= 175));
    }
}
