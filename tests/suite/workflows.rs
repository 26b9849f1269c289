//! The workflows: what they may do, and a push to a site that is published under a path.

#![cfg(unix)]

mod release;
mod runner;

use std::collections::BTreeMap;
use std::path::Path;

use scraper::{Html, Selector};
use serde_json::{Value, json};
use url::Url;

use crate::support::{files_below, repository, transcript, write_files};
use runner::{Hub, PULL_REQUEST, PUSH_TO_MAIN, git};

fn workflows() -> BTreeMap<String, (String, Value)> {
    let files = files_below(&repository().join(".github/workflows"));
    assert!(files.len() >= 2);
    let read = |bytes| String::from_utf8(bytes).unwrap();
    let parsed = |text: String| {
        let value = serde_saphyr::from_str(&text).unwrap();
        (text, value)
    };
    files.into_iter().map(|(path, bytes)| (path, parsed(read(bytes)))).collect()
}

fn jobs(workflow: &Value) -> impl Iterator<Item = (&String, &Value)> {
    workflow["jobs"].as_object().unwrap().iter()
}

#[test]
fn every_action_is_pinned_by_its_commit_with_the_version_beside_it() {
    let mut pins: BTreeMap<String, String> = BTreeMap::new();
    let action = std::fs::read_to_string(repository().join("action.yml")).unwrap();
    let texts = workflows().into_iter().map(|(path, (text, _))| (path, text));
    for (path, text) in texts.chain([("action.yml".to_owned(), action)]) {
        for line in text.lines().filter(|line| line.contains("uses:")) {
            let (action, rest) =
                line.split_once("uses: ").unwrap().1.split_once('@').unwrap_or_else(|| panic!("{line}"));
            let (commit, version) = rest.split_once(" # v").unwrap_or_else(|| panic!("{path}: no version: {line}"));
            assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{path}: {line}");
            let is_exact = version.split('.').filter(|part| part.parse::<u32>().is_ok()).count() == 3;
            assert!(is_exact, "{path}: `{version}` is no exact version");
            let pin = pins.entry(action.to_owned()).or_insert_with(|| rest.to_owned());
            assert_eq!(pin, rest, "{path}: two pins of {action}");
        }
    }
    assert!(pins.len() >= 6, "{pins:?}");
}

#[test]
fn a_job_may_do_what_it_needs_and_ends() {
    for (path, (text, workflow)) in workflows() {
        assert_eq!(workflow["permissions"], json!({}), "{path}: nothing unless a job says so");
        assert!(workflow["concurrency"]["group"].is_string(), "{path}: runs of one branch overtake each other");
        assert!(!text.contains("pull_request_target"), "{path}: strangers' code with our rights");
        assert!(!text.contains("secrets."), "{path}: no step needs a secret");
        for (name, job) in jobs(&workflow) {
            let minutes = job["timeout-minutes"].as_u64();
            assert!(minutes.is_some_and(|minutes| minutes <= 60), "{path}: {name} may hang for {minutes:?} minutes");
            assert!(!job["runs-on"].as_str().unwrap().contains("latest"), "{path}: {name} changes under our feet");
            let expected = match name.as_str() {
                "site" => json!({ "contents": "read", "pages": "read" }),
                "deploy" => json!({ "pages": "write", "id-token": "write" }),
                "release" => json!({
                    "actions": "read", "attestations": "write", "contents": "write", "id-token": "write",
                }),
                "crate" => json!({ "contents": "read", "id-token": "write" }),
                _ => json!({ "contents": "read" }),
            };
            assert_eq!(job["permissions"], expected, "{path}: {name}");
            for step in job["steps"].as_array().unwrap() {
                if step["uses"].as_str().is_some_and(|action| action.starts_with("actions/checkout@")) {
                    assert_eq!(step["with"]["persist-credentials"], json!(false), "{path}: {name}");
                }
                // What an event says, such as the name of a branch, is text, never part of a script.
                assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{path}: {step}");
            }
        }
    }
}

