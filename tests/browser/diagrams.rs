//! Pictures as a real browser draws them, with its own fonts and its own measure.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use crate::LOCALES;
use crate::driver::Browser;
use crate::server::serve_rendered;
use crate::support::{load, real_files, render, repository};

/// Pages below the locale that show a picture.
fn pages_with_pictures(files: &BTreeMap<String, Vec<u8>>, locale: &str) -> Vec<String> {
    let prefix = format!("{locale}/");
    let folders = files.keys().filter_map(|path| path.strip_suffix("diagram.svg")?.strip_prefix(&prefix));
    folders.map(str::to_owned).collect()
}

/// Measures every picture of a site in every locale.
async fn measure(browser: &Browser, files: &BTreeMap<String, Vec<u8>>) -> usize {
    let script = include_str!("measure.js");
    let mut pictures = 0;
    for locale in LOCALES {
        browser.open(&format!("{locale}/glossary/")).await;
        let pages = pages_with_pictures(files, locale);
        pictures += pages.len();
        for some in pages.chunks(40) {
            let paths: Vec<String> = some.iter().map(|page| format!("{}{locale}/{page}", browser.base())).collect();
            let found = browser.run_async_with(script, vec![json!(paths)]).await;
            assert_eq!(found["problems"], json!([]), "{locale}");
            assert!(found["measured"].as_u64().unwrap() > some.len() as u64, "nothing was measured: {found}");
        }
    }
    pictures
}

#[tokio::test]
async fn nothing_overlaps_in_any_picture_of_the_real_content() {
    let files = render(&load(&real_files()));
    let browser = Browser::start().await;
    assert!(measure(&browser, &files).await > 200);
    browser.stop().await;
}

/// Two hundred products with up to fifteen parties each, with names as long as names are.
fn generated_site() -> BTreeMap<String, Vec<u8>> {
    let mut state: u64 = 11;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end
    };
    let names = [
        ("Agent", "エージェント", "Agent"),
        ("Management server", "管理サーバー", "Verwaltungsserver"),
        ("File reputation service", "ファイルレピュテーションサービス", "Dateireputationsdienst"),
        (
            "Server of the synchronization agent",
            "同期エージェントを実行するサーバー",
            "Server des Synchronisierungsagenten",
        ),
        ("SIEM", "SIEM", "SIEM"),
        (
            "Microsoft Active Directory Federation Services",
            "Microsoft Active Directoryフェデレーションサービス",
            "Microsoft-Active-Directory-Verbunddienste",
        ),
    ];
    let mut files = real_files();
    files.retain(|path, _| is_common(path));
    let config = "title = \"Generated\"\nsource_locale = \"en\"\nlocales = [\"ja\", \"de\", \"en\"]\n";
    files.insert("site.toml".to_owned(), config.as_bytes().to_vec());
    for product in 0..200 {
        let mut text = format!("name: Product {product}\nsummary: {{ en: Text., ja: テキスト。, de: Text. }}\n");
        text.push_str("sources: { s: { title: S, read: 2026-11-21, rows: 0 } }\n");
        text.push_str(
            "options: { mode: { label: { en: Mode, ja: モード, de: Modus }, choices: { a: A, b: B } } }\ncomponents:\n",
        );
        let count = 2 + below(14);
        for component in 0..count {
            let (en, ja, de) = names[below(names.len())];
            let zone = ["", ", zone: intranet", ", zone: intranet", ", zone: internet"][below(4)];
            writeln!(text, "  c{component}: {{ name: {{ en: {en} {component}, ja: {ja}{component}, de: {de} {component} }}{zone} }}").unwrap();
        }
        text.push_str("flows:\n");
        let hubs = 1 + below(count.min(5));
        for flow in 0..=below(40) {
            let (hub, other) = (below(hubs), below(count));
            let (from, to) = if below(2) == 0 { (hub, other) } else { (other, hub) };
            let ports = [
                "443/tcp",
                "53/tcp+udp",
                "11000-11999/tcp",
                "random(10001-65535)/tcp",
                "configured/tcp",
                "any/tcp+udp",
            ][below(6)];
            let when = if below(3) == 0 { "when: { mode: a }, " } else { "" };
            let purpose = "purpose: { en: Talks., ja: 通信します。, de: Spricht. }";
            writeln!(
                text,
                "  f{flow}: {{ from: c{from}, to: c{to}, ports: [{ports}, {}/tcp], {when}{purpose} }}",
                1000 + below(9000)
            )
            .unwrap();
        }
        files.insert(format!("content/products/p{product}.yaml"), text.into_bytes());
    }
    files
}

