//! The record of accepted translations: what makes a pair current, what does not, and that `accept`
//! is careful.

use std::path::Path;
use std::process::Output;

use crate::support::{folder, rutter, small_site, transcript, write_files};

const PRODUCT: &str = "content/products/small.yaml";
const RECORD: &str = "i18n/de/accepted/small.lock";

/// A site in English, German and Japanese whose translations are accepted.
fn accepted_site() -> tempfile::TempDir {
    let mut files = small_site();
    files.insert(
        "site.toml".to_owned(),
        b"title = \"Test\"\nsource_locale = \"en\"\nlocales = [\"en\", \"de\", \"ja\"]\n".to_vec(),
    );
    let mut edit = |path: &str, old: &str, new: &str| {
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(old), "{path} lacks {old}");
        files.insert(path.to_owned(), text.replace(old, new).into_bytes());
    };
    edit(
        PRODUCT,
        "{ en: A small product. }",
        "{ en: A small product., de: Ein kleines Produkt., ja: 小さな製品です。 }",
    );
    edit(
        "content/common/vocabulary.yaml",
        "{ en: Resolves names. }",
        "{ en: Resolves names., de: Löst Namen auf., ja: 名前を解決します。 }",
    );
    let site = folder();
    write_files(site.path(), &files);
    assert_eq!(rutter(site.path(), &["accept", "--changed"]).status.code(), Some(0));
    expect_clean(site.path());
    site
}

fn read(site: &Path, path: &str) -> String {
    std::fs::read_to_string(site.join(path)).unwrap()
}

fn replace(site: &Path, path: &str, old: &str, new: &str) {
    let text = read(site, path);
    assert!(text.contains(old), "{path} lacks {old}");
    std::fs::write(site.join(path), text.replace(old, new)).unwrap();
}

fn expect_clean(site: &Path) {
    let output = rutter(site, &["check", "--deny", "warnings"]);
    assert!(output.status.success(), "{}", transcript(&output));
}

/// Runs a command that must fail with a status and say something.
fn expect_failure(output: &Output, status: i32, said: &str) {
    let told = transcript(output);
    assert_eq!(output.status.code(), Some(status), "{told}");
    assert!(told.contains(said), "no “{said}” in\n{told}");
}

#[test]
fn a_changed_source_is_accepted_by_name_only() {
    let site = accepted_site();
    let site = site.path();
    replace(site, PRODUCT, "A small product.", "A small product of old.");
    expect_failure(&rutter(site, &["check"]), 1, "A small product{+ of old+}.");
    let before = read(site, RECORD);
    let told = transcript(&rutter(site, &["accept", "--changed"]));
    assert!(told.contains("rutter accept --locale de small/product/summary"), "{told}");
    assert_eq!(read(site, RECORD), before);
    let told = transcript(&rutter(site, &["accept", "--locale", "de", "small/product/summary"]));
    assert!(told.contains("source  A small product{+ of old+}.\n  de      Ein kleines Produkt."), "{told}");
    expect_failure(&rutter(site, &["check"]), 1, "`ja` text was accepted");
    assert!(rutter(site, &["accept", "small/product/summary"]).status.success());
    expect_clean(site);
}

#[test]
fn wrapping_and_renaming_change_nothing_that_was_accepted() {
    let site = accepted_site();
    let site = site.path();
    replace(site, PRODUCT, "de: Ein kleines Produkt.", "de: 'Ein   kleines Produkt.'");
    std::fs::rename(site.join(PRODUCT), site.join("content/products/tiny.yaml")).unwrap();
    expect_clean(site);
    // The next `accept` takes the lines along.
    let told = transcript(&rutter(site, &["accept", "--changed"]));
    assert!(told.contains("nothing was accepted"), "{told}");
    assert!(!site.join(RECORD).exists());
    assert!(read(site, "i18n/de/accepted/tiny.lock").contains("\ntiny/product/summary\t"));
    expect_clean(site);
}

