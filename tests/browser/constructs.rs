//! What the real content does not have, on the small sites that show it: protocols without ports, openers
//! that nobody names, machines, ways, tables of sources, blocked connections.

use serde_json::json;

use crate::driver::{Browser, Scheme};
use crate::server::serve_rendered;
use crate::support::{amount, load, render, repository, site_files};

#[tokio::test]
async fn pages_of_every_construct_are_accessible_and_fit_a_small_phone() {
    for site in ["protocols", "openers", "lines", "blocked", "machines", "ways", "sources"] {
        let files = render(&load(&site_files(&repository().join("tests/golden").join(site))));
        let kinds = ["/protocols/", "/ports/", "/scenarios/"];
        let is_drawn = |path: &str| path.starts_with("ja/") || path.starts_with("de/");
        let pages: Vec<String> = files
            .keys()
            .filter(|path| is_drawn(path) && path.ends_with("/index.html"))
            .filter(|path| path.matches('/').count() <= 3 || kinds.iter().any(|kind| path.contains(kind)))
            .map(|path| path.strip_suffix("index.html").unwrap_or(path).to_owned())
            .collect();
        assert!(pages.len() > 10, "{site}: {pages:?}");
        let browser = Browser::start_at(serve_rendered(files)).await;
        for (scheme, lang) in [(Scheme::Light, "ja/"), (Scheme::Dark, "de/")] {
            browser.scheme(scheme).await;
            let own = pages.iter().filter(|page| page.starts_with(lang));
            for page in own.step_by(amount(2, 1)) {
                browser.size(1280, 800).await;
                browser.open(page).await;
                assert_eq!(browser.violations().await, json!([]), "{site}: {page} in {scheme:?}");
                browser.size(320, 640).await;
                let width = browser.run("return document.scrollingElement.scrollWidth").await.as_i64().unwrap();
                assert!(width <= 320, "{site}: {page} is {width} px wide");
            }
        }
        browser.stop().await;
    }
}
