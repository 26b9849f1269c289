//! The address of a selection: what is written is read again, and what nobody wrote is refused by name.

use rutter::model::{ProductId, ids};
use serde_json::{Value, json};

use super::asked::Asked;
use super::random::Random;
use super::vectors::{drawn_sites, facts_of};
use crate::support::{amount, load, node, real_files, small_site};

fn ask(input: &[Value]) -> Vec<Value> {
    serde_json::from_slice(&node("tests/select/agree.mjs", &["address"], &serde_json::to_vec(input).unwrap())).unwrap()
}

/// Any state of a page: a selection on the way from a scenario or from none, and what else stands in an address.
fn any_state(facts: &Value, asked: &Asked, random: &mut Random) -> Value {
    let scenarios = facts["scenarios"].as_array().unwrap();
    let at = random.below(scenarios.len() + 1);
    let scenario = scenarios.get(at);
    let mut selection = asked.for_script(facts);
    // An address has no place for a pick that counts for nothing.
    let flows = facts["flows"].as_array().unwrap();
    let flow = |id: &str| flows.iter().find(|flow| flow["id"] == *id).unwrap();
    let counts = |pick: &Value| pick.as_str().unwrap().split_once('.').is_none_or(|(id, _)| flow(id)["one"] == true);
    selection["picks"].as_array_mut().unwrap().retain(counts);
    selection["machine"] = scenario.and_then(|scenario| scenario.get("machine")).cloned().unwrap_or_default();
    // Near to the scenario, as readers are.
    if let Some(choose) = scenario.and_then(|scenario| scenario.get("choose")).filter(|_| random.one_in(2)) {
        let pairs = choose.as_object().unwrap().iter().skip(random.below(2));
        selection["choose"] =
            pairs.map(|(option, choices)| json!([option.parse::<usize>().unwrap(), choices])).collect();
    }
    let mut state = json!({ "selection": selection, "rest": [] });
    if scenario.is_some() {
        state["scenario"] = json!(at);
    }
    state["every"] = json!(random.one_in(4));
    if random.one_in(3) {
        state["row"] = facts["flows"][0]["id"].clone();
    }
    if random.one_in(4) {
        state["view"] = json!("request");
    }
    if random.one_in(3) {
        state["rest"] = json!(["e=host.manager", "x=other", "zz=%zz", "n&s=b&o=&%%"]);
    }
    state
}

/// As it is read: lists in their order, nothing where there is nothing.
fn as_read(state: &Value) -> Value {
    let mut state = state.clone();
    for key in ["choose", "without", "picks"] {
        let list = state["selection"][key].as_array_mut().unwrap();
        list.sort_by_key(|item| match item {
            Value::Array(pair) => (pair[0].as_u64().unwrap(), String::new()),
            Value::String(text) => (0, text.clone()),
            number => (number.as_u64().unwrap(), String::new()),
        });
    }
    let selection = state["selection"].as_object_mut().unwrap();
    selection.retain(|_, value| !value.is_null());
    state
}

#[test]
fn what_an_address_says_is_read_again_and_said_the_same_way() {
    let mut random = Random(7);
    let content = load(&real_files());
    let drawn = drawn_sites(amount(40, 600));
    let sites = std::iter::once((&content, amount(80, 1000))).chain(drawn.iter().map(|(_, site)| (site, 12)));
    let mut input = Vec::new();
    for (site, count) in sites {
        for product in ids::<ProductId>(site.model().products.len()) {
            let facts = facts_of(site, product, |_| true);
            let states = (0..count).map(|_| any_state(&facts, &Asked::any(site, product, &mut random), &mut random));
            input.push(json!({ "facts": facts, "states": states.collect::<Vec<_>>(), "hashes": [] }));
        }
    }
    let mut count = 0;
    for (asked, answer) in input.iter().zip(ask(&input)) {
        let states = asked["states"].as_array().unwrap();
        for ((state, address), again) in
            states.iter().zip(answer["addresses"].as_array().unwrap()).zip(answer["states"].as_array().unwrap())
        {
            let mut read = again["state"].clone();
            let unknown = read.as_object_mut().unwrap().remove("unknown").unwrap();
            let named = if state["rest"][0].is_null() { json!([]) } else { json!(["zz=%zz"]) };
            assert_eq!(unknown, named, "{address}");
            assert_eq!(read, as_read(state), "{address}");
            assert_eq!(again["written"], *address);
            let ours = address.as_str().unwrap().split("&zz=").next().unwrap();
            assert!(!ours.contains(['%', ' ', '"', '<', '>', '\\']), "{address}");
            count += 1;
        }
    }
    assert!(count >= 500, "{count} states");
}

const GRAMMAR: &str = r"
name: Small
summary: { en: Fetches updates. }
sources: { manual: { title: Manual, read: 2026-11-21, rows: 0 } }
options:
  site: { label: Site, choices: { east: East, west: { label: West, former-ids: [left] }, north: North }, former-ids: [place] }
  mirror: { label: Mirror, when: { site: east } }
components:
  agent: { name: Agent, former-ids: [client] }
  relay: { name: Relay }
  vendor: { name: Vendor }
flows:
  direct: { from: agent, to: vendor, ports: 8001/tcp, when: { mirror: disabled }, former-ids: [straight], purpose: { en: Does. } }
  relayed: { from: agent, to: relay, ports: 8002/tcp, purpose: { en: Does. } }
  names: { from: agent, to: relay, ports: [53/tcp+udp, 853/tcp], need: one, purpose: { en: Does. } }
alternatives: [[direct, relayed]]
scenarios:
  plain: { title: Plain, choose: { site: [east, west] }, without: [relay], former-ids: [simple] }
";

