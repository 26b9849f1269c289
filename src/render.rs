//! Site → bytes, bundle by bundle: pages, data, assets. Pure: it reads the [`Site`] and nothing
//! else, and the same site gives the same bytes.
//!
//! Bundles are what is worth rendering together; they are independent, so that all cores take part.

mod api;
mod bundle;
pub mod diagram;
mod href;
mod markdown;
mod marks;
mod page;
mod prose;
mod route;
mod search;
mod templates;

use std::{fmt, io};

use crate::config::BaseUrl;
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::LocaleId;
use crate::model::PageRoute;
use crate::site::Site;
use crate::span::Span;

use prose::Form;
use route::file_of;

pub use api::ApiFile;
pub use bundle::Bundle;
pub use href::{Hrefs, Links};
pub use route::{Crawler, Route};
pub use search::SearchFile;

/// Why a site could not be rendered.
#[derive(Debug)]
pub enum RenderError {
    /// A template or a file of `static/` has a mistake.
    Content(Box<Diagnostic>),
    /// A message could not be said.
    Messages(Vec<String>),
    /// The receiver of the bytes failed.
    Output(io::Error),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Content(diagnostic) => f.write_str(&diagnostic.headline),
            Self::Messages(list) => write!(f, "{}", list.join("\n")),
            Self::Output(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<io::Error> for RenderError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Receives the files of a bundle: path relative to the site's root, bytes.
pub type Emit<'a> = dyn FnMut(&str, Vec<u8>) -> io::Result<()> + 'a;

/// What a site is rendered for, where that is not the site's own business.
#[non_exhaustive]
#[derive(Clone, Default, Debug)]
pub struct RenderOptions {
    /// How links to pages are written.
    pub links: Links,
    /// Where the site will stand; `None`: where `site.toml` says.
    pub base_url: Option<BaseUrl>,
}

/// Renders one site.
pub struct Renderer<'a> {
    site: &'a Site,
    templates: minijinja::Environment<'a>,
    /// Interface text for templates, by locale.
    words: Vec<minijinja::Value>,
    options: RenderOptions,
    /// Old paths below a locale and the pages they lead to.
    moved: Vec<(String, PageRoute)>,
    /// Pictures without words, the same in all locales.
    diagrams: diagram::Diagrams<'a>,
}

impl<'a> Renderer<'a> {
    /// Compiles the templates; a mistake in one is found here.
    pub fn new(site: &'a Site, options: RenderOptions) -> Result<Self, RenderError> {
        let templates = templates::environment(site)?;
        let words = site.config.locales.ids().map(|locale| templates::say_function(site, locale)).collect();
        let diagrams = diagram::Diagrams::draw(site, options.links);
        let renderer = Self { site, templates, words, options, moved: site.model.moved_pages(), diagrams };
        renderer.refuse_collisions()?;
        Ok(renderer)
    }

    /// A file of `static/` must not take the place of one that is generated.
    fn refuse_collisions(&self) -> Result<(), RenderError> {
        let statics = &self.site.theme.statics;
        if statics.is_empty() {
            return Ok(());
        }
        let routes = self.bundles().into_iter().flat_map(|bundle| self.routes(bundle));
        let generated =
            routes.filter(|route| !matches!(route, Route::Static(_))).map(|route| file_of(&self.permalink(route)));
        let generated: std::collections::BTreeSet<_> = generated.collect();
        let Some((path, _)) = statics.iter().find(|(path, _)| generated.contains(camino::Utf8Path::new(path))) else {
            return Ok(());
        };
        let diagnostic =
            Diagnostic::error(Code::DuplicateId, format!("`static/{path}` would take the place of a generated file"));
        Err(RenderError::Content(Box::new(
            diagnostic.help("rename or remove it; a template of the theme changes how a page looks"),
        )))
    }

    /// Renders a bundle, file by file. A file in which a message could not be said is not emitted, and
    /// told at the end.
    pub fn render(&self, bundle: Bundle, emit: &mut Emit<'_>) -> Result<(), RenderError> {
        let mut unsaid = Vec::new();
        let mut emit_whole = |path: &str, bytes: Vec<u8>| {
            let failures = self.site.catalogs.failures_in(&bytes);
            if failures.is_empty() {
                return emit(path, bytes);
            }
            unsaid.extend(failures);
            Ok(())
        };
        self.render_files(bundle, &mut emit_whole)?;
        unsaid.sort();
        unsaid.dedup();
        if unsaid.is_empty() { Ok(()) } else { Err(RenderError::Messages(unsaid)) }
    }

    fn render_files(&self, bundle: Bundle, emit: &mut Emit<'_>) -> Result<(), RenderError> {
        if let Bundle::Search(locale) = bundle {
            return search::render(self, locale, emit);
        }
        let mut rows = page::Rows::default();
        for route in self.routes(bundle) {
            let bytes = self.render_route(route, &mut rows)?;
            emit(file_of(&self.permalink(route)).as_str(), bytes)?;
        }
        Ok(())
    }

    /// Whether every message could be said so far, also where it was only counted or sorted by.
    pub fn said_everything(&self) -> Result<(), RenderError> {
        let failures = self.site.catalogs.failures();
        if failures.is_empty() { Ok(()) } else { Err(RenderError::Messages(failures)) }
    }

    fn render_route(&self, route: Route, rows: &mut page::Rows) -> Result<Vec<u8>, RenderError> {
        match route {
            Route::Chooser => page::chooser(self).map(String::into_bytes),
            Route::NotFound => page::not_found(self).map(String::into_bytes),
            Route::Page(locale, page) => page::page(self, rows, locale, page, Form::Html).map(String::into_bytes),
            Route::Twin(locale, page) => page::page(self, rows, locale, page, Form::Markdown).map(String::into_bytes),
            Route::Csv(locale, page) => Ok(page::csv(self, rows, locale, page)),
            Route::Diagram(locale, page) => {
                let file = diagram::StandAlone::of(self, locale, page)?;
                self.template("diagram.svg", &Body { body: file }).map(String::into_bytes)
            }
            Route::Mermaid(locale, page) => {
                let file = diagram::Mermaid::of(&self.diagrams, locale, page);
                self.template("diagram.mmd", &Body { body: file }).map(String::into_bytes)
            }
            Route::Moved(locale, position) => {
                let (old, page) = &self.moved[position as usize];
                page::moved(self, locale, old, *page).map(String::into_bytes)
            }
            Route::Crawler(file) => page::crawler(self, file).map(String::into_bytes),
            Route::Search(..) => unreachable!("a locale's index is rendered as a whole"),
            Route::Api(file) => Ok(api::data(self.site, file)),
            Route::ApiSchema(file) => Ok(api::schema(file)),
            Route::Asset(id) => Ok(self.site.theme.asset(id).bytes.clone()),
            Route::Static(position) => Ok(self.site.theme.statics[position].1.clone()),
            Route::NoJekyll => Ok(Vec::new()),
        }
    }

    /// Where the site will stand, if anybody says so; ends in `/`.
    pub fn base_url(&self) -> Option<&str> {
        self.options.base_url.as_ref().or(self.site.config.base_url.as_ref()).map(BaseUrl::as_str)
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
