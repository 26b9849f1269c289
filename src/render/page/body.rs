//! The bodies of pages, one struct per template.

use serde::Serialize;

use super::row::{NoteView, Row};
use super::{Link, link_to, texts};
use crate::l10n::args;
use crate::model::{
    ComponentId, FlowId, Necessity, OptionId, PageId, PageRoute, ProductId, ScenarioId, SourceId, TermId, ids,
};
use crate::render::prose::{Place, TextView};
use crate::site::Join;

#[derive(Serialize)]
pub(super) struct Home {
    products: Vec<ProductCard>,
    pages: Vec<Card>,
}

#[derive(Serialize)]
struct ProductCard {
    link: Link,
    versions: Option<String>,
    summary: TextView,
    scenarios: Vec<Link>,
}

#[derive(Serialize)]
struct Card {
    link: Link,
    summary: Option<TextView>,
}

pub(super) fn home(place: Place<'_>) -> Home {
    let model = &place.site.model;
    let products = ids::<ProductId>(model.products.len()).map(|id| {
        let product = &model[id];
        ProductCard {
            link: link_to(place, place.site.name(product.name, place.locale), PageRoute::Product(id)),
            versions: versions(place, id),
            summary: place.text(product.summary),
            scenarios: scenario_links(place, id),
        }
    });
    let pages = ids::<PageId>(model.pages.len()).map(|id| Card {
        link: link_to(place, place.site.name(model[id].title, place.locale), PageRoute::Prose(id)),
        summary: texts(place, model[id].summary),
    });
    Home { products: products.collect(), pages: pages.collect() }
}

fn versions(place: Place<'_>, id: ProductId) -> Option<String> {
    let versions = &place.site.model[id].versions;
    (!versions.is_empty()).then(|| {
        let list = place.site.list(versions, Join::And, place.locale);
        place.site.catalogs.say(place.locale, "versions", &args([("versions", &list)]))
    })
}

fn scenario_links(place: Place<'_>, id: ProductId) -> Vec<Link> {
    let scenarios = place.site.model[id].scenarios.iter();
    scenarios
        .map(|scenario| {
            link_to(
                place,
                place.site.name(place.site.model[*scenario].title, place.locale),
                PageRoute::Scenario(*scenario),
            )
        })
        .collect()
}

#[derive(Serialize)]
pub(super) struct Product {
    versions: Option<String>,
    summary: TextView,
    notes: Vec<NoteView>,
    options: Vec<OptionView>,
    groups: Vec<Group>,
    alternatives: Vec<Vec<Link>>,
    scenarios: Vec<ScenarioCard>,
    components: Vec<ComponentCard>,
    sources: Vec<SourceView>,
}

