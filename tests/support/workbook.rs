//! Workbooks as Office programs write them, as small as they can be.

use std::fmt::Write as _;
use std::io::Write as _;

/// What a cell holds.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    /// Nothing.
    Blank,
    /// Words.
    Text(&'static str),
    /// A number.
    Number(u32),
    /// A formula and the value that was saved with it.
    Formula(&'static str, Option<&'static str>),
    /// Words in a cell that takes so many rows.
    Merged(&'static str, usize),
}

/// A workbook of some sheets.
pub(crate) fn workbook(sheets: &[(&str, Vec<Vec<Content>>)]) -> Vec<u8> {
    let sheets: Vec<(&str, String, String)> =
        sheets.iter().map(|(name, rows)| (*name, data(rows), merged(rows))).collect();
    build(&sheets)
}

/// A workbook whose rows are given as XML.
pub(crate) fn raw(sheets: &[(&str, &str)]) -> Vec<u8> {
    let sheets: Vec<(&str, String, String)> =
        sheets.iter().map(|(name, rows)| (*name, (*rows).to_owned(), String::new())).collect();
    build(&sheets)
}

/// An archive of some files.
pub(crate) fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (path, bytes) in files {
        archive.start_file(*path, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn build(sheets: &[(&str, String, String)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut list, mut relations, mut files) = (String::new(), String::new(), Vec::new());
    for (position, (name, rows, merged)) in sheets.iter().enumerate() {
        let id = position + 1;
        let _ = write!(list, "<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"r{id}\"/>");
        let _ = write!(
            relations,
            "<Relationship Id=\"r{id}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>"
        );
        let text = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData>{merged}</worksheet>");
        files.push((format!("xl/worksheets/sheet{id}.xml"), text));
    }
    let root = format!("<Relationship Id=\"r0\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/>");
    files.push(("_rels/.rels".to_owned(), format!("<Relationships xmlns=\"{PACKAGE}\">{root}</Relationships>")));
    files.push((
        "xl/workbook.xml".to_owned(),
        format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>"),
    ));
    files.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
    ));
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(path, text)| (path.as_str(), text.clone().into_bytes())).collect();
    zip(&files)
}

fn data(rows: &[Vec<Content>]) -> String {
    let mut text = String::new();
    for (row, cells) in rows.iter().enumerate() {
        let _ = write!(text, "<row r=\"{}\">", row + 1);
        for (column, cell) in cells.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + column as u8), row + 1);
            let cell = match cell {
                Content::Blank => String::new(),
                Content::Text(words) | Content::Merged(words, _) => {
                    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
                }
                Content::Number(number) => format!("<c r=\"{place}\"><v>{number}</v></c>"),
                Content::Formula(formula, Some(value)) => {
                    format!("<c r=\"{place}\"><f>{formula}</f><v>{value}</v></c>")
                }
                Content::Formula(formula, None) => format!("<c r=\"{place}\"><f>{formula}</f></c>"),
            };
            text.push_str(&cell);
        }
        text.push_str("</row>");
    }
    text
}

fn merged(rows: &[Vec<Content>]) -> String {
    let mut areas = String::new();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let Content::Merged(_, reach) = cell else { continue };
            let letter = char::from(b'A' + column as u8);
            let _ = write!(areas, "<mergeCell ref=\"{letter}{}:{letter}{}\"/>", row + 1, row + reach);
        }
    }
    if areas.is_empty() { areas } else { format!("<mergeCells>{areas}</mergeCells>") }
}
