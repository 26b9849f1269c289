//! The page that compares the scenarios of a product, two by two: what only one of them needs, and how
//! much both do. Its script compares any two selections, in the words that stand here.

use serde::Serialize;
use serde_json::{Value, json};

use super::differ::{Difference, Facet, Part, Side, Told, What, differ};
use super::environment::Environment;
use super::groups::counted_title;
use super::{Link, flow_link, numbered, say, word};
use crate::model::{Address, Basis, FlowId, OptionId, PageRoute, ProductId, ScenarioId, Selection, State};
use crate::render::facts;
use crate::render::prose::{Form, Place};
use crate::render::samples::samples;
use crate::value::Scope;

/// More pairs than this tell nobody anything: then only those are written out that follow each other.
const MOST_PAIRS: usize = 28;

#[derive(Serialize)]
pub(super) struct Compare {
    intro: String,
    /// What a script offers to choose from, on either side.
    environment: Environment,
    /// Whether some pairs are left out.
    is_cut: bool,
    pairs: Vec<PairView>,
    words: String,
}

/// Two scenarios side by side.
#[derive(Serialize)]
struct PairView {
    anchor: String,
    title: String,
    sides: Vec<SideView>,
    both: String,
}

/// What only one of two needs, or otherwise than the other.
#[derive(Serialize)]
struct SideView {
    title: String,
    rows: Vec<RowView>,
    /// What never crosses the network, below a title with how many there are.
    local: Vec<LocalView>,
}

#[derive(Serialize)]
struct LocalView {
    title: String,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    link: Link,
    state: Option<PartView>,
    facets: Vec<FacetView>,
}

#[derive(Serialize)]
struct FacetView {
    label: String,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    text: String,
    /// Whether the other scenario lacks it.
    is_own: bool,
}

/// The address of the comparison of a product's scenarios, perhaps with the first of two; `None`: there is
/// nothing to compare.
pub(super) fn compare_href(place: Place<'_>, product: ProductId, first: Option<ScenarioId>) -> Option<String> {
    let model = &place.site.model;
    // A text leads to what stands on the page; there is no script that reads more.
    let first = first.filter(|_| place.form == Form::Html);
    let fragment = first.map(|first| format!("#!s={}", model[first].id)).unwrap_or_default();
    model.has_comparison(product).then(|| place.hrefs.to(place.locale, PageRoute::Compare(product)) + &fragment)
}

pub(super) fn compare(place: Place<'_>, product: ProductId) -> Compare {
    let model = &place.site.model;
    let scenarios = &model[product].scenarios;
    let sides: Vec<Side> = scenarios.iter().map(|id| Side::of(model, product, &model.selection_of(*id))).collect();
    let (pairs, is_cut) = pairs(scenarios.len());
    let pair = |(a, b): (usize, usize)| {
        let difference = differ(model, product, [&sides[a], &sides[b]]);
        place.pair([scenarios[a], scenarios[b]], &difference)
    };
    Compare {
        intro: say(place, "compare-intro", [("product", place.voice.name(model[product].name))]),
        environment: place.environment_of(product),
        is_cut,
        pairs: pairs.into_iter().map(pair).collect(),
        words: place.comparing_words(product).to_string(),
    }
}

/// Which of so many scenarios are written out two by two, and whether these are not all.
fn pairs(count: usize) -> (Vec<(usize, usize)>, bool) {
    let all = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
    let is_cut = count * count.saturating_sub(1) / 2 > MOST_PAIRS;
    (all.filter(|(a, b)| !is_cut || a + 1 == *b).collect(), is_cut)
}

fn title(place: Place<'_>, id: ScenarioId) -> String {
    place.voice.name(place.site.model[id].title).to_owned()
}

