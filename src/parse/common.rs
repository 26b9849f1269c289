//! `content/common/*.yaml`: the vocabulary all products share, and the item kinds that products
//! have as well (components, options, address lists).

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::locale::{LocaleId, Locales};
use crate::span::Spanned;
use crate::value::Side;
use crate::value::words::SIDE;

use super::address::{RawHost, parse_host_list};
use super::fields::{Fields, as_choice, as_list, as_phrases, as_word, as_words, items};
use super::keys;
use super::port::{RawLine, as_lines, parse_line};
use super::text::{RawText, TextKind, parse_text};
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
#[derive(Debug, Default)]
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
}

/// An application protocol.
#[derive(Debug)]
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
#[derive(Debug)]
pub struct RawComponent {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name; absent where a product adds to a common component.
    pub name: Option<RawText>,
    /// Where it stands.
    pub zone: Option<Spanned<String>>,
    /// Products that play this part.
    pub examples: Vec<Spanned<String>>,
    /// What it is.
    pub summary: Option<RawText>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// Where parties stand.
#[derive(Debug)]
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
#[derive(Debug)]
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
#[derive(Debug)]
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
#[derive(Debug)]
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
#[derive(Debug)]
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
pub fn parse_common(root: &Node, locales: &Locales, report: &mut Report) -> RawCommon {
    let mut common = RawCommon::default();
    let Some(fields) = Fields::of(&keys::COMMON, root.span, root, report) else {
        report.lose_common();
        return common;
    };
    if let Some(node) = fields.get("services") {
        common.services = items("services", node, report, |id, node, report| parse_service(id, node, locales, report));
    }
    if let Some(node) = fields.get("components") {
        common.components = parse_components(node, locales, report);
    }
    if let Some(node) = fields.get("zones") {
        common.zones = items("zones", node, report, |id, node, report| parse_zone(id, node, locales, report));
    }
    if let Some(node) = fields.get("options") {
        common.options = parse_options(node, locales, report);
    }
    if let Some(node) = fields.get("terms") {
        common.terms = items("terms", node, report, |id, node, report| parse_term(id, node, locales, report));
    }
    if let Some(node) = fields.get("address-lists") {
        common.lists = parse_address_lists(node, report);
    }
    common
}

fn parse_service(id: Spanned<String>, node: &Node, locales: &Locales, report: &mut Report) -> Option<RawService> {
    let fields = Fields::of(&keys::SERVICE, id.span, node, report)?;
    let lines = fields.get("ports").map(|node| as_lines(node, report)).unwrap_or_default();
    let ports: Vec<_> = lines.iter().filter_map(|line| parse_line(line, report)).collect();
    for (line, service) in ports.iter().filter_map(|line| Some((line, line.service.as_ref()?))) {
        let headline = format!("`{}` is named inside a service", service.value);
        report.add(Diagnostic::error(Code::PortForm, headline).at(line.span).help("write PORT/TRANSPORT alone"));
    }
    Some(RawService {
        name: fields.entry("name").and_then(|entry| parse_text("`name`", entry, TextKind::Name, locales, report)),
        ports,
        purpose: fields
            .entry("purpose")
            .and_then(|entry| parse_text("`purpose`", entry, TextKind::Prose, locales, report)),
        meta: parse_meta(&fields, report),
        id,
    })
}

/// Reads `components:` of common or of a product.
pub fn parse_components(node: &Node, locales: &Locales, report: &mut Report) -> Vec<RawComponent> {
    items("components", node, report, |id, node, report| parse_component(id, node, locales, report))
}

fn parse_component(id: Spanned<String>, node: &Node, locales: &Locales, report: &mut Report) -> Option<RawComponent> {
    let fields = Fields::of(&keys::COMPONENT, id.span, node, report)?;
    let name = fields.entry("name").and_then(|entry| parse_text("`name`", entry, TextKind::Name, locales, report));
    // That it has no name would be said of one whose name can't be read.
    if name.is_none() && fields.get("name").is_some() {
        report.lose(&id.value);
    }
    Some(RawComponent {
        name,
        zone: fields.get("zone").and_then(|node| as_word("`zone`", node, report)),
        examples: fields.get("examples").map(|node| as_phrases("`examples`", node, report)).unwrap_or_default(),
        summary: fields
            .entry("summary")
            .and_then(|entry| parse_text("`summary`", entry, TextKind::Prose, locales, report)),
        meta: parse_meta(&fields, report),
        id,
    })
}

fn parse_zone(id: Spanned<String>, node: &Node, locales: &Locales, report: &mut Report) -> Option<RawZone> {
    let fields = Fields::of(&keys::ZONE, id.span, node, report)?;
    Some(RawZone {
        name: fields.entry("name").and_then(|entry| parse_text("`name`", entry, TextKind::Name, locales, report)),
        side: fields.entry("side").and_then(|entry| as_choice("`side`", &entry.value, SIDE, report)),
        meta: parse_meta(&fields, report),
        id,
    })
}

/// Reads `options:` of common or of a product.
pub fn parse_options(node: &Node, locales: &Locales, report: &mut Report) -> Vec<RawOption> {
    items("options", node, report, |id, node, report| parse_option(id, node, locales, report))
}

fn parse_option(id: Spanned<String>, node: &Node, locales: &Locales, report: &mut Report) -> Option<RawOption> {
    let fields = Fields::of(&keys::OPTION, id.span, node, report)?;
    let choices = fields.get("choices").map(|node| {
        if matches!(&node.value, Value::Map(entries) if entries.is_empty()) {
            report.add(
                Diagnostic::error(Code::WrongType, "`choices` is empty")
                    .at(node.span)
                    .help("list at least one, or remove the key for a switch"),
            );
        }
        items("choices", node, report, |id, node, report| Some(parse_choice(id, node, locales, report)))
    });
    Some(RawOption {
        label: fields.entry("label").and_then(|entry| parse_text("`label`", entry, TextKind::Name, locales, report)),
        text: fields.entry("text").and_then(|entry| parse_text("`text`", entry, TextKind::Prose, locales, report)),
        when: fields.get("when").map(|node| parse_when(node, report)),
        default: fields.get("default").map(|node| as_words("`default`", node, report)).unwrap_or_default(),
        choices,
        meta: parse_meta(&fields, report),
        id,
    })
}

fn parse_choice(id: Spanned<String>, node: &Node, locales: &Locales, report: &mut Report) -> RawChoice {
    // A choice is its label, or a map with `label`; a map of locales is a label too.
    let is_long = matches!(&node.value, Value::Map(entries) if entries.iter().any(|entry| keys::CHOICE.names().any(|key| key == entry.key.value)));
    if !is_long {
        let entry = super::yaml::Entry { key: id.clone(), value: node.clone() };
        let label = parse_text("the label of the choice", &entry, TextKind::Name, locales, report);
        return RawChoice { id, label, text: None, meta: RawMeta::default() };
    }
    let Some(fields) = Fields::of(&keys::CHOICE, id.span, node, report) else {
        return RawChoice { id, label: None, text: None, meta: RawMeta::default() };
    };
    RawChoice {
        label: fields.entry("label").and_then(|entry| parse_text("`label`", entry, TextKind::Name, locales, report)),
        text: fields.entry("text").and_then(|entry| parse_text("`text`", entry, TextKind::Prose, locales, report)),
        meta: parse_meta(&fields, report),
        id,
    }
}

fn parse_term(id: Spanned<String>, node: &Node, locales: &Locales, report: &mut Report) -> Option<RawTerm> {
    let fields = Fields::of(&keys::TERM, id.span, node, report)?;
    Some(RawTerm {
        name: fields.entry("name").and_then(|entry| parse_text("`name`", entry, TextKind::Prose, locales, report)),
        reading: by_locale(&fields, "reading", locales, report, |what, node, report| {
            as_word(what, node, report).into_iter().collect()
        }),
        forms: by_locale(&fields, "forms", locales, report, as_phrases),
        forbidden: by_locale(&fields, "forbidden", locales, report, as_phrases),
        synonyms: fields.get("synonyms").map(|node| as_phrases("`synonyms`", node, report)).unwrap_or_default(),
        definition: fields
            .entry("definition")
            .and_then(|entry| parse_text("`definition`", entry, TextKind::Prose, locales, report)),
        is_ui: fields.get("ui").and_then(|node| as_choice("`ui`", node, &[("shown", true)], report)).unwrap_or(false),
        meta: parse_meta(&fields, report),
        id,
    })
}

fn by_locale(
    fields: &Fields<'_>,
    key: &str,
    locales: &Locales,
    report: &mut Report,
    read: impl Fn(&str, &Node, &mut Report) -> Vec<Spanned<String>>,
) -> Vec<(LocaleId, Spanned<String>)> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    let tags: Vec<_> = locales.ids().map(|id| locales.tag(id)).collect();
    let what = format!("`{key}`");
    // Read as fields, so that an unknown locale is a key nobody knows.
    let Some(by_locale) = Fields::read("a map of locales", node.span, node, &tags, report) else { return Vec::new() };
    let mut all = Vec::new();
    for locale in locales.ids() {
        let words = by_locale.get(locales.tag(locale)).map(|node| read(&what, node, report)).unwrap_or_default();
        all.extend(words.into_iter().map(|word| (locale, word)));
    }
    all
}

