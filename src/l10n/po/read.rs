//! The text of a PO file → its entries. One pass, line by line; the first thing that is no PO ends it,
//! since nobody can tell what a half-read translation was meant to be.

use std::ops::Range;

use super::{PoEntry, PoError, PoFile, PoString};

/// Reads a whole file.
pub fn read_po(text: &str) -> Result<PoFile, PoError> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = PoLines::default();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        reader.line(line.trim_end_matches(['\n', '\r']), at)?;
        at += line.len();
    }
    reader.finish_entry()?;
    Ok(reader.file)
}

/// Which string the quoted lines below a keyword belong to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum PoField {
    Previous,
    /// `#| msgctxt`, which we have no use for.
    PreviousContext,
    Context,
    Source,
    Text,
}

/// An entry whose end is not yet reached.
#[derive(Default)]
struct Open {
    entry: PoEntry,
    has_source: bool,
    has_text: bool,
    /// The string that quoted lines go on with.
    part: Option<PoField>,
    /// Where the first keyword stands.
    start: Option<Range<usize>>,
}

#[derive(Default)]
struct PoLines {
    file: PoFile,
    open: Open,
}

fn error(range: Range<usize>, headline: impl Into<String>, help: &str) -> PoError {
    PoError { range, headline: headline.into(), help: help.to_owned() }
}

impl PoLines {
    fn line(&mut self, line: &str, at: usize) -> Result<(), PoError> {
        let indent = line.len() - line.trim_start().len();
        let (line, at) = (line.trim(), at + indent);
        if let Some(comment) = line.strip_prefix('#') {
            return self.comment(comment, at);
        }
        if line.is_empty() {
            return Ok(());
        }
        if line.starts_with('"') {
            let Some(part) =
                self.open.part.filter(|part| !matches!(part, PoField::Previous | PoField::PreviousContext))
            else {
                return Err(error(
                    at..at + line.len(),
                    "this string belongs to nothing",
                    "a string stands behind `msgctxt`, `msgid` or `msgstr`, or on the lines below",
                ));
            };
            return self.append(part, line, at);
        }
        self.keyword(line, at)
    }

    fn keyword(&mut self, line: &str, at: usize) -> Result<(), PoError> {
        let end = line.find([' ', '\t', '"']).unwrap_or(line.len());
        let whole = at..at + line.len();
        let part = match &line[..end] {
            "msgctxt" => PoField::Context,
            "msgid" => PoField::Source,
            "msgstr" => PoField::Text,
            word if word == "msgid_plural" || word.starts_with("msgstr[") => {
                return Err(error(
                    whole,
                    "a unit has no plural forms",
                    "remove the entry; `rutter export` writes none",
                ));
            }
            "domain" => return Err(error(whole, "a file has one domain", "remove the line")),
            word => {
                let word: String = word.chars().take(40).collect();
                return Err(error(
                    whole,
                    format!("this is not PO: `{word}` is no keyword"),
                    "a line begins with `msgctxt`, `msgid`, `msgstr`, `#` or a quotation mark",
                ));
            }
        };
        self.begin(part, at..at + end)?;
        let rest = &line[end..];
        let spaces = rest.len() - rest.trim_start().len();
        self.append(part, rest.trim_start(), at + end + spaces)
    }

    /// A keyword begins a string; one that the entry has already begins the next entry.
    fn begin(&mut self, part: PoField, range: Range<usize>) -> Result<(), PoError> {
        if matches!(part, PoField::Context | PoField::Source) && self.open.has_text {
            self.finish_entry()?;
        }
        let open = &mut self.open;
        match part {
            PoField::Context if open.entry.context.is_some() || open.has_source => return Err(lacks_text(open)),
            PoField::Source if open.has_source => return Err(lacks_text(open)),
            PoField::Text if !open.has_source => {
                return Err(error(range, "there is no `msgid` for this `msgstr`", "put back the `msgid` above it"));
            }
            PoField::Text if open.has_text => {
                return Err(error(range, "the entry has its `msgstr` twice", "remove one of the two"));
            }
            PoField::Context => open.entry.context = Some(PoString::default()),
            PoField::Source => open.has_source = true,
            PoField::Text => open.has_text = true,
            PoField::Previous | PoField::PreviousContext => {}
        }
        open.start.get_or_insert(range.clone());
        open.part = Some(part);
        if let Some(string) = open.string(part) {
            string.range = range;
        }
        Ok(())
    }

    fn append(&mut self, part: PoField, strings: &str, at: usize) -> Result<(), PoError> {
        let value = unquote(strings, at)?;
        let end = at + strings.len();
        if part == PoField::Previous {
            self.open.entry.previous.get_or_insert_default().push_str(&value);
        }
        if let Some(string) = self.open.string(part) {
            string.value.push_str(&value);
            string.range.end = end;
        }
        Ok(())
    }

