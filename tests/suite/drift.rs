//! The checks on translations tried on the real content: `tests/drift/drifts.tsv` lists changes that
//! let a text fall behind, `harmless.tsv` as many that must pass without a word. All pairs count as
//! not accepted, so that every rule speaks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use rayon::prelude::*;
use rutter::Diagnostic;
use rutter::inside::item::UnitKey;
use rutter::inside::span::Span;

use crate::support::{load, real_files, repository, sources, text};

/// A text and its translations, and what must be said of them.
struct Texts {
    kind: String,
    /// The codes one of which must tell; `ok`: nothing may be said.
    expected: String,
    /// In the order of [`TAGS`]; `-`: none.
    by_locale: Vec<String>,
}

const TAGS: [&str; 3] = ["en", "ja", "de"];

/// One change of one text.
struct Edit {
    kind: String,
    /// The code that tells of it; `None`: harmless. `-`: known to be out of reach.
    expected: Option<String>,
    unit: String,
    locale: String,
    old: String,
    new: String,
}

impl Edit {
    fn name(&self) -> String {
        format!("{} · {} · {} · `{}` → `{}`", self.kind, self.unit, self.locale, self.old, self.new)
    }
}

fn edits(file: &str, has_code: bool) -> Vec<Edit> {
    let table = std::fs::read_to_string(repository().join("tests/drift").join(file)).unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &str| {
        let mut fields: Vec<String> = line.split('\t').map(|field| field.replace("\\n", "\n")).collect();
        assert_eq!(fields.len(), if has_code { 6 } else { 5 }, "{file}: {line}");
        let kind = fields.remove(0);
        let expected = has_code.then(|| fields.remove(0));
        let [unit, locale, old, new] = fields.try_into().unwrap();
        Edit { kind, expected, unit, locale, old, new }
    };
    rows.map(read).collect()
}

/// The real content without the record of accepted translations.
fn open_files() -> BTreeMap<String, Vec<u8>> {
    let mut files = real_files();
    files.retain(|path, _| !path.ends_with(".lock"));
    files
}

/// Where each text stands: unit and locale → file and byte range.
type Places = BTreeMap<(String, String), (String, Span)>;

fn places() -> Places {
    let files = open_files();
    let sources = sources(&files);
    let site = load(&files);
    let mut places = BTreeMap::new();
    for unit in site.texts().units() {
        for locale in site.config().locales.ids() {
            let Some(text) = unit.own_text(locale) else { continue };
            let path = sources.file(text.span.file).path.to_string();
            places.insert((unit.key.to_string(), site.config().locales.tag(locale).to_owned()), (path, text.span));
        }
    }
    for locale in site.config().locales.ids() {
        for (id, message) in &site.messages()[locale.index()] {
            let file = sources.file(message.span.file);
            // A message ends where the next line begins that is not indented.
            let start = message.span.start as usize;
            let rest = &file.text[start..];
            let length =
                rest.match_indices('\n').find(|(at, _)| !rest[at + 1..].starts_with([' ', '}'])).map(|(at, _)| at);
            let span = Span::new(message.span.file, start..start + length.unwrap_or(rest.len()));
            let tag = site.config().locales.tag(locale).to_owned();
            places.insert((UnitKey::message(id).to_string(), tag), (file.path.to_string(), span));
        }
    }
    places
}

/// The content after some edits, each in a text of its own.
fn apply(edits: &[&Edit], places: &Places) -> BTreeMap<String, Vec<u8>> {
    let mut files = open_files();
    let mut located: Vec<_> = edits
        .iter()
        .map(|edit| {
            (places.get(&(edit.unit.clone(), edit.locale.clone())).unwrap_or_else(|| panic!("{}", edit.name())), *edit)
        })
        .collect();
    // From the end of each file, so that earlier places stay where they are.
    located.sort_by_key(|((_, span), _)| std::cmp::Reverse(span.start));
    for ((path, span), edit) in located {
        let file = String::from_utf8(files[path].clone()).unwrap();
        let raw = &file[span.range()];
        // A text on one line goes on deeper than its key.
        let depths = raw.lines().skip(1).filter(|line| !line.trim().is_empty());
        let indent = " ".repeat(depths.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(12));
        let lines = |text: &str| text.replace('\n', &format!("\n{indent}"));
        let blank = |text: &str| lines(text).replace(&format!("\n{indent}\n"), "\n\n");
        let (old, new) = (blank(&edit.old), blank(&edit.new));
        assert!(raw.contains(&old), "{}: not in the text\n{raw}", edit.name());
        let changed = raw.replacen(&old, &new, 1);
        files.insert(
            path.clone(),
            format!("{}{changed}{}", &file[..span.start as usize], &file[span.end as usize..]).into(),
        );
    }
    files
}

/// Edits in batches in which each unit is changed once.
fn batches(edits: &[Edit]) -> Vec<Vec<&Edit>> {
    let mut batches: Vec<(BTreeSet<&str>, Vec<&Edit>)> = Vec::new();
    for edit in edits {
        let free = batches.iter_mut().find(|(units, list)| list.len() < 30 && !units.contains(edit.unit.as_str()));
        match free {
            Some((units, list)) => {
                units.insert(&edit.unit);
                list.push(edit);
            }
            None => batches.push((BTreeSet::from([edit.unit.as_str()]), vec![edit])),
        }
    }
    batches.into_iter().map(|(_, list)| list).collect()
}

/// What was changed, what `check` says of it, and how that reads.
type Verdict<'a> = (&'a Edit, Vec<Diagnostic>, String);

