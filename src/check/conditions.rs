//! Conditions that can never hold together with what they stand on.

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Condition, Item, NoteTarget};
use crate::site::Site;

pub(super) fn check(site: &Site, findings: &mut Findings<'_>) {
    let model = &site.model;
    for (position, flow) in model.flows.iter().enumerate() {
        let item = Item::Flow(crate::model::Id::from_index(position));
        let mut said = Vec::new();
        for address in flow.to.hosts.list.iter().chain(&flow.from.hosts.list) {
            // A group of addresses has one condition and one mistake.
            if excludes(&address.when, &flow.when) && !said.contains(&&address.when) {
                said.push(&address.when);
                findings.add(
                    &[item],
                    Diagnostic::error(
                        Code::NeverHolds,
                        format!(
                            "`{}` can never be used: its condition and that of `{}` exclude each other",
                            address.text, flow.id
                        ),
                    )
                    .at(address.span)
                    .label(flow.span, "the flow and its `when`")
                    .help("correct one of the two conditions, or remove the address"),
                );
            }
        }
    }
    for (position, scenario) in model.scenarios.iter().enumerate() {
        let chosen = Condition::any_of([scenario.choose.clone()]);
        let impossible = scenario.choose.keys().find(|option| excludes(&model[**option].when, &chosen));
        if let Some(option) = impossible {
            findings.add(
                &[Item::Scenario(crate::model::Id::from_index(position))],
                Diagnostic::error(
                    Code::NeverHolds,
                    format!(
                        "the scenario `{}` chooses `{}`, which its other choices exclude",
                        scenario.id, model[*option].id
                    ),
                )
                .at(scenario.span)
                .label(model[*option].span, "exists only under its own `when`")
                .help("remove the choice, or choose what the option needs"),
            );
        }
    }
    for (position, note) in model.notes.iter().enumerate() {
        let flows: Vec<_> = note
            .on
            .iter()
            .filter_map(|target| if let NoteTarget::Flow(flow) = target { Some(*flow) } else { None })
            .collect();
        let stands_only_on_flows = !flows.is_empty() && flows.len() == note.on.len();
        if stands_only_on_flows && flows.iter().all(|flow| excludes(&note.when, &model[*flow].when)) {
            findings.add(
                &[Item::Note(crate::model::Id::from_index(position))],
                Diagnostic::error(
                    Code::NeverHolds,
                    format!("the note `{}` can never be shown: its condition excludes those of its flows", note.id),
                )
                .at(note.span)
                .help("correct its `when` or its `on`"),
            );
        }
    }
}

fn excludes(a: &Condition, b: &Condition) -> bool {
    !a.is_never() && !b.is_never() && a.and(b).is_never()
}
