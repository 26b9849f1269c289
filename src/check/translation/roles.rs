//! The same names in another place: HTTP and HTTPS, the agent and the manager exchanged within one text.
//!
//! Languages order their words otherwise, so that order alone tells little. What stands beside a name
//! tells more: the word that says where something goes, comes from or what is replaced ("to", から,
//! „statt“), the clause that denies, the only reference of a clause. Where none of these speaks, two
//! clauses in a row that each name one are expected in one order. All of it is a doubt.

use std::collections::BTreeSet;
use std::ops::Range;

use super::learned::acronyms::{key, own_names};
use super::literals::literals;
use super::pair::{Mark, Pair};
use super::reading::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::l10n::Reference;
use crate::words::language::{Meaning, Sign};
use crate::words::{REFERENCE, is_wide};

/// What a clause does with the names in it.
const SENSES: [Meaning; 3] = [Meaning::Not, Meaning::Only, Meaning::Blocked];

/// Letters between two names of a list, at most: "oder den", または.
const LISTED: usize = 8;

/// What can only be exchanged for its like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Reference,
    /// In capitals; `true`: the site knows it.
    Name(bool),
    /// Code, or an address.
    Literal,
}

/// Something both texts name, and where.
#[derive(Clone, Debug)]
struct Name {
    key: String,
    range: Range<usize>,
    kind: Kind,
    /// Of the clause it stands in.
    clause: usize,
}

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let (source, target) = shared(names(pair, pair.source), names(pair, pair.target));
    if source.len() < 2 {
        return;
    }
    let sides = Sides { pair, source: &source, target: &target };
    let Some((key, from)) = sides.exchanged_marks().or_else(|| sides.exchanged_clauses()).or_else(|| sides.reordered())
    else {
        return;
    };
    let place = |names: &[Name], key: &str| {
        Mark::words(names.iter().find(|name| name.key == key).map(|name| name.range.clone()))
    };
    let headline = format!(
        "`{}` has {} where the source text has {}",
        pair.tag(),
        written(&target, pair.target, &key),
        written(&source, pair.source, &from)
    );
    let code = if source.iter().any(|name| name.key == from && name.kind == Kind::Reference) {
        Code::ReferenceMismatch
    } else {
        Code::LiteralMismatch
    };
    found.push(
        pair.finding(Severity::Warning, code, headline, &place(&target, &key), &place(&source, &from)).help(
            "check that each stands in the place of the other's text; if both say the same, accept the translation as it is",
        ),
    );
}

/// References, code, addresses and names in capitals, in order.
fn names(pair: &Pair<'_>, reading: &Reading<'_>) -> Vec<Name> {
    let prose = &reading.words;
    let mut places: Vec<Range<usize>> =
        prose.text.match_indices(REFERENCE).map(|(at, sign)| at..at + sign.len()).collect();
    places.extend(prose.links.iter().cloned());
    places.sort_by_key(|range| range.start);
    let references: Vec<&Reference> = reading.text.references().collect();
    let mut names = Vec::new();
    if places.len() == references.len() {
        let parties = places.into_iter().zip(references).filter(|(_, reference)| is_party(reference));
        names.extend(parties.map(|(range, reference)| Name {
            key: format!("{reference:?}"),
            range,
            kind: Kind::Reference,
            clause: 0,
        }));
    }
    for range in literals(reading) {
        let key = format!("`{}`", &prose.lower[range.clone()]);
        names.push(Name { key, range, kind: Kind::Literal, clause: 0 });
    }
    for range in own_names(reading) {
        let key = key(reading, &range);
        let kind = Kind::Name(pair.context.acronyms.contains(&key));
        names.push(Name { key, range, kind, clause: 0 });
    }
    names.sort_by_key(|name| name.range.start);
    let ends = clause_ends(reading);
    for name in &mut names {
        name.clause = ends.partition_point(|end| *end <= name.range.start);
    }
    names
}

/// What can be an end of a connection, or stand for one.
fn is_party(reference: &Reference) -> bool {
    matches!(reference, Reference::Component(_) | Reference::Host(_) | Reference::Ports(_) | Reference::Product(_))
}

/// Those that stand once in both texts.
fn shared(source: Vec<Name>, target: Vec<Name>) -> (Vec<Name>, Vec<Name>) {
    let once = |names: &[Name]| -> BTreeSet<String> {
        let is_once = |name: &&Name| names.iter().filter(|other| other.key == name.key).count() == 1;
        names.iter().filter(is_once).map(|name| name.key.clone()).collect()
    };
    let keys: BTreeSet<String> = once(&source).intersection(&once(&target)).cloned().collect();
    let keep = |names: Vec<Name>| names.into_iter().filter(|name| keys.contains(&name.key)).collect();
    (keep(source), keep(target))
}

