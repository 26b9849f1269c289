//! The finished HTML: every link and anchor exists, in every locale, at any address of the site.

use std::collections::{BTreeMap, BTreeSet};

use rutter::Site;
use rutter::inside::render::{Links, RenderCache, RenderOptions, Renderer, Route};
use rutter::model::PageRoute;
use scraper::{Html, Selector};

use crate::support::{load, real_files, render, render_all, repository, site_files, small_site};

/// A page and what matters of it here.
struct Page {
    ids: BTreeSet<String>,
    links: Vec<String>,
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Page> {
    let with_id = Selector::parse("[id]").unwrap();
    let linking = Selector::parse("[href], [src]").unwrap();
    let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| {
        let document = Html::parse_document(std::str::from_utf8(bytes).unwrap());
        let mut ids = BTreeSet::new();
        for element in document.select(&with_id) {
            let id = element.attr("id").unwrap().to_owned();
            assert!(ids.insert(id.clone()), "{path} has the id `{id}` twice");
        }
        let target =
            |element: scraper::ElementRef<'_>| element.attr("href").or(element.attr("src")).unwrap().to_owned();
        (path.clone(), Page { ids, links: document.select(&linking).map(target).collect() })
    })
    .collect()
}

/// The file a link leads to from a file, and its anchor. A question changes neither.
fn resolve(from: &str, link: &str) -> (String, Option<String>) {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    let (path, _) = path.split_once('?').unwrap_or((path, ""));
    if path.is_empty() {
        return (from.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{link} in {from} leaves the site"),
            "." | "" => {}
            _ => parts.push(part),
        }
    }
    let mut file = parts.join("/");
    if path.ends_with('/') || file.is_empty() {
        file = if file.is_empty() { "index.html".to_owned() } else { format!("{file}/index.html") };
    }
    (file, anchor)
}

#[test]
fn every_link_leads_to_a_file_and_every_anchor_is_there() {
    let count: usize = [real_files(), machines()].iter().map(|files| follow_links(&render(&load(files)))).sum();
    assert!(count > 10_000, "only {count} links");
}

/// A site on whose pages one row stands twice.
fn machines() -> BTreeMap<String, Vec<u8>> {
    site_files(&repository().join("tests/golden/machines"))
}

fn follow_links(files: &BTreeMap<String, Vec<u8>>) -> usize {
    let pages = pages(files);
    let mut count = 0;
    for (path, page) in &pages {
        for link in page.links.iter().filter(|link| !link.starts_with("https://") && !link.starts_with("data:")) {
            assert!(!link.starts_with('/') && !link.contains("://"), "{path} links to `{link}`, which is not relative");
            let (file, anchor) = resolve(path, link);
            assert!(files.contains_key(&file), "{path} links to `{link}`: there is no {file}");
            // Behind `!` stands what a script reads.
            if let Some(anchor) = anchor.filter(|anchor| !anchor.starts_with('!')) {
                assert!(pages[&file].ids.contains(&anchor), "{path} links to `{link}`: {file} has no such anchor");
            }
            count += 1;
        }
    }
    count
}

#[test]
fn links_to_files_name_the_file() {
    let site = load(&real_files());
    let mut options = RenderOptions::default();
    options.links = Links::Files;
    let renderer = Renderer::new(&site, options).unwrap();
    let files = render_all(&renderer);
    let pages = pages(&files);
    for (path, page) in &pages {
        for link in page.links.iter().filter(|link| !link.starts_with("https://") && !link.starts_with("data:")) {
            let (target, _) = link.split_once('#').unwrap_or((link, ""));
            assert!(!target.ends_with('/'), "{path} links to the folder `{link}`");
            assert!(files.contains_key(&resolve(path, link).0), "{path} links to `{link}`, which is not there");
        }
    }
}

#[test]
fn the_ids_of_a_page_are_the_anchors_the_model_gives_it() {
    for files in [real_files(), machines()] {
        compare_anchors(&load(&files));
    }
}

