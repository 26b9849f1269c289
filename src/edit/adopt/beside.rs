//! What the cells of ports and protocols say beside them: that one is enough, that both transports carry
//! them, and words that are no fact and must not be lost.

use std::collections::BTreeSet;

use crate::published::core::{PageItem, PagePort};
use crate::published::lexicon::Lexicon;
use crate::published::token::{Token, TokenKind};
use crate::value::Port;

use super::row::RowLine;

/// What a column of protocols says of all ports, in words that are no transport.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Carried {
    /// Nothing: the ports have their own, or a service has.
    ByPorts,
    /// TCP and UDP.
    ByBoth,
    /// A word that leaves it open: "IP", "Any".
    Open(String),
}

/// Names of what carries transports: a page that has one in place of a transport says nothing.
const NO_TRANSPORT: &[&str] = &["ip", "ipv4", "ipv6"];
/// Marks that part facts and say nothing; any other may lead to a footnote.
const PARTING: &[char] = &[',', '/', ';', ':', '(', ')', '[', ']', '+', '&', '-', '–', '•', '・', '.', '|', '"'];

/// Whether a text stands where a transport should and is none.
pub(super) fn is_no_transport(text: &str, lexicon: &Lexicon) -> bool {
    let text = text.trim().to_lowercase();
    text == "*" || NO_TRANSPORT.contains(&text.as_str()) || lexicon.every_words.contains(&text)
}

/// Whether one of a cell's ports is enough: "25 or 587"; of "TCP or UDP 53" none is.
pub(super) fn needs_one(text: &str, tokens: &[Token], lexicon: &Lexicon) -> bool {
    let is_or = |token: &Token| {
        let word = text[token.range.clone()].to_lowercase();
        !token.kind.is_fact() && lexicon.one_of_words.contains(&word)
    };
    let facts = |tokens: &[Token]| -> Vec<TokenKind> {
        tokens.iter().filter(|token| token.kind.is_fact()).map(|token| token.kind.clone()).collect()
    };
    let is_between_ports = |position: usize| {
        let (before, behind) = (facts(&tokens[..position]), facts(&tokens[position + 1..]));
        let follows = match behind.as_slice() {
            [first, ..] if first.is_port() => true,
            [TokenKind::Transport(_), second, ..] => second.is_port() && before.last().is_some_and(TokenKind::is_port),
            _ => false,
        };
        follows && before.iter().any(TokenKind::is_port)
    };
    (0..tokens.len()).any(|position| is_or(&tokens[position]) && is_between_ports(position))
}

/// A port of a cell that none of its row's items has, as written.
pub(super) fn unread_port<'t>(text: &'t str, tokens: &[Token], items: &[&PageItem]) -> Option<&'t str> {
    // Numbers beside a protocol without ports are its own or its types.
    if items.iter().any(|item| matches!(item.port, PagePort::Bare(_) | PagePort::Random)) {
        return None;
    }
    let is_read = |token: &&Token| items.iter().any(|item| item.at.kind == token.kind);
    let is_random = items.iter().any(|item| item.at.kind == TokenKind::RandomPort)
        || tokens.iter().any(|token| token.kind == TokenKind::RandomPort) && items.len() == 1;
    let own = tokens.iter().filter(|token| token.kind.is_port());
    let unread = own.filter(|_| !is_random).find(|token| !is_read(token)).map(|token| &text[token.range.clone()]);
    unread.or_else(|| word_in_list(text, tokens))
}

/// A word that stands in a list of ports as one of them: "443/tcp, Dynamic".
fn word_in_list<'t>(text: &'t str, tokens: &[Token]) -> Option<&'t str> {
    let mut depth = 0_i32;
    let mut part: Vec<&Token> = Vec::new();
    let alone = |part: &[&Token]| matches!(part, [only] if only.kind == TokenKind::Word).then(|| part[0].range.clone());
    let mut found = None;
    let mut parts = 1;
    for token in tokens {
        match token.kind {
            TokenKind::Mark('(' | '[') => depth += 1,
            TokenKind::Mark(')' | ']') => depth -= 1,
            TokenKind::Mark(',' | ';') if depth == 0 => {
                found = found.or(alone(&part));
                part.clear();
                parts += 1;
                continue;
            }
            _ => {}
        }
        part.push(token);
    }
    found.or(alone(&part)).filter(|_| parts > 1).map(|range| &text[range])
}

/// Whether a cell of ports or protocols says something beside them.
pub(super) fn says_more(text: &str, tokens: &[Token], is_of_ports: bool) -> bool {
    tokens.iter().any(|token| match token.kind {
        TokenKind::Word | TokenKind::Capitals | TokenKind::Address(_) | TokenKind::Date(_) => true,
        TokenKind::Mark(mark) => is_of_ports && !PARTING.contains(&mark) && !text[token.range.clone()].is_empty(),
        _ => false,
    })
}

/// The one port of a column of source ports, with each transport that it names or that the row's lines have.
pub(super) fn source_ports(tokens: &[Token], lines: &[RowLine]) -> Option<Vec<String>> {
    let is_plain = |token: &Token| {
        matches!(token.kind, TokenKind::Number(_) | TokenKind::Range(..) | TokenKind::Transport(_))
            || matches!(token.kind, TokenKind::PortWord | TokenKind::Mark('/' | ':'))
    };
    let mut ports = tokens.iter().filter_map(|token| match token.kind {
        TokenKind::Number(number) => Some(Port::Number(number)),
        TokenKind::Range(first, last) => Some(Port::Range(first, last)),
        _ => None,
    });
    let port = ports.next().filter(|_| ports.next().is_none() && tokens.iter().all(is_plain))?;
    let of_lines = lines.iter().filter_map(|line| line.traffic.rsplit_once('/'));
    let of_lines: BTreeSet<&str> = of_lines.flat_map(|(_, carriers)| carriers.split('+')).collect();
    let named = tokens.iter().filter_map(|token| match token.kind {
        TokenKind::Transport(transport) => Some(transport.as_str()),
        _ => None,
    });
    let named: BTreeSet<&str> = named.collect();
    // A source port over a transport that no line has would be of nothing.
    let transports =
        if named.is_empty() { of_lines } else { Some(named).filter(|named| named.is_subset(&of_lines))? };
    let written: Vec<String> = transports.iter().map(|transport| format!("{port}/{transport}")).collect();
    (!written.is_empty()).then_some(written)
}
