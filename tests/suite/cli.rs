//! The command line as its users meet it.

use crate::support::{folder, repository, rutter, small_site, transcript, write_files};

#[test]
fn a_new_site_is_clean_and_builds() {
    let folder = folder();
    assert!(transcript(&rutter(folder.path(), &["init"])).ends_with("--- exit 0\n"));
    assert_eq!(
        transcript(&rutter(folder.path(), &["check", "--deny", "warnings"])),
        "--- stderr\nno errors, no warnings\n--- exit 0\n"
    );
    assert!(transcript(&rutter(folder.path(), &["build"])).contains("public:"));
    assert!(folder.path().join("public/de/example/index.html").is_file());
    let again = transcript(&rutter(folder.path(), &["init"]));
    assert!(again.contains("exists") && again.ends_with("--- exit 2\n"), "{again}");
}

#[test]
fn a_new_product_asks_for_what_is_missing_and_nothing_else() {
    let folder = folder();
    rutter(folder.path(), &["init"]);
    assert!(transcript(&rutter(folder.path(), &["new", "product", "fifth"])).contains("content/products/fifth.yaml"));
    let laid_out = std::fs::read_to_string(folder.path().join("content/products/fifth.yaml")).unwrap();
    assert!(laid_out.contains("en: \"\"") && !laid_out.contains("ja:"), "a draft need not be complete:\n{laid_out}");
    let told = transcript(&rutter(folder.path(), &["check"]));
    let codes: std::collections::BTreeSet<_> =
        told.lines().filter_map(|line| line.strip_prefix("error[")?.split(']').next()).collect();
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), ["empty-text"], "{told}");
    assert!(told.contains("`read` is empty"), "nobody has read the source yet:\n{told}");
    let again = transcript(&rutter(folder.path(), &["new", "product", "fifth"]));
    assert!(again.contains("exists") && again.ends_with("--- exit 2\n"));
    assert!(transcript(&rutter(folder.path(), &["new", "product", "../x"])).contains("is no id"));
}

#[test]
fn outside_a_site_the_command_says_where_it_looked() {
    let folder = folder();
    let told = transcript(&rutter(folder.path(), &["build"]));
    assert!(
        told.contains("no site.toml in") && told.contains("rutter init") && told.ends_with("--- exit 2\n"),
        "{told}"
    );
    assert!(transcript(&rutter(folder.path(), &["--root", "nowhere", "check"])).ends_with("--- exit 2\n"));
}

#[test]
fn a_site_is_found_from_a_folder_inside_it() {
    let folder = folder();
    write_files(folder.path(), &small_site());
    assert!(transcript(&rutter(&folder.path().join("content/products"), &["check"])).ends_with("--- exit 0\n"));
}

#[test]
fn wrong_usage_is_two_and_help_is_zero() {
    let folder = folder();
    for (arguments, code) in [
        (&["--help"][..], 0),
        (&["--version"], 0),
        (&["build", "--help"], 0),
        (&[], 2),
        (&["nonsense"], 2),
        (&["check", "--format", "xml"], 2),
        (&["explain", "nothing"], 2),
    ] {
        assert_eq!(rutter(folder.path(), arguments).status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn json_is_an_array_in_every_case() {
    let folder = folder();
    write_files(folder.path(), &small_site());
    assert_eq!(transcript(&rutter(folder.path(), &["check", "--format", "json"])), "--- stdout\n[]\n--- exit 0\n");
    std::fs::write(folder.path().join("content/products/small.yaml"), "日本: 1\nname: x\n").unwrap();
    let output = rutter(folder.path(), &["check", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = &list[0];
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        (first["code"].as_str(), first["line"].as_u64(), first["column"].as_u64(), first["end_column"].as_u64()),
        (Some("missing-key"), Some(1), Some(1), Some(1))
    );
    let unknown = list.as_array().unwrap().iter().find(|found| found["code"] == "unknown-key").unwrap();
    assert_eq!(
        (unknown["end_column"].as_u64(), unknown["locale"].is_null(), unknown["file"].as_str()),
        (Some(3), true, Some("content/products/small.yaml"))
    );
}

#[test]
fn warnings_fail_only_when_denied() {
    let folder = folder();
    let mut files = small_site();
    let product = String::from_utf8(files["content/products/small.yaml"].clone()).unwrap();
    files.insert(
        "content/products/small.yaml".to_owned(),
        product.replace("53/tcp+udp dns", "443/tcp dns").into_bytes(),
    );
    write_files(folder.path(), &files);
    assert_eq!(rutter(folder.path(), &["check"]).status.code(), Some(0));
    assert_eq!(rutter(folder.path(), &["check", "--deny", "warnings"]).status.code(), Some(1));
}

#[test]
fn github_and_sarif_name_the_place() {
    let folder = folder();
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), b"nam: x\n".to_vec());
    write_files(folder.path(), &files);
    let github = transcript(&rutter(folder.path(), &["check", "--format", "github"]));
    assert!(
        github.contains(
            "::error file=content/products/small.yaml,line=1,col=1,endLine=1,endColumn=3,title=unknown-key::"
        ),
        "{github}"
    );
    let sarif: serde_json::Value =
        serde_json::from_slice(&rutter(folder.path(), &["check", "--format", "sarif"]).stdout).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(
        results.iter().any(|result| result["ruleId"] == "unknown-key"
            && result["locations"][0]["physicalLocation"]["region"]["endColumn"] == 4),
        "{sarif:#}"
    );
}

#[test]
fn every_schema_is_printed_as_it_is_published() {
    let folder = folder();
    for name in rutter::inside::render::ApiFile::ALL.iter().map(|file| file.name()) {
        let schema: serde_json::Value =
            serde_json::from_slice(&rutter(folder.path(), &["schema", name]).stdout).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
}

#[cfg(unix)]
#[test]
fn what_can_not_be_read_is_named_and_is_two() {
    let folder = folder();
    write_files(folder.path(), &small_site());
    std::fs::create_dir(folder.path().join("content/products/folder.yaml")).unwrap();
    let told = transcript(&rutter(folder.path(), &["check"]));
    assert!(told.contains("can't read content/products/folder.yaml") && told.ends_with("--- exit 2\n"), "{told}");
    std::fs::remove_dir(folder.path().join("content/products/folder.yaml")).unwrap();

    std::os::unix::fs::symlink("..", folder.path().join("content/products/loop")).unwrap();
    let told = transcript(&rutter(folder.path(), &["check"]));
    assert!(
        told.contains("can't read content/products/loop")
            && told.contains("leads back")
            && told.ends_with("--- exit 2\n"),
        "{told}"
    );
    std::fs::remove_file(folder.path().join("content/products/loop")).unwrap();

    std::os::unix::fs::symlink("gone.yaml", folder.path().join("content/products/dangling.yaml")).unwrap();
    let told = transcript(&rutter(folder.path(), &["check"]));
    assert!(told.contains("dangling.yaml") && told.ends_with("--- exit 2\n"), "{told}");
}

#[test]
fn what_editors_leave_behind_is_no_content() {
    let folder = folder();
    write_files(folder.path(), &small_site());
    for name in [".small.yaml.swp", "small.yaml~", "#small.yaml#", ".DS_Store"] {
        std::fs::write(folder.path().join("content/products").join(name), "nonsense").unwrap();
    }
    assert!(transcript(&rutter(folder.path(), &["check"])).ends_with("--- exit 0\n"));
}

#[test]
fn the_readme_of_the_repository_names_the_two_commands() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    assert!(readme.contains("cargo run -- build") && readme.contains("tests/run"));
}
