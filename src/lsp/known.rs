//! What an item is, for whoever shows it: its kind, its id, its names.

use crate::item::ItemKind;
use crate::locale::LocaleId;
use crate::model::{Item, Model, ProductId, UnitId};
use crate::site::Site;
use crate::span::Span;

/// An item of the model, whatever it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) item: Item,
    pub(super) kind: ItemKind,
    /// `None`: of common, or beside products.
    pub(super) product: Option<ProductId>,
    /// Of a choice the id of its option, of a table that of its source, of a section that of its page.
    pub(super) whole: Option<&'a str>,
    pub(super) id: &'a str,
    /// Where its id is written; of a product or a page, where its file begins; of a switch's choice, its option.
    pub(super) span: Option<Span>,
    /// What it is called, where it is called anything.
    pub(super) name: Option<UnitId>,
}

impl<'a> Known<'a> {
    pub(super) fn of(model: &'a Model, item: Item) -> Self {
        let of = |kind, product, id: &'a str, span, name| Self {
            item,
            kind,
            product,
            whole: None,
            id,
            span: Some(span),
            name,
        };
        match item {
            Item::Product(id) => of(ItemKind::Product, None, &model[id].id, model[id].span, Some(model[id].name)),
            Item::Component(id) | Item::Member(_, id) => {
                of(ItemKind::Component, model[id].product, &model[id].id, model[id].span, Some(model[id].name))
            }
            Item::Option(id) => {
                of(ItemKind::Option, model[id].product, &model[id].id, model[id].span, Some(model[id].label))
            }
            Item::Choice(option, position) => {
                let (option, choice) = (&model[option], &model[option].choices[position as usize]);
                let known = of(ItemKind::Choice, option.product, &choice.id, choice.span, choice.label);
                Self { whole: Some(&option.id), ..known }
            }
            Item::Flow(id) => of(ItemKind::Flow, Some(model[id].product), &model[id].id, model[id].span, None),
            Item::Service(id) => of(ItemKind::Service, None, &model[id].id, model[id].span, Some(model[id].name)),
            Item::Zone(id) => of(ItemKind::Zone, None, &model[id].id, model[id].span, Some(model[id].name)),
            Item::Term(id) => of(ItemKind::Term, None, &model[id].id, model[id].span, Some(model[id].name)),
            Item::Note(id) => of(ItemKind::Note, Some(model[id].product), &model[id].id, model[id].span, None),
            Item::Scenario(id) => {
                let scenario = &model[id];
                of(ItemKind::Scenario, Some(scenario.product), &scenario.id, scenario.span, Some(scenario.title))
            }
            Item::Source(id) => {
                of(ItemKind::Source, Some(model[id].product), &model[id].id, model[id].span, Some(model[id].title))
            }
            Item::Table(source, position) => {
                let (source, table) = (&model[source], &model[source].tables[position as usize]);
                let known = of(ItemKind::Table, Some(source.product), &table.id, table.span, table.title);
                Self { whole: Some(&source.id), ..known }
            }
            Item::Page(id) => of(ItemKind::Page, None, &model[id].id, model[id].span, Some(model[id].title)),
            Item::Section(page, position) => {
                let (page, section) = (&model[page], &model[page].sections[position as usize]);
                let known = of(ItemKind::Section, None, &section.id, page.span, section.title);
                Self { whole: Some(&page.id), span: None, ..known }
            }
            Item::List(position) => {
                let list = &model.lists[position as usize];
                of(ItemKind::AddressList, list.product, &list.id, list.span, None)
            }
            Item::Range(position) => {
                let range = &model.ranges[position as usize];
                of(ItemKind::PortRange, None, &range.id, range.span, None)
            }
        }
    }

    /// Its id with whatever it takes to tell it from its namesakes: `guard/agent`, `guard/version/v10`.
    pub(super) fn path(&self, model: &Model) -> String {
        let product = self.product.map(|product| model[product].id.as_str());
        product.into_iter().chain(self.whole).chain([self.id]).collect::<Vec<_>>().join("/")
    }

    /// What it is called in a locale.
    pub(super) fn name_in(&self, site: &Site, locale: LocaleId) -> String {
        match (self.item, self.name) {
            (_, Some(name)) => site.name(name, locale).to_owned(),
            (Item::Flow(flow), None) => site.speech().aside(locale, |voice| voice.flow_name(flow)),
            (Item::Choice(option, position), None) => {
                let choice = &site.model[option].choices[position as usize];
                site.speech().aside(locale, |voice| voice.choice_label(choice))
            }
            (Item::Note(note), None) => {
                let text = site.model[note].text;
                let text = site.speech().aside(locale, |voice| voice.plain_text(text));
                text.lines().next().unwrap_or_default().to_owned()
            }
            (_, None) => String::new(),
        }
    }

    /// What it is called in each locale that calls it anything; one entry where all say the same.
    pub(super) fn names(&self, site: &Site) -> Vec<(Option<LocaleId>, String)> {
        let names = site.config.locales.ids().map(|locale| (Some(locale), self.name_in(site, locale)));
        let names: Vec<_> = names.filter(|(_, name)| !name.is_empty()).collect();
        match names.as_slice() {
            [first, rest @ ..] if rest.iter().all(|(_, name)| *name == first.1) => vec![(None, first.1.clone())],
            _ => names,
        }
    }
}
