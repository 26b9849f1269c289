//! A page written elsewhere → rows of facts, every one with its place.
//!
//! First [`parse_page`] reads its form: lines of prose and tables, whether it is HTML, Markdown, flattened
//! text, CSV or a workbook.
//! It knows no product and no language, and never fails: what had to be left out is named in
//! [`Published::left_out`]. Then `rows` reads what the cells say, by the words of a `lexicon`: `token`
//! what stands in one of them, `columns` and `core` which facts belong together. Nothing is compared
//! here; what a page should say is the affair of `audit`.

pub(crate) mod bare;
mod bound;
pub(crate) mod columns;
pub(crate) mod core;
mod delimited;
mod grid;
mod html;
pub(crate) mod lexicon;
pub(crate) mod rows;
mod sheet;
mod text;
pub(crate) mod token;

use std::ops::Range;

use crate::source::{Page, SourceFile, Sources};
use crate::span::{FileId, Span};

/// A page as its reader sees it.
#[derive(Debug, Default)]
pub(crate) struct Published {
    /// Lines and tables in reading order.
    pub(crate) blocks: Vec<Block>,
    /// What was too much to be read, and where it begins.
    pub(crate) left_out: Vec<(Span, String)>,
}

/// One part of a page.
#[derive(Debug)]
pub(crate) enum Block {
    /// A line of prose, or a cell of a table whose borders are lost.
    Line(Cell),
    /// A table.
    Table(Table),
}

/// Rows and columns.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Every cell once.
    pub(crate) cells: Vec<Cell>,
    /// Its rows, from the top; a cell that spans several rows stands in each.
    pub(crate) rows: Vec<Vec<Placed>>,
}

/// A cell's place in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Placed {
    /// Position in the table's cells.
    pub(crate) cell: u32,
    /// Its first column.
    pub(crate) column: u32,
    /// Whether it began in a row above.
    pub(crate) is_carried: bool,
}

/// A piece of text and where each part of it was written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    /// Its text, without markup; lines are kept, other white space is one space.
    pub(crate) text: String,
    anchors: Vec<Anchor>,
    /// Text of tables within it, which are tables of their own as well.
    pub(crate) inner: Vec<Cell>,
    /// Flattened text: a border of the table follows.
    pub(crate) ends: bool,
    /// Flattened text: bytes of white space before it on its line.
    pub(crate) indent: u32,
    /// Whether it is a heading, of a page or of a table.
    pub(crate) is_heading: bool,
}

/// Where a part of a cell's text was written.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    at: u32,
    span: Span,
    /// Byte for byte as in the file; otherwise only the whole part has a place.
    is_verbatim: bool,
}

impl Cell {
    /// Adds text that stands in the file as it is here.
    fn push_verbatim(&mut self, words: &str, file: FileId, start: usize) {
        let anchor =
            Anchor { at: self.text.len() as u32, span: Span::new(file, start..start + words.len()), is_verbatim: true };
        self.anchors.push(anchor);
        self.text.push_str(words);
    }

    /// Adds text that was written otherwise, for example with character references.
    fn push_decoded(&mut self, words: &str, span: Span) {
        self.anchors.push(Anchor { at: self.text.len() as u32, span, is_verbatim: false });
        self.text.push_str(words);
    }

    /// Whether it says nothing.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Where a part of its text was written.
    pub(crate) fn span_of(&self, range: Range<usize>) -> Option<Span> {
        let start = self.place(range.start)?;
        let end = self.place(range.end.saturating_sub(1).max(range.start))?;
        let end = if end.1 { end.0.start + 1 } else { end.0.end };
        Some(Span { end: end.max(start.0.start), ..start.0 })
    }

    /// The place of one byte, and whether it is exact.
    fn place(&self, at: usize) -> Option<(Span, bool)> {
        let next = self.anchors.partition_point(|anchor| anchor.at as usize <= at);
        let anchor = self.anchors.get(next.saturating_sub(1))?;
        if !anchor.is_verbatim {
            return Some((anchor.span, false));
        }
        let start = (anchor.span.start + (at as u32).saturating_sub(anchor.at)).min(anchor.span.end);
        Some((Span { start, ..anchor.span }, true))
    }
}

/// Adds a page to what diagnostics can point into, and reads it. The id is that of its first part: a
/// workbook has one for each sheet.
pub(crate) fn parse_page(sources: &mut Sources, page: Page) -> (FileId, Published) {
    let ids: Vec<FileId> = page.files.into_iter().map(|file| sources.add_page(file)).collect();
    let Some(first) = ids.first().copied() else { unreachable!("a page that was read has a text") };
    let mut published = if page.sheets.is_empty() {
        parse_published(first, sources.file(first))
    } else {
        let sheets = ids.iter().zip(&page.sheets).map(|(id, sheet)| (*id, sources.file(*id).text.as_str(), sheet));
        sheet::parse_sheets(sheets)
    };
    for block in &mut published.blocks {
        match block {
            Block::Table(table) => table.repeat_above(),
            Block::Line(_) => {}
        }
    }
    (first, published)
}

/// What stands in a cell in place of what the cell above it says, in the languages in which tables do so.
const DITTO: &[&str] = &["〃", "″", "''", "\"", "同上", "ditto", "dto.", "dto"];

impl Table {
    /// A cell that only repeats the one above is that one, as if it spanned both rows.
    fn repeat_above(&mut self) {
        for row in 1..self.rows.len() {
            let (above, below) = self.rows.split_at_mut(row);
            for place in &mut below[0] {
                let text = self.cells[place.cell as usize].text.trim().to_lowercase();
                let own = above[row - 1].iter().find(|above| above.column == place.column);
                if let Some(own) = own.filter(|_| DITTO.contains(&text.as_str())) {
                    *place = Placed { is_carried: true, ..*own };
                }
            }
        }
    }
}

/// Reads a text by its form.
fn parse_published(id: FileId, file: &SourceFile) -> Published {
    let is_markdown = |extension: &str| matches!(extension, "md" | "markdown");
    let extension = file.path.extension().map(str::to_ascii_lowercase).unwrap_or_default();
    match extension.as_str() {
        "html" | "htm" | "xhtml" => html::parse_html(id, &file.text),
        "csv" | "tsv" | "tab" => delimited::parse_delimited(id, &file.text, extension != "csv"),
        "txt" => text::parse_text(id, &file.text, false),
        other if is_markdown(other) => text::parse_text(id, &file.text, true),
        _ => parse_by_content(id, file),
    }
}

fn parse_by_content(id: FileId, file: &SourceFile) -> Published {
    let start = file.text.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    if start.starts_with("<!doctype") || start.starts_with("<html") {
        return html::parse_html(id, &file.text);
    }
    if delimited::is_delimited(&file.text) {
        return delimited::parse_delimited(id, &file.text, false);
    }
    text::parse_text(id, &file.text, false)
}
