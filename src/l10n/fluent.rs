//! Fluent files as data: which messages a locale has, with which variables, and where. The checks
//! compare the locales with each other and with what the compiler says.

mod cases;

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{self, Entry as Part, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::{parser, serializer};

use super::languages::LANGUAGE_FILE;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::locale::Locales;
use crate::source::{Sources, refuse_decoded};
use crate::span::{FileId, Span};

pub use cases::{Case, cases};

/// One message, or one attribute of one.
#[derive(Clone, Debug)]
pub struct Message {
    /// Where its id is written.
    pub span: Span,
    /// Variables it uses.
    pub variables: BTreeSet<String>,
    /// Messages (`id`, `id.attribute`), terms (`-id`) and functions (`NAME()`) it refers to.
    pub references: BTreeSet<String>,
    /// Whether it comes from a file of the compiler's own.
    pub is_built_in: bool,
    /// What it says, as Fluent in its normal form.
    pub text: String,
    /// The locale that it repeats on purpose: a comment `# =TAG` directly before it.
    pub same_as: Option<String>,
    /// Checks that are excepted: comments `# allow CODE: reason` directly before it.
    pub allows: Vec<MessageAllow>,
}

/// An exception written above a message.
#[derive(Clone, Debug)]
pub struct MessageAllow {
    /// The code as written.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// The messages of one locale: `id` or `id.attribute`, and terms as `-id`.
pub type Messages = BTreeMap<String, Message>;

/// Reads all Fluent files of a locale; reports what does not parse and what is defined twice.
pub fn read_messages(sources: &Sources, tag: &str, report: &mut Report) -> Messages {
    let mut messages = Messages::new();
    let folder = format!("i18n/{tag}/");
    for (id, file) in sources.texts_below(&folder) {
        match file.path.extension() {
            Some("ftl") => read_file(id, &file.text, file.is_embedded, &mut messages, report),
            Some("lock") => {}
            _ if file.path.file_name() == Some(LANGUAGE_FILE) => {}
            _ => report.add(
                Diagnostic::error(Code::UnexpectedFile, format!("`{}` is not read by anything", file.path))
                    .at(Span::new(id, 0..0))
                    .help("interface text lies in `i18n/<locale>/*.ftl`, lists of words in `language.toml`; move or remove the file"),
            ),
        }
    }
    messages
}

/// Files below `i18n/` that belong to no locale of the site. The built-in ones may: a site needs
/// not have every language the compiler knows.
pub fn refuse_strays(sources: &Sources, locales: &Locales, report: &mut Report) {
    for (id, file) in sources.texts_below("i18n/").filter(|(_, file)| !file.is_embedded) {
        let tag = file.path.as_str()["i18n/".len()..].split('/').next().unwrap_or_default();
        if locales.find(tag).is_none() {
            report.add(
                Diagnostic::error(Code::UnexpectedFile, format!("`{}` belongs to no locale of the site", file.path))
                    .at(Span::new(id, 0..0))
                    .help("add the locale to `locales` of site.toml; interface text lies in `i18n/<locale>/*.ftl`"),
            );
        }
    }
}

fn read_file(id: FileId, text: &str, is_built_in: bool, messages: &mut Messages, report: &mut Report) {
    // A byte order mark is a diagnostic of its own.
    let base = text.len() - text.trim_start_matches('\u{feff}').len();
    let resource = match parser::parse(&text[base..]) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                let span = Span::within(id, text, error.pos.start + base..error.pos.end + base);
                report.add(
                    Diagnostic::error(Code::FluentSyntax, format!("this is not Fluent: {}", error.kind))
                        .at(span)
                        .help("a message is `id = text`; further lines are indented; `{` begins a placeable"),
                );
            }
            resource
        }
    };
    // The parser keeps no spans; an id stands once at the beginning of a line.
    let mut lines = Lines { id, text, from: base };
    for entry in &resource.body {
        match entry {
            Part::Message(message) => {
                let span = lines.next(message.id.name);
                let value = message.value.iter().map(|value| (message.id.name.to_owned(), value));
                let marks = MessageComments::read(span, is_built_in, message.comment.as_ref());
                add(messages, report, &marks, value.chain(attributes(message.id.name, &message.attributes)));
            }
            Part::Term(term) => {
                let name = format!("-{}", term.id.name);
                let span = lines.next(&name);
                let marks = MessageComments::read(span, is_built_in, term.comment.as_ref());
                let value = std::iter::once((name.clone(), &term.value));
                add(messages, report, &marks, value.chain(attributes(&name, &term.attributes)));
            }
            Part::Comment(_) | Part::GroupComment(_) | Part::ResourceComment(_) | Part::Junk { .. } => {}
        }
    }
}

fn attributes<'a>(
    id: &str,
    attributes: &'a [ast::Attribute<&'a str>],
) -> impl Iterator<Item = (String, &'a Pattern<&'a str>)> {
    attributes.iter().map(move |attribute| (format!("{id}.{}", attribute.id.name), &attribute.value))
}

