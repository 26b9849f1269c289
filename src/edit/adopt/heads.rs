//! A table with ports → what each of its columns is for, by how it is headed and by what stands in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::locale::LocaleId;
use crate::published::columns::Role;
use crate::published::lexicon::{Lexicon, is_headed_by};
use crate::published::rows::{PageRows, PortTable};
use crate::published::{Block, Published, Table};
use crate::site::Site;
use crate::words::language::List;

use super::cells::is_lost;
use super::verdict::VerdictWords;

/// A longer text is no action.
const LONGEST_ACTION: usize = 24;

/// What a column is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Use {
    Port,
    Protocol,
    Opener,
    Listener,
    Purpose,
    Addresses,
    Direction,
    /// Ports from which connections are opened.
    OpenerPort,
    /// Whether it is let through.
    Action,
    /// What else is said.
    Remark,
    /// Whom the row is about, on whichever side.
    Node,
    Other,
}

impl Use {
    /// For the summary: what a column was taken for.
    pub(super) fn said(self) -> &'static str {
        match self {
            Self::Port => "ports",
            Self::Protocol => "protocols",
            Self::Opener => "from",
            Self::Listener => "to",
            Self::Purpose => "purpose",
            Self::Addresses => "hosts",
            Self::Direction => "direction",
            Self::OpenerPort => "from-ports",
            Self::Action => "verdict",
            Self::Remark | Self::Node | Self::Other => "comments",
        }
    }
}

/// The words by which columns and headings are understood.
pub(super) struct HeadWords {
    opener: Vec<String>,
    listener: Vec<String>,
    purpose: Vec<String>,
    addresses: Vec<String>,
    pub(super) protocols: Vec<String>,
    inbound: Vec<String>,
    outbound: Vec<String>,
    both: Vec<String>,
    directions: Vec<String>,
    actions: Vec<String>,
    nodes: Vec<String>,
    remarks: Vec<String>,
    pub(super) verdicts: VerdictWords,
}

/// On which side of its connections the subject of a table stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    Inbound,
    Outbound,
    Both,
}

/// Signs for both ways.
const BOTH_WAYS: &[&str] = &["↔", "⇔", "⇄", "<->", "<=>", "<-->"];

impl HeadWords {
    pub(super) fn of(site: &Site, locale: LocaleId) -> Self {
        let language = &site.languages[locale.index()];
        let words = |list| language.list(list).iter().map(|word| word.to_lowercase()).collect();
        Self {
            opener: words(List::OpenerHead),
            listener: words(List::ListenerHead),
            purpose: words(List::PurposeHead),
            addresses: words(List::AddressHead),
            protocols: words(List::ProtocolHead),
            inbound: words(List::Inbound),
            outbound: words(List::Outbound),
            both: words(List::BothWays),
            directions: words(List::DirectionHead),
            actions: words(List::ActionHead),
            nodes: words(List::NodeHead),
            remarks: words(List::RemarkHead),
            verdicts: VerdictWords { allow: words_of_all(site, List::Allow), block: words_of_all(site, List::Block) },
        }
    }

    /// "Both", 双方向, as a direction or in place of TCP and UDP.
    pub(super) fn is_both(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        BOTH_WAYS.contains(&text.as_str()) || self.both.contains(&text)
    }

    /// How many words of a page's heads they know: by that its language is told.
    pub(super) fn known_in(&self, text: &str) -> usize {
        let ends = [&self.opener, &self.listener, &self.nodes];
        let others = [&self.purpose, &self.addresses, &self.protocols, &self.directions, &self.actions, &self.remarks];
        let lists = ends.into_iter().chain(others);
        lists.filter(|words| is_headed_by(text, words) > 0).count()
    }

    /// "Inbound ports", "送信 (Manager)": of two words the longer, since 送信元 holds 送信.
    pub(super) fn direction(&self, text: &str) -> Option<Direction> {
        if self.is_both(text) {
            return Some(Direction::Both);
        }
        let inbound = is_headed_by(text, &self.inbound);
        let outbound = is_headed_by(text, &self.outbound);
        let end = is_headed_by(text, &self.opener).max(is_headed_by(text, &self.listener));
        if inbound.max(outbound) <= end && end > 0 || inbound == outbound {
            return None;
        }
        Some(if inbound > outbound { Direction::Inbound } else { Direction::Outbound })
    }

    /// The same of a cell in a column of directions, where the beginning of a word is enough: "In", "Out".
    pub(super) fn direction_of_cell(&self, text: &str) -> Option<Direction> {
        let lower = text.trim().to_lowercase();
        let begins = |words: &[String]| lower.chars().count() > 1 && words.iter().any(|word| word.starts_with(&lower));
        self.direction(text).or_else(|| match (begins(&self.inbound), begins(&self.outbound)) {
            (true, false) => Some(Direction::Inbound),
            (false, true) => Some(Direction::Outbound),
            _ => None,
        })
    }

