//! Signs that Markdown takes otherwise than they were meant, or does not take at all: markup of other
//! dialects (tables, struck-out words, footnotes), marks that nothing closes, products and patterns
//! that become emphasis. All of it would reach readers raw or changed without a word.

use std::ops::Range;

use crate::diagnostic::Code;
use crate::words::is_wide;

use super::RefKind;

mod enumeration;

use enumeration::is_enumerated;

/// What was found in a text: where, what, and the next step.
#[derive(Debug)]
pub(super) struct Leftover {
    pub(super) range: Range<usize>,
    pub(super) code: Code,
    pub(super) headline: String,
    pub(super) help: String,
}

fn leftover(range: Range<usize>, code: Code, headline: impl Into<String>, help: impl Into<String>) -> Leftover {
    Leftover { range, code, headline: headline.into(), help: help.into() }
}

/// Marks that were left over in a run of text. `raw` is the run as written, `shown` as it is shown.
pub(super) fn in_run(raw: &str, shown: &str) -> Vec<Leftover> {
    let mut found = Vec::new();
    // Most runs are words and nothing else.
    if raw == shown && !raw.bytes().any(|byte| b"*_`~[]=&\\".contains(&byte)) {
        return found;
    }
    for (mark, what, help) in [
        (
            "**",
            "`**`",
            "put `**` directly before the first and behind the last word of the bold text, or write `\\*\\*` if the signs belong to the text",
        ),
        (
            "__",
            "`__`",
            "put `__` directly before the first and behind the last word of the bold text, or write the name as code: `` `__name__` ``",
        ),
        ("`", "a backtick", "close the code with a second one, or write `` \\` `` if the sign belongs to the text"),
        (
            "~~",
            "`~~`",
            "texts have no struck-out words: remove them, or write `\\~\\~` if the signs belong to the text",
        ),
        (
            "[^",
            "a footnote",
            "texts have no footnotes: say it in the sentence or in a note, or write `\\[^` if the signs belong to the text",
        ),
        (
            "][",
            "a link by its name",
            "refer to an item with `<kind:id>` or `[words](kind:id)`, or write `\\[` if the signs belong to the text",
        ),
    ] {
        // A name within underscores is emphasis of its own rules and none inside a word.
        let is_name = |at: usize| mark == "__" && (!touches_edge(raw, at, mark.len()));
        if let Some(at) = find_unescaped(raw, mark).filter(|at| !is_name(*at)) {
            let (code, why) = if mark == "[^" {
                (Code::MarkupNotAllowed, "is not allowed in texts")
            } else {
                (Code::AccidentalMarkup, "was left over as text")
            };
            found.push(leftover(at..at + mark.len(), code, format!("{what} {why}"), help));
        }
    }
    if let Some(at) = find_unescaped(raw, "](").filter(|at| RefKind::strip(raw[at + 2..].trim_start()).is_none()) {
        let help =
            "a link has no spaces in its address: `[words](kind:id)`; write `\\[` if the signs belong to the text";
        found.push(leftover(at..at + 2, Code::AccidentalMarkup, "a link was left over as text", help));
    }
    if let Some(range) = highlighted(raw) {
        let help = "texts have no highlighting: use `**bold**`, or write `\\==` if the signs belong to the text";
        found.push(leftover(range, Code::AccidentalMarkup, "`==` was left over as text", help));
    }
    found.extend(entity(raw, shown));
    found.extend(lost_backslash(raw));
    found
}

/// Boxes of a task list: `[ ]` and `[x]` at the beginning of an item.
pub(super) fn task(raw: &str) -> Option<Leftover> {
    let is_box = ["[ ]", "[x]", "[X]"].iter().any(|mark| raw.starts_with(mark));
    is_box.then(|| {
        let help = "texts have no boxes to tick: remove it, or write `\\[` if the signs belong to the text";
        leftover(0..3, Code::AccidentalMarkup, "the box of a task list was left over as text", help)
    })
}

