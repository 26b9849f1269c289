//! Atoms in the language of a format: which rules there are, and the files that hold them.
//!
//! The theme does the same (`theme/assets/rules/emit.mjs`), and the tests hold both to the same bytes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::endpoint::{Endpoint, EndpointKind, local};
use super::format::{Charset, Families, Family, FileForm, Format, LineEnd, Per, PerList, SideKind};
use super::lower::{Lowered, family_of_protocol};
use super::names::Namer;
use super::render::{Draft, Label, Objects, Scribe, ranges_of, reason_of};
use super::{Atom, Direction, Left, Ports, Reason, Side};

/// A file of rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleFile {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// How many rules it has.
    pub count: usize,
}

/// What came of atoms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Emitted {
    /// The files.
    pub files: Vec<RuleFile>,
    /// The name of the archive that holds them, where the format has one.
    pub container: Option<String>,
    /// What is in none of them.
    pub left: Vec<Left>,
}

/// The files of a format, with what is in none of them.
pub fn emit(format: &Format, context: &Context<'_>, lowered: &Lowered) -> Emitted {
    let scribe = Scribe { format, context };
    let mut emission = Emission {
        scribe: &scribe,
        drafts: Vec::new(),
        known: BTreeMap::new(),
        left: lowered.left.clone(),
        seen: lowered.left.iter().cloned().collect(),
    };
    lowered.atoms.iter().for_each(|atom| emission.atom(atom));
    let (rules, objects) = emission.finish();
    let container = format.container.as_ref().map(|name| name.fill(|hole| context.value(format, hole)));
    let of_side = |file: &&FileForm| {
        let is_host = matches!(context.side, Side::Host(_));
        file.side.is_none_or(|side| (side == SideKind::Host) == is_host)
            && file.closed.is_none_or(|closed| closed == context.is_closed)
    };
    let files = format.file.iter().filter(of_side);
    let files = files.filter_map(|form| file(&scribe, form, &rules, &objects, &emission.left)).collect();
    Emitted { files, container, left: emission.left }
}

/// A rule as it will stand in files.
struct Rule {
    direction: Direction,
    family: Option<Family>,
    text: String,
}

struct Emission<'a> {
    scribe: &'a Scribe<'a>,
    /// Rules that stay, each once.
    drafts: Vec<Draft<'a>>,
    /// Their positions, by what they would say without a name.
    known: BTreeMap<(Direction, Option<Family>, String), usize>,
    left: Vec<Left>,
    seen: BTreeSet<Left>,
}

impl<'a> Emission<'a> {
    fn leave(&mut self, reason: Reason, flow: String, what: impl Into<String>) {
        let left = Left { reason, flow, what: what.into() };
        if self.seen.insert(left.clone()) {
            self.left.push(left);
        }
    }

    fn key(&self, atom: &Atom) -> String {
        self.scribe.context.model.flow_key(atom.flow)
    }

    fn atom(&mut self, atom: &'a Atom) {
        let format = self.scribe.format;
        let has_part = |dimension| format.part.values().any(|part| part.of == dimension);
        let unsayable = if format.rule_of(atom.direction).is_none() {
            Some((Reason::Side, atom.direction.as_str().to_owned()))
        } else if !format.proto.contains_key(&atom.protocol) {
            Some((Reason::Proto, atom.protocol.clone()))
        } else if let Some(kind) = atom.icmp_type.filter(|_| !has_part(super::format::Dimension::Icmp)) {
            Some((Reason::IcmpType, kind.to_string()))
        } else if atom.source_ports.is_some() && !has_part(super::format::Dimension::SourcePorts) {
            Some((Reason::SourcePort, ranges_of(atom)))
        } else if atom.ports == Ports::Any && !format.port.contains_key("any") {
            Some((Reason::AnyPort, atom.protocol.clone()))
        } else if atom.ports == Ports::None && !format.port.contains_key("none") {
            Some((Reason::Proto, atom.protocol.clone()))
        } else {
            None
        };
        if let Some((reason, what)) = unsayable {
            return self.leave(reason, self.key(atom), what);
        }
        let src = if atom.direction.has_sources() { self.sayable(atom, &atom.src) } else { Some(atom.src.clone()) };
        let dst =
            if atom.direction.has_destinations() { self.sayable(atom, &atom.dst) } else { Some(atom.dst.clone()) };
        let (Some(src), Some(dst)) = (src, dst) else { return };
        let combinations = self.combinations(atom, src, dst);
        if combinations.is_empty() {
            return self.leave(Reason::NoCommonFamily, self.key(atom), atom.protocol.clone());
        }
        let many = format.many;
        for (family, src, dst) in combinations {
            for src in chunks(&src, many.src) {
                for dst in chunks(&dst, many.dst) {
                    for ports in chunks_of_ports(&atom.ports, many.ports, many.range.max(1)) {
                        let draft = Draft {
                            atom,
                            flows: vec![self.key(atom)],
                            family,
                            src: src.clone(),
                            dst: dst.clone(),
                            ports,
                        };
                        self.take(draft);
                    }
                }
            }
        }
    }

