//! The search as a reader uses it: keys, languages, input methods, a page that can be linked, and what
//! is shown when it can't be loaded.

use serde_json::{Value, json};

use crate::driver::{Browser, Scheme};
use crate::support;

const HITS: &str =
    "return [...document.querySelectorAll('#_hits > [role=option]')].map(hit => hit.getAttribute('href'))";
const IS_ANSWERED: &str = "return document.querySelector('.search:not(.find-port) ~ [role=status]')?.textContent !== ''
    && document.querySelector('.search:not(.find-port) ~ [role=status]') !== null";

/// Breaks a part of a site.
type Damage<'a> = Box<dyn Fn() + 'a>;

impl Browser {
    /// A key on the page, as hands press it.
    async fn press(&self, key: &str, code: &str, modifiers: u32) {
        let number = match key {
            "Enter" => 13,
            "Escape" => 27,
            "ArrowUp" => 38,
            "ArrowDown" => 40,
            _ => 0,
        };
        for kind in ["rawKeyDown", "keyUp"] {
            self.cdp(
                "Input.dispatchKeyEvent",
                json!({ "type": kind, "key": key, "code": code, "modifiers": modifiers, "windowsVirtualKeyCode": number }),
            )
            .await;
        }
        if key == "Enter" {
            self.cdp("Input.dispatchKeyEvent", json!({ "type": "char", "text": "\r", "key": "Enter" })).await;
        }
    }

    /// A text at once, as it comes from a keyboard or an input method that has ended.
    async fn enter(&self, text: &str) {
        self.cdp("Input.insertText", json!({ "text": text })).await;
    }

    async fn hits(&self) -> Vec<String> {
        self.wait_for(IS_ANSWERED).await;
        serde_json::from_value(self.run(HITS).await).unwrap()
    }

    async fn status(&self) -> String {
        let text =
            self.run("return document.querySelector('.search:not(.find-port) ~ [role=status]').textContent").await;
        text.as_str().unwrap().to_owned()
    }

    /// What of the search was loaded so far.
    async fn loaded(&self) -> Vec<String> {
        let names = "return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => /search[/.].*\\.js/.test(name))";
        serde_json::from_value(self.run(names).await).unwrap()
    }
}

#[tokio::test]
async fn a_port_is_found_by_keys_alone_in_every_language() {
    let browser = Browser::start().await;
    for (locale, count) in [("ja", "件見つかりました"), ("de", "Ergebnisse"), ("en", "results")] {
        browser.open(&format!("{locale}/glossary/")).await;
        assert!(browser.loaded().await.is_empty(), "something is loaded before it is asked for");
        browser.press("/", "Slash", 0).await;
        browser.wait_for("return document.activeElement.getAttribute('role') === 'combobox'").await;
        assert_eq!(browser.run("return document.activeElement.value").await, json!(""), "the key itself was typed");
        browser.enter("4118").await;
        let hits = browser.hits().await;
        assert!(hits[0].ends_with(&format!("/{locale}/ports/4118/")), "{hits:?}");
        assert!(browser.status().await.contains(count), "{}", browser.status().await);
        let expanded = "return document.activeElement.getAttribute('aria-expanded')";
        assert_eq!(browser.run(expanded).await, json!("true"));
        browser.press("ArrowDown", "ArrowDown", 0).await;
        browser.press("ArrowDown", "ArrowDown", 0).await;
        browser.press("ArrowUp", "ArrowUp", 0).await;
        browser.press("ArrowDown", "ArrowDown", 0).await;
        let active = browser.run("return document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).getAttribute('aria-selected')").await;
        assert_eq!(active, json!("true"));
        browser.press("Enter", "Enter", 0).await;
        browser.wait_for("return location.hash !== '' && document.readyState === 'complete'").await;
        let place = browser.run("return location.pathname + location.hash").await;
        assert!(
            hits[1].ends_with(place.as_str().unwrap().split_once("rutter").unwrap().1),
            "{place} is not {}",
            hits[1]
        );
    }
    browser.stop().await;
}

