//! The fragment of a page's address → what is to be written, as the theme writes it
//! (`theme/assets/weigh/address.mjs`, `theme/assets/rules/`): `#!s=SCENARIO&o=OPTION.CHOICE+CHOICE&w=PARTY+-PARTY`
//! `&k=FLOW,FLOW.443/tcp&e=host.PARTY&f=FORMAT&d=1&a=PARTY.ADDRESS&v=FLOW.PORT`. It says what differs from the scenario.
//! `n` starts another deployment.

use std::collections::BTreeSet;

use super::{Request, Side, ports_typed, read_address};
use crate::item::ItemKind;
use crate::model::{ChoiceSet, ComponentId, FlowId, Ids, Item, Model, OptionId, ProductId, ScenarioId, Selection, ids};
use crate::value::Need;

/// Longer fragments are refused unseen, in bytes: no selection needs a tenth of it.
const LONGEST: usize = 20_000;

/// What an address says.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    /// The deployments, one behind the other, each with its scenario if it is one and nothing else.
    pub deployments: Vec<Deployment>,
    /// Where the rules will be.
    pub side: Option<Side>,
    /// The format.
    pub format: Option<String>,
    /// Whether the rest is denied.
    pub is_closed: bool,
    /// What nobody knows, as written.
    pub unknown: Vec<String>,
}

/// A selection as a request, whose side is said apart.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// The scenario, if nothing differs from it.
    pub scenario: Option<ScenarioId>,
    /// What is wanted.
    pub request: Request,
}

/// Ids of a product as readers write them, former ones too.
#[derive(Clone, Copy, Debug)]
pub struct Finder<'a> {
    /// The facts.
    pub model: &'a Model,
    /// What each id stands for.
    pub ids: &'a Ids,
    /// Whose ids.
    pub product: ProductId,
}

impl Finder<'_> {
    fn find(&self, kind: ItemKind, id: &str) -> Option<Item> {
        let former = || {
            let known = self.model.former_ids.iter().filter(|(_, former)| former.iter().any(|old| old == id));
            known.map(|(item, _)| *item).find(|item| self.is_of(kind, *item))
        };
        let id = id.rsplit('/').next().unwrap_or(id);
        self.ids.find(kind, Some(self.product), id).filter(|item| self.is_of(kind, *item)).or_else(former)
    }

    fn is_of(&self, kind: ItemKind, item: Item) -> bool {
        match item {
            Item::Flow(id) => kind == ItemKind::Flow && self.model[id].product == self.product,
            Item::Scenario(id) => kind == ItemKind::Scenario && self.model[id].product == self.product,
            Item::Option(id) => kind == ItemKind::Option && self.model.options_of(self.product).contains(&id),
            Item::Component(_) => kind == ItemKind::Component,
            Item::Member(product, _) => kind == ItemKind::Component && product == self.product,
            _ => false,
        }
    }

    /// A flow.
    pub fn flow(&self, id: &str) -> Option<FlowId> {
        match self.find(ItemKind::Flow, id)? {
            Item::Flow(id) => Some(id),
            _ => None,
        }
    }

    /// A scenario.
    pub fn scenario(&self, id: &str) -> Option<ScenarioId> {
        match self.find(ItemKind::Scenario, id)? {
            Item::Scenario(id) => Some(id),
            _ => None,
        }
    }

    /// An option that the product has.
    pub fn option(&self, id: &str) -> Option<OptionId> {
        match self.find(ItemKind::Option, id)? {
            Item::Option(id) => Some(id),
            _ => None,
        }
    }

    /// A choice of an option.
    pub fn choice(&self, option: OptionId, id: &str) -> Option<usize> {
        let choices = &self.model[option].choices;
        let now = choices.iter().position(|choice| choice.id == id);
        now.or_else(|| {
            let is_former = |at: &usize| {
                self.model.former_ids_of(Item::Choice(option, *at as u8)).iter().any(|former| former == id)
            };
            (0..choices.len()).find(is_former)
        })
    }

    /// A component that takes part in the product, or a machine of one.
    pub fn component(&self, id: &str) -> Option<ComponentId> {
        let (Item::Component(component) | Item::Member(_, component)) = self.find(ItemKind::Component, id)? else {
            return None;
        };
        self.components().contains(&component).then_some(component)
    }

    /// Those that take part in the product, and their machines.
    pub fn components(&self) -> BTreeSet<ComponentId> {
        let members = self.model[self.product].members.iter().map(|member| member.component);
        members.flat_map(|id| std::iter::once(id).chain(self.model.machines_of(id))).collect()
    }

    /// A place: `gateway`, `gateway-all`, `host` and a component behind a colon or a dot.
    pub fn side(&self, text: &str) -> Option<Side> {
        match text {
            "gateway" => Some(Side::Gateway),
            "gateway-all" => Some(Side::GatewayAll),
            _ => {
                let id = text.strip_prefix("host").and_then(|rest| rest.strip_prefix([':', '.']))?;
                self.component(id).map(Side::Host)
            }
        }
    }

    /// Takes `FLOW` (a way) or `FLOW` and the key of a line behind a sign (`443/tcp`).
    pub fn pick(&self, selection: &mut Selection, text: &str, sign: char) -> bool {
        let (id, line) = text.split_once(sign).map_or((text, None), |(id, line)| (id, Some(line)));
        let Some(flow) = self.flow(id) else { return false };
        match line {
            None => {
                let groups = &self.model[self.product].alternatives;
                let is_way = groups.iter().flat_map(|group| &group.ways).any(|way| way.first() == Some(&flow));
                is_way && selection.picks.ways.insert(flow)
            }
            Some(line) => {
                let lines = &self.model[flow].lines;
                let at = lines.iter().position(|own| own.key() == line);
                let is_choice = self.model[flow].need == Need::One && lines.len() > 1;
                at.is_some_and(|at| is_choice && selection.picks.lines.entry(flow).or_default().insert(at))
            }
        }
    }
}

