//! What can be done about a mark: the word that was meant, or a translation that says what its source text says.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize;
use serde_json::{Value, json};

use super::client::Ability;
use super::edits::Before;
use super::marks::{Found, at_place};
use super::reader::Reading;
use super::rename::{headlines, reason};
use super::shift::Shift;
use super::text::PositionRange;
use super::view::{DocumentId, View};
use super::wire::{ErrorCode, RpcError};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::edit::accept::{Which, Wish, accept};
use crate::l10n::State;
use crate::locale::LocaleId;

/// The params of `textDocument/codeAction`.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct AtRange {
    pub(super) text_document: DocumentId,
    pub(super) range: PositionRange,
    #[serde(default)]
    context: Asked,
}

#[derive(Deserialize, Default, Debug)]
struct Asked {
    only: Option<Vec<String>>,
}

impl AtRange {
    /// Whether corrections are asked for.
    pub(super) fn wants_fixes(&self) -> bool {
        self.context.only.as_ref().is_none_or(|only| only.iter().any(|kind| kind == QUICK_FIX || kind.is_empty()))
    }
}

/// The kind of all our actions, by the protocol's name.
const QUICK_FIX: &str = "quickfix";

/// A translation that is to be accepted.
#[derive(Deserialize, serde::Serialize, Debug)]
pub(super) struct Acceptance {
    unit: String,
    locale: String,
}

/// What can be done in a range of a text.
pub(super) fn actions(view: View<'_>, reading: &Reading, before: Before<'_>, at: &AtRange) -> Value {
    let Some(path) = view.root.relative(&at.text_document.uri) else { return Value::Null };
    let Some(text) = view.text(&path) else { return Value::Null };
    let lines = view.lines(text);
    let range = lines.bytes(at.range);
    let mut actions = Vec::new();
    for found in at_place(reading, &path, text, range.clone()) {
        for Answer { range, word, is_right } in answers(reading, &found, text) {
            let edit = json!({ "range": lines.range(range), "newText": word });
            let title = if word.is_empty() { "Remove this".to_owned() } else { format!("Replace with `{word}`") };
            actions.push(json!({
                "title": title,
                "kind": QUICK_FIX,
                "isPreferred": is_right,
                "edit": { "changes": { view.uri(&path): [edit] } },
            }));
        }
    }
    // What is accepted is what was read, and a site with holes has other texts.
    if reading.holds
        && let Some(file) = reading.sources.find(path.as_str())
    {
        for (acceptance, tag) in not_accepted(view, file, &range) {
            let mut action = json!({
                "title": format!("Accept this translation ({tag})"),
                "kind": QUICK_FIX,
                "data": acceptance,
            });
            if !view.client.can(Ability::ResolveEdits) {
                let Ok(edit) = accepted(view, reading, before, &acceptance) else { continue };
                action["edit"] = edit;
            }
            actions.push(action);
        }
    }
    json!(actions)
}

/// What may be written in place of what is marked.
struct Answer {
    range: Range<usize>,
    word: String,
    /// Whether nobody has to decide anything.
    is_right: bool,
}

/// The one answer that is right, or those of which the writer is asked whether they were meant.
fn answers(reading: &Reading, found: &Found<'_>, text: &str) -> Vec<Answer> {
    let diagnostic = found.diagnostic;
    let written = diagnostic.span.map_or("", |span| &reading.sources.file(span.file).text);
    if let Some((range, word)) = diagnostic.change(written) {
        let range = Shift::between(written, text).same(range);
        return range.map(|range| Answer { range, word: word.to_owned(), is_right: true }).into_iter().collect();
    }
    let quoted = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let asked = diagnostic.help.iter().find_map(|help| help.strip_prefix("did you mean ")).map(quoted);
    // Behind its kind, in a reference, and the last one where a word stands twice.
    let marked = &text[found.range.clone()];
    let typed = quoted(&diagnostic.headline).into_iter().find_map(|typed| Some((marked.rfind(&typed)?, typed.len())));
    let Some((at, length)) = typed else { return Vec::new() };
    let start = found.range.start + at;
    let answer = |word| Answer { range: start..start + length, word, is_right: false };
    asked.into_iter().flatten().map(answer).collect()
}

/// Translations in a range of a file that nobody has accepted.
fn not_accepted(view: View<'_>, file: crate::span::FileId, range: &Range<usize>) -> Vec<(Acceptance, String)> {
    let site = view.site();
    let locales = &site.config.locales;
    let is_here = |span: crate::span::Span| {
        span.file == file && span.range().start <= range.end && range.start <= span.range().end
    };
    let translated = locales.ids().filter(|locale| *locale != locales.source_locale());
    let found = translated.flat_map(|locale| {
        let open = site.translations().of(locale).filter(move |translation| {
            matches!(translation.state, State::NotAccepted(_)) && translation.span.is_some_and(is_here)
        });
        open.map(move |translation| {
            let tag = locales.tag(locale).to_owned();
            (Acceptance { unit: translation.key, locale: tag.clone() }, tag)
        })
    });
    found.collect()
}

/// The change of the record that accepts a translation.
pub(super) fn accepted(
    view: View<'_>,
    reading: &Reading,
    before: Before<'_>,
    acceptance: &Acceptance,
) -> Result<Value, RpcError> {
    let refuse = |message: String| RpcError::new(ErrorCode::RequestFailed, message);
    let Acceptance { unit, locale: tag } = acceptance;
    let site = view.site();
    let locale: LocaleId =
        site.config.locales.find(tag).ok_or_else(|| refuse(format!("`{tag}` is no locale of the site")))?;
    let units = [unit.clone()];
    let wish = Wish { which: Which::Units(&units), locales: vec![locale], despite: BTreeSet::new() };
    let accepted = accept(site, &reading.sources, &reading.found, &wish).map_err(|refused| refuse(reason(&refused)))?;
    if !accepted.refused.is_empty() {
        return Err(refuse(objection(&accepted.refused, unit, tag)));
    }
    let otherwise = format!("save all files and run `rutter accept --locale {tag} {unit}`");
    before.workspace_edit(&accepted.changes, &BTreeMap::new(), &otherwise)
}

/// What speaks against accepting a translation, and the next step.
fn objection(refused: &[Diagnostic], unit: &str, tag: &str) -> String {
    let reasons = headlines(refused);
    if refused.iter().any(|found| found.severity == Severity::Error) {
        return format!("{reasons}: correct it first");
    }
    let codes: BTreeSet<&str> = refused.iter().map(|found| found.code).map(Code::as_str).collect();
    let codes = Vec::from_iter(codes).join(",");
    format!("{reasons}: correct it, or run `rutter accept --locale {tag} --despite {codes} {unit}`")
}
