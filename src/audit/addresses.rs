//! Hosts, addresses and subnets of each row.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Address, FlowId};
use crate::span::Span;

use super::lists::{EmptyList, empty_lists, unknown_list};
use super::{Comparison, MOST_SHOWN};
use crate::published::token::{TokenKind, hole_end, tokens};

/// As many addresses of one list are written out.
const MOST_NAMED: usize = 12;
/// Two addresses are one that was mistyped if this much of them is the same.
const LIKENESS: f64 = 0.75;

pub(super) fn compare(comparison: &Comparison<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let addresses = Addresses::of(comparison);
    let mut lists = empty_lists(comparison);
    let mut missing = addresses.missing();
    let mut extra = addresses.extra();
    diagnostics.extend(addresses.mistyped(&mut missing, &mut extra));
    if addresses.on_page.iter().all(BTreeMap::is_empty) && !missing.is_empty() && lists.is_empty() {
        diagnostics.push(addresses.none_at_all(&missing));
    } else {
        for group in missing {
            diagnostics.extend(addresses.lacking(&group, &mut lists));
        }
    }
    diagnostics.extend(lists.iter().filter_map(|list| unknown_list(comparison, list)));
    diagnostics.extend(extra.iter().filter_map(|extra| addresses.only_on_page(extra)));
}

/// Addresses that rows one after the other lack alike.
struct Missing {
    rows: Vec<usize>,
    addresses: Vec<Address>,
}

/// An address a page row has and the source row has not.
struct Extra {
    page_row: usize,
    address: String,
    span: Span,
}

struct Addresses<'a> {
    comparison: &'a Comparison<'a>,
    /// By page row, around its core: normal form → where.
    on_page: Vec<BTreeMap<String, Span>>,
    /// By row of the source: normal form → as it is written.
    in_source: Vec<BTreeMap<String, Address>>,
    /// By page row: the rows of the source it stands for.
    source_rows: Vec<BTreeSet<usize>>,
}

impl<'a> Addresses<'a> {
    fn of(comparison: &'a Comparison<'a>) -> Self {
        let page = &comparison.page;
        let mut source_rows = vec![BTreeSet::new(); page.rows.len()];
        for (item, source) in page.items.iter().zip(&comparison.alignment.source_of) {
            source_rows[item.row].extend(source.map(|source| comparison.expected.items[source].row));
        }
        let around = |row: usize| {
            let near = row.saturating_sub(1)..(row + 2).min(page.rows.len());
            // A row that stands for nothing is reported as a row.
            if near.into_iter().all(|row: usize| source_rows[row].is_empty()) {
                return BTreeMap::new();
            }
            let mut found = BTreeMap::new();
            for piece in page.rows[row].pieces() {
                for token in page.tokens_of(piece) {
                    let cell = page.cells[piece.cell].0;
                    let (TokenKind::Address(address), Some(span)) = (&token.kind, cell.span_of(token.range.clone()))
                    else {
                        continue;
                    };
                    let host = normal(address);
                    let paths = paths_behind(&cell.text[token.range.end..]);
                    found.extend(paths.map(|path| (normal(&format!("{host}{path}")), span)));
                    found.insert(host, span);
                }
            }
            found
        };
        let listed = |flow: &FlowId| {
            let flow = &comparison.site.model[*flow];
            let list = flow.to.hosts.list.iter().chain(&flow.from.hosts.list);
            list.map(|address| (normal(&address.text), address.clone())).collect::<Vec<_>>()
        };
        Self {
            comparison,
            on_page: (0..page.rows.len()).map(around).collect(),
            in_source: comparison.expected.rows.iter().map(|row| row.flows.iter().flat_map(listed).collect()).collect(),
            source_rows,
        }
    }

    fn missing(&self) -> Vec<Missing> {
        let mut groups: Vec<Missing> = Vec::new();
        for (row, own) in self.in_source.iter().enumerate() {
            let on_page = self.comparison.alignment.page_rows(&self.comparison.page, &self.comparison.expected, row);
            if on_page.is_empty() {
                continue;
            }
            let lacking: Vec<Address> = own
                .iter()
                .filter(|(address, _)| !self.has(&on_page, address) && !self.is_carried(row, address))
                .map(|(_, address)| address.clone())
                .collect();
            if lacking.is_empty() || self.refers(row, &on_page) {
                continue;
            }
            match groups.last_mut() {
                Some(last) if last.rows.last() == Some(&(row.wrapping_sub(1))) && last.addresses == lacking => {
                    last.rows.push(row);
                }
                _ => groups.push(Missing { rows: vec![row], addresses: lacking }),
            }
        }
        for group in &mut groups {
            group.addresses.sort_by_key(|address| address.span);
        }
        groups
    }

    fn has(&self, page_rows: &BTreeSet<usize>, address: &str) -> bool {
        page_rows.iter().any(|row| self.on_page[*row].contains_key(address))
    }

