//! What can be measured of a picture: read from its SVG, or from a layout without words.

use rutter::inside::render::diagram::layout::{Ground, Placed, Point, Rect, Request, Step};
use scraper::{ElementRef, Html, Selector};

/// A picture as it is seen: places only.
pub(super) struct Seen {
    pub(super) size: (i32, i32),
    pub(super) boxes: Vec<Rect>,
    /// Place, and whether somebody says where it is.
    pub(super) areas: Vec<(Rect, bool)>,
    pub(super) walls: Vec<Rect>,
    pub(super) labels: usize,
    pub(super) lines: Vec<Line>,
}

/// A line between two boxes.
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Points a few pixels apart.
    pub(super) way: Vec<(f64, f64)>,
    pub(super) bends: usize,
    pub(super) label: Option<Rect>,
}

/// Points along a step that leaves and arrives level (a cubic curve whose handles lie at half the way).
fn bend(from: (f64, f64), to: (f64, f64)) -> impl Iterator<Item = (f64, f64)> {
    (1..=24).map(move |part| {
        let share = f64::from(part) / 24.0;
        let across = 1.5 * share * (1.0 - share) + share.powi(3);
        let along = share * share * (3.0 - 2.0 * share);
        (from.0 + (to.0 - from.0) * across, from.1 + (to.1 - from.1) * along)
    })
}

fn point(point: Point) -> (f64, f64) {
    (f64::from(point.x), f64::from(point.y))
}

impl Seen {
    /// A layout.
    pub(super) fn of(request: &Request, placed: &Placed) -> Self {
        let line = |(edge, wire): (&_, &rutter::inside::render::diagram::layout::Wire)| {
            let edge: &rutter::inside::render::diagram::layout::Edge = edge;
            let mut way = vec![point(wire.start)];
            let mut bends = 0;
            for step in &wire.steps {
                match step {
                    Step::Line(end) => way.push(point(*end)),
                    Step::Bend(end) => {
                        bends += 1;
                        let at = way[way.len() - 1];
                        way.extend(bend(at, point(*end)));
                    }
                }
            }
            Line { from: edge.from, to: edge.to, way, bends, label: wire.label }
        };
        Self {
            size: (placed.size.width, placed.size.height),
            boxes: placed.nodes.clone(),
            areas: placed
                .areas
                .iter()
                .map(|area| (area.rect, request.areas[area.area].ground != Ground::Unknown))
                .collect(),
            walls: placed.walls.clone(),
            labels: placed.edges.iter().filter(|wire| wire.label.is_some()).count(),
            lines: request.edges.iter().zip(&placed.edges).map(line).collect(),
        }
    }

    /// A picture as it stands in a file or on a page.
    pub(super) fn read(svg: &str) -> Self {
        let html = Html::parse_document(svg);
        let all = |selector: &str| html.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
        let rect = |element: ElementRef<'_>| {
            let number = |name: &str| element.attr(name).unwrap().parse::<i32>().unwrap();
            Rect { x: number("x"), y: number("y"), width: number("width"), height: number("height") }
        };
        let ends = |element: &ElementRef<'_>| {
            let (from, to) = element.attr("data-ends").unwrap().split_once(' ').unwrap();
            (from.parse::<usize>().unwrap(), to.parse::<usize>().unwrap())
        };
        let labels: Vec<_> = all(".label[data-ends]")
            .iter()
            .map(|label| (ends(label), rect(label.select(&Selector::parse("rect").unwrap()).next().unwrap())))
            .collect();
        let line = |edge: &ElementRef<'_>| {
            let (from, to) = ends(edge);
            let path = edge.select(&Selector::parse("path").unwrap()).next().unwrap().attr("d").unwrap();
            let (way, bends) = walk(path);
            let label = labels.iter().find(|(of, _)| *of == (from, to)).map(|(_, rect)| *rect);
            Line { from, to, way, bends, label }
        };
        let boxes: Vec<Rect> = all(".node > rect").into_iter().map(rect).collect();
        let areas: Vec<_> = all(".area")
            .into_iter()
            .map(|area| {
                let place = rect(area.select(&Selector::parse("rect").unwrap()).next().unwrap());
                (place, !area.attr("class").unwrap().contains("unknown"))
            })
            .collect();
        let far =
            |edge: fn(Rect) -> i32| boxes.iter().chain(areas.iter().map(|(area, _)| area)).map(|one| edge(*one)).max();
        Self {
            size: (far(Rect::right).unwrap_or_default(), far(Rect::bottom).unwrap_or_default()),
            walls: all(".wall > rect").into_iter().map(rect).collect(),
            labels: labels.len(),
            lines: all(".edge[data-ends]").iter().map(line).collect(),
            boxes,
            areas,
        }
    }

    fn between_boxes(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.from != line.to)
    }

    /// How often two lines cross, as drawn.
    pub(super) fn crossings(&self) -> usize {
        let lines: Vec<&Line> = self.between_boxes().collect();
        let mut count = 0;
        for (position, a) in lines.iter().enumerate() {
            for b in &lines[position + 1..] {
                count += crossings(&a.way, &b.way);
            }
        }
        count
    }

    /// Lines that lead to the right, and all that lead to another box.
    pub(super) fn rightward(&self) -> (usize, usize) {
        let lines: Vec<&Line> = self.between_boxes().collect();
        let leads = |line: &&&Line| self.boxes[line.to].center().x > self.boxes[line.from].center().x;
        (lines.iter().filter(leads).count(), lines.len())
    }

    /// Quarter turns of all lines.
    pub(super) fn turns(&self) -> usize {
        self.between_boxes().map(|line| line.bends * 2).sum()
    }

    /// The area in which a box stands.
    pub(super) fn area_of(&self, node: usize) -> Option<usize> {
        let center = self.boxes[node].center();
        self.areas.iter().position(|(area, _)| holds(*area, point(center), 0.0))
    }

    /// Lines that are not level where they pass a wall or the room beside it.
    pub(super) fn bent_at_walls(&self) -> usize {
        // The room between two areas is 30 px, the wall in its middle 8.
        let strip = |wall: &Rect| (f64::from(wall.x - 11), f64::from(wall.right() + 11));
        let is_bent = |line: &&Line| {
            self.walls.iter().any(|wall| {
                let (left, right) = strip(wall);
                line.way.windows(2).any(|pair| {
                    let overlaps = pair[0].0.max(pair[1].0) > left + 0.5 && pair[0].0.min(pair[1].0) < right - 0.5;
                    let beside = |y: f64| y > f64::from(wall.y) - 4.0 && y < f64::from(wall.bottom()) + 4.0;
                    overlaps && (pair[0].1 - pair[1].1).abs() > 0.5 && (beside(pair[0].1) || beside(pair[1].1))
                })
            })
        };
        self.between_boxes().filter(is_bent).count()
    }

    /// Lines that end where nobody says what zone it is, and cross bricks.
    pub(super) fn walled_unknown(&self) -> usize {
        let is_unknown = |node: usize| self.area_of(node).is_some_and(|area| !self.areas[area].1);
        let touches = |line: &&Line| {
            (is_unknown(line.from) || is_unknown(line.to))
                && self.walls.iter().any(|wall| fine(&line.way).any(|at| holds(*wall, at, 0.0)))
        };
        self.between_boxes().filter(touches).count()
    }

    /// Lines that run through an area in which neither of their boxes stands, and labels that stand in one.
    pub(super) fn in_foreign_areas(&self) -> (usize, usize) {
        let (mut lines, mut labels) = (0, 0);
        for line in self.between_boxes() {
            let own = [self.area_of(line.from), self.area_of(line.to)];
            let mut foreign = self.areas.iter().enumerate().filter(|(area, _)| !own.contains(&Some(*area)));
            lines += usize::from(foreign.clone().any(|(_, (area, _))| fine(&line.way).any(|at| holds(*area, at, 1.0))));
            let overlaps = |area: Rect, label: Rect| {
                area.x < label.right() && label.x < area.right() && area.y < label.bottom() && label.y < area.bottom()
            };
            labels += usize::from(line.label.is_some_and(|label| foreign.any(|(_, (area, _))| overlaps(*area, label))));
        }
        (lines, labels)
    }

    /// Square pixels.
    pub(super) fn area(&self) -> f64 {
        f64::from(self.size.0) * f64::from(self.size.1)
    }
}

