//! What is marked, where, and when it goes.

use serde_json::{Value, json};

use super::editor::{Editor, able, site};
use super::{GUARD, READING, VOCABULARY};
use crate::support::rutter;

/// Mistakes in several files, structural ones and others.
fn wrong_site() -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = site();
    let mut change = |path: &str, from: &str, to: &str| {
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        files.insert(path.to_owned(), text.replacen(from, to, 1).into());
    };
    change(GUARD, "守るのは🙂<component:agent>です", "守るのは🙂<component:agnet>です");
    change(GUARD, "to: dns-server", "to: dns-servre");
    change(GUARD, "    rows: [2]\n", "    rows: [2, 1]\n");
    change(VOCABULARY, "ja: 社内ネットワーク", "ja: 会社のネットワーク");
    change(READING, "ja: 読み方", "ja: 読\u{301}み方🙂👍 <x");
    files
}

#[test]
fn what_is_marked_is_what_the_check_finds() {
    let mut editor = Editor::on(&wrong_site(), &able());
    editor.open(GUARD);
    editor.settle(GUARD);
    let output = rutter(&editor.root, &["check", "--format", "json"]);
    let found: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(found.len() > 4, "{found:?}");
    let mut count = 0;
    for path in [GUARD, VOCABULARY, READING] {
        // The check counts columns in characters and from 1.
        let text = editor.file(path);
        let position = |line: &Value, column: &Value| {
            let (line, column) = (line.as_u64().unwrap() as usize - 1, column.as_u64().unwrap() as usize - 1);
            let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let at = text[start..].char_indices().nth(column).map_or(text.len(), |(at, _)| start + at);
            editor.position(&text, at)
        };
        let expected: Vec<_> = found.iter().filter(|found| found["file"] == path).collect();
        let marks = editor.marks(path);
        assert_eq!(marks.len(), expected.len(), "{path}: {marks:?}");
        for (mark, found) in marks.iter().zip(expected) {
            let range = json!({
                "start": position(&found["line"], &found["column"]),
                "end": position(&found["end_line"], &found["end_column"]),
            });
            let severity = if found["severity"] == "error" { 1 } else { 2 };
            assert_eq!((&mark["code"], &mark["range"]), (&found["code"], &range));
            assert_eq!((&mark["severity"], &mark["source"]), (&json!(severity), &json!("rutter")));
            let message = mark["message"].as_str().unwrap();
            assert!(message.starts_with(found["headline"].as_str().unwrap()), "{message}");
            for help in found["help"].as_array().unwrap() {
                assert!(message.contains(&format!("\nhelp: {}", help.as_str().unwrap())), "{message}");
            }
            assert_eq!(mark["relatedInformation"].as_array().unwrap().len(), found["labels"].as_array().unwrap().len());
            count += 1;
        }
    }
    assert_eq!(count, found.len());
}

#[test]
fn a_mark_stands_at_the_value_in_the_columns_that_were_agreed() {
    for encodings in [json!(null), json!(["utf-16"]), json!(["utf-8", "utf-16"])] {
        let mut capabilities = able();
        capabilities["general"] = json!({ "positionEncodings": encodings });
        let mut editor = Editor::on(&site(), &capabilities);
        editor.open(GUARD);
        editor.type_over(GUARD, "守るのは🙂<component:agent>です", "守るのは🙂<component:agnet>です");
        let is_meant = |mark: &&Value| mark["code"] == "unknown-reference";
        editor.wait("the mark", |editor| editor.marks(GUARD).iter().any(|mark| is_meant(&mark)));
        let mark = editor.marks(GUARD).iter().find(is_meant).unwrap().clone();
        assert_eq!(editor.slice(GUARD, &mark["range"]), "<component:agnet>");
        let column = if encodings.as_array().is_some_and(|list| list.len() == 2) { 20 } else { 10 };
        assert_eq!(mark["range"]["start"]["character"], column, "{encodings}");
    }
}

#[test]
fn what_is_typed_is_marked_at_once_and_goes_when_it_is_mended() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.type_over(GUARD, "to: hub", "to: hbu");
    editor.wait("the mistake", |editor| editor.marks(GUARD).len() == 1);
    let mark = editor.marks(GUARD)[0].clone();
    assert_eq!(editor.slice(GUARD, &mark["range"]), "hbu");
    assert!(mark["message"].as_str().unwrap().contains("did you mean `hub`?"), "{mark}");
    assert!(editor.check().contains("no errors"), "nothing was saved");
    editor.type_over(GUARD, "to: hbu", "to: hub");
    editor.wait("no mistake", |editor| editor.codes().is_empty());
    // A component that is gone is missed in a file that is not open.
    editor.type_over(GUARD, "name: Guard", "name: [Guard");
    editor.wait("the bracket", |editor| editor.codes().contains(&(GUARD.to_owned(), "yaml-syntax".to_owned())));
    editor.type_over(GUARD, "name: [Guard", "name: Guard");
    editor.type_over(GUARD, "  agent: {", "  agnet: {");
    editor.wait("the other file", |editor| {
        editor.codes().contains(&(READING.to_owned(), "unknown-reference".to_owned()))
    });
    // Closed without saving: the file counts again.
    editor.close(GUARD);
    editor.wait("the file", |editor| editor.codes().is_empty());
}

