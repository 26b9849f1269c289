//! One text in one locale: Markdown → [`Fragment`], with every mistake a writer can make in it.
//!
//! Markdown is `CommonMark` through pulldown-cmark. What our texts don't take (headings, HTML, raw
//! addresses) is refused; what `CommonMark` would do to Japanese (bold that stays unbold beside
//! punctuation, spaces from line breaks) is mended.

mod refused;

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::UnitKind;
use crate::source::forbidden_character;
use crate::words::characters::{compose, forbidden};
use crate::words::is_wide;

use super::emphasis::{JOINER, Padded, pad_emphasis, unpad};
use super::fragment::{Fragment, Piece};
use super::leftovers::{self, Leftover};
use super::reference::{KINDS, Reference, Scope};

/// A mistake in a text: where in the text, and what.
pub(super) struct Mistake {
    pub(super) range: Range<usize>,
    pub(super) diagnostic: Diagnostic,
    /// Whether the text can't be shown as it was meant: a reference leads nowhere. Everything else
    /// is shown as plain text and fails the check.
    pub(super) is_structural: bool,
}

/// Parses one text.
pub(super) fn parse_prose(text: &str, kind: UnitKind, scope: Scope<'_>) -> (Fragment, Vec<Mistake>) {
    match kind {
        UnitKind::Name => parse_name(text),
        UnitKind::Paragraph | UnitKind::Blocks => Prose::new(text, kind, scope).parse(),
    }
}

/// Names are plain text, for diagrams and menus; only a date may be generated in them.
fn parse_name(text: &str) -> (Fragment, Vec<Mistake>) {
    let mut pieces = Vec::new();
    let mut mistakes = Vec::new();
    let mut rest = 0;
    for (start, _) in text.match_indices("<date:") {
        let Some(end) = text[start..].find('>').map(|end| start + end) else { continue };
        pieces.push(plain(&text[rest..start]));
        match crate::value::date::parse_date(&text[start + "<date:".len()..end]) {
            Some(date) => pieces.push(Piece::Generated(Reference::Date(date))),
            None => mistakes.push(mistake(
                start..end + 1,
                Code::UnknownReference,
                "the reference leads to no date",
                "write YYYY-MM-DD or YYYY-MM, a day that exists",
            )),
        }
        rest = end + 1;
    }
    pieces.push(plain(&text[rest..]));
    let is_known = |at: usize| {
        KINDS
            .iter()
            .any(|kind| *kind != "date" && text[at + 1..].strip_prefix(kind).is_some_and(|rest| rest.starts_with(':')))
    };
    let reference = text.match_indices(['<', '(']).map(|(at, _)| at).find(|at| is_known(*at));
    let markup = ["**", "~~", "`", "](", "\n", "://", "www."]
        .iter()
        .find_map(|mark| text.find(mark).map(|at| at..at + mark.len()));
    let markup = markup.or_else(|| find_markup(text));
    if let Some(range) = reference.map(|at| at..at + 1).or(markup) {
        mistakes.push(mistake(
            range,
            Code::MarkupNotAllowed,
            "names, titles and labels are plain text",
            "only `<date:…>` is generated in them; diagrams and menus show nothing else",
        ));
    }
    (Fragment { pieces }, mistakes)
}

/// Emphasis, or a reference in full-width brackets. A tag is plain text and shown as it is typed.
fn find_markup(text: &str) -> Option<Range<usize>> {
    let wide = text.find('＜').filter(|at| KINDS.iter().any(|kind| text[at + '＜'.len_utf8()..].starts_with(kind)));
    let stars: Vec<_> = text.match_indices('*').map(|(at, _)| at).collect();
    let emphasis = stars.first().filter(|first| stars.len() > 1 && !text[*first + 1..].starts_with(' ')).copied();
    let entities =
        text.match_indices('&').find_map(|(at, _)| Some(at..at + leftovers::entity_name(&text[at..])?.len()));
    emphasis.map(|at| at..at + 1).or(entities).or(wide.map(|at| at..at + '＜'.len_utf8()))
}

fn plain(text: &str) -> Piece {
    Piece::Markdown(Event::Text(text.to_owned().into()))
}

fn mistake(range: Range<usize>, code: Code, headline: impl Into<String>, help: &str) -> Mistake {
    let is_structural = code == Code::BrokenReference;
    Mistake { range, diagnostic: Diagnostic::error(code, headline).help(help), is_structural }
}

/// More mistakes in one text are one mistake of another kind.
const MOST_MISTAKES: usize = 12;

