//! Where boxes, lines and labels stand: geometry without words. All numbers are whole pixels at
//! natural size, so that no machine rounds differently.

/// Places a graph. Whatever the graph, no two boxes or labels overlap, no line runs through a box or
/// a foreign label, and each label lies on its line.
pub trait Layout {
    /// The places of everything.
    fn place(&self, request: &Request) -> Placed;
}

/// What is to be placed.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Boxes.
    pub nodes: Vec<NodeBox>,
    /// Lines from box to box; at most one per pair and direction.
    pub edges: Vec<Edge>,
    /// Areas from left to right.
    pub areas: Vec<Area>,
}

/// An area: machines of one zone.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// The width of its title.
    pub title: i32,
    /// Where its machines stand.
    pub ground: Ground,
}

/// Where the machines of an area stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ground {
    /// With the reader.
    Inside,
    /// Nobody says: no boundary can be drawn beside them.
    Unknown,
    /// With somebody else.
    Outside,
    /// In the zone of the area before it: no boundary lies between the two.
    Beside,
}

/// A box.
#[derive(Clone, Copy, Debug)]
pub struct NodeBox {
    /// What its words need; a layout may widen or heighten it.
    pub size: Size,
    /// The area it stands in.
    pub area: usize,
    /// What the bracket takes at each side at which lines end; zero: they end at the box itself.
    pub bracket: i32,
}

/// A line.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// Position of the box that opens the connection.
    pub from: usize,
    /// Position of the box that listens.
    pub to: usize,
    /// The size of its label; zero: it has none.
    pub label: Size,
    /// Whether it never leaves its box, so that there is no line to draw.
    pub is_within: bool,
}

/// Width and height.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Size {
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
}

/// A point.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// A rectangle.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rect {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
}

impl Rect {
    /// The right edge.
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// The middle.
    pub fn center(self) -> Point {
        Point { x: self.x + self.width / 2, y: self.y + self.height / 2 }
    }
}

/// The places of everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Placed {
    /// Of the whole picture.
    pub size: Size,
    /// Boxes, as asked for.
    pub nodes: Vec<Rect>,
    /// Lines, as asked for.
    pub edges: Vec<Wire>,
    /// Areas; a star shows one on each side of its middle.
    pub areas: Vec<PlacedArea>,
    /// Boundaries between areas: where a firewall may stand.
    pub walls: Vec<Rect>,
}

/// An area and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlacedArea {
    /// Which one.
    pub area: usize,
    /// Its place, title included.
    pub rect: Rect,
}

/// The way of a line, from who opens the connection to who listens.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wire {
    /// Where it begins.
    pub start: Point,
    /// How it goes on; it ends at its arrowhead.
    pub steps: Vec<Step>,
    /// Where its label stands.
    pub label: Option<Rect>,
}

/// One step of a way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Straight.
    Line(Point),
    /// Leaves and arrives level, with a bend between.
    Bend(Point),
}

impl Step {
    /// Where it ends.
    pub fn end(self) -> Point {
        match self {
            Self::Line(end) | Self::Bend(end) => end,
        }
    }
}

/// Height of an area's title.
pub(super) const TITLE: i32 = 28;
/// Room between an area's edge and what stands in it.
pub(super) const PAD: i32 = 12;
/// Room between two areas, with the boundary in its middle.
pub(super) const BORDER: i32 = 30;
/// Thickness of a boundary.
pub(super) const WALL: i32 = 8;
/// Room between the end of a line and the next on the same side of a box.
pub(super) const END_GAP: i32 = 12;
/// Room between a loop and its box.
pub(super) const LOOP_GAP: i32 = 12;

/// A count as a factor of pixels.
pub(super) fn count_of(items: usize) -> i32 {
    i32::try_from(items).unwrap_or(i32::MAX)
}

/// How high a box must be for its lines.
pub(super) fn height_for_ends(ends: usize) -> i32 {
    END_GAP * (count_of(ends) - 1).max(0) + 20
}

/// The room that a loop with this label takes below its box.
pub(super) fn loop_height(label: Size) -> i32 {
    LOOP_GAP + label.height.max(8)
}

/// The width of a loop with this label.
pub(super) fn loop_width(label: Size) -> i32 {
    label.width + 2 * LOOP_GAP
}

/// A line that leaves a box and comes back to it, below.
pub(super) fn route_loop(node: Rect, label: Size) -> Wire {
    let center = node.center().x;
    let half = loop_width(label) / 2;
    let y = node.bottom() + LOOP_GAP + label.height.max(8) / 2;
    let at = |x: i32, y: i32| Point { x: center + x, y };
    let steps = vec![Step::Line(at(-half, y)), Step::Line(at(half, y)), Step::Line(at(half, node.bottom()))];
    Wire { start: at(-half, node.bottom()), steps, label: label_at(label, center, y) }
}

/// A label whose middle is here.
pub(super) fn label_at(label: Size, x: i32, y: i32) -> Option<Rect> {
    let rect = Rect { x: x - label.width / 2, y: y - label.height / 2, width: label.width, height: label.height };
    (label.width > 0).then_some(rect)
}