/// A reader far away waits for one answer less.
#[tokio::test]
async fn the_manifest_comes_beside_the_client() {
    let browser = Browser::start().await;
    browser.open("en/search/?q=4118").await;
    browser.hits().await;
    let times = browser
        .run("const file = name => performance.getEntriesByType('resource').filter(entry => entry.name.includes(name)); return [file('/manifest.js'), file('/assets/search.').filter(entry => entry.name.endsWith('.js'))].map(entries => entries.map(entry => [entry.startTime, entry.responseEnd]))")
        .await;
    let [manifest, client]: [Vec<(f64, f64)>; 2] = serde_json::from_value(times).unwrap();
    assert_eq!((manifest.len(), client.len()), (1, 1), "each is asked for once");
    assert!(manifest[0].0 < client[0].1, "the manifest waits for the client");
    browser.stop().await;
}

#[tokio::test]
async fn control_k_opens_and_escape_closes() {
    let browser = Browser::start().await;
    browser.open("en/deep-security/").await;
    let is_open = "return document.querySelector('dialog.finder').open";
    for modifiers in [2, 4] {
        browser.press("k", "KeyK", modifiers).await;
        browser.wait_for(is_open).await;
        browser.press("Escape", "Escape", 0).await;
        browser.wait_for("return !document.querySelector('dialog.finder').open").await;
    }
    browser.run("document.querySelector('a.find').click()").await;
    browser.wait_for(is_open).await;
    // In a field the key is a letter.
    browser.press("/", "Slash", 0).await;
    browser.enter("a/b").await;
    assert_eq!(browser.run("return document.activeElement.value").await, json!("a/b"));
    browser.stop().await;
}

#[tokio::test]
async fn an_input_method_is_not_interrupted() {
    let browser = Browser::start().await;
    browser.open("ja/").await;
    browser.press("/", "Slash", 0).await;
    browser.wait_for("return document.activeElement.getAttribute('role') === 'combobox'").await;
    for text in ["s", "せ", "せt", "せつぞく"] {
        let end = text.chars().count();
        browser
            .cdp("Input.imeSetComposition", json!({ "text": text, "selectionStart": end, "selectionEnd": end }))
            .await;
    }
    // Longer than the client waits after a key.
    browser.run_async("const done = arguments[arguments.length - 1]; setTimeout(done, 300)").await;
    assert_eq!(browser.run(HITS).await, json!([]), "it searched while a word was being composed");
    // The Enter that ends a composition.
    browser.run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))").await;
    assert!(browser.run("return location.pathname").await.as_str().unwrap().ends_with("/ja/"));
    browser.enter("接続").await;
    assert!(!browser.hits().await.is_empty(), "{}", browser.status().await);
    browser.stop().await;
}

#[tokio::test]
async fn a_question_has_an_address_in_every_language() {
    let browser = Browser::start().await;
    browser.open("en/search/?q=oracle").await;
    let hits = browser.hits().await;
    assert!(hits.iter().any(|hit| hit.ends_with("#database-oracle")), "{hits:?}");
    browser.run("document.querySelector('form.search input').select()").await;
    browser.enter("vcenter").await;
    browser.wait_for("return location.search === '?q=vcenter'").await;
    browser.run("document.querySelector('nav.languages a[hreflang=de]').click()").await;
    browser.wait_for("return location.pathname.endsWith('/de/search/') && location.search === '?q=vcenter' && document.readyState === 'complete'").await;
    assert!(!browser.hits().await.is_empty());
    // Away to a hit and back again: the same question and its answers.
    browser.run("document.querySelector('#_hits > a').click()").await;
    browser.wait_for("return !location.pathname.includes('/search/')").await;
    browser.run("history.back()").await;
    browser.wait_for("return location.pathname.endsWith('/de/search/') && document.querySelector('form.search input').value === 'vcenter'").await;
    assert!(!browser.hits().await.is_empty());
    browser.stop().await;
}

