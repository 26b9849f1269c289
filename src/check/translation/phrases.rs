//! Many words and phrases looked for in a text at once: names, approved and forbidden forms.

use std::collections::HashMap;
use std::ops::Range;

use crate::l10n::Words;
use crate::words::characters::PROLONGED;
use crate::words::is_wide;

/// Phrases, each with what it stands for, found by how they begin.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// By their first word, in lower case.
    by_word: HashMap<String, Vec<Phrase<T>>>,
    /// By their first two characters, where words are not parted by spaces.
    by_pair: HashMap<(char, char), Vec<Phrase<T>>>,
    /// Endings of nouns in the languages of the site.
    endings: Box<[String]>,
}

#[derive(Debug)]
struct Phrase<T> {
    /// In lower case.
    text: String,
    meaning: T,
}

/// A phrase that stands in a text.
#[derive(Clone, Debug)]
pub(super) struct Hit<T> {
    pub(super) range: Range<usize>,
    pub(super) meaning: T,
}

/// How the word after which a phrase ends may go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    /// Not at all.
    Exact,
    /// By an ending of its language, or of a compound.
    Inflected,
}

impl<T: Clone> Phrases<T> {
    /// Of phrases, and the endings that inflect them.
    pub(super) fn new(phrases: impl IntoIterator<Item = (String, T)>, endings: &[String]) -> Self {
        let mut new = Self { by_word: HashMap::new(), by_pair: HashMap::new(), endings: endings.into() };
        for (text, meaning) in phrases {
            let prose = Words::plain(&text);
            let phrase = Phrase { text: prose.lower.clone(), meaning };
            let mut chars = phrase.text.chars();
            match (chars.next(), chars.next()) {
                (Some(first), Some(second)) if is_wide(first) => {
                    new.by_pair.entry((first, second)).or_default().push(phrase);
                }
                _ => {
                    let Some(first) = prose.spaced.first().filter(|first| first.start == 0) else { continue };
                    new.by_word.entry(prose.lower[first.clone()].to_owned()).or_default().push(phrase);
                }
            }
        }
        // The longest phrase wins.
        new.by_word.values_mut().chain(new.by_pair.values_mut()).for_each(|list| {
            list.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        });
        new
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_word.is_empty() && self.by_pair.is_empty()
    }

    /// Every phrase that stands in a text, the longest at each place.
    pub(super) fn find(&self, prose: &Words, ending: Ending) -> Vec<Hit<T>> {
        let mut hits = Vec::new();
        if !self.by_word.is_empty() {
            self.find_words(prose, ending, &mut hits);
        }
        if !self.by_pair.is_empty() {
            self.find_pairs(&prose.lower, &mut hits);
        }
        hits.sort_by_key(|hit| (hit.range.start, hit.range.end));
        hits
    }

    fn find_words(&self, prose: &Words, ending: Ending, hits: &mut Vec<Hit<T>>) {
        let mut free = 0;
        for word in prose.spaced.iter().filter(|word| word.len() > 1) {
            if word.start < free {
                continue;
            }
            let said = &prose.lower[word.clone()];
            let mut stems = vec![said];
            if ending == Ending::Inflected {
                stems.extend(self.endings.iter().filter_map(|ending| said.strip_suffix(ending.as_str())));
            }
            let candidates = stems.iter().filter_map(|stem| self.by_word.get(*stem)).flatten();
            let Some((phrase, end)) = candidates
                .filter_map(|phrase| Some((phrase, self.fits(prose, word.start, &phrase.text, ending)?)))
                .max_by_key(|(_, end)| *end)
            else {
                continue;
            };
            hits.push(Hit { range: word.start..end, meaning: phrase.meaning.clone() });
            free = end;
        }
    }

    /// End of a phrase that begins at a word of a text: same letters, white space and hyphens alike.
    fn fits(&self, prose: &Words, start: usize, phrase: &str, ending: Ending) -> Option<usize> {
        let mut text = prose.lower[start..].char_indices();
        for expected in phrase.chars() {
            let (_, found) = text.next()?;
            if found != expected && !(is_joint(found) && is_joint(expected)) {
                return None;
            }
        }
        let end = text.next().map_or(prose.lower.len(), |(at, _)| start + at);
        let rest: String = prose.lower[end..].chars().take_while(|c| c.is_alphanumeric() && !is_wide(*c)).collect();
        let is_end = rest.is_empty() || ending == Ending::Inflected && self.endings.contains(&rest);
        is_end.then_some(end + rest.len())
    }

    fn find_pairs(&self, lower: &str, hits: &mut Vec<Hit<T>>) {
        let mut free = 0;
        let mut chars = lower.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let Some((_, next)) = chars.peek() else { break };
            if at < free || !is_wide(c) {
                continue;
            }
            let Some(phrases) = self.by_pair.get(&(c, *next)) else { continue };
            // サーバ is no part of サーバー: the sign that lengthens a vowel belongs to the word.
            let fits = |phrase: &&Phrase<T>| {
                lower[at..].strip_prefix(phrase.text.as_str()).is_some_and(|rest| !rest.starts_with(PROLONGED))
            };
            let Some(phrase) = phrases.iter().find(fits) else { continue };
            free = at + phrase.text.len();
            hits.push(Hit { range: at..free, meaning: phrase.meaning.clone() });
        }
    }
}

/// Deep-Security-Manager is Deep Security Manager.
fn is_joint(c: char) -> bool {
    c == '-' || c == '‑' || c == '\u{a0}' || c == ' '
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::l10n::Prose;
    use crate::value::UnitKind;

    fn found(text: &str, ending: Ending) -> Vec<String> {
        let phrases = ["Deep Security", "Deep Security Manager", "proxy", "プロキシー", "サーバ", "host firewall"];
        let endings = ["s".to_owned()];
        let phrases = Phrases::new(phrases.map(|phrase| (phrase.to_owned(), phrase)), &endings);
        let prose = Words::of(&Prose::read(text, UnitKind::Paragraph));
        phrases.find(&prose, ending).into_iter().map(|hit| prose.text[hit.range].to_owned()).collect()
    }

    #[test]
    fn the_longest_phrase_is_found_whatever_its_case_and_joints() {
        assert_eq!(
            found("Ein Deep-Security-Manager und Deep Security", Ending::Exact),
            ["Deep-Security-Manager", "Deep Security"]
        );
        assert_eq!(found("DEEP SECURITY", Ending::Exact), ["DEEP SECURITY"]);
        assert_eq!(found("host\nfirewall", Ending::Exact), ["host firewall"]);
    }

    #[test]
    fn a_part_of_a_word_is_another_word() {
        assert_eq!(found("proxying サーバー", Ending::Inflected), Vec::<String>::new());
        assert_eq!(
            found("サーバと、プロキシーサーバーの proxys", Ending::Inflected),
            ["サーバ", "プロキシー", "proxys"]
        );
        assert_eq!(found("proxys", Ending::Exact), Vec::<String>::new());
    }
}
