//! `content/products/<id>.yaml`: one product, as written.

use crate::diagnostic::{Advice, Code, Diagnostic, Report};
use crate::span::{Span, Spanned};
use crate::value::UnitKind;

use super::alternatives::{RawAlternatives, parse_alternatives};
use super::cited::{RawSource, parse_source};
use super::common::{
    RawAddressList, RawComponent, RawMeta, RawOption, parse_address_list, parse_component, parse_meta, parse_option,
};
use super::fields::{Fields, as_list, as_map, as_words};
use super::flow::{RawFlow, parse_flow};
use super::keys;
use super::machine::parse_machine;
use super::reading::Reading;
use super::text::{RawText, parse_name, parse_text};
use super::when::{RawCase, RawWhen, parse_when};
use super::yaml::{Node, Value};
use crate::value::words::{CONFIGURABLE, NOTE_KIND, PROXY};
use crate::value::{Configurable, NoteKind, Proxy};

/// One file of `content/products/`.
#[derive(Clone, Debug)]
pub struct RawProduct {
    /// From the file name.
    pub id: Spanned<String>,
    /// Its name.
    pub name: Option<RawText>,
    /// What it is.
    pub summary: Option<RawText>,
    /// Versions the facts hold for.
    pub versions: Vec<Spanned<String>>,
    /// Where the facts come from.
    pub sources: Vec<RawSource>,
    /// Whether sources are written that could not be read, or none are written at all: that a flow
    /// does not say which it means is no mistake of its own.
    pub lacks_sources: bool,
    /// Axes on which its requirements differ.
    pub options: Vec<RawOption>,
    /// Its parts, and what it adds to common components.
    pub components: Vec<RawComponent>,
    /// Addresses used by several flows.
    pub lists: Vec<RawAddressList>,
    /// Defaults for options of common.
    pub defaults: Vec<(Spanned<String>, Vec<Spanned<String>>)>,
    /// What holds for flows that say nothing of whether their port can be changed.
    pub configurable: Option<Configurable>,
    /// The same of proxies.
    pub proxy: Option<Proxy>,
    /// Who connects to whom.
    pub flows: Vec<RawFlow>,
    /// Groups of ways of which one is needed.
    pub alternatives: Vec<RawAlternatives>,
    /// Named selections.
    pub scenarios: Vec<RawScenario>,
    /// What else a reader must know.
    pub notes: Vec<RawNote>,
    /// Former ids and excepted checks of the product itself.
    pub meta: RawMeta,
}

