//! Help while typing: the schemas of the source hold what the compiler holds, and the language server
//! that editors have for YAML makes completion, hover and marks of them.

mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use rutter::inside::config::schema_of_config;
use rutter::inside::diagnostic::Code;
use rutter::inside::parse::schema::{Kind, schema_of, schema_of_all};
use serde_json::Value;

use crate::support::{expect, files_below, folder, real_files, repository, rutter, transcript};
use server::Server;

/// What a file says, as an editor reads it: numbers and truth values where YAML has them.
fn read_yaml(bytes: &[u8]) -> Option<Value> {
    serde_saphyr::from_str(std::str::from_utf8(bytes).ok()?).ok()
}

/// The schemas by the folder of content that they are for.
fn validators() -> BTreeMap<&'static str, Validator> {
    Kind::ALL.map(|kind| (kind.name(), jsonschema::validator_for(&schema_of(kind, None)).unwrap())).into()
}

/// Every file of content below a folder, with its kind.
fn content(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, Kind, &Vec<u8>)> {
    files.iter().filter_map(|(path, bytes)| Some((path, Kind::of_path(path)?, bytes)))
}

/// Folders of sites that hold what `check` takes.
fn right_sites() -> Vec<PathBuf> {
    let golden = std::fs::read_dir(repository().join("tests/golden")).unwrap().map(|entry| entry.unwrap().path());
    let others = ["tests/twins", "tests/diagrams", "tests/rules/site", "tests/diagnostics/_base", "."];
    golden.chain(others.map(|path| repository().join(path))).collect()
}

#[test]
fn schemas_of_another_rutter_are_told_until_they_are_written_again() {
    let folder = folder();
    let run = |arguments: &[&str]| String::from_utf8(rutter(folder.path(), arguments).stderr).unwrap();
    run(&["init", "."]);
    assert_eq!(run(&["check"]), "no errors, no warnings\n");
    let path = folder.path().join("schema/product.json");
    let old = std::fs::read_to_string(&path).unwrap().replacen("\"description\"", "\"title\"", 1);
    std::fs::write(&path, old).unwrap();
    assert!(run(&["check"]).starts_with("the schemas in `schema/` are not those of this rutter"));
    run(&["schema", "--write"]);
    assert_eq!(run(&["check"]), "no errors, no warnings\n");
}

#[test]
fn the_schemas_take_whatever_the_compiler_takes() {
    let of_kind = validators();
    let of_all = jsonschema::validator_for(&schema_of_all(None)).unwrap();
    let of_config = jsonschema::validator_for(&schema_of_config()).unwrap();
    let mut count = 0;
    for site in right_sites() {
        let files = crate::support::site_files(&site);
        for (path, kind, bytes) in content(&files) {
            let value = read_yaml(bytes).unwrap_or_else(|| panic!("{}: {path} is no YAML", site.display()));
            for validator in [&of_kind[kind.name()], &of_all] {
                let refused: Vec<_> = validator.iter_errors(&value).map(|error| told(&error)).collect();
                assert!(refused.is_empty(), "{}: {path}: {refused:?}", site.display());
            }
            count += 1;
        }
        let config: Value = toml::from_str(std::str::from_utf8(&files["site.toml"]).unwrap()).unwrap();
        assert!(of_config.is_valid(&config), "{}", site.display());
    }
    assert!(count > 40, "{count} files");
}

fn told(error: &jsonschema::ValidationError<'_>) -> String {
    let text = error.to_string();
    format!("{}: {}", error.instance_path(), text.chars().take(200).collect::<String>())
}

/// Codes about the form of a file, which a schema can see.
const OF_FORM: [Code; 13] = [
    Code::AddressForm,
    Code::DateForm,
    Code::EmptyText,
    Code::InvalidId,
    Code::MissingKey,
    Code::MissingText,
    Code::PortForm,
    Code::UnknownCode,
    Code::UnknownKey,
    Code::UnknownValue,
    Code::UnquotedLiteral,
    Code::UrlForm,
    Code::WrongType,
];

/// Why a schema says nothing of some cases of these codes.
const SILENT: &[(&str, &[&str])] = &[
    (
        "patterns don't calculate",
        &[
            "address-form--host-bits",
            "address-form--host-bits-ipv6",
            "address-form--leading-zeros",
            "address-form--netmask",
            "date-form--no-such-day",
            "port-form--named-range-reversed",
            "port-form--random-reversed",
            "port-form--reversed",
            "port-form--source-port-reversed",
            "wrong-type--too-many-rows",
        ],
    ),
    (
        "a name with more signs than it may have would take a pattern that nobody reads",
        &[
            "address-form--placeholder",
            "address-form--range",
            "empty-text--invisible",
            "url-form--base-url-host",
            "url-form--host",
        ],
    ),
    (
        "it depends on another value of the item",
        &[
            "port-form--service-twice",
            "port-form--source-port-of-another-transport",
            "port-form--two-source-ports",
            "port-form--named-range-without-a-condition",
            "wrong-type--addresses-of-anyone",
            "wrong-type--addresses-of-nobody",
            "wrong-type--any-beside-a-component",
            "wrong-type--between-and-inferred",
            "wrong-type--setting-of-a-fixed-port",
            "wrong-type--source-beside-rows",
            "wrong-type--unstated-beside-a-component",
        ],
    ),
    (
        "it depends on another file",
        &[
            "missing-key--component-name",
            "port-form--named-range-that-can-not-hold",
            "missing-text",
            "unknown-key--locale-of-a-url",
        ],
    ),
    ("it is not in the file", &["invalid-id--file-name-with-dot", "invalid-id--file-name-with-spaces"]),
    ("it is not in content", &["unknown-key--language"]),
    ("in YAML 1.2 it is a text", &["unquoted-literal--name"]),
];

