//! What runs on what, as written → ids; circles are found here.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::item::ItemKind;
use crate::parse::common::RawComponent;
use crate::span::{Span, Spanned};

use super::super::{ComponentId, Id, Item, ProductId};
use super::Resolver;

impl Resolver<'_> {
    /// The machines of a component. What stands in common may run only on what stands there too.
    pub(super) fn machines(
        &mut self,
        product: Option<ProductId>,
        component: ComponentId,
        names: &[Spanned<String>],
    ) -> Vec<ComponentId> {
        self.refuse_repetitions(names);
        let mut machines = Vec::new();
        for name in names {
            let found = self.ids.components.find(product, &name.value);
            self.note_use(found.map(Item::Component), name);
            let Some(machine) = found else {
                let diagnostic =
                    self.ids.components.unknown(Code::UnknownComponent, ItemKind::Component, product, name);
                let is_of_a_product = product.is_none() && self.ids.components.is_of_any_product(&name.value);
                let help = "a product has a component of this id, but common can't see it: define it in common";
                self.report.add(diagnostic.maybe_help(is_of_a_product.then(|| help.to_owned())));
                continue;
            };
            if !machines.contains(&machine) {
                machines.push(machine);
                self.runs_on.push((component, machine, name.span));
            }
        }
        machines
    }

    /// A component of common runs on the same machines in every product.
    pub(super) fn refuse_machines_of_common(&mut self, common: ComponentId, raw: &RawComponent) {
        let Some(first) = raw.runs_on.first() else { return };
        let headline = format!("what `{}` runs on is set in common", raw.id.value);
        self.report.add(
            Diagnostic::error(Code::CommonOverride, headline)
                .at(first.span)
                .label(self.model[common].span, "defined here")
                .help("write `runs-on` there, or choose another id for a component of the product's own"),
        );
    }

    /// Reports components that run on themselves, each circle once, with everything on its way.
    pub(super) fn refuse_circles(&mut self) {
        let mut by_component: BTreeMap<ComponentId, Vec<(ComponentId, Span)>> = BTreeMap::new();
        for (component, machine, span) in &self.runs_on {
            by_component.entry(*component).or_default().push((*machine, *span));
        }
        for first in by_component.keys() {
            let Some(circle) = circle(*first, &by_component) else { continue };
            let name = |id: &ComponentId| format!("`{}`", self.model.components[id.index()].id);
            let chain: Vec<_> = std::iter::once(first).chain(circle.iter().map(|(id, _)| id)).map(name).collect();
            let headline = format!("the component {} runs on itself", name(first));
            let headline = if circle.len() > 1 { format!("{headline}: {}", chain.join(" → ")) } else { headline };
            let mut diagnostic = Diagnostic::error(Code::RunsOnCycle, headline).at(circle[0].1);
            for (link, (_, span)) in circle.iter().enumerate().skip(1) {
                diagnostic = diagnostic.label(*span, format!("{} runs on {}", chain[link], chain[link + 1]));
            }
            let help = if circle.len() > 1 {
                "one of the components in the circle must go without `runs-on`"
            } else {
                "name the machine it runs on; of a component that is a machine itself, remove `runs-on`"
            };
            self.report.add(diagnostic.help(help));
        }
    }
}

/// The shortest way from a component back to it, over components behind it only: each circle is that of its
/// first. Each step has where it is written.
fn circle(
    first: ComponentId,
    by_component: &BTreeMap<ComponentId, Vec<(ComponentId, Span)>>,
) -> Option<Vec<(ComponentId, Span)>> {
    let mut ways: Vec<Vec<(ComponentId, Span)>> = vec![Vec::new()];
    let mut met = Vec::new();
    let mut next = 0;
    while let Some(way) = ways.get(next).cloned() {
        next += 1;
        let at = way.last().map_or(first, |(id, _)| *id);
        for step in by_component.get(&at).into_iter().flatten() {
            let further = [way.as_slice(), &[*step]].concat();
            if step.0 == first {
                return Some(further);
            }
            if step.0 > first && !met.contains(&step.0) {
                met.push(step.0);
                ways.push(further);
            }
        }
    }
    None
}
