//! Conditions: a row that holds only in some cases has to say so. In which words is the page's
//! affair; a word that restricts, a date or a name of the choice is enough.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Condition;
use crate::published::{Block, Cell, Published};
use crate::span::Span;
use crate::value::{Date, Inferred};

use super::Comparison;
use crate::published::lexicon::fold_name;
use crate::published::rows::Piece;
use crate::published::token::{TokenKind, tokens};

/// As many lines before a table may restrict it.
const LINES_BEFORE: usize = 3;

pub(super) fn compare(comparison: &Comparison<'_>, published: &Published, diagnostics: &mut Vec<Diagnostic>) {
    let is_stated = |row| stated(comparison, row).is_some();
    if comparison.lexicon.condition_words.is_empty() && (0..comparison.expected.rows.len()).any(is_stated) {
        diagnostics.push(without_words(comparison));
        return;
    }
    for row in 0..comparison.expected.rows.len() {
        let page_rows = comparison.alignment.page_rows(&comparison.page, &comparison.expected, row);
        let Some(page_row) = page_rows.first().copied() else { continue };
        let Some((condition, phrase)) = stated(comparison, row) else { continue };
        let dates = dates_in(comparison, &phrase);
        if let Some(difference) = other_date(comparison, row, page_row, &dates) {
            diagnostics.push(difference);
        } else if !is_said(comparison, published, page_row, condition, &dates) {
            diagnostics.extend(lacking(comparison, row, page_row, &phrase));
        }
    }
}

/// Every condition would seem to be lacking.
fn without_words(comparison: &Comparison<'_>) -> Diagnostic {
    let tag = comparison.site.config.locales.tag(comparison.locale);
    let headline = format!("not compared: conditions, since no list says in which words `{tag}` states them");
    Diagnostic::warning(Code::NotComparable, headline)
        .at(Span::new(comparison.file, 0..0))
        .help(format!("write `pages.conditions` into `i18n/{tag}/language.toml`; docs/languages.md says what it holds"))
}

/// The condition of a row and its phrase, if all of its flows have one that the source page states.
fn stated<'a>(comparison: &'a Comparison<'_>, row: usize) -> Option<(&'a Condition, String)> {
    let flows = comparison.expected.rows[row].flows.iter().map(|flow| &comparison.site.model[*flow]);
    let is_stated = flows.clone().all(|flow| !flow.when.is_always());
    let flow = flows.into_iter().find(|flow| !flow.inferred.contains(&Inferred::When)).filter(|_| is_stated)?;
    Some((&flow.when, comparison.site.speech().aside(comparison.locale, |voice| voice.condition(&flow.when))?))
}

fn dates_in(comparison: &Comparison<'_>, text: &str) -> Vec<Date> {
    let date = |kind| if let TokenKind::Date(date) = kind { Some(date) } else { None };
    tokens(text, &comparison.lexicon).into_iter().filter_map(|token| date(token.kind)).collect()
}

fn dates_on_page<'a>(
    comparison: &'a Comparison<'_>,
    pieces: impl Iterator<Item = &'a Piece>,
) -> Vec<(Date, Option<Span>)> {
    let mut found = Vec::new();
    for piece in pieces {
        for token in comparison.page.tokens_of(piece) {
            if let TokenKind::Date(date) = token.kind {
                found.push((date, comparison.page.cells[piece.cell].0.span_of(token.range.clone())));
            }
        }
    }
    found
}

fn other_date(comparison: &Comparison<'_>, row: usize, page_row: usize, own: &[Date]) -> Option<Diagnostic> {
    let on_page = &comparison.page.rows[page_row];
    let around = dates_on_page(comparison, on_page.pieces());
    let is_there = own.is_empty() || around.iter().any(|(date, _)| own.contains(date));
    let (date, span) = dates_on_page(comparison, on_page.before.iter()).into_iter().next().filter(|_| !is_there)?;
    let said = own.first()?;
    let flow = comparison.expected.rows[row].flows[0];
    Some(
        Diagnostic::error(Code::DiffersOnPage, format!("the page says {date}, the source says {said}"))
            .at(span?)
            .mark(format!("the page: {date}"))
            .label(comparison.flow_span(flow), format!("the source{}: {said}", comparison.row_name(row)))
            .help(comparison.mend(flow)),
    )
}

