//! Addresses that are no longer, or never were.

use serde_json::json;

use crate::driver::Browser;
use crate::server::serve_rendered;
use crate::support::{load, real_files, render};

/// The real content, with a product that had another id.
fn renamed() -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = real_files();
    let product = files.get_mut("content/products/deep-security.yaml").unwrap();
    let text = format!("former-ids: [ds-old]\n{}", String::from_utf8(product.clone()).unwrap());
    *product = text.into_bytes();
    render(&load(&files))
}

#[tokio::test]
async fn a_page_that_moved_takes_question_and_anchor_along() {
    let browser = Browser::start_at(serve_rendered(renamed())).await;
    for (old, new) in [
        ("de/ds-old/?q=514&x=%26#heartbeat-from-manager", "de/deep-security/?q=514&x=%26#heartbeat-from-manager"),
        ("ja/ds-old/manager/#heartbeat-from-manager", "ja/deep-security/manager/#heartbeat-from-manager"),
        ("en/ds-old/", "en/deep-security/"),
    ] {
        browser.open(old).await;
        browser.wait_for("return location.pathname.includes('/deep-security/')").await;
        // A refresh that was already under way would come now, and drop both.
        browser.run_async("setTimeout(arguments[arguments.length - 1], 300)").await;
        assert_eq!(browser.run("return location.href").await, json!(format!("{}{new}", browser.base())));
    }
    browser.stop().await;
}

#[tokio::test]
async fn the_page_for_what_is_not_there_has_its_looks_and_leads_home_from_any_depth() {
    // Without `base_url`.
    let browser = Browser::start_at(serve_rendered(render(&load(&real_files())))).await;
    let home = format!("{}de/", browser.base());
    for missing in ["nothing", "de/nothing/", "en/deep-security/no/such/page", "a/b/c/d/"] {
        browser.open(missing).await;
        browser.wait_for("return !document.querySelector('a[data-home]').parentElement.hidden").await;
        let href = browser.run("return document.querySelector('[lang=de] a[data-home]').href").await;
        assert_eq!(href, json!(home), "{missing}");
        let scheme = browser.run("return document.documentElement.dataset.scripts").await;
        assert_eq!(scheme, json!(""), "{missing}: its scripts did not run");
        let align = browser.run("return getComputedStyle(document.querySelector('main')).textAlign").await;
        assert_eq!(align, json!("center"), "{missing}: it is not styled");
    }
    browser.run("document.querySelector('[lang=de] a[data-home]').click()").await;
    browser.wait_for("return document.documentElement.lang === 'de'").await;
    assert_eq!(browser.run("return location.href").await, json!(home));
    browser.stop().await;
}
