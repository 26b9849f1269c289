//! What stands on lines: ports, each a link to its row, with a mark where a choice decides.
//!
//! Ports of one transport share its name (`80, 443/TCP`), and a port that several flows need stands
//! once. What is said of ports and of conditions is said once for all pictures of a bundle.

use std::collections::{BTreeMap, BTreeSet};

use super::breaking::LineBreaker;
use super::graph::Carried;
use super::measure::width;
use super::signs::{ConditionMarks, GroupSign, Signs, letters};
use crate::l10n::{Failed, Join, SayError, Voice, args};
use crate::locale::LocaleId;
use crate::model::{Condition, FlowId, Line};
use crate::render::Task;
use crate::render::holes::{Hole, Stencil};
use crate::value::{Need, Over, Port, Protocol, Traffic};

/// Font size of labels.
pub(super) const SIZE: i32 = 12;
/// From one line of a label to the next.
pub(super) const LINE: i32 = 16;
/// A label on a line is not wider.
pub(super) const WIDEST: i32 = 98;
/// That of a loop may be: it stands below its box.
pub(super) const WIDEST_LOOP: i32 = 150;

/// What a sentence on a connection leaves out.
const SENTENCE: [Hole; 2] = [Hole::To, Hole::Ports];

/// What a flow asks for: its ports with their transports, and whether one of them is enough.
type Ports = (Vec<Traffic>, bool);

/// What pictures say, by locale.
#[derive(Default)]
pub(super) struct Phrases {
    /// What each flow asks for, and its condition: their places among `parts` and `conditions`.
    of: BTreeMap<FlowId, (usize, Option<usize>)>,
    ports: BTreeMap<Ports, usize>,
    parts: Vec<Vec<Vec<PortPhrase>>>,
    whens: BTreeMap<Condition, usize>,
    conditions: Vec<Vec<Option<String>>>,
    separators: Vec<String>,
    /// Before the number of a group of alternatives.
    signs: Vec<String>,
    /// What leads where, said once and filled in for each pair: asked anew, the catalogs would answer
    /// half a million times on a large site.
    connections: Vec<Stencil>,
    /// What of it could not be said.
    unsaid: BTreeMap<Said, Vec<SayError>>,
}

/// What was said of a flow: its place among ports or conditions, or what every picture says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Said {
    Ports(usize),
    When(usize),
    Everywhere,
}

/// What carries ports that may stand together; what has none stands alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Carrier {
    Over(Over),
    Bare(Protocol),
}

impl Carrier {
    fn transports(self) -> usize {
        match self {
            Self::Over(over) => over.transports().len(),
            Self::Bare(_) => 1,
        }
    }
}

/// Ports of a flow with the same transport.
#[derive(Clone)]
struct PortPhrase {
    carrier: Carrier,
    /// Its place among others: its first port.
    first: Option<Port>,
    /// `80`
    bare: String,
    /// `80/TCP`
    whole: String,
    /// Whether one of several ports is enough: they stand together.
    is_choice: bool,
}

/// Ports that stand in a label, and for which flows.
struct Found<'a> {
    part: &'a PortPhrase,
    signs: Signs,
    flows: Vec<FlowId>,
}

impl Found<'_> {
    /// Ports of one transport and condition stand together.
    fn order(&self) -> (Carrier, Signs, bool, Option<Port>, &str) {
        (self.part.carrier, self.signs, self.part.is_choice, self.part.first, &self.part.bare)
    }

    /// Whether both say their transport and signs once: "80, 443, 80 or 443/TCP" would hide the choice.
    fn shares(&self, next: &Self) -> bool {
        let is_plain = !self.part.is_choice && !next.part.is_choice;
        is_plain && self.part.carrier == next.part.carrier && self.signs == next.signs
    }

    /// Whether another names the same ports with more transports.
    fn is_within(&self, other: &Self) -> bool {
        self.signs == other.signs
            && self.part.bare == other.part.bare
            && self.part.carrier.transports() < other.part.carrier.transports()
    }
}

