//! Lines of `ports:`, written `PORT/TRANSPORT [SERVICE …]` or `PROTOCOL [SERVICE …]`: `443/tcp https`,
//! `53/tcp+udp dns`, `11000-11999/tcp sql`, `random(10001-65535)/tcp`, `any/tcp+udp`, `configured/tcp`,
//! `$dynamic-windows/tcp`, `esp`, `icmp(echo-request)`, `ip(41)`.
//! Port numbers are those of RFC 6335: 1–65535.

mod from_ports;
mod proposal;
mod protocol;
mod range;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::span::{Span, Spanned};
use crate::value::{Over, Port, Protocol, Transport};

use super::fields::{is_id, wrong_type};
use super::yaml::{Node, Value};

pub use from_ports::{RawFromPort, parse_from_ports};
pub(super) use range::parse_port_range;
pub use range::{RawPortRange, RawRangeValue};

/// One line of `ports:` as written.
#[derive(Clone, Debug)]
pub struct RawLine {
    /// What it lets through.
    pub traffic: RawTraffic,
    /// Ids of the application protocols, if the source names any.
    pub services: Vec<Spanned<String>>,
    /// The whole line.
    pub span: Span,
}

/// What a line lets through, where ranges may still be names.
#[derive(Clone, Debug)]
pub enum RawTraffic {
    /// A port, by its transports.
    Ports {
        /// What carries it.
        over: Over,
        /// The port that is reached.
        port: RawPort,
    },
    /// A protocol without ports.
    Bare(Protocol),
}

/// A port as written.
#[derive(Clone, Debug)]
pub enum RawPort {
    /// In numbers or a word of the language.
    Stated(Port),
    /// `$dynamic-windows`: a range of common.
    Named(Spanned<String>),
}

const FORM: &str = "write PORT/TRANSPORT [SERVICE …] or a protocol without ports, for example `443/tcp https` or `icmp(echo-request)`; several lines are a list: `[80/tcp, 443/tcp]`";

/// The lines of a key, each as written; what is no text is refused with the form.
pub fn as_lines(key: &str, node: &Node, report: &mut Report) -> Vec<Spanned<String>> {
    let items = super::fields::as_list(key, node, report);
    let mut lines = Vec::new();
    for item in items {
        match item.as_scalar() {
            Some(scalar) if !item.is_null() => lines.push(Spanned::new(scalar.text.trim().to_owned(), item.span)),
            _ => report.add(wrong_type(&format!("a line of {key}"), "a text", item).help(proposal_for(&item.value))),
        }
    }
    lines
}

