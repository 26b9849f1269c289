//! The ends of a flow as written: components, `any`, `unstated`; or two of which either may open.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::{Span, Spanned};
use crate::value::Nobody;
use crate::value::words::NOBODY;

use super::fields::Fields;
use super::keys::{self, Key};
use super::reading::Reading;

/// One end of a flow.
#[derive(Clone, Debug)]
pub enum RawWho {
    /// Components.
    Parties(Vec<Spanned<String>>),
    /// No component.
    Nobody(Nobody),
}

impl RawWho {
    /// Whether nothing is written, or nothing that could be read.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Parties(parties) => parties.is_empty(),
            Self::Nobody(_) => false,
        }
    }
}

/// Two components of which either may open the connection.
#[derive(Clone, Debug)]
pub struct RawBetween {
    /// The two.
    pub parties: Vec<Spanned<String>>,
    /// Where they are written.
    pub span: Span,
}

/// Reads one end.
pub(super) fn parse_who(fields: &Fields<'_>, key: Key, reading: &mut Reading<'_>) -> RawWho {
    let mut words = fields.words(key, reading);
    let nobody = |word: &Spanned<String>| NOBODY.iter().find(|(name, _)| *name == word.value).map(|(_, who)| *who);
    if let [only] = words.as_slice() {
        return nobody(only).map_or(RawWho::Parties(words), RawWho::Nobody);
    }
    for word in words.extract_if(.., |word| nobody(word).is_some()) {
        let headline = format!("`{}` stands beside components", word.value);
        let help = match nobody(&word) {
            Some(Nobody::Unstated) => "write `unstated` alone, or the components alone",
            Some(Nobody::Any) | None => "write `any` alone: it means everybody, the components too",
        };
        reading.report.add(Diagnostic::error(Code::WrongType, headline).at(word.span).help(help));
    }
    RawWho::Parties(words)
}

/// Reads `between`, and refuses what can't stand beside it. Without it a flow says who listens.
pub(super) fn parse_between(fields: &Fields<'_>, reading: &mut Reading<'_>) -> Option<RawBetween> {
    let Some(node) = fields.get(keys::flow::BETWEEN) else {
        fields.require(keys::flow::TO, &mut reading.report);
        return None;
    };
    let span = node.span;
    let parties = fields.words(keys::flow::BETWEEN, reading);
    for key in [keys::flow::FROM, keys::flow::TO, keys::flow::HOSTS, keys::flow::FROM_HOSTS] {
        let Some(other) = fields.get(key) else { continue };
        let headline = format!("`between` and {} stand in one flow", key.shown());
        reading.report.add(
            Diagnostic::error(Code::WrongType, headline)
                .at(other.span)
                .label(span, "either of these may open the connection")
                .help(
                    "leave one of the two out; where each end has its own addresses, write a flow for each direction",
                ),
        );
    }
    if let [_, _] = parties.as_slice() {
        if parties[0].value != parties[1].value {
            return Some(RawBetween { parties, span });
        }
        let headline = format!("`between` names `{}` twice", parties[0].value);
        let help = format!(
            "for machines of one kind that connect to each other, write `from: {0}` and `to: {0}`",
            parties[0].value
        );
        reading.report.add(Diagnostic::error(Code::WrongType, headline).at(parties[1].span).help(help));
        return None;
    }
    if !parties.is_empty() {
        let headline = format!("`between` names {}, expected two components", count(parties.len()));
        let help = "write `between: [a, b]`; of more than two, write a flow for each pair that connects";
        reading.report.add(Diagnostic::error(Code::WrongType, headline).at(span).help(help));
    }
    None
}

fn count(parties: usize) -> String {
    if parties == 1 { "one component".to_owned() } else { format!("{parties} components") }
}
