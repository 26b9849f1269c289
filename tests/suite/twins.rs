//! The Markdown twins: each says all that its page says, and its links lead somewhere.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use scraper::{ElementRef, Html, Node, Selector};

use crate::matrix::any_product;
use crate::support::{amount, expect, files_below, load, real_files, render, repository, site_files};

/// Sites whose twins are read back.
fn sites() -> Vec<BTreeMap<String, Vec<u8>>> {
    let case = |name: &str| render(&load(&site_files(&repository().join("tests").join(name))));
    let golden = [
        "marks",
        "choices",
        "words",
        "ways",
        "machines",
        "protocols",
        "openers",
        "lines",
        "blocked",
        "sources",
        "ports",
        "renames",
        "smallest",
    ];
    ["twins".to_owned(), "diagrams".to_owned()]
        .into_iter()
        .chain(golden.map(|name| format!("golden/{name}")))
        .map(|name| case(&name))
        .chain([render(&load(&any_products())), render(&load(&real_files()))])
        .collect()
}

/// One site with many products that nobody wrote.
fn any_products() -> BTreeMap<String, Vec<u8>> {
    const PRODUCT: &str = "content/products/odd.yaml";
    let mut files = any_product(0);
    for seed in 1..amount(150, 400) {
        let text = String::from_utf8(any_product(seed)[PRODUCT].clone()).unwrap();
        let text = text.replacen("name: Odd", &format!("name: Odd {seed}"), 1);
        files.insert(PRODUCT.replace("odd", &format!("odd-{seed}")), text.into_bytes());
    }
    files
}

/// A twin as a reader sees it: its blocks, each of them a line, and where its links lead.
struct Twin {
    /// Outside of rows.
    page: String,
    rows: Vec<String>,
    links: Vec<String>,
    /// The way of each row to the row of its product.
    heads: Vec<String>,
    /// All of it.
    whole: String,
}

impl Twin {
    fn read(text: &str) -> Self {
        let mut twin = Self {
            page: "\n".to_owned(),
            rows: Vec::new(),
            links: Vec::new(),
            heads: Vec::new(),
            whole: String::new(),
        };
        let mut is_row = false;
        for event in Parser::new(text) {
            if let Event::Start(Tag::Heading { level, .. }) = event {
                is_row = level == HeadingLevel::H4;
                if is_row {
                    twin.rows.push("\n".to_owned());
                }
            }
            let out = if is_row { twin.rows.last_mut().unwrap() } else { &mut twin.page };
            match event {
                // A word joiner makes stars beside punctuation emphasis.
                Event::Text(words) | Event::Code(words) => out.push_str(&words.replace('\u{2060}', "")),
                Event::SoftBreak | Event::HardBreak => out.push(' '),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    if is_row && twin.heads.len() < twin.rows.len() {
                        twin.heads.push(dest_url.to_string());
                    }
                    twin.links.push(dest_url.to_string());
                }
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item)
                | Event::Start(Tag::Item | Tag::List(_)) => out.push('\n'),
                Event::InlineHtml(_) | Event::Html(_) | Event::Rule | Event::Start(Tag::CodeBlock(_)) => {
                    panic!("not written on purpose: {event:?} in\n{text}")
                }
                _ => {}
            }
        }
        twin.whole = std::iter::once(&twin.page).chain(&twin.rows).map(String::as_str).collect();
        twin
    }
}

/// What a twin says in another way, or need not say, by the class of the element.
const SAID_OTHERWISE: [(&str, &str); 15] = [
    ("permalink", "a row of a twin is headed by its link"),
    ("environment", "a choice is made in a browser"),
    ("tools", "so is an order of rows"),
    ("bar", "and a filter"),
    ("none", "which may leave nothing"),
    ("unknown", "or not be known"),
    ("request", "a sheet to be filled in and signed, made of the rows"),
    ("one", "a row of a twin says in a sentence that one port is enough"),
    ("alternative", "and what may take its place"),
    ("caution", "and has the text of the caution, as the row itself; both are compared"),
    ("sum", "how many addresses there are, in place of those that stand behind the row"),
    ("on-all", "the way to notes, which a twin has there"),
    ("footnotes", "a twin has notes where they belong; their texts are compared"),
    ("grid", "a twin says in sentences when addresses hold; the addresses are compared, and the facts in `tables`"),
    ("note", "its text is compared, wherever it stands"),
];

