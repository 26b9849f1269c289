//! A build that would change nothing writes nothing, and any difference is seen: no page is ever stale.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::support::{folder, names, repository, rutter, small_site, transcript, write_files, written_below};

type Files = BTreeMap<String, Vec<u8>>;

/// Sources of every kind, in three languages, with a translation that nobody has accepted yet.
fn site() -> tempfile::TempDir {
    let folder = folder();
    let root = folder.path();
    assert!(rutter(root, &["init"]).status.success());
    let built_in = |path: &str| (path.to_owned(), std::fs::read(repository().join(path)).unwrap());
    let mut files = Files::from([
        built_in("theme/templates/glossary.html"),
        built_in("theme/assets/style/base.css"),
        ("static/robots-of-ours.txt".to_owned(), b"first".to_vec()),
        ("static/data/table.bin".to_owned(), vec![0, 159, 146, 150]),
    ]);
    let (path, message) = built_in("i18n/en/site.ftl");
    files.insert(path, message);
    write_files(root, &files);
    folder
}

fn build(root: &Path, arguments: &[&str]) -> String {
    let told = transcript(&rutter(root, &[&["build"], arguments].concat()));
    assert!(told.ends_with("--- exit 0\n"), "{told}");
    told
}

fn is_unchanged(told: &str) -> bool {
    told.contains(": unchanged, ")
}

/// The folder that stands and when its files were written: a build that writes makes another one.
#[cfg(unix)]
fn identity(folder: &Path) -> (u64, std::time::SystemTime) {
    use std::os::unix::fs::MetadataExt;
    let marker = std::fs::metadata(folder.join(".rutter")).unwrap();
    (std::fs::metadata(folder).unwrap().ino(), marker.modified().unwrap())
}

/// What both builds say: of an unchanged site nobody counts the pages.
fn without_pages(told: &str) -> String {
    let line = |line: &str| match line.split_once(": ") {
        Some(("public", said)) => format!("public: {}\n", said.split_once(", ").map_or(said, |(_, rest)| rest)),
        _ => format!("{line}\n"),
    };
    told.lines().map(line).collect()
}

#[cfg(unix)]
#[test]
fn a_build_of_an_unchanged_site_writes_nothing_and_says_so() {
    let site = site();
    let root = site.path();
    let first = build(root, &[]);
    let public = root.join("public");
    let (stands, files, beside) = (identity(&public), written_below(&public), names(root));
    let said = format!("--- stdout\npublic: unchanged, {} files, ", files.len() - 1);
    for _ in 0..2 {
        let again = build(root, &[]);
        assert!(again.starts_with(&said), "{again}");
        assert_eq!(without_pages(&again), without_pages(&first), "the size and what is said of it are the same");
        assert!(identity(&public) == stands && names(root) == beside, "something was written");
    }
    let forced = build(root, &["--force"]);
    assert_eq!(forced, first);
    assert!(identity(&public) != stands && written_below(&public) == files);
    assert!(is_unchanged(&build(root, &[])), "what was forced counts too");
}

/// Builds in place, and into a folder of its own; both must be the same, and stay.
fn assert_seen(root: &Path, what: &str, arguments: &[&str]) -> Files {
    let told = build(root, arguments);
    assert!(!is_unchanged(&told), "{what} was not seen");
    build(root, &[&["--force", "--output", "clean"], arguments].concat());
    let written = written_below(&root.join("public"));
    assert!(written == written_below(&root.join("clean")), "{what}: a page is stale");
    let again = build(root, arguments);
    assert!(is_unchanged(&again), "{what}: nothing has changed since, but: {again}");
    written
}

