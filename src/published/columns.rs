//! A table with borders → which of its columns holds ports and which protocols, and what a cell in
//! each of them says.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Cell, Table};

use super::bare::{bare_protocols, bare_protocols_beside, with_type_of};
use super::core::{CellPart, Fact, Group, PageItem, PagePort, groups, part_of, whole};
use super::lexicon::{Lexicon, is_headed_by};
use super::token::{Token, TokenKind};

/// Facts of one cell.
pub(crate) const MOST_FACTS: usize = 1_000;

/// Which columns of a table hold ports and protocols, by what stands in them and how they are headed.
pub(crate) struct Columns {
    pub(crate) port: Option<u32>,
    protocols: BTreeSet<u32>,
    /// Whether a cell of these columns holds protocols without ports.
    pub(crate) has_bare: bool,
}

impl Columns {
    pub(crate) fn of(table: &Table, cells: &[(&Cell, Vec<Token>)], lexicon: &Lexicon) -> Self {
        let mut counts: BTreeMap<u32, Count> = BTreeMap::new();
        for (row, places) in table.rows.iter().enumerate() {
            for place in places.iter().filter(|place| !place.is_carried) {
                let (cell, tokens) = &cells[place.cell as usize];
                counts.entry(place.column).or_default().add(cell, tokens, row == 0, lexicon);
            }
        }
        if is_cross_table(&counts) {
            return Self { port: None, protocols: BTreeSet::new(), has_bare: false };
        }
        let best = counts.iter().filter(|(_, count)| count.is_port_column()).max_by_key(|(column, count)| {
            (count.known * 2 + count.ports + usize::from(count.is_headed), std::cmp::Reverse(**column))
        });
        let port = best.map(|(column, _)| *column);
        // One that is headed so may hold words that are no protocol too: "Both".
        let is_protocol = |(column, count): &(&u32, &Count)| {
            // Lists of several lines tell more of a row: "ESP, IP protocol 50", "Source, row 1".
            let is_evident = count.protocols * 2 > count.filled && count.lists * 2 <= count.filled;
            let is_evident = is_evident || count.is_of_protocols && count.protocols > 0;
            Some(**column) != port && is_evident
        };
        let protocols = counts.iter().filter(is_protocol).map(|(column, _)| *column).collect();
        let has_bare = counts.values().any(|count| count.bare > 0);
        // Where no row has a port, the column that is headed so is known by that alone.
        let port = port.or_else(|| counts.iter().find(|(_, count)| has_bare && count.is_headed).map(|own| *own.0));
        Self { port, protocols, has_bare }
    }

    pub(crate) fn role(&self, column: u32) -> Role {
        if self.port == Some(column) {
            Role::Port
        } else if self.protocols.contains(&column) {
            Role::Protocol
        } else {
            Role::Other
        }
    }
}

/// Whether ports stand where two parties meet: in half of several columns or more, none of which is headed as such.
/// Its lines are no rows, and what they say stands in a table of rows too.
fn is_cross_table(counts: &BTreeMap<u32, Count>) -> bool {
    let of_ports = counts.values().filter(|count| count.is_port_column() || count.bare > 0).count();
    of_ports > 1 && of_ports * 2 >= counts.len() && !counts.values().any(|count| count.is_headed)
}

/// What a column is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Port,
    Protocol,
    Other,
}

/// What the cells of one column hold.
#[derive(Default)]
struct Count {
    /// Cells with text, heads not counted.
    filled: usize,
    /// Cells that hold ports.
    ports: usize,
    /// Ports of the product.
    known: usize,
    /// Cells that hold transports or protocols and no port.
    protocols: usize,
    /// Cells of several lines.
    lists: usize,
    /// Cells that hold nothing but protocols without ports.
    bare: usize,
    /// Headed with the word for port.
    is_headed: bool,
    /// Headed as ports from which connections are opened.
    is_of_opener: bool,
    /// Headed as protocols.
    is_of_protocols: bool,
    /// Cells that hold a port with its transport.
    paired: usize,
}

