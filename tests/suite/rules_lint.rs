//! Declarations of rules with a hole less: what a rule would not carry is told before anybody loads one.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use rayon::prelude::*;
use rutter::inside::diagnostic::{Code, Report};
use rutter::inside::rules::read_formats;
use rutter::inside::source::Sources;
use toml::Value;

use crate::support::{amount, files_below, folder, repository, site_files, write_files};

/// What is written for people, what names and numbers are made of: without it a rule allows the same, or none is loaded.
const SAID_BESIDE: [&str; 23] = [
    "comment",
    "id",
    "n",
    "from",
    "to",
    "from-name",
    "to-name",
    "purpose",
    "product",
    "versions",
    "scenario",
    "fingerprint",
    "side",
    "policy",
    "text",
    "slug",
    "local",
    // What the reader sets: where rules are, not what they allow.
    "table",
    "tag",
    "prefix",
    "network",
    "acl",
    "label",
];

/// A declaration of which one hole was taken away.
struct Mutant {
    format: String,
    place: String,
    hole: String,
    text: String,
}

impl Mutant {
    fn name(&self) -> String {
        format!("{} {} {}", self.format, self.place, self.hole)
    }

    /// Whether the pattern has the hole once more.
    fn is_doubled(&self) -> bool {
        texts_of(&self.text)[&self.place].contains(&format!("@{}@", self.hole))
    }

    /// What is said of it.
    fn told(&self) -> Vec<String> {
        let path = Utf8PathBuf::from(format!("theme/rules/{}.toml", self.format));
        let mut report = Report::default();
        read_formats(&Sources::from_files(vec![(path, self.text.clone().into_bytes())]), &mut report);
        let told = report.into_list().into_iter();
        told.map(|told| {
            assert_eq!(told.code, Code::RuleFormat, "{}", self.name());
            told.headline
        })
        .collect()
    }
}

fn declarations() -> BTreeMap<String, String> {
    let files = files_below(&repository().join("theme/rules")).into_iter();
    files.map(|(path, bytes)| (path.replace(".toml", ""), String::from_utf8(bytes).unwrap())).collect()
}

/// Where the holes of a text are: start, name.
fn holes(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('@').map(|start| at + start) {
        let name = text[start + 1..].split('@').next().unwrap();
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte));
        at = start + 1;
        if is_name && text[at + name.len()..].starts_with('@') {
            found.push((start, name));
            at += name.len() + 1;
        }
    }
    found
}

/// The texts of a declaration, by their place.
fn texts(value: &Value, place: &str, found: &mut BTreeMap<String, String>) {
    let below = |key: &str| if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") };
    match value {
        Value::String(text) => drop(found.insert(place.to_owned(), text.clone())),
        Value::Table(table) => table.iter().for_each(|(key, value)| texts(value, &below(key), found)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| texts(value, &below(&at.to_string()), found));
        }
        _ => {}
    }
}

fn texts_of(declaration: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    texts(&toml::from_str(declaration).unwrap(), "", &mut found);
    found
}

fn mutants() -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (format, whole) in declarations() {
        let before = texts_of(&whole);
        for (start, hole) in holes(&whole) {
            let text = format!("{}{}", &whole[..start], &whole[start + hole.len() + 2..]);
            let after = texts_of(&text);
            // A comment of the declaration has no place.
            let is_beside = SAID_BESIDE.contains(&hole) || hole.starts_with("t.") || hole.ends_with("-count");
            if is_beside {
                continue;
            }
            let Some(place) = before.keys().find(|place| before[*place] != after[*place]) else { continue };
            mutants.push(Mutant { format: format.clone(), place: place.clone(), hole: hole.to_owned(), text });
        }
    }
    mutants
}

