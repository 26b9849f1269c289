//! Flattened text → lines and tables. A line with several cells between tabs or bars is a row; bars
//! that stand alone are what flattening left of a table, and say nothing.

use super::{Block, Cell, Placed, Published, Table};
use crate::span::FileId;

/// Reads a text line by line.
pub(super) fn parse_text(file: FileId, text: &str, is_markdown: bool) -> Published {
    let mut reader = FlatPage { file, is_markdown, page: Published::default(), table: Table::default() };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        reader.read_line(line.trim_end_matches(['\n', '\r']), start);
        start += line.len();
    }
    reader.end_table();
    reader.page
}

struct FlatPage {
    file: FileId,
    /// A backslash before punctuation is no part of the text (`CommonMark`, "backslash escapes").
    is_markdown: bool,
    page: Published,
    table: Table,
}

impl FlatPage {
    fn read_line(&mut self, line: &str, start: usize) {
        // Addresses take no bar and no tab, so a cell's border can't be taken for a part of one.
        let parts = split(line, self.is_markdown);
        if parts.len() < 2 {
            self.end_table();
            if let ([], true, Some(Block::Line(last))) =
                (parts.as_slice(), line.contains('|'), self.page.blocks.last_mut())
            {
                last.ends = true;
            }
            for (offset, text) in parts {
                let mut cell = self.cell(text, start + offset);
                cell.ends = line.trim_end().ends_with('|');
                cell.indent = offset as u32;
                cell.is_heading = self.is_markdown && text.starts_with('#');
                self.page.blocks.push(Block::Line(cell));
            }
            return;
        }
        let is_rule = parts.iter().all(|(_, text)| text.bytes().all(|byte| matches!(byte, b'-' | b':' | b' ')));
        if is_rule {
            return;
        }
        let mut row = Vec::new();
        for (column, text) in columns(line, self.is_markdown) {
            row.push(Placed { cell: self.table.cells.len() as u32, column, is_carried: false });
            let cell = self.cell(text.1, start + text.0);
            self.table.cells.push(cell);
        }
        self.table.rows.push(row);
    }

    fn end_table(&mut self) {
        let table = std::mem::take(&mut self.table);
        if !table.rows.is_empty() {
            self.page.blocks.push(Block::Table(table));
        }
    }

    fn cell(&self, text: &str, start: usize) -> Cell {
        let mut cell = Cell::default();
        let mut rest = text;
        let mut at = start;
        // Several lines of a cell have no other spelling in a table of Markdown.
        while let Some((range, line)) = break_in(rest).filter(|_| self.is_markdown) {
            self.push_line(&mut cell, &rest[..range], at);
            cell.text.push('\n');
            at += line;
            rest = &rest[line..];
        }
        self.push_line(&mut cell, rest, at);
        cell
    }

    fn push_line(&self, cell: &mut Cell, text: &str, start: usize) {
        let mut rest = text;
        let mut at = start;
        while let Some(escape) = rest.find('\\').filter(|_| self.is_markdown) {
            let is_escape = rest[escape + 1..].starts_with(|c: char| c.is_ascii_punctuation());
            let kept = if is_escape { escape } else { escape + 1 };
            cell.push_verbatim(&rest[..kept], self.file, at);
            at += escape + 1;
            rest = &rest[escape + 1..];
        }
        cell.push_verbatim(rest, self.file, at);
    }
}

/// A `<br>`: where the text before it ends and the text behind it begins.
fn break_in(text: &str) -> Option<(usize, usize)> {
    let breaks = ["<br>", "<br/>", "<br />", "<BR>"];
    let (at, length) = breaks.iter().filter_map(|sign| Some((text.find(sign)?, sign.len()))).min()?;
    let behind = &text[at + length..];
    Some((text[..at].trim_end().len(), at + length + (behind.len() - behind.trim_start().len())))
}

/// The parts of a line that say something, with their offsets.
fn split(line: &str, is_markdown: bool) -> Vec<(usize, &str)> {
    columns(line, is_markdown).map(|(_, part)| part).filter(|(_, text)| !text.is_empty()).collect()
}

/// The parts of a line between tabs and bars, with their columns and offsets.
fn columns(line: &str, is_markdown: bool) -> impl Iterator<Item = (u32, (usize, &str))> {
    let mut start = 0;
    let mut is_escaped = false;
    let is_border = move |c: char| {
        // A bar behind a backslash is one of the cell (GFM, "tables").
        let is_border = matches!(c, '|' | '\t') && !is_escaped;
        is_escaped = is_markdown && c == '\\' && !is_escaped;
        is_border
    };
    line.split(is_border).enumerate().map(move |(column, part)| {
        let text = part.trim();
        let offset = start + (part.len() - part.trim_start().len());
        start += part.len() + 1;
        (column as u32, (offset, text))
    })
}
