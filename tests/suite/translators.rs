//! Texts on their way to translators and back: what comes back unchanged changes nothing, what comes
//! back changed changes exactly that.

use std::collections::BTreeMap;
use std::path::Path;

use rutter::Site;
use rutter::edit::export::{Only, export};
use rutter::edit::import::{Draft, draft};
use rutter::inside::item::UnitKey;
use rutter::inside::l10n::po::{PoFile, read_po, write_po};
use rutter::inside::source::Sources;
use rutter::inside::span::FileId;

use crate::support::{folder, load, real_files, repository, rutter, site_files, sources, transcript, write_files};

/// Texts that one of the formats between the file and the reader could trip over.
const ODD: &[&str] = &[
    "plain",
    "He said \"yes\" and 'no'",
    "a\\b \\n c\\",
    "- one\n- two\n\n1. three",
    "# no comment",
    "a: b, {c} [d] #e",
    "%s @x `y` |z >w &v *u !t",
    "🙂 日本語「強調」。",
    "10.0",
    "no",
    "=en",
    "~",
    "one\n\n\nfour\n  indented",
    "'",
    "\"",
    "ends with: ",
    "  leads",
    "---\na: b\n...",
    "x\u{85}y\u{2028}z",
];

fn site(files: &BTreeMap<String, Vec<u8>>) -> (Sources, Site) {
    (sources(files), load(files))
}

fn exported(sources: &Sources, site: &Site, tag: &str) -> PoFile {
    let locale = site.config().locales.find(tag).unwrap();
    read_po(&export(site, sources, locale, &[])).unwrap_or_else(|error| panic!("{error:?}"))
}

fn imported(sources: &Sources, site: &Site, tag: &str, file: &PoFile) -> Draft {
    draft(site, sources, (FileId(0), file), site.config().locales.find(tag).unwrap(), &[])
}

#[test]
fn what_comes_back_unchanged_changes_no_byte() {
    let (sources, site) = site(&real_files());
    for tag in ["ja", "de"] {
        let file = exported(&sources, &site, tag);
        assert!(file.entries.len() > 500);
        let imported = imported(&sources, &site, tag, &file);
        assert!(imported.changes.is_empty() && imported.refused.is_empty(), "{tag}: {imported:?}");
        assert_eq!(imported.same, file.entries.len());
    }
}

#[test]
fn an_export_is_the_same_on_every_run_and_knows_no_clock() {
    let (sources, site) = site(&real_files());
    let locale = site.config().locales.find("ja").unwrap();
    let text = export(&site, &sources, locale, &[]);
    assert_eq!(text, export(&load(&real_files()), &sources, locale, &[]));
    assert_eq!(write_po(&read_po(&text).unwrap()), text);
    assert!(!text.contains("fuzzy") && text.contains("nplurals=1; plural=0;"));
}

#[test]
fn the_title_of_a_table_says_of_which_page_it_is() {
    let (sources, site) = site(&site_files(&repository().join("tests/golden/sources")));
    let file = exported(&sources, &site, "de");
    let is_title = |context: &str| context == "gateway/source/manual/inbound/title";
    let title =
        file.entries.iter().find(|entry| entry.context.as_ref().is_some_and(|context| is_title(&context.value)));
    assert_eq!(title.unwrap().notes, ["Manual"]);
}

#[test]
fn only_what_is_chosen_is_exported() {
    let (sources, site) = site(&real_files());
    let locale = site.config().locales.find("de").unwrap();
    assert!(!export(&site, &sources, locale, &[Only::Changed, Only::Missing]).contains("msgctxt"));
    let mut files = real_files();
    let path = "content/common/services.yaml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    let changed =
        text.replacen("[Synchronizes the system clock](term:time-synchronization).", "Synchronizes the clock.", 1);
    assert_ne!(text, changed);
    files.insert(path.to_owned(), changed.into_bytes());
    let (sources, site) = self::site(&files);
    let text = export(&site, &sources, locale, &[Only::Changed]);
    assert_eq!(text.matches("msgctxt").count(), 1, "{text}");
    assert!(text.contains("#| msgid \"[Synchronizes the system clock](term:time-synchronization).\""), "{text}");
    assert!(!export(&site, &sources, locale, &[Only::Missing]).contains("msgctxt"));
}

/// Every text of a locale, by unit and locale.
fn texts(site: &Site) -> BTreeMap<(String, String), Option<String>> {
    let locales = &site.config().locales;
    let mut texts = BTreeMap::new();
    for locale in locales.ids() {
        for unit in site.texts().units() {
            let text = unit.text(locale).map(|text| text.written.trim().to_owned());
            texts.insert((unit.key.to_string(), locales.tag(locale).to_owned()), text);
        }
        for (id, message) in &site.messages()[locale.index()] {
            texts
                .insert((UnitKey::message(id).to_string(), locales.tag(locale).to_owned()), Some(message.text.clone()));
        }
    }
    texts
}

