//! The texts of the content: each unit in each locale, parsed once.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::item::UnitKey;
use crate::locale::{LocaleId, Locales};
use crate::model::{Facts, FlowId, Id, Ids, Item, Model, ProductId, RawUnit, UnitId};
use crate::parse::prose::{Block, Mistake, Prose, Target, What};
use crate::parse::text::{LocaleString, RawString, RawStrings, locate};
use crate::parse::yaml::ScalarStyle;
use crate::source::Sources;
use crate::span::Span;
use crate::value::UnitKind;
#[cfg(feature = "lsp")]
use crate::{model::THIS, span::FileId};

use super::reference::{Reference, TextScope};

/// One translatable text in all locales.
#[derive(Debug)]
pub struct Unit {
    /// Its stable id.
    pub key: UnitKey,
    /// What Markdown it takes.
    pub kind: UnitKind,
    /// The product it belongs to.
    pub product: Option<ProductId>,
    /// The flow it belongs to.
    pub flow: Option<FlowId>,
    /// The item whose text it is.
    pub item: Item,
    /// Where its key is written; diagnostics on a missing text stand there.
    pub span: Option<Span>,
    source: LocaleId,
    /// By locale.
    texts: Vec<LocaleText>,
}

/// What a locale has of a unit.
#[derive(Debug)]
enum LocaleText {
    Own(Text),
    /// The source text stands here too, on purpose: `=TAG`.
    SameAsSource(Span),
    /// The unit has one text for all locales.
    Everywhere,
    /// Written and refused.
    Refused,
    Missing,
}

/// A text in one locale.
#[derive(Debug)]
pub struct Text {
    /// As written, after unescaping and folding.
    pub written: String,
    /// Where.
    pub span: Span,
    /// How.
    pub style: ScalarStyle,
    /// What of it is shown.
    pub prose: Arc<Prose>,
    /// What its targets are, one by one; `None` for one that leads nowhere.
    references: Box<[Option<Reference>]>,
}

/// A part of a text, as whoever says or shows it meets it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part<'a> {
    /// Words.
    Text(&'a str),
    /// Words in a fixed width.
    Code(&'a str),
    /// A reference whose words come from the facts.
    Generated(&'a Reference),
    /// A reference with words of its own begins.
    Open(&'a Reference),
    /// It ends.
    Close,
    /// Something begins that holds parts.
    Start(Block),
    /// It ends.
    End(Block),
    /// A line break that was asked for.
    Break,
}

impl Text {
    /// A message of the interface: its words and nothing else.
    pub fn of_message(words: &str, span: Span) -> Self {
        let prose = Arc::new(Prose::plain(words));
        Self { written: words.to_owned(), span, style: ScalarStyle::Plain, prose, references: Box::default() }
    }

    /// What it says, in reading order. Words on end are one part, however they were written.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let prose = &*self.prose;
        let mut pieces = prose.pieces.iter().peekable();
        std::iter::from_fn(move || {
            loop {
                let piece = pieces.next()?;
                return Some(match piece.what {
                    What::Text => {
                        let mut end = piece.shown.end;
                        while let Some(next) = pieces.next_if(|next| next.what == What::Text) {
                            end = next.shown.end;
                        }
                        Part::Text(&prose.text[piece.shown.start as usize..end as usize])
                    }
                    What::Code => Part::Code(prose.shown(piece)),
                    // One that leads nowhere is an error, and nothing is shown of it.
                    What::Generated(target) => match &self.references[target as usize] {
                        Some(reference) => Part::Generated(reference),
                        None => continue,
                    },
                    What::Open(target) => match &self.references[target as usize] {
                        Some(reference) => Part::Open(reference),
                        None => continue,
                    },
                    What::Close => Part::Close,
                    What::Start(block) => Part::Start(block),
                    What::End(block) => Part::End(block),
                    What::Break => Part::Break,
                });
            }
        })
    }

    /// What it refers to, in order.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.references.iter().flatten()
    }

    /// The same, each as it is written.
    pub fn targets(&self) -> impl Iterator<Item = (&Target, &Reference)> {
        self.prose.targets.iter().zip(&self.references).filter_map(|(target, found)| Some((target, found.as_ref()?)))
    }

    /// Where a range of it, as written, stands in its file.
    pub fn place(&self, sources: &Sources, written: Range<usize>) -> Span {
        locate(sources.file(self.span.file), self.span, self.style, &self.written, written)
    }
}

/// A text as a locale's readers see it.
#[derive(Clone, Copy, Debug)]
pub struct ShownText<'a> {
    /// The text.
    pub text: &'a Text,
    /// The locale it is written in, which is another one where a translation is missing.
    pub locale: LocaleId,
}

