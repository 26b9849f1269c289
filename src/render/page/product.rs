//! The page of a product.

use std::collections::BTreeSet;

use minijinja::Value;
use serde::Serialize;

use super::Rows;
use super::home::versions;
use super::row::{NoteView, Shown};
use super::{Link, link_to, say, texts, word};
use crate::locale::Direction;
use crate::model::{
    Anchored, ComponentId, FlowId, Member, NoteTarget, OptionId, PageRoute, ProductId, ScenarioId, Selection, SourceId,
    port_anchor,
};
use crate::parse::port::Port;
use crate::render::prose::{Place, TextView};
use crate::site::Join;

#[derive(Serialize)]
pub(super) struct Product {
    versions: Option<String>,
    summary: TextView,
    notes: Vec<NoteView>,
    ports: Vec<PortLink>,
    options: Vec<OptionView>,
    groups: Vec<Group>,
    alternatives: Vec<Vec<Link>>,
    scenarios: Vec<ScenarioCard>,
    components: Vec<ComponentCard>,
    sources: Vec<SourceView>,
}

/// A port of the product and its page; the anchors are those of its numbers.
#[derive(Serialize)]
struct PortLink {
    anchors: Vec<String>,
    port: String,
    href: Option<String>,
}

/// Rows opened by the same components.
#[derive(Serialize)]
struct Group {
    anchor: String,
    title: String,
    rows: Value,
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

#[derive(Serialize)]
struct ComponentCard {
    anchor: String,
    former_anchors: Vec<String>,
    link: Link,
    zone: Option<String>,
    examples: Option<String>,
    summary: Option<TextView>,
    notes: Vec<NoteView>,
}

#[derive(Serialize)]
struct SourceView {
    anchor: String,
    title: String,
    url: Option<String>,
    read: String,
    as_of: Option<String>,
    former_anchors: Vec<String>,
}

pub(super) fn product(place: Place<'_>, rows: &Rows<'_>, id: ProductId) -> Product {
    let model = &place.site.model;
    let product = &model[id];
    let whole = product.notes.iter().filter(|note| model[**note].on.is_empty());
    Product {
        versions: versions(place, id),
        summary: place.text(product.summary),
        notes: whole.map(|note| place.note_at(*note, None)).collect(),
        ports: ports(place, id),
        options: model.options_of(id).into_iter().map(|option| option_view(place, id, option)).collect(),
        groups: groups(place, rows, id),
        alternatives: product
            .alternatives
            .iter()
            .map(|group| group.iter().map(|flow| flow_link(place, *flow)).collect())
            .collect(),
        scenarios: product.scenarios.iter().map(|scenario| scenario_card(place, *scenario)).collect(),
        components: product.members.iter().map(|member| component_card(place, id, member)).collect(),
        sources: product.sources.iter().map(|source| source_view(place, *source)).collect(),
    }
}

fn ports(place: Place<'_>, id: ProductId) -> Vec<PortLink> {
    let model = &place.site.model;
    let lines = model[id].flows.iter().flat_map(|flow| &model[*flow].lines);
    let ports: BTreeSet<Port> = lines.map(|line| line.port).collect();
    // Each number is anchored once, at the first port that begins or ends with it.
    let mut left: BTreeSet<u16> = model.ports_of_product(id).into_keys().collect();
    let mut link = |port: Port| {
        let numbers = port.numbers().map(|(first, last)| [first, last]).into_iter().flatten();
        let anchors =
            numbers.filter(|number| left.remove(number)).map(|number| port_anchor(number).as_str().to_owned());
        PortLink { anchors: anchors.collect(), port: place.site.port(port, place.locale), href: place.port_href(port) }
    };
    ports.into_iter().map(&mut link).collect()
}

/// A link to a flow's row, in its words.
pub(super) fn flow_link(place: Place<'_>, id: FlowId) -> Link {
    let (page, anchor) = place.site.model.place_of_flow(id);
    let text = place.site.flow_name(id, place.locale);
    Link { text, href: place.hrefs.page(place.locale, page, Some(&anchor)), ..Link::default() }
}

fn groups(place: Place<'_>, rows: &Rows<'_>, id: ProductId) -> Vec<Group> {
    let model = &place.site.model;
    let flows = &model[id].flows;
    let mut openers: Vec<&[ComponentId]> = Vec::new();
    for flow in flows {
        if !openers.contains(&model[*flow].from.as_slice()) {
            openers.push(&model[*flow].from);
        }
    }
    let group = |(position, from): (usize, &[ComponentId])| {
        let names: Vec<_> = from.iter().map(|end| place.site.component_name(*end, place.locale).to_owned()).collect();
        let component = place.site.list(&names, Join::And, place.locale);
        let shown: Vec<_> = flows.iter().filter(|flow| model[**flow].from == from).copied().map(Shown::Whole).collect();
        Group {
            anchor: format!("_group-{}", position + 1),
            title: say(place, "flows-opened-by", [("component", &component)]),
            rows: rows.render(place, PageRoute::Product(id), &shown),
        }
    };
    openers.into_iter().enumerate().map(group).collect()
}

fn option_view(place: Place<'_>, product: ProductId, id: OptionId) -> OptionView {
    let Place { site, locale, .. } = place;
    let option = &site.model[id];
    let default = site.model.chosen(product, id, &Selection::default());
    let default: Vec<_> = default
        .iter()
        .flat_map(|set| set.iter())
        .map(|choice| site.choice_label(&option.choices[choice], locale))
        .collect();
    let default = site.list(&default, Join::And, locale);
    let choices = option.choices.iter().filter(|_| !option.is_switch);
    let notes = site.model[product].notes.iter().filter(|note| site.model[**note].on.contains(&NoteTarget::Option(id)));
    let (lang, dir) = place.tongue(option.label);
    OptionView {
        lang,
        dir,
        anchor: site.model.anchor_of(Anchored::Option(product, id)).as_str().to_owned(),
        label: site.name(option.label, locale).to_owned(),
        text: texts(place, option.text),
        when: site.condition(&option.when, locale),
        switch: option.is_switch.then(|| say(place, "option-switch", [("state", &default)])),
        default: (!option.is_switch && !default.is_empty())
            .then(|| say(place, "option-default", [("choices", &default)])),
        choices: choices
            .map(|choice| ChoiceView { label: site.choice_label(choice, locale), text: texts(place, choice.text) })
            .collect(),
        notes: notes.map(|note| place.note_at(*note, Some(NoteTarget::Option(id)))).collect(),
        former_anchors: site.model.former_anchors(Anchored::Option(product, id)),
    }
}

fn scenario_card(place: Place<'_>, id: ScenarioId) -> ScenarioCard {
    let scenario = &place.site.model[id];
    ScenarioCard {
        anchor: place.site.model.anchor_of(Anchored::Scenario(id)).as_str().to_owned(),
        former_anchors: place.site.model.former_anchors(Anchored::Scenario(id)),
        link: link_to(place, place.site.name(scenario.title, place.locale), PageRoute::Scenario(id)),
        summary: texts(place, scenario.summary),
    }
}

fn component_card(place: Place<'_>, product: ProductId, member: &Member) -> ComponentCard {
    let Place { site, locale, .. } = place;
    let examples = site.list(&member.examples, Join::And, locale);
    let target = NoteTarget::Component(member.component);
    let notes = site.model[product].notes.iter().filter(|note| site.model[**note].on.contains(&target));
    let anchored = Anchored::Member(product, member.component);
    ComponentCard {
        anchor: site.model.anchor_of(anchored).as_str().to_owned(),
        former_anchors: site.model.former_anchors(anchored),
        link: link_to(place, site.component_name(member.component, locale), PageRoute::Component(member.component)),
        zone: member.zone.map(|zone| site.name(site.model[zone].name, locale).to_owned()),
        examples: (!examples.is_empty()).then(|| say(place, "component-examples", [("examples", &examples)])),
        summary: texts(place, member.summary),
        notes: notes.map(|note| place.note_at(*note, Some(target))).collect(),
    }
}

fn source_view(place: Place<'_>, id: SourceId) -> SourceView {
    let Place { site, locale, .. } = place;
    let source = &site.model[id];
    let dated = |message: &str, date| say(place, message, [("date", &site.date(date, locale))]);
    SourceView {
        anchor: site.model.anchor_of(Anchored::Source(id)).as_str().to_owned(),
        title: site.name(source.title, locale).to_owned(),
        url: site.source_url(id, locale).map(str::to_owned),
        read: source.read.map_or_else(|| word(place, "source-not-read"), |date| dated("source-read", date)),
        as_of: source.as_of.map(|date| dated("source-as-of", date)),
        former_anchors: site.model.former_anchors(Anchored::Source(id)),
    }
}
