//! `tests/golden/<case>/`: a tiny site that shows one subject and, in `expected/`, the files it becomes:
//! those whose path begins with a line of `only`, or every file where there is none.

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
        let only = std::fs::read_to_string(case.join("only"));
        let only: Option<Vec<&str>> = only.as_deref().ok().map(|only| only.lines().collect());
        let is_shown = |path: &str| {
            let is_asked = |only: &Vec<&str>| only.iter().any(|start| path.starts_with(start));
            !path.starts_with("assets/") && only.as_ref().is_none_or(is_asked)
        };
        for start in only.iter().flatten() {
            assert!(written.keys().any(|path| path.starts_with(start)), "{}: no file is {start}", case.display());
        }
        let written: Vec<_> = written.into_iter().filter(|(path, _)| is_shown(path)).collect();
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
    assert!(count > 5, "{count} golden cases");
}
