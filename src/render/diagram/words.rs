//! A picture in words, for who sees none: by source, then by zone, one
//! line for each destination.

use serde::Serialize;

use super::drawing::PieceView;
use super::graph::Carried;
use super::label::Piece;
use super::view::View;
use crate::l10n::args;
use crate::model::Party;
use crate::render::holes::{Hole, Stencil};

/// What one party opens.
#[derive(Serialize)]
pub(super) struct Source {
    name: String,
    /// Where it is; unset where all are at one place.
    zone: Option<String>,
    zones: Vec<Zone>,
}

/// What leads to one zone.
#[derive(Serialize)]
struct Zone {
    /// Unset where all are at one place.
    title: Option<String>,
    connections: Vec<Connection>,
}

/// Ports, each a link to its row, and what is said around them.
#[derive(Serialize)]
pub(super) struct Connection {
    before: String,
    ports: Vec<PieceView>,
    after: String,
}

impl View<'_> {
    /// The picture in words: sources in the order in which they open their first connection.
    pub(super) fn words(&self) -> Vec<Source> {
        let graph = &self.drawn.graph;
        let mut sources: Vec<(Party, Vec<Vec<Carried>>)> = Vec::new();
        for carried in graph.bundles.iter().flat_map(|bundle| &bundle.flows).filter(|one| self.is_shown(one)) {
            let known = sources.iter().position(|(party, _)| *party == carried.from);
            let position = known.unwrap_or_else(|| {
                sources.push((carried.from, Vec::new()));
                sources.len() - 1
            });
            let pairs = &mut sources[position].1;
            match pairs.iter_mut().find(|pair| pair[0].to == carried.to) {
                Some(pair) => pair.push(*carried),
                None => pairs.push(vec![*carried]),
            }
        }
        let area_of =
            |party: Party| graph.nodes.iter().find(|node| node.parties.contains(&party)).map(|node| node.area);
        let title = |area: usize| {
            let is_told = graph.areas.len() > 1;
            is_told.then(|| self.workshop.area_title(graph.areas[area], self.locale))
        };
        let source = |(party, mut pairs): (Party, Vec<Vec<Carried>>)| {
            pairs.sort_by_key(|pair| area_of(pair[0].to));
            let zones = pairs.chunk_by(|a, b| area_of(a[0].to) == area_of(b[0].to));
            let zone = |pairs: &[Vec<Carried>]| Zone {
                title: area_of(pairs[0][0].to).and_then(title),
                connections: pairs.iter().map(|pair| self.connection(pair)).collect(),
            };
            Source {
                name: self.party_name(party).into_owned(),
                zone: area_of(party)
                    .and_then(title)
                    .map(|zone| self.voice.say("diagram-zone", &args([("zone", &zone)]))),
                zones: zones.map(zone).collect(),
            }
        };
        sources.into_iter().map(source).collect()
    }

    fn connection(&self, pair: &[Carried]) -> Connection {
        let phrases = self.workshop.phrases;
        let mut said = phrases.connection(&self.party_name(pair[0].to), Hole::Ports.marker(), self.locale);
        let remarks = self.remarks(pair).join(phrases.separator(self.locale));
        if !remarks.is_empty() {
            said = self.remarked(&said, &remarks);
        }
        self.linked(&said, phrases.label(pair, &self.marks, self.locale))
    }

    /// A connection with what is to be known of it.
    pub(super) fn remarked(&self, connection: &str, remark: &str) -> String {
        self.voice.say("diagram-remark", &args([("connection", connection), ("remark", remark)]))
    }

    /// Ports as links, in a sentence with a hole for them.
    pub(super) fn linked(&self, sentence: &str, mut pieces: Vec<Piece>) -> Connection {
        let (before, after) = Stencil::cut(sentence, &[Hole::Ports]).halves();
        let last = pieces.len().saturating_sub(1);
        for piece in &mut pieces[..last] {
            self.workshop.phrases.separator(self.locale).clone_into(&mut piece.end);
        }
        let ports = pieces.into_iter().map(|piece| self.piece(piece, "")).collect();
        Connection { before, ports, after }
    }
}
