//! The keys of every kind of item, once: what a map may hold, what it must, what each key takes and says.
//! The readers take them from here, and so do the messages about unknown and missing keys and the schemas
//! that editors help with (`schema`); `docs/reference.md` has a table for each kind, and a test holds the
//! two together, word for word.

mod common_keys;
mod flow_keys;
mod page_keys;
mod party_keys;
mod product_keys;
mod source_keys;

pub use common_keys::{common, port_range, service, term, zone};
pub use flow_keys::{address, address_list, flow};
pub use page_keys::{page, section};
pub use party_keys::{choice, component, option};
pub use product_keys::{alternatives, flow_defaults, note, product, scenario};
pub use source_keys::{source, table};

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
    /// What may stand behind it.
    pub takes: Takes,
    /// What it is for, in the words of the reference.
    pub says: &'static str,
}

/// What a key takes. The readers of `parse` decide; a schema says as much of it as a schema can.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// A text for all languages, or one for each.
    Name,
    /// A text for each language.
    Text,
    /// A word.
    Word,
    /// Words, or one.
    Words,
    /// A word for each language.
    WordByLocale,
    /// Words for each language.
    WordsByLocale,
    /// The id of something.
    Id,
    /// Ids, or one.
    Ids,
    /// A whole number.
    Number,
    /// A number of rows, of which there is one at least.
    RowsOfTable,
    /// A day.
    Day,
    /// A day or a month.
    Date,
    /// A web address, or one for each language.
    Url,
    /// Versions.
    Versions,
    /// One of a few words.
    OneOf(fn() -> Vec<&'static str>),
    /// Some of a few words.
    SomeOf(fn() -> Vec<&'static str>),
    /// Items, each under its id.
    Items(&'static ItemKeys),
    /// A map with keys of its own.
    Part(&'static ItemKeys),
    /// Options, each with the choices that are meant.
    Case,
    /// A condition.
    When,
    /// An end of a flow: components, or a word for nobody in particular.
    End,
    /// Two components.
    Two,
    /// A component.
    Machine,
    /// Components, or one.
    Machines,
    /// Lines of ports.
    Ports,
    /// Lines of ports that name no service.
    PortsAlone,
    /// Ports from which something is opened.
    FromPorts,
    /// Named ranges of ports.
    PortRanges,
    /// A range of ports.
    Range,
    /// Addresses, or a word in their place.
    Addresses,
    /// Addresses.
    AddressList,
    /// Rows of a source, or of several.
    Rows,
    /// Tables of a source.
    Tables,
    /// Rows that are skipped, each with the reason.
    Skip,
    /// The choices of an option.
    Choices,
    /// Groups of ways.
    Alternatives,
    /// The ways of a group.
    Ways,
    /// What a note is about.
    Places,
    /// Excepted checks.
    Exceptions,
    /// The code of a check.
    Code,
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
pub const FORMER_IDS: Key = may("former-ids", Takes::Ids, "what it was called before: old links lead on");
/// Checks that are excepted on an item.
pub const ALLOW: Key = may("allow", Takes::Exceptions, "checks that are wrong here");

/// A check that is excepted.
pub mod allow {
    use super::{ItemKeys, Key, Takes, must, part};

    /// Which one.
    pub const CODE: Key = must("code", Takes::Code, "which check");
    /// Why.
    pub const REASON: Key =
        must("reason", Takes::Word, "why the fact is right, for those who come after you; it is not published");

    /// Both.
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

const fn must(name: &'static str, takes: Takes, says: &'static str) -> Key {
    Key { name, is_required: true, takes, says }
}

const fn may(name: &'static str, takes: Takes, says: &'static str) -> Key {
    Key { name, is_required: false, takes, says }
}

/// The words of a table.
fn names<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

/// The words of a table, and the one that takes a default back.
fn or_unknown<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    names(words).into_iter().chain(["unknown"]).collect()
}
