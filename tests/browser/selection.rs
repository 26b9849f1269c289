//! "Your environment": what is ticked, what becomes of the rows, and the address that says the same.

use serde_json::{Value, json};

use crate::LOCALES;
use crate::driver::Browser;
use crate::support::{api, load, real_files, render};

pub(crate) const STATES: &str = "const rows = [...document.querySelectorAll('main > .flows > tbody:not(.folded) > tr[data-state]')]; const counts = {}; for (const row of rows) counts[row.dataset.state] = (counts[row.dataset.state] ?? 0) + 1; return counts";
pub(crate) const COUNTS: &str = "return Object.fromEntries([...document.querySelectorAll('.counts > span')].map((one) => [one.className, parseInt(one.textContent.match(/\\d+/)[0])]))";

async fn settled(browser: &Browser) {
    browser.wait_for("return document.querySelectorAll('.counts > span').length > 0").await;
}

fn tick(option: &str, choice: &str) -> String {
    format!("document.querySelector('[data-option=\"{option}\"] input[value=\"{choice}\"]').click()")
}

#[tokio::test]
async fn ticking_leaves_out_what_is_not_needed_and_says_so_in_the_address() {
    let browser = Browser::start().await;
    for locale in LOCALES {
        browser.open(&format!("{locale}/deep-security/")).await;
        settled(&browser).await;
        assert_eq!(
            browser.run("return document.querySelectorAll('.flows tr[hidden]').length").await,
            json!(0),
            "nothing is chosen yet"
        );
        browser.run(&tick("version", "v11-0")).await;
        browser.run(&tick("edition", "jp")).await;
        assert_eq!(browser.run("return location.hash").await, json!("#!o=version.v11-0,edition.jp"));
        let (states, counts) = (browser.run(STATES).await, browser.run(COUNTS).await);
        assert_eq!(states, counts, "{locale}: the bar counts other rows than the table has");
        assert_eq!(counts, json!({ "in": 28, "alternative": 12, "open": 6, "out": 1 }), "{locale}");
        let hidden = browser
            .run("return [...document.querySelectorAll('.flows > tbody:not(.folded) > tr:not(.head)')].filter((row) => !row.checkVisibility()).map((row) => row.id)")
            .await;
        assert_eq!(hidden, json!(["database-azure-sql"]), "{locale}");
        let line =
            browser.run("return document.querySelector('#machine-learning > td.hosts').textContent.trim()").await;
        assert_eq!(line, json!("ds110-jp-f.trx.trendmicro.com"), "{locale}");
        // The language switch leads to the same selection.
        let other = browser
            .run("return [...document.querySelectorAll('.languages a')].map((link) => new URL(link.href).hash)")
            .await;
        assert!(other.as_array().unwrap().iter().all(|hash| hash == "#!o=version.v11-0,edition.jp"), "{other}");
        // What is said to readers of the screen comes when they rest, once.
        browser.wait_for("return document.querySelector('.status').textContent.includes('28')").await;
        browser.run("document.querySelector('.environment [type=reset]').click()").await;
        assert_eq!(browser.run("return location.hash").await, json!(""));
    }
    browser.stop().await;
}

#[tokio::test]
async fn every_state_is_reachable_by_its_address_and_says_why() {
    let browser = Browser::start().await;
    let why = |row: &str| format!("return document.querySelector('#{row} .why').textContent");
    browser.open("en/deep-security/#!o=version.v11-0,edition.jp").await;
    settled(&browser).await;
    for (row, state, words) in [
        ("machine-learning", "in", "No condition: needed wherever you use the source and the destination"),
        ("database-azure-sql", "out", "Not needed (Manager and database in Azure: disabled)"),
        ("remote-installation-ssh", "open", "Depends on: Operating system of the agent"),
        (
            "update-packages",
            "alternative",
            "One of several alternatives is needed wherever you use the source and the destination",
        ),
    ] {
        assert_eq!(
            browser.run(&format!("return document.querySelector('#{row}').dataset.state")).await,
            json!(state),
            "{row}"
        );
        assert_eq!(browser.run(&why(row)).await, json!(words), "{row}");
    }
    browser.open("en/deep-security/#!w=relay&k=licensing.443/tcp").await;
    browser.wait_for("return document.querySelector('#relay-sync').dataset.state === 'out'").await;
    assert_eq!(browser.run(&why("relay-sync")).await, json!("Not needed: Relay is not part of your environment"));
    assert_eq!(
        browser.run("return document.querySelector('#licensing .pick input:checked').value").await,
        json!("443/tcp")
    );
    // Told in the words of the row, not as the source writes ports.
    let labels = "return [...document.querySelectorAll('#licensing .pick label')].map((label) => label.textContent)";
    assert_eq!(browser.run(labels).await, json!(["undecided", "80 TCP", "443 TCP"]));
    // Picking one of several alternatives lets the others go.
    browser.open("en/deep-security/").await;
    settled(&browser).await;
    browser.run("document.querySelector('.ways input[value=database-oracle]').click()").await;
    assert_eq!(browser.run("return location.hash").await, json!("#!k=database-oracle"));
    assert_eq!(browser.run(&why("database-postgresql")).await, json!("Not needed: you chose another alternative"));
    assert_eq!(browser.run("return document.querySelector('#database-oracle').dataset.state").await, json!("in"));
    // What names nothing is named.
    browser.open("en/deep-security/#!o=version.v99&zz=1").await;
    browser.wait_for("return !document.querySelector('.unknown').hidden").await;
    let unknown = browser.run("return document.querySelector('.unknown').textContent").await;
    assert!(unknown.as_str().unwrap().contains("v99") && unknown.as_str().unwrap().contains("zz=1"), "{unknown}");
    browser.stop().await;
}

