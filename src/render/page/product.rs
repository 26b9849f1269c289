//! The page of a product.

use serde::Serialize;

use super::compare::compare_href;
use super::environment::Environment;
use super::footnotes::{Footnote, NoteRef};
use super::groups::{Group, by_source, folded};
use super::home::versions;
use super::local::{Section, blocked, nothing, sections};
use super::note::NoteView;
use super::outline::{Part, Tables};
use super::said::{Said, Spot};
use super::{Link, counted, flow_link, link_to, say, texts, word};
use crate::l10n::{Join, args};
use crate::locale::Direction;
use crate::model::{
    self, Anchor, Anchored, Basis, CitedId, FlowId, Member, NoteTarget, OptionId, PageRoute, Party, ProductId, Reached,
    ScenarioId, Selection,
};
use crate::render::prose::{Place, TextView};

#[derive(Serialize)]
pub(super) struct Product {
    /// Versions, how many connections cross the network, when the sources were read.
    facts: Vec<String>,
    summary: TextView,
    environment: Option<Environment>,
    /// What its scripts say.
    words: String,
    /// What to know before the tables, for those who read from top to bottom.
    notes: Vec<NoteView>,
    /// Signs of the notes on all rows, and their texts below the table.
    notes_on_all: Vec<NoteRef>,
    /// What it means that a row says nothing of changing its port, where one does.
    configurable: Option<String>,
    footnotes: Vec<Footnote>,
    ports: Vec<PortLink>,
    options: Vec<OptionView>,
    groups: Vec<Group>,
    /// Those that do not, folded below them.
    folded: Vec<Group>,
    /// What to say where none does.
    groups_empty: String,
    /// The same as sections, with what must be blocked.
    local: Vec<Section>,
    /// What must be blocked.
    blocked: Vec<Section>,
    alternatives: Vec<Alternatives>,
    /// Whether a way is several connections somewhere.
    has_ways: bool,
    scenarios: Vec<ScenarioCard>,
    /// Where they are compared, if there are several.
    compare: Option<String>,
    components: Vec<ComponentCard>,
    /// The same by where they stand, in few words.
    zones: Vec<ZoneMembers>,
    sources: Vec<SourceView>,
}

/// A port or range of the product and its page.
#[derive(Serialize)]
struct PortLink {
    anchors: Vec<String>,
    port: String,
    href: Option<String>,
}

/// Ways of which one is enough.
#[derive(Serialize)]
struct Alternatives {
    /// Who chooses between what.
    title: String,
    ways: Vec<WayView>,
}

/// Connections that belong together.
#[derive(Serialize)]
struct WayView {
    flows: Vec<Link>,
    is_preferred: bool,
}

#[derive(Serialize)]
struct OptionView {
    anchor: String,
    label: String,
    /// Set where the label is in another language than the page, and its direction.
    lang: Option<String>,
    dir: Option<Direction>,
    text: Option<TextView>,
    when: Option<String>,
    default: Option<String>,
    /// What a switch counts as, if nothing is said.
    switch: Option<String>,
    choices: Vec<ChoiceView>,
    notes: Vec<NoteView>,
    former_anchors: Vec<String>,
}

#[derive(Serialize)]
struct ChoiceView {
    label: String,
    text: Option<TextView>,
}

#[derive(Serialize)]
struct ScenarioCard {
    anchor: String,
    former_anchors: Vec<String>,
    link: Link,
    summary: Option<TextView>,
}

/// Components that stand in one zone.
#[derive(Serialize)]
struct ZoneMembers {
    name: String,
    components: Vec<ComponentCard>,
}

#[derive(Clone, Serialize)]
struct ComponentCard {
    anchor: String,
    former_anchors: Vec<String>,
    link: Link,
    zone: Option<String>,
    machines: Vec<Link>,
    examples: Option<String>,
    summary: Option<TextView>,
    notes: Vec<NoteView>,
}

#[derive(Serialize)]
pub(super) struct SourceView {
    anchor: String,
    title: String,
    url: Option<String>,
    read: String,
    as_of: Option<String>,
    /// Its tables, where they have names.
    tables: Vec<String>,
    /// Its rows that are not on this page.
    skipped: Vec<String>,
    former_anchors: Vec<String>,
}

