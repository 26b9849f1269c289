//! An editor as far as a language server sees one: it opens files of a site, types, and makes the changes it is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use url::Url;

use crate::support::peer::Peer;
use crate::support::{folder, repository, write_files};

/// How long a mark is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

pub(super) struct Editor {
    pub(super) peer: Peer,
    /// Goes when the test ends.
    _folder: tempfile::TempDir,
    pub(super) root: PathBuf,
    open: BTreeMap<String, (i64, String)>,
    /// What was last published of each file, by its path.
    marks: BTreeMap<String, Vec<Value>>,
    /// How often.
    pub(super) published: usize,
    /// What else it was told or asked.
    pub(super) told: Vec<Value>,
    is_utf8: bool,
}

/// What a good editor can do.
pub(super) fn able() -> Value {
    json!({
        "workspace": {
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] },
        },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "resolveSupport": { "properties": ["edit"] } },
        },
    })
}

/// The site of these tests: English and Japanese, everything accepted.
pub(super) fn site() -> BTreeMap<String, Vec<u8>> {
    crate::support::site_files(&repository().join("tests/lsp"))
}

impl Editor {
    /// Opens the site of these tests.
    pub(super) fn start() -> Self {
        Self::on(&site(), &able())
    }

    /// Opens the folder of a site.
    pub(super) fn on(files: &BTreeMap<String, Vec<u8>>, capabilities: &Value) -> Self {
        let mut editor = Self::silent(files);
        editor.initialize("", capabilities);
        editor
    }

    /// Starts the server and says nothing yet.
    pub(super) fn silent(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let folder = folder();
        write_files(folder.path(), files);
        let root = folder.path().canonicalize().unwrap();
        let peer = Peer::start(
            Command::new(env!("CARGO_BIN_EXE_rutter")).args(["lsp", "--stdio"]).current_dir(std::env::temp_dir()),
        );
        let (open, marks, told) = Default::default();
        Self { peer, _folder: folder, root, open, marks, published: 0, told, is_utf8: false }
    }

    /// The handshake, with a folder below the root.
    pub(super) fn initialize(&mut self, folder: &str, capabilities: &Value) -> Value {
        let uri = Url::from_directory_path(self.root.join(folder)).unwrap();
        let params = json!({ "processId": null, "rootUri": uri.as_str(), "capabilities": capabilities });
        let answer = self.ask("initialize", &params);
        self.is_utf8 = answer["capabilities"]["positionEncoding"] == "utf-8";
        self.peer.tell("initialized", &json!({}));
        answer
    }

    pub(super) fn uri(&self, path: &str) -> String {
        Url::from_file_path(self.root.join(path)).unwrap().into()
    }

