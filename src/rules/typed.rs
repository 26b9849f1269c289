//! What readers type: addresses, host names and ports, on the page and on the command line. A rule holds only what
//! is printed anew from what was read. The theme reads the same (`theme/assets/rules/typed.mjs`).

use std::net::{IpAddr, Ipv6Addr};

use ipnet::IpNet;

use super::endpoint::{Endpoint, in_hex};

/// More addresses than this, all components together, are refused.
pub const MOST_ADDRESSES: usize = 10_000;

/// Longer ones are refused unseen, in bytes.
const LONGEST: usize = 260;

/// Why something typed is no address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It is too long to be one.
    Long,
    /// Nothing is there.
    Empty,
    /// Bits are set behind the prefix: either the address alone or the network may be meant.
    HostBits {
        /// The address alone.
        address: String,
        /// The network.
        network: String,
    },
    /// It stands for every address.
    Everything,
    /// It is neither an address nor a host name.
    Form,
    /// There are too many.
    Many,
}

impl Refusal {
    /// As the page's data names it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Long => "long",
            Self::Empty => "empty",
            Self::HostBits { .. } => "host-bits",
            Self::Everything => "everything",
            Self::Form => "form",
            Self::Many => "many",
        }
    }
}

/// A list, parted by commas and line breaks. `allow_all`: that an entry that stands alone is `0.0.0.0/0` or `::/0` is
/// meant. With what is refused, the entry itself.
pub fn read_addresses(text: &str, allow_all: bool) -> Result<Vec<Endpoint>, (String, Refusal)> {
    let entries: Vec<&str> = text.split([',', '\n']).map(trim).filter(|entry| !entry.is_empty()).collect();
    let is_meant = allow_all && entries.len() == 1;
    let mut read = Vec::new();
    for entry in entries {
        if read.len() == MOST_ADDRESSES {
            return Err((String::new(), Refusal::Many));
        }
        read.push(read_address(entry, is_meant).map_err(|refusal| (entry.to_owned(), refusal))?);
    }
    Ok(read)
}

/// Spaces and tabs only: what else is not seen has no place in an address.
fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r'])
}

/// One address, network or host name.
pub fn read_address(text: &str, allow_all: bool) -> Result<Endpoint, Refusal> {
    if text.len() > LONGEST {
        return Err(Refusal::Long);
    }
    let text = trim(text);
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    let (address, len) = text.split_once('/').map_or((text, None), |(address, len)| (address, Some(len)));
    let Some(ip) = read_ip(address) else { return read_host(text) };
    let most = if ip.is_ipv4() { 32 } else { 128 };
    let len = match len {
        None => most,
        Some(len) => read_number(len).filter(|len| *len <= u32::from(most)).ok_or(Refusal::Form)? as u8,
    };
    let net = IpNet::new(ip, len).map_err(|_| Refusal::Form)?;
    if net.network() != ip {
        let printed = Endpoint::net(net);
        return Err(Refusal::HostBits {
            address: print_ip(ip),
            network: format!("{}/{len}", printed.value),
        });
    }
    if len == 0 && !allow_all {
        return Err(Refusal::Everything);
    }
    Ok(Endpoint::net(net))
}

fn print_ip(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => in_hex(address),
    }
}

/// IPv4 without leading zeros; IPv6 by RFC 4291 without a zone and without an IPv4 address in it.
fn read_ip(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        let is_hex = text.bytes().all(|byte| byte == b':' || byte.is_ascii_hexdigit());
        return is_hex.then(|| text.parse::<Ipv6Addr>().ok()).flatten().map(IpAddr::V6);
    }
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        *octet = u8::try_from(read_number(parts.next()?)?).ok()?;
    }
    parts.next().is_none().then(|| IpAddr::from(octets))
}

/// Decimal digits without a leading zero.
fn read_number(text: &str) -> Option<u32> {
    let is_number = (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && (text == "0" || !text.starts_with('0'))).then(|| text.parse().ok()).flatten()
}

/// RFC 1123 §2.1 and RFC 3696 §2: letters, digits and hyphens, labels of 63, 253 in all; two labels at least, and the
/// last begins with a letter. A star in front stands for all names below.
fn read_host(text: &str) -> Result<Endpoint, Refusal> {
    let name = text.to_ascii_lowercase();
    let labels = name.strip_prefix("*.").unwrap_or(&name);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = labels.rsplit('.').next().unwrap_or_default();
    let holds = name.len() <= 253
        && labels.contains('.')
        && labels.split('.').all(is_label)
        && last.starts_with(|c: char| c.is_ascii_alphabetic());
    if holds { Ok(Endpoint::host(&name)) } else { Err(Refusal::Form) }
}

/// A port or a range, `1`–`65535`.
pub fn ports_typed(text: &str) -> Option<(u16, u16)> {
    let read = |text: &str| read_number(text).and_then(|number| u16::try_from(number).ok()).filter(|port| *port > 0);
    match text.split_once('-') {
        None => read(text).map(|port| (port, port)),
        Some((first, last)) => Some((read(first)?, read(last)?)).filter(|(first, last)| first < last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        match read_address(text, false) {
            Ok(Endpoint { value, len: Some(len), .. }) => format!("{value}/{len}"),
            Ok(endpoint) => format!("{} {}", endpoint.kind.as_str(), endpoint.value),
            Err(Refusal::HostBits { address, network }) => format!("{address} or {network}"),
            Err(refusal) => refusal.as_str().to_owned(),
        }
    }

    #[test]
    fn what_is_typed_is_printed_anew() {
        for (text, expected) in [
            ("10.0.0.9", "10.0.0.9/32"),
            (" 10.0.0.0/8\t", "10.0.0.0/8"),
            ("10.0.0.5/8", "10.0.0.5 or 10.0.0.0/8"),
            ("010.0.0.1", "form"),
            ("10.0.0", "form"),
            ("10.0.0.1.2", "form"),
            ("256.0.0.1", "form"),
            ("10.0.0.0/33", "form"),
            ("10.0.0.0/08", "form"),
            ("0.0.0.0/0", "everything"),
            ("2001:DB8:0:0::1", "2001:db8::1/128"),
            ("::ffff:192.0.2.1", "form"),
            ("::ffff:c000:201", "::ffff:c000:201/128"),
            ("fe80::1%eth0", "form"),
            ("1:2:3:4:5:6:7::8", "form"),
            ("10", "form"),
            ("Siem.Example.COM", "fqdn siem.example.com"),
            ("*.example.com", "wild *.example.com"),
            ("siem", "form"),
            ("a.b..c", "form"),
            ("a.1b", "form"),
            ("5.x\n", "form"),
            ("", "empty"),
        ] {
            assert_eq!(said(text), expected, "{text:?}");
        }
        assert_eq!(said(&"a".repeat(261)), "long");
        assert_eq!(read_address("::/0", true).unwrap().len, Some(0));
    }

    #[test]
    fn ports_are_decimal_and_ranges_rise() {
        let read = ["443", "1-65535", "0", "65536", "0443", "9-9", "9-8", "+4", "", "1-2-3"].map(ports_typed);
        let expected = [Some((443, 443)), Some((1, 65535)), None, None, None, None, None, None, None, None];
        assert_eq!(read, expected);
    }
}