/// `{ tcp: [80, 443] }` says what it means, in another form.
fn proposal_for(value: &Value) -> String {
    let words = |node: &Node| match &node.value {
        Value::Scalar(scalar) => scalar.text.clone(),
        Value::List(items) => {
            items.iter().filter_map(Node::as_scalar).map(|item| item.text.as_str()).collect::<Vec<_>>().join(", ")
        }
        Value::Map(_) => String::new(),
    };
    let said = match value {
        Value::Map(entries) => entries
            .iter()
            .map(|entry| format!("{} {}", entry.key.value, words(&entry.value)))
            .collect::<Vec<_>>()
            .join(" "),
        Value::List(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Scalar(_) => String::new(),
    };
    proposal::explain(&said).map_or_else(|| FORM.to_owned(), |(_, help)| help.text)
}

/// Parses one line; reports what is wrong with it.
pub fn parse_line(line: &Spanned<String>, report: &mut Report) -> Option<RawLine> {
    let mut words = words_of(line);
    let Some(first) = words.next() else {
        report.add(Diagnostic::error(Code::PortForm, "a line of ports is empty").at(line.span).help(FORM));
        return None;
    };
    let services: Vec<_> = words.collect();
    // `esp any` means no service.
    let is_service = |traffic: &RawTraffic, word: &str| match traffic {
        RawTraffic::Ports { .. } => is_id(word),
        RawTraffic::Bare(_) => is_id(word) && word != "any",
    };
    let traffic = parse_traffic(&first);
    let Some(traffic) = traffic.filter(|traffic| services.iter().all(|word| is_service(traffic, &word.value))) else {
        report.add(refused(line, &first.value));
        return None;
    };
    if let Some((repeated, _)) =
        services.iter().enumerate().find(|(at, word)| services[..*at].iter().any(|known| known.value == word.value))
    {
        let word = &services[repeated];
        let headline = format!("the service `{}` is named twice in one line", word.value);
        report.add(Diagnostic::error(Code::PortForm, headline).at(word.span).help("name it once"));
        return None;
    }
    Some(RawLine { traffic, services, span: line.span })
}

/// The words of a line, each with its place. A line written with quotes or over several lines is marked
/// as a whole.
fn words_of(line: &Spanned<String>) -> impl Iterator<Item = Spanned<String>> {
    let is_verbatim = line.span.range().len() == line.value.len();
    line.value.split_whitespace().map(move |word| {
        let start = line.span.start as usize + (word.as_ptr() as usize - line.value.as_ptr() as usize);
        let span = if is_verbatim { Span::new(line.span.file, start..start + word.len()) } else { line.span };
        Spanned::new(word.to_owned(), span)
    })
}

/// The word before the services.
fn parse_traffic(word: &Spanned<String>) -> Option<RawTraffic> {
    let Some((port, over)) = word.value.split_once('/') else {
        return protocol::parse(&word.value).and_then(Result::ok).map(RawTraffic::Bare);
    };
    let over = parse_over(over)?;
    let port = match port.strip_prefix('$') {
        Some(name) => {
            let start = word.span.start as usize;
            let is_verbatim = word.span.range().len() == word.value.len();
            let span = if is_verbatim { Span::new(word.span.file, start + 1..start + port.len()) } else { word.span };
            RawPort::Named(Spanned::new(Some(name).filter(|name| is_id(name))?.to_owned(), span))
        }
        None => RawPort::Stated(parse_port(port).ok()?),
    };
    Some(RawTraffic::Ports { over, port })
}

/// Why a line is refused, and what it may have been meant to be.
fn refused(line: &Spanned<String>, address: &str) -> Diagnostic {
    let refuse = |what: String| Diagnostic::error(Code::PortForm, what).at(line.span);
    // What is written as a protocol says more than what a list of proposals makes of it.
    if let Some(protocol) = protocol::refuse(&line.value) {
        return refuse(protocol.0).help(protocol.1);
    }
    let explained = proposal::explain(&line.value);
    if let Some((what, help)) = without_transport(address) {
        return refuse(what).help(help);
    }
    // A number that is none says more than the form of the line.
    let wrong_port = address.split_once('/').and_then(|(port, way)| {
        parse_over(way)?;
        match port.strip_prefix('$') {
            None => parse_port(port).err(),
            Some(name) if is_id(name) => None,
            Some(name) => Some((
                format!("`${name}` names no range"),
                "write `$` and the id of a range of `port-ranges` in common",
            )),
        }
    });
    // What stands between the parentheses is no list of ports.
    let explained = explained.filter(|_| !address.to_ascii_lowercase().starts_with("random"));
    match (wrong_port, explained) {
        (Some((what, _)), Some((_, help))) | (None, Some((what, help))) => refuse(what).help(help),
        (Some((what, help)), None) => refuse(what).help(help),
        (None, None) => refuse(format!("`{}` is no line of ports", line.value)).help(FORM),
    }
}

/// The name of a range alone, and transports that don't stand in one line.
fn without_transport(word: &str) -> Option<(String, String)> {
    let Some((port, over)) = word.split_once('/') else {
        let name = word.strip_prefix('$').filter(|name| is_id(name))?;
        return Some((
            format!("`${name}` names no transport"),
            format!("write `${name}/tcp`, `${name}/udp` or `${name}/tcp+udp`"),
        ));
    };
    let mut parts: Vec<_> = over.split('+').collect();
    if parts.len() < 2 || parse_over(over).is_some() || !parts.iter().all(|part| Transport::named(part).is_some()) {
        return None;
    }
    parts.sort_by_key(|part| Transport::named(part));
    parts.dedup();
    let lines: Vec<_> = parts.iter().map(|part| format!("{port}/{part}")).collect();
    let is_pair = parts == ["tcp", "udp"];
    let help = if let [only] = lines.as_slice() {
        format!("write `{only}`")
    } else if is_pair {
        format!("write `{port}/tcp+udp`")
    } else {
        format!("write `[{}]`", lines.join(", "))
    };
    Some((format!("`{over}` is no transport: only TCP and UDP stand in one line, as `tcp+udp`"), help))
}

fn parse_over(text: &str) -> Option<Over> {
    match text {
        "tcp" => Some(Over::Tcp),
        "udp" => Some(Over::Udp),
        "tcp+udp" => Some(Over::TcpAndUdp),
        "sctp" => Some(Over::Sctp),
        "dccp" => Some(Over::Dccp),
        _ => None,
    }
}

type PortError = (String, &'static str);

fn parse_port(text: &str) -> Result<Port, PortError> {
    if let Some(range) = text.strip_prefix("random(").and_then(|rest| rest.strip_suffix(')')) {
        let (first, last) = parse_range(range)?;
        return Ok(Port::Random(first, last));
    }
    match text {
        "any" => Ok(Port::Any),
        "configured" => Ok(Port::Configured),
        _ if text.contains(['-', '–', '~']) => parse_range(text).map(|(first, last)| Port::Range(first, last)),
        _ => parse_number(text).map(Port::Number),
    }
}

fn parse_range(text: &str) -> Result<(u16, u16), PortError> {
    let Some((first, last)) = text.split_once('-') else {
        return Err((
            format!("`{text}` is no range"),
            "write FIRST-LAST with an ASCII hyphen, for example `11000-11999`",
        ));
    };
    let (first, last) = (parse_number(first)?, parse_number(last)?);
    if first > last {
        return Err((format!("the range {first}-{last} is reversed"), "write the smaller number first"));
    }
    if first == last {
        return Err((format!("the range {first}-{last} holds one port"), "write the number alone"));
    }
    Ok((first, last))
}

fn parse_number(text: &str) -> Result<u16, PortError> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits {
        return Err((
            format!("`{text}` is no port"),
            "write a number, FIRST-LAST, `random(FIRST-LAST)`, `any` or `configured`",
        ));
    }
    if text.len() > 1 && text.starts_with('0') {
        return Err((format!("port `{text}` begins with 0"), "write it without the leading zero"));
    }
    match text.parse() {
        Ok(0) | Err(_) => Err((format!("port {text} is out of range"), "ports are 1 to 65535; every port is `any`")),
        Ok(number) => Ok(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;
    use crate::value::Traffic;

    fn parse(text: &str) -> Result<String, String> {
        let mut report = Report::default();
        let line = Spanned::new(text.to_owned(), Span::new(FileId(0), 0..text.len()));
        let parsed = parse_line(&line, &mut report);
        match (parsed, report.into_list().as_slice()) {
            (Some(line), []) => {
                let traffic = match &line.traffic {
                    RawTraffic::Ports { over, port: RawPort::Stated(port) } => {
                        Traffic::Ports { over: *over, port: *port }.written()
                    }
                    RawTraffic::Ports { over, port: RawPort::Named(name) } => {
                        assert_eq!(&text[name.span.range()], name.value);
                        format!("{}, {over:?}", name.value)
                    }
                    RawTraffic::Bare(protocol) => Traffic::Bare(*protocol).written(),
                };
                for service in &line.services {
                    assert_eq!(&text[service.span.range()], service.value);
                }
                let services: Vec<_> = line.services.iter().map(|service| service.value.as_str()).collect();
                Ok([traffic, services.join(" ")].join("|"))
            }
            (None, [first, ..]) => Err(first.headline.clone()),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn every_form_of_a_line_is_read() {
        for (text, expected) in [
            ("443/tcp https", "443/tcp|https"),
            ("53/tcp+udp dns", "53/tcp+udp|dns"),
            ("11000-11999/tcp", "11000-11999/tcp|"),
            ("random(10001-65535)/tcp", "random(10001-65535)/tcp|"),
            ("any/tcp+udp", "any/tcp+udp|"),
            ("configured/tcp", "configured/tcp|"),
            ("65535/udp", "65535/udp|"),
            ("7911/tcp dhcp omapi", "7911/tcp|dhcp omapi"),
            ("2905/sctp m3ua", "2905/sctp|m3ua"),
            ("5001/dccp", "5001/dccp|"),
            ("$dynamic-windows/tcp rpc", "dynamic-windows, Tcp|rpc"),
            ("esp", "esp|"),
            ("esp ipsec", "esp|ipsec"),
            ("icmp", "icmp|"),
            ("icmp(echo-request)", "icmp(echo-request)|"),
            ("icmp(8)", "icmp(echo-request)|"),
            ("icmp(42)", "icmp(42)|"),
            ("icmpv6(packet-too-big)", "icmpv6(packet-too-big)|"),
            ("ip(41) tunnel", "ip(41)|tunnel"),
            ("ip(0)", "ip(0)|"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn what_is_no_port_is_named() {
        for (text, expected) in [
            ("443", "`443` names no transport"),
            ("0/tcp", "port 0 is out of range"),
            ("65536/tcp", "port 65536 is out of range"),
            ("99999999999999999999/tcp", "port 99999999999999999999 is out of range"),
            ("0443/tcp", "port `0443` begins with 0"),
            ("20-10/tcp", "the range 20-10 is reversed"),
            ("10-10/tcp", "the range 10-10 holds one port"),
            ("10-/tcp", "`` is no port"),
            ("10–20/tcp", "`10–20` is no range"),
            ("443/TCP", "`443/TCP` is not in the form PORT/TRANSPORT [SERVICE …]"),
            ("53/udp+tcp", "`udp+tcp` is no transport: only TCP and UDP stand in one line, as `tcp+udp`"),
            ("22/ssh", "`22/ssh` names no transport: `ssh` is a service"),
            ("icmp/tcp", "`icmp` is a protocol without ports, and needs no transport"),
            ("esp 443", "`esp` is a protocol without ports, and `443` is no service"),
            ("icmp(300)", "`300` is no type of `icmp`"),
            ("icmp(ping)", "`ping` is no type of `icmp`"),
            ("icmp(echo-reqest)", "`echo-reqest` is no type of `icmp`"),
            ("icmpv6(8", "`icmpv6(8` is not closed"),
            ("icmp()", "`icmp()` names no type"),
            ("$dynamic", "`$dynamic` names no transport"),
            ("443/tcp+sctp", "`tcp+sctp` is no transport: only TCP and UDP stand in one line, as `tcp+udp`"),
            ("icmp(008)", "`008` is no type of `icmp`"),
            ("esp(1)", "messages of `esp` have no type"),
            ("ip(50)", "`ip(50)` has a word of its own"),
            ("ip(6)", "`ip(6)` is a transport"),
            ("ip(256)", "`256` is no protocol number"),
            ("ip", "`ip` does not say which protocol"),
            ("ICMP", "`ICMP` is a protocol without ports in capitals"),
            ("ping", "`ping` is no word for a protocol"),
            ("pim", "`pim` is no word for a protocol"),
            ("icmpv6 any", "`icmpv6` is a protocol without ports, and `any` stands for all ports"),
            ("$Dynamic/tcp", "`$Dynamic` names no range"),
            ("$/tcp", "`$` names no range"),
            ("443/tcp https https", "the service `https` is named twice in one line"),
            ("https", "`https` is no line of ports"),
            ("443/tcp https 8443", "`443/tcp https 8443` is not in the form PORT/TRANSPORT [SERVICE …]"),
            ("443, 444/tcp", "`443, 444/tcp` is not in the form PORT/TRANSPORT [SERVICE …]"),
            ("", "a line of ports is empty"),
            ("４４３/tcp", "`４４３` is no port"),
            ("+443/tcp", "`+443` is no port"),
            ("random()/tcp", "`` is no range"),
        ] {
            assert_eq!(parse(text), Err(expected.to_owned()));
        }
    }
}
