//! Firewall rules on the page of a product: the files of `rutter rules`, made in the browser, and what a reader gives
//! for them.

use std::process::Command;

use serde_json::{Value, json};

use crate::LOCALES;
use crate::driver::{Browser, Scheme};
use crate::support::repository;

/// What would be saved, as bytes, without a file.
const CATCH: &str = "window.saved = [];
    URL.createObjectURL = blob => { blob.arrayBuffer().then(bytes => saved.push([...new Uint8Array(bytes)])); return 'blob:x'; };
    HTMLAnchorElement.prototype.click = function () { saved.name = this.download; };";

const VIEW: &str = "return Boolean(document.querySelector('main > .rule-view h1'))";

async fn open(browser: &Browser, page: &str, hash: &str) {
    browser.open("").await;
    browser.open(&format!("{page}{hash}")).await;
    browser.wait_for(VIEW).await;
}

/// Types into a field, as a reader who goes on does.
async fn put(browser: &Browser, name: &str, text: &str) {
    let script = format!(
        "const field = document.querySelector('.rule-view [name=\"{name}\"]'); field.focus(); field.value = {};
        field.dispatchEvent(new Event('input', {{ bubbles: true }})); field.dispatchEvent(new Event('change', {{ bubbles: true }})); field.blur();",
        json!(text)
    );
    browser.run(&script).await;
}

async fn click(browser: &Browser, selector: &str) {
    browser.run(&format!("document.querySelector('.rule-view {selector}').click()")).await;
}

async fn hash(browser: &Browser) -> String {
    browser.run("return location.hash").await.as_str().unwrap().to_owned()
}

async fn shown(browser: &Browser) -> String {
    let text = browser.run("return document.querySelector('.rule-view pre').textContent").await;
    text.as_str().unwrap().to_owned()
}

/// The name and the bytes that the page saves.
async fn saved(browser: &Browser) -> (String, Vec<u8>) {
    browser.run(CATCH).await;
    click(browser, ".rule-bar button:last-child").await;
    browser.wait_for("return saved.length === 1").await;
    let saved = browser.run("return [saved.name, saved[0]]").await;
    (saved[0].as_str().unwrap().to_owned(), serde_json::from_value(saved[1].clone()).unwrap())
}

/// What the command writes for the address that the page has.
fn written(product: &str, locale: &str, address: &str, name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let is_archive = name.ends_with(".zip");
    let output = if is_archive { folder.path().join(name) } else { folder.path().to_owned() };
    let ran = Command::new(env!("CARGO_BIN_EXE_rutter"))
        .current_dir(repository())
        .args(["rules", product, "--url", address, "--locale", locale, "--output"])
        .arg(output)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{address}: {}", String::from_utf8_lossy(&ran.stderr));
    std::fs::read(folder.path().join(name)).unwrap_or_else(|error| panic!("{address}: {name}: {error}"))
}

