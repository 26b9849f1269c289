//! `content/pages/<id>.yaml`: a prose page, as written.

use crate::span::{Span, Spanned};
use crate::value::UnitKind;

use super::common::{RawMeta, parse_meta};
use super::fields::Fields;
use super::keys;
use super::reading::Reading;
use super::text::{RawText, parse_name, parse_text};
use super::yaml::Node;

/// One file of `content/pages/`.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug)]
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
pub fn parse_page(stem: &str, root: &Node, reading: &mut Reading<'_>) -> RawPage {
    let top = Span::new(root.span.file, root.span.start as usize..root.span.start as usize);
    let id = Spanned::new(stem.to_owned(), top);
    super::fields::is_id_or_report("a page (the name of its file)", &id, &mut reading.report);
    let mut page = RawPage { id, title: None, summary: None, sections: Vec::new(), meta: RawMeta::default() };
    let Some(fields) = Fields::of(&keys::page::KEYS, top, root, &mut reading.report) else {
        reading.report.lose(stem);
        return page;
    };
    page.title = parse_name(&fields, keys::page::TITLE, reading);
    page.summary = parse_text(&fields, keys::page::SUMMARY, UnitKind::Blocks, reading);
    page.sections = fields.items(keys::page::SECTIONS, reading, parse_section);
    page.meta = parse_meta(&fields, reading);
    page
}

fn parse_section(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawSection> {
    let fields = Fields::of(&keys::section::KEYS, id.span, node, &mut reading.report)?;
    Some(RawSection {
        title: parse_name(&fields, keys::section::TITLE, reading),
        text: parse_text(&fields, keys::section::TEXT, UnitKind::Blocks, reading),
        meta: parse_meta(&fields, reading),
        id,
    })
}
