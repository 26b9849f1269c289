//! Parts of pages for other sites (`rutter export html|md`): where they stand they meet only what is theirs,
//! and what leads out of them leads to the published site.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rutter::inside::render::{Form, Fragment, RenderCache, RenderOptions, Renderer, fragment, fragment_style};
use rutter::model::PageRoute;
use rutter::{BaseUrl, LocaleId, Site};
use scraper::{ElementRef, Html, Selector};

use crate::support::{
    folder, load, real_files, render_all, repository, rutter, site_files, small_site, transcript, write_files,
};

const BASE: &str = "https://example.org/ports/";

/// A finished site with all of its fragments.
struct Case {
    files: BTreeMap<String, Vec<u8>>,
    html: Vec<Written>,
    markdown: Vec<Written>,
}

fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let cases = ["twins", "diagrams", "golden/choices", "golden/marks", "golden/machines", "golden/blocked"];
        let cases = cases.map(|name| site_files(&repository().join("tests").join(name)));
        cases.iter().chain([&real_files()]).map(|files| Case::of(&load(files))).collect()
    })
}

impl Case {
    fn of(site: &Site) -> Self {
        let renderer = renderer(site);
        let html = fragments(site, &renderer, Form::Html, 2);
        let markdown = fragments(site, &renderer, Form::Markdown, 2);
        Self { files: render_all(&renderer), html, markdown }
    }
}

fn renderer(site: &Site) -> Renderer<'_> {
    let mut options = RenderOptions::default();
    options.base_url = Some(BaseUrl::parse(BASE).unwrap());
    Renderer::new(site, options).unwrap()
}

/// One fragment, and the page that it is a part of.
struct Written {
    page: String,
    id: String,
    text: String,
}

/// A fragment of each product and of each scenario, in every language.
fn fragments(site: &Site, renderer: &Renderer<'_>, form: Form, heading_level: u8) -> Vec<Written> {
    let mut cache = RenderCache::default();
    let mut written = Vec::new();
    let locales = &site.config().locales;
    for (locale, tag) in locales.ids().map(|locale| (locale, locales.tag(locale))) {
        for page in site.model().pages() {
            if !matches!(page, PageRoute::Product(_) | PageRoute::Scenario(_)) {
                continue;
            }
            let id = format!("f{}-{tag}", written.len());
            let wanted =
                Fragment { page, locale, form, base: BASE, id: &id, heading_level, has_style: heading_level == 2 };
            let text = fragment(renderer, &mut cache, &wanted).unwrap();
            written.push(Written { page: path_of(site, locale, page), id, text });
        }
    }
    assert!(!written.is_empty());
    written
}

fn path_of(site: &Site, locale: LocaleId, page: PageRoute) -> String {
    format!("{}/{}", site.config().locales.tag(locale), site.model().path(page))
}

