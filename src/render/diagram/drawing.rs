//! A picture as the theme's templates take it: every text, link and coordinate, and no markup.

use minijinja::Value;
use serde::Serialize;

use super::graph::{Area, Carried, Strand};
use super::label::{LINE, Piece, line_width};
use super::layout::{Point, Rect, Step, Wire, count_of};
use super::shape::{BOX_PAD, BRACKET, NAME_LINE, widest};
use super::view::View;
use crate::model::{PageRoute, Party};
use crate::render::holes::Hole;
use crate::value::Side;

#[derive(Serialize)]
pub(super) struct Drawing {
    pub(super) width: i32,
    pub(super) height: i32,
    areas: Vec<AreaView>,
    walls: Vec<Box2>,
    edges: Vec<EdgeView>,
    labels: Vec<LabelView>,
    nodes: Vec<NodeView>,
}

#[derive(Serialize)]
struct AreaView {
    class: &'static str,
    place: Box2,
    title: Text,
}

#[derive(Serialize)]
struct Box2 {
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

#[derive(Serialize)]
pub(super) struct Text {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) words: String,
}

#[derive(Serialize)]
struct EdgeView {
    class: String,
    ends: String,
    /// The anchors of what it stands for.
    flows: Option<String>,
    path: String,
    head: String,
}

#[derive(Serialize)]
struct LabelView {
    ends: String,
    ground: Box2,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    x: i32,
    y: i32,
    pieces: Vec<PieceView>,
}

#[derive(Serialize)]
pub(super) struct PieceView {
    text: String,
    end: String,
    href: Value,
    /// Where it stands for several flows: their anchors.
    flows: Option<String>,
}

#[derive(Serialize)]
struct NodeView {
    class: String,
    id: usize,
    place: Box2,
    /// The radius of its corners.
    round: i32,
    href: Option<Value>,
    names: Vec<Text>,
    products: Vec<Text>,
    /// What stands in a box of one party of its ports.
    ports: Vec<LineView>,
    rows: Vec<RowView>,
    /// The lines at the sides of a list at which those to or from all of its rows end.
    spines: Vec<String>,
    stubs: Vec<StubView>,
}

/// From the bracket at a list to one of its rows.
#[derive(Serialize)]
struct StubView {
    class: String,
    flows: Option<String>,
    path: String,
    head: String,
}

#[derive(Serialize)]
struct RowView {
    class: &'static str,
    /// Height of the line above it; `None`: it is the first.
    rule: Option<i32>,
    href: Option<Value>,
    names: Vec<Text>,
    ports: Vec<LineView>,
}

