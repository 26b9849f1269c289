//! What can be said from facts, said in a locale: ports and protocols, conditions, dates, names,
//! the text of references. Words come from Fluent and from the content, none from here.

mod way;

use super::catalog::{Args, Catalogs, Failed, SayError, args};
use super::names::{Names, date_in};
use super::text::{Part, Text, Texts};
use super::{Block, Reference};
use crate::locale::{LocaleId, Locales};
use crate::model::{
    Case, Choice, ChoiceSet, CitedId, ComponentId, Condition, FlowId, Line, Model, NoteId, NoteTarget, OptionId, Party,
    PortRange, ProductId, Reached, UnitId, Who,
};
use crate::value::{Date, Need, Over, Port, Protocol, Traffic, Transport};
use std::borrow::Cow;

/// What there is to say, and in which words.
#[derive(Clone, Copy, Debug)]
pub struct Speech<'a> {
    /// The facts.
    pub model: &'a Model,
    /// The texts of the content.
    pub texts: &'a Texts,
    /// Their names.
    pub names: &'a Names,
    /// Interface text.
    pub catalogs: &'a Catalogs,
    /// The locales of the site.
    pub locales: &'a Locales,
}

/// One locale speaking.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    speech: Speech<'a>,
    locale: LocaleId,
    failed: &'a Failed,
}

impl<'a> Speech<'a> {
    /// This in the words of a locale. What can't be said is noted for who listens.
    pub fn in_locale(self, locale: LocaleId, failed: &'a Failed) -> Voice<'a> {
        Voice { speech: self, locale, failed }
    }

    /// What is made of this in the words of a locale, by somebody who goes on where a message can't be
    /// said: the checks on messages tell of that, and what is written fails by it.
    pub fn aside<T>(self, locale: LocaleId, make: impl FnOnce(Voice<'_>) -> T) -> T {
        make(self.in_locale(locale, &Failed::default()))
    }

    /// A source's address for a locale's readers: its own language first, then any.
    pub fn source_url(self, id: CitedId, locale: LocaleId) -> Option<&'a str> {
        let urls = &self.model[id].urls;
        let tag = self.locales.tag(locale);
        let own = urls.iter().find(|(language, _)| language.as_deref() == Some(tag));
        own.or(urls.first()).map(|(_, url)| url.as_str())
    }

    /// A source's address in exactly this locale, or the one for all.
    pub fn source_url_exact(self, id: CitedId, locale: LocaleId) -> Option<&'a str> {
        let tag = self.locales.tag(locale);
        let matching =
            self.model[id].urls.iter().find(|(language, _)| language.as_deref().is_none_or(|language| language == tag));
        matching.map(|(_, url)| url.as_str())
    }

    /// The name that stands for what a reference names, where one does.
    pub fn reference_name(self, reference: &Reference) -> Option<UnitId> {
        let model = &self.model;
        match reference {
            Reference::Component(id) => Some(model[*id].name),
            Reference::Option(id) => Some(model[*id].label),
            Reference::Choice(id, choice) => model[*id].choices[*choice].label,
            Reference::Product(id) => Some(model[*id].name),
            Reference::Scenario(id) => Some(model[*id].title),
            Reference::Term(id) => Some(model[*id].name),
            Reference::Page(id) => Some(model[*id].title),
            Reference::Source(id) => Some(model[*id].title),
            Reference::Flow(_)
            | Reference::Ports(_)
            | Reference::Host(_)
            | Reference::Versions(_)
            | Reference::Date(_) => None,
        }
    }

    /// The lines of flows that name a number or range; where none names it, those that contain it.
    pub fn lines_on(self, range: PortRange, flows: &[FlowId]) -> Vec<&'a Line> {
        let lines = || flows.iter().flat_map(|flow| &self.model[*flow].lines);
        let exact: Vec<_> = lines().filter(|line| line.range() == Some(range)).collect();
        let contains = |line: &&Line| line.range().is_some_and(|other| other.contains(range));
        if exact.is_empty() { lines().filter(contains).collect() } else { exact }
    }
}

