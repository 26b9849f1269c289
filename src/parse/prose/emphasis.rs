//! Emphasis beside punctuation that `CommonMark` leaves as it is, made to work.

use std::ops::Range;

use crate::words::is_wide;

/// A text with word joiners (U+2060) inside its emphasis marks, and where they were put.
pub(super) struct Padded {
    /// The padded text.
    pub(super) text: String,
    insertions: Vec<usize>,
}

pub(super) const JOINER: char = '\u{2060}';

impl Padded {
    /// The offset in the text as written.
    pub(super) fn original(&self, offset: usize) -> usize {
        offset - JOINER.len_utf8() * self.insertions.partition_point(|at| *at < offset)
    }

    /// Whether a range of the padded text is shown with more word joiners than were put there.
    pub(super) fn brings_joiner(&self, padded: Range<usize>, shown: usize) -> bool {
        let put = self.insertions.iter().filter(|at| padded.contains(at)).count();
        shown > put
    }
}

/// `CommonMark` takes `**` beside punctuation for emphasis only if white space is on the other side,
/// which Japanese never writes: `**「強調」**です` stays unbold. A word joiner, which is neither
/// punctuation nor space, goes between the marks and what they enclose.
pub(super) fn pad_emphasis(text: &str) -> Padded {
    let mut padded = Padded { text: String::with_capacity(text.len()), insertions: Vec::new() };
    let mut open: Vec<usize> = Vec::new();
    let mut rest = text;
    let mut previous = ' ';
    while let Some(c) = rest.chars().next() {
        let run = match c {
            '`' => code_span(rest),
            '\\' => c.len_utf8() + rest[1..].chars().next().map_or(0, char::len_utf8),
            '*' => rest.len() - rest.trim_start_matches('*').len(),
            '\n' => {
                if rest[1..].trim_start_matches(' ').starts_with('\n') {
                    open.clear();
                }
                1
            }
            _ => c.len_utf8(),
        };
        let (token, behind) = rest.split_at(run);
        if c == '*' {
            let next = behind.chars().next().unwrap_or(' ');
            let closes = !previous.is_whitespace() && open.last() == Some(&run);
            if closes {
                open.pop();
                pad(&mut padded, is_mark(previous));
                padded.text.push_str(token);
            } else {
                let opens = !next.is_whitespace();
                padded.text.push_str(token);
                if opens {
                    open.push(run);
                    pad(&mut padded, is_mark(next));
                }
            }
        } else {
            padded.text.push_str(token);
        }
        previous = token.chars().last().unwrap_or(' ');
        rest = behind;
    }
    padded
}

fn pad(padded: &mut Padded, is_needed: bool) {
    if is_needed {
        padded.insertions.push(padded.text.len());
        padded.text.push(JOINER);
    }
}

/// Whether `CommonMark` counts a character as punctuation: ASCII, or Unicode P and S as far as texts
/// of our languages have them.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || (is_wide(c) && !c.is_alphanumeric())
        || (!c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace())
}

/// Length of a code span from its first backtick, or of the run of backticks if none closes it.
fn code_span(text: &str) -> usize {
    let run = text.len() - text.trim_start_matches('`').len();
    let ticks = &text[..run];
    let mut at = run;
    while let Some(found) = text[at..].find(ticks) {
        let start = at + found;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        if length == run {
            return start + run;
        }
        at = start + length;
    }
    run
}

/// The text without its word joiners.
pub(super) fn unpad(text: &str) -> String {
    text.replace(JOINER, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::Parser;

    fn html(text: &str) -> String {
        let padded = pad_emphasis(text);
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, Parser::new(&padded.text));
        unpad(&html)
    }

    #[test]
    fn emphasis_works_beside_punctuation_of_any_script() {
        for (text, expected) in [
            ("これは**「強調」**です", "<p>これは<strong>「強調」</strong>です</p>\n"),
            ("**`a`**です", "<p><strong><code>a</code></strong>です</p>\n"),
            ("**(a)**b", "<p><strong>(a)</strong>b</p>\n"),
            ("**強調**です", "<p><strong>強調</strong>です</p>\n"),
            ("*「一」*と*「二」*です", "<p><em>「一」</em>と<em>「二」</em>です</p>\n"),
            ("**a** and **b**", "<p><strong>a</strong> and <strong>b</strong></p>\n"),
            ("2 * 3 * 4", "<p>2 * 3 * 4</p>\n"),
            ("`**「a」**`です", "<p><code>**「a」**</code>です</p>\n"),
            (r"\*「a」\*", "<p>*「a」*</p>\n"),
            ("* 一\n* 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n"),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
    }

    #[test]
    fn offsets_lead_back_to_the_text_as_written() {
        let padded = pad_emphasis("は**「強調」**です");
        let end = padded.text.len();
        assert_eq!(padded.original(end), "は**「強調」**です".len());
        assert_eq!(padded.original(padded.text.find('「').unwrap()), "は**".len());
    }
}