impl Place<'_> {
    fn pair(self, ids: [ScenarioId; 2], difference: &Difference) -> PairView {
        let model = &self.site.model;
        let [a, b] = ids.map(|id| title(self, id));
        let is_counted = |id: FlowId| model[id].scope == Scope::Network;
        let side = |(name, told): (&String, &Vec<Told>)| self.side(name, told);
        PairView {
            anchor: format!("_{}_{}", model[ids[0]].id, model[ids[1]].id),
            title: say(self, "compare-pair", [("first", &a), ("second", &b)]),
            sides: [&a, &b].into_iter().zip(&difference.sides).map(side).collect(),
            both: numbered(self, "in-both", difference.both.iter().filter(|id| is_counted(**id)).count(), []),
        }
    }

    fn side(self, scenario: &str, told: &[Told]) -> SideView {
        let of = |scope: Scope| -> Vec<RowView> {
            let rows = told.iter().filter(|row| self.site.model[row.flow].scope == scope);
            rows.map(|row| self.told(row)).collect()
        };
        let rows = of(Scope::Network);
        let local = [(Scope::Internal, "flows-internal"), (Scope::Loopback, "flows-loopback")];
        let local = local.into_iter().map(|(scope, title)| (title, of(scope))).filter(|(_, rows)| !rows.is_empty());
        SideView {
            title: numbered(self, "only-in", rows.len(), [("scenario", scenario)]),
            rows,
            local: local
                .map(|(title, rows)| LocalView { title: counted_title(self, &word(self, title), rows.len()), rows })
                .collect(),
        }
    }

    fn told(self, told: &Told) -> RowView {
        let part = |(part, is_own): &(Part, bool)| PartView { text: self.part(told.flow, part), is_own: *is_own };
        let facet = |(facet, parts): &(Facet, Vec<(Part, bool)>)| FacetView {
            label: word(self, label(*facet)),
            parts: parts.iter().map(part).collect(),
        };
        RowView {
            link: flow_link(self, told.flow),
            state: told.state.map(|(state, is_own)| PartView { text: word(self, name_of(state)), is_own }),
            facets: told.facets.iter().map(facet).collect(),
        }
    }

    fn part(self, flow: FlowId, part: &Part) -> String {
        let text = match &part.what {
            What::Party(party) => self.voice.party_name(*party).into_owned(),
            What::Line(at) => self.voice.port_with_transport(&self.site.model[flow].lines[*at]),
            What::Address(address) => self.voice.address(&address.text),
            What::Nothing => word(self, "hosts-none-for-choice"),
        };
        match part.state.and_then(with_state) {
            Some(message) => say(self, message, [("part", &text)]),
            None => text,
        }
    }

    /// What the script says, of everything in the order of the facts. `{}` stands for what it fills in.
    fn comparing_words(self, product: ProductId) -> Value {
        let model = &self.site.model;
        let (options, parties) = facts::options_and_parties(model, product);
        let counted = |message: &str, name: &'static str| {
            samples(self.voice, message, |args, sample| {
                args.set("n", sample);
                args.set(name, format!("{{{name}}}"));
            })
        };
        let filled = |message: &str, name: &'static str| say(self, message, [(name, "{}")]);
        let state = |state: State| {
            let part = with_state(state).map(|message| filled(message, "part"));
            json!({ "name": word(self, name_of(state)), "part": part })
        };
        json!({
            "product": self.hrefs.to(self.locale, PageRoute::Product(product)),
            "flows": model[product].flows.iter().map(|id| self.names(*id)).collect::<Vec<_>>(),
            "parties": parties.iter().map(|id| self.voice.component_name(*id)).collect::<Vec<_>>(),
            "options": options.iter().map(|id| self.option_names(product, *id)).collect::<Vec<_>>(),
            "any": word(self, "party-any"),
            "unstated": word(self, "party-unstated"),
            "none": word(self, "hosts-none-for-choice"),
            "facets": Facet::ALL.map(|facet| word(self, label(facet))),
            "in": state(State::In),
            "alternative": state(State::Alternative),
            "open": state(State::Open),
            "internal": word(self, "flows-internal"),
            "loopback": word(self, "flows-loopback"),
            "only": counted("only-in", "scenario"),
            "both": counted("in-both", "scenario"),
            "counted": counted("title-count", "title"),
            "choices": word(self, "compare-choices"),
            "without": word(self, "without"),
            "machine": word(self, "machine"),
            "alternatives": word(self, "alternatives"),
            "labeled": filled("labeled", "label"),
            "separator": word(self, "list-separator"),
            "changed": filled("preset-changed", "scenario"),
            "unknown": filled("address-unknown", "ids"),
        })
    }

    /// What a row is called, and its lines and addresses, where they may differ.
    fn names(self, id: FlowId) -> Vec<Value> {
        let flow = &self.site.model[id];
        let may_differ = flow.lines.len() > 1 || flow.lines.iter().any(|line| !line.when.is_always());
        let lines = flow.lines.iter().filter(|_| may_differ).map(|line| self.voice.port_with_transport(line));
        let addresses = |list: &[Address]| -> Vec<String> {
            let may_differ = list.iter().any(|address| !address.when.is_always());
            list.iter().filter(|_| may_differ).map(|address| self.voice.address(&address.text)).collect()
        };
        let mut parts = vec![lines.collect(), addresses(&flow.to.hosts.list), addresses(&flow.from.hosts.list)];
        while parts.pop_if(|last| last.is_empty()).is_some() {}
        std::iter::once(json!(self.voice.flow_name(id))).chain(parts.into_iter().map(|part| json!(part))).collect()
    }

    /// An option, its choices, and what holds where nothing is chosen.
    fn option_names(self, product: ProductId, id: OptionId) -> (String, Vec<String>, String) {
        let model = &self.site.model;
        let option = &model[id];
        let labels: Vec<_> = option.choices.iter().map(|choice| self.voice.choice_label(choice)).collect();
        let nothing = Selection::default();
        let given = model.chosen(product, id, &nothing).map(|set| {
            let given: Vec<_> = set.iter().map(|choice| labels[choice].clone()).collect();
            let message = match model.basis(product, id, &nothing) {
                Basis::Assumed => "scenario-not-chosen",
                Basis::Chosen | Basis::Default => "scenario-default",
            };
            say(self, message, [("choice", &given.join(&word(self, "list-separator")))])
        });
        (self.voice.name(option.label).to_owned(), labels, given.unwrap_or_else(|| word(self, "choice-open")))
    }
}

fn label(facet: Facet) -> &'static str {
    match facet {
        Facet::Openers => "column-from",
        Facet::Listeners => "column-to",
        Facet::Lines => "column-ports",
        Facet::Hosts => "column-addresses",
        Facet::FromHosts => "addresses-from",
    }
}

/// The message for a state; what is out stands on no side.
fn name_of(state: State) -> &'static str {
    match state {
        State::In | State::Out => "state-in",
        State::Alternative => "state-alternative",
        State::Open => "state-open",
    }
}

/// The message for a part with a state of its own.
fn with_state(state: State) -> Option<&'static str> {
    match state {
        State::In | State::Out => None,
        State::Alternative => Some("part-alternative"),
        State::Open => Some("part-open"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_scenarios_those_are_compared_that_follow_each_other() {
        assert_eq!(pairs(0), (vec![], false));
        assert_eq!(pairs(3), (vec![(0, 1), (0, 2), (1, 2)], false));
        assert_eq!((pairs(8).0.len(), pairs(8).1), (28, false));
        assert_eq!((pairs(9).0.len(), pairs(9).1), (8, true));
    }
}
