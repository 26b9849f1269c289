//! Where sentences end, in scripts with and without spaces between them.

/// The sign a text ends with, whatever its width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// `.`, `。`, `．`
    Stop,
    /// `!`, `！`
    Exclamation,
    /// `?`, `？`
    Question,
    /// `:`, `：`
    Colon,
    /// `…`
    Ellipsis,
    /// A letter, a digit, anything else.
    Open,
}

impl End {
    fn of(c: char) -> Self {
        match c {
            '.' | '。' | '．' | '｡' => Self::Stop,
            '!' | '！' | '‼' => Self::Exclamation,
            '?' | '？' | '⁇' | '⁈' | '⁉' => Self::Question,
            ':' | '：' => Self::Colon,
            '…' => Self::Ellipsis,
            _ => Self::Open,
        }
    }
}

/// Brackets, quotes and marks of emphasis that may stand behind the end of a sentence.
fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | '）'
            | ']'
            | '］'
            | '」'
            | '』'
            | '】'
            | '〉'
            | '》'
            | '"'
            | '\''
            | '”'
            | '“'
            | '’'
            | '‘'
            | '»'
            | '«'
            | '›'
            | '‹'
            | '}'
            | '｝'
            | '〕'
            | '｣'
            | '>'
            | '＞'
            | '＂'
            | '〞'
            | '`'
            | '*'
            | '_'
    )
}

/// The sign a text ends with, closing brackets and quotes aside.
pub fn end(text: &str) -> End {
    let text = text.trim_end().trim_end_matches(is_closer).trim_end();
    if text.ends_with("...") || text.ends_with("・・・") || text.ends_with("‥") || text.ends_with('⋯') {
        return End::Ellipsis;
    }
    // ?! asks, in whatever order.
    let signs = text.trim_end_matches(['?', '!', '？', '！']);
    if text[signs.len()..].contains(['?', '？']) {
        return End::Question;
    }
    text.chars().last().map_or(End::Open, End::of)
}

/// How many sentences a text has; one that ends without a sign counts too.
pub fn count(text: &str) -> usize {
    let mut count = 0;
    let mut is_open = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let ends = match End::of(c) {
            End::Stop if c == '.' => {
                next.is_none_or(|next| next.is_whitespace() || is_closer(next)) && !is_abbreviated(text, at)
            }
            End::Stop | End::Exclamation | End::Question => true,
            End::Colon | End::Ellipsis | End::Open => false,
        };
        if ends || c == '\n' {
            count += usize::from(is_open);
            is_open = false;
        } else if c.is_alphanumeric() || c == super::REFERENCE {
            is_open = true;
        }
    }
    count + usize::from(is_open)
}

/// Whether the full stop at `at` belongs to a word: `z. B.`, `e.g.`, `bzw.`, `23. November`.
fn is_abbreviated(text: &str, at: usize) -> bool {
    const SHORT: &[&str] = &[
        "bzw", "usw", "etc", "ggf", "evtl", "inkl", "vgl", "Nr", "Abs", "ca", "sog", "bspw", "No", "vs", "approx",
        "incl", "Inc", "Co", "Ltd", "St",
    ];
    let word = text[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    let goes_on = text[at + 1..].trim_start().starts_with(|c: char| c.is_lowercase() || c == ',');
    let is_letter = word.rsplit('.').next().is_some_and(|last| last.chars().count() == 1);
    let is_day = !word.is_empty() && word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let has_more = !text[at + 1..].trim().is_empty();
    (goes_on || has_more && (is_letter || is_day)) || SHORT.contains(&word) && has_more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_seen_behind_brackets_and_in_any_width() {
        for (text, expected) in [
            ("Done.", End::Stop),
            ("完了です。", End::Stop),
            ("（参照）。", End::Stop),
            ("「完了。」", End::Stop),
            ("Done (see there.)", End::Stop),
            ("Really?”", End::Question),
            ("Really?!", End::Question),
            ("本当ですか！？」", End::Question),
            ("Halt!", End::Exclamation),
            ("（任意）｣。", End::Stop),
            ("など・・・", End::Ellipsis),
            ("次のとおりです：", End::Colon),
            ("and so on …", End::Ellipsis),
            ("and so on...", End::Ellipsis),
            ("No end", End::Open),
            ("", End::Open),
        ] {
            assert_eq!(end(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_are_counted_without_abbreviations() {
        for (text, expected) in [
            ("One. Two! Three?", 3),
            ("一つ目です。二つ目です。", 2),
            ("Am 23. November, z. B. um 4 Uhr, e.g. so. Ende.", 2),
            ("Host a.b.com and version 1.5 stay.", 1),
            ("No end", 1),
            ("Intro:\nfirst\nsecond.", 3),
            ("Er sagte: „Gut.“ Dann ging er.", 2),
            ("", 0),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
    }
}