#[tokio::test]
async fn nothing_overlaps_in_generated_pictures() {
    let mut files = render(&load(&generated_site()));
    // Their overviews; their components' pictures would be two thousand more of the same.
    files.retain(|path, _| !path.ends_with("diagram.svg") || path.matches('/').count() == 2);
    let browser = Browser::start_at(serve_rendered(files.clone())).await;
    assert!(measure(&browser, &files).await >= 600);
    browser.stop().await;
}

/// A product whose parties have the oddest names, and what Mermaid takes for its own signs.
fn odd_site() -> BTreeMap<String, Vec<u8>> {
    site_of(&[
        "x".repeat(200),
        "Management server ".repeat(11),
        "🧱🔥👩‍👩‍👧🇯🇵".repeat(20),
        "خادم إدارة الأسماء ".repeat(10),
        "管理サーバー".repeat(33),
        "\"end\" --> [a] {b} <c> & #35; `d` **e** __f__ \\n |g| %% h".to_owned(),
    ])
}

/// A product whose parties have these names.
fn site_of(names: &[String]) -> BTreeMap<String, Vec<u8>> {
    let mut files = real_files();
    files.retain(|path, _| is_common(path));
    let config = "title = \"Odd\"\nsource_locale = \"en\"\nlocales = [\"ja\", \"de\", \"en\"]\n";
    files.insert("site.toml".to_owned(), config.as_bytes().to_vec());
    let mut text = "name: Odd\nsummary: { en: Text., ja: テキスト。, de: Text. }\n".to_owned();
    text.push_str("sources: { s: { title: S, read: 2026-11-21, rows: 0 } }\ncomponents:\n");
    for (number, name) in names.iter().enumerate() {
        let zone = ["intranet", "internet"][number % 2];
        writeln!(text, "  c{number}: {{ name: {}, zone: {zone} }}", json!(name.trim())).unwrap();
    }
    text.push_str("flows:\n");
    let purpose = "purpose: { en: Talks., ja: 通信します。, de: Spricht. }";
    for from in 0..names.len() {
        for to in [from, (from + 1) % names.len(), (from + 3) % names.len()] {
            writeln!(text, "  f{from}-{to}: {{ from: c{from}, to: c{to}, ports: 443/tcp, {purpose} }}").unwrap();
        }
    }
    files.insert("content/products/odd.yaml".to_owned(), text.into_bytes());
    files
}

#[tokio::test]
async fn nothing_overlaps_around_the_oddest_names() {
    let files = render(&load(&odd_site()));
    let browser = Browser::start_at(serve_rendered(files.clone())).await;
    assert_eq!(measure(&browser, &files).await, 3 * 7);
    browser.stop().await;
}

#[tokio::test]
async fn mermaid_reads_what_is_written_for_it() {
    let path = repository().join("tests/node_modules/mermaid/dist/mermaid.min.js");
    let mermaid = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run `npm ci` in tests/", path.display()));
    let files = [render(&load(&real_files())), render(&load(&odd_site()))];
    let texts: Vec<(&String, String)> = files
        .iter()
        .flatten()
        .filter(|(path, _)| path.ends_with("diagram.mmd"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes.clone()).unwrap()))
        .collect();
    assert!(texts.len() > 200);
    let browser = Browser::start().await;
    // The library wants to be a script of its own, which our pages would refuse.
    browser.goto("about:blank").await;
    browser.run_async_with("const script = document.createElement('script'); script.textContent = arguments[0]; document.head.append(script); arguments[1](true)", vec![json!(mermaid)]).await;
    let parse = "const [texts, done] = arguments;
        (async () => { const wrong = []; for (const [path, text] of texts) { try { const type = await mermaid.parse(text); if (!type.diagramType.startsWith('flowchart')) wrong.push(path + ': ' + type.diagramType); } catch (error) { wrong.push(path + ': ' + error.message); } } return wrong; })().then(done, error => done([String(error)]))";
    let wrong: Value = browser.run_async_with(parse, vec![json!(texts)]).await;
    assert_eq!(wrong, json!([]));
    let broken = browser.run_async_with(parse, vec![json!([["broken", "flowchart LR\nn0[\"a\" --> n1"]])]).await;
    assert_eq!(broken.as_array().unwrap().len(), 1, "the parser takes anything: {broken}");
    browser.stop().await;
}

