//! Which script a language is written in, as far as a text in the wrong one can be told by it.

/// A group of writing systems that are easily told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Script {
    /// Latin letters, and whatever is not named below.
    Latin,
    /// Kana and Han.
    Japanese,
    /// Han alone.
    Chinese,
    /// Hangul.
    Korean,
    /// Cyrillic letters.
    Cyrillic,
    /// Greek letters.
    Greek,
}

impl Script {
    /// The script of a locale, by its language.
    pub fn of_locale(tag: &str) -> Self {
        match tag.split('-').next().unwrap_or(tag) {
            "ja" => Self::Japanese,
            "zh" => Self::Chinese,
            "ko" => Self::Korean,
            "ru" | "uk" | "bg" | "be" | "mk" => Self::Cyrillic,
            "el" => Self::Greek,
            _ => Self::Latin,
        }
    }

    /// Whether a letter belongs to it.
    pub fn has(self, c: char) -> bool {
        match self {
            Self::Latin => c.is_alphabetic() && matches!(u32::from(c), 0x41..=0x24F | 0x1E00..=0x1EFF),
            Self::Japanese => is_kana(c) || is_han(c),
            Self::Chinese => is_han(c),
            Self::Korean => matches!(u32::from(c), 0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF),
            Self::Cyrillic => matches!(u32::from(c), 0x400..=0x52F),
            Self::Greek => matches!(u32::from(c), 0x370..=0x3FF | 0x1F00..=0x1FFF),
        }
    }

    /// Whether a letter belongs to a script that its texts never use. Latin letters are no such
    /// sign: names and abbreviations are written in them everywhere.
    pub fn excludes(self, c: char) -> bool {
        let others = [Self::Japanese, Self::Korean, Self::Cyrillic, Self::Greek];
        u32::from(c) > 0x24F && !self.has(c) && others.iter().any(|other| *other != self && other.has(c))
    }
}

/// Hiragana, katakana and the half-width forms.
pub fn is_kana(c: char) -> bool {
    matches!(u32::from(c), 0x3041..=0x3096 | 0x309D..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0xFF66..=0xFF9D)
}

/// Half-width katakana, their sound marks and punctuation.
pub fn is_half_width_kana(c: char) -> bool {
    matches!(u32::from(c), 0xFF61..=0xFF9F)
}

/// Han characters and the sign that repeats one.
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_another_script_are_told() {
        assert!(Script::Latin.excludes('あ') && Script::Latin.excludes('語') && Script::Latin.excludes('ж'));
        assert!(!Script::Latin.excludes('ü') && !Script::Latin.excludes('。') && !Script::Latin.excludes('→'));
        assert!(!Script::Japanese.excludes('A') && !Script::Japanese.excludes('カ') && Script::Japanese.excludes('한'));
        // A Chinese text with kana is Japanese.
        assert!(Script::Chinese.excludes('の') && !Script::Chinese.excludes('語'));
    }
}
