//! What is wrong with a format: what a rule of it would not carry is told before anybody loads one.

use std::collections::BTreeSet;

use super::Direction;
use super::format::{Charset, Dimension, Family, FileForm, Format, Part, SideKind};
use super::pattern::Pattern;

/// Holes that every pattern may have.
const COMMON: &[&str] =
    &["product", "scenario", "versions", "fingerprint", "side", "slug", "local", "policy", "format", "family"];
const OF_RULES: &[&str] = &[
    "src",
    "dst",
    "remote",
    "ports",
    "service",
    "source-ports",
    "proto",
    "icmp",
    "id",
    "n",
    "comment",
    "flow",
    "from",
    "to",
    "from-name",
    "to-name",
    "purpose",
];
const OF_ADDRESSES: &[&str] = &["ip", "host", "domain", "len", "mask", "path", "component", "object"];
const OF_FILES: &[&str] = &[
    "rules",
    "in",
    "out",
    "forward",
    "rules-count",
    "in-count",
    "out-count",
    "forward-count",
    "address-definitions",
    "service-definitions",
    "named-definitions",
    "trailer",
    "trailer-count",
];
/// Holes with words of a language.
const WORDED: &[&str] = &["from-name", "to-name", "purpose", "text"];
const KINDS: &[&str] = &["v4", "v6", "fqdn", "wild", "url", "any", "named"];

/// Everything that is wrong, each as what stands behind the name of the format.
pub(super) fn mistakes(format: &Format) -> Vec<String> {
    let mut lint = Lint { format, found: Vec::new() };
    lint.words();
    lint.holes();
    lint.cases();
    lint.rules();
    lint.addresses();
    lint.ports();
    lint.lists();
    lint.objects();
    lint.files();
    lint.static_files();
    lint.found
}

/// The names of all holes of a format.
pub(super) fn holes_of(format: &Format) -> BTreeSet<String> {
    let lint = Lint { format, found: Vec::new() };
    lint.all_patterns().iter().flat_map(|(_, pattern)| pattern.holes()).map(str::to_owned).collect()
}

struct Lint<'f> {
    format: &'f Format,
    found: Vec<String>,
}

impl Part {
    /// Whether any of its cases has a hole.
    pub(super) fn uses(&self, hole: &str) -> bool {
        self.patterns().any(|(_, pattern)| pattern.has(hole))
    }

    fn patterns(&self) -> impl Iterator<Item = (&str, &Pattern)> {
        let otherwise = self.otherwise.iter().map(|pattern| ("else", pattern));
        self.cases.iter().map(|(case, pattern)| (case.as_str(), pattern)).chain(otherwise)
    }
}

/// What a rule must carry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carried {
    Source,
    Destination,
    Protocol,
    Ports,
    SourcePorts,
    Icmp,
}

impl Carried {
    fn name(self) -> &'static str {
        match self {
            Self::Source => "where the connection comes from",
            Self::Destination => "where it goes to",
            Self::Protocol => "the protocol",
            Self::Ports => "the ports",
            Self::SourcePorts => "the ports it is opened from",
            Self::Icmp => "the type of a message",
        }
    }

    fn dimension(self) -> Dimension {
        match self {
            Self::Source => Dimension::Src,
            Self::Destination => Dimension::Dst,
            Self::Protocol => Dimension::Proto,
            Self::Ports => Dimension::Ports,
            Self::SourcePorts => Dimension::SourcePorts,
            Self::Icmp => Dimension::Icmp,
        }
    }

    fn is_carried_by(self, pattern: &Pattern) -> bool {
        let holes: &[&str] = match self {
            Self::Source => &["src", "remote"],
            Self::Destination => &["dst", "remote"],
            Self::Protocol => &["proto", "service"],
            Self::Ports => &["ports", "service"],
            Self::SourcePorts => &["source-ports"],
            Self::Icmp => &["icmp"],
        };
        holes.iter().any(|hole| pattern.has(hole))
    }

    /// Whether a case of a part has nothing of it to carry.
    fn is_absent(self, part: &Part, case: &str) -> bool {
        match self {
            Self::Source | Self::Destination => {
                let own = part.of == self.dimension() || part.of == Dimension::Remote;
                own && case == "any"
            }
            Self::Ports => {
                (part.of == Dimension::Ports && matches!(case, "any" | "none"))
                    || (part.of == Dimension::Proto && !matches!(case, "tcp" | "udp" | "sctp" | "dccp" | "else"))
                    || (part.of == Dimension::Icmp && case == "typed")
            }
            // Each case is a protocol, or the messages of one.
            Self::Protocol => part.of == Dimension::Proto && case != "else",
            Self::SourcePorts | Self::Icmp => part.of == self.dimension() && case == "any",
        }
    }
}

