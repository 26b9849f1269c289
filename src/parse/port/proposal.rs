//! What a line of ports was meant to be: the parts people write, in whatever order and with whatever
//! signs between them, put into the one form of the language. Nothing is proposed where a part is
//! not understood: a wrong proposal is pasted, too.

mod signs;

use crate::diagnostic::{Advice, closest};
use crate::value::Transport;
use signs::{parse_digits, port_of, with_ranges, without_groups};

/// Transports with ports that firewalls hardly know, and the language neither.
const OTHER_TRANSPORTS: &[&str] = &["udplite", "udp-lite"];
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
const NOISE: &[&str] =
    &["port", "ports", "dport", "dports", "dpt", "dpts", "nr.", "no.", "number", "over", "via", "on"];
/// Words between ports. What follows one and is no port is no service either: `1024 and above`.
const CONJUNCTIONS: &[&str] = &["and", "or", "und", "oder"];

/// Those after which one is enough.
const CHOICES: &[&str] = &["or", "oder"];

/// A headline and its help for a line that is no line of ports, where it is clear what was meant.
pub(super) fn explain(line: &str) -> Option<(String, Advice)> {
    let parts = Parts::read(line);
    let shown: String = line.trim().chars().take(80).collect();
    if let Some(word) = &parts.other_transport {
        let headline = format!("`{word}` is no transport of the language");
        let help = "a line takes `tcp`, `udp`, `tcp+udp`, `sctp` or `dccp`; UDP-Lite without its ports is `ip(136)`";
        return Some((headline, help.into()));
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
        _ => format!("`{shown}` is not in the form PORT/TRANSPORT [SERVICE …]"),
    };
    let mut help = format!("write {proposals}");
    let is_choice = line.to_lowercase().split_whitespace().any(|word| CHOICES.contains(&word));
    if is_choice && parts.ports.len() > 1 {
        help.push_str(", and `need: one` in the flow where one of them is enough");
    }
    let advice = match parts.only_line(line, &proposals) {
        Some(meant) if !is_choice => Advice::fixed_by(help, line, meant),
        _ => help.into(),
    };
    Some((headline, advice))
}

/// Where the word in hand stands.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    AmongPorts,
    BehindConjunction,
    /// Behind a slash or a transport, where the service stands.
    BehindPorts,
}

/// What a line says, part by part.
#[derive(Default)]
struct Parts {
    ports: Vec<String>,
    transports: Vec<Transport>,
    services: Vec<String>,
    /// `tls`, `quic`: says the transport and is no service.
    layer: Option<Transport>,
    other_transport: Option<String>,
    /// Words beside the numbers that no list here knows: `above`, `以上`, `bis`. They say whether the
    /// numbers are ports or the ends of ranges, and only the writer knows which.
    has_words: bool,
    place: Place,
    /// `22,443` as one number, if it can be one.
    grouped: Option<u16>,
    is_understood: bool,
}

impl Parts {
    fn read(line: &str) -> Self {
        let mut parts = Self { is_understood: true, ..Self::default() };
        let (line, grouped) = without_groups(line);
        parts.grouped = grouped;
        let line = with_ranges(&line);
        let is_break = |c: char| c.is_whitespace() || "/,;:()[]+&|、。・=".contains(c);
        let mut rest = line.as_str();
        while let Some(start) = rest.find(|c| !is_break(c)) {
            if rest[..start].contains('/') {
                parts.place = Place::BehindPorts;
            }
            let end = rest[start..].find(is_break).map_or(rest.len(), |end| start + end);
            parts.word(&rest[start..end]);
            rest = &rest[end..];
        }
        parts.is_understood &= parts.services.len() <= 1 && !(parts.services.len() == 1 && parts.ports.is_empty());
        parts
    }

