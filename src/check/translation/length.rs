//! A translation is about as long as its source text, as far as the two languages go. What is far
//! outside has lost a part or gained one.

use std::ops::Range;

use super::pair::{Mark, Pair};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::value::UnitKind;

/// Deviations beyond which a length is a doubt.
const DOUBTFUL: f64 = 4.0;

impl Pair<'_> {
    /// How many times the usual distance a part of the pair is from the usual ratio; below zero: too short.
    pub(super) fn deviation(&self, source: &Range<usize>, target: &Range<usize>) -> Option<f64> {
        let parts = ((&self.source.words, source), (&self.target.words, target));
        self.context.bands.deviation(self.locale, parts.0, parts.1)
    }
}

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    if pair.unit.kind == UnitKind::Name {
        return;
    }
    let (source, target) = (0..pair.source.words.text.len(), 0..pair.target.words.text.len());
    let Some(deviation) = pair.deviation(&source, &target).filter(|deviation| deviation.abs() > DOUBTFUL) else {
        return;
    };
    let kind = if deviation < 0.0 { "short" } else { "long" };
    let headline = format!("`{}` is unusually {kind} beside its source text", pair.tag());
    found.push(
        pair.finding(Severity::Warning, Code::LengthRatio, headline, &Mark::All, &Mark::All)
            .help("check that nothing is left out or added; then accept the translation as it is"),
    );
}
