//! The keys of `site.toml`, once: what each takes as a schema says it, and what it is for in the words of
//! the reference. The reader takes their names from here, and so does the schema that editors help with.

use serde_json::{Map, Value, json};

/// A key of `site.toml`.
#[derive(Debug)]
pub struct ConfigKey {
    /// As it is written.
    pub name: &'static str,
    /// Whether a site can't be without it.
    pub is_required: bool,
    /// What it is for.
    pub says: &'static str,
    form: fn() -> Value,
}

/// Its keys, in the order in which people read them.
pub const KEYS: &[ConfigKey] = &[
    ConfigKey { name: "title", is_required: true, says: "the name of the site", form: title },
    ConfigKey {
        name: "base_url",
        is_required: false,
        says: "where the site will stand; without it there are no canonical links and no sitemap",
        form: || matching(r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s@?#/]+(?:/[^\s?#]*)?$", &["https://docs.example.com/ports/"]),
    },
    ConfigKey {
        name: "source_locale",
        is_required: true,
        says: "the language in which texts are written first",
        form: tag,
    },
    ConfigKey { name: "locales", is_required: true, says: "the languages, in the order of the menu", form: || tags(1) },
    ConfigKey {
        name: "drafts",
        is_required: false,
        says: "languages whose texts may still be missing",
        form: || tags(0),
    },
    ConfigKey {
        name: "edit_url",
        is_required: false,
        says: "where a page's \"Edit\" leads",
        form: || matching(r"^https?://.*\{path\}", &["https://git.example.com/ports/edit/main/{path}#L{line}"]),
    },
    ConfigKey { name: "output", is_required: false, says: "where `build` writes", form: text },
    ConfigKey {
        name: "search",
        is_required: false,
        says: "whether a language has an index in one file for elasticlunr.js, or up to how many documents",
        form: search,
    },
];

/// The keys of its table `search`.
pub const SEARCH_KEYS: &[&str] = &["elasticlunr"];

/// The names of all keys.
pub(super) fn names() -> Vec<&'static str> {
    KEYS.iter().map(|key| key.name).collect()
}

/// The schema of `site.toml`, in draft 07, which editors of TOML know.
pub fn schema_of_config() -> Value {
    let described = |key: &ConfigKey| {
        let mut form = (key.form)();
        form["description"] = json!(key.says);
        (key.name.to_owned(), form)
    };
    let required: Vec<_> = KEYS.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "rutter: site.toml",
        "type": "object",
        "properties": KEYS.iter().map(described).collect::<Map<_, _>>(),
        "required": required,
        "additionalProperties": false,
    })
}

fn matching(pattern: &str, examples: &[&str]) -> Value {
    json!({ "type": "string", "pattern": pattern, "examples": examples })
}

fn text() -> Value {
    json!({ "type": "string", "pattern": r"\S" })
}

const TAG: &str = "^[a-z]{2,8}(?:-[A-Za-z0-9]{2,8})*$";

fn tag() -> Value {
    matching(TAG, &["en", "pt-BR"])
}

fn tags(least: u32) -> Value {
    json!({ "type": "array", "items": tag(), "minItems": least, "uniqueItems": true })
}

/// One for all languages, or a table with one for each.
fn title() -> Value {
    let table = json!({
        "type": "object",
        "patternProperties": { TAG: { "type": "string" } },
        "additionalProperties": false,
        "minProperties": 1,
    });
    json!({ "anyOf": [text(), table] })
}

fn search() -> Value {
    let how_many = json!({ "type": ["boolean", "integer"], "minimum": 0 });
    let properties: Map<_, _> = SEARCH_KEYS.iter().map(|key| ((*key).to_owned(), how_many.clone())).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}
