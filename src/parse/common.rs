//! `content/common/*.yaml`: the vocabulary all products share, and the item kinds that products
//! have as well (components, options, address lists).

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::locale::LocaleId;
use crate::span::Spanned;
use crate::value::Side;
use crate::value::UnitKind;
use crate::value::words::SIDE;

use super::address::{RawHost, parse_host_list};
use super::fields::{Fields, as_phrases, as_word};
use super::keys::{self, Key};
use super::machine::parse_runs_on;
use super::port::{RawLine, RawPortRange, as_lines, parse_line, parse_port_range};
use super::reading::Reading;
use super::text::{RawText, Sharing, parse_entry, parse_name, parse_text};
use super::when::{RawWhen, parse_when};
use super::yaml::{Node, Value};

/// `allow:` on an item: a check that is excepted there, and why.
#[derive(Clone, Debug)]
pub struct RawAllow {
    /// The code of the check.
    pub code: Spanned<String>,
}

/// What any item with an id may carry.
#[derive(Clone, Debug, Default)]
pub struct RawMeta {
    /// Ids under which it was known; old links lead on.
    pub former_ids: Vec<Spanned<String>>,
    /// Excepted checks.
    pub allow: Vec<RawAllow>,
}

/// One file of `content/common/`.
#[derive(Clone, Debug, Default)]
pub struct RawCommon {
    /// Application protocols.
    pub services: Vec<RawService>,
    /// Parties several products talk to.
    pub components: Vec<RawComponent>,
    /// Where parties stand.
    pub zones: Vec<RawZone>,
    /// Axes of requirements several products share.
    pub options: Vec<RawOption>,
    /// The glossary.
    pub terms: Vec<RawTerm>,
    /// Addresses used by several flows.
    pub lists: Vec<RawAddressList>,
    /// Ranges of ports with names.
    pub ranges: Vec<RawPortRange>,
}

