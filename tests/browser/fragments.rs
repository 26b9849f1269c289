//! Parts of pages for other sites, on pages whose styles mean well by their own tables only.

use std::collections::BTreeMap;

use rutter::BaseUrl;
use rutter::inside::render::{Form, Fragment, RenderCache, RenderOptions, Renderer, fragment};
use rutter::model::PageRoute;
use serde_json::json;

use crate::driver::{Browser, Scheme};
use crate::server::serve_rendered;
use crate::support::{load, real_files};

/// What a handbook says of its own tables, notes, code and links.
const STYLES: &str = "
    .content table { display: block; margin: 3em; border: 2px solid; }
    .content table td, .content table:not([class]) th { padding: 2em; border: 3px dotted red; text-align: center; }
    .content table tr:nth-child(2n) td { background: pink; color: black; }
    .content a:not(.x) { font-size: 2em; text-decoration: none; color: red; }
    .content code { display: inline-block; background: #eee; font-size: 3em; color: black; }
    .grid { display: grid; gap: 5em; } .note, .tag, .label { background: yellow; color: black; padding: 3em; }
    h2, h3 { color: red; text-transform: uppercase; } ul { list-style: square; padding: 4em; } li { margin: 2em; }";

/// A page with the part of a product between its own blocks: `styled` and `bare`; `without`: the page alone.
fn pages() -> BTreeMap<String, Vec<u8>> {
    let site = load(&real_files());
    let mut options = RenderOptions::default();
    options.base_url = Some(BaseUrl::parse("https://example.org/ports/").unwrap());
    let renderer = Renderer::new(&site, options).unwrap();
    let is_large = |page: &PageRoute| site.model().path(*page) == "deep-security/";
    let product = site.model().pages().into_iter().find(is_large).unwrap();
    let wanted = Fragment {
        page: product,
        locale: site.config().locales.find("en").unwrap(),
        form: Form::Html,
        base: "https://example.org/ports/",
        id: "part",
        heading_level: 2,
        has_style: true,
    };
    let part = fragment(&renderer, &mut RenderCache::default(), &wanted).unwrap();
    let page = |styles: &str, part: &str| {
        format!(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=width=device-width>\
             <title>Host</title><style>{styles}
             :root {{ color-scheme: light dark; }}
             body {{ margin: 1em; font: 16px/1.5 sans-serif; background: light-dark(#fff, #111); color: light-dark(#222, #ddd); }}
             body.dark {{ background: #111; color: #ddd; }}</style><main class=content><h1>Host</h1>\
             <table class=own><caption>Own</caption><tr><th scope=col>A</th></tr><tr><td>b <code>c</code> <a href=404.html>d</a></td></tr></table>\
             <p class=note>A note.</p>{part}<p>Behind.</p></main>"
        )
    };
    BTreeMap::from([
        ("404.html".to_owned(), Vec::new()),
        ("styled/index.html".to_owned(), page(STYLES, &part).into_bytes()),
        ("bare/index.html".to_owned(), page("", &part).into_bytes()),
        ("without/index.html".to_owned(), page(STYLES, "").into_bytes()),
    ])
}

/// How the elements of a selector are shown, but for where they are.
fn looks(selector: &str) -> String {
    format!(
        "const names = ['display', 'color', 'background-color', 'font', 'text-align', 'text-transform', 'list-style',
            'text-decoration', 'padding', 'margin', 'border', 'gap', 'position', 'white-space'];
        return [...document.querySelectorAll('{selector}')].map(element => {{
            const style = getComputedStyle(element);
            return element.localName + ' ' + element.className + ': ' + names.map(name => style.getPropertyValue(name)).join('; ');
        }})"
    )
}

#[tokio::test]
async fn the_styles_of_a_page_and_of_a_part_in_it_do_not_meet() {
    let browser = Browser::start_at(serve_rendered(pages())).await;
    browser.open("bare/").await;
    let alone = browser.run(&looks(".rutter, .rutter *:not(style)")).await;
    browser.open("styled/").await;
    let within = browser.run(&looks(".rutter, .rutter *:not(style)")).await;
    let (alone, within) = (alone.as_array().unwrap(), within.as_array().unwrap());
    assert!(alone.len() > 500 && alone.len() == within.len(), "{}", alone.len());
    for (alone, within) in alone.iter().zip(within) {
        assert_eq!(within, alone, "the page reaches into the part");
    }
    let own = looks(".content > :not(.rutter), .own *");
    let beside = browser.run(&own).await;
    browser.open("without/").await;
    assert_eq!(beside, browser.run(&own).await, "the part reaches beyond itself");
    assert!(beside.as_array().unwrap().len() > 6);
    browser.stop().await;
}

#[tokio::test]
async fn a_part_is_legible_on_any_ground_and_in_any_width() {
    let browser = Browser::start_at(serve_rendered(pages())).await;
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.scheme(scheme).await;
        browser.open("bare/").await;
        assert_eq!(browser.violations().await, json!([]), "{scheme:?}");
    }
    // A page that is dark by a switch of its own, while the system is light.
    browser.scheme(Scheme::Light).await;
    browser.open("bare/").await;
    browser.run("document.body.classList.add('dark')").await;
    assert_eq!(browser.violations().await, json!([]), "dark by a switch");
    browser.size(320, 640).await;
    let width = browser.run("return document.scrollingElement.scrollWidth").await;
    assert!(width.as_i64().unwrap() <= 320, "{width} px wide");
    browser.stop().await;
}
