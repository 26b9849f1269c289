//! Protocols that run on IP without ports, by the words that firewalls use for them. Numbers are those
//! of IANA's registry of protocol numbers, types those of its registries of ICMP and ICMPv6 parameters.

use std::fmt;

/// A protocol of IP that has no ports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Protocol {
    /// Internet Control Message Protocol, with the type of its request.
    Icmp(Option<u8>),
    /// Internet Group Management Protocol.
    Igmp,
    /// IPv4 within IP.
    Ipip,
    /// Generic Routing Encapsulation.
    Gre,
    /// Encapsulating Security Payload of IPsec.
    Esp,
    /// Authentication Header of IPsec.
    Ah,
    /// ICMP of IPv6, with the type of its request.
    Icmpv6(Option<u8>),
    /// Open Shortest Path First.
    Ospf,
    /// Virtual Router Redundancy Protocol.
    Vrrp,
    /// Layer Two Tunneling Protocol version 3 straight over IP.
    L2tp,
    /// Any other, by its number.
    Numbered(u8),
}

/// The words, each with its protocol.
const NAMED: [(&str, Protocol); 10] = [
    ("icmp", Protocol::Icmp(None)),
    ("igmp", Protocol::Igmp),
    ("ipip", Protocol::Ipip),
    ("gre", Protocol::Gre),
    ("esp", Protocol::Esp),
    ("ah", Protocol::Ah),
    ("icmpv6", Protocol::Icmpv6(None)),
    ("ospf", Protocol::Ospf),
    ("vrrp", Protocol::Vrrp),
    ("l2tp", Protocol::L2tp),
];

/// Types of ICMP by IANA's names, in the spelling of nftables and Linux where they have one.
const ICMP_TYPES: &[(u8, &str)] = &[
    (0, "echo-reply"),
    (3, "destination-unreachable"),
    (5, "redirect"),
    (8, "echo-request"),
    (9, "router-advertisement"),
    (10, "router-solicitation"),
    (11, "time-exceeded"),
    (12, "parameter-problem"),
    (13, "timestamp-request"),
    (14, "timestamp-reply"),
];

/// The same for ICMPv6.
const ICMPV6_TYPES: &[(u8, &str)] = &[
    (1, "destination-unreachable"),
    (2, "packet-too-big"),
    (3, "time-exceeded"),
    (4, "parameter-problem"),
    (128, "echo-request"),
    (129, "echo-reply"),
    (130, "multicast-listener-query"),
    (131, "multicast-listener-report"),
    (132, "multicast-listener-done"),
    (133, "router-solicitation"),
    (134, "router-advertisement"),
    (135, "neighbor-solicitation"),
    (136, "neighbor-advertisement"),
    (137, "redirect"),
];

impl Protocol {
    /// The protocol a word names.
    pub fn named(word: &str) -> Option<Self> {
        NAMED.iter().find(|(name, _)| *name == word).map(|(_, protocol)| *protocol)
    }

