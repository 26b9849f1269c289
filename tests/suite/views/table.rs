//! The CSV of a table: what a firewall takes, one record each.

use std::collections::{BTreeMap, BTreeSet};

use rutter::model::{PageRoute, ProductId, ids};

use super::site_with;
use crate::support::{load, real_files, render};

const HEAD: &str = "row,from,to,protocol,port_first,port_last,source_port_first,source_port_last,address,condition,state,need,scope,marks,proxy,purpose,source,source_rows,service,from_address";

/// Records by the names of their columns.
pub(super) fn records(bytes: &[u8], delimiter: u8) -> Vec<BTreeMap<String, String>> {
    assert!(bytes.starts_with("\u{feff}".as_bytes()), "no byte order mark");
    let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).from_reader(&bytes[3..]);
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(head.join(","), HEAD);
    reader
        .into_records()
        .map(|record| head.iter().cloned().zip(record.unwrap().iter().map(str::to_owned)).collect())
        .collect()
}

fn cells(records: &[BTreeMap<String, String>], columns: &[&str]) -> Vec<String> {
    let line = |record: &BTreeMap<String, String>| {
        columns.iter().map(|&column| record[column].clone()).collect::<Vec<_>>().join("|")
    };
    records.iter().map(line).collect()
}

#[test]
fn a_record_is_one_port_one_transport_and_one_address() {
    let product = "\
name: Small
summary: { en: A small product. }
sources:
  manual: { title: Manual, read: 2026-11-21, rows: 1 }
options:
  region: { label: Region, choices: { jp: Japan, de: Germany } }
components:
  agent: { name: Agent }
flows:
  names:
    from: agent
    to: dns-server
    ports: [53/tcp+udp dns, 11000-11999/tcp, random(10001-65535)/tcp, any/udp]
    need: one
    hosts: [a.example.com, { when: { region: jp }, hosts: [b.example.com/x] }]
    from-hosts: [192.0.2.0/24]
    rows: [1]
scenarios:
  japan: { title: Japan, choose: { region: jp } }
  open: { title: Open }
  germany: { title: Germany, choose: { region: de } }
";
    let files = render(&load(&site_with(product)));
    let all = records(&files["en/small/flows.csv"], b',');
    let columns = ["protocol", "port_first", "port_last", "address", "service", "from_address"];
    assert_eq!(
        cells(&all, &columns),
        [
            "tcp|53|53|a.example.com|DNS|192.0.2.0/24",
            "tcp|53|53|b.example.com/x|DNS|192.0.2.0/24",
            "udp|53|53|a.example.com|DNS|192.0.2.0/24",
            "udp|53|53|b.example.com/x|DNS|192.0.2.0/24",
            "tcp|11000|11999|a.example.com||192.0.2.0/24",
            "tcp|11000|11999|b.example.com/x||192.0.2.0/24",
            "tcp|||a.example.com||192.0.2.0/24",
            "tcp|||b.example.com/x||192.0.2.0/24",
            "udp|||a.example.com||192.0.2.0/24",
            "udp|||b.example.com/x||192.0.2.0/24",
        ]
    );
    assert!(all[6]["marks"].starts_with("random port from 10001–65535\n"), "{:?}", all[6]["marks"]);
    assert!(all[8]["marks"].starts_with("any port\n"), "{:?}", all[8]["marks"]);
    assert!(all.iter().all(|record| record["row"] == "small/names" && record["state"].is_empty()));
    assert_eq!(
        cells(&all[..1], &["need", "scope", "proxy", "source", "source_rows"]),
        ["one|network|unknown|Manual|1"]
    );
    assert!(all[0]["condition"].is_empty() && all[1]["condition"].contains("Japan"), "{all:?}");
    let state = |scenario: &str| {
        let path = format!("en/small/scenarios/{scenario}/flows.csv");
        cells(&records(&files[&path], b',')[..2], &["address", "state"])
    };
    assert_eq!(state("japan"), ["a.example.com|needed", "b.example.com/x|needed"]);
    assert_eq!(state("open"), ["a.example.com|needed", "b.example.com/x|depends"]);
    assert_eq!(state("germany"), ["a.example.com|needed", "a.example.com|needed"]);
}

#[test]
fn german_tables_part_columns_by_semicolons_and_name_every_row() {
    let site = load(&real_files());
    let files = render(&site);
    for (tag, delimiter) in [("en", b','), ("ja", b','), ("de", b';')] {
        for product in ids::<ProductId>(site.model().products.len()) {
            let path = format!("{tag}/{}flows.csv", site.model().path(PageRoute::Product(product)));
            let records = records(&files[&path], delimiter);
            let rows: BTreeSet<_> = records.iter().map(|record| record["row"].clone()).collect();
            let flows: BTreeSet<_> =
                site.model()[product].flows.iter().map(|flow| site.model().flow_key(*flow)).collect();
            assert_eq!(rows, flows, "{path}");
            let is_number = |cell: &String| cell.is_empty() || cell.parse::<u16>().is_ok();
            assert!(records.iter().all(|record| is_number(&record["port_first"]) && is_number(&record["port_last"])));
        }
    }
}
