//! Conditions: which choices need a flow, an address, a note. In disjunctive normal form: any case
//! holds if all its options do; an option holds if one of its choices is chosen.

use std::collections::BTreeMap;

use super::OptionId;

/// How many choices one option may have.
pub const MOST_CHOICES: usize = 64;

/// A set of choices of one option; bit *n* is its *n*-th choice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct ChoiceSet(u64);

impl ChoiceSet {
    /// None.
    pub const EMPTY: Self = Self(0);

    /// The set of one choice.
    pub fn of(choice: usize) -> Self {
        Self(1 << choice)
    }

    /// Adds a choice.
    pub fn insert(&mut self, choice: usize) {
        self.0 |= 1 << choice;
    }

    /// Whether a choice is in it.
    pub fn contains(self, choice: usize) -> bool {
        self.0 >> choice & 1 == 1
    }

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Positions of its choices, in the option's order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..MOST_CHOICES).filter(move |choice| self.contains(*choice))
    }
}

/// One case: every option in it must hold.
pub type Case = BTreeMap<OptionId, ChoiceSet>;

/// Any of the cases; none written: always.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Condition {
    cases: Vec<Case>,
    /// Something was written, and no case of it can hold.
    is_never: bool,
    /// There were more cases than anybody could read.
    is_cut: bool,
}

/// Options under options multiply their cases; more than this is a mistake.
pub const MOST_CASES: usize = 256;

impl Condition {
    /// Always holds.
    pub fn always() -> Self {
        Self::default()
    }

    /// From cases; those that contradict themselves fall away.
    pub fn any_of(cases: impl IntoIterator<Item = Case>) -> Self {
        let mut possible: Vec<Case> = Vec::new();
        for case in cases {
            if case.is_empty() {
                return Self::always();
            }
            if case.values().all(|choices| !choices.is_empty()) && !possible.contains(&case) {
                if possible.len() == MOST_CASES {
                    return Self { cases: possible, is_never: false, is_cut: true };
                }
                possible.push(case);
            }
        }
        Self { is_never: possible.is_empty(), cases: possible, is_cut: false }
    }

    /// The cases; empty for "always" and for "never".
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// Whether nothing restricts it.
    pub fn is_always(&self) -> bool {
        self.cases.is_empty() && !self.is_never
    }

    /// Whether cases had to be left out.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether no selection can make it hold.
    pub fn is_never(&self) -> bool {
        self.is_never
    }

    /// Both hold.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        if self.is_always() {
            return other.clone();
        }
        if other.is_always() {
            return self.clone();
        }
        Self::any_of(self.cases.iter().flat_map(|a| other.cases.iter().map(|b| and_cases(a, b))))
    }

    /// Either holds. Cases that differ in one option only become one: "version 10 or 11", not
    /// "version 10; or version 11".
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        if self.is_never || other.is_never {
            return if self.is_never { other.clone() } else { self.clone() };
        }
        if self.is_always() || other.is_always() {
            return Self::always();
        }
        let mut cases = self.cases.clone();
        for case in &other.cases {
            match cases.iter_mut().find_map(|known| joined(known, case).map(|joined| (known, joined))) {
                Some((known, joined)) => *known = joined,
                None => cases.push(case.clone()),
            }
        }
        Self::any_of(cases)
    }

    /// Options that occur in it.
    pub fn options(&self) -> impl Iterator<Item = OptionId> {
        self.cases.iter().flat_map(|case| case.keys().copied())
    }
}

/// One case for two, where the choices of one option only keep them apart.
fn joined(a: &Case, b: &Case) -> Option<Case> {
    if !a.keys().eq(b.keys()) {
        return None;
    }
    let mut differing = a.iter().filter(|(option, choices)| b[*option] != **choices);
    let Some((option, choices)) = differing.next() else { return Some(a.clone()) };
    let mut case = a.clone();
    case.insert(*option, choices.or(b[option]));
    differing.next().is_none().then_some(case)
}

fn and_cases(a: &Case, b: &Case) -> Case {
    let mut both = a.clone();
    for (option, choices) in b {
        both.entry(*option).and_modify(|known| *known = known.and(*choices)).or_insert(*choices);
    }
    both
}
