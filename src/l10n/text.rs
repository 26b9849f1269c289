//! The texts of the content: each unit in each locale, parsed once.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::item::UnitKey;
use crate::locale::{LocaleId, Locales};
use crate::model::{FlowId, Id, Item, Model, Names, ProductId, RawUnit, UnitId, UnitKind};
use crate::parse::text::{LocaleString, RawString, RawStrings, locate, refold};
use crate::parse::yaml::ScalarStyle;
use crate::source::{SourceFile, Sources};
use crate::span::Span;

use super::fragment::Fragment;
use super::prose::parse_prose;
use super::reference::Scope;

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
    /// Parsed.
    pub fragment: Fragment,
}

/// A text as a locale's readers see it.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
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

    /// All units, in the order of the content.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    /// The text a locale's readers see; `None` only if the unit has no text at all, which no
    /// rendered site has.
    pub fn shown(&self, id: UnitId, locale: LocaleId) -> Option<Shown<'_>> {
        let unit = self.unit(id);
        if let Some(text) = unit.text(locale) {
            return Some(Shown { text, locale });
        }
        let text = unit.text(self.source)?;
        Some(Shown { text, locale: self.source })
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

/// Parses all texts in parallel and reports what is wrong in them.
pub fn parse_texts(
    sources: &Sources,
    locales: &Locales,
    model: &Model,
    names: &Names,
    raws: Vec<RawUnit>,
    report: &mut Report,
) -> Texts {
    let parsed: Vec<_> = raws.into_par_iter().map(|raw| parse_unit(sources, locales, model, names, raw)).collect();
    let mut texts = Texts {
        units: Vec::with_capacity(parsed.len()),
        by_key: BTreeMap::new(),
        source: locales.source(),
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

/// What YAML joins on the way from the file to the reader and the writer kept apart. Only a literal
/// block keeps its lines.
fn joined_by_yaml(file: &SourceFile, string: &RawString, written: &str) -> Option<Diagnostic> {
    let raw = file.text.get(string.span.range()).unwrap_or_default();
    let headline = if has_folded_list(raw) {
        "a text that is no literal block (`|`) joins the items of its list into one line"
    } else if gaps(raw) > gaps(written) {
        "a text that is no literal block (`|`) joins the paragraphs beside a blank line into one"
    } else {
        return None;
    };
    let blank = raw.find("\n\n").map_or(0, |at| at + 1);
    let start = string.span.start as usize + raw[..blank].trim_end().rfind('\n').map_or(0, |line| line + 1);
    let line = raw[start - string.span.start as usize..].lines().next().unwrap_or_default();
    let first = start + line.len() - line.trim_start().len();
    let span = Span::new(string.span.file, first..start + line.trim_end().len());
    Some(
        Diagnostic::error(Code::AccidentalMarkup, headline)
            .at(if gaps(raw) > 0 { span } else { string.span })
            .help("write the text as a literal block: `|` behind the key, the text on the lines below"),
    )
}

/// Whether several lines look like items.
fn has_folded_list(raw: &str) -> bool {
    let is_item = |line: &&str| {
        line.starts_with("- ")
            || line.starts_with("* ")
            || line.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok())
    };
    let is_known =
        raw.lines().map(|line| line.trim_start().trim_start_matches(['"', '\''])).filter(is_item).count() > 1;
    is_known || super::leftovers::is_list(raw.trim_start_matches(['"', '\'']))
}

/// How many times blank lines part two lines with words.
fn gaps(text: &str) -> usize {
    let lines: Vec<_> = text.trim().lines().map(|line| line.trim().is_empty()).collect();
    lines.windows(2).filter(|pair| pair[0] && !pair[1]).count()
}

fn parse_unit(sources: &Sources, locales: &Locales, model: &Model, names: &Names, raw: RawUnit) -> (Unit, Found) {
    let RawUnit { key, kind, product, flow, item, raw } = raw;
    let scope = Scope { model, names, product, flow };
    let span = raw.as_ref().map(|raw| raw.key);
    let source = locales.source();
    let mut texts: Vec<_> = locales.ids().map(|_| LocaleText::Missing).collect();
    let mut found = Found::default();
    let mut parse = |string: &RawString, locale: Option<LocaleId>| {
        let file = sources.file(string.span.file);
        let written = refold(file, string);
        if kind != UnitKind::Name && string.style != ScalarStyle::Literal {
            let joined = joined_by_yaml(file, string, &written);
            found.other.extend(joined.map(|diagnostic| match locale {
                Some(locale) => diagnostic.translation(locales.tag(locale), &key),
                None => diagnostic,
            }));
        }
        let (fragment, mistakes) = parse_prose(&written, kind, scope);
        for mistake in mistakes {
            let span = locate(file, string.span, string.style, &written, mistake.range);
            let diagnostic = mistake.diagnostic.at(span);
            let list = if mistake.is_structural { &mut found.structural } else { &mut found.other };
            list.push(match locale {
                Some(locale) => diagnostic.translation(locales.tag(locale), &key),
                None => diagnostic,
            });
        }
        LocaleText::Own(Text { written, span: string.span, style: string.style, fragment })
    };
    match raw.map(|raw| raw.strings) {
        None => {}
        Some(RawStrings::Same(string)) => {
            texts.fill_with(|| LocaleText::Everywhere);
            texts[source.index()] = parse(&string, None);
        }
        Some(RawStrings::PerLocale(strings)) => {
            for (locale, string) in strings {
                texts[locale.index()] = match string {
                    LocaleString::Own(string) => parse(&string, Some(locale)),
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

/// A sentence is never the same in two languages: readers would meet it in the foreign one, unmarked.
fn same_as_in_prose(locales: &Locales, locale: LocaleId, span: Span, key: &str) -> Diagnostic {
    let (tag, source) = (locales.tag(locale), locales.tag(locales.source()));
    Diagnostic::error(Code::SameAsInProse, format!("`={source}` stands for a sentence of `{key}`"))
        .at(span)
        .help(format!("write the text in `{tag}`; only names, titles and labels may be the same as in `{source}`"))
        .translation(tag, key)
}
