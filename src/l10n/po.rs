//! PO, the file format of translators' tools. In: a file's text; out: its entries with their places.
//! And back: entries in, the text of a file out.
//!
//! The format is that of the GNU gettext manual, chapter "The Format of PO Files", without what our
//! texts have no use for: plural forms, domains, several encodings. Two crates were looked at:
//! `polib` drops `#|` lines; `rspolib` keeps them, but reads the file itself, takes two strings on
//! one line for an error, and says of a file in Latin-1 that its first line lacks a `msgstr`.

mod read;
mod write;

use std::ops::Range;

pub use read::read_po;
pub use write::write_po;

/// A file of translations.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PoFile {
    /// `Language: de` and so on, in order.
    pub header: Vec<(String, String)>,
    /// The translations, in order.
    pub entries: Vec<PoEntry>,
}

/// One translation.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PoEntry {
    /// `#.`: what helps to translate it, line by line.
    pub notes: Vec<String>,
    /// `#:`: the file it comes from.
    pub file: Option<String>,
    /// `#, fuzzy`: a tool has guessed it.
    pub is_fuzzy: bool,
    /// `#| msgid`: the source text for which it was last accepted.
    pub previous: Option<String>,
    /// `msgctxt`: the unit's id.
    pub context: Option<PoString>,
    /// `msgid`: the source text.
    pub source: PoString,
    /// `msgstr`: the translation; empty where there is none.
    pub text: PoString,
}

/// A string and where in the file it is written, from its keyword to its last quotation mark.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PoString {
    /// Unescaped and joined.
    pub value: String,
    /// Bytes of the file; empty in one that is to be written.
    pub range: Range<usize>,
}

impl From<&str> for PoString {
    fn from(value: &str) -> Self {
        Self { value: value.to_owned(), range: 0..0 }
    }
}

/// Why a text is no PO file we take.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PoError {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// What is wrong.
    pub headline: String,
    /// The next step.
    pub help: String,
}

impl PoFile {
    /// A field of the header.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.header.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// How many plural forms a language has, as gettext writes it; the table of the gettext manual,
/// chapter "Additional functions for plural forms". Our texts have none, but tools ask for it.
pub fn plural_forms(tag: &str) -> Option<&'static str> {
    let language = tag.split('-').next().unwrap_or_default();
    match language {
        "id" | "ja" | "ko" | "ms" | "th" | "vi" | "zh" => Some("nplurals=1; plural=0;"),
        _ if tag == "pt-BR" => Some("nplurals=2; plural=(n > 1);"),
        "fr" => Some("nplurals=2; plural=(n > 1);"),
        "bg" | "da" | "de" | "el" | "en" | "es" | "et" | "fi" | "hu" | "it" | "nb" | "nl" | "pt" | "sv" | "tr" => {
            Some("nplurals=2; plural=(n != 1);")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> PoFile {
        read_po(text).unwrap_or_else(|error| panic!("{error:?}\n{text}"))
    }

    fn values(file: &PoFile) -> Vec<(&str, &str, &str)> {
        file.entries
            .iter()
            .map(|entry| {
                let context = entry.context.as_ref().map_or("", |context| context.value.as_str());
                (context, entry.source.value.as_str(), entry.text.value.as_str())
            })
            .collect()
    }

    #[test]
    fn what_is_written_is_read() {
        let entry = |text: &str| PoEntry {
            notes: vec!["Agent → Manager".to_owned()],
            file: Some("content/products/a b.yaml".to_owned()),
            is_fuzzy: false,
            previous: Some("old\nold".to_owned()),
            context: Some("a/flow/x/purpose".into()),
            source: text.into(),
            text: "x".into(),
        };
        for text in ["plain", "\"quoted\" \\ back", "two\nlines\n", "\n", "tab\tbell\u{7}", "%s # 日本語 🙂", "  lead"]
        {
            let file = PoFile {
                header: vec![("Language".to_owned(), "de".to_owned()), ("X-Source-Locale".to_owned(), "en".to_owned())],
                entries: vec![entry(text)],
            };
            let again = read(&write_po(&file));
            assert_eq!(again.header, file.header);
            assert_eq!(values(&again), values(&file), "{text:?}");
            assert_eq!(again.entries[0].previous, file.entries[0].previous);
            assert_eq!(write_po(&again), write_po(&file));
        }
    }

    #[test]
    fn strings_are_joined_however_a_tool_wraps_them() {
        let file = read(
            "msgctxt \"a\"\n\"b\"\r\n  msgid \"\"\n\"one \" \"two\"\n\n# theirs\nmsgstr \"\\x41\\102\\t\\\"\"\n#~ msgid \"gone\"\n#~ msgstr \"weg\"\n",
        );
        assert_eq!(values(&file), [("ab", "one two", "AB\t\"")]);
    }

    #[test]
    fn fuzzy_entries_are_marked_and_empty_ones_kept() {
        let file = read("#, c-format, fuzzy\n#| msgid \"x\"\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgid \"c\"\nmsgstr \"\"\n");
        assert!(file.entries[0].is_fuzzy && !file.entries[1].is_fuzzy);
        assert_eq!(file.entries[0].previous.as_deref(), Some("x"));
    }

    #[test]
    fn what_is_broken_is_told_with_its_place() {
        for (text, at, told) in [
            ("msgid \"a\"\nmsgstr \"b\n", 17, "never closed"),
            ("msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"c\"\n", 0, "no `msgstr`"),
            ("msgid \"a\"\n", 0, "no `msgstr`"),
            ("msgstr \"a\"\n", 0, "no `msgid`"),
            ("msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n", 21, "twice"),
            ("\"a\"\n", 0, "belongs to nothing"),
            ("msgid \"a\" b\n", 10, "behind the string"),
            ("msgid \"\\q\"\nmsgstr \"\"\n", 7, "`\\q`"),
            ("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n", 10, "plural"),
            ("<html>\n", 0, "not PO"),
        ] {
            let error = read_po(text).unwrap_err();
            assert_eq!(error.range.start, at, "{text:?}: {error:?}");
            assert!(error.headline.contains(told), "{text:?}: {error:?}");
        }
    }
}