#[tokio::test]
async fn the_box_of_the_home_page_leads_to_the_answers() {
    let browser = Browser::start().await;
    browser.open("ja/").await;
    browser.run("const form = document.querySelector('main form.search'); form.elements.q.value = '名前解決 & <b>'; form.requestSubmit()").await;
    browser.wait_for("return location.pathname.endsWith('/ja/search/') && document.readyState === 'complete'").await;
    assert_eq!(browser.run("return document.querySelector('form.search input').value").await, json!("名前解決 & <b>"));
    browser.wait_for(IS_ANSWERED).await;
    assert_eq!(browser.run("return document.querySelector('main b')").await, Value::Null);
    browser.stop().await;
}

#[tokio::test]
async fn the_page_shows_a_dozen_hits_and_more_when_asked() {
    let browser = Browser::start().await;
    browser.open("de/search/?q=443").await;
    browser.wait_for("return document.querySelector('.more button') !== null").await;
    assert_eq!(browser.hits().await.len(), 12);
    browser.run("document.querySelector('.more button').click()").await;
    browser.wait_for("return document.activeElement.id === '_hit-12'").await;
    assert!(browser.hits().await.len() > 12);
    browser.stop().await;
}

#[tokio::test]
async fn what_only_another_language_says_is_offered_there() {
    let browser = Browser::start().await;
    browser.open("en/search/?q=Verwaltungskonsole").await;
    browser.wait_for("return document.querySelector('.more a[lang=de]') !== null").await;
    assert_eq!(browser.hits().await, Vec::<String>::new());
    browser.run("document.querySelector('.more a[lang=de]').click()").await;
    browser.wait_for("return location.pathname.endsWith('/de/search/') && document.readyState === 'complete'").await;
    assert!(!browser.hits().await.is_empty());
    browser.stop().await;
}

#[tokio::test]
async fn partial_answers_say_so() {
    let browser = Browser::start().await;
    browser.open("en/search/?q=oracle%20zeppelin").await;
    assert!(!browser.hits().await.is_empty());
    assert!(browser.status().await.contains("all of the words"), "{}", browser.status().await);
    let marked = browser.run("return [...document.querySelectorAll('#_hits .kind')].every(kind => kind.textContent.includes('some of the words'))").await;
    assert_eq!(marked, json!(true));
    browser.stop().await;
}

#[tokio::test]
async fn an_index_that_is_cut_off_or_gone_leads_to_the_plain_pages() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let built = support::rutter(&support::repository(), &["build", "--file-links", "--output", site.to_str().unwrap()]);
    assert!(built.status.success(), "{}", support::transcript(&built));
    let index = site.join("search/de");
    let documents = std::fs::read(index.join("d0.js")).unwrap();
    let client = std::fs::read_dir(site.join("assets")).unwrap().map(|entry| entry.unwrap().path()).find(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("search.") && std::path::Path::new(name).extension().is_some_and(|extension| extension == "js")
    });
    let client = client.unwrap();
    let browser = Browser::start().await;
    // What a reader gets whose connection breaks: a script that ends early, one that never comes, one of
    // another build; at last not even the client.
    let damages: [(&str, Damage<'_>); 4] = [
        (
            "of another build",
            Box::new(|| {
                let text = String::from_utf8(documents.clone()).unwrap();
                let generation = text.split('"').nth(5).unwrap();
                std::fs::write(index.join("d0.js"), text.replacen(generation, "00000000", 1)).unwrap();
            }),
        ),
        ("cut off", Box::new(|| std::fs::write(index.join("d0.js"), &documents[..documents.len() / 2]).unwrap())),
        ("gone", Box::new(|| std::fs::remove_file(index.join("manifest.js")).unwrap())),
        ("without a client", Box::new(|| std::fs::remove_file(&client).unwrap())),
    ];
    for (how, damage) in damages {
        let page = format!("file://{}/de/search/index.html?q=Deep+Security", site.display());
        if how == "of another build" {
            browser.goto(&page).await;
            assert!(!browser.hits().await.is_empty(), "it works before it is broken");
        }
        damage();
        browser.goto("about:blank").await;
        browser.goto(&page).await;
        browser.wait_for("return document.querySelector('.search-failed').checkVisibility()").await;
        let text = browser.run("return document.querySelector('.search-failed').textContent").await;
        assert!(text.as_str().unwrap().starts_with("Die Suche konnte nicht geladen werden."), "{how}: {text}");
        let links = browser.run("return [...document.querySelectorAll('.search-failed a')].map(link => link.pathname.split('/site')[1])").await;
        assert_eq!(links, json!(["/de/ports/index.html", "/de/hosts/index.html"]), "{how}");
        assert_eq!(browser.run(HITS).await, json!([]), "{how}");
    }
    browser.stop().await;
}

