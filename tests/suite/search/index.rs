//! One cutting into tokens, two forms: what `index.json` says, the client's files say too.

use std::collections::BTreeMap;

use serde_json::Value;

use super::LOCALES;
use crate::support::{load, real_files, render};

/// A token's documents with their weight, in sixteen steps.
type Lists = BTreeMap<String, BTreeMap<u32, u8>>;

/// The arguments of the one call a file of the index consists of: language, name, generation, data.
fn arguments(script: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(script).unwrap();
    let call = text.strip_prefix("rutter.take(").and_then(|rest| rest.strip_suffix(")\n")).unwrap();
    serde_json::from_str(&format!("[{call}]")).unwrap()
}

/// Reads a line's lists as `docs/search.md` writes them down.
fn read_lists(distances: &str, weights: &str) -> BTreeMap<u32, u8> {
    let mut numbers = Vec::new();
    let (mut number, mut digits, mut shift) = (0, 0, 0);
    for byte in distances.bytes() {
        let goes_on = byte > 92;
        digits += u32::from(byte - if goes_on { 93 } else { 48 }) << shift;
        shift += 5;
        if !goes_on {
            number += digits;
            numbers.push(number);
            (digits, shift) = (0, 0);
        }
    }
    assert_eq!(numbers.len(), weights.len());
    numbers.into_iter().zip(weights.bytes().map(|byte| byte - b'0')).collect()
}

/// What the client's files say.
fn lists_of_the_client(files: &BTreeMap<String, Vec<u8>>, tag: &str) -> Lists {
    let mut lists = Lists::new();
    let buckets = files.iter().filter(|(path, _)| path.starts_with(&format!("search/{tag}/t")));
    for (path, script) in buckets {
        let data = arguments(script).pop().unwrap();
        for line in data.as_str().unwrap().lines() {
            let [token, distances, weights] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
            assert!(lists.insert(token.to_owned(), read_lists(distances, weights)).is_none(), "{path}: {token} twice");
        }
    }
    lists
}

/// The tokens below a node of elasticlunr's tree, with the frequency in each document.
fn walk(node: &Value, prefix: &str, found: &mut impl FnMut(&str, u32, f64)) {
    for (key, child) in node.as_object().unwrap() {
        match key.as_str() {
            "df" => assert_eq!(child.as_u64().unwrap() as usize, node["docs"].as_object().unwrap().len()),
            "docs" => child
                .as_object()
                .unwrap()
                .iter()
                .for_each(|(number, entry)| found(prefix, number.parse().unwrap(), entry["tf"].as_f64().unwrap())),
            letter => walk(child, &format!("{prefix}{letter}"), found),
        }
    }
}

/// What `index.json` says, weighed as `docs/search.md` has it.
fn lists_of_the_peer(index: &Value, kinds: &BTreeMap<u32, u64>) -> Lists {
    const FIELDS: [(&str, f64); 4] = [("ports", 4.0), ("hosts", 3.0), ("names", 3.0), ("text", 1.0)];
    const KINDS: [f64; 11] = [1.0, 1.0, 1.0, 1.0, 0.5, 1.0, 0.5, 0.7, 0.6, 1.0, 0.6];
    let mut weights: BTreeMap<String, BTreeMap<u32, f64>> = BTreeMap::new();
    for (field, boost) in FIELDS {
        walk(&index["index"][field]["root"], "", &mut |token, number, frequency| {
            let length = index["documentStore"]["docInfo"][number.to_string()][field].as_f64().unwrap();
            *weights.entry(token.to_owned()).or_default().entry(number).or_default() +=
                boost * frequency / length.sqrt();
        });
    }
    let step = |number: &u32, weight: f64| {
        let weight = weight * KINDS[kinds[number] as usize];
        // From the middle below a step upwards.
        (1..=15_u8).rev().find(|step| weight >= ((f64::from(*step) - 10.5) / 2.0).exp2()).unwrap_or(0)
    };
    let row =
        |list: BTreeMap<u32, f64>| list.into_iter().map(|(number, weight)| (number, step(&number, weight))).collect();
    weights.into_iter().map(|(token, list)| (token, row(list))).collect()
}

