//! A source, as written: the page that facts come from, its tables, and the rows of them that are skipped.

use crate::diagnostic::{Advice, Code, Diagnostic, Report};
use crate::span::Spanned;
use crate::value::Date;
use crate::value::date::parse_date;

use super::common::{RawMeta, parse_meta};
use super::fields::{Fields, as_number, as_word};
use super::keys;
use super::reading::Reading;
use super::rows::{RawSkip, parse_skips};
use super::text::{RawText, parse_name};
use super::yaml::{Node, Value};

/// Where facts come from.
#[derive(Clone, Debug)]
pub struct RawSource {
    /// Its id.
    pub id: Spanned<String>,
    /// Its title.
    pub title: Option<RawText>,
    /// Its address: one for all, or by locale tag.
    pub urls: Vec<(Option<String>, Spanned<String>)>,
    /// When it was read; absent for a page that is only pointed at.
    pub read: Option<Date>,
    /// What date it gives for itself.
    pub as_of: Option<Date>,
    /// How many rows its tables have, where they are counted through.
    pub rows: u32,
    /// Its tables, where they have names.
    pub tables: Vec<RawTable>,
    /// Rows that no flow needs to cover.
    pub skips: Vec<RawSkip>,
    /// Former ids and excepted checks.
    pub meta: RawMeta,
}

/// One table of a source.
#[derive(Clone, Debug)]
pub struct RawTable {
    /// Its id.
    pub id: Spanned<String>,
    /// What the page calls it.
    pub title: Option<RawText>,
    /// How many rows it has.
    pub rows: u32,
}

/// More rows than any page has; each is looked at.
const MOST_ROWS: u32 = 100_000;

/// Reads a source.
pub(super) fn parse_source(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawSource> {
    let fields = Fields::of(&keys::source::KEYS, id.span, node, &mut reading.report)?;
    let title = parse_name(&fields, keys::source::TITLE, reading);
    let tables = parse_tables(&fields, reading);
    let rows = fields.number(keys::source::ROWS, reading).map(|rows| rows.value);
    let all = tables.iter().fold(rows.unwrap_or(0), |sum, table| sum.saturating_add(table.rows));
    if all > MOST_ROWS {
        let headline = format!("the source has more than {MOST_ROWS} rows");
        reading.report.add(Diagnostic::error(Code::WrongType, headline).at(id.span).help("split the source"));
    }
    let has_tables = fields.get(keys::source::TABLES).is_some();
    let is_told = [keys::source::ROWS, keys::source::TABLES].into_iter().any(|key| fields.is_misspelled(key));
    if !has_tables && fields.get(keys::source::ROWS).is_none() && !is_told {
        let help = "add `rows:` with the number of its rows, or `tables:` where its tables have names";
        reading.report.add(Diagnostic::error(Code::MissingKey, "a source has no `rows`").at(id.span).help(help));
    }
    // A page without rows may be one that is only pointed at and was never read.
    if has_tables || rows != Some(0) {
        fields.require(keys::source::READ, &mut reading.report);
    }
    Some(RawSource {
        title,
        urls: fields.get(keys::source::URL).map(|node| parse_urls(node, reading)).unwrap_or_default(),
        read: fields.get(keys::source::READ).and_then(|node| as_date("`read`", Exact::Day, node, &mut reading.report)),
        as_of: fields
            .get(keys::source::AS_OF)
            .and_then(|node| as_date("`as-of`", Exact::Month, node, &mut reading.report)),
        rows: rows.unwrap_or(0).min(MOST_ROWS),
        tables,
        skips: fields.get(keys::source::SKIP).map(|node| parse_skips(node, &mut reading.report)).unwrap_or_default(),
        meta: parse_meta(&fields, reading),
        id,
    })
}

/// Reads `tables`, and refuses `rows` beside it.
fn parse_tables(fields: &Fields<'_>, reading: &mut Reading<'_>) -> Vec<RawTable> {
    let Some(node) = fields.get(keys::source::TABLES) else { return Vec::new() };
    if let Some(rows) = fields.get(keys::source::ROWS) {
        reading.report.add(
            Diagnostic::error(Code::WrongType, "`rows` and `tables` stand in one source")
                .at(rows.span)
                .label(node.span, "each table says how many rows it has")
                .help("remove `rows`, or count through all tables and remove `tables`"),
        );
    }
    if matches!(&node.value, Value::Map(entries) if entries.is_empty()) {
        reading.report.add(
            Diagnostic::error(Code::WrongType, "`tables` is empty")
                .at(node.span)
                .help("name each table with the number of its rows, `inbound: 12`; without names write `rows`"),
        );
    }
    fields.items(keys::source::TABLES, reading, parse_table)
}

fn parse_table(id: Spanned<String>, node: &Node, reading: &mut Reading<'_>) -> Option<RawTable> {
    let (title, rows) = if let Value::Map(_) = &node.value {
        let fields = Fields::of(&keys::table::KEYS, id.span, node, &mut reading.report)?;
        (parse_name(&fields, keys::table::TITLE, reading), fields.number(keys::table::ROWS, reading))
    } else {
        (None, as_number(&format!("the number of rows of `{}`", id.value), node, &mut reading.report))
    };
    let rows = rows?;
    if rows.value == 0 {
        let headline = format!("the table `{}` has no rows", id.value);
        let help = "write how many rows it has, its head not counted, or remove the table";
        reading.report.add(Diagnostic::error(Code::WrongType, headline).at(rows.span).help(help));
    }
    Some(RawTable { id, title, rows: rows.value.min(MOST_ROWS + 1) })
}

/// How exact a date has to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Exact {
    /// A page may give itself no more than a month.
    Month,
    /// Who reads a page knows the day.
    Day,
}