/// Lines that are part of a table, and lines that begin with a sign which makes no list.
pub(super) fn in_lines(text: &str) -> Vec<Leftover> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut bullets: Option<(char, Range<usize>, bool)> = None;
    let mut has_table = false;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let at = start + line.len() - line.trim_start().len();
        start += line.len();
        if !has_table && is_table_line(content) {
            has_table = true;
            let help = "texts are paragraphs and lists: write a list, or facts as flows and options; write `\\|` if the sign belongs to the text";
            found.push(leftover(
                at..at + content.len(),
                Code::MarkupNotAllowed,
                "a table is not allowed in texts",
                help,
            ));
        }
        let sign = content.chars().next().filter(|c| is_bullet(content, *c));
        bullets = match (bullets, sign) {
            (Some((first, range, false)), Some(sign)) if first == sign => {
                let help = "begin each item with `- `, after an empty line";
                let headline = format!("lines that begin with `{sign}` are no list and become one paragraph");
                found.push(leftover(range.clone(), Code::AccidentalMarkup, headline, help));
                Some((first, range, true))
            }
            (kept @ Some(_), Some(_)) => kept,
            (_, Some(sign)) => Some((sign, at..at + content.len(), false)),
            (_, None) => None,
        };
    }
    found.extend(enumeration::find(text));
    found.extend(definition(text));
    found
}

/// Whether the lines of a text are a list in signs that `CommonMark` does not know.
pub(in crate::parse) fn is_list(text: &str) -> bool {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let sign = |line: &str| line.chars().next().filter(|c| is_bullet(line, *c));
    is_enumerated(text) || lines.windows(2).any(|pair| sign(pair[0]).is_some() && sign(pair[0]) == sign(pair[1]))
}

/// `: It is here.` below its term, as other dialects write definitions.
fn definition(text: &str) -> Option<Leftover> {
    let mut start = 0;
    let mut has_term = false;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let at = start + line.len() - line.trim_start().len();
        start += line.len();
        if has_term && (content.starts_with(": ") || content.starts_with('：')) {
            return Some(leftover(
                at..at + content.len(),
                Code::AccidentalMarkup,
                "a line that begins with a colon is no definition and becomes part of the line above",
                "write a list: `- **term**: what it means`, or define the word under `terms`",
            ));
        }
        has_term = !content.is_empty();
    }
    None
}

/// `|---|---|`, or a line within bars.
fn is_table_line(line: &str) -> bool {
    let is_rule = line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    is_rule || (line.len() > 2 && line.starts_with('|') && line.ends_with('|') && !line.ends_with("\\|"))
}

/// Signs that people begin items with and `CommonMark` does not know, and those it knows without the
/// space behind them.
fn is_bullet(line: &str, sign: char) -> bool {
    match sign {
        '•' | '◦' | '‣' | '▪' | '●' | '■' | '○' | '・' | '–' | '—' | '※' => true,
        '-' | '+' => line[1..].starts_with(|c: char| c.is_alphabetic()),
        _ => false,
    }
}

