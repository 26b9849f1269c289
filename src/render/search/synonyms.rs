//! The glossary as the search uses it: which words mean the same, in any language of the site.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::postings::Postings;
use crate::model::{TermId, ids};
use crate::render::Task;
use crate::words::{fold_for_search, tokens};

/// Each word of the glossary that may be typed, folded, with the words of the same meaning that occur
/// in this locale's documents and are looked for. Longer ones first: `host firewall` is no `firewall`.
pub(super) fn synonyms(task: Task<'_>, postings: &Postings) -> Value {
    let mut entries = Vec::new();
    for id in ids::<TermId>(task.site().model.terms.len()) {
        let words = words(task, id);
        let found: Vec<_> = words.iter().filter(|word| postings.have_together(&tokens(word))).cloned().collect();
        if !found.is_empty() && words.len() > 1 {
            entries.extend(words.into_iter().map(|word| (word, found.clone())));
        }
    }
    entries.sort_by(|(a, _), (b, _)| b.chars().count().cmp(&a.chars().count()).then(a.cmp(b)));
    entries.dedup_by(|(later, more), (first, found)| {
        let is_same = later == first;
        if is_same {
            found.append(more);
        }
        is_same
    });
    json!(entries)
}

fn words(task: Task<'_>, id: TermId) -> BTreeSet<String> {
    let site = task.site();
    let term = &site.model[id];
    let names = site.config.locales.ids().map(|locale| task.voice(locale).name(term.name).to_owned());
    let forms = term.forms.iter().chain(&term.forbidden).map(|(_, form)| form.clone());
    let words = names.chain(forms).chain(term.synonyms.iter().cloned());
    words.map(|word| fold_for_search(&word)).filter(|word| !tokens(word).is_empty()).collect()
}
