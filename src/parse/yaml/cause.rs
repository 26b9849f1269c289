//! Why a file is no YAML. A parser stops where it can't go on, which may be far below the quotation
//! mark that is never closed; this looks, line by line, for the slip that people make, so that it is
//! told first and where it is. Only asked once the parser has given up.

use std::ops::Range;

/// What a writer has to mend.
pub(super) struct Cause {
    /// Where.
    pub(super) range: Range<usize>,
    /// What is wrong.
    pub(super) headline: String,
    /// The next step.
    pub(super) help: String,
}

fn cause(range: Range<usize>, headline: impl Into<String>, help: impl Into<String>) -> Cause {
    Cause { range, headline: headline.into(), help: help.into() }
}

/// The first slip at or above the place where the parser gave up.
pub(super) fn find(text: &str, gave_up: usize) -> Option<Cause> {
    let mut finder = Finder { text, line: 0, indent: 0, brackets: Vec::new(), above: None, levels: vec![0] };
    let end = text[gave_up..].find('\n').map_or(text.len(), |at| gave_up + at + 1);
    while finder.line < end {
        if let Some(cause) = finder.next_line() {
            return Some(cause);
        }
    }
    finder.brackets.last().map(|open| unclosed_bracket(text, *open))
}

struct Finder<'a> {
    text: &'a str,
    /// Where the line in hand begins.
    line: usize,
    /// Its indentation.
    indent: usize,
    /// Brackets that are open.
    brackets: Vec<usize>,
    /// The key above and whether it has a value on its line.
    above: Option<(usize, bool)>,
    /// Indentations of the maps that are open.
    levels: Vec<usize>,
}

