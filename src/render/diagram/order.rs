//! What stands above what. Between two columns of boxes lies a column of labels; a line that passes
//! a column has a place of its own in it, so that it never meets a box. A line that only passes a strip
//! of areas goes round them: above all of them or below. The order within each column is the one with
//! the fewest crossings that sweeping to and fro and sifting find from several beginnings.

use super::columns::{Band, Columns};
use super::layout::{Request, Size, count_of};

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
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) kind: SlotKind,
    pub(super) layer: usize,
    /// What it belongs to in its strip: those of one band stand together, in this order.
    pub(super) band: Band,
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
    /// The items of each line in a strip that it goes round.
    rounds: Vec<Vec<usize>>,
    /// Whether the line of a chain leads to the right.
    rightward: Vec<bool>,
}

/// Sides of a box.
pub(super) const LEFT: usize = 0;
/// Sides of a box.
pub(super) const RIGHT: usize = 1;

/// How thoroughly an order is sought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) starts: usize,
    pub(super) rounds: usize,
}

/// Random numbers that are the same on every machine (Knuth's MMIX generator).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end.max(1)
    }
}

/// What is kept of the best order so far.
type Kept = (usize, Vec<Vec<usize>>, Vec<Band>);

/// Finds the order, and what it costs: crossings, in eighths.
pub(super) fn order(request: &Request, columns: &Columns, effort: Effort) -> (usize, Layering) {
    let mut layers = Layering::of(request, columns);
    let first = layers.layers.clone();
    let mut best: Option<Kept> = None;
    let mut random = Random(1);
    for start in 0..effort.starts {
        layers.layers.clone_from(&first);
        match start {
            0 => {}
            1 => layers.layers.iter_mut().for_each(|layer| layer.reverse()),
            _ => layers.shuffle(&mut random),
        }
        (0..layers.layers.len()).for_each(|layer| layers.regroup(layer));
        let mut idle = 0;
        for round in 0..effort.rounds {
            layers.sweep(round % 2);
            layers.sift();
            let cost = layers.cost();
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, layers.layers.clone(), layers.items.iter().map(|item| item.band).collect()));
                idle = 0;
            } else {
                idle += 1;
            }
            // A beginning that is still far behind after two rounds seldom comes first.
            let is_behind = round == 1 && best.as_ref().is_some_and(|(least, ..)| cost > least * 3 / 2 + 16);
            if idle > 2 || is_behind {
                break;
            }
        }
    }
    if let Some(kept) = best {
        layers.take(&kept);
        let cost = layers.turn_rounds(kept);
        return (cost, layers);
    }
    (0, layers)
}

