//! The record of accepted translations: what makes a pair current, what does not, and that `accept`
//! is careful.

use std::fmt::Write;
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

/// A site whose summary has a name in words of its own, a list, and a pair of which `check` warns.
fn site_with_a_list() -> tempfile::TempDir {
    let site = accepted_site();
    replace(
        site.path(),
        PRODUCT,
        "flows:",
        "notes:
  limits:
    kind: note
    text:
      en: |
        It needs two things:

        - a name for [the computer](component:agent)
        - a place
      de: |
        Es braucht zweierlei:

        - einen Namen für [den Computer](component:agent)
        - einen Ort
      ja: |
        必要なものは2つです：

        - [コンピューター](component:agent)の名前
        - 場所
flows:",
    );
    site
}

#[test]
fn a_warning_is_weighed_or_the_text_is_not_accepted() {
    let site = accepted_site();
    let site = site.path();
    replace(site, PRODUCT, "Ein kleines Produkt.", "Ein kleines kleines Produkt.");
    let before = read(site, RECORD);
    let accept = |more: &[&str]| rutter(site, &[&["accept", "small/product/summary"], more].concat());
    expect_failure(&accept(&[]), 1, "accept them with `--despite typography`");
    assert_eq!(read(site, RECORD), before);
    expect_failure(&accept(&["--despite", "typografy"]), 2, "did you mean `typography`?");
    expect_failure(&accept(&["--despite", "length-ratio"]), 1, "nothing was accepted");
    assert!(accept(&["--despite", "length-ratio,typography"]).status.success());
    assert!(
        read(site, RECORD).contains("\t\"Ein kleines kleines Produkt.\"\tdespite=typography\n"),
        "{}",
        read(site, RECORD)
    );
    expect_clean(site);
    let told = transcript(&rutter(site, &["status", "--locale", "de"]));
    assert!(told.contains("1 translation accepted despite warnings:\n    small/product/summary: typography"), "{told}");
    let json = transcript(&rutter(site, &["status", "--locale", "de", "--format", "json"]));
    assert!(json.contains("\"despite\": 1,"), "{json}");
    // What is accepted later leaves the doubt where it is.
    replace(site, "content/common/vocabulary.yaml", "Löst Namen auf.", "Löst Rechnernamen auf.");
    assert!(rutter(site, &["accept", "--changed"]).status.success());
    assert!(read(site, RECORD).contains("despite=typography"));
}

#[test]
fn a_warning_about_the_source_text_is_not_accepted_away() {
    let site = accepted_site();
    let site = site.path();
    replace(site, PRODUCT, "A small product.", "A small product for the the agent.");
    let output = rutter(site, &["accept", "small/product/summary"]);
    expect_failure(&output, 1, "--despite typography");
}

#[test]
fn blocks_and_names_are_part_of_what_was_accepted() {
    let site = site_with_a_list();
    let site = site.path();
    assert!(rutter(site, &["accept", "--changed"]).status.success());
    expect_clean(site);
    // Other marks and other lines are the same text.
    replace(site, PRODUCT, "- einen Namen für [den Computer]", "* einen Namen für\n          [den Computer]");
    replace(site, PRODUCT, "- einen Ort", "* einen Ort");
    expect_clean(site);
    replace(site, PRODUCT, "        * einen Ort", "          * einen Ort");
    expect_failure(&rutter(site, &["check"]), 1, "what has changed in the translation: ");
    replace(site, PRODUCT, "          * einen Ort", "        * einen Ort");
    expect_clean(site);
    replace(site, PRODUCT, "Es braucht zweierlei:\n\n        *", "Es braucht zweierlei:");
    expect_failure(&rutter(site, &["check"]), 1, "zweierlei:[- ¶ --] einen Namen");
}

#[test]
fn a_record_of_format_1_counts_and_is_rewritten_whole() {
    let site = site_with_a_list();
    let site = site.path();
    assert!(rutter(site, &["accept", "--changed"]).status.success());
    let record = read(site, RECORD);
    std::fs::write(site.join(RECORD), flat_record(&record)).unwrap();
    expect_clean(site);
    // A text that has changed keeps its former line, and the rest is written with its texts.
    replace(site, PRODUCT, "Ein kleines Produkt.", "Ein winziges Produkt.");
    replace(site, "content/common/vocabulary.yaml", "Löst Namen auf.", "Löst Rechnernamen auf.");
    assert!(rutter(site, &["accept", "common/service/dns/purpose"]).status.success());
    let mixed = read(site, RECORD);
    assert!(mixed.starts_with("# rutter accepted 2 source=en\n"));
    let flat = flat_record(&record);
    let former = flat.lines().find(|line| line.starts_with("small/product/summary\t")).unwrap();
    assert!(mixed.lines().any(|line| line == former), "{mixed}");
    assert_eq!(mixed.lines().count(), record.lines().count());
    replace(site, PRODUCT, "Ein winziges Produkt.", "Ein kleines Produkt.");
    expect_clean(site);
    assert!(rutter(site, &["accept", "--changed"]).status.success());
    assert_eq!(read(site, RECORD), record);
    // Changes to blocks go unnoticed in format 1, as they did; everything else is told.
    std::fs::write(site.join(RECORD), flat).unwrap();
    replace(site, PRODUCT, "einen Ort", "einen Platz");
    expect_failure(&rutter(site, &["check"]), 1, "the `de` text of `small/note/limits/text` has changed");
}

