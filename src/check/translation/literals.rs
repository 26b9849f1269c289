//! Code and addresses in a text are the same in every locale, letter by letter.

use std::ops::Range;

use super::naked_fact::addresses;
use super::pair::{Mark, Pair};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (literals(pair.source), literals(pair.target));
    let missing = without(pair.source, &source, pair.target, &target);
    let extra = without(pair.target, &target, pair.source, &source);
    if missing.is_empty() && extra.is_empty() {
        return;
    }
    let tag = pair.tag();
    let (lacks, brings) = (list(pair.source, &missing), list(pair.target, &extra));
    let headline = match (lacks.is_empty(), brings.is_empty()) {
        (false, true) => format!("`{tag}` lacks {lacks} of the source text"),
        (true, false) => format!("`{tag}` has {brings}, which the source text has not"),
        _ => format!("`{tag}` has {brings} where the source text has {lacks}"),
    };
    let mark = |ranges: &[Range<usize>]| Mark::words(ranges.first().cloned());
    found.push(
        pair.finding(Severity::Error, Code::LiteralMismatch, headline, &mark(&extra), &mark(&missing))
            .help("code and addresses are not translated: write them as the source text does"),
    );
}

/// Code and addresses of a text.
pub(super) fn literals(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut list: Vec<_> = reading.words.code.iter().filter(|range| !range.is_empty()).cloned().collect();
    list.extend(addresses(reading).into_iter().filter(|range| !reading.words.is_code(range.start)));
    list
}

fn without(
    reading: &Reading<'_>,
    list: &[Range<usize>],
    other: &Reading<'_>,
    others: &[Range<usize>],
) -> Vec<Range<usize>> {
    let mut left: Vec<&str> = others.iter().map(|range| &other.words.text[range.clone()]).collect();
    let mut missing = Vec::new();
    for range in list {
        let literal = &reading.words.text[range.clone()];
        match left.iter().position(|known| known.eq_ignore_ascii_case(literal)) {
            Some(position) => {
                left.swap_remove(position);
            }
            None => missing.push(range.clone()),
        }
    }
    missing
}

fn list(reading: &Reading<'_>, ranges: &[Range<usize>]) -> String {
    let names: Vec<_> = ranges.iter().map(|range| format!("`{}`", &reading.words.text[range.clone()])).collect();
    names.join(", ")
}
