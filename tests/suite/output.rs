//! The output folder: replaced in one step or not at all, and never somebody else's.

use std::path::Path;

use crate::support::{files_below, folder, rutter, small_site, transcript, write_files};

fn site() -> tempfile::TempDir {
    let folder = folder();
    write_files(folder.path(), &small_site());
    folder
}

fn build(folder: &Path, arguments: &[&str]) -> String {
    transcript(&rutter(folder, &[&["build", "--base-url", "https://example.org/"], arguments].concat()))
}

/// Names beside the sources, the output and what a build may keep.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_build_leaves_the_site_and_nothing_else() {
    let site = site();
    assert!(build(site.path(), &[]).ends_with("--- exit 0\n"));
    assert_eq!(names(site.path()), ["content", "public", "site.toml"]);
    assert!(build(site.path(), &[]).ends_with("--- exit 0\n"), "a second build replaces the first");
    assert_eq!(names(site.path()), ["content", "public", "site.toml"]);
    assert!(site.path().join("public/.rutter").is_file());
}

#[test]
fn a_build_replaces_what_is_no_longer_part_of_the_site() {
    let site = site();
    build(site.path(), &[]);
    std::fs::write(site.path().join("public/stale.html"), "old").unwrap();
    build(site.path(), &[]);
    assert!(!site.path().join("public/stale.html").exists());
}

#[test]
fn content_errors_leave_the_old_site_untouched() {
    let site = site();
    build(site.path(), &[]);
    let before = files_below(&site.path().join("public"));
    std::fs::write(site.path().join("content/products/small.yaml"), "name: [").unwrap();
    let told = build(site.path(), &[]);
    assert!(
        told.contains("error[yaml-syntax]") && told.contains("nothing was written") && told.ends_with("--- exit 1\n"),
        "{told}"
    );
    assert!(before == files_below(&site.path().join("public")));
    assert_eq!(names(site.path()), ["content", "public", "site.toml"]);
}

#[test]
fn a_template_error_leaves_the_old_site_untouched() {
    let site = site();
    build(site.path(), &[]);
    let before = files_below(&site.path().join("public"));
    std::fs::create_dir_all(site.path().join("theme/templates")).unwrap();
    std::fs::write(site.path().join("theme/templates/glossary.html"), "{{ body.nothing.at.all }}").unwrap();
    let told = build(site.path(), &[]);
    assert!(
        told.contains("error[template-error]")
            && told.contains("theme/templates/glossary.html:1:")
            && told.ends_with("--- exit 1\n"),
        "{told}"
    );
    assert!(before == files_below(&site.path().join("public")));
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let site = site();
    std::fs::create_dir_all(site.path().join("precious/.git")).unwrap();
    std::fs::create_dir_all(site.path().join("work")).unwrap();
    std::fs::write(site.path().join("work/thesis.txt"), "years").unwrap();
    std::fs::write(site.path().join("file"), "x").unwrap();
    for (output, why) in [
        (".", "it is the folder of the site's sources"),
        ("..", "the site's sources lie in it"),
        ("/", "it is the root of the file system"),
        ("content", "it is part of the site's sources"),
        ("content/products/out", "it is part of the site's sources"),
        ("precious", "it is a git checkout"),
        ("work", "it holds files that rutter did not write"),
        ("file", "it is a file"),
        ("/proc", "it is a mount point"),
    ] {
        let told = build(site.path(), &["--output", output]);
        assert!(told.contains(why) && told.ends_with("--- exit 2\n"), "{output}: {told}");
    }
    assert_eq!(std::fs::read_to_string(site.path().join("work/thesis.txt")).unwrap(), "years");
}

#[test]
fn an_empty_folder_is_taken() {
    let site = site();
    std::fs::create_dir(site.path().join("empty")).unwrap();
    assert!(build(site.path(), &["--output", "empty"]).ends_with("--- exit 0\n"));
    assert!(site.path().join("empty/en/index.html").is_file());
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_keeps_the_link_and_replaces_its_target() {
    let site = site();
    std::fs::create_dir(site.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", site.path().join("link")).unwrap();
    assert!(build(site.path(), &["--output", "link"]).ends_with("--- exit 0\n"));
    assert!(site.path().join("link").is_symlink());
    assert!(site.path().join("real/en/index.html").is_file());
    std::os::unix::fs::symlink("nowhere", site.path().join("dangling")).unwrap();
    assert!(build(site.path(), &["--output", "dangling"]).contains("leads nowhere"));
}

#[test]
fn leftovers_of_a_dead_build_are_swept() {
    let site = site();
    std::fs::create_dir_all(site.path().join(".public.rutter-new-1/en")).unwrap();
    build(site.path(), &[]);
    assert_eq!(names(site.path()), ["content", "public", "site.toml"]);
}

#[test]
fn a_crash_between_two_renames_is_undone_by_the_next_build() {
    let site = site();
    build(site.path(), &[]);
    let before = files_below(&site.path().join("public"));
    std::fs::rename(site.path().join("public"), site.path().join(".public.rutter-old")).unwrap();
    // A build that fails halfway puts nothing of its own in place: what stands there is what it undid.
    std::fs::create_dir_all(site.path().join("theme/templates")).unwrap();
    std::fs::write(site.path().join("theme/templates/glossary.html"), "{{ body.nothing.at.all }}").unwrap();
    assert!(build(site.path(), &[]).ends_with("--- exit 1\n"));
    assert!(before == files_below(&site.path().join("public")), "the old site is not back in its place");
}

#[cfg(unix)]
#[test]
fn two_builds_at_once_do_not_mix() {
    let site = site();
    build(site.path(), &[]);
    let lock = std::fs::File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(site.path().join(".public.rutter-lock"))
        .unwrap();
    rustix::fs::flock(&lock, rustix::fs::FlockOperation::LockExclusive).unwrap();
    let told = build(site.path(), &[]);
    assert!(told.contains("is being written by another build") && told.ends_with("--- exit 2\n"), "{told}");
    drop(lock);
    assert!(build(site.path(), &[]).ends_with("--- exit 0\n"));
}
