//! `site.toml` → [`Config`]. Unknown keys are errors, as everywhere.

mod base_url;
mod keys;

pub use base_url::{BaseUrl, Refused};
pub use keys::{ConfigKey, KEYS, SEARCH_KEYS, schema_of_config};

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Report, Vocabulary, suggest};
use crate::locale::{Locale, LocaleId, Locales};
use crate::source::{CONFIG_FILE, Sources, refuse_decoded};
use crate::span::{FileId, Span};

/// Tags whose folders are taken: by the site itself, or by devices of Windows, which ISO 639-3 knows as
/// languages.
const RESERVED_LOCALES: &[&str] = &["api", "assets", "schema", "search", "aux", "con", "nul", "prn"];

/// What `site.toml` says.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's title, one per locale.
    pub titles: Vec<String>,
    /// Address at which the site will stand.
    pub base_url: Option<BaseUrl>,
    /// Its locales.
    pub locales: Locales,
    /// Template of a link to the source, with `{path}` and `{line}`.
    pub edit_url: Option<String>,
    /// The output folder, relative to the root.
    pub output: String,
    /// Up to how many documents a locale has a search index in one file, for elasticlunr.js.
    pub most_in_one_index: u32,
    /// Where `base_url` is or would be written.
    pub span: Span,
}

/// An index in one file for more documents than this is larger than a reader's browser should load, and to make
/// it takes more than the pages of a large site.
const MOST_IN_ONE_INDEX: u32 = 2_000;

type Table<'a> = DeTable<'a>;
type Value<'a> = toml::Spanned<DeValue<'a>>;

/// Reads the configuration; `None` if there is none or it does not hold.
pub fn parse_config(sources: &Sources, report: &mut Report) -> Option<Config> {
    let file = sources.find(CONFIG_FILE)?;
    let text = &sources.file(file).text;
    let (table, mistakes) = DeTable::parse_recoverable(text);
    for mistake in &mistakes {
        let span = mistake.span().unwrap_or(0..0);
        let span = Span::within(file, text, span);
        report.add(
            Diagnostic::error(Code::TomlSyntax, format!("`site.toml` is not TOML: {}", mistake.message()))
                .at(span)
                .help("see https://toml.io for the format"),
        );
    }
    if !mistakes.is_empty() {
        return None;
    }
    let reader = Reader { file, table: table.get_ref() };
    reader.refuse_keys_beside(reader.table, "`site.toml`", &keys::names(), report);
    table.get_ref().values().for_each(|value| refuse_escapes(file, text, value, report));
    let locales = reader.locales(report)?;
    Some(Config {
        titles: reader.titles(&locales, report)?,
        base_url: reader.base_url(report),
        edit_url: reader.edit_url(report),
        output: reader.text("output", report).map_or_else(|| "public".to_owned(), |(output, _)| output),
        most_in_one_index: reader.most_in_one_index(report),
        span: reader.entry("base_url").map_or(Span::new(file, 0..0), |value| reader.span(value)),
        locales,
    })
}

fn own_computer(url: &str) -> Diagnostic {
    Diagnostic::warning(Code::UrlForm, format!("`{url}` leads every reader to their own computer"))
        .help("write the address at which the site will stand; to try it on this one, leave `base_url` out or build with `--base-url`")
}

/// Characters that no text may hold, written as escapes.
fn refuse_escapes(file: FileId, text: &str, value: &Value<'_>, report: &mut Report) {
    let span = Span::within(file, text, value.span());
    match value.get_ref() {
        DeValue::String(decoded) => {
            let raw = text.get(span.range()).unwrap_or_default();
            refuse_decoded("the text", span, raw, decoded, report);
        }
        DeValue::Array(items) => items.iter().for_each(|item| refuse_escapes(file, text, item, report)),
        DeValue::Table(table) => table.values().for_each(|item| refuse_escapes(file, text, item, report)),
        _ => {}
    }
}

/// What a value is, as messages say it.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(text) if text.trim().is_empty() => "an empty text",
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

struct Reader<'a> {
    file: FileId,
    table: &'a Table<'a>,
}

