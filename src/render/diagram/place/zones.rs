//! Zones in a picture: bands that stand apart within a strip, their frames, and the boundaries between them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::columns::Band;
use super::super::layout::{BORDER, Ground, PAD, PlacedArea, Rect, TITLE, WALL, Wire};
use super::super::order::Item;
use super::super::spread::Spread;
use super::Picture;

impl Picture<'_> {
    /// Moves the bands of each strip apart: what stands in one column must not reach into the area that
    /// its neighbour shows. Returns how far up and down the items of each band may be moved.
    pub(super) fn part_bands(
        &mut self,
        layers: &[Vec<usize>],
        spreads: &[Spread],
    ) -> BTreeMap<(usize, Band), (i32, i32)> {
        let mut limits = BTreeMap::new();
        for strip in 0..self.columns.areas.len() {
            let own: Vec<usize> = (0..layers.len()).filter(|layer| self.columns.strips[layer / 2] == strip).collect();
            let items = own.iter().flat_map(|layer| &layers[*layer]).copied();
            let bands: BTreeSet<Band> = items.map(|item| self.layers.items[item].band).collect();
            let mut least = i32::MIN;
            for (position, band) in bands.iter().enumerate() {
                if position > 0 {
                    least += above(*band);
                    for layer in &own {
                        let first = layers[*layer].iter().find(|item| self.layers.items[**item].band == *band);
                        if let Some(first) = first.copied() {
                            self.ys[first] = self.ys[first].max(least + self.extent(first).0);
                            self.push_down(&layers[*layer], &spreads[*layer]);
                        }
                    }
                }
                let is_in = |item: &&usize| self.layers.items[**item].band == *band;
                let inside = own.iter().flat_map(|layer| layers[*layer].iter().filter(is_in));
                let end = inside.map(|item| self.ys[*item] + self.extent(*item).1).max().unwrap_or_default();
                limits.insert((strip, *band), (least, if position + 1 < bands.len() { end } else { i32::MAX }));
                least = end + PAD;
            }
        }
        limits
    }

    /// Areas, and the boundaries on their left.
    pub(super) fn areas(&self, edges: &[Wire], height: i32) -> (Vec<PlacedArea>, Vec<Rect>) {
        let (mut areas, mut walls) = (Vec::new(), Vec::new());
        for (strip, within) in self.columns.areas.iter().enumerate() {
            let layers = (0..self.xs.len()).filter(|layer| self.columns.strips[layer / 2] == strip);
            let Some(first) = layers.clone().min() else { continue };
            let left = self.xs[first].0 - PAD;
            let width = self.edges[strip] - left;
            let bands: BTreeSet<Band> = self
                .layers
                .items
                .iter()
                .filter(|item| self.columns.strips[item.layer / 2] == strip)
                .map(|item| item.band)
                .collect();
            for (place, area) in within.iter().enumerate() {
                let is_in = |item: &usize| {
                    let Item { layer, band, .. } = self.layers.items[*item];
                    self.columns.strips[layer / 2] == strip && band == Band::Area(place)
                };
                let own = (0..self.ys.len()).filter(is_in);
                let top =
                    own.clone().map(|item| self.ys[item] - self.extent(item).0).min().unwrap_or_default() - TITLE - 4;
                let bottom = own.map(|item| self.ys[item] + self.extent(item).1).max().unwrap_or_default() + PAD;
                let y = if bands.first() == Some(&Band::Area(place)) { 0 } else { top };
                let end = if bands.last() == Some(&Band::Area(place)) { height } else { bottom };
                let rect = Rect { x: left, y, width, height: end - y };
                areas.push(PlacedArea { area: *area, rect });
                let is_walled = matches!(self.request.areas[*area].ground, Ground::Inside | Ground::Outside);
                if strip > 0 && is_walled {
                    let wall = Rect { x: left - BORDER / 2 - WALL / 2, y, width: WALL, height: rect.height };
                    walls.extend(self.known_parts(wall, edges));
                }
            }
        }
        (areas, walls)
    }

    /// A boundary without the places where it is crossed by lines of which nobody says where they come from.
    fn known_parts(&self, wall: Rect, edges: &[Wire]) -> Vec<Rect> {
        let is_unknown = |node: usize| self.request.areas[self.request.nodes[node].area].ground == Ground::Unknown;
        let mut gaps: Vec<i32> = Vec::new();
        for (edge, wire) in self.request.edges.iter().zip(edges) {
            if !is_unknown(edge.from) && !is_unknown(edge.to) {
                continue;
            }
            let mut at = wire.start;
            for step in &wire.steps {
                let end = step.end();
                if at.x.min(end.x) <= wall.x
                    && at.x.max(end.x) >= wall.right()
                    && (wall.y..=wall.bottom()).contains(&at.y)
                {
                    gaps.push(at.y);
                }
                at = end;
            }
        }
        gaps.sort_unstable();
        let mut parts = Vec::new();
        let mut y = wall.y;
        for gap in gaps {
            if gap - GAP > y {
                parts.push(Rect { y, height: gap - GAP - y, ..wall });
            }
            y = y.max(gap + GAP);
        }
        if y < wall.bottom() {
            parts.push(Rect { y, height: wall.bottom() - y, ..wall });
        }
        parts
    }
}

/// Room between a line and the end of a boundary that it does not cross.
const GAP: i32 = 8;

/// Room above a band that follows another one.
pub(super) fn above(band: Band) -> i32 {
    match band {
        Band::Area(_) => TITLE + PAD,
        Band::Above | Band::Below => PAD,
    }
}
