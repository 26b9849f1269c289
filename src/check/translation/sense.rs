//! The small words on which a sentence turns: a "not" or an "if" that only one of two texts has.
//!
//! Languages deny and limit in many ways, some without any such word ("closed" for "not open"), so that
//! only their absence in every form is a doubt.

use super::pair::{Mark, Pair};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::value::UnitKind;
use crate::words::language::{Meaning, Sign};

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    // A message is read as a name is and says whole sentences all the same.
    if pair.unit.kind == UnitKind::Name && pair.unit.item.is_some() {
        return;
    }
    let (lost, new) = (first(pair.source, &Meaning::Not), first(pair.target, &Meaning::Not));
    if let Some(lost) = lost.filter(|_| new.is_none() && knows(pair, &Meaning::Not) && !denies_otherwise(pair.target)) {
        let headline = format!("`{}` does not deny what the source text denies", pair.tag());
        add(pair, Code::NegationMismatch, headline, (Mark::All, Mark::Words(lost.range.clone())), found);
    } else if let Some(new) = new.filter(|_| {
        // Without a list of its own the source text may deny in words that nobody knows.
        lost.is_none() && pair.languages().0.knows(&Meaning::Not) && !denies_otherwise(pair.source)
    }) {
        let headline = format!("`{}` denies what the source text does not deny", pair.tag());
        add(pair, Code::NegationMismatch, headline, (Mark::Words(new.range.clone()), Mark::All), found);
    }
    let lost = first(pair.source, &Meaning::If).filter(|_| first(pair.target, &Meaning::If).is_none());
    if let Some(lost) = lost.filter(|_| knows(pair, &Meaning::If)) {
        let headline = format!("`{}` lacks the condition of the source text", pair.tag());
        add(pair, Code::ConditionMismatch, headline, (Mark::All, Mark::Words(lost.range.clone())), found);
    }
}

fn add(pair: &Pair<'_>, code: Code, headline: String, (on, from): (Mark, Mark), found: &mut Vec<Diagnostic>) {
    found.push(
        pair.finding(Severity::Warning, code, headline, &on, &from)
            .help("say the same in both; if the words mean the same, accept the translation as it is"),
    );
}

/// The first word of a list; the "not" of "not only" is none.
fn first<'r>(reading: &'r Reading<'_>, meaning: &Meaning) -> Option<&'r Sign> {
    let is_within = |sign: &Sign| {
        // "Without rest" is around the clock.
        let is_phrase =
            |phrase: &&Sign| matches!(phrase.meaning, Meaning::NotQuite | Meaning::Always | Meaning::AroundTheClock);
        let phrases = reading.signs.iter().filter(is_phrase);
        phrases.into_iter().any(|phrase| {
            phrase.range.start <= sign.range.start
                && sign.range.end <= phrase.range.end
                && phrase.range.len() > sign.range.len()
        })
    };
    reading.signs.iter().find(|sign| sign.meaning == *meaning && (sign.meaning != Meaning::Not || !is_within(sign)))
}

fn denies_otherwise(reading: &Reading<'_>) -> bool {
    first(reading, &Meaning::NotQuite).is_some()
}

/// Whether the translation's language has a list of such words at all.
fn knows(pair: &Pair<'_>, meaning: &Meaning) -> bool {
    pair.languages().1.knows(meaning)
}
