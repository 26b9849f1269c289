//! `options.json`: the axes on which requirements differ.

use schemars::JsonSchema;
use serde::Serialize;

use super::{SCHEMA, Texts, When, choice_ids, maybe_texts, texts, when};
use crate::model::{Choice, OptionId, ids};
use crate::render::Task;

/// The axes on which requirements differ.
#[derive(Serialize, JsonSchema)]
pub(super) struct Options {
    /// Version of this format.
    schema: u32,
    /// Every option, common ones first.
    options: Vec<OptionEntry>,
}

/// One axis.
#[derive(Serialize, JsonSchema)]
struct OptionEntry {
    /// `product/option`, or `common/option` for one that products share.
    id: String,
    /// Id of its product, null for a common one.
    product: Option<String>,
    /// Its name.
    label: Texts,
    /// What it means, null where nothing is said.
    text: Option<Texts>,
    /// When it exists at all.
    when: When,
    /// Whether it is on or off.
    switch: bool,
    /// The choices that hold if nothing is chosen; empty: it depends, unless a product gives the
    /// option a default of its own.
    default: Vec<String>,
    /// Its values, in the order of the page.
    choices: Vec<ChoiceEntry>,
}

/// One value.
#[derive(Serialize, JsonSchema)]
struct ChoiceEntry {
    /// Its id.
    id: String,
    /// Its name.
    label: Texts,
    /// What it means, null where nothing is said.
    text: Option<Texts>,
}

pub(super) fn options(task: Task<'_>) -> Options {
    Options { schema: SCHEMA, options: ids(task.site().model.options.len()).map(|id| option(task, id)).collect() }
}

fn option(task: Task<'_>, id: OptionId) -> OptionEntry {
    let option = &task.site().model[id];
    OptionEntry {
        id: task.site().model.option_key(id),
        product: option.product.map(|product| task.site().model[product].id.clone()),
        label: texts(task, option.label),
        text: maybe_texts(task, option.text),
        when: when(task, &option.when),
        switch: option.is_switch,
        default: choice_ids(task, id, option.default),
        choices: option.choices.iter().map(|choice| choice_entry(task, choice)).collect(),
    }
}

fn choice_entry(task: Task<'_>, choice: &Choice) -> ChoiceEntry {
    let locales = &task.site().config.locales;
    let label = locales.ids().map(|locale| (locales.tag(locale).to_owned(), task.voice(locale).choice_label(choice)));
    ChoiceEntry { id: choice.id.clone(), label: label.collect(), text: maybe_texts(task, choice.text) }
}
