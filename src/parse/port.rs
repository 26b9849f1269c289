//! Lines of `ports:`, written `PORT/TRANSPORT [SERVICE]`: `443/tcp https`, `53/tcp+udp dns`,
//! `11000-11999/tcp sql`, `random(10001-65535)/tcp`, `any/tcp+udp`, `configured/tcp`.
//! Port numbers are those of RFC 6335: 1–65535.

mod proposal;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::span::{Span, Spanned};
use crate::value::{Over, Port, Traffic};

use super::fields::wrong_type;
use super::yaml::{Node, Value};

/// One line of `ports:` as written.
#[derive(Clone, Debug)]
pub struct RawLine {
    /// What it lets through.
    pub traffic: Traffic,
    /// Id of the application protocol, if the source names one.
    pub service: Option<Spanned<String>>,
    /// The whole line.
    pub span: Span,
}

const FORM: &str =
    "write PORT/TRANSPORT [SERVICE], for example `443/tcp https`; several lines are a list: `[80/tcp, 443/tcp]`";

/// The lines of a key, each as written; what is no text is refused with the form.
pub fn as_lines(node: &Node, report: &mut Report) -> Vec<Spanned<String>> {
    let items = super::fields::as_list("`ports`", node, report);
    let mut lines = Vec::new();
    for item in items {
        match item.as_scalar() {
            Some(scalar) if !item.is_null() => lines.push(Spanned::new(scalar.text.trim().to_owned(), item.span)),
            _ => report.add(wrong_type("a line of `ports`", "a text", item).help(proposal_for(&item.value))),
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
    proposal::explain(&said).map_or_else(|| FORM.to_owned(), |(_, help)| help)
}

/// Parses one line; reports what is wrong with it.
pub fn parse_line(line: &Spanned<String>, report: &mut Report) -> Option<RawLine> {
    let mut words = line.value.split_whitespace();
    let (address, service, rest) = (words.next().unwrap_or_default(), words.next(), words.next());
    let parsed = address.split_once('/').and_then(|(port, way)| Some((parse_port(port).ok()?, parse_over(way)?)));
    let Some((port, over)) = parsed.filter(|_| rest.is_none()) else {
        report.add(refused(line, address));
        return None;
    };
    let service = service.map(|id| {
        let start = line.value.rfind(id).unwrap_or(0);
        // A line written with quotes or over several lines is marked as a whole.
        let is_verbatim = line.span.range().len() == line.value.len();
        let span = if is_verbatim {
            Span::new(line.span.file, line.span.start as usize + start..line.span.end as usize)
        } else {
            line.span
        };
        Spanned::new(id.to_owned(), span)
    });
    Some(RawLine { traffic: Traffic::Ports { over, port }, service, span: line.span })
}

/// Why a line is refused, and what it may have been meant to be.
fn refused(line: &Spanned<String>, address: &str) -> Diagnostic {
    let refuse = |what: String| Diagnostic::error(Code::PortForm, what).at(line.span);
    let explained = proposal::explain(&line.value);
    if address.is_empty() {
        return refuse("a line of ports is empty".to_owned()).help(FORM);
    }
    // A number that is none says more than the form of the line.
    let wrong_port = address.split_once('/').and_then(|(port, way)| {
        parse_over(way)?;
        parse_port(port).err()
    });
    match (wrong_port, explained) {
        (Some((what, _)), Some((_, help))) | (None, Some((what, help))) => refuse(what).help(help),
        (Some((what, help)), None) => refuse(what).help(help.to_owned()),
        (None, None) => refuse(format!("`{}` is no line of ports", line.value)).help(FORM),
    }
}

fn parse_over(text: &str) -> Option<Over> {
    match text {
        "tcp" => Some(Over::Tcp),
        "udp" => Some(Over::Udp),
        "tcp+udp" => Some(Over::TcpAndUdp),
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

    fn parse(text: &str) -> Result<String, String> {
        let mut report = Report::default();
        let line = Spanned::new(text.to_owned(), Span::new(FileId(0), 0..text.len()));
        let parsed = parse_line(&line, &mut report);
        match (parsed, report.into_list().as_slice()) {
            (Some(line), []) => {
                let Traffic::Ports { over, port } = line.traffic;
                let transports: Vec<_> = over.transports().iter().map(|transport| transport.as_str()).collect();
                Ok(format!(
                    "{port} {} {}",
                    transports.join("+"),
                    line.service.map_or("-".to_owned(), |service| service.value)
                ))
            }
            (None, [first, ..]) => Err(first.headline.clone()),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn every_form_of_a_line_is_read() {
        for (text, expected) in [
            ("443/tcp https", "443 tcp https"),
            ("53/tcp+udp dns", "53 tcp+udp dns"),
            ("11000-11999/tcp", "11000-11999 tcp -"),
            ("random(10001-65535)/tcp", "random 10001-65535 tcp -"),
            ("any/tcp+udp", "any tcp+udp -"),
            ("configured/tcp", "configured tcp -"),
            ("65535/udp", "65535 udp -"),
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
            ("443/TCP", "`443/TCP` is not in the form PORT/TRANSPORT [SERVICE]"),
            ("53/udp+tcp", "`53/udp+tcp` is not in the form PORT/TRANSPORT [SERVICE]"),
            ("22/ssh", "`22/ssh` names no transport: `ssh` is a service"),
            ("icmp", "`icmp` is a protocol without ports, which a line of ports can't name"),
            ("https", "`https` is no line of ports"),
            ("443/tcp https extra", "`443/tcp https extra` is no line of ports"),
            ("443, 444/tcp", "`443, 444/tcp` is not in the form PORT/TRANSPORT [SERVICE]"),
            ("", "a line of ports is empty"),
            ("４４３/tcp", "`４４３` is no port"),
            ("+443/tcp", "`+443` is no port"),
            ("random()/tcp", "`` is no range"),
        ] {
            assert_eq!(parse(text), Err(expected.to_owned()));
        }
    }
}