fn compare_anchors(site: &Site) {
    let files = render(site);
    let pages = pages(&files);
    let renderer = Renderer::new(site, RenderOptions::default()).unwrap();
    for bundle in renderer.bundles() {
        for route in bundle.routes(&renderer) {
            let Route::Page(_, page) = route else { continue };
            let file = format!("{}index.html", renderer.permalink(route));
            let expected: BTreeSet<_> = site.model().anchors(page).into_iter().collect();
            let actual: BTreeSet<_> = pages[&file].ids.iter().filter(|id| !id.starts_with('_')).cloned().collect();
            assert_eq!(actual, expected, "{file}");
        }
    }
}

#[test]
fn every_locale_has_the_same_pages_and_anchors() {
    let site = load(&real_files());
    let pages = pages(&render(&site));
    let of = |tag: &str| -> BTreeMap<String, BTreeSet<String>> {
        let prefix = format!("{tag}/");
        let own = pages.iter().filter(|(path, _)| path.starts_with(&prefix));
        own.map(|(path, page)| (path[prefix.len()..].to_owned(), page.ids.clone())).collect()
    };
    let source = of("en");
    assert!(source.len() > 60);
    for tag in ["ja", "de"] {
        assert!(of(tag) == source, "{tag} differs from en");
    }
}

#[test]
fn old_addresses_lead_on() {
    let mut files = real_files();
    let path = "content/products/deep-security.yaml";
    let text = String::from_utf8(files[path].clone()).unwrap();
    files.insert(path.to_owned(), format!("former-ids: [ds-old]\n{text}").into_bytes());
    let site = load(&files);
    let written = render(&site);
    for (old, new) in [("ds-old/", "../deep-security/"), ("ds-old/agent/", "../../deep-security/agent/")] {
        let html = String::from_utf8(written[&format!("de/{old}index.html")].clone()).unwrap();
        assert!(html.contains(&format!("url={new}\"")), "{html}");
    }
    let moved = site.model().moved_pages();
    assert_eq!(
        moved.iter().filter(|(old, _)| old.starts_with("ds-old/")).count(),
        site.model()
            .pages()
            .iter()
            .filter(|page| page.product(site.model()).is_some_and(|id| site.model()[id].id == "deep-security"))
            .count()
    );
}

/// A site that says a text wherever a writer may write one.
fn site_saying(text: &str) -> BTreeMap<String, Vec<u8>> {
    let quoted = format!("'{}'", text.replace('\'', "''"));
    // In prose the same words are written without their meaning.
    let escaped: String =
        text.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect();
    let prose = format!("'{}'", escaped.replace('\'', "''"));
    let product = format!(
        "name: {quoted}
summary: {{ en: {prose} }}
sources: {{ s: {{ title: {quoted}, url: 'https://example.org/', read: 2026-11-21, rows: 1 }} }}
options:
  switch: {{ label: {quoted}, text: {{ en: {prose} }} }}
  several: {{ label: {quoted}, choices: {{ one: {quoted}, two: {{ label: {quoted}, text: {{ en: {prose} }} }} }} }}
components:
  agent: {{ name: {quoted}, zone: inner, examples: [{quoted}], summary: {{ en: {prose} }} }}
  service: {{ name: {quoted}, zone: outer }}
flows:
  first:
    {{ from: agent, to: service, ports: 443/tcp strange, when: {{ switch: enabled, several: one }}, purpose: {{ en: {prose} }}, rows: [1] }}
  second: {{ from: agent, to: agent, ports: 53/tcp, scope: loopback, purpose: {{ en: {prose} }} }}
scenarios:
  quiet: {{ title: {quoted}, choose: {{ several: two }}, summary: {{ en: {prose} }}, benefits: {{ en: {prose} }}, drawbacks: {{ en: {prose} }} }}
notes:
  careful: {{ kind: caution, on: [first, component:agent, option:switch], text: {{ en: {prose} }} }}
"
    );
    let common = format!(
        "services: {{ strange: {{ name: {quoted}, ports: [443/tcp], purpose: {{ en: {prose} }} }} }}
zones: {{ inner: {{ name: {quoted}, side: inside }}, outer: {{ name: {quoted}, side: outside }} }}
terms: {{ t: {{ name: {{ en: {quoted} }}, synonyms: [{quoted}], definition: {{ en: {prose} }} }} }}
"
    );
    let page = format!(
        "title: {quoted}
sections: {{ a: {{ title: {quoted}, text: {{ en: 'See <product:odd>, <term:t>, <option:odd/switch> and <flow:odd/first>.' }} }} }}
"
    );
    let title = serde_json::to_string(text).unwrap();
    let config =
        format!("title = {title}\nbase_url = \"https://example.org/\"\nsource_locale = \"en\"\nlocales = [\"en\"]\n");
    let files = [
        ("site.toml", config),
        ("content/common/all.yaml", common),
        ("content/products/odd.yaml", product),
        ("content/pages/page.yaml", page),
    ];
    files.map(|(path, text)| (path.to_owned(), text.into_bytes())).into()
}

