//! A selection by the ids of the data, and the same for each side.

use std::collections::{BTreeMap, BTreeSet};

use rutter::Site;
use rutter::model::{
    Alternatives, ChoiceSet, ComponentId, FlowId, OptionId, Picks, ProductId, ScenarioId, Selection, ids,
};
use serde_json::{Value, json};

use super::random::Random;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub(super) struct Asked {
    /// Option → choices, by `product/option`.
    pub(super) choose: BTreeMap<String, BTreeSet<String>>,
    pub(super) without: BTreeSet<String>,
    /// `product/flow` for ways, `product/flow.443/tcp` for lines.
    pub(super) picks: BTreeSet<String>,
    pub(super) machine: Option<String>,
}

impl Asked {
    pub(super) fn scenario(site: &Site, id: ScenarioId) -> Self {
        let model = site.model();
        let scenario = &model[id];
        let names = |(option, choices): (&OptionId, &ChoiceSet)| {
            let names = choices.iter().map(|choice| model[*option].choices[choice].id.clone());
            (model.option_key(*option), names.collect())
        };
        Self {
            choose: scenario.choose.iter().map(names).collect(),
            without: scenario.without.iter().map(|party| model.component_key(*party)).collect(),
            picks: BTreeSet::new(),
            machine: scenario.machine.as_ref().map(|machine| model.component_key(machine.value)),
        }
    }

    /// Any, of what the product's flows hang on; seldom all of it.
    pub(super) fn any(site: &Site, product: ProductId, random: &mut Random) -> Self {
        let model = site.model();
        let mut asked = Self::default();
        for option in model.options_of(product) {
            let choices = model[option].choices.iter().filter(|_| random.one_in(2)).map(|choice| choice.id.clone());
            let choices: BTreeSet<_> = choices.collect();
            if !choices.is_empty() && random.one_in(2) {
                asked.choose.insert(model.option_key(option), choices);
            }
        }
        let parties: Vec<ComponentId> = model[product].members.iter().map(|member| member.component).collect();
        let rare = 3 + random.below(6);
        asked.without.extend(parties.iter().filter(|_| random.one_in(rare)).map(|party| model.component_key(*party)));
        let firsts = model[product].alternatives.iter().flat_map(firsts);
        asked.picks.extend(firsts.filter(|_| random.one_in(2)).map(|flow| model.flow_key(flow)));
        // Of a flow that needs all its lines a pick counts for nothing.
        for flow in model[product].flows.iter().filter(|flow| model[**flow].lines.len() > 1) {
            let lines = model[*flow].lines.iter().filter(|_| random.one_in(3));
            asked.picks.extend(lines.map(|line| format!("{}.{}", model.flow_key(*flow), line.key())));
        }
        if random.one_in(5) && !parties.is_empty() {
            asked.machine = Some(model.component_key(parties[random.below(parties.len())]));
        }
        asked
    }

    /// As the crate takes it.
    pub(super) fn selection(&self, site: &Site, product: ProductId) -> Selection {
        let model = site.model();
        let mut selection = Selection { picks: self.picks(site, product), ..Selection::default() };
        for option in ids::<OptionId>(model.options.len()) {
            let Some(choices) = self.choose.get(&model.option_key(option)) else { continue };
            let mut set = ChoiceSet::EMPTY;
            let known = model[option].choices.iter().enumerate().filter(|(_, choice)| choices.contains(&choice.id));
            known.for_each(|(position, _)| set.insert(position));
            selection.choose.insert(option, set);
        }
        let find = |key: &String| ids(model.components.len()).find(|id| model.component_key(*id) == *key).unwrap();
        selection.without = self.without.iter().map(find).collect();
        selection.machine = self.machine.as_ref().map(find);
        selection
    }

    fn picks(&self, site: &Site, product: ProductId) -> Picks {
        let model = site.model();
        let is_picked = |pick: &str| self.picks.contains(pick);
        let ways = model[product].flows.iter().copied().filter(|flow| is_picked(&model.flow_key(*flow))).collect();
        let mut picks = Picks { ways, ..Picks::default() };
        for flow in &model[product].flows {
            let lines = model[*flow].lines.iter().enumerate();
            let picked = lines.filter(|(_, line)| is_picked(&format!("{}.{}", model.flow_key(*flow), line.key())));
            let picked: BTreeSet<usize> = picked.map(|(at, _)| at).collect();
            if !picked.is_empty() {
                picks.lines.insert(*flow, picked);
            }
        }
        picks
    }

    /// As scripts take it, by the positions in the facts of a page. What these do not know can't be asked of
    /// them.
    pub(super) fn for_script(&self, facts: &Value) -> Value {
        let product = facts["product"].as_str().unwrap();
        let keys = |local: &Value| ["common", product].map(|scope| format!("{scope}/{}", local.as_str().unwrap()));
        let at = |key: &String| {
            facts["parties"].as_array().unwrap().iter().position(|party| keys(&party["id"]).contains(key))
        };
        let mut choose = Vec::new();
        for (position, option) in facts["options"].as_array().unwrap().iter().enumerate() {
            let Some(names) = keys(&option["id"]).iter().find_map(|key| self.choose.get(key)) else { continue };
            let choices = option["choices"].as_array().unwrap().iter().enumerate();
            let chosen = choices.filter(|(_, choice)| names.contains(choice.as_str().unwrap()));
            choose.push(json!([position, chosen.map(|(at, _)| at).collect::<Vec<_>>()]));
        }
        let local = |pick: &String| pick.strip_prefix(&format!("{product}/")).unwrap().to_owned();
        json!({
            "choose": choose,
            "without": self.without.iter().filter_map(at).collect::<Vec<_>>(),
            "picks": self.picks.iter().map(local).collect::<Vec<_>>(),
            "machine": self.machine.as_ref().and_then(at),
        })
    }
}

fn firsts(group: &Alternatives) -> impl Iterator<Item = FlowId> {
    group.ways.iter().map(|way| way[0])
}
