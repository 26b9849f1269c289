//! What an editor can do, as it says when it starts.

use std::collections::BTreeSet;

use serde_json::Value;

use super::text::Encoding;

/// What not every editor can do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Ability {
    /// It tells of files that change, if it is asked to.
    Watch,
    /// It shows other places beside a mark.
    ShowRelated,
    /// It changes several texts in order, open or not.
    ChangeDocuments,
    RenameFiles,
    CreateFiles,
    DeleteFiles,
    /// It asks for the change of an action when the action is chosen.
    ResolveEdits,
    /// It shows the extent of what a file defines.
    ShowExtents,
}

/// Where it says so: a path to `true`, or to a list with this word.
const SAID: [(Ability, &str, Option<&str>); 8] = [
    (Ability::Watch, "workspace/didChangeWatchedFiles/dynamicRegistration", None),
    (Ability::ShowRelated, "textDocument/publishDiagnostics/relatedInformation", None),
    (Ability::ChangeDocuments, "workspace/workspaceEdit/documentChanges", None),
    (Ability::RenameFiles, "workspace/workspaceEdit/resourceOperations", Some("rename")),
    (Ability::CreateFiles, "workspace/workspaceEdit/resourceOperations", Some("create")),
    (Ability::DeleteFiles, "workspace/workspaceEdit/resourceOperations", Some("delete")),
    (Ability::ResolveEdits, "textDocument/codeAction/resolveSupport/properties", Some("edit")),
    (Ability::ShowExtents, "textDocument/documentSymbol/hierarchicalDocumentSymbolSupport", None),
];

/// An editor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    abilities: BTreeSet<Ability>,
}

impl Client {
    /// From the params of `initialize`.
    pub(super) fn of(params: &Value) -> Self {
        let says = |path: &str, word: Option<&str>| {
            let said = params.pointer(&format!("/capabilities/{path}")).unwrap_or(&Value::Null);
            match word {
                None => said == true,
                Some(word) => said.as_array().is_some_and(|list| list.iter().any(|entry| entry == word)),
            }
        };
        let takes_utf8 = says("general/positionEncodings", Some(Encoding::Utf8.as_str()));
        let abilities = SAID.iter().filter(|(_, path, word)| says(path, *word)).map(|(ability, ..)| *ability);
        Self { encoding: if takes_utf8 { Encoding::Utf8 } else { Encoding::Utf16 }, abilities: abilities.collect() }
    }

    pub(super) fn can(&self, ability: Ability) -> bool {
        self.abilities.contains(&ability)
    }
}
