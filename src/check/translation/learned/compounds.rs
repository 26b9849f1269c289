//! Compounds that a locale writes as one word or with hyphens, learned from the site's own texts.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::reading::Reading;
use super::names::named_units;
use crate::l10n::Words;
use crate::locale::LocaleId;
use crate::site::Site;
use crate::words::language::List;

/// Words of a locale that are written together or with hyphens, in lower case.
#[derive(Debug, Default)]
pub(in super::super) struct Compounds {
    /// As they are written, by their form in lower case.
    joined: HashMap<String, String>,
    /// Two words in a row in a name, which stay as they are.
    apart: HashSet<String>,
    /// What may stand between the two.
    links: Vec<String>,
}

impl Compounds {
    /// Learns them from the site's own texts.
    pub(in super::super) fn learn(site: &Site, locale: LocaleId, readings: &[Vec<Option<Reading<'_>>>]) -> Self {
        let mut compounds = Self::default();
        let links = site.languages[locale.index()].list(List::CompoundLink);
        if links.is_empty() {
            return compounds;
        }
        compounds.links = ["-", ""].map(str::to_owned).into_iter().chain(links.iter().cloned()).collect();
        let names = named_units(site).into_iter().map(|unit| site.name(unit, locale));
        for name in
            names.chain(site.model.components.iter().flat_map(|component| &component.examples).map(String::as_str))
        {
            let prose = Words::plain(name);
            compounds.apart.extend(prose.spaced.windows(2).map(|two| prose.lower[two[0].start..two[1].end].to_owned()));
        }
        for prose in readings.iter().filter_map(|readings| Some(&readings[locale.index()].as_ref()?.words)) {
            let is_hyphen = |at: usize| &prose.text[prose.spaced[at].end..prose.spaced[at + 1].start] == "-";
            for (first, word) in prose.spaced.iter().enumerate() {
                let is_noun = prose.text[word.clone()].starts_with(char::is_uppercase) && !prose.is_code(word.start);
                if is_noun && word.len() > 5 {
                    compounds.add(prose, word.clone());
                }
                // Trend-Micro-Server says nothing of Trend Micro: only whole compounds count.
                let is_first = first == 0 || !is_hyphen(first - 1);
                let last = (first + 2 == prose.spaced.len()) || first + 2 < prose.spaced.len() && !is_hyphen(first + 1);
                if is_noun && is_first && last && is_hyphen(first) {
                    compounds.add(prose, word.start..prose.spaced[first + 1].end);
                }
            }
        }
        compounds
    }

    pub(in super::super) fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }

    fn add(&mut self, prose: &Words, range: Range<usize>) {
        if !self.joined.contains_key(&prose.lower[range.clone()]) {
            self.joined.insert(prose.lower[range.clone()].to_owned(), prose.text[range].to_owned());
        }
    }

    /// Two words that belong together as the site writes them elsewhere.
    pub(in super::super) fn joined(&self, first: &str, second: &str) -> Option<String> {
        let mut forms = self.links.iter().map(|link| format!("{first}{link}{second}"));
        let is_known = !self.apart.contains(&format!("{first} {second}"));
        forms.find_map(|form| self.joined.get(&form).filter(|_| is_known)).cloned()
    }
}
