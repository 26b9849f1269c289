//! One flow, as written: who opens a connection to whom, on what, and what is known about it.

use crate::span::Spanned;
use crate::value::UnitKind;
use crate::value::words::{CONFIGURABLE, INFERRED, NEED, PROXY, SCOPE, STANDING, VERDICT};
use crate::value::{Configurable, Inferred, Need, Proxy, Scope, Standing, Verdict};

use super::address::{RawHosts, parse_hosts};
use super::common::{RawMeta, parse_meta};
use super::fields::{Fields, as_choice};
use super::keys::{self, Key};
use super::opener::{RawBetween, RawWho, parse_between, parse_who};
use super::port::{RawFromPort, RawLine, as_lines, parse_from_ports, parse_line};
use super::reading::Reading;
use super::rows::{RawCites, parse_cites};
use super::text::{RawText, parse_text};
use super::when::{RawWhen, parse_when};
use super::yaml::{Node, Value};

/// Who opens a connection to whom, on what.
#[derive(Clone, Debug)]
pub struct RawFlow {
    /// Its id.
    pub id: Spanned<String>,
    /// Who opens; empty where it is not written.
    pub from: RawWho,
    /// Whether its purpose, or the line of `ports` that brings one, was written and refused: that it has
    /// none is no mistake of its own.
    pub lacks_purpose: bool,
    /// Whether `from` was written and refused.
    pub lacks_from: bool,
    /// Whether `source` was written and refused.
    pub lacks_source: bool,
    /// Who listens.
    pub to: RawWho,
    /// The two of which either may open, in place of `from` and `to`.
    pub between: Option<RawBetween>,
    /// Whether it is let through.
    pub verdict: Verdict,
    /// The ports from which it is opened.
    pub from_ports: Vec<RawFromPort>,
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
    pub configurable: Told<Configurable>,
    /// The setting that changes it, as its vendor spells it.
    pub setting: Option<Spanned<String>>,
    /// Whether it passes a proxy.
    pub proxy: Told<Proxy>,
    /// What its vendor thinks of it.
    pub standing: Option<Standing>,
    /// The first version that has it.
    pub since: Option<Spanned<String>>,
    /// The last version that has it.
    pub until: Option<Spanned<String>>,
    /// What it is for.
    pub purpose: Option<RawText>,
    /// What the source does not state and the writer concluded.
    pub inferred: Vec<Inferred>,
    /// Rows of sources it covers.
    pub cites: RawCites,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// Reads one flow.
pub(super) fn parse_flow(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawFlow> {
    let fields = Fields::of(&keys::flow::KEYS, id.span, node, &mut reading.report)?;
    let scope = fields.choice(keys::flow::SCOPE, SCOPE, reading);
    let ports = fields.get(keys::flow::PORTS);
    let lines = ports.map(|node| as_lines("`ports`", node, &mut reading.report)).unwrap_or_default();
    let inferred = fields.list(keys::flow::INFERRED, reading);
    let parsed: Vec<_> = lines.iter().filter_map(|line| parse_line(line, &mut reading.report)).collect();
    let written = ports.map_or(0, |node| match &node.value {
        Value::List(items) => items.len(),
        Value::Scalar(_) | Value::Map(_) => 1,
    });
    let from = parse_who(&fields, keys::flow::FROM, reading);
    let between = parse_between(&fields, reading);
    let from_ports = fields.get(keys::flow::FROM_PORTS);
    let cites = parse_cites(&fields, reading);
    let has_source = matches!(&cites, RawCites::One { source: Some(_), .. });
    let purpose = parse_text(&fields, keys::flow::PURPOSE, UnitKind::Paragraph, reading);
    let is_refused = |key: Key, is_read: bool| !is_read && (fields.get(key).is_some() || fields.is_misspelled(key));
    Some(RawFlow {
        lacks_purpose: parsed.len() < written || ports.is_none() || is_refused(keys::flow::PURPOSE, purpose.is_some()),
        lacks_from: is_refused(keys::flow::FROM, !from.is_empty()) || fields.get(keys::flow::BETWEEN).is_some(),
        lacks_source: is_refused(keys::flow::SOURCE, has_source),
        from,
        to: parse_who(&fields, keys::flow::TO, reading),
        between,
        verdict: fields.choice(keys::flow::VERDICT, VERDICT, reading).unwrap_or(Verdict::Allow),
        from_ports: from_ports.map(|node| parse_from_ports(node, &parsed, &mut reading.report)).unwrap_or_default(),
        lines: parsed,
        need: fields.choice(keys::flow::NEED, NEED, reading).unwrap_or(Need::All),
        when: fields.get(keys::flow::WHEN).map(|node| parse_when(node, &mut reading.report)),
        scope: scope.unwrap_or(Scope::Network),
        hosts: fields.get(keys::flow::HOSTS).and_then(|node| parse_hosts("`hosts`", node, &mut reading.report)),
        from_hosts: fields
            .get(keys::flow::FROM_HOSTS)
            .and_then(|node| parse_hosts("`from-hosts`", node, &mut reading.report)),
        configurable: Told::read(&fields, keys::flow::CONFIGURABLE, CONFIGURABLE, reading),
        setting: fields.word(keys::flow::SETTING, reading),
        proxy: Told::read(&fields, keys::flow::PROXY, PROXY, reading),
        standing: fields.choice(keys::flow::STATUS, STANDING, reading),
        since: fields.word(keys::flow::SINCE, reading),
        until: fields.word(keys::flow::UNTIL, reading),
        purpose,
        inferred: inferred
            .iter()
            .filter_map(|node| as_choice("`inferred`", node, INFERRED, &mut reading.report))
            .collect(),
        cites,
        meta: parse_meta(&fields, reading),
        id,
    })
}

/// What a flow says of something for which its product may have a default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Told<T> {
    /// Nothing: the default holds.
    Nothing,
    /// That nobody knows.
    Unknown,
    /// What it says.
    Known(T),
}

impl<T: Copy> Told<T> {
    fn read(fields: &Fields<'_>, key: Key, words: &[(&str, T)], reading: &mut Reading<'_>) -> Self {
        let known = words.iter().map(|(word, value)| (*word, Self::Known(*value)));
        let all: Vec<_> = known.chain([("unknown", Self::Unknown)]).collect();
        fields.choice(key, &all, reading).unwrap_or(Self::Nothing)
    }

    /// What holds, given the default.
    pub fn or(self, default: Option<T>) -> Option<T> {
        match self {
            Self::Nothing => default,
            Self::Unknown => None,
            Self::Known(value) => Some(value),
        }
    }
}
