//! `port-ranges:` of common: ranges with a name, each with one value or with one for each choice.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Spanned;
use crate::value::Port;

use super::parse_range;
use crate::parse::fields::{Fields, as_word, wrong_type};
use crate::parse::keys;
use crate::parse::reading::Reading;
use crate::parse::when::{RawWhen, parse_when};
use crate::parse::yaml::{Node, Value};

/// A range of ports with a name.
#[derive(Clone, Debug)]
pub struct RawPortRange {
    /// Its id.
    pub id: Spanned<String>,
    /// Its values, each with its condition.
    pub values: Vec<RawRangeValue>,
}

/// One value of a range.
#[derive(Clone, Debug)]
pub struct RawRangeValue {
    /// When it holds.
    pub when: Option<RawWhen>,
    /// The ports.
    pub port: Port,
}

/// Reads a named range: `FIRST-LAST`, or a list of `{ when, range }`.
pub(in crate::parse) fn parse_port_range(
    id: Spanned<String>,
    node: &Node,
    reading: &mut Reading<'_>,
) -> Option<RawPortRange> {
    let values: Vec<_> = match &node.value {
        Value::Scalar(_) => value(node, reading).map(|port| RawRangeValue { when: None, port }).into_iter().collect(),
        Value::Map(_) => {
            let refused = wrong_type("a port range", "FIRST-LAST or a list", node);
            reading.report.add(
                refused.help("write one value as FIRST-LAST, several as a list: `- { when: …, range: FIRST-LAST }`"),
            );
            Vec::new()
        }
        Value::List(items) if items.is_empty() => {
            let headline = format!("the port range `{}` has no value", id.value);
            let help = "write FIRST-LAST, or a list of `{ when: …, range: FIRST-LAST }`";
            reading.report.add(Diagnostic::error(Code::WrongType, headline).at(node.span).help(help));
            Vec::new()
        }
        Value::List(items) => items.iter().filter_map(|item| conditional(item, reading)).collect(),
    };
    (!values.is_empty()).then_some(RawPortRange { id, values })
}

fn conditional(node: &Node, reading: &mut Reading<'_>) -> Option<RawRangeValue> {
    let fields = Fields::of(&keys::port_range::KEYS, node.span, node, &mut reading.report)?;
    let when = fields.get(keys::port_range::WHEN).map(|node| parse_when(node, &mut reading.report));
    let port = value(fields.get(keys::port_range::RANGE)?, reading)?;
    Some(RawRangeValue { when, port })
}

fn value(node: &Node, reading: &mut Reading<'_>) -> Option<Port> {
    let word = as_word("a port range", node, &mut reading.report)?;
    if let Some((ports, over)) = word.value.split_once('/') {
        let headline = format!("the port range `{}` has a transport", word.value);
        let help = format!("write `{ports}` here, and the transport where the range is used: `$ID/{over}`");
        reading.report.add(Diagnostic::error(Code::PortForm, headline).at(word.span).help(help));
        return None;
    }
    match parse_range(&word.value) {
        Ok((first, last)) => Some(Port::Range(first, last)),
        Err((headline, help)) => {
            reading.report.add(Diagnostic::error(Code::PortForm, headline).at(word.span).help(help));
            None
        }
    }
}
