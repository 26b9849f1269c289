//! `Site::select` against a second, naive implementation over the published data: it knows no
//! dense ids, no bit sets, no implied options, only what `flows.json` and `options.json` say.

use std::collections::{BTreeMap, BTreeSet};

use rutter::Site;
use rutter::model::{ChoiceSet, Id, Necessity, OptionId, ProductId, Selection, ids};
use serde_json::Value;

use crate::support::{amount, api, load, real_files, render};

/// Option → chosen choices.
type Chosen = BTreeMap<String, BTreeSet<String>>;

/// More selections than this per product are sampled instead of enumerated: usually, and at most.
const MOST: (usize, usize) = (4000, 100_000);

#[test]
fn every_selection_gives_the_flows_a_naive_reading_gives() {
    let site = load(&real_files());
    let files = render(&site);
    let (flows, options) = (api(&files, "flows"), api(&files, "options"));
    let mut count = 0;
    for product in ids::<ProductId>(site.model.products.len()) {
        for chosen in selections(&site, product) {
            let expected = naive(&site, product, &flows, &options, &chosen);
            assert_eq!(selected(&site, product, &chosen), expected, "{} with {chosen:?}", site.model[product].id);
            count += 1;
        }
    }
    assert!(count > 1000, "only {count} selections");
}

/// Every combination of one choice or none per option, and all pairs of choices of one option.
fn selections(site: &Site, product: ProductId) -> Vec<Chosen> {
    let options = site.model.options_of(product);
    let mut all: Vec<Chosen> = vec![Chosen::new()];
    for option in &options {
        let key = site.model.option_key(*option);
        let choices: Vec<_> = site.model[*option].choices.iter().map(|choice| choice.id.clone()).collect();
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
        let key = site.model.option_key(*option);
        let choices: Vec<_> = site.model[*option].choices.iter().map(|choice| choice.id.clone()).collect();
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

fn selected(site: &Site, product: ProductId, chosen: &Chosen) -> BTreeMap<String, &'static str> {
    let model = &site.model;
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
    site.select(product, &selection).into_iter().map(|flow| (model.flow_key(flow.flow), word(flow.necessity))).collect()
}

fn naive(
    site: &Site,
    product: ProductId,
    flows: &Value,
    options: &Value,
    chosen: &Chosen,
) -> BTreeMap<String, &'static str> {
    let name = &site.model[product].id;
    let known = |option: &str| -> Option<BTreeSet<String>> {
        if let Some(choices) = chosen.get(option) {
            return Some(choices.clone());
        }
        // What a product writes under `defaults` is not part of the data.
        let own = site.model[product].defaults.iter().find(|(id, _)| site.model.option_key(**id) == option);
        if let Some((id, set)) = own {
            return Some(set.iter().map(|choice| site.model.options[id.index()].choices[choice].id.clone()).collect());
        }
        let entry = options["options"].as_array().unwrap().iter().find(|entry| entry["id"] == option).unwrap();
        let default: BTreeSet<String> =
            entry["default"].as_array().unwrap().iter().map(|choice| choice.as_str().unwrap().to_owned()).collect();
        (!default.is_empty()).then_some(default)
    };
    let mut needed = BTreeMap::new();
    for flow in flows["flows"].as_array().unwrap().iter().filter(|flow| flow["product"] == **name) {
        let cases = flow["when"].as_array().unwrap();
        let weighed: Vec<Option<bool>> = cases.iter().map(|case| holds(case, &known)).collect();
        let id = flow["id"].as_str().unwrap().to_owned();
        if cases.is_empty() || weighed.contains(&Some(true)) {
            needed.insert(id, "needed");
        } else if weighed.contains(&None) {
            needed.insert(id, "depends");
        }
    }
    needed
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
