//! The addresses of one end as a row shows them to browsers: those that always hold beside each other,
//! those that hang on one or two options in a grid of their choices, all others under their conditions.

use std::collections::BTreeSet;

use serde::Serialize;

use super::hosts::{HostLink, by_condition, folded, split};
use super::{Link, numbered, say, word};
use crate::l10n::Join;
use crate::model::{Address, Anchored, ChoiceSet, Hosts, HostsKind, OptionId};
use crate::render::prose::Place;

/// More addresses than this stand behind the row, which says how many there are.
const MOST_IN_LINE: usize = 3;

/// Where an end is reached.
#[derive(Serialize)]
pub(super) struct Addresses {
    /// What is said where none are listed.
    word: Option<String>,
    /// The page that lists them.
    source: Option<Link>,
    /// In the line of the row.
    line: Vec<HostLink>,
    /// In its place, what stands behind the row: "6 addresses by version and edition".
    sum: Option<String>,
    list: Vec<HostLink>,
    grid: Option<Grid>,
    groups: Vec<Group>,
}

/// An address, and which of its end it is: what scripts know it by.
#[derive(Serialize)]
struct Listed {
    at: usize,
    name: String,
    path: String,
}

/// Addresses by the choices of one or two options.
#[derive(Serialize)]
struct Grid {
    /// The names of the options.
    corner: String,
    /// Empty where one option is all that they hang on.
    columns: Vec<String>,
    rows: Vec<GridRow>,
}

#[derive(Serialize)]
struct GridRow {
    label: String,
    cells: Vec<Vec<Listed>>,
}

/// Addresses under one condition.
#[derive(Serialize)]
struct Group {
    condition: Option<String>,
    hosts: Vec<Listed>,
}