/// All texts of the content.
#[derive(Debug)]
pub struct Texts {
    units: Vec<Unit>,
    by_key: BTreeMap<UnitKey, usize>,
    source: LocaleId,
    /// What is wrong in them and can be shown all the same.
    mistakes: Vec<Diagnostic>,
}

impl Texts {
    /// The unit behind an id.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// What is wrong in the texts and can be shown all the same.
    pub fn mistakes(&self) -> &[Diagnostic] {
        &self.mistakes
    }

    /// The unit with a key.
    pub fn find(&self, key: &str) -> Option<&Unit> {
        self.by_key.get(key).map(|position| &self.units[*position])
    }

    /// Where the texts name an item. Asked for seldom, and so not kept: behind escapes it is the whole
    /// of a text.
    pub fn uses_of(&self, item: Item, (model, ids): (&Model, &Ids), sources: &Sources) -> Vec<Span> {
        let in_text = |scope: TextScope<'_>, text: &Text| -> Vec<Span> {
            let places = text.prose.targets.iter().flat_map(|target| {
                let named = scope.named(target.kind, &target.id).into_iter().filter(|(named, _)| *named == item);
                named.map(|(_, word)| match &target.place {
                    Some(place) => {
                        let start = place.start as usize;
                        text.place(sources, start + word.start..start + word.end)
                    }
                    None => text.span,
                })
            });
            places.collect()
        };
        let of_unit = |unit: &Unit| -> Vec<Span> {
            let scope = TextScope { model, ids, product: unit.product, flow: unit.flow };
            unit.written().flat_map(|text| in_text(scope, text)).collect()
        };
        self.units.iter().flat_map(of_unit).collect()
    }

    /// What the texts name at a byte of a file: the item, and where its id stands; behind escapes it is the
    /// whole of a text.
    #[cfg(feature = "lsp")]
    pub(crate) fn named_at(
        &self,
        (file, offset): (FileId, u32),
        (model, ids): (&Model, &Ids),
        sources: &Sources,
    ) -> Vec<(Item, Span)> {
        let is_at = |span: Span| span.file == file && span.start <= offset && offset <= span.end;
        let of_text = |scope: TextScope<'_>, text: &Text| -> Vec<(Item, Span)> {
            let named = text.prose.targets.iter().flat_map(|target| {
                let place = |word: Range<usize>| match &target.place {
                    Some(place) => {
                        let start = place.start as usize;
                        text.place(sources, start + word.start..start + word.end)
                    }
                    None => text.span,
                };
                let mut named = scope.named(target.kind, &target.id);
                // `this` is the id of nothing, and yet it names the flow.
                if let Some(flow) = scope.flow.filter(|_| &*target.id == THIS) {
                    named.push((Item::Flow(flow), 0..THIS.len()));
                }
                named.into_iter().map(move |(item, word)| (item, place(word)))
            });
            named.filter(|(_, span)| is_at(*span)).collect()
        };
        let of_unit = |unit: &Unit| -> Vec<(Item, Span)> {
            let scope = TextScope { model, ids, product: unit.product, flow: unit.flow };
            unit.written().filter(|text| is_at(text.span)).flat_map(|text| of_text(scope, text)).collect()
        };
        self.units.iter().flat_map(of_unit).collect()
    }

    /// All units, in the order of the content.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    /// The text a locale's readers see; `None` only if the unit has no text at all, which no
    /// rendered site has.
    pub fn shown(&self, id: UnitId, locale: LocaleId) -> Option<ShownText<'_>> {
        let unit = self.unit(id);
        if let Some(text) = unit.text(locale) {
            return Some(ShownText { text, locale });
        }
        let text = unit.text(self.source)?;
        Some(ShownText { text, locale: self.source })
    }
}

