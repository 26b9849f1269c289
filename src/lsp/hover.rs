//! What stands at a place, and why it is marked.

use serde_json::{Value, json};

use super::card::card;
use super::known::Known;
use super::marks::at_place;
use super::reader::Reading;
use super::view::{Spot, View};
use crate::diagnostic::Code;

pub(super) fn hover(view: View<'_>, reading: Option<&Reading>, spot: &Spot<'_>) -> Value {
    let subject = view.subject(spot);
    let mut parts: Vec<String> = Vec::new();
    if let Some(subject) = &subject {
        parts.push(card(view, &Known::of(&view.site().model, subject.item)));
    }
    let mut codes: Vec<Code> = Vec::new();
    let marked =
        reading.map_or_else(Vec::new, |reading| at_place(reading, &spot.path, spot.text, spot.offset..spot.offset));
    for found in marked {
        if !codes.contains(&found.diagnostic.code) {
            codes.push(found.diagnostic.code);
        }
    }
    parts.extend(codes.iter().map(|code| format!("**{code}**\n\n{}\n", code.explanation().trim_end())));
    if parts.is_empty() {
        return Value::Null;
    }
    let mut hover = json!({ "contents": { "kind": "markdown", "value": parts.join("\n---\n\n") } });
    if let Some(subject) = subject {
        hover["range"] = json!(subject.range);
    }
    hover
}
