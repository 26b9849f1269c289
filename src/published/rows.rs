//! A published page → the rows in which it says something of ports, and the prose around them.
//!
//! A table with borders gives its rows exactly. In flattened text a row is what stands around a core;
//! whether a name before or behind belongs to it is left open here, and decided with the source.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use super::{Block, Cell, Placed, Published, Table};
use crate::span::Span;

use super::columns::{Columns, MOST_FACTS, Role, bare_items, facts, join_protocols, port_facts, protocol_facts};
use super::core::{CellPart, Fact, Group, PageItem, groups, items, part_of};
use super::lexicon::{Lexicon, fold_name};
use super::token::{Token, TokenKind, tokens};

/// Ports on one page. The real ones have some fifty, the largest tables some thousands.
const MOST_ITEMS: usize = 20_000;

/// Names are looked for in this much of a row, in bytes.
const LONGEST_CONTEXT: usize = 4_000;

/// A page, read.
pub(crate) struct PageRows<'a> {
    /// Every cell and line, and what stands in it.
    pub(crate) cells: Vec<(&'a Cell, Vec<Token>)>,
    pub(crate) rows: Vec<PageRow>,
    pub(crate) items: Vec<PageItem>,
    /// Parts of cells that belong to no row.
    pub(crate) prose: Vec<Piece>,
    /// Where reading ended because there was no end of ports.
    pub(crate) cut: Option<Span>,
    /// The tables that have ports.
    pub(crate) tables: Vec<PortTable>,
}

/// A table with a column of ports.
pub(crate) struct PortTable {
    /// The block of the page.
    pub(crate) block: usize,
    /// Where its cells begin in the page's.
    pub(crate) first_cell: usize,
    pub(crate) columns: Columns,
}

/// Part of a cell.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) cell: usize,
    pub(crate) range: Range<usize>,
    /// The cell began in a row above.
    pub(crate) is_carried: bool,
    /// It stands in a table within a cell: addresses may, names of ends do not.
    pub(crate) is_inner: bool,
}

/// One row.
#[derive(Debug)]
pub(crate) struct PageRow {
    /// What stands in it beside its core; in flattened text, what stands before it.
    pub(crate) before: Vec<Piece>,
    /// In flattened text, what stands behind it up to the next core.
    pub(crate) after: Vec<Piece>,
    /// Whether its cells are known.
    pub(crate) is_exact: bool,
    /// Which table it belongs to: the block of the page.
    pub(crate) table: usize,
    /// Which row of the table it is.
    pub(crate) line: usize,
    /// The row above that has one cell only, or the heading above the table.
    pub(crate) section: Option<usize>,
}

/// Where to look for what belongs to a row of flattened text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    Before,
    After,
    Both,
}

impl PageRow {
    /// A row with borders has all of its cells, whatever the side.
    pub(crate) fn on_side(&self, side: Side) -> impl Iterator<Item = &Piece> {
        let is_before = self.is_exact || side != Side::After;
        let is_after = self.is_exact || side != Side::Before;
        self.before.iter().filter(move |_| is_before).chain(self.after.iter().filter(move |_| is_after))
    }

    pub(crate) fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.before.iter().chain(&self.after)
    }
}

impl<'a> PageRows<'a> {
    pub(crate) fn read(published: &'a Published, lexicon: &Lexicon) -> Self {
        let mut page = Self {
            cells: Vec::new(),
            rows: Vec::new(),
            items: Vec::new(),
            prose: Vec::new(),
            cut: None,
            tables: Vec::new(),
        };
        let mut lines = Vec::new();
        let mut heading = None;
        for (position, block) in published.blocks.iter().enumerate() {
            match block {
                Block::Table(table) => page.read_table(table, position, heading, lexicon),
                Block::Line(cell) => {
                    let line = page.add_cell(cell, lexicon);
                    heading = if cell.is_heading { Some(line) } else { heading };
                    lines.push(line);
                }
            }
        }
        // Lines are cells only where no table has kept its borders.
        if page.items.is_empty() {
            page.read_stream(&lines, lexicon);
        } else {
            page.prose.extend(lines.iter().map(|cell| page_piece(&page.cells, *cell)));
        }
        page
    }