#[tokio::test]
async fn the_page_saves_what_the_command_writes_for_its_address() {
    let browser = Browser::start().await;
    let selections = [
        ("en", "deep-security", "#!s=azure", ""),
        (
            "ja",
            "deep-security",
            "#!o=version.v11-0,edition.jp&k=*",
            "&a=agent.10.1.0.0/16,siem.10.0.0.9/32,siem.2001:db8::1/128,keep",
        ),
        ("de", "server-workload-protection", "#!s=no-inbound", "&n&o=region.jp"),
    ];
    for (locale, product, selection, rest) in selections {
        for (side, formats) in [
            ("host.agent", ["nftables", "azure", "csv", "xlsx"]),
            ("gateway", ["iptables", "panos", "markdown", "json"]),
        ] {
            for (format, closed) in formats.into_iter().zip(["", "&d=1"].into_iter().cycle()) {
                let address = format!("{selection}&e={side}&f={format}{closed}&m=rules{rest}");
                open(&browser, &format!("{locale}/{product}/"), &address).await;
                let (name, bytes) = saved(&browser).await;
                let address = hash(&browser).await;
                let expected = written(product, locale, &address, &name);
                assert!(
                    bytes == expected,
                    "{locale} {address}: {name}: {} bytes, {} written",
                    bytes.len(),
                    expected.len()
                );
            }
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn typed_addresses_stand_in_the_rules_and_out_of_the_address_until_they_are_wanted_there() {
    let browser = Browser::start().await;
    open(&browser, "en/deep-security/", "#!k=*&e=gateway-all&f=csv&m=rules").await;
    let before = hash(&browser).await;
    assert!(!shown(&browser).await.contains("10.77.0.9"));
    put(&browser, "addresses-manager", "10.77.0.9\n2001:DB8::0:1").await;
    let text = shown(&browser).await;
    assert!(text.contains("10.77.0.9; 2001:db8::1"), "{text}");
    assert_eq!(hash(&browser).await, before);
    click(&browser, "[name=share]").await;
    let with = hash(&browser).await;
    assert!(with.contains("&a=manager.10.77.0.9/32,manager.2001:db8::1/128"), "{with}");
    // Whoever gets the link has the same rules.
    let own = saved(&browser).await;
    open(&browser, "en/deep-security/", &with).await;
    assert_eq!(saved(&browser).await, own);
    assert_eq!(written("deep-security", "en", &with, &own.0), own.1);
    assert_eq!(hash(&browser).await, with);
    click(&browser, "[name=share]").await;
    assert_eq!(hash(&browser).await, before);
    assert!(shown(&browser).await.contains("10.77.0.9"), "the rules keep them");
    browser.stop().await;
}

#[tokio::test]
async fn nothing_is_stored_before_somebody_ticks_it_and_can_be_forgotten() {
    let browser = Browser::start().await;
    let stored = "return JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie";
    open(&browser, "en/deep-security/", "#!e=gateway-all&f=csv&m=rules").await;
    let before = browser.run(stored).await;
    put(&browser, "addresses-manager", "10.77.0.9").await;
    assert_eq!(browser.run(stored).await, before);
    let seen = |browser: Value| browser.as_str().unwrap().contains("10.77.0.9");
    click(&browser, "[name=remember]").await;
    assert!(seen(browser.run(stored).await));
    open(&browser, "de/deep-security/", "#!e=gateway-all&f=csv&m=rules").await;
    assert!(shown(&browser).await.contains("10.77.0.9"));
    assert!(!hash(&browser).await.contains("10.77"));
    click(&browser, "[name=remember] + *, .rule-wish > fieldset:last-child > button").await;
    click(&browser, ".rule-wish > fieldset:last-child > button").await;
    assert!(!seen(browser.run(stored).await), "it was not forgotten");
    open(&browser, "de/deep-security/", "#!e=gateway-all&f=csv&m=rules").await;
    assert!(!shown(&browser).await.contains("10.77.0.9"));
    browser.stop().await;
}

#[tokio::test]
async fn of_host_bits_both_readings_are_offered() {
    let browser = Browser::start().await;
    for locale in LOCALES {
        open(&browser, &format!("{locale}/deep-security/"), "#!e=gateway-all&f=csv&m=rules").await;
        let error = "const field = document.querySelector('[name=addresses-manager]'); const told = document.getElementById(field.getAttribute('aria-describedby').split(' ')[1]); return [field.ariaInvalid, told.firstChild?.textContent ?? '', ...[...told.querySelectorAll('button')].map(one => one.textContent)]";
        put(&browser, "addresses-manager", "10.9.0.1, 10.0.0.5/8").await;
        let told = browser.run(error).await;
        assert_eq!((&told[0], &told[2], &told[3]), (&json!("true"), &json!("10.0.0.5"), &json!("10.0.0.0/8")));
        assert!(told[1].as_str().unwrap().contains("10.0.0.5/8"), "{told}");
        assert!(!shown(&browser).await.contains("10.9.0.1"), "a field that is wrong does not count");
        assert_eq!(browser.violations().await, json!([]), "{locale}");
        click(&browser, ".error button:last-child").await;
        assert_eq!(
            browser.run("return document.querySelector('[name=addresses-manager]').value").await,
            json!("10.9.0.1, 10.0.0.0/8")
        );
        assert_eq!(browser.run(error).await[0], json!(null));
        assert!(shown(&browser).await.contains("10.0.0.0/8"));
        // Every address is asked about, and only alone.
        put(&browser, "addresses-manager", "0.0.0.0/0").await;
        assert!(!shown(&browser).await.contains("0.0.0.0/0"));
        click(&browser, ".error button").await;
        assert!(shown(&browser).await.contains("0.0.0.0/0"));
        put(&browser, "addresses-manager", "10.0.0.300").await;
        assert_eq!(browser.run(error).await[0], json!("true"));
        put(&browser, "addresses-manager", "").await;
        assert_eq!(browser.run(error).await, json!([null, ""]));
    }
    browser.stop().await;
}

#[tokio::test]
async fn back_and_escape_lead_from_the_rules_to_the_table() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/#!o=edition.jp").await;
    let press = "document.querySelector('.actions [name=rules]').click()";
    browser.run(press).await;
    browser.wait_for(VIEW).await;
    assert_eq!(browser.run("return document.activeElement.tagName").await, json!("H1"));
    assert_eq!(hash(&browser).await, "#!o=edition.jp&e=gateway&f=csv&m=rules");
    browser.run("history.back()").await;
    let table =
        "return !document.querySelector('.rule-view') && document.querySelector('table.flows').checkVisibility()";
    browser.wait_for(table).await;
    assert_eq!(hash(&browser).await, "#!o=edition.jp");
    browser.run(press).await;
    browser.wait_for(VIEW).await;
    browser
        .run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))")
        .await;
    browser.wait_for(table).await;
    assert_eq!(browser.run("return document.activeElement.name").await, json!("rules"));
    assert_eq!(hash(&browser).await, "#!o=edition.jp&e=gateway&f=csv", "where and how stays said");
    browser.stop().await;
}

