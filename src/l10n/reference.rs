//! References in texts: `<component:agent>`, `<ports:this>`, `[des Agenten](component:agent)`.

use std::ops::Range;

use crate::diagnostic::{Advice, Vocabulary, did_you_mean, suggest};
use crate::item::{Home, ItemKind};
use crate::model::{
    CitedId, ComponentId, FlowId, Ids, Item, Model, OptionId, PageId, ProductId, ScenarioId, THIS, TermId,
};
use crate::parse::prose::RefKind;
use crate::value::Date;
use crate::value::date::parse_date;

/// What a text refers to; its words are generated from the facts, unless the text brings its own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reference {
    /// A component's name.
    Component(ComponentId),
    /// A flow: its ends and ports.
    Flow(FlowId),
    /// A flow's ports.
    Ports(FlowId),
    /// An address.
    Host(String),
    /// An option's label.
    Option(OptionId),
    /// A choice's label.
    Choice(OptionId, usize),
    /// A product's name.
    Product(ProductId),
    /// A product's versions.
    Versions(ProductId),
    /// A scenario's title.
    Scenario(ScenarioId),
    /// A term's name.
    Term(TermId),
    /// A prose page's title.
    Page(PageId),
    /// A source's title.
    Source(CitedId),
    /// A date, as the locale writes it.
    Date(Date),
}

/// Whose ids a text names first, and which flow `this` is.
#[derive(Clone, Copy)]
pub(crate) struct TextScope<'a> {
    pub(crate) model: &'a Model,
    pub(crate) ids: &'a Ids,
    pub(crate) product: Option<ProductId>,
    pub(crate) flow: Option<FlowId>,
}

/// Why a destination is no reference: what is wrong, and the next step.
pub(super) type Unknown = (String, Option<Advice>);

/// What stands behind the slash for the versions of a product.
const VERSIONS: &str = "versions";

