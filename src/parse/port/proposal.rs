//! What a line of ports was meant to be: the parts people write, in whatever order and with whatever
//! signs between them, put into the one form of the language. Nothing is proposed where a part is
//! not understood: a wrong proposal is pasted, too.

use crate::diagnostic::closest;
use crate::words::fold_for_search;

use super::Transport;

/// Protocols that have no ports at all. They are named so that nobody is told to write `icmp/tcp`.
const WITHOUT_PORTS: &[&str] = &[
    "icmp", "icmpv4", "icmpv6", "igmp", "ip", "ipip", "ipv4", "ipv6", "gre", "esp", "ah", "ipsec", "ospf", "vrrp",
    "l2tpv3", "pim", "rsvp", "eigrp", "ping",
];
/// Transports with ports that the language can't write.
const OTHER_TRANSPORTS: &[&str] = &["sctp", "dccp", "udplite", "udp-lite"];
/// What runs over one transport only, so that the word says which is meant. `true`: it is no protocol
/// of its own in a table of ports, but a layer.
const OVER: &[(&str, Transport, bool)] = &[
    ("tls", Transport::Tcp, true),
    ("ssl", Transport::Tcp, true),
    ("quic", Transport::Udp, true),
    ("dtls", Transport::Udp, true),
    ("http", Transport::Tcp, false),
    ("https", Transport::Tcp, false),
    ("ssh", Transport::Tcp, false),
    ("sftp", Transport::Tcp, false),
    ("ftp", Transport::Tcp, false),
    ("ftps", Transport::Tcp, false),
    ("telnet", Transport::Tcp, false),
    ("smtp", Transport::Tcp, false),
    ("smtps", Transport::Tcp, false),
    ("imap", Transport::Tcp, false),
    ("imaps", Transport::Tcp, false),
    ("pop3", Transport::Tcp, false),
    ("pop3s", Transport::Tcp, false),
    ("ldaps", Transport::Tcp, false),
    ("smb", Transport::Tcp, false),
    ("winrm", Transport::Tcp, false),
    ("icap", Transport::Tcp, false),
    ("icaps", Transport::Tcp, false),
    ("mqtt", Transport::Tcp, false),
    ("amqp", Transport::Tcp, false),
    ("syslog-tls", Transport::Tcp, false),
    ("ntp", Transport::Udp, false),
    ("snmp", Transport::Udp, false),
    ("tftp", Transport::Udp, false),
    ("dhcp", Transport::Udp, false),
];
/// Words around a port that say nothing of their own.
const NOISE: &[&str] = &["port", "ports", "and", "or", "und", "oder", "nr.", "no.", "number", "over", "via", "on"];

/// A headline and its help for a line that is no line of ports, where it is clear what was meant.
pub(super) fn explain(line: &str) -> Option<(String, String)> {
    let parts = Parts::read(line);
    let shown: String = line.trim().chars().take(80).collect();
    if let Some(word) = &parts.without_ports {
        let headline = format!("`{word}` is a protocol without ports, which a line of ports can't name");
        let help = "leave it out of `ports` and say it in a note (`notes:`) on the flow; `ports` takes TCP and UDP";
        return Some((headline, help.to_owned()));
    }
    if let Some(word) = &parts.other_transport {
        let headline = format!("`{word}` is no transport of the language");
        let help = "a line takes `tcp`, `udp` or `tcp+udp`; say the connection in a note (`notes:`)";
        return Some((headline, help.to_owned()));
    }
    if !parts.is_understood {
        return None;
    }
    let proposals = parts.proposals()?;
    let is_form =
        parts.transports.is_empty() && parts.ports.len() == 1 && parts.services.is_empty() && shown == parts.ports[0];
    let headline = match (&parts.services.as_slice(), parts.transports.is_empty()) {
        _ if is_form => format!("`{shown}` names no transport"),
        ([service], true) if parts.layer.is_none() => format!("`{shown}` names no transport: `{service}` is a service"),
        _ => format!("`{shown}` is not in the form PORT/TRANSPORT [SERVICE]"),
    };
    Some((headline, format!("write {proposals}")))
}

/// What a line says, part by part.
#[derive(Default)]
struct Parts {
    ports: Vec<String>,
    transports: Vec<Transport>,
    services: Vec<String>,
    /// `tls`, `quic`: says the transport and is no service.
    layer: Option<Transport>,
    without_ports: Option<String>,
    other_transport: Option<String>,
    is_understood: bool,
}

