//! Which port of the page is which port of the source. Rows keep their order on most pages, so the
//! longest common sequence comes first, weighed by everything else a row says; what is left may have
//! moved or may have changed its number.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ComponentId, Model};
use crate::value::{Port, Transport};

use super::ends::named_alone;
use super::expected::{Expected, SourceItem};
use crate::published::core::{PageItem, PagePort};
use crate::published::lexicon::Lexicon;
use crate::published::rows::{PageRows, Side};
use crate::published::token::TokenKind;

/// Pairs of ports that are compared: a page of 5,000 with a source of as many.
const MOST_PAIRS: usize = 30_000_000;
/// What a port that stays alone weighs against a way to read the page.
const UNPAIRED: i64 = 5;
/// An address that only one of two rows has, or names of both ends, decide between them.
const CLEARLY: i64 = 5;
/// With so many rows of the same port a row is exchanged.
const MOST_EXCHANGED: usize = 500;
/// So many things of a row are looked at for its addresses.
const MOST_TOKENS: usize = 2_000;

/// Who belongs to whom, by position.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Per port of the page: its port of the source.
    pub(super) source_of: Vec<Option<usize>>,
    /// Per port of the source: its port of the page.
    pub(super) page_of: Vec<Option<usize>>,
    /// How well all of it fits.
    pub(super) score: i64,
    /// How many ports of the page were compared; less than all of them where there are too many.
    pub(super) compared: usize,
}

impl Alignment {
    pub(super) fn find(page: &PageRows<'_>, expected: &Expected, model: &Model, lexicon: &Lexicon) -> Self {
        let mut weigher = Weigher::new(page, expected, model, lexicon, Side::Both);
        let compared = page.items.len().min(MOST_PAIRS / expected.items.len().max(1));
        let mut alignment = Self {
            source_of: vec![None; page.items.len()],
            page_of: vec![None; expected.items.len()],
            score: 0,
            compared,
        };
        alignment.match_in_order(&weigher);
        // Once most rows are known, so is the side on which flattened text has their names.
        let side = alignment.side_of_names(page, expected, model, lexicon);
        if side != Side::Both {
            weigher = Weigher::new(page, expected, model, lexicon, side);
            alignment.source_of.fill(None);
            alignment.page_of.fill(None);
            alignment.score = 0;
            alignment.match_in_order(&weigher);
        }
        alignment.match_moved_and_changed(&weigher);
        alignment.prefer_free(&weigher);
        alignment.exchange(&weigher);
        alignment.absorb_split_transports(page, expected);
        let is_required = |position: usize| expected.rows[expected.items[position].row].is_required;
        let lacking =
            (0..expected.items.len()).filter(|at| alignment.page_of[*at].is_none() && is_required(*at)).count();
        let extra = alignment.source_of.iter().filter(|source| source.is_none()).count();
        alignment.score -= i64::try_from(lacking + extra).unwrap_or(i64::MAX / UNPAIRED) * UNPAIRED;
        alignment
    }

    /// The page row on which a row of the source stands, if any of its ports does.
    pub(super) fn page_rows(&self, page: &PageRows<'_>, expected: &Expected, row: usize) -> BTreeSet<usize> {
        let items = expected.items.iter().enumerate().filter(|(_, item)| item.row == row);
        items.filter_map(|(position, _)| Some(page.items[self.page_of[position]?].row)).collect()
    }

    fn side_of_names(&self, page: &PageRows<'_>, expected: &Expected, model: &Model, lexicon: &Lexicon) -> Side {
        let (mut before, mut after) = (0_usize, 0_usize);
        for (item, source) in page.items.iter().zip(&self.source_of) {
            let Some(source) = source.filter(|_| !page.rows[item.row].is_exact) else { continue };
            let flows = expected.rows[expected.items[source].row].flows.iter().map(|flow| &model[*flow]);
            let ends: Vec<ComponentId> = flows.flat_map(|flow| flow.to.parties().to_vec()).collect();
            let names = |side: Side| {
                let context = page.folded_context(item.row, side);
                usize::from(ends.iter().any(|end| lexicon.mentions(&context, *end) == 2))
            };
            before += names(Side::Before);
            after += names(Side::After);
        }
        match (before, after) {
            (before, after) if before > after * 2 => Side::Before,
            (before, after) if after > before * 2 => Side::After,
            _ => Side::Both,
        }
    }

