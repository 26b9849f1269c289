//! A subject as a locale's readers find it: what is indexed, and what a hit shows.

use std::collections::BTreeSet;

use super::destinations::Destinations;
use super::kind::SearchKind;
use super::subject::Subject;
use crate::l10n::{Join, Reference, Voice, args};
use crate::locale::LocaleId;
use crate::model::{
    Anchored, Case, ComponentId, Condition, Flow, FlowId, Link, NoteTarget, OptionId, PageRoute, PortRange, ProductId,
    Reached, TermId, UnitId,
};
use crate::render::Hrefs;
use crate::render::marks::{RowMark, marks_of};
use crate::render::page;
use crate::site::Site;
use crate::value::{AddressKind, Entry, Protocol, Scope};

/// The fields that are indexed, and how much a word in each counts.
pub(super) const FIELDS: [(&str, f32); 4] = [("ports", 4.0), ("hosts", 3.0), ("names", 3.0), ("text", 1.0)];

/// No excerpt is longer, in characters. Most texts are shorter and are stored whole.
const LONGEST_EXCERPT: usize = 480;

/// What is found.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// By position in [`FIELDS`].
    pub(super) fields: [String; 4],
    pub(super) title: String,
    /// The product it belongs to.
    pub(super) product: String,
    /// The ports of a flow, as they are shown.
    pub(super) ports: String,
    /// Below the locale.
    pub(super) path: String,
    pub(super) excerpt: String,
    /// IP addresses and blocks of a flow.
    pub(super) addresses: Vec<Block>,
}

/// An address or a block: as it is written, as it is shown, with its condition, and whether nothing
/// connects to it.
pub(super) type Block = (String, String, bool);

impl Document {
    /// As the client gets it: a JSON list.
    pub(super) fn stored(&self, kind: SearchKind) -> String {
        let list = (kind.number(), &self.title, &self.product, &self.ports, &self.path, &self.excerpt);
        // Few flows have addresses.
        let text = if self.addresses.is_empty() {
            serde_json::to_string(&list)
        } else {
            let (kind, title, product, ports, path, excerpt) = list;
            serde_json::to_string(&(kind, title, product, ports, path, excerpt, &self.addresses))
        };
        match text {
            Ok(text) => text,
            Err(error) => unreachable!("a list of texts is JSON: {error}"),
        }
    }
}

/// Makes the documents of one locale.
#[derive(Clone, Copy)]
pub(super) struct DocumentWriter<'a> {
    pub(super) site: &'a Site,
    pub(super) voice: Voice<'a>,
    pub(super) locale: LocaleId,
    pub(super) hrefs: &'a Hrefs<'a>,
    pub(super) destinations: &'a Destinations,
}

