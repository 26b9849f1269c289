//! What two messages say in each case: one message may select a form by a number or a word, the other
//! may not, and in each case a reader sees one text of either.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry as Part, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;

use crate::words::REFERENCE;

/// More cases than these are not told apart.
const MOST_CASES: usize = 64;

/// What both messages say in one case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Case {
    /// The words of the source locale's message; [`REFERENCE`] stands for what is said at another time.
    pub source: String,
    /// Those of the other locale's.
    pub target: String,
    /// Whether it holds for some numbers only (`[one]`, `[0]`): a language has as many of these forms
    /// as it needs, and says the number in them or not.
    pub is_numbered: bool,
}

/// All cases of two messages in their normal form, each once.
pub fn cases(source: &str, target: &str) -> Vec<Case> {
    let (source, target) = (format!("m = {source}\n"), format!("m = {target}\n"));
    let (Some(source), Some(target)) = (pattern(&source), pattern(&target)) else { return Vec::new() };
    let mut keys = Keys::new();
    collect(&source, &mut keys);
    collect(&target, &mut keys);
    let cases: BTreeSet<Case> = choices(&keys)
        .iter()
        .map(|choice| Case {
            source: words(&source, choice),
            target: words(&target, choice),
            is_numbered: choice.values().any(|key| is_number(key)),
        })
        .collect();
    cases.into_iter().collect()
}

/// Selectors and the keys of their variants.
type Keys = BTreeMap<String, BTreeSet<String>>;

/// The key that is meant for each selector; none: the one behind `*`.
type Choice = BTreeMap<String, String>;

fn pattern(message: &str) -> Option<Pattern<&str>> {
    let resource = parser::parse(message).unwrap_or_else(|(resource, _)| resource);
    resource.body.into_iter().find_map(|entry| match entry {
        Part::Message(message) => message.value,
        _ => None,
    })
}

/// The selections of a pattern, also those in braces of their own.
fn selection<'a, 'p>(
    expression: &'p Expression<&'a str>,
) -> Option<(&'p InlineExpression<&'a str>, &'p [fluent_syntax::ast::Variant<&'a str>])> {
    match expression {
        Expression::Select { selector, variants } => Some((selector, variants)),
        Expression::Inline(InlineExpression::Placeable { expression }) => selection(expression),
        Expression::Inline(_) => None,
    }
}

fn selector_name(selector: &InlineExpression<&str>) -> String {
    format!("{selector:?}")
}

fn key_name(key: &VariantKey<&str>) -> String {
    match key {
        VariantKey::Identifier { name } => (*name).to_owned(),
        VariantKey::NumberLiteral { value } => (*value).to_owned(),
    }
}

fn collect(pattern: &Pattern<&str>, keys: &mut Keys) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let Some((selector, variants)) = selection(expression) else { continue };
        let known = keys.entry(selector_name(selector)).or_default();
        known.extend(variants.iter().filter(|variant| !variant.default).map(|variant| key_name(&variant.key)));
        for variant in variants {
            collect(&variant.value, keys);
        }
    }
}

fn choices(keys: &Keys) -> Vec<Choice> {
    let mut choices = vec![Choice::new()];
    for (selector, keys) in keys {
        let more: Vec<_> = choices
            .iter()
            .flat_map(|choice| {
                keys.iter().map(|key| {
                    let mut choice = choice.clone();
                    choice.insert(selector.clone(), key.clone());
                    choice
                })
            })
            .collect();
        if choices.len() + more.len() <= MOST_CASES {
            choices.extend(more);
        }
    }
    choices
}

/// Categories of plurals (CLDR), less `other`, and numbers themselves.
fn is_number(key: &str) -> bool {
    matches!(key, "zero" | "one" | "two" | "few" | "many") || key.bytes().all(|byte| byte.is_ascii_digit())
}

fn words(pattern: &Pattern<&str>, choice: &Choice) -> String {
    let mut text = String::new();
    push_pattern(pattern, choice, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_pattern(pattern: &Pattern<&str>, choice: &Choice, text: &mut String) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { expression } => push_expression(expression, choice, text),
        }
    }
}

fn push_expression(expression: &Expression<&str>, choice: &Choice, text: &mut String) {
    if let Some((selector, variants)) = selection(expression) {
        let wanted = choice.get(&selector_name(selector));
        let chosen = variants.iter().find(|variant| wanted.is_some_and(|wanted| key_name(&variant.key) == *wanted));
        let chosen = chosen.or_else(|| variants.iter().find(|variant| variant.default));
        return chosen.into_iter().for_each(|variant| push_pattern(&variant.value, choice, text));
    }
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value }) => {
            text.push_str(value);
        }
        _ => text.push(REFERENCE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_is_read_in_both_languages() {
        let plural = "{ $count ->\n    [one] { $count } page\n   *[other] { $count } pages\n}";
        for (source, target, expected) in [
            ("Port { $port }", "{ $port }番ポート", vec![("Port \u{fffc}", "\u{fffc}番ポート", false)]),
            ("{ \", \" }", "{ \"、\" }", vec![(",", "、", false)]),
            (
                plural,
                "{ $count }ページ",
                vec![("\u{fffc} page", "\u{fffc}ページ", true), ("\u{fffc} pages", "\u{fffc}ページ", false)],
            ),
            (
                "{ $kind ->\n    [tcp] TCP\n   *[other] any\n}",
                "{ $kind ->\n    [tcp] TCP\n    [udp] UDP\n   *[other] alle\n}",
                vec![("TCP", "TCP", false), ("any", "UDP", false), ("any", "alle", false)],
            ),
        ] {
            let found = cases(source, target);
            let found: Vec<_> =
                found.iter().map(|case| (case.source.as_str(), case.target.as_str(), case.is_numbered)).collect();
            assert_eq!(found, expected, "{source}");
        }
    }
}
