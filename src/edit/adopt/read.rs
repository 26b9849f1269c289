//! A page → its rows, table by table, each with what its cells say and what they leave open.

use std::collections::BTreeMap;

use crate::locale::LocaleId;
use crate::published::core::PageItem;
use crate::published::lexicon::{Lexicon, fold_name, is_headed_by};
use crate::published::rows::{PageRows, PortTable};
use crate::published::token::{Token, TokenKind, tokens};
use crate::published::{Block, Published, Table};
use crate::site::Site;
use crate::words::is_wide;

use super::beside::{Carried, is_no_transport};
use super::cells::{
    Beside, addresses, bare_protocols, chosen_port, is_lost, is_of_addresses, odd_addresses, read_end, unknown_services,
};
use super::heads::{Direction, HeadWords, Heads, Use};
use super::row::{Marks, Parties, Reading, Row, RowEnd, RowLine};

/// Longer headings are sentences.
const LONGEST_HEADING: usize = 60;

/// Reads one page.
pub(super) struct PageReader<'a> {
    pub(super) site: &'a Site,
    pub(super) lexicon: Lexicon,
    pub(super) words: HeadWords,
    published: &'a Published,
    /// The id of the product, which listens where a page names nobody.
    product: &'a str,
}

/// What is known above a row.
#[derive(Clone, Default)]
struct Above {
    /// Headings, the nearest last.
    headings: Vec<String>,
    /// The row of one cell above it.
    section: Option<String>,
}

impl<'a> PageReader<'a> {
    pub(super) fn new(site: &'a Site, locale: LocaleId, published: &'a Published, product: &'a str) -> Self {
        let lexicon = Lexicon::without_product(site, locale);
        Self { site, lexicon, words: HeadWords::of(site, locale), published, product }
    }

    /// Names in columns of protocols that are services the site does not know.
    pub(super) fn unknown_services(&self) -> Vec<String> {
        let page = PageRows::read(self.published, &self.lexicon);
        let mut names = Vec::new();
        for table in &page.tables {
            let heads = self.heads(&page, table);
            for place in self.table(table).rows.iter().skip(heads.first_line).flatten() {
                if heads.of_column(place.column) == Use::Protocol && !place.is_carried {
                    let (cell, tokens) = &page.cells[table.first_cell + place.cell as usize];
                    if self.words.is_both(&cell.text) || is_no_transport(&cell.text, &self.lexicon) {
                        continue;
                    }
                    names.extend(unknown_services(&cell.text, tokens, &self.words.protocols));
                }
            }
        }
        names
    }

    pub(super) fn read(&self) -> Reading {
        let page = PageRows::read(self.published, &self.lexicon);
        let mut reading = Reading {
            rows: Vec::new(),
            title: self.title(),
            guessed: Vec::new(),
            columns: Vec::new(),
            left: Vec::new(),
        };
        reading.left.extend(self.published.left_out.iter().cloned());
        reading.left.extend(page.cut.map(|span| (span, "the ports from here on: there are too many".to_owned())));
        for table in &page.tables {
            TableReader::new(self, &page, table, self.headings(table.block)).read(&mut reading);
        }
        if page.tables.is_empty() {
            self.read_stream(&page, &mut reading);
        }
        reading
    }

    fn heads(&self, page: &PageRows<'_>, table: &PortTable) -> Heads {
        Heads::of(page, self.published, table, &self.words, &self.lexicon)
    }

