//! Ports and the transports they belong to. Port numbers are those of RFC 6335: 1–65535.

use std::cmp::Ordering;
use std::fmt;

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
}

impl Transport {
    /// As the source and the data files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

/// What one line of `ports:` lets through. Whoever writes, counts or compares it takes it apart by its
/// kinds, never by all others, so that a protocol without ports will not compile until each has said it.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Traffic {
    /// A port, by its transports.
    Ports {
        /// What carries it.
        over: Over,
        /// The port that is reached.
        port: Port,
    },
}

/// What a rule lets through: one transport.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Entry {
    /// The port that is reached.
    pub port: Port,
    /// The transport.
    pub transport: Transport,
}

impl Traffic {
    /// Each transport by itself: the one place where `53/tcp+udp` becomes two.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        let Self::Ports { over, port } = self;
        over.transports().iter().map(move |transport| Entry { port, transport: *transport })
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
}

impl Over {
    /// Each transport by itself.
    pub fn transports(self) -> &'static [Transport] {
        match self {
            Self::Tcp => &[Transport::Tcp],
            Self::TcpAndUdp => &[Transport::Tcp, Transport::Udp],
            Self::Udp => &[Transport::Udp],
        }
    }
}
