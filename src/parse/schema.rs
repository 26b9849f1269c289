//! JSON Schemas of the files below `content/`, for editors: made from the tables of keys, so that they say
//! what the readers say. Draft 07, which every editor's language server knows.
//!
//! A schema sees one file and its form. What it can't say (whether an id exists, whether a range runs
//! backwards) it lets pass: it never refuses what `check` takes.

mod between;
mod forms;
mod patterns;

use serde_json::{Map, Value, json};

use crate::locale::Locales;

use super::keys::{self, EVERY_ITEM, ItemKeys, Key, Takes};

/// The dialect.
pub const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// The three kinds of files of content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `content/products/ID.yaml`
    Product,
    /// `content/common/*.yaml`
    Common,
    /// `content/pages/ID.yaml`
    Page,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Product, Self::Common, Self::Page];

    /// What a file at a path holds.
    pub fn of_path(path: &str) -> Option<Self> {
        Some(match super::place_of(path)?.0 {
            "products" => Self::Product,
            "common" => Self::Common,
            _ => Self::Page,
        })
    }

    /// What its schema is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Common => "common",
            Self::Page => "page",
        }
    }

    fn keys(self) -> &'static ItemKeys {
        match self {
            Self::Product => &keys::product::KEYS,
            Self::Common => &keys::common::KEYS,
            Self::Page => &keys::page::KEYS,
        }
    }
}

/// The schema of one kind of files. With the locales of a site it offers them, and asks for the text that
/// all others are translated from.
pub fn schema_of(kind: Kind, locales: Option<&Locales>) -> Value {
    let mut writer = Writer::new(locales);
    let mut root = writer.map_of(kind.keys(), kind);
    root.insert("$schema".to_owned(), json!(DIALECT));
    root.insert("definitions".to_owned(), Value::Object(writer.definitions));
    Value::Object(root)
}

/// One schema of every file: which kind it is of, its first keys tell.
pub fn schema_of_all(locales: Option<&Locales>) -> Value {
    let mut writer = Writer::new(locales);
    let [product, common, page] = Kind::ALL.map(|kind| Value::Object(writer.map_of(kind.keys(), kind)));
    let told_by = |keys: &[Key]| {
        let told: Vec<_> = keys.iter().map(|key| json!({ "required": [key.name] })).collect();
        json!({ "anyOf": told })
    };
    let of_product = [keys::product::FLOWS, keys::product::SOURCES, keys::product::NAME, keys::product::SUMMARY];
    json!({
        "$schema": DIALECT,
        "title": "rutter: a file of content",
        "if": told_by(&[keys::page::SECTIONS, keys::page::TITLE]),
        "then": page,
        "else": { "if": told_by(&of_product), "then": product, "else": common },
        "definitions": writer.definitions,
    })
}

/// Writes a schema; what stands in several places is defined once.
struct Writer<'a> {
    locales: Option<&'a Locales>,
    definitions: Map<String, Value>,
}

impl<'a> Writer<'a> {
    fn new(locales: Option<&'a Locales>) -> Self {
        let mut definitions = Map::new();
        definitions.insert("text".to_owned(), forms::text());
        Self { locales, definitions }
    }

    /// A map with the keys of a kind of item.
    fn map_of(&mut self, item: &ItemKeys, kind: Kind) -> Map<String, Value> {
        let common = if item.is_addressable { EVERY_ITEM } else { &[] };
        let mut properties = Map::new();
        for key in item.keys.iter().chain(common) {
            properties.insert(key.name.to_owned(), self.value_of(*key, kind));
        }
        let required: Vec<_> = item.keys.iter().filter(|key| key.is_required).map(|key| json!(key.name)).collect();
        let mut map = Map::new();
        map.insert("title".to_owned(), json!(item.what.trim_matches('`')));
        map.insert("type".to_owned(), json!("object"));
        map.insert("properties".to_owned(), Value::Object(properties));
        map.insert("additionalProperties".to_owned(), json!(false));
        if !required.is_empty() {
            map.insert("required".to_owned(), Value::Array(required));
        }
        between::add_rules(item, kind, &mut map);
        map
    }

