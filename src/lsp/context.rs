//! Where in a YAML file a place is, while the file is being typed and need not be YAML: the keys above it by their
//! indentation, the brackets around it. The parser of the content wants a whole file; this wants a cursor.

use std::ops::Range;

/// What is known of a place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Context {
    /// The keys that lead to it, from the root of the file; that of its own value included.
    pub(super) path: Vec<String>,
    /// The word that it stands in or at.
    pub(super) word: Range<usize>,
    /// What stands in the same scalar before the word.
    pub(super) lead: String,
    /// Whether it stands in a text of several lines, in which nothing is YAML.
    pub(super) is_in_block: bool,
}

/// The context of a byte; nothing in a comment.
pub(super) fn context_of(text: &str, offset: usize) -> Option<Context> {
    let offset = text.floor_char_boundary(offset);
    let start = line_start(text, offset);
    let line = Line::of(text, start);
    let (mut path, block_at, opened_at) = above(text, start, line);
    let word = word_at(text, offset);
    if block_at.is_some() {
        return Some(Context { path, word, lead: text[start..offset].trim_start().to_owned(), is_in_block: true });
    }
    // Brackets that a line above has opened hold this line too.
    let mut scan = opened_at.map(|at| scan(text, at..word.start)).unwrap_or_default();
    if scan.frames.is_empty() {
        let content = line.content.min(word.start);
        let own = line.key(text).filter(|key| key.value <= word.start);
        path.extend(own.as_ref().map(|key| key.name.clone()));
        let begin = own.map_or(content, |key| key.value);
        scan = self::scan(text, begin..word.start);
    }
    if scan.is_comment {
        return None;
    }
    path.extend(scan.frames.into_iter().filter_map(|frame| frame.key));
    Some(Context { path, word, lead: scan.lead, is_in_block: false })
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The letters of an id around a byte.
pub(super) fn word_at(text: &str, offset: usize) -> Range<usize> {
    let is_of_id = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let before = text[..offset].trim_end_matches(is_of_id).len();
    let behind = text[offset..].find(|c| !is_of_id(c)).map_or(text.len(), |end| offset + end);
    before..behind
}

/// A line by its indentation.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// Column of its first sign, which may be the dash of a list.
    outer: usize,
    /// Column of what stands behind dashes.
    inner: usize,
    /// Byte at which that begins, and at which the line ends.
    content: usize,
    end: usize,
}

/// A key at the beginning of a line.
struct Key {
    name: String,
    /// Byte behind its colon.
    value: usize,
}

impl Line {
    fn of(text: &str, start: usize) -> Self {
        let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
        let line = &text[start..end];
        let outer = line.len() - line.trim_start_matches(' ').len();
        let mut inner = outer;
        while line[inner..].starts_with("- ") || &line[inner..] == "-" {
            let behind = &line[(inner + 2).min(line.len())..];
            inner = line.len() - behind.trim_start_matches(' ').len();
        }
        Self { outer, inner, content: start + inner, end }
    }

    fn has_dash(self) -> bool {
        self.inner > self.outer
    }

    fn is_empty(self, text: &str) -> bool {
        let content = text[self.content..self.end].trim();
        content.is_empty() && !self.has_dash() || content.starts_with('#')
    }

    fn key(self, text: &str) -> Option<Key> {
        let content = &text[self.content..self.end];
        let (name, rest) = match content.chars().next()? {
            quote @ ('"' | '\'') => content[1..].split_once(quote)?,
            '{' | '[' | '#' | '|' | '>' => return None,
            _ => {
                let is_end = |(at, _): &(usize, &str)| content[at + 1..].chars().next().is_none_or(char::is_whitespace);
                let (at, _) = content.match_indices(':').find(is_end)?;
                content.split_at(at)
            }
        };
        let value = rest.strip_prefix(':')?;
        Some(Key { name: name.trim().to_owned(), value: self.end - value.len() })
    }
}

/// The keys above a line; of the closest of them with a block of text, and with brackets, where that begins.
fn above(text: &str, start: usize, line: Line) -> (Vec<String>, Option<usize>, Option<usize>) {
    let mut path = Vec::new();
    let (mut block_at, mut opened_at) = (None, None);
    let (mut bound, mut is_item) = (line.outer, line.has_dash());
    let mut at = start;
    while at > 0 && (bound > 0 || is_item) {
        at = line_start(text, at - 1);
        let line = Line::of(text, at);
        if line.is_empty(text) || line.inner > bound {
            continue;
        }
        if line.inner == bound && line.has_dash() && !is_item {
            // The first key of the item that this one stands in.
            (bound, is_item) = (line.outer, true);
            continue;
        }
        let is_parent = line.inner < bound || is_item && !line.has_dash();
        let Some(key) = line.key(text).filter(|_| is_parent) else { continue };
        let value = text[key.value..line.end].trim_start();
        if value.starts_with(['|', '>']) {
            // What looked like keys below it are words.
            path.clear();
            block_at = Some(key.value);
        } else if path.is_empty() && value.starts_with(['{', '[']) {
            opened_at = Some(key.value);
        }
        path.push(key.name);
        (bound, is_item) = (line.outer, line.has_dash());
    }
    path.reverse();
    (path, block_at, opened_at)
}

/// A bracket.
#[derive(Debug)]
struct Frame {
    is_map: bool,
    /// The key whose value is meant.
    key: Option<String>,
}

/// What stands open at the end of the beginning of a value.
#[derive(Default, Debug)]
struct Scan {
    frames: Vec<Frame>,
    lead: String,
    is_comment: bool,
}

