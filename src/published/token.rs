//! A cell's text → what stands in it: numbers, ports, transports, protocols, addresses, dates. Words
//! are kept by their kind only: whether a cell says anything beside facts decides what it is.

use std::ops::Range;

use crate::diagnostic::Report;
use crate::parse::address::parse_address;
use crate::span::{FileId, Span};
use crate::value::date::parse_date;
use crate::value::{AddressKind, Date, Transport};
use crate::words::is_wide;

use super::bound::bounded;
use super::lexicon::Lexicon;

/// One thing in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum TokenKind {
    /// Digits that may be a port.
    Number(u16),
    /// Two of them, from and to.
    Range(u16, u16),
    Transport(Transport),
    /// A word of a service's name, in lower case.
    Protocol(String),
    /// In the form of the data files.
    Address(String),
    Date(Date),
    /// Digits with dots, as versions have.
    Version(String),
    EveryPort,
    RandomPort,
    /// "port" in the page's language.
    PortWord,
    /// A short word that may join two facts: "over", "または".
    Joint,
    /// A word in capitals, as names of protocols are.
    Capitals,
    Word,
    Mark(char),
}

impl TokenKind {
    pub(crate) fn is_port(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Range(..) | Self::EveryPort | Self::RandomPort)
    }

    /// What a port cell or a protocol cell is made of.
    pub(crate) fn is_fact(&self) -> bool {
        self.is_port() || matches!(self, Self::Transport(_) | Self::Protocol(_))
    }
}

