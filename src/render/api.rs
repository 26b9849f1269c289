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
use crate::render::Task;
use crate::render::href::page_permalink;

/// Version of the format; it grows when a key changes its meaning or goes.
const SCHEMA: u32 = 1;

/// Plain text by locale.
type Texts = BTreeMap<String, String>;

/// A condition: any of the maps, all options of a map, any choice of an option. Empty: always.
type When = Vec<BTreeMap<String, Vec<String>>>;

/// Each file once: its variant, its name without `.json`, how it is made, and as what.
macro_rules! files {
    ($($variant:ident = $name:literal => $make:path: $shape:ty),* $(,)?) => {
        /// One file of the data.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        #[expect(missing_docs, reason = "the file names say it")]
        pub enum ApiFile { $($variant),* }

        impl ApiFile {
            /// All files.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name without `.json`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Its JSON Schema.
            pub fn schema(self) -> Vec<u8> {
                match self { $(Self::$variant => schema_of::<$shape>()),* }
            }
        }

        /// The bytes of a file.
        pub(super) fn data(task: Task<'_>, file: ApiFile) -> Vec<u8> {
            match file { $(ApiFile::$variant => to_json(&$make(task))),* }
        }
    };
}

files! {
    Flows = "flows" => flows::flows: flows::Flows,
    Components = "components" => components::components: components::Components,
    Products = "products" => products::products: products::Products,
    Options = "options" => options::options: options::Options,
    Notes = "notes" => notes::notes: notes::Notes,
    Services = "services" => services::services: services::Services,
}

/// The schema of `rules/<product>.json`.
pub fn rules_schema() -> Vec<u8> {
    schema_of::<crate::rules::RuleFacts>()
}

fn schema_of<T: JsonSchema>() -> Vec<u8> {
    // As written, not as read: what is null is still a key that is there.
    let generator = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    // A schema is read by people, too.
    ended(serde_json::to_vec_pretty(&generator.into_root_schema_for::<T>()))
}

/// Without line breaks: at 30,000 rows they would be a quarter of it.
fn to_json<T: Serialize>(value: &T) -> Vec<u8> {
    ended(serde_json::to_vec(value))
}

fn ended(json: serde_json::Result<Vec<u8>>) -> Vec<u8> {
    match json {
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
