//! How large boxes and labels are: as large as the longest words of any locale need, so that all
//! locales share one picture.

use std::collections::BTreeMap;

use super::graph::{self, Carried, Graph, Strand};
use super::label::{LINE, Phrases, Piece, WIDEST, WIDEST_LOOP, line_width};
use super::layout::{Area, Edge, Ground, NodeBox, Request, Size, count_of};
use super::measure::width;
use super::signs::ConditionMarks;
use crate::locale::LocaleId;
use crate::model::Party;
use crate::render::Task;
use crate::value::Side;

/// From one line of a name to the next.
pub(super) const NAME_LINE: i32 = 17;
/// Names are 13 px; the bold ones among them are about as wide as these.
const NAME_SIZE: i32 = 14;
/// Names break into lines above this width.
const NAME_WIDEST: i32 = 126;
/// Room beside a list for the bracket at which its lines end.
pub(super) const BRACKET: i32 = 14;
/// Room within a box on both sides together.
pub(super) const BOX_PAD: i32 = 16;
/// Room in a list, above and below the words of each row together.
pub(super) const ROW_PAD: i32 = 8;

/// Stands before the ports of what never leaves its box.
pub(super) const WITHIN: &str = "↻\u{a0}";

/// The words of boxes in all locales.
#[derive(Default)]
pub(super) struct BoxNames {
    /// Broken into lines: by party, by locale.
    lines: BTreeMap<Party, Vec<Vec<String>>>,
}

impl BoxNames {
    /// Breaks the names that were not met before.
    pub(super) fn learn(&mut self, task: Task<'_>, parties: impl Iterator<Item = Party>) {
        for party in parties {
            let name = |locale: LocaleId| {
                let name = task.voice(locale).party_name(party);
                task.breaker(locale).wrap(&name, NAME_WIDEST, NAME_SIZE)
            };
            self.lines.entry(party).or_insert_with(|| task.site().config.locales.ids().map(name).collect());
        }
    }

    /// The lines of a name.
    pub(super) fn lines(&self, party: Party, locale: LocaleId) -> &[String] {
        &self.lines[&party][locale.index()]
    }
}

/// What pictures are made with.
#[derive(Clone, Copy)]
pub(super) struct Workshop<'a> {
    pub(super) task: Task<'a>,
    pub(super) names: &'a BoxNames,
    pub(super) phrases: &'a Phrases,
}

/// The heights of the rows of a list, from top to bottom; empty for a single party.
pub(super) type RowHeights = Vec<i32>;

