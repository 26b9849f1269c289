//! The keys of every kind of item, once: what a map may hold, and what it must. The readers take
//! them from here, and so do the messages about unknown and missing keys; `docs/reference.md` has a
//! table for each kind, and a test holds the two together.

/// A kind of item.
#[derive(Debug)]
pub struct ItemKeys {
    /// As messages name it.
    pub what: &'static str,
    /// Its keys, in the order in which people read them.
    pub keys: &'static [Key],
    /// Whether it takes the keys of [`EVERY_ITEM`] too.
    pub is_addressable: bool,
}

/// A key of an item.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// Whether the item can't be without it, whatever else it says.
    pub is_required: bool,
}

impl Key {
    /// As messages show it.
    pub fn shown(self) -> String {
        format!("`{}`", self.name)
    }
}

impl ItemKeys {
    /// The names of all its keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let common = if self.is_addressable { EVERY_ITEM } else { &[] };
        self.keys.iter().chain(common).map(|key| key.name)
    }
}

/// What any item with an id takes.
pub const EVERY_ITEM: &[Key] = &[FORMER_IDS, ALLOW];
/// Ids an item had before.
pub const FORMER_IDS: Key = may("former-ids");
/// Checks that are excepted on an item.
pub const ALLOW: Key = may("allow");

/// A file of `content/common/`.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod common {
    use super::{ItemKeys, Key, may, part};

    pub const SERVICES: Key = may("services");
    pub const COMPONENTS: Key = may("components");
    pub const ZONES: Key = may("zones");
    pub const OPTIONS: Key = may("options");
    pub const TERMS: Key = may("terms");
    pub const ADDRESS_LISTS: Key = may("address-lists");
    pub const PORT_RANGES: Key = may("port-ranges");

    pub const KEYS: ItemKeys =
        part("a file of common", &[SERVICES, COMPONENTS, ZONES, OPTIONS, TERMS, ADDRESS_LISTS, PORT_RANGES]);
}

/// A file of `content/products/`.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod product {
    use super::{ItemKeys, Key, item, may, must};

    pub const NAME: Key = must("name");
    pub const SUMMARY: Key = must("summary");
    pub const VERSIONS: Key = may("versions");
    pub const SOURCES: Key = must("sources");
    pub const OPTIONS: Key = may("options");
    pub const COMPONENTS: Key = may("components");
    pub const ADDRESS_LISTS: Key = may("address-lists");
    pub const DEFAULTS: Key = may("defaults");
    pub const FLOW_DEFAULTS: Key = may("flow-defaults");
    pub const FLOWS: Key = must("flows");
    pub const ALTERNATIVES: Key = may("alternatives");
    pub const SCENARIOS: Key = may("scenarios");
    pub const NOTES: Key = may("notes");

    pub const KEYS: ItemKeys = item(
        "a product",
        &[
            NAME,
            SUMMARY,
            VERSIONS,
            SOURCES,
            OPTIONS,
            COMPONENTS,
            ADDRESS_LISTS,
            DEFAULTS,
            FLOW_DEFAULTS,
            FLOWS,
            ALTERNATIVES,
            SCENARIOS,
            NOTES,
        ],
    );
}

/// Where facts come from. A source that was read has `read`, one that is only pointed at has not; one has
/// `rows` or `tables`.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod source {
    use super::{ItemKeys, Key, item, may, must};

    pub const TITLE: Key = must("title");
    pub const URL: Key = may("url");
    pub const READ: Key = may("read");
    pub const AS_OF: Key = may("as-of");
    pub const ROWS: Key = may("rows");
    pub const TABLES: Key = may("tables");
    pub const SKIP: Key = may("skip");

    pub const KEYS: ItemKeys = item("a source", &[TITLE, URL, READ, AS_OF, ROWS, TABLES, SKIP]);
}

/// A table of a source, written at length.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod table {
    use super::{ItemKeys, Key, may, must, part};

    pub const TITLE: Key = may("title");
    pub const ROWS: Key = must("rows");

    pub const KEYS: ItemKeys = part("a table of a source", &[TITLE, ROWS]);
}