#[tokio::test]
async fn a_scenario_fills_the_boxes_and_a_change_is_told() {
    let browser = Browser::start().await;
    let files = render(&load(&real_files()));
    let products = api(&files, "products");
    for product in products["products"].as_array().unwrap() {
        let id = product["id"].as_str().unwrap();
        for scenario in product["scenarios"].as_array().unwrap() {
            let name = scenario["id"].as_str().unwrap();
            browser.open(&format!("de/{id}/#!s={name}")).await;
            settled(&browser).await;
            let chosen = "return document.querySelector('.environment select').value";
            assert_eq!(browser.run(chosen).await, json!(name), "{id}");
            let needed = browser.run("return [...document.querySelectorAll('.flows > tbody > tr[data-state]')].filter((row) => ['in', 'alternative'].includes(row.dataset.state)).map((row) => row.id).sort()").await;
            // The static page of the scenario says the same.
            browser.open(&format!("de/{id}/scenarios/{name}/")).await;
            let rows = browser.run("const depends = document.querySelector('#_depends')?.closest('tbody'); return [...document.querySelectorAll('.flows > tbody > tr[id]')].filter((row) => row.parentElement !== depends).map((row) => row.id).sort()").await;
            assert_eq!(needed, rows, "{id}: {name}");
        }
    }
    browser.open("en/deep-security/").await;
    settled(&browser).await;
    browser.run("const select = document.querySelector('.environment select'); select.selectedIndex = 1; select.dispatchEvent(new Event('change', { bubbles: true }))").await;
    browser.run(&tick("edition", "en")).await;
    let title = browser.run("return document.querySelector('.environment select').selectedOptions[0].text").await;
    assert!(title.as_str().unwrap().ends_with(", changed"), "{title}");
    browser.stop().await;
}

#[tokio::test]
async fn a_hidden_row_hands_its_focus_to_the_counts() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    settled(&browser).await;
    browser.run("document.querySelector('#database-azure-sql summary').focus()").await;
    browser.run(&tick("version", "v11-0")).await;
    assert_eq!(browser.run("return document.activeElement.className").await, json!("counts"));
    browser.run("document.querySelector('[name=out]').click()").await;
    assert_eq!(
        browser.run("return document.querySelector('#database-azure-sql').checkVisibility()").await,
        json!(true)
    );
    browser.stop().await;
}

#[tokio::test]
async fn components_follow_the_same_selection() {
    let browser = Browser::start().await;
    browser.open("ja/deep-security/agent/#!o=communication.agent-initiated").await;
    settled(&browser).await;
    let states = browser.run(STATES).await;
    assert_eq!(states, browser.run(COUNTS).await);
    assert!(states["out"].as_i64().unwrap() >= 1, "{states}");
    assert_eq!(browser.violations().await, json!([]));
    browser.stop().await;
}

