//! Markdown read, event by event.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::diagnostic::Code;
use crate::source::forbidden_character;
use crate::value::UnitKind;
use crate::words::characters::{compose, forbidden};
use crate::words::is_wide;

use super::emphasis::{JOINER, Padded, pad_emphasis, unpad};
use super::leftovers::{self, Leftover};
use super::{Block, Mistake, Prose, RefKind, Shown, Target, What, mistake, narrow};

/// A piece of a run of text.
struct RunPiece {
    shown: String,
    at: Range<usize>,
    /// In the padded text.
    padded: Range<usize>,
    /// How many word joiners it was shown with.
    joiners: usize,
}

fn mark(is_strong: bool) -> Block {
    if is_strong { Block::Strong } else { Block::Emphasis }
}

/// A list whose end is not yet reached.
struct OpenList {
    first: Option<u64>,
    start: usize,
    items: usize,
}

/// Reads one text.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    /// With U+2060 where emphasis needs it.
    padded: Padded,
    kind: UnitKind,
    pub(super) shown: Shown,
    /// Text on end, whose pieces Markdown parts at escapes and entities.
    run: Vec<RunPiece>,
    /// How many pieces stand before the last line break.
    break_at: usize,
    mistakes: Vec<Mistake>,
    lists: Vec<OpenList>,
    /// Inside a link with text of its own.
    link_depth: usize,
    /// Inside a link that is refused: its end is dropped too.
    refused_links: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, kind: UnitKind) -> Self {
        Self {
            text,
            padded: pad_emphasis(text),
            kind,
            shown: Shown::default(),
            run: Vec::new(),
            break_at: 0,
            mistakes: Vec::new(),
            lists: Vec::new(),
            link_depth: 0,
            refused_links: 0,
        }
    }

    pub(super) fn read(mut self) -> Prose {
        let padded = std::mem::take(&mut self.padded.text);
        let mut autolink = false;
        let mut soft_break: Option<Range<usize>> = None;
        let mut image_depth = 0;
        for (event, padded) in Parser::new_ext(&padded, Options::empty()).into_offset_iter() {
            let range = self.padded.original(padded.start)..self.padded.original(padded.end);
            if autolink {
                // The text of an autolink repeats its destination.
                autolink = !matches!(event, Event::End(TagEnd::Link));
                continue;
            }
            if !matches!(event, Event::Text(_)) {
                self.end_run();
            }
            // Marks of emphasis stand between a line break and the word that decides about it.
            let is_mark = matches!(
                event,
                Event::Start(Tag::Emphasis | Tag::Strong) | Event::End(TagEnd::Emphasis | TagEnd::Strong)
            );
            if let Some(at) = soft_break.take_if(|_| !is_mark) {
                self.join_lines(at, &event);
            }
            match event {
                Event::Start(Tag::Image { .. }) => {
                    image_depth += 1;
                    self.refuse(range, "an image");
                }
                Event::End(TagEnd::Image) => image_depth -= 1,
                Event::Text(text) if image_depth > 0 => self.shown.push_text(&unpad(&text), range),
                _ if image_depth > 0 => {}
                Event::Text(text) => {
                    let joiners = text.matches(JOINER).count();
                    self.run.push(RunPiece { shown: unpad(&text), at: range, padded, joiners });
                }
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
                    self.open_link(link_type, &dest_url, range);
                }
                Event::End(TagEnd::Link) if self.refused_links > 0 => self.refused_links -= 1,
                Event::End(TagEnd::Link) => {
                    self.link_depth = self.link_depth.saturating_sub(1);
                    self.shown.push(What::Close, &(range.end..range.end));
                }
                Event::SoftBreak => {
                    self.break_at = self.shown.pieces.len();
                    soft_break = Some(range);
                }
                Event::Code(text) => {
                    self.check_addresses(range.clone());
                    self.code(&unpad(&text), range);
                }
                Event::Html(text) | Event::InlineHtml(text) => {
                    self.refuse_html(range.clone());
                    self.shown.push_text(&unpad(&text), range);
                }
                Event::Rule => self.refuse(range, "a rule"),
                Event::HardBreak => self.shown.push(What::Break, &range),
                Event::Start(tag) => self.start(&tag, range),
                Event::End(tag) => self.end(tag, range),
                Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::FootnoteReference(_)
                | Event::TaskListMarker(_) => {
                    unreachable!("these are extensions, and none is asked for")
                }
            }
        }
        self.end_run();
        self.check_paragraph();
        self.check_definitions();
        self.add_leftovers(0, leftovers::in_lines(self.text));
        self.shown.finish(self.mistakes)
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let at = range.start..range.start;
        match tag {
            Tag::Emphasis | Tag::Strong => {
                let found = leftovers::emphasis(self.text, range);
                self.add_leftovers(0, found);
                self.shown.push(What::Start(mark(*tag == Tag::Strong)), &at);
            }
            // What is refused is shown as the text it holds.
            Tag::Heading { .. } => self.refuse_block(range, "a heading"),
            Tag::CodeBlock(_) => self.refuse_block(range, "a code block"),
            Tag::BlockQuote(_) => self.refuse(range, "a quotation"),
            Tag::Paragraph | Tag::HtmlBlock => self.shown.push(What::Start(Block::Paragraph), &at),
            Tag::List(first) => {
                self.lists.push(OpenList { first: *first, start: range.start, items: 0 });
                self.shown.push(What::Start(Block::List(*first)), &at);
            }
            Tag::Item => {
                if let Some(list) = self.lists.last_mut() {
                    list.items += 1;
                }
                self.shown.push(What::Start(Block::Item), &at);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        let at = range.end..range.end;
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => self.shown.push(What::End(mark(tag == TagEnd::Strong)), &at),
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.shown.push(What::End(Block::Paragraph), &at);
            }
            TagEnd::List(_) => {
                let first = self.close_list();
                self.shown.push(What::End(Block::List(first)), &at);
            }
            TagEnd::Item => self.shown.push(What::End(Block::Item), &at),
            _ => {}
        }
    }

    /// Takes a run of text for what it is as a whole.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let range = first.at.start..last.at.end;
        let text: String = run.iter().map(|piece| piece.shown.as_str()).collect();
        let joiners = run.iter().map(|piece| piece.joiners).sum();
        if self.padded.brings_joiner(first.padded.start..last.padded.end, joiners) {
            self.refuse_character(range.clone(), JOINER);
        }
        self.check_leftovers(range.clone());
        self.check_marks(range.clone(), &text);
        let composed = compose(&text);
        if composed == text {
            for piece in run {
                self.shown.push_text(&piece.shown, piece.at);
            }
        } else {
            self.shown.push_text(&composed, range);
        }
    }

    fn code(&mut self, shown: &str, range: Range<usize>) {
        let raw = &self.text[range.clone()];
        let ticks = raw.len() - raw.trim_start_matches('`').len();
        // One space on each side belongs to the marks, and line breaks are shown as spaces.
        let inner = raw[ticks..].replace('\n', " ");
        let start = range.start + ticks + inner.find(shown).unwrap_or_default();
        self.shown.push_words(What::Code, shown, &(start..(start + shown.len()).min(range.end)));
    }

    fn add_leftovers(&mut self, start: usize, found: impl IntoIterator<Item = Leftover>) {
        for Leftover { range, code, headline, help } in found {
            self.mistake(start + range.start..start + range.end, code, headline, &help);
        }
    }

    /// What a run of text holds and readers must not see as it is: marks that were left over,
    /// characters that an entity brings.
    fn check_marks(&mut self, range: Range<usize>, shown: &str) {
        let text = self.text;
        let raw = &text[range.clone()];
        let mut before = self.shown.pieces.iter().rev().map(|piece| piece.what);
        let begins_item = match before.next() {
            Some(What::Start(Block::Item)) => true,
            Some(What::Start(Block::Paragraph)) => before.next() == Some(What::Start(Block::Item)),
            _ => false,
        };
        self.add_leftovers(range.start, leftovers::task(raw).filter(|_| begins_item));
        self.add_leftovers(range.start, leftovers::in_run(raw, shown));
        if raw == shown {
            return;
        }
        let is_brought = |c: &char| !raw.contains(*c);
        let control = shown.chars().find(|c| matches!(c, '\t' | '\r' | '\n') && is_brought(c));
        if let Some(c) = forbidden(shown).map(|(_, c)| c).find(is_brought).or(control) {
            self.refuse_character(range, c);
        }
    }

    fn refuse_character(&mut self, range: Range<usize>, c: char) {
        // What stands there raw has been refused with the file.
        if self.text[range.clone()].contains(c) {
            return;
        }
        let diagnostic = forbidden_character("the text", c).help("it is written as an entity: remove that");
        self.mistakes.push(Mistake { range, diagnostic, is_structural: true });
    }

    pub(super) fn mistake(&mut self, range: Range<usize>, code: Code, headline: impl Into<String>, help: &str) {
        self.mistakes.push(mistake(range, code, headline, help));
    }

    /// A line break is white space, except between two characters of scripts without it.
    fn join_lines(&mut self, at: Range<usize>, next: &Event<'_>) {
        let is_mark = |what: &What| {
            matches!(what, What::Start(Block::Emphasis | Block::Strong) | What::End(Block::Emphasis | Block::Strong))
        };
        let before = self.shown.pieces[..self.break_at].iter().rev().find(|piece| !is_mark(&piece.what));
        let last = match before.map(|piece| (piece.what, piece)) {
            Some((What::Text | What::Code, piece)) => {
                self.shown.text[..piece.shown.end as usize].chars().last().filter(|_| !piece.shown.is_empty())
            }
            Some((What::Generated(_) | What::Close, _)) => None,
            _ => Some(' '),
        };
        let first = match next {
            Event::Text(text) | Event::Code(text) => unpad(text).chars().next(),
            Event::Start(Tag::Link { .. }) => None,
            _ => Some(' '),
        };
        // Beside a reference the other side decides: its own text differs by locale.
        let is_joined = match (last, first) {
            (Some(last), Some(first)) => is_wide(last) && is_wide(first),
            (Some(only), None) | (None, Some(only)) => is_wide(only),
            (None, None) => false,
        };
        if !is_joined {
            self.shown.insert_space(self.break_at, &at);
        }
    }

    fn open_link(&mut self, link_type: LinkType, destination: &str, range: Range<usize>) {
        let is_autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
        let target = match link_type {
            LinkType::Email => None,
            _ => self.target(destination, &range),
        };
        match target {
            Some(target) if is_autolink => {
                if self.link_depth > 0 {
                    self.mistake(
                        range,
                        Code::BrokenReference,
                        "a reference stands inside another",
                        "end the first before the second begins",
                    );
                }
                self.shown.generate(target);
                return;
            }
            Some(target) => {
                self.link_depth += 1;
                let position = self.shown.refer(target);
                self.shown.push(What::Open(position), &range);
                return;
            }
            None if destination.contains("://") || destination.starts_with("www.") || link_type == LinkType::Email => {
                self.raw_url(range);
            }
            // A footnote is told by its mark.
            None if self.text[range.clone()].starts_with("[^") => {}
            None => {
                let headline = format!("`{destination}` is no reference: its kind is unknown");
                let kinds: Vec<_> = RefKind::ALL.iter().map(|kind| kind.as_str()).collect();
                let help = format!("kinds of references: {}", kinds.join(", "));
                self.mistake(range, Code::UnknownReference, headline, &help);
            }
        }
        if !is_autolink {
            self.refused_links += 1;
        }
    }

    /// What `kind:id` leads to; `None`: the kind is not ours.
    fn target(&self, destination: &str, range: &Range<usize>) -> Option<Target> {
        let (kind, id) = destination.split_once(':')?;
        let kind = RefKind::find(kind)?;
        // The words of a link may hold the like, its end alone is its address.
        let found = self.text[range.clone()].rfind(destination).map(|at| range.start + at + destination.len());
        let place = found.map(|end| narrow(&(end - id.len()..end)));
        Some(Target { kind, id: id.into(), at: narrow(range), place })
    }

    pub(super) fn raw_url(&mut self, range: Range<usize>) {
        self.mistake(
            range,
            Code::RawUrl,
            "a web address stands in a text",
            "put it under `sources` and refer to it with `<source:ID>`, or under `hosts` and `<host:NAME>`",
        );
    }

    /// What should have been a reference and was left over as text.
    fn check_leftovers(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '<' | '＜' | '(' | '（')) {
            let behind = text[at + c.len_utf8()..].trim_start_matches([' ', '　']);
            let kind = RefKind::strip(behind)
                .filter(|(_, rest)| rest.trim_start().starts_with([':', '：']))
                .map(|(kind, _)| kind.as_str());
            let is_link = matches!(c, '<' | '＜') || text[..at].trim_end().ends_with([']', '］']);
            let Some(kind) = kind.filter(|_| is_link) else { continue };
            let start = range.start + at;
            let help = if matches!(c, '＜' | '（') || behind[kind.len()..].starts_with('：') {
                "write it with ASCII brackets and an ASCII colon"
            } else {
                "write `<kind:id>` or `[text](kind:id)`, without spaces in it"
            };
            self.mistake(
                start..start + c.len_utf8() + kind.len(),
                Code::BrokenReference,
                format!("`{c}{kind}:` was left over as text"),
                help,
            );
        }
        self.check_addresses(range);
    }

    /// A list of one item, or one that begins late, is a number or a sign at the start of a line.
    fn close_list(&mut self) -> Option<u64> {
        let list = self.lists.pop()?;
        let starts_late = list.first.is_some_and(|first| first != 1);
        if self.kind == UnitKind::Paragraph {
            self.mistake(list.start..list.start + 1, Code::MarkupNotAllowed, "a list is not allowed in this text", "it takes one paragraph; move the list to a note, or put a backslash before the sign if this is no list");
        } else if list.items == 1 || starts_late {
            let help = if list.first.is_some() {
                "put a backslash before the dot if this is no list: `23\\. …`; a list begins with 1 and has two items or more"
            } else {
                "put a backslash before the sign if this is no list; a list has two items or more"
            };
            self.mistake(
                list.start..list.start + 1,
                Code::AccidentalMarkup,
                "Markdown takes this line for a list",
                help,
            );
        }
        list.first
    }

    /// `[word]: address` on a line of its own defines a link and is not shown.
    fn check_definitions(&mut self) {
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let text = line.trim();
            // A footnote is told by its mark.
            if text.starts_with('[')
                && !text.starts_with("[^")
                && text.find("]:").is_some_and(|end| !text[1..end].contains(']'))
            {
                let at = start + line.len() - line.trim_start().len();
                self.mistake(
                    at..at + text.len(),
                    Code::AccidentalMarkup,
                    "Markdown takes this line for a link definition and hides it",
                    "put a backslash before `[` if the line is part of the text",
                );
            }
            start += line.len();
        }
    }

    fn check_paragraph(&mut self) {
        let starts = |what: &What| matches!(what, What::Start(Block::Paragraph | Block::List(_)));
        let blocks = self.shown.pieces.iter().filter(|piece| starts(&piece.what)).count();
        if self.kind == UnitKind::Paragraph && blocks > 1 && self.mistakes.is_empty() {
            self.mistake(
                0..self.text.len(),
                Code::MarkupNotAllowed,
                "this text takes one paragraph",
                "join the paragraphs, or move the rest to a note",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn codes(text: &str) -> Vec<Code> {
        Prose::read(text, UnitKind::Blocks).mistakes.iter().map(|mistake| mistake.diagnostic.code).collect()
    }

    #[test]
    fn an_entity_brings_no_character_that_may_not_stand_in_a_text() {
        let refused = ('\u{1}'..=char::MAX).filter(|c| forbidden(&format!("a{c}b")).next().is_some());
        let numbers = refused.flat_map(|c| {
            let code = u32::from(c);
            [format!("&#{code};"), format!("&#x{code:x};"), format!("&#X{code:04X};")]
        });
        let names = "NoBreak ZeroWidthSpace NegativeVeryThinSpace NegativeThinSpace NegativeMediumSpace \
            NegativeThickSpace zwj zwnj lrm rlm af ApplyFunction it InvisibleTimes ic InvisibleComma Tab NewLine";
        let names = names.split_whitespace().map(|name| format!("&{name};"));
        let mut count = 0;
        for entity in numbers.chain(names).chain(["&#0;".to_owned(), "&#xD800;".to_owned(), "&#13;".to_owned()]) {
            for text in [format!("a{entity}b"), format!("a **({entity})** b"), format!("「**{entity}「強調」**です")]
            {
                count += 1;
                let told = codes(&text);
                assert!(told.contains(&Code::ForbiddenCharacter), "{text}: {told:?}");
            }
        }
        assert!(count > 30_000, "{count}");
        for text in
            ["これは**「強調」**です", "**`a`**です", "a&nbsp;b &amp; c&shy;d", "می&zwnj;خواهم", "&#169;&#xFE0F;"]
        {
            assert_eq!(codes(text), [], "{text}");
        }
    }
}
