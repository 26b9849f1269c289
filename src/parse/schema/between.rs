//! What holds between the keys of one item: which of them exclude, need or stand for each other.

use serde_json::{Map, Value, json};

use super::Kind;
use crate::parse::keys::{self, ItemKeys, Key};

/// The name of the definition of a kind of item: `a table of a source` is `table-of-a-source`.
pub(super) fn name_of(item: &ItemKeys, kind: Kind) -> String {
    let what = item.what.trim_matches('`');
    let what = what.strip_prefix("a ").or_else(|| what.strip_prefix("an ")).unwrap_or(what);
    let name = what.replace(' ', "-");
    if is_shared_component(item, kind) { format!("shared-{name}") } else { name }
}

/// A component of common has a name; one of a product may add to it.
fn is_shared_component(item: &ItemKeys, kind: Kind) -> bool {
    item.what == keys::component::KEYS.what && kind == Kind::Common
}

/// Adds what the list of keys does not say.
pub(super) fn add_rules(item: &ItemKeys, kind: Kind, map: &mut Map<String, Value>) {
    let rules = match item.what {
        what if what == keys::flow::KEYS.what => flow(),
        what if what == keys::source::KEYS.what => source(),
        what if what == keys::address::KEYS.what => address(),
        _ if is_shared_component(item, kind) => json!({ "required": [keys::component::NAME.name] }),
        _ => return,
    };
    if let Value::Object(rules) = rules {
        map.extend(rules);
    }
}

fn needs(keys: &[Key]) -> Value {
    json!({ "required": keys.iter().map(|key| key.name).collect::<Vec<_>>() })
}

/// `between` stands in place of the two ends, and has no addresses.
fn flow() -> Value {
    let refused = [keys::flow::FROM, keys::flow::TO, keys::flow::HOSTS, keys::flow::FROM_HOSTS];
    let refused: Map<String, Value> = refused.iter().map(|key| (key.name.to_owned(), json!(false))).collect();
    json!({
        "if": needs(&[keys::flow::BETWEEN]),
        "then": { "properties": refused },
        "else": needs(&[keys::flow::TO]),
    })
}

/// Rows are counted through or by table; only of a page without rows nobody asks when it was read.
fn source() -> Value {
    let rows = keys::source::ROWS.name;
    json!({
        "oneOf": [needs(&[keys::source::ROWS]), needs(&[keys::source::TABLES])],
        "if": { "properties": { rows: { "maximum": 0, "pattern": "^0$" } }, "required": [rows] },
        "else": needs(&[keys::source::READ]),
    })
}

fn address() -> Value {
    json!({
        "anyOf": [
            needs(&[keys::address::LIST]),
            needs(&[keys::address::SEE]),
            needs(&[keys::address::WHEN, keys::address::HOSTS]),
        ],
    })
}
