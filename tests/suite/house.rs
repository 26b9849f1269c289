//! House rules that no lint knows: what a stage may know, where words may stand.

use super::graph::Graph;
use crate::support::{files_below, repository};

/// Stages from left to right. A stage may name those before it, never one behind it.
const STAGES: &[&[&str]] = &[
    &["source"],
    &["config", "report"],
    &["parse"],
    &["model"],
    &["l10n"],
    &["rules"],
    &["site"],
    &["check", "published"],
    &["edit", "audit", "render"],
    &["output"],
    &["serve", "lsp"],
];

/// Rooms that every stage may know; they know no stage.
const FOR_ALL: &[&str] = &["span", "item", "value", "words", "locale", "diagnostic"];

fn room(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap()
}

#[test]
fn a_stage_knows_only_the_stages_on_its_left() {
    let place = |room: &str| STAGES.iter().position(|stages| stages.contains(&room));
    let mut count = 0;
    for (file, named) in Graph::read().names {
        for other in named {
            let (own, other_room) = (room(&file), room(&other));
            let knows = match (place(own), place(other_room)) {
                (Some(own_place), Some(place)) => place < own_place || own == other_room,
                (None, Some(_)) => !FOR_ALL.contains(&own),
                _ => true,
            };
            assert!(knows, "src/{file} knows src/{other}");
            // An audit says what the page says, whatever the checks say of the content.
            assert!(own != "audit" || other_room != "check", "src/{file} knows src/{other}");
            count += 1;
        }
    }
    assert!(count > 1_000, "{count} names");
}

/// What can be changed through a shared reference.
const CELLS: [&str; 9] =
    ["Cell", "RefCell", "OnceCell", "LazyCell", "Mutex", "RwLock", "OnceLock", "LazyLock", "UnsafeCell"];

#[test]
fn nothing_is_kept_behind_a_shared_reference_while_a_site_is_rendered() {
    let mut files = 0;
    for (path, text) in rust_files().filter(|(path, _)| room(path) == "render") {
        let named = super::graph::names_in(&syn::parse_file(&text).unwrap());
        // elasticlunr asks for the tokens of a text by a method that may change nothing.
        let is_asked = |name: &str| path == "render/search/peer.rs" && name == "Cell";
        let cell = named.iter().find(|name| CELLS.contains(&name.as_str()) || name.starts_with("Atomic"));
        assert!(cell.is_none_or(|name| is_asked(name)), "src/{path} names {cell:?}");
        files += 1;
    }
    assert!(files > 50, "{files} files");
}

#[test]
fn what_was_read_once_is_not_read_again() {
    let graph = Graph::read();
    let is_below = |file: &String, rooms: &[&str]| rooms.iter().any(|room| file.starts_with(room));
    // The record folds texts that stand in no content any more, and a page is written from events.
    let readers: Vec<_> = graph.crates.iter().filter(|(_, crates)| crates.contains("pulldown_cmark")).collect();
    assert!(readers.len() > 2, "{readers:?}");
    for (file, _) in readers {
        let may = ["parse/prose/", "l10n/record/fold.rs", "render/prose.rs", "render/markdown.rs"];
        assert!(is_below(file, &may), "src/{file} reads Markdown, or writes it");
    }
    for (file, named) in graph.names.iter().filter(|(file, _)| is_below(file, &["check", "render", "report", "output"]))
    {
        let parsers: Vec<_> = named.iter().filter(|other| is_below(other, &["parse"])).collect();
        assert!(parsers.is_empty(), "src/{file} reads again what is in the site: {parsers:?}");
    }
}

#[test]
fn no_two_files_know_each_other() {
    let circle = Graph::read().circle();
    assert!(circle.is_none(), "{circle:?}");
}

#[test]
fn no_visible_word_stands_in_a_template() {
    // These speak the words of their format.
    const OF_A_FORMAT: [&str; 4] = ["robots.txt", "diagram.mmd", "diagram.css", "fragment.css"];
    let templates = files_below(&repository().join("theme/templates")).into_iter();
    for (path, bytes) in templates.filter(|(path, _)| !OF_A_FORMAT.contains(&path.as_str())) {
        let text = String::from_utf8(bytes).unwrap();
        let words = visible_words(&text);
        assert!(words.is_empty(), "theme/templates/{path}: {words:?}");
    }
}

