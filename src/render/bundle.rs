//! What is worth rendering together: an order of routes that share one [`RenderCache`](super::RenderCache).

use super::diagram::Plan;
use super::{ApiFile, Crawler, Renderer, Route, page, search};
use crate::locale::LocaleId;
use crate::model::{PageRoute, ProductId, ids};

/// What is rendered together. Bundles share nothing, so that all cores take part.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Bundle {
    /// The pages of a product: those of one locale show the same rows, those of all locales the same
    /// pictures.
    Product(ProductId),
    /// A page of no product.
    Page(PageRoute),
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
    /// Everything there is to render: each route stands in one bundle.
    pub fn bundles(&self) -> Vec<Bundle> {
        let model = &self.site.model;
        // The indexes first: each is more work than any page.
        let mut bundles: Vec<_> = self.site.config.locales.ids().map(Bundle::Search).collect();
        bundles.extend([Bundle::Root, Bundle::Assets]);
        bundles.extend(ApiFile::ALL.iter().map(|file| Bundle::Api(*file)));
        bundles.extend(ids(model.products.len()).map(Bundle::Product));
        bundles.extend(model.pages().into_iter().filter(|page| page.product(model).is_none()).map(Bundle::Page));
        bundles
    }
}

impl Bundle {
    /// Its files, in the order in which they use what was made for those before them.
    pub fn routes(self, renderer: &Renderer<'_>) -> Vec<Route> {
        let site = renderer.site;
        match self {
            Self::Product(product) => {
                let mut routes = page_routes(renderer, &site.model.pages_of_product(product));
                routes.push(Route::Facts(product));
                routes.extend(site.config.locales.ids().map(|locale| Route::Taken(locale, product)));
                routes
            }
            Self::Page(page) => page_routes(renderer, &[page]),
            Self::Search(locale) => search::files(site).into_iter().map(|file| Route::Search(locale, file)).collect(),
            Self::Api(file) => vec![Route::Api(file), Route::ApiSchema(file)],
            Self::Assets => {
                let assets = site.theme.asset_ids().map(Route::Asset);
                assets.chain((0..site.theme.statics.len()).map(Route::Static)).collect()
            }
            Self::Root => {
                let mut routes = vec![Route::Chooser, Route::NotFound, Route::NoJekyll];
                routes.extend(site.config.locales.ids().map(Route::Words));
                routes.extend(Crawler::ALL.iter().filter(|file| renderer.has(**file)).copied().map(Route::Crawler));
                let moved = 0..renderer.moved.len() as u32;
                let of_locale = |locale| moved.clone().map(move |position| Route::Moved(locale, position));
                routes.extend(site.config.locales.ids().flat_map(of_locale));
                routes
            }
        }
    }
}

/// Pages and what stands beside them, locale by locale.
fn page_routes(renderer: &Renderer<'_>, pages: &[PageRoute]) -> Vec<Route> {
    let model = &renderer.site.model;
    let is_drawn = |page: &PageRoute| page::has_files(*page) && Plan::is_drawn(model, *page);
    let has_picture: Vec<bool> = pages.iter().map(is_drawn).collect();
    let mut routes = Vec::new();
    for locale in renderer.site.config.locales.ids() {
        for (page, has_picture) in pages.iter().copied().zip(&has_picture) {
            routes.push(Route::Page(locale, page));
            routes.extend(page::has_twin(page).then_some(Route::Twin(locale, page)));
            routes.extend(page::has_files(page).then_some(Route::Csv(locale, page)));
            if *has_picture {
                routes.extend([Route::Diagram(locale, page), Route::Mermaid(locale, page)]);
            }
        }
    }
    routes
}
