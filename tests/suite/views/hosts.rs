//! Pages of hosts and addresses: when an address is used, what it is called, which paths it has.

use std::collections::BTreeMap;

use super::{html, site_with, texts};
use scraper::{Html, Selector};

use crate::support::{load, render, small_site};

fn rendered() -> BTreeMap<String, Vec<u8>> {
    let product = "\
name: Small
summary: { en: A small product. }
sources: {}
options:
  region: { label: Region, choices: { jp: Japan, de: Germany } }
  version: { label: Version, choices: { v10: '10', v11: '11' } }
components:
  agent: { name: Agent }
flows:
  updates:
    from: agent
    to: dns-server
    ports: 443/tcp https
    when: { version: v11 }
    hosts:
      - files.example.com
      - files.example.com/tmcss/
      - { when: { region: jp }, hosts: [jp.example.com, 'https://www.example.com/news.atom'] }
      - { when: { region: de }, hosts: [jp.example.com] }
      - 'https://{to}:443/rest'
    from-hosts: [{ when: { region: de }, hosts: [192.0.2.0/24, 10.0.0.0/8, 192.0.2.7] }]
    purpose: { en: Fetches updates. }
";
    render(&load(&site_with(product)))
}

/// The rows of an address, whose anchor leads to the first.
fn rows_of(page: &scraper::Html, name: &str) -> Vec<String> {
    let rows = texts(page, "table.addresses tbody tr[data-from]");
    rows.into_iter().filter(|row| row.starts_with(name)).collect()
}

#[test]
fn a_host_is_listed_with_the_conditions_of_its_address_and_of_the_flow() {
    let page = html(&rendered(), "en/hosts/example.com/index.html");
    let rows = rows_of(&page, "files.example.com");
    assert_eq!(
        rows,
        [
            "files.example.com Destination 443 TCP Version: 11 Not stated Small",
            "files.example.com /tmcss/ Destination 443 TCP Version: 11 Not stated Small"
        ]
    );
    // It is listed for both regions: they are told as one condition.
    let both = rows_of(&page, "jp.example.com");
    assert_eq!(both.len(), 1);
    for word in ["11", "Region", "Japan", "Germany"] {
        assert!(both[0].contains(word), "{both:?}");
    }
    assert_eq!(both[0].matches("Version").count(), 1, "{both:?}");
}

#[test]
fn every_address_has_its_anchor_on_its_first_row() {
    let files = rendered();
    let (page, index) = (html(&files, "en/hosts/example.com/index.html"), html(&files, "en/hosts/index.html"));
    let leads_to = |page: &scraper::Html, anchor: &str| {
        let found = texts(page, &format!("tr[id='{anchor}'] > th, tr:has([id='{anchor}']) > th"));
        assert_eq!(found.len(), 1, "{anchor}");
        found[0].clone()
    };
    assert_eq!(leads_to(&page, "host-files.example.com"), "files.example.com");
    assert_eq!(leads_to(&page, "host-jp.example.com"), "jp.example.com");
    // The name has no row of its own.
    assert_eq!(leads_to(&page, "host-www.example.com"), "www.example.com /news.atom");
    let links = scraper::Selector::parse("ul.names a").unwrap();
    for link in index.select(&links).filter_map(|link| link.attr("href")) {
        leads_to(&page, link.split_once('#').unwrap().1);
    }
}

#[test]
fn rows_stand_below_their_ends_and_say_which_end_an_address_is() {
    let files = rendered();
    let page = html(&files, "en/hosts/example.com/index.html");
    assert_eq!(texts(&page, "th[scope=rowgroup]"), ["Agent → DNS server"]);
    let directions = texts(&html(&files, "en/hosts/index.html"), "tr[data-from] > th + td");
    assert_eq!(directions, ["Source only", "Source only", "Source only", "Destination"]);
}

