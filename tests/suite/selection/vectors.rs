//! What a selection decides: the crate, the script of the pages and the judge must say the same.

use std::collections::BTreeMap;

use rutter::Site;
use rutter::inside::render::facts::facts;
use rutter::model::{ComponentId, DecidedFlow, FlowId, Necessity, ProductId, State, ids};
use serde_json::{Value, json};

use super::asked::Asked;
use super::judge::{Data, Decided};
use super::random::{self, Random};
use crate::support::{amount, load, node, real_files, repository, site_files, sources, text};

/// Golden sites with what the real content does not have.
const GOLDEN: [&str; 5] = ["ways", "machines", "openers", "blocked", "lines"];

pub(super) fn decided(site: &Site, product: ProductId, asked: &Asked) -> BTreeMap<String, Decided> {
    let model = site.model();
    let weighed = |list: &[Necessity]| list.iter().map(|one| State::from(*one).as_str().to_owned()).collect::<Vec<_>>();
    let decided = |flow: DecidedFlow| {
        let who = |party: rutter::model::Party| match party {
            rutter::model::Party::Component(id) => model[id].id.clone(),
            rutter::model::Party::Any => "any".to_owned(),
            rutter::model::Party::Unstated => "unstated".to_owned(),
        };
        let decided = Decided {
            state: flow.state.as_str().to_owned(),
            openers: flow.openers.iter().map(|one| (who(one.party), one.state.as_str().to_owned())).collect(),
            lines: weighed(&flow.lines),
            hosts: weighed(&flow.hosts),
            from_hosts: weighed(&flow.from_hosts),
        };
        (model.flow_key(flow.flow), decided)
    };
    model.decide(product, &asked.selection(site, product)).into_iter().map(decided).collect()
}

/// A product, the facts of one of its pages, and what is asked of them.
struct Case<'a> {
    site: &'a Site,
    product: ProductId,
    facts: Value,
    asked: Vec<Asked>,
}

impl<'a> Case<'a> {
    /// The product's own page.
    fn of(site: &'a Site, product: ProductId, random: &mut Random, drawn: usize) -> Self {
        let scenarios = site.model()[product].scenarios.iter().map(|id| Asked::scenario(site, *id));
        let mut asked: Vec<_> = std::iter::once(Asked::default()).chain(scenarios).collect();
        asked.extend((0..drawn).map(|_| Asked::any(site, product, random)));
        Self { site, product, facts: facts_of(site, product, |_| true), asked }
    }
}

pub(super) fn facts_of(site: &Site, product: ProductId, is_shown: impl Fn(FlowId) -> bool) -> Value {
    serde_json::to_value(facts(site.model(), product, is_shown)).unwrap()
}

pub(super) fn drawn_sites(count: usize) -> Vec<(u64, Site)> {
    let (mut sites, mut mistakes) = (Vec::new(), String::new());
    for seed in 0..count as u64 {
        let sources = sources(&random::site(&mut Random(seed)));
        let loaded = rutter::load(&sources);
        match loaded.value {
            Some(site) => sites.push((seed, site)),
            None => mistakes = text(&sources, &loaded.diagnostics),
        }
    }
    assert!(sites.len() * 2 > count, "of {count} drawn sites {} hold: {mistakes}", sites.len());
    sites
}

/// What the script says, in the words of the judge, with the whole of its answer.
fn scripted(cases: &[Case<'_>]) -> Vec<Vec<Vec<Value>>> {
    let ask = |case: &Case<'_>| {
        let selections: Vec<_> = case.asked.iter().map(|asked| asked.for_script(&case.facts)).collect();
        json!({ "facts": case.facts, "selections": selections })
    };
    let input: Vec<_> = cases.iter().map(ask).collect();
    serde_json::from_slice(&node("tests/select/agree.mjs", &["select"], &serde_json::to_vec(&input).unwrap())).unwrap()
}

