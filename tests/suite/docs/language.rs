//! What the handbook says of the language, held against the parser, the model and the templates.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rutter::inside::config;
use rutter::inside::diagnostic::Code;
use rutter::inside::l10n::RefKind;
use rutter::inside::parse::keys;
use rutter::model;
use rutter::value::words as tables;

use super::markdown::Row;
use super::page;
use super::session::merge;
use crate::support::{
    files_below, folder, load, real_files, render, repository, rutter, site_files, small_site, sources, text,
    transcript, write_files,
};

/// Rows of a page below a heading, by what stands in backticks in the first cell.
fn rows_below(path: &str, heading: &str) -> Vec<Row> {
    page(path).rows().into_iter().filter(|row| row.heading.eq_ignore_ascii_case(heading)).collect()
}

fn name(cell: &str) -> &str {
    cell.trim_matches('*').trim_matches('`')
}

#[test]
fn every_key_of_the_language_stands_in_the_reference_in_order() {
    for item in keys::ALL {
        let written: Vec<_> = rows_below("docs/reference.md", item.what)
            .iter()
            .map(|row| (name(&row.cells[0]).to_owned(), row.cells[0].starts_with("**")))
            .collect();
        let known: Vec<_> = item.keys.iter().map(|key| (key.name.to_owned(), key.is_required)).collect();
        assert_eq!(written, known, "docs/reference.md, `{}`: key, and whether it is bold", item.what);
    }
    let everywhere: Vec<_> = rows_below("docs/reference.md", "Every item with an id");
    let everywhere: Vec<_> = everywhere.iter().map(|row| name(&row.cells[0])).collect();
    assert_eq!(everywhere, keys::EVERY_ITEM.iter().map(|key| key.name).collect::<Vec<_>>());
}

/// A cell without its links: what an editor shows.
fn without_links(cell: &str) -> String {
    let mut text = String::new();
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once("](") {
        let (kept, shown) = before.rsplit_once('[').unwrap_or_else(|| panic!("no link: {cell}"));
        text.extend([kept, shown]);
        rest = after.split_once(')').unwrap_or_else(|| panic!("no link: {cell}")).1;
    }
    text + rest
}

#[test]
fn an_editor_says_of_every_key_what_the_reference_says() {
    let every = ("Every item with an id", keys::EVERY_ITEM);
    for (heading, keys) in keys::ALL.iter().map(|item| (item.what, item.keys)).chain([every]) {
        for (row, key) in rows_below("docs/reference.md", heading).iter().zip(keys) {
            assert_eq!(key.says, without_links(&row.cells[2]), "docs/reference.md, `{}` of {heading}", key.name);
        }
    }
    for (row, key) in rows_below("docs/reference.md", "site.toml").iter().zip(config::KEYS) {
        assert_eq!(key.says, without_links(&row.cells[2]), "docs/reference.md, `{}` of site.toml", key.name);
    }
}

#[test]
fn every_word_of_the_language_stands_in_the_reference() {
    fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
        table.iter().map(|(word, _)| *word).collect()
    }
    for (item, key, words) in [
        ("a flow", "need", words(tables::NEED)),
        ("a flow", "scope", words(tables::SCOPE)),
        ("a flow", "configurable", words(tables::CONFIGURABLE)),
        ("a flow", "proxy", words(tables::PROXY)),
        ("a flow", "from", words(tables::NOBODY)),
        ("a flow", "to", words(tables::NOBODY)),
        ("a flow", "verdict", words(tables::VERDICT)),
        ("a flow", "status", words(tables::STANDING)),
        ("a flow", "inferred", words(tables::INFERRED)),
        ("a note", "kind", words(tables::NOTE_KIND)),
        ("a zone", "side", words(tables::SIDE)),
    ] {
        let rows = rows_below("docs/reference.md", item);
        let row = rows.iter().find(|row| name(&row.cells[0]) == key).unwrap();
        for word in words {
            assert!(row.cells[1].contains(&format!("`{word}`")), "docs/reference.md, `{key}` of {item}: `{word}`");
        }
    }
    let kinds: BTreeSet<_> = rows_below("docs/texts.md", "References")
        .iter()
        .filter_map(|row| Some(row.cells[0].strip_prefix("`<")?.split(':').next()?.to_owned()))
        .collect();
    assert_eq!(
        kinds,
        RefKind::ALL
            .iter()
            .map(|kind| kind.as_str())
            .collect::<Vec<_>>()
            .iter()
            .map(|kind| (*kind).to_owned())
            .collect()
    );
}

#[test]
fn every_list_of_words_stands_on_the_page_on_languages() {
    let rows = page("docs/languages.md").rows();
    let written: BTreeSet<&str> = rows.iter().flat_map(|row| row.cells[0].split(", ").map(name)).collect();
    assert!(written.len() > 50);
    for list in rutter::inside::words::language::known_lists() {
        let shown = if list.starts_with("units.") { "units.UNIT" } else { &list };
        assert!(written.contains(shown), "docs/languages.md lacks `{list}`");
    }
}

