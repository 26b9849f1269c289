//! Markdown events → Markdown text, for the twins of pages. `pulldown-cmark` only reads Markdown;
//! our texts are paragraphs and lists, so writing it takes a page.

use pulldown_cmark::{Event, Tag, TagEnd};

/// Appends events as Markdown text. Blocks are parted by an empty line.
pub(super) fn push_markdown(out: &mut String, events: &[Event<'_>]) {
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut links = Vec::new();
    for event in events {
        match event {
            Event::Text(text) => push_escaped(out, text),
            Event::Code(code) => push_code(out, code),
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out.push_str("\\\n"),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => out.push('*'),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => out.push_str("**"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                out.push('[');
                links.push(dest_url.clone());
            }
            Event::End(TagEnd::Link) => {
                let destination = links.pop().unwrap_or_else(|| "".into());
                out.push_str("](");
                out.push_str(&destination);
                out.push(')');
            }
            Event::Start(Tag::List(first)) => {
                if !lists.is_empty() {
                    out.push('\n');
                }
                lists.push(*first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                // Inside an item the next one follows at once: an empty line would make the list loose.
                if lists.is_empty() {
                    out.push('\n');
                }
            }
            Event::Start(Tag::Item) => start_item(out, &mut lists),
            Event::End(TagEnd::Item) if !out.ends_with('\n') => out.push('\n'),
            Event::End(TagEnd::Paragraph) => out.push_str(if lists.is_empty() { "\n\n" } else { "\n" }),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
}

fn start_item(out: &mut String, lists: &mut [Option<u64>]) {
    let depth = lists.len().saturating_sub(1);
    out.push_str(&"    ".repeat(depth));
    match lists.last_mut() {
        Some(Some(number)) => {
            out.push_str(&number.to_string());
            out.push_str(". ");
            *number += 1;
        }
        _ => out.push_str("- "),
    }
}

/// Escapes every character that could be taken for markup.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ => out.push(c),
        }
    }
}

/// A code span whose fence is longer than any run of backticks in it.
fn push_code(out: &mut String, code: &str) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    for part in [&fence, pad, code, pad, &fence] {
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Parser, html};

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
        ] {
            let events: Vec<_> = Parser::new(text).collect();
            let mut written = String::new();
            push_markdown(&mut written, &events);
            let render = |text: &str| {
                let mut out = String::new();
                html::push_html(&mut out, Parser::new(text));
                out
            };
            assert_eq!(render(&written), render(text), "{text:?} became {written:?}");
        }
    }
}
