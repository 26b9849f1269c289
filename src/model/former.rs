//! Former ids: the old addresses and anchors of items that were renamed. An address is made of the
//! ids of several items, and any of them may have been renamed at any time, so each of its parts is
//! every id the item has ever had.

use std::collections::{BTreeMap, BTreeSet};

use crate::item::ItemKind;

use super::{
    AnchorId, ComponentId, FlowId, Item, Model, NoteId, OptionId, PageId, PageRoute, ProductId, ScenarioId, SourceId,
    TermId, ids,
};

/// An item with an anchor on a page. Of what products share, the product on whose page it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "the kinds of items")]
pub enum Anchored {
    Member(ProductId, ComponentId),
    Option(ProductId, OptionId),
    Scenario(ScenarioId),
    Source(SourceId),
    Note(NoteId),
    Term(TermId),
    Section(PageId, u32),
}

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

    /// Old anchors of a flow's row on a page, beside the one of [`Model::row_anchor`].
    pub fn former_row_anchors(&self, page: PageRoute, id: FlowId) -> Vec<String> {
        let flow = &self[id];
        let own = self.ids_ever(Item::Flow(id), &flow.id);
        let all: Vec<String> = match page {
            PageRoute::Component(component) if self[component].product.is_none() => {
                let products = self.product_ids(flow.product);
                products.iter().flat_map(|product| own.iter().map(move |flow| format!("{product}--{flow}"))).collect()
            }
            _ => own.into_iter().map(str::to_owned).collect(),
        };
        all.into_iter().skip(1).collect()
    }

    /// Old anchors of a note where a page writes it out, beside the one of [`Model::note_anchor`].
    pub fn former_note_anchors(&self, page: PageRoute, id: NoteId) -> Vec<String> {
        let note = &self[id];
        match page {
            PageRoute::Component(component) if self[component].product.is_none() => {
                let own = self.ids_ever(Item::Note(id), &note.id);
                let products = self.product_ids(note.product);
                let all =
                    products.iter().flat_map(|product| own.iter().map(move |note| format!("{product}--note-{note}")));
                all.skip(1).collect()
            }
            _ => self.former_anchors(Anchored::Note(id)),
        }
    }

    /// The anchor of an item where it stands.
    pub fn anchor_of(&self, item: Anchored) -> AnchorId {
        let (prefix, now, _) = self.naming(item);
        AnchorId(format!("{prefix}{now}"))
    }

    /// Old anchors of an item on the page where it stands. An id that one of its neighbours has now,
    /// or that one of those before it had, leads there.
    pub fn former_anchors(&self, item: Anchored) -> Vec<String> {
        let (prefix, now, former) = self.naming(item);
        if former.is_empty() {
            return Vec::new();
        }
        let neighbours = self.neighbours(item);
        let mut taken: BTreeSet<&str> = neighbours.iter().map(|other| self.naming(*other).1).collect();
        taken.insert(now);
        for before in neighbours.iter().take_while(|other| **other != item) {
            taken.extend(self.naming(*before).2);
        }
        former.into_iter().filter(|id| taken.insert(id)).map(|id| format!("{prefix}{id}")).collect()
    }

    /// Prefix of the anchor, present id, former ids.
    fn naming(&self, item: Anchored) -> (&'static str, &str, Vec<&str>) {
        let (kind, now, former) = self.ids_of(item);
        (kind.anchor_prefix().unwrap_or_default(), now, former)
    }

    fn ids_of(&self, item: Anchored) -> (ItemKind, &str, Vec<&str>) {
        let former = |item| self.former_ids_of(item).iter().map(String::as_str);
        match item {
            Anchored::Member(product, id) => {
                let ids = former(Item::Member(product, id)).chain(former(Item::Component(id)));
                (ItemKind::Component, &self[id].id, ids.collect())
            }
            Anchored::Option(_, id) => (ItemKind::Option, &self[id].id, former(Item::Option(id)).collect()),
            Anchored::Scenario(id) => (ItemKind::Scenario, &self[id].id, former(Item::Scenario(id)).collect()),
            Anchored::Source(id) => (ItemKind::Source, &self[id].id, former(Item::Source(id)).collect()),
            Anchored::Note(id) => (ItemKind::Note, &self[id].id, former(Item::Note(id)).collect()),
            Anchored::Term(id) => (ItemKind::Term, &self[id].id, former(Item::Term(id)).collect()),
            Anchored::Section(page, at) => {
                let ids = former(Item::Section(page, at)).collect();
                (ItemKind::Section, &self[page].sections[at as usize].id, ids)
            }
        }
    }

    /// The items of its kind on the page where an item stands, itself included.
    fn neighbours(&self, item: Anchored) -> Vec<Anchored> {
        match item {
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
