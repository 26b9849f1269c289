//! `rutter rename`: another id, everywhere, and nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{files_below, folder, real_files, repository, rutter, site_files, transcript, write_files};

/// One of each kind, used wherever an id of its kind can stand.
const PRODUCT: &str = r#"name: Guard
summary: { en: "See <page:reading>, <product:guard> and <term:beat>." }
versions: ["1.0"]
sources:
  manual: { title: Manual, read: 2026-11-21, rows: 3 }
  other: { title: Other, rows: 0 }
  guide:
    title: Guide
    read: 2026-11-21
    tables:
      out: 3 # rows
      inner: { rows: 2, title: { en: Inner } }
    skip: { out/2-3: "Out again.", "inner/2": A remark. }
options:
  mode: { label: Mode, choices: { push: Push, pull: { label: Pull } } }
  depth: { label: Depth, when: { mode: [pull] }, choices: { a: A, b: B } }
defaults: { where: near }
components:
  # comment
  agent: { name: Agent, zone: intranet, runs-on: [node, "rack"] }
  node: { name: Node, runs-on: rack }
  dns-server: { examples: [BIND] }
address-lists:
  servers: { hosts: [a.example, { when: { mode: push }, hosts: [b.example] }], source: manual }
  idle: { hosts: [{ list: servers }, { see: other }, { when: { mode: push }, hosts: [d.example] }], source: manual }
flows:
  beat:
    from: agent # opens
    to: 'dns-server'
    ports: [443/tcp https, 53/tcp+udp dns]
    when: [{ mode: push, where: near }, { depth: a }]
    hosts: [{ list: servers }]
    purpose: { en: "Asks the [server](component:dns-server) on <ports:this>; see <flow:other> with <option:mode/pull>." }
    source: manual
    rows: [1]
  other:
    from: [agent]
    to: dns-server
    ports: 80/tcp
    hosts: [{ see: other }]
    purpose: { en: "Like <flow:beat>, in <scenario:plain>; <component:guard/agent>, <option:guard/mode/push>, <source:guard/manual>." }
    rows: { manual: [2, 3], guide: [out/1, "inner/1"] }
  third: { from: [agent], to: dns-server, ports: [81/tcp, $dynamic/udp dns], purpose: { en: Asks again. } }
  fourth: { from: [agent], to: dns-server, ports: 82/tcp, purpose: { en: Asks once more. } }
alternatives:
  - [beat, other]
  - { ways: [[beat, other], [third, fourth]], preferred: beat }
scenarios:
  plain: { title: Plain, machine: node, choose: { mode: pull, where: far }, without: [dns-server], summary: { en: "With <option:where/far> and <option:mode>." } }
notes:
  hint: { kind: note, on: [beat, "component:agent", option:mode], when: { where: [near, far] }, text: { en: "Read <source:manual>." } }
  quoted: { kind: note, on: other, text: { en: "\"Once\": <component:agent>, [it](component:agent), <flow:beat>, <option:mode/push>." } }
"#;
const COMMON: &str = "zones:\n  intranet: { name: Net, side: inside }\nservices:\n  https: { name: HTTPS }\n  dns: { name: DNS, purpose: { en: Asks. } }\ncomponents:\n  dns-server: { name: DNS server, zone: intranet, runs-on: rack }\n  rack: { name: Rack }\noptions:\n  where: { label: Where, choices: { near: Near, far: Far } }\nterms:\n  beat: { name: { en: beat }, definition: { en: \"As in <product:guard/versions> and <flow:guard/beat>.\" } }\naddress-lists:\n  shared: { hosts: [c.example] }\nport-ranges:\n  dynamic: 1025-5000\n";
const PAGE: &str = "title: Reading\nsections:\n  one: { text: { en: \"[Guard](product:guard), <component:guard/agent>, <option:guard/mode/push>, <page:reading>.\" } }\n";

fn site() -> BTreeMap<String, Vec<u8>> {
    let mut files = site_files(&repository().join("tests/diagnostics/_base"));
    files.remove("content/products/small.yaml");
    for (path, text) in [
        ("content/products/guard.yaml", PRODUCT),
        ("content/common/vocabulary.yaml", COMMON),
        ("content/pages/reading.yaml", PAGE),
        ("site.toml", "title = \"Test\"\nsource_locale = \"en\"\nlocales = [\"en\", \"de\"]\ndrafts = [\"de\"]\n"),
        (
            "i18n/de/accepted/guard.lock",
            "# rutter accepted 2 source=en\n\nguard/flow/beat/purpose\t\"Old <ports:beat> at <component:agent>.\"\t0000000000000000000000000000000000000000000000000000000000000000\n",
        ),
    ] {
        files.insert(path.to_owned(), text.into());
    }
    files
}

fn check(folder: &Path) -> Vec<String> {
    let json = rutter(folder, &["check", "--format", "json"]).stdout;
    let found: serde_json::Value = serde_json::from_slice(&json).unwrap();
    found.as_array().unwrap().iter().map(|found| found["code"].to_string()).collect()
}

