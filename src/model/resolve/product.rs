//! A product's own items: options, components, scenarios, notes, alternatives. Its flows and sources
//! are resolved next door.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::item::{ItemKind, UnitPrefix};
use crate::parse::common::RawComponent;
use crate::parse::product::{RawNote, RawProduct, RawScenario};
use crate::span::Spanned;

use super::super::{
    Component, ComponentId, FlowId, Id, Item, Member, Note, NoteId, NoteTarget, Product, ProductId, Scenario,
    ScenarioId, UnitId,
};
use super::flow::FlowDefaults;
use super::{Owner, Resolver, values};
use crate::value::{UnitKind, Verdict};

impl Resolver<'_> {
    pub(super) fn product(&mut self, raw: RawProduct) {
        let id = ProductId::from_index(self.model.products.len());
        let prefix = UnitPrefix::product(&raw.id.value);
        let owner = Owner { product: Some(id), flow: None, item: Item::Product(id), prefix: &prefix };
        let name = self.unit(owner, "name", UnitKind::Name, raw.name);
        let summary = self.unit(owner, "summary", UnitKind::Blocks, raw.summary);
        self.meta(Item::Product(id), &raw.meta);
        self.model.products.push(Product {
            id: raw.id.value,
            span: raw.id.span,
            name,
            summary,
            versions: values(raw.versions),
            sources: Vec::new(),
            options: Vec::new(),
            members: Vec::new(),
            defaults: BTreeMap::new(),
            flows: Vec::new(),
            blocked: Vec::new(),
            alternatives: Vec::new(),
            scenarios: Vec::new(),
            notes: Vec::new(),
        });
        self.lacks_sources = raw.lacks_sources;
        for source in raw.sources {
            let source = self.source_item(id, source);
            self.model.products[id.index()].sources.push(source);
        }
        self.address_lists(Some(id), raw.lists);
        let first = self.model.options.len();
        self.options(Some(id), raw.options);
        self.model.products[id.index()].options = (first..self.model.options.len()).map(Id::from_index).collect();
        for component in raw.components {
            self.member(id, component);
        }
        self.model.products[id.index()].defaults = self.case(Some(id), &raw.defaults);
        let defaults = FlowDefaults { configurable: raw.configurable, proxy: raw.proxy };
        for flow in raw.flows {
            let flow = self.flow((id, defaults), flow);
            let product = &mut self.model.products[id.index()];
            match self.model.flows[flow.index()].verdict {
                Verdict::Allow => product.flows.push(flow),
                Verdict::Block => product.blocked.push(flow),
            }
        }
        self.add_members_by_use(id);
        for group in &raw.alternatives {
            let group = self.alternatives(id, group);
            self.model.products[id.index()].alternatives.push(group);
        }
        for scenario in raw.scenarios {
            let scenario = self.scenario(id, scenario);
            self.model.products[id.index()].scenarios.push(scenario);
        }
        for note in raw.notes {
            let note = self.note(id, note);
            self.model.products[id.index()].notes.push(note);
        }
    }

    /// A component of the product, or what it adds to one of common.
    fn member(&mut self, product: ProductId, raw: RawComponent) {
        let common = self.ids.components.find(None, &raw.id.value);
        let Some(component) = common else {
            let id = ComponentId::from_index(self.model.components.len());
            self.component(Some(product), raw);
            let Component { zone, examples, summary, .. } = &self.model[id];
            let member = Member { component: id, zone: *zone, examples: examples.clone(), summary: *summary };
            self.model.products[product.index()].members.push(member);
            return;
        };
        self.uses.add(Item::Component(component), raw.id.span);
        if let Some(name) = &raw.name {
            let headline = format!("`{}` is a component of common, which a product can't rename", raw.id.value);
            self.report.add(
                Diagnostic::error(Code::CommonOverride, headline)
                    .at(name.key)
                    .label(self.model[component].span, "defined here")
                    .help("remove `name`, or choose another id for a component of the product's own"),
            );
        }
        self.refuse_machines_of_common(component, &raw);
        self.remember(Item::Member(product, component), &raw.meta);
        self.except(Item::Component(component), &raw.meta);
        let known_zone = self.model[component].zone;
        let zone = raw.zone.as_ref().and_then(|zone| self.zone(zone));
        if let (Some(_), Some(written)) = (known_zone, &raw.zone) {
            let headline = format!("the zone of `{}` is set in common", raw.id.value);
            self.report.add(
                Diagnostic::error(Code::CommonOverride, headline)
                    .at(written.span)
                    .label(self.model[component].span, "defined here")
                    .help("remove `zone`: a product adds one only where common has none"),
            );
        }
        let prefix = self.prefix(Some(product), ItemKind::Component, &raw.id.value);
        let owner = Owner { product: Some(product), flow: None, item: Item::Component(component), prefix: &prefix };
        let summary =
            self.maybe_unit(owner, "summary", UnitKind::Blocks, raw.summary).or(self.model[component].summary);
        let mut examples = self.model[component].examples.clone();
        examples.extend(values(raw.examples));
        let member = Member { component, zone: known_zone.or(zone), examples, summary };
        self.model.products[product.index()].members.push(member);
    }

    /// Common components that flows name and the product does not mention otherwise, and the machines of
    /// all that take part.
    fn add_members_by_use(&mut self, product: ProductId) {
        let flows = self.model[product].flows.iter().chain(&self.model[product].blocked);
        let ends: Vec<_> = flows.flat_map(|flow| self.model[*flow].parties()).collect();
        let declared = self.model[product].members.iter().map(|member| member.component);
        let parts: Vec<_> = declared.chain(ends.iter().copied()).collect();
        let machines: Vec<_> = parts.into_iter().flat_map(|part| self.model.machines_of(part)).collect();
        for component in ends.into_iter().chain(machines) {
            if self.model.member(product, component).is_none() {
                let Component { zone, examples, summary, .. } = &self.model[component];
                let member = Member { component, zone: *zone, examples: examples.clone(), summary: *summary };
                self.model.products[product.index()].members.push(member);
            }
        }
    }

    fn scenario(&mut self, product: ProductId, raw: RawScenario) -> ScenarioId {
        let prefix = self.prefix(Some(product), ItemKind::Scenario, &raw.id.value);
        let id = ScenarioId::from_index(self.model.scenarios.len());
        let owner = Owner { product: Some(product), flow: None, item: Item::Scenario(id), prefix: &prefix };
        let title = self.unit(owner, "title", UnitKind::Name, raw.title);
        let block = |resolver: &mut Self, field, raw| resolver.maybe_unit(owner, field, UnitKind::Blocks, raw);
        let summary: Option<UnitId> = block(self, "summary", raw.summary);
        let benefits = block(self, "benefits", raw.benefits);
        let drawbacks = block(self, "drawbacks", raw.drawbacks);
        let machine = raw.machine.and_then(|name| Some(Spanned::new(self.component_id(product, &name)?, name.span)));
        let choose = self.case(Some(product), &raw.choose);
        let without = self.components_of(product, &raw.without);
        self.meta(Item::Scenario(id), &raw.meta);
        self.model.scenarios.push(Scenario {
            product,
            id: raw.id.value,
            span: raw.id.span,
            title,
            machine,
            choose,
            without,
            summary,
            benefits,
            drawbacks,
        });
        id
    }

    fn note(&mut self, product: ProductId, raw: RawNote) -> NoteId {
        let prefix = self.prefix(Some(product), ItemKind::Note, &raw.id.value);
        let targets: BTreeSet<_> = raw.on.iter().filter_map(|target| self.note_target(product, target)).collect();
        let flow = match targets.iter().collect::<Vec<_>>().as_slice() {
            [NoteTarget::Flow(flow)] => Some(*flow),
            _ => None,
        };
        let id = NoteId::from_index(self.model.notes.len());
        let owner = Owner { product: Some(product), flow, item: Item::Note(id), prefix: &prefix };
        let text = self.unit(owner, "text", UnitKind::Blocks, raw.text);
        let when = self.condition(Some(product), raw.when.as_ref());
        self.meta(Item::Note(id), &raw.meta);
        self.model.notes.push(Note {
            product,
            id: raw.id.value,
            span: raw.id.span,
            kind: raw.kind,
            on: targets.into_iter().collect(),
            when,
            text,
        });
        id
    }

    fn note_target(&mut self, product: ProductId, target: &Spanned<String>) -> Option<NoteTarget> {
        let bare = |id: &str| Spanned::new(id.to_owned(), target.span);
        match target.value.split_once(':') {
            None => {
                let flow = self.flow_id(product, target);
                // The text of a note on it may say `<flow:this>`.
                if flow.is_none() {
                    self.report.lose("this");
                }
                flow.map(NoteTarget::Flow)
            }
            Some(("component", id)) => self.component_id(product, &bare(id)).map(NoteTarget::Component),
            Some(("option", id)) => {
                let found = self.ids.options.find(Some(product), id);
                self.note_use(found.map(Item::Option), target);
                if found.is_none() {
                    let diagnostic =
                        self.ids.options.unknown(Code::UnknownOption, ItemKind::Option, Some(product), &bare(id));
                    self.report.add(diagnostic);
                }
                found.map(NoteTarget::Option)
            }
            Some((kind, _)) => {
                self.error(
                    Code::UnknownValue,
                    target.span,
                    format!("a note can't stand on a `{kind}`"),
                    "write the id of a flow, `component:ID` or `option:ID`",
                );
                None
            }
        }
    }

    pub(super) fn flow_id(&mut self, product: ProductId, name: &Spanned<String>) -> Option<FlowId> {
        let found = self.ids.flows.find(Some(product), &name.value);
        self.note_use(found.map(Item::Flow), name);
        if found.is_none() {
            let diagnostic = self.ids.flows.unknown(Code::UnknownFlow, ItemKind::Flow, Some(product), name);
            self.report.add(diagnostic);
        }
        found
    }

    pub(super) fn component_id(&mut self, product: ProductId, name: &Spanned<String>) -> Option<ComponentId> {
        let found = self.ids.components.find(Some(product), &name.value);
        self.note_use(found.map(Item::Component), name);
        if found.is_none() {
            let diagnostic =
                self.ids.components.unknown(Code::UnknownComponent, ItemKind::Component, Some(product), name);
            let is_zone = self.ids.zones.find(None, &name.value).is_some();
            let help = "a zone has this id: name a component that stands in it, or write `any` for everybody";
            self.report.add(diagnostic.maybe_help(is_zone.then(|| help.to_owned())));
        }
        found
    }

    /// Words that stand twice in one list.
    pub(super) fn refuse_repetitions<T: PartialEq + std::fmt::Display>(&mut self, words: &[Spanned<T>]) {
        for (position, word) in words.iter().enumerate() {
            if words[..position].iter().any(|earlier| earlier.value == word.value) {
                self.error(
                    Code::DuplicateId,
                    word.span,
                    format!("`{}` is listed twice", word.value),
                    "remove one of the two",
                );
            }
        }
    }

    /// Components by name, each once.
    pub(super) fn components_of(&mut self, product: ProductId, names: &[Spanned<String>]) -> Vec<ComponentId> {
        self.refuse_repetitions(names);
        let mut list = Vec::new();
        for name in names {
            let Some(component) = self.component_id(product, name) else { continue };
            if !list.contains(&component) {
                list.push(component);
            }
        }
        list
    }
}
