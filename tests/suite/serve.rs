//! `rutter serve` as a process: what it answers, and what it makes of every way in which files are saved.

mod hostile;
mod saving;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::preview::{Preview, Watching, wait_until};
use crate::support::{folder, load, many_products, render, site_files, small_site, write_files};

const SMALL: &str = "content/products/small.yaml";

/// A small site in a folder of its own.
fn site(files: &BTreeMap<String, Vec<u8>>) -> tempfile::TempDir {
    let folder = folder();
    write_files(folder.path(), files);
    folder
}

fn replace(root: &Path, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    std::fs::write(root.join(path), text.replace(from, to)).unwrap();
}

/// Every page that is served is the one that would be built from the files as they lie there.
fn assert_is_built(preview: &Preview, root: &Path) {
    let built = render(&load(&site_files(root)));
    for (path, bytes) in built.iter().filter(|(path, _)| path.ends_with(".html") && *path != "404.html") {
        let target = format!("/{}", path.strip_suffix("index.html").unwrap());
        assert_eq!(preview.page(&target), String::from_utf8_lossy(bytes), "{path}");
    }
}

#[test]
fn what_is_served_is_what_is_built() {
    let mut files = small_site();
    files.insert("static/a file.txt".to_owned(), b"as it is".to_vec());
    let site = site(&files);
    let preview = Preview::start(site.path());
    for (path, bytes) in render(&load(&files)) {
        let target = path.strip_suffix("index.html").unwrap_or(&path).replace(' ', "%20");
        if path.ends_with(".html") {
            assert_eq!(preview.page(&format!("/{target}")), String::from_utf8_lossy(&bytes), "{path}");
        } else {
            let answer = preview.get(&format!("/{target}"));
            assert!(answer.status == 200 && answer.body == bytes, "{path}: {}", answer.head);
        }
    }
    assert!(!site.path().join("public").exists(), "a preview writes nothing");
}

