//! A workbook (Office Open XML) → the text of each sheet, and which part of it each cell is.
//!
//! It is measured before it is read: a few kilobytes can unpack to gigabytes, and what an archive says
//! of its own size is no promise. Of a formula the value that was saved with it is taken.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use camino::Utf8Path;
use zip::ZipArchive;

use super::{LARGEST, Page, PageError, Sheet, SheetCell, SourceFile, refuse};

/// Everything in the archive, unpacked. A sheet of 100,000 rows takes some 40 MiB.
const LARGEST_UNPACKED: u64 = 64 * 1024 * 1024;
/// Cells with something in them, in all sheets.
const MOST_CELLS: usize = 1_000_000;
/// The part that makes an archive a workbook.
const WORKBOOK: &str = "xl/workbook.xml";

/// Reads all sheets that a reader would see.
pub(super) fn read(path: &Utf8Path, bytes: &[u8]) -> Result<Page, PageError> {
    measure(path, bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(path, &error))?;
    let shown = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> = workbook.sheets_metadata().iter().filter(shown).map(|sheet| sheet.name.clone()).collect();
    let mut page = Page { files: Vec::new(), sheets: Vec::new() };
    let mut left = Left { cells: MOST_CELLS, bytes: LARGEST };
    for name in &names {
        let (text, sheet) = read_sheet(path, &mut workbook, name, &mut left)?;
        if sheet.cells.is_empty() && sheet.lost.is_empty() {
            continue;
        }
        // What is said of a cell names its sheet, where there are several.
        let place = if names.len() == 1 { path.to_string() } else { format!("{path}#{name}") };
        page.files.push(SourceFile::new(place, text));
        page.sheets.push(sheet);
    }
    if page.files.is_empty() {
        return Err(refuse(format!("{path} has no cell with a value"), "name the workbook that holds the table"));
    }
    Ok(page)
}

/// Refuses what is no workbook, and what unpacks to more than a workbook of tables does.
fn measure(path: &Utf8Path, bytes: &[u8]) -> Result<(), PageError> {
    let broken = |error: &dyn std::fmt::Display| {
        refuse(
            format!("{path} is damaged: {error}"),
            "open it where it was made and save it again, or save the sheet as CSV in UTF-8",
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.index_for_name(WORKBOOK).is_none() {
        return Err(refuse(
            format!("{path} is a ZIP file and no workbook: `{WORKBOOK}` is not in it"),
            "unpack it and name the page in it, or save the table as .xlsx or CSV",
        ));
    }
    let mut left = LARGEST_UNPACKED;
    for position in 0..archive.len() {
        let file = archive.by_index(position).map_err(|error| broken(&error))?;
        let is_sheet = file.name().is_ok_and(|name| name.starts_with("xl/worksheets/"));
        let mut text = Vec::new();
        let mut file = file.take(left + 1);
        let unpacked = if is_sheet {
            file.read_to_end(&mut text).map(|length| length as u64)
        } else {
            io::copy(&mut file, &mut io::sink())
        };
        let unpacked = unpacked.map_err(|error| broken(&error))?;
        if unpacked > left {
            return Err(refuse(
                format!("{path} unpacks to more than {} MiB, which no table does", LARGEST_UNPACKED >> 20),
                "save the sheet with the table as a workbook of its own, or as CSV in UTF-8",
            ));
        }
        left -= unpacked;
        if let Some(place) = impossible_place(&text) {
            return Err(broken(&format!("no sheet has a cell `{place}`")));
        }
    }
    Ok(())
}

/// The first reference to a cell or a block of cells that no sheet can have: behind XFD1048576, or with its
/// corners exchanged. Whoever counts with one gets wrong places.
fn impossible_place(sheet: &[u8]) -> Option<String> {
    [&b" r="[..], b" ref="].into_iter().find_map(|name| {
        let mut rest = sheet;
        while let Some(at) = find(rest, name) {
            rest = &rest[at + name.len()..];
            let (quote, value) = rest.split_first()?;
            let end = value.iter().position(|byte| byte == quote).unwrap_or(0);
            let written = String::from_utf8_lossy(&value[..end]);
            if !is_possible(&written) {
                return Some(written.chars().take(40).collect());
            }
        }
        None
    })
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

fn is_possible(reference: &str) -> bool {
    let corners: Option<Vec<(u32, u32)>> = reference.split(':').map(corner).collect();
    match corners.as_deref() {
        Some([_]) => true,
        Some([first, last]) => first.0 <= last.0 && first.1 <= last.1,
        _ => false,
    }
}

/// Row and column of `B7`, of a row `7` or a column `B`.
fn corner(written: &str) -> Option<(u32, u32)> {
    let written = written.replace('$', "");
    let letters = written.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(written.len());
    let (column, row) = written.split_at(letters);
    let column = column.bytes().try_fold(0_u32, |sum, byte| Some(sum.checked_mul(26)? + u32::from(byte - b'A') + 1))?;
    let row: u32 = if row.is_empty() { 0 } else { row.parse().ok()? };
    (row <= 1_048_576 && column <= 16_384 && row + column > 0).then_some((row, column))
}

fn damaged(path: &Utf8Path, error: &XlsxError) -> PageError {
    refuse(
        format!("{path} can't be read as a workbook: {error}"),
        "open it where it was made and save it again, or save the sheet as CSV in UTF-8",
    )
}

/// How much may still be read.
struct Left {
    cells: usize,
    bytes: usize,
}

fn read_sheet(
    path: &Utf8Path,
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    left: &mut Left,
) -> Result<(String, Sheet), PageError> {
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut rows: BTreeMap<u32, BTreeMap<u32, Value>> = BTreeMap::new();
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|error| damaged(path, &error))?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| damaged(path, &error))? {
        let (row, column) = cell.pos;
        let Some(value) = value(&cell.value, cell.formula.is_some()) else { continue };
        left.cells = left.cells.saturating_sub(1);
        left.bytes = left.bytes.saturating_sub(value.text().len());
        if left.cells == 0 || left.bytes == 0 {
            let headline = format!("{path} has more in its cells than a page of ports can have");
            return Err(refuse(headline, "save the sheet with the table as a workbook of its own"));
        }
        rows.entry(row).or_default().insert(column, value);
    }
    Ok(write_out(&rows, &merged))
}

/// What a cell holds.
enum Value {
    Text(String),
    /// A formula without a value, or with an error in place of one.
    Lost(String),
}

impl Value {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Lost(text) => text,
        }
    }
}

