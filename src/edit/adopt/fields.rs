//! Cells of a row beside its ends: what carries its ports, from which ports it is opened, whether it is let
//! through, and what else they say.

use crate::published::core::{PageItem, PagePort};
use crate::published::token::{Token, TokenKind};

use super::beside::{Carried, is_no_transport, needs_one, says_more, source_ports, unread_port};
use super::cells::is_lost;
use super::heads::Use;
use super::read::TableReader;
use super::row::Row;
use super::verdict::Verdict;

impl<'r, 'a> TableReader<'r, 'a> {
    /// From which ports a row is opened: one port or range for each of its transports. "Any" is no limit.
    pub(super) fn read_source_port(&self, text: &str, tokens: &[Token], column: u32, row: &mut Row) {
        let is_any = text == "*" || matches!(tokens, [only] if only.kind == TokenKind::EveryPort);
        // Of a row that stays a comment all cells are kept.
        if is_lost(text) || is_any || row.lines.is_empty() {
            return;
        }
        if let Some(ports) = source_ports(tokens, &row.lines) {
            row.from_ports.extend(ports);
        } else {
            self.remark(text, column, row);
            row.open.push(format!("the source port `{}` was not understood", text.replace('\n', " ")));
        }
    }

    /// What the cells of protocols say of all ports.
    pub(super) fn carried(&self, line: usize) -> Carried {
        for (text, _) in self.cells_of(line, Use::Protocol) {
            if self.reader.words.is_both(text) {
                return Carried::ByBoth;
            }
            if is_no_transport(text, &self.reader.lexicon) {
                return Carried::Open(text.to_owned());
            }
        }
        Carried::ByPorts
    }

    pub(super) fn cells_of(&self, line: usize, wanted: Use) -> impl Iterator<Item = (&'a str, &'r [Token])> {
        let places = self.table.rows[line].iter().filter(move |place| self.heads.of_column(place.column) == wanted);
        places.map(|place| {
            let (cell, tokens) = &self.page.cells[self.port_table.first_cell + place.cell as usize];
            (cell.text.as_str(), tokens.as_slice())
        })
    }

    /// What stands beside the ports and protocols of a row: nothing of it may be lost.
    pub(super) fn keep_rest(&self, line: usize, items: &[&PageItem], row: &mut Row) {
        let lexicon = &self.reader.lexicon;
        for (text, tokens) in self.cells_of(line, Use::Port) {
            row.marks.needs_one |= needs_one(text, tokens, lexicon);
            if let Some(port) = unread_port(text, tokens, items) {
                row.leave(format!("the port `{port}` of \"{}\" was not understood", text.replace('\n', " ")));
            }
        }
        let is_told = items.iter().any(|item| item.unknown_protocol.is_some());
        for (used, what) in [(Use::Port, "ports"), (Use::Protocol, "protocols")] {
            for place in self.table.rows[line].iter().filter(|place| self.heads.of_column(place.column) == used) {
                let (cell, tokens) = &self.page.cells[self.port_table.first_cell + place.cell as usize];
                let text = cell.text.trim();
                let is_word = self.reader.words.is_both(text) || is_no_transport(text, lexicon);
                let is_bare = items.iter().any(|item| matches!(item.port, PagePort::Bare(_)));
                if is_word || is_bare || lexicon.has_condition(text) || is_told && used == Use::Protocol {
                    continue;
                }
                let is_unknown = used == Use::Protocol
                    && tokens.iter().any(|token| matches!(token.kind, TokenKind::Protocol(_)))
                    && items.iter().all(|item| item.services.is_empty());
                if says_more(&cell.text, tokens, used == Use::Port) || is_unknown {
                    self.remark(text, place.column, row);
                    row.open.push(format!("the cell says more than its {what}: \"{}\"", text.replace('\n', " ")));
                }
            }
        }
    }

    /// "Blocked" in a column of something else may be meant so.
    pub(super) fn ask_whether_blocked(&self, text: &str, row: &mut Row) {
        if !row.marks.is_blocked
            && let Some((Verdict::Block, "")) = self.reader.words.verdicts.read(text)
        {
            row.open.push(format!("does `{text}` mean that it must not be possible? Then write `verdict: block`"));
        }
    }

    pub(super) fn read_action(&self, text: &str, column: u32, row: &mut Row) {
        match self.reader.words.verdicts.read(text) {
            Some((verdict, rest)) => {
                row.marks.is_blocked |= verdict == Verdict::Block;
                if !rest.is_empty() {
                    self.remark(text, column, row);
                    row.open.push("does its action hold in some cases only?".to_owned());
                }
            }
            None if is_lost(text) => {}
            None => row.leave(format!("the action `{}` was not understood", text.replace('\n', " "))),
        }
    }
}
