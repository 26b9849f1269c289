//! A scenario as a change request: what somebody hands in who asks for firewall rules. A reader's own
//! selection becomes the same by a script (`theme/assets/request/`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::machine::Near;
use super::product::sources_cited;
use super::shown::ShownFlow;
use super::taken::{LineWords, is_blank, joint, line_words};
use super::{numbered, say, table, word};
use crate::l10n::args;
use crate::model::{
    Alternatives, ChoiceSet, ComponentId, FlowId, Model, OptionId, PageRoute, Party, ProductId, ScenarioId,
    SelectedFlow, Selection, State, Who,
};
use crate::render::prose::Place;
use crate::value::{Need, NoteKind, Scope};

/// Longer ones are made by the script alone: they would be half of their page.
const MOST_ROWS: usize = 500;

#[derive(Serialize)]
pub(super) struct Request {
    sources: Vec<String>,
    /// Those that stand on no row.
    cautions: Vec<String>,
    blocks: Vec<Block>,
    /// What no firewall on the network sees, counted.
    left_out: Vec<String>,
}

/// One rule, or several ways of which one is enough.
#[derive(Serialize)]
struct Block {
    title: Option<String>,
    /// By their positions among all of the group.
    ways: BTreeMap<usize, Vec<Rule>>,
    #[serde(skip)]
    group: Option<usize>,
}

/// What one connection asks for.
#[derive(Serialize)]
struct Rule {
    number: usize,
    is_open: bool,
    from: String,
    from_addresses: Vec<String>,
    to: String,
    /// None: the reader fills it in.
    addresses: Vec<String>,
    /// A line for each.
    ports: Vec<LineWords>,
    proxy: String,
    purpose: String,
    cautions: Vec<String>,
    /// Who needs it, and for whom it is one of several.
    mixed: Option<String>,
    reason: String,
    cited: String,
}

pub(super) fn request(place: Place<'_>, id: ScenarioId) -> Option<Request> {
    let model = &place.site.model;
    let product = model[id].product;
    let all: Vec<_> = ShownFlow::on(model, PageRoute::Scenario(id));
    let (network, local): (Vec<_>, Vec<_>) = all.iter().partition(|shown| model[shown.flow()].scope == Scope::Network);
    if network.is_empty() || network.len() > MOST_ROWS {
        return None;
    }
    let selection = model.selection_of(id);
    let choices =
        Choices::among(model, product, &network.iter().filter_map(|shown| shown.selected()).collect::<Vec<_>>());
    let mut blocks: Vec<Block> = Vec::new();
    for shown in network {
        let Some(selected) = shown.selected() else { continue };
        let rule = place.rule(shown, selected, &selection);
        let (group, way) = choices.group_of(selected).unzip();
        let known = blocks.iter().position(|block| group.is_some() && block.group == group);
        let at = known.unwrap_or(blocks.len());
        if known.is_none() {
            blocks.push(Block { title: None, ways: BTreeMap::new(), group });
        }
        blocks[at].ways.entry(way.unwrap_or_default()).or_default().push(rule);
    }
    let mut number = 0;
    for block in &mut blocks {
        block.title = block.group.map(|group| place.who_chooses(&choices.choosers[group]));
        for rule in block.ways.values_mut().flatten() {
            number += 1;
            rule.number = number;
        }
    }
    let cautions = place.cautions_beside(product, &all, &selection);
    let left_out = [(Scope::Loopback, "request-left-out"), (Scope::Internal, "request-left-out-internal")];
    let count = |scope| local.iter().filter(|shown| model[shown.flow()].scope == scope).count();
    let counted = |(scope, message)| Some(count(scope)).filter(|n| *n > 0).map(|n| numbered(place, message, n, []));
    Some(Request {
        sources: sources_cited(place, product),
        cautions,
        blocks,
        left_out: left_out.into_iter().filter_map(counted).collect(),
    })
}