impl Place<'_> {
    /// The addresses of an end; `None`: the choices of the selection leave none.
    pub(super) fn addresses(self, hosts: Option<&Hosts>) -> Addresses {
        let nothing =
            Addresses { word: None, source: None, line: vec![], sum: None, list: vec![], grid: None, groups: vec![] };
        let Some(hosts) = hosts else {
            return Addresses { word: Some(word(self, "hosts-none-for-choice")), ..nothing };
        };
        let source = hosts.source.map(|id| Link {
            text: say(self, "hosts-see", [("source", self.voice.name(self.site.model[id].title))]),
            href: self.hrefs.to(self.locale, self.site.model.link_to(Anchored::Source(id))),
            ..Link::default()
        });
        let addresses = Addresses { word: self.hosts_word(hosts.kind), source, ..nothing };
        let options = options_of(&hosts.list);
        match (hosts.list.len(), options.as_slice()) {
            (0, _) => addresses,
            (_, []) => {
                let texts = hosts.list.iter().map(|address| (address.text.as_str(), String::new()));
                let list = folded(self, texts);
                if list.len() <= MOST_IN_LINE {
                    return Addresses { line: list, ..addresses };
                }
                Addresses { sum: Some(numbered(self, "addresses-count", list.len(), [])), list, ..addresses }
            }
            (count, options) => {
                let names: Vec<_> =
                    options.iter().map(|id| self.voice.name(self.site.model[*id].label).to_owned()).collect();
                let sum =
                    Some(numbered(self, "addresses-by", count, [("options", &self.voice.list(&names, Join::And))]));
                match self.grid(&hosts.list, options) {
                    Some(grid) => Addresses { sum, grid: Some(grid), ..addresses },
                    None => Addresses { sum, groups: self.groups(&hosts.list), ..addresses },
                }
            }
        }
    }

    /// What is said in place of addresses; `None`: they are listed, or a page lists them.
    pub(super) fn hosts_word(self, kind: HostsKind) -> Option<String> {
        let message = match kind {
            HostsKind::Own => "hosts-own",
            HostsKind::Any => "hosts-any",
            HostsKind::Unpublished => "hosts-unpublished",
            HostsKind::Unknown => "hosts-unknown",
            HostsKind::See | HostsKind::List => return None,
        };
        Some(word(self, message))
    }

    fn cell(self, (at, address): (usize, &Address)) -> Listed {
        let (name, path) = split(&address.text);
        Listed { at, name: self.voice.address(name), path: path.to_owned() }
    }

    /// `None`: what they hang on has more than two sides, or a condition has several cases.
    fn grid(self, list: &[Address], options: &[OptionId]) -> Option<Grid> {
        let is_flat = list.iter().all(|address| address.when.cases().len() <= 1);
        let (rows, columns) = match options {
            [one] => (*one, None),
            [a, b] => {
                let sets = |id: OptionId| list.iter().map(|address| set_of(address, id)).collect::<BTreeSet<_>>().len();
                if sets(*a) > sets(*b) { (*a, Some(*b)) } else { (*b, Some(*a)) }
            }
            _ => return None,
        };
        if !is_flat {
            return None;
        }
        let row_sets = self.sets(list, rows);
        let column_sets = columns.map(|id| self.sets(list, id));
        let label = |option: OptionId, set: Option<ChoiceSet>| self.set_label(option, set);
        let in_cell = |row: Option<ChoiceSet>, column: Option<Option<ChoiceSet>>| {
            let stands = |address: &Address| {
                set_of(address, rows) == row
                    && columns.zip(column).is_none_or(|(option, column)| set_of(address, option) == column)
            };
            let there = list.iter().enumerate().filter(|(_, address)| stands(address));
            there.map(|address| self.cell(address)).collect::<Vec<_>>()
        };
        let row = |set: &Option<ChoiceSet>| GridRow {
            label: label(rows, *set),
            cells: match &column_sets {
                None => vec![in_cell(*set, None)],
                Some(sets) => sets.iter().map(|column| in_cell(*set, Some(*column))).collect(),
            },
        };
        let names = [Some(rows), columns].into_iter().flatten();
        let names: Vec<_> = names.map(|id| self.voice.name(self.site.model[id].label).to_owned()).collect();
        Some(Grid {
            corner: names.join(&word(self, "grid-corner")),
            columns: columns
                .zip(column_sets.as_ref())
                .map(|(option, sets)| sets.iter().map(|set| label(option, *set)).collect())
                .unwrap_or_default(),
            rows: row_sets.iter().map(row).collect(),
        })
    }

    /// The different sets of choices of an option under which addresses hold, in the option's order, those
    /// that hold whatever is chosen first; choices for which there is none come last, together.
    fn sets(self, list: &[Address], option: OptionId) -> Vec<Option<ChoiceSet>> {
        let mut sets: Vec<Option<ChoiceSet>> = Vec::new();
        for address in list {
            let set = set_of(address, option);
            if !sets.contains(&set) {
                sets.push(set);
            }
        }
        sets.sort_by_key(|set| set.and_then(|set| set.iter().next()));
        let used = sets.iter().flatten().fold(ChoiceSet::EMPTY, |all, set| all.or(*set));
        let mut unused = ChoiceSet::EMPTY;
        (0..self.site.model[option].choices.len())
            .filter(|choice| !used.contains(*choice))
            .for_each(|choice| unused.insert(choice));
        let is_for_all = sets.contains(&None);
        sets.extend((!unused.is_empty() && !is_for_all).then_some(Some(unused)));
        sets
    }

    fn set_label(self, option: OptionId, set: Option<ChoiceSet>) -> String {
        let Some(set) = set else { return word(self, "hosts-all") };
        let choices = &self.site.model[option].choices;
        let labels: Vec<_> = set.iter().map(|choice| self.voice.choice_label(&choices[choice])).collect();
        labels.join(&word(self, "list-separator"))
    }

    fn groups(self, list: &[Address]) -> Vec<Group> {
        let group = |addresses: Vec<(usize, &Address)>| Group {
            condition: self.voice.condition(&addresses[0].1.when),
            hosts: addresses.into_iter().map(|address| self.cell(address)).collect(),
        };
        by_condition(list).into_iter().map(group).collect()
    }
}

/// The options that addresses hang on, in the order of their ids.
fn options_of(list: &[Address]) -> Vec<OptionId> {
    let options: BTreeSet<_> = list.iter().flat_map(|address| address.when.options()).collect();
    options.into_iter().collect()
}

/// The choices of an option for which an address holds; `None`: it does not hang on the option.
fn set_of(address: &Address, option: OptionId) -> Option<ChoiceSet> {
    address.when.cases().first().and_then(|case| case.get(&option)).copied()
}
