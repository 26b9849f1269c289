//! Files at the root, and what is written for crawlers.

use serde::Serialize;

use super::listed::{Alternate, alternates, listed_locales};
use super::shell::stylesheets;
use super::{Link, has_twin};
use crate::l10n::args;
use crate::locale::{Direction, LocaleId};
use crate::model::{PageRoute, ProductId, ids};
use crate::render::href::page_permalink;
use crate::render::route::TWIN;
use crate::render::{Crawler, Hrefs, Links, RenderError, Task};
use crate::site::{AssetId, Site};

#[derive(Serialize)]
struct Chooser<'a> {
    lang: &'a str,
    dir: Direction,
    site_title: &'a str,
    is_served: bool,
    canonical: Option<&'a str>,
    alternates: Vec<Alternate>,
    stylesheets: Vec<String>,
    early_scripts: Vec<String>,
    scripts: Vec<String>,
    entries: Vec<LanguageLink<'a>>,
}

/// A language of the site, in its own words.
#[derive(Serialize)]
struct LanguageLink<'a> {
    tag: &'a str,
    dir: Direction,
    name: String,
    href: String,
    /// Nothing where the language has no words of its own for it.
    choose: Option<String>,
}

/// The language chooser at the root.
pub(in crate::render) fn chooser(task: Task<'_>) -> Result<String, RenderError> {
    let site = task.site();
    let locales = &site.config.locales;
    let hrefs = Hrefs::from_root(site, task.options.links);
    let entries = locales.ids().map(|locale| LanguageLink {
        tag: locales.tag(locale),
        dir: locales.get(locale).direction(),
        name: task.voice(locale).locale_name(),
        href: hrefs.to(locale, PageRoute::Home),
        choose: site.catalogs.has(locale, "choose-language").then(|| task.voice(locale).word("choose-language")),
    });
    let context = Chooser {
        lang: locales.tag(locales.source_locale()),
        dir: locales.get(locales.source_locale()).direction(),
        site_title: &site.config.titles[locales.source_locale().index()],
        is_served: task.options.links == Links::Folders,
        canonical: task.base_url(),
        alternates: alternates(task, PageRoute::Home),
        stylesheets: stylesheets(site, &hrefs),
        early_scripts: super::shell::scripts(site, &hrefs, true),
        scripts: super::shell::scripts(site, &hrefs, false),
        entries: entries.collect(),
    };
    task.template("chooser.html", &context)
}

/// A page that needs nothing beside it: a server shows it in place of any address, however deep, and
/// may do so on another host than the one the site is written for, where a link to a stylesheet
/// leads nowhere or is refused.
#[derive(Serialize)]
struct NotFound<'a> {
    lang: &'a str,
    dir: Direction,
    site_title: &'a str,
    is_served: bool,
    /// The text of all stylesheets.
    style: minijinja::Value,
    /// The text of scripts that run before the page is shown.
    early_scripts: Vec<minijinja::Value>,
    /// The text of the script that looks for the home page, where the site does not know its address.
    script: Option<minijinja::Value>,
    entries: Vec<NotFoundEntry<'a>>,
}

/// What it says in one language.
#[derive(Serialize)]
struct NotFoundEntry<'a> {
    tag: &'a str,
    dir: Direction,
    title: String,
    text: String,
    back_home: String,
    /// The address of the home page, if the site knows it.
    href: Option<String>,
    /// Its permalink.
    home: String,
}

/// The page for what is not there, in all languages at once.
pub(in crate::render) fn not_found(task: Task<'_>) -> Result<String, RenderError> {
    let site = task.site();
    let locales = &site.config.locales;
    let base = task.base_url();
    let entry = |locale| {
        let home = page_permalink(site, locale, PageRoute::Home);
        let speaker = site.catalogs.speaker(locale, "not-found-text");
        let voice = task.voice(locale);
        NotFoundEntry {
            tag: locales.tag(speaker),
            dir: locales.get(speaker).direction(),
            title: voice.word("not-found-title"),
            text: voice.word("not-found-text"),
            back_home: voice.word("back-home"),
            href: base.map(|base| format!("{base}{home}")),
            home,
        }
    };
    let styles = super::shell::style_ids(site).into_iter().map(|id| text_of(site, id, "style"));
    let early = super::shell::script_ids(site, true).into_iter().map(|id| text_of(site, id, "script"));
    let script = site.theme.find_asset("404.js").filter(|_| base.is_none()).map(|id| text_of(site, id, "script"));
    let context = NotFound {
        lang: locales.tag(locales.source_locale()),
        dir: locales.get(locales.source_locale()).direction(),
        site_title: &site.config.titles[locales.source_locale().index()],
        is_served: task.options.links == Links::Folders,
        style: minijinja::Value::from_safe_string(styles.collect()),
        early_scripts: early.map(minijinja::Value::from_safe_string).collect(),
        script: script.map(minijinja::Value::from_safe_string),
        entries: locales.ids().map(entry).collect(),
    };
    task.template("404.html", &context)
}