    /// The endpoints of an end that the format can say; `None`: there are none.
    fn sayable(&mut self, atom: &Atom, list: &[Endpoint]) -> Option<Vec<Endpoint>> {
        let mut said = Vec::new();
        for endpoint in list.iter().flat_map(|endpoint| self.said(atom, endpoint)).collect::<Vec<_>>() {
            // Two URLs of one host are one host.
            if !said.contains(&endpoint) {
                said.push(endpoint);
            }
        }
        if said.is_empty() {
            return None;
        }
        if let Some(kind) = family_of_protocol(&atom.protocol) {
            let family = if kind == EndpointKind::V4 { Family::V4 } else { Family::V6 };
            said.retain(|endpoint| self.family(endpoint.kind).is_none_or(|own| own == family));
            if said.is_empty() {
                self.leave(Reason::NoCommonFamily, self.key(atom), atom.protocol.clone());
                return None;
            }
        }
        Some(said)
    }

    fn said(&mut self, atom: &Atom, endpoint: &Endpoint) -> Vec<Endpoint> {
        let scribe = self.scribe;
        if scribe.pattern_of(endpoint).is_some() {
            return vec![endpoint.clone()];
        }
        let instead: Vec<Endpoint> = match endpoint.kind {
            EndpointKind::Any => {
                ["0.0.0.0/0", "::/0"].iter().filter_map(|net| net.parse().ok()).map(Endpoint::net).collect()
            }
            EndpointKind::Url => vec![Endpoint::host(&endpoint.value)],
            _ => Vec::new(),
        };
        let instead: Vec<Endpoint> = instead.into_iter().filter(|one| scribe.pattern_of(one).is_some()).collect();
        if instead.is_empty() {
            self.leave(reason_of(endpoint.kind.as_str()), self.key(atom), endpoint.named());
        } else if endpoint.kind == EndpointKind::Url {
            self.leave(Reason::Path, self.key(atom), endpoint.named());
        }
        instead
    }

    /// The family that a kind of address belongs to; `None`: either.
    fn family(&self, kind: EndpointKind) -> Option<Family> {
        match kind {
            EndpointKind::V4 => Some(Family::V4),
            EndpointKind::V6 => Some(Family::V6),
            _ => self.scribe.format.family_of.get(kind.as_str()).copied(),
        }
    }

    /// Which sources go with which destinations, and the family of such rules.
    fn combinations(
        &self,
        atom: &Atom,
        src: Vec<Endpoint>,
        dst: Vec<Endpoint>,
    ) -> Vec<(Option<Family>, Vec<Endpoint>, Vec<Endpoint>)> {
        let families = |list: &[Endpoint]| -> BTreeSet<Option<Family>> {
            list.iter().map(|endpoint| self.family(endpoint.kind)).collect()
        };
        if self.scribe.format.family == Families::Mixed {
            let (from, to) = (families(&src), families(&dst));
            let (has_from, has_to) = (atom.direction.has_sources(), atom.direction.has_destinations());
            let can_meet = !has_from || !has_to || from.contains(&None) || to.contains(&None) || !from.is_disjoint(&to);
            let matched = [(has_from, from), (has_to, to)].into_iter().filter(|(is_matched, _)| *is_matched);
            let all: BTreeSet<_> = matched.flat_map(|(_, families)| families).collect();
            let family = match all.iter().copied().collect::<Vec<_>>().as_slice() {
                [only] => *only,
                _ => None,
            };
            return if can_meet { vec![(family, src, dst)] } else { Vec::new() };
        }
        let parts = |list: Vec<Endpoint>, is_matched: bool| {
            let mut parts: BTreeMap<EndpointKind, Vec<Endpoint>> = BTreeMap::new();
            for endpoint in list {
                // The local end is not compared, whatever its family.
                let kind = if is_matched { endpoint.kind } else { EndpointKind::Any };
                parts.entry(kind).or_default().push(endpoint);
            }
            parts
        };
        let src = parts(src, atom.direction.has_sources());
        let dst = parts(dst, atom.direction.has_destinations());
        let mut combinations = Vec::new();
        for (from, sources) in &src {
            for (to, destinations) in &dst {
                let family = match (self.family(*from), self.family(*to)) {
                    (Some(one), Some(other)) if one != other => continue,
                    (one, other) => one.or(other),
                };
                combinations.push((family, sources.clone(), destinations.clone()));
            }
        }
        combinations
    }

