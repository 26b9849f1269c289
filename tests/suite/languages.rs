//! Languages the compiler does not know: their names, directions, and texts they lack.

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use rutter::inside::check::{Blind, blind};
use rutter::inside::diagnostic::Code;

use crate::support::{files_below, folder, load, render, repository, rutter, small_site, transcript, write_files};

const PRODUCT: &str = r#"name: { en: Guard, de: Wächter }
summary: { en: "Guards with <component:agent>.", ar: "يحرس." }
sources: { manual: { title: Manual, read: 2026-11-21, rows: 1 } }
components: { agent: { name: { en: Agent, de: Vertreter, ar: وكيل }, summary: { en: "Part of <product:guard>." } } }
flows: { beat: { from: agent, to: agent, ports: 443/tcp, purpose: { en: "Beats.", de: "Schlägt." }, rows: [1] } }
"#;

fn site(locales: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let (list, drafts) = (format!("{locales:?}"), format!("{:?}", &locales[1..]));
    let config = format!("title = \"T\"\nsource_locale = \"en\"\nlocales = {list}\ndrafts = {drafts}\n");
    let files =
        [("site.toml", config.as_str()), ("content/products/guard.yaml", PRODUCT), ("content/common/c.yaml", "{}\n")];
    render(&load(&files.map(|(path, text)| (path.to_owned(), text.into())).into()))
}

fn html(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Html {
    Html::parse_document(std::str::from_utf8(&files[path]).unwrap())
}

/// `lang` and `dir` of what a selector finds first, and its text.
fn tongue(html: &Html, selector: &str) -> (Option<String>, Option<String>, String) {
    let element = html.select(&Selector::parse(selector).unwrap()).next().unwrap_or_else(|| panic!("no {selector}"));
    let text: String = element.text().collect();
    (element.attr("lang").map(str::to_owned), element.attr("dir").map(str::to_owned), text.trim().to_owned())
}

#[expect(clippy::unnecessary_wraps, reason = "it stands beside values that may be missing")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_language_stands_in_the_menu_under_its_own_name_in_its_own_direction() {
    let files = site(&["en", "de", "ar", "fr", "pt-BR", "zh-Hant", "fr-BE", "ka", "tlh"]);
    let page = html(&files, "en/guard/index.html");
    for (tag, dir, name) in [
        ("en", "ltr", "English"),
        ("ar", "rtl", "العربية"),
        ("fr", "ltr", "Français"),
        ("pt-BR", "ltr", "Português (Brasil)"),
        ("zh-Hant", "ltr", "繁體中文"),
        ("fr-BE", "ltr", "Français"),
        ("ka", "ltr", "ქართული"),
        // Nobody has told us: better its tag than another language's name.
        ("tlh", "ltr", "tlh"),
    ] {
        let expected = (some(tag), some(dir), name.to_owned());
        assert_eq!(tongue(&page, &format!("nav.languages a[hreflang={tag}]")), expected);
        let root = html(&files, "index.html");
        assert_eq!(tongue(&root, &format!(".chooser li[lang={tag}]")), expected);
    }
    let status = html(&files, "en/status/index.html");
    assert_eq!(tongue(&status, "h2[lang=ar]").2, "العربية");
}

#[test]
fn a_site_names_its_language_itself_if_it_wants_to() {
    let config = "title = \"T\"\nsource_locale = \"en\"\nlocales = [\"en\", \"fr\"]\ndrafts = [\"fr\"]\n";
    let files = [("site.toml", config), ("i18n/fr/site.ftl", "locale-name = Le français\n")];
    let mut files: BTreeMap<String, Vec<u8>> = files.map(|(path, text)| (path.to_owned(), text.into())).into();
    let product = PRODUCT.replace(", de: Wächter", "").replace(", ar: \"يحرس.\"", "");
    let product = product.replace(", de: Vertreter, ar: وكيل", "").replace(", de: \"Schlägt.\"", "");
    files.insert("content/products/guard.yaml".to_owned(), product.into_bytes());
    files.insert("content/common/c.yaml".to_owned(), b"{}\n".to_vec());
    let page = html(&render(&load(&files)), "en/guard/index.html");
    assert_eq!(tongue(&page, "nav.languages a[hreflang=fr]").2, "Le français");
}

