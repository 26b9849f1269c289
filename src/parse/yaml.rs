//! YAML to a tree with byte spans and scalar styles. All scalars stay text: the language has no
//! booleans and no floats, so `no`, `11.0` and `2026-11-21` arrive as they were typed.
//!
//! What YAML offers and the language does not take (tags, anchors, aliases, merge keys, several
//! documents) is refused here, so that no later stage meets it.

mod cause;

use granit_parser::{Event, Options, Parser, Placement};

pub use granit_parser::ScalarStyle;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{SourceFile, refuse_decoded, refused};
use crate::span::{FileId, Span, Spanned};
use crate::words::characters::compose;

/// A YAML value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// From its first to its last character.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// The three kinds of YAML values.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Entries in the order as written; keys are unique.
    Map(Vec<Entry>),
}

/// Text after YAML's unescaping and folding.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// The text.
    pub text: String,
    /// Plain, quoted or block.
    pub style: ScalarStyle,
    /// A comment on the same line, which may be the end of a text that was meant to be longer.
    pub comment: Option<Span>,
}

/// One entry of a map.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its key.
    pub key: Spanned<String>,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The scalar, if it is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether nothing was written: `key:` and a line break, `~` or `null`.
    pub fn is_null(&self) -> bool {
        self.as_scalar().is_some_and(|scalar| scalar.style == ScalarStyle::Plain && is_null(&scalar.text))
    }

    /// What it is, as messages say it.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            _ if self.is_null() => "nothing",
            Value::Scalar(scalar) if scalar.style == ScalarStyle::Plain => kind_of_plain(&scalar.text),
            Value::Scalar(scalar) if scalar.text.trim().is_empty() => "an empty text",
            Value::Scalar(_) => "a text",
            Value::List(items) if items.is_empty() => "an empty list",
            Value::Map(entries) if entries.is_empty() => "an empty map",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// What people mean by an unquoted text, whether or not the language has such values.
fn kind_of_plain(text: &str) -> &'static str {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    match text {
        "true" | "false" | "True" | "False" | "TRUE" | "FALSE" => "a truth value",
        _ if crate::value::date::is_date(text) => "a date",
        _ if is_number && text.parse::<f64>().is_ok() => "a number",
        _ => "a text",
    }
}

/// Whether YAML takes an unquoted text for nothing.
pub fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// Deeper than any content; a file nested deeper is an attack or an accident.
const DEEPEST: usize = 64;
/// A text longer than this (in bytes) is no documentation.
pub(crate) const LONGEST_SCALAR: usize = 64 * 1024;

/// Parses one file. `None` if there is no tree to go on with; the reason is in the report.
pub fn parse_yaml(id: FileId, file: &SourceFile, report: &mut Report) -> Option<Node> {
    let spaces = refuse_spaces(id, &file.text, report);
    if spaces == Spaces::AsIndentation {
        return None;
    }
    // What no text may hold is refused with the file itself, and may be why the rest does not parse.
    let is_suspect = spaces == Spaces::InTexts || refused(&file.path, &file.text).next().is_some();
    Builder { id, file, report, is_suspect, stack: Vec::new(), root: None }.run()
}

/// Characters that look like spaces to people and not to YAML.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Spaces {
    None,
    InTexts,
    /// Nobody knows what belongs to what.
    AsIndentation,
}

fn refuse_spaces(id: FileId, text: &str, report: &mut Report) -> Spaces {
    let mut seen = Vec::new();
    let mut spaces = Spaces::None;
    for (at, c) in text.match_indices(['\t', '\u{3000}']) {
        if is_in_comment_line(text, at) {
            continue;
        }
        let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
        let is_indentation = text[start..at].trim_start_matches([' ', '\t', '\u{3000}']).is_empty();
        match spaces {
            _ if is_indentation => spaces = Spaces::AsIndentation,
            Spaces::None => spaces = Spaces::InTexts,
            Spaces::InTexts | Spaces::AsIndentation => {}
        }
        // Once per kind and file: a file indented with tabs has one mistake, not a thousand.
        if seen.contains(&c) {
            continue;
        }
        seen.push(c);
        let (name, help) = if c == "\t" {
            ("a tab", "indent with spaces; inside a text write a space")
        } else {
            ("an ideographic space (U+3000)", "YAML takes it for a letter; write an ordinary space")
        };
        report.add(
            Diagnostic::error(Code::ForbiddenCharacter, format!("the file contains {name}"))
                .at(Span::new(id, at..at + c.len()))
                .help(help),
        );
    }
    spaces
}

fn is_in_comment_line(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    text[start..at].trim_start_matches([' ', '\t']).starts_with('#')
}

struct Builder<'a> {
    id: FileId,
    file: &'a SourceFile,
    report: &'a mut Report,
    /// Characters were refused that most likely are why the rest does not parse.
    is_suspect: bool,
    stack: Vec<Open>,
    root: Option<Node>,
}