/// Reads the fragment of an address, or an address with one.
pub fn read_fragment(finder: Finder<'_>, text: &str) -> Stated {
    let mut stated = Stated::default();
    if text.len() > LONGEST {
        stated.unknown.push(text.chars().take(80).collect());
        return stated;
    }
    let fragment = text.split_once('#').map_or(text, |(_, fragment)| fragment);
    let fragment = fragment.strip_prefix('!').or_else(|| fragment.strip_prefix("%21"));
    let Some(fragment) = fragment else {
        stated.unknown.push(text.chars().take(80).collect());
        return stated;
    };
    let parts: Vec<&str> = fragment.split('&').filter(|part| !part.is_empty()).collect();
    for deployment in parts.split(|part| *part == "n" || part.starts_with("n=")) {
        read_deployment(finder, deployment, &mut stated);
    }
    stated
}

fn read_deployment(finder: Finder<'_>, parts: &[&str], stated: &mut Stated) {
    let model = finder.model;
    let pairs: Vec<(&str, String)> = parts
        .iter()
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(key, value)| (key, decoded(value)))
        .collect();
    let value = |wanted: &str| pairs.iter().find(|(key, _)| *key == wanted).map(|(_, value)| value.as_str());
    let scenario = value("s").and_then(|id| finder.scenario(id));
    let selection = scenario.map(|scenario| model.selection_of(scenario)).unwrap_or_default();
    let mut deployment = Deployment { scenario, request: Request::new(selection, Side::Gateway) };
    let mut seen = BTreeSet::new();
    for (key, value) in &pairs {
        if !seen.insert(*key) {
            stated.unknown.push(format!("{key}={value}"));
            continue;
        }
        let mut refuse = |item: &str| stated.unknown.push(format!("{key}={item}").chars().take(80).collect());
        match *key {
            "s" if scenario.is_none() => refuse(value),
            "e" => match finder.side(value) {
                Some(side) => stated.side = Some(side),
                None => refuse(value),
            },
            "f" => stated.format = Some(value.clone()),
            "d" => stated.is_closed = value == "1",
            // What pages show beside the rules.
            "s" | "m" | "r" | "x" => {}
            "o" | "w" | "k" | "a" | "v" => {
                for item in items(key, value) {
                    if !take(finder, key, item, &mut deployment) {
                        refuse(item);
                    }
                }
            }
            _ => refuse(value),
        }
    }
    stated.deployments.push(deployment);
}

