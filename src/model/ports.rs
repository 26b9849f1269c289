//! The facts seen from their ports: which numbers and ranges have a page of their own, and who uses
//! them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Anchor, FlowId, Line, Model, ProductId};
use crate::value::{Port, Protocol, Traffic, Verdict};

/// Ports that a source names together: one number, or a range as it is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PortRange {
    /// The first number.
    pub first: u16,
    /// The last, which is the first where there is only one.
    pub last: u16,
}

impl PortRange {
    /// As it is written in paths and anchors.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let range = Self { first: first.parse().ok()?, last: last.parse().ok()? };
        (range.to_string() == text).then_some(range)
    }

    /// What a line of `ports:` names; `None` where its port is not fixed.
    pub fn of(port: Port) -> Option<Self> {
        port.numbers().map(|(first, last)| Self { first, last })
    }

    fn one(number: u16) -> Self {
        Self { first: number, last: number }
    }

    /// Whether it is a single number.
    pub fn is_one(self) -> bool {
        self.first == self.last
    }

    /// The port as a flow names it.
    pub fn as_port(self) -> Port {
        if self.is_one() { Port::Number(self.first) } else { Port::Range(self.first, self.last) }
    }

    /// Whether all of another's ports are among its own.
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl fmt::Display for PortRange {
    /// As the source, the data files, addresses and anchors write it: `443`, `11000-11999`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_port().fmt(f)
    }
}

/// What a list of ports names. Ports come first, by number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reached {
    /// A port.
    Port(Port),
    /// A protocol that has none, without the type of its messages.
    Protocol(Protocol),
}

/// Who uses a number or a range.
#[derive(Debug, Default)]
pub struct PortUses {
    /// Flows that name it so; none for a number that only ends several ranges.
    pub exact: Vec<FlowId>,
    /// Other flows, of a range or number that shares a port with it.
    pub overlapping: Vec<FlowId>,
    /// Connections to any of its ports that must not be possible.
    pub blocked: Vec<FlowId>,
}

/// Numbers and ranges that have a page, and numbers that lead to the one range they end.
#[derive(Debug, Default)]
pub(super) struct PortPages {
    pub(super) pages: BTreeMap<PortRange, PortUses>,
    pub(super) ends: BTreeMap<u16, PortRange>,
}

impl PortPages {
    /// A number that a flow names alone has a page, and so has a range. The end of one range leads to
    /// it; that of several has a page that lists them. No other number has one: a page for every number
    /// of a range would say a thousand times the same.
    pub(super) fn of(model: &Model) -> Self {
        let mut pages: BTreeMap<PortRange, PortUses> = BTreeMap::new();
        let mut blocked: Vec<(FlowId, PortRange)> = Vec::new();
        for (flow, range) in named(model) {
            let uses = pages.entry(range).or_default();
            match model[flow].verdict {
                Verdict::Allow => add_once(&mut uses.exact, flow),
                Verdict::Block => blocked.push((flow, range)),
            }
        }
        for (page, uses) in &mut pages {
            blocked
                .iter()
                .filter(|(_, range)| range.overlaps(*page))
                .for_each(|(flow, _)| add_once(&mut uses.blocked, *flow));
        }
        let mut ends: BTreeMap<u16, Vec<PortRange>> = BTreeMap::new();
        for range in pages.keys().filter(|range| !range.is_one()) {
            ends.entry(range.first).or_default().push(*range);
            ends.entry(range.last).or_default().push(*range);
        }
        ends.retain(|number, _| !pages.contains_key(&PortRange::one(*number)));
        let several = ends.iter().filter(|(_, ranges)| ranges.len() > 1);
        pages.extend(several.map(|(number, _)| (PortRange::one(*number), PortUses::default())));
        let mut found = Self {
            pages,
            ends: ends.into_iter().filter(|(_, ranges)| ranges.len() == 1).map(|(end, only)| (end, only[0])).collect(),
        };
        found.add_overlaps();
        found
    }

    fn add_overlaps(&mut self) {
        let flows: Vec<(PortRange, Vec<FlowId>)> =
            self.pages.iter().map(|(range, uses)| (*range, uses.exact.clone())).collect();
        let ranges: Vec<_> = flows.iter().filter(|(range, _)| !range.is_one()).collect();
        for (page, uses) in &mut self.pages {
            let wide = ranges.iter().filter(|(range, _)| range != page && range.overlaps(*page)).copied();
            // Single numbers are looked at only where they can lie within.
            let start = flows.partition_point(|(range, _)| range.first < page.first);
            let within = flows[start..].iter().take_while(|(range, _)| range.first <= page.last);
            let numbers = within.filter(|(range, _)| range.is_one() && range != page);
            let all: BTreeSet<FlowId> = wide.chain(numbers).flat_map(|(_, flows)| flows.iter().copied()).collect();
            uses.overlapping = all.into_iter().filter(|flow| !uses.exact.contains(flow)).collect();
        }
    }
}

fn named(model: &Model) -> impl Iterator<Item = (FlowId, PortRange)> {
    let flows = super::ids::<FlowId>(model.flows.len());
    flows.flat_map(|id| model[id].lines.iter().filter_map(move |line| Some((id, line.range()?))))
}

impl Line {
    /// What it names in a list of ports.
    pub fn reached(&self) -> Reached {
        match self.traffic {
            Traffic::Ports { port, .. } => Reached::Port(port),
            Traffic::Bare(protocol) => Reached::Protocol(protocol.kind()),
        }
    }

    /// The numbers it names, if they are fixed.
    pub fn range(&self) -> Option<PortRange> {
        PortRange::of(self.traffic.port()?)
    }
}

impl Model {
    /// Every port and every protocol without ports of a product's flows, in order, and its anchors on the
    /// product's page: its own, and those of its ends where the product names the number in no other place.
    pub fn ports_of_product(&self, id: ProductId) -> Vec<(Reached, Vec<Anchor<'static>>)> {
        let lines = self[id].flows.iter().flat_map(|flow| &self[*flow].lines);
        let all: BTreeSet<Reached> = lines.map(Line::reached).collect();
        let range = |reached: &Reached| match reached {
            Reached::Port(port) => PortRange::of(*port),
            Reached::Protocol(_) => None,
        };
        let mut taken: BTreeSet<PortRange> = all.iter().filter_map(range).collect();
        let mut anchors = |reached: Reached| match (reached, range(&reached)) {
            (Reached::Protocol(protocol), _) => vec![Anchor::Protocol(protocol)],
            (Reached::Port(_), None) => Vec::new(),
            (Reached::Port(_), Some(range)) => {
                let ends = [range.first, range.last].map(PortRange::one).into_iter().filter(|end| taken.insert(*end));
                std::iter::once(range).chain(ends).map(Anchor::Port).collect()
            }
        };
        all.into_iter().map(|reached| (reached, anchors(reached))).collect()
    }
}

/// Adds a flow unless it was added last: flows come in their order.
pub(super) fn add_once(list: &mut Vec<FlowId>, flow: FlowId) {
    if list.last() != Some(&flow) {
        list.push(flow);
    }
}