impl Reader<'_> {
    fn entry(&self, key: &str) -> Option<&Value<'_>> {
        self.table.get(key)
    }

    fn span(&self, value: &Value<'_>) -> Span {
        Span::new(self.file, value.span())
    }

    fn refuse_keys_beside(&self, table: &Table<'_>, owner: &str, known: &[&str], report: &mut Report) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            report.add(
                Diagnostic::error(Code::UnknownKey, format!("`{}` is not a key of {owner}", key.get_ref()))
                    .at(Span::new(self.file, key.span()))
                    .maybe_help(suggest(key.get_ref(), known.iter().copied(), Vocabulary::Language))
                    .help(format!("keys of {owner}: {}", known.join(", "))),
            );
        }
    }

    /// `[search] elasticlunr = true | false | N`.
    fn most_in_one_index(&self, report: &mut Report) -> u32 {
        let Some(value) = self.entry("search") else { return MOST_IN_ONE_INDEX };
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type("search", "a table: `[search]`, and below it `elasticlunr = true`", value, report);
            return MOST_IN_ONE_INDEX;
        };
        self.refuse_keys_beside(table, "`[search]` in `site.toml`", SEARCH_KEYS, report);
        let Some(value) = table.get("elasticlunr") else { return MOST_IN_ONE_INDEX };
        let number = match value.get_ref() {
            DeValue::Boolean(is_wanted) => Some(if *is_wanted { u32::MAX } else { 0 }),
            DeValue::Integer(number) => number.as_str().replace('_', "").parse().ok(),
            _ => None,
        };
        number.unwrap_or_else(|| {
            let expected = "`true`, `false`, or up to how many documents a locale has an index in one file";
            self.wrong_type("elasticlunr", expected, value, report);
            MOST_IN_ONE_INDEX
        })
    }

    fn wrong_type(&self, key: &str, expected: &str, value: &Value<'_>, report: &mut Report) {
        report.add(
            Diagnostic::error(Code::WrongType, format!("`{key}` is {}, expected {expected}", kind(value.get_ref())))
                .at(self.span(value)),
        );
    }

    fn missing(&self, key: &str, help: &str, report: &mut Report) {
        report.add(
            Diagnostic::error(Code::MissingKey, format!("`site.toml` has no `{key}`"))
                .at(Span::new(self.file, 0..0))
                .help(help),
        );
    }

    fn text(&self, key: &str, report: &mut Report) -> Option<(String, Span)> {
        let value = self.entry(key)?;
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some((text.to_string(), self.span(value))),
            _ => {
                self.wrong_type(key, "a text in quotes", value, report);
                None
            }
        }
    }

    fn tags(&self, key: &str, report: &mut Report) -> Option<Vec<(String, Span)>> {
        let value = self.entry(key)?;
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(key, "a list of locale tags, for example [\"ja\", \"en\"]", value, report);
            return None;
        };
        let mut tags: Vec<(String, Span)> = Vec::new();
        for item in items {
            let span = self.span(item);
            let DeValue::String(tag) = item.get_ref() else {
                self.wrong_type(key, "locale tags in quotes", item, report);
                continue;
            };
            let is_tag = tag.parse::<unic_langid::LanguageIdentifier>().is_ok_and(|id| id.to_string() == **tag);
            if !is_tag {
                report.add(
                    Diagnostic::error(Code::UnknownLocale, format!("`{tag}` is no locale tag"))
                        .at(span)
                        .help("write a BCP 47 tag such as `ja`, `de` or `pt-BR`"),
                );
            } else if RESERVED_LOCALES.contains(&&**tag) {
                report.add(
                    Diagnostic::error(Code::ReservedId, format!("the folder of the locale `{tag}` is taken"))
                        .at(span)
                        .help("the site has a folder of this name, or Windows a device; add a script or region, for example `api-Latn`"),
                );
            } else if tags.iter().any(|(known, _)| known == tag) {
                report.add(
                    Diagnostic::error(Code::DuplicateId, format!("the locale `{tag}` is listed twice"))
                        .at(span)
                        .help("remove one of the two"),
                );
            } else {
                tags.push((tag.to_string(), span));
            }
        }
        Some(tags)
    }

    fn locales(&self, report: &mut Report) -> Option<Locales> {
        let Some(tags) = self.tags("locales", report) else {
            if self.entry("locales").is_none() {
                self.missing("locales", "add `locales = [\"en\"]`, in menu order", report);
            }
            return None;
        };
        let drafts = self.tags("drafts", report).unwrap_or_default();
        let source = self.text("source_locale", report);
        if self.entry("source_locale").is_none() {
            self.missing(
                "source_locale",
                "add `source_locale = \"en\"`, the locale in which texts are written first",
                report,
            );
        }
        let (source, source_span) = source?;
        let known = || tags.iter().map(|(tag, _)| tag.as_str());
        for (tag, span) in drafts.iter().filter(|(tag, _)| !known().any(|known| known == tag)) {
            report.add(
                Diagnostic::error(Code::UnknownLocale, format!("the draft `{tag}` is not in `locales`"))
                    .at(*span)
                    .maybe_help(suggest(tag, known(), Vocabulary::Site)),
            );
        }
        if let Some((_, span)) = drafts.iter().find(|(tag, _)| *tag == source) {
            report.add(
                Diagnostic::error(Code::UnknownLocale, format!("the source locale `{source}` can't be a draft"))
                    .at(*span)
                    .help("remove it from `drafts`"),
            );
        }
        let Some(position) = known().position(|tag| tag == source) else {
            let headline = format!("the source locale `{source}` is not in `locales`");
            report.add(Diagnostic::error(Code::UnknownLocale, headline).at(source_span).maybe_help(suggest(
                &source,
                known(),
                Vocabulary::Site,
            )));
            return None;
        };
        let list = tags
            .iter()
            .map(|(tag, _)| Locale { tag: tag.clone(), is_draft: drafts.iter().any(|(draft, _)| draft == tag) })
            .collect();
        Some(Locales::new(list, LocaleId(position as u16)))
    }

    fn titles(&self, locales: &Locales, report: &mut Report) -> Option<Vec<String>> {
        let Some(value) = self.entry("title") else {
            self.missing("title", "add `title = \"…\"`, or a table with one title per locale", report);
            return None;
        };
        let DeValue::Table(table) = value.get_ref() else {
            let (title, _) = self.text("title", report)?;
            return Some(vec![title; locales.len()]);
        };
        for key in table.keys().filter(|key| locales.find(key.get_ref()).is_none()) {
            report.add(
                Diagnostic::error(Code::UnknownLocale, format!("`{}` is not a locale of the site", key.get_ref()))
                    .at(Span::new(self.file, key.span())),
            );
        }
        let title = |locale| match table.get(locales.tag(locale)).map(toml::Spanned::get_ref) {
            Some(DeValue::String(title)) if !title.trim().is_empty() => Some(title.to_string()),
            _ => None,
        };
        let source = title(locales.source_locale());
        if source.is_none() {
            let tag = locales.tag(locales.source_locale());
            report.add(
                Diagnostic::error(Code::MissingText, format!("`title` has no text in the source locale `{tag}`"))
                    .at(self.span(value))
                    .help(format!("add `{tag} = \"…\"`")),
            );
        }
        let source = source?;
        Some(locales.ids().map(|locale| title(locale).unwrap_or_else(|| source.clone())).collect())
    }

    fn base_url(&self, report: &mut Report) -> Option<BaseUrl> {
        let (text, span) = self.text("base_url", report)?;
        match BaseUrl::parse(&text) {
            Ok(url) => {
                if url.is_own_computer() {
                    report.add(own_computer(url.as_str()).at(span));
                }
                Some(url)
            }
            Err(refused) => {
                let headline = format!("`base_url` {}", refused.why);
                report.add(Diagnostic::error(Code::UrlForm, headline).at(span).help(refused.help));
                None
            }
        }
    }

    fn edit_url(&self, report: &mut Report) -> Option<String> {
        let (text, span) = self.text("edit_url", report)?;
        if text.contains("{path}") && (text.starts_with("https://") || text.starts_with("http://")) {
            return Some(text);
        }
        report.add(
            Diagnostic::error(Code::UrlForm, "`edit_url` does not say where the source is")
                .at(span)
                .help("write a web address with `{path}` and, if the service can jump, `{line}`"),
        );
        None
    }
}