/// Where a clause ends: behind a comma, a full stop, a word that joins.
pub(super) fn clause_ends(reading: &Reading<'_>) -> Vec<usize> {
    let text = &reading.words.text;
    let is_end = |(_, c): &(usize, char)| matches!(c, ',' | ';' | '、' | '，' | '；' | '。' | '\n' | '：' | ':');
    let mut ends: Vec<usize> = text.char_indices().filter(is_end).map(|(at, c)| at + c.len_utf8()).collect();
    ends.extend(text.match_indices(". ").map(|(at, _)| at + 1));
    ends.extend(signs(reading, &Meaning::Join).map(|sign| sign.range.end));
    ends.sort_unstable();
    ends.dedup();
    ends
}

fn signs<'r>(reading: &'r Reading<'_>, meaning: &'r Meaning) -> impl Iterator<Item = &'r Sign> {
    reading.signs.iter().filter(move |sign| sign.meaning == *meaning)
}

struct Sides<'a> {
    pair: &'a Pair<'a>,
    source: &'a [Name],
    target: &'a [Name],
}

/// What stands in the translation, and what in its place in the source text.
type Exchange = (String, String);

impl Sides<'_> {
    /// One name that "to", "from" or "instead of" marks in the one text, another in the other.
    fn exchanged_marks(&self) -> Option<Exchange> {
        [Meaning::To, Meaning::From, Meaning::Instead, Meaning::Than, Meaning::By].iter().find_map(|meaning| {
            let marked = |names: &[Name], reading: &Reading<'_>| -> Vec<String> {
                let marked = names.iter().filter(|name| is_marked(reading, &name.range, meaning));
                marked.map(|name| name.key.clone()).collect()
            };
            let exchange = exchange(&marked(self.source, self.pair.source), &marked(self.target, self.pair.target))?;
            let is_open = *meaning == Meaning::To && self.assigns(&exchange);
            (self.is_of_one_kind(&exchange) && !self.are_listed(&exchange) && !is_open).then_some(exchange)
        })
    }

    /// Whether a value in code is given to a name in code: "set `x` to `y`", `x`に`y`を設定.
    fn assigns(&self, (one, _): &Exchange) -> bool {
        let is_literal = self.source.iter().any(|name| name.key == *one && name.kind == Kind::Literal);
        let says = |reading: &Reading<'_>| signs(reading, &Meaning::Assign).next().is_some();
        is_literal && (says(self.pair.source) || says(self.pair.target))
    }

    /// A reference is no protocol.
    fn is_of_one_kind(&self, (one, other): &Exchange) -> bool {
        let kind = |key: &String| self.source.iter().find(|name| name.key == *key).map(|name| name.kind);
        match (kind(one), kind(other)) {
            (Some(Kind::Name(_)), Some(Kind::Name(_))) => true,
            (one, other) => one == other,
        }
    }

    /// Whether two names follow each other directly in one of the texts, joined by "or" or 、: a word
    /// that marks one of them marks both.
    fn are_listed(&self, (one, other): &Exchange) -> bool {
        let in_text = |names: &[Name], reading: &Reading<'_>| {
            let mut ranges: Vec<Range<usize>> =
                names.iter().filter(|name| [one, other].contains(&&name.key)).map(|name| name.range.clone()).collect();
            ranges.sort_by_key(|range| range.start);
            let [first, second] = ranges.as_slice() else { return false };
            let gap = first.end..second.start;
            let marks = [Meaning::To, Meaning::From, Meaning::Instead, Meaning::Than];
            let is_marked = reading.signs.iter().any(|sign| {
                gap.start <= sign.range.start && sign.range.end <= gap.end && marks.contains(&sign.meaning)
            });
            let letters = reading.words.text[gap.clone()].chars().filter(|c| c.is_alphanumeric()).count();
            let joins = [Meaning::Join, Meaning::Listed];
            let is_joined =
                reading.signs.iter().any(|sign| gap.contains(&sign.range.start) && joins.contains(&sign.meaning));
            letters <= LISTED && is_joined && !is_marked
        };
        in_text(self.source, self.pair.source) || in_text(self.target, self.pair.target)
    }

    /// One name that stands in the clause that denies, or beside the same reference, and another there
    /// in the other text.
    fn exchanged_clauses(&self) -> Option<Exchange> {
        if self.source.iter().filter(|name| name.kind == Kind::Name(true)).count() < 2 {
            return None;
        }
        let by_denial = SENSES.iter().find_map(|sense| {
            let (source, target) = self.said_with(sense);
            exchange(&source, &target)
        });
        by_denial.or_else(|| {
            self.source.iter().find_map(|anchor| {
                let other = self.target.iter().find(|name| name.key == anchor.key)?;
                let beside = |names: &[Name], clause: usize| {
                    let mut beside = in_clause(names, &BTreeSet::from([clause]));
                    beside.retain(|key| *key != anchor.key);
                    beside
                };
                exchange(&beside(self.source, anchor.clause), &beside(self.target, other.clause))
            })
        })
    }

    /// Names in the clauses that deny, limit or block.
    fn said_with(&self, sense: &Meaning) -> (Vec<String>, Vec<String>) {
        let said = |names: &[Name], reading: &Reading<'_>| {
            let ends = clause_ends(reading);
            let clauses: BTreeSet<usize> =
                signs(reading, sense).map(|sign| ends.partition_point(|end| *end <= sign.range.start)).collect();
            in_clause(names, &clauses)
        };
        (said(self.source, self.pair.source), said(self.target, self.pair.target))
    }

    /// Whether one name is denied, limited or blocked in both texts: their order says nothing then.
    fn is_settled(&self) -> bool {
        SENSES
            .iter()
            .any(|sense| matches!(self.said_with(sense), (source, target) if source.len() == 1 && source == target))
    }

    /// Names that follow each other in another order, each in a clause that says more than the name.
    fn reordered(&self) -> Option<Exchange> {
        let free = [self.pair.source, self.pair.target].iter().all(|reading| {
            let limits = [Meaning::If, Meaning::Not, Meaning::Instead];
            !reading.signs.iter().any(|sign| limits.contains(&sign.meaning))
        });
        let (source, target) =
            (said_in_clauses(self.source, self.pair.source)?, said_in_clauses(self.target, self.pair.target)?);
        let differs = source.iter().zip(&target).find(|(one, other)| one != other);
        differs
            .filter(|_| free && !self.is_settled() && source.len() == target.len())
            .map(|(one, other)| (other.clone(), one.clone()))
    }
}