/// Emphasis that is none: a product, a pattern of file names, a name with underscores. `range` is that
/// of the emphasis with its marks.
pub(super) fn emphasis(text: &str, range: Range<usize>) -> Option<Leftover> {
    let written = text.get(range.clone())?;
    let mark = written.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let inner = written.trim_matches(mark);
    let before = text[..range.start].chars().next_back();
    let mut behind = text[range.end..].chars();
    let (after, next) = (behind.next(), behind.next());
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_wide(c));
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_path = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '\\' | '.' | '_' | '%'));
    // A hyphen joins words of which one may be stressed; a slash parts them.
    let begins_inside = is_letter(before) || (is_path(before) && before != Some('/'));
    let goes_on = is_digit(after) || (is_path(after) && is_letter(next) && after != Some('/'));
    let is_pattern = inner.ends_with(['/', ',', ';', '\\']);
    let is_name = mark == '_' && inner.contains('_');
    if !(begins_inside || goes_on || is_pattern || is_name) {
        return None;
    }
    let is_edge = |c: char| c.is_whitespace() || is_wide(c);
    let start =
        text[..range.start].rfind(is_edge).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[range.end..].find(is_edge).map_or(text.len(), |at| range.end + at);
    // The sentence ends behind the word.
    let word = text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
    let help = if word.len() <= 60 && !word.contains(['\n', '`', '\\']) {
        let escaped = word.replace(mark, &format!("\\{mark}"));
        format!("if the sign belongs to the text, write `{escaped}`, or as code: `` `{word}` ``")
    } else {
        format!("if the sign belongs to the text, put a backslash before it: `\\{mark}`")
    };
    Some(leftover(range, Code::AccidentalMarkup, format!("Markdown takes `{}` for emphasis", shorten(written)), help))
}

fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let shown: String = line.chars().take(40).collect();
    if shown.len() < text.len() { format!("{shown}…") } else { shown }
}

/// The first place of a mark without a backslash before it.
fn find_unescaped(raw: &str, mark: &str) -> Option<usize> {
    let mut at = 0;
    while at < raw.len() {
        let rest = &raw[at..];
        if rest.starts_with(mark) {
            return Some(at);
        }
        let mut signs = rest.chars();
        let c = signs.next()?;
        at += c.len_utf8();
        if c == '\\' && signs.next().is_some_and(|c| c.is_ascii_punctuation()) {
            at += 1;
        }
    }
    None
}

/// Whether a mark stands at the beginning or the end of a word.
fn touches_edge(raw: &str, at: usize, length: usize) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    is_edge(raw[..at].chars().next_back()) != is_edge(raw[at + length..].chars().next())
}

/// `==words==`.
fn highlighted(raw: &str) -> Option<Range<usize>> {
    let open = find_unescaped(raw, "==").filter(|at| raw[at + 2..].starts_with(char::is_alphanumeric))?;
    let close = open + 2 + raw[open + 2..].find("==")?;
    let is_closing = raw[..close].ends_with(char::is_alphanumeric) && open > 0 || open == 0;
    let is_opening = !raw[..open].ends_with(|c: char| c.is_alphanumeric() && !is_wide(c));
    (is_closing && is_opening).then_some(open..close + 2)
}

/// `&foo;` that names no character and is shown as it is typed.
fn entity(raw: &str, shown: &str) -> Option<Leftover> {
    let mut rest = 0;
    while let Some(at) = raw[rest..].find('&').map(|at| rest + at) {
        rest = at + 1;
        let is_escaped = raw[..at].ends_with('\\');
        if let Some(name) = entity_name(&raw[at..]).filter(|name| !is_escaped && shown.contains(name)) {
            let help = "write the character itself, or `&amp;` for the sign `&`";
            return Some(leftover(
                at..at + name.len(),
                Code::AccidentalMarkup,
                format!("`{name}` names no character"),
                help,
            ));
        }
    }
    None
}

/// `&name;` or `&#number;` at the beginning of a text.
pub(super) fn entity_name(text: &str) -> Option<&str> {
    let end = text.find(';').filter(|end| (2..=32).contains(end))?;
    let name = text[1..end].trim_start_matches('#');
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| &text[..=end])
}

