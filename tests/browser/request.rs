//! What a reader takes along: a file and a sheet of the selection, and its address.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::LOCALES;
use crate::driver::Browser;
use crate::server::serve_rendered;
use crate::support::{load, render, repository, site_files, small_site};

/// What would be saved, without a file.
const CATCH: &str = "window.saved = [];
    URL.createObjectURL = blob => { blob.text().then(text => saved.push(text)); return 'blob:x'; };
    HTMLAnchorElement.prototype.click = function () { saved.name = this.download; };";

pub(crate) const SHEET: &str = "return Boolean(document.querySelector('main > .request h1'))";

async fn press(browser: &Browser, name: &str) {
    browser.run(&format!("document.querySelector('.actions [name={name}]').click()")).await;
}

/// The rows of the file that the page makes.
async fn rows_of_file(browser: &Browser) -> BTreeSet<String> {
    browser.run(CATCH).await;
    press(browser, "csv").await;
    browser.wait_for("return saved.length === 1").await;
    let text = browser.run("return saved[0]").await;
    let text = text.as_str().unwrap();
    let semicolon = text.starts_with("row;");
    let delimiter = if semicolon { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap()[0].to_owned()).collect()
}

/// The sums of the bar.
async fn counts(browser: &Browser) -> usize {
    let sums = "return [...document.querySelectorAll('.counts > :not(.out)')].map(one => Number(one.textContent.match(/\\d+/)[0]))";
    let sums: Vec<usize> = serde_json::from_value(browser.run(sums).await).unwrap();
    sums.into_iter().sum()
}

