//! The pages on which a rule is looked up: ports, ranges, hosts, addresses, the home page. What they
//! promise of room is measured.

use serde_json::{Value, json};

use crate::LOCALES;
use crate::driver::{Browser, Scheme};

/// Pages of the other side, below a locale.
const LOOKUPS: [&str; 6] = ["", "ports/", "ports/443/", "ports/11000-11999/", "hosts/", "hosts/trendmicro.com/"];

/// From a small phone to a large window.
const WIDTHS: [u32; 6] = [320, 390, 720, 768, 960, 1280];

/// Types into the field of the index of ports, and waits for the answer.
async fn ask(browser: &Browser, question: &str) {
    browser
        .run(&format!(
            "document.querySelector('p.find-port').textContent = '…'; const field = document.getElementById('_find');
             field.value = '{question}'; field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        ))
        .await;
    browser.wait_for("return document.querySelector('p.find-port').textContent !== '…'").await;
}

/// The rows in tables, as their way and their ports.
async fn rows(browser: &Browser, tables: &str) -> Vec<Value> {
    let script = format!(
        "return [...document.querySelectorAll('{tables} [data-ports]')].map(row => row.querySelector('th a').href + ' ' + row.dataset.ports)"
    );
    browser.run(&script).await.as_array().unwrap().clone()
}

#[tokio::test]
async fn the_largest_domain_has_a_line_for_each_host() {
    let browser = Browser::start().await;
    browser.size(1280, 800).await;
    for locale in LOCALES {
        browser.open(&format!("{locale}/hosts/trendmicro.com/")).await;
        let height = browser.run("return document.documentElement.scrollHeight").await.as_i64().unwrap();
        let count = browser.run("return document.querySelectorAll('.addresses tr[data-from]').length").await;
        assert!(count.as_i64().unwrap() > 45, "{count}");
        assert!(height <= 2500, "{locale}: {height} px");
    }
    browser.stop().await;
}

