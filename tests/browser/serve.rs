//! An open page of `rutter serve` while its sources are edited: it follows, and readers keep their place.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::driver::Browser;
use crate::support::preview::Preview;
use crate::support::{folder, real_files, write_files};

const PAGE: &str = "en/deep-security/";
const PRODUCT: &str = "content/products/deep-security.yaml";
/// Words of a purpose that stand once on the page of the product.
const WORDS: &str = "collects their events, and passes";
const PURPOSE: &str = "return document.getElementById('heartbeat-from-manager').textContent";

fn site() -> tempfile::TempDir {
    let folder = folder();
    write_files(folder.path(), &real_files());
    folder
}

fn replace(root: &Path, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    std::fs::write(root.join(path), text.replacen(from, to, 1)).unwrap();
}

fn base(preview: &Preview) -> String {
    format!("http://{}/", preview.host)
}

async fn open(preview: &Preview) -> Browser {
    let browser = Browser::start_at(base(preview)).await;
    browser.open(PAGE).await;
    browser.wait_for("return document.querySelectorAll('.counts > span').length > 0").await;
    browser
}

/// A reader at work: something ticked, a row opened, a filter typed, far down on the page.
async fn settle_in(browser: &Browser) {
    browser.run("document.querySelector('[data-option=version] input[value=v11-0]').click()").await;
    browser.run("document.querySelector('#heartbeat-from-manager .behind > details').open = true").await;
    browser.run("document.querySelector('details.matrix').open = false").await;
    browser.run("scrollTo({ top: 1500, behavior: 'instant' }); window.mark = 'same page'").await;
    browser.wait_for("return scrollY === 1500").await;
}

const PLACE: &str = "return { scroll: scrollY, hash: location.hash, \
    ticked: document.querySelector('[data-option=version] input[value=v11-0]').checked, \
    row: document.querySelector('#heartbeat-from-manager .behind > details').open, \
    contents: document.querySelector('details.matrix').open }";

fn place(scroll: u32) -> Value {
    json!({ "scroll": scroll, "hash": "#!o=version.v11-0", "ticked": true, "row": true, "contents": false })
}

const SAYS: &str = "[...document.querySelector('rutter-live').shadowRoot.querySelectorAll('section:not([hidden])')].map((one) => one.innerText).join()";

#[tokio::test]
async fn a_text_is_brought_up_to_date_where_the_reader_is() {
    let site = site();
    let preview = Preview::start(site.path());
    let browser = open(&preview).await;
    settle_in(&browser).await;
    replace(site.path(), PRODUCT, WORDS, "gathers whatever they tell, and passes");
    browser.wait_for(&format!("{PURPOSE}.includes('gathers whatever they tell')")).await;
    assert_eq!(browser.run("return window.mark").await, json!("same page"));
    assert_eq!(browser.run(PLACE).await, place(1500));
    // Again, and with another number of parts: a term more.
    replace(
        site.path(),
        PRODUCT,
        "gathers whatever they tell, and passes",
        "gathers [words](term:heartbeat), and passes",
    );
    browser.wait_for(&format!("{PURPOSE}.includes('gathers words, and passes')")).await;
    browser.wait_for(&format!("return ({PLACE_IS})(1500)", PLACE_IS = place_is())).await;
    browser.stop().await;
}

/// A function that says whether the place is the one that was taken.
fn place_is() -> String {
    format!(
        "(scroll) => {{ const place = (() => {{ {PLACE} }})(); const wanted = {}; wanted.scroll = scroll; return JSON.stringify(Object.entries(place).sort()) === JSON.stringify(Object.entries(wanted).sort()) }}",
        place(0)
    )
}

#[tokio::test]
async fn a_fact_makes_the_page_anew_and_the_reader_keeps_the_place() {
    let site = site();
    let preview = Preview::start(site.path());
    let browser = open(&preview).await;
    settle_in(&browser).await;
    replace(site.path(), PRODUCT, "ports: 4118/tcp https", "ports: 4119/tcp https");
    browser.wait_for(&format!("{PURPOSE}.includes('4119')")).await;
    browser.wait_for("return document.querySelectorAll('.counts > span').length > 0").await;
    browser.wait_for(&format!("return ({})(1500)", place_is())).await;
    browser.stop().await;
}

#[tokio::test]
async fn a_style_sheet_is_swapped_without_a_reload() {
    let site = site();
    let preview = Preview::start(site.path());
    let browser = open(&preview).await;
    settle_in(&browser).await;
    let sheet = BTreeMap::from([("theme/assets/style/zz.css".to_owned(), b"h1 { letter-spacing: 7px; }\n".to_vec())]);
    write_files(site.path(), &sheet);
    browser.wait_for("return getComputedStyle(document.querySelector('h1')).letterSpacing === '7px'").await;
    replace(site.path(), "theme/assets/style/zz.css", "7px", "9px");
    browser.wait_for("return getComputedStyle(document.querySelector('h1')).letterSpacing === '9px'").await;
    browser.wait_for("return document.querySelectorAll('link[rel=stylesheet]').length === 1").await;
    assert_eq!(browser.run("return window.mark").await, json!("same page"));
    assert_eq!(browser.run(PLACE).await, place(1500));
    browser.stop().await;
}

