//! What is worth rendering together: an order of routes that share one [`RenderCache`](super::RenderCache).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::diagram::Plan;
use super::{ApiFile, Crawler, Renderer, Route, page, rules, search};
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

/// One of several parts of a site, which together are the site: a machine of its own can render each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    number: u32,
    of: u32,
}

impl Part {
    /// Part `number` of `of`, counted from 1; `None`: there is no such part.
    pub fn new(number: u32, of: u32) -> Option<Self> {
        (1..=of).contains(&number).then_some(Self { number, of })
    }

    /// Which one, counted from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// How many there are.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Whether it is the one that does what must be done once.
    pub fn is_first(self) -> bool {
        self.number == 1
    }
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

    /// The bundles of a part: each bundle is in one part, and the parts cost about the same. The dearest
    /// goes first, to the part that has least so far.
    pub fn bundles_of(&self, part: Part) -> Vec<Bundle> {
        let mut bundles: Vec<_> = self.bundles().into_iter().map(|bundle| (bundle.cost(self), bundle)).collect();
        bundles.sort_by_key(|(cost, _)| Reverse(*cost));
        // The checks are the first part's, a quarter of a row for each flow and language. Of parts that
        // are more than the bundles the last get none.
        let checks = self.languages() * self.site.model.flows.len() as u64 / 4;
        let count = u64::from(part.of).min(bundles.len() as u64 + 1);
        let mut parts: BinaryHeap<_> =
            (1..=count).map(|number| Reverse((if number == 1 { checks } else { 0 }, number))).collect();
        let mut own = Vec::new();
        for (cost, bundle) in bundles {
            let Some(Reverse((sum, number))) = parts.pop() else { break };
            parts.push(Reverse((sum + cost, number)));
            own.extend((number == u64::from(part.number)).then_some(bundle));
        }
        own
    }

    fn languages(&self) -> u64 {
        self.site.config.locales.ids().count() as u64
    }
}

impl Bundle {
    /// An estimate of its work, in rows written in one language; any is more than none. Most of it are the
    /// rows of products on all of their pages; what else weighs was measured beside them at 30,000 rows.
    fn cost(self, renderer: &Renderer<'_>) -> u64 {
        let model = &renderer.site.model;
        let all = model.flows.len();
        let rows = match self {
            // On its own page, at both ends, and in each scenario about half.
            Self::Product(product) => {
                let product = &model[product];
                (product.flows.len() + product.blocked.len()) * (6 + product.scenarios.len()) / 2
            }
            Self::Page(PageRoute::Component(id)) => model.views.flows_of(id).len() + model.views.blocked_of(id).len(),
            Self::Page(PageRoute::Port(range)) => model
                .views
                .ports
                .get(&range)
                .map_or(0, |uses| uses.exact.len() + uses.overlapping.len() + uses.blocked.len()),
            Self::Page(PageRoute::Hosts | PageRoute::Domain(_)) | Self::Search(_) => all / 10,
            Self::Api(ApiFile::Flows) => all / 3,
            Self::Page(_) | Self::Api(_) | Self::Assets | Self::Root => 0,
        };
        renderer.languages() * rows as u64 + 2 * self.routes(renderer).len() as u64 + 1
    }

    /// Its files, in the order in which they use what was made for those before them.
    pub fn routes(self, renderer: &Renderer<'_>) -> Vec<Route> {
        let site = renderer.site;
        match self {
            Self::Product(product) => {
                let mut routes = page_routes(renderer, &site.model.pages_of_product(product));
                routes.extend([Route::Facts(product), Route::RuleFacts(product), Route::ApiRules(product)]);
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
                routes.extend(
                    site.config.locales.ids().flat_map(|locale| [Route::Words(locale), Route::RuleWords(locale)]),
                );
                routes.extend([Route::RuleFormats, Route::ApiRulesSchema]);
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
            if let PageRoute::Scenario(scenario) = page {
                let files = rules::static_of(renderer.site);
                routes.extend(files.map(|(_, file, _)| Route::RuleFile(locale, scenario, file)));
            }
        }
    }
    routes
}
