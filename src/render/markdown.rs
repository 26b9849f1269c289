//! Markdown events → Markdown text, for the twins of pages. `pulldown-cmark` only reads Markdown;
//! our texts are paragraphs and lists, so writing it takes a page.

use pulldown_cmark::{Event, Tag, TagEnd};

/// Appends events as Markdown text. Blocks are parted by an empty line, the items of a tight list
/// are not.
pub(super) fn push_markdown(out: &mut String, events: &[Event<'_>]) {
    let mut writer = Writer { out: String::new(), lists: Vec::new(), links: Vec::new(), last_list: None };
    for (position, event) in events.iter().enumerate() {
        writer.write(event, &events[position + 1..]);
    }
    let text = settle_emphasis(&writer.out);
    out.push_str(text.trim_end());
}

struct Writer {
    out: String,
    /// Lists that are open.
    lists: Vec<List>,
    /// Where the open links lead.
    links: Vec<String>,
    /// The bullet of a list that has just ended: one that follows at once needs another, or the two
    /// would be one.
    last_list: Option<char>,
}

struct List {
    /// The number of the next item; `None`: bullets.
    next: Option<u64>,
    mark: char,
    is_loose: bool,
    has_items: bool,
    /// How far the text of the present item is indented.
    indent: usize,
}

/// Stand for the marks of emphasis until what is around them is known. No text holds control
/// characters.
const EMPHASIS: [char; 2] = ['\u{1}', '\u{2}'];
const STRONG: [char; 2] = ['\u{3}', '\u{4}'];

impl Writer {
    fn write(&mut self, event: &Event<'_>, after: &[Event<'_>]) {
        match event {
            Event::Text(text) => self.push_text(text),
            Event::Code(code) => push_code(&mut self.out, code),
            Event::SoftBreak => self.new_line(),
            Event::HardBreak => {
                self.out.push('\\');
                self.new_line();
            }
            Event::Start(Tag::Emphasis) => self.out.push(EMPHASIS[0]),
            Event::End(TagEnd::Emphasis) => self.out.push(EMPHASIS[1]),
            Event::Start(Tag::Strong) => self.out.push(STRONG[0]),
            Event::End(TagEnd::Strong) => self.out.push(STRONG[1]),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.out.push('[');
                self.links.push(dest_url.to_string());
            }
            Event::End(TagEnd::Link) => {
                self.out.push_str("](");
                push_destination(&mut self.out, &self.links.pop().unwrap_or_default());
                self.out.push(')');
            }
            Event::Start(Tag::Paragraph) => {
                self.begin_block();
                self.last_list = None;
            }
            Event::Start(Tag::List(first)) => self.begin_list(*first, is_loose(after)),
            Event::End(TagEnd::List(_)) => self.last_list = self.lists.pop().map(|list| list.mark),
            Event::Start(Tag::Item) => self.begin_item(),
            _ => {}
        }
    }

    fn push_text(&mut self, text: &str) {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        // Behind the mark of an item too a line can begin a list or a heading.
        let is_start =
            line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || "-*.) ".contains(c)).is_empty();
        let is_behind_number = line.ends_with(|c: char| c.is_ascii_digit());
        if !is_start {
            return push_inner(&mut self.out, text);
        }
        // A text that is escaped in its source comes in pieces.
        if is_behind_number && text.starts_with(['.', ')']) {
            self.out.push('\\');
            return push_inner(&mut self.out, text);
        }
        push_escaped(&mut self.out, text);
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&" ".repeat(self.lists.last().map_or(0, |list| list.indent)));
    }

    /// Blocks of an item are parted as its list is: an empty line would make a tight list loose.
    fn begin_block(&mut self) {
        let is_at_mark = self.lists.last().is_some_and(|list| list.has_items) && self.out.ends_with(' ');
        if self.out.is_empty() || is_at_mark {
            return;
        }
        if self.lists.last().is_none_or(|list| list.is_loose) {
            self.out.push('\n');
        }
        self.new_line();
    }

    fn begin_list(&mut self, next: Option<u64>, is_loose: bool) {
        let marks = if next.is_some() { ['.', ')'] } else { ['-', '*'] };
        let mark = if self.last_list == Some(marks[0]) { marks[1] } else { marks[0] };
        self.begin_block();
        // Its first item begins where the block does.
        let indent = self.lists.last().map_or(0, |list| list.indent);
        self.lists.push(List { next, mark, is_loose, has_items: false, indent });
        self.last_list = None;
    }

    fn begin_item(&mut self) {
        let outer = self.lists.iter().rev().nth(1).map_or(0, |list| list.indent);
        self.last_list = None;
        let Some(list) = self.lists.last_mut() else { return };
        if list.has_items {
            self.out.push_str(if list.is_loose { "\n\n" } else { "\n" });
            self.out.push_str(&" ".repeat(outer));
        }
        let mark = match &mut list.next {
            Some(number) => {
                *number += 1;
                format!("{}{} ", *number - 1, list.mark)
            }
            None => format!("{} ", list.mark),
        };
        list.has_items = true;
        list.indent = outer + mark.len();
        self.out.push_str(&mark);
    }
}

