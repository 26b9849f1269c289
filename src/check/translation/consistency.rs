//! The same name in the same place of several items is translated the same way: readers take two
//! names for two things. Sentences may be said in several ways.

use std::collections::BTreeMap;

use super::context::Context;
use super::pair::{Mark, Pair};
use super::reading::{Reading, is_settled};
use crate::check::Findings;
use crate::diagnostic::{Code, Severity};
use crate::item::{ItemKind, field_of, item_of};
use crate::l10n::Unit;
use crate::locale::LocaleId;
use crate::value::UnitKind;
use crate::words::fold;

/// Kind of item, field, source text.
type Place<'a> = (Option<ItemKind>, &'a str, String);

pub(super) fn check<'a>(
    context: &Context<'a>,
    units: &[&'a Unit],
    readings: &'a [Vec<Option<Reading<'a>>>],
    findings: &mut Findings<'_>,
) {
    let source = context.site.config.locales.source_locale();
    let mut places: BTreeMap<Place<'_>, Vec<usize>> = BTreeMap::new();
    for (position, unit) in units.iter().enumerate().filter(|(_, unit)| unit.kind == UnitKind::Name) {
        if let Some(reading) = &readings[position][source.index()] {
            places
                .entry((kind_of(&unit.key), field_of(&unit.key), fold(&reading.text.written)))
                .or_default()
                .push(position);
        }
    }
    for positions in places.values().filter(|positions| positions.len() > 1) {
        for locale in context.site.config.locales.ids().filter(|locale| *locale != source) {
            check_place(context, units, readings, (positions, locale), findings);
        }
    }
}

/// A part is of the kind of its whole.
fn kind_of(key: &str) -> Option<ItemKind> {
    item_of(key).map(|item| item.kind.of_whole().unwrap_or(item.kind))
}

fn check_place<'a>(
    context: &Context<'a>,
    units: &[&'a Unit],
    readings: &'a [Vec<Option<Reading<'a>>>],
    (positions, locale): (&[usize], LocaleId),
    findings: &mut Findings<'_>,
) {
    let source = context.site.config.locales.source_locale();
    let written =
        positions.iter().filter_map(|position| Some((*position, readings[*position][locale.index()].as_ref()?)));
    let mut targets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, reading) in written {
        targets.entry(fold(&reading.text.written)).or_default().push(position);
    }
    if targets.len() < 2 {
        return;
    }
    // What most say, or the first, is taken for the usual one.
    let Some(usual) = targets.values().max_by_key(|list| (list.len(), std::cmp::Reverse(list[0]))) else { return };
    let usual = usual[0];
    for position in targets.values().filter(|list| list[0] != usual).flatten() {
        let unit = units[*position];
        if is_settled(context.site, *position, locale) {
            continue;
        }
        let (Some(original), Some(target), Some(other)) = (
            &readings[*position][source.index()],
            &readings[*position][locale.index()],
            &readings[usual][locale.index()],
        ) else {
            continue;
        };
        let pair = Pair { context, unit: unit.into(), locale, source: original, target };
        let headline = format!("the same source text is translated otherwise in `{}`", units[usual].key);
        let place = other.text.place(context.sources, 0..other.text.written.len());
        let diagnostic = pair
            .finding(Severity::Warning, Code::InconsistentTranslation, headline, &Mark::All, &Mark::All)
            .label(place, "the other translation")
            .help("use one translation for both, or tell the two apart in the source text too");
        findings.add(&[unit.item], diagnostic);
    }
}