fn holds(rect: Rect, (x, y): (f64, f64), margin: f64) -> bool {
    x > f64::from(rect.x) + margin
        && x < f64::from(rect.right()) - margin
        && y > f64::from(rect.y) + margin
        && y < f64::from(rect.bottom()) - margin
}

/// A way with a point every two pixels.
fn fine(way: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> + '_ {
    way.windows(2).flat_map(|pair| {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.0 - from.0).abs().max((to.1 - from.1).abs());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
        let parts = (length / 2.0).ceil().max(1.0) as u32;
        (0..=parts).map(move |part| {
            let share = f64::from(part) / f64::from(parts);
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        })
    })
}

/// The points of SVG path data of `M`, `H`, `L` and `C`, and how many of its steps bend.
pub(super) fn walk(path: &str) -> (Vec<(f64, f64)>, usize) {
    let mut way: Vec<(f64, f64)> = Vec::new();
    let mut bends = 0;
    let mut rest = path;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(|c: char| c.is_ascii_alphabetic()).map_or(rest.len(), |end| end + 1);
        let numbers: Vec<f64> = rest[1..end].split_whitespace().map(|number| number.parse().unwrap()).collect();
        match command {
            'M' | 'L' => way.push((numbers[0], numbers[1])),
            'H' => way.push((numbers[0], way[way.len() - 1].1)),
            'V' => way.push((way[way.len() - 1].0, numbers[0])),
            'C' => {
                bends += 1;
                let at = way[way.len() - 1];
                way.extend(bend(at, (numbers[4], numbers[5])));
            }
            _ => panic!("{command} in {path}"),
        }
        rest = &rest[end..];
    }
    (way, bends)
}

fn crossings(one: &[(f64, f64)], other: &[(f64, f64)]) -> usize {
    one.windows(2).map(|piece| other.windows(2).filter(|second| cross(piece, second)).count()).sum()
}

/// Whether two pieces of lines cross; a point on the other line counts for one of the two pieces that meet there.
fn cross(one: &[(f64, f64)], other: &[(f64, f64)]) -> bool {
    let extent = |piece: &[(f64, f64)], of: fn(&(f64, f64)) -> f64| {
        let (from, to) = (of(&piece[0]), of(&piece[1]));
        (from.min(to), from.max(to))
    };
    let is_apart = |of: fn(&(f64, f64)) -> f64| {
        let (first, second) = (extent(one, of), extent(other, of));
        first.1 < second.0 || second.1 < first.0
    };
    let side = |piece: &[(f64, f64)], point: (f64, f64)| {
        let (from, to) = (piece[0], piece[1]);
        (to.0 - from.0) * (point.1 - from.1) - (to.1 - from.1) * (point.0 - from.0) >= 0.0
    };
    !is_apart(|point| point.0)
        && !is_apart(|point| point.1)
        && side(one, other[0]) != side(one, other[1])
        && side(other, one[0]) != side(other, one[1])
}
