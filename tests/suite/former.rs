//! Renamed items: every address and anchor they ever had leads on, and none that could not have been.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::{folder, load, render, rutter, site_files, transcript, write_files};

const PRODUCT: &str = r#"name: Guard
summary: { en: "Guards." }
sources: { manual: { title: Manual, read: 2026-11-21, rows: 1 } }
options: { mode: { label: Mode, choices: { push: Push, pull: Pull } } }
components:
  agent: { name: Agent }
  server: { name: Server }
  dns: { summary: { en: "Answers." } }
flows:
  beat: { from: agent, to: [server, dns], ports: 443/tcp, when: { mode: push }, purpose: { en: "Beats." }, rows: [1] }
scenarios:
  plain: { title: Plain, choose: { mode: push } }
notes:
  hint: { kind: note, on: [beat], text: { en: "A hint." } }
  whole: { kind: tip, text: { en: "A tip." } }
"#;
const COMMON: &str = r#"zones: { net: { name: Net, side: inside } }
components: { dns: { name: DNS, zone: net } }
terms: { pulse: { name: { en: pulse }, definition: { en: "A beat." } } }
"#;
const PAGE: &str = "title: Reading\nsections: { first: { title: First, text: { en: \"Read.\" } } }\n";

fn site() -> BTreeMap<String, Vec<u8>> {
    [
        ("site.toml", "title = \"T\"\nsource_locale = \"en\"\nlocales = [\"en\"]\n"),
        ("content/products/guard.yaml", PRODUCT),
        ("content/common/all.yaml", COMMON),
        ("content/pages/reading.yaml", PAGE),
    ]
    .map(|(path, text)| (path.to_owned(), text.into()))
    .into()
}

/// Renames in a folder and renders what comes of it.
fn after(folder: &Path, renames: &[[&str; 3]]) -> BTreeMap<String, Vec<u8>> {
    write_files(folder, &site());
    for [kind, old, new] in renames {
        let told = transcript(&rutter(folder, &["rename", kind, old, new]));
        assert!(told.ends_with("--- exit 0\n"), "{kind} {old}: {told}");
    }
    render(&load(&site_files(folder)))
}

/// Old path → the path it leads to, below the locale.
fn moved(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let of = |(path, bytes): (&String, &Vec<u8>)| {
        let html = String::from_utf8_lossy(bytes);
        let (_, to) = html.split_once("content=\"0; url=")?;
        let to = url::Url::parse(&format!("https://x.example/{path}")).unwrap().join(to.split('"').next()?).unwrap();
        Some((path["en/".len()..].replace("index.html", ""), to.path()["/en/".len()..].to_owned()))
    };
    files.iter().filter(|(path, _)| path.ends_with("/index.html")).filter_map(of).collect()
}

fn leads(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    list.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
}

#[test]
fn any_number_of_renames_in_any_order_keeps_every_address_that_was() {
    let component = ["component", "guard/agent", "client"];
    let product = ["product", "guard", "shield"];
    for renames in [&[component, product][..], &[product, ["component", "shield/agent", "client"]]] {
        let folder = folder();
        let files = after(folder.path(), renames);
        let expected = leads(&[
            ("guard/", "shield/"),
            ("guard/agent/", "shield/client/"),
            ("guard/client/", "shield/client/"),
            ("guard/server/", "shield/server/"),
            ("guard/scenarios/plain/", "shield/scenarios/plain/"),
            ("shield/agent/", "shield/client/"),
        ]);
        assert_eq!(moved(&files), expected, "{renames:?}");
    }
    let folder = folder();
    let third = ["product", "shield", "wall"];
    let scenario = ["scenario", "wall/plain", "simple"];
    let files = after(folder.path(), &[component, product, third, scenario, ["component", "wall/client", "agent"]]);
    let moved = moved(&files);
    for old in ["guard/agent/", "guard/client/", "shield/agent/", "shield/client/", "wall/client/"] {
        assert_eq!(moved.get(old).map(String::as_str), Some("wall/agent/"), "{old}");
    }
    assert_eq!(moved["shield/scenarios/plain/"], "wall/scenarios/simple/");
    assert!(!moved.contains_key("wall/agent/"), "there and back: the page stands there");
    // Three ids of the product, two each of a component and the scenario, without the four pages there are.
    assert_eq!(moved.len(), 3 * (1 + 2 + 1 + 2) - 4, "{moved:#?}");
}

#[test]
fn a_rename_there_and_back_leaves_what_is_there_and_remembers_the_way() {
    let folder = folder();
    let there = [
        ["product", "guard", "shield"],
        ["product", "shield", "guard"],
        ["page", "reading", "x"],
        ["page", "x", "reading"],
    ];
    let moved = moved(&after(folder.path(), &there));
    let product = ["", "agent/", "server/", "scenarios/plain/"];
    let mut expected: BTreeMap<_, _> =
        product.iter().map(|below| (format!("shield/{below}"), format!("guard/{below}"))).collect();
    expected.insert("x/".to_owned(), "reading/".to_owned());
    assert_eq!(moved, expected);
}

