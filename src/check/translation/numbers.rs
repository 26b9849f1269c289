//! A translation has the numbers of its source text, in whatever form its locale writes them.
//!
//! A small number may stand in words on one side ("both", 双方), a month by its name.

use super::naked_fact::addresses;
use super::pair::{Mark, Pair, Reading};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::locale::LocaleId;
use crate::words::numbers::{Number, cardinals, is_in_words, numbers};

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = (read(pair.source), read(pair.target));
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

/// A number in words that the other text says in no form: a doubt, since words have other uses too.
pub(super) fn check_words(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let tags = (pair.source_tag(), pair.tag());
    let lost = unsaid((pair.source, tags.0), (pair.target, tags.1)).into_iter().find(|number| number.value != "2");
    let new = unsaid((pair.target, tags.1), (pair.source, tags.0)).into_iter().next();
    let headline = match (&lost, &new) {
        (None, None) => return,
        (Some(lost), None) => format!("`{}` does not say the number {} of the source text", tags.1, lost.value),
        (None, Some(new)) => format!("`{}` says the number {}, which the source text does not", tags.1, new.value),
        (Some(lost), Some(new)) => {
            format!("`{}` says the number {} where the source text says {}", tags.1, new.value, lost.value)
        }
    };
    let mark = |number: Option<Number>| Mark::words(number.map(|number| number.range));
    found.push(
        pair.finding(Severity::Warning, Code::NumberMismatch, headline, &mark(new), &mark(lost))
            .help("say the same number in both; if the words mean the same, accept the translation as it is"),
    );
}

/// Numbers one text says in words and the other neither in words nor in digits.
fn unsaid((reading, tag): (&Reading<'_>, &str), (other, other_tag): (&Reading<'_>, &str)) -> Vec<Number> {
    let mut said = cardinals(&reading.prose.text, tag);
    said.retain(|number| {
        let text = &other.prose.text;
        !is_in_words(&number.value, text, other_tag) && numbers(text).iter().all(|known| known.value != number.value)
    });
    said
}

/// The numbers of a text, those within addresses aside: they are compared as addresses.
fn read(reading: &Reading<'_>) -> Vec<Number> {
    let mut list = numbers(&reading.prose.text);
    if !list.is_empty() {
        let addresses = addresses(reading);
        list.retain(|number| {
            !addresses.iter().any(|address| address.start <= number.range.start && number.range.end <= address.end)
        });
    }
    list
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
