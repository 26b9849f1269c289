//! Sheets of a workbook → tables: cells stand where the sheet has them, a merged one in each row it takes.

use std::collections::BTreeMap;

use super::{Block, Cell, Placed, Published, Table};
use crate::source::{Sheet, SheetCell};
use crate::span::{FileId, Span};

/// Places of cells in all rows of a workbook, as of the tables of a page.
const MOST_PLACES: usize = 300_000;

/// Reads the sheets in their order.
pub(super) fn parse_sheets<'a>(sheets: impl Iterator<Item = (FileId, &'a str, &'a Sheet)>) -> Published {
    let mut page = Published::default();
    let mut left = MOST_PLACES;
    for (file, text, sheet) in sheets {
        let lost = sheet.lost.iter().map(|(range, what)| (Span::new(file, range.clone()), what.clone()));
        page.left_out.extend(lost);
        let (table, cut) = read_table(file, text, sheet, &mut left);
        page.left_out.extend(cut.map(|span| (span, "the rows from here on: there are too many".to_owned())));
        page.blocks.push(Block::Table(table));
    }
    page
}

/// The table, and the first cell that was too much.
fn read_table(file: FileId, text: &str, sheet: &Sheet, left: &mut usize) -> (Table, Option<Span>) {
    let mut table = Table::default();
    let mut rows: BTreeMap<u32, Vec<Placed>> = BTreeMap::new();
    let last_row = sheet.cells.last().map_or(0, |cell| cell.row);
    for raw in &sheet.cells {
        let reaches = raw.row..(raw.row + raw.rows).min(last_row + 1);
        let Some(rest) = left.checked_sub(reaches.len()) else {
            table.rows = rows.into_values().collect();
            return (table, raw.lines.first().map(|line| Span::new(file, line.clone())));
        };
        *left = rest;
        let cell = table.cells.len() as u32;
        for row in reaches {
            let place = Placed { cell, column: raw.column, is_carried: row > raw.row };
            rows.entry(row).or_default().push(place);
        }
        table.cells.push(read_cell(file, text, raw));
    }
    for places in rows.values_mut() {
        places.sort_by_key(|place| place.column);
    }
    table.rows = rows.into_values().collect();
    (table, None)
}

fn read_cell(file: FileId, text: &str, raw: &SheetCell) -> Cell {
    let mut cell = Cell::default();
    for (position, line) in raw.lines.iter().enumerate() {
        if position > 0 {
            cell.text.push('\n');
        }
        cell.push_verbatim(&text[line.clone()], file, line.start);
    }
    cell
}
