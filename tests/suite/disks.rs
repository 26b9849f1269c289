//! Disks that fill up, folders that can't be written, things mounted where a site should stand.
//!
//! Each test runs itself again inside a mount namespace of its own (`tests/in-mounts`). Where the
//! system allows none, it fails; `tests/run` says so aloud and sets `RUTTER_TESTS_WITHOUT_MOUNTS`.

#![cfg(target_os = "linux")]

use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::support::{files_below, folder, many_products, names, repository, rutter, transcript, write_files};

/// Whether this process may mount. If not, the test of this name has been run in one that may.
fn may_mount(test: &str) -> bool {
    if std::env::var_os("RUTTER_MAY_MOUNT").is_some() {
        return true;
    }
    if std::env::var_os("RUTTER_TESTS_WITHOUT_MOUNTS").is_some() {
        // Not through a macro, which the test harness would capture.
        let _ = writeln!(std::io::stderr(), "NOT TESTED: {test}: left out by RUTTER_TESTS_WITHOUT_MOUNTS");
        return false;
    }
    let output = Command::new(repository().join("tests/in-mounts"))
        .arg(std::env::current_exe().unwrap())
        .args([&format!("disks::{test}"), "--exact", "--nocapture"])
        .output()
        .unwrap();
    let told = transcript(&output);
    assert_ne!(
        output.status.code(),
        Some(77),
        "{told}\nNOT TESTED. To run the other tests all the same: RUTTER_TESTS_WITHOUT_MOUNTS=1 cargo test"
    );
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
    false
}

fn mount(arguments: &[&str], place: &Path) {
    let output = Command::new("mount").args(arguments).arg(place).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", transcript(&output));
}

/// Undone when the test ends, so that its folder can be removed.
struct Mounted<'a>(&'a Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0).status();
    }
}

fn site() -> tempfile::TempDir {
    let folder = folder();
    write_files(folder.path(), &many_products(30));
    std::fs::create_dir(folder.path().join("disk")).unwrap();
    folder
}

fn build(site: &Path, output: &str, url: &str) -> String {
    transcript(&rutter(site, &["build", "--output", output, "--base-url", url]))
}

const OLD: &str = "https://example.org/old/";
const NEW: &str = "https://example.org/new/";

#[test]
fn a_full_disk_keeps_the_old_site_and_no_part_of_the_new_one() {
    if !may_mount("a_full_disk_keeps_the_old_site_and_no_part_of_the_new_one") {
        return;
    }
    let site = site();
    let disk = site.path().join("disk");
    build(site.path(), "disk/site", OLD);
    let files = files_below(&disk.join("site"));
    let bytes: usize = files.values().map(|bytes| bytes.len().div_ceil(4096) * 4096).sum();
    std::fs::remove_dir_all(disk.join("site")).unwrap();
    // From "no room for the first file" to "all but the last", in percent of the old site, by room
    // and by number of files.
    let rooms = [102, 130, 160, 197].map(|percent| format!("size={}", bytes * percent / 100));
    let inodes = [140, 190].map(|percent| format!("nr_inodes={}", files.len() * percent / 100));
    for room in rooms.iter().chain(&inodes) {
        mount(&["-t", "tmpfs", "-o", room, "tmpfs"], &disk);
        let _mounted = Mounted(&disk);
        assert!(build(site.path(), "disk/site", OLD).ends_with("--- exit 0\n"), "{room}");
        let before = files_below(&disk);
        let told = build(site.path(), "disk/site", NEW);
        assert!(told.ends_with("--- exit 2\n"), "{room}: {told}");
        assert!(told.starts_with("--- stderr\nerror: can't write ") && told.contains("disk/"), "{room}: {told}");
        assert!(told.contains("No space left on device") && told.contains("help: the new site needs room"), "{told}");
        assert!(told.contains("help: the old site, if there was one, is untouched"), "{told}");
        assert!(before == files_below(&disk), "{room}: the old site is not as it was");
        assert_eq!(names(&disk), ["site"], "{room}");
        mount(&["-o", "remount,size=64m,nr_inodes=100k"], &disk);
        assert!(build(site.path(), "disk/site", NEW).ends_with("--- exit 0\n"), "{room}: room was made");
        assert!(before != files_below(&disk));
    }
}

#[test]
fn a_folder_that_can_not_be_written_keeps_the_old_site() {
    if !may_mount("a_folder_that_can_not_be_written_keeps_the_old_site") {
        return;
    }
    let site = site();
    let disk = site.path().join("disk");
    build(site.path(), "disk/site", OLD);
    let before = files_below(&disk);
    mount(&["--bind", disk.to_str().unwrap()], &disk);
    let _mounted = Mounted(&disk);
    mount(&["-o", "remount,bind,ro"], &disk);
    for output in ["disk/site", "disk/other", "disk/deeper/site"] {
        let told = build(site.path(), output, NEW);
        assert!(told.starts_with("--- stderr\nerror: can't write ") && told.contains("/disk/"), "{output}: {told}");
        assert!(told.contains("Read-only file system"), "{output}: {told}");
        assert!(told.contains("help: a site is replaced as a whole, so the folder that holds it must be writable"));
        assert!(told.ends_with("--- exit 2\n"), "{output}: {told}");
    }
    assert!(before == files_below(&disk));
    assert_eq!(names(&disk), ["site"]);
}

#[test]
fn what_is_mounted_is_not_replaced() {
    if !may_mount("what_is_mounted_is_not_replaced") {
        return;
    }
    let site = site();
    let root = site.path().canonicalize().unwrap();
    build(&root, "public", OLD);
    std::fs::create_dir_all(root.join("shared/downloads")).unwrap();
    std::fs::write(root.join("shared/downloads/thesis.txt"), "years").unwrap();
    // Mounted from another file system, from the same one, and inside an old site.
    for (place, from, why) in [
        ("disk", None, "it is a mount point\nhelp: name a folder inside it"),
        ("public", Some("public"), "it is a mount point\nhelp: name a folder inside it"),
        ("public/en", Some("shared/downloads"), "another file system is mounted inside it\nhelp: unmount it"),
    ] {
        let before = files_below(&root.join("public"));
        match from {
            None => mount(&["-t", "tmpfs", "tmpfs"], &root.join(place)),
            Some(from) => mount(&["--bind", root.join(from).to_str().unwrap()], &root.join(place)),
        }
        let output = place.split('/').next().unwrap();
        let told = build(&root, output, NEW);
        drop(Mounted(&root.join(place)));
        let expected = format!("error: {} is not replaced: {why}", root.join(output).display());
        assert!(told.contains(&expected) && told.ends_with("--- exit 2\n"), "{place}: {told}");
        assert!(before == files_below(&root.join("public")), "{place}");
    }
    assert_eq!(std::fs::read_to_string(root.join("shared/downloads/thesis.txt")).unwrap(), "years");
    assert!(build(&root, "public", NEW).ends_with("--- exit 0\n"), "nothing is mounted any more");
}