/// Which elements with which attributes a page is made of, and where its links lead.
fn skeleton(html: &Html) -> BTreeSet<(String, String)> {
    let all = Selector::parse("*").unwrap();
    let mut found = BTreeSet::new();
    for element in html.select(&all) {
        let tag = element.value().name().to_owned();
        found.insert((tag.clone(), String::new()));
        for (name, value) in element.value().attrs() {
            assert!(!value.trim_start().to_lowercase().starts_with("javascript:"), "{tag} {name}={value}");
            found.insert((tag.clone(), name.to_owned()));
        }
    }
    found
}

#[test]
fn hostile_texts_are_inert_in_every_format() {
    let plain = render(&load(&site_saying("Words")));
    for hostile in [
        r#"x <script>alert(1)</script>"'&<img src=x onerror=alert(2)>"#,
        r#""><svg onload=alert(3)>"#,
        "'-alert(4)-'</title></textarea></style><b>",
        "=1+1",
        "@SUM(1)|a\\",
        "-->]]>%0d%0a{{7*7}}{% raw %}",
        "[z](javascript:alert(5)) `x` *y* _w_ ~~v~~ <https://evil.example>",
        "\"]\nx --> y; click x call alert(6)".replace('\n', " ").as_str(),
        "{ $x } { \"y\" }",
    ] {
        let written = render(&load(&site_saying(hostile)));
        assert_eq!(written.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>(), "{hostile}");
        for (path, bytes) in &written {
            let text = std::str::from_utf8(bytes).unwrap();
            match path.rsplit('.').next().unwrap() {
                "html" => {
                    let (html, before) = (Html::parse_document(text), std::str::from_utf8(&plain[path]).unwrap());
                    let added: Vec<_> =
                        skeleton(&html).difference(&skeleton(&Html::parse_document(before))).cloned().collect();
                    assert!(added.is_empty(), "{path}: {hostile} adds {added:?}");
                }
                "svg" | "xml" => {
                    let tags = |text: &str| {
                        let document =
                            roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{path}: {error}"));
                        let elements = document.descendants().filter(roxmltree::Node::is_element);
                        elements.map(|node| node.tag_name().name().to_owned()).collect::<BTreeSet<_>>()
                    };
                    let before = std::str::from_utf8(&plain[path]).unwrap();
                    assert!(tags(text).is_subset(&tags(before)), "{path}: {hostile}");
                }
                "md" => {
                    let is_html = |event: &pulldown_cmark::Event<'_>| {
                        matches!(event, pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_))
                    };
                    let html: Vec<_> = pulldown_cmark::Parser::new(text).filter(is_html).collect();
                    assert!(html.is_empty(), "{path}: {hostile}: {html:?}");
                    let leads = |event: pulldown_cmark::Event<'_>| match event {
                        pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                            Some(dest_url.to_string())
                        }
                        _ => None,
                    };
                    let scripts = pulldown_cmark::Parser::new(text).filter_map(leads);
                    let scripts: Vec<_> =
                        scripts.filter(|href| href.contains("script") || href.contains("evil")).collect();
                    assert!(scripts.is_empty(), "{path}: {scripts:?}");
                }
                "csv" => {
                    let records = csv::Reader::from_reader(bytes.as_slice()).into_records().map(Result::unwrap);
                    let cells: Vec<String> =
                        records.flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>()).collect();
                    assert!(cells.iter().all(|cell| !cell.starts_with(['=', '@', '+'])), "{path}: {cells:?}");
                }
                "json" => {
                    let data: serde_json::Value = serde_json::from_slice(bytes).unwrap();
                    if path == "api/v1/products.json" {
                        assert_eq!(data["products"][0]["name"]["en"], hostile, "{path}");
                        assert_eq!(data["products"][0]["summary"]["en"], hostile, "{path}");
                    }
                }
                "js" => {
                    // Data in a call: nothing in it may end the string it stands in.
                    let call = text.trim_end().strip_prefix("rutter.take(").and_then(|call| call.strip_suffix(')'));
                    if let Some(arguments) = call {
                        serde_json::from_str::<serde_json::Value>(&format!("[{arguments}]"))
                            .unwrap_or_else(|error| panic!("{path}: {hostile}: {error}"));
                    }
                }
                _ => {}
            }
        }
    }
}

