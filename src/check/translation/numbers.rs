//! A translation has the numbers of its source text, in whatever form its locale writes them.
//!
//! A small number may stand in words on one side ("both", 双方), a month by its name.

use super::pair::{Mark, Pair, Reading};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::locale::LocaleId;
use crate::words::numbers::{Number, numbers};

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (numbers(&pair.source.prose.text), numbers(&pair.target.prose.text));
    if source.is_empty() && target.is_empty() {
        return;
    }
    let missing = left_over(pair, &source, &target, (pair.target, pair.locale));
    let extra = left_over(pair, &target, &source, (pair.source, pair.source_locale()));
    if missing.is_empty() && extra.is_empty() {
        return;
    }
    let tag = pair.tag();
    let headline = match (list(&missing), list(&extra)) {
        (lacks, brings) if brings.is_empty() => format!("`{tag}` lacks the number {lacks} of the source text"),
        (lacks, brings) if lacks.is_empty() => {
            format!("`{tag}` has the number {brings}, which the source text has not")
        }
        (lacks, brings) => format!("`{tag}` has the number {brings} where the source text has {lacks}"),
    };
    let mark = |numbers: &[&Number]| Mark::words(numbers.first().map(|number| number.range.clone()));
    found.push(
        pair.finding(Severity::Error, Code::NumberMismatch, headline, &mark(&extra), &mark(&missing))
            .help("say the same number in both, in digits where it matters; facts belong in references"),
    );
}

/// Numbers that the other text has neither in digits nor in words.
fn left_over<'n>(
    pair: &Pair<'_>,
    list: &'n [Number],
    other: &[Number],
    words: (&Reading<'_>, LocaleId),
) -> Vec<&'n Number> {
    let mut left: Vec<&str> = other.iter().map(|number| number.value.as_str()).collect();
    list.iter()
        .filter(|number| match left.iter().position(|value| *value == number.value) {
            Some(position) => {
                left.swap_remove(position);
                false
            }
            None => !pair.context.is_said_otherwise(&number.value, words.0, words.1),
        })
        .collect()
}

fn list(numbers: &[&Number]) -> String {
    numbers.iter().map(|number| format!("`{}`", number.value)).collect::<Vec<_>>().join(", ")
}
