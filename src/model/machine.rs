//! What runs on what: the machines of a component and the parts of a machine, near and far.

use super::{ComponentId, Model, PageRoute};

impl Model {
    /// Everything that a component runs on, the nearest first.
    pub fn machines_of(&self, component: ComponentId) -> Vec<ComponentId> {
        let mut machines: Vec<ComponentId> = Vec::new();
        let mut at = component;
        for next in 0.. {
            // Those that go in a circle are reported; each is met once all the same.
            for machine in self[at].runs_on.iter().filter(|machine| **machine != component) {
                if !machines.contains(machine) {
                    machines.push(*machine);
                }
            }
            let Some(machine) = machines.get(next) else { break };
            at = *machine;
        }
        machines
    }

    /// Whether a component is a machine or, over however many others, runs on it.
    pub fn is_on(&self, component: ComponentId, machine: ComponentId) -> bool {
        component == machine || self.machines_of(component).contains(&machine)
    }

    /// The machine that a page sums up: whose page it is, if anything runs on it, or whose scenario.
    pub fn machine_of_page(&self, page: PageRoute) -> Option<ComponentId> {
        match page {
            PageRoute::Component(id) => (!self.views.parts_of(id).is_empty()).then_some(id),
            PageRoute::Scenario(id) => self[id].machine.as_ref().map(|machine| machine.value),
            PageRoute::Home
            | PageRoute::Product(_)
            | PageRoute::Compare(_)
            | PageRoute::Ports
            | PageRoute::Port(_)
            | PageRoute::Protocol(_)
            | PageRoute::Hosts
            | PageRoute::Domain(_)
            | PageRoute::Glossary
            | PageRoute::Status
            | PageRoute::Search
            | PageRoute::Prose(_) => None,
        }
    }
}
