//! What can be said from facts, said in a locale: ports and protocols, conditions, dates, names,
//! the text of references. Words come from Fluent and from the content, none from here.

use super::Site;
use crate::l10n::{Args, Block, Part, Reference, Text, args};
use crate::locale::LocaleId;
use crate::model::{
    Case, Choice, ChoiceSet, ComponentId, Condition, FlowId, Id, Line, NoteId, NoteTarget, OptionId, PortRange,
    ProductId, SourceId, UnitId,
};
use crate::value::{Date, Need, Over, Port};

/// How the members of a list hang together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Join {
    /// All of them.
    And,
    /// One of them.
    Or,
}

impl Site {
    /// A name, title or label in a locale; empty while the names themselves are being said, where one
    /// that wrongly refers to another must not end in a circle.
    pub fn name(&self, unit: UnitId, locale: LocaleId) -> &str {
        self.names.get(locale.index()).and_then(|names| names.get(unit.index())).map_or("", String::as_str)
    }

    /// What a locale's language calls itself.
    pub fn locale_name(&self, locale: LocaleId) -> String {
        let own = self.catalogs.own_word(locale, "locale-name");
        own.unwrap_or_else(|| self.config.locales.get(locale).own_name().to_owned())
    }

    /// A component's name.
    pub fn component_name(&self, id: ComponentId, locale: LocaleId) -> &str {
        self.name(self.model[id].name, locale)
    }

    /// A choice's label; a switch's choices are said by the interface text.
    pub fn choice_label(&self, choice: &Choice, locale: LocaleId) -> String {
        match choice.label {
            Some(label) => self.name(label, locale).to_owned(),
            None if choice.id == "enabled" => self.catalogs.word(locale, "choice-enabled"),
            None => self.catalogs.word(locale, "choice-disabled"),
        }
    }

