//! What readers do most, in a browser of another make: the same pages, shown, sorted, copied from,
//! searched and printed by Firefox.

mod selection;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;

use crate::LOCALES;
use crate::driver::Scheme;
use crate::firefox::Firefox;

const PAGE: &str = "deep-security/";

/// A screen on a desk, and a phone in a hand.
const SIZES: [(u32, u32); 2] = [(1280, 800), (390, 844)];

/// The element that holds the row of every flow of the page, in its order; none is missing, and there are
/// none of another product.
const ROWS: &str = "const { flows } = await (await fetch('../../api/v1/flows.json')).json();
    const isAfter = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_PRECEDING;
    const rows = flows.filter(({ product }) => product === 'deep-security').map(({ id }) => document.getElementById(id.split('/')[1]));
    rows.sort((a, b) => isAfter(a, b) ? 1 : -1);";

/// What it drops of our styles, where the page is as good without.
const DROPPED: [&str; 5] = [
    // Only phones enlarge text, and Firefox does not where a page says that it is as wide as the phone.
    "-webkit-text-size-adjust:100%",
    "text-size-adjust:100%",
    // Brackets keep the full width that they have in the font.
    "text-spacing-trim:trim-start",
    // Lines end by the strict rules, within phrases too.
    "word-break:auto-phrase",
    // A descriptor of a named page, which is no property: printing shows whether it holds.
    "size:A4 landscape",
];

#[test]
fn what_our_styles_say_is_understood() {
    let firefox = Firefox::start();
    firefox.open(&format!("ja/{PAGE}"));
    let found = firefox.run(include_str!("understood.js"));
    assert!(found["count"].as_u64().unwrap() > 500, "hardly anything was read: {found}");
    let dropped: Vec<String> = serde_json::from_value(found["dropped"].clone()).unwrap();
    let news: Vec<_> = dropped.iter().filter(|text| !DROPPED.contains(&text.as_str())).collect();
    assert!(news.is_empty(), "Firefox drops {news:?}");
}

#[test]
fn a_product_is_shown_whole_and_without_complaints() {
    let firefox = Firefox::start();
    for locale in LOCALES {
        for (width, height) in SIZES {
            firefox.size(width, height);
            firefox.open(&format!("{locale}/{PAGE}"));
            assert_eq!(firefox.complaints(), Vec::<String>::new(), "{locale} at {width} px");
            // What stays within one computer is folded until somebody asks for it.
            firefox.run("for (const body of document.querySelectorAll('tbody.folded')) body.classList.add('shown')");
            let shown = firefox.run(&format!("{ROWS} return [rows.length, rows.filter(row => row.checkVisibility() && row.textContent.trim()).length]"));
            assert_eq!(shown[0], shown[1], "{locale} at {width} px: rows, and those that are shown");
            assert!(shown[0].as_u64().unwrap() > 20, "{shown}");
            let wide = firefox.run("return document.scrollingElement.scrollWidth").as_u64().unwrap();
            assert!(wide <= u64::from(width), "{locale}: {wide} px at {width}");
        }
    }
}

#[test]
fn tables_sort_by_port_and_back() {
    let firefox = Firefox::start();
    // On a phone rows are cards without heads; there they are put below heads instead.
    firefox.size(1280, 900);
    for locale in LOCALES {
        firefox.open(&format!("{locale}/{PAGE}"));
        // The largest table of the page is marked, so that there is something to sort.
        firefox.run("[...document.querySelectorAll('table.flows')].reduce((a, b) => a.rows.length > b.rows.length ? a : b).id = 'largest'");
        let ports = "return [...document.querySelectorAll('#largest > tbody:not(.folded) > tr:has(.port)')].map(row => parseInt(row.querySelector('.port').textContent) || 99999)";
        let before = firefox.run(ports);
        let order = "return document.querySelector('#largest th[data-sort=number]').getAttribute('aria-sort')";
        let press = "#largest th[data-sort=number] button";
        firefox.click(press);
        let numbers: Vec<u64> = serde_json::from_value(firefox.run(ports)).unwrap();
        assert!(numbers.is_sorted() && json!(numbers) != before, "{locale}: {numbers:?}");
        assert_eq!(firefox.run(order), json!("ascending"));
        firefox.click(press);
        assert_eq!(firefox.run(order), json!("descending"));
        firefox.click(press);
        assert_eq!(firefox.run(ports), before, "{locale}: a third press brings the order of the page back");
    }
}

#[test]
fn a_port_is_copied_and_the_reader_told() {
    let firefox = Firefox::start();
    for (locale, told) in [("ja", "をコピーしました"), ("de", " kopiert"), ("en", " copied")] {
        firefox.open(&format!("{locale}/{PAGE}"));
        // A number of its own in each language, so that none can be left from the one before.
        let at = LOCALES.iter().position(|other| *other == locale).unwrap();
        let port = firefox.run(&format!("const ports = new Map([...document.querySelectorAll('tr[data-ports] > td.ports')].filter(cell => /^\\d+$/.test(cell.parentElement.dataset.ports)).map(cell => [cell.parentElement.dataset.ports, cell]).reverse()); const [port, cell] = [...ports].reverse()[{at}]; cell.id = 'copied'; return port"));
        let port = port.as_str().unwrap();
        firefox.run("document.querySelector('#copied').scrollIntoView({ block: 'center' })");
        firefox.wait_for("return document.querySelector('#copied button').checkVisibility({ contentVisibilityAuto: true }) || 'not shown'");
        firefox.click("#copied button");
        firefox.wait_for(&format!("return document.querySelector('p.status').textContent === '{port}{told}' || document.querySelector('p.status').textContent"));
        // What was copied is what is pasted.
        firefox.press(&["/"]);
        firefox.wait_for("return document.activeElement.getAttribute('role') === 'combobox'");
        firefox.press(&["Control", "v"]);
        firefox.wait_for(&format!("return document.activeElement.value === '{port}'"));
    }
}