    /// Every word, in the order of the numbers.
    pub fn words() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|(word, _)| *word)
    }

    /// Its word; a protocol that has none is known by its number alone.
    pub fn word(self) -> Option<&'static str> {
        NAMED.iter().find(|(_, protocol)| *protocol == self.kind()).map(|(word, _)| *word)
    }

    /// The word of a number that has one.
    pub fn word_of(number: u8) -> Option<&'static str> {
        NAMED.iter().find(|(_, protocol)| protocol.number() == number).map(|(word, _)| *word)
    }

    /// The same without the type of its messages: what has a page.
    #[must_use]
    pub fn kind(self) -> Self {
        match self {
            Self::Icmp(_) => Self::Icmp(None),
            Self::Icmpv6(_) => Self::Icmpv6(None),
            Self::Igmp
            | Self::Ipip
            | Self::Gre
            | Self::Esp
            | Self::Ah
            | Self::Ospf
            | Self::Vrrp
            | Self::L2tp
            | Self::Numbered(_) => self,
        }
    }

    /// Its number (IANA, Assigned Internet Protocol Numbers).
    pub fn number(self) -> u8 {
        match self {
            Self::Icmp(_) => 1,
            Self::Igmp => 2,
            Self::Ipip => 4,
            Self::Gre => 47,
            Self::Esp => 50,
            Self::Ah => 51,
            Self::Icmpv6(_) => 58,
            Self::Ospf => 89,
            Self::Vrrp => 112,
            Self::L2tp => 115,
            Self::Numbered(number) => number,
        }
    }

    /// The type of its messages, where one is given.
    pub fn icmp_type(self) -> Option<u8> {
        match self {
            Self::Icmp(kind) | Self::Icmpv6(kind) => kind,
            Self::Igmp
            | Self::Ipip
            | Self::Gre
            | Self::Esp
            | Self::Ah
            | Self::Ospf
            | Self::Vrrp
            | Self::L2tp
            | Self::Numbered(_) => None,
        }
    }

    /// The types that have a name, for a protocol whose messages have types.
    pub fn type_names(self) -> &'static [(u8, &'static str)] {
        match self {
            Self::Icmp(_) => ICMP_TYPES,
            Self::Icmpv6(_) => ICMPV6_TYPES,
            Self::Igmp
            | Self::Ipip
            | Self::Gre
            | Self::Esp
            | Self::Ah
            | Self::Ospf
            | Self::Vrrp
            | Self::L2tp
            | Self::Numbered(_) => &[],
        }
    }

    /// The name of the type of its messages, if it has one.
    pub fn type_name(self) -> Option<&'static str> {
        let wanted = self.icmp_type()?;
        self.type_names().iter().find(|(number, _)| *number == wanted).map(|(_, name)| *name)
    }

    /// A protocol of messages with the type of one of them.
    #[must_use]
    pub fn with_type(self, kind: u8) -> Self {
        match self {
            Self::Icmp(_) => Self::Icmp(Some(kind)),
            Self::Icmpv6(_) => Self::Icmpv6(Some(kind)),
            Self::Igmp
            | Self::Ipip
            | Self::Gre
            | Self::Esp
            | Self::Ah
            | Self::Ospf
            | Self::Vrrp
            | Self::L2tp
            | Self::Numbered(_) => self,
        }
    }

    /// Whether all of another's messages are its own too.
    pub fn contains(self, other: Self) -> bool {
        self.kind() == other.kind() && (self.icmp_type().is_none() || self.icmp_type() == other.icmp_type())
    }

    /// What the data files, addresses and anchors call it: `esp`, `ip-41`.
    pub fn parse(text: &str) -> Option<Self> {
        let numbered = || {
            let number: u8 = text.strip_prefix("ip-")?.parse().ok()?;
            Some(Self::Numbered(number)).filter(|protocol| protocol.to_string() == text)
        };
        Self::named(text).or_else(numbered)
    }
}

impl fmt::Display for Protocol {
    /// As the data files say it, without the type.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.word() {
            Some(word) => f.write_str(word),
            None => write!(f, "ip-{}", self.number()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_paths_lead_back() {
        for (word, protocol) in NAMED {
            assert_eq!(Protocol::named(word), Some(protocol));
            assert_eq!(Protocol::word_of(protocol.number()), Some(word));
            assert_eq!(Protocol::parse(&protocol.to_string()), Some(protocol));
        }
        let numbers: Vec<_> = NAMED.iter().map(|(_, protocol)| protocol.number()).collect();
        assert!(numbers.is_sorted(), "{numbers:?}");
        assert_eq!(Protocol::Numbered(41).to_string(), "ip-41");
        assert_eq!(Protocol::parse("ip-41"), Some(Protocol::Numbered(41)));
        assert_eq!(Protocol::parse("ip-041"), None);
        assert_eq!(Protocol::Icmp(Some(8)).type_name(), Some("echo-request"));
        assert_eq!(Protocol::Icmpv6(Some(8)).type_name(), None);
        assert!(Protocol::Icmp(None).contains(Protocol::Icmp(Some(8))));
        assert!(!Protocol::Icmp(Some(8)).contains(Protocol::Icmp(None)));
    }
}