    fn table(&self, table: &PortTable) -> &'a Table {
        match &self.published.blocks[table.block] {
            Block::Table(table) => table,
            Block::Line(_) => unreachable!("a table with ports was read from a table"),
        }
    }

    /// The first heading of the page.
    fn title(&self) -> Option<String> {
        self.lines(self.published.blocks.len()).next()
    }

    /// The headings above a block.
    fn headings(&self, block: usize) -> Vec<String> {
        self.lines(block).collect()
    }

    fn lines(&self, before: usize) -> impl Iterator<Item = String> {
        let lines = self.published.blocks[..before].iter().filter_map(|block| match block {
            Block::Line(line) if line.is_heading => Some(line.text.trim_matches(['#', ' ']).replace('\n', " ")),
            Block::Line(_) | Block::Table(_) => None,
        });
        lines.filter(|text| !text.is_empty())
    }

    /// Text without borders: which name belongs to which row is lost, and ports are not.
    fn read_stream(&self, page: &PageRows<'_>, reading: &mut Reading) {
        for (position, _) in page.rows.iter().enumerate() {
            let items: Vec<&PageItem> = page.items.iter().filter(|item| item.row == position).collect();
            let mut row = Row::new(position as u32 + 1);
            row.span = items.first().and_then(|item| page.span_of(&item.at));
            self.add_lines(&items, None, &Carried::ByPorts, &mut row);
            row.open.push("the page has no borders between cells: who connects to whom?".to_owned());
            reading.rows.push(row);
        }
    }
}

impl Row {
    fn new(number: u32) -> Self {
        Self {
            number,
            span: None,
            from: RowEnd::default(),
            to: RowEnd::default(),
            lines: Vec::new(),
            is_transport_inferred: false,
            marks: Marks::default(),
            from_ports: Vec::new(),
            is_left: false,
            purpose: String::new(),
            remarks: Vec::new(),
            guessed: Vec::new(),
            open: Vec::new(),
        }
    }
}

/// Reads one table.
pub(super) struct TableReader<'r, 'a> {
    pub(super) reader: &'r PageReader<'a>,
    pub(super) page: &'r PageRows<'a>,
    pub(super) port_table: &'r PortTable,
    pub(super) table: &'a Table,
    pub(super) heads: Heads,
    above: Above,
    /// By line: the position of its row.
    rows: BTreeMap<usize, usize>,
    items: BTreeMap<usize, Vec<&'r PageItem>>,
    /// Names in the columns of ends, folded: a heading that is one of them names an end.
    names: Vec<String>,
    /// The one range of numbers that the lines below the table name.
    random: Option<(u16, u16)>,
}

impl<'r, 'a> TableReader<'r, 'a> {
    fn new(
        reader: &'r PageReader<'a>,
        page: &'r PageRows<'a>,
        port_table: &'r PortTable,
        headings: Vec<String>,
    ) -> Self {
        let own = page.rows.iter().enumerate().filter(|(_, row)| row.is_exact && row.table == port_table.block);
        let rows: BTreeMap<usize, usize> = own.map(|(position, row)| (row.line, position)).collect();
        let mut items: BTreeMap<usize, Vec<&PageItem>> = BTreeMap::new();
        for item in &page.items {
            items.entry(item.row).or_default().push(item);
        }
        let heads = reader.heads(page, port_table);
        let table = reader.table(port_table);
        let above = Above { headings, section: None };
        let names = Vec::new();
        let mut own = Self { reader, page, port_table, table, heads, above, rows, items, names, random: None };
        own.names = own.names_of_ends();
        own.random = own.range_below();
        own
    }

    fn names_of_ends(&self) -> Vec<String> {
        let places = self.table.rows.iter().skip(self.heads.first_line).flatten();
        let ends = places.filter(|place| matches!(self.heads.of_column(place.column), Use::Opener | Use::Listener));
        ends.map(|place| fold_name(&self.table.cells[place.cell as usize].text))
            .filter(|name| !name.is_empty())
            .collect()
    }

    fn range_below(&self) -> Option<(u16, u16)> {
        let below = self.reader.published.blocks[self.port_table.block + 1..].iter();
        let lines = below.map_while(|block| match block {
            Block::Line(line) if !line.is_heading => Some(line),
            Block::Line(_) | Block::Table(_) => None,
        });
        let mut ranges =
            lines.flat_map(|line| tokens(&line.text, &self.reader.lexicon)).filter_map(|token| match token.kind {
                TokenKind::Range(first, last) => Some((first, last)),
                _ => None,
            });
        ranges.next().filter(|_| ranges.next().is_none())
    }

