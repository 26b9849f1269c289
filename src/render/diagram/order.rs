//! What stands above what. Between two columns of boxes lies a column of labels; a line that passes
//! a column has a place of its own in it, so that it never meets a box. The order within each column
//! is the one with the fewest crossings that sweeping to and fro and swapping neighbours finds.

use super::columns::Columns;
use super::layout::{Request, Size};

/// What takes a place in a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SlotKind {
    /// A box.
    Node(usize),
    /// The label of a line.
    Label(usize),
    /// A line that only passes.
    Passing(usize),
}

/// A place in a column.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) kind: SlotKind,
    pub(super) layer: usize,
    /// Neighbours in the columns on the left and on the right.
    pub(super) near: [Vec<usize>; 2],
}

/// All places, and their order in each column: even columns hold boxes, odd ones labels.
#[derive(Debug, Default)]
pub(super) struct Layering {
    pub(super) items: Vec<Item>,
    pub(super) layers: Vec<Vec<usize>>,
    /// Items of each line, from left to right, boxes included.
    pub(super) chains: Vec<Vec<usize>>,
    /// Area of each box: those of one strip stay one below the other.
    areas: Vec<usize>,
}

/// Sides of a box.
pub(super) const LEFT: usize = 0;
/// Sides of a box.
pub(super) const RIGHT: usize = 1;

/// Finds the order.
pub(super) fn order(request: &Request, columns: &Columns) -> Layering {
    let mut layers = Layering::of(request, columns);
    (0..layers.layers.len()).for_each(|layer| layers.regroup(layer));
    let mut best = (layers.crossings(), layers.layers.clone());
    let first = layers.layers.clone();
    for is_reversed in [false, true] {
        layers.layers.clone_from(&first);
        if is_reversed {
            layers.layers.iter_mut().for_each(|layer| layer.reverse());
            (0..layers.layers.len()).for_each(|layer| layers.regroup(layer));
        }
        for round in 0..10 {
            layers.sweep(round % 2);
            layers.swap_neighbours();
            let crossings = layers.crossings();
            if crossings < best.0 {
                best = (crossings, layers.layers.clone());
            }
        }
    }
    layers.layers = best.1;
    layers
}

impl Layering {
    fn of(request: &Request, columns: &Columns) -> Self {
        let areas = request.nodes.iter().map(|node| node.area).collect();
        let mut layers = Self { areas, ..Self::default() };
        layers.layers.resize(columns.strips.len() * 2, Vec::new());
        for (node, column) in columns.of_node.iter().enumerate() {
            layers.add(SlotKind::Node(node), column * 2);
        }
        let mut degree = vec![0; request.nodes.len()];
        request.edges.iter().for_each(|edge| [edge.from, edge.to].iter().for_each(|end| degree[*end] += 1));
        for (position, edge) in request.edges.iter().enumerate() {
            let (mut left, mut right) = (edge.from, edge.to);
            if columns.of_node[left] > columns.of_node[right] {
                std::mem::swap(&mut left, &mut right);
            }
            let (first, last) = (columns.of_node[left] * 2, columns.of_node[right] * 2);
            // Beside the end that has fewer lines there is more room for a label.
            let label = if degree[left] <= degree[right] { first + 1 } else { last.saturating_sub(1) };
            layers.chains.push(Vec::new());
            if left == right {
                continue;
            }
            let mut chain = vec![left];
            for layer in first + 1..last {
                let is_label = layer == label && edge.label != Size::default();
                let kind = if is_label { SlotKind::Label(position) } else { SlotKind::Passing(position) };
                chain.push(layers.add(kind, layer));
            }
            chain.push(right);
            for pair in chain.windows(2) {
                layers.items[pair[0]].near[RIGHT].push(pair[1]);
                layers.items[pair[1]].near[LEFT].push(pair[0]);
            }
            layers.chains[position] = chain;
        }
        layers
    }

    fn add(&mut self, kind: SlotKind, layer: usize) -> usize {
        self.items.push(Item { kind, layer, near: [Vec::new(), Vec::new()] });
        self.layers[layer].push(self.items.len() - 1);
        self.items.len() - 1
    }