    fn pair(&mut self, on_page: usize, in_source: usize, weight: i64) {
        self.source_of[on_page] = Some(in_source);
        self.page_of[in_source] = Some(on_page);
        self.score += weight;
    }

    /// The heaviest common sequence of equal ports (Needleman and Wunsch, gaps cost nothing).
    fn match_in_order(&mut self, weigher: &Weigher<'_>) {
        let (rows, columns) = (self.compared, weigher.expected.items.len());
        let mut steps = vec![0_u8; rows * columns];
        let mut above = vec![0_i64; columns + 1];
        for row in 0..rows {
            let mut current = vec![0_i64; columns + 1];
            for column in 0..columns {
                let (up, left) = (above[column + 1], current[column]);
                let across = weigher.same_port(row, column).then(|| above[column] + weigher.weigh(row, column));
                let (best, step) = match across {
                    Some(across) if across > up && across > left => (across, 1),
                    _ if up > left => (up, 2),
                    _ => (left, 3),
                };
                current[column + 1] = best;
                steps[row * columns + column] = step;
            }
            above = current;
        }
        let (mut row, mut column) = (rows, columns);
        while row > 0 && column > 0 {
            match steps[(row - 1) * columns + column - 1] {
                1 => {
                    row -= 1;
                    column -= 1;
                    self.pair(row, column, weigher.weigh(row, column));
                }
                2 => row -= 1,
                _ => column -= 1,
            }
        }
    }

    /// What is left, by descending likeness: the same port elsewhere, or another port in the same place.
    fn match_moved_and_changed(&mut self, weigher: &Weigher<'_>) {
        let page_gaps = gaps(&self.source_of[..self.compared]);
        let source_gaps = self.source_gaps();
        let mut by_gap: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut by_port: BTreeMap<PagePort, Vec<usize>> = BTreeMap::new();
        for (position, item) in weigher.expected.items.iter().enumerate() {
            if self.page_of[position].is_none() {
                by_gap.entry(source_gaps[position]).or_default().push(position);
                by_port.entry(item.port).or_default().push(position);
            }
        }
        let mut candidates = Vec::new();
        for on_page in (0..self.compared).filter(|position| self.source_of[*position].is_none()) {
            let port = weigher.page.items[on_page].port;
            let same = by_port.get(&port).into_iter().flatten();
            let near = by_gap.get(&page_gaps[on_page]).into_iter().flatten();
            let is_number = port.numbers().is_some();
            let near = near.filter(|source| is_number && weigher.is_numbered(**source));
            for in_source in same.chain(near).take(64) {
                let weight = weigher.weigh(on_page, *in_source);
                let is_same = weigher.same_port(on_page, *in_source);
                // A port that moved brings its names or its protocol along; a changed one keeps both.
                candidates.push((Reverse(weight), Reverse(is_same), on_page, *in_source));
            }
        }
        candidates.sort();
        for (Reverse(weight), Reverse(is_same), on_page, in_source) in candidates {
            let is_free = self.source_of[on_page].is_none() && self.page_of[in_source].is_none();
            if is_free && (is_same || weight >= 0) {
                self.pair(on_page, in_source, weight);
            }
        }
    }

    /// A row that moved may have been taken for another of its port. One that nothing stands for yet and
    /// that shares its names and addresses is the better guess.
    fn prefer_free(&mut self, weigher: &Weigher<'_>) {
        let mut free: BTreeMap<PagePort, Vec<usize>> = BTreeMap::new();
        for (position, item) in weigher.expected.items.iter().enumerate() {
            if self.page_of[position].is_none() {
                free.entry(item.port).or_default().push(position);
            }
        }
        for on_page in 0..self.compared {
            let Some(own) = self.source_of[on_page] else { continue };
            let Some(others) = free.get_mut(&weigher.page.items[on_page].port) else { continue };
            let gain = |other: &usize| weigher.weigh(on_page, *other) - weigher.weigh(on_page, own);
            let best = (0..others.len()).max_by_key(|position| (gain(&others[*position]), Reverse(*position)));
            let Some(best) = best.filter(|best| gain(&others[*best]) >= CLEARLY) else { continue };
            let other = std::mem::replace(&mut others[best], own);
            self.page_of[own] = None;
            self.pair(on_page, other, 0);
        }
    }