#[test]
fn what_lands_has_passed_every_test_and_the_look_at_dependencies() {
    let workflows = workflows();
    let scripts: Vec<_> = jobs(&workflows["tests.yml"].1)
        .flat_map(|(_, job)| job["steps"].as_array().unwrap())
        .filter_map(|step| step["run"].as_str())
        .collect();
    assert!(scripts.contains(&"bash .ci/run") && scripts.contains(&".ci/dependencies"), "{scripts:?}");
    let run = std::fs::read_to_string(repository().join(".ci/run")).unwrap();
    assert!(run.contains("bash tests/run"));
}

#[test]
fn a_fresh_clone_an_edit_and_a_push_publish_the_site_under_a_path() {
    let hub = Hub::new("rutter", "https://someone.example/port-tables");
    // What is in the work tree, as one commit.
    let listed = git(&repository(), &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let files = listed.split_terminator('\0').map(|path| (path, repository().join(path)));
    let desk = hub.clone_to("desk");
    for (path, from) in files.filter(|(_, from)| from.is_file()) {
        let to = desk.join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from, to).unwrap();
    }
    push(&desk, "HEAD:main");

    let clone = hub.clone_to("fresh");
    let readme = std::fs::read_to_string(clone.join("README.md")).unwrap();
    for command in ["\ncargo run -- build ", "\ntests/run "] {
        assert!(readme.contains(command), "the README's two commands");
    }
    let built = hub
        .command("cargo")
        .args(["run", "--quiet", "--", "build"])
        .current_dir(&clone)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .unwrap();
    assert!(built.status.success() && clone.join("public/en/index.html").is_file(), "{}", transcript(&built));
    assert_eq!(git(&clone, &["status", "--porcelain"]), "", "building leaves nothing to commit");

    edit(
        &clone.join("content/products/web-security-gateway.yaml"),
        "versions: [\"3.7\",",
        "versions: [\"3.6.9\", \"3.7\",",
    );
    push(&clone, "HEAD:main");
    let run = hub.run("publish.yml", "main", PUSH_TO_MAIN);
    assert_eq!(run.failed, None, "{}", run.log);
    let site = files_below(&run.deployed.unwrap());
    check_published(&site, "https://someone.example/port-tables/");
    for locale in ["ja", "de", "en"] {
        let page = String::from_utf8_lossy(&site[&format!("{locale}/web-security-gateway/index.html")]);
        assert!(page.contains("3.6.9"), "{locale}: the edit is not there");
    }
}

#[test]
fn nothing_is_published_without_an_address() {
    let folder = crate::support::folder();
    let fake = "#!/bin/sh\necho \"$@\"\n";
    let script = std::fs::read(repository().join(".ci/site")).unwrap();
    let files = BTreeMap::from([(".ci/site".to_owned(), script), (".ci/rutter".to_owned(), fake.into())]);
    write_files(folder.path(), &files);
    for name in ["site", "rutter"] {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(folder.path().join(".ci").join(name), mode).unwrap();
    }
    let site = |arguments: &[&str]| {
        let ran = std::process::Command::new(folder.path().join(".ci/site")).args(arguments).output().unwrap();
        (ran.status.success(), String::from_utf8(ran.stdout).unwrap())
    };
    let address = "https://someone.example/";
    assert_eq!(site(&[address]), (true, format!("build --output public --base-url {address}\n")));
    assert_eq!(site(&[]), (true, "build --output public --file-links\n".to_owned()));
    assert_eq!(site(&[""]), (false, String::new()), "an empty address");
    let workflow = &workflows()["publish.yml"].1;
    let steps = workflow["jobs"]["site"]["steps"].as_array().unwrap();
    let of_main: Vec<_> = steps
        .iter()
        .filter(|step| step["run"].as_str().is_some_and(|run| run.starts_with(".ci/site")))
        .map(|step| (step["if"].as_str().unwrap(), step["run"].as_str().unwrap()))
        .collect();
    let expected = [
        ("github.ref == 'refs/heads/main'", ".ci/site \"$BASE_URL\""),
        ("github.ref != 'refs/heads/main'", ".ci/site"),
    ];
    assert_eq!(of_main, expected);
}

