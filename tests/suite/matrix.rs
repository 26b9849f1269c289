//! The table beside a picture: nothing is lost, nothing is added, and what shares a row or a column is
//! equal.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::support::{amount, api, load, real_files, render, repository, site_files, small_site};

fn select<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// Anchors to which the ports of a table or of a cell lead.
fn anchors(element: ElementRef<'_>) -> BTreeSet<String> {
    let links = select(element, "td a")
        .into_iter()
        .chain((element.value().name() == "td").then_some(element).into_iter().flat_map(|cell| select(cell, "a")));
    links.flat_map(flows).collect()
}

fn flows(link: ElementRef<'_>) -> Vec<String> {
    let href = link.attr("href").unwrap().strip_prefix('#').unwrap();
    let flows: Vec<String> = link.attr("data-flows").unwrap_or(href).split(' ').map(str::to_owned).collect();
    assert_eq!(flows[0], href, "a link leads to the first of its rows");
    flows
}

/// Pages with a table beside their picture.
fn pages(files: &BTreeMap<String, Vec<u8>>) -> Vec<(String, Html)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with("/index.html"));
    let pages = pages.filter(|(_, bytes)| std::str::from_utf8(bytes).unwrap().contains("class=\"matrix"));
    pages.map(|(path, bytes)| (path.clone(), Html::parse_document(std::str::from_utf8(bytes).unwrap()))).collect()
}

fn table(page: &Html) -> ElementRef<'_> {
    select(page.root_element(), ".matrix table")[0]
}

/// Any of two hundred products whose parties reach each other on few ports, so that many are reached alike.
pub(super) fn any_product(seed: u64) -> BTreeMap<String, Vec<u8>> {
    let mut state = seed;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end
    };
    let mut files = small_site();
    files.remove("content/products/small.yaml");
    let mut text =
        "name: Odd\nsummary: { en: Odd. }\nsources: { s: { title: S, read: 2026-11-21, rows: 0 } }\n".to_owned();
    text.push_str("options: { mode: { label: { en: Mode }, choices: { a: A, b: B } } }\ncomponents:\n");
    let count = 2 + below(9);
    for component in 0..count {
        writeln!(text, "  c{component}: {{ name: C{component} }}").unwrap();
    }
    text.push_str("flows:\n");
    let total = 1 + below(20);
    for flow in 0..total {
        let (hub, other) = (below(count.min(3)), below(count));
        let (from, to) = if below(3) > 0 { (hub, other) } else { (other, hub) };
        let ports = ["443/tcp", "53/tcp+udp", "[80/tcp, 443/tcp]", "any/tcp", "esp"][below(5)];
        let more = ["", "", "when: { mode: a }, ", "need: one, ", "scope: loopback, "][below(5)];
        writeln!(
            text,
            "  f{flow}: {{ from: c{from}, to: [c{to}, c{}], ports: {ports}, {more}purpose: {{ en: Talks. }} }}",
            (to + 1) % count
        )
        .unwrap();
    }
    if total > 1 {
        text.push_str("alternatives: [[f0, f1]]\n");
    }
    files.insert("content/products/odd.yaml".to_owned(), text.into_bytes());
    files
}

fn sites() -> impl Iterator<Item = BTreeMap<String, Vec<u8>>> {
    let of = |name: &str| render(&load(&site_files(&repository().join("tests").join(name))));
    let golden = ["machines", "blocked", "openers", "ways", "choices"];
    let cases =
        golden.into_iter().map(|name| format!("golden/{name}")).chain(["diagrams".to_owned(), "twins".to_owned()]);
    let cases = cases.map(move |name| of(&name));
    let random = (0..amount(40, 400)).map(|seed| render(&load(&any_product(seed))));
    cases.chain(random).chain([render(&load(&real_files()))])
}

#[test]
fn every_flow_of_a_page_is_in_its_table_and_no_other() {
    let mut count = 0;
    for files in sites() {
        for (path, page) in pages(&files) {
            let rows = select(page.root_element(), "table.flows tbody tr[id]");
            let rows: BTreeSet<String> = rows.iter().map(|row| row.attr("id").unwrap().to_owned()).collect();
            assert_eq!(rows, anchors(table(&page)), "{path}");
            count += 1;
        }
    }
    assert!(count > 60, "{count} tables");
}

