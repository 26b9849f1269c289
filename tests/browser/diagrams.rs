//! Pictures as a real browser draws them, with its own fonts and its own measure.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use crate::LOCALES;
use crate::driver::Browser;
use crate::server::serve_rendered;
use crate::support::{amount, load, real_files, render, repository};

/// How a picture begins on its page.
const SHEET: &str = "<svg class=\"sheet\"";

/// Pages below the locale that show a picture.
fn pages_with_pictures(files: &BTreeMap<String, Vec<u8>>, locale: &str) -> Vec<String> {
    let prefix = format!("{locale}/");
    let pages = files.iter().filter(|(_, bytes)| std::str::from_utf8(bytes).is_ok_and(|text| text.contains(SHEET)));
    let folders = pages.filter_map(|(path, _)| path.strip_suffix("index.html")?.strip_prefix(&prefix));
    folders.map(str::to_owned).collect()
}

/// Measures every picture of a site in every locale.
async fn measure(browser: &Browser, files: &BTreeMap<String, Vec<u8>>) -> usize {
    measure_some(browser, files, |_| true).await
}

/// Measures the pictures of these pages in every locale.
async fn measure_some(
    browser: &Browser,
    files: &BTreeMap<String, Vec<u8>>,
    is_asked: impl Fn(&String) -> bool,
) -> usize {
    let script = include_str!("measure.js");
    let mut pictures = 0;
    for locale in LOCALES {
        browser.open(&format!("{locale}/glossary/")).await;
        let mut pages = pages_with_pictures(files, locale);
        pages.retain(&is_asked);
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

fn generated_products() -> usize {
    amount(50, 200)
}

/// Products with up to fifteen parties each, with names as long as names are.
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
    for product in 0..generated_products() {
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
    let files = render(&load(&generated_site()));
    let browser = Browser::start_at(serve_rendered(files.clone())).await;
    // Their overviews; their components' pictures would be two thousand more of the same.
    let is_overview = |page: &String| page.matches('/').count() == 1;
    assert!(measure_some(&browser, &files, is_overview).await >= 3 * generated_products());
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
    let files = [real_files(), odd_site(), generated_site()].map(|files| render(&load(&files)));
    let texts: Vec<(&String, String)> = files
        .iter()
        .flatten()
        .filter(|(path, _)| path.ends_with("diagram.mmd"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes.clone()).unwrap()))
        .collect();
    assert!(texts.len() > generated_products());
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

/// The smallest text of the pictures on a page as it is on the screen, and how many texts there are.
const SMALLEST: &str =
    "const texts = [...document.querySelectorAll('.diagram .sheet text')].filter(text => text.getClientRects().length);
    const sizes = texts.map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a);
    return [Math.min(...sizes), texts.length]";

/// Pages with a picture in every locale: each, or those of products and scenarios.
fn pages_measured() -> Vec<String> {
    let files = render(&load(&real_files()));
    let pages = LOCALES
        .iter()
        .flat_map(|locale| pages_with_pictures(&files, locale).into_iter().map(move |page| format!("{locale}/{page}")));
    let is_drawn = |page: &String| page.matches('/').count() == 2 || page.contains("/scenarios/");
    pages.filter(|page| amount(is_drawn(page), true)).collect()
}

#[tokio::test]
async fn no_word_of_a_picture_is_too_small_to_read() {
    let browser = Browser::start().await;
    let pages = pages_measured();
    assert!(pages.len() > 40, "{pages:?}");
    for (width, least) in [(1280, 12.0), (768, 11.0)] {
        browser.size(width, 900).await;
        for page in &pages {
            browser.open(page).await;
            browser.run("document.querySelector('.diagram').open = true").await;
            let found = browser.run(SMALLEST).await;
            assert!(found[1].as_u64() > Some(3), "{page} shows no picture at {width} px");
            assert!(found[0].as_f64().unwrap() > least - 0.01, "{page}: {found} px at {width} px");
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn a_picture_slides_in_its_frame_and_the_page_stands_still() {
    let browser = Browser::start().await;
    browser.size(768, 900).await;
    for page in ["ja/deep-security/", "de/web-security-gateway/", "en/deep-security/manager/"] {
        browser.open(page).await;
        browser.run("document.querySelector('.diagram > summary').click()").await;
        let slides = browser.run("const frame = document.querySelector('.diagram .frame'); frame.scrollLeft = 40; return frame.scrollLeft").await;
        assert_eq!(slides, json!(40), "{page}");
        let beyond =
            browser.run("const page = document.scrollingElement; return page.scrollWidth - page.clientWidth").await;
        assert_eq!(beyond, json!(0), "{page}");
    }
    browser.stop().await;
}

/// What of a diagram is to be seen: itself, its picture, its words, the fold of these.
const SEEN: &str = "const seen = (name) => { const node = document.querySelector(name); return Boolean(node && node.checkVisibility({ contentVisibilityAuto: true }) && node.getClientRects().length) };
    return ['.diagram figure', '.diagram .frame', '.diagram .words li a', '.diagram .words > summary', '.diagram a[href$=\"diagram.svg\"]'].map(seen)";

#[tokio::test]
async fn words_take_the_place_of_a_picture_on_a_phone_and_both_fold_where_room_is_scarce() {
    let browser = Browser::start().await;
    for page in ["ja/deep-security/", "de/deep-security/scenarios/azure/", "en/deep-security/agent/"] {
        let rows = "return [...document.querySelectorAll('.diagram .words a')].filter(link => !document.getElementById(link.hash.slice(1))).length";
        browser.size(390, 844).await;
        browser.open(page).await;
        // The window gets its size while the page is there, and folds it once more.
        browser.wait_for("return innerWidth === 390 && !document.querySelector('.diagram').open").await;
        assert_eq!(browser.run(SEEN).await, json!([false, false, false, false, false]), "{page}");
        browser.run("document.querySelector('.diagram > summary').click()").await;
        browser
            .wait_for(
                "return document.querySelector('.diagram figure').checkVisibility({ contentVisibilityAuto: true })",
            )
            .await;
        assert_eq!(browser.run(SEEN).await, json!([true, false, true, false, true]), "{page}");
        assert_eq!(browser.run(rows).await, json!(0), "{page}: a link leads to no row");
        assert_eq!(browser.run("return document.scrollingElement.scrollWidth").await, json!(390), "{page}");
        let lines = browser.run("return [...document.querySelectorAll('.diagram .words li li')].map(line => line.textContent).filter(text => !/^→ .+[:：] ?.+$/.test(text))").await;
        assert_eq!(lines, json!([]), "{page}: what connects where?");
        // A reader who turns a tablet.
        browser.size(800, 600).await;
        browser.wait_for("return !document.querySelector('.words').open").await;
        assert_eq!(browser.run(SEEN).await, json!([true, true, false, true, true]), "{page}");
        browser.size(1280, 900).await;
        browser.open(page).await;
        assert_eq!(browser.run(SEEN).await, json!([true, true, false, true, true]), "{page}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn a_link_to_a_diagram_unfolds_it() {
    let browser = Browser::start().await;
    browser.size(800, 900).await;
    let is_open = "return document.querySelector('.diagram').open";
    browser.open("en/deep-security/").await;
    assert_eq!(browser.run(is_open).await, json!(false));
    browser.run("const link = document.createElement('a'); link.href = '#_diagram'; document.body.append(link); link.click()").await;
    assert_eq!(browser.run(is_open).await, json!(true));
    browser.open("en/deep-security/manager/#_diagram").await;
    assert_eq!(browser.run(is_open).await, json!(true));
    browser.stop().await;
}

#[tokio::test]
async fn a_diagram_is_whole_without_scripts() {
    let browser = Browser::start().await;
    for (width, is_picture) in [(390, false), (1280, true)] {
        browser.size(width, 844).await;
        browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        browser.open("de/deep-security/").await;
        browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
        assert_eq!(browser.run(SEEN).await, json!([true, is_picture, true, is_picture, true]), "{width}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn paper_takes_a_picture_that_can_be_read_there_or_its_words() {
    let browser = Browser::start().await;
    let pages = pages_measured();
    let (mut pictures, mut words) = (0, 0);
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    // A4 upright between margins of 15 mm.
    browser.size(680, 1009).await;
    for page in &pages {
        browser.open(page).await;
        // Where the page has rows the picture stays away from paper; here it is asked for all the same.
        browser.run("for (const table of document.querySelectorAll('.flows')) table.classList.remove('flows'); document.querySelector('.diagram').open = true; dispatchEvent(new Event('beforeprint'))").await;
        let (seen, found) = (browser.run(SEEN).await, browser.run(SMALLEST).await);
        assert_eq!((&seen[0], &seen[3], &seen[4]), (&json!(true), &json!(false), &json!(false)), "{page}");
        assert_ne!(seen[1], seen[2], "{page}: a picture or words");
        if seen[1] == json!(true) {
            pictures += 1;
            // 7 pt
            assert!(found[0].as_f64().unwrap() >= 9.32, "{page}: {found}");
            let height = browser.run("return document.querySelector('.sheet').getBoundingClientRect().height").await;
            assert!(height.as_f64().unwrap() < 680.0, "{page} is {height} px high: more than a sheet across");
        } else {
            words += 1;
        }
        browser.run("document.querySelector('.diagram').open = false").await;
        let shown = browser.run("return document.querySelector('.diagram').getClientRects().length").await;
        assert_eq!(shown, json!(0), "{page}: what is folded is printed");
    }
    assert!(pictures > 0 && words > 0, "{pictures} pictures, {words} in words");
    browser.stop().await;
}

/// Says to the page what a selection makes of flows.
async fn select(browser: &Browser, states: &str) {
    let say = format!(
        "document.dispatchEvent(new CustomEvent('rutter:selection', {{ detail: {{ states: new Map({states}) }} }}))"
    );
    browser.run(&say).await;
}

#[tokio::test]
async fn a_diagram_follows_the_selection() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    let html = "return document.querySelector('.diagram').outerHTML";
    let before = browser.run(html).await;
    let everything = "[...document.querySelectorAll('table.flows tr[id]')].map(row => [row.id, STATE])";
    // One connection of an edge that has two, and all of those of another.
    let chosen = "(row.id === 'heartbeat-from-agent' || row.id === 'api-access' ? 'out' : 'in')";
    select(&browser, &everything.replace("STATE", chosen)).await;
    let seen = browser
        .run("const list = (name) => [...document.querySelectorAll('.diagram ' + name)];
            const isShown = (node) => node.getClientRects().length > 0;
            const words = list('.words li li').filter(line => !line.hidden).map(line => line.closest('.words > ul > li').querySelector('strong').textContent + line.textContent);
            return {
                crossed: [...new Set(list('.label:not(.off) a.off').map(link => link.textContent + getComputedStyle(link).textDecorationLine))],
                rows: list('.row.off').map(row => row.querySelector('text').textContent),
                ports: list('.row.off .ports').filter(isShown).length,
                strong: list('.edge.on').length, faint: list('.sheet .edge.off').length,
                keys: list('[data-state]').map(isShown),
                api: words.filter(line => line.includes('API client')).length,
                heartbeat: words.filter(line => line.includes('4120/TCP')).length,
                sources: list('.words strong').filter(name => name.textContent === 'SOAP API client' && !name.parentNode.hidden).length,
            }")
        .await;
    assert_eq!(seen["crossed"], json!(["4120/TCPline-through"]), "{seen}");
    assert_eq!(seen["rows"], json!(["Trend Micro", "SOAP API client", "REST API client"]), "{seen}");
    assert_eq!(
        (&seen["ports"], &seen["faint"], &seen["api"], &seen["sources"]),
        (&json!(0), &json!(0), &json!(0), &json!(0))
    );
    assert!(seen["strong"].as_u64() > Some(10) && seen["heartbeat"].as_u64() > Some(0), "{seen}");
    assert_eq!(seen["keys"], json!([true, true]), "{seen}");
    assert_eq!(browser.violations().await, json!([]));

    select(&browser, &everything.replace("STATE", "row.cells[0] && 'out'")).await;
    let left = "return ['.sheet .edge:not(.off)', '.sheet .node:not(.off)', '.sheet .label:not(.off)', '.words li:not([hidden])', '.edge.on:not(.sample *)'].map(name => document.querySelectorAll('.diagram ' + name).length)";
    assert_eq!(browser.run(left).await, json!([0, 0, 0, 0, 0]), "nothing is needed");

    select(&browser, "[]").await;
    let bare = |html: Value| html.as_str().unwrap().replace(" class=\"\"", "");
    assert_eq!(bare(browser.run(html).await), bare(before), "without a selection nothing changes");
    browser.stop().await;
}

/// What the script saves of the picture of a component, read as XML: of its root and of all in it, the texts
/// and links as a browser draws them once the file is open.
const SAVED: &str = "const done = arguments[0];
    URL.createObjectURL = (blob) => {
        blob.text().then((text) => {
            const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
            const all = (name) => [...root.querySelectorAll(name)];
            const shown = [...document.querySelectorAll('.sheet .node')];
            const frame = document.body.appendChild(document.importNode(root, true));
            const look = (text) => { const { fontSize, fontWeight, fill, textDecorationLine } = getComputedStyle(text); return [text.textContent, fontSize, fontWeight, fill, textDecorationLine].join(); };
            const looks = (sheet) => [...sheet.querySelectorAll('text, text a')].map(look);
            const seen = [looks(document.querySelector('.diagram .sheet')), looks(frame)];
            frame.remove();
            done({
                type: blob.type, name: saved, root: [root.localName, root.namespaceURI].join(),
                errors: all('parsererror').length + (root.localName === 'parsererror'),
                classes: all('[class]').length + root.hasAttribute('class'),
                boxes: all('[data-node] > rect').length, shown: shown.length,
                links: all('a').map((link) => link.getAttribute('href')),
                dangling: [root, ...all('*')].flatMap((one) => (one.getAttribute('aria-labelledby') ?? one.getAttribute('aria-describedby') ?? '').split(' ')).filter((id) => id && !all('[id]').some((one) => one.id === id)),
                texts: seen[0].length, others: seen[0].filter((look, at) => look !== seen[1][at]),
            });
        });
        return 'blob:x';
    };
    let saved;
    HTMLAnchorElement.prototype.click = function () { saved = this.download; };
    document.querySelector('.diagram').open = true;
    document.querySelector('.diagram .files > li:first-child button').click();";

#[tokio::test]
async fn the_picture_of_a_component_is_saved_as_it_is_seen() {
    let browser = Browser::start().await;
    for (page, name, width) in [
        ("en/deep-security/manager/", "manager.svg", 1280),
        ("ja/components/dns-server/", "dns-server.svg", 1280),
        ("de/deep-security/agent/#!o=version.v11-0&w=relay", "agent.svg", 1280),
        ("de/server-workload-protection/relay/", "relay.svg", 390),
    ] {
        browser.size(width, 900).await;
        browser.open("").await;
        browser.open(page).await;
        let label = browser.run("return document.querySelector('.diagram .files button').textContent").await;
        assert!(label.as_str().unwrap().contains("SVG"), "{page}: {label}");
        let saved = browser.run_async(SAVED).await;
        assert_eq!(saved["errors"], json!(0), "{page}: {saved}");
        assert_eq!(saved["root"], json!("svg,http://www.w3.org/2000/svg"), "{page}");
        assert_eq!((&saved["type"], &saved["name"]), (&json!("image/svg+xml"), &json!(name)), "{page}");
        assert!(saved["shown"].as_u64() > Some(2), "{page}: {saved}");
        assert_eq!(saved["boxes"], saved["shown"], "{page}");
        assert_eq!(saved["classes"], json!(0), "{page}");
        assert_eq!(saved["dangling"], json!([]), "{page}: it names what is not in it");
        let links: Vec<String> = serde_json::from_value(saved["links"].clone()).unwrap();
        let is_whole = |link: &String| link.starts_with(&format!("{}{}/", browser.base(), &page[..2]));
        assert!(links.len() > 2 && links.iter().all(is_whole), "{page}: {links:?}");
        assert!(saved["texts"].as_u64() > Some(4), "{page}: {saved}");
        assert_eq!(saved["others"], json!([]), "{page}: words that look otherwise");
        assert_eq!(browser.violations().await, json!([]), "{page}");
    }
    browser.stop().await;
}

/// Products and scenarios have files.
#[tokio::test]
async fn a_page_with_a_file_of_its_picture_saves_none_itself() {
    let browser = Browser::start().await;
    for page in ["en/deep-security/", "de/deep-security/scenarios/azure/"] {
        browser.open(page).await;
        let files = "return [...document.querySelectorAll('.diagram .files > li > *')].map(one => one.localName)";
        assert_eq!(browser.run(files).await, json!(["a", "a"]), "{page}");
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
    // There every port stands in the box that listens.
    browser.open("en/server-workload-protection/").await;
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
