//! The built site in a real browser, served from memory on loopback and below a path, as GitHub
//! Pages serves a project. `tests/run` installs Chromium, its driver, Firefox, poppler and axe-core;
//! without them the tests fail and say so: nothing is skipped.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests panic where they fail, and read what they are about"
)]

#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "the suite uses the rest")]
mod support;

mod bidi;
mod compare;
mod constructs;
mod diagrams;
mod driver;
mod firefox;
mod fragments;
mod in_firefox;
mod links;
mod lookups;
mod matrix;
mod request;
mod rows;
mod rules;
mod search;
mod selection;
#[cfg(feature = "serve")]
mod serve;
mod server;
mod spoken;

use std::collections::BTreeSet;

use driver::{Browser, Scheme};
use serde_json::{Value, json};

const LOCALES: [&str; 3] = ["ja", "de", "en"];

/// One page of each kind, below a locale.
const PAGES: [&str; 16] = [
    "",
    "deep-security/",
    "server-workload-protection/",
    "deep-security/manager/",
    "components/dns-server/",
    "cloud-one-workload-security/scenarios/agent-initiated/",
    "web-security-gateway/scenarios/forward-proxy-adfs/",
    "deep-security/scenarios/compare/",
    "ports/",
    "ports/443/",
    "hosts/",
    "hosts/trendmicro.com/",
    "glossary/",
    "status/",
    "search/",
    "how-to-read/",
];

/// The pages that are looked at: one of each kind, or all there are.
fn every_page() -> Vec<String> {
    let pages: fn() -> Vec<String> = support::amount(one_of_each_kind, all_pages);
    pages()
}

fn all_pages() -> Vec<String> {
    let files = support::render(&support::load(&support::real_files()));
    let pages = files.into_keys().filter(|path| path.ends_with(".html"));
    pages.map(|path| path.strip_suffix("index.html").map_or(path.clone(), str::to_owned)).collect()
}

fn one_of_each_kind() -> Vec<String> {
    let mut pages: Vec<_> =
        LOCALES.iter().flat_map(|locale| PAGES.iter().map(move |page| format!("{locale}/{page}"))).collect();
    pages.extend([String::new(), "404.html".to_owned()]);
    pages
}

#[tokio::test]
async fn pages_speak_their_language() {
    let browser = Browser::start().await;
    for (locale, word) in [("ja", "接続"), ("de", "Verbindungen"), ("en", "Connections")] {
        browser.open(&format!("{locale}/deep-security/")).await;
        assert_eq!(browser.run("return document.documentElement.lang").await, json!(locale));
        assert_eq!(browser.run("return document.querySelector('h1').textContent").await, json!("Deep Security"));
        assert_eq!(browser.run("return document.getElementById('_flows').textContent").await, json!(word));
    }
    browser.stop().await;
}

#[tokio::test]
async fn switching_the_language_keeps_page_and_row() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/#heartbeat-from-manager").await;
    browser.run("document.querySelector('nav.languages a[hreflang=ja]').click()").await;
    browser.wait_for("return location.pathname.includes('/ja/')").await;
    let place = browser.run("return location.pathname + location.hash").await;
    assert!(place.as_str().unwrap().ends_with("/ja/deep-security/#heartbeat-from-manager"), "{place}");
    browser.stop().await;
}

#[tokio::test]
async fn tables_sort_by_port_and_back() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    // In the order in which they are seen; what is folded stays below.
    let rows = "[...document.querySelectorAll('table.flows > tbody:not(.folded, [hidden]) > tr:not(.head)')]";
    let ids = format!("return {rows}.map(row => row.id)");
    let ports = format!("return {rows}.map(row => parseInt(row.querySelector('.port').textContent) || 99999)");
    let before = browser.run(&ids).await;
    let press = "document.querySelector('table.flows th[data-sort=number] button').click()";
    let sort = "return document.querySelector('table.flows th[data-sort=number]').getAttribute('aria-sort')";
    browser.run(press).await;
    let numbers: Vec<i64> = serde_json::from_value(browser.run(&ports).await).unwrap();
    assert!(numbers.is_sorted() && numbers.len() > 30 && browser.run(&ids).await != before, "{numbers:?}");
    assert_eq!(browser.run(sort).await, json!("ascending"));
    browser.run(press).await;
    assert_eq!(browser.run(sort).await, json!("descending"));
    browser.run(press).await;
    assert_eq!(browser.run(&ids).await, before, "a third press brings the order of the page back");
    browser.stop().await;
}

