//! What every page has around its body.

use minijinja::Value;
use serde::Serialize;

use super::listed::{Alternate, alternates, is_listed};
use super::{Figured, Link, Take, has_twin, link_to, name_of, page_of_files, say, word};
use crate::locale::Direction;
use crate::model::{self, Anchor, PageRoute};
use crate::render::diagram::Figure;
use crate::render::href::page_permalink;
use crate::render::prose::Place;
use crate::render::route::{CSV, TWIN};
use crate::render::{Hrefs, Links, Task, rules};
use crate::site::{AssetId, Site};

/// Where the home page lists the guides.
const GUIDES: Anchor<'static> = Anchor::Theme("_guides");

/// The context of every page template.
#[derive(Serialize)]
pub(super) struct Page<'a> {
    t: Value,
    lang: &'a str,
    dir: Direction,
    site_title: &'a str,
    title: String,
    /// Set where the title is a name in another language than the page, and its direction.
    title_lang: Option<String>,
    title_dir: Option<Direction>,
    description: String,
    stylesheets: Vec<String>,
    /// Scripts that run before the page is shown.
    early_scripts: Vec<String>,
    scripts: Vec<String>,
    /// Those that only pages with rows need.
    table_scripts: Vec<String>,
    /// Those that make a file or a sheet of the rows, once that is asked for.
    take: Option<Take>,
    /// Whether the page comes from a server, which a Content-Security-Policy presumes.
    is_served: bool,
    /// Absolute addresses, where the site knows its own.
    canonical: Option<String>,
    alternates: Vec<Alternate>,
    /// Whether search engines may show it.
    is_listed: bool,
    home: String,
    search: Search,
    languages: Vec<Language>,
    trail: Vec<Link>,
    menu: Vec<MenuLink>,
    twin: Option<String>,
    files: Vec<FileLink>,
    edit: Option<String>,
    /// The page on the state of the translations, where there are any.
    status: Option<String>,
    diagram: Option<Figure>,
    body: Value,
}

/// What the search box needs: the page it leads to, and what answers while one types.
#[derive(Serialize)]
struct Search {
    page: String,
    /// Whether this is that page.
    is_here: bool,
    client: String,
    /// The way to the site's root.
    root: String,
    ports: String,
    hosts: String,
    glossary: String,
}

/// The same page in another language, for people.
#[derive(Serialize)]
struct Language {
    tag: String,
    dir: Direction,
    name: String,
    href: String,
    is_current: bool,
}

/// A file that has what a page shows.
#[derive(Serialize)]
struct FileLink {
    text: String,
    href: String,
    is_download: bool,
}

#[derive(Serialize)]
struct MenuLink {
    text: String,
    href: String,
    is_current: bool,
    /// Whether it leads to a place that leads to this page.
    is_above: bool,
}

pub(super) fn page<'a>(
    task: Task<'a>,
    place: Place<'_>,
    route: PageRoute,
    Figured { diagram, scripts: table_scripts, take }: Figured,
    body: Value,
) -> Page<'a> {
    let site = task.site();
    let Place { hrefs, locale, .. } = place;
    let locales = &site.config.locales;
    let languages = locales.ids().map(|other| Language {
        tag: locales.tag(other).to_owned(),
        dir: locales.get(other).direction(),
        name: place.voice.in_locale(other).locale_name(),
        href: hrefs.to(other, route),
        is_current: other == locale,
    });
    let is_listed = is_listed(site, locale, route);
    let base = task.base_url().filter(|_| is_listed);
    let (title, description) = headline(place, route);
    let (title_lang, title_dir) = name_of(&site.model, route).map_or((None, None), |name| place.tongue(name));
    Page {
        t: task.words(locale),
        lang: locales.tag(locale),
        dir: locales.get(locale).direction(),
        site_title: &site.config.titles[locale.index()],
        title,
        title_lang,
        title_dir,
        description: shorten(&description),
        stylesheets: stylesheets(site, hrefs),
        early_scripts: scripts(site, hrefs, true),
        scripts: scripts(site, hrefs, false),
        table_scripts,
        take,
        is_served: task.options.links == Links::Folders,
        canonical: base.map(|base| format!("{base}{}", page_permalink(site, locale, route))),
        alternates: if is_listed { alternates(task, route) } else { Vec::new() },
        is_listed,
        home: hrefs.to(locale, PageRoute::Home),
        search: search(place, route),
        languages: languages.collect(),
        trail: trail(place, route),
        menu: menu(place, route),
        twin: has_twin(route).then(|| TWIN.to_owned()),
        files: files(place, route),
        edit: edit_link(site, route),
        status: (locales.ids().count() > 1).then(|| hrefs.to(locale, PageRoute::Status)),
        diagram,
        body,
    }
}