/// A text of ten thousand letters, and one that only looks like markup: neither breaks a page.
#[test]
fn markup_of_a_writer_is_refused_before_anything_is_rendered() {
    let mut files = small_site();
    let prose = r"name: x
summary: { en: 'x <script>alert(1)</script> [z](javascript:alert(2))' }
sources: {}
flows: {}
";
    files.insert("content/products/small.yaml".to_owned(), prose.into());
    let sources = crate::support::sources(&files);
    let found = crate::support::text(&sources, &rutter::check_sources(&sources));
    assert!(found.contains("markup-not-allowed") && found.contains("unknown-reference"), "{found}");
    let written = render(&load(&site_saying(&"x".repeat(10_000))));
    assert!(String::from_utf8_lossy(&written["en/odd/index.html"]).contains(&"x".repeat(10_000)));
}

#[test]
fn a_custom_stylesheet_needs_no_template_and_comes_last() {
    let mut files = real_files();
    files.insert("theme/assets/custom.css".to_owned(), b":root { --accent: teal }".to_vec());
    let written = render(&load(&files));
    let html = String::from_utf8(written["en/index.html"].clone()).unwrap();
    let sheets: Vec<_> = html.lines().filter(|line| line.contains("rel=\"stylesheet\"")).collect();
    assert!(sheets.len() > 1 && sheets.last().unwrap().contains("custom."), "{sheets:?}");
}

#[test]
fn a_message_that_cannot_be_said_fails_the_files_that_say_it_and_no_others() {
    let mut files = small_site();
    let built_in = std::fs::read_to_string(repository().join("i18n/en/site.ftl")).unwrap();
    let broken =
        built_in.replace("\nstatus-nothing-open = Nothing", "\nstatus-one-language = { $nobody }\nx = Nothing");
    assert_ne!(broken, built_in);
    let broken = broken.replace("\nstatus-one-language = This site has one language.", "");
    files.insert("i18n/en/site.ftl".to_owned(), broken.into_bytes());
    let site = load(&files);
    let renderer = Renderer::new(&site, RenderOptions::default()).unwrap();
    let says_it = |route: Route| matches!(route, Route::Page(_, PageRoute::Status));
    // Twice: what has failed once must not fail what is rendered after it.
    for _ in 0..2 {
        for bundle in renderer.bundles() {
            let mut cache = RenderCache::default();
            for route in bundle.routes(&renderer) {
                let outcome = rutter::inside::render::render(&renderer, &mut cache, route);
                assert_eq!(outcome.is_err(), says_it(route), "{route:?}");
                assert!(
                    outcome.is_err_and(|error| error.to_string().contains("status-one-language")) == says_it(route)
                );
            }
        }
    }
}
