//! The facts of a product from which rules are made, as data: `api/v1/rules/<product>.json`, which pages load as a
//! script. What it says is enough to select, and to say what a filter could allow.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::endpoint::published;
use crate::model::{
    Alternatives, Condition, End, Flow, FlowId, Hosts, Line, Model, OptionId, ProductId, ScenarioId, Selection,
};
use crate::value::{Need, Scope};

/// Version of the format; it grows when a key changes its meaning or goes.
const SCHEMA: u32 = 1;

/// A condition: any of the maps, all options of a map, any choice of an option. Empty: always.
type When = Vec<BTreeMap<String, Vec<String>>>;

/// What rules of a product are made of.
#[derive(Serialize, JsonSchema)]
pub struct RuleFacts {
    /// Version of this format.
    schema: u32,
    /// Id of the product.
    product: String,
    /// Twelve digits that change with anything else in this file.
    pub fingerprint: String,
    /// Versions the facts hold for.
    versions: Vec<String>,
    /// Options, by their keys.
    options: BTreeMap<String, OptionEntry>,
    /// Components at the ends of its flows and their machines, by their keys.
    components: BTreeMap<String, ComponentEntry>,
    /// Connections to allow, in the product's order.
    flows: Vec<FlowEntry>,
    /// Connections that must not be possible: never rules, only told.
    blocked: Vec<FlowEntry>,
    /// Groups of single flows of which each opener needs one.
    alternatives: Vec<Vec<String>>,
    /// Every group of ways of which each opener needs one.
    choices: Vec<ChoiceEntry>,
    /// Named selections, by their ids.
    scenarios: BTreeMap<String, ScenarioEntry>,
}

/// An option of a deployment.
#[derive(Serialize, JsonSchema)]
struct OptionEntry {
    /// The choices that hold for this product if nothing is chosen; empty: it depends.
    default: Vec<String>,
    /// All choices.
    choices: Vec<String>,
    /// When there is such an option.
    when: When,
    /// Whether it is on or off.
    switch: bool,
}

/// An end of connections.
#[derive(Serialize, JsonSchema)]
struct ComponentEntry {
    /// Where it stands for this product; null: not stated.
    zone: Option<String>,
    /// Keys of its machines.
    runs_on: Vec<String>,
}

/// A connection.
#[derive(Serialize, JsonSchema)]
struct FlowEntry {
    /// Its key.
    id: String,
    /// Keys of those that open it.
    from: Vec<String>,
    /// Keys of those that listen.
    to: Vec<String>,
    /// `parties`, `any` or `unstated`.
    opener: &'static str,
    /// `parties`, `any` or `unstated`.
    listener: &'static str,
    /// Whether either end may open it.
    between: bool,
    /// Lines as written; of each its entries `[port, protocol]` or `[port, protocol, {from_port, icmp_type}]`. A port is
    /// `443`, `11000-11999`, `any`, `none`, `configured` or `random 10001-65535`.
    lines: Vec<Vec<Entry>>,
    /// When each line holds, without the flow's own condition.
    line_when: Vec<When>,
    /// `all` lines or `one`.
    need: &'static str,
    /// When it is needed.
    when: When,
    /// `network`, `internal` or `loopback`.
    scope: &'static str,
    /// Where those are reached that listen.
    hosts: HostsEntry,
    /// Where those come from that open it.
    from_hosts: HostsEntry,
}

/// A port and what carries it.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum Entry {
    Plain(String, String),
    Special(String, String, Special),
}

/// What few entries say.
#[derive(Serialize, JsonSchema)]
struct Special {
    /// The port from which it is opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    from_port: Option<String>,
    /// The type of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    icmp_type: Option<u8>,
}

/// Where an end is reached.
#[derive(Serialize, JsonSchema)]
struct HostsEntry {
    /// `own`, `any`, `unpublished`, `unknown`, `see` or `list`.
    kind: &'static str,
    /// The addresses.
    list: Vec<AddressEntry>,
    /// Id of the source that lists them.
    source: Option<String>,
}

/// An address.
#[derive(Serialize, JsonSchema)]
struct AddressEntry {
    /// When it is used, without the flow's own condition.
    when: When,
    /// `v4`, `v6`, `fqdn`, `wild`, `url` or `template`.
    k: &'static str,
    /// The address, the name, of a URL its host, or the text of a template.
    v: String,
    /// Length of the prefix, of `v4` and `v6`.
    #[serde(skip_serializing_if = "Option::is_none")]
    len: Option<u8>,
    /// What stands behind the host of a URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

/// Ways of which an opener needs one.
#[derive(Serialize, JsonSchema)]
struct ChoiceEntry {
    /// Of each way the keys of its flows.
    ways: Vec<Vec<String>>,
    /// The first flow of the way that the vendor prefers.
    preferred: Option<String>,
}

/// A named selection.
#[derive(Serialize, JsonSchema)]
struct ScenarioEntry {
    /// Chosen choices by option.
    choose: BTreeMap<String, Vec<String>>,
    /// Keys of components that it lacks.
    without: Vec<String>,
    /// Key of the component whose connections it shows.
    machine: Option<String>,
}

impl RuleFacts {
    /// Those of a product.
    pub fn of(model: &Model, product: ProductId) -> Self {
        let entry = &model[product];
        let writer = Writer { model, product };
        let mut components = BTreeMap::new();
        let mut parties: Vec<_> = entry.members.iter().map(|member| member.component).collect();
        let machines: Vec<_> = parties.iter().flat_map(|party| model.machines_of(*party)).collect();
        parties.extend(machines);
        for party in parties {
            let zone = model.member(product, party).and_then(|member| member.zone).or(model[party].zone);
            components.insert(
                model.component_key(party),
                ComponentEntry {
                    zone: zone.map(|zone| model[zone].id.clone()),
                    runs_on: model[party].runs_on.iter().map(|machine| model.component_key(*machine)).collect(),
                },
            );
        }
        let single = entry.alternatives.iter().filter(|group| group.is_of_single_flows());
        let mut facts = Self {
            schema: SCHEMA,
            product: entry.id.clone(),
            fingerprint: String::new(),
            versions: entry.versions.clone(),
            options: model
                .options_of(product)
                .into_iter()
                .map(|id| (model.option_key(id), writer.option(id)))
                .collect(),
            components,
            flows: entry.flows.iter().map(|id| writer.flow(*id)).collect(),
            blocked: entry.blocked.iter().map(|id| writer.flow(*id)).collect(),
            alternatives: single.map(|group| group.flows().map(|flow| model.flow_key(flow)).collect()).collect(),
            choices: entry.alternatives.iter().map(|group| writer.choice(group)).collect(),
            scenarios: entry.scenarios.iter().map(|id| (model[*id].id.clone(), writer.scenario(*id))).collect(),
        };
        let bytes = serde_json::to_vec(&facts).unwrap_or_default();
        blake3::hash(&bytes).to_hex()[..12].clone_into(&mut facts.fingerprint);
        facts
    }
}

struct Writer<'m> {
    model: &'m Model,
    product: ProductId,
}

