//! What search engines are told: addresses, languages, and what is none of their business.

use std::collections::{BTreeMap, BTreeSet};

use rutter::model::PageRoute;
use scraper::{Html, Selector};

use crate::support::{load, real_files, render};

const BASE: &str = "https://example.org/sub/";

fn configured(change: impl Fn(&str) -> String) -> BTreeMap<String, Vec<u8>> {
    let mut files = real_files();
    let config = String::from_utf8(files["site.toml"].clone()).unwrap();
    files.insert("site.toml".to_owned(), change(&config).into_bytes());
    files
}

/// A product whose source language is German.
const GERMAN: &str = "\
name: Wache
summary: { de: Eine Wache. }
sources: { s: { title: S, read: 2026-11-21, rows: 0 } }
components:
  wache: { name: Wache }
flows:
  ruf: { from: wache, to: wache, ports: 443/tcp, purpose: { de: Meldet sich. } }
";

fn with_address() -> BTreeMap<String, Vec<u8>> {
    configured(|config| format!("base_url = \"{BASE}\"\n{config}"))
}

/// What a page tells crawlers.
#[derive(Debug)]
struct Told {
    canonical: Option<String>,
    /// `hreflang` → address.
    alternates: BTreeMap<String, String>,
    is_listed: bool,
}

fn told(files: &BTreeMap<String, Vec<u8>>, permalink: &str) -> Told {
    let html = Html::parse_document(std::str::from_utf8(&files[&format!("{permalink}index.html")]).unwrap());
    let all = |selector: &str| -> Vec<_> {
        let selector = Selector::parse(selector).unwrap();
        html.select(&selector).map(|element| element.value().clone()).collect()
    };
    let href = |element: &scraper::node::Element| element.attr("href").unwrap().to_owned();
    Told {
        canonical: all("head link[rel=canonical]").first().map(href),
        alternates: all("head link[rel=alternate][hreflang]")
            .iter()
            .map(|link| (link.attr("hreflang").unwrap().to_owned(), href(link)))
            .collect(),
        is_listed: !all("head meta[name=robots]").iter().any(|meta| meta.attr("content") == Some("noindex")),
    }
}

/// Address → its languages, as the sitemap says.
fn sitemap(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = std::str::from_utf8(&files["sitemap.xml"]).unwrap();
    let value = |line: &str, name: &str| line.split_once(name).unwrap().1.split('"').next().unwrap().to_owned();
    let mut pages = BTreeMap::new();
    for url in text.split("<url>").skip(1) {
        let address = url.split_once("<loc>").unwrap().1.split_once("</loc>").unwrap().0.to_owned();
        let alternates = url.lines().filter(|line| line.contains("<xhtml:link"));
        let alternates = alternates.map(|line| (value(line, "hreflang=\""), value(line, "href=\"")));
        assert!(pages.insert(address.clone(), alternates.collect()).is_none(), "{address} stands there twice");
    }
    pages
}

#[test]
fn page_and_sitemap_say_the_same_of_every_page() {
    let site = load(&with_address());
    let files = render(&site);
    let sitemap = sitemap(&files);
    let mut permalinks: BTreeSet<String> = BTreeSet::from([String::new()]);
    for page in site.model().pages() {
        for locale in ["ja", "de", "en"] {
            let permalink = format!("{locale}/{}", site.model().path(page));
            let told = told(&files, &permalink);
            if matches!(page, PageRoute::Search | PageRoute::Status) {
                assert!(!told.is_listed && told.canonical.is_none() && told.alternates.is_empty(), "{permalink}");
                continue;
            }
            let address = format!("{BASE}{permalink}");
            assert!(told.is_listed, "{permalink}");
            assert_eq!(told.canonical.as_deref(), Some(address.as_str()));
            assert_eq!(sitemap[&address], told.alternates, "{permalink}");
            permalinks.insert(permalink);
        }
    }
    let named: BTreeSet<_> = sitemap.keys().map(|url| url.strip_prefix(BASE).unwrap().to_owned()).collect();
    assert_eq!(named, permalinks);
    let robots = std::str::from_utf8(&files["robots.txt"]).unwrap();
    assert!(robots.contains("https://example.org/sub/sitemap.xml"));
}

