//! A Fluent message's text, set in its file: `id = text`, or `.attribute = text` below it.

use fluent_syntax::ast::{Entry as Part, Pattern, Resource};
use fluent_syntax::{parser, serializer};

use super::splice::{line_break, line_end};

/// A message's text as people and translators' tools write it: the serializer's form without the
/// indentation that only its place in a file asks for. `None`: it is no text of a message.
pub(super) fn normal_form(text: &str) -> Option<String> {
    let resource = parser::parse(format!("m ={}\n", laid_out(text, "\n"))).ok()?;
    let [Part::Message(message)] = resource.body.as_slice() else { return None };
    let is_value_alone = message.attributes.is_empty() && message.value.is_some();
    is_value_alone.then(|| written(&serializer::serialize(&resource)))
}

fn written(serialized: &str) -> String {
    without_indent(serialized.strip_prefix("m =").unwrap_or(serialized))
}

/// A message's text without the indentation of its place.
pub(super) fn without_indent(text: &str) -> String {
    text.trim().replace("\n    ", "\n")
}

/// A text behind `=`: on the same line if it is one line or begins with a placeable of several.
fn laid_out(text: &str, line_break: &str) -> String {
    let mut lines = text.trim().lines();
    let first = lines.next().unwrap_or_default();
    let rest: Vec<_> = lines.collect();
    let mut out = String::new();
    if rest.is_empty() || first.starts_with('{') {
        out.push(' ');
    } else {
        out.push_str(line_break);
        out.push_str("    ");
    }
    out.push_str(first);
    for line in rest {
        out.push_str(line_break);
        if !line.trim().is_empty() {
            out.push_str("    ");
            out.push_str(line);
        }
    }
    out
}

/// Sets `id` or `id.attribute` in the text of a file. Where the file has not the message, it is put
/// behind the first of `earlier` that is there, or at the end. `None`: the result would not be what
/// was meant.
pub(super) fn set_message(file: &str, key: &str, text: &str, earlier: &[&str]) -> Option<String> {
    let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
    let line_break = line_break(file);
    let laid_out = laid_out(text, line_break);
    let after = if let Some(lines) = find(file, id) {
        edit_message(file, lines, attribute, &laid_out, line_break)
    } else {
        let at = earlier.iter().find_map(|id| find(file, id)).map_or(file.len(), |lines| lines.end);
        let gap = if at > 0 && !file[..at].ends_with('\n') { line_break } else { "" };
        let message = match attribute {
            None => format!("{id} ={laid_out}"),
            Some(attribute) => format!("{id} ={line_break}    .{attribute} ={laid_out}"),
        };
        format!("{}{gap}{message}{line_break}{}", &file[..at], &file[at..])
    };
    is_as_wanted(file, &after, key, text).then_some(after)
}

fn edit_message(
    file: &str,
    lines: std::ops::Range<usize>,
    attribute: Option<&str>,
    laid_out: &str,
    line_break: &str,
) -> String {
    let message = &file[lines.clone()];
    let parts = parts(message);
    let found = parts.iter().position(|(name, _)| *name == attribute);
    if let Some(position) = found {
        let start = parts[position].1;
        let end =
            parts.get(position + 1).map_or(message.len(), |(_, equals)| message[..*equals].rfind('\n').unwrap_or(0));
        let end = start + message[start..end].trim_end().len();
        return format!("{}{laid_out}{}", &file[..lines.start + start], &file[lines.start + end..]);
    }
    let end = lines.start + message.trim_end().len();
    let attribute = attribute.unwrap_or_default();
    format!("{}{line_break}    .{attribute} ={laid_out}{}", &file[..end], &file[end..])
}

/// The value and the attributes of a message, each with the byte behind its `=`.
fn parts(message: &str) -> Vec<(Option<&str>, usize)> {
    let mut parts = Vec::new();
    let mut at = 0;
    for line in message.split_inclusive('\n') {
        let name = line.split('=').next().unwrap_or_default().trim();
        let equals = line.find('=').map(|equals| at + equals + 1);
        match (equals, name.strip_prefix('.')) {
            (Some(equals), None) if at == 0 => parts.push((None, equals)),
            (Some(equals), Some(attribute)) if line.starts_with(' ') => parts.push((Some(attribute), equals)),
            _ => {}
        }
        at += line.len();
    }
    parts
}

