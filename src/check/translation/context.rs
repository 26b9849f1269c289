//! What the rules look up, made ready once for all texts.

use std::collections::BTreeSet;

use super::facts::ProductFacts;
use super::learned::acronyms;
use super::learned::bands::Bands;
use super::learned::compounds::Compounds;
use super::learned::names::named_units;
use super::phrases::Phrases;
use super::reading::{Reading, Subject};
use crate::locale::LocaleId;
use crate::model::{Id, TermId, UnitId, ids};
use crate::site::Site;
use crate::source::Sources;
use crate::words::language::List;

/// Look-ups over the whole site.
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) sources: &'a Sources,
    facts: Vec<ProductFacts>,
    /// Names of products, components, services and terms, of every locale.
    pub(super) names: Phrases<()>,
    /// Those that are the same in every locale, on purpose.
    pub(super) international: Phrases<()>,
    /// Names in capitals that those names hold, in lower case.
    pub(super) acronyms: BTreeSet<String>,
    /// By locale: approved forms of terms.
    pub(super) approved: Vec<Phrases<TermId>>,
    /// By locale: forbidden ones.
    pub(super) forbidden: Vec<Phrases<(TermId, String)>>,
    /// Names by which things go, by locale: what must not be taken for a slip.
    pub(super) own_names: Vec<Phrases<()>>,
    /// By locale: how much longer than its source text a translation is.
    pub(super) bands: Bands,
    /// Compounds that the texts and names of a locale write with hyphens.
    pub(super) compounds: Vec<Compounds>,
}

impl<'a> Context<'a> {
    pub(super) fn new(site: &'a Site, sources: &'a Sources, readings: &[Vec<Option<Reading<'a>>>]) -> Self {
        let locales = &site.config.locales;
        let endings: Vec<String> =
            site.languages.iter().flat_map(|language| language.list(List::NounEnding)).cloned().collect();
        let named = named_units(site);
        let is_international = |unit: &UnitId| {
            let unit = site.texts.unit(*unit);
            locales
                .ids()
                .filter(|locale| *locale != locales.source_locale())
                .all(|locale| unit.own_text(locale).is_none())
        };
        let in_all = |units: &[UnitId]| -> Vec<(String, ())> {
            let said: BTreeSet<&str> =
                units.iter().flat_map(|unit| locales.ids().map(|locale| site.name(*unit, locale))).collect();
            said.into_iter().map(|name| (name.to_owned(), ())).collect()
        };
        let international: Vec<_> = named.iter().copied().filter(is_international).collect();
        let more = site
            .model
            .terms
            .iter()
            .flat_map(|term| term.forms.iter().map(|(_, form)| form.clone()).chain(term.synonyms.iter().cloned()));
        let examples = site.model.components.iter().flat_map(|component| component.examples.iter().cloned());
        let more: Vec<_> = more.chain(examples).map(|form| (form, ())).collect();
        Self {
            site,
            sources,
            facts: ProductFacts::of_products(site),
            acronyms: acronyms::learn(
                named.iter().flat_map(|unit| locales.ids().map(|locale| site.name(*unit, locale))),
            ),
            names: Phrases::new(in_all(&named).into_iter().chain(more), &endings),
            international: Phrases::new(in_all(&international), &endings),
            approved: locales.ids().map(|locale| Phrases::new(approved(site, locale), &endings)).collect(),
            forbidden: locales.ids().map(|locale| Phrases::new(forbidden(site, locale), &endings)).collect(),
            own_names: locales
                .ids()
                .map(|locale| {
                    Phrases::new(named.iter().map(|unit| (site.name(*unit, locale).to_owned(), ())), &endings)
                })
                .collect(),
            bands: Bands::learn(site, readings),
            compounds: locales.ids().map(|locale| Compounds::learn(site, locale, readings)).collect(),
        }
    }

    /// The facts of a unit's product; of all products, if it belongs to none.
    pub(super) fn facts(&self, unit: Subject<'_>) -> &ProductFacts {
        &self.facts[unit.product.map_or(self.facts.len() - 1, Id::index)]
    }
}

fn approved(site: &Site, locale: LocaleId) -> Vec<(String, TermId)> {
    let forms = ids::<TermId>(site.model.terms.len()).flat_map(|id| {
        let term = &site.model[id];
        let forms = term.forms.iter().filter(move |(of, _)| *of == locale).map(|(_, form)| form.clone());
        forms.chain([site.name(term.name, locale).to_owned()]).map(move |form| (form, id))
    });
    forms.collect()
}

fn forbidden(site: &Site, locale: LocaleId) -> Vec<(String, (TermId, String))> {
    let forms = ids::<TermId>(site.model.terms.len()).flat_map(|id| {
        let forms = site.model[id].forbidden.iter().filter(move |(of, _)| *of == locale);
        forms.map(move |(_, form)| (form.clone(), (id, form.clone())))
    });
    forms.collect()
}