/// A fragment, what it becomes, and what is refused of it.
const READ: &[(&str, &str, &[&str])] = &[
    ("", "", &[]),
    ("#", "", &[]),
    ("#!", "", &[]),
    ("#direct", "#direct", &[]),
    ("#straight", "#straight", &[]),
    ("#!r=direct", "#direct", &[]),
    ("#!r=straight", "#direct", &[]),
    ("#!s=plain", "#!s=plain", &[]),
    ("#%21s=plain&o=site%2Eeast", "#!s=plain&o=site.east", &[]),
    ("#!s=simple&o=place.left", "#!s=plain&o=site.west", &[]),
    ("#!o=site.west%2Beast&s=plain", "#!s=plain", &[]),
    ("#!s=plain&o=site", "#!s=plain&o=site", &[]),
    ("#!o=site", "", &[]),
    ("#!s=plain&w=-relay", "#!s=plain&w=-relay", &[]),
    ("#!s=plain&w=relay", "#!s=plain", &[]),
    ("#!w=relay+client", "#!w=agent+relay", &[]),
    ("#!k=names.53/tcp+udp,straight", "#!k=direct,names.53/tcp+udp", &[]),
    ("#!k=names.53/tcp+udp+names.853/tcp", "#!k=names.53/tcp+udp,names.853/tcp", &[]),
    ("#!o=mirror.enabled,site.north+east", "#!o=site.east+north,mirror.enabled", &[]),
    ("#!m=request&x=plain&r=names&s=plain", "#!s=plain&x=plain&r=names&m=request", &[]),
    ("#!s=plain&n&s=other&n&w=x", "#!s=plain&n&s=other&n&w=x", &[]),
    ("#!n=second&s=plain", "#!n=second&s=plain", &[]),
    ("#!q=7&s=plain&q=8", "#!s=plain&q=7", &["q=7", "q=8"]),
    ("#!s=plain&s=plain", "#!s=plain", &["s=plain"]),
    ("#!S=plain&s=Plain", "#!S=plain", &["S=plain", "s=Plain"]),
    ("#!sow=1", "#!sow=1", &["sow=1"]),
    ("#!o=site.east,site.west", "#!o=site.east", &["o=site.west"]),
    ("#!o=site.east+south", "#!o=site.east", &["o=site.south"]),
    ("#!s=plain&o=site.south", "#!s=plain", &["o=site.south"]),
    ("#!o=other.east,-site.east", "", &["o=other.east", "o=-site.east"]),
    ("#!w=relay+-relay+relay.x+any", "#!w=relay", &["w=-relay", "w=relay.x", "w=any"]),
    (
        "#!k=names,direct.8001/tcp,names.80/tcp,relayed+relayed",
        "#!k=relayed",
        &["k=names", "k=direct.8001/tcp", "k=names.80/tcp", "k=relayed"],
    ),
    ("#!r=<b>&m=%3Cb%3E", "", &["r=<b>", "m=<b>"]),
    ("#!o=%E0%A4%A&s=%&w=%zz", "", &["s=%", "o=%E0%A4%A", "w=%zz"]),
    (
        "#!__proto__=1&s=__proto__&o=__proto__.x,site.__proto__,site.constructor",
        "#!__proto__=1",
        &["__proto__=1", "s=__proto__", "o=__proto__.x", "o=site.__proto__", "o=site.constructor"],
    ),
    ("#!s=0&o=0.0&w=0&k=0", "", &["s=0", "o=0.0", "w=0", "k=0"]),
];

#[test]
fn a_fragment_is_read_by_its_grammar_and_refused_by_name() {
    let mut files = small_site();
    files.insert("content/products/small.yaml".to_owned(), GRAMMAR.into());
    let site = load(&files);
    let facts = facts_of(&site, ids(1).next().unwrap(), |_| true);
    let mut hashes: Vec<String> = READ.iter().map(|(hash, ..)| (*hash).to_owned()).collect();
    let long = ["s=".to_owned() + &"a".repeat(10_000_000), "&s".repeat(5_000_000), "w=relay+".repeat(1_000_000)];
    hashes.extend(long.iter().map(|text| format!("#!{text}")));
    // What an address leads to is always an address that leads there.
    let mut random = Random(8);
    let signs = [
        "#", "!", "&", "=", ".", ",", "+", "-", "%", "n", "s", "o", "w", "k", "r", "plain", "site", "east", "relay",
        "\u{202e}", "%2", "接", "\n",
    ];
    hashes.extend((0..amount(2000, 100_000)).map(|_| {
        let text: String = (0..random.below(20)).map(|_| signs[random.below(signs.len())]).collect();
        format!("#!{text}")
    }));
    let answers = ask(&[json!({ "facts": facts, "states": [], "hashes": hashes })]);
    let answers = answers[0]["hashes"].as_array().unwrap();
    for ((hash, written, unknown), answer) in READ.iter().zip(answers) {
        assert_eq!(answer["written"], **written, "{hash}: {answer}");
        assert_eq!(answer["state"]["unknown"], json!(unknown), "{hash}: {answer}");
    }
    for answer in &answers[READ.len()..READ.len() + long.len()] {
        let unknown = answer["state"]["unknown"].as_array().unwrap();
        assert_eq!((&answer["written"], unknown.len()), (&json!(""), 1), "{answer}");
        assert!(unknown[0].as_str().unwrap().len() < 100, "{answer}");
    }
    let written: Vec<_> = answers.iter().map(|answer| answer["written"].clone()).collect();
    let again = ask(&[json!({ "facts": facts, "states": [], "hashes": written })]);
    for ((hash, first), second) in hashes.iter().zip(answers).zip(again[0]["hashes"].as_array().unwrap()) {
        assert_eq!(first["written"], second["written"], "{hash}");
        assert_eq!(first["state"]["selection"], second["state"]["selection"], "{hash}");
    }
}
