//! The keys of every kind of item, once: what a map may hold, and what it must. The readers take
//! them from here, and so do the messages about unknown and missing keys; `docs/reference.md` has a
//! table for each kind, and a test holds the two together.

/// A kind of item.
#[derive(Debug)]
pub struct Item {
    /// As messages name it.
    pub what: &'static str,
    /// Its keys, in the order in which people read them.
    pub keys: &'static [Key],
    /// Whether it takes the keys of [`EVERY_ITEM`] too.
    pub is_addressable: bool,
}

/// A key of an item.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// Whether the item can't be without it, whatever else it says.
    pub is_required: bool,
}

impl Item {
    /// The names of all its keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let common = if self.is_addressable { EVERY_ITEM } else { &[] };
        self.keys.iter().chain(common).map(|key| key.name)
    }
}

/// What any item with an id takes.
pub const EVERY_ITEM: &[Key] = &[may("former-ids"), may("allow")];

/// A file of `content/common/`.
pub const COMMON: Item = part(
    "a file of common",
    &[may("services"), may("components"), may("zones"), may("options"), may("terms"), may("address-lists")],
);

/// A file of `content/products/`.
pub const PRODUCT: Item = item(
    "a product",
    &[
        must("name"),
        must("summary"),
        may("versions"),
        must("sources"),
        may("options"),
        may("components"),
        may("address-lists"),
        may("defaults"),
        must("flows"),
        may("alternatives"),
        may("scenarios"),
        may("notes"),
    ],
);

/// Where facts come from. A source that was read has `read`, one that is only pointed at has not.
pub const SOURCE: Item = item("a source", &[must("title"), may("url"), may("read"), may("as-of"), must("rows")]);

/// One end of a connection. Its name is absent only where a product adds to a common component.
pub const COMPONENT: Item = item("a component", &[may("name"), may("zone"), may("examples"), may("summary")]);

/// One axis on which requirements differ.
pub const OPTION: Item = item("an option", &[must("label"), may("text"), may("when"), may("default"), may("choices")]);

/// One value of an option, written at length.
pub const CHOICE: Item = item("a choice", &[must("label"), may("text")]);

/// Who connects to whom. Only inside one component's machines may `from` be absent.
pub const FLOW: Item = item(
    "a flow",
    &[
        may("from"),
        must("to"),
        must("ports"),
        may("need"),
        may("when"),
        may("scope"),
        may("hosts"),
        may("from-hosts"),
        may("configurable"),
        may("proxy"),
        may("purpose"),
        may("inferred"),
        may("source"),
        may("rows"),
    ],
);

/// An address that is more than a word: a list, a pointer, or a group with a condition.
pub const ADDRESS: Item = part("an address", &[may("list"), may("see"), may("when"), may("hosts")]);

/// Addresses used by several flows.
pub const ADDRESS_LIST: Item = item("an address list", &[must("hosts"), may("source")]);

/// A named selection.
pub const SCENARIO: Item = item(
    "a scenario",
    &[must("title"), may("choose"), may("without"), may("summary"), may("benefits"), may("drawbacks")],
);

/// What else a reader must know.
pub const NOTE: Item = item("a note", &[must("kind"), may("on"), may("when"), must("text")]);

/// An application protocol.
pub const SERVICE: Item = item("a service", &[must("name"), may("ports"), may("purpose")]);

/// Where components stand.
pub const ZONE: Item = item("a zone", &[must("name"), must("side")]);

/// A word of the glossary.
pub const TERM: Item = item(
    "a term",
    &[must("name"), may("reading"), may("forms"), may("forbidden"), may("synonyms"), may("definition"), may("ui")],
);

/// A file of `content/pages/`.
pub const PAGE: Item = item("a page", &[must("title"), may("summary"), must("sections")]);

/// One section of a prose page.
pub const SECTION: Item = item("a section", &[may("title"), must("text")]);

/// A check that is excepted.
pub const ALLOW: Item = part("`allow`", &[must("code"), must("reason")]);

/// All kinds, for the reference.
pub const ALL: &[&Item] = &[
    &PRODUCT,
    &SOURCE,
    &COMPONENT,
    &OPTION,
    &CHOICE,
    &FLOW,
    &ADDRESS,
    &ADDRESS_LIST,
    &SCENARIO,
    &NOTE,
    &COMMON,
    &SERVICE,
    &ZONE,
    &TERM,
    &PAGE,
    &SECTION,
    &ALLOW,
];

const fn item(what: &'static str, keys: &'static [Key]) -> Item {
    Item { what, keys, is_addressable: true }
}

/// Part of an item, without an id of its own.
const fn part(what: &'static str, keys: &'static [Key]) -> Item {
    Item { what, keys, is_addressable: false }
}

const fn must(name: &'static str) -> Key {
    Key { name, is_required: true }
}

const fn may(name: &'static str) -> Key {
    Key { name, is_required: false }
}
