//! Conditions as written → [`Condition`], with what their options imply.

use crate::diagnostic::{Code, Diagnostic, Vocabulary, suggest};
use crate::parse::when::{RawCase, RawWhen};
use crate::span::Spanned;

use crate::item::ItemKind;

use super::super::{Case, ChoiceSet, Condition, Id, Item, MOST_CASES, OptionId, ProductId};
use super::Resolver;

impl Resolver<'_> {
    /// A condition with what it implies: an option that exists only under another brings that
    /// other's condition along.
    pub(super) fn condition(&mut self, product: Option<ProductId>, when: Option<&RawWhen>) -> Condition {
        let Some(when) = when else { return Condition::always() };
        let mut all = Vec::new();
        for raw in when {
            let case = self.case(product, raw);
            let expanded = self.expand(&case);
            if expanded.is_never() {
                self.report_never(raw);
            }
            all.extend(if expanded.is_always() { vec![Case::new()] } else { expanded.cases().to_vec() });
        }
        if all.is_empty() { Condition::always() } else { Condition::any_of(all) }
    }

    /// A condition as it is written, nothing implied.
    pub(super) fn plain_condition(&mut self, product: Option<ProductId>, when: &RawWhen) -> Condition {
        let cases: Vec<_> = when.iter().map(|raw| self.case(product, raw)).collect();
        // One of which no case could be read restricts nothing.
        if cases.is_empty() { Condition::always() } else { Condition::any_of(cases) }
    }

    /// The choices of a scenario or of `defaults`.
    pub(super) fn case(&mut self, product: Option<ProductId>, raw: &RawCase) -> Case {
        let mut case = Case::new();
        for (name, choices) in raw {
            let Some(option) = self.ids.options.find(product, &name.value) else {
                let diagnostic = self.ids.options.unknown(Code::UnknownOption, ItemKind::Option, product, name);
                self.report.add(diagnostic);
                continue;
            };
            self.uses.add(Item::Option(option), name.span);
            let choices = self.choice_set(option, choices);
            // An unknown choice is reported; without any left the option restricts nothing, which
            // keeps one mistake from becoming "can never hold".
            if !choices.is_empty() {
                case.insert(option, choices);
            }
        }
        case
    }

    /// Named choices of an option.
    pub(super) fn choice_set(&mut self, option: OptionId, names: &[Spanned<String>]) -> ChoiceSet {
        let mut set = ChoiceSet::EMPTY;
        // An option without any has some that could not be read.
        let names = if self.model[option].choices.is_empty() { &[] } else { names };
        for name in names {
            let item = &self.model[option];
            if let Some(position) = item.choices.iter().position(|choice| choice.id == name.value) {
                set.insert(position);
                self.uses.add(Item::Choice(option, position as u8), name.span);
            } else {
                let known: Vec<_> = item.choices.iter().map(|choice| choice.id.as_str()).collect();
                let help = suggest(&name.value, known.iter().copied(), Vocabulary::Site);
                let diagnostic = Diagnostic::error(
                    Code::UnknownChoice,
                    format!("`{}` is no choice of the option `{}`", name.value, item.id),
                )
                .at(name.span)
                .label(item.span, "the option")
                .maybe_help(help)
                .help(format!("its choices: {}", known.join(", ")));
                self.report.add(diagnostic);
            }
        }
        set
    }

    fn expand(&self, case: &Case) -> Condition {
        let whole = if case.is_empty() { Condition::always() } else { Condition::any_of([case.clone()]) };
        case.keys().fold(whole, |all, option| all.and(&self.model[*option].when))
    }

    /// Brings along what the conditions of options imply themselves, from `first` on. After as many
    /// rounds as there are options nothing new can come, unless they go in a circle.
    pub(super) fn expand_options(&mut self, first: usize) {
        let count = self.model.options.len();
        for position in first..count {
            let id = OptionId::from_index(position);
            let mut condition = self.model[id].when.clone();
            for _ in 0..=count {
                let cases = condition.cases().to_vec();
                let next = cases
                    .iter()
                    .map(|case| self.expand(case))
                    .flat_map(|expanded| expanded.cases().to_vec())
                    .collect::<Vec<_>>();
                if next == cases || condition.is_cut() {
                    break;
                }
                condition = Condition::any_of(next);
            }
            if condition.is_cut() {
                let (name, span) = (self.model[id].id.clone(), self.model[id].span);
                let headline = format!("the option `{name}` depends on more than {MOST_CASES} cases of other options");
                self.error(
                    Code::TooManyChoices,
                    span,
                    headline,
                    "options under options multiply their cases; name the deciding option alone",
                );
            }
            if condition.options().any(|option| option == id) {
                let (name, span) = (self.model[id].id.clone(), self.model[id].span);
                self.error(
                    Code::OptionCycle,
                    span,
                    format!("the option `{name}` depends on itself through others"),
                    "one of the options in the circle must go without `when`",
                );
                condition = Condition::always();
            }
            self.model.options[position].when = condition;
        }
    }

    fn report_never(&mut self, raw: &RawCase) {
        let Some((name, _)) = raw.first() else { return };
        let names: Vec<_> = raw.iter().map(|(name, _)| format!("`{}`", name.value)).collect();
        self.report.add(
            Diagnostic::error(Code::NeverHolds, format!("the condition on {} can never hold", names.join(" and ")))
                .at(name.span)
                .help(
                    "an option under another exists only where that one's condition holds; the two exclude each other",
                ),
        );
    }
}
