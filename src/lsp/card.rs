//! What an editor shows of an item, as Markdown: its kind and id, its names; of a flow the row that readers get.

use std::fmt::Write as _;

use super::known::Known;
use super::view::View;
use crate::l10n::Voice;
use crate::locale::LocaleId;
use crate::model::{FlowId, Item};
use crate::site::Site;

/// Kind, id and names.
pub(super) fn card_of_names(view: View<'_>, known: &Known<'_>) -> String {
    let site = view.site();
    let mut card = format!("**{}** `{}`\n", known.kind.as_str(), known.path(&site.model));
    let names = known.names(site);
    if !names.is_empty() {
        card.push('\n');
    }
    for (locale, name) in names {
        let name = plain(&name);
        let _ = match locale {
            Some(locale) => writeln!(card, "- {}: {name}", site.config.locales.tag(locale)),
            None => writeln!(card, "- {name}"),
        };
    }
    card
}

/// The same, with the row of a flow and the place of the definition.
pub(super) fn card(view: View<'_>, known: &Known<'_>) -> String {
    let site = view.site();
    let mut card = match known.item {
        Item::Flow(flow) => {
            format!("**{}** `{}`\n\n{}", known.kind.as_str(), known.path(&site.model), row(site, flow))
        }
        Item::Product(_)
        | Item::Component(_)
        | Item::Member(..)
        | Item::Option(_)
        | Item::Choice(..)
        | Item::Service(_)
        | Item::Zone(_)
        | Item::Term(_)
        | Item::Note(_)
        | Item::Scenario(_)
        | Item::Source(_)
        | Item::Table(..)
        | Item::Page(_)
        | Item::Section(..)
        | Item::List(_)
        | Item::Range(_) => card_of_names(view, known),
    };
    if let Some(span) = known.span {
        let file = view.held.sources.file(span.file);
        let _ = write!(card, "\ndefined in `{}`, line {}\n", file.path, file.place(span.start).line);
    }
    card
}

/// A cell of the row in a locale.
type Cell = fn(Voice<'_>, &Site, FlowId) -> String;

/// The cells, by the keys of the source.
const CELLS: [(&str, Cell); 5] = [
    ("from", |voice, site, flow| voice.who(&site.model[flow].from.who)),
    ("to", |voice, site, flow| voice.who(&site.model[flow].to.who)),
    ("ports", ports),
    ("when", |voice, site, flow| voice.condition(&site.model[flow].when).unwrap_or_default()),
    ("purpose", |voice, site, flow| {
        site.model[flow].purpose.map_or_else(String::new, |purpose| voice.plain_text(purpose))
    }),
];

/// The row of a flow, a column for each locale.
fn row(site: &Site, flow: FlowId) -> String {
    let locales: Vec<LocaleId> = site.config.locales.ids().collect();
    let mut table = String::from("| |");
    for locale in &locales {
        let _ = write!(table, " {} |", site.config.locales.tag(*locale));
    }
    let _ = write!(table, "\n|---|{}", "---|".repeat(locales.len()));
    for (key, cell) in CELLS {
        let said: Vec<_> = locales
            .iter()
            .map(|locale| site.speech().aside(*locale, |voice| plain(&cell(voice, site, flow))))
            .collect();
        if said.iter().any(|said| !said.is_empty()) {
            let _ = write!(table, "\n| {key} | {} |", said.join(" | "));
        }
    }
    table.push('\n');
    table
}

/// Ports with what is spoken on them: "443/TCP (HTTPS over TCP)".
fn ports(voice: Voice<'_>, site: &Site, flow: FlowId) -> String {
    let lines: Vec<_> = site.model[flow].lines.iter().filter(|line| !line.services.is_empty()).collect();
    let protocols = voice.protocols_of(&lines);
    let ports = voice.flow_ports(flow);
    if protocols.is_empty() { ports } else { format!("{ports} ({})", protocols.join(", ")) }
}

/// Words in which nothing is Markdown, on one line.
fn plain(words: &str) -> String {
    let mut plain = String::new();
    for word in words.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for c in word.chars() {
            if "\\`*_[]<>|#~&".contains(c) {
                plain.push('\\');
            }
            plain.push(c);
        }
    }
    plain
}
