//! Same inputs, same bytes.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use rutter::source::Sources;

use crate::support::{load, real_files, render, text};

#[test]
fn two_builds_of_the_real_content_are_equal() {
    let files = real_files();
    assert!(render(&load(&files)) == render(&load(&files)));
}

#[test]
fn the_order_of_a_directory_does_not_reach_the_output() {
    let files = real_files();
    let expected = render(&load(&files));
    let mut shuffled: Vec<_> = files.into_iter().map(|(path, bytes)| (Utf8PathBuf::from(path), bytes)).collect();
    // A fixed shuffle: reversed, then every other file moved to the front.
    shuffled.reverse();
    let (even, odd): (Vec<_>, Vec<_>) = shuffled.into_iter().enumerate().partition(|(position, _)| position % 2 == 0);
    let shuffled = odd.into_iter().chain(even).map(|(_, file)| file).collect();
    let sources = Sources::from_files(shuffled);
    let loaded = rutter::load(&sources);
    let site = loaded.value.unwrap_or_else(|| panic!("{}", text(&sources, &loaded.diagnostics)));
    let actual: BTreeMap<_, _> = render(&site);
    assert!(actual == expected);
}

#[test]
fn no_absolute_path_and_no_time_is_in_the_output() {
    let root = env!("CARGO_MANIFEST_DIR");
    for (path, bytes) in render(&load(&real_files())) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(root), "{path} names the folder it was built in");
    }
}
