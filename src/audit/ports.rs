//! Rows, ports, transports and services.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{FlowId, ServiceId};
use crate::span::Span;
use crate::value::Transport;

use super::Comparison;
use super::align::same_port;
use super::expected::SourceItem;
use crate::published::core::{PageItem, PagePort};

/// So many missing rows may be the missing half of a page.
const MOST_MISSING: usize = 5;

/// `skipped`: rows of the page that stand where the source skips rows.
pub(super) fn compare(comparison: &Comparison<'_>, skipped: &BTreeSet<usize>, diagnostics: &mut Vec<Diagnostic>) {
    let tables = Tables::of(comparison);
    for (on_page, item) in comparison.page.items.iter().enumerate().take(comparison.alignment.compared) {
        match comparison.alignment.source_of[on_page] {
            Some(in_source) => compare_pair(comparison, &tables, (on_page, in_source), diagnostics),
            None if item.is_carried || skipped.contains(&item.row) => {}
            None => diagnostics.extend(only_on_page(comparison, item)),
        }
    }
    lacking(comparison, diagnostics);
}

/// What the rows of each table say as a rule; a row that does not then lacks it.
struct Tables {
    with_services: BTreeSet<usize>,
    with_transports: BTreeSet<usize>,
}

impl Tables {
    fn of(comparison: &Comparison<'_>) -> Self {
        let mut counts: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
        for item in comparison.page.items.iter().filter(|item| !matches!(item.port, PagePort::Bare(_))) {
            let (all, services, transports) = counts.entry(comparison.page.rows[item.row].table).or_default();
            *all += 1;
            *services += usize::from(!item.services.is_empty() || item.unknown_protocol.is_some());
            *transports += usize::from(!item.transports.is_empty());
        }
        let rule = |count: fn(&(usize, usize, usize)) -> usize| {
            counts.iter().filter(|(_, all)| count(all) * 5 > all.0 * 3).map(|(table, _)| *table).collect()
        };
        Self { with_services: rule(|count| count.1), with_transports: rule(|count| count.2) }
    }
}

fn compare_pair(
    comparison: &Comparison<'_>,
    tables: &Tables,
    (on_page, in_source): (usize, usize),
    diagnostics: &mut Vec<Diagnostic>,
) {
    let item = &comparison.page.items[on_page];
    let source = &comparison.expected.items[in_source];
    if !same_port(item.port, source.port) {
        let (page, own) = (item.port.to_string(), source.port.to_string());
        let said = item.port.named();
        diagnostics.push(
            differs(comparison, item, source, format!("the page says {said}, the source says {own}"))
                .mark(format!("the page: {page}"))
                .label(source.span, format!("the source: {own}")),
        );
    }
    let table = comparison.page.rows[item.row].table;
    // What has no ports has no transport either.
    if let (PagePort::Bare(_), _) | (_, PagePort::Bare(_)) = (item.port, source.port) {
        diagnostics.extend(compare_services(comparison, false, item, source));
        return;
    }
    diagnostics.extend(compare_transports(comparison, tables.with_transports.contains(&table), on_page, in_source));
    diagnostics.extend(compare_services(comparison, tables.with_services.contains(&table), item, source));
}

fn compare_transports(
    comparison: &Comparison<'_>,
    is_rule: bool,
    on_page: usize,
    in_source: usize,
) -> Option<Diagnostic> {
    let item = &comparison.page.items[on_page];
    let source = &comparison.expected.items[in_source];
    // A page may spread TCP and UDP over two rows, or have in one row what the source has in two.
    let rows = comparison.page.items.iter().zip(&comparison.alignment.source_of);
    let page: BTreeSet<Transport> =
        rows.filter(|(_, own)| **own == Some(in_source)).flat_map(|(item, _)| item.transports.clone()).collect();
    let items = comparison.expected.items.iter().zip(&comparison.alignment.page_of);
    let first = comparison.alignment.page_of[in_source];
    let own: BTreeSet<Transport> =
        items.filter(|(_, on)| on.is_some() && **on == first).flat_map(|(item, _)| item.transports.clone()).collect();
    let port = item.port.named();
    let said = say_transports(&own);
    if page.is_empty() {
        // "Syslog over TLS" leaves no doubt.
        let is_implied = !item.services.is_empty() && item.services == source.services;
        let is_lacking = is_rule && !source.is_transport_inferred && !is_implied;
        return is_lacking.then(|| {
            lacks(comparison, item, source, format!("the page lacks the transport of {port}: the source says {said}"))
                .label(source.span, format!("the source: {said}"))
        });
    }
    // Said once, at the first of the rows.
    let is_said = first.is_some_and(|first| first != on_page);
    if page == own || is_said {
        return None;
    }
    let written = say_transports(&page);
    let headline = format!("the page says {written} for {port}, the source says {said}");
    let diagnostic = differs(comparison, item, source, headline).mark(format!("the page: {written}"));
    Some(diagnostic.label(source.span, format!("the source: {said}")))
}

