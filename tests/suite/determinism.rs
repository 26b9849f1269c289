//! Same inputs, same bytes.

use std::collections::BTreeMap;
use std::process::Command;

use camino::Utf8PathBuf;
use rutter::inside::source::Sources;

use crate::support::{folder, load, real_files, render, text, write_files, written_below};

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

/// Builds the real content as a process of its own, at another place each time.
fn build_elsewhere(files: &BTreeMap<String, Vec<u8>>, surroundings: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let folder = folder();
    let root = folder.path().join(surroundings.iter().map(|(_, value)| value.replace('/', "-")).collect::<String>());
    write_files(&root, files);
    let mut command = Command::new(env!("CARGO_BIN_EXE_rutter"));
    let output = command.arg("build").current_dir(&root).envs(surroundings.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let written = written_below(&root.join("public"));
    for (path, bytes) in &written {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(root.to_str().unwrap()), "{path} names the folder it was built in");
    }
    written
}

/// Neither the folder nor the time, the language, the time zone and the number of threads of the
/// machine reach the output.
#[test]
fn another_machine_writes_the_same_bytes() {
    let files = real_files();
    let here = build_elsewhere(&files, &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LC_ALL", "C")]);
    // The clock stands in seconds at the finest where a file format has one.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let there = [("RAYON_NUM_THREADS", "7"), ("TZ", "Asia/Tokyo"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "de_DE.UTF-8")];
    let there = build_elsewhere(&files, &there);
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    let differing: Vec<_> = here.iter().filter(|(path, bytes)| there[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differing.is_empty(), "{differing:?}");
}