/// A list or map whose end is not yet reached.
struct Open {
    start: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<Key>, is_merged: bool },
}

/// A key waits for its value; the value of a refused key is read and dropped.
enum Key {
    Kept(Spanned<String>),
    Dropped,
}

impl Builder<'_> {
    fn run(mut self) -> Option<Node> {
        let mut options = Options::default();
        options.flow_nesting_limit = DEEPEST;
        options.block_nesting_limit = DEEPEST;
        options.max_buffered_comment_events = usize::MAX;
        options.emit_unresolved_aliases = true;
        let text: &str = &self.file.text;
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    self.syntax_error(&error);
                    return None;
                }
            };
            let span = self.span(&span);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents == 2 {
                        self.refuse(span, "a second document", "a file holds one; remove the `---`");
                    }
                }
                Event::Scalar(text, style, anchor, tag) => {
                    self.refuse_properties(span, anchor, tag.is_some());
                    let raw = self.file.text.get(span.range()).unwrap_or_default();
                    refuse_decoded("the text", span, raw, &text, self.report);
                    if text.len() > LONGEST_SCALAR {
                        let headline = format!(
                            "a text of {} KiB, expected at most {} KiB",
                            text.len() / 1024,
                            LONGEST_SCALAR / 1024
                        );
                        self.report.add(
                            Diagnostic::error(Code::TooLong, headline)
                                .at(span)
                                .help("split it into notes or page sections"),
                        );
                    }
                    let scalar = Scalar { text: compose(&text).into_owned(), style, comment: None };
                    self.add(Node { span, value: Value::Scalar(scalar) });
                }
                Event::SequenceStart(_, anchor, tag) => {
                    self.refuse_properties(span, anchor, tag.is_some());
                    self.stack.push(Open { start: span.start as usize, kind: OpenKind::List(Vec::new()) });
                }
                Event::MappingStart(_, anchor, tag) => {
                    self.refuse_properties(span, anchor, tag.is_some());
                    self.stack.push(Open {
                        start: span.start as usize,
                        kind: OpenKind::Map { entries: Vec::new(), key: None, is_merged: false },
                    });
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(span),
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    self.refuse(span, "an alias (`*name`)", "write the value out, or quote the text");
                    self.add_refused(span);
                }
                Event::Comment(_, Placement::Right) => self.attach_comment(span),
                Event::Comment(..) => self.attach_continuation(span),
                _ => {}
            }
        }
        if self.root.is_none() {
            self.report.add(
                Diagnostic::error(Code::WrongType, "the file is empty, expected a map")
                    .at(Span::new(self.id, 0..0))
                    .help("write the item's keys, or remove the file"),
            );
        }
        self.root
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        Span::within(self.id, &self.file.text, span.byte_range().unwrap_or(0..0))
    }

    fn syntax_error(&mut self, error: &granit_parser::ScanError) {
        if self.is_suspect {
            return;
        }
        let at = self.file.text.floor_char_boundary(error.marker().byte_offset().unwrap_or(0));
        if let Some(cause) = cause::find(&self.file.text, at) {
            self.report.add(
                Diagnostic::error(Code::YamlSyntax, cause.headline)
                    .at(Span::new(self.id, cause.range))
                    .help(cause.help),
            );
            return;
        }
        let end = self.file.text[at..].chars().next().map_or(at, |c| if c == '\n' { at } else { at + c.len_utf8() });
        let text = error.info();
        let help = match text.as_str() {
            text if text.contains("nest") || text.contains("recursion") => "no item of the language nests this deep",
            _ if self.file.text[at..].starts_with(['@', '`', '%']) => {
                "quote the text: YAML reserves its first character"
            }
            _ => {
                "quote a text that contains `: `, ` #`, `{`, `[` or begins with a special character; check the indentation of the line above"
            }
        };
        self.report.add(
            Diagnostic::error(Code::YamlSyntax, format!("the file is not YAML: {text}"))
                .at(Span::new(self.id, at..end))
                .help(help),
        );
    }

    fn refuse(&mut self, span: Span, what: &str, help: &str) {
        self.report.add(
            Diagnostic::error(Code::YamlFeature, format!("{what} is not part of the language")).at(span).help(help),
        );
    }

    fn refuse_properties(&mut self, span: Span, anchor: usize, has_tag: bool) {
        if anchor != 0 {
            self.refuse(span, "an anchor (`&name`)", "write the value out where it is needed, or quote the text");
        }
        if has_tag {
            self.refuse(span, "a tag (`!name`)", "remove it, or quote the text");
        }
    }

    /// Puts a finished value where it belongs: into the open list, behind the waiting key, or, in a
    /// map without a waiting key, it is the next key.
    fn add(&mut self, node: Node) {
        match self.stack.last_mut().map(|open| &mut open.kind) {
            None => self.root = self.root.take().or(Some(node)),
            Some(OpenKind::List(items)) => items.push(node),
            Some(OpenKind::Map { entries, key, is_merged }) => match key.take() {
                Some(Key::Kept(key)) => entries.push(Entry { key, value: node }),
                Some(Key::Dropped) => lose_keys(&node, self.report),
                None if is_merge_key(&node) => {
                    *key = Some(Key::Dropped);
                    *is_merged = true;
                    self.refuse(node.span, "a merge key (`<<`)", "write the keys out");
                }
                None => *key = Some(next_key((self.id, &self.file.text), node, entries, self.report)),
            },
        }
    }

    /// A value that is not part of the language: its own text stands for it, so that nothing seems to
    /// be missing.
    fn add_refused(&mut self, span: Span) {
        let text = self.file.text.get(span.range()).unwrap_or_default().to_owned();
        self.report.lose_value(span);
        self.add(Node { span, value: Value::Scalar(Scalar { text, style: ScalarStyle::SingleQuoted, comment: None }) });
    }

    fn close(&mut self, end: Span) {
        let Some(open) = self.stack.pop() else { return };
        let last = match &open.kind {
            OpenKind::List(items) => items.last().map(|node| node.span.end),
            OpenKind::Map { entries, .. } => entries.last().map(|entry| entry.value.span.end),
        };
        // A block ends where the next one begins; its own end is that of its last value.
        let end = if end.start == end.end { last.unwrap_or(end.end) } else { end.end };
        let span = Span::new(self.id, open.start..(end as usize).max(open.start));
        let (value, is_merged) = match open.kind {
            OpenKind::List(items) => (Value::List(items), false),
            OpenKind::Map { entries, is_merged, .. } => (Value::Map(entries), is_merged),
        };
        let node = Node { span, value };
        if is_merged {
            // What it takes from elsewhere would seem to be missing.
            lose_keys(&node, self.report);
            self.add_refused(span);
        } else {
            self.add(node);
        }
    }

    /// A comment on the line below an unquoted text, indented like its next line: `#4 of the project`
    /// was meant to be more of the text.
    fn attach_continuation(&mut self, comment: Span) {
        let text = &self.file.text;
        let Some(Open { kind: OpenKind::Map { entries, key: None, .. }, .. }) = self.stack.last_mut() else { return };
        let Some(entry) = entries.last_mut() else { return };
        let (key, end) = (entry.key.span, entry.value.span.end as usize);
        let Value::Scalar(scalar) = &mut entry.value.value else { return };
        let is_next_line = text
            .get(end..comment.start as usize)
            .is_some_and(|between| between.trim().is_empty() && between.matches('\n').count() == 1);
        let is_deeper = self.file.place(comment.start).column > self.file.place(key.start).column;
        if scalar.style == ScalarStyle::Plain && is_next_line && is_deeper {
            scalar.comment = Some(comment);
        }
    }

    /// A comment behind a value on its line belongs to the last scalar that was read.
    fn attach_comment(&mut self, comment: Span) {
        let node = match self.stack.last_mut().map(|open| &mut open.kind) {
            Some(OpenKind::List(items)) => items.last_mut(),
            Some(OpenKind::Map { entries, key: None, .. }) => entries.last_mut().map(|entry| &mut entry.value),
            Some(OpenKind::Map { .. }) | None => None,
        };
        let Some(Node { span, value: Value::Scalar(scalar) }) = node else { return };
        let between = self.file.text.get(span.end as usize..comment.start as usize).unwrap_or("\n");
        if scalar.style == ScalarStyle::Plain && between.bytes().all(|byte| byte == b' ') {
            scalar.comment = Some(comment);
        }
    }
}