    pub(crate) fn text(&self, piece: &Piece) -> &str {
        &self.cells[piece.cell].0.text[piece.range.clone()]
    }

    pub(crate) fn tokens_of(&self, piece: &Piece) -> impl Iterator<Item = &Token> {
        let range = piece.range.clone();
        self.cells[piece.cell].1.iter().filter(move |token| range.contains(&token.range.start))
    }

    pub(crate) fn span_of(&self, fact: &Fact) -> Option<Span> {
        self.cells[fact.cell].0.span_of(fact.range.clone())
    }

    pub(crate) fn written(&self, fact: &Fact) -> &str {
        &self.cells[fact.cell].0.text[fact.range.clone()]
    }

    pub(crate) fn piece_span(&self, piece: &Piece) -> Option<Span> {
        self.cells[piece.cell].0.span_of(piece.range.clone())
    }

    /// The text around a row's core, folded as names are.
    pub(crate) fn folded_context(&self, row: usize, side: Side) -> String {
        let section = self.rows[row].section.map(|cell| self.cells[cell].0.text.as_str());
        let cells = self.rows[row].on_side(side).map(|piece| self.text(piece));
        let mut context = String::new();
        for text in section.into_iter().chain(cells) {
            if context.len() > LONGEST_CONTEXT {
                break;
            }
            context.push_str(&fold_name(&text[..text.floor_char_boundary(LONGEST_CONTEXT)]));
            context.push(' ');
        }
        context
    }

    fn add_cell(&mut self, cell: &'a Cell, lexicon: &Lexicon) -> usize {
        self.cells.push((cell, tokens(&cell.text, lexicon)));
        self.cells.len() - 1
    }

