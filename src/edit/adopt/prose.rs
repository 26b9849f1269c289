//! Words of a page → words that the content may hold.

use crate::words::characters::forbidden;
use crate::words::is_wide;

/// Without what no text of the content may hold: pages have tabs, soft breaks and invisible marks.
pub(super) fn clean(text: &str) -> String {
    let one_line: String = text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
    let refused: Vec<usize> = forbidden(&one_line).map(|(at, _)| at).collect();
    let kept: String = one_line.char_indices().filter(|(at, _)| !refused.contains(at)).map(|(_, c)| c).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Prose of a page as Markdown that says just that; what a cell leaves open at its end is closed.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::new();
    // Marks for code are no part of a sentence, and what stands in angle brackets would be a reference.
    let text = clean(text).replace('`', "").replace('<', "‹").replace('>', "›");
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && escaped[digits..].starts_with(['.', ')']) {
        escaped.insert(digits, '\\');
    }
    if escaped.starts_with(['#', '-', '+']) {
        escaped.insert(0, '\\');
    }
    let has_words = text.contains(char::is_alphabetic);
    match escaped.chars().next_back().filter(|_| has_words) {
        Some(last) if last.is_alphanumeric() && is_wide(last) => escaped.push('。'),
        Some(last) if last.is_alphanumeric() || matches!(last, ')' | '`' | '*' | '_' | '"') => escaped.push('.'),
        Some(_) | None => {}
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_a_page_says_just_that_in_markdown() {
        for (written, escaped) in [
            ("Opens the *console*", "Opens the \\*console\\*."),
            ("1. Opens `it`", "1\\. Opens it."),
            ("<component:agent>", "‹component:agent›"),
            ("- 画面を\t表示します", "\\- 画面を 表示します。"),
            ("Done!", "Done!"),
            ("443", "443"),
        ] {
            assert_eq!(escape(written), escaped, "{written}");
        }
    }
}
