//! The page of a scenario: what this selection needs, and what it leaves open.

use minijinja::Value;
use serde::Serialize;

use super::local::{Parted, Section, Table, nothing};
use super::note::NoteView;
use super::said::Said;
use super::shown::Shown;
use super::{Rows, say, texts};
use crate::model::{Basis, Necessity, OptionId, PageRoute, ScenarioId, SelectedFlow, parties};
use crate::render::prose::{Place, TextView};
use crate::site::Join;

#[derive(Serialize)]
pub(super) struct Scenario {
    summary: Option<TextView>,
    choices: Vec<String>,
    without: Option<String>,
    benefits: Option<TextView>,
    drawbacks: Option<TextView>,
    /// What to know of the components that take part.
    notes: Vec<NoteView>,
    needed: Value,
    /// What to say where nothing is needed.
    needed_empty: String,
    depends: Value,
    /// What is needed but does not run across the network.
    local: Vec<Section>,
}

pub(super) fn scenario(place: Place<'_>, rows: &Rows<'_>, id: ScenarioId) -> Scenario {
    let Place { site, locale, .. } = place;
    let scenario = &site.model[id];
    let selection = site.model.selection_of(id);
    let selected = site.select(scenario.product, &selection);
    let page = PageRoute::Scenario(id);
    let mut said = Said::default();
    let notes = site.model.selected_notes(scenario.product, &parties(&selected), &selection);
    let notes = notes.into_iter().map(|note| place.note_above(page, note, &mut said)).collect();
    let (needed, depends): (Vec<_>, Vec<_>) =
        selected.into_iter().partition(|flow| flow.necessity == Necessity::Needed);
    let shown = |selected: Vec<SelectedFlow>| {
        selected.into_iter().map(|flow| Shown::of_selection(&site.model, flow)).collect::<Vec<_>>()
    };
    let needed = Parted::of(&site.model, shown(needed));
    let network = rows.render(place, page, &needed.network, &mut said);
    let depends = rows.render(place, page, &shown(depends), &mut said);
    let table = |shown: &[Shown]| vec![Table { title: None, rows: rows.render(place, page, shown, &mut said) }];
    let needed_empty = nothing(place, "scenario-none", needed.has_local());
    let local = needed.sections(place, table);
    let without: Vec<_> =
        scenario.without.iter().map(|component| site.component_name(*component, locale).to_owned()).collect();
    let without = site.list(&without, Join::And, locale);
    Scenario {
        summary: texts(place, scenario.summary),
        choices: choices(place, id),
        without: (!without.is_empty()).then(|| say(place, "scenario-without", [("components", &without)])),
        benefits: texts(place, scenario.benefits),
        drawbacks: texts(place, scenario.drawbacks),
        notes,
        needed: network,
        needed_empty,
        depends,
        local,
    }
}

/// What holds in a scenario: what it chooses, and for what it leaves alone the defaults. That a
/// switch of which nobody says anything is off is this site's reading, no default of the vendor.
fn choices(place: Place<'_>, id: ScenarioId) -> Vec<String> {
    let Place { site, locale, .. } = place;
    let scenario = &site.model[id];
    let selection = site.model.selection_of(id);
    let phrase = |option: &OptionId| {
        let chosen = site.model.chosen(scenario.product, *option, &selection)?;
        let phrase = site.option_phrase(*option, chosen, locale);
        Some(match site.model.basis(scenario.product, *option, &selection) {
            Basis::Chosen => phrase,
            Basis::Default => say(place, "scenario-default", [("choice", &phrase)]),
            Basis::Assumed => say(place, "scenario-not-chosen", [("choice", &phrase)]),
        })
    };
    site.model.options_of(scenario.product).iter().filter_map(phrase).collect()
}
