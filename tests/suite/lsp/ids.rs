//! Ids: what may be typed, what they are called, where they are defined and named.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::editor::{Editor, able};
use super::{GUARD, READING, VOCABULARY};

/// What may be typed in place of something.
fn typed(editor: &mut Editor, path: &str, from: &str, to: &str) -> Vec<String> {
    let before = editor.text(path);
    let plain = to.replace('‸', "");
    editor.type_over(path, from, &plain);
    let labels = editor.labels(path, to);
    editor.replace(path, &before);
    labels
}

#[test]
fn every_place_that_takes_an_id_is_offered_its_ids() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.open(VOCABULARY);
    editor.settle(GUARD);
    let components = ["dns-server", "agent", "hub"];
    let ends = ["dns-server", "agent", "hub", "any", "unstated"];
    for (from, to, expected) in [
        ("to: hub", "to: ‸", &ends[..]),
        ("from: agent\n", "from: [agent, ‸]\n", &ends),
        ("from: agent\n", "from:\n      - ‸\n", &ends),
        ("when: { mode: push }", "when: { ‸ }", &["mode"]),
        ("when: { mode: push }", "when: { mode: pu‸ }", &["push", "pull"]),
        ("when: { mode: push }", "when:\n      - mode: ‸", &["push", "pull"]),
        ("443/tcp https", "443/tcp ‸", &["https", "dns"]),
        ("443/tcp https", "$‸", &["dynamic"]),
        ("list: servers", "list: ‸", &["servers"]),
        ("list: servers", "see: ‸", &["manual"]),
        ("zone: intranet", "zone: ‸", &["intranet"]),
        ("zone: intranet", "runs-on: ‸", &components),
        ("on: [beat,", "on: [‸,", &["beat", "back", "names", "component:", "option:"]),
        ("\"component:agent\"", "\"component:‸\"", &components),
        ("rows: [3]", "rows: { ‸ }", &["manual"]),
        ("notes:", "alternatives:\n  - [beat, ‸]\nnotes:", &["beat", "back", "names"]),
        ("notes:", "defaults: { ‸ }\nnotes:", &["mode"]),
        ("notes:", "scenarios:\n  x:\n    choose: { mode: ‸ }\nnotes:", &["push", "pull"]),
        ("notes:", "scenarios:\n  x:\n    without: [‸]\nnotes:", &components),
    ] {
        let found: BTreeSet<_> = typed(&mut editor, GUARD, from, to).into_iter().collect();
        let expected: BTreeSet<_> = expected.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(found, expected, "{to}");
    }
    for (from, to) in
        [("name: Guard", "name: ‸"), ("443/tcp https", "‸"), ("Reports to", "名 to: ‸"), ("rows: [1]", "# to: ‸")]
    {
        assert_eq!(typed(&mut editor, GUARD, from, to), [""; 0], "{to}");
    }
    let codes = typed(&mut editor, GUARD, "rows: [1]", "allow:\n      - code: ‸");
    assert!(codes.contains(&"service-mismatch".to_owned()) || codes.len() > 50, "{codes:?}");
    assert_eq!(typed(&mut editor, VOCABULARY, "zone: intranet", "zone: ‸"), ["intranet"]);
}

