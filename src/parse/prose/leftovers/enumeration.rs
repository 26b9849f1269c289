//! Lists whose items are numbered in signs that `CommonMark` does not know: `①`, `(1)`, `a)`, `ア．`.
//! Its lines become one paragraph. Only a first item and a second make a list: a lone `(1)` may well
//! begin a line.

use std::ops::Range;

use super::{Leftover, leftover};
use crate::diagnostic::Code;

/// What numbers an item.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Mark {
    /// The signs around the number.
    around: (Option<char>, Option<char>),
    /// The first and the second of the row that the number belongs to.
    row: &'static [&'static str; 2],
    /// 0 for the first item, 1 for the second.
    position: usize,
}

/// Rows by their first two: what follows them needs no telling.
const ROWS: &[[&str; 2]] = &[
    ["1", "2"],
    ["a", "b"],
    ["A", "B"],
    ["i", "ii"],
    ["I", "II"],
    ["１", "２"],
    ["ａ", "ｂ"],
    ["Ａ", "Ｂ"],
    ["一", "二"],
    ["ア", "イ"],
    ["ｱ", "ｲ"],
    ["あ", "い"],
    ["イ", "ロ"],
    ["い", "ろ"],
    ["α", "β"],
];
/// Rows of signs that are marks by themselves.
const SIGNS: &[[&str; 2]] = &[
    ["①", "②"],
    ["❶", "❷"],
    ["➀", "➁"],
    ["➊", "➋"],
    ["⓵", "⓶"],
    ["⑴", "⑵"],
    ["⒈", "⒉"],
    ["⒜", "⒝"],
    ["Ⓐ", "Ⓑ"],
    ["ⓐ", "ⓑ"],
    ["Ⅰ", "Ⅱ"],
    ["ⅰ", "ⅱ"],
    ["㈠", "㈡"],
    ["㊀", "㊁"],
    ["㋐", "㋑"],
    ["1️⃣", "2️⃣"],
];

/// The first list of the kind.
pub(super) fn find(text: &str) -> Option<Leftover> {
    let (range, marks) = first_list(text)?;
    let help = "begin each item with `1. ` and so on, after an empty line; put a sentence that counts on one line";
    let headline =
        format!("lines that begin with `{}` and `{}` are no list and become one paragraph", marks[0], marks[1]);
    Some(leftover(range, Code::AccidentalMarkup, headline, help))
}

/// Whether a text holds such a list.
pub(super) fn is_enumerated(text: &str) -> bool {
    first_list(text).is_some()
}

fn first_list(text: &str) -> Option<(Range<usize>, [String; 2])> {
    let mut start = 0;
    let mut open: Vec<(Mark, Range<usize>, usize, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let indent = line.len() - line.trim_start().len();
        let at = start + indent;
        start += line.len();
        if content.is_empty() {
            open.clear();
            continue;
        }
        let marks = marks(content);
        for (mark, written) in &marks {
            let follows = |first: &Mark| first.around == mark.around && first.row == mark.row;
            if mark.position == 1
                && let Some((_, range, _, first)) = open.iter().find(|(first, ..)| follows(first))
            {
                // A sentence that counts has its numbers within the line, too.
                let is_sentence = text[range.start..at].contains(written.as_str());
                if !is_sentence {
                    return Some((range.clone(), [first.clone(), written.clone()]));
                }
            }
        }
        // The lines between are more of the item only if they are indented.
        open.retain(|(_, _, outer, _)| indent > *outer);
        let firsts = marks.into_iter().filter(|(mark, _)| mark.position == 0);
        open.extend(firsts.map(|(mark, written)| (mark, at..at + content.len(), indent, written)));
    }
    None
}