/// Reads a text from left to right.
pub(crate) fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut scanner = Scanner { text, at: 0, lexicon, list: Vec::new() };
    while scanner.at < text.len() {
        scanner.read_next();
    }
    scanner.list
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    lexicon: &'a Lexicon,
    list: Vec<Token>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        self.list.push(Token { kind, range: self.at..self.at + length });
        self.at += length;
    }

    fn read_next(&mut self) {
        let Some(c) = self.rest().chars().next() else { return };
        if c.is_whitespace() {
            self.at += c.len_utf8();
        } else if let Some((length, address)) = self.address() {
            self.push(TokenKind::Address(address), length);
        } else if to_ascii(c).is_ascii_digit() {
            self.read_number();
        } else if is_wide(c) && c.is_alphanumeric() && to_ascii(c) == c {
            self.read_wide();
        } else if c.is_alphanumeric() {
            self.read_latin();
        } else {
            self.push(TokenKind::Mark(to_ascii(c)), c.len_utf8());
        }
    }

    fn address(&self) -> Option<(usize, String)> {
        let before = self.text[..self.at].chars().next_back();
        let is_inside = before.is_some_and(|c| c.is_ascii_alphanumeric() || "._-@/".contains(c));
        if is_inside { None } else { address_at(self.rest()) }
    }

    fn read_number(&mut self) {
        if let Some((length, date)) = date_at(self.rest(), self.lexicon) {
            return self.push(TokenKind::Date(date), length);
        }
        let rest = self.rest();
        let length = digits(rest);
        let mut written: String = rest[..length].chars().map(to_ascii).collect();
        let mut length = length;
        if let Some(group) = group_behind(&rest[length..]).filter(|_| length <= 2) {
            written.push_str(group);
            length += 1 + group.len();
        }
        let number = written.parse::<u16>().ok();
        let behind = &rest[length..];
        if behind.starts_with('.') && behind[1..].starts_with(|c: char| c.is_ascii_digit()) {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            let version = rest[..end].trim_end_matches('.').to_owned();
            return self.push(TokenKind::Version(version.clone()), version.len());
        }
        // "64bit" and "2FA" are words, "443TCP" is a port and its transport.
        let letters = behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
        if letters > 0 && self.known_prefix(&behind[..letters]).is_none() {
            return self.push(TokenKind::Word, length + letters);
        }
        let Some(number) = number.filter(|number| *number > 0) else { return self.push(TokenKind::Word, length) };
        if let Some((second, end)) = range_end(behind, self.lexicon)
            && second > number
        {
            return self.push(TokenKind::Range(number, second), length + end);
        }
        let at = self.at..self.at + length;
        if let Some(((first, last), range)) = bounded(self.text, at, number, self.lexicon) {
            while self.list.pop_if(|token| token.range.start >= range.start).is_some() {}
            self.at = range.start;
            return self.push(TokenKind::Range(first, last), range.len());
        }
        self.push(TokenKind::Number(number), length);
    }

    /// A run of a script without spaces: kana and Han, without marks and digits.
    fn read_wide(&mut self) {
        let rest = self.rest();
        let is_inside = |c: char| is_wide(c) && c.is_alphanumeric() && to_ascii(c) == c;
        let length = rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
        let run = &rest[..length];
        let has = |words: &[String]| words.iter().any(|word| run.contains(word.as_str()));
        let is_joint = run.chars().count() <= 4 && !run.contains(|c| matches!(c, '\u{30a1}'..='\u{30ff}'));
        let kind = if has(&self.lexicon.random_words) {
            TokenKind::RandomPort
        } else if self.lexicon.every_words.iter().any(|word| {
            word == run || has(&self.lexicon.port_words) && run.starts_with(word.as_str()) && run.chars().count() <= 8
        }) {
            TokenKind::EveryPort
        } else if has(&self.lexicon.port_words) && run.chars().count() <= 5 {
            TokenKind::PortWord
        } else if is_joint {
            TokenKind::Joint
        } else {
            TokenKind::Word
        };
        self.push(kind, length);
    }

    fn read_latin(&mut self) {
        if let Some((length, date)) = named_date_at(self.rest(), self.lexicon) {
            return self.push(TokenKind::Date(date), length);
        }
        let rest = self.rest();
        let is_inside = |c: char| c.is_alphanumeric() && (!is_wide(c) || to_ascii(c) != c);
        let mut length = rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
        // A compound is one word: "DNS-Server" is no DNS.
        while rest[length..].starts_with('-') && rest[length + 1..].starts_with(is_inside) {
            let part = &rest[length + 1..];
            length += 1 + part.find(|c| !is_inside(c)).unwrap_or(part.len());
        }
        let word = &rest[..length];
        if let Some((kind, end)) = self.known_prefix(word)
            && (end == word.len() || self.known_prefix(&word[end..]).is_some())
        {
            return self.push(kind, end);
        }
        let lower = word.to_lowercase();
        let is_in = |words: &[String]| words.contains(&lower);
        let kind = if is_in(&self.lexicon.random_words) {
            TokenKind::RandomPort
        } else if is_in(&self.lexicon.every_words) {
            TokenKind::EveryPort
        } else if is_in(&self.lexicon.port_words) {
            TokenKind::PortWord
        } else if word.chars().count() <= 5 && word.chars().all(char::is_lowercase) {
            TokenKind::Joint
        } else if (2..=10).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            TokenKind::Capitals
        } else {
            TokenKind::Word
        };
        self.push(kind, length);
    }

    /// "TCPSSH", "ICAPS", "Syslog-TLS": the longest known word in front.
    fn known_prefix(&self, word: &str) -> Option<(TokenKind, usize)> {
        let word = word.strip_prefix('-').unwrap_or(word);
        let lower = word[..word.floor_char_boundary(LONGEST_NAME)].to_ascii_lowercase();
        let transport = Transport::ALL.into_iter().find(|transport| lower.starts_with(transport.as_str()));
        if let Some(transport) = transport {
            return Some((TokenKind::Transport(transport), transport.as_str().len()));
        }
        let ends = (2..=lower.len()).rev().filter(|end| lower.is_char_boundary(*end));
        let known = ends.map(|end| &lower[..end]).find(|part| self.lexicon.protocols.contains(*part))?;
        Some((TokenKind::Protocol(known.to_owned()), known.len()))
    }
}

/// Full-width forms as ASCII (Unicode, Halfwidth and Fullwidth Forms); the usual ideographic marks
/// as the ASCII marks they stand for.
pub(crate) fn to_ascii(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '、' => ',',
        '〜' => '~',
        _ => c,
    }
}

fn digits(text: &str) -> usize {
    text.find(|c: char| !to_ascii(c).is_ascii_digit()).unwrap_or(text.len())
}