#[tokio::test]
async fn a_mistake_is_shown_over_the_last_good_page_and_goes_when_it_is_mended() {
    let site = site();
    let preview = Preview::start(site.path());
    let browser = open(&preview).await;
    settle_in(&browser).await;
    replace(
        site.path(),
        PRODUCT,
        "    from: manager\n    to: [agent, appliance]",
        "    from: manger\n    to: [agent, appliance]",
    );
    browser.wait_for(&format!("return {SAYS}.includes('`manger` is no component')")).await;
    let told = browser.run(&format!("return {SAYS}")).await;
    assert!(told.as_str().unwrap().contains("did you mean `manager`?"), "{told}");
    let link =
        browser.run("return document.querySelector('rutter-live').shadowRoot.querySelector('.broken a').href").await;
    let text = std::fs::read_to_string(site.path().join(PRODUCT)).unwrap();
    let number = text.lines().position(|line| line.contains("from: manger")).unwrap() + 1;
    let file = format!("vscode://file{}/{PRODUCT}:{number}:", site.path().canonicalize().unwrap().display());
    assert!(link.as_str().unwrap().starts_with(&file), "{link}");
    assert_eq!(browser.run(PLACE).await, place(1500));
    replace(site.path(), PRODUCT, "from: manger", "from: manager");
    browser.wait_for("return document.querySelector('rutter-live').hidden").await;
    assert_eq!(browser.run("return window.mark").await, json!("same page"));
    assert_eq!(browser.run(PLACE).await, place(1500));
    let complaints = browser.log().await;
    assert!(complaints.iter().all(|entry| entry["message"].as_str().unwrap().contains("favicon")), "{complaints:?}");
    browser.stop().await;
}

#[tokio::test]
async fn what_the_checks_find_is_a_count_that_opens_a_list() {
    let site = site();
    let preview = Preview::start(site.path());
    let browser = open(&preview).await;
    let button = "document.querySelector('rutter-live').shadowRoot.querySelector('button')";
    replace(site.path(), PRODUCT, "holt deren Ereignisse ab", "holt deren 17 Ereignisse ab");
    browser.wait_for(&format!("return /error/.test({button}.innerText)")).await;
    assert_eq!(browser.run(&format!("return {SAYS}")).await, json!(""), "the page is not covered");
    browser.run(&format!("{button}.click()")).await;
    let list = browser.run(&format!("return {SAYS}")).await;
    assert!(list.as_str().unwrap().contains("heartbeat-from-manager/purpose"), "{list}");
    browser.stop().await;
}

#[tokio::test]
async fn every_open_page_follows_and_one_whose_product_is_gone_says_so() {
    let site = site();
    let preview = Preview::start(site.path());
    let browser = open(&preview).await;
    browser.run(&format!("window.other = open('/{PAGE}', '_blank', 'width=800,height=600')")).await;
    browser.wait_for("return window.other.document.querySelectorAll('.counts > span').length > 0").await;
    replace(site.path(), PRODUCT, WORDS, "gathers whatever they tell, and passes");
    let other = PURPOSE.replace("document", "window.other.document");
    browser.wait_for(&format!("{PURPOSE}.includes('gathers whatever they tell')")).await;
    browser.wait_for(&format!("{other}.includes('gathers whatever they tell')")).await;
    let product = site.path().join("content/products/web-security-gateway.yaml");
    browser.goto(&format!("{}en/web-security-gateway/", base(&preview))).await;
    browser.wait_for("return document.querySelectorAll('.counts > span').length > 0").await;
    let away = product.with_extension("away~");
    std::fs::rename(&product, &away).unwrap();
    browser.wait_for(&format!("return {SAYS}.includes('not in the site any more')")).await;
    assert!(browser.run("return document.querySelectorAll('table.flows').length").await.as_i64().unwrap() > 0);
    std::fs::rename(&away, &product).unwrap();
    browser.wait_for(&format!("return {SAYS} === ''")).await;
    browser.stop().await;
}

#[tokio::test]
async fn a_page_that_is_missing_appears_when_it_is_written() {
    let site = site();
    let preview = Preview::start(site.path());
    let browser = Browser::start_at(base(&preview)).await;
    browser.open("en/second/").await;
    browser.wait_for("return document.querySelector('rutter-live') !== null").await;
    let text = std::fs::read(site.path().join("content/pages/how-to-read.yaml")).unwrap();
    std::fs::write(site.path().join("content/pages/second.yaml"), text).unwrap();
    browser.wait_for("return document.querySelector('main > h1, main h1') !== null && document.title.length > 0 && location.pathname.endsWith('/second/') && !document.title.includes('404') && document.querySelector('nav.languages') !== null").await;
    browser.stop().await;
}
