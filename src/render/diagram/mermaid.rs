//! The same graph as Mermaid text, for the reader's own documents.

use serde::Serialize;

use super::graph::{self, Carried, Strand};
use super::picture::{Picture, Pictures};
use super::shape::WITHIN;
use super::signs::GroupSign;
use super::view::{Look, Marked, View, title};
use crate::locale::LocaleId;
use crate::model::{PageRoute, Party};
use crate::render::Task;
use crate::render::templates::is_character;

/// A flowchart.
#[derive(Serialize)]
pub(in crate::render) struct Mermaid {
    /// As a quoted scalar of YAML.
    title: String,
    areas: Vec<Area>,
    lines: Vec<Line>,
    /// Positions of the lines that are drawn in each way, parted by commas.
    conditional: String,
    local: String,
    internal: String,
}

#[derive(Serialize)]
struct Area {
    id: usize,
    title: String,
    nodes: Vec<Node>,
}

#[derive(Serialize)]
struct Node {
    id: usize,
    /// One line per party.
    lines: Vec<String>,
}

#[derive(Serialize)]
struct Line {
    from: usize,
    to: usize,
    look: Look,
    /// The ports, and below them what decides about them.
    label: Vec<String>,
}

impl Mermaid {
    /// The graph of a page.
    pub(in crate::render) fn of(
        task: Task<'_>,
        pictures: &mut Pictures,
        locale: LocaleId,
        page: PageRoute,
    ) -> Option<Self> {
        let (workshop, Picture::Drawn(drawn)) = pictures.find(task, page)? else { return None };
        let view = View::of(workshop, drawn, task.options.links, (locale, page));
        let conditions = view.conditions();
        let line = |bundle: &Strand| {
            let carried = view.shown(bundle);
            (!carried.is_empty()).then(|| Line {
                from: bundle.from,
                to: bundle.to,
                look: view.look(&carried),
                label: label(&view, &conditions, bundle, &carried),
            })
        };
        let lines: Vec<Line> = drawn.graph.bundles.iter().filter_map(line).collect();
        let is_met = |node: usize| lines.iter().any(|line| line.from == node || line.to == node);
        let node = |id: usize| {
            let parties = drawn.graph.nodes[id].parties.iter();
            let line = |party: &Party| {
                let shown =
                    |flows: Vec<&Carried>| flows.into_iter().filter(|one| view.is_shown(one)).copied().collect();
                let told: Vec<Carried> = shown(drawn.graph.told_within(id, *party).collect());
                let kept: Vec<Carried> = shown(drawn.graph.kept_within(id).collect());
                let within = if kept.is_empty() { String::new() } else { format!("{WITHIN}{}", view.ports(&kept)) };
                let parts = [view.party_name(*party).into_owned(), view.ports(&told), within];
                parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
            };
            Node { id, lines: parties.map(|party| escape(line(party).trim_end())).collect() }
        };
        let area = |(id, area): (usize, &graph::Area)| Area {
            id,
            title: escape(&workshop.area_title(*area, locale)),
            nodes: (0..drawn.graph.nodes.len())
                .filter(|node| drawn.graph.nodes[*node].area == id && is_met(*node))
                .map(node)
                .collect(),
        };
        let areas = drawn.graph.areas.iter().enumerate().map(area).filter(|area| !area.nodes.is_empty()).collect();
        let drawn_as = |holds: fn(&Look) -> bool| {
            let positions = lines.iter().enumerate().filter(|(_, line)| holds(&line.look));
            positions.map(|(position, _)| position.to_string()).collect::<Vec<_>>().join(",")
        };
        Some(Self {
            title: quoted(&title(task, locale, page)),
            areas,
            conditional: drawn_as(|look| look.is_conditional && !look.is_local && !look.is_internal),
            local: drawn_as(|look| look.is_local),
            internal: drawn_as(|look| look.is_internal),
            lines,
        })
    }
}

