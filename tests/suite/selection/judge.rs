//! A third reading of a selection, of the published data alone: no dense ids, no bit sets, no passes over
//! all flows, only what is said of one flow and one opener. It says what is right, not how it is found.

use std::collections::{BTreeMap, BTreeSet};

use rutter::Site;
use rutter::model::ProductId;
use serde_json::Value;

use super::asked::Asked;
use crate::support::{api, render};

/// What is decided of a flow: `in`, `alternative`, `open` or `out`, of its parts too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Decided {
    pub(super) state: String,
    /// By the local id of each opener, `any` and `unstated` too.
    pub(super) openers: BTreeMap<String, String>,
    pub(super) lines: Vec<String>,
    pub(super) hosts: Vec<String>,
    pub(super) from_hosts: Vec<String>,
}

/// The data of a site.
pub(super) struct Data {
    flows: Value,
    groups: Vec<Vec<Vec<String>>>,
    options: BTreeMap<String, BTreeSet<String>>,
    runs_on: BTreeMap<String, Vec<String>>,
}

impl Data {
    pub(super) fn of(site: &Site) -> Self {
        let files = render(site);
        let list = |name: &str| api(&files, name)[name].as_array().unwrap().clone();
        let default = |option: &Value| (text(&option["id"]), texts(&option["default"]).into_iter().collect());
        let machines = |component: &Value| (text(&component["id"]), texts(&component["runs_on"]));
        let flows = api(&files, "flows");
        let groups = flows["choices"].as_array().unwrap().iter();
        let groups = groups.map(|group| group["ways"].as_array().unwrap().iter().map(texts).collect());
        Self {
            groups: groups.collect(),
            flows,
            options: list("options").iter().map(default).collect(),
            runs_on: list("components").iter().map(machines).collect(),
        }
    }

    /// The flows of a product as a selection decides them.
    pub(super) fn judge(&self, site: &Site, product: ProductId, asked: &Asked) -> BTreeMap<String, Decided> {
        let name = &site.model()[product].id;
        // What a product writes under `defaults` is not part of the data.
        let defaults = site.model()[product].defaults.iter().map(|(option, choices)| {
            let names = choices.iter().map(|choice| site.model()[*option].choices[choice].id.clone());
            (site.model().option_key(*option), names.collect())
        });
        let defaults = defaults.collect();
        let flows = self.flows["flows"].as_array().unwrap().iter();
        let flows = flows.filter(|flow| flow["product"] == **name).map(|flow| (text(&flow["id"]), flow)).collect();
        let judge = Judge { data: self, defaults, asked, flows };
        judge.flows.keys().map(|flow| (flow.clone(), judge.decided(flow))).collect()
    }
}

struct Judge<'a> {
    data: &'a Data,
    defaults: BTreeMap<String, BTreeSet<String>>,
    asked: &'a Asked,
    flows: BTreeMap<String, &'a Value>,
}

