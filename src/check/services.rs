//! Ports and application protocols that do not go together, within a flow and between products.

use std::collections::BTreeMap;

use super::Findings;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{FlowId, Id, Item, Line, ServiceId, ids};
use crate::site::Site;
use crate::value::Entry;

pub(super) fn check(site: &Site, findings: &mut Findings<'_>) {
    check_known_pairs(site, findings);
    check_between_products(site, findings);
}

/// `389/tcp https`: the number is well known for another protocol.
fn check_known_pairs(site: &Site, findings: &mut Findings<'_>) {
    let model = &site.model;
    let mut known: BTreeMap<Entry, Vec<ServiceId>> = BTreeMap::new();
    for id in ids::<ServiceId>(model.services.len()) {
        for pair in &model[id].ports {
            known.entry(*pair).or_default().push(id);
        }
    }
    for (flow, line, service) in lines_with_service(site) {
        for entry in line.traffic.entries() {
            let Some(services) = known.get(&entry) else { continue };
            if services.contains(&service) {
                continue;
            }
            let expected: Vec<_> = services.iter().map(|id| format!("`{}`", model[*id].id)).collect();
            findings.add(
                &[Item::Flow(flow)],
                Diagnostic::warning(
                    Code::ServiceMismatch,
                    format!(
                        "{} is known for {}, not for `{}`",
                        entry.written(),
                        expected.join(" and "),
                        model[service].id
                    ),
                )
                .at(line.span)
                .help("correct the port or the service; if the source says so, `allow` it with the reason"),
            );
            break;
        }
    }
}

/// A flow, one of its lines and the protocol on it.
type Use<'a> = (FlowId, &'a Line, ServiceId);

/// The same port and transport with another protocol in another product: one of the two may be a
/// slip. Said once per pair of products and port.
fn check_between_products(site: &Site, findings: &mut Findings<'_>) {
    let model = &site.model;
    let mut uses: BTreeMap<Entry, Vec<Use<'_>>> = BTreeMap::new();
    for (flow, line, service) in lines_with_service(site) {
        for entry in line.traffic.entries().filter(|entry| is_fixed(*entry)) {
            uses.entry(entry).or_default().push((flow, line, service));
        }
    }
    let mut said = std::collections::BTreeSet::new();
    for (entry, uses) in uses {
        for (position, (flow, line, service)) in uses.iter().enumerate() {
            for (other, other_line, other_service) in &uses[..position] {
                let products = (model[*other].product, model[*flow].product);
                if products.0 == products.1 || service == other_service {
                    continue;
                }
                // Exceptions are looked up for every pair, so that each `allow` counts as used.
                let items = [Item::Flow(*flow), Item::Flow(*other)];
                let is_excepted = findings.is_excepted(&items, Code::ServiceConflict);
                let is_new = said.insert((number(entry), products, *service, *other_service));
                if is_excepted || !is_new {
                    continue;
                }
                let diagnostic = Diagnostic::warning(
                    Code::ServiceConflict,
                    format!(
                        "{} carries `{}` here and `{}` in `{}`",
                        number(entry),
                        model[*service].id,
                        model[*other_service].id,
                        model[products.0].id
                    ),
                )
                .at(line.span)
                .label(other_line.span, "the other product")
                .help("if both are right, `allow` it on one of the two flows with the reason");
                findings.add(&items, diagnostic);
            }
        }
    }
}

fn lines_with_service(site: &Site) -> impl Iterator<Item = Use<'_>> {
    let flows = site.model.flows.iter().enumerate();
    flows.flat_map(|(position, flow)| {
        let of_line = move |line| services_of(line).map(move |service| (Id::from_index(position), line, service));
        flow.lines.iter().flat_map(of_line)
    })
}

fn services_of(line: &Line) -> impl Iterator<Item = ServiceId> {
    line.services.iter().copied()
}

/// Whether it is the same for everyone: a port without a number may be any.
fn is_fixed(entry: Entry) -> bool {
    match entry {
        Entry::Port { port, .. } => port.numbers().is_some(),
        Entry::Bare(_) => true,
    }
}

/// What two products share, whatever the transport.
fn number(entry: Entry) -> String {
    match entry {
        Entry::Port { port, .. } => format!("port {port}"),
        Entry::Bare(_) => format!("`{}`", entry.written()),
    }
}