#[test]
fn every_reference_of_a_text_is_offered_what_it_may_name() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.open(READING);
    editor.settle(GUARD);
    let japanese = "ja: |\n        <component:hub>に";
    for (path, from, to, expected) in [
        (GUARD, japanese, "ja: |\n        名🙂<component:h‸>に", &["dns-server", "agent", "hub"][..]),
        (GUARD, japanese, "ja: |\n        [名](component:‸)に", &["dns-server", "agent", "hub"]),
        (GUARD, japanese, "ja: |\n        <ports:‸>", &["beat", "back", "names", "this"]),
        (GUARD, japanese, "ja: |\n        <option:‸>", &["mode"]),
        (GUARD, japanese, "ja: |\n        <option:mode/‸>", &["push", "pull"]),
        (GUARD, japanese, "ja: |\n        <host:‸>", &["a.example.com"]),
        (GUARD, japanese, "ja: |\n        <page:‸>", &["reading"]),
        (GUARD, japanese, "ja: |\n        <source:‸", &["manual"]),
        (READING, "<component:guard/agent> of", "<component:‸> of", &["dns-server", "guard/agent", "guard/hub"]),
        (READING, "<component:guard/agent> of", "<component:guard/‸> of", &["agent", "hub"]),
        (READING, "<option:guard/mode/push>.", "<option:guard/mode/‸>.", &["push", "pull"]),
        (READING, "<product:guard>", "<product:‸>", &["guard"]),
        (READING, "<product:guard>", "<product:guard/‸>", &["versions"]),
    ] {
        let found: BTreeSet<_> = typed(&mut editor, path, from, to).into_iter().collect();
        let expected: BTreeSet<_> = expected.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(found, expected, "{to}");
    }
    let kinds = typed(&mut editor, GUARD, japanese, "ja: |\n        名<‸");
    assert!(kinds.contains(&"component:".to_owned()) && kinds.contains(&"date:".to_owned()), "{kinds:?}");
}

#[test]
fn what_is_offered_says_its_names_and_replaces_the_word() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.settle(GUARD);
    let params = editor.at(GUARD, "<component:h‸ub>に");
    let answer = editor.ask("textDocument/completion", &params);
    assert_eq!(answer["isIncomplete"], false);
    let hub = answer["items"].as_array().unwrap().iter().find(|item| item["label"] == "hub").unwrap();
    assert_eq!(hub["detail"], "Hub · ハブ");
    assert_eq!(hub["documentation"]["value"], "**component** `guard/hub`\n\n- en: Hub\n- ja: ハブ\n");
    assert_eq!(editor.slice(GUARD, &hub["textEdit"]["range"]), "hub");
}

#[test]
fn an_id_tells_what_it_is_called_and_a_flow_its_row() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.settle(GUARD);
    let card = editor.hover(GUARD, "守るのは🙂<component:ag‸ent>");
    assert!(card.starts_with("**component** `guard/agent`\n\n- en: Agent\n- ja: エージェント\n"), "{card}");
    assert!(card.contains("defined in `content/products/guard.yaml`, line 16"), "{card}");
    let row = editor.hover(GUARD, "<flow:be‸at>の");
    for line in [
        "| | en | ja |",
        "| from | Agent | エージェント |",
        "| to | Hub | ハブ |",
        "| ports | 443/TCP (HTTPS over TCP) | 443/TCP (HTTPS（TCP）) |",
        "| when | Mode is “Push” | モードが「プッシュ」 |",
        "| purpose | Reports to the Hub. | ハブに報告します。 |",
    ] {
        assert!(row.lines().any(|found| found == line), "{line}\n{row}");
    }
    assert!(editor.hover(GUARD, "443/tcp ht‸tps").starts_with("**service** `https`\n\n- HTTPS\n"));
    assert!(editor.hover(GUARD, "mode: pu‸sh }").starts_with("**choice** `guard/mode/push`\n\n- en: Push\n"));
    assert_eq!(editor.hover(GUARD, "name: Gu‸ard"), "");
}

#[test]
fn a_mark_is_explained() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.type_over(GUARD, "zone: intranet", "zone: intranent");
    editor.settle(GUARD);
    let told = editor.hover(GUARD, "zone: intra‸nent");
    assert!(told.starts_with("**unknown-zone**\n\n`zone:` names a zone that does not exist."), "{told}");
}

