//! Firewall rules: from what a selection decides to files in the language of a firewall. Four steps, each a pure
//! function:
//!
//! ```text
//!   model::select ─► lower ─► emit ─► files, archive
//! ```
//!
//! `lower` says what a filter could allow ([`Atom`]) and what it can't ([`Left`]); `emit` writes atoms by a
//! [`Format`], which is data (`theme/rules/*.toml`, described in `docs/rules.md`). The theme does the same in the
//! reader's browser (`theme/assets/rules/`), and the tests hold both to the same bytes.
//!
//! Never wider than the facts: what a format has no pattern for is left and told, and no list is ever empty, since
//! an empty list means "any" in most languages.

mod address;
mod archive;
mod characters;
mod context;
mod emit;
mod endpoint;
mod escape;
mod facts;
mod format;
mod lint;
mod load;
mod lower;
mod names;
mod pattern;
mod reason;
mod render;
mod typed;
mod words;

pub use address::{Deployment, Finder, Stated, known_ids, read_fragment};
pub use archive::archive;
pub use context::Context;
pub use emit::{Emitted, RuleFile, emit};
pub use endpoint::{Endpoint, EndpointKind, published};
pub use facts::RuleFacts;
pub use format::{Format, Formats, Group, StaticFile, static_files};
pub use load::read_formats;
pub use lower::{Lowered, Request, lower};
pub use reason::{Left, Reason};
pub use typed::{MOST_ADDRESSES, Refusal, ports_typed, read_address, read_addresses};
pub use words::{RuleWords, words_of};

use crate::model::{ComponentId, FlowId, Model};

/// Where the rules will be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// On the machine of a component, with what runs on it: in and out.
    Host(ComponentId),
    /// Between zones.
    Gateway,
    /// Between all machines.
    GatewayAll,
}

impl Side {
    /// As the command line and addresses write it.
    pub fn written(self, model: &Model) -> String {
        match self {
            Self::Host(component) => format!("host:{}", model[component].id),
            Self::Gateway => "gateway".to_owned(),
            Self::GatewayAll => "gateway-all".to_owned(),
        }
    }
}

/// Which way a connection is opened, seen from where the rule is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// To this machine.
    In,
    /// From this machine.
    Out,
    /// Through.
    Forward,
}

impl Direction {
    /// As formats write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Forward => "forward",
        }
    }

    /// Whether its sources are matched: a machine's own end is not.
    fn has_sources(self) -> bool {
        self != Self::Out
    }

    fn has_destinations(self) -> bool {
        self != Self::In
    }
}

/// Ports that a filter compares.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ports {
    /// First and last of each range, sorted, without overlaps.
    Ranges(Vec<(u16, u16)>),
    /// Every port.
    Any,
    /// The protocol has none.
    None,
}

/// What a filter could allow: of one flow, in one direction, over one protocol.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Atom {
    /// The flow.
    pub flow: FlowId,
    /// Seen from where the rule is.
    pub direction: Direction,
    /// What carries it, as the data files say it: `tcp`, `esp`, `ip-41`.
    pub protocol: String,
    /// The type of its messages, where the facts name one.
    pub icmp_type: Option<u8>,
    /// The ports that are reached.
    pub ports: Ports,
    /// The ports from which it is opened; `None`: any.
    pub source_ports: Option<(u16, u16)>,
    /// Who opens it, by their keys.
    pub from: Vec<String>,
    /// Who listens, by their keys.
    pub to: Vec<String>,
    /// From where; `Any` for the local end of `Out`.
    pub src: Vec<Endpoint>,
    /// Where to; `Any` for the local end of `In`.
    pub dst: Vec<Endpoint>,
}
