//! Names in capitals (HTTPS, LDAP, NSX) are the same in every language: another one names another
//! protocol or product.
//!
//! A translation may spell one out, use its language's own (KI for AI: `acronyms` in `language.toml`)
//! or bring one more; what it must not do is to put another in its place, once or wherever the name
//! stands. Only names that the site's protocols, components and products bear are missed where nothing
//! stands in their place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::learned::acronyms::{key, own_names};
use super::pair::{Mark, Pair};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::words::acronyms::singular;
use crate::words::language::{List, Meaning, Sign};

/// Errors where a name the site knows is taken for another; doubts if `with_doubts`.
pub(super) fn check(pair: &Pair<'_>, with_doubts: bool, found: &mut Vec<Diagnostic>) {
    let (missing, extra) = differing(pair);
    let Some(first) = missing.first().cloned() else { return exchanged(pair, found) };
    let known = |reading: &Reading<'_>, list: &[Range<usize>]| {
        list.iter().any(|word| pair.context.acronyms.contains(&key(reading, word)))
    };
    let is_known = known(pair.source, &missing) || known(pair.target, &extra);
    let severity = if is_known && !extra.is_empty() { Severity::Error } else { Severity::Warning };
    let is_doubt = severity == Severity::Warning;
    if is_doubt && !(with_doubts && (is_known || !extra.is_empty())) {
        return;
    }
    let (tag, lacks) = (pair.tag(), list(pair.source, &missing));
    let headline = match list(pair.target, &extra) {
        brings if brings.is_empty() => format!("`{tag}` does not name {lacks} of the source text"),
        brings => format!("`{tag}` names {brings} where the source text names {lacks}"),
    };
    let mark = extra.first().cloned();
    found.push(
        pair.finding(severity, Code::LiteralMismatch, headline, &Mark::words(mark), &Mark::Words(first))
            .help("protocols and names in capitals are not translated: write them as the source text does"),
    );
}

/// A name the site knows that stands more often than in the source text, in place of another that
/// stands as much less often: each text names both.
fn exchanged(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (counts(pair, pair.source), counts(pair, pair.target));
    let shifts = |by: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>| -> Vec<String> {
        let more = by.iter().filter(|(name, count)| other.get(*name).is_some_and(|fewer| fewer < *count));
        more.map(|(name, _)| name.clone()).collect()
    };
    let (lost, gained) = (shifts(&source, &target), shifts(&target, &source));
    let total = |counts: &BTreeMap<String, usize>| counts.values().sum::<usize>();
    let ([lost], [gained]) = (lost.as_slice(), gained.as_slice()) else { return };
    if total(&source) != total(&target) {
        return;
    }
    let name = |name: &String| name.to_uppercase();
    let headline = format!(
        "`{}` names `{}` {} times and `{}` {} times, its source text {} and {} times",
        pair.tag(),
        name(lost),
        target[lost],
        name(gained),
        target[gained],
        source[lost],
        source[gained]
    );
    let place = |reading: &Reading<'_>, name: &String| {
        Mark::words(reading.words.spaced.iter().rfind(|word| key(reading, word) == *name).cloned())
    };
    let (on, from) = (place(pair.target, gained), place(pair.source, lost));
    found.push(
        pair.finding(Severity::Error, Code::LiteralMismatch, headline, &on, &from)
            .help("name in each place what the source text names there"),
    );
}

/// How often the names that the site knows stand in a text.
fn counts(pair: &Pair<'_>, reading: &Reading<'_>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in own_names(reading) {
        let key = key(reading, &word);
        if pair.context.acronyms.contains(&key) {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts
}

/// What each text names and the other does not. A general name in the one is missed only beside another
/// in the other.
fn differing(pair: &Pair<'_>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (missing, extra) = (without(pair.source, pair.target), without(pair.target, pair.source));
    let of = |reading: &Reading<'_>, words: &[Range<usize>]| -> Vec<String> {
        words.iter().map(|word| key(reading, word)).collect()
    };
    let (lost, new) = (of(pair.source, &missing), of(pair.target, &extra));
    // An IP address is an address, the IT department the administrators: they are missed only where
    // another name stands.
    let (one, other) = pair.languages();
    let general = || [one, other].into_iter().flat_map(|language| language.list(List::GeneralName));
    let is_general = |name: &String| general().any(|known| known.to_lowercase() == *name);
    // A GUI is a UI.
    let is_akin =
        |name: &String, others: &[String]| others.iter().any(|other| name.contains(other) || other.contains(name));
    let is_told = |name: &String, others: &[String]| !is_general(name) || !others.is_empty() && !is_akin(name, others);
    let keep = |words: Vec<Range<usize>>, names: &[String], others: &[String]| {
        words.into_iter().zip(names).filter(|(_, name)| is_told(name, others)).map(|(word, _)| word).collect()
    };
    (keep(missing, &lost, &new), keep(extra, &new, &lost))
}

/// Names in capitals that the other text has in no form.
fn without(reading: &Reading<'_>, other: &Reading<'_>) -> Vec<Range<usize>> {
    let words = own_names(reading);
    let has = |word: &Range<usize>| {
        let key = key(reading, word);
        other.words.spaced.iter().any(|known| self::key(other, known) == key) || has_own_form(reading, word, other)
    };
    words.into_iter().filter(|word| !has(word)).collect()
}

/// Whether the other language's own form of an abbreviation stands in its text: KI for AI.
fn has_own_form(reading: &Reading<'_>, word: &Range<usize>, other: &Reading<'_>) -> bool {
    let said = &reading.words.text[word.clone()];
    let is_it = |sign: &Sign| sign.range.start <= word.start && word.end <= sign.range.end;
    let own = reading.signs.iter().filter(|sign| is_it(sign)).filter_map(acronym);
    let mut names = own.chain([singular(said)]);
    names.any(|name| other.signs.iter().filter_map(acronym).any(|known| known == name))
}

fn acronym(sign: &Sign) -> Option<&str> {
    if let Meaning::Acronym(name) = &sign.meaning { Some(name) } else { None }
}

fn list(reading: &Reading<'_>, words: &[Range<usize>]) -> String {
    let names: BTreeSet<_> = words.iter().map(|word| singular(&reading.words.text[word.clone()])).collect();
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
