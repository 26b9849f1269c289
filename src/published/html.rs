//! HTML → lines and tables. The tokenizer is html5gum's; which tags matter is decided here, without a
//! tree: a page that never closes its tags or nests them without end costs no more than its length.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::grid::{Budget, RawCell, RawRow, lay_out, read_columns, read_reach};
use super::{Block, Cell, Published, Table};
use crate::span::{FileId, Span};

/// Tables within tables beyond this are read as plain text of the cell.
const DEEPEST: usize = 8;
/// A mark behind a word, not a part of it: "443" and a raised "1" is no port 4431.
const LONGEST_MARK: usize = 4;

const UNSEEN: &[&str] = &["script", "style", "template", "noscript", "svg", "select", "title"];
const AROUND: &[&str] = &["nav", "footer"];
const CONTENT: &[&str] = &["table", "main", "article", "body"];
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "ruby", "rb", "label",
];

/// Reads a page.
pub(super) fn parse_html(file: FileId, text: &str) -> Published {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = HtmlPage::new(file, text);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => reader.open(&tag),
            Ok(Token::EndTag(tag)) => reader.close(&String::from_utf8_lossy(&tag.name)),
            Ok(Token::String(words)) => {
                reader.read_text(&String::from_utf8_lossy(&words.value), words.span.start..words.span.end);
            }
            Ok(Token::Comment(_) | Token::Doctype(_) | Token::Error(_)) => {}
            Err(never) => match never {},
        }
    }
    reader.finish()
}

struct HtmlPage<'a> {
    file: FileId,
    text: &'a str,
    page: Published,
    line: Cell,
    tables: Vec<OpenTable>,
    budget: Budget,
    /// The element whose content readers don't see, and how often it is open.
    unseen: Option<(String, usize)>,
    is_raised: bool,
    /// Tables opened beyond `DEEPEST`.
    ignored: usize,
}

#[derive(Default)]
struct OpenTable {
    rows: Vec<RawRow>,
    row: Option<RawRow>,
    cell: Option<RawCell>,
    begins_group: bool,
    start: usize,
}

impl OpenTable {
    fn end_cell(&mut self) {
        if let Some(mut raw) = self.cell.take() {
            raw.cell.text.truncate(raw.cell.text.trim_end().len());
            self.row.get_or_insert_default().cells.push(raw);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(mut row) = self.row.take() {
            row.begins_group = std::mem::take(&mut self.begins_group);
            self.rows.push(row);
        }
    }
}

impl<'a> HtmlPage<'a> {
    fn new(file: FileId, text: &'a str) -> Self {
        Self {
            file,
            text,
            page: Published::default(),
            line: Cell::default(),
            tables: Vec::new(),
            budget: Budget::default(),
            unseen: None,
            is_raised: false,
            ignored: 0,
        }
    }

