//! Protocols without ports in lines of `ports:`: `esp`, `icmp(echo-request)`, `ip(41)`; and what people
//! write instead.

use crate::diagnostic::{Advice, Vocabulary, suggest};
use crate::value::{Protocol, Transport};

/// What is wrong, and the next step.
type Mistake = (String, Advice);

/// Words for protocols that the language says in another way.
const INSTEAD: &[(&str, &str)] = &[
    ("icmpv4", "write `icmp`"),
    ("icmp4", "write `icmp`"),
    ("icmp6", "write `icmpv6`"),
    ("ipv6-icmp", "write `icmpv6`"),
    ("ping", "write `icmp(echo-request)`, for IPv6 `icmpv6(echo-request)`"),
    ("ipsec", "write what it consists of: `[500/udp, 4500/udp, esp]`, with `ah` where it is used"),
    ("ipinip", "write `ipip`"),
    ("ipencap", "write `ipip`"),
    ("ip-in-ip", "write `ipip`"),
    ("l2tpv3", "write `l2tp` for L2TPv3 over IP; L2TP over UDP is `1701/udp`"),
    ("carp", "write `vrrp`: both are protocol 112"),
    ("egp", "write `ip(8)`"),
    ("rsvp", "write `ip(46)`"),
    ("eigrp", "write `ip(88)`"),
    ("pim", "write `ip(103)`"),
    ("6in4", "write `ip(41)`"),
];

/// The protocol that a word names, or what is wrong with it; `None`: it is meant to be none.
pub(super) fn parse(word: &str) -> Option<Result<Protocol, Mistake>> {
    let (name, argument) = match word.split_once('(') {
        Some((name, rest)) => (name, Some(rest)),
        None => (word, None),
    };
    let protocol = Protocol::named(name);
    if protocol.is_none() && name != "ip" {
        return None;
    }
    let Some(argument) = argument else {
        return Some(protocol.ok_or_else(|| {
            let help =
                "write its number, for example `ip(41)`, or one of the words of the reference, for example `esp`";
            ("`ip` does not say which protocol".to_owned(), help.into())
        }));
    };
    let Some(argument) = argument.strip_suffix(')') else {
        return Some(Err((
            format!("`{word}` is not closed"),
            Advice::fixed_by("write `)` behind it, without a space within", word, format!("{word})")),
        )));
    };
    Some(match protocol {
        Some(protocol) => with_type(name, protocol, argument),
        None => numbered(word, argument),
    })
}

fn with_type(name: &str, protocol: Protocol, argument: &str) -> Result<Protocol, Mistake> {
    let types = protocol.type_names();
    if types.is_empty() {
        return Err((format!("messages of `{name}` have no type"), format!("write `{name}` alone").into()));
    }
    if argument.is_empty() {
        let help = format!("write `{name}` alone for every type, or one of them, for example `{name}(echo-request)`");
        return Err((format!("`{name}()` names no type"), help.into()));
    }
    let named = types.iter().find(|(_, word)| *word == argument).map(|(number, _)| *number);
    let Some(number) = named.or_else(|| number(argument)) else {
        let words = types.iter().map(|(_, word)| *word);
        let help = match (argument, suggest(argument, words, Vocabulary::Language)) {
            ("ping" | "echo", _) => format!("write `{name}(echo-request)`").into(),
            (_, Some(question)) => question,
            (_, None) => {
                let known: Vec<_> = types.iter().map(|(_, word)| format!("`{word}`")).collect();
                format!("types are numbers from 0 to 255, or {}", known.join(", ")).into()
            }
        };
        return Err((format!("`{argument}` is no type of `{name}`"), help));
    };
    Ok(protocol.with_type(number))
}

fn numbered(word: &str, argument: &str) -> Result<Protocol, Mistake> {
    let Some(number) = number(argument) else {
        let help = "protocol numbers are 0 to 255, without leading zeros";
        return Err((format!("`{argument}` is no protocol number"), help.into()));
    };
    if let Some(transport) = Transport::ALL.into_iter().find(|transport| transport.number() == number) {
        let help = format!("write its ports, for example `443/{0}`, or `any/{0}` for all of them", transport.as_str());
        return Err((format!("`{word}` is a transport"), help.into()));
    }
    match Protocol::word_of(number) {
        Some(own) => {
            Err((format!("`{word}` has a word of its own"), Advice::fixed_by(format!("write `{own}`"), word, own)))
        }
        None => Ok(Protocol::Numbered(number)),
    }
}

fn number(text: &str) -> Option<u8> {
    let is_canonical = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| is_canonical)
}

/// What is wrong with a line that names a protocol without ports, if it is one.
pub(super) fn refuse(line: &str) -> Option<Mistake> {
    let first = line.split_whitespace().next()?;
    let rest = line[line.find(first)? + first.len()..].trim();
    if let Some(parsed) = parse(first) {
        return Some(match parsed {
            Err(mistake) => mistake,
            Ok(_) => behind(first, rest),
        });
    }
    let is_break = |c: char| c.is_whitespace() || "/,;:()[]".contains(c);
    let words: Vec<_> = line.split(is_break).filter(|word| !word.is_empty()).collect();
    let lower: Vec<_> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    if let Some(word) = lower.iter().find_map(|word| Protocol::named(word)).and_then(Protocol::word) {
        let (at, written) = lower.iter().position(|known| known == word).map(|at| (at, words[at]))?;
        // `443/tcp esp`: a service may have any name.
        if at > 0 && lower.iter().any(|word| Transport::named(word).is_some()) && !line.contains(&format!("{written}/"))
        {
            return None;
        }
        let headline = if written == word {
            format!("`{word}` is a protocol without ports, and needs no transport")
        } else {
            format!("`{written}` is a protocol without ports in capitals")
        };
        let help = match word {
            "l2tp" => "write `l2tp` alone for L2TPv3 over IP; L2TP over UDP is `1701/udp`".into(),
            _ if written == line => Advice::fixed_by(format!("write `{word}` alone"), line, word),
            _ => format!("write `{word}` alone").into(),
        };
        return Some((headline, help));
    }
    let (word, help) = lower.iter().find_map(|word| INSTEAD.iter().find(|(known, _)| known == word))?;
    let written = words[lower.iter().position(|known| known == word)?];
    Some((format!("`{written}` is no word for a protocol"), (*help).into()))
}

/// What stands behind a protocol and is no service.
fn behind(first: &str, rest: &str) -> Mistake {
    let help = format!("write `{first}`, and behind it the ids of services, if the source names any").into();
    if rest.split_whitespace().any(|word| word == "any") {
        return (format!("`{first}` is a protocol without ports, and `any` stands for all ports"), help);
    }
    (format!("`{first}` is a protocol without ports, and `{rest}` is no service"), help)
}