    /// The words for directions, which are no part of a name.
    pub(super) fn directions(&self) -> impl Iterator<Item = &String> {
        self.inbound.iter().chain(&self.outbound)
    }

    fn of_head(&self, head: &str, lexicon: &Lexicon) -> Use {
        let opener = is_headed_by(head, &self.opener);
        let listener = is_headed_by(head, &self.listener);
        let has_port = is_headed_by(head, &lexicon.port_words) > 0;
        match opener.cmp(&listener) {
            std::cmp::Ordering::Greater if has_port => Use::OpenerPort,
            std::cmp::Ordering::Greater => Use::Opener,
            std::cmp::Ordering::Less if !has_port => Use::Listener,
            _ if is_headed_by(head, &self.purpose) > 0 => Use::Purpose,
            _ if is_headed_by(head, &self.addresses) > 0 => Use::Addresses,
            _ if is_headed_by(head, &self.protocols) > 0 => Use::Protocol,
            _ if is_headed_by(head, &self.directions) > 0 => Use::Direction,
            _ if is_headed_by(head, &self.remarks) > 0 => Use::Remark,
            _ if is_headed_by(head, &self.nodes) > 0 => Use::Node,
            _ => Use::Other,
        }
    }
}

/// What a table's columns are for.
pub(super) struct Heads {
    uses: BTreeMap<u32, Use>,
    /// How each is headed.
    pub(super) texts: BTreeMap<u32, String>,
    /// The first row that is no head.
    pub(super) first_line: usize,
    /// Columns whose heads said nothing, and which were told by the names in them.
    pub(super) guessed: Vec<(u32, Use)>,
    /// The column that names an end on whichever side the direction says.
    pub(super) node: Option<u32>,
    /// Columns in which something stands.
    filled: BTreeSet<u32>,
}

impl Heads {
    pub(super) fn of(
        page: &PageRows<'_>,
        published: &Published,
        table: &PortTable,
        words: &HeadWords,
        lexicon: &Lexicon,
    ) -> Self {
        let Some(Block::Table(cells)) = published.blocks.get(table.block) else {
            unreachable!("a table with ports was read from a table")
        };
        let first = page.rows.iter().filter(|row| row.is_exact && row.table == table.block).map(|row| row.line).min();
        // A row without a port may come before the first one with one; a head is short.
        let first_line = first.unwrap_or(0).min(head_lines(cells));
        let mut heads = Self {
            uses: BTreeMap::new(),
            texts: BTreeMap::new(),
            first_line,
            guessed: Vec::new(),
            node: None,
            filled: BTreeSet::new(),
        };
        for row in cells.rows.iter().take(first_line).filter(|row| row.len() > 1) {
            for place in row {
                let text = heads.texts.entry(place.column).or_default();
                text.push_str(&cells.cells[place.cell as usize].text.replace('\n', " "));
                text.push(' ');
            }
        }
        let columns: BTreeSet<u32> = cells.rows.iter().flatten().map(|place| place.column).collect();
        let filled = cells.rows.iter().flatten().filter(|place| !cells.cells[place.cell as usize].is_blank());
        heads.filled = filled.map(|place| place.column).collect();
        for column in columns {
            let head = heads.texts.get(&column).map(|head| head.trim()).unwrap_or_default();
            let of_head = words.of_head(head, lexicon);
            let of_cells = table.columns.role(column);
            let used = match of_cells {
                Role::Port => Use::Port,
                Role::Protocol if matches!(of_head, Use::Other | Use::Protocol) => Use::Protocol,
                _ if is_of_verdicts(cells, (column, head), first_line, words) => Use::Action,
                _ if of_head == Use::Other && is_of_directions(cells, column, first_line, words) => Use::Direction,
                _ => of_head,
            };
            heads.uses.insert(column, used);
        }
        heads.guess_ends(cells, lexicon);
        heads.settle_nodes(words, table);
        // Remarks say what a connection is for, where nothing says it better.
        if !heads.has(Use::Purpose)
            && let Some(first) = heads.uses.values_mut().find(|used| **used == Use::Remark)
        {
            *first = Use::Purpose;
        }
        heads
    }

