//! Site → bytes: pages, their twins and tables, pictures, data, the search, what crawlers read, assets.
//! Pure: it reads the [`Site`] and nothing else, and the same site gives the same bytes.
//!
//! ```text
//!   Renderer: site, options, compiled templates, words              made once, read by all cores
//!   Route ─► render(&Renderer, &mut RenderCache, Route) ─► bytes    one file
//!   RenderCache: rows, pictures, search index                       what files share; its caller's
//!   Bundle ─► routes                                                files that share one cache
//! ```
//!
//! - A [`Route`] is a file of the finished site, whatever it is: everything that `rutter build` writes is
//!   one. [`Renderer::permalink`] says where it stands, [`Route::parse`] which one stands there, and
//!   neither lists the others. Its bytes depend on the site and the [`RenderOptions`] alone.
//! - A [`Renderer`] holds what every file needs. Nothing in it changes, not even behind a lock.
//! - A [`RenderCache`] spares work and decides nothing: an empty one gives the same bytes. It belongs to
//!   whoever renders. The rows in it are those of one product in one locale, the index that of one
//!   locale; pictures stay until it is dropped.
//! - A [`Bundle`] is an order of routes worth one cache: the pages of a product in all locales, the files
//!   of one search index. Bundles share nothing, so that all cores take part.
//!
//! A page is made from left to right: its outline, from the model alone, says which rows stand in which
//! table; the rows are written; its body is filled in with them; then comes what every page has around
//! it. What many pages show is written once, with holes (`holes`) for what differs: the way to the
//! product's page in a row, the ways out of a picture.

mod api;
mod bundle;
pub mod diagram;
pub mod facts;
mod holes;
mod href;
mod markdown;
mod marks;
mod page;
mod prose;
mod route;
mod rule_view;
mod rules;
mod samples;
mod search;
mod templates;

use std::fmt;

use crate::config::BaseUrl;
use crate::diagnostic::{Code, Diagnostic};
use crate::l10n::{Failed, SayError, Voice};
use crate::locale::LocaleId;
use crate::model::{Id, PageRoute};
use crate::site::Site;
use crate::span::Span;

use diagram::breaking::LineBreaker;

pub use api::{ApiFile, rules_schema};
pub use bundle::{Bundle, Part};
pub use href::{Hrefs, Links};
pub use prose::Form;
pub use route::{Crawler, Route};
pub use search::SearchFile;

/// Why a file could not be rendered.
#[non_exhaustive]
#[derive(Debug)]
pub enum RenderError {
    /// A template or a file of `static/` has a mistake.
    Content(Box<Diagnostic>),
    /// Messages could not be said: each with its reason.
    Messages(Vec<SayError>),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(diagnostic) => f.write_str(&diagnostic.headline),
            Self::Messages(list) => {
                let why: Vec<_> = list.iter().flat_map(|error| &error.why).map(String::as_str).collect();
                f.write_str(&why.join("\n"))
            }
        }
    }
}

impl std::error::Error for RenderError {}

/// What a site is rendered for, where that is not the site's own business.
#[non_exhaustive]
#[derive(Clone, Default, Debug)]
pub struct RenderOptions {
    /// How links to pages are written.
    pub links: Links,
    /// Where the site will stand; `None`: where `site.toml` says.
    pub base_url: Option<BaseUrl>,
}

/// What files share, so that it is made once: the rows of a product in one locale, the pictures of its
/// pages, the search index of a locale. It belongs to whoever renders, for one bundle or for a session,
/// and to one [`Renderer`].
#[derive(Default)]
pub struct RenderCache {
    rows: page::Rows,
    pictures: diagram::Pictures,
    index: Option<search::Index>,
    taken: page::Taken,
    rules: rules::RuleCache,
}

/// What every file of a site needs, and nothing that a file leaves behind: all cores share it.
pub struct Renderer<'a> {
    site: &'a Site,
    templates: minijinja::Environment<'a>,
    /// Interface text for templates, by locale.
    words: Vec<minijinja::Value>,
    /// The facts of each product, for the scripts of its pages.
    facts: Vec<facts::Script>,
    /// All formats of rules, for the script that writes them.
    rule_formats: facts::Script,
    /// How pictures break their words, by locale.
    breakers: Vec<LineBreaker>,
    options: RenderOptions,
    /// Old paths below a locale and the pages they lead to.
    moved: Vec<(String, PageRoute)>,
}

