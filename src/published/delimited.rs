//! CSV (RFC 4180), with the separators that office programs of different countries write → one table.

use csv::{ByteRecord, Position, ReaderBuilder};

use super::grid::{Budget, RawCell, RawRow, Reach, lay_out};
use super::{Block, Cell, Published};
use crate::span::{FileId, Span};

/// What may part the cells of a row; the first wins where two part them as well.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// So many rows tell the separator.
const FIRST_ROWS: usize = 50;
/// Of a file whose name says nothing, so many cells in each row tell that it is a table.
const FEWEST_CELLS: usize = 3;
/// Rows that are read: ten times the largest table we know.
const MOST_ROWS: usize = 20_000;

/// Reads a file, all of it as one table.
pub(super) fn parse_delimited(file: FileId, text: &str, has_tabs: bool) -> Published {
    let separator = if has_tabs && text.contains('\t') { b'\t' } else { separator(text) };
    let mut page = Published::default();
    let mut rows: Vec<RawRow> = Vec::new();
    let mut reader = reader(text, separator);
    let mut record = ByteRecord::new();
    let mut start = reader.position().clone();
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let written = start_of(&record, &start)..(reader.position().byte() as usize).min(text.len());
        start = reader.position().clone();
        let Some(raw) = text.get(written.clone()) else { continue };
        if rows.len() == MOST_ROWS {
            let span = Span::new(file, written.start..written.start + raw.trim_end().len());
            let what = format!("the rows from here on: a table of more than {MOST_ROWS} rows is cut");
            page.left_out.push((span, what));
            break;
        }
        if is_never_closed(raw) {
            let quote = written.start + raw.find('"').unwrap_or(0);
            let what = "the rows from here on: a quotation mark is never closed";
            page.left_out.push((Span::new(file, quote..quote + 1), what.to_owned()));
        }
        rows.push(row(file, &record, raw, written.start));
    }
    let (table, left) = lay_out(rows, &mut Budget::default());
    if left > 0 {
        page.left_out.push((Span::new(file, 0..0), format!("{left} rows at the end of this table")));
    }
    if !table.cells.is_empty() {
        page.blocks.push(Block::Table(table));
    }
    page
}

/// Whether a text without a telling name is such a table.
pub(super) fn is_delimited(text: &str) -> bool {
    SEPARATORS.iter().any(|separator| {
        let counts = counts(text, *separator);
        counts.len() > 1 && counts[0] >= FEWEST_CELLS && counts.iter().all(|count| *count == counts[0])
    })
}

/// The separator that parts most rows into as many cells as the first has.
fn separator(text: &str) -> u8 {
    let fit = |separator: &u8| {
        let counts = counts(text, *separator);
        let cells = counts.first().copied().unwrap_or(0);
        if cells < 2 { 0 } else { counts.iter().filter(|count| **count == cells).count() * 100 + cells.min(99) }
    };
    let best = SEPARATORS.iter().rev().max_by_key(|separator| fit(separator));
    best.copied().unwrap_or(b',')
}

/// How many cells the first rows have.
fn counts(text: &str, separator: u8) -> Vec<usize> {
    let mut reader = reader(text, separator);
    let records = reader.byte_records().take(FIRST_ROWS).flatten();
    records.map(|record| record.len()).collect()
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// Where a record begins; empty lines before it belong to none.
fn start_of(record: &ByteRecord, before: &Position) -> usize {
    record.position().unwrap_or(before).byte() as usize
}

/// A quotation mark within quotes is written twice, so they are even in number.
fn is_never_closed(raw: &str) -> bool {
    raw.contains('"')
        && raw.trim_end().contains('\n')
        && !raw.bytes().filter(|byte| *byte == b'"').count().is_multiple_of(2)
}

fn row(file: FileId, record: &ByteRecord, raw: &str, start: usize) -> RawRow {
    let mut cursor = 0;
    let cells = record.iter().map(|field| {
        let field = String::from_utf8_lossy(field);
        let cell = cell(file, &field, raw, start, &mut cursor);
        RawCell { cell, columns: 1, reach: Reach::Rows(1) }
    });
    RawRow { cells: cells.collect(), begins_group: false }
}

/// A field, its lines one by one. One with quotation marks in it was written otherwise, and has the
/// place of its row.
fn cell(file: FileId, field: &str, raw: &str, start: usize, cursor: &mut usize) -> Cell {
    let mut cell = Cell::default();
    for line in field.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !cell.text.is_empty() {
            cell.text.push('\n');
        }
        match raw[*cursor..].find(line) {
            Some(at) => {
                cell.push_verbatim(line, file, start + *cursor + at);
                *cursor += at + line.len();
            }
            None => cell.push_decoded(line, Span::new(file, start..start + raw.trim_end().len())),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let page = parse_delimited(FileId(0), text, false);
        let Some(Block::Table(table)) = page.blocks.first() else { return Vec::new() };
        let text = |place: &super::super::Placed| table.cells[place.cell as usize].text.clone();
        table.rows.iter().map(|row| row.iter().map(text).collect()).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_makes_a_table() {
        for text in ["a,b;c,d\n1,2,3\n", "a;b,c;d\n1;2;3\n", "a\tb,c\td\n1\t2\t3\n", "a|b,c|d\n1|2|3\n"] {
            let rows = read(text);
            assert_eq!((rows[0].len(), rows[1].clone()), (3, vec!["1".into(), "2".into(), "3".into()]), "{text}");
        }
    }

    #[test]
    fn quotes_reach_over_lines_and_keep_their_places() {
        let text = "from,to,port\r\n\"Agent,\r\nrelay\",Server,\"80\n443\"\r\n";
        assert_eq!(read(text)[1], ["Agent,\nrelay", "Server", "80\n443"]);
        let page = parse_delimited(FileId(0), text, false);
        let Block::Table(table) = &page.blocks[0] else { panic!("a table") };
        let span = table.cells[5].span_of(3..6).unwrap();
        assert_eq!(&text[span.range()], "443");
        assert!(page.left_out.is_empty());
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_told() {
        let page = parse_delimited(FileId(0), "a,b\n1,\"2\n3,4\n5,6\n", false);
        assert_eq!(page.left_out[0].0.range(), 6..7);
    }
}