/// Kind, old id, new id.
const CASES: &[(&str, &str, &str)] = &[
    ("product", "guard", "shield"),
    ("component", "guard/agent", "client"),
    ("component", "dns-server", "name-server"),
    ("component", "common/dns-server", "name-server"),
    ("component", "guard/node", "worker"),
    ("component", "rack", "cabinet"),
    ("flow", "guard/beat", "pulse"),
    ("flow", "guard/fourth", "last"),
    ("option", "guard/mode", "manner"),
    ("option", "where", "place"),
    ("choice", "guard/mode/pull", "fetch"),
    ("choice", "guard/mode/push", "send"),
    ("choice", "where/near", "close"),
    ("scenario", "guard/plain", "simple"),
    ("note", "guard/hint", "advice"),
    ("source", "guard/manual", "handbook"),
    ("source", "guard/guide", "handbook"),
    ("table", "guard/guide/out", "outer"),
    ("table", "guard/guide/inner", "within"),
    ("term", "beat", "pulse"),
    ("page", "reading", "guide"),
    ("zone", "intranet", "lan"),
    ("service", "https", "web"),
    ("address-list", "guard/servers", "machines"),
    ("address-list", "shared", "common-machines"),
    ("port-range", "dynamic", "ephemeral"),
];

#[test]
fn every_kind_has_a_case() {
    let help = transcript(&rutter(Path::new("."), &["rename", "--help"]));
    let (_, kinds) = help.split_once("[possible values: ").unwrap();
    let (kinds, _) = kinds.split_once(']').unwrap();
    let named: std::collections::BTreeSet<_> = kinds.split(',').map(str::trim).collect();
    assert_eq!(named, CASES.iter().map(|(kind, ..)| *kind).collect());
}

#[test]
fn every_kind_is_renamed_everywhere_and_back() {
    let folder = folder();
    for (kind, old, new) in CASES {
        std::fs::remove_dir_all(folder.path()).unwrap();
        write_files(folder.path(), &site());
        let before = check(folder.path());
        let told = transcript(&rutter(folder.path(), &["rename", kind, old, new]));
        assert!(told.ends_with("--- exit 0\n"), "{kind} {old}: {told}");
        assert_eq!(check(folder.path()), before, "{kind} {old}");
        let bare = old.rsplit('/').next().unwrap();
        let left = leftovers(folder.path(), kind, bare);
        assert!(left.is_empty(), "{kind} {old}: {left:?}\n{told}");
        let (scope, _) = old.rsplit_once('/').unwrap_or(("", ""));
        let back = if scope.is_empty() { (*new).to_owned() } else { format!("{scope}/{new}") };
        let told = transcript(&rutter(folder.path(), &["rename", kind, &back, bare]));
        assert!(told.ends_with("--- exit 0\n"), "{kind} {back}: {told}");
        assert_eq!(check(folder.path()), before, "{kind} {back}");
        let again = without_former_ids(files_below(folder.path()));
        assert_eq!(again, without_former_ids(site()), "{kind} {old}");
    }
}

/// Lines that still hold the old id as a word of this kind.
fn leftovers(folder: &Path, kind: &str, old: &str) -> Vec<String> {
    let mut left = Vec::new();
    for (path, bytes) in files_below(folder) {
        let text = String::from_utf8(bytes).unwrap();
        for line in text.lines().filter(|line| !line.contains("former-ids")) {
            let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            // `beat` is the id of a flow and of a term, and both are words of texts.
            let is_other = old == "beat"
                && (line.contains("term:beat")
                    || line.trim_start().starts_with("beat:")
                    || kind == "term"
                    || line.contains("{ name: { en: beat }"));
            if !is_other && words.clone().any(|word| word == old) {
                left.push(format!("{path}: {line}"));
            }
        }
    }
    left
}

fn without_former_ids(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let clean = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("former-ids:"));
        let strip = |line: &str| match line.split_once(", former-ids: [") {
            Some((before, rest)) => format!("{before}{}", rest.split_once(']').unwrap().1),
            None => line.to_owned(),
        };
        lines.map(strip).collect::<Vec<_>>().join("\n")
    };
    files.into_iter().map(|(path, bytes)| (path, clean(bytes))).collect()
}