#[tokio::test]
async fn no_question_breaks_the_page() {
    let browser = Browser::start().await;
    browser.open("en/search/").await;
    browser.run("document.querySelector('form.search input').focus()").await;
    browser.wait_for("return document.activeElement.getAttribute('role') === 'combobox'").await;
    // Half of a character, 10,000 characters, signs alone, markup: the box stays usable after each.
    for question in ["'\\ud83d'", "'443 '.repeat(2500)", "'?!'", "'<img src=x onerror=alert(1)>'", "'../../%00'"] {
        let ask = format!(
            "const input = document.activeElement; input.value = {question}; input.dispatchEvent(new InputEvent('input'))"
        );
        browser.run(&ask).await;
        browser.run_async("const done = arguments[arguments.length - 1]; setTimeout(done, 300)").await;
        let is_well = "return !document.querySelector('.search-failed').checkVisibility() && document.querySelector('main img') === null";
        assert_eq!(browser.run(is_well).await, json!(true), "{question}");
        browser
            .run("document.activeElement.value = '4118'; document.activeElement.dispatchEvent(new InputEvent('input'))")
            .await;
        browser.wait_for("return location.search === '?q=4118' && document.querySelector('#_hits > a')?.getAttribute('href').endsWith('/ports/4118/')").await;
    }
    browser.stop().await;
}

#[tokio::test]
async fn two_tabs_ask_apart() {
    let browser = Browser::start().await;
    browser.open("en/search/?q=oracle").await;
    let first = browser.hits().await;
    browser.run("self.other = open('../../de/search/?q=4118')").await;
    browser.wait_for("return other.document.querySelector('#_hits > a')?.getAttribute('href').endsWith('/de/ports/4118/') === true").await;
    assert_eq!(browser.hits().await, first);
    assert_eq!(browser.run("return location.search + other.location.search").await, json!("?q=oracle?q=4118"));
    browser.run("const input = document.querySelector('form.search input'); input.value = 'vcenter'; input.dispatchEvent(new InputEvent('input'))").await;
    browser.wait_for("return location.search === '?q=vcenter'").await;
    assert_eq!(browser.run("return other.location.search").await, json!("?q=4118"));
    browser.stop().await;
}

#[tokio::test]
async fn a_site_published_anew_is_asked_again() {
    let browser = Browser::start().await;
    browser.open("en/").await;
    browser.press("/", "Slash", 0).await;
    browser.wait_for("return typeof rutter === 'object' && 'take' in rutter && document.activeElement.getAttribute('role') === 'combobox'").await;
    // The first manifest is an old one out of a cache.
    browser.run("const take = rutter.take; let first = true; rutter.take = (tag, file, generation, data) => { take(tag, file, first && file === 'manifest' ? 'old' : generation, data); first = first && file !== 'manifest'; }").await;
    browser.enter("4118").await;
    assert!(browser.hits().await[0].ends_with("/ports/4118/"));
    let manifests = browser.loaded().await.into_iter().filter(|name| name.contains("/manifest.js")).count();
    assert_eq!(manifests, 2);
    browser.stop().await;
}

