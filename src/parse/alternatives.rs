//! `alternatives:` of a product, as written: groups of ways of which one is enough.

use crate::diagnostic::Report;
use crate::span::{Span, Spanned};

use super::fields::{Fields, as_list, as_word, wrong_type};
use super::keys;
use super::reading::Reading;
use super::yaml::{Node, Value};

/// A group of ways.
#[derive(Clone, Debug)]
pub struct RawAlternatives {
    /// Where it is written.
    pub span: Span,
    /// Whether it is a list of flows, each a way of its own.
    pub is_list: bool,
    /// Its ways.
    pub ways: Vec<RawWay>,
    /// The first flow of the way that the source prefers.
    pub preferred: Option<Spanned<String>>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct RawWay {
    /// Where it is written.
    pub span: Span,
    /// Whether it is written as a list.
    pub is_list: bool,
    /// Its flows.
    pub flows: Vec<Spanned<String>>,
}

/// Reads all groups.
pub(super) fn parse_alternatives(node: &Node, reading: &mut Reading<'_>) -> Vec<RawAlternatives> {
    let groups = as_list("`alternatives`", node, &mut reading.report);
    groups.iter().filter_map(|group| parse_group(group, reading)).collect()
}

/// A group of which a part can't be read is left out: what is missing in it is no mistake of its own.
fn parse_group(group: &Node, reading: &mut Reading<'_>) -> Option<RawAlternatives> {
    match &group.value {
        Value::List(items) => parse_list(group, items, &mut reading.report),
        Value::Map(_) => {
            let fields = Fields::of(&keys::alternatives::KEYS, group.span, group, &mut reading.report)?;
            let ways = fields.get(keys::alternatives::WAYS)?;
            let ways = as_list("`ways`", ways, &mut reading.report).iter();
            let ways: Vec<_> = ways.map(|way| parse_way(way, &mut reading.report)).collect();
            let preferred = fields.word(keys::alternatives::PREFERRED, reading);
            let ways = some_of(ways)?;
            Some(RawAlternatives { span: group.span, is_list: false, ways, preferred })
        }
        Value::Scalar(_) => {
            let expected = "a list of flows, or a map with `ways`";
            let help = "write a list of lists: `- [flow-a, flow-b]`";
            reading.report.add(wrong_type("a group of alternatives", expected, group).help(help));
            None
        }
    }
}

fn parse_list(group: &Node, items: &[Node], report: &mut Report) -> Option<RawAlternatives> {
    if let Some(list) = items.iter().find(|item| is_list(item)) {
        let help = format!("write ways of several flows as a map: `- {}`", as_ways(items));
        report.add(wrong_type("one of a group of alternatives", "the id of a flow", list).help(help));
        return None;
    }
    let items = as_list("a group of alternatives", group, report).iter();
    let flows: Vec<_> = items.map(|item| as_word("a group of alternatives", item, report)).collect();
    let way = |flow: Spanned<String>| RawWay { span: flow.span, is_list: false, flows: vec![flow] };
    let ways = some_of(flows)?.into_iter().map(way).collect();
    Some(RawAlternatives { span: group.span, is_list: true, ways, preferred: None })
}

fn parse_way(way: &Node, report: &mut Report) -> Option<RawWay> {
    let flows = match &way.value {
        Value::List(flows) => {
            let flows: Vec<_> = flows.iter().map(|flow| as_word("a flow of a way", flow, report)).collect();
            flows.into_iter().collect::<Option<_>>()?
        }
        Value::Scalar(_) | Value::Map(_) => vec![as_word("a way", way, report)?],
    };
    Some(RawWay { span: way.span, is_list: is_list(way), flows })
}

/// All of them, if each could be read and there is one at all.
fn some_of<T>(read: Vec<Option<T>>) -> Option<Vec<T>> {
    let all: Vec<_> = read.into_iter().collect::<Option<_>>()?;
    (!all.is_empty()).then_some(all)
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::List(_))
}

/// What was meant by a list with lists in it.
fn as_ways(items: &[Node]) -> String {
    let word = |item: &Node| item.as_scalar().map_or("…", |scalar| scalar.text.as_str()).to_owned();
    let way = |item: &Node| match &item.value {
        Value::List(flows) if flows.len() > 1 => {
            format!("[{}]", flows.iter().map(word).collect::<Vec<_>>().join(", "))
        }
        Value::List(flows) => flows.first().map_or("…".to_owned(), word),
        Value::Scalar(_) | Value::Map(_) => word(item),
    };
    format!("{{ ways: [{}] }}", items.iter().map(way).collect::<Vec<_>>().join(", "))
}
