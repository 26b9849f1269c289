//! The page of a component: what it listens on, what reaches it, what it opens.

use serde::Serialize;

use super::Rows;
use super::local::{Parted, Section, Table, nothing};
use super::note::NoteView;
use super::product::flow_link;
use super::said::{Said, Spot};
use super::shown::Shown;
use super::uses::{MOST_USES, ProductCount, counts};
use super::{Link, link_to, say};
use crate::model::{ComponentId, FlowId, Member, NoteId, PageRoute, UnitId, ZoneId};
use crate::render::marks::Mark;
use crate::render::prose::{Place, TextView};
use crate::site::Join;
use crate::value::Scope;

#[derive(Serialize)]
pub(super) struct Component {
    products: Vec<Link>,
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
    /// That no client connects, where none does.
    scope: Option<String>,
    rows: Vec<Link>,
}

pub(super) fn component(place: Place<'_>, rows: &Rows<'_>, id: ComponentId) -> Component {
    let Place { site, locale, .. } = place;
    let model = &site.model;
    let products = model.views.products_of(id);
    let members: Vec<_> = products.iter().filter_map(|product| model.member(*product, id)).collect();
    let examples = site.list(&model.examples_of(id), Join::And, locale);
    let page = PageRoute::Component(id);
    let mut said = Said::default();
    let notes = products.iter().flat_map(|product| model.notes_about(*product, &[id]));
    let is_shared = products.len() > 1;
    let note = |note: NoteId| {
        let mut view = place.note(page, note, Spot::Top, &mut said);
        if is_shared {
            view.label = site.of_product(&view.label, model[note].product, locale);
        }
        view
    };
    let notes = notes.map(note).collect();
    let summary = |unit: UnitId| {
        let product = site.texts.unit(unit).product.filter(|_| is_shared);
        let product = product.map(|product| site.name(model[product].name, locale).to_owned());
        Summary { product, text: place.text(unit) }
    };
    let flows = model.views.flows_of(id);
    let is_folded = flows.len() > MOST_USES && model[id].product.is_none();
    let folded = if is_folded { counts(place, flows, &format!("component-{}", model[id].id)) } else { Vec::new() };
    let shown = flows.iter().filter(|_| !is_folded).map(|flow| Shown::of_component(model, *flow, id));
    // A flow of a component to itself stands under inbound; it would have one anchor twice.
    let (inbound, outbound): (Vec<_>, Vec<_>) = shown.partition(|shown| shown.to(model).contains(&id));
    let listening = listening(place, &inbound, is_shared);
    let (inbound, outbound) = (Parted::of(model, inbound), Parted::of(model, outbound));
    let mut table = |shown: &[Shown]| by_product(place, rows, id, shown, &mut said);
    let (inbound_rows, outbound_rows) = (table(&inbound.network), table(&outbound.network));
    let inbound_empty = nothing(place, "inbound-empty", inbound.has_local());
    let outbound_empty = nothing(place, "outbound-empty", outbound.has_local());
    let local = inbound.and(outbound).sections(place, table);
    Component {
        products: products
            .iter()
            .map(|product| link_to(place, site.name(model[*product].name, locale), PageRoute::Product(*product)))
            .collect(),
        zone: shared_zone(&members).map(|zone| site.name(model[zone].name, locale).to_owned()),
        examples: (!examples.is_empty()).then(|| say(place, "component-examples", [("examples", &examples)])),
        summaries: model.summaries_of(id).into_iter().map(summary).collect(),
        notes,
        listening,
        inbound: inbound_rows,
        inbound_empty,
        outbound: outbound_rows,
        outbound_empty,
        local,
        folded,
    }
}

/// Where it stands, if every product that has it says so: what one product knows need not hold for another.
fn shared_zone(members: &[&Member]) -> Option<ZoneId> {
    let zone = members.first()?.zone;
    members.iter().all(|member| member.zone == zone).then_some(zone)?
}

/// Each port once, by number, with the rows that need it; those to which no client connects come last.
fn listening(place: Place<'_>, inbound: &[Shown], has_several_products: bool) -> Vec<Listening> {
    let model = &place.site.model;
    let flows = inbound.iter().map(Shown::flow);
    let mut ports: Vec<_> = flows.flat_map(|flow| model[flow].lines.iter().map(move |line| (line, flow))).collect();
    let scope = |flow: FlowId| model[flow].scope;
    ports.sort_by_key(|(line, flow)| (scope(*flow), line.port, line.over, line.service, *flow));
    let mut list: Vec<Listening> = Vec::new();
    for (line, flow) in ports {
        let (port, protocol) = (place.site.port(line.port, place.locale), place.site.protocol(line, place.locale));
        let scope = scope_words(place, scope(flow));
        let mut link = flow_link(place, flow);
        if has_several_products {
            link.text = place.site.of_product(&link.text, model[flow].product, place.locale);
        }
        match list.last_mut() {
            Some(entry) if entry.port == port && entry.protocol == protocol && entry.scope == scope => {
                entry.rows.push(link);
            }
            _ => list.push(Listening { href: place.port_href(line.port), port, protocol, scope, rows: vec![link] }),
        }
    }
    list
}

/// Where a connection runs, unless across the network.
fn scope_words(place: Place<'_>, scope: Scope) -> Option<String> {
    (scope != Scope::Network).then(|| Mark::Scope(scope).words(place.site, place.locale))
}

/// The rows of each product; its name is shown only where several stand on the page.
fn by_product(place: Place<'_>, rows: &Rows<'_>, id: ComponentId, shown: &[Shown], said: &mut Said) -> Vec<Table> {
    let model = &place.site.model;
    let is_titled = model.views.products_of(id).len() > 1;
    let product = |shown: &Shown| model[shown.flow()].product;
    let of_product = |shown: &[Shown]| Table {
        title: is_titled.then(|| place.site.name(model[product(&shown[0])].name, place.locale).to_owned()),
        rows: rows.render(place, PageRoute::Component(id), shown, said),
    };
    shown.chunk_by(|a, b| product(a) == product(b)).map(of_product).collect()
}