/// The second number of a range, and where it ends.
fn range_end(behind: &str, lexicon: &Lexicon) -> Option<(u16, usize)> {
    let trimmed = behind.trim_start_matches(' ');
    let mark = trimmed.chars().next().filter(|c| matches!(to_ascii(*c), '-' | '–' | '—' | '~' | '−'));
    let sign =
        if trimmed.starts_with("..") { Some(trimmed.len() - trimmed.trim_start_matches('.').len()) } else { None };
    let joint = mark.map(char::len_utf8).or(sign).or_else(|| joint_word(trimmed, lexicon))?;
    let second = trimmed[joint..].trim_start_matches(' ');
    let length = digits(second);
    let is_end = !second[length..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let number = second[..length].chars().map(to_ascii).collect::<String>().parse().ok()?;
    is_end.then_some((number, behind.len() - second.len() + length))
}

/// "2500 to 3300", "2500から3300": the length of the word.
fn joint_word(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let start = &text[..text.floor_char_boundary(LONGEST_NAME)];
    let is_joint = |word: &&String| start.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word));
    lexicon.through_words.iter().filter(is_joint).map(String::len).max()
}

/// The digits of "1,024" behind its first: a group that begins with 0 is no port of its own.
fn group_behind(behind: &str) -> Option<&str> {
    let group = behind.strip_prefix(',')?.get(..3)?;
    let is_group = group.starts_with('0') && group.bytes().all(|byte| byte.is_ascii_digit());
    let is_end = !behind[4..].starts_with(|c: char| c.is_ascii_digit());
    Some(group).filter(|_| is_group && is_end)
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(u16, &str)> {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    digits.contains(&length).then_some(())?;
    Some((text[..length].parse().ok()?, &text[length..]))
}

/// Dates as people write them: ISO 8601, `23.11.2020`, `2020/11/23`, `2020年11月23日`, and with the
/// names of months.
fn date_at(text: &str, lexicon: &Lexicon) -> Option<(usize, Date)> {
    let named = |length: usize, year: u16, month: u16, day: Option<u16>| {
        let text = day.map_or_else(|| format!("{year:04}-{month:02}"), |day| format!("{year:04}-{month:02}-{day:02}"));
        Some((length, parse_date(&text)?))
    };
    if let Some((year, rest)) = number(text, 4..=4) {
        for (first, second, last) in [("-", "-", ""), ("/", "/", ""), ("年", "月", "日")] {
            let Some((month, rest)) = rest.strip_prefix(first).and_then(|rest| number(rest, 1..=2)) else { continue };
            let day = rest.strip_prefix(second).and_then(|rest| number(rest, 1..=2));
            if let Some((day, rest)) = day
                && let Some(rest) = rest.strip_prefix(last)
            {
                return named(text.len() - rest.len(), year, month, Some(day));
            }
            if let Some(rest) = rest.strip_prefix(second).filter(|_| second == "月") {
                return named(text.len() - rest.len(), year, month, None);
            }
        }
    }
    let (day, rest) = number(text, 1..=2)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start_matches(' ');
    if let Some((month, rest)) = number(rest, 1..=2)
        && let Some((year, rest)) = rest.strip_prefix('.').and_then(|rest| number(rest.trim_start(), 4..=4))
    {
        return named(text.len() - rest.len(), year, month, Some(day));
    }
    let (month, rest) = month_at(rest, lexicon)?;
    let (year, rest) = number(rest.trim_start_matches([' ', ',']), 4..=4)?;
    named(text.len() - rest.len(), year, month, Some(day))
}

/// "November 23, 2020" and "November 2020".
fn named_date_at(text: &str, lexicon: &Lexicon) -> Option<(usize, Date)> {
    let (month, rest) = month_at(text, lexicon)?;
    let rest = rest.trim_start_matches(' ');
    let day = number(rest, 1..=2);
    let (year, rest) = number(day.map_or(rest, |(_, rest)| rest.trim_start_matches([' ', ','])), 4..=4)?;
    let written = format!("{year:04}-{month:02}");
    let written = day.map_or(written.clone(), |(day, _)| format!("{written}-{day:02}"));
    Some((text.len() - rest.len(), parse_date(&written)?))
}

fn month_at<'a>(text: &'a str, lexicon: &Lexicon) -> Option<(u16, &'a str)> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = text[..text.floor_char_boundary(end.min(LONGEST_NAME))].to_lowercase();
    let month = lexicon.months.iter().position(|names| names.contains(&word))?;
    Some((month as u16 + 1, &text[end..]))
}

