//! What administrators paste: lines of logs, and questions about ports and addresses that no row has.

use serde::{Deserialize, Serialize};

use super::LOCALES;
use crate::support::{folder, load, node, real_files, render, repository, site_files, write_files};

/// What is taken out of a line.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize)]
struct Taken {
    hosts: Vec<String>,
    ports: Vec<u16>,
    transport: Option<String>,
}

#[derive(Deserialize)]
struct Vector {
    /// What writes such lines.
    of: String,
    text: String,
    /// None: words, no line.
    is: Option<Taken>,
}

#[derive(Deserialize)]
struct Read {
    line: Option<Taken>,
    /// As the address of the page has it.
    written: Option<String>,
}

fn read(texts: &[String]) -> Vec<Read> {
    let answer = node("tests/search/pasted.mjs", &[], &serde_json::to_vec(texts).unwrap());
    serde_json::from_slice(&answer).unwrap()
}

fn vectors(name: &str) -> Vec<Vector> {
    serde_json::from_slice(&std::fs::read(repository().join("tests/search").join(name)).unwrap()).unwrap()
}

fn all_vectors() -> Vec<Vector> {
    let (remembered, documented) = (vectors("pasted-from-memory.json"), vectors("pasted-by-format.json"));
    assert!(remembered.len() >= 30 && documented.len() >= 40);
    remembered.into_iter().chain(documented).collect()
}