impl TextScope<'_> {
    /// What a reference leads to.
    pub(super) fn resolve(self, kind: RefKind, id: &str) -> Result<Reference, Unknown> {
        let found = match kind {
            RefKind::Component => self.component(id),
            RefKind::Flow => self.flow(id).map(Reference::Flow),
            RefKind::Ports => self.flow(id).map(Reference::Ports),
            RefKind::Scenario => self.scenario(id),
            RefKind::Source => self.source(id),
            RefKind::Term => self.ids.terms.find(None, id).map(Reference::Term),
            RefKind::Page => self.ids.pages.find(None, id).map(Reference::Page),
            RefKind::Host => return self.host(id),
            RefKind::Option => return self.option(id),
            RefKind::Product => return self.product(id),
            RefKind::Date => return date(id),
        };
        found.ok_or_else(|| self.unknown(kind.item().unwrap_or(ItemKind::Flow), id))
    }

    /// The items that a reference names, and where in its id: `guard/agent` names a product and a
    /// component. None where it leads nowhere, and where it names nothing by an id of its own.
    pub(crate) fn named(self, kind: RefKind, id: &str) -> Vec<(Item, Range<usize>)> {
        let Ok(reference) = self.resolve(kind, id) else { return Vec::new() };
        let items = match reference {
            Reference::Component(component) => vec![Item::Component(component)],
            Reference::Flow(_) | Reference::Ports(_) if id == THIS => return Vec::new(),
            Reference::Flow(flow) | Reference::Ports(flow) => vec![Item::Flow(flow)],
            Reference::Option(option) => vec![Item::Option(option)],
            Reference::Choice(option, choice) => vec![Item::Option(option), Item::Choice(option, choice as u8)],
            Reference::Product(product) => vec![Item::Product(product)],
            Reference::Versions(product) => return vec![(Item::Product(product), 0..id.len() - VERSIONS.len() - 1)],
            Reference::Scenario(scenario) => vec![Item::Scenario(scenario)],
            Reference::Term(term) => vec![Item::Term(term)],
            Reference::Page(page) => vec![Item::Page(page)],
            Reference::Source(source) => vec![Item::Source(source)],
            Reference::Host(_) | Reference::Date(_) => return Vec::new(),
        };
        let mut start = 0;
        let words = id.split('/').map(|word| {
            let range = start..start + word.len();
            start = range.end + 1;
            range
        });
        let words: Vec<_> = words.collect();
        // What stands before the ids of the items is the product they are looked up in.
        let prefix = words.len() - items.len();
        let product = words[..prefix].first().and_then(|word| self.product_id(&id[word.clone()]));
        let product = product.map(|product| (Item::Product(product), words[0].clone()));
        product.into_iter().chain(items.into_iter().zip(words[prefix..].iter().cloned())).collect()
    }

    fn component(self, id: &str) -> Option<Reference> {
        self.scoped(id, |product, id| self.ids.components.find(product, id)).map(Reference::Component)
    }

    fn scenario(self, id: &str) -> Option<Reference> {
        self.scoped(id, |product, id| self.ids.scenarios.find(product, id)).map(Reference::Scenario)
    }

    fn source(self, id: &str) -> Option<Reference> {
        self.scoped(id, |product, id| self.ids.sources.find(product, id)).map(Reference::Source)
    }

    /// Looks `id` up in the text's own scope, `product/id` in that product.
    fn scoped<I>(self, id: &str, find: impl Fn(Option<ProductId>, &str) -> Option<I>) -> Option<I> {
        let other = || {
            let (product, id) = id.split_once('/')?;
            find(Some(self.product_id(product)?), id)
        };
        find(self.product, id).or_else(other)
    }

    fn product_id(self, id: &str) -> Option<ProductId> {
        self.ids.products.find(None, id)
    }

    fn flow(self, id: &str) -> Option<FlowId> {
        match id {
            THIS => self.flow,
            _ => self.scoped(id, |product, id| self.ids.flows.find(product, id)),
        }
    }

    fn product(self, id: &str) -> Result<Reference, Unknown> {
        let (name, is_versions) =
            id.strip_suffix(VERSIONS).and_then(|name| name.strip_suffix('/')).map_or((id, false), |name| (name, true));
        let product = self.product_id(name).ok_or_else(|| self.unknown(ItemKind::Product, name))?;
        if !is_versions {
            return Ok(Reference::Product(product));
        }
        if self.model[product].versions.is_empty() {
            return Err((format!("the product `{name}` has no versions"), Some("add `versions:` to it".into())));
        }
        Ok(Reference::Versions(product))
    }

    /// `option`, `option/choice`, `product/option` or `product/option/choice`.
    fn option(self, id: &str) -> Result<Reference, Unknown> {
        if let Some(option) = self.scoped(id, |product, id| self.ids.options.find(product, id)) {
            return Ok(Reference::Option(option));
        }
        let (option, choice) = id.rsplit_once('/').ok_or_else(|| self.unknown(ItemKind::Option, id))?;
        let Some(option) = self.scoped(option, |product, id| self.ids.options.find(product, id)) else {
            return Err(self.unknown(ItemKind::Option, option));
        };
        let choices = &self.model[option].choices;
        let known = || choices.iter().map(|choice| choice.id.as_str());
        match choices.iter().position(|known| known.id == choice) {
            Some(position) => Ok(Reference::Choice(option, position)),
            None => Err((
                format!("`{choice}` is no choice of the option `{}`", self.model[option].id),
                suggest(choice, known(), Vocabulary::Site)
                    .or_else(|| Some(format!("its choices: {}", known().collect::<Vec<_>>().join(", ")).into())),
            )),
        }
    }

    /// A host must be one that some flow names: a reference can't bring a fact of its own.
    fn host(self, text: &str) -> Result<Reference, Unknown> {
        let model = &self.model;
        let is_near = |flow: FlowId| self.product.is_none_or(|product| model[flow].product == product);
        let uses = model.views.uses_of(text);
        if uses.is_some_and(|uses| uses.to.iter().chain(&uses.from).any(|used| is_near(used.flow))) {
            return Ok(Reference::Host(text.to_owned()));
        }
        let flows = model.flows.iter().filter(|flow| self.product.is_none_or(|product| flow.product == product));
        let hosts = flows.flat_map(|flow| flow.to.hosts.list.iter().chain(&flow.from.hosts.list));
        // One letter makes another host, which may be as real.
        let help = did_you_mean(text, hosts.map(|address| address.text.as_str())).map(Advice::from);
        Err((
            format!("no flow names the host `{text}`"),
            help.or_else(|| Some("add it to the `hosts` of a flow, or leave it out of the text".into())),
        ))
    }

    fn unknown(self, kind: ItemKind, id: &str) -> Unknown {
        let what = kind.as_str();
        if id == THIS {
            return (
                "`this` means the flow a text belongs to, and this text belongs to none".to_owned(),
                Some("name the flow".into()),
            );
        }
        let candidates = self.ids.candidates(kind, self.product);
        let help = suggest(id, candidates.iter().map(String::as_str), Vocabulary::Site);
        let is_scoped = matches!(kind.home(), Home::Product | Home::ProductOrCommon);
        let help = help.or_else(|| {
            (is_scoped && self.product.is_none())
                .then(|| format!("outside a product write `{what}:PRODUCT/ID`, unless the id is of common").into())
        });
        (format!("no {what} is called `{id}`"), help)
    }
}

fn date(id: &str) -> Result<Reference, Unknown> {
    parse_date(id).map(Reference::Date).ok_or_else(|| {
        let help = "write YYYY-MM-DD or YYYY-MM, a day that exists".into();
        (format!("`{id}` is no date"), Some(help))
    })
}
