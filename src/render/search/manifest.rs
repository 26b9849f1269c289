//! What the client must know before it can ask for anything else: how the index is cut, and its words.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::kind::SearchKind;
use super::postings::Postings;
use super::shape::Shape;
use super::synonyms;
use crate::l10n::{Args, args};
use crate::locale::LocaleId;
use crate::render::Task;
use crate::value::Verdict;
use crate::words;

/// What the client must know before it can ask for anything else, and its words.
pub(super) fn manifest(
    task: Task<'_>,
    locale: LocaleId,
    shape: Shape,
    postings: &Postings,
    numberless: &Value,
) -> Value {
    let word = |id: &str| task.voice(locale).word(id);
    // For the client to fill in.
    let open =
        |id: &str, names: [&'static str; 2]| task.voice(locale).say(id, &args([(names[0], "{0}"), (names[1], "{1}")]));
    json!({
        "documents": shape.documents,
        "buckets": shape.buckets,
        "dense": shape.dense,
        "block": shape.block,
        "ranges": postings.port_ranges().collect::<Vec<_>>(),
        "synonyms": synonyms::synonyms(task, postings),
        "optional": in_every_language(task, "search-optional-words"),
        "numberless": numberless,
        "wildcards": wildcards(task),
        "lines": {
            "source": in_every_language(task, "search-source-words"),
            "destination": in_every_language(task, "search-destination-words"),
            "port": in_every_language(task, "search-port-words"),
        },
        "kinds": SearchKind::ALL.map(|kind| word(kind.message())),
        "words": {
            "count": counts(task, locale, "search-count"),
            "partly": counts(task, locale, "search-partly"),
            "partial": word("search-partial"),
            "elsewhere": word("search-others"),
            "all": word("search-all"),
            "next": word("search-more"),
            "range": open("port-range", ["first", "last"]),
            "inRange": open("port-in", ["port", "range"]),
            "absent": open("port-absent", ["port", ""]),
            "checked": checked(task, locale, "port-checked"),
            "every": word("port-every"),
            "forEvery": word("search-every"),
            "port": open("port-title", ["port", ""]),
            "found": open("search-found", ["list", ""]),
            "noAddress": open("address-absent", ["addresses", ""]),
            "checkedAddresses": checked(task, locale, "address-checked"),
            "inBlock": open("address-in", ["address", "block"]),
            "sourceOnly": word("source-only"),
        },
    })
}

/// A message with a count, as it reads for some numbers: for each form of the plural at least one.
/// The client takes the one whose form is that of its number.
fn counts(task: Task<'_>, locale: LocaleId, id: &str) -> Value {
    const SAMPLES: [u32; 10] = [0, 1, 2, 3, 5, 6, 11, 20, 100, 1_000_000];
    let mut forms: Vec<(String, String)> = Vec::new();
    for sample in SAMPLES {
        let number = sample.to_string();
        let mut args = Args::new();
        args.set("count", sample);
        args.set("number", "{}");
        let text = task.voice(locale).say(id, &args);
        if !forms.iter().any(|(_, known)| *known == text) {
            forms.push((number, text));
        }
    }
    Value::Object(forms.into_iter().map(|(sample, text)| (sample, Value::from(text))).collect())
}

/// Words by which questions and lines of logs are read: whoever reads in one language may ask and run
/// systems in another.
fn in_every_language(task: Task<'_>, id: &str) -> BTreeSet<String> {
    let locales = task.site().config.locales.ids();
    let said: Vec<String> = locales.map(|locale| task.voice(locale).word(id)).collect();
    said.iter().flat_map(|words| words.split_whitespace()).map(words::fold_for_search).collect()
}

/// What the names of hosts end with that an address with `*.` in front stands for.
fn wildcards(task: Task<'_>) -> BTreeSet<&str> {
    let flows = task.site().model.flows.iter();
    let addresses = flows.flat_map(|flow| flow.to.hosts.list.iter().chain(&flow.from.hosts.list));
    addresses.filter_map(|address| address.text.strip_prefix('*')).collect()
}

/// Among how many connections of how many products a port or an address was looked for.
fn checked(task: Task<'_>, locale: LocaleId, message: &str) -> String {
    let model = &task.site().model;
    let mut args = Args::new();
    args.set("flows", model.flows.iter().filter(|flow| flow.verdict == Verdict::Allow).count());
    args.set("products", model.products.len());
    task.voice(locale).say(message, &args)
}
