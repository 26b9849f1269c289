//! Scripts of the theme → the same without what only their writer needs: comments, indentation,
//! spaces and line breaks that part nothing. Names stay: whoever looks for a mistake reads them again.
//!
//! It knows the tokens of ECMAScript and nothing of its grammar. Where a token can't be told without
//! the grammar (a slash behind a brace), or where what looks like a comment may be meant for readers
//! (`/*!`), the script stays as it is. Crates that do better parse the whole language and would be the
//! largest part of the compiler, for two kilobytes of ours.

/// A script without what readers of the site would pay for in vain.
pub(super) fn bare(script: &str) -> String {
    read(script).map_or_else(|| script.to_owned(), |tokens| write(&tokens))
}

/// The tokens of a script. `None`: one of them can't be told, or a comment has to stay.
pub(super) fn read(script: &str) -> Option<Vec<Token<'_>>> {
    let mut lexer = Lexer::new(script);
    let mut tokens = Vec::new();
    loop {
        let gap = lexer.skip_gap()?;
        if lexer.rest.is_empty() {
            return Some(tokens);
        }
        tokens.push(Token { gap, ..lexer.token()? });
    }
}

/// The tokens as a script again, with no more between them than has to be.
pub(super) fn write(tokens: &[Token<'_>]) -> String {
    let mut script = String::new();
    let mut before = None;
    for token in tokens {
        script.push_str(before.map_or("", |before| kept(before, *token)));
        script.push_str(token.text);
        before = Some(*token);
    }
    script.push('\n');
    script
}

/// What stands between two tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gap {
    Nothing,
    Space,
    Line,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A name, keyword or number.
    Word,
    /// A text in quotes or a template.
    Text,
    Regex,
    Sign,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    /// Before it.
    pub(super) gap: Gap,
    pub(super) kind: Kind,
    pub(super) text: &'a str,
}

impl Token<'_> {
    pub(super) fn is(self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    fn is_number(self) -> bool {
        self.kind == Kind::Word && self.text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
    }
}

fn kept(before: Token<'_>, next: Token<'_>) -> &'static str {
    match next.gap {
        Gap::Line if !goes_on(before, next) => "\n",
        Gap::Line | Gap::Space if would_merge(before, next) => " ",
        Gap::Nothing | Gap::Line | Gap::Space => "",
    }
}

/// Whether no semicolon is inserted at a line break (ECMA-262, section 12.10): what stands before it
/// can't end a statement, or what follows can't begin one.
fn goes_on(before: Token<'_>, next: Token<'_>) -> bool {
    [";", "{", ",", "("].iter().any(|sign| before.is(sign))
        || ["}", ")", "]", ".", "?", ":"].iter().any(|sign| next.is(sign))
}

/// Whether two tokens beside each other would be others: one name, `a + +b`, `a / /b/`, `1 .a`, `/a/ in b`,
/// and the comments of old HTML, `<!--` and `-->`.
fn would_merge(before: Token<'_>, next: Token<'_>) -> bool {
    let (Some(last), Some(first)) = (before.text.chars().next_back(), next.text.chars().next()) else { return false };
    let is_wordy = |kind| matches!(kind, Kind::Word | Kind::Regex);
    (is_wordy(before.kind) && next.kind == Kind::Word)
        || (before.is_number() && next.is("."))
        || (before.kind == Kind::Sign && last == first && matches!(first, '+' | '-' | '/'))
        || (before.is("/") && first == '/')
        || (before.is("<") && first == '!')
        || (before.is("--") && first == '>')
}

struct Lexer<'a> {
    rest: &'a str,
    before: Option<Token<'a>>,
    /// Whether the word before the last stands behind a dot and is a property, whatever it reads.
    is_property: bool,
    /// Of each open parenthesis: whether a statement begins behind it, as behind `if (…)`.
    open: Vec<bool>,
    /// Whether the parenthesis closed last was one of those.
    heads_statement: bool,
}

