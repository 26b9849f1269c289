//! One rule as text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::context::Context;
use super::endpoint::{Endpoint, EndpointKind, local};
use super::format::{Dimension, Family, Format, ListForm};
use super::names::Namer;
use super::pattern::Pattern;
use super::{Atom, Direction, Ports, Reason};

/// A rule that is to be written.
pub(super) struct Draft<'a> {
    /// What it was made of first.
    pub(super) atom: &'a Atom,
    /// Its flows, by their keys: several where they come to the same rule.
    pub(super) flows: Vec<String>,
    pub(super) family: Option<Family>,
    pub(super) src: Vec<Endpoint>,
    pub(super) dst: Vec<Endpoint>,
    pub(super) ports: Ports,
}

/// What of a rule is known last.
#[derive(Clone, Copy, Default)]
pub(super) struct Label<'a> {
    pub(super) id: &'a str,
    pub(super) number: &'a str,
    pub(super) comment: &'a str,
}

/// What a format has no pattern for.
pub(super) struct Unsayable {
    pub(super) reason: Reason,
    pub(super) what: String,
}

/// The objects that rules name.
#[derive(Default)]
pub(super) struct Objects {
    names: Namer,
    known: BTreeMap<String, String>,
    pub(super) addresses: Vec<String>,
    pub(super) services: Vec<String>,
    pub(super) named: Vec<String>,
}

/// Writes rules of a format.
pub(super) struct Scribe<'a> {
    pub(super) format: &'a Format,
    pub(super) context: &'a Context<'a>,
}

