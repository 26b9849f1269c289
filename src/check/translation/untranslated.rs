//! A translation is in its own language: not the source text again, not in another script, without
//! source words left in it.
//!
//! Names don't count: those of products, components, services and terms, abbreviations, code. Of a
//! name itself only what is international counts as one; `=TAG` says that two are the same on purpose.

use std::ops::Range;

use super::pair::{Mark, Pair};
use super::phrases::{Ending, Phrases};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Item;
use crate::value::UnitKind;
use crate::words::fold;
use crate::words::language::List;
use crate::words::scripts::is_kana;

/// Tells whether the whole text is in another language, so that no other rule applies to it.
pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) -> bool {
    if !is_draft(pair) {
        return find(pair, found);
    }
    // A draft need not be in its language yet; what is not is still no text to hold other rules against.
    find(pair, &mut Vec::new())
}

fn is_draft(pair: &Pair<'_>) -> bool {
    pair.context.site.config.locales.get(pair.locale).is_draft
}

fn find(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) -> bool {
    if is_same(pair) {
        let headline = format!("`{}` is the same as its source text", pair.tag());
        let help = match (pair.unit.item, pair.unit.kind) {
            (Some(_), UnitKind::Name) => {
                let (tag, source) = (pair.tag(), pair.source_tag());
                format!("translate it, or write `{tag}: ={source}` if it is the same on purpose")
            }
            (Some(_), _) => "translate it; only a name can be the same on purpose".to_owned(),
            (None, _) => "translate it, or put `# allow untranslated: REASON` above it".to_owned(),
        };
        found.push(finding(pair, headline, &Mark::All).help(help));
        return true;
    }
    if check_language(pair, found) {
        return true;
    }
    if let Some(range) = left_words(pair) {
        let words = &pair.target.words.text[range.clone()];
        let headline = format!("`{}` still holds words of its source text: “{words}”", pair.tag());
        found.push(
            finding(pair, headline, &Mark::Words(range))
                .help("translate them too; a name that stays belongs in the glossary or into `code`"),
        );
    }
    false
}

/// A doubt: a command may be called alike in every language.
pub(super) fn check_words(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    if pair.script() == crate::words::scripts::Script::Latin || is_draft(pair) {
        return;
    }
    let Some(range) = source_words(pair) else { return };
    let headline =
        format!("`{}` still holds words of its source text: “{}”", pair.tag(), &pair.target.words.text[range.clone()]);
    let diagnostic = pair.finding(Severity::Warning, Code::Untranslated, headline, &Mark::Words(range), &Mark::All);
    found.push(diagnostic.help("translate them too; a name that stays belongs in the glossary or into `code`"));
}

/// The source text is in the language of its locale too.
pub(super) fn check_source(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    // A label of a console may be known in one language only.
    let is_label = matches!(pair.unit.item, Some(Item::Term(term)) if pair.context.site.model[term].is_ui);
    if !(is_label && pair.unit.kind == UnitKind::Name) {
        check_language(pair, found);
    }
}

fn finding(pair: &Pair<'_>, headline: String, mark: &Mark) -> Diagnostic {
    if std::ptr::eq(pair.source, pair.target) {
        return pair.finding_alone(Severity::Error, Code::Untranslated, headline, mark);
    }
    pair.finding(Severity::Error, Code::Untranslated, headline, mark, &Mark::All)
}

fn is_same(pair: &Pair<'_>) -> bool {
    let (source, target) = (&pair.source.text.written, &pair.target.text.written);
    if source.len().abs_diff(target.len()) > 8 || fold(source) != fold(target) {
        return false;
    }
    let names = if pair.unit.kind == UnitKind::Name { &pair.context.international } else { &pair.context.names };
    has_words(pair.target, names, 1) || pair.target.words.text.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
}

/// Whether a text has so many words that are neither names nor code.
fn has_words(reading: &Reading<'_>, names: &Phrases<()>, count: usize) -> bool {
    let counting: Vec<_> = reading.words.spaced.iter().filter(|word| is_word(reading, word)).collect();
    if counting.len() < count {
        return false;
    }
    let names = names.find(&reading.words, Ending::Inflected);
    let is_name =
        |word: &Range<usize>| names.iter().any(|hit| hit.range.start <= word.start && word.end <= hit.range.end);
    counting.into_iter().filter(|word| !is_name(word)).count() >= count
}

/// A word of a language: no abbreviation (DNS, vCenter, IPv6), no code.
fn is_word(reading: &Reading<'_>, word: &Range<usize>) -> bool {
    let text = &reading.words.text[word.clone()];
    let is_plain =
        text.len() > 1 && text.chars().all(char::is_alphabetic) && !text.chars().skip(1).any(char::is_uppercase);
    is_plain && !reading.words.is_code(word.start)
}

