//! Reading a map key by key: unknown keys with "did you mean", missing keys, wrong types. Each
//! reader reports and goes on, so that one mistake hides no other.

use crate::diagnostic::{Advice, Code, Diagnostic, Report, Vocabulary, closest, suggest};
use crate::span::{Span, Spanned};

use super::keys::{ItemKeys, Key};
use super::reading::Reading;
use super::yaml::{Entry, Node, Scalar, Value};

/// The entries of one map, whose keys are all known.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    what: &'static str,
    entries: &'a [Entry],
    /// Where a missing key is reported: the item's own key, or the map.
    span: Span,
}

impl<'a> Fields<'a> {
    /// Reads an item: reports keys that it does not take, and those it lacks.
    pub fn of(item: &ItemKeys, span: Span, node: &'a Node, report: &mut Report) -> Option<Self> {
        let fields = Self::read(item.what, span, node, &item.names().collect::<Vec<_>>(), report)?;
        for key in item.keys.iter().filter(|key| key.is_required) {
            fields.require(*key, report);
        }
        Some(fields)
    }

    /// Reports keys that are not in `known`. `what` names the map in messages ("a flow").
    pub fn read(what: &'static str, span: Span, node: &'a Node, known: &[&str], report: &mut Report) -> Option<Self> {
        let entries = as_map(what, node, report)?;
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.value.as_str())) {
            report.add(unknown_key(what, entry, known));
            if known.iter().any(|key| ITEMS.contains(key)) {
                report.lose(&entry.key.value);
                lose_items(&entry.value, report);
            }
        }
        Some(Self { what, entries, span })
    }

    /// The value of a key, if it is written.
    pub fn get(&self, key: Key) -> Option<&'a Node> {
        self.named(key.name)
    }

    /// The value of a key that is no word of the language, such as the tag of a locale.
    pub fn named(&self, name: &str) -> Option<&'a Node> {
        self.entries.iter().find(|entry| entry.key.value == name).map(|entry| &entry.value)
    }

    /// The entry of a key, if it is written.
    pub fn entry(&self, key: Key) -> Option<&'a Entry> {
        self.entries.iter().find(|entry| entry.key.value == key.name)
    }

    /// The value of a key that must be written, given what else the item says.
    pub fn require(&self, key: Key, report: &mut Report) -> Option<&'a Node> {
        let value = self.get(key);
        if value.is_none() && !self.is_misspelled(key) {
            let headline = format!("{} has no {}", self.what, key.shown());
            report
                .add(Diagnostic::error(Code::MissingKey, headline).at(self.span).help(format!("add `{}:`", key.name)));
        }
        value
    }

    /// The word under a key.
    pub fn word(&self, key: Key, reading: &mut Reading<'_>) -> Option<Spanned<String>> {
        as_word(&key.shown(), self.get(key)?, &mut reading.report)
    }

    /// The words under a key, written as one or as a list.
    pub fn words(&self, key: Key, reading: &mut Reading<'_>) -> Vec<Spanned<String>> {
        self.get(key).map(|node| as_words(&key.shown(), node, &mut reading.report)).unwrap_or_default()
    }

    /// The words under a key that people read.
    pub fn phrases(&self, key: Key, reading: &mut Reading<'_>) -> Vec<Spanned<String>> {
        self.get(key).map(|node| as_phrases(&key.shown(), node, &mut reading.report)).unwrap_or_default()
    }

    /// The whole number under a key.
    pub fn number(&self, key: Key, reading: &mut Reading<'_>) -> Option<Spanned<u32>> {
        as_number(&key.shown(), self.get(key)?, &mut reading.report)
    }

    /// The values under a key, written as one or as a list.
    pub fn list(&self, key: Key, reading: &mut Reading<'_>) -> &'a [Node] {
        self.get(key).map(|node| as_list(&key.shown(), node, &mut reading.report)).unwrap_or_default()
    }

    /// Which of a few words stands under a key.
    pub fn choice<T: Copy>(&self, key: Key, choices: &[(&str, T)], reading: &mut Reading<'_>) -> Option<T> {
        as_choice(&key.shown(), self.get(key)?, choices, &mut reading.report)
    }

    /// The items under a key, each read by `read`. An id that is refused still names its item, so that
    /// references to it are no mistakes of their own; one whose item can't be read is lost.
    pub fn items<T>(
        &self,
        key: Key,
        reading: &mut Reading<'_>,
        read: impl Fn(Spanned<String>, &Node, &mut Reading<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let what = key.name.replace('-', " ");
        let Some(entries) = as_map(&what, node, &mut reading.report) else {
            let listed =
                if let Value::List(items) = &node.value { items.as_slice() } else { std::slice::from_ref(node) };
            listed.iter().flat_map(ids_of).for_each(|id| reading.report.lose(&id));
            return Vec::new();
        };
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            is_id_or_report(&what, &entry.key, &mut reading.report);
            match read(entry.key.clone(), &entry.value, reading) {
                Some(item) => items.push(item),
                None => reading.report.lose(&entry.key.value),
            }
        }
        items
    }
}

