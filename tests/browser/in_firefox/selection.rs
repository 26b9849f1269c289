//! "Your environment" by mouse and keys: what is chosen, what becomes of the rows, and what is taken along.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{PAGE, SIZES};
use crate::LOCALES;
use crate::compare;
use crate::firefox::Firefox;
use crate::request::SHEET;
use crate::selection::{COUNTS, STATES};

/// A page whose panel is there and has told of the rows.
fn open(firefox: &Firefox, permalink: &str) {
    // A fragment alone would not load it anew.
    firefox.open("");
    firefox.open(permalink);
    settle(firefox);
}

fn settle(firefox: &Firefox) {
    firefox.wait_for(
        "return document.readyState === 'complete' && document.querySelectorAll('.counts > span').length > 0",
    );
}

/// Opens what an element stands in, from the outside, as a reader must who wants to get at it.
fn unfold(firefox: &Firefox, selector: &str) {
    let closed = format!(
        "const closed = []; for (let at = document.querySelector({}).closest('details'); at; at = at.parentElement.closest('details')) if (!at.open) closed.unshift(at);
        document.querySelector('#closed')?.removeAttribute('id');
        if (closed.length) closed[0].firstElementChild.id = 'closed';
        return closed.length",
        json!(selector)
    );
    while firefox.run(&closed) != json!(0) {
        firefox.click("#closed");
    }
}

/// Ticks a box by the mouse.
fn tick(firefox: &Firefox, input: &str) {
    unfold(firefox, input);
    firefox.click(input);
}

fn hash(firefox: &Firefox) -> Value {
    firefox.run("return location.hash")
}

fn language(firefox: &Firefox, locale: &str) {
    firefox.click(&format!(".languages a[hreflang={locale}]"));
    firefox.wait_for(&format!("return document.documentElement.lang === '{locale}'"));
    settle(firefox);
}

/// What is ticked, how many rows are in which state, and what each says of itself.
fn seen(firefox: &Firefox) -> [Value; 4] {
    let ticked = "return [...document.querySelectorAll('.environment input:checked:not([value=\"\"]), .environment option:checked:not([value=\"\"])')].map(one => one.value)";
    let reasons = "return [...document.querySelectorAll('.flows > tbody > tr[data-state]')].map(row => [row.id, row.dataset.state, row.checkVisibility(), row.querySelector('.why').textContent, row.querySelector('td.hosts').textContent])";
    [ticked, STATES, COUNTS, reasons].map(|script| firefox.run(script))
}

#[test]
fn what_is_ticked_decides_the_rows_and_stays_in_the_address() {
    let firefox = Firefox::start();
    let chosen = "#!o=version.v11-0,edition.jp";
    for locale in LOCALES {
        open(&firefox, &format!("{locale}/{PAGE}"));
        let before = seen(&firefox);
        assert_eq!(before[0], json!([]), "{locale}: something is ticked already");
        tick(&firefox, "[data-option=version] [value=v11-0]");
        assert_eq!(hash(&firefox), json!("#!o=version.v11-0"), "{locale}");
        // The other by the keyboard.
        unfold(&firefox, "[data-option=edition] input");
        firefox.run("document.querySelector('[data-option=edition] [value=jp]').focus()");
        firefox.press(&[" "]);
        assert_eq!(hash(&firefox), json!(chosen), "{locale}");
        let after = seen(&firefox);
        assert_eq!(after[0], json!(["v11-0", "jp"]), "{locale}");
        assert_eq!(after[1], after[2], "{locale}: the bar counts other rows than the table has");
        // As many as in Chromium, see `selection.rs`.
        assert_eq!(after[1], json!({ "in": 28, "alternative": 12, "open": 6, "out": 1 }), "{locale}");
        let hidden = "return [...document.querySelectorAll('.flows > tbody:not(.folded) > tr[data-state]')].filter(row => !row.checkVisibility()).map(row => row.id)";
        assert_eq!(firefox.run(hidden), json!(["database-azure-sql"]), "{locale}");
        let line = "return document.querySelector('#machine-learning > td.hosts').textContent.trim()";
        assert_eq!(firefox.run(line), json!("ds110-jp-f.trx.trendmicro.com"), "{locale}");

        firefox.reload();
        settle(&firefox);
        assert_eq!(hash(&firefox), json!(chosen), "{locale}: another address once it is loaded anew");
        assert_eq!(seen(&firefox), after, "{locale}: another page once it is loaded anew");

        // There and back.
        for other in LOCALES.into_iter().filter(|other| *other != locale).chain([locale]) {
            language(&firefox, other);
            assert_eq!(hash(&firefox), json!(chosen), "{locale} → {other}");
            let [ticked, states, counts, reasons] = seen(&firefox);
            assert_eq!([&ticked, &states, &counts], [&after[0], &after[1], &after[2]], "{locale} → {other}");
            assert_eq!(reasons == after[3], other == locale, "{locale} → {other}: reasons in their language");
        }

        firefox.click(".environment [type=reset]");
        assert_eq!(hash(&firefox), json!(""), "{locale}");
        assert_eq!(seen(&firefox), before, "{locale}: cleared, it is not what it was");
        assert_eq!(firefox.complaints(), Vec::<String>::new(), "{locale}");
    }
}