fn select(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

fn attributes(document: &Html, name: &str) -> Vec<String> {
    let with = select(&format!("[{name}]"));
    document.select(&with).map(|element| element.attr(name).unwrap().to_owned()).collect()
}

/// The ids of every page of a site, by its address below the root.
fn places(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, BTreeSet<String>> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let ids = |bytes: &Vec<u8>| {
        let text = std::str::from_utf8(bytes).unwrap();
        text.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    pages.map(|(path, bytes)| (path.strip_suffix("index.html").unwrap_or(path).to_owned(), ids(bytes))).collect()
}

#[test]
fn two_fragments_on_one_page_share_no_anchor() {
    for case in cases() {
        let mut known = BTreeSet::new();
        for Written { id, text, .. } in &case.html {
            for own in attributes(&Html::parse_fragment(text), "id") {
                assert!(own == *id || own.starts_with(&format!("{id}-")), "{own} does not begin with {id}");
                assert!(known.insert(own.clone()), "{own} is there twice");
            }
        }
        assert!(known.len() > 5, "{known:?}");
    }
}

#[test]
fn every_link_leads_to_a_place_of_the_site_or_of_the_fragment() {
    let (mut within, mut out) = (0, 0);
    for case in cases() {
        let places = places(&case.files);
        let check = |link: &str, own: &BTreeSet<String>| {
            if let Some(anchor) = link.strip_prefix('#') {
                assert!(own.contains(anchor), "{link} is nowhere in the fragment");
                return true;
            }
            let Some(below) = link.strip_prefix(BASE) else {
                assert!(link.starts_with("https://"), "{link} is not absolute");
                return false;
            };
            let (path, anchor) = below.split_once('#').unwrap_or((below, ""));
            let ids = places.get(path).unwrap_or_else(|| panic!("{link} is no page"));
            assert!(anchor.is_empty() || anchor.starts_with('!') || ids.contains(anchor), "{link} is no place");
            false
        };
        for Written { text, .. } in &case.html {
            let document = Html::parse_fragment(text);
            let own = attributes(&document, "id").into_iter().collect();
            for link in attributes(&document, "href") {
                if check(&link, &own) { within += 1 } else { out += 1 }
            }
        }
        for Written { text, .. } in &case.markdown {
            for event in Parser::new(text) {
                if let Event::Start(Tag::Link { dest_url, .. }) = event {
                    assert!(!check(&dest_url, &BTreeSet::new()));
                }
            }
        }
    }
    assert!(within > 100 && out > 1_000, "{within} within, {out} out");
}

#[test]
fn a_fragment_is_one_element_in_its_language_without_scripts() {
    for case in cases() {
        for Written { id, text, .. } in &case.html {
            // Markdown would end a block of HTML at an empty line.
            assert!(text.lines().all(|line| !line.trim().is_empty()), "{id} has an empty line");
            let document = Html::parse_fragment(text);
            let around: Vec<_> = document.root_element().child_elements().collect();
            let [wrapper] = around.as_slice() else { panic!("{id} is {} elements", around.len()) };
            assert_eq!((wrapper.attr("class"), wrapper.attr("id")), (Some("rutter"), Some(id.as_str())));
            assert!(id.ends_with(wrapper.attr("lang").unwrap()) && wrapper.attr("dir").is_some());
            assert!(document.select(&select("script, link, [style], [onclick]")).next().is_none());
        }
    }
}

/// Every selector of a style sheet.
fn selectors(style: &str) -> Vec<String> {
    let mut selectors = Vec::new();
    let mut rest = style;
    while let Some(at) = rest.find(['{', '}']) {
        let before = rest[..at].trim();
        let is_selector = rest[at..].starts_with('{') && !before.starts_with('@');
        rest = &rest[at + 1..];
        if is_selector {
            selectors.push(before.to_owned());
            rest = &rest[rest.find('}').unwrap() + 1..];
        }
    }
    selectors
}

/// Parts a list of selectors at its own commas, not at those within brackets.
fn parts(list: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in list.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push(c);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

#[test]
fn no_style_reaches_beyond_the_fragment() {
    let site = load(&small_site());
    let style = fragment_style(&renderer(&site)).unwrap();
    let all: Vec<_> = selectors(&style).iter().flat_map(|list| parts(list)).collect();
    assert!(all.len() > 20, "{all:?}");
    for selector in &all {
        // Thrice: weaker rules of the page around it, `.content table td`, lose against ours.
        let rest = selector.strip_prefix(".rutter.rutter.rutter");
        let rest = rest.unwrap_or_else(|| panic!("`{selector}` may mean others"));
        assert!(!rest.contains(['+', '~']), "`{selector}` looks beside the fragment");
    }
    for name in style.split("--").skip(1).map(|rest| rest.split([':', ',', ')', ';']).next().unwrap()) {
        assert!(name.starts_with("rutter-") || name.starts_with('_'), "--{name} may be the page's");
    }
    for global in ["@font-face", "@keyframes", "@import", "@layer", ":root", "z-index"] {
        assert!(!style.contains(global), "{global} reaches beyond");
    }
    // Whatever ground the page has: its own colour decides.
    let own: Vec<_> = style.match_indices('#').map(|(at, _)| &style[at - 20..at]).collect();
    assert!(own.iter().all(|before| before.contains("currentcolor")), "{own:?}");
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_rows_say_what_those_of_the_page_say() {
    let row = select("table.flows > tbody > tr[data-ports]");
    for case in cases() {
        let mut count = 0;
        for Written { page, id, text } in &case.html {
            let here = Html::parse_fragment(text);
            let there = Html::parse_document(std::str::from_utf8(&case.files[&format!("{page}index.html")]).unwrap());
            let rows = |document: &Html| document.select(&row).map(words).collect::<Vec<_>>();
            assert_eq!(rows(&here), rows(&there), "{page}");
            count += rows(&here).len();
            let notes = select(".footnotes > li .text");
            let texts = |document: &Html| document.select(&notes).map(words).collect::<Vec<_>>();
            assert_eq!(texts(&here), texts(&there), "{page}");
            let anchors = |document: &Html, prefix: &str| -> Vec<_> {
                let own = document.select(&row).filter_map(|row| row.attr("id")).map(|id| id.replacen(prefix, "", 1));
                own.collect()
            };
            assert_eq!(anchors(&here, &format!("{id}-")), anchors(&there, ""), "{page}");
        }
        assert!(count > 0);
    }
}

/// What Markdown says, event by event, with links from a page of the site.
fn events(text: &str, page: &str, lower: u8) -> Vec<String> {
    let level = |level: HeadingLevel| (level as u8 + lower).min(6);
    let from = url::Url::parse(BASE).unwrap().join(page).unwrap();
    let write = |event: Event<'_>| match event {
        Event::Start(Tag::Heading { level: own, .. }) => format!("heading {}", level(own)),
        Event::End(TagEnd::Heading(own)) => format!("end of heading {}", level(own)),
        Event::Start(Tag::Link { dest_url, .. }) => format!("link {}", from.join(&dest_url).unwrap()),
        other => format!("{other:?}"),
    };
    Parser::new_ext(text, Options::ENABLE_TABLES).map(write).collect()
}

#[test]
fn markdown_is_the_twin_of_the_page_with_links_to_the_site() {
    let compare = |case: &Case, written: &[Written], level: u8| {
        for Written { page, text, .. } in written {
            let twin = std::str::from_utf8(&case.files[&format!("{page}index.md")]).unwrap();
            let (own, twin) = (events(text, "", 0), events(twin, page, level - 1));
            for (at, (own, twin)) in own.iter().zip(&twin).enumerate() {
                assert_eq!(own, twin, "{page}, event {at}");
            }
            assert_eq!(own.len(), twin.len(), "{page}");
        }
    };
    for case in cases() {
        compare(case, &case.markdown, 2);
    }
    let site = load(&site_files(&repository().join("tests/twins")));
    for level in [1, 4] {
        compare(&cases()[0], &fragments(&site, &renderer(&site), Form::Markdown, level), level);
    }
}

#[test]
fn headings_begin_at_the_level_that_is_asked_for() {
    let site = load(&site_files(&repository().join("tests/twins")));
    for level in 1..=6 {
        for Written { text, id, .. } in fragments(&site, &renderer(&site), Form::Html, level) {
            let document = Html::parse_fragment(&text);
            let levels: Vec<u8> = document
                .select(&select("h1, h2, h3, h4, h5, h6"))
                .map(|heading| heading.value().name()[1..].parse().unwrap())
                .collect();
            assert_eq!(levels.first(), Some(&level), "{id}");
            assert!(levels.iter().skip(1).all(|own| *own == (level + 1).min(6)), "{id}: {levels:?}");
        }
    }
}

#[test]
fn a_page_with_fragments_is_valid() {
    let site = load(&real_files());
    let folder = folder();
    // An element of styles belongs into a head; a page that is validated takes them from `export css`.
    let all = fragments(&site, &renderer(&site), Form::Html, 3);
    let body: String = all.iter().map(|written| written.text.as_str()).collect();
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Ports</title>\n</head>\n\
         <body>\n<h1>Ports</h1>\n<h2>All of them</h2>\n{body}</body>\n</html>\n"
    );
    std::fs::write(folder.path().join("page.html"), page).unwrap();
    let told = Command::new(repository().join("tests/node_modules/.bin/html-validate"))
        .arg("--config")
        .arg(repository().join("tests/.htmlvalidate.json"))
        .arg(folder.path().join("page.html"))
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
}

#[test]
fn the_command_says_what_it_lacks() {
    let folder = folder();
    write_files(folder.path(), &small_site());
    let told = |arguments: &[&str]| transcript(&rutter(folder.path(), &[&["export"], arguments].concat()));
    for (arguments, part) in [
        (&["html", "--locale", "en"][..], "--product <ID>"),
        (&["md", "--product", "small"], "--locale <TAG>"),
        (&["html", "--product", "smal", "--locale", "en"], "did you mean `small`?"),
        (&["html", "--product", "small", "--locale", "xx"], "`xx` is no locale of the site"),
        (&["html", "--product", "small", "--locale", "en"], "`base_url`"),
        (&["html", "--product", "small", "--locale", "en", "--base-url", BASE, "--scenario", "a"], "has no scenarios"),
        (&["html", "--product", "small", "--locale", "en", "--base-url", "ports"], "--base-url"),
        (&["html", "--product", "small", "--locale", "en", "--base-url", BASE, "--id", "1 a"], "is no id"),
        (&["html", "--product", "small", "--locale", "en", "--heading-level", "7"], "7"),
        (&["html", "--product", "small", "--locale", "en", "--only", "missing"], "`--only` is for `po`"),
        (&["po", "--locale", "en", "--product", "small"], "`--product` is for `html` and `md`"),
    ] {
        let told = told(arguments);
        assert!(told.contains(part) && told.ends_with("--- exit 2\n"), "{arguments:?}\n{told}");
    }
}

#[test]
fn the_command_writes_the_same_to_a_file_as_to_standard_output() {
    let folder = folder();
    write_files(folder.path(), &small_site());
    let wish = ["export", "html", "--product", "small", "--locale", "en", "--base-url", BASE];
    let first = rutter(folder.path(), &wish);
    let second = rutter(folder.path(), &[&wish[..], &["--output", "part.html"]].concat());
    assert!(first.status.success() && second.status.success());
    assert_eq!(std::fs::read(folder.path().join("part.html")).unwrap(), first.stdout);
    let text = String::from_utf8(first.stdout).unwrap();
    let style = String::from_utf8(rutter(folder.path(), &["export", "css"]).stdout).unwrap();
    assert!(text.starts_with("<div class=\"rutter\" id=\"rutter-small-en\""), "{text}");
    assert!(text.contains(&style));
    let without = rutter(folder.path(), &[&wish[..], &["--without-style"]].concat());
    let without = String::from_utf8(without.stdout).unwrap();
    assert_eq!(without, text.replace(&format!("<style>\n{style}</style>\n"), ""));
}
