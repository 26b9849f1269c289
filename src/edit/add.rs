//! One flow, component, term or locale more → the changed text of the file that shall have it. What is
//! there stays as it is, comments and order too.
//!
//! It reads the files and no model: a site that is being written has errors, and takes a new item all the same.

use std::fmt::Write as _;

use camino::Utf8PathBuf;
use toml::de::{DeTable, DeValue};

use crate::config::parse_config;
use crate::diagnostic::{Report, did_you_mean};
use crate::item::{COMMON, ItemKind};
use crate::locale::Locales;
use crate::model::why_reserved;
use crate::parse::fields::is_id;
use crate::parse::yaml::{Entry, Value};
use crate::source::{CONFIG_FILE, SourceFile, Sources, embedded_below};
use crate::span::FileId;

use super::Changes;
use super::places::Places;
use super::splice::{Splice, apply, line_break, line_end};

/// What can be added to a file that is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NewItem {
    /// Of a product.
    Flow,
    /// Of a product, or common.
    Component,
    /// Common.
    Term,
}

/// A change, and the first place of it that a person will look for.
#[derive(Debug)]
pub(crate) struct Added {
    /// The changed files.
    pub(crate) changes: Changes,
    /// The file with the new item.
    pub(crate) path: Utf8PathBuf,
    /// Its line.
    pub(crate) line: usize,
}

/// Why nothing is added: the headline and the next step.
#[derive(Debug)]
pub(crate) struct NotAdded {
    /// What is wrong.
    pub(crate) headline: String,
    /// What to do.
    pub(crate) help: String,
}

fn refuse(headline: impl Into<String>, help: impl Into<String>) -> NotAdded {
    NotAdded { headline: headline.into(), help: help.into() }
}

impl NewItem {
    /// The key of its map.
    fn key(self) -> &'static str {
        match self {
            Self::Flow => "flows",
            Self::Component => "components",
            Self::Term => "terms",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Component => "component",
            Self::Term => "term",
        }
    }

    /// Its keys, with nothing in them: the check asks for each.
    fn body(self, locales: &Locales, indent: usize) -> String {
        let (own, inner) = (" ".repeat(indent), " ".repeat(indent + 2));
        let texts = || {
            let complete = locales.ids().filter(|locale| !locales.get(*locale).is_draft);
            complete.fold(String::new(), |mut texts, locale| {
                let _ = write!(texts, "\n{inner}{}: \"\"", locales.tag(locale));
                texts
            })
        };
        match self {
            Self::Flow => format!("\n{own}from: \"\"\n{own}to: \"\"\n{own}ports: \"\"\n{own}purpose:{}", texts()),
            Self::Component => format!("\n{own}name:{}", texts()),
            Self::Term => format!("\n{own}name:{}\n{own}definition:{}", texts(), texts()),
        }
    }
}

/// Adds an item. `id`: its id, with its product in front where it has one (`guard/agent`).
pub(crate) fn add_item(sources: &Sources, locales: &Locales, kind: NewItem, id: &str) -> Result<Added, NotAdded> {
    let (product, own) = match id.split_once('/') {
        Some((product, own)) => (Some(product).filter(|product| *product != COMMON), own),
        None => (None, id),
    };
    if !is_id(own) {
        return Err(refuse(format!("`{own}` is no id"), "ids begin with a letter a–z and hold a–z, 0–9 and `-`"));
    }
    let reserved = match kind {
        NewItem::Flow => why_reserved(ItemKind::Flow, own),
        NewItem::Component => why_reserved(ItemKind::Component, own),
        NewItem::Term => None,
    };
    if let Some((headline, help)) = reserved {
        return Err(refuse(headline, help));
    }
    match (kind, product) {
        (NewItem::Flow, None) => {
            let help = format!("name its product too: `rutter new flow PRODUCT/{own}`");
            return Err(refuse(format!("the flow `{own}` has no product"), help));
        }
        (NewItem::Term, Some(_)) => {
            let help = format!("write `rutter new term {own}`");
            return Err(refuse("terms are common to all products", help));
        }
        (NewItem::Flow | NewItem::Component, Some(_)) | (NewItem::Component | NewItem::Term, None) => {}
    }
    refuse_taken(sources, kind, product, own)?;
    let file = match product {
        Some(product) => find_product(sources, product)?,
        None => find_common(sources, kind),
    };
    match file {
        Some(file) => insert(sources, file, kind, own, locales),
        None => Ok(create(kind, own, locales)),
    }
}

