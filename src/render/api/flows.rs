//! `flows.json`: who connects to whom, on what.

use schemars::JsonSchema;
use serde::Serialize;

use super::{SCHEMA, Texts, When, maybe_texts, permalinks, when};
use crate::model::{Address, Alternatives, Anchored, Cite, Flow, FlowId, Hosts, Line, Model, ids};
use crate::render::Task;
use crate::value::words::{CONFIGURABLE, INFERRED, NEED, PROXY, SCOPE, STANDING, word_of};
use crate::value::{Entry, Verdict};

/// Connections between components.
#[expect(clippy::struct_field_names, reason = "the contract names the key")]
#[derive(Serialize, JsonSchema)]
pub(super) struct Flows {
    /// Version of this format.
    schema: u32,
    /// BLAKE3 hash of the facts in `flows`, `blocked`, `alternatives` and `choices`, without texts and permalinks.
    fingerprint: String,
    /// Every connection of every product.
    flows: Vec<FlowEntry>,
    /// Connections that must not be possible.
    blocked: Vec<FlowEntry>,
    /// The groups whose ways are one flow each, as lists of flow ids; each component that opens flows of a group
    /// needs one of them.
    alternatives: Vec<Vec<String>>,
    /// Every group of ways of which one is enough, those of `alternatives` too; each component that opens flows of
    /// several ways needs all its flows of one.
    choices: Vec<ChoiceEntry>,
}

/// Ways of which one is enough.
#[derive(Serialize, JsonSchema)]
struct ChoiceEntry {
    /// Each way as the ids of its flows, which are needed together; no flow stands in two.
    ways: Vec<Vec<String>>,
    /// Id of the first flow of the way that the source prefers, null where it prefers none.
    preferred: Option<String>,
}

/// One connection: `from` opens it to `to`.
#[derive(Serialize, JsonSchema)]
struct FlowEntry {
    /// `product/flow`
    id: String,
    /// Id of the product.
    product: String,
    /// Ids of the components that open the connection; `common/…` for shared ones.
    from: Vec<String>,
    /// Ids of the components that listen.
    to: Vec<String>,
    /// Who opens: `parties` (those in `from`), `any` (everybody) or `unstated` (the source does not say).
    opener: &'static str,
    /// Who listens: `parties`, `any` or `unstated`.
    listener: &'static str,
    /// Whether either end may open it: both stand in `from` and in `to`, and none connects to itself.
    between: bool,
    /// `all` lines are needed, or `one` of them.
    need: &'static str,
    /// The lines as written; a line for both transports has two entries.
    lines: Vec<Vec<LineEntry>>,
    /// When the connection is needed.
    when: When,
    /// Where `to` is reached.
    hosts: HostsEntry,
    /// Where `from` connects from.
    from_hosts: HostsEntry,
    /// Whether the port can be changed: `changeable`, `fixed`, `in-os`, `in-url` or `unknown`.
    configurable: &'static str,
    /// The setting that changes the port, as the vendor spells it.
    setting: Option<String>,
    /// Whether it passes a proxy: `allowed`, `http`, `socks`, `http+socks`, `none`, `in-os` or `unknown`.
    proxy: &'static str,
    /// What the vendor thinks of it: `deprecated` or `preview`, null where nothing is said.
    status: Option<&'static str>,
    /// The first version of the product that has it.
    since: Option<String>,
    /// The last version of the product that has it.
    until: Option<String>,
    /// `network`, `internal` or `loopback`.
    scope: &'static str,
    /// Fields the source does not state: `from`, `to`, `transport`, `service`, `hosts`, `hosts.when`, `when`.
    inferred: Vec<&'static str>,
    /// Ids of the notes that name this flow.
    notes: Vec<String>,
    /// Id of the source among the product's; of several, the first in `cites`.
    source: Option<String>,
    /// Rows of that source it covers, counted from 1 through all its tables.
    rows: Vec<u32>,
    /// Rows of all sources that state it, table by table.
    cites: Vec<CiteEntry>,
    /// What it is for; its service's purpose where it has none of its own, null where no source says more than the row.
    purpose: Option<Texts>,
    /// Where its row stands, by locale, relative to the site's root.
    permalinks: Texts,
}