/// A value that goes with its key takes the items in it along.
fn lose_keys(node: &Node, report: &mut Report) {
    let Value::Map(entries) = &node.value else { return };
    for entry in entries {
        report.lose(&entry.key.value);
        lose_keys(&entry.value, report);
    }
}

fn is_merge_key(node: &Node) -> bool {
    node.as_scalar().is_some_and(|scalar| scalar.text == "<<")
}

fn next_key(file: (FileId, &str), node: Node, entries: &[Entry], report: &mut Report) -> Key {
    let Value::Scalar(scalar) = node.value else {
        let start = node.span.start as usize;
        let span = Span::within(file.0, file.1, start..start + 1);
        let kind = if matches!(node.value, Value::List(_)) { "a list" } else { "a map" };
        report.add(
            Diagnostic::error(Code::WrongType, format!("a key is {kind}, expected a word"))
                .at(span)
                .help("quote a text that begins with `[` or `{`"),
        );
        return Key::Dropped;
    };
    if let Some(first) = entries.iter().find(|entry| entry.key.value == scalar.text) {
        report.add(
            Diagnostic::error(Code::DuplicateKey, format!("`{}` is written twice in one map", scalar.text))
                .at(node.span)
                .label(first.key.span, "first written here")
                .help("remove one of the two, or join them"),
        );
        return Key::Dropped;
    }
    Key::Kept(Spanned::new(scalar.text, node.span))
}
