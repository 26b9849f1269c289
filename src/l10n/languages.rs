//! `i18n/<locale>/language.toml` → [`Language`]: the words by which the checks read a locale's texts.
//! `docs/languages.md` says what each list means. The names of months come from the interface text,
//! which has them in every locale.

use toml::de::{DeTable, DeValue};

use super::{Args, Catalogs};
use crate::diagnostic::{Code, Diagnostic, Report, Vocabulary, suggest};
use crate::locale::{LocaleId, Locales};
use crate::source::{Sources, embedded_below};
use crate::span::{FileId, Span};
use crate::words::language::{Language, Meaning, known_lists, meaning};

/// Its name in the folder of a locale.
pub const LANGUAGE_FILE: &str = "language.toml";

/// The words of every locale. A locale without the file has that of its language: `de-AT` reads `de`.
pub fn read_languages(sources: &Sources, locales: &Locales, catalogs: &Catalogs, report: &mut Report) -> Vec<Language> {
    let read = |locale: LocaleId| {
        let mut language = Language::default();
        if let Some(file) = language_file(sources, locales.tag(locale)) {
            let own = sources.file(file);
            // Nobody who teaches the reader of pages a word wants to lose all others.
            let built_in = embedded_below(own.path.as_str()).find(|_| !own.is_embedded && has_pages_only(&own.text));
            for text in built_in.map(|(_, text)| text).into_iter().chain([own.text.as_str()]) {
                Reader { file, sources, report: &mut *report, language: &mut language }.read(text);
            }
        }
        add_months(&mut language, catalogs, locale);
        language
    };
    locales.ids().map(read).collect()
}

/// The file of a locale or of its language.
pub fn language_file(sources: &Sources, tag: &str) -> Option<FileId> {
    let main = tag.split('-').next().unwrap_or(tag);
    [tag, main].iter().find_map(|tag| sources.find(&format!("i18n/{tag}/{LANGUAGE_FILE}")))
}

/// Whether a file has the words by which pages are read, and no others.
fn has_pages_only(text: &str) -> bool {
    let (table, _) = DeTable::parse_recoverable(text);
    let table = table.get_ref();
    !table.is_empty() && table.keys().all(|section| section.get_ref() == "pages")
}

fn add_months(language: &mut Language, catalogs: &Catalogs, locale: LocaleId) {
    for month in 1..=12_u8 {
        let mut args = Args::new();
        args.set("month", month);
        // A message that can't be said is told by the checks on messages.
        let name = catalogs.say(locale, "month-name", &args).unwrap_or_default();
        // 11月 is read by its number.
        if !name.is_empty() && name.chars().all(char::is_alphabetic) {
            language.add(&name, Meaning::Month(month));
        }
    }
}

struct Reader<'a> {
    file: FileId,
    sources: &'a Sources,
    report: &'a mut Report,
    language: &'a mut Language,
}

type Value<'a> = toml::Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn read(mut self, text: &str) {
        let (table, mistakes) = DeTable::parse_recoverable(text);
        for mistake in &mistakes {
            let span = Span::within(self.file, text, mistake.span().unwrap_or(0..0));
            let path = &self.sources.file(self.file).path;
            self.report.add(
                Diagnostic::error(Code::TomlSyntax, format!("`{path}` is not TOML: {}", mistake.message()))
                    .at(span)
                    .help("see https://toml.io for the format"),
            );
        }
        for (section, lists) in table.get_ref() {
            let DeValue::Table(lists) = lists.get_ref() else {
                self.unknown(section.get_ref(), section.span());
                continue;
            };
            for (name, words) in lists {
                let list = format!("{}.{}", section.get_ref(), name.get_ref());
                if meaning(&list, 0).is_none() {
                    self.unknown(&list, name.span());
                } else {
                    self.read_list(&list, words);
                }
            }
        }
    }

    fn unknown(&mut self, list: &str, span: std::ops::Range<usize>) {
        let known: Vec<String> = known_lists().collect();
        self.report.add(
            Diagnostic::error(Code::UnknownKey, format!("`{list}` is no list of `{LANGUAGE_FILE}`"))
                .at(Span::new(self.file, span))
                .maybe_help(suggest(list, known.iter().map(String::as_str), Vocabulary::Language))
                .help("docs/languages.md names all lists"),
        );
    }

    /// Words, or a list of words for each month, weekday, quarter.
    fn read_list(&mut self, list: &str, words: &Value<'_>) {
        let DeValue::Array(entries) = words.get_ref() else { return self.wrong_type(list, words) };
        self.language.tell(list);
        for (place, entry) in entries.iter().enumerate() {
            match entry.get_ref() {
                DeValue::String(word) => self.add(list, 0, word, entry),
                DeValue::Array(forms) => {
                    for form in forms {
                        match form.get_ref() {
                            DeValue::String(word) => self.add(list, place, word, form),
                            _ => self.wrong_type(list, form),
                        }
                    }
                }
                _ => self.wrong_type(list, entry),
            }
        }
    }

    fn add(&mut self, list: &str, place: usize, word: &str, value: &Value<'_>) {
        match meaning(list, place).filter(|_| !word.is_empty()) {
            Some(meaning) => self.language.add(word, meaning),
            None => self.wrong_type(list, value),
        }
    }

    fn wrong_type(&mut self, list: &str, value: &Value<'_>) {
        self.report.add(
            Diagnostic::error(Code::WrongType, format!("`{list}` is a list of words in quotes"))
                .at(Span::new(self.file, value.span()))
                .help("one list of words; months, weekdays, quarters, halves: one such list for each, in order"),
        );
    }
}