impl Layering {
    fn of(request: &Request, columns: &Columns) -> Self {
        let mut layers = Self::default();
        layers.layers.resize(columns.strips.len() * 2, Vec::new());
        for (node, column) in columns.of_node.iter().enumerate() {
            layers.add(SlotKind::Node(node), column * 2, columns.band(request, node));
        }
        let mut degree = vec![0; request.nodes.len()];
        request.edges.iter().for_each(|edge| [edge.from, edge.to].iter().for_each(|end| degree[*end] += 1));
        let strip = |layer: usize| columns.strips[layer / 2];
        for (position, edge) in request.edges.iter().enumerate() {
            let (mut left, mut right) = (edge.from, edge.to);
            if columns.of_node[left] > columns.of_node[right] {
                std::mem::swap(&mut left, &mut right);
            }
            layers.rightward.push(left == edge.from);
            layers.chains.push(Vec::new());
            let (first, last) = (columns.of_node[left] * 2, columns.of_node[right] * 2);
            if first == last {
                continue;
            }
            let is_own = |layer: usize| strip(layer) == strip(first) || strip(layer) == strip(last);
            // Beside the end that has fewer lines there is more room for a label; never in a strip that
            // the line only passes.
            let label = if degree[left] <= degree[right] || !is_own(last - 1) { first + 1 } else { last - 1 };
            let mut chain = vec![left];
            let mut round: Vec<usize> = Vec::new();
            for layer in first + 1..last {
                let is_label = layer == label && edge.label != Size::default();
                let kind = if is_label { SlotKind::Label(position) } else { SlotKind::Passing(position) };
                let band = if strip(layer) == strip(first) {
                    columns.band(request, left)
                } else if strip(layer) == strip(last) {
                    columns.band(request, right)
                } else {
                    Band::Above
                };
                let item = layers.add(kind, layer, band);
                if band == Band::Above {
                    if round.last().is_some_and(|before: &usize| strip(layers.items[*before].layer) != strip(layer)) {
                        layers.rounds.push(std::mem::take(&mut round));
                    }
                    round.push(item);
                }
                chain.push(item);
            }
            if !round.is_empty() {
                layers.rounds.push(round);
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

    fn add(&mut self, kind: SlotKind, layer: usize, band: Band) -> usize {
        self.items.push(Item { kind, layer, band, near: [Vec::new(), Vec::new()] });
        self.layers[layer].push(self.items.len() - 1);
        self.items.len() - 1
    }

    fn take(&mut self, (_, layers, bands): &Kept) {
        self.layers.clone_from(layers);
        self.items.iter_mut().zip(bands).for_each(|(item, band)| item.band = *band);
    }

    /// Another beginning: any order, and any side of the areas that a line goes round.
    fn shuffle(&mut self, random: &mut Random) {
        for layer in &mut self.layers {
            for position in (1..layer.len()).rev() {
                layer.swap(position, random.below(position + 1));
            }
        }
        for round in self.rounds.clone() {
            let band = if random.below(2) == 0 { Band::Above } else { Band::Below };
            for item in round {
                self.items[item].band = band;
            }
        }
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
        let mut positions = self.positions();
        for step in 1..count {
            let layer = if side == LEFT { step } else { count - 1 - step };
            let mut keyed: Vec<(Band, usize, usize, usize)> = self.layers[layer]
                .iter()
                .map(|item| {
                    let near = &self.items[*item].near[side];
                    let sum: usize = near.iter().map(|other| positions[*other] * 2 + 1).sum();
                    // What has no neighbour there keeps its place.
                    let middle = (sum * 1000).checked_div(near.len()).unwrap_or((positions[*item] * 2 + 1) * 1000);
                    (self.items[*item].band, middle, positions[*item], *item)
                })
                .collect();
            keyed.sort_unstable();
            for (position, (.., item)) in keyed.into_iter().enumerate() {
                self.layers[layer][position] = item;
                positions[item] = position;
            }
        }
    }

    /// Puts what belongs to one band together.
    fn regroup(&mut self, layer: usize) {
        let Self { items, layers, .. } = self;
        layers[layer].sort_by_key(|item| items[*item].band);
    }

    /// Moves each item of a column to the place in its band where its lines cross fewest others.
    fn sift(&mut self) {
        let mut positions = self.positions();
        for layer in 0..self.layers.len() {
            let mut column = std::mem::take(&mut self.layers[layer]);
            let crossings = self.pair_crossings(&column, &positions);
            let count = column.len();
            // Which of the items stands where; the table knows them by their first places.
            let mut places: Vec<usize> = (0..count).collect();
            for first in 0..count {
                let at = places.iter().position(|place| *place == first).unwrap_or_default();
                let band = self.items[column[first]].band;
                let is_free = |place: &&usize| self.items[column[**place]].band == band;
                let (mut best, mut goal) = (0, at);
                let mut change = 0;
                for (place, other) in places[..at].iter().enumerate().rev().take_while(|(_, other)| is_free(other)) {
                    change += crossings[first * count + other] - crossings[other * count + first];
                    if change < best {
                        (best, goal) = (change, place);
                    }
                }
                change = 0;
                for (place, other) in places.iter().enumerate().skip(at + 1).take_while(|(_, other)| is_free(other)) {
                    change += crossings[other * count + first] - crossings[first * count + other];
                    if change < best {
                        (best, goal) = (change, place);
                    }
                }
                if goal < at {
                    places[goal..=at].rotate_right(1);
                } else {
                    places[at..=goal].rotate_left(1);
                }
            }
            column = places.into_iter().map(|place| column[place]).collect();
            column.iter().enumerate().for_each(|(position, item)| positions[*item] = position);
            self.layers[layer] = column;
        }
    }

    /// Crossings between the lines of two items of a column, by the one above and the one below.
    fn pair_crossings(&self, column: &[usize], positions: &[usize]) -> Vec<i32> {
        let count = column.len();
        let mut crossings = vec![0; count * count];
        for side in [LEFT, RIGHT] {
            let ends: Vec<Vec<usize>> = column
                .iter()
                .map(|item| {
                    let mut ends: Vec<usize> =
                        self.items[*item].near[side].iter().map(|other| positions[*other]).collect();
                    ends.sort_unstable();
                    ends
                })
                .collect();
            for (upper, above) in ends.iter().enumerate() {
                for (lower, below) in ends.iter().enumerate().filter(|(lower, _)| *lower != upper) {
                    let mut passed = 0;
                    let mut crossed = 0;
                    for end in above {
                        while below.get(passed).is_some_and(|other| other < end) {
                            passed += 1;
                        }
                        crossed += passed;
                    }
                    crossings[upper * count + lower] += count_of(crossed);
                }
            }
        }
        crossings
    }

    /// Sends lines round the other side of the areas where that saves crossings.
    fn turn_rounds(&mut self, mut best: Kept) -> usize {
        for round in self.rounds.clone() {
            let band = if self.items[round[0]].band == Band::Above { Band::Below } else { Band::Above };
            for item in &round {
                self.items[*item].band = band;
                self.regroup(self.items[*item].layer);
            }
            self.sift();
            let cost = self.cost();
            if cost < best.0 {
                best = (cost, self.layers.clone(), self.items.iter().map(|item| item.band).collect());
            } else {
                self.take(&best);
            }
        }
        best.0
    }

    /// Crossings, in eighths: among as many of them, lines that arrive at a side of a box stand together,
    /// and so do those that leave it.
    fn cost(&self) -> usize {
        let positions = self.positions();
        8 * self.crossings(&positions) + self.alternations(&positions)
    }

    /// All crossings of lines.
    fn crossings(&self, positions: &[usize]) -> usize {
        let mut count = 0;
        // Where the lines of a column end, from the uppermost on; each crosses those before it that end below it.
        let mut ends: Vec<usize> = Vec::new();
        for layer in &self.layers {
            ends.clear();
            for item in layer {
                let from = ends.len();
                for other in &self.items[*item].near[RIGHT] {
                    let end = positions[*other];
                    count += ends[..from].iter().filter(|above| **above > end).count();
                    ends.push(end);
                }
            }
        }
        count
    }

    /// How often, down the sides of boxes, a line that arrives follows one that leaves or the other way round.
    fn alternations(&self, positions: &[usize]) -> usize {
        let mut ends: Vec<(usize, usize, usize, bool)> = Vec::new();
        for (chain, rightward) in self.chains.iter().zip(&self.rightward) {
            let [first, second, .., before, last] = chain.as_slice() else { continue };
            ends.push((*first, RIGHT, positions[*second], *rightward));
            ends.push((*last, LEFT, positions[*before], !*rightward));
        }
        ends.sort_unstable();
        ends.windows(2)
            .filter(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1) && pair[0].3 != pair[1].3)
            .count()
    }
}
