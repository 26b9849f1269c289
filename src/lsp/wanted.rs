//! What may stand at a place of a file, by the tables of keys that the parser reads with.

use super::context::Context;
use crate::item::ItemKind;
use crate::parse::keys::{self, ItemKeys, Key, Takes};
use crate::parse::schema::Kind;
use crate::value::words::NOBODY;

/// What may stand somewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    /// The id of an item of this kind.
    Item(ItemKind),
    /// A choice of the option with this id.
    ChoiceOf(String),
    /// A table of the source with this id.
    TableOf(String),
    /// This very word.
    Word(&'static str),
    /// The code of a check.
    Code,
}

/// What may stand at a place of a file of a kind.
pub(super) fn wanted(kind: Kind, context: &Context) -> Vec<Wanted> {
    let keys = match kind {
        Kind::Product => &keys::product::KEYS,
        Kind::Common => &keys::common::KEYS,
        Kind::Page => &keys::page::KEYS,
    };
    if context.is_in_block { Vec::new() } else { below(keys, &context.path, None, &context.lead) }
}

/// Below an item or a part of one; `owner` is the id of the item.
fn below(item: &ItemKeys, path: &[String], owner: Option<&str>, lead: &str) -> Vec<Wanted> {
    let Some((name, rest)) = path.split_first() else { return Vec::new() };
    let common: &[Key] = if item.is_addressable { keys::EVERY_ITEM } else { &[] };
    let Some(key) = item.keys.iter().chain(common).find(|key| key.name == name) else { return Vec::new() };
    let one = |kind| vec![Wanted::Item(kind)];
    match key.takes {
        Takes::Items(inner) => {
            rest.split_first().map_or_else(Vec::new, |(id, rest)| below(inner, rest, Some(id), lead))
        }
        Takes::Part(inner) => below(inner, rest, owner, lead),
        Takes::End => {
            one(ItemKind::Component).into_iter().chain(NOBODY.iter().map(|(word, _)| Wanted::Word(word))).collect()
        }
        Takes::Two | Takes::Machine | Takes::Machines => one(ItemKind::Component),
        Takes::When | Takes::Case => match rest {
            [] => one(ItemKind::Option),
            [option] => vec![Wanted::ChoiceOf(option.clone())],
            _ => Vec::new(),
        },
        Takes::Id | Takes::Ids => by_name(key.name, owner),
        Takes::Ports if lead.ends_with('$') => one(ItemKind::PortRange),
        Takes::Ports if lead.contains(' ') => one(ItemKind::Service),
        Takes::PortRanges => {
            rest.split_first().map_or_else(Vec::new, |(id, rest)| below(&keys::port_range::KEYS, rest, Some(id), lead))
        }
        Takes::Addresses | Takes::AddressList => below(&keys::address::KEYS, rest, owner, lead),
        Takes::Rows => match rest {
            [] => one(ItemKind::Source),
            [source, ..] => vec![Wanted::TableOf(source.clone())],
        },
        Takes::Alternatives | Takes::Ways => one(ItemKind::Flow),
        Takes::Places => match lead {
            "component:" => one(ItemKind::Component),
            "option:" => one(ItemKind::Option),
            "" => one(ItemKind::Flow).into_iter().chain(["component:", "option:"].map(Wanted::Word)).collect(),
            _ => Vec::new(),
        },
        Takes::Exceptions => below(&keys::allow::KEYS, rest, owner, lead),
        Takes::Code => vec![Wanted::Code],
        Takes::Name
        | Takes::Text
        | Takes::Word
        | Takes::Words
        | Takes::WordByLocale
        | Takes::WordsByLocale
        | Takes::Number
        | Takes::RowsOfTable
        | Takes::Day
        | Takes::Date
        | Takes::Url
        | Takes::Versions
        | Takes::OneOf(_)
        | Takes::SomeOf(_)
        | Takes::Ports
        | Takes::PortsAlone
        | Takes::FromPorts
        | Takes::Range
        | Takes::Tables
        | Takes::Skip
        | Takes::Choices => Vec::new(),
    }
}

/// Of keys that take an id: of what.
fn by_name(key: &str, owner: Option<&str>) -> Vec<Wanted> {
    let kind = [
        (keys::component::ZONE, ItemKind::Zone),
        (keys::flow::SOURCE, ItemKind::Source),
        (keys::address::LIST, ItemKind::AddressList),
        (keys::address::SEE, ItemKind::Source),
        (keys::scenario::WITHOUT, ItemKind::Component),
        (keys::alternatives::PREFERRED, ItemKind::Flow),
    ]
    .into_iter()
    .find(|(known, _)| known.name == key);
    match (kind, owner) {
        (Some((_, kind)), _) => vec![Wanted::Item(kind)],
        (None, Some(option)) if key == keys::option::DEFAULT.name => vec![Wanted::ChoiceOf(option.to_owned())],
        (None, _) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(kind: Kind, path: &str, lead: &str) -> Vec<Wanted> {
        let path = path.split('/').map(str::to_owned).collect();
        wanted(kind, &Context { path, lead: lead.to_owned(), ..Context::default() })
    }

    #[test]
    fn every_key_that_takes_an_id_says_of_what() {
        let item = |kind| vec![Wanted::Item(kind)];
        let choice = |option: &str| vec![Wanted::ChoiceOf(option.to_owned())];
        for (path, lead, expected) in [
            ("flows/x/between", "", item(ItemKind::Component)),
            ("flows/x/ports", "443/tcp ", item(ItemKind::Service)),
            ("flows/x/ports", "$", item(ItemKind::PortRange)),
            ("flows/x/ports", "", vec![]),
            ("flows/x/when", "", item(ItemKind::Option)),
            ("flows/x/when/mode", "", choice("mode")),
            ("flows/x/hosts/list", "", item(ItemKind::AddressList)),
            ("flows/x/hosts/when/mode", "", choice("mode")),
            ("flows/x/rows", "", item(ItemKind::Source)),
            ("flows/x/rows/manual", "", vec![Wanted::TableOf("manual".to_owned())]),
            ("flows/x/allow/code", "", vec![Wanted::Code]),
            ("flows/x/purpose/en", "", vec![]),
            ("flows/x/nothing", "", vec![]),
            ("defaults/mode", "", choice("mode")),
            ("options/mode/default", "", choice("mode")),
            ("components/x/zone", "", item(ItemKind::Zone)),
            ("components/x/runs-on", "", item(ItemKind::Component)),
            ("scenarios/x/without", "", item(ItemKind::Component)),
            ("scenarios/x/choose/mode", "", choice("mode")),
            ("alternatives/ways", "", item(ItemKind::Flow)),
            ("notes/x/on", "option:", item(ItemKind::Option)),
        ] {
            assert_eq!(at(Kind::Product, path, lead), expected, "{path} {lead}");
        }
        assert_eq!(at(Kind::Product, "flows/x/to", "").len(), 3);
        assert_eq!(at(Kind::Common, "port-ranges/x/when/mode", ""), choice("mode"));
        assert_eq!(at(Kind::Page, "sections/x/text/en", ""), []);
    }
}