/// The files of this repository that a site of its own takes, and what `rutter init` gives it.
fn new_site(hub: &Hub, compiler: &str, commit: &str) -> std::path::PathBuf {
    let site = hub.clone_to("site");
    let begun = crate::support::rutter(&site, &["init"]);
    assert!(begun.status.success(), "{}", transcript(&begun));
    for path in ["cache-key", "check", "install", "rutter", "site"].map(|name| format!(".ci/{name}")) {
        std::fs::create_dir_all(site.join(".ci")).unwrap();
        std::fs::copy(repository().join(&path), site.join(&path)).unwrap();
    }
    let workflow = std::fs::read_to_string(repository().join(".github/workflows/publish.yml")).unwrap();
    let workflow = workflow
        .replace("RUTTER_GIT: \"\"", &format!("RUTTER_GIT: {compiler}"))
        .replace("RUTTER_REV: \"\"", &format!("RUTTER_REV: {commit}"));
    assert!(workflow.contains(compiler) && workflow.contains(commit));
    write_files(&site, &BTreeMap::from([(".github/workflows/publish.yml".to_owned(), workflow.into_bytes())]));
    site
}

#[test]
fn a_site_of_its_own_is_published_by_the_same_steps() {
    let compiler = Hub::new("compiler", "https://someone.example/rutter");
    let source = compiler.clone_to("source");
    for folder in ["src", "theme", "i18n"] {
        let files = files_below(&repository().join(folder));
        write_files(&source.join(folder), &files);
    }
    for path in ["Cargo.toml", "Cargo.lock", "build.rs", "tests/suite/main.rs", "tests/browser/main.rs"] {
        write_files(&source, &BTreeMap::from([(path.to_owned(), std::fs::read(repository().join(path)).unwrap())]));
    }
    push(&source, "HEAD:main");
    let commit = git(&source, &["rev-parse", "HEAD"]).trim().to_owned();
    let hub = Hub::new("site", "https://someone.example");
    hub.lend_dependencies(&format!("home/.cache/rutter/{commit}/target"));
    let site = new_site(&hub, &format!("file://{}", compiler.origin().display()), &commit);
    let secret = BTreeMap::from([("static/.well-known/security.txt".to_owned(), b"Contact: x\n".to_vec())]);
    write_files(&site, &secret);
    push(&site, "HEAD:main");

    let run = hub.run("publish.yml", "main", PUSH_TO_MAIN);
    assert_eq!(run.failed, None, "{}", run.log);
    let published = files_below(&run.deployed.unwrap());
    check_published(&published, "https://someone.example/");
    assert_eq!(published[".well-known/security.txt"], b"Contact: x\n");

    // A pull request: a copy to read, and nothing published.
    git(&site, &["switch", "--quiet", "--create", "better"]);
    edit(&site.join("content/products/example.yaml"), "name: Example\n", "name: Sample\n");
    push(&site, "HEAD:better");
    let run = hub.run("publish.yml", "better", PULL_REQUEST);
    assert_eq!((run.failed, run.deployed), (None, None), "{}", run.log);
    assert_eq!(run.artifacts.keys().collect::<Vec<_>>(), ["site"]);
    check_copy(&run.artifacts["site"]);

    // A mistake is told beside its line, and nothing is built from it.
    edit(&site.join("content/products/example.yaml"), "ports: 443/tcp https", "ports: 443/tpc https");
    push(&site, "HEAD:better");
    let run = hub.run("publish.yml", "better", PULL_REQUEST);
    assert_eq!(run.failed.as_deref(), Some(".ci/check"), "{}", run.log);
    assert!(run.artifacts.is_empty());
    assert!(run.log.contains("\n::error file=content/products/example.yaml,line="), "{}", run.log);
    assert!(run.log.contains("\nerror["), "the log says it too: {}", run.log);
}

