//! Where items stand: the pages of a site, their paths below a locale, their anchors. All of it
//! comes from the model alone, so that every locale has the same pages and anchors.

use super::{ComponentId, ConfigOption, FlowId, Model, OptionId, PageId, ProductId, ScenarioId, SourceId, TermId, ids};

/// A page that every locale has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PageRoute {
    /// Products, and what else the site has.
    Home,
    /// A product.
    Product(ProductId),
    /// A component: of a product, or common to all.
    Component(ComponentId),
    /// A scenario of a product.
    Scenario(ScenarioId),
    /// The glossary.
    Glossary,
    /// A prose page.
    Prose(PageId),
}

/// An anchor that exists on the page it is used with.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AnchorId(String);

impl AnchorId {
    /// As it stands behind `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The anchor of a flow is its id, alone among all items.
pub fn anchor_of_flow(id: &str) -> AnchorId {
    AnchorId(id.to_owned())
}

impl Model {
    /// All pages, in the order of the site's menus.
    pub fn pages(&self) -> Vec<PageRoute> {
        let mut pages = vec![PageRoute::Home];
        pages.extend(ids(self.products.len()).map(PageRoute::Product));
        pages.extend(ids(self.components.len()).filter(|id| self.has_page(*id)).map(PageRoute::Component));
        pages.extend(ids(self.scenarios.len()).map(PageRoute::Scenario));
        pages.push(PageRoute::Glossary);
        pages.extend(ids(self.pages.len()).map(PageRoute::Prose));
        pages
    }

    /// A common component that no product uses is an error of its own and has no page.
    fn has_page(&self, component: ComponentId) -> bool {
        self[component].product.is_some() || self.products_of(component).next().is_some()
    }

    /// The path below the locale: empty, or ending in `/`.
    pub fn path(&self, page: PageRoute) -> String {
        match page {
            PageRoute::Home => String::new(),
            PageRoute::Product(id) => format!("{}/", self[id].id),
            PageRoute::Component(id) => match self[id].product {
                Some(product) => format!("{}/{}/", self[product].id, self[id].id),
                None => format!("components/{}/", self[id].id),
            },
            PageRoute::Scenario(id) => format!("{}/scenarios/{}/", self[self[id].product].id, self[id].id),
            PageRoute::Glossary => "glossary/".to_owned(),
            PageRoute::Prose(id) => format!("{}/", self[id].id),
        }
    }

    /// Where a flow's full row stands.
    pub fn place_of_flow(&self, id: FlowId) -> (PageRoute, AnchorId) {
        let flow = &self[id];
        (PageRoute::Product(flow.product), anchor_of_flow(&flow.id))
    }

    /// Where an option is explained for the readers of a product.
    pub fn place_of_option(&self, product: ProductId, id: OptionId) -> (PageRoute, AnchorId) {
        (PageRoute::Product(product), option_anchor(&self[id]))
    }

    /// Where a term is defined.
    pub fn place_of_term(&self, id: TermId) -> (PageRoute, AnchorId) {
        (PageRoute::Glossary, AnchorId(format!("term-{}", self[id].id)))
    }

    /// Where a source is cited.
    pub fn place_of_source(&self, id: SourceId) -> (PageRoute, AnchorId) {
        (PageRoute::Product(self[id].product), AnchorId(format!("source-{}", self[id].id)))
    }

    /// Every anchor of a page that belongs to an item; the theme's own begin with `_`.
    pub fn anchors(&self, page: PageRoute) -> Vec<AnchorId> {
        match page {
            PageRoute::Product(id) => self.product_anchors(id),
            PageRoute::Component(id) => {
                self.flows_of_component(id).into_iter().map(|flow| self.row_anchor(page, flow)).collect()
            }
            PageRoute::Glossary => ids(self.terms.len()).map(|term| self.place_of_term(term).1).collect(),
            PageRoute::Prose(id) => self[id].sections.iter().map(|section| AnchorId(section.id.clone())).collect(),
            PageRoute::Home | PageRoute::Scenario(_) => Vec::new(),
        }
    }

    fn product_anchors(&self, id: ProductId) -> Vec<AnchorId> {
        let product = &self[id];
        let mut anchors: Vec<_> = product.flows.iter().map(|flow| anchor_of_flow(&self[*flow].id)).collect();
        anchors
            .extend(product.members.iter().map(|member| AnchorId(format!("component-{}", self[member.component].id))));
        anchors.extend(self.options_of(id).into_iter().map(|option| option_anchor(&self[option])));
        anchors.extend(product.scenarios.iter().map(|scenario| AnchorId(format!("scenario-{}", self[*scenario].id))));
        anchors.extend(product.notes.iter().map(|note| AnchorId(format!("note-{}", self[*note].id))));
        anchors.extend(product.sources.iter().map(|source| AnchorId(format!("source-{}", self[*source].id))));
        anchors
    }

    /// The anchor of a flow's row on a page. On the page of a common component rows of several
    /// products stand together, and two of them may have one id.
    pub fn row_anchor(&self, page: PageRoute, flow: FlowId) -> AnchorId {
        match page {
            PageRoute::Component(id) if self[id].product.is_none() => {
                let flow = &self[flow];
                AnchorId(format!("{}--{}", self[flow.product].id, flow.id))
            }
            _ => anchor_of_flow(&self[flow].id),
        }
    }

    /// Every flow that a component opens or listens for, in the order of products.
    pub fn flows_of_component(&self, id: ComponentId) -> Vec<FlowId> {
        let touches = |flow: &FlowId| self[*flow].from.contains(&id) || self[*flow].to.contains(&id);
        ids(self.flows.len()).filter(touches).collect()
    }
}

fn option_anchor(option: &ConfigOption) -> AnchorId {
    AnchorId(format!("option-{}", option.id))
}

impl PageRoute {
    /// The product whose section a page stands in.
    pub fn product(self, model: &Model) -> Option<ProductId> {
        match self {
            Self::Product(id) => Some(id),
            Self::Component(id) => model[id].product,
            Self::Scenario(id) => Some(model[id].product),
            Self::Home | Self::Glossary | Self::Prose(_) => None,
        }
    }
}
