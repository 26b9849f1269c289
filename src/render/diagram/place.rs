//! Coordinates and ways. Within a column a line runs straight at its own height; it bends only in
//! the empty room between two columns: so it can meet neither a box nor a foreign label. Between two
//! strips of areas that room lies before the boundary, which every line crosses level.

use std::collections::BTreeMap;

use super::columns::{Band, Columns, columns};
use super::layout::{
    BORDER, END_GAP, LOOP_GAP, Layout, NodeBox, PAD, Placed, Point, Rect, Request, Size, Step, TITLE, Wire, count_of,
    height_for_ends, label_at, loop_height, loop_width, route_loop,
};
use super::order::{Effort, Item, LEFT, Layering, RIGHT, SlotKind, order};
use super::spread::{Spread, spread};

mod zones;

use zones::above;

/// Boxes in columns, areas side by side: for the picture of a whole product.
#[derive(Clone, Copy, Debug)]
pub struct Layered;

impl Layout for Layered {
    fn place(&self, request: &Request) -> Placed {
        if request.nodes.is_empty() {
            return Placed::default();
        }
        let judge = |columns: &Columns| {
            let (cost, _) = order(request, columns, GLANCE);
            (count_of(cost) * CROSSING / 8, ())
        };
        let Some((columns, ())) = columns(request, judge) else { return Placed::default() };
        let (_, layers) = order(request, &columns, CARE);
        Picture::of(request, &columns, layers).place()
    }
}

/// How thoroughly the order is sought to compare columns, and in those that are drawn.
const GLANCE: Effort = Effort { starts: 2, rounds: 4 };
const CARE: Effort = Effort { starts: 24, rounds: 10 };
/// Cost of a crossing where columns are compared, in the unit of their own costs.
const CROSSING: i32 = 12;

/// Everything known about a picture while its coordinates are found.
struct Picture<'a> {
    request: &'a Request,
    columns: &'a Columns,
    layers: Layering,
    /// Labels of loops, by box.
    loops: Vec<Option<Size>>,
    /// Height of each box.
    heights: Vec<i32>,
    /// Height at which the middle of each item stands.
    ys: Vec<i32>,
    /// Left and right edge of each layer.
    xs: Vec<(i32, i32)>,
    /// Right edge of the areas of each strip.
    edges: Vec<i32>,
    /// Height at which each line meets the boxes at its left and right end.
    ends: Vec<[i32; 2]>,
}

impl<'a> Picture<'a> {
    fn of(request: &'a Request, columns: &'a Columns, layers: Layering) -> Self {
        let mut loops = vec![None; request.nodes.len()];
        for edge in request.edges.iter().filter(|edge| edge.from == edge.to && !edge.is_within) {
            loops[edge.from] = Some(edge.label);
        }
        let ends = |node: usize| layers.items[node].near.iter().map(Vec::len).max().unwrap_or_default();
        let heights = request.nodes.iter().enumerate();
        let heights = heights.map(|(node, asked)| asked.size.height.max(height_for_ends(ends(node)))).collect();
        let items = layers.items.len();
        Self {
            request,
            columns,
            layers,
            loops,
            heights,
            ys: vec![0; items],
            xs: Vec::new(),
            edges: Vec::new(),
            ends: vec![[0; 2]; request.edges.len()],
        }
    }

    fn place(mut self) -> Placed {
        self.find_heights();
        self.find_ends();
        self.find_columns();
        let nodes: Vec<Rect> = (0..self.request.nodes.len()).map(|node| self.node_rect(node)).collect();
        let edges: Vec<Wire> = (0..self.request.edges.len()).map(|edge| self.route(edge, &nodes)).collect();
        let height = (0..self.ys.len()).map(|item| self.ys[item] + self.extent(item).1).max().unwrap_or_default() + PAD;
        let (areas, walls) = self.areas(&edges, height);
        let width = areas.iter().map(|area| area.rect.right()).max().unwrap_or_default();
        Placed { size: Size { width, height }, nodes, edges, areas, walls }
    }

    /// How far an item reaches above and below its middle.
    fn extent(&self, item: usize) -> (i32, i32) {
        match self.layers.items[item].kind {
            SlotKind::Node(node) => {
                let (above, below) = (self.heights[node] / 2, self.heights[node] - self.heights[node] / 2);
                (above, below + self.loops[node].map_or(0, loop_height))
            }
            SlotKind::Label(edge) => {
                let height = self.request.edges[edge].label.height;
                (height / 2, height - height / 2)
            }
            SlotKind::Passing(_) => (0, 0),
        }
    }

