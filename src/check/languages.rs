//! Lists of words that a language lacks: without them a check says nothing, which looks like a clean
//! text. `status` tells of it, since nothing is wrong with the content.

use crate::diagnostic::Code;
use crate::locale::LocaleId;
use crate::site::Site;

/// Checks, and the lists or sections without which they can't see what they look for.
const NEEDS: &[(Code, &[&str])] = &[
    (Code::NegationMismatch, &["sense.not"]),
    (Code::ConditionMismatch, &["sense.if"]),
    (Code::NakedCondition, &["conditions.words"]),
    (Code::NakedFact, &["ports.words"]),
    (Code::NumberMismatch, &["numerals", "units"]),
    (Code::Untranslated, &["words.small"]),
    (Code::Typography, &["compounds.links"]),
];

/// A check that passes over what it should find in a language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Blind {
    /// The check.
    pub code: Code,
    /// The lists of `language.toml` that it lacks.
    pub lists: Vec<&'static str>,
}

/// What the checks can't see in texts of a locale. A list that is empty says that there are no such words.
pub fn blind(site: &Site, locale: LocaleId) -> Vec<Blind> {
    let language = &site.languages[locale.index()];
    let blind = NEEDS.iter().map(|(code, lists)| {
        let lacking = lists.iter().filter(|list| !language.tells(list)).copied().collect();
        Blind { code: *code, lists: lacking }
    });
    blind.filter(|blind| !blind.lists.is_empty()).collect()
}