#[tokio::test]
async fn a_port_can_be_copied() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    browser
        .cdp("Browser.grantPermissions", json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }))
        .await;
    let port =
        browser.run("return document.querySelector('td.ports').parentElement.dataset.ports.replaceAll(' ', ',')").await;
    browser.run("document.querySelector('td.ports button').click()").await;
    let copied = browser.run_async("const done = arguments[arguments.length - 1]; setTimeout(() => navigator.clipboard.readText().then(done, error => done(String(error))), 200)").await;
    assert_eq!(copied, port);
    let told = browser.run("return document.querySelector('[aria-live]').textContent").await;
    assert!(!told.as_str().unwrap().is_empty(), "nobody is told that it was copied");
    browser.stop().await;
}

#[tokio::test]
async fn no_page_complains_or_asks_another_host() {
    let browser = Browser::start().await;
    for page in every_page() {
        browser.open(&page).await;
        let asked = browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)").await;
        let foreign: Vec<_> = asked
            .as_array()
            .unwrap()
            .iter()
            .filter(|name| !name.as_str().unwrap().starts_with(browser.origin()))
            .collect();
        assert!(foreign.is_empty(), "{page} asks {foreign:?}");
        let complaints: Vec<_> = browser
            .log()
            .await
            .into_iter()
            .filter(|entry| !entry["message"].as_str().unwrap_or_default().contains("favicon"))
            .collect();
        assert!(complaints.is_empty(), "{page}: {complaints:?}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn no_page_scrolls_sideways_on_a_small_phone() {
    let browser = Browser::start().await;
    browser.size(320, 640).await;
    for page in every_page() {
        browser.open(&page).await;
        let width = browser.run("return document.scrollingElement.scrollWidth").await.as_i64().unwrap();
        assert!(width <= 320, "{page} is {width} px wide");
    }
    browser.stop().await;
}

#[tokio::test]
async fn nothing_moves_after_it_was_shown() {
    let browser = Browser::start().await;
    let script = "const done = arguments[arguments.length - 1]; let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value)).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 150)";
    for (width, height) in [(1280, 800), (360, 640)] {
        browser.size(width, height).await;
        for page in every_page() {
            browser.open(&page).await;
            let shift = browser.run_async(script).await.as_f64().unwrap();
            assert!(shift < 0.01, "{page} at {width} px shifts by {shift}");
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn light_and_dark_follow_the_system_and_the_switch() {
    let browser = Browser::start().await;
    let background = "return getComputedStyle(document.body).backgroundColor";
    browser.scheme(Scheme::Light).await;
    browser.open("ja/").await;
    let light = browser.run(background).await;
    browser.scheme(Scheme::Dark).await;
    browser.open("ja/").await;
    let dark = browser.run(background).await;
    assert_ne!(light, dark, "the page ignores the system's scheme");
    browser.run("document.querySelector('button.scheme').click()").await;
    assert_eq!(browser.run(background).await, light, "the switch does nothing");
    browser.open("en/glossary/").await;
    assert_eq!(browser.run(background).await, light, "the choice is forgotten on the next page");
    browser.stop().await;
}

#[tokio::test]
async fn axe_finds_no_violation_on_any_kind_of_page() {
    let browser = Browser::start().await;
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.scheme(scheme).await;
        for page in every_page() {
            browser.open(&page).await;
            assert_eq!(browser.violations().await, json!([]), "{page} in {scheme:?}");
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn a_product_prints_as_a_document() {
    let browser = Browser::start().await;
    browser.open("de/deep-security/").await;
    let pdf = browser.print().await;
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 50_000, "{} bytes", pdf.len());
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    let shown = browser.run("return ['header.site nav', 'button.scheme', '.environment', '.bar', '.tools', 'td.ports button'].filter(name => [...document.querySelectorAll(name)].some(node => node.getClientRects().length > 0))").await;
    assert_eq!(shown, json!([]), "controls are printed");
    browser.stop().await;
}

#[tokio::test]
async fn everything_can_be_read_without_scripts() {
    let browser = Browser::start().await;
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    browser.open("en/deep-security/").await;
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
    // All but what only a script could answer, which is not shown at all.
    let hidden = browser.run("return [...document.querySelectorAll('main :is(tr, td, p, h2, li, code)')].filter(node => node.getClientRects().length === 0 && !node.closest('.environment, .bar, .tools, .none, figure, details.diagram')).map(node => node.outerHTML.slice(0, 200))").await;
    assert_eq!(hidden, json!([]));
    let controls = browser.run("return ['.environment', '.bar', '.tools'].filter(name => document.querySelector(name).getClientRects().length > 0)").await;
    assert_eq!(controls, json!([]), "controls that need a script are shown without");
    browser.stop().await;
}

#[tokio::test]
async fn the_keyboard_reaches_content_first() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    browser.tab().await;
    assert_eq!(browser.run("return document.activeElement.className").await, json!("skip"));
    let shown = browser
        .run("const box = document.activeElement.getBoundingClientRect(); return box.top >= 0 && box.width > 20")
        .await;
    assert_eq!(shown, json!(true), "the skip link stays hidden");
    browser.stop().await;
}

#[tokio::test]
async fn pages_are_light() {
    let browser = Browser::start().await;
    let mut seen = BTreeSet::new();
    for page in every_page() {
        browser.open(&page).await;
        let sizes = browser.run("return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(entry => entry.decodedBodySize)").await;
        let total: i64 = sizes.as_array().unwrap().iter().filter_map(Value::as_i64).sum();
        // Compressed to about an eighth by any server, this is under 100 KB.
        assert!(total < 700_000, "{page} needs {total} bytes");
        seen.insert(total);
    }
    assert!(seen.len() > 10);
    browser.stop().await;
}

#[tokio::test]
async fn a_copy_can_be_read_without_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let built = support::rutter(
        &support::repository(),
        &["build", "--file-links", "--output", folder.path().join("site").to_str().unwrap()],
    );
    assert!(built.status.success(), "{}", support::transcript(&built));
    let browser = Browser::start().await;
    browser.goto(&format!("file://{}/site/index.html", folder.path().display())).await;
    for selector in ["main a[hreflang=de]", ".products th a", "td.ports a.port"] {
        browser.run(&format!("document.querySelector('{selector}').click()")).await;
        browser.wait_for("return document.readyState === 'complete'").await;
    }
    assert_eq!(browser.run("return document.documentElement.lang").await, json!("de"));
    assert!(
        browser.run("return document.querySelector('h1').textContent").await.as_str().unwrap().starts_with("Port ")
    );
    let styled = browser.run("return getComputedStyle(document.body).fontFamily !== getComputedStyle(document.createElement('p')).fontFamily && document.styleSheets.length > 0").await;
    assert_eq!(styled, json!(true), "the stylesheet is not loaded");
    // Pages can't be read from there: the field leads to those that have the rows, and says why it lists none.
    for (locale, words) in [("en", "web server"), ("ja", "Webサーバー"), ("de", "Webserver")] {
        browser.goto(&format!("file://{}/site/{locale}/ports/index.html", folder.path().display())).await;
        browser.run("const field = document.getElementById('_find'); field.value = '443'; field.dispatchEvent(new Event('input', { bubbles: true }))").await;
        browser
            .wait_for(&format!("return document.querySelector('p.find-port').textContent.includes('{words}')"))
            .await;
        let leads = "return [...document.querySelectorAll('p.find-port a')].some(link => link.href.endsWith('/ports/443/index.html'))";
        assert_eq!(browser.run(leads).await, json!(true), "{locale}");
    }
    browser.stop().await;
}
