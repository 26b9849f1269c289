//! What an editor changes for its writer: ids everywhere, a word that was meant, a translation that is accepted.

use serde_json::{Value, json};

use super::editor::{Editor, able, site};
use super::{GUARD, READING};

/// The change that a rename comes to.
fn rename(editor: &mut Editor, path: &str, piece: &str, new: &str) -> Value {
    let mut params = editor.at(path, piece);
    params["newName"] = json!(new);
    editor.try_ask("textDocument/rename", &params)
}

fn assert_clean(editor: &Editor) {
    let told = editor.check();
    assert!(told.contains("no errors, no warnings"), "{told}");
}

#[test]
fn an_id_is_renamed_in_every_file_and_what_was_accepted_stays() {
    let mut editor = Editor::start();
    editor.open(READING);
    let params = editor.at(READING, "<component:guard/ag‸ent>です");
    let prepared = editor.ask("textDocument/prepareRename", &params);
    // Nothing was read yet, or everything.
    assert!(prepared.is_null() || prepared["placeholder"] == "agent", "{prepared}");
    editor.settle(READING);
    let prepared = editor.ask("textDocument/prepareRename", &params);
    assert_eq!(
        (editor.slice(READING, &prepared["range"]), &prepared["placeholder"]),
        ("agent".to_owned(), &json!("agent"))
    );
    let answer = rename(&mut editor, READING, "<component:guard/ag‸ent>です", "sensor");
    let files = answer["result"]["documentChanges"].as_array().unwrap().len();
    assert_eq!(files, 4, "{answer}");
    editor.apply(&answer["result"]);
    assert!(
        editor
            .file(GUARD)
            .contains("sensor: { name: { en: Agent, ja: エージェント }, zone: intranet, former-ids: [agent] }")
    );
    assert!(editor.file(READING).contains("<component:guard/sensor>です"));
    assert_clean(&editor);
}

#[test]
fn a_rename_begins_from_what_was_typed_and_not_saved() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.type_over(GUARD, "    from: hub\n", "    from: [hub, agent]\n");
    let answer = rename(&mut editor, GUARD, "from: [hub, ag‸ent]", "sensor");
    editor.apply(&answer["result"]);
    assert!(editor.file(GUARD).contains("from: [hub, sensor]"), "{}", editor.file(GUARD));
}

#[test]
fn a_product_takes_its_files_along() {
    let mut editor = Editor::start();
    editor.open(READING);
    let answer = rename(&mut editor, READING, "<product:gu‸ard>の", "shield");
    editor.apply(&answer["result"]);
    assert!(editor.file("content/products/shield.yaml").starts_with("former-ids: [guard]\n"));
    assert!(editor.file("i18n/ja/accepted/shield.lock").contains("shield/flow/beat/purpose"));
    assert!(!editor.root.join(GUARD).exists());
    assert_clean(&editor);
}

#[test]
fn what_can_not_be_renamed_is_refused_with_the_reason() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.settle(GUARD);
    for (piece, new, reason) in [
        ("  ag‸ent: {", "hub", "`hub` is taken: a component of `guard` has it: choose another id"),
        ("  ag‸ent: {", "Not an id", "`Not an id` is no id: ids begin with a letter"),
        ("name: Gu‸ard", "x", "no id stands here that can be renamed"),
    ] {
        let answer = rename(&mut editor, GUARD, piece, new);
        let message = answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer}"));
        assert!(message.starts_with(reason), "{message}");
    }
    let params = editor.at(GUARD, "name: Gu‸ard");
    assert_eq!(editor.ask("textDocument/prepareRename", &params), Value::Null);
    editor.type_over(GUARD, "to: hub", "to: hbu");
    let answer = rename(&mut editor, GUARD, "  ag‸ent: {", "sensor");
    let message = answer["error"]["message"].as_str().unwrap();
    assert!(message.contains("mend them first"), "{message}");
}

#[test]
fn an_editor_that_can_not_rename_files_is_told_the_command() {
    let mut capabilities = able();
    capabilities["workspace"]["workspaceEdit"] = json!({});
    let mut editor = Editor::on(&site(), &capabilities);
    editor.open(READING);
    let answer = rename(&mut editor, READING, "<product:gu‸ard>の", "shield");
    let message = answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert!(message.contains("`rutter rename product guard shield`"), "{message}");
    // Texts alone it can change.
    let answer = rename(&mut editor, READING, "<component:guard/ag‸ent>です", "sensor");
    editor.apply(&answer["result"]);
    assert_clean(&editor);
}

