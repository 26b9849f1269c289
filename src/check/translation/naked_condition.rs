//! A flow's condition said again in words: the row shows it from the facts, and the words stay when
//! it changes.

use super::pair::{Mark, Pair};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Item;
use crate::words::is_wide;
use crate::words::language::List;

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let Some(Item::Flow(flow)) = pair.unit.item else { return };
    let site = pair.context.site;
    let prose = &pair.target.words;
    let choices = site.model[flow].when.cases().iter().flatten();
    for (option, choices) in choices {
        let option = &site.model[*option];
        for choice in choices.iter() {
            let label = if option.is_switch {
                site.name(option.label, pair.locale).to_owned()
            } else {
                site.speech().aside(pair.locale, |voice| voice.choice_label(&option.choices[choice]))
            };
            let label = label.to_lowercase();
            let Some(at) = prose.lower.find(&label).filter(|_| label.chars().count() > 2) else { continue };
            if !is_conditional(pair, at, at + label.len()) {
                continue;
            }
            let headline = format!(
                "`{}` says the condition of its flow in words: “{}”",
                pair.tag(),
                &prose.text[at..at + label.len()]
            );
            let diagnostic = pair.finding_alone(
                Severity::Warning,
                Code::NakedCondition,
                headline,
                &Mark::Words(at..at + label.len()),
            );
            found.push(
                diagnostic
                    .label(site.model[flow].span, "the flow and its `when`")
                    .help("leave it out: the row shows the condition in every language"),
            );
            return;
        }
    }
}

/// Whether a word of condition stands in the same sentence.
fn is_conditional(pair: &Pair<'_>, at: usize, behind: usize) -> bool {
    let lower = &pair.target.words.lower;
    let is_stop = |c: char| matches!(c, '.' | '。' | '\n' | ';' | '；');
    let start = lower[..at].rfind(is_stop).map_or(0, |stop| stop + 1);
    let end = lower[at..].find(is_stop).map_or(lower.len(), |stop| at + stop);
    let sentence = lower.get(start..end).unwrap_or(lower);
    let language = pair.languages().1;
    // モードで、 and モードでは say it without another word.
    let rest = lower[behind..].trim_start_matches(['」', '』', '）']);
    let is_direct = language.list(List::ConditionBehind).iter().any(|words| rest.starts_with(words.as_str()));
    let has_word = |word: &String| {
        if word.contains(is_wide) {
            return sentence.contains(word.as_str());
        }
        sentence.split(|c: char| !c.is_alphabetic()).any(|said| said == word)
    };
    is_direct || language.list(List::Condition).iter().any(has_word)
}
