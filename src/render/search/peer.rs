//! Postings → `index.json`, which the unmodified elasticlunr.js 0.9.5 loads. The crate writes it; the
//! tokens it asks for are those we have already.

use std::cell::Cell;
use std::rc::Rc;

use elasticlunr::{IndexBuilder, Language, Pipeline};

use super::document::{Document, FIELDS};
use super::postings::Postings;

/// Hands the crate the tokens of one field after the other, in the order in which it asks.
struct Prepared {
    tag: String,
    fields: Rc<Vec<Vec<String>>>,
    next: Cell<usize>,
}

impl Language for Prepared {
    fn name(&self) -> String {
        self.tag.clone()
    }

    fn code(&self) -> String {
        self.tag.clone()
    }

    fn tokenize(&self, _: &str) -> Vec<String> {
        let position = self.next.replace(self.next.get() + 1);
        self.fields.get(position).cloned().unwrap_or_default()
    }

    /// Stop words and stemmers would drop ports and whole scripts.
    fn make_pipeline(&self) -> Pipeline {
        Pipeline { queue: Vec::new() }
    }
}

/// The whole index in one file. A document's reference is its number; what a hit shows is stored.
pub(super) fn index(tag: &str, documents: &[Document], postings: &Postings) -> Vec<u8> {
    let fields = Rc::new(tokens_by_field(documents.len(), postings));
    let language = Prepared { tag: tag.to_owned(), fields, next: Cell::new(0) };
    let mut builder = IndexBuilder::with_language(Box::new(language));
    for (field, _) in FIELDS {
        builder = builder.add_field(field);
    }
    // Shown, never searched.
    for field in ["title", "path"] {
        builder = builder.add_field_with_tokenizer(field, Box::new(|_| Vec::new()));
    }
    let mut index = builder.build();
    for (number, document) in documents.iter().enumerate() {
        let texts = document.fields.iter().chain([&document.title, &document.path]);
        index.add_doc(&number.to_string(), texts);
    }
    index.to_json().into_bytes()
}

/// The tokens of each field of each document, as often as they stand there.
fn tokens_by_field(documents: usize, postings: &Postings) -> Vec<Vec<String>> {
    let mut fields = vec![Vec::new(); documents * FIELDS.len()];
    for entry in &postings.entries {
        for posting in &entry.postings {
            for (field, count) in posting.counts.iter().enumerate() {
                let tokens = &mut fields[posting.document as usize * FIELDS.len() + field];
                tokens.extend(std::iter::repeat_n(entry.token.to_string(), usize::from(*count)));
            }
        }
    }
    fields
}