#[test]
fn a_page_is_found_by_every_name_that_a_server_gives_it() {
    let site = site(&small_site());
    let preview = Preview::start(site.path());
    for target in ["/en/small", "/en/small/index.html"] {
        let answer = preview.get(target);
        assert!(answer.status == 301 && answer.head.contains("location: /en/small/"), "{target}: {}", answer.head);
    }
    let missing = preview.get("/en/nothing/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("live.js"), "a page that is missing may come");
    let head = preview.say(format!("HEAD /en/ HTTP/1.0\r\nHost: {}\r\n\r\n", preview.host).as_bytes());
    assert!(head.status == 200 && head.body.is_empty(), "{}", head.head);
    assert!(preview.get("/en/").head.contains("cache-control: no-store"));
    let page = preview.page("/en/");
    let sheet = page.split("../assets/style.").nth(1).unwrap().split('"').next().unwrap();
    assert!(preview.get(&format!("/assets/style.{sheet}")).head.contains("immutable"), "{sheet}");
}

#[test]
fn a_site_that_does_not_hold_leaves_the_last_page_and_says_why_until_it_is_mended() {
    let site = site(&small_site());
    let root = site.path();
    let preview = Preview::start(root);
    let listener = preview.listen();
    wait_until("the checks", || preview.told().contains("no errors, no warnings"));
    let page = preview.page("/en/small/");
    replace(root, SMALL, "to: dns-server", "to: dns-servre");
    wait_until("the error", || listener.broken().contains("`dns-servre` is no component"));
    let news = listener.latest().unwrap();
    assert_eq!(news["broken"][0]["place"], "content/products/small.yaml:8");
    let editor = format!("vscode://file{}/content/products/small.yaml:8:", root.canonicalize().unwrap().display());
    assert!(news["broken"][0]["href"].as_str().unwrap().starts_with(&editor), "{news}");
    assert!(listener.broken().contains("did you mean `dns-server`?"), "{news}");
    assert_eq!((preview.page("/en/small/"), listener.generation()), (page, 1));
    // A second mistake is told, the first not again.
    replace(root, SMALL, "53/tcp+udp", "53/tpc");
    wait_until("the second error", || listener.broken().contains("tpc"));
    assert_eq!(preview.told().matches("`dns-servre` is no component").count(), 1, "{}", preview.told());
    replace(root, SMALL, "to: dns-servre", "to: dns-server");
    replace(root, SMALL, "53/tpc", "54/tcp");
    wait_until("no error", || listener.broken().is_empty() && listener.generation() > 1);
    assert!(preview.page("/en/small/").contains("54/TCP") || preview.page("/en/small/").contains("54"));
    wait_until("it is told", || {
        preview.told().contains("mended: content/products/small.yaml: error[unknown-component]")
    });
}

#[test]
fn a_mistake_in_a_template_or_a_style_is_told_and_mended() {
    let site = site(&small_site());
    let root = site.path();
    let preview = Preview::start(root);
    let listener = preview.listen();
    let template = BTreeMap::from([("theme/templates/prose.html".to_owned(), b"{% block %}".to_vec())]);
    write_files(root, &template);
    wait_until("the error", || listener.broken().contains("template-error"));
    assert_eq!(preview.get("/en/small/").status, 200);
    std::fs::remove_file(root.join("theme/templates/prose.html")).unwrap();
    wait_until("no error", || listener.broken().is_empty());
}

#[test]
fn a_preview_of_a_broken_site_begins_and_brings_the_page_when_it_is_mended() {
    let mut files = small_site();
    files.insert(SMALL.to_owned(), b"name: [".to_vec());
    let site = site(&files);
    let preview = Preview::start(site.path());
    let answer = preview.get("/en/small/");
    assert!(answer.status == 500 && answer.text().contains("live.js"), "{}", answer.text());
    wait_until("the error", || preview.told().contains("error[yaml-syntax]"));
    std::fs::write(site.path().join(SMALL), &small_site()[SMALL]).unwrap();
    wait_until("the page", || preview.get("/en/small/").status == 200);
}

#[test]
fn what_the_checks_find_is_counted_behind_the_page() {
    let site = site(&small_site());
    let preview = Preview::start(site.path());
    let listener = preview.listen();
    replace(site.path(), SMALL, ", rows: [1]", "");
    wait_until("the finding", || listener.latest().unwrap()["errors"] == 1);
    let news = listener.latest().unwrap();
    assert!(news["found"][0]["text"].as_str().unwrap().contains("uncovered-row"), "{news}");
    assert!(listener.broken().is_empty() && listener.generation() == 2, "the page is shown all the same");
    wait_until("it is told", || preview.told().contains("error[uncovered-row]"));
}

#[test]
fn a_taken_port_gives_the_next_free_one_and_says_so() {
    let site = site(&small_site());
    let first = Preview::start(site.path());
    let port: u16 = first.host.rsplit(':').next().unwrap().parse().unwrap();
    let second = Preview::start_with(site.path(), &["--port", &port.to_string()]);
    assert_ne!(first.host, second.host);
    wait_until("a word", || second.told().contains(&format!("note: port {port} is taken, so this is port ")));
    assert_eq!((first.get("/en/").status, second.get("/en/").status), (200, 200));
}

#[cfg(unix)]
#[test]
fn interrupting_ends_at_once_also_while_pages_listen() {
    let site = site(&many_products(200));
    let mut preview = Preview::start(site.path());
    let _listeners: Vec<_> = (0..4).map(|_| preview.listen()).collect();
    let started = Instant::now();
    let id = preview.process.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    preview.process.wait().unwrap();
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

#[test]
fn others_are_let_in_only_with_a_word_of_warning() {
    let site = site(&small_site());
    let preview = Preview::start_with(site.path(), &["--port", "0", "--host", "0.0.0.0"]);
    wait_until("a word", || preview.told().contains("warning: whoever reaches 0.0.0.0 can read this site"));
    assert!(preview.host.starts_with("localhost:"), "{}", preview.host);
    let listener = preview.listen();
    replace(site.path(), SMALL, "to: dns-server", "to: dns-servre");
    wait_until("the error", || !listener.broken().is_empty());
    assert!(listener.latest().unwrap()["broken"][0]["href"].is_null(), "no path of this machine is told to others");
}

#[test]
fn a_check_that_goes_on_tells_what_is_new_and_what_is_mended() {
    let site = site(&small_site());
    let watch = Watching::start(site.path());
    wait_until("the first check", || watch.told().contains("no errors, no warnings"));
    replace(site.path(), SMALL, "to: dns-server", "to: dns-servre");
    wait_until("the error", || watch.told().contains("error[unknown-component]"));
    replace(site.path(), SMALL, "to: dns-servre", "to: dns-server");
    wait_until("its end", || watch.told().contains("mended: content/products/small.yaml: error[unknown-component]"));
    wait_until("the count", || watch.told().ends_with("no errors, no warnings\n"));
}