fn comments(sources: &Sources) -> Vec<&str> {
    let files = sources.texts_below("content/").chain(sources.texts_below("i18n/"));
    files.flat_map(|(_, file)| file.text.lines()).filter(|line| line.trim_start().starts_with('#')).collect()
}

#[test]
fn any_text_is_written_as_it_is_and_nothing_else_is_touched() {
    let (sources, site) = site(&real_files());
    for (offset, tag) in ["ja", "de"].into_iter().enumerate() {
        let mut file = exported(&sources, &site, tag);
        file.entries.retain(|entry| !entry.context.as_ref().unwrap().value.starts_with("i18n/"));
        // Each unit meets some of the texts, each text meets many units.
        for round in [0, 4, 9] {
            let mut expected = texts(&site);
            for (position, entry) in file.entries.iter_mut().enumerate() {
                let odd = ODD[(position + round + offset) % ODD.len()];
                entry.text = odd.into();
                let key = (entry.context.as_ref().unwrap().value.clone(), tag.to_owned());
                expected.insert(key, Some(odd.trim().to_owned()));
            }
            let imported = imported(&sources, &site, tag, &read_po(&write_po(&file)).unwrap());
            let is_control =
                |told: &rutter::Diagnostic| told.code == rutter::inside::diagnostic::Code::ForbiddenCharacter;
            assert!(imported.refused.iter().all(is_control), "{:?}", imported.refused);
            let after = sources.changed(&imported.changes);
            let again = reloaded(&after);
            let actual = texts(&again);
            for (key, text) in expected {
                let is_same_on_purpose = key.1 != tag && site_is_same(&site, &key.0, &key.1);
                let is_refused = text.as_ref().is_some_and(|text| text.contains('\u{85}'));
                assert!(
                    is_same_on_purpose || is_refused || actual[&key] == text,
                    "{key:?}: {:?}, wanted {text:?}",
                    actual[&key]
                );
            }
            let kept = |line: &&&str| !ODD.iter().any(|odd| odd.lines().any(|odd| line.trim() == odd.trim()));
            assert_eq!(comments(&sources), comments(&after).iter().filter(kept).copied().collect::<Vec<_>>());
        }
    }
}

/// The site as far as it can be read: odd texts break references.
fn reloaded(sources: &Sources) -> Site {
    let loaded = rutter::load(sources);
    loaded.value.unwrap_or_else(|| panic!("{}", crate::support::text(sources, &loaded.diagnostics)))
}

/// Whether a text repeats another's on purpose, so that it changes with it.
fn site_is_same(site: &Site, key: &str, tag: &str) -> bool {
    let locale = site.config().locales.find(tag).unwrap();
    site.texts().find(key).is_some_and(|unit| unit.text(locale).is_some() && unit.own_text(locale).is_none())
}

#[test]
fn a_missing_text_goes_where_its_siblings_stand_and_looks_like_them() {
    let mut files = small();
    for (before, after) in [
        ("{ en: A small product. }", "{ en: A small product., de: \"Klein, fein.\" }"),
        ("{ en: A small product., de: =en } # x", "{ en: A small product., de: \"Klein, fein.\" } # x"),
        (
            "\n  # why\n  en: |\n    A small product.\n\n  # end",
            "\n  # why\n  en: |\n    A small product.\n  de: |\n    Klein, fein.\n\n  # end",
        ),
        (
            "\n  en: \"A small product.\" # x\n  ja: 小\n",
            "\n  en: \"A small product.\" # x\n  ja: 小\n  de: Klein, fein.\n",
        ),
        ("\n    en: 'A small product.'", "\n    en: 'A small product.'\n    de: 'Klein, fein.'"),
        (
            "\r\n  en: |-\r\n     A small product.\r\n",
            "\r\n  en: |-\r\n     A small product.\r\n  de: |-\r\n     Klein, fein.\r\n",
        ),
        (
            "\n  en: >\n    A small\n    product.\n  de: 'Klein' # y\n",
            "\n  en: >\n    A small\n    product.\n  de: 'Klein, fein.' # y\n",
        ),
    ] {
        let product = |summary: &str| PRODUCT.replace("{ en: A small product. }", summary);
        files.insert("content/products/small.yaml".to_owned(), product(before).into_bytes());
        let sources = sources(&files);
        let site = reloaded(&sources);
        let po = "msgctxt \"small/product/summary\"\nmsgid \"A small product.\"\nmsgstr \"Klein, fein.\"\n";
        let imported = imported(&sources, &site, "de", &read_po(po).unwrap());
        assert!(imported.refused.is_empty(), "{imported:?}");
        let after_text = imported.changes.values().next().unwrap().as_deref().unwrap();
        assert_eq!(after_text, product(after));
    }
}