/// What the action compiles and runs.
fn action_files() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in ["src", "theme", "i18n"] {
        let below = files_below(&repository().join(folder)).into_iter();
        files.extend(below.map(|(path, bytes)| (format!("{folder}/{path}"), bytes)));
    }
    let alone = [
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
        "benches/site/main.rs",
        "tests/suite/main.rs",
        "tests/browser/main.rs",
    ];
    for path in alone.into_iter().chain(["action.yml", ".ci/action"]) {
        files.insert(path.to_owned(), std::fs::read(repository().join(path)).unwrap());
    }
    files
}

/// The workflow that the handbook gives to another repository, and the same with another `with`.
fn workflow_of_the_handbook(with: &str) -> String {
    let page = std::fs::read_to_string(repository().join("docs/publishing.md")).unwrap();
    let block = page.split("# .github/workflows/ports.yml\n").nth(1).unwrap().split("```").next().unwrap();
    let line = block.lines().find(|line| line.contains("with: { base-url:")).unwrap();
    block.replace(line.trim(), with)
}

#[test]
fn another_repository_uses_the_action_of_the_handbook() {
    let mut hub = Hub::new("action", "https://someone.example");
    hub.unpack_action("OWNER/rutter", &action_files());
    let desk = hub.clone_to("desk");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(hub.action("OWNER/rutter").join(".ci/action"), mode).unwrap();
    assert!(crate::support::rutter(&desk, &["init", "ports"]).status.success());
    let write = |with: &str| {
        let workflow = workflow_of_the_handbook(with).into_bytes();
        write_files(&desk, &BTreeMap::from([(".github/workflows/ports.yml".to_owned(), workflow)]));
        push(&desk, "HEAD:main");
        hub.run("ports.yml", "main", PUSH_TO_MAIN)
    };

    // The site lies in a folder of the repository, and is built for its address.
    let run = write("with: { folder: ports, base-url: \"https://docs.example.com/ports/\" }");
    assert_eq!(run.failed, None, "{}", run.log);
    assert_eq!(run.artifacts.keys().collect::<Vec<_>>(), ["site"]);
    check_published(&files_below(&run.artifacts["site"]), "https://docs.example.com/ports/");

    let run = write("with: { folder: ports }");
    assert_eq!(run.failed, None, "{}", run.log);
    check_copy(&run.artifacts["site"]);

    let run = write("with: { folder: ports, upload: pages }");
    assert!(run.failed.is_some() && run.log.contains("must know its address"), "{}", run.log);

    // A mistake is told beside its line, in the file's place in the repository.
    edit(&desk.join("ports/content/products/example.yaml"), "ports: 443/tcp https", "ports: 443/tpc https");
    let run = write("with: { folder: ports }");
    assert!(run.failed.is_some_and(|step| step.ends_with("check")) && run.artifacts.is_empty(), "{}", run.log);
    assert!(run.log.contains("\n::error file=ports/content/products/example.yaml,line="), "{}", run.log);
}

#[test]
fn the_hook_runs_before_a_commit_that_touches_a_site() {
    let text = std::fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).unwrap();
    let hooks: Value = serde_saphyr::from_str(&text).unwrap();
    let hook = &hooks[0];
    assert_eq!((&hook["language"], &hook["pass_filenames"]), (&json!("rust"), &json!(false)));
    let touches = |path: &str| jsonschema::is_valid(&json!({ "pattern": hook["files"] }), &json!(path));
    for path in ["site.toml", "ports/content/products/a.yaml", "i18n/de/site.ftl", "theme/assets/own.css"] {
        assert!(touches(path), "{path}");
    }
    assert!(!touches("README.md") && !touches("contents/a.yaml"));
    let entry: Vec<_> = hook["entry"].as_str().unwrap().split(' ').collect();
    assert_eq!(entry[0], "rutter", "the program that cargo installs");
    let site = crate::support::folder();
    assert!(crate::support::rutter(site.path(), &["init"]).status.success());
    assert!(crate::support::rutter(site.path(), &entry[1..]).status.success());
    edit(&site.path().join("content/products/example.yaml"), "ports: 443/tcp https", "ports: 443/tpc https");
    assert!(!crate::support::rutter(site.path(), &entry[1..]).status.success());
}

