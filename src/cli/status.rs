//! `rutter status`: how far the translations are.

use std::fmt::Write as _;

use camino::Utf8Path;
use serde::Serialize;

use super::offered::locales;
use super::{Failure, Outcome, load, number_of, print, read_sources};
use crate::check::{Blind, blind};
use crate::l10n::languages::LANGUAGE_FILE;
use crate::l10n::{Counts, Open, Reason, State};
use crate::locale::LocaleId;
use crate::site::Site;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Only this language [default: all].
    #[arg(long, value_name = "TAG", add = locales())]
    locale: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One object, for programs.
    Json,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let sources = read_sources(root)?;
    let Some(site) = load(&sources, "correct the structure first")? else { return Ok(Outcome::ContentErrors) };
    let locales = match &arguments.locale {
        Some(tag) => vec![super::translated_locale(&site, tag)?],
        None => site.config.locales.ids().filter(|locale| *locale != site.config.locales.source_locale()).collect(),
    };
    match arguments.format {
        Format::Text => print(&text(&site, &locales))?,
        Format::Json => print(&json(&site, &locales))?,
    }
    Ok(Outcome::Done)
}

fn text(site: &Site, locales: &[LocaleId]) -> String {
    let mut out = String::new();
    if locales.is_empty() {
        out.push_str("the site has one language\n");
    }
    for locale in locales {
        let (tag, status) = (site.config.locales.tag(*locale), site.status(*locale));
        let draft = if site.config.locales.get(*locale).is_draft { " (draft)" } else { "" };
        let width = status.scopes.keys().map(|scope| scope.len() + 2).max().unwrap_or(0).max(tag.len() + draft.len());
        let head = format!("{tag}{draft}");
        let _ = writeln!(out, "{head:<width$}  {:>7}  {:>12}  {:>7}", "current", "not accepted", "missing");
        let mut line = |name: &str, counts: Counts| {
            let Counts { current, not_accepted, missing, .. } = counts;
            let _ = writeln!(out, "{name:<width$}  {current:>7}  {not_accepted:>12}  {missing:>7}");
        };
        for (scope, counts) in &status.scopes {
            line(&format!("  {scope}"), *counts);
        }
        line("  all", status.total());
        if !status.despite.is_empty() {
            let count = number_of(status.despite.len() as u64, "translation");
            let _ = writeln!(out, "\n  {count} accepted despite warnings:");
        }
        for (key, codes) in &status.despite {
            let _ = writeln!(out, "    {key}: {}", codes.join(", "));
        }
        for open in &status.open {
            describe(&mut out, tag, open);
        }
        push_blind(&mut out, site, *locale);
        out.push('\n');
    }
    let source = site.config.locales.source_locale();
    if !blind(site, source).is_empty() {
        let _ = writeln!(out, "{} (source texts)", site.config.locales.tag(source));
        push_blind(&mut out, site, source);
    }
    out.truncate(out.trim_end().len() + 1);
    out
}

/// Checks that see nothing in texts of a language.
fn push_blind(out: &mut String, site: &Site, locale: LocaleId) {
    let blind = blind(site, locale);
    if blind.is_empty() {
        return;
    }
    let tag = site.config.locales.tag(locale);
    let _ =
        writeln!(out, "\n  checks that lack words of the language (`i18n/{tag}/{LANGUAGE_FILE}`, docs/languages.md):");
    for Blind { code, lists } in blind {
        let _ = writeln!(out, "    {code}: {}", lists.join(", "));
    }
}

fn describe(out: &mut String, tag: &str, open: &Open) {
    let place = open.place.as_ref().map(|(file, line)| format!("  {file}:{line}")).unwrap_or_default();
    let _ = writeln!(out, "\n  {}: {}{place}", open.key, state_words(&open.state));
    let versions = &open.versions;
    let Some(text) = &versions.text else { return };
    let _ = writeln!(out, "    source  {}\n    {tag:<7} {}", versions.source.marked(), text.marked());
    if let Some(names) = &versions.names {
        let _ = writeln!(out, "    names   {}", names.marked());
    }
}

