//! Former ids: the old addresses and anchors of items that were renamed. An address is made of the
//! ids of several items, and any of them may have been renamed at any time, so each of its parts is
//! every id the item has ever had.

use std::collections::{BTreeMap, BTreeSet};

use super::link::APART;
use super::{Anchored, ComponentId, Item, Model, PageRoute, ProductId, ids};

impl Model {
    /// The former ids of an item, oldest first.
    pub fn former_ids_of(&self, item: Item) -> &[String] {
        self.former_ids.get(&item).map_or(&[], Vec::as_slice)
    }

    /// Every id an item has had, the present one first.
    fn ids_ever<'a>(&'a self, item: Item, now: &'a str) -> Vec<&'a str> {
        std::iter::once(now).chain(self.former_ids_of(item).iter().map(String::as_str)).collect()
    }

    /// Old paths below the locale, and the pages they lead to.
    pub fn moved_pages(&self) -> Vec<(String, PageRoute)> {
        let present: BTreeSet<String> = self.pages().into_iter().map(|page| self.path(page)).collect();
        let mut moved = BTreeMap::new();
        for page in self.pages() {
            for path in self.paths_ever(page) {
                // What is there now wins over what was.
                if !present.contains(&path) {
                    moved.entry(path).or_insert(page);
                }
            }
        }
        moved.into_iter().collect()
    }

    /// Every path a page can have had: all ids of its product times all ids of its own.
    fn paths_ever(&self, page: PageRoute) -> Vec<String> {
        match page {
            PageRoute::Product(id) => self.product_ids(id).into_iter().map(|product| format!("{product}/")).collect(),
            PageRoute::Component(id) => self.component_paths(id),
            PageRoute::Scenario(id) => {
                let scenario = &self[id];
                let own = self.ids_ever(Item::Scenario(id), &scenario.id);
                let below = own.into_iter().map(|id| format!("scenarios/{id}/"));
                below_each(&self.product_ids(scenario.product), &below.collect::<Vec<_>>())
            }
            PageRoute::Compare(id) => below_each(&self.product_ids(id), &["scenarios/compare/".to_owned()]),
            PageRoute::Prose(id) => {
                self.ids_ever(Item::Page(id), &self[id].id).into_iter().map(|id| format!("{id}/")).collect()
            }
            // What was the end of one range only had a page of its own.
            PageRoute::Port(range) => {
                let ends = BTreeSet::from([range.first, range.last]).into_iter();
                let leads_here = ends.filter(|end| self.views.range_ends.get(end) == Some(&range));
                leads_here.map(|end| format!("ports/{end}/")).collect()
            }
            // These are named by hosts and the site itself.
            PageRoute::Home
            | PageRoute::Ports
            | PageRoute::Protocol(_)
            | PageRoute::Hosts
            | PageRoute::Domain(_)
            | PageRoute::Glossary
            | PageRoute::Status
            | PageRoute::Search => Vec::new(),
        }
    }

    fn component_paths(&self, id: ComponentId) -> Vec<String> {
        let own: Vec<_> =
            self.ids_ever(Item::Component(id), &self[id].id).into_iter().map(|id| format!("{id}/")).collect();
        if let Some(product) = self[id].product {
            return below_each(&self.product_ids(product), &own);
        }
        let mut paths = below_each(&["components"], &own);
        for product in self.views.products_of(id) {
            let former = self.former_ids_of(Item::Member(*product, id));
            let former: Vec<_> = former.iter().map(|id| format!("{id}/")).collect();
            paths.extend(below_each(&self.product_ids(*product), &former));
        }
        paths
    }

    fn product_ids(&self, id: ProductId) -> Vec<&str> {
        self.ids_ever(Item::Product(id), &self[id].id)
    }

    /// Old anchors of an item on a page, beside the one it has now. An id that one of its neighbours has
    /// now, or that one of those before it had, leads there.
    pub fn former_anchors(&self, page: PageRoute, item: Anchored) -> Vec<String> {
        let (kind, now) = self.kind_and_id(item);
        let former = self.former_ids_on_page(item);
        let prefix = kind.anchor_prefix().unwrap_or_default();
        if let Some(product) = self.told_apart_by(page, item) {
            let own = || std::iter::once(now).chain(former.iter().copied());
            let products = self.product_ids(product).into_iter();
            let all = products.flat_map(|product| own().map(move |id| format!("{product}{APART}{prefix}{id}")));
            return all.skip(1).collect();
        }
        if former.is_empty() {
            return Vec::new();
        }
        let neighbours = self.neighbours(item);
        let mut taken: BTreeSet<&str> = neighbours.iter().map(|other| self.kind_and_id(*other).1).collect();
        taken.insert(now);
        for before in neighbours.iter().take_while(|other| **other != item) {
            taken.extend(self.former_ids_on_page(*before));
        }
        former.into_iter().filter(|id| taken.insert(id)).map(|id| format!("{prefix}{id}")).collect()
    }

    /// The former ids by which an item was known on its page.
    fn former_ids_on_page(&self, item: Anchored) -> Vec<&str> {
        let former = |item| self.former_ids_of(item).iter().map(String::as_str);
        match item {
            Anchored::Member(product, id) => {
                former(Item::Member(product, id)).chain(former(Item::Component(id))).collect()
            }
            Anchored::Flow(id) => former(Item::Flow(id)).collect(),
            Anchored::Option(_, id) => former(Item::Option(id)).collect(),
            Anchored::Scenario(id) => former(Item::Scenario(id)).collect(),
            Anchored::Source(id) => former(Item::Source(id)).collect(),
            Anchored::Note(id) => former(Item::Note(id)).collect(),
            Anchored::Term(id) => former(Item::Term(id)).collect(),
            Anchored::Section(page, at) => former(Item::Section(page, at)).collect(),
        }
    }

    /// The items of its kind on the page where an item stands, itself included.
    fn neighbours(&self, item: Anchored) -> Vec<Anchored> {
        match item {
            // No id of a flow is used again: all of a product are in one space.
            Anchored::Flow(_) => Vec::new(),
            Anchored::Member(product, _) => {
                self[product].members.iter().map(|member| Anchored::Member(product, member.component)).collect()
            }
            Anchored::Option(product, _) => {
                self.options_of(product).into_iter().map(|option| Anchored::Option(product, option)).collect()
            }
            Anchored::Scenario(id) => {
                self[self[id].product].scenarios.iter().copied().map(Anchored::Scenario).collect()
            }
            Anchored::Source(id) => self[self[id].product].sources.iter().copied().map(Anchored::Source).collect(),
            Anchored::Note(id) => self[self[id].product].notes.iter().copied().map(Anchored::Note).collect(),
            Anchored::Term(_) => ids(self.terms.len()).map(Anchored::Term).collect(),
            Anchored::Section(page, _) => {
                (0..self[page].sections.len() as u32).map(|at| Anchored::Section(page, at)).collect()
            }
        }
    }
}

fn below_each(folders: &[&str], paths: &[String]) -> Vec<String> {
    folders.iter().flat_map(|folder| paths.iter().map(move |path| format!("{folder}/{path}"))).collect()
}