    /// Room between an item and the next one below it.
    fn gap(&self, upper: usize, lower: usize) -> i32 {
        match (self.layers.items[upper].kind, self.layers.items[lower].kind) {
            (SlotKind::Node(_), SlotKind::Node(_)) => 16,
            (SlotKind::Node(_), _) | (_, SlotKind::Node(_)) => 14,
            (SlotKind::Passing(_), SlotKind::Passing(_)) => END_GAP,
            _ => 8,
        }
    }

    fn find_heights(&mut self) {
        let top = TITLE + 8;
        let layers: Vec<Vec<usize>> = self.layers.layers.clone();
        let spreads: Vec<Spread> = layers
            .iter()
            .map(|layer| {
                let gap = |pair: &[usize]| {
                    let own = self.extent(pair[0]).1 + self.gap(pair[0], pair[1]) + self.extent(pair[1]).0;
                    let next = self.layers.items[pair[1]].band;
                    if self.layers.items[pair[0]].band == next { own } else { own + above(next) }
                };
                let first = top + layer.first().map_or(0, |item| self.extent(*item).0);
                Spread { first, gaps: layer.windows(2).map(gap).collect() }
            })
            .collect();
        let mut ys: Vec<f64> = vec![0.0; self.ys.len()];
        for (layer, spread) in layers.iter().zip(&spreads) {
            let mut y = spread.first;
            for (position, item) in layer.iter().enumerate() {
                y += if position > 0 { spread.gaps[position - 1] } else { 0 };
                ys[*item] = f64::from(y);
            }
        }
        let positions = self.layers.positions();
        // To and fro, and at last towards both sides at once, which settles.
        for round in 0..14 {
            let sides: &[usize] = if round >= 10 {
                &[LEFT, RIGHT]
            } else if round % 2 == 0 {
                &[LEFT]
            } else {
                &[RIGHT]
            };
            for step in 0..layers.len() {
                let layer = if sides == [RIGHT] { layers.len() - 1 - step } else { step };
                self.settle(&layers[layer], &spreads[layer], sides, &positions, &mut ys);
            }
        }
        let least =
            layers.iter().flatten().map(|item| ys[*item] - f64::from(self.extent(*item).0)).fold(f64::MAX, f64::min);
        let shift = f64::from(top) - least;
        self.ys = ys.iter().map(|y| round(y + shift)).collect();
        for (layer, spread) in layers.iter().zip(&spreads) {
            self.push_down(layer, spread);
        }
        let limits = self.part_bands(&layers, &spreads);
        self.straighten(&layers, &spreads, &limits);
    }

    /// Moves down what stands too near below another item of its column.
    fn push_down(&mut self, layer: &[usize], spread: &Spread) {
        for position in 1..layer.len() {
            let least = self.ys[layer[position - 1]] + spread.gaps[position - 1];
            self.ys[layer[position]] = self.ys[layer[position]].max(least);
        }
    }

    /// Moves the items of one column towards their neighbours on some sides.
    fn settle(&self, layer: &[usize], column: &Spread, sides: &[usize], positions: &[usize], ys: &mut [f64]) {
        let wishes: Vec<(f64, f64)> = layer
            .iter()
            .map(|item| {
                let mut sum = 0.0;
                let mut weight = 0.0;
                for side in sides {
                    for other in &self.layers.items[*item].near[*side] {
                        let pull = self.pull(*item, *other);
                        let offset = self.end_offset(*other, *item, 1 - side, positions)
                            - self.end_offset(*item, *other, *side, positions);
                        sum += pull * (ys[*other] + offset);
                        weight += pull;
                    }
                }
                if weight == 0.0 { (ys[*item], 0.01) } else { (sum / weight, weight) }
            })
            .collect();
        for (item, y) in layer.iter().zip(spread(&wishes, &column.gaps)) {
            ys[*item] = y;
        }
    }

    /// How much a line wants to be straight: a bend far from its boxes disturbs most.
    fn pull(&self, a: usize, b: usize) -> f64 {
        let is_node = |item: usize| matches!(self.layers.items[item].kind, SlotKind::Node(_));
        match (is_node(a), is_node(b)) {
            (false, false) => 8.0,
            (true, true) => 1.0,
            _ => 2.0,
        }
    }

    /// Where, from the middle of a box, the line to a neighbour is likely to end.
    fn end_offset(&self, item: usize, other: usize, side: usize, positions: &[usize]) -> f64 {
        let SlotKind::Node(node) = self.layers.items[item].kind else { return 0.0 };
        let near = &self.layers.items[item].near[side];
        let rank = near.iter().filter(|item| positions[**item] < positions[other]).count();
        let room = f64::from(self.heights[node] - 20);
        let share = |count: usize| f64::from(count_of(count));
        if near.len() < 2 { 0.0 } else { room * (share(rank) / share(near.len() - 1) - 0.5) }
    }