impl Fields<'_> {
    /// Whether a key nobody knows was meant to be this one: then it is not missing too.
    pub fn is_misspelled(&self, key: Key) -> bool {
        let is_meant = |entry: &Entry| {
            closest(&entry.key.value, [key.name]).is_some() || meant_by(&entry.key.value).contains(&key.name)
        };
        self.entries.iter().any(|entry| entry.key.value != key.name && is_meant(entry))
    }
}

/// Keys under which items stand. A key nobody knows beside them may be one of them, or an item that
/// is not indented.
const ITEMS: &[&str] = &["components", "options", "choices", "flows", "services", "zones", "terms", "sections"];

/// Loses what is written like items.
fn lose_items(node: &Node, report: &mut Report) {
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|entry| report.lose(&entry.key.value)),
        Value::List(items) => items.iter().flat_map(ids_of).for_each(|id| report.lose(&id)),
        Value::Scalar(_) => {}
    }
}

fn unknown_key(what: &str, entry: &Entry, known: &[&str]) -> Diagnostic {
    let key = &entry.key.value;
    let diagnostic = Diagnostic::error(Code::UnknownKey, format!("`{key}` is not a key of {what}")).at(entry.key.span);
    if key.contains(' ') || !key.is_ascii() {
        return diagnostic.help("if this is part of a text, quote the whole text");
    }
    let other_word = meant_by(key).iter().find(|name| known.contains(name));
    let meant = other_word.map(|name| Advice::from(format!("did you mean `{name}`?")));
    diagnostic
        .maybe_help(meant.or_else(|| suggest(key, known.iter().copied(), Vocabulary::Language)))
        .help(format!("keys of {what}: {}", known.join(", ")))
}

/// Keys of the language by other words for the same thing, which no distance of letters tells.
fn meant_by(key: &str) -> &'static [&'static str] {
    match key.to_ascii_lowercase().as_str() {
        "title" | "display-name" => &["name", "label"],
        "name" | "caption" => &["title", "label"],
        "description" | "desc" | "about" | "info" => &["purpose", "summary", "definition", "text"],
        "text" | "content" | "body" => &["text", "purpose", "summary", "definition"],
        "src" | "source-component" | "client" | "initiator" | "opener" => &["from"],
        "dst" | "dest" | "destination" | "target" | "server" | "listener" => &["to"],
        "protocol" | "transport" | "service" | "dport" => &["ports"],
        "source" => &["sources"],
        "condition" | "conditions" | "if" | "only" => &["when"],
        "machine" | "machines" | "runs-in" | "hosted-on" | "installed-on" | "part-of" => &["runs-on"],
        "runs-on" => &["machine"],
        "host" | "address" | "addresses" | "ip" | "ips" | "urls" | "fqdn" | "domains" => &["hosts"],
        "source-hosts" | "src-hosts" | "from-addresses" => &["from-hosts"],
        "values" | "items" | "enum" => &["choices"],
        "date" | "retrieved" | "accessed" => &["read"],
        "link" | "href" => &["url"],
        "pros" | "advantages" => &["benefits"],
        "cons" | "disadvantages" => &["drawbacks"],
        "type" | "level" | "severity" => &["kind"],
        "aliases" | "old-ids" | "redirects" => &["former-ids"],
        "ignore" | "suppress" | "except" => &["allow"],
        "comment" | "why" | "because" => &["reason"],
        "excluding" | "exclude" => &["without"],
        "selection" | "select" | "choices" => &["choose"],
        _ => &[],
    }
}

