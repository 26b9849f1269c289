//! Markup and addresses that texts may not hold, each with what to write instead.

use std::ops::Range;

use super::reader::Reader;
use super::{Block, RefKind, What};
use crate::diagnostic::Code;
use crate::words::is_wide;

impl Reader<'_> {
    /// Web and mail addresses, which belong under `sources` or `hosts`.
    pub(super) fn check_addresses(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        let mut at = 0;
        for word in
            text.split(|c: char| c.is_whitespace() || is_wide(c) || matches!(c, '(' | ')' | '<' | '>' | '"' | '`'))
        {
            if is_address(word) {
                self.raw_url(range.start + at..range.start + at + word.len());
            }
            at += word.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }

    pub(super) fn refuse_html(&mut self, range: Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let inner = text.strip_prefix('<').and_then(RefKind::strip);
        if inner.is_some_and(|(_, rest)| rest.starts_with(':')) {
            self.mistake(
                range,
                Code::BrokenReference,
                "a reference was left over as HTML",
                "write `<kind:id>` without spaces in it",
            );
        } else {
            self.mistake(
                range,
                Code::MarkupNotAllowed,
                "HTML is not allowed in texts",
                "write `&lt;` for a literal `<`",
            );
        }
    }

    pub(super) fn refuse_block(&mut self, range: Range<usize>, what: &str) {
        let at = range.start..range.start;
        self.refuse(range, what);
        self.shown.push(What::Start(Block::Paragraph), &at);
    }

    pub(super) fn refuse(&mut self, range: Range<usize>, what: &str) {
        let is_one_line = !self.text.trim().contains('\n');
        // Nobody writes an image by accident.
        if is_one_line && what != "an image" {
            self.mistake(
                range,
                Code::AccidentalMarkup,
                format!("Markdown takes this text for {what}"),
                "put a backslash before its first sign, for example `\\# …` or `23\\. …`",
            );
        } else {
            self.mistake(
                range,
                Code::MarkupNotAllowed,
                format!("{what} is not allowed in texts"),
                "texts are paragraphs and lists; put a backslash before the sign if it is part of the text",
            );
        }
    }
}

/// `scheme://…`, `www.…`, `name@host.tld`.
fn is_address(word: &str) -> bool {
    let scheme = word
        .split_once("://")
        .map(|(scheme, rest)| scheme.chars().last().is_some_and(char::is_alphanumeric) && !rest.is_empty());
    let is_mail = word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.trim_end_matches('.').contains('.') && !host.contains('@')
    });
    scheme == Some(true) || word.to_ascii_lowercase().starts_with("www.") || is_mail
}
