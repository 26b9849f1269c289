//! Machines as written: what a component runs on, and whose connections a scenario is about.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Spanned;
use crate::value::words::NOBODY;

use super::fields::Fields;
use super::keys::{self, Key};
use super::reading::Reading;

/// Reads the machines of a component.
pub(super) fn parse_runs_on(fields: &Fields<'_>, reading: &mut Reading<'_>) -> Vec<Spanned<String>> {
    let mut words = fields.words(keys::component::RUNS_ON, reading);
    words.retain(|word| !is_nobody(word, keys::component::RUNS_ON, reading));
    words
}

/// Reads the machine of a scenario.
pub(super) fn parse_machine(fields: &Fields<'_>, reading: &mut Reading<'_>) -> Option<Spanned<String>> {
    let word = fields.word(keys::scenario::MACHINE, reading)?;
    (!is_nobody(&word, keys::scenario::MACHINE, reading)).then_some(word)
}

/// Reports what stands at the ends of flows in place of a component: nothing runs on it.
fn is_nobody(word: &Spanned<String>, key: Key, reading: &mut Reading<'_>) -> bool {
    let is_nobody = NOBODY.iter().any(|(name, _)| *name == word.value);
    if is_nobody {
        let headline = format!("{} is `{}`, expected a component", key.shown(), word.value);
        let help = format!("name the machine, or leave {} out where it is not known", key.shown());
        reading.report.add(Diagnostic::error(Code::WrongType, headline).at(word.span).help(help));
    }
    is_nobody
}