impl View<'_> {
    /// The picture.
    pub(super) fn drawing(&self) -> Drawing {
        let placed = &self.drawn.placed;
        let bundles = &self.drawn.graph.bundles;
        let shown: Vec<Vec<Carried>> = bundles.iter().map(|bundle| self.shown(bundle)).collect();
        let edges = bundles
            .iter()
            .zip(&placed.edges)
            .zip(&shown)
            .filter(|((bundle, _), _)| !self.is_left_out(bundle))
            .map(|((bundle, route), flows)| self.edge(bundle, route, flows));
        let labels = bundles
            .iter()
            .zip(&placed.edges)
            .zip(&shown)
            .filter_map(|((bundle, route), flows)| self.label(bundle, route, flows));
        Drawing {
            width: placed.size.width,
            height: placed.size.height,
            areas: placed.areas.iter().map(|area| self.area(self.drawn.graph.areas[area.area], area.rect)).collect(),
            walls: placed.walls.iter().map(|wall| box2(*wall)).collect(),
            edges: edges.collect(),
            labels: labels.collect(),
            nodes: (0..self.drawn.graph.nodes.len()).map(|node| self.node(node)).collect(),
        }
    }

    fn area(&self, area: Area, rect: Rect) -> AreaView {
        let class = match area.zone().map(|zone| self.site.model[zone].side) {
            Some(Side::Inside) => "inside",
            Some(Side::Outside) => "outside",
            None => "unknown",
        };
        let text = self.workshop.area_title(area, self.locale);
        AreaView { class, place: box2(rect), title: Text { x: rect.x + 12, y: rect.y + 19, words: text } }
    }

    fn edge(&self, bundle: &Strand, route: &Wire, carried: &[Carried]) -> EdgeView {
        // At a list the heads stand beside its rows.
        let has_head = !self.drawn.graph.nodes[bundle.to].is_list;
        let is_blocked = !carried.is_empty() && self.look(carried).is_blocked;
        let (path, head) = draw_route(route, has_head.then_some(if is_blocked { Head::Cross } else { Head::Arrow }));
        EdgeView {
            class: format!("edge{}", self.looks(carried)),
            ends: format!("{} {}", bundle.from, bundle.to),
            flows: self.flows(carried),
            path,
            head,
        }
    }

    /// The classes of a line.
    fn looks(&self, carried: &[Carried]) -> String {
        if carried.is_empty() {
            return " absent".to_owned();
        }
        let look = self.look(carried);
        let marks = [
            (look.is_chosen, " chosen"),
            (look.is_conditional, " conditional"),
            (look.is_local, " local"),
            (look.is_internal, " internal"),
            (look.is_choice, " choice"),
            (look.is_blocked, " blocked"),
        ];
        marks.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect()
    }

    /// The anchors of what a line stands for.
    fn flows(&self, carried: &[Carried]) -> Option<String> {
        (!carried.is_empty()).then(|| self.anchors(carried.iter().map(|one| one.flow)))
    }

    fn label(&self, bundle: &Strand, route: &Wire, carried: &[Carried]) -> Option<LabelView> {
        let rect = route.label?;
        let workshop = &self.workshop;
        let pieces = workshop.phrases.label(carried, &self.marks, self.locale);
        let lines = workshop.phrases.lines(&pieces, widest(bundle), self.locale);
        let width = lines.iter().map(|line| line_width(line)).max()?;
        let center = rect.center();
        let height = count_of(lines.len()) * LINE;
        let ground =
            Box2 { x: center.x - width / 2 - 3, y: center.y - height / 2 - 1, width: width + 6, height: height + 2 };
        Some(LabelView { ends: format!("{} {}", bundle.from, bundle.to), ground, lines: self.lines(lines, center) })
    }

    /// Lines of a label around a middle.
    fn lines(&self, lines: Vec<Vec<Piece>>, middle: Point) -> Vec<LineView> {
        let first = middle.y - (count_of(lines.len()) - 1) * LINE / 2 + 4;
        let view = |(position, line): (usize, Vec<Piece>)| LineView {
            x: middle.x,
            y: first + count_of(position) * LINE,
            pieces: line.into_iter().map(|piece| self.piece(piece, Hole::Page.marker())).collect(),
        };
        lines.into_iter().enumerate().map(view).collect()
    }

    /// A link to the rows that a piece of a label stands for, on a page to which this is the way.
    pub(super) fn piece(&self, piece: Piece, way: &str) -> PieceView {
        let flows = (piece.flows.len() > 1).then(|| self.anchors(piece.flows.iter().copied()));
        let href = Value::from_safe_string(format!("{way}#{}", self.anchor(piece.flows[0])));
        PieceView { href, flows, text: piece.text, end: piece.end }
    }

    fn node(&self, position: usize) -> NodeView {
        let node = &self.drawn.graph.nodes[position];
        let rect = self.drawn.placed.nodes[position];
        let mut view = NodeView {
            class: "node".to_owned(),
            id: position,
            place: box2(rect),
            round: if node.parties == [Party::Any] { 16 } else { 4 },
            href: None,
            names: Vec::new(),
            products: Vec::new(),
            ports: Vec::new(),
            rows: Vec::new(),
            spines: Vec::new(),
            stubs: Vec::new(),
        };
        if !self.is_met(position, None) {
            view.class.push_str(" absent");
        }
        if let [only] = node.parties.as_slice()
            && !node.is_list
        {
            // Around a component nearly every box would stand out; there only the middle does.
            let stands_out = match self.page {
                PageRoute::Component(id) => only.component().is_some_and(|party| self.site.model.is_on(party, id)),
                _ => only.component().is_some_and(|id| self.site.model[id].product.is_some()),
            };
            view.class.push_str(match only {
                Party::Any => " anyone",
                Party::Component(_) if stands_out => " own",
                Party::Component(_) | Party::Unstated => "",
            });
            self.fill_box(position, *only, rect, &mut view);
        } else {
            view.class.push_str(" list");
            self.fill_list(position, rect, &mut view);
        }
        view
    }

    /// Whether a shown flow begins or ends at a box, or at one party in it.
    fn is_met(&self, node: usize, party: Option<Party>) -> bool {
        let touches = |carried: &Carried| party.is_none_or(|party| carried.from == party || carried.to == party);
        let bundles = self.drawn.graph.bundles.iter().filter(|bundle| bundle.from == node || bundle.to == node);
        bundles.flat_map(|bundle| &bundle.flows).any(|carried| touches(carried) && self.is_shown(carried))
    }

    fn fill_box(&self, position: usize, party: Party, rect: Rect, view: &mut NodeView) {
        let workshop = &self.workshop;
        view.href = self.component_href(party);
        let names = workshop.names.lines(party, self.locale);
        let products = if self.drawn.shows_products { workshop.product_lines(party, self.locale) } else { Vec::new() };
        let ports = self.ports_within(position, party);
        // The middle of a star may be higher than a screen; its name stands where the eye begins.
        let title = count_of(names.len() + products.len()) * NAME_LINE;
        let used = title + count_of(ports.len()) * LINE;
        let center = Rect { height: rect.height.min(HIGHEST_NAME.max(used + 18)), ..rect }.center();
        let top = center.y - used / 2;
        let at =
            |line: usize, text: String| Text { x: center.x, y: top + 13 + count_of(line) * NAME_LINE, words: text };
        view.names = names.iter().enumerate().map(|(line, name)| at(line, name.clone())).collect();
        let below = names.len();
        view.products = products.into_iter().enumerate().map(|(line, name)| at(below + line, name)).collect();
        let middle = top + title + count_of(ports.len()) * LINE / 2;
        view.ports = self.lines(ports, Point { x: center.x, y: middle });
    }

    /// The ports that stand in a box beside one of its parties.
    fn ports_within(&self, position: usize, party: Party) -> Vec<Vec<Piece>> {
        let is_shown = |carried: &Carried| self.is_shown(carried);
        self.workshop.row_label(&self.drawn.graph, position, party, &self.marks, self.locale, is_shown)
    }

    fn fill_list(&self, position: usize, rect: Rect, view: &mut NodeView) {
        let workshop = &self.workshop;
        let drawn = self.drawn;
        let sides = self.bracket_sides(position, rect);
        // Where no line ends there is no bracket, and the list takes its room.
        let inner = |(x, width): (i32, i32), (is_left, side): (bool, &Option<(i32, i32)>)| match (side, is_left) {
            (None, _) => (x, width),
            (Some(_), true) => (x + BRACKET, width - BRACKET),
            (Some(_), false) => (x, width - BRACKET),
        };
        let (x, width) = [true, false].into_iter().zip(&sides).fold((rect.x, rect.width), inner);
        let inside = Rect { x, width, ..rect };
        view.place = box2(inside);
        let mut y = rect.y + (rect.height - drawn.rows[position].iter().sum::<i32>()) / 2;
        let mut middles = Vec::new();
        for (row, (party, height)) in drawn.graph.nodes[position].parties.iter().zip(&drawn.rows[position]).enumerate()
        {
            let names = workshop.names.lines(*party, self.locale);
            let ports = self.ports_within(position, *party);
            let used = count_of(names.len()) * NAME_LINE + count_of(ports.len()) * LINE;
            let first = y + (height - used) / 2;
            let x = inside.x + BOX_PAD / 2;
            let below = first + count_of(names.len()) * NAME_LINE + count_of(ports.len()) * LINE / 2;
            let name = |(line, text): (usize, &String)| Text {
                x,
                y: first + count_of(line) * NAME_LINE + 13,
                words: text.clone(),
            };
            view.rows.push(RowView {
                class: if self.is_met(position, Some(*party)) { "row" } else { "row absent" },
                rule: (row > 0).then_some(y),
                href: self.component_href(*party),
                names: names.iter().enumerate().map(name).collect(),
                ports: self.lines(ports, Point { x, y: below }),
            });
            middles.push((*party, y + height / 2));
            y += height;
        }
        self.draw_brackets(position, rect, &sides, &middles, view);
    }

    /// The highest and the lowest end of a line on the left and on the right of a list.
    fn bracket_sides(&self, position: usize, rect: Rect) -> [Option<(i32, i32)>; 2] {
        let mut sides: [Option<(i32, i32)>; 2] = [None, None];
        for (bundle, wire) in self.drawn.graph.bundles.iter().zip(&self.drawn.placed.edges) {
            let starts = (bundle.from == position).then_some(wire.start);
            let ends = wire.steps.last().filter(|_| bundle.to == position).map(|step| step.end());
            for end in starts.into_iter().chain(ends) {
                let side = &mut sides[usize::from(end.x > rect.x)];
                *side = Some(side.map_or((end.y, end.y), |(top, bottom)| (top.min(end.y), bottom.max(end.y))));
            }
        }
        sides
    }

    /// A line to a list stands for one to each of its rows: it ends at a bracket that leads to them all.
    fn draw_brackets(
        &self,
        position: usize,
        rect: Rect,
        sides: &[Option<(i32, i32)>; 2],
        rows: &[(Party, i32)],
        view: &mut NodeView,
    ) {
        let is_opener = self.drawn.graph.bundles.iter().any(|bundle| bundle.from == position);
        let is_blocked = |carried: &[Carried]| !carried.is_empty() && self.look(carried).is_blocked;
        let head =
            |carried: &[Carried]| (!is_opener).then_some(if is_blocked(carried) { Head::Cross } else { Head::Arrow });
        for (is_right, side) in [false, true].into_iter().zip(sides) {
            let (Some((top, bottom)), Some((_, first)), Some((_, last))) = (*side, rows.first(), rows.last()) else {
                continue;
            };
            let (spine, edge) = if is_right { (rect.right(), -BRACKET) } else { (rect.x, BRACKET) };
            view.spines.push(format!("M{spine} {}V{}", top.min(*first), bottom.max(*last)));
            for (party, y) in rows {
                let carried = self.drawn.graph.told_within(position, *party).filter(|one| self.is_shown(one));
                let carried: Vec<Carried> = carried.copied().collect();
                let (from, to) = (Point { x: spine, y: *y }, Point { x: spine + edge, y: *y });
                let (path, head) =
                    draw_route(&Wire { start: from, steps: vec![Step::Line(to)], label: None }, head(&carried));
                let class = format!("stub{}", self.looks(&carried));
                view.stubs.push(StubView { class, flows: self.flows(&carried), path, head });
            }
        }
    }
}

