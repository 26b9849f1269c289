//! Flows: who opens a connection to whom, on what, and where the ends are reached.

use super::{Cite, CitedId, ComponentId, Condition, ProductId, ServiceId, UnitId};
use crate::span::Span;
use crate::value::{
    AddressKind, Configurable, Entry, Inferred, Need, Port, Proxy, Scope, Standing, Traffic, Transport, Verdict,
};

/// Who opens a connection to whom, on what.
#[non_exhaustive]
#[derive(Debug)]
pub struct Flow {
    /// Its product.
    pub product: ProductId,
    /// Its id, which is its anchor.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// Who opens, and from where.
    pub from: End,
    /// Who listens, and where.
    pub to: End,
    /// Whether either end may open it: both stand in `from` and in `to`.
    pub between: bool,
    /// Whether it is let through.
    pub verdict: Verdict,
    /// What is opened.
    pub lines: Vec<Line>,
    /// From which ports, by transport; a transport without one is opened from any.
    pub from_ports: Vec<FromPort>,
    /// All lines, or one of them.
    pub need: Need,
    /// When, with what that implies.
    pub when: Condition,
    /// How far the connection reaches.
    pub scope: Scope,
    /// Whether the port can be changed; `None`: unknown.
    pub configurable: Option<Configurable>,
    /// The setting that changes it, as its vendor spells it.
    pub setting: Option<String>,
    /// Whether it passes a proxy; `None`: unknown.
    pub proxy: Option<Proxy>,
    /// What its vendor thinks of it.
    pub standing: Option<Standing>,
    /// The first version of the product that has it.
    pub since: Option<String>,
    /// The last version of the product that has it.
    pub until: Option<String>,
    /// What it is for, its own or its service's; `None`: the row alone says all that is known.
    pub purpose: Option<UnitId>,
    /// What the source does not state.
    pub inferred: Vec<Inferred>,
    /// Where it comes from.
    pub cites: Vec<Cite>,
}

/// One end of a connection.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    /// Who stands there.
    pub who: Who,
    /// By which addresses.
    pub hosts: Hosts,
}

/// Who stands at one end of a connection. Whoever asks takes it apart by its kinds.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Who {
    /// Components, each by itself.
    Parties(Vec<ComponentId>),
    /// Anyone.
    Any,
    /// The source does not say.
    Unstated,
}

/// One that stands at an end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Party {
    /// A component.
    Component(ComponentId),
    /// Anyone.
    Any,
    /// The source does not say.
    Unstated,
}

impl Party {
    /// The component, if it is one.
    pub fn component(self) -> Option<ComponentId> {
        match self {
            Self::Component(id) => Some(id),
            Self::Any | Self::Unstated => None,
        }
    }
}

impl Who {
    /// The components that stand there.
    pub fn parties(&self) -> &[ComponentId] {
        match self {
            Self::Parties(parties) => parties,
            Self::Any | Self::Unstated => &[],
        }
    }

    /// Everyone who stands there.
    pub fn each(&self) -> impl Iterator<Item = Party> + Clone {
        let nobody = match self {
            Self::Parties(_) => None,
            Self::Any => Some(Party::Any),
            Self::Unstated => Some(Party::Unstated),
        };
        self.parties().iter().copied().map(Party::Component).chain(nobody)
    }

    /// Whether one stands there.
    pub fn has(&self, party: Party) -> bool {
        self.each().any(|known| known == party)
    }

    /// As the data files say it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Parties(_) => "parties",
            Self::Any => "any",
            Self::Unstated => "unstated",
        }
    }
}

/// A port from which a connection is opened.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FromPort {
    /// The transport.
    pub transport: Transport,
    /// The port.
    pub port: Port,
}

impl Flow {
    /// The components at its ends, those that open it first.
    pub fn parties(&self) -> impl Iterator<Item = ComponentId> {
        self.from.parties().iter().chain(self.to.parties()).copied()
    }

    /// Each opener with each destination; where either may open, each with the other, and none with itself.
    pub fn pairs(&self) -> impl Iterator<Item = (Party, Party)> {
        let pairs = self.from.who.each().flat_map(|from| self.to.who.each().map(move |to| (from, to)));
        pairs.filter(|(from, to)| !self.between || from != to)
    }

    /// The port from which an entry is opened, where one is given.
    pub fn from_port(&self, entry: Entry) -> Option<Port> {
        match entry {
            Entry::Port { transport, .. } => {
                self.from_ports.iter().find(|from| from.transport == transport).map(|from| from.port)
            }
            Entry::Bare(_) => None,
        }
    }
}

impl End {
    /// The components that stand there.
    pub fn parties(&self) -> &[ComponentId] {
        self.who.parties()
    }
}

/// One line of `ports:`.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What it lets through.
    pub traffic: Traffic,
    /// The application protocols, if the source names any.
    pub services: Vec<ServiceId>,
    /// When it is this port: of a named range that hangs on a choice. Without the flow's own condition.
    pub when: Condition,
    /// Where it is written.
    pub span: Span,
}

/// A range of ports with a name.
#[derive(Debug)]
pub struct NamedRange {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub span: Span,
    /// Its values, each with its condition.
    pub values: Vec<(Condition, Port)>,
}

/// Where an end of a flow is reached.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hosts {
    /// How the source answers.
    pub kind: HostsKind,
    /// The addresses, for `List`.
    pub list: Vec<Address>,
    /// The source that lists them.
    pub source: Option<CitedId>,
}

/// How a source answers the question where an end is reached.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum HostsKind {
    /// On the reader's own machine.
    Own,
    /// Anywhere.
    Any,
    /// The vendor publishes none.
    Unpublished,
    /// It does not say.
    Unknown,
    /// It names a page that lists them.
    See,
    /// It lists them.
    List,
}

impl HostsKind {
    /// As the data files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Any => "any",
            Self::Unpublished => "unpublished",
            Self::Unknown => "unknown",
            Self::See => "see",
            Self::List => "list",
        }
    }
}

/// One address and when it is used.
#[non_exhaustive]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// In the form of the data files.
    pub text: String,
    /// What it is.
    pub kind: AddressKind,
    /// Its groups' conditions, without the flow's.
    pub when: Condition,
    /// Where it is written.
    pub span: Span,
}
