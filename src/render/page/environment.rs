//! What a reader can choose on a page with rows, and the words with which its script says what follows.
//! The script decides by the facts of the product (`render/facts.rs`); here stand labels only.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{numbered, products_on, say, word};
use crate::l10n::{Join, args};
use crate::model::{ComponentId, Model, OptionId, PageRoute, ProductId, ScenarioId, Selection};
use crate::render::prose::Place;
use crate::render::samples::samples;

/// Options that stand open; the others open behind them.
const MOST_OPEN: usize = 3;

/// The panel above the tables.
#[derive(Serialize)]
pub(super) struct Environment {
    presets: Vec<Named>,
    open: Vec<Control>,
    more: Vec<Control>,
    /// "5 more options".
    more_label: String,
    has_ways: bool,
}

/// An id that scripts and addresses know, and what it is called.
#[derive(Serialize)]
struct Named {
    id: String,
    label: String,
}

/// An option as boxes to tick.
#[derive(Serialize)]
struct Control {
    id: String,
    label: String,
    /// What holds while nothing is ticked.
    otherwise: String,
    choices: Vec<Named>,
}

/// The product whose choices a page offers: that of its rows, if they are of one, and hang on any choice.
fn chosen_on(model: &Model, page: PageRoute) -> Option<ProductId> {
    let product = match page {
        PageRoute::Product(id) => id,
        PageRoute::Component(id) => match model.views.products_of(id) {
            [only] => *only,
            _ => return None,
        },
        _ => return None,
    };
    let has_choice = !model.options_of(product).is_empty() || !model[product].alternatives.is_empty();
    has_choice.then_some(product)
}

/// Whether a page offers choices.
pub(super) fn is_on(model: &Model, page: PageRoute) -> bool {
    chosen_on(model, page).is_some()
}

impl Place<'_> {
    /// What can be chosen on a page; `None`: nothing.
    pub(super) fn environment(self, page: PageRoute) -> Option<Environment> {
        let model = &self.site.model;
        Some(self.environment_of(chosen_on(model, page)?))
    }

    /// What of a product can be chosen.
    pub(super) fn environment_of(self, product: ProductId) -> Environment {
        let model = &self.site.model;
        let options = model.options_of(product);
        let mut open: Vec<_> = options.into_iter().map(|option| self.control(product, option)).collect();
        let more = open.split_off(open.len().min(MOST_OPEN));
        let preset =
            |id: &ScenarioId| Named { id: model[*id].id.clone(), label: self.voice.name(model[*id].title).to_owned() };
        Environment {
            presets: model[product].scenarios.iter().map(preset).collect(),
            open,
            more_label: numbered(self, "options-more", more.len(), []),
            more,
            has_ways: !model[product].alternatives.is_empty(),
        }
    }

    /// The names of those who take part, for the scripts of a page with rows, as JSON. What these say on all pages
    /// of a locale is a file of its own: [`words`].
    pub(super) fn table_words(self, page: PageRoute) -> String {
        let model = &self.site.model;
        let products = products_on(model, page);
        let members = products.iter().flat_map(|product| &model[*product].members);
        let party = |id: ComponentId| (model[id].id.clone(), Value::from(self.voice.component_name(id)));
        let parties: Map<String, Value> = members.map(|member| party(member.component)).collect();
        json!({ "parties": parties }).to_string()
    }

    fn control(self, product: ProductId, id: OptionId) -> Control {
        let model = &self.site.model;
        let option = &model[id];
        let default = model.chosen(product, id, &Selection::default());
        let default = default.iter().flat_map(|set| set.iter());
        let default: Vec<_> = default.map(|choice| self.voice.choice_label(&option.choices[choice])).collect();
        Control {
            id: option.id.clone(),
            label: self.voice.name(option.label).to_owned(),
            otherwise: if default.is_empty() {
                word(self, "choice-open")
            } else {
                say(self, "choice-default", [("choice", &self.voice.list(&default, Join::And))])
            },
            choices: option
                .choices
                .iter()
                .map(|choice| Named { id: choice.id.clone(), label: self.voice.choice_label(choice) })
                .collect(),
        }
    }
}

/// What the scripts of rows say in a locale. `{}` stands for what they fill in.
pub(super) fn words(place: Place<'_>) -> Value {
    let counted = |id: &str| {
        samples(place.voice, id, |values, sample| {
            values.set("n", sample);
            values.set("options", "{options}");
        })
    };
    let said = samples(place.voice, "count-say", |args, sample| {
        args.set("in", sample);
        args.set("alternative", "{alternative}");
        args.set("open", "{open}");
        args.set("out", "{out}");
    });
    let filled = |id: &str, name: &'static str| say(place, id, [(name, "{}")]);
    json!({
        "in": counted("count-in"),
        "alternative": counted("count-alternative"),
        "open": counted("count-open"),
        "out": counted("count-out"),
        "say": said,
        "addresses": counted("addresses-count"),
        "copy": counted("hosts-copy"),
        "names": counted("hosts-named"),
        "of": place.voice.say("group-count-of", &args([("n", "{n}"), ("all", "{all}")])),
        "goTo": word(place, "row-go-to"),
        "direct": word(place, "proxy-no"),
        "past": counted("count-past"),
        "mayPass": word(place, "proxy-may-pass"),
        "selection": filled("print-selection", "choices"),
        "filter": filled("print-filter", "filters"),
        "printed": place.voice.say("print-rows", &args([("n", "{n}"), ("all", "{all}"), ("out", "{out}")])),
        "date": filled("print-date", "date"),
        "group": samples(place.voice, "group-count", |args, sample| args.set("n", sample)),
        "shown": counted("count-shown"),
        "set": place.voice.say("choices-set", &args([("n", "{n}"), ("all", "{all}")])),
        "always": word(place, "why-always"),
        "depends": filled("why-open", "options"),
        "needed": filled("why-in", "condition"),
        "needless": filled("why-out", "choice"),
        "without": filled("why-without", "component"),
        "picked": word(place, "why-picked"),
        "either": word(place, "why-alternative"),
        "one": filled("why-alternative-in", "condition"),
        "mine": word(place, "why-chosen"),
        "use": word(place, "way-use"),
        "default": filled("scenario-default", "choice"),
        "choice": place.voice.say("scenario-choice", &args([("option", "{option}"), ("choices", "{choices}")])),
        "separator": word(place, "list-separator"),
        "none": word(place, "hosts-none-for-choice"),
        "changed": filled("preset-changed", "scenario"),
        "unknown": filled("address-unknown", "ids"),
        "link": word(place, "copy-link"),
        "source": filled("row-from", "source"),
        "more": word(place, "summary-more"),
        "undecided": word(place, "choice-open"),
    })
}