/// A wrong script, or the small words of another language.
fn check_language(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) -> bool {
    let script = pair.script();
    let text = &pair.target.words.text;
    let tag = pair.tag();
    let is_latin = script == crate::words::scripts::Script::Latin;
    if !is_latin && !text.chars().any(|c| script.has(c)) {
        // Two words may be what a standard is called: "Syslog over TLS".
        let least = if pair.unit.kind == UnitKind::Name { 2 } else { 1 };
        if has_words(pair.target, &pair.context.names, least) {
            let headline = format!("`{tag}` is written in the script of another language");
            found.push(finding(pair, headline, &Mark::All).help(format!("write the text in the language of `{tag}`")));
            return true;
        }
    }
    if !text.is_ascii()
        && let Some((range, foreign)) = foreign_letters(pair)
    {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let headline = format!("`{tag}` holds letters of another language: “{}”", &text[range.clone()]);
        let diagnostic = finding(pair, headline, &Mark::Words(range));
        found.push(diagnostic.help("translate them, or refer to the term whose name they are"));
        return foreign * 2 > letters;
    }
    if is_latin && reads_like_another(pair) {
        let headline = format!("`{tag}` reads like another language");
        found.push(finding(pair, headline, &Mark::All).help(format!("write the text in the language of `{tag}`")));
        return true;
    }
    if is_latin && let Some(range) = foreign_pair(pair) {
        let headline = format!("`{tag}` holds words of another language: “{}”", &text[range.clone()]);
        found.push(
            finding(pair, headline, &Mark::Words(range))
                .help("translate them too; a name that stays belongs in the glossary or into `code`"),
        );
    } else if !is_latin && let Some(range) = han_only(pair) {
        let headline = format!("`{tag}` has a sentence without kana: “{}”", &text[range.clone()]);
        found.push(
            finding(pair, headline, &Mark::Words(range)).help(format!("write the text in the language of `{tag}`")),
        );
    } else if !is_latin && let Some(range) = latin_run(pair.target) {
        let headline = format!("`{tag}` holds words of another language: “{}”", &text[range.clone()]);
        found.push(
            finding(pair, headline, &Mark::Words(range))
                .help("translate them too; a name that stays belongs in the glossary or into `code`"),
        );
    }
    false
}

/// The first run of letters of a script the locale does not use, names and code aside, and how many
/// such letters there are.
fn foreign_letters(pair: &Pair<'_>) -> Option<(Range<usize>, usize)> {
    let script = pair.script();
    let prose = &pair.target.words;
    if !prose.text.chars().any(|c| script.excludes(c)) {
        return None;
    }
    let names = pair.context.names.find(prose, Ending::Exact);
    let is_named = |at: usize| prose.is_code(at) || names.iter().any(|hit| hit.range.contains(&at));
    let foreign = prose.text.char_indices().filter(|(at, c)| script.excludes(*c) && !is_named(*at));
    let (start, _) = foreign.clone().next()?;
    let length: usize = prose.text[start..].chars().take_while(|c| script.excludes(*c)).map(char::len_utf8).sum();
    Some((start..start + length, foreign.count()))
}

/// Small words of other languages, as positions in the words of a text.
fn foreign_words(pair: &Pair<'_>) -> Vec<usize> {
    let prose = &pair.target.words;
    let own = pair.languages().1.list(List::Small);
    if own.is_empty() {
        return Vec::new();
    }
    let languages = pair.context.site.languages.iter();
    let others: Vec<_> = languages.map(|language| language.list(List::Small)).filter(|words| *words != own).collect();
    let is_in = |words: &[String], text: &str| words.iter().any(|word| word == text);
    let is_foreign = |word: &Range<usize>| {
        let text = &prose.text[word.clone()];
        // The second half of an add-on is no word of its own.
        text.len() < 9
            && !prose.text[..word.start].ends_with('-')
            && others.iter().any(|words| is_in(words, text))
            && !is_in(own, text)
    };
    (0..prose.spaced.len())
        .filter(|at| is_foreign(&prose.spaced[*at]) && !prose.is_code(prose.spaced[*at].start))
        .collect()
}

fn reads_like_another(pair: &Pair<'_>) -> bool {
    let foreign = foreign_words(pair).len();
    if foreign < 3 {
        return false;
    }
    let prose = &pair.target.words;
    let own = pair.languages().1.list(List::Small);
    let is_own = |word: &&Range<usize>| own.iter().any(|own| *own == prose.lower[(*word).clone()]);
    foreign > prose.spaced.iter().filter(is_own).count()
}