/// A list whose end is not yet reached.
struct OpenList {
    first: Option<u64>,
    start: usize,
    items: usize,
}

struct Prose<'a> {
    text: &'a str,
    /// With U+2060 where emphasis needs it.
    padded: Padded,
    kind: UnitKind,
    scope: Scope<'a>,
    pieces: Vec<Piece>,
    mistakes: Vec<Mistake>,
    lists: Vec<OpenList>,
    /// Inside a link with text of its own.
    link_depth: usize,
    /// Inside a link that is refused: its end is dropped too.
    refused_links: usize,
}

impl<'a> Prose<'a> {
    fn new(text: &'a str, kind: UnitKind, scope: Scope<'a>) -> Self {
        Self {
            text,
            padded: pad_emphasis(text),
            kind,
            scope,
            pieces: Vec::new(),
            mistakes: Vec::new(),
            lists: Vec::new(),
            link_depth: 0,
            refused_links: 0,
        }
    }

    fn parse(mut self) -> (Fragment, Vec<Mistake>) {
        let padded = std::mem::take(&mut self.padded.text);
        let events = TextMergeWithOffset::new(Parser::new_ext(&padded, Options::empty()).into_offset_iter());
        let mut autolink = false;
        let mut soft_break: Option<usize> = None;
        let mut image_depth = 0;
        for (event, padded) in events {
            let range = self.padded.original(padded.start)..self.padded.original(padded.end);
            if autolink {
                // The text of an autolink repeats its destination.
                autolink = !matches!(event, Event::End(TagEnd::Link));
                continue;
            }
            // Marks of emphasis stand between a line break and the word that decides about it.
            let is_mark = matches!(
                event,
                Event::Start(Tag::Emphasis | Tag::Strong) | Event::End(TagEnd::Emphasis | TagEnd::Strong)
            );
            if let Some(at) = soft_break.filter(|_| !is_mark) {
                self.join_lines(at, &event);
                soft_break = None;
            }
            match event {
                Event::Start(Tag::Image { .. }) => {
                    image_depth += 1;
                    self.refuse(range, "an image");
                }
                Event::End(TagEnd::Image) => image_depth -= 1,
                Event::Text(text) if image_depth > 0 => self.push(Event::Text(unpad(&text).into())),
                _ if image_depth > 0 => {}
                Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                    autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
                    self.open_link(link_type, &dest_url, range);
                }
                Event::End(TagEnd::Link) if self.refused_links > 0 => self.refused_links -= 1,
                Event::End(TagEnd::Link) => {
                    self.link_depth = self.link_depth.saturating_sub(1);
                    self.pieces.push(Piece::Close);
                }
                Event::SoftBreak => soft_break = Some(self.pieces.len()),
                Event::Text(text) => {
                    if self.padded.brings_joiner(padded, &text) {
                        self.refuse_character(range.clone(), JOINER);
                    }
                    let text = unpad(&text);
                    self.check_leftovers(range.clone());
                    self.check_marks(range, &text);
                    self.push(Event::Text(compose(&text).into_owned().into()));
                }
                Event::Code(text) => {
                    self.check_addresses(range.clone());
                    self.push(Event::Code(unpad(&text).into()));
                }
                Event::Start(tag @ (Tag::Emphasis | Tag::Strong)) => {
                    let found = leftovers::emphasis(self.text, range);
                    self.add_leftovers(0, found);
                    self.push(Event::Start(tag.into_static()));
                }
                Event::Html(text) | Event::InlineHtml(text) => {
                    self.refuse_html(range);
                    self.push(Event::Text(unpad(&text).into()));
                }
                // What is refused is shown as the text it holds.
                Event::Start(Tag::Heading { .. }) => self.refuse_block(range, "a heading"),
                Event::Start(Tag::CodeBlock(_)) => self.refuse_block(range, "a code block"),
                Event::Start(Tag::HtmlBlock) => self.push(Event::Start(Tag::Paragraph)),
                Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                    self.push(Event::End(TagEnd::Paragraph));
                }
                Event::Start(Tag::BlockQuote(_)) => self.refuse(range, "a quotation"),
                Event::End(TagEnd::BlockQuote(_)) => {}
                Event::Rule => self.refuse(range, "a rule"),
                Event::Start(Tag::List(first)) => {
                    self.lists.push(OpenList { first, start: range.start, items: 0 });
                    self.push(Event::Start(Tag::List(first)));
                }
                Event::Start(Tag::Item) => {
                    if let Some(list) = self.lists.last_mut() {
                        list.items += 1;
                    }
                    self.push(Event::Start(Tag::Item));
                }
                Event::End(TagEnd::List(is_ordered)) => {
                    self.close_list();
                    self.push(Event::End(TagEnd::List(is_ordered)));
                }
                other => self.push(other.into_static()),
            }
        }
        self.check_paragraph();
        self.check_definitions();
        self.add_leftovers(0, leftovers::in_lines(self.text));
        // What can't be shown at all is not cut off by what can.
        self.mistakes.sort_by_key(|mistake| !mistake.is_structural);
        self.mistakes.truncate(MOST_MISTAKES);
        (Fragment { pieces: self.pieces }, self.mistakes)
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
        let begins_item = match self.pieces.last() {
            Some(Piece::Markdown(Event::Start(Tag::Item))) => true,
            Some(Piece::Markdown(Event::Start(Tag::Paragraph))) => {
                matches!(self.pieces.iter().rev().nth(1), Some(Piece::Markdown(Event::Start(Tag::Item))))
            }
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

    fn push(&mut self, event: Event<'static>) {
        self.pieces.push(Piece::Markdown(event));
    }

    fn mistake(&mut self, range: Range<usize>, code: Code, headline: impl Into<String>, help: &str) {
        self.mistakes.push(mistake(range, code, headline, help));
    }

    /// A line break is white space, except between two characters of scripts without it.
    fn join_lines(&mut self, at: usize, next: &Event<'_>) {
        let is_mark = |piece: &&Piece| {
            matches!(
                piece,
                Piece::Markdown(
                    Event::Start(Tag::Emphasis | Tag::Strong) | Event::End(TagEnd::Emphasis | TagEnd::Strong)
                )
            )
        };
        let last = match self.pieces[..at].iter().rev().find(|piece| !is_mark(piece)) {
            Some(Piece::Markdown(Event::Text(text) | Event::Code(text))) => text.chars().last(),
            Some(Piece::Generated(_) | Piece::Close) => None,
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
            self.pieces.insert(at, Piece::Markdown(Event::Text(" ".into())));
        }
    }

    fn open_link(&mut self, link_type: LinkType, destination: &str, range: Range<usize>) {
        let is_autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
        let resolved = match link_type {
            LinkType::Email => None,
            _ => self.scope.resolve(destination),
        };
        match resolved {
            Some(Ok(reference)) if is_autolink => {
                if self.link_depth > 0 {
                    self.mistake(
                        range,
                        Code::BrokenReference,
                        "a reference stands inside another",
                        "end the first before the second begins",
                    );
                }
                self.pieces.push(Piece::Generated(reference));
                return;
            }
            Some(Ok(reference)) => {
                self.link_depth += 1;
                self.pieces.push(Piece::Open(reference));
                return;
            }
            Some(Err((headline, help))) => {
                let diagnostic = Diagnostic::error(Code::UnknownReference, headline).maybe_help(help);
                self.mistakes.push(Mistake { range, diagnostic, is_structural: true });
            }
            None if destination.contains("://") || destination.starts_with("www.") || link_type == LinkType::Email => {
                self.raw_url(range);
            }
            // A footnote is told by its mark.
            None if self.text[range.clone()].starts_with("[^") => {}
            None => {
                let headline = format!("`{destination}` is no reference: its kind is unknown");
                self.mistake(
                    range,
                    Code::UnknownReference,
                    headline,
                    &format!("kinds of references: {}", KINDS.join(", ")),
                );
            }
        }
        if !is_autolink {
            self.refused_links += 1;
        }
    }

    fn raw_url(&mut self, range: Range<usize>) {
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
            let kind = KINDS.iter().find(|kind| {
                behind.strip_prefix(**kind).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
            });
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
    fn close_list(&mut self) {
        let Some(list) = self.lists.pop() else { return };
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
        let starts = |piece: &&Piece| matches!(piece, Piece::Markdown(Event::Start(Tag::Paragraph | Tag::List(_))));
        let blocks = self.pieces.iter().filter(starts).count();
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
    use crate::model::{Model, Names};

    fn codes(text: &str) -> Vec<Code> {
        let (model, names) = (Model::default(), Names::default());
        let scope = Scope { model: &model, names: &names, product: None, flow: None };
        parse_prose(text, UnitKind::Blocks, scope).1.into_iter().map(|mistake| mistake.diagnostic.code).collect()
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