#[tokio::test]
async fn what_is_left_out_leads_to_its_row() {
    let browser = Browser::start().await;
    open(&browser, "en/deep-security/", "#!o=edition.jp&e=gateway-all&f=csv&m=rules").await;
    let told = "return document.querySelector('.rule-counts').textContent.match(/\\d+/g).map(Number)";
    let told: Vec<usize> = serde_json::from_value(browser.run(told).await).unwrap();
    let lines = browser.run("return [...document.querySelectorAll('.rule-view pre')].map(one => one.textContent.trim().split('\\n').length - 1)[0]").await;
    assert_eq!(json!(told[0]), lines, "rules of the file");
    assert!(told[1] > 0);
    let id = browser
        .run("const link = document.querySelector('.rules-left a'); link.click(); return link.hash.match(/r=(.*)$/)[1]")
        .await;
    browser.wait_for("return !document.querySelector('.rule-view')").await;
    let row = format!(
        "return document.querySelector('tr.target')?.id === {id} && document.querySelector('tr.target').checkVisibility()"
    );
    browser.wait_for(&row).await;
    browser.run("history.back()").await;
    browser.wait_for(VIEW).await;
    browser.stop().await;
}

#[tokio::test]
async fn the_language_switch_keeps_the_rules() {
    let browser = Browser::start().await;
    open(&browser, "en/deep-security/", "#!s=azure&e=host.manager&f=iptables&d=1&m=rules").await;
    put(&browser, "addresses-dns-server", "10.77.0.53").await;
    click(&browser, "[name=share]").await;
    let before = hash(&browser).await;
    assert!(before.contains("10.77.0.53"), "{before}");
    browser.run("document.querySelector('.languages a[hreflang=de], .languages a[lang=de]').click()").await;
    browser.wait_for("return document.documentElement.lang === 'de' && document.readyState === 'complete'").await;
    browser.wait_for(VIEW).await;
    assert_eq!(hash(&browser).await, before);
    let values = "return ['side', 'format', 'addresses-dns-server'].map(name => document.querySelector(`.rule-view [name=${name}]`).value).concat(document.querySelector('[name=closed]').checked)";
    assert_eq!(browser.run(values).await, json!(["host.manager", "iptables", "10.77.0.53", true]));
    browser.stop().await;
}

