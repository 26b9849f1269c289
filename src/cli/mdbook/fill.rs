//! Port tables into the chapters of a book.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::Failure;
use super::super::export::{find_page, fragment_id, no_base_url};
use super::super::locale_of;
use super::directive::{Directive, Piece, misplaced, pieces};
use super::settings::Settings;
use crate::locale::LocaleId;
use crate::model::PageRoute;
use crate::render::{Form, Fragment, RenderCache, RenderError, Renderer, fragment};
use crate::site::Site;

/// What keeps a book from being filled.
pub(super) enum Refused {
    Failure(Failure),
    Render(RenderError),
}

pub(super) struct Filler<'a> {
    site: &'a Site,
    renderer: &'a Renderer<'a>,
    settings: &'a Settings,
    cache: RenderCache,
    /// How often each part was asked for: on the page for printing all chapters stand together.
    counts: BTreeMap<String, u32>,
    /// What is wrong so far. All of it is told, so that one run shows all.
    failures: Vec<Failure>,
}

/// What a directive asks for, found in the site.
struct Found<'a> {
    page: PageRoute,
    locale: LocaleId,
    heading_level: u8,
    base: &'a str,
}

impl<'a> Filler<'a> {
    pub(super) fn new(site: &'a Site, renderer: &'a Renderer<'a>, settings: &'a Settings) -> Self {
        let (cache, counts, failures) = (RenderCache::default(), BTreeMap::new(), Vec::new());
        Self { site, renderer, settings, cache, counts, failures }
    }

    pub(super) fn fill(mut self, book: &mut Value) -> Result<(), Refused> {
        self.fill_below(book).map_err(Refused::Render)?;
        let Some(last) = self.failures.pop() else { return Ok(()) };
        self.failures.iter().for_each(Failure::tell);
        Err(Refused::Failure(last))
    }

    /// Chapters stand in lists (`sections` before mdBook 0.5, `items` since then), those below them in `sub_items`.
    fn fill_below(&mut self, value: &mut Value) -> Result<(), RenderError> {
        match value {
            Value::Array(list) => list.iter_mut().try_for_each(|item| self.fill_below(item)),
            Value::Object(fields) => {
                fields.get_mut("Chapter").map_or(Ok(()), |chapter| self.fill_chapter(chapter))?;
                let is_list = |name: &str| matches!(name, "Chapter" | "sections" | "items" | "sub_items");
                fields.iter_mut().filter(|(name, _)| is_list(name)).try_for_each(|(_, below)| self.fill_below(below))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
        }
    }

    fn fill_chapter(&mut self, chapter: &mut Value) -> Result<(), RenderError> {
        let name = chapter["name"].as_str().unwrap_or_default();
        let place = chapter["path"].as_str().map_or_else(|| name.to_owned(), |path| format!("{name} ({path})"));
        let Some(content) = chapter["content"].as_str() else { return Ok(()) };
        let mut filled = String::with_capacity(content.len());
        let mut has_style = false;
        for piece in pieces(content) {
            let (line, found) = match piece {
                Piece::Text(text) => {
                    filled.push_str(text);
                    continue;
                }
                Piece::Directive { line, words } => (line, Directive::read(words).and_then(|read| self.find(&read))),
                Piece::Misplaced { line } => (line, Err(misplaced())),
            };
            match found {
                // A block stands between empty lines; the styles of the first are those of all.
                Ok(found) => {
                    filled.extend(["\n", &self.write(&found, !has_style)?, "\n"]);
                    has_style = true;
                }
                Err(failure) => self.failures.push(failure.at(&format!("{place}, line {line}"))),
            }
        }
        chapter["content"] = Value::String(filled);
        Ok(())
    }

    fn find(&self, directive: &Directive<'_>) -> Result<Found<'a>, Failure> {
        let base = self
            .renderer
            .base_url()
            .ok_or_else(|| no_base_url("`base-url = \"https://…\"` to `[preprocessor.rutter]` in book.toml"))?;
        let page = find_page(self.site, directive.product, directive.scenario)?;
        let locale = locale_of(self.site, directive.locale.unwrap_or(&self.settings.locale))?;
        Ok(Found { page, locale, heading_level: directive.heading_level.unwrap_or(2), base })
    }

    fn write(&mut self, found: &Found<'_>, has_style: bool) -> Result<String, RenderError> {
        let Found { page, locale, heading_level, base } = *found;
        let mut id = fragment_id(self.site, page, locale);
        let count = self.counts.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            id = format!("{id}-{count}");
        }
        let form = if self.settings.is_html { Form::Html } else { Form::Markdown };
        let wanted = Fragment { page, locale, form, base, id: &id, heading_level, has_style };
        fragment(self.renderer, &mut self.cache, &wanted)
    }
}
