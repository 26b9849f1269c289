//! When two flows say the same thing twice.

use super::{Address, Case, Condition, End, Flow, Hosts, HostsKind, Line, ServiceId};
use crate::value::{Entry, Port};

/// Whether two flows are equal in every fact: the same connection written twice. What tells nothing of
/// the connection itself is left out by name, so that a new fact can't be forgotten here.
pub fn same_facts(a: &Flow, b: &Flow) -> bool {
    let Flow {
        product,
        from,
        to,
        between,
        verdict,
        lines,
        from_ports,
        need,
        when,
        scope,
        configurable,
        setting,
        proxy,
        standing,
        since,
        until,
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
        && (*configurable, *proxy, *standing) == (b.configurable, b.proxy, b.standing)
        && (setting, since, until) == (&b.setting, &b.since, &b.until)
        && (*between, *verdict) == (b.between, b.verdict)
        && sorted(from_ports.clone()) == sorted(b.from_ports.clone())
}

/// `53/tcp+udp` and a line for each of the two are the same ports.
fn entries(lines: &[Line]) -> Vec<(Entry, Vec<ServiceId>, Vec<Case>)> {
    let entries = |line: &Line| {
        let (services, when) = (sorted(line.services.clone()), sorted(line.when.cases().to_vec()));
        line.traffic.entries().map(|entry| (entry, services.clone(), when.clone())).collect::<Vec<_>>()
    };
    sorted(lines.iter().flat_map(entries).collect())
}

fn same_end(a: &End, b: &End) -> bool {
    let End { who, hosts: Hosts { kind, list, source } } = a;
    sorted(who.each().collect()) == sorted(b.who.each().collect::<Vec<_>>())
        && (*kind, *source) == (b.hosts.kind, b.hosts.source)
        && addresses(list) == addresses(&b.hosts.list)
}

fn addresses(list: &[Address]) -> Vec<(String, Vec<Case>)> {
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
    lines_where(a, b, overlaps)
}

/// The lines of two flows that let something through which both name, where the two share both ends
/// and can hold together.
pub fn lines_share<'a>(a: &'a Flow, b: &'a Flow) -> Option<(&'a Line, &'a Line)> {
    let hosts_meet = may_meet(&a.from.hosts, &b.from.hosts) && may_meet(&a.to.hosts, &b.to.hosts);
    lines_where(a, b, |a, b| a == b || overlaps(a, b) || shares_any(a, b)).filter(|_| hosts_meet)
}

/// Lines of one flow of which one is a range that contains a port of the other.
pub fn lines_within(flow: &Flow) -> Option<(&Line, &Line)> {
    let pairs = flow.lines.iter().enumerate().flat_map(|(at, y)| flow.lines[..at].iter().map(move |x| (x, y)));
    pairs.into_iter().find(|(x, y)| lines_meet(x, y, overlaps))
}

/// Whether both may open the same port, also one that is not fixed: a block of every port is one of each.
fn shares_any(a: Entry, b: Entry) -> bool {
    let bounds = |port: Port| match port {
        Port::Any => Some((1, u16::MAX)),
        Port::Random(first, last) => Some((first, last)),
        Port::Number(_) | Port::Range(..) => port.numbers(),
        Port::Configured => None,
    };
    match (a, b) {
        (Entry::Port { port: a, transport: of_a }, Entry::Port { port: b, transport: of_b }) => {
            let meet = |(first, last): (u16, u16), (from, to): (u16, u16)| first <= to && from <= last;
            of_a == of_b && bounds(a).zip(bounds(b)).is_some_and(|(a, b)| meet(a, b))
        }
        (Entry::Bare(_), Entry::Bare(_) | Entry::Port { .. }) | (Entry::Port { .. }, Entry::Bare(_)) => false,
    }
}

/// Two lists without a common address are two places of one end; anything else may be the same place.
fn may_meet(a: &Hosts, b: &Hosts) -> bool {
    let are_lists = (a.kind, b.kind) == (HostsKind::List, HostsKind::List);
    !are_lists || a.list.iter().any(|a| b.list.iter().any(|b| a.text == b.text))
}

fn lines_where<'a>(a: &'a Flow, b: &'a Flow, meet: fn(Entry, Entry) -> bool) -> Option<(&'a Line, &'a Line)> {
    let share_ends = a.pairs().any(|ends| b.pairs().any(|other| other == ends));
    if a.product != b.product || !share_ends || a.when.and(&b.when).is_never() {
        return None;
    }
    a.lines.iter().flat_map(|x| b.lines.iter().map(move |y| (x, y))).find(|(x, y)| lines_meet(x, y, meet))
}

fn lines_meet(x: &Line, y: &Line, meet: fn(Entry, Entry) -> bool) -> bool {
    !x.when.and(&y.when).is_never() && x.traffic.entries().any(|x| y.traffic.entries().any(|y| meet(x, y)))
}

fn overlaps(a: Entry, b: Entry) -> bool {
    // Equal ports may serve two purposes, also where they are ranges.
    match (a, b) {
        (Entry::Port { port: a, transport: of_a }, Entry::Port { port: b, transport: of_b }) => {
            of_a == of_b && a != b && share_ports(a, b)
        }
        (Entry::Bare(a), Entry::Bare(b)) => a != b && (a.contains(b) || b.contains(a)),
        (Entry::Port { .. }, Entry::Bare(_)) | (Entry::Bare(_), Entry::Port { .. }) => false,
    }
}

/// Whether a range contains a port of the other.
fn share_ports(a: Port, b: Port) -> bool {
    let is_range = matches!(a, Port::Range(..)) || matches!(b, Port::Range(..));
    let (Some((a_first, a_last)), Some((b_first, b_last))) = (a.numbers(), b.numbers()) else { return false };
    is_range && a_first <= b_last && b_first <= a_last
}
