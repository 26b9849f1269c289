//! `tests/weight.tsv`: what a site weighs, by kind of file. Every reader pays for these bytes, and every publisher
//! for the files. Nothing here is noisy: what grows, grew by the change that is looked at.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::manifest::{generated, kind};
use crate::support::{expect, load, render, repository};

/// By how much a kind may grow before somebody has to mean it.
const PERCENT: u64 = 3;

/// Of each kind how many files, and their bytes.
type Weights = BTreeMap<String, (u64, u64)>;

fn read(text: &str) -> Weights {
    let line = |line: &str| {
        let [kind, files, bytes] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        (kind.to_owned(), (files.parse().unwrap(), bytes.parse().unwrap()))
    };
    text.lines().filter(|line| !line.starts_with('#')).map(line).collect()
}

/// The kinds that are heavier than they were, by more than they may.
fn grown(before: &Weights, now: &Weights) -> Vec<String> {
    let is_more = |before: u64, now: u64| now * 100 > before * (100 + PERCENT);
    let told = |(kind, (files, bytes)): (&String, &(u64, u64))| {
        let (old_files, old_bytes) = before.get(kind).copied().unwrap_or_default();
        let is_grown = is_more(old_files, *files) || is_more(old_bytes, *bytes);
        is_grown.then(|| format!("{kind}: {old_files} files of {old_bytes} bytes are {files} of {bytes}"))
    };
    now.iter().filter_map(told).collect()
}

/// 240 rows with all that large sites have.
#[test]
fn a_site_does_not_grow_unseen() {
    let mut weights = Weights::new();
    for (path, bytes) in render(&load(&generated())) {
        let kind = if path.starts_with("assets/") { format!("assets/{}", kind(&path)) } else { kind(&path) };
        let (files, sum) = weights.entry(kind).or_default();
        *files += 1;
        *sum += bytes.len() as u64;
    }
    let path = repository().join("tests/weight.tsv");
    if std::env::var_os("SNAPSHOTS").is_some() {
        let mut text = String::from("# kind\tfiles\tbytes, of the generated site of 240 rows\n");
        for (kind, (files, bytes)) in &weights {
            writeln!(text, "{kind}\t{files}\t{bytes}").unwrap();
        }
        expect(text, &path);
        return;
    }
    let grown = grown(&read(&std::fs::read_to_string(path).unwrap()), &weights);
    assert!(grown.is_empty(), "more than {PERCENT} % heavier: {grown:#?}; where that is meant, bless `weight`");
}

#[test]
fn what_grows_is_told_and_what_shrinks_is_not() {
    let of = |text: &str| read(&text.replace(' ', "\t"));
    let before = of("html 100 1000\nmd 10 100\n");
    assert_eq!(grown(&before, &of("html 103 1030\n")), [] as [&str; 0]);
    assert_eq!(grown(&before, &of("html 104 1000\nmd 10 104\n")).len(), 2);
    assert_eq!(grown(&before, &of("svg 1 1\n")), ["svg: 0 files of 0 bytes are 1 of 1"]);
}