/// The files beside a page; beside that of the product, whose name they then have, for one of its components.
fn files(place: Place<'_>, route: PageRoute) -> Vec<FileLink> {
    let model = &place.site.model;
    let Some(page) = page_of_files(model, route) else { return Vec::new() };
    let href = |file: &str| place.hrefs.file(&(page_permalink(place.site, place.locale, page) + file));
    let table = word(place, "download-csv");
    let Some(product) = page.product(model).filter(|_| page != route) else {
        let mut files = vec![FileLink { text: table, href: href(CSV), is_download: true }];
        if matches!(page, PageRoute::Scenario(_)) {
            let rules = rules::files_beside_scenarios(place.site);
            files.extend(rules.map(|(format, name)| FileLink {
                text: say(place, "download-rules", [("format", &format.title)]),
                href: href(&name),
                is_download: true,
            }));
        }
        return files;
    };
    let name = place.voice.name(model[product].name);
    let text = say(place, "labeled", [("label", name)]) + &table;
    let twin = say(place, "download-twin-of", [("product", name)]);
    vec![
        FileLink { text, href: href(CSV), is_download: true },
        FileLink { text: twin, href: href(TWIN), is_download: false },
    ]
}

fn search(place: Place<'_>, route: PageRoute) -> Search {
    let Place { site, hrefs, locale, .. } = place;
    let page = |page| hrefs.to(locale, page);
    let client = site.theme.find_asset("search.js");
    Search {
        page: page(PageRoute::Search),
        is_here: route == PageRoute::Search,
        client: client.map(|id| hrefs.asset(id)).unwrap_or_default(),
        root: hrefs.root(),
        ports: page(PageRoute::Ports),
        hosts: page(PageRoute::Hosts),
        glossary: page(PageRoute::Glossary),
    }
}

pub(super) fn stylesheets(site: &Site, hrefs: &Hrefs<'_>) -> Vec<String> {
    style_ids(site).into_iter().map(|id| hrefs.asset(id)).collect()
}

/// The stylesheets of every page by name; a site's `custom.css` comes last, so that it wins. What comes of a folder
/// with scripts is loaded with these.
pub(super) fn style_ids(site: &Site) -> Vec<AssetId> {
    let is_of_script = |stem: &str| site.theme.find_asset(&format!("{stem}.js")).is_some();
    let is_style =
        |id: &AssetId| site.theme.asset(*id).name.strip_suffix(".css").is_some_and(|stem| !is_of_script(stem));
    let (custom, own): (Vec<_>, Vec<_>) =
        site.theme.asset_ids().filter(is_style).partition(|id| site.theme.asset(*id).name == "custom.css");
    own.into_iter().chain(custom).collect()
}

pub(super) fn scripts(site: &Site, hrefs: &Hrefs<'_>, is_early: bool) -> Vec<String> {
    script_ids(site, is_early).into_iter().map(|id| hrefs.asset(id)).collect()
}

/// What is made of this folder is a script of every page.
const OF_EVERY_PAGE: &str = "site.js";

/// Scripts whose name begins with `early-` run before the first paint, the others afterwards. What is
/// made of another folder is no script of every page.
pub(super) fn script_ids(site: &Site, is_early: bool) -> Vec<AssetId> {
    let name = |id: &AssetId| &site.theme.asset(*id).name;
    let is_lazy = |id: &AssetId| site.theme.asset(*id).is_lazy && name(id) != OF_EVERY_PAGE;
    let is_page_script = |id: &AssetId| name(id).ends_with(".js") && !is_lazy(id);
    let matching = |id: &AssetId| is_page_script(id) && name(id).starts_with("early-") == is_early;
    site.theme.asset_ids().filter(matching).collect()
}

/// Search engines show about 160 characters.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 160;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let cut: String = text.chars().take(LONGEST - 1).collect();
    let end = cut.rfind(['.', '。', ' ', '、']).filter(|end| *end > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches(['.', '。', ',', '、', ' ']))
}

/// The messages that name and introduce a page that is made of no item; the search shows them too.
pub(in crate::render) fn index_messages(route: PageRoute) -> Option<(&'static str, &'static str)> {
    match route {
        PageRoute::Ports => Some(("ports", "ports-intro")),
        PageRoute::Hosts => Some(("hosts", "hosts-intro")),
        PageRoute::Glossary => Some(("glossary", "glossary-intro")),
        PageRoute::Status => Some(("status", "status-intro")),
        PageRoute::Search => Some(("search", "search-intro")),
        PageRoute::Home
        | PageRoute::Product(_)
        | PageRoute::Component(_)
        | PageRoute::Scenario(_)
        | PageRoute::Compare(_)
        | PageRoute::Port(_)
        | PageRoute::Protocol(_)
        | PageRoute::Domain(_)
        | PageRoute::Prose(_) => None,
    }
}