/// The answer of a script for one flow, completed with what is not worth telling it.
fn read(facts: &Value, flow: &Value, answer: &Value, judged: &Decided) -> Decided {
    let words = |list: &Value| list.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect();
    let who = |key: &String| match key.parse::<usize>() {
        Ok(at) => facts["parties"][at]["id"].as_str().unwrap().to_owned(),
        Err(_) => key.clone(),
    };
    let openers = answer["openers"].as_object().unwrap().iter();
    let mut lines: Vec<String> = words(&answer["lines"]);
    if flow.get("lines").is_none() {
        assert!(judged.lines.iter().all(|line| line == "in"), "lines that hang on something are told");
        lines.clone_from(&judged.lines);
    }
    Decided {
        state: answer["state"].as_str().unwrap().to_owned(),
        openers: openers.map(|(key, state)| (who(key), state.as_str().unwrap().to_owned())).collect(),
        lines,
        hosts: words(&answer["hosts"]),
        from_hosts: words(&answer["fromHosts"]),
    }
}

/// How many selections of how many kinds of states all three agree on.
fn agree(cases: &[Case<'_>]) -> (usize, BTreeMap<String, usize>) {
    let (mut count, mut states) = (0, BTreeMap::new());
    let mut known: Option<(&Site, Data)> = None;
    for (case, answers) in cases.iter().zip(scripted(cases)) {
        let (_, data) = match known.take() {
            Some((site, data)) if std::ptr::eq(site, case.site) => known.insert((site, data)),
            _ => known.insert((case.site, Data::of(case.site))),
        };
        let product = &case.site.model()[case.product].id;
        for (asked, answers) in case.asked.iter().zip(answers) {
            let judged = data.judge(case.site, case.product, asked);
            let ours = decided(case.site, case.product, asked);
            let flows = case.facts["flows"].as_array().unwrap();
            assert_eq!(flows.len(), answers.len());
            for (flow, answer) in flows.iter().zip(&answers) {
                let id = format!("{product}/{}", flow["id"].as_str().unwrap());
                assert_eq!(ours[&id], judged[&id], "the crate on {id} with {asked:?}");
                let script = read(&case.facts, flow, answer, &judged[&id]);
                assert_eq!(script, judged[&id], "the script on {id} with {asked:?}: {answer}");
                give_reason(case, asked, flow, answer);
                *states.entry(judged[&id].state.clone()).or_default() += 1;
            }
            count += 1;
        }
    }
    (count, states)
}

/// A reason must be one: of what is out, the named choices alone rule it out; of what is open, nothing is
/// chosen for what is named; of what is in, the named choices alone need it.
fn give_reason(case: &Case<'_>, asked: &Asked, flow: &Value, answer: &Value) {
    let reason = &answer["reason"];
    let (state, kind) = (answer["state"].as_str().unwrap(), reason["kind"].as_str().unwrap());
    let fits = match state {
        "in" | "alternative" => ["always", "choice", "default"].contains(&kind),
        "open" => kind == "open",
        _ => ["out", "without", "picked", "machine"].contains(&kind),
    };
    assert!(fits, "{state} because of {kind}: {flow} with {asked:?}");
    let options: Vec<usize> = serde_json::from_value(reason["options"].clone()).unwrap();
    let choices: Vec<Vec<usize>> = serde_json::from_value(reason["choices"].clone()).unwrap();
    assert_eq!(options.len(), choices.len());
    assert_eq!(options.is_empty(), !["choice", "default", "open", "out"].contains(&kind), "{answer}");
    let groups = reason["groups"].as_array().unwrap();
    let is_in_group = state == "alternative" || kind == "picked";
    assert!(kind == "machine" || groups.is_empty() != is_in_group, "{answer}");
    assert!(kind != "without" || !reason["parties"].as_array().unwrap().is_empty(), "{answer}");
    let known = |at: usize| case.facts["options"][at].get("default").is_some() || is_chosen(case, asked, at);
    assert_eq!(kind == "open", !options.is_empty() && options.iter().any(|at| !known(*at)), "{answer}");
    if ["choice", "default"].contains(&kind) {
        assert_eq!(kind == "choice", options.iter().any(|at| is_chosen(case, asked, *at)), "{answer}");
    }
    let when = flow.get("when");
    let lines = flow.get("lines").and_then(Value::as_array).into_iter().flatten();
    let lines: Vec<_> = lines.filter_map(|line| line.get("when")).collect();
    let holds = |case: &Value, is_met: &dyn Fn(usize, &[usize]) -> bool| {
        let needs: BTreeMap<usize, Vec<usize>> = serde_json::from_value(case.clone()).unwrap();
        needs.iter().all(|(option, needed)| is_met(*option, needed))
    };
    let named: BTreeMap<usize, &Vec<usize>> = options.iter().copied().zip(&choices).collect();
    match kind {
        "choice" | "default" => {
            let is_met = |option: usize, needed: &[usize]| {
                named.get(&option).is_some_and(|have| !have.is_empty() && have.iter().all(|one| needed.contains(one)))
            };
            assert!(when.unwrap().as_array().unwrap().iter().any(|one| holds(one, &is_met)), "{answer}");
        }
        "out" => {
            // Whatever else is chosen, each case fails on one of the named.
            let can_hold = |option: usize, needed: &[usize]| {
                named.get(&option).is_none_or(|have| have.iter().any(|one| needed.contains(one)))
            };
            let fails = |when: &Value| !when.as_array().unwrap().iter().any(|one| holds(one, &can_hold));
            assert!(when.is_some_and(fails) || !lines.is_empty() && lines.iter().copied().all(fails), "{answer}");
        }
        _ => {}
    }
}

fn is_chosen(case: &Case<'_>, asked: &Asked, at: usize) -> bool {
    let (id, product) = (case.facts["options"][at]["id"].as_str().unwrap(), &case.site.model()[case.product].id);
    ["common", product].iter().any(|scope| asked.choose.contains_key(&format!("{scope}/{id}")))
}

#[test]
fn the_crate_the_script_and_the_judge_decide_alike() {
    let mut random = Random(5);
    let golden = GOLDEN.map(|name| load(&site_files(&repository().join("tests/golden").join(name))));
    let written: Vec<Site> = std::iter::once(load(&real_files())).chain(golden).collect();
    let drawn: Vec<_> = drawn_sites(amount(60, 1500)).into_iter().map(|(_, site)| site).collect();
    let mut cases = Vec::new();
    for (sites, selections) in [(&written, amount(40, 1000)), (&drawn, amount(8, 20))] {
        for site in sites {
            let products = ids::<ProductId>(site.model().products.len());
            cases.extend(products.map(|product| Case::of(site, product, &mut random, selections)));
        }
    }
    let (count, states) = agree(&cases);
    assert!(count >= 500, "{count} selections");
    for state in ["in", "alternative", "open", "out"] {
        assert!(states[state] > 200, "too few flows of some state: {states:?}");
    }
}

/// The flows of a component's page are those of the product's, whatever else is there left out.
#[test]
fn a_page_of_a_component_decides_as_its_product_does() {
    let mut random = Random(6);
    let site = load(&real_files());
    let drawn = drawn_sites(amount(20, 300));
    let mut cases = Vec::new();
    for site in std::iter::once(&site).chain(drawn.iter().map(|(_, site)| site)) {
        for component in ids::<ComponentId>(site.model().components.len()) {
            for product in site.model().views.products_of(component) {
                let is_shown = |flow: FlowId| site.model().views.flows_of(component).contains(&flow);
                let case = Case::of(site, *product, &mut random, 3);
                cases.push(Case { facts: facts_of(site, *product, is_shown), ..case });
            }
        }
    }
    // An option on which only flows of other pages hang can't be asked of them, and need not be.
    let (count, _) = agree(&cases);
    assert!(count > 300, "{count} selections");
}

#[test]
fn facts_for_scripts_are_small() {
    let site = load(&real_files());
    for product in ids::<ProductId>(site.model().products.len()) {
        let facts = facts_of(&site, product, |_| true).to_string();
        assert!(facts.len() <= 9 * 1024, "{}: {} bytes", site.model()[product].id, facts.len());
    }
}
