//! The language server for YAML that editors run, spoken to as an editor does.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use url::Url;

use crate::support::peer::Peer;
use crate::support::repository;

pub(super) struct Server {
    peer: Peer,
    root: PathBuf,
    version: u32,
}

impl Server {
    pub(super) fn start(root: &Path) -> Self {
        let program = repository().join("tests/node_modules/yaml-language-server/bin/yaml-language-server");
        let peer = Peer::start(Command::new("node").arg(program).arg("--stdio"));
        let mut server = Self { peer, root: root.canonicalize().unwrap(), version: 1 };
        let capabilities = json!({
            "textDocument": {
                "completion": { "completionItem": { "documentationFormat": ["markdown"] } },
                "hover": { "contentFormat": ["markdown"] },
                "publishDiagnostics": {},
            },
            "workspace": { "configuration": true },
        });
        let root = Url::from_directory_path(&server.root).unwrap();
        server.ask("initialize", &json!({ "processId": null, "rootUri": root.as_str(), "capabilities": capabilities }));
        server.peer.tell("initialized", &json!({}));
        server
    }

    /// Opens a file; returns the marks in it, `LINE: what`.
    pub(super) fn open(&mut self, path: &str, text: &str) -> Vec<String> {
        let uri = self.uri(path);
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.peer.tell("textDocument/didOpen", &json!({ "textDocument": document }));
        self.marks(&uri)
    }

    /// The same file with another text.
    pub(super) fn change(&mut self, path: &str, text: &str) -> Vec<String> {
        let uri = self.uri(path);
        self.version += 1;
        let document = json!({ "uri": uri, "version": self.version });
        let change = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.peer.tell("textDocument/didChange", &change);
        self.marks(&uri)
    }

    pub(super) fn completion(&mut self, path: &str, place: (usize, usize)) -> Vec<Value> {
        let answer = self.ask("textDocument/completion", &self.at(path, place));
        answer["items"].as_array().or(answer.as_array()).cloned().unwrap_or_default()
    }

    pub(super) fn hover(&mut self, path: &str, place: (usize, usize)) -> String {
        self.ask("textDocument/hover", &self.at(path, place))["contents"].to_string()
    }

    fn at(&self, path: &str, (line, character): (usize, usize)) -> Value {
        json!({ "textDocument": { "uri": self.uri(path) }, "position": { "line": line, "character": character } })
    }

    fn uri(&self, path: &str) -> String {
        Url::from_file_path(self.root.join(path)).unwrap().into()
    }

    fn marks(&mut self, uri: &str) -> Vec<String> {
        let told = loop {
            let message = self.peer.next();
            if message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri {
                break message;
            }
            answer(&mut self.peer, &message);
        };
        let mark = |mark: &Value| {
            format!("{}: {}", mark["range"]["start"]["line"], mark["message"].as_str().unwrap_or_default())
        };
        told["params"]["diagnostics"].as_array().unwrap().iter().map(mark).collect()
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.peer.ask(method, params, answer)
    }
}

/// What the server asks is answered as by an editor without settings; only the network stays untouched.
fn answer(peer: &mut Peer, message: &Value) {
    if message["id"].is_null() || message["method"].is_null() {
        return;
    }
    let result = if message["method"] == "workspace/configuration" { settings(message) } else { Value::Null };
    peer.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
}

fn settings(request: &Value) -> Value {
    let yaml = json!({
        "validate": true, "hover": true, "completion": true, "schemaStore": { "enable": false },
    });
    let of_section = |item: &Value| if item["section"] == "yaml" { yaml.clone() } else { json!({}) };
    request["params"]["items"].as_array().unwrap().iter().map(of_section).collect()
}
