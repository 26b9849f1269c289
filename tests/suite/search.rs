//! The search: its tokens, its two indexes, its client, and what an administrator finds with it.

mod client;
mod index;
mod pasted;
mod relevance;
mod tokens;

/// The languages of the real content.
const LOCALES: [&str; 3] = ["en", "de", "ja"];
