//! Every file of a site is a route: it has one permalink, and the same bytes whoever else is rendered
//! with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;
use rutter::Site;
use rutter::inside::render::{RenderCache, RenderError, RenderOptions, Renderer, Route, SearchFile, render};
use rutter::model::PageRoute;

use crate::support::{amount, load, real_files, render_all, repository, site_files};

fn golden_sites() -> Vec<(String, Site)> {
    let cases = std::fs::read_dir(repository().join("tests/golden")).unwrap();
    let site = |case: std::fs::DirEntry| (case.file_name().into_string().unwrap(), load(&site_files(&case.path())));
    cases.map(|case| site(case.unwrap())).collect()
}

static CONTENT: LazyLock<Site> = LazyLock::new(|| load(&real_files()));

fn renderer(site: &Site) -> Renderer<'_> {
    Renderer::new(site, RenderOptions::default()).unwrap()
}

fn routes(renderer: &Renderer<'_>) -> Vec<Route> {
    renderer.bundles().into_iter().flat_map(|bundle| bundle.routes(renderer)).collect()
}

/// Each file by itself is what it is among all others. One of `every` scripts of the search is taken:
/// each cuts the whole index.
fn assert_alone(name: &str, site: &Site, every: usize) {
    let renderer = renderer(site);
    let together = render_all(&renderer);
    let is_script = |route: &Route| matches!(route, Route::Search(..));
    let (scripts, others): (Vec<_>, Vec<_>) = routes(&renderer).into_iter().partition(is_script);
    for route in others.into_iter().chain(scripts.into_iter().step_by(every)) {
        let alone = render(&renderer, &mut RenderCache::default(), route).unwrap();
        assert!(together[renderer.file(route).as_str()] == alone, "{name}: {route:?} alone is another file");
    }
}

#[test]
fn a_file_is_the_same_alone_and_in_its_bundle() {
    for (name, site) in golden_sites() {
        assert_alone(&name, &site, amount(7, 1));
    }
    assert_alone("content", &CONTENT, amount(40, 1));
}

#[test]
fn a_file_is_the_same_after_any_other() {
    // One cache for everything, in an order in which neighbors belong to different products and locales.
    let renderer = renderer(&CONTENT);
    let together = render_all(&renderer);
    let mut routes: Vec<_> =
        routes(&renderer).into_iter().filter(|route| !matches!(route, Route::Search(..))).collect();
    routes.sort_by_key(|route| blake3::hash(renderer.permalink(*route).as_bytes()).to_hex());
    let mut cache = RenderCache::default();
    for route in routes {
        let bytes = render(&renderer, &mut cache, route).unwrap();
        assert!(together[renderer.file(route).as_str()] == bytes, "{route:?}");
    }
}

#[test]
fn every_permalink_leads_back_to_its_route() {
    let sites = golden_sites();
    for site in sites.iter().map(|(_, site)| site).chain([&*CONTENT]) {
        let renderer = renderer(site);
        let mut files = BTreeSet::new();
        for route in routes(&renderer) {
            let permalink = renderer.permalink(route);
            assert_eq!(Route::parse(&renderer, &permalink), Some(route), "{permalink}");
            assert!(files.insert(renderer.file(route)), "{permalink} is written twice");
        }
    }
}

/// What a component shows is in the files of its products.
#[test]
fn a_component_has_no_file_but_its_page() {
    let sites = golden_sites();
    let mut count = 0;
    for site in sites.iter().map(|(_, site)| site).chain([&*CONTENT]) {
        let renderer = renderer(site);
        let locales = &site.config().locales;
        for (locale, page) in
            locales.ids().flat_map(|locale| site.model().pages().into_iter().map(move |page| (locale, page)))
        {
            let PageRoute::Component(_) = page else { continue };
            let permalink = renderer.permalink(Route::Page(locale, page));
            assert_eq!(Route::parse(&renderer, &permalink), Some(Route::Page(locale, page)), "{permalink}");
            for file in ["index.md", "flows.csv", "diagram.svg", "diagram.mmd"] {
                assert_eq!(Route::parse(&renderer, &format!("{permalink}{file}")), None, "{permalink}{file}");
            }
            count += 1;
        }
    }
    assert!(count > 200, "{count} pages");
}