impl Finder<'_> {
    fn line_end(&self, from: usize) -> usize {
        self.text[from..].find('\n').map_or(self.text.len(), |at| from + at)
    }

    fn next_line(&mut self) -> Option<Cause> {
        let end = self.line_end(self.line);
        let line = &self.text[self.line..end];
        let content = line.trim_start_matches(' ');
        let start = self.line + line.len() - content.len();
        let next = (end + 1).min(self.text.len()).max(end);
        if content.is_empty() || content.starts_with('#') {
            self.line = next.max(self.line + 1);
            return None;
        }
        self.indent = start - self.line;
        let is_inside = self.brackets.last().is_some_and(|open| self.indent > indent_of(self.text, *open));
        if let Some(open) = self.brackets.last().filter(|_| !is_inside && !content.starts_with([']', '}'])) {
            return Some(unclosed_bracket(self.text, *open));
        }
        self.line = next.max(self.line + 1);
        let is_block = self.brackets.is_empty();
        let start = if is_block { start + dashes(content) } else { start };
        if is_block && let Some(cause) = self.key_line(start, end) {
            return Some(cause);
        }
        self.values(start, end)
    }

    /// A line of a block: does it stand where a key may stand, and is it one?
    fn key_line(&mut self, start: usize, end: usize) -> Option<Cause> {
        let column = start - self.text[..start].rfind('\n').map_or(0, |line| line + 1);
        let content = self.text[start..end].trim_end();
        let Some(colon) = key_end(content) else {
            let word = content.split(" #").next().unwrap_or(content).trim_end();
            if let Some((key, value)) = word.split_once(':')
                && is_key(key)
                && !value.starts_with("//")
            {
                let help = format!("put a space behind the colon: `{key}: {value}`");
                return Some(cause(start..start + key.len() + 1, format!("`{word}` is no key with a value"), help));
            }
            let is_item = self.text[..start].ends_with("- ");
            let has_map_below = next_content(self.text, end).is_some_and(|(indent, _)| indent > column);
            if is_key(word) && !is_item && has_map_below {
                let help = format!("write `{word}:`");
                return Some(cause(start..start + word.len(), format!("`{word}` has no colon"), help));
            }
            return None;
        };
        if let Some((above, has_value)) = self.above
            && column > above
            && has_value
        {
            let help = "indent both lines alike, or remove the value of the line above";
            return Some(cause(
                start..start + colon,
                "this line is indented deeper than the one above, which has a value",
                help,
            ));
        }
        // Between two levels the one of the line above is as near as any.
        let nearest = self.levels.iter().rev().min_by_key(|level| level.abs_diff(column)).copied();
        self.levels.retain(|level| *level <= column);
        let is_dedented = self.above.is_some_and(|(above, _)| column < above);
        if is_dedented && !self.levels.contains(&column) {
            let help = format!("indent it like its neighbors: {} spaces", nearest.unwrap_or(0));
            return Some(cause(start..start + colon, "this line is indented like none above", help));
        }
        if self.levels.last() != Some(&column) {
            self.levels.push(column);
        }
        let value = content[colon + 1..].trim_start();
        self.above = Some((column, !value.is_empty() && !value.starts_with('#')));
        if value.starts_with(['|', '>']) {
            self.skip_block(column);
            return None;
        }
        let is_plain = !value.is_empty() && !value.starts_with(['"', '\'', '[', '{', '#', '&', '*', '!']);
        let plain = value.split(" #").next().unwrap_or(value).trim_end();
        if is_plain && (plain.contains(": ") || plain.ends_with(':')) {
            let key = &content[..colon];
            let at = end - self.text[start..end].len() + content.len() - value.len();
            let help = format!("quote the text: `{key}: \"{}\"`", plain.replace('\\', "\\\\").replace('"', "\\\""));
            return Some(cause(at..at + plain.len(), "this text contains `: `, which YAML takes for a key", help));
        }
        None
    }

    /// The lines of a block scalar are text.
    fn skip_block(&mut self, column: usize) {
        while self.line < self.text.len() {
            let end = self.line_end(self.line);
            let line = &self.text[self.line..end];
            if !line.trim().is_empty() && line.len() - line.trim_start_matches(' ').len() <= column {
                return;
            }
            self.line = (end + 1).min(self.text.len());
        }
    }

    /// Quotation marks and brackets of a line.
    fn values(&mut self, start: usize, end: usize) -> Option<Cause> {
        let bytes = self.text.as_bytes();
        let mut at = start;
        // A quotation mark or a bracket opens something only where a value may begin.
        let mut may_begin = true;
        while at < end {
            match bytes[at] {
                b' ' => {
                    if bytes.get(at + 1) == Some(&b'#') {
                        return None;
                    }
                }
                quote @ (b'"' | b'\'') if may_begin => {
                    match self.close_quote(at, quote) {
                        Ok(close) => at = close,
                        Err(cause) => return Some(cause),
                    }
                    // A text over several lines ends on another one.
                    if at >= end {
                        self.line = (self.line_end(at) + 1).min(self.text.len());
                        return self.behind_quote(at + 1).or_else(|| self.values_behind(at + 1));
                    }
                    if let Some(cause) = self.behind_quote(at + 1) {
                        return Some(cause);
                    }
                    may_begin = false;
                }
                b'[' | b'{' if may_begin => self.brackets.push(at),
                close @ (b']' | b'}') if !self.brackets.is_empty() => {
                    let open = self.brackets.pop()?;
                    if (bytes[open] == b'[') != (close == b']') {
                        return Some(mismatched(self.text, open, at));
                    }
                    may_begin = false;
                }
                b',' if !self.brackets.is_empty() => may_begin = true,
                b':' if matches!(bytes.get(at + 1), None | Some(b' ' | b'\n')) => may_begin = true,
                _ => may_begin = false,
            }
            at += 1;
        }
        None
    }

    fn values_behind(&mut self, at: usize) -> Option<Cause> {
        let end = self.line_end(at.min(self.text.len()));
        // Behind a closed text nothing may begin but what a comma or a colon announces.
        self.text[at.min(end)..end].find([',', ']', '}', ':']).and_then(|found| self.values(at + found, end))
    }

    /// Where a quoted text ends.
    fn close_quote(&self, open: usize, quote: u8) -> Result<usize, Cause> {
        let bytes = self.text.as_bytes();
        let own_end = self.line_end(open);
        let mut at = open + 1;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if quote == b'"' => at += 1,
                b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
                byte if byte == quote => return Ok(at),
                b'\n' if self.is_structure(at + 1, open) => break,
                _ => {}
            }
            at += 1;
        }
        let line = &self.text[open..own_end];
        let quote = char::from(quote);
        let help = format!(
            "close it with `{quote}` where the text ends; inside the text write `{}`",
            if quote == '"' { "\\\"" } else { "''" }
        );
        Err(cause(open..open + line.trim_end().len(), "this quotation mark is never closed", help))
    }

    /// Whether a line looks like the next key or item instead of more of a text.
    fn is_structure(&self, line: usize, open: usize) -> bool {
        let end = self.line_end(line.min(self.text.len()));
        let Some(text) = self.text.get(line..end) else { return true };
        let content = text.trim_start_matches(' ');
        let indent = text.len() - content.len();
        !content.is_empty() && (key_end(content).is_some() || indent <= indent_of(self.text, open))
    }

    fn behind_quote(&self, at: usize) -> Option<Cause> {
        let end = self.line_end(at.min(self.text.len()));
        let rest = &self.text[at.min(end)..end];
        let content = rest.trim_start();
        let is_fine = content.is_empty() || content.starts_with([',', ']', '}', ':']) || rest.starts_with(" #");
        if is_fine {
            return None;
        }
        let start = end - content.len();
        let help = "write a quotation mark inside a text as `\\\"`, or enclose the whole text in `'…'`";
        Some(cause(start..start + content.trim_end().len(), "text stands behind the closing quotation mark", help))
    }
}