/// Rows of a source, or of one of its tables.
#[derive(Serialize, JsonSchema)]
struct CiteEntry {
    /// Id of the source among the product's.
    source: String,
    /// Id of the table among the source's, null where its rows are counted through all tables.
    table: Option<String>,
    /// The rows, counted from 1 within the table.
    rows: Vec<u32>,
}

/// A port with its transport, or a protocol without ports.
#[derive(Serialize, JsonSchema)]
struct LineEntry {
    /// `4118`, `11000-11999`, `any`, `random 10001-65535` or `configured`; null for a protocol without ports.
    port: Option<String>,
    /// `tcp`, `udp`, `sctp` or `dccp`; a protocol without ports by its word, for example `esp`, or as `ip-41`.
    transport: String,
    /// Number of the ICMP type that opens the exchange, null where none is stated.
    icmp_type: Option<u8>,
    /// Id of the first application protocol, null where the source states none.
    service: Option<String>,
    /// Ids of all application protocols that the source states.
    services: Vec<String>,
    /// The port from which it is opened, in the form of `port`; null where any may be.
    from_port: Option<String>,
    /// When it is this port, without the flow's own condition: a named range may hang on a choice.
    when: When,
}

/// Where an end of a connection is reached.
#[derive(Serialize, JsonSchema)]
struct HostsEntry {
    /// `own` (a system of the reader), `any`, `unpublished`, `unknown`, `see` (another page lists them) or `list`.
    kind: &'static str,
    /// The addresses.
    list: Vec<AddressEntry>,
    /// Id of the source that lists them.
    source: Option<String>,
}

/// One address.
#[derive(Serialize, JsonSchema)]
struct AddressEntry {
    /// The address.
    address: String,
    /// `host`, `url`, `ip`, `cidr` or `template` (with placeholders: to be shown, never exported).
    kind: &'static str,
    /// When it is used, without the flow's own condition.
    when: When,
}

pub(super) fn flows(task: Task<'_>) -> Flows {
    let model = &task.site().model;
    let of = |verdict: Verdict| {
        let ids = ids::<FlowId>(model.flows.len()).filter(move |id| model[*id].verdict == verdict);
        ids.map(|id| flow(task, id)).collect::<Vec<_>>()
    };
    let (flows, blocked) = (of(Verdict::Allow), of(Verdict::Block));
    let groups = || model.products.iter().flat_map(|product| &product.alternatives);
    let single = groups().filter(|group| group.is_of_single_flows());
    let alternatives: Vec<_> = single.map(|group| group.flows().map(|flow| model.flow_key(flow)).collect()).collect();
    let choices: Vec<_> = groups().map(|group| choice(model, group)).collect();
    let fingerprint = fingerprint((&flows, &blocked), &alternatives, &choices);
    Flows { schema: SCHEMA, fingerprint, flows, blocked, alternatives, choices }
}

fn choice(model: &Model, group: &Alternatives) -> ChoiceEntry {
    let keys = |way: &Vec<FlowId>| way.iter().map(|flow| model.flow_key(*flow)).collect::<Vec<_>>();
    let ways: Vec<_> = group.ways.iter().map(keys).collect();
    ChoiceEntry { preferred: group.preferred.map(|way| ways[way][0].clone()), ways }
}

fn fingerprint(
    (flows, blocked): (&[FlowEntry], &[FlowEntry]),
    alternatives: &[Vec<String>],
    choices: &[ChoiceEntry],
) -> String {
    let facts = |flow: &FlowEntry| {
        let mut value = serde_json::to_value(flow).unwrap_or_default();
        if let Some(map) = value.as_object_mut() {
            map.remove("purpose");
            map.remove("permalinks");
        }
        value
    };
    let of = |flows: &[FlowEntry]| flows.iter().map(facts).collect::<Vec<_>>();
    let mut all = serde_json::json!({ "flows": of(flows), "blocked": of(blocked), "alternatives": alternatives });
    // What `alternatives` tells already is told once: the facts of older sites keep their fingerprint.
    let is_more = |choice: &&ChoiceEntry| choice.preferred.is_some() || choice.ways.iter().any(|way| way.len() > 1);
    let more: Vec<_> = choices.iter().filter(is_more).collect();
    if !more.is_empty() {
        all["choices"] = serde_json::json!(more);
    }
    blake3::hash(all.to_string().as_bytes()).to_hex().to_string()
}

