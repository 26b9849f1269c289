//! Rows of sources, as written: those that a flow covers, `3` or `inbound/3`, and those that a source
//! skips, `20-24` or `inbound/3-5`.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::span::{Span, Spanned};

use super::fields::{Fields, as_list, as_number, as_word, wrong_type};
use super::keys;
use super::reading::Reading;
use super::yaml::{Entry, Node, ScalarStyle, Value};

/// One row of a source.
#[derive(Clone, Debug)]
pub struct RawRow {
    /// Its table, where one is named.
    pub table: Option<Spanned<String>>,
    /// Its number, in the table or through all of them.
    pub number: u32,
    /// Where it is written.
    pub span: Span,
}

/// Rows that no flow needs to cover. Why they are skipped is for maintainers; the compiler only insists
/// that it is said.
#[derive(Clone, Debug)]
pub struct RawSkip {
    /// Their table, where one is named.
    pub table: Option<Spanned<String>>,
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
    /// Where they are written.
    pub span: Span,
}

/// The rows that a flow covers.
#[derive(Clone, Debug)]
pub enum RawCites {
    /// Those of one source.
    One {
        /// The source; it may go without saying.
        source: Option<Spanned<String>>,
        /// Its rows.
        rows: Vec<RawRow>,
    },
    /// Those of several sources, which state one fact.
    Each(Vec<(Spanned<String>, Vec<RawRow>)>),
}

/// Reads `source` and `rows` of a flow.
pub(super) fn parse_cites(fields: &Fields<'_>, reading: &mut Reading<'_>) -> RawCites {
    let source = fields.word(keys::flow::SOURCE, reading);
    let rows = fields.get(keys::flow::ROWS);
    let report = &mut reading.report;
    let Some(Node { value: Value::Map(entries), span }) = rows else {
        let rows = rows.map(|node| parse_rows("`rows`", node, report)).unwrap_or_default();
        return RawCites::One { source, rows };
    };
    if let Some(named) = &source {
        report.add(
            Diagnostic::error(Code::WrongType, "`source` stands beside `rows` of each source")
                .at(named.span)
                .label(*span, "this names its sources itself")
                .help("remove `source`, or list the rows of one source: `rows: [1, 2]`"),
        );
    }
    if entries.is_empty() {
        let help = "name each source with its rows, `manual: [1, 2]`, or remove the key";
        report.add(Diagnostic::error(Code::WrongType, "`rows` is empty").at(*span).help(help));
    }
    let cite = |entry: &Entry| {
        let what = format!("the list of rows of `{}`", entry.key.value);
        (entry.key.clone(), parse_rows(&what, &entry.value, report))
    };
    RawCites::Each(entries.iter().map(cite).collect())
}

fn parse_rows(what: &str, node: &Node, report: &mut Report) -> Vec<RawRow> {
    as_list(what, node, report).iter().filter_map(|item| parse_row(what, item, report)).collect()
}

/// Reads `3` or `inbound/3`.
fn parse_row(what: &str, node: &Node, report: &mut Report) -> Option<RawRow> {
    let Some((table, number)) = node.as_scalar().and_then(|scalar| scalar.text.trim().split_once('/')) else {
        let number = as_number(what, node, report)?;
        return Some(RawRow { table: None, number: number.value, span: number.span });
    };
    let word = as_word(what, node, report)?;
    let Some(number) = as_count(number).filter(|_| !table.is_empty()) else {
        let headline = format!("{what} is `{}`, expected a row of a table", word.value);
        let help = "write the table and one number, `inbound/3`, and a list of such for several rows";
        report.add(Diagnostic::error(Code::WrongType, headline).at(word.span).help(help));
        return None;
    };
    Some(RawRow { table: Some(table_of(table, node)), number, span: node.span })
}

/// The table before the slash, with its own place where what is written is what is meant.
fn table_of(table: &str, node: &Node) -> Spanned<String> {
    let is_plain = node.as_scalar().is_some_and(|scalar| scalar.style == ScalarStyle::Plain);
    Spanned::new(table.to_owned(), if is_plain { head(node.span, table.len()) } else { node.span })
}

fn head(span: Span, length: usize) -> Span {
    let start = span.range().start;
    Span::new(span.file, start..start + length)
}

/// Reads `skip` of a source: rows, each with the reason.
pub(super) fn parse_skips(node: &Node, report: &mut Report) -> Vec<RawSkip> {
    let Value::Map(entries) = &node.value else {
        let help = "write each row with the reason why no flow states it: `{ 19: \"a remark\", 20-24: \"see below\" }`";
        report.add(wrong_type("`skip`", "a map of rows and reasons", node).help(help));
        return Vec::new();
    };
    if entries.is_empty() {
        let help = "name the rows that no flow needs to cover, or remove the key";
        report.add(Diagnostic::error(Code::WrongType, "`skip` is empty").at(node.span).help(help));
    }
    entries.iter().filter_map(|entry| parse_skip(entry, report)).collect()
}

fn parse_skip(entry: &Entry, report: &mut Report) -> Option<RawSkip> {
    let Spanned { value: key, span } = &entry.key;
    // Without its reason a row is skipped all the same, so that it is not missed as a second mistake.
    refuse_no_reason(key, &entry.value, report);
    let Some((table, first, last)) = as_range(key) else {
        let headline = format!("`skip` names `{key}`, expected a row or a range of rows");
        let plain = key.replace(['–', '—', '―', '‐', '−', '~', '～', '〜'], "-").replace(' ', "");
        let help = match as_range(&plain) {
            Some(_) => format!("write `{plain}`"),
            None => "write `19`, `20-24` or, of a table, `inbound/3-5`".to_owned(),
        };
        report.add(Diagnostic::error(Code::WrongType, headline).at(*span).help(help));
        return None;
    };
    let is_as_written = span.range().len() == key.len();
    let table =
        table.map(|table| Spanned::new(table.to_owned(), if is_as_written { head(*span, table.len()) } else { *span }));
    if first > last {
        let prefix = table.as_ref().map(|table| format!("{}/", table.value)).unwrap_or_default();
        let headline = format!("the skipped rows `{key}` run backwards");
        let help = format!("write `{prefix}{last}-{first}`");
        report.add(Diagnostic::error(Code::WrongType, headline).at(*span).help(help));
        return None;
    }
    Some(RawSkip { table, first, last, span: *span })
}

fn refuse_no_reason(key: &str, node: &Node, report: &mut Report) {
    let what = format!("the reason to skip `{key}`");
    let help = "say why no flow states it, `\"a remark\"`";
    match node.as_scalar() {
        None => report.add(wrong_type(&what, "a text", node).help(help)),
        Some(reason) if node.is_null() || reason.text.trim().is_empty() => {
            report.add(Diagnostic::error(Code::EmptyText, format!("{what} is empty")).at(node.span).help(help));
        }
        Some(_) => {}
    }
}

/// `19`, `20-24`, `inbound/3`, `inbound/3-5`.
fn as_range(key: &str) -> Option<(Option<&str>, u32, u32)> {
    let (table, rows) = key.split_once('/').map_or((None, key), |(table, rows)| (Some(table), rows));
    let (first, last) = rows.split_once('-').unwrap_or((rows, rows));
    let is_named = table.is_none_or(|table| !table.is_empty());
    is_named.then_some((table, as_count(first)?, as_count(last)?))
}

/// A whole number without sign or leading zero.
fn as_count(word: &str) -> Option<u32> {
    let is_canonical = word == "0" || word.starts_with(|c: char| c.is_ascii_digit() && c != '0');
    word.parse().ok().filter(|_| is_canonical)
}
