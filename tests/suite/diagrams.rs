//! Pictures: whatever the graph, nothing overlaps and nothing is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use rutter::inside::render::diagram::layout::{
    Area, Edge, Ground, Layout, NodeBox, Placed, Point, Rect, Request, Size, Step, Wire,
};
use rutter::inside::render::diagram::{Layered, Star};
use scraper::{Html, Selector};

mod geometry;

use geometry::Seen;

use crate::support::{expect, load, real_files, render, repository, site_files, small_site};

/// Random numbers that are the same on every run (Knuth's MMIX generator).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn size(&mut self, most: usize) -> i32 {
        i32::try_from(self.below(most)).unwrap()
    }
}

/// A graph with boxes, labels and areas of any size; both directions and loops occur.
fn any_graph(seed: u64, most_nodes: usize, most_edges: usize) -> Request {
    let mut random = Random(seed);
    let grounds = [
        Ground::Inside,
        Ground::Beside,
        Ground::Inside,
        Ground::Unknown,
        Ground::Outside,
        Ground::Beside,
        Ground::Outside,
    ];
    let skipped = random.below(7);
    let areas: Vec<Area> =
        grounds.iter().skip(skipped).map(|ground| Area { title: 30 + random.size(200), ground: *ground }).collect();
    let count = 1 + random.below(most_nodes);
    let node = |random: &mut Random| NodeBox {
        size: Size { width: 60 + random.size(200), height: 30 + random.size(150) },
        area: random.below(areas.len()),
        bracket: if random.below(4) == 0 { 14 } else { 0 },
    };
    let nodes: Vec<NodeBox> = (0..count).map(|_| node(&mut random)).collect();
    let hubs = 1 + random.below(count);
    let pairs: BTreeSet<(usize, usize)> = (0..random.below(most_edges + 1))
        .map(|_| {
            let (hub, other) = (random.below(hubs), random.below(count));
            if random.below(2) == 0 { (hub, other) } else { (other, hub) }
        })
        .collect();
    let edge = |(from, to): (usize, usize)| {
        let has_label = random.below(5) > 0;
        let label = Size { width: 20 + random.size(160), height: 16 + random.size(90) };
        let is_within = from == to && random.below(2) == 0;
        Edge { from, to, label: if has_label && !is_within { label } else { Size::default() }, is_within }
    };
    Request { nodes, edges: pairs.into_iter().map(edge).collect(), areas }
}