/// Where an id is already: in the product, or in common.
fn refuse_taken(sources: &Sources, kind: NewItem, product: Option<&str>, id: &str) -> Result<(), NotAdded> {
    let own = product.map(|product| format!("content/products/{product}.yaml"));
    let files = sources.texts_below("content/").filter(|(_, file)| {
        let is_common = file.path.starts_with("content/common") && kind != NewItem::Flow;
        is_common || own.as_deref().is_some_and(|own| own == file.path)
    });
    for (file_id, file) in files {
        let Some(places) = Places::of(file_id, file) else { continue };
        let Some(Value::Map(items)) = section(&places, kind).map(|entry| &entry.value.value) else { continue };
        if let Some(taken) = items.iter().find(|item| item.key.value == id) {
            let line = file.place(taken.key.span.start).line;
            let headline = format!("the {} `{id}` is there already: {}:{line}", kind.word(), file.path);
            return Err(refuse(headline, "choose another id, or change the one that is there"));
        }
    }
    Ok(())
}

fn find_product(sources: &Sources, product: &str) -> Result<Option<FileId>, NotAdded> {
    if let Some(file) = sources.find(&format!("content/products/{product}.yaml")) {
        return Ok(Some(file));
    }
    let all: Vec<_> = sources.texts_below("content/products/").filter_map(|(_, file)| file.path.file_stem()).collect();
    let help = did_you_mean(product, all.iter().copied());
    let help =
        help.unwrap_or_else(|| format!("the products are {}; `rutter new product {product}` adds one", all.join(", ")));
    Err(refuse(format!("the site has no product `{product}`"), help))
}

/// The file of common that has most items of the kind; else the first one.
fn find_common(sources: &Sources, kind: NewItem) -> Option<FileId> {
    let count = |(id, file): (FileId, &SourceFile)| {
        let places = Places::of(id, file)?;
        let count = match section(&places, kind).map(|entry| &entry.value.value) {
            Some(Value::Map(items)) => items.len(),
            Some(Value::Scalar(_) | Value::List(_)) | None => 0,
        };
        Some((count, std::cmp::Reverse(id)))
    };
    let best = sources.texts_below("content/common/").filter_map(count).max();
    best.map(|(_, std::cmp::Reverse(id))| id)
}

fn section<'p>(places: &'p Places<'_>, kind: NewItem) -> Option<&'p Entry> {
    let Value::Map(entries) = &places.root().value else { return None };
    entries.iter().find(|entry| entry.key.value == kind.key())
}

fn insert(sources: &Sources, id: FileId, kind: NewItem, own: &str, locales: &Locales) -> Result<Added, NotAdded> {
    let file = sources.file(id);
    let broken = || refuse(format!("{} can't be read", file.path), "`rutter check` shows what is wrong with it");
    let places = Places::of(id, file).ok_or_else(broken)?;
    let splice = match section(&places, kind) {
        None => {
            let text = format!("\n  {own}:{}", kind.body(locales, 4));
            places.add_key(places.root(), kind.key(), &text).ok_or_else(broken)?
        }
        Some(entry) => insert_into(&places, file, entry, kind, own, locales)?,
    };
    let mut text = apply(&file.text, vec![splice]);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let line = line_of(&file.text, &text, own);
    let changes = Changes::from([(file.path.clone(), Some(text))]);
    Ok(Added { changes, path: file.path.clone(), line })
}

fn insert_into(
    places: &Places<'_>,
    file: &SourceFile,
    section: &Entry,
    kind: NewItem,
    own: &str,
    locales: &Locales,
) -> Result<Splice, NotAdded> {
    let line = file.place(section.key.span.start).line;
    let inline = || {
        let headline = format!("`{}` is written in braces: {}:{line}", kind.key(), file.path);
        refuse(headline, "write each of its items on lines of its own, or add the new one by hand")
    };
    if section.value.is_null() {
        let at = section.key.span.range().end;
        let end = at + file.text[at..].find(':').map_or(0, |colon| colon + 1);
        let text = format!("\n  {own}:{}", kind.body(locales, 4));
        return Ok(Splice::new(end..end, text.replace('\n', line_break(&file.text))));
    }
    let Value::Map(items) = &section.value.value else { return Err(inline()) };
    let Some(first) = items.first().filter(|_| !places.is_inline(&section.value)) else { return Err(inline()) };
    let column = file.place(first.key.span.start).column as usize - 1;
    let value = kind.body(locales, column + 2);
    let splice = places.add_key_in_order(&section.value, own, &value);
    splice.ok_or_else(inline)
}

