//! Scenarios of a machine that has nothing to show.

use super::{Broken, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ComponentId, Id, Item, Model, Scenario, ScenarioId};
use crate::site::Site;

pub(super) fn check(site: &Site, broken: &Broken, findings: &mut Findings<'_>) {
    let model = &site.model;
    for (position, scenario) in model.scenarios.iter().enumerate() {
        let Some(machine) = &scenario.machine else { continue };
        let id = ScenarioId::from_index(position);
        let finding = if model.gone_with(&model.selection_of(id).without).contains(&machine.value) {
            Some(of_one_that_is_gone(model, scenario, machine.value))
        } else if broken.is_comparable(model, scenario.product) && !has_flows(model, scenario, machine.value) {
            Some(of_an_idle_one(model, scenario, machine.value))
        } else {
            None
        };
        if let Some(diagnostic) = finding {
            findings.add(&[Item::Scenario(id)], diagnostic.at(machine.span));
        }
    }
}

fn has_flows(model: &Model, scenario: &Scenario, machine: ComponentId) -> bool {
    let mut flows = model[scenario.product].flows.iter();
    flows.any(|flow| model[*flow].parties().any(|party| model.is_on(party, machine)))
}

fn of_one_that_is_gone(model: &Model, scenario: &Scenario, machine: ComponentId) -> Diagnostic {
    let name = &model[machine].id;
    let headline = format!("the scenario `{}` shows the machine `{name}`, which it goes without", scenario.id);
    let gone = [vec![machine], model.machines_of(machine)].concat().into_iter();
    let gone = gone.filter(|id| scenario.without.contains(id)).map(|id| format!("`{}`", model[id].id));
    let gone = gone.collect::<Vec<_>>().join(", ");
    Diagnostic::error(Code::EmptyMachine, headline).help(format!("remove `machine`, or take {gone} out of `without`"))
}

fn of_an_idle_one(model: &Model, scenario: &Scenario, machine: ComponentId) -> Diagnostic {
    let name = &model[machine].id;
    let is_seen = |part: &&ComponentId| model[**part].product.is_none_or(|product| product == scenario.product);
    let parts: Vec<_> = model.views.parts_of(machine).iter().filter(is_seen).collect();
    if parts.is_empty() {
        let headline = format!("nothing runs on `{name}`, and no flow of the product names it");
        let help = format!("write `runs-on: [{name}]` on the components that run on it, or name another machine");
        return Diagnostic::error(Code::EmptyMachine, headline).help(help);
    }
    let parts: Vec<_> = parts.into_iter().map(|part| format!("`{}`", model[*part].id)).collect();
    let headline = format!("no flow of the product names `{name}` or what runs on it");
    Diagnostic::error(Code::EmptyMachine, headline)
        .help(format!("on it: {}", parts.join(", ")))
        .help(format!("name them in flows, or remove `machine` from the scenario `{}`", scenario.id))
}