    /// Order is a guess where a page sorts its rows in its own way. Two rows of the same port that fit
    /// clearly better the other way round are exchanged, if their cells are known or a heading names them.
    fn exchange(&mut self, weigher: &Weigher<'_>) {
        let mut by_port: BTreeMap<PagePort, Vec<usize>> = BTreeMap::new();
        for (position, item) in weigher.page.items.iter().enumerate() {
            let row = &weigher.page.rows[item.row];
            if self.source_of[position].is_some() && (row.is_exact || row.section.is_some()) {
                by_port.entry(item.port).or_default().push(position);
            }
        }
        for group in by_port.values() {
            // Each pass mends at least one pair; a handful is enough for any page people wrote.
            for _ in 0..4 {
                if !self.exchange_within(group, weigher) {
                    break;
                }
            }
        }
    }

    fn exchange_within(&mut self, group: &[usize], weigher: &Weigher<'_>) -> bool {
        let mut is_changed = false;
        for (position, a) in group.iter().enumerate() {
            for b in group[position + 1..].iter().take(MOST_EXCHANGED) {
                let (Some(own), Some(other)) = (self.source_of[*a], self.source_of[*b]) else { continue };
                let now = weigher.weigh(*a, own) + weigher.weigh(*b, other);
                let then = weigher.weigh(*a, other) + weigher.weigh(*b, own);
                if own != other && then > now {
                    self.source_of.swap(*a, *b);
                    self.page_of.swap(own, other);
                    self.score += then - now;
                    is_changed = true;
                }
            }
        }
        is_changed
    }

    /// Behind which paired port of the page each port of the source stands.
    fn source_gaps(&self) -> Vec<usize> {
        let mut last = 0;
        let gap = |on_page: &Option<usize>| {
            last = on_page.map_or(last, |on_page| on_page + 1);
            last
        };
        self.page_of.iter().map(gap).collect()
    }

    /// One side may list TCP and UDP in two rows, the other in one.
    fn absorb_split_transports(&mut self, page: &PageRows<'_>, expected: &Expected) {
        for on_page in 0..self.compared {
            let item = &page.items[on_page];
            if self.source_of[on_page].is_some() {
                continue;
            }
            let neighbors = [on_page.checked_sub(1), Some(on_page + 1)];
            for neighbor in neighbors.into_iter().flatten().filter(|neighbor| *neighbor < self.compared) {
                let Some(in_source) = self.source_of[neighbor] else { continue };
                let (other, source) = (&page.items[neighbor], &expected.items[in_source]);
                let is_other_half = other.port == item.port
                    && source.transports.len() > 1
                    && !item.transports.is_empty()
                    && item.transports.iter().all(|transport| source.transports.contains(transport));
                if is_other_half {
                    self.source_of[on_page] = Some(in_source);
                }
            }
        }
        for in_source in 0..expected.items.len() {
            let item = &expected.items[in_source];
            if self.page_of[in_source].is_some() {
                continue;
            }
            for neighbor in [in_source.checked_sub(1), Some(in_source + 1)].into_iter().flatten() {
                let Some(on_page) = self.page_of.get(neighbor).copied().flatten() else { continue };
                let both = [Transport::Tcp, Transport::Udp];
                let is_other_half = expected.items[neighbor].port == item.port
                    && expected.items[neighbor].transports != item.transports
                    && both.iter().all(|transport| page.items[on_page].transports.contains(transport));
                if is_other_half {
                    self.page_of[in_source] = Some(on_page);
                }
            }
        }
    }
}

/// Behind which paired position each position stands: 0 before all of them.
fn gaps(paired: &[Option<usize>]) -> Vec<usize> {
    let mut last = 0;
    let gap = |(position, pair): (usize, &Option<usize>)| {
        if pair.is_some() {
            last = position + 1;
        }
        last
    };
    paired.iter().enumerate().map(gap).collect()
}

/// How alike a port of the page and one of the source are.
struct Weigher<'a> {
    page: &'a PageRows<'a>,
    expected: &'a Expected,
    /// Per page row: which components it mentions, and how surely.
    mentions: Vec<BTreeMap<ComponentId, u8>>,
    /// Per page row: its addresses.
    addresses: Vec<BTreeSet<&'a str>>,
    /// Per page row: components that a cell names and nothing else.
    named: Vec<BTreeSet<ComponentId>>,
    from: Vec<Vec<ComponentId>>,
    to: Vec<Vec<ComponentId>>,
    hosts: Vec<BTreeSet<&'a str>>,
}