/// The line of a new key: the first that differs and holds it.
fn line_of(before: &str, after: &str, key: &str) -> usize {
    let is_new = |(at, line): &(usize, &str)| {
        line.trim_start().strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
            && before.lines().nth(*at) != Some(line)
    };
    after.lines().enumerate().find(is_new).map_or(1, |(at, _)| at + 1)
}

/// A file of common, where there is none yet.
fn create(kind: NewItem, own: &str, locales: &Locales) -> Added {
    let path = Utf8PathBuf::from(format!("content/common/{}.yaml", kind.key()));
    let text = format!("{}:\n  {own}:{}\n", kind.key(), kind.body(locales, 4));
    Added { changes: Changes::from([(path.clone(), Some(text))]), path, line: 2 }
}

/// Adds a locale as a draft: readers see the source text where its own is missing, and the site builds.
pub(crate) fn add_locale(sources: &Sources, tag: &str) -> Result<Added, NotAdded> {
    let broken = || refuse("site.toml has errors", "`rutter check` shows them");
    let config = parse_config(sources, &mut Report::default()).ok_or_else(broken)?;
    if config.locales.find(tag).is_some() {
        return Err(refuse(format!("the site has the locale `{tag}` already"), "add its texts in content/"));
    }
    let file = sources.find(CONFIG_FILE).map(|id| sources.file(id)).ok_or_else(broken)?;
    let table = DeTable::parse(&file.text).map_err(|_| broken())?;
    let mut splices = Vec::new();
    let locales = table.get_ref().get("locales").ok_or_else(broken)?;
    splices.extend(append(locales, tag));
    if let Some(drafts) = table.get_ref().get("drafts") {
        splices.extend(append(drafts, tag));
    } else {
        let at = line_end(&file.text, locales.span().end);
        let before = if file.text[..at].ends_with('\n') { "" } else { "\n" };
        splices.push(Splice::new(at..at, format!("{before}drafts = [\"{tag}\"]\n")));
    }
    let text = apply(&file.text, splices);
    let mut changes = Changes::from([(CONFIG_FILE.into(), Some(text))]);
    let mut report = Report::default();
    if parse_config(&sources.changed(&changes), &mut report).is_none_or(|config| config.locales.find(tag).is_none())
        || report.has_errors()
    {
        return Err(refuse(
            format!("`{tag}` is no locale tag"),
            "write it as BCP 47 does, for example `fr`, `pt-BR` or `zh-Hant`",
        ));
    }
    if embedded_below(&format!("i18n/{tag}/")).next().is_none() {
        for (path, text) in interface(sources, config.locales.tag(config.locales.source_locale()), tag) {
            changes.entry(path).or_insert(Some(text));
        }
    }
    changes.retain(|path, _| path == CONFIG_FILE || sources.find(path.as_str()).is_none());
    let line = file.place(locales.span().start as u32).line as usize;
    Ok(Added { changes, path: CONFIG_FILE.into(), line })
}

fn append(array: &toml::Spanned<DeValue<'_>>, new: &str) -> Option<Splice> {
    let DeValue::Array(tags) = array.get_ref() else { return None };
    Some(match tags.last() {
        Some(last) => Splice::new(last.span().end..last.span().end, format!(", \"{new}\"")),
        None => Splice::new(array.span(), format!("[\"{new}\"]")),
    })
}

/// Files for the words of the interface and of its language: each message of the source locale is there as
/// a comment, to be translated line by line.
fn interface(sources: &Sources, source: &str, tag: &str) -> Vec<(Utf8PathBuf, String)> {
    let mut files = Vec::new();
    for (_, file) in sources.texts_below(&format!("i18n/{source}/")) {
        let Some(name) = file.path.file_name().filter(|name| name.ends_with(".ftl")) else { continue };
        let mut text =
            format!("# Each line below is a message in `{source}`: translate it and take the `# ` away.\n\n");
        for line in file.text.lines() {
            let kept = line.trim_start_matches("# ");
            let _ = if line.starts_with('#') || line.is_empty() {
                writeln!(text, "{}", line.trim_end())
            } else {
                writeln!(text, "# {kept}")
            };
        }
        files.push((format!("i18n/{tag}/{name}").into(), text));
    }
    let words = format!(
        "# The words by which texts in `{tag}` and published pages are read: months, units, heads of columns.\n# docs/languages.md says what each list means; one that is not here is not looked for.\n"
    );
    files.push((format!("i18n/{tag}/language.toml").into(), words));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_new_key_is_found_beside_others_of_its_name() {
        assert_eq!(line_of("a:\n  b: 1\n", "a:\n  b: 1\n  c:\n", "c"), 3);
        assert_eq!(line_of("b:\n", "b:\n  b:\n", "b"), 2);
    }
}
