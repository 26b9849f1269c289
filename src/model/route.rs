//! Where items stand: the pages of a site, their paths below a locale, their anchors. All of it
//! comes from the model alone, so that every locale has the same pages and anchors.

use std::collections::BTreeSet;

use super::{
    Anchor, Anchored, ComponentId, FlowId, Model, NoteId, PageId, PortRange, ProductId, ScenarioId, ids, parties,
};
use crate::value::Protocol;

/// A page that every locale has.
#[non_exhaustive]
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
    /// The scenarios of a product, two by two.
    Compare(ProductId),
    /// Every port.
    Ports,
    /// Everything that uses a port number, or a range as it is written.
    Port(PortRange),
    /// Everything that uses a protocol without ports.
    Protocol(Protocol),
    /// Every address.
    Hosts,
    /// The hosts of one registrable domain, by position in [`Views::domains`](super::Views::domains).
    Domain(u32),
    /// The glossary.
    Glossary,
    /// How far the translations are.
    Status,
    /// What the search box leads to.
    Search,
    /// A prose page.
    Prose(PageId),
}

/// Folders below the locale and, of scenarios, below a product.
const COMPONENTS: &str = "components";
const SCENARIOS: &str = "scenarios";
/// Beside the scenarios of a product.
const COMPARE: &str = "compare";
const PORTS: &str = "ports";
const PROTOCOLS: &str = "protocols";
const HOSTS: &str = "hosts";
const GLOSSARY: &str = "glossary";
const SEARCH: &str = "search";
const STATUS: &str = "status";

/// Ids that no product and no page may have: folders of the site itself, now or some day.
pub const RESERVED_PAGES: &[&str] = &[
    COMPONENTS, PORTS, PROTOCOLS, HOSTS, GLOSSARY, SEARCH, STATUS, "api", "assets", "schema", "changes", "lookup",
    "common", "pages", "i18n",
];
/// Ids that no component may have: folders of a product.
pub const RESERVED_COMPONENTS: &[&str] = &[SCENARIOS];
/// Ids that no scenario may have: what stands beside them.
pub const RESERVED_SCENARIOS: &[&str] = &[COMPARE];
/// Ids that become folders and may not be names of devices on Windows, where a checkout or a copy of
/// the site would fail.
pub const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

impl Model {
    /// All pages, in the order of the site's menus.
    pub fn pages(&self) -> Vec<PageRoute> {
        let mut pages = vec![PageRoute::Home];
        pages.extend(ids(self.products.len()).map(PageRoute::Product));
        pages.extend(ids(self.components.len()).filter(|id| self.has_page(*id)).map(PageRoute::Component));
        pages.extend(ids(self.scenarios.len()).map(PageRoute::Scenario));
        pages.extend(ids(self.products.len()).filter(|id| self.has_comparison(*id)).map(PageRoute::Compare));
        pages.push(PageRoute::Ports);
        pages.extend(self.views.ports.keys().copied().map(PageRoute::Port));
        pages.extend(self.views.protocols.keys().copied().map(PageRoute::Protocol));
        pages.push(PageRoute::Hosts);
        pages.extend((0..self.views.domains.len() as u32).map(PageRoute::Domain));
        pages.push(PageRoute::Glossary);
        pages.push(PageRoute::Status);
        pages.push(PageRoute::Search);
        pages.extend(ids(self.pages.len()).map(PageRoute::Prose));
        pages
    }

    /// The pages of a product: its own, and those of its components and scenarios.
    pub fn pages_of_product(&self, id: ProductId) -> Vec<PageRoute> {
        let product = &self[id];
        let mut pages = vec![PageRoute::Product(id)];
        let own = product.members.iter().map(|member| member.component).filter(|id| self[*id].product.is_some());
        pages.extend(own.map(PageRoute::Component));
        pages.extend(product.scenarios.iter().copied().map(PageRoute::Scenario));
        pages.extend(self.has_comparison(id).then_some(PageRoute::Compare(id)));
        pages
    }

    /// Whether a product has scenarios to compare.
    pub fn has_comparison(&self, product: ProductId) -> bool {
        self[product].scenarios.len() > 1
    }

    /// A common component that no product uses is stock: it has no page.
    pub fn has_page(&self, component: ComponentId) -> bool {
        self[component].product.is_some() || !self.views.products_of(component).is_empty()
    }