fn compare_services(
    comparison: &Comparison<'_>,
    is_rule: bool,
    item: &PageItem,
    source: &SourceItem,
) -> Option<Diagnostic> {
    let name = |service: &ServiceId| comparison.site.name(comparison.site.model[*service].name, comparison.locale);
    let say = |services: &[ServiceId]| services.iter().map(name).collect::<Vec<_>>().join(", ");
    let page: BTreeSet<_> = item.services.iter().collect();
    let own: BTreeSet<_> = source.services.iter().collect();
    let port = item.port.named();
    let on_page = item.unknown_protocol.clone().filter(|_| page.is_empty()).unwrap_or_else(|| say(&item.services));
    if page == own && (on_page.is_empty() || item.unknown_protocol.is_none()) {
        return None;
    }
    let said = say(&source.services);
    if on_page.is_empty() {
        return is_rule.then(|| {
            lacks(comparison, item, source, format!("the page lacks the protocol of {port}: the source says {said}"))
                .label(source.span, format!("the source: {said}"))
        });
    }
    if own.is_empty() {
        let headline = format!("the page says {on_page} for {port}, the source names no protocol");
        return Some(
            Diagnostic::error(Code::OnlyOnPage, headline)
                .at(protocol_span(comparison, item)?)
                .mark(format!("only on the page: {on_page}"))
                .label(source.span, "the source names none")
                .help(comparison.mend(source.flow)),
        );
    }
    let headline = format!("the page says {on_page} for {port}, the source says {said}");
    let diagnostic = Diagnostic::error(Code::DiffersOnPage, headline)
        .at(protocol_span(comparison, item)?)
        .mark(format!("the page: {on_page}"))
        .label(source.span, format!("the source{}: {said}", comparison.row_name(source.row)))
        .help(comparison.mend(source.flow));
    Some(diagnostic)
}

/// Where the protocol stands, or the port where it can't be told.
fn protocol_span(comparison: &Comparison<'_>, item: &PageItem) -> Option<Span> {
    let protocol = item.protocol_at.as_ref().and_then(|fact| comparison.page.span_of(fact));
    protocol.or_else(|| comparison.page.span_of(&item.at))
}

fn differs(comparison: &Comparison<'_>, item: &PageItem, source: &SourceItem, headline: String) -> Diagnostic {
    at_row(comparison, item, Diagnostic::error(Code::DiffersOnPage, headline)).help(comparison.mend(source.flow))
}

fn lacks(comparison: &Comparison<'_>, item: &PageItem, source: &SourceItem, headline: String) -> Diagnostic {
    at_row(comparison, item, Diagnostic::error(Code::LackingOnPage, headline))
        .mark("missing in this row")
        .help(comparison.mend(source.flow))
}

