//! Protocols without ports in a cell: "ICMP", "ICMP echo request", "ESP (IP 50)", "IPプロトコル番号41".

use std::ops::Range;

use crate::value::{Protocol, Transport};

/// A part of a cell that is longer than this is a sentence, in characters.
const LONGEST_PART: usize = 80;
/// Words that the language of the content says in another way.
const INSTEAD: &[(&str, Protocol)] =
    &[("icmpv4", Protocol::Icmp(None)), ("icmp6", Protocol::Icmpv6(None)), ("l2tpv3", Protocol::L2tp)];

/// The protocols of a cell, each with its place. `words`: what the page calls a protocol, in lower case;
/// a number behind one, or behind "IP", is that of a protocol.
pub(crate) fn bare_protocols(text: &str, words: &[String]) -> Vec<(Protocol, Range<usize>)> {
    bare_protocols_beside(text, words, |_| false)
}

/// The protocols of a cell that may hold ports as well. A part of it, between line breaks, commas and strokes
/// that stand alone, says one or the other; `has_port`: whether a part, by its place, has a port.
pub(crate) fn bare_protocols_beside(
    text: &str,
    words: &[String],
    has_port: impl Fn(Range<usize>) -> bool,
) -> Vec<(Protocol, Range<usize>)> {
    let mut found: Vec<(Protocol, Range<usize>)> = Vec::new();
    let mut start = 0;
    let is_end = |(at, c): &(usize, char)| match c {
        // "50/ESP" is one protocol.
        '/' => text[..*at].ends_with(' ') && text[at + 1..].starts_with(' '),
        _ => matches!(c, '\n' | ',' | ';' | '、' | '，' | '；'),
    };
    let ends = text.char_indices().filter(is_end).map(|(at, c)| at + c.len_utf8());
    for end in ends.chain([text.len()]) {
        let part = &text[start..end];
        if !has_port(start..end) && part.chars().count() <= LONGEST_PART {
            for (protocol, range) in protocols_of_part(part, words) {
                // "ICMP echo request", and below it "IP protocol 1".
                if !found.iter().any(|(known, _)| protocol.contains(*known)) {
                    found.push((protocol, range.start + start..range.end + start));
                }
            }
        }
        start = end;
    }
    found
}

fn protocols_of_part(text: &str, words: &[String]) -> Vec<(Protocol, Range<usize>)> {
    let mut found: Vec<(Protocol, Range<usize>)> = Vec::new();
    let parts = parts(text);
    let mut is_v6 = false;
    for (position, (part, range)) in parts.iter().enumerate() {
        let named = Protocol::named(part).or_else(|| INSTEAD.iter().find(|(word, _)| word == part).map(|own| own.1));
        let is_in_ip = parts[position..].iter().take(3).map(|(word, _)| word.as_str()).eq(["ip", "in", "ip"]);
        let named = named.or(is_in_ip.then_some(Protocol::Ipip));
        let named = named.map(|named| if is_v6 && named.number() == 1 { Protocol::Icmpv6(None) } else { named });
        is_v6 = part == "ipv6";
        let Some(protocol) = named.or_else(|| numbered(&parts, position, words)) else { continue };
        if !found.iter().any(|(known, _)| known.kind() == protocol.kind()) {
            found.push((with_type(protocol, &parts[position + 1..]), range.clone()));
        }
    }
    found
}

/// Words and numbers in lower case: letters of ASCII with digits, other letters, digits alone.
fn parts(text: &str) -> Vec<(String, Range<usize>)> {
    let mut parts: Vec<(String, Range<usize>)> = Vec::new();
    let mut last: Option<bool> = None;
    for (at, c) in text.char_indices() {
        let kind = c.is_alphanumeric().then_some(c.is_ascii());
        match (kind, parts.last_mut()) {
            (Some(is_ascii), Some((part, range))) if last == Some(is_ascii) => {
                part.extend(c.to_lowercase());
                range.end = at + c.len_utf8();
            }
            (Some(_), _) => parts.push((c.to_lowercase().collect(), at..at + c.len_utf8())),
            (None, _) => {}
        }
        last = kind;
    }
    parts
}

