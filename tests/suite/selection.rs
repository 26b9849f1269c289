//! What a selection decides: the crate and the script of the pages against a third, naive reading of the
//! published data, and what pages make of it.

mod address;
mod asked;
mod judge;
pub(crate) mod random;
mod vectors;

use std::collections::{BTreeMap, BTreeSet};

use rutter::Site;
use rutter::model::{Necessity, ProductId, SelectedFlow, ids};

use self::asked::Asked;
use self::judge::{Data, Decided};
use self::vectors::decided;
use crate::support::{amount, load, real_files, render, repository, site_files, small_site};

/// Option → chosen choices.
type Chosen = BTreeMap<String, BTreeSet<String>>;

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
    let data = Data::of(site);
    let mut count = 0;
    for product in ids::<ProductId>(site.model().products.len()) {
        for choose in selections(site, product) {
            let asked = Asked { choose, ..Asked::default() };
            let judged = data.judge(site, product, &asked);
            assert_eq!(decided(site, product, &asked), judged, "{} with {asked:?}", site.model()[product].id);
            assert_eq!(shown(site, product, &asked), left_of(&judged), "{} with {asked:?}", site.model()[product].id);
            count += 1;
        }
    }
    count
}

/// What of a flow a page shows: whether it is needed, how many lines, addresses of both ends, and whether its
/// openers may do something else.
type Shown = (bool, usize, usize, usize, bool);

fn shown(site: &Site, product: ProductId, asked: &Asked) -> BTreeMap<String, Shown> {
    let shown = |flow: SelectedFlow| {
        let is_needed = flow.necessity == Necessity::Needed;
        let addresses = (flow.hosts.list.len(), flow.from_hosts.list.len());
        // What hangs on a choice may be named as an alternative or not.
        let is_alternative = is_needed && !flow.alternatives.is_empty();
        (site.model().flow_key(flow.flow), (is_needed, flow.lines.len(), addresses.0, addresses.1, is_alternative))
    };
    site.select(product, &asked.selection(site, product)).into_iter().map(shown).collect()
}

fn left_of(judged: &BTreeMap<String, Decided>) -> BTreeMap<String, Shown> {
    let count = |list: &[String]| list.iter().filter(|one| *one != "out").count();
    let left = judged.iter().filter(|(_, flow)| flow.state != "out");
    let shown = left.map(|(id, flow)| {
        let is_alternative = flow.openers.values().any(|state| state == "alternative");
        let shown =
            (flow.state != "open", count(&flow.lines), count(&flow.hosts), count(&flow.from_hosts), is_alternative);
        (id.clone(), shown)
    });
    shown.collect()
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
        // A page with a table says it in the change request once more, and has it among the words of its script.
        assert!(unpublished == 2 || name == "index.html" && unpublished > 2, "{name}: {no_relay}");
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
    let page = |path: &str| {
        let html = String::from_utf8(written[&format!("en/small/{path}/index.html")].clone()).unwrap();
        let html = scraper::Html::parse_document(&html);
        let rows = scraper::Selector::parse("table.flows > tbody > tr").unwrap();
        html.select(&rows).flat_map(|row| row.text()).collect::<String>()
    };
    // A component has no twin: its page says it.
    let text = |path: &str| {
        let twin = written.get(&format!("en/small/{path}/index.md"));
        twin.map_or_else(|| page(path), |twin| String::from_utf8(twin.clone()).unwrap())
    };
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
    for (path, port) in [("scenarios/mirrors", "443, TCP"), ("mirror", "443 TCP")] {
        says(path, port);
        assert!(!text(path).contains("ways is enough"), "{path}: {}", text(path));
    }
}
