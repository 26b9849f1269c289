//! Pages of hosts and addresses: when an address is used, what it is called, which paths it has.

use std::collections::BTreeMap;

use super::{html, site_with, texts};
use crate::support::{load, render};

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

#[test]
fn a_host_is_listed_with_the_conditions_of_its_address_and_of_the_flow() {
    let page = html(&rendered(), "en/hosts/example.com/index.html");
    let conditions = texts(&page, "[id='host-files.example.com'] .when");
    assert!(conditions.iter().all(|one| one.contains("11") && !one.contains("Region")), "{conditions:?}");
    assert_eq!(conditions.len(), 2, "one for the name, one for the path");
    let both = texts(&page, "[id='host-jp.example.com'] .when");
    // It is listed for both regions: they are told as one condition.
    assert_eq!(both.len(), 1);
    for word in ["11", "Region", "Japan", "Germany"] {
        assert!(both[0].contains(word), "{both:?}");
    }
    assert_eq!(both[0].matches("Version").count(), 1, "{both:?}");
}

#[test]
fn paths_stand_below_their_host_and_are_never_copied() {
    let files = rendered();
    let page = html(&files, "en/hosts/example.com/index.html");
    let heads: Vec<_> = texts(&page, "section.host > h2");
    assert_eq!(heads, ["files.example.com", "jp.example.com", "www.example.com"]);
    assert_eq!(texts(&page, "section.host > .path"), ["/tmcss/", "/news.atom"]);
    let index = html(&files, "en/hosts/index.html");
    assert_eq!(texts(&index, "ul.hosts code"), ["files.example.com", "jp.example.com", "www.example.com"]);
    assert_eq!(texts(&index, "ul.hosts .path"), ["/tmcss/", "/news.atom"]);
    let row = html(&files, "en/small/index.html");
    let hosts = texts(&row, "tr[id='updates'] ul.hosts [data-copy] code");
    assert_eq!(hosts[..2], ["files.example.com", "jp.example.com"], "{hosts:?}");
    assert_eq!(texts(&row, "tr[id='updates'] .path"), ["/tmcss/", "/news.atom"]);
}

#[test]
fn subnets_and_addresses_are_called_what_they_are() {
    let page = html(&rendered(), "en/hosts/index.html");
    let headings = texts(&page, "main > h2");
    assert_eq!(headings, ["Subnets", "IP addresses", "Addresses with placeholders"]);
    assert_eq!(texts(&page, "section.host > h3")[..3], ["10.0.0.0/8", "192.0.2.0/24", "192.0.2.7"]);
    let labels = texts(&page, "section.host > .label");
    let expected = [
        "Connections from this subnet",
        "Connections from this subnet",
        "Connections from this address",
        "Connections to this address",
    ];
    assert_eq!(labels, expected);
    let conditions = texts(&page, "section.host .when");
    assert!(conditions[0].contains("Germany") && conditions[0].contains("11"), "{conditions:?}");
}