    fn read_table(&mut self, table: &'a Table, number: usize, heading: Option<usize>, lexicon: &Lexicon) {
        let base = self.cells.len();
        for cell in &table.cells {
            self.add_cell(cell, lexicon);
        }
        let columns = Columns::of(table, &self.cells[base..], lexicon);
        if columns.port.is_none() && !columns.has_bare {
            self.prose.extend((base..self.cells.len()).map(|cell| page_piece(&self.cells, cell)));
            return;
        }
        let mut section = heading;
        // A cell that spans rows is read once.
        let mut known: BTreeMap<usize, (Vec<Fact>, Vec<Piece>)> = BTreeMap::new();
        for (line, row) in table.rows.iter().enumerate() {
            let mut core = Vec::new();
            let mut protocols = Vec::new();
            let mut is_carried = false;
            let mut before = Vec::new();
            for place in row {
                let cell = base + place.cell as usize;
                let (facts, inner) = match known.entry(cell) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => {
                        let facts = match columns.role(place.column) {
                            Role::Port => port_facts(cell, self.cells[cell].0, &self.cells[cell].1, lexicon),
                            Role::Protocol => protocol_facts(cell, &self.cells[cell].1),
                            Role::Other => Vec::new(),
                        };
                        unknown.insert((facts, self.inner_pieces(cell, lexicon)))
                    }
                };
                if columns.port == Some(place.column) {
                    core.clone_from(facts);
                    is_carried = place.is_carried;
                } else {
                    protocols.extend(facts.iter().cloned());
                }
                before.push(Piece { is_carried: place.is_carried, ..page_piece(&self.cells, cell) });
                before.extend(inner.iter().cloned());
            }
            let number_of_row = self.rows.len();
            let has_ports = !core.is_empty();
            let without_ports = self.bare_items(row, &columns, (base, has_ports), lexicon);
            if core.is_empty() && without_ports.is_empty() {
                if let [only] = before.as_slice() {
                    section = Some(only.cell);
                }
                self.prose.extend(before.into_iter().filter(|piece| !piece.is_carried));
                continue;
            }
            self.rows.push(PageRow { before, after: Vec::new(), is_exact: true, table: number, line, section });
            for item in without_ports {
                self.add_item(item);
            }
            if core.is_empty() {
                continue;
            }
            let row = number_of_row;
            let groups = join_protocols(groups(&core), &protocols);
            self.add_groups(&groups, row, is_carried, lexicon);
        }
        self.tables.push(PortTable { block: number, first_cell: base, columns });
    }

    /// Lists and tables within a cell say what the cell says.
    fn inner_pieces(&mut self, cell: usize, lexicon: &Lexicon) -> Vec<Piece> {
        let outer: &'a Cell = self.cells[cell].0;
        let mut pieces = Vec::new();
        for inner in &outer.inner {
            let position = self.add_cell(inner, lexicon);
            pieces.push(Piece { is_inner: true, ..page_piece(&self.cells, position) });
        }
        pieces
    }

    fn add_groups(&mut self, groups: &[Group], row: usize, is_carried: bool, lexicon: &Lexicon) {
        for group in groups {
            for mut item in items(group, row, lexicon) {
                let unknown = group.protocols.iter().find(|fact| fact.kind == TokenKind::Capitals);
                item.unknown_protocol = unknown.map(|fact| self.written(fact).to_owned());
                item.is_carried = is_carried;
                self.add_item(item);
            }
        }
    }

    fn add_item(&mut self, item: PageItem) {
        if self.items.len() == MOST_ITEMS {
            self.cut = self.cut.or(self.span_of(&item.at));
        } else {
            self.items.push(item);
        }
    }

    /// What a row says of protocols without ports: beside ports in their own cell only, where another
    /// column names the protocols of these ports.
    fn bare_items(
        &self,
        row: &[Placed],
        columns: &Columns,
        (base, has_ports): (usize, bool),
        lexicon: &Lexicon,
    ) -> Vec<PageItem> {
        let places = row.iter().filter(|place| match columns.role(place.column) {
            Role::Port => true,
            Role::Protocol => !has_ports,
            Role::Other => false,
        });
        let is_carried = places.clone().all(|place| place.is_carried);
        let cells: Vec<_> = places
            .map(|place| {
                let cell = base + place.cell as usize;
                (cell, self.cells[cell].0, self.cells[cell].1.as_slice())
            })
            .collect();
        bare_items(&cells, self.rows.len(), is_carried, lexicon)
    }

    fn read_stream(&mut self, lines: &[usize], lexicon: &Lexicon) {
        let mut stream = Stream { page: self, open: Vec::new(), waiting: Vec::new(), section: None, lexicon };
        for (position, cell) in lines.iter().enumerate() {
            if stream.names_what_follows(*cell, &lines[position + 1..]) {
                stream.flush();
                stream.section = Some(*cell);
                stream.page.prose.push(page_piece(&stream.page.cells, *cell));
            } else {
                stream.read(*cell);
            }
        }
        stream.flush();
        let rest = std::mem::take(&mut stream.waiting);
        stream.page.end_stream(rest);
        self.separate_prose();
    }

    /// What stands behind the last core of flattened text belongs to it, up to where prose begins.
    fn end_stream(&mut self, rest: Vec<Piece>) {
        match self.rows.last_mut() {
            Some(last) => last.after = rest,
            None => self.prose.extend(rest),
        }
    }

    /// Flattened text runs from its title to its table: what ends with the last sentence before the
    /// first row is prose, what stands behind a sentence after the last row too.
    fn separate_prose(&mut self) {
        let Some(first) = self.rows.first_mut() else { return };
        let before = std::mem::take(&mut first.before);
        let is_prose = |piece: &Piece| ends_sentence(&self.cells[piece.cell].0.text);
        let start = before.iter().rposition(is_prose).map_or(0, |at| at + 1).max(before.len().saturating_sub(8));
        let (prose, kept) = before.split_at(start);
        self.prose.extend_from_slice(prose);
        self.rows[0].before = kept.to_vec();
    }
}

