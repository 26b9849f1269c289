//! Conditions: `when: { option: [choice, …] }`, or a list of such maps of which one must hold.

use crate::diagnostic::Report;
use crate::span::Spanned;

use super::fields::{as_list, as_map, as_words, wrong_type};
use super::yaml::Node;

/// A condition as written: any of the maps, all options of a map, any choice of an option.
pub type RawWhen = Vec<RawCase>;

/// One map of a condition.
pub type RawCase = Vec<(Spanned<String>, Vec<Spanned<String>>)>;

/// Reads the condition under `when`: a map of options, or a list of such maps.
pub fn parse_when(node: &Node, report: &mut Report) -> RawWhen {
    as_list("`when`", node, report).iter().filter_map(|case| parse_case(case, report)).collect()
}

fn parse_case(node: &Node, report: &mut Report) -> Option<RawCase> {
    let entries = as_map("`when`", node, report)?;
    if entries.is_empty() {
        report.add(wrong_type("`when`", "at least one option", node).help("remove `when` from what is always needed"));
        return None;
    }
    Some(
        entries
            .iter()
            .map(|entry| (entry.key.clone(), as_words(&format!("`{}`", entry.key.value), &entry.value, report)))
            .collect(),
    )
}
