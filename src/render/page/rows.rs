//! Rows, rendered once. The pages of a product show the same rows over and over: each is rendered
//! once per bundle and form, with holes where the way to the product's page belongs, and copied into
//! the pages that show it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use minijinja::Value;
use serde::Serialize;

use super::row::{Row, Shown};
use super::table;
use crate::locale::LocaleId;
use crate::model::{FlowId, PageRoute, ProductId};
use crate::render::prose::{Form, Place};
use crate::render::{Hrefs, RenderError, Renderer, templates};

/// The rows of one bundle. It stays in one thread; bundles don't share it.
pub(in crate::render) struct Rows<'a> {
    renderer: &'a Renderer<'a>,
    locale: LocaleId,
    /// Links for rows that several pages show; pages of no product show each row once.
    shared: Option<Hrefs<'a>>,
    t: Value,
    html: RefCell<BTreeMap<FlowId, Fragment>>,
    markdown: RefCell<BTreeMap<FlowId, Fragment>>,
    records: RefCell<BTreeMap<FlowId, Vec<u8>>>,
    error: RefCell<Option<RenderError>>,
}

#[derive(Serialize)]
struct Context<'a> {
    t: &'a Value,
    row: &'a Row,
}

/// A rendered row. `holes` are the places where each page writes its way to the product's page.
struct Fragment {
    text: String,
    holes: Vec<usize>,
}

impl Fragment {
    fn parse(rendered: &str) -> Self {
        let mut fragment = Self { text: String::with_capacity(rendered.len()), holes: Vec::new() };
        for (position, part) in rendered.split(Hrefs::HOLE).enumerate() {
            if position > 0 {
                fragment.holes.push(fragment.text.len());
            }
            fragment.text.push_str(part);
        }
        fragment
    }

    fn push_to(&self, out: &mut String, way: &str) {
        let mut from = 0;
        for hole in &self.holes {
            out.push_str(&self.text[from..*hole]);
            out.push_str(way);
            from = *hole;
        }
        out.push_str(&self.text[from..]);
    }
}

impl<'a> Rows<'a> {
    pub(in crate::render) fn new(renderer: &'a Renderer<'a>, locale: LocaleId, product: Option<ProductId>) -> Self {
        let shared = |product| Hrefs::with_holes(renderer.site, renderer.links, locale, product);
        Self {
            renderer,
            locale,
            shared: product.map(shared),
            t: templates::say_function(renderer.site, locale),
            html: RefCell::default(),
            markdown: RefCell::default(),
            records: RefCell::default(),
            error: RefCell::default(),
        }
    }

    pub(super) fn locale(&self) -> LocaleId {
        self.locale
    }

    /// The rows of a page, one after the other, in the form of the page.
    pub(super) fn render(&self, place: Place<'_>, page: PageRoute, shown: &[Shown]) -> Value {
        let way = place.hrefs.way_to_product();
        let cache = match place.form {
            Form::Html => &self.html,
            Form::Markdown => &self.markdown,
        };
        let mut out = String::new();
        for shown in shown {
            match (shown, &self.shared) {
                (Shown::Whole(flow), Some(hrefs)) if self.is_same_everywhere(page, *flow) => cache
                    .borrow_mut()
                    .entry(*flow)
                    .or_insert_with(|| Fragment::parse(&self.row(Place { hrefs, ..place }, page, shown)))
                    .push_to(&mut out, &way),
                _ => out.push_str(&self.row(place, page, shown)),
            }
        }
        Value::from_safe_string(out)
    }

    /// Old anchors stand on the product's own page only.
    fn is_same_everywhere(&self, page: PageRoute, flow: FlowId) -> bool {
        let model = &self.renderer.site.model;
        page != model.place_of_flow(flow).0 || model.former_anchors(flow).is_empty()
    }

    fn row(&self, place: Place<'_>, page: PageRoute, shown: &Shown) -> String {
        let template = if place.form == Form::Html { "row.html" } else { "row.md" };
        let context = Context { t: &self.t, row: &place.row(page, shown) };
        self.renderer.template(template, &context).unwrap_or_else(|error| {
            self.error.borrow_mut().get_or_insert(error);
            String::new()
        })
    }

    /// The records of a row for the page's CSV.
    pub(super) fn push_records(&self, place: Place<'_>, shown: &Shown, out: &mut Vec<u8>) {
        match shown {
            Shown::Whole(flow) => out.extend_from_slice(
                self.records.borrow_mut().entry(*flow).or_insert_with(|| table::records(place, shown)),
            ),
            Shown::Part(_) => out.extend(table::records(place, shown)),
        }
    }

    /// What went wrong, if anything did.
    pub(super) fn take_error(&self) -> Option<RenderError> {
        self.error.borrow_mut().take()
    }
}
