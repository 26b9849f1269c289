//! Addresses as a table: a row for each connection that uses one. Rows with the same ends stand
//! together, those to an address before those from one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::uses::{Carried, FLOWS, Facets, MOST_USES, PortsView, counts, marks_beside, product_name, row_href};
use super::{Link, counted, link_to, word};
use crate::model::{AddressUse, Anchor, FlowId, HostUses, PageRoute, Party};
use crate::render::marks::{MarkView, RowMark};
use crate::render::prose::Place;
use crate::value::AddressKind;

/// From here on a name may be broken over lines: most of the width would be its own.
const LONGEST_UNBROKEN: usize = 44;

/// Addresses and what uses them.
#[derive(Serialize)]
pub(super) struct Addressed {
    groups: Vec<Group>,
}

/// Rows with the same ends.
#[derive(Serialize)]
struct Group {
    title: String,
    /// What holds for each of them.
    marks: Vec<MarkView>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    /// The anchors that lead here: of the address, of the host whose first row it is.
    anchors: Vec<String>,
    name: String,
    /// What stands behind the name. A firewall knows no paths.
    path: Option<String>,
    /// A template is none yet: it is shown, never copied.
    is_address: bool,
    is_long: bool,
    direction: String,
    /// Whether nothing connects to the address at all.
    is_source_only: bool,
    /// `None` where there are too many connections to tell each.
    using: Option<Using>,
    /// How many there are then.
    count: Option<String>,
    product: Link,
}

/// The connection that uses an address.
#[derive(Serialize)]
struct Using {
    facets: Facets,
    ports: PortsView,
    conditions: Vec<String>,
    marks: Vec<MarkView>,
    proxy: String,
}

/// An address of a page: as the data files have it, its host and what stands behind that.
#[derive(Clone, Copy)]
pub(super) struct Listed<'m> {
    pub(super) text: &'m str,
    pub(super) name: &'m str,
    pub(super) path: &'m str,
    pub(super) uses: &'m HostUses,
}

/// Where rows stand: those to an address first, then in the order of products; too many to tell last.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Ends {
    is_from: bool,
    parties: Option<(Vec<Party>, Vec<Party>)>,
}

/// Rows on their way into a group.
#[derive(Default)]
struct Gathered<'m> {
    /// The first of their connections, in the order of products.
    first: Option<FlowId>,
    rows: Vec<(Listed<'m>, Row)>,
}

impl Addressed {
    /// The table of a page, whose anchors lead to the first row of each address.
    pub(super) fn of<'m>(place: Place<'_>, page: PageRoute, listed: impl IntoIterator<Item = Listed<'m>>) -> Self {
        let mut groups: BTreeMap<Ends, Gathered<'m>> = BTreeMap::new();
        for address in listed {
            for (uses, is_from) in [(&address.uses.to, false), (&address.uses.from, true)] {
                for (flow, row) in rows(place, address, uses, is_from) {
                    let parties = flow.map(|flow| parties(place, flow));
                    let group = groups.entry(Ends { is_from, parties }).or_default();
                    group.first = group.first.min(flow).or(flow);
                    group.rows.push((address, row));
                }
            }
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(ends, group)| (ends.is_from, group.first.is_none(), group.first));
        let mut seen = BTreeSet::new();
        let mut anchored = |(address, mut row): (Listed<'m>, Row)| {
            let is_new = |text: &&str| seen.insert((*text).to_owned());
            let texts: Vec<_> = [address.text, address.name].into_iter().filter(is_new).collect();
            row.anchors = texts.iter().map(|text| place.site.model.anchor(page, Anchor::Host(text))).collect();
            row
        };
        let group = |(_, Gathered { first, rows }): (Ends, Gathered<'m>)| {
            let mut rows: Vec<Row> = rows.into_iter().map(&mut anchored).collect();
            Group {
                title: first.map_or_else(|| word(place, "column-products"), |flow| place.voice.flow_ends(flow)),
                marks: take_shared(&mut rows),
                rows,
            }
        };
        Self { groups: groups.into_iter().map(group).collect() }
    }
}

/// What is said of every row is said once, above them: rows of one line can be looked through.
fn take_shared(rows: &mut [Row]) -> Vec<MarkView> {
    let marks = |row: &Row| row.using.as_ref().map(|using| using.marks.clone()).unwrap_or_default();
    let Some((first, others)) = rows.split_first() else { return Vec::new() };
    let is_everywhere = |mark: &MarkView| others.iter().all(|row| marks(row).contains(mark));
    let shared: Vec<_> = marks(first).into_iter().filter(is_everywhere).collect();
    for using in rows.iter_mut().filter_map(|row| row.using.as_mut()) {
        using.marks.retain(|mark| !shared.contains(mark));
    }
    shared
}

fn parties(place: Place<'_>, flow: FlowId) -> (Vec<Party>, Vec<Party>) {
    let flow = &place.site.model[flow];
    (flow.from.who.each().collect(), flow.to.who.each().collect())
}

/// The rows of an address, each with its connection.
fn rows(place: Place<'_>, address: Listed<'_>, uses: &[AddressUse], is_from: bool) -> Vec<(Option<FlowId>, Row)> {
    let model = &place.site.model;
    let name = place.voice.address(address.name);
    let row = |product: Link| Row {
        anchors: Vec::new(),
        is_long: name.chars().count() > LONGEST_UNBROKEN,
        name: name.clone(),
        path: (!address.path.is_empty()).then(|| address.path.to_owned()),
        is_address: address.uses.kind != AddressKind::Template,
        direction: word(place, direction(address, is_from)),
        is_source_only: address.uses.to.is_empty(),
        using: None,
        count: None,
        product,
    };
    if uses.len() > MOST_USES {
        let flows: Vec<_> = uses.iter().map(|one| one.flow).collect();
        let counts = counts(place, &flows, |_| FLOWS).into_iter();
        let folded = counts.map(|one| Row { count: Some(counted(place, "folded-count", one.count)), ..row(one.link) });
        return folded.map(|row| (None, row)).collect();
    }
    let of_use = |one: &AddressUse| {
        let flow = &model[one.flow];
        let using = Using {
            facets: place.facets(flow),
            ports: place.ports_of(one.flow, Carried::Briefly),
            conditions: place.conditions(&one.when),
            marks: marks_beside(place, one.flow, |mark| matches!(mark, RowMark::Proxy(_))),
            proxy: place.proxy(flow.proxy),
        };
        let product = link_to(place, product_name(place, flow), PageRoute::Product(flow.product));
        let link = Link { href: row_href(place, one.flow), ..product };
        (Some(one.flow), Row { using: Some(using), ..row(link) })
    };
    uses.iter().map(of_use).collect()
}

fn direction(address: Listed<'_>, is_from: bool) -> &'static str {
    match (is_from, address.uses.to.is_empty()) {
        (false, _) => "column-to",
        (true, false) => "column-from",
        (true, true) => "direction-source-only",
    }
}
