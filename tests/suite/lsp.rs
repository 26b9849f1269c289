//! `rutter lsp` as a process: an editor opens, types, asks, and makes the changes it is told.

mod changes;
mod editor;
mod hostile;
mod ids;
mod marks;

use std::process::Command;

use serde_json::{Value, json};

use crate::support::peer::Peer;
use crate::support::repository;

/// The file in which most is typed.
const GUARD: &str = "content/products/guard.yaml";
const VOCABULARY: &str = "content/common/vocabulary.yaml";
const READING: &str = "content/pages/reading.yaml";

/// The commands by which the handbook has editors start the server.
fn set_ups() -> Vec<(&'static str, Vec<String>)> {
    let text = std::fs::read_to_string(repository().join("docs/editor.md")).unwrap();
    let block = |language: &str| {
        let (_, rest) = text.split_once(&format!("```{language}\n")).unwrap_or_else(|| panic!("no {language}"));
        let (head, body) = rest.split_once("\n```").unwrap().0.split_once('\n').unwrap();
        (head.to_owned(), body.to_owned())
    };
    let words = |command: &str, arguments: &Value| {
        let arguments = arguments.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned());
        std::iter::once(command.to_owned()).chain(arguments).collect::<Vec<_>>()
    };
    let code: Value = serde_json::from_str(&block("json").1).unwrap();
    assert_eq!(code["glspc.server.languageId"], json!(["yaml"]));
    let helix: Value = toml::from_str(&block("toml").1).unwrap();
    assert_eq!(helix["language"][0]["language-servers"][0], "rutter");
    let helix = &helix["language-server"]["rutter"];
    let lua = block("lua").1;
    let lua = lua.split_once("cmd = {").unwrap().1.split_once('}').unwrap().0;
    vec![
        ("VS Code", words(code["glspc.server.command"].as_str().unwrap(), &code["glspc.server.commandArguments"])),
        ("Neovim", lua.split(',').map(|word| word.trim().trim_matches('"').to_owned()).collect()),
        ("Helix", words(helix["command"].as_str().unwrap(), &helix["args"])),
    ]
}

#[test]
fn every_set_up_of_the_handbook_starts_the_server() {
    for (editor, words) in set_ups() {
        assert_eq!(words[0], "rutter", "{editor}");
        let mut peer = Peer::start(Command::new(env!("CARGO_BIN_EXE_rutter")).args(&words[1..]));
        let answer = peer.ask("initialize", &json!({ "capabilities": {} }), |_, _| {});
        assert_eq!(answer["serverInfo"]["name"], "rutter", "{editor}");
    }
}
