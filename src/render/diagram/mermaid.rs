//! The same graph as Mermaid text, for the reader's own documents.

use serde::Serialize;

use super::graph::Bundle;
use super::shape::row_flows;
use super::view::{Marked, View, title};
use super::{Diagrams, Picture};
use crate::locale::LocaleId;
use crate::model::{ComponentId, FlowId, PageRoute};

/// A flowchart.
#[derive(Serialize)]
pub(in crate::render) struct Mermaid {
    /// As a quoted scalar of YAML.
    title: String,
    areas: Vec<Area>,
    lines: Vec<Line>,
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
    is_conditional: bool,
    is_chosen: bool,
    /// The ports, and below them the conditions.
    label: Vec<String>,
}

impl Mermaid {
    /// The graph of a page.
    pub(in crate::render) fn of(diagrams: &Diagrams<'_>, locale: LocaleId, page: PageRoute) -> Option<Self> {
        let Picture::Drawn(drawn) = diagrams.picture(page)? else { return None };
        let site = diagrams.workshop.site;
        let view = View::of(diagrams, drawn, locale, page);
        let conditions = view.conditions();
        let line = |bundle: &Bundle| {
            let flows = view.shown(bundle);
            (!flows.is_empty()).then(|| Line {
                from: bundle.from,
                to: bundle.to,
                is_conditional: view.is_conditional(&flows),
                is_chosen: matches!(page, PageRoute::Scenario(_)) && !view.is_conditional(&flows),
                label: label(&view, &conditions, bundle, &flows),
            })
        };
        let lines: Vec<Line> = drawn.graph.bundles.iter().filter_map(line).collect();
        let is_met = |node: usize| lines.iter().any(|line| line.from == node || line.to == node);
        let node = |id: usize| {
            let parties = drawn.graph.nodes[id].parties.iter();
            let line = |party: &ComponentId| {
                let flows = row_flows(&drawn.graph, id, *party, |carried| view.is_shown(carried));
                let ports = view.ports(&flows);
                format!("{} {ports}", site.component_name(*party, locale))
            };
            Node { id, lines: parties.map(|party| escape(line(party).trim_end())).collect() }
        };
        let area = |(id, zone): (usize, &Option<crate::model::ZoneId>)| Area {
            id,
            title: escape(&diagrams.workshop.area_title(*zone, locale)),
            nodes: (0..drawn.graph.nodes.len())
                .filter(|node| drawn.graph.nodes[*node].area == id && is_met(*node))
                .map(node)
                .collect(),
        };
        let areas = drawn.graph.areas.iter().enumerate().map(area).filter(|area| !area.nodes.is_empty()).collect();
        let title = serde_json::Value::String(title(site, locale, page)).to_string();
        Some(Self { title, areas, lines })
    }
}

/// Ports, unless they stand in a list, then what decides about them.
fn label(view: &View<'_>, conditions: &[Marked], bundle: &Bundle, flows: &[FlowId]) -> Vec<String> {
    let is_bare = view.drawn.graph.is_bare(bundle);
    let mut lines = if is_bare { Vec::new() } else { vec![escape(&view.ports(flows))] };
    let phrases = &view.diagrams.workshop.phrases;
    let decides = view.marks.conditions.iter().zip(conditions);
    let decides =
        decides.filter(|(condition, _)| flows.iter().any(|flow| phrases.condition_of(*flow) == Some(**condition)));
    lines.extend(decides.map(|(_, marked)| escape(&format!("[{}] {}", marked.mark, marked.text))));
    lines
}

/// Mermaid's entity codes for what would end a quoted text, begin an entity or be read as HTML or
/// Markdown (mermaid.js.org, "Entity codes to escape characters").
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '*' | '_' | '~' => {
                escaped.push('#');
                escaped.push_str(&u32::from(c).to_string());
                escaped.push(';');
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
