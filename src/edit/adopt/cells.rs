//! What the cells of a row say beside its ports: who stands at an end, by which addresses, and protocols
//! that have no ports.

use std::collections::BTreeSet;

use crate::diagnostic::Report;
use crate::parse::address::parse_address;
use crate::published::bare;
use crate::published::lexicon::Lexicon;
use crate::published::token::{Token, TokenKind};
use crate::span::{FileId, Span};
use crate::value::{Port, Traffic};

use super::row::{Parties, RowEnd};

/// A longer text is a sentence about an end, not its name.
const LONGEST_NAME: usize = 80;
/// What parts names in a cell, beside line breaks.
const SEPARATORS: &[char] = &[',', '、', ';', '；', '，', '•', '・'];
/// What stands around a name and is no part of it.
const EDGES: &[char] =
    &[' ', '\u{3000}', '*', '※', '•', '-', '–', '—', ':', '：', '`', '"', '“', '”', '„', '|', '/', '.', '。'];
/// What a page writes for "everywhere".
const EVERYWHERE: &[&str] = &["*", "0.0.0.0/0", "::/0"];

/// What a cell of an end says beside names and addresses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Beside {
    Nothing,
    /// Words around a name: a label, an aside.
    Words,
    /// What may be a condition of the row.
    Case,
}

