//! Every place of the content where an id stands, and every text.

use crate::item::ItemKind;
use crate::parse::RawContent;
use crate::parse::address::{RawHost, RawHosts};
use crate::parse::common::{RawAddressList, RawComponent, RawOption};
use crate::parse::flow::RawFlow;
use crate::parse::product::RawProduct;
use crate::parse::text::{LocaleString, RawString, RawStrings, RawText};
use crate::parse::when::{RawCase, RawWhen};
use crate::span::Spanned;

/// An id in its place: defined or used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'a> {
    pub(super) kind: ItemKind,
    /// The product in whose file it stands.
    pub(super) product: Option<&'a str>,
    /// Of a choice: its option.
    pub(super) option: Option<&'a str>,
    pub(super) word: &'a Spanned<String>,
}

impl<'a> Use<'a> {
    /// The id itself; a note's target may have its kind in front.
    pub(super) fn id(&self) -> &'a str {
        self.word.value.rsplit(':').next().unwrap_or_default()
    }
}

type Visit<'v, 'a> = &'v mut dyn FnMut(&Use<'a>);

/// Visits every id of the content, definitions too. Products and pages are named by their files.
pub(super) fn for_each_use<'a>(content: &'a RawContent, visit: Visit<'_, 'a>) {
    for file in &content.common {
        let mut visitor = Visitor { product: None, visit };
        file.services.iter().for_each(|item| visitor.word(ItemKind::Service, &item.id));
        file.zones.iter().for_each(|item| visitor.word(ItemKind::Zone, &item.id));
        file.terms.iter().for_each(|item| visitor.word(ItemKind::Term, &item.id));
        file.components.iter().for_each(|item| visitor.component(item));
        file.options.iter().for_each(|item| visitor.option(item));
        file.lists.iter().for_each(|item| visitor.address_list(item));
    }
    for product in &content.products {
        Visitor { product: Some(&product.id.value), visit }.product(product);
    }
}

struct Visitor<'v, 'a> {
    product: Option<&'a str>,
    visit: Visit<'v, 'a>,
}

impl<'a> Visitor<'_, 'a> {
    fn word(&mut self, kind: ItemKind, word: &'a Spanned<String>) {
        (self.visit)(&Use { kind, product: self.product, option: None, word });
    }

    fn words(&mut self, kind: ItemKind, words: &'a [Spanned<String>]) {
        for word in words {
            self.word(kind, word);
        }
    }

    fn choices(&mut self, option: &'a str, words: &'a [Spanned<String>]) {
        for word in words {
            (self.visit)(&Use { kind: ItemKind::Choice, product: self.product, option: Some(option), word });
        }
    }

    fn product(&mut self, product: &'a RawProduct) {
        for source in &product.sources {
            self.word(ItemKind::Source, &source.id);
        }
        product.options.iter().for_each(|item| self.option(item));
        product.components.iter().for_each(|item| self.component(item));
        product.lists.iter().for_each(|item| self.address_list(item));
        self.case(&product.defaults);
        product.flows.iter().for_each(|item| self.flow(item));
        product.alternatives.iter().for_each(|(_, group)| self.words(ItemKind::Flow, group));
        for scenario in &product.scenarios {
            self.word(ItemKind::Scenario, &scenario.id);
            self.case(&scenario.choose);
            self.words(ItemKind::Component, &scenario.without);
        }
        for note in &product.notes {
            self.word(ItemKind::Note, &note.id);
            self.when(note.when.as_ref());
            for target in &note.on {
                let kind = match target.value.split_once(':') {
                    None | Some(("flow", _)) => ItemKind::Flow,
                    Some(("component", _)) => ItemKind::Component,
                    Some(_) => ItemKind::Option,
                };
                self.word(kind, target);
            }
        }
    }

    fn component(&mut self, component: &'a RawComponent) {
        self.word(ItemKind::Component, &component.id);
        component.zone.iter().for_each(|zone| self.word(ItemKind::Zone, zone));
    }

    fn option(&mut self, option: &'a RawOption) {
        self.word(ItemKind::Option, &option.id);
        self.when(option.when.as_ref());
        self.choices(&option.id.value, &option.default);
        for choice in option.choices.iter().flatten() {
            self.choices(&option.id.value, std::slice::from_ref(&choice.id));
        }
    }

    fn flow(&mut self, flow: &'a RawFlow) {
        self.word(ItemKind::Flow, &flow.id);
        self.words(ItemKind::Component, &flow.from);
        self.words(ItemKind::Component, &flow.to);
        flow.lines
            .iter()
            .filter_map(|line| line.service.as_ref())
            .for_each(|service| self.word(ItemKind::Service, service));
        self.when(flow.when.as_ref());
        for hosts in [&flow.hosts, &flow.from_hosts] {
            if let Some(RawHosts::List(hosts)) = hosts {
                self.hosts(hosts);
            }
        }
        flow.source.iter().for_each(|source| self.word(ItemKind::Source, source));
    }

    fn address_list(&mut self, list: &'a RawAddressList) {
        self.word(ItemKind::AddressList, &list.id);
        self.hosts(&list.hosts);
        list.source.iter().for_each(|source| self.word(ItemKind::Source, source));
    }

    fn hosts(&mut self, hosts: &'a [RawHost]) {
        for host in hosts {
            match host {
                RawHost::Address(..) => {}
                RawHost::List(list) => self.word(ItemKind::AddressList, list),
                RawHost::See(source) => self.word(ItemKind::Source, source),
                RawHost::Group { when, hosts } => {
                    self.when(Some(when));
                    self.hosts(hosts);
                }
            }
        }
    }

    fn when(&mut self, when: Option<&'a RawWhen>) {
        when.into_iter().flatten().for_each(|case| self.case(case));
    }

    fn case(&mut self, case: &'a RawCase) {
        for (option, choices) in case {
            self.word(ItemKind::Option, option);
            self.choices(&option.value, choices);
        }
    }
}

