//! Every file of the finished site, and where it stands.

use camino::Utf8PathBuf;

use super::diagram::Plan;
use super::href::ASSETS;
use super::{ApiFile, Renderer, SearchFile, href, page, rules};
use crate::locale::LocaleId;
use crate::model::{Id, PageRoute, ProductId, ScenarioId};
use crate::rules::StaticFile;
use crate::site::AssetId;

/// Folders below the root that are no locale's.
const API: &str = "api";
const SEARCH: &str = "search";
/// Files at the root.
const NOT_FOUND: &str = "404.html";
const NO_JEKYLL: &str = ".nojekyll";
/// Files beside a page; templates know the names of pictures too.
pub(super) const TWIN: &str = "index.md";
pub(super) const CSV: &str = "flows.csv";
pub(super) const DIAGRAM: &str = "diagram.svg";
pub(super) const MERMAID: &str = "diagram.mmd";

/// One file of the finished site.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Route {
    /// The language chooser.
    Chooser,
    /// The page for what is not there.
    NotFound,
    /// A page in one locale.
    Page(LocaleId, PageRoute),
    /// The same page as Markdown.
    Twin(LocaleId, PageRoute),
    /// The table of a page as CSV.
    Csv(LocaleId, PageRoute),
    /// The picture of a page as SVG.
    Diagram(LocaleId, PageRoute),
    /// The same as Mermaid text.
    Mermaid(LocaleId, PageRoute),
    /// An old address that leads on, by position in [`Model::moved_pages`](crate::model::Model::moved_pages).
    Moved(LocaleId, u32),
    /// What crawlers read.
    Crawler(Crawler),
    /// A file of a locale's search index.
    Search(LocaleId, SearchFile),
    /// A file of `api/v1/`.
    Api(ApiFile),
    /// The schema of one.
    ApiSchema(ApiFile),
    /// An asset of the theme.
    Asset(AssetId),
    /// The facts of a product for the script of its pages.
    Facts(ProductId),
    /// What they are called in one locale.
    Taken(LocaleId, ProductId),
    /// What the scripts of rows say in one locale.
    Words(LocaleId),
    /// What rules of a product are made of.
    ApiRules(ProductId),
    /// The schema of that.
    ApiRulesSchema,
    /// The same for the script that writes rules.
    RuleFacts(ProductId),
    /// The formats of rules for that script.
    RuleFormats,
    /// What it says in one locale.
    RuleWords(LocaleId),
    /// A file of rules beside a scenario.
    RuleFile(LocaleId, ScenarioId, StaticFile),
    /// A file of `static/`, by position.
    Static(usize),
    /// Tells GitHub Pages not to run Jekyll, which drops what begins with `_`.
    NoJekyll,
}

/// A file for crawlers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Crawler {
    /// Every page with its translations (sitemaps.org). Only where the site knows its address.
    Sitemap,
    /// Where the sitemap is (RFC 9309).
    Robots,
    /// What language models find where (llmstxt.org).
    Llms,
}

impl Crawler {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Robots, Self::Llms, Self::Sitemap];

    /// The name of the file, and of its template.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sitemap => "sitemap.xml",
            Self::Robots => "robots.txt",
            Self::Llms => "llms.txt",
        }
    }
}

impl Renderer<'_> {
    /// Whether there is a file for crawlers: a sitemap holds absolute addresses only.
    pub(super) fn has(&self, file: Crawler) -> bool {
        file != Crawler::Sitemap || self.base_url().is_some()
    }

    /// The permalink of a route: relative to the site's root, a page's ending in `/`.
    pub fn permalink(&self, route: Route) -> String {
        let site = self.site;
        match route {
            Route::Chooser => String::new(),
            Route::NotFound => NOT_FOUND.to_owned(),
            Route::Page(locale, page) => href::page_permalink(site, locale, page),
            Route::Twin(locale, page) => href::page_permalink(site, locale, page) + TWIN,
            Route::Csv(locale, page) => href::page_permalink(site, locale, page) + CSV,
            Route::Diagram(locale, page) => href::page_permalink(site, locale, page) + DIAGRAM,
            Route::Mermaid(locale, page) => href::page_permalink(site, locale, page) + MERMAID,
            Route::Moved(locale, position) => {
                format!("{}/{}", site.config.locales.tag(locale), self.moved[position as usize].0)
            }
            Route::Crawler(file) => file.name().to_owned(),
            Route::Search(locale, file) => format!("{SEARCH}/{}/{}", site.config.locales.tag(locale), file.name()),
            Route::Api(file) => format!("{API}/v1/{}.json", file.name()),
            Route::ApiSchema(file) => format!("{API}/v1/{}.schema.json", file.name()),
            Route::Asset(id) => format!("{ASSETS}/{}", site.theme.asset(id).file_name),
            Route::Facts(product) => self.facts[product.index()].path.clone(),
            Route::Taken(locale, product) => href::taken(site, locale, product),
            Route::Words(locale) => href::words(site, locale),
            Route::ApiRules(product) => format!("{API}/v1/rules/{}.json", site.model[product].id),
            Route::ApiRulesSchema => format!("{API}/v1/rules.schema.json"),
            Route::RuleFacts(product) => format!("{ASSETS}/{}", rules::facts_path(site, product)),
            Route::RuleFormats => href::rule_formats(&self.rule_formats),
            Route::RuleWords(locale) => href::rule_words(site, locale),
            Route::RuleFile(locale, scenario, file) => {
                let name = rules::static_of(site).find(|(_, known, _)| *known == file).map(|(.., name)| name);
                href::page_permalink(site, locale, PageRoute::Scenario(scenario)) + &name.unwrap_or_default()
            }
            Route::Static(position) => site.theme.statics[position].0.clone(),
            Route::NoJekyll => NO_JEKYLL.to_owned(),
        }
    }

    /// The file of a route, relative to the site's root.
    pub fn file(&self, route: Route) -> Utf8PathBuf {
        let permalink = self.permalink(route);
        if permalink.is_empty() || permalink.ends_with('/') {
            return Utf8PathBuf::from(format!("{permalink}index.html"));
        }
        Utf8PathBuf::from(permalink)
    }
}

