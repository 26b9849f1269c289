//! Rows are rendered once per locale and bundle: the cells behind the first one are the same on every
//! page but for the way to the root, which is filled in where they are used.

use std::cell::RefCell;
use std::collections::BTreeMap;

use minijinja::Value;
use serde::Serialize;

use super::row::Row;
use crate::locale::LocaleId;
use crate::model::FlowId;
use crate::render::prose::{Form, Place};
use crate::render::{Hrefs, RenderError, Renderer, templates};

/// The cells of the rows of one bundle. It stays in one thread; bundles don't share it.
pub(in crate::render) struct Cells<'a> {
    renderer: &'a Renderer<'a>,
    hrefs: Hrefs<'a>,
    locale: LocaleId,
    t: Value,
    rendered: RefCell<BTreeMap<FlowId, String>>,
    error: RefCell<Option<RenderError>>,
}

#[derive(Serialize)]
struct Context<'a> {
    t: &'a Value,
    row: &'a Row,
}

impl<'a> Cells<'a> {
    pub(in crate::render) fn new(renderer: &'a Renderer<'a>, locale: LocaleId) -> Self {
        Self {
            renderer,
            hrefs: Hrefs::with_holes(renderer.site, renderer.links),
            locale,
            t: templates::say_function(renderer.site, locale),
            rendered: RefCell::default(),
            error: RefCell::default(),
        }
    }

    /// The cells of a flow for the page that `hrefs` leads from.
    pub(super) fn of(&self, id: FlowId, hrefs: &Hrefs<'_>) -> Value {
        let mut rendered = self.rendered.borrow_mut();
        let cells = rendered.entry(id).or_insert_with(|| {
            let place = Place {
                site: self.renderer.site,
                hrefs: &self.hrefs,
                locale: self.locale,
                form: Form::Html,
                cells: None,
            };
            self.render(&place.row(id))
        });
        Value::from_safe_string(hrefs.fill(cells))
    }

    /// The cells of a row that only one page shows.
    pub(super) fn render(&self, row: &Row) -> String {
        let context = Context { t: &self.t, row };
        let bytes = self.renderer.template("row.html", &context).unwrap_or_else(|error| {
            self.error.borrow_mut().get_or_insert(error);
            Vec::new()
        });
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// What went wrong, if anything did.
    pub(super) fn take_error(&self) -> Option<RenderError> {
        self.error.borrow_mut().take()
    }
}