    fn read(mut self, reading: &mut Reading) {
        reading.columns.push(self.heads.said());
        for (column, used) in &self.heads.guessed {
            let end = if *used == Use::Opener { "opener" } else { "listener" };
            reading.guessed.push((None, format!("column {} names the {end}, by the names in it", column + 1)));
        }
        for line in 0..self.table.rows.len() {
            let filled = self.filled(line);
            if let [only] = filled.as_slice()
                && !self.rows.contains_key(&line)
            {
                self.above.section = Some(self.table.cells[*only].text.replace('\n', " "));
                continue;
            }
            let is_head = line < self.heads.first_line || filled.len() < 2 || self.repeats_head(line);
            if is_head && !self.rows.contains_key(&line) {
                continue;
            }
            let number = reading.rows.len() as u32 + 1;
            reading.rows.push(self.read_row(line, number));
        }
    }

    /// Cells of a line that say something and began in it.
    fn filled(&self, line: usize) -> Vec<usize> {
        let places = self.table.rows[line].iter().filter(|place| !place.is_carried);
        places.map(|place| place.cell as usize).filter(|cell| !self.table.cells[*cell].is_blank()).collect()
    }

    fn repeats_head(&self, line: usize) -> bool {
        self.table.rows[line].iter().all(|place| {
            let cell = &self.table.cells[place.cell as usize];
            let head = self.heads.texts.get(&place.column).map(|head| head.trim());
            cell.is_heading || head.is_some_and(|head| head == cell.text.trim())
        })
    }

    fn read_row(&self, line: usize, number: u32) -> Row {
        let mut row = Row::new(number);
        let items = self.rows.get(&line).and_then(|position| self.items.get(position));
        row.span = self.place(line, items);
        if let Some(items) = items {
            let carried = self.carried(line);
            self.reader.add_lines(items, self.random, &carried, &mut row);
            self.keep_rest(line, items, &mut row);
        }
        let direction = self.direction_of(line);
        for place in &self.table.rows[line] {
            self.read_cell(place.cell as usize, place.column, &mut row, direction);
        }
        if items.is_none() {
            self.read_bare(line, &mut row);
        }
        for used in [Use::Purpose, Use::Remark, Use::Node, Use::Other] {
            for (text, _) in self.cells_of(line, used) {
                self.ask_whether_blocked(text.trim(), &mut row);
            }
        }
        self.complete_ends(direction, &mut row);
        // What an action forbids must never pass for a flow that is needed.
        if row.is_left {
            row.lines.clear();
        }
        if row.lines.is_empty() {
            self.keep_cells(line, &mut row);
        }
        row
    }

    /// All cells of a row that stays a comment.
    fn keep_cells(&self, line: usize, row: &mut Row) {
        row.remarks.clear();
        for place in &self.table.rows[line] {
            self.remark(self.table.cells[place.cell as usize].text.trim(), place.column, row);
        }
    }

    /// The direction that a row has, or the nearest heading above it.
    fn direction_of(&self, line: usize) -> Option<Direction> {
        let mut cells = self.cells_of(line, Use::Direction).map(|(text, _)| text);
        let own = cells.find_map(|text| self.reader.words.direction_of_cell(text));
        let mut headings = self.above.section.iter().chain(self.above.headings.iter().rev());
        own.or_else(|| headings.find_map(|heading| self.reader.words.direction(heading)))
    }

    fn place(&self, line: usize, items: Option<&Vec<&PageItem>>) -> Option<crate::span::Span> {
        let own = |item: &&&PageItem| !item.is_carried;
        let item = items.and_then(|items| items.iter().find(own)).and_then(|item| self.page.span_of(&item.at));
        item.or_else(|| {
            let cell = &self.table.cells[*self.filled(line).first()?];
            cell.span_of(0..cell.text.len())
        })
    }

