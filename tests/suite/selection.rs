//! `Site::select` against a second, naive implementation over the published data: it knows no
//! dense ids, no bit sets, no implied options, only what `flows.json` and `options.json` say.

use std::collections::{BTreeMap, BTreeSet};

use rutter::Site;
use rutter::model::{ChoiceSet, Id, Necessity, OptionId, ProductId, SelectedHosts, Selection, ids};
use serde_json::Value;

use crate::support::{amount, api, load, real_files, render, repository, site_files, small_site};

/// Option → chosen choices.
type Chosen = BTreeMap<String, BTreeSet<String>>;

/// What a selection leaves of a flow.
#[derive(PartialEq, Eq, Debug)]
struct Left {
    necessity: &'static str,
    hosts: BTreeSet<String>,
    from_hosts: BTreeSet<String>,
    has_alternative: bool,
}

/// More selections than this per product are sampled instead of enumerated: usually, and at most.
const MOST: (usize, usize) = (4000, 100_000);

#[test]
fn every_selection_gives_the_flows_a_naive_reading_gives() {
    assert!(agreements(&load(&real_files())) > 1000);
    // Ways of several flows, which the real content does not have.
    assert!(agreements(&load(&site_files(&repository().join("tests/golden/ways")))) > 2);
}

/// How many selections give the same both ways: all of them.
fn agreements(site: &Site) -> usize {
    let files = render(site);
    let (flows, options) = (api(&files, "flows"), api(&files, "options"));
    let mut count = 0;
    for product in ids::<ProductId>(site.model().products.len()) {
        for chosen in selections(site, product) {
            let expected = naive(site, product, &flows, &options, &chosen);
            assert_eq!(selected(site, product, &chosen), expected, "{} with {chosen:?}", site.model()[product].id);
            count += 1;
        }
    }
    count
}

/// Every combination of one choice or none per option, and all pairs of choices of one option.
fn selections(site: &Site, product: ProductId) -> Vec<Chosen> {
    let options = site.model().options_of(product);
    let mut all: Vec<Chosen> = vec![Chosen::new()];
    for option in &options {
        let key = site.model().option_key(*option);
        let choices: Vec<_> = site.model()[*option].choices.iter().map(|choice| choice.id.clone()).collect();
        let mut next = all.clone();
        for base in &all {
            for choice in &choices {
                next.push(with(base, &key, [choice.clone()]));
            }
        }
        // A fixed sample keeps the product of all options small.
        let step = next.len().div_ceil(amount(MOST.0, MOST.1));
        all = next.into_iter().step_by(step).collect();
    }
    for option in &options {
        let key = site.model().option_key(*option);
        let choices: Vec<_> = site.model()[*option].choices.iter().map(|choice| choice.id.clone()).collect();
        for (position, a) in choices.iter().enumerate() {
            all.extend(choices[..position].iter().map(|b| with(&Chosen::new(), &key, [a.clone(), b.clone()])));
        }
    }
    all
}

fn with<const N: usize>(base: &Chosen, key: &str, choices: [String; N]) -> Chosen {
    let mut chosen = base.clone();
    chosen.insert(key.to_owned(), choices.into_iter().collect());
    chosen
}

fn selected(site: &Site, product: ProductId, chosen: &Chosen) -> BTreeMap<String, Left> {
    let model = &site.model();
    let mut selection = Selection::default();
    for option in ids::<OptionId>(model.options.len()) {
        let Some(choices) = chosen.get(&model.option_key(option)) else { continue };
        let mut set = ChoiceSet::EMPTY;
        model[option]
            .choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| choices.contains(&choice.id))
            .for_each(|(position, _)| set.insert(position));
        selection.choose.insert(option, set);
    }
    let word = |necessity| if necessity == Necessity::Needed { "needed" } else { "depends" };
    let addresses = |hosts: &SelectedHosts| hosts.list.iter().map(|(address, _)| address.text.clone()).collect();
    let left = |flow: rutter::model::SelectedFlow| {
        let left = Left {
            necessity: word(flow.necessity),
            hosts: addresses(&flow.hosts),
            from_hosts: addresses(&flow.from_hosts),
            has_alternative: !flow.alternatives.is_empty(),
        };
        (model.flow_key(flow.flow), left)
    };
    site.select(product, &selection).into_iter().map(left).collect()
}

