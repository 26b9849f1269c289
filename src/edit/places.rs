//! Where in a YAML file a text or a key of an item stands or shall stand.

use std::collections::BTreeMap;

use crate::diagnostic::Report;
use crate::parse::yaml::{Entry, Node, ScalarStyle, Value, parse_yaml};
use crate::source::SourceFile;
use crate::span::FileId;

use super::scalar::{Room, write_scalar};
use super::splice::{Splice, line_break, line_end, line_start};

/// A parsed file, by the places of its keys.
pub(super) struct Places<'a> {
    file: &'a SourceFile,
    root: Node,
}

/// A text that is to be written in a locale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// The locale's tag.
    pub(super) tag: &'a str,
    /// The tags of all locales in the order in which texts are written: the source locale, then as
    /// in the menu.
    pub(super) order: &'a [&'a str],
    /// Without line breaks at its end.
    pub(super) text: &'a str,
}

impl<'a> Places<'a> {
    /// Parses a file. `None`: it is no YAML.
    pub(super) fn of(id: FileId, file: &'a SourceFile) -> Option<Self> {
        let root = parse_yaml(id, file, &mut Report::default())?;
        Some(Self { file, root })
    }

    /// The whole file.
    pub(super) fn root(&self) -> &Node {
        &self.root
    }

    /// Every entry of every map, by the byte at which its key begins.
    pub(super) fn entries(&self) -> BTreeMap<u32, &Entry> {
        let mut entries = BTreeMap::new();
        collect(&self.root, &mut entries);
        entries
    }

    /// Writes a text under a key: in place of the locale's own, or beside the others. `None`: the key
    /// has one text for all locales, or the locale's value is no text.
    pub(super) fn set_text(&self, entry: &Entry, wanted: Wanted<'_>) -> Option<Splice> {
        let Value::Map(locales) = &entry.value.value else { return None };
        let is_inline = self.is_inline(&entry.value);
        match locales.iter().find(|locale| locale.key.value == wanted.tag) {
            Some(locale) => self.replace(locales, locale, is_inline, wanted.text),
            None => self.insert_locale(locales, is_inline, wanted),
        }
    }

    fn replace(&self, locales: &[Entry], locale: &Entry, is_inline: bool, text: &str) -> Option<Splice> {
        let scalar = locale.value.as_scalar()?;
        let source = &self.file.text;
        let span = locale.value.span.range();
        if is_block(scalar.style) {
            let (header_at, header) = self.header(locale)?;
            let room = Room { is_inline, indent: self.indent_of_block(locale) };
            let end = self.end_of(&locale.value).max(header_at + header.len());
            return Some(Splice::new(
                header_at..end,
                self.broken(&write_scalar(text, scalar.style, &plain_header(header), room)),
            ));
        }
        let (style, header) =
            if locale.value.is_null() { self.style_beside(locales, locale) } else { (scalar.style, String::new()) };
        // A comment behind the value would end up in a block; it moves behind the block's sign.
        let line = line_end(source, span.end);
        let rest = source[span.end..line].trim_end_matches(['\n', '\r']);
        let room = Room { is_inline, indent: self.column(locale) + 2 };
        let written = write_scalar(text, style, &header, room);
        if written.contains('\n') && !rest.trim().is_empty() {
            let (sign, body) = written.split_once('\n')?;
            let moved = format!("{sign}{rest}\n{body}");
            return Some(Splice::new(span.start..span.end + rest.len(), self.broken(&moved)));
        }
        if span.is_empty() {
            // `de:` and nothing: the value begins behind the colon.
            let at = locale.key.span.range().end;
            let colon = at + source[at..].find(':')? + 1;
            return Some(Splice::new(colon..colon, self.broken(&format!(" {written}"))));
        }
        Some(Splice::new(span, self.broken(&written)))
    }

