//! Ranges: shown as ranges, once, sorted; what is in one leads there.

use std::collections::BTreeMap;

use super::{html, site_with, texts};
use crate::support::{load, render};

/// Lines of `ports:`, each a flow of its own, as a finished site.
fn rendered(lines: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let flow = |(at, line): (usize, &&str)| format!("  f{at}: {{ from: agent, to: dns-server, ports: {line} }}\n");
    let flows: String = lines.iter().enumerate().map(flow).collect();
    let product = format!(
        "name: Small\nsummary: {{ en: A small product. }}\nsources: {{}}\ncomponents:\n  agent: {{ name: Agent }}\nflows:\n{flows}"
    );
    render(&load(&site_with(&product)))
}

/// Folders below `/en/ports/`, and where those lead that only lead on.
fn pages(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let folder = |path: &String| Some(path.strip_prefix("en/ports/")?.strip_suffix("/index.html")?.to_owned());
    let leads = |folder: String| {
        let text = String::from_utf8_lossy(&files[&format!("en/ports/{folder}/index.html")]).into_owned();
        match text.split_once("http-equiv=\"refresh\" content=\"0; url=../") {
            Some((_, rest)) => format!("{folder} > {}", rest.split('/').next().unwrap()),
            None => folder,
        }
    };
    let mut pages: Vec<_> = files.keys().filter_map(folder).map(leads).collect();
    pages.sort();
    pages
}

fn index(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    texts(&html(files, "en/ports/index.html"), "table.index tbody th")
}

/// The rows in each table of a port's page by its caption: destination ports.
fn uses(files: &BTreeMap<String, Vec<u8>>, folder: &str) -> Vec<(String, Vec<String>)> {
    let page = html(files, &format!("en/ports/{folder}/index.html"));
    let captions = texts(&page, "table.uses > caption");
    let selector = scraper::Selector::parse("table.uses").unwrap();
    let ports = |table| {
        let port = scraper::Selector::parse(".port").unwrap();
        scraper::ElementRef::select(&table, &port).map(|port| port.text().collect()).collect()
    };
    let tables: Vec<_> = page.select(&selector).map(ports).collect();
    assert_eq!(captions.len(), tables.len(), "{captions:?}");
    captions.into_iter().zip(tables).collect()
}

fn under(heading: &str, ports: &[&str]) -> (String, Vec<String>) {
    (heading.to_owned(), ports.iter().map(|&port| port.to_owned()).collect())
}

const EXACT: &str = "Connections to this port";
const WITHIN: &str = "Connections to a range that contains it";
const RANGE: &str = "Connections to this port range";
const OVERLAPPING: &str = "Connections to ports that overlap with this range";

#[test]
fn a_range_has_one_page_to_which_its_ends_lead() {
    let files = rendered(&["11000-11999/tcp"]);
    assert_eq!(index(&files), ["11000–11999"]);
    assert_eq!(pages(&files), ["11000 > 11000-11999", "11000-11999", "11999 > 11000-11999"]);
    assert_eq!(uses(&files, "11000-11999"), [under(RANGE, &["11000–11999"])]);
    assert_eq!(texts(&html(&files, "en/ports/11000-11999/index.html"), "h1"), ["Ports 11000–11999"]);
}

#[test]
fn an_end_that_also_stands_alone_keeps_its_page() {
    let files = rendered(&["11000-11999/tcp", "11000/udp"]);
    assert_eq!(index(&files), ["11000", "11000–11999"]);
    assert_eq!(pages(&files), ["11000", "11000-11999", "11999 > 11000-11999"]);
    assert_eq!(uses(&files, "11000"), [under(EXACT, &["11000"]), under(WITHIN, &["11000–11999"])]);
    assert_eq!(uses(&files, "11000-11999"), [under(RANGE, &["11000–11999"]), under(OVERLAPPING, &["11000"])]);
}

#[test]
fn a_number_that_ends_several_ranges_lists_them() {
    let files = rendered(&["100-200/tcp", "200-300/tcp"]);
    assert_eq!(index(&files), ["100–200", "200–300"], "adjacent ranges stay two");
    assert_eq!(pages(&files), ["100 > 100-200", "100-200", "200", "200-300", "300 > 200-300"]);
    assert_eq!(uses(&files, "200"), [under(WITHIN, &["100–200", "200–300"])]);
}

#[test]
fn ranges_that_overlap_name_each_other_and_equal_ones_are_one() {
    let files = rendered(&["100-200/tcp", "150-250/udp", "100-200/udp", "170/tcp", "251-260/tcp"]);
    assert_eq!(index(&files), ["100–200", "150–250", "170", "251–260"]);
    assert_eq!(
        uses(&files, "100-200"),
        [under(RANGE, &["100–200", "100–200"]), under(OVERLAPPING, &["150–250", "170"])]
    );
    assert_eq!(uses(&files, "170"), [under(EXACT, &["170"]), under(WITHIN, &["100–200", "150–250", "100–200"])]);
    assert_eq!(uses(&files, "251-260"), [under(RANGE, &["251–260"])], "what only adjoins is another range");
}

#[test]
fn a_range_of_both_transports_is_one_entry() {
    let files = rendered(&["100-200/tcp+udp"]);
    assert_eq!(index(&files), ["100–200"]);
    let row = texts(&html(&files, "en/ports/index.html"), "table.index tbody tr");
    assert_eq!(row, ["100–200 TCP and UDP Small"]);
}

