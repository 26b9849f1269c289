//! Port tables in books: `rutter mdbook`, called by the real mdBook, and spoken to as mdBook does.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use scraper::{Html, Selector};
use serde_json::{Value, json};

use crate::support::{folder, load, real_files, render, repository, transcript};

/// Writes a book: what `[preprocessor.rutter]` says beside the command, and chapters one below the other.
fn write_book(folder: &Path, settings: &str, chapters: &[&str]) {
    let program = env!("CARGO_BIN_EXE_rutter");
    let book = format!(
        "[book]\ntitle = \"Book\"\nlanguage = \"de\"\n\n[preprocessor.rutter]\ncommand = '\"{program}\" mdbook'\n\
         {settings}\n[output.html]\n[output.markdown]\n"
    );
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("book.toml"), book).unwrap();
    let mut summary = String::from("# Summary\n\n");
    for (position, text) in chapters.iter().enumerate() {
        let _ = writeln!(summary, "{}- [Chapter {position}](c{position}.md)", "  ".repeat(position));
        std::fs::write(folder.join(format!("src/c{position}.md")), text).unwrap();
    }
    std::fs::write(folder.join("src/SUMMARY.md"), summary).unwrap();
}

fn mdbook(folder: &Path) -> Output {
    let program = repository().join("target/mdbook/bin/mdbook");
    Command::new(&program)
        .args(["build", "--dest-dir", "out"])
        .current_dir(folder)
        .output()
        .unwrap_or_else(|error| panic!("{} does not start ({error}); tests/run installs it", program.display()))
}

fn site_key() -> String {
    format!("site = '{}'\nbase-url = \"https://example.org/ports/\"", repository().display())
}

fn words(document: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let words = document.select(&selector).map(|element| element.text().collect::<String>());
    // mdBook puts blocks on lines of their own.
    words.map(|words| words.split_whitespace().collect()).collect()
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join("out").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_book_of_the_real_mdbook_shows_the_rows_of_the_site() {
    let folder = folder();
    let chapters = [
        "# One\n\nBefore *this*:\n{{#rutter deep-security}}\nand after it.\n",
        "# Two\n\n{{#rutter deep-security}}\n\n{{#rutter deep-security scenario=installation locale=en heading-level=3}}\n",
    ];
    write_book(folder.path(), &site_key(), &chapters);
    let built = mdbook(folder.path());
    assert!(built.status.success(), "{}", transcript(&built));
    let site = render(&load(&real_files()));
    let rows = "table.flows > tbody > tr[data-ports]";
    let page = |path: &str| words(&Html::parse_document(std::str::from_utf8(&site[path]).unwrap()), rows);
    let (product, scenario) =
        (page("de/deep-security/index.html"), page("en/deep-security/scenarios/installation/index.html"));
    assert!(product.len() > 20 && !scenario.is_empty());
    let one = read(folder.path(), "html/c0.html");
    assert_eq!(words(&Html::parse_document(&one), rows), product);
    assert!(one.contains("<p>Before <em>this</em>:</p>") && one.contains("<p>and after it.</p>"), "{one}");
    let two = read(folder.path(), "html/c1.html");
    assert_eq!(words(&Html::parse_document(&two), rows), [&product[..], &scenario].concat());
    assert_eq!(two.matches("<style>").count(), 1, "the styles of the first part are those of all");
    assert!(two.contains("<h3><a href=\"https://example.org/ports/en/deep-security/scenarios/installation/\">"));
    // All chapters in one page: no anchor is there twice.
    let print = read(folder.path(), "html/print.html");
    let ids: Vec<_> = print.split(" id=\"rutter-").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.contains(&"deep-security-de-2"), "{ids:?}");
    let markdown = read(folder.path(), "markdown/c0.md");
    assert!(markdown.contains("](https://example.org/ports/de/deep-security/#api-access)"), "{markdown}");
    assert!(!markdown.contains("<div"));
}