/// An application protocol.
#[derive(Clone, Debug)]
pub struct RawService {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub name: Option<RawText>,
    /// Its well-known ports.
    pub ports: Vec<RawLine>,
    /// What it is for, where a flow says nothing else.
    pub purpose: Option<RawText>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// One end of a connection.
#[derive(Clone, Debug)]
pub struct RawComponent {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name; absent where a product adds to a common component.
    pub name: Option<RawText>,
    /// Where it stands.
    pub zone: Option<Spanned<String>>,
    /// Components that are its machines.
    pub runs_on: Vec<Spanned<String>>,
    /// Products that play this part.
    pub examples: Vec<Spanned<String>>,
    /// What it is.
    pub summary: Option<RawText>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// Where parties stand.
#[derive(Clone, Debug)]
pub struct RawZone {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub name: Option<RawText>,
    /// Whether the reader runs the machines in it.
    pub side: Option<Side>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// One axis on which requirements differ.
#[derive(Clone, Debug)]
pub struct RawOption {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub label: Option<RawText>,
    /// What it means, where it is set.
    pub text: Option<RawText>,
    /// When it exists at all.
    pub when: Option<RawWhen>,
    /// What holds if nothing is chosen.
    pub default: Vec<Spanned<String>>,
    /// Its values; `None`: a switch.
    pub choices: Option<Vec<RawChoice>>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// One value of an option.
#[derive(Clone, Debug)]
pub struct RawChoice {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub label: Option<RawText>,
    /// What it means.
    pub text: Option<RawText>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// A word of the glossary.
#[derive(Clone, Debug)]
pub struct RawTerm {
    /// Its id.
    pub id: Spanned<String>,
    /// The approved form.
    pub name: Option<RawText>,
    /// How it is read, where its letters don't tell: what a glossary sorts it by.
    pub reading: Vec<(LocaleId, Spanned<String>)>,
    /// Inflections that count as the same word.
    pub forms: Vec<(LocaleId, Spanned<String>)>,
    /// Words that must not stand for it.
    pub forbidden: Vec<(LocaleId, Spanned<String>)>,
    /// What the search takes for it.
    pub synonyms: Vec<Spanned<String>>,
    /// What it means.
    pub definition: Option<RawText>,
    /// Whether it is a label in a vendor's console.
    pub is_ui: bool,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// Addresses used by several flows.
#[derive(Clone, Debug)]
pub struct RawAddressList {
    /// Its id.
    pub id: Spanned<String>,
    /// The addresses.
    pub hosts: Vec<RawHost>,
    /// Where they come from.
    pub source: Option<Spanned<String>>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// Reads one file of `content/common/`.
pub fn parse_common(root: &Node, reading: &mut Reading<'_>) -> RawCommon {
    let mut common = RawCommon::default();
    let Some(fields) = Fields::of(&keys::common::KEYS, root.span, root, &mut reading.report) else {
        reading.report.lose_common();
        return common;
    };
    common.services = fields.items(keys::common::SERVICES, reading, parse_service);
    common.components = fields.items(keys::common::COMPONENTS, reading, parse_component);
    common.zones = fields.items(keys::common::ZONES, reading, parse_zone);
    common.options = fields.items(keys::common::OPTIONS, reading, parse_option);
    common.terms = fields.items(keys::common::TERMS, reading, parse_term);
    common.lists = fields.items(keys::common::ADDRESS_LISTS, reading, parse_address_list);
    common.ranges = fields.items(keys::common::PORT_RANGES, reading, parse_port_range);
    common
}

fn parse_service(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawService> {
    let fields = Fields::of(&keys::service::KEYS, id.span, node, &mut reading.report)?;
    let lines =
        fields.get(keys::service::PORTS).map(|node| as_lines("`ports`", node, &mut reading.report)).unwrap_or_default();
    let ports: Vec<_> = lines.iter().filter_map(|line| parse_line(line, &mut reading.report)).collect();
    for (line, service) in ports.iter().filter_map(|line| Some((line, line.services.first()?))) {
        let headline = format!("`{}` is named inside a service", service.value);
        reading.report.add(
            Diagnostic::error(Code::PortForm, headline)
                .at(line.span)
                .help("write PORT/TRANSPORT or the protocol alone"),
        );
    }
    Some(RawService {
        name: parse_name(&fields, keys::service::NAME, reading),
        ports,
        purpose: parse_text(&fields, keys::service::PURPOSE, UnitKind::Paragraph, reading),
        meta: parse_meta(&fields, reading),
        id,
    })
}

/// Reads a component of common or of a product.
pub(super) fn parse_component(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawComponent> {
    let fields = Fields::of(&keys::component::KEYS, id.span, node, &mut reading.report)?;
    let name = parse_name(&fields, keys::component::NAME, reading);
    // That it has no name would be said of one whose name can't be read.
    if name.is_none() && fields.get(keys::component::NAME).is_some() {
        reading.report.lose(&id.value);
    }
    Some(RawComponent {
        name,
        zone: fields.word(keys::component::ZONE, reading),
        runs_on: parse_runs_on(&fields, reading),
        examples: fields.phrases(keys::component::EXAMPLES, reading),
        summary: parse_text(&fields, keys::component::SUMMARY, UnitKind::Blocks, reading),
        meta: parse_meta(&fields, reading),
        id,
    })
}

fn parse_zone(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawZone> {
    let fields = Fields::of(&keys::zone::KEYS, id.span, node, &mut reading.report)?;
    Some(RawZone {
        name: parse_name(&fields, keys::zone::NAME, reading),
        side: fields.choice(keys::zone::SIDE, SIDE, reading),
        meta: parse_meta(&fields, reading),
        id,
    })
}

/// Reads an option of common or of a product.
pub(super) fn parse_option(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawOption> {
    let fields = Fields::of(&keys::option::KEYS, id.span, node, &mut reading.report)?;
    let choices = fields.get(keys::option::CHOICES).map(|node| {
        if matches!(&node.value, Value::Map(entries) if entries.is_empty()) {
            reading.report.add(
                Diagnostic::error(Code::WrongType, "`choices` is empty")
                    .at(node.span)
                    .help("list at least one, or remove the key for a switch"),
            );
        }
        fields.items(keys::option::CHOICES, reading, |id, node, reading| Some(parse_choice(id, node, reading)))
    });
    Some(RawOption {
        label: parse_name(&fields, keys::option::LABEL, reading),
        text: parse_text(&fields, keys::option::TEXT, UnitKind::Blocks, reading),
        when: fields.get(keys::option::WHEN).map(|node| parse_when(node, &mut reading.report)),
        default: fields.words(keys::option::DEFAULT, reading),
        choices,
        meta: parse_meta(&fields, reading),
        id,
    })
}

fn parse_choice(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> RawChoice {
    // A choice is its label, or a map with `label`; a map of locales is a label too.
    let is_long = matches!(&node.value, Value::Map(entries) if entries.iter().any(|entry| keys::choice::KEYS.names().any(|key| key == entry.key.value)));
    if !is_long {
        let entry = super::yaml::Entry { key: id.clone(), value: node.clone() };
        let label = parse_entry("the label of the choice", &entry, UnitKind::Name, Sharing::Allowed, reading);
        return RawChoice { id, label, text: None, meta: RawMeta::default() };
    }
    let Some(fields) = Fields::of(&keys::choice::KEYS, id.span, node, &mut reading.report) else {
        return RawChoice { id, label: None, text: None, meta: RawMeta::default() };
    };
    RawChoice {
        label: parse_name(&fields, keys::choice::LABEL, reading),
        text: parse_text(&fields, keys::choice::TEXT, UnitKind::Blocks, reading),
        meta: parse_meta(&fields, reading),
        id,
    }
}

fn parse_term(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawTerm> {
    let fields = Fields::of(&keys::term::KEYS, id.span, node, &mut reading.report)?;
    Some(RawTerm {
        name: parse_text(&fields, keys::term::NAME, UnitKind::Name, reading),
        reading: by_locale(&fields, keys::term::READING, reading, |what, node, report| {
            as_word(what, node, report).into_iter().collect()
        }),
        forms: by_locale(&fields, keys::term::FORMS, reading, as_phrases),
        forbidden: by_locale(&fields, keys::term::FORBIDDEN, reading, as_phrases),
        synonyms: fields.phrases(keys::term::SYNONYMS, reading),
        definition: parse_text(&fields, keys::term::DEFINITION, UnitKind::Blocks, reading),
        is_ui: fields.choice(keys::term::UI, &[("shown", true)], reading).unwrap_or(false),
        meta: parse_meta(&fields, reading),
        id,
    })
}

fn by_locale(
    fields: &Fields<'_>,
    key: Key,
    reading: &mut Reading<'_>,
    read: impl Fn(&str, &Node, &mut Report) -> Vec<Spanned<String>>,
) -> Vec<(LocaleId, Spanned<String>)> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    let Reading { locales, report, .. } = reading;
    let tags: Vec<_> = locales.ids().map(|id| locales.tag(id)).collect();
    // Read as fields, so that an unknown locale is a key nobody knows.
    let Some(by_locale) = Fields::read("a map of locales", node.span, node, &tags, report) else { return Vec::new() };
    let mut all = Vec::new();
    for locale in locales.ids() {
        let node = by_locale.named(locales.tag(locale));
        let words = node.map(|node| read(&key.shown(), node, report)).unwrap_or_default();
        all.extend(words.into_iter().map(|word| (locale, word)));
    }
    all
}

/// Reads an address list of common or of a product.
pub(super) fn parse_address_list(
    id: Spanned<String>,
    node: &Node,
    reading: &mut Reading<'_>,
) -> Option<RawAddressList> {
    let fields = Fields::of(&keys::address_list::KEYS, id.span, node, &mut reading.report)?;
    let hosts = fields.get(keys::address_list::HOSTS);
    Some(RawAddressList {
        hosts: hosts.map(|node| parse_host_list("`hosts`", node, &mut reading.report)).unwrap_or_default(),
        source: fields.word(keys::address_list::SOURCE, reading),
        meta: parse_meta(&fields, reading),
        id,
    })
}

/// Reads `former-ids` and `allow`.
pub fn parse_meta(fields: &Fields<'_>, reading: &mut Reading<'_>) -> RawMeta {
    let former_ids = fields.words(keys::FORMER_IDS, reading);
    let former_ids = former_ids
        .into_iter()
        .filter(|id| super::fields::is_id_or_report("`former-ids`", id, &mut reading.report))
        .collect();
    let allow = fields.list(keys::ALLOW, reading);
    RawMeta { former_ids, allow: allow.iter().filter_map(|node| parse_allow(node, reading)).collect() }
}

fn parse_allow(node: &Node, reading: &mut Reading<'_>) -> Option<RawAllow> {
    let fields = Fields::of(&keys::allow::KEYS, node.span, node, &mut reading.report)?;
    let code = fields.word(keys::allow::CODE, reading);
    // The reason is for maintainers; the compiler only insists that there is one. Without it the
    // exception still holds, so that its check does not fire as a second mistake.
    fields.word(keys::allow::REASON, reading);
    code.map(|code| RawAllow { code })
}
