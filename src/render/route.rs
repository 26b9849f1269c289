//! Every file of the finished site, and where it stands.

use camino::Utf8PathBuf;

use super::{ApiFile, Renderer, SearchFile, href};
use crate::locale::LocaleId;
use crate::model::PageRoute;
use crate::site::AssetId;

/// One file of the finished site.
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
            Route::NotFound => "404.html".to_owned(),
            Route::Page(locale, page) => href::page_permalink(site, locale, page),
            Route::Twin(locale, page) => format!("{}index.md", href::page_permalink(site, locale, page)),
            Route::Csv(locale, page) => format!("{}flows.csv", href::page_permalink(site, locale, page)),
            Route::Diagram(locale, page) => format!("{}diagram.svg", href::page_permalink(site, locale, page)),
            Route::Mermaid(locale, page) => format!("{}diagram.mmd", href::page_permalink(site, locale, page)),
            Route::Moved(locale, position) => {
                format!("{}/{}", site.config.locales.tag(locale), self.moved[position as usize].0)
            }
            Route::Crawler(file) => file.name().to_owned(),
            Route::Search(locale, file) => format!("search/{}/{}", site.config.locales.tag(locale), file.name()),
            Route::Api(file) => format!("api/v1/{}.json", file.name()),
            Route::ApiSchema(file) => format!("api/v1/{}.schema.json", file.name()),
            Route::Asset(id) => format!("assets/{}", site.theme.asset(id).file_name),
            Route::Static(position) => site.theme.statics[position].0.clone(),
            Route::NoJekyll => ".nojekyll".to_owned(),
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

    /// The route behind a permalink.
    pub fn find(&self, permalink: &str) -> Option<Route> {
        let routes = self.bundles().into_iter().flat_map(|bundle| bundle.routes(self));
        routes.into_iter().find(|route| self.permalink(*route) == permalink)
    }
}
