//! The page of a component: what it listens on, what reaches it, what it opens.

use serde::Serialize;

use super::local::{Section, Table, nothing, sections, titled};
use super::note::NoteView;
use super::outline::{Part, Table as Outlined, Tables};
use super::product::flow_link;
use super::said::Spot;
use super::shown::ShownFlow;
use super::uses::{ProductCount, counts, is_folded};
use super::{Link, link_to, say, word};
use crate::l10n::Join;
use crate::model::{Anchored, ComponentId, FlowId, Member, NoteId, PageRoute, UnitId, ZoneId};
use crate::render::marks::RowMark;
use crate::render::prose::{Place, TextView};
use crate::value::Scope;

#[derive(Serialize)]
pub(super) struct Component {
    products: Vec<Link>,
    /// What it runs on, the nearest first.
    machines: Vec<Link>,
    /// What runs on it.
    parts: Vec<Link>,
    zone: Option<String>,
    examples: Option<String>,
    summaries: Vec<Summary>,
    notes: Vec<NoteView>,
    listening: Vec<Listening>,
    inbound: Vec<Table>,
    /// What to say where nothing stands there.
    inbound_empty: String,
    outbound: Vec<Table>,
    outbound_empty: String,
    /// What does not run across the network, last and apart.
    local: Vec<Section>,
    /// In place of the rows, where a common component has too many for a page.
    folded: Vec<ProductCount>,
}

/// What it is.
#[derive(Serialize)]
struct Summary {
    /// The product that says so, where others on the page do not.
    product: Option<String>,
    text: TextView,
}

#[derive(Serialize)]
struct Listening {
    port: String,
    protocol: String,
    href: Option<String>,
    /// When it is this port, where that hangs on a choice.
    condition: Option<String>,
    /// That no client connects, where none does.
    scope: Option<String>,
    rows: Vec<Link>,
}

pub(super) fn component(place: Place<'_>, tables: &Tables, id: ComponentId) -> Component {
    let site = place.site;
    let model = &site.model;
    let products = model.views.products_of(id);
    let members: Vec<_> = products.iter().filter_map(|product| model.member(*product, id)).collect();
    let examples = place.voice.list(&model.examples_of(id), Join::And);
    let page = PageRoute::Component(id);
    let is_shared = products.len() > 1;
    let parts = model.views.parts_of(id);
    let note = |(note, known): &(NoteId, Option<Spot>)| {
        let is_alone = parts.is_empty();
        let mut view =
            if is_alone { place.note_once(page, *note, *known) } else { place.note_above(page, *note, *known) };
        if is_shared {
            view.label = place.voice.of_product(&view.label, model[*note].product);
        }
        view
    };
    let summary = |unit: UnitId| {
        let product = site.texts.unit(unit).product.filter(|_| is_shared);
        let product = product.map(|product| place.voice.name(model[product].name).to_owned());
        Summary { product, text: place.text(unit) }
    };
    let folded = || counts(place, model.views.flows_of(id), |product| Anchored::Member(product, id).into());
    let reaches = |flow: FlowId| model[flow].to.parties().iter().any(|party| model.is_on(*party, id));
    let has_local = |is_inbound: bool| tables.local().any(|shown| reaches(shown.flow()) == is_inbound);
    let inbound = tables.shown(Part::Network).chain(tables.local()).map(ShownFlow::flow).filter(|flow| reaches(*flow));
    let has_between = tables.shown(Part::Network).any(|shown| model[shown.flow()].between);
    // The product's name is shown only where several stand on the page.
    let title = |table: &Outlined| {
        is_shared.then(|| place.voice.name(model[model[table.first().flow()].product].name).to_owned())
    };
    Component {
        products: products
            .iter()
            .map(|product| link_to(place, place.voice.name(model[*product].name), PageRoute::Product(*product)))
            .collect(),
        machines: place.components(&model.machines_of(id)),
        parts: links_to_parts(place, parts, is_shared),
        zone: shared_zone(&members).map(|zone| place.voice.name(model[zone].name).to_owned()),
        examples: (!examples.is_empty()).then(|| say(place, "component-examples", [("examples", &examples)])),
        summaries: model.summaries_of(id).into_iter().map(summary).collect(),
        notes: tables.above.iter().map(note).collect(),
        listening: listening(place, inbound, is_shared),
        inbound: titled(tables, Part::Network, title),
        inbound_empty: nothing(place, "inbound-empty", has_local(true)),
        outbound: titled(tables, Part::Outbound, title),
        outbound_empty: if has_between {
            word(place, "outbound-between")
        } else {
            nothing(place, "outbound-empty", has_local(false))
        },
        local: sections(place, tables, title),
        folded: if is_folded(model, id) { folded() } else { Vec::new() },
    }
}

/// What runs on it; where several products stand on the page, each with its own.
fn links_to_parts(place: Place<'_>, parts: &[ComponentId], has_several_products: bool) -> Vec<Link> {
    let links = |part: &ComponentId| {
        let product = place.site.model[*part].product.filter(|_| has_several_products);
        let named = |link: Link| match product {
            Some(product) => Link { text: place.voice.of_product(&link.text, product), ..link },
            None => link,
        };
        place.components(&[*part]).into_iter().map(named).collect::<Vec<_>>()
    };
    parts.iter().flat_map(links).collect()
}

/// Where it stands, if every product that has it says so: what one product knows need not hold for another.
fn shared_zone(members: &[&Member]) -> Option<ZoneId> {
    let zone = members.first()?.zone;
    members.iter().all(|member| member.zone == zone).then_some(zone)?
}

/// Each port once, by number, with the rows that need it; those to which no client connects come last.
fn listening(place: Place<'_>, inbound: impl Iterator<Item = FlowId>, has_several_products: bool) -> Vec<Listening> {
    let model = &place.site.model;
    let mut ports: Vec<_> = inbound.flat_map(|flow| model[flow].lines.iter().map(move |line| (line, flow))).collect();
    let scope = |flow: FlowId| model[flow].scope;
    ports.sort_by_key(|(line, flow)| (scope(*flow), line.traffic, line.services.clone(), *flow));
    let mut list: Vec<Listening> = Vec::new();
    for (line, flow) in ports {
        let (port, protocol) = (place.voice.traffic(line.traffic), place.voice.protocol(line));
        let scope = scope_words(place, scope(flow));
        let condition = place.voice.condition(&line.when);
        let mut link = flow_link(place, flow);
        if has_several_products {
            link.text = place.voice.of_product(&link.text, model[flow].product);
        }
        match list.last_mut() {
            Some(entry)
                if entry.port == port
                    && entry.protocol == protocol
                    && entry.scope == scope
                    && entry.condition == condition =>
            {
                entry.rows.push(link);
            }
            _ => list.push(Listening {
                href: place.reached_href(line.reached()),
                port,
                protocol,
                condition,
                scope,
                rows: vec![link],
            }),
        }
    }
    list
}

/// Where a connection runs, unless across the network.
fn scope_words(place: Place<'_>, scope: Scope) -> Option<String> {
    (scope != Scope::Network).then(|| RowMark::Scope(scope).words(place.voice))
}
