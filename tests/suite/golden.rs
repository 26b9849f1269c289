//! `tests/golden/<case>/`: a tiny site and, in `expected/`, every file it becomes.

use std::collections::BTreeSet;

use crate::support::{expect, files_below, load, render, repository, site_files};

#[test]
fn every_golden_site_is_written_as_expected() {
    let folder = repository().join("tests/golden");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let case = entry.unwrap().path();
        let expected = case.join("expected");
        let written = render(&load(&site_files(&case)));
        // Assets are the theme's own affair; that they are linked is another test's.
        let written: Vec<_> = written.into_iter().filter(|(path, _)| !path.starts_with("assets/")).collect();
        for (path, bytes) in &written {
            let text = String::from_utf8(bytes.clone()).unwrap();
            std::fs::create_dir_all(expected.join(path).parent().unwrap()).unwrap();
            expect(without_fingerprints(&text), &expected.join(path));
        }
        let known: BTreeSet<_> = written.into_iter().map(|(path, _)| path).collect();
        let unused: Vec<_> = files_below(&expected).into_keys().filter(|path| !known.contains(path)).collect();
        assert!(unused.is_empty(), "{}: no longer written: {unused:?}", case.display());
        count += 1;
    }
    assert!(count > 0, "there is no golden case");
}

/// A change of the theme's looks changes the names of its assets and no page.
fn without_fingerprints(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("assets/") {
        let (before, link) = rest.split_at(at);
        out.push_str(before);
        let end = link.find('"').unwrap_or(link.len());
        let parts: Vec<_> = link[..end].split('.').collect();
        match parts.as_slice() {
            [stem, hash, extension] if hash.len() == 8 => out.extend([stem, ".HASH.", extension]),
            _ => out.push_str(&link[..end]),
        }
        rest = &link[end..];
    }
    out.push_str(rest);
    out
}