#[test]
fn every_product_with_several_sources_and_destinations_has_a_table() {
    for files in sites().take(40) {
        let drawn = files.keys().filter_map(|path| path.strip_suffix("diagram.svg"));
        for folder in drawn.filter(|folder| folder.matches('/').count() == 2 && !folder.contains("/components/")) {
            let html = Html::parse_document(std::str::from_utf8(&files[&format!("{folder}index.html")]).unwrap());
            let flows = api(&files, "flows");
            let product = folder.split('/').nth(1).unwrap();
            let pairs: Vec<_> = flows["flows"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|flow| flow["product"] == product)
                .flat_map(pairs_of)
                .collect();
            let from: BTreeSet<_> = pairs.iter().map(|(from, _)| from).collect();
            let to: BTreeSet<_> = pairs.iter().map(|(_, to)| to).collect();
            let has_table = !select(html.root_element(), ".matrix").is_empty();
            assert_eq!(has_table, from.len() > 1 && to.len() > 1, "{folder}");
        }
    }
}

/// Who opens a flow and who waits for it, by id.
fn pairs_of(flow: &Value) -> Vec<(String, String)> {
    let ends = |key: &str, kind: &str| {
        let list: Vec<_> = flow[key].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        if list.is_empty() { vec![flow[kind].as_str().unwrap().to_owned()] } else { list }
    };
    let to = ends("to", "listener");
    let from = ends("from", "opener");
    let is_between = flow["between"] == true;
    let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (from.clone(), to.clone())));
    pairs.filter(|(from, to)| !is_between || from != to).collect()
}

/// Ports of a flow with their transports, each by itself; a word stands for what is no number.
fn ports_of(flow: &Value) -> BTreeSet<(String, String)> {
    let lines = flow["lines"].as_array().unwrap().iter().flat_map(|line| line.as_array().unwrap());
    lines
        .map(|line| match line["port"].as_str() {
            Some(port) if port.starts_with(|c: char| c.is_ascii_digit()) => {
                (port.replace('-', "–"), line["transport"].as_str().unwrap().to_owned())
            }
            Some(_) => ("word".to_owned(), line["transport"].as_str().unwrap().to_owned()),
            None => ("word".to_owned(), String::new()),
        })
        .collect()
}

/// What a link of a cell says, taken apart in the same way.
fn ports_in(text: &str) -> BTreeSet<(String, String)> {
    let said = text.split('\u{a0}').next().unwrap().split(" (").next().unwrap();
    let is_number = said.starts_with(|c: char| c.is_ascii_digit());
    let (ports, over) = said.rsplit_once('/').unwrap_or((said, "TCP"));
    let has_ports = is_number || said.contains("port");
    let over: Vec<String> =
        if has_ports { over.split('+').map(str::to_lowercase).collect() } else { vec![String::new()] };
    let ports = ports.split(" or ").map(|port| if is_number { port.to_owned() } else { "word".to_owned() });
    ports.flat_map(|port| over.iter().map(move |over| (port.clone(), over.clone()))).collect()
}