fn add<'a>(
    messages: &mut Messages,
    report: &mut Report,
    marks: &MessageComments,
    patterns: impl Iterator<Item = (String, &'a Pattern<&'a str>)>,
) {
    for (key, pattern) in patterns {
        let mut uses = Uses::default();
        collect_pattern(pattern, &mut uses);
        let text = normal_form(pattern);
        for literal in &uses.literals {
            refuse_decoded(&format!("the message `{key}`"), marks.span, &text, literal, report);
        }
        let message = Message {
            span: marks.span,
            variables: uses.variables,
            references: uses.references,
            is_built_in: marks.is_built_in,
            text,
            same_as: marks.same_as.clone(),
            allows: marks.allows.clone(),
        };
        if let Some(first) = messages.insert(key.clone(), message) {
            report.add(
                Diagnostic::error(Code::DuplicateId, format!("the message `{key}` is defined twice"))
                    .at(marks.span)
                    .label(first.span, "first defined here")
                    .help("remove one of the two"),
            );
        }
    }
}

/// What stands around a message.
struct MessageComments {
    span: Span,
    is_built_in: bool,
    same_as: Option<String>,
    allows: Vec<MessageAllow>,
}

impl MessageComments {
    fn read(span: Span, is_built_in: bool, comment: Option<&ast::Comment<&str>>) -> Self {
        let lines = || comment.into_iter().flat_map(|comment| &comment.content).map(|line| line.trim());
        let allow = |line: &str| {
            let (code, reason) = line.strip_prefix("allow ")?.split_once(':')?;
            Some(MessageAllow { code: code.trim().to_owned(), reason: reason.trim().to_owned() })
        };
        Self {
            span,
            is_built_in,
            same_as: lines().find_map(|line| line.strip_prefix('=')).map(str::to_owned),
            allows: lines().filter_map(allow).collect(),
        }
    }
}

/// A pattern as the serializer of the format writes it: white space of the file does not count.
fn normal_form(pattern: &Pattern<&str>) -> String {
    let message = ast::Message {
        id: ast::Identifier { name: "m" },
        value: Some(pattern.clone()),
        attributes: Vec::new(),
        comment: None,
    };
    let text = serializer::serialize(&ast::Resource { body: vec![Part::Message(message)] });
    text.strip_prefix("m =").unwrap_or(&text).trim().to_owned()
}

/// What a pattern needs to be said.
#[derive(Default)]
struct Uses {
    variables: BTreeSet<String>,
    references: BTreeSet<String>,
    /// What string literals say.
    literals: Vec<String>,
}

fn collect_pattern(pattern: &Pattern<&str>, uses: &mut Uses) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, uses);
        }
    }
}

fn collect_expression(expression: &Expression<&str>, uses: &mut Uses) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, uses),
        Expression::Select { selector, variants } => {
            collect_inline(selector, uses);
            for variant in variants {
                collect_pattern(&variant.value, uses);
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, uses: &mut Uses) {
    match inline {
        InlineExpression::VariableReference { id } => {
            uses.variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, uses),
        InlineExpression::FunctionReference { id, arguments } => {
            uses.references.insert(format!("{}()", id.name));
            collect_arguments(arguments, uses);
        }
        InlineExpression::TermReference { id, arguments, .. } => {
            uses.references.insert(format!("-{}", id.name));
            if let Some(arguments) = arguments {
                collect_arguments(arguments, uses);
            }
        }
        InlineExpression::StringLiteral { value } => {
            uses.literals.push(fluent_syntax::unicode::unescape_unicode_to_string(value).into_owned());
        }
        InlineExpression::MessageReference { id, attribute } => {
            let attribute = attribute.as_ref().map(|attribute| format!(".{}", attribute.name));
            uses.references.insert(format!("{}{}", id.name, attribute.unwrap_or_default()));
        }
        InlineExpression::NumberLiteral { .. } => {}
    }
}

fn collect_arguments(arguments: &ast::CallArguments<&str>, uses: &mut Uses) {
    arguments.positional.iter().for_each(|argument| collect_inline(argument, uses));
    arguments.named.iter().for_each(|argument| collect_inline(&argument.value, uses));
}

struct Lines<'a> {
    id: FileId,
    text: &'a str,
    from: usize,
}

impl Lines<'_> {
    /// The span of an id at the beginning of a line, searched from the last one on.
    fn next(&mut self, name: &str) -> Span {
        let mut at = self.from;
        loop {
            let line = &self.text[at..];
            let is_here = line.strip_prefix(name).is_some_and(|rest| rest.trim_start_matches(' ').starts_with('='));
            if is_here {
                self.from = at + name.len();
                return Span::new(self.id, at..at + name.len());
            }
            match line.find('\n') {
                Some(end) => at += end + 1,
                None => return Span::new(self.id, 0..0),
            }
        }
    }
}

/// The messages the compiler says, with their variables: those of the built-in English files.
/// Their spans lead nowhere (file `u32::MAX`): a site may have replaced the files.
pub fn built_in_messages() -> Messages {
    let mut messages = Messages::new();
    let files = crate::source::embedded_below("i18n/en/").filter(|(path, _)| path.ends_with(".ftl"));
    for (_, text) in files {
        read_file(FileId(u32::MAX), text, true, &mut messages, &mut Report::default());
    }
    messages
}