    fn insert_locale(&self, locales: &[Entry], is_inline: bool, wanted: Wanted<'_>) -> Option<Splice> {
        let rank = |tag: &str| wanted.order.iter().position(|known| *known == tag).unwrap_or(usize::MAX);
        let earlier = locales.iter().rfind(|locale| rank(&locale.key.value) < rank(wanted.tag));
        let before = earlier.or(locales.last())?;
        let (style, header) = self.style_of(before).unwrap_or_else(|| self.style_beside(locales, before));
        let indent = if is_block(style) { self.block_indent_beside(locales, before) } else { self.column(before) + 2 };
        let written = write_scalar(wanted.text, style, &header, Room { is_inline, indent });
        let tag = wanted.tag;
        if is_inline {
            let at = before.value.span.range().end;
            return Some(Splice::new(at..at, format!(", {tag}: {written}")));
        }
        let at = self.end_of(&before.value);
        let indent = " ".repeat(self.column(before));
        Some(Splice::new(at..at, self.broken(&format!("\n{indent}{tag}: {written}"))))
    }

    /// Adds a key to an item, behind its last one. `None`: the item is no map.
    pub(super) fn add_key(&self, item: &Node, key: &str, value: &str) -> Option<Splice> {
        let Value::Map(entries) = &item.value else { return None };
        let Some(last) = entries.last() else {
            let at = item.span.range().start + 1;
            return Some(Splice::new(at..at, format!(" {} ", pair(key, value))));
        };
        if self.is_inline(item) {
            let at = last.value.span.range().end;
            return Some(Splice::new(at..at, format!(", {}", pair(key, value))));
        }
        let at = self.end_of(&last.value).max(last.key.span.range().end);
        let indent = " ".repeat(self.column(last));
        Some(Splice::new(at..at, self.broken(&format!("\n{indent}{}", pair(key, value)))))
    }

    /// Adds a key to a map where the order of its keys has a place for it, and behind the last one where they
    /// are in no order. What is said above a key in comments stays with it.
    pub(super) fn add_key_in_order(&self, map: &Node, key: &str, value: &str) -> Option<Splice> {
        let Value::Map(entries) = &map.value else { return None };
        let is_sorted = entries.len() > 1 && entries.is_sorted_by(|a, b| a.key.value < b.key.value);
        let next = entries.iter().find(|entry| is_sorted && entry.key.value.as_str() > key);
        let Some(next) = next.filter(|_| !self.is_inline(map)) else { return self.add_key(map, key, value) };
        let text = &self.file.text;
        let mut at = line_start(text, next.key.span.range().start);
        while at > 0 {
            let above = line_start(text, at - 1);
            if !text[above..at].trim_start().starts_with('#') {
                break;
            }
            at = above;
        }
        let indent = " ".repeat(self.column(next));
        Some(Splice::new(at..at, self.broken(&format!("{indent}{}\n", pair(key, value)))))
    }

    /// Adds a key at the top of a file, in front of its first one.
    pub(super) fn add_first_key(&self, key: &str, value: &str) -> Option<Splice> {
        let Value::Map(entries) = &self.root.value else { return None };
        let first = entries.first()?;
        let at = first.key.span.range().start;
        if self.is_inline(&self.root) {
            return Some(Splice::new(at..at, format!("{key}: {value}, ")));
        }
        Some(Splice::new(at..at, self.broken(&format!("{key}: {value}\n"))))
    }

    /// The splice's line breaks are those of the file.
    fn broken(&self, text: &str) -> String {
        text.replace('\n', line_break(&self.file.text))
    }

    fn column(&self, entry: &Entry) -> usize {
        let at = entry.key.span.range().start;
        at - line_start(&self.file.text, at)
    }

    /// Whether a map or list is written in brackets.
    pub(super) fn is_inline(&self, node: &Node) -> bool {
        self.file.text[node.span.range().start..].starts_with(['{', '['])
    }

