//! Every view of a flow tells the same: its marks, its purpose, its conditions; ranges of ports and
//! hosts with paths lead where they should.

mod components;
mod hosts;
mod marks;
mod ports;
mod table;

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use crate::support::small_site;

/// The small site with other flows and, perhaps, more of the product.
fn site_with(product: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), product.as_bytes().to_vec());
    files
}

fn html(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Html {
    let bytes = files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    Html::parse_document(std::str::from_utf8(bytes).unwrap())
}

/// The texts of all elements, with single spaces.
fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).map(|element| flat(&element.text().collect::<String>())).collect()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