#[test]
fn what_can_t_be_renamed_is_refused_and_nothing_is_written() {
    let folder = folder();
    write_files(folder.path(), &site());
    let before = files_below(folder.path());
    for (arguments, told, status) in [
        (["flow", "guard/beat", "Beat"], "is no id", 2),
        (["flow", "guard/beat", "other"], "is taken: a flow of `guard` has it", 2),
        (["flow", "guard/beat", "beat"], "it is the id it has", 2),
        (["flow", "guard/baet", "x"], "did you mean `beat`?", 2),
        (["flow", "beat", "x"], "did you mean `guard/beat`?", 2),
        (["flow", "gard/beat", "x"], "did you mean `guard`?", 2),
        (["component", "guard/agent", "dns-server"], "is taken: a component has it", 2),
        (["component", "guard/dns-server", "x"], "did you mean `common/dns-server`?", 2),
        (["component", "dns-server", "agent"], "is taken: a component of `guard` has it", 2),
        (["choice", "guard/mode/push", "pull"], "is taken: a choice of `guard` has it", 2),
        (["choice", "mode", "pull"], "names no choice", 2),
        (["table", "guard/out", "x"], "names no table", 2),
        (["table", "guard/guide/inner", "out"], "is taken: a table of `guard` has it", 2),
        (["product", "guard", "reading"], "is taken: a page has it", 2),
        (["product", "guard", "assets"], "reserved-id", 1),
        (["flow", "guard/beat", "note-x"], "reserved-id", 1),
        (["page", "reading", "con"], "reserved-id", 1),
        (["page", "a/b/c", "d"], "names no page", 2),
    ] {
        let [kind, old, new] = arguments;
        let actual = transcript(&rutter(folder.path(), &["rename", kind, old, new]));
        assert!(actual.contains(told) && actual.ends_with(&format!("--- exit {status}\n")), "{arguments:?}: {actual}");
        assert!(actual.contains("nothing was renamed"), "{actual}");
        assert_eq!(files_below(folder.path()), before, "{arguments:?}");
    }
    let broken = PRODUCT.replace("to: dns-server", "to: nowhere");
    std::fs::write(folder.path().join("content/products/guard.yaml"), broken).unwrap();
    let actual = transcript(&rutter(folder.path(), &["rename", "flow", "guard/beat", "x"]));
    assert!(actual.contains("unknown-component") && actual.ends_with("nothing was renamed\n--- exit 1\n"), "{actual}");
}

#[test]
fn a_product_that_says_the_same_keeps_what_was_accepted_of_it() {
    let folder = folder();
    let mut files = site_files(&repository().join("tests/lsp"));
    let product = files["content/products/guard.yaml"].clone();
    files.insert("content/products/aegis.yaml".to_owned(), product);
    write_files(folder.path(), &files);
    assert!(rutter(folder.path(), &["accept", "--changed"]).status.success());
    for product in ["aegis", "guard"] {
        let told = transcript(&rutter(folder.path(), &["rename", "component", &format!("{product}/hub"), "centre"]));
        assert!(told.ends_with("--- exit 0\n"), "{product}: {told}");
        assert_eq!(check(folder.path()), Vec::<String>::new(), "{product}");
    }
}

#[test]
fn what_was_wrong_before_is_no_reason_to_refuse() {
    let folder = folder();
    write_files(folder.path(), &site());
    let twin = "  twin: { from: [agent], to: dns-server, ports: 80/tcp, hosts: [{ see: other }], when: { depth: a } }\n  triplet: { from: [agent], to: dns-server, ports: 80/tcp, hosts: [{ see: other }], when: { depth: a } }\nalternatives:";
    std::fs::write(folder.path().join("content/products/guard.yaml"), PRODUCT.replace("alternatives:", twin)).unwrap();
    let told = transcript(&rutter(folder.path(), &["check"]));
    assert!(told.contains("error[duplicate-flow]: `twin` and `triplet`"), "{told}");
    let told = transcript(&rutter(folder.path(), &["rename", "flow", "guard/twin", "double"]));
    assert!(told.ends_with("--- exit 0\n"), "{told}");
    let told = transcript(&rutter(folder.path(), &["check"]));
    assert!(told.contains("error[duplicate-flow]: `double` and `triplet`"), "{told}");
}

#[test]
fn the_real_content_stays_accepted_and_old_addresses_lead_on() {
    let folder = folder();
    write_files(folder.path(), &real_files());
    for arguments in [
        ["product", "deep-security", "zz-deep"],
        ["product", "zz-deep", "deep"],
        ["component", "deep/manager", "control"],
        ["component", "dns-server", "name-server"],
        ["flow", "deep/heartbeat-from-manager", "beat"],
        ["option", "communication", "direction"],
        ["source", "deep/ds-ports", "ports-page"],
        ["term", "heartbeat", "pulse"],
        ["page", "how-to-read", "reading"],
        ["zone", "intranet", "lan"],
        ["service", "https", "web"],
    ] {
        let [kind, old, new] = arguments;
        let told = transcript(&rutter(folder.path(), &["rename", kind, old, new]));
        assert!(told.ends_with("--- exit 0\n"), "{arguments:?}: {told}");
    }
    let told = transcript(&rutter(folder.path(), &["check", "--deny", "warnings"]));
    assert_eq!(told, "--- stderr\nno errors, no warnings\n--- exit 0\n");
    let built = transcript(&rutter(folder.path(), &["build"]));
    assert!(built.ends_with("--- exit 0\n"), "{built}");
    let page =
        |path: &str| std::fs::read_to_string(folder.path().join("public/de").join(path).join("index.html")).unwrap();
    assert!(page("deep-security").contains("../deep/"));
    assert!(page("how-to-read").contains("../reading/"));
    assert!(page("components/dns-server").contains("../name-server/"));
    let product = page("deep");
    for anchor in ["heartbeat-from-manager", "option-communication", "source-ds-ports"] {
        assert!(product.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    assert!(!folder.path().join("content/products/deep-security.yaml").exists());
    assert!(!folder.path().join("i18n/de/accepted/deep-security.lock").exists());
}