/// What `check` says of each edit, beside the pairs that nobody has accepted.
fn judge(edits: &[Edit]) -> Vec<Verdict<'_>> {
    let places = places();
    batches(edits).into_par_iter().flat_map_iter(|batch| judge_batch(batch, &places)).collect()
}

fn judge_batch<'a>(batch: Vec<&'a Edit>, places: &Places) -> Vec<Verdict<'a>> {
    let sources = sources(&apply(&batch, places));
    let mut found = rutter::check_sources(&sources);
    found.retain(|diagnostic| diagnostic.code.as_str() != "not-accepted");
    let units: BTreeSet<_> = batch.iter().map(|edit| edit.unit.as_str()).collect();
    let is_stray = |one: &&Diagnostic| one.unit.as_deref().is_none_or(|unit| !units.contains(unit));
    let strays: Vec<_> = found.iter().filter(is_stray).cloned().collect();
    assert!(strays.is_empty(), "said of texts that nobody changed:\n{}", text(&sources, &strays));
    let judge_one = |edit: &'a Edit| {
        let said: Vec<_> =
            found.iter().filter(|one| one.unit.as_deref() == Some(edit.unit.as_str())).cloned().collect();
        let shown = text(&sources, &said);
        (edit, said, shown)
    };
    batch.into_iter().map(judge_one).collect()
}

#[test]
fn drifts_are_told_at_the_text_that_fell_behind() {
    let edits = edits("drifts.tsv", true);
    let mut missed = Vec::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (edit, said, shown) in judge(&edits) {
        let expected = edit.expected.as_deref().unwrap();
        let is_source = edit.locale == "en";
        let is_told = said.iter().any(|one| {
            expected.split('|').any(|code| code == one.code.as_str())
                && (is_source || one.locale.as_deref() == Some(&edit.locale))
                && !one.help.is_empty()
        });
        let count = counts.entry(&edit.kind).or_default();
        count.1 += 1;
        count.0 += usize::from(is_told);
        if is_told != (expected != "-") || (expected == "-" && !said.is_empty()) {
            missed.push(format!("{expected}: {}\n{shown}", edit.name()));
        }
    }
    for (kind, (told, all)) in &counts {
        println!("{kind}: {told} of {all}");
    }
    assert!(missed.is_empty(), "{} of {} are not told:\n\n{}", missed.len(), edits.len(), missed.join("\n"));
}

#[test]
fn harmless_edits_pass_without_a_word() {
    let edits = edits("harmless.tsv", false);
    let count = |locale: &str| edits.iter().filter(|edit| edit.locale == locale).count();
    assert!(["ja", "de", "en"].iter().all(|locale| count(locale) >= 60));
    let judged = judge(&edits);
    let alarms: Vec<_> = judged.iter().filter(|(_, said, _)| !said.is_empty()).collect();
    let list: Vec<_> = alarms.iter().map(|(edit, _, shown)| format!("{}\n{shown}", edit.name())).collect();
    assert!(list.is_empty(), "{} of {} are taken for a drift:\n\n{}", list.len(), edits.len(), list.join("\n"));
}

fn pairs() -> Vec<Texts> {
    let table = std::fs::read_to_string(repository().join("tests/drift/pairs.tsv")).unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &str| {
        let mut fields: Vec<String> = line.split('\t').map(|field| field.replace("\\n", "\n")).collect();
        assert_eq!(fields.len(), 5, "{line}");
        let texts = fields.split_off(2);
        let [kind, expected] = fields.try_into().unwrap();
        Texts { kind, expected, by_locale: texts }
    };
    rows.map(read).collect()
}

/// The real content and one product more, whose notes are the pairs.
fn with_pairs(pairs: &[Texts]) -> BTreeMap<String, Vec<u8>> {
    let mut files = open_files();
    let mut product = std::fs::read_to_string(repository().join("tests/drift/pairs.yaml")).unwrap();
    product.push_str("notes:\n");
    for (position, pair) in pairs.iter().enumerate() {
        writeln!(product, "  n{position}:\n    kind: note\n    text:").unwrap();
        for (tag, text) in TAGS.iter().zip(&pair.by_locale).filter(|(_, text)| *text != "-") {
            let lines: Vec<String> = text.lines().map(|line| format!("        {line}").trim_end().to_owned()).collect();
            writeln!(product, "      {tag}: |\n{}", lines.join("\n")).unwrap();
        }
    }
    files.insert("content/products/pairs.yaml".to_owned(), product.into());
    files
}

#[test]
fn pairs_are_judged_by_what_they_say() {
    let pairs = pairs();
    let sources = sources(&with_pairs(&pairs));
    let mut found = rutter::check_sources(&sources);
    found.retain(|one| !matches!(one.code.as_str(), "not-accepted" | "missing-text"));
    let mut wrong = Vec::new();
    for (position, pair) in pairs.iter().enumerate() {
        let unit = format!("pairs/note/n{position}/text");
        for (tag, said) in TAGS.iter().zip(&pair.by_locale).filter(|(_, text)| *text != "-") {
            let own: Vec<_> = found
                .iter()
                .filter(|one| one.unit.as_deref() == Some(&unit) && one.locale.as_deref() == Some(tag))
                .cloned()
                .collect();
            let is_told = own.iter().any(|one| pair.expected.split('|').any(|code| code == one.code.as_str()));
            let is_right = match pair.expected.as_str() {
                "ok" => own.is_empty(),
                // The source text is the one that is right, unless it types a fact itself.
                _ => is_told || *tag == "en",
            };
            if !is_right {
                wrong.push(format!("{}: {} · {tag}: {said}\n{}", pair.expected, pair.kind, text(&sources, &own)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} are judged wrongly:\n\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
}
