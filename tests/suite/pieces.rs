//! What a text shows leads back to what was written, piece by piece: findings, renames and previews
//! stand on it.

use proptest::prelude::*;
use rutter::inside::l10n::{Prose, What, Words};
use rutter::value::UnitKind;

use crate::manifest;
use crate::support::load;

/// Holds a text against what was read of it.
fn hold(written: &str, prose: &Prose) {
    let mut end = 0;
    for piece in &prose.pieces {
        assert_eq!(piece.shown.start, end, "{written:?}: {piece:?} does not go on where the last ended");
        end = piece.shown.end;
        let at = piece.at.start as usize..piece.at.end as usize;
        let Some(source) = written.get(at) else { panic!("{written:?}: {piece:?} stands nowhere") };
        let shown = prose.shown(piece);
        match piece.what {
            // A line break is shown as a space, or not at all.
            What::Text | What::Code if source.len() == shown.len() => {
                assert_eq!(source.replace('\n', " "), shown.replace('\n', " "), "{written:?}: {piece:?}");
            }
            What::Text => assert!(
                source == "\n" || source.contains('&') || source.contains(char::is_whitespace),
                "{written:?}: {source:?} is shown as {shown:?}"
            ),
            What::Code => {
                assert!(source.contains(char::is_whitespace), "{written:?}: {source:?} is shown as {shown:?}");
            }
            _ => assert!(shown.is_empty(), "{written:?}: {piece:?}"),
        }
    }
    assert_eq!(end as usize, prose.text.len(), "{written:?}: something is shown that stands in no piece");
    for target in &prose.targets {
        let Some(place) = &target.place else { continue };
        let id = &written[place.start as usize..place.end as usize];
        assert_eq!(id, &*target.id, "{written:?}");
    }
}

#[test]
fn every_piece_and_every_id_of_every_text_stands_where_it_says() {
    let mut count = 0;
    for (name, files) in manifest::sites() {
        let site = load(&files);
        for unit in site.texts().units() {
            for text in unit.written() {
                hold(&text.written, &text.prose);
                count += text.prose.pieces.len();
                assert!(text.prose.targets.iter().all(|target| target.place.is_some()), "{name}: {}", unit.key);
            }
        }
    }
    assert!(count > 10_000, "{count}");
}

#[test]
fn words_lead_back_to_their_places() {
    for (_, files) in manifest::sites() {
        let site = load(&files);
        for text in site.texts().units().flat_map(rutter::inside::l10n::Unit::written) {
            let words = Words::of(&text.prose);
            for word in &words.spaced {
                let source = &text.written[words.written(word.clone())];
                let shown = &words.text[word.clone()];
                // Marks within a word part it in its source only.
                assert!(
                    source == shown || source.contains(['&', '*', '\\', '`', '[']),
                    "{source:?} is shown as {shown:?}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::properties::config(2_000))]

    #[test]
    fn any_text_leads_back(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24),
        kind in prop::sample::select(vec![UnitKind::Name, UnitKind::Paragraph, UnitKind::Blocks]),
    ) {
        let text = pieces.concat();
        hold(&text, &Prose::read(&text, kind));
    }
}

/// Accents of their own and word joiners stand in no file that was read.
const PIECES: &[&str] = &[
    "a",
    "接続",
    " ",
    "\n",
    "\n\n",
    "*",
    "**",
    "_",
    "`",
    "``",
    "\\",
    "&amp;",
    "&eacute;",
    "&#769;",
    "<",
    ">",
    "<component:a>",
    "<flow:this>",
    "<date:2026-01-02>",
    "[",
    "](term:t)",
    "[b](ports:this)",
    "![",
    "](x)",
    "- ",
    "1. ",
    "# ",
    "    ",
    "> ",
    "。",
    "「",
    "」",
    "&#8288;",
    "<b>",
    "https://a.example",
    "|",
    "~~",
    "é",
];