    /// The path below the locale: empty, or ending in `/`.
    pub fn path(&self, page: PageRoute) -> String {
        let mut path = String::new();
        self.push_path(&mut path, page);
        path
    }

    /// Appends the path of a page. Links are made by the hundred thousand, so nothing is built twice.
    pub fn push_path(&self, out: &mut String, page: PageRoute) {
        let mut push = |folders: &[&str]| {
            for folder in folders {
                out.push_str(folder);
                out.push('/');
            }
        };
        match page {
            PageRoute::Home => {}
            PageRoute::Product(id) => push(&[&self[id].id]),
            PageRoute::Component(id) => {
                push(&[self[id].product.map_or(COMPONENTS, |product| &self[product].id), &self[id].id]);
            }
            PageRoute::Scenario(id) => push(&[&self[self[id].product].id, SCENARIOS, &self[id].id]),
            PageRoute::Compare(id) => push(&[&self[id].id, SCENARIOS, COMPARE]),
            PageRoute::Ports => push(&[PORTS]),
            PageRoute::Port(range) => push(&[PORTS, &range.to_string()]),
            PageRoute::Protocol(protocol) => push(&[PROTOCOLS, &protocol.to_string()]),
            PageRoute::Hosts => push(&[HOSTS]),
            PageRoute::Domain(position) => push(&[HOSTS, &self.views.domains[position as usize].name]),
            PageRoute::Glossary => push(&[GLOSSARY]),
            PageRoute::Search => push(&[SEARCH]),
            PageRoute::Status => push(&[STATUS]),
            PageRoute::Prose(id) => push(&[&self[id].id]),
        }
    }

    /// The page with a path below the locale: the inverse of [`Model::path`].
    pub fn page_at(&self, path: &str) -> Option<PageRoute> {
        if path.is_empty() {
            return Some(PageRoute::Home);
        }
        let folders: Vec<&str> = path.strip_suffix('/')?.split('/').collect();
        let page = match folders.as_slice() {
            [PORTS] => PageRoute::Ports,
            [HOSTS] => PageRoute::Hosts,
            [GLOSSARY] => PageRoute::Glossary,
            [SEARCH] => PageRoute::Search,
            [STATUS] => PageRoute::Status,
            [id] => match self.product_with(id) {
                Some(product) => PageRoute::Product(product),
                None => PageRoute::Prose(ids::<PageId>(self.pages.len()).find(|page| self[*page].id == *id)?),
            },
            [COMPONENTS, id] => {
                let mut common = ids::<ComponentId>(self.components.len())
                    .take_while(|component| self[*component].product.is_none());
                let known = common.find(|component| self[*component].id == *id)?;
                PageRoute::Component(Some(known).filter(|component| self.has_page(*component))?)
            }
            [PORTS, range] => {
                let range = PortRange::parse(range)?;
                PageRoute::Port(Some(range).filter(|range| self.views.ports.contains_key(range))?)
            }
            [PROTOCOLS, protocol] => {
                let protocol = Protocol::parse(protocol)?;
                PageRoute::Protocol(Some(protocol).filter(|protocol| self.views.protocols.contains_key(protocol))?)
            }
            [HOSTS, name] => PageRoute::Domain(self.views.find_domain(name)? as u32),
            [product, id] => {
                let mut own = self[self.product_with(product)?].members.iter().map(|member| member.component);
                let is_it = |component: &ComponentId| self[*component].product.is_some() && self[*component].id == *id;
                PageRoute::Component(own.find(is_it)?)
            }
            [product, SCENARIOS, COMPARE] => {
                let product = self.product_with(product)?;
                PageRoute::Compare(Some(product).filter(|product| self.has_comparison(*product))?)
            }
            [product, SCENARIOS, id] => {
                let mut scenarios = self[self.product_with(product)?].scenarios.iter();
                PageRoute::Scenario(*scenarios.find(|scenario| self[**scenario].id == *id)?)
            }
            _ => return None,
        };
        Some(page)
    }

    fn product_with(&self, id: &str) -> Option<ProductId> {
        ids::<ProductId>(self.products.len()).find(|product| self[*product].id == id)
    }