#[test]
fn every_reserved_id_stands_in_the_reference() {
    let rows = rows_below("docs/reference.md", "Reserved ids");
    let written = |row: usize| -> Vec<String> {
        rows[row].cells[1].split(", ").map(|id| id.trim_matches('`').to_owned()).collect()
    };
    let anchors: Vec<_> = model::reserved_anchors().collect();
    let reserved = [
        model::RESERVED_PAGES,
        model::RESERVED_COMPONENTS,
        model::RESERVED_SCENARIOS,
        model::RESERVED_ENDS,
        model::RESERVED_FLOWS,
        anchors.as_slice(),
        model::DEVICES,
    ];
    assert_eq!(rows.len(), reserved.len());
    for (row, ids) in reserved.into_iter().enumerate() {
        let (mut written, mut ids) = (written(row), ids.to_vec());
        written.sort_unstable();
        ids.sort_unstable();
        assert_eq!(written, ids, "docs/reference.md, reserved ids of {}", rows[row].cells[0]);
    }
}

#[test]
fn every_key_of_the_configuration_stands_in_the_reference_and_bold_is_needed() {
    let rows = rows_below("docs/reference.md", "site.toml");
    let written: Vec<_> = rows.iter().map(|row| name(&row.cells[0])).collect();
    assert_eq!(written, config::KEYS.iter().map(|key| key.name).collect::<Vec<_>>());
    for row in rows {
        let key = name(&row.cells[0]);
        let folder = folder();
        let mut files = small_site();
        let kept = std::str::from_utf8(&files["site.toml"]).unwrap().lines().filter(|line| !line.starts_with(key));
        let kept = kept.collect::<Vec<_>>().join("\n");
        files.insert("site.toml".to_owned(), kept.into_bytes());
        write_files(folder.path(), &files);
        let told = transcript(&rutter(folder.path(), &["check"]));
        assert_eq!(told.contains("missing-key"), row.cells[0].starts_with("**"), "`{key}`:\n{told}");
    }
}

/// Templates of pages that people see, whose values the handbook lists.
const PAGES: &[&str] = &[
    "home",
    "product",
    "component",
    "scenario",
    "compare",
    "ports",
    "port",
    "hosts",
    "domain",
    "glossary",
    "status",
    "prose",
    "protocol",
];

#[test]
fn every_template_and_its_values_stand_in_the_page_on_theming() {
    let list = |cell: &str| cell.split(", ").map(|cell| name(cell).to_owned()).collect::<Vec<_>>();
    let names = |heading: &str| rows_below("docs/theming.md", heading);
    let templates: BTreeSet<_> = names("Templates").iter().flat_map(|row| list(&row.cells[0])).collect();
    assert_eq!(templates, files_below(&repository().join("theme/templates")).into_keys().collect());

    let values = values_of_templates();
    let shell: BTreeSet<_> = names("Values of every page").iter().flat_map(|row| list(&row.cells[0])).collect();
    for (template, (page, _)) in &values {
        assert_eq!(&shell, page, "docs/theming.md, values of every page, and those of {template}");
    }
    let written: BTreeMap<_, BTreeSet<_>> = names("Values of a page's body")
        .iter()
        .map(|row| (name(&row.cells[0]).to_owned(), list(&row.cells[1]).into_iter().collect()))
        .collect();
    assert_eq!(written, values.into_iter().map(|(template, (_, body))| (template, body)).collect());
}

/// By template, the names that every page has, and those in `body`.
fn values_of_templates() -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    // The real content has no protocol without ports.
    let mut pages: Vec<Vec<u8>> = Vec::new();
    for mut files in [real_files(), site_files(&repository().join("tests/golden/protocols"))] {
        for template in PAGES {
            files.insert(format!("theme/templates/{template}.html"), b"{{ debug() }}".to_vec());
        }
        pages.extend(render(&load(&files)).into_values());
    }
    let mut values = BTreeMap::new();
    for bytes in pages {
        let text = String::from_utf8_lossy(&bytes).replace("&quot;", "\"").replace("&#39;", "'");
        let Some(template) = text.strip_prefix("State {\n    name: \"").and_then(|rest| rest.split('"').next()) else {
            continue;
        };
        let (mut page, mut body, mut is_body) = (BTreeSet::new(), BTreeSet::new(), false);
        for line in text.lines() {
            let key = |indent: &str, quote: char| {
                Some(line.strip_prefix(indent)?.strip_prefix(quote)?.split_once(quote)?.0.to_owned())
            };
            if let Some(key) = key("        ", '"') {
                is_body = key == "body";
                page.insert(key);
            } else if is_body {
                body.extend(key("            ", '\''));
            }
        }
        values.entry(template.to_owned()).or_insert((page, body));
    }
    assert_eq!(values.len(), PAGES.len());
    values
}

/// The site in which the advice of the explanations is tried.
const COMMON: &str = r"
services:
  https: { name: HTTPS, ports: [443/tcp] }
  ldap: { name: LDAP, ports: [389/tcp] }