#[test]
fn text_in_another_language_says_so_and_keeps_its_direction() {
    let files = site(&["en", "de", "ar"]);
    let page = html(&files, "ar/guard/index.html");
    let direction = tongue(&page, "html");
    assert_eq!((direction.0, direction.1), (some("ar"), some("rtl")));
    assert_eq!(tongue(&page, "main > .text"), (None, None, "يحرس.".to_owned()));
    assert_eq!(tongue(&page, "td .text"), (some("en"), some("ltr"), "Beats.".to_owned()));
    // Of one direction, the language is enough.
    let page = html(&files, "de/guard/index.html");
    assert_eq!(tongue(&page, "main > .text"), (some("en"), None, "Guards with Agent.".to_owned()));
    assert_eq!(tongue(&page, "td .text"), (None, None, "Schlägt.".to_owned()));
}

#[test]
fn a_name_in_another_language_says_so_wherever_it_stands_alone() {
    let files = site(&["en", "de", "ar"]);
    let page = html(&files, "ar/guard/index.html");
    let foreign = (some("en"), some("ltr"), "Guard".to_owned());
    assert_eq!(tongue(&page, "h1"), foreign);
    assert_eq!(tongue(&html(&files, "ar/index.html"), ".products th a"), foreign);
    let component = html(&files, "ar/guard/agent/index.html");
    assert_eq!(tongue(&component, ".trail li:last-child a"), foreign);
    assert_eq!(tongue(&component, "dl.facts dd a"), foreign);
    assert_eq!(tongue(&component, "h1"), (None, None, "وكيل".to_owned()));
    for cell in ["tr.head a", "tr:not(.head) > td:first-child", "th[scope=row] a", ".members a"] {
        assert_eq!(tongue(&page, cell), (None, None, "وكيل".to_owned()), "{cell}");
    }
    let german = html(&files, "de/guard/index.html");
    assert_eq!(tongue(&german, "h1"), (None, None, "Wächter".to_owned()));
    let french = html(&site(&["en", "de", "ar", "fr"]), "fr/guard/index.html");
    for cell in ["tr.head a", "tr:not(.head) > td:first-child > span", "th[scope=row] a", ".members a"] {
        assert_eq!(tongue(&french, cell), (some("en"), None, "Agent".to_owned()), "{cell}");
    }
}

#[test]
fn a_name_in_another_language_says_so_within_a_text() {
    let config =
        "title = \"T\"\nsource_locale = \"en\"\nlocales = [\"en\", \"ar\", \"fr\"]\ndrafts = [\"ar\", \"fr\"]\n";
    let product = PRODUCT
        .replace("ar: \"يحرس.\"", "ar: \"يحرس <component:agent>.\", fr: \"Garde <component:agent>.\"")
        .replace(", ar: وكيل", "")
        .replace(", de: Wächter", "")
        .replace(", de: Vertreter", "")
        .replace(", de: \"Schlägt.\"", "");
    let files = [("site.toml", config), ("content/products/guard.yaml", &product), ("content/common/c.yaml", "{}\n")];
    let files = render(&load(&files.map(|(path, text)| (path.to_owned(), text.into())).into()));
    let agent = |locale: &str| tongue(&html(&files, &format!("{locale}/guard/index.html")), "main > .text a > span");
    assert_eq!(agent("ar"), (some("en"), some("ltr"), "Agent".to_owned()));
    assert_eq!(agent("fr"), (some("en"), None, "Agent".to_owned()));
    assert!(!String::from_utf8_lossy(&files["ar/guard/index.md"]).contains("<span"));
}

/// A label of a console that speaks Japanese only is Japanese on every page.
#[test]
fn a_word_of_another_script_says_of_which_language_it_is() {
    let files = render(&load(&crate::support::real_files()));
    for locale in ["en", "de"] {
        let glossary = html(&files, &format!("{locale}/glossary/index.html"));
        assert_eq!(tongue(&glossary, "#term-ui-proxy"), (some("ja"), None, "プロキシ".to_owned()));
        let page = html(&files, &format!("{locale}/web-security-gateway/index.html"));
        let inner = "a[href$='glossary/#term-ui-administration'] > span";
        assert_eq!(tongue(&page, inner), (some("ja"), None, "管理".to_owned()));
    }
    let glossary = html(&files, "ja/glossary/index.html");
    assert_eq!(tongue(&glossary, "#term-ui-proxy"), (None, None, "プロキシ".to_owned()));
}

