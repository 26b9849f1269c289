//! The picture of one component: it stands in the middle, who connects to it on the left, whom it
//! connects to on the right. The middle box is as high as what is beside it, so that every line is
//! straight and none crosses another.

use super::layout::{
    BORDER, Edge, Ground, LOOP_GAP, Layout, PAD, Placed, PlacedArea, Point, Rect, Request, Size, Step, TITLE, WALL,
    Wire, count_of, label_at, loop_height, loop_width, route_loop,
};

/// Around the first box of the request, which every line begins or ends at.
#[derive(Clone, Copy, Debug)]
pub struct Star;

/// Room between a column of boxes and a column of labels.
const ROOM: i32 = 34;
/// Room between lines of one party, and between parties.
const GAP: i32 = 10;

impl Layout for Star {
    fn place(&self, request: &Request) -> Placed {
        let Some(hub) = request.nodes.first() else { return Placed::default() };
        let [left, right] = sides(request);
        let [left, right] =
            [(left, true), (right, false)].map(|(parties, is_left)| Side::of(request, parties, is_left));
        let is_loop = |edge: &Edge| edge.from == edge.to && !edge.is_within;
        let loop_label = request.edges.iter().find(|edge| is_loop(edge)).map(|edge| edge.label);
        let hub_width = hub.size.width.max(loop_label.map_or(0, |label| loop_width(label) + 2 * LOOP_GAP));
        let height = hub.size.height.max(left.height).max(right.height);
        let hub_x = left.width;
        let hub_rect = Rect { x: hub_x, y: 0, width: hub_width, height };
        let mut placed = Placed {
            size: Size { width: hub_rect.right() + right.width, height: height + loop_label.map_or(0, loop_height) },
            nodes: vec![hub_rect; request.nodes.len()],
            edges: vec![Wire::default(); request.edges.len()],
            ..Placed::default()
        };
        if let Some(position) = request.edges.iter().position(is_loop) {
            placed.edges[position] = route_loop(hub_rect, request.edges[position].label);
        }
        left.place(request, hub_rect, &mut placed);
        right.place(request, hub_rect, &mut placed);
        placed
    }
}

/// Boxes on the left, which only open connections to the hub, and on the right; area by area, those
/// of the hub's own area first.
fn sides(request: &Request) -> [Vec<usize>; 2] {
    let mut parties: Vec<usize> = (1..request.nodes.len()).collect();
    let home = request.nodes[0].area;
    parties.sort_by_key(|party| (request.nodes[*party].area != home, request.nodes[*party].area));
    let listens = |party: &usize| request.edges.iter().any(|edge| edge.to == *party);
    let (right, left) = parties.into_iter().partition(listens);
    [left, right]
}

/// The boxes on one side of the hub.
struct Side {
    is_left: bool,
    parties: Vec<usize>,
    party_width: i32,
    label_width: i32,
    width: i32,
    height: i32,
}

impl Side {
    fn of(request: &Request, parties: Vec<usize>, is_left: bool) -> Self {
        let mut side = Self { is_left, party_width: 0, label_width: 0, width: 0, height: 0, parties };
        if side.parties.is_empty() {
            return side;
        }
        for party in &side.parties {
            let title = request.areas[request.nodes[*party].area].title;
            side.party_width = side.party_width.max(request.nodes[*party].size.width).max(title);
            let labels = edges_of(request, *party).map(|edge| request.edges[edge].label.width);
            side.label_width = side.label_width.max(labels.max().unwrap_or_default());
        }
        side.width = side.party_width + 2 * PAD + BORDER + side.label_width + ROOM;
        side.height = side.walk(request, |_, _, _| {}, |_, _| {});
        side
    }

    /// Goes through areas and boxes from top to bottom; returns the height of all.
    fn walk(&self, request: &Request, mut area: impl FnMut(usize, i32, i32), mut party: impl FnMut(usize, i32)) -> i32 {
        let mut y = 0;
        let blocks = self.parties.chunk_by(|a, b| request.nodes[*a].area == request.nodes[*b].area);
        for (position, block) in blocks.enumerate() {
            y += if position > 0 { GAP + 4 } else { 0 };
            let top = y;
            y += TITLE;
            for (position, one) in block.iter().enumerate() {
                y += if position > 0 { GAP } else { 0 };
                party(*one, y);
                y += party_height(request, *one);
            }
            y += PAD;
            area(request.nodes[block[0]].area, top, y);
        }
        y
    }

    fn place(&self, request: &Request, hub: Rect, placed: &mut Placed) {
        let x = if self.is_left { PAD } else { hub.right() + ROOM + self.label_width + BORDER + PAD };
        let label_x =
            if self.is_left { x + self.party_width + PAD + BORDER } else { hub.right() + ROOM } + self.label_width / 2;
        let wall_x = if self.is_left { x + self.party_width + PAD } else { x - PAD - BORDER } + (BORDER - WALL) / 2;
        let (mut areas, mut walls, mut boxes) = (Vec::new(), Vec::new(), Vec::new());
        self.walk(
            request,
            |area, top, bottom| {
                let (y, height) = (top, bottom - top);
                areas
                    .push(PlacedArea { area, rect: Rect { x: x - PAD, y, width: self.party_width + 2 * PAD, height } });
                let home = request.nodes[0].area;
                let is_known = |area: usize| request.areas[area].ground != Ground::Unknown;
                if area != home && is_known(area) && is_known(home) {
                    walls.push(Rect { x: wall_x, y, width: WALL, height });
                }
            },
            |party, y| boxes.push((party, y)),
        );
        placed.areas.extend(areas);
        placed.walls.extend(walls);
        for (party, y) in boxes {
            let rect = Rect { x, y, width: self.party_width, height: party_height(request, party) };
            placed.nodes[party] = rect;
            self.route(request, party, rect, hub, label_x, placed);
        }
    }

    fn route(&self, request: &Request, party: usize, rect: Rect, hub: Rect, label_x: i32, placed: &mut Placed) {
        let edges: Vec<usize> = edges_of(request, party).collect();
        let used: i32 =
            edges.iter().map(|edge| label_height(request, *edge)).sum::<i32>() + GAP * (count_of(edges.len()) - 1);
        let mut y = rect.y + (rect.height - used) / 2;
        for edge in edges {
            let height = label_height(request, edge);
            let middle = y + height / 2;
            y += height + GAP;
            let (party_x, hub_x) = if self.is_left { (rect.right(), hub.x) } else { (rect.x, hub.right()) };
            let (start, end) = if request.edges[edge].to == party { (hub_x, party_x) } else { (party_x, hub_x) };
            placed.edges[edge] = Wire {
                start: Point { x: start, y: middle },
                steps: vec![Step::Line(Point { x: end, y: middle })],
                label: label_at(request.edges[edge].label, label_x, middle),
            };
        }
    }
}

fn edges_of(request: &Request, party: usize) -> impl Iterator<Item = usize> {
    (0..request.edges.len()).filter(move |edge| [request.edges[*edge].from, request.edges[*edge].to].contains(&party))
}

fn label_height(request: &Request, edge: usize) -> i32 {
    request.edges[edge].label.height.max(12)
}

/// As high as its words and its lines need.
fn party_height(request: &Request, party: usize) -> i32 {
    let labels: Vec<i32> = edges_of(request, party).map(|edge| label_height(request, edge)).collect();
    let lines = labels.iter().sum::<i32>() + GAP * (count_of(labels.len()) - 1).max(0);
    request.nodes[party].size.height.max(lines)
}
