//! Whatever the input, the compiler answers with diagnostics: it never panics, and what it points
//! at exists.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rutter::inside::words::language::Language;
use rutter::inside::words::quantities::quantities;

use crate::support::{amount, load, real_files, repository, small_site, sources, text};

/// Checks a site and looks at every diagnostic as each writer prints it.
fn check_all(files: &BTreeMap<String, Vec<u8>>) {
    let sources = sources(files);
    let found = rutter::check_sources(&sources);
    let _ = text(&sources, &found);
    let mut out = Vec::new();
    rutter::report::write_json(&mut out, &sources, &found).unwrap();
    rutter::report::write_github(&mut out, &sources, &found).unwrap();
    rutter::report::write_sarif(&mut out, &sources, &found).unwrap();
    for diagnostic in &found {
        if let Some(span) = diagnostic.span {
            let text = &sources.file(span.file).text;
            assert!(text.get(span.range()).is_some(), "{diagnostic:?} points outside its file");
        }
    }
    let loaded = rutter::load(&sources);
    if let Some(site) = loaded.value {
        crate::support::render(&site);
    }
}

/// The same inputs on every run, so that a change is to blame for a failure. To look further, set
/// `PROPTEST_RNG_SEED` to any number.
pub(super) fn config(cases: u32) -> ProptestConfig {
    let config = ProptestConfig::default();
    let seed = if config.rng_seed == RngSeed::Random { RngSeed::Fixed(1) } else { config.rng_seed };
    ProptestConfig { cases, rng_seed: seed, failure_persistence: None, ..config }
}

fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "content/products/small.yaml",
        "content/common/vocabulary.yaml",
        "site.toml",
        "i18n/en/extra.ftl",
        "content/pages/p.yaml",
    ])
}

/// Pieces that mean something to one of the parsers.
const PIECES: &[&str] = &[
    "\n",
    " ",
    "  ",
    ": ",
    "- ",
    "#",
    " # ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "|",
    ">",
    "&a",
    "*a",
    "!t",
    "<<",
    "=en",
    "en",
    "ja",
    "\t",
    "\u{3000}",
    "\u{feff}",
    "\u{2028}",
    "<component:agent>",
    "<flow:names>",
    "<ports:this>",
    "](component:agent)",
    "**",
    "`",
    "https://x.example",
    "1. ",
    "# ",
    "443/tcp",
    "11000-11999/tcp",
    "when",
    "from",
    "to",
    "ports",
    "hosts",
    "rows",
    "=",
    "true",
    "~",
    "null",
    "2026-02-30",
    "é",
    "「強調」",
    "𠮷",
    "\\",
    "%",
];

proptest! {
    #![proptest_config(config(amount(192, 4000)))]

    #[test]
    fn any_bytes_in_any_file_end_in_diagnostics(path in path(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut files = small_site();
        files.insert(path.to_owned(), bytes);
        check_all(&files);
    }

    #[test]
    fn any_soup_of_syntax_ends_in_diagnostics(path in path(), pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let mut files = small_site();
        files.insert(path.to_owned(), pieces.concat().into_bytes());
        check_all(&files);
    }

    #[test]
    fn any_mutation_of_a_small_product_ends_in_diagnostics(at in any::<prop::sample::Index>(), length in 0usize..12, piece in prop::sample::select(PIECES)) {
        let mut files = small_site();
        mutate(&mut files, "content/products/small.yaml", at, length, piece);
        check_all(&files);
    }
}

proptest! {
    #![proptest_config(config(amount(24, 400)))]

    #[test]
    fn any_mutation_of_the_real_content_ends_in_diagnostics(
        name in prop::sample::select(vec!["deep-security", "server-workload-protection", "web-security-gateway", "cloud-one-workload-security"]),
        at in any::<prop::sample::Index>(), length in 0usize..40, piece in prop::sample::select(PIECES),
    ) {
        let mut files = real_files();
        mutate(&mut files, &format!("content/products/{name}.yaml"), at, length, piece);
        let sources = sources(&files);
        let found = rutter::check_sources(&sources);
        let _ = text(&sources, &found);
    }
}

fn mutate(files: &mut BTreeMap<String, Vec<u8>>, path: &str, at: prop::sample::Index, length: usize, piece: &str) {
    let Some(bytes) = files.get_mut(path) else { panic!("{path} is not there") };
    let start = at.index(bytes.len());
    let end = (start + length).min(bytes.len());
    bytes.splice(start..end, piece.bytes());
}

/// Digits of every width, what may stand between them, and the words that make something of a number.
const AROUND_NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "9",
    "10",
    "11",
    "24",
    "30",
    "59",
    "60",
    "2026",
    "4118",
    "1234",
    "１",
    "７",
    "２０２６",
    ".",
    ",",
    ":",
    "/",
    "-",
    "–",
    " ",
    "\u{a0}",
    "'",
    "．",
    "，",
    "：",
    "～",
    "、",
    "・",
    "×",
    "%",
    "€",
    "R",
    "#",
    "+",
    "(",
    ")",
    "（",
    "）",
    "é",
    "ß",
];

/// Those, and every word of a `language.toml`: what stands in quotes.
fn around_numbers(tag: &str) -> Vec<String> {
    let lists = std::fs::read_to_string(repository().join(format!("i18n/{tag}/language.toml"))).unwrap();
    let lines = lists.lines().filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    AROUND_NUMBERS.iter().copied().chain(words).map(str::to_owned).collect()
}

/// A language, and what stands around its numbers.
type Read = (Language, Vec<String>);

fn languages() -> &'static [Read] {
    static LANGUAGES: LazyLock<Vec<Read>> = LazyLock::new(|| {
        let site = load(&real_files());
        let language = |tag: &str| site.languages()[site.config().locales.find(tag).unwrap().index()].clone();
        ["en", "ja", "de"].map(|tag| (language(tag), around_numbers(tag))).into()
    });
    &LANGUAGES
}

proptest! {
    #![proptest_config(config(amount(3000, 100_000)))]

    #[test]
    fn any_soup_of_numbers_and_their_words_is_read(
        position in 0usize..3,
        digits in prop::collection::vec(prop::sample::select(AROUND_NUMBERS), 0..8),
        pieces in prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(prop::sample::select(AROUND_NUMBERS))), 0..8),
    ) {
        let (language, words) = &languages()[position];
        let mut text = digits.concat();
        for (index, digits) in &pieces {
            text.push_str(digits.unwrap_or_else(|| index.get::<String>(words).as_str()));
        }
        for quantity in quantities(&text, language, &language.signs(&text)) {
            prop_assert!(text.get(quantity.range.clone()).is_some_and(|said| !said.is_empty()), "{text}: {quantity:?}");
        }
    }
}