/// How the members of a list hang together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Join {
    /// All of them.
    And,
    /// One of them.
    Or,
}

impl<'a> Voice<'a> {
    /// The locale that speaks.
    pub fn locale(self) -> LocaleId {
        self.locale
    }

    /// The same facts in the words of another locale.
    #[must_use]
    pub fn in_locale(self, locale: LocaleId) -> Self {
        Self { locale, ..self }
    }

    /// Notes what can't be said, where somebody else has tried.
    pub fn note(self, error: SayError) {
        self.failed.add(error);
    }

    /// What a message says with these arguments; nothing, if it can't be said.
    pub fn say(self, id: &str, args: &Args<'_>) -> String {
        self.or_noted(self.speech.catalogs.say(self.locale, id, args))
    }

    /// What a message without variables says.
    pub fn word(self, id: &str) -> String {
        self.say(id, &Args::new())
    }

    fn or_noted(self, said: Result<String, SayError>) -> String {
        said.unwrap_or_else(|error| {
            self.note(error);
            String::new()
        })
    }

    /// A name, title or label.
    pub fn name(self, unit: UnitId) -> &'a str {
        if let Some(error) = self.speech.names.unsaid(unit, self.locale) {
            self.failed.add(error.clone());
        }
        self.speech.names.get(unit, self.locale)
    }

    /// What the locale's language calls itself.
    pub fn locale_name(self) -> String {
        if self.speech.catalogs.has(self.locale, "locale-name") {
            return self.word("locale-name");
        }
        self.speech.locales.get(self.locale).own_name().to_owned()
    }

    /// A component's name.
    pub fn component_name(self, id: ComponentId) -> &'a str {
        self.name(self.speech.model[id].name)
    }

    /// A choice's label; a switch's choices are said by the interface text.
    pub fn choice_label(self, choice: &Choice) -> String {
        match choice.label {
            Some(label) => self.name(label).to_owned(),
            None if choice.id == "enabled" => self.word("choice-enabled"),
            None => self.word("choice-disabled"),
        }
    }

    /// `a`, `a and b`, `a, b and c`, as the locale writes lists.
    pub fn list(self, items: &[String], join: Join) -> String {
        let (pair, last) = match join {
            Join::And => ("list-and-pair", "list-and-last"),
            Join::Or => ("list-or-pair", "list-or-last"),
        };
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first, second] => self.say(pair, &args([("first", first), ("second", second)])),
            [rest @ .., end] => {
                let rest = rest.join(&self.word("list-separator"));
                self.say(last, &args([("rest", &rest), ("last", end)]))
            }
        }
    }

    /// A port, without its transport: `4118`, `11000–11999`, "any port".
    pub fn port(self, port: Port) -> String {
        match port {
            Port::Number(number) => number.to_string(),
            Port::Range(first, last) => self.range("port-range", (first, last)),
            Port::Random(first, last) => self.range("port-random", (first, last)),
            Port::Any => self.word("port-any"),
            Port::Configured => self.word("port-configured"),
        }
    }

    fn range(self, message: &str, (first, last): (u16, u16)) -> String {
        self.say(message, &args([("first", &first.to_string()), ("last", &last.to_string())]))
    }

    /// `TCP`, `UDP`, "TCP and UDP".
    pub fn over(self, over: Over) -> String {
        let word = match over {
            Over::Tcp => "transport-tcp",
            Over::Udp => "transport-udp",
            Over::TcpAndUdp => "transport-both",
            Over::Sctp => "transport-sctp",
            Over::Dccp => "transport-dccp",
        };
        self.word(word)
    }

    /// The same behind a port: `TCP+UDP`.
    pub fn over_short(self, over: Over) -> String {
        match over {
            Over::Tcp | Over::Udp | Over::Sctp | Over::Dccp => self.over(over),
            Over::TcpAndUdp => self.word("transport-both-short"),
        }
    }

    /// A protocol without ports: "ESP", "ICMP echo-request".
    pub fn bare(self, protocol: Protocol) -> String {
        let number = protocol.number().to_string();
        let name = self.say("ip-protocol-name", &args([("protocol", &protocol.to_string()), ("number", &number)]));
        match (protocol.type_name(), protocol.icmp_type()) {
            (Some(kind), _) => self.say("ip-protocol-with-type", &args([("protocol", &name), ("type", kind)])),
            (None, Some(kind)) => {
                let kind = kind.to_string();
                self.say("ip-protocol-with-type-number", &args([("protocol", &name), ("type", &kind)]))
            }
            (None, None) => name,
        }
    }

    /// What a list of ports names.
    pub fn reached(self, reached: Reached) -> String {
        match reached {
            Reached::Port(port) => self.port(port),
            Reached::Protocol(protocol) => self.bare(protocol),
        }
    }

    /// A line without what carries it: "443", "ICMP echo-request".
    pub fn traffic(self, traffic: Traffic) -> String {
        match traffic {
            Traffic::Ports { port, .. } => self.port(port),
            Traffic::Bare(protocol) => self.bare(protocol),
        }
    }

    /// "HTTPS over TCP", or what carries it alone where no service is stated.
    pub fn protocol(self, line: &Line) -> String {
        let names = line.services.iter().map(|service| self.name(self.speech.model[*service].name).to_owned());
        let services = self.list(&names.collect::<Vec<_>>(), Join::And);
        let (message, transport) = match line.traffic {
            Traffic::Ports { over, .. } => ("protocol", self.over(over)),
            Traffic::Bare(protocol) => ("ip-protocol-with-service", self.ip_protocol(protocol)),
        };
        if services.is_empty() {
            return transport;
        }
        self.say(message, &args([("service", &services), ("transport", &transport)]))
    }

    /// "IP protocol 50": what a firewall asks for.
    fn ip_protocol(self, protocol: Protocol) -> String {
        let number = protocol.number().to_string();
        // The number that is the name already is not said twice.
        if protocol.word().is_none() {
            return self.word("ip-protocol-without-ports");
        }
        match protocol.icmp_type() {
            Some(kind) if protocol.type_name().is_some() => {
                self.say("ip-protocol-and-type", &args([("number", &number), ("type", &kind.to_string())]))
            }
            _ => self.say("ip-protocol", &args([("number", &number)])),
        }
    }

    /// The protocols of lines, each once.
    pub fn protocols_of(self, lines: &[&Line]) -> Vec<String> {
        let mut protocols: Vec<String> = Vec::new();
        for protocol in lines.iter().map(|line| self.protocol(line)) {
            if !protocols.contains(&protocol) {
                protocols.push(protocol);
            }
        }
        protocols
    }

    /// A flow's ports with their transports, in one phrase.
    pub fn flow_ports(self, id: FlowId) -> String {
        let flow = &self.speech.model[id];
        self.ports(flow.need, &flow.lines.iter().collect::<Vec<_>>())
    }

    fn ports(self, need: Need, all: &[&Line]) -> String {
        // A range that hangs on a choice is one line, whatever it turns out to be.
        let mut lines: Vec<String> = Vec::new();
        let mut of_one: Vec<String> = Vec::new();
        for (position, line) in all.iter().enumerate() {
            of_one.push(self.port_with_transport(line));
            if all.get(position + 1).is_none_or(|next| next.span != line.span) {
                lines.push(self.list(&std::mem::take(&mut of_one), Join::Or));
            }
        }
        let join = if need == Need::One { Join::Or } else { Join::And };
        self.list(&lines, join)
    }

    /// A port of one transport: "500/UDP".
    pub fn port_over(self, port: Port, transport: Transport) -> String {
        let over = match transport {
            Transport::Tcp => Over::Tcp,
            Transport::Udp => Over::Udp,
            Transport::Sctp => Over::Sctp,
            Transport::Dccp => Over::Dccp,
        };
        let (port, transport) = (self.port(port), self.over(over));
        self.say("port-with-transport", &args([("port", &port), ("transport", &transport)]))
    }

    /// A line without its services: "443/TCP", "ESP".
    pub fn port_with_transport(self, line: &Line) -> String {
        match line.traffic {
            Traffic::Ports { over, port } => {
                let (port, transport) = (self.port(port), self.over_short(over));
                self.say("port-with-transport", &args([("port", &port), ("transport", &transport)]))
            }
            Traffic::Bare(protocol) => self.bare(protocol),
        }
    }

    /// "Agent → Manager (443/TCP)".
    pub fn flow_name(self, id: FlowId) -> String {
        let flow = &self.speech.model[id];
        self.flow_name_of(id, (&flow.from.who, &flow.to.who), &flow.lines.iter().collect::<Vec<_>>())
    }

    /// The same for some of its ends and lines.
    pub fn flow_name_of(&self, id: FlowId, ends: (&Who, &Who), lines: &[&Line]) -> String {
        let (from, to) = self.both(id, ends);
        let ports = self.ports(self.speech.model[id].need, lines);
        let message = if self.speech.model[id].between { "flow-name-between" } else { "flow-name" };
        self.say(message, &args([("from", &from), ("to", &to), ("ports", &ports)]))
    }

    /// "Agent → Manager": who connects to whom.
    pub fn flow_ends(self, id: FlowId) -> String {
        let flow = &self.speech.model[id];
        let (from, to) = self.both(id, (&flow.from.who, &flow.to.who));
        let message = if flow.between { "flow-ends-between" } else { "flow-ends" };
        self.say(message, &args([("from", &from), ("to", &to)]))
    }

    /// Both ends in words. Where either may open, each stands at one of them.
    fn both(self, id: FlowId, (from, to): (&Who, &Who)) -> (String, String) {
        match (self.speech.model[id].between, from.parties()) {
            (true, [one, other]) => (self.component_name(*one).to_owned(), self.component_name(*other).to_owned()),
            _ => (self.who(from), self.who(to)),
        }
    }

    /// Everyone at one end.
    pub fn who(self, who: &Who) -> String {
        let names: Vec<_> = who.each().map(|party| self.party_name(party).into_owned()).collect();
        self.list(&names, Join::And)
    }

    /// One at an end.
    pub fn party_name(self, party: Party) -> Cow<'a, str> {
        match party {
            Party::Component(id) => self.component_name(id).into(),
            Party::Any => self.word("party-any").into(),
            Party::Unstated => self.word("party-unstated").into(),
        }
    }

    /// What belongs to a product, where several are spoken of: "Agent (Guard)".
    pub fn of_product(self, name: &str, product: ProductId) -> String {
        let product = self.name(self.speech.model[product].name);
        self.say("of-product", &args([("name", name), ("product", product)]))
    }

    /// The components a note is about.
    pub fn note_subject(self, id: NoteId) -> Option<String> {
        let name = |target: &NoteTarget| match target {
            NoteTarget::Component(id) => Some(self.component_name(*id).to_owned()),
            NoteTarget::Flow(_) | NoteTarget::Option(_) => None,
        };
        let names: Vec<_> = self.speech.model[id].on.iter().filter_map(name).collect();
        (!names.is_empty()).then(|| self.list(&names, Join::And))
    }

    /// A condition in one phrase; `None`: always.
    pub fn condition(self, condition: &Condition) -> Option<String> {
        let cases = condition.cases();
        let group = |case: &Case| {
            let phrase = self.case(case);
            // "a; and b; or c" would leave open what belongs together.
            let is_grouped = cases.len() > 1 && case.len() > 1;
            if is_grouped { self.say("condition-group", &args([("case", &phrase)])) } else { phrase }
        };
        let phrases: Vec<_> = cases.iter().map(group).collect();
        (!phrases.is_empty()).then(|| phrases.join(&self.word("condition-or")))
    }

    fn case(self, case: &Case) -> String {
        let phrases: Vec<_> = case.iter().map(|(option, choices)| self.condition_phrase(*option, *choices)).collect();
        phrases.join(&self.word("condition-and"))
    }

    /// "communication direction is “Manager-initiated” or “Bidirectional”". Labels keep their case, so
    /// marks show where they begin and end; of a switch each language says "with" in its own way.
    fn condition_phrase(self, id: OptionId, choices: ChoiceSet) -> String {
        let option = &self.speech.model[id];
        let label = self.name(option.label);
        let chosen: Vec<_> = choices.iter().map(|choice| &option.choices[choice]).collect();
        if let ([only], true) = (chosen.as_slice(), option.is_switch) {
            return self.say("condition-switch", &args([("option", label), ("state", &only.id)]));
        }
        let quoted = |choice: &&Choice| self.say("condition-choice", &args([("choice", &self.choice_label(choice))]));
        let labels: Vec<_> = chosen.iter().map(quoted).collect();
        let labels = self.list(&labels, Join::Or);
        self.say("condition-option", &args([("option", label), ("choices", &labels)]))
    }

    /// "Communication direction: Manager-initiated or Bidirectional", as an entry of a list.
    pub fn option_phrase(self, id: OptionId, choices: ChoiceSet) -> String {
        let option = &self.speech.model[id];
        let labels: Vec<_> = choices.iter().map(|choice| self.choice_label(&option.choices[choice])).collect();
        let label = self.name(option.label);
        self.say("scenario-choice", &args([("option", label), ("choices", &self.list(&labels, Join::Or))]))
    }

    /// An address as it is shown: a template's `{to}` and `{ip}` tell in words what goes there.
    pub fn address(self, text: &str) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let word = |id| self.word(id);
        text.replace("{to}", &word("placeholder-server")).replace("{ip}", &word("placeholder-ip"))
    }

    /// A day or a month, as the locale writes it.
    pub fn date(self, date: Date) -> String {
        self.or_noted(date_in(self.speech.catalogs, self.locale, date))
    }

    /// The words of a reference that brings none of its own.
    pub fn reference_text(self, reference: &Reference) -> String {
        let model = &self.speech.model;
        match reference {
            Reference::Flow(id) => self.flow_name(*id),
            Reference::Ports(id) => self.flow_ports(*id),
            Reference::Host(host) => host.clone(),
            Reference::Choice(id, choice) => self.choice_label(&model[*id].choices[*choice]),
            Reference::Versions(id) => self.list(&model[*id].versions, Join::And),
            Reference::Date(date) => self.date(*date),
            Reference::Component(_)
            | Reference::Option(_)
            | Reference::Product(_)
            | Reference::Scenario(_)
            | Reference::Term(_)
            | Reference::Page(_)
            | Reference::Source(_) => {
                self.speech.reference_name(reference).map(|name| self.name(name).to_owned()).unwrap_or_default()
            }
        }
    }

    /// A text without markup, references said in words: for data, descriptions, diagrams.
    pub fn plain_text(self, unit: UnitId) -> String {
        self.speech
            .texts
            .shown(unit, self.locale)
            // The names in a text are said in its language, which may be another than the page's.
            .map(|shown| self.in_locale(shown.locale).plain(shown.text))
            .unwrap_or_default()
    }

    /// The same for one text. Paragraphs are parted by an empty line, items begin with `- `.
    pub fn plain(self, text: &Text) -> String {
        let mut plain = String::new();
        for part in text.parts() {
            match part {
                Part::Text(words) | Part::Code(words) => plain.push_str(words),
                Part::Generated(reference) => plain.push_str(&self.reference_text(reference)),
                Part::Break | Part::End(Block::List(_)) => plain.push('\n'),
                Part::Start(Block::Item) => plain.push_str("- "),
                Part::End(Block::Item) => {
                    plain.truncate(plain.trim_end().len());
                    plain.push('\n');
                }
                Part::End(Block::Paragraph) => plain.push_str("\n\n"),
                Part::Open(_) | Part::Close | Part::Start(_) | Part::End(Block::Emphasis | Block::Strong) => {}
            }
        }
        plain.truncate(plain.trim_end().len());
        plain
    }
}
