//! The entries of a PO file → changed texts of the site, not yet proved. What does not fit the site as
//! it is now is refused with its place in the PO file; an empty translation leaves what is there.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::item::message_of;
use crate::l10n::Translation;
use crate::l10n::po::{PoEntry, PoFile, PoString};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{Sources, forbidden_character};
use crate::span::{FileId, Span};
use crate::words::characters::forbidden;
use crate::words::diff::marked;
use crate::words::fold;

use crate::edit::places::{Places, Wanted};
use crate::edit::splice::{Splice, apply};
use crate::edit::verify::{is_as_wanted, path_to};
use crate::edit::{Changes, message};

/// A text longer than this (in bytes) is no documentation.
const LONGEST_TEXT: usize = 64 * 1024;
/// After as many refused entries the rest is only counted.
const MOST_TOLD: usize = 20;

/// What the entries of a file come to.
#[derive(Debug, Default)]
pub struct Draft {
    /// The files.
    pub changes: Changes,
    /// The units whose text changes.
    pub units: Vec<String>,
    /// Entries that say what the site says already.
    pub same: usize,
    /// Entries without a translation.
    pub empty: usize,
    /// Entries that a tool has marked as guessed.
    pub fuzzy: usize,
    /// What was refused.
    pub refused: Vec<Diagnostic>,
    /// Refused entries that are not told one by one.
    pub more_refused: usize,
}

/// Brings the translations of a file into the texts of the site. `left_out` are units to be passed
/// over.
pub fn draft(
    site: &Site,
    sources: &Sources,
    (id, file): (FileId, &PoFile),
    locale: LocaleId,
    left_out: &[String],
) -> Draft {
    let known = site.translations().of(locale).map(|translation| (translation.key.clone(), translation)).collect();
    let mut drafting = Drafting { site, sources, id, locale, known, draft: Draft::default(), taken: BTreeMap::new() };
    let doubled = drafting.refuse_doubled(file);
    for entry in &file.entries {
        let unit = entry.context.as_ref().map(|context| &context.value);
        if !unit.is_some_and(|unit| left_out.contains(unit) || doubled.contains(unit)) {
            drafting.entry(entry);
        }
    }
    drafting.write();
    drafting.draft
}

/// A unit, what it shall say, and the entry that says it.
type Taken<'a> = (String, (&'a str, Span));

struct Drafting<'a> {
    site: &'a Site,
    sources: &'a Sources,
    /// The PO file.
    id: FileId,
    locale: LocaleId,
    known: BTreeMap<String, Translation<'a>>,
    draft: Draft,
    /// What each unit shall say, and the entry that says it.
    taken: BTreeMap<String, (&'a str, Span)>,
}

impl<'a> Drafting<'a> {
    fn span(&self, string: &PoString) -> Span {
        Span::new(self.id, string.range.clone())
    }

    fn refuse(&mut self, make: impl FnOnce(&Self) -> Diagnostic) {
        if self.draft.refused.len() < MOST_TOLD {
            let diagnostic = make(self);
            self.draft.refused.push(diagnostic);
        } else {
            self.draft.more_refused += 1;
        }
    }