impl DocumentWriter<'_> {
    pub(super) fn document(self, subject: Subject) -> Document {
        match subject {
            Subject::Product(id) => self.product(id),
            Subject::Flow(id) => self.flow(id),
            Subject::Component(id) => self.component(id),
            Subject::Scenario(id) => {
                let scenario = &self.site.model[id];
                let texts = [scenario.summary, scenario.benefits, scenario.drawbacks];
                let mut text = self.joined(texts.into_iter().flatten());
                if let Some(machine) = &scenario.machine {
                    push_part(&mut text, self.voice.component_name(machine.value));
                }
                self.page(scenario.title, Some(scenario.product), text, PageRoute::Scenario(id))
            }
            Subject::Option(product, id) => self.option(product, id),
            Subject::Note(id) => self.note(id),
            Subject::Port(range) => self.port(range),
            Subject::Protocol(protocol) => self.protocol(protocol),
            Subject::Domain(position) => self.domain(position),
            Subject::Term(id) => self.term(id),
            Subject::Prose(id) => {
                let page = &self.site.model[id];
                self.page(page.title, None, self.joined(page.summary), PageRoute::Prose(id))
            }
            Subject::Section(id, position) => {
                let page = &self.site.model[id];
                let section = &page.sections[position as usize];
                let text = self.plain(section.text);
                let mut document =
                    self.page(page.title, None, text, self.site.model.link_to(Anchored::Section(id, position)));
                if let Some(title) = section.title {
                    document.product = std::mem::replace(&mut document.title, self.name(title).to_owned());
                    document.fields[2] = format!("{} {}", document.title, document.product);
                }
                document
            }
            Subject::Index(page) => self.index(page),
        }
    }

    fn name(&self, unit: UnitId) -> &str {
        self.voice.name(unit)
    }

    fn word(self, id: &str) -> String {
        self.voice.word(id)
    }

    fn plain(self, unit: UnitId) -> String {
        let text = self.voice.plain_text(unit);
        // Paragraphs and list items: an excerpt is one line.
        if text.contains('\n') { lines_joined(&text) } else { text }
    }

    /// A sentence that says a term in other words is found by the term's name too.
    fn push_terms(self, text: &mut String, unit: UnitId) {
        let shown = self.site.texts.shown(unit, self.locale);
        for reference in shown.iter().flat_map(|shown| shown.text.references()) {
            if let Reference::Term(id) = reference {
                let name = self.name(self.site.model[*id].name);
                if !text.contains(name) {
                    push_word(text, name);
                }
            }
        }
    }

    fn joined(self, units: impl IntoIterator<Item = UnitId>) -> String {
        units.into_iter().map(|unit| self.plain(unit)).collect::<Vec<_>>().join(JOINT)
    }

    fn path<'m>(self, link: impl Into<Link<'m>>) -> String {
        self.hrefs.to(self.locale, link)
    }

    fn page<'m>(self, title: UnitId, product: Option<ProductId>, text: String, link: impl Into<Link<'m>>) -> Document {
        let title = self.name(title).to_owned();
        let product = product.map(|id| self.name(self.site.model[id].name).to_owned()).unwrap_or_default();
        Document {
            fields: [String::new(), String::new(), title.clone(), format!("{text} {product}")],
            title,
            product,
            path: self.path(link),
            excerpt: excerpt(text),
            ..Document::default()
        }
    }

    fn product(self, id: ProductId) -> Document {
        let product = &self.site.model[id];
        let mut document = self.page(product.name, None, self.plain(product.summary), PageRoute::Product(id));
        document.fields[3].push_str(&product.versions.join(" "));
        document
    }

    fn flow(self, id: FlowId) -> Document {
        let site = self.site;
        let flow = &site.model[id];
        let mut fields = <[String; 4]>::default();
        let mut shown = Vec::with_capacity(flow.lines.len());
        for line in &flow.lines {
            for entry in line.traffic.entries() {
                match entry {
                    Entry::Port { port, .. } if port.numbers().is_some() => push_word(&mut fields[0], &entry.written()),
                    Entry::Port { transport, .. } => push_word(&mut fields[0], transport.as_str()),
                    Entry::Bare(protocol) => push_word(&mut fields[0], &self.words_of(protocol)),
                }
            }
            for service in &line.services {
                push_word(&mut fields[0], self.name(site.model[*service].name));
            }
            shown.push(format!("{} {}", self.voice.traffic(line.traffic), self.voice.protocol(line)));
        }
        let addresses = flow.to.hosts.list.iter().chain(&flow.from.hosts.list);
        addresses.for_each(|address| push_word(&mut fields[1], &address.text));
        flow.parties().for_each(|end| push_word(&mut fields[2], self.voice.component_name(end)));
        let machines: BTreeSet<_> = flow.parties().flat_map(|end| site.model.machines_of(end)).collect();
        let product = self.name(site.model[flow.product].name).to_owned();
        let purpose = flow.purpose.map(|purpose| self.plain(purpose)).unwrap_or_default();
        let when = self.voice.condition(&flow.when);
        let when = when.map(|phrase| self.voice.say("only-when", &args([("condition", &phrase)])));
        let when = when.unwrap_or_default();
        let alternatives = site.model.alternatives_of(id);
        let marks = marks_of(&site.model, id, &alternatives);
        // Most marks stand on half of all rows: shown with a hit, they find none. Where a connection
        // runs is asked for.
        let scope = marks.iter().filter(|mark| matches!(mark, RowMark::Scope(_)));
        let scope: Vec<_> = scope.map(|mark| mark.words(self.voice)).collect();
        fields[3] = format!("{purpose} {when} {} {product}", scope.join(" "));
        let said = std::iter::once(when).chain(marks.iter().map(|mark| mark.words(self.voice)));
        let said = said.chain(self.addresses_depend(flow));
        let said: Vec<_> = said.filter(|part| !part.is_empty()).collect();
        if let Some(purpose) = flow.purpose {
            self.push_terms(&mut fields[3], purpose);
        }
        for line in &flow.lines {
            if let Some(port) = line.traffic.port().filter(|port| port.numbers().is_none()) {
                push_word(&mut fields[3], &self.voice.port(port));
            }
        }
        for machine in machines {
            push_word(&mut fields[3], self.voice.component_name(machine));
        }
        if flow.scope == Scope::Loopback {
            push_word(&mut fields[3], &self.word("search-loopback-words"));
        }
        for end in flow.parties() {
            let member = site.model.member(flow.product, end);
            let examples = site.model[end].examples.iter().chain(member.iter().flat_map(|member| &member.examples));
            examples.for_each(|example| push_word(&mut fields[3], example));
        }
        Document {
            fields,
            title: self.voice.flow_ends(id),
            product,
            ports: shown.join(&self.word("list-separator")),
            path: self.path(self.site.model.link_to(Anchored::Flow(id))),
            excerpt: excerpt_before(purpose, &said.join(JOINT)),
            addresses: self.blocks(flow),
        }
    }

    fn blocks(self, flow: &Flow) -> Vec<Block> {
        let addresses = flow.to.hosts.list.iter().chain(&flow.from.hosts.list);
        let addresses = addresses.filter(|address| matches!(address.kind, AddressKind::Ip | AddressKind::Cidr));
        addresses
            .map(|address| {
                let shown = match self.choices(&address.when) {
                    None => address.text.clone(),
                    Some(when) => {
                        self.voice.say("address-when", &args([("address", &*address.text), ("condition", &when)]))
                    }
                };
                (address.text.clone(), shown, self.destinations.misses(&address.text, address.kind))
            })
            .collect()
    }

    /// "Region: Germany", shorter than a condition in a sentence.
    fn choices(self, when: &Condition) -> Option<String> {
        let case = |case: &Case| {
            let phrases = case.iter().map(|(option, choices)| self.voice.option_phrase(*option, *choices));
            phrases.collect::<Vec<_>>().join(&self.word("list-separator"))
        };
        let cases: Vec<_> = when.cases().iter().map(case).collect();
        (!cases.is_empty()).then(|| self.voice.list(&cases, Join::Or))
    }

    /// Whoever finds a row by an address must know that it may not be theirs.
    fn addresses_depend(self, flow: &Flow) -> Option<String> {
        let addresses = flow.to.hosts.list.iter().chain(&flow.from.hosts.list);
        let cases = addresses.flat_map(|address| address.when.cases());
        let options: BTreeSet<OptionId> = cases.flat_map(|case| case.keys().copied()).collect();
        let names: Vec<_> = options.iter().map(|id| self.name(self.site.model[*id].label).to_owned()).collect();
        let options = self.voice.list(&names, Join::And);
        let say = || self.voice.say("search-addresses-depend", &args([("options", &options)]));
        (!names.is_empty()).then(say)
    }

    fn component(self, id: ComponentId) -> Document {
        let model = &self.site.model;
        let component = &model[id];
        let summaries = model.summaries_of(id);
        let examples = model.examples_of(id);
        let text = self.joined(summaries);
        let mut document = self.page(component.name, component.product, text, PageRoute::Component(id));
        let machines = model.machines_of(id).into_iter();
        let near = machines.chain(model.views.parts_of(id).iter().copied()).filter(|id| model.has_page(*id));
        near.for_each(|id| push_word(&mut document.fields[3], self.voice.component_name(id)));
        // Whoever knows its name in another language finds it too.
        for other in self.site.config.locales.ids().map(|locale| self.voice.in_locale(locale).component_name(id)) {
            if other != document.title {
                push_word(&mut document.fields[3], other);
            }
        }
        if !examples.is_empty() {
            let list = self.voice.list(&examples, Join::Or);
            let examples = self.voice.say("component-examples", &args([("examples", &list)]));
            push_word(&mut document.fields[3], &examples);
            push_part(&mut document.excerpt, &examples);
        }
        document
    }

    fn option(self, product: ProductId, id: OptionId) -> Document {
        let model = &self.site.model;
        let option = &model[id];
        let labels = option.choices.iter().map(|choice| self.voice.choice_label(choice));
        let labels: Vec<_> = if option.is_switch { Vec::new() } else { labels.collect() };
        let mut text =
            self.joined(option.text.into_iter().chain(option.choices.iter().filter_map(|choice| choice.text)));
        push_part(&mut text, &labels.join(&self.word("list-separator")));
        self.page(option.label, Some(product), text, self.site.model.link_to(Anchored::Option(product, id)))
    }

    fn note(self, id: crate::model::NoteId) -> Document {
        let model = &self.site.model;
        let note = &model[id];
        let text = self.plain(note.text);
        let product = self.name(model[note.product].name).to_owned();
        let on = note.on.first().map(|target| match target {
            NoteTarget::Flow(flow) => self.voice.flow_ends(*flow),
            NoteTarget::Component(component) => self.voice.component_name(*component).to_owned(),
            NoteTarget::Option(option) => self.name(model[*option].label).to_owned(),
        });
        let (title, product) = match on {
            Some(on) => (on, product),
            None => (product, String::new()),
        };
        Document {
            // What it is attached to is found by its own name.
            fields: [String::new(), String::new(), String::new(), format!("{text} {product}")],
            title,
            product,
            path: self.path(self.site.model.link_to(Anchored::Note(id))),
            excerpt: excerpt(text),
            ..Document::default()
        }
    }

    fn port(self, range: PortRange) -> Document {
        let site = self.site;
        let title = if range.is_one() { "port-title" } else { "port-range-title" };
        let title = self.voice.say(title, &args([("port", &self.voice.port(range.as_port()))]));
        let uses = &site.model.views.ports[&range];
        // A number that only ends ranges is found by theirs.
        let flows = if uses.exact.is_empty() { &uses.overlapping } else { &uses.exact };
        let lines = site.speech().lines_on(range, flows);
        let carriers: BTreeSet<String> =
            lines.iter().flat_map(|line| line.traffic.entries()).map(Entry::carrier).collect();
        let ports: Vec<_> = carriers.iter().map(|carrier| format!("{range}/{carrier}")).collect();
        let protocols = self.voice.protocols_of(&lines).join(&self.word("list-separator"));
        Document {
            fields: [ports.join(" "), String::new(), title.clone(), protocols.clone()],
            title,
            path: self.path(PageRoute::Port(range)),
            excerpt: excerpt(protocols),
            ..Document::default()
        }
    }

    fn protocol(self, protocol: Protocol) -> Document {
        let flows = &self.site.model.views.protocols[&protocol];
        let lines = flows.iter().flat_map(|flow| &self.site.model[*flow].lines);
        let lines: Vec<_> = lines.filter(|line| line.reached() == Reached::Protocol(protocol)).collect();
        let mut words = String::new();
        let types: BTreeSet<Protocol> = lines.iter().filter_map(|line| line.traffic.protocol()).collect();
        for protocol in types {
            push_word(&mut words, &self.words_of(protocol));
        }
        let title = self.voice.bare(protocol);
        let protocols = self.voice.protocols_of(&lines).join(&self.word("list-separator"));
        Document {
            fields: [words, String::new(), title.clone(), protocols.clone()],
            title,
            path: self.path(PageRoute::Protocol(protocol)),
            excerpt: excerpt(protocols),
            ..Document::default()
        }
    }

    /// What a protocol without ports is looked for by: its name, its number, the type of its messages.
    fn words_of(self, protocol: Protocol) -> String {
        let number = protocol.number().to_string();
        let mut words = self.voice.bare(protocol);
        let is_echo = protocol.type_name().is_some_and(|name| name.starts_with("echo-"));
        // Firewalls ask for it in English, whatever the language of the page.
        for voice in self.site.config.locales.ids().map(|locale| self.voice.in_locale(locale)) {
            push_word(&mut words, &voice.say("search-protocol-words", &args([("number", &number)])));
            if is_echo {
                push_word(&mut words, &voice.word("search-echo-words"));
            }
        }
        words
    }

    fn domain(self, position: u32) -> Document {
        let domain = &self.site.model.views.domains[position as usize];
        let intro = self.voice.say("domain-intro", &args([("domain", &domain.name)]));
        Document {
            fields: [String::new(), domain.name.clone(), String::new(), String::new()],
            title: domain.name.clone(),
            path: self.path(PageRoute::Domain(position)),
            excerpt: intro,
            ..Document::default()
        }
    }

    fn term(self, id: TermId) -> Document {
        let model = &self.site.model;
        let term = &model[id];
        let text = self.joined(term.definition);
        self.page(term.name, None, text, self.site.model.link_to(Anchored::Term(id)))
    }

    fn index(self, route: PageRoute) -> Document {
        let Some((title, intro)) = page::index_messages(route) else {
            unreachable!("other pages are found as what they are made of")
        };
        let (title, intro) = (self.word(title), self.word(intro));
        Document {
            fields: [String::new(), String::new(), title.clone(), intro.clone()],
            title,
            path: self.path(route),
            excerpt: intro,
            ..Document::default()
        }
    }
}

/// What parts texts that were written apart from each other.
const JOINT: &str = " · ";

/// Items of a list lose their hyphens.
fn lines_joined(text: &str) -> String {
    text.lines()
        .flat_map(|line| line.strip_prefix("- ").unwrap_or(line).split_whitespace())
        .collect::<Vec<_>>()
        .join(" ")
}

fn push_word(text: &mut String, word: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

fn push_part(text: &mut String, part: &str) {
    if !text.is_empty() && !part.is_empty() {
        text.push_str(JOINT);
    }
    text.push_str(part);
}

fn excerpt(text: String) -> String {
    excerpt_before(text, "")
}

/// A text and, on a line of its own, what is told of it, of which nothing is cut.
fn excerpt_before(mut text: String, rest: &str) -> String {
    let longest = LONGEST_EXCERPT.saturating_sub(rest.chars().count());
    if text.len() > longest
        && let Some((at, _)) = text.char_indices().nth(longest)
    {
        text.truncate(at);
        text.push('…');
    }
    if !rest.is_empty() {
        text.push('\n');
        text.push_str(rest);
    }
    text
}