/// A path of Windows loses the backslashes that Markdown takes for its own.
fn lost_backslash(raw: &str) -> Option<Leftover> {
    let mut at = 0;
    for word in raw.split(|c: char| c.is_whitespace() || is_wide(c)) {
        let path = word.trim_start_matches(['(', '"', '\'', '„', '“', '«']);
        let start = at + word.len() - path.len();
        let mut signs = path.chars();
        let drive = signs.next().is_some_and(|c| c.is_ascii_alphabetic()) && path[1..].starts_with(":\\");
        let is_share = path.strip_prefix("\\\\").is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
        let loses = path.match_indices('\\').any(|(at, _)| {
            path[at + 1..].starts_with(|c: char| c.is_ascii_punctuation() && c != '\\') && !path[..at].ends_with('\\')
        });
        if is_share || ((drive || path.contains("%\\")) && loses) {
            let path = path.trim_end_matches([',', ';', ')', '"', '.']);
            let help = format!("write it as code: `` `{path}` ``");
            return Some(leftover(
                start..start + path.len(),
                Code::AccidentalMarkup,
                format!("Markdown removes a backslash from `{path}`"),
                help,
            ));
        }
        at += word.len();
        at += raw[at..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Option<String> {
        let start = text.find(['*', '_'])?;
        let mark = &text[start..=start];
        let end = text.rfind(mark)? + 1;
        emphasis(text, start..end).map(|found| found.help)
    }

    #[test]
    fn emphasis_that_is_none_is_told_with_its_escape() {
        for (text, escaped) in [
            ("2*3*4", "2\\*3\\*4"),
            ("a *.log,*.txt", "\\*.log,\\*.txt"),
            ("x/*.log,*/ y", "x/\\*.log,\\*/"),
            ("__init__.py", "\\_\\_init\\_\\_.py"),
            ("the _SERVER_NAME_ is", "\\_SERVER\\_NAME\\_"),
            ("costs 5 *3*4 now", "\\*3\\*4"),
        ] {
            let help = taken(text).unwrap_or_default();
            assert!(help.contains(&format!("write `{escaped}`")), "{text}: {help}");
        }
        for text in [
            "an *important* word",
            "これは*強調*です",
            "*Agent*s are",
            "(*never*)",
            "**Note**: read",
            "say _so_.",
            "*「一」*と",
            "*Agent*-Dienst",
            "TCP/*UDP*",
            "***both***",
        ] {
            assert_eq!(taken(text), None, "{text}");
        }
    }

    #[test]
    fn marks_that_nothing_closes_are_told() {
        for (raw, mark) in [
            ("this is **bold", "**"),
            ("this is ~~old~~", "~~"),
            ("run `cmd", "`"),
            ("see[^1]", "[^"),
            ("see [a][b]", "]["),
            ("see [a](b c)", "]("),
            ("an ==important== word", "==important=="),
            ("a &foo; b", "&foo;"),
            ("in C:\\Temp\\*.log, or", "C:\\Temp\\*.log"),
            ("on \\\\server\\share", "\\\\server\\share"),
        ] {
            let found = in_run(raw, raw);
            assert!(found.len() == 1 && raw[found[0].range.clone()] == *mark, "{raw}: {found:?}");
        }
        for raw in [
            "a \\*\\* b",
            "x \\~\\~ y",
            "\\`",
            "\\[^1]",
            "a == b == c",
            "AT&T; more",
            "C:\\Program Files",
            "a\\*b",
            "my__name",
            "~5 to ~10",
            "5 < 6 & 7",
            "C:\\\\Temp",
        ] {
            let found = in_run(raw, "");
            assert!(found.is_empty(), "{raw}: {found:?}");
        }
    }

    #[test]
    fn lines_of_tables_and_of_lists_that_are_none_are_told() {
        for (text, line) in [
            ("x\n\n| a | b |\n|---|---|\n", "| a | b |"),
            ("a | b\n--|--\n1 | 2", "--|--"),
            ("Do:\n• one\n• two\n• three", "• one"),
            ("・一\n・二", "・一"),
            ("-one\n-two", "-one"),
        ] {
            let found = in_lines(text);
            assert!(found.len() == 1 && text[found[0].range.clone()] == *line, "{text}: {found:?}");
        }
        for text in ["a | b", "- one\n- two", "– one dash –\nmore", "text\n\n---", "-1\n-2"] {
            assert!(in_lines(text).is_empty(), "{text}");
        }
    }
}
