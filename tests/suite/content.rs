//! The real content: clean, and equal to an independent reading of the source pages.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::{api, load, real_files, render, repository, sources, text};

#[test]
fn the_real_content_has_no_mistakes() {
    let sources = sources(&real_files());
    let found = rutter::check_sources(&sources);
    assert!(found.is_empty(), "{}", text(&sources, &found));
}

/// `tests/facts/rows.tsv` was read from the pages without looking at the content.
#[test]
fn the_published_facts_are_those_of_the_pages() {
    let table = std::fs::read_to_string(repository().join("tests/facts/rows.tsv")).unwrap();
    let expected: BTreeMap<Key, Fact> = table.lines().skip(1).map(read_line).collect();
    let flows = api(&render(&load(&real_files())), "flows");
    let mut actual: BTreeMap<Key, Fact> = BTreeMap::new();
    for flow in flows["flows"].as_array().unwrap() {
        for (key, fact) in facts_of(flow) {
            actual.entry(key).and_modify(|known| known.merge(&fact)).or_insert(fact);
        }
    }
    let keys = |facts: &BTreeMap<Key, Fact>| facts.keys().cloned().collect::<BTreeSet<_>>();
    let (expected_keys, actual_keys) = (keys(&expected), keys(&actual));
    let missing: Vec<_> = expected_keys.difference(&actual_keys).collect();
    let invented: Vec<_> = actual_keys.difference(&expected_keys).collect();
    assert!(missing.is_empty() && invented.is_empty(), "missing: {missing:?}; invented: {invented:?}");
    let differing: Vec<_> = expected
        .iter()
        .filter(|(key, fact)| actual[key] != **fact)
        .map(|(key, fact)| (key, fact, &actual[key]))
        .collect();
    assert!(differing.is_empty(), "page, then content: {differing:#?}");
    assert!(expected.len() > 150, "the reading is not whole");
}

/// Product, row, port, transport.
type Key = (String, u64, String, String);

#[derive(Clone, PartialEq, Eq, Debug)]
struct Fact {
    service: String,
    need: String,
    hosts: BTreeSet<String>,
    from_hosts: BTreeSet<String>,
    configurable: String,
    proxy: String,
    scope: String,
    inferred: BTreeSet<String>,
}

impl Fact {
    /// A row may be told by several flows, which then share its destinations.
    fn merge(&mut self, other: &Self) {
        self.hosts.extend(other.hosts.iter().cloned());
        self.from_hosts.extend(other.from_hosts.iter().cloned());
        self.inferred.extend(other.inferred.iter().cloned());
        assert_eq!((&self.service, &self.need, &self.scope), (&other.service, &other.need, &other.scope));
    }
}

fn read_line(line: &str) -> (Key, Fact) {
    let cells: Vec<_> = line.split('\t').collect();
    let set = |cell: &str, separator: char| {
        cell.split(separator).filter(|word| !word.is_empty() && *word != "-").map(str::to_owned).collect()
    };
    let key = (cells[0].to_owned(), cells[1].parse().unwrap(), cells[2].to_owned(), cells[3].to_owned());
    let fact = Fact {
        service: cells[4].to_owned(),
        need: cells[5].to_owned(),
        hosts: set(cells[8], ' '),
        from_hosts: set(cells[9], ' '),
        configurable: cells[10].to_owned(),
        proxy: cells[11].to_owned(),
        scope: cells[12].to_owned(),
        inferred: set(cells[13], ','),
    };
    (key, fact)
}

fn facts_of(flow: &Value) -> Vec<(Key, Fact)> {
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let addresses =
        |hosts: &Value| hosts["list"].as_array().unwrap().iter().map(|address| word(&address["address"])).collect();
    let entries = flow["lines"].as_array().unwrap().iter().flat_map(|line| line.as_array().unwrap());
    let rows: Vec<u64> = flow["rows"].as_array().unwrap().iter().map(|row| row.as_u64().unwrap()).collect();
    let mut facts = Vec::new();
    for entry in entries {
        let fact = Fact {
            service: word(&entry["service"]),
            need: word(&flow["need"]),
            hosts: addresses(&flow["hosts"]),
            from_hosts: addresses(&flow["from_hosts"]),
            configurable: word(&flow["configurable"]),
            proxy: word(&flow["proxy"]),
            scope: word(&flow["scope"]),
            inferred: flow["inferred"].as_array().unwrap().iter().map(word).collect(),
        };
        facts.extend(rows.iter().map(|row| {
            ((word(&flow["product"]), *row, word(&entry["port"]), word(&entry["transport"])), fact.clone())
        }));
    }
    facts
}
