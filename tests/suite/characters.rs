//! One spelling of every word: accents are part of their letters, however they were typed.

use unicode_normalization::UnicodeNormalization;

use crate::support::{load, render, repository, small_site};

/// Decomposed where it is typed so, and where an escape or an entity takes it apart.
const TYPED_APART: &[(&str, &str)] =
    &[("site.toml", "title = \"Gro\u{308}ße ガ\"\nsource_locale = \"en\"\nlocales = [\"en\"]\n")];

#[test]
fn texts_typed_with_accents_apart_are_published_composed() {
    let mut files = small_site();
    for (path, text) in TYPED_APART {
        files.insert((*path).to_owned(), text.nfd().collect::<String>().into_bytes());
    }
    let messages = std::fs::read_to_string(repository().join("i18n/en/site.ftl")).unwrap();
    let messages = messages.replacen("glossary = Glossary", "glossary = Wo\u{308}rter { \"u\\u0308\" }", 1);
    files.insert("i18n/en/site.ftl".to_owned(), messages.into_bytes());
    let product = files.keys().find(|path| path.starts_with("content/products/")).unwrap().clone();
    let written = String::from_utf8(files[&product].clone()).unwrap();
    let text = "summary:\n  en: \"Sch\\u0075\\u0308tzt Ka\u{308}ufer, u&#x308;bt ガード.\"\n";
    let start = written.find("summary:").unwrap();
    let end =
        written[start..].match_indices('\n').map(|(at, _)| start + at + 1).find(|at| !written[*at..].starts_with(' '));
    files.insert(
        product,
        format!("{}{}{}", &written[..start], text.nfd().collect::<String>(), &written[end.unwrap()..]).into_bytes(),
    );

    let (mut words, mut messages_shown) = (0, 0);
    for (path, bytes) in render(&load(&files)) {
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        // The script of the search names accents by themselves, to fold them.
        let apart = ["a\u{308}", "o\u{308}", "u\u{308}", "カ\u{3099}"].into_iter().find(|apart| text.contains(apart));
        assert_eq!(apart, None, "{path} holds an accent apart from its letter");
        words += text.matches("Schützt Käufer, übt ガード").count() + text.matches("Größe ガ").count();
        messages_shown += text.matches("Wörter ü").count();
    }
    assert!(words > 3 && messages_shown > 3, "the texts are published: {words}, {messages_shown}");
}
