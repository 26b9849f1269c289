//! Pictures: whatever the graph, nothing overlaps and nothing is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use rutter::inside::render::diagram::layout::{
    Area, Edge, Ground, Layout, NodeBox, Placed, Point, Rect, Request, Size, Step, Wire,
};
use rutter::inside::render::diagram::{Layered, Star};
use scraper::{Html, Selector};

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
        Edge { from, to, label: if has_label { label } else { Size::default() } }
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
        let points = walk(route);
        for (node, rect) in placed.nodes.iter().enumerate() {
            let through = points.iter().find(|point| holds(*rect, **point, 1));
            assert!(through.is_none(), "{what}: line {position} runs through box {node} at {through:?}");
        }
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

#[test]
fn nothing_overlaps_around_any_component() {
    for seed in 0..200 {
        let request = star_of(any_graph(seed, 15, 40));
        judge(&format!("star {seed}"), &request, &Star.place(&request));
    }
}

/// All pages with a picture: folder → page and picture.
fn pictures(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, (Html, Html)> {
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let folders = files.keys().filter_map(|path| path.strip_suffix("diagram.svg"));
    folders
        .map(|folder| {
            let page = Html::parse_document(&text(&format!("{folder}index.html")));
            let picture = Html::parse_document(&text(&format!("{folder}diagram.svg")));
            (folder.to_owned(), (page, picture))
        })
        .collect()
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
    for (folder, (page, picture)) in &pictures {
        assert_eq!(rows(page), anchors(page), "{folder}");
        assert_eq!(rows(page), anchors(picture), "{folder}diagram.svg");
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
    for (path, bytes) in
        files.iter().filter(|(path, _)| path.ends_with("/diagram.svg") || path.ends_with("/diagram.mmd"))
    {
        let expected = case.join("expected").join(path);
        std::fs::create_dir_all(expected.parent().unwrap()).unwrap();
        expect(String::from_utf8(bytes.clone()).unwrap(), &expected);
        count += 1;
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
    assert!(files.contains_key("en/odd/c7/diagram.svg"), "each component still has its picture");
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
        for line in node.select(&Selector::parse("text").unwrap()) {
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

/// The pictures of `tests/diagrams`: page and picture.
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
    let (page, mermaid) = drawn("en/components/clock/");
    let expected = ["Relay (Office control) → Clock: 123/UDP", "Relay (Plant control) → Clock: 123/UDP"];
    assert_eq!(words(&page), expected);
    for product in ["Office control", "Plant control"] {
        assert!(mermaid.contains(&format!("\"Relay ({product})\"")), "{mermaid}");
    }
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
fn what_no_client_opens_looks_unlike_what_stays_on_one_computer() {
    let (page, mermaid) = drawn("en/plant/");
    assert_eq!(class_of(&page, "upkeep"), "edge local");
    assert_eq!(class_of(&page, "replication"), "edge internal");
    let key = |class: &str| {
        let samples = select(&page, ".keys > li").into_iter();
        let sample = Selector::parse(&format!("g.edge.{class}")).unwrap();
        let mut keys = samples.filter(|key| key.select(&sample).next().is_some());
        keys.next().unwrap().text().collect::<String>()
    };
    assert!(key("local").contains("does not cross the network"), "{}", key("local"));
    assert!(key("internal").contains("no client"), "{}", key("internal"));
    assert!(mermaid.contains("stroke-dasharray:1.5 3.5") && mermaid.contains("stroke-dasharray:9 3 2 3"), "{mermaid}");
    let list = words(&page);
    assert!(list.iter().any(|words| words.starts_with("Database → Database: 5433/TCP (")), "{list:?}");
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
    assert!(mermaid.contains("443/TCP, 8002/TCP\u{a0}[b]<br/>[b] Within one computer"), "{mermaid}");
    assert!(mermaid.contains("443/TCP, 8002/TCP\u{a0}[a]<br/>[a] Internal: no connections from clients"), "{mermaid}");
    let page = Html::parse_document(&text("en/odd/index.html"));
    let list = words(&page);
    assert!(list.contains(&"Agent → Relay: 443/TCP, 8002/TCP\u{a0}[b]".to_owned()), "{list:?}");
    assert!(list.contains(&"Manager → Manager: 443/TCP, 8002/TCP\u{a0}[a]".to_owned()), "{list:?}");
    let said: String = select(&page, ".diagram figcaption").iter().flat_map(scraper::ElementRef::text).collect();
    assert!(said.contains("[b] Within one computer") && said.contains("A letter beside a port"), "{said}");
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
