//! `tests/golden/<case>/`: a tiny site and, in `expected/`, every file it becomes.

use std::collections::BTreeSet;

use crate::support::{expect, files_below, load, render, repository, site_files, without_fingerprints};

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