fn at_row(comparison: &Comparison<'_>, item: &PageItem, diagnostic: Diagnostic) -> Diagnostic {
    match comparison.page.span_of(&item.at) {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}

fn only_on_page(comparison: &Comparison<'_>, item: &PageItem) -> Option<Diagnostic> {
    let span = comparison.page.span_of(&item.at)?;
    let name = |service: &ServiceId| comparison.site.name(comparison.site.model[*service].name, comparison.locale);
    let transports = say_transports(&item.transports.iter().copied().collect());
    let mut said = vec![item.port.to_string(), transports];
    said.extend(item.services.iter().map(|service| name(service).to_owned()));
    said.retain(|word| !word.is_empty());
    let product = &comparison.site.model[comparison.product].id;
    Some(
        Diagnostic::error(Code::OnlyOnPage, format!("the page has a row that the source lacks: {}", said.join(" ")))
            .at(span)
            .mark("only on the page")
            .help(format!("remove the row from the page; if the page is right, add a flow to `{product}`")),
    )
}

/// Rows of the source that the page has not, and ports that its rows lack.
fn lacking(comparison: &Comparison<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let has_borders = comparison.page.rows.iter().any(|row| row.is_exact);
    let mut unreadable = Vec::new();
    let mut whole = Vec::new();
    for (row, _) in comparison.expected.rows.iter().enumerate().filter(|(_, own)| own.is_required) {
        let items: Vec<_> = comparison.expected.items.iter().enumerate().filter(|(_, item)| item.row == row).collect();
        let missing: Vec<_> =
            items.iter().filter(|(position, _)| comparison.alignment.page_of[*position].is_none()).collect();
        // "Your configured port", "a random port": words that a page says in its own way. Where the borders
        // of a table are lost, so is the place where protocols without ports would stand.
        let is_comparable = |port: PagePort| match port {
            PagePort::Bare(_) => has_borders,
            PagePort::Stated(_) | PagePort::Random => port.numbers().is_some(),
        };
        let (numbered, words): (Vec<_>, Vec<_>) = missing.into_iter().partition(|(_, item)| is_comparable(item.port));
        if !words.is_empty() {
            unreadable.push(row);
        }
        let is_said = |(_, item): &(usize, &SourceItem)| comparison.is_in_prose(item);
        let numbered: Vec<_> = numbered.into_iter().filter(|item| !is_said(item)).collect();
        if numbered.is_empty() {
            continue;
        }
        let ports: Vec<_> = numbered.iter().map(|(_, item)| item.port.named()).collect();
        let flow = numbered[0].1.flow;
        let is_whole = numbered.len() == items.len();
        if is_whole {
            whole.push((row, flow));
        } else {
            diagnostics.push(missing_row(comparison, row, flow, Some(&ports.join(", "))));
        }
    }
    let required = comparison.expected.rows.iter().filter(|row| row.is_required).count();
    // A page that holds one part of the source is told so once.
    if whole.len() >= MOST_MISSING && whole.len() * 2 > required {
        diagnostics.push(missing_part(comparison, &whole, required));
    } else {
        diagnostics.extend(whole.iter().map(|(row, flow)| missing_row(comparison, *row, *flow, None)));
    }
    diagnostics.extend(words_for_ports(comparison, &unreadable));
}

fn missing_part(comparison: &Comparison<'_>, rows: &[(usize, FlowId)], required: usize) -> Diagnostic {
    let names: Vec<_> = rows.iter().map(|(_, flow)| comparison.flow_name(*flow)).collect();
    let headline = format!("the page lacks {} of the {required} rows of the source", rows.len());
    Diagnostic::error(Code::LackingOnPage, headline)
        .at(place_of(comparison, rows[0].0).0)
        .mark("the first of them is expected here")
        .label(comparison.flow_span(rows[0].1), format!("the source has it here{}", comparison.row_name(rows[0].0)))
        .help(format!("they are {}", names.join("; ")))
        .help("add them, or audit the page together with the pages that hold the rest")
}

fn missing_row(comparison: &Comparison<'_>, row: usize, flow: FlowId, ports: Option<&str>) -> Diagnostic {
    let name = comparison.flow_name(flow);
    let headline = match ports {
        None => format!("the page lacks the row {name}"),
        Some(ports) => format!("the page lacks {ports} in the row {name}"),
    };
    let (span, mark) = place_of(comparison, row);
    Diagnostic::error(Code::LackingOnPage, headline)
        .at(span)
        .mark(mark)
        .label(comparison.flow_span(flow), format!("the source has it here{}", comparison.row_name(row)))
        .help(format!(
            "add it to the page; if the page is right, remove it from the flow `{}`",
            comparison.site.model[flow].id
        ))
}

/// Where a row that is not there belongs: behind the row before it, else before the one behind it.
fn place_of(comparison: &Comparison<'_>, row: usize) -> (Span, &'static str) {
    let span = |row: usize| {
        let items = comparison.expected.items.iter().enumerate().filter(|(_, item)| item.row == row);
        let found = items.filter_map(|(position, _)| comparison.alignment.page_of[position]).max()?;
        comparison.page.span_of(&comparison.page.items[found].at)
    };
    if let Some(span) = span(row) {
        return (span, "expected in this row");
    }
    if let Some(span) = (0..row).rev().find_map(span) {
        return (span, "expected behind this row");
    }
    let next = (row + 1..comparison.expected.rows.len()).find_map(span);
    next.map_or((Span::new(comparison.file, 0..0), "expected on this page"), |span| (span, "expected before this row"))
}

fn words_for_ports(comparison: &Comparison<'_>, rows: &[usize]) -> Option<Diagnostic> {
    let first = *rows.first()?;
    let names: Vec<_> = rows.iter().map(|row| comparison.flow_name(comparison.expected.rows[*row].flows[0])).collect();
    let flow = comparison.expected.rows[first].flows[0];
    let what =
        if rows.len() == 1 { "1 row whose port is".to_owned() } else { format!("{} rows whose ports are", rows.len()) };
    Some(
        Diagnostic::warning(Code::NotComparable, format!("not compared: {what} no number"))
            .at(place_of(comparison, first).0)
            .mark("behind this row, by the order of the source")
            .label(comparison.flow_span(flow), "the first of them in the source")
            .help(format!("compare by hand: {}", names.join("; "))),
    )
}

fn say_transports(transports: &BTreeSet<Transport>) -> String {
    transports.iter().map(|transport| transport.as_str().to_uppercase()).collect::<Vec<_>>().join("+")
}
