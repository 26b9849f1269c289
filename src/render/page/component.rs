//! The page of a component: what reaches it and what it opens, which is what is opened on its machine.

use minijinja::Value;
use serde::Serialize;

use super::environment::Environment;
use super::groups::Group;
use super::local::{Section, nothing, sections};
use super::note::NoteView;
use super::outline::{Part, Table as Outlined, Tables};
use super::said::Spot;
use super::uses::{ProductCount, counts, is_folded};
use super::{Link, link_to, numbered, say, word};
use crate::l10n::Join;
use crate::model::{Anchored, ComponentId, FlowId, Member, NoteId, PageRoute, UnitId, ZoneId};
use crate::render::prose::{Place, TextView};

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
    /// The way to them from above the tables.
    notes_on_all: Vec<Link>,
    environment: Option<Environment>,
    /// What its scripts say.
    words: String,
    inbound: Side,
    outbound: Side,
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

/// What it lets in, or out.
#[derive(Serialize)]
struct Side {
    /// The end that has no column, since all rows share it.
    column: &'static str,
    /// What to do about it.
    title: String,
    /// How many there are, in brackets.
    counted: String,
    /// By product, where there are several.
    groups: Vec<Group>,
    /// What to say where nothing stands there.
    empty: String,
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
    let has_between = tables.shown(Part::Network).any(|shown| model[shown.flow()].between);
    // The product's name is shown only where several stand on the page.
    let title = |table: &Outlined| {
        is_shared.then(|| {
            let product = model[table.first().flow()].product;
            link_to(place, place.voice.name(model[product].name), PageRoute::Product(product))
        })
    };
    let zone = shared_zone(&members);
    // Whose machine it is not is told nothing about opening it.
    let is_outside = zone.is_some_and(|zone| model[zone].side == crate::value::Side::Outside);
    let is_own = |own, other| if is_outside { other } else { own };
    let rows_of = |part: Part, message: &str, empty: String| {
        let group = |written: &(Outlined, Value)| Group::titled(place, title(&written.0).unwrap_or_default(), written);
        let count = tables.shown(part).count();
        let column = tables.of(part).find_map(|(table, _)| table.side).map_or("", super::outline::Side::as_str);
        Side {
            column,
            title: word(place, message),
            counted: numbered(place, "group-count", count, []),
            groups: tables.of(part).map(group).collect(),
            empty,
        }
    };
    Component {
        products: products
            .iter()
            .map(|product| link_to(place, place.voice.name(model[*product].name), PageRoute::Product(*product)))
            .collect(),
        machines: place.components(&model.machines_of(id)),
        parts: links_to_parts(place, parts, is_shared),
        zone: zone.map(|zone| place.voice.name(model[zone].name).to_owned()),
        examples: (!examples.is_empty()).then(|| say(place, "component-examples", [("examples", &examples)])),
        summaries: model.summaries_of(id).into_iter().map(summary).collect(),
        notes_on_all: tables.above.iter().map(|above| note_link(place, page, above)).collect(),
        notes: tables.above.iter().map(note).collect(),
        environment: place.environment(page),
        words: place.table_words(page),
        inbound: rows_of(Part::Network, is_own("side-in", "inbound"), nothing(place, "inbound-empty", has_local(true))),
        outbound: rows_of(
            Part::Outbound,
            is_own("side-out", "outbound"),
            if has_between {
                word(place, "outbound-between")
            } else {
                nothing(place, "outbound-empty", has_local(false))
            },
        ),
        local: sections(place, tables, title),
        folded: if is_folded(model, id) { folded() } else { Vec::new() },
    }
}

/// The way to a note on the component.
fn note_link(place: Place<'_>, page: PageRoute, (note, _): &(NoteId, Option<Spot>)) -> Link {
    let label = place.note_above(page, *note, None).label;
    Link { text: label, href: place.hrefs.to(place.locale, page.at(Anchored::Note(*note))), ..Link::default() }
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