/// The entries of a map.
pub fn as_map<'a>(what: &str, node: &'a Node, report: &mut Report) -> Option<&'a [Entry]> {
    match &node.value {
        Value::Map(entries) => Some(entries),
        Value::Scalar(_) | Value::List(_) => {
            report.add(wrong_type(what, "a map", node).maybe_help(as_keys(node)));
            None
        }
    }
}

/// A list of words, or of maps with an id, where each is a key of its own.
fn as_keys(node: &Node) -> Option<String> {
    let Value::List(items) = &node.value else { return None };
    let ids = ids_of(items.first()?);
    let id = ids.iter().find(|id| is_id(id)).map_or("ID", String::as_str);
    Some(format!("write each item under its id as a key: `{id}: …`, without `- `"))
}

/// The words by which others may name an item of a list: itself, the key of its map, or what that says
/// under `id` or `name`; what is no id as one, too.
fn ids_of(item: &Node) -> Vec<String> {
    let mut ids = Vec::new();
    match &item.value {
        Value::Scalar(scalar) => {
            ids.push(scalar.text.clone());
            let words = scalar.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            ids.extend(words.filter(|word| *word != scalar.text && is_id(word)).map(str::to_owned));
        }
        Value::Map(entries) => {
            // `- agent:` with its keys below on the same level, or deeper as the value.
            let heads = entries.first().filter(|first| {
                first.value.is_null() || entries.len() == 1 && matches!(first.value.value, Value::Map(_))
            });
            ids.extend(heads.map(|head| head.key.value.clone()));
            for key in ["id", "name", "label", "title"] {
                let named = entries.iter().find(|entry| entry.key.value == key);
                ids.extend(named.and_then(|entry| entry.value.as_scalar()).map(|scalar| scalar.text.clone()));
            }
        }
        Value::List(_) => {}
    }
    let proposals: Vec<_> = ids.iter().filter(|id| !is_id(id)).map(|id| as_id(id)).collect();
    ids.extend(proposals);
    ids
}

/// The items of a list; a single value counts as a list of one.
pub fn as_list<'a>(what: &str, node: &'a Node, report: &mut Report) -> &'a [Node] {
    match &node.value {
        Value::List(items) => {
            if items.is_empty() {
                report.add(
                    Diagnostic::error(Code::WrongType, format!("{what} is an empty list"))
                        .at(node.span)
                        .help("list at least one, or remove the key"),
                );
            }
            items
        }
        Value::Scalar(_) | Value::Map(_) => std::slice::from_ref(node),
    }
}

/// A word: an id, a number, a date; never a map, a list or nothing.
pub fn as_word(what: &str, node: &Node, report: &mut Report) -> Option<Spanned<String>> {
    match node.as_scalar() {
        Some(scalar) if !node.is_null() && scalar.text.trim().is_empty() => {
            let diagnostic = Diagnostic::error(Code::EmptyText, format!("{what} is empty")).at(node.span);
            report.add(diagnostic.help("write what it says"));
            None
        }
        Some(scalar) if !node.is_null() => Some(Spanned::new(scalar.text.trim().to_owned(), node.span)),
        _ => {
            let help = match &node.value {
                Value::List(_) => Some("write one, without brackets or `- `"),
                Value::Map(_) => Some("write it without braces or a colon"),
                Value::Scalar(_) => None,
            };
            report.add(wrong_type(what, "a word", node).maybe_help(help.map(str::to_owned)));
            None
        }
    }
}

/// Words, written as one or as a list.
pub fn as_words(what: &str, node: &Node, report: &mut Report) -> Vec<Spanned<String>> {
    as_list(what, node, report).iter().filter_map(|item| as_word(what, item, report)).collect()
}