#[test]
fn each_cell_holds_for_each_party_of_its_row_and_column() {
    let mut shared = 0;
    for files in sites() {
        let flows = api(&files, "flows");
        let flows: Vec<&Value> = ["flows", "blocked"].iter().flat_map(|key| flows[key].as_array().unwrap()).collect();
        let components = api(&files, "components");
        let names: BTreeMap<&str, &str> = components["components"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["id"].as_str().unwrap(), one["name"]["en"].as_str().unwrap()))
            .collect();
        let name = |id: &str| names.get(id).map_or_else(|| id.to_owned(), |name| (*name).to_owned());
        for (path, page) in pages(&files) {
            let Some(product) = path
                .strip_prefix("en/")
                .and_then(|path| path.strip_suffix("/index.html"))
                .filter(|product| !product.contains('/'))
            else {
                continue;
            };
            let mut expected: BTreeMap<(String, String), BTreeSet<(String, String)>> = BTreeMap::new();
            for flow in flows.iter().filter(|flow| flow["product"] == product) {
                for (from, to) in pairs_of(flow) {
                    expected.entry((name(&from), name(&to))).or_default().extend(ports_of(flow));
                }
            }
            let split = |element: ElementRef<'_>| {
                words(element)
                    .split(", ")
                    .map(|name| {
                        // Nobody has an id in the data.
                        match name {
                            "Any" => "any".to_owned(),
                            "Not stated" => "unstated".to_owned(),
                            name => name.to_owned(),
                        }
                    })
                    .collect::<Vec<_>>()
            };
            let table = table(&page);
            let heads: Vec<_> = select(table, "thead th").into_iter().skip(1).map(split).collect();
            shared += heads.iter().filter(|head| head.len() > 1).count();
            let mut found = BTreeMap::new();
            for row in select(table, "tbody tr").into_iter().filter(|row| select(*row, "[scope=row]").len() == 1) {
                let to = split(select(row, "th")[0]);
                shared += usize::from(to.len() > 1);
                let cells = select(row, "td");
                assert_eq!(cells.len(), heads.len(), "{path}: a row has other columns");
                for (head, cell) in heads.iter().zip(cells) {
                    let ports: BTreeSet<_> =
                        select(cell, "a").into_iter().flat_map(|link| ports_in(&words(link))).collect();
                    for pair in head
                        .iter()
                        .flat_map(|from| to.iter().map(|to| (from.clone(), to.clone())))
                        .filter(|_| !ports.is_empty())
                    {
                        assert!(found.insert(pair, ports.clone()).is_none(), "{path}: a pair stands twice");
                    }
                }
            }
            assert_eq!(found, expected, "{path}");
        }
    }
    assert!(shared > 20, "{shared} rows and columns of several parties");
}

/// Cells as they are read, and the rows of the page of which they tell.
type Line = (Vec<String>, BTreeSet<String>);

/// Lines that are equal although a reader can tell whom a selection leaves out: of one flow each, or of the
/// same flows.
fn needless(lines: &[Line]) -> Option<&Line> {
    let is_told = |flows: &BTreeSet<String>| flows.len() == 1;
    let is_equal = |a: &Line, b: &Line| a.0 == b.0 && (a.1 == b.1 || is_told(&a.1) && is_told(&b.1));
    lines
        .iter()
        .enumerate()
        .find(|(at, line)| lines[..*at].iter().any(|other| is_equal(other, line)))
        .map(|(_, line)| line)
}

#[test]
fn equal_rows_of_a_zone_and_equal_columns_are_one() {
    for files in sites() {
        for (path, page) in pages(&files) {
            let mut columns: Vec<Line> = Vec::new();
            for body in select(table(&page), "tbody") {
                let mut rows: Vec<Line> = Vec::new();
                for row in select(body, "tr:has(> [scope=row])") {
                    let cells = select(row, "td");
                    columns.resize(cells.len(), Line::default());
                    for (column, cell) in columns.iter_mut().zip(&cells) {
                        column.0.push(words(*cell));
                        column.1.extend(anchors(*cell));
                    }
                    rows.push((cells.into_iter().map(words).collect(), anchors(row)));
                }
                assert_eq!(needless(&rows), None, "{path}");
                assert!(rows.iter().all(|(_, flows)| !flows.is_empty()), "{path}: an empty row");
            }
            assert!(columns.iter().all(|(_, flows)| !flows.is_empty()), "{path}: an empty column");
            if path == "en/odd/index.html" {
                // All of its parties are at one place.
                assert_eq!(needless(&columns), None, "{path}");
            }
        }
    }
}