#[test]
fn the_search_answers_by_keys_and_leads_to_a_row() {
    let firefox = Firefox::start();
    for locale in LOCALES {
        for port in ["443", "6514"] {
            firefox.open(&format!("{locale}/glossary/"));
            firefox.press(&["/"]);
            firefox.wait_for("return document.querySelector('dialog.finder').open && document.activeElement.getAttribute('role') === 'combobox'");
            firefox.enter(port);
            firefox.wait_for(&format!(
                "return document.querySelector('#_hits > a')?.pathname.endsWith('/{locale}/ports/{port}/') ?? false"
            ));
            // Down to the first answer that is a row.
            let row = firefox.run("return [...document.querySelectorAll('#_hits > a')].findIndex(({ hash }) => hash)");
            let row = row.as_u64().unwrap_or_else(|| panic!("{locale}: no row answers {port}"));
            for _ in 0..=row {
                firefox.press(&["ArrowDown"]);
            }
            let chosen = firefox.run("const { hash, pathname } = document.querySelector('#_hits > [aria-selected=true]'); return pathname + hash");
            firefox.press(&["Enter"]);
            firefox.wait_for(&format!(
                "return document.readyState === 'complete' && location.pathname + location.hash === {chosen}"
            ));
            let shown =
                firefox.run("return document.querySelector('tr:target')?.textContent ?? 'no row is the target'");
            assert!(shown.as_str().unwrap().contains(port), "{locale}: {chosen} shows {shown}");
            assert_eq!(firefox.complaints(), Vec::<String>::new(), "{locale}");
        }
    }
}

#[test]
fn light_and_dark_follow_the_system_and_the_switch() {
    let background = "return getComputedStyle(document.body).backgroundColor";
    let [light, dark] = [Scheme::Light, Scheme::Dark].map(|scheme| {
        let firefox = Firefox::start_in(scheme);
        firefox.open("ja/");
        let own = firefox.run(background);
        firefox.click("button.scheme");
        let other = firefox.run(background);
        firefox.open(&format!("en/{PAGE}"));
        assert_eq!(firefox.run(background), other, "the choice is forgotten on the next page");
        firefox.click("button.scheme");
        assert_eq!(firefox.run(background), own, "the switch does not lead back");
        (own, other)
    });
    assert_ne!(light.0, light.1, "the switch does nothing");
    assert_eq!((light.1, light.0), dark, "the page ignores the system's scheme");
}

#[test]
fn an_anchor_brings_its_row_into_view() {
    let firefox = Firefox::start();
    firefox.open(&format!("en/{PAGE}"));
    let rows = firefox.run(&format!("{ROWS} return [rows[rows.length >> 1], rows.at(-1)].map(({{ id }}) => id)"));
    let rows: [String; 2] = serde_json::from_value(rows).unwrap();
    for row in rows {
        for (width, height) in SIZES {
            firefox.size(width, height);
            // Each page is another than the one before, so that it is loaded and not only scrolled.
            for locale in LOCALES {
                firefox.open(&format!("{locale}/{PAGE}#{row}"));
                // Below the head of its table, which sticks to the window.
                firefox.wait_for("const row = document.querySelector('tr:target'); if (!row) return 'no row is the target'; const { top } = row.getBoundingClientRect(); const head = Math.max(0, document.querySelector('.bar').getBoundingClientRect().bottom); return top >= head - 1 && top < innerHeight - 100 || [top, head, innerHeight]");
                let marked = firefox.run("const [own, other] = ['tr:target', 'tbody tr:not(:target)'].map(rows => { const { borderColor } = getComputedStyle(document.querySelector(rows)); return borderColor + getComputedStyle(document.querySelector(`${rows} > td`)).backgroundColor }); return own !== other");
                assert_eq!(marked, json!(true), "{locale} at {width} px: {row} looks like its neighbours");
            }
        }
    }
}

#[test]
fn a_product_prints_as_a_document() {
    let firefox = Firefox::start();
    for locale in LOCALES {
        firefox.open(&format!("{locale}/{PAGE}"));
        let cells = firefox.run(&format!(
            "{ROWS} return [rows[0], rows.at(-1)].flatMap(row => [row.querySelector('th a'), row.querySelector('.port'), row.querySelector('.text')].map(part => part.textContent))"
        ));
        let cells: Vec<String> = serde_json::from_value(cells).unwrap();
        let pdf = firefox.print();
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 50_000, "{locale}: {} bytes", pdf.len());
        let text = text_of(pdf);
        for cell in cells {
            assert!(text.contains(&bare(&cell)), "{locale}: {cell} is not printed");
        }
        // No control stands before it.
        let title = firefox.run("return document.querySelector('h1').textContent");
        assert!(
            text.starts_with(&bare(title.as_str().unwrap())),
            "{locale}: {}",
            text.chars().take(80).collect::<String>()
        );
    }
}

/// What a PDF says, bare.
fn text_of(pdf: Vec<u8>) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("pdftotext does not start ({error}); tests/run installs it"));
    let mut stdin = child.stdin.take().unwrap();
    // Written beside reading, so that neither pipe fills up while the other waits.
    let writer = thread::spawn(move || stdin.write_all(&pdf));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "pdftotext can't read it: {}", output.status);
    bare(&String::from_utf8(output.stdout).unwrap())
}

/// Without what lines end with, hyphens among it, and with letters in place of ligatures.
fn bare(text: &str) -> String {
    text.nfkc().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\u{2010}' | '\u{ad}')).collect()
}
