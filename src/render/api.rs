//! `/api/v1/`: the facts for machines. The structs here are the public contract; their doc comments
//! become the descriptions of the JSON Schemas beside the files.

mod components;
mod flows;
mod notes;
mod options;
mod products;
mod services;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Condition, Link, UnitId};
use crate::render::href::page_permalink;
use crate::site::Site;

/// Version of the format; it grows when a key changes its meaning or goes.
const SCHEMA: u32 = 1;

/// Plain text by locale.
type Texts = BTreeMap<String, String>;

/// A condition: any of the maps, all options of a map, any choice of an option. Empty: always.
type When = Vec<BTreeMap<String, Vec<String>>>;

/// One file of the data.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "the file names say it")]
pub enum ApiFile {
    Flows,
    Components,
    Products,
    Options,
    Notes,
    Services,
}

impl ApiFile {
    /// All files.
    pub const ALL: &[Self] =
        &[Self::Flows, Self::Components, Self::Products, Self::Options, Self::Notes, Self::Services];

    /// Its name without `.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Flows => "flows",
            Self::Components => "components",
            Self::Products => "products",
            Self::Options => "options",
            Self::Notes => "notes",
            Self::Services => "services",
        }
    }
}

/// The bytes of a file.
pub(super) fn data(site: &Site, file: ApiFile) -> Vec<u8> {
    match file {
        ApiFile::Flows => to_json(&flows::flows(site)),
        ApiFile::Components => to_json(&components::components(site)),
        ApiFile::Products => to_json(&products::products(site)),
        ApiFile::Options => to_json(&options::options(site)),
        ApiFile::Notes => to_json(&notes::notes(site)),
        ApiFile::Services => to_json(&services::services(site)),
    }
}

impl ApiFile {
    /// Its JSON Schema.
    pub fn schema(self) -> Vec<u8> {
        match self {
            Self::Flows => schema_of::<flows::Flows>(),
            Self::Components => schema_of::<components::Components>(),
            Self::Products => schema_of::<products::Products>(),
            Self::Options => schema_of::<options::Options>(),
            Self::Notes => schema_of::<notes::Notes>(),
            Self::Services => schema_of::<services::Services>(),
        }
    }
}

fn schema_of<T: JsonSchema>() -> Vec<u8> {
    // As written, not as read: what is null is still a key that is there.
    let generator = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    to_json(&generator.into_root_schema_for::<T>())
}

fn to_json<T: Serialize>(value: &T) -> Vec<u8> {
    match serde_json::to_vec_pretty(value) {
        Ok(mut bytes) => {
            bytes.push(b'\n');
            bytes
        }
        Err(error) => unreachable!("maps of text and lists are always JSON: {error}"),
    }
}

/// A unit in every locale; where a translation is missing, in the source locale.
fn texts(site: &Site, unit: UnitId) -> Texts {
    let locales = &site.config.locales;
    locales.ids().map(|locale| (locales.tag(locale).to_owned(), site.plain_text(unit, locale))).collect()
}

fn maybe_texts(site: &Site, unit: Option<UnitId>) -> Option<Texts> {
    unit.map(|unit| texts(site, unit))
}

/// Where something stands, by locale, relative to the site's root.
fn permalinks<'m>(site: &Site, link: impl Into<Link<'m>>) -> Texts {
    let locales = &site.config.locales;
    let Link { page, anchor } = link.into();
    let anchor = anchor.map(|anchor| format!("#{}", site.model.anchor(page, anchor))).unwrap_or_default();
    locales
        .ids()
        .map(|locale| (locales.tag(locale).to_owned(), format!("{}{anchor}", page_permalink(site, locale, page))))
        .collect()
}

fn when(site: &Site, condition: &Condition) -> When {
    let case = |case: &crate::model::Case| {
        case.iter()
            .map(|(option, choices)| (site.model.option_key(*option), choice_ids(site, *option, *choices)))
            .collect()
    };
    condition.cases().iter().map(case).collect()
}

fn choice_ids(site: &Site, option: crate::model::OptionId, choices: crate::model::ChoiceSet) -> Vec<String> {
    choices.iter().map(|choice| site.model[option].choices[choice].id.clone()).collect()
}
