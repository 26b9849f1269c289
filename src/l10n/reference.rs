//! References in texts: `<component:agent>`, `<ports:this>`, `[des Agenten](component:agent)`.

use crate::diagnostic::did_you_mean;
use crate::model::{ComponentId, FlowId, Model, Names, OptionId, PageId, ProductId, ScenarioId, SourceId, TermId};
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
    Source(SourceId),
    /// A date, as the locale writes it.
    Date(Date),
}

/// Whose ids a text names first, and which flow `this` is.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) model: &'a Model,
    pub(super) names: &'a Names,
    pub(super) product: Option<ProductId>,
    pub(super) flow: Option<FlowId>,
}

/// Why a destination is no reference: what is wrong, and the next step.
pub(super) type Unknown = (String, Option<String>);

impl Scope<'_> {
    /// What a reference leads to.
    pub(super) fn resolve(self, kind: RefKind, id: &str) -> Result<Reference, Unknown> {
        let names = self.names;
        let known = |found: Option<Reference>| found.ok_or_else(|| self.unknown(kind.as_str(), id));
        match kind {
            RefKind::Component => {
                known(self.scoped(id, |product, id| names.components.find(product, id)).map(Reference::Component))
            }
            RefKind::Flow => known(self.flow(id).map(Reference::Flow)),
            RefKind::Ports => {
                self.flow(id).map(Reference::Ports).ok_or_else(|| self.unknown(RefKind::Flow.as_str(), id))
            }
            RefKind::Host => self.host(id),
            RefKind::Option => self.option(id),
            RefKind::Product => self.product(id),
            RefKind::Scenario => {
                known(self.scoped(id, |product, id| names.scenarios.find(product, id)).map(Reference::Scenario))
            }
            RefKind::Source => {
                known(self.scoped(id, |product, id| names.sources.find(product, id)).map(Reference::Source))
            }
            RefKind::Term => known(names.terms.find(None, id).map(Reference::Term)),
            RefKind::Page => known(names.pages.find(None, id).map(Reference::Page)),
            RefKind::Date => parse_date(id).map(Reference::Date).ok_or_else(|| {
                let help = "write YYYY-MM-DD or YYYY-MM, a day that exists".to_owned();
                (format!("`{id}` is no date"), Some(help))
            }),
        }
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
        self.names.products.find(None, id)
    }

    fn flow(self, id: &str) -> Option<FlowId> {
        match id {
            "this" => self.flow,
            _ => self.scoped(id, |product, id| self.names.flows.find(product, id)),
        }
    }

    fn product(self, id: &str) -> Result<Reference, Unknown> {
        let (name, is_versions) = id.strip_suffix("/versions").map_or((id, false), |name| (name, true));
        let product = self.product_id(name).ok_or_else(|| self.unknown("product", name))?;
        if !is_versions {
            return Ok(Reference::Product(product));
        }
        if self.model[product].versions.is_empty() {
            return Err((format!("the product `{name}` has no versions"), Some("add `versions:` to it".to_owned())));
        }
        Ok(Reference::Versions(product))
    }

    /// `option`, `option/choice`, `product/option` or `product/option/choice`.
    fn option(self, id: &str) -> Result<Reference, Unknown> {
        if let Some(option) = self.scoped(id, |product, id| self.names.options.find(product, id)) {
            return Ok(Reference::Option(option));
        }
        let (option, choice) = id.rsplit_once('/').ok_or_else(|| self.unknown("option", id))?;
        let Some(option) = self.scoped(option, |product, id| self.names.options.find(product, id)) else {
            return Err(self.unknown("option", option));
        };
        let choices = &self.model[option].choices;
        let known = || choices.iter().map(|choice| choice.id.as_str());
        match choices.iter().position(|known| known.id == choice) {
            Some(position) => Ok(Reference::Choice(option, position)),
            None => Err((
                format!("`{choice}` is no choice of the option `{}`", self.model[option].id),
                did_you_mean(choice, known())
                    .or_else(|| Some(format!("its choices: {}", known().collect::<Vec<_>>().join(", ")))),
            )),
        }
    }

    /// A host must be one that some flow names: a reference can't bring a fact of its own.
    fn host(self, text: &str) -> Result<Reference, Unknown> {
        let flows = self.model.flows.iter().filter(|flow| self.product.is_none_or(|product| flow.product == product));
        let mut hosts = flows.flat_map(|flow| flow.hosts.list.iter().chain(&flow.from_hosts.list));
        if hosts.clone().any(|address| address.text == text) {
            return Ok(Reference::Host(text.to_owned()));
        }
        let help = did_you_mean(text, hosts.by_ref().map(|address| address.text.as_str()));
        Err((
            format!("no flow names the host `{text}`"),
            help.or_else(|| Some("add it to the `hosts` of a flow, or leave it out of the text".to_owned())),
        ))
    }

    fn unknown(self, what: &str, id: &str) -> Unknown {
        if id == "this" {
            return (
                "`this` means the flow a text belongs to, and this text belongs to none".to_owned(),
                Some("name the flow".to_owned()),
            );
        }
        let candidates = self.names.candidates(what, self.product);
        let help = did_you_mean(id, candidates.iter().map(String::as_str));
        let is_scoped = !matches!(what, "term" | "page" | "product");
        let help = help.or_else(|| {
            (is_scoped && self.product.is_none())
                .then(|| format!("outside a product write `{what}:PRODUCT/ID`, unless the id is of common"))
        });
        (format!("no {what} is called `{id}`"), help)
    }
}