impl Parts {
    fn read(line: &str) -> Self {
        let mut parts = Self { is_understood: true, ..Self::default() };
        // Width, case and dashes as on an English keyboard.
        let folded = fold_for_search(line);
        let is_break = |c: char| c.is_whitespace() || "/,;:()[]+&|、。・=".contains(c);
        for word in folded.split(is_break).filter(|word| !word.is_empty()) {
            parts.word(word);
        }
        parts.is_understood &= parts.services.len() <= 1 && !(parts.services.len() == 1 && parts.ports.is_empty());
        parts
    }

    fn word(&mut self, word: &str) {
        // `tpc` is no service.
        let is_known = OVER.iter().any(|(name, ..)| *name == word);
        let word = closest(word, ["tcp", "udp"]).filter(|way| !is_known && word.len() == way.len()).unwrap_or(word);
        let has_transport = |word: &str| matches!(word, "tcp" | "udp");
        if NOISE.contains(&word) {
        } else if WITHOUT_PORTS.contains(&word) {
            self.without_ports.get_or_insert_with(|| word.to_owned());
        } else if OTHER_TRANSPORTS.contains(&word) {
            self.other_transport.get_or_insert_with(|| word.to_owned());
        } else if has_transport(word) {
            let transport = if word == "tcp" { Transport::Tcp } else { Transport::Udp };
            if !self.transports.contains(&transport) {
                self.transports.push(transport);
            }
        } else if let Some(port) = port_of(word) {
            self.ports.push(port);
        } else if let Some((first, rest)) = word.split_once('-').filter(|(a, b)| has_transport(a) || has_transport(b)) {
            self.word(first);
            self.word(rest);
        } else if let Some(rest) =
            ["tcp", "udp"].iter().find_map(|way| word.strip_prefix(way)).filter(|rest| port_of(rest).is_some())
        {
            self.word(&word[..3]);
            self.word(rest);
        } else if let Some((_, over, true)) = OVER.iter().find(|(name, ..)| *name == word) {
            self.layer = Some(*over);
        } else if crate::parse::fields::is_id(word) {
            self.services.push(word.to_owned());
        } else {
            self.is_understood = false;
        }
    }

    /// The lines to write, ready to be pasted.
    fn proposals(&self) -> Option<String> {
        let service = self.services.first().map_or(String::new(), |service| format!(" {service}"));
        let known = self.services.first().and_then(|service| OVER.iter().find(|(name, ..)| name == service));
        let ways: Vec<&str> = match (self.transports.as_slice(), self.layer, known) {
            ([_, _], ..) => vec!["tcp+udp"],
            ([one], ..) => vec![one.as_str()],
            ([], Some(layer), _) => vec![layer.as_str()],
            ([], None, Some((_, over, _))) => vec![over.as_str()],
            _ => vec!["tcp", "udp", "tcp+udp"],
        };
        let line = |port: &String, way: &str| format!("{port}/{way}{service}");
        match self.ports.as_slice() {
            [] => None,
            [port] => Some(alternatives(ways.iter().map(|way| format!("`{}`", line(port, way))))),
            ports => Some(alternatives(ways.iter().map(|way| {
                let lines: Vec<_> = ports.iter().map(|port| line(port, way)).collect();
                format!("`[{}]`", lines.join(", "))
            }))),
        }
    }
}

/// `a`, `b` or `c`.
fn alternatives(list: impl Iterator<Item = String>) -> String {
    let mut words: Vec<_> = list.collect();
    let end = words.pop().unwrap_or_default();
    if words.is_empty() { end } else { format!("{} or {end}", words.join(", ")) }
}

/// A port as the language writes it, if a word is one in some other form.
fn port_of(word: &str) -> Option<String> {
    let word = word.trim_end_matches('.');
    match word {
        "any" | "all" | "*" | "alle" => return Some("any".to_owned()),
        "configured" => return Some(word.to_owned()),
        _ => {}
    }
    let (first, last) = match word.split_once('-') {
        Some((first, "")) => (first, "65535"),
        Some((first, last)) => (first, last),
        None => match word.strip_prefix('>') {
            Some(below) => return parse_digits(below).filter(|port| *port < 65535).map(|port| range(port + 1, 65535)),
            None => (word, word),
        },
    };
    let (first, last) = (parse_digits(first)?, parse_digits(last)?);
    Some(range(first.min(last), first.max(last)))
}

