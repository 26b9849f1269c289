//! Addresses at which a party is reached: host names (RFC 1123), URLs, IP addresses and CIDR blocks
//! (RFC 4632), templates, references to lists; and the vendor's conditions on them.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::diagnostic::{Code, Diagnostic, Report, closest};
use crate::span::{Span, Spanned};
use crate::value::AddressKind;

use super::fields::{Fields, as_list, as_word, wrong_type};
use super::keys::{self, Key};
use super::when::{RawWhen, parse_when};
use super::yaml::{Entry, Node, Value};

/// Where an end of a flow is reached, as written.
#[derive(Clone, Debug)]
pub enum RawHosts {
    /// On the reader's own machine.
    Own,
    /// Anywhere.
    Any,
    /// The vendor publishes none.
    Unpublished,
    /// The source does not say.
    Unknown,
    /// Listed.
    List(Vec<RawHost>),
}

/// One entry of a list of addresses.
#[derive(Clone, Debug)]
pub enum RawHost {
    /// An address.
    Address(AddressKind, Spanned<String>),
    /// `{ list: ID }`
    List(Spanned<String>),
    /// `{ see: SOURCE }`
    See(Spanned<String>),
    /// `{ when: …, hosts: […] }`
    Group {
        /// When the group holds.
        when: RawWhen,
        /// What it holds.
        hosts: Vec<RawHost>,
    },
}

/// Reads `hosts:` or `from-hosts:`.
pub fn parse_hosts(key: &str, node: &Node, report: &mut Report) -> Option<RawHosts> {
    if let Some(scalar) = node.as_scalar() {
        match scalar.text.as_str() {
            "own" => return Some(RawHosts::Own),
            "any" => return Some(RawHosts::Any),
            "unpublished" => return Some(RawHosts::Unpublished),
            "unknown" => return Some(RawHosts::Unknown),
            _ => {}
        }
    }
    if node.is_null() {
        report.add(wrong_type(key, "a list of addresses, `own`, `any`, `unpublished` or `unknown`", node));
        return None;
    }
    Some(RawHosts::List(parse_host_list(key, node, report)))
}

/// Reads a list of addresses and groups.
pub fn parse_host_list(key: &str, node: &Node, report: &mut Report) -> Vec<RawHost> {
    let mut hosts = Vec::new();
    for item in as_list(key, node, report) {
        match parse_host(key, item, report) {
            Some(host) => hosts.push(host),
            None => report.lose_address(),
        }
    }
    hosts
}

fn parse_host(key: &str, node: &Node, report: &mut Report) -> Option<RawHost> {
    let Value::Map(entries) = &node.value else {
        let word = as_word(key, node, report)?;
        return parse_address(&word.value, word.span, report)
            .map(|(kind, address)| RawHost::Address(kind, Spanned::new(address, word.span)));
    };
    if let Some(diagnostic) = single_address(entries, node).or_else(|| bare_addresses(entries, node)) {
        report.add(diagnostic);
        return None;
    }
    let fields = Fields::of(&keys::address::KEYS, node.span, node, report)?;
    let word = |key: Key, report: &mut Report| fields.get(key).map(|node| as_word(key.name, node, report));
    if let Some(list) = word(keys::address::LIST, report) {
        return list.map(RawHost::List);
    }
    if let Some(see) = word(keys::address::SEE, report) {
        return see.map(RawHost::See);
    }
    let is_known = |entry: &Entry| keys::address::KEYS.names().any(|name| name == entry.key.value);
    // Of a map that is something else altogether, the key is the mistake.
    if !entries.iter().any(is_known) {
        if entries.is_empty() {
            report.add(wrong_type("an address", "an address", node));
        }
        return None;
    }
    let when = fields.require(keys::address::WHEN, report).map(|node| parse_when(node, report));
    let hosts = fields.require(keys::address::HOSTS, report).map(|node| parse_host_list(key, node, report));
    Some(RawHost::Group { when: when?, hosts: hosts? })
}

