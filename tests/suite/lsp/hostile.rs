//! Messages that no editor sends, and the order of a conversation.

use std::time::Duration;

use serde_json::{Value, json};

use super::GUARD;
use super::editor::{Editor, able, site};

/// What is asked of a place.
const ASKED: [&str; 10] = [
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/documentSymbol",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/codeAction",
    "codeAction/resolve",
];

fn code(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap_or_default()
}

#[test]
fn a_conversation_has_an_order() {
    let mut editor = Editor::silent(&site());
    assert_eq!(code(&editor.try_ask("textDocument/hover", &json!({}))), -32002);
    editor.peer.tell("textDocument/didOpen", &json!({}));
    let answer = editor.initialize("", &able());
    assert_eq!(answer["serverInfo"]["name"], "rutter");
    assert_eq!(code(&editor.try_ask("initialize", &json!({}))), -32600);
    assert_eq!(code(&editor.try_ask("textDocument/nothing", &json!({}))), -32601);
    assert_eq!(editor.try_ask("shutdown", &Value::Null)["result"], Value::Null);
    assert_eq!(code(&editor.try_ask("textDocument/hover", &json!({}))), -32600);
    editor.peer.tell("exit", &Value::Null);
    assert_eq!(editor.peer.end().code(), Some(0));
}

#[test]
fn an_editor_that_goes_without_a_word_leaves_no_server() {
    assert_eq!(Editor::start().peer.end().code(), Some(1));
    let mut editor = Editor::start();
    editor.peer.tell("exit", &Value::Null);
    assert_eq!(editor.peer.end().code(), Some(1));
    let mut editor = Editor::silent(&site());
    editor.peer.send_bytes(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(editor.peer.end().code(), Some(2));
}

#[test]
fn nothing_that_is_no_message_ends_the_server() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    let deep = "[".repeat(200_000);
    for text in ["{", "", "null", "[1]", "{\"jsonrpc\":\"2.0\"}", "{\"id\":[],\"method\":\"x\"}", &deep, "\u{0}\u{1}"] {
        editor.peer.send_bytes(format!("content-length: {}\r\nX: y\r\n\r\n{text}", text.len()).as_bytes());
    }
    editor.peer.send_bytes(b"Content-Length: 2\r\n\r\n\xff\xfe");
    let uri = editor.uri(GUARD);
    let hostile = [
        Value::Null,
        json!([]),
        json!("x"),
        json!({ "textDocument": 7 }),
        json!({ "textDocument": { "uri": "x:y" }, "position": { "line": 0, "character": 0 } }),
        json!({ "textDocument": { "uri": uri }, "position": { "line": -1, "character": 1e99 } }),
        json!({ "textDocument": { "uri": uri }, "position": { "line": u32::MAX, "character": u32::MAX } }),
        json!({
            "textDocument": { "uri": uri, "version": 7 },
            "position": { "line": 5, "character": 9 },
            "range": { "start": { "line": 9, "character": 9 }, "end": { "line": 0, "character": 0 } },
            "newName": "\u{0}",
            "data": { "unit": "../..", "locale": "xx" },
            "contentChanges": [
                { "range": { "start": { "line": 9, "character": 1 }, "end": { "line": 3, "character": 7 } }, "text": "🙂" },
                { "range": { "start": { "line": 5, "character": 9 }, "end": { "line": 5, "character": 10 } }, "text": "" },
            ],
            "changes": [{ "uri": uri }, { "uri": "file:///%" }],
        }),
    ];
    let told = ["didOpen", "didChange", "didClose", "didSave"].map(|method| format!("textDocument/{method}"));
    for params in &hostile {
        for method in ASKED {
            let answer = editor.try_ask(method, params);
            assert!(![-32603].contains(&code(&answer)), "{method} {params}: {answer}");
        }
        for method in
            told.iter().map(String::as_str).chain(["workspace/didChangeWatchedFiles", "$/cancelRequest", "$/x"])
        {
            editor.peer.tell(method, params);
        }
    }
    editor.open(GUARD);
    editor.settle(GUARD);
    assert!(editor.hover(GUARD, "to: h‸ub").contains("ハブ"));
}

#[test]
fn every_place_of_a_broken_text_can_be_asked() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.settle(GUARD);
    let text = "flows: {\n🙂: [\r- - '\u{301}\n  <component: to: \"\n\tports: $\n- {a: [b: ,#\n";
    editor.replace(GUARD, text);
    let uri = editor.uri(GUARD);
    for line in 0..8 {
        for character in 0..24 {
            let params = json!({
                "textDocument": { "uri": uri }, "position": { "line": line, "character": character }, "newName": "x",
                "context": { "includeDeclaration": true },
            });
            for method in ASKED.iter().filter(|method| method.contains("textDocument") && !method.contains("code")) {
                let answer = editor.try_ask(method, &params);
                assert_ne!(code(&answer), -32603, "{method} {line}:{character}");
            }
        }
    }
}

#[test]
fn a_request_that_waits_can_be_cancelled() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.settle(GUARD);
    editor.type_over(GUARD, "to: hub", "to: hbu");
    let mut params = editor.at(GUARD, "  ag‸ent: {");
    params["newName"] = json!("sensor");
    let id = editor.peer.begin("textDocument/rename", &params);
    editor.peer.tell("$/cancelRequest", &json!({ "id": id }));
    let answer = loop {
        let message = editor.peer.next_within(Duration::from_mins(1)).expect("an answer");
        if message["id"] == id && message["method"].is_null() {
            break message;
        }
    };
    assert_eq!(code(&answer), -32800, "{answer}");
}

#[test]
fn the_site_is_found_from_what_is_open() {
    // From a folder within the site, and from a folder around it.
    let mut editor = Editor::silent(&site());
    editor.initialize("content/products", &able());
    editor.open(GUARD);
    editor.settle(GUARD);
    assert!(editor.hover(GUARD, "to: h‸ub").contains("ハブ"));
    let within = site().into_iter().map(|(path, bytes)| (format!("docs/ports/{path}"), bytes)).collect();
    let mut editor = Editor::on(&within, &able());
    let guard = format!("docs/ports/{GUARD}");
    assert_eq!(editor.hover(&guard, "to: h‸ub"), "");
    editor.open(&guard);
    editor.settle(&guard);
    assert!(editor.hover(&guard, "to: h‸ub").contains("ハブ"));
}
