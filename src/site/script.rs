//! Scripts of the theme → the same without what only their writer needs. Names stay: whoever looks
//! for a mistake reads them again.

/// A script without the lines that explain it, without indentation, without line breaks where what
/// stands before or behind says that the statement goes on or has ended, and without spaces that part
/// nothing. Readers of the site would pay for them. It knows strings, templates and regular
/// expressions, which it leaves alone, and little more of the language: a script with a text over
/// several lines, a template inside a template or a comment behind code stays as it is.
pub(super) fn bare(script: &str) -> String {
    let mut bare = String::with_capacity(script.len());
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    for line in lines {
        let goes_on =
            bare.is_empty() || bare.ends_with([';', '{', ',', '(']) || line.starts_with(['}', ')', ']', '.', '?', ':']);
        if !goes_on {
            bare.push('\n');
        }
        if push_bare(&mut bare, line).is_none() {
            return script.to_owned();
        }
    }
    bare.push('\n');
    bare
}

/// `None` where the line holds what is not understood.
fn push_bare(bare: &mut String, line: &str) -> Option<()> {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' | '`' => literal(rest, c)?,
            '/' if rest.starts_with("//") || rest.starts_with("/*") => return None,
            '/' if begins_expression(bare) => literal(rest, '/')?,
            ' ' => {
                rest = rest.trim_start();
                if bare.ends_with(is_of_name) && rest.starts_with(is_of_name) {
                    bare.push(' ');
                }
                continue;
            }
            c => c.len_utf8(),
        };
        bare.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Some(())
}

/// Whether what follows can't be divided by: a slash begins a regular expression.
fn begins_expression(before: &str) -> bool {
    before.ends_with(['(', ',', '=', ':', '[', '!', '&', '|', '?', '{', '}', ';', '>', '\n'])
}

/// The length of a literal up to its end sign, which may stand in it behind a backslash and, in a
/// regular expression, in brackets.
fn literal(text: &str, end: char) -> Option<usize> {
    let (mut is_escaped, mut is_in_brackets, mut depth) = (false, false, 0_u32);
    for (at, c) in text.char_indices().skip(1) {
        if is_escaped {
            is_escaped = false;
        } else if c == '\\' {
            is_escaped = true;
        } else if end == '/' && matches!(c, '[' | ']') {
            is_in_brackets = c == '[';
        } else if end == '`' && matches!(c, '{' | '}') {
            depth = if c == '{' { depth + 1 } else { depth.saturating_sub(1) };
        } else if c == end && !is_in_brackets {
            return (depth == 0).then_some(at + c.len_utf8());
        }
    }
    None
}

/// Two of these beside each other would be one name. Signs of one operator count too: `a + +b`.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '+' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_readers_do_not_need_goes() {
        for (script, expected) in [
            ("// Why.\nconst a = 1;\n\n  // How.\n  let b = a + +a;\n", "const a=1;let b=a + +a;\n"),
            (
                "if (a) {\n  b(\"x  =  y\", 'it\\'s  so', `${a} and  ${b}`);\n}\n",
                "if(a){b(\"x  =  y\",'it\\'s  so',`${a} and  ${b}`);}\n",
            ),
            ("a = b.split(/[ /]+ , \\/ x/u) / 2;\n", "a=b.split(/[ /]+ , \\/ x/u)/2;\n"),
            ("return a\n  ? b\n  : c;\n", "return a?b:c;\n"),
            ("const { a } = b\nc()\n", "const{a}=b\nc()\n"),
            ("for (const a of b) new A(a);\n", "for(const a of b)new A(a);\n"),
        ] {
            assert_eq!(bare(script), expected);
        }
    }

    #[test]
    fn what_is_not_understood_stays() {
        for script in
            ["a = `one\n  two`;\n", "a = 1; // why\n", "a = `${b.map((c) => `  ${c}`)}`;\n", "/* why */ a = 1;\n"]
        {
            assert_eq!(bare(script), script);
        }
    }
}
