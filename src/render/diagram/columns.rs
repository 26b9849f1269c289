//! Which column each box stands in. Areas follow each other from left to right; within an area the
//! columns are found by trying: few and short columns, short lines, arrows that lead to the right,
//! and never a line between two boxes of one column, since a line bends only between columns.

use super::layout::{Ground, Request, count_of};

/// Cost of a column.
const COLUMN: i32 = 60;
/// Cost of an arrow that leads to the left: openers stand on the left of listeners.
const LEFTWARD: i32 = 30;
/// Cost of each column that a line skips within its strip, and on its way to another one.
const SKIPPED: i32 = 4;
const PASSED: i32 = 2;
/// Pixels of the highest column that cost 1.
const HEIGHT: i32 = 14;

/// From how many beginnings the columns are sought.
const STARTS: usize = 4;
/// Of how many the whole picture is judged.
const CHOICES: usize = 6;

/// The columns of a graph.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Column of each box.
    pub(super) of_node: Vec<usize>,
    /// Strip of each column.
    pub(super) strips: Vec<usize>,
    /// Areas of each strip: side by side if there is one, one below the other if there are more.
    pub(super) areas: Vec<Vec<usize>>,
}

/// What stands together in a strip, from top to bottom.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Band {
    /// Lines that go round the areas, above them.
    Above,
    /// An area, with its lines: its place among those of the strip.
    Area(usize),
    /// Lines that go round the areas, below them.
    Below,
}

impl Columns {
    /// Where the area of a box stands in its strip.
    pub(super) fn band(&self, request: &Request, node: usize) -> Band {
        let within = &self.areas[self.strips[self.of_node[node]]];
        Band::Area(within.iter().position(|area| *area == request.nodes[node].area).unwrap_or_default())
    }
}

/// Finds the columns that cost least by `judge`, which may see more of a picture than columns alone
/// tell. Areas without a box have none.
pub(super) fn columns<T>(request: &Request, judge: impl Fn(&Columns) -> (i32, T)) -> Option<(Columns, T)> {
    let areas = strips(request);
    let found: Vec<Vec<Found>> = areas.iter().map(|areas| Problem::of(request, areas).solve(areas)).collect();
    let mut chosen = vec![0; areas.len()];
    let mut best: Option<(i32, Columns, T)> = None;
    // Strip by strip, as the others stand; those with most to choose from first.
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|strip| std::cmp::Reverse(found[*strip].len()));
    for (turn, strip) in order.into_iter().enumerate() {
        let before = chosen[strip];
        let mut goal = before;
        for choice in 0..found[strip].len() {
            if turn > 0 && choice == before {
                continue;
            }
            chosen[strip] = choice;
            let columns = assemble(request, &found, &chosen);
            let (cost, more) = judge(&columns);
            let cost = cost + chosen.iter().zip(&found).map(|(choice, found)| found[*choice].cost).sum::<i32>();
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, columns, more));
                goal = choice;
            }
        }
        chosen[strip] = goal;
    }
    best.map(|(_, columns, more)| (columns, more))
}

/// The columns of a strip, and what they cost by themselves.
struct Found {
    cost: i32,
    /// Those of the strip, from top to bottom.
    areas: Vec<usize>,
    nodes: Vec<usize>,
    columns: Vec<usize>,
}

fn assemble(request: &Request, found: &[Vec<Found>], chosen: &[usize]) -> Columns {
    let mut columns = Columns { of_node: vec![0; request.nodes.len()], ..Columns::default() };
    for (strip, (found, choice)) in found.iter().zip(chosen).enumerate() {
        let Found { areas, nodes, columns: assigned, .. } = &found[*choice];
        columns.areas.push(areas.clone());
        let first = columns.strips.len();
        for (node, column) in nodes.iter().zip(assigned) {
            columns.of_node[*node] = first + column;
        }
        let count = assigned.iter().max().map_or(0, |last| last + 1);
        columns.strips.extend(std::iter::repeat_n(strip, count));
    }
    columns
}

/// Areas that follow each other. Those that are not the reader's share a strip, one below the other,
/// as long as no line leads from one of their boxes to another.
fn strips(request: &Request) -> Vec<Vec<usize>> {
    let mut strips: Vec<Vec<usize>> = Vec::new();
    let is_beyond = |area: usize| matches!(request.areas[area].ground, Ground::Unknown | Ground::Outside);
    for area in (0..request.areas.len()).filter(|area| request.nodes.iter().any(|node| node.area == *area)) {
        let joined = |strip: &Vec<usize>| strip.iter().copied().chain([area]).collect::<Vec<_>>();
        match strips.last_mut().filter(|strip| strip.iter().all(|area| is_beyond(*area)) && is_beyond(area)) {
            Some(strip) if is_unconnected(request, &joined(strip)) => strip.push(area),
            _ => strips.push(vec![area]),
        }
    }
    strips
}