#[test]
fn every_row_says_why_it_is_needed_or_not() {
    let firefox = Firefox::start();
    let of = |row: &str| {
        firefox.run(&format!("const row = document.getElementById('{row}'); return [row.dataset.state, row.querySelector('.why').textContent]"))
    };
    open(&firefox, &format!("en/{PAGE}"));
    tick(&firefox, "[data-option=version] [value=v11-0]");
    firefox.click(".tools [name=out]");
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
        assert_eq!(of(row), json!([state, words]), "{row}");
    }
    // One of several databases, and one component that the reader does not have.
    tick(&firefox, ".ways [value=database-oracle]");
    assert_eq!(of("database-oracle")[0], json!("in"));
    assert_eq!(of("database-postgresql"), json!(["out", "Not needed: you chose another alternative"]));
    tick(&firefox, "[name=w][value=relay]");
    assert_eq!(of("relay-sync"), json!(["out", "Not needed: Relay is not part of your environment"]));
    assert_eq!(hash(&firefox), json!("#!o=version.v11-0&w=relay&k=database-oracle"));
    // Of two ports of one row, the reader's own is picked behind it.
    firefox.click("#licensing summary");
    firefox.click("#licensing .pick label:has([value='443/tcp'])");
    assert_eq!(hash(&firefox), json!("#!o=version.v11-0&w=relay&k=licensing.443/tcp,database-oracle"));
    let after = seen(&firefox);
    firefox.reload();
    settle(&firefox);
    assert_eq!(seen(&firefox), after, "another page once it is loaded anew");
    assert_eq!(firefox.complaints(), Vec::<String>::new());
}

#[test]
fn rows_stand_as_the_tools_say_that_a_reload_gives_back() {
    let firefox = Firefox::start();
    let stand = "return [...document.querySelectorAll('.flows > tbody:not(.folded) > tr:not(.head)')].map(row => [row.id, row.checkVisibility(), row.querySelector('.behind > details').open])";
    let tools = "return ['group', 'text'].map(name => document.querySelector(`[name=${name}]`).value).concat(document.querySelector('[name=full]').checked)";
    open(&firefox, &format!("en/{PAGE}"));
    let before = firefox.run(stand);
    firefox.run("document.querySelector('[name=group]').focus()");
    firefox.press(&["p"]);
    firefox.click(".tools [name=full]");
    firefox.click(".bar [name=text]");
    firefox.enter("443");
    let (kept, after) = (firefox.run(tools), firefox.run(stand));
    assert_eq!(kept, json!(["port", "443", true]));
    assert_ne!(after, before);
    firefox.reload();
    settle(&firefox);
    assert_eq!((firefox.run(tools), firefox.run(stand)), (kept, after));
}

