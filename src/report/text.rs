//! Diagnostics for people, laid out as rustc does, so that a terminal or an editor can jump to them.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet};

use super::display_path;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use crate::span::Span;

/// Whether to color.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Text only.
    Plain,
    /// With terminal colors.
    Colored,
}

/// A line longer than this is shown in part: a text of ten megabytes must not fill the terminal.
const LONGEST_LINE: usize = 4000;

/// Writes each diagnostic with its source, a blank line after each.
pub fn write_text(out: &mut dyn Write, sources: &Sources, diagnostics: &[Diagnostic], style: Style) -> io::Result<()> {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    for diagnostic in diagnostics {
        let group = group(sources, diagnostic);
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    Ok(())
}

fn group<'a>(sources: &'a Sources, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(&*diagnostic.headline)
        .id(diagnostic.code.as_str())
        .elements(Vec::<Snippet<'a, Annotation<'a>>>::new());
    if let Some(span) = diagnostic.span {
        let here = diagnostic.labels.iter().filter(|label| is_near(sources, span, label.span));
        let context: Vec<_> = here.map(|label| (label.span, label.text.as_str())).collect();
        group = add_snippet(group, sources, (span, diagnostic.mark.as_deref()), &context);
        for label in diagnostic.labels.iter().filter(|label| !is_near(sources, span, label.span)) {
            group = add_snippet(group, sources, (label.span, Some(&label.text)), &[]);
        }
        if !diagnostic.help.is_empty() {
            group = group.element(Padding);
        }
    }
    // What `accept` and translators' files call the text; some headlines say it already.
    if let Some(unit) = diagnostic.unit.as_deref().filter(|unit| !diagnostic.headline.contains(unit)) {
        let locale = diagnostic.locale.as_deref().map_or_else(String::new, |tag| format!(" ({tag})"));
        group = group.element(Level::NOTE.with_name("unit").message(format!("`{unit}`{locale}")));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    group
}

/// Two places are shown in one picture if few lines lie between them.
fn is_near(sources: &Sources, a: Span, b: Span) -> bool {
    if a.file != b.file {
        return false;
    }
    let file = sources.file(a.file);
    file.place(a.start).line.abs_diff(file.place(b.start).line) < 8
}

fn add_snippet<'a>(
    group: Group<'a>,
    sources: &'a Sources,
    (span, mark): (Span, Option<&'a str>),
    context: &[(Span, &'a str)],
) -> Group<'a> {
    let file = sources.file(span.file);
    let path = display_path(sources, span.file);
    // A mark over many lines says less than one on its first line.
    let primary = first_line(&file.text, span.range());
    let all = context
        .iter()
        .map(|(span, _)| first_line(&file.text, span.range()))
        .fold(primary.clone(), |all, next| all.start.min(next.start)..all.end.max(next.end));
    let (line, window) = file.lines_around(all);
    let text = &file.text[window.clone()];
    if text.lines().any(|line| line.len() > LONGEST_LINE) {
        let place = file.place(span.start);
        return group.element(Origin::path(path).line(place.line as usize).char_column(place.column as usize));
    }
    let shift = |range: Range<usize>| range.start - window.start..range.end - window.start;
    let annotation = AnnotationKind::Primary.span(shift(primary)).label(mark);
    let others = context
        .iter()
        .map(|(span, text)| AnnotationKind::Context.span(shift(first_line(&file.text, span.range()))).label(*text));
    group.element(Snippet::source(text).path(path).line_start(line as usize).annotation(annotation).annotations(others))
}

/// The part of a range that lies on its first line. A range that cuts a character is our mistake,
/// and no reason to say nothing about the writer's.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    let range = start..text.ceil_char_boundary(range.end).max(start);
    let end = text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
    range.start..end
}