impl<'a> Scribe<'a> {
    /// The pattern of an address.
    pub(super) fn pattern_of(&self, endpoint: &Endpoint) -> Option<&'a Pattern> {
        let address = &self.format.address;
        let single = match (endpoint.kind, endpoint.len) {
            (EndpointKind::V4, Some(32)) => address.get("v4-host"),
            (EndpointKind::V6, Some(128)) => address.get("v6-host"),
            _ => None,
        };
        single.or_else(|| address.get(endpoint.kind.as_str()))
    }

    /// The text of a rule. Without `objects` it has values in their places: enough to tell rules apart.
    pub(super) fn rule(
        &self,
        draft: &Draft<'_>,
        label: Label<'_>,
        mut objects: Option<&mut Objects>,
    ) -> Result<String, Unsayable> {
        let atom = draft.atom;
        let Some(pattern) = self.format.rule_of(atom.direction) else { return Ok(String::new()) };
        let src = self.list(Dimension::Src, &draft.src, &mut objects);
        let dst = self.list(Dimension::Dst, &draft.dst, &mut objects);
        let ports = self.ports(atom, &draft.ports);
        let service = self.service(pattern, draft, &ports, &mut objects)?;
        let names = |keys: &[String]| {
            let names: Vec<_> = keys.iter().map(|key| self.context.component_name(key)).collect();
            self.format.escape.text(&names.join(", "))
        };
        let ids = |keys: &[String]| keys.iter().map(|key| local(key)).collect::<Vec<_>>().join(",");
        let value = |hole: &str| -> Option<Cow<'_, str>> {
            Some(match hole {
                "src" => Cow::Borrowed(src.as_str()),
                "dst" => Cow::Borrowed(&dst),
                "remote" => Cow::Borrowed(if atom.direction == Direction::In { &src } else { &dst }),
                "ports" => Cow::Borrowed(&ports),
                "service" => Cow::Borrowed(&service),
                "source-ports" => Cow::Owned(self.source_ports(atom)),
                "proto" => Cow::Borrowed(self.proto(&atom.protocol)),
                "icmp" => Cow::Owned(atom.icmp_type.map(|kind| kind.to_string()).unwrap_or_default()),
                "family" => Cow::Borrowed(draft.family.map_or("", Family::as_str)),
                "id" => Cow::Borrowed(label.id),
                "n" => Cow::Borrowed(label.number),
                "comment" => Cow::Borrowed(label.comment),
                "flow" => Cow::Borrowed(draft.flows.first().map_or("", String::as_str)),
                "from" => Cow::Owned(ids(&atom.from)),
                "to" => Cow::Owned(ids(&atom.to)),
                "from-name" => Cow::Owned(names(&atom.from)),
                "to-name" => Cow::Owned(names(&atom.to)),
                "purpose" => {
                    let purpose = draft.flows.first().map(|flow| self.context.purpose(flow));
                    Cow::Owned(self.format.escape.text(purpose.unwrap_or_default()))
                }
                _ => return self.context.value(self.format, hole),
            })
        };
        let mut pieces = BTreeMap::new();
        for name in pattern.holes() {
            let Some(part) = self.format.part.get(name) else { continue };
            let case = case_of(part.of, draft);
            let Some(pattern) = part.cases.get(&case).or(part.otherwise.as_ref()) else {
                return Err(unsayable(part.of, &case, draft));
            };
            pieces.insert(name, pattern.fill(value));
        }
        Ok(pattern.fill(|hole| pieces.get(hole).map(|piece| Cow::Borrowed(piece.as_str())).or_else(|| value(hole))))
    }

    fn list(&self, dimension: Dimension, list: &[Endpoint], objects: &mut Option<&mut Objects>) -> String {
        let items = list.iter().map(|endpoint| self.address(endpoint, objects));
        written(&self.format.list.of(dimension), &items.collect::<Vec<_>>())
    }

    fn address(&self, endpoint: &Endpoint, objects: &mut Option<&mut Objects>) -> String {
        let Some(pattern) = self.pattern_of(endpoint) else { return String::new() };
        let component = if endpoint.kind == EndpointKind::Named { local(&endpoint.value) } else { "" };
        let host = if endpoint.kind == EndpointKind::Named { "" } else { endpoint.value.as_str() };
        let hole = |object: Option<&str>, hole: &str| -> Option<Cow<'_, str>> {
            Some(match hole {
                "ip" | "host" => Cow::Owned(host.to_owned()),
                "domain" => Cow::Owned(host.strip_prefix("*.").unwrap_or(host).to_owned()),
                "len" => Cow::Owned(endpoint.len.map(|len| len.to_string()).unwrap_or_default()),
                "mask" => Cow::Owned(mask(endpoint)),
                "path" => Cow::Owned(self.format.escape.text(endpoint.path.as_deref().unwrap_or_default())),
                "component" => Cow::Owned(component.to_owned()),
                "object" => Cow::Owned(object.unwrap_or_default().to_owned()),
                _ => return self.context.value(self.format, hole),
            })
        };
        let Some(objects) = objects else { return pattern.fill(|name| hole(Some(&endpoint.named()), name)) };
        let define = &self.format.define;
        let mut object = None;
        if pattern.has("object") {
            let key = format!("address {} {}", endpoint.kind.as_str(), endpoint.named());
            let definition = define.address.get(endpoint.kind.as_str());
            object = Some(objects.object(self.format, key, &object_name(endpoint), |name, objects| {
                objects
                    .addresses
                    .extend(definition.map(|pattern| pattern.fill(|hole_name| hole(Some(name), hole_name))));
            }));
        }
        if endpoint.kind == EndpointKind::Named {
            let key = format!("named {}", endpoint.value);
            if let Some(pattern) = define.named.as_ref().filter(|_| !objects.known.contains_key(&key)) {
                objects.known.insert(key, String::new());
                objects.named.push(pattern.fill(|name| hole(object.as_deref(), name)));
            }
        }
        pattern.fill(|name| hole(object.as_deref(), name))
    }

    fn proto(&self, protocol: &str) -> &'a str {
        self.format.proto.get(protocol).map_or("", String::as_str)
    }

    fn ports(&self, atom: &Atom, ports: &Ports) -> String {
        let items = match ports {
            Ports::Any => vec![self.port("any", atom, None)],
            Ports::None => vec![self.port("none", atom, None)],
            Ports::Ranges(ranges) => ranges.iter().map(|range| self.range(atom, *range)).collect(),
        };
        written(&self.format.list.of(Dimension::Ports), &items)
    }

    fn range(&self, atom: &Atom, (first, last): (u16, u16)) -> String {
        self.port(if first == last { "one" } else { "range" }, atom, Some((first, last)))
    }

    fn port(&self, case: &str, atom: &Atom, range: Option<(u16, u16)>) -> String {
        let Some(pattern) = self.format.port.get(case) else { return String::new() };
        pattern.fill(|hole| {
            Some(match (hole, range) {
                ("lo", Some((first, _))) => Cow::Owned(first.to_string()),
                ("hi", Some((_, last))) => Cow::Owned(last.to_string()),
                ("proto", _) => Cow::Borrowed(self.proto(&atom.protocol)),
                _ => return self.context.value(self.format, hole),
            })
        })
    }

    fn source_ports(&self, atom: &Atom) -> String {
        let items = atom.source_ports.map(|range| self.range(atom, range));
        items.map(|item| written(&self.format.list.of(Dimension::SourcePorts), &[item])).unwrap_or_default()
    }

    fn service(
        &self,
        pattern: &Pattern,
        draft: &Draft<'_>,
        ports: &str,
        objects: &mut Option<&mut Objects>,
    ) -> Result<String, Unsayable> {
        let in_part = |name: &str| self.format.part.get(name).is_some_and(|part| part.uses("service"));
        if !pattern.has("service") && !pattern.holes().any(in_part) {
            return Ok(String::new());
        }
        let protocol = &draft.atom.protocol;
        let Some(definition) = self.format.define.service.get(protocol) else {
            return Err(Unsayable { reason: Reason::Proto, what: protocol.clone() });
        };
        let (lo, hi) = match &draft.ports {
            Ports::Ranges(ranges) => ranges.first().copied().unwrap_or_default(),
            Ports::Any | Ports::None => (0, 0),
        };
        let name = service_name(protocol, &draft.ports);
        let Some(objects) = objects else { return Ok(name) };
        let value = |object: &str, hole: &str| -> Option<Cow<'_, str>> {
            Some(match hole {
                "object" => Cow::Owned(object.to_owned()),
                "ports" => Cow::Owned(ports.to_owned()),
                "proto" => Cow::Owned(self.proto(protocol).to_owned()),
                "lo" => Cow::Owned(lo.to_string()),
                "hi" => Cow::Owned(hi.to_string()),
                _ => return self.context.value(self.format, hole),
            })
        };
        let key = format!("service {name}");
        Ok(objects.object(self.format, key, &name, |object, objects| {
            objects.services.push(definition.fill(|hole| value(object, hole)));
        }))
    }
}

