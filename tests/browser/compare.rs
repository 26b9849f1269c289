//! Two selections side by side, made by the reader.

use serde_json::{Value, json};

use crate::driver::Browser;

pub(crate) const PAGE: &str = "web-security-gateway/scenarios/compare/";

/// What the script shows, and what the page says of the same two without it.
pub(crate) const BOTH_WAYS: &str =
    "const [a, b] = ['s', 'x'].map(name => document.querySelector(`[name=${name}]`).value);
    const pair = document.getElementById(`_${a}_${b}`);
    const textOf = (root, selector) => [...root.querySelectorAll(selector)].map(node => node.textContent);
    const place = document.querySelector('.compared');
    const shown = [...textOf(place, '.sides h2'), ...textOf(place, '.sides li'), ...textOf(place, 'summary')];
    const written = [...textOf(pair, 'h3'), ...textOf(pair, 'li'), pair.lastElementChild.textContent];
    return { shown, written, a, b }";

#[tokio::test]
async fn two_scenarios_are_compared_as_the_page_says_without_scripts() {
    let browser = Browser::start().await;
    for locale in ["en", "ja", "de"] {
        for (fragment, a, b) in [
            ("", "icap-direct-authentication", "forward-proxy-transparent"),
            (
                "#!s=forward-proxy-transparent&x=forward-proxy-captive-portal",
                "forward-proxy-transparent",
                "forward-proxy-captive-portal",
            ),
        ] {
            browser.goto("about:blank").await;
            browser.open(&format!("{locale}/{PAGE}{fragment}")).await;
            let both = browser.run(BOTH_WAYS).await;
            assert_eq!((&both["a"], &both["b"]), (&json!(a), &json!(b)), "{locale}");
            assert_eq!(both["shown"], both["written"], "{locale} {fragment}");
            assert!(both["shown"].as_array().unwrap().len() > 3);
        }
        let seen = "return ['.compare', '.compared .sides', '.compared table strong', '.pairs', '.compared details > ul'].map(name => document.querySelector(name).checkVisibility())";
        assert_eq!(browser.run(seen).await, json!([true, true, true, false, false]), "{locale}");
        let details = "document.querySelector('.compared summary').click(); return document.querySelectorAll('.compared details li').length > 3";
        assert_eq!(browser.run(details).await, json!(true));
        assert_eq!(browser.violations().await, json!([]), "{locale}, with what both need");
        browser.size(320, 640).await;
        let width = browser.run("return document.scrollingElement.scrollWidth").await;
        assert_eq!(width, json!(320), "{locale}");
        browser.size(1280, 900).await;
    }
    browser.stop().await;
}

#[tokio::test]
async fn a_choice_of_two_scenarios_lives_in_the_address_and_goes_along_into_another_language() {
    let browser = Browser::start().await;
    browser.open(&format!("en/{PAGE}#!s=forward-proxy-adfs&zz=1")).await;
    let pick = "const select = document.querySelector('[name=x]'); select.value = 'forward-proxy-captive-portal'; select.dispatchEvent(new Event('change', { bubbles: true })); return location.hash";
    let hash = "#!s=forward-proxy-adfs&x=forward-proxy-captive-portal&zz=1";
    assert_eq!(browser.run(pick).await, json!(hash), "what it does not know is kept");
    browser
        .wait_for("return /Only or.*Only or.*Same in both/.test(document.querySelector('.status').textContent)")
        .await;
    browser.run("document.querySelector('.languages a[hreflang=de]').click()").await;
    browser.wait_for("return document.documentElement.lang === 'de' && document.readyState === 'complete'").await;
    assert_eq!(browser.run("return location.hash").await, json!(hash));
    assert_eq!(
        browser.run("return ['s', 'x'].map(name => document.querySelector(`[name=${name}]`).value)").await,
        json!(["forward-proxy-adfs", "forward-proxy-captive-portal"])
    );
    browser.stop().await;
}

