//! The facts of a product for the script of its pages (`theme/assets/weigh/`), as small as they can be:
//! ids are local, references are positions in the lists of this file, and what says nothing is left out.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::l10n::SayError;
use crate::model::{
    Alternatives, ComponentId, Condition, Flow, FlowId, Hosts, HostsKind, Item, Line, Model, OptionId, ProductId,
    ScenarioId, Selection, Who, ids,
};
use crate::value::{Need, NoteKind, Scope};

/// A script that hands over the facts of a product, so that a copy read from `file://` has them too.
pub(super) struct Script {
    /// Its permalink, which changes with the facts: no browser takes older ones for them.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    /// What could not be said in it.
    pub(super) unsaid: Vec<SayError>,
}

impl Script {
    /// Of each product.
    pub(super) fn all(model: &Model) -> Vec<Self> {
        let products: Vec<_> = ids(model.products.len()).collect();
        products.into_par_iter().map(|product| Self::of(model, product)).collect()
    }

    fn of(model: &Model, product: ProductId) -> Self {
        let Ok(facts) = serde_json::to_string(&facts(model, product, |_| true)) else {
            unreachable!("the keys of its maps are numbers and ids, and memory takes it")
        };
        let bytes = format!("((self.rutter??={{}}).facts??=[]).push({facts})\n").into_bytes();
        let path = format!("assets/facts/{}.{}.js", model[product].id, version(&bytes));
        Self { path, bytes, unsaid: Vec::new() }
    }

    /// Data as a script that puts them below the name of a product: `rutter.taken["guard"] = …`. Its words are
    /// asked for when they are needed, by a link that knows their version.
    pub(super) fn of_data(list: &str, product: &str, data: &impl Serialize) -> Self {
        let Ok(data) = serde_json::to_string(data) else {
            unreachable!("the keys of its maps are texts, and memory takes it")
        };
        let bytes = format!("((self.rutter??={{}}).{list}??={{}})[\"{product}\"]={data}\n").into_bytes();
        Self { path: String::new(), bytes, unsaid: Vec::new() }
    }

    /// Formats of rules as a script: `rutter.ruleFormats = …`.
    pub(super) fn of_formats(formats: &impl Serialize) -> Self {
        let Ok(formats) = serde_json::to_string(formats) else {
            unreachable!("the keys of its maps are texts, and memory takes it")
        };
        let bytes = format!("(self.rutter??={{}}).ruleFormats={formats}\n").into_bytes();
        Self { path: String::new(), bytes, unsaid: Vec::new() }
    }

    /// What tells it from an older one in the reader's browser.
    pub(super) fn version(&self) -> String {
        version(&self.bytes)
    }
}

fn version(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..8].to_owned()
}

/// What a page's script has to know of a product.
#[derive(Serialize, Debug)]
pub struct Facts<'m> {
    product: &'m str,
    options: Vec<OptionFacts<'m>>,
    parties: Vec<PartyFacts<'m>>,
    flows: Vec<FlowFacts<'m>>,
    /// Of each group the ways, of each way the flows.
    groups: Vec<Vec<Vec<usize>>>,
    scenarios: Vec<ScenarioFacts<'m>>,
}

/// Options → choices of one case, by their positions.
type Case = BTreeMap<usize, Vec<usize>>;

/// Any of the cases. Absent: always; none: never.
type When = Option<Vec<Case>>;

#[derive(Serialize, Debug)]
struct OptionFacts<'m> {
    id: &'m str,
    choices: Vec<&'m str>,
    /// Absent: it depends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    default: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: When,
    #[serde(skip_serializing_if = "no_ids")]
    former: &'m [String],
    /// Former ids of its choices → the present ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    renamed: BTreeMap<&'m str, &'m str>,
}

#[derive(Serialize, Debug)]
struct PartyFacts<'m> {
    id: &'m str,
    /// The machines that it runs on itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    on: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    former: Vec<&'m str>,
}

#[derive(Serialize, Debug)]
struct FlowFacts<'m> {
    id: &'m str,
    from: Ends,
    to: Ends,
    #[serde(skip_serializing_if = "is_false")]
    between: bool,
    /// Its row stands on another page; it is here since an opener may go its way.
    #[serde(skip_serializing_if = "is_false")]
    elsewhere: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: When,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    #[serde(skip_serializing_if = "is_false")]
    one: bool,
    /// Where one of them is enough or some are conditional.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<LineFacts>,
    /// Conditions of the addresses, if any are listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hosts: Vec<When>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    from_hosts: Vec<When>,
    /// When the cautions on it hold, where any hangs on a choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cautions: Vec<When>,
    #[serde(skip_serializing_if = "no_ids")]
    former: &'m [String],
}

