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
        let parts = split(line);
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
        for (column, text) in columns(line) {
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
        while let Some(escape) = rest.find('\\').filter(|_| self.is_markdown) {
            let is_escape = rest[escape + 1..].starts_with(|c: char| c.is_ascii_punctuation());
            let kept = if is_escape { escape } else { escape + 1 };
            cell.push_verbatim(&rest[..kept], self.file, at);
            at += escape + 1;
            rest = &rest[escape + 1..];
        }
        cell.push_verbatim(rest, self.file, at);
        cell
    }
}

/// The parts of a line that say something, with their offsets.
fn split(line: &str) -> Vec<(usize, &str)> {
    columns(line).map(|(_, part)| part).filter(|(_, text)| !text.is_empty()).collect()
}

/// The parts of a line between tabs and bars, with their columns and offsets.
fn columns(line: &str) -> impl Iterator<Item = (u32, (usize, &str))> {
    let mut start = 0;
    line.split(['|', '\t']).enumerate().map(move |(column, part)| {
        let text = part.trim();
        let offset = start + (part.len() - part.trim_start().len());
        start += part.len() + 1;
        (column as u32, (offset, text))
    })
}
