//! What sentences say: ports, addresses, versions and the date of a page. Numbers are compared as
//! sets; where a sentence stands and how it says it is free.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use crate::value::Date;

use super::addresses::normal;
use super::{Comparison, MOST_SHOWN};
use crate::published::lexicon::Lexicon;
use crate::published::rows::{PageRows, Piece};
use crate::published::token::{Token, TokenKind, tokens};

/// A word for port stands this near before its number.
const NEAR: usize = 12;

pub(super) fn compare(comparison: &Comparison<'_>, diagnostics: &mut Vec<Diagnostic>) {
    other_ports(comparison, diagnostics);
    other_addresses(comparison, diagnostics);
    compare_versions(comparison, diagnostics);
    diagnostics.extend(compare_date(comparison));
}

/// Ports that sentences name, beside rows and within their cells.
pub(super) fn ports(page: &PageRows<'_>, lexicon: &Lexicon) -> Vec<(u16, Span)> {
    // The cell of a row's own port is read as a row.
    let cores: BTreeSet<usize> =
        page.items.iter().filter(|item| page.rows[item.row].is_exact).map(|item| item.at.cell).collect();
    let within = page.rows.iter().flat_map(|row| &row.before).filter(|piece| !cores.contains(&piece.cell));
    let last = page.rows.last().into_iter().flat_map(|row| &row.after);
    let mut found: Vec<(u16, Span)> = Vec::new();
    for piece in page.prose.iter().chain(within).chain(last) {
        let cell = &page.cells[piece.cell];
        let numbers = named_ports(&cell.0.text, &cell.1, piece, lexicon);
        found.extend(numbers.into_iter().filter_map(|(number, range)| Some((number, cell.0.span_of(range)?))));
    }
    found.sort_by_key(|(_, span)| *span);
    found.dedup();
    found
}

/// Numbers behind a word for port or beside a transport, and those joined to them.
fn named_ports(text: &str, tokens: &[Token], piece: &Piece, lexicon: &Lexicon) -> Vec<(u16, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut was_port = false;
    for (position, token) in tokens.iter().enumerate() {
        let kind = |offset: usize| position.checked_sub(offset).map(|at| &tokens[at].kind);
        let (TokenKind::Number(first) | TokenKind::Range(first, _)) = token.kind else {
            was_port &= matches!(token.kind, TokenKind::Joint | TokenKind::Mark(',' | '/') | TokenKind::Transport(_));
            continue;
        };
        let is_transport = |kind: Option<&TokenKind>| matches!(kind, Some(TokenKind::Transport(_)));
        let next = |offset: usize| tokens.get(position + offset).map(|token| &token.kind);
        let is_beside = is_transport(kind(1))
            || matches!(kind(1), Some(TokenKind::Mark(':' | '/'))) && is_transport(kind(2))
            || matches!(next(1), Some(TokenKind::Mark('/'))) && is_transport(next(2));
        let is_among = was_port || is_near_port_word(text, token.range.start, lexicon);
        if is_beside || is_among && !is_counted(text, token.range.end, lexicon) {
            was_port = true;
            if piece.range.contains(&token.range.start) {
                found.push((first, token.range.clone()));
                found.extend(if let TokenKind::Range(_, last) = token.kind {
                    Some((last, token.range.clone()))
                } else {
                    None
                });
            }
        }
    }
    found
}

/// Begins an item of a list, which what stands in the one before says nothing of.
const ITEM: char = '•';

fn is_near_port_word(text: &str, at: usize, lexicon: &Lexicon) -> bool {
    let before: Vec<char> =
        text[..at].chars().rev().take(NEAR).take_while(|c| !c.is_ascii_digit() && *c != ITEM).collect();
    let before: String = before.into_iter().rev().collect::<String>().to_lowercase();
    lexicon.port_words.iter().any(|word| before.contains(word.as_str()))
}

/// "One of these ports, 3 times": what follows says that the number is no port.
fn is_counted(text: &str, end: usize, lexicon: &Lexicon) -> bool {
    let behind: String = text[end..].trim_start().chars().take(NEAR).collect::<String>().to_lowercase();
    lexicon.counted_words.iter().any(|word| behind.starts_with(word.as_str()))
}

fn other_ports(comparison: &Comparison<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let known = known_numbers(comparison);
    let mut said = BTreeSet::new();
    for (port, span) in &comparison.prose_ports {
        let is_in_range = comparison.expected.items.iter().filter_map(|item| item.port.numbers());
        let is_known =
            known.contains(port) || is_in_range.into_iter().any(|(first, last)| (first..=last).contains(port));
        if is_known || !said.insert(*port) {
            continue;
        }
        diagnostics.push(
            Diagnostic::warning(
                Code::OnlyOnPage,
                format!("a sentence of the page names port {port}, the source nowhere does"),
            )
            .at(*span)
            .mark("only on the page")
            .help("if it is a requirement, add a flow; if it is an example, nothing has to be done"),
        );
    }
}