/// What no reading of a declaration finds, as `format place hole` with `*` for the rest, and why nobody is let through.
/// `rules_read_back_refuse_what_no_lint_sees` asks each of them.
const ESCAPED: [(&str, &str); 13] = [
    ("aerleon port.one proto", "aclgen takes no service without its protocol"),
    ("aerleon port.range proto", "as before"),
    ("aerleon port.any proto", NOT_LISTED),
    ("edl rule.in entry-in", "a list says no source between zones, so that sources count as lossy"),
    ("edl part.entry-in.* src", "as before"),
    ("edl-url rule.in entry-in", "as before"),
    ("edl-url part.entry-in.* src", "as before"),
    ("fortigate define.service.* proto", "some of them say their protocol as a word"),
    ("fortigate part.service-of.typed icmp", "the name of a service that nobody has defined"),
    ("fortigate rule.forward type", "as before: it holds the definition"),
    ("iptables part.type.typed proto", "half a word, which iptables does not know"),
    ("nftables * proto", "half a match, which nft does not read"),
    ("nftables rule.* nf", NOT_LISTED),
];
/// aclgen names no service where any port is meant, and nft lists the same rule with and without the version of IP that
/// ICMP has anyway.
const NOT_LISTED: &str = "its tool makes the same of it";
const OF_TESTS: [&str; 3] = ["test-* port.one lo", "test-* port.range lo", "test-* rule.out ports"];

fn is_like(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => name.starts_with(start) && name.ends_with(end) && name.len() >= start.len() + end.len(),
        None => name == pattern,
    }
}

/// Those that lack what a rule needs, and of which nothing is said.
fn escaped(mutants: &[Mutant]) -> Vec<&Mutant> {
    mutants.par_iter().filter(|mutant| mutant.told().is_empty()).collect()
}

#[test]
fn a_declaration_that_lacks_a_hole_is_refused() {
    let mutants = mutants();
    let escaped = escaped(&mutants);
    assert!(mutants.len() > 700 && escaped.len() * 7 < mutants.len(), "{} of {}", escaped.len(), mutants.len());
    let known: Vec<_> = ESCAPED.iter().map(|(pattern, _)| *pattern).chain(OF_TESTS).collect();
    let names: Vec<_> = escaped.iter().filter(|mutant| !mutant.is_doubled()).map(|mutant| mutant.name()).collect();
    let new: Vec<_> = names.iter().filter(|name| !known.iter().any(|known| is_like(name, known))).collect();
    assert!(new.is_empty(), "nothing is said of {new:#?}");
    let caught: Vec<_> = known.iter().filter(|known| !names.iter().any(|name| is_like(name, known))).collect();
    assert!(caught.is_empty(), "refused by now: {caught:#?}");
}

/// What passes is caught when a tool, or a reader in its place, takes the files.
#[test]
#[cfg(target_os = "linux")]
fn rules_read_back_refuse_what_no_lint_sees() {
    let mutants = mutants();
    let escaped = escaped(&mutants);
    let is_listed =
        |mutant: &&Mutant| !ESCAPED.iter().any(|(known, why)| *why == NOT_LISTED && is_like(&mutant.name(), known));
    let escaped: Vec<_> = escaped.into_iter().filter(is_listed).collect();
    let step = amount(escaped.len() / 4, 1);
    let asked: Vec<_> = escaped.iter().step_by(step).collect();
    let passed: Vec<_> = asked.par_iter().filter(|mutant| !is_caught(mutant)).map(|mutant| mutant.name()).collect();
    assert!(asked.len() >= 4 && passed.is_empty(), "of {} nobody catches {passed:#?}", asked.len());
}

#[cfg(target_os = "linux")]
fn is_caught(mutant: &Mutant) -> bool {
    let folder = folder();
    let mut files = site_files(&repository().join("tests/rules/site"));
    files.insert(format!("theme/rules/{}.toml", mutant.format), mutant.text.clone().into_bytes());
    write_files(folder.path(), &files);
    super::rules_proof::differs(folder.path(), &mutant.format)
}
