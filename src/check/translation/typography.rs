//! Slips of typing that no reader of one language notices in another: half-width kana, full-width
//! digits, doubled words, compounds torn apart.

use std::ops::Range;

use super::pair::{Mark, Pair};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::words::is_wide;
use crate::words::language::List;
use crate::words::scripts::{is_half_width_kana, is_kana};

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let text = &pair.target.words.text;
    let mut add = |range: Range<usize>, what: &str, help: String| {
        let headline = format!("`{}` has {what}: “{}”", pair.tag(), &text[range.clone()]);
        found.push(pair.finding_alone(Severity::Warning, Code::Typography, headline, &Mark::Words(range)).help(help));
    };
    if !text.is_ascii() {
        if let Some(range) = run(text, is_half_width_kana) {
            add(range, "half-width kana", "write them in full width".to_owned());
        }
        if let Some(range) = run(text, |c| matches!(c, '０'..='９')) {
            add(range, "full-width digits", "write ASCII digits: readers copy them".to_owned());
        }
        if let Some(range) = narrow_sign(pair) {
            add(range, "an ASCII sign behind Japanese", "write 。 or 、".to_owned());
        }
        if let Some((range, mark)) = unbalanced(text) {
            add(range, "an opening or a closing mark alone", format!("write both, or none: {mark}"));
        }
        if let Some(range) = doubled_kana(text, pair.languages().1.list(List::NeverTwice)) {
            add(range, "the same twice", "remove one of the two".to_owned());
        }
    }
    if let Some(range) = doubled_word(pair) {
        add(range, "the same word twice", "remove one of the two".to_owned());
    }
    if let Some((range, joined)) = torn_compound(pair) {
        add(
            range,
            "what looks like a compound torn apart",
            match joined {
                Some(joined) => {
                    format!("the site writes `{joined}` elsewhere; join the words, or name them in the glossary")
                }
                None => "join the words, with a hyphen or without".to_owned(),
            },
        );
    }
}

fn run(text: &str, is_one: impl Fn(char) -> bool) -> Option<Range<usize>> {
    let start = text.find(&is_one)?;
    let length: usize = text[start..].chars().take_while(|c| is_one(*c)).map(char::len_utf8).sum();
    Some(start..start + length)
}

/// A full stop or a comma in ASCII behind kana or Han, where a sentence or a clause ends.
fn narrow_sign(pair: &Pair<'_>) -> Option<Range<usize>> {
    let prose = &pair.target.words;
    let mut before = None;
    for (at, c) in prose.text.char_indices() {
        let is_behind = before.is_some_and(|c: char| is_wide(c) && c.is_alphabetic());
        let ends =
            prose.text[at + c.len_utf8()..].chars().next().is_none_or(|next| next.is_whitespace() || is_wide(next));
        if matches!(c, '.' | ',') && is_behind && ends && !prose.is_code(at) {
            return Some(at..at + 1);
        }
        before = Some(c);
    }
    None
}

/// Quotes and brackets that come in pairs; German quotes close with the sign that opens English ones.
const PAIRED: &[(char, &[char], &str)] =
    &[('「', &['」'], "「…」"), ('『', &['』'], "『…』"), ('（', &['）'], "（…）"), ('„', &['“', '”'], "„…“")];

fn unbalanced(text: &str) -> Option<(Range<usize>, &'static str)> {
    for (open, close, shown) in PAIRED {
        let is_close = |c: char| close.contains(&c);
        let (opened, closed) = (text.matches(*open).count(), text.matches(is_close).count());
        // English text closes with signs that open elsewhere: without „ nothing is said.
        if opened != closed && (opened > 0 || close.len() == 1) {
            let at = text.rfind(|c| c == *open || is_close(c))?;
            let length = text[at..].chars().next().map_or(1, char::len_utf8);
            return Some((at..at + length, shown));
        }
    }
    None
}

fn doubled_word(pair: &Pair<'_>) -> Option<Range<usize>> {
    let prose = &pair.target.words;
    // Relative pronouns and auxiliaries may well follow themselves.
    let repeatable = pair.languages().1.list(List::Repeatable);
    let is_double = |two: &&[Range<usize>]| {
        let (first, second) = (&prose.lower[two[0].clone()], &prose.lower[two[1].clone()]);
        let gap = &prose.text[two[0].end..two[1].start];
        // Forms of a plural stand on lines of their own.
        first == second
            && !gap.is_empty()
            && !gap.contains('\n')
            && gap.chars().all(char::is_whitespace)
            && first.chars().all(char::is_alphabetic)
            && !repeatable.iter().any(|word| word == first)
    };
    let two = prose.spaced.windows(2).find(is_double)?;
    Some(two[0].start..two[1].end)
}

/// Three or more kana or Han said twice in a row, or a particle that can't follow itself.
fn doubled_kana(text: &str, never_twice: &[String]) -> Option<Range<usize>> {
    for particle in never_twice {
        if let Some(at) = text.find(&particle.repeat(2)) {
            return Some(at..at + 2 * particle.len());
        }
    }
    let places: Vec<(usize, char)> = text.char_indices().collect();
    let is_letter = |c: char| is_wide(c) && c.is_alphabetic();
    for length in 3..=12 {
        for start in 0..places.len().saturating_sub(2 * length - 1) {
            let (first, second) = (&places[start..start + length], &places[start + length..start + 2 * length]);
            let is_double = first.iter().zip(second).all(|((_, a), (_, b))| a == b && is_letter(*a));
            let is_word = first.iter().any(|(_, c)| !is_kana(*c)) || length > 3;
            if is_double && is_word {
                let end = places.get(start + 2 * length).map_or(text.len(), |(at, _)| *at);
                return Some(first[0].0..end);
            }
        }
    }
    None
}

/// Two words that belong together, and how the site writes them elsewhere, if it does.
fn torn_compound(pair: &Pair<'_>) -> Option<(Range<usize>, Option<String>)> {
    let index = pair.locale.index();
    let compounds = &pair.context.compounds[index];
    if compounds.is_empty() {
        return None;
    }
    let prose = &pair.target.words;
    for two in prose.spaced.windows(2) {
        let is_noun = |word: &Range<usize>| prose.text[word.clone()].starts_with(char::is_uppercase);
        if !(is_noun(&two[0]) && is_noun(&two[1]) && &prose.text[two[0].end..two[1].start] == " ")
            || prose.is_code(two[0].start)
        {
            continue;
        }
        let (first, second) = (&prose.lower[two[0].clone()], &prose.lower[two[1].clone()]);
        let joined = compounds.joined(first, second);
        let endings = pair.languages().1.list(List::CompoundEnding);
        let is_joining = || endings.iter().any(|ending| first.ends_with(ending.as_str()));
        if joined.is_some() || is_joining() {
            return Some((two[0].start..two[1].end, joined));
        }
    }
    None
}
