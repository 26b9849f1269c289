//! The CSV that the theme makes of a selection against the one that the crate writes for a scenario.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{load, node, real_files, render, repository, site_files, small_site};

/// The files of a site, each as the crate wrote it and as the script makes it: the table of a product where
/// nothing can be chosen, and that of each scenario.
fn both(files: &BTreeMap<String, Vec<u8>>) -> Vec<(String, String, String)> {
    let written = render(&load(files));
    let text = |path: &str| String::from_utf8(written[path].clone()).unwrap();
    let (mut paths, mut asked) = (Vec::new(), Vec::new());
    for path in written.keys().filter(|path| path.ends_with("/flows.csv")) {
        let parts: Vec<_> = path.split('/').collect();
        let hash = match parts.as_slice() {
            [_, _, _] => None,
            [_, _, "scenarios", scenario, _] => Some(format!("#!s={scenario}")),
            _ => continue,
        };
        let (locale, product) = (parts[0], parts[1]);
        let script = |part: &str| written.keys().find(|path| is_script(path, product, part));
        // Pages of what products share have a table, too.
        let Some(facts) = script("") else { continue };
        let mut one = json!({ "facts": text(facts), "taken": text(script(locale).unwrap()) });
        if let Some(hash) = hash {
            one["hash"] = Value::from(hash);
        }
        asked.push(one);
        paths.push(path.clone());
    }
    let answers = node("tests/request/csv.mjs", &[], &serde_json::to_vec(&asked).unwrap());
    let answers: Vec<String> = serde_json::from_slice(&answers).unwrap();
    assert_eq!(answers.len(), paths.len());
    paths.into_iter().zip(answers).map(|(path, made)| (path.clone(), text(&path), made)).collect()
}

/// Whether a file has the facts of a product, under the hash of their content, or their words in a locale.
fn is_script(path: &str, product: &str, locale: &str) -> bool {
    let name = path.strip_prefix("assets/facts/").and_then(|name| name.strip_suffix(".js"));
    let Some((id, rest)) = name.and_then(|name| name.split_once('.')) else { return false };
    let is_hash = rest.len() == 8 && rest.bytes().all(|byte| byte.is_ascii_hexdigit());
    id == product && if locale.is_empty() { is_hash } else { rest == locale }
}

fn assert_same(files: &BTreeMap<String, Vec<u8>>) -> usize {
    let all = both(files);
    for (path, written, made) in &all {
        for (at, (one, other)) in written.split("\r\n").zip(made.split("\r\n")).enumerate() {
            assert_eq!(other, one, "{path}, record {at}");
        }
        assert_eq!(made.len(), written.len(), "{path}");
    }
    all.len()
}

#[test]
fn the_script_makes_the_table_that_the_crate_writes() {
    assert!(assert_same(&real_files()) > 50);
    for golden in ["machines", "openers", "blocked", "lines"] {
        assert!(assert_same(&site_files(&repository().join("tests/golden").join(golden))) > 0, "{golden}");
    }
}

#[test]
fn what_is_loaded_when_it_is_asked_for_is_small() {
    let files = render(&load(&real_files()));
    let named = |path: &str, name: &str| {
        let (stem, extension) = name.split_once('.').unwrap();
        path.starts_with(&format!("assets/{stem}.")) && path.ends_with(extension)
    };
    for (name, most) in [("request.js", 4240), ("csv.js", 2448), ("style.css", 10_880)] {
        let (_, bytes) = files.iter().find(|(path, _)| named(path, name)).unwrap();
        let size = String::from_utf8(node("tests/search/gzip.mjs", &[], bytes)).unwrap();
        assert!(size.parse::<usize>().unwrap() <= most, "{name}: {size} bytes");
    }
}

#[test]
fn of_ways_that_a_selection_takes_apart_the_script_says_only_that_there_are_others() {
    let general =
        ["代わりの接続でも可", "Eine von mehreren Alternativen genügt", "One of several alternatives is enough"];
    let mut taken_apart = 0;
    for (path, written, made) in both(&site_files(&repository().join("tests/golden/ways"))) {
        let lines = written.split("\r\n").zip(made.split("\r\n"));
        for (one, other) in lines.filter(|(one, other)| one != other) {
            assert!(general.iter().any(|words| other.contains(words)), "{path}: {other}");
            assert_eq!(one.split([',', ';']).next(), other.split([',', ';']).next(), "{path}");
            taken_apart += 1;
        }
        assert_eq!(written.lines().count(), made.lines().count(), "{path}");
    }
    assert!(taken_apart > 0);
}