/// `{ host: a.example }`: other tools write an address so. Here it is a word.
fn single_address(entries: &[Entry], node: &Node) -> Option<Diagnostic> {
    const WORDS: &[&str] =
        &["host", "hostname", "name", "fqdn", "domain", "url", "ip", "address", "addr", "cidr", "network", "subnet"];
    let key = |entry: &Entry| entry.key.value.to_ascii_lowercase();
    let entry = entries.iter().find(|entry| WORDS.contains(&key(entry).as_str()))?;
    let address = entry.value.as_scalar().filter(|_| !entry.value.is_null())?;
    let has_condition = entries.iter().any(|entry| entry.key.value == "when");
    let shown = as_written(&address.text);
    let help = if has_condition {
        format!("an address with a condition is a group: `{{ when: …, hosts: [{shown}] }}`")
    } else {
        format!("an address is a word: write `{shown}` in place of the map")
    };
    let headline = format!("an address is a map with the key `{}`, expected the address itself", entry.key.value);
    Some(Diagnostic::error(Code::WrongType, headline).at(node.span).help(help))
}

/// An address with the quotation marks it needs in a list.
fn as_written(text: &str) -> String {
    if text.contains([':', '*', '{', '#', ',']) { format!("\"{text}\"") } else { text.to_owned() }
}

/// `{ a.example: 443 }`, which YAML also makes of `a.example: 443`, and `{ hosts: [a.example] }`: the
/// addresses are there, and a map around them says nothing.
fn bare_addresses(entries: &[Entry], node: &Node) -> Option<Diagnostic> {
    let refuse =
        |code: Code, headline: String, help: String| Some(Diagnostic::error(code, headline).at(node.span).help(help));
    if let [Entry { key, value }] = entries
        && key.value == "hosts"
        && !value.is_null()
    {
        let listed = as_list("`hosts`", value, &mut Report::default());
        let words: Vec<_> = listed.iter().filter_map(Node::as_scalar).map(|scalar| scalar.text.as_str()).collect();
        let all = if words.len() == listed.len() && words.iter().all(|word| classify(word).is_ok()) {
            shown(&words)
        } else {
            "the addresses themselves".to_owned()
        };
        let help =
            format!("write {all} in place of the map; a group is for addresses with a condition and has `when` too");
        return refuse(Code::WrongType, "a group of addresses has no condition".to_owned(), help);
    }
    let words: Vec<_> = entries.iter().map(|entry| entry.key.value.as_str()).collect();
    let is_address = |word: &&str| word.contains(['.', ':', '/']) && classify(word).is_ok();
    if words.is_empty() || !words.iter().all(is_address) {
        return None;
    }
    let is_port = |entry: &Entry| {
        entry.value.as_scalar().is_some_and(|scalar| scalar.text.parse::<u16>().is_ok())
            || matches!(entry.value.value, Value::List(_))
    };
    let (first, help) = (&words[0], format!("write {}", shown(&words)));
    match entries.iter().find(|entry| is_port(entry)) {
        Some(Entry { key, value: Node { value: Value::Scalar(port), .. } }) => refuse(
            Code::AddressForm,
            format!("`{}: {}` holds a port", key.value, port.text),
            format!("{help}; ports stand under `ports`"),
        ),
        Some(entry) => refuse(
            Code::AddressForm,
            format!("`{}` holds ports", entry.key.value),
            format!("{help}; ports stand under `ports`"),
        ),
        None => refuse(
            Code::WrongType,
            format!("an address is a map with the key `{first}`, expected the address itself"),
            format!("an address is a word: {help} in place of the map"),
        ),
    }
}

/// Addresses as they are to be written: one alone, several as a list.
fn shown(words: &[&str]) -> String {
    let list: Vec<_> = words.iter().map(|word| as_written(word)).collect();
    match list.as_slice() {
        [only] => format!("`{only}`"),
        _ => format!("`[{}]`", list.join(", ")),
    }
}