/// A named selection.
#[derive(Clone, Debug)]
pub struct RawScenario {
    /// Its id.
    pub id: Spanned<String>,
    /// Its title.
    pub title: Option<RawText>,
    /// The component to whose machine it is restricted.
    pub machine: Option<Spanned<String>>,
    /// The chosen choices.
    pub choose: RawCase,
    /// Parties this deployment does not have.
    pub without: Vec<Spanned<String>>,
    /// What it is.
    pub summary: Option<RawText>,
    /// What speaks for it.
    pub benefits: Option<RawText>,
    /// What speaks against it.
    pub drawbacks: Option<RawText>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// What else a reader must know.
#[derive(Clone, Debug)]
pub struct RawNote {
    /// Its id.
    pub id: Spanned<String>,
    /// How much it matters.
    pub kind: NoteKind,
    /// Where it is shown; empty: the whole product.
    pub on: Vec<Spanned<String>>,
    /// When it holds.
    pub when: Option<RawWhen>,
    /// What it says.
    pub text: Option<RawText>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// Reads one file of `content/products/`; `stem` is its name without `.yaml`.
pub fn parse_product(stem: &str, root: &Node, reading: &mut Reading<'_>) -> RawProduct {
    let top = Span::new(root.span.file, root.span.start as usize..root.span.start as usize);
    let id = Spanned::new(stem.to_owned(), top);
    super::fields::is_id_or_report("a product (the name of its file)", &id, &mut reading.report);
    let mut product = RawProduct {
        id,
        name: None,
        summary: None,
        versions: Vec::new(),
        sources: Vec::new(),
        lacks_sources: false,
        options: Vec::new(),
        components: Vec::new(),
        lists: Vec::new(),
        defaults: Vec::new(),
        configurable: None,
        proxy: None,
        flows: Vec::new(),
        alternatives: Vec::new(),
        scenarios: Vec::new(),
        notes: Vec::new(),
        meta: RawMeta::default(),
    };
    let Some(fields) = Fields::of(&keys::product::KEYS, top, root, &mut reading.report) else {
        reading.report.lose(stem);
        return product;
    };
    product.name = parse_name(&fields, keys::product::NAME, reading);
    product.summary = parse_text(&fields, keys::product::SUMMARY, UnitKind::Blocks, reading);
    product.versions =
        fields.get(keys::product::VERSIONS).map(|node| parse_versions(node, &mut reading.report)).unwrap_or_default();
    if fields.get(keys::product::VERSIONS).is_some() && product.versions.is_empty() {
        reading.report.lose("versions");
    }
    product.sources = fields.items(keys::product::SOURCES, reading, parse_source);
    let written = fields.get(keys::product::SOURCES).map(|node| &node.value);
    product.lacks_sources = !matches!(written, Some(Value::Map(written)) if written.len() == product.sources.len());
    product.options = fields.items(keys::product::OPTIONS, reading, parse_option);
    product.components = fields.items(keys::product::COMPONENTS, reading, parse_component);
    product.lists = fields.items(keys::product::ADDRESS_LISTS, reading, parse_address_list);
    product.defaults = fields
        .get(keys::product::DEFAULTS)
        .map(|node| parse_choices(node, "`defaults`", &mut reading.report))
        .unwrap_or_default();
    if let Some(node) = fields.get(keys::product::FLOW_DEFAULTS)
        && let Some(defaults) = Fields::of(&keys::flow_defaults::KEYS, node.span, node, &mut reading.report)
    {
        product.configurable = defaults.choice(keys::flow_defaults::CONFIGURABLE, CONFIGURABLE, reading);
        product.proxy = defaults.choice(keys::flow_defaults::PROXY, PROXY, reading);
    }
    product.flows = fields.items(keys::product::FLOWS, reading, parse_flow);
    product.alternatives =
        fields.get(keys::product::ALTERNATIVES).map(|node| parse_alternatives(node, reading)).unwrap_or_default();
    product.scenarios = fields.items(keys::product::SCENARIOS, reading, parse_scenario);
    product.notes = fields.items(keys::product::NOTES, reading, parse_note);
    product.meta = parse_meta(&fields, reading);
    product
}

fn parse_versions(node: &Node, report: &mut Report) -> Vec<Spanned<String>> {
    let versions = as_words("`versions`", node, report);
    let is_plain = |item: &Node| item.as_scalar().is_some_and(|scalar| scalar.style == super::yaml::ScalarStyle::Plain);
    for item in as_list("`versions`", node, &mut Report::default()).iter().filter(|item| is_plain(item)) {
        let Some(text) = item.as_scalar().map(|scalar| scalar.text.as_str()) else { continue };
        if text.parse::<f64>().is_ok() {
            report.add(
                Diagnostic::error(
                    Code::UnquotedLiteral,
                    format!("the version is `{text}`, which YAML takes for a number"),
                )
                .at(item.span)
                .help(Advice::fixed_by(format!("quote it: \"{text}\""), text, format!("\"{text}\""))),
            );
        }
    }
    versions
}

fn parse_choices(node: &Node, what: &str, report: &mut Report) -> RawCase {
    let entries = as_map(what, node, report).unwrap_or_default();
    entries
        .iter()
        .map(|entry| (entry.key.clone(), as_words(&format!("`{}`", entry.key.value), &entry.value, report)))
        .collect()
}

fn parse_scenario(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawScenario> {
    let fields = Fields::of(&keys::scenario::KEYS, id.span, node, &mut reading.report)?;
    Some(RawScenario {
        title: parse_name(&fields, keys::scenario::TITLE, reading),
        machine: parse_machine(&fields, reading),
        choose: fields
            .get(keys::scenario::CHOOSE)
            .map(|node| parse_choices(node, "`choose`", &mut reading.report))
            .unwrap_or_default(),
        without: fields.words(keys::scenario::WITHOUT, reading),
        summary: parse_text(&fields, keys::scenario::SUMMARY, UnitKind::Blocks, reading),
        benefits: parse_text(&fields, keys::scenario::BENEFITS, UnitKind::Blocks, reading),
        drawbacks: parse_text(&fields, keys::scenario::DRAWBACKS, UnitKind::Blocks, reading),
        meta: parse_meta(&fields, reading),
        id,
    })
}

fn parse_note(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawNote> {
    let fields = Fields::of(&keys::note::KEYS, id.span, node, &mut reading.report)?;
    let kind = fields.choice(keys::note::KIND, NOTE_KIND, reading);
    Some(RawNote {
        kind: kind.unwrap_or(NoteKind::Note),
        on: fields.words(keys::note::ON, reading),
        when: fields.get(keys::note::WHEN).map(|node| parse_when(node, &mut reading.report)),
        text: parse_text(&fields, keys::note::TEXT, UnitKind::Blocks, reading),
        meta: parse_meta(&fields, reading),
        id,
    })
}