    fn word(&mut self, word: &str) {
        // `tpc` is no service.
        let is_known = OVER.iter().any(|(name, ..)| *name == word);
        let word = closest(word, ["tcp", "udp"]).filter(|way| !is_known && word.len() == way.len()).unwrap_or(word);
        let has_transport = |word: &str| matches!(word, "tcp" | "udp");
        let is_conjunction = CONJUNCTIONS.contains(&word);
        let place = self.place;
        if place != Place::BehindPorts {
            self.place = if is_conjunction { Place::BehindConjunction } else { Place::AmongPorts };
        }
        if NOISE.contains(&word) || is_conjunction {
        } else if OTHER_TRANSPORTS.contains(&word) {
            self.other_transport.get_or_insert_with(|| word.to_owned());
        } else if let Some(transport) = Transport::named(word) {
            if !self.transports.contains(&transport) {
                self.transports.push(transport);
            }
            if !self.ports.is_empty() {
                self.place = Place::BehindPorts;
            }
        } else if let Some(port) = port_of(word) {
            self.ports.push(port);
        } else if let Some(last) = word.split_once('-').and_then(|(way, last)| has_transport(way).then_some(last))
            && let Some(range) = self.ports.last().and_then(|first| port_of(&format!("{first}-{last}")))
        {
            // `1024/tcp-2048/tcp`
            self.word(&word[..3]);
            self.ports.pop();
            self.ports.push(range);
        } else if let Some((first, rest)) = word.split_once('-').filter(|(a, b)| has_transport(a) || has_transport(b)) {
            self.word(first);
            self.word(rest);
        } else if let ("tcp" | "udp", "4" | "6") = word.split_at_checked(3).unwrap_or_default() {
            // The version of IP, as `netstat` writes it.
            self.word(&word[..3]);
        } else if let Some(rest) =
            ["tcp", "udp"].iter().find_map(|way| word.strip_prefix(way)).filter(|rest| port_of(rest).is_some())
        {
            self.word(&word[..3]);
            self.word(rest);
        } else if let Some((_, over, true)) = OVER.iter().find(|(name, ..)| *name == word) {
            self.layer = Some(*over);
        } else if !is_known && place != Place::BehindPorts && word.chars().all(char::is_alphabetic) {
            // Before the port a service may stand: `DNS 53/udp`.
            let is_id = crate::parse::fields::is_id(word);
            self.has_words |= !is_id || !self.ports.is_empty();
            if is_id && place != Place::BehindConjunction {
                self.services.push(word.to_owned());
            }
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
            ([one], ..) => vec![one.as_str()],
            ([Transport::Tcp, Transport::Udp] | [Transport::Udp, Transport::Tcp], ..) => vec!["tcp+udp"],
            ([_, ..], ..) => return None,
            ([], Some(layer), _) => vec![layer.as_str()],
            ([], None, Some((_, over, _))) => vec![over.as_str()],
            _ => vec!["tcp", "udp", "tcp+udp"],
        };
        if self.has_words {
            return self.readings(&ways, &service);
        }
        let line = |port: &String, way: &str| format!("{port}/{way}{service}");
        match self.ports.as_slice() {
            [] => None,
            [first, last] if self.grouped.is_some() => {
                let ([way], Some(one)) = (ways.as_slice(), self.grouped) else { return None };
                let two = format!("`[{}, {}]` for these two ports", line(first, way), line(last, way));
                Some(format!("{two}, `{one}/{way}{service}` if the comma parts the digits of one"))
            }
            [port] => Some(alternatives(ways.iter().map(|way| format!("`{}`", line(port, way))))),
            ports => Some(alternatives(ways.iter().map(|way| {
                let lines: Vec<_> = ports.iter().map(|port| line(port, way)).collect();
                format!("`[{}]`", lines.join(", "))
            }))),
        }
    }
}

