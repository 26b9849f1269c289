//! When two flows say the same thing twice.

use super::{Address, Condition, End, Flow, Hosts, Line, ServiceId, Who};
use crate::value::{Entry, Port};

/// Whether two flows are equal in every fact: the same connection written twice. What tells nothing of
/// the connection itself is left out by name, so that a new fact can't be forgotten here.
pub fn same_facts(a: &Flow, b: &Flow) -> bool {
    let Flow {
        product,
        from,
        to,
        lines,
        need,
        when,
        scope,
        configurable,
        proxy,
        id: _,
        span: _,
        purpose: _,
        inferred: _,
        cites: _,
    } = a;
    *product == b.product
        && same_end(from, &b.from)
        && same_end(to, &b.to)
        && entries(lines) == entries(&b.lines)
        && *need == b.need
        && *scope == b.scope
        && same_condition(when, &b.when)
        && (*configurable, *proxy) == (b.configurable, b.proxy)
}

/// `53/tcp+udp` and a line for each of the two are the same ports.
fn entries(lines: &[Line]) -> Vec<(Entry, Option<ServiceId>)> {
    let entries = |line: &Line| line.traffic.entries().map(|entry| (entry, line.service)).collect::<Vec<_>>();
    sorted(lines.iter().flat_map(entries).collect())
}

fn same_end(a: &End, b: &End) -> bool {
    let End { who: Who::Parties(parties), hosts: Hosts { kind, list, source } } = a;
    sorted(parties.clone()) == sorted(b.parties().to_vec())
        && (*kind, *source) == (b.hosts.kind, b.hosts.source)
        && addresses(list) == addresses(&b.hosts.list)
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
