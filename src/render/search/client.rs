//! Postings and documents → the files the reader's script loads: buckets of tokens and blocks of
//! documents, each a script that hands its data over, so that a copy read from `file://` works too.
//! `docs/search.md` describes them.

use std::fmt::Write as _;

use serde_json::Value;

use super::document::FIELDS;
use super::postings::{Counts, Postings, TokenPostings};
use super::shape::Shape;

/// The digits 0–31 that end a number, and those that go on: characters that need no escape in a
/// string. A weight is one of the first.
const LAST: u8 = b'0';
const NOT_LAST: u8 = b']';

/// Weights of dense tokens are written in coarser steps: they decide least and cost most.
const DENSE_STEP: u8 = 2;

/// What a bucket holds, a line for each token: the token, the distances between its documents and
/// their weights. A token that most documents hold has a file of its own kind, so that who looks for
/// its rare neighbor does not pay for it: its line names only the number of its documents.
pub(super) struct Buckets {
    pub(super) buckets: Vec<String>,
    pub(super) dense: Vec<String>,
}

/// `boosts`: how much each document counts, by number.
pub(super) fn buckets(postings: &Postings, boosts: &[f64], shape: Shape) -> Buckets {
    let mut files = Buckets {
        buckets: vec![String::new(); shape.buckets as usize],
        dense: vec![String::new(); shape.dense as usize],
    };
    for entry in &postings.entries {
        let bucket = &mut files.buckets[shape.bucket(&entry.token) as usize];
        push_line_start(bucket, &entry.token);
        match shape.dense_file(&entry.token, entry.postings.len()) {
            None => push_list(bucket, entry, postings, boosts, 1),
            Some(file) => {
                let _ = write!(bucket, "{}", entry.postings.len());
                let file = &mut files.dense[file as usize];
                push_line_start(file, &entry.token);
                push_list(file, entry, postings, boosts, DENSE_STEP);
            }
        }
    }
    files
}

fn push_line_start(file: &mut String, token: &str) {
    if !file.is_empty() {
        file.push('\n');
    }
    file.push_str(token);
    file.push(' ');
}

fn push_list(file: &mut String, entry: &TokenPostings, postings: &Postings, boosts: &[f64], step: u8) {
    let mut previous = 0;
    for posting in &entry.postings {
        push_number(file, posting.document - previous);
        previous = posting.document;
    }
    file.push(' ');
    for posting in &entry.postings {
        let document = posting.document as usize;
        let weight = weight(posting.counts, postings.lengths[document], boosts[document]);
        file.push(char::from(LAST + weight / step * step));
    }
}

/// Five bits a digit, the lowest first.
fn push_number(text: &mut String, mut number: u32) {
    while number >= 32 {
        text.push(char::from(NOT_LAST + (number & 31) as u8));
        number >>= 5;
    }
    text.push(char::from(LAST + number as u8));
}

/// What a token counts in a document: over all fields, how often it stands there, against the
/// field's length, times the field's boost, as elasticlunr has it, and times the document's own. In
/// sixteen steps of √2 each: step 10 is 1. The squares are compared, because a logarithm may differ
/// in its last bit between machines.
pub(super) fn weight(counts: Counts, lengths: [u32; FIELDS.len()], boost: f64) -> u8 {
    let mut weight = 0.0_f64;
    for ((count, length), (_, boost)) in counts.into_iter().zip(lengths).zip(FIELDS) {
        if count > 0 {
            weight += f64::from(boost) * (f64::from(count) / f64::from(length)).sqrt();
        }
    }
    weight *= boost;
    let square = weight * weight;
    // 2^(step - 10.5), the middle between two steps.
    let mut limit = std::f64::consts::SQRT_2 / 1024.0;
    let mut step = 0;
    while step < 15 && square >= limit {
        step += 1;
        limit *= 2.0;
    }
    step
}

/// Stored documents in blocks, each a JSON list.
pub(super) fn blocks(stored: &[String], shape: Shape) -> impl Iterator<Item = String> {
    stored.chunks(shape.block as usize).map(|block| format!("[{}]", block.join(",\n")))
}

/// A script that hands over one file's data, which is JSON.
pub(super) fn script(locale: &str, file: &str, generation: &str, data: &str) -> Vec<u8> {
    let arguments = [locale, file, generation].map(|text| Value::from(text).to_string());
    format!("rutter.take({},{data})\n", arguments.join(",")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_five_bits_a_digit() {
        let text = |number| {
            let mut text = String::new();
            push_number(&mut text, number);
            text
        };
        assert_eq!(text(0), "0");
        assert_eq!(text(31), "O");
        assert_eq!(text(32), "]1");
        assert_eq!(text(38_000), "m`b1");
    }

    #[test]
    fn weights_grow_with_boosts_and_counts_and_fall_with_length() {
        let one = |field: usize, count, length| {
            let (mut counts, mut lengths) = ([0; 4], [0; 4]);
            counts[field] = count;
            lengths[field] = length;
            weight(counts, lengths, 1.0)
        };
        assert_eq!(one(3, 1, 1), 10);
        assert_eq!(one(0, 1, 1), 14);
        assert!(one(3, 1, 40) < one(3, 1, 10));
        assert!(one(3, 4, 40) > one(3, 1, 40));
        assert_eq!(one(3, 1, 1_000_000), 0);
    }
}