#[test]
fn a_burst_of_changes_is_read_once_or_twice() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.settle(GUARD);
    let before = editor.published;
    for number in 0..60 {
        let old = if number == 0 { "to: hub".to_owned() } else { format!("to: hub-{}", number - 1) };
        editor.type_over(GUARD, &old, &format!("to: hub-{number}"));
    }
    editor.wait("the last one", |editor| {
        editor.marks(GUARD).iter().any(|mark| mark["message"].as_str().unwrap().contains("`hub-59`"))
    });
    let count = editor.published - before;
    assert!(count <= 6, "{count} times");
}

#[test]
fn a_file_that_another_program_writes_is_seen() {
    let mut editor = Editor::start();
    editor.open(READING);
    editor.settle(READING);
    let registered = editor.told.iter().find(|message| message["method"] == "client/registerCapability");
    assert!(registered.is_some_and(|message| message.to_string().contains("**/content/**")), "{:?}", editor.told);
    let text = editor.file(GUARD);
    editor.write_beside(GUARD, &text.replace("to: hub", "to: hbu"));
    editor.wait("the mistake", |editor| editor.marks(GUARD).len() == 1);
    editor.write_beside(GUARD, &text);
    editor.wait("no mistake", |editor| editor.codes().is_empty());
}

#[test]
fn an_editor_that_watches_nothing_sees_it_a_little_later() {
    let mut editor = Editor::on(&site(), &json!({}));
    editor.open(READING);
    editor.settle(READING);
    let text = editor.file(GUARD);
    std::fs::write(editor.root.join(GUARD), text.replace("to: hub", "to: hbu")).unwrap();
    editor.wait("the mistake", |editor| editor.marks(GUARD).len() == 1);
    let mark = &editor.marks(GUARD)[0];
    assert!(mark["relatedInformation"].is_null(), "it shows no other places: {mark}");
}

#[test]
fn a_text_that_is_no_file_yet_is_read_and_one_outside_the_site_is_not() {
    let mut editor = Editor::start();
    let text = editor.file(GUARD).replace("to: hub", "to: hbu");
    editor.open_with("content/products/other.yaml", &text);
    editor.open_with("notes/guard.yaml", &text);
    editor.open_with("content/products/guard.yaml~", &text);
    editor.wait("the mistake", |editor| {
        editor.codes().contains(&("content/products/other.yaml".to_owned(), "unknown-component".to_owned()))
    });
    assert!(editor.codes().iter().all(|(path, _)| path == "content/products/other.yaml"), "{:?}", editor.codes());
    editor.close("content/products/other.yaml");
    editor.wait("it is gone", |editor| editor.codes().is_empty());
}

#[test]
fn line_ends_accents_and_a_byte_order_mark_move_nothing() {
    let mut files = site();
    let text = String::from_utf8(files[GUARD].clone()).unwrap();
    let marked = format!("\u{feff}{text}");
    files.insert(GUARD.to_owned(), marked.into());
    let mut editor = Editor::on(&files, &able());
    // An editor keeps the mark to itself, and may have accents apart from their letters.
    let typed = text.replace("name: Guard", "name: Gua\u{308}rd").replace("to: hub", "to: hbu").replace('\n', "\r\n");
    editor.open_with(GUARD, &typed);
    editor.wait("both", |editor| editor.marks(GUARD).iter().any(|mark| mark["code"] == "unknown-component"));
    let codes: Vec<_> = editor.marks(GUARD).iter().map(|mark| mark["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"byte-order-mark"), "{codes:?}");
    let mark = editor.marks(GUARD).iter().find(|mark| mark["code"] == "unknown-component").unwrap().clone();
    assert_eq!(editor.slice(GUARD, &mark["range"]), "hbu");
    editor.type_over(GUARD, "Gua\u{308}rd\r\n", "a\u{308}\u{301} <x> é\r\n");
    editor.type_over(GUARD, "zone: intranet", "zone: intranent");
    editor.wait("the zone", |editor| editor.marks(GUARD).iter().any(|mark| mark["code"] == "unknown-zone"));
    let mark = editor.marks(GUARD).iter().find(|mark| mark["code"] == "unknown-zone").unwrap().clone();
    assert_eq!(editor.slice(GUARD, &mark["range"]), "intranent");
}

#[test]
fn what_concerns_the_whole_site_stands_in_its_configuration() {
    let mut editor = Editor::start();
    editor.open("site.toml");
    editor.type_over("site.toml", "title = \"Test\"\n", "");
    editor.wait("the mark", |editor| !editor.marks("site.toml").is_empty());
    editor.type_over("site.toml", "source_locale", "title = \"T\"\nsource_locale");
    editor.wait("no mark", |editor| editor.marks("site.toml").is_empty());
}

#[test]
fn a_site_that_can_not_be_read_is_told_once() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.settle(GUARD);
    std::fs::remove_dir_all(editor.root.join("content")).unwrap();
    editor.type_over(GUARD, "to: hub", "to: hbu");
    editor.wait("it is told", |editor| editor.told.iter().any(|told| told["method"] == "window/showMessage"));
    let told = editor.told.iter().filter(|told| told["method"] == "window/showMessage");
    assert!(told.map(|told| told["params"]["message"].as_str().unwrap()).all(|told| told.contains("content")));
    // What must be exact is refused, now and later.
    let mut params = editor.at(GUARD, "  ag‸ent: {");
    params["newName"] = json!("sensor");
    for _ in 0..2 {
        let answer = editor.try_ask("textDocument/rename", &params);
        assert_eq!(answer["error"]["code"], -32803, "{answer}");
    }
}
