//! A translation refers to the same things as its source text: a reference is a fact that the
//! words stand for, and one that is missing, added or replaced says something else.
//!
//! Ports, hosts and dates are counted; of anything else a language may speak once or twice. The order
//! is free, since languages differ in it: two references of one text that changed places are not seen.

use std::collections::BTreeMap;

use super::pair::{Mark, Pair, Reading};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::l10n::Reference;

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let source: Vec<&Reference> = pair.source.text.fragment.references().collect();
    let target: Vec<&Reference> = pair.target.text.fragment.references().collect();
    let missing = without(&source, &target);
    let extra = without(&target, &source);
    if missing.is_empty() && extra.is_empty() {
        return;
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
        let range = reading.prose.references.get(*position).filter(|_| reading.prose.references.len() == count);
        let name = range.map_or("a reference", |range| &reading.text.written[range.clone()]);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn mark(reading: &Reading<'_>, position: Option<usize>, count: usize) -> Mark {
    let is_known = reading.prose.references.len() == count;
    let range = position.filter(|_| is_known).and_then(|position| reading.prose.references.get(position));
    range.map_or(Mark::All, |range| Mark::Written(range.clone()))
}