/// Visits every text that is written, with the product in whose file it stands.
pub(super) fn for_each_text<'a>(content: &'a RawContent, visit: &mut dyn FnMut(Option<&'a str>, &'a RawString)) {
    let mut texts: Vec<(Option<&str>, &Option<RawText>)> = Vec::new();
    for file in &content.common {
        texts.extend(file.services.iter().flat_map(|item| [(None, &item.name), (None, &item.purpose)]));
        texts.extend(file.zones.iter().map(|item| (None, &item.name)));
        texts.extend(file.terms.iter().flat_map(|item| [(None, &item.name), (None, &item.definition)]));
        file.components.iter().for_each(|item| texts.extend([(None, &item.name), (None, &item.summary)]));
        file.options.iter().for_each(|item| option_texts(None, item, &mut texts));
    }
    for product in &content.products {
        product_texts(product, &mut texts);
    }
    for page in &content.pages {
        texts.extend([(None, &page.title), (None, &page.summary)]);
        texts.extend(page.sections.iter().flat_map(|item| [(None, &item.title), (None, &item.text)]));
    }
    for (product, text) in texts {
        match text.as_ref().map(|text| &text.strings) {
            None => {}
            Some(RawStrings::Same(string)) => visit(product, string),
            Some(RawStrings::PerLocale(strings)) => {
                for (_, string) in strings {
                    if let LocaleString::Own(string) = string {
                        visit(product, string);
                    }
                }
            }
        }
    }
}

type Texts<'a> = Vec<(Option<&'a str>, &'a Option<RawText>)>;

fn product_texts<'a>(product: &'a RawProduct, texts: &mut Texts<'a>) {
    let scope = Some(product.id.value.as_str());
    texts.extend([(scope, &product.name), (scope, &product.summary)]);
    texts.extend(product.sources.iter().map(|item| (scope, &item.title)));
    product.options.iter().for_each(|item| option_texts(scope, item, texts));
    texts.extend(product.components.iter().flat_map(|item| [(scope, &item.name), (scope, &item.summary)]));
    texts.extend(product.flows.iter().map(|item| (scope, &item.purpose)));
    for item in &product.scenarios {
        texts.extend([&item.title, &item.summary, &item.benefits, &item.drawbacks].map(|text| (scope, text)));
    }
    texts.extend(product.notes.iter().map(|item| (scope, &item.text)));
}

fn option_texts<'a>(scope: Option<&'a str>, option: &'a RawOption, texts: &mut Texts<'a>) {
    texts.extend([(scope, &option.label), (scope, &option.text)]);
    texts.extend(option.choices.iter().flatten().flat_map(|item| [(scope, &item.label), (scope, &item.text)]));
}