impl Scan {
    /// Whether a colon ends a key, by the sign behind it.
    fn ends_key(&self, next: Option<char>) -> bool {
        let is_end = |frame: &Frame| next.is_none_or(|c| c.is_whitespace() || frame.is_map && "{}[],".contains(c));
        self.frames.last().is_some_and(is_end)
    }
}

fn scan(text: &str, part: Range<usize>) -> Scan {
    let mut scan = Scan::default();
    let mut token = String::new();
    let mut quote = None;
    let mut signs = text[part.clone()].char_indices();
    while let Some((at, c)) = signs.next() {
        match (quote, c) {
            (Some(open), c) => {
                token.push(c);
                if c == open {
                    quote = None;
                }
            }
            (None, '"' | '\'') if token.trim().is_empty() => {
                token.push(c);
                quote = Some(c);
            }
            (None, '#') if token.is_empty() || token.ends_with(char::is_whitespace) => {
                // To the end of its line nothing counts.
                if !signs.any(|(_, c)| c == '\n') {
                    scan.is_comment = true;
                    return scan;
                }
            }
            (None, '{' | '[') if token.trim().is_empty() => {
                scan.frames.push(Frame { is_map: c == '{', key: None });
                token.clear();
            }
            (None, '}' | ']') => {
                scan.frames.pop();
                token.clear();
            }
            (None, ',') if !scan.frames.is_empty() => {
                if let Some(frame) = scan.frames.last_mut() {
                    frame.key = None;
                }
                token.clear();
            }
            (None, ':') if scan.ends_key(text[part.start + at + 1..].chars().next()) => {
                if let Some(frame) = scan.frames.last_mut() {
                    frame.key = Some(token.trim().trim_matches(['"', '\'']).to_owned());
                }
                token.clear();
            }
            (None, c) => token.push(c),
        }
    }
    Scan { lead: token.trim_start().trim_start_matches(['"', '\'']).to_owned(), ..scan }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Path, lead and word at the `‸` of a text.
    fn at(text: &str) -> Option<(String, String, String)> {
        let offset = text.find('‸').unwrap();
        let text = text.replace('‸', "");
        let context = context_of(&text, offset)?;
        let path = context.path.join("/") + if context.is_in_block { "|" } else { "" };
        Some((path, context.lead.clone(), text[context.word].to_owned()))
    }

    fn told(text: &str) -> [String; 3] {
        at(text).map(|(path, lead, word)| [path, lead, word]).unwrap()
    }

    #[test]
    fn keys_above_a_place_are_found_by_indentation() {
        let begin = "name: A\nflows:\n  one:\n    from: a\n\n    # to: x\n";
        for (rest, expected) in [
            ("    to: ag‸ent", ["flows/one/to", "", "agent"]),
            ("    to: ‸", ["flows/one/to", "", ""]),
            ("    ‸", ["flows/one", "", ""]),
            ("    from: [a, b-‸c]", ["flows/one/from", "", "b-c"]),
            ("    from:\n      - a\n      - ‸b", ["flows/one/from", "", "b"]),
            ("    from:\n    - ‸b\n", ["flows/one/from", "", "b"]),
            ("    ports: 443/tcp ht‸tps", ["flows/one/ports", "443/tcp ", "https"]),
            ("    ports: [53/udp dns, 443/tcp ht‸", ["flows/one/ports", "443/tcp ", "ht"]),
            ("    ports: $ra‸", ["flows/one/ports", "$", "ra"]),
            ("    when: { mode: [push, pu‸", ["flows/one/when/mode", "", "pu"]),
            ("    when: { mode: push, ‸", ["flows/one/when", "", ""]),
            ("    when: [{ mode: push }, { \"depth\": ‸", ["flows/one/when/depth", "", ""]),
            ("    when:\n      mode: ‸", ["flows/one/when/mode", "", ""]),
            ("    when:\n      - mode: push\n        depth: ‸", ["flows/one/when/depth", "", ""]),
            ("    hosts:\n      - { when: { mode: x },\n          list: li‸ }", ["flows/one/hosts/list", "", "li"]),
            ("    hosts: [\n      { see: ‸ } ]", ["flows/one/hosts/see", "", ""]),
            ("  two:\n    to: ‸", ["flows/two/to", "", ""]),
            ("notes:\n  x:\n    on: [component:‸ag]", ["notes/x/on", "component:", "ag"]),
            ("notes:\n  x:\n    on: [beat, component:‸]", ["notes/x/on", "component:", ""]),
            ("    when: { mode:‸}", ["flows/one/when/mode", "", ""]),
            ("notes:\n  x:\n    on: [\"component:‸ag\"]", ["notes/x/on", "component:", "ag"]),
        ] {
            assert_eq!(told(&format!("{begin}{rest}")), expected.map(str::to_owned), "{rest}");
        }
    }

    #[test]
    fn a_text_is_no_yaml_and_a_comment_is_nothing() {
        let text = "flows:\n  one:\n    purpose:\n      en: |\n        First: a line\n          to: agent ‸x\n";
        assert_eq!(told(text)[0], "flows/one/purpose/en|");
        assert_eq!(at("flows: # to: ‸"), None);
        assert_eq!(at("# to: ‸"), None);
        assert_eq!(told("a: \"# ‸\"")[0], "a");
    }

    #[test]
    fn no_text_is_too_wild() {
        let wild = "- - {[}]: '\" |\n   \t: - #\r\n>- ? ! & * 名: {,:\n\u{feff}- -\n-";
        for (offset, _) in wild.char_indices().chain([(wild.len(), ' ')]) {
            let _ = context_of(wild, offset);
        }
        assert_eq!(context_of("", 9).map(|context| context.path.len()), Some(0));
    }
}
