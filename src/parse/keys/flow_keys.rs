//! Keys of a flow, and of the addresses at its ends.

/// Who connects to whom. Only inside one component's machines may `from` be absent.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod flow {
    use super::super::{ItemKeys, Key, Takes, item, may, must, names, or_unknown};
    use crate::value::words;

    pub const FROM: Key =
        may("from", Takes::End, "who opens the connection; may be absent only under `scope: internal`");
    pub const TO: Key = may("to", Takes::End, "who listens; may be absent only beside `between`");
    pub const BETWEEN: Key = may("between", Takes::Two, "either may open the connection; in place of `from` and `to`");
    pub const PORTS: Key = must("ports", Takes::Ports, "on what");
    pub const FROM_PORTS: Key = may(
        "from-ports",
        Takes::FromPorts,
        "from which ports it is opened, at most one port or range for each transport; absent: any",
    );
    pub const VERDICT: Key = may(
        "verdict",
        Takes::OneOf(|| names(words::VERDICT)),
        "whether it is let through; `block`: it must not be possible",
    );
    pub const NEED: Key =
        may("need", Takes::OneOf(|| names(words::NEED)), "whether all lines are needed, or one is enough");
    pub const WHEN: Key = may("when", Takes::When, "which choices need it; absent: always");
    pub const SCOPE: Key = may(
        "scope",
        Takes::OneOf(|| names(words::SCOPE)),
        "across the network; used inside a component, with no connections from clients; or within one computer",
    );
    pub const HOSTS: Key = may("hosts", Takes::Addresses, "where `to` is reached");
    pub const FROM_HOSTS: Key = may("from-hosts", Takes::Addresses, "where `from` connects from");
    pub const CONFIGURABLE: Key = may(
        "configurable",
        Takes::OneOf(|| or_unknown(words::CONFIGURABLE)),
        "whether and where the port can be changed: in the product, nowhere, in the operating system, in the address; absent: as `flow-defaults` says, else unknown",
    );
    pub const SETTING: Key = may(
        "setting",
        Takes::Word,
        "the setting that changes it, as its vendor spells it: `\"ports.dns\"`, `--secure-port`",
    );
    pub const PROXY: Key = may(
        "proxy",
        Takes::OneOf(|| or_unknown(words::PROXY)),
        "whether it passes a proxy: of any kind, of these kinds, not at all, as the operating system is set; absent: as `flow-defaults` says, else unknown",
    );
    pub const STATUS: Key = may(
        "status",
        Takes::OneOf(|| names(words::STANDING)),
        "its vendor advises against it, or has not released it yet",
    );
    pub const SINCE: Key = may("since", Takes::Word, "the first version that has it");
    pub const UNTIL: Key = may("until", Takes::Word, "the last version that has it");
    pub const PURPOSE: Key = may(
        "purpose",
        Takes::Text,
        "what it is for; may be absent where the protocol's own purpose is enough, and, with `allow`, where the source says no more than the row",
    );
    pub const INFERRED: Key = may(
        "inferred",
        Takes::SomeOf(|| names(words::INFERRED)),
        "what the source does not state and you concluded; readers see a mark",
    );
    pub const SOURCE: Key = may(
        "source",
        Takes::Id,
        "which source `rows` counts in, where the product has several and one of them states the flow",
    );
    pub const ROWS: Key = may(
        "rows",
        Takes::Rows,
        "the rows that it covers, `3` or, of a table, `inbound/3`; where several sources state one fact, those of each, in place of `source`",
    );

    pub const KEYS: ItemKeys = item(
        "a flow",
        &[
            FROM,
            TO,
            BETWEEN,
            PORTS,
            FROM_PORTS,
            NEED,
            WHEN,
            SCOPE,
            VERDICT,
            HOSTS,
            FROM_HOSTS,
            CONFIGURABLE,
            SETTING,
            PROXY,
            STATUS,
            SINCE,
            UNTIL,
            PURPOSE,
            INFERRED,
            SOURCE,
            ROWS,
        ],
    );
}

/// An address that is more than a word: a list, a pointer, or a group with a condition.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod address {
    use super::super::{ItemKeys, Key, Takes, may, part};

    pub const LIST: Key = may("list", Takes::Id, "all its addresses");
    pub const SEE: Key = may("see", Takes::Id, "the addresses stand there, and change too often to be copied");
    pub const WHEN: Key = may("when", Takes::When, "when the group holds");
    pub const HOSTS: Key = may("hosts", Takes::AddressList, "the group");

    pub const KEYS: ItemKeys = part("an address", &[LIST, SEE, WHEN, HOSTS]);
}

/// Addresses used by several flows.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod address_list {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const HOSTS: Key = must("hosts", Takes::AddressList, "what it holds");
    pub const SOURCE: Key = may("source", Takes::Id, "where it comes from");

    pub const KEYS: ItemKeys = item("an address list", &[HOSTS, SOURCE]);
}
