//! What an editor can do, as it says when it starts.

use serde_json::Value;

use super::text::Encoding;

/// An editor's abilities.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// It tells of files that change, if it is asked to.
    pub(super) watches: bool,
    /// It shows other places beside a mistake.
    pub(super) shows_related: bool,
    /// It changes several texts in order, whatever is open.
    pub(super) changes_documents: bool,
    pub(super) renames_files: bool,
    pub(super) creates_files: bool,
    pub(super) deletes_files: bool,
    /// It asks for the change of an action when the action is chosen.
    pub(super) resolves_edits: bool,
    /// It shows symbols in a tree.
    pub(super) shows_trees: bool,
}

impl Client {
    /// From the params of `initialize`.
    pub(super) fn of(params: &Value) -> Self {
        let can = |pointer: &str| params.pointer(&format!("/capabilities/{pointer}"));
        let is = |pointer: &str| can(pointer).and_then(Value::as_bool).unwrap_or(false);
        let lists = |pointer: &str, word: &str| {
            can(pointer).and_then(Value::as_array).is_some_and(|list| list.iter().any(|entry| entry == word))
        };
        let operation = |word: &str| lists("workspace/workspaceEdit/resourceOperations", word);
        let encoding = if lists("general/positionEncodings", "utf-8") { Encoding::Utf8 } else { Encoding::Utf16 };
        Self {
            encoding,
            watches: is("workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows_related: is("textDocument/publishDiagnostics/relatedInformation"),
            changes_documents: is("workspace/workspaceEdit/documentChanges"),
            renames_files: operation("rename"),
            creates_files: operation("create"),
            deletes_files: operation("delete"),
            resolves_edits: lists("textDocument/codeAction/resolveSupport/properties", "edit"),
            shows_trees: is("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
        }
    }
}