#[test]
fn a_definition_is_found_from_every_use_and_every_use_from_it() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.open(READING);
    editor.settle(GUARD);
    let params = editor.at(READING, "<component:guard/ag‸ent>です");
    let definition = editor.ask("textDocument/definition", &params);
    assert_eq!(definition["uri"], editor.uri(GUARD).as_str());
    assert_eq!(definition["range"]["start"], json!({ "line": 15, "character": 2 }));
    let mut params = editor.at(GUARD, "  ag‸ent: {");
    for (with_definition, expected) in [(true, 9), (false, 8)] {
        params["context"] = json!({ "includeDeclaration": with_definition });
        let places = editor.ask("textDocument/references", &params);
        let places = places.as_array().unwrap();
        assert_eq!(places.len(), expected, "{places:?}");
        for place in places {
            let path = if place["uri"] == editor.uri(GUARD).as_str() { GUARD } else { READING };
            assert_eq!(editor.slice(path, &place["range"]), "agent");
        }
    }
    let marked = editor.ask("textDocument/documentHighlight", &params);
    assert_eq!(marked.as_array().unwrap().len(), 7, "{marked}");
    let params = editor.at(GUARD, "443/tcp ht‸tps");
    assert_eq!(editor.ask("textDocument/definition", &params)["uri"], editor.uri(VOCABULARY).as_str());
    let params = editor.at(READING, "<product:gu‸ard>の");
    let product = editor.ask("textDocument/definition", &params);
    assert_eq!((&product["uri"], &product["range"]["start"]["line"]), (&json!(editor.uri(GUARD)), &json!(0)));
    let params = editor.at(GUARD, "name: Gu‸ard");
    assert_eq!(editor.ask("textDocument/definition", &params), Value::Null);
}

#[test]
fn a_file_is_outlined() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.settle(GUARD);
    let params = json!({ "textDocument": { "uri": editor.uri(GUARD) } });
    let symbols = editor.ask("textDocument/documentSymbol", &params);
    let symbols = symbols.as_array().unwrap();
    let names: Vec<_> = symbols.iter().map(|symbol| symbol["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["manual", "mode", "push", "pull", "agent", "hub", "servers", "beat", "back", "names", "hint"]);
    let beat = &symbols[7];
    assert_eq!(editor.slice(GUARD, &beat["selectionRange"]), "beat");
    let whole = editor.slice(GUARD, &beat["range"]);
    assert!(whole.starts_with("beat:") && whole.ends_with("rows: [1]"), "{whole}");
    assert_eq!(beat["detail"], "Agent → Hub, 443/TCP");
}

#[test]
fn while_the_site_is_broken_what_was_last_known_is_told() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.settle(GUARD);
    editor.type_over(GUARD, "name: Guard", "name: [Guard");
    editor.type_over(GUARD, "    to: hub", "    to: ");
    editor.wait("it is broken", |editor| !editor.marks(GUARD).is_empty());
    let labels = editor.labels(GUARD, "    to: ‸\n    ports: 443");
    assert!(labels.contains(&"hub".to_owned()), "{labels:?}");
    assert!(editor.hover(GUARD, "守るのは🙂<component:ag‸ent>").contains("エージェント"));
    let params = editor.at(GUARD, "<flow:be‸at>の");
    let place = editor.ask("textDocument/definition", &params);
    assert_eq!(editor.slice(GUARD, &place["range"]), "beat");
    // What was typed since is told by what may stand there.
    editor.type_over(GUARD, "    to: ", "    to: dns-server");
    assert!(editor.hover(GUARD, "    to: dns-‸server\n    ports: 443").contains("DNSサーバー"));
}

#[test]
fn a_site_that_was_never_whole_is_told_as_far_as_it_goes() {
    let mut files = super::editor::site();
    let text = String::from_utf8(files[GUARD].clone()).unwrap();
    files.insert(GUARD.to_owned(), text.replace("to: hub", "to: hbu").into());
    let mut editor = Editor::on(&files, &able());
    editor.open(GUARD);
    editor.settle(GUARD);
    assert!(editor.hover(GUARD, "守るのは🙂<component:ag‸ent>").contains("エージェント"));
}
