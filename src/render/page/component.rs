//! The page of a component: what it listens on, what reaches it, what it opens.

use minijinja::Value;
use serde::Serialize;

use super::Rows;
use super::product::flow_link;
use super::row::{NoteView, Shown};
use super::uses::{MOST_USES, ProductCount, counts};
use super::{Link, link_to, say};
use crate::model::{ComponentId, FlowId, NoteTarget, PageRoute};
use crate::render::prose::{Place, TextView};
use crate::site::Join;

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
    /// In place of the rows, where a common component has too many for a page.
    folded: Vec<ProductCount>,
}

#[derive(Serialize)]
struct Listening {
    port: String,
    protocol: String,
    href: Option<String>,
    rows: Vec<Link>,
}

/// Rows of one product; its name is shown only where several stand on the page.
#[derive(Serialize)]
struct ProductRows {
    title: Option<String>,
    rows: Value,
}

pub(super) fn component(place: Place<'_>, rows: &Rows<'_>, id: ComponentId) -> Component {
    let Place { site, locale, .. } = place;
    let model = &site.model;
    let products = model.views.products_of(id);
    let members: Vec<_> = products.iter().filter_map(|product| model.member(*product, id)).collect();
    let examples = site.list(&model.examples_of(id), Join::And, locale);
    let is_on = |note: &&crate::model::NoteId| model[**note].on.contains(&NoteTarget::Component(id));
    let notes = products.iter().flat_map(|product| &model[*product].notes).filter(is_on);
    let flows = model.views.flows_of(id);
    let is_folded = flows.len() > MOST_USES && model[id].product.is_none();
    let folded = if is_folded { counts(place, flows, &format!("component-{}", model[id].id)) } else { Vec::new() };
    // A flow of a component to itself stands under inbound; it would have one anchor twice.
    let (inbound, outbound): (Vec<_>, Vec<_>) =
        flows.iter().copied().filter(|_| !is_folded).partition(|flow| model[*flow].to.contains(&id));
    Component {
        products: products
            .iter()
            .map(|product| link_to(place, site.name(model[*product].name, locale), PageRoute::Product(*product)))
            .collect(),
        zone: members.iter().find_map(|member| member.zone).map(|zone| site.name(model[zone].name, locale).to_owned()),
        examples: (!examples.is_empty()).then(|| say(place, "component-examples", [("examples", &examples)])),
        summaries: model.summaries_of(id).into_iter().map(|unit| place.text(unit)).collect(),
        notes: notes.map(|note| place.note(*note)).collect(),
        listening: listening(place, &inbound),
        inbound: by_product(place, rows, id, &inbound),
        outbound: by_product(place, rows, id, &outbound),
        folded,
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
            _ => list.push(Listening { href: place.port_href(line.port), port, protocol, rows: vec![link] }),
        }
    }
    list
}

fn by_product(place: Place<'_>, rows: &Rows<'_>, id: ComponentId, flows: &[FlowId]) -> Vec<ProductRows> {
    let model = &place.site.model;
    let is_titled = model.views.products_of(id).len() > 1;
    let of_product = |flows: &[FlowId]| {
        let product = model[flows[0]].product;
        let shown: Vec<_> = flows.iter().copied().map(Shown::Whole).collect();
        ProductRows {
            title: is_titled.then(|| place.site.name(model[product].name, place.locale).to_owned()),
            rows: rows.render(place, PageRoute::Component(id), &shown),
        }
    };
    flows.chunk_by(|a, b| model[*a].product == model[*b].product).map(of_product).collect()
}