/// What tells some ports in a cell of a table from others.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct CellFact {
    carrier: Carrier,
    signs: Signs,
    bare: String,
}

/// A piece of a label that leads to one row.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    /// What stands between it and the next.
    pub(super) end: String,
    /// Flows that say the same; the first is where the piece leads.
    pub(super) flows: Vec<FlowId>,
}

impl Phrases {
    /// Says the ports and the conditions of flows that were not met before.
    pub(super) fn learn(&mut self, task: Task<'_>, flows: &[FlowId]) {
        let speech = task.site().speech();
        let locales = || speech.locales.ids();
        if self.separators.is_empty() {
            let failed = Failed::default();
            let word = |id: &str| locales().map(|locale| speech.in_locale(locale, &failed).word(id)).collect();
            (self.signs, self.separators) = (word("diagram-sign"), word("diagram-separator"));
            let [to, at] = SENTENCE.map(Hole::marker);
            let markers = args([("to", to), ("ports", at)]);
            let say = |locale| {
                let said = speech.in_locale(locale, &failed).say("diagram-connection", &markers);
                Stencil::cut(&said, &SENTENCE)
            };
            self.connections = locales().map(say).collect();
            self.unsaid.insert(Said::Everywhere, failed.into_errors());
        }
        for id in flows.iter().filter(|id| !self.of.contains_key(id)).copied().collect::<Vec<_>>() {
            let flow = &speech.model[id];
            let failed = Failed::default();
            let ports = place_of(&mut self.ports, &mut self.parts, ports(&flow.lines, flow.need), |ports| {
                locales().map(|locale| parts(speech.in_locale(locale, &failed), ports)).collect()
            });
            self.note(Said::Ports(ports), failed);
            let failed = Failed::default();
            let when = (!flow.when.is_always()).then(|| {
                place_of(&mut self.whens, &mut self.conditions, flow.when.clone(), |when| {
                    locales().map(|locale| speech.in_locale(locale, &failed).condition(when)).collect()
                })
            });
            if let Some(when) = when {
                self.note(Said::When(when), failed);
            }
            self.of.insert(id, (ports, when));
        }
    }

    fn note(&mut self, said: Said, failed: Failed) {
        let errors = failed.into_errors();
        if !errors.is_empty() {
            self.unsaid.insert(said, errors);
        }
    }

    /// Tells what could not be said of these flows, in any locale: they share one picture.
    pub(super) fn tell_unsaid(&self, failed: &Failed, flows: impl Iterator<Item = FlowId>) {
        let of = |flow: FlowId| {
            let (ports, when) = self.of[&flow];
            [Some(Said::Ports(ports)), when.map(Said::When)].into_iter().flatten()
        };
        let said = flows.flat_map(of).chain([Said::Everywhere]);
        said.filter_map(|said| self.unsaid.get(&said)).flatten().for_each(|error| failed.add(error.clone()));
    }

    /// The letters beside the ports of flows, by their position: each once, in their order.
    pub(super) fn letters_of(&self, carried: &[Carried], marks: &ConditionMarks) -> BTreeSet<usize> {
        let signs = carried.iter().map(|one| marks.signs(one, self.condition_of(one.flow)));
        signs.flat_map(Signs::letters).collect()
    }

    /// The place of a flow's condition among all, where it has one.
    pub(super) fn condition_of(&self, flow: FlowId) -> Option<usize> {
        self.of[&flow].1
    }

    /// A condition in words.
    pub(super) fn condition(&self, place: usize, locale: LocaleId) -> Option<&str> {
        self.conditions[place][locale.index()].as_deref()
    }

    /// What leads where, as a line of a list.
    pub(super) fn connection(&self, to: &str, ports: &str, locale: LocaleId) -> String {
        self.connections[locale.index()].filled(|hole| if hole == Hole::To { to } else { ports })
    }