/// Where the interface has no words of a language, those that stand in for them are not called so.
#[test]
fn words_that_stand_in_for_a_language_are_not_called_its_own() {
    let files = site(&["en", "de", "ar"]);
    let chooser = html(&files, "index.html");
    let prompts = Selector::parse(".prompts > span").unwrap();
    let prompts: Vec<_> = chooser.select(&prompts).map(|prompt| prompt.attr("lang").unwrap()).collect();
    assert_eq!(prompts, ["en", "de"]);
    let missing = html(&files, "404.html");
    let sections = Selector::parse("section").unwrap();
    let tongues: Vec<_> =
        missing.select(&sections).map(|part| (part.attr("lang").unwrap(), part.attr("dir").unwrap())).collect();
    assert_eq!(tongues, [("en", "ltr"), ("de", "ltr"), ("en", "ltr")]);
}

#[test]
fn a_description_is_in_one_language() {
    let files = site(&["en", "de", "ar"]);
    let description = |path: &str| {
        let page = html(&files, path);
        let of = |selector: &str| {
            let found = page.select(&Selector::parse(selector).unwrap()).next();
            found.map(|meta| meta.attr("content").unwrap().to_owned())
        };
        let (one, other) = (of("meta[name=description]"), of("meta[property='og:description']"));
        assert_eq!(one, other, "{path}");
        one
    };
    assert_eq!(description("de/guard/index.html"), some("Guards with Agent."));
    assert_eq!(description("ar/guard/agent/index.html"), some("Part of Guard."));
    assert_eq!(description("ar/guard/index.html"), some("يحرس."));
}

/// The checks that see nothing in a site in French alone, whose interface has English words.
fn blind_in_french(lists: Option<Vec<u8>>) -> Vec<Blind> {
    let messages = files_below(&repository().join("i18n/en")).into_iter();
    let mut files: BTreeMap<String, Vec<u8>> = messages
        .filter(|(path, _)| path.ends_with(".ftl"))
        .map(|(path, bytes)| (format!("i18n/fr/{path}"), bytes))
        .collect();
    files.insert("site.toml".to_owned(), b"title = \"T\"\nsource_locale = \"fr\"\nlocales = [\"fr\"]\n".to_vec());
    files.insert("content/common/c.yaml".to_owned(), b"{}\n".to_vec());
    files.extend(lists.map(|bytes| ("i18n/fr/language.toml".to_owned(), bytes)));
    let site = load(&files);
    blind(&site, site.config().locales.source_locale())
}

#[test]
fn a_language_known_by_files_only_is_told_each_check_that_it_lacks_words_for() {
    let found = blind_in_french(None);
    for code in [Code::NegationMismatch, Code::ConditionMismatch, Code::NumberMismatch, Code::Untranslated] {
        assert_eq!(found.iter().filter(|blind| blind.code == code).count(), 1, "{code}: {found:?}");
    }
    let some = blind_in_french(Some(b"[sense]\nif = [\"si\"]\n[numerals]\njoins = []\n".to_vec()));
    assert_eq!(some.len() + 1, found.len(), "{some:?}");
    assert!(!some.iter().any(|blind| blind.code == Code::ConditionMismatch), "{some:?}");
    assert!(some.iter().any(|blind| blind.lists == ["units"]), "{some:?}");
    let english = std::fs::read(repository().join("i18n/en/language.toml")).unwrap();
    assert!(blind_in_french(Some(english)).is_empty());
}

#[test]
fn status_names_the_checks_that_lack_words_and_the_lists_to_write() {
    let mut files = small_site();
    files.insert("i18n/en/language.toml".to_owned(), b"[sense]\nif = [\"if\"]\n".to_vec());
    let folder = folder();
    write_files(folder.path(), &files);
    let told = transcript(&rutter(folder.path(), &["status"]));
    assert!(told.contains("en (source texts)") && told.contains("\n    number-mismatch: numerals, units\n"), "{told}");
    assert!(!told.contains("condition-mismatch"), "{told}");
    let json = rutter(folder.path(), &["status", "--format", "json"]).stdout;
    let status: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert!(status["blind"].as_array().unwrap().iter().any(|it| it["check"] == "negation-mismatch"), "{status:#}");
}
