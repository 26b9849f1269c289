//! Rows, rendered once. The pages of a product show the same rows over and over: each is rendered
//! once per locale and form, with holes where the way to the product's page belongs, and copied into
//! the pages that show it.

use std::collections::BTreeMap;
use std::collections::btree_map;

use minijinja::value::Serde;
use minijinja::{Captured, Value};

use super::outline::{Entry, Outline};
use super::shown::Shown;
use super::table;
use crate::locale::LocaleId;
use crate::model::{FlowId, PageRoute, ProductId};
use crate::render::holes::{Hole, Stencil};
use crate::render::prose::{Form, Place};
use crate::render::{Hrefs, RenderError, Renderer, templates};

/// The rows of one product in one locale, as far as they were written: its pages follow each other.
/// Pages of no product show each of their rows once, and leave nothing here.
#[derive(Default)]
pub(in crate::render) struct Rows {
    of: Option<(LocaleId, ProductId)>,
    html: BTreeMap<FlowId, Stencil>,
    markdown: BTreeMap<FlowId, Stencil>,
    records: BTreeMap<FlowId, Vec<u8>>,
}

impl Rows {
    /// Forgets what belongs to another product or locale.
    fn enter(&mut self, of: Option<(LocaleId, ProductId)>) {
        if self.of != of {
            *self = Self { of, ..Self::default() };
        }
    }

    /// The rows of each table of a page, in the form of the page.
    pub(super) fn write(
        &mut self,
        renderer: &Renderer<'_>,
        place: Place<'_>,
        page: PageRoute,
        outline: &Outline,
    ) -> Result<Vec<Value>, RenderError> {
        self.enter(page.product(&place.site.model).map(|product| (place.locale, product)));
        let shared = self.of.map(|(locale, product)| {
            let hrefs = Hrefs::with_holes(place.site, renderer.options.links, locale, product);
            if place.form == Form::Html { hrefs } else { hrefs.in_twin() }
        });
        let mut writer = Writer { renderer, place, page, t: renderer.words(place.locale), template: None };
        let written = if place.form == Form::Html { &mut self.html } else { &mut self.markdown };
        let way = place.hrefs.way_to_product();
        let mut rows = |entries: &[Entry]| {
            let mut out = String::new();
            for entry in entries {
                match (&entry.shown, &shared) {
                    // What a row repeats, each page has elsewhere.
                    (Shown::Whole(flow), Some(hrefs)) if entry.repeated.is_nothing() => {
                        let row = match written.entry(*flow) {
                            btree_map::Entry::Occupied(known) => known.into_mut(),
                            btree_map::Entry::Vacant(new) => {
                                new.insert(Stencil::cut(&writer.row(hrefs, entry)?, &[Hole::Product]))
                            }
                        };
                        row.push_to(&mut out, |_| &way);
                    }
                    _ => out.push_str(&writer.row(place.hrefs, entry)?),
                }
            }
            Ok(Value::from_safe_string(out))
        };
        outline.tables.iter().map(|table| rows(&table.entries)).collect()
    }

    /// The table of a page as CSV.
    pub(super) fn csv(&mut self, place: Place<'_>, page: PageRoute) -> Vec<u8> {
        let model = &place.site.model;
        self.enter(page.product(model).map(|product| (place.locale, product)));
        let mut out = table::head(place);
        for shown in Shown::on(model, page) {
            match shown {
                Shown::Whole(flow) if self.of.is_some() => {
                    out.extend_from_slice(self.records.entry(flow).or_insert_with(|| table::records(place, &shown)));
                }
                _ => out.extend(table::records(place, &shown)),
            }
        }
        out
    }
}

/// Writes rows of one page. Their template is made ready once for all of them.
struct Writer<'a, 'r> {
    renderer: &'r Renderer<'r>,
    place: Place<'a>,
    page: PageRoute,
    t: Value,
    template: Option<Captured<'r>>,
}

impl Writer<'_, '_> {
    fn row(&mut self, hrefs: &Hrefs<'_>, Entry { shown, repeated }: &Entry) -> Result<String, RenderError> {
        let row = Value::from(Serde(&Place { hrefs, ..self.place }.row(self.page, shown, repeated)));
        self.call(row).map_err(|error| templates::error(self.renderer.site, &error))
    }

    fn call(&mut self, row: Value) -> Result<String, minijinja::Error> {
        if self.template.as_ref().is_none_or(|template| !templates::has_fuel(template.state())) {
            let name = if self.place.form == Form::Html { "row.html" } else { "row.md" };
            self.template = Some(self.renderer.templates.get_template(name)?.render_captured(())?);
        }
        let Some(template) = &mut self.template else { unreachable!("it was made ready just before") };
        template.with_state_mut(|state| state.call_macro("row", &[self.t.clone(), row]))
    }
}