#[test]
fn every_line_gives_its_ends_its_ports_and_its_transport() {
    let vectors = all_vectors();
    let texts: Vec<_> = vectors.iter().map(|vector| vector.text.clone()).collect();
    let wrong: Vec<_> = vectors
        .iter()
        .zip(read(&texts))
        .filter(|(vector, found)| vector.is != found.line)
        .map(|(vector, found)| format!("{}: {:?}, expected {:?}", vector.of, found.line, vector.is))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A line is kept in the address of the page as what was taken out of it.
#[test]
fn what_is_kept_of_a_line_says_the_same() {
    let found = read(&all_vectors().into_iter().map(|vector| vector.text).collect::<Vec<_>>());
    let lines: Vec<_> = found.into_iter().filter_map(|found| Some((found.line?, found.written?))).collect();
    assert!(lines.len() > 80);
    let again = read(&lines.iter().map(|(_, written)| written.clone()).collect::<Vec<_>>());
    for ((line, written), again) in lines.iter().zip(again) {
        // One host without a port is no line, but a question of its own.
        let is_line = line.hosts.len() > 1 || !line.ports.is_empty();
        assert_eq!(again.line.as_ref(), is_line.then_some(line), "{written}");
    }
}

/// Whatever is put around a line: a number that no key and no place calls a port is none.
#[test]
fn numbers_of_times_sizes_and_ids_are_no_ports() {
    let noise = [
        "443443 ",
        "[514] ",
        "id=443 ",
        "bytes=8080 ",
        "sessionid=4118 ",
        "rule 443 ",
        "2023-11-21T03:14:07.443Z ",
        "pid 4119: ",
        "len 443, ",
        "policyid=\"443\" ",
        "fw01[443]: ",
        "<134>1 ",
        "443/443 packets, ",
        "ttl=64 seq 443 ",
        "mac=00:50:56:9a:12:34 ",
    ];
    let lines: Vec<_> =
        all_vectors().into_iter().filter(|vector| vector.is.is_some() && vector.text.contains(' ')).collect();
    // Columns stand where they stand, and what is behind them may be theirs.
    let texts: Vec<_> =
        lines.iter().enumerate().map(|(at, vector)| format!("{}{}", noise[at % noise.len()], vector.text)).collect();
    for ((vector, found), text) in lines.iter().zip(read(&texts)).zip(&texts) {
        assert_eq!(found.line.map(|line| line.ports), vector.is.as_ref().map(|line| line.ports.clone()), "{text}");
    }
}

#[derive(Deserialize)]
struct Answer {
    sentences: Vec<String>,
    hits: Vec<String>,
}

fn ask(site: &std::path::Path, tag: &str, questions: &[&str]) -> Vec<Answer> {
    let answer = node("tests/search/ask.mjs", &[site.to_str().unwrap(), tag], &serde_json::to_vec(questions).unwrap());
    serde_json::from_slice(&answer).unwrap()
}

#[test]
fn a_port_that_is_in_no_table_is_said_to_be_in_none_before_the_rows_for_every_port() {
    let site = folder();
    write_files(site.path(), &render(&load(&real_files())));
    let questions = [
        "4119",
        "Port 4119",
        "is 4119 needed?",
        "brauche ich 4119?",
        "4119番ポート",
        "4119は必要ですか",
        "4119/tcp",
        "udp 4119",
        "10.20.1.9:4119",
    ];
    for (tag, absent, every) in [
        ("en", " explicitly.", "These connections to every port include this one:"),
        (
            "de",
            " ist in keiner Tabelle ausdrücklich aufgeführt.",
            "Folgende Verbindungen zu allen Ports schließen auch diesen Port ein:",
        ),
        (
            "ja",
            "を明示した記載は、どの表にもありません。",
            "ただし、すべてのポートを対象とする次の接続には、このポートも含まれます：",
        ),
    ] {
        for (question, answer) in questions.iter().zip(ask(site.path(), tag, &questions)) {
            // What is said of an address stands before.
            let [.., said, checked, last] = &answer.sentences[..] else {
                panic!("{tag}: {question}: {:?}", answer.sentences)
            };
            assert!(said.contains("4119") && said.ends_with(absent), "{tag}: {question}: {said}");
            assert!(checked.contains("121") && checked.contains('4'), "{tag}: {checked}");
            assert_eq!(last, every, "{tag}: {question}");
            assert_eq!(
                answer.hits.first().map(String::as_str),
                Some("deep-security/#open-port-scan"),
                "{tag}: {question}"
            );
        }
        // What is no port, or a number among other words, is not spoken of; nor is a port that a table has.
        for (question, answer) in ["0", "65536", "70000", "443", "443/tcp", "windows server 2019", "11.0"]
            .iter()
            .zip(ask(site.path(), tag, &["0", "65536", "70000", "443", "443/tcp", "windows server 2019", "11.0"]))
        {
            assert_eq!(answer.sentences, Vec::<String>::new(), "{tag}: {question}");
        }
    }
}

#[test]
fn a_port_inside_a_range_finds_its_rows_and_hears_why() {
    let site = folder();
    write_files(site.path(), &render(&load(&real_files())));
    let padded = ask(site.path(), "en", &["443", "00443", "tcp/00443", "443/tcp"]);
    assert_eq!(padded[0].hits, padded[1].hits, "logs write ports with zeros before them");
    assert_eq!(padded[2].hits, padded[3].hits);
    let answers = ask(site.path(), "en", &["11500", "11500/tcp", "60000", "443 4119", "udp 11500"]);
    let said: Vec<_> = answers.iter().map(|answer| answer.sentences[0].as_str()).collect();
    assert_eq!(
        said,
        [
            "Port 11500 is in the range 11000–11999.",
            "Port 11500/TCP is in the range 11000–11999.",
            "Port 60000 is in the range 10001–65535.",
            "No table lists port 4119 explicitly.",
            "No table lists port 11500/UDP explicitly.",
        ]
    );
    assert!(answers[0].hits.contains(&"deep-security/#database-azure-sql".to_owned()), "{:?}", answers[0].hits);
    assert!(answers[2].hits[0].starts_with("web-security-gateway/#internal-"), "{:?}", answers[2].hits);
    assert!(answers[3].hits.contains(&"ports/443/".to_owned()), "of two ports the known one keeps its rows");
}

#[test]
fn an_address_hears_its_block_and_that_nothing_connects_to_it() {
    let site = folder();
    write_files(site.path(), &render(&load(&real_files())));
    let pasted = "SRC=3.69.198.70 DST=10.20.1.9 LEN=60 ID=443 PROTO=TCP SPT=51514 DPT=6514";
    let questions = ["3.69.198.70", "3.69.198.70:6514", pasted, "3.69.198.64/27", "3.69.198.96", "192.0.2.1"];
    for (tag, block, source) in [
        ("en", "3.69.198.70 is in 3.69.198.64/27 (Region: Germany).", "Source only: nothing connects to this address."),
        (
            "de",
            "3.69.198.70 liegt im Subnetz 3.69.198.64/27 (Region: Deutschland).",
            "Nur Quelle: Zu dieser Adresse wird keine Verbindung aufgebaut.",
        ),
        (
            "ja",
            "3.69.198.70は3.69.198.64/27（リージョン：ドイツ）に含まれます。",
            "このアドレスは送信元としてのみ使用されます。このアドレスへの接続は、どの表にも記載されていません。",
        ),
    ] {
        let answers = ask(site.path(), tag, &questions);
        for answer in &answers[..3] {
            assert_eq!(answer.sentences[..2], [block, source], "{tag}");
        }
        assert_eq!(answers[0].sentences.len(), 2, "{tag}");
        // The row that has both the address and the port.
        for answer in &answers[1..3] {
            assert_eq!(answer.hits[0], "server-workload-protection/#service-to-syslog-tls", "{tag}");
        }
        assert_eq!(answers[3].sentences, [source], "{tag}");
    }
}

/// An address or a host that no table has is spoken of like such a port; what a table has is not.
#[test]
fn an_address_that_is_in_no_table_is_said_to_be_in_none() {
    let site = folder();
    write_files(site.path(), &render(&load(&real_files())));
    let absent = ["3.69.198.96", "192.0.2.1", "2001:db8::1", "files.example.com", "relay01.trendmicro.com"];
    // A version, a file of a program and a word of a sentence look like names or addresses.
    let others = ["files.trendmicro.com", "trendmicro.com", "11.0", "setup.exe", "error in agent.log file"];
    for (tag, before, after) in [
        ("en", "No table lists ", "."),
        ("de", "In keiner Tabelle aufgeführt: ", "."),
        ("ja", "", "は、どの表にも記載されていません。"),
    ] {
        for (question, answer) in absent.iter().zip(ask(site.path(), tag, &absent)) {
            assert_eq!(answer.sentences[0], format!("{before}{question}{after}"), "{tag}");
            assert!(
                answer.sentences[1].contains("121") && answer.sentences.len() == 2,
                "{tag}: {:?}",
                answer.sentences
            );
        }
        for (question, answer) in others.iter().zip(ask(site.path(), tag, &others)) {
            assert_eq!(answer.sentences, Vec::<String>::new(), "{tag}: {question}");
        }
    }
}

#[test]
fn of_a_pasted_line_is_said_what_of_it_is_in_tables_and_what_is_not() {
    let site = folder();
    write_files(site.path(), &render(&load(&real_files())));
    let lines =
        ["DENY tcp 10.0.0.5:51234 -> 150.70.1.1:4120", "SRC=3.69.198.70 DST=10.20.1.9 PROTO=TCP SPT=51514 DPT=6514"];
    for (tag, found, absent, both) in [
        (
            "en",
            "Found in the tables: Port 4120/TCP.",
            "No table lists 150.70.1.1 or 10.0.0.5.",
            "Found in the tables: 3.69.198.70 and Port 6514/TCP.",
        ),
        (
            "de",
            "In den Tabellen gefunden: Port 4120/TCP.",
            "In keiner Tabelle aufgeführt: 150.70.1.1 oder 10.0.0.5.",
            "In den Tabellen gefunden: 3.69.198.70 und Port 6514/TCP.",
        ),
        (
            "ja",
            "表に記載があるもの：ポート4120/TCP。",
            "150.70.1.1または10.0.0.5は、どの表にも記載されていません。",
            "表に記載があるもの：3.69.198.70、ポート6514/TCP。",
        ),
    ] {
        let answers = ask(site.path(), tag, &lines);
        assert_eq!(answers[0].sentences[..2], [found, absent], "{tag}");
        assert_eq!(answers[0].hits[0], "deep-security/#heartbeat-from-agent", "{tag}");
        assert!(answers[1].sentences.iter().any(|said| said == both), "{tag}: {:?}", answers[1].sentences);
    }
}

/// `*.example.com` has no row for each name below it, and yet lists them all.
#[test]
fn a_name_below_an_address_with_an_asterisk_is_listed() {
    let mut files = site_files(&repository().join("tests/golden/smallest"));
    let path = files.keys().find(|path| path.starts_with("content/products/")).unwrap().clone();
    let text = String::from_utf8(files[&path].clone()).unwrap();
    let changed = text.replacen("ports: 443/tcp", "hosts: [\"*.example.com\"], ports: 443/tcp", 1);
    assert_ne!(text, changed);
    files.insert(path, changed.into_bytes());
    let site = folder();
    write_files(site.path(), &render(&load(&files)));
    let answers = ask(site.path(), "en", &["a.example.com", "a.example.net"]);
    assert_eq!(answers.iter().map(|answer| answer.sentences.len()).collect::<Vec<_>>(), [0, 2]);
}

/// Texts are cut between words, and a cut is shown.
#[test]
fn an_excerpt_begins_and_ends_with_whole_words() {
    let long = "The page contradicts itself on heartbeats from agents and appliances. ".repeat(4);
    let at_once = format!("{long}They arrive on 4120 here. {long}");
    let without_spaces =
        format!("{0}ポート4120を使用します。{0}", "このページの記載は、表によって異なります。".repeat(12));
    let asked =
        [(at_once.as_str(), ["4120"]), (&without_spaces, ["4120"]), ("Short: 4120", ["4120"]), (&long, ["none"])];
    let shown: Vec<String> =
        serde_json::from_slice(&node("tests/search/excerpt.mjs", &[], &serde_json::to_vec(&asked).unwrap())).unwrap();
    assert!(shown[0].starts_with("…The page contradicts itself"), "{}", shown[0]);
    assert!(shown[0].contains("They arrive on [4120] here.") && shown[0].ends_with(" …"), "{}", shown[0]);
    assert!(shown[1].starts_with("…このページ") && shown[1].contains("ポート[4120]を"), "{}", shown[1]);
    assert_eq!(shown[2], "Short: [4120]");
    assert!(shown[3].starts_with("The page") && shown[3].ends_with(" …"), "{}", shown[3]);
}

/// A block that is called by one row and calls in another is no source alone, even where only a part of it is called.
#[test]
fn an_address_to_which_something_connects_is_no_source_alone() {
    let mut files = real_files();
    let path = "content/products/server-workload-protection.yaml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    let changed = text.replacen("hosts: [{ see: swp-urls }]", "hosts: [3.69.198.72]", 1);
    assert_ne!(text, changed);
    files.insert(path.to_owned(), changed.into_bytes());
    let site = folder();
    write_files(site.path(), &render(&load(&files)));
    let answers = ask(site.path(), "en", &["3.69.198.70", "3.99.65.70"]);
    assert_eq!(answers[0].sentences, ["3.69.198.70 is in 3.69.198.64/27 (Region: Germany)."]);
    assert_eq!(answers[1].sentences.len(), 2);
}

/// A site without any row for every port says only that it has none.
#[test]
fn a_site_without_rows_for_every_port_does_not_announce_them() {
    let site = folder();
    write_files(site.path(), &render(&load(&site_files(&repository().join("tests/golden/smallest")))));
    let [answer] = &ask(site.path(), "en", &["4119"])[..] else { unreachable!("one question") };
    assert_eq!(answer.sentences.len(), 2, "{:?}", answer.sentences);
    assert!(answer.sentences[1].starts_with("Checked: 1 connection in 1 product,"), "{:?}", answer.sentences);
    assert!(answer.hits.is_empty());
}

#[test]
fn a_port_that_answers_a_drawn_one_is_looked_for_instead() {
    let site = folder();
    write_files(site.path(), &render(&load(&real_files())));
    let answer = "SRC=10.20.1.9 DST=10.20.1.15 PROTO=TCP SPT=4118 DPT=51514";
    let question = "SRC=10.20.1.15 DST=10.20.1.9 PROTO=TCP SPT=51514 DPT=4119";
    for tag in LOCALES {
        let answers = ask(site.path(), tag, &[answer, question]);
        assert!(answers[0].sentences[0].contains("4118/TCP"), "{tag}: {:?}", answers[0].sentences);
        assert!(!answers[0].sentences.concat().contains("51514"), "{tag}: {:?}", answers[0].sentences);
        assert!(answers[0].hits.contains(&"ports/4118/".to_owned()), "{tag}: {:?}", answers[0].hits);
        assert!(answers[1].sentences[2].contains("4119"), "{tag}: {:?}", answers[1].sentences);
    }
}