#[tokio::test]
async fn rules_are_made_by_keyboard_alone() {
    let browser = Browser::start().await;
    open(&browser, "en/deep-security/", "#!k=*&e=gateway-all&f=csv&m=rules").await;
    // From the title, each stop in the order of the page; what is shown can be reached.
    let mut stops = Vec::new();
    for _ in 0..80 {
        browser.tab().await;
        let stop = browser.run("const at = document.activeElement; return at.closest('.rule-view') ? at.name || at.tagName + ' ' + at.textContent.slice(0, 20) : ''").await;
        let stop = stop.as_str().unwrap().to_owned();
        if stop.is_empty() {
            break;
        }
        stops.push(stop);
    }
    let all = "return [...document.querySelectorAll('.rule-wish :is(select, input:not([type=radio]), textarea, summary), .rule-view :is(button, pre)')].filter(one => one.checkVisibility()).map(one => one.name || one.tagName + ' ' + one.textContent.slice(0, 20))";
    let all: Vec<String> = serde_json::from_value(browser.run(all).await).unwrap();
    assert!(all.len() > 10);
    // The way back stands before the title.
    let missing: Vec<_> = all.iter().skip(1).filter(|one| !stops.contains(one)).collect();
    assert!(missing.is_empty(), "{missing:?} in {stops:?}");
    // Somebody who types keeps their place while the rules follow.
    browser.run("document.querySelector('[name=addresses-manager]').focus()").await;
    browser.cdp("Input.insertText", json!({ "text": "10.77.0.9" })).await;
    browser.wait_for("return document.querySelector('.rule-view pre').textContent.includes('10.77.0.9')").await;
    assert_eq!(browser.run("return document.activeElement.name").await, json!("addresses-manager"));
    browser.stop().await;
}

#[tokio::test]
async fn what_is_picked_in_the_rules_is_picked_on_the_page() {
    let browser = Browser::start().await;
    open(&browser, "en/deep-security/", "#!o=version.v11-0,edition.jp&e=gateway-all&f=csv&m=rules").await;
    click(&browser, ".picks:not(.lines) label:last-of-type input").await;
    let picked = browser.run("return document.querySelector('.picks:not(.lines) :checked').value").await;
    let picked = picked.as_str().unwrap();
    assert!(hash(&browser).await.contains(&format!("&k={picked}")), "{picked}");
    let panel = browser.run(&format!("return document.querySelector('.ways [value=\"{picked}\"]').checked")).await;
    assert_eq!(panel, json!(true));
    let count = "return Number(document.querySelector('.rule-counts').textContent.match(/\\d+/)[0])";
    let before = browser.run(count).await.as_u64().unwrap();
    click(&browser, "[name=every]").await;
    assert!(hash(&browser).await.contains(",*&"));
    assert!(browser.run(count).await.as_u64().unwrap() > before);
    browser.stop().await;
}

