//! The page of a component: what it listens on, what reaches it, what it opens.

use serde::Serialize;

use super::product::flow_link;
use super::row::{NoteView, RowView};
use super::uses::{MOST_USES, ProductCount, counts};
use super::{Link, link_to, say};
use crate::model::{ComponentId, FlowId, NoteTarget, PageRoute, ProductId};
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
    rows: Vec<RowView>,
}

pub(super) fn component(place: Place<'_>, id: ComponentId) -> Component {
    let Place { site, locale, .. } = place;
    let model = &site.model;
    let page = PageRoute::Component(id);
    let products: Vec<_> = model.products_of(id).collect();
    let members: Vec<_> = products.iter().filter_map(|product| model.member(*product, id)).collect();
    let mut summaries: Vec<_> = members.iter().filter_map(|member| member.summary).collect();
    summaries.dedup();
    let mut examples: Vec<String> = members.iter().flat_map(|member| member.examples.iter().cloned()).collect();
    examples.dedup();
    let examples = site.list(&examples, Join::And, locale);
    let is_on = |note: &&crate::model::NoteId| model[**note].on.contains(&NoteTarget::Component(id));
    let notes = products.iter().flat_map(|product| &model[*product].notes).filter(is_on);
    let flows = model.flows_of_component(id);
    let is_folded = flows.len() > MOST_USES && model[id].product.is_none();
    let folded = if is_folded { counts(place, &flows, &format!("component-{}", model[id].id)) } else { Vec::new() };
    // A flow of a component to itself stands under inbound; it would have one anchor twice.
    let (inbound, outbound): (Vec<_>, Vec<_>) =
        flows.into_iter().filter(|_| !is_folded).partition(|flow| model[*flow].to.contains(&id));
    Component {
        products: products
            .iter()
            .map(|product| link_to(place, site.name(model[*product].name, locale), PageRoute::Product(*product)))
            .collect(),
        zone: members.iter().find_map(|member| member.zone).map(|zone| site.name(model[zone].name, locale).to_owned()),
        examples: (!examples.is_empty()).then(|| say(place, "component-examples", [("examples", &examples)])),
        summaries: summaries.into_iter().map(|unit| place.text(unit)).collect(),
        notes: notes.map(|note| place.note(*note)).collect(),
        listening: listening(place, &inbound),
        inbound: by_product(place, page, &inbound, products.len() > 1),
        outbound: by_product(place, page, &outbound, products.len() > 1),
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
            group.rows.push(place.row_view(page, *flow));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
