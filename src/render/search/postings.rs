//! Documents → postings: which token stands in which field of which document, and how often. Both
//! forms of the index are written from them, so that nothing is cut into tokens twice.

use std::collections::{HashMap, HashSet};

use super::compound::split;
use super::document::{Document, FIELDS};
use crate::words::{Run, fold_for_search, pairs, parts, runs, without_umlauts};

/// How often a token stands in each field.
pub(super) type Counts = [u16; FIELDS.len()];

/// A document that holds a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Posting {
    pub(super) document: u32,
    pub(super) counts: Counts,
}

/// A token and the documents that hold it, by number.
#[derive(Debug)]
pub(super) struct TokenPostings {
    pub(super) token: Box<str>,
    pub(super) postings: Vec<Posting>,
}

/// The index of one locale, sorted by token.
#[derive(Debug)]
pub(super) struct Postings {
    pub(super) entries: Vec<TokenPostings>,
    /// Tokens per field, by document.
    pub(super) lengths: Vec<[u32; FIELDS.len()]>,
}

/// Collects documents in their order.
#[derive(Default)]
pub(super) struct Builder {
    numbers: HashMap<Box<str>, u32>,
    /// Tokens of each run that was cut before, by run.
    runs: HashMap<Box<str>, Box<[u32]>>,
    entries: Vec<TokenPostings>,
    documents: u32,
    /// Of the document at hand: token and field of each occurrence.
    occurrences: Vec<(u32, u8)>,
}

impl Builder {
    pub(super) fn add(&mut self, document: &Document) {
        for (field, text) in document.fields.iter().enumerate() {
            self.add_text(text, field as u8);
        }
        self.occurrences.sort_unstable();
        let number = self.documents;
        let mut last = None;
        for (token, field) in self.occurrences.drain(..) {
            let postings = &mut self.entries[token as usize].postings;
            if last != Some(token) {
                postings.push(Posting { document: number, counts: Counts::default() });
                last = Some(token);
            }
            let Some(posting) = postings.last_mut() else { unreachable!("one was just added") };
            let count = &mut posting.counts[usize::from(field)];
            *count = count.saturating_add(1);
        }
        self.documents += 1;
    }

    fn add_text(&mut self, text: &str, field: u8) {
        let folded = fold_for_search(text);
        for run in runs(&folded) {
            self.add_run(run, field);
        }
        let Some(plain) = without_umlauts(text) else { return };
        let plain = fold_for_search(&plain);
        // A letter stays a letter: both texts have the same runs.
        for (run, variant) in runs(&folded).zip(runs(&plain)).filter(|(run, variant)| run != variant) {
            let (Run::Word(run), Run::Word(variant)) = (run, variant) else { continue };
            let known = self.tokens_of(run);
            let added = self.tokens_of(variant);
            let added = added.iter().filter(|token| !known.contains(token));
            self.occurrences.extend(added.map(|token| (*token, field)));
        }
    }

    fn add_run(&mut self, run: Run<'_>, field: u8) {
        match run {
            // Sentences hardly ever repeat a whole run; its pairs are the words.
            Run::Wide(run) => pairs(run, |pair| {
                let token = number_of(&mut self.numbers, &mut self.entries, pair);
                self.occurrences.push((token, field));
            }),
            Run::Word(run) => {
                if !self.runs.contains_key(run) {
                    let tokens = self.tokens_of(run);
                    self.runs.insert(run.into(), tokens.into());
                }
                let tokens = &self.runs[run];
                self.occurrences.extend(tokens.iter().map(|token| (*token, field)));
            }
        }
    }

    fn tokens_of(&mut self, run: &str) -> Vec<u32> {
        let mut tokens = Vec::new();
        parts(run, |part| tokens.push(number_of(&mut self.numbers, &mut self.entries, part)));
        tokens
    }

    /// The finished index; `has_compounds`: its language writes compounds as one word.
    pub(super) fn finish(mut self, has_compounds: bool) -> Postings {
        if has_compounds {
            self.add_parts_of_compounds();
        }
        let mut entries = self.entries;
        entries.sort_unstable_by(|a, b| a.token.cmp(&b.token));
        let mut lengths = vec![[0; FIELDS.len()]; self.documents as usize];
        for posting in entries.iter().flat_map(|entry| &entry.postings) {
            let length = &mut lengths[posting.document as usize];
            for (length, count) in length.iter_mut().zip(posting.counts) {
                *length += u32::from(count);
            }
        }
        Postings { entries, lengths }
    }

    fn add_parts_of_compounds(&mut self) {
        let words: HashSet<&str> = self.entries.iter().map(|entry| &*entry.token).collect();
        let mut compounds: Vec<(u32, Vec<u32>)> = Vec::new();
        for (compound, entry) in self.entries.iter().enumerate() {
            if let Some(parts) = split(&entry.token, &words) {
                let mut parts: Vec<_> = parts.into_iter().map(|part| self.numbers[part]).collect();
                parts.sort_unstable();
                parts.dedup();
                compounds.push((compound as u32, parts));
            }
        }
        // A part may be a compound itself, and is then split on its own: what is added is taken from
        // the postings as they were.
        let mut added: Vec<(u32, Vec<Posting>)> = Vec::new();
        for (compound, parts) in compounds {
            let postings = &self.entries[compound as usize].postings;
            added.extend(parts.into_iter().map(|part| (part, postings.clone())));
        }
        for (part, postings) in added {
            let own = &mut self.entries[part as usize].postings;
            own.extend(postings);
            own.sort_by_key(|posting| posting.document);
            own.dedup_by(|later, first| {
                let is_same = later.document == first.document;
                if is_same {
                    first.counts = std::array::from_fn(|field| first.counts[field].saturating_add(later.counts[field]));
                }
                is_same
            });
        }
    }
}

fn number_of(numbers: &mut HashMap<Box<str>, u32>, entries: &mut Vec<TokenPostings>, token: &str) -> u32 {
    if let Some(number) = numbers.get(token) {
        return *number;
    }
    let number = entries.len() as u32;
    numbers.insert(token.into(), number);
    entries.push(TokenPostings { token: token.into(), postings: Vec::new() });
    number
}

impl Postings {
    /// The documents that hold a token.
    pub(super) fn find(&self, token: &str) -> Option<&TokenPostings> {
        let position = self.entries.binary_search_by(|entry| (*entry.token).cmp(token)).ok()?;
        Some(&self.entries[position])
    }

    /// Whether a document holds all of these tokens.
    pub(super) fn have_together(&self, tokens: &[String]) -> bool {
        let mut lists: Vec<_> = tokens.iter().map(|token| self.find(token).map(|entry| &entry.postings)).collect();
        lists.sort_by_key(|list| list.map_or(0, Vec::len));
        let Some((Some(first), others)) = lists.split_first() else { return false };
        first.iter().any(|posting| {
            let holds =
                |list: &Vec<Posting>| list.binary_search_by_key(&posting.document, |other| other.document).is_ok();
            others.iter().all(|list| list.is_some_and(holds))
        })
    }

    /// Every range of ports that a document names.
    pub(super) fn port_ranges(&self) -> impl Iterator<Item = &str> {
        let is_range = |entry: &&TokenPostings| {
            let is_number =
                |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit());
            entry.token.split_once('-').is_some_and(|(first, last)| is_number(first) && is_number(last))
                && entry.postings.iter().any(|posting| posting.counts[0] > 0)
        };
        self.entries.iter().filter(is_range).map(|entry| &*entry.token)
    }
}