#[tokio::test]
async fn several_deployments_share_their_rules() {
    let browser = Browser::start().await;
    open(&browser, "en/server-workload-protection/", "#!o=region.de&e=gateway-all&f=csv&m=rules").await;
    click(&browser, ".rule-wish > button").await;
    assert!(hash(&browser).await.ends_with("&n&o=region.de"));
    browser
        .run("for (const box of ['de', 'jp']) document.querySelector(`[data-option=region] [value=${box}]`).click()")
        .await;
    let address = hash(&browser).await;
    assert!(address.starts_with("#!o=region.jp&") && address.ends_with("&n&o=region.de"), "{address}");
    put(&browser, "addresses-agent", "10.77.0.0/16").await;
    let own = saved(&browser).await;
    click(&browser, "[name=share]").await;
    let address = hash(&browser).await;
    assert!(address.ends_with("&n&o=region.de&a=agent.10.77.0.0/16"), "{address}");
    assert_eq!(written("server-workload-protection", "en", &address, &own.0), own.1);
    click(&browser, ".rule-wish fieldset p button").await;
    assert!(!hash(&browser).await.contains("&n"), "it was not removed");
    browser.stop().await;
}

#[tokio::test]
async fn an_address_that_makes_no_sense_says_so() {
    let browser = Browser::start().await;
    open(&browser, "en/deep-security/", "#!e=host.nobody&f=nothing&a=nobody.10.0.0.1/32,agent.10.0.0.1/8&m=rules")
        .await;
    let told = browser.run("return document.querySelector('.rule-view .unknown').textContent").await;
    for name in ["e=host.nobody", "f=nothing", "a=nobody.10.0.0.1/32", "a=agent.10.0.0.1/8"] {
        assert!(told.as_str().unwrap().contains(name), "{name}: {told}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn only_formats_that_can_deny_the_rest_offer_it() {
    let browser = Browser::start().await;
    for (format, can) in [("nftables", true), ("asa", true), ("json", true), ("csv", false), ("edl", false)] {
        open(&browser, "en/deep-security/", &format!("#!e=gateway-all&f={format}&m=rules")).await;
        let offered = browser.run("return document.querySelector('.rule-view [name=closed]').checkVisibility()").await;
        assert_eq!(offered, json!(can), "{format}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn rules_can_be_read_everywhere() {
    let browser = Browser::start().await;
    let pages = [
        ("deep-security/", "#!s=azure&e=host.manager&f=iptables&d=1&m=rules"),
        ("server-workload-protection/", "#!o=region.de&e=gateway&f=panos&m=rules"),
        ("deep-security/agent/", "#!k=*&f=xlsx&m=rules"),
    ];
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.scheme(scheme).await;
        for (width, height) in [(1280, 900), (360, 780)] {
            browser.size(width, height).await;
            for (locale, (page, hash)) in LOCALES.into_iter().zip(pages) {
                open(&browser, &format!("{locale}/{page}"), hash).await;
                assert_eq!(browser.violations().await, json!([]), "{locale}/{page} {width} {scheme:?}");
                let wide = browser.run("return document.documentElement.scrollWidth > innerWidth").await;
                assert_eq!(wide, json!(false), "{locale}/{page} {width}");
                let small = "return [...document.querySelectorAll('.rule-view :is(a, button, select, input:not([type]), textarea, summary)')].filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 23.5).map(one => one.outerHTML.slice(0, 90))";
                assert_eq!(browser.run(small).await, json!([]), "{locale}/{page} {width}");
                assert_eq!(browser.log().await, Vec::<Value>::new(), "{locale}/{page}");
            }
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn paper_has_the_rules_and_what_is_left() {
    let browser = Browser::start().await;
    open(&browser, "en/deep-security/", "#!s=azure&e=host.manager&f=nftables&m=rules").await;
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    let seen = "return ['h1', '.rule-counts', 'pre', '.rules-left', '.rule-wish', 'button', '.intro'].map(name => document.querySelector(`.rule-view ${name}`).checkVisibility())";
    assert_eq!(browser.run(seen).await, json!([true, true, true, true, false, false, false]));
    assert_eq!(browser.run("return document.querySelector('.environment').checkVisibility()").await, json!(false));
    let cut = browser.run("const text = document.querySelector('.rule-view pre'); return [text.scrollHeight > text.clientHeight + 1, text.scrollWidth > text.clientWidth + 1]").await;
    assert_eq!(cut, json!([false, false]));
    browser.stop().await;
}