impl Workshop<'_> {
    fn locales(&self) -> impl Iterator<Item = LocaleId> + use<> {
        self.task.site().config.locales.ids()
    }

    /// The greatest of what the locales need.
    fn most(&self, need: impl FnMut(LocaleId) -> i32) -> i32 {
        self.locales().map(need).max().unwrap_or_default()
    }

    /// What a layout is asked for.
    pub(super) fn request(
        &self,
        graph: &Graph,
        marks: &ConditionMarks,
        shows_products: bool,
    ) -> (Request, Vec<RowHeights>) {
        let mut request = Request::default();
        let mut rows = Vec::new();
        for (position, node) in graph.nodes.iter().enumerate() {
            let (size, heights) = match node.parties.as_slice() {
                [only] if !node.is_list => (self.box_size(graph, position, *only, marks, shows_products), Vec::new()),
                _ => self.list_size(graph, position, marks),
            };
            let bracket = if node.is_list { BRACKET } else { 0 };
            request.nodes.push(NodeBox { size, area: node.area, bracket });
            rows.push(heights);
        }
        for bundle in &graph.bundles {
            let label = if graph.is_bare(bundle) { Size::default() } else { self.label_size(bundle, marks) };
            request.edges.push(Edge { from: bundle.from, to: bundle.to, label, is_within: bundle.is_within });
        }
        let area = |(position, area): (usize, &graph::Area)| Area {
            title: self.most(|locale| width(&self.area_title(*area, locale), NAME_SIZE)),
            ground: match area.zone().map(|zone| self.task.site().model[zone].side) {
                Some(_) if position > 0 && graph.areas[position - 1].zone() == area.zone() => Ground::Beside,
                Some(Side::Inside) => Ground::Inside,
                Some(Side::Outside) => Ground::Outside,
                None => Ground::Unknown,
            },
        };
        request.areas = graph.areas.iter().enumerate().map(area).collect();
        (request, rows)
    }

    /// The name of an area.
    pub(super) fn area_title(&self, area: graph::Area, locale: LocaleId) -> String {
        let voice = self.task.voice(locale);
        match area {
            graph::Area::Machine(machine, _) => voice.component_name(machine).to_owned(),
            graph::Area::Zone(Some(zone)) => voice.name(self.task.site().model[zone].name).to_owned(),
            graph::Area::Zone(None) => voice.word("diagram-zone-unknown"),
        }
    }

    /// The product of a component, where a picture shows several.
    pub(super) fn product_lines(&self, party: Party, locale: LocaleId) -> Vec<String> {
        let product = party.component().and_then(|id| self.task.site().model[id].product);
        let Some(product) = product else { return Vec::new() };
        let name = self.task.voice(locale).name(self.task.site().model[product].name);
        self.task.breaker(locale).wrap(name, NAME_WIDEST, super::label::SIZE)
    }

    fn box_size(&self, graph: &Graph, node: usize, party: Party, marks: &ConditionMarks, shows_products: bool) -> Size {
        let mut size = Size { width: 84, height: 0 };
        for locale in self.locales() {
            let names = self.names.lines(party, locale);
            let products = if shows_products { self.product_lines(party, locale) } else { Vec::new() };
            let ports = self.row_label(graph, node, party, marks, locale, |_| true);
            let widths = names.iter().map(|line| width(line, NAME_SIZE));
            let widths = widths.chain(products.iter().map(|line| width(line, super::label::SIZE)));
            let widest = widths.chain(ports.iter().map(|line| line_width(line))).max().unwrap_or_default();
            size.width = size.width.max(widest + BOX_PAD);
            let lines = count_of(names.len() + products.len()) * NAME_LINE + count_of(ports.len()) * LINE;
            size.height = size.height.max(lines + 18);
        }
        size
    }

    fn list_size(&self, graph: &Graph, node: usize, marks: &ConditionMarks) -> (Size, RowHeights) {
        let mut size = Size { width: 84, height: 0 };
        let mut rows = Vec::new();
        for party in &graph.nodes[node].parties {
            let mut height = 0;
            for locale in self.locales() {
                let names = self.names.lines(*party, locale);
                let ports = self.row_label(graph, node, *party, marks, locale, |_| true);
                let widths = names.iter().map(|line| width(line, NAME_SIZE));
                let widest = widths.chain(ports.iter().map(|line| line_width(line))).max().unwrap_or_default();
                size.width = size.width.max(widest + BOX_PAD);
                height = height.max(count_of(names.len()) * NAME_LINE + count_of(ports.len()) * LINE);
            }
            rows.push(height + ROW_PAD);
            size.height += height + ROW_PAD;
        }
        (size, rows)
    }

    /// The ports that stand in a box beside one of its parties, for the flows that are asked for.
    pub(super) fn row_label(
        &self,
        graph: &Graph,
        node: usize,
        party: Party,
        marks: &ConditionMarks,
        locale: LocaleId,
        is_asked: impl Fn(&Carried) -> bool,
    ) -> Vec<Vec<Piece>> {
        let told: Vec<Carried> = graph.told_within(node, party).filter(|one| is_asked(one)).copied().collect();
        let kept: Vec<Carried> = graph.kept_within(node).filter(|one| is_asked(one)).copied().collect();
        let mut pieces = self.phrases.label(&kept, marks, locale);
        if let Some(first) = pieces.first_mut() {
            first.text.insert_str(0, WITHIN);
        }
        // They are no ports for anybody else: they stand in lines of their own.
        let mut lines = self.phrases.lines(&self.phrases.label(&told, marks, locale), NAME_WIDEST, locale);
        lines.extend(self.phrases.lines(&pieces, NAME_WIDEST, locale));
        lines
    }

    fn label_size(&self, bundle: &Strand, marks: &ConditionMarks) -> Size {
        let mut size = Size::default();
        for locale in self.locales() {
            let pieces = self.phrases.label(&bundle.flows, marks, locale);
            let lines = self.phrases.lines(&pieces, widest(bundle), locale);
            let width = lines.iter().map(|line| line_width(line)).max().unwrap_or_default();
            size.width = size.width.max(width + 10);
            size.height = size.height.max(count_of(lines.len()) * LINE + 4);
        }
        size
    }
}

/// How wide the label of a bundle may be.
pub(super) fn widest(bundle: &Strand) -> i32 {
    if bundle.from == bundle.to { WIDEST_LOOP } else { WIDEST }
}