/// Rows opened by the same components.
#[derive(Serialize)]
struct Group {
    anchor: String,
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct OptionView {
    anchor: String,
    label: String,
    text: Option<TextView>,
    when: Vec<String>,
    default: Option<String>,
    /// What a switch counts as, if nothing is said.
    switch: Option<String>,
    choices: Vec<ChoiceView>,
    notes: Vec<NoteView>,
}

#[derive(Serialize)]
struct ChoiceView {
    label: String,
    text: Option<TextView>,
}

#[derive(Serialize)]
struct ScenarioCard {
    anchor: String,
    link: Link,
    summary: Option<TextView>,
}

#[derive(Serialize)]
struct ComponentCard {
    anchor: String,
    link: Link,
    zone: Option<String>,
    examples: Option<String>,
    summary: Option<TextView>,
}

#[derive(Serialize)]
struct SourceView {
    anchor: String,
    title: String,
    url: Option<String>,
    read: Option<String>,
    as_of: Option<String>,
}

pub(super) fn product(place: Place<'_>, id: ProductId) -> Product {
    let product = &place.site.model[id];
    Product {
        versions: versions(place, id),
        summary: place.text(product.summary),
        notes: product
            .notes
            .iter()
            .filter(|note| place.site.model[**note].on.is_empty())
            .map(|note| place.note(*note))
            .collect(),
        options: place.site.model.options_of(id).into_iter().map(|option| option_view(place, id, option)).collect(),
        groups: groups(place, PageRoute::Product(id), &product.flows),
        alternatives: product
            .alternatives
            .iter()
            .map(|group| group.iter().map(|flow| flow_link(place, *flow)).collect())
            .collect(),
        scenarios: product.scenarios.iter().map(|scenario| scenario_card(place, *scenario)).collect(),
        components: product.members.iter().map(|member| component_card(place, member)).collect(),
        sources: product.sources.iter().map(|source| source_view(place, *source)).collect(),
    }
}

fn flow_link(place: Place<'_>, id: FlowId) -> Link {
    let (page, anchor) = place.site.model.place_of_flow(id);
    Link { text: place.site.flow_name(id, place.locale), href: place.hrefs.page(place.locale, page, Some(&anchor)) }
}

fn groups(place: Place<'_>, page: PageRoute, flows: &[FlowId]) -> Vec<Group> {
    let model = &place.site.model;
    let mut openers: Vec<&[ComponentId]> = Vec::new();
    for flow in flows {
        if !openers.contains(&model[*flow].from.as_slice()) {
            openers.push(&model[*flow].from);
        }
    }
    let group = |(position, from): (usize, &[ComponentId])| {
        let names: Vec<_> = from.iter().map(|end| place.site.component_name(*end, place.locale).to_owned()).collect();
        let component = place.site.list(&names, Join::And, place.locale);
        Group {
            anchor: format!("_group-{}", position + 1),
            title: place.site.catalogs.say(place.locale, "flows-opened-by", &args([("component", &component)])),
            rows: flows.iter().filter(|flow| model[**flow].from == from).map(|flow| place.row(page, *flow)).collect(),
        }
    };
    openers.into_iter().enumerate().map(group).collect()
}

fn option_view(place: Place<'_>, product: ProductId, id: OptionId) -> OptionView {
    let Place { site, locale, .. } = place;
    let option = &site.model[id];
    let default = site.model.chosen(product, id, &crate::model::Selection::default());
    let default: Vec<_> = default
        .iter()
        .flat_map(|set| set.iter())
        .map(|choice| site.choice_label(&option.choices[choice], locale))
        .collect();
    let default = site.list(&default, Join::And, locale);
    let say = |message: &str, name, value: &str| site.catalogs.say(locale, message, &args([(name, value)]));
    let choices = option.choices.iter().filter(|_| !option.is_switch);
    let notes = site.model[product]
        .notes
        .iter()
        .filter(|note| site.model[**note].on.contains(&crate::model::NoteTarget::Option(id)));
    OptionView {
        anchor: format!("option-{}", option.id),
        label: site.name(option.label, locale).to_owned(),
        text: texts(place, option.text),
        when: site.condition(&option.when, locale),
        switch: option.is_switch.then(|| say("option-switch", "state", &default)),
        default: (!option.is_switch && !default.is_empty()).then(|| say("option-default", "choices", &default)),
        choices: choices
            .map(|choice| ChoiceView { label: site.choice_label(choice, locale), text: texts(place, choice.text) })
            .collect(),
        notes: notes.map(|note| place.note(*note)).collect(),
    }
}

fn scenario_card(place: Place<'_>, id: ScenarioId) -> ScenarioCard {
    let scenario = &place.site.model[id];
    ScenarioCard {
        anchor: format!("scenario-{}", scenario.id),
        link: link_to(place, place.site.name(scenario.title, place.locale), PageRoute::Scenario(id)),
        summary: texts(place, scenario.summary),
    }
}

fn component_card(place: Place<'_>, member: &crate::model::Member) -> ComponentCard {
    let component = &place.site.model[member.component];
    let examples = place.site.list(&member.examples, Join::And, place.locale);
    ComponentCard {
        anchor: format!("component-{}", component.id),
        link: link_to(
            place,
            place.site.component_name(member.component, place.locale),
            PageRoute::Component(member.component),
        ),
        zone: member.zone.map(|zone| place.site.name(place.site.model[zone].name, place.locale).to_owned()),
        examples: (!examples.is_empty())
            .then(|| place.site.catalogs.say(place.locale, "component-examples", &args([("examples", &examples)]))),
        summary: texts(place, member.summary),
    }
}

fn source_view(place: Place<'_>, id: SourceId) -> SourceView {
    let Place { site, locale, .. } = place;
    let source = &site.model[id];
    let dated = |message: &str, date| site.catalogs.say(locale, message, &args([("date", &site.date(date, locale))]));
    SourceView {
        anchor: format!("source-{}", source.id),
        title: site.name(source.title, locale).to_owned(),
        url: site.source_url(id, locale).map(str::to_owned),
        read: Some(
            source
                .read
                .map_or_else(|| site.catalogs.word(locale, "source-not-read"), |date| dated("source-read", date)),
        ),
        as_of: source.as_of.map(|date| dated("source-as-of", date)),
    }
}

#[derive(Serialize)]
pub(super) struct Component {
    products: Vec<Link>,
    zone: Option<String>,
    examples: Option<String>,
    summaries: Vec<TextView>,
    notes: Vec<NoteView>,
    listening: Vec<Listening>,
    inbound: Vec<ProductRows>,
    outbound: Vec<ProductRows>,
}

#[derive(Serialize)]
struct Listening {
    port: String,
    protocol: String,
    rows: Vec<Link>,
}

/// Rows of one product; its name is shown only where several stand on the page.
#[derive(Serialize)]
struct ProductRows {
    title: Option<String>,
    rows: Vec<Row>,
}

pub(super) fn component(place: Place<'_>, page: PageRoute, id: ComponentId) -> Component {
    let Place { site, locale, .. } = place;
    let model = &site.model;
    let products: Vec<_> = model.products_of(id).collect();
    let members: Vec<_> = products.iter().filter_map(|product| model.member(*product, id)).collect();
    let mut summaries: Vec<_> = members.iter().filter_map(|member| member.summary).collect();
    summaries.dedup();
    let mut examples: Vec<String> = members.iter().flat_map(|member| member.examples.iter().cloned()).collect();
    examples.dedup();
    let examples = site.list(&examples, Join::And, locale);
    let notes = products
        .iter()
        .flat_map(|product| &model[*product].notes)
        .filter(|note| model[**note].on.contains(&crate::model::NoteTarget::Component(id)));
    let flows = model.flows_of_component(id);
    // A flow of a component to itself stands under inbound; it would have one anchor twice.
    let (inbound, outbound): (Vec<_>, Vec<_>) = flows.into_iter().partition(|flow| model[*flow].to.contains(&id));
    Component {
        products: products
            .iter()
            .map(|product| link_to(place, site.name(model[*product].name, locale), PageRoute::Product(*product)))
            .collect(),
        zone: members.iter().find_map(|member| member.zone).map(|zone| site.name(model[zone].name, locale).to_owned()),
        examples: (!examples.is_empty())
            .then(|| site.catalogs.say(locale, "component-examples", &args([("examples", &examples)]))),
        summaries: summaries.into_iter().map(|unit| place.text(unit)).collect(),
        notes: notes.map(|note| place.note(*note)).collect(),
        listening: listening(place, &inbound),
        inbound: by_product(place, page, &inbound, products.len() > 1),
        outbound: by_product(place, page, &outbound, products.len() > 1),
    }
}

/// Each port once, by number, with the rows that need it.
fn listening(place: Place<'_>, inbound: &[FlowId]) -> Vec<Listening> {
    let model = &place.site.model;
    let mut ports: Vec<_> =
        inbound.iter().flat_map(|flow| model[*flow].lines.iter().map(move |line| (line, *flow))).collect();
    ports.sort_by_key(|(line, flow)| (line.port, line.transports.clone(), line.service, *flow));
    let mut list: Vec<Listening> = Vec::new();
    for (line, flow) in ports {
        let (port, protocol) = (place.site.port(line.port, place.locale), place.site.protocol(line, place.locale));
        let link = flow_link(place, flow);
        match list.last_mut() {
            Some(entry) if entry.port == port && entry.protocol == protocol => entry.rows.push(link),
            _ => list.push(Listening { port, protocol, rows: vec![link] }),
        }
    }
    list
}

fn by_product(place: Place<'_>, page: PageRoute, flows: &[FlowId], is_titled: bool) -> Vec<ProductRows> {
    let model = &place.site.model;
    let mut groups: Vec<(ProductId, ProductRows)> = Vec::new();
    for flow in flows {
        let product = model[*flow].product;
        if groups.last().is_none_or(|(last, _)| *last != product) {
            let title = is_titled.then(|| place.site.name(model[product].name, place.locale).to_owned());
            groups.push((product, ProductRows { title, rows: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.rows.push(place.row(page, *flow));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

#[derive(Serialize)]
pub(super) struct Scenario {
    summary: Option<TextView>,
    choices: Vec<String>,
    without: Option<String>,
    benefits: Option<TextView>,
    drawbacks: Option<TextView>,
    needed: Vec<Row>,
    depends: Vec<Row>,
}

pub(super) fn scenario(place: Place<'_>, id: ScenarioId) -> Scenario {
    let Place { site, locale, .. } = place;
    let scenario = &site.model[id];
    let page = PageRoute::Scenario(id);
    let selected = site.select(scenario.product, &site.model.selection_of(id));
    let rows = |necessity| {
        selected.iter().filter(|flow| flow.necessity == necessity).map(|flow| place.row(page, flow.flow)).collect()
    };
    let without: Vec<_> =
        scenario.without.iter().map(|component| site.component_name(*component, locale).to_owned()).collect();
    let without = site.list(&without, Join::And, locale);
    Scenario {
        summary: texts(place, scenario.summary),
        choices: scenario
            .choose
            .iter()
            .map(|(option, choices)| site.option_phrase(*option, *choices, locale))
            .collect(),
        without: (!without.is_empty())
            .then(|| site.catalogs.say(locale, "scenario-without", &args([("components", &without)]))),
        benefits: texts(place, scenario.benefits),
        drawbacks: texts(place, scenario.drawbacks),
        needed: rows(Necessity::Needed),
        depends: rows(Necessity::Depends),
    }
}

#[derive(Serialize)]
pub(super) struct Glossary {
    terms: Vec<TermView>,
}

#[derive(Serialize)]
struct TermView {
    anchor: String,
    name: String,
    definition: Option<TextView>,
    is_ui: bool,
}

pub(super) fn glossary(place: Place<'_>) -> Glossary {
    let model = &place.site.model;
    let terms = ids::<TermId>(model.terms.len()).map(|id| TermView {
        anchor: format!("term-{}", model[id].id),
        name: place.site.name(model[id].name, place.locale).to_owned(),
        definition: texts(place, model[id].definition),
        is_ui: model[id].is_ui,
    });
    Glossary { terms: terms.collect() }
}

#[derive(Serialize)]
pub(super) struct Prose {
    summary: Option<TextView>,
    sections: Vec<SectionView>,
}

#[derive(Serialize)]
struct SectionView {
    anchor: String,
    title: Option<String>,
    text: TextView,
}

pub(super) fn prose(place: Place<'_>, id: PageId) -> Prose {
    let page = &place.site.model[id];
    let sections = page.sections.iter().map(|section| SectionView {
        anchor: section.id.clone(),
        title: section.title.map(|unit| place.site.name(unit, place.locale).to_owned()),
        text: place.text(section.text),
    });
    Prose { summary: texts(place, page.summary), sections: sections.collect() }
}