/// Who may choose in which group. Alternatives hold for each source by itself: a flow that one source needs
/// may be a choice of another.
struct Choices<'m> {
    groups: &'m [Alternatives],
    /// For each group, those that have several of its ways on the sheet.
    choosers: Vec<Vec<Party>>,
}

impl<'m> Choices<'m> {
    fn among(model: &'m Model, product: ProductId, rows: &[&SelectedFlow]) -> Self {
        let groups = &model[product].alternatives[..];
        let choosers = |group: &Alternatives| {
            let mut known: Vec<(Party, BTreeSet<usize>)> = Vec::new();
            for row in rows {
                let Some(way) = way_of(group, row.flow) else { continue };
                for party in openers_in(row, State::Alternative) {
                    match known.iter_mut().find(|(other, _)| *other == party) {
                        Some((_, ways)) => _ = ways.insert(way),
                        None => known.push((party, BTreeSet::from([way]))),
                    }
                }
            }
            known.into_iter().filter(|(_, ways)| ways.len() > 1).map(|(party, _)| party).collect()
        };
        Self { groups, choosers: groups.iter().map(choosers).collect() }
    }

    /// The group in which a source of a flow may choose, and which of its ways the flow belongs to.
    fn group_of(&self, row: &SelectedFlow) -> Option<(usize, usize)> {
        self.groups.iter().enumerate().find_map(|(at, group)| {
            let way = way_of(group, row.flow)?;
            openers_in(row, State::Alternative).any(|party| self.choosers[at].contains(&party)).then_some((at, way))
        })
    }
}

fn way_of(group: &Alternatives, flow: FlowId) -> Option<usize> {
    group.ways.iter().position(|way| way.contains(&flow))
}

fn openers_in(row: &SelectedFlow, state: State) -> impl Iterator<Item = Party> + '_ {
    row.openers.iter().filter(move |opener| opener.state == state).map(|opener| opener.party)
}

