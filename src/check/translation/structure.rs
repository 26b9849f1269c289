//! A translation is built as its source text is: as much emphasis, as many items and paragraphs, and
//! no sentence less.
//!
//! Languages part their sentences differently, so that one more or less is a doubt only where the
//! length says the same.

use std::ops::Range;

use super::pair::{Mark, Pair};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::l10n::Words;
use crate::value::UnitKind;
use crate::words::language::{Meaning, Sign};
use crate::words::sentences;

/// A sentence less is a doubt where the text is shorter than usual by this many deviations,
const SHORTER: f64 = -0.8;

/// by these where a comma more may join two,
const MUCH_SHORTER: f64 = -1.5;

/// and one more where it is longer by these: languages split sentences more often than they join them.
const LONGER: f64 = 3.0;

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    if pair.unit.kind == UnitKind::Name && pair.unit.item.is_some() {
        return;
    }
    let (source, target) = (&pair.source.words, &pair.target.words);
    let items = |prose: &Words| prose.blocks.iter().filter(|block| block.is_item).count();
    let paragraphs = |prose: &Words| prose.blocks.len() - items(prose);
    let counts = [
        ("emphasized phrases", source.emphases, target.emphases),
        ("items of lists", items(source), items(target)),
        ("paragraphs", paragraphs(source), paragraphs(target)),
        ("numbered items", numbered(source), numbered(target)),
        ("items within items", nested(source), nested(target)),
    ];
    if counts.iter().all(|(_, source, target)| source == target) && order(source) != order(target) {
        let headline = format!("`{}` has its paragraphs and lists in another order than its source text", pair.tag());
        found.push(
            pair.finding(Severity::Warning, Code::StructureMismatch, headline, &Mark::All, &Mark::All)
                .help("put them in one order; if both say the same, accept the translation as it is"),
        );
        return;
    }
    let differing = counts.into_iter().find(|(_, source, target)| source != target).or_else(|| sentences(pair));
    let Some((what, expected, actual)) = differing else { return };
    let headline = format!("`{}` differs from its source text in {what}: {actual} instead of {expected}", pair.tag());
    found.push(
        pair.finding(Severity::Warning, Code::StructureMismatch, headline, &Mark::All, &Mark::All)
            .help("check that nothing is left out or added; then accept the translation as it is"),
    );
}

fn numbered(prose: &Words) -> usize {
    prose.blocks.iter().filter(|block| block.is_numbered).count()
}

fn nested(prose: &Words) -> usize {
    prose.blocks.iter().filter(|block| block.depth > 0).count()
}

/// What follows what.
fn order(prose: &Words) -> Vec<(bool, bool, usize)> {
    prose.blocks.iter().map(|block| (block.is_item, block.is_numbered, block.depth)).collect()
}

/// The paragraphs are compared one by one where there are as many.
fn sentences(pair: &Pair<'_>) -> Option<(&'static str, usize, usize)> {
    let (source, target) = (&pair.source.words, &pair.target.words);
    let whole = (0..source.text.len(), 0..target.text.len());
    let blocks =
        source.blocks.iter().zip(&target.blocks).map(|(source, target)| (source.range.clone(), target.range.clone()));
    std::iter::once(whole).chain(blocks).find_map(|(of_source, of_target)| {
        let deviation = pair.deviation(&of_source, &of_target)?;
        let in_source = &source.text[of_source.clone()];
        let counts = (sentences::count(in_source), sentences::count(&target.text[of_target.clone()]));
        let in_target = &target.text[of_target.clone()];
        // A semicolon in the one may be a full stop in the other,
        let semicolons = |text: &str| text.matches([';', '；']).count();
        let joined = semicolons(in_target).saturating_sub(semicolons(in_source));
        let parted = semicolons(in_source).saturating_sub(semicolons(in_target));
        // and so may a comma or an "and", though these are joints of every sentence: of two only.
        let commas = |text: &str| text.matches([',', '，', '、']).count();
        let in_range = |sign: &&Sign, range: &Range<usize>| range.contains(&sign.range.start);
        let ands = |reading: &Reading<'_>, range: &Range<usize>| {
            let joins = reading.signs.iter().filter(|sign| in_range(sign, range) && sign.meaning == Meaning::Join);
            joins.filter(|sign| !reading.words.text[sign.range.clone()].starts_with('、')).count()
        };
        let more_commas = commas(in_target) > commas(in_source);
        let more_ands = ands(pair.target, &of_target) > ands(pair.source, &of_source);
        let may_be_joined = counts == (2, 1) && (more_commas || more_ands);
        let shorter = if may_be_joined { MUCH_SHORTER } else { SHORTER };
        let is_doubtful =
            counts.1 + joined < counts.0 && deviation < shorter || counts.1 > counts.0 + parted && deviation > LONGER;
        is_doubtful.then_some(("sentences", counts.0, counts.1))
    })
}