#[test]
fn paths_stand_below_their_host_and_are_never_copied() {
    let files = rendered();
    let page = html(&files, "en/hosts/example.com/index.html");
    let copied = ["files.example.com", "files.example.com", "jp.example.com", "www.example.com"];
    assert_eq!(texts(&page, "tr > th > [data-copy]"), copied);
    assert_eq!(texts(&page, "tr > th > .path"), ["/tmcss/", "/news.atom"]);
    let index = html(&files, "en/hosts/index.html");
    assert_eq!(texts(&index, "ul.names [data-copy] code"), ["files.example.com", "jp.example.com", "www.example.com"]);
    assert_eq!(texts(&index, "ul.names .path"), ["/tmcss/", "/news.atom"]);
    let row = html(&files, "en/small/index.html");
    let hosts = texts(&row, "tr[id='updates'] .grid.to code");
    for host in ["files.example.com", "jp.example.com", "www.example.com"] {
        assert!(hosts.iter().any(|one| one == host), "{hosts:?}");
    }
    assert!(hosts.iter().all(|host| !host.contains('/') || host.contains('‹')), "{hosts:?}");
    assert_eq!(texts(&row, "tr[id='updates'] .path"), ["/tmcss/", "/news.atom"]);
}

#[test]
fn subnets_and_addresses_are_called_what_they_are() {
    let page = html(&rendered(), "en/hosts/index.html");
    assert_eq!(texts(&page, "caption > h2"), ["Subnets", "IP addresses", "Addresses with placeholders"]);
    let rows = texts(&page, "table.addresses tr[data-from]");
    assert_eq!(
        rows[..3],
        [
            "10.0.0.0/8 Source only 443 TCP Region: Germany Version: 11 Not stated Small",
            "192.0.2.0/24 Source only 443 TCP Region: Germany Version: 11 Not stated Small",
            "192.0.2.7 Source only 443 TCP Region: Germany Version: 11 Not stated Small"
        ]
    );
    // What is no address yet is never copied.
    assert_eq!(texts(&page, "#_templates, tr > th > [data-copy]").len(), 4);
}

/// A product with a flow to each of these addresses.
fn rendered_with(addresses: impl Iterator<Item = String>) -> BTreeMap<String, Vec<u8>> {
    let flow = |(number, hosts): (usize, String)| {
        format!(
            "  f{number}: {{ from: agent, to: relay, ports: 443/tcp, hosts: [{hosts}], purpose: {{ en: Sends. }}, rows: [1] }}\n"
        )
    };
    let flows: String = addresses.enumerate().map(flow).collect();
    let product = format!(
        "name: Small\nsummary: {{ en: S. }}\nsources: {{ manual: {{ title: M, read: 2026-11-21, rows: 1 }} }}\ncomponents:\n  agent: {{ name: Agent }}\n  relay: {{ name: Relay }}\nflows:\n{flows}"
    );
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), product.into_bytes());
    render(&load(&files))
}

#[test]
fn very_many_addresses_of_a_kind_are_listed_by_product_too() {
    let files = rendered_with((0..501).map(|number| format!("10.{}.{}.0/24", number / 256, number % 256)));
    let page = html(&files, "en/hosts/index.html");
    let select = |selector: &str| page.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
    assert_eq!(select("table").len(), 0);
    assert_eq!(select("#_subnets + h3 + .names > li").len(), 501);
    let one = select(".names > li[id^='host-10.0.7.0'] > a")[0];
    assert_eq!((one.attr("href"), one.text().collect::<String>()), (Some("../small/#f7"), "10.0.7.0/24".to_owned()));
    let few = html(
        &rendered_with((0..500).map(|number| format!("10.1.{}.{}", number / 256, number % 256))),
        "en/hosts/index.html",
    );
    assert_eq!(few.select(&Selector::parse("table.addresses tr[data-from]").unwrap()).count(), 500);
}

/// No page is longer than a browser opens at once.
#[test]
fn a_domain_of_very_many_hosts_lists_them_by_product_and_the_index_counts_them() {
    let files = rendered_with((0..1001).map(|at| format!("f{at}.example.com, \"https://f{at}.example.com/a\"")));
    let domain = html(&files, "en/hosts/example.com/index.html");
    let select = |html: &Html, selector: &str| html.select(&Selector::parse(selector).unwrap()).count();
    assert_eq!(select(&domain, "table"), 0);
    assert_eq!(select(&domain, ".names > li"), 2002);
    let one = domain.select(&Selector::parse("[id='host-f7.example.com'] > a").unwrap()).next().unwrap();
    assert_eq!(one.attr("href"), Some("../../small/#f7"));
    assert_eq!(one.text().collect::<String>(), "f7.example.com");
    let index = html(&files, "en/hosts/index.html");
    assert_eq!(select(&index, ".names > li"), 0);
    let title: String = index.select(&Selector::parse("h2").unwrap()).next().unwrap().text().collect();
    assert_eq!(title, "example.com 1001 host names");
}