/// Ports, unless they stand in a list, then what decides about them: nothing else explains the lines.
fn label(view: &View<'_>, conditions: &[Marked], bundle: &Strand, carried: &[Carried]) -> Vec<String> {
    let is_bare = view.drawn.graph.is_bare(bundle);
    let mut lines = if is_bare { Vec::new() } else { vec![escape(&view.ports(carried))] };
    let phrases = view.workshop.phrases;
    let lettered = phrases.letters_of(carried, &view.marks).into_iter().filter_map(|position| conditions.get(position));
    lines.extend(lettered.map(|marked| escape(&format!("[{}] {}", marked.mark, marked.text))));
    let mut groups: Vec<_> = carried.iter().filter_map(|one| view.marks.group(one)).collect();
    groups.sort_unstable();
    groups.dedup();
    // The ways of one group are told of once.
    let alternative = |ways: &[GroupSign]| {
        let signs: Vec<_> = ways.iter().map(|way| phrases.sign(*way, view.locale)).collect();
        format!("{} {}", signs.join(phrases.separator(view.locale)), view.alternative(ways[0]))
    };
    let signed = groups.chunk_by(|a, b| a.number == b.number).map(alternative);
    lines.extend(signed.chain(view.scope(carried)).map(|text| escape(&text)));
    lines
}

/// A quoted scalar of YAML.
fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|c| if is_character(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
    serde_json::Value::String(text).to_string()
}

/// Mermaid's entity codes (mermaid.js.org, "Entity codes to escape characters") for what would end a
/// quoted text, begin an entity, a formula (`$$`) or a directive (`%%{`), or be read as HTML or
/// Markdown; at the beginning of a line also for what begins a list or a heading there. A colon has a
/// meaning in icons (`fa:fa-x`) and, before a code, in styles, and so has `direction TB`: Mermaid looks
/// for them in any text.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let text = text.trim();
    let number = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in text.char_indices() {
        let has_meaning = match c {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '*' | '_' | '~' | '$' | '%' | '¶' | 'ﬂ' => true,
            '-' | '+' | '=' => at == 0,
            '.' | ')' => at > 0 && at == number,
            ':' => text.contains("style") || text.contains("classDef"),
            c if c.is_whitespace() => text[..at].ends_with("direction"),
            _ => false,
        };
        if has_meaning {
            escaped.push('#');
            escaped.push_str(&u32::from(c).to_string());
            escaped.push(';');
        } else if c.is_control() {
            escaped.push(' ');
        } else if is_character(c) {
            escaped.push(c);
        } else {
            escaped.push(char::REPLACEMENT_CHARACTER);
        }
        // Codes are read before icons are looked for; a joiner parts what no code can.
        if c == ':' && ICONS.iter().any(|icon| text[..at].ends_with(icon)) && text[at + 1..].starts_with("fa-") {
            escaped.push(JOINER);
        }
    }
    escaped
}

/// What stands before the colon of an icon.
const ICONS: [&str; 6] = ["fa", "fab", "fak", "fal", "far", "fas"];
/// Takes no room and parts no word.
const JOINER: char = '\u{2060}';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mermaid_would_read_as_its_own_is_written_as_a_code() {
        for (text, expected) in [
            ("$$x$$", "#36;#36;x#36;#36;"),
            ("1. one", "1#46; one"),
            ("12) one", "12#41; one"),
            ("version 1.2", "version 1.2"),
            ("- one", "#45; one"),
            ("on-line", "on-line"),
            ("%%{init}%%", "#37;#37;{init}#37;#37;"),
            ("style:#1", "style#58;#35;1"),
            ("a: b", "a: b"),
            ("the direction TB", "the direction#32;TB"),
            ("fa:fa-car", "fa:\u{2060}fa-car"),
            ("a\u{8}b\u{ffff}c", "a b\u{fffd}c"),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }
}