fn headline(place: Place<'_>, route: PageRoute) -> (String, String) {
    if let Some((title, intro)) = index_messages(route) {
        return (word(place, title), word(place, intro));
    }
    let Place { site, locale, .. } = place;
    let model = &site.model;
    let name = |unit| place.voice.name(unit).to_owned();
    let summary = |unit: Option<_>| unit.map(|unit| place.voice.plain_text(unit)).unwrap_or_default();
    match route {
        PageRoute::Home => (site.config.titles[locale.index()].clone(), word(place, "home-intro")),
        PageRoute::Product(id) => (name(model[id].name), summary(Some(model[id].summary))),
        PageRoute::Component(id) => (name(model[id].name), summary(model.summaries_of(id).first().copied())),
        PageRoute::Scenario(id) => (name(model[id].title), summary(model[id].summary)),
        PageRoute::Compare(id) => {
            let product = [("product", place.voice.name(model[id].name))];
            (say(place, "compare-title", product), say(place, "compare-intro", product))
        }
        PageRoute::Port(range) => super::ports::headline(place, range),
        PageRoute::Protocol(protocol) => super::ports::protocol_headline(place, protocol),
        PageRoute::Domain(position) => {
            let domain = &model.views.domains[position as usize].name;
            (domain.clone(), say(place, "domain-intro", [("domain", domain)]))
        }
        PageRoute::Ports | PageRoute::Hosts | PageRoute::Glossary | PageRoute::Status | PageRoute::Search => {
            unreachable!("these are named by messages")
        }
        PageRoute::Prose(id) => (name(model[id].title), summary(model[id].summary)),
    }
}

/// The way from the home page down to a page, itself not included.
fn trail(place: Place<'_>, route: PageRoute) -> Vec<Link> {
    let Place { site, locale, .. } = place;
    let mut trail = Vec::new();
    if route != PageRoute::Home {
        trail.push(link_to(place, site.config.titles[locale.index()].clone(), PageRoute::Home));
    }
    match route {
        PageRoute::Port(_) | PageRoute::Protocol(_) => {
            trail.push(link_to(place, word(place, "ports"), PageRoute::Ports));
        }
        PageRoute::Domain(_) => trail.push(link_to(place, word(place, "hosts"), PageRoute::Hosts)),
        _ => {}
    }
    if let Some(product) = route.product(&site.model).filter(|product| route != PageRoute::Product(*product)) {
        trail.push(link_to(place, place.voice.name(site.model[product].name), PageRoute::Product(product)));
    }
    trail
}

/// What every page leads to, in few words: they stand in one line on a phone. No product tree: it would
/// make every page change with every product.
fn menu(place: Place<'_>, route: PageRoute) -> Vec<MenuLink> {
    let link = |(message, link): (&str, model::Link<'_>), is_above: bool| MenuLink {
        text: word(place, message),
        href: place.hrefs.to(place.locale, link),
        is_current: link.page == route && link.anchor.is_none(),
        is_above,
    };
    let is_product = matches!(
        route,
        PageRoute::Product(_) | PageRoute::Component(_) | PageRoute::Scenario(_) | PageRoute::Compare(_)
    );
    let is_guide = matches!(route, PageRoute::Prose(_) | PageRoute::Glossary);
    vec![
        link(("products", PageRoute::Home.into()), is_product),
        link(("ports", PageRoute::Ports.into()), matches!(route, PageRoute::Port(_) | PageRoute::Protocol(_))),
        link(("hosts", PageRoute::Hosts.into()), matches!(route, PageRoute::Domain(_))),
        link(("pages", PageRoute::Home.at(GUIDES)), is_guide),
    ]
}

/// Where the page's source can be edited, if the site says how.
fn edit_link(site: &Site, route: PageRoute) -> Option<String> {
    let model = &site.model;
    let path = match route {
        PageRoute::Prose(id) => format!("content/pages/{}.yaml", model[id].id),
        _ => format!("content/products/{}.yaml", model[route.product(model)?].id),
    };
    edit_place(site, &path, 1)
}

/// Where a line can be edited, if the site says how.
pub(super) fn edit_place(site: &Site, path: &str, line: u32) -> Option<String> {
    let template = site.config.edit_url.as_deref()?;
    Some(template.replace("{path}", path).replace("{line}", &line.to_string()))
}