impl Route {
    /// The route with a permalink, if the site has one: the inverse of [`Renderer::permalink`].
    pub fn parse(renderer: &Renderer<'_>, permalink: &str) -> Option<Self> {
        let of_static = || renderer.site.theme.statics.iter().position(|(path, _)| path == permalink).map(Self::Static);
        let route = Self::generated(renderer, permalink).or_else(of_static)?;
        // Numbers can be written in several ways, of which one is the permalink.
        (renderer.permalink(route) == permalink).then_some(route)
    }

    /// What would be written to a file, the files of `static/` apart.
    pub(super) fn of_file(renderer: &Renderer<'_>, path: &str) -> Option<Self> {
        let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let permalink = folder.unwrap_or(path);
        Self::generated(renderer, permalink).filter(|route| renderer.permalink(*route) == permalink)
    }

    fn generated(renderer: &Renderer<'_>, permalink: &str) -> Option<Self> {
        match permalink {
            "" => return Some(Self::Chooser),
            NOT_FOUND => return Some(Self::NotFound),
            NO_JEKYLL => return Some(Self::NoJekyll),
            _ => {}
        }
        let Some((folder, rest)) = permalink.split_once('/') else {
            let file = Crawler::ALL.iter().find(|file| file.name() == permalink && renderer.has(**file));
            return file.copied().map(Self::Crawler);
        };
        let site = renderer.site;
        match folder {
            ASSETS => {
                let asset = site.theme.asset_ids().find(|id| site.theme.asset(*id).file_name == rest).map(Self::Asset);
                let facts = || renderer.facts.iter().position(|script| script.path == permalink);
                let facts = || facts().map(|at| Self::Facts(ProductId::from_index(at)));
                asset.or_else(facts).or_else(|| Self::taken(renderer, rest)).or_else(|| Self::rules(renderer, rest))
            }
            API => {
                let name = rest.strip_prefix("v1/")?.strip_suffix(".json")?;
                if let Some(id) = name.strip_prefix("rules/") {
                    return rules::product_at(site, &format!("rules/{id}.js")).map(Self::ApiRules);
                }
                if name == "rules.schema" {
                    return Some(Self::ApiRulesSchema);
                }
                let find = |name: &str| ApiFile::ALL.iter().copied().find(|file| file.name() == name);
                match name.strip_suffix(".schema") {
                    Some(name) => find(name).map(Self::ApiSchema),
                    None => find(name).map(Self::Api),
                }
            }
            SEARCH => {
                let (tag, name) = rest.split_once('/')?;
                let locale = site.config.locales.find(tag)?;
                Some(Self::Search(locale, SearchFile::find(site, name)?))
            }
            tag => Self::in_locale(renderer, site.config.locales.find(tag)?, rest),
        }
    }

    /// The words of a product in a locale, `facts/guard.ja.js`, or those of all, `facts/ja.js`.
    fn taken(renderer: &Renderer<'_>, rest: &str) -> Option<Self> {
        let site = renderer.site;
        let name = rest.strip_prefix("facts/")?.strip_suffix(".js")?;
        let Some((id, tag)) = name.split_once('.') else { return site.config.locales.find(name).map(Self::Words) };
        let PageRoute::Product(product) = site.model.page_at(&format!("{id}/"))? else { return None };
        Some(Self::Taken(site.config.locales.find(tag)?, product))
    }

    /// What the script of rules reads.
    fn rules(renderer: &Renderer<'_>, rest: &str) -> Option<Self> {
        let site = renderer.site;
        if href::rule_formats(&renderer.rule_formats).strip_prefix("assets/") == Some(rest) {
            return Some(Self::RuleFormats);
        }
        let words = rest.strip_prefix("rules/words.").and_then(|rest| rest.strip_suffix(".js"));
        match words {
            Some(tag) => site.config.locales.find(tag).map(Self::RuleWords),
            None => rules::product_at(site, rest).map(Self::RuleFacts),
        }
    }

    /// A page, what stands beside it, or what stood there once.
    fn in_locale(renderer: &Renderer<'_>, locale: LocaleId, path: &str) -> Option<Self> {
        let model = &renderer.site.model;
        let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (&path[..=folder.len()], file));
        let Some(page) = model.page_at(folder) else {
            let moved = &renderer.moved;
            let position = moved.binary_search_by(|(old, _)| old.as_str().cmp(path)).ok()?;
            return Some(Self::Moved(locale, position as u32));
        };
        let has_picture = || page::has_files(page) && Plan::is_drawn(model, page);
        match file {
            "" => Some(Self::Page(locale, page)),
            TWIN => page::has_twin(page).then_some(Self::Twin(locale, page)),
            CSV => page::has_files(page).then_some(Self::Csv(locale, page)),
            DIAGRAM => has_picture().then_some(Self::Diagram(locale, page)),
            MERMAID => has_picture().then_some(Self::Mermaid(locale, page)),
            _ => {
                let PageRoute::Scenario(scenario) = page else { return None };
                let file = rules::static_of(renderer.site).find(|(.., name)| name == file);
                file.map(|(_, file, _)| Self::RuleFile(locale, scenario, file))
            }
        }
    }
}
