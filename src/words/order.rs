//! The order in which a reader looks for a word in a glossary: Latin letters first, then kana as a
//! Japanese dictionary has them. Han are ordered by how they are read, which only their writer knows
//! (`reading` of a term).

use unicode_normalization::UnicodeNormalization;

/// What a word is sorted by: letters without case and diacritics; hiragana and katakana alike, small
/// kana as large ones, a long mark as the vowel that it lengthens (JIS X 4061, first level). A collation
/// table would be larger than everything else together.
pub fn sort_key(text: &str) -> String {
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}');
    let mut key = String::with_capacity(text.len());
    let mut last = None;
    for c in text.nfkd().filter(|c| !is_mark(c)).flat_map(char::to_lowercase) {
        let c = if c == 'ー' { last.and_then(vowel).unwrap_or(c) } else { large(hiragana(c)) };
        key.push(c);
        last = Some(c);
    }
    key
}

/// Katakana as hiragana: the two blocks have the same order, 0x60 apart.
fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

/// Small kana as large ones: each stands directly before its own.
fn large(c: char) -> char {
    match c {
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' => {
            char::from_u32(u32::from(c) + 1).unwrap_or(c)
        }
        _ => c,
    }
}

/// The vowel of a large hiragana without a voicing mark.
fn vowel(c: char) -> Option<char> {
    const ROWS: [(char, &str); 5] = [
        ('あ', "あかさたなはまやらわ"),
        ('い', "いきしちにひみり"),
        ('う', "うくすつぬふむゆる"),
        ('え', "えけせてねへめれ"),
        ('お', "おこそとのほもよろを"),
    ];
    ROWS.iter().find(|(_, row)| row.contains(c)).map(|(vowel, _)| *vowel)
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn kana_stand_as_in_a_dictionary() {
        let expected = [
            "ADFS",
            "Übergang",
            "Zone",
            "ウェブ",
            "きかいがくしゅう",
            "サーバー",
            "さいしゅう",
            "ハートビート",
            "ファイアウォール",
            "ファイルレピュテーション",
            "プロキシ",
            "ポートスキャン",
            "ホストファイアウォール",
            "まちうけポート",
        ];
        let mut words = expected;
        words.reverse();
        words.sort_by_key(|word| sort_key(word));
        assert_eq!(words, expected);
    }
}