#[derive(Serialize, Debug)]
#[serde(untagged)]
enum Ends {
    Parties(Vec<usize>),
    Nobody(&'static str),
}

#[derive(Serialize, Debug)]
struct LineFacts {
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: When,
}

#[derive(Serialize, Debug)]
struct ScenarioFacts<'m> {
    id: &'m str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    choose: Case,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    without: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    machine: Option<usize>,
    #[serde(skip_serializing_if = "no_ids")]
    former: &'m [String],
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes what it asks about by reference")]
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

fn no_ids(ids: &[String]) -> bool {
    ids.is_empty()
}

/// The facts of a product as a page needs them that shows some of its flows. The flows of a group come
/// together: what an opener needs hangs on all of its ways, on whatever page they stand.
pub fn facts(model: &Model, product: ProductId, is_shown: impl Fn(FlowId) -> bool) -> Facts<'_> {
    let all = &model[product].flows;
    let shown: BTreeSet<FlowId> = all.iter().copied().filter(|flow| is_shown(*flow)).collect();
    let is_met = |group: &&Alternatives| group.flows().any(|flow| shown.contains(&flow));
    let groups: Vec<_> = model[product].alternatives.iter().filter(is_met).collect();
    let mut flows = shown.clone();
    flows.extend(groups.iter().flat_map(|group| group.flows()));
    let flows: Vec<FlowId> = all.iter().copied().filter(|flow| flows.contains(flow)).collect();
    let places = Places::of(model, product, &flows);
    let at = |flow: &FlowId| position(&flows, *flow);
    let group = |group: &&Alternatives| group.ways.iter().map(|way| way.iter().filter_map(at).collect()).collect();
    let flow = |id: &FlowId| FlowFacts { elsewhere: !shown.contains(id), ..places.flow(*id) };
    Facts {
        product: &model[product].id,
        options: places.options.iter().map(|option| places.option(product, *option)).collect(),
        parties: places.parties.iter().map(|party| places.party(product, *party)).collect(),
        flows: flows.iter().map(flow).collect(),
        groups: groups.iter().map(group).collect(),
        scenarios: model[product].scenarios.iter().map(|id| places.scenario(*id)).collect(),
    }
}

/// The options and parties of a product in the order in which its facts have them.
pub(super) fn options_and_parties(model: &Model, product: ProductId) -> (Vec<OptionId>, Vec<ComponentId>) {
    let places = Places::of(model, product, &model[product].flows);
    (places.options, places.parties)
}

/// A condition on options of a product, by their positions in its facts.
pub(super) fn condition(model: &Model, product: ProductId, condition: &Condition) -> impl Serialize + use<> {
    Places::of(model, product, &model[product].flows).when(condition)
}

/// What the facts refer to by position.
struct Places<'m> {
    model: &'m Model,
    options: Vec<OptionId>,
    parties: Vec<ComponentId>,
}

impl<'m> Places<'m> {
    fn of(model: &'m Model, product: ProductId, flows: &[FlowId]) -> Self {
        let mut used: BTreeSet<OptionId> = flows.iter().flat_map(|flow| options_of(&model[*flow])).collect();
        used.extend(flows.iter().flat_map(|flow| cautions(model, *flow)).flat_map(Condition::options));
        let scenarios = &model[product].scenarios;
        used.extend(scenarios.iter().flat_map(|scenario| model[*scenario].choose.keys()));
        // An option under an option brings it along.
        while let Some(above) =
            used.iter().flat_map(|option| model[*option].when.options()).find(|above| !used.contains(above))
        {
            used.insert(above);
        }
        let options = model.options_of(product).into_iter().filter(|option| used.remove(option));
        let mut options: Vec<_> = options.collect();
        options.extend(used);
        // A selection may lack whoever takes part in the product, whatever the page shows.
        let mut parties: Vec<ComponentId> = model[product].members.iter().map(|member| member.component).collect();
        let named = scenarios.iter().map(|scenario| &model[*scenario]);
        let named = named.flat_map(|scenario| {
            scenario.without.iter().copied().chain(scenario.machine.as_ref().map(|machine| machine.value))
        });
        for party in named {
            add(&mut parties, party);
        }
        for at in 0.. {
            let Some(party) = parties.get(at).copied() else { break };
            model[party].runs_on.iter().for_each(|machine| add(&mut parties, *machine));
        }
        Self { model, options, parties }
    }