fn is_said(
    comparison: &Comparison<'_>,
    published: &Published,
    page_row: usize,
    condition: &Condition,
    dates: &[Date],
) -> bool {
    let page = &comparison.page;
    let own = &page.rows[page_row];
    let restricts = |text: &str| comparison.lexicon.has_condition(text) || names_choice(comparison, condition, text);
    let pieces: Vec<&Piece> = own.pieces().collect();
    let has_date = dates_on_page(comparison, own.pieces()).iter().any(|(date, _)| dates.contains(date));
    // A mark leads to a note elsewhere.
    let has_mark = pieces
        .iter()
        .any(|piece| page.tokens_of(piece).any(|token| matches!(token.kind, TokenKind::Mark('*' | '†' | '‡' | '※'))));
    if has_date || has_mark || pieces.iter().any(|piece| restricts(page.text(piece))) {
        return true;
    }
    if own.is_exact {
        let section = own.section.is_some_and(|cell| restricts(&page.cells[cell].0.text));
        return section || lines_before(published, own.table).any(restricts);
    }
    // Without borders nobody knows how far a cell above reaches down.
    let above = page.rows[..page_row].iter().flat_map(|row| &row.before);
    above.into_iter().any(|piece| comparison.lexicon.has_condition(page.text(piece)))
}

/// The lines directly before a table, and the heading above it.
fn lines_before(published: &Published, table: usize) -> impl Iterator<Item = &str> {
    let before = published.blocks[..table].iter().rev().map_while(as_line);
    let heading = before.clone().find(|cell| cell.is_heading);
    before.take(LINES_BEFORE).chain(heading).map(|cell| cell.text.as_str())
}

fn as_line(block: &Block) -> Option<&Cell> {
    match block {
        Block::Line(cell) => Some(cell),
        Block::Table(_) => None,
    }
}

/// Whether a text has a good part of the name of an option or of one of its choices.
fn names_choice(comparison: &Comparison<'_>, condition: &Condition, text: &str) -> bool {
    let folded = fold_name(text);
    condition.cases().iter().flatten().any(|(option, choices)| {
        let option = &comparison.site.model[*option];
        let labels = comparison.site.config.locales.ids().flat_map(|locale| {
            let choices = choices.iter().filter(|_| !option.is_switch);
            let choices = choices.map(move |choice| {
                comparison.site.speech().aside(locale, |voice| voice.choice_label(&option.choices[choice]))
            });
            std::iter::once(comparison.site.name(option.label, locale).to_owned()).chain(choices)
        });
        labels.into_iter().any(|label| shares(&folded, &fold_name(&label)))
    })
}

/// Five characters in a row, or three where one of them is a word.
fn shares(text: &str, label: &str) -> bool {
    let least = if label.is_ascii() { 6 } else { 3 };
    let chars: Vec<char> = label.chars().collect();
    if chars.len() < least {
        return !label.is_empty() && text.contains(label);
    }
    chars.windows(least).any(|part| text.contains(&part.iter().collect::<String>()))
}

fn lacking(comparison: &Comparison<'_>, row: usize, page_row: usize, phrase: &str) -> Option<Diagnostic> {
    let item = comparison.page.items.iter().find(|item| item.row == page_row)?;
    let flow = comparison.expected.rows[row].flows[0];
    Some(
        Diagnostic::error(
            Code::LackingOnPage,
            format!("the page lacks the condition of {}: {phrase}", item.port.named()),
        )
        .at(comparison.page.span_of(&item.at)?)
        .mark("the page states no condition in this row")
        .label(comparison.flow_span(flow), format!("the source has one here{}", comparison.row_name(row)))
        .help(comparison.mend(flow)),
    )
}