fn as_date(what: &str, exact: Exact, node: &Node, report: &mut Report) -> Option<Date> {
    let form = if exact == Exact::Day { "YYYY-MM-DD" } else { "YYYY-MM-DD or YYYY-MM" };
    let word = as_word(what, node, report)?;
    let date = parse_date(&word.value);
    let headline = match date {
        Some(date) if exact == Exact::Day && date.day.is_none() => {
            format!("{what} is `{}`, a month, expected a day", word.value)
        }
        Some(_) => return date,
        None => format!("{what} is `{}`, which is no date", word.value),
    };
    let diagnostic = Diagnostic::error(Code::DateForm, headline).at(word.span);
    let advice = format!("write {form}, a day that exists");
    report.add(match other_spelling(&word.value) {
        Some(meant) => diagnostic.help(Advice::fixed_by(advice, &word.value, meant)),
        None => diagnostic.help(advice),
    });
    None
}

/// The same day with the year first, in other signs: `2026/7/1`. Which of `07/01/2026` is the month, only the
/// writer knows.
fn other_spelling(written: &str) -> Option<String> {
    let folded = crate::words::fold_for_search(written);
    let parts: Vec<&str> = folded.split(['-', '/', '.']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let meant = format!("{year}-{month:0>2}-{day:0>2}");
    parse_date(&meant).map(|_| meant)
}

fn parse_urls(node: &Node, reading: &mut Reading<'_>) -> Vec<(Option<String>, Spanned<String>)> {
    let Value::Map(_) = node.value else {
        return as_url(node, &mut reading.report).map(|url| (None, url)).into_iter().collect();
    };
    let Reading { locales, report, .. } = reading;
    let tags: Vec<_> = locales.ids().map(|id| locales.tag(id)).collect();
    let Some(fields) = Fields::read("a map of locales", node.span, node, &tags, report) else { return Vec::new() };
    let url = |tag: &&str| fields.named(tag).map(|node| (Some((*tag).to_owned()), node));
    tags.iter().filter_map(url).filter_map(|(tag, node)| as_url(node, report).map(|url| (tag, url))).collect()
}

fn as_url(node: &Node, report: &mut Report) -> Option<Spanned<String>> {
    let word = as_word("`url`", node, report)?;
    let rest = word.value.strip_prefix("https://").or_else(|| word.value.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let is_clean = !word.value.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\{}|^".contains(c));
    if host.is_some_and(|host| super::address::is_host(host.rsplit_once(':').map_or(host, |(name, _)| name)))
        && is_clean
        && word.value.is_ascii()
    {
        return Some(word);
    }
    report.add(Diagnostic::error(Code::UrlForm, format!("`{}` is no web address", word.value)).at(word.span).help(
        "write `https://host/path`, characters beyond ASCII percent-encoded; leave `url` out where it is not known",
    ));
    None
}