/// What the schemas say of the files of a case: `None`, nothing is wrong with them.
fn refused(of_kind: &BTreeMap<&'static str, Validator>, of_config: &Validator, case: &Path) -> Option<String> {
    let files = files_below(case);
    let in_content = content(&files).find_map(|(path, kind, bytes)| {
        let Some(value) = read_yaml(bytes) else { return Some(format!("{path}: no YAML")) };
        of_kind[kind.name()].iter_errors(&value).next().map(|error| format!("{path}: {}", told(&error)))
    });
    let config = files.get("site.toml").and_then(|bytes| toml::from_str(std::str::from_utf8(bytes).ok()?).ok());
    in_content.or_else(|| of_config.iter_errors(&config?).next().map(|error| told(&error)))
}

#[test]
fn the_schemas_refuse_what_the_compiler_refuses_for_its_form_and_nothing_of_which_it_only_warns() {
    let cases = repository().join("tests/diagnostics");
    let base = crate::support::load(&files_below(&cases.join("_base")));
    let locales = Some(&base.config().locales);
    let of_kind = Kind::ALL.map(|kind| (kind.name(), jsonschema::validator_for(&schema_of(kind, locales)).unwrap()));
    let of_kind = BTreeMap::from(of_kind);
    let of_config = jsonschema::validator_for(&schema_of_config()).unwrap();
    let mut silent = BTreeSet::new();
    for case in std::fs::read_dir(&cases).unwrap().map(|entry| entry.unwrap()) {
        let name = case.file_name().into_string().unwrap();
        let Ok(expected) = std::fs::read_to_string(case.path().join("expected.txt")) else { continue };
        let refused = refused(&of_kind, &of_config, &case.path());
        let is_of_form = OF_FORM.iter().any(|code| name.split("--").next() == Some(code.as_str()));
        if !expected.contains("error[") {
            assert!(refused.is_none(), "{name} is refused: {refused:?}");
        } else if is_of_form && refused.is_none() {
            silent.insert(name);
        }
    }
    let known: BTreeSet<_> = SILENT.iter().flat_map(|(_, names)| *names).map(|name| (*name).to_owned()).collect();
    assert_eq!(silent, known, "cases of which the schemas say nothing");
}

#[test]
fn the_schemas_in_the_repository_are_those_of_its_languages() {
    let site = crate::support::load(&real_files());
    let locales = &site.config().locales;
    for kind in Kind::ALL {
        let path = repository().join(format!("schema/{}.json", kind.name()));
        expect(format!("{:#}\n", schema_of(kind, Some(locales))), &path);
    }
    expect(format!("{:#}\n", schema_of_config()), &repository().join("schema/site.json"));
}

#[test]
fn every_file_of_the_content_names_its_schema_first() {
    for (path, kind, bytes) in content(&real_files()) {
        let line = format!("# yaml-language-server: $schema=../../schema/{}.json\n", kind.name());
        assert!(bytes.starts_with(line.as_bytes()), "{path}");
    }
    assert!(real_files()["site.toml"].starts_with(b"#:schema ./schema/site.json\n"));
}

#[test]
fn a_file_has_the_schema_of_its_kind_with_the_languages_of_its_site() {
    let folder = site();
    for (name, kind) in [("content/products/example.yaml", "product"), ("content/common/x.yaml", "common")] {
        let of_file = rutter(folder.path(), &["schema", name]);
        assert!(of_file.status.success(), "{}", transcript(&of_file));
        assert_eq!(of_file.stdout, std::fs::read(folder.path().join(format!("schema/{kind}.json"))).unwrap());
    }
    let told = transcript(&rutter(folder.path(), &["schema", "prodcuts"]));
    assert!(told.contains("did you mean `products`") && told.ends_with("--- exit 2\n"), "{told}");
    assert!(transcript(&rutter(folder.path(), &["schema"])).ends_with("--- exit 2\n"));
    // Outside a site it knows no languages.
    let nowhere = crate::support::folder();
    for name in ["source", "source/product", "source/page", "site", "site.toml", "content/pages/x.yaml"] {
        let output = rutter(nowhere.path(), &["schema", name]);
        let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
    }
}