/// Conditions and choices have the signs of the picture.
#[test]
fn signs_stand_beside_each_port() {
    let files = render(&load(&real_files()));
    let said = |path: &str| {
        let page = Html::parse_document(std::str::from_utf8(&files[path]).unwrap());
        select(table(&page), "td a").into_iter().map(|link| (flows(link)[0].clone(), words(link))).collect::<Vec<_>>()
    };
    let page = said("en/deep-security/index.html");
    let has = |flow: &str, text: &str| page.iter().any(|(known, said)| known == flow && said == text);
    assert!(has("console-access", "443") || has("api-access", "443"), "{page:?}");
    assert!(has("heartbeat-from-manager", "4118\u{a0}[c]"), "{page:?}");
    assert!(has("database-azure-sql", "11000–11999\u{a0}◇3\u{a0}[b]"), "{page:?}");
    assert!(has("database-azure-sql", "14000–14999\u{a0}◇3\u{a0}[b]"), "each port has its own: {page:?}");
    assert!(has("manager-syslog", "514/UDP") && has("licensing", "80 or 443"), "{page:?}");
}

/// The cells of a table in Markdown, row by row.
fn markdown_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut is_cell): (Vec<Vec<String>>, bool) = (Vec::new(), false);
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow | Tag::TableHead) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                rows.last_mut().unwrap().push(String::new());
                is_cell = true;
            }
            Event::End(TagEnd::TableCell) => is_cell = false,
            Event::Text(words) if is_cell => rows.last_mut().unwrap().last_mut().unwrap().push_str(&words),
            _ => {}
        }
    }
    rows
}

#[test]
fn a_twin_has_the_same_cells() {
    let mut count = 0;
    for files in sites() {
        for (path, page) in pages(&files) {
            let rows = select(table(&page), "tr");
            let heads = rows[0].children().filter_map(ElementRef::wrap).count();
            let cells = |row: ElementRef<'_>| {
                let mut cells: Vec<String> = row.children().filter_map(ElementRef::wrap).map(words).collect();
                cells.resize(heads, String::new());
                cells
            };
            // In a twin the zone stands in each row.
            let mut zone = String::new();
            let mut expected: Vec<Vec<String>> = Vec::new();
            for row in rows {
                let head = row.select(&Selector::parse("[scope='rowgroup']").unwrap()).next();
                match head {
                    Some(head) => zone = words(head),
                    None => expected.push([vec![zone.clone()], cells(row)].concat()),
                }
            }
            let Some(text) = files.get(&path.replace(".html", ".md")) else {
                assert!(!select(page.root_element(), ".files[data-svg]").is_empty(), "{path} is of no component");
                continue;
            };
            let text = String::from_utf8(text.clone()).unwrap();
            let found: Vec<Vec<String>> = markdown_rows(&text)
                .into_iter()
                .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
                .collect();
            assert_eq!(found[1..], expected[1..], "{path}");
            assert_eq!(found[0][1..], expected[0][1..], "{path}");
            for mark in select(page.root_element(), ".diagram .conditions > li") {
                let sign: String = words(mark).split_whitespace().collect::<Vec<_>>().join(" ");
                let plain: String = Parser::new(&text)
                    .filter_map(|event| match event {
                        Event::Text(words) => Some(words.to_string()),
                        Event::End(_) | Event::SoftBreak => Some(" ".to_owned()),
                        _ => None,
                    })
                    .collect();
                assert!(plain.split_whitespace().collect::<Vec<_>>().join(" ").contains(&sign), "{path} lacks {sign}");
            }
            count += 1;
        }
    }
    assert!(count > 60, "{count} twins");
}

/// Around one party there is nothing to look up crosswise.
#[test]
fn a_component_has_a_list_by_source_and_zone() {
    let files = render(&load(&real_files()));
    let page = std::str::from_utf8(&files["en/deep-security/relay/index.html"]).unwrap();
    assert!(!page.contains("class=\"matrix"));
    let page = Html::parse_document(page);
    let sources = select(page.root_element(), ".diagram .words > ul > li");
    let relay = sources.into_iter().find(|source| words(select(*source, "strong")[0]) == "Relay").unwrap();
    assert_eq!(words(select(relay, "small")[0]), "(Your network)");
    assert_eq!(words(select(relay, "p")[0]), "Your network");
    let list = words(select(relay, "p + ul > li")[0]);
    assert!(list.starts_with("→ Relay: 4122/TCP"), "{list}");
}