    /// `a`, `a and b`, `a, b and c`, as the locale writes lists.
    pub fn list(&self, items: &[String], join: Join, locale: LocaleId) -> String {
        let (pair, last) = match join {
            Join::And => ("list-and-pair", "list-and-last"),
            Join::Or => ("list-or-pair", "list-or-last"),
        };
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first, second] => self.catalogs.say(locale, pair, &args([("first", first), ("second", second)])),
            [rest @ .., end] => {
                let rest = rest.join(&self.catalogs.word(locale, "list-separator"));
                self.catalogs.say(locale, last, &args([("rest", &rest), ("last", end)]))
            }
        }
    }

    /// A port, without its transport: `4118`, `11000–11999`, "any port".
    pub fn port(&self, port: Port, locale: LocaleId) -> String {
        match port {
            Port::Number(number) => number.to_string(),
            Port::Range(first, last) => self.range("port-range", (first, last), locale),
            Port::Random(first, last) => self.range("port-random", (first, last), locale),
            Port::Any => self.catalogs.word(locale, "port-any"),
            Port::Configured => self.catalogs.word(locale, "port-configured"),
        }
    }

    fn range(&self, message: &str, (first, last): (u16, u16), locale: LocaleId) -> String {
        self.catalogs.say(locale, message, &args([("first", &first.to_string()), ("last", &last.to_string())]))
    }

    /// `TCP`, `UDP`, "TCP and UDP".
    pub fn over(&self, over: Over, locale: LocaleId) -> String {
        let word = match over {
            Over::Tcp => "transport-tcp",
            Over::Udp => "transport-udp",
            Over::TcpAndUdp => "transport-both",
        };
        self.catalogs.word(locale, word)
    }

    /// The same behind a port: `TCP+UDP`.
    pub fn over_short(&self, over: Over, locale: LocaleId) -> String {
        match over {
            Over::Tcp | Over::Udp => self.over(over, locale),
            Over::TcpAndUdp => self.catalogs.word(locale, "transport-both-short"),
        }
    }

    /// "HTTPS over TCP", or the transport alone where no service is stated.
    pub fn protocol(&self, line: &Line, locale: LocaleId) -> String {
        let transport = self.over(line.over, locale);
        let Some(service) = line.service else { return transport };
        let service = self.name(self.model[service].name, locale);
        self.catalogs.say(locale, "protocol", &args([("service", service), ("transport", &transport)]))
    }

    /// The lines of flows that name a number or range; where none names it, those that contain it.
    pub fn lines_on(&self, range: PortRange, flows: &[FlowId]) -> Vec<&Line> {
        let lines = || flows.iter().flat_map(|flow| &self.model[*flow].lines);
        let exact: Vec<_> = lines().filter(|line| PortRange::of(line.port) == Some(range)).collect();
        let contains = |line: &&Line| PortRange::of(line.port).is_some_and(|other| other.contains(range));
        if exact.is_empty() { lines().filter(contains).collect() } else { exact }
    }

    /// The protocols of lines, each once.
    pub fn protocols_of(&self, lines: &[&Line], locale: LocaleId) -> Vec<String> {
        let mut protocols: Vec<String> = Vec::new();
        for protocol in lines.iter().map(|line| self.protocol(line, locale)) {
            if !protocols.contains(&protocol) {
                protocols.push(protocol);
            }
        }
        protocols
    }

    /// A flow's ports with their transports, in one phrase.
    pub fn flow_ports(&self, id: FlowId, locale: LocaleId) -> String {
        let flow = &self.model[id];
        let lines: Vec<_> = flow.lines.iter().map(|line| self.port_with_transport(line, locale)).collect();
        let join = if flow.need == Need::One { Join::Or } else { Join::And };
        self.list(&lines, join, locale)
    }

    fn port_with_transport(&self, line: &Line, locale: LocaleId) -> String {
        let port = self.port(line.port, locale);
        let transport = self.over_short(line.over, locale);
        self.catalogs.say(locale, "port-with-transport", &args([("port", &port), ("transport", &transport)]))
    }

    /// "Agent → Manager (443/TCP)".
    pub fn flow_name(&self, id: FlowId, locale: LocaleId) -> String {
        let flow = &self.model[id];
        self.flow_name_between(id, (&flow.from, &flow.to), locale)
    }

    /// The same for some of its ends.
    pub fn flow_name_between(
        &self,
        id: FlowId,
        (from, to): (&[ComponentId], &[ComponentId]),
        locale: LocaleId,
    ) -> String {
        let (from, to) = (self.ends(from, locale), self.ends(to, locale));
        self.catalogs.say(
            locale,
            "flow-name",
            &args([("from", &from), ("to", &to), ("ports", &self.flow_ports(id, locale))]),
        )
    }

    /// "Agent → Manager": who connects to whom.
    pub fn flow_ends(&self, (from, to): (&[ComponentId], &[ComponentId]), locale: LocaleId) -> String {
        let (from, to) = (self.ends(from, locale), self.ends(to, locale));
        self.catalogs.say(locale, "flow-ends", &args([("from", &from), ("to", &to)]))
    }

    fn ends(&self, ends: &[ComponentId], locale: LocaleId) -> String {
        let names: Vec<_> = ends.iter().map(|end| self.component_name(*end, locale).to_owned()).collect();
        self.list(&names, Join::And, locale)
    }

    /// What belongs to a product, where several are spoken of: "Agent (Guard)".
    pub fn of_product(&self, name: &str, product: ProductId, locale: LocaleId) -> String {
        let product = self.name(self.model[product].name, locale);
        self.catalogs.say(locale, "of-product", &args([("name", name), ("product", product)]))
    }

    /// The components a note is about.
    pub fn note_subject(&self, id: NoteId, locale: LocaleId) -> Option<String> {
        let name = |target: &NoteTarget| match target {
            NoteTarget::Component(id) => Some(self.component_name(*id, locale).to_owned()),
            NoteTarget::Flow(_) | NoteTarget::Option(_) => None,
        };
        let names: Vec<_> = self.model[id].on.iter().filter_map(name).collect();
        (!names.is_empty()).then(|| self.list(&names, Join::And, locale))
    }

    /// A condition in one phrase; `None`: always.
    pub fn condition(&self, condition: &Condition, locale: LocaleId) -> Option<String> {
        let cases = condition.cases();
        let group = |case: &Case| {
            let phrase = self.case(case, locale);
            // "a; and b; or c" would leave open what belongs together.
            let is_grouped = cases.len() > 1 && case.len() > 1;
            if is_grouped { self.catalogs.say(locale, "condition-group", &args([("case", &phrase)])) } else { phrase }
        };
        let phrases: Vec<_> = cases.iter().map(group).collect();
        (!phrases.is_empty()).then(|| phrases.join(&self.catalogs.word(locale, "condition-or")))
    }

    fn case(&self, case: &Case, locale: LocaleId) -> String {
        let phrases: Vec<_> =
            case.iter().map(|(option, choices)| self.condition_phrase(*option, *choices, locale)).collect();
        phrases.join(&self.catalogs.word(locale, "condition-and"))
    }

    /// "communication direction is “Manager-initiated” or “Bidirectional”". Labels keep their case, so
    /// marks show where they begin and end; of a switch each language says "with" in its own way.
    fn condition_phrase(&self, id: OptionId, choices: ChoiceSet, locale: LocaleId) -> String {
        let option = &self.model[id];
        let label = self.name(option.label, locale);
        let chosen: Vec<_> = choices.iter().map(|choice| &option.choices[choice]).collect();
        if let ([only], true) = (chosen.as_slice(), option.is_switch) {
            return self.catalogs.say(locale, "condition-switch", &args([("option", label), ("state", &only.id)]));
        }
        let quoted = |choice: &&Choice| {
            self.catalogs.say(locale, "condition-choice", &args([("choice", &self.choice_label(choice, locale))]))
        };
        let labels: Vec<_> = chosen.iter().map(quoted).collect();
        let labels = self.list(&labels, Join::Or, locale);
        self.catalogs.say(locale, "condition-option", &args([("option", label), ("choices", &labels)]))
    }

    /// "Communication direction: Manager-initiated or Bidirectional", as an entry of a list.
    pub fn option_phrase(&self, id: OptionId, choices: ChoiceSet, locale: LocaleId) -> String {
        let option = &self.model[id];
        let labels: Vec<_> = choices.iter().map(|choice| self.choice_label(&option.choices[choice], locale)).collect();
        let label = self.name(option.label, locale);
        self.catalogs.say(
            locale,
            "scenario-choice",
            &args([("option", label), ("choices", &self.list(&labels, Join::Or, locale))]),
        )
    }

    /// An address as it is shown: a template's `{to}` and `{ip}` tell in words what goes there.
    pub fn address(&self, text: &str, locale: LocaleId) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let word = |id| self.catalogs.word(locale, id);
        text.replace("{to}", &word("placeholder-server")).replace("{ip}", &word("placeholder-ip"))
    }

    /// A day or a month, as the locale writes it.
    pub fn date(&self, date: Date, locale: LocaleId) -> String {
        let mut month = Args::new();
        month.set("month", i64::from(date.month));
        let month = self.catalogs.say(locale, "month-name", &month);
        let year = date.year.to_string();
        match date.day {
            None => self.catalogs.say(locale, "date-month", &args([("month_name", &month), ("year", &year)])),
            Some(day) => self.catalogs.say(
                locale,
                "date-day",
                &args([("month_name", &month), ("year", &year), ("day", &day.to_string())]),
            ),
        }
    }

    /// A source's address for a locale's readers: its own language first, then any.
    pub fn source_url(&self, id: SourceId, locale: LocaleId) -> Option<&str> {
        let urls = &self.model[id].urls;
        let tag = self.config.locales.tag(locale);
        let own = urls.iter().find(|(language, _)| language.as_deref() == Some(tag));
        own.or(urls.first()).map(|(_, url)| url.as_str())
    }

    /// A source's address in exactly this locale, or the one for all.
    pub fn source_url_exact(&self, id: SourceId, locale: LocaleId) -> Option<&str> {
        let tag = self.config.locales.tag(locale);
        let matching =
            self.model[id].urls.iter().find(|(language, _)| language.as_deref().is_none_or(|language| language == tag));
        matching.map(|(_, url)| url.as_str())
    }

    /// The name that stands for what a reference names, where one does.
    pub fn reference_name(&self, reference: &Reference) -> Option<UnitId> {
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

    /// The words of a reference that brings none of its own.
    pub fn reference_text(&self, reference: &Reference, locale: LocaleId) -> String {
        let model = &self.model;
        match reference {
            Reference::Flow(id) => self.flow_name(*id, locale),
            Reference::Ports(id) => self.flow_ports(*id, locale),
            Reference::Host(host) => host.clone(),
            Reference::Choice(id, choice) => self.choice_label(&model[*id].choices[*choice], locale),
            Reference::Versions(id) => self.list(&model[*id].versions, Join::And, locale),
            Reference::Date(date) => self.date(*date, locale),
            Reference::Component(_)
            | Reference::Option(_)
            | Reference::Product(_)
            | Reference::Scenario(_)
            | Reference::Term(_)
            | Reference::Page(_)
            | Reference::Source(_) => {
                self.reference_name(reference).map(|name| self.name(name, locale).to_owned()).unwrap_or_default()
            }
        }
    }

    /// A text without markup, references said in words: for data, descriptions, diagrams.
    pub fn plain_text(&self, unit: UnitId, locale: LocaleId) -> String {
        self.texts
            .shown(unit, locale)
            // The names in a text are said in its language, which may be another than the page's.
            .map(|shown| self.plain(shown.text, shown.locale))
            .unwrap_or_default()
    }

    /// The same for one text. Paragraphs are parted by an empty line, items begin with `- `.
    pub fn plain(&self, text: &Text, locale: LocaleId) -> String {
        let mut plain = String::new();
        for part in text.parts() {
            match part {
                Part::Text(words) | Part::Code(words) => plain.push_str(words),
                Part::Generated(reference) => plain.push_str(&self.reference_text(reference, locale)),
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
