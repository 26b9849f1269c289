//! Questions about the facts that more than one stage asks.

use std::collections::BTreeSet;

use super::{ComponentId, FlowId, Member, Model, NoteId, NoteTarget, OptionId, ProductId, UnitId};
use crate::value::NoteKind;

impl Model {
    /// `deep-security` or `common`.
    pub fn scope_name(&self, product: Option<ProductId>) -> &str {
        product.map_or("common", |product| &self[product].id)
    }

    /// `deep-security/agent` or `common/dns-server`.
    pub fn component_key(&self, id: ComponentId) -> String {
        let component = &self[id];
        format!("{}/{}", self.scope_name(component.product), component.id)
    }

    /// `deep-security/version` or `common/region`.
    pub fn option_key(&self, id: OptionId) -> String {
        let option = &self[id];
        format!("{}/{}", self.scope_name(option.product), option.id)
    }

    /// `deep-security/heartbeat-from-manager`.
    pub fn flow_key(&self, id: FlowId) -> String {
        let flow = &self[id];
        format!("{}/{}", self[flow.product].id, flow.id)
    }

    /// A component's part in a product.
    pub fn member(&self, product: ProductId, component: ComponentId) -> Option<&Member> {
        self[product].members.iter().find(|member| member.component == component)
    }

    /// What is said of a component: by its definition, and by products in which it takes part.
    pub fn summaries_of(&self, id: ComponentId) -> Vec<UnitId> {
        let mut summaries: Vec<UnitId> = self[id].summary.into_iter().collect();
        for summary in self.members_of(id).filter_map(|member| member.summary) {
            if !summaries.contains(&summary) {
                summaries.push(summary);
            }
        }
        summaries
    }

    /// Products that play the part of a component anywhere.
    pub fn examples_of(&self, id: ComponentId) -> Vec<String> {
        let mut examples = self[id].examples.clone();
        for example in self.members_of(id).flat_map(|member| &member.examples) {
            if !examples.contains(example) {
                examples.push(example.clone());
            }
        }
        examples
    }

    /// A component's parts in all products.
    fn members_of(&self, id: ComponentId) -> impl Iterator<Item = &Member> {
        self.views.products_of(id).iter().filter_map(move |product| self.member(*product, id))
    }

    /// Options that matter for a product: its own, and those of common its items depend on.
    pub fn options_of(&self, product: ProductId) -> Vec<OptionId> {
        let mut used = self.options_in_conditions(product);
        used.extend(self[product].options.iter().copied());
        used.into_iter().collect()
    }

    fn options_in_conditions(&self, product: ProductId) -> BTreeSet<OptionId> {
        let product = &self[product];
        let mut used: BTreeSet<_> = product.defaults.keys().copied().collect();
        for flow in product.flows.iter().chain(&product.blocked) {
            let flow = &self[*flow];
            used.extend(flow.when.options());
            used.extend(flow.lines.iter().flat_map(|line| line.when.options()));
            used.extend(
                flow.to.hosts.list.iter().chain(&flow.from.hosts.list).flat_map(|address| address.when.options()),
            );
        }
        used.extend(product.notes.iter().flat_map(|note| self[*note].when.options()));
        let targets = product.notes.iter().flat_map(|note| &self[*note].on);
        used.extend(targets.filter_map(|target| if let NoteTarget::Option(id) = target { Some(*id) } else { None }));
        used.extend(product.scenarios.iter().flat_map(|scenario| self[*scenario].choose.keys().copied()));
        used
    }

    /// The notes that name a flow.
    pub fn notes_on_flow(&self, flow: FlowId) -> impl Iterator<Item = NoteId> {
        let product = self[flow].product;
        self[product].notes.iter().copied().filter(move |note| self[*note].on.contains(&NoteTarget::Flow(flow)))
    }

    /// The cautions of a product that stand on more than rows, each with the components about which it is, what
    /// runs on them included; none: whoever takes part.
    pub fn cautions_beside_rows(&self, product: ProductId) -> impl Iterator<Item = (NoteId, Vec<ComponentId>)> {
        let about = |target: &NoteTarget| match target {
            NoteTarget::Component(id) => Some([&[*id], self.views.parts_of(*id)].concat()),
            NoteTarget::Flow(_) | NoteTarget::Option(_) => None,
        };
        let is_flow = |target: &NoteTarget| matches!(target, NoteTarget::Flow(_));
        let is_option = |target: &NoteTarget| matches!(target, NoteTarget::Option(_));
        self[product].notes.iter().filter_map(move |id| {
            let note = &self[*id];
            let is_beside = note.kind == NoteKind::Caution && (note.on.is_empty() || !note.on.iter().all(is_flow));
            let of_all = note.on.iter().any(is_option);
            let parties = note.on.iter().filter(|_| !of_all).filter_map(about).flatten().collect();
            is_beside.then_some((*id, parties))
        })
    }

    /// The notes that stand on a component or on what runs on it, in any product.
    pub fn notes_on_machine(&self, id: ComponentId) -> Vec<NoteId> {
        let all = [&[id], self.views.parts_of(id)].concat();
        self.views.products_of(id).iter().flat_map(|product| self.notes_about(*product, &all)).collect()
    }

    /// The notes of a product that stand on one of these components.
    pub fn notes_about(&self, product: ProductId, components: &[ComponentId]) -> Vec<NoteId> {
        let is_about = |target: &NoteTarget| matches!(target, NoteTarget::Component(id) if components.contains(id));
        self[product].notes.iter().copied().filter(|note| self[*note].on.iter().any(is_about)).collect()
    }
}
