//! What can't be read is told once, where it is mended: not also wherever it is named, and not as
//! missing.

use std::collections::BTreeMap;

use rutter::inside::source::Sources;

use crate::support::{files_below, repository};

const COMMON: &str = "content/common/vocabulary.yaml";
const SMALL: &str = "content/products/small.yaml";
const GUARD: &str = "content/products/guard.yaml";
const PAGE: &str = "content/pages/r.yaml";

const GUARD_TEXT: &str = r#"name: Guard
summary: { en: Guards. }
sources:
  manual: { title: Manual, read: 2026-11-21, rows: 1 }
components:
  agent: { name: "Agent, zone: intranet }
flows:
  names: { from: agent, to: dns-server, ports: 53/tcp+udp dns, rows: [1] }
"#;
const PAGE_TEXT: &str = "title: R\nsections:\n  one:\n    text:\n      en: |\n        See <product:guard>, <component:guard/agent>, <flow:guard/names>, <source:guard/manual> and <host:a.example.com>.\n";
const AGENT: &str = "  agent: { name: Agent }\n";
const FLOW: &str = "names: { from: agent, to: dns-server, ports: 53/tcp+udp dns, rows: [1] }";
const SUMMARY: &str = "A small product.";
/// An option, and what names its choices.
const OPTION: &str =
    "options:\n  mode: { label: Mode, choices: { a: A, b: B } }\nscenarios:\n  s: { title: S, choose: { mode: b } }\n";

/// A file, what is replaced in it (nothing: its end), and by what.
type Change = (&'static str, &'static str, &'static str);

/// The headlines of what is said of the base of the diagnostics with some changes.
fn told(changes: &[Change]) -> Vec<String> {
    let mut files: BTreeMap<String, String> = files_below(&repository().join("tests/diagnostics/_base"))
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    for (path, old, new) in changes {
        let text = files.entry((*path).to_owned()).or_default();
        assert!(text.contains(old), "{path}: {old}");
        *text = if old.is_empty() { format!("{text}{new}") } else { text.replacen(old, new, 1) };
    }
    let files = files.into_iter().map(|(path, text)| (path.into(), text.into_bytes())).collect();
    let found = rutter::check_sources(&Sources::from_files(files));
    found.into_iter().map(|diagnostic| diagnostic.headline).collect()
}

fn assert_only(changes: &[Change], expected: &str) {
    let found = told(changes);
    assert!(found.len() == 1 && found[0].contains(expected), "{changes:?}: {found:#?}");
}

#[test]
fn nothing_is_said_of_those_who_name_what_stands_in_a_broken_file() {
    let quote = "this quotation mark is never closed";
    assert_only(&[(GUARD, "", GUARD_TEXT), (PAGE, "", PAGE_TEXT)], quote);
    assert_only(
        &[(GUARD, "", GUARD_TEXT), (SMALL, SUMMARY, "\"See <product:guard> and <component:guard/agent>.\"")],
        quote,
    );
    let term = "terms:\n  dog: { name: { en: dog }, definition: { en: \"See <product:guard>.\" } }\n";
    assert_only(&[(GUARD, "", GUARD_TEXT), (COMMON, "", term), (SMALL, SUMMARY, "\"A <term:dog>.\"")], quote);
    let page = (SMALL, SUMMARY, "\"See <page:r>.\"");
    assert_only(&[(PAGE, "", "title: \"R\nsections: {}\n"), page], quote);
    assert_only(&[(PAGE, "", "- a\n"), page], "a page is a list");
    for (text, expected) in [
        ("components: { agent: [Agent }\n", "this `[` is never closed"),
        ("components:\n\tagent: { name: Agent }\n", "the file contains a tab"),
        ("", "the file is empty"),
        ("- a\n- b\n", "a product is a list"),
    ] {
        assert_only(&[(GUARD, "", text), (PAGE, "", PAGE_TEXT)], expected);
    }
    for path in ["content/products/guard.yml", "content/guard.yaml"] {
        assert_only(&[(path, "", "name: Guard\n"), (PAGE, "", PAGE_TEXT)], "is not read by anything");
    }
    assert_only(&[(COMMON, "zones:", "- zones:")], "the file is not YAML");
}

#[test]
fn a_mistake_that_a_broken_file_has_nothing_to_do_with_is_told() {
    let text = "title: R\nsections:\n  one:\n    text: { en: \"See <product:guard>, <page:nope> and <component:small/agnet>.\" }\n";
    let found = told(&[(GUARD, "", GUARD_TEXT), (PAGE, "", text)]);
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn nothing_is_said_of_those_who_name_a_lost_item_of_a_product() {
    let uses = (SMALL, "rows: [1] }", "rows: [1], when: { mode: a } }");
    let option = (SMALL, "", OPTION);
    let cases: &[(&str, &[Change])] = &[
        ("choices is a list", &[uses, option, (SMALL, "{ a: A, b: B }", "[a, b]")]),
        ("choices is a text", &[uses, option, (SMALL, "{ a: A, b: B }", "a")]),
        (
            "the label of the choice is a list",
            &[uses, option, (SMALL, "a: A", "a: [A]"), (SMALL, SUMMARY, "\"With <option:mode/a>.\"")],
        ),
        (
            "an option is a text",
            &[
                uses,
                option,
                (SMALL, "{ label: Mode, choices: { a: A, b: B } }", "Mode"),
                (SMALL, SUMMARY, "\"With <option:mode/a>.\""),
            ],
        ),
        ("`values` is not a key of an option", &[uses, option, (SMALL, "choices:", "values:")]),
        ("`option` is not a key of a product", &[uses, option, (SMALL, "options:", "option:")]),
        (
            "choices is a list",
            &[
                (
                    SMALL,
                    FLOW,
                    "names: { from: agent, to: dns-server, ports: 53/tcp+udp dns, rows: [1], when: { mode: a } }\n  names-b: { from: agent, to: dns-server, ports: 53/tcp+udp dns, rows: [1], when: { mode: b } }",
                ),
                option,
                (SMALL, "{ a: A, b: B }", "[a, b]"),
            ],
        ),
        (
            "`options` is written twice",
            &[uses, option, (SMALL, "flows:", "options:\n  other: { label: Other }\nflows:")],
        ),
        ("`when` is a text", &[uses, option, (SMALL, "label: Mode,", "label: Mode, when: mode,")]),
        (
            "a scenario is a text",
            &[(SMALL, "", "scenarios:\n  s: Small one\n"), (SMALL, SUMMARY, "\"See <scenario:s>.\"")],
        ),
        (
            "a flow is a text",
            &[
                (SMALL, "flows:\n", "flows:\n  other: agent to dns\n"),
                (SMALL, SUMMARY, "\"See <ports:other>, <flow:other> and <host:a.example.com>.\""),
                (
                    SMALL,
                    "",
                    "notes:\n  n: { kind: note, on: other, text: { en: \"Mind <flow:this>.\" } }\nalternatives: [[names, other]]\n",
                ),
            ],
        ),
        ("a source is a text", &[(SMALL, "{ title: Manual, read: 2026-11-21, rows: 1 }", "Manual")]),
        (
            "sources is a list",
            &[
                (SMALL, "  manual:", "  - manual:"),
                (SMALL, "rows: [1]", "source: manual, rows: [1]"),
                (SMALL, SUMMARY, "\"See <source:manual>.\""),
            ],
        ),
        (
            "`source` is not a key of a product",
            &[(SMALL, "sources:", "source:"), (SMALL, "rows: [1]", "source: manual, rows: [1]")],
        ),
        (
            "a product has no `sources`",
            &[(SMALL, "sources:\n  manual: { title: Manual, read: 2026-11-21, rows: 1 }\n", "")],
        ),
        (
            "`versions` is a map",
            &[
                (SMALL, "sources:", "versions: { a: b }\nsources:"),
                (SMALL, SUMMARY, "\"For <product:small/versions>.\""),
            ],
        ),
        ("a component is a text", &[(SMALL, AGENT, "  agent: Agent\n")]),
        ("components is a list", &[(SMALL, AGENT, "  - name: Agent\n    summary: { en: Works. }\n")]),
        ("components is a list", &[(SMALL, AGENT, "  - agent:\n    name: Agent\n")]),
        ("components is a list", &[(SMALL, AGENT, "  - name: Web Agent\n"), (SMALL, "from: agent", "from: web-agent")]),
        ("components is a text", &[(SMALL, AGENT, "  the agent\n")]),
        ("`component` is not a key of a product", &[(SMALL, "components:", "component:")]),
        (
            "`components` is written twice",
            &[(
                SMALL,
                "",
                "components:\n  web: { name: Web }\nnotes:\n  n: { kind: note, on: \"component:web\", text: { en: \"Mind the <component:web>.\" } }\n",
            )],
        ),
        ("an alias (`*name`) is not part", &[(SMALL, AGENT, "  agent: *agent\n")]),
        ("an alias (`*name`) is not part", &[(SMALL, "from: agent", "from: *agent")]),
        ("a merge key (`<<`) is not part", &[(SMALL, AGENT, "  agent: { <<: { name: Agent } }\n")]),
    ];
    for (expected, changes) in cases {
        assert_only(changes, expected);
    }
}

#[test]
fn nothing_is_said_of_those_who_name_a_lost_item_of_common_or_an_address() {
    let cases: &[(&str, &[Change])] = &[
        ("a zone is a text", &[(COMMON, "{ name: Your network, side: inside }", "Your network")]),
        ("`zone` is not a key of a file of common", &[(COMMON, "zones:", "zone:")]),
        ("`service` is not a key of a file of common", &[(COMMON, "services:", "service:")]),
        ("services is a list", &[(COMMON, "  https: { name: HTTPS, ports: [443/tcp] }\n  dns:", "  - dns:")]),
        ("a term is a text", &[(COMMON, "", "terms:\n  dog: Dog\n"), (SMALL, SUMMARY, "\"A <term:dog>.\"")]),
        (
            "an address list is a text",
            &[
                (SMALL, "rows: [1]", "rows: [1], hosts: [{ list: l }]"),
                (SMALL, "", "address-lists:\n  l: a.example.com\n"),
                (SMALL, SUMMARY, "\"See <host:a.example.com>.\""),
            ],
        ),
        (
            "an address is a map with the key `host`",
            &[
                (SMALL, "rows: [1]", "rows: [1], hosts: [{ host: a.example.com }]"),
                (SMALL, SUMMARY, "\"See <host:a.example.com>.\""),
            ],
        ),
    ];
    for (expected, changes) in cases {
        assert_only(changes, expected);
    }
}

#[test]
fn what_is_refused_is_not_missing_too() {
    for (old, new, expected) in [
        ("rows: [1]", "rows: [1], purpose: Sends heartbeats.", "`purpose` is a text"),
        ("udp dns, rows: [1]", "udp, rows: [1], purpose: Sends heartbeats.", "`purpose` is a text"),
        ("udp dns, rows: [1]", "udp, rows: [1], purpose: [a]", "`purpose` is a list"),
        ("udp dns, rows: [1]", "udp, rows: [1], purpose:", "`purpose` is nothing"),
        ("from: agent", "from: { a: b }", "`from` is a map"),
        ("from: agent", "from:", "`from` is nothing"),
        ("from: agent", "from: []", "`from` is an empty list"),
        ("from: agent", "from: [[agent]]", "`from` is a list"),
        ("rows: [1]", "source: [manual], rows: [1]", "`source` is a list"),
    ] {
        // With a second source, each flow says which it means.
        let second = (SMALL, "  manual:", "  other: { title: Other, read: 2026-11-21, rows: 0 }\n  manual:");
        let changes = if new.contains("source") { vec![second, (SMALL, old, new)] } else { vec![(SMALL, old, new)] };
        assert_only(&changes, expected);
    }
    for (text, expected) in [
        ("Guard schützt Computer.\"", "ends with a quotation mark that nothing opens"),
        ("[Guard]", "`summary` in `de` is a list"),
        ("", "`summary` is empty"),
        ("443", "takes for a number"),
        ("=ja", "names no locale of the site"),
    ] {
        let new = format!("{SUMMARY}, de: {text}");
        let found = told(&[
            ("site.toml", "[\"en\"]", "[\"en\", \"de\"]"),
            (COMMON, "Resolves names.", "Resolves names., de: Löst Namen auf."),
            (SMALL, SUMMARY, Box::leak(new.into_boxed_str())),
        ]);
        // Nobody has accepted the translations.
        let found: Vec<_> = found.iter().filter(|headline| !headline.contains("accepted")).collect();
        assert!(found.len() == 1 && found[0].contains(expected), "{text}: {found:#?}");
    }
}