/// The text of an asset for a place inside a page. A backslash keeps what looks like the end of the
/// element from ending it, and means nothing in strings of CSS and JavaScript.
fn text_of(site: &Site, id: AssetId, element: &str) -> String {
    let end = ["<", "/", element].concat();
    let text = String::from_utf8_lossy(&site.theme.asset(id).bytes).trim_start_matches('\u{feff}').to_owned();
    let mut inert = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.to_ascii_lowercase().find(&end) {
        inert.push_str(&rest[..=at]);
        inert.push('\\');
        rest = &rest[at + 1..];
    }
    inert + rest
}

#[derive(Serialize)]
struct Moved<'a> {
    t: minijinja::Value,
    lang: &'a str,
    dir: Direction,
    title: String,
    href: String,
    canonical: Option<String>,
    /// Leads on with question and anchor.
    script: Option<String>,
}

/// A page that stood at another address: it leads on.
pub(in crate::render) fn moved(
    task: Task<'_>,
    locale: LocaleId,
    old: &str,
    page: PageRoute,
) -> Result<String, RenderError> {
    let site = task.site();
    let locales = &site.config.locales;
    let permalink = page_permalink(site, locale, page);
    let hrefs = Hrefs::from_path(site, task.options.links, format!("{}/{old}", locales.tag(locale)));
    let context = Moved {
        t: task.words(locale),
        lang: locales.tag(locale),
        dir: locales.get(locale).direction(),
        title: task.voice(locale).word("moved-title"),
        href: hrefs.to(locale, page),
        canonical: task.base_url().map(|base| format!("{base}{permalink}")),
        script: site.theme.find_asset("moved.js").map(|id| hrefs.asset(id)),
    };
    task.template("moved.html", &context)
}

#[derive(Serialize)]
struct ForCrawlers<'a> {
    site_title: &'a str,
    sitemap: Option<String>,
    pages: Vec<Places>,
    languages: Vec<LanguageIndex>,
}

/// One page in every language in which it is listed.
#[derive(Serialize)]
struct Places {
    hrefs: Vec<String>,
    alternates: Vec<Alternate>,
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
pub(in crate::render) fn crawler(task: Task<'_>, file: Crawler) -> Result<String, RenderError> {
    let site = task.site();
    let locales = &site.config.locales;
    let base = task.base_url();
    let prefix = base.unwrap_or_default();
    let pages = if file == Crawler::Sitemap { places(task, prefix) } else { Vec::new() };
    let context = ForCrawlers {
        site_title: &site.config.titles[locales.source_locale().index()],
        sitemap: base.map(|base| format!("{base}sitemap.xml")),
        pages,
        languages: listed_locales(site, PageRoute::Home).map(|locale| language_index(task, locale, prefix)).collect(),
    };
    task.template(file.name(), &context)
}

fn places(task: Task<'_>, base: &str) -> Vec<Places> {
    let site = task.site();
    let page = |page: PageRoute| {
        let hrefs = listed_locales(site, page).map(|locale| format!("{base}{}", page_permalink(site, locale, page)));
        // The chooser is the home page of whoever has not chosen.
        let chooser = (page == PageRoute::Home).then(|| base.to_owned());
        Places { hrefs: chooser.into_iter().chain(hrefs).collect(), alternates: alternates(task, page) }
    };
    site.model.pages().into_iter().map(page).collect()
}

fn language_index(task: Task<'_>, locale: LocaleId, prefix: &str) -> LanguageIndex {
    let (site, voice) = (task.site(), task.voice(locale));
    let model = &site.model;
    let link = |unit, page: PageRoute| {
        let twin = if has_twin(page) { TWIN } else { "" };
        Link {
            text: voice.name(unit).to_owned(),
            href: format!("{prefix}{}{twin}", page_permalink(site, locale, page)),
            ..Link::default()
        }
    };
    let name = voice.say("labeled", &args([("label", &voice.locale_name())]));
    LanguageIndex {
        heading: format!("{name}{}", site.config.titles[locale.index()]),
        intro: voice.word("home-intro"),
        products: ids::<ProductId>(model.products.len())
            .map(|id| link(model[id].name, PageRoute::Product(id)))
            .collect(),
        pages: ids::<crate::model::PageId>(model.pages.len())
            .map(|id| link(model[id].title, PageRoute::Prose(id)))
            .collect(),
    }
}
