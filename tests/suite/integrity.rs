//! The finished HTML: every link and anchor exists, in every locale, at any address of the site.

use std::collections::{BTreeMap, BTreeSet};

use rutter::model::PageRoute;
use rutter::render::{Bundle, Links, Renderer, Route};
use scraper::{Html, Selector};

use crate::support::{load, real_files, render, repository, small_site};

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

/// The file a link leads to from a file, and its anchor.
fn resolve(from: &str, link: &str) -> (String, Option<String>) {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor.to_owned())));
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
    let files = render(&load(&real_files()));
    let pages = pages(&files);
    let mut count = 0;
    for (path, page) in &pages {
        for link in page.links.iter().filter(|link| !link.starts_with("https://") && !link.starts_with("data:")) {
            assert!(!link.starts_with('/') && !link.contains("://"), "{path} links to `{link}`, which is not relative");
            let (file, anchor) = resolve(path, link);
            assert!(files.contains_key(&file), "{path} links to `{link}`: there is no {file}");
            if let Some(anchor) = anchor {
                assert!(pages[&file].ids.contains(&anchor), "{path} links to `{link}`: {file} has no such anchor");
            }
            count += 1;
        }
    }
    assert!(count > 10_000, "only {count} links");
}

#[test]
fn links_to_files_name_the_file() {
    let site = load(&real_files());
    let renderer = Renderer::new(&site, Links::Files).unwrap();
    let mut files = BTreeMap::new();
    for bundle in renderer.bundles() {
        renderer
            .render(bundle, &mut |path, bytes| {
                let _: () = drop(files.insert(path.to_owned(), bytes));
                Ok(())
            })
            .unwrap();
    }
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
    let site = load(&real_files());
    let files = render(&site);
    let pages = pages(&files);
    let renderer = Renderer::new(&site, Links::Folders).unwrap();
    for bundle in renderer.bundles() {
        for route in renderer.routes(bundle) {
            let Route::Page(_, page) = route else { continue };
            let file = format!("{}index.html", renderer.permalink(route));
            let expected: BTreeSet<_> =
                site.model.anchors(page).into_iter().map(|anchor| anchor.as_str().to_owned()).collect();
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
    let moved = site.model.moved_pages();
    assert_eq!(
        moved.iter().filter(|(old, _)| old.starts_with("ds-old/")).count(),
        site.model
            .pages()
            .iter()
            .filter(|page| page.product(&site.model).is_some_and(|id| site.model[id].id == "deep-security"))
            .count()
    );
}

#[test]
fn hostile_texts_are_inert_in_every_format() {
    let evil = r#"x <script>alert(1)</script>"'&=1+1|*x*_y_ [z](javascript:alert(2))"#;
    let long = "x".repeat(10_000);
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let product = format!(
        "name: {name}\nsummary: {{ en: {summary} }}\nsources:\n  manual: {{ title: {name}, read: 2026-11-21, rows: 1 }}\ncomponents:\n  agent: {{ name: {equals}, examples: [{name}] }}\nflows:\n  names: {{ from: agent, to: agent, ports: 53/tcp, rows: [1], purpose: {{ en: {long} }} }}\n",
        name = quoted(r#"<script>alert(1)</script>"&=\u202E"#),
        equals = quoted("=1+1"),
        summary = quoted(r"\<script>alert(1)\</script> &quot; x"),
        long = quoted(&long),
    );
    let mut files = crate::support::small_site();
    files.insert("content/products/small.yaml".to_owned(), product.into_bytes());
    let common = String::from_utf8(files["content/common/vocabulary.yaml"].clone()).unwrap();
    files.insert("content/common/vocabulary.yaml".to_owned(), common.into_bytes());
    let written = render(&load(&files));
    for (path, bytes) in &written {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            assert!(!text.contains("<script>alert"), "{path} holds a live script");
        }
        if path.ends_with(".md") {
            assert!(!text.contains("<script>"), "{path}: {text}");
        }
        if path.ends_with(".csv") {
            let records: Vec<_> =
                csv::Reader::from_reader(bytes.as_slice()).into_records().map(Result::unwrap).collect();
            assert!(records.iter().flatten().all(|cell| !cell.starts_with('=')), "{path} holds a formula");
        }
        if path.ends_with(".json") {
            serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
        }
    }
    // The same as prose: Markdown refuses HTML and unknown links before anything is rendered.
    let prose = format!("name: x\nsummary: {{ en: {} }}\nsources: {{}}\nflows: {{}}\n", quoted(evil));
    files.insert("content/products/small.yaml".to_owned(), prose.into_bytes());
    let sources = crate::support::sources(&files);
    let found = crate::support::text(&sources, &rutter::check_sources(&sources));
    assert!(found.contains("markup-not-allowed") && found.contains("unknown-reference"), "{found}");
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
    let renderer = Renderer::new(&site, Links::Folders).unwrap();
    let says_it = |bundle: &Bundle| matches!(bundle, Bundle::Page(_, PageRoute::Status));
    // Twice: what has failed once must not fail what is rendered after it.
    for _ in 0..2 {
        for bundle in renderer.bundles() {
            let mut emitted = 0;
            let outcome = renderer.render(bundle, &mut |_, bytes| {
                emitted += 1;
                assert!(!String::from_utf8_lossy(&bytes).contains('\u{fdd0}'));
                Ok(())
            });
            assert_eq!(outcome.is_err(), says_it(&bundle), "{bundle:?}: {outcome:?}");
            assert_eq!(emitted == 0, says_it(&bundle), "{bundle:?}");
        }
    }
    let told = renderer.said_everything().unwrap_err().to_string();
    assert!(told.contains("status-one-language"), "{told}");
}