#[tokio::test]
async fn what_an_address_names_in_vain_is_said() {
    let browser = Browser::start().await;
    let line = "const line = document.querySelector('.unknown'); return line.hidden ? '' : line.textContent";
    for (locale, fragment, named) in [
        ("en", "#!s=forward-proxy-adfs", [].as_slice()),
        ("en", "#!s=nowhere&x=forward-proxy-adfs", &["s=nowhere"]),
        ("ja", "#!s=forward-proxy-adfs&x=nothing", &["x=nothing"]),
        ("de", "#!s=none&x=%3Cb%3E&o=size.large", &["s=none", "x=%3Cb%3E", "o=size"]),
    ] {
        browser.goto("about:blank").await;
        browser.open(&format!("{locale}/{PAGE}{fragment}")).await;
        let said = browser.run(line).await;
        let said = said.as_str().unwrap();
        assert!(named.iter().all(|name| said.contains(name)) && said.is_empty() == named.is_empty(), "{said}");
        assert_eq!(browser.run("return document.querySelectorAll('.compared .sides h2').length").await, json!(2));
    }
    browser.stop().await;
}

#[tokio::test]
async fn scenarios_lead_to_their_comparison_and_the_keyboard_picks_another() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/scenarios/azure/").await;
    browser.run("document.querySelector('main a[href*=\"compare/\"]').click()").await;
    browser.wait_for("return document.querySelectorAll('.compared .sides h2').length === 2").await;
    let first = "return document.querySelector('[name=s]').value";
    assert_eq!(browser.run(first).await, json!("azure"));
    browser.run("document.querySelector('#_main').focus()").await;
    let focused = "return document.activeElement.name ?? ''";
    for _ in 0..6 {
        if browser.run(focused).await == json!("s") {
            break;
        }
        browser.tab().await;
    }
    assert_eq!(browser.run(focused).await, json!("s"), "no key leads to the first choice");
    for kind in ["rawKeyDown", "keyUp"] {
        let key = json!({ "type": kind, "key": "ArrowDown", "code": "ArrowDown", "windowsVirtualKeyCode": 40 });
        browser.cdp("Input.dispatchKeyEvent", key).await;
    }
    browser.wait_for("return location.hash.startsWith('#!s=own-smart-protection-server&x=')").await;
    assert_eq!(browser.run(focused).await, json!("s"), "the focus is gone");
    browser.stop().await;
}

#[tokio::test]
async fn without_scripts_and_on_paper_the_comparison_is_whole() {
    let browser = Browser::start().await;
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    browser.open(&format!("en/{PAGE}")).await;
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
    let shown = "return [...document.querySelectorAll('.compare, .pairs > section')].map(node => node.getClientRects().length > 0)";
    let Value::Array(shown) = browser.run(shown).await else { panic!() };
    assert_eq!(shown[0], json!(false), "a form that does nothing");
    assert_eq!(shown[1..], vec![json!(true); 10]);
    browser.open(&format!("de/{PAGE}")).await;
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    let printed = "return ['.compare', '.compared table', '.compared .sides'].map(name => document.querySelector(name).getClientRects().length > 0)";
    assert_eq!(browser.run(printed).await, json!([false, true, true]));
    browser.stop().await;
}

/// Chooses the scenario of a side; none: an empty text.
const START: &str = "const start = (name, id) => { const select = document.querySelector(`[name=${name}]`); select.value = id; select.dispatchEvent(new Event('change', { bubbles: true })); };
    const tick = (side, option, choice) => document.querySelectorAll('.chooses')[side].querySelector(`[data-option=\"${option}\"] [value=\"${choice}\"]`).click();";