#[test]
fn a_scenario_is_picked_by_keys_and_told_as_changed() {
    let firefox = Firefox::start();
    let told = "return document.querySelector('.environment select').selectedOptions[0].text";
    for (locale, changed) in [("en", ", changed"), ("de", ", geändert"), ("ja", "変更あり")] {
        open(&firefox, &format!("{locale}/{PAGE}"));
        unfold(&firefox, ".environment select");
        firefox.run("document.querySelector('.environment select').focus()");
        firefox.press(&["ArrowDown"]);
        firefox.wait_for("const { value } = document.querySelector('.environment select'); return Boolean(value) && location.hash === `#!s=${value}`");
        let (picked, name) = (hash(&firefox), firefox.run(told));
        assert_eq!(firefox.run(STATES), firefox.run(COUNTS), "{locale}");
        tick(&firefox, "[data-option=edition] [value=en]");
        let title = firefox.run(told);
        let title = title.as_str().unwrap();
        assert!(title.contains(name.as_str().unwrap()) && title.contains(changed), "{locale}: {title}");
        // Ticked once more, it is the scenario again.
        tick(&firefox, "[data-option=edition] [value=en]");
        assert_eq!((hash(&firefox), firefox.run(told)), (picked, name), "{locale}");
    }
}

/// Rows that are not left out, apart from those that stay within one computer, which the bar does not count.
fn left(firefox: &Firefox) -> (usize, usize) {
    let sums = "return [...document.querySelectorAll('.counts > :not(.out)')].reduce((sum, one) => sum + parseInt(one.textContent.match(/\\d+/)[0]), 0)";
    let local = "return rutter.facts[0].flows.filter(({ id, scope }) => scope && document.getElementById(id)?.dataset.state && document.getElementById(id).dataset.state !== 'out').length";
    let [sums, local] = [sums, local].map(|script| firefox.run(script).as_u64().unwrap() as usize);
    (sums, local)
}

#[test]
fn the_file_and_the_request_have_as_many_rows_as_the_bar_says() {
    let firefox = Firefox::start();
    for locale in LOCALES {
        open(&firefox, &format!("{locale}/{PAGE}"));
        let (all, _) = left(&firefox);
        tick(&firefox, "[data-option=version] [value=v11-0]");
        tick(&firefox, ".ways [value=database-oracle]");
        let (rows, local) = left(&firefox);
        assert!(rows > 20 && rows < all, "{locale}: {rows} of {all}");
        assert!(local > 0, "{locale}: nothing that the bar does not count");

        firefox.click(".actions [name=csv]");
        let (name, bytes) = firefox.saved();
        assert_eq!(name, "deep-security-selection.csv", "{locale}");
        let text = String::from_utf8(bytes).unwrap();
        let text = text.strip_prefix('\u{feff}').expect("a mark by which spreadsheets know that it is UTF-8");
        let delimiter = if text.lines().next().unwrap().contains(';') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
        let ids: BTreeSet<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        assert_eq!(ids.len(), rows + local, "{locale}: rows of the file");
        assert!(
            ids.contains("deep-security/database-oracle") && !ids.contains("deep-security/database-postgresql"),
            "{locale}: {ids:?}"
        );

        firefox.click(".actions [name=request]");
        firefox.wait_for(SHEET);
        assert_eq!(hash(&firefox), json!("#!o=version.v11-0&k=database-oracle&m=request"), "{locale}");
        let lines = "return [...document.querySelectorAll('.request tr[data-flow]')].filter(line => line.checkVisibility() && line.textContent.trim()).length";
        assert_eq!(firefox.run(lines), json!(rows), "{locale}: lines of the request");
        let table = "return [document.activeElement.tagName, document.querySelector('table.flows').checkVisibility()]";
        assert_eq!(firefox.run(table), json!(["H1", false]), "{locale}");
        firefox.press(&["Escape"]);
        firefox.wait_for("return !document.querySelector('main > .request')");
        assert_eq!(hash(&firefox), json!("#!o=version.v11-0&k=database-oracle"), "{locale}");
        let table = "return [document.activeElement.name, document.querySelector('table.flows').checkVisibility()]";
        assert_eq!(firefox.run(table), json!(["request", true]), "{locale}");
        assert_eq!(firefox.complaints(), Vec::<String>::new(), "{locale}");
    }
}