    /// Takes out steps: between its boxes a line keeps its height as long as there is room.
    fn straighten(&mut self, layers: &[Vec<usize>], spreads: &[Spread], limits: &BTreeMap<(usize, Band), (i32, i32)>) {
        let positions = self.layers.positions();
        let extents: Vec<(i32, i32)> = (0..self.ys.len()).map(|item| self.extent(item)).collect();
        let room = |item: usize, ys: &[i32]| {
            let Item { layer, band, .. } = self.layers.items[item];
            let (column, spread, position) = (&layers[layer], &spreads[layer], positions[item]);
            let (top, bottom) = limits[&(self.columns.strips[layer / 2], band)];
            let least = position.checked_sub(1).map_or(spread.first, |above| ys[column[above]] + spread.gaps[above]);
            let most = column.get(position + 1).map_or(i32::MAX, |below| ys[*below] - spread.gaps[position]);
            (least.max(top.saturating_add(extents[item].0)), most.min(bottom.saturating_sub(extents[item].1)))
        };
        let mut lines: Vec<&[usize]> =
            self.layers.chains.iter().filter(|chain| chain.len() > 3).map(|chain| &chain[1..chain.len() - 1]).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
        let mut ys = std::mem::take(&mut self.ys);
        for _ in 0..3 {
            for line in &lines {
                let mut start = 0;
                while start < line.len() {
                    // As far as one height fits.
                    let (mut least, mut most) = room(line[start], &ys);
                    let mut end = start + 1;
                    while end < line.len() {
                        let (low, high) = room(line[end], &ys);
                        if low.max(least) > high.min(most) {
                            break;
                        }
                        (least, most) = (low.max(least), high.min(most));
                        end += 1;
                    }
                    let run = &line[start..end];
                    let mean = run.iter().map(|item| ys[*item]).sum::<i32>() / count_of(run.len());
                    for item in run {
                        ys[*item] = mean.max(least).min(most);
                    }
                    start = end;
                }
            }
        }
        self.ys = ys;
    }

    /// Spreads the ends of lines over the sides of their boxes, each as near to its line as it goes.
    fn find_ends(&mut self) {
        let positions = self.layers.positions();
        let mut at: Vec<[Vec<(usize, usize, usize)>; 2]> = vec![[Vec::new(), Vec::new()]; self.request.nodes.len()];
        for (edge, chain) in self.layers.chains.iter().enumerate() {
            if let [first, second, .., before, last] = chain.as_slice() {
                at[*first][RIGHT].push((positions[*second], *second, edge));
                at[*last][LEFT].push((positions[*before], *before, edge));
            } else if let [first, middle, last] = chain.as_slice() {
                at[*first][RIGHT].push((positions[*middle], *middle, edge));
                at[*last][LEFT].push((positions[*middle], *middle, edge));
            }
        }
        for (node, sides) in at.into_iter().enumerate() {
            for (side, mut lines) in sides.into_iter().enumerate() {
                lines.sort_unstable();
                let ys = self.ends_of(node, &lines.iter().map(|(_, item, _)| self.ys[*item]).collect::<Vec<_>>());
                for ((_, _, edge), y) in lines.into_iter().zip(ys) {
                    self.ends[edge][1 - side] = y;
                }
            }
        }
    }

    fn ends_of(&self, node: usize, wishes: &[i32]) -> Vec<i32> {
        let count = count_of(wishes.len());
        let (top, bottom) =
            (self.ys[node] - self.heights[node] / 2, self.ys[node] + self.heights[node] - self.heights[node] / 2);
        let (low, high) = (top + 10, bottom - 10);
        let gap = if count > 1 { END_GAP.min((high - low) / (count - 1)) } else { 0 };
        let gaps = vec![gap; wishes.len().saturating_sub(1)];
        let wishes: Vec<(f64, f64)> = wishes.iter().map(|y| (f64::from((*y).clamp(low, high)), 1.0)).collect();
        let mut ys: Vec<i32> = spread(&wishes, &gaps).into_iter().map(round).collect();
        for (position, y) in ys.iter_mut().enumerate() {
            *y = (*y).max(low + gap * count_of(position)).min(high - gap * (count - 1 - count_of(position)));
        }
        ys
    }