#[test]
fn texts_stand_in_the_order_of_the_languages() {
    let mut files = small();
    for (before, after) in [
        ("{ en: A small product., de: Klein. }", "{ en: A small product., ja: 小さい。, de: Klein. }"),
        (
            "\n  en: |\n    A small product.\n  # de\n  de: |\n    Klein.",
            "\n  en: |\n    A small product.\n  ja: |\n    小さい。\n  # de\n  de: |\n    Klein.",
        ),
        ("{ en: A small product., ja: =en, de: Klein. }", "{ en: A small product., ja: 小さい。, de: Klein. }"),
    ] {
        let product = |summary: &str| PRODUCT.replace("{ en: A small product. }", summary);
        files.insert("content/products/small.yaml".to_owned(), product(before).into_bytes());
        let (sources, site) = site(&files);
        let po = "msgctxt \"small/product/summary\"\nmsgid \"A small product.\"\nmsgstr \"小さい。\"\n";
        let imported = imported(&sources, &site, "ja", &read_po(po).unwrap());
        assert_eq!(imported.changes.values().next().unwrap().as_deref(), Some(product(after).as_str()));
    }
}

const PRODUCT: &str = "name: Small\nsummary: { en: A small product. }\nsources:\n  manual: { title: Manual, read: 2026-11-21, rows: 1 }\ncomponents:\n  agent: { name: Agent }\nflows:\n  names: { from: agent, to: dns-server, ports: 53/tcp+udp dns, rows: [1] }\n";

/// A small site in three languages, two of them drafts.
fn small() -> BTreeMap<String, Vec<u8>> {
    let mut files = site_files(&repository().join("tests/diagnostics/_base"));
    let config =
        "title = \"Test\"\nsource_locale = \"en\"\nlocales = [\"ja\", \"en\", \"de\"]\ndrafts = [\"ja\", \"de\"]\n";
    files.insert("site.toml".to_owned(), config.into());
    files
}

fn in_folder(files: &BTreeMap<String, Vec<u8>>) -> tempfile::TempDir {
    let folder = folder();
    write_files(folder.path(), files);
    folder
}

#[test]
fn gettext_finds_nothing_wrong_in_an_export() {
    let folder = in_folder(&real_files());
    for tag in ["ja", "de"] {
        let out = format!("{tag}.po");
        let told = transcript(&rutter(folder.path(), &["export", "po", "--locale", tag, "--output", &out]));
        assert!(told.ends_with("--- exit 0\n"), "{told}");
        let printed = rutter(folder.path(), &["export", "po", "--locale", tag]);
        assert_eq!(printed.stdout, std::fs::read(folder.path().join(&out)).unwrap());
        let output = gettext(folder.path(), "msgfmt", &["--check", "--output-file=/dev/null", &out]);
        assert_eq!(output, "--- exit 0\n");
    }
}

#[test]
fn a_file_that_gettext_has_wrapped_says_the_same() {
    let folder = in_folder(&real_files());
    rutter(folder.path(), &["export", "po", "--locale", "ja", "--output", "ja.po"]);
    let before = crate::support::files_below(&folder.path().join("content"));
    gettext(folder.path(), "msgcat", &["--width=40", "--sort-output", "--output-file=wrapped.po", "ja.po"]);
    assert_ne!(
        std::fs::read(folder.path().join("ja.po")).unwrap(),
        std::fs::read(folder.path().join("wrapped.po")).unwrap()
    );
    let told = transcript(&rutter(folder.path(), &["import", "wrapped.po"]));
    assert!(told.contains("0 texts changed") && told.ends_with("--- exit 0\n"), "{told}");
    assert_eq!(before, crate::support::files_below(&folder.path().join("content")));
}

fn gettext(folder: &Path, command: &str, arguments: &[&str]) -> String {
    let output = std::process::Command::new(command).args(arguments).current_dir(folder).output();
    transcript(&output.unwrap_or_else(|error| panic!("{command} of GNU gettext is needed: {error}")))
}