/// How the items of each key are parted. `53/tcp+udp` is one line.
fn items<'v>(key: &str, value: &'v str) -> Vec<&'v str> {
    if key == "w" { value.split('+').collect() } else { value.split(',').collect() }
}

fn take(finder: Finder<'_>, key: &str, item: &str, deployment: &mut Deployment) -> bool {
    let request = &mut deployment.request;
    match key {
        "o" => {
            deployment.scenario = None;
            let (id, list) = item.split_once('.').map_or((item, None), |(id, list)| (id, Some(list)));
            let Some(option) = finder.option(id) else { return false };
            let Some(list) = list else { return request.selection.choose.remove(&option).is_some() };
            let mut choices = ChoiceSet::EMPTY;
            let is_known = list.split('+').all(|choice| {
                let at = finder.choice(option, choice);
                if let Some(at) = at {
                    choices.insert(at);
                }
                at.is_some()
            });
            if !choices.is_empty() {
                request.selection.choose.insert(option, choices);
            }
            is_known
        }
        "w" => {
            deployment.scenario = None;
            let without = &mut request.selection.without;
            match item.strip_prefix('-') {
                Some(id) => finder.component(id).is_some_and(|id| without.remove(&id)),
                None => finder.component(item).is_some_and(|id| without.insert(id)),
            }
        }
        "k" if item == "*" => {
            request.open_all = true;
            true
        }
        "k" => {
            deployment.scenario = None;
            finder.pick(&mut request.selection, item, '.')
        }
        "a" if item == "keep" => {
            request.keep_published = true;
            true
        }
        "a" => {
            let (id, address) = item.split_once('.').unwrap_or((item, ""));
            match (finder.component(id), read_address(address, true)) {
                (Some(id), Ok(endpoint)) => {
                    request.addresses.entry(id).or_default().push(endpoint);
                    true
                }
                _ => false,
            }
        }
        _ => {
            let (id, port) = item.split_once('.').unwrap_or((item, ""));
            match (finder.flow(id), ports_typed(port)) {
                (Some(flow), Some(range)) => {
                    request.values.entry(flow).or_default().push(range);
                    true
                }
                _ => false,
            }
        }
    }
}

/// Percent signs undone, once.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = hex.filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The ids of everything of a kind that a reader may name, for hints.
pub fn known_ids(finder: Finder<'_>, kind: ItemKind) -> Vec<String> {
    let (model, product) = (finder.model, finder.product);
    match kind {
        ItemKind::Flow => model[product].flows.iter().map(|id| model[*id].id.clone()).collect(),
        ItemKind::Scenario => model[product].scenarios.iter().map(|id| model[*id].id.clone()).collect(),
        ItemKind::Option => model.options_of(product).into_iter().map(|id| model[id].id.clone()).collect(),
        ItemKind::Component => finder.components().into_iter().map(|id| model[id].id.clone()).collect(),
        ItemKind::Product => ids::<ProductId>(model.products.len()).map(|id| model[id].id.clone()).collect(),
        ItemKind::Choice
        | ItemKind::Note
        | ItemKind::Source
        | ItemKind::Table
        | ItemKind::Term
        | ItemKind::Page
        | ItemKind::Section
        | ItemKind::Zone
        | ItemKind::Service
        | ItemKind::AddressList
        | ItemKind::PortRange => Vec::new(),
    }
}
