//! Slips of typing that no reader of one language notices in another: half-width kana, full-width
//! digits, doubled words, compounds torn apart.

use std::collections::HashSet;
use std::ops::Range;

use super::context::named_units;
use super::pair::{Mark, Pair, Reading};
use super::prose::Prose;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::locale::LocaleId;
use crate::model::UnitKind;
use crate::site::Site;
use crate::words::is_wide;
use crate::words::scripts::{is_half_width_kana, is_kana};

/// Words of a locale that are written together or with hyphens, in lower case.
#[derive(Debug, Default)]
pub(super) struct Compounds {
    joined: HashSet<String>,
    /// Two words in a row in a name, which stay as they are.
    apart: HashSet<String>,
}

/// Languages that write compounds as one word.
const COMPOUNDING: &[&str] = &["de", "nl", "sv", "da", "nb", "nn"];

impl Compounds {
    /// Learns them from the site's own texts.
    pub(super) fn learn(site: &Site, locale: LocaleId, readings: &[Vec<Option<Reading<'_>>>]) -> Self {
        let language = site.config.locales.tag(locale).split('-').next().unwrap_or_default();
        let mut compounds = Self::default();
        if !COMPOUNDING.contains(&language) {
            return compounds;
        }
        let names = named_units(site).into_iter().map(|unit| site.name(unit, locale));
        for name in
            names.chain(site.model.components.iter().flat_map(|component| &component.examples).map(String::as_str))
        {
            let prose = Prose::of(name, UnitKind::Name);
            compounds.apart.extend(prose.words.windows(2).map(|two| prose.lower[two[0].start..two[1].end].to_owned()));
        }
        for prose in readings.iter().filter_map(|readings| Some(&readings[locale.index()].as_ref()?.prose)) {
            let is_hyphen = |at: usize| &prose.text[prose.words[at].end..prose.words[at + 1].start] == "-";
            for (first, word) in prose.words.iter().enumerate() {
                let is_noun = prose.text[word.clone()].starts_with(char::is_uppercase) && !prose.is_code(word.start);
                if is_noun && word.len() > 5 && !compounds.joined.contains(&prose.lower[word.clone()]) {
                    compounds.joined.insert(prose.lower[word.clone()].to_owned());
                }
                // Trend-Micro-Server says nothing of Trend Micro: only whole compounds count.
                let is_first = first == 0 || !is_hyphen(first - 1);
                let last = (first + 2 == prose.words.len()) || first + 2 < prose.words.len() && !is_hyphen(first + 1);
                if is_noun && is_first && last && is_hyphen(first) {
                    compounds.joined.insert(prose.lower[word.start..prose.words[first + 1].end].to_owned());
                }
            }
        }
        compounds
    }

    /// Two words that belong together as the site writes them elsewhere.
    fn joined(&self, first: &str, second: &str) -> Option<String> {
        let forms = [format!("{first}-{second}"), format!("{first}{second}"), format!("{first}s{second}")];
        let is_known = !self.apart.contains(&format!("{first} {second}"));
        forms.into_iter().find(|form| is_known && self.joined.contains(form))
    }
}

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let text = &pair.target.prose.text;
    let mut add = |range: Range<usize>, what: &str, help: String| {
        let headline = format!("`{}` has {what}: “{}”", pair.tag(), &text[range.clone()]);
        found.push(pair.finding_alone(Severity::Warning, Code::Typography, headline, &Mark::Words(range)).help(help));
    };
    if !text.is_ascii() {
        if let Some(range) = run(text, is_half_width_kana) {
            add(range, "half-width kana", "write them in full width: カ, not ｶ".to_owned());
        }
        if let Some(range) = run(text, |c| matches!(c, '０'..='９')) {
            add(range, "full-width digits", "write ASCII digits: readers copy them".to_owned());
        }
        if let Some(range) = doubled_kana(text) {
            add(range, "the same twice", "remove one of the two".to_owned());
        }
    }
    if let Some(range) = doubled_word(pair) {
        add(range, "the same word twice", "remove one of the two".to_owned());
    }
    if let Some((range, joined)) = torn_compound(pair) {
        add(
            range,
            "a compound torn apart",
            format!("the site writes `{joined}` elsewhere; join the words, or name them in the glossary"),
        );
    }
}

fn run(text: &str, is_one: impl Fn(char) -> bool) -> Option<Range<usize>> {
    let start = text.find(&is_one)?;
    let length: usize = text[start..].chars().take_while(|c| is_one(*c)).map(char::len_utf8).sum();
    Some(start..start + length)
}

/// Words that may well follow themselves: relative pronouns, auxiliaries.
const REPEATABLE: &[&str] = &["that", "had", "die", "der", "das", "den", "dem", "sie", "ihr"];

fn doubled_word(pair: &Pair<'_>) -> Option<Range<usize>> {
    let prose = &pair.target.prose;
    let is_double = |two: &&[Range<usize>]| {
        let (first, second) = (&prose.lower[two[0].clone()], &prose.lower[two[1].clone()]);
        let gap = &prose.text[two[0].end..two[1].start];
        first == second
            && !gap.is_empty()
            && gap.chars().all(char::is_whitespace)
            && first.chars().all(char::is_alphabetic)
            && !REPEATABLE.contains(&first)
    };
    let two = prose.words.windows(2).find(is_double)?;
    Some(two[0].start..two[1].end)
}

/// Three or more kana or Han said twice in a row, or a particle that can't follow itself.
fn doubled_kana(text: &str) -> Option<Range<usize>> {
    for particle in ["をを", "がが"] {
        if let Some(at) = text.find(particle) {
            return Some(at..at + particle.len());
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

fn torn_compound(pair: &Pair<'_>) -> Option<(Range<usize>, String)> {
    let index = pair.locale.index();
    let compounds = &pair.context.compounds[index];
    if compounds.joined.is_empty() {
        return None;
    }
    let prose = &pair.target.prose;
    for two in prose.words.windows(2) {
        let is_noun = |word: &Range<usize>| prose.text[word.clone()].starts_with(char::is_uppercase);
        if !(is_noun(&two[0]) && is_noun(&two[1]) && &prose.text[two[0].end..two[1].start] == " ")
            || prose.is_code(two[0].start)
        {
            continue;
        }
        let Some(joined) = compounds.joined(&prose.lower[two[0].clone()], &prose.lower[two[1].clone()]) else {
            continue;
        };
        let range = two[0].start..two[1].end;
        return Some((range, joined));
    }
    None
}