/// Ports of the product and every number its texts give.
fn known_numbers(comparison: &Comparison<'_>) -> BTreeSet<u16> {
    let mut known = comparison.lexicon.ports.clone();
    let product = &comparison.site.model[comparison.product];
    let flows = product.flows.iter().chain(&product.blocked).map(|flow| &comparison.site.model[*flow]);
    let source_ports = flows.flat_map(|flow| &flow.from_ports).filter_map(|from| from.port.numbers());
    known.extend(source_ports.flat_map(|(first, last)| [first, last]));
    let units = comparison.site.texts.units().filter(|unit| unit.product == Some(comparison.product));
    for text in units.flat_map(crate::l10n::Unit::written) {
        let numbers = tokens(&text.written, &comparison.lexicon).into_iter().filter_map(|token| match token.kind {
            TokenKind::Number(number) => Some(number),
            _ => None,
        });
        known.extend(numbers);
    }
    known
}

fn other_addresses(comparison: &Comparison<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let flows = comparison.site.model[comparison.product].flows.iter().map(|flow| &comparison.site.model[*flow]);
    let own: BTreeSet<String> = flows
        .flat_map(|flow| flow.to.hosts.list.iter().chain(&flow.from.hosts.list))
        .map(|address| normal(&address.text))
        .collect();
    let mut said: BTreeSet<Option<Span>> = diagnostics.iter().map(|said| said.span).collect();
    let mut left = MOST_SHOWN;
    for (token, span) in prose_tokens(comparison) {
        let TokenKind::Address(address) = &token.kind else { continue };
        let normal = normal(address);
        let is_known = own.contains(&normal) || comparison.known_addresses.contains(&normal);
        if is_known || left == 0 || !said.insert(Some(span)) {
            continue;
        }
        left -= 1;
        diagnostics.push(
            Diagnostic::warning(
                Code::OnlyOnPage,
                format!("a sentence of the page names `{address}`, the source nowhere does"),
            )
            .at(span)
            .mark("only on the page")
            .help(
                "if it is a destination, add it to a flow's `hosts`; if it is a further page, nothing has to be done",
            ),
        );
    }
}

/// What stands in prose, with its places.
fn prose_tokens<'a>(comparison: &'a Comparison<'_>) -> impl Iterator<Item = (&'a Token, Span)> {
    let page = &comparison.page;
    page.prose.iter().flat_map(move |piece| {
        page.tokens_of(piece).filter_map(|token| Some((token, page.cells[piece.cell].0.span_of(token.range.clone())?)))
    })
}

/// Versions of the product: those the page gives in a row with a known one.
fn compare_versions(comparison: &Comparison<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let product = &comparison.site.model[comparison.product];
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut first = None;
    for (cell, tokens) in &comparison.page.cells {
        for (position, token) in tokens.iter().enumerate() {
            let TokenKind::Version(version) = &token.kind else { continue };
            if product.versions.contains(version) {
                found.insert(version);
                first = first.or_else(|| cell.span_of(token.range.clone()));
            } else if is_listed_with_known(tokens, position, &product.versions) {
                let Some(span) = cell.span_of(token.range.clone()) else { continue };
                diagnostics.push(
                    Diagnostic::error(
                        Code::OnlyOnPage,
                        format!("the page names version {version}, the source does not"),
                    )
                    .at(span)
                    .mark("only on the page")
                    .label(product.span, "the product; see `versions`")
                    .help("correct the page, or check the facts for this version and add it to `versions`"),
                );
            }
        }
    }
    let Some(first) = first else { return };
    for version in product.versions.iter().filter(|version| !found.contains(version.as_str())) {
        diagnostics.push(
            Diagnostic::error(Code::LackingOnPage, format!("the page lacks version {version}"))
                .at(first)
                .mark("the page lists versions here")
                .label(product.span, "the product; see `versions`")
                .help(format!("add {version} to the page, or remove it from `versions`")),
        );
    }
}

/// "3.7, 3.9": only a comma or a short word stands between the two.
fn is_listed_with_known(tokens: &[Token], position: usize, known: &[String]) -> bool {
    let is_joined = |kind: &TokenKind| matches!(kind, TokenKind::Joint | TokenKind::Mark(',' | '/'));
    let is_known = |kind: &TokenKind| matches!(kind, TokenKind::Version(version) if known.contains(version));
    let at = |position: usize| tokens.get(position).map(|token| &token.kind);
    let before = position >= 2 && at(position - 1).is_some_and(is_joined) && at(position - 2).is_some_and(is_known);
    before || at(position + 1).is_some_and(is_joined) && at(position + 2).is_some_and(is_known)
}

/// The month a page gives for itself, where the source gives one.
fn compare_date(comparison: &Comparison<'_>) -> Option<Diagnostic> {
    let model = &comparison.site.model;
    let sources: Vec<_> = model[comparison.product].sources.iter().map(|source| &model[*source]).collect();
    let known: Vec<Date> = sources.iter().filter_map(|source| source.as_of).collect();
    let own = *known.first()?;
    let months: Vec<(Date, Span)> = prose_tokens(comparison)
        .filter_map(|(token, span)| match token.kind {
            TokenKind::Date(date) if date.day.is_none() == own.day.is_none() => Some((date, span)),
            _ => None,
        })
        .collect();
    let (date, span) = *months.first().filter(|_| months.iter().all(|(date, _)| !known.contains(date)))?;
    let source = sources.iter().find(|source| source.as_of == Some(own))?;
    Some(
        Diagnostic::error(Code::DiffersOnPage, format!("the page is as of {date}, the source as of {own}"))
            .at(span)
            .mark(format!("the page: {date}"))
            .label(source.span, format!("the source: {own}"))
            .help("if the page is newer, read it again and change `as-of` and `read`"),
    )
}