#[tokio::test]
async fn the_bar_the_request_and_the_file_count_the_same() {
    let browser = Browser::start().await;
    for (locale, page, hash) in [
        ("en", "deep-security/", "#!o=version.v11-0,edition.jp"),
        ("ja", "deep-security/", "#!o=version.v11-0,edition.jp&w=relay"),
        ("de", "server-workload-protection/", "#!o=region.de"),
        ("de", "deep-security/agent/", "#!o=version.v10-3+v11-0"),
        ("en", "web-security-gateway/", "#!s=forward-proxy-adfs"),
    ] {
        browser.open("").await;
        browser.open(&format!("{locale}/{page}{hash}")).await;
        let expected = counts(&browser).await;
        assert!(expected > 1, "{page}");
        let local = "return rutter.facts[0].flows.filter(flow => flow.scope && document.getElementById(flow.id)?.dataset.state !== 'out' && document.getElementById(flow.id)).length";
        let local = browser.run(local).await.as_u64().unwrap() as usize;
        assert_eq!(rows_of_file(&browser).await.len(), expected + local, "{locale}/{page}: rows of the file");
        press(&browser, "request").await;
        browser.wait_for(SHEET).await;
        let lines = browser.run("return document.querySelectorAll('.request tr[data-flow]').length").await;
        assert_eq!(lines, json!(expected), "{locale}/{page}: lines of the request");
        let last = browser
            .run("return [...document.querySelectorAll('.request tr[data-flow] > th')].at(-1).textContent")
            .await;
        assert_eq!(last, json!(expected.to_string()), "{locale}/{page}: they are numbered through");
        assert_eq!(browser.violations().await, json!([]), "{locale}/{page}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn what_filters_leave_is_taken_along_and_the_request_says_that_it_has_all() {
    let browser = Browser::start().await;
    let filter = |name: &str, value: &str| {
        format!(
            "const tool = document.querySelector('.bar [name={name}]'); tool.value = '{value}'; tool.dispatchEvent(new Event('input', {{ bubbles: true }}));"
        )
    };
    let label = |name: &str| format!("return document.querySelector('.tools [name={name}]').textContent");
    for (locale, names, file) in [
        ("en", "Copy host names shown", "CSV of connections shown"),
        ("ja", "表示中のホスト名をコピー", "表示中の接続のCSV"),
        ("de", "Angezeigte Hostnamen kopieren", "CSV der angezeigten Verbindungen"),
    ] {
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/#!o=version.v11-0,edition.jp")).await;
        let (all, all_names) = (counts(&browser).await, browser.run(&label("hosts")).await);
        browser.run(&filter("text", "trendmicro.com")).await;
        browser.run(&filter("from", "agent")).await;
        assert_eq!(browser.run(&label("hosts")).await, json!(names));
        assert_eq!(browser.run(&label("csv")).await, json!(file));
        let shown = browser
            .run("return [...document.querySelectorAll('.flows > tbody > tr[id]')].filter(row => row.checkVisibility()).map(row => `deep-security/${row.id}`).sort()")
            .await;
        let shown: BTreeSet<String> = serde_json::from_value(shown).unwrap();
        assert!(shown.len() > 1 && shown.len() < all / 2, "{shown:?}");
        let told = browser.run("return parseInt(document.querySelector('.shown').textContent.match(/\\d+/)[0])").await;
        assert_eq!(told, json!(shown.len()), "{locale}: the bar");
        assert_eq!(rows_of_file(&browser).await, shown, "{locale}: the file");
        press(&browser, "request").await;
        browser.wait_for(SHEET).await;
        let lines = browser.run("return document.querySelectorAll('.request tr[data-flow]').length").await;
        assert_eq!(lines, json!(all), "{locale}: the request");
        let note = "return document.querySelector('.request .filtered')?.checkVisibility() ?? false";
        assert_eq!(browser.run(note).await, json!(true), "{locale}: it does not say that filters are left out");
        browser.run("document.querySelector('.request button').click()").await;
        browser.run("document.querySelector('.bar [name=from]').value = ''").await;
        browser.run(&filter("text", "")).await;
        assert_eq!(browser.run(&label("hosts")).await, all_names);
        press(&browser, "request").await;
        browser.wait_for(SHEET).await;
        assert_eq!(browser.run(note).await, json!(false), "{locale}: no filter is set");
    }
    browser.stop().await;
}

#[tokio::test]
async fn the_sheet_tells_proxies_cautions_and_why_each_rule_is_there() {
    let browser = Browser::start().await;
    for (locale, proxy, caution, why) in [
        (
            "en",
            "SOCKS",
            "Caution: ",
            "One of several alternatives is needed wherever you use the source and the destination",
        ),
        ("ja", "SOCKS", "注意：", "代わりの接続でも可：送信元と宛先を使用している場合に、いずれか1つが必要"),
        ("de", "SOCKS", "Achtung: ", "Eine von mehreren Alternativen ist nötig, wo Sie Quelle und Ziel einsetzen"),
    ] {
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/#!k=database-oracle&m=request")).await;
        browser.wait_for(SHEET).await;
        let cells = |flow: &str| {
            format!(
                "return [...document.querySelector('.request [data-flow={flow}]').cells].map(cell => cell.textContent)"
            )
        };
        let texts: Vec<String> = serde_json::from_value(browser.run(&cells("update-packages")).await).unwrap();
        assert_eq!((texts[5].as_str(), texts[7].as_str()), (proxy, why), "{texts:?}");
        let texts: Vec<String> = serde_json::from_value(browser.run(&cells("agent-from-relay")).await).unwrap();
        assert!(texts[6].contains(caution) && texts[6].contains("4122/TCP"), "{texts:?}");
        let heads = browser.run("return document.querySelectorAll('.request thead th').length").await;
        assert_eq!(heads, json!(9));
        // What was picked is no longer one of several, nor needed whatever is chosen.
        let texts: Vec<String> = serde_json::from_value(browser.run(&cells("database-oracle")).await).unwrap();
        let picked = [
            "Needed: you chose this alternative",
            "必要：この接続を選択済み",
            "Nötig: Sie haben diese Alternative gewählt",
        ];
        assert!(picked.contains(&texts[7].as_str()), "{texts:?}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn the_sheet_names_the_sources_that_may_choose_and_leaves_no_alternative_alone() {
    let browser = Browser::start().await;
    for (locale, several, one, mixed) in [
        (
            "en",
            "Each of these sources needs one of its alternatives below: Deep Security Manager, Relay, Agent",
            "Deep Security Manager needs one of these alternatives",
            "Needed for Appliance; one of several alternatives for Agent",
        ),
        (
            "ja",
            "次の送信元ごとに、その送信元からの接続のうちいずれか1つが必要：Deep Security Manager、Relay、エージェント",
            "Deep Security Managerには、次のいずれか1つが必要",
            "アプライアンスには必要。エージェントは代わりの接続でも可",
        ),
        (
            "de",
            "Jede dieser Quellen braucht eine ihrer folgenden Alternativen: Deep Security Manager, Relay, Agent",
            "Deep Security Manager braucht eine dieser Alternativen",
            "Nötig für Appliance; für Agent eine von mehreren Alternativen",
        ),
    ] {
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/#!o=version.v11-0&m=request")).await;
        browser.wait_for(SHEET).await;
        let head = |flow: &str| {
            format!(
                "const row = document.querySelector('.request [data-flow={flow}]'); const heads = [...document.querySelectorAll('.request th[colspan]')].filter((head) => head.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING); return row.closest('.way') && heads.at(-1).textContent"
            )
        };
        for flow in ["update-packages", "agent-from-relay", "relay-sync", "manager-from-relay"] {
            assert_eq!(browser.run(&head(flow)).await, json!(several), "{locale}: {flow}");
        }
        assert_eq!(browser.run(&head("database-oracle")).await, json!(one), "{locale}");
        let reason =
            "return document.querySelector('.request [data-flow=agent-from-relay]').cells[7].firstChild.textContent";
        assert_eq!(browser.run(reason).await, json!(mixed), "{locale}");
        // Who chose has no choice left, and the others still have theirs.
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/#!w=appliance&k=agent-from-relay&m=request")).await;
        browser.wait_for(SHEET).await;
        let is_alone = "return !document.querySelector('.request [data-flow=agent-from-relay]').closest('.way')";
        assert_eq!(browser.run(is_alone).await, json!(true), "{locale}");
        let others = browser.run(&head("update-packages")).await;
        assert!(
            !others.as_str().unwrap().contains("Agent")
                && (locale == "ja" || others.as_str().unwrap().contains("Rela")),
            "{others}"
        );
    }
    browser.stop().await;
}

#[tokio::test]
async fn the_sheet_names_its_sources_and_its_day_and_leaves_nothing_blank() {
    let browser = Browser::start().await;
    for (locale, unstated) in [("en", "Not stated"), ("ja", "記載なし"), ("de", "Keine Angabe")] {
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/")).await;
        let source = browser.run("return document.querySelector('.sources > li').firstChild.textContent.trim()").await;
        browser.open(&format!("{locale}/deep-security/#!m=request")).await;
        browser.wait_for(SHEET).await;
        let facts = browser
            .run("return [...document.querySelectorAll('.request dd')].map((one) => one.textContent).join(' ')")
            .await;
        let today = browser
            .run("return new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: 'long' })")
            .await;
        for words in [&source, &today] {
            assert!(facts.as_str().unwrap().contains(words.as_str().unwrap()), "{locale}: {words} in {facts}");
        }
        let purposes = browser
            .run("return [...document.querySelectorAll('.request tr[data-flow]')].map((row) => row.cells[6].textContent.trim())")
            .await;
        let purposes: Vec<String> = serde_json::from_value(purposes).unwrap();
        assert!(purposes.iter().all(|text| !text.is_empty()), "{locale}");
        assert!(purposes.iter().any(|text| text == unstated), "{locale}");
        let carriers =
            browser.run("return document.querySelector('.request table').textContent.includes('TCP+UDP')").await;
        assert_eq!(carriers, json!(false), "{locale}: another word than on the page");
        // By the button that says so.
        browser.run("window.print = () => (window.printed = true); document.querySelectorAll('.request > button')[1].click()").await;
        assert_eq!(browser.run("return window.printed").await, json!(true));
    }
    // On a phone nothing else is left of the page, and the sheet is as wide as the screen.
    browser.size(390, 844).await;
    browser.open("").await;
    browser.open("en/deep-security/#!m=request").await;
    browser.wait_for(SHEET).await;
    let left = "return [...document.querySelectorAll('main > :not(.request)')].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 60))";
    assert_eq!(browser.run(left).await, json!([]));
    let is_cut = "const sheet = document.querySelector('.request'); return [...sheet.querySelectorAll('td, th, dd, p')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth).map((one) => one.textContent)";
    assert_eq!(browser.run(is_cut).await, json!([]));
    browser.stop().await;
}

#[tokio::test]
async fn the_sheet_is_an_address_and_leaves_by_escape() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/#!o=edition.jp").await;
    press(&browser, "request").await;
    browser.wait_for(SHEET).await;
    assert_eq!(browser.run("return location.hash").await, json!("#!o=edition.jp&m=request"));
    assert_eq!(browser.run("return document.activeElement.tagName").await, json!("H1"));
    let shown = "return getComputedStyle(document.querySelector('table.flows')).display";
    assert_eq!(browser.run(shown).await, json!("none"));
    assert_eq!(
        browser.run("return document.querySelector('.request dl').textContent.includes(location.href)").await,
        json!(true)
    );
    browser.run("document.querySelector('.languages a[hreflang=de]').click()").await;
    browser
        .wait_for(
            "return document.documentElement.lang === 'de' && Boolean(document.querySelector('main > .request h1'))",
        )
        .await;
    let title = browser.run("return document.querySelector('.request h1').textContent").await;
    assert!(title.as_str().unwrap().starts_with("Antrag auf Firewall-Freischaltung"), "{title}");
    browser
        .run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))")
        .await;
    browser.wait_for("return !document.querySelector('main > .request')").await;
    assert_eq!(browser.run("return location.hash").await, json!("#!o=edition.jp"));
    assert_eq!(browser.run("return document.activeElement.name").await, json!("request"));
    browser.stop().await;
}

/// Whether the file of a page in which nothing can be chosen has the rows that it shows.
async fn assert_table_is_saved(browser: &Browser, page: &str) {
    browser.open(page).await;
    assert_eq!(browser.run("return document.querySelectorAll('form.environment').length").await, json!(0), "{page}");
    // A row of the file is named as the full one, to which each leads. What must be blocked is in no file.
    let rows = "return [...document.querySelectorAll('table.flows tbody > tr:not(.head) > td.behind li:last-child > a')].filter(link => !link.closest('.local')?.querySelector('#_blocked')).map(link => link.pathname.split('/').at(-2) + '/' + link.hash.slice(1))";
    let rows: BTreeSet<String> = serde_json::from_value(browser.run(rows).await).unwrap();
    assert!(rows.len() > 1, "{page}: {rows:?}");
    assert_eq!(rows_of_file(browser).await, rows, "{page}");
    assert_eq!(browser.violations().await, json!([]), "{page}");
}

#[tokio::test]
async fn a_component_without_choices_saves_its_table() {
    let browser = Browser::start().await;
    for page in ["ja/components/dns-server/", "de/components/vcenter/"] {
        assert_table_is_saved(&browser, page).await;
    }
    browser.stop().await;
    let cluster = site_files(&repository().join("tests/golden/machines"));
    let browser = Browser::start_at(serve_rendered(render(&load(&cluster)))).await;
    for page in ["en/cluster/etcd/", "ja/cluster/control-plane/"] {
        assert_table_is_saved(&browser, page).await;
    }
    browser.stop().await;
}

#[tokio::test]
async fn pages_without_choices_have_no_selection_to_take_along() {
    let browser = Browser::start().await;
    browser.open("ja/components/dns-server/#!m=request").await;
    // The table is one anyway.
    let buttons = "return [...document.querySelectorAll('.actions button')].map((button) => button.name)";
    assert_eq!(browser.run(buttons).await, json!(["csv"]));
    assert!(rows_of_file(&browser).await.len() > 3);
    let rows = "return [...document.querySelectorAll('table.flows tbody tr[id]')].filter(row => row.checkVisibility()).length > 3";
    assert_eq!(browser.run(rows).await, json!(true), "an address without a sheet leaves the page as it is");
    browser.stop().await;
}

#[tokio::test]
async fn the_address_of_a_selection_can_be_copied() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/#!o=edition.jp").await;
    browser
        .cdp("Browser.grantPermissions", json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }))
        .await;
    press(&browser, "link").await;
    browser.wait_for("return document.querySelector('.status').textContent === 'Link copied'").await;
    let copied = browser.run_async("navigator.clipboard.readText().then(arguments[arguments.length - 1])").await;
    assert_eq!(copied, browser.run("return location.href").await);
    // An address says nothing of filters, so the sentence does.
    browser.run("const tool = document.querySelector('.bar [name=from]'); tool.value = 'agent'; tool.dispatchEvent(new Event('input', { bubbles: true }))").await;
    press(&browser, "link").await;
    browser.wait_for("return document.querySelector('.status').textContent === 'Link copied. The filters of the table are not part of it.'").await;
    browser.stop().await;
}

