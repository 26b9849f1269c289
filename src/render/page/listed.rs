//! What search engines are told: which pages they may show, and which other languages a page has.
//! Decided here for pages, the language chooser and the sitemap alike.

use serde::Serialize;

use crate::locale::LocaleId;
use crate::model::PageRoute;
use crate::render::Task;
use crate::render::href::page_permalink;
use crate::site::Site;

/// A page in another language, as crawlers name it (RFC 5646, or `x-default`).
#[derive(Clone, Debug, Serialize)]
pub(super) struct Alternate {
    tag: String,
    href: String,
}

/// Whoever is no reader of any language of the site: what Google and the sitemap protocol call it.
const ANY_LANGUAGE: &str = "x-default";

/// Whether search engines may show a page. A draft repeats the source language where it is not
/// translated; the search and the state of the translations answer nobody's question.
pub(super) fn is_listed(site: &Site, locale: LocaleId, page: PageRoute) -> bool {
    !site.config.locales.get(locale).is_draft && !matches!(page, PageRoute::Search | PageRoute::Status)
}

/// The locales in which search engines may show a page.
pub(super) fn listed_locales(site: &Site, page: PageRoute) -> impl Iterator<Item = LocaleId> {
    site.config.locales.ids().filter(move |locale| is_listed(site, *locale, page))
}

/// The same page in all languages, itself included, as each of them must say it; empty where the
/// site does not know its address or has one language.
pub(super) fn alternates(task: Task<'_>, page: PageRoute) -> Vec<Alternate> {
    let site = task.site();
    let Some(base) = task.base_url() else { return Vec::new() };
    let address = |locale| format!("{base}{}", page_permalink(site, locale, page));
    let locales: Vec<_> = listed_locales(site, page).collect();
    if locales.len() < 2 {
        return Vec::new();
    }
    let mut alternates: Vec<_> = locales
        .into_iter()
        .map(|locale| Alternate { tag: site.config.locales.tag(locale).to_owned(), href: address(locale) })
        .collect();
    // Only home pages have one that asks for the language; of the others it is the original.
    let any = if page == PageRoute::Home { base.to_owned() } else { address(site.config.locales.source_locale()) };
    alternates.push(Alternate { tag: ANY_LANGUAGE.to_owned(), href: any });
    alternates
}
