//! Names by which things of the site go.

use crate::model::UnitId;
use crate::site::Site;

/// Units that name a product, a component, a service or a term.
pub(in super::super) fn named_units(site: &Site) -> Vec<UnitId> {
    let model = &site.model;
    let products = model.products.iter().map(|product| product.name);
    let components = model.components.iter().map(|component| component.name);
    let services = model.services.iter().map(|service| service.name);
    let terms = model.terms.iter().map(|term| term.name);
    products.chain(components).chain(services).chain(terms).collect()
}
