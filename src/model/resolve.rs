//! `Raw…` items → [`Model`]: every reference becomes an id that exists, or a diagnostic.
//!
//! All ids are registered before anything is resolved, so that the order of files and items does
//! not matter and a mistake in one item breaks no reference to it.

mod alternatives;
mod cited;
mod condition;
mod ends;
mod flow;
mod hosts;
mod ids;
mod line;
mod machine;
mod product;

use crate::diagnostic::{Code, Diagnostic, Report, Vocabulary, suggest};
use crate::item::{ItemKind, UnitKey, UnitPrefix};
use crate::parse::RawContent;
use crate::parse::common::{RawComponent, RawMeta, RawOption, RawService, RawTerm};
use crate::parse::page::RawPage;
use crate::parse::text::RawText;
use crate::span::{Span, Spanned};
use crate::value::UnitKind;

use super::{
    AddressList, Allow, Choice, ChoiceSet, Component, ComponentId, Condition, ConfigOption, FlowId, Id, Item, LocaleId,
    MOST_CHOICES, Model, OptionId, PageId, ProductId, ProsePage, Section, Service, ServiceId, Term, TermId, UnitId,
    Uses, Views, Zone, ZoneId,
};
pub use ids::{Ids, RESERVED_ENDS, RESERVED_FLOWS, THIS, why_reserved};

/// A translatable text on its way from the parser to `l10n`.
#[derive(Debug)]
pub struct RawUnit {
    /// Stable id, made of ids: `deep-security/flow/x/purpose`.
    pub key: UnitKey,
    /// What Markdown it takes.
    pub kind: UnitKind,
    /// The product whose ids its references name first.
    pub product: Option<ProductId>,
    /// The flow that `<ports:this>` means.
    pub flow: Option<FlowId>,
    /// The item whose text it is; `allow` on it excepts checks on the text.
    pub item: Item,
    /// The texts; `None` if the parser refused them.
    pub raw: Option<RawText>,
}

/// What is true, and where it is written.
#[derive(Debug, Default)]
pub struct Facts {
    /// The facts.
    pub model: Model,
    /// What each id stands for.
    pub ids: Ids,
    /// Where each item is named.
    pub uses: Uses,
}

/// Resolves all content: the facts, and the texts by [`UnitId`]. The model is complete even if the
/// report has errors (what could not be resolved is left out), so that checks can go on; only a model
/// without errors may be rendered.
pub fn resolve(mut content: RawContent, report: &mut Report) -> (Facts, Vec<RawUnit>) {
    let mut resolver = Resolver {
        model: Model::default(),
        units: Vec::new(),
        ids: Ids::default(),
        uses: Uses::default(),
        lists: Vec::new(),
        runs_on: Vec::new(),
        lacks_sources: false,
        report,
    };
    resolver.ids = Ids::register(&content, resolver.report);
    resolver.common(&mut content);
    for raw in std::mem::take(&mut content.products) {
        resolver.product(raw);
    }
    resolver.report_unresolvable_pages(&content.pages);
    for raw in content.pages {
        resolver.page(raw);
    }
    resolver.note_unused_lists();
    resolver.refuse_circles();
    let Resolver { mut model, units, ids, mut uses, .. } = resolver;
    model.items().for_each(|defined| uses.add(defined.item, defined.span));
    model.views = Views::of(&model);
    (Facts { model, ids, uses }, units)
}

struct Resolver<'a> {
    model: Model,
    units: Vec<RawUnit>,
    ids: Ids,
    uses: Uses,
    /// Raw address lists in the order of [`Model::lists`].
    lists: Vec<crate::parse::common::RawAddressList>,
    /// Each component that runs on another, that one, and where it is written.
    runs_on: Vec<(ComponentId, ComponentId, Span)>,
    /// Whether sources of the product in hand could not be read.
    lacks_sources: bool,
    report: &'a mut Report,
}

/// Where a text belongs.
#[derive(Clone, Copy)]
struct Owner<'a> {
    product: Option<ProductId>,
    flow: Option<FlowId>,
    item: Item,
    prefix: &'a UnitPrefix,
}