#[test]
fn two_scenarios_are_compared_by_keys() {
    let firefox = Firefox::start();
    for locale in LOCALES {
        firefox.open(&format!("{locale}/{}", compare::PAGE));
        firefox.wait_for("return Boolean(document.querySelector('.compared .sides'))");
        let before = firefox.run(compare::BOTH_WAYS);
        firefox.run("document.querySelector('[name=x]').focus()");
        firefox.press(&["ArrowDown"]);
        firefox.wait_for(&format!("return document.querySelector('[name=x]').value !== {}", before["b"]));
        let after = firefox.run(compare::BOTH_WAYS);
        assert_ne!(after["shown"], before["shown"], "{locale}");
        for both in [&before, &after] {
            assert!(both["shown"].as_array().unwrap().len() > 3, "{locale}: {both}");
            assert_eq!(both["shown"], both["written"], "{locale}");
        }
        let address = format!("#!s={}&x={}", after["a"].as_str().unwrap(), after["b"].as_str().unwrap());
        assert_eq!(hash(&firefox), json!(address), "{locale}");
        firefox.reload();
        firefox.wait_for("return Boolean(document.querySelector('.compared .sides'))");
        assert_eq!(firefox.run(compare::BOTH_WAYS), after, "{locale}: loaded anew");
        let pairs = "return ['.compared table', '.compared .sides', '.pairs'].map(name => document.querySelector(name).checkVisibility())";
        assert_eq!(firefox.run(pairs), json!([true, true, false]), "{locale}");
        assert_eq!(firefox.complaints(), Vec::<String>::new(), "{locale}");
    }
}

#[test]
fn a_row_opens_by_mouse_keys_and_address_and_fits_its_window() {
    let firefox = Firefox::start();
    let open_rows = "return [...document.querySelectorAll('.flows > tbody > tr:has(> .behind > details[open])')].filter(row => row.querySelector('.behind ul').checkVisibility()).map(row => row.id)";
    for (width, height) in SIZES {
        firefox.size(width, height);
        for locale in LOCALES {
            open(&firefox, &format!("{locale}/{PAGE}"));
            assert_eq!(firefox.run(open_rows), json!([]), "{locale} at {width} px");
            firefox.click("#machine-learning summary");
            assert_eq!(firefox.run(open_rows), json!(["machine-learning"]), "{locale} at {width} px");
            let cells = "return [...document.querySelectorAll('#machine-learning .grid code')].filter(code => code.checkVisibility() && code.getBoundingClientRect().width > 20).length";
            assert!(firefox.run(cells).as_u64().unwrap() > 5, "{locale} at {width} px: addresses are not shown");
            let wide = firefox.run("return document.scrollingElement.scrollWidth").as_u64().unwrap();
            assert!(wide <= u64::from(width), "{locale}: {wide} px at {width}");
            firefox.press(&["Enter"]);
            assert_eq!(firefox.run(open_rows), json!([]), "{locale} at {width} px: Enter does not close it");
            // With what is chosen, and as a link to the row alone.
            for address in ["#!o=edition.jp&r=relay-loopback", "#relay-loopback"] {
                open(&firefox, &format!("{locale}/{PAGE}{address}"));
                firefox.wait_for("const row = document.querySelector('#relay-loopback'); const { top } = row.getBoundingClientRect(); return row.classList.contains('target') && row.checkVisibility() && top >= 0 && top < innerHeight - 50 || [row.className, top]");
                assert_eq!(firefox.run(open_rows), json!(["relay-loopback"]), "{locale} at {width} px: {address}");
            }
        }
    }
}
