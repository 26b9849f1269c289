//! What stands on lines: ports, each a link to its row, with a mark where a choice decides.
//!
//! Ports of one transport share its name (`80, 443/TCP`). What is said of ports and of conditions is
//! said once for the whole site, since it stands in many pictures.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::measure::{width, wrap};
use crate::l10n::args;
use crate::locale::LocaleId;
use crate::model::{Condition, FlowId, Id, Line};
use crate::parse::flow::Need;
use crate::parse::port::{Port, Transport};
use crate::site::{Join, Site};

/// Font size of labels.
pub(super) const SIZE: i32 = 12;
/// From one line of a label to the next.
pub(super) const LINE: i32 = 16;
/// A label on a line is not wider.
pub(super) const WIDEST: i32 = 98;
/// That of a loop may be: it stands below its box.
pub(super) const WIDEST_LOOP: i32 = 150;

/// Holes of a sentence that is said once per locale and filled in for each pair: asked anew, the
/// catalogs would answer half a million times on a large site. Private-use characters, which no name
/// of ours holds.
const FROM: char = '\u{f0000}';
const TO: char = '\u{f0001}';
const PORTS: char = '\u{f0002}';

/// What a flow asks for: its ports with their transports, and whether one of them is enough.
type Ports = (Vec<(Port, Vec<Transport>)>, bool);

/// What pictures say, by locale.
pub(super) struct Phrases {
    /// Of each flow: its place among `parts`.
    ports_of: Vec<usize>,
    parts: Vec<Vec<Vec<Part>>>,
    /// Of each flow that has one: its place among `conditions`.
    condition_of: Vec<Option<usize>>,
    conditions: Vec<Vec<Option<String>>>,
    separators: Vec<String>,
    connections: Vec<String>,
}

/// Ports of a flow with the same transport.
#[derive(Clone)]
struct Part {
    transports: Vec<Transport>,
    port: Port,
    /// `80`
    bare: String,
    /// `80/TCP`
    whole: String,
}

/// Ports that stand in a label, and for which flows.
struct Found<'a> {
    part: &'a Part,
    mark: Option<usize>,
    flows: Vec<FlowId>,
}

impl Found<'_> {
    /// Ports of one transport and condition stand together.
    fn order(&self) -> (&[Transport], Option<usize>, Port, &str) {
        (&self.part.transports, self.mark, self.part.port, &self.part.bare)
    }
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

/// The conditions of a picture in the order of their marks, by their place among the phrases.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub(super) conditions: Vec<usize>,
}

impl Marks {
    /// Of flows in their order, each condition once.
    pub(super) fn of(phrases: &Phrases, flows: impl IntoIterator<Item = FlowId>) -> Self {
        let mut conditions = Vec::new();
        for condition in flows.into_iter().filter_map(|flow| phrases.condition_of(flow)) {
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        Self { conditions }
    }

    fn position(&self, when: Option<usize>) -> Option<usize> {
        self.conditions.iter().position(|condition| Some(*condition) == when)
    }
}

/// `a` to `z`, then `aa` and so on.
pub(super) fn letters(position: usize) -> String {
    let letter = char::from(b'a' + (position % 26) as u8).to_string();
    if position < 26 { letter } else { format!("{}{letter}", letters(position / 26 - 1)) }
}

impl Phrases {
    /// Says every port and every condition of the site once.
    pub(super) fn of(site: &Site) -> Self {
        let locales: Vec<LocaleId> = site.config.locales.ids().collect();
        let (ports, ports_of) = numbered(site.model.flows.iter().map(|flow| ports(&flow.lines, flow.need)));
        let (conditions, condition_of) = numbered(site.model.flows.iter().map(|flow| &flow.when));
        let condition_of = condition_of.into_iter().map(|place| (!conditions[place].is_always()).then_some(place));
        let say_ports = |key: Ports| locales.iter().map(|locale| parts(site, &key, *locale)).collect();
        let say_when = |when: &Condition| locales.iter().map(|locale| site.condition(when, *locale)).collect();
        let [from, to, at] = [FROM, TO, PORTS].map(String::from);
        let holes = args([("from", &from), ("to", &to), ("ports", &at)]);
        let connection = |locale: &LocaleId| site.catalogs.say(*locale, "diagram-connection", &holes);
        Self {
            ports_of,
            parts: ports.into_par_iter().map(say_ports).collect(),
            condition_of: condition_of.collect(),
            conditions: conditions.into_par_iter().map(say_when).collect(),
            separators: locales.iter().map(|locale| site.catalogs.word(*locale, "diagram-separator")).collect(),
            connections: locales.iter().map(connection).collect(),
        }
    }