impl Unit {
    /// The text a locale has, also where it is the same as the source text on purpose.
    pub fn text(&self, locale: LocaleId) -> Option<&Text> {
        match &self.texts[locale.index()] {
            LocaleText::Everywhere => self.source(),
            _ => self.translation(locale),
        }
    }

    /// The text that a person has given a locale: its own, or the source text by `=TAG`. Prose has none
    /// by `=TAG`: that is refused, and the text is missing.
    pub fn translation(&self, locale: LocaleId) -> Option<&Text> {
        match &self.texts[locale.index()] {
            LocaleText::Own(text) => Some(text),
            LocaleText::SameAsSource(_) if self.kind == UnitKind::Name => self.source(),
            LocaleText::SameAsSource(_) | LocaleText::Everywhere | LocaleText::Refused | LocaleText::Missing => None,
        }
    }

    /// The text that is written in a locale; `None` also where it is the same as another's on purpose.
    pub fn own_text(&self, locale: LocaleId) -> Option<&Text> {
        match &self.texts[locale.index()] {
            LocaleText::Own(text) => Some(text),
            LocaleText::SameAsSource(_) | LocaleText::Everywhere | LocaleText::Refused | LocaleText::Missing => None,
        }
    }

    /// Whether a locale's text is written and was refused.
    pub fn is_refused(&self, locale: LocaleId) -> bool {
        matches!(self.texts[locale.index()], LocaleText::Refused)
    }

    /// Where a locale says, by `=TAG`, that the source text stands there too.
    pub fn same_as_source(&self, locale: LocaleId) -> Option<Span> {
        match self.texts[locale.index()] {
            LocaleText::SameAsSource(span) => Some(span),
            LocaleText::Own(_) | LocaleText::Everywhere | LocaleText::Refused | LocaleText::Missing => None,
        }
    }

    fn source(&self) -> Option<&Text> {
        self.own_text(self.source)
    }

    /// Every text that is written, each once.
    pub fn written(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter().filter_map(|text| match text {
            LocaleText::Own(text) => Some(text),
            LocaleText::SameAsSource(_) | LocaleText::Everywhere | LocaleText::Refused | LocaleText::Missing => None,
        })
    }
}

/// Resolves what all texts refer to, in parallel, and reports what is wrong in them.
pub fn read_texts(
    sources: &Sources,
    locales: &Locales,
    facts: &Facts,
    raws: Vec<RawUnit>,
    report: &mut Report,
) -> Texts {
    let parsed: Vec<_> = raws.into_par_iter().map(|raw| read_unit(sources, locales, facts, raw)).collect();
    let mut texts = Texts {
        units: Vec::with_capacity(parsed.len()),
        by_key: BTreeMap::new(),
        source: locales.source_locale(),
        mistakes: Vec::new(),
    };
    for (unit, found) in parsed {
        texts.by_key.insert(unit.key.clone(), texts.units.len());
        texts.units.push(unit);
        report.extend(found.structural);
        texts.mistakes.extend(found.other);
    }
    texts
}

/// What is wrong in one unit.
#[derive(Default)]
struct Found {
    /// References that lead nowhere.
    structural: Vec<Diagnostic>,
    /// Everything else.
    other: Vec<Diagnostic>,
}

