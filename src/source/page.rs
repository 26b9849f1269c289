//! A page published elsewhere, read as text: bounded, and refused where it is none. A workbook becomes
//! one text per sheet, so that what is said of a cell can show it.

#[cfg_attr(not(feature = "xlsx"), path = "page/no_workbook.rs")]
mod workbook;

use std::fmt;
use std::io::{self, Read};
use std::ops::Range;

use camino::Utf8Path;

use super::SourceFile;

/// The largest page: a hundred times those we know.
const LARGEST: usize = 16 * 1024 * 1024;

/// A page as it was read.
#[derive(Debug)]
pub struct Page {
    /// Its text; of a workbook, the text of each sheet: a line for each row.
    pub files: Vec<SourceFile>,
    /// Of a workbook, which part of its text each cell is.
    pub sheets: Vec<Sheet>,
}

/// A sheet of a workbook.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its cells in reading order, those without a value left out.
    pub cells: Vec<SheetCell>,
    /// What could not be read, and where it stands in the sheet's text.
    pub lost: Vec<(Range<usize>, String)>,
}

/// A cell of a sheet.
#[derive(Debug)]
pub struct SheetCell {
    /// Its row, from 0.
    pub row: u32,
    /// Its column, from 0.
    pub column: u32,
    /// How many rows it takes.
    pub rows: u32,
    /// Its lines in the sheet's text.
    pub lines: Vec<Range<usize>>,
}

/// Why a page was not read.
#[derive(Debug)]
pub struct PageError {
    /// Which page, and what is wrong with it.
    pub headline: String,
    /// The next step, where there is one.
    pub help: Option<String>,
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)
    }
}

fn refuse(headline: String, help: &str) -> PageError {
    PageError { headline, help: Some(help.to_owned()) }
}

/// Reads a page; a byte order mark is dropped, since other people's tools write them.
pub fn read_page(path: &Utf8Path) -> Result<Page, PageError> {
    let bytes = read_bounded(path)
        .map_err(|cause| PageError { headline: format!("can't read {path}: {cause}"), help: None })?;
    if bytes.len() > LARGEST {
        let headline = format!("{path} is larger than {} MiB, which no page is", LARGEST >> 20);
        return Err(refuse(headline, "save the one page that is to be compared, without what it embeds"));
    }
    if let Some(workbook) = workbook_in(path, &bytes)? {
        return workbook::read(path, workbook);
    }
    let text = decode(path, bytes)?;
    if text.trim().is_empty() {
        return Err(refuse(format!("{path} is empty"), "save the page again, as the browser shows it"));
    }
    Ok(Page { files: vec![SourceFile::new(path, text)], sheets: Vec::new() })
}

/// A file that begins with a ZIP's first entry (APPNOTE 4.3.7) is a workbook or nothing we read.
const ZIP: &[u8] = b"PK\x03\x04";
/// Microsoft's compound file ([MS-CFB] 2.2): workbooks before 2007, and encrypted ones since.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The stream of an encrypted document ([MS-OFFCRYPTO] 2.3), in the UTF-16 of a compound file.
const ENCRYPTED: &str = "EncryptedPackage";

/// The bytes of a workbook; `None` where the file is a text.
fn workbook_in<'a>(path: &Utf8Path, bytes: &'a [u8]) -> Result<Option<&'a [u8]>, PageError> {
    if bytes.starts_with(ZIP) {
        return Ok(Some(bytes));
    }
    if bytes.starts_with(COMPOUND) {
        let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = bytes.windows(name.len()).any(|part| part == name);
        return Err(if is_encrypted {
            refuse(format!("{path} is encrypted"), "save it without a password, or save the sheet as CSV in UTF-8")
        } else {
            refuse(
                format!("{path} is a document of before 2007, which is not read"),
                "open it and save it as .xlsx, or save the sheet as CSV in UTF-8",
            )
        });
    }
    match path.extension().map(str::to_ascii_lowercase).as_deref() {
        Some("xlsx" | "xlsm") => Err(refuse(
            format!("{path} is no workbook: it does not begin as a ZIP file does"),
            "save it again as .xlsx; a page that only bears this name can be renamed to what it is, .html or .csv",
        )),
        _ => Ok(None),
    }
}

fn read_bounded(path: &Utf8Path) -> io::Result<Vec<u8>> {
    let metadata = path.metadata()?;
    // A pipe would wait for its writer, a device might never end.
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    #[expect(clippy::disallowed_methods, reason = "this is the room that reads")]
    let file = std::fs::File::open(path)?;
    let mut bytes = Vec::new();
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn decode(path: &Utf8Path, mut bytes: Vec<u8>) -> Result<String, PageError> {
    if let Some(encoding) = [(&b"\xff\xfe"[..], "UTF-16LE"), (b"\xfe\xff", "UTF-16BE")]
        .into_iter()
        .find_map(|(mark, encoding)| bytes.starts_with(mark).then_some(encoding))
    {
        return Err(foreign(path, encoding));
    }
    if bytes.contains(&0) {
        return Err(refuse(
            format!("{path} is no text: it holds zero bytes"),
            if matches!(path.extension(), Some("html" | "htm" | "xhtml")) {
                "save the page again, as \"HTML only\" and in UTF-8"
            } else {
                "save the page as HTML or as UTF-8 text"
            },
        ));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| match declared_encoding(error.as_bytes()) {
        Some(encoding) => foreign(path, &encoding),
        None => refuse(
            format!("{path} is not UTF-8: see byte {}", error.utf8_error().valid_up_to()),
            "convert it, for example with `iconv -f SHIFT_JIS -t UTF-8`",
        ),
    })
}

fn foreign(path: &Utf8Path, encoding: &str) -> PageError {
    let help = format!(
        "convert it: `iconv -f {encoding} -t UTF-8 {path} > {}-utf8.{}`",
        path.with_extension(""),
        path.extension().unwrap_or("txt")
    );
    PageError { headline: format!("{path} is in {encoding}, not in UTF-8"), help: Some(help) }
}

/// What an HTML page says of itself: `charset=Shift_JIS`.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let value = start.split_once("charset=")?.1.trim_start_matches(['"', '\'']);
    let name: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    (!name.is_empty() && !name.starts_with("utf-8")).then(|| name.to_ascii_uppercase())
}
