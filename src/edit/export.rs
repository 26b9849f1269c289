//! A site → a PO file for the translators of one locale: every text with its translation, the rendered
//! row it belongs to, what its references mean, and the source text for which it was last accepted.
//!
//! Texts that are the same in a locale on purpose are left out, and so are the compiler's own messages.
//! There is no clock in it and no line number: the same site gives the same file.

use crate::item::message_of;
use crate::l10n::po::{PoEntry, PoFile, plural_forms, write_po};
use crate::l10n::{Join, State, Translation, Voice, args};
use crate::locale::LocaleId;
use crate::model::{FlowId, Item};
use crate::site::Site;
use crate::source::Sources;

use super::message;

/// Which texts to export.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Only {
    /// Those that nobody has accepted.
    Changed,
    /// Those that are not there.
    Missing,
}

/// The header that names the locale of the source texts.
pub(super) const SOURCE_FIELD: &str = "X-Source-Locale";

/// The text of the PO file. An empty `only` means everything.
pub fn export(site: &Site, sources: &Sources, locale: LocaleId, only: &[Only]) -> String {
    let is_chosen = |state: &State| match state {
        _ if only.is_empty() => true,
        State::Current => false,
        State::NotAccepted(_) => only.contains(&Only::Changed),
        State::Missing => only.contains(&Only::Missing),
    };
    let entries = site
        .translations()
        .of(locale)
        .filter(|translation| is_chosen(translation.state) && is_translated(translation))
        .map(|translation| entry(site, sources, locale, &translation))
        .collect();
    write_po(&PoFile { header: header(site, locale), entries })
}

/// Whether a text is for translators: not the same on purpose, and not the compiler's own.
fn is_translated(translation: &Translation<'_>) -> bool {
    match translation.text {
        Some(_) if translation.is_same => false,
        None => *translation.state == State::Missing,
        Some(_) => translation.span.is_some(),
    }
}

fn header(site: &Site, locale: LocaleId) -> Vec<(String, String)> {
    let locales = &site.config.locales;
    let tag = locales.tag(locale);
    let title = site.config.titles[locales.source_locale().index()].clone();
    let mut fields = vec![
        ("Project-Id-Version", title),
        ("PO-Revision-Date", String::new()),
        ("Last-Translator", String::new()),
        ("Language-Team", String::new()),
        ("Language", tag.to_owned()),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
    ];
    fields.extend(plural_forms(tag).map(|forms| ("Plural-Forms", forms.to_owned())));
    fields.push((SOURCE_FIELD, locales.tag(locales.source_locale()).to_owned()));
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn entry(site: &Site, sources: &Sources, locale: LocaleId, translation: &Translation<'_>) -> PoEntry {
    let is_message = message_of(&translation.key).is_some();
    let shown = |text: &str| if is_message { message::without_indent(text) } else { text.trim().to_owned() };
    let previous = match translation.state {
        State::NotAccepted(reason) => reason.old_source().map(str::to_owned),
        State::Current | State::Missing => None,
    };
    PoEntry {
        notes: notes(site, locale, translation),
        file: translation.source_span.map(|span| sources.file(span.file).path.to_string()),
        is_fuzzy: false,
        previous,
        context: Some(translation.key.as_str().into()),
        source: shown(translation.source).as_str().into(),
        text: translation.text.map(shown).unwrap_or_default().as_str().into(),
    }
}

/// What helps to translate a text, and what has changed in both since they were accepted, with the marks
/// of `wdiff` behind the keyword of the text.
fn notes(site: &Site, locale: LocaleId, translation: &Translation<'_>) -> Vec<String> {
    let mut notes = meanings(site, locale, &translation.key);
    let versions = site.translations().versions(translation, locale);
    let texts = [("msgid", Some(&versions.source)), ("msgstr", versions.text.as_ref())];
    for (keyword, version) in texts {
        let changed = version.filter(|version| version.old.is_some());
        notes.extend(changed.map(|version| format!("{keyword}: {}", version.marked())));
    }
    notes
}

/// The row a text belongs to, or the page whose table it names, and what its references mean, in the source language; names in the
/// locale's own stand behind a slash.
fn meanings(site: &Site, locale: LocaleId, key: &str) -> Vec<String> {
    let source = site.config.locales.source_locale();
    let Some(unit) = site.texts.find(key) else { return Vec::new() };
    let mut notes = unit.flow.map(|flow| row(site, flow)).unwrap_or_default();
    notes.extend(machines(site, unit.item));
    if let Item::Table(id, _) = unit.item {
        notes.push(site.name(site.model[id].title, source).to_owned());
    }
    let Some(text) = unit.text(source) else { return notes };
    for (target, reference) in text.targets() {
        let written = format!("{}:{}", target.kind.as_str(), target.id);
        let said = |locale| site.speech().aside(locale, |voice| voice.reference_text(reference));
        let (here, there) = (said(source), said(locale));
        let meaning = if here == there { here } else { format!("{here} / {there}") };
        let note = format!("<{written}> = {meaning}");
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// What an item runs on, or whose connections it shows.
fn machines(site: &Site, item: Item) -> Option<String> {
    let (label, machines) = match item {
        Item::Component(id) => ("runs-on", site.model.machines_of(id)),
        Item::Scenario(id) => ("machine", site.model[id].machine.iter().map(|machine| machine.value).collect()),
        _ => return None,
    };
    let source = site.config.locales.source_locale();
    let say = |voice: Voice<'_>| {
        let names: Vec<_> = machines.iter().map(|id| voice.component_name(*id).to_owned()).collect();
        format!("{}{}", voice.say("labeled", &args([("label", &voice.word(label))])), voice.list(&names, Join::And))
    };
    (!machines.is_empty()).then(|| site.speech().aside(source, say))
}

fn row(site: &Site, flow: FlowId) -> Vec<String> {
    let source = site.config.locales.source_locale();
    site.speech().aside(source, |voice| {
        let condition = voice.condition(&site.model[flow].when);
        std::iter::once(voice.flow_name(flow)).chain(condition).collect()
    })
}