/// The ids of elements of a page.
fn ids(files: &BTreeMap<String, Vec<u8>>, path: &str) -> BTreeSet<String> {
    let html = String::from_utf8(files[&format!("en/{path}index.html")].clone()).unwrap();
    let document = scraper::Html::parse_document(&html);
    let with_id = scraper::Selector::parse("[id]").unwrap();
    let mut ids = BTreeSet::new();
    for element in document.select(&with_id) {
        let id = element.attr("id").unwrap().to_owned();
        assert!(ids.insert(id.clone()), "{path} has `{id}` twice");
    }
    ids
}

#[test]
fn old_anchors_live_on_every_page_that_has_the_new_one() {
    let before = render(&load(&site()));
    let folder = folder();
    let renames = [
        ["flow", "guard/beat", "pulse-flow"],
        ["flow", "guard/pulse-flow", "tick"],
        ["component", "guard/agent", "client"],
        ["component", "dns", "names"],
        ["option", "guard/mode", "manner"],
        ["scenario", "guard/plain", "simple"],
        ["note", "guard/hint", "advice"],
        ["note", "guard/whole", "all"],
        ["source", "guard/manual", "handbook"],
        ["term", "pulse", "beat"],
        ["product", "guard", "shield"],
    ];
    let files = after(folder.path(), &renames);
    let site = load(&site_files(folder.path()));
    let moved = moved(&files);
    let mut count = 0;
    for path in before.keys().filter(|path| path.starts_with("en/") && path.ends_with("index.html")) {
        let old = path["en/".len()..].strip_suffix("index.html").unwrap();
        let new = moved.get(old).map_or(old, String::as_str);
        let (was, now) = (ids(&before, old), ids(&files, new));
        let lost: Vec<_> = was.difference(&now).collect();
        assert!(lost.is_empty(), "{old} → {new} lost {lost:?}");
        count += now.difference(&was).count();
    }
    assert!(count > 15, "only {count} new anchors");
    assert!(ids(&files, "shield/client/").contains("beat") && ids(&files, "shield/client/").contains("pulse-flow"));
    for anchor in ["guard--beat", "guard--tick", "shield--beat", "shield--pulse-flow", "shield--tick"] {
        assert!(ids(&files, "components/names/").contains(anchor), "{anchor}");
    }
    // The model says the same, for links and for whoever asks it.
    for page in site.model().pages() {
        let said: BTreeSet<_> = site.model().anchors(page).into_iter().collect();
        let actual: BTreeSet<_> =
            ids(&files, &site.model().path(page)).into_iter().filter(|id| !id.starts_with('_')).collect();
        assert_eq!(said, actual, "{page:?}");
    }
}

#[test]
fn a_section_keeps_its_old_anchor_and_a_shared_component_the_address_it_had_in_a_product() {
    let mut files = site();
    let page = PAGE.replace("{ title: First", "{ former-ids: [zero], title: First");
    files.insert("content/pages/reading.yaml".to_owned(), page.into_bytes());
    let product = PRODUCT.replace("  dns: { summary", "  dns: { former-ids: [names], summary");
    files.insert("content/products/guard.yaml".to_owned(), product.into_bytes());
    let written = render(&load(&files));
    assert!(ids(&written, "reading/").contains("zero"));
    assert_eq!(moved(&written), leads(&[("guard/names/", "components/dns/")]));
    assert!(ids(&written, "guard/").contains("component-names"));
}

#[test]
fn what_is_there_now_wins_over_what_was() {
    // The product has a component of its own with the id that one of common had.
    let mut files = site();
    let common = COMMON.replace("dns: { name: DNS", "dns: { former-ids: [server], name: DNS");
    files.insert("content/common/all.yaml".to_owned(), common.into_bytes());
    let written = render(&load(&files));
    assert_eq!(moved(&written), leads(&[("components/server/", "components/dns/")]));
    assert!(ids(&written, "guard/").contains("component-server"));
}

#[test]
fn a_section_behind_a_renamed_one_is_found_at_its_own_anchor() {
    let mut files = site();
    let page = "title: Reading\nsections:\n  first: { former-ids: [start], title: First, text: { en: \"Read.\" } }\n  \
        second: { title: Second, text: { en: \"Read on.\" } }\n";
    files.insert("content/pages/reading.yaml".to_owned(), page.into());
    let written = render(&load(&files));
    let found: String = written
        .iter()
        .filter(|(path, _)| path.starts_with("search/en/d"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(found.contains("reading/#first") && found.contains("reading/#second"), "{found}");
    assert!(!found.contains("#start"), "{found}");
}
