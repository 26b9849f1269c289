//! A picture in words, for who sees none: by source, one line for each pair of parties and direction.

use serde::Serialize;

use super::drawing::PieceView;
use super::graph::Carried;
use super::view::View;
use crate::l10n::args;
use crate::model::Party;
use crate::render::holes::{Hole, Stencil};

/// What one party opens.
#[derive(Serialize)]
pub(super) struct Source {
    name: String,
    connections: Vec<Connection>,
}

/// A line: who connects to whom, on which ports, and what is said of it.
#[derive(Serialize)]
struct Connection {
    before: String,
    ports: Vec<PieceView>,
    after: String,
}

impl View<'_> {
    /// The picture in words: sources in the order in which they open their first connection.
    pub(super) fn words(&self) -> Vec<Source> {
        let mut sources: Vec<(Party, Vec<Vec<Carried>>)> = Vec::new();
        for carried in self.drawn.graph.bundles.iter().flat_map(|bundle| &bundle.flows).filter(|one| self.is_shown(one))
        {
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
        let source = |(party, pairs): (Party, Vec<Vec<Carried>>)| Source {
            name: self.party_name(party).into_owned(),
            connections: pairs.iter().map(|pair| self.connection(pair)).collect(),
        };
        sources.into_iter().map(source).collect()
    }

    fn connection(&self, pair: &[Carried]) -> Connection {
        let phrases = self.workshop.phrases;
        let (from, to) = (self.party_name(pair[0].from), self.party_name(pair[0].to));
        let mut said = phrases.connection(&from, &to, Hole::Ports.marker(), self.locale);
        let remarks = self.remarks(pair).join(phrases.separator(self.locale));
        if !remarks.is_empty() {
            said = self.voice.say("diagram-remark", &args([("connection", &said), ("remark", &remarks)]));
        }
        let (before, after) = Stencil::cut(&said, &[Hole::Ports]).halves();
        let mut pieces = phrases.label(pair, &self.marks, self.locale);
        let last = pieces.len().saturating_sub(1);
        for piece in &mut pieces[..last] {
            phrases.separator(self.locale).clone_into(&mut piece.end);
        }
        let ports = pieces.into_iter().map(|piece| self.piece(piece, "")).collect();
        Connection { before, ports, after }
    }
}
