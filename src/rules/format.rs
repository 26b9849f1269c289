//! The languages of firewalls as data: `theme/rules/*.toml`, one file each; a site adds one by a file and replaces
//! one by a file of the same name. `docs/rules.md` describes the keys.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::escape::Escape;
use super::pattern::Pattern;

/// All formats of a site, by their names.
pub type Formats = BTreeMap<String, Format>;

/// What a format is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Tables for people and programs.
    Sheet,
    /// Firewalls of machines and gateways.
    Firewall,
    /// Firewalls of clouds and clusters.
    Cloud,
    /// Lists of addresses.
    List,
    /// What tries the connections.
    Test,
}

impl Group {
    /// As formats write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Firewall => "firewall",
            Self::Cloud => "cloud",
            Self::List => "list",
            Self::Test => "test",
        }
    }
}

/// On which kind of place a format has rules.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum SideKind {
    Host,
    Gateway,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Charset {
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    Ascii,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum LineEnd {
    #[default]
    Lf,
    Crlf,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Families {
    /// A rule holds one kind of address.
    #[default]
    Split,
    /// A rule holds any kinds together.
    Mixed,
}

/// A family of addresses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Family {
    V4,
    V6,
}

impl Family {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::V4 => "v4",
            Self::V6 => "v6",
        }
    }
}

/// How many of each one rule holds; 0: any number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Many {
    #[serde(default)]
    pub(super) src: usize,
    #[serde(default)]
    pub(super) dst: usize,
    #[serde(default)]
    pub(super) ports: usize,
    /// How many a range of ports counts for.
    #[serde(default = "one")]
    pub(super) range: usize,
}

fn one() -> usize {
    1
}

/// How a list is written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListForm {
    #[serde(default = "items")]
    pub(super) one: Pattern,
    #[serde(default = "items")]
    pub(super) many: Pattern,
    #[serde(default = "comma")]
    pub(super) sep: String,
}

impl Default for ListForm {
    fn default() -> Self {
        Self { one: items(), many: items(), sep: comma() }
    }
}

fn items() -> Pattern {
    Pattern::from("@items@".to_owned())
}

fn comma() -> String {
    ",".to_owned()
}

/// How lists are written, and those of some dimensions otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Lists {
    #[serde(default = "items")]
    one: Pattern,
    #[serde(default = "items")]
    many: Pattern,
    #[serde(default = "comma")]
    sep: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    src: Option<ListForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dst: Option<ListForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ports: Option<ListForm>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { one: items(), many: items(), sep: comma(), src: None, dst: None, ports: None }
    }
}

/// What a rule is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Dimension {
    Src,
    Dst,
    /// The end that is not the machine's own.
    Remote,
    Ports,
    SourcePorts,
    Proto,
    Icmp,
    Dir,
    Family,
}

impl Lists {
    /// That of one dimension.
    pub(super) fn of(&self, dimension: Dimension) -> ListForm {
        let own = match dimension {
            Dimension::Src => &self.src,
            Dimension::Dst => &self.dst,
            Dimension::Ports => &self.ports,
            _ => &None,
        };
        let common = || ListForm { one: self.one.clone(), many: self.many.clone(), sep: self.sep.clone() };
        own.clone().unwrap_or_else(common)
    }
}

/// A piece of a rule that hangs on one dimension.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) of: Dimension,
    #[serde(rename = "else", default, skip_serializing_if = "Option::is_none")]
    pub(super) otherwise: Option<Pattern>,
    #[serde(flatten)]
    pub(super) cases: BTreeMap<String, Pattern>,
}

/// Objects that are defined before rules name them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Define {
    #[serde(default)]
    pub(super) prefix: String,
    #[serde(default)]
    pub(super) address: BTreeMap<String, Pattern>,
    #[serde(default)]
    pub(super) service: BTreeMap<String, Pattern>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) named: Option<Pattern>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulePatterns {
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub(super) inward: Option<Pattern>,
    #[serde(rename = "out", default, skip_serializing_if = "Option::is_none")]
    pub(super) outward: Option<Pattern>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) forward: Option<Pattern>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Per {
    Direction,
    All,
}

/// Numbers of rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Number {
    pub(super) start: u64,
    pub(super) step: u64,
    pub(super) max: u64,
    #[serde(default = "over_all")]
    pub(super) per: Per,
}

fn over_all() -> Per {
    Per::All
}

/// What a name may be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameForm {
    /// The characters that stay, as `[^A-Za-z0-9._-]`.
    pub(super) not: String,
    pub(super) max: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentForm {
    pub(super) max: usize,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    #[serde(default)]
    pub(super) open: Pattern,
    #[serde(default)]
    pub(super) closed: Pattern,
}

/// What stands behind the rules of a list where the rest is denied, or in a list without rules.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PerList {
    /// Behind all rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<Pattern>,
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub(super) inward: Option<Pattern>,
    #[serde(rename = "out", default, skip_serializing_if = "Option::is_none")]
    pub(super) outward: Option<Pattern>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) forward: Option<Pattern>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rules: Option<Pattern>,
}

