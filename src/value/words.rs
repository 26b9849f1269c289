//! What is said of a connection, a zone or a note in one of a few words, and the words of the language for
//! each.

/// How many lines of `ports:` are needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// All of them.
    All,
    /// One of them.
    One,
}

/// How far a connection reaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// Across the network.
    Network,
    /// Used inside a component: no client connects. Machines of a cluster that talk over the network
    /// are a flow of `Network` from a component to itself.
    Internal,
    /// Within one computer: the only scope that never needs a rule on the network.
    Loopback,
}

/// Whether and where a port can be changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Configurable {
    /// In the product.
    Changeable,
    /// Nowhere.
    Fixed,
    /// In the operating system.
    InOs,
    /// In the URL.
    InUrl,
}

/// Whether a connection can pass a proxy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proxy {
    /// Of any kind the source leaves open.
    Allowed,
    /// HTTP.
    Http,
    /// SOCKS.
    Socks,
    /// HTTP and SOCKS.
    HttpAndSocks,
    /// No.
    None,
    /// As the operating system is set.
    InOs,
}

/// A field whose value the source does not state.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Inferred {
    /// Who opens.
    From,
    /// Who listens.
    To,
    /// TCP or UDP.
    Transport,
    /// The application protocol.
    Service,
    /// The addresses.
    Hosts,
    /// The conditions on addresses.
    HostsWhen,
    /// The condition.
    When,
}

/// The words of the language for [`Need`].
pub const NEED: &[(&str, Need)] = &[("all", Need::All), ("one", Need::One)];

/// The words of the language for [`Scope`].
pub const SCOPE: &[(&str, Scope)] =
    &[("network", Scope::Network), ("internal", Scope::Internal), ("loopback", Scope::Loopback)];

/// The words of the language for [`Configurable`].
pub const CONFIGURABLE: &[(&str, Configurable)] = &[
    ("changeable", Configurable::Changeable),
    ("fixed", Configurable::Fixed),
    ("in-os", Configurable::InOs),
    ("in-url", Configurable::InUrl),
];

/// The words of the language for [`Proxy`].
pub const PROXY: &[(&str, Proxy)] = &[
    ("allowed", Proxy::Allowed),
    ("http", Proxy::Http),
    ("socks", Proxy::Socks),
    ("http+socks", Proxy::HttpAndSocks),
    ("none", Proxy::None),
    ("in-os", Proxy::InOs),
];

/// The words of the language for [`Inferred`].
pub const INFERRED: &[(&str, Inferred)] = &[
    ("from", Inferred::From),
    ("to", Inferred::To),
    ("transport", Inferred::Transport),
    ("service", Inferred::Service),
    ("hosts", Inferred::Hosts),
    ("hosts.when", Inferred::HostsWhen),
    ("when", Inferred::When),
];

/// Where an end of a connection that names no component stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Nobody {
    /// Anyone.
    Any,
    /// The source does not say.
    Unstated,
}

/// The words of the language for [`Nobody`].
pub const NOBODY: &[(&str, Nobody)] = &[("any", Nobody::Any), ("unstated", Nobody::Unstated)];

/// Whether a connection is to be let through.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// It is needed.
    Allow,
    /// It must not be possible.
    Block,
}

/// The words of the language for [`Verdict`].
pub const VERDICT: &[(&str, Verdict)] = &[("allow", Verdict::Allow), ("block", Verdict::Block)];

/// What its vendor thinks of a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// It will go away.
    Deprecated,
    /// It may still change.
    Preview,
}

/// The words of the language for [`Standing`].
pub const STANDING: &[(&str, Standing)] = &[("deprecated", Standing::Deprecated), ("preview", Standing::Preview)];

/// The word for a value, from one of the tables above.
pub fn word_of<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    match words.iter().find(|(_, candidate)| candidate == value) {
        Some((word, _)) => word,
        None => unreachable!("each table lists every variant of its enum"),
    }
}

/// How much a note matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoteKind {
    /// Good to know.
    Note,
    /// Saves work.
    Tip,
    /// Prevents damage.
    Caution,
}

/// The words of the language for [`NoteKind`].
pub const NOTE_KIND: &[(&str, NoteKind)] =
    &[("note", NoteKind::Note), ("tip", NoteKind::Tip), ("caution", NoteKind::Caution)];

/// Whose machines stand in a zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The reader's.
    Inside,
    /// Somebody else's.
    Outside,
}

/// The words of the language for [`Side`].
pub const SIDE: &[(&str, Side)] = &[("inside", Side::Inside), ("outside", Side::Outside)];