impl<'a> Weigher<'a> {
    fn new(page: &'a PageRows<'a>, expected: &'a Expected, model: &'a Model, lexicon: &Lexicon, side: Side) -> Self {
        let mentions = |row: usize| {
            let context = page.folded_context(row, side);
            let weigh = |(id, _): &(ComponentId, Vec<String>)| (*id, lexicon.mentions(&context, *id));
            lexicon.components.iter().map(weigh).filter(|(_, weight)| *weight > 0).collect()
        };
        let addresses = |row: usize| {
            let pieces = page.rows[row].on_side(side);
            let tokens = pieces.flat_map(|piece| page.tokens_of(piece));
            tokens
                .take(MOST_TOKENS)
                .filter_map(|token| match &token.kind {
                    TokenKind::Address(address) => Some(address.as_str()),
                    _ => None,
                })
                .collect()
        };
        let named = |row: usize| {
            let pieces = page.rows[row].before.iter().filter(|_| page.rows[row].is_exact);
            pieces
                .filter(|piece| !piece.is_inner)
                .flat_map(|piece| named_alone(page.text(piece), lexicon))
                .map(|(named, _)| named)
                .collect()
        };
        let flows = |row: usize| expected.rows[row].flows.iter().map(|flow| &model[*flow]);
        let rows = 0..expected.rows.len();
        Self {
            page,
            expected,
            mentions: (0..page.rows.len()).map(mentions).collect(),
            addresses: (0..page.rows.len()).map(addresses).collect(),
            named: (0..page.rows.len()).map(named).collect(),
            from: rows.clone().map(|row| flows(row).flat_map(|flow| flow.from.parties().to_vec()).collect()).collect(),
            to: rows.clone().map(|row| flows(row).flat_map(|flow| flow.to.parties().to_vec()).collect()).collect(),
            hosts: rows
                .map(|row| {
                    let lists = flows(row).flat_map(|flow| flow.to.hosts.list.iter().chain(&flow.from.hosts.list));
                    lists.map(|address| address.text.as_str()).collect()
                })
                .collect(),
        }
    }

    fn same_port(&self, on_page: usize, in_source: usize) -> bool {
        same_port(self.page.items[on_page].port, self.expected.items[in_source].port)
    }

    fn is_numbered(&self, in_source: usize) -> bool {
        self.expected.items[in_source].port.numbers().is_some()
    }

    fn weigh(&self, on_page: usize, in_source: usize) -> i64 {
        let (page, source): (&PageItem, &SourceItem) = (&self.page.items[on_page], &self.expected.items[in_source]);
        let services = match (page.services.as_slice(), source.services.as_slice()) {
            ([], _) | (_, []) => 0,
            (a, b) if a.iter().any(|service| b.contains(service)) => 4,
            _ => -3,
        };
        let transports = match page.transports.as_slice() {
            [] => 0,
            some if some.iter().any(|transport| source.transports.contains(transport)) => 1,
            _ => -2,
        };
        let mention = |ends: &[ComponentId]| {
            let known = &self.mentions[page.row];
            i64::from(ends.iter().filter_map(|end| known.get(end)).max().copied().unwrap_or(0))
        };
        let (to, from) = (&self.to[source.row], &self.from[source.row]);
        let others: i64 =
            self.named[page.row].iter().map(|named| i64::from(!to.contains(named) && !from.contains(named))).sum();
        let hosts = &self.hosts[source.row];
        let addresses = i64::from(self.addresses[page.row].iter().any(|address| hosts.contains(address))) * 5;
        let is_same = self.same_port(on_page, in_source);
        // "ICMP" may be a row of all its types or of one; the same words are the better guess.
        let port = i64::from(is_same) * 10 + i64::from(is_same && page.port == source.port) * 2;
        port + services + transports + addresses + mention(to) * 2 + mention(from) - others * 4
    }
}

/// A random port is one, whatever range the page gives for it. A page may leave out the type of messages.
pub(super) fn same_port(page: PagePort, source: PagePort) -> bool {
    match (page, source) {
        (PagePort::Random | PagePort::Stated(Port::Random(..)), PagePort::Stated(Port::Random(..))) => true,
        (PagePort::Stated(Port::Range(first, last)), PagePort::Stated(Port::Random(from, to))) => {
            (first, last) == (from, to)
        }
        (PagePort::Bare(page), PagePort::Bare(source)) => page.contains(source),
        (page, source) => page == source,
    }
}
