//! Pages: one typed context per template. What a template shows is decided here, how it looks there.

mod body;
mod row;

use serde::Serialize;

use super::prose::{Place, TextView};
use super::{Hrefs, RenderError, Renderer, templates};
use crate::locale::{Direction, LocaleId};
use crate::model::{PageRoute, ids};
use crate::site::Site;

/// A link with its text.
#[derive(Clone, Debug, Serialize)]
struct Link {
    text: String,
    href: String,
}

/// What every page has.
#[derive(Serialize)]
struct Page<'a, B> {
    t: minijinja::Value,
    lang: &'a str,
    dir: Direction,
    site_title: &'a str,
    title: String,
    description: String,
    stylesheets: Vec<String>,
    scripts: Vec<String>,
    home: String,
    languages: Vec<Language>,
    trail: Vec<Link>,
    menu: Vec<Link>,
    body: B,
}

/// The same page in another language.
#[derive(Serialize)]
struct Language {
    tag: String,
    name: String,
    href: String,
    is_current: bool,
}

/// One page in one locale.
pub(super) fn page(renderer: &Renderer<'_>, locale: LocaleId, route: PageRoute) -> Result<Vec<u8>, RenderError> {
    let site = renderer.site;
    let hrefs = Hrefs::from_page(site, renderer.links, locale, route);
    let place = Place { site, hrefs: &hrefs, locale };
    match route {
        PageRoute::Home => render(renderer, place, route, "home.html", body::home(place)),
        PageRoute::Product(id) => render(renderer, place, route, "product.html", body::product(place, id)),
        PageRoute::Component(id) => render(renderer, place, route, "component.html", body::component(place, route, id)),
        PageRoute::Scenario(id) => render(renderer, place, route, "scenario.html", body::scenario(place, id)),
        PageRoute::Glossary => render(renderer, place, route, "glossary.html", body::glossary(place)),
        PageRoute::Prose(id) => render(renderer, place, route, "prose.html", body::prose(place, id)),
    }
}

fn render<B: Serialize>(
    renderer: &Renderer<'_>,
    place: Place<'_>,
    route: PageRoute,
    template: &str,
    body: B,
) -> Result<Vec<u8>, RenderError> {
    let Place { site, hrefs, locale } = place;
    let locales = &site.config.locales;
    let languages = locales.ids().map(|other| Language {
        tag: locales.tag(other).to_owned(),
        name: site.catalogs.word(other, "locale-name"),
        href: hrefs.page(other, route, None),
        is_current: other == locale,
    });
    let (title, description) = headline(place, route);
    let context = Page {
        t: templates::say_function(site, locale),
        lang: locales.tag(locale),
        dir: locales.get(locale).direction(),
        site_title: &site.config.titles[locale.index()],
        title,
        description,
        stylesheets: assets(site, hrefs, ".css"),
        scripts: assets(site, hrefs, ".js"),
        home: hrefs.page(locale, PageRoute::Home, None),
        languages: languages.collect(),
        trail: trail(place, route),
        menu: menu(place),
        body,
    };
    renderer.template(template, &context)
}

/// All stylesheets or scripts of the theme, in the order of their names.
fn assets(site: &Site, hrefs: &Hrefs<'_>, extension: &str) -> Vec<String> {
    let matching = site.theme.asset_ids().filter(|id| site.theme.asset(*id).name.ends_with(extension));
    matching.map(|id| hrefs.asset(id)).collect()
}

fn headline(place: Place<'_>, route: PageRoute) -> (String, String) {
    let Place { site, locale, .. } = place;
    let model = &site.model;
    let name = |unit| site.name(unit, locale).to_owned();
    let summary =
        |unit: Option<_>| unit.map(|unit| site.plain_text(unit, locale).replace('\n', " ")).unwrap_or_default();
    match route {
        PageRoute::Home => (site.config.titles[locale.index()].clone(), site.catalogs.word(locale, "home-intro")),
        PageRoute::Product(id) => (name(model[id].name), summary(Some(model[id].summary))),
        PageRoute::Component(id) => (name(model[id].name), summary(model[id].summary)),
        PageRoute::Scenario(id) => (name(model[id].title), summary(model[id].summary)),
        PageRoute::Glossary => (site.catalogs.word(locale, "glossary"), site.catalogs.word(locale, "glossary-intro")),
        PageRoute::Prose(id) => (name(model[id].title), summary(model[id].summary)),
    }
}

