//! Which column each box stands in. Areas follow each other from left to right; within an area the
//! columns are found by trying: few and short columns, short lines, arrows that lead to the right,
//! and never a line between two boxes of one column, since a line bends only between columns.

use super::layout::{Ground, Request, count_of};

/// Cost of a column; in the same unit, a line that skips a column costs 10.
const COLUMN: i32 = 60;
/// Cost of an arrow that leads to the left.
const LEFTWARD: i32 = 7;
/// Pixels of the highest column that cost 1.
const HEIGHT: i32 = 14;

/// From how many beginnings the columns are sought.
const STARTS: usize = 8;

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

/// Finds the columns. Areas without a box have none.
pub(super) fn columns(request: &Request) -> Columns {
    let mut columns = Columns { of_node: vec![0; request.nodes.len()], strips: Vec::new(), areas: strips(request) };
    for (strip, areas) in columns.areas.iter().enumerate() {
        let problem = Problem::of(request, areas);
        let assigned = if areas.len() > 1 { vec![0; problem.nodes.len()] } else { problem.solve() };
        let first = columns.strips.len();
        for (node, column) in problem.nodes.iter().zip(&assigned) {
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

    /// The cheapest columns found.
    fn solve(&self) -> Vec<usize> {
        let mut best: Option<(i32, Vec<usize>)> = None;
        for count in 1..=self.nodes.len() {
            if best.is_some() && count > 6 {
                break;
            }
            for start in self.starts(count) {
                let found = self.improve(start, count);
                let cost = self.cost(&found, count);
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, found));
                }
            }
        }
        compress(best.map(|(_, columns)| columns).unwrap_or_default())
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
        let mut cost = self.cost(&columns, count);
        for _ in 0..8 {
            let before = cost;
            for node in 0..columns.len() {
                for column in 0..count {
                    let old = std::mem::replace(&mut columns[node], column);
                    let new = if self.is_apart(node, &columns) { self.cost(&columns, count) } else { i32::MAX };
                    if new < cost { cost = new } else { columns[node] = old }
                }
            }
            for a in 0..columns.len() {
                for b in a + 1..columns.len() {
                    if columns[a] == columns[b] {
                        continue;
                    }
                    columns.swap(a, b);
                    let is_apart = self.is_apart(a, &columns) && self.is_apart(b, &columns);
                    let new = if is_apart { self.cost(&columns, count) } else { i32::MAX };
                    if new < cost { cost = new } else { columns.swap(a, b) }
                }
            }
            if cost == before {
                break;
            }
        }
        columns
    }

    fn is_apart(&self, node: usize, columns: &[usize]) -> bool {
        self.near[node].iter().all(|(other, _)| columns[*other] != columns[node])
    }

    fn cost(&self, columns: &[usize], count: usize) -> i32 {
        let mut heights = vec![0; count];
        let mut cost = COLUMN * count_of(count);
        for (node, column) in columns.iter().enumerate() {
            heights[*column] += self.heights[node];
            cost += self.beyond_cost(node, *column, count);
            let leading = self.near[node].iter().filter(|(_, leads)| *leads);
            cost += leading.map(|(other, _)| line(*column, columns[*other], true)).sum::<i32>();
        }
        cost + heights.into_iter().max().unwrap_or_default() / HEIGHT
    }

    /// Lines to other areas pass the columns on their way.
    fn beyond_cost(&self, node: usize, column: usize, count: usize) -> i32 {
        let (left, right) = self.beyond[node];
        left * 6 * count_of(column) + right * 6 * count_of(count - 1 - column)
    }
}

fn line(from: usize, to: usize, leads: bool) -> i32 {
    let skipped = count_of(from.abs_diff(to)) - 1;
    10 * skipped.max(0) + if (from > to) == leads { LEFTWARD } else { 0 }
}

fn count((left, right): &mut (i32, i32), is_right: bool) {
    *(if is_right { right } else { left }) += 1;
}

/// Takes out columns that nothing stands in.
fn compress(columns: Vec<usize>) -> Vec<usize> {
    let mut used = columns.clone();
    used.sort_unstable();
    used.dedup();
    columns.into_iter().filter_map(|column| used.binary_search(&column).ok()).collect()
}
