//! What is not in the rules, and why.

use serde::Serialize;

macro_rules! reasons {
    ($($variant:ident = $name:literal => $message:literal: $meaning:literal),* $(,)?) => {
        /// Why something is not in the rules. The message of each tells the reader what to do.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Reason { $(#[doc = $meaning] $variant),* }

        impl Reason {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As trailers and data write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Id of the message that says it.
            pub fn message(self) -> &'static str {
                match self { $(Self::$variant => $message),* }
            }
        }
    };
}

reasons! {
    Depends = "depends" => "rules-depends": "It hangs on options for which nothing is chosen.",
    OneOf = "one-of" => "rules-one-of": "One of several ways is enough, and none is picked.",
    OneLine = "one-line" => "rules-one-line": "One of several ports is enough, and none is picked.",
    Loopback = "loopback" => "rules-loopback": "It stays within one computer.",
    Internal = "internal" => "rules-internal": "It passes no gateway.",
    SameZone = "same-zone" => "rules-same-zone": "Both ends stand in one zone.",
    Random = "random" => "rules-random": "The port is chosen at random.",
    Configured = "configured" => "rules-configured": "The reader has set the port.",
    Unpublished = "unpublished" => "rules-unpublished": "The vendor publishes no address.",
    Unknown = "unknown" => "rules-unknown": "The source names no address.",
    See = "see" => "rules-see": "Another page lists the addresses.",
    NoneForChoice = "none-for-choice" => "rules-none-for-choice": "For this choice no address is published.",
    Path = "path" => "rules-path": "The format can't say the path behind a host.",
    Fqdn = "fqdn" => "rules-fqdn": "The format takes no host names.",
    Wild = "wild" => "rules-wild": "The format takes no wildcards.",
    Url = "url" => "rules-url": "The format takes no URLs.",
    Named = "named" => "rules-named": "The reader has not given the addresses.",
    V4 = "v4" => "rules-v4": "The format takes no IPv4 addresses.",
    V6 = "v6" => "rules-v6": "The format takes no IPv6 addresses.",
    Any = "any" => "rules-any": "The format can't say any address.",
    AnyPort = "any-port" => "rules-any-port": "The format can't say every port.",
    Proto = "proto" => "rules-proto": "The format can't say the protocol.",
    IcmpType = "icmp-type" => "rules-icmp-type": "The format can't say the type of a message.",
    SourcePort = "source-port" => "rules-source-port": "The port it is opened from can't be said.",
    Limit = "limit" => "rules-limit": "The format numbers no more rules.",
    NoCommonFamily = "no-common-family" => "rules-no-common-family": "One end has IPv4 addresses only, the other IPv6.",
    Side = "side" => "rules-side": "The format has no rules of this direction.",
    Block = "block" => "rules-block": "The connection must not be possible.",
    Unstated = "unstated" => "rules-unstated": "The source does not say who stands at one end.",
}

/// Something that is not in the rules.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Left {
    /// Why.
    pub reason: Reason,
    /// Of which flow, by its key.
    pub flow: String,
    /// Which part of it, in ASCII: an address, a port, options to choose, parties to give addresses of.
    pub what: String,
}

impl Serialize for Left {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut left = serializer.serialize_struct("Left", 3)?;
        left.serialize_field("reason", self.reason.as_str())?;
        left.serialize_field("flow", &self.flow)?;
        left.serialize_field("what", &self.what)?;
        left.end()
    }
}
