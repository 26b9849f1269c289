//! The tables of products, components and scenarios: how soon they begin, what a row shows and opens, how
//! they are filtered, put into order, walked through by keyboard and printed.

use std::fmt::Write as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};

use crate::LOCALES;
use crate::driver::Browser;
use crate::server::serve_rendered;
use crate::support::{amount, load, real_files, render, small_site};

/// Rows outside of the window are not laid out; what is measured of all of them has to be.
pub(crate) const LAID_OUT: &str = "const sheet = new CSSStyleSheet(); sheet.replaceSync('.flows > tbody > tr { content-visibility: visible !important }'); document.adoptedStyleSheets = [sheet];";
const ROWS: &str = "const rows = [...document.querySelectorAll('.flows > tbody > tr:not(.head)')];";

/// The pages of products and components that have a row.
fn pages_with_rows() -> Vec<String> {
    let files = render(&load(&real_files()));
    let is_one = |path: &str, bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        path.ends_with("/index.html") && !path.contains("/scenarios/") && text.contains("<table class=\"flows")
    };
    let pages = files.iter().filter(|(path, bytes)| is_one(path, bytes));
    pages.map(|(path, _)| path.strip_suffix("index.html").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_first_row_is_on_the_first_screen() {
    let pages = pages_with_rows();
    assert!(pages.len() > 60, "{}", pages.len());
    let browser = Browser::start().await;
    for (width, height) in [(1280, 800), (390, 844)] {
        browser.size(width, height).await;
        // Every product in every language; components are drawn.
        let is_product = |page: &str| page.matches('/').count() == 2;
        for page in pages.iter().enumerate().filter(|(at, page)| is_product(page) || at % amount(7, 1) == 0) {
            browser.open(page.1).await;
            let script = "return document.querySelector('.flows > tbody > tr:not(.head)').getBoundingClientRect().top";
            let top = browser.run(script).await.as_f64().unwrap();
            assert!(top <= f64::from(height), "{} at {width} px: the first row begins at {top} px", page.1);
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn rows_are_compact_and_few_keys_lead_to_them() {
    let browser = Browser::start().await;
    browser.size(1280, 800).await;
    let script = format!(
        "{LAID_OUT} {ROWS}
        const can = (one) => one.checkVisibility({{ visibilityProperty: true }}) && !one.disabled && one.tabIndex >= 0 && !(one.type === 'radio' && !one.checked);
        const stops = [...document.querySelectorAll('main a[href], main button, main input, main select, main summary, main [tabindex=\"0\"]')].filter(can);
        const first = rows[0].querySelector('a, summary');
        const before = stops.filter((one) => one.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING).length;
        const most = Math.max(...rows.map((row) => stops.filter((one) => row.contains(one)).length));
        const heights = rows.filter((row) => row.offsetHeight).map((row) => row.offsetHeight);
        return {{ before, most, rows: rows.length, mean: heights.reduce((sum, one) => sum + one, 0) / heights.length }}"
    );
    for locale in LOCALES {
        browser.open(&format!("{locale}/deep-security/")).await;
        let seen = browser.run(&script).await;
        assert!(seen["before"].as_i64().unwrap() <= 40, "{locale}: {seen}");
        assert!(seen["most"].as_i64().unwrap() <= 6, "{locale}: {seen}");
        assert!(seen["mean"].as_f64().unwrap() <= 56.0, "{locale}: {seen}");
        assert_eq!(seen["rows"], json!(48), "{locale}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn a_row_opens_by_its_button_by_all_by_its_address_and_on_paper() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    let open = format!("{ROWS} return rows.filter((row) => row.querySelector('.behind > details').open).length");
    assert_eq!(browser.run(&open).await, json!(0));
    browser.run("document.querySelector('#machine-learning summary').click()").await;
    browser.wait_for("return document.querySelector('#machine-learning').classList.contains('open')").await;
    let shown = "return document.querySelector('#machine-learning .grid').checkVisibility()";
    assert_eq!(browser.run(shown).await, json!(true));
    let name = browser.run("return document.querySelector('#machine-learning summary').ariaLabel").await;
    assert_eq!(name, json!("Details: from Agent: Machine learning service, 80 / 443 TCP"));
    browser.run("document.querySelector('[name=full]').click()").await;
    assert_eq!(browser.run(&open).await, json!(48));
    browser.run("document.querySelector('[name=full]').click()").await;
    // An anchor of a row that stays folded.
    browser.open("en/deep-security/#relay-loopback").await;
    let there = "const row = document.querySelector('#relay-loopback'); const box = row.getBoundingClientRect(); return row.checkVisibility() && row.classList.contains('open') && box.top >= 0 && box.bottom <= innerHeight";
    browser.wait_for(there).await;
    browser.run("dispatchEvent(new Event('beforeprint'))").await;
    assert_eq!(browser.run(&open).await, json!(48));
    browser.run("dispatchEvent(new Event('afterprint'))").await;
    browser.wait_for(&format!("{ROWS} return rows.filter((row) => row.classList.contains('open')).length === 1")).await;
    browser.stop().await;
}

#[tokio::test]
async fn filters_find_ports_in_ranges_and_addresses_in_blocks() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    let shown = format!("{ROWS} return rows.filter((row) => row.checkVisibility()).map((row) => row.id)");
    let filter = |name: &str, value: &str| {
        format!(
            "const tool = document.querySelector('.bar [name={name}]'); tool.value = '{value}'; tool.dispatchEvent(new Event('input', {{ bubbles: true }}));"
        )
    };
    browser.run(&filter("text", "11500")).await;
    let found = browser.run(&shown).await;
    // The range of Azure, and the scan of every port.
    let mut found: Vec<_> = found.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, ["database-azure-sql", "open-port-scan"]);
    browser.run(&filter("text", "no such thing")).await;
    assert_eq!(browser.run(&shown).await, json!([]));
    assert_eq!(browser.run("return document.querySelector('p.none').checkVisibility()").await, json!(true));
    browser.run("document.querySelector('p.none button').click()").await;
    // All but the one that is folded.
    assert_eq!(browser.run(&shown).await.as_array().unwrap().len(), 47);
    assert_eq!(browser.run("return document.activeElement.name").await, json!("text"), "the focus is lost");
    browser.run("document.querySelector('.head [data-party=agent] button, th[data-party=agent] button').click()").await;
    let from_agent = browser.run(&shown).await;
    assert_eq!(from_agent.as_array().unwrap().len(), 18, "{from_agent}");
    let counts = "return [...document.querySelectorAll('.flows tr.head')].filter((head) => !head.hidden).every((head) => /^\\((\\d+)( of \\d+)?\\)$/.exec(head.querySelector('.count').textContent)[1] === `${[...head.parentElement.rows].filter((row) => row !== head && !row.hidden).length}`)";
    assert_eq!(browser.run(counts).await, json!(true));
    let of_all = "return document.querySelector('#_group-1 .count').textContent";
    assert!(browser.run(of_all).await.as_str().unwrap().contains(" of "), "a head does not say that some are hidden");
    // Nothing is left to do for the button that brought them.
    let all = "return document.querySelector('th[data-party=agent] button.all').hidden";
    assert_eq!(browser.run(all).await, json!(true));
    browser.run(&filter("from", "")).await;
    assert_eq!(browser.run(all).await, json!(false));
    // For whoever feeds a proxy: all but what goes past it.
    let proxies = "return [...new Set([...document.querySelectorAll('.flows > tbody > tr[id]')].filter((row) => row.checkVisibility()).map((row) => row.cells[row.cells.length - 2].textContent))].sort()";
    browser.run(&filter("proxy", "*")).await;
    assert_eq!(browser.run(proxies).await, json!(["Not stated", "SOCKS", "Set in the OS", "Yes"]));
    let label = browser.run("return document.querySelector('.bar [name=proxy]').selectedOptions[0].text").await;
    assert_eq!(label, json!("Possible or not stated"));
    browser.open("en/server-workload-protection/").await;
    browser.run(&filter("text", "3.69.198.70")).await;
    assert_eq!(browser.run(&shown).await.as_array().unwrap().len(), 3, "an address lies in a block of three rows");
    browser.stop().await;
}

#[tokio::test]
async fn rows_are_put_below_other_heads_and_sorted_and_back() {
    let browser = Browser::start().await;
    browser.open("de/deep-security/").await;
    let order = format!("{ROWS} return rows.map((row) => row.id)");
    let before = browser.run(&order).await;
    let group = |by: &str| {
        format!(
            "const tool = document.querySelector('[name=group]'); tool.value = '{by}'; tool.dispatchEvent(new Event('change', {{ bubbles: true }}));"
        )
    };
    browser.run(&group("port")).await;
    let ports = browser
        .run("return [...document.querySelectorAll('tbody.made > tr:not(.head)')].map((row) => parseInt(row.dataset.ports))")
        .await;
    let ports: Vec<Value> = ports.as_array().unwrap().iter().filter(|port| !port.is_null()).cloned().collect();
    assert!(ports.windows(2).all(|pair| pair[0].as_i64() <= pair[1].as_i64()), "{ports:?}");
    browser.run(&group("from")).await;
    assert_eq!(browser.run(&order).await, before);
    browser.run("document.querySelector('.flows thead th:nth-child(2) button').click()").await;
    assert_eq!(browser.run("return document.querySelector('[name=group]').value").await, json!(""));
    let sorted = "const names = [...document.querySelectorAll('tbody.made > tr > th')].map((cell) => cell.textContent); return names.length > 40";
    assert_eq!(browser.run(sorted).await, json!(true));
    browser.run("document.querySelector('.flows thead th:nth-child(2) button').click()").await;
    browser.run("document.querySelector('.flows thead th:nth-child(2) button').click()").await;
    assert_eq!(browser.run(&order).await, before, "a third click does not bring back the order of the page");
    browser.stop().await;
}

#[tokio::test]
async fn a_product_prints_on_few_pages_with_what_an_auditor_cites() {
    let browser = Browser::start().await;
    for locale in LOCALES {
        browser.open(&format!("{locale}/deep-security/#!o=version.v11-0,edition.jp")).await;
        let pdf = browser.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true })).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page.pdf");
        let bytes = BASE64_STANDARD.decode(pdf["data"].as_str().unwrap()).unwrap();
        std::fs::write(&file, bytes).unwrap();
        let text = |arguments: &[&str]| {
            let output = std::process::Command::new("pdftotext").args(arguments).arg(&file).arg("-").output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        let all = text(&["-layout"]);
        let pages = all.matches('\u{c}').count();
        assert!(pages <= 8, "{locale}: {pages} pages");
        let first = text(&["-l", "1"]);
        assert!(first.contains("#!o=version.v11-0,edition.jp"), "{locale}: no address in {first}");
        assert!(first.contains("11.0") && first.contains("2026"), "{locale}: {first}");
        assert!(all.contains("#machine-learning"), "{locale}: rows have no anchors");
    }
    browser.stop().await;
}

#[tokio::test]
async fn paper_says_which_rows_it_has_of_how_many_and_when() {
    let browser = Browser::start().await;
    for (locale, page, filter, printed) in [
        ("en", "deep-security/", "Filter: Source: Agent", "Connections printed: 18 of 47 (left out as not needed: 1)"),
        ("ja", "deep-security/", "絞り込み：送信元：エージェント", "印刷した接続：47件中18件（不要として省略：1件）"),
        (
            "de",
            "deep-security/",
            "Filter: Quelle: Agent",
            "Gedruckte Verbindungen: 18 von 47 (als nicht nötig weggelassen: 1)",
        ),
        (
            "en",
            "deep-security/agent/",
            "Filter: Source: Agent",
            "Connections printed: 18 of 23 (left out as not needed: 0)",
        ),
    ] {
        browser.open("").await;
        browser.open(&format!("{locale}/{page}#!o=version.v11-0")).await;
        browser.run("const tool = document.querySelector('.bar [name=from]'); tool.value = 'agent'; tool.dispatchEvent(new Event('input', { bubbles: true })); dispatchEvent(new Event('beforeprint'))").await;
        let today = browser
            .run("return new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: 'long' })")
            .await;
        let told = browser.run("return document.querySelector('.printed').textContent").await;
        for words in [filter, printed, "11.0", today.as_str().unwrap(), "#!o=version.v11-0"] {
            assert!(told.as_str().unwrap().contains(words), "{locale}/{page}: no {words} in {told}");
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn the_titles_of_a_component_count_the_rows_that_are_shown() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/agent/").await;
    let titles = "return [...document.querySelectorAll('main > h2:has(+ .flows)')].map((title) => [Number(/\\d+/.exec(title.querySelector('.count').textContent)[0]), title.nextElementSibling.querySelectorAll('tbody > tr[id]:not([hidden])').length, title.querySelector('.count').textContent.includes(' of ')])";
    let all = browser.run(titles).await;
    assert_eq!(all, json!([[5, 5, false], [18, 18, false]]));
    browser.run("document.querySelector('[data-option=communication] input[value=agent-initiated]').click()").await;
    let seen = browser.run(titles).await;
    assert_eq!(seen, json!([[4, 4, true], [18, 18, false]]));
    browser.run("const tool = document.querySelector('.bar [name=text]'); tool.value = '4120'; tool.dispatchEvent(new Event('input', { bubbles: true }))").await;
    let seen = browser.run(titles).await;
    assert!(seen[1][0] == seen[1][1] && seen[1][2] == json!(true), "{seen}");
    let above = "return [...document.querySelectorAll('.menu [aria-current]')].map((link) => link.textContent)";
    assert_eq!(browser.run(above).await, json!(["Products"]));
    browser.stop().await;
}

/// A product of 500 rows with eight options.
fn large() -> Vec<u8> {
    let mut text = "name: Big
summary: { en: Has many rows. }
sources: { manual: { title: Manual, read: 2026-11-21, rows: 0 } }
options:
"
    .to_owned();
    for option in 0..8 {
        let _ = writeln!(text, "  opt{option}: {{ label: Option {option}, choices: {{ a: A, b: B, c: C }} }}");
    }
    text.push_str("components:\n");
    for component in 0..30 {
        let _ = writeln!(text, "  comp{component}: {{ name: Component {component} }}");
    }
    text.push_str("flows:\n");
    for flow in 0..500 {
        let when = if flow % 3 == 0 {
            format!("when: {{ opt{}: {} }}, ", flow % 8, ["a", "b", "c"][flow % 3])
        } else {
            String::new()
        };
        let (from, to, port) = (flow % 30, (flow * 7 + 1) % 30, 1000 + flow);
        let to = if from == to { (to + 1) % 30 } else { to };
        let _ = writeln!(
            text,
            "  f{flow}: {{ from: comp{from}, to: comp{to}, ports: {port}/tcp, {when}purpose: {{ en: Does thing {flow} for its other end. }} }}"
        );
    }
    text.into_bytes()
}

#[tokio::test]
async fn of_500_rows_one_choice_is_answered_at_once() {
    let mut files = small_site();
    files.insert("content/products/big.yaml".to_owned(), large());
    let browser = Browser::start_at(serve_rendered(render(&load(&files)))).await;
    browser.size(1280, 800).await;
    browser.open("en/big/").await;
    browser.wait_for("return document.documentElement.hasAttribute('data-rows')").await;
    let script = "const boxes = [...document.querySelectorAll('.options input')]; const times = [];
        for (let at = 0; at < 15; at += 1) { const start = performance.now(); boxes[(at * 4) % boxes.length].click(); document.body.offsetHeight; times.push(performance.now() - start); }
        return [times.sort((a, b) => a - b)[7], document.querySelectorAll('.flows > tbody > tr:not(.head)').length, document.querySelectorAll('.flows > tbody > tr[hidden]').length]";
    let mut seen = browser.run(script).await;
    // Other work on the machine slows one run, not three.
    for _ in 0..2 {
        if seen[0].as_f64().unwrap() > 50.0 {
            seen = browser.run(script).await;
        }
    }
    assert_eq!(seen[1], json!(500));
    assert!(seen[2].as_i64().unwrap() > 10, "no row is left out: {seen}");
    assert!(seen[0].as_f64().unwrap() <= 50.0, "script, style and layout take {} ms", seen[0]);
    browser.stop().await;
}

/// Who feeds a proxy hides what goes past it, and must hear that there is such.
#[tokio::test]
async fn a_filter_of_proxies_counts_what_goes_past_them() {
    let browser = Browser::start().await;
    let filter = "const tool = document.querySelector('.bar [name=proxy]'); tool.value = '*'; tool.dispatchEvent(new Event('input', { bubbles: true })); return [document.querySelector('.shown').textContent, document.querySelectorAll('.flows > tbody > tr[id][hidden]').length]";
    for (locale, words) in
        [("en", "more without proxy only"), ("ja", "プロキシ不可：ほか"), ("de", "weitere nur ohne Proxy")]
    {
        browser.open(&format!("{locale}/deep-security/")).await;
        let told = browser.run(filter).await;
        let (text, hidden) = (told[0].as_str().unwrap(), told[1].as_u64().unwrap());
        assert!(hidden > 0 && text.contains(words) && text.contains(&hidden.to_string()), "{locale}: {told}");
    }
    browser.stop().await;
}
