//! Files at the root, and what is written for crawlers.

use serde::Serialize;

use super::shell::stylesheets;
use super::{Link, has_twin};
use crate::l10n::args;
use crate::locale::{Direction, LocaleId};
use crate::model::{PageRoute, ProductId, ids};
use crate::render::href::page_permalink;
use crate::render::{Crawler, Hrefs, Links, RenderError, Renderer};

#[derive(Serialize)]
struct RootPage<'a> {
    lang: &'a str,
    dir: Direction,
    site_title: &'a str,
    is_served: bool,
    stylesheets: Vec<String>,
    early_scripts: Vec<String>,
    scripts: Vec<String>,
    entries: Vec<Entry<'a>>,
}

/// A language of the site, in its own words.
#[derive(Serialize)]
struct Entry<'a> {
    tag: &'a str,
    dir: Direction,
    name: String,
    href: String,
    choose: String,
    not_found_title: String,
    not_found_text: String,
    back_home: String,
}

/// The language chooser at the root.
pub(in crate::render) fn chooser(renderer: &Renderer<'_>) -> Result<String, RenderError> {
    renderer.template("chooser.html", &root_page(renderer, ""))
}

/// The page for what is not there, in all languages at once. It is served at any depth, so its
/// links are absolute where the site knows its address.
pub(in crate::render) fn not_found(renderer: &Renderer<'_>) -> Result<String, RenderError> {
    let base = renderer.site.config.base_url.as_deref().unwrap_or_default();
    renderer.template("404.html", &root_page(renderer, base))
}

fn root_page<'a>(renderer: &Renderer<'a>, base: &str) -> RootPage<'a> {
    let site = renderer.site;
    let locales = &site.config.locales;
    let hrefs = Hrefs::from_root(site, renderer.links);
    let absolute = |list: Vec<String>| list.into_iter().map(|href| format!("{base}{href}")).collect();
    let entries = locales.ids().map(|locale| Entry {
        tag: locales.tag(locale),
        dir: locales.get(locale).direction(),
        name: site.catalogs.word(locale, "locale-name"),
        href: format!("{base}{}", hrefs.page(locale, PageRoute::Home, None)),
        choose: site.catalogs.word(locale, "choose-language"),
        not_found_title: site.catalogs.word(locale, "not-found-title"),
        not_found_text: site.catalogs.word(locale, "not-found-text"),
        back_home: site.catalogs.word(locale, "back-home"),
    });
    RootPage {
        lang: locales.tag(locales.source()),
        dir: locales.get(locales.source()).direction(),
        site_title: &site.config.titles[locales.source().index()],
        is_served: renderer.links == Links::Folders,
        stylesheets: absolute(stylesheets(site, &hrefs)),
        early_scripts: absolute(super::shell::scripts(site, &hrefs, true)),
        scripts: absolute(super::shell::scripts(site, &hrefs, false)),
        entries: entries.collect(),
    }
}

#[derive(Serialize)]
struct Moved<'a> {
    t: minijinja::Value,
    lang: &'a str,
    dir: Direction,
    title: String,
    href: String,
    canonical: Option<String>,
}

/// A page that stood at another address: it leads on.
pub(in crate::render) fn moved(
    renderer: &Renderer<'_>,
    locale: LocaleId,
    old: &str,
    page: PageRoute,
) -> Result<String, RenderError> {
    let site = renderer.site;
    let locales = &site.config.locales;
    let permalink = page_permalink(site, locale, page);
    let hrefs = Hrefs::from_path(site, renderer.links, format!("{}/{old}", locales.tag(locale)));
    let context = Moved {
        t: renderer.words(locale),
        lang: locales.tag(locale),
        dir: locales.get(locale).direction(),
        title: site.catalogs.word(locale, "moved-title"),
        href: hrefs.page(locale, page, None),
        canonical: site.config.base_url.as_deref().map(|base| format!("{base}{permalink}")),
    };
    renderer.template("moved.html", &context)
}

#[derive(Serialize)]
struct ForCrawlers<'a> {
    site_title: &'a str,
    sitemap: Option<String>,
    pages: Vec<Vec<Alternate<'a>>>,
    languages: Vec<LanguageIndex>,
}

#[derive(Serialize)]
struct Alternate<'a> {
    tag: &'a str,
    href: String,
}

/// What a program finds in one language.
#[derive(Serialize)]
struct LanguageIndex {
    heading: String,
    intro: String,
    products: Vec<Link>,
    pages: Vec<Link>,
}

/// A file for crawlers.
pub(in crate::render) fn crawler(renderer: &Renderer<'_>, file: Crawler) -> Result<String, RenderError> {
    let site = renderer.site;
    let locales = &site.config.locales;
    let base = site.config.base_url.as_deref();
    let prefix = base.unwrap_or_default();
    let alternates = |page: PageRoute| {
        let href = |locale| format!("{prefix}{}", page_permalink(site, locale, page));
        locales.ids().map(|locale| Alternate { tag: locales.tag(locale), href: href(locale) }).collect()
    };
    let pages =
        if file == Crawler::Sitemap { site.model.pages().into_iter().map(alternates).collect() } else { Vec::new() };
    let context = ForCrawlers {
        site_title: &site.config.titles[locales.source().index()],
        sitemap: base.map(|base| format!("{base}sitemap.xml")),
        pages,
        languages: locales.ids().map(|locale| language_index(renderer, locale, prefix)).collect(),
    };
    renderer.template(file.name(), &context)
}

fn language_index(renderer: &Renderer<'_>, locale: LocaleId, prefix: &str) -> LanguageIndex {
    let site = renderer.site;
    let model = &site.model;
    let link = |unit, page: PageRoute| {
        let twin = if has_twin(page) { "index.md" } else { "" };
        Link {
            text: site.name(unit, locale).to_owned(),
            href: format!("{prefix}{}{twin}", page_permalink(site, locale, page)),
        }
    };
    let name = site.catalogs.word(locale, "locale-name");
    let name = site.catalogs.say(locale, "labeled", &args([("label", &name)]));
    LanguageIndex {
        heading: format!("{name}{}", site.config.titles[locale.index()]),
        intro: site.catalogs.word(locale, "home-intro"),
        products: ids::<ProductId>(model.products.len())
            .map(|id| link(model[id].name, PageRoute::Product(id)))
            .collect(),
        pages: ids::<crate::model::PageId>(model.pages.len())
            .map(|id| link(model[id].title, PageRoute::Prose(id)))
            .collect(),
    }
}
