//! `rutter new KIND ID`: a file with every key that is needed, or one item more in a file that is there.

mod from_pages;

use std::fmt::Write as _;

use camino::Utf8Path;

use super::schema::{first_line, refresh};
use super::{Failure, Outcome, below, print, read_sources, remark, write_changes};
use crate::config::parse_config;
use crate::diagnostic::Report;
use crate::edit::add::{Added, NewItem, NotAdded, add_item, add_locale};
use crate::item::ItemKind;
use crate::locale::Locales;
use crate::model::why_reserved;
use crate::output::create_file;
use crate::parse::fields::is_id;
use crate::parse::schema::Kind;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// What to add.
    kind: NewFile,
    /// Its id, which becomes part of its address: `guard`, `guard/agent`; of a locale its tag.
    id: String,
    #[command(flatten)]
    pages: from_pages::Pages,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum NewFile {
    /// A documented product, empty or begun from a port table that exists.
    Product,
    /// A prose page.
    Page,
    /// A flow, `PRODUCT/ID`, in the file of its product.
    Flow,
    /// A component, `PRODUCT/ID`, or `ID` where several products share it.
    Component,
    /// A term of the glossary.
    Term,
    /// A language, by its tag: a draft until its texts are there.
    Locale,
}

pub(super) fn run(root: &Utf8Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let add = match arguments.kind {
        NewFile::Product | NewFile::Page => None,
        NewFile::Flow => Some(Some(NewItem::Flow)),
        NewFile::Component => Some(Some(NewItem::Component)),
        NewFile::Term => Some(Some(NewItem::Term)),
        NewFile::Locale => Some(None),
    };
    if let Some(kind) = add {
        return if arguments.pages.is_empty() { add_one(root, kind, &arguments.id) } else { Err(no_page()) };
    }
    if !is_id(&arguments.id) {
        return Err(Failure::usage(
            format!("`{}` is no id", arguments.id),
            "ids begin with a letter a–z and hold a–z, 0–9 and `-`",
        ));
    }
    let kind = if arguments.kind == NewFile::Page { ItemKind::Page } else { ItemKind::Product };
    if let Some((headline, help)) = why_reserved(kind, &arguments.id) {
        return Err(Failure::usage(headline, help));
    }
    if !arguments.pages.is_empty() {
        return match arguments.kind {
            NewFile::Product => from_pages::run(root, &arguments.id, &arguments.pages),
            _ => Err(no_page()),
        };
    }
    let sources = read_sources(root)?;
    let config = parse_config(&sources, &mut Report::default())
        .ok_or(Failure::Content { headline: "site.toml has errors", help: "`rutter check` shows them" })?;
    let (folder, kind, text) = match arguments.kind {
        NewFile::Product => ("products", Kind::Product, product(&config.locales)),
        _ => ("pages", Kind::Page, page(&config.locales)),
    };
    let text = first_line(root, kind) + &text;
    let path = below(root, &format!("content/{folder}/{}.yaml", arguments.id));
    if path.exists() {
        return Err(Failure::usage(format!("{path} exists"), "choose another id"));
    }
    create_file(&path, &text)?;
    print(&format!("{path}\n"))?;
    remark("next: fill in what is empty, then run `rutter check`");
    Ok(Outcome::Done)
}

fn no_page() -> Failure {
    Failure::usage(
        "only a product is begun from a page",
        "leave `--from`, `--locale` and `--read` out, or write `rutter new product`",
    )
}

/// Adds an item, or a locale.
fn add_one(root: &Utf8Path, kind: Option<NewItem>, id: &str) -> Result<Outcome, Failure> {
    let sources = read_sources(root)?;
    let added = match kind {
        None => add_locale(&sources, id),
        Some(kind) => {
            let config = parse_config(&sources, &mut Report::default())
                .ok_or(Failure::Content { headline: "site.toml has errors", help: "`rutter check` shows them" })?;
            add_item(&sources, &config.locales, kind, id)
        }
    };
    let mut added = added.map_err(|NotAdded { headline, help }| Failure::usage(headline, help))?;
    if kind.is_some() && sources.find(added.path.as_str()).is_none() {
        name_schema(root, &mut added);
    }
    write_changes(root, &sources, &added.changes)?;
    print(&format!("{}:{}\n", below(root, added.path.as_str()), added.line))?;
    for path in added.changes.keys().filter(|path| **path != added.path) {
        print(&format!("{}\n", below(root, path.as_str())))?;
    }
    if kind.is_none() {
        for path in refresh(root)? {
            print(&format!("{}\n", below(root, &path)))?;
        }
    }
    remark(if kind.is_some() {
        "next: fill in what is empty, then run `rutter check`"
    } else {
        "next: translate what stands in i18n/ and content/, or send translators what `rutter export po` writes; \
         the locale is a draft until it leaves `drafts` in site.toml"
    });
    Ok(Outcome::Done)
}

/// What goes into a file of common that is not there yet says first what editors are to know.
fn name_schema(root: &Utf8Path, added: &mut Added) {
    let line = first_line(root, Kind::Common);
    if let Some(Some(text)) = added.changes.get_mut(&added.path) {
        added.line += line.lines().count();
        text.insert_str(0, &line);
    }
}

/// One empty text per locale that must be complete. Empty texts are errors, so `check` lists what
/// is left to write.
fn texts(locales: &Locales, indent: &str) -> String {
    let mut text = String::new();
    for locale in locales.ids().filter(|locale| !locales.get(*locale).is_draft) {
        let _ = writeln!(text, "{indent}{}: \"\"", locales.tag(locale));
    }
    text
}

fn product(locales: &Locales) -> String {
    format!(
        "name: \"\"\nsummary:\n{}sources:\n  manual:\n    title: \"\"\n    read: \"\"\n    rows: 1\ncomponents:\n  server:\n    name: \"\"\n  client:\n    name: \"\"\nflows:\n  client-to-server:\n    from: client\n    to: server\n    ports: 443/tcp\n    purpose:\n{}    rows: [1]\n",
        texts(locales, "  "),
        texts(locales, "      ")
    )
}

fn page(locales: &Locales) -> String {
    format!("title: \"\"\nsections:\n  introduction:\n    text:\n{}", texts(locales, "      "))
}