#[test]
fn both_forms_of_the_index_hold_the_same() {
    let files = render(&load(&real_files()));
    for tag in LOCALES {
        let index: Value = serde_json::from_slice(&files[&format!("search/{tag}/index.json")]).unwrap();
        assert_eq!(index["version"], "0.9.5");
        assert_eq!(index["pipeline"], serde_json::json!([]), "stop words and stemmers drop what is looked for");
        let mut kinds = BTreeMap::new();
        let blocks = (0..).map_while(|block| files.get(&format!("search/{tag}/d{block}.js")));
        for document in blocks.flat_map(|script| arguments(script).pop().unwrap().as_array().unwrap().clone()) {
            let number = kinds.len() as u32;
            let stored = &index["documentStore"]["docs"][number.to_string()];
            assert_eq!((&document[1], &document[4]), (&stored["title"], &stored["path"]));
            kinds.insert(number, document[0].as_u64().unwrap());
        }
        assert_eq!(index["documentStore"]["length"], kinds.len());
        let (client, peer) = (lists_of_the_client(&files, tag), lists_of_the_peer(&index, &kinds));
        assert!(client.len() > 1_000, "{tag} has only {} tokens", client.len());
        assert_eq!(client.keys().collect::<Vec<_>>(), peer.keys().collect::<Vec<_>>(), "{tag}");
        for (token, list) in &client {
            let expected = &peer[token];
            assert_eq!(list.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{tag}: {token}");
            // Between two steps the last bit of a logarithm may decide.
            let is_near = list.iter().all(|(number, step)| step.abs_diff(expected[number]) <= 1);
            assert!(is_near, "{tag}: {token}: {list:?}, expected {expected:?}");
        }
        let steps =
            || client.iter().flat_map(|(token, list)| list.iter().map(move |(number, step)| (token, number, step)));
        let differing = steps().filter(|(token, number, step)| peer[*token][number] != **step).count();
        assert!(differing * 1_000 < steps().count(), "{differing} weights differ");
    }
}

/// Whoever finds a row by one of its addresses sees that another region has another.
#[test]
fn a_row_whose_addresses_hang_on_a_choice_says_so() {
    let files = render(&load(&real_files()));
    let blocks = (0..).map_while(|block| files.get(&format!("search/en/d{block}.js")));
    let documents: Vec<Value> =
        blocks.flat_map(|script| arguments(script).pop().unwrap().as_array().unwrap().clone()).collect();
    let excerpt = |anchor: &str| {
        let is_it = |document: &&Value| document[4].as_str().unwrap().ends_with(anchor);
        documents.iter().find(is_it).unwrap()[5].as_str().unwrap()
    };
    assert!(excerpt("#service-to-syslog").contains("Addresses depend on: Region"));
    // What is joined shows where: a condition is no part of the purpose.
    let joined = excerpt("#service-to-syslog");
    assert!(joined.contains(" · Addresses depend on: Region") && !joined.contains(" ·  "), "{joined}");
    assert!(!excerpt("#relay-loopback").contains("Addresses depend"));
}

#[test]
fn every_file_of_an_index_carries_its_generation() {
    let files = render(&load(&real_files()));
    for tag in LOCALES {
        let prefix = format!("search/{tag}/");
        let scripts: Vec<_> =
            files.iter().filter(|(path, _)| path.starts_with(&prefix) && path.ends_with(".js")).collect();
        let generations: std::collections::BTreeSet<_> =
            scripts.iter().map(|(_, script)| arguments(script)[2].as_str().unwrap().to_owned()).collect();
        assert_eq!(generations.len(), 1, "{tag}: {generations:?}");
        for (path, script) in scripts {
            let name = format!("{prefix}{}.js", arguments(script)[1].as_str().unwrap());
            assert_eq!(*path, name);
        }
    }
}

#[test]
fn a_changed_row_changes_the_generation_of_its_index() {
    let generation = |files: &BTreeMap<String, Vec<u8>>| arguments(&files["search/en/manifest.js"])[2].clone();
    let mut files = real_files();
    let before = generation(&render(&load(&files)));
    let path = "content/products/deep-security.yaml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    let changed = text.replacen("Sends alerts about events", "Sends warnings about events", 1);
    assert_ne!(text, changed);
    files.insert(path.to_owned(), changed.into_bytes());
    assert_ne!(generation(&render(&load(&files))), before);
}

#[test]
fn the_client_weighs_at_most_fourteen_kilobytes() {
    // As servers send it: gzip's best is a few bytes from what they do on the fly.
    let files = render(&load(&real_files()));
    let (path, script) =
        files.iter().find(|(path, _)| path.starts_with("assets/search.") && path.ends_with(".js")).unwrap();
    let size = crate::support::node("tests/search/gzip.mjs", &[], script);
    let size: usize = std::str::from_utf8(&size).unwrap().parse().unwrap();
    assert!(size <= 14 * 1024, "{path} has {size} bytes compressed");
    assert!(size > 10 * 1024, "{path} has only {size}: is it all there?");
}

/// A browser could hardly load one for many documents.
#[test]
fn an_index_in_one_file_is_there_up_to_as_many_documents_as_the_site_says() {
    for (setting, is_there) in [
        ("", true),
        ("\n[search]\nelasticlunr = true\n", true),
        ("\n[search]\nelasticlunr = 100_000\n", true),
        ("\n[search]\nelasticlunr = 3\n", false),
        ("\n[search]\nelasticlunr = false\n", false),
    ] {
        let mut files = real_files();
        files.get_mut("site.toml").unwrap().extend_from_slice(setting.as_bytes());
        let written = render(&load(&files));
        for tag in LOCALES {
            assert_eq!(written.contains_key(&format!("search/{tag}/index.json")), is_there, "{setting:?}, {tag}");
            assert!(written.contains_key(&format!("search/{tag}/manifest.js")), "our own client has its files anyway");
        }
    }
}
