//! How a text ends: the sign tells whether a sentence is whole, asks, or announces a list. A text
//! that breaks off has none.
//!
//! Items of a list may all go without; names have one only where their source text has.

use super::pair::{Mark, Pair};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::l10n::words::Segment;
use crate::value::UnitKind;
use crate::words::language::{List, Meaning};
use crate::words::sentences::{End, end};

/// A paragraph of prose ends with a sign, in every locale.
pub(super) fn check_text(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    if pair.unit.kind == UnitKind::Name {
        return;
    }
    for block in &pair.target.words.blocks {
        let is_open = end_of(pair.target, block) == End::Open && !(block.is_item && goes_on(pair.target, block));
        if is_open && !(block.is_item && has_plain_items(pair.target)) {
            let headline = format!("a text in `{}` ends without a full stop or another sign", pair.tag());
            found.push(
                pair.finding_alone(Severity::Error, Code::EndPunctuation, headline, &last_sign(pair.target, block))
                    .help("end the sentence, or write the rest of it"),
            );
        }
    }
}

/// A translation ends as its source text does.
pub(super) fn check_pair(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let (Some(source), Some(target)) = (pair.source.words.blocks.last(), pair.target.words.blocks.last()) else {
        return;
    };
    let ends = (end_of(pair.source, source), end_of(pair.target, target));
    let is_name = pair.unit.kind == UnitKind::Name;
    // What is open is told by `check_text`; an abbreviation ends a name as if it were a sentence.
    let is_known = if is_name {
        [(pair.source, source), (pair.target, target)].iter().any(|(reading, block)| is_abbreviation(reading, block))
    } else {
        ends.0 == End::Open || ends.1 == End::Open
    };
    // か。 asks without a question mark.
    let (source_language, target_language) = pair.languages();
    let endings = [source_language, target_language].map(|language| language.list(List::QuestionEnding));
    let asks = |reading: &Reading<'_>, block: &Segment| {
        let text = reading.words.text[block.range.clone()].trim_end();
        let bare = text.strip_suffix('。').unwrap_or(text);
        end_of(reading, block) == End::Question
            || endings.iter().flat_map(|list| list.iter()).any(|ending| bare.ends_with(ending.as_str()))
    };
    let is_known = is_known
        || asks(pair.source, source) && asks(pair.target, target)
        || is_one_end(ends, [(pair.source, source), (pair.target, target)]);
    // A sentence that asks without the mark ends like any other.
    let questions =
        [(pair.source, source), (pair.target, target)].map(|(reading, block)| asks_in_words(reading, block));
    let one_asks = ends == (End::Stop, End::Stop) && questions[0] != questions[1];
    if (ends.0 == ends.1 || is_known) && !one_asks {
        return;
    }
    let headline = match (ends.0, ends.1) {
        (End::Open, _) => format!("`{}` ends with a sign, and its source text with none", pair.tag()),
        (_, End::Open) => format!("`{}` ends without the sign that its source text ends with", pair.tag()),
        _ if one_asks && questions[1] => format!("`{}` asks what its source text says", pair.tag()),
        _ if one_asks => format!("`{}` says what its source text asks", pair.tag()),
        _ => format!("`{}` ends with another sign than its source text", pair.tag()),
    };
    let (target, source) = (last_sign(pair.target, target), last_sign(pair.source, source));
    found.push(
        pair.finding(Severity::Error, Code::EndPunctuation, headline, &target, &source)
            .help("end both alike: a full stop, a question mark, an exclamation mark, a colon, or nothing"),
    );
}

/// Whether the last words before the full stop ask: ですか。
fn asks_in_words(reading: &Reading<'_>, block: &Segment) -> bool {
    let text = &reading.words.text[block.range.clone()];
    let end = block.range.start + text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    reading.signs.iter().any(|sign| sign.range.end == end && sign.meaning == Meaning::Asks)
}

/// Ends that say the same in two languages: scripts without spaces end with 。 where others announce a
/// list or call out, and "and so on." is など….
fn is_one_end(ends: (End, End), sides: [(&Reading<'_>, &Segment); 2]) -> bool {
    let has = |end: End| ends.0 == end || ends.1 == end;
    let is_wide_stop = |(reading, block): &(&Reading<'_>, &Segment)| {
        let text = &reading.words.text[block.range.clone()];
        end(text) == End::Stop && text.trim_end_matches(|c: char| c != '。').ends_with('。')
    };
    has(End::Stop)
        && (has(End::Ellipsis) || (has(End::Colon) || has(End::Exclamation)) && sides.iter().any(is_wide_stop))
}

/// An item of a list that the next one continues: `…;`, `…, and`.
fn goes_on(reading: &Reading<'_>, block: &Segment) -> bool {
    let text = reading.words.text[block.range.clone()].trim_end();
    let last = text.len() - text.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    let is_join = |at: usize| {
        let place = block.range.start + at;
        reading.signs.iter().any(|sign| sign.range.start == place && sign.meaning == Meaning::Join)
    };
    let before = if is_join(last) { text[..last].trim_end() } else { text };
    before.ends_with([',', ';', '、', '，', '；'])
}

fn end_of(reading: &Reading<'_>, block: &Segment) -> End {
    end(&reading.words.text[block.range.clone()])
}

/// A name that ends with a short word and a full stop: "Trend Micro Inc.", "No.".
fn is_abbreviation(reading: &Reading<'_>, block: &Segment) -> bool {
    let text = reading.words.text[block.range.clone()].trim_end_matches([')', '）']);
    let mut words = text.split_whitespace().rev();
    let is_short = words.next().is_some_and(|last| last.ends_with('.') && last.chars().count() <= 5);
    is_short && words.count() < 3
}

/// Whether no item of the text's lists ends with a sign.
fn has_plain_items(reading: &Reading<'_>) -> bool {
    let mut items = reading.words.blocks.iter().filter(|block| block.is_item);
    items.all(|block| end_of(reading, block) == End::Open)
}

fn last_sign(reading: &Reading<'_>, block: &Segment) -> Mark {
    let text = &reading.words.text[block.range.clone()];
    let last = text.char_indices().last();
    last.map_or(Mark::All, |(at, _)| Mark::Words(block.range.start + at..block.range.end))
}
