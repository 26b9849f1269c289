//! All tests that need more than one function: one binary, so that the crate is linked once.
//! `tests/README.md` says how to run, add and bless a case.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and write the cases they are about, and panic where they fail"
)]

#[path = "../support/mod.rs"]
mod support;

mod accept;
mod adopt;
mod audit;
mod breaking;
mod characters;
mod cli;
mod compare;
mod content;
mod crawlers;
mod determinism;
mod diagnostics;
mod diagrams;
mod disks;
#[cfg(unix)]
mod docs;
mod drift;
mod fixes;
mod former;
mod fragments;
mod golden;
mod graph;
mod house;
mod integrity;
mod languages;
mod library;
mod lost;
#[cfg(feature = "lsp")]
mod lsp;
mod machines;
mod manifest;
mod manners;
mod matrix;
#[cfg(unix)]
mod mdbook;
mod new;
mod once;
mod output;
mod parts;
mod pieces;
mod properties;
mod rebuild;
mod rename;
mod request;
mod routes;
mod rules;
mod rules_cli;
mod rules_lint;
#[cfg(target_os = "linux")]
mod rules_proof;
mod schemas;
mod search;
mod selection;
#[cfg(feature = "serve")]
mod serve;
mod stress;
mod syntax;
mod tables;
mod translators;
mod twins;
mod typing;
mod views;
mod weight;
mod wording;
mod workflows;