    fn option(&self, product: ProductId, id: OptionId) -> OptionFacts<'m> {
        let option = &self.model[id];
        let former = |(at, choice): (usize, &'m crate::model::Choice)| {
            let former = self.model.former_ids_of(Item::Choice(id, at as u8)).iter();
            former.map(move |former| (former.as_str(), choice.id.as_str()))
        };
        let default = self.model.chosen(product, id, &Selection::default()).unwrap_or_default();
        OptionFacts {
            id: &option.id,
            choices: option.choices.iter().map(|choice| choice.id.as_str()).collect(),
            default: default.iter().collect(),
            when: self.when(&option.when),
            former: self.model.former_ids_of(Item::Option(id)),
            renamed: option.choices.iter().enumerate().flat_map(former).collect(),
        }
    }

    fn party(&self, product: ProductId, id: ComponentId) -> PartyFacts<'m> {
        let model = self.model;
        let former = [Item::Member(product, id), Item::Component(id)];
        PartyFacts {
            id: &model[id].id,
            on: self.at(&model[id].runs_on),
            former: former.into_iter().flat_map(|item| model.former_ids_of(item)).map(String::as_str).collect(),
        }
    }

    fn flow(&self, id: FlowId) -> FlowFacts<'m> {
        let flow = &self.model[id];
        let one = flow.need == Need::One && flow.lines.len() > 1;
        let is_told = one || flow.lines.iter().any(|line| !line.when.is_always());
        let line = |line: &Line| LineFacts { key: line.key(), when: self.when(&line.when) };
        let hosts = |hosts: &Hosts| match hosts.kind {
            HostsKind::List => hosts.list.iter().map(|address| self.when(&address.when)).collect(),
            HostsKind::Own | HostsKind::Any | HostsKind::Unpublished | HostsKind::Unknown | HostsKind::See => {
                Vec::new()
            }
        };
        FlowFacts {
            id: &flow.id,
            from: self.ends(&flow.from.who),
            to: self.ends(&flow.to.who),
            between: flow.between,
            elsewhere: false,
            when: self.when(&flow.when),
            scope: match flow.scope {
                Scope::Network => None,
                Scope::Internal => Some("internal"),
                Scope::Loopback => Some("loopback"),
            },
            one,
            lines: if is_told { flow.lines.iter().map(line).collect() } else { Vec::new() },
            hosts: hosts(&flow.to.hosts),
            from_hosts: hosts(&flow.from.hosts),
            cautions: self.cautions(id),
            former: self.model.former_ids_of(Item::Flow(id)),
        }
    }

    fn cautions(&self, id: FlowId) -> Vec<When> {
        let conditions: Vec<_> = cautions(self.model, id).collect();
        let is_told = conditions.iter().any(|when| !when.is_always());
        if is_told { conditions.into_iter().map(|when| self.when(when)).collect() } else { Vec::new() }
    }

    fn scenario(&self, id: ScenarioId) -> ScenarioFacts<'m> {
        let scenario = &self.model[id];
        let choices = |(option, choices): (&OptionId, &crate::model::ChoiceSet)| {
            Some((position(&self.options, *option)?, choices.iter().collect()))
        };
        let machine = scenario.machine.as_ref().and_then(|machine| position(&self.parties, machine.value));
        ScenarioFacts {
            id: &scenario.id,
            choose: scenario.choose.iter().filter_map(choices).collect(),
            without: self.at(&scenario.without),
            machine,
            former: self.model.former_ids_of(Item::Scenario(id)),
        }
    }

    fn ends(&self, who: &Who) -> Ends {
        match who {
            Who::Parties(parties) => Ends::Parties(self.at(parties)),
            Who::Any | Who::Unstated => Ends::Nobody(who.as_str()),
        }
    }

    fn at(&self, parties: &[ComponentId]) -> Vec<usize> {
        parties.iter().filter_map(|party| position(&self.parties, *party)).collect()
    }

    fn when(&self, condition: &Condition) -> When {
        let case = |case: &crate::model::Case| {
            case.iter()
                .filter_map(|(option, choices)| Some((position(&self.options, *option)?, choices.iter().collect())))
                .collect()
        };
        (!condition.is_always()).then(|| condition.cases().iter().map(case).collect())
    }
}

/// The options on which a flow hangs.
fn options_of(flow: &Flow) -> impl Iterator<Item = OptionId> {
    let addresses = flow.to.hosts.list.iter().chain(&flow.from.hosts.list).map(|address| &address.when);
    let conditions = std::iter::once(&flow.when).chain(flow.lines.iter().map(|line| &line.when)).chain(addresses);
    conditions.flat_map(Condition::options)
}

/// The conditions of the cautions on a flow.
fn cautions(model: &Model, flow: FlowId) -> impl Iterator<Item = &Condition> {
    let notes = model.notes_on_flow(flow).map(|note| &model[note]);
    notes.filter(|note| note.kind == NoteKind::Caution).map(|note| &note.when)
}

fn position<T: Copy + PartialEq>(list: &[T], item: T) -> Option<usize> {
    list.iter().position(|known| *known == item)
}

fn add(list: &mut Vec<ComponentId>, party: ComponentId) {
    if !list.contains(&party) {
        list.push(party);
    }
}
