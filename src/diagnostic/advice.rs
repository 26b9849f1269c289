//! What to do about a mistake, in words; and where one answer only is right, as a change of bytes.

use std::ops::Range;

use super::Diagnostic;
use crate::words::fold_for_search;

/// How many names a question proposes.
const MOST_PROPOSED: usize = 3;

/// A next step, lowercase, no full stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advice {
    /// In words.
    pub text: String,
    /// The same as a change, where nobody has to decide anything.
    pub fix: Option<Fix>,
}

/// What stands at the place of a diagnostic, or within it, and what belongs there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// As written.
    pub written: String,
    /// As it should be.
    pub meant: String,
}

impl<T: Into<String>> From<T> for Advice {
    fn from(text: T) -> Self {
        Self { text: text.into(), fix: None }
    }
}

impl Advice {
    /// Says what to write in place of what was written.
    #[must_use]
    pub fn fixed_by(text: impl Into<String>, written: &str, meant: impl Into<String>) -> Self {
        Self { text: text.into(), fix: Some(Fix { written: written.to_owned(), meant: meant.into() }) }
    }
}

impl Fix {
    /// The bytes to replace within a range of a file. `None`: they do not stand there letter by letter, as
    /// behind an escape, or more than once.
    pub fn place(&self, text: &str, within: Range<usize>) -> Option<Range<usize>> {
        let here = text.get(within.clone())?;
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let (first, last) = (self.written.chars().next(), self.written.chars().next_back());
        let mut places = here.match_indices(&self.written).map(|(at, _)| at..at + self.written.len()).filter(|place| {
            let is_cut_before = is_word(first) && is_word(here[..place.start].chars().next_back());
            let is_cut_behind = is_word(last) && is_word(here[place.end..].chars().next());
            !is_cut_before && !is_cut_behind
        });
        let place = places.next()?;
        places.next().is_none().then(|| within.start + place.start..within.start + place.end)
    }
}

impl Diagnostic {
    /// The bytes to replace in the text of its file, and what comes there.
    pub fn change<'a>(&'a self, text: &str) -> Option<(Range<usize>, &'a str)> {
        let (span, fix) = (self.span?, self.fix.as_ref()?);
        Some((fix.place(text, span.range())?, fix.meant.as_str()))
    }
}

/// Whose words they are that something was meant to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Vocabulary {
    /// The language's own: keys, codes. A writer can't have meant another.
    Language,
    /// Names that writers gave, and words for facts. One that is missing may be as right as one that is near: the
    /// language has `http` for a proxy, and the vendor may have said `https`.
    Site,
}

/// Asks whether one of the candidates was meant, and mends what can only be a slip.
pub fn suggest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>, of: Vocabulary) -> Option<Advice> {
    let near = nearest(typed, candidates);
    let question = question(&near)?;
    match near.as_slice() {
        [one] if is_slip(typed, one, of) => Some(Advice::fixed_by(question, typed, *one)),
        _ => Some(question.into()),
    }
}

/// "did you mean `x`?", or up to three of the candidates that are close enough to be what was meant.
pub fn did_you_mean<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    question(&nearest(typed, candidates))
}

fn question(near: &[&str]) -> Option<String> {
    let (last, rest) = near.split_last()?;
    let rest: Vec<_> = rest.iter().map(|name| format!("`{name}`")).collect();
    let or = if rest.is_empty() { "" } else { " or " };
    Some(format!("did you mean {}{or}`{last}`?", rest.join(", ")))
}

/// The candidate closest to what was typed, if it is close enough to be what was meant.
pub fn closest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(typed, candidates).first().copied()
}

/// Those close enough, nearest first.
fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    // `HTTPS` for `https` is no other word, nor is one in full-width letters.
    let typed = &fold_for_search(typed);
    let mut candidates: Vec<_> = candidates.into_iter().map(|name| (distance(typed, name), name)).collect();
    candidates.sort_by_key(|(distance, _)| *distance);
    // A third of the letters may differ; `a` for `b` is no near miss but another word.
    let is_near = |(distance, name): &(usize, &str)| distance * 3 <= typed.chars().count().max(name.chars().count());
    // Beside one that fits, what fits much worse is noise.
    let most = candidates.first().map_or(0, |(distance, _)| distance + 1);
    let is_as_near = |found: &&(usize, &str)| found.0 <= most && is_near(found);
    let mut near: Vec<&str> = candidates.iter().filter(is_as_near).map(|(_, name)| *name).collect();
    if near.is_empty() {
        // `dns` for `dns-server`: a part that was taken for the whole.
        let is_part = |name: &&str| typed.len() > 2 && name.split('-').any(|part| part == typed);
        near = candidates.iter().map(|(_, name)| *name).filter(is_part).collect();
    }
    // One in other letters leaves no question.
    if near.first().is_some_and(|name| distance(typed, name) == 0) {
        near.truncate(1);
    }
    near.dedup();
    near.truncate(MOST_PROPOSED);
    near
}