fn range(first: u16, last: u16) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

fn parse_digits(text: &str) -> Option<u16> {
    let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| is_digits && *port > 0)
}

#[cfg(test)]
mod tests {
    use super::super::{parse_port, parse_transports};
    use super::*;

    fn is_line(text: &str) -> bool {
        let address = text.split(' ').next().unwrap_or_default();
        address.split_once('/').is_some_and(|(port, way)| parse_port(port).is_ok() && parse_transports(way).is_some())
    }

    #[test]
    fn what_people_write_becomes_a_line() {
        for (text, expected) in [
            ("TCP 443", "write `443/tcp`"),
            ("tcp/443", "write `443/tcp`"),
            ("443／tcp", "write `443/tcp`"),
            ("４４３／ＴＣＰ", "write `443/tcp`"),
            ("443-tcp", "write `443/tcp`"),
            ("443_tcp", ""),
            ("tcp443", "write `443/tcp`"),
            ("443:tcp", "write `443/tcp`"),
            ("443 tcp", "write `443/tcp`"),
            ("443 /tcp", "write `443/tcp`"),
            ("443/TCP", "write `443/tcp`"),
            ("443 (TCP)", "write `443/tcp`"),
            ("443/tcp,udp", "write `443/tcp+udp`"),
            ("53/udp+tcp", "write `53/tcp+udp`"),
            ("53/tcp/udp dns", "write `53/tcp+udp dns`"),
            ("443/tcp/https", "write `443/tcp https`"),
            ("https 443/tcp", "write `443/tcp https`"),
            ("443/tcp (HTTPS)", "write `443/tcp https`"),
            ("22/ssh", "write `22/tcp ssh`"),
            ("443/tls", "write `443/tcp`"),
            ("443/quic", "write `443/udp`"),
            ("1812/radius", "write `1812/tcp radius`, `1812/udp radius` or `1812/tcp+udp radius`"),
            ("53/tpc dns", "write `53/tcp dns`"),
            ("443", "write `443/tcp`, `443/udp` or `443/tcp+udp`"),
            ("80, 443/tcp", "write `[80/tcp, 443/tcp]`"),
            ("80+443/tcp", "write `[80/tcp, 443/tcp]`"),
            ("ports 80 and 443 tcp", "write `[80/tcp, 443/tcp]`"),
            ("80、443/tcp", "write `[80/tcp, 443/tcp]`"),
            ("10–20/tcp", "write `10-20/tcp`"),
            ("10～20/tcp", "write `10-20/tcp`"),
            ("900-800/tcp", "write `800-900/tcp`"),
            ("10-10/tcp", "write `10/tcp`"),
            ("0443/tcp", "write `443/tcp`"),
            ("1024-/tcp", "write `1024-65535/tcp`"),
            (">1023/tcp", "write `1024-65535/tcp`"),
            ("*/udp", "write `any/udp`"),
            ("any", "write `any/tcp`, `any/udp` or `any/tcp+udp`"),
        ] {
            let told = explain(text).map(|(_, help)| help).unwrap_or_default();
            assert_eq!(told, expected, "{text}");
            for line in told.split('`').filter(|part| part.contains('/')) {
                let lines = line.trim_matches(['[', ']']).split(", ");
                lines.for_each(|line| assert!(is_line(line), "{text}: `{line}` can't be pasted"));
            }
        }
    }

    #[test]
    fn protocols_without_ports_get_no_transport() {
        for text in ["icmp", "ICMP", "esp", "ESP (50)", "50/esp", "icmp/8", "gre/tcp", "icmpv6 any"] {
            let (headline, help) = explain(text).unwrap_or_default();
            assert!(headline.contains("is a protocol without ports") && !help.contains("/tcp"), "{text}: {headline}");
        }
        assert!(explain("132/sctp").is_some_and(|(headline, _)| headline.contains("no transport of the language")));
    }

    #[test]
    fn nothing_is_proposed_where_a_part_is_not_understood() {
        for text in ["0/tcp", "65536/tcp", "", "https", "443/tcp https http", "see the manual", "-1/tcp", "443/tcp?"] {
            assert_eq!(explain(text), None, "{text}");
        }
    }
}