#[test]
fn a_word_that_was_meant_is_put_in_place() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    // Of keys one answer is right; of ids the writer is asked.
    for (right, wrong, piece) in [
        ("to: hub", "to: hubb", "to: h‸ubb"),
        ("守るのは🙂<component:agent>", "守るのは🙂<component:agentt>", "<component:ag‸entt>"),
        ("\"component:agent\"", "\"component:agnet\"", "\"component:ag‸net\""),
        ("when: { mode: push }", "when: { mode: pusch }", "mode: pu‸sch"),
        ("    purpose:", "    purpos:", "    pur‸pos:"),
    ] {
        let before = editor.text(GUARD);
        editor.type_over(GUARD, right, wrong);
        let actions = editor.actions(GUARD, piece);
        let fixes: Vec<_> = actions.iter().filter(|action| !action["edit"].is_null()).collect();
        let [fix] = fixes.as_slice() else { panic!("{wrong}: {actions:?}") };
        let fix = fix["edit"].clone();
        editor.apply(&fix);
        assert_eq!(editor.text(GUARD), before, "{wrong}");
    }
    assert_eq!(editor.actions(GUARD, "to: h‸ub"), [] as [Value; 0]);
}

#[test]
fn what_check_mends_alone_is_the_preferred_fix_and_every_other_is_asked_for() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.type_over(GUARD, "    purpose:", "    purpos:");
    let actions = editor.actions(GUARD, "    pur‸pos:");
    assert_eq!((&actions[0]["title"], &actions[0]["isPreferred"]), (&json!("Replace with `purpose`"), &json!(true)));
    editor.type_over(GUARD, "    purpos:", "    purpose:");
    editor.type_over(GUARD, "agent: { name", "hub-a: { name: { en: A, ja: あ }, zone: intranet }\n  hub-b: { name");
    editor.type_over(GUARD, "to: hub\n", "to: hub-c\n");
    let actions = editor.actions(GUARD, "to: hub-‸c");
    let titles: Vec<_> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Replace with `hub-a`", "Replace with `hub-b`"]);
    assert!(actions.iter().all(|action| action["isPreferred"] == false), "{actions:?}");
}

#[test]
fn a_translation_is_accepted_from_where_it_stands() {
    for can_resolve in [true, false] {
        let mut capabilities = able();
        if !can_resolve {
            capabilities["textDocument"]["codeAction"] = json!({});
        }
        let mut editor = Editor::on(&site(), &capabilities);
        editor.open(GUARD);
        editor.type_over(GUARD, "に報告します", "に毎日報告します");
        let actions = editor.actions(GUARD, "に毎‸日報告します");
        let [action] = actions.as_slice() else { panic!("{actions:?}") };
        assert_eq!(action["title"], "Accept this translation (ja)");
        assert_eq!(action["edit"].is_null(), can_resolve);
        let action = if can_resolve { editor.ask("codeAction/resolve", action) } else { action.clone() };
        editor.apply(&action["edit"]);
        std::fs::write(editor.root.join(GUARD), editor.text(GUARD)).unwrap();
        assert_clean(&editor);
    }
}

#[test]
fn a_record_that_is_not_there_yet_is_created() {
    let mut files = site();
    files.retain(|path, _| !path.starts_with("i18n/"));
    let mut editor = Editor::on(&files, &able());
    editor.open(READING);
    let action = editor.actions(READING, "ja: 読‸み方").pop().unwrap();
    let action = editor.ask("codeAction/resolve", &action);
    editor.apply(&action["edit"]);
    let record = editor.file("i18n/ja/accepted/pages.lock");
    assert!(record.contains("pages/reading/title\t\"Reading\"\t\"読み方\""), "{record}");
}

#[test]
fn a_translation_with_a_mistake_is_not_accepted() {
    let mut editor = Editor::start();
    editor.open(GUARD);
    editor.type_over(GUARD, "<component:hub>に報告します", "報告します");
    let actions = editor.actions(GUARD, "報‸告します");
    let accept = actions.iter().find(|action| action["title"] == "Accept this translation (ja)").unwrap().clone();
    let answer = editor.try_ask("codeAction/resolve", &accept);
    let message = answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert!(message.contains("correct it"), "{message}");
}
