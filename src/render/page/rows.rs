//! Rows, rendered once. The pages of a product show the same rows over and over: each is rendered
//! once per locale and form, with holes where the way to the product's page belongs, and copied into
//! the pages that show it.

use std::collections::BTreeMap;
use std::collections::btree_map;

use minijinja::value::Serde;
use minijinja::{Captured, Value};

use super::machine::Near;
use super::outline::{Entry, Outline, Side, Table};
use super::shown::ShownFlow;
use super::table;
use crate::l10n::Failed;
use crate::locale::LocaleId;
use crate::model::{FlowId, PageRoute, ProductId};
use crate::render::holes::{Hole, Stencil};
use crate::render::prose::{Form, Place};
use crate::render::{Hrefs, RenderError, Task, templates};

/// The rows of one product in one locale, as far as they were written: its pages follow each other.
/// Pages of no product show each of their rows once, and leave nothing here.
#[derive(Default)]
pub(in crate::render) struct Rows {
    of: Option<(LocaleId, ProductId)>,
    /// A table that is about one end of its rows has no column for it.
    html: BTreeMap<(FlowId, bool, Option<Side>), Stencil>,
    markdown: BTreeMap<(FlowId, bool, Option<Side>), Stencil>,
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
        task: Task<'_>,
        place: Place<'_>,
        page: PageRoute,
        outline: &Outline,
    ) -> Result<Vec<Value>, RenderError> {
        self.enter(page.product(&place.site.model).map(|product| (place.locale, product)));
        let shared = self.of.filter(|_| is_shared(place, page)).map(|(locale, product)| {
            let hrefs = Hrefs::with_holes(place.site, task.options.links, locale, product);
            if place.form == Form::Html { hrefs } else { hrefs.in_twin() }
        });
        let mut writer = Writer { task, place, page, t: task.words(place.locale), template: None };
        let written = if place.form == Form::Html { &mut self.html } else { &mut self.markdown };
        let way = place.hrefs.way_to_product();
        let is_short = place.form == Form::Html && matches!(page, PageRoute::Component(_));
        let rows = |table: &Table| {
            let mut out = String::new();
            for entry in &table.entries {
                let side = table.side.filter(|_| place.form == Form::Html);
                match (&entry.shown, &shared) {
                    // What a row repeats, each page has elsewhere.
                    (ShownFlow::Whole(flow), Some(hrefs)) if entry.repeated.is_nothing() => {
                        let row = match written.entry((*flow, is_short, side)) {
                            btree_map::Entry::Occupied(known) => known.into_mut(),
                            btree_map::Entry::Vacant(new) => {
                                let failed = Failed::default();
                                let row = Stencil::cut(&writer.row(hrefs, entry, side, &failed)?, &[Hole::Product]);
                                let unsaid = failed.into_errors();
                                if !unsaid.is_empty() {
                                    // The next page would take it for whole.
                                    for error in unsaid {
                                        task.failed.add(error);
                                    }
                                    continue;
                                }
                                new.insert(row)
                            }
                        };
                        row.push_to(&mut out, |_| &way);
                    }
                    _ => out.push_str(&writer.row(place.hrefs, entry, side, task.failed)?),
                }
            }
            Ok(Value::from_safe_string(out))
        };
        outline.tables.iter().map(rows).collect()
    }

    /// The table of a page as CSV.
    pub(super) fn csv(&mut self, place: Place<'_>, page: PageRoute) -> Vec<u8> {
        let model = &place.site.model;
        self.enter(page.product(model).map(|product| (place.locale, product)));
        let is_shared = self.of.is_some() && is_shared(place, page);
        let mut out = table::head(place);
        for shown in ShownFlow::on(model, page) {
            match shown {
                ShownFlow::Whole(flow) if is_shared => {
                    let records = match self.records.entry(flow) {
                        btree_map::Entry::Occupied(known) => known.into_mut(),
                        btree_map::Entry::Vacant(new) => {
                            let failed = Failed::default();
                            let voice = place.site.speech().in_locale(place.locale, &failed);
                            let records = table::records(Place { voice, ..place }, Near::default(), &shown);
                            let unsaid = failed.into_errors();
                            if !unsaid.is_empty() {
                                for error in unsaid {
                                    place.voice.note(error);
                                }
                                continue;
                            }
                            new.insert(records)
                        }
                    };
                    out.extend_from_slice(records);
                }
                _ => {
                    for near in Near::each(model, page, &shown) {
                        out.extend(table::records(place, near, &shown));
                    }
                }
            }
        }
        out
    }
}

/// Whether a page shows rows as others do: that of a machine says what of them is its own, and the links of a
/// fragment are no page's.
fn is_shared(place: Place<'_>, page: PageRoute) -> bool {
    place.site.model.machine_of_page(page).is_none() && !place.hrefs.is_outside()
}

/// Writes rows of one page. Their template is made ready once for all of them.
struct Writer<'a, 'r> {
    task: Task<'r>,
    place: Place<'a>,
    page: PageRoute,
    t: Value,
    template: Option<Captured<'r>>,
}

impl Writer<'_, '_> {
    fn row(
        &mut self,
        hrefs: &Hrefs<'_>,
        entry: &Entry,
        side: Option<Side>,
        failed: &Failed,
    ) -> Result<String, RenderError> {
        let Place { site, locale, form, .. } = self.place;
        let voice = site.speech().in_locale(locale, failed);
        let place = Place { site, hrefs, voice, locale, form };
        let row = match form {
            Form::Html => Value::from(Serde(&place.row(self.page, entry, side))),
            Form::Markdown => Value::from(Serde(&place.row_text(self.page, entry))),
        };
        self.call(row).map_err(|error| templates::error(self.task.site(), &error))
    }

    fn call(&mut self, row: Value) -> Result<String, minijinja::Error> {
        if self.template.as_ref().is_none_or(|template| !templates::has_fuel(template.state())) {
            let name = if self.place.form == Form::Html { "row.html" } else { "row.md" };
            self.template = Some(self.task.renderer.templates.get_template(name)?.render_captured(())?);
        }
        let Some(template) = &mut self.template else { unreachable!("it was made ready just before") };
        template.with_state_mut(|state| state.call_macro("row", &[self.t.clone(), row]))
    }
}