    /// The place of a flow's condition among all, where it has one.
    pub(super) fn condition_of(&self, flow: FlowId) -> Option<usize> {
        self.condition_of[flow.index()]
    }

    /// A condition in words.
    pub(super) fn condition(&self, place: usize, locale: LocaleId) -> Option<&str> {
        self.conditions[place][locale.index()].as_deref()
    }

    /// Who connects to whom, in a sentence.
    pub(super) fn connection(&self, from: &str, to: &str, ports: &str, locale: LocaleId) -> String {
        let mut sentence = String::new();
        for c in self.connections[locale.index()].chars() {
            match c {
                FROM => sentence.push_str(from),
                TO => sentence.push_str(to),
                PORTS => sentence.push_str(ports),
                c => sentence.push(c),
            }
        }
        sentence
    }

    /// What stands between two ports.
    pub(super) fn separator(&self, locale: LocaleId) -> &str {
        &self.separators[locale.index()]
    }

    /// The label of flows.
    pub(super) fn label(&self, flows: &[FlowId], marks: &Marks, locale: LocaleId) -> Vec<Piece> {
        let mut found: Vec<Found<'_>> = Vec::new();
        for id in flows {
            let mark = marks.position(self.condition_of(*id));
            for part in &self.parts[self.ports_of[id.index()]][locale.index()] {
                let is_same = |known: &&mut Found<'_>| {
                    (known.mark, &known.part.transports, &known.part.bare) == (mark, &part.transports, &part.bare)
                };
                match found.iter_mut().find(is_same) {
                    Some(known) => known.flows.push(*id),
                    None => found.push(Found { part, mark, flows: vec![*id] }),
                }
            }
        }
        found.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut pieces = Vec::with_capacity(found.len());
        for (position, Found { part, mark, flows }) in found.iter().enumerate() {
            let shares = |next: &Found<'_>| (&next.part.transports, next.mark) == (&part.transports, *mark);
            let goes_on = found.get(position + 1).is_some_and(shares);
            let mut text = if goes_on { part.bare.clone() } else { part.whole.clone() };
            if let Some(mark) = mark.filter(|_| !goes_on) {
                text.push_str("\u{a0}[");
                text.push_str(&letters(mark));
                text.push(']');
            }
            pieces.push(Piece { text, end: String::new(), flows: flows.clone() });
        }
        pieces
    }

    /// A label broken into lines.
    pub(super) fn lines(&self, pieces: &[Piece], widest: i32, locale: LocaleId) -> Vec<Vec<Piece>> {
        let separator = self.separator(locale);
        let mut lines: Vec<(i32, Vec<Piece>)> = Vec::new();
        for (position, piece) in pieces.iter().enumerate() {
            let texts = wrap(&piece.text, widest, SIZE);
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

/// Each once, and of each of the items its place among them.
fn numbered<T: Ord + Clone>(items: impl Iterator<Item = T> + Clone) -> (Vec<T>, Vec<usize>) {
    let places: BTreeMap<T, usize> =
        items.clone().collect::<BTreeSet<T>>().into_iter().enumerate().map(|(place, item)| (item, place)).collect();
    let place_of = items.map(|item| places[&item]).collect();
    (places.into_keys().collect(), place_of)
}

fn ports(lines: &[Line], need: Need) -> Ports {
    (lines.iter().map(|line| (line.port, line.transports.clone())).collect(), need == Need::One)
}

/// The phrases of a flow's ports, transport by transport.
fn parts(site: &Site, (lines, is_one_enough): &Ports, locale: LocaleId) -> Vec<Part> {
    let mut by_transport: BTreeMap<&Vec<Transport>, BTreeSet<Port>> = BTreeMap::new();
    for (port, transports) in lines {
        by_transport.entry(transports).or_default().insert(*port);
    }
    let part = |(transports, ports): (&Vec<Transport>, BTreeSet<Port>)| {
        let texts: Vec<String> = ports.iter().map(|port| site.port(*port, locale)).collect();
        let bare = if *is_one_enough {
            site.list(&texts, Join::Or, locale)
        } else {
            texts.join(&site.catalogs.word(locale, "diagram-separator"))
        };
        let transport = match transports.as_slice() {
            [_, _] => site.catalogs.word(locale, "transport-both-short"),
            one => site.transports(one, locale),
        };
        let whole =
            site.catalogs.say(locale, "port-with-transport", &args([("port", &bare), ("transport", &transport)]));
        let port = ports.first().copied().unwrap_or(Port::Any);
        Part { transports: transports.clone(), port, bare, whole }
    };
    by_transport.into_iter().map(part).collect()
}
