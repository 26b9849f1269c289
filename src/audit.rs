//! A page published elsewhere, held against the source: what it lacks, what it has too much, what it
//! says otherwise.
//!
//! In: a [`Site`] and a [`Published`] page. Out: diagnostics at the page's lines, with the place in
//! the source as a label. Only facts are compared, never sentences; a cell that can't be compared is
//! named once and never guessed at.

mod addresses;
mod align;
mod conditions;
mod ends;
mod expected;
mod language;
mod lists;
mod order;
mod ports;
mod prose;
mod skipped;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, sort};
use crate::locale::LocaleId;
use crate::model::{CitedId, FlowId, ProductId};
use crate::published::Published;
use crate::published::lexicon::Lexicon;
use crate::published::rows::PageRows;
use crate::site::Site;
use crate::span::{FileId, Span};

use align::Alignment;
use expected::{Expected, SourceItem};

/// More differences are not shown one by one.
const MOST_SHOWN: usize = 300;

/// What was compared and what came of it.
#[derive(Debug)]
pub(crate) struct Audit {
    /// Sorted by line.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Rows of the source that the page has.
    pub(crate) rows_found: usize,
    /// Rows of the source that a page should have.
    pub(crate) rows_expected: usize,
}

impl Audit {
    /// Whether page and source say the same, as far as they can be compared.
    pub(crate) fn agrees(&self) -> bool {
        let is_left_out = |code| matches!(code, Code::NotComparable | Code::OtherLanguage);
        self.diagnostics.iter().all(|diagnostic| is_left_out(diagnostic.code))
    }
}

/// Holds a page against what the source says of a product, in the page's locale.
/// Where the product has several sources, `source` says which of them the page is; else it is the one
/// it fits best.
pub(crate) fn audit(
    site: &Site,
    product: ProductId,
    source: Option<CitedId>,
    locale: LocaleId,
    file: FileId,
    published: &Published,
) -> Audit {
    let lexicon = Lexicon::new(site, product, locale);
    let page = PageRows::read(published, &lexicon);
    let fits = Expected::all(&site.model, product, source).into_iter().map(|expected| {
        let alignment = Alignment::find(&page, &expected, &site.model, &lexicon);
        (expected, alignment)
    });
    let best = fits.reduce(|best, next| if next.1.score > best.1.score { next } else { best });
    let (expected, alignment) = best.unwrap_or_default();
    let prose_ports = prose::ports(&page, &lexicon);
    let known_addresses = addresses::mentioned(site, product, &lexicon);
    let comparison =
        Comparison { site, product, locale, file, lexicon, page, expected, alignment, prose_ports, known_addresses };
    comparison.run(published)
}

/// Everything a comparison looks at.
struct Comparison<'a> {
    site: &'a Site,
    product: ProductId,
    locale: LocaleId,
    file: FileId,
    lexicon: Lexicon,
    page: PageRows<'a>,
    expected: Expected,
    alignment: Alignment,
    /// Ports that sentences name, and where.
    prose_ports: Vec<(u16, Span)>,
    /// Addresses that texts of the source name.
    known_addresses: BTreeSet<String>,
}