    /// The place of each item in its column.
    pub(super) fn positions(&self) -> Vec<usize> {
        let mut positions = vec![0; self.items.len()];
        for layer in &self.layers {
            layer.iter().enumerate().for_each(|(position, item)| positions[*item] = position);
        }
        positions
    }

    /// Orders each column by the middle of its neighbours on one side.
    fn sweep(&mut self, side: usize) {
        let count = self.layers.len();
        for step in 1..count {
            let layer = if side == LEFT { step } else { count - 1 - step };
            let positions = self.positions();
            let mut keyed: Vec<(usize, usize, usize)> = self.layers[layer]
                .iter()
                .map(|item| {
                    let near = &self.items[*item].near[side];
                    let sum: usize = near.iter().map(|other| positions[*other] * 2 + 1).sum();
                    // What has no neighbour there keeps its place.
                    let middle = (sum * 1000).checked_div(near.len()).unwrap_or((positions[*item] * 2 + 1) * 1000);
                    (middle, positions[*item], *item)
                })
                .collect();
            keyed.sort_unstable();
            self.layers[layer] = keyed.into_iter().map(|(_, _, item)| item).collect();
            self.regroup(layer);
        }
    }

    /// Puts the boxes of each area together; lines that pass keep their places.
    fn regroup(&mut self, layer: usize) {
        let mut boxes: Vec<usize> =
            self.layers[layer].iter().copied().filter(|item| self.area(*item).is_some()).collect();
        boxes.sort_by_key(|item| self.area(*item));
        let mut boxes = boxes.into_iter();
        for position in 0..self.layers[layer].len() {
            if self.area(self.layers[layer][position]).is_some() {
                self.layers[layer][position] = boxes.next().unwrap_or_default();
            }
        }
    }

    /// The area of a box; `None`: it is none.
    pub(super) fn area(&self, item: usize) -> Option<usize> {
        match self.items[item].kind {
            SlotKind::Node(node) => Some(self.areas[node]),
            SlotKind::Label(_) | SlotKind::Passing(_) => None,
        }
    }

    /// Swaps neighbours in a column where that saves crossings.
    fn swap_neighbours(&mut self) {
        for layer in 0..self.layers.len() {
            let positions = self.positions();
            for _ in 0..self.layers[layer].len() {
                let mut is_better = false;
                for position in 1..self.layers[layer].len() {
                    let (upper, lower) = (self.layers[layer][position - 1], self.layers[layer][position]);
                    if self.area(upper).is_some() && self.area(lower).is_some() && self.area(upper) != self.area(lower)
                    {
                        continue;
                    }
                    if self.pair_crossings(lower, upper, &positions) < self.pair_crossings(upper, lower, &positions) {
                        self.layers[layer].swap(position - 1, position);
                        is_better = true;
                    }
                }
                if !is_better {
                    break;
                }
            }
        }
    }

    /// Crossings between the lines of two items, one above the other.
    fn pair_crossings(&self, upper: usize, lower: usize, positions: &[usize]) -> usize {
        let side = |side: usize| {
            let (above, below) = (&self.items[upper].near[side], &self.items[lower].near[side]);
            above.iter().map(|a| below.iter().filter(|b| positions[**b] < positions[*a]).count()).sum::<usize>()
        };
        side(LEFT) + side(RIGHT)
    }

    /// All crossings of lines.
    pub(super) fn crossings(&self) -> usize {
        let positions = self.positions();
        let mut count = 0;
        for layer in &self.layers {
            let lines: Vec<(usize, usize)> = layer
                .iter()
                .flat_map(|item| {
                    self.items[*item].near[RIGHT].iter().map(|other| (positions[*item], positions[*other]))
                })
                .collect();
            for (position, a) in lines.iter().enumerate() {
                count += lines[position + 1..].iter().filter(|b| a.0 < b.0 && a.1 > b.1).count();
            }
        }
        count
    }
}
