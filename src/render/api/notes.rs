//! `notes.json`: what else a reader must know.

use schemars::JsonSchema;
use serde::Serialize;

use super::{SCHEMA, Texts, When, texts, when};
use crate::model::{NoteId, NoteTarget, ids};
use crate::render::Task;
use crate::value::words::{NOTE_KIND, word_of};

/// What else a reader must know.
#[derive(Serialize, JsonSchema)]
pub(super) struct Notes {
    /// Version of this format.
    schema: u32,
    /// Every note.
    notes: Vec<NoteEntry>,
}

/// One note.
#[derive(Serialize, JsonSchema)]
struct NoteEntry {
    /// `product/note`
    id: String,
    /// Id of its product.
    product: String,
    /// `note`, `tip` or `caution`.
    kind: &'static str,
    /// What it stands on: ids of flows, `component:…` or `option:…`; empty: the whole product.
    on: Vec<String>,
    /// When it holds.
    when: When,
    /// What it says.
    text: Texts,
}

pub(super) fn notes(task: Task<'_>) -> Notes {
    Notes { schema: SCHEMA, notes: ids(task.site().model.notes.len()).map(|id| note(task, id)).collect() }
}

fn note(task: Task<'_>, id: NoteId) -> NoteEntry {
    let model = &task.site().model;
    let note = &model[id];
    let product = model[note.product].id.clone();
    let target = |target: &NoteTarget| match target {
        NoteTarget::Flow(flow) => model.flow_key(*flow),
        NoteTarget::Component(component) => format!("component:{}", model.component_key(*component)),
        NoteTarget::Option(option) => format!("option:{}", model.option_key(*option)),
    };
    NoteEntry {
        id: format!("{product}/{}", note.id),
        product,
        kind: word_of(NOTE_KIND, &note.kind),
        on: note.on.iter().map(target).collect(),
        when: when(task, &note.when),
        text: texts(task, note.text),
    }
}
