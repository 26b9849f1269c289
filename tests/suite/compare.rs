//! Two scenarios side by side: what stands on the page, and what the theme's script says in its place.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};

use crate::support::{load, node, real_files, render, repository, site_files, small_site};

type Files = BTreeMap<String, Vec<u8>>;

fn all<'a>(node: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    node.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(node: ElementRef<'_>) -> String {
    node.text().collect()
}

/// What is in bold stands between asterisks.
fn marked(node: ElementRef<'_>) -> String {
    node.children()
        .map(|child| match ElementRef::wrap(child) {
            Some(strong) => format!("*{}*", text(strong)),
            None => child.value().as_text().map(|text| text.to_string()).unwrap_or_default(),
        })
        .collect()
}

fn row(item: ElementRef<'_>) -> Value {
    let link = all(item, "a")[0];
    let mut said = vec![format!("{} <{}>", text(link), link.attr("href").unwrap())];
    said.extend(all(item, ".tag").into_iter().map(marked));
    said.extend(all(item, "p").into_iter().map(marked));
    json!(said)
}

/// A side: its title, then lists, each perhaps below a title of its own.
fn side(section: ElementRef<'_>) -> Value {
    let mut groups = Vec::new();
    let mut title = String::new();
    for child in section.child_elements() {
        match child.value().name() {
            "p" => title = text(child),
            "ul" => {
                let rows: Vec<_> = child.child_elements().map(row).collect();
                groups.push(json!({ "title": std::mem::take(&mut title), "rows": rows }));
            }
            _ => {}
        }
    }
    json!({ "title": text(all(section, "h3")[0]), "groups": groups })
}

/// The pairs that are written out, by their anchors.
fn written(page: &Html) -> BTreeMap<String, Value> {
    let pair = |section: ElementRef<'_>| {
        let sides: Vec<_> = all(section, ".sides > section").into_iter().map(side).collect();
        let both = text(section.child_elements().last().unwrap());
        (section.attr("id").unwrap().to_owned(), json!({ "sides": sides, "both": both }))
    };
    all(page.root_element(), ".pairs > section").into_iter().map(pair).collect()
}

/// What the script says on a page of every pair.
fn said(files: &Files, page: &Html, path: &str) -> BTreeMap<String, Value> {
    let product = path.split('/').nth(1).unwrap();
    // `facts/guard.1f2e3d4c.js`, beside its words in each language, `facts/guard.en.js`.
    let start = format!("assets/facts/{product}.");
    let is_facts = |path: &&String| path.strip_prefix(&start).is_some_and(|rest| rest.len() == "12345678.js".len());
    let path_of_facts = files.keys().find(is_facts).unwrap();
    let facts = String::from_utf8(files[path_of_facts].clone()).unwrap();
    let facts = facts.split_once(".push(").unwrap().1.trim_end().strip_suffix(')').unwrap();
    let options = all(page.root_element(), "select[name=s] option:not([value=''])");
    let input = json!({
        "lang": page.root_element().attr("lang").unwrap(),
        "facts": serde_json::from_str::<Value>(facts).unwrap(),
        "words": text(all(page.root_element(), "#_words")[0]),
        "titles": options.into_iter().map(text).collect::<Vec<_>>(),
    });
    serde_json::from_slice(&node("tests/compare/agree.mjs", &[], input.to_string().as_bytes())).unwrap()
}

fn comparisons(files: &Files) -> Vec<(&String, Html)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with("/scenarios/compare/index.html"));
    pages.map(|(path, html)| (path, Html::parse_document(std::str::from_utf8(html).unwrap()))).collect()
}

/// How many pairs the pages of a site write out, and the script says the same of.
fn agreements(name: &str, files: &Files) -> usize {
    let mut count = 0;
    for (path, page) in comparisons(files) {
        let said = said(files, &page, path);
        for (pair, written) in written(&page) {
            assert_eq!(written, said[&pair], "{name}: {path}, {pair}");
            count += 1;
        }
    }
    count
}

#[test]
fn page_and_script_say_the_same_of_every_two_scenarios() {
    let files = render(&load(&real_files()));
    let scenarios: Vec<usize> = files
        .iter()
        .filter(|(path, _)| path.ends_with("/scenarios/compare/index.html"))
        .map(|(_, html)| String::from_utf8_lossy(html).matches("<option ").count() / 2 - 1)
        .collect();
    assert!(scenarios.len() > 11);
    let pairs: usize = scenarios.iter().map(|count| count * (count - 1) / 2).sum();
    assert_eq!(agreements("content", &files), pairs);
    let mut golden = 0;
    for case in ["choices", "lines", "machines", "openers", "ways", "words"] {
        golden += agreements(case, &render(&load(&site_files(&repository().join("tests/golden").join(case)))));
    }
    assert!(golden > 0);
}

