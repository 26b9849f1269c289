//! What keys take, as schemas. YAML makes numbers and truth values of unquoted words, the language does
//! not: where a word may stand, these may.

use serde_json::{Map, Value, json};

use super::patterns;
use crate::diagnostic::Code;
use crate::parse::fields::LONGEST_ID;
use crate::parse::keys::Takes;

/// What has a form of its own, whatever the item and the site are.
pub(super) fn alone(takes: Takes) -> Value {
    match takes {
        Takes::Words => one_or_more(&word()),
        Takes::Id => id(),
        Takes::Ids => one_or_more(&id()),
        Takes::Number => number(0),
        Takes::RowsOfTable => number(1),
        Takes::Day => with_examples(matching(patterns::DAY), &["2026-11-21"]),
        Takes::Date => with_examples(matching(patterns::DATE), &["2026-11-21", "2026-11"]),
        Takes::Versions => one_or_more(&text()),
        Takes::OneOf(words) => json!({ "enum": words() }),
        Takes::SomeOf(words) => one_or_more(&json!({ "enum": words() })),
        Takes::Case => case(),
        Takes::When => one_or_more(&filled(case())),
        Takes::End => merged(&[with_examples(id(), &["any", "unstated"]), list(&id())]),
        Takes::Two => json!({
            "type": "array", "items": matching(patterns::COMPONENT),
            "minItems": 2, "maxItems": 2, "uniqueItems": true,
        }),
        Takes::Machine => matching(patterns::COMPONENT),
        Takes::Machines => one_or_more(&matching(patterns::COMPONENT)),
        Takes::Ports => one_or_more(&with_examples(matching(&patterns::line()), PORTS)),
        Takes::PortsAlone => one_or_more(&with_examples(matching(&patterns::line_alone()), &["53/tcp+udp", "esp"])),
        Takes::FromPorts => one_or_more(&with_examples(matching(&patterns::from_port()), &["1024-65535/tcp"])),
        Takes::Range => range(),
        Takes::Rows => rows(),
        Takes::Skip => filled(json!({
            "type": "object", "propertyNames": matching(patterns::ROWS), "additionalProperties": word(),
        })),
        Takes::Ways => {
            let way = merged(&[id(), json!({ "type": "array", "items": id() })]);
            merged(&[id(), list(&way)])
        }
        Takes::Places => one_or_more(&matching(patterns::PLACE)),
        Takes::Code => json!({ "enum": Code::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>() }),
        _ => word(),
    }
}

const PORTS: &[&str] = &["443/tcp https", "53/tcp+udp dns", "11000-11999/tcp", "icmp(echo-request)"];

pub(super) fn any_of(forms: &[Value]) -> Value {
    json!({ "anyOf": forms })
}

/// Forms of different types as one: editors say more, and more clearly, of one form than of a choice.
pub(super) fn merged(forms: &[Value]) -> Value {
    let mut types = Vec::new();
    let mut whole = Map::new();
    for (keyword, value) in forms.iter().filter_map(Value::as_object).flatten() {
        match (keyword.as_str(), value) {
            ("type", Value::Array(several)) => types.extend(several.iter().cloned()),
            ("type", one) => types.push(one.clone()),
            _ => drop(whole.insert(keyword.clone(), value.clone())),
        }
    }
    whole.insert("type".to_owned(), Value::Array(types));
    Value::Object(whole)
}

fn matching(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn with_examples(mut form: Value, examples: &[&str]) -> Value {
    form["examples"] = json!(examples);
    form
}

fn list(form: &Value) -> Value {
    json!({ "type": "array", "items": form, "minItems": 1 })
}

/// A list of one may be written without its brackets.
pub(super) fn one_or_more(form: &Value) -> Value {
    let is_of_a_type = form.get("type").is_some();
    let forms = [form.clone(), list(form)];
    if is_of_a_type { merged(&forms) } else { any_of(&forms) }
}

/// Items, each under its id.
pub(super) fn items(item: &Value) -> Value {
    json!({
        "type": "object",
        "propertyNames": { "pattern": patterns::ID, "maxLength": LONGEST_ID },
        "additionalProperties": item,
    })
}

/// The same, of which there is one at least.
pub(super) fn filled(mut map: Value) -> Value {
    map["minProperties"] = json!(1);
    map
}

/// A text that says something.
pub(super) fn text() -> Value {
    matching(patterns::FILLED)
}

/// A word; one that YAML takes for something else too.
pub(super) fn word() -> Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": patterns::FILLED })
}

fn id() -> Value {
    matching(patterns::ID)
}

/// A whole number, `least` or more.
pub(super) fn number(least: u32) -> Value {
    json!({ "type": ["integer", "string"], "minimum": least, "pattern": patterns::NUMBER })
}

pub(super) fn url() -> Value {
    with_examples(matching(patterns::URL), &["https://docs.example.com/ports/"])
}

pub(super) fn address() -> Value {
    let examples = ["files.example.com", "*.example.net", "192.0.2.7", "198.51.100.0/24", "https://{to}:4119/rest"];
    with_examples(matching(patterns::ADDRESS), &examples)
}

pub(super) fn range() -> Value {
    with_examples(matching(&patterns::range()), &["49152-65535"])
}

/// Options, each with the choices that are meant.
fn case() -> Value {
    json!({ "type": "object", "additionalProperties": one_or_more(&id()) })
}

/// Rows of one source, or of each of several.
fn rows() -> Value {
    let row = json!({ "type": ["integer", "string"], "minimum": 0, "pattern": patterns::ROW });
    let each = json!({ "type": "object", "additionalProperties": one_or_more(&row), "minProperties": 1 });
    merged(&[row.clone(), list(&row), each])
}

/// A group, or a list of groups; of one whose ways are single flows a list is enough.
pub(super) fn alternatives(group: &Value) -> Value {
    any_of(&[group.clone(), list(&any_of(&[list(&id()), group.clone()]))])
}
