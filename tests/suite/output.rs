//! The output folder: replaced in one step or not at all, and never somebody else's.

use std::path::Path;

use crate::support::{files_below, folder, names, repository, rutter, small_site, transcript, write_files};

fn site() -> tempfile::TempDir {
    let folder = folder();
    write_files(folder.path(), &small_site());
    folder
}

fn build(folder: &Path, arguments: &[&str]) -> String {
    transcript(&rutter(folder, &[&["build", "--base-url", "https://example.org/"], arguments].concat()))
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
fn what_cannot_be_said_stops_a_build_and_is_told_once() {
    let folder = folder();
    let root = folder.path();
    let mut files = small_site();
    // One is said on every page, one at the root.
    let built_in = std::fs::read_to_string(repository().join("i18n/en/site.ftl")).unwrap();
    let broken = built_in.replace("\nmade-with = Made", "\nmade-with = { $nobody } Made");
    let broken = broken.replace("\nback-home = Go", "\nback-home = { $nobody } Go");
    files.insert("i18n/en/site.ftl".to_owned(), broken.into_bytes());
    write_files(root, &files);
    let told = transcript(&rutter(root, &["build"]));
    for message in ["made-with", "back-home"] {
        assert_eq!(told.matches(&format!("error: the message `{message}`: ")).count(), 1, "{told}");
    }
    assert!(told.contains("error: nothing was written") && told.ends_with("--- exit 1\n"), "{told}");
    assert!(!root.join("public").exists());
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
    let root = site.path().canonicalize().unwrap();
    for (output, path, why, help) in [
        (".", root.clone(), "it is the folder of the site's sources", "a folder in it"),
        ("..", root.parent().unwrap().to_owned(), "the site's sources lie in it", "another folder"),
        ("/", "/".into(), "it is the root of the file system", "another folder"),
        ("content", root.join("content"), "it is part of the site's sources", "another folder"),
        (
            "content/products/out",
            root.join("content/products/out"),
            "it is part of the site's sources",
            "another folder",
        ),
        ("precious", root.join("precious"), "it is a git checkout", "copy the site over"),
        ("precious/.git/site", root.join("precious/.git/site"), "a git repository's own data", "another folder"),
        ("work", root.join("work"), "it holds files that rutter did not write", "empty it"),
        ("file", root.join("file"), "it is a file", "another folder"),
        ("missing/../out", "missing/../out".into(), "a folder before `..` does not exist", "without `..`"),
        ("/proc", "/proc".into(), "it is a mount point", "a folder inside it"),
    ] {
        let before = files_below(site.path());
        let told = build(site.path(), &["--output", output]);
        let begins = format!("--- stderr\nerror: {} is not replaced: ", path.display());
        assert!(told.starts_with(&begins) && told.contains(why), "{output}: {told}");
        assert!(told.contains("\nhelp: ") && told.contains(help), "{output}: {told}");
        assert!(told.ends_with("--- exit 2\n"), "{output}: {told}");
        assert!(before == files_below(site.path()), "{output} was refused, and something changed");
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
    assert_eq!(names(site.path()), ["content", "link", "real", "site.toml"]);
    // The link decides where the site stands, so what it leads to is looked at, not the link.
    build(site.path(), &["--output", "real"]);
    assert!(build(site.path(), &["--output", "link"]).ends_with("--- exit 0\n"));
}

#[cfg(unix)]
#[test]
fn links_that_lead_to_no_folder_are_refused_by_name() {
    let site = site();
    let root = site.path().canonicalize().unwrap();
    std::fs::write(root.join("file"), "x").unwrap();
    std::fs::create_dir(root.join("work")).unwrap();
    std::fs::write(root.join("work/thesis.txt"), "years").unwrap();
    for (link, to) in
        [("dangling", "nowhere"), ("loop", "loop"), ("to-file", "file"), ("to-work", "work"), ("to-sources", "content")]
    {
        std::os::unix::fs::symlink(to, root.join(link)).unwrap();
    }
    let before = names(&root);
    for (output, path, why, help) in [
        ("dangling", "dangling", "it is a link that leads nowhere", "remove the link"),
        ("dangling/site", "dangling", "it is a link that leads nowhere", "remove the link"),
        ("loop", "loop", "it is a link that leads nowhere", "remove the link"),
        ("to-file", "file", "it is a file", "name another folder"),
        ("to-work", "work", "it holds files that rutter did not write", "empty it"),
        ("to-sources", "content", "it is part of the site's sources", "name another folder"),
    ] {
        let told = build(&root, &["--output", output]);
        let expected = format!("error: {} is not replaced: {why}\nhelp: {help}", root.join(path).display());
        assert!(told.contains(&expected) && told.ends_with("--- exit 2\n"), "{output}: {told}");
        assert_eq!(names(&root), before, "{output} was refused, and something changed");
    }
}

#[test]
fn a_folder_is_ours_by_the_first_line_of_its_marker() {
    let site = site();
    let out = site.path().join("public");
    for (marker, why) in [
        ("rutter site 1\n", None),
        ("rutter site 2\nwith: more\n", Some("a later version of rutter wrote it\nhelp: update rutter")),
        ("rutter site 12\n", Some("a later version of rutter wrote it\nhelp: update rutter")),
        ("rutter site 0\n", Some("it holds files that rutter did not write\nhelp: empty it")),
        ("boats I have owned\n", Some("it holds files that rutter did not write\nhelp: empty it")),
        ("", Some("it holds files that rutter did not write\nhelp: empty it")),
    ] {
        std::fs::create_dir_all(&out).unwrap();
        std::fs::write(out.join(".rutter"), marker).unwrap();
        std::fs::write(out.join("page.html"), "old").unwrap();
        let told = build(site.path(), &[]);
        match why {
            None => assert!(told.ends_with("--- exit 0\n"), "{told}"),
            Some(why) => {
                assert!(told.contains(why) && told.ends_with("--- exit 2\n"), "{marker:?}: {told}");
                assert_eq!(std::fs::read_to_string(out.join("page.html")).unwrap(), "old");
            }
        }
    }
}

#[test]
fn work_put_in_place_while_the_site_is_written_is_kept() {
    let site = site();
    let root = camino::Utf8PathBuf::try_from(site.path().to_owned()).unwrap();
    let tree = rutter::inside::output::replace_tree(&root.join("public"), &root).unwrap();
    tree.write("index.html", b"new").unwrap();
    std::fs::create_dir(root.join("public")).unwrap();
    std::fs::write(root.join("public/thesis.txt"), "years").unwrap();
    let error = tree.commit().unwrap_err().to_string();
    assert!(error.contains("it holds files that rutter did not write"), "{error}");
    assert_eq!(std::fs::read_to_string(root.join("public/thesis.txt")).unwrap(), "years");
    assert_eq!(names(site.path()), ["content", "public", "site.toml"]);
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
    let expected = "/public is being written by another build\nhelp: wait for it";
    assert!(told.contains(expected) && told.ends_with("--- exit 2\n"), "{told}");
    drop(lock);
    assert!(build(site.path(), &[]).ends_with("--- exit 0\n"));
}