    /// What stands between two ports.
    pub(super) fn separator(&self, locale: LocaleId) -> &str {
        &self.separators[locale.index()]
    }

    /// The label of flows.
    pub(super) fn label(&self, carried: &[Carried], marks: &ConditionMarks, locale: LocaleId) -> Vec<Piece> {
        let found = self.found(carried, marks, locale);
        let mut pieces = Vec::with_capacity(found.len());
        for (position, one) in found.iter().enumerate() {
            let Found { part, signs, flows } = one;
            let goes_on = found.get(position + 1).is_some_and(|next| one.shares(next));
            let text = if goes_on { part.bare.clone() } else { self.signed(&part.whole, *signs, locale) };
            pieces.push(Piece { text, end: String::new(), flows: flows.clone() });
        }
        pieces
    }

    /// What a cell of a table says of flows. TCP goes without saying there; so each port has its own
    /// transport and signs, which another without any can't share.
    pub(super) fn cell_label(&self, carried: &[Carried], marks: &ConditionMarks, locale: LocaleId) -> Vec<Piece> {
        let piece = |Found { part, signs, flows }| {
            let text = if part.carrier == Carrier::Over(Over::Tcp) { &part.bare } else { &part.whole };
            Piece { text: self.signed(text, signs, locale), end: String::new(), flows }
        };
        self.found(carried, marks, locale).into_iter().map(piece).collect()
    }

    /// By what two such cells are told apart.
    pub(super) fn cell_facts(
        &self,
        carried: &[Carried],
        marks: &ConditionMarks,
        locale: LocaleId,
    ) -> impl Iterator<Item = CellFact> {
        let fact = |Found { part: PortPhrase { carrier, bare, .. }, signs, .. }| CellFact {
            carrier: *carrier,
            signs,
            bare: bare.clone(),
        };
        self.found(carried, marks, locale).into_iter().map(fact)
    }

    /// Ports and the signs beside them.
    fn signed(&self, ports: &str, signs: Signs, locale: LocaleId) -> String {
        let mut text = ports.to_owned();
        if let Some(group) = signs.group {
            text.push('\u{a0}');
            text.push_str(&self.sign(group, locale));
        }
        for mark in signs.letters() {
            text.push_str("\u{a0}[");
            text.push_str(&letters(mark));
            text.push(']');
        }
        text
    }

    /// The ports of flows, each once, in the order in which they are shown.
    fn found(&self, carried: &[Carried], marks: &ConditionMarks, locale: LocaleId) -> Vec<Found<'_>> {
        let mut found: Vec<Found<'_>> = Vec::new();
        for one in carried {
            let signs = marks.signs(one, self.condition_of(one.flow));
            for part in &self.parts[self.of[&one.flow].0][locale.index()] {
                let is_same = |known: &&mut Found<'_>| {
                    (known.signs, known.part.carrier, &known.part.bare) == (signs, part.carrier, &part.bare)
                };
                match found.iter_mut().find(is_same) {
                    Some(known) if known.flows.contains(&one.flow) => {}
                    Some(known) => known.flows.push(one.flow),
                    None => found.push(Found { part, signs, flows: vec![one.flow] }),
                }
            }
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.part.carrier.transports()));
        let mut whole: Vec<Found<'_>> = Vec::new();
        for one in found {
            match whole.iter_mut().find(|known| one.is_within(known)) {
                Some(known) => known.flows.extend(one.flows),
                None => whole.push(one),
            }
        }
        whole.sort_by(|a, b| a.order().cmp(&b.order()));
        whole
    }

    /// The sign of a group of alternatives: `◇1`, or `◇1A` for one of its ways.
    pub(super) fn sign(&self, group: GroupSign, locale: LocaleId) -> String {
        let way = group.way.map(|way| letters(way).to_uppercase()).unwrap_or_default();
        format!("{}{}{way}", self.signs[locale.index()], group.number + 1)
    }

    /// A label broken into lines.
    pub(super) fn lines(&self, pieces: &[Piece], widest: i32, locale: LocaleId) -> Vec<Vec<Piece>> {
        let separator = self.separator(locale);
        // Numbers and names of protocols have no syllables.
        let breaker = LineBreaker::default();
        let mut lines: Vec<(i32, Vec<Piece>)> = Vec::new();
        for (position, piece) in pieces.iter().enumerate() {
            let texts = breaker.wrap(&piece.text, widest, SIZE);
            for (line, text) in texts.iter().enumerate() {
                let is_end = line + 1 == texts.len() && position + 1 < pieces.len();
                let end = if is_end { separator.to_owned() } else { String::new() };
                let piece = Piece { text: text.clone(), end, flows: piece.flows.clone() };
                let wide = piece.width();
                match lines.last_mut().filter(|(used, _)| used + wide <= widest) {
                    Some((used, line)) => {
                        *used += wide;
                        line.push(piece);
                    }
                    None => lines.push((wide, vec![piece])),
                }
            }
        }
        lines.into_iter().map(|(_, line)| line).collect()
    }
}