/// Words that people read, so that ` #` may well have been meant as part of one.
pub fn as_phrases(what: &str, node: &Node, report: &mut Report) -> Vec<Spanned<String>> {
    for item in as_list(what, node, &mut Report::default()) {
        report.extend(item.as_scalar().and_then(|scalar| cut_by_comment(what, item, scalar, CommentRule::Spaced)));
    }
    as_words(what, node, report)
}

/// When a comment behind an unquoted text is taken for one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CommentRule {
    /// With two spaces before it: nobody writes a text like that.
    Spaced,
    /// Never: a sentence may well contain ` # `.
    Never,
}

/// The diagnostic for a text whose end YAML takes for a comment.
pub fn cut_by_comment(what: &str, node: &Node, scalar: &Scalar, rule: CommentRule) -> Option<Diagnostic> {
    let is_cut = |comment: &Span| rule == CommentRule::Never || comment.start - node.span.end < 2;
    let comment = scalar.comment.filter(is_cut)?;
    let headline = format!("{what} ends at `#`: the rest of the line is a comment");
    let help = "quote the text if `#` belongs to it; otherwise put the comment on a line of its own";
    Some(Diagnostic::error(Code::CommentInText, headline).at(comment).mark("not part of the text").help(help))
}

/// A whole number without sign or leading zero.
pub fn as_number(what: &str, node: &Node, report: &mut Report) -> Option<Spanned<u32>> {
    let word = as_word(what, node, report)?;
    let is_canonical = word.value == "0" || !word.value.starts_with(['0', '+']);
    match word.value.parse() {
        Ok(number) if is_canonical => Some(Spanned::new(number, word.span)),
        _ => {
            let headline = format!("{what} is `{}`, expected a whole number", word.value);
            let help = "write it in digits, without sign, leading zero or unit";
            report.add(Diagnostic::error(Code::WrongType, headline).at(word.span).help(help));
            None
        }
    }
}

/// One of a few words; reports others with the list.
pub fn as_choice<T: Copy>(what: &str, node: &Node, choices: &[(&str, T)], report: &mut Report) -> Option<T> {
    let word = as_word(what, node, report)?;
    let found = choices.iter().find(|(name, _)| *name == word.value);
    if found.is_none() {
        let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        report.add(
            Diagnostic::error(Code::UnknownValue, format!("{what} is `{}`, expected {}", word.value, names.join(", ")))
                .at(word.span)
                .maybe_help(suggest(&word.value, names.iter().copied(), Vocabulary::Site)),
        );
    }
    found.map(|(_, value)| *value)
}

/// Whether a word is an id: `[a-z][a-z0-9-]*`.
pub fn is_id(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Ids become file names and links on every system.
pub const LONGEST_ID: usize = 80;

/// Reports a word that is no id.
pub fn is_id_or_report(what: &str, word: &Spanned<String>, report: &mut Report) -> bool {
    if is_id(&word.value) && word.value.len() <= LONGEST_ID {
        return true;
    }
    let proposal = as_id(&word.value);
    let shown: String = word.value.chars().take(LONGEST_ID).collect();
    let mut diagnostic = Diagnostic::error(Code::InvalidId, format!("`{shown}` is no id for {what}"))
        .at(word.span)
        .help(format!("ids begin with a letter a–z and hold a–z, 0–9 and `-`, at most {LONGEST_ID}"));
    if is_id(&proposal) && proposal.len() <= LONGEST_ID {
        diagnostic = diagnostic.help(format!("for example `{proposal}`"));
    }
    report.add(diagnostic);
    false
}

/// What a word would be as an id, if it can be one.
fn as_id(word: &str) -> String {
    let parts = word.to_lowercase();
    let parts = parts.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// A value of another type than the key takes.
pub fn wrong_type(what: &str, expected: &str, node: &Node) -> Diagnostic {
    Diagnostic::error(Code::WrongType, format!("{what} is {}, expected {expected}", node.kind())).at(node.span)
}