/// The marks that a line may begin with, each as it is written.
fn marks(line: &str) -> Vec<(Mark, String)> {
    let mut marks = Vec::new();
    let open = line.chars().next().filter(|c| matches!(c, '(' | '（' | '[' | '［' | '〔'));
    let body = &line[open.map_or(0, char::len_utf8)..];
    for row in ROWS {
        for (position, number) in row.iter().enumerate() {
            let Some(rest) = body.strip_prefix(number) else { continue };
            let Some(close) = rest.chars().next() else { continue };
            let behind = &rest[close.len_utf8()..];
            let is_mark = match (open, close) {
                (None, ')') => !behind.is_empty() && !is_known(number, behind),
                // `1.5` and `a.example` are no marks, and `1. ` is one that Markdown knows.
                (None, '.') if number.is_ascii() => !is_known(number, behind) && is_word(number, behind),
                (Some(_), ')' | '）' | ']' | '］' | '〕') | (None, '）' | '．' | '、' | '.') => {
                    !behind.is_empty()
                }
                _ => false,
            };
            if is_mark {
                let written = line[..line.len() - behind.len()].to_owned();
                marks.push((Mark { around: (open, Some(close)), row, position }, written));
            }
        }
    }
    for row in SIGNS {
        let found = row.iter().position(|sign| line.starts_with(sign));
        marks.extend(found.map(|position| (Mark { around: (None, None), row, position }, row[position].to_owned())));
    }
    marks
}

/// `1. ` and `1) `, which `CommonMark` takes for a list itself.
fn is_known(number: &str, behind: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit()) && behind.starts_with(' ')
}

/// Behind a letter and a dot a space begins the item, behind a digit and a dot a letter.
fn is_word(number: &str, behind: &str) -> bool {
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        behind.starts_with(char::is_alphabetic)
    } else {
        behind.starts_with(' ')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_signs_that_markdown_does_not_know_are_told() {
        for (text, line) in [
            ("Do:\n① one\n② two\n③ three", "① one"),
            ("①一\n②二", "①一"),
            ("(1) one\n(2) two", "(1) one"),
            ("（1）一\n（2）二", "（1）一"),
            ("（１）一\n（２）二", "（１）一"),
            ("a) one\nb) two", "a) one"),
            ("a. one\nb. two", "a. one"),
            ("A) one\nB) two", "A) one"),
            ("i) one\nii) two", "i) one"),
            ("(i) one\n(ii) two", "(i) one"),
            ("ア．一\nイ．二", "ア．一"),
            ("（ア）一\n（イ）二", "（ア）一"),
            ("一、甲\n二、乙", "一、甲"),
            ("1.one\n2.two", "1.one"),
            ("1)one\n2)two", "1)one"),
            ("１．一\n２．二", "１．一"),
            ("1、一\n2、二", "1、一"),
            ("Ⅰ 一\nⅡ 二", "Ⅰ 一"),
            ("[1] one\n[2] two", "[1] one"),
            ("(1) one\n    and more\n(2) two", "(1) one"),
        ] {
            let found = find(text);
            assert!(found.as_ref().is_some_and(|found| text[found.range.clone()] == *line), "{text}: {found:?}");
        }
        for text in [
            "(1) one and (2) two",
            "(1) one\n\n(2) two",
            "(1) is this, (2) is that, and\n(2) is more",
            "(1) one",
            "(2024) one\n(2025) two",
            "see\n(2) there",
            "1. one\n2. two",
            "1) one\n2) two",
            "1.5 GB\n2.5 GB",
            "a.example\nb.example",
            "a\nb",
            "① の次\nに ②",
            "(a) one\nor so\n(b) two",
            "アイ\nイア",
            "443) x",
            "\\(1) one\n\\(2) two",
            "1.\n2.",
        ] {
            assert!(find(text).is_none(), "{text}: {:?}", find(text));
        }
    }

    #[test]
    fn definitions_of_other_dialects_are_told() {
        let told = |text: &str| super::super::in_lines(text).len();
        assert_eq!(told("Term\n: It is here."), 1);
        assert_eq!(told("用語\n：説明です。"), 1);
        for text in ["Term: it is here.", ": alone", "Term:\nit is here.", "a\n\n: b", "a\n:b"] {
            assert_eq!(told(text), 0, "{text}");
        }
    }
}
