//! The facts from the other side: one compact line per use, linking to its row. The full row stands on
//! the pages of products and components.

use std::collections::BTreeMap;

use serde::Serialize;

use super::line::LineView;
use super::{Link, link_to};
use crate::model::{AddressUse, Anchor, Anchored, ComponentId, Condition, FlowId, Model, PageRoute, ProductId};
use crate::render::marks::{MarkView, marks_of};
use crate::render::prose::{Place, TextView};

/// A page with more uses than this lists products with counts.
const MOST_USES: usize = 500;

/// Where the flows of a product begin on its page.
pub(super) const FLOWS: Anchor<'static> = Anchor::Theme("_flows");

/// Everything that uses something.
#[derive(Serialize)]
pub(super) struct Uses {
    lines: Vec<UseLine>,
    folded: Vec<ProductCount>,
}

#[derive(Serialize)]
struct UseLine {
    product: Link,
    href: String,
    from: String,
    to: String,
    lines: Vec<LineView>,
    purpose: Option<TextView>,
    condition: Option<String>,
    marks: Vec<MarkView>,
}

/// A product and how often it uses something.
#[derive(Serialize)]
pub(super) struct ProductCount {
    link: Link,
    count: usize,
}

impl Uses {
    /// Flows with their own conditions. `anchor` is where they begin on each product's page.
    pub(super) fn of(place: Place<'_>, flows: &[FlowId], anchor: Anchor<'_>) -> Self {
        let model = &place.site.model;
        Self::list(place, anchor, flows.iter().map(|flow| (*flow, &model[*flow].when)).collect())
    }

    /// Flows that use an address, with the conditions under which they do.
    pub(super) fn of_address(place: Place<'_>, uses: &[AddressUse]) -> Self {
        Self::list(place, FLOWS, uses.iter().map(|one| (one.flow, &one.when)).collect())
    }

    fn list(place: Place<'_>, anchor: Anchor<'_>, uses: Vec<(FlowId, &Condition)>) -> Self {
        if uses.len() > MOST_USES {
            let flows: Vec<_> = uses.into_iter().map(|(flow, _)| flow).collect();
            return Self { lines: Vec::new(), folded: counts(place, &flows, |_| anchor) };
        }
        Self { lines: uses.into_iter().map(|(flow, when)| line(place, flow, when)).collect(), folded: Vec::new() }
    }
}

/// Whether a common component has too many rows for its page.
pub(super) fn is_folded(model: &Model, component: ComponentId) -> bool {
    model[component].product.is_none() && model.views.flows_of(component).len() > MOST_USES
}

/// Products with the number of flows of each. `anchor` is where they begin on the product's page.
pub(super) fn counts<'m>(
    place: Place<'_>,
    flows: &[FlowId],
    anchor: impl Fn(ProductId) -> Anchor<'m>,
) -> Vec<ProductCount> {
    let model = &place.site.model;
    let mut counts: BTreeMap<ProductId, usize> = BTreeMap::new();
    for flow in flows {
        *counts.entry(model[*flow].product).or_default() += 1;
    }
    let count = |(product, count): (ProductId, usize)| {
        let page = PageRoute::Product(product);
        let link = link_to(place, place.voice.name(model[product].name), page);
        ProductCount { link: Link { href: place.hrefs.to(place.locale, page.at(anchor(product))), ..link }, count }
    };
    counts.into_iter().map(count).collect()
}

fn line(place: Place<'_>, id: FlowId, when: &Condition) -> UseLine {
    let Place { site, locale, .. } = place;
    let flow = &site.model[id];
    UseLine {
        product: link_to(place, place.voice.name(site.model[flow.product].name), PageRoute::Product(flow.product)),
        href: place.hrefs.to(locale, site.model.link_to(Anchored::Flow(id))),
        from: place.voice.who(&flow.from.who),
        to: place.voice.who(&flow.to.who),
        lines: place.lines(&flow.lines),
        purpose: flow.purpose.map(|purpose| place.text(purpose)),
        condition: place.voice.condition(when),
        marks: marks_of(&site.model, id, &site.model.alternatives_of(id))
            .into_iter()
            .map(|mark| place.mark(mark))
            .collect(),
    }
}
