//! Conditions and choices: whether a condition holds, what is chosen, and who says so.

use super::super::{Case, ChoiceSet, Condition, Model, OptionId, ProductId};
use super::{Basis, Necessity, Selection};

impl Model {
    /// Whether a condition holds under a selection.
    pub fn weigh(&self, product: ProductId, condition: &Condition, selection: &Selection) -> Necessity {
        if condition.is_always() {
            return Necessity::Needed;
        }
        let cases = condition.cases().iter().map(|case| self.weigh_case(product, case, selection));
        cases.max().unwrap_or(Necessity::Never)
    }

    fn weigh_case(&self, product: ProductId, case: &Case, selection: &Selection) -> Necessity {
        let weigh = |(option, needed): (&OptionId, &ChoiceSet)| match self.chosen(product, *option, selection) {
            None => Necessity::Depends,
            Some(chosen) if chosen.and(*needed).is_empty() => Necessity::Never,
            Some(_) => Necessity::Needed,
        };
        case.iter().map(weigh).min().unwrap_or(Necessity::Needed)
    }

    /// The choices that hold for an option; `None`: nothing is chosen and there is no default.
    pub fn chosen(&self, product: ProductId, option: OptionId, selection: &Selection) -> Option<ChoiceSet> {
        let chosen = selection.choose.get(&option).copied().filter(|chosen| !chosen.is_empty());
        let product_default = || self[product].defaults.get(&option).copied();
        let default = || Some(self[option].default).filter(|default| !default.is_empty());
        chosen.or_else(product_default).or_else(default)
    }

    /// Why the choices hold that [`chosen`](Self::chosen) gives.
    pub fn basis(&self, product: ProductId, option: OptionId, selection: &Selection) -> Basis {
        if selection.choose.get(&option).is_some_and(|chosen| !chosen.is_empty()) {
            return Basis::Chosen;
        }
        let is_assumed = self[option].is_default_assumed && !self[product].defaults.contains_key(&option);
        if is_assumed { Basis::Assumed } else { Basis::Default }
    }
}
