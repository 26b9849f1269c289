//! `/api/v1/`: the facts for machines. The structs here are the public contract; their doc comments
//! become the descriptions of the JSON Schemas beside the files.

mod components;
mod flows;
mod notes;
mod options;
mod products;
mod services;

use crate::render::Task;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Condition, Link, UnitId};
use crate::render::href::page_permalink;

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
pub(super) fn data(task: Task<'_>, file: ApiFile) -> Vec<u8> {
    match file {
        ApiFile::Flows => to_json(&flows::flows(task)),
        ApiFile::Components => to_json(&components::components(task)),
        ApiFile::Products => to_json(&products::products(task)),
        ApiFile::Options => to_json(&options::options(task)),
        ApiFile::Notes => to_json(&notes::notes(task)),
        ApiFile::Services => to_json(&services::services(task)),
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
fn texts(task: Task<'_>, unit: UnitId) -> Texts {
    let locales = &task.site().config.locales;
    locales.ids().map(|locale| (locales.tag(locale).to_owned(), task.voice(locale).plain_text(unit))).collect()
}

fn maybe_texts(task: Task<'_>, unit: Option<UnitId>) -> Option<Texts> {
    unit.map(|unit| texts(task, unit))
}

/// Where something stands, by locale, relative to the site's root.
fn permalinks<'m>(task: Task<'_>, link: impl Into<Link<'m>>) -> Texts {
    let locales = &task.site().config.locales;
    let Link { page, anchor } = link.into();
    let anchor = anchor.map(|anchor| format!("#{}", task.site().model.anchor(page, anchor))).unwrap_or_default();
    locales
        .ids()
        .map(|locale| {
            (locales.tag(locale).to_owned(), format!("{}{anchor}", page_permalink(task.site(), locale, page)))
        })
        .collect()
}

fn when(task: Task<'_>, condition: &Condition) -> When {
    let case = |case: &crate::model::Case| {
        case.iter()
            .map(|(option, choices)| (task.site().model.option_key(*option), choice_ids(task, *option, *choices)))
            .collect()
    };
    condition.cases().iter().map(case).collect()
}

fn choice_ids(task: Task<'_>, option: crate::model::OptionId, choices: crate::model::ChoiceSet) -> Vec<String> {
    choices.iter().map(|choice| task.site().model[option].choices[choice].id.clone()).collect()
}