    /// What a key takes, with what it says.
    fn value_of(&mut self, key: Key, kind: Kind) -> Value {
        let mut value = self.form_of(key.takes, kind);
        if let Value::Object(map) = &mut value {
            map.insert("description".to_owned(), json!(key.says));
            // What stands in backticks is code to those editors that know this word.
            map.insert("markdownDescription".to_owned(), json!(key.says));
        }
        value
    }

    /// A reference to a kind of item.
    fn part(&mut self, item: &ItemKeys, kind: Kind) -> Value {
        let name = between::name_of(item, kind);
        if !self.definitions.contains_key(&name) {
            // An address may hold addresses: the name is known before the whole is.
            self.definitions.insert(name.clone(), Value::Null);
            let map = self.map_of(item, kind);
            self.definitions.insert(name.clone(), Value::Object(map));
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    fn form_of(&mut self, takes: Takes, kind: Kind) -> Value {
        match takes {
            Takes::Items(item) => forms::items(&self.part(item, kind)),
            Takes::Part(item) => self.alone(item, kind),
            Takes::Exceptions => forms::one_or_more(&self.part(&keys::allow::KEYS, kind)),
            Takes::Tables => {
                let table = self.part(&keys::table::KEYS, kind);
                forms::filled(forms::items(&forms::any_of(&[forms::number(1), table])))
            }
            Takes::Choices => {
                let choice = self.part(&keys::choice::KEYS, kind);
                forms::filled(forms::items(&forms::any_of(&[
                    forms::merged(&[forms::text(), self.by_locale()]),
                    choice,
                ])))
            }
            Takes::Alternatives => {
                let group = self.part(&keys::alternatives::KEYS, kind);
                forms::alternatives(&group)
            }
            Takes::PortRanges => {
                let value = self.part(&keys::port_range::KEYS, kind);
                let values = json!({ "type": "array", "items": value, "minItems": 1 });
                forms::items(&forms::merged(&[forms::range(), values]))
            }
            Takes::AddressList => forms::one_or_more(&self.address(kind)),
            Takes::Addresses => forms::any_of(&[
                json!({ "enum": ["own", "any", "unpublished", "unknown"] }),
                forms::one_or_more(&self.address(kind)),
            ]),
            Takes::Name => forms::merged(&[forms::text(), self.by_locale()]),
            Takes::Text => self.by_locale(),
            Takes::Url => forms::merged(&[forms::url(), self.each_locale(&forms::url())]),
            Takes::WordByLocale => self.each_locale(&forms::word()),
            Takes::WordsByLocale => self.each_locale(&forms::one_or_more(&forms::word())),
            other => forms::alone(other),
        }
    }

    /// A part that stands in one place only: written out, since nothing may stand beside a reference.
    fn alone(&mut self, item: &ItemKeys, kind: Kind) -> Value {
        Value::Object(self.map_of(item, kind))
    }

    fn address(&mut self, kind: Kind) -> Value {
        let map = self.part(&keys::address::KEYS, kind);
        forms::any_of(&[forms::address(), map])
    }

    /// A text for each locale; all others are translations of that of the source locale.
    fn by_locale(&self) -> Value {
        let mut map = self.each_locale(&json!({ "$ref": "#/definitions/text" }));
        if let Some(locales) = self.locales {
            map["required"] = json!([locales.tag(locales.source_locale())]);
        }
        map
    }

    /// A value for each locale. Tags that the site did not list when the schema was written pass too: a
    /// locale that was added since is no mistake.
    fn each_locale(&self, value: &Value) -> Value {
        let mut map = json!({
            "type": "object",
            "patternProperties": { patterns::TAG: value },
            "additionalProperties": false,
            "minProperties": 1,
        });
        if let Some(locales) = self.locales {
            let known = locales.ids().map(|locale| (locales.tag(locale).to_owned(), value.clone()));
            map["properties"] = Value::Object(known.collect());
        }
        map
    }
}