/// Reads `address-lists:` of common or of a product.
pub fn parse_address_lists(node: &Node, report: &mut Report) -> Vec<RawAddressList> {
    items("address lists", node, report, |id, node, report| {
        let fields = Fields::of(&keys::ADDRESS_LIST, id.span, node, report)?;
        Some(RawAddressList {
            hosts: fields
                .entry("hosts")
                .map(|entry| parse_host_list("`hosts`", &entry.value, report))
                .unwrap_or_default(),
            source: fields.get("source").and_then(|node| as_word("`source`", node, report)),
            meta: parse_meta(&fields, report),
            id,
        })
    })
}

/// Reads `former-ids` and `allow`.
pub fn parse_meta(fields: &Fields<'_>, report: &mut Report) -> RawMeta {
    let former_ids = fields.get("former-ids").map(|node| as_words("`former-ids`", node, report)).unwrap_or_default();
    let former_ids =
        former_ids.into_iter().filter(|id| super::fields::is_id_or_report("`former-ids`", id, report)).collect();
    let allow = fields.get("allow").map(|node| as_list("`allow`", node, report)).unwrap_or_default();
    RawMeta { former_ids, allow: allow.iter().filter_map(|node| parse_allow(node, report)).collect() }
}

fn parse_allow(node: &Node, report: &mut Report) -> Option<RawAllow> {
    let fields = Fields::of(&keys::ALLOW, node.span, node, report)?;
    let code = fields.entry("code").and_then(|entry| as_word("`code`", &entry.value, report));
    // The reason is for maintainers; the compiler only insists that there is one. Without it the
    // exception still holds, so that its check does not fire as a second mistake.
    let reason = fields.entry("reason").and_then(|entry| as_word("`reason`", &entry.value, report));
    if let Some(reason) = reason.filter(|reason| reason.value.is_empty()) {
        report.add(
            Diagnostic::error(Code::EmptyText, "`reason` is empty")
                .at(reason.span)
                .help("say why the fact is right although the check fires"),
        );
    }
    code.map(|code| RawAllow { code })
}