    /// Every anchor of a page that belongs to an item, old ones included; the theme's own begin with `_`.
    pub fn anchors(&self, page: PageRoute) -> Vec<String> {
        match page {
            PageRoute::Product(id) => {
                let ports = self.ports_of_product(id).into_iter().flat_map(|(_, anchors)| anchors);
                let ports = ports.map(|anchor| self.anchor(page, anchor));
                self.anchors_of(page, self.items_of_product(id)).into_iter().chain(ports).collect()
            }
            PageRoute::Component(id) => {
                let notes = self.notes_on_machine(id).into_iter();
                let flows = [self.views.flows_of(id), self.views.blocked_of(id)].concat();
                let on_rows = flows.iter().flat_map(|flow| self.notes_on_flow(*flow));
                self.table_anchors(page, &flows, notes.chain(on_rows).collect())
            }
            PageRoute::Glossary => self.anchors_of(page, ids(self.terms.len()).map(Anchored::Term)),
            PageRoute::Prose(id) => {
                let sections = 0..self[id].sections.len() as u32;
                self.anchors_of(page, sections.map(|at| Anchored::Section(id, at)))
            }
            PageRoute::Scenario(id) => {
                let selection = self.selection_of(id);
                let selected = self.select(self[id].product, &selection);
                let flows: Vec<_> = selected.iter().map(|flow| flow.flow).collect();
                let above = self.selected_notes(self[id].product, &parties(&selected), &selection);
                let on_rows = selected.iter().flat_map(|flow| flow.notes.iter().copied());
                self.table_anchors(page, &flows, above.into_iter().chain(on_rows).collect())
            }
            PageRoute::Domain(position) => {
                // A host has an anchor also where only URLs on it are published.
                let hosts = &self.views.domains[position as usize].hosts;
                let texts = hosts.iter().flat_map(|(name, host)| std::iter::once(name).chain(host.addresses.keys()));
                texts.map(|text| self.anchor(page, Anchor::Host(text))).collect::<BTreeSet<_>>().into_iter().collect()
            }
            PageRoute::Hosts => {
                self.views.addresses.keys().map(|address| self.anchor(page, Anchor::Host(address))).collect()
            }
            PageRoute::Home
            | PageRoute::Compare(_)
            | PageRoute::Ports
            | PageRoute::Port(_)
            | PageRoute::Protocol(_)
            | PageRoute::Status
            | PageRoute::Search => Vec::new(),
        }
    }

    /// The anchors of rows and of every note on the page, each of which is written out once.
    fn table_anchors(&self, page: PageRoute, flows: &[FlowId], notes: BTreeSet<NoteId>) -> Vec<String> {
        let flows = flows.iter().copied().map(Anchored::Flow);
        self.anchors_of(page, flows.chain(notes.into_iter().map(Anchored::Note)))
    }

    fn anchors_of(&self, page: PageRoute, items: impl IntoIterator<Item = Anchored>) -> Vec<String> {
        let of_item = |item: Anchored| std::iter::once(self.anchor(page, item)).chain(self.former_anchors(page, item));
        items.into_iter().flat_map(of_item).collect()
    }

    fn items_of_product(&self, id: ProductId) -> Vec<Anchored> {
        let product = &self[id];
        let flows = product.flows.iter().chain(&product.blocked);
        let mut items: Vec<_> = flows.copied().map(Anchored::Flow).collect();
        items.extend(product.members.iter().map(|member| Anchored::Member(id, member.component)));
        items.extend(self.options_of(id).into_iter().map(|option| Anchored::Option(id, option)));
        items.extend(product.scenarios.iter().copied().map(Anchored::Scenario));
        items.extend(product.notes.iter().copied().map(Anchored::Note));
        items.extend(product.sources.iter().copied().map(Anchored::Source));
        items
    }
}

impl PageRoute {
    /// The product whose section a page stands in.
    pub fn product(self, model: &Model) -> Option<ProductId> {
        match self {
            Self::Product(id) | Self::Compare(id) => Some(id),
            Self::Component(id) => model[id].product,
            Self::Scenario(id) => Some(model[id].product),
            Self::Home
            | Self::Ports
            | Self::Port(_)
            | Self::Protocol(_)
            | Self::Hosts
            | Self::Domain(_)
            | Self::Glossary
            | Self::Status
            | Self::Search
            | Self::Prose(_) => None,
        }
    }
}
