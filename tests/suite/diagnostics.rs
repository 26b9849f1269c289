//! `tests/diagnostics/<code>[--variant]/`: a mistake and the exact text its writer sees.
//!
//! A variant `clean` is a look-alike of which nothing is said.
//!
//! A case brings only the files that matter; the rest is `_base`. What runs is the real command, in
//! a folder of its own: `check`, or what the case's file `command` says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use rutter::inside::diagnostic::Code;

use crate::support::{expect, files_below, folder, repository, rutter, transcript, write_files};

pub(crate) fn cases() -> BTreeMap<String, std::path::PathBuf> {
    let folder = repository().join("tests/diagnostics");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .filter(|(name, _)| name != "_base")
        .collect()
}

#[test]
fn every_diagnostic_reads_as_expected() {
    let base = files_below(&repository().join("tests/diagnostics/_base"));
    // One of them while working on it: RUTTER_CASE=shouting-name.
    let wanted = std::env::var("RUTTER_CASE").unwrap_or_default();
    let cases: Vec<_> = cases().into_iter().filter(|(name, _)| name.starts_with(&wanted)).collect();
    assert!(!cases.is_empty(), "no case begins with `{wanted}`");
    let actual = cases.par_iter().map(|(_, path)| run(&base, path)).collect::<Vec<_>>();
    for ((name, path), actual) in cases.iter().zip(actual) {
        let code = name.split("--").next().unwrap();
        if name.ends_with("--clean") {
            assert!(!actual.contains("error[") && !actual.contains("warning["), "{name} is not clean:\n{actual}");
            expect(actual, &path.join("expected.txt"));
            continue;
        }
        let is_named = actual.contains(&format!("[{code}]"));
        assert!(is_named, "{name} does not raise `{code}`:\n{actual}");
        expect(actual, &path.join("expected.txt"));
    }
}

fn run(base: &BTreeMap<String, Vec<u8>>, case: &Path) -> String {
    let mut files = base.clone();
    let mut own = files_below(case);
    own.remove("expected.txt");
    let default =
        if case.to_str().is_some_and(|path| path.ends_with("--clean")) { "check --deny warnings" } else { "check" };
    let command = own.remove("command").map_or(default.to_owned(), |bytes| String::from_utf8(bytes).unwrap());
    // A file `remove` lists what the base has and the case has not.
    let removed = own.remove("remove").map_or(String::new(), |bytes| String::from_utf8(bytes).unwrap());
    removed.lines().for_each(|path| assert!(files.remove(path).is_some(), "{path} is not part of the base"));
    // What translations a case brings are accepted as they are, unless it brings a record of its own.
    let has_record = own.keys().any(|path| path.contains("/accepted/"));
    files.extend(own);
    let folder = folder();
    write_files(folder.path(), &files);
    if !has_record {
        rutter(folder.path(), &["accept", "--changed"]);
    }
    let told = transcript(&rutter(folder.path(), &command.split_whitespace().collect::<Vec<_>>()));
    // How large a site is, is the theme's affair.
    let line = |line: &str| if line.starts_with("public: ") { "public: …".to_owned() } else { line.to_owned() };
    told.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn every_code_has_a_case() {
    let names: BTreeSet<_> = cases().into_keys().map(|name| name.split("--").next().unwrap().to_owned()).collect();
    let codes: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    let missing: Vec<_> = codes.difference(&names).collect();
    let unknown: Vec<_> = names.difference(&codes).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "codes without a case: {missing:?}; cases of no code: {unknown:?}"
    );
}

#[test]
fn the_base_of_all_cases_is_clean() {
    let folder = folder();
    write_files(folder.path(), &files_below(&repository().join("tests/diagnostics/_base")));
    assert_eq!(
        transcript(&rutter(folder.path(), &["check", "--deny", "warnings"])),
        "--- stderr\nno errors, no warnings\n--- exit 0\n"
    );
}