impl<'a> Lexer<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text, before: None, is_property: false, open: Vec::new(), heads_statement: false }
    }

    /// Passes white space and comments; `None`: a comment without end, or one that has to stay.
    fn skip_gap(&mut self) -> Option<Gap> {
        let mut gap = Gap::Nothing;
        loop {
            let space = self.rest.find(|c: char| !is_space(c)).unwrap_or(self.rest.len());
            let comment = comment_length(&self.rest[space..])?;
            let skipped = &self.rest[..space + comment];
            if skipped.is_empty() {
                return Some(gap);
            }
            // A comment of one line ends before the line does.
            let has_line = skipped.contains(is_line_end);
            gap = if has_line || gap == Gap::Line { Gap::Line } else { Gap::Space };
            self.rest = &self.rest[skipped.len()..];
        }
    }

    /// The next token; `None`: it has no end, or can't be told from another.
    fn token(&mut self) -> Option<Token<'a>> {
        let first = self.rest.chars().next()?;
        let (kind, length) = match first {
            '"' | '\'' => (Kind::Text, quoted_length(self.rest, first)?),
            '`' => (Kind::Text, template_length(self.rest)?),
            '/' if self.begins_regex()? => (Kind::Regex, regex_length(self.rest)?),
            '.' if self.rest[1..].starts_with(|c: char| c.is_ascii_digit()) => (Kind::Word, word_length(self.rest)),
            c if is_of_name(c) => (Kind::Word, word_length(self.rest)),
            '+' | '-' if self.rest[1..].starts_with(first) => (Kind::Sign, 2),
            // What remains of HTML in scripts is a comment to browsers.
            '<' if self.rest.starts_with("<!--") => return None,
            c => (Kind::Sign, c.len_utf8()),
        };
        let token = Token { gap: Gap::Nothing, kind, text: &self.rest[..length] };
        self.rest = &self.rest[length..];
        self.remember(token);
        Some(token)
    }

    fn remember(&mut self, token: Token<'a>) {
        if token.is("(") {
            let is_head = |word: &Token<'_>| matches!(word.text, "if" | "while" | "for" | "with");
            let heads = self.before.as_ref().is_some_and(|word| word.kind == Kind::Word && is_head(word));
            self.open.push(heads && !self.is_property);
        } else if token.is(")") {
            self.heads_statement = self.open.pop().unwrap_or(false);
        }
        self.is_property = token.kind == Kind::Word && self.before.is_some_and(|before| before.is("."));
        self.before = Some(token);
    }

    /// Whether a slash begins a regular expression, and does not divide. `None`: that depends on more
    /// than the token before.
    fn begins_regex(&self) -> Option<bool> {
        let Some(before) = self.before else { return Some(true) };
        match before.kind {
            Kind::Text | Kind::Regex => Some(false),
            Kind::Word if self.is_property || !KEYWORDS.contains(&before.text) => match before.text {
                // Names in some functions and keywords in others.
                "yield" | "await" | "of" if !self.is_property => None,
                _ => Some(false),
            },
            Kind::Word => Some(true),
            Kind::Sign => match before.text {
                // The end of a block or of a value.
                "}" => None,
                ")" => Some(self.heads_statement),
                "]" | "++" | "--" => Some(false),
                _ => Some(true),
            },
        }
    }
}

/// Words behind which a value begins.
const KEYWORDS: &[&str] = &[
    "return",
    "typeof",
    "case",
    "in",
    "instanceof",
    "new",
    "delete",
    "void",
    "throw",
    "do",
    "else",
    "extends",
    "default",
];

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '\\' | '#' | '@') || (!c.is_ascii() && !is_space(c))
}

/// Of a name or number; the sign in `1e+5` counts as the next token, beside which nothing stands.
fn word_length(text: &str) -> usize {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    text.find(|c: char| !(is_of_name(c) || is_number && c == '.')).unwrap_or(text.len())
}

/// Zero where no comment begins.
fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find(is_line_end).unwrap_or(text.len()));
    }
    match text.strip_prefix("/*") {
        Some(inside) if inside.starts_with('!') => None,
        Some(inside) => Some("/*".len() + inside.find("*/")? + "*/".len()),
        None => Some(0),
    }
}

fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' | '\r' => return None,
            c if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

/// Templates stand in expressions of templates, which hold any token.
fn template_length(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        let rest = &text[at..];
        let c = rest.chars().next()?;
        at += match c {
            '`' => return Some(at + 1),
            '\\' => 1 + rest[1..].chars().next()?.len_utf8(),
            '$' if rest.starts_with("${") => 2 + expression_length(&rest[2..])?,
            c => c.len_utf8(),
        };
    }
}

/// Up to the brace that closes it, and with it.
fn expression_length(text: &str) -> Option<usize> {
    let mut lexer = Lexer::new(text);
    let mut depth = 0_u32;
    loop {
        lexer.skip_gap()?;
        let token = lexer.token()?;
        if token.is("{") {
            depth += 1;
        } else if token.is("}") {
            if depth == 0 {
                return Some(text.len() - lexer.rest.len());
            }
            depth -= 1;
        }
    }
}

