//! What the rows of a product say in one language, for the script that makes a file or a sheet of what a
//! selection leaves of them (`theme/assets/csv/`, `theme/assets/request/`). It comes when it is asked for: no page
//! grows by it. What is left is decided by the facts of the product (`render/facts.rs`), which know no language.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::machine::Near;
use super::product::sources_cited;
use super::shown::ShownFlow;
use super::table::{self, COLUMNS, Record, Shared};
use super::{say, word};
use crate::l10n::{Failed, args};
use crate::locale::LocaleId;
use crate::model::{Alternative, ComponentId, FlowId, Hosts, HostsKind, Line, NoteId, PageRoute, Party, ProductId};
use crate::render::facts::{self, Script};
use crate::render::marks::{RowMark, marks_of};
use crate::render::prose::{Form, Place};
use crate::render::samples::samples;
use crate::render::{Hrefs, Task};
use crate::value::{Need, Traffic};

/// The words of products and of the scripts of rows, as far as they were asked for.
#[derive(Default)]
pub(in crate::render) struct Taken {
    products: BTreeMap<(LocaleId, ProductId), Script>,
    rows: BTreeMap<LocaleId, Script>,
}

impl Taken {
    /// What cannot be said of it fails the file itself, and no page that leads to it.
    pub(in crate::render) fn script(&mut self, task: Task<'_>, locale: LocaleId, product: ProductId) -> &Script {
        let failed = Failed::default();
        let script = || {
            Script::of_data(
                "taken",
                &task.site().model[product].id,
                &taken(Task { failed: &failed, ..task }, locale, product),
            )
        };
        let script = self.products.entry((locale, product)).or_insert_with(script);
        script.unsaid.extend(failed.into_errors());
        script
    }

    /// What the scripts of rows say on every page of a locale.
    pub(in crate::render) fn rows_script(&mut self, task: Task<'_>, locale: LocaleId) -> &Script {
        let failed = Failed::default();
        let script = || {
            let task = Task { failed: &failed, ..task };
            let hrefs = Hrefs::from_page(task.site(), task.options.links, locale, PageRoute::Home);
            let words = super::environment::words(Place::of(task, &hrefs, locale, Form::Html));
            Script::of_data("words", task.site().config.locales.tag(locale), &words)
        };
        let script = self.rows.entry(locale).or_insert_with(script);
        script.unsaid.extend(failed.into_errors());
        script
    }
}

#[derive(Serialize)]
struct ProductWords<'m> {
    columns: [&'static str; COLUMNS.len()],
    separator: char,
    parties: BTreeMap<&'m str, &'m str>,
    any: String,
    unstated: String,
    flows: BTreeMap<&'m str, FlowWords>,
    cautions: Vec<CautionWords>,
    #[serde(rename = "words")]
    said: Value,
}

/// A caution that stands on more than rows.
#[derive(Serialize)]
struct CautionWords {
    text: String,
    /// The components about which it is; none: whoever takes part.
    on: Vec<String>,
    when: Value,
}

#[derive(Serialize)]
struct FlowWords {
    /// The cells that all its records have in common.
    shared: Shared,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<Mark>,
    records: Vec<Record>,
    lines: Vec<LineWords>,
    /// What parts ports of which one is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    joint: Option<String>,
    /// Whether the reader has to fill in the address.
    #[serde(skip_serializing_if = "facts::is_false")]
    is_blank: bool,
    /// Kind of proxy; absent: nothing is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy: Option<String>,
    /// When it is needed, whatever was chosen; absent: always.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    cited: Vec<String>,
}