impl Parts {
    /// The proposal, if there is one only and nothing in it was guessed: the way it goes stands in the line.
    fn only_line<'a>(&self, line: &str, proposals: &'a str) -> Option<&'a str> {
        let meant = proposals.strip_prefix('`')?.strip_suffix('`').filter(|rest| !rest.contains(['`', '[']))?;
        let line = crate::words::fold_for_search(line);
        let is_written = |way: &Transport| line.contains(way.as_str());
        let is_said = !self.transports.is_empty() && self.transports.iter().all(is_written);
        // Ends the other way round, a lost end and a leading zero may be slips in a digit as well; what stands in
        // parentheses, and `all`, may be meant in two ways.
        let is_same = numbers(meant) == numbers(&line) && !line.contains(['(', '[']);
        let is_any = meant.starts_with("any") && !line.contains("any");
        (is_said && is_same && !is_any && self.grouped.is_none() && !self.has_words).then_some(meant)
    }

    /// What the numbers may mean, where words decide it: each with what it says.
    fn readings(&self, ways: &[&str], service: &str) -> Option<String> {
        let [way] = ways else { return None };
        let number = |port: &String| parse_digits(port);
        match self.ports.as_slice() {
            [port] => number(port).filter(|port| (2..65535).contains(port)).map(|_| {
                format!(
                    "`{port}/{way}{service}` for this port alone, `{port}-65535/{way}` for it and all above, `1-{port}/{way}` for it and all below"
                )
            }),
            [first, last] if number(first)? < number(last)? => Some(format!(
                "`[{first}/{way}, {last}/{way}]` for these two ports, `{first}-{last}/{way}` for all from the first to the last"
            )),
            _ => None,
        }
    }
}

/// What stands in digits.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).collect()
}