/// With its flags.
fn regex_length(text: &str) -> Option<usize> {
    let (mut is_escaped, mut is_in_brackets) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            c if is_line_end(c) => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' | ']' => is_in_brackets = c == '[',
            '/' if !is_in_brackets => {
                let flags = &text[at + 1..];
                return Some(at + 1 + flags.find(|c: char| !is_of_name(c)).unwrap_or(flags.len()));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_readers_do_not_need_goes() {
        for (script, expected) in [
            ("// Why.\nconst a = 1;\n\n  // How.\n  let b = a + +a;\n", "const a=1;let b=a+ +a;\n"),
            (
                "if (a) {\n  b(\"x  =  y\", 'it\\'s  so', `${a} and  ${b}`);\n}\n",
                "if(a){b(\"x  =  y\",'it\\'s  so',`${a} and  ${b}`);}\n",
            ),
            ("a = b.split(/[ /]+ , \\/ x/u) / 2;\n", "a=b.split(/[ /]+ , \\/ x/u)/2;\n"),
            ("return a\n  ? b\n  : c;\n", "return a?b:c;\n"),
            ("const { a } = b\nc()\n", "const{a}=b\nc()\n"),
            ("for (const a of b) new A(a);\n", "for(const a of b)new A(a);\n"),
            ("a = 1; // why\nb = /* how */ 2;\n", "a=1;b=2;\n"),
            ("a = `one\n  two`;\n", "a=`one\n  two`;\n"),
            (
                "a = `${b.map((c) => `  ${c}  ${{ d: '}' }.d}`)}  x`;\n",
                "a=`${b.map((c) => `  ${c}  ${{ d: '}' }.d}`)}  x`;\n",
            ),
            ("a = b /* one\ntwo */ c()\n", "a=b\nc()\n"),
        ] {
            assert_eq!(bare(script), expected);
        }
    }

    #[test]
    fn a_slash_is_what_the_word_before_it_makes_it() {
        for keyword in KEYWORDS {
            let script = format!("{keyword} /a  b/.test(c);\n");
            let expected = format!("{keyword}/a  b/.test(c);\n");
            assert_eq!(bare(&script), expected, "a value follows `{keyword}`");
            let property = format!("d.{keyword} / a / b;\n");
            assert_eq!(bare(&property), format!("d.{keyword}/a/b;\n"), "`{keyword}` is a property here");
        }
        for (script, expected) in [
            ("if (a) /b  c/.test(d);\n", "if(a)/b  c/.test(d);\n"),
            ("x = (a) / b / c;\n", "x=(a)/b/c;\n"),
            ("x = a[0] / b / c;\n", "x=a[0]/b/c;\n"),
            ("x = a / /b  c/.y;\n", "x=a/ /b  c/.y;\n"),
            ("x = /a/ in b;\n", "x=/a/ in b;\n"),
            ("x = this / a / b;\n", "x=this/a/b;\n"),
            ("i++ / a / b;\n", "i++/a/b;\n"),
        ] {
            assert_eq!(bare(script), expected);
        }
    }

    #[test]
    fn no_two_tokens_become_one_and_no_statement_another() {
        for (script, expected) in [
            ("return  x;\n", "return x;\n"),
            ("return -x;\n", "return-x;\n"),
            ("return .5;\n", "return .5;\n"),
            ("return\n.5;\n", "return\n.5;\n"),
            ("return\nx;\n", "return\nx;\n"),
            ("x = 1 .toFixed();\n", "x=1 .toFixed();\n"),
            ("x = 1\n.toFixed();\n", "x=1 .toFixed();\n"),
            ("x = a - --b;\n", "x=a- --b;\n"),
            ("x = a < !--b;\n", "x=a< !--b;\n"),
            ("x = a-- > b;\n", "x=a-- >b;\n"),
            ("a\n++b\n", "a\n++b\n"),
            ("a\n(b)\n", "a\n(b)\n"),
            ("a\n[b]\n", "a\n[b]\n"),
            ("a\n`b`\n", "a\n`b`\n"),
            ("async () => { await x; }\n", "async()=>{await x;}\n"),
            ("x = typeof a in b instanceof c;\n", "x=typeof a in b instanceof c;\n"),
        ] {
            assert_eq!(bare(script), expected);
        }
    }

    #[test]
    fn what_is_not_understood_stays() {
        for script in [
            "/*! A licence. */ a = 1;\n",
            "a = {} / b;\n",
            "yield /a  b/;\n",
            "a = \"one\n  two\";\n",
            "a = /b;\n",
            "a = `b;\n",
            "a = b; /* c\n",
            "a = 1; <!-- b\n",
        ] {
            assert_eq!(bare(script), script);
        }
    }
}