#[tokio::test]
async fn a_sentence_says_how_many_names_were_copied_and_what_could_not_be_lies_there_to_copy() {
    let browser = Browser::start().await;
    for (locale, copied) in [("en", "host names copied"), ("ja", "ホスト名"), ("de", "Hostnamen kopiert")] {
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/#!o=version.v11-0,edition.jp")).await;
        browser.run("window.given = []; navigator.clipboard.writeText = async (text) => given.push(text)").await;
        browser.run("document.querySelector('.tools [name=hosts]').click()").await;
        browser.wait_for("return document.querySelector('.status').textContent !== '' && given.length === 1").await;
        let seen = browser
            .run("const status = document.querySelector('.status'); return [status.textContent, given[0].split('\\n').length, status.classList.contains('aside')]")
            .await;
        let said = seen[0].as_str().unwrap();
        assert!(said.contains(copied) && said.contains(&seen[1].to_string()), "{locale}: {seen}");
        assert_eq!(seen[2], json!(false), "{locale}: nobody sees it");
        browser.run("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))").await;
        browser.run("document.querySelector('.tools [name=hosts]').click()").await;
        browser.wait_for("return Boolean(document.querySelector('dialog[open] textarea'))").await;
        let given = "const area = document.activeElement; return area.value === given[0] && area.selectionEnd - area.selectionStart === area.value.length";
        assert_eq!(browser.run(given).await, json!(true), "{locale}: the text is not there, selected");
        assert_eq!(browser.violations().await, json!([]), "{locale}");
        browser.run("document.querySelector('dialog[open] button').click()").await;
        browser.wait_for("return !document.querySelector('dialog[open]')").await;
    }
    browser.stop().await;
}

