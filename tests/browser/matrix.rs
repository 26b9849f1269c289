//! The table below a picture as a real browser lays it out: in sight, sorted, following a selection, and
//! its list on a phone.

use serde_json::{Value, json};

use crate::LOCALES;
use crate::driver::{Browser, Scheme};

const PRODUCTS: [&str; 4] =
    ["deep-security", "server-workload-protection", "cloud-one-workload-security", "web-security-gateway"];

#[tokio::test]
async fn a_table_fits_a_screen_without_sliding() {
    let browser = Browser::start().await;
    for locale in LOCALES {
        for product in PRODUCTS {
            browser.open(&format!("{locale}/{product}/")).await;
            let found = browser
                .run("const table = document.querySelector('.matrix table'), frame = table.parentNode, page = document.scrollingElement;
                    const cut = [...table.querySelectorAll('th, td')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent);
                    return [table.offsetWidth > 300, frame.scrollWidth - frame.clientWidth, page.scrollWidth - page.clientWidth, cut]")
                .await;
            assert_eq!(found, json!([true, 0, 0, []]), "{locale}/{product}");
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn the_head_stays_below_the_bar_and_where_the_table_slides_in_its_frame() {
    let browser = Browser::start().await;
    browser.open("ja/deep-security/").await;
    let places = |scroll: &str| {
        format!(
            "{scroll}; const [head, bar] = ['.matrix thead th', '.bar'].map(name => document.querySelector(name).getBoundingClientRect()); return [Math.round(head.top - bar.bottom), document.querySelector('.matrix tbody tr').getBoundingClientRect().top < head.top]"
        )
    };
    let found = browser.run(&places("const row = document.querySelector('.matrix tbody:last-of-type'); scrollTo({ top: scrollY + row.getBoundingClientRect().top - 300, behavior: 'instant' })")).await;
    assert_eq!(found, json!([0, true]), "the head is not below the bar");

    browser.size(800, 700).await;
    browser.open("de/deep-security/").await;
    browser.run("document.querySelector('.diagram').open = true").await;
    let found = browser
        .run("const frame = document.querySelector('.matrix > div'); frame.scrollIntoView({ behavior: 'instant' });
            frame.scrollLeft = 60; frame.scrollTop = 200;
            const at = (name) => { const [own, outer] = [document.querySelector(name), frame].map(node => node.getBoundingClientRect()); return [Math.round(own.left - outer.left), Math.round(own.top - outer.top)] };
            const [corner, head, row, zone] = ['thead th', 'thead th:nth-child(3)', 'tbody:last-of-type [scope=row]', 'tbody:last-of-type [scope=rowgroup]'].map(name => at('.matrix ' + name));
            return [frame.scrollLeft, frame.scrollTop, corner, head[1], row[0], zone[0], document.scrollingElement.scrollWidth]")
        .await;
    assert_eq!(found, json!([60, 200, [0, 0], 0, 0, 0, 785]), "corner, head, row and zone");
    browser.stop().await;
}

#[tokio::test]
async fn the_rows_that_a_source_reaches_come_to_the_top_of_their_zones() {
    let browser = Browser::start().await;
    browser.open("en/web-security-gateway/").await;
    let zones = "return [...document.querySelectorAll('.matrix tbody')].map(body => [...body.rows].slice(1).map(row => row.cells[COLUMN].textContent))";
    let rows = "return [...document.querySelectorAll('.matrix tbody tr')].map(row => row.textContent)";
    // A party that is not reached, before those that are reached on a port without a number.
    browser
        .run(
            "document.querySelector('.matrix tbody:nth-of-type(2) tr:nth-child(2) td:nth-of-type(2)').textContent = ''",
        )
        .await;
    let before = browser.run(rows).await;
    let columns =
        browser.run("return document.querySelectorAll('.matrix thead button').length").await.as_u64().unwrap();
    assert!(columns > 4);
    for column in 1..=columns {
        let head = format!("document.querySelector('.matrix thead th:nth-child({})')", column + 1);
        browser.run(&format!("{head}.querySelector('button').focus(); {head}.querySelector('button').click()")).await;
        assert_eq!(browser.run(&format!("return {head}.getAttribute('aria-sort')")).await, json!("ascending"));
        let cells: Vec<Vec<String>> =
            serde_json::from_value(browser.run(&zones.replace("COLUMN", &column.to_string())).await).unwrap();
        for zone in &cells {
            assert!(zone.is_sorted_by_key(String::is_empty), "column {column}: {zone:?}");
        }
        for _ in 0..2 {
            browser.run(&format!("{head}.querySelector('button').click()")).await;
        }
        assert_eq!(browser.run(&format!("return {head}.getAttribute('aria-sort')")).await, Value::Null);
        assert_eq!(browser.run(rows).await, before, "the third press brings the order of the page back");
    }
    browser.stop().await;
}

#[tokio::test]
async fn a_table_follows_the_selection() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    let html = "return document.querySelector('.matrix').outerHTML.replaceAll(' class=\"\"', '')";
    let before = browser.run(html).await;
    let select = |out: &str| {
        format!("const out = {out}; const states = new Map([...document.querySelectorAll('table.flows tr[id]')].map(({{ id }}) => [id, out === 'all' || out.includes(id) ? 'out' : 'in']));
            document.dispatchEvent(new CustomEvent('rutter:selection', {{ detail: {{ states, state: {{}} }} }}))")
    };
    browser.run(&select("['vcenter-access', 'database-azure-sql', 'heartbeat-from-agent', 'alert-mail']")).await;
    let found = browser
        .run("const list = (name) => [...document.querySelectorAll('.matrix ' + name)].map(node => node.textContent);
            return [[...new Set(list('.off').map(text => text))], list('tbody tr[hidden] [scope=row]'), list('tbody[hidden] [scope=rowgroup]'), getComputedStyle(document.querySelector('.matrix span.off')).textDecorationLine]")
        .await;
    assert!(found[0].as_array().unwrap().contains(&json!("4120")), "{found}");
    assert!(found[0].as_array().unwrap().contains(&json!("VMware vCenter")), "{found}");
    assert!(!found[0].as_array().unwrap().contains(&json!("443")), "others of the row need it: {found}");
    assert_eq!(found[1], json!(["Mail server", "Azure SQL Database"]));
    assert_eq!((&found[2], &found[3]), (&json!(["Azure cloud"]), &json!("line-through")), "{found}");
    browser.run(&select("'all'")).await;
    let seen = "return document.querySelectorAll('.matrix tbody:not([hidden]), .words p:not([hidden])').length";
    assert_eq!(browser.run(seen).await, json!(0), "nothing is needed");
    browser
        .run(
            "document.dispatchEvent(new CustomEvent('rutter:selection', { detail: { states: new Map(), state: {} } }))",
        )
        .await;
    assert_eq!(browser.run(html).await, before, "without a selection nothing changes");
    browser.stop().await;
}

#[tokio::test]
async fn a_phone_has_the_list_by_source_and_zone_and_nothing_slides() {
    let browser = Browser::start().await;
    browser.size(360, 740).await;
    for (locale, zone) in [("en", "Internet"), ("de", "Internet"), ("ja", "インターネット")] {
        for product in PRODUCTS {
            browser.open(&format!("{locale}/{product}/")).await;
            browser.run("document.querySelector('.diagram').open = true").await;
            let found = browser
                .run("const shown = (name) => [...document.querySelectorAll('.diagram ' + name)].filter(node => node.checkVisibility() && node.getClientRects().length);
                    const wide = shown('*').filter(node => node.getBoundingClientRect().right > 360).map(node => node.className);
                    return [shown('.matrix').length, shown('.frame').length, shown('.words strong + small').length > 0, shown('.words p').map(node => node.textContent), document.scrollingElement.scrollWidth, wide]")
                .await;
            assert!(found[3].as_array().unwrap().contains(&json!(zone)), "{locale}/{product}: {found}");
            assert_eq!(
                (&found[0], &found[1], &found[2], &found[4], &found[5]),
                (&json!(0), &json!(0), &json!(true), &json!(360), &json!([])),
                "{locale}/{product}: {found}"
            );
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn axe_finds_no_violation_in_a_table_at_any_width() {
    let browser = Browser::start().await;
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.scheme(scheme).await;
        for width in [1280, 800, 360] {
            browser.size(width, 800).await;
            browser.open("de/deep-security/").await;
            browser.run("document.querySelector('.diagram').open = true").await;
            assert_eq!(browser.violations().await, json!([]), "{width} px, {scheme:?}");
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn paper_takes_the_whole_table_with_its_signs() {
    let browser = Browser::start().await;
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    // A4 across between margins of 9 mm.
    browser.size(1054, 730).await;
    for locale in LOCALES {
        browser.open(&format!("{locale}/deep-security/")).await;
        // The rows say it all: beside them it would only make an audit longer.
        let beside = browser.run("return document.querySelector('.matrix').getClientRects().length").await;
        assert_eq!(beside, json!(0), "{locale}");
        browser.run("location.hash = '_matrix'").await;
        let found = browser
            .run("const seen = (name) => document.querySelector('.diagram ' + name).getClientRects().length > 0;
                const table = document.querySelector('.matrix table'), right = table.getBoundingClientRect().right;
                return [seen('.frame'), seen('.words li'), seen('.conditions li'), seen('.matrix td a'), right <= 1054, [...table.querySelectorAll('th, td')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).length]")
            .await;
        assert_eq!(found, json!([false, false, true, true, true, 0]), "{locale}");
    }
    browser.stop().await;
}