/// Reads a cell that names an end, and tells what it says beside that.
pub(super) fn read_end(text: &str, tokens: &[Token], lexicon: &Lexicon) -> (RowEnd, Beside) {
    let mut end = RowEnd::default();
    if EVERYWHERE.contains(&text.trim()) || is_every(text, lexicon) {
        end.parties = Parties::Any;
        return (end, Beside::Nothing);
    }
    end.hosts = addresses(tokens);
    let rest = without(text, tokens, |token| matches!(token.kind, TokenKind::Address(_)));
    let mut names = Vec::new();
    let mut beside = Beside::Nothing;
    for part in rest.split(SEPARATORS).flat_map(str::lines) {
        if lexicon.has_condition(part) {
            beside = Beside::Case;
            continue;
        }
        // "Service: a.example.com and b.example.com".
        let whole = part;
        let part = if end.hosts.is_empty() { part } else { part.split(": ").next().unwrap_or(part) };
        let name = trim_name(part);
        if beside == Beside::Nothing && letters(name) < letters(whole) {
            beside = Beside::Words;
        }
        // "Subnets:" before addresses, "(intranet)" below a name.
        let is_label = !end.hosts.is_empty() && part.trim_end().ends_with([':', '：']);
        let is_aside = name.starts_with(['(', '（']) && name.ends_with([')', '）']);
        if beside == Beside::Nothing && (is_label || is_aside) {
            beside = Beside::Words;
        }
        if is_label || is_aside || name.is_empty() || is_lost(name) || !name.chars().any(char::is_alphabetic) {
            continue;
        }
        // "which were made before …" goes on with a sentence; an address with a port in it is no name either.
        let is_clause = name.starts_with(char::is_lowercase) && name.split(' ').count() > 3;
        if is_clause
            || name.contains("://")
            || name.chars().count() > LONGEST_NAME
            || part.trim_end().ends_with(['。', '!', '?'])
        {
            beside = Beside::Case;
            continue;
        }
        names.push(name.to_owned());
    }
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    if !names.is_empty() {
        end.parties = Parties::Named(names);
    }
    (end, beside)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn trim_name(part: &str) -> &str {
    let name = part.trim_matches(EDGES);
    // A bracket that the split left open is no part of a name.
    match name.char_indices().find(|(_, c)| matches!(c, '(' | '（')) {
        Some((at, _)) if !name.contains([')', '）']) => name[..at].trim_matches(EDGES),
        Some(_) => name,
        None => name.trim_matches([')', '）']).trim_matches(EDGES),
    }
}

/// "Any", "すべて".
fn is_every(text: &str, lexicon: &Lexicon) -> bool {
    let word = text.trim_matches(EDGES).to_lowercase();
    lexicon.every_words.contains(&word)
}

/// What a cell holds in place of something that is not to be said.
pub(super) fn is_lost(text: &str) -> bool {
    let text = text.trim_matches([' ', '\u{3000}', '.']);
    text.is_empty()
        || text.chars().all(|c| matches!(c, '-' | '–' | '—' | '－' | 'ー' | '?' | '？'))
        || ["n/a", "na", "none", "tbd"].contains(&text.to_lowercase().as_str())
}

/// Addresses in the form of the content.
pub(super) fn addresses(tokens: &[Token]) -> BTreeSet<String> {
    written_addresses(tokens).filter(|address| is_sayable(address)).map(str::to_owned).collect()
}

/// Addresses that the content can't say, with placeholders of the page's own.
pub(super) fn odd_addresses(tokens: &[Token]) -> impl Iterator<Item = &str> {
    written_addresses(tokens).filter(|address| !is_sayable(address))
}

fn written_addresses(tokens: &[Token]) -> impl Iterator<Item = &str> {
    let addresses = tokens.iter().filter_map(|token| match &token.kind {
        TokenKind::Address(address) => Some(address.as_str()),
        _ => None,
    });
    addresses.filter(|address| !EVERYWHERE.contains(address))
}

fn is_sayable(address: &str) -> bool {
    let mut report = Report::default();
    parse_address(address, Span::new(FileId(0), 0..0), &mut report).is_some() && !report.has_errors()
}

/// Whether a cell holds addresses and no words.
pub(super) fn is_of_addresses(text: &str, tokens: &[Token]) -> bool {
    let rest = without(text, tokens, |token| matches!(token.kind, TokenKind::Address(_)));
    !addresses(tokens).is_empty() && !rest.chars().any(char::is_alphanumeric)
}

/// A text less some of its tokens.
pub(super) fn without(text: &str, tokens: &[Token], is_out: impl Fn(&Token) -> bool) -> String {
    let mut rest = String::new();
    let mut at = 0;
    for token in tokens.iter().filter(|token| is_out(token)) {
        rest.push_str(&text[at..token.range.start.max(at)]);
        at = token.range.end;
    }
    rest.push_str(&text[at..]);
    rest
}

/// Protocols without ports, as the content writes them. `words`: what the page calls a protocol.
pub(super) fn bare_protocols(text: &str, words: &[String]) -> Vec<String> {
    let found = bare::bare_protocols(text, words).into_iter();
    found.map(|(protocol, _)| Traffic::Bare(protocol).written()).collect()
}

/// What carries a port that its reader chooses: "the TCP port you have set".
pub(super) fn chosen_port(tokens: &[Token]) -> Option<String> {
    let has_word = tokens.iter().any(|token| token.kind == TokenKind::PortWord);
    let has_port = tokens.iter().any(|token| token.kind.is_port());
    let transport = tokens.iter().find_map(|token| match token.kind {
        TokenKind::Transport(transport) => Some(transport),
        _ => None,
    });
    let transport = transport.filter(|_| has_word && !has_port)?;
    Some(format!("{}/{}", Port::Configured, transport.as_str()))
}

/// Names of services that a cell of protocols holds and the site does not know.
pub(super) fn unknown_services(text: &str, tokens: &[Token], words: &[String]) -> Vec<String> {
    if !bare_protocols(text, words).is_empty() {
        return Vec::new();
    }
    // A short word alone may be a service; beside a fact it joins: "DNS over UDP".
    let is_alone = tokens.len() == 1;
    let is_known = |token: &Token| {
        token.kind.is_fact() || token.kind == TokenKind::PortWord || token.kind == TokenKind::Joint && !is_alone
    };
    // "UDP (TCP for large answers)" is a sentence, and names no service in lower case.
    let words = tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Joint)).count();
    let is_sentence = words > 2;
    let rest = without(text, tokens, is_known);
    let parts = rest.split([',', '/', '+', '&', '、', '\n', '(', ')', '（', '）', ';']).flat_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        // "SSH over TCP" is one service; "internal message bus" is a description.
        let names: Vec<&str> = words.into_iter().filter(|word| word.len() > 1).collect();
        let is_small = |name: &&str| name.chars().all(char::is_lowercase);
        let kept: Vec<&str> =
            if names.len() > 1 { names.into_iter().filter(|name| !is_small(name)).collect() } else { names };
        if kept.len() == 1 { kept } else { Vec::new() }
    });
    let is_name = |name: &&str| {
        name.len() <= 20
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
            && !is_lost(name)
            && !(is_sentence && name.chars().all(char::is_lowercase))
    };
    parts.filter(is_name).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_a_name_that_says_nothing() {
        for text in ["-", "–", "N/A", "", " ? "] {
            assert!(is_lost(text), "{text}");
        }
        assert!(!is_lost("Agent"));
        assert_eq!(trim_name(" • Agent (Linux) *"), "Agent (Linux)");
        assert_eq!(trim_name("Agent (on"), "Agent");
    }
}