impl Lint<'_> {
    fn tell(&mut self, mistake: impl Into<String>) {
        self.found.push(mistake.into());
    }

    fn rule_patterns(&self) -> Vec<(&'static str, &Pattern)> {
        let all = [Direction::In, Direction::Out, Direction::Forward];
        all.into_iter().filter_map(|direction| Some((direction.as_str(), self.format.rule_of(direction)?))).collect()
    }

    /// Where only ASCII is read no word of another language may come.
    fn words(&mut self) {
        if self.format.charset != Charset::Ascii {
            return;
        }
        let patterns = self.all_patterns();
        let worded: BTreeSet<String> = patterns
            .iter()
            .flat_map(|(_, pattern)| pattern.holes())
            .filter(|hole| WORDED.contains(hole) || hole.starts_with("t."))
            .map(str::to_owned)
            .collect();
        let foreign = patterns.iter().find(|(_, pattern)| !String::from((*pattern).clone()).is_ascii());
        let foreign = foreign.map(|(place, _)| place.clone());
        for hole in worded {
            self.tell(format!("is ASCII and says `@{hole}@`, which may be in any script"));
        }
        if let Some(place) = foreign {
            self.tell(format!("is ASCII and has other characters in `{place}`"));
        }
    }

    /// Files beside scenarios are there whatever the facts, under names that no other file has.
    fn static_files(&mut self) {
        const TAKEN: [&str; 5] = ["index.html", "index.md", "flows.csv", "diagram.svg", "diagram.mmd"];
        if !self.format.is_static {
            return;
        }
        for (_, name) in super::static_files(0, self.format) {
            let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
            if TAKEN.contains(&name.as_str()) || !is_plain || name.starts_with('.') {
                self.tell(format!("would write `{name}` beside scenarios, which is no free name of a file"));
            }
        }
        if !self.format.sides.contains(&SideKind::Gateway) {
            self.tell("has no rules for gateways, and nothing to write beside scenarios");
        }
    }

    fn all_patterns(&self) -> Vec<(String, &Pattern)> {
        let format = self.format;
        let mut all: Vec<(String, &Pattern)> = Vec::new();
        all.extend(self.rule_patterns().into_iter().map(|(name, pattern)| (format!("rule.{name}"), pattern)));
        for (name, part) in &format.part {
            all.extend(part.patterns().map(|(case, pattern)| (format!("part.{name}.{case}"), pattern)));
        }
        for (kind, pattern) in &format.address {
            all.push((format!("address.{kind}"), pattern));
        }
        for (kind, pattern) in &format.define.address {
            all.push((format!("define.address.{kind}"), pattern));
        }
        for (name, pattern) in &format.define.service {
            all.push((format!("define.service.{name}"), pattern));
        }
        all.extend(format.define.named.iter().map(|pattern| ("define.named".to_owned(), pattern)));
        all.extend(format.port.iter().map(|(case, pattern)| (format!("port.{case}"), pattern)));
        all.push(("trailer.line".to_owned(), &format.trailer.line));
        all.push(("none".to_owned(), &format.trailer.none));
        all.push(("policy".to_owned(), &format.policy.open));
        all.push(("policy".to_owned(), &format.policy.closed));
        for (place, lists) in [("close", &format.close), ("empty", &format.empty)] {
            let patterns = [&lists.text, &lists.inward, &lists.outward, &lists.forward, &lists.rules];
            all.extend(patterns.into_iter().flatten().map(|pattern| (place.to_owned(), pattern)));
        }
        for file in &format.file {
            all.push(("file.name".to_owned(), &file.name));
            all.push(("file.document".to_owned(), &file.document));
        }
        all.extend(format.container.iter().map(|pattern| ("container".to_owned(), pattern)));
        all
    }

    /// No hole stays open.
    fn holes(&mut self) {
        let mut unknown = Vec::new();
        for (place, pattern) in self.all_patterns() {
            let own: &[&str] = match place.split('.').next().unwrap_or_default() {
                "rule" | "part" => OF_RULES,
                "define" if place.starts_with("define.service") => &["object", "ports", "proto", "lo", "hi"],
                "address" | "define" => OF_ADDRESSES,
                "port" => &["lo", "hi", "proto"],
                "trailer" => &["reason", "flow", "what", "text"],
                "file" if place == "file.document" => OF_FILES,
                _ => &[],
            };
            let is_part = |hole: &str| place.starts_with("rule.") && self.format.part.contains_key(hole);
            for hole in pattern.holes() {
                // A message of the site: one that is missing is told where it is said.
                let is_word = hole.starts_with("t.");
                let is_common = COMMON.contains(&hole) || self.format.setting.contains_key(hole);
                if !own.contains(&hole) && !is_common && !is_word && !is_part(hole) {
                    unknown.push(format!("has a hole in `{place}` that nothing fills: `@{hole}@`"));
                }
            }
        }
        self.found.extend(unknown);
    }

    fn cases(&mut self) {
        let mut wrong = Vec::new();
        for (name, part) in &self.format.part {
            let known: &[&str] = match part.of {
                Dimension::Src | Dimension::Dst | Dimension::Remote => {
                    &["v4", "v6", "fqdn", "wild", "url", "any", "named", "mixed"]
                }
                Dimension::Ports => &["any", "none", "one", "range", "many"],
                Dimension::SourcePorts => &["any", "one", "range", "many"],
                Dimension::Icmp => &["any", "typed"],
                Dimension::Dir => &["in", "out", "forward"],
                Dimension::Family => &["v4", "v6", "any"],
                Dimension::Proto => {
                    let unknown = part.cases.keys().filter(|case| !self.format.proto.contains_key(*case));
                    wrong.extend(
                        unknown.map(|case| format!("has no protocol `{case}`, which `part.{name}` has a case for")),
                    );
                    continue;
                }
            };
            let unknown = part.cases.keys().filter(|case| !known.contains(&case.as_str()));
            wrong.extend(unknown.map(|case| format!("has a case in `part.{name}` that never comes: `{case}`")));
        }
        let kinds = |key: &&String| !KINDS.contains(&key.as_str()) && !matches!(key.as_str(), "v4-host" | "v6-host");
        let keys =
            self.format.address.keys().chain(self.format.define.address.keys()).chain(self.format.family_of.keys());
        wrong.extend(keys.filter(kinds).map(|key| format!("names a kind of address that there is none of: `{key}`")));
        let ports = self.format.port.keys().filter(|key| !["one", "range", "any", "none"].contains(&key.as_str()));
        wrong.extend(ports.map(|key| format!("names a kind of port that there is none of: `{key}`")));
        self.found.extend(wrong);
    }

    fn is_lossy(&self, carried: Carried) -> bool {
        self.format.lossy.contains(&carried.dimension())
    }

    /// Each rule carries what it must match, in every case.
    fn rules(&mut self) {
        let mut wrong = Vec::new();
        for (name, pattern) in self.rule_patterns() {
            let ends: &[Carried] = match name {
                "in" => &[Carried::Source],
                "out" => &[Carried::Destination],
                _ => &[Carried::Source, Carried::Destination],
            };
            // Without a part for them, connections that have these are left.
            let fine = [Carried::SourcePorts, Carried::Icmp];
            let fine = fine.iter().filter(|fine| self.format.part.values().any(|part| part.of == fine.dimension()));
            for carried in ends.iter().chain(&[Carried::Protocol, Carried::Ports]).chain(fine) {
                if !self.is_lossy(*carried) && !self.carries(pattern, *carried) {
                    wrong.push(format!("does not carry {} in every case of `rule.{name}`", carried.name()));
                }
            }
        }
        if self.rule_patterns().is_empty() {
            wrong.push("has no rule".to_owned());
        }
        self.found.extend(wrong);
    }

    fn carries(&self, pattern: &Pattern, carried: Carried) -> bool {
        let by_part = |part: &Part| {
            part.patterns().all(|(case, pattern)| carried.is_carried_by(pattern) || carried.is_absent(part, case))
        };
        let is_only = carried == Carried::Protocol && self.format.proto.len() == 1;
        let in_ports =
            |pattern: &Pattern| pattern.has("ports") && self.format.port.values().all(|port| port.has("proto"));
        let by_ports = carried == Carried::Protocol && in_ports(pattern);
        is_only
            || by_ports
            || carried.is_carried_by(pattern)
            || pattern.holes().filter_map(|hole| self.format.part.get(hole)).any(by_part)
    }

    fn addresses(&mut self) {
        let mut wrong = Vec::new();
        let define = &self.format.define;
        for (kind, pattern) in &self.format.address {
            let mut carriers = vec![pattern];
            let defined = kind.trim_end_matches("-host");
            if pattern.has("object") {
                match define.address.get(defined).or(define.named.as_ref().filter(|_| defined == "named")) {
                    Some(definition) => carriers.push(definition),
                    None => wrong.push(format!("names an object for `{kind}` that `define.address` does not define")),
                }
            }
            let has = |holes: &[&str]| holes.iter().any(|hole| carriers.iter().any(|pattern| pattern.has(hole)));
            let is_whole = match kind.as_str() {
                "v4" => has(&["ip", "host"]) && has(&["len", "mask"]),
                "v6" => has(&["ip", "host"]) && has(&["len"]),
                "v4-host" | "v6-host" => has(&["ip", "host"]),
                "fqdn" | "wild" => has(&["host", "domain"]),
                "url" => has(&["host"]) && has(&["path"]),
                "named" => has(&["component"]),
                _ => true,
            };
            if !is_whole {
                wrong.push(format!("does not carry the whole address in `address.{kind}`"));
            }
        }
        self.found.extend(wrong);
    }

    fn ports(&mut self) {
        let has = |case: &str, hole: &str| self.format.port.get(case).is_some_and(|pattern| pattern.has(hole));
        if self.is_lossy(Carried::Ports) {
            return;
        }
        let is_whole = has("one", "lo") && has("range", "lo") && has("range", "hi");
        if !is_whole {
            self.tell("needs `port.one` with `@lo@` and `port.range` with `@lo@` and `@hi@`");
        }
        let services: Vec<String> = self
            .format
            .define
            .service
            .iter()
            .filter(|(_, pattern)| !(pattern.has("ports") || (pattern.has("lo") && pattern.has("hi"))))
            .map(|(name, _)| name.clone())
            .collect();
        for name in services.iter().filter(|name| matches!(name.as_str(), "tcp" | "udp" | "sctp" | "dccp")) {
            self.tell(format!("does not carry the ports in `define.service.{name}`"));
        }
    }

    /// A list holds its items, and what is left is told with its reason.
    fn lists(&mut self) {
        let lists = [
            ("", None),
            (".src", Some(Dimension::Src)),
            (".dst", Some(Dimension::Dst)),
            (".ports", Some(Dimension::Ports)),
        ];
        for (name, dimension) in lists {
            // Those of no dimension are written as lists in general are.
            let form = self.format.list.of(dimension.unwrap_or(Dimension::Family));
            if !form.one.has("items") || !form.many.has("items") {
                self.tell(format!("does not carry the items of a list in `list{name}`"));
            }
        }
        let line = &self.format.trailer.line;
        let lacking: Vec<_> = ["reason", "flow", "what"].into_iter().filter(|hole| !line.has(hole)).collect();
        for hole in lacking {
            self.tell(format!("does not tell `@{hole}@` of what is left in `trailer.line`"));
        }
    }

    /// What is defined has the name by which rules know it.
    fn objects(&mut self) {
        let define = &self.format.define;
        let addresses = define.address.iter().map(|(kind, pattern)| (format!("address.{kind}"), pattern, "object"));
        let services = define.service.iter().map(|(kind, pattern)| (format!("service.{kind}"), pattern, "object"));
        let named = define.named.iter().map(|pattern| ("named".to_owned(), pattern, "component"));
        let all: Vec<_> =
            addresses.chain(services).chain(named).filter(|(_, pattern, hole)| !pattern.has(hole)).collect();
        let nameless: Vec<_> = all.into_iter().map(|(place, ..)| place).collect();
        for place in nameless {
            self.tell(format!("defines something without its name in `define.{place}`"));
        }
    }

    /// The versions of IP that files may be for.
    fn families(&self) -> Vec<Option<Family>> {
        let has =
            |family: &Family| self.format.address.keys().any(|kind| kind.trim_end_matches("-host") == family.as_str());
        let families: Vec<_> = [Family::V4, Family::V6].into_iter().filter(has).map(Some).collect();
        if families.is_empty() { vec![None] } else { families }
    }

    /// Each place has its rules and tells what is left; what is defined is placed.
    fn files(&mut self) {
        for side in self.format.sides.clone() {
            for is_closed in [false, true] {
                for family in self.families() {
                    self.files_for(side, is_closed, family);
                }
            }
        }
        let has_rule = |direction: Direction| self.format.rule_of(direction).is_some();
        let is_host = self.format.sides.contains(&SideKind::Host);
        let is_gateway = self.format.sides.contains(&SideKind::Gateway);
        if self.format.sides.is_empty()
            || (is_gateway && !has_rule(Direction::Forward))
            || (is_host && !has_rule(Direction::In) && !has_rule(Direction::Out))
        {
            self.tell("has a side without a rule");
        }
        let mut names = BTreeSet::new();
        let doubled = self
            .format
            .file
            .iter()
            .any(|file| !names.insert((String::from(file.name.clone()), file.side, file.closed)));
        if doubled {
            self.tell("has two files of one name");
        }
    }

    fn files_for(&mut self, side: SideKind, is_closed: bool, family: Option<Family>) {
        let files: Vec<&FileForm> = self
            .format
            .file
            .iter()
            .filter(|file| {
                file.side.is_none_or(|own| own == side)
                    && file.closed.is_none_or(|own| own == is_closed)
                    && (family.is_none() || file.family.is_none() || file.family == family)
            })
            .collect();
        let has = |hole: &str| files.iter().any(|file| file.document.has(hole));
        let directions: &[&str] = if side == SideKind::Host { &["in", "out"] } else { &["forward"] };
        let named = if side == SideKind::Host { "host" } else { "gateway" };
        let patterns = self.rule_patterns();
        let is_ruled = |direction: &&&str| patterns.iter().any(|(name, _)| name == *direction);
        let has_rules = has("rules") || directions.iter().filter(is_ruled).all(|direction| has(direction));
        let mut lacks = Vec::new();
        lacks.extend((!has_rules).then_some("the rules"));
        lacks.extend((!has("trailer")).then_some("what is left (`@trailer@`)"));
        let uses = |hole: &str| {
            self.all_patterns()
                .iter()
                .any(|(place, pattern)| !place.starts_with("define") && !place.starts_with("file") && pattern.has(hole))
        };
        lacks.extend((uses("object") && !has("address-definitions")).then_some("`@address-definitions@`"));
        lacks.extend((uses("service") && !has("service-definitions")).then_some("`@service-definitions@`"));
        let defines_named = self.format.define.named.is_some();
        lacks.extend((defines_named && !has("named-definitions")).then_some("`@named-definitions@`"));
        for lack in lacks {
            let mistake = format!("has no file for `{named}` that holds {lack}");
            if !self.found.contains(&mistake) {
                self.tell(mistake);
            }
        }
    }
}