#[test]
fn whoever_reads_none_of_the_languages_is_led_to_the_original_and_only_home_pages_to_the_chooser() {
    let files = render(&load(&with_address()));
    let of = |path: &str, any: &str| {
        let mut alternates: BTreeMap<_, _> =
            ["ja", "de", "en"].map(|tag| (tag.to_owned(), format!("{BASE}{tag}/{path}"))).into();
        alternates.insert("x-default".to_owned(), format!("{BASE}{any}"));
        alternates
    };
    assert_eq!(told(&files, "ja/deep-security/").alternates, of("deep-security/", "en/deep-security/"));
    assert_eq!(told(&files, "en/ports/443/").alternates, of("ports/443/", "en/ports/443/"));
    for home in ["ja/", "de/", "en/", ""] {
        assert_eq!(told(&files, home).alternates, of("", ""), "{home}");
    }
    assert_eq!(told(&files, "").canonical.as_deref(), Some(BASE));
    // Another original, another default.
    let mut german = configured(|config| {
        format!("base_url = \"{BASE}\"\n{}", config.replace("source_locale = \"en\"", "source_locale = \"de\""))
    });
    german.retain(|path, _| !path.starts_with("content/"));
    german.insert("content/products/wache.yaml".to_owned(), GERMAN.into());
    let files = render(&load(&german));
    assert_eq!(told(&files, "ja/wache/").alternates, of("wache/", "de/wache/"));
}

#[test]
fn a_draft_is_no_translation_to_search_engines() {
    let files = render(&load(&configured(|config| {
        let drafts = "locales = [\"ja\", \"de\", \"en\", \"fr\"]\ndrafts = [\"de\", \"fr\"]";
        format!("base_url = \"{BASE}\"\n{}", config.replace("locales = [\"ja\", \"de\", \"en\"]", drafts))
    })));
    for page in ["", "deep-security/", "ports/443/"] {
        let tags: Vec<_> = told(&files, &format!("ja/{page}")).alternates.into_keys().collect();
        assert_eq!(tags, ["en", "ja", "x-default"], "{page}");
        let draft = told(&files, &format!("fr/{page}"));
        assert!(!draft.is_listed && draft.alternates.is_empty() && draft.canonical.is_none(), "{page}: {draft:?}");
    }
    assert!(sitemap(&files).keys().all(|url| !url.contains("/fr/") && !url.contains("/de/")));
    let llms = std::str::from_utf8(&files["llms.txt"]).unwrap();
    assert!(llms.contains("/en/") && !llms.contains("/fr/"));
    // People find it all the same.
    let page = String::from_utf8_lossy(&files["ja/index.html"]);
    assert!(page.contains("hreflang=\"fr\"") && page.contains(">Français<"));
}

#[test]
fn without_an_address_nothing_absolute_is_said() {
    let files = render(&load(&real_files()));
    assert!(!files.contains_key("sitemap.xml"));
    for page in ["", "de/", "de/deep-security/"] {
        let told = told(&files, page);
        assert!(told.is_listed && told.canonical.is_none() && told.alternates.is_empty(), "{page}: {told:?}");
    }
}

#[test]
fn a_site_of_one_language_names_no_other() {
    let mut files = crate::support::small_site();
    let config = String::from_utf8(files["site.toml"].clone()).unwrap();
    let config: Vec<_> =
        config.lines().filter(|line| !line.starts_with("locales") && !line.starts_with("base_url")).collect();
    let config = format!("base_url = \"{BASE}\"\nlocales = [\"en\"]\n{}", config.join("\n"));
    files.insert("site.toml".to_owned(), config.into_bytes());
    let files = render(&load(&files));
    let told = told(&files, "en/");
    assert_eq!(told.canonical.as_deref(), Some("https://example.org/sub/en/"));
    assert!(told.alternates.is_empty());
}

#[test]
fn the_page_for_what_is_not_there_needs_nothing_beside_it() {
    let linking = Selector::parse("[href], [src]").unwrap();
    for (files, is_addressed) in [(with_address(), true), (real_files(), false)] {
        let mut files = files;
        let custom = b"/* </style><b> */ :root { --accent: teal }".to_vec();
        files.insert("theme/assets/custom.css".to_owned(), custom);
        let written = render(&load(&files));
        let html = String::from_utf8(written["404.html"].clone()).unwrap();
        let document = Html::parse_document(&html);
        let links: Vec<_> =
            document.select(&linking).map(|e| e.attr("href").or(e.attr("src")).unwrap().to_owned()).collect();
        let inert = |link: &&String| link.starts_with("data:");
        let links: Vec<_> = links.iter().filter(|link| !inert(link)).collect();
        if is_addressed {
            assert_eq!(
                links,
                ["https://example.org/sub/ja/", "https://example.org/sub/de/", "https://example.org/sub/en/"]
            );
        } else {
            assert!(links.is_empty(), "{links:?} leads elsewhere from any depth but one");
        }
        assert!(html.contains("--accent:teal") && !html.contains("</style><b>"));
        assert!(document.select(&Selector::parse("main b").unwrap()).next().is_none());
    }
}