impl Judge<'_> {
    fn decided(&self, id: &str) -> Decided {
        let flow = self.flows[id];
        let openers: BTreeMap<String, String> =
            openers(flow).into_iter().map(|opener| (local(&opener), self.for_opener(id, &opener).to_owned())).collect();
        let strongest =
            ["in", "alternative", "open"].into_iter().find(|state| openers.values().any(|one| one == state));
        let addresses = |end: &str| {
            let list = flow[end]["list"].as_array().unwrap();
            list.iter().map(|address| self.weigh(&address["when"]).to_owned()).collect()
        };
        Decided {
            state: strongest.unwrap_or("out").to_owned(),
            openers,
            lines: self.lines(id).into_iter().map(str::to_owned).collect(),
            hosts: addresses("hosts"),
            from_hosts: addresses("from_hosts"),
        }
    }

    /// What an opener of a flow has to do, where this is asked for.
    fn for_opener(&self, id: &str, opener: &str) -> &'static str {
        let flow = self.flows[id];
        let is_asked_for = self.asked.machine.as_ref().is_none_or(|machine| {
            self.is_on(opener, machine)
                || self.listeners(flow, opener).iter().any(|listener| self.is_on(listener, machine))
        });
        if is_asked_for { self.everywhere(id, opener) } else { "out" }
    }

    fn everywhere(&self, id: &str, opener: &str) -> &'static str {
        let own = self.by_itself(id, opener);
        if own != "in" {
            return own;
        }
        if self.is_picked_away(id, opener) {
            return "out";
        }
        let is_undecided = |group: &Vec<Vec<String>>| {
            let is_left = |flow: &String| self.by_itself(flow, opener) == "in" && !self.is_picked_away(flow, opener);
            let left: Vec<_> = group.iter().filter(|way| way.iter().any(is_left)).collect();
            left.len() > 1 && !left.iter().any(|way| self.asked.picks.contains(&way[0]))
        };
        if self.groups_of(id).any(is_undecided) { "alternative" } else { "in" }
    }

    /// As if no other flow could stand in its place.
    fn by_itself(&self, id: &str, opener: &str) -> &'static str {
        let flow = self.flows[id];
        let is_there = openers(flow).iter().any(|known| known == opener)
            && self.is_there(opener)
            && !self.listeners(flow, opener).is_empty();
        if !is_there || self.lines(id).iter().all(|line| *line == "out") { "out" } else { self.weigh(&flow["when"]) }
    }

    /// Whether an opener that needs it needs another way, too, and that is picked.
    fn is_picked_away(&self, id: &str, opener: &str) -> bool {
        let is_needed = |flow: &String| self.by_itself(flow, opener) == "in";
        self.groups_of(id).any(|group| {
            let is_picked = |way: &&Vec<String>| self.asked.picks.contains(&way[0]);
            let own = group.iter().find(|way| way.iter().any(|flow| flow == id)).unwrap();
            !is_picked(&own) && group.iter().filter(is_picked).any(|way| way.iter().any(is_needed))
        })
    }

    fn groups_of(&self, id: &str) -> impl Iterator<Item = &Vec<Vec<String>>> {
        self.data.groups.iter().filter(move |group| group.iter().flatten().any(|flow| flow == id))
    }

    /// Its lines, of a named range the values, in the order in which they are written.
    fn lines(&self, id: &str) -> Vec<&'static str> {
        let flow = self.flows[id];
        let entries = flow["lines"].as_array().unwrap().iter().flat_map(|line| lines_of(line.as_array().unwrap()));
        let lines: Vec<(String, &str)> = entries.map(|(key, when)| (key, self.weigh(when))).collect();
        let is_picked = |(key, _): &(String, &str)| self.asked.picks.contains(&format!("{id}.{key}"));
        let is_decided = flow["need"] == "one" && lines.iter().any(|line| is_picked(line) && line.1 != "out");
        lines.iter().map(|line| if is_decided && !is_picked(line) { "out" } else { line.1 }).collect()
    }

    /// Those whom an opener reaches.
    fn listeners(&self, flow: &Value, opener: &str) -> Vec<String> {
        let to = ends(flow, "to", "listener").into_iter();
        let is_itself = |listener: &String| flow["between"] == true && listener == opener;
        to.filter(|listener| self.is_there(listener) && !is_itself(listener)).collect()
    }

    /// Gone is who is left out, and who has lost all machines.
    fn is_there(&self, party: &str) -> bool {
        let machines = self.data.runs_on.get(party).into_iter().flatten();
        let is_homeless = machines.clone().count() > 0 && !machines.clone().any(|machine| self.is_there(machine));
        !self.asked.without.contains(party) && !is_homeless
    }

    fn is_on(&self, party: &str, machine: &str) -> bool {
        let machines = self.data.runs_on.get(party).into_iter().flatten();
        party == machine || machines.into_iter().any(|next| self.is_on(next, machine))
    }

    fn weigh(&self, when: &Value) -> &'static str {
        let cases: Vec<_> = when.as_array().unwrap().iter().map(|case| self.holds(case)).collect();
        match () {
            () if cases.is_empty() || cases.contains(&Some(true)) => "in",
            () if cases.contains(&None) => "open",
            () => "out",
        }
    }

    /// Kleene's three values: `None` is "it depends".
    fn holds(&self, case: &Value) -> Option<bool> {
        let options = case.as_object().unwrap().iter();
        let holds: Vec<Option<bool>> = options
            .map(|(option, choices)| {
                let known = self.known(option)?;
                Some(texts(choices).iter().any(|choice| known.contains(choice)))
            })
            .collect();
        match () {
            () if holds.contains(&Some(false)) => Some(false),
            () if holds.contains(&None) => None,
            () => Some(true),
        }
    }

    fn known(&self, option: &str) -> Option<&BTreeSet<String>> {
        let chosen = self.asked.choose.get(option).or_else(|| self.defaults.get(option));
        chosen.or_else(|| self.data.options.get(option)).filter(|choices| !choices.is_empty())
    }
}

fn openers(flow: &Value) -> Vec<String> {
    ends(flow, "from", "opener")
}

/// Those at an end; who is nobody in particular stands for himself.
fn ends(flow: &Value, end: &str, kind: &str) -> Vec<String> {
    if flow[kind] == "parties" { texts(&flow[end]) } else { vec![text(&flow[kind])] }
}

/// The lines of what is written as one: the transports of a port are one, the values of a range are not.
fn lines_of(entries: &[Value]) -> Vec<(String, &Value)> {
    let same = |a: &Value, b: &Value| a["port"] == b["port"] && a["when"] == b["when"];
    let key = |entries: &[Value]| {
        let transports: Vec<_> = entries.iter().map(|entry| text(&entry["transport"])).collect();
        let port = entries[0]["port"].as_str();
        port.map_or_else(|| transports.concat(), |port| format!("{port}/{}", transports.join("+")))
    };
    entries.chunk_by(same).map(|entries| (key(entries), &entries[0]["when"])).collect()
}

fn local(id: &str) -> String {
    id.rsplit('/').next().unwrap().to_owned()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(text).collect()
}
