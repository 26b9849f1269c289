//! The page on the state of the translations: what is open in this language, and on the page of the
//! source language in all others.

use serde::Serialize;

use super::shell::edit_place;
use super::word;
use crate::l10n::{Args, Counts, Open, Reason, State, Version};
use crate::locale::{Direction, LocaleId};
use crate::render::prose::Place;
use crate::words::diff::{BREAK, Change};

#[derive(Serialize)]
pub(super) struct StatusBody<'a> {
    source_lang: &'a str,
    source_dir: Direction,
    languages: Vec<LanguageStatus<'a>>,
}

#[derive(Serialize)]
struct LanguageStatus<'a> {
    lang: &'a str,
    dir: Direction,
    name: String,
    is_draft: bool,
    scopes: Vec<ScopeStatus>,
    total: ScopeStatus,
    /// How many were accepted despite a doubt, if any were.
    despite: Option<String>,
    open: Vec<OpenView>,
}

#[derive(Serialize)]
struct ScopeStatus {
    name: String,
    current: usize,
    not_accepted: usize,
    missing: usize,
}

#[derive(Serialize)]
struct OpenView {
    key: String,
    why: String,
    /// Where the text can be edited.
    edit: Option<String>,
    /// The source text, with what has changed in it.
    source: Vec<ChangeView>,
    /// The translation likewise; empty: missing.
    text: Vec<ChangeView>,
    /// The names that it writes in words of its own, if they have changed.
    names: Vec<ChangeView>,
}

#[derive(Serialize)]
struct ChangeView {
    /// `same`, `removed` or `added`.
    kind: &'static str,
    text: String,
}

pub(super) fn status(place: Place<'_>) -> StatusBody<'_> {
    let locales = &place.site.config.locales;
    let source = locales.source_locale();
    let shown: Vec<_> = if place.locale == source {
        locales.ids().filter(|locale| *locale != source).collect()
    } else {
        vec![place.locale]
    };
    StatusBody {
        source_lang: locales.tag(source),
        source_dir: locales.get(source).direction(),
        languages: shown.into_iter().map(|locale| language(place, locale)).collect(),
    }
}

fn language(place: Place<'_>, locale: LocaleId) -> LanguageStatus<'_> {
    let site = place.site;
    let status = site.status(locale);
    let scopes = status.scopes.iter().map(|(scope, counts)| scope_status(scope_name(place, scope), *counts));
    LanguageStatus {
        lang: site.config.locales.tag(locale),
        dir: site.config.locales.get(locale).direction(),
        name: place.voice.in_locale(locale).locale_name(),
        is_draft: site.config.locales.get(locale).is_draft,
        scopes: scopes.collect(),
        total: scope_status(word(place, "status-all"), status.total()),
        despite: despite(place, status.despite.len()),
        open: status.open.iter().map(|open| open_view(place, open)).collect(),
    }
}

fn despite(place: Place<'_>, count: usize) -> Option<String> {
    let mut args = Args::new();
    args.set("count", count);
    (count > 0).then(|| place.voice.say("status-despite", &args))
}

fn scope_status(name: String, Counts { current, not_accepted, missing, .. }: Counts) -> ScopeStatus {
    ScopeStatus { name, current, not_accepted, missing }
}

fn scope_name(place: Place<'_>, scope: &str) -> String {
    match scope {
        "common" => word(place, "status-common"),
        "pages" => word(place, "pages"),
        "i18n" => word(place, "status-interface"),
        product => {
            let products = &place.site.model.products;
            let named = products.iter().find(|known| known.id == product);
            named.map_or_else(|| product.to_owned(), |named| place.voice.name(named.name).to_owned())
        }
    }
}

fn open_view(place: Place<'_>, open: &Open) -> OpenView {
    let why = match &open.state {
        State::Current | State::Missing => "status-why-missing",
        State::NotAccepted(Reason::New) => "status-why-new",
        State::NotAccepted(Reason::SourceChanged(_)) => "status-why-source",
        State::NotAccepted(Reason::TranslationChanged(_)) => "status-why-translation",
        State::NotAccepted(Reason::BothChanged(_)) => "status-why-both",
    };
    let versions = &open.versions;
    OpenView {
        key: open.key.clone(),
        why: word(place, why),
        edit: open.place.as_ref().and_then(|(path, line)| edit_place(place.site, path, *line)),
        source: change_views(Some(&versions.source)),
        text: change_views(versions.text.as_ref()),
        names: change_views(versions.names.as_ref()),
    }
}

fn change_views(version: Option<&Version>) -> Vec<ChangeView> {
    let changes = version.into_iter().flat_map(Version::changes);
    let view = |change| {
        let (kind, text) = match change {
            Change::Same(text) => ("same", text),
            Change::Removed(text) => ("removed", text),
            Change::Added(text) => ("added", text),
        };
        ChangeView { kind, text: text.replace("\n\n", BREAK) }
    };
    changes.map(view).collect()
}
