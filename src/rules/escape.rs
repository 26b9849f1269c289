//! Texts of the content in the languages of formats: no name, purpose or title can end what it stands in.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What texts must not break.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Escape {
    /// A line.
    #[default]
    Line,
    /// A string of JSON.
    Json,
    /// A string of Terraform.
    Hcl,
    /// A text in single quotes of PowerShell.
    Ps,
    /// XML.
    Xml,
    /// A quoted cell of CSV, which no spreadsheet takes for a formula.
    Csv,
    /// Double quotes without escapes.
    Quotes,
    /// A text in single quotes of a shell.
    Sh,
    /// A cell of a table of Markdown.
    Md,
}

impl Escape {
    pub(super) fn text(self, text: &str) -> String {
        let text = line(text);
        match self {
            Self::Line => text.into_owned(),
            Self::Json => json(&text),
            Self::Hcl => json(&text).replace("${", "$${").replace("%{", "%%{"),
            Self::Ps => doubled(&text, &['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}']),
            Self::Xml => text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
                .replace('\'', "&#39;"),
            Self::Csv => {
                let inert = if text.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
                format!("{inert}{}", text.replace('"', "\"\""))
            }
            Self::Quotes => text.replace('"', "'"),
            Self::Sh => text.replace('\'', "'\\''"),
            Self::Md => {
                let mut escaped = String::new();
                for character in text.chars() {
                    escaped.extend("|\\`*_<>[]".contains(character).then_some('\\'));
                    escaped.push(character);
                }
                escaped
            }
        }
    }
}

/// One line: controls and separators of lines and paragraphs become spaces, marks that turn the direction go.
fn line(text: &str) -> Cow<'_, str> {
    let is_break = |c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}';
    let is_mark =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(|c| is_break(c) || is_mark(c)) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|c| !is_mark(*c)).map(|c| if is_break(c) { ' ' } else { c }).collect::<String>().into()
}

/// Without controls nothing but quotes and backslashes is left to escape.
fn json(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn doubled(text: &str, quotes: &[char]) -> String {
    let mut doubled = String::new();
    for character in text.chars() {
        doubled.push(character);
        doubled.extend(quotes.contains(&character).then_some(character));
    }
    doubled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_what_it_stands_in() {
        for (escape, text, expected) in [
            (Escape::Line, "a\r\nCOMMIT\u{2028}b\u{202e}c", "a  COMMIT bc"),
            (Escape::Json, "a\\\"b", "a\\\\\\\"b"),
            (Escape::Hcl, "${x} %{y}", "$${x} %%{y}"),
            (Escape::Ps, "it's \u{2019}", "it''s \u{2019}\u{2019}"),
            (Escape::Xml, "<&\"'>", "&lt;&amp;&quot;&#39;&gt;"),
            (Escape::Csv, "=1+\"a\"", "'=1+\"\"a\"\""),
            (Escape::Quotes, "a\"b", "a'b"),
            (Escape::Sh, "$(x)'y", "$(x)'\\''y"),
            (Escape::Md, "a|b_c", "a\\|b\\_c"),
        ] {
            assert_eq!(escape.text(text), expected);
        }
    }
}