/// A mark, and on what it hangs that a selection decides.
#[derive(Serialize)]
struct Mark {
    text: String,
    /// All that a caution says.
    #[serde(skip_serializing_if = "Option::is_none")]
    caution: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<MarkOn>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum MarkOn {
    /// Whether something else does in its place; `false`: which is, too.
    Ways(bool),
    /// The position of a caution among those on the flow.
    Caution(usize),
}

/// What a line of a rule asks for.
#[derive(Serialize)]
pub(super) struct LineWords {
    pub(super) port: String,
    pub(super) protocol: String,
}

fn taken(task: Task<'_>, locale: LocaleId, product: ProductId) -> ProductWords<'_> {
    let site = task.site();
    let model = &site.model;
    let page = PageRoute::Product(product);
    let hrefs = Hrefs::from_page(site, task.options.links, locale, page);
    let place = Place::of(task, &hrefs, locale, Form::Html);
    let mut parties = BTreeMap::new();
    let flows = model[product].flows.iter();
    let ends =
        flows.clone().flat_map(|flow| model[*flow].from.who.parties().iter().chain(model[*flow].to.who.parties()));
    parties.extend(ends.map(|party| (model[*party].id.as_str(), task.voice(locale).component_name(*party))));
    ProductWords {
        columns: COLUMNS,
        separator: char::from(table::separator(place)),
        parties,
        any: place.voice.party_name(Party::Any).into_owned(),
        unstated: place.voice.party_name(Party::Unstated).into_owned(),
        flows: flows.map(|flow| (model[*flow].id.as_str(), flow_words(place, *flow))).collect(),
        cautions: model.cautions_beside_rows(product).map(|caution| caution_words(place, caution)).collect(),
        said: said(place, product),
    }
}

fn caution_words(place: Place<'_>, (id, on): (NoteId, Vec<ComponentId>)) -> CautionWords {
    let model = &place.site.model;
    let when = facts::condition(model, model[id].product, &model[id].when);
    CautionWords {
        text: place.caution_text(id),
        on: on.into_iter().map(|party| model[party].id.clone()).collect(),
        when: json!(when),
    }
}

fn flow_words(place: Place<'_>, id: FlowId) -> FlowWords {
    let model = &place.site.model;
    let flow = &model[id];
    let when = place.voice.condition(&flow.when);
    FlowWords {
        shared: Shared::of(place, Near::default(), &ShownFlow::Whole(id)),
        marks: marks(place, id),
        records: table::all_records(place, id),
        lines: flow.lines.iter().map(|line| line_words(place, line)).collect(),
        joint: (flow.need == Need::One).then(|| joint(place, flow.need)),
        is_blank: is_blank(&flow.to.hosts),
        proxy: flow.proxy.map(|_| place.proxy(flow.proxy)),
        when: when.map(|when| say(place, "only-when", [("condition", &when)])),
        cited: place.cited(id).into_iter().map(|link| link.text).collect(),
    }
}

/// What parts the ports of a row: all of them are needed, or one.
pub(super) fn joint(place: Place<'_>, need: Need) -> String {
    word(place, if need == Need::One { "ports-or" } else { "list-separator" })
}

pub(super) fn line_words(place: Place<'_>, line: &Line) -> LineWords {
    match line.traffic {
        Traffic::Ports { over, port } => LineWords { port: place.voice.port(port), protocol: place.voice.over(over) },
        Traffic::Bare(protocol) => LineWords { port: String::new(), protocol: place.voice.bare(protocol) },
    }
}

/// Whether nobody but the reader can say where an end is reached.
pub(super) fn is_blank(hosts: &Hosts) -> bool {
    matches!(hosts.kind, HostsKind::Own | HostsKind::Unknown | HostsKind::Unpublished)
}

fn marks(place: Place<'_>, id: FlowId) -> Vec<Mark> {
    let model = &place.site.model;
    let alternatives = model.alternatives_of(id);
    let mut cautions = 0..;
    let mark = |mark: RowMark<'_>| {
        let on = match mark {
            RowMark::Alternative(_, Alternative::Flow) => Some(MarkOn::Ways(true)),
            RowMark::Alternative(_, Alternative::Way(_)) => Some(MarkOn::Ways(false)),
            RowMark::Caution(_) => cautions.next().map(MarkOn::Caution),
            _ => None,
        };
        let caution = match mark {
            RowMark::Caution(note) => Some(place.caution_text(note)),
            _ => None,
        };
        Mark { text: mark.words(place.voice), caution, on }
    };
    marks_of(model, id, &alternatives).into_iter().map(mark).collect()
}

/// What the script says. `{}` stands for what it fills in.
fn said(place: Place<'_>, product: ProductId) -> Value {
    let counted = |id: &str| {
        samples(place.voice, id, |args, sample| {
            args.set("n", sample);
        })
    };
    let title = place.voice.name(place.site.model[product].name);
    json!({
        "product": title,
        "cited": word(place, "sources"),
        "sources": sources_cited(place, product),
        "alternative": word(place, "alternative"),
        "near": say(place, "end-on-machine", [("component", "{}")]),
        "pair": place.voice.say("list-and-pair", &args([("first", "{first}"), ("second", "{second}")])),
        "last": place.voice.say("list-and-last", &args([("rest", "{rest}"), ("last", "{last}")])),
        "separator": word(place, "list-separator"),
        "title": word(place, "request"),
        "filtered": word(place, "request-filtered"),
        "columns": COLUMN_WORDS.map(|id| word(place, id)),
        "labeled": say(place, "labeled", [("label", "{}")]),
        "choice": place.voice.say("scenario-choice", &args([("option", "{option}"), ("choices", "{choices}")])),
        "choices": word(place, "request-choices"),
        "nothing": word(place, "request-no-choices"),
        "without": word(place, "without"),
        "address": word(place, "request-address"),
        "ways": [say(place, "request-way", [("source", "{}")]), say(place, "request-ways", [("sources", "{}")])],
        "none": word(place, "request-none"),
        "always": word(place, "why-always"),
        "unstated": place.proxy(None),
        "mixed": place.voice.say("request-mixed", &args([("needed", "{needed}"), ("others", "{others}")])),
        "unknown": word(place, "request-purpose-unknown"),
        "together": word(place, "way-together"),
        "open": word(place, "state-open"),
        "loopback": counted("request-left-out"),
        "internal": counted("request-left-out-internal"),
        "signed": [word(place, "request-signed"), word(place, "request-approved")],
        "name": word(place, "request-name"),
        "date": word(place, "request-date"),
        "leave": word(place, "request-leave"),
        "print": word(place, "request-print"),
    })
}

/// The heads of the columns of a change request.
const COLUMN_WORDS: [&str; 9] = [
    "request-number",
    "request-from",
    "request-to",
    "column-protocol",
    "column-ports",
    "proxy",
    "request-purpose",
    "request-reason",
    "request-row",
];