#[test]
fn a_product_anchors_its_ranges_and_the_ends_by_which_they_were_known() {
    let files = rendered(&["11000-11999/tcp", "11999/tcp", "443/tcp", "20-443/tcp"]);
    let page = html(&files, "en/small/index.html");
    let list = texts(&page, ".port-list a.port");
    assert_eq!(list, ["20–443", "443", "11000–11999", "11999"], "in order of their first number");
    for anchor in ["port-11000-11999", "port-11000", "port-11999", "port-443", "port-20", "port-20-443"] {
        let found = scraper::Selector::parse(&format!("[id='{anchor}']")).unwrap();
        assert_eq!(page.select(&found).count(), 1, "{anchor}");
    }
    let href = scraper::Selector::parse("td.ports a.port").unwrap();
    let links: Vec<_> = page.select(&href).filter_map(|link| link.attr("href")).collect();
    assert_eq!(links[0], "../ports/11000-11999/", "a row leads to its range");
}

#[test]
fn search_and_sitemap_name_ranges_and_no_number_within() {
    let mut files = site_with(
        "name: Small\nsummary: { en: A small product. }\nsources: {}\ncomponents:\n  agent: { name: Agent }\nflows:\n  f: { from: agent, to: dns-server, ports: 11000-11999/tcp }\n",
    );
    let config = String::from_utf8(files["site.toml"].clone()).unwrap();
    files.insert("site.toml".to_owned(), format!("base_url = \"https://example.org/\"\n{config}").into_bytes());
    let files = render(&load(&files));
    let sitemap = String::from_utf8_lossy(&files["sitemap.xml"]).into_owned();
    assert!(sitemap.contains("/en/ports/11000-11999/<") && !sitemap.contains("/en/ports/11000/<"), "{sitemap}");
    let documents: String = files
        .iter()
        .filter(|(path, _)| path.starts_with("search/en/d"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(documents.contains("\"ports/11000-11999/\"") && !documents.contains("\"ports/11000/\""), "{documents}");
}

/// A product and its twin with rows of every kind for one port, and what the page of the port says in each
/// cell.
fn of_two_products() -> BTreeMap<String, Vec<u8>> {
    let product = |name: &str| {
        format!(
            "\
name: {name}
summary: {{ en: A product. }}
sources: {{}}
options:
  version: {{ label: Version, choices: {{ v10: '10', v11: '11', v12: '12' }} }}
components:
  agent: {{ name: Agent }}
  relay: {{ name: Relay }}
flows:
  local: {{ from: agent, to: agent, ports: 443/tcp, scope: loopback }}
  fetch:
    from: agent
    to: relay
    ports: [80/tcp, 443/tcp]
    need: one
    when: {{ version: [v10, v11] }}
    proxy: none
    purpose: {{ en: Fetches updates. }}
  ask: {{ from: relay, to: agent, ports: 443/tcp }}
  inner: {{ to: relay, ports: 443/tcp, scope: internal }}
"
        )
    };
    let mut files = site_with(&product("Small"));
    files.insert("content/products/tall.yaml".to_owned(), product("Tall").into_bytes());
    render(&load(&files))
}

#[test]
fn rows_stand_with_their_product_and_those_without_a_rule_come_last() {
    let page = html(&of_two_products(), "en/ports/443/index.html");
    let heads = texts(&page, "table.uses th[scope=rowgroup]");
    assert_eq!(
        heads,
        [
            "Small 2 connections",
            "Tall 2 connections",
            "Internal: no connections from clients 2 connections",
            "Within one computer 2 connections"
        ]
    );
    let rows = texts(&page, "table.uses tbody.local tr[data-from]");
    assert_eq!(rows.len(), 4);
    assert!(rows[0].ends_with("Proxy: Not stated Small") && rows[1].ends_with("Tall"), "{rows:?}");
}

#[test]
fn a_row_tells_what_decides_its_rule() {
    let page = html(&of_two_products(), "en/ports/443/index.html");
    let rows = texts(&page, "table.uses tr[data-proxy=none]");
    assert_eq!(
        rows[0],
        "Agent Relay 80 or 443 TCP One port is enough Fetches updates. Version: 10 or 11 Proxy cannot be used"
    );
    let silent = texts(&page, "table.uses tr[data-proxy=unknown]");
    assert_eq!(silent[0], "Relay Agent 443 TCP Proxy: Not stated");
    let row = scraper::Selector::parse("table.uses tr[data-proxy=none]").unwrap();
    let row = page.select(&row).next().unwrap().value();
    let facets = ["data-from", "data-to", "data-ports"].map(|name| row.attr(name).unwrap());
    assert_eq!(facets, ["small/agent", "small/relay", "80 443"]);
}

#[test]
fn the_index_names_the_ports_of_its_entries_as_they_are_written() {
    let files = rendered(&["11000-11999/tcp", "443/tcp", "any/udp", "esp"]);
    let page = html(&files, "en/ports/index.html");
    let entries = scraper::Selector::parse("table.index [data-ports]").unwrap();
    let ports: Vec<_> = page.select(&entries).filter_map(|row| row.attr("data-ports")).collect();
    assert_eq!(ports, ["443", "11000-11999"]);
    let rows = scraper::Selector::parse("table.uses [data-ports]").unwrap();
    let every: Vec<_> = page.select(&rows).filter_map(|row| row.attr("data-ports")).collect();
    assert_eq!(every, ["any"]);
    let form = scraper::Selector::parse("form.find-port").unwrap();
    let form = page.select(&form).next().unwrap();
    assert_eq!(form.attr("data-checked"), Some("Checked: 4 connections in 1 product, including port ranges."));
}
