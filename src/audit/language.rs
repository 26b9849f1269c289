//! In which of the site's languages a page is written, told by the words of the site's own texts.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::words::is_wide;

use super::Comparison;

/// A word speaks for a locale if it stands this often in its texts …
const OFTEN: usize = 4;
/// … and this many times as often as in all others together.
const RATHER: usize = 5;
/// So many of them make a page foreign.
const ENOUGH: usize = 15;

/// Whether the page is in another language than it is audited in. Facts can be compared all the same;
/// names and conditions can't.
pub(super) fn check(comparison: &Comparison<'_>) -> Option<Diagnostic> {
    let locales = &comparison.site.config.locales;
    let words = typical_words(comparison);
    let mut hits = vec![0_usize; locales.len()];
    for (cell, _) in &comparison.page.cells {
        for word in words_of(&cell.text) {
            if let Some(locale) = words.get(&word) {
                hits[*locale] += 1;
            }
        }
    }
    let own = comparison.locale.index();
    let best = locales.ids().max_by_key(|locale| (hits[locale.index()], locale.index() == own))?;
    let count = hits[best.index()];
    if best.index() == own || count < ENOUGH || count < hits[own] * 3 {
        return None;
    }
    let (other, asked) = (locales.tag(best), locales.tag(comparison.locale));
    Some(
        Diagnostic::warning(
            Code::OtherLanguage,
            format!("the page seems to be in `{other}`, not in `{asked}`: names and conditions are not compared"),
        )
        .at(Span::new(comparison.file, 0..0))
        .help(format!("audit it with `--locale {other}`")),
    )
}

/// Words that stand often in one locale's texts and seldom in the others'.
fn typical_words(comparison: &Comparison<'_>) -> BTreeMap<String, usize> {
    let locales = &comparison.site.config.locales;
    let mut counts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for unit in comparison.site.texts.units() {
        for locale in locales.ids() {
            for word in unit.text(locale).into_iter().flat_map(|text| words_of(&text.written)) {
                counts.entry(word).or_insert_with(|| vec![0; locales.len()])[locale.index()] += 1;
            }
        }
    }
    let typical = |(word, counts): (String, Vec<usize>)| {
        let all: usize = counts.iter().sum();
        let (locale, most) = counts.into_iter().enumerate().max_by_key(|(_, count)| *count)?;
        (most >= OFTEN && most >= (all - most) * RATHER).then_some((word, locale))
    };
    counts.into_iter().filter_map(typical).collect()
}

/// Words in lower case; of kana each pair, since nothing parts them.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let kana: Vec<char> = word.chars().filter(|c| matches!(c, '\u{3041}'..='\u{309f}')).collect();
        words.extend(kana.windows(2).map(|pair| pair.iter().collect::<String>()));
        if !word.contains(is_wide) && word.chars().all(char::is_lowercase) {
            words.push(word.to_owned());
        }
    }
    words
}