#[tokio::test]
async fn no_host_is_broken_where_there_is_room_and_its_button_follows_it_everywhere() {
    let browser = Browser::start().await;
    let broken = "return [...document.querySelectorAll('.address:not(.long) code')].filter(host => new Set([...host.getClientRects()].map(line => line.top)).size > 1).map(host => host.textContent)";
    // How far the button stands from the last character, on its line.
    let apart = "return [...document.querySelectorAll(':is(.address, .names li) [data-copy]')].filter(place => {
        const ends = [...place.querySelector('code').getClientRects()].pop();
        const button = place.querySelector('.copy').getBoundingClientRect();
        const isBeside = button.left - ends.right >= 0 && button.left - ends.right <= 8;
        return !isBeside || Math.abs(button.top + button.bottom - ends.top - ends.bottom) > 16;
    }).map(place => place.textContent)";
    for width in WIDTHS {
        browser.size(width, 800).await;
        for page in ["en/hosts/", "de/hosts/trendmicro.com/", "ja/hosts/trendmicro.com/"] {
            browser.open(page).await;
            assert_eq!(browser.run(apart).await, json!([]), "{page} at {width} px");
            if width >= 960 {
                assert_eq!(browser.run(broken).await, json!([]), "{page} at {width} px");
            }
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn lookups_fit_into_every_window_and_their_targets_under_a_finger() {
    let browser = Browser::start().await;
    let small = "return [...document.querySelectorAll(':is(.uses, .index, .names, .examples) :is(a, button), .menu a')]
        .filter(node => !node.closest('.text') && node.getClientRects().length)
        .filter(node => { const box = node.getBoundingClientRect(); return box.height < 23.5 || box.width < 15 })
        .map(node => node.outerHTML)";
    let wide = "return document.scrollingElement.scrollWidth - innerWidth";
    for width in WIDTHS {
        browser.size(width, 800).await;
        for locale in LOCALES {
            for page in LOOKUPS {
                browser.open(&format!("{locale}/{page}")).await;
                let over = browser.run(wide).await.as_i64().unwrap();
                assert!(over <= 0, "{locale}/{page} at {width} px is {over} px too wide");
                if width <= 390 {
                    assert_eq!(browser.run(small).await, json!([]), "{locale}/{page} at {width} px");
                }
            }
        }
    }
    browser.stop().await;
}

#[tokio::test]
async fn the_menu_is_never_cut() {
    let browser = Browser::start().await;
    let cut = "const menu = document.querySelector('nav.menu');
        const all = [...menu.querySelectorAll('a')].filter(link => {
            const box = link.getBoundingClientRect();
            return link.scrollWidth > link.clientWidth || box.left < 0 || box.right > innerWidth
                || document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2) !== link;
        });
        return [all.map(link => link.textContent), menu.scrollWidth > menu.clientWidth, getComputedStyle(menu).maskImage]";
    for locale in LOCALES {
        for width in [320, 360, 390, 768, 1280] {
            browser.size(width, 800).await;
            browser.open(&format!("{locale}/glossary/")).await;
            assert_eq!(browser.run(cut).await, json!([[], false, "none"]), "{locale} at {width} px");
            let here = browser.run("return [...document.querySelectorAll('nav.menu [aria-current]')].map(link => new URL(link.href).hash)").await;
            assert_eq!(here, json!(["#_guides"]), "{locale}: where the glossary is");
        }
        browser.run("document.querySelector('nav.menu [aria-current]').click()").await;
        browser.wait_for("return location.hash === '#_guides'").await;
        let listed = browser.run("return document.querySelectorAll('#_guides + ul a').length").await;
        assert!(listed.as_i64().unwrap() >= 3, "{listed}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn rows_of_a_number_are_listed_where_it_is_asked_for() {
    let browser = Browser::start().await;
    browser.open("en/ports/443/").await;
    let expected = rows(&browser, "main > .uses").await;
    let range = {
        browser.open("en/ports/11000-11999/").await;
        rows(&browser, "main > .uses:first-of-type").await
    };
    for locale in LOCALES {
        browser.open(&format!("{locale}/ports/")).await;
        let every =
            rows(&browser, "main > .uses").await.into_iter().filter(|row| row.as_str().unwrap().ends_with(" any"));
        let every: Vec<_> = every.collect();
        assert!(!every.is_empty(), "a port scan is a connection to every port");

        ask(&browser, "443/tcp").await;
        let found = rows(&browser, "div.find-port").await;
        assert_eq!(found.len(), expected.len(), "{locale}");
        if locale == "en" {
            let [mut found, mut expected] = [found, expected.clone()];
            found.sort_by_key(Value::to_string);
            expected.sort_by_key(Value::to_string);
            assert_eq!(found, expected);
        }
        let random =
            rows(&browser, "main > .uses").await.into_iter().filter(|row| row.as_str().unwrap().contains('~')).count();
        assert!(random > 0, "{locale}: a port chosen at random may be this one");
        // Inside a range, which has no page for each of its numbers.
        ask(&browser, "11500").await;
        assert_eq!(rows(&browser, "div.find-port").await.len(), range.len() + random + every.len(), "{locale}");
        let leads = browser.run("return [...document.querySelectorAll('p.find-port a')].map(link => new URL(link.href).pathname.split('/').at(-2))").await;
        assert_eq!(leads, json!(["11000-11999"]));

        ask(&browser, "4119").await;
        assert_eq!(rows(&browser, "div.find-port").await, every, "{locale}");
        let told = browser.run("return document.querySelector('p.find-port').textContent").await;
        let flows = browser.run("return document.querySelector('form.find-port').dataset.checked").await;
        let told = told.as_str().unwrap();
        assert!(told.contains("4119") && told.contains(flows.as_str().unwrap()), "{told}");

        ask(&browser, "70000").await;
        assert_eq!(rows(&browser, "div.find-port").await, Vec::<Value>::new());
        assert!(browser.run("return location.pathname").await.as_str().unwrap().ends_with("/ports/"));
    }
    browser.stop().await;
}

#[tokio::test]
async fn a_row_that_was_listed_leads_to_its_product() {
    let browser = Browser::start().await;
    browser.open("de/ports/").await;
    ask(&browser, "443").await;
    browser.run("document.querySelector('div.find-port tr[data-from$=\"deep-security/agent\"] th a').click()").await;
    browser.wait_for("return location.pathname.endsWith('/de/deep-security/')").await;
    let row = browser.run("return document.querySelector('tr:target, tr:has(:target)') !== null").await;
    assert_eq!(row, json!(true));
    browser.stop().await;
}

#[tokio::test]
async fn without_scripts_there_is_no_field_but_every_row() {
    let browser = Browser::start().await;
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    browser.open("ja/ports/").await;
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
    let shown = browser
        .run("return [...document.querySelectorAll('.find-port')].filter(node => node.getClientRects().length).length")
        .await;
    assert_eq!(shown, json!(0));
    let hidden = browser
        .run("return [...document.querySelectorAll('main tr')].filter(row => !row.getClientRects().length).length")
        .await;
    assert_eq!(hidden, json!(0));
    browser.stop().await;
}

#[tokio::test]
async fn rows_are_sorted_below_their_heads() {
    let browser = Browser::start().await;
    browser.open("en/hosts/trendmicro.com/").await;
    let groups = "return [...document.querySelectorAll('.addresses tbody')].map(body => [...body.rows].map(row => row.cells[0].innerText))";
    let before = browser.run(groups).await;
    let press = "document.querySelector('.addresses th[data-sort=text] button').click()";
    let names = |groups: &Value| -> Vec<Vec<String>> { serde_json::from_value(groups.clone()).unwrap() };
    browser.run(press).await;
    let upwards = names(&browser.run(groups).await);
    browser.run(press).await;
    let downwards = names(&browser.run(groups).await);
    assert_ne!(names(&before), downwards);
    for ((before, up), down) in names(&before).iter().zip(&upwards).zip(&downwards) {
        assert!(up[0] == before[0] && down[0] == before[0], "the head stays above its rows: {up:?}, {down:?}");
        let is_unique = up.iter().collect::<std::collections::BTreeSet<_>>().len() == up.len();
        assert!(!is_unique || down[1..].iter().rev().eq(&up[1..]), "{up:?}, {down:?}");
        let first_letters = |rows: &[String]| rows.iter().map(|name| name.chars().next()).collect::<Vec<_>>();
        assert!(first_letters(&up[1..]).is_sorted() && first_letters(&down[1..]).is_sorted_by(|a, b| a >= b));
    }
    browser.run(press).await;
    assert_eq!(browser.run(groups).await, before, "a third press brings the order of the page back");
    let faint = browser.run("return [...document.querySelectorAll('th[data-sort] > button')].filter(button => getComputedStyle(button, '::after').opacity !== '1').length").await;
    assert_eq!(faint, json!(0), "a sign that can be clicked is as dark as words");
    browser.stop().await;
}

#[tokio::test]
async fn an_address_leads_to_its_row() {
    let browser = Browser::start().await;
    browser.open("de/hosts/").await;
    browser.run("document.querySelector('a[href*=\"#host-files.trendmicro.com\"]').click()").await;
    browser.wait_for("return location.pathname.endsWith('/hosts/trendmicro.com/')").await;
    let row = browser.run("const row = document.querySelector('tr:target'), box = row.getBoundingClientRect(); return [row.innerText.split('\\n')[0].trim().split('\\t')[0], box.top >= 0 && box.bottom <= innerHeight]").await;
    assert_eq!(row, json!(["files.trendmicro.com", true]));
    browser.stop().await;
}

#[tokio::test]
async fn the_home_page_is_two_screens_and_its_examples_are_answered() {
    let browser = Browser::start().await;
    browser.size(1280, 800).await;
    browser.open("en/").await;
    let height = browser.run("return document.documentElement.scrollHeight").await.as_i64().unwrap();
    assert!(height <= 1600, "{height} px");
    let examples = browser.run("return [...document.querySelectorAll('.examples a')].map(link => [link.textContent, new URL(link.href).searchParams.get('q')])").await;
    let examples = examples.as_array().unwrap().clone();
    assert_eq!(examples.len(), 3);
    for example in &examples {
        assert_eq!(example[0], example[1]);
    }
    let links = browser.run("return [...document.querySelectorAll('.products tbody tr')].map(row => row.querySelectorAll('td a').length)").await;
    assert!(links.as_array().unwrap().iter().all(|count| count.as_i64().unwrap() > 0), "scenarios: {links}");
    // A port and a host; what a log writes is for the search to take apart.
    for position in [0, 2] {
        browser.open("en/").await;
        browser.run(&format!("document.querySelectorAll('.examples a')[{position}].click()")).await;
        browser.wait_for("return document.querySelectorAll('#_hits > a').length > 0").await;
    }
    browser.stop().await;
}

#[tokio::test]
async fn axe_finds_nothing_in_lookups_with_an_answer() {
    let browser = Browser::start().await;
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.scheme(scheme).await;
        for page in ["en/", "ja/ports/11000-11999/", "de/hosts/trendmicro.com/"] {
            browser.open(page).await;
            assert_eq!(browser.violations().await, json!([]), "{page} in {scheme:?}");
        }
        browser.open("de/ports/").await;
        for question in ["443", "4119"] {
            ask(&browser, question).await;
            assert_eq!(browser.violations().await, json!([]), "{question} in {scheme:?}");
        }
    }
    browser.stop().await;
}

/// Heads with a button and heads without stand at one height, and no cell of the list of products is empty.
#[tokio::test]
async fn the_heads_of_an_index_stand_at_one_height_and_its_answer_apart_from_it() {
    let browser = Browser::start().await;
    browser.size(1280, 900).await;
    // Of the text, not of the cell.
    let heights = "return [...new Set([...document.querySelectorAll('.index:first-of-type thead th')].map(head => {
        const range = document.createRange();
        range.selectNodeContents(document.createTreeWalker(head, NodeFilter.SHOW_TEXT).nextNode());
        return Math.round(range.getBoundingClientRect().top);
    }))].length";
    for locale in LOCALES {
        for page in ["", "ports/"] {
            browser.open(&format!("{locale}/{page}")).await;
            assert_eq!(browser.run(heights).await, json!(1), "{locale}/{page}");
        }
        ask(&browser, "4119").await;
        browser.wait_for("return document.querySelector('div.find-port > .uses') !== null").await;
        let apart = "return document.querySelector('main > .index').getBoundingClientRect().top - document.querySelector('div.find-port > .uses').getBoundingClientRect().bottom";
        assert!(browser.run(apart).await.as_f64().unwrap() >= 24.0, "{locale}");
        browser.open(&format!("{locale}/")).await;
        let empty = "return document.querySelectorAll('.products td:empty').length";
        assert_eq!(browser.run(empty).await, json!(0), "{locale}");
    }
    browser.stop().await;
}
