//! Flows that say the same thing twice, or not what they are for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Broken, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{CitedId, ComponentId, Flow, FlowId, Id, Item, ProductId, UnitId, lines_overlap, same_facts};
use crate::site::Site;
use crate::value::Traffic;
use crate::words::fold;

pub(super) fn check(site: &Site, broken: &Broken, findings: &mut Findings<'_>) {
    let model = &site.model;
    for (position, product) in model.products.iter().enumerate() {
        let is_comparable = broken.is_comparable(model, ProductId::from_index(position));
        // Only flows between the same two ends can be the same or overlap.
        let mut by_ends: BTreeMap<(ComponentId, ComponentId), Vec<FlowId>> = BTreeMap::new();
        for second in &product.flows {
            check_purpose(site, *second, findings);
            let mut before = BTreeSet::new();
            for ends in pairs(&model[*second]) {
                let known = by_ends.entry(ends).or_default();
                before.extend(known.iter().copied());
                known.push(*second);
            }
            for first in before.iter().filter(|first| is_comparable && *first != second) {
                let (a, b) = (&model[*first], &model[*second]);
                let items = [Item::Flow(*first), Item::Flow(*second)];
                if same_facts(a, b) && same_purpose(site, a.purpose, b.purpose) {
                    findings.add(
                        &items,
                        Diagnostic::error(
                            Code::DuplicateFlow,
                            format!("`{}` and `{}` are the same in every fact", a.id, b.id),
                        )
                        .at(b.span)
                        .label(a.span, "the same connection")
                        .help(how_to_join(a, b)),
                    );
                } else if let Some((x, y)) = lines_overlap(a, b) {
                    let (Traffic::Ports { port: on_a, .. }, Traffic::Ports { port: on_b, .. }) = (x.traffic, y.traffic);
                    findings.add(
                        &items,
                        Diagnostic::error(
                            Code::OverlappingPorts,
                            format!("port {on_b} of `{}` and {on_a} of `{}` overlap", b.id, a.id),
                        )
                        .at(y.span)
                        .label(x.span, "the other one, between the same ends")
                        .help("narrow the range, add a condition that parts the two, or `allow` it with the reason"),
                    );
                }
            }
        }
    }
}

/// Each opener with each destination.
fn pairs(flow: &Flow) -> impl Iterator<Item = (ComponentId, ComponentId)> {
    flow.from.parties().iter().flat_map(|from| flow.to.parties().iter().map(move |to| (*from, *to)))
}

/// A flow counts the rows of one source.
fn how_to_join(a: &Flow, b: &Flow) -> &'static str {
    let sources = |flow: &Flow| -> BTreeSet<CitedId> {
        flow.cites.iter().filter(|cite| !cite.rows.is_empty()).map(|cite| cite.source).collect()
    };
    let (of_a, of_b) = (sources(a), sources(b));
    if of_a != of_b && !of_a.is_empty() && !of_b.is_empty() {
        return "each covers rows of another source, and a flow has one: say in their purposes what tells them apart, or keep both and `allow` this on one, with the reason";
    }
    "write it once, with the rows of both"
}

/// An administrator who has to justify an open port needs the reason. Where no source gives one, a
/// sentence that repeats the row is worse than none: the writer says so with `allow`.
fn check_purpose(site: &Site, id: FlowId, findings: &mut Findings<'_>) {
    let flow = &site.model[id];
    if flow.purpose.is_some() {
        return;
    }
    findings.add(
        &[Item::Flow(id)],
        Diagnostic::error(Code::MissingPurpose, format!("the flow `{}` does not say what it is for", flow.id))
            .at(flow.span)
            .help("add `purpose:`; it may be absent where all lines name one service that has a purpose of its own")
            .help("if the source says no more than the row, `allow` it with the reason, on the flow or on the product"),
    );
}

/// One connection may be listed for two purposes; the source text tells them apart.
fn same_purpose(site: &Site, a: Option<UnitId>, b: Option<UnitId>) -> bool {
    let source = site.config.locales.source_locale();
    let text = |unit: Option<UnitId>| {
        unit.and_then(|unit| site.texts.shown(unit, source)).map(|shown| fold(&shown.text.written))
    };
    a == b || text(a) == text(b)
}