/// Whether a line is prose and no cell.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['。', '.', '!', '?', '！', '？'])
}

fn page_piece(cells: &[(&Cell, Vec<Token>)], cell: usize) -> Piece {
    Piece { cell, range: 0..cells[cell].0.text.len(), is_carried: false, is_inner: false }
}

/// Reads lines one by one: cores are gathered, everything else waits for its row.
struct Stream<'p, 'a, 'l> {
    page: &'p mut PageRows<'a>,
    /// Facts of the core that is being read.
    open: Vec<Fact>,
    /// What stands between the last core and the next.
    waiting: Vec<Piece>,
    /// The heading that names the rows below it.
    section: Option<usize>,
    lexicon: &'l Lexicon,
}

impl Stream<'_, '_, '_> {
    /// Whether a line is the heading of a row that stands below it, with ports of its own.
    fn names_what_follows(&self, cell: usize, below: &[usize]) -> bool {
        let cells = &self.page.cells;
        let mut section = below.iter().take_while(|line| !cells[**line].0.is_heading);
        cells[cell].0.is_heading
            && section.any(|line| {
                let (below, tokens) = &cells[*line];
                !matches!(part_of(&below.text, tokens, self.lexicon), CellPart::None)
            })
    }

    fn read(&mut self, cell: usize) {
        if self.open.len() > MOST_FACTS {
            self.flush();
        }
        let text = &self.page.cells[cell].0.text;
        let length = text.len();
        match part_of(text, &self.page.cells[cell].1, self.lexicon) {
            CellPart::Whole(kept) => self.open.extend(facts(cell, &kept)),
            CellPart::Front(kept, end) => {
                self.open.extend(facts(cell, &kept));
                self.flush();
                self.waiting.push(Piece { cell, range: end..length, is_carried: false, is_inner: false });
            }
            CellPart::Back(kept, start) => {
                self.flush();
                self.waiting.push(Piece { cell, range: 0..start, is_carried: false, is_inner: false });
                self.open.extend(facts(cell, &kept));
            }
            CellPart::Continued(kept, end) if self.awaits_protocol() => {
                self.open.extend(facts(cell, &kept));
                self.flush();
                self.waiting.push(Piece { cell, range: end..length, is_carried: false, is_inner: false });
            }
            CellPart::Continued(..) | CellPart::None => {
                self.flush();
                self.waiting.push(page_piece(&self.page.cells, cell));
            }
        }
    }

    fn awaits_protocol(&self) -> bool {
        self.open.iter().any(|fact| fact.kind.is_port())
            && !self.open.iter().any(|fact| matches!(fact.kind, TokenKind::Protocol(_)))
    }

    fn flush(&mut self) {
        let open = std::mem::take(&mut self.open);
        for group in groups(&open) {
            let is_row = group.ports.iter().any(|port| self.is_port(port, &group));
            if !is_row {
                continue;
            }
            let before = std::mem::take(&mut self.waiting);
            if let Some(last) = self.page.rows.last_mut() {
                last.after.clone_from(&before);
            }
            let row = self.page.rows.len();
            self.page.rows.push(PageRow {
                before,
                after: Vec::new(),
                is_exact: false,
                table: 0,
                line: 0,
                section: self.section,
            });
            self.page.add_groups(&[group], row, false, self.lexicon);
        }
        if open.iter().all(|fact| !fact.kind.is_port()) {
            let cells: std::collections::BTreeSet<_> = open.iter().map(|fact| fact.cell).collect();
            self.waiting.extend(cells.into_iter().map(|cell| page_piece(&self.page.cells, cell)));
        }
    }

    /// A number that stands alone is a port only if the product has it.
    fn is_port(&self, port: &Fact, group: &Group) -> bool {
        let numbers = super::core::port(&port.kind).numbers();
        let is_known = numbers
            .is_some_and(|(first, last)| self.lexicon.ports.contains(&first) && self.lexicon.ports.contains(&last));
        is_known || !group.transports.is_empty() || !group.protocols.is_empty()
    }
}