fn edit(root: &Path, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from:?}");
    std::fs::write(root.join(path), text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_change_of_any_source_is_seen_and_no_page_is_stale() {
    let site = site();
    let root = site.path();
    let mut before = assert_seen(root, "the first build", &[]);
    let product = "content/products/example.yaml";
    let text = std::fs::read_to_string(root.join(product)).unwrap();
    let steps: [(&str, &dyn Fn()); 16] = [
        ("a product", &|| edit(root, product, "443/tcp", "8443/tcp")),
        ("a change back", &|| std::fs::write(root.join(product), &text).unwrap()),
        ("another product", &|| {
            assert!(rutter(root, &["new", "product", "second"]).status.success());
            std::fs::write(root.join("content/products/second.yaml"), &text).unwrap();
        }),
        ("a product that is gone", &|| std::fs::remove_file(root.join("content/products/second.yaml")).unwrap()),
        ("a page", &|| {
            let page =
                "title: { en: Words }\nsections:\n  first:\n    title: { en: First }\n    text: { en: The words. }\n";
            write_files(root, &Files::from([("content/pages/words.yaml".to_owned(), page.into())]));
        }),
        ("a word on a page", &|| edit(root, "content/pages/words.yaml", "The words.", "Other words.")),
        ("the name of a page", &|| {
            std::fs::rename(root.join("content/pages/words.yaml"), root.join("content/pages/texts.yaml")).unwrap();
        }),
        ("a message", &|| edit(root, "i18n/en/site.ftl", "\nmade-with = Made", "\nmade-with = Built")),
        ("a translation", &|| {
            edit(root, "content/pages/texts.yaml", "title: { en: Words }", "title: { en: Words, de: Wörter }");
        }),
        ("an accepted record", &|| {
            let told = transcript(&rutter(root, &["accept", "--changed"]));
            assert!(told.ends_with("--- exit 0\n") && !told.contains("nothing was accepted"), "{told}");
            assert!(root.join("i18n/de/accepted").is_dir());
        }),
        ("a template of the theme", &|| edit(root, "theme/templates/glossary.html", "<dl", "<dl data-edited=\"\"")),
        ("an asset of the theme", &|| edit(root, "theme/assets/style/base.css", "{", "{ --edited: 1px;")),
        ("a static file, to the same size", &|| {
            std::fs::write(root.join("static/robots-of-ours.txt"), "other").unwrap();
        }),
        ("a static file, by one byte", &|| {
            std::fs::write(root.join("static/data/table.bin"), [0, 159, 146, 151]).unwrap();
        }),
        ("another static file", &|| std::fs::write(root.join("static/data/more.bin"), []).unwrap()),
        ("site.toml", &|| {
            let path = root.join("site.toml");
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, format!("edit_url = \"https://example.org/{{path}}\"\n{text}")).unwrap();
        }),
    ];
    for (what, step) in steps {
        step();
        let after = assert_seen(root, what, &[]);
        assert!(before != after, "{what}: the step changes nothing that is written, so it tests nothing");
        before = after;
    }
}

#[test]
fn a_change_of_what_was_written_is_seen_and_mended() {
    let site = site();
    let root = site.path();
    let public = root.join("public");
    let whole = assert_seen(root, "the first build", &[]);
    let page = public.join("en/index.html");
    let text = std::fs::read_to_string(&page).unwrap();
    let steps: [(&str, &dyn Fn()); 9] = [
        ("a file of another size", &|| std::fs::write(&page, format!("{text}<!-- mine -->")).unwrap()),
        ("a file of the same size", &|| {
            // Longer than the ticks in which file systems count.
            std::thread::sleep(std::time::Duration::from_millis(20));
            std::fs::write(&page, text.replacen("html", "HTML", 1)).unwrap();
        }),
        ("a file that is gone", &|| std::fs::remove_file(&page).unwrap()),
        ("one file more", &|| std::fs::write(public.join("en/mine.txt"), "").unwrap()),
        ("a file with another name", &|| std::fs::rename(&page, public.join("en/other.html")).unwrap()),
        ("a folder that is gone", &|| std::fs::remove_dir_all(public.join("en")).unwrap()),
        ("all files gone but the marker", &|| {
            for name in names(&public).iter().filter(|name| *name != ".rutter") {
                let path = public.join(name);
                if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }.unwrap();
            }
        }),
        ("a marker that says less", &|| std::fs::write(public.join(".rutter"), "rutter site 1\n").unwrap()),
        ("no folder", &|| std::fs::remove_dir_all(&public).unwrap()),
    ];
    for (what, step) in steps {
        step();
        assert!(assert_seen(root, what, &[]) == whole, "{what}");
    }
}

