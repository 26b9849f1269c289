//! `content/pages/<id>.yaml`: a prose page, as written.

use crate::diagnostic::Report;
use crate::locale::Locales;
use crate::span::{Span, Spanned};

use super::common::{RawMeta, parse_meta};
use super::fields::{Fields, items};
use super::keys;
use super::text::{RawText, TextKind, parse_text};
use super::yaml::Node;

/// One file of `content/pages/`.
#[derive(Debug)]
pub struct RawPage {
    /// From the file name.
    pub id: Spanned<String>,
    /// Its title.
    pub title: Option<RawText>,
    /// What it is about.
    pub summary: Option<RawText>,
    /// Its sections.
    pub sections: Vec<RawSection>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// One section of a prose page.
#[derive(Debug)]
pub struct RawSection {
    /// Its id.
    pub id: Spanned<String>,
    /// Its heading.
    pub title: Option<RawText>,
    /// What it says.
    pub text: Option<RawText>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// Reads one file of `content/pages/`; `stem` is its name without `.yaml`.
pub fn parse_page(stem: &str, root: &Node, locales: &Locales, report: &mut Report) -> RawPage {
    let top = Span::new(root.span.file, root.span.start as usize..root.span.start as usize);
    let id = Spanned::new(stem.to_owned(), top);
    super::fields::is_id_or_report("a page (the name of its file)", &id, report);
    let mut page = RawPage { id, title: None, summary: None, sections: Vec::new(), meta: RawMeta::default() };
    let Some(fields) = Fields::of(&keys::PAGE, top, root, report) else {
        report.lose(stem);
        return page;
    };
    page.title = fields.entry("title").and_then(|entry| parse_text("`title`", entry, TextKind::Name, locales, report));
    page.summary =
        fields.entry("summary").and_then(|entry| parse_text("`summary`", entry, TextKind::Prose, locales, report));
    if let Some(entry) = fields.entry("sections") {
        page.sections =
            items("sections", &entry.value, report, |id, node, report| parse_section(id, node, locales, report));
    }
    page.meta = parse_meta(&fields, report);
    page
}

fn parse_section(id: Spanned<String>, node: &Node, locales: &Locales, report: &mut Report) -> Option<RawSection> {
    let fields = Fields::of(&keys::SECTION, id.span, node, report)?;
    Some(RawSection {
        title: fields.entry("title").and_then(|entry| parse_text("`title`", entry, TextKind::Name, locales, report)),
        text: fields.entry("text").and_then(|entry| parse_text("`text`", entry, TextKind::Prose, locales, report)),
        meta: parse_meta(&fields, report),
        id,
    })
}