/// Two small words of another language in a row: "of the".
fn foreign_pair(pair: &Pair<'_>) -> Option<Range<usize>> {
    let words = &pair.target.words.spaced;
    let foreign = foreign_words(pair);
    let first = foreign.windows(2).find(|two| two[1] == two[0] + 1 && is_joined(pair.target, two[0], 2))?[0];
    Some(words[first].start..words[first + 1].end)
}

/// Whether only white space parts some words in a row.
fn is_joined(reading: &Reading<'_>, first: usize, count: usize) -> bool {
    let prose = &reading.words;
    prose.spaced[first..first + count].windows(2).all(|two| prose.text[two[0].end..two[1].start].trim().is_empty())
}

fn starts_small(reading: &Reading<'_>, word: &Range<usize>) -> bool {
    is_word(reading, word) && reading.words.text[word.clone()].starts_with(char::is_lowercase)
}

/// Four words in a row that are no names, in a text of another script.
fn latin_run(reading: &Reading<'_>) -> Option<Range<usize>> {
    const MOST: usize = 4;
    let words = &reading.words.spaced;
    let is_run = |first: &usize| {
        is_joined(reading, *first, MOST)
            && words[*first..first + MOST].iter().filter(|word| starts_small(reading, word)).count() >= 3
    };
    let first = (0..=words.len().checked_sub(MOST)?).find(is_run)?;
    Some(words[first].start..words[first + MOST - 1].end)
}

/// A whole sentence of Han alone is no Japanese.
fn han_only(pair: &Pair<'_>) -> Option<Range<usize>> {
    const LEAST: usize = 6;
    if !pair.tag().starts_with("ja") || pair.unit.kind == UnitKind::Name {
        return None;
    }
    let text = &pair.target.words.text;
    let mut start = 0;
    for piece in text.split_inclusive(['。', '\n']) {
        let han = piece.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count();
        if han >= LEAST && piece.ends_with('。') && !piece.chars().any(is_kana) {
            return Some(start..start + piece.len());
        }
        start += piece.len();
    }
    None
}

/// Two common words of the source text left in a text of another script.
fn source_words(pair: &Pair<'_>) -> Option<Range<usize>> {
    const SHORTEST: usize = 4;
    let (source, target) = (&pair.source.words, &pair.target.words);
    let is_left = |word: &&Range<usize>| {
        word.len() >= SHORTEST
            && starts_small(pair.target, word)
            && source.spaced.iter().any(|known| source.text[known.clone()] == target.text[(*word).clone()])
    };
    let mut left = target.spaced.iter().filter(is_left);
    let first = left.next()?.clone();
    left.next()?;
    let names = pair.context.names.find(target, Ending::Inflected);
    let is_name = names.iter().any(|hit| hit.range.start <= first.start && first.end <= hit.range.end);
    (!is_name).then_some(first)
}

/// Three words in a row that stand in the source text too. Two of them must be written small, as no
/// name is, and as nouns that are the same in German and English are not.
fn left_words(pair: &Pair<'_>) -> Option<Range<usize>> {
    const COUNT: usize = 3;
    let (source, target) = (&pair.source.words, &pair.target.words);
    let last = target.spaced.len().checked_sub(COUNT)?;
    let in_source = |word: &Range<usize>| {
        source.spaced.iter().any(|known| source.lower[known.clone()] == target.lower[word.clone()])
    };
    let mut names = None;
    for first in 0..=last {
        let three = &target.spaced[first..first + COUNT];
        let is_candidate = three.iter().all(|word| is_word(pair.target, word) && in_source(word))
            && three.iter().filter(|word| starts_small(pair.target, word)).count() >= 2
            && is_joined(pair.target, first, COUNT);
        if !is_candidate || !has_run(source, target, three) {
            continue;
        }
        let names = names.get_or_insert_with(|| pair.context.names.find(target, Ending::Inflected));
        let is_name =
            |word: &Range<usize>| names.iter().any(|hit| hit.range.start <= word.start && word.end <= hit.range.end);
        if !three.iter().any(is_name) {
            return Some(three[0].start..three[COUNT - 1].end);
        }
    }
    None
}

fn has_run(source: &crate::l10n::Words, target: &crate::l10n::Words, words: &[Range<usize>]) -> bool {
    source.spaced.windows(words.len()).any(|window| {
        let is_equal = window.iter().zip(words).all(|(a, b)| source.lower[a.clone()] == target.lower[b.clone()]);
        is_equal && window.windows(2).all(|two| source.text[two[0].end..two[1].start].trim().is_empty())
    })
}