impl<'a> Renderer<'a> {
    /// Compiles the templates; a mistake in one is found here.
    pub fn new(site: &'a Site, options: RenderOptions) -> Result<Self, RenderError> {
        let templates = templates::environment(site)?;
        let words = site.config.locales.ids().map(|locale| templates::say_function(site, locale)).collect();
        let facts = facts::Script::all(&site.model);
        let breakers = site.config.locales.ids().map(|locale| LineBreaker::of(site, locale)).collect();
        let (rule_formats, moved) = (rules::formats_script(site), site.model.moved_pages());
        let renderer = Self { site, templates, words, facts, rule_formats, breakers, options, moved };
        renderer.refuse_collisions()?;
        Ok(renderer)
    }

    /// A file of `static/` must not take the place of one that is generated.
    fn refuse_collisions(&self) -> Result<(), RenderError> {
        let is_taken = |path: &str| Route::of_file(self, path).is_some();
        let Some((path, _)) = self.site.theme.statics.iter().find(|(path, _)| is_taken(path)) else { return Ok(()) };
        let diagnostic =
            Diagnostic::error(Code::DuplicateId, format!("`static/{path}` would take the place of a generated file"));
        Err(RenderError::Content(Box::new(
            diagnostic.help("rename or remove it; a template of the theme changes how a page looks"),
        )))
    }

    /// Where the site will stand, if anybody says so; ends in `/`.
    pub fn base_url(&self) -> Option<&str> {
        self.options.base_url.as_ref().or(self.site.config.base_url.as_ref()).map(BaseUrl::as_str)
    }

    /// How pictures break the words of a locale.
    fn breaker(&self, locale: LocaleId) -> &LineBreaker {
        &self.breakers[locale.index()]
    }

    /// The function `t` of the templates.
    fn words(&self, locale: LocaleId) -> minijinja::Value {
        self.words[locale.index()].clone()
    }

    fn template<T: serde::Serialize>(&self, name: &str, context: &T) -> Result<String, RenderError> {
        let template = self.templates.get_template(name).map_err(|error| templates::error(self.site, &error))?;
        template
            .render(minijinja::Value::from(minijinja::value::Serde(context)))
            .map_err(|error| templates::error(self.site, &error))
    }
}

/// One file being written: what every file needs, and what could not be said in this one.
#[derive(Clone, Copy)]
struct Task<'a> {
    renderer: &'a Renderer<'a>,
    failed: &'a Failed,
}

impl<'a> std::ops::Deref for Task<'a> {
    type Target = Renderer<'a>;

    fn deref(&self) -> &Renderer<'a> {
        self.renderer
    }
}

impl<'a> Task<'a> {
    fn site(self) -> &'a Site {
        self.renderer.site
    }

    /// The words of a locale.
    fn voice(self, locale: LocaleId) -> Voice<'a> {
        self.renderer.site.speech().in_locale(locale, self.failed)
    }
}

/// The bytes of one file. `route` is one of the same renderer's: of a [`Bundle`], or from
/// [`Route::parse`]. They are the same whatever is in the cache, which holds what files share.
pub fn render(renderer: &Renderer<'_>, cache: &mut RenderCache, route: Route) -> Result<Vec<u8>, RenderError> {
    let failed = Failed::default();
    let bytes = write(Task { renderer, failed: &failed }, cache, route)?;
    let unsaid = failed.into_errors();
    if unsaid.is_empty() { Ok(bytes) } else { Err(RenderError::Messages(unsaid)) }
}

/// What of a page is wanted as a fragment, and what it has to suit.
#[derive(Clone, Copy, Debug)]
pub struct Fragment<'f> {
    /// The page of a product or of a scenario.
    pub page: PageRoute,
    /// Its language.
    pub locale: LocaleId,
    /// Its form.
    pub form: Form,
    /// Where the site stands, ending in `/`: every link that leaves the fragment leads there.
    pub base: &'f str,
    /// Its id, which all of its anchors begin with.
    pub id: &'f str,
    /// The level of its first heading, from 1 to 6.
    pub heading_level: u8,
    /// Whether it brings the style sheet that [`fragment_style`] gives alone.
    pub has_style: bool,
}

