//! How the real content reads: what its editors decided and no check knows.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{load, real_files, render};

/// The pages of the real content as HTML.
fn pages() -> BTreeMap<String, String> {
    let is_page = |(path, _): &(String, Vec<u8>)| path.ends_with(".html");
    let read = |(path, bytes)| (path, String::from_utf8(bytes).unwrap());
    render(&load(&real_files())).into_iter().filter(is_page).map(read).collect()
}

#[test]
fn every_component_says_what_it_is() {
    let site = load(&real_files());
    let keys: BTreeSet<_> = site.texts().units().map(|unit| unit.key.as_str()).collect();
    let components = keys.iter().filter_map(|key| key.strip_suffix("/name").filter(|key| key.contains("/component/")));
    let silent: Vec<_> = components.filter(|key| !keys.contains(format!("{key}/summary").as_str())).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

/// Katakana of foreign words in -er, -or, -ar end in a long mark everywhere (the guideline of the
/// Cabinet of 1991 and of most vendors today); a form without one may only be forbidden or found.
#[test]
fn one_spelling_for_long_vowels_in_japanese() {
    const STEMS: [&str; 12] = [
        "コンピュータ",
        "サーバ",
        "ブラウザ",
        "インストーラ",
        "ユーザ",
        "マネージャ",
        "ルータ",
        "プレースホルダ",
        "ヘッダ",
        "フォルダ",
        "パラメータ",
        "ドライバ",
    ];
    let texts = real_files().into_iter().filter(|(path, _)| path.starts_with("content/") || path.ends_with(".ftl"));
    for (path, bytes) in texts {
        let text = String::from_utf8(bytes).unwrap();
        let prose = text.lines().filter(|line| !["synonyms:", "forbidden:"].iter().any(|key| line.contains(key)));
        for line in prose {
            for stem in STEMS {
                let is_short = |(at, _): (usize, &str)| !line[at + stem.len()..].starts_with('ー');
                assert!(!line.match_indices(stem).any(is_short), "{path}: {stem} without its mark: {line}");
            }
        }
    }
}

/// Labels keep their case within a condition, so that marks must show where they begin and end; of a
/// switch each language says "with" in its own way.
#[test]
fn conditions_read_as_sentences() {
    let pages = pages();
    let expected = [
        ("en", "Only when Communication direction is “Manager-initiated” or “Bidirectional”"),
        ("en", "Only when Phase is “Installation” and “Quick start” is disabled"),
        ("de", "Nur bei Kommunikationsrichtung „Vom Manager initiiert“ oder „Bidirektional“"),
        ("de", "Nur bei Phase „Installation“ und ohne „Schnellstart“"),
        ("de", "Nur mit „Manager und Datenbank in Azure“"),
        ("ja", "通信方向が「マネージャーから開始」または「双方向」の場合に適用"),
        ("ja", "段階が「インストール中」、かつ「クイックスタート」が無効の場合に適用"),
    ];
    for (locale, words) in expected {
        assert!(pages[&format!("{locale}/deep-security/index.html")].contains(words), "{locale}: {words}");
    }
}

#[test]
fn a_template_tells_what_goes_into_its_places() {
    let pages = pages();
    for (locale, words) in [
        ("en", "‹server name or IP address›"),
        ("de", "‹Servername oder IP-Adresse›"),
        ("ja", "‹サーバー名またはIPアドレス›"),
    ] {
        for page in ["deep-security", "hosts"] {
            let page = &pages[&format!("{locale}/{page}/index.html")];
            assert!(page.contains(&format!("https://{words}:443/rest/status/manager/ping")), "{locale}");
        }
    }
    let raw: Vec<_> = pages.iter().filter(|(_, html)| html.contains(">https://{to}")).map(|(path, _)| path).collect();
    assert!(raw.is_empty(), "{raw:?}");
}

#[test]
fn the_glossary_stands_in_the_order_of_reading() {
    let glossary = &pages()["ja/glossary/index.html"];
    let at = |anchor: &str| glossary.find(&format!("id=\"term-{anchor}\"")).unwrap_or_else(|| panic!("{anchor}"));
    let places = ["adfs", "machine-learning", "time-synchronization", "source-port", "name-resolution", "heartbeat"]
        .into_iter()
        .chain(["firewall", "proxy", "host-firewall", "listening-port", "redirect", "loopback"])
        .map(at);
    assert!(places.is_sorted());
    // In ポートスキャン the long mark is the vowel お.
    assert!(at("port-scan") < at("host-firewall"), "ぽお comes before ほす");
}

/// A row whose source says no more than its ends and ports says nothing, in no view of it.
#[test]
fn a_row_without_purpose_leaves_no_hole() {
    let site = load(&real_files());
    let silent = site.model().flows.iter().filter(|flow| flow.purpose.is_none()).count();
    assert!(silent > 20, "{silent}");
    for (path, html) in pages() {
        assert!(!html.contains("<p class=\"text\"></p>"), "{path}");
    }
}