#[tokio::test]
async fn a_copy_without_a_server_can_be_searched() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let built = support::rutter(&support::repository(), &["build", "--file-links", "--output", site.to_str().unwrap()]);
    assert!(built.status.success(), "{}", support::transcript(&built));
    let browser = Browser::start().await;
    browser.goto(&format!("file://{}/en/search/index.html?q=4118", site.display())).await;
    let hits = browser.hits().await;
    assert!(hits[0].ends_with("/en/ports/4118/index.html"), "{hits:?}");
    browser.run("document.querySelector('#_hits > a').click()").await;
    browser.wait_for("return document.querySelector('h1').textContent === 'Port 4118'").await;
    browser.stop().await;
}

/// What is typed, what is said above the rows, and the row that stands first.
type Said = (&'static str, &'static [&'static str], &'static str);

/// In each language a pasted address, a port inside a range, and one that no table has.
const SAID: [(&str, [Said; 3]); 3] = [
    (
        "en",
        [
            (
                "3.69.198.70:6514",
                &[
                    "3.69.198.70 is in 3.69.198.64/27 (Region: Germany).",
                    "Source only: nothing connects to this address.",
                ],
                "/en/server-workload-protection/#service-to-syslog-tls",
            ),
            ("11500", &["Port 11500 is in the range 11000–11999."], "/en/ports/11000-11999/"),
            (
                "is 4119 needed?",
                &[
                    "No table lists port 4119 explicitly.",
                    "Checked:",
                    "These connections to every port include this one:",
                ],
                "/en/deep-security/#open-port-scan",
            ),
        ],
    ),
    (
        "de",
        [
            (
                "3.69.198.70:6514",
                &[
                    "3.69.198.70 liegt im Subnetz 3.69.198.64/27 (Region: Deutschland).",
                    "Nur Quelle: Zu dieser Adresse wird keine Verbindung aufgebaut.",
                ],
                "/de/server-workload-protection/#service-to-syslog-tls",
            ),
            ("11500", &["Port 11500 liegt im Bereich 11000–11999."], "/de/ports/11000-11999/"),
            (
                "brauche ich 4119?",
                &[
                    "Port 4119 ist in keiner Tabelle ausdrücklich aufgeführt.",
                    "Geprüft:",
                    "Folgende Verbindungen zu allen Ports schließen auch diesen Port ein:",
                ],
                "/de/deep-security/#open-port-scan",
            ),
        ],
    ),
    (
        "ja",
        [
            (
                "3.69.198.70:6514",
                &[
                    "3.69.198.70は3.69.198.64/27（リージョン：ドイツ）に含まれます。",
                    "このアドレスは送信元としてのみ使用されます。このアドレスへの接続は、どの表にも記載されていません。",
                ],
                "/ja/server-workload-protection/#service-to-syslog-tls",
            ),
            ("11500", &["ポート11500は11000～11999に含まれます。"], "/ja/ports/11000-11999/"),
            (
                "4119番ポート",
                &[
                    "ポート4119を明示した記載は、どの表にもありません。",
                    "確認した範囲：",
                    "ただし、すべてのポートを対象とする次の接続には、このポートも含まれます：",
                ],
                "/ja/deep-security/#open-port-scan",
            ),
        ],
    ),
];

#[tokio::test]
async fn what_is_true_of_a_port_or_an_address_is_said_above_the_rows_in_every_language() {
    let browser = Browser::start().await;
    for (locale, questions) in SAID {
        for (question, sentences, row) in questions {
            browser.open(&format!("{locale}/glossary/")).await;
            browser.press("/", "Slash", 0).await;
            browser.wait_for("return document.activeElement.getAttribute('role') === 'combobox'").await;
            browser.enter(question).await;
            let hits = browser.hits().await;
            assert!(hits[0].ends_with(row), "{locale}: {question}: {hits:?}");
            let said = browser.run("return [...document.querySelectorAll('.search ~ [role=status] > strong')].map(sentence => sentence.textContent)").await;
            let said: Vec<String> = serde_json::from_value(said).unwrap();
            assert_eq!(said.len(), sentences.len(), "{locale}: {question}: {said:?}");
            for (said, sentence) in said.iter().zip(sentences) {
                assert!(said.starts_with(sentence), "{locale}: {question}: {said}");
            }
            // They are announced with the count, and do not stand in the way of the keys.
            assert_eq!(browser.run("return document.activeElement.getAttribute('role')").await, json!("combobox"));
            browser.press("ArrowDown", "ArrowDown", 0).await;
            let active = "return document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).getAttribute('href')";
            assert_eq!(browser.run(active).await, json!(hits[0]), "{locale}: {question}");
            assert_eq!(browser.violations().await, json!([]), "{locale}: {question}");
        }
    }
    browser.stop().await;
}

/// Of a line, its ends stay in the address of the page, so that it can be asked again; names of users and what else it
/// holds do not.
#[tokio::test]
async fn a_pasted_line_is_read_on_a_phone_and_only_its_ends_are_kept() {
    let line = "Nov 21 03:14:07 web01 kernel: [1288213.447310] IPT-DROP: IN= OUT=eth0 SRC=10.20.1.15 DST=3.69.198.70 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=24421 DF PROTO=TCP SPT=51514 DPT=6514 WINDOW=64240 RES=0x00 SYN URGP=0 UID=1443 user=secret";
    let browser = Browser::start().await;
    browser.size(360, 740).await;
    browser.open("en/search/").await;
    browser.run("document.querySelector('form.search input').focus()").await;
    browser.wait_for("return document.activeElement.getAttribute('role') === 'combobox'").await;
    browser.enter(line).await;
    let hits = browser.hits().await;
    assert!(hits[0].ends_with("#service-to-syslog-tls"), "{hits:?}");
    let kept = "return new URLSearchParams(location.search).get('q')";
    assert_eq!(browser.run(kept).await, json!("10.20.1.15:51514 -> 3.69.198.70:6514/tcp"));
    assert_eq!(
        browser.run("return document.activeElement.value").await,
        json!(line),
        "what was pasted stays in the box"
    );
    let fits = "return document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(browser.run(fits).await, json!(true), "the page scrolls sideways");
    // The other language answers the same.
    browser.run("document.querySelector('nav.languages a[hreflang=de]').click()").await;
    browser.wait_for("return location.pathname.endsWith('/de/search/') && document.readyState === 'complete'").await;
    let hits = browser.hits().await;
    assert!(hits[0].ends_with("/de/server-workload-protection/#service-to-syslog-tls"), "{hits:?}");
    browser.stop().await;
}

#[tokio::test]
async fn an_open_search_is_accessible_and_light() {
    let browser = Browser::start().await;
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.scheme(scheme).await;
        for (locale, question) in [("ja", "データベース"), ("de", "Datenbank"), ("en", "database")] {
            browser.open(&format!("{locale}/ports/")).await;
            browser.press("/", "Slash", 0).await;
            browser.enter(question).await;
            assert!(browser.hits().await.len() > 3);
            browser.press("ArrowDown", "ArrowDown", 0).await;
            assert_eq!(browser.violations().await, json!([]), "{locale} in {scheme:?}");
            let sizes = "return performance.getEntriesByType('resource').filter(entry => /search[/.].*\\.js/.test(entry.name)).reduce((sum, entry) => sum + entry.decodedBodySize, 0)";
            let size = browser.run(sizes).await.as_i64().unwrap();
            assert!(size < 160_000, "a first answer in {locale} needs {size} bytes uncompressed");
        }
    }
    browser.stop().await;
}