/// Whether the list that begins before these events has paragraphs in its own items.
fn is_loose(after: &[Event<'_>]) -> bool {
    let mut depth = 0;
    for event in after {
        match event {
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) if depth == 0 => return false,
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Paragraph) if depth == 0 => return true,
            _ => {}
        }
    }
    false
}

/// Writes the marks of emphasis. Beside punctuation, and without white space on the other side, as in
/// `**「強調」**です`, `CommonMark` takes stars for stars; there a word joiner, which is neither, goes between
/// the marks and what they enclose.
fn settle_emphasis(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let backwards: Vec<char> = chars.iter().rev().copied().collect();
    let mut is_padded = vec![false; chars.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        if [EMPHASIS[0], STRONG[0]].contains(c) {
            open.push(at);
        } else if [EMPHASIS[1], STRONG[1]].contains(c) {
            let Some(start) = open.pop() else { continue };
            is_padded[start] = !is_open(&chars, start);
            is_padded[at] = !is_open(&backwards, chars.len() - 1 - at);
        }
    }
    let mut settled = String::with_capacity(text.len());
    for (c, is_padded) in chars.into_iter().zip(is_padded) {
        let joiner = if is_padded { JOINER } else { "" };
        match c {
            c if c == EMPHASIS[0] => settled.extend(["*", joiner]),
            c if c == EMPHASIS[1] => settled.extend([joiner, "*"]),
            c if c == STRONG[0] => settled.extend(["**", joiner]),
            c if c == STRONG[1] => settled.extend([joiner, "**"]),
            c => settled.push(c),
        }
    }
    settled
}

/// U+2060 takes no room and is neither white space nor punctuation.
const JOINER: &str = "\u{2060}";

/// Whether stars at a place are read as opening (left-flanking, `CommonMark` 6.2).
fn is_open(chars: &[char], at: usize) -> bool {
    let is_space = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace());
    let is_mark = |c: &char| !c.is_alphanumeric() && !c.is_whitespace();
    let before = at.checked_sub(1).and_then(|before| chars.get(before));
    let after = chars.get(at + 1);
    !is_space(after) && (!after.is_some_and(is_mark) || is_space(before))
}

/// Escapes every character that could be taken for markup, in a text that begins a line: there a
/// number or a dash could begin a list.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    let start = text.trim_start();
    out.push_str(&text[..text.len() - start.len()]);
    let digits = start.len() - start.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = start.split_at(if digits > 9 { 0 } else { digits });
    out.push_str(number);
    let is_mark = if number.is_empty() { rest.starts_with(['-', '+', '=']) } else { rest.starts_with(['.', ')']) };
    if is_mark {
        out.push('\\');
        out.push_str(&rest[..1]);
    }
    push_inner(out, &rest[usize::from(is_mark)..]);
}

fn push_inner(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' | '$' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ => out.push(c),
        }
    }
}

/// A code span whose fence is longer than any run of backticks in it.
pub(super) fn push_code(out: &mut String, code: &str) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    for part in [&fence, pad, code, pad, &fence] {
        out.push_str(part);
    }
}

