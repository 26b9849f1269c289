//! The theme's client beside elasticlunr.js from npm, over the index of the real content.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::LOCALES;
use crate::support::{folder, load, node, real_files, render, repository, site_files, write_files};

#[derive(Deserialize)]
struct Query {
    ask: String,
    /// Why the client finds more.
    differs: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    query: String,
    client: BTreeSet<String>,
    peer: BTreeSet<String>,
}

#[test]
fn elasticlunr_js_loads_the_index_and_agrees_with_our_client() {
    let site = folder();
    write_files(site.path(), &render(&load(&real_files())));
    let path = repository().join("tests/search/peer-queries.json");
    let queries: BTreeMap<String, Vec<Query>> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for tag in LOCALES {
        let queries = &queries[tag];
        assert_eq!(queries.len(), 100, "{tag}");
        let asked: Vec<_> = queries.iter().map(|query| &query.ask).collect();
        let arguments = [site.path().to_str().unwrap(), tag];
        let answers = node("tests/search/peer.mjs", &arguments, &serde_json::to_vec(&asked).unwrap());
        let answers: Vec<Answer> = serde_json::from_slice(&answers).unwrap();
        for (query, answer) in queries.iter().zip(&answers) {
            assert_eq!(query.ask, answer.query);
            let missed: Vec<_> = answer.peer.difference(&answer.client).collect();
            assert!(missed.is_empty(), "{tag}: for {} elasticlunr.js also finds {missed:?}", query.ask);
            let more: Vec<_> = answer.client.difference(&answer.peer).collect();
            match &query.differs {
                None if !more.is_empty() => {
                    wrong.push(format!("{tag}: for {} our client also finds {more:?}", query.ask));
                }
                Some(why) if more.is_empty() => wrong.push(format!("{tag}: {} should find more: {why}", query.ask)),
                _ => {}
            }
        }
        let found = answers.iter().filter(|answer| !answer.peer.is_empty()).count();
        assert!(found > 60, "{tag}: elasticlunr.js finds something for {found} queries only");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_query_is_too_strange_to_answer() {
    let site = folder();
    write_files(site.path(), &render(&load(&real_files())));
    let long = "443 ".repeat(2_500);
    let queries = [
        "",
        "   ",
        "?!",
        "<script>alert(1)</script>",
        "\u{FFFD}",
        &long,
        "constructor __proto__",
        "😀",
        "/",
        "::",
        "1:2:3:4:5:6:7:8:9::",
        "/^(?:",
        "0",
        "99999",
        "a",
        "接",
    ];
    for tag in LOCALES {
        let arguments = [site.path().to_str().unwrap(), tag];
        // Half of a character, which only a script can type.
        let asked = serde_json::to_string(&queries).unwrap().replace('\u{FFFD}', "\\ud83d");
        let answers = node("tests/search/relevance.mjs", &arguments, asked.as_bytes());
        let answers: Vec<Vec<String>> = serde_json::from_slice(&answers).unwrap();
        assert_eq!(answers.len(), queries.len());
        for (query, answer) in queries.iter().zip(&answers).filter(|(query, _)| !query.contains(char::is_alphanumeric))
        {
            assert!(answer.is_empty(), "{query:?} has no word and finds {answer:?}");
        }
        let of_long = &answers[queries.iter().position(|query| *query == long).unwrap()];
        assert_eq!(of_long.first().map(String::as_str), Some("ports/443/"), "the beginning of a long query counts");
    }
}

/// Of the two pairs that cover the word the index knows the first.
#[test]
fn a_wide_word_of_which_half_is_known_finds_nothing() {
    let site = folder();
    write_files(site.path(), &render(&load(&real_files())));
    let arguments = [site.path().to_str().unwrap(), "ja"];
    let answers = node("tests/search/relevance.mjs", &arguments, "[\"コン\", \"コンヌヌ\"]".as_bytes());
    let answers: Vec<Vec<String>> = serde_json::from_slice(&answers).unwrap();
    assert_eq!(answers.iter().map(Vec::len).collect::<Vec<_>>(), [10, 0], "{answers:?}");
}

/// `tcps` is `tcp`, an `s` and nothing, which would be a token if an empty bucket had one.
#[test]
fn a_word_with_an_ending_is_answered_where_a_bucket_is_empty() {
    let site = folder();
    write_files(site.path(), &render(&load(&site_files(&repository().join("tests/golden/smallest")))));
    let bucket = site.path().join("search/en/t0.js");
    let script = std::fs::read_to_string(&bucket).unwrap();
    let (head, _) = script.rsplit_once(",\"").unwrap();
    std::fs::write(&bucket, format!("{head},\"\")")).unwrap();
    let arguments = [site.path().to_str().unwrap(), "en"];
    let answers = node("tests/search/relevance.mjs", &arguments, br#"["tcp", "tcps"]"#);
    let answers: Vec<Vec<String>> = serde_json::from_slice(&answers).unwrap();
    assert_eq!(answers.iter().map(Vec::is_empty).collect::<Vec<_>>(), [false, true], "{answers:?}");
}

#[test]
fn an_address_is_found_by_the_block_that_contains_it() {
    let mut files = real_files();
    let path = "content/products/server-workload-protection.yaml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    let changed = text.replace("[3.26.127.96/27]", "[\"2001:db8:40::/42\"]");
    assert_ne!(text, changed);
    files.insert(path.to_owned(), changed.into_bytes());
    let site = folder();
    write_files(site.path(), &render(&load(&files)));
    let asked = [
        ("2001:db8:7f:ffff::9", true),
        ("2001:DB8:0040:0:0:0:0:1", true),
        ("2001:db8:80::1", false),
        ("3.69.198.95", true),
        ("3.69.198.96", false),
    ];
    let arguments = [site.path().to_str().unwrap(), "en"];
    let questions = serde_json::to_vec(&asked.map(|(address, _)| address)).unwrap();
    let answers: Vec<Vec<String>> =
        serde_json::from_slice(&node("tests/search/relevance.mjs", &arguments, &questions)).unwrap();
    for ((address, is_inside), hits) in asked.iter().zip(answers) {
        let is_found = hits.iter().any(|path| path.starts_with("server-workload-protection/#"));
        assert_eq!(is_found, *is_inside, "{address}: {hits:?}");
    }
}

/// Protocols without ports have neither a port nor always a name in the question.
#[test]
fn a_protocol_is_found_by_name_number_and_what_people_call_it() {
    let site = folder();
    write_files(site.path(), &render(&load(&site_files(&repository().join("tests/golden/protocols")))));
    let mut misses = Vec::new();
    for (locale, asked) in [
        (
            "en",
            &[
                ("ESP", "esp"),
                ("esp ipsec", "esp"),
                ("protocol 50", "esp"),
                ("IP 50", "esp"),
                ("ip protocol 50", "esp"),
                ("proto 47", "gre"),
                ("GRE", "gre"),
                ("ping", "icmp"),
                ("icmp echo-request", "icmp"),
                ("icmpv6", "icmpv6"),
                ("ip protocol 41", "ip-41"),
                ("ospf", "ospf"),
            ][..],
        ),
        ("ja", &[("ESP", "esp"), ("プロトコル番号50", "esp"), ("IP 50", "esp"), ("ping", "icmp"), ("GRE", "gre")]),
        (
            "de",
            &[("ESP", "esp"), ("Protokoll 50", "esp"), ("IP-Protokoll 50", "esp"), ("Ping", "icmp"), ("GRE", "gre")],
        ),
    ] {
        let questions = serde_json::to_vec(&asked.iter().map(|(question, _)| question).collect::<Vec<_>>()).unwrap();
        let arguments = [site.path().to_str().unwrap(), locale];
        let answers: Vec<Vec<String>> =
            serde_json::from_slice(&node("tests/search/relevance.mjs", &arguments, &questions)).unwrap();
        for ((question, protocol), hits) in asked.iter().zip(answers) {
            // The page of the protocol or, before it, a row that it has.
            let page = hits.iter().position(|path| *path == format!("protocols/{protocol}/"));
            if page.is_none_or(|page| page > 2) {
                misses.push(format!("{locale}: {question}: {:?}", &hits[..hits.len().min(4)]));
            }
        }
    }
    assert!(misses.is_empty(), "{misses:#?}");
}