fn value(value: &DataRef<'_>, is_formula: bool) -> Option<Value> {
    let text = match value {
        DataRef::Empty => return is_formula.then(|| Value::Lost("=".to_owned())),
        DataRef::Error(error) => return Some(Value::Lost(error.to_string())),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(is_so) => is_so.to_string(),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
    };
    // A formula may well say nothing: `=IF(A1="","",A1)`.
    let text = text.replace('\r', "");
    (!text.trim().is_empty()).then_some(Value::Text(text))
}

/// One line per row, counted as the sheet counts them; a cell's own line breaks become spaces.
fn write_out(rows: &BTreeMap<u32, BTreeMap<u32, Value>>, merged: &[Dimensions]) -> (String, Sheet) {
    let mut text = String::new();
    let mut sheet = Sheet::default();
    let mut line = 0;
    for (row, cells) in rows {
        // Empty rows cost a byte each; a million of them is all a sheet can have.
        while line < *row {
            text.push('\n');
            line += 1;
        }
        let mut is_first = true;
        for (column, value) in cells {
            if !std::mem::take(&mut is_first) {
                text.push('\t');
            }
            let start = text.len();
            let lines = push_lines(&mut text, value.text());
            if let Value::Lost(sign) = value {
                let what = format!("the cell {}: its formula has no value ({sign})", cell_name(*row, *column));
                sheet.lost.push((start..text.len(), what));
                continue;
            }
            let own = merged.iter().find(|area| area.start == (*row, *column));
            let rows = own.map_or(1, |area| area.end.0.saturating_sub(*row) + 1);
            sheet.cells.push(SheetCell { row: *row, column: *column, rows, lines });
        }
    }
    text.push('\n');
    (text, sheet)
}

fn push_lines(text: &mut String, value: &str) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    for line in value.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !lines.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&line.replace('\t', " "));
        lines.push(start..text.len());
    }
    lines
}

/// `C5`, as the sheet shows it.
fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_sheet_names_them() {
        let names = [(0, 0), (4, 2), (9, 25), (0, 26), (0, 701), (0, 702)].map(|(row, column)| cell_name(row, column));
        assert_eq!(names, ["A1", "C5", "Z10", "AA1", "ZZ1", "AAA1"]);
    }

    #[test]
    fn places_that_no_sheet_has_are_named() {
        for sheet in [
            "<row r=\"4\"><c r=\"A4\">",
            "<dimension ref='A1:XFD1048576'/>",
            "<mergeCell ref=\"A1:B2\"/>",
            "<x r:id=\"rId1\"/>",
        ] {
            assert_eq!(impossible_place(sheet.as_bytes()), None, "{sheet}");
        }
        for (sheet, place) in [
            ("<c r=\"A1\"/><c r=\"A99999999999\"/>", "A99999999999"),
            ("<mergeCell ref=\"A1:AAAAAAAA1\"/>", "A1:AAAAAAAA1"),
            ("<mergeCell ref=\"A3:A2\"/>", "A3:A2"),
            ("<c r='XFE1'/>", "XFE1"),
            ("<row r=\"1048577\">", "1048577"),
            ("<c r=\"", ""),
        ] {
            assert_eq!(impossible_place(sheet.as_bytes()).as_deref(), Some(place), "{sheet}");
        }
    }
}
