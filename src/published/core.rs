//! The core of a row: ports, transports and protocols that stand together, alone in their cells or
//! in front of other text. What a core is made of is a fact; everything else is its context.

use std::ops::Range;

use crate::model::ServiceId;
use crate::value::{Port, Protocol, Traffic, Transport};
use crate::words::is_wide;

use super::lexicon::Lexicon;
use super::token::{Token, TokenKind};

/// A fact of a core and where it stands: the position of its cell, and the part of its text.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) kind: TokenKind,
    pub(crate) cell: usize,
    pub(crate) range: Range<usize>,
}

/// Ports that share their transports and protocols.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) ports: Vec<Fact>,
    pub(crate) transports: Vec<Transport>,
    pub(crate) protocols: Vec<Fact>,
}

/// What a page says of one port in one row.
#[derive(Clone, Debug)]
pub(crate) struct PageItem {
    /// Position of its row.
    pub(crate) row: usize,
    pub(crate) port: PagePort,
    pub(crate) transports: Vec<Transport>,
    pub(crate) services: Vec<ServiceId>,
    /// A protocol the site does not know, as written.
    pub(crate) unknown_protocol: Option<String>,
    /// Where the port is written.
    pub(crate) at: Fact,
    /// Where the protocols are written.
    pub(crate) protocol_at: Option<Fact>,
    /// It stands in a cell that began in a row above.
    pub(crate) is_carried: bool,
}

/// How a cell takes part in a core.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum CellPart {
    /// Nothing but facts.
    Whole(Vec<Token>),
    /// Facts in front; the text from the given offset on is context.
    Front(Vec<Token>, usize),
    /// Facts at the end; the text up to the given offset is context.
    Back(Vec<Token>, usize),
    /// Protocols in front, which belong to a port in a cell before.
    Continued(Vec<Token>, usize),
    None,
}

/// What part a cell takes.
pub(crate) fn part_of(text: &str, tokens: &[Token], lexicon: &Lexicon) -> CellPart {
    if let Some(facts) = whole(tokens) {
        let is_name = facts.iter().all(|token| matches!(token.kind, TokenKind::Protocol(_)))
            && lexicon.begins_with_component(text);
        return if is_name { CellPart::None } else { CellPart::Whole(facts) };
    }
    if lexicon.begins_with_component(text) {
        return back(text, tokens).unwrap_or(CellPart::None);
    }
    front(text, tokens, lexicon).or_else(|| back(text, tokens)).unwrap_or(CellPart::None)
}

/// The facts of a cell that says nothing else; what stands in parentheses may say more.
pub(crate) fn whole(tokens: &[Token]) -> Option<Vec<Token>> {
    let mut facts: Vec<Token> = Vec::new();
    let mut joints = 0;
    let mut has_unknown = false;
    let tokens = without_asides(tokens);
    let last = tokens.iter().rposition(|token| token.kind.is_fact())?;
    for (position, token) in tokens.iter().enumerate() {
        match &token.kind {
            kind if kind.is_fact() => {
                facts.push((*token).clone());
                joints = 0;
            }
            TokenKind::Joint if !facts.is_empty() && (position < last || has_unknown) && joints == 0 => joints += 1,
            TokenKind::PortWord | TokenKind::Mark(_) => {}
            // "FTP over TCP": a protocol the site does not know.
            TokenKind::Capitals if !has_unknown => {
                has_unknown = true;
                facts.push((*token).clone());
                joints = 0;
            }
            _ => return None,
        }
    }
    let has_transport = facts.iter().any(|token| matches!(token.kind, TokenKind::Transport(_)));
    (!has_unknown || has_transport).then_some(facts)
}

/// Tokens less those in parentheses that hold words beside facts.
fn without_asides(tokens: &[Token]) -> Vec<&Token> {
    let mut kept: Vec<&Token> = Vec::new();
    let mut open = None;
    for token in tokens {
        kept.push(token);
        match token.kind {
            TokenKind::Mark('(' | '[') if open.is_none() => open = Some(kept.len() - 1),
            TokenKind::Mark(')' | ']') => {
                let Some(start) = open.take() else { continue };
                let aside = &kept[start..];
                let has_facts = aside.iter().any(|token| token.kind.is_fact());
                let has_words = aside.iter().any(|token| {
                    !(token.kind.is_fact() || matches!(token.kind, TokenKind::Mark(_) | TokenKind::Joint))
                });
                if has_words || !has_facts {
                    kept.truncate(start);
                }
            }
            _ => {}
        }
    }
    kept
}