#[test]
fn what_merges_leave_behind_does_no_harm() {
    let site = accepted_site();
    let site = site.path();
    let record = read(site, RECORD);
    let lines: Vec<_> = record.lines().collect();
    // A union merge doubles lines, keeps the head twice and old pairs beside new ones, in any order.
    let merged = format!("{record}{record}\nsmall/product/summary\t\"Old.\"\t{}\n", "0".repeat(64));
    std::fs::write(site.join(RECORD), merged).unwrap();
    expect_clean(site);
    std::fs::write(site.join(RECORD), format!("{}\r\n\r\n{}\r\n", lines[0], lines[2])).unwrap();
    expect_clean(site);
    let conflict = format!("{}\n\n<<<<<<< HEAD\n{}\n=======\n>>>>>>> other\n", lines[0], lines[2]);
    std::fs::write(site.join(RECORD), conflict).unwrap();
    expect_failure(&rutter(site, &["check"]), 1, "record-conflict");
    assert!(rutter(site, &["accept", "--changed"]).status.success());
    assert_eq!(read(site, RECORD), record);
    expect_clean(site);
}

#[test]
fn nothing_of_a_broken_record_is_lost() {
    let site = accepted_site();
    let site = site.path();
    let broken = read(site, RECORD) + "\nsmall/product/summary \"spaces instead of tabs\"\n";
    std::fs::write(site.join(RECORD), &broken).unwrap();
    expect_failure(&rutter(site, &["accept", "--changed"]), 1, "record-syntax");
    assert_eq!(read(site, RECORD), broken);
}

#[test]
fn a_misspelled_unit_accepts_nothing() {
    let site = accepted_site();
    let site = site.path();
    replace(site, PRODUCT, "Ein kleines Produkt.", "Ein winziges Produkt.");
    let before = read(site, RECORD);
    let output = rutter(site, &["accept", "small/product/summary", "small/product/sumary"]);
    expect_failure(&output, 2, "did you mean `small/product/summary`?");
    assert_eq!(read(site, RECORD), before);
    expect_failure(&rutter(site, &["accept", "--locale", "dee", "--changed"]), 2, "did you mean `de`?");
    expect_failure(&rutter(site, &["accept", "--locale", "en", "--changed"]), 2, "source locale");
    expect_failure(&rutter(site, &["accept"]), 2, "required");
}

#[test]
fn a_text_with_an_error_is_not_accepted_and_others_are() {
    let site = accepted_site();
    let site = site.path();
    replace(site, PRODUCT, "Ein kleines Produkt.", "Ein <b>kleines</b> Produkt.");
    replace(site, "content/common/vocabulary.yaml", "Löst Namen auf.", "Löst Rechnernamen auf.");
    let output = rutter(site, &["accept", "--changed"]);
    expect_failure(&output, 1, "accepted: 1 in de");
    expect_failure(&output, 1, "markup-not-allowed");
    expect_failure(&rutter(site, &["check"]), 1, "the `de` text of `small/product/summary` has changed");
}

#[test]
fn a_draft_language_is_not_asked_for_anything() {
    let site = accepted_site();
    let site = site.path();
    replace(site, "site.toml", "locales =", "drafts = [\"de\"]\nlocales =");
    replace(site, PRODUCT, "Ein kleines Produkt.", "Ein winziges Produkt.");
    expect_clean(site);
}

#[test]
fn a_changed_message_of_the_interface_asks_for_its_translations() {
    let site = accepted_site();
    let site = site.path();
    std::fs::create_dir_all(site.join("i18n/en")).unwrap();
    let messages = include_str!("../../i18n/en/dates.ftl");
    std::fs::write(site.join("i18n/en/dates.ftl"), messages).unwrap();
    // The compiler's own pairs are accepted with it.
    expect_clean(site);
    let changed = messages.replace("December", "Twelfth month");
    assert_ne!(changed, messages);
    std::fs::write(site.join("i18n/en/dates.ftl"), changed).unwrap();
    expect_failure(&rutter(site, &["check"]), 1, "the source text of `i18n/month-name` has changed");
}