#[tokio::test]
async fn paper_has_the_sheet_alone() {
    let browser = Browser::start().await;
    for locale in LOCALES {
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/#!o=version.v11-0,edition.jp&m=request")).await;
        browser.wait_for(SHEET).await;
        browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        let others = "return [...document.querySelectorAll('body *')].filter(node => !node.closest('.request') && !node.querySelector('.request') && node.checkVisibility() && node.getClientRects().length && node.innerText?.trim()).map(node => node.outerHTML.slice(0, 80))";
        assert_eq!(browser.run(others).await, json!([]), "{locale}");
        let button = browser.run("return document.querySelector('.request button').getClientRects().length").await;
        assert_eq!(button, json!(0), "{locale}");
        let page = browser.run("return getComputedStyle(document.querySelector('.request')).page").await;
        assert_eq!(page, json!("sheet"), "{locale}");
        browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await;
        let paper = browser.cdp("Page.printToPDF", json!({ "preferCSSPageSize": true })).await;
        let sizes = "const [data, done] = arguments; done([...atob(data).matchAll(/MediaBox ?\\[0 0 ([\\d.]+) ([\\d.]+)/g)].map(size => Number(size[1]) > Number(size[2])))";
        let is_wide = browser.run_async_with(sizes, vec![paper["data"].clone()]).await;
        let is_wide = is_wide.as_array().unwrap();
        assert!(!is_wide.is_empty() && is_wide.iter().all(|one| *one == json!(true)), "{locale}: {is_wide:?}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn the_sheet_says_everything_that_is_chosen() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    let way = "const [facts] = rutter.facts; const [[first]] = facts.groups[0]; return facts.flows[first].id";
    let way = browser.run(way).await;
    let way = way.as_str().unwrap();
    browser.open("").await;
    browser.open(&format!("en/deep-security/#!s=azure&o=version.v11-0&w=relay&k={way}&m=request")).await;
    browser.wait_for(SHEET).await;
    let told = "return [...document.querySelectorAll('.request dt:first-child ~ dd')].slice(0, -1).map(one => one.textContent)";
    let told: Vec<String> = serde_json::from_value(browser.run(told).await).unwrap();
    let picked = browser
        .run("return document.querySelector('.ways :checked:not([value=\"\"])').parentElement.textContent")
        .await;
    for words in ["Azure", "Agent version: 11.0", "Not part of your environment: ", picked.as_str().unwrap()] {
        assert!(told.iter().any(|phrase| phrase.contains(words)), "{words}: {told:?}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn a_scenario_has_the_same_request_without_scripts() {
    let cells = "return [...document.querySelectorAll('.request tbody tr')].map(row => [...row.cells].map(cell => cell.textContent.replace(/\\s+/g, '')))";
    let browser = Browser::start().await;
    for (locale, product, scenario) in [
        ("ja", "deep-security", "azure"),
        ("de", "web-security-gateway", "forward-proxy-behind-proxies"),
        ("en", "cloud-one-workload-security", "agent-initiated"),
    ] {
        browser.open(&format!("{locale}/{product}/scenarios/{scenario}/")).await;
        let written = browser.run(cells).await;
        assert!(written.as_array().unwrap().len() > 1, "{scenario}: {written}");
        browser.open("").await;
        browser.open(&format!("{locale}/{product}/#!s={scenario}&m=request")).await;
        browser.wait_for(SHEET).await;
        assert_eq!(browser.run(cells).await, written, "{locale}/{product}: {scenario}");
    }
    browser.stop().await;
}

/// Texts that a page could take for markup, and a script for a pattern.
const HOSTILE: &str = r#"
name: "<img src=x onerror=alert(1)>"
summary: { en: Sends. }
sources: { manual: { title: Manual, read: 2026-11-21, rows: 1 } }
options: { site: { label: "<b>Site</b>", choices: { east: "$&East", west: West } } }
components: { agent: { name: "</script><i>agent</i>" }, relay: { name: "=relay" }, proxy: { name: "$1" } }
flows:
  sends:
    { from: [agent, proxy], to: relay, ports: 443/tcp, when: { site: east }, purpose: { en: "\"</td><script>alert(2)</script>" }, rows: [1] }
"#;

#[tokio::test]
async fn no_text_becomes_markup() {
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), HOSTILE.into());
    let browser = Browser::start_at(serve_rendered(render(&load(&files)))).await;
    browser.open("en/small/#!o=site.east&m=request").await;
    browser.wait_for(SHEET).await;
    assert_eq!(browser.run("return document.querySelectorAll('.request :is(img, script, i)').length").await, json!(0));
    let text = browser.run("return document.querySelector('.request').textContent").await;
    for words in
        ["<img src=x onerror=alert(1)>", "</script><i>agent</i> and $1", "$&East", "\"</td><script>alert(2)</script>"]
    {
        assert!(text.as_str().unwrap().contains(words), "{words}: {text}");
    }
    assert_eq!(browser.log().await, Vec::<Value>::new());
    browser.stop().await;
}

/// What stands on a component or on the whole product is about rows too, and a rule is cut without it.
#[tokio::test]
async fn the_sheet_tells_cautions_that_stand_on_no_row() {
    let browser = Browser::start().await;
    let cautions = "return [...document.querySelectorAll('.request > .caution')].map((one) => one.textContent)";
    for (locale, relay, all) in [
        ("en", "A relay needs all the ports of an agent", "may use the same port"),
        ("ja", "エージェントのポートもすべて必要です", "同じポート"),
        ("de", "auch alle Ports eines Agenten", "denselben Port"),
    ] {
        for (hash, count) in [("#!m=request", 2), ("#!w=relay&m=request", 1)] {
            browser.open("").await;
            browser.open(&format!("{locale}/deep-security/{hash}")).await;
            browser.wait_for(SHEET).await;
            let told: Vec<String> = serde_json::from_value(browser.run(cautions).await).unwrap();
            assert_eq!(told.len(), count, "{locale} {hash}: {told:?}");
            assert_eq!(told.iter().any(|text| text.contains(relay)), count == 2, "{locale} {hash}: {told:?}");
            assert!(told.iter().any(|text| text.contains(all)), "{locale} {hash}: {told:?}");
        }
        // The same without scripts, from the compiler.
        browser.open(&format!("{locale}/deep-security/scenarios/agent-heartbeats/")).await;
        let cautions = cautions.replace(".request > .caution", "details.request > .caution");
        let told: Vec<String> = serde_json::from_value(browser.run(&cautions).await).unwrap();
        assert!(told.iter().any(|text| text.contains(relay)), "{locale}: {told:?}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn what_is_picked_in_vain_is_said_beside_it_and_on_the_sheet() {
    let browser = Browser::start().await;
    for (locale, needless) in [("en", "⚠ Not needed ("), ("ja", "⚠ 不要（"), ("de", "⚠ Nicht nötig (")] {
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/#!k=database-azure-sql")).await;
        let label = "return document.querySelector('.ways [value=database-azure-sql]').parentElement.textContent";
        let told = browser.run(label).await;
        assert!(told.as_str().unwrap().contains(needless), "{locale}: {told}");
        press(&browser, "request").await;
        browser.wait_for(SHEET).await;
        let chosen = browser.run("return document.querySelector('.request dd').parentElement.textContent").await;
        assert!(chosen.as_str().unwrap().contains(needless), "{locale}: {chosen}");
        // Once it is needed, nothing warns.
        browser.open("").await;
        browser.open(&format!("{locale}/deep-security/#!o=manager-in-azure.enabled&k=database-azure-sql")).await;
        let told = browser.run(label).await;
        assert!(!told.as_str().unwrap().contains('⚠'), "{locale}: {told}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn back_leads_from_the_sheet_to_the_table() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/#!o=edition.jp").await;
    press(&browser, "request").await;
    browser.wait_for(SHEET).await;
    browser.run("history.back()").await;
    browser.wait_for("return !document.querySelector('.request h1')").await;
    assert_eq!(browser.run("return location.hash").await, json!("#!o=edition.jp"));
    browser.stop().await;
}