/// "https" and the few others that lead to a host.
const LONGEST_SCHEME: usize = 8;
/// A name of 253 octets (RFC 1035) and a path.
const LONGEST_ADDRESS: usize = 500;
/// A name of 253 bytes (RFC 1035) and a port; longer runs are not tried.
const LONGEST_HOST: usize = 259;
/// The words in a placeholder, in bytes.
const LONGEST_HOLE: usize = 100;
/// The longest word that may be a part of a service's name.
const LONGEST_NAME: usize = 32;
/// Names that no registry has and pages write all the same (RFC 2606, RFC 6761, ICANN's resolution on
/// `internal`).
const SPECIAL: &[&str] = &["example", "test", "internal"];
/// File endings that are top-level domains as well.
const FILES: &[&str] = &["md", "sh", "py", "zip", "rs", "pl", "ps", "cc", "mov", "so"];

/// An address at the start of a text: its length and its form in the data files.
fn address_at(text: &str) -> Option<(usize, String)> {
    let letters = text.bytes().take(LONGEST_SCHEME).take_while(u8::is_ascii_alphabetic).count();
    let scheme = Some(letters).filter(|letters| *letters > 1 && text[*letters..].starts_with("://"));
    let end = match scheme {
        Some(at) => at + 3 + url_end(&text[at + 3..]),
        None => bare_end(text),
    };
    let written = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '"']);
    // A port behind the name is a fact of its own.
    let address = match written.rsplit_once(':') {
        Some((name, port))
            if scheme.is_none()
                && !port.is_empty()
                && port.bytes().all(|b| b.is_ascii_digit())
                && !name.contains(':') =>
        {
            name
        }
        _ => written,
    };
    if !address.contains(['.', ':', '<', '{', '‹']) {
        return None;
    }
    let has_hole = address.contains(['<', '{', '‹']);
    if has_hole {
        return scheme.map(|_| (address.len(), address.to_owned()));
    }
    let mut report = Report::default();
    let parsed = parse_address(address, Span::new(FileId(0), 0..0), &mut report);
    match parsed {
        Some((AddressKind::Ip | AddressKind::Cidr, form)) => Some((address.len(), form)),
        Some((_, form)) => is_published_name(&form, scheme.is_some()).then_some((address.len(), form)),
        // A block with bits behind its prefix is no block we would write, and yet one the page has.
        None => address.parse::<ipnet::IpNet>().ok().map(|_| (address.len(), address.to_owned())),
    }
}

/// Whether a name is a host and not a file or a sentence without a space: under a known suffix.
fn is_published_name(form: &str, has_scheme: bool) -> bool {
    let name = form.split_once("://").map_or(form, |(_, rest)| rest);
    let host = name.split(['/', ':', '?']).next().unwrap_or(name).trim_start_matches("*.");
    if has_scheme {
        return true;
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_known = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    let labels = host.split('.').count();
    let is_known = is_known || SPECIAL.contains(&last);
    is_known && labels > 1 && !host.contains(char::is_uppercase) && (labels > 2 || !FILES.contains(&last))
}

/// What a placeholder stands between.
const HOLES: &[(char, char)] = &[('<', '>'), ('{', '}'), ('‹', '›')];

/// The length of a placeholder that a text begins with.
pub(crate) fn hole_end(text: &str) -> Option<usize> {
    let (_, close) = HOLES.iter().find(|(open, _)| text.starts_with(*open))?;
    text.find(*close).map(|at| at + close.len_utf8())
}

/// RFC 3986: what a URL is written with, and placeholders in brackets or braces.
fn url_end(text: &str) -> usize {
    let text = &text[..text.floor_char_boundary(LONGEST_ADDRESS)];
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let window = &text[at..text.floor_char_boundary(at + LONGEST_HOLE)];
        if let Some(length) = hole_end(window) {
            at += length;
        } else if c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c) {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// A name, an address or a block without a scheme, perhaps with a path.
fn bare_end(text: &str) -> usize {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-._*:".contains(c);
    let text = &text[..text.floor_char_boundary(LONGEST_ADDRESS)];
    let name = &text[..text.floor_char_boundary(LONGEST_HOST + 1)];
    let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
    if end > LONGEST_HOST {
        return 0;
    }
    if !text[end..].starts_with('/') {
        return end;
    }
    let is_path = |c: char| c.is_ascii_alphanumeric() || "-._~/?=&%".contains(c);
    text[end..].find(|c| !is_path(c)).map_or(text.len(), |length| end + length)
}