/// One end of a connection. Its name is absent only where a product adds to a common component.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod component {
    use super::{ItemKeys, Key, item, may};

    pub const NAME: Key = may("name");
    pub const ZONE: Key = may("zone");
    pub const RUNS_ON: Key = may("runs-on");
    pub const EXAMPLES: Key = may("examples");
    pub const SUMMARY: Key = may("summary");

    pub const KEYS: ItemKeys = item("a component", &[NAME, ZONE, RUNS_ON, EXAMPLES, SUMMARY]);
}

/// One axis on which requirements differ.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod option {
    use super::{ItemKeys, Key, item, may, must};

    pub const LABEL: Key = must("label");
    pub const TEXT: Key = may("text");
    pub const WHEN: Key = may("when");
    pub const DEFAULT: Key = may("default");
    pub const CHOICES: Key = may("choices");

    pub const KEYS: ItemKeys = item("an option", &[LABEL, TEXT, WHEN, DEFAULT, CHOICES]);
}

/// One value of an option, written at length.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod choice {
    use super::{ItemKeys, Key, item, may, must};

    pub const LABEL: Key = must("label");
    pub const TEXT: Key = may("text");

    pub const KEYS: ItemKeys = item("a choice", &[LABEL, TEXT]);
}

/// What holds for the flows of a product that say nothing else.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod flow_defaults {
    use super::{ItemKeys, Key, may, part};

    pub const CONFIGURABLE: Key = may("configurable");
    pub const PROXY: Key = may("proxy");

    pub const KEYS: ItemKeys = part("`flow-defaults`", &[CONFIGURABLE, PROXY]);
}

/// One value of a named range of ports.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod port_range {
    use super::{ItemKeys, Key, may, must, part};

    pub const WHEN: Key = may("when");
    pub const RANGE: Key = must("range");

    pub const KEYS: ItemKeys = part("a value of a port range", &[WHEN, RANGE]);
}

/// Who connects to whom. Only inside one component's machines may `from` be absent.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod flow {
    use super::{ItemKeys, Key, item, may, must};

    pub const FROM: Key = may("from");
    pub const TO: Key = may("to");
    pub const BETWEEN: Key = may("between");
    pub const PORTS: Key = must("ports");
    pub const FROM_PORTS: Key = may("from-ports");
    pub const VERDICT: Key = may("verdict");
    pub const NEED: Key = may("need");
    pub const WHEN: Key = may("when");
    pub const SCOPE: Key = may("scope");
    pub const HOSTS: Key = may("hosts");
    pub const FROM_HOSTS: Key = may("from-hosts");
    pub const CONFIGURABLE: Key = may("configurable");
    pub const SETTING: Key = may("setting");
    pub const PROXY: Key = may("proxy");
    pub const STATUS: Key = may("status");
    pub const SINCE: Key = may("since");
    pub const UNTIL: Key = may("until");
    pub const PURPOSE: Key = may("purpose");
    pub const INFERRED: Key = may("inferred");
    pub const SOURCE: Key = may("source");
    pub const ROWS: Key = may("rows");

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
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod address {
    use super::{ItemKeys, Key, may, part};

    pub const LIST: Key = may("list");
    pub const SEE: Key = may("see");
    pub const WHEN: Key = may("when");
    pub const HOSTS: Key = may("hosts");

    pub const KEYS: ItemKeys = part("an address", &[LIST, SEE, WHEN, HOSTS]);
}

/// Addresses used by several flows.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod address_list {
    use super::{ItemKeys, Key, item, may, must};

    pub const HOSTS: Key = must("hosts");
    pub const SOURCE: Key = may("source");

    pub const KEYS: ItemKeys = item("an address list", &[HOSTS, SOURCE]);
}

/// A group of ways of which one is enough, where a way may be several flows.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod alternatives {
    use super::{ItemKeys, Key, may, must, part};

    pub const WAYS: Key = must("ways");
    pub const PREFERRED: Key = may("preferred");

    pub const KEYS: ItemKeys = part("a group of alternatives", &[WAYS, PREFERRED]);
}