/// Classifies one address and brings it into the form of the data files.
pub fn parse_address(text: &str, span: Span, report: &mut Report) -> Option<(AddressKind, String)> {
    match classify(text) {
        Ok(address) => Some(address),
        Err((headline, help)) => {
            report.add(Diagnostic::error(Code::AddressForm, headline).at(span).help(help));
            None
        }
    }
}

type AddressError = (String, String);

fn classify(text: &str) -> Result<(AddressKind, String), AddressError> {
    if text.contains(['{', '}']) {
        return classify_template(text);
    }
    if let Ok(address) = text.parse::<IpAddr>() {
        return Ok((AddressKind::Ip, address.to_string()));
    }
    let (scheme, rest) = text.split_once("://").map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
    if let Some(scheme) = scheme
        && (scheme.is_empty() || !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    {
        return Err((format!("`{scheme}` is no scheme"), "write `https://name/path` or the name alone".to_owned()));
    }
    let (name, path) = rest.split_once('/').unwrap_or((rest, ""));
    if name.starts_with('[') || (name.parse::<IpAddr>().is_ok() && (scheme.is_some() || !looks_like_cidr(name, path))) {
        return Err((
            format!("`{text}` mixes an IP address with a scheme, a port or a path"),
            "write the address alone, or as `ADDRESS/LENGTH`".to_owned(),
        ));
    }
    if scheme.is_none() && looks_like_cidr(name, path) {
        return classify_cidr(text, name, path);
    }
    check_name(name)?;
    if path.is_empty() {
        // A scheme without a path says nothing the port does not say.
        return Ok((AddressKind::Host, name.to_ascii_lowercase()));
    }
    if path.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'\\".contains(c)) {
        return Err((format!("`{text}` holds a character no URL may hold"), "percent-encode it".to_owned()));
    }
    Ok((AddressKind::Url, text.to_owned()))
}

fn classify_template(text: &str) -> Result<(AddressKind, String), AddressError> {
    let rest = text.replace("{to}", "").replace("{ip}", "");
    if rest.contains(['{', '}']) {
        return Err((
            format!("`{text}` has a placeholder of no known name"),
            "placeholders are `{to}` (the reader's own server) and `{ip}`".to_owned(),
        ));
    }
    if rest.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'\\".contains(c)) {
        return Err((format!("`{text}` holds a character no URL may hold"), "percent-encode it".to_owned()));
    }
    Ok((AddressKind::Template, text.to_owned()))
}

fn looks_like_cidr(name: &str, length: &str) -> bool {
    let is_length = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let is_numeric = name.parse::<IpAddr>().is_ok() || name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_numeric && is_length
}

fn classify_cidr(text: &str, name: &str, length: &str) -> Result<(AddressKind, String), AddressError> {
    let Ok(net) = text.parse::<IpNet>() else {
        let what = if name.parse::<IpAddr>().is_err() {
            format!("`{name}` is no IP address")
        } else {
            format!("`/{length}` is no prefix length")
        };
        return Err((what, "write ADDRESS/LENGTH, for example `192.0.2.0/24` or `2001:db8::/32`".to_owned()));
    };
    if net.network() != net.addr() {
        return Err((
            format!("`{text}` has bits set behind the prefix"),
            format!("write `{}`, or the address alone", net.trunc()),
        ));
    }
    Ok((AddressKind::Cidr, net.to_string()))
}

/// Whether a text names a host: with a domain, or an IP address.
pub fn is_host(name: &str) -> bool {
    name.parse::<IpAddr>().is_ok() || check_name(name).is_ok()
}