/// Text outside tags and template code.
fn visible_words(template: &str) -> Vec<String> {
    let mut words = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['<', '{']) {
        words.push_str(&rest[..at]);
        let code = &rest[at..];
        let close =
            [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<", ">")].iter().find(|(open, _)| code.starts_with(open));
        let Some((open, close)) = close else {
            rest = &code[1..];
            continue;
        };
        let end = code[open.len()..].find(close).unwrap_or_else(|| panic!("`{open}` is never closed"));
        rest = &code[open.len() + end + close.len()..];
        words.push(' ');
    }
    words.push_str(rest);
    words
        .split_whitespace()
        // A macro may write an attribute.
        .filter(|word| word.chars().any(char::is_alphabetic) && !word.starts_with("data-") && !word.ends_with("=\""))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_message_is_said_and_none_is_left_over() {
    // A template says a message by `t`, a format of rules by a hole; in Rust its id is a literal of its own, in code
    // that is run.
    let templates: Vec<String> = files_below(&repository().join("theme/templates"))
        .into_values()
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .collect();
    let formats: Vec<String> = files_below(&repository().join("theme/rules"))
        .into_values()
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .collect();
    let rust: Vec<String> = rust_files().map(|(_, text)| code_of(&text)).collect();
    let mut counts = [0, 0];
    for id in rutter::inside::l10n::fluent::built_in_messages().keys() {
        let calls = [format!("t(\"{id}\""), format!("t('{id}'")];
        let in_template = templates.iter().any(|text| calls.iter().any(|call| text.contains(call)));
        let in_rust = rust.iter().any(|code| code.contains(&format!("\"{id}\"")));
        let hole = id.strip_prefix("rules-t-").map(|name| format!("@t.{name}@"));
        let in_format = hole.is_some_and(|hole| formats.iter().any(|text| text.contains(&hole)));
        assert!(in_template || in_rust || in_format, "nobody says `{id}`");
        counts[usize::from(in_template)] += 1;
    }
    assert!(counts[0] > 100 && counts[1] > 50, "{counts:?}");
}

/// What of a file is compiled into the compiler: no comments, no tests.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap().lines();
    code.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The one element that pulldown's events do not know: words of another language within a text.
const FOREIGN: [&str; 2] = ["InlineHtml(format!(\"<span{tongue}>\")", "InlineHtml(\"</span>\""];

#[test]
fn no_html_stands_in_rust() {
    for (path, text) in rust_files() {
        let mut code = text.split("#[cfg(test)]").next().unwrap().to_owned();
        if path == "render/prose.rs" {
            for element in FOREIGN {
                assert_eq!(code.matches(element).count(), 1, "src/{path}");
                code = code.replace(element, "");
            }
        }
        let html = code.lines().find(|line| {
            !line.trim_start().starts_with("//")
                && (line.contains("</") || line.contains("<div") || line.contains("<p>"))
        });
        assert!(html.is_none(), "src/{path}: {html:?}");
    }
}

/// Where the crate may name what only some systems have. Everything else compiles anywhere.
const OF_ONE_SYSTEM: [&str; 3] = ["output.rs", "output/lock.rs", "output/target.rs"];

#[test]
fn what_only_some_systems_have_stands_behind_cfg_in_named_files() {
    let mut found = std::collections::BTreeSet::new();
    for (path, text) in rust_files() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let is_of_system = ["std::os::", "rustix::", "libc::"].iter().any(|name| line.contains(name));
            if !is_of_system || line.trim_start().starts_with("//") {
                continue;
            }
            assert!(OF_ONE_SYSTEM.contains(&path.as_str()), "src/{path}: {line}");
            assert!(is_behind_cfg(&lines, at), "src/{path} does not compile elsewhere: {line}");
            found.insert(path.clone());
        }
    }
    assert!(!found.is_empty(), "nothing is left to guard");
    let manifest = std::fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let everywhere = manifest.split("\n[target.").next().unwrap();
    assert!(!everywhere.contains("\nrustix"), "a dependency of some systems only");
}

/// Whether a line, or a block it stands in, follows `#[cfg(…)]`.
fn is_behind_cfg(lines: &[&str], at: usize) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut within = at;
    loop {
        if within > 0 && lines[within - 1].trim_start().starts_with("#[cfg(") {
            return true;
        }
        let outer = (0..within)
            .rev()
            .find(|above| !lines[*above].trim().is_empty() && indent(lines[*above]) < indent(lines[within]));
        match outer {
            Some(above) => within = above,
            None => return false,
        }
    }
}

#[test]
fn no_room_is_too_large() {
    for (path, text) in rust_files() {
        let lines = text.lines().count();
        assert!(lines <= 560, "src/{path} has {lines} lines: does it hold one subject?");
    }
}

fn rust_files() -> impl Iterator<Item = (String, String)> {
    files_below(&repository().join("src"))
        .into_iter()
        .filter(|(path, _)| camino::Utf8Path::new(path).extension() == Some("rs"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
}

#[test]
fn every_place_that_newcomers_are_sent_to_is_there() {
    let text = std::fs::read_to_string(repository().join("CONTRIBUTING.md")).unwrap();
    let mut count = 0;
    for path in text.split('`').skip(1).step_by(2) {
        let is_path = path.contains('/') && !path.contains([' ', '<', '*', '(']);
        let is_ours = ["src", "tests", "theme", "docs", "i18n", ".ci", ".github"]
            .iter()
            .any(|top| path.starts_with(&format!("{top}/")));
        if is_path && is_ours {
            assert!(repository().join(path).exists(), "CONTRIBUTING.md sends to `{path}`");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}