/// `a`, `b` or `c`.
fn alternatives(list: impl Iterator<Item = String>) -> String {
    let mut words: Vec<_> = list.collect();
    let end = words.pop().unwrap_or_default();
    if words.is_empty() { end } else { format!("{} or {end}", words.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::super::parse_line;
    use super::*;
    use crate::diagnostic::Report;
    use crate::span::{FileId, Span, Spanned};

    fn is_line(text: &str) -> bool {
        let mut report = Report::default();
        let line = Spanned::new(text.to_owned(), Span::new(FileId(0), 0..text.len()));
        parse_line(&line, &mut report).is_some() && report.into_list().is_empty()
    }

    /// Every line that a help proposes, out of its backticks and lists.
    fn proposed(help: &str) -> Vec<&str> {
        let marked = help.split('`').skip(1).step_by(2);
        marked.flat_map(|lines| lines.trim_matches(['[', ']']).split(", ")).collect()
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
            ("> 1023/tcp", "write `1024-65535/tcp`"),
            ("≥1024/tcp", "write `1024-65535/tcp`"),
            (">=1024/tcp", "write `1024-65535/tcp`"),
            ("≧ 1024/tcp", "write `1024-65535/tcp`"),
            ("<1024/tcp", "write `1-1023/tcp`"),
            ("<= 1024 tcp", "write `1-1024/tcp`"),
            ("1024+/tcp", "write `1024-65535/tcp`"),
            ("1024+ tcp", "write `1024-65535/tcp`"),
            ("TCP 1024+", "write `1024-65535/tcp`"),
            ("1024:2048/tcp", "write `1024-2048/tcp`"),
            ("1024:/tcp", "write `1024-65535/tcp`"),
            ("1024/tcp-2048/tcp", "write `1024-2048/tcp`"),
            ("1024/tcp - 2048/tcp", "write `1024-2048/tcp`"),
            ("1024 – 2048/tcp", "write `1024-2048/tcp`"),
            ("1024..2048/tcp", "write `1024-2048/tcp`"),
            ("1024…2048/tcp", "write `1024-2048/tcp`"),
            ("1,024/tcp", "write `1024/tcp`"),
            ("49,152-65,535/tcp", "write `49152-65535/tcp`"),
            (
                "22,443/tcp",
                "write `[22/tcp, 443/tcp]` for these two ports, `22443/tcp` if the comma parts the digits of one",
            ),
            ("80,443/tcp", "write `[80/tcp, 443/tcp]`"),
            ("25, 587/tcp", "write `[25/tcp, 587/tcp]`"),
            ("25,465,587/tcp", "write `[25/tcp, 465/tcp, 587/tcp]`"),
            ("137-139,445/tcp", "write `[137-139/tcp, 445/tcp]`"),
            ("tcp dpts:1024:2048", "write `1024-2048/tcp`"),
            ("443/tcp - https", "write `443/tcp https`"),
            ("443/tcp6", "write `443/tcp`"),
            ("80 + 443/tcp", "write `[80/tcp, 443/tcp]`"),
            ("dns 53/udp", "write `53/udp dns`"),
            ("*/udp", "write `any/udp`"),
            ("any", "write `any/tcp`, `any/udp` or `any/tcp+udp`"),
        ] {
            let told = explain(text).map(|(_, help)| help.text).unwrap_or_default();
            assert_eq!(told, expected, "{text}");
        }
    }

    #[test]
    fn what_words_decide_is_proposed_in_every_reading() {
        let open = "write `1024/tcp` for this port alone, `1024-65535/tcp` for it and all above, `1-1024/tcp` for it and all below";
        let closed =
            "write `[1024/tcp, 2048/tcp]` for these two ports, `1024-2048/tcp` for all from the first to the last";
        for (text, expected) in [
            ("1024 and above/tcp", open),
            ("1024 or higher/tcp", open),
            ("1024以上/tcp", open),
            ("1024 以上/tcp", open),
            ("１０２４以上／tcp", open),
            ("1024 to 2048/tcp", closed),
            ("1024 bis 2048/tcp", closed),
            ("1024から2048/tcp", closed),
        ] {
            assert_eq!(explain(text).map(|(_, help)| help.text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn whatever_is_proposed_is_a_line() {
        let ports = [
            "1",
            "443",
            "0443",
            "65535",
            "1024-",
            "1024+",
            "1024:2048",
            "2048:1024",
            "1024..2048",
            "1024/tcp-2048",
            ">1023",
            "≥ 65535",
            "<2",
            "<= 1",
            "1,024",
            "80,443",
            "80 and 443",
            "1 and above",
            "1024以上",
            "1 以上",
            "65535以上",
            "1024 to 2048",
            "2048 to 1024",
            "5 bis 5",
            "*",
            "all",
            "configured",
            "１０２４～２０４８",
            "10-20-30",
            "0+",
            "70000+",
            ":443",
            "1024:2048:4096",
            "-",
            "+",
            "..",
            "≥",
            "99999以上",
            "port 443",
            "ports 80-90",
            "80 | 443",
            "1024 above 2048",
            "22,443",
            "49,152-65,535",
        ];
        let ways = [
            "/tcp", "/TCP", "/udp+tcp", " tcp", "／udp", "/tcp6", "/tls", "/quic", "/radius", "", "-tcp", "/tcp/443",
            "+udp",
        ];
        let mut count = 0;
        for port in ports {
            for way in ways {
                for service in ["", " https", " (dns)", " x-509", " 以上", " and above", " 9"] {
                    let lines = [format!("{port}{way}{service}"), format!("{service} {way} {port}")];
                    for text in lines {
                        let Some((_, Advice { text: help, fix })) = explain(&text) else { continue };
                        assert!(fix.is_none_or(|fix| is_line(&fix.meant)), "{text}");
                        for line in proposed(&help).into_iter().filter(|_| help.starts_with("write ")) {
                            count += 1;
                            assert!(is_line(line), "{text}: `{line}` can't be pasted");
                        }
                    }
                }
            }
        }
        assert!(count > 1000, "{count}");
    }

    #[test]
    fn other_transports_are_led_to_what_can_be_written() {
        assert_eq!(
            explain("SCTP 2905"),
            Some((
                "`SCTP 2905` is not in the form PORT/TRANSPORT [SERVICE …]".into(),
                Advice::fixed_by("write `2905/sctp`", "SCTP 2905", "2905/sctp")
            ))
        );
        assert!(explain("136/udplite").is_some_and(|(headline, _)| headline.contains("no transport of the language")));
        assert_eq!(explain("443/tcp,sctp"), None);
    }

    #[test]
    fn nothing_is_proposed_where_a_part_is_not_understood() {
        for text in [
            "0/tcp",
            "65536/tcp",
            "",
            "https",
            "443/tcp https http",
            "see the manual",
            "-1/tcp",
            "443/tcp?",
            ":443/tcp",
            "1024->2048/tcp",
            "1024-2048-4096/tcp",
            "1024:2048:4096/tcp",
            "192.0.2.1:443/tcp",
            "70000+/tcp",
            "1024/tcp-2048/udp/x y",
        ] {
            assert_eq!(explain(text), None, "{text}");
        }
    }
}