impl Piece {
    fn width(&self) -> i32 {
        width(&self.text, SIZE) + width(&self.end, SIZE)
    }
}

/// The width of one line of a label.
pub(super) fn line_width(line: &[Piece]) -> i32 {
    line.iter().map(Piece::width).sum()
}

/// The place of a key among what is said; what was not said before is said now.
fn place_of<K: Ord + Clone, T>(
    places: &mut BTreeMap<K, usize>,
    said: &mut Vec<T>,
    key: K,
    say: impl Fn(&K) -> T,
) -> usize {
    if let Some(place) = places.get(&key) {
        return *place;
    }
    said.push(say(&key));
    places.insert(key, said.len() - 1);
    said.len() - 1
}

fn ports(lines: &[Line], need: Need) -> Ports {
    (ports_of(lines), need == Need::One)
}

/// What the lines of a flow let through.
pub(super) fn ports_of(lines: &[Line]) -> Vec<Traffic> {
    lines.iter().map(|line| line.traffic).collect()
}

/// The phrases of a flow's ports: each by itself, so that what another flow needs too is said once, or
/// together where one of them is enough.
fn parts(voice: Voice<'_>, (lines, is_one_enough): &Ports) -> Vec<PortPhrase> {
    let mut by_transport: BTreeMap<Over, BTreeSet<Port>> = BTreeMap::new();
    let mut bare: BTreeSet<Protocol> = BTreeSet::new();
    for line in lines {
        match line {
            Traffic::Ports { over, port } => drop(by_transport.entry(*over).or_default().insert(*port)),
            Traffic::Bare(protocol) => drop(bare.insert(*protocol)),
        }
    }
    let part = |(over, ports): (Over, Vec<Port>)| {
        let texts: Vec<String> = ports.iter().map(|port| voice.port(*port)).collect();
        let bare = voice.list(&texts, Join::Or);
        let transport = voice.over_short(over);
        let whole = voice.say("port-with-transport", &args([("port", &bare), ("transport", &transport)]));
        let first = ports.first().copied();
        PortPhrase { carrier: Carrier::Over(over), first, bare, whole, is_choice: ports.len() > 1 }
    };
    let grouped = by_transport.into_iter().flat_map(|(over, ports)| {
        let ports: Vec<Port> = ports.into_iter().collect();
        let at_once = if *is_one_enough { ports.len() } else { 1 };
        ports.chunks(at_once).map(|ports| (over, ports.to_vec())).collect::<Vec<_>>()
    });
    let without_ports = bare.into_iter().map(|protocol| {
        let name = voice.bare(protocol);
        PortPhrase { carrier: Carrier::Bare(protocol), first: None, bare: name.clone(), whole: name, is_choice: false }
    });
    grouped.map(part).chain(without_ports).collect()
}
