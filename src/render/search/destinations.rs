//! Addresses to which something connects: whoever sees another in a log need not open anything to it.

use std::net::IpAddr;

use crate::model::Model;
use crate::value::AddressKind;

/// What of the address space connections lead to, as intervals that do not touch, in order. IPv4 stands
/// below IPv6, where its mapped addresses are.
#[derive(Debug, Default)]
pub(super) struct Destinations(Vec<(u128, u128)>);

impl Destinations {
    pub(super) fn of(model: &Model) -> Self {
        let mut intervals: Vec<_> = model
            .views
            .addresses
            .iter()
            .filter(|(_, uses)| !uses.to.is_empty())
            .filter_map(|(text, uses)| interval(text, uses.kind))
            .collect();
        intervals.sort_unstable();
        let mut joined: Vec<(u128, u128)> = Vec::with_capacity(intervals.len());
        for (first, last) in intervals {
            match joined.last_mut() {
                Some(before) if first <= before.1 => before.1 = before.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    /// Whether nothing connects to an address or to any of a block.
    pub(super) fn misses(&self, text: &str, kind: AddressKind) -> bool {
        let Some((first, last)) = interval(text, kind) else { return false };
        let next = self.0.partition_point(|(_, end)| *end < first);
        self.0.get(next).is_none_or(|(start, _)| *start > last)
    }
}

/// The addresses of a block, and an address alone.
fn interval(text: &str, kind: AddressKind) -> Option<(u128, u128)> {
    let (base, length) = match kind {
        AddressKind::Ip => (text, None),
        AddressKind::Cidr => text.split_once('/').map(|(base, length)| (base, Some(length)))?,
        AddressKind::Host | AddressKind::Url | AddressKind::Template => return None,
    };
    let address: IpAddr = base.parse().ok()?;
    let bits = if address.is_ipv4() { 32 } else { 128 };
    let length: u32 = length.map_or(Some(bits), |length| length.parse().ok())?;
    let number = match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    };
    let others = u128::MAX.checked_shr(128 - bits.checked_sub(length)?).unwrap_or(0);
    Some((number & !others, number | others))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leading_to(blocks: &[(&str, AddressKind)]) -> Destinations {
        let mut intervals: Vec<_> = blocks.iter().filter_map(|(text, kind)| interval(text, *kind)).collect();
        intervals.sort_unstable();
        Destinations(intervals)
    }

    #[test]
    fn a_block_is_missed_where_nothing_leads_into_it() {
        let destinations = leading_to(&[("192.0.2.64/27", AddressKind::Cidr), ("2001:db8::9", AddressKind::Ip)]);
        let cases = [
            ("192.0.2.95", AddressKind::Ip, false),
            ("192.0.2.96", AddressKind::Ip, true),
            ("192.0.2.0/24", AddressKind::Cidr, false),
            ("192.0.2.0/26", AddressKind::Cidr, true),
            ("2001:db8::/64", AddressKind::Cidr, false),
            ("2001:db8:1::/64", AddressKind::Cidr, true),
            ("0.0.0.0/0", AddressKind::Cidr, false),
            ("::/0", AddressKind::Cidr, false),
        ];
        for (text, kind, is_missed) in cases {
            assert_eq!(destinations.misses(text, kind), is_missed, "{text}");
        }
    }
}
