//! `tests/manifest.tsv`: what every site of this repository becomes, as one hash for each kind of
//! file. Where a change moves code and nothing else, no line of it changes; where one is meant to
//! change what is written, the lines tell how far it reaches. The hash of each file is written to
//! `target/manifest/`, so that two runs can be compared.
//!
//! Whoever edits the content changes what it becomes, and blesses nothing: its lines count for the
//! content they were made of, which has a line of its own.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::support::{
    expect, files_below, load, real_files, render, repository, site_files, sources, text, without_fingerprints,
};

#[path = "../../benches/site/generate.rs"]
mod generate;

/// The site of this repository.
const CONTENT: &str = "content";

/// The sites and the files they are made of.
pub(super) fn sites() -> BTreeMap<String, BTreeMap<String, Vec<u8>>> {
    let tests = repository().join("tests");
    let mut sites = BTreeMap::from([
        (CONTENT.to_owned(), real_files()),
        ("diagrams".to_owned(), site_files(&tests.join("diagrams"))),
        ("generated".to_owned(), generated()),
    ]);
    for case in std::fs::read_dir(tests.join("golden")).unwrap() {
        let case = case.unwrap();
        let name = case.file_name().into_string().unwrap();
        sites.insert(format!("golden/{name}"), site_files(&case.path()));
    }
    sites
}

/// 240 rows with all that large sites have.
pub(super) fn generated() -> BTreeMap<String, Vec<u8>> {
    let folder = crate::support::folder();
    let root = folder.path().join("site");
    let size = generate::Size { products: 4, rows: 60 };
    assert_eq!(size.total_rows(), 240);
    generate::write_site(&root, size).unwrap();
    files_below(&root)
}

/// What `check` says of it, and every file it becomes without the theme's own.
fn written(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let sources = sources(files);
    let site = load(files);
    let said = text(&sources, &rutter::check(&site, &sources));
    let mut written = render(&site);
    written.retain(|path, _| !path.starts_with("assets/"));
    for bytes in written.values_mut() {
        *bytes = without_fingerprints(std::str::from_utf8(bytes).unwrap()).into_bytes();
    }
    written.insert("check".to_owned(), said.into_bytes());
    written
}

/// `html`, `search/js`, `api/json`: what is written by the same code.
pub(super) fn kind(path: &str) -> String {
    let extension = path.rsplit_once('.').map_or(path, |(_, extension)| extension);
    match path.split('/').next() {
        Some(folder @ ("api" | "search")) => format!("{folder}/{extension}"),
        _ => extension.to_owned(),
    }
}

#[test]
fn every_site_becomes_what_it_became() {
    let mut manifest = String::from("# site\tkind\tfiles\tBLAKE3 of their hashes, first 128 bits\n");
    let folder = repository().join("target/manifest");
    for (name, files) in sites() {
        let mut listing = String::new();
        let mut kinds: BTreeMap<String, (usize, blake3::Hasher)> = BTreeMap::new();
        // What writers write. Scripts, looks and lists of words change no page of it.
        let is_written = |path: &str| !path.starts_with("theme/assets/") && !path.ends_with("language.toml");
        let inputs = files.iter().filter(|(path, _)| is_written(path));
        let inputs = inputs.map(|(path, bytes)| ("inputs".to_owned(), path.clone(), bytes.clone()));
        let outputs = written(&files).into_iter().map(|(path, bytes)| (kind(&path), path, bytes));
        for (kind, path, bytes) in inputs.filter(|_| name == CONTENT).chain(outputs) {
            let line = format!("{}\t{path}\n", blake3::hash(&bytes).to_hex());
            let (count, hasher) = kinds.entry(kind).or_default();
            *count += 1;
            hasher.update(line.as_bytes());
            listing.push_str(&line);
        }
        for (kind, (count, hasher)) in kinds {
            writeln!(manifest, "{name}\t{kind}\t{count}\t{}", &hasher.finalize().to_hex()[..32]).unwrap();
        }
        let file = folder.join(format!("{name}.tsv"));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, listing).unwrap();
    }
    let file = repository().join("tests/manifest.tsv");
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    let of_content = |line: &&str| line.starts_with(&format!("{CONTENT}\t"));
    let inputs = format!("{CONTENT}\tinputs\t");
    let inputs = manifest.lines().find(|line| line.starts_with(&inputs)).unwrap();
    if known.lines().any(|line| line == inputs) || std::env::var_os("SNAPSHOTS").is_some() {
        expect(manifest, &file);
    } else {
        let rest =
            |manifest: &str| manifest.lines().filter(|line| !of_content(line)).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(rest(&manifest), rest(&known));
    }
}