#[test]
fn a_marker_that_is_not_to_the_letter_ours_spares_nothing() {
    let site = site();
    let root = site.path();
    let marker = root.join("public/.rutter");
    build(root, &[]);
    let ours = std::fs::read_to_string(&marker).unwrap();
    let (first, second) = ours.split_once('\n').unwrap();
    assert!(first == "rutter site 1" && second.ends_with('\n') && !second.trim_end().contains('\n'), "{ours}");
    for (from, to) in [
        ("inputs=", "inputs=0"),
        ("files=", "files=0"),
        ("bytes=", "bytes=1"),
        ("sum=", "sum=x"),
        ("errors=0", "errors=-1"),
        ("warnings=0\n", "warnings=0 more=1\n"),
        ("warnings=0\n", "warnings=0"),
    ] {
        build(root, &["--force"]);
        assert!(is_unchanged(&build(root, &[])));
        edit(root, "public/.rutter", from, to);
        let told = build(root, &[]);
        assert!(!is_unchanged(&told), "{from} became {to}: {told}");
    }
}

#[test]
fn another_option_is_another_site() {
    let site = site();
    let root = site.path();
    assert_seen(root, "the first build", &[]);
    assert_seen(root, "an address", &["--base-url", "https://example.org/a/"]);
    assert_seen(root, "another address", &["--base-url", "https://example.org/b/"]);
    assert!(is_unchanged(&build(root, &["--base-url", "HTTPS://Example.org/b/index.html"])), "the same address");
    assert_seen(root, "no address", &[]);
    assert_seen(root, "links to files", &["--file-links"]);
    assert_seen(root, "links to folders", &[]);
    // The folder is none of what decides the bytes, and has a marker of its own.
    build(root, &["--output", "elsewhere"]);
    assert!(is_unchanged(&build(root, &[])) && is_unchanged(&build(root, &["--output", "elsewhere"])));
}

/// What compiled another compiler may write other bytes, whatever its version says.
#[cfg(target_os = "linux")]
#[test]
fn another_program_of_the_same_version_writes_anew() {
    let site = site();
    let root = site.path();
    let program = root.join("compiler");
    std::fs::copy(env!("CARGO_BIN_EXE_rutter"), &program).unwrap();
    let run = || {
        let output = Command::new(&program).arg("build").current_dir(root).env("NO_COLOR", "1").output().unwrap();
        transcript(&output)
    };
    build(root, &[]);
    assert!(is_unchanged(&run()), "the same bytes under another name");
    // The system does not look at what follows a program in its file.
    let mut bytes = std::fs::read(&program).unwrap();
    bytes.push(0);
    std::fs::write(&program, bytes).unwrap();
    let told = run();
    assert!(told.ends_with("--- exit 0\n") && !is_unchanged(&told), "{told}");
    assert!(is_unchanged(&run()) && !is_unchanged(&build(root, &[])), "each writes what the other wrote");
}

#[test]
fn what_was_found_in_the_content_is_said_again() {
    let folder = folder();
    let root = folder.path();
    write_files(root, &small_site());
    edit(root, "content/products/small.yaml", "53/tcp+udp dns", "443/tcp dns");
    let warning = "warning: the site is written, but its content has 1 warning; `rutter check` shows it\n";
    let first = build(root, &[]);
    assert!(first.contains(warning) && !is_unchanged(&first), "{first}");
    let again = build(root, &[]);
    assert_eq!(without_pages(&again), without_pages(&first));
    assert!(is_unchanged(&again));
    edit(root, "content/products/small.yaml", "443/tcp dns", "53/tcp+udp dns");
    let mended = build(root, &[]);
    assert!(!mended.contains("warning") && !is_unchanged(&mended), "{mended}");
}

#[test]
fn what_is_said_while_a_site_is_read_is_said_by_every_build() {
    let folder = folder();
    let root = folder.path();
    write_files(root, &small_site());
    edit(root, "site.toml", "title", "base_url = \"http://localhost:8000/\"\ntitle");
    for _ in 0..2 {
        let told = build(root, &[]);
        assert!(told.contains("leads every reader to their own computer") && !is_unchanged(&told), "{told}");
    }
}

#[test]
fn an_unchanged_site_hides_nothing_that_a_build_would_mend_or_refuse() {
    let site = site();
    let root = site.path();
    build(root, &[]);
    let beside = names(root);
    std::fs::create_dir_all(root.join(".public.rutter-new-1/en")).unwrap();
    assert!(!is_unchanged(&build(root, &[])), "what a killed build left is swept");
    assert_eq!(names(root), beside);
    std::fs::create_dir(root.join("public/.git")).unwrap();
    let told = transcript(&rutter(root, &["build"]));
    assert!(told.contains("it is a git checkout") && told.ends_with("--- exit 2\n"), "{told}");
}
