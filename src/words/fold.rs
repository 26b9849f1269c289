//! What search takes as the same: width, case, accents, the spelling of umlauts and dashes.
//! `docs/search.md` is the specification; the theme's script follows it too.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A text as the search compares it.
pub fn fold_for_search(text: &str) -> String {
    if text.is_ascii() {
        return text
            .bytes()
            .map(|byte| if byte == b'~' { '-' } else { char::from(byte.to_ascii_lowercase()) })
            .collect();
    }
    let kept = || text.chars().filter(|c| !is_invisible(*c));
    let mut folded = String::with_capacity(text.len() + 8);
    if is_nfkc_quick(kept()) == IsNormalized::Yes {
        kept().for_each(|c| push_lower(&mut folded, c));
    } else {
        // The collected text is composed before it is cased: a case mapping may see the whole letter.
        kept().nfkc().for_each(|c| push_lower(&mut folded, c));
    }
    // Kana and Han have no accents of these; most of their texts need no second look.
    if folded.chars().any(|c| matches!(u32::from(c), 0xC0..=0x2BFF)) { without_accents(&folded) } else { folded }
}

fn push_lower(folded: &mut String, c: char) {
    match c {
        // Dashes and the wave that stand between the ends of a range.
        '~' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{301C}' => folded.push('-'),
        'ς' => folded.push('σ'),
        c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        _ => c.to_lowercase().for_each(|c| match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            _ => folded.push(c),
        }),
    }
}

fn without_accents(text: &str) -> String {
    text.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)).nfc().collect()
}

/// Characters that are drawn as nothing (Unicode's `Default_Ignorable_Code_Point`): soft hyphens,
/// joiners, marks of direction, variation selectors; and the marks of trade, which NFKC would turn
/// into letters of the word before them. A text copied from a page may hold them anywhere.
fn is_invisible(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x2120 | 0x2122 | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0
        | 0xFFF0..=0xFFF8 | 0x1_BCA0..=0x1_BCA3 | 0x1_D173..=0x1_D17A | 0xE_0000..=0xE_0FFF)
}

/// The same text with umlauts typed as plain vowels, if it has any: `übertragung` → `ubertragung`.
/// Only the index uses it, so that whoever leaves out the dots still finds the word.
pub fn without_umlauts(text: &str) -> Option<String> {
    if text.is_ascii() || !text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü', '\u{308}']) {
        return None;
    }
    let plain: String = text.nfd().filter(|c| *c != '\u{308}').nfc().collect();
    (plain != text).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_twice_changes_nothing() {
        for text in [
            "Größe",
            "ＴＣＰ／４１１８",
            "ｻｰﾊﾞｰ",
            "Ünïcödé",
            "a\u{AD}b",
            "ẞ",
            "ΣΑΣ",
            "İ",
            "㌔",
            "１１０００～１１９９９",
        ] {
            let once = fold_for_search(text);
            assert_eq!(fold_for_search(&once), once, "{text}");
        }
    }

    #[test]
    fn words_without_their_dots_are_found_too() {
        assert_eq!(without_umlauts("Übertragung").as_deref(), Some("Ubertragung"));
        assert_eq!(without_umlauts("U\u{308}bertragung").as_deref(), Some("Ubertragung"));
        assert_eq!(without_umlauts("Port"), None);
    }
}