    /// The sign of a block and what stands behind it on its line.
    fn header(&self, entry: &Entry) -> Option<(usize, &str)> {
        let text = &self.file.text;
        let behind_key = entry.key.span.range().end;
        let at = behind_key + text[behind_key..].find(['|', '>'])?;
        Some((at, text[at..line_end(text, at)].trim_end_matches(['\n', '\r'])))
    }

    /// Columns before the lines of a block.
    fn indent_of_block(&self, entry: &Entry) -> usize {
        let text = &self.file.text;
        let span = entry.value.span.range();
        let digit = self.header(entry).and_then(|(_, header)| {
            let sign = header.split([' ', '#']).next().unwrap_or_default();
            sign.chars().find_map(|c| c.to_digit(10))
        });
        if let Some(digit) = digit {
            return self.column(entry) + digit as usize;
        }
        let lead = text[span.clone()].len() - text[span.clone()].trim_start().len();
        let first = (span.start + lead).min(text.len());
        let indent = first - line_start(text, first);
        if indent > self.column(entry) { indent } else { self.column(entry) + 2 }
    }

    fn block_indent_beside(&self, locales: &[Entry], beside: &Entry) -> usize {
        let blocks =
            || locales.iter().filter(|locale| locale.value.as_scalar().is_some_and(|scalar| is_block(scalar.style)));
        let same = blocks().find(|locale| locale.key.span == beside.key.span);
        same.or_else(|| blocks().next()).map_or(self.column(beside) + 2, |block| self.indent_of_block(block))
    }

    /// The style of a locale's own text.
    fn style_of(&self, locale: &Entry) -> Option<(ScalarStyle, String)> {
        let scalar =
            locale.value.as_scalar().filter(|scalar| !locale.value.is_null() && !scalar.text.starts_with('='))?;
        let header = self.header(locale).filter(|_| is_block(scalar.style));
        Some((scalar.style, header.map_or(String::new(), |(_, header)| plain_header(header))))
    }

    /// The style of the other texts of a map.
    fn style_beside(&self, locales: &[Entry], beside: &Entry) -> (ScalarStyle, String) {
        let mut others = locales.iter().filter(|locale| locale.key.span != beside.key.span);
        others.find_map(|locale| self.style_of(locale)).unwrap_or((ScalarStyle::Plain, String::new()))
    }

    /// Where a value ends, without the line break behind it and with the comment on its line.
    fn end_of(&self, node: &Node) -> usize {
        let text = &self.file.text;
        let span = node.span.range();
        let last = match &node.value {
            Value::Map(entries) if !self.is_inline(node) => entries.last().map(|entry| &entry.value),
            Value::List(items) if !self.is_inline(node) => items.last(),
            Value::Scalar(_) | Value::Map(_) | Value::List(_) => None,
        };
        if let Some(last) = last {
            return self.end_of(last);
        }
        // The span of a block reaches over empty lines behind it.
        let at = span.start + text[span].trim_end().len();
        let line = line_end(text, at);
        at + text[at..line].trim_end_matches(['\n', '\r']).len()
    }
}

/// A value of several lines begins below its key.
fn pair(key: &str, value: &str) -> String {
    let space = if value.starts_with('\n') { "" } else { " " };
    format!("{key}:{space}{value}")
}

fn collect<'a>(node: &'a Node, entries: &mut BTreeMap<u32, &'a Entry>) {
    match &node.value {
        Value::Scalar(_) => {}
        Value::List(items) => items.iter().for_each(|item| collect(item, entries)),
        Value::Map(map) => {
            for entry in map {
                entries.insert(entry.key.span.start, entry);
                collect(&entry.value, entries);
            }
        }
    }
}

fn is_block(style: ScalarStyle) -> bool {
    matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
}

/// A block's sign without the number that fixes its indentation, which a new text need not have.
fn plain_header(header: &str) -> String {
    let comment = header.find('#').unwrap_or(header.len());
    let (sign, comment) = header.split_at(comment);
    sign.chars().filter(|c| !c.is_ascii_digit()).chain(comment.chars()).collect()
}
