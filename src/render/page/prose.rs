//! Prose pages and the glossary.

use serde::Serialize;

use super::texts;
use crate::locale::Direction;
use crate::model::{Anchored, PageId, PageRoute, TermId, ids};
use crate::render::prose::{Place, TextView};
use crate::words::sort_key;

#[derive(Serialize)]
pub(super) struct Glossary {
    terms: Vec<TermView>,
}

#[derive(Serialize)]
struct TermView {
    anchor: String,
    name: String,
    /// Set where the name is in another language than the page, and its direction.
    lang: Option<String>,
    dir: Option<Direction>,
    definition: Option<TextView>,
    is_ui: bool,
    former_anchors: Vec<String>,
}

pub(super) fn glossary(place: Place<'_>) -> Glossary {
    let model = &place.site.model;
    let view = |id: TermId| {
        let (lang, dir) = place.tongue(model[id].name);
        TermView {
            anchor: model.anchor(PageRoute::Glossary, Anchored::Term(id)),
            name: place.voice.name(model[id].name).to_owned(),
            lang,
            dir,
            definition: texts(place, model[id].definition),
            is_ui: model[id].is_ui,
            former_anchors: model.former_anchors(PageRoute::Glossary, Anchored::Term(id)),
        }
    };
    let order = |id: &TermId| {
        let term = &model[*id];
        let reading =
            term.reading.iter().find(|(locale, _)| *locale == place.locale).map(|(_, reading)| reading.as_str());
        (term.is_ui, sort_key(reading.unwrap_or_else(|| place.voice.name(term.name))))
    };
    let mut terms: Vec<_> = ids::<TermId>(model.terms.len()).collect();
    terms.sort_by_cached_key(order);
    Glossary { terms: terms.into_iter().map(view).collect() }
}

#[derive(Serialize)]
pub(super) struct Prose {
    summary: Option<TextView>,
    sections: Vec<SectionView>,
}

#[derive(Serialize)]
struct SectionView {
    anchor: String,
    former_anchors: Vec<String>,
    title: Option<String>,
    text: TextView,
}

pub(super) fn prose(place: Place<'_>, id: PageId) -> Prose {
    let model = &place.site.model;
    let page = &model[id];
    let sections = page.sections.iter().zip(0..).map(|(section, at)| SectionView {
        anchor: model.anchor(PageRoute::Prose(id), Anchored::Section(id, at)),
        former_anchors: model.former_anchors(PageRoute::Prose(id), Anchored::Section(id, at)),
        title: section.title.map(|unit| place.voice.name(unit).to_owned()),
        text: place.text(section.text),
    });
    Prose { summary: texts(place, page.summary), sections: sections.collect() }
}
