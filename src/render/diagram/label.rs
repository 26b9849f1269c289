//! What stands on lines: ports, each a link to its row, with a mark where a choice decides.
//!
//! Ports of one transport share its name (`80, 443/TCP`). The phrases of all ports are made once for
//! the whole site, since they stand in many pictures.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::measure::{width, wrap};
use crate::l10n::args;
use crate::locale::LocaleId;
use crate::model::{Condition, FlowId, Line, Model};
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

/// What a flow asks for: its ports with their transports, and whether one of them is enough.
type Ports = (Vec<(Port, Vec<Transport>)>, bool);

/// The phrases of all ports of a site, by locale.
pub(super) struct Phrases {
    parts: BTreeMap<Ports, Vec<Vec<Part>>>,
    separators: Vec<String>,
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

/// The conditions of a picture in the order of their marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub(super) conditions: Vec<Condition>,
}

impl Marks {
    /// Of flows in their order, each condition once.
    pub(super) fn of(model: &Model, flows: impl IntoIterator<Item = FlowId>) -> Self {
        let mut conditions: Vec<Condition> = Vec::new();
        for flow in flows {
            let when = &model[flow].when;
            if !when.is_always() && !conditions.contains(when) {
                conditions.push(when.clone());
            }
        }
        Self { conditions }
    }

    fn position(&self, when: &Condition) -> Option<usize> {
        self.conditions.iter().position(|condition| condition == when)
    }
}

/// `a` to `z`, then `aa` and so on.
pub(super) fn letters(position: usize) -> String {
    let letter = char::from(b'a' + (position % 26) as u8).to_string();
    if position < 26 { letter } else { format!("{}{letter}", letters(position / 26 - 1)) }
}

impl Phrases {
    /// Says every port of the site once.
    pub(super) fn of(site: &Site) -> Self {
        let keys: BTreeSet<Ports> = site.model.flows.iter().map(|flow| ports(&flow.lines, flow.need)).collect();
        let keys: Vec<Ports> = keys.into_iter().collect();
        let say = |key: Ports| {
            let parts = site.config.locales.ids().map(|locale| parts(site, &key, locale)).collect();
            (key, parts)
        };
        let separators = site.config.locales.ids().map(|locale| site.catalogs.word(locale, "diagram-separator"));
        Self { parts: keys.into_par_iter().map(say).collect(), separators: separators.collect() }
    }

    /// What stands between two ports.
    pub(super) fn separator(&self, locale: LocaleId) -> &str {
        &self.separators[locale.index()]
    }

    /// The label of flows.
    pub(super) fn label(&self, model: &Model, flows: &[FlowId], marks: &Marks, locale: LocaleId) -> Vec<Piece> {
        let mut found: Vec<Found<'_>> = Vec::new();
        for id in flows {
            let flow = &model[*id];
            let mark = marks.position(&flow.when);
            let Some(locales) = self.parts.get(&ports(&flow.lines, flow.need)) else { continue };
            for part in &locales[locale.index()] {
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
