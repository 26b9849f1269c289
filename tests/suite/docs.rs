//! The handbook and the README, followed as their readers follow them: every command is run, every
//! file written and checked, every link tried, and what they say of the language is held against
//! the language.

mod language;
mod markdown;
mod session;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use rutter::inside::diagnostic::Code;

use crate::support::{expect, files_below, real_files, repository};
use markdown::Page;
use session::{NOT_RUN, Session};

const FIRST_PAGE: &str = "docs/first-page.md";

/// Generated from `src/diagnostic/explain.md`, whose blocks `language` tries one by one.
const DIAGNOSTICS: &str = "docs/diagnostics.md";

/// What its readers see of the repository before they run anything.
fn pages() -> Vec<Page> {
    let mut paths: Vec<_> =
        files_below(&repository().join("docs")).into_keys().map(|path| format!("docs/{path}")).collect();
    paths.retain(|path| Path::new(path).extension().is_some_and(|extension| extension == "md"));
    paths.extend(["README.md", "CONTRIBUTING.md", "tests/README.md"].map(str::to_owned));
    paths.into_iter().map(page).collect()
}

fn page(path: impl Into<String>) -> Page {
    let path = path.into();
    Page { text: std::fs::read_to_string(repository().join(&path)).unwrap(), path }
}

/// The site that the first page ends with; the other pages go on from there.
fn site_of_first_page() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| follow(&page(FIRST_PAGE), &BTreeMap::new()))
}

/// Follows a page from its beginning to its end. Outputs that are not as the page says fail, or are
/// written into it with `SNAPSHOTS=overwrite`.
fn follow(page: &Page, start: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut session = Session::start(start);
    let mut text = page.text.clone();
    let blocks = page.blocks();
    let mut moved = 0;
    for (position, block) in blocks.iter().enumerate() {
        if let Some(actual) = session.follow(page, block) {
            let (start, end) = (block.range.start.strict_add_signed(moved), block.range.end.strict_add_signed(moved));
            text.replace_range(start..end, &actual);
            moved += actual.len().cast_signed() - block.range.len().cast_signed();
        }
        if blocks.get(position + 1).is_none_or(|next| next.section > block.section) {
            session.expect_clean(&page.place(block.range.start));
        }
    }
    expect(text, &repository().join(&page.path));
    session.files()
}

#[test]
fn every_page_can_be_followed_as_it_is_written() {
    for page in pages() {
        match page.path.as_str() {
            DIAGNOSTICS => {}
            FIRST_PAGE => assert!(site_of_first_page().contains_key("content/products/guard.yaml")),
            path if path.starts_with("docs/") => drop(follow(&page, site_of_first_page())),
            "README.md" => drop(follow(&page, &real_files())),
            other => assert!(page.blocks().is_empty(), "{other}: a block that no test follows"),
        }
    }
}

#[test]
fn what_the_tests_leave_out_is_marked_in_the_handbook_and_nothing_else_is() {
    let mut left: BTreeSet<_> = NOT_RUN.iter().map(|(command, _)| command).collect();
    for page in pages() {
        let blocks = page.blocks().into_iter().filter(|block| matches!(block.language.as_str(), "sh" | "console"));
        for line in blocks.flat_map(|block| block.text.lines().map(str::to_owned).collect::<Vec<_>>()) {
            for (command, mark) in NOT_RUN.iter().filter(|(command, _)| line.contains(command)) {
                assert!(line.ends_with(mark), "{}: `{line}` does not end in `{mark}`", page.path);
                left.remove(command);
            }
        }
    }
    assert!(left.is_empty(), "no page has {left:?}");
}

#[test]
fn no_link_of_the_handbook_leads_nowhere() {
    let pages = pages();
    let mut count = 0;
    for page in &pages {
        for (link, at) in page.links().into_iter().filter(|(link, _)| !link.contains("://")) {
            let (path, anchor) =
                link.split_once('#').map_or((link.as_str(), None), |(path, anchor)| (path, Some(anchor)));
            let target = match path {
                "" => page.path.clone(),
                _ => resolve(&page.path, path),
            };
            assert!(repository().join(&target).exists(), "{}: {link} leads to no file", page.place(at));
            if let Some(anchor) = anchor {
                let target = pages.iter().find(|page| page.path == target);
                let has_anchor = target.is_some_and(|page| page.anchors().contains(anchor));
                assert!(has_anchor, "{}: {link} leads to no heading", page.place(at));
            }
            count += 1;
        }
    }
    assert!(count > 40, "only {count} links");
}

fn resolve(from: &str, link: &str) -> String {
    let mut path: Vec<_> = from.split('/').collect();
    path.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(path.pop().expect("the repository has no outside")),
            "." | "" => {}
            name => path.push(name),
        }
    }
    path.join("/")
}

#[test]
fn every_page_of_the_handbook_stands_in_its_index() {
    let index = page("docs/README.md");
    let linked: BTreeSet<_> = index.links().into_iter().map(|(link, _)| resolve(&index.path, &link)).collect();
    let pages: Vec<_> =
        pages().into_iter().filter(|page| page.path.starts_with("docs/") && page.path != index.path).collect();
    let missing: Vec<_> = pages.iter().map(|page| &page.path).filter(|path| !linked.contains(*path)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(page("README.md").links().iter().any(|(link, _)| link == "docs/README.md"));
}

#[test]
fn the_page_of_diagnostics_says_what_the_compiler_explains() {
    let mut text = String::from(
        "# Every diagnostic\n\nWhat each code means, why it matters, and what to do. `rutter explain CODE` prints the same. Made from \
         `src/diagnostic/explain.md` by the tests; edit that file.\n\nA fact that is right although a check fires is excepted with \
         [`allow`](reference.md#allow) on its item.\n\n",
    );
    let links: Vec<_> = Code::ALL.iter().map(|code| format!("[{code}](#{code})")).collect();
    let _ = writeln!(text, "{}\n", links.join(" · "));
    for code in Code::ALL {
        let _ = writeln!(text, "## {code}\n\n{}\n", code.explanation());
    }
    expect(format!("{}\n", text.trim_end()), &repository().join(DIAGNOSTICS));
}

#[test]
fn the_pictures_of_the_handbook_are_small() {
    for (path, bytes) in files_below(&repository().join("docs/images")) {
        let size = bytes.len() / 1024;
        assert!(path.ends_with(".png") && size <= 200, "docs/images/{path} has {size} KiB");
        let width = u32::from_be_bytes(bytes[16..20].try_into().unwrap());
        assert!(width <= 1280, "docs/images/{path} is {width} pixels wide");
    }
}
