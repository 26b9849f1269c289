//! The words of rules in one language: names, purposes, and what is said of things that are left.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::lint::holes_of;
use super::{Formats, Reason};
use crate::l10n::{Voice, args};
use crate::model::{FlowId, Model, Party, ProductId, ScenarioId};

/// Everything that sheets and trailers say of a product, in one language.
#[derive(Clone, Debug, Serialize)]
pub struct RuleWords {
    /// Its name.
    pub product: String,
    /// What a selection is called that is no scenario.
    pub own: String,
    /// Titles of scenarios, by their ids.
    pub scenarios: BTreeMap<String, String>,
    /// Names of components, by their keys, and of `any`.
    pub components: BTreeMap<String, String>,
    /// Purposes of flows, by their keys.
    pub purposes: BTreeMap<String, String>,
    /// What each reason says; `{}` stands for what is left.
    pub reasons: BTreeMap<&'static str, String>,
    /// Words of formats, by the names that formats give them.
    pub t: BTreeMap<String, String>,
}

/// The words that formats ask for by `@t.NAME@`.
pub fn words_of(formats: &Formats) -> BTreeSet<String> {
    let holes = formats.values().flat_map(holes_of);
    holes.filter_map(|hole| hole.strip_prefix("t.").map(str::to_owned)).collect()
}

impl RuleWords {
    /// Those that are the same for all products. `words`: what formats ask for.
    pub fn of_locale(voice: Voice<'_>, words: &BTreeSet<String>) -> Self {
        let reason = |reason: &Reason| (reason.as_str(), voice.say(reason.message(), &args([("what", "{}")])));
        let word = |name: &String| (name.clone(), voice.say(&format!("rules-t-{name}"), &args([])));
        Self {
            product: String::new(),
            own: voice.say("rules-own", &args([])),
            scenarios: BTreeMap::new(),
            components: BTreeMap::from([("any".to_owned(), voice.party_name(Party::Any).into_owned())]),
            purposes: BTreeMap::new(),
            reasons: Reason::ALL.iter().map(reason).collect(),
            t: words.iter().map(word).collect(),
        }
    }

    /// Those of a product.
    pub fn of(voice: Voice<'_>, model: &Model, product: ProductId, words: &BTreeSet<String>) -> Self {
        let flows = &model[product].flows;
        let parties = flows.iter().flat_map(|flow| model[*flow].parties());
        let names = parties.map(|party| (model.component_key(party), voice.component_name(party).to_owned()));
        let purpose = |flow: &FlowId| Some((model.flow_key(*flow), voice.plain_text(model[*flow].purpose?)));
        let scenario = |id: &ScenarioId| (model[*id].id.clone(), voice.name(model[*id].title).to_owned());
        let mut all = Self::of_locale(voice, words);
        all.components.extend(names);
        voice.name(model[product].name).clone_into(&mut all.product);
        all.scenarios = model[product].scenarios.iter().map(scenario).collect();
        all.purposes = flows.iter().filter_map(purpose).collect();
        all
    }
}