    /// Widths of columns, and the room between them: the more a line has to climb, the more of it.
    fn find_columns(&mut self) {
        let mut x = PAD;
        let mut start = x;
        let count = self.layers.layers.len();
        for layer in 0..count {
            let strip = self.columns.strips[layer / 2];
            let items = self.layers.layers[layer].iter().map(|item| self.item_width(*item));
            let mut width = items.max().unwrap_or_default();
            if layer % 2 == 0 && self.columns.strips.iter().filter(|one| **one == strip).count() == 1 {
                width = width.max(self.title_width(strip));
            }
            self.xs.push((x, x + width));
            x += width;
            let is_last = layer % 2 == 1 && self.columns.strips.get(layer / 2 + 1) != Some(&strip);
            if is_last {
                x = x.max(start + self.title_width(strip)) + PAD;
                self.edges.push(x);
                // Lines change their height before the boundary.
                x += if layer + 1 < count { self.room(layer) + BORDER + PAD } else { 0 };
                start = x;
            } else if layer + 1 < count {
                x += self.room(layer);
            }
        }
    }

    fn title_width(&self, strip: usize) -> i32 {
        self.columns.areas[strip].iter().map(|area| self.request.areas[*area].title).max().unwrap_or_default()
    }

    fn item_width(&self, item: usize) -> i32 {
        match self.layers.items[item].kind {
            SlotKind::Node(node) => {
                let NodeBox { size, bracket, .. } = self.request.nodes[node];
                let sides = self.layers.items[item].near.iter().filter(|near| !near.is_empty()).count();
                let own = size.width + bracket * count_of(sides);
                own.max(self.loops[node].map_or(0, |label| loop_width(label) + 2 * LOOP_GAP))
            }
            SlotKind::Label(edge) => self.request.edges[edge].label.width,
            SlotKind::Passing(_) => 0,
        }
    }

    /// Room behind a column.
    fn room(&self, layer: usize) -> i32 {
        if layer.is_multiple_of(2) && self.layers.layers[layer + 1].is_empty() {
            return 0;
        }
        let climb = self.layers.layers[layer]
            .iter()
            .flat_map(|item| {
                self.layers.items[*item].near[RIGHT].iter().map(|other| (self.ys[*item] - self.ys[*other]).abs())
            })
            .max()
            .unwrap_or_default();
        let is_corridor = self.columns.strips.get(layer / 2 + 1) != Some(&self.columns.strips[layer / 2]);
        match climb {
            0 if layer % 2 == 1 && is_corridor => 0,
            0 => 14,
            _ => 10 + (climb / 16).min(16),
        }
    }

    fn node_rect(&self, node: usize) -> Rect {
        let (left, right) = self.xs[self.layers.items[node].layer];
        Rect { x: left, y: self.ys[node] - self.heights[node] / 2, width: right - left, height: self.heights[node] }
    }

    fn route(&self, position: usize, nodes: &[Rect]) -> Wire {
        let edge = self.request.edges[position];
        if edge.is_within {
            return Wire::default();
        }
        let chain = &self.layers.chains[position];
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
            return route_loop(nodes[edge.from], edge.label);
        };
        let [left_end, right_end] = self.ends[position];
        let mut points = vec![Point { x: nodes[*first].right(), y: left_end }];
        let mut label = None;
        for item in &chain[1..] {
            let layer = self.layers.items[*item].layer;
            let (left, right) = self.xs[layer];
            let y = if item == last { right_end } else { self.ys[*item] };
            let before = self.columns.strips[(layer - 1) / 2];
            if before != self.columns.strips[layer / 2] {
                // Level out of one strip, and level over the boundary into the next.
                points.push(Point { x: self.edges[before], y: points[points.len() - 1].y });
                points.push(Point { x: left - PAD - BORDER, y });
            }
            points.push(Point { x: left, y });
            if item == last {
                break;
            }
            points.push(Point { x: right, y });
            if matches!(self.layers.items[*item].kind, SlotKind::Label(_)) {
                label = label_at(edge.label, i32::midpoint(left, right), y);
            }
        }
        if edge.from != *first {
            points.reverse();
        }
        let start = points[0];
        let mut steps: Vec<Step> = Vec::new();
        let mut at = start;
        for point in &points[1..] {
            if point.y != at.y {
                steps.push(Step::Bend(*point));
            } else if let Some(Step::Line(end)) = steps.last_mut() {
                *end = *point;
            } else {
                steps.push(Step::Line(*point));
            }
            at = *point;
        }
        Wire { start, steps, label }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "pictures are far smaller than 2 billion pixels")]
fn round(y: f64) -> i32 {
    y.round() as i32
}
