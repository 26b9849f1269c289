//! Where an end of a rule is: addresses as filters take them, canonical.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use serde::Serialize;

use crate::model::Address;
use crate::value::AddressKind;

/// What an endpoint is. In this order rules part them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EndpointKind {
    /// An IPv4 address or network.
    V4,
    /// An IPv6 address or network.
    V6,
    /// A host name.
    Fqdn,
    /// All names below a domain.
    Wild,
    /// A host and a path.
    Url,
    /// Any address.
    Any,
    /// A component whose addresses the reader has not given.
    Named,
}

impl EndpointKind {
    /// As data and formats write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V4 => "v4",
            Self::V6 => "v6",
            Self::Fqdn => "fqdn",
            Self::Wild => "wild",
            Self::Url => "url",
            Self::Any => "any",
            Self::Named => "named",
        }
    }
}

/// One address of one end.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
pub struct Endpoint {
    /// What it is.
    #[serde(rename = "k", serialize_with = "word")]
    pub kind: EndpointKind,
    /// The address, the name, of a URL the host, the key of a component; empty for any.
    #[serde(rename = "v")]
    pub value: String,
    /// Length of the prefix, in bits, of `V4` and `V6`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub len: Option<u8>,
    /// What stands behind the host of a URL, from its first slash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes what it writes by reference")]
fn word<S: serde::Serializer>(kind: &EndpointKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.as_str())
}

impl Endpoint {
    /// One that has no prefix and no path.
    pub fn of(kind: EndpointKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), len: None, path: None }
    }

    /// Any address.
    pub fn any() -> Self {
        Self::of(EndpointKind::Any, "")
    }

    /// A network, or an address as one of a single host.
    pub fn net(net: IpNet) -> Self {
        let (kind, value) = match net.network() {
            IpAddr::V4(address) => (EndpointKind::V4, address.to_string()),
            IpAddr::V6(address) => (EndpointKind::V6, in_hex(address)),
        };
        Self { kind, value, len: Some(net.prefix_len()), path: None }
    }

    /// A name, with or without a star.
    pub fn host(name: &str) -> Self {
        let kind = if name.starts_with("*.") { EndpointKind::Wild } else { EndpointKind::Fqdn };
        Self::of(kind, name)
    }

    /// The network, if it is one.
    pub(super) fn as_net(&self) -> Option<IpNet> {
        IpNet::new(self.value.parse().ok()?, self.len?).ok()
    }

    /// What it is called among things that are left.
    pub(super) fn named(&self) -> String {
        match self.kind {
            EndpointKind::V4 | EndpointKind::V6 => format!("{}/{}", self.value, self.len.unwrap_or_default()),
            EndpointKind::Fqdn | EndpointKind::Wild => self.value.clone(),
            EndpointKind::Url => format!("{}{}", self.value, self.path.as_deref().unwrap_or_default()),
            EndpointKind::Any => "any".to_owned(),
            EndpointKind::Named => local(&self.value).to_owned(),
        }
    }
}

/// An id without the product or `common` before it.
pub(super) fn local(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

/// RFC 5952 without its mixed notation, which some firewalls refuse: `::ffff:c000:201`.
pub(super) fn in_hex(address: Ipv6Addr) -> String {
    let text = address.to_string();
    let Some((_, mixed)) = text.rsplit_once(':').filter(|(_, last)| last.contains('.')) else { return text };
    let v4: Ipv4Addr = mixed.parse().unwrap_or(Ipv4Addr::UNSPECIFIED);
    let [a, b, c, d] = v4.octets().map(u16::from);
    format!("{}{:x}:{:x}", &text[..text.len() - mixed.len()], a << 8 | b, c << 8 | d)
}

/// An address as the content has it: an endpoint, or the text of a template, which stands for a server of the
/// reader's own.
pub fn published(address: &Address) -> Result<Endpoint, &str> {
    let text = address.text.as_str();
    match address.kind {
        AddressKind::Ip => {
            Ok(text.parse().map_or_else(|_| Endpoint::host(text), |ip: IpAddr| Endpoint::net(ip.into())))
        }
        AddressKind::Cidr => Ok(text.parse().map_or_else(|_| Endpoint::host(text), Endpoint::net)),
        AddressKind::Host => Ok(Endpoint::host(text)),
        AddressKind::Url => {
            let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
            let at = rest.find('/').unwrap_or(rest.len());
            let path = Some(rest[at..].to_owned());
            Ok(Endpoint { kind: EndpointKind::Url, value: rest[..at].to_ascii_lowercase(), len: None, path })
        }
        AddressKind::Template => Err(text),
    }
}

/// Each once, and no network inside another: no list of a rule overlaps itself.
pub(super) fn without_doubles(list: Vec<Endpoint>) -> Vec<Endpoint> {
    if list.iter().any(|one| one.kind == EndpointKind::Any) {
        return vec![Endpoint::any()];
    }
    let mut nets: Vec<IpNet> = list.iter().filter_map(Endpoint::as_net).collect();
    nets.sort_by_key(|net| (net.network(), net.prefix_len()));
    // Networks nest or are apart: behind the widest come those inside it.
    let mut widest: Vec<IpNet> = Vec::new();
    for net in nets {
        if widest.last().is_none_or(|wide| !wide.contains(&net)) {
            widest.push(net);
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    let stays = |one: &Endpoint| match one.as_net() {
        Some(net) => widest
            .binary_search_by_key(&(net.network(), net.prefix_len()), |wide| (wide.network(), wide.prefix_len()))
            .is_ok(),
        None => true,
    };
    list.into_iter().filter(stays).filter(|one| seen.insert(one.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(text: &str) -> Endpoint {
        Endpoint::net(text.parse().unwrap())
    }

    #[test]
    fn no_address_is_written_in_mixed_notation() {
        assert_eq!(in_hex("::ffff:192.0.2.1".parse().unwrap()), "::ffff:c000:201");
        assert_eq!(in_hex("2001:db8::1".parse().unwrap()), "2001:db8::1");
    }

    #[test]
    fn networks_inside_others_are_dropped_and_the_rest_keeps_its_order() {
        let list = vec![
            net("10.1.0.0/16"),
            net("192.0.2.1/32"),
            net("10.0.0.0/8"),
            net("192.0.2.1/32"),
            net("::/1"),
            net("10.0.0.0/9"),
        ];
        assert_eq!(without_doubles(list), [net("192.0.2.1/32"), net("10.0.0.0/8"), net("::/1")]);
        assert_eq!(without_doubles(vec![net("10.0.0.0/8"), Endpoint::any()]), [Endpoint::any()]);
    }
}
