//! When two flows say the same thing twice.

use super::{Address, Condition, Flow, Line};
use crate::value::{Entry, Port};

/// Whether two flows are equal in every fact: the same connection written twice.
pub fn same_facts(a: &Flow, b: &Flow) -> bool {
    // `53/tcp+udp` and a line for each of the two are the same ports.
    let entries = |line: &Line| line.traffic.entries().map(|entry| (entry, line.service)).collect::<Vec<_>>();
    let lines = |flow: &Flow| sorted(flow.lines.iter().flat_map(entries).collect());
    a.product == b.product
        && sorted(a.from.parties().to_vec()) == sorted(b.from.parties().to_vec())
        && sorted(a.to.parties().to_vec()) == sorted(b.to.parties().to_vec())
        && lines(a) == lines(b)
        && a.need == b.need
        && a.scope == b.scope
        && same_condition(&a.when, &b.when)
        && (a.configurable, a.proxy) == (b.configurable, b.proxy)
        && same_hosts(a, b)
}

fn same_hosts(a: &Flow, b: &Flow) -> bool {
    let hosts = |flow: &Flow| (flow.to.hosts.kind, flow.to.hosts.source, addresses(&flow.to.hosts.list));
    let from = |flow: &Flow| (flow.from.hosts.kind, flow.from.hosts.source, addresses(&flow.from.hosts.list));
    hosts(a) == hosts(b) && from(a) == from(b)
}

fn addresses(list: &[Address]) -> Vec<(String, Vec<super::Case>)> {
    sorted(list.iter().map(|address| (address.text.clone(), sorted(address.when.cases().to_vec()))).collect())
}

fn same_condition(a: &Condition, b: &Condition) -> bool {
    sorted(a.cases().to_vec()) == sorted(b.cases().to_vec())
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list
}

/// The lines of two flows of which one is a range that contains a port of the other, where the two
/// share both ends and a transport and can hold together. Ports that are not fixed never overlap.
pub fn lines_overlap<'a>(a: &'a Flow, b: &'a Flow) -> Option<(&'a Line, &'a Line)> {
    let share_ends = a.from.parties().iter().any(|end| b.from.parties().contains(end))
        && a.to.parties().iter().any(|end| b.to.parties().contains(end));
    if a.product != b.product || !share_ends || a.when.and(&b.when).is_never() {
        return None;
    }
    let pairs = a.lines.iter().flat_map(|x| b.lines.iter().map(move |y| (x, y)));
    pairs.into_iter().find(|(x, y)| overlap(x, y))
}

fn overlap(a: &Line, b: &Line) -> bool {
    a.traffic.entries().any(|a| b.traffic.entries().any(|b| overlaps(a, b)))
}

fn overlaps(a: Entry, b: Entry) -> bool {
    let is_range = matches!(a.port, Port::Range(..)) || matches!(b.port, Port::Range(..));
    let (Some((a_first, a_last)), Some((b_first, b_last))) = (a.port.numbers(), b.port.numbers()) else { return false };
    // Equal ports may serve two purposes, also where they are ranges.
    is_range && a.port != b.port && a.transport == b.transport && a_first <= b_last && b_first <= a_last
}