static RENDERER: LazyLock<Renderer<'static>> = LazyLock::new(|| renderer(&CONTENT));

/// A permalink with something else in it.
fn near_permalink() -> impl Strategy<Value = String> {
    static PERMALINKS: LazyLock<Vec<String>> =
        LazyLock::new(|| routes(&RENDERER).into_iter().map(|route| RENDERER.permalink(route)).collect());
    const PIECES: [&str; 16] =
        ["", "0", "1", "+", "-", "/", ".", "..", "ä", "\u{0}", "%2e", "en/", "ports/", "index.html", ".js", ".schema"];
    let permalink = prop::sample::select(PERMALINKS.as_slice());
    (permalink, any::<prop::sample::Index>(), prop::sample::select(&PIECES[..])).prop_map(|(permalink, at, piece)| {
        let places: Vec<usize> = permalink.char_indices().map(|(at, _)| at).chain([permalink.len()]).collect();
        let (before, after) = permalink.split_at(places[at.index(places.len())]);
        format!("{before}{piece}{after}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: amount(2000, 50_000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_no_permalink_has_no_route_and_nothing_panics(text in prop_oneof![any::<String>(), near_permalink()]) {
        if let Some(route) = Route::parse(&RENDERER, &text) {
            prop_assert_eq!(RENDERER.permalink(route), text);
        }
    }
}

/// Files that hold words as they are said. Tokens of the search are made of words and hold none whole.
fn holds_words(route: Route) -> bool {
    !matches!(route, Route::Search(_, SearchFile::Bucket(_) | SearchFile::Dense(_) | SearchFile::Index))
}

#[test]
fn a_message_that_cannot_be_said_fails_exactly_the_files_that_say_it() {
    const SENTINEL: &str = "qzxj";
    // In rows and tables, on the pages of ports, in pictures, in the documents of the search, at the root.
    for id in ["hosts-own", "port-title", "diagram-arrows", "scope-loopback", "search-kind-flow", "back-home"] {
        let with = |said: &str| {
            let mut files = site_files(&repository().join("tests/diagrams"));
            let definition = format!("\n{id} = ");
            for (path, bytes) in crate::support::files_below(&repository().join("i18n/en")) {
                let text = String::from_utf8(bytes).unwrap();
                let Some(at) = text.find(&definition) else { continue };
                let end = text[at + 1..].find('\n').unwrap() + at + 1;
                assert!(!text[end..].starts_with("\n "), "`{id}` has several lines");
                let text = format!("{}{definition}{said}{}", &text[..at], &text[end..]);
                files.insert(format!("i18n/en/{path}"), text.into_bytes());
                return load(&files);
            }
            panic!("no message `{id}`");
        };
        let (spoken, broken) = (with(SENTINEL), with("{ $nobody }"));
        let says_it: BTreeMap<Route, bool> = {
            let renderer = renderer(&spoken);
            let files = render_all(&renderer);
            let says =
                |route: &Route| String::from_utf8_lossy(&files[renderer.file(*route).as_str()]).contains(SENTINEL);
            routes(&renderer).into_iter().map(|route| (route, says(&route))).collect()
        };
        assert!(says_it.values().any(|says| *says), "nobody says `{id}`");
        let renderer = renderer(&broken);
        for bundle in renderer.bundles() {
            let mut cache = RenderCache::default();
            for route in bundle.routes(&renderer).into_iter().filter(|route| holds_words(*route)) {
                match render(&renderer, &mut cache, route) {
                    Ok(_) => assert!(!says_it[&route], "`{id}`: {route:?} is written without it"),
                    Err(RenderError::Messages(list)) => {
                        assert!(says_it[&route] && list[0].id == *id, "`{id}`: {route:?}: {list:?}");
                    }
                    Err(error) => panic!("`{id}`: {route:?}: {error}"),
                }
            }
        }
    }
}