/// "TCP 443 HTTPS Web browser", "22TCP…": a port and its transport or protocol before other text.
fn front(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Option<CellPart> {
    let mut facts: Vec<Token> = Vec::new();
    let mut end = 0;
    let mut parentheses = 0_i32;
    for token in tokens {
        let is_name = matches!(token.kind, TokenKind::Protocol(_))
            && !facts.is_empty()
            && lexicon.begins_with_component(&text[token.range.start..]);
        match &token.kind {
            kind if kind.is_fact() && !is_name => {
                facts.push(token.clone());
                end = token.range.end;
            }
            // An item of a list.
            TokenKind::Mark('•') if facts.is_empty() => {}
            TokenKind::PortWord if !facts.is_empty() => end = token.range.end,
            TokenKind::Mark('(') if !facts.is_empty() => parentheses += 1,
            TokenKind::Mark(')') if parentheses > 0 => {
                parentheses -= 1;
                end = token.range.end;
            }
            TokenKind::Mark(':' | '/' | ',' | '+' | '&' | '.' | '※') | TokenKind::Joint if !facts.is_empty() => {}
            _ => break,
        }
    }
    let has = |is: fn(&TokenKind) -> bool| facts.iter().any(|token| is(&token.kind));
    let has_port = has(TokenKind::is_port);
    let has_other = has(|kind| matches!(kind, TokenKind::Transport(_) | TokenKind::Protocol(_)));
    let rest = &text[end..];
    let goes_on = rest.chars().next()?;
    let first_word = rest.trim_start().split(|c: char| !c.is_alphanumeric() || is_wide(c)).next().unwrap_or_default();
    // "TCP:8081は…" and "443 muss …" are sentences; "443 vCenter" is none.
    let is_small = !first_word.is_empty() && first_word.chars().all(char::is_lowercase);
    let is_sentence = matches!(goes_on, '\u{3041}'..='\u{309f}') || is_small;
    if is_sentence || facts.is_empty() {
        return None;
    }
    if has_port && (has_other || facts.iter().all(|token| token.kind == TokenKind::EveryPort)) {
        return Some(CellPart::Front(facts, end));
    }
    let is_protocol = !has_port && facts.iter().all(|token| matches!(token.kind, TokenKind::Protocol(_)));
    (is_protocol && goes_on.is_whitespace()).then_some(CellPart::Continued(facts, end))
}

/// "…ゲートウェイTCP:22": a transport and its port behind other text.
fn back(text: &str, tokens: &[Token]) -> Option<CellPart> {
    let mut start = tokens.len();
    for (position, token) in tokens.iter().enumerate().rev() {
        match token.kind {
            TokenKind::Transport(_)
            | TokenKind::Number(_)
            | TokenKind::Range(..)
            | TokenKind::Mark(':' | '/' | ',') => start = position,
            _ => break,
        }
    }
    let tail = &tokens[start..];
    let [first, mark, second, ..] = tail else { return None };
    let is_pair = matches!(
        (&first.kind, &mark.kind, &second.kind),
        (TokenKind::Transport(_), TokenKind::Mark(':' | '/'), TokenKind::Number(_) | TokenKind::Range(..))
            | (TokenKind::Number(_) | TokenKind::Range(..), TokenKind::Mark('/'), TokenKind::Transport(_))
    );
    // A bullet begins a remark, not a cell.
    let is_remark = matches!(tokens.first().map(|token| &token.kind), Some(TokenKind::Mark('・' | '※')));
    let facts = tail.iter().filter(|token| token.kind.is_fact()).cloned().collect();
    (is_pair && !is_remark && start > 0 && !text.ends_with(['。', '.']))
        .then_some(CellPart::Back(facts, first.range.start))
}

/// Parts facts in a row into groups: what comes first in each, the ports or the transports, comes
/// first in all.
pub(crate) fn groups(facts: &[Fact]) -> Vec<Group> {
    let is_port_first = facts.first().is_some_and(|fact| fact.kind.is_port());
    let mut groups: Vec<Group> = Vec::new();
    let mut current = Group::default();
    for fact in facts {
        let begins = if fact.kind.is_port() {
            is_port_first && !(current.transports.is_empty() && current.protocols.is_empty())
        } else {
            let is_transport = matches!(fact.kind, TokenKind::Transport(_));
            !is_port_first && is_transport && !current.ports.is_empty() && ends_line(&current, fact)
        };
        if begins {
            groups.push(std::mem::take(&mut current));
        }
        match &fact.kind {
            TokenKind::Transport(transport) if !current.transports.contains(transport) => {
                current.transports.push(*transport);
            }
            TokenKind::Protocol(_) | TokenKind::Capitals => current.protocols.push(fact.clone()),
            kind if kind.is_port() && !current.ports.iter().any(|port| port.kind == *kind) => {
                current.ports.push(fact.clone());
            }
            _ => {}
        }
    }
    groups.push(current);
    groups
}

/// "TCP 443 HTTPS over TCP": a transport that repeats the group's own begins no new one.
fn ends_line(current: &Group, fact: &Fact) -> bool {
    let is_same_cell = current.protocols.last().is_some_and(|protocol| protocol.cell == fact.cell);
    !(is_same_cell && matches!(&fact.kind, TokenKind::Transport(transport) if current.transports.contains(transport)))
}

/// What a group says of each of its ports.
pub(crate) fn items(group: &Group, row: usize, lexicon: &Lexicon) -> Vec<PageItem> {
    let words = |facts: &[Fact]| -> Vec<String> {
        let word = |fact: &Fact| match &fact.kind {
            TokenKind::Protocol(word) => Some(word.clone()),
            _ => None,
        };
        facts.iter().filter_map(word).collect()
    };
    // "A random port from 10001–65535" is one port.
    let is_random = group.ports.iter().any(|fact| fact.kind == TokenKind::RandomPort);
    let range = group.ports.iter().find(|fact| is_random && matches!(fact.kind, TokenKind::Range(..)));
    let ports: Vec<&Fact> = if let Some(range) = range { vec![range] } else { group.ports.iter().collect() };
    let services = lexicon.services_of(&words(&group.protocols));
    // "80 or 443, HTTP or HTTPS": each port has the protocol of its place.
    let is_paired = ports.len() > 1 && services.len() == ports.len();
    let item = |(position, fact): (usize, &&Fact)| PageItem {
        row,
        port: match &fact.kind {
            TokenKind::Range(first, last) if is_random => PagePort::Stated(Port::Random(*first, *last)),
            kind => port(kind),
        },
        transports: group.transports.clone(),
        services: if is_paired { vec![services[position]] } else { services.clone() },
        unknown_protocol: None,
        at: (*fact).clone(),
        protocol_at: joined(&group.protocols),
        is_carried: false,
    };
    ports.iter().enumerate().map(item).collect()
}

/// All of the protocols' words, as far as they stand in one cell.
fn joined(protocols: &[Fact]) -> Option<Fact> {
    let first = protocols.first()?;
    let last = protocols.iter().rfind(|fact| fact.cell == first.cell)?;
    Some(Fact { range: first.range.start..last.range.end, ..first.clone() })
}

/// What a rule would open, as a page or the source says it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum PagePort {
    /// A port that a source could say too.
    Stated(Port),
    /// One chosen at random, between numbers that the page keeps to itself.
    Random,
    /// A protocol without ports.
    Bare(Protocol),
}

impl PagePort {
    /// The port as a source would say it, if it could.
    pub(crate) fn stated(self) -> Option<Port> {
        match self {
            Self::Stated(port) => Some(port),
            Self::Random | Self::Bare(_) => None,
        }
    }

    /// Its first and its last number.
    pub(crate) fn numbers(self) -> Option<(u16, u16)> {
        self.stated().and_then(Port::numbers)
    }

    /// With what it is: `port 443`, `protocol icmp`.
    pub(crate) fn named(self) -> String {
        match self {
            Self::Stated(_) | Self::Random => format!("port {self}"),
            Self::Bare(_) => format!("protocol {self}"),
        }
    }
}

impl std::fmt::Display for PagePort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stated(port) => port.fmt(f),
            Self::Random => f.write_str("chosen at random"),
            Self::Bare(protocol) => f.write_str(&Traffic::Bare(*protocol).written()),
        }
    }
}

pub(crate) fn port(kind: &TokenKind) -> PagePort {
    PagePort::Stated(match kind {
        TokenKind::Number(number) => Port::Number(*number),
        TokenKind::Range(first, last) => Port::Range(*first, *last),
        TokenKind::RandomPort => return PagePort::Random,
        _ => Port::Any,
    })
}
