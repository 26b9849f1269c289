//! What `rutter rename` does, as a change that the editor makes.

use serde_json::{Value, json};

use super::edits::Before;
use super::known::Known;
use super::view::{Spot, Subject, View};
use super::wire::{ErrorCode, RpcError};
use crate::diagnostic::Diagnostic;
use crate::edit::Refused;
use crate::edit::rename::{KINDS, rename as renamed};
use crate::model::Item;

/// The item at a place, if it can be renamed there.
fn target<'a>(view: View<'a>, spot: &Spot<'a>) -> Option<(Subject, Known<'a>)> {
    let subject = view.subject(spot)?;
    let known = Known::of(&view.site().model, subject.item);
    // The choices of a switch are words of the language, and so is `this`.
    let is_word = matches!(subject.item, Item::Choice(option, _) if view.site().model[option].is_switch);
    let written = spot.text.get(view.lines(spot.text).bytes(subject.range))?;
    (KINDS.contains(&known.kind) && !is_word && written == known.id).then_some((subject, known))
}

/// What is about to be renamed; nothing where nothing can be.
pub(super) fn prepare(view: View<'_>, spot: &Spot<'_>) -> Value {
    target(view, spot)
        .map_or(Value::Null, |(subject, known)| json!({ "range": subject.range, "placeholder": known.id }))
}

pub(super) fn rename(view: View<'_>, before: Before<'_>, spot: &Spot<'_>, new: &str) -> Result<Value, RpcError> {
    let refuse = |message: String| RpcError::new(ErrorCode::RequestFailed, message);
    let Some((_, known)) = target(view, spot) else {
        return Err(refuse("no id stands here that can be renamed".to_owned()));
    };
    let old = known.path(&view.site().model);
    match renamed(before.sources, known.kind, &old, new.trim()) {
        Ok(renamed) => {
            let kind = known.kind.as_str().replace(' ', "-");
            let otherwise = format!("save all files and run `rutter rename {kind} {old} {new}`");
            before.workspace_edit(&renamed.changes, &renamed.moved, &otherwise)
        }
        Err(refused) => Err(refuse(reason(&refused))),
    }
}

/// Why nothing comes of it, and the next step.
pub(super) fn reason(refused: &Refused) -> String {
    match refused {
        Refused::Structure => "the site has errors that keep it from being read; mend them first".to_owned(),
        Refused::Usage(usage) => format!("{}: {}", usage.headline(), usage.help()),
        Refused::Findings { told, .. } => {
            let found = told.last().map_or(&[][..], |objections| &objections.diagnostics);
            headlines(found)
        }
    }
}

/// The first few of some mistakes.
pub(super) fn headlines(found: &[Diagnostic]) -> String {
    const SHOWN: usize = 3;
    let mut shown: Vec<_> = found.iter().take(SHOWN).map(|found| found.headline.clone()).collect();
    if found.len() > SHOWN {
        shown.push(format!("and {} more", found.len() - SHOWN));
    }
    shown.join("; ")
}