    fn open(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if self.is_unseen(&name) {
            return;
        }
        if !tag.self_closing && (UNSEEN.contains(&name.as_str()) || AROUND.contains(&name.as_str())) {
            self.unseen = Some((name, 1));
            return;
        }
        let value =
            |key: &str| tag.attributes.get(key.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned());
        match name.as_str() {
            "table" => self.open_table(tag.span.start),
            "tr" => self.with_table(OpenTable::end_row, |table| table.row = Some(RawRow::default())),
            "thead" | "tbody" | "tfoot" => self.with_table(OpenTable::end_row, |table| table.begins_group = true),
            "td" | "th" => {
                let mut cell = Cell { is_heading: name == "th", ..Cell::default() };
                cell.push_decoded("", Span::new(self.file, tag.span.start..tag.span.end));
                let (columns, reach) =
                    (read_columns(value("colspan").as_deref()), read_reach(value("rowspan").as_deref()));
                self.with_table(OpenTable::end_cell, |table| table.cell = Some(RawCell { cell, columns, reach }));
            }
            "sup" => self.is_raised = true,
            "li" => {
                self.break_line();
                let span = Span::new(self.file, tag.span.start..tag.span.end);
                self.target().push_decoded("• ", span);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "caption" => {
                self.break_line();
                if self.tables.last().is_none_or(|table| table.cell.is_none()) {
                    self.line.is_heading = true;
                }
            }
            other if INLINE.contains(&other) => {}
            _ => self.break_line(),
        }
    }

    /// Keeps count of elements of the unseen one's name; whether the tag lies within it.
    fn is_unseen(&mut self, name: &str) -> bool {
        let Some((open, depth)) = &mut self.unseen else { return false };
        // A `nav` that is never closed must not hide the page.
        let is_content = CONTENT.contains(&name) && AROUND.contains(&open.as_str());
        if is_content {
            self.unseen = None;
            return false;
        }
        *depth += usize::from(open == name);
        true
    }

    fn close(&mut self, name: &str) {
        if let Some((open, depth)) = &mut self.unseen {
            *depth -= usize::from(open == name);
            if *depth == 0 {
                self.unseen = None;
            }
            return;
        }
        match name {
            "table" => self.close_table(),
            "tr" | "thead" | "tbody" | "tfoot" => self.with_table(OpenTable::end_row, |_| ()),
            "td" | "th" => self.with_table(OpenTable::end_cell, |_| ()),
            "sup" => self.is_raised = false,
            other if INLINE.contains(&other) => {}
            _ => self.break_line(),
        }
    }

    fn open_table(&mut self, start: usize) {
        if self.tables.len() == DEEPEST {
            if self.ignored == 0 {
                let what = format!("tables nested more than {DEEPEST} deep are read as text");
                self.page.left_out.push((Span::new(self.file, start..start + "<table".len()), what));
            }
            self.ignored += 1;
            return;
        }
        if self.tables.is_empty() {
            self.end_line();
        }
        self.tables.push(OpenTable { start, ..OpenTable::default() });
    }

    fn close_table(&mut self) {
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        let Some(mut open) = self.tables.pop() else { return };
        open.end_row();
        let (table, left) = lay_out(open.rows, &mut self.budget);
        if left > 0 {
            let span = Span::new(self.file, open.start..open.start + "<table".len());
            self.page.left_out.push((span, format!("{left} rows of this table")));
        }
        if let Some(cell) = self.tables.last_mut().and_then(|outer| outer.cell.as_mut()) {
            cell.cell.inner.extend(table.cells.iter().cloned());
        }
        self.page.blocks.push(Block::Table(table));
    }

    /// Ends what the tag ends by implication, then begins what it begins.
    fn with_table(&mut self, end: impl Fn(&mut OpenTable), begin: impl FnOnce(&mut OpenTable)) {
        if self.ignored > 0 {
            return self.break_line();
        }
        if let Some(table) = self.tables.last_mut() {
            end(table);
            begin(table);
        }
    }

    /// Where text goes: into the open cell; text between cells is read as prose, as browsers do.
    fn target(&mut self) -> &mut Cell {
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some(raw) => &mut raw.cell,
            None => &mut self.line,
        }
    }

    fn read_text(&mut self, decoded: &str, range: std::ops::Range<usize>) {
        if self.unseen.is_some() {
            return;
        }
        if self.is_raised && decoded.trim().chars().count() <= LONGEST_MARK {
            let span = Span::new(self.file, range);
            return self.target().push_decoded("*", span);
        }
        let (file, text) = (self.file, self.text);
        let range = text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end);
        let written = &text[range.clone()];
        let target = self.target();
        let mut cursor = 0;
        let is_part = |c: char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{200d}' | '\u{2060}' | '\u{feff}');
        if decoded.starts_with(char::is_whitespace) {
            push_space(target);
        }
        for (position, word) in decoded.split_whitespace().enumerate() {
            if position > 0 {
                push_space(target);
            }
            // A word with character references has no place of its own, only the text around it.
            match written[cursor..].find(word) {
                Some(at) => {
                    let start = range.start + cursor + at;
                    let mut offset = 0;
                    for part in word.split(is_part) {
                        target.push_verbatim(part, file, start + offset);
                        offset += part.len() + word[offset + part.len()..].chars().next().map_or(0, char::len_utf8);
                    }
                    cursor += at + word.len();
                }
                None => target.push_decoded(&word.replace(is_part, ""), Span::new(file, range.clone())),
            }
        }
        if decoded.ends_with(char::is_whitespace) {
            push_space(target);
        }
    }

    fn break_line(&mut self) {
        if self.tables.last().is_some_and(|table| table.cell.is_some()) {
            let cell = self.target();
            if !cell.text.is_empty() && !cell.text.ends_with('\n') {
                cell.text.truncate(cell.text.trim_end().len());
                cell.text.push('\n');
            }
            return;
        }
        self.end_line();
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.text.truncate(line.text.trim_end().len());
        if !line.text.is_empty() {
            self.page.blocks.push(Block::Line(line));
        }
    }

    fn finish(mut self) -> Published {
        self.ignored = 0;
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.end_line();
        let is_empty = |block: &Block| matches!(block, Block::Table(Table { cells, .. }) if cells.is_empty());
        self.page.blocks.retain(|block| !is_empty(block));
        self.page
    }
}

fn push_space(cell: &mut Cell) {
    if !cell.text.is_empty() && !cell.text.ends_with([' ', '\n']) {
        cell.text.push(' ');
    }
}
