//! Style sheets of the theme → the same without what only their writer needs: comments, and spaces that
//! part nothing. It knows comments, texts and blocks of CSS Syntax Module Level 3 and nothing of what they
//! mean. Crates that do better parse every property there is, for a tenth of what comments cost.

/// A style sheet without what readers of the site would pay for in vain. What never ends, and a comment that
/// has to stay (`/*!`), leave it as it is.
pub(super) fn bare(style: &str) -> String {
    read(style).unwrap_or_else(|| style.to_owned())
}

fn read(style: &str) -> Option<String> {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    let mut has_gap = false;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_whitespace() {
            has_gap = true;
            rest = &rest[1..];
            continue;
        }
        if rest.starts_with("/*") {
            let length = rest.find("*/").filter(|_| !rest.starts_with("/*!"))? + 2;
            // A comment parts words as a space does not: `a/**/b` are two tokens without one between them.
            has_gap |= needs_gap(&out, rest[length..].chars().next());
            rest = &rest[length..];
            continue;
        }
        let length = if matches!(c, '"' | '\'') { quoted_length(rest, c)? } else { c.len_utf8() };
        if has_gap && parts_something(out.chars().next_back(), c) {
            out.push(' ');
        }
        has_gap = false;
        // The last declaration of a block needs no end.
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push('\n');
    Some(out)
}

fn needs_gap(before: &str, next: Option<char>) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    before.ends_with(is_name) && next.is_some_and(is_name)
}

/// Whether a space between two characters means something: between parts of a selector or of a value it
/// does, beside a brace, a semicolon or a comma never. Before a colon it is a selector's (`a :hover`), behind
/// one it is nobody's.
fn parts_something(before: Option<char>, next: char) -> bool {
    let is_sign = |c: char| matches!(c, '{' | '}' | ';' | ',');
    before.is_some_and(|before| !is_sign(before) && before != ':') && !is_sign(next)
}

/// The length of a text in quotes; `None`: it has no end on its line.
fn quoted_length(rest: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' => return None,
            _ if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn comments_and_idle_spaces_go_and_what_parts_something_stays() {
        for (style, expected) in [
            ("/* why */\na {\n  color: red;\n}\n", "a{color:red}\n"),
            ("a :hover , b > c { margin: 0 1px }", "a :hover,b > c{margin:0 1px}\n"),
            (
                "a::before { content: \" ; /* no comment */ { \" / \"\" }",
                "a::before{content:\" ; /* no comment */ { \" / \"\"}\n",
            ),
            (
                "@media (width >= 60rem) and (hover: hover) { a { width: calc(100% - 1px) } }",
                "@media (width >= 60rem) and (hover:hover){a{width:calc(100% - 1px)}}\n",
            ),
            (":is(a, b) [x=\"1 , 2\"] { --y: 1px , 2px; }", ":is(a,b) [x=\"1 , 2\"]{--y:1px,2px}\n"),
            ("a/* x */b{}", "a b{}\n"),
            ("a { b: \"it\\\" ;  is\" ; }", "a{b:\"it\\\" ;  is\"}\n"),
        ] {
            assert_eq!(bare(style), expected);
        }
    }

    #[test]
    fn what_never_ends_or_has_to_stay_is_left_alone() {
        for style in ["a { } /* never", "a { content: \"never\n }", "/*! a licence */\na { }"] {
            assert_eq!(bare(style), style);
        }
    }
}
