//! The ports of a row → its lines, with what carries each; a row of which one cannot be written is left whole.

use crate::model::{Id, ServiceId};
use crate::published::core::{PageItem, PagePort};
use crate::value::{Over, Port, Traffic, Transport};

use super::beside::Carried;
use super::read::PageReader;
use super::row::{Row, RowLine};

impl PageReader<'_> {
    /// The lines of a row's ports. `random`: between which numbers a footnote has ports chosen at random.
    pub(super) fn add_lines(&self, items: &[&PageItem], random: Option<(u16, u16)>, carried: &Carried, row: &mut Row) {
        for item in items {
            let services: Vec<String> =
                item.services.iter().map(|service| self.site.model[*service].id.clone()).collect();
            // "IP" is told below, as what leaves the transport open.
            if let Some(name) = item.unknown_protocol.as_ref().filter(|_| !matches!(carried, Carried::Open(_))) {
                row.open.push(format!("no service of the site is called `{name}`"));
            }
            let port = match (item.port, random) {
                (PagePort::Stated(port), _) => port,
                (PagePort::Bare(protocol), _) => {
                    row.lines.push(RowLine { traffic: Traffic::Bare(protocol).written(), services });
                    continue;
                }
                (PagePort::Random, Some((first, last))) => {
                    row.guessed.push(format!("chosen at random from {first}–{last}, by a line below the table"));
                    Port::Random(first, last)
                }
                (PagePort::Random, None) => {
                    let what = "the port is chosen at random, and the row does not say between which numbers";
                    row.leave(what.to_owned());
                    continue;
                }
            };
            let mut transports = item.transports.clone();
            if transports.is_empty() && *carried == Carried::ByBoth {
                transports = vec![Transport::Tcp, Transport::Udp];
            }
            if transports.is_empty() {
                if let Carried::Open(text) = carried {
                    row.leave(format!("what carries port {port}, TCP or UDP? The page says `{text}`"));
                    continue;
                }
                transports = self.usual_transports(port, item);
                if transports.is_empty() {
                    row.leave(format!("what carries port {port}, TCP or UDP?"));
                    continue;
                }
                row.is_transport_inferred = true;
                row.guessed.push(format!("{} for port {port}, as its service has it", say(&transports)));
            }
            for over in carriers(&transports) {
                let traffic = Traffic::Ports { port, over }.written();
                match row.lines.iter_mut().find(|line| line.traffic == traffic) {
                    Some(line) => line.add(&services),
                    None => row.lines.push(RowLine { traffic, services: services.clone() }),
                }
            }
        }
    }

    /// What carries a port by the services of the site: those the row names, else those that have it.
    fn usual_transports(&self, port: Port, item: &PageItem) -> Vec<Transport> {
        let services = self.site.model.services.iter().enumerate();
        let is_named = |position: usize| item.services.contains(&ServiceId::from_index(position));
        let own = services.filter(|(position, _)| item.services.is_empty() || is_named(*position));
        let entries = own.flat_map(|(_, service)| &service.ports).filter(|entry| entry.port() == Some(port));
        let mut found: Vec<Transport> = entries
            .filter_map(|entry| match entry {
                crate::value::Entry::Port { transport, .. } => Some(*transport),
                crate::value::Entry::Bare(_) => None,
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

impl RowLine {
    fn add(&mut self, services: &[String]) {
        for service in services {
            if !self.services.contains(service) {
                self.services.push(service.clone());
            }
        }
    }
}

fn say(transports: &[Transport]) -> String {
    transports.iter().map(|transport| transport.as_str().to_uppercase()).collect::<Vec<_>>().join(" and ")
}

/// TCP and UDP share a line; every other transport has its own.
fn carriers(transports: &[Transport]) -> Vec<Over> {
    let has = |transport| transports.contains(&transport);
    let first = match (has(Transport::Tcp), has(Transport::Udp)) {
        (true, true) => Some(Over::TcpAndUdp),
        (true, false) => Some(Over::Tcp),
        (false, true) => Some(Over::Udp),
        (false, false) => None,
    };
    let others = [(Transport::Sctp, Over::Sctp), (Transport::Dccp, Over::Dccp)];
    let others = others.into_iter().filter(|(transport, _)| has(*transport)).map(|(_, over)| over);
    first.into_iter().chain(others).collect()
}