impl Objects {
    /// The name of an object, defined when it is met first.
    fn object(&mut self, format: &Format, key: String, wanted: &str, define: impl FnOnce(&str, &mut Self)) -> String {
        if let Some(name) = self.known.get(&key) {
            return name.clone();
        }
        let name = self.names.take(&format!("{}{wanted}", format.define.prefix), format.name.as_ref());
        self.known.insert(key, name.clone());
        define(&name, self);
        name
    }
}

/// Items as a list is written.
fn written(form: &ListForm, items: &[String]) -> String {
    let pattern = if items.len() == 1 { &form.one } else { &form.many };
    let items = items.join(&form.sep);
    pattern.fill(|hole| (hole == "items").then_some(Cow::Borrowed(items.as_str())))
}

fn object_name(endpoint: &Endpoint) -> String {
    match (endpoint.kind, endpoint.len) {
        (EndpointKind::V4, Some(32)) | (EndpointKind::V6, Some(128)) => endpoint.value.clone(),
        (EndpointKind::Wild, _) => endpoint.value.replacen("*.", "wild.", 1),
        _ => endpoint.named(),
    }
}

fn service_name(protocol: &str, ports: &Ports) -> String {
    let ports = match ports {
        Ports::Any => "any".to_owned(),
        Ports::None => return protocol.to_owned(),
        Ports::Ranges(ranges) => {
            let range = |(first, last): &(u16, u16)| {
                if first == last { first.to_string() } else { format!("{first}-{last}") }
            };
            ranges.iter().map(range).collect::<Vec<_>>().join("_")
        }
    };
    format!("{protocol}-{ports}")
}

