//! `docs/search.md` has two readers, the compiler and the script of the theme: they must cut every
//! text into the same tokens.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use rutter::inside::words::tokens;
use serde::Deserialize;

use crate::support::{node, repository};

#[derive(Deserialize)]
struct Vector {
    text: String,
    tokens: Vec<String>,
}

/// Tokens as the theme's script finds them.
fn tokens_of_the_script(texts: &[String]) -> Vec<Vec<String>> {
    let answer = node("tests/search/tokenize.mjs", &[], &serde_json::to_vec(texts).unwrap());
    serde_json::from_slice(&answer).unwrap()
}

#[test]
fn compiler_and_script_agree_on_every_vector() {
    let path = repository().join("tests/search/tokenizer-vectors.json");
    let vectors: Vec<Vector> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert!(vectors.len() >= 300);
    let texts: Vec<_> = vectors.iter().map(|vector| vector.text.clone()).collect();
    for (vector, found) in vectors.iter().zip(tokens_of_the_script(&texts)) {
        assert_eq!(tokens(&vector.text), vector.tokens, "the compiler on {:?}", vector.text);
        assert_eq!(found, vector.tokens, "the script on {:?}", vector.text);
    }
}

/// What lines are made of: pieces that mean something to a rule, and any letter that Unicode 15 has.
/// Later ones are cased and composed by browsers as they learn of them.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "443",
        "4118",
        "/tcp",
        "tcp/",
        "11000",
        "–",
        "-",
        "~",
        "〜",
        ".",
        "/",
        ":",
        "::",
        "_",
        "example",
        ".com",
        "www.",
        "https://",
        "10.0.0.1",
        "/27",
        "2001:db8::1",
        "fe80",
        "Größe",
        "ẞ",
        "ss",
        "Ü",
        "U\u{308}",
        "é",
        "\u{301}",
        "\u{AD}",
        "\u{200B}",
        "\u{2060}",
        "\u{FEFF}",
        "サーバー",
        "ー",
        "ﾊﾟ",
        "ポート",
        "接続",
        "を",
        "々",
        "・",
        "、",
        "。",
        "「",
        "」",
        "𠮷",
        "葛\u{E0100}",
        "😀",
        "👍🏽",
        "1️⃣",
        "Σ",
        "ς",
        "İ",
        "ı",
        "™",
        "①",
        "㌔",
        "Ａ",
        "４",
        " ",
        "\u{3000}",
        "\t",
        "\n",
        "(",
        "{to}",
        "*",
        "+",
        "한국어",
        "שלום",
        "नमस्ते",
        "Ω",
        "ﬁ",
        "Ⅳ",
        "\u{FFFD}",
    ];
    prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => prop::char::ranges(std::borrow::Cow::Borrowed(&[
            '\0'..='\u{377}', '\u{3A3}'..='\u{52F}', '\u{1E00}'..='\u{1F15}', '\u{2000}'..='\u{2064}', '\u{2090}'..='\u{209C}', '\u{20D0}'..='\u{20F0}', '\u{2100}'..='\u{218B}', '\u{2190}'..='\u{2426}', '\u{2500}'..='\u{2B73}', '\u{2E80}'..='\u{2E99}',
            '\u{3000}'..='\u{30FF}', '\u{31F0}'..='\u{9FFF}', '\u{AC00}'..='\u{D7A3}', '\u{F900}'..='\u{FA6D}', '\u{FB00}'..='\u{FB06}',
            '\u{FE00}'..='\u{FEFF}', '\u{FF00}'..='\u{FFFF}', '\u{1B000}'..='\u{1B122}', '\u{1D400}'..='\u{1D7FF}',
            '\u{1F000}'..='\u{1FAFF}', '\u{20000}'..='\u{2A6DF}', '\u{2F800}'..='\u{2FA1D}', '\u{E0000}'..='\u{E01FF}',
        ])).prop_map(String::from),
        1 => "[a-zA-Z0-9äöüß]{1,70}",
    ]
}

#[test]
fn compiler_and_script_agree_on_twenty_thousand_lines() {
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(1), ..Config::default() });
    let line = prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat());
    let lines: Vec<String> = (0..20_000).map(|_| line.new_tree(&mut runner).unwrap().current()).collect();
    let mut count = 0;
    for (line, found) in lines.iter().zip(tokens_of_the_script(&lines)) {
        let expected = tokens(line);
        assert_eq!(found, expected, "on {line:?}");
        count += expected.len();
    }
    assert!(count > 100_000, "only {count} tokens");
}

#[test]
fn a_text_made_of_the_tokens_of_a_text_has_them_all() {
    // Prefix and partial matches rest on it: what was indexed can be typed.
    for text in ["files.trendmicro.com", "11000-11999/tcp", "3.69.198.64/27", "サーバー", "Größe", "2001:db8::1"]
    {
        for token in tokens(text) {
            assert!(tokens(&token).contains(&token), "{token} of {text}");
        }
    }
}