impl Place<'_> {
    fn names_of(self, parties: impl IntoIterator<Item = Party>) -> String {
        let names: Vec<_> = parties.into_iter().map(|party| self.voice.party_name(party)).collect();
        names.join(&word(self, "list-separator"))
    }

    /// Above ways of which one is enough.
    fn who_chooses(self, choosers: &[Party]) -> String {
        let names = self.names_of(choosers.iter().copied());
        match choosers {
            [_] => say(self, "request-way", [("source", &names)]),
            _ => say(self, "request-ways", [("sources", &names)]),
        }
    }

    /// Of what stands on the product, an option or a component: what may hold, and is about somebody on the sheet.
    fn cautions_beside(self, product: ProductId, rows: &[ShownFlow], selection: &Selection) -> Vec<String> {
        let model = &self.site.model;
        let network = rows.iter().filter(|row| model[row.flow()].scope == Scope::Network);
        let parties: BTreeSet<Party> =
            network.flat_map(|row| [row.from(model), row.to(model)]).flat_map(Who::each).collect();
        let is_met = |on: &[ComponentId]| on.is_empty() || on.iter().any(|id| parties.contains(&Party::Component(*id)));
        let met =
            model.cautions_beside_rows(product).filter(|(note, on)| is_met(on) && model.may_hold(*note, selection));
        met.map(|(note, _)| self.caution_text(note)).collect()
    }

    fn mixed(self, row: &SelectedFlow) -> Option<String> {
        let needed = self.names_of(openers_in(row, State::In));
        let others = self.names_of(openers_in(row, State::Alternative));
        let is_mixed = !needed.is_empty() && !others.is_empty();
        is_mixed.then(|| self.voice.say("request-mixed", &args([("needed", &needed), ("others", &others)])))
    }

    fn rule(self, shown: &ShownFlow, selected: &SelectedFlow, selection: &Selection) -> Rule {
        let model = &self.site.model;
        let id = shown.flow();
        let flow = &model[id];
        let near = Near::of(model, selection.machine, shown);
        let (hosts, from_hosts) = table::ends(self, shown);
        let texts = |ends: Vec<table::End>| {
            let mut known = BTreeSet::new();
            let texts = ends.into_iter().map(|end| end.text).filter(|text| !text.is_empty());
            texts.filter(|text| known.insert(text.clone())).collect::<Vec<_>>()
        };
        let strongest = selected.openers.iter().map(|opener| opener.state).max();
        let cautions = shown.notes(model).into_iter().filter(|note| model[*note].kind == NoteKind::Caution);
        let cited: Vec<_> = self.cited(id).into_iter().map(|link| link.text).collect();
        Rule {
            number: 0,
            is_open: strongest == Some(State::Open),
            from: self.who_on(near.from, shown.from(model)),
            from_addresses: texts(from_hosts),
            to: self.who_on(near.to, shown.to(model)),
            addresses: if is_blank(&flow.to.hosts) { Vec::new() } else { texts(hosts) },
            ports: self.ports_of_rule(shown),
            proxy: self.proxy(flow.proxy),
            purpose: flow
                .purpose
                .map_or_else(|| word(self, "request-purpose-unknown"), |purpose| self.voice.plain_text(purpose)),
            cautions: cautions.map(|note| self.caution_text(note)).collect(),
            mixed: self.mixed(selected),
            reason: self.reason(id, strongest, selection),
            cited: cited.join(&word(self, "list-separator")),
        }
    }

    /// Ports that follow each other over the same transport; where one is enough, all in one.
    fn ports_of_rule(self, shown: &ShownFlow) -> Vec<LineWords> {
        let model = &self.site.model;
        let flow = &model[shown.flow()];
        let joint = joint(self, flow.need);
        let mut groups: Vec<LineWords> = Vec::new();
        for (line, _) in shown.lines(model) {
            let next = line_words(self, line);
            match groups.last_mut() {
                Some(last) if last.protocol == next.protocol => {
                    last.port = format!("{}{joint}{}", last.port, next.port);
                }
                _ => groups.push(next),
            }
        }
        if flow.need == Need::All || flow.lines.len() < 2 || groups.len() < 2 {
            return groups;
        }
        let ports: Vec<_> = groups.iter().map(|group| format!("{} {}", group.port, group.protocol)).collect();
        let ports: Vec<_> = ports.iter().map(|port| port.trim()).collect();
        vec![LineWords { port: ports.join(&joint), protocol: String::new() }]
    }

    /// Why a selection needs a flow, or what decides whether it does: as the script says it.
    fn reason(self, id: FlowId, state: Option<State>, selection: &Selection) -> String {
        let model = &self.site.model;
        let flow = &model[id];
        // Of what others may stand for, the reason is one of them all.
        let (always, needed) = match state {
            Some(State::Alternative) => ("why-alternative", "why-alternative-in"),
            _ => ("why-always", "why-in"),
        };
        if flow.when.is_always() {
            return word(self, always);
        }
        let chosen = |option: OptionId| model.chosen(flow.product, option, selection);
        let both = |option: OptionId, needed: ChoiceSet| chosen(option).unwrap_or_default().and(needed);
        let mut undecided = BTreeSet::new();
        for case in flow.when.cases() {
            let open: Vec<_> = case.keys().copied().filter(|option| chosen(*option).is_none()).collect();
            let is_out =
                case.iter().any(|(option, needed)| chosen(*option).is_some() && both(*option, *needed).is_empty());
            if is_out {
                continue;
            }
            if open.is_empty() {
                let phrases: Vec<_> = case
                    .iter()
                    .map(|(option, needed)| self.voice.option_phrase(*option, both(*option, *needed)))
                    .collect();
                let phrase = phrases.join(&word(self, "list-separator"));
                let is_chosen = case.keys().any(|option| selection.choose.contains_key(option));
                let phrase = if is_chosen { phrase } else { say(self, "scenario-default", [("choice", &phrase)]) };
                return say(self, needed, [("condition", &phrase)]);
            }
            undecided.extend(open);
        }
        let names: Vec<_> = undecided.into_iter().map(|option| self.voice.name(model[option].label)).collect();
        say(self, "why-open", [("options", &names.join(&word(self, "list-separator")))])
    }
}