fn distance(folded: &str, name: &str) -> usize {
    strsim::damerau_levenshtein(folded, &name.to_lowercase())
}

/// Whether what was typed can only be a slip of the one word near it. `ldaps` is none of `ldap`, nor `v10-4`
/// of `v10-3`, nor `relay-b` of `relay-a`: in a part of three letters one makes another word.
fn is_slip(typed: &str, meant: &str, of: Vocabulary) -> bool {
    let folded = fold_for_search(typed);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(&folded) != digits(meant) {
        return false;
    }
    let is_plural = folded.strip_suffix('s') == Some(meant) || meant.strip_suffix('s') == Some(&folded);
    // Swapped, doubled and lost letters are slips; another letter makes another word: `mail`, `main`.
    let is_substituted = folded.chars().count() == meant.chars().count() && strsim::levenshtein(&folded, meant) == 1;
    match distance(&folded, meant) {
        0 => true,
        1 => differing_part(&folded, meant) > 3 && (of == Vocabulary::Language || !is_plural && !is_substituted),
        _ => false,
    }
}

/// How many letters the shortest part has that is not the same in both; of all, where they have other parts.
fn differing_part(one: &str, other: &str) -> usize {
    let shorter = |one: &str, other: &str| one.chars().count().min(other.chars().count());
    if one.split('-').count() != other.split('-').count() {
        return shorter(one, other);
    }
    let differing = one.split('-').zip(other.split('-')).filter(|(one, other)| one != other);
    differing.map(|(one, other)| shorter(one, other)).min().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str, candidates: &[&str]) -> (String, Option<String>) {
        let advice = suggest(typed, candidates.iter().copied(), Vocabulary::Site);
        advice.map(|advice| (advice.text, advice.fix.map(|fix| fix.meant))).unwrap_or_default()
    }

    #[test]
    fn up_to_three_names_are_proposed_nearest_first() {
        let names = ["agents", "agent", "agenty", "ageing", "manager"];
        assert_eq!(asked("agemt", &names).0, "did you mean `agent`, `agents` or `agenty`?");
        let far = ["update-server", "update-servers", "updater"];
        assert_eq!(asked("update-serverss", &far).0, "did you mean `update-servers` or `update-server`?");
        assert_eq!(asked("xyz", &names).0, "");
    }

    #[test]
    fn only_a_slip_of_one_word_is_mended_unasked() {
        assert_eq!(asked("managre", &["manager", "agent"]).1.as_deref(), Some("manager"));
        assert_eq!(asked("Manager", &["manager", "managers"]).1.as_deref(), Some("manager"));
        for (typed, name) in
            [("ldaps", "ldap"), ("v10-4", "v10-3"), ("ssj", "ssh"), ("outbound", "inbound"), ("relay-b", "relay-a")]
        {
            assert_eq!(asked(typed, &[name]).1, None, "{typed}");
        }
        for (typed, name) in
            [("mail", "main"), ("unbound-proxy", "inbound-proxy"), ("clients", "client"), ("https", "http")]
        {
            assert_eq!(asked(typed, &[name]).1, None, "{typed}");
        }
        let key = suggest("purposes", ["purpose"], Vocabulary::Language);
        assert_eq!(key.unwrap().fix.unwrap().meant, "purpose");
    }

    #[test]
    fn a_fix_finds_its_bytes_once_or_not_at_all() {
        let fix = Fix { written: "agnt".to_owned(), meant: "agent".to_owned() };
        let text = "a: <component:agnt> b: agnt-x";
        assert_eq!(fix.place(text, 3..text.len()), Some(14..18));
        assert_eq!(fix.place("agnt agnt", 0..9), None);
        assert_eq!(fix.place("agnt-x", 0..6), None);
    }
}
