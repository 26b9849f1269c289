//! Keys of a file of common, and of what only common has.

/// A file of `content/common/`.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod common {
    use super::super::{ItemKeys, Key, Takes, may, part};

    pub const SERVICES: Key =
        may("services", Takes::Items(&super::super::service::KEYS), "protocols; they exist only here");
    pub const COMPONENTS: Key =
        may("components", Takes::Items(&super::super::component::KEYS), "parties that several products talk to");
    pub const ZONES: Key =
        may("zones", Takes::Items(&super::super::zone::KEYS), "where components stand; they exist only here");
    pub const OPTIONS: Key =
        may("options", Takes::Items(&super::super::option::KEYS), "options that several products share");
    pub const TERMS: Key = may("terms", Takes::Items(&super::super::term::KEYS), "the glossary");
    pub const ADDRESS_LISTS: Key =
        may("address-lists", Takes::Items(&super::super::address_list::KEYS), "addresses that several products use");
    pub const PORT_RANGES: Key =
        may("port-ranges", Takes::PortRanges, "ranges of ports with a name, for `$ID/TRANSPORT`; they exist only here");

    pub const KEYS: ItemKeys =
        part("a file of common", &[SERVICES, COMPONENTS, ZONES, OPTIONS, TERMS, ADDRESS_LISTS, PORT_RANGES]);
}

/// One value of a named range of ports.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod port_range {
    use super::super::{ItemKeys, Key, Takes, may, must, part};

    pub const WHEN: Key = may("when", Takes::When, "when it holds; every one of several values needs one");
    pub const RANGE: Key = must("range", Takes::Range, "the ports");

    pub const KEYS: ItemKeys = part("a value of a port range", &[WHEN, RANGE]);
}

/// An application protocol.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod service {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const NAME: Key = must("name", Takes::Name, "what the protocol is called");
    pub const PORTS: Key =
        may("ports", Takes::PortsAlone, "its well-known ports; a flow with another protocol there gets a warning");
    pub const PURPOSE: Key = may("purpose", Takes::Text, "what it is for, where a flow does not say");

    pub const KEYS: ItemKeys = item("a service", &[NAME, PORTS, PURPOSE]);
}

/// Where components stand.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod zone {
    use super::super::{ItemKeys, Key, Takes, item, must, names};
    use crate::value::words;

    pub const NAME: Key = must("name", Takes::Name, "what it is called");
    pub const SIDE: Key =
        must("side", Takes::OneOf(|| names(words::SIDE)), "whether the reader runs the machines in it");

    pub const KEYS: ItemKeys = item("a zone", &[NAME, SIDE]);
}

/// A word of the glossary.
#[expect(missing_docs, reason = "each key says what it is for")]
pub mod term {
    use super::super::{ItemKeys, Key, Takes, item, may, must};

    pub const NAME: Key = must("name", Takes::Text, "the approved word in each language");
    pub const READING: Key = may(
        "reading",
        Takes::WordByLocale,
        "how it is read, where its letters don't tell (Japanese: `ja: まちうけポート`): the glossary sorts by it",
    );
    pub const FORMS: Key = may("forms", Takes::WordsByLocale, "inflections that count as the same word");
    pub const FORBIDDEN: Key = may(
        "forbidden",
        Takes::WordsByLocale,
        "words that must not stand for it: `forbidden-term` finds them where the source text has the term",
    );
    pub const SYNONYMS: Key = may(
        "synonyms",
        Takes::Words,
        "what readers may look for instead: the search takes them for the term, in every language",
    );
    pub const DEFINITION: Key = may("definition", Takes::Text, "what it means");
    pub const UI: Key = may("ui", Takes::OneOf(|| vec!["shown"]), "it is a label in a vendor's console");

    pub const KEYS: ItemKeys = item("a term", &[NAME, READING, FORMS, FORBIDDEN, SYNONYMS, DEFINITION, UI]);
}