/// RFC 1123 §2.1: letters, digits and hyphens, labels of 63, names of 253 octets; underscores occur
/// in practice; a leading `*.` stands for any subdomain.
fn check_name(name: &str) -> Result<(), AddressError> {
    if let Some((host, port)) = name.rsplit_once(':')
        && port.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err((format!("`{name}` holds a port"), format!("write `{host}`; ports stand under `ports`")));
    }
    if !name.is_ascii() {
        return Err((
            format!("`{name}` is not ASCII"),
            "write an internationalized name in its `xn--` form".to_owned(),
        ));
    }
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Err((
            format!("`{name}` is no IP address"),
            "an IPv4 address is four numbers from 0 to 255 without leading zeros".to_owned(),
        ));
    }
    let labels = name.strip_prefix("*.").unwrap_or(name);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_name = name.len() <= 253 && labels.split('.').all(is_label);
    if is_name && !labels.contains('.') && labels != "localhost" {
        // A published host has a domain; a lone word is a misspelled keyword.
        let hint = closest(name, ["own", "any", "unpublished", "unknown"])
            .map(|word| format!("did you mean `{word}`? it stands alone, not in a list"));
        return Err((format!("`{name}` has no domain"), hint.unwrap_or_else(|| "write the full host name".to_owned())));
    }
    // RFC 3696 §2: a top-level domain is not all-numeric; `10.0.0.1-10.0.0.9` is no name.
    let is_domain = labels.rsplit('.').next().is_some_and(|label| label.starts_with(|c: char| c.is_ascii_alphabetic()));
    if is_name && is_domain {
        return Ok(());
    }
    Err((format!("`{name}` is no host name"), "expected a name, `name/path`, `scheme://name/path`, an address, a CIDR block, `{ list: ID }`, `{ see: SOURCE }` or a group with `when`".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(text: &str) -> String {
        match classify(text) {
            Ok((kind, address)) => format!("{} {address}", kind.as_str()),
            Err((what, _)) => format!("error {what}"),
        }
    }

    #[test]
    fn addresses_are_told_apart() {
        for (text, expected) in [
            ("files.example.com", "host files.example.com"),
            ("https://files.example.com", "host files.example.com"),
            ("https://files.example.com/", "host files.example.com"),
            ("*.example.com", "host *.example.com"),
            ("localhost", "host localhost"),
            ("files.example.com/tmcss/", "url files.example.com/tmcss/"),
            ("https://a.example/x?y=1", "url https://a.example/x?y=1"),
            ("192.0.2.1", "ip 192.0.2.1"),
            ("2001:db8::1", "ip 2001:db8::1"),
            ("192.0.2.0/24", "cidr 192.0.2.0/24"),
            ("2001:db8::/32", "cidr 2001:db8::/32"),
            ("https://{to}:443/rest", "template https://{to}:443/rest"),
            ("192.0.2.1/24", "error `192.0.2.1/24` has bits set behind the prefix"),
            ("192.0.2.0/33", "error `/33` is no prefix length"),
            ("300.1.2.3", "error `300.1.2.3` is no IP address"),
            ("300.1.2.0/24", "error `300.1.2.0` is no IP address"),
            ("files.example.com:8443", "error `files.example.com:8443` holds a port"),
            ("-a.example", "error `-a.example` is no host name"),
            ("unpublishd", "error `unpublishd` has no domain"),
            ("10.0.0.1-10.0.0.9", "error `10.0.0.1-10.0.0.9` is no host name"),
            ("https://192.0.2.1/x", "error `https://192.0.2.1/x` mixes an IP address with a scheme, a port or a path"),
            ("192.0.2.1/x", "error `192.0.2.1/x` mixes an IP address with a scheme, a port or a path"),
            ("[2001:db8::1]:443", "error `[2001:db8::1]:443` mixes an IP address with a scheme, a port or a path"),
            ("http//a", "error `http` has no domain"),
            ("a..example", "error `a..example` is no host name"),
            ("a b", "error `a b` is no host name"),
            ("bücher.example", "error `bücher.example` is not ASCII"),
            ("{from}.example", "error `{from}.example` has a placeholder of no known name"),
            ("javascript:alert(1)", "error `javascript:alert(1)` is no host name"),
        ] {
            assert_eq!(class(text), expected, "{text}");
        }
    }
}