    /// Whether a row names another one in place of all of its addresses, and that one has them.
    fn refers(&self, row: usize, page_rows: &BTreeSet<usize>) -> bool {
        let (page, expected) = (&self.comparison.page, &self.comparison.expected);
        let own = &self.in_source[row];
        let says_so = page_rows.iter().flat_map(|row| page.rows[*row].pieces()).any(|piece| {
            let text = page.text(piece).to_lowercase();
            self.comparison.lexicon.same_words.iter().any(|words| text.contains(words.as_str()))
        });
        says_so
            && !own.keys().any(|address| self.has(page_rows, address))
            && self.in_source.iter().enumerate().any(|(other, listed)| {
                let on_page = self.comparison.alignment.page_rows(page, expected, other);
                other != row && own.keys().all(|address| listed.contains_key(address) && self.has(&on_page, address))
            })
    }

    /// In flattened text a cell that spans rows stands at the first of them.
    fn is_carried(&self, row: usize, address: &str) -> bool {
        let (page, expected) = (&self.comparison.page, &self.comparison.expected);
        for above in (0..row).rev().take_while(|above| self.in_source[*above].contains_key(address)) {
            let on_page = self.comparison.alignment.page_rows(page, expected, above);
            let is_exact = on_page.iter().any(|row| page.rows[*row].is_exact);
            if !is_exact && self.has(&on_page, address) {
                return true;
            }
        }
        false
    }

    fn extra(&self) -> Vec<Extra> {
        let mut extra = Vec::new();
        let mut said = BTreeSet::new();
        for (page_row, on_page) in self.on_page.iter().enumerate() {
            // Between two cores of flattened text an address may belong to either.
            let is_exact = self.comparison.page.rows[page_row].is_exact;
            let around = if is_exact { page_row..page_row + 1 } else { page_row.saturating_sub(1)..page_row + 2 };
            let near: Vec<usize> = around.filter_map(|row| self.source_rows.get(row)).flatten().copied().collect();
            if near.is_empty() {
                continue;
            }
            for (address, span) in on_page {
                // A host of which the source has paths only stands before them on a page that folds them.
                let folder = format!("{address}/");
                let paths =
                    || on_page.range(folder.clone()..).map_while(|(path, _)| path.starts_with(&folder).then_some(path));
                let is_known = near.iter().any(|row| {
                    let own = &self.in_source[*row];
                    own.contains_key(address) || paths().any(|path| own.contains_key(path))
                });
                let is_full = extra.len() == MOST_SHOWN;
                if !is_known && !is_full && !self.is_mentioned(address) && said.insert(*span) {
                    extra.push(Extra { page_row, address: address.clone(), span: *span });
                }
            }
        }
        extra
    }

    /// Whether the source names an address in a text, as an example or as the address of a page.
    fn is_mentioned(&self, address: &str) -> bool {
        self.comparison.known_addresses.contains(address)
    }

    /// An address that is missing beside one that is too much and nearly the same is one that differs.
    fn mistyped(&self, missing: &mut Vec<Missing>, extra: &mut Vec<Extra>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        extra.retain(|extra| {
            for group in missing.iter_mut() {
                let rows = group.rows.iter().flat_map(|row| {
                    self.comparison.alignment.page_rows(&self.comparison.page, &self.comparison.expected, *row)
                });
                let is_near = rows.into_iter().any(|row| row.abs_diff(extra.page_row) <= 1);
                let alike = |address: &Address| strsim::normalized_levenshtein(&normal(&address.text), &extra.address);
                let best = (0..group.addresses.len())
                    .max_by(|a, b| alike(&group.addresses[*a]).total_cmp(&alike(&group.addresses[*b])));
                let Some(best) = best.filter(|best| is_near && alike(&group.addresses[*best]) >= LIKENESS) else {
                    continue;
                };
                let own = group.addresses.remove(best);
                found.push(self.differs(extra, &own, group.rows[0]));
                return false;
            }
            true
        });
        missing.retain(|group| !group.addresses.is_empty());
        found
    }

    fn differs(&self, extra: &Extra, own: &Address, row: usize) -> Diagnostic {
        let headline = format!("the page says `{}`, the source says `{}`", extra.address, own.text);
        Diagnostic::error(Code::DiffersOnPage, headline)
            .at(extra.span)
            .mark(format!("the page: {}", extra.address))
            .label(own.span, format!("the source{}: {}", self.comparison.row_name(row), own.text))
            .help(self.comparison.mend(self.comparison.expected.rows[row].flows[0]))
    }

