//! `rutter new flow|component|term|locale` and `rutter init --locales`: one item more, and nothing else.

use std::fmt::Write as _;

use crate::support::{expect, files_below, folder, real_files, repository, rutter, transcript, write_files};

const SITE: &str = "title = \"T\"\nsource_locale = \"en\"\nlocales = [\"en\", \"de\"] # in menu order\n";
const COMMON: &str = "# What all share.\ncomponents:\n  # First.\n  alpha: { name: Alpha }\n  # About delta,\n  # in two lines.\n  delta: { name: Delta }\n\n# Words.\nterms:\n  zebra:\n    name: { en: Zebra, de: =en }\n  ape:\n    name: { en: Ape, de: Affe }\n";
const PRODUCT: &str = "name: P\r\nsummary: { en: A product., de: Ein Produkt. }\r\ncomponents: { own: { name: Own } }\r\nflows:\r\n  one:\r\n    from: own\r\n    to: alpha\r\n    ports: 443/tcp # the usual\r\n\r\n# The end.\r\n";

fn site() -> tempfile::TempDir {
    let folder = folder();
    let files = [("site.toml", SITE), ("content/common/all.yaml", COMMON), ("content/products/p.yaml", PRODUCT)];
    write_files(folder.path(), &files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into());
    folder
}

fn read(folder: &tempfile::TempDir, path: &str) -> String {
    std::fs::read_to_string(folder.path().join(path)).unwrap()
}