pub(super) fn product(place: Place<'_>, mut tables: Tables, id: ProductId) -> Product {
    let model = &place.site.model;
    let product = &model[id];
    let page = PageRoute::Product(id);
    // In the order of the page: what is said twice is written out where it comes first.
    let shown_notes = tables.above.clone();
    let notes = shown_notes.iter().map(|(note, known)| place.note_above(page, *note, *known)).collect();
    let said = &mut tables.said;
    let footnotes = place.footnotes(page, id, |_| true, said);
    let on_all: Vec<_> = product.notes.iter().copied().filter(|note| model[*note].on.is_empty()).collect();
    let options = model.options_of(id).into_iter().map(|option| option_view(place, id, option, said)).collect();
    let components: Vec<_> = product.members.iter().map(|member| component_card(place, id, member, said)).collect();
    Product {
        facts: facts(place, &tables, id),
        summary: place.text(product.summary),
        environment: place.environment(page),
        words: place.table_words(page),
        notes,
        notes_on_all: place.note_refs(page, id, &on_all),
        configurable: product
            .flows
            .iter()
            .any(|flow| model[*flow].configurable.is_none())
            .then(|| word(place, "configurable-unknown")),
        footnotes,
        ports: ports(place, id),
        options,
        groups: by_source(place, &tables),
        folded: folded(place, &tables),
        groups_empty: nothing(place, "flows-empty", tables.local().next().is_some()),
        local: sections(place, &tables, |_| None),
        blocked: blocked(place, &tables),
        alternatives: product.alternatives.iter().map(|group| alternatives(place, group)).collect(),
        has_ways: product.alternatives.iter().any(|group| !group.is_of_single_flows()),
        scenarios: product.scenarios.iter().map(|scenario| scenario_card(place, *scenario)).collect(),
        zones: by_zone(place, &components),
        compare: compare_href(place, id, None),
        components,
        sources: sources(place, id),
    }
}

/// Where its facts come from.
pub(super) fn sources(place: Place<'_>, id: ProductId) -> Vec<SourceView> {
    place.site.model[id].sources.iter().map(|source| source_view(place, *source)).collect()
}

/// When the sources of a product were read.
pub(super) fn sources_read(place: Place<'_>, id: ProductId) -> Option<String> {
    let model = &place.site.model;
    let mut dates: Vec<_> = model[id].sources.iter().filter_map(|source| model[*source].read).collect();
    dates.sort();
    dates.dedup();
    let dates: Vec<_> = dates.into_iter().map(|date| place.voice.date(date)).collect();
    (!dates.is_empty()).then(|| say(place, "sources-read", [("date", &place.voice.list(&dates, Join::And))]))
}