    fn lacking(&self, group: &Missing, lists: &mut Vec<EmptyList>) -> Option<Diagnostic> {
        let (page, expected) = (&self.comparison.page, &self.comparison.expected);
        let page_rows: BTreeSet<_> =
            group.rows.iter().flat_map(|row| self.comparison.alignment.page_rows(page, expected, *row)).collect();
        let list = lists.iter().position(|list| page_rows.contains(&list.row)).map(|position| lists.remove(position));
        let names: Vec<_> = group.addresses.iter().take(MOST_NAMED).map(|address| address.text.as_str()).collect();
        let more = group.addresses.len().saturating_sub(names.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let count = match group.addresses.len() {
            1 => "1 address".to_owned(),
            count => format!("{count} addresses"),
        };
        let numbers: Vec<_> = group.rows.iter().filter_map(|row| expected.rows[*row].name.clone()).collect();
        let rows = match numbers.as_slice() {
            [] => String::new(),
            [one] => format!(" (row {one})"),
            several => format!(" (rows {})", several.join(", ")),
        };
        let item = page.items.iter().find(|item| page_rows.contains(&item.row))?;
        let diagnostic = match &list {
            Some(list) => Diagnostic::error(
                Code::EmptyListOnPage,
                format!("the page announces a list and shows none; the source has {count}"),
            )
            .at(page.piece_span(&list.piece)?)
            .mark("nothing follows"),
            None => Diagnostic::error(
                Code::LackingOnPage,
                format!("the page lacks {count}{rows}: {}{more}", names.join(", ")),
            )
            .at(page.span_of(&item.at)?)
            .mark("missing in this row"),
        };
        let diagnostic = diagnostic.label(group.addresses[0].span, format!("the source{rows} begins here"));
        Some(match list {
            Some(_) => diagnostic.help(format!("add to the page: {}{more}", names.join(", "))),
            None => diagnostic.help(self.comparison.mend(expected.rows[group.rows[0]].flows[0])),
        })
    }

    fn none_at_all(&self, missing: &[Missing]) -> Diagnostic {
        let all: BTreeSet<_> = missing.iter().flat_map(|group| &group.addresses).map(|address| &address.text).collect();
        let first = &missing[0].addresses[0];
        Diagnostic::error(
            Code::LackingOnPage,
            format!("the page names none of the {} addresses of its rows", all.len()),
        )
        .at(Span::new(self.comparison.file, 0..0))
        .label(first.span, "the source names the first of them here")
        .help("add the addresses to the page, or a reference to a page that lists them")
    }

    fn only_on_page(&self, extra: &Extra) -> Option<Diagnostic> {
        let address = &extra.address;
        let own = self.in_source.iter().enumerate().find_map(|(row, own)| Some((row, own.get(address)?)));
        let row = *self.source_rows[extra.page_row].first()?;
        let flow = self.comparison.expected.rows[row].flows[0];
        Some(match own {
            Some((other, own)) => Diagnostic::error(
                Code::DiffersOnPage,
                format!("the page names `{address}` in this row, the source in another"),
            )
            .at(extra.span)
            .mark(format!("the page: {}", self.comparison.flow_name(flow)))
            .label(own.span, format!("the source{}", self.comparison.row_name(other)))
            .help(self.comparison.mend(flow)),
            None => Diagnostic::error(Code::OnlyOnPage, format!("the page names `{address}`, the source does not"))
                .at(extra.span)
                .mark("only on the page")
                .label(self.comparison.flow_span(flow), "the row in the source")
                .help(self.comparison.mend(flow)),
        })
    }
}

/// An address without what says nothing of where it is: scheme, closing slash, the words of a
/// placeholder.
pub(super) fn normal(address: &str) -> String {
    let text = address.split_once("://").map_or(address, |(_, rest)| rest);
    let mut normal = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(['<', '{', '‹']) {
        let Some(length) = hole_end(&rest[start..]) else { break };
        normal.push_str(&rest[..start]);
        normal.push_str("{}");
        rest = &rest[start + length..];
    }
    normal.push_str(rest);
    normal.trim_end_matches('/').to_ascii_lowercase()
}

/// Paths that stand behind their host, each a word of its own: pages fold them into one entry.
fn paths_behind(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().take_while(|word| word.starts_with('/'))
}

/// Every address the source names outside its flows: in texts, examples and addresses of pages.
pub(super) fn mentioned(
    site: &crate::site::Site,
    product: crate::model::ProductId,
    lexicon: &crate::published::lexicon::Lexicon,
) -> BTreeSet<String> {
    let mut texts: Vec<String> = Vec::new();
    let model = &site.model;
    for member in &model[product].members {
        texts.extend(member.examples.iter().chain(&model[member.component].examples).cloned());
    }
    for source in &model[product].sources {
        texts.extend(model[*source].urls.iter().map(|(_, url)| url.clone()));
    }
    let own = site.texts.units().filter(|unit| unit.product.is_none_or(|own| own == product));
    texts.extend(own.flat_map(|unit| unit.written().map(|text| text.written.clone())));
    let mut addresses = BTreeSet::new();
    for text in &texts {
        let found = tokens(text, lexicon).into_iter().filter_map(|token| match token.kind {
            TokenKind::Address(address) => Some(normal(&address)),
            _ => None,
        });
        addresses.extend(found);
    }
    addresses
}
