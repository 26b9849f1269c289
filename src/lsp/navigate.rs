//! Where an item is defined and named, and which items a file defines.

use serde_json::{Value, json};

use super::client::Ability;
use super::known::Known;
use super::text::PositionRange;
use super::view::{Spot, Subject, View};
use crate::item::ItemKind;
use crate::span::Span;

pub(super) fn definition(view: View<'_>, spot: &Spot<'_>) -> Value {
    let span = view.subject(spot).and_then(|subject| Known::of(&view.site().model, subject.item).span);
    span.and_then(|span| view.location(span)).unwrap_or_default()
}

/// Every place that names what is named here.
pub(super) fn references(view: View<'_>, spot: &Spot<'_>, with_definition: bool) -> Value {
    let Some(subject) = view.subject(spot) else { return Value::Null };
    let definition = Known::of(&view.site().model, subject.item).span;
    let places = places(view, &subject).into_iter().filter(|span| with_definition || Some(*span) != definition);
    places.filter_map(|span| view.location(span)).collect()
}

/// The same within the file, for an editor to mark them.
pub(super) fn highlights(view: View<'_>, spot: &Spot<'_>) -> Value {
    let Some(subject) = view.subject(spot) else { return Value::Null };
    let sources = &view.held.sources;
    let here = places(view, &subject).into_iter().filter(|span| sources.file(span.file).path == spot.path);
    here.filter_map(|span| Some(json!({ "range": view.location(span)?["range"] }))).collect()
}

/// The places of an item's id; where a product or a page begins it has none.
fn places(view: View<'_>, subject: &Subject) -> Vec<Span> {
    let (site, sources) = (view.site(), &view.held.sources);
    let id = Known::of(&site.model, subject.item).id;
    let uses = site.uses_of(subject.item, sources).into_iter();
    let narrow = |span: Span| {
        let at = sources.slice(span).rfind(id)?;
        let start = span.range().start + at;
        Some(Span::new(span.file, start..start + id.len()))
    };
    uses.filter_map(narrow).collect()
}

/// The items that a file defines, in its order.
pub(super) fn symbols(view: View<'_>, uri: &str) -> Value {
    let Some(path) = view.root.relative(uri) else { return Value::Null };
    let (Some(file), Some(text)) = (view.held.sources.find(path.as_str()), view.text(&path)) else {
        return Value::Null;
    };
    let site = view.site();
    let own = site
        .model
        .items()
        .filter(|defined| defined.span.file == file && !matches!(defined.kind, ItemKind::Product | ItemKind::Page));
    let mut own: Vec<_> = own.collect();
    own.sort_by_key(|defined| defined.span.start);
    let locale = site.config.locales.source_locale();
    let lines = view.lines(text);
    let symbol = |defined: crate::model::Defined<'_>| {
        let known = Known::of(&site.model, defined.item);
        let location = view.location(defined.span)?;
        let selection: PositionRange = serde_json::from_value(location["range"].clone()).ok()?;
        let (name, detail, kind) = (known.id, known.name_in(site, locale), number(known.kind));
        Some(if view.client.can(Ability::ShowExtents) {
            let end = lines.position(block_end(text, lines.offset(selection.start)));
            let range = PositionRange { start: selection.start, end: end.max(selection.end) };
            json!({ "name": name, "detail": detail, "kind": kind, "range": range, "selectionRange": selection })
        } else {
            json!({ "name": name, "containerName": known.kind.as_str(), "kind": kind, "location": location })
        })
    };
    own.into_iter().filter_map(symbol).collect()
}

/// Where the value of a key ends: before the next line that is not further in.
fn block_end(text: &str, key: usize) -> usize {
    let start = text[..key].rfind('\n').map_or(0, |end| end + 1);
    let column = key - start;
    let mut end = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        let is_empty = line.trim().is_empty();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if number > 0 && !is_empty && indent <= column {
            break;
        }
        end += line.len();
    }
    start + text[start..end].trim_end().len()
}

/// The protocol's number for something like this.
fn number(kind: ItemKind) -> u8 {
    match kind {
        ItemKind::Component | ItemKind::Product | ItemKind::Page => 5,
        ItemKind::Flow => 24,
        ItemKind::Option => 10,
        ItemKind::Choice => 22,
        ItemKind::Scenario
        | ItemKind::Note
        | ItemKind::Source
        | ItemKind::Table
        | ItemKind::Term
        | ItemKind::Section
        | ItemKind::Zone
        | ItemKind::Service => 19,
        ItemKind::AddressList | ItemKind::PortRange => 18,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_a_key_ends_before_the_next_key() {
        let text = "flows:\n  one:\n    a: b\n\n    c: |\n      d\n\n  two: x\n";
        assert_eq!(
            &text[..block_end(text, text.find("one").unwrap())],
            "flows:\n  one:\n    a: b\n\n    c: |\n      d"
        );
        assert_eq!(block_end(text, text.find("two").unwrap()), text.len() - 1);
    }
}