/// The same graph seen from its first box.
fn star_of(mut request: Request) -> Request {
    request.edges.retain(|edge| edge.from == 0 || edge.to == 0);
    let met: BTreeSet<usize> = request.edges.iter().flat_map(|edge| [edge.from, edge.to]).chain([0]).collect();
    let new: BTreeMap<usize, usize> = met.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    request.nodes = met.iter().map(|old| request.nodes[*old]).collect();
    request.edges.iter_mut().for_each(|edge| (edge.from, edge.to) = (new[&edge.from], new[&edge.to]));
    request
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

/// Points along a way, a few pixels apart.
fn walk(route: &Wire) -> Vec<Point> {
    let mut points = vec![route.start];
    let mut at = route.start;
    for step in &route.steps {
        let end = step.end();
        let count = ((end.x - at.x).abs() + (end.y - at.y).abs()).max(2) / 2;
        for part in 1..=count {
            let share = f64::from(part) / f64::from(count);
            let between = |from: i32, to: i32, share: f64| {
                #[expect(clippy::cast_possible_truncation, reason = "pixels")]
                let place = (f64::from(from) + f64::from(to - from) * share).round() as i32;
                place
            };
            points.push(match step {
                Step::Line(_) => Point { x: between(at.x, end.x, share), y: between(at.y, end.y, share) },
                // A cubic curve whose handles lie level at half the way.
                Step::Bend(_) => {
                    let across = 1.5 * share * (1.0 - share) + share.powi(3);
                    let along = share * share * (3.0 - 2.0 * share);
                    Point { x: between(at.x, end.x, across), y: between(at.y, end.y, along) }
                }
            });
        }
        at = end;
    }
    points
}

fn holds(rect: Rect, point: Point, margin: i32) -> bool {
    point.x > rect.x + margin
        && point.x < rect.right() - margin
        && point.y > rect.y + margin
        && point.y < rect.bottom() - margin
}

/// Everything a layout promises.
fn judge(what: &str, request: &Request, placed: &Placed) {
    let whole = Rect { x: 0, y: 0, width: placed.size.width, height: placed.size.height };
    let labels: Vec<(usize, Rect)> =
        placed.edges.iter().enumerate().filter_map(|(edge, route)| Some((edge, route.label?))).collect();
    assert_eq!(
        labels.len(),
        request.edges.iter().filter(|edge| edge.label.width > 0).count(),
        "{what}: a label is lost"
    );
    for (position, node) in placed.nodes.iter().enumerate() {
        let asked = request.nodes[position].size;
        assert!(node.width >= asked.width && node.height >= asked.height, "{what}: box {position} is too small");
        assert!(
            whole.x <= node.x && node.right() <= whole.right() && whole.y <= node.y && node.bottom() <= whole.bottom()
        );
        for other in &placed.nodes[position + 1..] {
            assert!(!overlap(*node, *other), "{what}: boxes {node:?} and {other:?} overlap");
        }
        for (edge, label) in &labels {
            assert!(!overlap(*node, *label), "{what}: label of line {edge} lies on box {position}");
        }
        for area in &placed.areas {
            let is_own = area.area == request.nodes[position].area;
            assert!(is_own || !overlap(area.rect, *node), "{what}: box {position} stands in a foreign area");
        }
        let is_home = |area: &rutter::inside::render::diagram::layout::PlacedArea| {
            area.area == request.nodes[position].area && overlap(area.rect, *node)
        };
        let is_hub = placed.areas.iter().all(|area| !overlap(area.rect, *node));
        assert!(is_hub || placed.areas.iter().any(is_home), "{what}: box {position} is outside its area");
    }
    for (position, (edge, label)) in labels.iter().enumerate() {
        for (other, second) in &labels[position + 1..] {
            assert!(!overlap(*label, *second), "{what}: labels of lines {edge} and {other} overlap");
        }
    }
    for (position, (edge, route)) in request.edges.iter().zip(&placed.edges).enumerate() {
        if edge.is_within {
            assert!(*route == Wire::default(), "{what}: line {position} leaves its box");
            continue;
        }
        let points = walk(route);
        for (node, rect) in placed.nodes.iter().enumerate() {
            let through = points.iter().find(|point| holds(*rect, **point, 1));
            assert!(through.is_none(), "{what}: line {position} runs through box {node} at {through:?}");
        }
        let last = points[points.len() - 1];
        let is_long = edge.from == edge.to || (route.start.x - last.x).abs() >= 18;
        assert!(is_long, "{what}: line {position} has no room for its head: {:?} to {last:?}", route.start);
        for (other, label) in labels.iter().filter(|(other, _)| *other != position) {
            let through = points.iter().find(|point| holds(*label, **point, 1));
            assert!(through.is_none(), "{what}: line {position} runs through the label of {other} at {through:?}");
        }
        if let Some(label) = route.label {
            let center = label.center();
            let is_near = |point: &Point| (point.x - center.x).abs() <= 2 && (point.y - center.y).abs() <= 2;
            assert!(points.iter().any(is_near), "{what}: the label of line {position} is not on it");
        }
        for (end, node) in [(route.start, edge.from), (points[points.len() - 1], edge.to)] {
            let rect = placed.nodes[node];
            let is_beside = (end.x == rect.x || end.x == rect.right()) && (rect.y..=rect.bottom()).contains(&end.y);
            let is_below = end.y == rect.bottom() && (rect.x..=rect.right()).contains(&end.x);
            assert!(is_beside || is_below, "{what}: line {position} does not meet box {node}: {end:?}, {rect:?}");
        }
    }
    for (position, area) in placed.areas.iter().enumerate() {
        for other in &placed.areas[position + 1..] {
            assert!(!overlap(area.rect, other.rect), "{what}: areas overlap");
        }
        for wall in &placed.walls {
            assert!(!overlap(area.rect, *wall), "{what}: a boundary stands in an area");
        }
    }
}

#[test]
fn nothing_overlaps_in_any_graph() {
    for seed in 0..200 {
        let request = any_graph(seed, 15, 30);
        let placed = Layered.place(&request);
        judge(&format!("graph {seed}"), &request, &placed);
        assert!(placed == Layered.place(&request), "graph {seed} is placed otherwise the second time");
    }
    for seed in 0..20 {
        let request = any_graph(seed, 30, 60);
        judge(&format!("large graph {seed}"), &request, &Layered.place(&request));
    }
}

/// A graph like those of products: a few hubs, three areas, every party met by a hub.
fn hub_graph(seed: u64) -> Request {
    let mut random = Random(seed * 7919 + 13);
    let count = 8 + random.below(18);
    let middle = if seed.is_multiple_of(2) { Ground::Inside } else { Ground::Unknown };
    let area = |title, ground| Area { title, ground };
    let areas = vec![area(90, Ground::Inside), area(80, middle), area(60, Ground::Outside)];
    let node = |random: &mut Random| NodeBox {
        size: Size { width: 84 + random.size(62), height: 35 + 17 * random.size(3) },
        area: [0, 0, 0, 1, 1, 2, 2][random.below(7)],
        bracket: 0,
    };
    let nodes = (0..count).map(|_| node(&mut random)).collect();
    let hubs = 3 + random.below(5);
    let lines = count + random.below(count * 2 / 3 + 1);
    let mut pairs = BTreeSet::new();
    for other in 0..count {
        let hub = random.below(hubs);
        if hub != other {
            pairs.insert(if random.below(3) == 0 { (other, hub) } else { (hub, other) });
        }
    }
    while pairs.len() < lines {
        let (hub, other) = (random.below(hubs + 2).min(count - 1), random.below(count));
        if hub != other {
            pairs.insert(if random.below(2) == 0 { (hub, other) } else { (other, hub) });
        }
    }
    let edge = |(from, to)| {
        let label = Size { width: 50 + random.size(60), height: 20 + 16 * random.size(3) };
        Edge { from, to, label, is_within: false }
    };
    Request { nodes, edges: pairs.into_iter().map(edge).collect(), areas }
}

/// What no picture does: bend a line at a boundary, claim a boundary where nobody knows, or lead a line or
/// put a label through a zone that it has nothing to do with.
fn judge_zones(what: &str, seen: &Seen) {
    assert_eq!(seen.bent_at_walls(), 0, "{what}: a line bends where it crosses a boundary");
    assert_eq!(seen.walled_unknown(), 0, "{what}: a boundary before a party of which nobody says where it is");
    assert_eq!(seen.in_foreign_areas(), (0, 0), "{what}: a line or a label in a foreign zone");
}

#[test]
fn lines_cross_boundaries_level_and_go_round_foreign_zones() {
    for seed in 0..200 {
        let request = any_graph(seed, 15, 30);
        judge_zones(&format!("graph {seed}"), &Seen::of(&request, &Layered.place(&request)));
    }
}

#[test]
fn lines_cross_seldom() {
    let (mut all, mut large) = (Vec::new(), Vec::new());
    for seed in 0..40 {
        let request = hub_graph(seed);
        let placed = Layered.place(&request);
        let seen = Seen::of(&request, &placed);
        judge(&format!("hubs {seed}"), &request, &placed);
        judge_zones(&format!("hubs {seed}"), &seen);
        all.push(seen.crossings());
        if request.edges.len() >= 22 {
            large.push(seen.crossings());
        }
    }
    let mean = |counts: &[usize]| counts.iter().sum::<usize>() / counts.len();
    assert!(mean(&all) < 10 && mean(&large) <= 14, "{all:?}, {large:?}");
}

/// Graphs that no product has.
#[test]
fn extreme_graphs_are_placed_as_well() {
    let ground = |count: usize| [Ground::Inside, Ground::Unknown, Ground::Outside, Ground::Outside][count % 4];
    let request = |areas: &[Ground], nodes: &[usize], pairs: &[(usize, usize)]| {
        let label = Size { width: 60, height: 20 };
        Request {
            areas: areas.iter().map(|ground| Area { title: 80, ground: *ground }).collect(),
            nodes: nodes
                .iter()
                .map(|area| NodeBox { size: Size { width: 100, height: 40 }, area: *area, bracket: 0 })
                .collect(),
            edges: pairs.iter().map(|(from, to)| Edge { from: *from, to: *to, label, is_within: false }).collect(),
        }
    };
    let star: Vec<_> = (1..61).map(|other| if other % 3 == 0 { (other, 0) } else { (0, other) }).collect();
    let everybody: Vec<_> = (0..10).flat_map(|from| (0..10).map(move |to| (from, to))).collect();
    let eight = [
        Ground::Inside,
        Ground::Inside,
        Ground::Inside,
        Ground::Unknown,
        Ground::Outside,
        Ground::Outside,
        Ground::Outside,
        Ground::Outside,
    ];
    let chain: Vec<_> = (0..16).map(|from| (from, (from * 7 + 5) % 16)).filter(|(from, to)| from != to).collect();
    let in_turn = |count: usize, areas: usize| (0..count).map(|node| node % areas).collect::<Vec<_>>();
    for (what, request) in [
        ("one zone", request(&[Ground::Inside], &[0; 16], &chain)),
        ("no zone", request(&[Ground::Unknown], &[0; 16], &chain)),
        ("eight zones", request(&eight, &in_turn(16, 8), &chain)),
        ("a hub with 60 partners", request(&[ground(0), ground(1), ground(2)], &in_turn(61, 3), &star)),
        ("all with all", request(&[ground(0), ground(2)], &in_turn(10, 2), &everybody)),
        ("a loop", request(&[Ground::Inside], &[0], &[(0, 0)])),
    ] {
        let placed = Layered.place(&request);
        judge(what, &request, &placed);
        judge_zones(what, &Seen::of(&request, &placed));
    }
}

/// The overviews of the real products, in all languages, as they stand in their files.
#[test]
fn overviews_can_be_read_at_a_glance() {
    let files = render(&load(&real_files()));
    for locale in ["en", "ja", "de"] {
        let (mut labels, mut rightward, mut lines, mut turns, mut area) = (0, 0, 0, 0, 0.0);
        let crossings = [
            ("deep-security", 8),
            ("server-workload-protection", 11),
            ("web-security-gateway", 0),
            ("cloud-one-workload-security", 0),
        ];
        for (product, most) in crossings {
            let what = format!("{locale}/{product}");
            let seen = Seen::read(std::str::from_utf8(&files[&format!("{what}/diagram.svg")]).unwrap());
            judge_zones(&what, &seen);
            assert!(seen.crossings() <= most, "{what}: {} crossings", seen.crossings());
            let (right, all) = seen.rightward();
            (labels, rightward, lines) = (labels + seen.labels, rightward + right, lines + all);
            (turns, area) = (turns + seen.turns(), area + seen.area() / 4e6);
        }
        assert!(labels <= 40, "{locale}: {labels} labels");
        assert!(rightward * 5 >= lines * 4, "{locale}: {rightward} of {lines} lead to the right");
        assert!(turns <= lines * 4 && area <= 0.87, "{locale}: {turns} quarter turns of {lines} lines, {area} Mpx");
    }
}

/// A line that ends at one row of a list would say that the others have nothing to do with it.
#[test]
fn lines_to_a_list_end_at_a_bracket_that_leads_to_each_row() {
    let pictures = pictures(&render(&load(&real_files())));
    let mut count = 0;
    let seen =
        pictures.iter().flat_map(|(folder, (page, file))| [page].into_iter().chain(file).map(move |at| (folder, at)));
    for (folder, picture) in seen {
        let within = |node: &scraper::ElementRef<'_>, selector: &str| {
            node.select(&Selector::parse(selector).unwrap())
                .map(|found| found.attr("d").unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        for list in select(picture, ".node.list") {
            let rows = list.select(&Selector::parse(".row").unwrap()).count();
            let (spines, stubs) = (within(&list, ".spine"), within(&list, ".stub > path:first-child"));
            assert!(!spines.is_empty() && stubs.len() == rows * spines.len(), "{folder}: {spines:?} {stubs:?}");
            let id = list.attr("data-node").unwrap();
            for edge in select(picture, ".edge[data-ends]") {
                let (from, to) = edge.attr("data-ends").unwrap().split_once(' ').unwrap();
                if from != id && to != id {
                    continue;
                }
                count += 1;
                assert!(
                    to != id || edge.select(&Selector::parse(".head").unwrap()).next().is_none(),
                    "{folder}: a head at a list"
                );
                let path = edge.select(&Selector::parse("path").unwrap()).next().unwrap().attr("d").unwrap();
                let way = geometry::walk(path).0;
                let end = if to == id { way[way.len() - 1] } else { way[0] };
                let on = |spine: &String| {
                    let numbers: Vec<f64> = spine
                        .split(['M', ' ', 'V'])
                        .filter(|part| !part.is_empty())
                        .map(|part| part.parse().unwrap())
                        .collect();
                    (numbers[0] - end.0).abs() < 0.5 && (numbers[1]..=numbers[2]).contains(&end.1)
                };
                assert!(spines.iter().any(on), "{folder}: {end:?} is on none of {spines:?}");
            }
        }
    }
    assert!(count > 20, "{count} lines");
}

#[test]
fn nothing_overlaps_around_any_component() {
    for seed in 0..200 {
        let request = star_of(any_graph(seed, 15, 40));
        judge(&format!("star {seed}"), &request, &Star.place(&request));
    }
}

/// All pages with a picture: folder → page and, beside a product and a scenario, the picture as a file.
fn pictures(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, (Html, Option<Html>)> {
    let read = |bytes: &Vec<u8>| Html::parse_document(std::str::from_utf8(bytes).unwrap());
    let folders = files.keys().filter_map(|path| path.strip_suffix("index.html"));
    let pages = folders.map(|folder| {
        let file = files.get(&format!("{folder}diagram.svg")).map(read);
        (folder.to_owned(), (read(&files[&format!("{folder}index.html")]), file))
    });
    let pages: BTreeMap<_, _> = pages.filter(|(_, (page, _))| !select(page, "svg.sheet").is_empty()).collect();
    let with_file = pages.values().filter(|(_, file)| file.is_some()).count();
    assert_eq!(with_file, files.keys().filter(|path| path.ends_with("diagram.svg")).count(), "a file of no picture");
    for (folder, (page, file)) in &pages {
        assert_ne!(file.is_some(), is_of_component(page), "{folder}");
    }
    pages
}

/// Whether a page with a picture is that of a component: its script makes a file of it.
fn is_of_component(page: &Html) -> bool {
    !select(page, ".diagram .files[data-svg]").is_empty()
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// Anchors of the rows that the labels of a picture lead to.
fn anchors(html: &Html) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for link in select(html, "svg a[href]") {
        anchors.extend(link.attr("data-flows").into_iter().flat_map(str::split_whitespace).map(str::to_owned));
        anchors.extend(link.attr("href").and_then(|href| href.split_once('#')).map(|(_, anchor)| anchor.to_owned()));
    }
    anchors
}

fn rows(page: &Html) -> BTreeSet<String> {
    select(page, "table.flows tbody tr[id]").iter().map(|row| row.attr("id").unwrap().to_owned()).collect()
}

#[test]
fn every_flow_of_a_page_is_in_its_picture() {
    let pictures = pictures(&render(&load(&real_files())));
    assert!(pictures.len() > 200, "{} pictures", pictures.len());
    for (folder, (page, file)) in &pictures {
        assert_eq!(rows(page), anchors(page), "{folder}");
        if let Some(picture) = file {
            assert_eq!(rows(page), anchors(picture), "{folder}diagram.svg");
        }
    }
}

#[test]
fn every_locale_sees_the_same_picture() {
    let pictures = pictures(&render(&load(&real_files())));
    let places = |folder: &str| {
        let shapes = select(&pictures[folder].0, ".sheet .node > rect, .sheet .edge > path, .sheet .area > rect");
        shapes.iter().map(|shape| format!("{:?}", shape.value().attrs().collect::<Vec<_>>())).collect::<Vec<_>>()
    };
    for folder in pictures.keys().filter_map(|folder| folder.strip_prefix("en/")) {
        for locale in ["ja", "de"] {
            assert_eq!(places(&format!("en/{folder}")), places(&format!("{locale}/{folder}")), "{folder}");
        }
    }
}

#[test]
fn pictures_are_drawn_as_expected() {
    let case = repository().join("tests/diagrams");
    let files = render(&load(&site_files(&case)));
    let mut count = 0;
    let mut check = |path: &str, text: &str| {
        let expected = case.join("expected").join(path);
        std::fs::create_dir_all(expected.parent().unwrap()).unwrap();
        expect(text.to_owned(), &expected);
        count += 1;
    };
    for (path, bytes) in &files {
        let text = || std::str::from_utf8(bytes).unwrap();
        if path.ends_with("/diagram.svg") || path.ends_with("/diagram.mmd") {
            check(path, text());
        }
        // What no file has is drawn on its page.
        let Some(folder) = path.strip_suffix("index.html") else { continue };
        let Some((_, rest)) = text().split_once("<svg class=\"sheet\"") else { continue };
        if !files.contains_key(&format!("{folder}diagram.svg")) {
            let (sheet, _) = rest.split_once("</svg>").unwrap();
            check(&format!("{folder}sheet.svg"), &format!("<svg class=\"sheet\"{sheet}</svg>\n"));
        }
    }
    assert_eq!(count, crate::support::files_below(&case.join("expected")).len(), "an expected picture is not drawn");
}

/// A site with one product of these components and flows, in English.
fn product(components: &str, flows: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = small_site();
    files.remove("content/products/small.yaml");
    let head = "name: Odd\nsummary: { en: Odd. }\nsources: { s: { title: S, read: 2026-11-21, rows: 0 } }\n";
    let text = format!("{head}components:\n{components}flows:\n{flows}");
    files.insert("content/products/odd.yaml".to_owned(), text.into_bytes());
    files
}

fn flow(id: &str, from: &str, to: &str) -> String {
    format!("  {id}: {{ from: {from}, to: {to}, ports: 443/tcp, purpose: {{ en: Talks. }} }}\n")
}

#[test]
fn a_product_whose_only_component_talks_to_itself_has_a_picture() {
    let files = render(&load(&product("  alone: { name: Alone }\n", &flow("itself", "alone", "alone"))));
    let page = &pictures(&files)["en/odd/"].0;
    assert_eq!(select(page, "svg .node").len(), 1);
    assert_eq!(select(page, ".sheet .edge").len(), 1);
    assert_eq!(rows(page), anchors(page));
}

#[test]
fn too_many_parties_are_a_list_with_a_word_why() {
    let mut components = String::new();
    let mut flows = String::new();
    for number in 0..200 {
        writeln!(components, "  c{number}: {{ name: Component {number} }}").unwrap();
        flows.push_str(&flow(&format!("f{number}"), &format!("c{number}"), &format!("c{}", (number + 1) % 200)));
    }
    let files = render(&load(&product(&components, &flows)));
    assert!(!files.contains_key("en/odd/diagram.svg") && !files.contains_key("en/odd/diagram.mmd"));
    let page = Html::parse_document(std::str::from_utf8(&files["en/odd/index.html"]).unwrap());
    let caption: String = select(&page, ".diagram figcaption").iter().flat_map(scraper::ElementRef::text).collect();
    assert!(caption.contains("too many components"), "{caption:?}");
    assert!(select(&page, ".diagram svg").is_empty());
    let component = Html::parse_document(std::str::from_utf8(&files["en/odd/c7/index.html"]).unwrap());
    assert_eq!(select(&component, "svg.sheet .node").len(), 3, "each component still has its picture");
    assert!(is_of_component(&component) && select(&component, ".files a").is_empty(), "and its product has no file");
}

#[test]
fn a_component_with_too_many_parties_has_a_list_with_a_word_why() {
    let mut components = "  hub: { name: Hub }\n".to_owned();
    let mut flows = String::new();
    for number in 0..200 {
        writeln!(components, "  c{number}: {{ name: Component {number} }}").unwrap();
        flows.push_str(&flow(&format!("f{number}"), "hub", &format!("c{number}")));
    }
    let files = render(&load(&product(&components, &flows)));
    for page in ["en/odd/", "en/odd/hub/"] {
        assert!(!files.contains_key(&format!("{page}diagram.svg")), "{page}");
        let page = Html::parse_document(std::str::from_utf8(&files[&format!("{page}index.html")]).unwrap());
        let caption: String = select(&page, ".diagram figcaption").iter().flat_map(scraper::ElementRef::text).collect();
        assert!(caption.contains("too many components"), "{caption:?}");
        assert!(select(&page, ".diagram :is(svg, .files)").is_empty());
        assert_eq!(rows(&page).len(), 200);
    }
}

#[test]
fn many_parties_of_one_become_a_list() {
    let mut components = "  hub: { name: Hub }\n".to_owned();
    let mut flows = String::new();
    for number in 0..30 {
        writeln!(components, "  c{number}: {{ name: Component {number} }}").unwrap();
        flows.push_str(&flow(&format!("f{number}"), &format!("c{number}"), "hub"));
    }
    let files = render(&load(&product(&components, &flows)));
    let page = &pictures(&files)["en/odd/"].0;
    assert_eq!((select(page, "svg .node").len(), select(page, "svg .row").len()), (2, 30));
    assert_eq!(rows(page), anchors(page));
}

#[test]
fn odd_names_keep_to_their_boxes() {
    let names = ["x".repeat(200), "word ".repeat(40), "🧱".repeat(60), "خادم الأسماء ".repeat(12), "名".repeat(200)];
    let mut components = String::new();
    let mut flows = String::new();
    for (number, name) in names.iter().enumerate() {
        writeln!(components, "  c{number}: {{ name: {:?} }}", name.trim()).unwrap();
        flows.push_str(&flow(
            &format!("f{number}"),
            &format!("c{number}"),
            &format!("c{}", (number + 1) % names.len()),
        ));
    }
    let files = render(&load(&product(&components, &flows)));
    let page = &pictures(&files)["en/odd/"].0;
    assert_eq!(select(page, "svg .node").len(), names.len());
    for (node, name) in select(page, "svg .node").iter().zip(&names) {
        let number =
            |element: &scraper::ElementRef<'_>, name: &str| element.attr(name).unwrap().parse::<i32>().unwrap();
        let shape = node.select(&Selector::parse("rect").unwrap()).next().unwrap();
        let (x, y, width, height) =
            (number(&shape, "x"), number(&shape, "y"), number(&shape, "width"), number(&shape, "height"));
        let mut shown = String::new();
        for line in node.select(&Selector::parse("a > text").unwrap()) {
            let text: String = line.text().collect();
            let half = rutter::inside::render::diagram::measure::width(&text, 13) / 2;
            let (middle, base) = (number(&line, "x"), number(&line, "y"));
            assert!(
                middle - half >= x && middle + half <= x + width && base > y && base < y + height,
                "{text}: {middle} {half} {base} in {x} {y} {width} {height}"
            );
            // A word that is parted has hyphens of its own.
            shown.push_str(text.trim_end_matches('-'));
        }
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(letters(&shown), letters(name), "a part of the name is lost");
    }
}

#[test]
fn a_product_without_flows_has_no_picture() {
    let mut files = product("  alone: { name: Alone }\n", "");
    let text = String::from_utf8(files["content/products/odd.yaml"].clone()).unwrap();
    files.insert("content/products/odd.yaml".to_owned(), text.replace("flows:\n", "flows: {}\n").into_bytes());
    let files = render(&load(&files));
    assert!(!files.contains_key("en/odd/diagram.svg"));
    assert!(!String::from_utf8_lossy(&files["en/odd/index.html"]).contains("_diagram"));
}

/// The picture of a product of `tests/diagrams`: its page and Mermaid text.
fn drawn(folder: &str) -> (Html, String) {
    let files = render(&load(&site_files(&repository().join("tests/diagrams"))));
    let text = |name: &str| String::from_utf8(files[&format!("{folder}{name}")].clone()).unwrap();
    (Html::parse_document(&text("index.html")), text("diagram.mmd"))
}

/// The list that says a picture in words.
fn words(page: &Html) -> Vec<String> {
    let find = |element: scraper::ElementRef<'_>, name: &str| {
        let selector = Selector::parse(name).unwrap();
        element.select(&selector).map(|part| part.text().collect()).collect::<Vec<String>>()
    };
    let sources = select(page, ".diagram .words > ul > li").into_iter();
    let connections = sources.flat_map(|source| {
        let name = find(source, "strong").remove(0);
        find(source, "li").into_iter().map(move |connection| format!("{name} {connection}"))
    });
    connections.collect()
}

/// How the line is drawn whose label leads to a row.
fn class_of(page: &Html, anchor: &str) -> String {
    let label = select(page, ".label").into_iter().find(|label| {
        let links = label.select(&Selector::parse("a").unwrap()).collect::<Vec<_>>();
        links.iter().any(|link| {
            link.attr("data-flows").or(link.attr("href")).unwrap().split([' ', '#']).any(|flow| flow == anchor)
        })
    });
    let ends = label.unwrap().attr("data-ends").unwrap().to_owned();
    let edges = select(page, ".sheet .edge");
    edges.iter().find(|edge| edge.attr("data-ends") == Some(&ends)).unwrap().attr("class").unwrap().to_owned()
}

#[test]
fn a_port_of_several_flows_stands_once() {
    let (page, mermaid) = drawn("en/plant/");
    let expected = "53/TCP+UDP, 80, 443/TCP";
    let connection = words(&page).into_iter().find(|words| words.starts_with("Console → Controller")).unwrap();
    let ports: BTreeSet<&str> = connection.split_once(": ").unwrap().1.split(", ").collect();
    assert_eq!(ports, expected.split(", ").collect(), "{connection}");
    assert!(mermaid.contains(connection.split_once(": ").unwrap().1), "{mermaid}");
}

#[test]
fn parties_of_equal_names_are_told_apart_by_their_products() {
    let files = render(&load(&site_files(&repository().join("tests/diagrams"))));
    let page = Html::parse_document(std::str::from_utf8(&files["en/components/clock/index.html"]).unwrap());
    let expected = ["Relay (Office control) → Clock: 123/UDP", "Relay (Plant control) → Clock: 123/UDP"];
    assert_eq!(words(&page), expected);
    let lines = |node: &scraper::ElementRef<'_>| {
        let text = Selector::parse("text").unwrap();
        node.select(&text).map(|line| line.text().collect::<String>()).collect::<Vec<_>>()
    };
    let boxes: Vec<_> = select(&page, ".sheet .node").iter().map(lines).collect();
    assert_eq!(boxes, [vec!["Clock"], vec!["Relay", "Office control"], vec!["Relay", "Plant control"]]);
}

#[test]
fn alternatives_look_like_alternatives_for_the_opener_that_has_them() {
    let (page, mermaid) = drawn("en/plant/");
    assert_eq!(class_of(&page, "mirror"), "edge choice");
    assert_eq!(class_of(&page, "push"), "edge conditional choice", "one of its ports is enough");
    let list = words(&page);
    let found = |start: &str| list.iter().find(|words| words.starts_with(start)).unwrap().as_str();
    assert_eq!(
        found("Relay → Cloud"),
        "Relay → Cloud service: 443, 8080/TCP\u{a0}◇1 (One of several alternatives is enough)"
    );
    assert_eq!(found("Controller → Cloud"), "Controller → Cloud service: 443/TCP", "it has no other way");
    let keys: String = select(&page, ".keys").iter().flat_map(scraper::ElementRef::text).collect();
    assert!(keys.contains("Hollow arrowheads") && keys.contains('◇'), "{keys}");
    assert!(
        mermaid.contains("--o|\"443, 8080/TCP\u{a0}◇1<br/>◇1 One of several alternatives is enough\"|"),
        "{mermaid}"
    );
    assert!(mermaid.contains("-->|\"443/TCP\"|"), "{mermaid}");
}

#[test]
fn an_alternative_that_alone_remains_is_no_alternative() {
    let files = site_files(&repository().join("tests/diagrams"));
    let mut files = files;
    let plant = "content/products/plant.yaml";
    let text = String::from_utf8(files[plant].clone()).unwrap();
    let text = text
        .replace("ports: 8080/tcp,", "ports: 8080/tcp, when: { mode: push },")
        .replace("choose: { mode: pull }", "choose: { mode: [pull] }");
    files.insert(plant.to_owned(), text.into_bytes());
    let files = render(&load(&files));
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let scenario = "en/plant/scenarios/pulling/";
    let page = Html::parse_document(&text(&format!("{scenario}index.html")));
    assert_eq!(class_of(&page, "reports"), "edge chosen");
    assert!(!text(&format!("{scenario}diagram.mmd")).contains('◇'));
}

#[test]
fn what_never_leaves_its_box_is_no_line_and_says_why() {
    let (page, mermaid) = drawn("en/plant/");
    for (anchor, said) in [("upkeep", "Within one computer"), ("replication", "Internal: no connections from clients")]
    {
        let in_box = select(&page, &format!(".sheet .node > .ports a[href='#{anchor}']"));
        let ports: String = in_box.iter().flat_map(scraper::ElementRef::text).collect();
        let letter = ports.split(['[', ']']).nth(1).unwrap_or_else(|| panic!("{anchor}: {ports:?}"));
        let figure: String = select(&page, ".diagram figcaption").iter().flat_map(scraper::ElementRef::text).collect();
        assert!(figure.contains(&format!("[{letter}] {said}")), "{anchor}: {figure}");
        assert!(mermaid.contains(&format!("[{letter}] {said}")), "{mermaid}");
        let lines = select(&page, ".sheet .edge[data-flows]");
        assert!(lines.iter().all(|line| !line.attr("data-flows").unwrap().split(' ').any(|flow| flow == anchor)));
    }
    let list = words(&page);
    assert!(list.iter().any(|words| words.starts_with("Database → Database: 5433/TCP")), "{list:?}");
}

/// What must be blocked is no connection that somebody could take for one that is needed.
#[test]
fn what_must_be_blocked_ends_in_a_cross_and_says_so() {
    let components = "  agent: { name: Agent }\n  relay: { name: Relay }\n";
    let blocked = |text: String| text.replace("purpose", "verdict: block, purpose");
    let flows =
        flow("needed", "agent", "relay") + &flow("answers", "relay", "agent") + &blocked(flow("never", "any", "relay"));
    let mut files = product(components, &flows);
    let path = "content/products/odd.yaml";
    let scenario = "scenarios:\n  plain: { title: Plain }\n";
    let text = String::from_utf8(files[path].clone()).unwrap() + scenario;
    files.insert(path.to_owned(), text.into_bytes());
    let files = render(&load(&files));
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let page = Html::parse_document(&text("en/odd/index.html"));
    assert_eq!(class_of(&page, "needed"), "edge");
    assert_eq!(class_of(&page, "never"), "edge blocked");
    let head = select(&page, ".sheet .edge.blocked .head")[0].attr("d").unwrap();
    assert!(head.contains('m') && !head.ends_with('z'), "a cross has no end to close: {head}");
    let figure: String = select(&page, ".diagram figcaption").iter().flat_map(scraper::ElementRef::text).collect();
    for said in ["Cross in place of an arrowhead", "[a] Must be blocked", "Box with round ends", "443/TCP\u{a0}[a]"] {
        assert!(figure.contains(said), "{said}: {figure}");
    }
    let cell = select(&page, ".matrix a[href='#never']");
    assert!(cell.iter().flat_map(scraper::ElementRef::text).collect::<String>().contains("[a]"));
    assert!(text("en/odd/diagram.mmd").contains("--x|"), "{}", text("en/odd/diagram.mmd"));
    // A scenario says what it needs: no line of it is what it must not have, nor "not needed".
    let page = Html::parse_document(&text("en/odd/scenarios/plain/index.html"));
    assert_eq!(select(&page, ".sheet .edge").len(), 2);
    assert_eq!(select(&page, ".sheet .edge.absent").len(), 0);
}

#[test]
fn what_no_client_opens_looks_unlike_what_stays_on_one_computer() {
    let components = "  agent: { name: Agent }\n  relay: { name: Relay }\n  manager: { name: Manager }\n";
    let scoped = |text: String, scope: &str| text.replace("purpose", &format!("scope: {scope}, purpose"));
    let flows =
        scoped(flow("near", "agent", "relay"), "loopback") + &scoped(flow("inner", "relay", "manager"), "internal");
    let files = render(&load(&product(components, &flows)));
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let page = Html::parse_document(&text("en/odd/index.html"));
    let key = |class: &str| {
        assert_eq!(select(&page, &format!(".sheet .edge.{class}")).len(), 1, "{class}");
        let samples = select(&page, ".keys > li").into_iter();
        let sample = Selector::parse(&format!("g.edge.{class}")).unwrap();
        let mut keys = samples.filter(|key| key.select(&sample).next().is_some());
        keys.next().unwrap().text().collect::<String>()
    };
    assert!(key("local").contains("does not cross the network"), "{}", key("local"));
    assert!(key("internal").contains("no client"), "{}", key("internal"));
    let mermaid = text("en/odd/diagram.mmd");
    assert!(mermaid.contains("stroke-dasharray:1.5 3.5") && mermaid.contains("stroke-dasharray:9 3 2 3"), "{mermaid}");
}

/// A line is drawn once between two parties: what stays off the network has a letter there.
#[test]
fn what_stays_off_the_network_says_so_beside_what_crosses_it() {
    let components = "  agent: { name: Agent }\n  relay: { name: Relay }\n  manager: { name: Manager }\n";
    let quiet = |text: String, scope: &str| {
        text.replace("443/tcp", "8002/tcp").replace("purpose", &format!("scope: {scope}, purpose"))
    };
    let flows = [
        flow("open", "agent", "relay"),
        quiet(flow("local", "agent", "relay"), "loopback"),
        flow("cluster", "manager", "manager"),
        quiet(flow("inner", "manager", "manager"), "internal"),
    ];
    let files = render(&load(&product(components, &flows.concat())));
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let mermaid = text("en/odd/diagram.mmd");
    assert!(
        mermaid.contains("Relay 443/TCP, 8002/TCP\u{a0}[b]") && mermaid.contains("|\"[b] Within one computer\"|"),
        "{mermaid}"
    );
    assert!(mermaid.contains("443/TCP, 8002/TCP\u{a0}[a]<br/>[a] Internal: no connections from clients"), "{mermaid}");
    let page = Html::parse_document(&text("en/odd/index.html"));
    let list = words(&page);
    assert!(list.contains(&"Agent → Relay: 443/TCP, 8002/TCP\u{a0}[b]".to_owned()), "{list:?}");
    assert!(list.contains(&"Manager → Manager: 443/TCP, 8002/TCP\u{a0}[a]".to_owned()), "{list:?}");
    let said: String = select(&page, ".diagram figcaption").iter().flat_map(scraper::ElementRef::text).collect();
    assert!(said.contains("[b] Within one computer") && said.contains("A letter behind ports"), "{said}");
    assert!(text("en/odd/diagram.svg").contains("[b] Within one computer"));
}

/// "80, 80 or 443, 443/TCP" would hide which of them are needed.
#[test]
fn ports_of_which_one_is_enough_stand_apart_from_those_that_are_all_needed() {
    let components = "  agent: { name: Agent }\n  web: { name: Web }\n";
    let with = |id: &str, more: &str| {
        flow(id, "agent", "web").replace("443/tcp", "[80/tcp, 443/tcp]").replace("ports", &format!("{more}ports"))
    };
    let files = render(&load(&product(components, &(with("one", "need: one, ") + &with("all", "")))));
    let page = Html::parse_document(std::str::from_utf8(&files["en/odd/index.html"]).unwrap());
    assert_eq!(words(&page), ["Agent → Web: 80, 443/TCP, 80 or 443/TCP"]);
}

/// The key explains what the picture shows, and nothing else.
#[test]
fn a_key_explains_no_sign_that_is_not_drawn() {
    let components = "  agent: { name: Agent }\n  both: { name: Both }\n  hub: { name: Hub }\n";
    let flows = flow("first", "[agent, both]", "hub") + &flow("second", "agent", "hub").replace("443", "80");
    let mut files = product(components, &flows);
    let odd = files.get_mut("content/products/odd.yaml").unwrap();
    odd.extend_from_slice(b"alternatives: [[first, second]]\n");
    let files = render(&load(&files));
    let page =
        |path: &str| Html::parse_document(std::str::from_utf8(&files[&format!("en/odd/{path}index.html")]).unwrap());
    let figure =
        |path: &str| select(&page(path), ".diagram").iter().flat_map(scraper::ElementRef::text).collect::<String>();
    assert!(figure("agent/").contains('◇') && figure("").contains('◇'));
    assert!(!figure("both/").contains('◇'), "{}", figure("both/"));
}

#[test]
fn a_long_german_name_is_parted_with_hyphens() {
    let mut files =
        product("  alone: { name: Rindfleischetikettierungsüberwachungsaufgabe }\n", &flow("itself", "alone", "alone"));
    let config = "title = \"Odd\"\nsource_locale = \"de\"\nlocales = [\"de\"]\n";
    files.insert("site.toml".to_owned(), config.as_bytes().to_vec());
    for (path, bytes) in &mut files {
        if path.starts_with("content/") {
            *bytes = String::from_utf8(bytes.clone()).unwrap().replace("{ en:", "{ de:").into_bytes();
        }
    }
    let files = render(&load(&files));
    let page = &pictures(&files)["de/odd/"].0;
    let lines: Vec<String> = select(page, ".sheet .node > a > text").iter().map(|line| line.text().collect()).collect();
    let (last, rest) = lines.split_last().unwrap();
    assert!(!rest.is_empty() && rest.iter().all(|line| line.ends_with('-')) && !last.ends_with('-'), "{lines:?}");
}