/// The lines of a message, up to the empty lines or the comment behind it.
fn find(file: &str, id: &str) -> Option<std::ops::Range<usize>> {
    let is_head = |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start_matches(' ').starts_with('='));
    let mut at = 0;
    while at < file.len() {
        let next = line_end(file, at);
        if is_head(&file[at..next]) {
            let mut end = next;
            while end < file.len() {
                let line = &file[end..line_end(file, end)];
                let goes_on = line.starts_with([' ', '}', '[', '*']) || line.trim().is_empty();
                if !goes_on {
                    break;
                }
                end += line.len();
            }
            return Some(at..at + content_length(&file[at..end]));
        }
        at = next;
    }
    None
}

/// Without empty lines at the end, with the line break of the last line that is none.
fn content_length(lines: &str) -> usize {
    let length = lines.trim_end().len();
    line_end(lines, length)
}

/// Whether the files differ in this one pattern, which says what was wanted.
fn is_as_wanted(before: &str, after: &str, key: &str, text: &str) -> bool {
    let (Ok(mut before), Ok(mut after)) = (parser::parse(before.to_owned()), parser::parse(after.to_owned())) else {
        return false;
    };
    let said = take(&mut after, key).map(|pattern| pattern_text(&pattern));
    take(&mut before, key);
    said.is_some() && said == normal_form(text) && before == after
}

/// Takes a pattern out of a resource; what is left empty goes with it.
fn take(resource: &mut Resource<String>, key: &str) -> Option<Pattern<String>> {
    let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
    let position = resource.body.iter().position(|entry| match entry {
        Part::Message(message) => message.id.name == id,
        _ => false,
    })?;
    let Part::Message(message) = &mut resource.body[position] else { return None };
    let taken = match attribute {
        None => message.value.take(),
        Some(name) => {
            let at = message.attributes.iter().position(|attribute| attribute.id.name == name)?;
            Some(message.attributes.remove(at).value)
        }
    };
    let is_empty = message.value.is_none() && message.attributes.is_empty() && message.comment.is_none();
    if is_empty {
        resource.body.remove(position);
    }
    taken
}

fn pattern_text(pattern: &Pattern<String>) -> String {
    let message = fluent_syntax::ast::Message {
        id: fluent_syntax::ast::Identifier { name: "m".to_owned() },
        value: Some(pattern.clone()),
        attributes: Vec::new(),
        comment: None,
    };
    written(&serializer::serialize(&Resource { body: vec![Part::Message(message)] }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# kept\nfirst = One\n\n## Group\n\nmany =\n    { $n ->\n        [one] one\n       *[other] { $n }\n    }\n    .title = Title\n    .hint = Hint\n# of last\nlast = two\n    lines\n";

    #[test]
    fn one_message_changes_and_nothing_else() {
        for (key, text, from, to) in [
            ("first", "Eins", "= One", "= Eins"),
            ("last", "zwei", "= two\n    lines", "= zwei"),
            ("last", "zwei\nund\n\ndrei", "= two\n    lines", "=\n    zwei\n    und\n\n    drei"),
            ("many.title", "Titel", "= Title", "= Titel"),
            ("many.hint", "Wink\nzwei", "= Hint", "=\n    Wink\n    zwei"),
            ("many", "viele", "=\n    { $n ->\n        [one] one\n       *[other] { $n }\n    }", "= viele"),
            (
                "first",
                "{ $n ->\n    [one] eins\n   *[other] viele\n}",
                "= One",
                "= { $n ->\n        [one] eins\n       *[other] viele\n    }",
            ),
            ("first.label", "Neu", "= One\n", "= One\n    .label = Neu\n"),
            ("second", "Zwei", "= One\n", "= One\nsecond = Zwei\n"),
        ] {
            let after = set_message(FILE, key, text, &["first"]);
            assert_eq!(after.as_deref(), Some(FILE.replacen(from, to, 1).as_str()), "{key}: {text}");
        }
    }

    #[test]
    fn what_is_no_text_of_a_message_is_refused() {
        for text in ["{ $n", "a\n.b = c", "", "}", "a\n[x] b"] {
            assert_eq!(set_message(FILE, "first", text, &[]), None, "{text:?}");
        }
    }
}