/// No scenario of this product lets the manager begin; both directions can be compared nevertheless.
#[tokio::test]
async fn selections_without_a_scenario_are_compared_and_live_in_the_address() {
    let browser = Browser::start().await;
    browser.open("de/deep-security/scenarios/compare/").await;
    let choose = format!(
        "{START} start('s', ''); start('x', ''); const empty = location.hash;
         tick(0, 'communication', 'agent-initiated'); tick(1, 'communication', 'manager-initiated');
         return [empty, location.hash]"
    );
    let address = "#!o=communication.agent-initiated&n&o=communication.manager-initiated";
    assert_eq!(browser.run(&choose).await, json!(["#!n", address]));
    let seen = "return [...document.querySelectorAll('.compared .sides :is(h2, li)')].map(node => node.textContent)";
    let said = json!([
        "Nur oder anders in „Kommunikationsrichtung: Vom Agenten initiiert“ (0)",
        "Nur oder anders in „Kommunikationsrichtung: Vom Manager initiiert“ (1)",
        "Deep Security Manager → Agent und Appliance, 4118/TCP"
    ]);
    assert_eq!(browser.run(seen).await, said);
    assert_eq!(browser.violations().await, json!([]));
    // The address alone says it again, and a scenario on one side leaves the other.
    browser.goto("about:blank").await;
    browser.open(&format!("de/deep-security/scenarios/compare/{address}")).await;
    assert_eq!(browser.run(seen).await, said);
    let ticked = "return [...document.querySelectorAll('.chooses input:checked')].map(box => box.value)";
    assert_eq!(browser.run(ticked).await, json!(["agent-initiated", "manager-initiated"]));
    let next = format!(
        "{START} start('s', 'azure'); tick(0, 'version', 'v11-0'); return [location.hash, document.querySelector('[name=s]').selectedOptions[0].text]"
    );
    let (hash, title) =
        ("#!s=azure&o=version.v11-0&n&o=communication.manager-initiated", "Manager und Datenbank in Azure, geändert");
    assert_eq!(browser.run(&next).await, json!([hash, title]));
    browser.stop().await;
}

/// Whoever compares begins with what they have chosen, on both sides.
#[tokio::test]
async fn the_table_leads_to_a_comparison_with_what_is_chosen_there() {
    let browser = Browser::start().await;
    for locale in ["en", "ja", "de"] {
        browser.goto("about:blank").await;
        browser.open(&format!("{locale}/deep-security/#!o=communication.agent-initiated,version.v11-0")).await;
        let link = "return document.querySelector('.tools a[href*=\"compare/\"]').getBoundingClientRect().top";
        assert!(browser.run(link).await.as_f64().unwrap() < 900.0, "{locale}: on the first screen");
        browser.run("document.querySelector('.tools a[href*=\"compare/\"]').click()").await;
        browser.wait_for("return document.querySelectorAll('.compared .sides h2').length === 2").await;
        let ticked = "return [...document.querySelectorAll('.chooses')].map(side => [...side.querySelectorAll('input:checked')].map(box => box.value))";
        assert_eq!(browser.run(ticked).await, json!([["agent-initiated", "v11-0"], ["agent-initiated", "v11-0"]]));
        assert_eq!(browser.run("return document.querySelectorAll('.compared .sides li').length").await, json!(0));
    }
    browser.stop().await;
}

#[tokio::test]
async fn what_is_picked_of_several_is_named() {
    let browser = Browser::start().await;
    for (locale, label) in [("en", "Alternatives"), ("ja", "いずれかでよい接続"), ("de", "Alternativen")] {
        browser.open("").await;
        browser
            .open(&format!("{locale}/deep-security/scenarios/compare/#!k=database-oracle&n&k=database-postgresql"))
            .await;
        let cells = "return [...document.querySelectorAll('.compared tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))";
        let rows: Vec<Vec<String>> = serde_json::from_value(browser.run(cells).await).unwrap();
        let row = rows.iter().find(|row| row[0] == label).unwrap_or_else(|| panic!("{locale}: {rows:?}"));
        assert!(row[1].contains("Oracle") && row[2].contains("PostgreSQL"), "{row:?}");
    }
    browser.stop().await;
}