fn is_unconnected(request: &Request, areas: &[usize]) -> bool {
    let stands_there = |node: usize| areas.contains(&request.nodes[node].area);
    !request.edges.iter().any(|edge| edge.from != edge.to && stands_there(edge.from) && stands_there(edge.to))
}

/// The boxes of one strip.
struct Problem {
    nodes: Vec<usize>,
    heights: Vec<i32>,
    /// Per box: the other boxes of the area it has a line with, and whether the arrow leads there.
    near: Vec<Vec<(usize, bool)>>,
    /// Per box: how many lines lead to areas on the left and on the right.
    beyond: Vec<(i32, i32)>,
}

impl Problem {
    fn of(request: &Request, areas: &[usize]) -> Self {
        let nodes: Vec<usize> =
            (0..request.nodes.len()).filter(|node| areas.contains(&request.nodes[*node].area)).collect();
        let mut near = vec![Vec::new(); nodes.len()];
        let mut beyond = vec![(0, 0); nodes.len()];
        let local = |node: usize| nodes.binary_search(&node).ok();
        for edge in request.edges.iter().filter(|edge| edge.from != edge.to) {
            match (local(edge.from), local(edge.to)) {
                (Some(from), Some(to)) => {
                    near[from].push((to, true));
                    near[to].push((from, false));
                }
                (Some(inside), None) => count(&mut beyond[inside], request.nodes[edge.to].area > areas[0]),
                (None, Some(inside)) => count(&mut beyond[inside], request.nodes[edge.from].area > areas[0]),
                (None, None) => {}
            }
        }
        let heights = nodes.iter().map(|node| request.nodes[*node].size.height + 20).collect();
        Self { nodes, heights, near, beyond }
    }

    /// The cheapest columns found, the best first. Areas that stand one below the other have one, and are
    /// tried in several orders.
    fn solve(&self, areas: &[usize]) -> Vec<Found> {
        let found = |cost: i32, areas: Vec<usize>, columns: Vec<usize>| Found {
            cost,
            areas,
            nodes: self.nodes.clone(),
            columns,
        };
        if areas.len() > 1 {
            let orders = orders(areas).into_iter().enumerate();
            return orders.map(|(turn, areas)| found(count_of(turn), areas, vec![0; self.nodes.len()])).collect();
        }
        let mut best: Vec<(i32, Vec<usize>)> = Vec::new();
        for count in 1..=self.nodes.len() {
            if !best.is_empty() && count > 6 {
                break;
            }
            for start in self.starts(count) {
                let found = self.improve(start, count);
                best.push((self.cost(&found, count), compress(found)));
            }
        }
        best.sort();
        best.dedup();
        best.truncate(CHOICES);
        best.into_iter().map(|(cost, columns)| found(cost, areas.to_vec(), columns)).collect()
    }