#[tokio::test]
async fn hostile_addresses_break_nothing() {
    let browser = Browser::start().await;
    let long = "x".repeat(30_000);
    for hash in [
        "#!",
        "#!o=__proto__.constructor",
        "#!s=%E0%A4%A",
        "#!o=version.v11-0&o=edition.jp",
        "#!<script>alert(1)</script>",
        "#!k=,,,&w=++-",
        &format!("#!o={long}"),
    ] {
        browser.open("en/glossary/").await;
        browser.open(&format!("en/deep-security/{hash}")).await;
        settled(&browser).await;
        let rows = browser.run("return document.querySelectorAll('.flows > tbody > tr[data-state]').length").await;
        assert_eq!(rows, json!(48), "{}", hash.chars().take(60).collect::<String>());
        let complaints: Vec<Value> =
            browser.log().await.into_iter().filter(|entry| entry["level"] == "SEVERE").collect();
        assert!(complaints.is_empty(), "{complaints:?}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn another_language_has_the_row_that_was_opened_by_a_click() {
    let browser = Browser::start().await;
    let of_link = "return new URL(document.querySelector('.languages a[hreflang=ja]').href).hash";
    for (before, with_row, after) in [
        ("", "#machine-learning", ""),
        ("#!o=edition.jp", "#!o=edition.jp&r=machine-learning", "#!o=edition.jp"),
        ("#!o=edition.jp&r=licensing&n=1", "#!o=edition.jp&r=machine-learning&n=1", "#!o=edition.jp&r=licensing&n=1"),
    ] {
        browser.open("").await;
        browser.open(&format!("en/deep-security/{before}")).await;
        settled(&browser).await;
        browser.run("document.querySelector('#machine-learning summary').click()").await;
        browser.wait_for(&format!("{of_link} === '{with_row}'")).await;
        browser.run("document.querySelector('#machine-learning summary').click()").await;
        browser.wait_for(&format!("{of_link} === '{after}'")).await;
        browser.run("document.querySelector('#machine-learning summary').click()").await;
        browser.wait_for(&format!("{of_link} === '{with_row}'")).await;
        browser.run("document.querySelector('.languages a[hreflang=ja]').click()").await;
        let there = "if (document.documentElement.lang !== 'ja') return false; const row = document.querySelector('#machine-learning'); const box = row.getBoundingClientRect(); return row.classList.contains('open') && box.top >= 0 && box.top < innerHeight / 2";
        browser.wait_for(there).await;
    }
    browser.stop().await;
}

#[tokio::test]
async fn the_panel_says_between_what_readers_choose_and_counts_what_they_picked() {
    let browser = Browser::start().await;
    for (locale, title) in [
        ("en", "Deep Security Manager, Relay, and Agent → Trend Micro update server or Relay"),
        ("ja", "→"),
        ("de", "→"),
    ] {
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/")).await;
        settled(&browser).await;
        browser.run("document.querySelector('.ways').open = true").await;
        let seen = browser
            .run("return [...document.querySelectorAll('.ways h3')].map((head) => [head.textContent, head.checkVisibility(), head.nextElementSibling.ariaLabel === head.textContent])")
            .await;
        assert_eq!(seen.as_array().unwrap().len(), 5, "{locale}");
        for head in seen.as_array().unwrap() {
            assert!(head[1] == json!(true) && head[2] == json!(true), "{locale}: {head}");
        }
        assert!(seen[0][0].as_str().unwrap().contains(title), "{locale}: {seen}");
        let set = "return document.querySelector('.set').textContent.match(/\\d+/g).map(Number).sort((a, b) => a - b)";
        assert_eq!(browser.run(set).await, json!([0, 13]), "{locale}");
        // The words pick; beside them a link leads to the row.
        browser.run("document.querySelector('.ways label:has([value=agent-from-relay])').click()").await;
        assert_eq!(browser.run("return location.hash").await, json!("#!k=agent-from-relay"), "{locale}");
        assert_eq!(browser.run(set).await, json!([1, 13]), "{locale}: the counter stands still");
        let link = "return document.querySelector('.ways li:has([value=agent-from-relay]) > a').hash";
        assert_eq!(browser.run(link).await, json!("#agent-from-relay"), "{locale}");
        browser.run("document.querySelector('.ways li:has([value=agent-from-relay]) > a').click()").await;
        browser.wait_for("return document.querySelector('#agent-from-relay').classList.contains('open')").await;
        let hash = browser.run("return location.hash").await;
        assert_eq!(
            hash,
            json!("#!k=agent-from-relay&r=agent-from-relay"),
            "{locale}: the way to a row loses the choice"
        );
        browser.run("document.querySelector('.ways [type=radio]').click()").await;
        // What is said of it covers no row.
        browser.wait_for("return document.querySelector('.status').textContent !== ''").await;
        let is_seen = "return getComputedStyle(document.querySelector('.status')).clipPath";
        assert_eq!(browser.run(is_seen).await, json!("inset(50%)"), "{locale}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn one_of_several_alternatives_is_picked_in_its_row_and_let_go_there() {
    let browser = Browser::start().await;
    let states = |row: &str| format!("return document.querySelector('#{row}').dataset.state");
    let click = "document.querySelector('#database-oracle .behind .pick input').click()";
    let in_panel = "return document.querySelector('.ways input[value=database-oracle]').checked";
    let in_row = |row: &str| format!("return document.querySelector('#{row} .behind .pick input').checked");
    browser.open("en/deep-security/").await;
    settled(&browser).await;
    browser.run("document.querySelector('#database-oracle summary').click()").await;
    assert_eq!(
        browser.run("return document.querySelector('#database-oracle .behind .pick').textContent").await,
        json!("Use this alternative")
    );
    assert_eq!(
        browser.run("return document.querySelectorAll('#machine-learning .pick input[type=checkbox]').length").await,
        json!(0)
    );
    browser.run(click).await;
    assert_eq!(browser.run("return location.hash").await, json!("#!k=database-oracle"));
    assert_eq!(browser.run(&states("database-postgresql")).await, json!("out"));
    assert_eq!(browser.run(in_panel).await, json!(true), "the panel does not follow the row");
    assert_eq!(browser.violations().await, json!([]));
    browser.run(click).await;
    assert_eq!(browser.run("return location.hash").await, json!(""));
    assert_eq!(browser.run(&states("database-postgresql")).await, json!("alternative"));
    assert_eq!(browser.run(in_panel).await, json!(false));
    browser.run("document.querySelector('.ways input[value=database-postgresql]').click()").await;
    assert_eq!(browser.run(&in_row("database-postgresql")).await, json!(true), "the row does not follow the panel");
    assert_eq!(browser.run(&in_row("database-oracle")).await, json!(false));
    browser.run(click).await;
    assert_eq!(browser.run("return location.hash").await, json!("#!k=database-oracle"), "one takes the other's place");
    // A page without the list of alternatives keeps what was picked.
    browser.open("").await;
    browser.open("en/deep-security/manager/#!k=database-oracle").await;
    settled(&browser).await;
    browser.run("document.querySelector('.environment .options input').click()").await;
    let hash = browser.run("return location.hash").await;
    assert!(hash.as_str().unwrap().contains("k=database-oracle"), "{hash}");
    browser.stop().await;
}

/// A way to a note or to another part of the page is no new address: it would let go of all choices.
#[tokio::test]
async fn links_within_the_page_keep_what_is_chosen() {
    let browser = Browser::start().await;
    let address = "#!o=communication.agent-initiated";
    for link in ["main a[href^='#note-']", "a[href='#_main'], a[href='#_flows']"] {
        browser.open(&format!("en/deep-security/{address}")).await;
        let kept = browser
            .run(&format!("const link = document.querySelector(\"{link}\"); link.click(); return [location.hash, document.activeElement.id === link.hash.slice(1)]"))
            .await;
        assert_eq!(kept, json!([address, true]), "{link}");
    }
    browser.stop().await;
}

/// Pictures and tables of who meets whom lead to what is not needed too: it is shown, and says why it is out.
#[tokio::test]
async fn a_link_to_what_is_not_needed_shows_it_until_somebody_filters() {
    let browser = Browser::start().await;
    let seen = "const row = document.querySelector('#database-postgresql'); return [row.checkVisibility(), row.dataset.state, row.querySelector('.why').textContent]";
    for fragment in ["#!k=database-oracle&r=database-postgresql", "#!k=database-oracle"] {
        browser.open("").await;
        browser.open(&format!("en/deep-security/{fragment}")).await;
        settled(&browser).await;
        if !fragment.contains("r=") {
            assert_eq!(browser.run(seen).await[0], json!(false));
            browser.run("document.querySelector('.matrix a[href=\"#database-postgresql\"]').click()").await;
        }
        browser.wait_for("return document.querySelector('#database-postgresql').checkVisibility()").await;
        assert_eq!(browser.run(seen).await, json!([true, "out", "Not needed: you chose another alternative"]));
    }
    let filter = "const text = document.querySelector('.bar [name=text]'); text.value = 'oracle'; text.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.run(filter).await;
    assert_eq!(browser.run(seen).await[0], json!(false));
    browser.stop().await;
}