fn naive(site: &Site, product: ProductId, flows: &Value, options: &Value, chosen: &Chosen) -> BTreeMap<String, Left> {
    let name = &site.model()[product].id;
    let known = |option: &str| -> Option<BTreeSet<String>> {
        if let Some(choices) = chosen.get(option) {
            return Some(choices.clone());
        }
        // What a product writes under `defaults` is not part of the data.
        let own = site.model()[product].defaults.iter().find(|(id, _)| site.model().option_key(**id) == option);
        if let Some((id, set)) = own {
            return Some(
                set.iter().map(|choice| site.model().options[id.index()].choices[choice].id.clone()).collect(),
            );
        }
        let entry = options["options"].as_array().unwrap().iter().find(|entry| entry["id"] == option).unwrap();
        let default: BTreeSet<String> =
            entry["default"].as_array().unwrap().iter().map(|choice| choice.as_str().unwrap().to_owned()).collect();
        (!default.is_empty()).then_some(default)
    };
    let mut needed = BTreeMap::new();
    let mut openers: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for flow in flows["flows"].as_array().unwrap().iter().filter(|flow| flow["product"] == **name) {
        let necessity = match weigh(&flow["when"], &known) {
            Some(true) => "needed",
            None => "depends",
            Some(false) => continue,
        };
        let addresses = |end: &str| {
            let list = flow[end]["list"].as_array().unwrap().iter();
            list.filter(|address| weigh(&address["when"], &known) != Some(false))
                .map(|address| address["address"].as_str().unwrap().to_owned())
                .collect()
        };
        let id = flow["id"].as_str().unwrap().to_owned();
        // Whoever it is that opens two flows as anybody is one who opens both.
        let nobody = Some(flow["opener"].as_str().unwrap()).filter(|opener| *opener != "parties");
        let from = flow["from"].as_array().unwrap().iter().map(|end| end.as_str().unwrap());
        openers.insert(id.clone(), from.chain(nobody).collect());
        let (hosts, from_hosts) = (addresses("hosts"), addresses("from_hosts"));
        needed.insert(id, Left { necessity, hosts, from_hosts, has_alternative: false });
    }
    for choice in flows["choices"].as_array().unwrap() {
        let ways: Vec<Vec<&str>> = choice["ways"].as_array().unwrap().iter().map(|way| left_of(way, &needed)).collect();
        for (position, way) in ways.iter().enumerate() {
            let others = ways[..position].iter().chain(&ways[position + 1..]).flatten();
            for id in way {
                let shares = |other: &&str| !openers[*other].is_disjoint(&openers[*id]);
                needed.get_mut(*id).unwrap().has_alternative |= others.clone().any(shares);
            }
        }
    }
    needed
}

/// The flows of a way that are needed.
fn left_of<'a>(way: &'a Value, needed: &BTreeMap<String, Left>) -> Vec<&'a str> {
    let flows = way.as_array().unwrap().iter().map(|id| id.as_str().unwrap());
    flows.filter(|id| needed.contains_key(*id)).collect()
}

/// An alternative of cases: `None` is "it depends".
fn weigh(when: &Value, known: &dyn Fn(&str) -> Option<BTreeSet<String>>) -> Option<bool> {
    let cases = when.as_array().unwrap();
    let weighed: Vec<Option<bool>> = cases.iter().map(|case| holds(case, known)).collect();
    match () {
        () if cases.is_empty() || weighed.contains(&Some(true)) => Some(true),
        () if weighed.contains(&None) => None,
        () => Some(false),
    }
}

/// Kleene's three values: `None` is "it depends".
fn holds(case: &Value, known: &dyn Fn(&str) -> Option<BTreeSet<String>>) -> Option<bool> {
    let mut result = Some(true);
    for (option, choices) in case.as_object().unwrap() {
        let holds = known(option)
            .map(|chosen| choices.as_array().unwrap().iter().any(|choice| chosen.contains(choice.as_str().unwrap())));
        result = match (result, holds) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
    }
    result
}

/// A product with two sources of updates and addresses by region.
const UPDATES: &str = r"
name: Small
summary: { en: Fetches updates. }
sources: { manual: { title: Manual, read: 2026-11-21, rows: 0 } }
options:
  site: { label: Site, choices: { east: East, west: West, north: North } }
  mirror: { label: Mirror }
  audit: { label: Audit, default: disabled }
  channel: { label: Channel, default: stable, choices: { stable: Stable, beta: Beta } }
components:
  agent: { name: Agent }
  relay: { name: Relay }
  vendor: { name: Vendor }
flows:
  from-vendor:
    { from: [agent, relay], to: vendor, ports: 8001/tcp, when: { channel: stable }, purpose: { en: Fetches. } }
  from-relay: { from: agent, to: relay, ports: 8002/tcp, purpose: { en: Fetches from a relay. } }
  from-beta: { from: agent, to: vendor, ports: 8004/tcp, when: { channel: beta }, purpose: { en: Fetches betas. } }
  pushed:
    from: vendor
    to: agent
    ports: 8003/tcp
    when: [{ mirror: disabled }, { audit: [enabled, disabled] }]
    hosts: [{ when: { site: west }, hosts: [agent.example.com] }]
    from-hosts:
      - { when: { site: east }, hosts: [192.0.2.0/25] }
      - { when: { site: west }, hosts: [192.0.2.128/25] }
    purpose: { en: Pushes. }