fn numbered(parts: &[(String, Range<usize>)], position: usize, words: &[String]) -> Option<Protocol> {
    let number: u8 = parts[position].0.parse().ok()?;
    let before = |steps: usize| position.checked_sub(steps).map(|before| parts[before].0.as_str());
    let is_named = before(1).is_some_and(|word| word == "ip" || words.iter().any(|known| known == word))
        || before(2) == Some("ip") && before(1).is_some_and(|word| word.parse::<u8>().is_err());
    let is_transport = Transport::ALL.iter().any(|transport| transport.number() == number);
    let own = Protocol::word_of(number).and_then(Protocol::named).unwrap_or(Protocol::Numbered(number));
    Some(own).filter(|_| is_named && !is_transport)
}

/// The type of the messages, where the words behind the protocol are the name of one or its number.
fn with_type(protocol: Protocol, behind: &[(String, Range<usize>)]) -> Protocol {
    let is_named = |name: &str| {
        let mut words = behind.iter().map(|(word, _)| word.as_str());
        name.split('-').all(|part| words.next() == Some(part))
    };
    let named = protocol.type_names().iter().find(|(_, name)| is_named(name)).map(|(number, _)| *number);
    // Whoever lists "ICMP echo" or "ICMP (ping)" means what is sent.
    let is_short = behind.first().is_some_and(|(word, _)| matches!(word.as_str(), "echo" | "ping"));
    let request = protocol.type_names().iter().find(|(_, name)| is_short && *name == "echo-request");
    let named = named.or(request.map(|(number, _)| *number));
    // "ICMP type 8", "ICMP (8)"; "ICMP (1)" is the number of the protocol.
    let number = |at: usize| behind.get(at).and_then(|(word, _)| word.parse::<u8>().ok());
    let is_word = behind.first().is_some_and(|(word, _)| word != "ip" && !word.contains(|c: char| c.is_ascii_digit()));
    let numbered = number(0).or_else(|| number(1).filter(|_| is_word)).filter(|number| *number != protocol.number());
    named.or(numbered).map_or(protocol, |number| protocol.with_type(number))
}

/// A protocol of messages with the type that another cell of its row names: "ICMP" beside "echo request".
pub(crate) fn with_type_of(protocol: Protocol, text: &str) -> Protocol {
    if protocol.type_names().is_empty() || protocol.icmp_type().is_some() || text.chars().count() > LONGEST_PART {
        return protocol;
    }
    with_type(protocol, &parts(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Traffic;

    #[test]
    fn protocols_are_known_by_word_number_and_type() {
        let words = ["protocol".to_owned()];
        for (text, expected) in [
            ("ICMP", "icmp"),
            ("ICMP echo request", "icmp(echo-request)"),
            ("ICMP Type 8", "icmp(echo-request)"),
            ("ICMP Echo", "icmp(echo-request)"),
            ("ICMP (ping)", "icmp(echo-request)"),
            ("ICMP echo reply", "icmp(echo-reply)"),
            ("ICMP（タイプ8）", "icmp(echo-request)"),
            ("ICMP Typ 42 (IP-Protokoll 1)", "icmp(42)"),
            ("ICMP (1)", "icmp"),
            ("IPv6-ICMP", "icmpv6"),
            ("ICMPv6 echo-request", "icmpv6(echo-request)"),
            ("ESP (IP 50), AH", "esp ah"),
            ("IP protocol 41 / GRE / IP-in-IP", "ip(41) gre ipip"),
            ("IP-in-IP (4)", "ipip"),
            ("ICMP echo-request\nIP protocol 1, type 8\nICMPv6\nIP protocol 58", "icmp(echo-request) icmpv6"),
            ("ESP (50)", "esp"),
            ("50/ESP", "esp"),
            ("Protocol 47", "gre"),
            ("IP 41", "ip(41)"),
            ("IPプロトコル番号41", "ip(41)"),
            ("IP-Protokoll 41", "ip(41)"),
            ("IP 6", ""),
            ("TCP 50", ""),
            ("space", ""),
            ("", ""),
        ] {
            let found = bare_protocols(text, &words);
            let written: Vec<_> = found.iter().map(|(protocol, _)| Traffic::Bare(*protocol).written()).collect();
            assert_eq!(written.join(" "), expected, "{text}");
            assert!(found.iter().all(|(_, range)| text.get(range.clone()).is_some()));
        }
    }
}