/// Names in which Mermaid sees formulas, lists, headings, icons, directives, styles, entities, the end of
/// a block or of the text.
const MERMAID_NAMES: &[&str] = &[
    "$$\\frac{1}{2}$$ and $5",
    "1. First",
    "2) Second",
    "- Dash",
    "+ Plus",
    "=== Line",
    "--- Rule",
    "> Quote",
    "# Head #35; #amp; &lt; &#38;",
    "fa:fa-car and fab:fa-x",
    "%%{init: {\"theme\": \"dark\"}}%% %% comment",
    "Lifestyle:#1; classDef x:#2;",
    "end",
    "subgraph a --> b; c",
    "`code` *a* **b** _c_ __d__ ~~e~~",
    "\"quoted\" 'single' <b>bold</b><br/>next",
    "{a} [b] (c) |d| ((e)) \\n",
    "x@{ shape: circle }",
    "direction TB",
    "http://guard.example/a_b",
];

#[tokio::test]
async fn mermaid_shows_every_name_as_it_is() {
    let path = repository().join("tests/node_modules/mermaid/dist/mermaid.min.js");
    let mermaid = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run `npm ci` in tests/", path.display()));
    let browser = Browser::start().await;
    browser.goto("about:blank").await;
    browser.run_async_with("const script = document.createElement('script'); script.textContent = arguments[0]; document.head.append(script); arguments[1](true)", vec![json!(mermaid)]).await;
    let draw = "const [text, done] = arguments;
        mermaid.initialize({ startOnLoad: false });
        mermaid.render('x' + Math.random().toString(36).slice(2), text).then(({ svg }) => {
            const page = new DOMParser().parseFromString(svg, 'text/html');
            done([...page.querySelectorAll('.node .nodeLabel')].map(label => [label.textContent, label.querySelectorAll('i, b, em, strong, code, math, ul, ol, h1').length]));
        }, error => done([String(error)]))";
    for names in MERMAID_NAMES.chunks(5) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let files = render(&load(&site_of(&names)));
        let text = String::from_utf8(files["en/odd/diagram.mmd"].clone()).unwrap();
        let shown = browser.run_async_with(draw, vec![json!(text)]).await;
        let mut shown: Vec<(String, usize)> =
            serde_json::from_value(shown.clone()).unwrap_or_else(|_| panic!("{shown} of {text}"));
        for (name, _) in &mut shown {
            *name = name.replace('\u{2060}', "");
        }
        shown.sort();
        let mut expected: Vec<(String, usize)> = names.into_iter().map(|name| (name, 0)).collect();
        expected.sort();
        assert_eq!(shown, expected, "{text}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn a_picture_slides_in_its_frame_and_the_page_stands_still() {
    let browser = Browser::start().await;
    browser.size(360, 740).await;
    for page in ["ja/deep-security/", "de/web-security-gateway/", "en/deep-security/manager/"] {
        browser.open(page).await;
        assert_eq!(browser.run("return document.scrollingElement.scrollWidth").await, json!(360), "{page}");
        let slides = browser.run("const frame = document.querySelector('.diagram > .frame'); frame.scrollLeft = 40; return frame.scrollLeft").await;
        assert_eq!(slides, json!(40), "{page}");
        let size = browser.run("const text = document.querySelector('.diagram .label text'); return text.getBoundingClientRect().height / text.getBBox().height").await;
        assert!(size.as_f64().unwrap() > 0.99, "{page}: words shrink to {size}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn what_the_keyboard_is_at_stands_out_with_its_lines() {
    let browser = Browser::start().await;
    browser.open("en/cloud-one-workload-security/").await;
    let lit = "return document.querySelectorAll('.diagram .edge.lit').length";
    assert_eq!(browser.run(lit).await, json!(0));
    browser.run("[...document.querySelectorAll('.diagram .node a')].find(link => link.textContent.includes('Agent')).focus()").await;
    assert_eq!(browser.run(lit).await, json!(3), "the agent has three lines");
    browser.run("document.querySelector('.diagram .label a').focus()").await;
    assert_eq!(browser.run(lit).await, json!(1), "a label has its own line");
    browser.run("document.activeElement.blur()").await;
    assert_eq!(browser.run(lit).await, json!(0));
    browser.stop().await;
}

/// What the products of these tests stand on: zones and services of the real content, and the terms to
/// which those refer.
fn is_common(path: &str) -> bool {
    ["zones", "services", "terms"].iter().any(|name| path.starts_with(&format!("content/common/{name}")))
}