/// The same record as format 1 wrote it.
fn flat_record(record: &str) -> String {
    let mut flat = String::from("# rutter accepted 1 source=en\n");
    for line in record.lines().skip(1).filter(|line| !line.is_empty()) {
        let fields: Vec<_> = line.split('\t').collect();
        let text = |field: &str| {
            let text: String = serde_json::from_str(field).unwrap();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let mut hasher = blake3::Hasher::new();
        hasher.update(text(fields[2]).as_bytes());
        let names: Vec<String> = fields.get(3).map_or(Vec::new(), |names| serde_json::from_str(names).unwrap());
        for name in names {
            hasher.update(&[0]);
            hasher.update(name.as_bytes());
        }
        let source = serde_json::to_string(&text(fields[1])).unwrap();
        writeln!(flat, "\n{}\t{source}\t{}", fields[0], hasher.finalize().to_hex()).unwrap();
    }
    flat
}

#[test]
fn a_name_that_is_the_same_on_purpose_is_accepted_like_any_other() {
    let site = accepted_site();
    let site = site.path();
    replace(site, PRODUCT, "{ name: Agent }", "{ name: { en: Agent, ja: エージェント, de: =en } }");
    expect_failure(&rutter(site, &["check"]), 1, "nobody has accepted the `de` text of `small/component/agent/name`");
    assert!(rutter(site, &["accept", "--changed"]).status.success());
    expect_clean(site);
    replace(site, PRODUCT, "en: Agent,", "en: Agents,");
    expect_failure(&rutter(site, &["check"]), 1, "`small/component/agent/name` has changed");
}

#[test]
fn many_open_texts_are_told_how_to_be_accepted_at_once() {
    let site = accepted_site();
    let site = site.path();
    replace(site, PRODUCT, "Ein kleines Produkt.", "Ein winziges Produkt.");
    let told = transcript(&rutter(site, &["check"]));
    assert!(!told.contains("--changed"), "{told}");
    replace(site, "content/common/vocabulary.yaml", "Löst Namen auf.", "Löst Rechnernamen auf.");
    expect_failure(
        &rutter(site, &["check"]),
        1,
        "all 2 such texts at once, after reading them: `rutter accept --locale de --changed`",
    );
}

/// Replaces a built-in file of messages by the site's own.
fn own_messages(site: &Path, locale: &str, file: &str, old: &str, new: &str) {
    let path = format!("i18n/{locale}/{file}");
    let built_in = std::fs::read_to_string(crate::support::repository().join(&path)).unwrap();
    assert!(built_in.contains(old), "{path} lacks {old}");
    std::fs::create_dir_all(site.join(&path).parent().unwrap()).unwrap();
    std::fs::write(site.join(&path), built_in.replace(old, new)).unwrap();
}

#[test]
fn messages_are_held_against_their_source_like_texts() {
    let told = |locale: &str, file: &str, old: &str, new: &str| {
        let site = accepted_site();
        own_messages(site.path(), locale, file, old, new);
        transcript(&rutter(site.path(), &["check"]))
    };
    let told_of = |told: &str, code: &str, id: &str| {
        assert!(told.contains(&format!("[{code}]")) && told.contains(&format!("i18n/{id}")), "{told}");
    };
    told_of(
        &told("de", "facts.ftl", "\ntransport-udp = UDP", "\ntransport-udp = TCP"),
        "literal-mismatch",
        "transport-udp",
    );
    let both = told("ja", "facts.ftl", "transport-both = TCPおよびUDP", "transport-both = TCPおよびTLS");
    told_of(&both, "literal-mismatch", "transport-both");
    told_of(
        &told("de", "site.ftl", "\nstatus-open = Offen", "\n# =en\nstatus-open = Open"),
        "same-as-in-prose",
        "status-open",
    );
    told_of(
        &told("de", "site.ftl", "\nstatus-open = Offen", "\n# =ja\nstatus-open = Offen"),
        "same-as-unknown",
        "status-open",
    );
    // Each form is read, not only the last.
    let form = told(
        "de",
        "site.ftl",
        "[one] Eine Übersetzung wurde trotz einer Warnung der Prüfung als aktuell bestätigt.",
        "[one] One translation was confirmed as current despite a warning of the check.",
    );
    told_of(&form, "untranslated", "status-despite");
}