    /// A file as it lies there.
    pub(super) fn file(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).unwrap()
    }

    /// A text as it is open, or as it lies there.
    pub(super) fn text(&self, path: &str) -> String {
        self.open.get(path).map_or_else(|| self.file(path), |(_, text)| text.clone())
    }

    pub(super) fn open(&mut self, path: &str) {
        let text = self.file(path);
        self.open_with(path, &text);
    }

    pub(super) fn open_with(&mut self, path: &str, text: &str) {
        self.open.insert(path.to_owned(), (1, text.to_owned()));
        let document = json!({ "uri": self.uri(path), "languageId": "yaml", "version": 1, "text": text });
        self.peer.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    pub(super) fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.peer.tell("textDocument/didClose", &json!({ "textDocument": { "uri": self.uri(path) } }));
    }

    /// Types something in place of something, as one change of a range.
    pub(super) fn type_over(&mut self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        let at = text.find(from).unwrap_or_else(|| panic!("{path} has no {from}"));
        let range = json!({ "start": self.position(&text, at), "end": self.position(&text, at + from.len()) });
        let new = text.replacen(from, to, 1);
        self.send_change(path, new, &json!([{ "range": range, "text": to }]));
    }

    /// Puts another text in place of the whole.
    pub(super) fn replace(&mut self, path: &str, text: &str) {
        self.send_change(path, text.to_owned(), &json!([{ "text": text }]));
    }

    fn send_change(&mut self, path: &str, new: String, changes: &Value) {
        let (version, text) = self.open.get_mut(path).unwrap();
        *version += 1;
        *text = new;
        let document =
            json!({ "version": *version, "uri": Url::from_file_path(self.root.join(path)).unwrap().as_str() });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.peer.tell("textDocument/didChange", &params);
    }

    /// Writes a file beside the editor, and tells that it was.
    pub(super) fn write_beside(&mut self, path: &str, text: &str) {
        std::fs::write(self.root.join(path), text).unwrap();
        let changes = json!([{ "uri": self.uri(path), "type": 2 }]);
        self.peer.tell("workspace/didChangeWatchedFiles", &json!({ "changes": changes }));
    }

    /// A byte as a position.
    pub(super) fn position(&self, text: &str, at: usize) -> Value {
        let before = &text[..at];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let column = &before[line..];
        let column = if self.is_utf8 { column.len() } else { column.encode_utf16().count() };
        json!({ "line": before.matches('\n').count(), "character": column })
    }

    /// The byte of a position.
    fn byte(&self, text: &str, position: &Value) -> usize {
        let line = position["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut column = position["character"].as_u64().unwrap() as usize;
        let width = |c: char| if self.is_utf8 { c.len_utf8() } else { c.len_utf16() };
        let mut at = start;
        for c in text[start..].chars().take_while(|c| *c != '\n') {
            if column == 0 {
                break;
            }
            column = column.checked_sub(width(c)).expect("a position within a character");
            at += c.len_utf8();
        }
        assert_eq!(column, 0, "a position behind the end of line {line}");
        at
    }

    /// What a range of a text says.
    pub(super) fn slice(&self, path: &str, range: &Value) -> String {
        let text = self.text(path);
        text[self.byte(&text, &range["start"])..self.byte(&text, &range["end"])].to_owned()
    }

    /// The place of the `‸` in a piece of a text that stands there without it.
    pub(super) fn at(&self, path: &str, piece: &str) -> Value {
        let text = self.text(path);
        let cursor = piece.find('‸').expect("a cursor");
        let plain = piece.replace('‸', "");
        let start = text.find(&plain).unwrap_or_else(|| panic!("{path} has no {plain}"));
        json!({ "textDocument": { "uri": self.uri(path) }, "position": self.position(&text, start + cursor) })
    }

    pub(super) fn ask(&mut self, method: &str, params: &Value) -> Value {
        let answer = self.try_ask(method, params);
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].clone()
    }

    pub(super) fn try_ask(&mut self, method: &str, params: &Value) -> Value {
        let mut heard = Vec::new();
        let answer = self.peer.try_ask(method, params, |_, message| heard.push(message.clone()));
        for message in heard {
            self.hear(message);
        }
        answer
    }

    fn hear(&mut self, message: Value) {
        if message["method"] != "textDocument/publishDiagnostics" {
            self.told.push(message);
            return;
        }
        self.published += 1;
        let params = &message["params"];
        let file = Url::parse(params["uri"].as_str().unwrap()).unwrap().to_file_path().unwrap();
        let path = file.strip_prefix(&self.root).unwrap().to_str().unwrap().to_owned();
        let version = self.open.get(&path).map(|(version, _)| *version);
        assert!(params["version"].as_i64() <= version || version.is_none(), "{message}");
        self.marks.insert(path, params["diagnostics"].as_array().unwrap().clone());
    }

    /// What is marked in a file.
    pub(super) fn marks(&self, path: &str) -> &[Value] {
        self.marks.get(path).map_or(&[], Vec::as_slice)
    }

    /// All codes that are marked, each with its file.
    pub(super) fn codes(&self) -> BTreeSet<(String, String)> {
        let of_file = |(path, marks): (&String, &Vec<Value>)| {
            let path = path.clone();
            let codes = marks.clone().into_iter().map(|mark| mark["code"].as_str().unwrap().to_owned());
            codes.map(move |code| (path.clone(), code)).collect::<Vec<_>>()
        };
        self.marks.iter().flat_map(of_file).collect()
    }

    /// Waits until what is marked is right.
    pub(super) fn wait(&mut self, what: &str, is_right: impl Fn(&Self) -> bool) {
        let begin = Instant::now();
        while !is_right(self) {
            assert!(begin.elapsed() < PATIENCE, "{what}: {:?}", self.codes());
            if let Some(message) = self.peer.next_within(Duration::from_millis(50)) {
                self.hear(message);
            }
        }
    }

    /// Waits until what was told is read: an answer that must be exact comes only then.
    pub(super) fn settle(&mut self, path: &str) {
        let start = json!({ "line": 0, "character": 0 });
        let range = json!({ "start": start, "end": start });
        let document = json!({ "uri": self.uri(path) });
        let params = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
        self.ask("textDocument/codeAction", &params);
    }

    /// What may be typed at a place.
    pub(super) fn labels(&mut self, path: &str, piece: &str) -> Vec<String> {
        let params = self.at(path, piece);
        let answer = self.ask("textDocument/completion", &params);
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }

    pub(super) fn hover(&mut self, path: &str, piece: &str) -> String {
        let params = self.at(path, piece);
        self.ask("textDocument/hover", &params)["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// What can be done at a place.
    pub(super) fn actions(&mut self, path: &str, piece: &str) -> Vec<Value> {
        let at = self.at(path, piece);
        let range = json!({ "start": at["position"], "end": at["position"] });
        let params = json!({ "textDocument": at["textDocument"], "range": range, "context": { "diagnostics": [] } });
        self.ask("textDocument/codeAction", &params).as_array().cloned().unwrap_or_default()
    }

    /// Makes a change as it is told, in the files themselves.
    pub(super) fn apply(&mut self, edit: &Value) {
        let of_documents = edit["documentChanges"].as_array().cloned().unwrap_or_default();
        let of_map = edit["changes"].as_object().cloned().unwrap_or_default();
        let of_map = of_map.into_iter().map(|(uri, edits)| json!({ "textDocument": { "uri": uri }, "edits": edits }));
        let path = |uri: &Value| Url::parse(uri.as_str().unwrap()).unwrap().to_file_path().unwrap();
        for change in of_documents.into_iter().chain(of_map) {
            match change["kind"].as_str() {
                Some("rename") => std::fs::rename(path(&change["oldUri"]), path(&change["newUri"])).unwrap(),
                Some("delete") => std::fs::remove_file(path(&change["uri"])).unwrap(),
                Some("create") => {
                    let path = path(&change["uri"]);
                    assert!(!path.exists(), "{}", path.display());
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    std::fs::write(path, "").unwrap();
                }
                kind => {
                    assert!(kind.is_none(), "{change}");
                    self.edit(&path(&change["textDocument"]["uri"]), &change);
                }
            }
        }
    }

    fn edit(&mut self, file: &Path, change: &Value) {
        let path = file.strip_prefix(&self.root).unwrap().to_str().unwrap().to_owned();
        let version = self.open.get(&path).map(|(version, _)| *version);
        assert_eq!(change["textDocument"]["version"].as_i64().or(version), version, "{change}");
        let mut text = self.text(&path);
        let ranges = change["edits"].as_array().unwrap().iter().map(|edit| {
            let range = self.byte(&text, &edit["range"]["start"])..self.byte(&text, &edit["range"]["end"]);
            (range, edit["newText"].as_str().unwrap())
        });
        let mut edits: Vec<_> = ranges.collect();
        edits.sort_by_key(|(range, _)| range.start);
        assert!(edits.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "{change}");
        for (range, new) in edits.into_iter().rev() {
            text.replace_range(range, new);
        }
        std::fs::write(file, &text).unwrap();
        if version.is_some() {
            self.replace(&path, &text);
        }
    }

    /// What `rutter check` says of the files as they lie there.
    pub(super) fn check(&self) -> String {
        let output = crate::support::rutter(&self.root, &["check", "--deny", "warnings"]);
        crate::support::transcript(&output)
    }
}
