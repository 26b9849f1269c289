//! What can be said from facts, said in a locale: ports and protocols, conditions, dates, names,
//! the text of references. Words come from Fluent and from the content, none from here.

use super::catalog::{Args, Catalogs, Failed, SayError, args};
use super::names::{Names, date_in};
use super::text::{Part, Text, Texts};
use super::{Block, Reference};
use crate::locale::{LocaleId, Locales};
use crate::model::{
    Case, Choice, ChoiceSet, CitedId, ComponentId, Condition, FlowId, Line, Model, NoteId, NoteTarget, OptionId,
    PortRange, ProductId, UnitId,
};
use crate::value::{Date, Need, Over, Port, Traffic};

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
        };
        self.word(word)
    }

    /// The same behind a port: `TCP+UDP`.
    pub fn over_short(self, over: Over) -> String {
        match over {
            Over::Tcp | Over::Udp => self.over(over),
            Over::TcpAndUdp => self.word("transport-both-short"),
        }
    }

    /// "HTTPS over TCP", or the transport alone where no service is stated.
    pub fn protocol(self, line: &Line) -> String {
        let Traffic::Ports { over, .. } = line.traffic;
        let transport = self.over(over);
        let Some(service) = line.service else { return transport };
        let service = self.name(self.speech.model[service].name);
        self.say("protocol", &args([("service", service), ("transport", &transport)]))
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
        let lines: Vec<_> = flow.lines.iter().map(|line| self.port_with_transport(line)).collect();
        let join = if flow.need == Need::One { Join::Or } else { Join::And };
        self.list(&lines, join)
    }

    fn port_with_transport(self, line: &Line) -> String {
        let Traffic::Ports { over, port } = line.traffic;
        let (port, transport) = (self.port(port), self.over_short(over));
        self.say("port-with-transport", &args([("port", &port), ("transport", &transport)]))
    }

    /// "Agent → Manager (443/TCP)".
    pub fn flow_name(self, id: FlowId) -> String {
        let flow = &self.speech.model[id];
        self.flow_name_between(id, (flow.from.parties(), flow.to.parties()))
    }

    /// The same for some of its ends.
    pub fn flow_name_between(&self, id: FlowId, (from, to): (&[ComponentId], &[ComponentId])) -> String {
        let (from, to) = (self.ends(from), self.ends(to));
        self.say("flow-name", &args([("from", &from), ("to", &to), ("ports", &self.flow_ports(id))]))
    }

    /// "Agent → Manager": who connects to whom.
    pub fn flow_ends(self, (from, to): (&[ComponentId], &[ComponentId])) -> String {
        let (from, to) = (self.ends(from), self.ends(to));
        self.say("flow-ends", &args([("from", &from), ("to", &to)]))
    }

    fn ends(self, ends: &[ComponentId]) -> String {
        let names: Vec<_> = ends.iter().map(|end| self.component_name(*end).to_owned()).collect();
        self.list(&names, Join::And)
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