    fn comment(&mut self, comment: &str, at: usize) -> Result<(), PoError> {
        // Comments stand above their entry; tools put their own anywhere.
        if self.open.has_text {
            self.finish_entry()?;
        }
        let entry = &mut self.open.entry;
        if let Some(note) = comment.strip_prefix('.') {
            entry.notes.push(note.strip_prefix(' ').unwrap_or(note).to_owned());
        } else if let Some(flags) = comment.strip_prefix(',') {
            entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if let Some(file) = comment.strip_prefix(':') {
            let file = file.trim().trim_start_matches('\u{2068}').trim_end_matches('\u{2069}');
            entry.file.get_or_insert_with(|| file.to_owned());
        } else if let Some(previous) = comment.strip_prefix('|') {
            return self.previous(previous, at + 2);
        }
        Ok(())
    }

    /// `#| msgid "…"` and the quoted lines below it.
    fn previous(&mut self, line: &str, at: usize) -> Result<(), PoError> {
        let indent = line.len() - line.trim_start().len();
        let (line, at) = (line.trim(), at + indent);
        let rest = line.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '_');
        let part = match &line[..line.len() - rest.len()] {
            "" => self.open.part.unwrap_or(PoField::PreviousContext),
            "msgid" => PoField::Previous,
            _ => PoField::PreviousContext,
        };
        self.open.part = Some(part);
        let strings = rest.trim_start();
        self.append(part, strings, at + line.len() - strings.len())
    }

    fn finish_entry(&mut self) -> Result<(), PoError> {
        let open = std::mem::take(&mut self.open);
        if !open.has_source && open.entry.context.is_none() {
            // Comments at the end of a file.
            return Ok(());
        }
        if !open.has_text {
            return Err(lacks_text(&open));
        }
        let is_header = open.entry.context.is_none() && open.entry.source.value.is_empty();
        if is_header {
            self.file.header.extend(header_fields(&open.entry.text.value));
        } else {
            self.file.entries.push(open.entry);
        }
        Ok(())
    }
}

impl Open {
    fn string(&mut self, part: PoField) -> Option<&mut PoString> {
        match part {
            PoField::Context => self.entry.context.as_mut(),
            PoField::Source => Some(&mut self.entry.source),
            PoField::Text => Some(&mut self.entry.text),
            PoField::Previous | PoField::PreviousContext => None,
        }
    }
}

fn lacks_text(open: &Open) -> PoError {
    let keyword = if open.has_source { "msgstr" } else { "msgid" };
    let range = open.start.clone().unwrap_or(0..0);
    error(range, format!("the entry has no `{keyword}`"), "put it back; an entry is `msgctxt`, `msgid` and `msgstr`")
}

fn header_fields(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let fields = text.lines().filter_map(|line| line.split_once(':'));
    fields.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
}

/// One or more strings on a line, joined.
fn unquote(strings: &str, at: usize) -> Result<String, PoError> {
    let mut value = String::new();
    let mut rest = strings;
    if rest.is_empty() {
        return Err(error(at.saturating_sub(1)..at, "a string is missing here", "write it between quotation marks"));
    }
    while !rest.is_empty() {
        let start = at + strings.len() - rest.len();
        let Some(body) = rest.strip_prefix('"') else {
            return Err(error(
                start..start + rest.len(),
                "something stands behind the string",
                "put a backslash before a quotation mark inside a string",
            ));
        };
        let Some(length) = closing_quote(body) else {
            return Err(error(start..start + rest.len(), "this string is never closed", "close it on the same line"));
        };
        unescape(&body[..length], start + 1, &mut value)?;
        rest = body[length + 1..].trim_start();
    }
    Ok(value)
}

fn closing_quote(body: &str) -> Option<usize> {
    let mut is_escaped = false;
    body.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    })
}

/// The escapes of C, as the manual says.
fn unescape(body: &str, at: usize, value: &mut String) -> Result<(), PoError> {
    let mut rest = body;
    while let Some(found) = rest.find('\\') {
        value.push_str(&rest[..found]);
        let start = at + body.len() - rest.len() + found;
        let escape = &rest[found + 1..];
        let (c, length) = match escape.as_bytes().first() {
            Some(b'n') => ('\n', 1),
            Some(b't') => ('\t', 1),
            Some(b'r') => ('\r', 1),
            Some(b'a') => ('\u{7}', 1),
            Some(b'b') => ('\u{8}', 1),
            Some(b'v') => ('\u{b}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(b'"') => ('"', 1),
            Some(b'\\') => ('\\', 1),
            Some(b'x') => number(&escape[1..], 16, 2).map_or(('\0', 0), |(c, length)| (c, length + 1)),
            Some(b'0'..=b'7') => number(escape, 8, 3).unwrap_or(('\0', 0)),
            _ => ('\0', 0),
        };
        if length == 0 {
            let shown: String = rest[found..].chars().take(2).collect();
            return Err(error(
                start..start + shown.len(),
                format!("`{shown}` is no escape of the format"),
                "write a backslash twice if it is part of the text",
            ));
        }
        value.push(c);
        rest = &escape[length..];
    }
    value.push_str(rest);
    Ok(())
}

/// A byte by its number; beyond ASCII it would be half a character.
fn number(digits: &str, radix: u32, most: usize) -> Option<(char, usize)> {
    let length = digits.bytes().take(most).take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let byte = u8::from_str_radix(&digits[..length], radix).ok()?;
    byte.is_ascii().then(|| (char::from(byte), length))
}
