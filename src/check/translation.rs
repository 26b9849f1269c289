//! Translations held against their source texts, and every text against the facts: what may drift
//! apart without anybody noticing.
//!
//! Each rule is one file: what it finds, and why its look-alikes are no finding. Errors hold for
//! every text; doubts ([`Severity::Warning`](crate::diagnostic::Severity)) only for pairs that
//! nobody has accepted. A text that is the same on purpose (`=TAG`) is read as what it says; a plain name,
//! which has no locale, once.

mod acronyms;
mod consistency;
mod context;
mod facts;
mod learned;
mod length;
mod literals;
mod messages;
mod naked_condition;
mod naked_fact;
mod number_places;
mod numbers;
mod pair;
mod phrases;
mod punctuation;
mod reading;
mod references;
mod roles;
mod sense;
mod structure;
mod terms;
mod typography;
mod untranslated;

use rayon::prelude::*;

use super::{Findings, texts};
use crate::diagnostic::{Code, Diagnostic};
use crate::l10n::{Text, Unit};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::Sources;
use context::Context;
use pair::Pair;
use reading::{Reading, is_settled};

pub(super) fn check(site: &Site, sources: &Sources, findings: &mut Findings<'_>) {
    let units: Vec<&Unit> = site.texts.units().collect();
    let readings: Vec<_> = units.par_iter().enumerate().map(|(position, unit)| read(site, position, unit)).collect();
    let context = Context::new(site, sources, &readings);
    let found: Vec<_> = (0..units.len())
        .into_par_iter()
        .map(|position| check_unit(&context, position, units[position], &readings[position]))
        .collect();
    for (unit, found) in units.iter().zip(found) {
        let items = texts::items(unit);
        for diagnostic in found {
            findings.add(&items, diagnostic);
        }
    }
    consistency::check(&context, &units, &readings, findings);
    messages::check(&context, findings);
}

/// The words of a unit, in each locale that a text was given to. What they mean matters for doubts,
/// and for mistakes where there are figures or abbreviations: most accepted texts have none.
fn read<'a>(site: &Site, position: usize, unit: &'a Unit) -> Vec<Option<Reading<'a>>> {
    let locales = &site.config.locales;
    let texts: Vec<_> = locales.ids().map(|locale| unit.translation(locale)).collect();
    let is_open = locales.ids().any(|locale| locale != locales.source_locale() && !is_settled(site, position, locale));
    let is_plain = texts.iter().flatten().all(|text| {
        let mut before = ' ';
        text.written.chars().all(|c| {
            let is_abbreviated = c.is_ascii_uppercase() && before.is_ascii_uppercase();
            before = c;
            !c.is_numeric() && !is_abbreviated
        })
    });
    let read = |(text, locale): (Option<&'a Text>, LocaleId)| {
        let language = (is_open || !is_plain).then(|| &site.languages[locale.index()]);
        Some(Reading::of(text?, unit.kind, language))
    };
    texts.into_iter().zip(locales.ids()).map(read).collect()
}

fn check_unit<'a>(
    context: &'a Context<'a>,
    position: usize,
    unit: &'a Unit,
    readings: &'a [Option<Reading<'a>>],
) -> Vec<Diagnostic> {
    let locales = &context.site.config.locales;
    let mut found = Vec::new();
    let Some(source) = &readings[locales.source_locale().index()] else { return found };
    let mut is_open = false;
    for locale in locales.ids().filter(|locale| *locale != locales.source_locale()) {
        let Some(target) = &readings[locale.index()] else { continue };
        let is_settled = is_settled(context.site, position, locale);
        is_open |= !is_settled;
        check_pair(&Pair { context, unit: unit.into(), locale, source, target }, is_settled, &mut found);
    }
    let alone = Pair { context, unit: unit.into(), locale: locales.source_locale(), source, target: source };
    check_alone(&alone, is_open, &mut found);
    found
}

/// A source text by itself; doubts only while one of its translations is open.
fn check_alone(alone: &Pair<'_>, is_open: bool, found: &mut Vec<Diagnostic>) {
    check_text(alone, found);
    untranslated::check_source(alone, found);
    if is_open {
        naked_condition::check(alone, found);
        typography::check(alone, found);
    }
}

/// What holds for every text, whatever its locale.
fn check_text(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    // A message is the same on every site: its numbers are examples, and it can't refer to a fact.
    if pair.unit.item.is_some() {
        naked_fact::check(pair, found);
    }
    punctuation::check_text(pair, found);
    terms::check_forbidden(pair, found);
}

fn check_pair(pair: &Pair<'_>, is_settled: bool, found: &mut Vec<Diagnostic>) {
    // A text in another language differs in everything else too, which helps nobody.
    if !pair.is_same_on_purpose() && untranslated::check(pair, found) {
        return;
    }
    references::check(pair, found);
    check_text(pair, found);
    punctuation::check_pair(pair, found);
    numbers::check(pair, found);
    literals::check(pair, found);
    acronyms::check(pair, !is_settled, found);
    drop_echoes(found);
    if is_settled {
        return;
    }
    untranslated::check_words(pair, found);
    structure::check(pair, found);
    numbers::check_words(pair, found);
    number_places::check(pair, found);
    roles::check(pair, found);
    sense::check(pair, found);
    length::check(pair, found);
    terms::check_approved(pair, found);
    naked_condition::check(pair, found);
    typography::check(pair, found);
}

/// A fact that is typed is a number or an address too much as well: its cause is told, not both.
fn drop_echoes(found: &mut Vec<Diagnostic>) {
    let is_fact = |one: &&Diagnostic| one.code == Code::NakedFact;
    let facts: Vec<_> = found.iter().filter(is_fact).map(|one| one.span).collect();
    found
        .retain(|one| !(matches!(one.code, Code::NumberMismatch | Code::LiteralMismatch) && facts.contains(&one.span)));
}