/// The mask of an IPv4 network, dotted.
fn mask(endpoint: &Endpoint) -> String {
    let net = endpoint.as_net().filter(|_| endpoint.kind == EndpointKind::V4);
    net.map(|net| net.netmask().to_string()).unwrap_or_default()
}

/// Which case of a dimension a rule is.
fn case_of(dimension: Dimension, draft: &Draft<'_>) -> String {
    let atom = draft.atom;
    let of_ranges = |ranges: &[(u16, u16)]| match ranges {
        [(first, last)] if first == last => "one",
        [_] => "range",
        _ => "many",
    };
    let case = match dimension {
        Dimension::Src => kind_of(&draft.src),
        Dimension::Remote if atom.direction == Direction::In => kind_of(&draft.src),
        Dimension::Dst | Dimension::Remote => kind_of(&draft.dst),
        Dimension::Ports => match &draft.ports {
            Ports::Any => "any",
            Ports::None => "none",
            Ports::Ranges(ranges) => of_ranges(ranges),
        },
        Dimension::SourcePorts => atom.source_ports.map_or("any", |range| of_ranges(&[range])),
        Dimension::Proto => &atom.protocol,
        Dimension::Icmp => atom.icmp_type.map_or("any", |_| "typed"),
        Dimension::Dir => atom.direction.as_str(),
        Dimension::Family => draft.family.map_or("any", Family::as_str),
    };
    case.to_owned()
}

fn kind_of(list: &[Endpoint]) -> &'static str {
    let first = list.first().map_or(EndpointKind::Any, |endpoint| endpoint.kind);
    if list.iter().all(|endpoint| endpoint.kind == first) { first.as_str() } else { "mixed" }
}

/// What is left where a part has no case.
fn unsayable(dimension: Dimension, case: &str, draft: &Draft<'_>) -> Unsayable {
    let atom = draft.atom;
    let reason = match dimension {
        Dimension::Src | Dimension::Dst | Dimension::Remote => reason_of(case),
        Dimension::Ports if draft.ports == Ports::None => Reason::Proto,
        Dimension::Ports => Reason::AnyPort,
        Dimension::SourcePorts => Reason::SourcePort,
        Dimension::Proto => Reason::Proto,
        Dimension::Icmp => Reason::IcmpType,
        Dimension::Dir => Reason::Side,
        Dimension::Family => Reason::NoCommonFamily,
    };
    let what = match dimension {
        Dimension::Dir | Dimension::Src | Dimension::Dst | Dimension::Remote => case.to_owned(),
        Dimension::Icmp => atom.icmp_type.map(|kind| kind.to_string()).unwrap_or_default(),
        Dimension::SourcePorts => ranges_of(atom),
        Dimension::Ports | Dimension::Proto | Dimension::Family => atom.protocol.clone(),
    };
    Unsayable { reason, what }
}

/// The ports from which something is opened, as things that are left are named.
pub(super) fn ranges_of(atom: &Atom) -> String {
    let range = atom.source_ports.map(|(first, last)| {
        let range = if first == last { first.to_string() } else { format!("{first}-{last}") };
        format!("{range}/{}", atom.protocol)
    });
    range.unwrap_or_default()
}

/// Why a kind of address is left.
pub(super) fn reason_of(kind: &str) -> Reason {
    match kind {
        "v4" => Reason::V4,
        "v6" => Reason::V6,
        "fqdn" => Reason::Fqdn,
        "wild" => Reason::Wild,
        "url" => Reason::Url,
        "named" => Reason::Named,
        _ => Reason::Any,
    }
}