/// The sources whose rows are cited, as paper names them: title, address, and when each was read. What they only
/// point at has no rows here.
pub(super) fn sources_cited(place: Place<'_>, id: ProductId) -> Vec<String> {
    let model = &place.site.model;
    let cited = |source: &CitedId| {
        let view = source_view(place, *source);
        [Some(view.title), view.url, Some(view.read)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(&word(place, "list-separator"))
    };
    model[id].sources.iter().filter(|source| model[**source].read.is_some()).map(cited).collect()
}

fn facts(place: Place<'_>, tables: &Tables, id: ProductId) -> Vec<String> {
    let read = sources_read(place, id);
    let count = counted(place, "flows-count", tables.shown(Part::Network).count());
    versions(place, id).into_iter().chain([count]).chain(read).collect()
}

fn ports(place: Place<'_>, id: ProductId) -> Vec<PortLink> {
    let model = &place.site.model;
    let link = |(reached, anchors): (Reached, Vec<Anchor<'_>>)| PortLink {
        anchors: anchors.into_iter().map(|anchor| model.anchor(PageRoute::Product(id), anchor)).collect(),
        port: place.voice.reached(reached),
        href: place.reached_href(reached),
    };
    model.ports_of_product(id).into_iter().map(link).collect()
}

fn alternatives(place: Place<'_>, group: &model::Alternatives) -> Alternatives {
    let way = |(position, flows): (usize, &Vec<FlowId>)| WayView {
        flows: flows.iter().map(|flow| flow_link(place, *flow)).collect(),
        is_preferred: group.preferred == Some(position),
    };
    Alternatives { title: who_chooses(place, group), ways: group.ways.iter().enumerate().map(way).collect() }
}

/// "Agent → Relay or update server": those who have several of the ways, and between whom they choose.
fn who_chooses(place: Place<'_>, group: &model::Alternatives) -> String {
    let model = &place.site.model;
    let opens =
        |way: &[FlowId], party: Party| way.iter().any(|flow| model[*flow].from.who.each().any(|one| one == party));
    let openers = distinct(group.flows().flat_map(|flow| model[flow].from.who.each()));
    let ways_of = |party: &Party| group.ways.iter().filter(|way| opens(way, *party)).count();
    let choosers: Vec<_> = openers.iter().copied().filter(|party| ways_of(party) > 1).collect();
    let listeners = distinct(group.flows().flat_map(|flow| model[flow].to.who.each()));
    let listed = |parties: Vec<Party>, join: Join| {
        let names: Vec<_> = parties.into_iter().map(|party| place.voice.party_name(party).into_owned()).collect();
        place.voice.list(&names, join)
    };
    let from = listed(if choosers.is_empty() { openers } else { choosers }, Join::And);
    place.voice.say("flow-ends", &args([("from", &from), ("to", &listed(listeners, Join::Or))]))
}

/// Each once, in the order in which they come.
fn distinct(parties: impl Iterator<Item = Party>) -> Vec<Party> {
    let mut known = Vec::new();
    for party in parties {
        if !known.contains(&party) {
            known.push(party);
        }
    }
    known
}

fn option_view(place: Place<'_>, product: ProductId, id: OptionId, said: &mut Said) -> OptionView {
    let site = place.site;
    let option = &site.model[id];
    let default = site.model.chosen(product, id, &Selection::default());
    let default: Vec<_> = default
        .iter()
        .flat_map(|set| set.iter())
        .map(|choice| place.voice.choice_label(&option.choices[choice]))
        .collect();
    let default = place.voice.list(&default, Join::And);
    let choices = option.choices.iter().filter(|_| !option.is_switch);
    let page = PageRoute::Product(product);
    let notes = site.model[product].notes.iter().filter(|note| site.model[**note].on.contains(&NoteTarget::Option(id)));
    let (lang, dir) = place.tongue(option.label);
    OptionView {
        lang,
        dir,
        anchor: site.model.anchor(page, Anchored::Option(product, id)),
        label: place.voice.name(option.label).to_owned(),
        text: texts(place, option.text),
        when: place.voice.condition(&option.when),
        switch: option.is_switch.then(|| {
            let is_assumed = site.model.basis(product, id, &Selection::default()) == Basis::Assumed;
            say(place, if is_assumed { "option-switch" } else { "option-switch-default" }, [("state", &default)])
        }),
        default: (!option.is_switch && !default.is_empty())
            .then(|| say(place, "option-default", [("choices", &default)])),
        choices: choices
            .map(|choice| ChoiceView { label: place.voice.choice_label(choice), text: texts(place, choice.text) })
            .collect(),
        notes: notes.map(|note| place.note(page, *note, Spot::Option(id), said)).collect(),
        former_anchors: site.model.former_anchors(page, Anchored::Option(product, id)),
    }
}

fn scenario_card(place: Place<'_>, id: ScenarioId) -> ScenarioCard {
    let model = &place.site.model;
    let scenario = &model[id];
    let page = PageRoute::Product(scenario.product);
    ScenarioCard {
        anchor: model.anchor(page, Anchored::Scenario(id)),
        former_anchors: model.former_anchors(page, Anchored::Scenario(id)),
        link: link_to(place, place.voice.name(scenario.title), PageRoute::Scenario(id)),
        summary: texts(place, scenario.summary),
    }
}

fn component_card(place: Place<'_>, product: ProductId, member: &Member, said: &mut Said) -> ComponentCard {
    let site = place.site;
    let examples = place.voice.list(&member.examples, Join::And);
    let page = PageRoute::Product(product);
    let notes = site.model.notes_about(product, &[member.component]);
    let anchored = Anchored::Member(product, member.component);
    ComponentCard {
        anchor: site.model.anchor(page, anchored),
        former_anchors: site.model.former_anchors(page, anchored),
        link: link_to(place, place.voice.component_name(member.component), PageRoute::Component(member.component)),
        machines: place.components(&site.model.machines_of(member.component)),
        zone: member.zone.map(|zone| place.voice.name(site.model[zone].name).to_owned()),
        examples: (!examples.is_empty()).then(|| say(place, "component-examples", [("examples", &examples)])),
        summary: texts(place, member.summary),
        notes: notes.into_iter().map(|note| place.note(page, note, Spot::Top, said)).collect(),
    }
}

/// Those whose place nobody states come last.
fn by_zone(place: Place<'_>, components: &[ComponentCard]) -> Vec<ZoneMembers> {
    let mut zones: Vec<ZoneMembers> = Vec::new();
    let (stated, unstated): (Vec<_>, Vec<_>) = components.iter().partition(|card| card.zone.is_some());
    for card in stated.into_iter().chain(unstated) {
        let name = card.zone.clone().unwrap_or_else(|| word(place, "diagram-zone-unknown"));
        match zones.iter_mut().find(|zone| zone.name == name) {
            Some(zone) => zone.components.push(card.clone()),
            None => zones.push(ZoneMembers { name, components: vec![card.clone()] }),
        }
    }
    zones
}

fn source_view(place: Place<'_>, id: CitedId) -> SourceView {
    let Place { site, locale, .. } = place;
    let source = &site.model[id];
    let page = PageRoute::Product(source.product);
    let dated = |message: &str, date| say(place, message, [("date", &place.voice.date(date))]);
    SourceView {
        anchor: place.hrefs.anchor(page, Anchored::Source(id)),
        title: place.voice.name(source.title).to_owned(),
        url: site.speech().source_url(id, locale).map(str::to_owned),
        read: source.read.map_or_else(|| word(place, "source-not-read"), |date| dated("source-read", date)),
        as_of: source.as_of.map(|date| dated("source-as-of", date)),
        tables: place.tables_of(source),
        skipped: place.skipped_of(source),
        former_anchors: place.hrefs.former_anchors(page, Anchored::Source(id)),
    }
}