impl Count {
    fn add(&mut self, cell: &Cell, tokens: &[Token], is_first_row: bool, lexicon: &Lexicon) {
        let facts = facts_of_lines(&cell.text, tokens, lexicon);
        self.lists += usize::from(cell.text.trim().contains('\n'));
        if facts.is_empty() {
            let has_port_word = tokens.iter().any(|token| token.kind == TokenKind::PortWord)
                || lexicon.port_words.iter().any(|word| cell.text.to_lowercase().contains(word.as_str()));
            let is_short = cell.text.chars().count() < 30;
            if is_short && has_port_word && self.filled == 0 {
                self.is_headed = true;
                self.is_of_opener |= is_headed_by(&cell.text, &lexicon.opener_words) > 0;
            }
            let is_headed = is_first_row || cell.is_heading;
            self.is_of_protocols |= is_short && is_headed && is_headed_by(&cell.text, &lexicon.protocol_words) > 0;
            let is_head = is_short && (has_port_word || is_first_row || cell.is_heading);
            let is_bare = !is_head && is_list_of_protocols(&cell.text);
            self.bare += usize::from(is_bare);
            self.protocols += usize::from(is_bare);
            self.filled += usize::from(!cell.is_blank() && !is_head);
            return;
        }
        self.filled += 1;
        let is_port = facts.iter().any(|token| token.kind.is_port());
        self.ports += usize::from(is_port);
        self.protocols += usize::from(!is_port);
        self.paired += usize::from(is_port && facts.iter().any(|token| matches!(token.kind, TokenKind::Transport(_))));
        let is_known = |token: &Token| match token.kind {
            TokenKind::Number(number) | TokenKind::Range(number, _) => lexicon.ports.contains(&number),
            _ => false,
        };
        self.known += usize::from(facts.iter().any(is_known));
    }

    /// A column of numbers is none of ports unless its head says so, a port of the product is there or its
    /// cells say what carries them.
    fn is_port_column(&self) -> bool {
        let is_evident = self.known > 0 || self.is_headed || self.paired * 2 > self.filled;
        self.ports > 0 && is_evident && !self.is_of_opener
    }
}

/// The ports of a cell in the column of ports, also between words: "Port 443 (default)".
pub(crate) fn port_facts(cell: usize, own: &Cell, tokens: &[Token], lexicon: &Lexicon) -> Vec<Fact> {
    let kept = facts_of_lines(&own.text, tokens, lexicon);
    if kept.iter().any(|token| token.kind.is_port()) {
        return facts(cell, &kept);
    }
    let mut kept = Vec::new();
    for (position, token) in tokens.iter().enumerate() {
        let before = position.checked_sub(1).map(|before| &tokens[before].kind);
        let is_named = matches!(before, Some(TokenKind::PortWord | TokenKind::Transport(_)))
            || tokens.get(position + 1).is_some_and(|next| matches!(next.kind, TokenKind::Transport(_)));
        if matches!(token.kind, TokenKind::Transport(_)) || token.kind.is_port() && is_named {
            kept.push(token.clone());
        }
    }
    let has_port = kept.iter().any(|token| token.kind.is_port());
    if has_port { facts(cell, &kept) } else { Vec::new() }
}

/// Transports and protocols of a cell in a column of them, also between words.
pub(crate) fn protocol_facts(cell: usize, tokens: &[Token]) -> Vec<Fact> {
    let is_protocol =
        |token: &&Token| matches!(token.kind, TokenKind::Transport(_) | TokenKind::Protocol(_) | TokenKind::Capitals);
    let mut kept: Vec<Token> = tokens.iter().filter(is_protocol).cloned().collect();
    if kept.iter().any(|token| matches!(token.kind, TokenKind::Protocol(_))) {
        kept.retain(|token| token.kind != TokenKind::Capitals);
    }
    facts(cell, &kept)
}