/// Elements without a class of which the same is true.
fn is_way(element: ElementRef<'_>) -> bool {
    let href = element.attr("href").unwrap_or_default();
    // The number of a note, a scenario in a browser, the full row of a short one, the heading of footnotes.
    let stands_in = |name: &str| {
        let mut around = element.ancestors().filter_map(ElementRef::wrap);
        around.any(|around| around.value().classes().any(|class| class == name))
    };
    let is_behind = stands_in("behind") && !stands_in("note");
    // The last thing behind a row is where it comes from, or the row that says so.
    let item = element.parent().and_then(ElementRef::wrap).filter(|item| item.value().name() == "li");
    let is_last = item.is_some_and(|item| item.next_siblings().find_map(ElementRef::wrap).is_none());
    let is_full_row = is_behind && is_last && !["#source-", "#_"].iter().any(|other| href.contains(other));
    is_behind && href.starts_with("#note-")
        || href.contains("#!")
        || is_full_row
        || element.attr("id") == Some("_notes")
}

/// The texts of a part of a page, block by block, without the table heads and what helps to find one's way.
fn texts(element: ElementRef<'_>) -> Vec<String> {
    let mut texts = vec![String::new()];
    collect(element, &mut texts);
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    texts.into_iter().map(words).filter(|text| !text.is_empty()).collect()
}

fn collect(element: ElementRef<'_>, texts: &mut Vec<String>) {
    let name = element.value().name();
    let has_class = |class: &str| element.value().classes().any(|own| own == class);
    if ["nav", "thead", "figure", "button", "svg", "script", "summary", "sup"].contains(&name)
        || is_way(element)
        || has_class("diagram")
        || SAID_OTHERWISE.iter().any(|(class, _)| has_class(class))
    {
        return;
    }
    // Of ports their numbers; what carries them is said in words.
    if name == "td" && has_class("ports") {
        texts.extend(within(element, ".port").into_iter().map(|port| port.text().collect::<String>()));
        return;
    }
    let parent = element.parent().and_then(ElementRef::wrap);
    let is_address = name == "code" && parent.is_some_and(|parent| parent.value().classes().any(|own| own == "hosts"));
    let is_inline = !is_address
        && ["a", "strong", "em", "code", "span", "wbr", "br"].contains(&name)
        && !["port", "protocol", "label"].iter().any(|class| has_class(class));
    if !is_inline {
        texts.push(String::new());
    }
    for child in element.children() {
        match child.value() {
            Node::Text(text) => texts.last_mut().unwrap().push_str(text),
            _ => ElementRef::wrap(child).into_iter().for_each(|child| collect(child, texts)),
        }
    }
    if !is_inline {
        texts.push(String::new());
    }
}

/// The texts that are not found, each as often as it stands there.
fn lost(mut texts: Vec<String>, twin: &str) -> Vec<String> {
    let mut left = twin.to_owned();
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts.retain(|text| {
        let found = left.find(text.as_str());
        if let Some(at) = found {
            left.replace_range(at..at + text.len(), "\u{0}");
        }
        found.is_none()
    });
    texts
}

fn within<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).unwrap()).collect()
}

/// What of a row stands in another one too, so that a twin says only once: addresses and when they hold.
fn addresses(row: ElementRef<'_>) -> Vec<String> {
    let grids = within(row, ".grid").into_iter().flat_map(|grid| within(grid, "code, .path"));
    grids.map(|one| one.text().collect()).collect()
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

#[test]
fn a_twin_says_all_that_its_page_says() {
    let mut count = 0;
    for files in sites() {
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("/index.md")) {
            let text = std::str::from_utf8(bytes).unwrap();
            let twin = Twin::read(text);
            let html = std::str::from_utf8(&files[&path.replace(".md", ".html")]).unwrap();
            let mut document = Html::parse_document(html);
            let rows = select(&document, "table.flows > tbody > tr:not(.head)");
            assert_eq!(twin.rows.len(), rows.len(), "{path} has other rows");
            for (position, row) in rows.into_iter().enumerate() {
                // What is folded stands in the table of a page, before what must be blocked.
                let id = row.attr("id").map(|id| id.rsplit("--").next().unwrap_or(id));
                let is_own = |head: &String| id.is_none_or(|id| head.rsplit('#').next() == Some(id));
                let at =
                    if is_own(&twin.heads[position]) { Some(position) } else { twin.heads.iter().position(is_own) };
                let own = &twin.rows[at.unwrap_or_else(|| panic!("{path} has no row {id:?}"))];
                let mut lost = lost([texts(row), addresses(row)].concat(), own);
                // A long list stands in one row of a twin, and the others lead there.
                lost.retain(|text| {
                    let known = twin.rows.iter().filter(|other| other.contains(text.as_str()));
                    let names: Vec<_> = known.filter_map(|row| row.trim_start().lines().next()).collect();
                    !names.iter().any(|name| own.contains(name))
                });
                // The port comes first of what is said of it alone.
                lost.retain(|text| {
                    let rest = [": ", "：", " : "].iter().find_map(|mark| text.split_once(mark));
                    !rest.is_some_and(|(port, rest)| own.contains(rest) && own.contains(port))
                });
                assert!(lost.is_empty(), "{path} lacks {lost:#?} in {own}");
            }
            for note in select(&document, ".note") {
                let parts = within(note, ":scope > :is(.text, .when)").into_iter().flat_map(texts);
                let lost: Vec<_> = parts.filter(|text| !twin.whole.contains(text.as_str())).collect();
                assert!(lost.is_empty(), "{path} lacks {lost:#?} of a note");
            }
            let tables: Vec<_> = select(&document, "table.flows").iter().map(|table| table.id()).collect();
            for table in tables {
                document.tree.get_mut(table).unwrap().detach();
            }
            let lost = lost(texts(select(&document, "main")[0]), &twin.page);
            assert!(lost.is_empty(), "{path} lacks {lost:#?} in {}", twin.page);
            count += 1;
        }
    }
    assert!(count > 250, "{count} twins");
}