impl Resolver<'_> {
    fn prefix(&self, product: Option<ProductId>, kind: ItemKind, id: &str) -> UnitPrefix {
        UnitPrefix::item(product.map(|product| self.model[product].id.as_str()), kind, id)
    }

    fn unit(&mut self, owner: Owner<'_>, field: &str, kind: UnitKind, raw: Option<RawText>) -> UnitId {
        let id = UnitId::from_index(self.units.len());
        let key = owner.prefix.field(field);
        self.units.push(RawUnit { key, kind, product: owner.product, flow: owner.flow, item: owner.item, raw });
        id
    }

    fn maybe_unit(&mut self, owner: Owner<'_>, field: &str, kind: UnitKind, raw: Option<RawText>) -> Option<UnitId> {
        raw.map(|raw| self.unit(owner, field, kind, Some(raw)))
    }

    fn common(&mut self, content: &mut RawContent) {
        let files = std::mem::take(&mut content.common);
        let (mut services, mut components, mut options, mut terms) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut ranges = Vec::new();
        for file in files {
            for zone in file.zones {
                let prefix = UnitPrefix::item(None, ItemKind::Zone, &zone.id.value);
                let id = ZoneId::from_index(self.model.zones.len());
                let owner = Owner { product: None, flow: None, item: Item::Zone(id), prefix: &prefix };
                let name = self.unit(owner, "name", UnitKind::Name, zone.name);
                let side = zone.side.unwrap_or(crate::value::Side::Inside);
                self.meta(Item::Zone(id), &zone.meta);
                self.model.zones.push(Zone { id: zone.id.value, span: zone.id.span, name, side });
            }
            services.extend(file.services);
            components.extend(file.components);
            options.extend(file.options);
            terms.extend(file.terms);
            self.address_lists(None, file.lists);
            ranges.extend(file.ranges);
        }
        self.ranges(&ranges);
        // Dense ids are positions: the order here is the order in which `Ids` registered them.
        for raw in services {
            self.service(raw);
        }
        for raw in components {
            self.component(None, raw);
        }
        self.options(None, options);
        self.range_conditions(&ranges);
        for raw in terms {
            self.term(raw);
        }
    }

    fn service(&mut self, raw: RawService) {
        let prefix = UnitPrefix::item(None, ItemKind::Service, &raw.id.value);
        let id = ServiceId::from_index(self.model.services.len());
        let owner = Owner { product: None, flow: None, item: Item::Service(id), prefix: &prefix };
        let name = self.unit(owner, "name", UnitKind::Name, raw.name);
        let purpose = self.maybe_unit(owner, "purpose", UnitKind::Paragraph, raw.purpose);
        let ports = raw.ports.iter().flat_map(|line| self.traffic(&line.traffic)).collect::<Vec<_>>();
        let ports = ports.into_iter().flat_map(|(_, traffic)| traffic.entries()).collect();
        self.meta(Item::Service(id), &raw.meta);
        self.model.services.push(Service { id: raw.id.value, span: raw.id.span, name, ports, purpose });
    }

    fn component(&mut self, product: Option<ProductId>, raw: RawComponent) {
        let prefix = self.prefix(product, ItemKind::Component, &raw.id.value);
        let id = ComponentId::from_index(self.model.components.len());
        let owner = Owner { product, flow: None, item: Item::Component(id), prefix: &prefix };
        if raw.name.is_none() {
            self.report.add(
                Diagnostic::error(Code::MissingKey, format!("the component `{}` has no `name`", raw.id.value))
                    .at(raw.id.span)
                    .help("add `name:`; only an entry for a component of common goes without"),
            );
        }
        let name = self.unit(owner, "name", UnitKind::Name, raw.name);
        let summary = self.maybe_unit(owner, "summary", UnitKind::Blocks, raw.summary);
        let zone = raw.zone.and_then(|zone| self.zone(&zone));
        let runs_on = self.machines(product, id, &raw.runs_on);
        self.meta(Item::Component(id), &raw.meta);
        self.model.components.push(Component {
            product,
            id: raw.id.value,
            span: raw.id.span,
            name,
            zone,
            runs_on,
            examples: values(raw.examples),
            summary,
        });
    }

    /// Options first get their choices, then their conditions, which may name each other.
    fn options(&mut self, product: Option<ProductId>, raws: Vec<RawOption>) {
        let first = self.model.options.len();
        let mut whens = Vec::new();
        for raw in raws {
            whens.push(raw.when.clone().map(|when| (when, raw.id.span)));
            self.option(product, raw);
        }
        for (offset, when) in whens.into_iter().enumerate() {
            let Some((when, span)) = when else { continue };
            let id = OptionId::from_index(first + offset);
            let condition = self.plain_condition(product, &when);
            if condition.options().any(|option| option == id) {
                let headline = format!("the option `{}` depends on itself", self.model[id].id);
                self.report.add(
                    Diagnostic::error(Code::OptionCycle, headline).at(span).help("its `when` must name other options"),
                );
                continue;
            }
            self.model.options[id.index()].when = condition;
        }
        self.expand_options(first);
    }

    fn option(&mut self, product: Option<ProductId>, raw: RawOption) {
        let prefix = self.prefix(product, ItemKind::Option, &raw.id.value);
        let id = OptionId::from_index(self.model.options.len());
        let owner = Owner { product, flow: None, item: Item::Option(id), prefix: &prefix };
        let label = self.unit(owner, "label", UnitKind::Name, raw.label);
        let text = self.maybe_unit(owner, "text", UnitKind::Blocks, raw.text);
        let is_switch = raw.choices.is_none();
        let choices = match raw.choices {
            Some(choices) => self.choices(id, owner, choices),
            None => ["enabled", "disabled"]
                .map(|word| Choice { id: word.to_owned(), span: raw.id.span, label: None, text: None })
                .into(),
        };
        self.meta(Item::Option(id), &raw.meta);
        self.model.options.push(ConfigOption {
            product,
            id: raw.id.value,
            span: raw.id.span,
            label,
            text,
            when: Condition::always(),
            default: ChoiceSet::EMPTY,
            is_default_assumed: false,
            choices,
            is_switch,
        });
        let default = self.choice_set(id, &raw.default);
        // A switch that nobody touched is off.
        let is_default_assumed = is_switch && default.is_empty();
        let option = &mut self.model.options[id.index()];
        option.is_default_assumed = is_default_assumed;
        option.default = if is_default_assumed { ChoiceSet::of(1) } else { default };
    }

    fn choices(
        &mut self,
        option: OptionId,
        owner: Owner<'_>,
        raws: Vec<crate::parse::common::RawChoice>,
    ) -> Vec<Choice> {
        if let Some(extra) = raws.get(MOST_CHOICES) {
            let headline = format!("an option has {} choices, expected at most {MOST_CHOICES}", raws.len());
            self.report.add(
                Diagnostic::error(Code::TooManyChoices, headline).at(extra.id.span).help("split the option in two"),
            );
        }
        let mut choices = Vec::new();
        for (position, raw) in raws.into_iter().take(MOST_CHOICES).enumerate() {
            let prefix = owner.prefix.part(&raw.id.value);
            let owner = Owner { item: Item::Choice(option, position as u8), prefix: &prefix, ..owner };
            let label = self.unit(owner, "label", UnitKind::Name, raw.label);
            let text = self.maybe_unit(owner, "text", UnitKind::Blocks, raw.text);
            self.meta(Item::Choice(option, position as u8), &raw.meta);
            choices.push(Choice { id: raw.id.value, span: raw.id.span, label: Some(label), text });
        }
        choices
    }

    fn term(&mut self, raw: RawTerm) {
        let prefix = UnitPrefix::item(None, ItemKind::Term, &raw.id.value);
        let id = TermId::from_index(self.model.terms.len());
        let owner = Owner { product: None, flow: None, item: Item::Term(id), prefix: &prefix };
        let name = self.unit(owner, "name", UnitKind::Name, raw.name);
        let definition = self.maybe_unit(owner, "definition", UnitKind::Blocks, raw.definition);
        let plain = |forms: Vec<(LocaleId, Spanned<String>)>| {
            forms.into_iter().map(|(locale, form)| (locale, form.value)).collect()
        };
        self.meta(Item::Term(id), &raw.meta);
        self.model.terms.push(Term {
            id: raw.id.value,
            span: raw.id.span,
            name,
            reading: plain(raw.reading),
            forms: plain(raw.forms),
            forbidden: plain(raw.forbidden),
            synonyms: values(raw.synonyms),
            definition,
            is_ui: raw.is_ui,
        });
    }

    fn address_lists(&mut self, product: Option<ProductId>, raws: Vec<crate::parse::common::RawAddressList>) {
        for raw in raws {
            let item = Item::List(self.model.lists.len() as u32);
            self.meta(item, &raw.meta);
            self.model.lists.push(AddressList { product, id: raw.id.value.clone(), span: raw.id.span, is_used: false });
            self.lists.push(raw);
        }
    }

    fn page(&mut self, raw: RawPage) {
        let id = PageId::from_index(self.model.pages.len());
        let prefix = UnitPrefix::page(&raw.id.value);
        let owner = Owner { product: None, flow: None, item: Item::Page(id), prefix: &prefix };
        let title = self.unit(owner, "title", UnitKind::Name, raw.title);
        let summary = self.maybe_unit(owner, "summary", UnitKind::Blocks, raw.summary);
        let mut sections = Vec::new();
        for section in raw.sections {
            let item = Item::Section(id, sections.len() as u32);
            self.meta(item, &section.meta);
            let prefix = prefix.part(&section.id.value);
            let owner = Owner { item, prefix: &prefix, ..owner };
            let title = self.maybe_unit(owner, "title", UnitKind::Name, section.title);
            let text = self.unit(owner, "text", UnitKind::Blocks, section.text);
            sections.push(Section { id: section.id.value, title, text });
        }
        self.meta(Item::Page(id), &raw.meta);
        self.model.pages.push(ProsePage { id: raw.id.value, span: raw.id.span, title, summary, sections });
    }

    fn report_unresolvable_pages(&mut self, pages: &[RawPage]) {
        for page in pages.iter().filter(|page| self.model.products.iter().any(|product| product.id == page.id.value)) {
            let headline = format!("the page `{}` has the id of a product", page.id.value);
            self.report.add(
                Diagnostic::error(Code::DuplicateId, headline)
                    .at(page.id.span)
                    .help("rename the page's file: both would be written to the same place"),
            );
        }
    }

    fn zone(&mut self, id: &Spanned<String>) -> Option<ZoneId> {
        let found = self.ids.zones.find(None, &id.value);
        self.note_use(found.map(Item::Zone), id);
        if found.is_none() {
            let diagnostic = self.ids.zones.unknown(Code::UnknownZone, ItemKind::Zone, None, id);
            self.report.add(diagnostic);
        }
        found
    }

    /// Writes down that an id names an item.
    fn note_use(&mut self, item: Option<Item>, name: &Spanned<String>) {
        if let Some(item) = item {
            self.uses.add(item, name.span);
        }
    }

    /// Writes down under which ids an item was known and what `allow` excepts on it.
    fn meta(&mut self, item: Item, meta: &RawMeta) {
        self.remember(item, meta);
        self.except(item, meta);
    }

    fn remember(&mut self, item: Item, meta: &RawMeta) {
        if !meta.former_ids.is_empty() {
            let former = meta.former_ids.iter().map(|id| id.value.clone());
            self.model.former_ids.entry(item).or_default().extend(former);
        }
    }

    fn except(&mut self, item: Item, meta: &RawMeta) {
        for allow in &meta.allow {
            let Some(code) = Code::find(&allow.code.value) else {
                let names = Code::ALL.iter().map(|code| code.as_str());
                self.report.add(
                    Diagnostic::error(Code::UnknownCode, format!("`{}` is the code of no check", allow.code.value))
                        .at(allow.code.span)
                        .maybe_help(suggest(&allow.code.value, names, Vocabulary::Language)),
                );
                continue;
            };
            self.model.allows.entry(item).or_default().push(Allow { code, span: allow.code.span });
        }
    }

    fn error(&mut self, code: Code, span: Span, headline: String, help: &str) {
        self.report.add(Diagnostic::error(code, headline).at(span).help(help));
    }
}

fn values(list: Vec<Spanned<String>>) -> Vec<String> {
    list.into_iter().map(|item| item.value).collect()
}