    /// Takes a rule, unless one that says the same is there.
    fn take(&mut self, draft: Draft<'a>) {
        let text = match self.scribe.rule(&draft, Label::default(), None) {
            Ok(text) => text,
            Err(unsayable) => return self.leave(unsayable.reason, self.key(draft.atom), unsayable.what),
        };
        let key = (draft.atom.direction, draft.family, text);
        if let Some(at) = self.known.get(&key) {
            let flows = &mut self.drafts[*at].flows;
            let new: Vec<_> = draft.flows.into_iter().filter(|flow| !flows.contains(flow)).collect();
            flows.extend(new);
        } else {
            self.known.insert(key, self.drafts.len());
            self.drafts.push(draft);
        }
    }

    /// The texts of all rules, with their names and numbers.
    fn finish(&mut self) -> (Vec<Rule>, Objects) {
        let (mut names, mut objects, mut rules) = (Namer::default(), Objects::default(), Vec::new());
        let mut counts: BTreeMap<Direction, u64> = BTreeMap::new();
        let format = self.scribe.format;
        for draft in std::mem::take(&mut self.drafts) {
            let direction = draft.atom.direction;
            let mut number = String::new();
            if let Some(form) = format.number {
                let counter = counts.entry(if form.per == Per::All { Direction::In } else { direction }).or_default();
                let next = form.start + form.step * *counter;
                if next > form.max {
                    draft.flows.iter().for_each(|flow| self.leave(Reason::Limit, flow.clone(), form.max.to_string()));
                    continue;
                }
                *counter += 1;
                number = next.to_string();
            }
            let id = names.take(local(&draft.flows[0]), format.name.as_ref());
            let comment = comment(&draft.flows, format.comment.map(|form| form.max));
            let label = Label { id: &id, number: &number, comment: &comment };
            let text = self.scribe.rule(&draft, label, Some(&mut objects)).unwrap_or_default();
            rules.push(Rule { direction, family: draft.family, text });
        }
        (rules, objects)
    }
}

fn chunks(list: &[Endpoint], size: usize) -> Vec<Vec<Endpoint>> {
    if size == 0 { vec![list.to_vec()] } else { list.chunks(size).map(<[Endpoint]>::to_vec).collect() }
}

fn chunks_of_ports(ports: &Ports, size: usize, range: usize) -> Vec<Ports> {
    let Ports::Ranges(ranges) = ports else { return vec![ports.clone()] };
    if size == 0 {
        return vec![ports.clone()];
    }
    let (mut chunks, mut room): (Vec<Vec<(u16, u16)>>, usize) = (Vec::new(), 0);
    for (first, last) in ranges {
        let cost = if first == last { 1 } else { range };
        if let Some(chunk) = chunks.last_mut().filter(|_| cost <= room) {
            chunk.push((*first, *last));
            room -= cost;
        } else {
            chunks.push(vec![(*first, *last)]);
            room = size.saturating_sub(cost);
        }
    }
    chunks.into_iter().map(Ports::Ranges).collect()
}

/// The flows of a rule in so many bytes, those that have no room as a number.
fn comment(flows: &[String], max: Option<usize>) -> String {
    let all = flows.join(", ");
    let Some(max) = max.filter(|max| all.len() > *max) else { return all };
    for kept in (1..flows.len()).rev() {
        let short = format!("{} +{}", flows[..kept].join(", "), flows.len() - kept);
        if short.len() <= max {
            return short;
        }
    }
    let rest = if flows.len() > 1 { format!(" +{}", flows.len() - 1) } else { String::new() };
    let room = max.saturating_sub(rest.len()).min(flows[0].len());
    format!("{}{rest}", &flows[0][..room])
}