#[test]
fn an_item_is_added_at_its_place_and_everything_else_stays() {
    let site = site();
    for (arguments, told) in [
        (["component", "beta"], "content/common/all.yaml:5"),
        (["component", "omega"], "content/common/all.yaml:12"),
        (["term", "cow"], "content/common/all.yaml:23"),
        (["flow", "p/two"], "content/products/p.yaml:9"),
    ] {
        let output = transcript(&rutter(site.path(), &["new", arguments[0], arguments[1]]));
        assert!(output.starts_with(&format!("--- stdout\n{told}\n")), "{arguments:?}: {output}");
    }
    let empty = "    name:\n      en: \"\"\n      de: \"\"\n";
    let common = COMMON
        .replace("  # About delta,", &format!("  beta:\n{empty}  # About delta,"))
        .replace("{ name: Delta }\n", &format!("{{ name: Delta }}\n  omega:\n{empty}"))
        + &format!("  cow:\n{empty}{}", empty.replace("name", "definition"));
    assert_eq!(read(&site, "content/common/all.yaml"), common);
    let flow = "  two:\r\n    from: \"\"\r\n    to: \"\"\r\n    ports: \"\"\r\n    purpose:\r\n      en: \"\"\r\n      de: \"\"\r\n";
    let product = PRODUCT.replace("# the usual\r\n", &format!("# the usual\r\n{flow}"));
    assert_eq!(read(&site, "content/products/p.yaml"), product);
    // What is to be written is what the check asks for.
    let told = transcript(&rutter(site.path(), &["check"]));
    for line in ["p.yaml:10:", "p.yaml:11:", "p.yaml:12:", "p.yaml:14:", "all.yaml:7:"] {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[test]
fn what_can_not_be_added_is_refused_and_nothing_is_written() {
    let site = site();
    let before = files_below(site.path());
    let mut told = String::new();
    for arguments in [
        "flow two",
        "flow q/two",
        "flow p/one",
        "flow p/Zwei",
        "component p/other",
        "component alpha",
        "component p/alpha",
        "term p/cow",
        "term zebra",
        "locale de",
        "locale no_such",
        "flow p/two --from page.csv",
    ] {
        let _ = writeln!(told, "$ rutter new {arguments}");
        let command: Vec<&str> = std::iter::once("new").chain(arguments.split(' ')).collect();
        told.push_str(&transcript(&rutter(site.path(), &command)));
        assert_eq!(files_below(site.path()), before, "{arguments}");
    }
    expect(told, &repository().join("tests/suite/new/refused.txt"));
}

#[test]
fn one_command_makes_a_fourth_language_of_a_site_that_builds() {
    let folder = folder();
    write_files(folder.path(), &real_files());
    let told = transcript(&rutter(folder.path(), &["new", "locale", "fr"]));
    assert!(told.ends_with("--- exit 0\n"), "{told}");
    let config = read(&folder, "site.toml");
    assert!(config.contains("locales = [\"ja\", \"de\", \"en\", \"fr\"]\ndrafts = [\"fr\"]\n"), "{config}");
    for command in ["check", "build"] {
        let told = transcript(&rutter(folder.path(), &[command]));
        assert!(told.ends_with("--- exit 0\n") && !told.contains("error["), "{told}");
    }
    assert!(read(&folder, "public/fr/deep-security/index.html").contains("<html lang=\"fr\""));
    // Each comment of the files is a message: without its sign the file says what the source locale says.
    for name in ["site", "facts", "dates"] {
        let own = read(&folder, &format!("i18n/fr/{name}.ftl"));
        let messages: Vec<&str> = own.lines().skip(1).filter_map(|line| line.strip_prefix("# ")).collect();
        let source = std::fs::read_to_string(repository().join(format!("i18n/en/{name}.ftl"))).unwrap();
        for line in source.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            assert!(messages.contains(&line), "{name}: {line}");
        }
    }
    let again = transcript(&rutter(folder.path(), &["new", "locale", "fr"]));
    assert!(again.contains("the site has the locale `fr` already"), "{again}");
}

#[test]
fn a_site_begins_in_the_languages_asked_for_without_a_leftover() {
    for (locales, others) in
        [("en,fr", ["ja", "de"]), ("de", ["ja", "en"]), ("ja,en", ["de", "fr"]), ("de,en", ["ja", "fr"])]
    {
        let folder = folder();
        let told = transcript(&rutter(folder.path(), &["init", "--locales", locales]));
        assert!(told.ends_with("--- exit 0\n"), "{told}");
        for command in ["check", "build"] {
            let told = transcript(&rutter(folder.path(), &[command]));
            assert!(
                told.ends_with("--- exit 0\n") && !told.contains("error[") && !told.contains("warning["),
                "{locales}: {told}"
            );
        }
        for (path, bytes) in files_below(folder.path()) {
            let text = String::from_utf8_lossy(&bytes);
            for other in others {
                let is_of_other = path.split('/').any(|part| part == other);
                assert!(!is_of_other, "{locales}: {path}");
                let signs =
                    [format!("lang=\"{other}\""), format!("/{other}/"), format!("\"{other}\""), format!(" {other}: ")];
                let is_page = path.ends_with(".html") || path.ends_with(".yaml") || path.ends_with(".toml");
                let said = signs.iter().find(|sign| is_page && text.contains(sign.as_str()));
                assert!(said.is_none(), "{locales}: {path} has {said:?}");
            }
        }
    }
    let folder = folder();
    for (locales, told) in [
        ("fr,en", "no interface text in `fr`"),
        ("en,xx_y", "`xx_y` is no locale tag"),
        ("en,en", "the locale `en` already"),
    ] {
        let output = transcript(&rutter(folder.path(), &["init", "--locales", locales]));
        assert!(output.contains(told) && output.ends_with("--- exit 2\n"), "{output}");
        assert!(files_below(folder.path()).is_empty(), "{locales}");
    }
}

#[test]
fn an_id_that_is_taken_by_the_site_is_refused_before_anything_is_written() {
    let site = site();
    let before = files_below(site.path());
    for arguments in [
        "product components",
        "product protocols",
        "product con",
        "page search",
        "flow p/this",
        "flow p/port-1",
        "component any",
        "component p/unstated",
        "component scenarios",
        "component con",
        "locale api",
    ] {
        let arguments: Vec<_> = ["new"].into_iter().chain(arguments.split(' ')).collect();
        let told = transcript(&rutter(site.path(), &arguments));
        assert!(told.contains("--- exit 2"), "{arguments:?}: {told}");
        assert_eq!(files_below(site.path()), before, "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_stays_as_private_as_it_was_and_a_read_only_one_is_not_replaced() {
    use std::os::unix::fs::PermissionsExt;
    let site = site();
    let path = site.path().join("content/products/p.yaml");
    for (mode, exit, id) in [(0o600, 0, "p/two"), (0o444, 2, "p/three")] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let before = read(&site, "content/products/p.yaml");
        let told = transcript(&rutter(site.path(), &["new", "flow", id]));
        assert!(told.ends_with(&format!("--- exit {exit}\n")), "{told}");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, mode);
        assert_eq!(read(&site, "content/products/p.yaml") == before, exit != 0);
    }
}

/// Whoever reads along may stop: `rutter init site | head -1`.
#[cfg(target_os = "linux")]
#[test]
fn a_site_is_begun_whole_even_where_its_list_can_not_be_shown() {
    let folder = folder();
    let shown = rutter(folder.path(), &["init", "seen"]);
    assert!(shown.status.success());
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_rutter"))
        .args(["init", "unseen"])
        .current_dir(folder.path())
        .stdout(full)
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success());
    assert_eq!(files_below(&folder.path().join("unseen")), files_below(&folder.path().join("seen")));
}
