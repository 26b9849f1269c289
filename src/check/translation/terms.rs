//! The glossary is kept: no forbidden form stands in any text, and a translation says a term of its
//! source text in an approved form, or refers to it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::pair::{Mark, Pair};
use super::phrases::Ending;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::l10n::Reference;
use crate::model::TermId;

pub(super) fn check_forbidden(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let index = pair.locale.index();
    let phrases = &pair.context.forbidden[index];
    if phrases.is_empty() {
        return;
    }
    let prose = &pair.target.words;
    let hits = phrases.find(prose, Ending::Inflected);
    if hits.is_empty() {
        return;
    }
    // A name or another term may hold the word on purpose.
    let mut own: Vec<Range<usize>> =
        pair.context.approved[index].find(prose, Ending::Inflected).into_iter().map(|hit| hit.range).collect();
    own.extend(pair.context.own_names[index].find(prose, Ending::Exact).into_iter().map(|hit| hit.range));
    for hit in hits {
        let covers = |range: &Range<usize>| range.start <= hit.range.start && hit.range.end <= range.end;
        if own.iter().any(covers) || prose.is_code(hit.range.start) {
            continue;
        }
        let (term, form) = hit.meaning;
        let approved = pair.term_name(term, pair.locale);
        let headline = format!("`{form}` is forbidden in `{}`: the glossary says “{approved}”", pair.tag());
        let diagnostic = pair.finding_alone(Severity::Error, Code::ForbiddenTerm, headline, &Mark::Words(hit.range));
        let term = &pair.context.site.model[term];
        found
            .push(diagnostic.label(term.span, "the term").help(format!("write “{approved}”, or `<term:{}>`", term.id)));
    }
}

pub(super) fn check_approved(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let source = pair.source_locale().index();
    let hits = pair.context.approved[source].find(&pair.source.words, Ending::Inflected);
    if hits.is_empty() {
        return;
    }
    // What a reference to something else brings as its name is said by a name in the translation too.
    let mut named = pair.source.words.links.clone();
    named.extend(
        pair.context.own_names[source].find(&pair.source.words, Ending::Exact).into_iter().map(|hit| hit.range),
    );
    let is_named = |range: &Range<usize>| {
        named.iter().any(|name| name.start <= range.start && range.end <= name.end && name.len() > range.len())
            || pair.source.words.links.contains(range)
    };
    let said: BTreeSet<TermId> = pair.context.approved[pair.locale.index()]
        .find(&pair.target.words, Ending::Inflected)
        .into_iter()
        .map(|hit| hit.meaning)
        .collect();
    let refers = |term: TermId| pair.target.text.references().any(|reference| *reference == Reference::Term(term));
    let mut seen = BTreeSet::new();
    for hit in hits {
        let term = hit.meaning;
        let is_told =
            said.contains(&term) || refers(term) || is_named(&hit.range) || pair.source.words.is_code(hit.range.start);
        if is_told || !seen.insert(term) || is_in_word(pair, term) {
            continue;
        }
        let (name, approved) = (pair.term_name(term, pair.source_locale()), pair.term_name(term, pair.locale));
        let headline = format!("`{}` does not say “{approved}”, the term for “{name}”", pair.tag());
        let id = &pair.context.site.model[term].id;
        found.push(
            pair.finding(Severity::Warning, Code::TermMissing, headline, &Mark::All, &Mark::Words(hit.range)).help(
                format!(
                    "write an approved form, add one to `forms` of the term `{id}`, or refer to it with `<term:{id}>`"
                ),
            ),
        );
    }
}

/// Whether a form of the term is part of a compound, joined as the language likes: Hostfirewall,
/// Host-Firewall-Regel, 社内ファイアウォール.
fn is_in_word(pair: &Pair<'_>, term: TermId) -> bool {
    let plain = |text: &str| text.replace(['-', ' '], "").to_lowercase();
    let text = plain(&pair.target.words.text);
    let forms = pair.context.site.model[term].forms.iter().filter(|(locale, _)| *locale == pair.locale);
    let mut forms = forms.map(|(_, form)| plain(form)).chain([plain(pair.term_name(term, pair.locale))]);
    forms.any(|form| !form.is_empty() && text.contains(&form))
}
