//! Questions to begin with, made of what the site can answer: a port, an address of a log with its port, a
//! host.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::net::Ipv4Addr;

use serde::Serialize;

use crate::model::{AddressUse, HostUses, Model, PageRoute};
use crate::render::prose::Place;
use crate::value::{AddressKind, Port, Traffic};

/// A question, and the page that answers it.
#[derive(Serialize)]
pub(super) struct Example {
    text: String,
    href: String,
}

pub(super) fn examples(place: Place<'_>) -> Vec<Example> {
    let model = &place.site.model;
    let search = place.hrefs.to(place.locale, PageRoute::Search);
    let example = |text: String| Example { href: format!("{search}?q={}", encoded(&text)), text };
    [busiest_port(model), address(model), busiest_host(model)].into_iter().flatten().map(example).collect()
}

/// The number that most rows have.
fn busiest_port(model: &Model) -> Option<String> {
    let numbers = model.views.ports.iter().filter(|(range, uses)| range.is_one() && !uses.exact.is_empty());
    let (range, _) = numbers.min_by_key(|(range, uses)| (Reverse(uses.exact.len()), **range))?;
    Some(range.to_string())
}

/// An address as it stands in a log: one within a published block, with a port that it is used with.
fn address(model: &Model) -> Option<String> {
    let blocks = model.views.addresses.iter().filter(|(_, uses)| uses.kind == AddressKind::Cidr);
    let within = |(block, uses): (&String, &HostUses)| Some((within(block)?, number(model, uses)?));
    let (address, port) = blocks.filter_map(within).min()?;
    Some(format!("{address}:{port}"))
}

/// An address in a block that has room for more than its ends.
fn within(block: &str) -> Option<Ipv4Addr> {
    let (base, length) = block.split_once('/')?;
    let (base, length): (Ipv4Addr, u32) = (base.parse().ok()?, length.parse().ok()?);
    let size = 32_u32.checked_sub(length).filter(|bits| *bits > 1)?;
    // Not the first, which looks like a router, nor the last.
    let step = 6.min((1_u32 << (size - 1).min(16)) - 1);
    Some(Ipv4Addr::from(u32::from(base).checked_add(step)?))
}

/// A single number among the ports with which an address is used.
fn number(model: &Model, uses: &HostUses) -> Option<u16> {
    let mut lines = uses.to.iter().chain(&uses.from).flat_map(|one: &AddressUse| &model[one.flow].lines);
    let number = |traffic| match traffic {
        Traffic::Ports { port: Port::Number(number), .. } => Some(number),
        Traffic::Ports { .. } | Traffic::Bare(_) => None,
    };
    lines.find_map(|line| number(line.traffic))
}

/// The host that most rows name, a short one before a long one.
fn busiest_host(model: &Model) -> Option<String> {
    let hosts = model.views.domains.iter().flat_map(|domain| &domain.hosts);
    let count = |uses: &HostUses| uses.to.len() + uses.from.len();
    let rows = |host: &crate::model::Host| host.addresses.values().map(count).sum::<usize>();
    let (name, _) = hosts.min_by_key(|(name, host)| (Reverse(rows(host)), name.len(), *name))?;
    Some(name.clone())
}

/// As a value in the query of an address (RFC 3986, section 3.4).
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_within_its_block() {
        let found = |block| within(block).map(|address| address.to_string());
        assert_eq!(found("3.69.198.64/27").as_deref(), Some("3.69.198.70"));
        assert_eq!(found("10.0.0.0/8").as_deref(), Some("10.0.0.6"));
        assert_eq!(found("192.0.2.0/30").as_deref(), Some("192.0.2.1"));
        assert_eq!(found("192.0.2.0/31"), None);
        assert_eq!(found("2001:db8::/32"), None);
    }

    #[test]
    fn a_question_is_a_value_of_a_query() {
        assert_eq!(encoded("3.69.198.70:6514"), "3.69.198.70:6514");
        assert_eq!(encoded("*.a b&c"), "%2A.a%20b%26c");
    }
}
