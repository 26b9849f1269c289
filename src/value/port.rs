//! Ports and the transports they belong to. Port numbers are those of RFC 6335: 1–65535.

use std::cmp::Ordering;
use std::fmt;

use super::Protocol;

/// What a flow says of its destination port.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Port {
    /// One number.
    Number(u16),
    /// All numbers from the first to the last, both included.
    Range(u16, u16),
    /// One number, chosen at random between the two.
    Random(u16, u16),
    /// Every port (a port scan).
    Any,
    /// The one the reader has set on their own server.
    Configured,
}

impl Port {
    /// The numbers that take part in rules and overlaps; none for ports that are not fixed.
    pub fn numbers(self) -> Option<(u16, u16)> {
        match self {
            Self::Number(number) => Some((number, number)),
            Self::Range(first, last) => Some((first, last)),
            Self::Random(..) | Self::Any | Self::Configured => None,
        }
    }
}

impl Ord for Port {
    /// By number, a range after the number it begins with; what is not fixed comes last.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |port: &Self| match port {
            Self::Number(number) => (0, *number, *number),
            Self::Range(first, last) => (0, *first, *last),
            Self::Random(first, last) => (1, *first, *last),
            Self::Any => (2, 0, 0),
            Self::Configured => (3, 0, 0),
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Port {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Port {
    /// As the data files say it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Range(first, last) => write!(f, "{first}-{last}"),
            Self::Random(first, last) => write!(f, "random {first}-{last}"),
            Self::Any => f.write_str("any"),
            Self::Configured => f.write_str("configured"),
        }
    }
}

/// Transport protocol.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Transport {
    /// Transmission Control Protocol.
    Tcp,
    /// User Datagram Protocol.
    Udp,
    /// Stream Control Transmission Protocol.
    Sctp,
    /// Datagram Congestion Control Protocol.
    Dccp,
}

impl Transport {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Tcp, Self::Udp, Self::Sctp, Self::Dccp];

    /// As the source and the data files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
            Self::Dccp => "dccp",
        }
    }

    /// The transport a word names.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|transport| transport.as_str() == word)
    }

    /// Its number (IANA, Assigned Internet Protocol Numbers).
    pub fn number(self) -> u8 {
        match self {
            Self::Tcp => 6,
            Self::Udp => 17,
            Self::Dccp => 33,
            Self::Sctp => 132,
        }
    }
}

/// What one line of `ports:` lets through. Whoever writes, counts or compares it takes it apart by its
/// kinds, never by all others, so that another kind will not compile until each has said it.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Traffic {
    /// A port, by its transports.
    Ports {
        /// The port that is reached.
        port: Port,
        /// What carries it.
        over: Over,
    },
    /// A protocol without ports.
    Bare(Protocol),
}

/// What a rule lets through: one transport, or one protocol.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Entry {
    /// A port of a transport.
    Port {
        /// The port that is reached.
        port: Port,
        /// The transport.
        transport: Transport,
    },
    /// A protocol without ports.
    Bare(Protocol),
}

impl Traffic {
    /// Each transport by itself: the one place where `53/tcp+udp` becomes two.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        let (ports, bare) = match self {
            Self::Ports { over, port } => (Some((over.transports(), port)), None),
            Self::Bare(protocol) => (None, Some(Entry::Bare(protocol))),
        };
        let ports = ports.into_iter().flat_map(|(transports, port)| {
            transports.iter().map(move |transport| Entry::Port { port, transport: *transport })
        });
        ports.chain(bare)
    }

    /// The port that is reached, for what has ports.
    pub fn port(self) -> Option<Port> {
        match self {
            Self::Ports { port, .. } => Some(port),
            Self::Bare(_) => None,
        }
    }

    /// The protocol, for what has no ports.
    pub fn protocol(self) -> Option<Protocol> {
        match self {
            Self::Ports { .. } => None,
            Self::Bare(protocol) => Some(protocol),
        }
    }

    /// As the source writes it.
    pub fn written(self) -> String {
        match self {
            Self::Ports { over, port } => {
                let port = match port {
                    Port::Random(first, last) => format!("random({first}-{last})"),
                    Port::Number(_) | Port::Range(..) | Port::Any | Port::Configured => port.to_string(),
                };
                let transports: Vec<_> = over.transports().iter().map(|transport| transport.as_str()).collect();
                format!("{port}/{}", transports.join("+"))
            }
            Self::Bare(protocol) => {
                let word = protocol.word().map_or_else(|| format!("ip({})", protocol.number()), str::to_owned);
                match (protocol.type_name(), protocol.icmp_type()) {
                    (Some(name), _) => format!("{word}({name})"),
                    (None, Some(number)) => format!("{word}({number})"),
                    (None, None) => word,
                }
            }
        }
    }
}

impl Entry {
    /// The port that is reached, for what has ports.
    pub fn port(self) -> Option<Port> {
        match self {
            Self::Port { port, .. } => Some(port),
            Self::Bare(_) => None,
        }
    }

    /// As the source writes it.
    pub fn written(self) -> String {
        match self {
            Self::Port { port, transport } => format!("{port}/{}", transport.as_str()),
            Self::Bare(protocol) => Traffic::Bare(protocol).written(),
        }
    }

    /// What carries it, as the data files say it: `tcp`, `esp`, `ip-41`.
    pub fn carrier(self) -> String {
        match self {
            Self::Port { transport, .. } => transport.as_str().to_owned(),
            Self::Bare(protocol) => protocol.to_string(),
        }
    }

    /// The type of the messages, where one is given.
    pub fn icmp_type(self) -> Option<u8> {
        match self {
            Self::Port { .. } => None,
            Self::Bare(protocol) => protocol.icmp_type(),
        }
    }
}

/// What carries a line of ports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Over {
    /// TCP alone.
    Tcp,
    /// Both.
    TcpAndUdp,
    /// UDP alone.
    Udp,
    /// SCTP alone.
    Sctp,
    /// DCCP alone.
    Dccp,
}

impl Over {
    /// Each transport by itself.
    pub fn transports(self) -> &'static [Transport] {
        match self {
            Self::Tcp => &[Transport::Tcp],
            Self::TcpAndUdp => &[Transport::Tcp, Transport::Udp],
            Self::Udp => &[Transport::Udp],
            Self::Sctp => &[Transport::Sctp],
            Self::Dccp => &[Transport::Dccp],
        }
    }
}