/// How what is left is written.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trailer {
    #[serde(default)]
    pub(super) line: Pattern,
    #[serde(default = "new_line")]
    pub(super) sep: String,
    #[serde(default)]
    pub(super) none: Pattern,
}

fn new_line() -> String {
    "\n".to_owned()
}

/// A word that the reader may set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setting {
    pub(super) default: String,
    /// The characters it may have, as `[a-z0-9 _-]`.
    pub(super) allow: String,
}

/// A file of a format.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FileForm {
    pub(super) name: Pattern,
    pub(super) document: Pattern,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) side: Option<SideKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) family: Option<Family>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) closed: Option<bool>,
    /// Not written without a rule.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) unless_empty: bool,
}

/// The language of a firewall.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Format {
    /// What readers call it.
    pub title: String,
    /// What it is for.
    pub group: Group,
    pub(super) sides: Vec<SideKind>,
    /// Whether its files stand beside each scenario.
    #[serde(rename = "static", default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_static: bool,
    #[serde(default)]
    pub(super) charset: Charset,
    #[serde(default)]
    pub(super) escape: Escape,
    #[serde(default)]
    pub(super) eol: LineEnd,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) bom: bool,
    #[serde(default = "new_line")]
    pub(super) sep: String,
    /// The name of the ZIP that holds all files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) container: Option<Pattern>,
    #[serde(default)]
    pub(super) family: Families,
    #[serde(default)]
    pub(super) family_of: BTreeMap<String, Family>,
    #[serde(default)]
    pub(super) many: Many,
    #[serde(default)]
    pub(super) address: BTreeMap<String, Pattern>,
    #[serde(default)]
    pub(super) port: BTreeMap<String, Pattern>,
    #[serde(default)]
    pub(super) proto: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) list: Lists,
    #[serde(default)]
    pub(super) part: BTreeMap<String, Part>,
    #[serde(default)]
    pub(super) define: Define,
    pub(super) rule: RulePatterns,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<NameForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<CommentForm>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) unique_lines: bool,
    /// What its rules do not carry, so that its title says "list" or "test".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) lossy: Vec<Dimension>,
    #[serde(default)]
    pub(super) policy: Policy,
    #[serde(default)]
    pub(super) close: PerList,
    #[serde(default)]
    pub(super) empty: PerList,
    #[serde(default)]
    pub(super) trailer: Trailer,
    #[serde(default)]
    pub(super) setting: BTreeMap<String, Setting>,
    pub(super) file: Vec<FileForm>,
}

impl Format {
    /// Whether it has rules for a place.
    pub fn is_for(&self, side: super::Side) -> bool {
        let kind = match side {
            super::Side::Host(_) => SideKind::Host,
            super::Side::Gateway | super::Side::GatewayAll => SideKind::Gateway,
        };
        self.sides.contains(&kind)
    }

    /// The places that it has rules for, in words of the command line.
    pub fn places(&self) -> &'static str {
        match (self.sides.contains(&SideKind::Host), self.sides.contains(&SideKind::Gateway)) {
            (true, true) => "host, gateway",
            (true, false) => "host",
            (false, true) => "gateway",
            (false, false) => "nothing",
        }
    }

    /// Whether readers may set a word of this name, and to this.
    pub fn takes(&self, setting: &str, value: &str) -> Option<bool> {
        self.setting.get(setting).map(|setting| super::characters::is_made_of(value, &setting.allow))
    }

    /// The names that readers may set, each with the characters that it may have.
    pub fn settings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.setting.iter().map(|(name, setting)| (name.as_str(), setting.allow.as_str()))
    }

    pub(super) fn rule_of(&self, direction: super::Direction) -> Option<&Pattern> {
        match direction {
            super::Direction::In => self.rule.inward.as_ref(),
            super::Direction::Out => self.rule.outward.as_ref(),
            super::Direction::Forward => self.rule.forward.as_ref(),
        }
    }
}

/// A file of rules that stands beside each scenario.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct StaticFile {
    /// Position of the format.
    pub format: usize,
    /// Position among the files for all machines of an open place; `None`: the archive that holds them.
    pub file: Option<usize>,
}

/// The files that a format writes beside each scenario, with their names.
pub fn static_files(position: usize, format: &Format) -> Vec<(StaticFile, String)> {
    if !format.is_static {
        return Vec::new();
    }
    let of = |file: Option<usize>, name: &Pattern| (StaticFile { format: position, file }, String::from(name.clone()));
    if let Some(container) = &format.container {
        return vec![of(None, container)];
    }
    let files = format.file.iter().filter(|file| {
        file.side.is_none_or(|side| side == SideKind::Gateway) && file.closed != Some(true) && !file.unless_empty
    });
    files.enumerate().map(|(at, file)| of(Some(at), &file.name)).collect()
}