    /// Whom the rows are about listens, where no other column names an end. A column of services is one of
    /// names where another one says the protocols.
    fn settle_nodes(&mut self, words: &HeadWords, table: &PortTable) {
        if self.has(Use::Opener) || self.has(Use::Listener) {
            return;
        }
        let is_node = |column: &u32, used: Use| {
            let head = self.texts.get(column).map_or("", |head| head.trim());
            let is_service = used == Use::Protocol && table.columns.role(*column) == Role::Other;
            used == Use::Node || is_service && is_headed_by(head, &words.nodes) > 0
        };
        let first = self.uses.iter().find(|(column, used)| is_node(column, **used)).map(|(column, _)| *column);
        if let Some(column) = first {
            self.uses.insert(column, Use::Listener);
            self.node = first;
        }
    }

    /// What each column was taken for.
    pub(super) fn said(&self) -> String {
        let filled = self.uses.iter().filter(|(column, _)| self.filled.contains(column));
        let said = filled.map(|(column, used)| {
            let head = self.texts.get(column).map(|head| head.trim()).filter(|head| !head.is_empty());
            let head = head.map_or_else(|| format!("column {}", column + 1), str::to_owned);
            format!("{head} → {}", used.said())
        });
        said.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn of_column(&self, column: u32) -> Use {
        self.uses.get(&column).copied().unwrap_or(Use::Other)
    }

    pub(super) fn has(&self, wanted: Use) -> bool {
        self.uses.values().any(|used| *used == wanted)
    }

    /// Columns that name parties the site knows are those of the ends, opener first, as in every table
    /// that people read from left to right.
    fn guess_ends(&mut self, table: &Table, lexicon: &Lexicon) {
        if self.has(Use::Opener) || self.has(Use::Listener) {
            return;
        }
        let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for place in table.rows.iter().skip(self.first_line).flatten().filter(|place| !place.is_carried) {
            let text = &table.cells[place.cell as usize].text;
            let (named, filled) = counts.entry(place.column).or_default();
            *filled += usize::from(!text.trim().is_empty());
            *named += usize::from(text.lines().next().is_some_and(|line| lexicon.component_named(line).is_some()));
        }
        let is_named = |column: &u32| {
            let (named, filled) = counts.get(column).copied().unwrap_or_default();
            named > 0 && named * 2 >= filled
        };
        let others: Vec<u32> = self.uses.iter().filter(|(_, used)| **used == Use::Other).map(|(at, _)| *at).collect();
        let mut ends = others.into_iter().filter(is_named);
        if let (Some(first), Some(second)) = (ends.next(), ends.next()) {
            for (column, used) in [(first, Use::Opener), (second, Use::Listener)] {
                self.uses.insert(column, used);
                self.guessed.push((column, used));
            }
        }
    }
}

fn words_of_all(site: &Site, list: List) -> Vec<String> {
    let languages = site.config.locales.ids().map(|locale| &site.languages[locale.index()]);
    languages.flat_map(|language| language.list(list)).map(|word| word.to_lowercase()).collect()
}

/// Actions are told by what the cells say; a head that says so is believed where they are as short.
fn is_of_verdicts(table: &Table, (column, head): (u32, &str), first_line: usize, words: &HeadWords) -> bool {
    let cells = table.rows.iter().skip(first_line).flatten().filter(|place| place.column == column);
    let texts = cells.map(|place| table.cells[place.cell as usize].text.trim()).filter(|text| !is_lost(text));
    let texts: Vec<&str> = texts.collect();
    let known = texts.iter().filter(|text| words.verdicts.read(text).is_some()).count();
    let is_short = texts.iter().all(|text| text.chars().count() < LONGEST_ACTION);
    let is_headed = is_headed_by(head, &words.actions) > 0;
    !texts.is_empty() && (known * 2 >= texts.len() || is_headed && (known > 0 || is_short))
}

/// How many rows at the top may be heads: those of `th`, else the first one.
fn head_lines(table: &Table) -> usize {
    let is_head = |row: &&Vec<crate::published::Placed>| {
        row.iter().all(|place| {
            let cell = &table.cells[place.cell as usize];
            cell.is_heading || cell.is_blank()
        })
    };
    let marked = table.rows.iter().take_while(is_head).count();
    let alone = table.rows.iter().take_while(|row| row.len() < 2).count();
    marked.max(alone + 1)
}

fn is_of_directions(table: &Table, column: u32, first_line: usize, words: &HeadWords) -> bool {
    let cells = table.rows.iter().skip(first_line).flatten().filter(|place| place.column == column);
    let texts: Vec<&str> = cells.map(|place| table.cells[place.cell as usize].text.trim()).collect();
    let filled = texts.iter().filter(|text| !text.is_empty()).count();
    filled > 0 && texts.iter().filter(|text| text.len() < 40 && words.direction(text).is_some()).count() * 2 > filled
}
