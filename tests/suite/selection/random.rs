//! Products that nobody would write: everything a selection decides, thrown together.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::support::small_site;

/// Numbers by Knuth's MMIX generator: the same on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    pub(super) fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    /// Some of a list, in its order; at least one.
    fn some(&mut self, list: &[String]) -> Vec<String> {
        let certain = self.below(list.len());
        let few = 2 + self.below(3);
        let kept = list.iter().enumerate().filter(|(at, _)| *at == certain || self.one_in(few));
        kept.map(|(_, item)| item.clone()).collect()
    }
}

/// An option and its choices.
type Choices = Vec<(String, Vec<String>)>;

/// The files of a site with such a product.
pub(super) fn site(random: &mut Random) -> BTreeMap<String, Vec<u8>> {
    let mut files = small_site();
    let shared: Choices = vec![("age".to_owned(), names("age-", 2)), ("edge".to_owned(), names("edge-", 3))];
    let own: Choices = (0..=random.below(3)).map(|at| (format!("own-{at}"), any_choices(random, at))).collect();
    let all: Choices = shared.iter().chain(&own).cloned().collect();
    let common = options(random, &shared, &[]);
    let ranges = "port-ranges:\n  high: [{ when: { age: age-0 }, range: 20000-20010 }, { when: { age: age-1, edge: edge-1 }, \
                  range: 30000-30010 }]\n";
    files.insert("content/common/drawn.yaml".to_owned(), format!("options:\n{common}{ranges}").into_bytes());
    let mut text =
        "name: Small\nsummary: { en: Small. }\nsources: { manual: { title: Manual, read: 2026-11-21, rows: 0 } }\n"
            .to_owned();
    writeln!(text, "options:\n{}", options(random, &own, &shared)).unwrap();
    if random.one_in(3) {
        text += "defaults: { edge: edge-2 }\n";
    }
    let parties = names("party-", 2 + random.below(5));
    text += "components:\n";
    for (at, party) in parties.iter().enumerate() {
        let machines = if at > 0 && random.one_in(3) { random.some(&parties[..at]) } else { Vec::new() };
        let runs_on = if machines.is_empty() { String::new() } else { format!(", runs-on: [{}]", machines.join(", ")) };
        writeln!(text, "  {party}: {{ name: {party}{runs_on} }}").unwrap();
    }
    let flows = names("flow-", 3 + random.below(7));
    text += "flows:\n";
    for (at, flow) in flows.iter().enumerate() {
        text += &any_flow(random, flow, at, &parties, &all);
    }
    let groups = (0..=random.below(4)).map(|_| any_ways(random, &flows[1..])).filter(|ways| ways.len() > 1);
    let groups: Vec<_> = groups.map(|ways| format!("{{ ways: [{}] }}", ways.join(", "))).collect();
    if !groups.is_empty() {
        writeln!(text, "alternatives: [{}]", groups.join(", ")).unwrap();
    }
    text += "scenarios:\n";
    for at in 0..=random.below(2) {
        let (case, gone) = (any_case(random, &all), random.some(&parties));
        let machine = if random.one_in(3) { format!("machine: {}, ", parties[0]) } else { String::new() };
        let without = if random.one_in(2) { format!(", without: [{}]", gone.join(", ")) } else { String::new() };
        writeln!(text, "  scene-{at}: {{ title: Scene, {machine}choose: {case}{without} }}").unwrap();
    }
    files.insert("content/products/small.yaml".to_owned(), text.into_bytes());
    files
}

fn names(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|at| format!("{prefix}{at}")).collect()
}

/// None: a switch.
fn any_choices(random: &mut Random, at: usize) -> Vec<String> {
    if random.one_in(4) { names("", 0) } else { names(&format!("own-{at}-"), 2 + random.below(3)) }
}

