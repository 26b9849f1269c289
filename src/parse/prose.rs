//! One text as written → [`Prose`]: what of it is shown, piece by piece with its place, what it refers
//! to, and every mistake of form a writer can make in it. Whether an id exists is not known here.
//!
//! Markdown is `CommonMark` through pulldown-cmark, and this is its only reader. What our texts don't
//! take (headings, HTML, raw addresses) is refused; what `CommonMark` would do to Japanese (bold that
//! stays unbold beside punctuation, spaces from line breaks) is mended.

mod emphasis;
mod leftovers;
mod reader;
mod refused;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::item::ItemKind;
use crate::value::UnitKind;

pub(super) use leftovers::is_list;
use reader::Reader;

/// A text, read. Everything is a place in `text` or in the text as written, in bytes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Prose {
    /// What is shown, without markup and without what references generate.
    pub text: Box<str>,
    /// In reading order.
    pub pieces: Box<[Piece]>,
    /// What it refers to, in the order in which it is written.
    pub targets: Box<[Target]>,
    /// What is wrong in its form.
    pub mistakes: Box<[Mistake]>,
}

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// What it is.
    pub what: What,
    /// What of [`Prose::text`] it shows; empty where it is no text.
    pub shown: Range<u32>,
    /// Where it is written. As many bytes as it shows, in the same order, unless an entity or an accent
    /// of its own stands there.
    pub at: Range<u32>,
}

/// Kinds of pieces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// Words.
    Text,
    /// Words in a fixed width.
    Code,
    /// A reference whose words come from the facts: its position among the targets.
    Generated(u32),
    /// A reference with words of its own begins.
    Open(u32),
    /// It ends.
    Close,
    /// Something begins that holds pieces.
    Start(Block),
    /// It ends.
    End(Block),
    /// A line break that was asked for.
    Break,
}

/// What holds pieces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph,
    /// A list; of one with numbers, the first.
    List(Option<u64>),
    /// Its items.
    Item,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
}

/// A reference as written: `<kind:id>` or `[words](kind:id)`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// What it refers to.
    pub kind: RefKind,
    /// Which one.
    pub id: Box<str>,
    /// The whole of it, in the text as written.
    pub at: Range<u32>,
    /// The id in it; `None` where it is written with escapes.
    pub place: Option<Range<u32>>,
}

/// The kinds of references.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "what a reference leads to")]
pub enum RefKind {
    Component,
    Flow,
    Ports,
    Host,
    Option,
    Product,
    Scenario,
    Term,
    Page,
    Source,
    Date,
}

impl RefKind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Component,
        Self::Flow,
        Self::Ports,
        Self::Host,
        Self::Option,
        Self::Product,
        Self::Scenario,
        Self::Term,
        Self::Page,
        Self::Source,
        Self::Date,
    ];

    /// What it names; `None`: no item, but what a host or a date is.
    pub fn item(self) -> Option<ItemKind> {
        Some(match self {
            Self::Component => ItemKind::Component,
            Self::Flow | Self::Ports => ItemKind::Flow,
            Self::Option => ItemKind::Option,
            Self::Product => ItemKind::Product,
            Self::Scenario => ItemKind::Scenario,
            Self::Term => ItemKind::Term,
            Self::Page => ItemKind::Page,
            Self::Source => ItemKind::Source,
            Self::Host | Self::Date => return None,
        })
    }

    /// As it is written before the colon.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Flow => "flow",
            Self::Ports => "ports",
            Self::Host => "host",
            Self::Option => "option",
            Self::Product => "product",
            Self::Scenario => "scenario",
            Self::Term => "term",
            Self::Page => "page",
            Self::Source => "source",
            Self::Date => "date",
        }
    }

    /// The kind with a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    /// The kind that a text begins with, and what stands behind it.
    fn strip(text: &str) -> Option<(Self, &str)> {
        Self::ALL.iter().find_map(|kind| Some((*kind, text.strip_prefix(kind.as_str())?)))
    }
}

/// A mistake in a text: where in the text as written, and what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// Where.
    pub range: Range<usize>,
    /// What, without its place in the file.
    pub diagnostic: Diagnostic,
    /// Whether the text can't be shown as it was meant. Everything else is shown as plain text and
    /// fails the check.
    pub is_structural: bool,
}

impl Prose {
    /// Reads a text.
    pub fn read(text: &str, kind: UnitKind) -> Self {
        match kind {
            UnitKind::Name => read_name(text),
            UnitKind::Paragraph | UnitKind::Blocks => Reader::new(text, kind).read(),
        }
    }