/// Names and texts that a spreadsheet, a script or a reader of CSV could take for something else, a caution
/// that hangs on a choice, and addresses of which a choice leaves none.
const HOSTILE: &str = r#"
name: "</script><b>Small"
summary: { en: Sends. }
sources: { manual: { title: "@Manual; \"one\", two", read: 2026-11-21, rows: 4 } }
options:
  site: { label: "=Site", choices: { east: "+East", west: West } }
components:
  agent: { name: "＝cmd|' /C calc'!A0" }
  relay: { name: "−Relay, \"old\"; new" }
  vendor: { name: Vendor }
flows:
  sends:
    from: agent
    to: relay
    ports: [443/tcp, 53/tcp+udp, 1000-1001/udp]
    need: one
    hosts: [{ when: { site: east }, hosts: [east.example.com] }]
    purpose: { en: "-1+1; \"quoted\", $& and $1 `x` $('y')" }
    rows: [1]
  asks:
    from: [relay, agent]
    to: relay
    ports: any/tcp
    when: { site: west }
    purpose: { en: "@asks" }
    rows: [2]
  fetches: { from: agent, to: [relay, vendor], ports: 80/tcp, when: { site: east }, purpose: { en: Fetches. }, rows: [3] }
  gets: { from: agent, to: vendor, ports: 81/tcp, when: { site: east }, purpose: { en: Gets. }, rows: [4] }
alternatives: [[fetches, gets]]
notes:
  care: { kind: caution, on: [sends], when: { site: west }, text: { en: Take care. } }
scenarios:
  east: { title: East, choose: { site: east } }
  west: { title: West, choose: { site: west } }
  both: { title: Both, choose: { site: [east, west] } }
  alone: { title: Alone, without: [agent] }
  no-vendor: { title: No vendor, choose: { site: east }, without: [vendor] }
  open: { title: Open }
"#;

#[test]
fn no_text_is_more_than_text_in_a_cell() {
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), HOSTILE.into());
    let all = both(&files);
    assert_same(&files);
    let of = |scenario: &str| {
        let file = all.iter().find(|(path, ..)| path.contains(scenario)).unwrap();
        file.2.clone()
    };
    assert!(
        of("/east/").contains("'＝cmd|") && of("/east/").contains("\"'−Relay, \"\"old\"\"; new\""),
        "{}",
        of("/east/")
    );
    assert!(!of("/east/").contains("small/asks") && !of("/east/").contains("Caution"), "{}", of("/east/"));
    assert!(of("/west/").contains("No address published") && of("/west/").contains("Caution"), "{}", of("/west/"));
    assert!(of("/open/").contains("depends") && of("/open/").contains("Caution"), "{}", of("/open/"));
    assert!(!of("/alone/").contains("small/sends"), "{}", of("/alone/"));
}

/// The page that has most to say, without its picture: what every reader waits for.
#[test]
fn the_largest_page_and_the_script_of_its_panel_stay_light() {
    let files = render(&load(&real_files()));
    let page = String::from_utf8(files["ja/deep-security/index.html"].clone()).unwrap();
    // The diagram has a budget of its own: it says again what the rows say.
    let html = scraper::Html::parse_document(&page);
    let diagram = html.select(&scraper::Selector::parse("details.diagram").unwrap()).next().unwrap().html().len();
    assert!(page.len() - diagram <= 95_000, "{} bytes", page.len() - diagram);
    assert!(diagram <= 48_000, "{diagram} bytes of diagram, list and table");
    let (_, script) = files.iter().find(|(path, _)| path.starts_with("assets/select.")).unwrap();
    let size: usize = String::from_utf8(node("tests/search/gzip.mjs", &[], script)).unwrap().parse().unwrap();
    assert!(size <= 4096, "select.js: {size} bytes");
}