/// The facts of a cell, line by line: a remark may stand below them.
fn facts_of_lines(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Token> {
    if let Some(kept) = whole(tokens) {
        return kept;
    }
    let mut kept = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let first = tokens.partition_point(|token| token.range.start < start);
        let last = tokens.partition_point(|token| token.range.start < end);
        let shift =
            |token: &Token| Token { range: token.range.start - start..token.range.end - start, ..token.clone() };
        let own: Vec<Token> = tokens[first..last].iter().map(shift).collect();
        match part_of(line, &own, lexicon) {
            CellPart::Whole(found) | CellPart::Front(found, _) | CellPart::Back(found, _) => {
                let back = |token: Token| Token { range: token.range.start + start..token.range.end + start, ..token };
                kept.extend(found.into_iter().map(back));
            }
            CellPart::Continued(..) | CellPart::None => {}
        }
        start = end;
    }
    kept
}

pub(crate) fn facts(cell: usize, tokens: &[Token]) -> Vec<Fact> {
    tokens
        .iter()
        .take(MOST_FACTS)
        .map(|token| Fact { kind: token.kind.clone(), cell, range: token.range.clone() })
        .collect()
}

/// Transports and protocols from their own columns, where the port's cell says none.
pub(crate) fn join_protocols(mut found: Vec<Group>, facts: &[Fact]) -> Vec<Group> {
    let column = groups(facts).into_iter().fold(Group::default(), |mut all, group| {
        for transport in group.transports {
            if !all.transports.contains(&transport) {
                all.transports.push(transport);
            }
        }
        all.protocols.extend(group.protocols);
        all
    });
    let is_bare = found.iter().all(|group| group.protocols.is_empty());
    for group in &mut found {
        if group.transports.is_empty() {
            group.transports.clone_from(&column.transports);
        }
        if group.protocols.is_empty() {
            group.protocols.clone_from(&column.protocols);
        }
    }
    // One line of a cell per port: "80 / 443" beside "HTTP / HTTPS".
    if is_bare
        && found.len() > 1
        && found.iter().all(|group| group.ports.len() == 1 && group.transports == found[0].transports)
    {
        let ports = found.iter().flat_map(|group| group.ports.clone()).collect();
        found = vec![Group { ports, ..found[0].clone() }];
    }
    found
}

/// Whether a cell names protocols without ports, and is no sentence that speaks of one.
fn is_list_of_protocols(text: &str) -> bool {
    let first = bare_protocols(text, &[]).into_iter().next();
    text.lines().all(|line| line.chars().count() < 40) && first.is_some_and(|(_, range)| range.start < 20)
}

/// Protocols without ports in the cells of a row.
pub(crate) fn bare_items(
    cells: &[(usize, &Cell, &[Token])],
    row: usize,
    is_carried: bool,
    lexicon: &Lexicon,
) -> Vec<PageItem> {
    let words = cells.iter().flat_map(|(_, _, tokens)| tokens.iter()).filter_map(|token| match &token.kind {
        TokenKind::Protocol(word) => Some(word.clone()),
        _ => None,
    });
    let services = lexicon.services_of(&words.collect::<Vec<_>>());
    let mut items: Vec<PageItem> = Vec::new();
    for (cell, own, tokens) in cells {
        let has_port = |part: Range<usize>| {
            let facts = tokens.iter().filter(|token| part.contains(&token.range.start));
            facts.clone().any(|token| matches!(token.kind, TokenKind::Transport(_)))
                || facts.clone().next().is_some_and(|token| token.kind.is_port())
        };
        for (protocol, range) in bare_protocols_beside(&own.text, &[], has_port) {
            let port = PagePort::Bare(protocol);
            if items.iter().any(|known| known.port == port) {
                continue;
            }
            items.push(PageItem {
                row,
                port,
                transports: Vec::new(),
                services: services.clone(),
                unknown_protocol: None,
                at: Fact { kind: TokenKind::Word, cell: *cell, range },
                protocol_at: None,
                is_carried,
            });
        }
    }
    for item in &mut items {
        if let PagePort::Bare(protocol) = item.port {
            let others = cells.iter().filter(|(cell, ..)| *cell != item.at.cell);
            let typed = others.map(|(_, own, _)| with_type_of(protocol, &own.text)).find(|typed| *typed != protocol);
            item.port = PagePort::Bare(typed.unwrap_or(protocol));
        }
    }
    items
}