/// A part of a page for pages made by others: without what the site has around it, with links that lead to
/// the site. The same cache serves any number of them.
pub fn fragment(
    renderer: &Renderer<'_>,
    cache: &mut RenderCache,
    fragment: &Fragment<'_>,
) -> Result<String, RenderError> {
    let failed = Failed::default();
    let text = page::fragment(Task { renderer, failed: &failed }, cache, fragment)?;
    let unsaid = failed.into_errors();
    if unsaid.is_empty() { Ok(text) } else { Err(RenderError::Messages(unsaid)) }
}

/// The style sheet of fragments, for pages that keep theirs in files.
pub fn fragment_style(renderer: &Renderer<'_>) -> Result<String, RenderError> {
    page::fragment_style(renderer)
}

fn write(task: Task<'_>, cache: &mut RenderCache, route: Route) -> Result<Vec<u8>, RenderError> {
    let site = task.site();
    let text = match route {
        Route::Chooser => page::chooser(task)?,
        Route::NotFound => page::not_found(task)?,
        Route::Page(locale, page) => page::page(task, cache, locale, page, Form::Html)?,
        Route::Twin(locale, page) => page::page(task, cache, locale, page, Form::Markdown)?,
        Route::Csv(locale, page) => return Ok(page::csv(task, &mut cache.rows, locale, page)),
        Route::Diagram(locale, page) => {
            let body = diagram::StandAlone::of(task, &mut cache.pictures, locale, page)?;
            task.template("diagram.svg", &Body { body })?
        }
        Route::Mermaid(locale, page) => {
            let body = diagram::Mermaid::of(task, &mut cache.pictures, locale, page);
            task.template("diagram.mmd", &Body { body })?
        }
        Route::Moved(locale, position) => {
            let (old, page) = &task.renderer.moved[position as usize];
            page::moved(task, locale, old, *page)?
        }
        Route::Crawler(file) => page::crawler(task, file)?,
        Route::Search(locale, file) => return Ok(search::file(task, &mut cache.index, locale, file)),
        Route::Api(file) => return Ok(api::data(task, file)),
        Route::ApiSchema(file) => return Ok(file.schema()),
        Route::Asset(id) => return Ok(site.theme.asset(id).bytes.clone()),
        Route::Facts(product) => return Ok(task.renderer.facts[product.index()].bytes.clone()),
        Route::Taken(locale, product) => {
            let script = cache.taken.script(task, locale, product);
            script.unsaid.iter().for_each(|error| task.failed.add(error.clone()));
            return Ok(script.bytes.clone());
        }
        Route::Words(locale) => {
            let script = cache.taken.rows_script(task, locale);
            script.unsaid.iter().for_each(|error| task.failed.add(error.clone()));
            return Ok(script.bytes.clone());
        }
        Route::ApiRules(product) => return Ok(cache.rules.json(site, product)),
        Route::ApiRulesSchema => return Ok(api::rules_schema()),
        Route::RuleFacts(product) => return Ok(cache.rules.facts_script(site, product).bytes.clone()),
        Route::RuleFormats => return Ok(task.renderer.rule_formats.bytes.clone()),
        Route::RuleWords(locale) => {
            let script = cache.rules.words_script(task, locale);
            script.unsaid.iter().for_each(|error| task.failed.add(error.clone()));
            return Ok(script.bytes.clone());
        }
        Route::RuleFile(locale, scenario, file) => return Ok(cache.rules.file(task, locale, scenario, file)),
        Route::Static(position) => return Ok(site.theme.statics[position].1.clone()),
        Route::NoJekyll => String::new(),
    };
    Ok(text.into_bytes())
}

/// The context of a template that is no page.
#[derive(serde::Serialize)]
struct Body<T> {
    body: T,
}

/// A template's mistake as a diagnostic.
fn template_diagnostic(headline: String, span: Option<Span>) -> RenderError {
    let diagnostic = Diagnostic::error(Code::TemplateError, headline);
    RenderError::Content(Box::new(
        Diagnostic { span, ..diagnostic }
            .help("templates are minijinja; the built-in one of the same name shows what it gets"),
    ))
}