    fn read_cell(&self, cell: usize, column: u32, row: &mut Row, direction: Option<Direction>) {
        let (own, tokens) = &self.page.cells[self.port_table.first_cell + cell];
        let text = own.text.trim();
        let lexicon = &self.reader.lexicon;
        if matches!(self.heads.of_column(column), Use::Opener | Use::Listener | Use::Addresses) {
            let odd =
                odd_addresses(tokens).map(|address| format!("an address that has to be written otherwise: {address}"));
            row.open.extend(odd);
        }
        match self.heads.of_column(column) {
            Use::Port | Use::Protocol => self.read_condition(text, column, row),
            Use::Opener => self.add_end(text, tokens, column, row, true),
            Use::Listener => {
                let opens = self.heads.node == Some(column) && direction == Some(Direction::Outbound);
                self.add_end(text, tokens, column, row, opens);
            }
            Use::Purpose => {
                if !row.purpose.is_empty() && !text.is_empty() {
                    row.purpose.push(' ');
                }
                row.purpose.push_str(&if is_lost(text) { String::new() } else { text.replace('\n', " ") });
                if lexicon.has_condition(text) {
                    row.open.push("does the row hold only in the case its purpose names?".to_owned());
                }
            }
            Use::Addresses => {
                let found = addresses(tokens);
                if found.is_empty() {
                    self.remark(text, column, row);
                }
                row.to.hosts.extend(found);
            }
            Use::Direction => match self.reader.words.direction_of_cell(text) {
                Some(Direction::Both) => row.marks.is_both_ways = true,
                Some(_) => {}
                None => self.remark(text, column, row),
            },
            Use::Action => self.read_action(text, column, row),
            Use::Node | Use::Other if is_of_addresses(text, tokens) => {
                row.guessed.push(format!("`{}` is where the listener is", text.replace('\n', ", ")));
                row.to.hosts.extend(addresses(tokens));
            }
            Use::OpenerPort => self.read_source_port(text, tokens, column, row),
            Use::Remark | Use::Node | Use::Other => {
                self.remark(text, column, row);
                if lexicon.has_condition(text) {
                    row.open.push("does the row hold only in the case its remark names?".to_owned());
                }
            }
        }
    }

    fn add_end(&self, text: &str, tokens: &[Token], column: u32, row: &mut Row, opens: bool) {
        let (end, beside) = read_end(text, tokens, &self.reader.lexicon);
        if beside != Beside::Nothing {
            self.remark(text, column, row);
        }
        if beside == Beside::Case {
            row.open.push("does the row hold only in the case its remark names?".to_owned());
        }
        let own = if opens { &mut row.from } else { &mut row.to };
        own.hosts.extend(end.hosts);
        match (&mut own.parties, end.parties) {
            (Parties::Named(known), Parties::Named(more)) => known.extend(more),
            (known @ Parties::Unstated, parties) => *known = parties,
            (Parties::Any | Parties::Named(_) | Parties::Addressed(_), _) => {}
        }
    }

    /// What stands beside the ports in their own cell may restrict them.
    fn read_condition(&self, text: &str, column: u32, row: &mut Row) {
        if self.reader.lexicon.has_condition(text) {
            self.remark(text, column, row);
            row.open.push("does the row hold only in some cases?".to_owned());
        }
    }

    pub(super) fn remark(&self, text: &str, column: u32, row: &mut Row) {
        // A column that counts the rows says what their numbers say.
        if is_lost(text) || text == row.number.to_string() {
            return;
        }
        let head = self.heads.texts.get(&column).map_or("", |head| head.trim());
        let text = text.replace('\n', " ");
        row.remarks.push(if head.is_empty() { text } else { format!("{head}: {text}") });
    }