impl Comparison<'_> {
    fn run(self, published: &Published) -> Audit {
        let other = language::check(&self);
        let is_readable = other.is_none();
        let mut diagnostics: Vec<_> = other.into_iter().collect();
        diagnostics.extend(published.left_out.iter().map(|(span, what)| left_out(*span, what)));
        diagnostics.extend(self.cut().map(|span| left_out(span, "the ports from here on: there are too many")));
        let rows_expected = self.expected.rows.iter().filter(|row| row.is_required).count();
        let rows_found = self.rows_found();
        // Of another page every row would be an alarm.
        if rows_found == 0 && rows_expected > 0 {
            diagnostics.push(self.no_row(rows_expected));
        } else {
            diagnostics.extend(self.no_table());
            let skipped = skipped::rows(&self);
            diagnostics.extend(skipped::left_out(&self, &skipped));
            ports::compare(&self, &skipped, &mut diagnostics);
            diagnostics.extend(order::compare(&self));
            addresses::compare(&self, &mut diagnostics);
            prose::compare(&self, &mut diagnostics);
            if is_readable {
                conditions::compare(&self, published, &mut diagnostics);
                ends::compare(&self, &mut diagnostics);
            }
        }
        sort(&mut diagnostics);
        self.shorten(&mut diagnostics);
        Audit { diagnostics, rows_found, rows_expected }
    }

    /// Of a page that is another one in all but its address, the first differences are enough.
    fn shorten(&self, diagnostics: &mut Vec<Diagnostic>) {
        let rest = diagnostics.len().saturating_sub(MOST_SHOWN);
        if rest > 0 {
            diagnostics.truncate(MOST_SHOWN);
            diagnostics.push(
                Diagnostic::warning(Code::NotComparable, format!("not shown: {rest} more differences"))
                    .at(Span::new(self.file, 0..0))
                    .help("correct the first ones, or look whether this is the page of the product"),
            );
        }
    }

    fn has_row(&self, row: usize) -> bool {
        let mut items = self.expected.items.iter().enumerate().filter(|(_, item)| item.row == row);
        items.any(|(position, _)| self.alignment.page_of[position].is_some())
    }

    fn rows_found(&self) -> usize {
        let is_said = |row: usize| self.expected.items.iter().any(|item| item.row == row && self.is_in_prose(item));
        let rows = self.expected.rows.iter().enumerate().filter(|(_, own)| own.is_required);
        rows.filter(|(row, _)| self.has_row(*row) || is_said(*row)).count()
    }

    /// On a page without tables, or for a source without rows, a port is where prose names it.
    fn is_in_prose(&self, item: &SourceItem) -> bool {
        let has_table = self.expected.has_table && !self.page.items.is_empty();
        let Some((first, last)) = item.port.numbers().filter(|_| !has_table) else { return false };
        [first, last].iter().all(|number| self.prose_ports.iter().any(|(known, _)| known == number))
    }

    fn no_table(&self) -> Option<Diagnostic> {
        self.page.items.is_empty().then(|| {
            Diagnostic::warning(Code::NotComparable, "not compared: transports, protocols and ends of connections")
                .at(Span::new(self.file, 0..0))
                .help("the page has no table of ports; only numbers, addresses and dates were compared")
        })
    }

    fn cut(&self) -> Option<Span> {
        let first = self.page.items.get(self.alignment.compared).and_then(|item| self.page.span_of(&item.at));
        first.or(self.page.cut)
    }

    fn no_row(&self, rows: usize) -> Diagnostic {
        let id = &self.site.model[self.product].id;
        Diagnostic::error(Code::LackingOnPage, format!("the page has no row of `{id}`, the source {rows}"))
            .at(Span::new(self.file, 0..0))
            .label(self.site.model[self.product].span, "the product it was compared with")
            .help("is it the page of this product? name another with `--product`")
            .help("a page whose tables are drawn by scripts has to be saved as the browser shows it")
    }

    /// "`agent` → `relay`": a flow by its ends, as the source writes them.
    fn flow_name(&self, flow: FlowId) -> String {
        self.site.speech().aside(self.locale, |voice| voice.flow_name(flow))
    }

    /// "row 22 of the source page", where the source counts rows.
    fn row_name(&self, row: usize) -> String {
        self.expected.rows[row].name.as_ref().map_or_else(String::new, |name| format!(" (row {name})"))
    }

    /// Where a flow is written, for a label.
    fn flow_span(&self, flow: FlowId) -> Span {
        self.site.model[flow].span
    }

    /// What to do once a difference is found.
    fn mend(&self, flow: FlowId) -> String {
        let flow = &self.site.model[flow];
        format!("correct the page; if the page is right, correct the flow `{}` and run `rutter check`", flow.id)
    }
}

fn left_out(span: Span, what: &str) -> Diagnostic {
    Diagnostic::warning(Code::NotComparable, format!("not compared: {what}"))
        .at(span)
        .help("compare this part by hand, or audit it as a file of its own")
}
