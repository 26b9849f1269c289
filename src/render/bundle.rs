//! What is worth rendering together.

use super::{ApiFile, Crawler, Renderer, Route, page, search};
use crate::locale::LocaleId;
use crate::model::{PageRoute, ProductId, ids};

/// What is rendered together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Bundle {
    /// The pages of a product in one locale: they show the same rows.
    Product(LocaleId, ProductId),
    /// A page of no product in one locale.
    Page(LocaleId, PageRoute),
    /// The search index of a locale: one cutting into tokens gives all of its files.
    Search(LocaleId),
    /// A file of `api/v1/` and its schema.
    Api(ApiFile),
    /// The theme's assets and the files of `static/`.
    Assets,
    /// What stands at the root: the language chooser, the page for what is not there, what is
    /// written for crawlers; and the old addresses.
    Root,
}

impl Renderer<'_> {
    /// Everything there is to render.
    pub fn bundles(&self) -> Vec<Bundle> {
        // The indexes first: each is more work than any page.
        let mut bundles: Vec<_> = self.site.config.locales.ids().map(Bundle::Search).collect();
        bundles.extend([Bundle::Root, Bundle::Assets]);
        bundles.extend(ApiFile::ALL.iter().map(|file| Bundle::Api(*file)));
        let pages = self.site.model.pages();
        for locale in self.site.config.locales.ids() {
            bundles.extend(ids(self.site.model.products.len()).map(|product| Bundle::Product(locale, product)));
            let common = pages.iter().filter(|page| page.product(&self.site.model).is_none());
            bundles.extend(common.map(|page| Bundle::Page(locale, *page)));
        }
        bundles
    }

    /// The files of a bundle.
    pub fn routes(&self, bundle: Bundle) -> Vec<Route> {
        match bundle {
            Bundle::Product(locale, product) => {
                let pages = self.site.model.pages_of_product(product);
                pages.into_iter().flat_map(|page| self.page_routes(locale, page)).collect()
            }
            Bundle::Page(locale, page) => self.page_routes(locale, page),
            Bundle::Search(locale) => {
                search::files(&self.site.model).into_iter().map(|file| Route::Search(locale, file)).collect()
            }
            Bundle::Api(file) => vec![Route::Api(file), Route::ApiSchema(file)],
            Bundle::Assets => {
                let assets = self.site.theme.asset_ids().map(Route::Asset);
                assets.chain((0..self.site.theme.statics.len()).map(Route::Static)).collect()
            }
            Bundle::Root => {
                let mut routes = vec![Route::Chooser, Route::NotFound, Route::NoJekyll];
                routes.extend([Route::Crawler(Crawler::Robots), Route::Crawler(Crawler::Llms)]);
                // A sitemap holds absolute addresses only.
                routes.extend(self.base_url().map(|_| Route::Crawler(Crawler::Sitemap)));
                let moved = 0..self.moved.len() as u32;
                routes.extend(
                    self.site
                        .config
                        .locales
                        .ids()
                        .flat_map(|locale| moved.clone().map(move |position| Route::Moved(locale, position))),
                );
                routes
            }
        }
    }

    /// A page and what stands beside it.
    fn page_routes(&self, locale: LocaleId, page: PageRoute) -> Vec<Route> {
        let mut routes = vec![Route::Page(locale, page)];
        routes.extend(page::has_twin(page).then_some(Route::Twin(locale, page)));
        routes.extend(page::has_table(page).then_some(Route::Csv(locale, page)));
        if self.diagrams.has(page) {
            routes.extend([Route::Diagram(locale, page), Route::Mermaid(locale, page)]);
        }
        routes
    }
}
