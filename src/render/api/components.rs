//! `components.json`: the ends of connections.

use schemars::JsonSchema;
use serde::Serialize;

use super::{SCHEMA, Texts, permalinks, texts};
use crate::model::{ComponentId, PageRoute, ids};
use crate::render::Task;

/// The ends of connections.
#[derive(Serialize, JsonSchema)]
pub(super) struct Components {
    /// Version of this format.
    schema: u32,
    /// Every component, common ones first.
    components: Vec<ComponentEntry>,
}

/// One end of connections.
#[derive(Serialize, JsonSchema)]
struct ComponentEntry {
    /// `product/component`, or `common/component` for one that products share.
    id: String,
    /// Id of its product, null for a common one.
    product: Option<String>,
    /// Its name.
    name: Texts,
    /// Id of the zone it stands in, null where none is stated.
    zone: Option<String>,
    /// Ids of the components that are its machines: it runs on each of them, and on what they run on.
    runs_on: Vec<String>,
    /// Products that play this part.
    examples: Vec<String>,
    /// Ids of the products it takes part in.
    products: Vec<String>,
    /// Its page, by locale, relative to the site's root.
    permalinks: Texts,
}

pub(super) fn components(task: Task<'_>) -> Components {
    Components {
        schema: SCHEMA,
        components: ids(task.site().model.components.len())
            .filter(|id| task.site().model.has_page(*id))
            .map(|id| component(task, id))
            .collect(),
    }
}

fn component(task: Task<'_>, id: ComponentId) -> ComponentEntry {
    let model = &task.site().model;
    let component = &model[id];
    let products = model.views.products_of(id);
    let members: Vec<_> = products.iter().filter_map(|product| model.member(*product, id)).collect();
    let mut examples = component.examples.clone();
    for example in members.iter().flat_map(|member| &member.examples) {
        if !examples.contains(example) {
            examples.push(example.clone());
        }
    }
    ComponentEntry {
        id: model.component_key(id),
        product: component.product.map(|product| model[product].id.clone()),
        name: texts(task, component.name),
        zone: members.iter().find_map(|member| member.zone).or(component.zone).map(|zone| model[zone].id.clone()),
        runs_on: component.runs_on.iter().map(|machine| model.component_key(*machine)).collect(),
        examples,
        products: products.iter().map(|product| model[*product].id.clone()).collect(),
        permalinks: permalinks(task, PageRoute::Component(id)),
    }
}
