//! The page of a scenario: what this selection needs, and what it leaves open.

use std::collections::BTreeSet;

use minijinja::Value;
use serde::Serialize;

use super::compare::compare_href;
use super::footnotes::Footnote;
use super::groups::{Group, folded};
use super::local::{Section, blocked, nothing, sections};
use super::note::NoteView;
use super::outline::{Part, Tables};
use super::request::{Request, request};
use super::said::Said;
use super::{Link, link_to, say, texts, word};
use crate::l10n::Join;
use crate::model::{Basis, OptionId, PageRoute, ScenarioId};
use crate::render::prose::{Place, TextView};

#[derive(Serialize)]
pub(super) struct Scenario {
    summary: Option<TextView>,
    /// The machine whose connections it shows.
    machine: Option<Link>,
    choices: Vec<String>,
    /// The product's page with these choices.
    change: String,
    /// The rules of its choices.
    rules: String,
    /// Where it is compared with others, if there are any.
    compare: Option<String>,
    without: Option<String>,
    benefits: Option<TextView>,
    drawbacks: Option<TextView>,
    /// What to know of the components that take part.
    notes: Vec<NoteView>,
    needed: Value,
    /// What to say where nothing is needed.
    needed_empty: String,
    depends: Value,
    /// The same below heads of one table, and what stays folded.
    groups: Vec<Group>,
    folded: Vec<Group>,
    /// What its scripts say.
    words: String,
    footnotes: Vec<Footnote>,
    /// What is needed but does not run across the network.
    local: Vec<Section>,
    /// What must be blocked.
    blocked: Vec<Section>,
    request: Option<Request>,
}

pub(super) fn scenario(place: Place<'_>, tables: &Tables, id: ScenarioId) -> Scenario {
    let site = place.site;
    let scenario = &site.model[id];
    let page = PageRoute::Scenario(id);
    let without: Vec<_> =
        scenario.without.iter().map(|component| place.voice.component_name(*component).to_owned()).collect();
    let without = place.voice.list(&without, Join::And);
    let of = |(part, title, anchor): (Part, &str, &'static str)| {
        let title = Link { text: word(place, title), ..Link::default() };
        let group = |written| Group::titled(place, title.clone(), written).at(anchor);
        tables.of(part).map(group).collect::<Vec<_>>()
    };
    let rows = [Part::Network, Part::Depends, Part::Internal, Part::Loopback].into_iter();
    let mut notes: BTreeSet<_> =
        rows.flat_map(|part| tables.shown(part)).flat_map(|shown| shown.notes(&site.model)).collect();
    notes.extend(tables.above.iter().map(|(note, _)| *note));
    let change = format!("{}#!s={}", place.hrefs.to(place.locale, PageRoute::Product(scenario.product)), scenario.id);
    Scenario {
        summary: texts(place, scenario.summary),
        machine: scenario.machine.as_ref().map(|machine| {
            link_to(place, place.voice.component_name(machine.value), PageRoute::Component(machine.value))
        }),
        choices: choices(place, id),
        rules: format!("{change}&m=rules"),
        change,
        compare: compare_href(place, scenario.product, Some(id)),
        without: (!without.is_empty()).then(|| say(place, "scenario-without", [("components", &without)])),
        benefits: texts(place, scenario.benefits),
        drawbacks: texts(place, scenario.drawbacks),
        notes: tables.above.iter().map(|(note, known)| place.note_above(page, *note, *known)).collect(),
        needed: tables.only(Part::Network),
        needed_empty: nothing(place, "scenario-none", tables.local().next().is_some()),
        depends: tables.only(Part::Depends),
        groups: [(Part::Network, "scenario-needed", "_needed"), (Part::Depends, "scenario-depends", "_depends")]
            .into_iter()
            .flat_map(of)
            .collect(),
        folded: folded(place, tables),
        words: place.table_words(page),
        footnotes: place.footnotes(page, scenario.product, |note| notes.contains(&note), &mut Said::default()),
        local: sections(place, tables, |_| None),
        blocked: blocked(place, tables),
        request: request(place, id),
    }
}

/// What holds in a scenario: what it chooses, and for what it leaves alone the defaults. That a
/// switch of which nobody says anything is off is this site's reading, no default of the vendor.
fn choices(place: Place<'_>, id: ScenarioId) -> Vec<String> {
    let site = place.site;
    let scenario = &site.model[id];
    let selection = site.model.selection_of(id);
    let phrase = |option: &OptionId| {
        let chosen = site.model.chosen(scenario.product, *option, &selection)?;
        let phrase = place.voice.option_phrase(*option, chosen);
        Some(match site.model.basis(scenario.product, *option, &selection) {
            Basis::Chosen => phrase,
            Basis::Default => say(place, "scenario-default", [("choice", &phrase)]),
            Basis::Assumed => say(place, "scenario-not-chosen", [("choice", &phrase)]),
        })
    };
    site.model.options_of(scenario.product).iter().filter_map(phrase).collect()
}