    /// A row without a port may have a protocol that needs none; otherwise its port is lost.
    fn read_bare(&self, line: usize, row: &mut Row) {
        for place in &self.table.rows[line] {
            if matches!(self.heads.of_column(place.column), Use::Protocol | Use::Port) {
                let text = &self.table.cells[place.cell as usize].text;
                for traffic in bare_protocols(text, &self.reader.words.protocols) {
                    let line = RowLine { traffic, services: Vec::new() };
                    if !row.lines.contains(&line) {
                        row.lines.push(line);
                    }
                }
            }
        }
        if row.lines.is_empty() {
            let ports = self.table.rows[line].iter().filter(|place| self.heads.of_column(place.column) == Use::Port);
            let cells = ports.map(|place| &self.page.cells[self.port_table.first_cell + place.cell as usize]);
            for (cell, tokens) in cells {
                let Some(traffic) = chosen_port(tokens) else { continue };
                row.guessed.push(format!("a port that the reader chooses: \"{}\"", cell.text.replace('\n', " ")));
                row.lines.push(RowLine { traffic, services: Vec::new() });
            }
        }
        if row.lines.is_empty() {
            let mut written = self.cells_of(line, Use::Port).map(|(text, _)| text.trim());
            row.open.push(match written.find(|text| !is_lost(text)) {
                Some(text) => format!("the port `{}` was not understood", text.replace('\n', " ")),
                None => "the cell of the port is lost".to_owned(),
            });
        }
    }

    /// Who stands at an end that no cell names: the subject of the table, as headings and directions say.
    fn complete_ends(&self, direction: Option<Direction>, row: &mut Row) {
        let is_open = |end: &RowEnd| end.parties == Parties::Unstated && end.hosts.is_empty();
        let (no_from, no_to) = (is_open(&row.from), is_open(&row.to));
        if !no_from && !no_to {
            return;
        }
        let headings = self.above.section.iter().chain(self.above.headings.iter().rev());
        let subject = headings.clone().find_map(|heading| self.subject_of(heading).map(|name| (name, heading)));
        let is_opener = match direction {
            Some(direction) => direction == Direction::Outbound,
            // A table of who is connected to is about who connects.
            None => no_from && !no_to,
        };
        if is_opener && !no_from || !is_opener && !no_to {
            return;
        }
        let end = if is_opener { "opener" } else { "listener" };
        let name = match subject {
            Some((name, heading)) => {
                row.guessed.push(format!("the {end} `{name}`, by the heading \"{heading}\""));
                name
            }
            // Whose ports a page lists, if it names nobody, is what it is about.
            None if !is_opener || direction.is_some() => {
                row.guessed.push(format!("the {end} is the product itself: the page names nobody"));
                self.reader.product.to_owned()
            }
            None => return,
        };
        let own = if is_opener { &mut row.from } else { &mut row.to };
        own.parties = Parties::Named(vec![name]);
    }

    /// The name in a heading: "Manager ports", "Managerのポート", "Inbound (Manager)"; of others only what is
    /// known to be one.
    fn subject_of(&self, heading: &str) -> Option<String> {
        let heading = heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
        if heading.chars().count() > LONGEST_HEADING {
            return None;
        }
        let lexicon = &self.reader.lexicon;
        let is_known = |name: &str| lexicon.component_named(name).is_some() || self.names.contains(&fold_name(name));
        if is_known(heading)
            || self.above.section.as_deref() == Some(heading) && self.reader.words.direction(heading).is_none()
        {
            return Some(heading.trim_matches([':', '：', ' ']).to_owned());
        }
        let has_ports = |text: &str| is_headed_by(text, &lexicon.port_words) > 0;
        if !has_ports(heading) {
            return None;
        }
        let inner = heading.split(['(', '（']).next().unwrap_or(heading).trim();
        let last = inner.rsplit([' ', '-', 'の']).next().filter(|last| last.len() < inner.len() && has_ports(last))?;
        let name = inner[..inner.len() - last.len()].trim_end_matches([' ', '-', 'の']);
        let words: Vec<&str> = name.split(' ').filter(|word| !self.is_direction(word)).collect();
        let name = words.join(" ");
        // "Listening ports" are nobody's.
        let is_name = name.chars().any(|c| c.is_uppercase() || is_wide(c));
        (is_name && words.len() < 5).then_some(name)
    }

    fn is_direction(&self, word: &str) -> bool {
        self.reader.words.directions().any(|known| word.to_lowercase() == *known)
    }
}