#[test]
fn what_is_added_to_a_site_with_schemas_names_its_own() {
    let folder = site();
    for arguments in [["new", "product", "guard"], ["new", "page", "reading"], ["new", "locale", "fr"]] {
        let told = transcript(&rutter(folder.path(), &arguments));
        assert!(told.ends_with("--- exit 0\n"), "{told}");
    }
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(
        read("content/products/guard.yaml").starts_with("# yaml-language-server: $schema=../../schema/product.json\n")
    );
    assert!(read("content/pages/reading.yaml").starts_with("# yaml-language-server: $schema=../../schema/page.json\n"));
    assert!(read("schema/product.json").contains("\"fr\": {"), "the new language is offered");
    std::fs::remove_file(folder.path().join("content/common/vocabulary.yaml")).unwrap();
    let told = transcript(&rutter(folder.path(), &["new", "term", "sensor"]));
    assert!(told.starts_with("--- stdout\ncontent/common/terms.yaml:3\n"), "{told}");
    assert!(
        read("content/common/terms.yaml")
            .starts_with("# yaml-language-server: $schema=../../schema/common.json\nterms:\n  sensor:")
    );
    // A site without them gets no line that leads nowhere.
    std::fs::remove_dir_all(folder.path().join("schema")).unwrap();
    rutter(folder.path(), &["new", "product", "plain"]);
    assert!(read("content/products/plain.yaml").starts_with("name:"));
    let written = transcript(&rutter(folder.path(), &["schema", "--write"]));
    assert!(
        written
            .starts_with("--- stdout\nschema/product.json\nschema/common.json\nschema/page.json\nschema/site.json\n"),
        "{written}"
    );
}

fn site() -> tempfile::TempDir {
    let folder = folder();
    let told = transcript(&rutter(folder.path(), &["init"]));
    assert!(told.ends_with("--- exit 0\n"), "{told}");
    folder
}

/// No mark at all.
const NOTHING: [&str; 0] = [];
const EXAMPLE: &str = "content/products/example.yaml";

#[test]
fn an_editor_offers_keys_and_words_says_what_they_are_for_and_marks_a_slip() {
    let folder = site();
    let text = std::fs::read_to_string(folder.path().join(EXAMPLE)).unwrap();
    let mut server = Server::start(folder.path());
    assert_eq!(server.open(EXAMPLE, &text), NOTHING, "a new site is clean");
    let said = server.hover(EXAMPLE, place_behind(&text, "    zon"));
    assert!(said.contains("where it stands"), "{said}");

    let typed = text.replacen("    ports: 53/tcp+udp dns\n", "    ports: 53/tcp+udp dns\n    ver\n", 1);
    server.change(EXAMPLE, &typed);
    let keys = server.completion(EXAMPLE, place_behind(&typed, "    ver"));
    let verdict = keys.iter().find(|item| item["label"] == "verdict").unwrap_or_else(|| panic!("{keys:#?}"));
    assert!(verdict.to_string().contains("whether it is let through"), "{verdict}");
    let typed = text.replacen("    ports: 53/tcp+udp dns\n", "    ports: 53/tcp+udp dns\n    scope: \n", 1);
    server.change(EXAMPLE, &typed);
    let words = server.completion(EXAMPLE, place_behind(&typed, "    scope: "));
    let words: BTreeSet<_> = words.iter().filter_map(|item| item["label"].as_str()).collect();
    assert!(["network", "internal", "loopback"].iter().all(|word| words.contains(word)), "{words:?}");

    let slip = text.replacen("    ports: 53/tcp+udp dns", "    port: 53/tcp+udp dns", 1);
    let line = place_behind(&slip, "    port").0;
    let marks = server.change(EXAMPLE, &slip);
    assert!(marks.iter().any(|mark| mark.starts_with(&format!("{line}: ")) && mark.contains("port")), "{marks:?}");
    let wrong = text.replacen("53/tcp+udp dns", "53/tpc dns", 1);
    let marks = server.change(EXAMPLE, &wrong);
    assert!(marks.iter().any(|mark| mark.starts_with(&format!("{line}: "))), "{marks:?}");
    assert_eq!(server.change(EXAMPLE, &text), NOTHING, "mended");
}

#[test]
fn an_editor_marks_nothing_in_the_real_content() {
    let mut server = Server::start(&repository());
    let files = real_files();
    for (path, _, bytes) in content(&files) {
        assert_eq!(server.open(path, std::str::from_utf8(bytes).unwrap()), NOTHING, "{path}");
    }
}

/// Line and column behind the first time that something is written.
fn place_behind(text: &str, written: &str) -> (usize, usize) {
    let at = text.find(written).unwrap() + written.len();
    let line = text[..at].matches('\n').count();
    (line, at - text[..at].rfind('\n').map_or(0, |start| start + 1))
}