/// Where a link leads. Parentheses and spaces would end it.
pub(super) fn push_destination(out: &mut String, href: &str) {
    if href.is_empty() || href.contains(['(', ')', ' ']) {
        out.push('<');
        out.push_str(href);
        out.push('>');
    } else {
        out.push_str(href);
    }
}

/// Puts a prefix before every line, so that blocks stand in an item or in a quotation.
pub(super) fn prefixed(text: &str, prefix: &str) -> String {
    let lines = tidy(text);
    let lines = lines.trim_matches('\n').lines().map(|line| format!("{prefix}{line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// The same with its first heading at a level, and those below it further down; Markdown has six.
pub(super) fn with_headings_from(text: &str, level: u8) -> String {
    let mut moved = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        // In texts the sign is escaped, and no block of code begins a line with it.
        let own = line.len() - line.trim_start_matches('#').len();
        let is_heading = own > 0 && line[own..].starts_with(' ');
        if is_heading {
            moved.push_str(&"#".repeat((own + usize::from(level) - 1).min(6)));
        }
        moved.push_str(if is_heading { &line[own..] } else { line });
    }
    moved
}

/// Between two blocks one empty line, whatever the templates left there.
pub(super) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut is_parted = true;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            is_parted = true;
            continue;
        }
        if is_parted && !tidied.is_empty() {
            tidied.push('\n');
        }
        is_parted = false;
        tidied.push_str(line);
        tidied.push('\n');
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Parser, html};

    fn render(text: &str) -> String {
        let mut out = String::new();
        html::push_html(&mut out, Parser::new(text));
        out
    }

    #[test]
    fn what_is_written_reads_as_what_was_meant() {
        for text in [
            "plain *a* **b** `c` [d](e/)",
            "one\n\ntwo",
            "- a\n- b\n    - c\n- d",
            "1. a\n2. b",
            r"a \* b \_ c \<x\> \# \[y\](z) &amp; \|",
            "``a ` b``",
            "text:\n\n- one\n- two\n\nmore",
            "- one\n\n  more of it\n\n- two\n    1. deep\n    2. deeper\n\n    and on",
            "- a\n- b\n\n* c\n* d",
            "1. a\n\n1) b",
            "9. nine\n10. ten\n\n    more of ten",
            "a\\\nb\nc",
            "- a\\\n  b\n  c",
            r"1\. no list",
            "one\n2\\. two\n\\- three\n\\+ four\n\\=== five",
            r"- \- a",
            r"1986\. A year",
            "[a](<b c>) [d](<e(f>)",
            "**a**b *c*d **e *f* g**",
            r"\$\$a\$\$ \~\~b\~\~",
        ] {
            let events: Vec<_> = Parser::new(text).collect();
            let mut written = String::new();
            push_markdown(&mut written, &events);
            assert_eq!(render(&written), render(text), "{text:?} became {written:?}");
        }
    }

    #[test]
    fn emphasis_beside_japanese_punctuation_stays_emphasis() {
        let text = |text: &'static str| Event::Text(text.into());
        let strong = [Event::Start(Tag::Strong), text("「強調」"), Event::End(TagEnd::Strong)];
        let mut written = String::new();
        push_markdown(&mut written, &[&[text("これは")][..], &strong[..], &[text("です。")][..]].concat());
        assert_eq!(written, "これは**\u{2060}「強調」\u{2060}**です。");
        let marks = Parser::new(&written).filter(|event| *event == Event::Start(Tag::Strong)).count();
        assert_eq!(marks, 1, "{}", render(&written));
    }

    #[test]
    fn a_text_of_any_characters_stays_a_text() {
        for text in [
            "- a", "+ a", "12) a", "3. a", "# a", "> a", "===", "---", "* * *", "a # b", "<b>", "&lt;", "a | b",
            "[a]: b", "`a", "![a](b)", "~~~",
        ] {
            let mut written = String::new();
            push_escaped(&mut written, text);
            let plain: Vec<_> = Parser::new(&written)
                .map(|event| match event {
                    Event::Text(text) => text.to_string(),
                    _ => String::new(),
                })
                .collect();
            assert_eq!(plain.concat(), text, "{written:?}");
            assert_eq!(Parser::new(&written).next(), Some(Event::Start(Tag::Paragraph)), "{written:?}");
        }
    }
}