    /// Ways to begin: boxes one by one, those with many lines first, then in several other orders,
    /// each where it costs least so far. None, if that many columns can't keep the ends of lines
    /// apart.
    fn starts(&self, count: usize) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by_key(|node| std::cmp::Reverse(self.near[*node].len()));
        let mut orders = Vec::new();
        for turn in 0..STARTS {
            orders.push(order.clone());
            let step = 1 + turn * 2;
            order = (0..step).flat_map(|first| order.iter().copied().skip(first).step_by(step)).collect();
        }
        let mut starts: Vec<Vec<usize>> = orders.iter().filter_map(|order| self.place_in(order, count)).collect();
        starts.dedup();
        starts
    }

    fn place_in(&self, order: &[usize], count: usize) -> Option<Vec<usize>> {
        const NOWHERE: usize = usize::MAX;
        let mut columns = vec![NOWHERE; self.nodes.len()];
        for node in order {
            let is_free = |column: &usize| self.near[*node].iter().all(|(other, _)| columns[*other] != *column);
            let cost = |column: &usize| {
                let placed: Vec<_> = self.near[*node].iter().filter(|(other, _)| columns[*other] != NOWHERE).collect();
                let lines: i32 = placed.iter().map(|(other, leads)| line(*column, columns[*other], *leads)).sum();
                // Openers begin on the left, listeners on the right.
                let opens = self.near[*node].iter().filter(|(_, leads)| *leads).count() * 2;
                let wish = if opens >= self.near[*node].len() { 0 } else { count - 1 };
                (lines + self.beyond_cost(*node, *column, count), column.abs_diff(wish))
            };
            columns[*node] = (0..count).filter(is_free).min_by_key(cost)?;
        }
        Some(columns)
    }

    /// Moves box after box, then swaps pairs of boxes, as long as it gets cheaper.
    fn improve(&self, mut columns: Vec<usize>, count: usize) -> Vec<usize> {
        let mut heights = self.column_heights(&columns, count);
        for _ in 0..8 {
            let mut is_better = false;
            for node in 0..columns.len() {
                for column in 0..count {
                    is_better |= self.try_moving(&[(node, column)], &mut columns, &mut heights);
                }
            }
            for a in 0..columns.len() {
                for b in a + 1..columns.len() {
                    let swapped = [(a, columns[b]), (b, columns[a])];
                    is_better |= self.try_moving(&swapped, &mut columns, &mut heights);
                }
            }
            if !is_better {
                break;
            }
        }
        columns
    }

    /// Moves boxes to other columns if that is cheaper.
    fn try_moving(&self, moves: &[(usize, usize)], columns: &mut [usize], heights: &mut [i32]) -> bool {
        if moves.iter().all(|(node, column)| columns[*node] == *column) {
            return false;
        }
        let count = heights.len();
        let cost = |columns: &[usize], heights: &[i32]| {
            let nodes = moves.iter().map(|(node, _)| self.cost_of(*node, columns, count)).sum::<i32>();
            nodes + Self::tallest_cost(heights)
        };
        let before = cost(columns, heights);
        let put = |columns: &mut [usize], heights: &mut [i32], node: usize, column: usize| {
            heights[columns[node]] -= self.heights[node];
            heights[column] += self.heights[node];
            std::mem::replace(&mut columns[node], column)
        };
        let mut old = [0; 2];
        for ((node, column), old) in moves.iter().zip(&mut old) {
            *old = put(columns, heights, *node, *column);
        }
        if moves.iter().all(|(node, _)| self.is_apart(*node, columns)) && cost(columns, heights) < before {
            return true;
        }
        for ((node, _), old) in moves.iter().zip(old) {
            put(columns, heights, *node, old);
        }
        false
    }

    fn is_apart(&self, node: usize, columns: &[usize]) -> bool {
        self.near[node].iter().all(|(other, _)| columns[*other] != columns[node])
    }

    fn column_heights(&self, columns: &[usize], count: usize) -> Vec<i32> {
        let mut heights = vec![0; count];
        columns.iter().zip(&self.heights).for_each(|(column, height)| heights[*column] += height);
        heights
    }

    fn tallest_cost(heights: &[i32]) -> i32 {
        heights.iter().copied().max().unwrap_or_default() / HEIGHT
    }

    /// What the lines of one box cost.
    fn cost_of(&self, node: usize, columns: &[usize], count: usize) -> i32 {
        let near = self.near[node].iter().map(|(other, leads)| line(columns[node], columns[*other], *leads));
        near.sum::<i32>() + self.beyond_cost(node, columns[node], count)
    }

    /// What columns cost, in the unit of the constants above.
    fn cost(&self, columns: &[usize], count: usize) -> i32 {
        let beyond = columns.iter().enumerate().map(|(node, column)| self.beyond_cost(node, *column, count));
        let leading = self.near.iter().enumerate().flat_map(|(node, near)| {
            near.iter().filter(|(_, leads)| *leads).map(move |(other, _)| line(columns[node], columns[*other], true))
        });
        let heights = self.column_heights(columns, count);
        COLUMN * count_of(count) + beyond.sum::<i32>() + leading.sum::<i32>() + Self::tallest_cost(&heights)
    }

    /// Lines to other areas pass the columns on their way.
    fn beyond_cost(&self, node: usize, column: usize, count: usize) -> i32 {
        let (left, right) = self.beyond[node];
        left * PASSED * count_of(column) + right * PASSED * count_of(count - 1 - column)
    }
}

fn line(from: usize, to: usize, leads: bool) -> i32 {
    let skipped = count_of(from.abs_diff(to)) - 1;
    SKIPPED * skipped.max(0) + if (from > to) == leads { LEFTWARD } else { 0 }
}

fn count((left, right): &mut (i32, i32), is_right: bool) {
    *(if is_right { right } else { left }) += 1;
}

/// Orders of a few things, the given one first: each of them in each place.
fn orders(things: &[usize]) -> Vec<Vec<usize>> {
    let mut orders = vec![things.to_vec()];
    for from in 0..things.len() {
        for to in 0..things.len() {
            let mut order = things.to_vec();
            let moved = order.remove(from);
            order.insert(to, moved);
            if !orders.contains(&order) {
                orders.push(order);
            }
        }
    }
    orders
}

/// Takes out columns that nothing stands in.
fn compress(columns: Vec<usize>) -> Vec<usize> {
    let mut used = columns.clone();
    used.sort_unstable();
    used.dedup();
    columns.into_iter().filter_map(|column| used.binary_search(&column).ok()).collect()
}