    /// A text that is nothing but words.
    pub fn plain(text: &str) -> Self {
        let mut shown = Shown::default();
        shown.push_text(text, 0..text.len());
        shown.finish(Vec::new())
    }

    /// What a piece shows.
    pub fn shown(&self, piece: &Piece) -> &str {
        &self.text[piece.shown.start as usize..piece.shown.end as usize]
    }
}

/// Names are plain text, for diagrams and menus; only a date may be generated in them.
fn read_name(text: &str) -> Prose {
    let mut shown = Shown::default();
    let mut mistakes = Vec::new();
    let mut rest = 0;
    for (start, _) in text.match_indices("<date:") {
        let Some(end) = text[start..].find('>').map(|end| start + end) else { continue };
        shown.push_text(&text[rest..start], rest..start);
        let id = start + "<date:".len()..end;
        let target = Target {
            kind: RefKind::Date,
            id: text[id.clone()].into(),
            at: narrow(&(start..end + 1)),
            place: Some(narrow(&id)),
        };
        shown.generate(target);
        rest = end + 1;
    }
    shown.push_text(&text[rest..], rest..text.len());
    let is_known = |at: usize| {
        RefKind::strip(&text[at + 1..]).is_some_and(|(kind, rest)| kind != RefKind::Date && rest.starts_with(':'))
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
    shown.finish(mistakes)
}

/// Emphasis, or a reference in full-width brackets. A tag is plain text and shown as it is typed.
fn find_markup(text: &str) -> Option<Range<usize>> {
    let wide = text.find('＜').filter(|at| RefKind::strip(&text[at + '＜'.len_utf8()..]).is_some());
    let stars: Vec<_> = text.match_indices('*').map(|(at, _)| at).collect();
    let emphasis = stars.first().filter(|first| stars.len() > 1 && !text[*first + 1..].starts_with(' ')).copied();
    let entities =
        text.match_indices('&').find_map(|(at, _)| Some(at..at + leftovers::entity_name(&text[at..])?.len()));
    emphasis.map(|at| at..at + 1).or(entities).or(wide.map(|at| at..at + '＜'.len_utf8()))
}

/// What is shown so far.
#[derive(Default)]
struct Shown {
    text: String,
    pieces: Vec<Piece>,
    targets: Vec<Target>,
}

impl Shown {
    fn push(&mut self, what: What, at: &Range<usize>) {
        let end = self.text.len();
        self.pieces.push(Piece { what, shown: narrow(&(end..end)), at: narrow(at) });
    }

    fn push_words(&mut self, what: What, words: &str, at: &Range<usize>) {
        let start = self.text.len();
        self.text.push_str(words);
        self.pieces.push(Piece { what, shown: narrow(&(start..self.text.len())), at: narrow(at) });
    }

    fn push_text(&mut self, words: &str, at: Range<usize>) {
        if !words.is_empty() {
            self.push_words(What::Text, words, &at);
        }
    }

    /// Puts a space before the pieces from a position on, which hold no text yet.
    fn insert_space(&mut self, position: usize, at: &Range<usize>) {
        self.push_words(What::Text, " ", at);
        if let Some(space) = self.pieces.pop() {
            let shown = space.shown.clone();
            self.pieces.insert(position, space);
            self.pieces[position + 1..].iter_mut().for_each(|piece| piece.shown = shown.end..shown.end);
        }
    }

    /// The position of a new target.
    fn refer(&mut self, target: Target) -> u32 {
        self.targets.push(target);
        self.targets.len() as u32 - 1
    }

    fn generate(&mut self, target: Target) {
        let at = target.at.start as usize..target.at.end as usize;
        let position = self.refer(target);
        self.push(What::Generated(position), &at);
    }

    fn finish(self, mistakes: Vec<Mistake>) -> Prose {
        Prose {
            text: self.text.into(),
            pieces: self.pieces.into(),
            targets: self.targets.into(),
            mistakes: mistakes.into(),
        }
    }
}

/// Files are smaller than 4 GiB: [`Span`](crate::span::Span) counts so too.
fn narrow(range: &Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

fn mistake(range: Range<usize>, code: Code, headline: impl Into<String>, help: &str) -> Mistake {
    let is_structural = code == Code::BrokenReference;
    Mistake { range, diagnostic: Diagnostic::error(code, headline).help(help), is_structural }
}