/// The way from the home page down to a page, itself not included.
fn trail(place: Place<'_>, route: PageRoute) -> Vec<Link> {
    let Place { site, hrefs, locale } = place;
    let mut trail = Vec::new();
    if route != PageRoute::Home {
        trail.push(Link {
            text: site.config.titles[locale.index()].clone(),
            href: hrefs.page(locale, PageRoute::Home, None),
        });
    }
    if let Some(product) = route.product(&site.model).filter(|product| route != PageRoute::Product(*product)) {
        trail.push(Link {
            text: site.name(site.model[product].name, locale).to_owned(),
            href: hrefs.page(locale, PageRoute::Product(product), None),
        });
    }
    trail
}

/// What every page leads to. No product tree: it would make every page change with every product.
fn menu(place: Place<'_>) -> Vec<Link> {
    let Place { site, hrefs, locale } = place;
    let mut menu =
        vec![Link { text: site.catalogs.word(locale, "products"), href: hrefs.page(locale, PageRoute::Home, None) }];
    for page in ids::<crate::model::PageId>(site.model.pages.len()) {
        let title = site.name(site.model[page].title, locale).to_owned();
        menu.push(Link { text: title, href: hrefs.page(locale, PageRoute::Prose(page), None) });
    }
    menu.push(Link {
        text: site.catalogs.word(locale, "glossary"),
        href: hrefs.page(locale, PageRoute::Glossary, None),
    });
    menu
}

#[derive(Serialize)]
struct Chooser<'a> {
    lang: &'a str,
    dir: Direction,
    site_title: &'a str,
    stylesheets: Vec<String>,
    entries: Vec<ChooserEntry<'a>>,
}

#[derive(Serialize)]
struct ChooserEntry<'a> {
    tag: &'a str,
    dir: Direction,
    name: String,
    href: String,
    title: &'a str,
    choose: String,
    not_found_title: String,
    not_found_text: String,
    back_home: String,
}

/// The language chooser at the root.
pub(super) fn chooser(renderer: &Renderer<'_>) -> Result<Vec<u8>, RenderError> {
    renderer.template("chooser.html", &root_page(renderer, ""))
}

/// The page for what is not there, in all languages at once. It is served at any depth, so its
/// links are absolute where the site knows its address.
pub(super) fn not_found(renderer: &Renderer<'_>) -> Result<Vec<u8>, RenderError> {
    let base = renderer.site.config.base_url.as_deref().unwrap_or_default();
    renderer.template("404.html", &root_page(renderer, base))
}

fn root_page<'a>(renderer: &Renderer<'a>, base: &str) -> Chooser<'a> {
    let site = renderer.site;
    let locales = &site.config.locales;
    let hrefs = Hrefs::from_root(site, renderer.links);
    let entries = locales.ids().map(|locale| ChooserEntry {
        tag: locales.tag(locale),
        dir: locales.get(locale).direction(),
        name: site.catalogs.word(locale, "locale-name"),
        href: format!("{base}{}", hrefs.page(locale, PageRoute::Home, None)),
        title: &site.config.titles[locale.index()],
        choose: site.catalogs.word(locale, "choose-language"),
        not_found_title: site.catalogs.word(locale, "not-found-title"),
        not_found_text: site.catalogs.word(locale, "not-found-text"),
        back_home: site.catalogs.word(locale, "back-home"),
    });
    Chooser {
        lang: locales.tag(locales.source()),
        dir: locales.get(locales.source()).direction(),
        site_title: &site.config.titles[locales.source().index()],
        stylesheets: assets(site, &hrefs, ".css").into_iter().map(|href| format!("{base}{href}")).collect(),
        entries: entries.collect(),
    }
}

fn link_to(place: Place<'_>, text: impl Into<String>, page: PageRoute) -> Link {
    Link { text: text.into(), href: place.hrefs.page(place.locale, page, None) }
}

fn texts(place: Place<'_>, unit: Option<crate::model::UnitId>) -> Option<TextView> {
    unit.map(|unit| place.text(unit))
}