#[test]
fn a_translation_comes_in_and_waits_to_be_accepted() {
    let mut files = small();
    files.insert("i18n/en/site.ftl".to_owned(), std::fs::read(repository().join("i18n/en/site.ftl")).unwrap());
    files.insert("i18n/de/site.ftl".to_owned(), std::fs::read(repository().join("i18n/de/site.ftl")).unwrap());
    let text = String::from_utf8(files["site.toml"].clone()).unwrap().replace("[\"ja\", \"de\"]", "[\"ja\"]");
    files.insert("site.toml".to_owned(), text.into_bytes());
    let product = PRODUCT.replace("{ en: A small product. }", "{ en: A small product., de: Alt. } # kept");
    files.insert("content/products/small.yaml".to_owned(), product.clone().into_bytes());
    let folder = in_folder(&files);
    let po = "msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgctxt \"small/product/summary\"\nmsgid \"A small product.\"\nmsgstr \"Ein kleines Produkt.\"\n\nmsgctxt \"i18n/products\"\nmsgid \"Products\"\nmsgstr \"Alle Produkte\"\n\n#, fuzzy\nmsgctxt \"common/zone/intranet/name\"\nmsgid \"Your network\"\nmsgstr \"geraten\"\n\nmsgctxt \"common/service/dns/purpose\"\nmsgid \"Resolves names.\"\nmsgstr \"\"\n";
    std::fs::write(folder.path().join("de.po"), po).unwrap();
    let dry = transcript(&rutter(folder.path(), &["import", "--dry-run", "de.po"]));
    assert!(
        dry.contains("2 texts would be changed, 0 as before, 1 without a translation, 1 skipped as fuzzy"),
        "{dry}"
    );
    let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(read("content/products/small.yaml"), product);
    let told = transcript(&rutter(folder.path(), &["import", "de.po"]));
    assert!(told.contains("rutter accept --locale de --changed") && told.ends_with("--- exit 0\n"), "{told}");
    assert_eq!(read("content/products/small.yaml"), product.replace("Alt.", "Ein kleines Produkt."));
    let message = read("i18n/de/site.ftl");
    assert_eq!(message.replacen("products = Alle Produkte\n", "products = Produkte\n", 1), read_built_in());
    let found = transcript(&rutter(folder.path(), &["check"]));
    assert!(found.contains("not-accepted") && found.contains("small/product/summary"), "{found}");
}

fn read_built_in() -> String {
    std::fs::read_to_string(repository().join("i18n/de/site.ftl")).unwrap()
}

#[test]
fn one_refused_entry_keeps_all_out_unless_asked_otherwise() {
    let mut files = small();
    let product = PRODUCT.replace("name: Agent }", "name: Agent, summary: { en: Runs everywhere. } }");
    files.insert("content/products/small.yaml".to_owned(), product.clone().into_bytes());
    let folder = in_folder(&files);
    let entry =
        |unit: &str, source: &str, text: &str| format!("\nmsgctxt \"{unit}\"\nmsgid \"{source}\"\nmsgstr \"{text}\"\n");
    let po = [
        "msgid \"\"\nmsgstr \"Language: de\\n\"\n".to_owned(),
        entry("small/product/summary", "Another source.", "Anders."),
        entry("common/service/dns/purpose", "Resolves names.", "Löst <component:nowhere> auf."),
        entry("small/component/agent/summary", "Runs everywhere.", "Läuft überall."),
    ];
    std::fs::write(folder.path().join("de.po"), po.concat()).unwrap();
    let before = crate::support::files_below(folder.path());
    let told = transcript(&rutter(folder.path(), &["import", "de.po"]));
    assert!(told.contains("stale-source") && told.ends_with("nothing was imported\n--- exit 1\n"), "{told}");
    assert_eq!(before, crate::support::files_below(folder.path()));
    let told = transcript(&rutter(folder.path(), &["import", "--partial", "de.po"]));
    assert!(told.contains("1 text changed") && told.contains("2 refused") && told.ends_with("--- exit 1\n"), "{told}");
    let mut wanted = before;
    let summary = product.replace("{ en: Runs everywhere. }", "{ en: Runs everywhere., de: Läuft überall. }");
    wanted.insert("content/products/small.yaml".to_owned(), summary.into_bytes());
    assert_eq!(wanted, crate::support::files_below(folder.path()));
}

#[test]
fn a_new_language_can_be_translated_whole() {
    let mut files = small();
    let config = "title = \"Test\"\nsource_locale = \"en\"\nlocales = [\"en\", \"fr\"]\ndrafts = [\"fr\"]\n";
    files.insert("site.toml".to_owned(), config.into());
    for name in ["dates", "facts", "site"] {
        let path = format!("i18n/en/{name}.ftl");
        files.insert(path.clone(), std::fs::read(repository().join(&path)).unwrap());
    }
    let (sources, site) = site(&files);
    let mut file = exported(&sources, &site, "fr");
    file.entries.iter_mut().for_each(|entry| entry.text = entry.source.clone());
    let count = file.entries.len();
    let imported = imported(&sources, &site, "fr", &file);
    assert!(imported.refused.is_empty(), "{:?}", imported.refused);
    assert_eq!(imported.units.len(), count);
    let after = sources.changed(&imported.changes);
    let site = reloaded(&after);
    let fr = site.config().locales.find("fr").unwrap();
    assert_eq!(site.messages()[fr.index()].len(), site.messages()[site.config().locales.source_locale().index()].len());
    let again = exported(&after, &site, "fr");
    assert!(again.entries.iter().all(|entry| !entry.text.value.is_empty()));
}