fn options(random: &mut Random, options: &Choices, above: &[(String, Vec<String>)]) -> String {
    let mut text = String::new();
    for (at, (id, choices)) in options.iter().enumerate() {
        write!(text, "  {id}: {{ label: {id}").unwrap();
        if !choices.is_empty() {
            let list: Vec<_> = choices.iter().map(|choice| format!("{choice}: {choice}")).collect();
            write!(text, ", choices: {{ {} }}", list.join(", ")).unwrap();
        }
        if random.one_in(3) {
            let default = if choices.is_empty() { vec!["enabled".to_owned()] } else { random.some(choices) };
            write!(text, ", default: [{}]", default.join(", ")).unwrap();
        }
        let known: Vec<_> = above.iter().chain(&options[..at]).cloned().collect();
        if !known.is_empty() && random.one_in(3) {
            write!(text, ", when: {}", any_case(random, &known)).unwrap();
        }
        text += " }\n";
    }
    text
}

fn any_case(random: &mut Random, options: &[(String, Vec<String>)]) -> String {
    let switch = names("", 0);
    let ids: Vec<String> = options.iter().map(|(id, _)| id.clone()).collect();
    let mut chosen = random.some(&ids);
    chosen.truncate(2);
    let choices = chosen.iter().map(|id| {
        let (_, choices) = options.iter().find(|(known, _)| known == id).unwrap();
        let states = ["enabled".to_owned(), "disabled".to_owned()];
        let choices = random.some(if *choices == switch { &states } else { choices });
        format!("{id}: [{}]", choices.join(", "))
    });
    format!("{{ {} }}", choices.collect::<Vec<_>>().join(", "))
}

fn any_when(random: &mut Random, options: &Choices) -> String {
    let cases: Vec<_> = (0..=random.below(2)).map(|_| any_case(random, options)).collect();
    format!("[{}]", cases.join(", "))
}

fn any_flow(random: &mut Random, id: &str, at: usize, parties: &[String], options: &Choices) -> String {
    let list = |parties: &[String]| format!("[{}]", parties.join(", "));
    let mut keys = Vec::new();
    let is_between = random.one_in(6);
    let (mut has_openers, mut has_listeners) = (!is_between, !is_between);
    if is_between {
        let first = random.below(parties.len() - 1);
        keys.push(format!("between: {}", list(&[parties[first].clone(), parties[first + 1].clone()])));
    } else {
        let from = random.some(parties);
        has_openers = !random.one_in(8);
        keys.push(format!("from: {}", if has_openers { list(&from) } else { "any".to_owned() }));
        let to = random.some(parties);
        has_listeners = !random.one_in(9);
        keys.push(format!("to: {}", if has_listeners { list(&to) } else { "unstated".to_owned() }));
    }
    let port = 1000 + 10 * at;
    keys.push(match random.below(5) {
        0 => format!("ports: [{port}/tcp, {}/tcp+udp, $high/tcp], need: one", port + 1),
        1 => "ports: $high/udp".to_owned(),
        2 => format!("ports: [{port}/udp, {}/tcp], need: one", port + 1),
        _ => format!("ports: {port}/tcp"),
    });
    if random.one_in(2) {
        keys.push(format!("when: {}", any_when(random, options)));
    }
    // What is blocked stands in no group.
    if at == 0 && random.one_in(3) {
        keys.push("verdict: block".to_owned());
    }
    for (key, has_addresses) in [("hosts", has_listeners), ("from-hosts", has_openers)] {
        if has_addresses && random.one_in(3) {
            let hosts: Vec<_> = (0..=random.below(3))
                .map(|host| format!("{{ when: {}, hosts: [h{host}.{key}.example] }}", any_when(random, options)))
                .collect();
            keys.push(format!("{key}: [always.example, {}]", hosts.join(", ")));
        }
    }
    format!("  {id}: {{ {}, purpose: {{ en: Does. }} }}\n", keys.join(", "))
}

/// Two ways or more of one flow or more, no flow in two.
fn any_ways(random: &mut Random, flows: &[String]) -> Vec<String> {
    let mut ways: Vec<Vec<String>> = vec![Vec::new(); 2 + random.below(2)];
    let few = 1 + random.below(3);
    for flow in flows {
        let way = random.below(few * ways.len());
        if let Some(way) = ways.get_mut(way) {
            way.push(flow.clone());
        }
    }
    let way = |way: &Vec<String>| if way.len() == 1 { way[0].clone() } else { format!("[{}]", way.join(", ")) };
    ways.iter().filter(|way| !way.is_empty()).map(way).collect()
}