/// A product in which every part of a flow hangs on a choice, with these scenarios.
fn site(scenarios: &str) -> Files {
    let mut files = small_site();
    let product = format!(
        "name: Small
summary: {{ en: A small product. }}
sources: {{ manual: {{ title: Manual, url: 'https://example.com/', read: 2026-11-21, rows: 7 }} }}
components: {{ agent: {{ name: Agent }}, relay: {{ name: Relay }}, manager: {{ name: Manager }} }}
flows:
  reports:
    from: [agent, relay]
    to: manager
    ports: [443/tcp, $encrypted/tcp]
    purpose: {{ en: Sends reports. }}
    rows: [1]
  updates:
    from: agent
    to: relay
    ports: 4122/tcp
    when: {{ mode: plain }}
    purpose: {{ en: Loads updates. }}
    rows: [2]
  cache:
    from: manager
    to: manager
    ports: 11000/tcp
    scope: loopback
    when: {{ mode: secure }}
    purpose: {{ en: Keeps what was read. }}
    rows: [3]
  direct: {{ from: agent, to: manager, ports: 25/tcp, purpose: {{ en: Sends mail. }}, rows: [4] }}
  relayed: {{ from: agent, to: relay, ports: 26/tcp, when: {{ mode: plain }}, purpose: {{ en: Sends mail on. }}, rows: [5] }}
  beat: {{ from: manager, to: agent, ports: 4118/tcp, purpose: {{ en: Tells that it lives. }}, rows: [6] }}
  audit: {{ from: [agent, relay], to: manager, ports: 5000/tcp, when: {{ mode: secure }}, purpose: {{ en: Keeps account. }}, rows: [7] }}
alternatives: [[direct, relayed]]
scenarios:
{scenarios}"
    );
    let common = "
options: { mode: { label: Mode, choices: { plain: Plain, secure: Secure } } }
port-ranges: { encrypted: [{ when: { mode: secure }, range: 8443-8444 }, { when: { mode: plain }, range: 8440-8441 }] }
";
    files.insert("content/common/ranges.yaml".to_owned(), common.into());
    files.insert("content/products/small.yaml".to_owned(), product.into_bytes());
    files
}

const PAGE: &str = "en/small/scenarios/compare/index.html";

#[test]
fn what_both_need_in_different_ways_stands_on_both_sides_in_words() {
    let files = render(&load(&site(
        "  plain: { title: Plain, choose: { mode: plain } }
  secure: { title: Secure, choose: { mode: secure }, without: [relay] }
  open: { title: Open }
",
    )));
    assert_eq!(agreements("small", &files), 3);
    let (_, page) = comparisons(&files).remove(0);
    let mut pairs = written(&page);
    let name = |id: &str, name: &str| format!("{name} <../../#{id}>");
    let reports = name("reports", "Agent and Relay → Manager, 443/TCP and 8443–8444/TCP or 8440–8441/TCP");
    let direct = name("direct", "Agent → Manager, 25/TCP");
    let relayed = name("relayed", "Agent → Relay, 26/TCP");
    let updates = name("updates", "Agent → Relay, 4122/TCP");
    let audit = name("audit", "Agent and Relay → Manager, 5000/TCP");
    let cache = name("cache", "Manager → Manager, 11000/TCP");
    assert_eq!(
        pairs.remove("_plain_secure").unwrap(),
        json!({
            "sides": [
                { "title": "Only or different in “Plain” (4)", "groups": [{ "title": "", "rows": [
                    [reports, "Source: Agent, *Relay*", "Port: 443/TCP, *8440–8441/TCP*"],
                    [updates],
                    [direct, "*Alternative*"],
                    [relayed, "Alternative"],
                ] }] },
                { "title": "Only or different in “Secure” (3)", "groups": [
                    { "title": "", "rows": [
                        [reports, "Source: Agent", "Port: 443/TCP, *8443–8444/TCP*"],
                        [direct, "*Needed*"],
                        // What is there on one side only is told where it is less than its name says.
                        [audit, "Source: Agent"],
                    ] },
                    { "title": "Within one computer (1)", "rows": [[cache]] },
                ] },
            ],
            "both": "Same in both (1)",
        })
    );
    let open = &pairs["_secure_open"]["sides"][1]["groups"];
    assert_eq!(
        open[0]["rows"][0],
        json!([
            reports,
            "Source: Agent, *Relay*",
            "Port: 443/TCP, *8443–8444/TCP (undecided)*, *8440–8441/TCP (undecided)*"
        ])
    );
    assert_eq!(open[0]["rows"][1], json!([updates, "Undecided"]));
    assert_eq!(open[1], json!({ "title": "Within one computer (1)", "rows": [[cache, "*Undecided*"]] }));
}

#[test]
fn a_product_with_one_scenario_has_nothing_to_compare() {
    for (scenarios, is_there) in
        [("  one: { title: One }\n", false), ("  one: { title: One }\n  two: { title: Two }\n", true)]
    {
        let files = render(&load(&site(scenarios)));
        assert_eq!(files.contains_key(PAGE), is_there);
        for page in ["en/small/index.html", "en/small/scenarios/one/index.html"] {
            let links = String::from_utf8_lossy(&files[page]).contains("compare/");
            assert_eq!(links, is_there, "{page}");
        }
    }
}

#[test]
fn of_very_many_scenarios_those_are_written_out_that_follow_each_other() {
    let scenarios = |count: usize| -> String {
        let modes = ["plain", "secure"].into_iter().cycle().enumerate().take(count);
        let lines = modes.map(|(at, mode)| format!("  s{at}: {{ title: S{at}, choose: {{ mode: {mode} }} }}"));
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    for (count, pairs, says_so) in [(8, 28, false), (9, 8, true)] {
        let files = render(&load(&site(&scenarios(count))));
        assert_eq!(agreements("many", &files), pairs);
        let page = String::from_utf8_lossy(&files[PAGE]);
        assert_eq!(page.contains("only consecutive scenarios are compared"), says_so);
    }
}