impl Writer<'_> {
    fn option(&self, id: OptionId) -> OptionEntry {
        let option = &self.model[id];
        let default = self.model.chosen(self.product, id, &Selection::default()).unwrap_or_default();
        OptionEntry {
            default: default.iter().map(|choice| option.choices[choice].id.clone()).collect(),
            choices: option.choices.iter().map(|choice| choice.id.clone()).collect(),
            when: self.when(&option.when),
            switch: option.is_switch,
        }
    }

    fn flow(&self, id: FlowId) -> FlowEntry {
        let flow = &self.model[id];
        let keys = |end: &End| end.parties().iter().map(|party| self.model.component_key(*party)).collect();
        FlowEntry {
            id: self.model.flow_key(id),
            from: keys(&flow.from),
            to: keys(&flow.to),
            opener: flow.from.who.as_str(),
            listener: flow.to.who.as_str(),
            between: flow.between,
            lines: flow.lines.iter().map(|line| entries(flow, line)).collect(),
            line_when: flow.lines.iter().map(|line| self.when(&line.when)).collect(),
            need: if flow.need == Need::One { "one" } else { "all" },
            when: self.when(&flow.when),
            scope: match flow.scope {
                Scope::Network => "network",
                Scope::Internal => "internal",
                Scope::Loopback => "loopback",
            },
            hosts: self.hosts(&flow.to.hosts),
            from_hosts: self.hosts(&flow.from.hosts),
        }
    }

    fn hosts(&self, hosts: &Hosts) -> HostsEntry {
        let address = |address: &crate::model::Address| {
            let when = self.when(&address.when);
            match published(address) {
                Ok(endpoint) => AddressEntry {
                    when,
                    k: endpoint.kind.as_str(),
                    v: endpoint.value,
                    len: endpoint.len,
                    path: endpoint.path,
                },
                Err(template) => AddressEntry { when, k: "template", v: template.to_owned(), len: None, path: None },
            }
        };
        HostsEntry {
            kind: hosts.kind.as_str(),
            list: hosts.list.iter().map(address).collect(),
            source: hosts.source.map(|source| self.model[source].id.clone()),
        }
    }

    fn choice(&self, group: &Alternatives) -> ChoiceEntry {
        let keys = |way: &Vec<FlowId>| way.iter().map(|flow| self.model.flow_key(*flow)).collect::<Vec<_>>();
        let ways: Vec<_> = group.ways.iter().map(keys).collect();
        ChoiceEntry { preferred: group.preferred.map(|way| ways[way][0].clone()), ways }
    }

    fn scenario(&self, id: ScenarioId) -> ScenarioEntry {
        let scenario = &self.model[id];
        let choices = |(option, choices): (&OptionId, &crate::model::ChoiceSet)| {
            let ids = choices.iter().map(|choice| self.model[*option].choices[choice].id.clone());
            (self.model.option_key(*option), ids.collect())
        };
        ScenarioEntry {
            choose: scenario.choose.iter().map(choices).collect(),
            without: scenario.without.iter().map(|party| self.model.component_key(*party)).collect(),
            machine: scenario.machine.as_ref().map(|machine| self.model.component_key(machine.value)),
        }
    }

    fn when(&self, condition: &Condition) -> When {
        let case = |case: &crate::model::Case| {
            let choices = |(option, choices): (&OptionId, &crate::model::ChoiceSet)| {
                let ids = choices.iter().map(|choice| self.model[*option].choices[choice].id.clone());
                (self.model.option_key(*option), ids.collect())
            };
            case.iter().map(choices).collect()
        };
        condition.cases().iter().map(case).collect()
    }
}

fn entries(flow: &Flow, line: &Line) -> Vec<Entry> {
    let entry = |entry: crate::value::Entry| {
        let port = entry.port().map_or_else(|| "none".to_owned(), |port| port.to_string());
        let (from_port, icmp_type) = (flow.from_port(entry).map(|port| port.to_string()), entry.icmp_type());
        if from_port.is_none() && icmp_type.is_none() {
            Entry::Plain(port, entry.carrier())
        } else {
            Entry::Special(port, entry.carrier(), Special { from_port, icmp_type })
        }
    };
    line.traffic.entries().map(entry).collect()
}
