//! The page of a scenario: what this selection needs, and what it leaves open.

use minijinja::Value;
use serde::Serialize;

use super::row::Shown;
use super::{Rows, say, texts};
use crate::model::{Necessity, OptionId, PageRoute, ScenarioId, SelectedFlow};
use crate::render::prose::{Place, TextView};
use crate::site::Join;

#[derive(Serialize)]
pub(super) struct Scenario {
    summary: Option<TextView>,
    choices: Vec<String>,
    without: Option<String>,
    benefits: Option<TextView>,
    drawbacks: Option<TextView>,
    needed: Value,
    depends: Value,
}

pub(super) fn scenario(place: Place<'_>, rows: &Rows<'_>, id: ScenarioId) -> Scenario {
    let Place { site, locale, .. } = place;
    let scenario = &site.model[id];
    let selected = site.select(scenario.product, &site.model.selection_of(id));
    let (needed, depends): (Vec<_>, Vec<_>) =
        selected.into_iter().partition(|flow| flow.necessity == Necessity::Needed);
    let table = |selected: Vec<SelectedFlow>| {
        let shown: Vec<_> = selected.into_iter().map(|flow| Shown::of_selection(&site.model, flow)).collect();
        rows.render(place, PageRoute::Scenario(id), &shown)
    };
    let without: Vec<_> =
        scenario.without.iter().map(|component| site.component_name(*component, locale).to_owned()).collect();
    let without = site.list(&without, Join::And, locale);
    Scenario {
        summary: texts(place, scenario.summary),
        choices: choices(place, id),
        without: (!without.is_empty()).then(|| say(place, "scenario-without", [("components", &without)])),
        benefits: texts(place, scenario.benefits),
        drawbacks: texts(place, scenario.drawbacks),
        needed: table(needed),
        depends: table(depends),
    }
}

/// What holds in a scenario: what it chooses, and the defaults of what it leaves alone.
fn choices(place: Place<'_>, id: ScenarioId) -> Vec<String> {
    let Place { site, locale, .. } = place;
    let scenario = &site.model[id];
    let selection = site.model.selection_of(id);
    let phrase = |option: &OptionId| {
        let chosen = site.model.chosen(scenario.product, *option, &selection)?;
        let phrase = site.option_phrase(*option, chosen, locale);
        let is_default = !scenario.choose.contains_key(option);
        Some(if is_default { say(place, "scenario-default", [("choice", &phrase)]) } else { phrase })
    };
    site.model.options_of(scenario.product).iter().filter_map(phrase).collect()
}
