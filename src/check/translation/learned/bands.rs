//! How much longer than its source text a translation usually is, learned from the site's own sentences;
//! of names, which may be two characters, nothing is.

use std::ops::Range;

use super::super::reading::{Reading, is_settled};
use crate::l10n::Words;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::value::UnitKind;

/// Pairs of a locale from which a band can be learned.
const LEAST_PAIRS: usize = 30;

/// Short texts vary more: each size has a band of its own, by letters of the source text.
const SIZES: [usize; 4] = [30, 50, 90, usize::MAX];

/// Letters of a source text below which a length says nothing.
const LEAST_LETTERS: usize = 16;

/// The usual ratio of lengths, and how far pairs stray from it.
#[derive(Clone, Copy, Debug)]
struct Band {
    /// Median of the logarithm of the ratio.
    middle: f64,
    /// How far nine of ten pairs stray from it at most, scaled to a standard deviation.
    spread: f64,
}

/// By locale, the band of each size; `None`: too few pairs.
#[derive(Debug)]
pub(in super::super) struct Bands(Vec<[Option<Band>; SIZES.len()]>);

impl Bands {
    /// From the pairs that somebody has accepted, so that a change moves no band under other texts;
    /// from all, where those are too few.
    pub(in super::super) fn learn(site: &Site, readings: &[Vec<Option<Reading<'_>>>]) -> Self {
        let locales = &site.config.locales;
        let source = locales.source_locale().index();
        let of_pairs = |locale: LocaleId, is_one: &dyn Fn(usize) -> bool| {
            let mut ratios: [Vec<f64>; SIZES.len()] = Default::default();
            for (_, unit) in readings.iter().enumerate().filter(|(position, _)| is_one(*position)) {
                let (Some(source), Some(target)) = (&unit[source], &unit[locale.index()]) else { continue };
                if source.kind == UnitKind::Name {
                    continue;
                }
                if let Some((size, ratio)) = ratio(
                    (&source.words, &(0..source.words.text.len())),
                    (&target.words, &(0..target.words.text.len())),
                ) {
                    ratios[size].push(ratio);
                }
            }
            learn(&ratios)
        };
        let bands = locales.ids().map(|locale| {
            let settled = of_pairs(locale, &|position| is_settled(site, position, locale));
            if settled.iter().all(Option::is_some) { settled } else { of_pairs(locale, &|_| true) }
        });
        Self(bands.collect())
    }

    /// How many times the usual distance a part of a pair is from the usual ratio; below zero: too short.
    pub(in super::super) fn deviation(&self, locale: LocaleId, source: Part<'_>, target: Part<'_>) -> Option<f64> {
        let (size, ratio) = ratio(source, target)?;
        let band = self.band(locale, size)?;
        Some((ratio - band.middle) / band.spread)
    }

    fn band(&self, locale: LocaleId, size: usize) -> Option<Band> {
        self.0[locale.index()][size]
    }
}

/// A size with too few pairs of its own is judged by all.
fn learn(ratios: &[Vec<f64>; SIZES.len()]) -> [Option<Band>; SIZES.len()] {
    let all = band(ratios.concat());
    std::array::from_fn(|size| band(ratios[size].clone()).or(all))
}

fn band(mut ratios: Vec<f64>) -> Option<Band> {
    if ratios.len() < LEAST_PAIRS {
        return None;
    }
    let middle = median(&mut ratios);
    let mut distances: Vec<f64> = ratios.iter().map(|ratio| (ratio - middle).abs()).collect();
    distances.sort_by(f64::total_cmp);
    let most = distances[distances.len() * 9 / 10] / 1.645;
    // Generated or formulaic texts are so much alike that the smallest change would stand out.
    Some(Band { middle, spread: most.max(0.1) })
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Counts of letters stay far below four billion.
fn letters(count: usize) -> f64 {
    f64::from(count as u32)
}

/// A text, or a part of its words.
pub(in super::super) type Part<'a> = (&'a Words, &'a Range<usize>);

fn ratio(source: Part<'_>, target: Part<'_>) -> Option<(usize, f64)> {
    let (source, target) = (source.0.length(source.1), target.0.length(target.1));
    let size = SIZES.iter().position(|most| source < *most)?;
    (source >= LEAST_LETTERS).then(|| (size, (letters(target.max(1)) / letters(source)).ln()))
}