#[test]
fn a_wrong_directive_names_its_chapter_and_line() {
    let folder = folder();
    let chapters = [
        "# One\n\n{{#rutter deep-securty}}\n\n{{#rutter deep-security scenario=instalation}}\n",
        "# Two\n\nSee {{#rutter deep-security}}.\n{{#rutter deep-security locale=fr}}\n{{#rutter deep-security level=3}}\n\
         {{#rutter}}\n{{#rutter deep-security heading-level=7}}\n`{{#rutter x}}` is how.\n",
    ];
    write_book(folder.path(), &site_key(), &chapters);
    let told = transcript(&mdbook(folder.path()));
    for part in [
        "Chapter 0 (c0.md), line 3: there is no product `deep-securty`",
        "did you mean `deep-security`?",
        "Chapter 0 (c0.md), line 5: there is no scenario `instalation`",
        "did you mean `installation`?",
        "Chapter 1 (c1.md), line 3: `{{#rutter …}}` does not stand on a line of its own",
        "Chapter 1 (c1.md), line 4: `fr` is no locale of the site",
        "Chapter 1 (c1.md), line 5: there is no key `level`",
        "Chapter 1 (c1.md), line 6: no product is named",
        "Chapter 1 (c1.md), line 7: `7` is no level of headings",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(!told.contains("line 8") && !told.ends_with("--- exit 0\n"), "{told}");
}

/// Calls the command as mdBook does.
fn speak(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rutter"))
        .args(arguments)
        .current_dir(repository())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever is asked a question reads no book.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn context(own: &Value) -> Value {
    json!({
        "root": repository(),
        "config": { "book": { "language": "en" }, "preprocessor": { "rutter": own } },
        "renderer": "html",
        "mdbook_version": "0.4.52",
    })
}

#[test]
fn every_renderer_is_supported() {
    for renderer in ["html", "markdown", "epub"] {
        assert!(speak(&["mdbook", "supports", renderer], "").status.success());
    }
}

#[test]
fn what_is_no_directive_comes_back_as_it_was() {
    let chapter = |content: &str, below: Vec<Value>| {
        json!({ "Chapter": {
            "name": "A", "content": content, "number": [1], "sub_items": below, "path": "a.md", "parent_names": [],
        } })
    };
    let text = "# A\n\n```\n{{#rutter x}}\n```\n\\{{#rutter x}} and {{#include y}}\r\n";
    // As mdBook 0.4 says it; a draft has no path and no content.
    let draft = json!({ "Chapter": { "name": "B", "content": "", "path": null, "sub_items": [] } });
    let items = json!([chapter(text, vec![chapter(text, vec![])]), "Separator", { "PartTitle": "P" }, draft]);
    for list in ["sections", "items"] {
        let book = json!({ list: items, "__non_exhaustive": null });
        let told = speak(&["mdbook"], &json!([context(&json!({ "command": "rutter mdbook" })), book]).to_string());
        assert!(told.status.success(), "{}", transcript(&told));
        assert_eq!(serde_json::from_slice::<Value>(&told.stdout).unwrap(), book);
    }
    let filled = json!({ "sections": [chapter("", vec![chapter("{{#rutter deep-security}}", vec![])])] });
    let own = json!({ "base-url": "https://example.org/" });
    let told = speak(&["mdbook"], &json!([context(&own), filled]).to_string());
    let book: Value = serde_json::from_slice(&told.stdout).unwrap();
    let below = &book["sections"][0]["Chapter"]["sub_items"][0]["Chapter"]["content"];
    assert!(below.as_str().unwrap().contains("id=\"rutter-deep-security-en\""), "{below}");
}

#[test]
fn wrong_settings_are_told() {
    let book =
        json!({ "items": [{ "Chapter": { "name": "A", "content": "{{#rutter deep-security}}", "path": null } }] });
    for (own, part) in [
        (json!({ "sit": "x" }), "[preprocessor.rutter] in book.toml: there is no key `sit`"),
        (json!({ "site": 3 }), "`site` is no text"),
        (json!({ "base-url": "ports" }), "[preprocessor.rutter] in book.toml: `base-url`"),
        (json!({ "site": "nowhere" }), "nowhere has no site.toml"),
        (json!({}), "A, line 1: it is not said where the site is published"),
    ] {
        let told = transcript(&speak(&["mdbook"], &json!([context(&own), book]).to_string()));
        assert!(told.contains(part) && told.ends_with("--- exit 2\n"), "{part}\n{told}");
    }
    let told = transcript(&speak(&["mdbook"], "no book"));
    assert!(told.contains("standard input is no book of mdBook") && told.ends_with("--- exit 2\n"), "{told}");
}
