//! A page published elsewhere, read as one text: bounded, and refused where it is none.

use std::fmt;
use std::io::{self, Read};

use camino::Utf8Path;

use super::SourceFile;

/// The largest page: a hundred times those we know.
const LARGEST: usize = 16 * 1024 * 1024;

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
pub fn read_page(path: &Utf8Path) -> Result<SourceFile, PageError> {
    let bytes = read_bounded(path)
        .map_err(|cause| PageError { headline: format!("can't read {path}: {cause}"), help: None })?;
    if bytes.len() > LARGEST {
        let headline = format!("{path} is larger than {} MiB, which no page is", LARGEST >> 20);
        return Err(refuse(headline, "save the one page that is to be compared, without what it embeds"));
    }
    let text = decode(path, bytes)?;
    if text.trim().is_empty() {
        return Err(refuse(format!("{path} is empty"), "save the page again, as the browser shows it"));
    }
    Ok(SourceFile::new(path, text))
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