#[test]
fn every_link_of_a_twin_leads_somewhere() {
    let mut count = 0;
    for files in sites() {
        let root = url::Url::parse("https://twins.example/").unwrap();
        let mut anchors: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".md") || *path == "llms.txt") {
            for link in Twin::read(std::str::from_utf8(bytes).unwrap()).links {
                let target = root.join(path).unwrap().join(&link).unwrap();
                if target.origin() != root.origin() {
                    continue;
                }
                let mut file = target.path().trim_start_matches('/').to_owned();
                if file.is_empty() || file.ends_with('/') {
                    file.push_str("index.html");
                }
                let page = files.get(&file).unwrap_or_else(|| panic!("{path}: {link} leads to no file"));
                count += 1;
                let Some(anchor) = target.fragment() else { continue };
                assert!(file.ends_with(".html"), "{path}: {link} leads to an anchor, which {file} can't have");
                let known = anchors.entry(file).or_insert_with(|| {
                    let html = Html::parse_document(std::str::from_utf8(page).unwrap());
                    select(&html, "[id]").iter().map(|element| element.attr("id").unwrap().to_owned()).collect()
                });
                assert!(known.iter().any(|known| known == anchor), "{path}: {link} leads to no anchor");
            }
        }
    }
    assert!(count > 5000, "{count} links");
}

#[test]
fn examples_of_several_products_stand_once() {
    let files = render(&load(&site_files(&repository().join("tests/twins"))));
    let page = String::from_utf8(files["en/components/ntp-server/index.html"].clone()).unwrap();
    assert_eq!(page.matches("chrony").count(), 1);
}

#[test]
fn twins_are_written_as_expected() {
    let case = repository().join("tests/twins");
    let files = render(&load(&site_files(&case)));
    let mut count = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("/index.md") || *path == "llms.txt") {
        let expected = case.join("expected").join(path);
        std::fs::create_dir_all(expected.parent().unwrap()).unwrap();
        expect(String::from_utf8(bytes.clone()).unwrap(), &expected);
        count += 1;
    }
    assert_eq!(count, files_below(&case.join("expected")).len(), "an expected twin is not written");
}

#[test]
fn lists_of_a_language_are_parted_as_it_parts_them() {
    for files in sites() {
        for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("ja/") && path.ends_with("/index.md")) {
            for line in std::str::from_utf8(bytes).unwrap().lines() {
                let is_wide = |c: char| ('\u{3040}'..='\u{9fff}').contains(&c);
                let western = [", ", ": ", "; ", " ("].iter().any(|mark| {
                    line.match_indices(mark)
                        .any(|(at, _)| line[..at].ends_with(|c: char| is_wide(c) || c == ')' || c == ']'))
                });
                assert!(!western, "{path}: {line}");
            }
        }
    }
}

/// A template without comments, tags and attributes, with a sign where a value stands.
fn bare(template: &str) -> String {
    let mut bare = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '<']) {
        bare.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = [("{#", "#}", ""), ("{%", "%}", ""), ("{{", "}}", "\u{1}"), ("<", ">", "")]
            .into_iter()
            .find(|(open, ..)| rest.starts_with(open));
        let (end, sign) = match found {
            Some((_, close, sign)) => (rest.find(close).unwrap() + close.len(), sign),
            None => (1, "{"),
        };
        bare.push_str(sign);
        rest = &rest[end..];
    }
    bare + rest
}

#[test]
fn what_parts_values_comes_from_messages() {
    let mut count = 0;
    for (path, bytes) in files_below(&repository().join("theme/templates")) {
        if !path.ends_with(".html") && !path.ends_with(".md") && path != "llms.txt" && path != "drawing.svg" {
            continue;
        }
        let text = bare(std::str::from_utf8(&bytes).unwrap());
        for mark in ["→", "、", "\u{1},", "\u{1};", "\u{1}:", "\u{1} (", ", \u{1}", ": \u{1}"] {
            assert!(!text.contains(mark), "{path} parts values by itself, with {mark:?}: {text}");
        }
        count += 1;
    }
    assert!(count > 25, "{count} templates");
}