fn edit(file: &Path, old: &str, new: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(old), "{}: no {old}", file.display());
    std::fs::write(file, text.replacen(old, new, 1)).unwrap();
}

fn push(work: &Path, to: &str) {
    git(work, &["add", "--all"]);
    git(work, &["commit", "--quiet", "--message", "An edit"]);
    git(work, &["push", "--quiet", "origin", to]);
}

/// The links of a page, and the address it says it has.
fn links(page: &[u8]) -> (Vec<String>, Option<String>) {
    let document = Html::parse_document(std::str::from_utf8(page).unwrap());
    let linking = Selector::parse("[href], [src]").unwrap();
    let canonical = Selector::parse("link[rel=canonical]").unwrap();
    let links = document.select(&linking).filter_map(|e| e.attr("href").or(e.attr("src"))).map(str::to_owned).collect();
    (links, document.select(&canonical).next().and_then(|link| link.attr("href")).map(str::to_owned))
}

const REFRESH: &[u8] = b"http-equiv=\"refresh\"";

/// Every link of every page leads to a file below the base URL, or to another host.
fn check_published(site: &BTreeMap<String, Vec<u8>>, base: &str) {
    let base = Url::parse(base).unwrap();
    let leads_on = |url: &Url, from: &str| {
        if url.host() != base.host() || !url.scheme().starts_with("http") {
            return;
        }
        let path = url.path().strip_prefix(base.path()).unwrap_or_else(|| panic!("{from}: {url} is not below {base}"));
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        assert!(site.contains_key(&file), "{from}: {url} leads to {file}, which is not there");
    };
    let mut canonicals = 0;
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let address = base.join(path.strip_suffix("index.html").unwrap_or(path)).unwrap();
        // The page of a missing address is served at that address, however deep.
        let seen_at = if path == "404.html" { base.join("no/such/page").unwrap() } else { address.clone() };
        let (links, canonical) = links(bytes);
        let leads_elsewhere = bytes.windows(REFRESH.len()).any(|window| window == REFRESH);
        for link in links {
            leads_on(&seen_at.join(&link).unwrap(), path);
        }
        if let Some(canonical) = canonical.as_ref().filter(|_| leads_elsewhere) {
            // The page of an address that moved names the new one.
            assert_ne!(canonical, address.as_str(), "{path}");
            leads_on(&Url::parse(canonical).unwrap(), path);
        } else if let Some(canonical) = canonical {
            assert_eq!(canonical, address.as_str(), "{path}");
            canonicals += 1;
        }
    }
    assert!(canonicals > 5, "{canonicals} pages know their address");
    let sitemap = std::str::from_utf8(&site["sitemap.xml"]).unwrap();
    let places: Vec<_> = sitemap.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert!(places.len() > 5);
    for place in places {
        leads_on(&Url::parse(place).unwrap(), "sitemap.xml");
    }
}

/// Every link of every page leads to a file on the disk.
fn check_copy(folder: &Path) {
    let mut count = 0;
    for (path, bytes) in files_below(folder).into_iter().filter(|(path, _)| path.ends_with(".html")) {
        // Browsers show it only where a server says so.
        if path == "404.html" {
            continue;
        }
        let page = Url::from_file_path(folder.join(&path)).unwrap();
        for url in links(&bytes).0.iter().map(|link| page.join(link).unwrap()).filter(|url| url.scheme() == "file") {
            assert!(url.to_file_path().unwrap().is_file(), "{path}: {url}");
            count += 1;
        }
    }
    assert!(count > 50, "{count} links");
}