fn unclosed_bracket(text: &str, open: usize) -> Cause {
    let sign = &text[open..=open];
    let close = if sign == "[" { "]" } else { "}" };
    let help = format!("close it with `{close}`, or quote the text if `{sign}` belongs to it");
    cause(open..open + 1, format!("this `{sign}` is never closed"), help)
}

fn mismatched(text: &str, open: usize, close: usize) -> Cause {
    let (sign, found) = (&text[open..=open], &text[close..=close]);
    let expected = if sign == "[" { "]" } else { "}" };
    cause(
        open..open + 1,
        format!("this `{sign}` is never closed"),
        format!("write `{expected}` before the `{found}` behind it"),
    )
}

/// How deep the line of a place is indented.
fn indent_of(text: &str, at: usize) -> usize {
    let line = &text[text[..at].rfind('\n').map_or(0, |line| line + 1)..];
    line.len() - line.trim_start_matches(' ').len()
}

/// The first line with content behind a line's end: its indentation and itself.
fn next_content(text: &str, end: usize) -> Option<(usize, &str)> {
    let line =
        text.get(end..)?.lines().skip(1).find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))?;
    Some((line.len() - line.trim_start_matches(' ').len(), line.trim()))
}

/// The length of `- ` at the beginning, as often as it stands there.
fn dashes(content: &str) -> usize {
    let mut rest = content;
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches(' ');
    }
    content.len() - rest.len()
}

/// Where the colon behind a key stands.
fn key_end(content: &str) -> Option<usize> {
    let colon = content.find(": ").or_else(|| content.strip_suffix(':').map(str::len))?;
    is_key(content[..colon].trim_start_matches("- ").trim_matches(['"', '\''])).then_some(colon)
}

/// Keys and ids, also misspelled ones; never a sentence.
fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use granit_parser::Parser;

    /// The marked text and the headline for what the parser can't read.
    fn told(text: &str) -> (String, String) {
        let error = Parser::new_from_str(text).find_map(Result::err).unwrap_or_else(|| panic!("{text:?} is YAML"));
        let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
        let Some(found) = find(text, at) else { panic!("no cause in {text:?}: {}", error.info()) };
        (text[found.range].to_owned(), found.headline)
    }

    #[test]
    fn the_slip_is_told_where_it_is() {
        let unclosed = "this quotation mark is never closed";
        for (text, mark, headline) in [
            ("a: \"one\nb: two\n", "\"one", unclosed),
            ("a: 'one\nb: two\n", "'one", unclosed),
            ("a: \"one\nb: \"two\"\n", "\"one", unclosed),
            ("a: { b: \"one, c: [x] }\nd: two\n", "\"one, c: [x] }", unclosed),
            ("a:\n  - \"one\n  - two\n", "\"one", unclosed),
            ("a: |\n  \"text\nb: \"one\nc: 1\n", "\"one", unclosed),
            ("a: \"over\n  lines\"\nb: \"one\nc: 1\n", "\"one", unclosed),
            ("a: \"one\" two\nb: 1\n", "two", "text stands behind the closing quotation mark"),
            ("a: { b: one\nc: two\n", "{", "this `{` is never closed"),
            ("a: { b: [one }\nc: two\n", "[", "this `[` is never closed"),
            ("a:\n  b: { c: one }\n  d: [one, two\n  e: 1\n", "[", "this `[` is never closed"),
            ("a: one: two\n", "one: two", "this text contains `: `, which YAML takes for a key"),
            ("a:\n   b: one\n    c: two\n", "c", "this line is indented deeper than the one above, which has a value"),
            ("a:\n    b: one\n  c: two\n", "c", "this line is indented like none above"),
            ("a\n  b: one\n", "a", "`a` has no colon"),
            ("a: 1\nb:one\nc: 2\n", "b:", "`b:one` is no key with a value"),
        ] {
            assert_eq!(told(text), (mark.to_owned(), headline.to_owned()), "{text:?}");
        }
    }
}