fn flow(task: Task<'_>, id: FlowId) -> FlowEntry {
    let model = &task.site().model;
    let flow = &model[id];
    let product = &model[flow.product].id;
    FlowEntry {
        id: model.flow_key(id),
        product: product.clone(),
        from: flow.from.parties().iter().map(|end| model.component_key(*end)).collect(),
        to: flow.to.parties().iter().map(|end| model.component_key(*end)).collect(),
        opener: flow.from.who.as_str(),
        listener: flow.to.who.as_str(),
        between: flow.between,
        need: word_of(NEED, &flow.need),
        lines: written_lines(flow).map(|lines| line_entries(task, flow, lines)).collect(),
        when: when(task, &flow.when),
        hosts: hosts(task, &flow.to.hosts),
        from_hosts: hosts(task, &flow.from.hosts),
        configurable: flow.configurable.map_or("unknown", |value| word_of(CONFIGURABLE, &value)),
        proxy: flow.proxy.map_or("unknown", |value| word_of(PROXY, &value)),
        setting: flow.setting.clone(),
        status: flow.standing.map(|standing| word_of(STANDING, &standing)),
        since: flow.since.clone(),
        until: flow.until.clone(),
        scope: word_of(SCOPE, &flow.scope),
        inferred: flow.inferred.iter().map(|field| word_of(INFERRED, field)).collect(),
        notes: model.notes_on_flow(id).map(|note| format!("{product}/{}", model[note].id)).collect(),
        source: flow.cites.first().map(|cite| model[cite.source].id.clone()),
        rows: flow.cites.first().map(|cite| model[cite.source].covered(cite).collect()).unwrap_or_default(),
        cites: flow.cites.iter().flat_map(|cite| cite_entries(model, cite)).collect(),
        purpose: maybe_texts(task, flow.purpose),
        permalinks: permalinks(task, model.link_to(Anchored::Flow(id))),
    }
}

fn cite_entries(model: &Model, cite: &Cite) -> Vec<CiteEntry> {
    let source = &model[cite.source];
    let entry = |(table, rows): (Option<usize>, Vec<u32>)| CiteEntry {
        source: source.id.clone(),
        table: table.map(|table| source.tables[table].id.clone()),
        rows,
    };
    cite.by_table().into_iter().map(entry).collect()
}

/// Lines as they are written: the values of a named range are one.
fn written_lines(flow: &Flow) -> impl Iterator<Item = &[Line]> {
    flow.lines.chunk_by(|a, b| a.span == b.span)
}

fn line_entries(task: Task<'_>, flow: &Flow, lines: &[Line]) -> Vec<LineEntry> {
    let of_line =
        |line: &Line| line.traffic.entries().map(|entry| line_entry(task, flow, line, entry)).collect::<Vec<_>>();
    lines.iter().flat_map(of_line).collect()
}

fn line_entry(task: Task<'_>, flow: &Flow, line: &Line, entry: Entry) -> LineEntry {
    let services: Vec<_> = line.services.iter().map(|service| task.site().model[*service].id.clone()).collect();
    LineEntry {
        port: entry.port().map(|port| port.to_string()),
        transport: entry.carrier(),
        icmp_type: entry.icmp_type(),
        service: services.first().cloned(),
        services,
        from_port: flow.from_port(entry).map(|port| port.to_string()),
        when: when(task, &line.when),
    }
}

fn hosts(task: Task<'_>, hosts: &Hosts) -> HostsEntry {
    let entry = |address: &Address| AddressEntry {
        address: address.text.clone(),
        kind: address.kind.as_str(),
        when: when(task, &address.when),
    };
    HostsEntry {
        kind: hosts.kind.as_str(),
        list: hosts.list.iter().map(entry).collect(),
        source: hosts.source.map(|source| task.site().model[source].id.clone()),
    }
}
