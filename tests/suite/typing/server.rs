//! The language server for YAML that editors run, spoken to as an editor does: JSON-RPC over its standard
//! input and output.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

use crate::support::repository;

/// A slow machine still answers within this.
const PATIENCE: Duration = Duration::from_secs(90);

pub(super) struct Server {
    child: Child,
    input: ChildStdin,
    /// What it says, message by message.
    said: Receiver<Value>,
    root: PathBuf,
    count: u32,
}

impl Server {
    pub(super) fn start(root: &Path) -> Self {
        let program = repository().join("tests/node_modules/yaml-language-server/bin/yaml-language-server");
        let mut child = Command::new("node")
            .arg(program)
            .arg("--stdio")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("node does not start ({error}); tests/run installs it"));
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (send, said) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read_message(&mut output) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        let mut server = Self { child, input, said, root: root.canonicalize().unwrap(), count: 0 };
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
        server.tell("initialized", &json!({}));
        server
    }

    /// Opens a file; returns the marks in it, `LINE: what`.
    pub(super) fn open(&mut self, path: &str, text: &str) -> Vec<String> {
        let uri = self.uri(path);
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
        self.marks(&uri)
    }

    /// The same file with another text.
    pub(super) fn change(&mut self, path: &str, text: &str) -> Vec<String> {
        let uri = self.uri(path);
        self.count += 1;
        let document = json!({ "uri": uri, "version": self.count + 1 });
        let change = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.tell("textDocument/didChange", &change);
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
        let told = self
            .wait(|message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri);
        let mark = |mark: &Value| {
            format!("{}: {}", mark["range"]["start"]["line"], mark["message"].as_str().unwrap_or_default())
        };
        told["params"]["diagnostics"].as_array().unwrap().iter().map(mark).collect()
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.count += 1;
        let id = self.count;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let answer = self.wait(|message| message["id"] == id && message["method"].is_null());
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].clone()
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Reads on until a message is the one; what the server asks meanwhile is answered.
    fn wait(&mut self, is_meant: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.said.recv_timeout(PATIENCE).expect("the language server says nothing more");
            if is_meant(&message) {
                return message;
            }
            if message["id"].is_null() || message["method"].is_null() {
                continue;
            }
            let result = if message["method"] == "workspace/configuration" { settings(&message) } else { Value::Null };
            self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
        }
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// As an editor without settings; only the network stays untouched.
fn settings(request: &Value) -> Value {
    let yaml = json!({
        "validate": true, "hover": true, "completion": true, "schemaStore": { "enable": false },
    });
    let of_section = |item: &Value| if item["section"] == "yaml" { yaml.clone() } else { json!({}) };
    request["params"]["items"].as_array().unwrap().iter().map(of_section).collect()
}

/// One message: its length in a head, an empty line, JSON.
fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some(number) = line.strip_prefix("Content-Length: ") {
            length = number.trim().parse().ok()?;
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}
