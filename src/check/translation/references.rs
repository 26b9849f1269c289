//! A translation refers to the same things as its source text: a reference is a fact that the
//! words stand for, and one that is missing, added or replaced says something else.
//!
//! Ports, hosts and dates are counted; of anything else a language may speak once or twice. The order
//! is free within a sentence, since languages differ in it; ports, hosts and dates stay in their item
//! of a list.

use std::collections::BTreeMap;
use std::ops::Range;

use super::pair::{Mark, Pair};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::l10n::Reference;

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let source: Vec<&Reference> = pair.source.text.references().collect();
    let target: Vec<&Reference> = pair.target.text.references().collect();
    let missing = without(&source, &target);
    let extra = without(&target, &source);
    if missing.is_empty() && extra.is_empty() {
        return check_items(pair, &source, &target, found);
    }
    let lacks = names(pair.source, &missing, source.len());
    let brings = names(pair.target, &extra, target.len());
    let tag = pair.tag();
    let headline = match (lacks.is_empty(), brings.is_empty()) {
        (false, true) => format!("`{tag}` lacks {lacks}, to which the source text refers"),
        (true, false) => format!("`{tag}` refers to {brings}, to which the source text does not"),
        _ => format!("`{tag}` refers to {brings} where the source text refers to {lacks}"),
    };
    let target_mark = mark(pair.target, extra.first().copied(), target.len());
    let source_mark = mark(pair.source, missing.first().copied(), source.len());
    let help =
        "refer to the same things as the source text, each in its own place; `[words](kind:id)` takes any inflection";
    found.push(pair.finding(Severity::Error, Code::ReferenceMismatch, headline, &target_mark, &source_mark).help(help));
}

/// Ports, hosts and dates that stand in another item of the list.
fn check_items(pair: &Pair<'_>, source: &[&Reference], target: &[&Reference], found: &mut Vec<Diagnostic>) {
    let items = |reading: &Reading<'_>| -> Vec<Range<usize>> {
        let items = reading.words.blocks.iter().filter(|block| block.is_item);
        items.map(|block| reading.words.written(block.range.clone())).collect()
    };
    let (in_source, in_target) = (items(pair.source), items(pair.target));
    let is_known =
        pair.source.words.references.len() == source.len() && pair.target.words.references.len() == target.len();
    if in_source.len() != in_target.len() || !is_known {
        return;
    }
    for (source_item, target_item) in in_source.iter().zip(&in_target) {
        let own = within(pair.source, source, source_item);
        let position = target.iter().enumerate().position(|(position, reference)| {
            is_counted(reference)
                && target_item.contains(&pair.target.words.references[position].start)
                && !own.contains(reference)
        });
        let Some(position) = position else { continue };
        let name = names(pair.target, &[position], target.len());
        let headline = format!("`{}` refers to {name} in another item of the list than its source text", pair.tag());
        let (on, from) = (mark(pair.target, Some(position), target.len()), Mark::Written(source_item.clone()));
        found.push(
            pair.finding(Severity::Error, Code::ReferenceMismatch, headline, &on, &from)
                .help("say the same of the same thing: keep the items in one order, each with its references"),
        );
        return;
    }
}

fn within<'r>(reading: &Reading<'_>, list: &[&'r Reference], item: &Range<usize>) -> Vec<&'r Reference> {
    let places = reading.words.references.iter().zip(list);
    places.filter(|(place, _)| item.contains(&place.start)).map(|(_, reference)| *reference).collect()
}

/// Positions in `list` of what `other` has not, or has less often where that counts.
fn without(list: &[&Reference], other: &[&Reference]) -> Vec<usize> {
    let mut left: BTreeMap<&Reference, usize> = BTreeMap::new();
    for reference in other {
        *left.entry(reference).or_default() += 1;
    }
    let mut positions = Vec::new();
    for (position, reference) in list.iter().enumerate() {
        match left.get_mut(reference) {
            Some(_) if !is_counted(reference) => {}
            Some(count) if *count > 0 => *count -= 1,
            _ => positions.push(position),
        }
    }
    positions
}

fn is_counted(reference: &Reference) -> bool {
    matches!(reference, Reference::Ports(_) | Reference::Host(_) | Reference::Date(_))
}

/// References as they are written, each once.
fn names(reading: &Reading<'_>, positions: &[usize], count: usize) -> String {
    let mut names: Vec<&str> = Vec::new();
    for position in positions {
        let range = reading.words.references.get(*position).filter(|_| reading.words.references.len() == count);
        let name = range.map_or("a reference", |range| &reading.text.written[range.clone()]);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn mark(reading: &Reading<'_>, position: Option<usize>, count: usize) -> Mark {
    let is_known = reading.words.references.len() == count;
    let range = position.filter(|_| is_known).and_then(|position| reading.words.references.get(position));
    range.map_or(Mark::All, |range| Mark::Written(range.clone()))
}
