//! One flow, as written: who opens a connection to whom, on what, and what is known about it.

use crate::diagnostic::Report;
use crate::locale::Locales;
use crate::span::Spanned;
use crate::value::words::{CONFIGURABLE, INFERRED, NEED, PROXY, SCOPE};
use crate::value::{Configurable, Inferred, Need, Proxy, Scope};

use super::address::{RawHosts, parse_hosts};
use super::common::{RawMeta, parse_meta};
use super::fields::{Fields, as_choice, as_list, as_number, as_word, as_words};
use super::keys;
use super::port::{RawLine, as_lines, parse_line};
use super::text::{RawText, TextKind, parse_text};
use super::when::{RawWhen, parse_when};
use super::yaml::{Node, Value};

/// Who opens a connection to whom, on what.
#[derive(Debug)]
pub struct RawFlow {
    /// Its id.
    pub id: Spanned<String>,
    /// Who opens.
    pub from: Vec<Spanned<String>>,
    /// Whether its purpose, or the line of `ports` that brings one, was written and refused: that it has
    /// none is no mistake of its own.
    pub lacks_purpose: bool,
    /// Whether `from` was written and refused.
    pub lacks_from: bool,
    /// Whether `source` was written and refused.
    pub lacks_source: bool,
    /// Who listens.
    pub to: Vec<Spanned<String>>,
    /// The lines of `ports:`.
    pub lines: Vec<RawLine>,
    /// All lines, or one of them.
    pub need: Need,
    /// When.
    pub when: Option<RawWhen>,
    /// How far the connection reaches.
    pub scope: Scope,
    /// Where `to` is reached.
    pub hosts: Option<RawHosts>,
    /// Where `from` connects from.
    pub from_hosts: Option<RawHosts>,
    /// Whether the port can be changed.
    pub configurable: Option<Configurable>,
    /// Whether it passes a proxy.
    pub proxy: Option<Proxy>,
    /// What it is for.
    pub purpose: Option<RawText>,
    /// What the source does not state and the writer concluded.
    pub inferred: Vec<Inferred>,
    /// The source, where the product has several.
    pub source: Option<Spanned<String>>,
    /// Rows of the source it covers.
    pub rows: Vec<Spanned<u32>>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// Reads one flow.
pub(super) fn parse_flow(id: Spanned<String>, node: &Node, locales: &Locales, report: &mut Report) -> Option<RawFlow> {
    let fields = Fields::of(&keys::FLOW, id.span, node, report)?;
    let words = |key: &str, report: &mut Report| {
        fields.get(key).map(|node| as_words(&format!("`{key}`"), node, report)).unwrap_or_default()
    };
    let scope = fields.get("scope").and_then(|node| as_choice("`scope`", node, SCOPE, report));
    let lines = fields.entry("ports").map(|entry| as_lines(&entry.value, report)).unwrap_or_default();
    let rows = fields.get("rows").map(|node| as_list("`rows`", node, report)).unwrap_or_default();
    let inferred = fields.get("inferred").map(|node| as_list("`inferred`", node, report)).unwrap_or_default();
    let parsed: Vec<_> = lines.iter().filter_map(|line| parse_line(line, report)).collect();
    let written = fields.get("ports").map_or(0, |node| match &node.value {
        Value::List(items) => items.len(),
        Value::Scalar(_) | Value::Map(_) => 1,
    });
    let from = words("from", report);
    let source = fields.get("source").and_then(|node| as_word("`source`", node, report));
    let purpose =
        fields.entry("purpose").and_then(|entry| parse_text("`purpose`", entry, TextKind::Prose, locales, report));
    let is_refused = |key: &str, is_read: bool| !is_read && (fields.get(key).is_some() || fields.is_misspelled(key));
    Some(RawFlow {
        lacks_purpose: parsed.len() < written
            || fields.get("ports").is_none()
            || is_refused("purpose", purpose.is_some()),
        lacks_from: is_refused("from", !from.is_empty()),
        lacks_source: is_refused("source", source.is_some()),
        from,
        to: words("to", report),
        lines: parsed,
        need: fields.get("need").and_then(|node| as_choice("`need`", node, NEED, report)).unwrap_or(Need::All),
        when: fields.get("when").map(|node| parse_when(node, report)),
        scope: scope.unwrap_or(Scope::Network),
        hosts: fields.get("hosts").and_then(|node| parse_hosts("`hosts`", node, report)),
        from_hosts: fields.get("from-hosts").and_then(|node| parse_hosts("`from-hosts`", node, report)),
        configurable: fields
            .get("configurable")
            .and_then(|node| as_choice("`configurable`", node, CONFIGURABLE, report)),
        proxy: fields.get("proxy").and_then(|node| as_choice("`proxy`", node, PROXY, report)),
        purpose,
        inferred: inferred.iter().filter_map(|node| as_choice("`inferred`", node, INFERRED, report)).collect(),
        source,
        rows: rows.iter().filter_map(|node| as_number("`rows`", node, report)).collect(),
        meta: parse_meta(&fields, report),
        id,
    })
}