/// As it is written.
fn written(names: &[Name], reading: &Reading<'_>, key: &str) -> String {
    let Some(name) = names.iter().find(|name| name.key == key) else { return String::new() };
    let written = reading.words.written(name.range.clone());
    let said = if name.kind == Kind::Reference {
        let whole = reading.words.references.iter().find(|range| range.contains(&written.start));
        &reading.text.written[whole.cloned().unwrap_or(written)]
    } else {
        &reading.words.text[name.range.clone()]
    };
    format!("`{said}`")
}

/// Names in capitals within some clauses.
fn in_clause(names: &[Name], clauses: &BTreeSet<usize>) -> Vec<String> {
    let inside = names.iter().filter(|name| name.kind == Kind::Name(true) && clauses.contains(&name.clause));
    inside.map(|name| name.key.clone()).collect()
}

/// One name in the source text and another in the translation.
fn exchange(source: &[String], target: &[String]) -> Option<Exchange> {
    match (source, target) {
        ([one], [other]) if one != other => Some((other.clone(), one.clone())),
        _ => None,
    }
}

/// Names in capitals, if each stands in a clause of its own that says something of it.
fn said_in_clauses(names: &[Name], reading: &Reading<'_>) -> Option<Vec<String>> {
    let own: Vec<&Name> = names.iter().filter(|name| name.kind == Kind::Name(true)).collect();
    let ends = clause_ends(reading);
    let text = &reading.words.text;
    for (position, name) in own.iter().enumerate() {
        let is_alone = own.iter().enumerate().all(|(other, known)| other == position || known.clause != name.clause);
        let start = name.clause.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        let end = ends.get(name.clause).copied().unwrap_or(text.len());
        let letters = text[start..end].chars().filter(|c| c.is_alphabetic()).count();
        if !is_alone || letters < name.range.len() + 3 {
            return None;
        }
    }
    (own.len() > 1).then(|| own.into_iter().map(|name| name.key.clone()).collect())
}

/// Whether a word of a kind stands directly beside a name: before it, and in scripts without spaces
/// behind it; articles between them aside.
fn is_marked(reading: &Reading<'_>, range: &Range<usize>, meaning: &Meaning) -> bool {
    let text = &reading.words.text;
    let mut before = range.start;
    let mut behind = range.end;
    for _ in 0..3 {
        before = text[..before].trim_end_matches([' ', '\u{a0}', '„', '“', '"', '(', '（', '「']).len();
        behind = text.len() - text[behind..].trim_start_matches(['」', '）', ')']).len();
        let is_leading = |sign: &&Sign| sign.range.end == before && !is_wide_at(text, sign.range.start);
        let is_trailing = |sign: &&Sign| sign.range.start == behind && is_wide_at(text, sign.range.start);
        // [vom Manager](component:manager): the word is part of the name.
        let is_inside = |sign: &&Sign| sign.range.start == range.start && sign.range.end < range.end;
        let here = |sign: &&Sign| is_leading(sign) || is_trailing(sign) || is_inside(sign);
        let is_other = reading.signs.iter().filter(here).any(|sign| sign.meaning == Meaning::NoMark);
        if !is_other && reading.signs.iter().filter(here).any(|sign| sign.meaning == *meaning) {
            return true;
        }
        let filler = |is_there: &dyn Fn(&&Sign) -> bool| signs(reading, &Meaning::Filler).find(is_there).cloned();
        match (filler(&is_leading), filler(&is_trailing)) {
            (Some(sign), _) => before = sign.range.start,
            (None, Some(sign)) => behind = sign.range.end,
            (None, None) => return false,
        }
    }
    false
}

fn is_wide_at(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(is_wide)
}