fn box2(rect: Rect) -> Box2 {
    Box2 { x: rect.x, y: rect.y, width: rect.width, height: rect.height }
}

/// In a box that is higher than this the name does not stand in the middle.
const HIGHEST_NAME: i32 = 280;
/// What a line ends with.
#[derive(Clone, Copy)]
enum Head {
    Arrow,
    /// It must not get there.
    Cross,
}

/// Length of an arrowhead.
const HEAD: i32 = 9;

/// A way as SVG path data (SVG 2, 9.3), and its arrowhead; empty where it has none.
fn draw_route(route: &Wire, head: Option<Head>) -> (String, String) {
    use std::fmt::Write;
    let Some(tip) = route.steps.last().map(|step| step.end()) else { return (String::new(), String::new()) };
    let before = route.steps.iter().rev().nth(1).map_or(route.start, |step| step.end());
    let is_upward = tip.x == before.x;
    let length = if head.is_some() { HEAD } else { 0 };
    let back = if is_upward { 0 } else { length * (tip.x - before.x).signum() };
    let mut path = format!("M{} {}", route.start.x, route.start.y);
    let mut at = route.start;
    for (position, step) in route.steps.iter().enumerate() {
        let mut end = step.end();
        if position + 1 == route.steps.len() {
            end = if is_upward {
                Point { y: end.y + (length - 2).max(0), ..end }
            } else {
                Point { x: end.x - back * 7 / 9, ..end }
            };
        }
        let written = match step {
            Step::Bend(_) => {
                let middle = i32::midpoint(at.x, end.x);
                write!(path, "C{middle} {} {middle} {} {} {}", at.y, end.y, end.x, end.y)
            }
            Step::Line(_) if end.y == at.y => write!(path, "H{}", end.x),
            Step::Line(_) => write!(path, "L{} {}", end.x, end.y),
        };
        if written.is_err() {
            unreachable!("a string takes what is written to it");
        }
        at = end;
    }
    let head = match (head, is_upward) {
        (None, _) => String::new(),
        (Some(Head::Arrow), true) => format!("M{} {}l-4 {HEAD}h8z", tip.x, tip.y),
        (Some(Head::Arrow), false) => format!("M{} {}l{} -4v8z", tip.x, tip.y, -back),
        // A cross before the tip, as wide as a head.
        (Some(Head::Cross), true) => format!("M{} {}l8 8m0 -8l-8 8", tip.x - 4, tip.y + 1),
        (Some(Head::Cross), false) => format!("M{} {}l{} 8m0 -8l{} 8", tip.x, tip.y - 4, -back, back),
    };
    (path, head)
}