    /// The units that have two entries: nobody can say which of them is meant, even if one of the two
    /// says what the site says already.
    fn refuse_doubled(&mut self, file: &'a PoFile) -> BTreeSet<&'a String> {
        let mut first: BTreeMap<&String, Span> = BTreeMap::new();
        let mut doubled = BTreeSet::new();
        for context in file.entries.iter().filter_map(|entry| entry.context.as_ref()) {
            let span = self.span(context);
            let Some(first) = first.get(&context.value).copied() else {
                first.insert(&context.value, span);
                continue;
            };
            doubled.insert(&context.value);
            self.refuse(|_| {
                Diagnostic::error(Code::DuplicateId, format!("`{}` stands in the file twice", context.value))
                    .at(span)
                    .label(first, "first here")
                    .help("remove one of the two entries")
            });
        }
        doubled
    }

    fn entry(&mut self, entry: &'a PoEntry) {
        if entry.is_fuzzy {
            self.draft.fuzzy += 1;
            return;
        }
        let Some(context) = &entry.context else {
            return self.refuse(|drafting| {
                Diagnostic::error(Code::UnknownUnit, "the entry does not say which unit it is")
                    .at(drafting.span(&entry.source))
                    .help("`msgctxt` holds the unit's id; export again and bring the translation over")
            });
        };
        let key = context.value.as_str();
        let Some(translation) = self.known.get(key) else {
            return self.refuse(|drafting| drafting.unknown(context));
        };
        if fold(&entry.source.value) != fold(translation.source) {
            let changed = marked(&fold(&entry.source.value), &fold(translation.source));
            return self.refuse(|drafting| {
                Diagnostic::error(Code::StaleSource, format!("the source text of `{key}` has changed since the export"))
                    .at(drafting.span(&entry.source))
                    .help(format!("what has changed: {changed}"))
                    .help("export again and bring the translation over")
            });
        }
        let text = entry.text.value.trim();
        if text.is_empty() {
            self.draft.empty += 1;
            return;
        }
        if self.says_already(key, text) {
            self.draft.same += 1;
            return;
        }
        if let Some(diagnostic) = self.unfit(entry) {
            return self.refuse(|_| diagnostic);
        }
        self.taken.insert(key.to_owned(), (text, self.span(&entry.text)));
    }

    fn says_already(&self, key: &str, text: &str) -> bool {
        if message_of(key).is_some() {
            let own = self.known.get(key).and_then(|translation| translation.text);
            let wanted = message::normal_form(text);
            return wanted.is_some() && own.map(message::without_indent) == wanted;
        }
        let own = self.site.texts.find(key).and_then(|unit| unit.text(self.locale));
        own.is_some_and(|own| own.written.trim() == text)
    }

    fn unknown(&self, context: &PoString) -> Diagnostic {
        let shown: String = context.value.chars().take(200).collect();
        // Looking for what is close to half a book takes long and finds nothing.
        let help = if context.value.len() <= 200 {
            did_you_mean(&context.value, self.known.keys().map(String::as_str))
        } else {
            None
        };
        let help = help.unwrap_or_else(|| {
            "it may have been renamed or removed; export again and bring the translation over".to_owned()
        });
        Diagnostic::error(Code::UnknownUnit, format!("the site has no unit `{shown}`"))
            .at(self.span(context))
            .help(help)
    }

    /// What no text may hold, before anything else looks at it.
    fn unfit(&self, entry: &PoEntry) -> Option<Diagnostic> {
        let text = &entry.text.value;
        if text.len() > LONGEST_TEXT {
            let headline = format!("a text of {} KiB, expected at most {} KiB", text.len() / 1024, LONGEST_TEXT / 1024);
            return Some(
                Diagnostic::error(Code::TooLong, headline)
                    .at(self.span(&entry.context.clone()?))
                    .help("shorten the translation"),
            );
        }
        let span = self.span(&entry.text);
        if let Some((_, c)) = forbidden(text).next() {
            return Some(forbidden_character("the translation", c).at(span));
        }
        let c = text.trim().chars().find(|c| matches!(c, '\t' | '\r' | '\u{3000}'))?;
        let headline = format!("the translation contains U+{:04X}", u32::from(c));
        Some(Diagnostic::error(Code::ForbiddenCharacter, headline).at(span).help("write an ordinary space"))
    }

    /// Splices what was taken into the files.
    fn write(&mut self) {
        let taken = std::mem::take(&mut self.taken);
        let (messages, texts): (Vec<_>, Vec<_>) = taken.into_iter().partition(|(key, _)| message_of(key).is_some());
        let mut by_file: BTreeMap<FileId, Vec<Taken<'_>>> = BTreeMap::new();
        for (key, text) in texts {
            match self.site.texts.find(&key).and_then(|unit| unit.span) {
                Some(span) => by_file.entry(span.file).or_default().push((key, text)),
                None => unreachable!("a unit that has a source text has a key"),
            }
        }
        for (file, texts) in by_file {
            self.write_texts(file, texts);
        }
        for (key, (text, span)) in messages {
            self.write_message(&key, text, span);
        }
    }

    fn write_texts(&mut self, id: FileId, texts: Vec<Taken<'_>>) {
        let file = self.sources.file(id);
        let Some(places) = Places::of(id, file) else { return };
        let entries = places.entries();
        let locales = &self.site.config.locales;
        let others = locales.ids().filter(|locale| *locale != locales.source_locale());
        let order: Vec<_> =
            std::iter::once(locales.source_locale()).chain(others).map(|locale| locales.tag(locale)).collect();
        let tag = locales.tag(self.locale);
        let (mut splices, mut wanted, mut written): (Vec<Splice>, Vec<_>, Vec<String>) = Default::default();
        for (key, (text, span)) in texts {
            let at = self.site.texts.find(&key).and_then(|unit| unit.span).map_or(0, |span| span.start);
            let splice = entries.get(&at).and_then(|entry| places.set_text(entry, Wanted { tag, order: &order, text }));
            let (Some(splice), Some(mut path)) = (splice, path_to(places.root(), at)) else {
                self.refuse(|_| same_everywhere(&key, span));
                continue;
            };
            path.push(tag.to_owned());
            splices.push(splice);
            wanted.push((path, text));
            written.push(key);
        }
        if splices.is_empty() {
            return;
        }
        let after = apply(&file.text, splices);
        assert!(
            is_as_wanted(&file.text, &after, wanted),
            "{} would not say what was meant; nothing is written",
            file.path
        );
        self.draft.changes.insert(file.path.clone(), Some(after));
        self.draft.units.extend(written);
    }

    /// A message that is missing goes into the file of the same name as in the source locale.
    fn write_message(&mut self, key: &str, text: &str, span: Span) {
        let id = message_of(key).unwrap_or(key);
        let locales = &self.site.config.locales;
        let tag = locales.tag(self.locale);
        let source = &self.site.messages[locales.source_locale().index()];
        let own = self.site.messages[self.locale.index()].get(id).filter(|own| !own.is_built_in);
        let path = match (own, source.get(id)) {
            (Some(own), _) => self.sources.file(own.span.file).path.clone(),
            (None, Some(source)) if !source.is_built_in => Utf8PathBuf::from(format!(
                "i18n/{tag}/{}",
                self.sources.file(source.span.file).path.file_name().unwrap_or("site.ftl")
            )),
            _ => Utf8PathBuf::from(format!("i18n/{tag}/site.ftl")),
        };
        let known = self.sources.find(path.as_str()).map(|id| self.sources.file(id));
        let before = match self.draft.changes.get(&path) {
            Some(Some(text)) => text.clone(),
            _ => known.map(|file| file.text.clone()).unwrap_or_default(),
        };
        let earlier = earlier_messages(source, id);
        match message::set_message(&before, id, text, &earlier) {
            Some(after) => {
                self.draft.changes.insert(path, Some(after));
                self.draft.units.push(key.to_owned());
            }
            None => self.refuse(|_| {
                Diagnostic::error(Code::FluentSyntax, format!("the translation of `{key}` is no Fluent text"))
                    .at(span)
                    .help("keep the placeables of the source text, `{ $name }`, and close each brace")
            }),
        }
    }
}

/// The messages that stand before one in its file, the nearest first.
fn earlier_messages<'m>(messages: &'m crate::l10n::fluent::Messages, id: &str) -> Vec<&'m str> {
    let Some(span) = messages.get(id).map(|message| message.span) else { return Vec::new() };
    let before = messages.iter().filter(|(other, message)| {
        message.span.file == span.file && message.span.start < span.start && !other.contains('.')
    });
    let mut before: Vec<_> = before.map(|(id, message)| (std::cmp::Reverse(message.span.start), id.as_str())).collect();
    before.sort();
    before.into_iter().map(|(_, id)| id).collect()
}

fn same_everywhere(key: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::SameEverywhere, format!("`{key}` has one text for all locales, on purpose"))
        .at(span)
        .help("write it as a map of locales first, if it is to be translated")
}