options:
  communication: { label: Communication, choices: { agent-initiated: Agent, bidirectional: Both } }
";

const PRODUCT: &str = r"
name: Deep Security
summary: { en: Protects servers. }
sources:
  manual:
    title: Manual
    read: 2026-11-21
    rows: 0
options:
  login: { label: Login, choices: { password: Password, certificate: Certificate } }
  certificate: { label: Certificate, when: { login: certificate }, choices: { own: Own, bought: Bought } }
  mode:
    label: Mode
    choices:
      online: Online
components:
  manager: { name: Manager }
  agent: { name: Agent }
  relay: { name: Relay }
flows:
  sign-in: { from: agent, to: manager, ports: 9001/tcp, when: { login: password }, purpose: { en: Signs in. } }
  renewal: { from: agent, to: relay, ports: 9002/tcp, when: { certificate: [own, bought] }, purpose: { en: Renews. } }
  update-from-relay: { from: agent, to: relay, ports: 9003/tcp, purpose: { en: Updates. } }
  update-from-internet: { from: agent, to: manager, ports: 9003/tcp, when: { mode: online }, purpose: { en: Updates. } }
  http-80: { from: agent, to: relay, ports: 9006/tcp, purpose: { en: Fetches. } }
  https-443: { from: agent, to: relay, ports: 9007/tcp, purpose: { en: Fetches lists. } }
  http-8530: { from: agent, to: relay, ports: 9008/tcp, purpose: { en: Fetches elsewhere. } }
  https-8531: { from: agent, to: relay, ports: 9009/tcp, purpose: { en: Fetches lists elsewhere. } }
  update-check: { from: relay, to: manager, ports: 9004/tcp, when: { communication: agent-initiated }, purpose: { en: Asks. } }
  update-list: { from: relay, to: manager, ports: 9004/tcp, when: { communication: bidirectional }, purpose: { en: Lists. } }
  probe:
    from: agent
    to: manager
    ports: 9005/tcp
    purpose: { en: Probes. }
notes:
  hint:
    kind: note
    text:
      en: Mind the gap.
";

const PAGE: &str = "title: Guide\nsections:\n  first:\n    text:\n      en: Mind the gap.\n";

/// Where a piece of YAML belongs, by its first key.
fn place_of(key: &str, is_page: bool) -> &'static [&'static str] {
    match key {
        "en" | "ja" | "de" if is_page => &["sections", "first", "text"],
        "en" | "ja" | "de" => &["notes", "hint", "text"],
        "text" => &["notes", "hint"],
        "title" => &["sources", "manual"],
        "choices" => &["options", "mode"],
        "from" | "to" | "ports" | "when" | "purpose" | "hosts" | "allow" => &["flows", "probe"],
        _ => &[],
    }
}

#[test]
fn what_an_explanation_calls_wrong_is_wrong_and_what_it_advises_is_not() {
    let mut count = 0;
    for code in Code::ALL {
        let blocks = code.explanation().split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        for block in blocks {
            let is_page = block.contains("on a prose page");
            let (wrong, right) = match block.split_once("# write") {
                Some((wrong, right)) => (Some(without_first_line(wrong)), without_first_line(right)),
                None => (None, block),
            };
            if let Some(wrong) = wrong {
                let told = check_with(wrong, is_page);
                assert!(told.contains(&format!("[{code}]")), "{code}: this is not wrong\n{wrong}\n{told}");
            }
            let told = check_with(right, is_page);
            assert!(told.is_empty(), "{code}: this is not right\n{right}\n{told}");
            count += 1;
        }
    }
    assert!(count > 10, "only {count} explanations show what to write");
}

fn without_first_line(text: &str) -> &str {
    text.split_once('\n').unwrap().1
}

/// What `check` says of the site with a piece of YAML in it.
fn check_with(piece: &str, is_page: bool) -> String {
    let key = piece.split(':').next().unwrap();
    let places = place_of(key, is_page);
    let mut part = String::new();
    for (depth, place) in places.iter().enumerate() {
        let _ = writeln!(part, "{}{place}:", "  ".repeat(depth));
    }
    for line in piece.lines() {
        let _ = writeln!(part, "{}{line}", "  ".repeat(places.len()));
    }
    let put = |whole: &str, is_here: bool| if is_here { merge(whole, &part) } else { whole.to_owned() };
    let config =
        "title = \"Test\"\nsource_locale = \"en\"\nlocales = [\"en\", \"ja\", \"de\"]\ndrafts = [\"ja\", \"de\"]\n";
    let files = [
        ("site.toml", config.to_owned()),
        ("content/common/vocabulary.yaml", COMMON.to_owned()),
        ("content/products/deep-security.yaml", put(PRODUCT, !is_page)),
        ("content/pages/guide.yaml", put(PAGE, is_page)),
    ];
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    let sources = sources(&files);
    text(&sources, &rutter::check_sources(&sources))
}