fn read_unit(sources: &Sources, locales: &Locales, facts: &Facts, raw: RawUnit) -> (Unit, Found) {
    let RawUnit { key, kind, product, flow, item, raw } = raw;
    let scope = TextScope { model: &facts.model, ids: &facts.ids, product, flow };
    let span = raw.as_ref().map(|raw| raw.key);
    let source = locales.source_locale();
    let mut texts: Vec<_> = locales.ids().map(|_| LocaleText::Missing).collect();
    let mut found = Found::default();
    let mut read = |string: RawString, locale: Option<LocaleId>| {
        let (text, mistakes) = read_text(sources, scope, string);
        for (diagnostic, is_structural) in mistakes {
            let list = if is_structural { &mut found.structural } else { &mut found.other };
            list.push(match locale {
                Some(locale) => diagnostic.translation(locales.tag(locale), &key),
                None => diagnostic,
            });
        }
        LocaleText::Own(text)
    };
    match raw.map(|raw| raw.strings) {
        None => {}
        Some(RawStrings::Same(string)) => {
            texts.fill_with(|| LocaleText::Everywhere);
            texts[source.index()] = read(string, None);
        }
        Some(RawStrings::PerLocale(strings)) => {
            for (locale, string) in strings {
                texts[locale.index()] = match string {
                    LocaleString::Own(string) => read(string, Some(locale)),
                    LocaleString::SameAs(span) => LocaleText::SameAsSource(span),
                    LocaleString::Refused => LocaleText::Refused,
                };
            }
        }
    }
    if kind != UnitKind::Name {
        let spans = locales.ids().zip(&texts).filter_map(|(locale, text)| match text {
            LocaleText::SameAsSource(span) => Some((locale, *span)),
            LocaleText::Own(_) | LocaleText::Everywhere | LocaleText::Refused | LocaleText::Missing => None,
        });
        found.other.extend(spans.map(|(locale, span)| same_as_in_prose(locales, locale, span, &key)));
    }
    (Unit { key, kind, product, flow, item, span, source, texts }, found)
}

/// More mistakes in one text are one mistake of another kind.
const MOST_MISTAKES: usize = 12;

/// A text whose references are resolved, and what is wrong in it: whether it is structural.
fn read_text(sources: &Sources, scope: TextScope<'_>, string: RawString) -> (Text, Vec<(Diagnostic, bool)>) {
    let RawString { text: written, span, style, prose, joined } = string;
    let mut mistakes = prose.mistakes.to_vec();
    let mut resolve = |target: &Target| match scope.resolve(target.kind, &target.id) {
        Ok(reference) => Some(reference),
        Err((headline, help)) => {
            let diagnostic = Diagnostic::error(Code::UnknownReference, headline).maybe_help(help);
            let range = target.at.start as usize..target.at.end as usize;
            mistakes.push(Mistake { range, diagnostic, is_structural: true });
            None
        }
    };
    let references = prose.targets.iter().map(&mut resolve).collect();
    // What can't be shown at all is not cut off by what can.
    mistakes.sort_by_key(|mistake| (!mistake.is_structural, mistake.range.start));
    mistakes.truncate(MOST_MISTAKES);
    let text = Text { written, span, style, prose, references };
    let place = |mistake: Mistake| (mistake.diagnostic.at(text.place(sources, mistake.range)), mistake.is_structural);
    let mistakes = mistakes.into_iter().map(place).chain(joined.map(|diagnostic| (*diagnostic, false))).collect();
    (text, mistakes)
}

/// A sentence is never the same in two languages: readers would meet it in the foreign one, unmarked.
fn same_as_in_prose(locales: &Locales, locale: LocaleId, span: Span, key: &str) -> Diagnostic {
    let (tag, source) = (locales.tag(locale), locales.tag(locales.source_locale()));
    Diagnostic::error(Code::SameAsInProse, format!("`={source}` stands for a sentence of `{key}`"))
        .at(span)
        .help(format!("write the text in `{tag}`; only names, titles and labels may be the same as in `{source}`"))
        .translation(tag, key)
}