/// A named selection.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod scenario {
    use super::{ItemKeys, Key, item, may, must};

    pub const TITLE: Key = must("title");
    pub const MACHINE: Key = may("machine");
    pub const CHOOSE: Key = may("choose");
    pub const WITHOUT: Key = may("without");
    pub const SUMMARY: Key = may("summary");
    pub const BENEFITS: Key = may("benefits");
    pub const DRAWBACKS: Key = may("drawbacks");

    pub const KEYS: ItemKeys = item("a scenario", &[TITLE, MACHINE, CHOOSE, WITHOUT, SUMMARY, BENEFITS, DRAWBACKS]);
}

/// What else a reader must know.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod note {
    use super::{ItemKeys, Key, item, may, must};

    pub const KIND: Key = must("kind");
    pub const ON: Key = may("on");
    pub const WHEN: Key = may("when");
    pub const TEXT: Key = must("text");

    pub const KEYS: ItemKeys = item("a note", &[KIND, ON, WHEN, TEXT]);
}

/// An application protocol.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod service {
    use super::{ItemKeys, Key, item, may, must};

    pub const NAME: Key = must("name");
    pub const PORTS: Key = may("ports");
    pub const PURPOSE: Key = may("purpose");

    pub const KEYS: ItemKeys = item("a service", &[NAME, PORTS, PURPOSE]);
}

/// Where components stand.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod zone {
    use super::{ItemKeys, Key, item, must};

    pub const NAME: Key = must("name");
    pub const SIDE: Key = must("side");

    pub const KEYS: ItemKeys = item("a zone", &[NAME, SIDE]);
}

/// A word of the glossary.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod term {
    use super::{ItemKeys, Key, item, may, must};

    pub const NAME: Key = must("name");
    pub const READING: Key = may("reading");
    pub const FORMS: Key = may("forms");
    pub const FORBIDDEN: Key = may("forbidden");
    pub const SYNONYMS: Key = may("synonyms");
    pub const DEFINITION: Key = may("definition");
    pub const UI: Key = may("ui");

    pub const KEYS: ItemKeys = item("a term", &[NAME, READING, FORMS, FORBIDDEN, SYNONYMS, DEFINITION, UI]);
}

/// A file of `content/pages/`.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod page {
    use super::{ItemKeys, Key, item, may, must};

    pub const TITLE: Key = must("title");
    pub const SUMMARY: Key = may("summary");
    pub const SECTIONS: Key = must("sections");

    pub const KEYS: ItemKeys = item("a page", &[TITLE, SUMMARY, SECTIONS]);
}

/// One section of a prose page.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod section {
    use super::{ItemKeys, Key, item, may, must};

    pub const TITLE: Key = may("title");
    pub const TEXT: Key = must("text");

    pub const KEYS: ItemKeys = item("a section", &[TITLE, TEXT]);
}

/// A check that is excepted.
#[expect(missing_docs, reason = "keys are explained in the reference")]
pub mod allow {
    use super::{ItemKeys, Key, must, part};

    pub const CODE: Key = must("code");
    pub const REASON: Key = must("reason");

    pub const KEYS: ItemKeys = part("`allow`", &[CODE, REASON]);
}

/// All kinds, for the reference.
pub const ALL: &[&ItemKeys] = &[
    &product::KEYS,
    &source::KEYS,
    &table::KEYS,
    &component::KEYS,
    &option::KEYS,
    &choice::KEYS,
    &flow::KEYS,
    &flow_defaults::KEYS,
    &address::KEYS,
    &address_list::KEYS,
    &alternatives::KEYS,
    &scenario::KEYS,
    &note::KEYS,
    &common::KEYS,
    &port_range::KEYS,
    &service::KEYS,
    &zone::KEYS,
    &term::KEYS,
    &page::KEYS,
    &section::KEYS,
    &allow::KEYS,
];

const fn item(what: &'static str, keys: &'static [Key]) -> ItemKeys {
    ItemKeys { what, keys, is_addressable: true }
}

/// Part of an item, without an id of its own.
const fn part(what: &'static str, keys: &'static [Key]) -> ItemKeys {
    ItemKeys { what, keys, is_addressable: false }
}

const fn must(name: &'static str) -> Key {
    Key { name, is_required: true }
}

const fn may(name: &'static str) -> Key {
    Key { name, is_required: false }
}