alternatives: [[from-vendor, from-relay]]
scenarios:
  both: { title: Both, choose: { site: east } }
  no-relay: { title: No relay, choose: { site: north }, without: [relay] }
  agents-only: { title: No agents, choose: { site: [east, west] }, without: [agent] }
";

#[test]
fn a_scenario_shows_only_what_its_choices_leave_in_every_form() {
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), UPDATES.into());
    let written = render(&load(&files));
    let file = |scenario: &str, name: &str| {
        let file = written[&format!("en/small/scenarios/{scenario}/{name}")].clone();
        String::from_utf8(file).unwrap().replace("<wbr>", "")
    };
    let one_of_several = "One of several alternatives is enough";
    for name in ["index.html", "index.md", "flows.csv"] {
        let (both, no_relay, relays) = (file("both", name), file("no-relay", name), file("agents-only", name));
        assert!(both.contains("192.0.2.0/25") && !both.contains("192.0.2.128/25"), "{name}: {both}");
        assert!(!no_relay.contains("192.0.2."), "{name}: {no_relay}");
        // Neither end has an address for the north.
        let unpublished = no_relay.matches("No address published for this choice").count();
        assert_eq!(unpublished, 2, "{name}: {no_relay}");
        // Two rows; where there is a diagram, its words say it too.
        assert!(both.matches(one_of_several).count() >= 2, "{name}: {both}");
        assert!(!no_relay.contains(one_of_several), "{name}: {no_relay}");
        // The relay opens only one connection of the group: it needs that one.
        assert!(!relays.contains(one_of_several), "{name}: {relays}");
    }
}

#[test]
fn a_switch_nobody_mentions_is_not_called_a_default() {
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), UPDATES.into());
    let written = render(&load(&files));
    for name in ["en/small/scenarios/both/index.html", "en/small/scenarios/both/index.md"] {
        let text = String::from_utf8(written[name].clone()).unwrap();
        assert!(text.contains("Mirror: disabled (not chosen)"), "{text}");
        assert!(text.contains("Audit: disabled (default)"), "{text}");
        assert!(text.contains("Channel: Stable (default)"), "{text}");
    }
    let text = String::from_utf8(written["en/small/index.html"].clone()).unwrap();
    assert!(text.contains("counts as disabled unless you choose otherwise"), "{text}");
    assert!(text.contains("the default is disabled"), "{text}");
}

/// Two ways of two flows: the agent opens all, the relay one of each, the mirror those of one way.
const WAYS: &str = r"
name: Small
summary: { en: Fetches updates. }
sources: { manual: { title: Manual, read: 2026-11-21, rows: 0 } }
options:
  secure: { label: Secure, default: enabled }
components:
  agent: { name: Agent }
  relay: { name: Relay }
  mirror: { name: Mirror }
  vendor: { name: Vendor }
flows:
  http: { from: [agent, relay, mirror], to: vendor, ports: 80/tcp, purpose: { en: Fetches. } }
  https:
    { from: [agent, mirror], to: vendor, ports: 443/tcp, when: { secure: enabled }, purpose: { en: Fetches secrets. } }
  http-alt: { from: [agent, relay], to: vendor, ports: 8530/tcp, purpose: { en: Fetches elsewhere. } }
  https-alt: { from: agent, to: vendor, ports: 8531/tcp, purpose: { en: Fetches secrets elsewhere. } }
alternatives: [{ ways: [[http, https], [http-alt, https-alt]] }]
scenarios:
  all: { title: All }
  bare: { title: Bare, choose: { secure: disabled } }
  relays: { title: Relays, without: [agent, mirror] }
  mirrors: { title: Mirrors, without: [agent, relay] }
";

#[test]
fn a_way_is_told_as_its_opener_and_the_selection_leave_it() {
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), WAYS.into());
    let site = load(&files);
    assert!(agreements(&site) > 2);
    let written = render(&site);
    let text = |path: &str| String::from_utf8(written[&format!("en/small/{path}/index.md")].clone()).unwrap();
    let says = |path: &str, words: &str| assert!(text(path).contains(words), "{path}: {}", text(path));
    for path in ["scenarios/all", "agent"] {
        says(path, "One of 2 ways is enough: this connection with 443/TCP, or 8530/TCP and 8531/TCP instead");
        says(path, "One of 2 ways is enough: this connection with 8530/TCP, or 80/TCP and 443/TCP instead");
    }
    says("scenarios/bare", "One of 2 ways is enough: this connection, or 8530/TCP and 8531/TCP instead");
    says("scenarios/bare", "One of 2 ways is enough: this connection with 8531/TCP, or 80/TCP instead");
    for path in ["scenarios/relays", "relay"] {
        says(path, "One of 2 ways is enough: this connection, or 8530/TCP instead");
        says(path, "One of 2 ways is enough: this connection, or 80/TCP instead");
    }
    for path in ["scenarios/mirrors", "mirror"] {
        says(path, "443, TCP");
        assert!(!text(path).contains("ways is enough"), "{path}: {}", text(path));
    }
}