/// A state and its reason, for people.
pub(super) fn state_words(state: &State) -> &'static str {
    match state {
        State::Current => "current",
        State::Missing => "missing",
        State::NotAccepted(Reason::New) => "new",
        State::NotAccepted(Reason::SourceChanged(_)) => "source text changed",
        State::NotAccepted(Reason::TranslationChanged(_)) => "translation changed",
        State::NotAccepted(Reason::BothChanged(_)) => "both changed",
    }
}

#[derive(Serialize)]
struct StatusFile<'a> {
    schema: u32,
    source_locale: &'a str,
    /// Checks that lack words of the language of the source texts.
    blind: Vec<BlindEntry>,
    locales: Vec<LocaleEntry<'a>>,
}

#[derive(Serialize)]
struct LocaleEntry<'a> {
    locale: &'a str,
    draft: bool,
    scopes: Vec<ScopeEntry<'a>>,
    despite: Vec<DespiteEntry<'a>>,
    open: Vec<OpenEntry<'a>>,
    /// Checks that lack words of the language.
    blind: Vec<BlindEntry>,
}

#[derive(Serialize)]
struct BlindEntry {
    check: &'static str,
    /// Lists of `language.toml`.
    lists: Vec<&'static str>,
}

#[derive(Serialize)]
struct ScopeEntry<'a> {
    scope: &'a str,
    current: usize,
    /// Of these, accepted despite a warning.
    despite: usize,
    not_accepted: usize,
    missing: usize,
}

#[derive(Serialize)]
struct DespiteEntry<'a> {
    unit: &'a str,
    codes: &'a [String],
}

#[derive(Serialize)]
struct OpenEntry<'a> {
    unit: &'a str,
    state: &'static str,
    reason: Option<&'static str>,
    source: &'a str,
    old_source: Option<&'a str>,
    text: Option<&'a str>,
    old_text: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<u32>,
}

fn json(site: &Site, locales: &[LocaleId]) -> String {
    let tag = |locale: LocaleId| site.config.locales.tag(locale);
    let entry = |locale: &LocaleId| LocaleEntry {
        locale: tag(*locale),
        draft: site.config.locales.get(*locale).is_draft,
        scopes: site.status(*locale).scopes.iter().map(|(scope, counts)| scope_entry(scope, *counts)).collect(),
        despite: site.status(*locale).despite.iter().map(|(unit, codes)| DespiteEntry { unit, codes }).collect(),
        open: site.status(*locale).open.iter().map(open_entry).collect(),
        blind: blind_entries(site, *locale),
    };
    let file = StatusFile {
        schema: 1,
        source_locale: tag(site.config.locales.source_locale()),
        blind: blind_entries(site, site.config.locales.source_locale()),
        locales: locales.iter().map(entry).collect(),
    };
    match serde_json::to_string_pretty(&file) {
        Ok(text) => text + "\n",
        Err(error) => unreachable!("texts and numbers are always JSON: {error}"),
    }
}

fn blind_entries(site: &Site, locale: LocaleId) -> Vec<BlindEntry> {
    let entry = |Blind { code, lists }| BlindEntry { check: code.as_str(), lists };
    blind(site, locale).into_iter().map(entry).collect()
}

fn scope_entry(scope: &str, counts: Counts) -> ScopeEntry<'_> {
    let Counts { current, despite, not_accepted, missing } = counts;
    ScopeEntry { scope, current, despite, not_accepted, missing }
}

fn open_entry(open: &Open) -> OpenEntry<'_> {
    let (state, reason) = match &open.state {
        State::Current => ("current", None),
        State::Missing => ("missing", None),
        State::NotAccepted(reason) => (
            "not-accepted",
            Some(match reason {
                Reason::New => "new",
                Reason::SourceChanged(_) => "source-changed",
                Reason::TranslationChanged(_) => "translation-changed",
                Reason::BothChanged(_) => "both-changed",
            }),
        ),
    };
    let versions = &open.versions;
    let text = versions.text.as_ref();
    OpenEntry {
        unit: &open.key,
        state,
        reason,
        source: &versions.source.new,
        old_source: versions.source.old.as_deref(),
        text: text.map(|text| text.new.as_str()),
        old_text: text.and_then(|text| text.old.as_deref()),
        file: open.place.as_ref().map(|(file, _)| file.as_str()),
        line: open.place.as_ref().map(|(_, line)| *line),
    }
}