/// One file; `None`: it would hold nothing and is not to be written then.
fn file(scribe: &Scribe<'_>, form: &FileForm, rules: &[Rule], objects: &Objects, left: &[Left]) -> Option<RuleFile> {
    let (format, context) = (scribe.format, scribe.context);
    let is_here = |rule: &&Rule| form.family.is_none() || rule.family.is_none() || rule.family == form.family;
    let own: Vec<&Rule> = rules.iter().filter(is_here).collect();
    if own.is_empty() && form.unless_empty {
        return None;
    }
    let of = |direction: Option<Direction>| -> Vec<&str> {
        let rules = own.iter().filter(|rule| direction.is_none_or(|direction| rule.direction == direction));
        rules.map(|rule| rule.text.as_str()).collect()
    };
    let common = |hole: &str| match hole {
        "family" => Some(Cow::Borrowed(form.family.map_or("", Family::as_str))),
        _ => context.value(format, hole),
    };
    let list = |name: &str| -> Option<Cow<'_, str>> {
        let direction = match name {
            "in" => Some(Direction::In),
            "out" => Some(Direction::Out),
            "forward" => Some(Direction::Forward),
            _ => None,
        };
        let mut texts: Vec<Cow<'_, str>> = of(direction).into_iter().map(Cow::Borrowed).collect();
        if format.unique_lines {
            texts = once(&texts);
        }
        if context.is_closed {
            texts.extend(per_list(&format.close, name).map(|pattern| Cow::Owned(pattern.fill(common))));
        }
        if texts.is_empty() {
            texts.extend(per_list(&format.empty, name).map(|pattern| Cow::Owned(pattern.fill(common))));
        }
        Some(Cow::Owned(texts.join(&format.sep)))
    };
    let value = |hole: &str| -> Option<Cow<'_, str>> {
        match hole {
            "rules" | "in" | "out" | "forward" => list(hole),
            "rules-count" => Some(Cow::Owned(own.len().to_string())),
            "in-count" => Some(Cow::Owned(of(Some(Direction::In)).len().to_string())),
            "out-count" => Some(Cow::Owned(of(Some(Direction::Out)).len().to_string())),
            "forward-count" => Some(Cow::Owned(of(Some(Direction::Forward)).len().to_string())),
            "address-definitions" => Some(Cow::Owned(objects.addresses.join("\n"))),
            "service-definitions" => Some(Cow::Owned(objects.services.join("\n"))),
            "named-definitions" => Some(Cow::Owned(objects.named.join("\n"))),
            "trailer" => Some(Cow::Owned(trailer(scribe, left))),
            "trailer-count" => Some(Cow::Owned(left.len().to_string())),
            _ => common(hole),
        }
    };
    let mut text = form.document.fill(value);
    if format.eol == LineEnd::Crlf {
        text = text.replace('\n', "\r\n");
    }
    if format.bom {
        text.insert(0, '\u{feff}');
    }
    Some(RuleFile { name: form.name.fill(common), text, count: own.len() })
}

fn per_list<'f>(forms: &'f PerList, name: &str) -> Option<&'f super::pattern::Pattern> {
    match name {
        "in" => forms.inward.as_ref(),
        "out" => forms.outward.as_ref(),
        "forward" => forms.forward.as_ref(),
        _ => forms.rules.as_ref(),
    }
    .or(forms.text.as_ref())
}

/// Lines that stand there already go.
fn once<'t>(texts: &[Cow<'t, str>]) -> Vec<Cow<'t, str>> {
    let mut seen = BTreeSet::new();
    let lines = texts.iter().flat_map(|text| text.lines());
    lines.filter(|line| seen.insert((*line).to_owned())).map(|line| Cow::Owned(line.to_owned())).collect()
}

/// What is not in the rules, line by line.
fn trailer(scribe: &Scribe<'_>, left: &[Left]) -> String {
    let (format, context) = (scribe.format, scribe.context);
    if left.is_empty() {
        return format.trailer.none.fill(|hole| context.value(format, hole));
    }
    let line = |left: &Left| {
        format.trailer.line.fill(|hole| {
            Some(match hole {
                "reason" => Cow::Borrowed(left.reason.as_str()),
                "flow" => Cow::Borrowed(left.flow.as_str()),
                "what" => Cow::Owned(format.escape.text(&left.what)),
                "text" if format.charset == Charset::Ascii => Cow::Borrowed(""),
                "text" => {
                    let sentence = context.words.reasons.get(left.reason.as_str()).map_or("", String::as_str);
                    Cow::Owned(format.escape.text(&sentence.replace("{}", &left.what)))
                }
                _ => return context.value(format, hole),
            })
        })
    };
    left.iter().map(line).collect::<Vec<_>>().join(&format.trailer.sep)
}
