//! A release: its notes, its archives, and the package that the registry gets.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use super::runner::Hub;
use crate::support::{files_below, folder, repository, transcript, write_files};

/// A folder with the script of a release, and a changelog.
fn desk(changelog: &str) -> tempfile::TempDir {
    let folder = folder();
    let own = [".ci/release", "Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT"];
    let mut files: BTreeMap<_, _> =
        own.map(|path| (path.to_owned(), std::fs::read(repository().join(path)).unwrap())).into();
    files.insert("CHANGELOG.md".to_owned(), changelog.into());
    write_files(folder.path(), &files);
    folder
}

fn release(desk: &Path, arguments: &[&str]) -> Output {
    let tools = desk.join("tools");
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
    Command::new("bash")
        .arg(desk.join(".ci/release"))
        .args(arguments)
        .env("PATH", path)
        .env("GITHUB_REPOSITORY", "someone/rutter")
        .output()
        .unwrap()
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn the_notes_are_what_the_changelog_says_of_the_version() {
    let whole = format!(
        "# Changelog\n\n## Unreleased\n\n- Not yet.\n\n## {VERSION} – 1 May\n\n- New ([how](docs/a.md#b)).\n\n### For themes\n\n- More.\n\n## 0.0.1\n\n- Old.\n"
    );
    let told = release(desk(&whole).path(), &["notes"]);
    let link = format!("https://github.com/someone/rutter/blob/v{VERSION}/docs/a.md#b");
    let expected = format!("- New ([how]({link})).\n\n### For themes\n\n- More.\n");
    assert_eq!(String::from_utf8(told.stdout).unwrap().trim_end(), expected.trim_end());
    for lacking in
        ["# Changelog\n\n## Unreleased\n\n- All.\n".to_owned(), format!("## {VERSION}\n\n## 0.0.1\n\n- Old.\n")]
    {
        let told = transcript(&release(desk(&lacking).path(), &["notes"]));
        assert!(told.contains(&format!("says nothing of {VERSION}")) && told.ends_with("--- exit 1\n"), "{told}");
    }
}

#[test]
fn a_tag_names_the_version_of_which_the_changelog_tells() {
    let real = std::fs::read_to_string(repository().join("CHANGELOG.md")).unwrap();
    let desk = desk(&real);
    assert!(release(desk.path(), &["check", &format!("v{VERSION}")]).status.success());
    for tag in [VERSION, "v9.9.9", ""] {
        let told = transcript(&release(desk.path(), &["check", tag]));
        assert!(told.contains(&format!("Cargo.toml says {VERSION}")) && told.ends_with("--- exit 1\n"), "{told}");
    }
    assert_eq!(release(desk.path(), &["check"]).status.code(), Some(2));
    assert_eq!(release(desk.path(), &["publish"]).status.code(), Some(2));
}

#[test]
fn an_archive_holds_the_program_and_its_papers_and_its_sum_is_right() {
    let desk = desk("# Changelog\n");
    // They stand for compilers of other systems.
    let cargo = "#!/bin/sh\n[ \"$1 $2 $3 $4\" = 'build --locked --release --target' ] || exit 9\n\
                 mkdir -p target/$5/release && echo for $5 > target/$5/release/rutter && cp target/$5/release/rutter target/$5/release/rutter.exe\n";
    let tools = BTreeMap::from([
        ("cargo".to_owned(), cargo.into()),
        ("rustup".to_owned(), "#!/bin/sh\n".into()),
        ("musl-gcc".to_owned(), "#!/bin/sh\n".into()),
    ]);
    write_files(&desk.path().join("tools"), &tools);
    for tool in tools.keys() {
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(desk.path().join("tools").join(tool), mode).unwrap();
    }
    let workflow = &super::workflows()["release.yml"].1;
    let targets = workflow["jobs"]["archive"]["strategy"]["matrix"]["include"].as_array().unwrap();
    for target in targets.iter().map(|row| row["target"].as_str().unwrap()) {
        let told = release(desk.path(), &["archive", target]);
        assert!(told.status.success(), "{}", transcript(&told));
        let name = format!("rutter-{VERSION}-{target}");
        let out = desk.path().join("out");
        let _ = std::fs::remove_dir_all(&out);
        std::fs::create_dir(&out).unwrap();
        unpack(&desk.path().join(format!("dist/{name}.tar.gz")), &out);
        let program = if target.contains("windows") { "rutter.exe" } else { "rutter" };
        let files = files_below(&out.join(&name));
        let names: Vec<_> = files.keys().map(String::as_str).collect();
        assert_eq!(names, ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", program]);
        assert_eq!(files[program], format!("for {target}\n").into_bytes());
    }
    assert!(release(desk.path(), &["sums"]).status.success());
    let sums = std::fs::read_to_string(desk.path().join("dist/SHA256SUMS")).unwrap();
    assert_eq!(sums.lines().count(), targets.len(), "{sums}");
    let dist = desk.path().join("dist");
    let checked = Command::new("sha256sum").args(["--check", "SHA256SUMS"]).current_dir(dist).output().unwrap();
    assert!(checked.status.success(), "{}", transcript(&checked));
    let systems = ["linux-gnu", "linux-musl", "apple-darwin", "windows"];
    assert!(systems.iter().all(|system| sums.contains(system)) && sums.contains("aarch64-unknown-linux-gnu"), "{sums}");
}

fn unpack(archive: &Path, to: &Path) {
    let done = Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(to).output().unwrap();
    assert!(done.status.success(), "{}", transcript(&done));
}

#[test]
fn the_package_of_the_registry_is_all_that_is_needed() {
    let hub = Hub::new("package", "https://someone.example");
    let packed = hub
        .command("cargo")
        .args(["package", "--locked", "--offline", "--no-verify", "--allow-dirty", "--quiet"])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(packed.status.success(), "{}", transcript(&packed));
    let place = hub.target().join("package");
    let name = format!("rutter-{VERSION}");
    let archive = place.join(format!("{name}.crate"));
    let weight = std::fs::metadata(&archive).unwrap().len();
    assert!(weight < 1536 * 1024, "{} KiB", weight / 1024);
    let folder = folder();
    unpack(&archive, folder.path());
    let files = files_below(&folder.path().join(&name));
    for needed in
        ["LICENSE-MIT", "README.md", "examples/build.rs", "theme/templates/base.html", "i18n/en/language.toml"]
    {
        assert!(files.contains_key(needed), "the package lacks {needed}");
    }
    let strange =
        files.keys().find(|path| ["tests/", "docs/", "content/", "benches/"].iter().any(|top| path.starts_with(top)));
    assert!(strange.is_none(), "the package has {strange:?}");

    let installed = hub
        .command("cargo")
        .args(["install", "--locked", "--offline", "--debug", "--quiet", "--path"])
        .arg(folder.path().join(&name))
        .arg("--root")
        .arg(folder.path())
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(installed.status.success(), "{}", transcript(&installed));
    // Nothing of the package is left when it runs.
    std::fs::remove_dir_all(folder.path().join(&name)).unwrap();
    let site = folder.path().join("site");
    std::fs::create_dir(&site).unwrap();
    let run = |arguments: &[&str]| {
        let done =
            hub.command(folder.path().join("bin/rutter").to_str().unwrap()).args(arguments).current_dir(&site).output();
        let done = done.unwrap();
        assert!(done.status.success(), "{arguments:?}\n{}", transcript(&done));
        String::from_utf8(done.stdout).unwrap()
    };
    // With its commit, which the package carries.
    assert!(run(&["--version"]).starts_with(&format!("rutter {VERSION} (")));
    run(&["init"]);
    run(&["check", "--deny", "warnings"]);
    run(&["build", "--output", "public"]);
    let own = folder.path().join("own");
    let same = crate::support::rutter(&site, &["build", "--output", own.to_str().unwrap()]);
    assert!(same.status.success(), "{}", transcript(&same));
    assert_eq!(crate::support::written_below(&site.join("public")), crate::support::written_below(&own));
}
